/*
 * scan_wide.h - records eight at a time, for kernels with AVX2 or more
 *
 * Starts, ends and the rest are woven into records. The sieve (scan.h) is asked for eight
 * words at once: their first four bytes are gathered, cut, mixed and looked up in one
 * lane each (efti_scan_sieve_bit()). Such CPUs can also pack bits.
 */
#ifndef EFTI_ARCH_SCAN_WIDE_H
#define EFTI_ARCH_SCAN_WIDE_H

#include <immintrin.h>

static inline unsigned scan_wide_records(struct efti_scan *s);
#define SCAN_WIDE_RECORDS scan_wide_records
#define SCAN_PICK _pext_u64
#include "arch/scan_body.h"

/* Eight bits of a set, from number `at` on: within two bytes, as such CPUs have them */
static inline unsigned
scan_eight_of(const uint64_t *set, uint32_t at)
{
    uint16_t bits;

    memcpy(&bits, (const char *)set + at / 8, sizeof(bits));
    return (unsigned)bits >> at % 8 & 0xFF;
}

/* Of eight words from number `at` on, whose starts and ends are given, the records */
static inline void scan_weave(const struct efti_scan *s, uint32_t at, __m256i starts,
                              __m256i ends);

/* Eight of efti_scan_sieve_bit() */
static inline __m256i
scan_sieve_bits(const struct efti_scan *s, __m256i starts, __m256i sizes)
{
    const int *bytes = (const int *)(const void *)s->bytes;
    __m256i kept = _mm256_min_epu32(sizes, _mm256_set1_epi32(4));
    __m256i spare = _mm256_sub_epi32(_mm256_set1_epi32(32), _mm256_slli_epi32(kept, 3));
    __m256i key =
        _mm256_or_si256(_mm256_i32gather_epi32(bytes, starts, 1), _mm256_set1_epi8(0x20));
    __m256i alone = _mm256_cmpeq_epi32(sizes, _mm256_set1_epi32(1));
    __m256i ended = _mm256_cmpgt_epi32(_mm256_set1_epi32(EFTI_SCAN_LETTERS),
                                       _mm256_srli_epi32(key, 24));
    __m256i last = _mm256_slli_epi32(_mm256_and_si256(alone, ended), 24);
    key = _mm256_andnot_si256(last, key);
    spare = _mm256_andnot_si256(alone, spare);
    __m256i product = _mm256_mullo_epi32(_mm256_sllv_epi32(key, spare),
                                         _mm256_set1_epi32((int)EFTI_SCAN_MIX_LOW));

    return _mm256_srli_epi32(_mm256_add_epi32(product, _mm256_slli_epi32(sizes, 27)),
                             32 - EFTI_SCAN_FILTER_BITS);
}

/* Which of eight bits are set in the sieve */
static inline unsigned
scan_sieve(const struct efti_scan *s, const uint32_t *bits)
{
    const int *sieve = (const int *)(const void *)s->sieve;
    __m256i bit = _mm256_loadu_si256((const __m256i *)(const void *)bits);
    __m256i word = _mm256_i32gather_epi32(sieve, _mm256_srli_epi32(bit, 5), 4);
    __m256i in = _mm256_andnot_si256(bit, _mm256_set1_epi32(31)); /* 31 - bit % 32 */

    return (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_sllv_epi32(word, in)));
}

static inline __m256i
scan_load_eight(const uint32_t *from)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)from);
}

/* Of the first `n` words, `sifted` ones */
static inline void
scan_mark_sifted(struct efti_scan *s, const uint64_t *sifted, unsigned n)
{
    for (unsigned at = 0; at < n; at += 64)
        for (uint64_t set = sifted[at / 64]; set != 0; set &= set - 1) {
            unsigned i = at + (unsigned)__builtin_ctzll(set);
            uint32_t number = s->count + i;
            s->perhaps[number / 64] |= (uint64_t)scan_goes_on(s, s->starts[i], s->ends[i])
                                       << number % 64;
        }
}

/* Of the first `n` words, which the sieve lets through */
static inline void
scan_sift(struct efti_scan *s, const uint32_t *bits, unsigned n)
{
    uint64_t sifted[EFTI_SCAN_PENDING / 64 + 1];

    memset(sifted, 0, (n / 64 + 1) * sizeof(*sifted));
    for (unsigned i = 0; i < n; i += 8) {
        unsigned left = n - i < 8 ? n - i : 8;
        uint64_t hits = _bzhi_u32(scan_sieve(s, bits + i), left);
        sifted[i / 64] |= hits << i % 64;
    }
    scan_mark_sifted(s, sifted, n);
}

/* Eight at a time; what lies behind the last one is written, and later written over. The
 * sieve is asked in a loop of its own: a look-up waits for its bits, and the fewer
 * instructions wait together with it, the further ahead a processor can look. */
static inline unsigned
scan_wide_records(struct efti_scan *s)
{
    const __m256i places = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    uint32_t bits[EFTI_SCAN_PENDING + 8];
    unsigned n = 0;

    for (; n < s->ended; n += 8) {
        unsigned left = s->ended - n < 8 ? s->ended - n : 8;
        if (EFTI_UNLIKELY(s->size - s->starts[n + left - 1] < 4)) /* gathered beyond it */
            break;
        /* words that are none begin with the text and have no size */
        __m256i some = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)left), places);
        __m256i starts = _mm256_and_si256(scan_load_eight(s->starts + n), some);
        __m256i ends = _mm256_and_si256(scan_load_eight(s->ends + n), some);
        scan_weave(s, s->count + n, starts, ends);
        _mm256_storeu_si256((__m256i *)(void *)(bits + n),
                            scan_sieve_bits(s, starts, _mm256_sub_epi32(ends, starts)));
    }
    n = n < s->ended ? n : s->ended;
    if (s->sieve != NULL)
        scan_sift(s, bits, n);
    return n;
}

#endif
