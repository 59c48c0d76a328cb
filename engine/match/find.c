/*
 * find.c - from veiled tokens to hits
 *
 * One pass over the tokens of each sentence, which reads form->match of each. A token
 * that is no single and no anchor of a phrase costs that and one test. What is there is
 * noted raw: its singles, and the phrases around it (phrases.c). Then, only in sentences
 * that have any:
 *
 *   - overlaps are settled within each theme: the longest stays, then the earlier, then
 *     the pattern that comes first in the lexicon. Two themes may share words;
 *   - the sentence is made ready for polarity, and each hit is asked (polarity.c).
 *
 * Longest first means that an overlap touches one of the two ends of the shorter span, so
 * two looks at stamps on tokens settle it, and a text made to hurt costs n log n. Most
 * sentences have a handful of hits; there each is held against those before it.
 */
#include "match/compiled.h"

/* Up to so many hits are settled in pairs. */
#define HITS_FEW 12

eft_status
efti_match_worker_new(const eft_allocator *mem, const struct efti_matcher *m,
                      struct efti_forms *forms, struct efti_match_worker **out,
                      eft_error *err)
{
    *out = NULL;
    struct efti_match_worker *w = efti_zalloc(mem, 1, sizeof(*w));
    if (w == NULL)
        return efti_no_memory(err, "a worker that matches");
    w->mem = mem;
    w->matcher = m;
    w->forms = forms;
    efti_bytes_init(&w->phrase, mem);
    eft_status st = efti_strings_new(mem, &w->set_keys, err);
    if (st == EFT_OK && (!EFTI_PUSH(mem, &w->sets) || !EFTI_PUSH(mem, &w->gists) ||
                         !EFTI_PUSH(mem, &w->wants)))
        st = efti_no_memory(err, "a worker that matches");
    if (st == EFT_OK) {
        w->sets.items[0] = (struct efti_set){0}; /* nothing */
        w->gists.items[0] = (struct efti_gist){0};
        w->wants.items[0] = (struct efti_want){0};
        st = efti_forms_register(forms, efti_match_analyse, w, err);
    }
    if (st == EFT_OK)
        st = efti_forms_register(forms, efti_closed_analyse, w, err);
    if (st != EFT_OK) {
        efti_match_worker_free(w);
        return st;
    }
    *out = w;
    return EFT_OK;
}

void
efti_match_worker_free(struct efti_match_worker *w)
{
    if (w == NULL)
        return;
    efti_strings_free(w->set_keys);
    efti_bytes_free(&w->phrase);
    EFTI_ARRAY_FREE(w->mem, &w->sets);
    EFTI_ARRAY_FREE(w->mem, &w->gists);
    EFTI_ARRAY_FREE(w->mem, &w->wants);
    EFTI_ARRAY_FREE(w->mem, &w->set_atoms);
    EFTI_ARRAY_FREE(w->mem, &w->set_singles);
    EFTI_ARRAY_FREE(w->mem, &w->set_anchors);
    EFTI_ARRAY_FREE(w->mem, &w->found);
    EFTI_ARRAY_FREE(w->mem, &w->picked);
    EFTI_ARRAY_FREE(w->mem, &w->raw);
    EFTI_ARRAY_FREE(w->mem, &w->marks);
    EFTI_ARRAY_FREE(w->mem, &w->near);
    EFTI_ARRAY_FREE(w->mem, &w->stamps);
    EFTI_ARRAY_FREE(w->mem, &w->clause);
    efti_release(w->mem, w, sizeof(*w));
}

static bool
hits_singles(struct efti_match_worker *w, const struct efti_stretch *s, uint32_t at)
{
    struct efti_range singles = w->sets.items[EFTI_MATCH_SET(s->marks[at])].singles;
    const struct efti_token *token = &s->tokens[at];

    for (uint32_t i = singles.first; i < singles.first + singles.count; i++) {
        struct efti_single single = w->set_singles.items[i];
        if (!EFTI_PUSH(w->mem, &w->raw))
            return false;
        w->raw.items[w->raw.count - 1] = (struct efti_raw_hit){single.theme,
                                                               single.pattern,
                                                               s->first + at,
                                                               s->first + at + 1,
                                                               token->end - token->start,
                                                               single.opposite};
    }
    return true;
}

/* What form->match says of each token side by side; `all`: what any of them says. */
static bool
hits_mark(struct efti_match_worker *w, const struct efti_token *tokens, uint32_t count,
          uint32_t *all)
{
    uint32_t says = 0;

    if (EFTI_UNLIKELY(w->marks.capacity < count) &&
        !EFTI_ARRAY_RESERVE(w->mem, &w->marks, count))
        return false;
    uint32_t *marks = w->marks.items;
    for (uint32_t t = 0; t < count; t++) {
        uint32_t match = EFTI_UNLIKELY(tokens[t].kind == EFTI_VEIL)
                             ? EFTI_MATCH_VEIL
                             : efti_forms_get(w->forms, tokens[t].form)->match;
        marks[t] = match;
        says |= match;
    }
    *all = says;
    return true;
}

/* The bits of the tokens side by side, for phrases. `all`: of any of them. */
static bool
hits_bits(struct efti_match_worker *w, uint32_t count, struct efti_bits *all)
{
    struct efti_bits any = {0, 0};
    size_t need = (size_t)count + (size_t)2 * EFTI_NEAR_MARGIN;

    if (EFTI_UNLIKELY(w->near.capacity < need) &&
        !EFTI_ARRAY_RESERVE(w->mem, &w->near, need))
        return false;
    const struct efti_gist *gists = w->gists.items;
    const uint32_t *marks = w->marks.items;
    struct efti_bits *bits = w->near.items + EFTI_NEAR_MARGIN;
    for (uint32_t i = 0; i < count; i++) {
        bits[i] = gists[EFTI_MATCH_SET(marks[i])].bits;
        efti_bits_join(&any, bits[i]);
    }
    *all = any;
    for (uint32_t i = 0; i < EFTI_NEAR_MARGIN; i++)
        w->near.items[i] = bits[count + i] = (struct efti_bits){0, 0};
    return true;
}

/* May any phrase of this anchor be there? Three in four are turned away here. */
static inline bool
hits_wanted(const struct efti_want *want, const struct efti_bits *anchor)
{
    struct efti_bits left = *(anchor - 1), right = anchor[1];

    for (uint32_t n = 2; n <= want->gap + 1; n++) {
        efti_bits_join(&left, *(anchor - n));
        efti_bits_join(&right, anchor[n]);
    }
    return efti_bits_meet(want->left, left) || efti_bits_meet(want->right, right);
}

static bool
hits_in_stretch(struct efti_match_worker *w, const struct efti_stretch *s)
{
    for (uint32_t t = 0; t < s->count; t++) {
        uint32_t mark = s->marks[t];
        if ((mark & EFTI_MATCH_STARTS) == 0)
            continue;
        if ((mark & EFTI_MATCH_SINGLE) != 0 && !hits_singles(w, s, t))
            return false;
        if ((mark & EFTI_MATCH_ANCHOR) != 0 &&
            hits_wanted(&w->wants.items[EFTI_MATCH_SET(mark)], s->bits + t) &&
            !efti_phrases_at(w, s, t))
            return false;
    }
    return true;
}

/* The sentence in stretches between tokens of the veil. */
static bool
hits_collect(struct efti_match_worker *w, const struct efti_token *tokens, uint32_t first,
             uint32_t count, uint32_t all)
{
    const uint32_t *marks = w->marks.items;

    struct efti_bits any;
    if (!hits_bits(w, count, &any))
        return false;
    const struct efti_bits *bits = w->near.items + EFTI_NEAR_MARGIN;
    for (uint32_t from = 0; from < count;) {
        uint32_t to = count;
        if ((all & EFTI_MATCH_VEIL) != 0) {
            for (to = from; to < count && marks[to] != EFTI_MATCH_VEIL;)
                to++;
        }
        struct efti_stretch s = {tokens + from, marks + from, bits + from,
                                 any,           first + from, to - from};
        if (!hits_in_stretch(w, &s))
            return false;
        from = to + 1;
    }
    return true;
}

static int
by_theme_longest(const void *a, const void *b, void *user)
{
    const struct efti_raw_hit *x = a, *y = b;

    (void)user;
    if (x->theme != y->theme)
        return x->theme < y->theme ? -1 : 1;
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

static int
by_place_theme(const void *a, const void *b, void *user)
{
    const struct efti_raw_hit *x = a, *y = b;

    (void)user;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return (x->theme > y->theme) - (x->theme < y->theme); /* no two alike are left */
}

static void
hits_sort(struct efti_raw_hit *hits, size_t count,
          int (*compare)(const void *, const void *, void *))
{
    if (count > HITS_FEW) {
        efti_sort(hits, count, sizeof(*hits), compare, NULL);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        struct efti_raw_hit hit = hits[i];
        size_t at = i;
        for (; at > 0 && compare(&hits[at - 1], &hit, NULL) > 0; at--)
            hits[at] = hits[at - 1];
        hits[at] = hit;
    }
}

static void
hits_settle_few(struct efti_match_worker *w)
{
    struct efti_raw_hit *hits = w->raw.items;
    size_t kept = 0;

    hits_sort(hits, w->raw.count, by_theme_longest);
    for (size_t i = 0; i < w->raw.count; i++) {
        bool apart = true;
        for (size_t k = kept; k-- > 0 && hits[k].theme == hits[i].theme && apart;)
            apart = hits[k].end <= hits[i].first || hits[i].end <= hits[k].first;
        if (apart)
            hits[kept++] = hits[i];
    }
    w->raw.count = kept;
    hits_sort(hits, kept, by_place_theme);
}

/* Keep the longest of overlapping hits of one theme. `first`: token of the sentence. */
static eft_status
hits_settle(struct efti_match_worker *w, uint32_t first, uint32_t count, eft_error *err)
{
    size_t kept = 0;

    if (w->raw.count <= HITS_FEW) {
        hits_settle_few(w);
        return EFT_OK;
    }
    if (!EFTI_ARRAY_RESERVE(w->mem, &w->stamps, count))
        return efti_no_memory(err, "the hits of a sentence");
    memset(w->stamps.items, 0, count * sizeof(*w->stamps.items));
    efti_sort(w->raw.items, w->raw.count, sizeof(*w->raw.items), by_theme_longest, NULL);
    for (size_t i = 0; i < w->raw.count; i++) {
        struct efti_raw_hit hit = w->raw.items[i];
        uint32_t *stamps = w->stamps.items, stamp = hit.theme + 1;
        if (stamps[hit.first - first] == stamp || stamps[hit.end - 1 - first] == stamp)
            continue;
        for (uint32_t t = hit.first; t < hit.end; t++)
            stamps[t - first] = stamp;
        w->raw.items[kept++] = hit;
    }
    w->raw.count = kept;
    efti_sort(w->raw.items, kept, sizeof(*w->raw.items), by_place_theme, NULL);
    return EFT_OK;
}

static eft_status
hits_put(struct efti_match_worker *w, eft_text text, const struct efti_segments *tokens,
         uint32_t sentence, struct efti_hits *out, eft_error *err)
{
    struct efti_polarity_view view;
    eft_status st = efti_polarity_open(w, text, tokens, sentence, &view, err);

    for (size_t i = 0; i < w->raw.count && st == EFT_OK; i++) {
        const struct efti_raw_hit *raw = &w->raw.items[i];
        if (!EFTI_PUSH(w->mem, &out->hits))
            return efti_no_memory(err, "the hits");
        out->hits.items[out->hits.count - 1] = (struct efti_hit){
            .start = tokens->tokens.items[raw->first].start,
            .end = tokens->tokens.items[raw->end - 1].end,
            .first_token = raw->first,
            .end_token = raw->end,
            .sentence = sentence,
            .theme = raw->theme,
            .pattern = raw->pattern,
            .polarity = (uint8_t)efti_polarity_of(&view, raw),
        };
    }
    return st;
}

static eft_status
hits_in_sentence(struct efti_match_worker *w, eft_text text,
                 const struct efti_segments *tokens, uint32_t sentence,
                 struct efti_hits *out, eft_error *err)
{
    const struct efti_sentence *s = &tokens->sentences.items[sentence];
    const struct efti_token *first = tokens->tokens.items + s->first_token;
    uint32_t count = s->end_token - s->first_token, all;

    w->raw.count = 0;
    if (!hits_mark(w, first, count, &all))
        return efti_no_memory(err, "a sentence");
    if ((all & EFTI_MATCH_STARTS) != 0 &&
        !hits_collect(w, first, s->first_token, count, all))
        return efti_no_memory(err, "the hits of a sentence");
    if (w->raw.count == 0)
        return EFT_OK;
    eft_status st = hits_settle(w, s->first_token, count, err);
    return st == EFT_OK ? hits_put(w, text, tokens, sentence, out, err) : st;
}

eft_status
efti_match_find(struct efti_match_worker *w, eft_text text,
                const struct efti_segments *tokens, struct efti_hits *out, eft_error *err)
{
    out->hits.count = 0;
    for (uint32_t i = 0; i < tokens->sentences.count; i++) {
        eft_status st = hits_in_sentence(w, text, tokens, i, out, err);
        if (st != EFT_OK) {
            out->hits.count = 0;
            return st;
        }
    }
    return EFT_OK;
}
