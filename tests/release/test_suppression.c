/*
 * test_suppression.c - random small corpora against a slow reading of the rules
 *
 * The reference below counts in dense arrays, writer by writer, and shares no code with
 * the room but the gate's two numbers. It recomputes every cell of themes, themes_by_unit
 * and theme_pairs (reflections), hiding, pooling and suppression included. Then somebody
 * who subtracts: from a shown total and the shown parts, never is a single hidden part
 * found, nor a union of hidden parts that does not pass by itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus.h"
#include "release/internal.h"

enum { WRITERS = 24, RECORDS = 120, UNITS = 5, NONE = UNITS, SLOTS = UNITS + 1, K = 3 };
enum { T = CORPUS_THEMES, TRIALS = 1500 };

typedef int counts[WRITERS];

struct world {
    struct said said[RECORDS];
    uint32_t count;
    counts all, unit[SLOTS], any[T], affirmed[T], negated[T], hits[T], both[T][T];
    counts cell[SLOTS][T];
    bool pooled[SLOTS]; /* into other */
    bool has_none_part, other, other_shown;
};

/* ------------------------------------------------------------- the reference */

static bool
passes(const counts c)
{
    int sum = 0, first = 0, second = 0, writers = 0;

    for (int w = 0; w < WRITERS; w++) {
        sum += c[w];
        writers += c[w] > 0;
        if (c[w] > first) {
            second = first;
            first = c[w];
        } else if (c[w] > second) {
            second = c[w];
        }
    }
    return writers >= K && 2 * first <= sum && 20 * (first + second) <= 17 * sum;
}

static int
total(const counts c)
{
    int sum = 0;

    for (int w = 0; w < WRITERS; w++)
        sum += c[w];
    return sum;
}

static int
writers_of(const counts c)
{
    int n = 0;

    for (int w = 0; w < WRITERS; w++)
        n += c[w] > 0;
    return n;
}

static void
add(counts to, const counts c, int sign)
{
    for (int w = 0; w < WRITERS; w++)
        to[w] += sign * c[w];
}

/* a without b, which is a part of a */
static bool
rest_passes(const counts a, const counts b)
{
    counts rest = {0};

    add(rest, a, 1);
    add(rest, b, -1);
    return passes(rest);
}

static bool
one_condition(const struct world *x, const counts c)
{
    return passes(x->all) && passes(c) && rest_passes(x->all, c);
}

static void
pool(struct world *x)
{
    counts sum = {0};
    int members = 0, named = 0;

    for (int u = 0; u < SLOTS; u++) {
        if (total(x->unit[u]) == 0)
            continue;
        named += u != NONE;
        x->pooled[u] = !one_condition(x, x->unit[u]);
        if (u == NONE && !x->pooled[u])
            x->has_none_part = true;
        members += x->pooled[u];
        if (x->pooled[u])
            add(sum, x->unit[u], 1);
    }
    x->other = members > 0 && named > 0;
    x->other_shown = false;
    while (x->other && !x->other_shown) {
        x->other_shown = members >= 2 && one_condition(x, sum);
        int best = -1;
        for (int u = 0; u < UNITS && !x->other_shown; u++) {
            if (total(x->unit[u]) > 0 && !x->pooled[u] &&
                (best < 0 || writers_of(x->unit[u]) < writers_of(x->unit[best])))
                best = u;
        }
        if (best < 0)
            break;
        x->pooled[best] = true;
        add(sum, x->unit[best], 1);
        members++;
    }
}

static void
count_world(struct world *x)
{
    for (uint32_t i = 0; i < x->count; i++) {
        const struct said *s = &x->said[i];
        uint32_t w = s->writer;
        int u = s->unit == 0 ? NONE : s->unit - 'A';
        x->all[w]++;
        x->unit[u][w]++;
        for (int t = 0; t < T; t++) {
            bool yes = (s->themes >> t & 1u) != 0, no = (s->negated >> t & 1u) != 0;
            x->affirmed[t][w] += yes;
            x->negated[t][w] += no;
            x->hits[t][w] += yes + no;
            x->any[t][w] += yes || no;
            x->cell[u][t][w] += yes || no;
            for (int b = t + 1; b < T; b++)
                x->both[t][b][w] +=
                    (yes || no) && ((s->themes | s->negated) >> b & 1u) != 0;
        }
    }
    pool(x);
}

static bool
theme_shows(const struct world *x, int t)
{
    return one_condition(x, x->any[t]) && passes(x->hits[t]);
}

/* Rows: the units that are printed, then other. */
struct parts {
    int count;
    counts slot[SLOTS], cell[SLOTS];
    char name[SLOTS][8];
    bool hidden[SLOTS], printed[SLOTS];
};

static void
add_part(struct parts *p, const char *name, bool printed)
{
    memset(p->slot[p->count], 0, sizeof(counts));
    memset(p->cell[p->count], 0, sizeof(counts));
    (void)snprintf(p->name[p->count], 8, "%s", name);
    p->hidden[p->count] = false;
    p->printed[p->count++] = printed;
}

static bool
is_safe(const struct parts *p)
{
    counts sum = {0};
    int hidden = 0;

    for (int i = 0; i < p->count; i++) {
        if (!p->hidden[i] && p->printed[i])
            continue;
        hidden++;
        add(sum, p->cell[i], 1);
    }
    return hidden >= 2 && passes(sum);
}

static struct parts
parts_of(const struct world *x, int t)
{
    struct parts p = {0};
    bool any = false;

    for (int u = 0; u < UNITS; u++) {
        char name[2] = {(char)('A' + u), '\0'};
        if (total(x->unit[u]) == 0 || x->pooled[u])
            continue;
        add_part(&p, name, true);
        add(p.slot[p.count - 1], x->unit[u], 1);
        add(p.cell[p.count - 1], x->cell[u][t], 1);
    }
    if (x->other) {
        add_part(&p, "other", true);
        for (int u = 0; u < SLOTS; u++) {
            if (!x->pooled[u])
                continue;
            add(p.slot[p.count - 1], x->unit[u], 1);
            add(p.cell[p.count - 1], x->cell[u][t], 1);
        }
    }
    if (x->has_none_part && p.count > 0) {
        add_part(&p, "", false);
        add(p.slot[p.count - 1], x->unit[NONE], 1);
        add(p.cell[p.count - 1], x->cell[NONE][t], 1);
    }
    for (int i = 0; i < p.count; i++) {
        p.hidden[i] = !theme_shows(x, t) || !passes(p.cell[i]) ||
                      !rest_passes(p.slot[i], p.cell[i]) ||
                      !rest_passes(x->any[t], p.cell[i]) ||
                      (strcmp(p.name[i], "other") == 0 && !x->other_shown);
        any = any || p.hidden[i];
    }
    while (any && !is_safe(&p)) {
        int best = -1;
        for (int i = 0; i < p.count; i++) {
            if (p.printed[i] && !p.hidden[i] &&
                (best < 0 || writers_of(p.cell[i]) < writers_of(p.cell[best])))
                best = i;
        }
        if (best < 0)
            break;
        p.hidden[best] = true;
    }
    return p;
}

/* -------------------------------------------------------------- random corpora */

static void
make_world(struct world *x, uint64_t *s)
{
    uint32_t writers = 8 + corpus_random(s) % (WRITERS - 7);
    uint32_t units = 1 + corpus_random(s) % UNITS, nowhere = corpus_random(s) % 3;
    uint32_t often = 2 + corpus_random(s) % 5;

    memset(x, 0, sizeof(*x));
    x->count = 20 + corpus_random(s) % (RECORDS - 19);
    for (uint32_t i = 0; i < x->count; i++) {
        struct said *r = &x->said[i];
        r->writer = corpus_random(s) % writers;
        /* the smaller of two: units of uneven size; a writer mostly stays in one */
        uint32_t u = corpus_random(s) % 4 == 0 ? corpus_random(s) : r->writer * 7;
        u = u % units < corpus_random(s) % units ? u % units : corpus_random(s) % units;
        r->unit =
            nowhere > 0 && corpus_random(s) % (8 * nowhere) == 0 ? 0 : (char)('A' + u);
        for (uint32_t t = 0; t < T; t++) {
            r->themes |= (uint32_t)(corpus_random(s) % (often + t) == 0) << t;
            r->negated |= (uint32_t)(corpus_random(s) % 9 == 0) << t;
        }
    }
    count_world(x);
}

static void
check_row(const eft_table *t, size_t row, bool shown, const counts c, const char *count)
{
    assert_int_equal(number_at(t, row, "shown"), shown);
    assert_int_equal(number_at(t, row, count), shown ? total(c) : -1);
    assert_int_equal(number_at(t, row, "writers"), shown ? writers_of(c) : -1);
}

static void
check_themes(const struct world *x, const struct eft_results *r)
{
    const eft_table *t = find(r, "themes");

    for (int i = 0; i < T; i++) {
        char id[8];
        (void)snprintf(id, sizeof(id), "th%d", i);
        check_row(t, row_of(t, "theme", id, "polarity", "any"), theme_shows(x, i),
                  x->any[i], "reflections");
        bool yes =
            one_condition(x, x->affirmed[i]) && rest_passes(x->any[i], x->affirmed[i]);
        bool no =
            one_condition(x, x->negated[i]) && rest_passes(x->any[i], x->negated[i]);
        size_t affirmed = row_of(t, "theme", id, "polarity", "affirmed");
        check_row(t, affirmed, yes, x->affirmed[i], "reflections");
        check_row(t, row_of(t, "theme", id, "polarity", "negated"), no, x->negated[i],
                  "reflections");
        bool told = yes && (no || !theme_shows(x, i));
        assert_int_equal(number_at(t, affirmed, "hits"),
                         told ? total(x->affirmed[i]) : -1);
    }
}

static void
check_pairs(const struct world *x, const struct eft_results *r)
{
    const eft_table *t = find(r, "theme_pairs");
    size_t row = 0;

    for (int a = 0; a < T; a++) {
        for (int b = a + 1; b < T; b++, row++) {
            bool shown = theme_shows(x, a) && theme_shows(x, b) &&
                         passes(x->both[a][b]) && rest_passes(x->any[a], x->both[a][b]) &&
                         rest_passes(x->any[b], x->both[a][b]);
            check_row(t, row, shown, x->both[a][b], "o11");
            if (!shown)
                continue;
            assert_int_equal(number_at(t, row, "r1"), total(x->any[a]));
            assert_int_equal(number_at(t, row, "c1"), total(x->any[b]));
        }
    }
}

/* What follows by subtraction from what was printed. */
static void
attack(const struct world *x, const struct eft_results *r, int theme,
       const struct parts *p)
{
    const eft_table *all = find(r, "themes"), *t = find(r, "themes_by_unit");
    char id[8];
    counts unknown = {0};
    int hidden = 0, shown = 0;
    int64_t left;

    (void)snprintf(id, sizeof(id), "th%d", theme);
    left = number_at(all, row_of(all, "theme", id, "polarity", "any"), "reflections");
    for (int i = 0; i < p->count; i++) {
        size_t row = SIZE_MAX;
        if (p->printed[i])
            row = row_of(t, "theme", id, "label", p->name[i]);
        if (p->printed[i] && number_at(t, row, "shown") == 1) {
            shown++;
            left -= number_at(t, row, "reflections");
        } else {
            hidden++;
            add(unknown, p->cell[i], 1);
        }
    }
    if (shown == 0)
        return;
    assert_true(theme_shows(x, theme)); /* parts never stand without their total */
    assert_int_equal(left, total(unknown));
    if (hidden > 0)
        assert_true(passes(unknown));
    if (hidden == 1) /* only the part without a row, which passes */
        assert_false(p->printed[p->count - 1]);
}

static void
every_cell_is_as_the_rules_say_and_none_follows(void **state)
{
    static struct world x;
    uint64_t seed = 20240917, shown = 0, hidden = 0, pooled = 0, further = 0;

    (void)state;
    for (int trial = 0; trial < TRIALS; trial++) {
        make_world(&x, &seed);
        struct efti_tally *tally = corpus_tally(x.said, x.count);
        struct eft_results *r = corpus_release(efti_tally_frozen(tally), K);
        const eft_table *t = find(r, "themes_by_unit");
        size_t rows = 0;
        check_themes(&x, r);
        check_pairs(&x, r);
        for (int i = 0; i < T; i++) {
            struct parts p = parts_of(&x, i);
            char id[8];
            (void)snprintf(id, sizeof(id), "th%d", i);
            for (int s = 0; s < p.count; s++) {
                if (!p.printed[s])
                    continue;
                size_t row = row_of(t, "theme", id, "label", p.name[s]);
                /* one-way rules are the least; bounds and insiders may ask for more */
                if (!p.hidden[s] && number_at(t, row, "shown") == 0) {
                    further++;
                    p.hidden[s] = true;
                }
                check_row(t, row, !p.hidden[s], p.cell[s], "reflections");
                hidden += p.hidden[s];
                shown += !p.hidden[s];
                rows++;
            }
            attack(&x, r, i, &p);
        }
        assert_int_equal(eft_table_rows(t), rows);
        pooled += x.other_shown;
        eft_results_free(r);
        efti_tally_free(tally);
    }
    /* the trials are of use only if they meet all of it */
    assert_true(shown > 1000 && hidden > 1000 && pooled > 100);
    assert_true(10 * further < shown); /* an engine that hides everything fails */
}

/* ------------------------------------------------------------------ by itself */

/* Rests of the population are found from the ends of an order, all others by walking. */
static void
both_ways_to_a_rest_agree(void **state)
{
    static struct world x;
    struct efti_release_options o = corpus_options(K);
    uint64_t seed = 7;

    (void)state;
    for (int trial = 0; trial < 200; trial++) {
        make_world(&x, &seed);
        struct efti_tally *tally = corpus_tally(x.said, x.count);
        struct release_job j = {
            .mem = &efti_malloc, .f = efti_tally_frozen(tally), .o = &o};
        assert_int_equal(efti_results_new(j.mem, &j.results, NULL), EFT_OK);
        assert_int_equal(efti_job_open(&j, NULL), EFT_OK);
        struct release_set all = efti_base_set(&j, RELEASE_BASE_POPULATION);
        for (size_t i = 0; i < efti_base_label(&j, j.f->label_count); i++) {
            struct release_set part = efti_base_set(&j, i);
            struct efti_cell a = efti_set_rest(all, part);
            struct efti_cell b = efti_population_rest(&j, part);
            if (i >= efti_base_hits(&j, 0, 0) && i < efti_base_none(&j, 0))
                continue; /* hits are no part of the reflections */
            assert_int_equal(a.count, b.count);
            assert_int_equal(a.writers, b.writers);
            assert_int_equal(a.top1, b.top1);
            assert_int_equal(a.top2, b.top2);
        }
        efti_job_close(&j);
        eft_results_free(j.results);
        efti_tally_free(tally);
    }
}

static const struct {
    char unit;
    uint32_t writers;
} uneven[] = {{'A', 12}, {'B', 9}, {'C', 7}, {'D', 2}};

static void
the_smallest_shown_part_goes_with_a_single_hidden_one(void **state)
{
    struct said s[200];
    uint32_t n = 0, w = 0;

    (void)state;
    for (size_t u = 0; u < EFTI_COUNT(uneven); u++) {
        for (uint32_t i = 0; i < uneven[u].writers; i++)
            s[n++] = (struct said){.writer = w++, .unit = uneven[u].unit, .themes = 1};
        for (uint32_t i = 0; i < 10; i++)
            s[n++] = (struct said){.writer = w++, .unit = uneven[u].unit};
    }
    struct efti_tally *tally = corpus_tally(s, n);
    struct eft_results *r = corpus_release(efti_tally_frozen(tally), 5);
    const eft_table *t = find(r, "themes_by_unit");
    assert_int_equal(number_at(t, row_of(t, "label", "A", "theme", "th0"), "reflections"),
                     12);
    assert_int_equal(number_at(t, row_of(t, "label", "B", "theme", "th0"), "reflections"),
                     9);
    assert_int_equal(number_at(t, row_of(t, "label", "C", "theme", "th0"), "shown"), 0);
    assert_int_equal(number_at(t, row_of(t, "label", "C", "theme", "th0"), "of"), 17);
    assert_int_equal(number_at(t, row_of(t, "label", "D", "theme", "th0"), "shown"), 0);
    assert_int_equal(r->hidden_secondary, 1);
    eft_results_free(r);
    efti_tally_free(tally);
}

/* One writer has most hits of the theme, so its row is hidden; its parts would add up. */
static void
parts_of_a_hidden_total_are_hidden(void **state)
{
    struct said s[60];
    uint32_t n = 0;

    (void)state;
    for (; n < 48; n++)
        s[n] = (struct said){.writer = n,
                             .unit = n % 2 == 0 ? 'A' : 'B',
                             .themes = n < 24,
                             .hits = n == 0 ? 100 : 1,
                             .feeling = n % 3 + 2};
    struct efti_tally *tally = corpus_tally(s, n);
    struct eft_results *r = corpus_release(efti_tally_frozen(tally), 5);
    const eft_table *t = find(r, "themes_by_unit"), *f = find(r, "feeling_by_theme");
    assert_int_equal(number_at(t, row_of(t, "label", "A", "theme", "th0"), "shown"), 0);
    assert_int_equal(number_at(t, row_of(t, "label", "B", "theme", "th0"), "shown"), 0);
    assert_int_equal(number_at(f, row_of(f, "feeling", "all", "theme", "th0"), "shown"),
                     0);
    eft_results_free(r);
    s[0].hits = 1;
    efti_tally_free(tally);
    tally = corpus_tally(s, n);
    r = corpus_release(efti_tally_frozen(tally), 5);
    t = find(r, "themes_by_unit");
    assert_int_equal(number_at(t, row_of(t, "label", "A", "theme", "th0"), "shown"), 1);
    eft_results_free(r);
    efti_tally_free(tally);
}

/* Units A and B lie in municipality X, C and D in Y. Theme 0 is with 2 writers of A and
 * with 2 of C: each table alone hides two units, but X less B is A. */
static void
units_within_a_municipality_do_not_follow_from_it(void **state)
{
    struct said s[96];
    uint32_t n = 0;

    (void)state;
    for (uint32_t w = 0; w < 48; w++) {
        char unit = (char)('A' + w / 12);
        bool has = unit == 'A' || unit == 'C' ? w % 12 < 2 : w % 12 < 7;
        for (int t = 0; t < 2; t++)
            s[n++] = (struct said){.writer = w,
                                   .unit = unit,
                                   .facet = unit < 'C' ? 'X' : 'Y',
                                   .themes = has && t == 0 ? 1u : 0};
    }
    struct efti_tally *t = corpus_tally_of(s, n, true, "kommun");
    struct eft_results *r = corpus_release(efti_tally_frozen(t), 3);
    const eft_table *units = find(r, "themes_by_unit");
    const eft_table *places = find(r, "themes_by_kommun");
    for (int place = 0; place < 2; place++) {
        const char *first = place == 0 ? "A" : "C", *second = place == 0 ? "B" : "D";
        bool whole =
            number_at(places,
                      row_of(places, "label", place == 0 ? "X" : "Y", "theme", "th0"),
                      "shown") == 1;
        bool other = number_at(units, row_of(units, "label", second, "theme", "th0"),
                               "shown") == 1;
        assert_int_equal(
            number_at(units, row_of(units, "label", first, "theme", "th0"), "shown"), 0);
        assert_false(whole && other);
    }
    eft_results_free(r);
    efti_tally_free(t);
}

/* hidden rows of the theme tables, one bit each */
static uint64_t
hidden_at(const struct efti_frozen *f, uint64_t work, bool *pairs_only)
{
    static const char *const names[] = {"themes_by_unit", "themes_by_kommun",
                                        "assignment_themes"};
    struct efti_release_options o = corpus_options(3);
    struct eft_results *r;
    uint64_t bits = 0;
    unsigned at = 0;

    o.joint_work = work;
    assert_int_equal(efti_release_tables(&efti_malloc, f, &o, NULL, &r, NULL), EFT_OK);
    for (size_t i = 0; i < 3; i++) {
        const eft_table *t = find(r, names[i]);
        for (size_t row = 0; row < eft_table_rows(t); row++, at++)
            bits |= (uint64_t)(number_at(t, row, "shown") != 1) << at % 64;
    }
    *pairs_only = r->pairs_only;
    eft_results_free(r);
    return bits;
}

/* Bounds of work from little to enough. What is hidden only grows, and then what was
 * hidden in vain is shown again; it never falls below what the whole check hides. */
static void
what_is_cut_short_is_not_shown_again(void **state)
{
    unsigned cut = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct said s[240];
        uint64_t random = seed, before = 0;
        bool pairs, reached = false;
        for (uint32_t i = 0; i < 240; i++)
            s[i] = (struct said){.writer = i / 3,
                                 .unit = (char)('A' + i / 3 % 6),
                                 .facet = i / 3 % 6 < 3 ? 'X' : 'Y',
                                 .assignment = (char)('P' + corpus_random(&random) % 6),
                                 .themes = corpus_random(&random) % 6 == 0};
        struct efti_tally *t = corpus_tally_of(s, 240, true, "kommun");
        const struct efti_frozen *f = efti_tally_frozen(t);
        uint64_t whole = hidden_at(f, UINT64_MAX - 1, &pairs);
        assert_false(pairs);
        for (uint64_t work = 1; work < 40000000; work += work / 4 + 1) {
            uint64_t hidden = hidden_at(f, work, &pairs);
            if (!pairs)
                break;
            reached = reached || (hidden & whole) == whole;
            if (reached)
                assert_int_equal(hidden & whole, whole);
            else
                assert_int_equal(hidden & before, before);
            cut++;
            before = hidden;
        }
        efti_tally_free(t);
    }
    assert_true(cut > 0);
}

/* The least work with which nothing is cut short. */
static uint64_t
whole_work(const struct efti_frozen *f)
{
    uint64_t low = 1, high = 2;
    bool pairs = true;

    while (hidden_at(f, high, &pairs), pairs)
        high *= 2;
    while (high - low > 1) {
        uint64_t mid = low + (high - low) / 2;
        (void)hidden_at(f, mid, &pairs);
        if (pairs)
            low = mid;
        else
            high = mid;
    }
    return high;
}

/* Units that speak of a theme often or hardly ever. With a little less work than enough
 * it is the last question, whether a cell may be shown again, that is cut short: an
 * answer that nobody gave shows nothing. */
static void
the_last_question_cut_short_shows_nothing(void **state)
{
    unsigned beyond = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        static const uint32_t often[] = {1, 2, 6, 12, 18};
        struct said s[150];
        uint64_t random = seed;
        bool pairs;
        for (uint32_t i = 0; i < 150; i++) {
            uint64_t of_unit = seed * 31 + i / 3 % 6;
            s[i] = (struct said){.writer = i / 3,
                                 .unit = (char)('A' + i / 3 % 6),
                                 .facet = i / 3 % 6 < 3 ? 'X' : 'Y',
                                 .assignment = (char)('P' + corpus_random(&random) % 5),
                                 .themes = corpus_random(&random) % 20 <
                                           often[corpus_random(&of_unit) % 5]};
        }
        struct efti_tally *t = corpus_tally_of(s, 150, true, "kommun");
        const struct efti_frozen *f = efti_tally_frozen(t);
        uint64_t whole = hidden_at(f, UINT64_MAX - 1, &pairs);
        uint64_t cut = hidden_at(f, whole_work(f) - 1, &pairs);
        assert_int_equal(cut & whole, whole);
        beyond += cut != whole;
        efti_tally_free(t);
    }
    assert_true(beyond > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_cut_short_is_not_shown_again),
        cmocka_unit_test(the_last_question_cut_short_shows_nothing),
        cmocka_unit_test(units_within_a_municipality_do_not_follow_from_it),
        cmocka_unit_test(every_cell_is_as_the_rules_say_and_none_follows),
        cmocka_unit_test(both_ways_to_a_rest_agree),
        cmocka_unit_test(parts_of_a_hidden_total_are_hidden),
        cmocka_unit_test(the_smallest_shown_part_goes_with_a_single_hidden_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
