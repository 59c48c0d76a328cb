/*
 * scan_sse2.c - the kernel for every x86-64: 16 bytes at a time, comparisons only
 *
 * Comparisons are of signed bytes: 0x80 and above are below zero, so a range within ASCII
 * is found by moving its end to 127 and asking what is larger than 127 less its size.
 */
#include "arch/scan_body.h"

#include <emmintrin.h>

struct masks {
    uint32_t letter, digit, space, stop, comma, close, slash, open, colon;
    uint32_t high, lead, sign, rare;
};

static inline __m128i
is(__m128i x, int c)
{
    return _mm_cmpeq_epi8(x, _mm_set1_epi8((char)c));
}

static inline uint32_t
bits(__m128i x)
{
    return (uint32_t)_mm_movemask_epi8(x);
}

static inline struct masks
masks_of(const unsigned char *bytes)
{
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i small = _mm_or_si128(x, _mm_set1_epi8(0x20));
    __m128i letter = _mm_add_epi8(small, _mm_set1_epi8(127 - 'z'));
    __m128i digit = _mm_add_epi8(x, _mm_set1_epi8(127 - '9'));
    __m128i rare =
        _mm_or_si128(_mm_or_si128(is(x, ':'), is(x, ';')),
                     _mm_or_si128(is(x, '\''), _mm_or_si128(is(x, '@'), is(x, '_'))));
    struct masks m = {
        .letter = bits(_mm_cmpgt_epi8(letter, _mm_set1_epi8(127 - 26))),
        .digit = bits(_mm_cmpgt_epi8(digit, _mm_set1_epi8(127 - 10))),
        .space = bits(is(x, ' ')),
        .stop = bits(is(x, '.')),
        .comma = bits(is(x, ',')),
        .close = bits(is(x, ')')),
        .slash = bits(is(x, '/')),
        .open = bits(is(x, '(')),
        .colon = bits(is(x, ':')),
        .high = bits(x),
        .lead = bits(is(x, 0xC3)),
        .sign = bits(is(_mm_and_si128(x, _mm_set1_epi8((char)0xDF)), 0x97)),
        .rare = bits(rare),
    };
    return m;
}

static inline void
scan_classify(const unsigned char *bytes, struct scan_planes *p)
{
    *p = (struct scan_planes){0};
    for (int i = 48; i >= 0; i -= 16) {
        struct masks m = masks_of(bytes + i);
        p->letter = p->letter << 16 | m.letter;
        p->digit = p->digit << 16 | m.digit;
        p->space = p->space << 16 | m.space;
        p->stop = p->stop << 16 | m.stop;
        p->comma = p->comma << 16 | m.comma;
        p->close = p->close << 16 | m.close;
        p->slash = p->slash << 16 | m.slash;
        p->open = p->open << 16 | m.open;
        p->colon = p->colon << 16 | m.colon;
        p->high = p->high << 16 | m.high;
        p->lead = p->lead << 16 | m.lead;
        p->sign = p->sign << 16 | m.sign;
        p->rare = p->rare << 16 | m.rare;
    }
}

bool
efti_scan_run_sse2(struct efti_scan *s, uint32_t end)
{
    return scan_run(s, end);
}

bool
efti_scan_has_sse2(void)
{
    return true; /* part of x86-64 */
}
