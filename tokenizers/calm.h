/*
 * calm.h - marked segments that are tokens all the same
 *
 *     ett slut. Sedan        2010:108        kap. 3        hälso- och sjukvård
 *
 * Of those that the scanner has marked, nine in ten stay by themselves: a stop stands
 * behind them, or a colon that joins nothing, they are an abbreviation in one piece, or
 * their hyphen is suspended. They stay in the run that rules.c copies. Included by
 * rules.c alone, whose walk it is part of.
 */
#ifndef EFTI_TOKENIZERS_CALM_H
#define EFTI_TOKENIZERS_CALM_H

#include "tokenizers/internal.h"

/* för- och nackdelar, barn-, elev- och: a hyphen, then a comma, slash or joining word. */
static bool
is_suspended(eft_text text, uint32_t end)
{
    static const char *const joining[] = {"och",    "eller", "samt", "respektive", "resp",
                                          "kontra", "till",  "som",  "men",        "&"};
    uint32_t size = efti_hyphen_at(text, end);
    size_t at = (size_t)end + size;

    if (size == 0 || at >= text.size)
        return false;
    if (text.bytes[at] == ',' || text.bytes[at] == '/')
        return true;
    if (text.bytes[at] != ' ' && text.bytes[at] != '\n')
        return false;
    at++;
    for (size_t i = 0; i < EFTI_COUNT(joining); i++) {
        size_t n = strlen(joining[i]);
        if (text.size - at >= n && memcmp(text.bytes + at, joining[i], n) == 0 &&
            (text.size - at == n || strchr(" .\n", text.bytes[at + n]) != NULL))
            return true;
    }
    return false;
}

/* What a byte says of the segment before it, and of the one before an earlier colon */
enum {
    BEHIND_STOP = 1,
    BEHIND_COLON = 2,
    BEHIND_OTHER = 4, /* a hyphen, maybe; a bracket */
    COLON_SLASH = 8,  /* a URL, maybe */
    COLON_LETTER = 16 /* an ordinal ending, maybe */
};

static const uint8_t behind_class[256] = {
#define L COLON_LETTER
#define L4 L, L, L, L
#define L26 L4, L4, L4, L4, L4, L4, L, L
#define L29 L26, L, L, L
#define L34 L26, L4, L4
#define L64 L4, L4, L4, L4, L4, L4, L4, L4, L4, L4, L4, L4, L4, L4, L4, L4
    ['-'] = BEHIND_OTHER, ['.'] = BEHIND_STOP,
    ['/'] = COLON_SLASH,  [':'] = BEHIND_COLON,
    ['A'] = L26,          [']'] = BEHIND_OTHER,
    ['a'] = L26,          [0x80] = L64,
    [0xC0] = L34,         [0xE2] = BEHIND_OTHER | L,
    [0xE3] = L29,
#undef L
#undef L4
#undef L26
#undef L29
#undef L34
#undef L64
};

/* May a word begin an abbreviation? `stop`: one stands behind it; if none does, the
 * scanner has told (`perhaps`), of words of letters. Every other one of these questions
 * comes out the other way, so the filter is asked whatever stands there. */
static inline bool
may_be_short(const struct efti_tokenizer *t, eft_text text, const struct efti_token *raw,
             bool stop, bool perhaps)
{
    uint32_t size = raw->end - raw->start;
    bool letters = raw->holds == EFTI_HOLDS_PLAIN;

    if (t->lists == NULL)
        return false;
    if (EFTI_UNLIKELY(text.size - raw->start < 8))
        return letters && (stop || perhaps) && efti_may_be_abbreviated(t, text, raw);
    uint64_t key = efti_filter_key(text, raw->start, size < 8 ? size : 8);
    bool stopped = stop & (size <= t->longest) & efti_filter_has(t->stopped, key);
    bool may = letters & (stopped | (!stop & perhaps));
    return EFTI_UNLIKELY(may) && (stop || efti_may_be_abbreviated(t, text, raw));
}

/* Is the segment a token as it is? Its kind is set. Nearly all of those that must be
 * looked at are: words in front of a stop, numbers, words with an apostrophe or soft
 * hyphen. A colon matters before an ordinal ending or in a URL: so not in 2010:108. */
static inline bool
is_calm(const struct efti_tokenizer *t, eft_text text, struct efti_token *raw,
        bool perhaps)
{
    const unsigned char *p = (const unsigned char *)text.bytes + raw->end;
    size_t left = text.size - raw->end;
    uint32_t first = left > 0 ? behind_class[p[0]] : 0;
    uint32_t second = left > 1 ? behind_class[p[1]] : 0;
    /* of what may stand behind a colon, what matters; no branches: see above */
    uint32_t heeded = COLON_SLASH | COLON_LETTER * (uint32_t)(raw->holds == RAW_DIGIT);
    uint32_t joins =
        first & BEHIND_COLON & (uint32_t)((second & heeded) != 0) * BEHIND_COLON;

    if (efti_calm_kind[raw->holds] == 0 || raw->end - raw->start > EFTI_LONG_TOKEN ||
        ((first & BEHIND_OTHER) | joins) != 0)
        return false;
    raw->kind = efti_calm_kind[raw->holds];
    return !may_be_short(t, text, raw, (first & BEHIND_STOP) != 0, perhaps);
}

/* Is it an abbreviation in one piece, or none and a word of letters? */
static bool
settle_abbreviation(struct efti_tokenizer *t, eft_text text, size_t n)
{
    struct efti_token *raw = &t->raw.items[n];
    size_t last;
    uint32_t end;

    if (efti_abbreviation_at(t, text, n, &last, &end) == NULL)
        return raw->holds == EFTI_HOLDS_PLAIN;
    if (last != n)
        return false;
    raw->end = end;
    raw->kind = EFTI_ABBREVIATION;
    return true;
}

/* Before a hyphen that joins nothing */
static bool
settle_suspended(struct efti_tokenizer *t, eft_text text, size_t n)
{
    struct efti_token *raw = &t->raw.items[n];
    uint32_t hyphen = efti_hyphen_at(text, raw->end);

    if (efti_calm_kind[raw->holds] == 0 || hyphen == 0 ||
        (n + 1 < t->raw.count && raw[1].start == raw->end + hyphen))
        return false;
    raw->kind = efti_calm_kind[raw->holds];
    if (is_suspended(text, raw->end))
        raw->flags |= EFTI_TOKEN_SUSPENDED;
    return true;
}

/* The segment is not calm. Is it one token all the same, with another end, kind or flag?
 * Two in three are, and need not end the run: what put_next() does costs many branches
 * that cannot be guessed. */
static bool
settles(struct efti_tokenizer *t, eft_text text, size_t n)
{
    const struct efti_token *raw = &t->raw.items[n];
    const unsigned char *bytes = (const unsigned char *)text.bytes;
    uint32_t behind = raw->end < text.size ? behind_class[bytes[raw->end]] : 0;

    if (t->lists == NULL || raw->end - raw->start > EFTI_LONG_TOKEN)
        return false;
    if (raw->holds == EFTI_HOLDS_PLAIN && (behind & (BEHIND_COLON | BEHIND_OTHER)) == 0)
        return settle_abbreviation(t, text, n);
    if (raw->holds == (RAW_LETTER | RAW_DOT)) /* but not www. */
        return (behind & BEHIND_STOP) != 0 && (bytes[raw->start] | 32) != 'w' &&
               settle_abbreviation(t, text, n);
    return (behind & BEHIND_OTHER) != 0 && settle_suspended(t, text, n);
}

#endif
