/*
 * find.c - from veiled tokens to hits
 *
 * The sentences of a text are gone over first, each for its raw hits (collect.c).
 *
 * Then, only in sentences that have any hits:
 *
 *   - exceptions take back what they touch, and entries that ask for a polarity are
 *     asked;
 *   - overlaps are settled within each theme: a hit of full weight stays before a lighter
 *     one, then the longest, then the earlier, then the pattern that comes first in the
 *     lexicon. Two themes may share words;
 *   - the sentence is made ready for polarity, and each hit is asked (polarity.c).
 *
 * Longest first means that an overlap touches one of the two ends of the shorter span, so
 * two looks at stamps on tokens settle it (and one at each token of a light hit, which
 * are few), and a text made to hurt costs n log n. Most sentences have a handful of hits;
 * there each is held against those before it.
 */
#include "match/compiled.h"

/* Up to so many hits are settled in pairs. */
#define HITS_FEW 12

/* What is watched for: where the atom stands in phrases, and its bit. */
static bool
worker_watch(struct efti_match_worker *w)
{
    const struct efti_matcher *m = w->matcher;

    const size_t nears = m->near_end / 64 + 1;

    if (!EFTI_ARRAY_RESERVE(w->mem, &w->watch, m->watch_count) ||
        !EFTI_ARRAY_RESERVE(w->mem, &w->nears, nears))
        return false;
    w->nears.count = nears;
    w->watch.count = m->watch_count;
    memset(w->watch.items, 0, w->watch.count * sizeof(*w->watch.items));
    for (size_t i = 0; i < m->atoms.count; i++) {
        const struct efti_atom *atom = &m->atoms.items[i];
        const uint32_t bit = atom->watch % EFTI_SIGHT_BITS;
        w->watch.items[atom->watch] = (struct efti_watch){.phrase = atom->phrase,
                                                          .word = (uint8_t)(1 + bit / 64),
                                                          .shift = (uint8_t)(bit % 64)};
    }
    return true;
}

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
    w->stemmer = efti_forms_stemmer(forms);
    efti_bytes_init(&w->phrase, mem);
    efti_bytes_init(&w->term, mem);
    eft_status st = efti_strings_new(mem, &w->set_keys, err);
    if (st == EFT_OK && (!worker_watch(w) || !efti_match_first_set(w)))
        st = efti_no_memory(err, "a worker that matches");
    if (st == EFT_OK)
        st = efti_forms_register(forms, efti_match_analyse, w, err);
    if (st == EFT_OK)
        st = efti_forms_register(forms, efti_closed_analyse, w, err);
    if (st == EFT_OK && (!efti_match_know(w) || !efti_match_person(w)))
        st = efti_no_memory(err, "a worker that matches");
    if (st != EFT_OK) {
        efti_match_worker_free(w);
        return st;
    }
    *out = w;
    return EFT_OK;
}

static void
sets_free(struct efti_match_worker *w)
{
    efti_strings_free(w->set_keys);
    EFTI_ARRAY_FREE(w->mem, &w->key_sets);
    EFTI_ARRAY_FREE(w->mem, &w->known_sets);
    efti_match_free_sets(w);
    EFTI_ARRAY_FREE(w->mem, &w->says);
    EFTI_ARRAY_FREE(w->mem, &w->wides);
    EFTI_ARRAY_FREE(w->mem, &w->set_atoms);
    EFTI_ARRAY_FREE(w->mem, &w->set_maps);
    EFTI_ARRAY_FREE(w->mem, &w->set_singles);
    EFTI_ARRAY_FREE(w->mem, &w->set_anchors);
    EFTI_ARRAY_FREE(w->mem, &w->set_nears);
    EFTI_ARRAY_FREE(w->mem, &w->near_ends);
    EFTI_ARRAY_FREE(w->mem, &w->nears);
}

void
efti_match_worker_free(struct efti_match_worker *w)
{
    if (w == NULL)
        return;
    sets_free(w);
    efti_bytes_free(&w->phrase);
    EFTI_ARRAY_FREE(w->mem, &w->watch);
    EFTI_ARRAY_FREE(w->mem, &w->seen);
    EFTI_ARRAY_FREE(w->mem, &w->starts);
    EFTI_ARRAY_FREE(w->mem, &w->singles);
    EFTI_ARRAY_FREE(w->mem, &w->anchors);
    EFTI_ARRAY_FREE(w->mem, &w->found);
    EFTI_ARRAY_FREE(w->mem, &w->watched);
    EFTI_ARRAY_FREE(w->mem, &w->picked);
    EFTI_ARRAY_FREE(w->mem, &w->raw);
    EFTI_ARRAY_FREE(w->mem, &w->marks);
    EFTI_ARRAY_FREE(w->mem, &w->found_raw);
    EFTI_ARRAY_FREE(w->mem, &w->weights);
    EFTI_ARRAY_FREE(w->mem, &w->weighed);
    efti_bytes_free(&w->term);
    EFTI_ARRAY_FREE(w->mem, &w->stamps);
    EFTI_ARRAY_FREE(w->mem, &w->clause);
    efti_release(w->mem, w, sizeof(*w));
}

/* ------------------------------------------------------------------------- marks */

/* A name that was taken out stands where a pronoun could; also a tag in the input. */
static uint32_t
mark_of_veiled(const struct efti_match_worker *w, eft_text text,
               const struct efti_token *t)
{
    static const char tag[] = "[PERSON_";
    bool tagged = t->end - t->start >= sizeof(tag) &&
                  memcmp(text.bytes + t->start, tag, sizeof(tag) - 1) == 0;

    return tagged || (t->flags & EFTI_TOKEN_PERSON) != 0 ? w->person : EFTI_MATCH_VEIL;
}

/* form->match of every token side by side. */
static bool
hits_mark(struct efti_match_worker *w, eft_text text, const struct efti_segments *tokens)
{
    const struct efti_token *token = tokens->tokens.items;
    size_t count = tokens->tokens.count;
    uint32_t all = 0;

    if (!EFTI_ARRAY_RESERVE(w->mem, &w->marks, count + 1))
        return false;
    const struct efti_forms_head table = efti_forms_head_of(w->forms);
    const struct efti_set *sets = w->sets;
    uint32_t *marks = w->marks.items;
    for (size_t t = 0; t < count; t++) {
        uint32_t mark = EFTI_UNLIKELY(token[t].kind == EFTI_VEIL)
                            ? mark_of_veiled(w, text, &token[t])
                            : efti_forms_in(&table, token[t].form)->match;
        EFTI_PREFETCH(&sets[EFTI_MATCH_SET(mark)]);
        marks[t] = mark;
        all |= mark;
    }
    w->veiled = (all & EFTI_MATCH_VEIL) != 0;
    return true;
}

/* ---------------------------------------------------------------------- overlaps */

static int
by_theme_longest(const void *a, const void *b, void *user)
{
    const struct efti_raw_hit *x = a, *y = b;

    (void)user;
    if (x->theme != y->theme)
        return x->theme < y->theme ? -1 : 1;
    if (x->light != y->light)
        return x->light ? 1 : -1;
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

/* Is no token of the hit stamped? Of hits as heavy or heavier that are longer, looking at
 * its ends tells; a light one may have a whole one in its middle. */
static bool
is_unstamped(const uint32_t *stamps, const struct efti_raw_hit *hit, uint32_t first)
{
    uint32_t stamp = hit->theme + 1, low = hit->first - first, end = hit->end - first;

    if (stamps[low] == stamp || stamps[end - 1] == stamp)
        return false;
    for (uint32_t t = low + 1; hit->light && t < end; t++) {
        if (stamps[t] == stamp)
            return false;
    }
    return true;
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
        uint32_t *stamps = w->stamps.items;
        if (!is_unstamped(stamps, &hit, first))
            continue;
        for (uint32_t t = hit.first; t < hit.end; t++)
            stamps[t - first] = hit.theme + 1;
        w->raw.items[kept++] = hit;
    }
    w->raw.count = kept;
    efti_sort(w->raw.items, kept, sizeof(*w->raw.items), by_place_theme, NULL);
    return EFT_OK;
}

static eft_status
hits_put(struct efti_match_worker *w, const struct efti_polarity_view *view,
         uint32_t sentence, struct efti_hits *out, eft_error *err)
{
    for (size_t i = 0; i < w->raw.count; i++) {
        const struct efti_raw_hit *raw = &w->raw.items[i];
        if (!EFTI_PUSH(w->mem, &out->hits))
            return efti_no_memory(err, "the hits");
        out->hits.items[out->hits.count - 1] = (struct efti_hit){
            .start = view->tokens[raw->first].start,
            .end = view->tokens[raw->end - 1].end,
            .first_token = raw->first,
            .end_token = raw->end,
            .sentence = sentence,
            .theme = raw->theme,
            .pattern = raw->pattern,
            .polarity = (uint8_t)efti_match_polarity(view, raw),
        };
    }
    return EFT_OK;
}

/* From raw hits of a sentence to hits: exceptions first, as they may take back what was
 * longest; then what asks for a polarity; then overlaps. */
static eft_status
hits_of_sentence(struct efti_match_worker *w, eft_text text, uint32_t sentence,
                 struct efti_hits *out, eft_error *err)
{
    const struct efti_sentence *s = &w->segments->sentences.items[sentence];
    struct efti_polarity_view view;

    if ((w->raw_rules & EFTI_RAW_EXCEPTS) != 0)
        efti_match_except(w);
    if (w->raw.count == 0)
        return EFT_OK;
    eft_status st = efti_polarity_open(w, text, w->segments, sentence, &view, err);
    if (st != EFT_OK)
        return st;
    if ((w->raw_rules & EFTI_RAW_POLARITY) != 0)
        efti_match_polarities(&view);
    st = hits_settle(w, s->first_token, s->end_token - s->first_token, err);
    return st == EFT_OK ? hits_put(w, &view, sentence, out, err) : st;
}

/* Raw hits of all sentences, into w->found_raw. */
static bool
hits_of_text(struct efti_match_worker *w)
{
    const struct efti_sentence *sentences = w->segments->sentences.items;
    const size_t count = w->segments->sentences.count;

    w->found_raw.count = 0;
    w->raw_rules = 0;
    for (w->sentence_number = 0; w->sentence_number < count; w->sentence_number++) {
        if (!efti_match_collect(w, &sentences[w->sentence_number]))
            return false;
    }
    return true;
}

/* The raw hits of the next sentence, from `from` on, into w->raw; where they end. */
static bool
hits_next_sentence(struct efti_match_worker *w, size_t from, size_t *end)
{
    const struct efti_raw_hit *raw = w->found_raw.items;

    for (*end = from + 1;
         *end < w->found_raw.count && raw[*end].sentence == raw[from].sentence;)
        ++*end;
    w->raw.count = *end - from;
    if (!EFTI_ARRAY_RESERVE(w->mem, &w->raw, w->raw.count))
        return false;
    memcpy(w->raw.items, raw + from, w->raw.count * sizeof(*raw));
    return true;
}

eft_status
efti_match_find(struct efti_match_worker *w, eft_text text,
                const struct efti_segments *tokens, struct efti_hits *out, eft_error *err)
{
    eft_status st = EFT_OK;
    size_t end;

    out->hits.count = 0;
    w->segments = tokens;
    if (!hits_mark(w, text, tokens) || !hits_of_text(w))
        return efti_no_memory(err, "the hits of a text");
    bool weighted = (w->raw_rules & EFTI_RAW_WEIGHTS) != 0;
    if (weighted && !efti_match_weigh_raw(w))
        return efti_no_memory(err, "the hits of a text");
    for (size_t at = 0; at < w->found_raw.count && st == EFT_OK; at = end) {
        if (!hits_next_sentence(w, at, &end))
            st = efti_no_memory(err, "the hits of a sentence");
        else
            st = hits_of_sentence(w, text, w->found_raw.items[at].sentence, out, err);
    }
    if (st == EFT_OK && weighted && !efti_match_weigh(w, out))
        st = efti_no_memory(err, "the weights of hits");
    if (st == EFT_OK && !efti_match_settle(w, out))
        st = efti_no_memory(err, "the sides of a theme");
    if (st != EFT_OK)
        out->hits.count = 0;
    return st;
}
