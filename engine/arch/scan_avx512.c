/*
 * scan_avx512.c - the kernel for x86-64 with AVX-512 and its byte permutations (VBMI,
 * VBMI2): 64 bytes at a time
 *
 * One permutation of a table of 128 bytes gives the classes of all ASCII characters, and
 * the mask registers are the planes. Starts and ends are gathered by compress, sixteen
 * records at a time, so nothing is branched on but how many there are.
 */
#include "arch/scan_rare.h"

#include <immintrin.h>

static inline void scan_put_wide(struct efti_scan *s, uint32_t base, uint64_t starts,
                                 uint64_t ends);
#define SCAN_PUT scan_put_wide
#include "arch/scan_body.h"

enum { LETTER = 1, DIGIT = 2, SPACE = 4, STOP = 8, COMMA = 16, RARE = 32 };

/* clang-format off */
#define L5 LETTER, LETTER, LETTER, LETTER, LETTER
#define L25 L5, L5, L5, L5, L5
static const uint8_t classes[128] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    SPACE, 0, 0, 0, 0, 0, 0, RARE, 0, 0, 0, 0, COMMA, 0, STOP, 0,
    DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, RARE, RARE, 0, 0, 0, 0,
    RARE, L25, LETTER, 0, 0, 0, 0, RARE,
    0, L25, LETTER, 0, 0, 0, 0, 0,
};
/* clang-format on */

static inline void
scan_classify(const unsigned char *bytes, struct scan_planes *p)
{
    __m512i x = _mm512_loadu_si512(bytes);
    __m512i low = _mm512_loadu_si512(classes), upper = _mm512_loadu_si512(classes + 64);
    __mmask64 high = _mm512_movepi8_mask(x);
    __m512i class = _mm512_maskz_permutex2var_epi8(_knot_mask64(high), low, x, upper);

    p->high = high;
    p->letter = _mm512_test_epi8_mask(class, _mm512_set1_epi8(LETTER));
    p->digit = _mm512_test_epi8_mask(class, _mm512_set1_epi8(DIGIT));
    p->space = _mm512_test_epi8_mask(class, _mm512_set1_epi8(SPACE));
    p->stop = _mm512_test_epi8_mask(class, _mm512_set1_epi8(STOP));
    p->comma = _mm512_test_epi8_mask(class, _mm512_set1_epi8(COMMA));
    p->rare = _mm512_test_epi8_mask(class, _mm512_set1_epi8(RARE));
    p->lead = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8((char)0xC3));
    p->sign = _mm512_cmpeq_epi8_mask(_mm512_and_si512(x, _mm512_set1_epi8((char)0xDF)),
                                     _mm512_set1_epi8((char)0x97));
}

/* The numbers of the set bits, at most 32, plus `base` */
static inline void
places(uint64_t set, uint32_t base, __m512i out[2])
{
    static const uint8_t every[64] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12,
                                      13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
                                      26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38,
                                      39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51,
                                      52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    __m512i packed = _mm512_maskz_compress_epi8(set, _mm512_loadu_si512(every));
    __m512i first = _mm512_set1_epi32((int)base);

    out[0] =
        _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed)), first);
    out[1] = _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(packed, 1)),
                              first);
}

/* Sixteen records: the numbers go to lane `lane` of each four, and with them the lanes of
 * `rest` that `lanes` names; the others stay as they are in memory. */
static inline void
spread(unsigned char *to, __m512i numbers, __m512i rest, __mmask16 lane, __mmask16 lanes)
{
    const __m512i quarter =
        _mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);

    for (int i = 0; i < 4; i++) {
        __m512i which = _mm512_add_epi32(quarter, _mm512_set1_epi32(4 * i));
        __m512i four = _mm512_mask_permutexvar_epi32(rest, lane, which, numbers);
        _mm512_mask_storeu_epi32(to + 64 * i, lanes, four);
    }
}

/* As scan_put(), but always sixteen at a time: what is written too much lies in records
 * that come later and are written again. */
static inline void
scan_put_wide(struct efti_scan *s, uint32_t base, uint64_t starts, uint64_t ends)
{
    const __mmask16 lane_0 = 0x1111, lane_1 = 0x2222, lanes_1_to_3 = 0xEEEE;
    unsigned char *to_start = s->records + (size_t)s->starts * EFTI_SCAN_RECORD;
    unsigned char *to_end = s->records + (size_t)s->count * EFTI_SCAN_RECORD;
    uint32_t begun = (uint32_t)__builtin_popcountll(starts);
    uint32_t ended = (uint32_t)__builtin_popcountll(ends);
    __m512i rest =
        _mm512_broadcast_i32x4(_mm_set_epi64x((long long)s->rest, 0)); /* bytes 8..15 */
    __m512i first[2], last[2];

    places(starts, base, first);
    places(ends, base, last);
    spread(to_start, first[0], rest, lane_0, lane_0);
    spread(to_end, last[0], rest, lane_1, lanes_1_to_3);
    if (EFTI_UNLIKELY(begun > 16 || ended > 16)) {
        spread(to_start + 16 * EFTI_SCAN_RECORD, first[1], rest, lane_0, lane_0);
        spread(to_end + 16 * EFTI_SCAN_RECORD, last[1], rest, lane_1, lanes_1_to_3);
    }
    s->starts += begun;
    s->count += ended;
}

bool
efti_scan_run_avx512(struct efti_scan *s, uint32_t end)
{
    return scan_run(s, end);
}
