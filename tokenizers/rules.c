/*
 * rules.c - the project rules: every way in which our tokens differ from ICU's segments
 *
 *  1. Hyphens (U+002D, U+2010, U+2011) between letters or digits join: IT-stöd,
 * Anna-Karin, 1990-talet, 811218-9876. They are part of the spelling of a word; U+2013 is
 * not, it stands for "to" between numbers.
 *  2. A number, a colon and an ordinal ending join: 3:e, 1:a. (ICU's Swedish colon joins
 *     letters only.)
 *  3. x.Y splits when two small letters stand before the stop and a capital and a small
 *     letter behind it: slut.Sedan is a missing space. File names and addresses stay.
 *  4. x:Y splits in the same case: Handledare:Anna. ICU's Swedish rules keep the colon,
 * for EU:s; here it would glue a label to a name and hide the name from the veil.
 *  5. E-mail, handle and URL are one token (addresses.c). Elsewhere the commercial at is
 *     no letter, though ICU takes it for one.
 *  6. Listed abbreviations are one token in every spelling (abbreviations.c).
 *  7. Tags of ours, [PERSON_1], are one token of kind veil, brackets included.
 *  8. Segments with a pictograph or flag are tokens (icu.c). Low lines and narrow spaces
 *     (U+202F) at the edges of a word are no part of it (_Anna_), and segments without
 * any letter, digit or picture (__) are no tokens.
 *  9. Tokens above 1 KiB are marked long, never cut.
 */
#include "tokenizers/internal.h"

/* ------------------------------------------------------ a missing space: rules 3 and 4
 */

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

/* The stop or colon at which a space is missing; `end`: none. */
static uint32_t
missing_space(const char *bytes, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i < end; i++)
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

bool
efti_raw_copy(struct efti_tokenizer *t, const struct efti_token *raw)
{
    if (!EFTI_PUSH(t->mem, &t->raw))
        return false;
    t->raw.items[t->raw.count - 1] = *raw;
    return true;
}

static bool
append(struct efti_tokenizer *t, uint32_t start, uint32_t end, uint32_t shape)
{
    const struct efti_token raw = {
        .start = start, .end = end, .kind = EFTI_WORD, .holds = (uint8_t)shape};

    return efti_raw_attend(t) && efti_raw_copy(t, &raw) && efti_raw_attend(t);
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
           ((raw->holds & RAW_LETTER) != 0 && (raw->holds & (RAW_DOT | RAW_COLON)) != 0 &&
            missing_space(bytes, start, end) < end &&
            may_miss_space(bytes, start, end, raw->holds));
}

bool
efti_raw_push(struct efti_tokenizer *t, const char *bytes, uint32_t start, uint32_t end,
              uint32_t shape)
{
    if (!may_differ(t, shape))
        return append(t, start, end, shape);
    if ((shape & RAW_MARK) != 0)
        trim_edges(bytes, &start, &end);
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

/* ----------------------------------------------------------------------- flags of a
 * token */

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

/* -------------------------------------------------------------------------- the walk */

struct walk {
    struct efti_tokenizer *t;
    eft_text text;
    struct efti_segments *out;
    size_t at;      /* next raw segment */
    uint32_t floor; /* end of the last address or tag: nothing reaches back over it */
};

/* One space, or a comma or semicolon and a space: nothing begins or ends there. */
static inline bool
is_plain_gap(eft_text text, uint32_t from, uint32_t to)
{
    const char *p = text.bytes + from;

    if (to - from == 1)
        return p[0] == ' ';
    return to - from == 2 && p[1] == ' ' && (p[0] == ',' || p[0] == ';');
}

static bool
list_gap(struct efti_tokenizer *t, size_t token)
{
    if (t->gaps.count > 0 && t->gaps.items[t->gaps.count - 1] == token)
        return true;
    if (!EFTI_PUSH(t->mem, &t->gaps))
        return false;
    t->gaps.items[t->gaps.count - 1] = (uint32_t)token;
    return true;
}

/* What stands before a token, which will be number `number`, says something of it, and
 * maybe ends a sentence behind `last`, the one before it (NULL: none). (The stop of an
 * abbreviation is in that token, and emoji end sentences as well.) */
static inline bool
look_back(struct walk *w, const struct efti_token *last, struct efti_token *token,
          size_t number)
{
    uint32_t before = last == NULL ? 0 : last->end;
    uint8_t found = 0;

    if (last == NULL || !is_plain_gap(w->text, before, token->start))
        token->flags |= read_gap_flags(w->text, before, token->start, &found);
    if (last != NULL &&
        ((found & (GAP_LINE | GAP_MARK | GAP_FACE)) != 0 || last->kind > EFTI_CODE) &&
        !list_gap(w->t, number - 1))
        return false;
    /* :D is a face: a sentence may end behind it */
    return EFTI_LIKELY((found & GAP_FACE) == 0) || token->end - token->start > 1 ||
           list_gap(w->t, number);
}

static inline bool
put(struct walk *w, uint32_t start, uint32_t end, enum efti_kind kind, uint32_t holds)
{
    struct efti_segments *out = w->out;

    if (EFTI_UNLIKELY(end - start > EFTI_LONG_TOKEN))
        kind = EFTI_LONG;
    if (!EFTI_PUSH(w->t->mem, &out->tokens))
        return false;
    size_t number = out->tokens.count - 1;
    struct efti_token *token = &out->tokens.items[number];
    *token = (struct efti_token){
        .start = start, .end = end, .kind = (uint8_t)kind, .holds = (uint8_t)holds};
    return look_back(w, number == 0 ? NULL : token - 1, token, number);
}

/* Segments as they are, up to `until`. */
static bool
put_run(struct walk *w, size_t until)
{
    struct efti_segments *out = w->out;
    size_t run = until - w->at, first = out->tokens.count;

    if (EFTI_UNLIKELY(out->tokens.capacity - first < run) &&
        !EFTI_ARRAY_RESERVE(w->t->mem, &out->tokens, first + run))
        return false;
    struct efti_token *to = out->tokens.items + first;
    const struct efti_token *from = w->t->raw.items + w->at;
    for (size_t i = 0; i < run; i++) /* a few: a call of memcpy would cost more */
        to[i] = from[i];
    out->tokens.count = first + run;
    w->at = until;
    return true;
}

/* look_back() for segment `n` of a run that is not put yet. */
static inline bool
look_before(struct walk *w, size_t n)
{
    const struct efti_segments *out = w->out;
    struct efti_token *token = &w->t->raw.items[n];
    size_t number = out->tokens.count + (n - w->at);
    const struct efti_token *last = n > w->at    ? token - 1
                                    : number > 0 ? &out->tokens.items[number - 1]
                                                 : NULL;

    return look_back(w, last, token, number);
}

/* A remainder of something that was taken apart; what is not alphanumeric at its edges is
 * dropped. */
static bool
put_rest(struct walk *w, uint32_t start, uint32_t end)
{
    const char *bytes = w->text.bytes;

    while (start < end && strchr("@.:_'-+%", bytes[start]) != NULL)
        start++;
    while (end > start && strchr("@.:_'-+%", bytes[end - 1]) != NULL)
        end--;
    uint32_t bits = efti_raw_bits(bytes, start, end);
    if ((bits & (RAW_LETTER | RAW_DIGIT)) == 0)
        return true;
    return put(w, start, end, efti_kind_of(bytes, start, end, bits), bits);
}

/* Put an address or tag; take back what it covers of earlier tokens and skip what it
 * covers of later segments. What sticks out on either side becomes a token of its own. */
static bool
put_reach(struct walk *w, struct efti_reach r)
{
    struct efti_segments *out = w->out;
    uint32_t rest = UINT32_MAX, rest_end = 0;
    struct efti_token *here = &w->t->raw.items[w->at];

    while (out->tokens.count > 0 &&
           out->tokens.items[out->tokens.count - 1].end > r.start) {
        rest = out->tokens.items[--out->tokens.count].start;
        rest_end = r.start;
    }
    while (w->t->gaps.count > 0 &&
           w->t->gaps.items[w->t->gaps.count - 1] + 1 >= out->tokens.count)
        w->t->gaps.count--;
    if (rest == UINT32_MAX && here->start < r.start) {
        rest = here->start;
        rest_end = r.start;
    }
    if (rest < rest_end && !put_rest(w, rest, rest_end))
        return false;
    if (!put(w, r.start, r.end, r.kind, 0))
        return false;
    w->floor = r.end;
    while (w->at < w->t->raw.count && w->t->raw.items[w->at].start < r.end) {
        struct efti_token *raw = &w->t->raw.items[w->at];
        if (raw->end > r.end) {
            raw->start = r.end;
            while (raw->start < raw->end &&
                   strchr(".:_@'", w->text.bytes[raw->start]) != NULL)
                raw->start++;
            if (raw->end - raw->start <=
                EFTI_LONG_TOKEN) /* else a hostile a@a@a@... is O(n^2) */
                raw->holds = (uint8_t)efti_raw_bits(w->text.bytes, raw->start, raw->end);
            efti_mark(&w->t->attend, w->at);
            return true;
        }
        w->at++;
    }
    return true;
}

/* May a hyphen join here? Not at a low line, an @ or a picture. */
static bool
may_join(eft_text text, const struct efti_token *raw, bool left)
{
    char edge = left ? text.bytes[raw->end - 1] : text.bytes[raw->start];

    return (raw->holds & (RAW_PICT | RAW_KEYCAP)) == 0 && edge != '_' && edge != '@' &&
           (raw->holds & (RAW_LETTER | RAW_DIGIT)) != 0;
}

/* Rules 1 and 2: as many segments as belong together. */
static bool
put_joined(struct walk *w)
{
    const struct efti_token *raw = &w->t->raw.items[w->at];
    uint32_t start = raw->start, end = raw->end, bits = raw->holds;

    w->at++;
    while (w->at < w->t->raw.count) {
        const struct efti_token *next = raw + 1;
        uint32_t hyphen = efti_hyphen_at(w->text, end);
        if (hyphen > 0 && next->start == end + hyphen && may_join(w->text, raw, true) &&
            may_join(w->text, next, false) && (next->holds & RAW_AT) == 0) {
            uint32_t behind =
                next->end < w->text.size ? (unsigned char)w->text.bytes[next->end] : 0;
            if ((behind == ':' || (w->text.bytes[next->start] | 32) == 'w') &&
                efti_find_url(w->text, next).kind != 0)
                break;
            bits |= RAW_MARK;
        } else if (bits == RAW_DIGIT && next->start == end + 1 &&
                   w->text.bytes[end] == ':' &&
                   efti_is_ordinal_ending(w->text.bytes + next->start,
                                          next->end - next->start)) {
            bits |= RAW_COLON;
        } else {
            break;
        }
        bits |= next->holds;
        end = next->end;
        raw = next;
        w->at++;
    }
    enum efti_kind kind = bits == EFTI_HOLDS_PLAIN ? EFTI_WORD
                          : bits == RAW_DIGIT
                              ? EFTI_NUMBER
                              : efti_kind_of(w->text.bytes, start, end, bits);
    if (!put(w, start, end, kind, bits))
        return false;
    if (is_suspended(w->text, end))
        w->out->tokens.items[w->out->tokens.count - 1].flags |= EFTI_TOKEN_SUSPENDED;
    return true;
}

/* A segment with a picture may begin with a space, when a joiner (U+200D) follows that.
 */
static bool
put_picture(struct walk *w)
{
    const struct efti_token *raw = &w->t->raw.items[w->at++];
    size_t start = raw->start, next = start;

    while (efti_is_space(efti_utf8_next(w->text.bytes, raw->end, &next)))
        start = next;
    return put(w, (uint32_t)start, raw->end, EFTI_EMOJI, raw->holds);
}

static bool
put_one(struct walk *w)
{
    const struct efti_token *raw = &w->t->raw.items[w->at];
    uint32_t next = raw->end < w->text.size ? (unsigned char)w->text.bytes[raw->end] : 0;
    struct efti_reach r = {0};

    if ((raw->holds & (RAW_LETTER | RAW_DIGIT | RAW_PICT)) == 0) {
        w->at++;
        return true;
    }
    if ((raw->holds & RAW_PICT) != 0)
        return put_picture(w);
    if (efti_may_be_url(w->text, raw, next))
        r = efti_find_url(w->text, raw);
    if (r.kind == 0 && next == ']')
        r = efti_find_tag(w->text, raw);
    if (r.kind == 0 && (raw->holds & RAW_AT) != 0)
        r = efti_find_mail(w->text, w->floor, raw);
    if (r.kind != 0)
        return put_reach(w, r);
    if ((raw->holds & RAW_AT) != 0) {
        uint32_t start = raw->start, end = raw->end;
        w->at++;
        return put_rest(w, start, end);
    }
    if ((raw->holds & RAW_DIGIT) == 0 && w->t->lists != NULL &&
        efti_hyphen_at(w->text, raw->end) == 0 &&
        efti_may_be_abbreviated(w->t, w->text, raw)) {
        size_t last;
        uint32_t end;
        if (efti_abbreviation_at(w->t, w->text, w->at, &last, &end) != NULL) {
            w->at = last + 1;
            return put(w, raw->start, end, EFTI_ABBREVIATION, raw->holds);
        }
    }
    return put_joined(w);
}

/* Bytes after a plain word at which some rule may apply: hyphen, colon, bracket, and the
 * lead byte of the other hyphens. */
static inline bool
is_calm_behind(unsigned char c)
{
    return c != '-' && c != ':' && c != ']' && c != 0xE2;
}

/* Is the segment a token as it is? Its kind is set. Nearly all of those that must be
 * looked at are: words in front of a stop, numbers, words with an apostrophe or soft
 * hyphen. */
static inline bool
is_calm(struct efti_tokenizer *t, eft_text text, struct efti_token *raw)
{
    if ((raw->end < text.size && !is_calm_behind((unsigned char)text.bytes[raw->end])) ||
        efti_calm_kind[raw->holds] == 0 || raw->end - raw->start > EFTI_LONG_TOKEN)
        return false;
    raw->kind = efti_calm_kind[raw->holds];
    return raw->holds != EFTI_HOLDS_PLAIN || t->lists == NULL ||
           !efti_may_be_abbreviated(t, text, raw);
}

/* A word of letters that may begin an abbreviation. */
static bool
put_abbreviation(struct walk *w)
{
    const struct efti_token *raw = &w->t->raw.items[w->at];
    size_t last = w->at;
    uint32_t end = raw->end;
    bool known = efti_abbreviation_at(w->t, w->text, w->at, &last, &end) != NULL;

    w->at = last + 1;
    return put(w, raw->start, end, known ? EFTI_ABBREVIATION : EFTI_WORD, raw->holds);
}

static bool
put_plainly(struct walk *w)
{
    const struct efti_token *raw = &w->t->raw.items[w->at++];

    return put(w, raw->start, raw->end,
               efti_kind_of(w->text.bytes, raw->start, raw->end, raw->holds), raw->holds);
}

/* The segment is no token as it is: what becomes of it, and of those behind it that it
 * takes. */
static bool
put_next(struct walk *w)
{
    const struct efti_token *raw = &w->t->raw.items[w->at];

    if (raw->holds == EFTI_HOLDS_PLAIN && w->t->lists != NULL &&
        raw->end - raw->start <= EFTI_LONG_TOKEN &&
        (raw->end == w->text.size ||
         is_calm_behind((unsigned char)w->text.bytes[raw->end])))
        return put_abbreviation(w);
    return put_one(w);
}

/* The marked ones among the 64 from 64 * `i` on, less those that are done. */
static inline uint64_t
marked_of(const struct walk *w, size_t i)
{
    const struct efti_tokenizer *t = w->t;
    uint64_t set =
        t->attend.words.items[i] | t->special.words.items[i] | t->perhaps.words.items[i];

    if (w->at / 64 < i)
        return set;
    return w->at / 64 == i ? set >> w->at % 64 << w->at % 64 : 0;
}

/*
 * Segments that must be looked at, in order. Those that are tokens as they are stay in
 * the run that begins at `at`. The gap before a segment is read when it is known that the
 * segment stays: `gap` is the one whose turn that is.
 */
static bool
walk_marked(struct walk *w)
{
    const size_t count = w->t->raw.count, none = SIZE_MAX;
    size_t gap = 0;

    for (size_t i = 0; i * 64 < count; i++) {
        for (uint64_t set = marked_of(w, i); set != 0;) {
            size_t n = i * 64 + (size_t)__builtin_ctzll(set);
            if (n >= count)
                break;
            bool calm = is_calm(w->t, w->text, &w->t->raw.items[n]);
            if (gap < n + calm && !look_before(w, gap))
                return false;
            gap = none;
            if (calm) {
                set &= set - 1;
                if (efti_is_marked(&w->t->attend, n))
                    gap = n + 1;
                continue;
            }
            if (!put_run(w, n) || !put_next(w))
                return false;
            set = marked_of(w, i); /* of a cut one the rest is marked */
            gap = w->at;
        }
    }
    return (gap >= count || look_before(w, gap)) && put_run(w, count);
}

eft_status
efti_rules_apply(struct efti_tokenizer *t, eft_text text, struct efti_segments *out,
                 eft_error *err)
{
    struct walk w = {.t = t, .text = text, .out = out};
    bool done = true;

    t->gaps.count = 0;
    if (!t->plain)
        done = t->raw.count == 0 || walk_marked(&w);
    else
        while (done && w.at < t->raw.count)
            done = put_plainly(&w);
    return done ? EFT_OK : efti_no_memory(err, "a list of tokens");
}
