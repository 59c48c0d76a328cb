/*
 * address.c - streets with a number, doors, boxes, postcodes with their town
 *
 *   [Lilla] Nygatan 12 B, lgh 1203, 571 38 Nässjö
 *   words   street  number door     postcode town
 *
 * A word with the ending of a street and a number behind it is an address in any case
 * ("bor på storgatan 12"); without a number only the capital speaks ("på vägen hem" must
 * stay), which is the business of names_together.c. Words that are only road, place or
 * floor (väg 40, plan 3) need a capital or genitive before them.
 *
 * Here is the walk over the words that a figure stands behind. Which of them are streets
 * is asked in streets.c, how far the address reaches in street_parts.c, and the postcodes
 * come last (postcodes.c), since an address right before one speaks for it.
 */
#include "veil/address.h"

static void
address_street(struct efti_veil *v, size_t i)
{
    size_t last = i + 1;

    if (efti_veil_is_word(v, last, "nr") || efti_veil_is_word(v, last, "nummer"))
        last++;
    if (!efti_address_is_house_number(v, last) || efti_address_counts_something(v, last))
        return;
    last = efti_address_door_after(v, efti_address_last_number(v, last));
    efti_veil_propose(v, address_token(v, efti_address_words_before(v, i))->start,
                      address_token(v, last)->end, VEIL_RULE_STREET_NUMBER,
                      EFTI_EVIDENCE_SHAPE);
}

/* "Box 123", "lgh 1203", "lägenhet nr 1203" alone: flats are told by floor and number. */
static void
address_box(struct efti_veil *v, size_t i, bool door)
{
    const struct efti_form *f;
    size_t n = i + 1;

    if (door && (efti_veil_is_word(v, n, "nr") || efti_veil_is_word(v, n, "nummer")))
        n++;
    if (!efti_address_is_house_number(v, n) || efti_address_counts_something(v, n))
        return;
    f = address_word(v, n)->form;
    if (door ? f->folded_size != 4 || f->folded[0] > '1' ||
                   (memcmp(f->folded, "19", 2) == 0 && !efti_veil_is_word(v, i, "lgh")) ||
                   !efti_veil_in(v, i, GROUP_FLATS)
             : (address_word(v, i)->bits & VEIL_CAPITAL) == 0 && f->folded_size < 3)
        return;
    efti_veil_propose(v, address_token(v, i)->start, address_token(v, n)->end,
                      VEIL_RULE_BOX, EFTI_EVIDENCE_SHAPE);
}

static void
short_street(struct efti_veil *v, size_t i)
{
    size_t last = efti_address_door_after(v, efti_address_last_number(v, i + 1));

    efti_veil_propose(v, address_token(v, efti_address_words_before(v, i))->start,
                      address_token(v, last)->end, VEIL_RULE_STREET_NUMBER,
                      EFTI_EVIDENCE_SHAPE);
}

static int
by_start(const void *a, const void *b, void *user)
{
    const struct efti_span *x = a, *y = b;

    (void)user;
    return (x->start > y->start) - (x->start < y->start);
}

/* Does a figure, which may be the number of a house, stand behind token `i` or the "nr"
 * there? Without one no street is an address. */
static bool
figure_behind(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = address_word(v, i);

    return ((w[1].cues | w[2].cues) & VEIL_CUE_FIGURE) != 0 ||
           (w[1].bits & VEIL_DIGITS) != 0;
}

/* Streets of a shape that no list knows; true if there is one. */
static bool
odd_streets(struct efti_veil *v)
{
    size_t before = v->found.count;

    for (size_t h = 0; h < v->candidates.count; h++) {
        size_t i = v->candidates.items[h];

        if (!figure_behind(v, i) || efti_veil_is_term(address_word(v, i)->bits))
            continue;
        if (efti_address_is_short_street(v, i))
            short_street(v, i);
        else if (efti_address_is_odd(v, i) || efti_address_is_new(v, i))
            address_street(v, i);
    }
    for (size_t h = 0; h < v->capitals.count; h++) {
        size_t i = v->capitals.items[h];

        if (figure_behind(v, i) && !efti_veil_is_term(address_word(v, i)->bits) &&
            (efti_address_is_titled(v, i) || efti_address_is_village(v, i) ||
             efti_address_is_said(v, i)))
            address_street(v, i);
    }
    for (size_t h = 0; h < v->digit_tokens.count; h++) {
        size_t i = v->digit_tokens.items[h];

        if (i > 0 && efti_veil_follows(v, i) &&
            (!efti_veil_is_term(address_word(v, i - 1)->bits) ||
             efti_veil_is(v, i - 1, VEIL_CLASS_STREET)) &&
            (efti_address_is_told(v, i - 1) || efti_address_is_numbered_road(v, i - 1)))
            address_street(v, i - 1);
    }
    return v->found.count > before;
}

void
efti_veil_address(struct efti_veil *v)
{
    size_t span = v->found.count; /* of the addresses, all found here */

    if ((v->present & VEIL_CUE_FIGURE) == 0 && v->runs.count == 0)
        return;
    for (size_t h = 0; h < v->terms.count; h++) {
        size_t i = v->terms.items[h];
        enum veil_class class = efti_veil_class(address_word(v, i)->bits);

        if (!figure_behind(v, i))
            continue;
        if (class == VEIL_CLASS_SHAPED && efti_address_is_short_street(v, i))
            short_street(v, i);
        else if (efti_address_is_street(v, i) || efti_address_is_odd(v, i))
            address_street(v, i);
        else if (class == VEIL_CLASS_BOX)
            address_box(v, i, false);
        else if (class == VEIL_CLASS_DOOR)
            address_box(v, i, true);
    }
    if (odd_streets(v) && !v->no_memory)
        efti_sort(v->found.items + span, v->found.count - span, sizeof(struct efti_span),
                  by_start, NULL);
    for (size_t at = 0; at < v->runs.count; at++)
        if (v->runs.items[at].count == 2 || v->runs.items[at].count == 3 ||
            v->runs.items[at].count == 5)
            efti_address_postcode(v, at, &span);
}
