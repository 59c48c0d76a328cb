/*
 * utf8.c - the bytes of UTF-8: is it valid, step forwards and back, count, convert
 * offsets
 *
 * A well-formed sequence (The Unicode Standard, table 3-7) is one of
 *
 *     00..7F
 *     C2..DF  80..BF
 *     E0      A0..BF  80..BF          no overlong forms
 *     E1..EF  80..BF  80..BF          ED is followed by 80..9F: no surrogates
 *     F0      90..BF  80..BF  80..BF
 *     F1..F3  80..BF  80..BF  80..BF
 *     F4      80..8F  80..BF  80..BF  nothing above U+10FFFF
 *
 * so the lead byte alone fixes the length and the range of the second byte, and the rest
 * are plain continuation bytes. Everything behind efti_utf8_valid_prefix() may then trust
 * its input: the steppers decode without checks, and only keep inside the buffer.
 *
 * Swedish text is some 97 % ASCII and nearly all of the rest are letters of two bytes,
 * one in any 30 bytes or so. Looking for the next of them costs a branch that nobody can
 * guess, so the validator takes 16 bytes at a time and asks of all at once whether they
 * are ASCII and whole pairs; only a block with anything else is read byte by byte. The
 * bits are made by SSE2, which every x86-64 has, or eight bytes at a time by arithmetic:
 * one piece of code over both, so that the tests of one machine see the same rules.
 */
#include "text/unicode.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define HIGH_BITS UINT64_C(0x8080808080808080)

/* Where in eight bytes the first high bit stands; `high` is not 0. */
static inline size_t
utf8_first_high(uint64_t high)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (size_t)__builtin_ctzll(high) / 8;
#else
    size_t n = 0;
    unsigned char b[8];

    memcpy(b, &high, sizeof b);
    while (b[n] == 0)
        n++;
    return n;
#endif
}

static inline size_t
utf8_skip_ascii(const char *bytes, size_t size, size_t at)
{
    while (size - at >= 8) {
        uint64_t w;
        memcpy(&w, bytes + at, sizeof w);
        if ((w & HIGH_BITS) != 0)
            return at + utf8_first_high(w & HIGH_BITS);
        at += 8;
    }
    while (at < size && (unsigned char)bytes[at] < 0x80)
        at++;
    return at;
}

static inline bool
utf8_is_tail(unsigned char b)
{
    return (b & 0xC0U) == 0x80U;
}

/* Length of the well-formed sequence of two to four bytes at `s`, or 0. */
static size_t
utf8_sequence(const unsigned char *s, size_t left)
{
    const unsigned char lead = s[0];
    unsigned char low = 0x80, high = 0xBF;
    size_t length;

    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (left < length)
        return 0;
    switch (lead) {
    case 0xE0: low = 0xA0; break;
    case 0xED: high = 0x9F; break;
    case 0xF0: low = 0x90; break;
    case 0xF4: high = 0x8F; break;
    default: break;
    }
    if (s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++) {
        if (!utf8_is_tail(s[i]))
            return 0;
    }
    return length;
}

#define UTF8_BLOCK 16

/* One bit per byte of a block, lowest first. */
struct utf8_bits {
    uint32_t tails; /* 80..BF */
    uint32_t leads; /* C2..DF, of pairs */
    uint32_t other; /* no ASCII, none of those */
};

#if defined(__SSE2__)
static inline struct utf8_bits
utf8_look(const unsigned char *p)
{
    const __m128i block = _mm_loadu_si128((const __m128i *)(const void *)p);
    /* as signed numbers, bytes without ASCII run from -128 for 80 to -1 for FF */
    uint32_t high = (uint32_t)_mm_movemask_epi8(block);
    uint32_t tails =
        (uint32_t)_mm_movemask_epi8(_mm_cmplt_epi8(block, _mm_set1_epi8(-64)));
    uint32_t below_c2 =
        (uint32_t)_mm_movemask_epi8(_mm_cmplt_epi8(block, _mm_set1_epi8(-62)));
    uint32_t below_e0 =
        (uint32_t)_mm_movemask_epi8(_mm_cmplt_epi8(block, _mm_set1_epi8(-32)));
    uint32_t leads = below_e0 & ~below_c2;

    return (struct utf8_bits){tails, leads, high & ~(tails | leads)};
}
#else
static inline struct utf8_bits
utf8_look(const unsigned char *p)
{
    struct utf8_bits b = {0, 0, 0};

    for (uint32_t i = 0; i < UTF8_BLOCK; i++) {
        uint32_t tail = utf8_is_tail(p[i]), lead = p[i] >= 0xC2 && p[i] < 0xE0;
        b.tails |= tail << i;
        b.leads |= lead << i;
        b.other |= (uint32_t)(p[i] >= 0x80 && tail == 0 && lead == 0) << i;
    }
    return b;
}
#endif

/* How far blocks of ASCII and whole pairs reach from `at`; behind a lead whose tail is
 * yet to come it stops before the lead. */
static size_t
utf8_skip_pairs(const char *bytes, size_t size, size_t at)
{
    uint32_t open = 0; /* 1: the last byte was a lead */

    for (; size - at >= UTF8_BLOCK; at += UTF8_BLOCK) {
        struct utf8_bits b = utf8_look((const unsigned char *)bytes + at);
        uint32_t wanted = (b.leads << 1 | open) & 0xFFFFU;
        if (b.other != 0 || wanted != b.tails)
            break;
        open = b.leads >> (UTF8_BLOCK - 1);
    }
    return at - open;
}

size_t
efti_utf8_valid_prefix(const char *bytes, size_t size)
{
    if (bytes == NULL)
        return 0; /* NULL with a size is a caller's slip, and no text */
    size_t at = utf8_skip_pairs(bytes, size, 0);

    while ((at = utf8_skip_ascii(bytes, size, at)) < size) {
        size_t length = utf8_sequence((const unsigned char *)bytes + at, size - at);
        if (length == 0)
            break;
        at = utf8_skip_pairs(bytes, size, at + length);
    }
    return at;
}

uint32_t
efti_utf8_next(const char *bytes, size_t size, size_t *at)
{
    const unsigned char *s = (const unsigned char *)bytes + *at;
    size_t left = size - *at;
    uint32_t c = s[0];
    size_t length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;

    if (length == 1) {
        *at += 1;
        return c;
    }
    c &= 0xFFU >> (length + 1);
    if (length > left) /* not reached on valid text; stay inside all the same */
        length = left;
    for (size_t i = 1; i < length; i++)
        c = c << 6 | (s[i] & 0x3FU);
    *at += length;
    return c;
}

uint32_t
efti_utf8_before(const char *bytes, size_t at)
{
    size_t start = at - 1;

    while (start > 0 && at - start < 4 && utf8_is_tail((unsigned char)bytes[start]))
        start--;
    return efti_utf8_next(bytes, at, &start);
}

size_t
efti_utf8_put(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0U | c >> 6);
        out[1] = (char)(0x80U | (c & 0x3FU));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0U | c >> 12);
        out[1] = (char)(0x80U | (c >> 6 & 0x3FU));
        out[2] = (char)(0x80U | (c & 0x3FU));
        return 3;
    }
    out[0] = (char)(0xF0U | c >> 18);
    out[1] = (char)(0x80U | (c >> 12 & 0x3FU));
    out[2] = (char)(0x80U | (c >> 6 & 0x3FU));
    out[3] = (char)(0x80U | (c & 0x3FU));
    return 4;
}

size_t
efti_utf8_length(const char *bytes, size_t size)
{
    size_t count = 0, at = 0;

    /* Code points are the bytes that are no tails. A tail is 10xxxxxx: bit 7 set, bit 6
     * clear; both are moved to bit 0 of each byte and counted eight at a time. */
    while (size - at >= 8) {
        uint64_t w;
        memcpy(&w, bytes + at, sizeof w);
        w = (w >> 7) & (~w >> 6) & UINT64_C(0x0101010101010101);
        count += 8 - (size_t)((w * UINT64_C(0x0101010101010101)) >> 56);
        at += 8;
    }
    for (; at < size; at++)
        count += !utf8_is_tail((unsigned char)bytes[at]);
    return count;
}

static eft_status
utf8_check_offsets(eft_text text, const uint64_t *offsets, size_t count, eft_error *err)
{
    uint64_t last = 0;

    for (size_t i = 0; i < count; i++) {
        const uint64_t o = offsets[i];
        if (o < last)
            return efti_fail(err, EFT_E_RANGE, o, "offset %zu falls", i);
        if (o > text.size)
            return efti_fail(err, EFT_E_RANGE, o, "offset %zu lies outside the text", i);
        if (o < text.size && utf8_is_tail((unsigned char)text.bytes[o]))
            return efti_fail(err, EFT_E_RANGE, o, "offset %zu lies inside a code point",
                             i);
        last = o;
    }
    return EFT_OK;
}

/* Everything is checked before anything is written: after a failure the column is as it
 * was. */
eft_status
eft_offsets_to_codepoints(eft_text text, uint64_t *offsets, size_t count, eft_error *err)
{
    const size_t valid =
        text.size == 0 ? 0 : efti_utf8_valid_prefix(text.bytes, text.size);
    uint64_t points = 0;
    size_t at = 0;
    eft_status status;

    if (offsets == NULL && count > 0)
        return efti_left_out(err);
    if (valid != text.size)
        return efti_fail(err, EFT_E_ENCODING, valid, "the text is not UTF-8");
    status = utf8_check_offsets(text, offsets, count, err);
    if (status != EFT_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        const size_t next = (size_t)offsets[i];
        if (next > at)
            points += efti_utf8_length(text.bytes + at, next - at);
        at = next;
        offsets[i] = points;
    }
    return EFT_OK;
}
