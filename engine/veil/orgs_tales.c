/*
 * orgs_tales.c - homes and schools that are called after a tale: på Mumindalen
 *
 * What is read about stays by itself (lexicons keep/titles.txt); where one works, is or
 * comes from it names a house. A tale that is a person's name too needs a head before it.
 */
#include "veil/orgs.h"

/* Is it a tale of one word, in the genitive too? `set`: of its groups. */
static bool
is_whole_tale(const struct efti_form *f, uint32_t set)
{
    return efti_veil_set_holds(set, GROUP_TALES) ||
           (f->folded[f->folded_size - 1] == 's' &&
            efti_veil_word_in(f->folded, f->folded_size - 1, GROUP_TALES));
}

bool
efti_veil_begins_tale(const struct efti_form *f, uint32_t set)
{
    return efti_veil_set_holds(set, GROUP_TALE_FIRST_WORDS) || is_whole_tale(f, set);
}

/* Noaks Ark: two words, joined as the group has them. */
static bool
is_tale_of_two(const struct efti_veil *v, size_t i)
{
    char pair[VEIL_GROUP_LONGEST + 1];
    const struct efti_form *f = org_word(v, i)->form;
    const struct efti_form *next =
        efti_veil_follows(v, i + 1) ? org_word(v, i + 1)->form : NULL;

    if (next == NULL || !efti_veil_in(v, i, GROUP_TALE_FIRST_WORDS) ||
        f->folded_size + 1 + next->folded_size > sizeof(pair))
        return false;
    memcpy(pair, f->folded, f->folded_size);
    pair[f->folded_size] = '_';
    memcpy(pair + f->folded_size + 1, next->folded, next->folded_size);
    return efti_veil_word_in(pair, f->folded_size + 1 + next->folded_size,
                             GROUP_TALE_PAIRS);
}

/* The first word of a tale that homes are called after; `*size`: its words. */
static bool
is_tale(const struct efti_veil *v, size_t i, size_t *size)
{
    if ((org_word(v, i)->cues & VEIL_CUE_TALE) == 0)
        return false;
    *size = is_tale_of_two(v, i) ? 2 : 1;
    return *size == 2 || is_whole_tale(org_word(v, i)->form, efti_veil_set_at(v, i));
}

/* "jobbar på Mumindalen", "Vårt boende heter Noaks ark", "Igår på Abels hus": one is on
 * and at a house, and in a tale. */
void
efti_veil_org_of_tale(struct efti_veil *v, size_t i)
{
    size_t size;

    if ((org_word(v, i)->cues & VEIL_CUE_TALE) == 0 || !efti_veil_follows(v, i) ||
        !efti_veil_may_be_house(v, i) || efti_veil_is_heard(v, i) ||
        !(efti_veil_in(v, i - 1, GROUP_AT_WORK) ||
          efti_veil_is(v, i - 1, VEIL_CLASS_CALLED) ||
          (org_word(v, i - 1)->bits & VEIL_HEAD) != 0) ||
        !is_tale(v, i, &size))
        return;
    if (size == 1 && (efti_veil_is(v, i - 1, VEIL_CLASS_CALLED) ||
                      (org_word(v, i)->bits & VEIL_GIVEN_1) != 0))
        return; /* heter Rasmus, hos Rasmus: a person, names.c */
    mark_org(v, i, i + size - 1, VEIL_RULE_ORG_CALLED);
}
