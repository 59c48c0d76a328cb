/*
 * decide.c - from candidates that overlap to spans that do not
 *
 * Candidates that touch each other's bytes form a cluster. Inside it the strongest is
 * taken whole: rank first (whole text, structured, names), then length, score, place and
 * rule. What is left of the others outside it stays a span of theirs: a name that is
 * partly inside an address must not come out by half.
 * tag_numbers.c gives them their numbers.
 */
#include "veil/find.h"

void
efti_veil_propose_as(struct efti_veil *v, size_t start, size_t end, uint16_t rule,
                     uint32_t evidence, enum efti_category category)
{
    const struct veil_rule *r = efti_veil_rule(rule);

    if (v->no_memory || start >= end || (evidence & r->all) != r->all)
        return;
    if (!EFTI_PUSH(v->mem, &v->found)) {
        v->no_memory = true;
        return;
    }
    v->found.items[v->found.count - 1] = (struct efti_span){
        .start = (uint32_t)start,
        .end = (uint32_t)end,
        .evidence = evidence & VEIL_PUBLIC_EVIDENCE,
        .rule = rule,
        .category = (uint8_t)category,
        .score = efti_veil_score(rule, evidence),
    };
}

void
efti_veil_propose(struct efti_veil *v, size_t start, size_t end, uint16_t rule,
                  uint32_t evidence)
{
    efti_veil_propose_as(v, start, end, rule, evidence,
                         (enum efti_category)efti_veil_rule(rule)->category);
}

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

static int
by_place(const void *a, const void *b, void *user)
{
    const struct efti_span *x = a, *y = b;
    int order = COMPARE(x->start, y->start);

    (void)user;
    if (order == 0)
        order = COMPARE(y->end, x->end);
    return order != 0 ? order : COMPARE(x->rule, y->rule);
}

static int
by_strength(const void *a, const void *b, void *user)
{
    const struct efti_span *x = a, *y = b;
    int order = COMPARE(efti_veil_rule(x->rule)->rank, efti_veil_rule(y->rule)->rank);

    (void)user;
    if (order == 0)
        order = COMPARE(y->end - y->start, x->end - x->start);
    if (order == 0)
        order = COMPARE(y->score, x->score);
    return order != 0 ? order : by_place(a, b, NULL);
}

/* Take blanks and marks off the ends of what is left; false: nothing
 * that says anything. */
static bool
span_trim(const struct efti_veil *v, struct efti_span *s)
{
    while (s->start < s->end && !efti_veil_is_alnum(v->text.bytes[s->start]))
        s->start++;
    while (s->end > s->start && !efti_veil_is_alnum(v->text.bytes[s->end - 1]))
        s->end--;
    return s->start < s->end;
}

static bool
span_accept(struct efti_veil *v, struct efti_veiled *out, size_t at, struct efti_span s)
{
    if (!EFTI_PUSH(v->mem, &out->spans))
        return false;
    memmove(out->spans.items + at + 1, out->spans.items + at,
            (out->spans.count - 1 - at) * sizeof(s));
    out->spans.items[at] = s;
    return true;
}

/* The -s that a stronger candidate left behind at the end of a name. */
static bool
is_genitive(const struct efti_veil *v, const struct efti_span *s)
{
    char c = v->text.bytes[s->start];

    return s->end - s->start == 1 && (c == 's' || c == 'S');
}

/* The first accepted span from `base` on that ends behind `place`: they are apart and in
 * order, and a cluster may be as long as the text. */
static size_t
first_behind(const struct efti_veiled *out, size_t base, size_t place)
{
    size_t high = out->spans.count;

    while (base < high) {
        size_t middle = base + (high - base) / 2;

        if (out->spans.items[middle].end <= place)
            base = middle + 1;
        else
            high = middle;
    }
    return base;
}

/* Add the parts of `s` that no accepted span of the cluster (from `base` on) has. */
static bool
accept_rest(struct efti_veil *v, struct efti_veiled *out, size_t base, struct efti_span s)
{
    size_t at = first_behind(out, base, s.start);
    bool whole = true;

    while (s.start < s.end) {
        struct efti_span piece = s;

        while (at < out->spans.count && out->spans.items[at].end <= s.start)
            at++;
        if (at < out->spans.count && out->spans.items[at].start < s.end) {
            whole = false;
            piece.end = out->spans.items[at].start;
            s.start = out->spans.items[at].end;
        } else {
            s.start = s.end;
        }
        if (piece.start >= piece.end || (!whole && !span_trim(v, &piece)) ||
            (!whole && is_genitive(v, &piece)))
            continue;
        if (!span_accept(v, out, at, piece))
            return false;
        at++;
    }
    return true;
}

/* A chain of candidates of which each overlaps the next (i Väst i Väst i Väst ...) is one
 * cluster, however long, and the way above looks at all of it for each of them. No text
 * that somebody wrote has so many; those above this are taken by bytes. */
#define LONGEST_CLUSTER 64

/* The first free byte from `at` on; `next` leads from a taken byte towards it. */
static uint32_t
free_from(uint32_t *next, uint32_t at)
{
    uint32_t end = at;

    while (next[end] != end)
        end = next[end];
    while (next[at] != end) { /* the next walk is short */
        uint32_t step = next[at];
        next[at] = end;
        at = step;
    }
    return end;
}

/* The same as accept_rest(), but what is taken is noted by byte, `from` first, and the
 * spans are put in order afterwards. */
static bool
accept_free(struct efti_veil *v, struct efti_veiled *out, uint32_t *next, uint32_t from,
            const struct efti_span *s)
{
    uint32_t at = free_from(next, s->start - from) + from;

    while (at < s->end) {
        struct efti_span piece = *s;

        piece.start = at;
        while (at < s->end && next[at - from] == at - from)
            at++;
        piece.end = at;
        bool whole = piece.start == s->start && piece.end == s->end;
        if (whole || (span_trim(v, &piece) && !is_genitive(v, &piece))) {
            if (!EFTI_PUSH(v->mem, &out->spans))
                return false;
            out->spans.items[out->spans.count - 1] = piece;
            for (uint32_t b = piece.start; b < piece.end; b++)
                next[b - from] = b - from + 1;
        }
        at = at < s->end ? free_from(next, at - from) + from : at;
    }
    return true;
}

/* A long cluster: the strongest first, as ever; the work follows its bytes. */
static bool
resolve_long(struct efti_veil *v, struct efti_veiled *out, const struct efti_span *found,
             size_t count, uint32_t from, uint32_t end)
{
    size_t base = out->spans.count;

    efti_arena_reset(&v->arena);
    uint32_t *next = efti_arena_alloc(&v->arena, ((size_t)end - from + 1) * sizeof(*next),
                                      alignof(uint32_t));
    if (next == NULL)
        return false;
    for (uint32_t b = 0; b <= end - from; b++)
        next[b] = b;
    for (size_t k = 0; k < count; k++)
        if (!accept_free(v, out, next, from, &found[k]))
            return false;
    efti_sort(out->spans.items + base, out->spans.count - base, sizeof(*found), by_place,
              NULL);
    return true;
}

/* Nearly in the order of the text they were found; often quite so. */
static bool
in_order(const struct efti_span *spans, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (spans[i].start <= spans[i - 1].start)
            return false;
    return true;
}

static bool
span_resolve(struct efti_veil *v, struct efti_veiled *out)
{
    struct efti_span *found = v->found.items;
    size_t i = 0;

    if (!in_order(found, v->found.count))
        efti_sort(found, v->found.count, sizeof(*found), by_place, NULL);
    while (i < v->found.count) {
        size_t first = i, base = out->spans.count;
        uint32_t start = found[i].start, end = found[i].end;

        for (i++; i < v->found.count && found[i].start < end; i++)
            if (found[i].end > end)
                end = found[i].end;
        if (i - first > 1)
            efti_sort(found + first, i - first, sizeof(*found), by_strength, NULL);
        if (i - first > LONGEST_CLUSTER) {
            if (!resolve_long(v, out, found + first, i - first, start, end))
                return false;
            continue;
        }
        for (size_t k = first; k < i; k++)
            if (!accept_rest(v, out, base, found[k]))
                return false;
    }
    return true;
}

/* --------------------------------------------------------------- veiled tokens */

/* Without spans the tokens are those of the input. A sentence begins where the one before
 * it has begun or later, and ends where the next one begins. */
static void
same_tokens(const struct efti_segments *in, struct efti_segments *out)
{
    uint32_t count = (uint32_t)in->tokens.count, first = 0;

    if (count > 0)
        memcpy(out->tokens.items, in->tokens.items, count * sizeof(*in->tokens.items));
    out->tokens.count = count;
    for (size_t i = 0; i < in->sentences.count; i++) {
        struct efti_sentence s = in->sentences.items[i];

        if (s.first_token > first)
            first = s.first_token < count ? s.first_token : count;
        s.first_token = first;
        s.end_token = count;
        if (i > 0)
            out->sentences.items[i - 1].end_token = first;
        out->sentences.items[i] = s;
    }
    out->sentences.count = in->sentences.count;
}

/* The last of the tokens from `i` on that the spans from `*span` on hold together. */
static size_t
end_of_veiled(const struct efti_veil *v, const struct efti_veiled *out, size_t span,
              size_t i)
{
    const struct efti_segments *in = v->segments;
    uint32_t reach = out->spans.items[span].end;
    size_t next = i + 1;

    for (; next < in->tokens.count; next++) {
        while (span + 1 < out->spans.count &&
               out->spans.items[span + 1].start < in->tokens.items[next - 1].end)
            reach = out->spans.items[++span].end;
        if (in->tokens.items[next].start >= reach)
            break;
    }
    return next;
}

/* The sentences that begin before token `end`, of which those from `i` on are behind
 * `count` others now. `*sentence`: the next one; each ends where the next begins. */
static void
begin_sentences(const struct efti_segments *in, struct efti_segments *out,
                size_t *sentence, size_t i, size_t end, size_t count)
{
    for (; *sentence < in->sentences.count &&
           in->sentences.items[*sentence].first_token < end;
         ++*sentence) {
        struct efti_sentence s = in->sentences.items[*sentence];

        s.first_token = (uint32_t)(s.first_token > i ? count + s.first_token - i : count);
        if (*sentence > 0)
            out->sentences.items[*sentence - 1].end_token = s.first_token;
        out->sentences.items[*sentence] = s;
    }
}

/* The tokens touched by a span become one of kind EFTI_VEIL; a token touched by two spans
 * joins them. It belongs to the sentence in which it begins. */
static void
fewer_tokens(const struct efti_veil *v, struct efti_veiled *out)
{
    const struct efti_segments *in = v->segments;
    const struct efti_token *from = in->tokens.items;
    struct efti_token *to = out->tokens.tokens.items;
    size_t span = 0, sentence = 0, count = 0;

    for (size_t i = 0; i < in->tokens.count;) {
        while (span < out->spans.count && out->spans.items[span].end <= from[i].start)
            span++;
        size_t clear = span < out->spans.count
                           ? efti_veil_token_at(v, out->spans.items[span].start)
                           : in->tokens.count;
        begin_sentences(in, &out->tokens, &sentence, i, clear > i ? clear : i + 1, count);
        if (clear > i) {
            memcpy(to + count, from + i, (clear - i) * sizeof(*to));
            count += clear - i;
            i = clear;
            continue;
        }
        struct efti_token t = from[i];

        if (out->spans.items[span].category == EFTI_PERSON)
            t.flags |= EFTI_TOKEN_PERSON;
        i = end_of_veiled(v, out, span, i);
        t.end = from[i - 1].end;
        t.kind = EFTI_VEIL;
        t.form = UINT32_MAX;
        to[count++] = t;
    }
    begin_sentences(in, &out->tokens, &sentence, in->tokens.count, SIZE_MAX, count);
    if (sentence > 0)
        out->tokens.sentences.items[sentence - 1].end_token = (uint32_t)count;
    out->tokens.tokens.count = count;
    out->tokens.sentences.count = sentence;
}

static bool
veil_tokens(struct efti_veil *v, struct efti_veiled *out)
{
    const struct efti_segments *in = v->segments;

    if (!EFTI_ARRAY_RESERVE(v->mem, &out->tokens.tokens, in->tokens.count) ||
        !EFTI_ARRAY_RESERVE(v->mem, &out->tokens.sentences, in->sentences.count))
        return false;
    if (out->spans.count == 0)
        same_tokens(in, &out->tokens);
    else
        fewer_tokens(v, out);
    return true;
}

eft_status
efti_veil_decide(struct efti_veil *v, struct efti_veiled *out, eft_error *err)
{
    bool settled = span_resolve(v, out);

    if (settled)
        efti_veil_join_own(v, out);
    if (!settled || !efti_veil_leave(v, out))
        return efti_no_memory(err, "the spans of a text");
    for (size_t i = 0; i < out->spans.count; i++)
        out->categories |= 1u << out->spans.items[i].category;
    if (out->spans.count > 0 && !v->unnumbered) {
        eft_status st = efti_veil_number_spans(v, out, err);

        if (st != EFT_OK)
            return st;
    }
    if (!veil_tokens(v, out))
        return efti_no_memory(err, "the tokens of a text");
    out->withheld = v->foreign_all;
    return EFT_OK;
}
