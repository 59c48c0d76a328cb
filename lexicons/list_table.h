/*
 * list_table.h - the lists packed for asking: constant arrays, made once
 *
 *     letters ─► efti_list_hash() ─► one bit ─► slot (tag | number) ─► form
 *                                                                  └► its letters
 *
 * The table of the lists compiled in is made when we build (build/bake.c) and lies in the
 * library as constants, so that starting costs nothing; a folder of lists is packed into
 * the same arrays when it is read. The hash is not keyed: what is in the table is fixed,
 * so nobody can craft forms that fall together, and a look-up visits no more slots than
 * the longest run that the build made.
 *
 * Most forms stand on no list. Eight of nine of those are turned away by one bit of a map
 * that stays in the first-level cache (8 bits a form, one hash: 1 - e^(-1/8) pass), the
 * rest by the tag: all bits of a slot that the number does not need.
 */
#ifndef EFTI_LEXICONS_LIST_TABLE_H
#define EFTI_LEXICONS_LIST_TABLE_H

#include "lexicons/list_read.h"

struct efti_list_form {
    uint32_t at; /* of its letters */
    uint32_t flags, phrases;
    uint16_t size, abbreviation;
    uint8_t shape, uninformative, goes_on;
};

/**
 * Which lengths of endings are worth a look, by the last bytes of a word: bit n for an
 * ending of n bytes. Endings of four bytes and more are filed under a hash of the last
 * four, those of three under a hash of these, shorter ones under the last byte. Most
 * words end in no listed way and cost three loads.
 */
#define EFTI_LIST_FOUR_BITS 11
#define EFTI_LIST_THREE_BITS 8
struct efti_list_ends {
    uint32_t by_four[1 << EFTI_LIST_FOUR_BITS];
    uint32_t by_three[1 << EFTI_LIST_THREE_BITS];
    uint32_t by_one[256];
};

struct efti_list_table {
    const struct efti_list_form *forms;
    const char *letters;
    const uint32_t *slots;            /* number + 1 in the low bits, tag above; 0: free */
    const uint64_t *map;              /* bit efti_list_bit() of each form is set */
    const uint64_t *abbreviation_map; /* EFTI_ABBREVIATION_WORDS; see lists.h */
    const uint64_t *pair_map;         /* EFTI_PAIR_WORDS; the same */
    const struct efti_abbreviation *abbreviations;
    const struct efti_list_ends *shapes, *things; /* of name shape, of things */
    uint32_t form_count, slot_count /* power of two */, number_bits;
    uint32_t map_bits; /* the map has 1 << map_bits bits; at least 6 */
    uint32_t abbreviation_count, phrase_words;
    size_t letter_count;
    char hash[65]; /* of the files */
};

/** The table compiled in, from build/bake.c. */
extern const struct efti_list_table efti_baked_lists;

/** Pack; the arrays lie in `arena`. False: no memory. */
bool efti_list_pack(const struct efti_list_pool *pool, struct efti_arena *arena,
                    struct efti_list_table *out);

/** The table behind lists: to print it, when we build. */
const struct efti_list_table *efti_lists_table(const struct efti_lists *lists);

/* Eight bytes with the first lowest, on every machine: the table is made on one machine
 * and asked on another. */
static inline uint64_t
efti_list_load(const char *p, size_t size)
{
    uint64_t v = 0;

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint32_t four;

    if (size == 8) {
        memcpy(&v, p, 8);
        return v;
    }
    if (size == 4) {
        memcpy(&four, p, 4);
        return four;
    }
#endif
    for (size_t i = 0; i < size; i++)
        v |= (uint64_t)(unsigned char)p[i] << (8 * i);
    return v;
}

/* The last (at most 8) of `size` bytes; those of a short form in three overlapping looks,
 * as a loop over 1 to 7 bytes is mispredicted. */
static inline uint64_t
efti_list_tail(const char *p, size_t size)
{
    if (size >= 8)
        return efti_list_load(p + size - 8, 8);
    if (size >= 4)
        return efti_list_load(p, 4) << 32 | efti_list_load(p + size - 4, 4);
    if (size == 0)
        return 0;
    return (uint64_t)(unsigned char)p[0] << 16 |
           (uint64_t)(unsigned char)p[size / 2] << 8 | (unsigned char)p[size - 1];
}

/* Multiply and xor-shift, 8 bytes a step (constants: 2^64 / golden ratio and an odd
 * number of like kind); portable to machines without wide multiplication. */
static inline uint64_t
efti_list_hash(const char *p, size_t size)
{
    uint64_t h = size * 0x9E3779B97F4A7C15u;
    size_t left = size;

    for (; left > 8; p += 8, left -= 8) {
        h = (h ^ efti_list_load(p, 8)) * 0xD1B54A32D192ED03u;
        h ^= h >> 32;
    }
    h = (h ^ efti_list_tail(p, left)) * 0x9E3779B97F4A7C15u;
    h ^= h >> 29;
    h *= 0xD1B54A32D192ED03u;
    return h ^ h >> 32;
}

/** The bit of a hash in the map: its top bits, which the slot's number hardly uses. */
static inline size_t
efti_list_bit(uint64_t hash, uint32_t map_bits)
{
    return (size_t)(hash >> (64 - map_bits));
}

/** A word, as the map of pairs has it. */
static inline uint32_t
efti_list_pair_word(const char *folded, size_t size)
{
    return (uint32_t)(efti_list_hash(folded, size) >> (64 - EFTI_PAIR_WORD));
}

/** The tag of a hash, in its place in a slot. */
static inline uint32_t
efti_list_tag(uint64_t hash, uint32_t number_bits)
{
    return (uint32_t)(hash >> 24) & ~(((uint32_t)1 << number_bits) - 1);
}

/** The places of a word in efti_list_ends; `end`: behind its last byte. */
static inline size_t
efti_list_three(const char *end)
{
    uint32_t last = (uint32_t)(unsigned char)end[-1] |
                    (uint32_t)(unsigned char)end[-2] << 8 |
                    (uint32_t)(unsigned char)end[-3] << 16;

    return last * 0x9E3779B1u >> (32 - EFTI_LIST_THREE_BITS);
}

static inline size_t
efti_list_four(const char *end)
{
    return (uint32_t)efti_list_load(end - 4, 4) * 0x9E3779B1u >>
           (32 - EFTI_LIST_FOUR_BITS);
}

#endif
