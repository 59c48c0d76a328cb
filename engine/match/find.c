/*
 * find.c - from veiled tokens to hits
 *
 * The tokens of a sentence are gone over once to note which atoms are there, and where;
 * then what stands there is noted raw: singles, and phrases (phrases.c), as far as their
 * conditions hold (rules.c). A phrase is looked at where its anchor has the rarer of its
 * neighbours near, and a third word is somewhere in the sentence:
 *
 *     "fick aldrig tycka till"     anchor "tycka", neighbour "till", third word "fick"
 *
 * What was noted does not tell all: of a rare word the last place, of common ones (struct
 * efti_watch) all places. Where a word may be near it is looked for (phrases.c).
 *
 * A reflection is full of words that stand in phrases (nine words in ten) and of anchors
 * (four in ten, each of six phrases), and in one of fifteen of those the neighbour is
 * near. So the loops that ask are tight and nearly always say no.
 *
 * Then, only in sentences that have any hits:
 *
 *   - exceptions take back what they touch, and entries that ask for a polarity are
 * asked;
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

/* Time between sentences, and before the first: longer than any gap. */
#define PAUSE (EFTI_GAP_MOST + 2)

static void
hits_forget(struct efti_match_worker *w)
{
    for (size_t i = 0; i < w->watch.count; i++)
        w->watch.items[i].last = 0;
    w->now = PAUSE;
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
    if (st == EFT_OK && (!EFTI_PUSH(mem, &w->sets) || !EFTI_PUSH(mem, &w->says) ||
                         !EFTI_PUSH(mem, &w->wides) ||
                         !EFTI_ARRAY_RESERVE(mem, &w->watch, m->watch_count)))
        st = efti_no_memory(err, "a worker that matches");
    if (st == EFT_OK) {
        w->sets.items[0] = (struct efti_set){0}; /* nothing */
        w->says.items[0] = 0;
        w->wides.items[0] = (struct efti_wide){{0}};
        w->watch.count = m->watch_count;
        memset(w->watch.items, 0, w->watch.count * sizeof(*w->watch.items));
        hits_forget(w);
        st = efti_forms_register(forms, efti_match_analyse, w, err);
    }
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
    EFTI_ARRAY_FREE(w->mem, &w->sets);
    EFTI_ARRAY_FREE(w->mem, &w->says);
    EFTI_ARRAY_FREE(w->mem, &w->wides);
    EFTI_ARRAY_FREE(w->mem, &w->set_atoms);
    EFTI_ARRAY_FREE(w->mem, &w->set_maps);
    EFTI_ARRAY_FREE(w->mem, &w->set_singles);
    EFTI_ARRAY_FREE(w->mem, &w->set_watched);
    EFTI_ARRAY_FREE(w->mem, &w->set_anchors);
}

void
efti_match_worker_free(struct efti_match_worker *w)
{
    if (w == NULL)
        return;
    sets_free(w);
    efti_bytes_free(&w->phrase);
    EFTI_ARRAY_FREE(w->mem, &w->watch);
    EFTI_ARRAY_FREE(w->mem, &w->crowds);
    EFTI_ARRAY_FREE(w->mem, &w->starts);
    EFTI_ARRAY_FREE(w->mem, &w->found);
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

/* ------------------------------------------------------------------ where to look */

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
    uint32_t *marks = w->marks.items;
    for (size_t t = 0; t < count; t++) {
        uint32_t mark = EFTI_UNLIKELY(token[t].kind == EFTI_VEIL)
                            ? mark_of_veiled(w, text, &token[t])
                            : efti_forms_in(&table, token[t].form)->match;
        marks[t] = mark;
        all |= mark;
    }
    w->veiled = (all & EFTI_MATCH_VEIL) != 0;
    return true;
}

static bool
hits_singles(struct efti_match_worker *w, uint32_t at)
{
    struct efti_range singles = w->sets.items[EFTI_MATCH_SET(efti_marks(w)[at])].singles;

    for (uint32_t i = singles.first; i < singles.first + singles.count; i++) {
        const struct efti_set_single *single = &w->set_singles.items[i];
        if (single->near != 0 && !efti_watch_seen(w, single->near))
            continue;
        if (!efti_match_push(w, single->pattern, at, at + 1, single->opposite))
            return false;
    }
    return true;
}

static inline const struct efti_set *
hits_set(const struct efti_match_worker *w, uint32_t mark)
{
    return &w->sets.items[EFTI_MATCH_SET(mark)];
}

/* A look at the neighbours within a gap needs no test for the ends of the sentence. */
#define MARGIN (EFTI_GAP_MOST + 1)

static bool
hits_room(struct efti_match_worker *w, uint32_t count)
{
    if (!EFTI_ARRAY_RESERVE(w->mem, &w->crowds, (size_t)count + 2 * MARGIN) ||
        !EFTI_ARRAY_RESERVE(w->mem, &w->starts, (size_t)count + 1))
        return false;
    memset(w->crowds.items, 0, MARGIN * sizeof(*w->crowds.items));
    memset(w->crowds.items + MARGIN + count, 0, MARGIN * sizeof(*w->crowds.items));
    return true;
}

/* Every token, once; half have nothing to note one by one. */
static void
hits_note(struct efti_match_worker *w, const struct efti_stretch *s)
{
    uint64_t *crowds = w->crowds.items + MARGIN, all = 0;
    struct efti_watch *watch = w->watch.items;
    uint32_t *starts = w->starts.items;
    const struct efti_set *sets = w->sets.items;
    const uint32_t *watched = w->set_watched.items, start = w->now;
    size_t n = 0;

    for (uint32_t t = 0; t < s->count; t++) {
        const uint32_t mark = s->marks[t], now = start + t;
        const struct efti_set *set = &sets[EFTI_MATCH_SET(mark)];
        starts[n] = t;
        n += mark >> 31;
        crowds[t] = set->crowd;
        all |= set->crowd;
        const uint32_t *b = watched + set->watched.first;
        for (const uint32_t *end = b + set->watched.count; b < end; b += 4)
            watch[b[0]].last = watch[b[1]].last = watch[b[2]].last = watch[b[3]].last =
                now;
    }
    w->starts.count = n;
    w->crowd = all;
}

/* Crowds at MARGIN tokens in a row. */
static inline uint64_t
crowds_near(const uint64_t *from)
{
    uint64_t near = from[0];

    for (size_t n = 1; n < MARGIN; n++)
        near |= from[n];
    return near;
}

/* Does a word of these crowds stand within the gap? `step`: 1 behind the token, -1 before
 * it. */
static bool
hits_crowd(const uint64_t *here, uint64_t crowds, uint32_t gap, ptrdiff_t step)
{
    for (ptrdiff_t n = 1; n <= (ptrdiff_t)gap + 1; n++) {
        if ((here[n * step] & crowds) != 0)
            return true;
    }
    return false;
}

/* A neighbour is near. Where a third word is in the sentence too, look closer. */
static inline bool
hits_look(struct efti_match_worker *w, const struct efti_stretch *s,
          const struct efti_set_anchor *a, uint32_t at)
{
    return (a->other != 0 && !efti_watch_seen(w, a->other)) ||
           efti_phrase_at(w, s, a->number, at);
}

/* Anchors at token `at` whose neighbour comes before it. That a crowd is within the
 * largest gap is asked first: it mostly is not. */
static inline bool
hits_before(struct efti_match_worker *w, const struct efti_stretch *s, uint32_t at,
            const struct efti_set *set)
{
    const struct efti_set_anchor *a = w->set_anchors.items + set->anchors;
    const struct efti_set_anchor *end = w->set_anchors.items + set->before_end;
    const uint64_t *here = w->crowds.items + MARGIN + at;
    const struct efti_watch *watch = w->watch.items;
    const uint32_t before = w->now + at - 1;
    const uint64_t near = crowds_near(here - MARGIN);

    for (; a < end; a++) {
        const struct efti_watch *on = &watch[a->beside];
        bool seen = on->last >= before - a->gap;
        if (EFTI_UNLIKELY(seen | ((on->crowds & near) != 0)) &&
            (seen || hits_crowd(here, on->crowds, a->gap, -1)) && !hits_look(w, s, a, at))
            return false;
    }
    return true;
}

/* Those whose neighbour comes behind it. */
static inline bool
hits_behind(struct efti_match_worker *w, const struct efti_stretch *s, uint32_t at,
            const struct efti_set *set)
{
    const struct efti_set_anchor *a = w->set_anchors.items + set->before_end;
    const struct efti_set_anchor *end = w->set_anchors.items + set->behind_end;
    const uint64_t *here = w->crowds.items + MARGIN + at;
    const struct efti_watch *watch = w->watch.items;
    const uint32_t then = w->now + at;
    const uint64_t near = crowds_near(here + 1);

    for (; a < end; a++) {
        const struct efti_watch *on = &watch[a->beside];
        bool seen = on->last > then;
        if (EFTI_UNLIKELY(seen | ((on->crowds & near) != 0)) &&
            (seen || hits_crowd(here, on->crowds, a->gap, 1)) && !hits_look(w, s, a, at))
            return false;
    }
    return true;
}

static inline bool
hits_anchors(struct efti_match_worker *w, const struct efti_stretch *s, uint32_t at)
{
    const struct efti_set *set = hits_set(w, s->marks[at]);

    for (uint32_t i = set->behind_end; i < set->free_end; i++) {
        if (!hits_look(w, s, &w->set_anchors.items[i], at))
            return false;
    }
    return hits_before(w, s, at, set) && hits_behind(w, s, at, set);
}

/* Raw hits of one sentence. */
static bool
hits_collect(struct efti_match_worker *w, const struct efti_segments *tokens,
             const struct efti_sentence *sentence)
{
    const uint32_t first = sentence->first_token, count = sentence->end_token - first;
    const struct efti_stretch s = {tokens->tokens.items + first, efti_marks(w) + first,
                                   first, count};

    if (!hits_room(w, count))
        return false;
    if (w->now > UINT32_MAX - count - PAUSE)
        hits_forget(w);
    w->sentence = sentence;
    w->asked =
        count <= EFTI_REACH_SENTENCE ? EFTI_FACT_ASKS : EFTI_FACT_ASKS | EFTI_FACT_NEAR;
    hits_note(w, &s);
    for (size_t i = 0; i < w->starts.count; i++) {
        uint32_t at = w->starts.items[i];
        if ((s.marks[at] & EFTI_MATCH_SINGLE) != 0 && !hits_singles(w, first + at))
            return false;
        if ((s.marks[at] & EFTI_MATCH_ANCHOR) != 0 && !hits_anchors(w, &s, at))
            return false;
    }
    w->now += count + PAUSE;
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
        if (!hits_collect(w, w->segments, &sentences[w->sentence_number]))
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
