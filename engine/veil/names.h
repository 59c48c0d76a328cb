/*
 * names.h - what the files of names ask each other
 *
 *   names.c          every word by itself, and the order of the steps
 *   names_follow.c   may a word belong to the name before it?
 *   names_joined.c   names of several words, and words joined to a name
 *   names_again.c    a name found once is found everywhere in the text
 *   names_listed.c   names that are words too, in a row with one that is none
 *   nicknames.c      what somebody is called, whatever word it is
 */
#ifndef EFTI_VEIL_NAMES_H
#define EFTI_VEIL_NAMES_H

#include "veil/find.h"

/* Has word `i` been marked as a name? */
static inline bool
is_name(const struct efti_veil *v, size_t i)
{
    return i < v->words.count && (v->words.items[i].state & VEIL_STATE_NAME) != 0;
}

/* May the word not become a name: no form, or the lists or a rule let it stay? */
static inline bool
name_stays(const struct veil_word *w)
{
    return w->form == NULL || (w->state & VEIL_STATE_KEEP) != 0 ||
           (w->bits & VEIL_KEEP) != 0;
}

/* names_follow.c */
/** May word `i` belong to the name right before it? Acronyms and roles do not. */
bool efti_name_may_follow(const struct efti_veil *v, size_t i);
/** Does a nickname in quotes or brackets stand between given name `i` and a surname? */
bool efti_name_has_nickname(const struct efti_veil *v, size_t i);
/** Does nothing but what nobody sees stand between token `i` and the next? */
bool efti_name_goes_on_unseen(const struct efti_veil *v, size_t i);

/* names_joined.c */
/** Join to every name in the order of the text what belongs to it. */
void efti_name_join_all(struct efti_veil *v);
/** Mark the letters of the name that ends with token `i`, in brackets behind it. */
void efti_name_letters_in_brackets(struct efti_veil *v, size_t i);

/* names_listed.c */
/** Mark what stands in a row with names: a line each, numbered, joined by + or /. */
void efti_name_listed(struct efti_veil *v);

/* nicknames.c */
/** Mark what stands behind heter and kallas, and what is said instead of a name. */
void efti_name_nicknames(struct efti_veil *v);
/** Mark what stands in a row with names in small letters, and where they come from. */
void efti_name_beside_small(struct efti_veil *v);

/* names_again.c */
/** Find the marked names, brought into the order of the text, wherever else they are. */
void efti_name_find_again(struct efti_veil *v);

#endif
