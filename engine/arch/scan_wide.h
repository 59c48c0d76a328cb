/*
 * scan_wide.h - records four at a time, for kernels with AVX2 or more
 *
 * Starts, ends and the rest are woven into records. The filter (scan.h) is asked for four
 * words at once: their first eight bytes are gathered, cut, mixed and looked up in one
 * lane each. Such CPUs can also pack bits.
 */
#ifndef EFTI_ARCH_SCAN_WIDE_H
#define EFTI_ARCH_SCAN_WIDE_H

#include <immintrin.h>

static inline unsigned scan_wide_records(struct efti_scan *s);
#define SCAN_WIDE_RECORDS scan_wide_records
#define SCAN_PICK _pext_u64
#include "arch/scan_body.h"

static inline void
scan_weave(unsigned char *to, __m128i starts, __m128i ends, __m128i rest)
{
    __m128i low = _mm_unpacklo_epi32(starts, ends),
            high = _mm_unpackhi_epi32(starts, ends);
    __m128i *record = (__m128i *)(void *)to;

    _mm_storeu_si128(record, _mm_unpacklo_epi64(low, rest));
    _mm_storeu_si128(record + 1, _mm_unpackhi_epi64(low, rest));
    _mm_storeu_si128(record + 2, _mm_unpacklo_epi64(high, rest));
    _mm_storeu_si128(record + 3, _mm_unpackhi_epi64(high, rest));
}

/* Four bits: which of the words may pass. Too long ones pass by chance. */
static inline int
scan_sieve(const struct efti_scan *s, __m128i starts, __m128i ends)
{
    __m256i size = _mm256_cvtepu32_epi64(_mm_sub_epi32(ends, starts));
    __m256i spare = _mm256_sub_epi64(_mm256_set1_epi64x(64), _mm256_slli_epi64(size, 3));
    __m256i key =
        _mm256_i32gather_epi64((const long long *)(const void *)s->bytes, starts, 1);
    key = _mm256_sllv_epi64(_mm256_or_si256(key, _mm256_set1_epi8(0x20)), spare);
    __m256i low = _mm256_mul_epu32(key, _mm256_set1_epi64x(EFTI_SCAN_MIX_LOW));
    __m256i high = _mm256_mul_epu32(_mm256_srli_epi64(key, 32),
                                    _mm256_set1_epi64x(EFTI_SCAN_MIX_HIGH));
    /* the upper bits of the lower half of the sum */
    __m256i sum = _mm256_slli_epi64(_mm256_add_epi64(low, high), 32);
    __m256i bit = _mm256_srli_epi64(sum, 64 - EFTI_SCAN_FILTER_BITS);
    __m256i word = _mm256_i64gather_epi64((const long long *)(const void *)s->filter,
                                          _mm256_srli_epi64(bit, 6), 8);
    __m256i in = _mm256_andnot_si256(bit, _mm256_set1_epi64x(63)); /* 63 - bit % 64 */

    return _mm256_movemask_pd(_mm256_castsi256_pd(_mm256_sllv_epi64(word, in)));
}

static inline unsigned
scan_wide_records(struct efti_scan *s)
{
    __m128i rest = _mm_set1_epi64x((long long)s->rest);
    unsigned n = 0;

    for (; n + 4 <= s->ended; n += 4) {
        __m128i starts = _mm_loadu_si128((const __m128i *)(const void *)(s->starts + n));
        __m128i ends = _mm_loadu_si128((const __m128i *)(const void *)(s->ends + n));
        if (EFTI_UNLIKELY(s->size - s->starts[n + 3] < 8)) /* gathered beyond the text */
            break;
        scan_weave(s->records + (size_t)(s->count + n) * EFTI_SCAN_RECORD, starts, ends,
                   rest);
        if (s->filter == NULL)
            continue;
        for (int hits = scan_sieve(s, starts, ends); hits != 0; hits &= hits - 1) {
            unsigned i = n + (unsigned)__builtin_ctz((unsigned)hits);
            if (scan_goes_on(s, s->starts[i], s->ends[i]))
                scan_mark(s->perhaps, s->count + i);
        }
    }
    return n;
}

#endif
