/*
 * scan.c - word boundaries of a whole text: kernels for ordinary text, ICU for the rest
 *
 * The kernels (engine/arch/scan.h) know ASCII, the letters of Latin-1 and Latin
 * Extended-A, soft hyphens and combining marks, and the dashes, quotes and dots of
 * U+2010..U+203A. Among these UAX #29 with the Swedish tailoring comes down to
 *
 *     word    = part (joiner? part)*           part: letter, digit or low line
 *     letter  . : ' · ’   letter               WB6, WB7 (the colon is Swedish)
 *     digit   . , ; ' ’   digit                WB11, WB12
 *
 * Anything else makes the piece that it stands in go to ICU. A piece reaches from one
 * border to the next (efti_scan_border_before()); no rule joins over those and none looks
 * past them, so pieces are independent.
 *
 * tests/tokenizers/test_boundaries.c and tests/differential hold this against ICU.
 */
#include "tokenizers/internal.h"

#include <assert.h>
#include <stddef.h>

static_assert(sizeof(struct efti_token) == EFTI_SCAN_RECORD &&
                  offsetof(struct efti_token, start) == 0 &&
                  offsetof(struct efti_token, end) == 4 &&
                  offsetof(struct efti_token, form) == 8 &&
                  offsetof(struct efti_token, holds) == EFTI_SCAN_RECORD - 1,
              "the kernels write tokens as records");

/* --- room --- */

/* The text as the kernels see it, and room for what they find in the next window. */
static bool
reserve(struct efti_tokenizer *t, struct efti_scan *s)
{
    size_t need = s->count + EFTI_SCAN_PENDING;

    if (t->raw.capacity < need && !EFTI_ARRAY_RESERVE(t->mem, &t->raw, need))
        return false;
    s->records = (unsigned char *)t->raw.items;
    return true;
}

/* Bits for `most` segments, all zero: the sets lie one behind another, so that one call
 * clears them. */
static bool
clear_marks(struct efti_tokenizer *t, size_t most)
{
    struct efti_marks *all[] = {&t->special, &t->attend, &t->perhaps, &t->numbers,
                                &t->opened};
    size_t words = most / 64 + 2, together = EFTI_COUNT(all) * words;

    if (!EFTI_ARRAY_RESERVE(t->mem, &t->marks, together))
        return false;
    memset(t->marks.items, 0, together * sizeof(*t->marks.items));
    for (size_t i = 0; i < EFTI_COUNT(all); i++)
        all[i]->words = t->marks.items + i * words;
    return true;
}

static void
open_scan(const struct efti_tokenizer *t, eft_text text, const char *soon,
          struct efti_scan *s)
{
    const struct efti_token plain = {.kind = EFTI_WORD, .holds = EFTI_HOLDS_PLAIN};
    const struct efti_token number = {.kind = EFTI_NUMBER ^ EFTI_WORD,
                                      .holds = EFTI_HOLDS_DIGIT ^ EFTI_HOLDS_PLAIN};
    const struct efti_token opening = {.flags = EFTI_TOKEN_AFTER_MARK};

    *s = (struct efti_scan){.bytes = (const unsigned char *)text.bytes,
                            .size = (uint32_t)text.size,
                            .soon = (const unsigned char *)soon,
                            .starts = t->pending,
                            .ends = t->pending + EFTI_SCAN_PENDING,
                            .special = t->special.words,
                            .attend = t->attend.words,
                            .perhaps = t->perhaps.words,
                            .numbers = t->numbers.words,
                            .opened = t->opened.words,
                            .sieve = t->plain ? NULL : t->sieve,
                            .wholes = t->wholes,
                            .heads = t->heads};
    memcpy(&s->rest, &plain.form, sizeof(s->rest));
    memcpy(&s->number, &number.form, sizeof(s->number));
    memcpy(&s->opening, &opening.form, sizeof(s->opening));
}

/* --- ICU --- */

#define MOST_TOGETHER 4096 /* bytes: a call of ICU has a cost of its own */

/* The border behind the piece, and behind the next ones that ICU must do as well. */
static uint32_t
end_of_strangeness(eft_text text, uint32_t start, uint32_t strange)
{
    const unsigned char *bytes = (const unsigned char *)text.bytes;
    uint32_t size = (uint32_t)text.size;
    uint32_t end = efti_scan_border_after(bytes, strange, size);

    while (end < size && end - start < MOST_TOGETHER) {
        uint32_t next =
            bytes[end] == '\n' ? end + 1 : efti_scan_border_after(bytes, end, size);
        uint32_t at = end;
        while (at < next && bytes[at] < 0xC6) /* below it no kernel meets a strange one */
            at++;
        if (next > end && !efti_scan_is_strange(bytes, at, next))
            break;
        end = next;
    }
    return end;
}

/* Let ICU do the piece from s->cut; the scan goes on behind it. */
static eft_status
hand_over(struct efti_tokenizer *t, eft_text text, struct efti_scan *s, eft_error *err)
{
    uint32_t end = end_of_strangeness(text, s->cut, s->strange);

    t->raw.count = s->count;
    t->by_icu += end - s->cut;
    eft_status st = efti_icu_segment(t, text, s->cut, end, err);
    if (st == EFT_OK) {
        s->count = (uint32_t)t->raw.count;
        efti_scan_restart(s, end);
    }
    return st;
}

/* --- what the special ones hold --- */

/* What a byte says of the word that it is in: zeros stand behind its end, tails say
 * nothing, and 0xC2 is taken for that of a soft hyphen. ASK, which no byte has by itself:
 * the character must be looked at. */
#define ASK RAW_KEYCAP
/* clang-format off */
static const uint8_t shape_of_byte[256] = {
#define M RAW_MARK
#define L RAW_LETTER
#define D RAW_DIGIT
#define M8 M, M, M, M, M, M, M, M
#define L8 L, L, L, L, L, L, L, L
#define A12 ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK
    0, M, M, M, M, M, M, M, M8, M8, M8,
    M8, M, M, M, M, M, M, RAW_DOT, M,
    D, D, D, D, D, D, D, D, D, D, RAW_COLON, M, M, M, M, M,
    RAW_AT | L, L, L, L, L, L, L, L, L8, L8, L, L, L, M, M, M, M, M,
    M, L, L, L, L, L, L, L, L8, L8, L, L, L, M, M, M, M, M,
    [0xC2] = M, L, A12, A12, A12, A12, A12,
#undef M
#undef L
#undef D
#undef M8
#undef L8
#undef A12
};
/* clang-format on */

/* A character at a time */
static uint32_t
shape_slowly(const char *bytes, uint32_t start, uint32_t end)
{
    uint32_t bits = 0;

    for (uint32_t at = start; at < end; at++) {
        unsigned char c = (unsigned char)bytes[at];
        if (EFTI_LIKELY(c < 0x80 || c == 0xC3)) { /* of a word, so not × or ÷ */
            bits |= shape_of_byte[c];
            at += c >= 0x80;
        } else if (c == 0xE2) { /* of a word that a kernel knows: ‘ or ’ */
            bits |= RAW_MARK;
            at += 2;
        } else if (c == 0xC2 && (unsigned char)bytes[at + 1] == 0xAD) {
            bits |= RAW_MARK;
            at++;
        } else {
            return bits | efti_raw_bits(bytes, at, end);
        }
    }
    return bits;
}

/* 0x80 in each byte of `word` that is not `byte` */
static inline uint64_t
bytes_other_than(uint64_t word, unsigned char byte)
{
    const uint64_t low = 0x7F7F7F7F7F7F7F7Fu;
    uint64_t x = word ^ 0x0101010101010101u * byte;

    return (((x & low) + low) | x) & ~low;
}

static inline uint64_t
load_eight(const char *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof(word));
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* Eight bytes at a time, since no processor can guess which byte is the last one of a
 * word, nor where a letter of two bytes stands. */
static uint32_t
shape_of(eft_text text, uint32_t start, uint32_t end)
{
    uint32_t bits = 0;

    for (uint32_t at = start; at < end; at += 8) {
        if (EFTI_UNLIKELY(text.size - at <= 8))
            return shape_slowly(text.bytes, start, end);
        uint64_t word = load_eight(text.bytes + at),
                 next = load_eight(text.bytes + at + 1);
        uint32_t spare = end - at < 8 ? 64 - 8 * (end - at) : 0;
        word = word << spare >> spare;
        for (unsigned i = 0; i < 64; i += 8)
            bits |= shape_of_byte[word >> i & 0xFF];
        uint64_t no_hyphen = ~bytes_other_than(word, 0xC2) & bytes_other_than(next, 0xAD);
        bits |= no_hyphen != 0 ? ASK : 0;
    }
    return EFTI_LIKELY((bits & ASK) == 0) ? bits : shape_slowly(text.bytes, start, end);
}

/* _ is no word, __ is one to ICU. */
static bool
is_lone_low_line(const char *bytes, const struct efti_token *raw, uint32_t shape)
{
    uint32_t low = 0;

    if ((shape & (RAW_LETTER | RAW_DIGIT)) != 0)
        return false;
    for (uint32_t i = raw->start; i < raw->end; i++)
        low += bytes[i] == '_';
    return low < 2;
}

/* The kind of segments that are tokens as they are unless what stands behind them says
 * otherwise, by what they hold; 0: others. */
const uint8_t efti_calm_kind[256] = {
    [EFTI_HOLDS_PLAIN] = EFTI_WORD,
    [RAW_LETTER | RAW_MARK] = EFTI_WORD,
    [RAW_DIGIT] = EFTI_NUMBER,
    [RAW_DIGIT | RAW_DOT] = EFTI_NUMBER,
    [RAW_DIGIT | RAW_MARK] = EFTI_NUMBER,
};

/* Is it not as rules.c wants it: cut where a space is missing and without low lines at
 * its edges, or gone? */
static inline bool
is_otherwise(const struct efti_tokenizer *t, const char *bytes,
             const struct efti_token *raw)
{
    return (raw->holds & (RAW_LETTER | RAW_DIGIT)) == 0
               ? is_lone_low_line(bytes, raw, raw->holds) || !t->plain
               : efti_raw_differs(t, bytes, raw);
}

/* Give every special segment its shape, and if it is a token as it is but for what
 * stands behind it, its kind: then it is special no more. Those that are otherwise
 * are listed. */
static bool
find_shapes(struct efti_tokenizer *t, eft_text text)
{
    t->otherwise.count = 0;
    for (size_t i = 0; i * 64 < t->raw.count; i++)
        for (uint64_t set = t->special.words[i]; set != 0; set &= set - 1) {
            size_t n = i * 64 + (size_t)__builtin_ctzll(set);
            struct efti_token *raw = &t->raw.items[n];
            uint32_t size = raw->end - raw->start;
            raw->holds = (uint8_t)shape_of(text, raw->start, raw->end);
            if (is_otherwise(t, text.bytes, raw)) {
                if (!EFTI_PUSH(t->mem, &t->otherwise))
                    return false;
                t->otherwise.items[t->otherwise.count - 1] = (uint32_t)n;
            } else if (efti_calm_kind[raw->holds] != 0 && size <= EFTI_LONG_TOKEN) {
                raw->kind = efti_calm_kind[raw->holds];
                t->special.words[i] ^= set & -set;
            }
        }
    return true;
}

/* --- those that are otherwise --- */

/* The segments as they were, from number `first` on, and what is marked among all */
struct before {
    size_t first;
    const struct efti_token *segments;
    struct efti_marks marks[3];
};

static inline void
marks_of(struct efti_tokenizer *t, struct efti_marks *all[3])
{
    all[0] = &t->special;
    all[1] = &t->attend;
    all[2] = &t->perhaps;
}

/* Set segments and marks aside, from the first that is otherwise on. False: no memory. */
static bool
set_aside(struct efti_tokenizer *t, struct before *b)
{
    const size_t first = t->otherwise.items[0], count = t->raw.count - first;
    const size_t words = t->raw.count / 64 + 1;
    struct efti_marks *all[3];

    if (!EFTI_ARRAY_RESERVE(t->mem, &t->spare, count) ||
        !EFTI_ARRAY_RESERVE(t->mem, &t->spare_marks, EFTI_COUNT(all) * words))
        return false;
    memcpy(t->spare.items, t->raw.items + first, count * sizeof(*t->spare.items));
    *b = (struct before){.first = first, .segments = t->spare.items};
    marks_of(t, all);
    for (size_t i = 0; i < EFTI_COUNT(all); i++) {
        uint64_t *now = all[i]->words;
        b->marks[i].words = t->spare_marks.items + i * words;
        memcpy(b->marks[i].words, now, words * sizeof(*now));
        now[first / 64] &= ((uint64_t)1 << first % 64) - 1;
        memset(now + first / 64 + 1, 0, (words - first / 64 - 1) * sizeof(*now));
    }
    t->raw.count = first;
    return true;
}

/* `count` marks, from number `first` on, become those from `at` on. */
static void
copy_marks(struct efti_marks *to, size_t at, const struct efti_marks *from, size_t first,
           size_t count)
{
    for (size_t n; count > 0; at += n, first += n, count -= n) {
        n = 64 - (at % 64 > first % 64 ? at % 64 : first % 64);
        n = n < count ? n : count;
        uint64_t bits = from->words[first / 64] >> first % 64 << (64 - n) >> (64 - n);
        to->words[at / 64] |= bits << at % 64;
    }
}

/* Segments that stay, and what is marked among them, with other numbers */
static bool
put_back(struct efti_tokenizer *t, const struct before *b, size_t from, size_t to)
{
    const size_t at = t->raw.count, count = to - from;
    struct efti_marks *all[3];

    if (!EFTI_ARRAY_RESERVE(t->mem, &t->raw, at + count))
        return false;
    memcpy(t->raw.items + at, b->segments + (from - b->first),
           count * sizeof(*b->segments));
    t->raw.count += count;
    marks_of(t, all);
    for (size_t i = 0; i < EFTI_COUNT(all); i++)
        copy_marks(all[i], at, &b->marks[i], from, count);
    return true;
}

/* Write those that are otherwise as rules.c wants them. */
static bool
rewrite(struct efti_tokenizer *t, const char *bytes)
{
    const size_t count = t->raw.count;
    struct before b;

    if (!set_aside(t, &b))
        return false;
    for (size_t k = 0; k < t->otherwise.count; k++) {
        const size_t n = t->otherwise.items[k];
        const size_t next =
            k + 1 < t->otherwise.count ? t->otherwise.items[k + 1] : count;
        const struct efti_token *raw = &b.segments[n - b.first];
        bool done = is_lone_low_line(bytes, raw, raw->holds)
                        ? efti_raw_attend(t)
                        : efti_raw_push(t, bytes, raw->start, raw->end, raw->holds);
        if (!done || !put_back(t, &b, n + 1, next))
            return false;
    }
    return true;
}

/* --- all of it --- */

static eft_status
run(struct efti_tokenizer *t, eft_text text, struct efti_scan *s, eft_error *err)
{
    while (s->at < s->size) {
        t->raw.count = s->count;
        if (!reserve(t, s))
            return efti_no_memory(err, "a list of tokens");
        uint32_t end =
            s->size - s->at > EFTI_SCAN_WINDOW ? s->at + EFTI_SCAN_WINDOW : s->size;
        if (!t->path->run(s, end)) {
            eft_status st = hand_over(t, text, s, err);
            if (st != EFT_OK)
                return st;
        }
    }
    efti_scan_finish(s);
    t->raw.count = s->count;
    return EFT_OK;
}

eft_status
efti_scan(struct efti_tokenizer *t, eft_text text, const char *soon, eft_error *err)
{
    struct efti_scan s;

    t->raw.count = 0;
    if (!clear_marks(t, text.size / 2 + 1))
        return efti_no_memory(err, "a list of tokens");
    open_scan(t, text, soon, &s);
    eft_status st = run(t, text, &s, err);
    if (st != EFT_OK)
        return st;
    t->bytes += text.size;
    if (!find_shapes(t, text) || (t->otherwise.count > 0 && !rewrite(t, text.bytes)))
        return efti_no_memory(err, "a list of tokens");
    return EFT_OK;
}
