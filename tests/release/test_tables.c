/*
 * test_tables.c - what each table shows, hides and calls things
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus.h"
#include "support/failing.h"

static struct eft_results *
released_with(const struct said *s, uint32_t count, const struct efti_release_options *o,
              const struct efti_term_pairs *pairs, bool writer_column, const char *facet)
{
    struct efti_tally *t = corpus_tally_of(s, count, writer_column, facet);
    struct eft_results *r;
    eft_error err;

    assert_int_equal(
        efti_release_tables(&efti_malloc, efti_tally_frozen(t), o, pairs, &r, &err),
        EFT_OK);
    efti_tally_free(t);
    return r;
}

static struct eft_results *
released(const struct said *s, uint32_t count, uint32_t k)
{
    struct efti_release_options o = corpus_options(k);

    return released_with(s, count, &o, NULL, true, NULL);
}

/* `each` reflections by each of the writers from..to */
static uint32_t
say(struct said *s, uint32_t n, uint32_t from, uint32_t to, uint32_t each,
    struct said what)
{
    for (uint32_t w = from; w < to; w++) {
        for (uint32_t i = 0; i < each; i++) {
            s[n] = what;
            s[n++].writer = w;
        }
    }
    return n;
}

static size_t
theme_row(const struct eft_results *r, const char *theme, const char *polarity)
{
    return row_of(find(r, "themes"), "theme", theme, "polarity", polarity);
}

static size_t
scope_row(const struct eft_results *r, const char *scope, const char *label)
{
    return row_of(find(r, "overview"), "scope", scope, "label", label);
}

static bool
only_keys(const eft_table *t, size_t row)
{
    for (size_t c = eft_table_column_find(t, "shown") + 1; c < eft_table_columns(t);
         c++) {
        if (!eft_table_missing(t, row, c) &&
            strcmp(eft_table_column_name(t, c), "of") != 0)
            return false;
    }
    return number_at(t, row, "shown") == 0;
}

/* ------------------------------------------------------------------ the gate */

static void
a_theme_of_all_but_four_is_hidden_and_of_all_but_five_shown(void **state)
{
    struct said s[40];

    (void)state;
    for (uint32_t rest = 4; rest <= 5; rest++) {
        uint32_t n = say(s, 0, 0, 10, 2, (struct said){.themes = 1});
        n = say(s, n, 10, 10 + rest, 2, (struct said){0});
        struct eft_results *r = released(s, n, 5);
        const eft_table *t = find(r, "themes");
        size_t row = theme_row(r, "th0", "any");
        if (rest == 4) {
            assert_true(only_keys(t, row));
        } else {
            assert_int_equal(number_at(t, row, "reflections"), 20);
            assert_int_equal(number_at(t, row, "writers"), 10);
            assert_true(fabs(real_at(t, row, "writer_share") - 10 / 15.0) < 1e-12);
            assert_true(real_at(t, row, "writer_share_low") < 10 / 15.0);
        }
        eft_results_free(r);
    }
}

static void
a_writer_with_most_of_a_theme_hides_it(void **state)
{
    struct said s[60];

    (void)state;
    for (uint32_t own = 5; own <= 6; own++) {
        uint32_t n = say(s, 0, 0, 1, own, (struct said){.themes = 1});
        n = say(s, n, 1, 6, 1, (struct said){.themes = 1});
        n = say(s, n, 6, 20, 2, (struct said){0});
        struct eft_results *r = released(s, n, 5);
        assert_int_equal(
            number_at(find(r, "themes"), theme_row(r, "th0", "any"), "shown"), own == 5);
        eft_results_free(r);
    }
}

static void
a_writer_with_most_of_the_hits_hides_the_row(void **state)
{
    struct said s[60];

    (void)state;
    for (uint32_t hits = 5; hits <= 6; hits++) {
        uint32_t n = say(s, 0, 0, 1, 1, (struct said){.themes = 1, .hits = hits});
        n = say(s, n, 1, 6, 1, (struct said){.themes = 1});
        n = say(s, n, 6, 20, 1, (struct said){0});
        struct eft_results *r = released(s, n, 5);
        const eft_table *t = find(r, "themes");
        size_t row = theme_row(r, "th0", "any");
        assert_int_equal(number_at(t, row, "shown"), hits == 5);
        assert_int_equal(number_at(t, row, "hits"), hits == 5 ? 10 : -1);
        eft_results_free(r);
    }
}

static void
zero_and_hidden_look_the_same(void **state)
{
    struct said s[60];
    uint32_t n = say(s, 0, 0, 10, 2, (struct said){.themes = 1});

    (void)state;
    n = say(s, n, 10, 13, 2, (struct said){.themes = 2});
    n = say(s, n, 13, 20, 2, (struct said){0});
    struct eft_results *r = released(s, n, 5);
    const eft_table *t = find(r, "themes");
    assert_true(only_keys(t, theme_row(r, "th1", "any"))); /* three writers */
    assert_true(only_keys(t, theme_row(r, "th2", "any"))); /* nobody */
    assert_true(only_keys(t, theme_row(r, "th0", "negated")));
    assert_int_equal(number_at(t, theme_row(r, "th0", "any"), "shown"), 1);
    assert_int_equal(eft_table_hidden(t), 15);
    eft_results_free(r);
}

static void
a_population_that_does_not_pass_shows_nothing(void **state)
{
    struct said s[120];
    uint32_t n = say(s, 0, 0, 1, 41, (struct said){.unit = 'A', .themes = 2, .terms = 2});

    (void)state;
    n = say(s, n, 1, 11, 2, (struct said){.unit = 'A', .themes = 1, .terms = 1});
    n = say(s, n, 11, 21, 2, (struct said){.unit = 'B', .feeling = 3});
    struct eft_results *r = released(s, n, 5);
    for (size_t i = 0; i < eft_results_count(r); i++) {
        const eft_table *t = eft_results_table(r, i);
        bool open = eft_table_column_find(t, "shown") == SIZE_MAX;
        assert_true(!open || eft_table_rows(t) == 0);
        for (size_t row = 0; !open && row < eft_table_rows(t); row++)
            assert_true(only_keys(t, row));
    }
    eft_results_free(r);
}

static void
affirmed_by_all_who_mention_it_is_hidden(void **state)
{
    struct said s[60];
    uint32_t n = say(s, 0, 0, 12, 1, (struct said){.themes = 1});

    (void)state;
    n = say(s, n, 12, 14, 1, (struct said){.negated = 1});
    n = say(s, n, 14, 24, 1, (struct said){0});
    struct eft_results *r = released(s, n, 5);
    const eft_table *t = find(r, "themes");
    assert_int_equal(number_at(t, theme_row(r, "th0", "any"), "reflections"), 14);
    assert_true(only_keys(t, theme_row(r, "th0", "affirmed"))); /* but for two */
    assert_true(only_keys(t, theme_row(r, "th0", "negated")));
    eft_results_free(r);

    n = say(s, n, 24, 27, 1, (struct said){.negated = 1}); /* five now */
    r = released(s, n, 5);
    t = find(r, "themes");
    assert_int_equal(number_at(t, theme_row(r, "th0", "affirmed"), "hits"), 12);
    assert_int_equal(number_at(t, theme_row(r, "th0", "negated"), "hits"), 5);
    eft_results_free(r);
}

static void
affirmed_loses_its_hits_when_negated_is_hidden(void **state)
{
    struct said s[60];
    uint32_t n = say(s, 0, 0, 20, 1, (struct said){.themes = 1});

    (void)state;
    /* five writers negate, one of them 6 times of 11 */
    n = say(s, n, 20, 25, 1, (struct said){.negated = 1});
    s[n - 1].hits = 7;
    n = say(s, n, 25, 32, 1, (struct said){0});
    struct eft_results *r = released(s, n, 5);
    const eft_table *t = find(r, "themes");
    size_t any = theme_row(r, "th0", "any"), affirmed = theme_row(r, "th0", "affirmed");
    assert_int_equal(number_at(t, theme_row(r, "th0", "negated"), "shown"), 0);
    assert_int_equal(number_at(t, any, "hits"), 31);
    assert_int_equal(number_at(t, affirmed, "shown"), 1);
    assert_int_equal(number_at(t, affirmed, "reflections"), 20);
    assert_int_equal(number_at(t, affirmed, "hits"), -1);
    assert_true(real_at(t, affirmed, "hits_per_1000") < 0);
    eft_results_free(r);
}

static void
only_reflections_that_say_something_count(void **state)
{
    struct said s[60];
    uint32_t n = say(s, 0, 0, 6, 1, (struct said){.themes = 1});

    (void)state;
    n = say(s, n, 6, 12, 1, (struct said){0});
    n = say(s, n, 12, 20, 1, (struct said){.themes = 1, .flags = EFTI_RECORD_WITHHELD});
    n = say(s, n, 20, 30, 1, (struct said){.flags = EFTI_RECORD_EMPTY});
    n = say(s, n, 30, 40, 1, (struct said){.flags = EFTI_RECORD_UNINFORMATIVE});
    struct eft_results *r = released(s, n, 5);
    size_t all = scope_row(r, "all", "");
    assert_int_equal(number_at(find(r, "overview"), all, "reflections"), 12);
    assert_int_equal(number_at(find(r, "overview"), all, "writers"), 12);
    assert_int_equal(
        number_at(find(r, "themes"), theme_row(r, "th0", "any"), "reflections"), 6);
    eft_results_free(r);
}

static void
those_without_a_writer_are_one_and_not_in_intervals(void **state)
{
    struct said s[60];
    uint32_t n = say(s, 0, 0, 6, 1, (struct said){.themes = 1});

    (void)state;
    n = say(s, n, 6, 9, 1, (struct said){.themes = 1, .nobody = true});
    n = say(s, n, 9, 15, 1, (struct said){0});
    struct eft_results *r = released(s, n, 5);
    const eft_table *t = find(r, "themes");
    size_t row = theme_row(r, "th0", "any");
    assert_int_equal(number_at(t, row, "reflections"), 9);
    assert_int_equal(number_at(t, row, "writers"), 7);
    assert_true(fabs(real_at(t, row, "writer_share") - 0.5) < 1e-12);
    eft_results_free(r);
}

static void
without_a_writer_column_each_reflection_stands_alone(void **state)
{
    struct efti_release_options o = corpus_options(10);
    struct said s[60];
    uint32_t n = say(s, 0, 0, 2, 6, (struct said){.themes = 1});

    (void)state;
    n = say(s, n, 2, 4, 6, (struct said){0});
    struct eft_results *r = released_with(s, n, &o, NULL, false, NULL);
    assert_int_equal(number_at(find(r, "themes"), theme_row(r, "th0", "any"), "writers"),
                     12);
    assert_false(r->writer_column);
    eft_results_free(r);
}

/* -------------------------------------------------------------------- labels */

static void
small_units_are_pooled_with_a_larger_one_if_need_be(void **state)
{
    struct said s[120];
    uint32_t n = say(s, 0, 0, 20, 1, (struct said){.unit = 'A'});

    (void)state;
    n = say(s, n, 20, 35, 1, (struct said){.unit = 'B'});
    n = say(s, n, 35, 41, 1, (struct said){.unit = 'C'});
    struct eft_results *r = released(s, n, 5);
    assert_int_equal(scope_row(r, "unit", "other"), SIZE_MAX);
    assert_int_equal(number_at(find(r, "overview"), scope_row(r, "unit", "C"), "writers"),
                     6);
    eft_results_free(r);

    n = say(s, n, 41, 43, 1, (struct said){.unit = 'D'}); /* alone: C is pulled in */
    r = released(s, n, 5);
    const eft_table *t = find(r, "overview");
    assert_int_equal(number_at(t, scope_row(r, "unit", "other"), "reflections"), 8);
    assert_int_equal(scope_row(r, "unit", "C"), SIZE_MAX);
    assert_int_equal(scope_row(r, "unit", "D"), SIZE_MAX);
    assert_int_equal(number_at(t, scope_row(r, "unit", "B"), "reflections"), 15);
    assert_int_equal(r->hidden_secondary > 0, 1);
    eft_results_free(r);

    n = say(s, n, 43, 47, 1, (struct said){.unit = 'E'}); /* with D: six writers */
    r = released(s, n, 5);
    t = find(r, "overview");
    assert_int_equal(number_at(t, scope_row(r, "unit", "other"), "reflections"), 6);
    assert_int_equal(number_at(t, scope_row(r, "unit", "C"), "reflections"), 6);
    eft_results_free(r);
}

static void
a_few_without_a_unit_do_not_follow_by_subtraction(void **state)
{
    struct said s[120];
    uint32_t n = say(s, 0, 0, 20, 1, (struct said){.unit = 'A'});

    (void)state;
    n = say(s, n, 20, 30, 1, (struct said){.unit = 'B'});
    n = say(s, n, 30, 32, 1, (struct said){0});
    struct eft_results *r = released(s, n, 5);
    const eft_table *t = find(r, "overview");
    assert_int_equal(number_at(t, scope_row(r, "unit", "other"), "reflections"), 12);
    assert_int_equal(scope_row(r, "unit", "B"), SIZE_MAX);
    eft_results_free(r);

    n = say(s, n, 32, 40, 1, (struct said){0}); /* now they pass: no row, no harm */
    r = released(s, n, 5);
    assert_int_equal(scope_row(r, "unit", "other"), SIZE_MAX);
    assert_int_equal(number_at(find(r, "overview"), scope_row(r, "unit", "B"), "writers"),
                     10);
    eft_results_free(r);
}

static void
a_single_unit_is_everybody_and_not_shown(void **state)
{
    struct said s[40];
    uint32_t n = say(s, 0, 0, 20, 1, (struct said){.unit = 'A', .themes = 1});

    (void)state;
    struct eft_results *r = released(s, n, 5);
    assert_int_equal(scope_row(r, "unit", "A"), SIZE_MAX);
    assert_true(only_keys(find(r, "overview"), scope_row(r, "unit", "other")));
    eft_results_free(r);
}

static void
labels_that_may_not_be_printed_are_numbered_by_hash(void **state)
{
    struct said s[120];
    char first = 'a', second = 'b';
    struct efti_id x = efti_identity(NULL, "label", "a", 1);
    struct efti_id y = efti_identity(NULL, "label", "b", 1);

    (void)state;
    if (efti_id_compare(&x, &y) > 0) {
        first = 'b';
        second = 'a';
    }
    uint32_t n = say(s, 0, 0, 10, 1, (struct said){.unit = 'A', .facet = 'a'});
    n = say(s, n, 10, 21, 1, (struct said){.unit = first, .facet = 'B'});
    n = say(s, n, 21, 33, 1, (struct said){.unit = second, .assignment = 'b'});
    struct efti_release_options o = corpus_options(5);
    struct eft_results *r = released_with(s, n, &o, NULL, true, "kön");
    const eft_table *t = find(r, "overview");
    assert_int_equal(number_at(t, scope_row(r, "unit", "A"), "writers"), 10);
    assert_int_equal(number_at(t, scope_row(r, "unit", "unit-1"), "writers"), 11);
    assert_int_equal(number_at(t, scope_row(r, "unit", "unit-2"), "writers"), 12);
    assert_int_equal(number_at(t, scope_row(r, "kön", "kön-1"), "writers"), 10);
    assert_int_equal(number_at(t, scope_row(r, "assignment", "assignment-1"), "writers"),
                     12);
    assert_non_null(eft_results_find(r, "themes_by_kon"));
    eft_results_free(r);

    o.hide_unit_labels = true;
    r = released_with(s, n, &o, NULL, true, NULL);
    assert_int_equal(scope_row(r, "unit", "A"), SIZE_MAX);
    assert_true(scope_row(r, "unit", "unit-3") != SIZE_MAX);
    eft_results_free(r);
}

static void
rare_tags_are_left_out_and_counted(void **state)
{
    struct said s[80];
    uint32_t n = say(s, 0, 0, 10, 1, (struct said){.tags = 3, .assignment = 'A'});

    (void)state;
    n = say(s, n, 10, 20, 1, (struct said){.tags = 1, .assignment = 'B'});
    n = say(s, n, 20, 23, 1, (struct said){.tags = 4, .assignment = 'B'});
    n = say(s, n, 23, 28, 1, (struct said){.assignment = 'B'});
    n = say(s, n, 28, 45, 1, (struct said){.assignment = 'A'});
    struct eft_results *r = released(s, n, 5);
    const eft_table *t = find(r, "overview");
    assert_int_equal(number_at(t, scope_row(r, "tag", "tag0"), "reflections"), 20);
    assert_int_equal(number_at(t, scope_row(r, "tag", "tag1"), "reflections"), 10);
    assert_int_equal(scope_row(r, "tag", "tag2"), SIZE_MAX);
    assert_int_equal(scope_row(r, "tag", "other"), SIZE_MAX);
    t = find(r, "assignment_tags");
    size_t row = row_of(t, "assignment", "A", "tag", "tag0");
    assert_int_equal(number_at(t, row, "of"), 27);
    assert_int_equal(number_at(t, row, "reflections"), 10);
    /* tag1 is in A only: nobody has it outside A, so both its rows are hidden */
    assert_true(only_keys(t, row_of(t, "assignment", "A", "tag", "tag1")));
    assert_true(only_keys(t, row_of(t, "assignment", "B", "tag", "tag1")));
    assert_int_equal(row_of(t, "tag", "tag2", NULL, NULL), SIZE_MAX);
    eft_results_free(r);
}

static void
every_category_of_identifier_has_a_row(void **state)
{
    struct said s[60];
    uint32_t n = say(s, 0, 0, 8, 1, (struct said){.categories = 1u << EFTI_PLACE});

    (void)state;
    n = say(s, n, 8, 10, 1, (struct said){.categories = 1u << EFTI_PERSON});
    n = say(s, n, 10, 20, 1, (struct said){0});
    struct eft_results *r = released(s, n, 5);
    const eft_table *t = find(r, "overview");
    assert_int_equal(number_at(t, scope_row(r, "veiled", "PLACE"), "reflections"), 8);
    assert_true(only_keys(t, scope_row(r, "veiled", "PERSON")));
    assert_true(only_keys(t, scope_row(r, "veiled", "IP")));
    size_t rows = 0;
    for (size_t i = 0; i < eft_table_rows(t); i++)
        rows += text_is(t, i, "scope", "veiled");
    assert_int_equal(rows, EFTI_CATEGORY_COUNT);
    eft_results_free(r);
}

/* ------------------------------------------------------------------ feelings */

static void
a_mean_is_exact_when_nobody_or_many_left_it_out(void **state)
{
    struct said s[120];
    uint32_t n = say(s, 0, 0, 10, 1, (struct said){.themes = 1, .feeling = 2});

    (void)state;
    n = say(s, n, 10, 17, 1, (struct said){.themes = 1, .feeling = 4});
    n = say(s, n, 17, 30, 1, (struct said){.feeling = 5});
    struct eft_results *r = released(s, n, 5);
    const eft_table *t = find(r, "feeling_by_theme");
    size_t row = row_of(t, "theme", "th0", "feeling", "all");
    assert_int_equal(number_at(t, row, "reflections"), 17);
    assert_int_equal(number_at(t, row, "writers"), 17);
    assert_true(fabs(real_at(t, row, "mean") - 48 / 17.0) < 1e-12);
    assert_int_equal(number_at(find(r, "overview"), scope_row(r, "all", ""), "feelings"),
                     30);
    eft_results_free(r);
}

static void
a_few_without_a_feeling_do_not_follow_by_subtraction(void **state)
{
    struct said s[120];
    uint32_t n = say(s, 0, 0, 10, 1, (struct said){.themes = 1, .feeling = 2});

    (void)state;
    n = say(s, n, 10, 17, 1, (struct said){.themes = 1, .feeling = 4});
    n = say(s, n, 17, 18, 1, (struct said){.themes = 1});
    n = say(s, n, 18, 40, 1, (struct said){.feeling = 5});
    struct eft_results *r = released(s, n, 5);
    const eft_table *t = find(r, "feeling_by_theme");
    size_t row = row_of(t, "theme", "th0", "feeling", "all");
    assert_int_equal(number_at(t, row, "shown"), 1);
    assert_int_equal(number_at(t, row, "reflections"), -1);
    assert_int_equal(number_at(t, row, "writers"), -1);
    assert_int_equal(number_at(t, row, "writers_min"), 5);
    assert_true(fabs(real_at(t, row, "mean") - 2.8) < 1e-12); /* 2.8235... */
    t = find(r, "overview");
    assert_int_equal(number_at(t, scope_row(r, "all", ""), "feelings"), -1);
    eft_results_free(r);
}

static void
steps_are_shown_together_or_not_at_all(void **state)
{
    struct said s[200];
    uint32_t n = 0;

    (void)state;
    for (uint32_t f = 1; f <= 5; f++) {
        n = say(s, n, n, n + 6, 1, (struct said){.themes = 1, .feeling = f});
        n = say(s, n, n, n + 6, 1, (struct said){.feeling = f});
    }
    struct eft_results *r = released(s, n, 5);
    const eft_table *t = find(r, "feeling_by_theme");
    size_t row = row_of(t, "theme", "th0", "feeling", "3");
    assert_int_equal(number_at(t, row, "reflections"), 6);
    assert_true(fabs(real_at(t, row, "share") - 0.2) < 1e-12);
    eft_results_free(r);

    s[0].feeling = 2; /* five writers left at step 1, ... */
    s[1].feeling = 2; /* ... and now four */
    r = released(s, n, 5);
    t = find(r, "feeling_by_theme");
    for (char step[2] = "1"; step[0] <= '5'; step[0]++)
        assert_true(only_keys(t, row_of(t, "theme", "th0", "feeling", step)));
    row = row_of(t, "theme", "th0", "feeling", "all");
    assert_true(fabs(real_at(t, row, "mean") - 92 / 30.0) < 1e-12);
    eft_results_free(r);
}

static void
a_mean_that_says_what_all_felt_is_left_out(void **state)
{
    struct said s[120];
    uint32_t n = say(s, 0, 0, 10, 1, (struct said){.themes = 1, .feeling = 5});

    (void)state;
    n = say(s, n, 10, 20, 1, (struct said){.feeling = 2});
    s[0].feeling = 3; /* 10 * 5 - 48 = 2 */
    struct eft_results *r = released(s, n, 5);
    const eft_table *t = find(r, "feeling_by_theme");
    size_t row = row_of(t, "theme", "th0", "feeling", "all");
    assert_int_equal(number_at(t, row, "shown"), 1);
    assert_true(real_at(t, row, "mean") < 0);
    eft_results_free(r);
}

static void
every_possible_count_agrees_with_a_rounded_mean(void **state)
{
    (void)state;
    /* the grid of rows.c: whatever n is, some sum of n feelings rounds to each value */
    for (int n = 5; n < 1500; n++) {
        int parts = n < 10 ? 1 : n < 1000 ? 10 : 100;
        for (int value = parts; value <= 5 * parts; value++) {
            int sum = (2 * value * n + parts) / (2 * parts);
            double mean = (double)sum / n;
            assert_true(fabs(floor(mean * parts + 0.5) - value) < 0.5);
        }
    }
}

/* ----------------------------------------------------------- pairs and terms */

static void
pairs_of_themes_are_counted_in_reflections_and_sentences(void **state)
{
    struct said s[120];
    uint32_t n = say(s, 0, 0, 8, 1, (struct said){.themes = 3});

    (void)state;
    n = say(s, n, 8, 14, 2, (struct said){.themes = 1});
    n = say(s, n, 14, 21, 1, (struct said){.themes = 2});
    n = say(s, n, 21, 30, 1, (struct said){0});
    struct eft_results *r = released(s, n, 5);
    const eft_table *t = find(r, "theme_pairs");
    assert_int_equal(eft_table_rows(t), 2 * 6);
    for (int level = 0; level < 2; level++) {
        size_t row = (size_t)level * 6;
        assert_true(text_is(t, row, "level", level == 0 ? "reflection" : "sentence"));
        assert_true(text_is(t, row, "theme_b", "th1"));
        assert_int_equal(number_at(t, row, "o11"), 8);
        assert_int_equal(number_at(t, row, "r1"), 20);
        assert_int_equal(number_at(t, row, "c1"), 15);
        assert_int_equal(number_at(t, row, "n"), level == 0 ? 36 : 72);
        assert_int_equal(number_at(t, row, "writers"), 8);
        assert_true(fabs(real_at(t, row, "dice") - 16 / 35.0) < 1e-12);
        for (size_t i = 1; i < 6; i++)
            assert_true(only_keys(t, row + i));
    }
    eft_results_free(r);
}

static void
terms_are_ranked_by_writers_then_reflections_tokens_bytes(void **state)
{
    struct said s[120];
    uint32_t n = say(s, 0, 0, 6, 1, (struct said){.terms = 1u << 3 | 1u << 1});

    (void)state;
    n = say(s, n, 6, 12, 2, (struct said){.terms = 1u << 0});
    n = say(s, n, 12, 13, 1, (struct said){.terms = 1u << 2});
    n = say(s, n, 13, 23, 1, (struct said){0});
    struct eft_results *r = released(s, n, 5);
    const eft_table *t = find(r, "terms");
    assert_int_equal(eft_table_rows(t), 3);
    assert_true(text_is(t, 0, "term", "ord0"));
    assert_true(text_is(t, 1, "term", "ord1"));
    assert_true(text_is(t, 2, "term", "ord3"));
    assert_true(text_is(t, 0, "label", "ord0~"));
    assert_int_equal(number_at(t, 0, "rank"), 1);
    assert_int_equal(number_at(t, 0, "reflections"), 12);
    assert_int_equal(number_at(t, 0, "writers"), 6);
    assert_int_equal(eft_table_hidden(t), 1);
    assert_string_equal(eft_results_missing(r, 0), "term_pairs");
    eft_results_free(r);
}

static void
a_writer_with_most_tokens_hides_the_term(void **state)
{
    struct said s[60];

    (void)state;
    for (uint32_t tokens = 5; tokens <= 6; tokens++) {
        uint32_t n = say(s, 0, 0, 1, 1, (struct said){.terms = 1, .tokens = tokens});
        n = say(s, n, 1, 6, 1, (struct said){.terms = 1});
        n = say(s, n, 6, 12, 1, (struct said){0});
        struct eft_results *r = released(s, n, 5);
        assert_int_equal(eft_table_rows(find(r, "terms")), tokens == 5);
        assert_int_equal(eft_table_hidden(find(r, "terms")), tokens != 5);
        eft_results_free(r);
    }
}

static struct efti_cell
even_cell(uint32_t writers)
{
    struct efti_cell c = {0};

    for (uint32_t i = 0; i < writers; i++)
        efti_cell_add(&c, 1);
    return c;
}

static void
pairs_of_terms_need_both_terms_and_all_rests(void **state)
{
    struct efti_term_pair p[3] = {
        {1, 2, even_cell(6), even_cell(9), even_cell(9)},
        {1, 3, even_cell(9), even_cell(6), even_cell(6)},
        {2, 3, even_cell(9), even_cell(4), even_cell(6)}, /* a rest of four */
    };
    struct efti_term_pair hidden_term = {1, 4, even_cell(9), even_cell(9), even_cell(9)};
    struct efti_term_pairs pairs = {0};
    struct efti_release_options o = corpus_options(5);
    struct said s[120];
    uint32_t n = say(s, 0, 0, 15, 1, (struct said){.terms = 7});

    (void)state;
    n = say(s, n, 15, 17, 1, (struct said){.terms = 8});
    n = say(s, n, 17, 40, 1, (struct said){0});
    pairs.level[0].pairs.items = p;
    pairs.level[0].pairs.count = 3;
    pairs.level[0].n = 40;
    pairs.level[0].hidden = 2;
    pairs.level[1].pairs.items = &hidden_term;
    pairs.level[1].pairs.count = 1;
    pairs.level[1].n = 80;
    struct eft_results *r = released_with(s, n, &o, &pairs, true, NULL);
    const eft_table *t = find(r, "term_pairs");
    assert_int_equal(eft_table_rows(t), 2);
    assert_true(text_is(t, 0, "term_b", "ord2")); /* 1, 3: larger logDice */
    assert_int_equal(number_at(t, 0, "r1"), 15);
    assert_int_equal(number_at(t, 0, "writers"), 9);
    assert_true(text_is(t, 1, "term_b", "ord1"));
    assert_int_equal(number_at(t, 1, "c1"), 15);
    assert_int_equal(eft_table_hidden(t), 2 + 1 + 1);
    /* this program is not the library, so the module with igraph is not beside it */
    assert_string_equal(eft_results_missing(r, 0), "communities");
    assert_null(eft_results_missing(r, 1));
    eft_results_free(r);
}

/* -------------------------------------------------------------------- faults */

static void
an_empty_tally_makes_empty_tables(void **state)
{
    (void)state;
    struct eft_results *r = released(NULL, 0, 5);
    assert_true(only_keys(find(r, "overview"), scope_row(r, "all", "")));
    assert_int_equal(eft_table_rows(find(r, "themes")), 0);
    assert_int_equal(eft_table_rows(find(r, "themes_by_unit")), 0);
    eft_results_free(r);
}

static void
no_refused_allocation_leaks_or_leaves_results(void **state)
{
    struct said s[60];
    struct efti_term_pair p = {1, 2, even_cell(9), even_cell(9), even_cell(9)};
    struct efti_term_pairs pairs = {0};
    struct efti_release_options o = corpus_options(3);
    struct failing f;

    (void)state;
    uint32_t n = say(s, 0, 0, 10, 1,
                     (struct said){.unit = 'A',
                                   .assignment = 'a',
                                   .facet = 'X',
                                   .tags = 1,
                                   .themes = 3,
                                   .terms = 3,
                                   .feeling = 2});
    n = say(s, n, 10, 20, 1, (struct said){.unit = 'b', .tags = 2, .terms = 1});
    n = say(s, n, 20, 21, 1, (struct said){.unit = 'C', .negated = 1, .assignment = 'B'});
    pairs.level[0].pairs.items = &p;
    pairs.level[0].pairs.count = 1;
    pairs.level[0].n = 40;
    struct efti_tally *t = corpus_tally_of(s, n, true, "roll");
    for (uint64_t at = 1;; at++) {
        eft_allocator mem = failing_at(&f, at);
        struct eft_results *r = (void *)&f;
        eft_status st =
            efti_release_tables(&mem, efti_tally_frozen(t), &o, &pairs, &r, NULL);
        assert_int_equal(r == NULL, f.failed);
        eft_results_free(r);
        if (failing_got_through(&f, st))
            break;
    }
    efti_tally_free(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_theme_of_all_but_four_is_hidden_and_of_all_but_five_shown),
        cmocka_unit_test(a_writer_with_most_of_a_theme_hides_it),
        cmocka_unit_test(a_writer_with_most_of_the_hits_hides_the_row),
        cmocka_unit_test(zero_and_hidden_look_the_same),
        cmocka_unit_test(a_population_that_does_not_pass_shows_nothing),
        cmocka_unit_test(affirmed_by_all_who_mention_it_is_hidden),
        cmocka_unit_test(affirmed_loses_its_hits_when_negated_is_hidden),
        cmocka_unit_test(only_reflections_that_say_something_count),
        cmocka_unit_test(those_without_a_writer_are_one_and_not_in_intervals),
        cmocka_unit_test(without_a_writer_column_each_reflection_stands_alone),
        cmocka_unit_test(small_units_are_pooled_with_a_larger_one_if_need_be),
        cmocka_unit_test(a_few_without_a_unit_do_not_follow_by_subtraction),
        cmocka_unit_test(a_single_unit_is_everybody_and_not_shown),
        cmocka_unit_test(labels_that_may_not_be_printed_are_numbered_by_hash),
        cmocka_unit_test(rare_tags_are_left_out_and_counted),
        cmocka_unit_test(every_category_of_identifier_has_a_row),
        cmocka_unit_test(a_mean_is_exact_when_nobody_or_many_left_it_out),
        cmocka_unit_test(a_few_without_a_feeling_do_not_follow_by_subtraction),
        cmocka_unit_test(steps_are_shown_together_or_not_at_all),
        cmocka_unit_test(a_mean_that_says_what_all_felt_is_left_out),
        cmocka_unit_test(every_possible_count_agrees_with_a_rounded_mean),
        cmocka_unit_test(pairs_of_themes_are_counted_in_reflections_and_sentences),
        cmocka_unit_test(terms_are_ranked_by_writers_then_reflections_tokens_bytes),
        cmocka_unit_test(a_writer_with_most_tokens_hides_the_term),
        cmocka_unit_test(pairs_of_terms_need_both_terms_and_all_rests),
        cmocka_unit_test(an_empty_tally_makes_empty_tables),
        cmocka_unit_test(no_refused_allocation_leaks_or_leaves_results),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
