/*
 * frames_phrases.c - what a phrase of several words says about its neighbours
 *
 *   phrase of the lists    its class      what it does
 *   tillsammans med        frame before   speaks for the word behind it
 *   blev ledsen            frame after    speaks for the word before it
 *   före detta             role           speaks for the word behind it, or its comma
 *   Anstalten i            head           is kept for the organisations (v->heads)
 *   Stora Tuna             place          is one, with a capital or behind "i"
 *   Daniel Stern           author         stays, unless authors.c sees that he is met
 *   Kalle Blomkvist        title, make    the same, as it begins with a given name
 *   Astrid Lindgren        known to all   stays where nothing says that she is met
 *   Kalle Ankas jul        title, make    stays
 *
 * Every phrase that begins at a word is tried, not only the longest: they may lie over
 * each other, and each says its own.
 */
#include "veil/frames.h"

static void
apply_frames(struct efti_veil *v, uint32_t bits, size_t first, size_t last)
{
    if ((bits & (VEIL_BEFORE_STRONG | VEIL_BEFORE_WEAK | VEIL_AFTER_STRONG |
                 VEIL_AFTER_WEAK)) == 0)
        return;
    bool near = efti_veil_follows(v, last + 1);

    if ((bits & VEIL_BEFORE_STRONG) != 0 && near)
        efti_veil_give(v, last + 1, EFTI_EVIDENCE_FRAME);
    if ((bits & VEIL_BEFORE_WEAK) != 0 && near)
        efti_veil_give(v, last + 1, VEIL_SEES_WEAK);
    if ((bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0)
        efti_frame_give_before(v, first, (bits & VEIL_AFTER_STRONG) != 0);
}

uint32_t
efti_veil_frame_bits(uint32_t classes)
{
    uint32_t bits = 0;

    if ((classes & (1u << EFTI_PHRASE_FRAME_BEFORE_STRONG)) != 0)
        bits |= VEIL_BEFORE_STRONG;
    if ((classes & (1u << EFTI_PHRASE_FRAME_BEFORE_WEAK)) != 0)
        bits |= VEIL_BEFORE_WEAK;
    if ((classes & (1u << EFTI_PHRASE_FRAME_AFTER_STRONG)) != 0)
        bits |= VEIL_AFTER_STRONG;
    if ((classes & (1u << EFTI_PHRASE_FRAME_AFTER_WEAK)) != 0)
        bits |= VEIL_AFTER_WEAK;
    return bits;
}

/* "stora tuna" in the lists is a place only where a capital or "i" says so. */
static void
apply_place(struct efti_veil *v, size_t first, size_t last)
{
    bool capital = (v->words.items[first].bits & VEIL_CAPITAL) != 0;

    if (!capital && !(first > 0 && efti_veil_is(v, first - 1, VEIL_CLASS_IN)))
        return;
    for (size_t k = first; k <= last; k++)
        efti_veil_mark(v, k, VEIL_RULE_PLACE_LISTED, EFTI_PLACE);
}

/* Daniel Stern stays unless authors.c sees that he is met; daniel stern, where capitals
 * say nothing, is somebody. */
static void
apply_author(struct efti_veil *v, size_t first, size_t last)
{
    struct veil_word *w = v->words.items;

    if (v->casing == VEIL_CASING_HIGH || (w[first].bits & VEIL_CAPITAL) == 0 ||
        (w[last].bits & VEIL_CAPITAL) == 0) {
        for (size_t k = first; (w[first].bits & VEIL_GIVEN) != 0 && k <= last; k++)
            efti_veil_mark(v, k, VEIL_RULE_NAME_FULL, EFTI_PERSON);
        return;
    }
    for (size_t k = first; k <= last; k++)
        w[k].state |= VEIL_STATE_KEEP | VEIL_STATE_AUTHOR;
    w[first].state |= VEIL_STATE_FIRST;
    if (!EFTI_PUSH(v->mem, &v->full_names))
        v->no_memory = true;
    else
        v->full_names.items[v->full_names.count - 1] = (uint32_t)first;
}

/* "Ingrid och Ivar", "Kalle Blomkvist", "Filippa K": a title or make that begins with a
 * given name, and all its words with a capital, may be what somebody is called; it stays
 * as an author does (authors.c). */
static bool
is_of_names(const struct efti_veil *v, size_t first, size_t last)
{
    const uint32_t names = EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_ALSO_MID |
                           EFTI_LIST_ALSO_FRAME | EFTI_LIST_SURNAME_1 |
                           EFTI_LIST_SURNAME_2;
    bool named = false;

    for (size_t i = first; i <= last; i++) {
        const struct veil_word *w = &v->words.items[i];

        if (w->form == NULL ||
            ((w->bits & VEIL_CAPITAL) == 0 && !efti_veil_is(v, i, VEIL_CLASS_AND)))
            return false;
        named = named || (i == first && (w->form->lists & names) != 0);
    }
    return named && last > first && last - first <= 2;
}

/* What a phrase over the tokens `first` to `last` says. */
static void
apply_phrase(struct efti_veil *v, uint32_t classes, size_t first, size_t last)
{
    apply_frames(v, efti_veil_frame_bits(classes), first, last);
    if ((classes & (1u << EFTI_PHRASE_ORG_HEAD)) != 0) {
        v->words.items[last].bits |= VEIL_HEAD;
        if (!EFTI_PUSH(v->mem, &v->heads))
            v->no_memory = true;
        else
            v->heads.items[v->heads.count - 1] = (uint32_t)last;
    }
    if ((classes & (1u << EFTI_PHRASE_ROLE)) != 0 && last + 1 < v->words.count &&
        (efti_veil_follows(v, last + 1) || /* Hennes före detta, T, ringde */
         v->words.items[last + 1].glue == VEIL_GLUE_COMMA))
        efti_veil_give(v, last + 1, EFTI_EVIDENCE_ROLE);
    bool kept = (classes & (1u << EFTI_PHRASE_KEEP)) != 0;
    for (size_t w = first; kept && w <= last; w++)
        v->words.items[w].state |= VEIL_STATE_KEEP;
    if ((classes & (1u << EFTI_PHRASE_AUTHOR)) != 0 ||
        (kept && is_of_names(v, first, last)))
        apply_author(v, first, last);
    if ((classes & (1u << EFTI_PHRASE_PLACE)) != 0)
        apply_place(v, first, last);
}

/* Individ- och familjeomsorg, Bang & Olufsen: the hyphen of a suspended part is no
 * border, nor is the mark between the names of a firm. */
static bool
goes_on(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) || v->words.items[i].glue == VEIL_GLUE_AMP ||
           (v->words.items[i].glue == VEIL_GLUE_MARK &&
            (v->segments->tokens.items[i - 1].flags & EFTI_TOKEN_SUSPENDED) != 0);
}

/* Every phrase of two words and more that starts at `i`, which is not the last token. */
void
efti_frame_apply_phrases(struct efti_veil *v, size_t i)
{
    uint32_t most = efti_lists_phrase_words(v->lists);
    bool more = v->words.items[i].form != NULL;

    for (size_t k = i + 1; more && k < v->words.count && k - i < most; k++) {
        if (v->words.items[k].form == NULL || !goes_on(v, k))
            break;
        uint32_t classes = efti_veil_phrase_of(v, i, k, &more);
        if (classes != 0)
            apply_phrase(v, classes, i, k);
    }
}
