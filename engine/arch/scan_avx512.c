/*
 * scan_avx512.c - the kernel for x86-64 with AVX-512 and its byte permutations (VBMI,
 * VBMI2): 64 bytes at a time
 *
 * Two permutations of tables of 128 bytes give the classes of all bytes. A class is eight
 * bits, and a plane is one of them of every byte: with the classes as matrices of 8 by 8
 * bits, one product (GFNI) turns them over, and one permutation brings the pieces of each
 * plane together. A group is eight blocks, whose planes are brought together as rows of a
 * matrix are made columns. The numbers of set bits are gathered by compress.
 */
#include "arch/scan_rare.h"

#include <immintrin.h>

static inline void scan_compress(uint32_t *to, uint64_t set, uint32_t base);
#define SCAN_PLACES scan_compress
#define SCAN_SOME scan_classify_some
#define SCAN_LANES 8
typedef uint64_t scan_lanes __attribute__((vector_size(8 * SCAN_LANES)));
struct scan_classes {
    uint64_t planes[SCAN_LANES][8], high[SCAN_LANES];
};

static inline scan_lanes
scan_set(uint64_t word)
{
    return (scan_lanes)_mm512_set1_epi64((long long)word);
}

static inline scan_lanes
scan_previous(scan_lanes x, scan_lanes before)
{
    return (scan_lanes)_mm512_alignr_epi64((__m512i)x, (__m512i)before, SCAN_LANES - 1);
}

static inline scan_lanes
scan_next(scan_lanes x, scan_lanes behind)
{
    return (scan_lanes)_mm512_alignr_epi64((__m512i)behind, (__m512i)x, 1);
}

static inline bool
scan_any(scan_lanes x)
{
    return _mm512_test_epi64_mask((__m512i)x, (__m512i)x) != 0;
}

static inline unsigned
scan_tops(scan_lanes x)
{
    return _mm512_movepi64_mask((__m512i)x);
}

static inline scan_lanes
scan_full(scan_lanes x)
{
    return (scan_lanes)(x == scan_set(~(uint64_t)0)) & 1;
}

/* Carries as bits: a block that is full hands on what comes in, and such runs are passed
 * by adding bits as well. */
static inline scan_lanes
scan_add(scan_lanes a, scan_lanes b, bool *carry, unsigned blocks)
{
    const __m512i one = _mm512_set1_epi64(1);
    __m512i sum = (__m512i)(a + b);
    unsigned over = _mm512_cmplt_epu64_mask(sum, (__m512i)a);
    unsigned full = _mm512_cmpeq_epi64_mask(sum, _mm512_set1_epi64(-1));
    unsigned in = (full + (over << 1 | *carry)) ^ full;

    *carry = (in >> blocks & 1) != 0;
    return (scan_lanes)_mm512_mask_add_epi64(sum, (__mmask8)in, sum, one);
}

static inline void scan_classify_some(const struct efti_scan *s, uint32_t left,
                                      struct scan_classes *group);

#include "arch/scan_wide.h"

/* Which plane; the second names are those of bytes above ASCII. */
enum {
    LETTER = 1,
    DIGIT = 2,
    SPACE = 4,
    STOP = 8,
    WORD = 8,
    COMMA = 16,
    OTHER = 16,
    RARE = 32,
    COLON = RARE | SPACE,
    CLOSE = 64,
    SIGN = 64,
    SLASH = 128,
    OPEN = CLOSE | SLASH,
    LEAD = 128,
    SOFT = SPACE
};

/* clang-format off */
#define L5 LETTER, LETTER, LETTER, LETTER, LETTER
#define L25 L5, L5, L5, L5, L5
static const uint8_t classes[128] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    SPACE, 0, 0, 0, 0, 0, 0, RARE, OPEN, CLOSE, 0, 0, COMMA, 0, STOP, SLASH,
    DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT,
    COLON, RARE, 0, 0, 0, 0,
    RARE, L25, LETTER, 0, 0, 0, 0, RARE,
    0, L25, LETTER, 0, 0, 0, 0, 0,
};
#define W6 WORD, WORD, WORD, WORD, WORD, WORD
static const uint8_t high_classes[128] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, SIGN, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, WORD, WORD, WORD, WORD | SOFT, WORD, WORD,
    WORD, W6, WORD | SIGN, WORD, WORD, WORD, 0, 0, 0, 0, 0,
    0, 0, OTHER, LEAD,
};
/* The bytes of every 8 from the last to the first, as the product has them */
#define R(n) n + 7, n + 6, n + 5, n + 4, n + 3, n + 2, n + 1, n
static const uint8_t backwards[64] = {R(0), R(8), R(0), R(8), R(0), R(8), R(0), R(8)};
/* Byte n of every 8 */
#define C(n) n, n + 8, n + 16, n + 24, n + 32, n + 40, n + 48, n + 56
static const uint8_t together[64] = {C(0), C(1), C(2), C(3), C(4), C(5), C(6), C(7)};
#undef R
#undef C
#undef W6
#undef L25
#undef L5
/* clang-format on */

static inline void
classify(__m512i x, struct scan_classes *group, unsigned lane)
{
    __mmask64 high = _mm512_movepi8_mask(x);
    __m512i class = _mm512_permutex2var_epi8(_mm512_loadu_si512(classes), x,
                                             _mm512_loadu_si512(classes + 64));
    __m512i above = _mm512_permutex2var_epi8(_mm512_loadu_si512(high_classes), x,
                                             _mm512_loadu_si512(high_classes + 64));
    class = _mm512_mask_mov_epi8(class, high, above);
    class = _mm512_shuffle_epi8(class, _mm512_loadu_si512(backwards));
    __m512i one = _mm512_set1_epi64((long long)0x8040201008040201u);
    __m512i turned = _mm512_gf2p8affine_epi64_epi8(one, class, 0);

    _mm512_storeu_si512(group->planes[lane],
                        _mm512_permutexvar_epi8(_mm512_loadu_si512(together), turned));
    group->high[lane] = high;
}

static inline void
scan_classify(const unsigned char *bytes, struct scan_classes *group, unsigned lane)
{
    classify(_mm512_loadu_si512(bytes), group, lane);
}

/* Behind the text there are zeros, which are of no class; a masked load does not look. */
static inline void
scan_classify_some(const struct efti_scan *s, uint32_t left, struct scan_classes *group)
{
    const unsigned char *bytes = s->bytes + (s->size - left);

    for (unsigned i = 0; i < SCAN_LANES; i++, bytes += EFTI_SCAN_BLOCK) {
        uint32_t size = left < EFTI_SCAN_BLOCK ? left : EFTI_SCAN_BLOCK;
        __mmask64 inside = _bzhi_u64(~(uint64_t)0, size);
        EFTI_PREFETCH(s->soon + (bytes - s->bytes));
        classify(_mm512_maskz_loadu_epi8(inside, bytes), group, i);
        left -= size;
    }
}

/* Of four rows, pairs of which are woven into `a` and `b` and `c` and `d`, two columns */
static inline void
two_columns(__m512i a, __m512i b, __m512i c, __m512i d, int second, scan_lanes *columns)
{
    __m512i low =
        second ? _mm512_shuffle_i64x2(a, b, 0xDD) : _mm512_shuffle_i64x2(a, b, 0x88);
    __m512i high =
        second ? _mm512_shuffle_i64x2(c, d, 0xDD) : _mm512_shuffle_i64x2(c, d, 0x88);

    columns[0] = (scan_lanes)_mm512_shuffle_i64x2(low, high, 0x88);
    columns[4] = (scan_lanes)_mm512_shuffle_i64x2(low, high, 0xDD);
}

/* Rows of eight words become columns. */
static inline void
turn_over(const uint64_t (*rows)[8], scan_lanes columns[8])
{
    __m512i even[4], odd[4];

    for (unsigned i = 0; i < 4; i++) {
        __m512i a = _mm512_loadu_si512(rows[2 * i]);
        __m512i b = _mm512_loadu_si512(rows[2 * i + 1]);
        even[i] = _mm512_unpacklo_epi64(a, b);
        odd[i] = _mm512_unpackhi_epi64(a, b);
    }
    two_columns(even[0], even[1], even[2], even[3], 0, columns);
    two_columns(odd[0], odd[1], odd[2], odd[3], 0, columns + 1);
    two_columns(even[0], even[1], even[2], even[3], 1, columns + 2);
    two_columns(odd[0], odd[1], odd[2], odd[3], 1, columns + 3);
}

static inline void
scan_planes_of(const struct scan_classes *group, struct scan_planes *p)
{
    scan_lanes planes[8];
    scan_lanes high = (scan_lanes)_mm512_loadu_si512(group->high);

    turn_over(group->planes, planes);
    p->high = high;
    p->letter = planes[0];
    p->digit = planes[1];
    p->rare = planes[5];
    p->space = planes[2] & ~p->rare & ~high;
    p->soft = planes[2] & high;
    p->colon = planes[2] & p->rare;
    p->stop = planes[3] & ~high;
    p->word = planes[3] & high;
    p->comma = planes[4] & ~high;
    p->other = planes[4] & high;
    p->close = planes[6] & ~planes[7] & ~high;
    p->open = planes[6] & planes[7] & ~high;
    p->sign = planes[6] & high;
    p->slash = planes[7] & ~planes[6] & ~high;
    p->lead = planes[7] & high;
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

static inline void
scan_weave(const struct efti_scan *s, uint32_t at, __m256i starts, __m256i ends)
{
    const __m512i low = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11);
    const __m512i high = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
    __mmask8 numbers = (__mmask8)scan_eight_of(s->numbers, at);
    __mmask8 opened = (__mmask8)scan_eight_of(s->opened, at);
    __m512i rest = _mm512_set1_epi64((long long)s->rest);
    __m512i spans = _mm512_or_si512(_mm512_cvtepu32_epi64(starts),
                                    _mm512_slli_epi64(_mm512_cvtepu32_epi64(ends), 32));
    unsigned char *to = s->records + (size_t)at * EFTI_SCAN_RECORD;

    rest = _mm512_mask_xor_epi64(rest, numbers, rest,
                                 _mm512_set1_epi64((long long)s->number));
    rest = _mm512_mask_xor_epi64(rest, opened, rest,
                                 _mm512_set1_epi64((long long)s->opening));
    _mm512_storeu_si512(to, _mm512_permutex2var_epi64(spans, low, rest));
    _mm512_storeu_si512(to + 4 * EFTI_SCAN_RECORD,
                        _mm512_permutex2var_epi64(spans, high, rest));
}

bool
efti_scan_run_avx512(struct efti_scan *s, uint32_t end)
{
    return scan_run(s, end);
}
