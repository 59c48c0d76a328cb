/*
 * gap_flags.h - what the characters between two tokens say of the second one
 *
 *     " - Anna"  -> behind a mark          "\n* Anna"  -> begins a line, behind a mark
 *     ". Anna"   -> a sentence may end     ":D Anna"   -> a face, after which one may
 *
 * Included by rules.c alone, whose walk it is part of. Every sixth gap of official text
 * is more than a space, and what stands in it cannot be guessed, but the same few come
 * again and again: so each is read once, a character at a time (read_gap_flags()), and
 * then remembered by its bytes (recall_gap()).
 */
#ifndef EFTI_TOKENIZERS_GAP_FLAGS_H
#define EFTI_TOKENIZERS_GAP_FLAGS_H

#include "tokenizers/internal.h"

enum { /* what a character in a gap says */
       GAP_BLANK = 1,
       GAP_LINE = 2,  /* a line ends */
       GAP_OPEN = 4,  /* colon, dash, bracket, bullet: something begins behind it */
       GAP_QUOTE = 8, /* opens when it touches what follows; else it closes */
       GAP_MARK = 16, /* may end a sentence */
       GAP_EYES = 32, /* may begin an emoticon */
       GAP_FACE = 64, /* does so: a mouth or nose stands right behind */
       GAP_MOUTH = 128
};

static const uint8_t gap_class[128] = {
    ['\t'] = GAP_BLANK,
    ['\n'] = GAP_BLANK | GAP_LINE,
    ['\v'] = GAP_BLANK,
    ['\f'] = GAP_BLANK,
    ['\r'] = GAP_BLANK | GAP_LINE,
    [' '] = GAP_BLANK,
    ['!'] = GAP_MARK,
    ['"'] = GAP_QUOTE,
    ['\''] = GAP_QUOTE | GAP_MOUTH,
    ['('] = GAP_OPEN | GAP_MOUTH,
    ['*'] = GAP_OPEN | GAP_MOUTH,
    ['-'] = GAP_OPEN | GAP_MOUTH,
    ['.'] = GAP_MARK,
    [':'] = GAP_OPEN | GAP_EYES,
    [';'] = GAP_EYES,
    ['<'] = GAP_EYES,
    ['='] = GAP_EYES,
    ['?'] = GAP_MARK,
    ['['] = GAP_OPEN | GAP_MOUTH,
    ['^'] = GAP_EYES | GAP_MOUTH,
    ['{'] = GAP_OPEN,
    [')'] = GAP_MOUTH,
    ['/'] = GAP_MOUTH,
    ['|'] = GAP_MOUTH,
    ['\\'] = GAP_MOUTH,
    [']'] = GAP_MOUTH,
    ['_'] = GAP_MOUTH,
    ['D'] = GAP_MOUTH,
    ['P'] = GAP_MOUTH,
    ['p'] = GAP_MOUTH,
    ['O'] = GAP_MOUTH,
    ['o'] = GAP_MOUTH,
    ['S'] = GAP_MOUTH,
    ['s'] = GAP_MOUTH,
};

static uint8_t
gap_class_high(uint32_t c)
{
    switch (c) {
    case 0x2028: /* separators of lines and paragraphs */
    case 0x2029: return GAP_BLANK | GAP_LINE;
    case 0xAB:   /* « */
    case 0xBB:   /* » opens in Swedish print */
    case 0xB7:   /* · */
    case 0x2018: /* ‘ */
    case 0x201C: /* “ */
    case 0x201E: /* „ */
    case 0x2022: /* bullet */
    case 0x2212: return GAP_OPEN;
    case 0x2019:
    case 0x201D: return GAP_QUOTE;
    case 0x2026: /* … and the double marks */
    case 0x203C:
    case 0x203D:
    case 0x2047:
    case 0x2048:
    case 0x2049: return GAP_MARK;
    default: break;
    }
    if (c >= 0x2010 && c <= 0x2015)
        return GAP_OPEN;
    return c < 0x3001 && efti_is_space(c) ? GAP_BLANK : 0;
}

/* The nose or mouth at `at`, behind eyes: :) ;-) :( :/ ^^ :D <3. A word behind a colon
 * may begin with such a letter: that a sentence may end there is then asked in vain. */
static inline bool
is_face_behind(eft_text text, size_t at, unsigned char eyes)
{
    unsigned char c = at < text.size ? (unsigned char)text.bytes[at] : ' ';

    return eyes == '<' ? c == '3' : c < 0x80 && (gap_class[c] & GAP_MOUTH) != 0;
}

/* The flags of the token behind a gap; `*found`: all classes in it. */
static inline uint16_t
read_gap_flags(eft_text text, uint32_t from, uint32_t to, uint8_t *found)
{
    uint8_t class = 0, last = 0, all = 0;

    if (EFTI_LIKELY(from > 0 && to - from == 2 && text.bytes[from + 1] == ' ' &&
                    (unsigned char)text.bytes[from] < 0x80 &&
                    gap_class[(unsigned char)text.bytes[from]] == GAP_MARK)) {
        *found = GAP_MARK; /* a stop and a space */
        return 0;
    }
    for (size_t at = from; at < to;) {
        unsigned char c = (unsigned char)text.bytes[at];
        if (EFTI_LIKELY(c < 0x80)) {
            class = gap_class[c];
            at++;
        } else {
            class = gap_class_high(efti_utf8_next(text.bytes, to, &at));
        }
        all |= class;
        if ((class & GAP_EYES) != 0 && is_face_behind(text, at, c))
            all |= GAP_FACE;
        if ((class & GAP_LINE) != 0)
            last = 0;
        else if ((class & GAP_BLANK) == 0)
            last = class;
    }
    *found = all;
    return (uint16_t)(((all & GAP_LINE) != 0 || from == 0 ? EFTI_TOKEN_LINE_START : 0) |
                      ((last & GAP_OPEN) != 0 || (class & GAP_QUOTE) != 0
                           ? EFTI_TOKEN_AFTER_MARK
                           : 0));
}

/* What is remembered of a gap, besides the classes found in it (GAP_*) */
enum {
    GAP_FLAGS_SHIFT = 8, /* EFTI_TOKEN_* of the token behind */
    GAP_ENDS_IN_EYES = 1 << 16,
    GAP_UNSURE = 1 << 17 /* other eyes, which have another mouth */
};

static uint32_t
answer_gap(eft_text text, uint32_t from, uint32_t to)
{
    unsigned char last = (unsigned char)text.bytes[to - 1];
    const eft_text until = {text.bytes, to}; /* so that no face is seen behind it */
    uint8_t found = 0;
    uint32_t flags = read_gap_flags(until, from, to, &found);

    return found | flags << GAP_FLAGS_SHIFT |
           (last == '<'                                        ? GAP_UNSURE
            : last < 0x80 && (gap_class[last] & GAP_EYES) != 0 ? GAP_ENDS_IN_EYES
                                                               : 0);
}

#define GAP_LONGEST 7u /* bytes of a gap that is remembered; one behind it is read */

/* The same for a gap of 1 to GAP_LONGEST bytes that does not begin the text, from memory:
 * texts have some dozen different ones. */
static inline uint32_t
recall_gap(struct efti_gap_slot *slots, eft_text text, uint32_t from, uint32_t size)
{
    uint64_t bytes;

    memcpy(&bytes, text.bytes + from, sizeof(bytes));
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bytes = __builtin_bswap64(bytes);
#endif
    uint64_t inside = ((uint64_t)1 << (8 * size)) - 1;
    uint64_t key = (bytes & inside) | (uint64_t)size << 56;
    /* Fibonacci hashing: the upper log2(EFTI_GAP_SLOTS) bits */
    struct efti_gap_slot *slot = &slots[key * 0x9E3779B97F4A7C15u >> 56];
    if (EFTI_UNLIKELY(slot->key != key)) {
        slot->key = key;
        slot->answer = answer_gap(text, from, from + size);
    }
    unsigned char behind = (unsigned char)(bytes >> (8 * size));
    uint32_t mouth = behind < 0x80 ? gap_class[behind] & (uint32_t)GAP_MOUTH : 0;
    uint32_t face = (slot->answer / GAP_ENDS_IN_EYES & mouth / GAP_MOUTH) * GAP_FACE;
    return slot->answer | face;
}

#endif
