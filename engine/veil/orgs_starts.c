/*
 * orgs_starts.c - an organisation whose name begins with the capital of the sentence
 *
 *   Apotek Lejonet har stängt     a common word, and a name behind it that is nobody's
 *   Hemstödet Vest                the same before what no list of names has
 *   Patrullen Kust, Återbruket Garn & Knapp   a unit, and ordinary words with capitals
 *
 * A verb there (Ringde Solgården), a greeting and a work with a title are no part of it.
 */
#include "veil/orgs.h"

/* Ringde, Jobbar, Lämnat: a verb by its ending, unless it is a house's kind; Tack, Ring:
 * what is said to the name. */
static bool
may_be_verb(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    return (w->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0 ||
           efti_veil_in(v, i, GROUP_CALLS_AT_START) ||
           (efti_veil_ends_in(w->form, ENDS_MAYBE_VERBS, 0) && !org_is_definite(w) &&
            (w->bits & VEIL_WORD) != 0 && (w->bits & VEIL_HEAD) == 0 &&
            !efti_veil_is_kind_of_house(v, i));
}

/* "Hemstödet Vest", "Flexvård Mälarsidan": a capital that no list of names has, behind a
 * word that is made of others or a kind of house; nobody is introduced so. */
static bool
is_only_the_houses(const struct efti_veil *v, size_t start)
{
    const struct veil_word *w = org_word(v, start), *before = org_word(v, start - 1);

    return w->form != NULL && before->form != NULL &&
           (w->category == EFTI_PERSON || w->category == EFTI_ADDRESS) &&
           (w->form->lists & EFTI_LIST_ANY_NAME) == 0 && before->form->code_points > 6 &&
           ((before->bits & VEIL_HEAD) != 0 ||
            ((before->bits & VEIL_WORD) == 0 &&
             efti_veil_is_kind_of_house(v, start - 1)));
}

/* "Apotek Lejonet har stängt", "Nattugglorna Bergsjön": an ordinary word with the capital
 * of the sentence, and a name behind it that is nobody's and ends in `i`. */
void
efti_veil_org_begins_before(struct efti_veil *v, size_t i)
{
    const size_t start = efti_veil_group_start(v, i);
    const struct veil_word *w = start > 0 ? org_word(v, start - 1) : NULL;

    if (w == NULL || !efti_veil_follows(v, start) || w->form == NULL ||
        !(org_word(v, start)->category == EFTI_ORG ||
          org_word(v, start)->category == EFTI_PLACE || is_only_the_houses(v, start)) ||
        (org_word(v, start)->bits & VEIL_CAPITAL) == 0 || org_named(v, start - 1) ||
        w->form->kind != EFTI_WORD || w->form->casing != EFTI_CASING_INITIAL ||
        (w->bits & (VEIL_CAPITAL | VEIL_UPPER | VEIL_ROLE)) != VEIL_CAPITAL ||
        w->form->code_points < 3 ||
        ((w->form->lists & EFTI_LIST_FUNCTION) != 0 &&
         !efti_veil_is_title_word(v, start - 1)) ||
        efti_veil_class(w->bits) != VEIL_CLASS_NONE || org_kept(w) ||
        v->casing != VEIL_CASING_USUAL || efti_veil_is_mid(v, start - 1) ||
        may_be_verb(v, start - 1))
        return;
    efti_veil_propose_org(v, start - 1, i);
}

/* "Patrullen Kust har åkt", "Återbruket Garn & Knapp": a house or unit with the capital
 * of the sentence, and capitals that are nobody's; token `i` is the first of them. */
void
efti_veil_org_unit_at_start(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = i > 0 ? org_word(v, i - 1) : NULL;
    size_t last = i;

    if (w == NULL || !efti_veil_follows(v, i) || w->form == NULL ||
        (w->bits & (VEIL_CAPITAL | VEIL_UPPER | VEIL_ROLE)) != VEIL_CAPITAL ||
        w->form->kind != EFTI_WORD || efti_veil_is_mid(v, i - 1) || org_named(v, i - 1) ||
        (w->form->lists & EFTI_LIST_FUNCTION) != 0 || org_kept(w) ||
        efti_veil_class(w->bits) != VEIL_CLASS_NONE || w->form->code_points < 5 ||
        v->casing != VEIL_CASING_USUAL || !efti_veil_plain_capital(v, i) ||
        may_be_verb(v, i - 1) || efti_veil_in(v, i - 1, GROUP_WORKS_BEFORE_UNIT) ||
        !((org_is_definite(w) && w->form->folded[w->form->folded_size - 2] != 'o' &&
           !efti_lists_thing_end(v->lists, w->form->folded, w->form->folded_size)) ||
          (w->bits & VEIL_HEAD) != 0 || efti_veil_is_kind_of_house(v, i - 1)))
        return;
    while (last < i + 3 && last + 1 < v->words.count &&
           (efti_veil_follows(v, last + 1) ||
            org_word(v, last + 1)->glue == VEIL_GLUE_AMP) &&
           efti_veil_may_be_house(v, last + 1))
        last++;
    efti_veil_propose_org(v, i - 1, last);
}
