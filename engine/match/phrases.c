/*
 * phrases.c - does a phrase stand around its anchor?
 *
 * A phrase of n words with gap g is there when there are tokens p0 < p1 < ... < pn-1,
 * each p(k+1) at most g + 1 behind p(k), whose forms have its atoms in order. Nothing
 * matches over a token of the veil but what says that it may (rules.c). Of all such rows
 * of tokens with one start the first counts, nearest words first:
 *
 *   gap 1:  "ont =i magen"   over  ont | riktigt | i | magen | i | magen
 *                                   0             2     3               (not 4, 5)
 *
 * That two of its words stand together is known before (find.c). Then two sieves:
 *
 *   1. each word at some token where the gaps allow it, seen from the anchor;
 *   2. which tokens can go on to the end of the phrase, as one word of bits per word of
 *      the phrase, from behind; then from each start the nearest ones that can.
 *
 * A phrase in any order is there when all its words are, within so many tokens; of all
 * rows with the anchor the shortest counts.
 *
 * A row of tokens is reported at the anchor that is part of it, so a phrase is found once
 * for each start however often its anchor stands in it. No phrase reaches over more than
 * 43 tokens, so 64 bits hold them, and a text made to hurt costs a constant per token and
 * phrase.
 */
#include "match/compiled.h"

/* Tokens from the first to the last word of the longest phrase. */
#define PHRASE_SPAN (1 + (EFTI_PHRASE_MOST - 1) * (EFTI_GAP_MOST + 1))
_Static_assert(PHRASE_SPAN <= 64, "one bit for each token that a phrase may reach");

static inline bool
phrase_is(const struct efti_match_worker *w, const struct efti_stretch *s, uint32_t t,
          uint32_t atom)
{
    return efti_mark_is(w, s->marks[t], atom);
}

static bool
phrase_push(struct efti_match_worker *w, const struct efti_stretch *s, uint32_t pattern,
            uint32_t first, uint32_t last)
{
    return efti_match_push(w, pattern, s->first + first, s->first + last + 1, false);
}

/* ------------------------------------------------------------------ without a gap */

static bool
phrase_close(struct efti_match_worker *w, const struct efti_stretch *s,
             const struct efti_anchor *a, const uint32_t *atoms, uint32_t at)
{
    if (at < a->at || s->count - at < (uint32_t)a->count - a->at)
        return true;
    uint32_t first = at - a->at;
    for (uint32_t k = 0; k < a->count; k++) {
        if (k != a->at && !phrase_is(w, s, first + k, atoms[k]))
            return true;
    }
    return phrase_push(w, s, a->pattern, first, first + a->count - 1);
}

/* -------------------------------------------------------------------- with a gap */

/* Does `atom` stand anywhere from token `low` to `high`, as far as there are tokens? */
static bool
phrase_any(const struct efti_match_worker *w, const struct efti_stretch *s, uint32_t low,
           uint32_t high, uint32_t atom)
{
    for (uint32_t t = low; t <= high && t < s->count; t++) {
        if (phrase_is(w, s, t, atom))
            return true;
    }
    return false;
}

/* Each word where the gaps allow it, seen from the anchor; its neighbours first. */
static bool
phrase_likely(const struct efti_match_worker *w, const struct efti_stretch *s,
              const struct efti_anchor *a, const uint32_t *atoms, uint32_t at)
{
    uint32_t step = (uint32_t)a->gap + 1;

    for (uint32_t k = a->at; k-- > 0;) {
        uint32_t n = a->at - k;
        if (at < n ||
            !phrase_any(w, s, at < n * step ? 0 : at - n * step, at - n, atoms[k]))
            return false;
    }
    for (uint32_t k = (uint32_t)a->at + 1; k < a->count; k++) {
        uint32_t n = k - a->at;
        if (!phrase_any(w, s, at + n, at + n * step, atoms[k]))
            return false;
    }
    return true;
}

/* Bits of tokens that are 1 to `step` before one of `bits`. */
static uint64_t
bits_before(uint64_t bits, uint32_t step)
{
    uint64_t before = 0;

    for (uint32_t n = 1; n <= step; n++)
        before |= bits >> n;
    return before;
}

static inline uint32_t
bits_lowest(uint64_t bits) /* not 0 */
{
#if defined(__GNUC__) || defined(__clang__)
    return (uint32_t)__builtin_ctzll(bits);
#else
    uint32_t n = 0;

    while ((bits >> n & 1) == 0)
        n++;
    return n;
#endif
}

/* reach[k]: tokens from `low` on, `most` of them, where word k stands and the rest of the
 * phrase can follow. */
static void
phrase_reach(const struct efti_match_worker *w, const struct efti_stretch *s,
             const struct efti_anchor *a, const uint32_t *atoms, uint32_t low,
             uint32_t most, uint64_t *reach)
{
    /* all rows with this anchor lie within PHRASE_SPAN; others may go on further */
    uint32_t high = s->count - low < most ? s->count - low : most;
    uint64_t follow = ~(uint64_t)0 >> (high < 64 ? 64 - high : 0);

    for (uint32_t k = a->count; k-- > 0;) {
        uint64_t here = 0;
        for (uint64_t left = follow; left != 0; left &= left - 1) {
            uint32_t t = bits_lowest(left);
            here |= (uint64_t)phrase_is(w, s, low + t, atoms[k]) << t;
        }
        reach[k] = here;
        follow = bits_before(here, (uint32_t)a->gap + 1);
    }
}

/* Two words, of which the anchor is the first (the nearest behind it counts) or the
 * second (no other may be nearer to a start than it). */
static bool
phrase_pair(struct efti_match_worker *w, const struct efti_stretch *s,
            const struct efti_anchor *a, const uint32_t *atoms, uint32_t at)
{
    uint32_t step = (uint32_t)a->gap + 1;

    for (uint32_t n = 1; n <= step && a->at == 0 && at + n < s->count; n++) {
        if (phrase_is(w, s, at + n, atoms[1]))
            return phrase_push(w, s, a->pattern, at, at + n);
    }
    for (uint32_t n = 1; n <= step && a->at == 1 && n <= at; n++) {
        if (phrase_is(w, s, at - n, atoms[0]) &&
            !phrase_push(w, s, a->pattern, at - n, at))
            return false;
        if (phrase_is(w, s, at - n, atoms[1]))
            return true;
    }
    return true;
}

static bool
phrase_wide(struct efti_match_worker *w, const struct efti_stretch *s,
            const struct efti_anchor *a, const uint32_t *atoms, uint32_t at)
{
    uint32_t step = (uint32_t)a->gap + 1, back = a->at * step;
    uint32_t low = at < back ? 0 : at - back;

    if (!phrase_likely(w, s, a, atoms, at))
        return true;
    uint64_t reach[EFTI_PHRASE_MOST] = {0};
    /* no further than any row of a start before the anchor reaches */
    uint32_t most = at - low + (uint32_t)(a->count - 1) * step + 1;
    phrase_reach(w, s, a, atoms, low, most, reach);
    for (uint32_t start = low; start + a->at <= at; start++) {
        uint32_t place = start - low, anchor = place;
        if ((reach[0] >> place & 1) == 0)
            continue;
        for (uint32_t k = 1; k < a->count; k++) {
            place += 1 + bits_lowest(reach[k] >> (place + 1));
            if (k == a->at)
                anchor = place;
        }
        if (low + anchor == at && !phrase_push(w, s, a->pattern, start, low + place))
            return false;
    }
    return true;
}

/* ------------------------------------------------------------------ in any order */

/* Tokens before and behind the anchor that one word of bits holds. */
#define FREE_BEFORE 31u
#define FREE_TOKENS 64u

/* Which of the tokens from `low` on is each word? False: one stands nowhere. */
static bool
free_places(const struct efti_match_worker *w, const struct efti_stretch *s,
            const struct efti_anchor *a, const uint32_t *atoms, uint32_t low,
            uint32_t high, uint64_t *places)
{
    for (uint32_t k = 0; k < a->count; k++) {
        places[k] = 0;
        for (uint32_t t = 0; t < high && k != a->at; t++)
            places[k] |= (uint64_t)phrase_is(w, s, low + t, atoms[k]) << t;
        if (k != a->at && places[k] == 0)
            return false;
    }
    return true;
}

/* The shortest row of tokens with the anchor and all other words, the first of those. */
static bool
phrase_free(struct efti_match_worker *w, const struct efti_stretch *s,
            const struct efti_anchor *a, const uint32_t *atoms, uint32_t at)
{
    const struct efti_entry_rules *rules =
        w->matcher->patterns.items[a->pattern].pattern->rules;
    uint32_t best = rules->within == 0 ? FREE_TOKENS : rules->within, first = 0, last = 0;
    uint32_t before = best <= FREE_BEFORE ? best - 1 : FREE_BEFORE;
    uint32_t low = at < before ? 0 : at - before, anchor = at - low;
    uint32_t tokens = rules->within == 0 ? FREE_TOKENS : anchor + best;
    uint32_t high = s->count - low < tokens ? s->count - low : tokens;
    uint64_t places[EFTI_PHRASE_MOST];
    bool found = false;

    if (!free_places(w, s, a, atoms, low, high, places))
        return true;
    places[a->at] = (uint64_t)1 << anchor;
    for (uint32_t start = 0; start <= anchor; start++) {
        uint32_t end = start;
        bool all = true;
        for (uint32_t k = 0; k < a->count && all; k++) {
            uint64_t ahead = places[k] >> start;
            all = ahead != 0;
            if (all && start + bits_lowest(ahead) > end)
                end = start + bits_lowest(ahead);
        }
        if (!all)
            break;
        if (end - start + 1 < best + !found) {
            best = end - start + 1;
            first = start;
            last = end;
            found = true;
        }
    }
    return !found || phrase_push(w, s, a->pattern, low + first, low + last);
}

/* ------------------------------------------------------------------- one anchor */

bool
efti_phrase_at(struct efti_match_worker *w, const struct efti_stretch *s, uint32_t number,
               uint32_t at)
{
    const struct efti_anchor *a = &w->matcher->anchors.items[number];
    const uint32_t *atoms = &w->matcher->word_phrases.items[a->first_word];

    if (a->gap == EFTI_GAP_FREE)
        return phrase_free(w, s, a, atoms, at);
    if (a->gap == 0)
        return phrase_close(w, s, a, atoms, at);
    return a->count == 2 ? phrase_pair(w, s, a, atoms, at)
                         : phrase_wide(w, s, a, atoms, at);
}
