/*
 * small.h - what the files of texts in small letters ask each other
 *
 *   frames_small.c   people told by what stands around them; the pass
 *   small_words.c    what kind of word a name is that is a word too
 *   small_verbs.c    the verbs around it
 *   small_others.c   owners, letters, nicknames, rows, signatures
 *   small_houses.c   workplaces
 */
#ifndef EFTI_VEIL_SMALL_H
#define EFTI_VEIL_SMALL_H

#include "veil/find.h"

/* small_words.c */
/** Is token `i` a name that is a word too, and no function word? */
bool efti_small_is_name(const struct efti_veil *v, size_t i);
/** sol, liv, maj: may the word stand alone where it is no name? */
bool efti_small_is_mass(const struct efti_veil *v, size_t i);
/** en, min, två: does a noun stand behind token `i`, and no name? */
bool efti_small_is_before_noun(const struct efti_veil *v, size_t i);

/* small_verbs.c */
/** "sol fick vi": does another subject stand behind `verb`? */
bool efti_small_has_other_subject(const struct efti_veil *v, size_t verb);
/** ramla, titta: a past tense as it is said, without -de */
bool efti_small_is_said_past(const struct efti_veil *v, size_t i);
/** A verb that things have too. */
bool efti_small_is_verb(const struct efti_veil *v, size_t i);
/** A verb that only somebody has. */
bool efti_small_is_deed(const struct efti_veil *v, size_t i);
/** May a clause begin at token `i`, also behind what is thought or said? */
bool efti_small_may_begin_clause(const struct efti_veil *v, size_t i);
/** igår, sen, i natt: may the verb follow token `i` before its subject? */
bool efti_small_is_adverbial(const struct efti_veil *v, size_t i);
/** Is what stands behind token `i` no noun that it could belong to? */
bool efti_small_is_bare(const struct efti_veil *v, size_t i);

/* small_others.c */
/** stens ögondroppar, dags fru */
bool efti_small_is_owner(const struct efti_veil *v, size_t i);
/** n kan vi kalla henne, k sa att */
bool efti_small_is_letter(const struct efti_veil *v, size_t i);
/** um yusuf, von essen: does a name of two words begin at token `i`? */
bool efti_small_begins_name(const struct efti_veil *v, size_t i);
/** lill-maj, bonus-mats: is the last part of token `i` a name? */
bool efti_small_ends_in_name(const struct efti_veil *v, size_t i);
/** hon heter loppan: is token `i` what somebody is called? */
bool efti_small_is_nickname(const struct efti_veil *v, size_t i);
/** Mark the last word of all, if it signs. */
void efti_small_sign(struct efti_veil *v);
/** Mark who stands in a row with those found, or is one of them. */
void efti_small_look_again(struct efti_veil *v);

/* small_houses.c */
/** Propose workplaces by their owners, and by what they are called. */
void efti_small_houses(struct efti_veil *v);

#endif
