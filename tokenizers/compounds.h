/*
 * compounds.h - a written word as the words it is made of
 *
 *   nätverksarbetet   ->   nätverk+s | arbetet
 *   gatulampa         ->   gat+u | lampa
 *   ansvaret          ->   (whole)
 *
 * Pieces are what stands on the paper: put side by side they are the word. A link (s, e,
 * o, u, a or a hyphen, also a vowel that changed) belongs to the piece before it; the
 * last piece, the head, keeps its inflection. Words are cut at all levels, but not before
 * or after what is no word of its own (sam-, för-; -het, -ning) and not inside words that
 * have become one to their readers (ansvar, vardag), see compounds.c.
 */
#ifndef EFTI_TOKENIZERS_COMPOUNDS_H
#define EFTI_TOKENIZERS_COMPOUNDS_H

#include "lexicons/dictionary.h"
#include "lexicons/lists.h"

#define EFTI_COMPOUND_PARTS 8u  /* more pieces than any real word has */
#define EFTI_COMPOUND_BYTES 64u /* the longest in 100 MB of running Swedish has 50 */

struct efti_compound_parts {
    uint8_t count;                     /* 0: the word stays whole; else 2 to 8 */
    uint8_t ends[EFTI_COMPOUND_PARTS]; /* byte where each piece ends, link included */
    uint8_t link[EFTI_COMPOUND_PARTS]; /* bytes of the link at the end of each piece */
};

/* What words are taken apart with; the lists keep names, places and
 * function words whole. */
struct efti_compounds {
    const struct efti_dictionary *dictionary; /* NULL: nothing is split */
    const struct efti_lists *lists;           /* may be NULL */
    bool told; /* the dictionary's file is of this engine: it tells of listed words */
};

/** `engine`: efti_forms_engine(); NULL: whatever the file tells, all is found anew. */
static inline struct efti_compounds
efti_compounds_of(const struct efti_dictionary *d, const struct efti_lists *lists,
                  const char *engine)
{
    return (struct efti_compounds){d, lists,
                                   engine != NULL && efti_dictionary_known_by(d, engine)};
}

/**
 * Split a folded form; true if it has two pieces or more. Forms above 64 bytes, or with
 * more than 8 pieces, stay whole. No allocation; thread safe; at most some 2,000 looks at
 * the table of parts whatever the bytes are.
 */
bool efti_compound_split(const struct efti_compounds *c, const char *folded, size_t size,
                         struct efti_compound_parts *out);

/** What the file may tell of a form with these flags, found anew: its cuts, for
 *  efti_dictionary_listed(). 0: nothing, since the lists have a say. */
uint32_t efti_compound_cuts(const struct efti_dictionary *d, const char *folded,
                            size_t size, uint32_t flags);

#endif
