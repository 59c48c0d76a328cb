/*
 * authors.h - what the files of authors ask each other
 *
 *   authors.c         which names stay, and which are taken back
 *   authors_met.c     what says that somebody is met
 *   authors_cited.c   what says that somebody is cited
 *   kept_met.c        frames of meeting, for other words that stay too
 */
#ifndef EFTI_VEIL_AUTHORS_H
#define EFTI_VEIL_AUTHORS_H

#include "veil/find.h"

/* What the lists or a rule have said stays. */
static inline bool
author_stands(const struct veil_word *w)
{
    return (w->state & VEIL_STATE_KEEP) != 0 || (w->bits & VEIL_KEEP) != 0;
}

/* authors.c */
/** What the list of authors says of word `i`; `*surname` is its bare form. */
uint32_t efti_author_flags(const struct efti_veil *v, size_t i, eft_text *surname);

/* authors_met.c */
/** Is word `i` författaren or the like? */
bool efti_author_is_public_role(const struct efti_veil *v, size_t i);
/** Does what stands around the tokens `first` to `last` say that somebody is met? */
bool efti_author_is_met(const struct efti_veil *v, size_t first, size_t last);
/** Is it of the daily life of a workplace? Asked of names that everybody knows. */
bool efti_author_is_of_daily_life(const struct efti_veil *v, size_t first, size_t last);
/** Is word `i` a name that somebody has, and none that stays? */
bool efti_author_is_name(const struct efti_veil *v, size_t i);
/** Is surname `i` somebody's own: met, or a name, role or unknown capital before it? */
bool efti_author_is_somebodys(const struct efti_veil *v, size_t i);

/* kept_met.c */
/** Is surname `i` somebody's who is rung up, visited, talked with, or there? */
bool efti_author_is_seen(const struct efti_veil *v, size_t first, size_t last);

/* authors_cited.c */

/* The words of a citation; those that a colleague is spoken of with too need a second
 * sign of one. */
enum cites { CITES_NOT, CITES_PERHAPS, CITES };

/** What the word before token `i` says; what word `i` itself says behind a name. */
enum cites efti_author_cited_before(const struct efti_veil *v, size_t i);
enum cites efti_author_citing(const struct efti_veil *v, size_t i);
/** A second sign that the sentence of the tokens `first` to `last` is about what one has
 *  read; `rare`: the name is one that hardly anybody here has. */
bool efti_author_has_sign(const struct efti_veil *v, size_t first, size_t last,
                          bool rare);
/** Is word `i`, a surname that the list says `flags` of, cited where it stands? */
bool efti_author_is_cited(const struct efti_veil *v, size_t i, uint32_t flags);

#endif
