/*
 * houses_small.c - workplaces in small letters
 *
 *   på almskolan, till åkerboskolan         by shape, where the dictionary does not
 *                                           know the word
 *   jobbar natt på myran, vi på lotsen      by what houses are called, where one works
 *                                           or lives
 */
#include "veil/orgs.h"

/* solgläntan, almskolan, björkgården: the first piece is a name or stands in many. */
static bool
begins_as_name(const struct efti_veil *v, const struct efti_form *f)
{
    const struct veil_affixes *ends = &efti_veil_endings[ENDS_HOUSE_STEMS];

    for (size_t k = 0; k < ends->count; k++) {
        size_t n = ends->items[k].size, size = f->folded_size;

        if (size < n + 2 || memcmp(f->folded + size - n, ends->items[k].word, n) != 0)
            continue;
        size -= n;
        if (size > 3 && f->folded[size - 1] == 's')
            size--;
        if (efti_veil_word_in(f->folded, size, GROUP_SEASONS))
            return false;
        if ((efti_lists_word(v->lists, f->folded, size) &
             (EFTI_LIST_ANY_NAME | EFTI_LIST_PLACE)) != 0)
            return true;
    }
    return false;
}

/* "tittar på svanarna", "rädd för": what is looked at, painted or hunted is no house. */
static bool
is_flown_by(const struct efti_veil *v, size_t i)
{
    return i > 1 && efti_veil_follows(v, i - 1) &&
           (efti_veil_in(v, i - 2, GROUP_LOOKS_AT) ||
            efti_veil_in(v, i - 2, GROUP_SEES) || efti_veil_in(v, i - 2, GROUP_HEARS));
}

/* "hej det är stina här från spegeln": who writes, and from where. */
static bool
is_sender(const struct efti_veil *v, size_t i)
{
    size_t who = i - 2;

    if (!efti_veil_in(v, i - 1, GROUP_FROM_SENDER))
        return false;
    if (who > 0 && efti_veil_is_word(v, who, "här") && efti_veil_follows(v, who))
        who--;
    return org_named(v, who) && org_word(v, who)->category == EFTI_PERSON;
}

/* "jobbar natt på myran", "vi på solrosen", "läget på lotsen": who works or lives there
 * says that it is a house; a place of its own right needs more (efti_veil_at_work). */
void
efti_veil_house_in_small(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if (i > 1 && efti_veil_follows(v, i) && efti_veil_coloured(v, i - 1))
        return;
    if (i < 2 || org_named(v, i) || org_kept(w) || !efti_veil_follows(v, i) ||
        !efti_veil_follows(v, i - 1) || !efti_veil_after_at(v, i))
        return;
    if (is_sender(v, i)) {
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
        return;
    }
    if (efti_veil_in(v, i, GROUP_ANY_PLACES) && !efti_veil_at_work(v, i))
        return;
    if (is_flown_by(v, i) || efti_veil_is_heard(v, i))
        return;
    if (efti_veil_at_work(v, i) || !efti_veil_in(v, i, GROUP_LOOSE_PLACES) ||
        (efti_veil_in(v, i - 1, GROUP_AT_OR_WITH) &&
         (efti_veil_in(v, i - 2, GROUP_WE_AT) ||
          (org_word(v, i - 2)->state & VEIL_STATE_NAME) != 0)))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
}

/* bergis, kulturis, vasagymnas: schools and houses as those call them who go there. */
static bool
is_called_in_short(const struct efti_form *f)
{
    return efti_veil_ends_in(f, ENDS_SHORTENED, 0) &&
           !efti_veil_ends_in(f, ENDS_COMMON_SHORT, 0);
}

/* "till åkerboskolan", "på solgläntan": in small letters the shape of a school or home
 * behind a word of place, if the dictionary does not know the word or the lists know its
 * beginning as a name. */
void
efti_veil_org_in_small(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if (w->form == NULL || org_named(v, i) || org_kept(w) || i == 0)
        return;
    if (v->casing == VEIL_CASING_HIGH && (w->bits & VEIL_UPPER) != 0 &&
        (w->form->shape == EFTI_SHAPE_SCHOOL || w->form->shape == EFTI_SHAPE_HOME) &&
        ((w->bits & VEIL_WORD) == 0 || begins_as_name(v, w->form)) &&
        (efti_veil_after_at(v, i) ||
         (i > 1 && efti_veil_is_word(v, i - 1, "hela") && efti_veil_follows(v, i) &&
          efti_veil_after_at(v, i - 1)))) {
        mark_org(v, i, i, VEIL_RULE_ORG_SHAPE); /* PÅ HELA ÄNGSGÅRDEN */
        return;
    }
    if ((w->bits & (VEIL_CAPITAL | VEIL_WORD)) != 0)
        return;
    if (w->form->kind == EFTI_WORD && w->form->code_points >= 5 &&
        v->dictionary != NULL && efti_veil_after_at(v, i) &&
        is_called_in_short(w->form) &&
        ((w->form->dict & EFTI_DICT_COMPOUND) != 0 || !efti_veil_is_slip(v, i))) {
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED); /* går inte till bergis */
        return;
    }
    if ((w->bits & (VEIL_KNOWN | VEIL_ORDINARY | VEIL_DIGITS)) == 0 &&
        w->form->kind == EFTI_WORD && w->form->code_points >= 4 &&
        v->dictionary != NULL && efti_veil_after_at(v, i) && efti_veil_at_work(v, i) &&
        !efti_veil_is_slip(v, i)) {
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED); /* vi som jobbar på mottag */
        return;
    }
    if ((w->form->shape == EFTI_SHAPE_NONE || w->form->shape == EFTI_SHAPE_SURNAME ||
         w->form->shape == EFTI_SHAPE_SETTLEMENT) ||
        !(efti_veil_after_at(v, i) ||
          (v->casing == VEIL_CASING_LOW && efti_veil_follows(v, i) && /* utanför X */
           efti_veil_in(v, i - 1, GROUP_SMALL_NEAR)) ||
          (w->form->shape == EFTI_SHAPE_SCHOOL && efti_veil_follows(v, i) &&
           efti_veil_is_word(v, i - 1, "i"))))
        return;
    bool house = w->form->shape == EFTI_SHAPE_SCHOOL || w->form->shape == EFTI_SHAPE_HOME;
    if (((w->bits & VEIL_KNOWN) != 0 || !house) && !begins_as_name(v, w->form))
        return;
    mark_org(v, i, i, VEIL_RULE_ORG_SHAPE);
}
