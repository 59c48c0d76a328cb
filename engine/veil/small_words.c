/*
 * small_words.c - what kind of word is a name that is a word too?
 *
 *   sol, liv, dag, maj      begin a sentence without an article too
 *   en, min, två, stora     what stands before a noun and before no name
 *
 * What is counted (björn, saga), what somebody is (glad, klara) and does (rita, fira) are
 * groups of lexicons/data/context/groups/small.tsv.
 * Asked about texts wholly in small letters only (frames_small.c).
 */
#include "veil/small.h"

/* A name that is a word too. Function words (inga, per) are asked by those who want
 * them. */
bool
efti_small_is_name(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return i < v->words.count && w->form != NULL && w->form->kind == EFTI_WORD &&
           (w->bits & (VEIL_GIVEN | VEIL_ALSO)) != 0 &&
           (w->bits & (VEIL_ROLE | VEIL_CAPITAL | VEIL_GENITIVE)) == 0 &&
           memchr(w->form->folded, '-', w->form->folded_size) == NULL && /* bo-stöd */
           !efti_veil_in(v, i, GROUP_SMALL_NO_NAMES) &&
           (w->bits & (VEIL_KEEP | VEIL_WORD)) != VEIL_KEEP &&
           (w->state & (VEIL_STATE_KEEP | VEIL_STATE_TAKEN | VEIL_STATE_NAME)) == 0 &&
           w->form->code_points > 1 &&
           (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ALSO_NEVER)) == 0;
}

/* sol, liv, tro: begin a sentence without an article too; maj, juni: so do months. */
bool
efti_small_is_mass(const struct efti_veil *v, size_t i)
{
    enum veil_class class = efti_veil_class(v->words.items[i].bits);

    return class == VEIL_CLASS_MONTH || class == VEIL_CLASS_DAY ||
           efti_veil_in(v, i, GROUP_SMALL_MASS);
}

/* en, min, två, stora: what a noun has before it; nothing stands before the first word,
 * where callers ask about i - 1 */
bool
efti_small_is_before_noun(const struct efti_veil *v, size_t i)
{
    if (i >= v->words.count)
        return false;
    if ((v->words.items[i].bits & VEIL_DIGITS) != 0)
        return i == 0 || !efti_veil_in(v, i - 1, GROUP_SMALL_ROOM_NUMBERS);
    return efti_veil_in(v, i, GROUP_SMALL_DETERMINERS) ||
           efti_veil_is(v, i, VEIL_CLASS_NUMBER);
}
