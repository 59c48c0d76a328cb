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
    uint8_t count; /* 0: the word stays whole; else 2 to 8 */
    uint8_t
        ends[EFTI_COMPOUND_PARTS]; /* byte at which each piece ends, its link included */
    uint8_t link[EFTI_COMPOUND_PARTS]; /* bytes of the link at the end of each piece */
};

/**
 * Split a folded form; true if it has two pieces or more. `lists` (may be NULL) keeps
 * names, places and function words whole. Without a dictionary nothing is split. Forms
 * above 64 bytes, or with more than 8 pieces, stay whole. No allocation; thread safe; at
 * most some 2,000 looks at the table of parts whatever the bytes are.
 */
bool efti_compound_split(const struct efti_dictionary *d, const struct efti_lists *lists,
                         const char *folded, size_t size,
                         struct efti_compound_parts *out);

#endif
