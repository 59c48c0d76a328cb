/*
 * compound_words.h - our own words for the splitter of compounds, as a table
 *
 * Made when we build, by build/compound_table.c, from two lists in lexicons/data/words:
 * whole_compounds.txt and compound_parts.tsv. An open hash of some thousand words behind
 * a map of bits, 40 KiB in all, so that asking costs next to nothing: the splitter asks
 * for every beginning of every piece.
 */
#ifndef EFTI_TOKENIZERS_COMPOUND_WORDS_H
#define EFTI_TOKENIZERS_COMPOUND_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
    EFTI_PIECE_FIRST = 1 << 0,  /* may begin a compound, its link included */
    EFTI_PIECE_LAST = 1 << 1,   /* may end one, though short */
    EFTI_PIECE_PREFIX = 1 << 2, /* no piece of its own: belongs to what follows */
    EFTI_PIECE_NEVER = 1 << 3,  /* an ending: belongs to what goes before */
    EFTI_PIECE_WHOLE = 1 << 4,  /* stays whole, inflected too */
    EFTI_PIECE_STEM = 1 << 5,   /* such a word without its last a or e */
    EFTI_PIECE_LINK_SHIFT = 6   /* above: bytes of the link of a FIRST, 0 to 3 */
};

struct efti_piece_slot {
    uint32_t tag; /* upper half of efti_dict_hash() */
    uint16_t at;  /* in efti_piece_text */
    uint8_t size; /* 0: free */
    uint8_t flags;
};

extern const struct efti_piece_slot efti_piece_slots[];
extern const uint32_t efti_piece_mask; /* slots - 1 */
extern const uint64_t efti_piece_map[];
extern const uint32_t efti_piece_map_mask; /* bits - 1 */
extern const char efti_piece_text[];

static inline size_t
efti_piece_bit(uint64_t hash)
{
    return (size_t)(hash >> 16);
}

/** 0: it is not in our lists; 1: it may be. */
static inline uint64_t
efti_piece_may_be(uint64_t hash)
{
    size_t bit = efti_piece_bit(hash) & efti_piece_map_mask;

    return efti_piece_map[bit / 64] >> bit % 64 & 1;
}

/** Flags of a piece by its efti_dict_hash(); 0: not in our lists. */
static inline uint32_t
efti_piece_listed(const char *bytes, size_t size, uint64_t hash)
{
    for (uint32_t at = (uint32_t)hash & efti_piece_mask;;
         at = (at + 1) & efti_piece_mask) {
        const struct efti_piece_slot *slot = &efti_piece_slots[at];
        if (slot->size == 0)
            return 0;
        if (slot->tag == (uint32_t)(hash >> 32) && slot->size == size &&
            memcmp(efti_piece_text + slot->at, bytes, size) == 0)
            return slot->flags;
    }
}

/** The same where few are in our lists. */
static inline uint32_t
efti_piece_find(const char *bytes, size_t size, uint64_t hash)
{
    return efti_piece_may_be(hash) == 0 ? 0 : efti_piece_listed(bytes, size, hash);
}

#endif
