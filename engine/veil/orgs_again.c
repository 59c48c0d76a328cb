/*
 * orgs_again.c - what is a house once is one again, and so is what stands beside it
 *
 *   jobbar på Åkern. | Åkern | är bra      the same word at a start, in the genitive too
 *   på Åkern och | Grunden |               joined to one
 *   från | Grunden | till Åkern            from one to the other
 *   vår verksamhet, | Tovan |, har         put beside its kind, between commas or in
 *                                          brackets
 *
 * By itself a capital at a start says nothing (Bryggan brann), so that only the text's
 * own words are looked for: a house that is called by an ordinary word, found behind
 * "på" and the like (houses_called.c, houses_small.c).
 */
#include "veil/frames.h"
#include "veil/orgs.h"

#define MOST_HOUSES 8

/* An ordinary word that was told to be a house, and is no name of anybody. */
static bool
is_called_here(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    return w->form != NULL && w->form->kind == EFTI_WORD && w->form->code_points >= 4 &&
           (w->bits & VEIL_DIGITS) == 0 && (w->form->lists & EFTI_LIST_ORG_HEAD) == 0 &&
           ((w->category == EFTI_ORG && w->rule == VEIL_RULE_ORG_CALLED) ||
            (w->category == EFTI_PLACE && w->rule == VEIL_RULE_PLACE_FRAME &&
             (w->bits & VEIL_WORD) != 0)) &&
           !(org_named(v, i + 1) && efti_veil_follows(v, i + 1)) &&
           !(i > 0 && org_named(v, i - 1) && efti_veil_follows(v, i));
}

/* Is the word of token `i` that of a house, or its genitive? */
static bool
is_same_house(const struct efti_form *f, const struct efti_form *house, bool *genitive)
{
    size_t size = house->folded_size;

    if (f->folded_size < size || f->folded_size > size + 1 ||
        memcmp(f->folded, house->folded, size) != 0)
        return false;
    *genitive = f->folded_size > size;
    return !*genitive || f->folded[size] == 's';
}

/* With a capital anywhere; in small letters as the house was. */
static bool
may_be_again(const struct efti_veil *v, size_t i, size_t house)
{
    const struct veil_word *w = org_word(v, i);

    return (w->bits & VEIL_CAPITAL) != 0 || v->casing == VEIL_CASING_LOW ||
           ((org_word(v, house)->bits & VEIL_CAPITAL) == 0 &&
            (efti_frame_begins_clause(v, i) || efti_veil_after_at(v, i)));
}

static void
houses_again(struct efti_veil *v)
{
    size_t houses[MOST_HOUSES], count = 0;
    bool genitive;

    for (size_t h = 0; h < v->named.count && count < MOST_HOUSES; h++)
        if (is_called_here(v, v->named.items[h]))
            houses[count++] = v->named.items[h];
    for (size_t i = 0; count > 0 && i < v->words.count && !v->no_memory; i++) {
        const struct veil_word *w = org_word(v, i);

        if (w->form == NULL || org_named(v, i) || (w->state & VEIL_STATE_TAKEN) != 0 ||
            w->form->kind != EFTI_WORD)
            continue;
        for (size_t h = 0; h < count; h++) {
            const struct veil_word *house = org_word(v, houses[h]);

            if (!is_same_house(w->form, house->form, &genitive) ||
                !may_be_again(v, i, houses[h]))
                continue;
            if (genitive)
                v->words.items[i].bits |= VEIL_GENITIVE;
            efti_veil_mark(v, i, VEIL_RULE_ORG_CALLED,
                           (enum efti_category)house->category);
            break;
        }
    }
}

/* A capital in mid-sentence that may be a house's, and is no every place's. */
static bool
may_stand_beside(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = i < v->words.count ? org_word(v, i) : NULL;

    return w != NULL && w->form != NULL && !org_named(v, i) &&
           efti_veil_plain_capital(v, i) && w->form->code_points >= 4 &&
           (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_FIELD |
                              EFTI_LIST_KEEP)) == 0 &&
           efti_veil_class(w->bits) == VEIL_CLASS_NONE &&
           !efti_veil_ask(v, i, VEIL_ASK_COMMON, efti_veil_is_common_kind);
}

/* "på Åkern och Grunden", "från Grunden till Åkern"; token `i` is a house. */
static void
beside_house(struct efti_veil *v, size_t i)
{
    if (efti_veil_follows(v, i + 1) && efti_veil_follows(v, i + 2) &&
        (efti_veil_is(v, i + 1, VEIL_CLASS_AND) ||
         efti_veil_in(v, i + 1, GROUP_OR_TO_HOUSE)) &&
        may_stand_beside(v, i + 2))
        mark_org(v, i + 2, i + 2, VEIL_RULE_ORG_CALLED);
    if (i > 2 && efti_veil_follows(v, i) && efti_veil_follows(v, i - 1) &&
        efti_veil_follows(v, i - 2) &&
        (efti_veil_is(v, i - 1, VEIL_CLASS_AND) ||
         efti_veil_in(v, i - 1, GROUP_OR_TO_HOUSE)) &&
        may_stand_beside(v, i - 2) && efti_veil_is(v, i - 3, VEIL_CLASS_IN))
        mark_org(v, i - 2, i - 2, VEIL_RULE_ORG_CALLED);
}

/* "vår verksamhet, Tovan, har", "boendet (Tovan)": token `i` behind its kind. */
static void
beside_kind(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);
    const struct efti_token *t = &v->segments->tokens.items[i];

    if (i == 0 || w->form == NULL || org_named(v, i) || org_kept(w) ||
        w->form->kind != EFTI_WORD || w->form->casing != EFTI_CASING_INITIAL ||
        w->form->code_points < 4 || v->casing != VEIL_CASING_USUAL ||
        (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) != 0 ||
        !efti_veil_in(v, i - 1, GROUP_KINDS_OF_HOUSE))
        return;
    bool bracket = w->glue == VEIL_GLUE_MARK && v->text.bytes[t->start - 1] == '(' &&
                   efti_veil_byte(v, t->end) == ')';
    bool commas = w->glue == VEIL_GLUE_COMMA && i + 1 < v->words.count &&
                  w[1].glue == VEIL_GLUE_COMMA;
    if (bracket || commas)
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
}

void
efti_veil_orgs_again(struct efti_veil *v)
{
    size_t names = v->named.count;

    for (size_t h = 0; h < v->capitals.count; h++)
        beside_kind(v, v->capitals.items[h]);
    for (size_t h = 0; h < v->candidates.count; h++)
        beside_kind(v, v->candidates.items[h]);
    for (size_t h = 0; h < v->heads.count; h++)
        if (v->heads.items[h] + 1 < v->words.count)
            beside_kind(v, v->heads.items[h] + 1); /* boendet (Tovan) */
    for (size_t h = 0; h < names; h++)
        if (is_called_here(v, v->named.items[h]))
            beside_house(v, v->named.items[h]);
    houses_again(v);
}
