/*
 * collect.c - where hits may be in a sentence
 *
 * The tokens of a sentence are gone over once to note what each shows (sights.h), and
 * which may be a hit by themselves or the anchor of a phrase. A phrase is looked at where
 * its anchor has the rarer of its neighbours near, and a third word is somewhere in the
 * sentence:
 *
 *     "fick aldrig tycka till"     anchor "tycka", neighbour "till", third word "fick"
 *
 * What stands there is noted raw: singles, and phrases (phrases.c), as far as their
 * conditions hold (rules.c).
 *
 * A reflection is full of words that stand in phrases (nine words in ten) and of anchors
 * (four in ten, each of six phrases), and in one of fifteen of those the neighbour is
 * near. So every token and every anchor is asked the same without a branch, all phrases
 * of a word at once, and what is left is few.
 */
#include "match/compiled.h"

/* A look at the neighbours within a gap needs no test for the ends of the sentence. */
#define MARGIN (EFTI_GAP_MOST + 1)

static inline const struct efti_sight *
seen_at(const struct efti_match_worker *w, uint32_t at)
{
    return w->seen.items + MARGIN + at;
}

bool
efti_watch_stands(const struct efti_match_worker *w, uint32_t number, uint32_t from,
                  uint32_t to)
{
    const struct efti_watch watch = w->watch.items[number];
    const struct efti_sight *seen = seen_at(w, from - w->sentence->first_token);

    for (const uint32_t *mark = efti_marks(w) + from, *end = efti_marks(w) + to;
         mark < end; mark++, seen++) {
        if (EFTI_UNLIKELY(efti_sight_may(seen, &watch)) &&
            ((seen->bits[0] & watch.crowds) != 0 || efti_mark_is(w, *mark, watch.phrase)))
            return true;
    }
    return false;
}

static bool
collect_room(struct efti_match_worker *w, uint32_t count)
{
    if (!EFTI_ARRAY_RESERVE(w->mem, &w->seen, (size_t)count + 2 * MARGIN) ||
        !EFTI_ARRAY_RESERVE(w->mem, &w->starts, (size_t)count + 1) ||
        !EFTI_ARRAY_RESERVE(w->mem, &w->singles, (size_t)count + 1) ||
        !EFTI_ARRAY_RESERVE(w->mem, &w->anchors, (size_t)count + 1))
        return false;
    for (size_t i = 0; i < MARGIN; i++)
        w->seen.items[i] = w->seen.items[MARGIN + count + i] = (struct efti_sight){{0}};
    return true;
}

/* Every token, once. */
static void
collect_note(struct efti_match_worker *w, const struct efti_stretch *s)
{
    const struct efti_set *sets = w->sets;
    struct efti_sight *seen = w->seen.items + MARGIN, all = {{0}};
    uint32_t *starts = w->starts.items;
    size_t n = 0;

    for (uint32_t t = 0; t < s->count; t++) {
        const uint32_t mark = s->marks[t];
        const struct efti_sight sight = sets[EFTI_MATCH_SET(mark)].shows;
        seen[t] = sight;
        efti_sight_join(&all, &sight);
        starts[n] = t;
        n += mark >> 31;
    }
    w->starts.count = n;
    w->seen_all = all;
}

/* What is seen around a token, on both sides. */
static inline void
look_around(const struct efti_sight *at, struct efti_sight *around)
{
    for (size_t k = 0; k < EFTI_SIGHT_WORDS; k++)
        around->bits[k] = at[-1].bits[k] | at[-2].bits[k] | at[-3].bits[k] |
                          at[-4].bits[k] | at[1].bits[k] | at[2].bits[k] | at[3].bits[k] |
                          at[4].bits[k];
}
_Static_assert(EFTI_NEAR == 4 && MARGIN == 6, "so far is near, and two more all");

static inline void
look_further(const struct efti_sight *at, struct efti_sight *around)
{
    for (size_t k = 0; k < EFTI_SIGHT_WORDS; k++)
        around->bits[k] |=
            at[-5].bits[k] | at[-6].bits[k] | at[5].bits[k] | at[6].bits[k];
}

/* Of w->starts, which are in singles, and which are anchors that may have what they wait
 * for. */
static void
collect_sieve(struct efti_match_worker *w, const struct efti_stretch *s)
{
    const struct efti_set *sets = w->sets;
    const struct efti_set_anchor *set_anchors = w->set_anchors.items;
    const struct efti_set_single *set_singles = w->set_singles.items;
    const uint32_t *starts = w->starts.items;
    uint32_t *singles = w->singles.items, *anchors = w->anchors.items;
    size_t single = 0, anchor = 0;

    for (size_t i = 0; i < w->starts.count; i++) {
        const uint32_t at = starts[i], mark = s->marks[at];
        struct efti_sight around;
        look_around(seen_at(w, at), &around);
        if (EFTI_UNLIKELY((mark & EFTI_MATCH_FAR) != 0))
            look_further(seen_at(w, at), &around);
        const struct efti_set *set = &sets[EFTI_MATCH_SET(mark)];
        EFTI_PREFETCH(&set_anchors[set->anchors]);
        EFTI_PREFETCH(&set_singles[set->singles]);
        singles[single] = anchors[anchor] = at;
        single += (mark & EFTI_MATCH_SINGLE) != 0;
        anchor +=
            efti_sight_meets(&around, &set->needs) | ((mark & EFTI_MATCH_FREE) != 0);
    }
    w->singles.count = single;
    w->anchors.count = anchor;
}

/* -------------------------------------------------------------------- candidates */

static bool
collect_look(struct efti_match_worker *w, const struct efti_stretch *s)
{
    bool ok = true;

    for (size_t i = 0; i < w->candidate_count && ok; i++) {
        const struct efti_candidate *c = &w->candidates[i];
        const uint32_t token = s->first + c->at;
        ok = c->single ? efti_match_push(w, c->number, token, token + 1, c->opposite)
                       : efti_phrase_at(w, s, c->number, c->at);
    }
    w->candidate_count = 0;
    return ok;
}

static inline bool
collect_candidate(struct efti_match_worker *w, const struct efti_stretch *s,
                  const struct efti_candidate *c)
{
    if (c->single)
        EFTI_PREFETCH(&w->matcher->patterns.items[c->number]);
    else
        EFTI_PREFETCH(&w->matcher->anchors.items[c->number]);
    w->candidates[w->candidate_count++] = *c;
    return w->candidate_count < EFTI_CANDIDATES || collect_look(w, s);
}

/* --------------------------------------------------------------------- one token */

static bool
collect_singles(struct efti_match_worker *w, const struct efti_stretch *s, uint32_t at)
{
    uint32_t i = w->sets[EFTI_MATCH_SET(s->marks[at])].singles;

    for (bool last = false; !last; i++) {
        const struct efti_set_single *single = &w->set_singles.items[i];
        const struct efti_candidate c = {at, single->pattern, true, single->opposite};
        last = single->last;
        if ((single->near == 0 ||
             (efti_watch_may(w, single->near) && efti_near_holds(w, single->near))) &&
            !collect_candidate(w, s, &c))
            return false;
    }
    return true;
}

/* May the other word stand where the gaps of the phrase allow it, from the anchor? */
static bool
other_may_stand(const struct efti_match_worker *w, const struct efti_stretch *s,
                uint32_t at, const struct efti_set_anchor *a)
{
    const struct efti_watch *other = &w->watch.items[a->other];
    const uint32_t words = (uint32_t)(a->away < 0 ? -a->away : a->away);
    const uint32_t most = words * (a->gap + 1u);
    const uint32_t left = a->away < 0 ? at : s->count - 1 - at;
    const ptrdiff_t step = a->away < 0 ? -1 : 1;
    const struct efti_sight *seen = seen_at(w, at);

    for (uint32_t n = words; n <= most && n <= left; n++) {
        if (efti_sight_may(&seen[step * (ptrdiff_t)n], other))
            return true;
    }
    return false;
}

/* Anchors at token `at` whose neighbours are on one side. Where one is near and another
 * word may be where it should, look closer. `step`: 1 behind it, -1 before. */
static bool
collect_side(struct efti_match_worker *w, const struct efti_stretch *s, uint32_t at,
             const struct efti_set_anchor *a, const struct efti_set_anchor *end,
             ptrdiff_t step, ptrdiff_t most)
{
    const struct efti_sight *seen = seen_at(w, at);
    struct efti_sight within[MARGIN];

    within[0] = seen[step];
    for (ptrdiff_t n = 1; n < most; n++) {
        within[n] = within[n - 1];
        efti_sight_join(&within[n], &seen[step * (n + 1)]);
    }
    for (; a < end; a++) {
        const struct efti_sight *in = &within[a->gap];
        if (EFTI_LIKELY(
                ((in->bits[0] & a->crowds) | (in->bits[a->word] >> a->shift & 1)) == 0) ||
            (a->other != 0 && !other_may_stand(w, s, at, a)))
            continue;
        if (!collect_candidate(w, s,
                               &(struct efti_candidate){at, a->number, false, false}))
            return false;
    }
    return true;
}

static bool
collect_anchors(struct efti_match_worker *w, const struct efti_stretch *s, uint32_t at)
{
    const uint32_t number = EFTI_MATCH_SET(s->marks[at]);
    const struct efti_set *set = &w->sets[number];
    const struct efti_set_anchor *a = w->set_anchors.items;
    const uint32_t free_end = (s->marks[at] & EFTI_MATCH_FREE) != 0
                                  ? w->wides.items[number].anchors_end
                                  : set->behind_end;

    for (uint32_t i = set->behind_end; i < free_end; i++) {
        if ((a[i].other == 0 || efti_watch_may(w, a[i].other)) &&
            !collect_candidate(w, s,
                               &(struct efti_candidate){at, a[i].number, false, false}))
            return false;
    }
    const ptrdiff_t far = (s->marks[at] & EFTI_MATCH_FAR) != 0 ? MARGIN : EFTI_NEAR;
    return (set->anchors == set->before_end ||
            collect_side(w, s, at, a + set->anchors, a + set->before_end, -1, far)) &&
           (set->before_end == set->behind_end ||
            collect_side(w, s, at, a + set->before_end, a + set->behind_end, 1, far));
}

bool
efti_match_collect(struct efti_match_worker *w, const struct efti_sentence *sentence)
{
    const uint32_t first = sentence->first_token, count = sentence->end_token - first;
    const struct efti_stretch s = {w->segments->tokens.items + first,
                                   efti_marks(w) + first, first, count};

    if (!collect_room(w, count))
        return false;
    w->sentence = sentence;
    w->nears_known = false;
    w->asked =
        count <= EFTI_REACH_SENTENCE ? EFTI_FACT_ASKS : EFTI_FACT_ASKS | EFTI_FACT_NEAR;
    collect_note(w, &s);
    collect_sieve(w, &s);
    for (size_t i = 0; i < w->singles.count; i++) {
        if (!collect_singles(w, &s, w->singles.items[i]))
            return false;
    }
    for (size_t i = 0; i < w->anchors.count; i++) {
        if (!collect_anchors(w, &s, w->anchors.items[i]))
            return false;
    }
    return collect_look(w, &s);
}
