/*
 * find.c - from veiled tokens to hits
 *
 * One pass over the tokens of each sentence. A token whose form can start nothing costs
 * the reading of its record and one test. What starts there is noted raw: its singles,
 * and the phrases that the forest finds. Then, only in sentences that have any:
 *
 *   - overlaps are settled within each theme: the longest stays, then the earlier, then
 *     the pattern that comes first in the lexicon. Two themes may share words;
 *   - the sentence is made ready for polarity, and each hit is asked (polarity.c).
 *
 * Longest first means that an overlap touches one of the two ends of the shorter span, so
 * two looks at stamps on tokens settle it, and a text made to hurt costs n log n.
 */
#include "match/compiled.h"

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
    if (st == EFT_OK && !EFTI_PUSH(mem, &w->sets))
        st = efti_no_memory(err, "a worker that matches");
    if (st == EFT_OK) {
        w->sets.items[0] = (struct efti_set){0}; /* nothing */
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
    EFTI_ARRAY_FREE(w->mem, &w->set_atoms);
    EFTI_ARRAY_FREE(w->mem, &w->set_singles);
    EFTI_ARRAY_FREE(w->mem, &w->set_roots);
    EFTI_ARRAY_FREE(w->mem, &w->found);
    EFTI_ARRAY_FREE(w->mem, &w->picked);
    EFTI_ARRAY_FREE(w->mem, &w->raw);
    EFTI_ARRAY_FREE(w->mem, &w->marks);
    EFTI_ARRAY_FREE(w->mem, &w->stamps);
    EFTI_ARRAY_FREE(w->mem, &w->steps);
    EFTI_ARRAY_FREE(w->mem, &w->clause);
    efti_release(w->mem, w, sizeof(*w));
}

static bool
hits_at(struct efti_match_worker *w, const struct efti_token *tokens, uint32_t first,
        uint32_t at, uint32_t end)
{
    const struct efti_set *set = &w->sets.items[w->marks.items[at - first].set];

    for (uint32_t i = 0; i < set->singles.count; i++) {
        struct efti_single s = w->set_singles.items[set->singles.first + i];
        if (!EFTI_PUSH(w->mem, &w->raw))
            return false;
        w->raw.items[w->raw.count - 1] = (struct efti_raw_hit){
            s.theme,   s.pattern, at, at + 1, tokens[at].end - tokens[at].start,
            s.opposite};
    }
    return set->roots.count == 0 || efti_phrases_from(w, tokens, first, at, end);
}

/* The sets of a sentence's tokens side by side; `*starts` tells whether to look further.
 */
static bool
hits_mark(struct efti_match_worker *w, const struct efti_token *tokens, uint32_t first,
          uint32_t end, bool *starts)
{
    *starts = false;
    if (!EFTI_ARRAY_RESERVE(w->mem, &w->marks, end - first))
        return false;
    for (uint32_t t = first; t < end; t++) {
        uint32_t match = efti_token_match(w, &tokens[t]), set = EFTI_MATCH_SET(match);
        bool start = (match & EFTI_MATCH_STARTS) != 0;
        w->marks.items[t - first] =
            (struct efti_mark){set, start, w->sets.items[set].mask};
        *starts |= start;
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

/* Keep the longest of overlapping hits of one theme. `first`: token of the sentence. */
static eft_status
hits_settle(struct efti_match_worker *w, uint32_t first, uint32_t count, eft_error *err)
{
    size_t kept = 0;

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
    const struct efti_token *all = tokens->tokens.items;
    bool starts;

    w->raw.count = 0;
    if (!hits_mark(w, all, s->first_token, s->end_token, &starts))
        return efti_no_memory(err, "a sentence");
    for (uint32_t t = s->first_token; t < s->end_token && starts; t++) {
        if (w->marks.items[t - s->first_token].starts &&
            !hits_at(w, all, s->first_token, t, s->end_token))
            return efti_no_memory(err, "the hits of a sentence");
    }
    if (w->raw.count == 0)
        return EFT_OK;
    eft_status st = hits_settle(w, s->first_token, s->end_token - s->first_token, err);
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
