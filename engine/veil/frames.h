/*
 * frames.h - what the files of frames ask each other
 *
 *   frames.c           a word by itself, whose kin is behind it, the order of the steps
 *   frames_phrases.c   phrases of several words
 *   frames_beside.c    the words right beside it
 *   frames_verbs.c     is it the subject of a verb?
 *   frames_small.c     the same and more, in a text wholly in small letters
 */
#ifndef EFTI_VEIL_FRAMES_H
#define EFTI_VEIL_FRAMES_H

#include "veil/find.h"

/* The one possessive that is also among the commonest names of men. No verb can follow
 * the possessive, so a verb frame behind it makes it a name. */
static inline bool
is_hans(const struct efti_form *f)
{
    return efti_equal(f->folded, f->folded_size, "hans", 4);
}

/* frames_phrases.c */
/** Every phrase of two words and more that starts at `i`, which is not the last token. */
void efti_frame_apply_phrases(struct efti_veil *v, size_t i);

/* frames_verbs.c */
/** May a subject begin at token `i`: at a start, after a comma, quote or conjunction? */
bool efti_frame_begins_clause(const struct efti_veil *v, size_t i);
/** Is it a past tense by its ending (räddade), whether or not a list knows it? */
bool efti_frame_is_past(const struct veil_word *w);
/** Is token `i` three letters with a capital and no word, of dialect or haste neither? */
bool efti_frame_is_short_stranger(const struct efti_veil *v, size_t i);
/** Give word `i` what a verb says that it stands before, or is the subject of. */
void efti_frame_look_before_verb(struct efti_veil *v, size_t i);
void efti_frame_look_at_stranger(struct efti_veil *v, size_t i);
void efti_frame_look_for_subject(struct efti_veil *v, size_t i);

/* frames_beside.c */
/** A frame at token `i` speaks for the word before it. */
void efti_frame_give_before(struct efti_veil *v, size_t i, bool strong);
/** Give word `i` what the words before and behind it say. */
void efti_frame_pull(struct efti_veil *v, size_t i);

/* frames_small.c */
/** Mark people in a text that is wholly in small letters, where a word is all there
 *  is. */
void efti_frame_in_small(struct efti_veil *v);

#endif
