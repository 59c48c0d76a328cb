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

static inline void scan_eight(uint32_t *to, uint64_t set, uint32_t base);
#define SCAN_PLACES scan_eight
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

struct masks {
    uint32_t letter, digit, space, stop, comma, close, slash, high, lead, odd, rare;
    uint32_t colon, other, word;
};

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

static inline struct masks
masks_of(const unsigned char *bytes)
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
    struct masks m = {
        .letter = bits(
            _mm256_or_si256(_mm256_slli_epi16(class, 7), _mm256_slli_epi16(class, 6))),
        .digit = bits(_mm256_slli_epi16(class, 5)),
        .space = bits(_mm256_slli_epi16(class, 4)),
        .comma = bits(_mm256_slli_epi16(class, 3)),
        .stop = bits(_mm256_slli_epi16(class, 2)),
        .close = bits(is(x, ')')),
        .slash = bits(is(x, '/')),
        .high = bits(x),
        .lead = bits(is(x, 0xC3)),
        .odd = bits(class),
        .rare = bits(rare),
        .colon = bits(is(x, ':')),
        .other = bits(is(x, 0xC2)),
        .word = bits(_mm256_cmpeq_epi8(past, _mm256_min_epu8(past, span))),
    };
    return m;
}

static inline uint64_t
both(uint32_t low, uint32_t high)
{
    return (uint64_t)high << 32 | low;
}

static inline void
scan_classify(const unsigned char *bytes, struct scan_planes *p)
{
    struct masks a = masks_of(bytes), b = masks_of(bytes + 32);
    uint64_t odd = both(a.odd, b.odd);

    p->letter = both(a.letter, b.letter);
    p->digit = both(a.digit, b.digit);
    p->space = both(a.space, b.space);
    p->stop = both(a.stop, b.stop);
    p->comma = both(a.comma, b.comma);
    p->close = both(a.close, b.close);
    p->slash = both(a.slash, b.slash);
    p->high = both(a.high, b.high);
    p->lead = both(a.lead, b.lead);
    p->sign = odd & p->high;
    p->rare = both(a.rare, b.rare) | (odd & ~p->high);
    p->colon = both(a.colon, b.colon);
    p->other = both(a.other, b.other);
    p->word = both(a.word, b.word);
}

bool
efti_scan_run_avx2(struct efti_scan *s, uint32_t end)
{
    return scan_run(s, end);
}
