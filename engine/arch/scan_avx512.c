/*
 * scan_avx512.c - the kernel for x86-64 with AVX-512 and its byte permutations (VBMI,
 * VBMI2): 64 bytes at a time
 *
 * One permutation of a table of 128 bytes gives the classes of all ASCII characters, and
 * the mask registers are the planes. The numbers of set bits are gathered by compress.
 */
#include "arch/scan_rare.h"

#include <immintrin.h>

static inline void scan_compress(uint32_t *to, uint64_t set, uint32_t base);
#define SCAN_PLACES scan_compress
#include "arch/scan_wide.h"

enum {
    LETTER = 1,
    DIGIT = 2,
    SPACE = 4,
    STOP = 8,
    COMMA = 16,
    RARE = 32,
    CLOSE = 64,
    SLASH = 128
};

/* clang-format off */
#define L5 LETTER, LETTER, LETTER, LETTER, LETTER
#define L25 L5, L5, L5, L5, L5
static const uint8_t classes[128] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    SPACE, 0, 0, 0, 0, 0, 0, RARE, 0, CLOSE, 0, 0, COMMA, 0, STOP, SLASH,
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
    p->close = _mm512_test_epi8_mask(class, _mm512_set1_epi8(CLOSE));
    p->slash = _mm512_test_epi8_mask(class, _mm512_set1_epi8((char)SLASH));
    p->lead = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8((char)0xC3));
    p->colon = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8(':'));
    p->other = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8((char)0xC2));
    p->word = _mm512_cmple_epu8_mask(_mm512_sub_epi8(x, _mm512_set1_epi8((char)0xAA)),
                                     _mm512_set1_epi8(0xBA - 0xAA));
    p->sign = _mm512_cmpeq_epi8_mask(_mm512_and_si512(x, _mm512_set1_epi8((char)0xDF)),
                                     _mm512_set1_epi8((char)0x97));
}

/* Sixteen at a time: what is written too much is written again later. */
static inline void
scan_compress(uint32_t *to, uint64_t set, uint32_t base)
{
    static const uint8_t every[64] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12,
                                      13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
                                      26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38,
                                      39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51,
                                      52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    __m512i packed = _mm512_maskz_compress_epi8(set, _mm512_loadu_si512(every));
    __m512i first = _mm512_set1_epi32((int)base);

    _mm512_storeu_si512(
        to,
        _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed)), first));
    if (EFTI_UNLIKELY(__builtin_popcountll(set) > 16))
        _mm512_storeu_si512(
            to + 16,
            _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(packed, 1)),
                             first));
}

bool
efti_scan_run_avx512(struct efti_scan *s, uint32_t end)
{
    return scan_run(s, end);
}
