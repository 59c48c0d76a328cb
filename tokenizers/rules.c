/*
 * rules.c - the project rules: every way in which our tokens differ from ICU's segments
 *
 *  1. Hyphens (U+002D, U+2010, U+2011) between letters or digits join: IT-stöd,
 *     Anna-Karin, 1990-talet, 811218-9876. They are part of the spelling of a word;
 *     U+2013 is not, it stands for "to" between numbers.
 *  2. A number, a colon and an ordinal ending join: 3:e, 1:a. (ICU's Swedish colon joins
 *     letters only.)
 *  3. x.Y splits when two small letters stand before the stop and a capital and a small
 *     letter behind it: slut.Sedan is a missing space. File names and addresses stay.
 *  4. x:Y splits in the same case: Handledare:Anna. ICU's Swedish rules keep the colon,
 *     for EU:s; here it would glue a label to a name and hide the name from the veil.
 *  5. E-mail, handle and URL are one token (addresses.c). Elsewhere the commercial at is
 *     no letter, though ICU takes it for one.
 *  6. Listed abbreviations are one token in every spelling (abbreviations.c).
 *  7. Tags of ours, [PERSON_1], are one token of kind veil, brackets included.
 *  8. Segments with a pictograph or flag are tokens (icu.c). Low lines and narrow spaces
 *     (U+202F) at the edges of a word are no part of it (_Anna_), a narrow space parts
 *     words but not the digits of a number, and segments without any letter, digit or
 *     picture (__) are no tokens.
 *  9. Tokens above 1 KiB are marked long, never cut.
 */
#include "tokenizers/calm.h"
#include "tokenizers/gap_flags.h"
#include "tokenizers/internal.h"

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

#define TOGETHER 4 /* segments that are copied at a time */

/* Segments as they are, up to `until`. Runs are short, and no processor can guess how
 * short: so four are copied at a time, and those that are none are written over later.
 * Behind the last segment there is room for them. */
static bool
put_run(struct walk *w, size_t until)
{
    struct efti_segments *out = w->out;
    size_t run = until - w->at, first = out->tokens.count;

    if (!EFTI_ARRAY_RESERVE(w->t->mem, &out->tokens, first + run + TOGETHER))
        return false;
    struct efti_token *to = out->tokens.items + first;
    const struct efti_token *from = w->t->raw.items + w->at;
    for (size_t i = 0; i < run; i += TOGETHER)
        memcpy(to + i, from + i, TOGETHER * sizeof(*to));
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
            raw->flags = 0; /* those were of the gap before the address */
            while (raw->start < raw->end &&
                   strchr(".:_@'", w->text.bytes[raw->start]) != NULL)
                raw->start++;
            if (raw->end - raw->start <=
                EFTI_LONG_TOKEN) /* else a hostile a@a@a@... is O(n^2) */
                raw->holds = (uint8_t)efti_raw_bits(w->text.bytes, raw->start, raw->end);
            efti_mark(&w->t->attend, w->at);
            efti_mark(&w->t->perhaps, w->at);
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

/* A segment with a picture may begin with a space, when a joiner
 * (U+200D) follows that. */
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

/* The gap behind segment `n`, which stays, if it is short; false: it remains to be
 * read. */
static inline bool
look_behind(struct walk *w, size_t n)
{
    struct efti_tokenizer *t = w->t;
    struct efti_token *token = &t->raw.items[n];
    uint32_t number = (uint32_t)(w->out->tokens.count + (n - w->at));

    if (n + 1 == t->raw.count)
        return false;
    uint32_t size = token[1].start - token->end;
    if (size - 1 >= GAP_LONGEST || w->text.size - token->end <= GAP_LONGEST ||
        t->gaps.count == t->gaps.capacity)
        return false;
    uint32_t answer = recall_gap(t->gap_slots, w->text, token->end, size);
    if (EFTI_UNLIKELY((answer & (GAP_FACE | GAP_UNSURE)) != 0))
        return false;
    token[1].flags |= (uint16_t)(answer >> GAP_FLAGS_SHIFT & 0xFF);
    uint32_t last = t->gaps.count == 0 ? UINT32_MAX : t->gaps.items[t->gaps.count - 1];
    t->gaps.items[t->gaps.count] = number;
    t->gaps.count += ((answer & (GAP_LINE | GAP_MARK)) != 0) & (last != number);
    return true;
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
         (behind_class[(unsigned char)w->text.bytes[raw->end]] &
          (BEHIND_COLON | BEHIND_OTHER)) == 0))
        return put_abbreviation(w);
    return put_one(w);
}

/* The marked ones among the 64 from 64 * `i` on, less those that are done. */
static inline uint64_t
marked_of(const struct walk *w, size_t i)
{
    const struct efti_tokenizer *t = w->t;
    uint64_t set = t->attend.words[i] | t->special.words[i] | t->perhaps.words[i];

    if (w->at / 64 < i)
        return set;
    return w->at / 64 == i ? set >> w->at % 64 << w->at % 64 : 0;
}

static inline bool
is_marked_at_all(const struct efti_tokenizer *t, size_t n)
{
    return efti_is_marked(&t->attend, n) || efti_is_marked(&t->special, n) ||
           efti_is_marked(&t->perhaps, n);
}

/* The gap before segment `n` is read when it is known that the segment stays: at once if
 * no rule looks at it, else `*gap` remembers whose turn that is. */
static inline bool
turn_to(struct walk *w, size_t n, size_t *gap)
{
    *gap = n;
    if (n >= w->t->raw.count || is_marked_at_all(w->t, n))
        return true;
    *gap = SIZE_MAX;
    return look_before(w, n);
}

/*
 * Segments that must be looked at, in order. Those that are tokens as they are stay in
 * the run that begins at `at`. Short gaps behind ordinary segments are read before the
 * next one is looked at; should it not stay, that is done again with the same result.
 */
static bool
walk_marked(struct walk *w)
{
    const size_t count = w->t->raw.count;
    size_t gap;

    if (!turn_to(w, 0, &gap))
        return false;
    for (size_t i = 0; i * 64 < count; i++) {
        for (uint64_t set = marked_of(w, i); set != 0;) {
            size_t n = i * 64 + (size_t)__builtin_ctzll(set);
            if (n >= count)
                break;
            const struct efti_token *raw = &w->t->raw.items[n];
            bool calm = is_calm(w->t, w->text, &w->t->raw.items[n],
                                efti_is_marked(&w->t->perhaps, n)) ||
                        settles(w->t, w->text, n);
            if (EFTI_UNLIKELY(gap < n + calm) && !look_before(w, gap))
                return false;
            gap = SIZE_MAX;
            if (calm) {
                set &= set - 1;
                if ((raw->kind > EFTI_CODE ||
                     (efti_is_marked(&w->t->attend, n) && !look_behind(w, n))) &&
                    !turn_to(w, n + 1, &gap))
                    return false;
                continue;
            }
            if (!put_run(w, n) || !put_next(w) || !turn_to(w, w->at, &gap))
                return false;
            set = marked_of(w, i); /* of a cut one the rest is marked */
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
    if (!EFTI_ARRAY_RESERVE(t->mem, &t->gaps, t->raw.count + 1) ||
        !EFTI_ARRAY_RESERVE(t->mem, &t->raw, t->raw.count + TOGETHER - 1))
        return efti_no_memory(err, "a list of tokens");
    if (!t->plain)
        done = t->raw.count == 0 || walk_marked(&w);
    else
        while (done && w.at < t->raw.count)
            done = put_plainly(&w);
    return done ? EFT_OK : efti_no_memory(err, "a list of tokens");
}
