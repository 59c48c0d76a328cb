/*
 * scan_avx2.c - the kernel for x86-64 with AVX2: 32 bytes at a time, classes by nibbles
 *
 * Two look-ups of 16 bytes give the class of a byte, one by its low half and one by its
 * high half; a class is a bit that both have, so it can be any set of bytes that is a
 * product of low and high halves:
 *
 *     1    @A-O `a-o, of which @ and ` are taken out again by the low half 0
 *     2    P-Z p-z            16   , (2C)
 *     4    0-9                32   . (2E)
 *     8    space (20)         64   : ; (3A 3B)
 *     128  27 97 B7: the apostrophe, and what × and ÷ end in
 *
 * A shift brings the bit of a class to the top of its byte, from where it is collected.
 */
#include "arch/scan.h"

#include <immintrin.h>

static inline void scan_eight(uint32_t *to, uint64_t set, uint32_t base);
#define SCAN_PLACES scan_eight
#define SCAN_LANES 4
typedef uint64_t scan_lanes __attribute__((vector_size(8 * SCAN_LANES)));

static inline scan_lanes
scan_set(uint64_t word)
{
    return (scan_lanes)_mm256_set1_epi64x((long long)word);
}

static inline scan_lanes
scan_previous(scan_lanes x, scan_lanes before)
{
    __m256i middle = _mm256_permute2x128_si256((__m256i)before, (__m256i)x, 0x21);

    return (scan_lanes)_mm256_alignr_epi8((__m256i)x, middle, 8);
}

static inline scan_lanes
scan_next(scan_lanes x, scan_lanes behind)
{
    __m256i middle = _mm256_permute2x128_si256((__m256i)x, (__m256i)behind, 0x21);

    return (scan_lanes)_mm256_alignr_epi8(middle, (__m256i)x, 8);
}

static inline bool
scan_any(scan_lanes x)
{
    return !_mm256_testz_si256((__m256i)x, (__m256i)x);
}

static inline unsigned
scan_tops(scan_lanes x)
{
    return (unsigned)_mm256_movemask_pd((__m256d)x);
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
    const scan_lanes bit = {1, 2, 4, 8};
    scan_lanes sum = a + b;
    unsigned over = scan_tops((scan_lanes)(sum < a));
    unsigned full = scan_tops((scan_lanes)(sum == scan_set(~(uint64_t)0)));
    unsigned in = (full + (over << 1 | *carry)) ^ full;

    *carry = (in >> blocks & 1) != 0;
    return sum - (scan_lanes)((scan_set(in) & bit) == bit); /* which is -1 */
}

/* Planes of a group as halves of 32 bits */
struct scan_classes {
    uint32_t letter[SCAN_LANES][2], digit[SCAN_LANES][2], space[SCAN_LANES][2];
    uint32_t stop[SCAN_LANES][2], comma[SCAN_LANES][2], close[SCAN_LANES][2];
    uint32_t slash[SCAN_LANES][2], open[SCAN_LANES][2];
    uint32_t high[SCAN_LANES][2], lead[SCAN_LANES][2];
    uint32_t odd[SCAN_LANES][2], rare[SCAN_LANES][2], colon[SCAN_LANES][2];
    uint32_t other[SCAN_LANES][2], word[SCAN_LANES][2], soft[SCAN_LANES][2];
};

#include "arch/scan_wide.h"

/* Eight at a time, which is about as many words as begin in a block: a loop that ends
 * after each would be mispredicted every time. Of no bits the lowest is 64; what is
 * written too much is written again later. */
static inline void
scan_eight(uint32_t *to, uint64_t set, uint32_t base)
{
    do {
        for (int i = 0; i < 8; i++) {
            to[i] = base + (uint32_t)_tzcnt_u64(set);
            set = _blsr_u64(set);
        }
        to += 8;
    } while (EFTI_UNLIKELY(set != 0));
}

static inline uint32_t
bits(__m256i x)
{
    return (uint32_t)_mm256_movemask_epi8(x);
}

static inline __m256i
is(__m256i x, int c)
{
    return _mm256_cmpeq_epi8(x, _mm256_set1_epi8((char)c));
}

static inline void
classify_half(const unsigned char *bytes, struct scan_classes *c, unsigned lane,
              unsigned half)
{
    const __m256i low = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(2 + 4 + 8, 1 + 2 + 4, 1 + 2 + 4, 1 + 2 + 4, 1 + 2 + 4, 1 + 2 + 4,
                      1 + 2 + 4, (char)(1 + 2 + 4 + 128), 1 + 2 + 4, 1 + 2 + 4,
                      1 + 2 + 64, 1 + 64, 1 + 16, 1, 1 + 32, 1));
    const __m256i high = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, 0, (char)(8 + 16 + 32 + 128), 4 + 64, 1, 2, 1, 2, 0, (char)128,
                      0, (char)128, 0, 0, 0, 0));
    const __m256i nibble = _mm256_set1_epi8(15);
    __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
    __m256i class = _mm256_and_si256(
        _mm256_shuffle_epi8(low, _mm256_and_si256(x, nibble)),
        _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(x, 4), nibble)));
    __m256i rare = _mm256_or_si256(_mm256_or_si256(is(x, '@'), is(x, '_')),
                                   _mm256_slli_epi16(class, 1));
    __m256i past = _mm256_sub_epi8(x, _mm256_set1_epi8((char)0xAA));
    __m256i span = _mm256_set1_epi8(0xBA - 0xAA);

    c->letter[lane][half] =
        bits(_mm256_or_si256(_mm256_slli_epi16(class, 7), _mm256_slli_epi16(class, 6)));
    c->digit[lane][half] = bits(_mm256_slli_epi16(class, 5));
    c->space[lane][half] = bits(_mm256_slli_epi16(class, 4));
    c->comma[lane][half] = bits(_mm256_slli_epi16(class, 3));
    c->stop[lane][half] = bits(_mm256_slli_epi16(class, 2));
    c->close[lane][half] = bits(is(x, ')'));
    c->slash[lane][half] = bits(is(x, '/'));
    c->open[lane][half] = bits(is(x, '('));
    c->high[lane][half] = bits(x);
    c->lead[lane][half] = bits(is(x, 0xC3));
    c->odd[lane][half] = bits(class);
    c->rare[lane][half] = bits(rare);
    c->colon[lane][half] = bits(is(x, ':'));
    c->other[lane][half] = bits(is(x, 0xC2));
    c->soft[lane][half] = bits(is(x, 0xAD));
    c->word[lane][half] = bits(_mm256_cmpeq_epi8(past, _mm256_min_epu8(past, span)));
}

static inline void
scan_classify(const unsigned char *bytes, struct scan_classes *group, unsigned lane)
{
    classify_half(bytes, group, lane, 0);
    classify_half(bytes + EFTI_SCAN_BLOCK / 2, group, lane, 1);
}

static inline scan_lanes
plane(const uint32_t (*halves)[2])
{
    return (scan_lanes)_mm256_loadu_si256((const __m256i *)(const void *)halves);
}

static inline void
scan_planes_of(const struct scan_classes *c, struct scan_planes *p)
{
    scan_lanes odd = plane(c->odd);

    p->letter = plane(c->letter);
    p->digit = plane(c->digit);
    p->space = plane(c->space);
    p->stop = plane(c->stop);
    p->comma = plane(c->comma);
    p->close = plane(c->close);
    p->slash = plane(c->slash);
    p->open = plane(c->open);
    p->high = plane(c->high);
    p->lead = plane(c->lead);
    p->sign = odd & p->high;
    p->rare = plane(c->rare) | (odd & ~p->high);
    p->colon = plane(c->colon);
    p->other = plane(c->other);
    p->word = plane(c->word);
    p->soft = plane(c->soft);
}

/* The last halves of four records, by bits of `numbers` and `opened`: which of them is
 * whose says `bit`. */
static inline __m256i
rests(const struct efti_scan *s, unsigned numbers, unsigned opened, __m256i bit)
{
    __m256i number = _mm256_and_si256(_mm256_set1_epi64x(numbers), bit);
    __m256i opening = _mm256_and_si256(_mm256_set1_epi64x(opened), bit);

    number = _mm256_and_si256(_mm256_cmpeq_epi64(number, bit),
                              _mm256_set1_epi64x((long long)s->number));
    opening = _mm256_and_si256(_mm256_cmpeq_epi64(opening, bit),
                               _mm256_set1_epi64x((long long)s->opening));
    return _mm256_xor_si256(_mm256_set1_epi64x((long long)s->rest),
                            _mm256_xor_si256(number, opening));
}

static inline void
scan_weave(const struct efti_scan *s, uint32_t at, __m256i starts, __m256i ends)
{
    unsigned numbers = scan_eight_of(s->numbers, at),
             opened = scan_eight_of(s->opened, at);
    __m256i a = rests(s, numbers, opened, _mm256_setr_epi64x(1, 2, 16, 32));
    __m256i b = rests(s, numbers, opened, _mm256_setr_epi64x(4, 8, 64, 128));
    __m256i low = _mm256_unpacklo_epi32(starts, ends);
    __m256i high = _mm256_unpackhi_epi32(starts, ends);
    __m256i records[4] = {_mm256_unpacklo_epi64(low, a), _mm256_unpackhi_epi64(low, a),
                          _mm256_unpacklo_epi64(high, b), _mm256_unpackhi_epi64(high, b)};
    __m128i *to = (__m128i *)(void *)(s->records + (size_t)at * EFTI_SCAN_RECORD);

    for (unsigned i = 0; i < 4; i++) {
        _mm_storeu_si128(to + i, _mm256_castsi256_si128(records[i]));
        _mm_storeu_si128(to + 4 + i, _mm256_extracti128_si256(records[i], 1));
    }
}

bool
efti_scan_run_avx2(struct efti_scan *s, uint32_t end)
{
    return scan_run(s, end);
}
