/*
 * small_verbs.c - the verbs around a name in small letters
 *
 *   vill, tar, står         things do it too
 *   sov, ringde, ramla      only somebody does; also as it is said, without -de
 *   ledsen, orolig          only somebody is
 *   hjälpte, ring, tack     done to somebody, said to somebody
 *   igår, i natt, sen       what stands before the verb where the subject does not
 *
 * Asked about texts wholly in small letters only (frames_small.c).
 */
#include "veil/small.h"

#include "veil/frames.h"

/* Who does it stands right behind: "sol fick vi", "klara blev hon". */
bool
efti_small_has_other_subject(const struct efti_veil *v, size_t verb)
{
    return efti_veil_follows(v, verb + 1) &&
           efti_veil_in(v, verb + 1, GROUP_SMALL_SUBJECTS);
}

/* "stig ramla i natt", "saga titta bort": a past tense as it is said, without -de. */
bool
efti_small_is_said_past(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = i < v->words.count ? v->words.items[i].form : NULL;
    char past[32];

    if (f == NULL || v->dictionary == NULL || f->casing != EFTI_CASING_LOWER ||
        f->code_points < 4 || f->folded_size + 2 > sizeof(past) ||
        f->folded[f->folded_size - 1] != 'a' ||
        (v->words.items[i].cues & VEIL_CUE_AGE) != 0) /* fyra */
        return false;
    memcpy(past, f->folded, f->folded_size);
    memcpy(past + f->folded_size, "de", 2);
    return (efti_dictionary_find(v->dictionary, past, f->folded_size + 2) &
            EFTI_DICT_LOWER) != 0;
}

/* Verbs that things have too. */
bool
efti_small_is_verb(const struct efti_veil *v, size_t i)
{
    return efti_veil_in(v, i, GROUP_SMALL_VERBS) ||
           efti_frame_is_past(&v->words.items[i]) || efti_small_is_said_past(v, i);
}

/* gråta, hjälpa, få: behind a verb and its subject */
static bool
is_bare_verb(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = i < v->words.count ? v->words.items[i].form : NULL;
    char present[32];

    if (efti_veil_in(v, i, GROUP_SMALL_INFINITIVES))
        return true;
    if (f == NULL || f->casing != EFTI_CASING_LOWER || f->code_points < 4 ||
        f->folded_size + 2 > sizeof(present) || f->folded[f->folded_size - 1] != 'a')
        return false;
    memcpy(present, f->folded, f->folded_size - 1);
    memcpy(present + f->folded_size - 1, "er", 2);
    return (efti_dictionary_find(v->dictionary, present, f->folded_size + 1) &
            EFTI_DICT_LOWER) != 0 ||
           efti_small_is_said_past(v, i);
}

/* levde, sov, ringde, ramla: only somebody does */
bool
efti_small_is_deed(const struct efti_veil *v, size_t i)
{
    return (v->words.items[i].bits & VEIL_AFTER_STRONG) != 0 ||
           efti_small_is_said_past(v, i) || efti_veil_in(v, i, GROUP_SMALL_WANTS);
}

/* May a clause begin at token `i`? Also behind what is thought or said: tror stig
 * kommer. */
bool
efti_small_may_begin_clause(const struct efti_veil *v, size_t i)
{
    return efti_frame_begins_clause(v, i) || efti_veil_in(v, i - 1, GROUP_SMALL_THINKS);
}

/* igår, sen, i morse, på natten: what stands before the verb where the subject does
 * not. */
bool
efti_small_is_adverbial(const struct efti_veil *v, size_t i)
{
    if (efti_veil_is(v, i, VEIL_CLASS_DAY) || efti_veil_in(v, i, GROUP_SMALL_ADVERBS))
        return true;
    return i > 0 && efti_veil_follows(v, i) &&
           (efti_veil_is(v, i - 1, VEIL_CLASS_IN) ||
            efti_veil_in(v, i - 1, GROUP_SMALL_ON_DAYS)) &&
           efti_veil_in(v, i, GROUP_SMALL_DAYS);
}

/* What stands behind is no noun that the word could belong to: klara regler. */
bool
efti_small_is_bare(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return !efti_veil_follows(v, i + 1) || w[1].form == NULL ||
           (w[1].form->lists & EFTI_LIST_FUNCTION) != 0 ||
           w[1].form->kind == EFTI_NUMBER ||
           (w[1].bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0 ||
           efti_veil_is(v, i + 1, VEIL_CLASS_AND) ||
           efti_veil_is(v, i + 1, VEIL_CLASS_IN) || efti_small_is_adverbial(v, i + 1) ||
           is_bare_verb(v, i + 1);
}
