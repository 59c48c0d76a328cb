/*
 * orgs_tales.c - homes and schools that are called after a tale: på Mumindalen
 *
 * What is read about stays by itself (lexicons keep/titles.txt); where one works, is or
 * comes from it names a house. A tale that is a person's name too needs a head before it.
 */
#include "veil/orgs.h"

static const char *const tales[] = {
    "bullerbyn",     "mumindalen",   "saltkråkan", "junibacken",    "katthult",
    "lönneberga",    "grönkulla",    "änglagård",  "sjumilaskogen", "nangijala",
    "körsbärsdalen", "bamse",        "pippi",      "madicken",      "findus",
    "pettson",       "mulle",        "totte",      "muminhuset",    "pippilotta",
    "barbapapa",     "babblarna",    "skalman",    "shrek",         "bambi",
    "pinocchio",     "rasmus",       "snövit",     "törnrosa",      "askungen",
    "prästkragar",   "rövardottern", "rödluvan",   "solsidan"};
static const char *const tale_pairs[][2] = {
    {"noaks", "ark"},  {"abels", "hus"},   {"kajsa", "kavat"},     {"pelle", "plutt"},
    {"mulle", "meck"}, {"nalle", "puh"},   {"pelle", "svanslös"},  {"lilla", "my"},
    {"mamma", "mu"},   {"lille", "skutt"}, {"pippi", "långstrump"}};

/* Is it a tale of one word, in the genitive too? */
static bool
is_whole_tale(const struct efti_form *f)
{
    return efti_is_among(f->folded, f->folded_size, tales, EFTI_COUNT(tales)) ||
           (f->folded[f->folded_size - 1] == 's' &&
            efti_is_among(f->folded, f->folded_size - 1, tales, EFTI_COUNT(tales)));
}

void
efti_veil_map_tales(struct veil_class_map *map)
{
    for (size_t k = 0; k < EFTI_COUNT(tales); k++)
        efti_veil_map_word(map, tales[k]);
    for (size_t k = 0; k < EFTI_COUNT(tale_pairs); k++)
        efti_veil_map_word(map, tale_pairs[k][0]);
}

bool
efti_veil_begins_tale(const struct efti_veil *v, const struct efti_form *f)
{
    const struct veil_class_map *map = &v->tale_map;
    size_t bare = f->folded_size - (f->folded[f->folded_size - 1] == 's');

    if (!efti_veil_is_mapped(map, f->folded, f->folded_size) &&
        (bare == 0 || !efti_veil_is_mapped(map, f->folded, bare)))
        return false;
    for (size_t k = 0; k < EFTI_COUNT(tale_pairs); k++)
        if (efti_is_among(f->folded, f->folded_size, &tale_pairs[k][0], 1))
            return true;
    return is_whole_tale(f);
}

/* The first word of a tale that homes are called after; `*size`: its words. */
static bool
is_tale(const struct efti_veil *v, size_t i, size_t *size)
{
    if ((org_word(v, i)->cues & VEIL_CUE_TALE) == 0)
        return false;
    for (size_t k = 0; efti_veil_follows(v, i + 1) && k < EFTI_COUNT(tale_pairs); k++)
        if (efti_veil_is_one_of(v, i, &tale_pairs[k][0], 1) &&
            efti_veil_is_one_of(v, i + 1, &tale_pairs[k][1], 1)) {
            *size = 2;
            return true;
        }
    *size = 1;
    return is_whole_tale(org_word(v, i)->form);
}

/* "jobbar på Mumindalen", "Vårt boende heter Noaks ark", "Igår på Abels hus": one is on
 * and at a house, and in a tale. */
void
efti_veil_org_of_tale(struct efti_veil *v, size_t i)
{
    static const char *const at[] = {"på", "hos", "från", "till", "vid"};
    size_t size;

    if ((org_word(v, i)->cues & VEIL_CUE_TALE) == 0 || !efti_veil_follows(v, i) ||
        !efti_veil_may_be_house(v, i) || efti_veil_is_heard(v, i) ||
        !(efti_veil_is_one_of(v, i - 1, at, EFTI_COUNT(at)) ||
          efti_veil_is(v, i - 1, VEIL_CLASS_CALLED) ||
          (org_word(v, i - 1)->bits & VEIL_HEAD) != 0) ||
        !is_tale(v, i, &size))
        return;
    if (size == 1 && (efti_veil_is(v, i - 1, VEIL_CLASS_CALLED) ||
                      (org_word(v, i)->bits & VEIL_GIVEN_1) != 0))
        return; /* heter Rasmus, hos Rasmus: a person, names.c */
    mark_org(v, i, i + size - 1, VEIL_RULE_ORG_CALLED);
}
