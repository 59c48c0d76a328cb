/*
 * rules.c - what the attributes of an entry ask for, once its words are found
 *
 *   near, without      a word of each set (of no set) within reach of the hit
 *   case               how every word of the hit is written
 *   veil               a hit may reach over a token of the veil; no other does
 *   <except>           takes back every hit of its theme that it touches
 *   polarity           only hits that the text affirms (negates, leaves open) count
 *   negated            "yes": the entry says that its theme is missing ("ensam" of
 *                      support), affirmed and negated change places; "never": a negation
 *                      denies the words and not the theme ("barnet sover inte")
 *   weight             entries that each say little: where none of full weight says the
 *                      theme, a hit counts when what the distinct entries within fifteen
 *                      words of it weigh comes to a whole hit. Those of half or less deny
 *                      nothing where one of full weight says it
 *   one against four   the one hit of a text that denies a theme, where four or more
 *                      affirm it, denies nothing; not one that was asked for by polarity
 *   parent of a theme  each hit counts for the themes above it too, so that sub-themes
 *                      add up by union: a text with two of them has the parent once
 *
 * Only patterns with attributes (and texts with a denial) pay: each test is behind a bit
 * of efti_compiled.facts.
 */
#include "match/compiled.h"

#define WHOLE_HIT 100u
/* Two of its kind make a hit; what says no more denies nothing by itself. */
#define HALF_HIT 50u
/* Light hits further apart than so many tokens are about different things: of the texts
 * for development, two thirds of those nearer were meant, and a third of the others. */
#define LIGHT_REACH 15u
/* So many hits that affirm a theme outvote one that denies it. Of the texts
 * for development with four and more and one, a fifth had a denied theme;
 * with three, half. */
#define AMPLE 4u

/* How far conditions look around a hit, in tokens. */
struct company_reach {
    uint32_t low, high;
};

/* Which sets that entries ask to be near does the sentence have? Asked of few sentences,
 * and of those five times in the mean, mostly in vain. */
static void
nears_know(struct efti_match_worker *w)
{
    const uint32_t *ends = w->near_ends.items, *nears = w->set_nears.items;
    uint64_t *bits = w->nears.items;

    memset(bits, 0, w->nears.count * sizeof(*bits));
    for (uint32_t t = w->sentence->first_token; t < w->sentence->end_token; t++) {
        const uint32_t set = EFTI_MATCH_SET(efti_marks(w)[t]);
        for (uint32_t i = ends[set]; i < ends[set + 1]; i++)
            bits[nears[i] / 64] |= (uint64_t)1 << nears[i] % 64;
    }
    w->nears_known = true;
}

static bool
near_stands(struct efti_match_worker *w, uint32_t number)
{
    if (!w->nears_known)
        nears_know(w);
    return (w->nears.items[number / 64] >> number % 64 & 1) != 0;
}

/* Does a word of a set stand near? */
static bool
in_reach(struct efti_match_worker *w, const struct company_reach *r, uint32_t atom)
{
    const uint32_t number = w->matcher->atoms.items[atom].watch;
    const bool all =
        r->low == w->sentence->first_token && r->high == w->sentence->end_token;

    return efti_watch_may(w, number) && near_stands(w, number) &&
           (all || efti_watch_stands(w, number, r->low, r->high));
}

static bool
company_holds(struct efti_match_worker *w, const struct efti_compiled *c, uint32_t first,
              uint32_t end)
{
    const struct efti_entry_rules *rules = c->pattern->rules;
    uint32_t reach = rules->reach == 0 ? EFTI_REACH_SENTENCE : rules->reach;
    struct company_reach r = {w->sentence->first_token, w->sentence->end_token};

    if (first - r.low > reach)
        r.low = first - reach;
    if (r.high - end > reach)
        r.high = end + reach;
    for (uint32_t i = 0; i < rules->near_count; i++) {
        if (!in_reach(w, &r, c->first_set + rules->near[i]))
            return false;
    }
    for (uint32_t i = 0; i < rules->without_count; i++) {
        if (in_reach(w, &r, c->first_set + rules->without[i]))
            return false;
    }
    return true;
}

static bool
casing_holds(const struct efti_match_worker *w, uint8_t casing, uint32_t first,
             uint32_t end)
{
    for (uint32_t t = first; t < end; t++) {
        const struct efti_token *token = &w->segments->tokens.items[t];
        if (token->kind == EFTI_VEIL)
            continue;
        uint8_t is = efti_forms_get(w->forms, token->form)->casing;
        if (casing != (is == EFTI_CASING_LOWER     ? EFTI_CASE_LOWER
                       : is == EFTI_CASING_INITIAL ? EFTI_CASE_INITIAL
                       : is == EFTI_CASING_UPPER   ? EFTI_CASE_UPPER
                                                   : EFTI_CASE_ANY))
            return false;
    }
    return true;
}

static bool
crosses_veil(const struct efti_match_worker *w, uint32_t first, uint32_t end)
{
    const uint32_t *marks = efti_marks(w);

    for (uint32_t t = first; t < end; t++) {
        if ((marks[t] & EFTI_MATCH_VEIL) != 0)
            return true;
    }
    return false;
}

static bool
rules_hold(struct efti_match_worker *w, const struct efti_compiled *c, uint32_t first,
           uint32_t end)
{
    const struct efti_entry_rules *rules = c->pattern->rules;

    if ((rules->near_count | rules->without_count) != 0 &&
        !company_holds(w, c, first, end))
        return false;
    return rules->casing == EFTI_CASE_ANY || casing_holds(w, rules->casing, first, end);
}

/* Does what the entry asks for first stand in the sentence? In a long one that is asked
 * with the other conditions, not so far from the hit. */
bool
efti_near_holds(struct efti_match_worker *w, uint32_t number)
{
    return efti_watch_may(w, number) &&
           ((w->asked & EFTI_FACT_NEAR) != 0 || near_stands(w, number));
}

bool
efti_match_push(struct efti_match_worker *w, uint32_t pattern, uint32_t first,
                uint32_t end, bool opposite)
{
    const struct efti_matcher *m = w->matcher;
    const struct efti_compiled *c = &m->patterns.items[pattern];
    const struct efti_token *tokens = w->segments->tokens.items;
    const uint32_t facts = c->facts;

    if (c->near != 0 && !efti_near_holds(w, c->near))
        return true;
    if (EFTI_UNLIKELY(w->veiled) && (facts & EFTI_FACT_VEIL) == 0 &&
        crosses_veil(w, first, end))
        return true;
    if ((facts & w->asked) != 0 && !rules_hold(w, c, first, end))
        return true;
    w->raw_rules |= c->raw;
    for (uint32_t theme = c->theme; theme != EFTI_NO_PARENT;
         theme = m->themes.items[theme].parent) {
        if (theme != c->theme && (facts & EFTI_FACT_EXCEPT) != 0)
            break; /* what it takes back it takes back everywhere: see own_theme() */
        if (!EFTI_PUSH(w->mem, &w->found_raw))
            return false;
        w->found_raw.items[w->found_raw.count - 1] = (struct efti_raw_hit){
            .theme = theme,
            .pattern = pattern,
            .first = first,
            .end = end,
            .sentence = w->sentence_number,
            .size = tokens[end - 1].end - tokens[first].start,
            .opposite = opposite,
            .light = (facts & EFTI_FACT_LIGHT) != 0,
        };
    }
    return true;
}

/* -------------------------------------------------------------------- exceptions */

static const struct efti_entry_rules *
rules_of(const struct efti_match_worker *w, const struct efti_raw_hit *hit)
{
    return w->matcher->patterns.items[hit->pattern].pattern->rules;
}

static bool
is_except(const struct efti_match_worker *w, const struct efti_raw_hit *hit)
{
    return (w->matcher->patterns.items[hit->pattern].facts & EFTI_FACT_EXCEPT) != 0;
}

/* The theme that a hit is written under, also where it counts for one above. */
static uint32_t
own_theme(const struct efti_match_worker *w, const struct efti_raw_hit *hit)
{
    return w->matcher->patterns.items[hit->pattern].theme;
}

/* Exceptions first, then by the theme they are written under, and place. */
static int
by_theme_place(const void *a, const void *b, void *user)
{
    const struct efti_raw_hit *x = a, *y = b;
    bool x_except = is_except(user, x), y_except = is_except(user, y);
    uint32_t x_own = own_theme(user, x), y_own = own_theme(user, y);

    if (x_except != y_except)
        return x_except ? -1 : 1;
    if (x_own != y_own)
        return x_own < y_own ? -1 : 1;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    if (x->pattern != y->pattern)
        return x->pattern < y->pattern ? -1 : 1;
    return (x->theme > y->theme) - (x->theme < y->theme);
}

/* Hits rise by theme and place, and so do exceptions, so that each is looked at once; an
 * exception that ends before a hit begins may still be followed by a longer one that
 * does not, which is why `reach` is kept: the furthest end so far. */
void
efti_match_except(struct efti_match_worker *w)
{
    struct efti_raw_hit *hits = w->raw.items;
    size_t excepts = 0, kept = 0, at = 0;
    uint32_t theme = UINT32_MAX, reach = 0;

    efti_sort(hits, w->raw.count, sizeof(*hits), by_theme_place, w);
    while (excepts < w->raw.count && is_except(w, &hits[excepts]))
        excepts++;
    for (size_t i = excepts; i < w->raw.count; i++) {
        const struct efti_raw_hit hit = hits[i];
        if (own_theme(w, &hit) != theme) {
            theme = own_theme(w, &hit);
            reach = 0;
        }
        while (at < excepts &&
               (own_theme(w, &hits[at]) < theme ||
                (own_theme(w, &hits[at]) == theme && hits[at].first < hit.end))) {
            if (own_theme(w, &hits[at]) == theme && hits[at].end > reach)
                reach = hits[at].end;
            at++;
        }
        if (reach > hit.first)
            continue;
        hits[excepts + kept++] = hit;
    }
    memmove(hits, hits + excepts, kept * sizeof(*hits));
    w->raw.count = kept;
}

/* ---------------------------------------------------------------------- polarity */

void
efti_match_polarities(const struct efti_polarity_view *view)
{
    struct efti_match_worker *w = view->w;
    size_t kept = 0;

    for (size_t i = 0; i < w->raw.count; i++) {
        const struct efti_entry_rules *rules = rules_of(w, &w->raw.items[i]);
        if (rules == NULL || rules->polarities == 0 ||
            (rules->polarities >> efti_polarity_of(view, &w->raw.items[i]) & 1u) != 0)
            w->raw.items[kept++] = w->raw.items[i];
    }
    w->raw.count = kept;
}

enum efti_polarity
efti_match_polarity(const struct efti_polarity_view *view, const struct efti_raw_hit *hit)
{
    const uint32_t facts = view->w->matcher->patterns.items[hit->pattern].facts;
    enum efti_polarity is = efti_polarity_of(view, hit);

    if ((facts & (EFTI_FACT_NEVER | EFTI_FACT_NEGATED)) == 0 || is == EFTI_UNCERTAIN)
        return is;
    if ((facts & EFTI_FACT_NEVER) != 0)
        return EFTI_AFFIRMED;
    return is == EFTI_AFFIRMED ? EFTI_NEGATED : EFTI_AFFIRMED;
}

/* ----------------------------------------------------------------------- weights */

uint8_t
efti_match_weight(const struct efti_entry_rules *rules)
{
    if (rules == NULL || rules->weight == 0)
        return (rules == NULL || (rules->flags & EFTI_ENTRY_EXCEPT) == 0) ? WHOLE_HIT : 0;
    return rules->weight;
}

static uint32_t
weight_of(const struct efti_matcher *m, uint32_t pattern)
{
    return m->patterns.items[pattern].weight;
}

/* A new round of sums. Stamps stay from text to text, and are emptied when the number of
 * the text comes round. */
static bool
weights_open(struct efti_match_worker *w)
{
    const struct efti_matcher *m = w->matcher;

    if (w->weights.count == 0 || w->text_number == UINT32_MAX) {
        if (!EFTI_ARRAY_RESERVE(w->mem, &w->weights, m->themes.count) ||
            !EFTI_ARRAY_RESERVE(w->mem, &w->weighed, m->patterns.count))
            return false;
        memset(w->weights.items, 0, m->themes.count * sizeof(*w->weights.items));
        memset(w->weighed.items, 0, m->patterns.count * sizeof(*w->weighed.items));
        w->weights.count = m->themes.count;
        w->weighed.count = m->patterns.count;
        w->text_number = 0;
    }
    w->text_number++;
    return true;
}

/* One more hit: what its entry weighs, once, for the theme it is written under. Where a
 * hit counts for a theme above too, it stays or goes with its own. */
static void
weights_add(struct efti_match_worker *w, uint32_t pattern)
{
    const struct efti_compiled *c = &w->matcher->patterns.items[pattern];
    struct efti_theme_weight *sum = &w->weights.items[c->theme];
    uint32_t *seen = &w->weighed.items[c->first_of_entry];
    bool whole = weight_of(w->matcher, pattern) == WHOLE_HIT;

    if (sum->text != w->text_number)
        *sum = (struct efti_theme_weight){.text = w->text_number};
    sum->whole |= whole;
    if (sum->sum < WHOLE_HIT && *seen != w->text_number) {
        *seen = w->text_number;
        sum->sum += weight_of(w->matcher, pattern);
    }
}

static bool
weighs_enough(const struct efti_match_worker *w, uint32_t pattern)
{
    return w->weights.items[w->matcher->patterns.items[pattern].theme].sum >= WHOLE_HIT;
}

/* A hit of half weight or less, in a text where one of full weight has the theme. */
static bool
is_outweighed(const struct efti_match_worker *w, uint32_t pattern)
{
    return weight_of(w->matcher, pattern) <= HALF_HIT &&
           w->weights.items[w->matcher->patterns.items[pattern].theme].whole;
}

/* Does an earlier hit, from `low` on, come from the same entry as hit `i`? */
static bool
entry_came(const struct efti_matcher *m, const struct efti_hit *hits, size_t low,
           size_t i)
{
    uint32_t entry = m->patterns.items[hits[i].pattern].first_of_entry;

    for (size_t j = low; j < i; j++) {
        if (m->patterns.items[hits[j].pattern].first_of_entry == entry)
            return true;
    }
    return false;
}

/* Do the entries of its theme around a light hit come to a whole one? Hits are in order
 * of their places. */
static bool
is_borne_out(const struct efti_matcher *m, const struct efti_hits *found, size_t i)
{
    const struct efti_hit *hits = found->hits.items;
    uint32_t place = hits[i].first_token,
             theme = m->patterns.items[hits[i].pattern].theme;
    uint32_t sum = 0;
    size_t low = i;

    while (low > 0 && place - hits[low - 1].first_token <= LIGHT_REACH)
        low--;
    for (size_t j = low; j < found->hits.count && sum < WHOLE_HIT; j++) {
        if (j > i && hits[j].first_token - place > LIGHT_REACH)
            break;
        if (m->patterns.items[hits[j].pattern].theme == theme &&
            !entry_came(m, hits, low, j))
            sum += weight_of(m, hits[j].pattern);
    }
    return sum >= WHOLE_HIT;
}

/* Is the hit's theme said by light entries alone, and not enough near this one? */
static bool
is_stray(const struct efti_match_worker *w, const struct efti_hits *found, size_t i)
{
    const struct efti_matcher *m = w->matcher;
    uint32_t pattern = found->hits.items[i].pattern;

    return !weighs_enough(w, pattern) ||
           (!w->weights.items[m->patterns.items[pattern].theme].whole &&
            !is_borne_out(m, found, i));
}

bool
efti_match_weigh_raw(struct efti_match_worker *w)
{
    size_t kept = 0;

    if (!weights_open(w))
        return false;
    for (size_t i = 0; i < w->found_raw.count; i++)
        weights_add(w, w->found_raw.items[i].pattern);
    for (size_t i = 0; i < w->found_raw.count; i++) {
        if (weighs_enough(w, w->found_raw.items[i].pattern) ||
            is_except(w, &w->found_raw.items[i]))
            w->found_raw.items[kept++] = w->found_raw.items[i];
    }
    w->found_raw.count = kept;
    return true;
}

bool
efti_match_weigh(struct efti_match_worker *w, struct efti_hits *hits)
{
    size_t kept = 0;

    if (!weights_open(w))
        return false;
    for (size_t i = 0; i < hits->hits.count; i++)
        weights_add(w, hits->hits.items[i].pattern);
    for (size_t i = 0; i < hits->hits.count; i++)
        hits->hits.items[i].stray = is_stray(w, hits, i);
    for (size_t i = 0; i < hits->hits.count; i++) {
        struct efti_hit hit = hits->hits.items[i];
        if (hit.stray)
            continue;
        if (hit.polarity == EFTI_NEGATED && is_outweighed(w, hit.pattern))
            hit.polarity = EFTI_AFFIRMED;
        hits->hits.items[kept++] = hit;
    }
    hits->hits.count = kept;
    return true;
}

/* A mention by the way ("och inte en kollega till") in a text that says the theme over
 * and over. An entry that asks for its polarity has what it asked for. */
static bool
is_outvoted(const struct efti_match_worker *w, const struct efti_hit *hit)
{
    const struct efti_theme_weight *sides = &w->weights.items[hit->theme];
    const struct efti_entry_rules *rules =
        w->matcher->patterns.items[hit->pattern].pattern->rules;

    return hit->polarity == EFTI_NEGATED && sides->negated == 1 &&
           sides->affirmed >= AMPLE && (rules == NULL || rules->polarities == 0);
}

bool
efti_match_settle(struct efti_match_worker *w, struct efti_hits *hits)
{
    bool denied = false;

    for (size_t i = 0; i < hits->hits.count; i++)
        denied |= hits->hits.items[i].polarity == EFTI_NEGATED;
    if (!denied || hits->hits.count <= AMPLE)
        return true;
    if (!weights_open(w))
        return false;
    for (size_t i = 0; i < hits->hits.count; i++) {
        const struct efti_hit *hit = &hits->hits.items[i];
        struct efti_theme_weight *sides = &w->weights.items[hit->theme];
        if (sides->text != w->text_number)
            *sides = (struct efti_theme_weight){.text = w->text_number};
        sides->affirmed += hit->polarity == EFTI_AFFIRMED;
        sides->negated += hit->polarity == EFTI_NEGATED;
    }
    for (size_t i = 0; i < hits->hits.count; i++) {
        struct efti_hit *hit = &hits->hits.items[i];
        if (is_outvoted(w, hit))
            hit->polarity = EFTI_AFFIRMED;
    }
    return true;
}
