/*
 * compound.h - what compound.c asks of dictionary.c
 */
#ifndef EFTI_LEXICONS_COMPOUND_H
#define EFTI_LEXICONS_COMPOUND_H

#include "lexicons/dictionary.h"
#include "lexicons/dictionary_format.h"

/** All flags of a form, the private ones of dictionary_format.h included, by its
 *  efti_dict_hash() too; `*base`: as efti_dictionary_word tells it. */
uint32_t efti_dictionary_flags_hashed(const struct efti_dictionary *d, const char *folded,
                                      size_t size, uint64_t hash, uint32_t *base);
/** Flags of a form that is no part of the hot part alone, as efti_dictionary_find() tells
 *  them, and its cuts: how efti_compound_split() takes it apart; 0: nothing is told. */
uint32_t efti_dictionary_listed(const struct efti_dictionary *d, const char *folded,
                                size_t size, uint64_t hash, uint32_t *cuts);
/** May a form of this hash be in it? Nearly all that are not are turned away. */
bool efti_dictionary_may_hold(const struct efti_dictionary *d, uint64_t hash);
/** Ask for the line of the index where such a form is looked for. */
void efti_dictionary_prefetch_form(const struct efti_dictionary *d, uint64_t hash);
/** Then for that of its record, where there may be one. */
void efti_dictionary_prefetch_found(const struct efti_dictionary *d, uint64_t hash);

/* The parts of dictionary_format.h: borrowed from a dictionary that is not NULL. */
struct efti_dictionary_parts {
    const unsigned char *slots, *map;
    uint32_t bits;
};
struct efti_dictionary_parts efti_dictionary_parts(const struct efti_dictionary *d);

/* Sets of places in a word of at most 64 bytes: bit e - 1 for an end at byte e. */
static inline uint64_t
efti_end_bit(size_t end)
{
    return (uint64_t)1 << (end - 1);
}

/** Take the first end off a set that is not empty. */
static inline size_t
efti_next_end(uint64_t *ends)
{
#if defined(__GNUC__) || defined(__clang__)
    size_t end = (size_t)__builtin_ctzll(*ends) + 1;
#else
    size_t end = 1;

    for (uint64_t rest = *ends; (rest & 1) == 0; rest >>= 1)
        end++;
#endif
    *ends &= *ends - 1;
    return end;
}

/** 0: it is no part; 1: it may be one. */
static inline uint64_t
efti_part_may_be(struct efti_dictionary_parts parts, uint64_t hash)
{
    size_t bit = efti_dict_part_bit(hash, parts.bits);

    return parts.map[bit / 8] >> bit % 8 & 1;
}

static inline void
efti_prefetch_part(struct efti_dictionary_parts parts, uint64_t hash)
{
    EFTI_PREFETCH(parts.slots + efti_dict_part_slot(hash, parts.bits) * 8);
}

/** All flags of a form that may begin or go on a compound, 0 for others, by its
 *  efti_dict_hash(). Inline, for it is asked for each stretch that the map lets pass. */
static inline uint32_t
efti_part_flags(struct efti_dictionary_parts parts, uint64_t hash)
{
    size_t mask = ((size_t)1 << parts.bits) - 1,
           at = efti_dict_part_slot(hash, parts.bits);

    for (uint32_t steps = 0; steps < EFTI_DICT_PARTS_REACH;
         steps++, at = (at + 1) & mask) {
        const unsigned char *slot = parts.slots + at * 8;
        uint32_t flags = efti_dict_le32(slot + 4);
        if (flags == 0 || efti_dict_le32(slot) == (uint32_t)(hash >> 32))
            return flags;
    }
    return 0;
}

/** Classes that may end a compound after a part of the classes `first` ... */
uint32_t efti_dictionary_joins(const struct efti_dictionary *d, uint32_t first);
/** ... or after two parts. */
uint32_t efti_dictionary_joins_after(const struct efti_dictionary *d, uint32_t first,
                                     uint32_t second);

#endif
