/*
 * probe_wide.h - what kernels with AVX2 or more have in common (probe.h): the buckets of
 * eight keys at a time, and the id of a key that was found. Products of 512 bits would
 * slow the whole processor down for a while.
 */
#ifndef EFTI_ARCH_PROBE_WIDE_H
#define EFTI_ARCH_PROBE_WIDE_H

#include "arch/probe.h"

#include <immintrin.h>

/* Of two keys each, the two products of NH */
static inline __m256i
products(const struct efti_key *keys, __m256i secrets)
{
    __m256i sum = _mm256_add_epi32(
        _mm256_loadu_si256((const __m256i *)(const void *)keys), secrets);

    return _mm256_mul_epu32(sum, _mm256_srli_epi64(sum, 32));
}

/* The upper half of h m, in the lower half: what three products of 32 bits leave there */
static inline __m256i
upper_product(__m256i h, __m256i m)
{
    /* its own upper half says nothing, and no product looks at it */
    return _mm256_add_epi64(
        _mm256_srli_epi64(_mm256_mul_epu32(h, m), 32),
        _mm256_add_epi64(_mm256_mul_epu32(h, _mm256_srli_epi64(m, 32)),
                         _mm256_mul_epu32(_mm256_srli_epi64(h, 32), m)));
}

static inline void
four_places(const struct efti_probe_table *table, const struct efti_key *keys,
            uint32_t *places)
{
    const __m256i pairs = _mm256_broadcastsi128_si256(
        _mm_loadu_si128((const __m128i *)(const void *)table->secrets));
    const __m256i factor = _mm256_set1_epi64x((long long)table->secrets[2]);
    const __m256i number = _mm256_set1_epi64x(table->count);
    const __m256i order = _mm256_setr_epi32(1, 5, 3, 7, 1, 5, 3, 7);
    __m256i a = products(keys, pairs), b = products(keys + 2, pairs);
    __m256i h =
        _mm256_add_epi64(_mm256_unpacklo_epi64(a, b), _mm256_unpackhi_epi64(a, b));
    __m256i place = _mm256_mul_epu32(upper_product(h, factor), number);

    _mm_storeu_si128((__m128i *)(void *)places,
                     _mm256_castsi256_si128(_mm256_permutevar8x32_epi32(place, order)));
}

static inline void
ask_for_group(const struct efti_probe_table *table, const uint32_t *places)
{
    for (unsigned i = 0; i < EFTI_PROBE_GROUP; i++)
        EFTI_PREFETCH(&table->buckets[places[i]]);
}

/* In whole groups; lines are asked for a group later, since places come from memory and
 * are not there yet. */
static inline void
ask_for_all(const struct efti_probe_table *table, const struct efti_key *keys,
            size_t count, uint32_t *places)
{
    for (size_t at = 0; at < count; at += EFTI_PROBE_GROUP) {
        for (unsigned i = 0; i < EFTI_PROBE_GROUP; i += 4)
            four_places(table, keys + at + i, places + at + i);
        if (EFTI_LIKELY(at > 0))
            ask_for_group(table, places + at - EFTI_PROBE_GROUP);
    }
    if (count > 0)
        ask_for_group(table, places + (count - 1) / EFTI_PROBE_GROUP * EFTI_PROBE_GROUP);
}

/* The token's form, from the bits of those words of the bucket that are its key's: 0 and
 * 1, 2 and 3 or 4 and 5; what stands behind them is no key. 1: none of them. */
static inline size_t
put_form(const struct efti_bucket *b, unsigned words, unsigned char *token)
{
    unsigned same = words & words >> 1 & 0x15;
    unsigned at = _tzcnt_u32(same | 1u << 6) / 2; /* 3: none */

    memcpy(token + 8, b->ids + at, sizeof(b->ids[0]));
    return same == 0;
}

#endif
