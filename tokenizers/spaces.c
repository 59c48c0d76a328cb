/*
 * spaces.c - segments where a space is missing or a low line too many: rules 3, 4 and 8
 *
 *     slut.Sedan -> slut, Sedan        Handledare:Anna -> Handledare, Anna
 *     _Anna_ -> Anna                   __ -> no token         (here ~ is U+202F)
 *     Anna~Ek -> Anna, Ek              10~000 is one token
 *
 * These rules look at no neighbour, so they are applied while segments are made (scan.c,
 * icu.c), before the walk of rules.c, which says what each rule is for.
 */
#include "tokenizers/internal.h"

static bool
small_pair_before(const char *bytes, uint32_t start, uint32_t at)
{
    for (int i = 0; i < 2; i++) {
        char scratch[4];
        if (at <= start)
            return false;
        uint32_t c = efti_utf8_before(bytes, at);
        if (!efti_is_lower(c))
            return false;
        at -= (uint32_t)efti_utf8_put(c, scratch);
    }
    return true;
}

static bool
capital_and_small(const char *bytes, uint32_t at, uint32_t end)
{
    size_t next = at;

    if (next >= end || !efti_is_upper(efti_utf8_next(bytes, end, &next)))
        return false;
    return next < end && efti_is_lower(efti_utf8_next(bytes, end, &next));
}

/* The stop or colon at which a space is missing; `end`: none. Two letters before it and
 * two behind it: not in what is shorter, as abbreviations are. */
static uint32_t
missing_space(const char *bytes, uint32_t start, uint32_t end)
{
    for (uint32_t i = start + 2; i + 2 < end; i++)
        if ((bytes[i] == '.' || bytes[i] == ':') && small_pair_before(bytes, start, i) &&
            capital_and_small(bytes, i + 1, end))
            return i;
    return end;
}

bool
efti_raw_attend(struct efti_tokenizer *t)
{
    if (t->raw.count > 0) {
        efti_mark(&t->attend, t->raw.count - 1);
        efti_mark(&t->perhaps, t->raw.count - 1);
    }
    return true;
}

static bool
append(struct efti_tokenizer *t, uint32_t start, uint32_t end, uint32_t shape)
{
    if (!efti_raw_attend(t) || !EFTI_PUSH(t->mem, &t->raw))
        return false;
    t->raw.items[t->raw.count - 1] = (struct efti_token){
        .start = start, .end = end, .kind = EFTI_WORD, .holds = (uint8_t)shape};
    return efti_raw_attend(t);
}

/* U+005F or U+202F, which ICU joins to words on either side: size, 0 for others. */
static uint32_t
edge_size(const char *bytes, uint32_t at, uint32_t end)
{
    if (at < end && bytes[at] == '_')
        return 1;
    return end - at >= 3 && memcmp(bytes + at, "\xE2\x80\xAF", 3) == 0 ? 3 : 0;
}

static void
trim_edges(const char *bytes, uint32_t *start, uint32_t *end)
{
    uint32_t size;

    while (*start < *end && (size = edge_size(bytes, *start, *end)) > 0)
        *start += size;
    for (;;) {
        if (*end > *start && bytes[*end - 1] == '_')
            --*end;
        else if (*end - *start >= 3 && edge_size(bytes, *end - 3, *end) == 3)
            *end -= 3;
        else
            return;
    }
}

static bool
is_figure(char c)
{
    return c >= '0' && c <= '9';
}

/* A narrow space with anything but digits on both sides; `end`: none. */
static uint32_t
narrow_space(const char *bytes, uint32_t start, uint32_t end)
{
    for (uint32_t i = start + 1; i + 3 < end; i++)
        if (edge_size(bytes, i, end) == 3 &&
            !(is_figure(bytes[i - 1]) && is_figure(bytes[i + 3])))
            return i;
    return end;
}

/* May rule 3, 4 or 8 change it? */
static inline bool
may_differ(const struct efti_tokenizer *t, uint32_t shape)
{
    return (shape & (RAW_DOT | RAW_COLON | RAW_MARK)) != 0 && !t->plain &&
           (shape & RAW_AT) == 0;
}

/* May there be a missing space in it? */
static bool
may_miss_space(const char *bytes, uint32_t start, uint32_t end, uint32_t shape)
{
    return (shape & RAW_LETTER) != 0 && (shape & (RAW_DOT | RAW_COLON)) != 0 &&
           !efti_is_file_name(bytes + start, end - start) &&
           !(end - start > 4 && memcmp(bytes + start, "www.", 4) == 0);
}

bool
efti_raw_differs(const struct efti_tokenizer *t, const char *bytes,
                 const struct efti_token *raw)
{
    uint32_t start = raw->start, end = raw->end;

    if (!may_differ(t, raw->holds))
        return false;
    if ((raw->holds & RAW_MARK) != 0)
        trim_edges(bytes, &start, &end);
    return start != raw->start || end != raw->end ||
           ((raw->holds & RAW_MARK) != 0 && narrow_space(bytes, start, end) < end) ||
           ((raw->holds & RAW_LETTER) != 0 && (raw->holds & (RAW_DOT | RAW_COLON)) != 0 &&
            missing_space(bytes, start, end) < end &&
            may_miss_space(bytes, start, end, raw->holds));
}

/* What has no narrow space inside. */
static bool
push_part(struct efti_tokenizer *t, const char *bytes, uint32_t start, uint32_t end,
          uint32_t shape)
{
    const uint32_t size = end - start;

    if ((shape & RAW_MARK) != 0)
        trim_edges(bytes, &start, &end);
    if (end - start < size) /* what was trimmed is no part of it */
        shape = efti_raw_bits(bytes, start, end);
    if (start == end)
        return efti_raw_attend(t);
    if (!may_miss_space(bytes, start, end, shape))
        return append(t, start, end, shape);
    for (;;) {
        uint32_t cut = missing_space(bytes, start, end);
        if (cut == end)
            return append(t, start, end, efti_raw_bits(bytes, start, end));
        if (!append(t, start, cut, efti_raw_bits(bytes, start, cut)))
            return false;
        start = cut + 1;
    }
}

bool
efti_raw_push(struct efti_tokenizer *t, const char *bytes, uint32_t start, uint32_t end,
              uint32_t shape)
{
    if (!may_differ(t, shape))
        return append(t, start, end, shape);
    uint32_t cut = (shape & RAW_MARK) != 0 ? narrow_space(bytes, start, end) : end;
    if (cut == end)
        return push_part(t, bytes, start, end, shape);
    while (cut < end) {
        if (!push_part(t, bytes, start, cut, efti_raw_bits(bytes, start, cut)))
            return false;
        start = cut + 3;
        cut = narrow_space(bytes, start, end);
    }
    return push_part(t, bytes, start, end, efti_raw_bits(bytes, start, end));
}
