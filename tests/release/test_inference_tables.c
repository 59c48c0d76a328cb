/*
 * test_inference_tables.c - intervals, tests and tables over writers in what is released
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus.h"
#include "stats/cluster.h"
#include "stats/distribution.h"
#include "stats/permute.h"
#include "support/failing.h"

enum { WRITERS = 24, TEXTS = 8 };

/* 24 writers, eight texts each, two units, four assignments; days a week apart. Theme 0
 * is often in unit A; theme 1 comes with assignment P; theme 2 with low feelings; theme 3
 * only in the later half. */
static uint32_t
make_corpus(struct said *s)
{
    uint32_t n = 0;
    uint64_t seed = 7;

    for (uint32_t w = 0; w < WRITERS; w++) {
        for (uint32_t t = 0; t < TEXTS; t++) {
            uint32_t r = corpus_random(&seed), themes = 0;
            char assignment = (char)('P' + t % 4);
            themes |= r % 10 < (w % 2 == 0 ? 7u : 2u) ? 1u : 0;
            themes |= r / 10 % 10 < (t % 4 == 0 ? 8u : 3u) ? 2u : 0;
            themes |= r / 100 % 10 < 4 ? 4u : 0;
            themes |= r / 1000 % 10 < (t >= TEXTS / 2 ? 7u : 2u) ? 8u : 0;
            s[n++] = (struct said){.writer = w,
                                   .unit = w % 2 == 0 ? 'A' : 'B',
                                   .assignment = assignment,
                                   .themes = themes,
                                   .tags = 1u << t % 3,
                                   .terms = (themes & 3u) | (r >> 14 & 12u),
                                   .day = (int32_t)(19000 + 61 * t),
                                   .feeling = (themes & 4u) != 0 ? 2 + r % 2 : 3 + r % 3};
        }
    }
    return n;
}

static struct efti_tally *
corpus_of_study(void)
{
    static struct said s[WRITERS * TEXTS];

    return corpus_tally(s, make_corpus(s));
}

static void
a_share_has_the_interval_of_its_writers(void **state)
{
    struct efti_tally *t = corpus_of_study();
    const struct efti_frozen *f = efti_tally_frozen(t);
    struct eft_results *r = corpus_release(f, 5);
    const eft_table *themes = find(r, "themes");
    size_t row = row_of(themes, "theme", "th0", "polarity", "any");
    double x[WRITERS] = {0}, n[WRITERS] = {0};
    struct efti_ratio sums = {0};

    (void)state;
    for (uint32_t i = 0; i < f->record_count; i++) {
        n[f->records[i].writer]++;
        for (uint32_t k = 0; k < f->records[i].theme_count; k++)
            x[f->records[i].writer] += f->records[i].themes[k].theme == 0;
    }
    for (int w = 0; w < WRITERS; w++)
        efti_ratio_add(&sums, x[w], n[w]);
    struct efti_interval i = efti_share_interval(&sums, 0.95);
    assert_true(fabs(real_at(themes, row, "share_low") - floor(i.low * 1000) / 1000) <
                1e-9);
    assert_true(fabs(real_at(themes, row, "share_high") - ceil(i.high * 1000) / 1000) <
                1e-9);
    eft_results_free(r);
    efti_tally_free(t);
}

static void
units_that_differ_are_found_and_the_null_is_named(void **state)
{
    struct efti_tally *t = corpus_of_study();
    struct eft_results *r = corpus_release(efti_tally_frozen(t), 5);
    const eft_table *tests = find(r, "tests");
    size_t zero = row_of(tests, "subject", "th0", "test", "heterogeneity");
    size_t two = row_of(tests, "subject", "th2", "test", "heterogeneity");

    (void)state;
    assert_true(real_at(tests, zero, "p") < 0.01 && real_at(tests, zero, "q") < 0.05);
    assert_true(real_at(tests, two, "p") > 0.05);
    assert_true(text_is(tests, zero, "null", "whole writers exchanged between labels"));
    eft_results_free(r);
    efti_tally_free(t);
}

static void
an_assignment_that_gives_a_theme_stands_out_in_the_heat_map(void **state)
{
    struct efti_tally *t = corpus_of_study();
    struct eft_results *r = corpus_release(efti_tally_frozen(t), 5);
    const eft_table *map = find(r, "assignment_themes");
    size_t row = row_of(map, "assignment", "P", "theme", "th1");

    (void)state;
    assert_true(real_at(map, row, "residual") > 3);
    assert_true(real_at(map, row, "p") < 0.001 && real_at(map, row, "q") < 0.01);
    eft_results_free(r);
    efti_tally_free(t);
}

/* Theme 0 and theme 1 are habits of the same writers; 2 and 3 come in the same texts. */
static void
what_is_a_habit_of_writers_goes_together_by_chance(void **state)
{
    static struct said s[WRITERS * TEXTS];
    uint64_t seed = 11;

    (void)state;
    for (uint32_t i = 0; i < WRITERS * TEXTS; i++) {
        uint32_t r = corpus_random(&seed), often = i / TEXTS % 2 == 0 ? 8 : 2;
        uint32_t themes = (r % 10 < often ? 1u : 0) | (r / 10 % 10 < often ? 2u : 0);
        themes |= r / 100 % 10 < 4 ? 4u : 0;
        themes |= r / 1000 % 10 < ((themes & 4u) != 0 ? 8u : 2u) ? 8u : 0;
        s[i] = (struct said){.writer = i / TEXTS, .unit = 'A', .themes = themes};
    }
    struct efti_tally *t = corpus_tally(s, WRITERS * TEXTS);
    struct eft_results *r = corpus_release(efti_tally_frozen(t), 5);
    const eft_table *pairs = find(r, "theme_pairs");
    size_t habit = row_of(pairs, "theme_a", "th0", "theme_b", "th1");
    size_t texts = row_of(pairs, "theme_a", "th2", "theme_b", "th3");
    assert_true(real_at(pairs, habit, "g2") > 10.83);
    assert_true(real_at(pairs, habit, "p") > 0.05);
    assert_true(real_at(pairs, texts, "p") < 0.001 && real_at(pairs, texts, "q") < 0.01);
    eft_results_free(r);
    efti_tally_free(t);
}

static void
low_feelings_with_a_theme_are_found_within_writers(void **state)
{
    struct efti_tally *t = corpus_of_study();
    struct eft_results *r = corpus_release(efti_tally_frozen(t), 5);
    const eft_table *feelings = find(r, "feeling_by_theme");
    size_t row = row_of(feelings, "theme", "th2", "feeling", "all");

    (void)state;
    double p = real_at(feelings, row, "p"), d = real_at(feelings, row, "difference");
    assert_true(p > 0 && p < 0.001 && d < -1 && d > -2);
    /* themes of an assignment bring their feeling along; one table is one family */
    feelings = find(r, "feeling_by_assignment");
    for (size_t i = 0; i < eft_table_rows(feelings); i++) {
        if (!text_is(feelings, i, "feeling", "all"))
            continue;
        assert_true(real_at(feelings, i, "p") > 0);
        assert_true(real_at(feelings, i, "q") >= real_at(feelings, i, "p"));
    }
    eft_results_free(r);
    efti_tally_free(t);
}

/* The row of `tests` with this key; SIZE_MAX: none. */
static size_t
test_of(const eft_table *t, const char *table, const char *subject, const char *test)
{
    for (size_t i = 0; i < eft_table_rows(t); i++) {
        if (text_is(t, i, "table_name", table) && text_is(t, i, "subject", subject) &&
            text_is(t, i, "test", test))
            return i;
    }
    return SIZE_MAX;
}

static void
themes_over_time_have_the_finest_periods_that_pass(void **state)
{
    struct efti_tally *t = corpus_of_study();
    struct eft_results *r = corpus_release(efti_tally_frozen(t), 5);
    const eft_table *trend = find(r, "trend"), *tests = find(r, "tests");
    size_t row = test_of(tests, "trend", "th3", "trend");
    size_t change = test_of(tests, "trend", "th3", "change");

    (void)state;
    /* a text every other month: some months are empty, so terms */
    assert_true(text_is(trend, 0, "period", "2022-VT"));
    assert_true(real_at(tests, row, "p") < 0.01 && real_at(tests, row, "value") > 0);
    assert_true(real_at(tests, change, "p") < 0.01);
    eft_results_free(r);
    efti_tally_free(t);
}

/* Theme 0 in 4, 9 and 15 of 20 writers' texts, from R to P to Q; theme 1 in
 * the same ten's. */
static void
themes_over_assignments_have_a_trend_in_their_order(void **state)
{
    static struct said s[60];
    static const char order[] = {'R', 'P', 'Q'};
    static const uint32_t often[] = {4, 9, 15};

    (void)state;
    for (uint32_t i = 0; i < 60; i++) {
        uint32_t w = i / 3, a = i % 3;
        s[i] = (struct said){.writer = w,
                             .assignment = order[a],
                             .themes = (w * 7 % 20 < often[a] ? 1u : 0u) |
                                       ((w + a) % 2 == 0 ? 2u : 0u),
                             .day = (int32_t)(19000 + 40 * a + w)};
    }
    struct efti_tally *t = corpus_tally(s, 60);
    struct efti_release_options o = corpus_options(3);
    for (int way = 0; way < 3; way++) {
        static const enum efti_adjustment ways[] = {EFTI_ADJUST_BH, EFTI_ADJUST_BY,
                                                    EFTI_ADJUST_HOLM};
        static const double times[] = {2, 2 * 1.5, 2}; /* the lesser of two p-values */
        struct eft_results *r;
        o.adjustment = ways[way];
        assert_int_equal(
            efti_release_tables(&efti_malloc, efti_tally_frozen(t), &o, NULL, &r, NULL),
            EFT_OK);
        const eft_table *tests = find(r, "tests");
        size_t row = test_of(tests, "assignment_themes", "th0", "trend");
        size_t change = test_of(tests, "assignment_themes", "th0", "change");
        size_t other = test_of(tests, "assignment_themes", "th1", "trend");
        double p = real_at(tests, row, "p");
        assert_true(p < 0.01 && real_at(tests, other, "p") > 0.2);
        assert_true(fabs(real_at(tests, row, "value") - 5.5 / 20) < 1e-3);
        assert_true(fabs(real_at(tests, row, "q") - times[way] * p) < 0.05 * p);
        assert_true(text_is(tests, row, "null",
                            "texts of a writer exchanged between assignments"));
        assert_true(text_is(tests, row, "family",
                            way == 0   ? "bh over the 2 tests trend of assignment_themes"
                            : way == 1 ? "by over the 2 tests trend of assignment_themes"
                                       : "holm over the 2 tests trend of "
                                         "assignment_themes"));
        assert_true(text_is(tests, change, "at", "Q") ||
                    text_is(tests, change, "at", "P"));
        eft_results_free(r);
    }
    efti_tally_free(t);
}

/* A survey: 90 people, each with one text, in P, Q or R; theme 0 is commoner from P to R,
 * and who has it feels worse. */
static void
writers_of_one_text_are_exchanged_among_each_other(void **state)
{
    static const uint32_t often[] = {8, 14, 21};
    static struct said s[90];
    double x[3] = {0}, n[3] = {30, 30, 30}, sum[2] = {0}, count[2] = {0};

    (void)state;
    for (uint32_t w = 0; w < 90; w++) {
        uint32_t a = w / 30, has = w * 7 % 30 < often[a] ? 1u : 0u;
        s[w] = (struct said){.writer = w,
                             .assignment = (char)('P' + a),
                             .themes = has | (w % 3 == 0 ? 2u : 0u),
                             .day = (int32_t)(19000 + 200 * a),
                             .feeling = 2 + w % 3 + (has == 0 ? 1 : 0)};
        x[a] += has;
        sum[has] += s[w].feeling;
        count[has]++;
    }
    struct efti_tally *t = corpus_tally(s, 90);
    struct eft_results *r = corpus_release(efti_tally_frozen(t), 5);
    const eft_table *map = find(r, "assignment_themes");
    size_t row = row_of(map, "assignment", "R", "theme", "th0");
    double z = real_at(map, row, "residual") * sqrt(89 / 90.0);
    assert_true(fabs(real_at(map, row, "p") / efti_normal_two_sided(z) - 1) < 0.05);
    const eft_table *feelings = find(r, "feeling_by_theme");
    row = row_of(feelings, "theme", "th0", "feeling", "all");
    assert_true(fabs(real_at(feelings, row, "difference") -
                     (sum[1] / count[1] - sum[0] / count[0])) < 0.006);
    assert_true(real_at(feelings, row, "p") > 0 && real_at(feelings, row, "p") < 0.001);
    const eft_table *pairs = find(r, "theme_pairs");
    assert_true(real_at(pairs, row_of(pairs, "theme_a", "th0", "theme_b", "th1"), "p") >
                0.05);
    const eft_table *tests = find(r, "tests");
    row = test_of(tests, "assignment_themes", "th0", "trend");
    double armitage = efti_chi2_tail(efti_trend_in_proportions(x, n, NULL, 3), 1);
    assert_true(fabs(real_at(tests, row, "p") - armitage) < 0.005);
    assert_true(text_is(tests, row, "null",
                        "writers, of one text each, exchanged between assignments"));
    eft_results_free(r);
    efti_tally_free(t);
}

/* A survey: others answer each year, theme 0 is twice as common in the second. */
static void
years_of_a_survey_are_compared_by_whole_writers(void **state)
{
    static struct said s[80];

    (void)state;
    for (uint32_t w = 0; w < 80; w++) {
        bool second = w >= 40;
        s[w] = (struct said){.writer = w,
                             .themes = (w % 10 < (second ? 8u : 4u) ? 1u : 0u) |
                                       (w % 2 == 0 ? 2u : 0u),
                             .day = second ? 19600 : 19235};
    }
    struct efti_tally *t = corpus_tally(s, 80);
    struct eft_results *r = corpus_release(efti_tally_frozen(t), 5);
    const eft_table *trend = find(r, "trend"), *tests = find(r, "tests");
    size_t first = row_of(tests, "subject", "th0", "test", "heterogeneity");
    size_t other = row_of(tests, "subject", "th1", "test", "heterogeneity");

    assert_true(text_is(tests, first, "table_name", "trend"));
    assert_true(text_is(tests, first, "null", "whole writers exchanged between periods"));
    assert_true(fabs(real_at(tests, first, "value") - 0.4) < 1e-9);
    assert_true(real_at(tests, first, "p") < 0.01);
    assert_true(real_at(tests, other, "p") > 0.5);
    size_t row = row_of(trend, "period", "2023", "theme", "th0");
    assert_true(real_at(trend, row, "share_low") > 0.5 &&
                real_at(trend, row, "share_high") < 1);
    eft_results_free(r);
    efti_tally_free(t);
}

static void
undated_texts_of_few_leave_no_periods(void **state)
{
    static struct said s[WRITERS * TEXTS];
    uint32_t n = make_corpus(s);

    (void)state;
    s[3].day = 0; /* one of one writer */
    struct efti_tally *t = corpus_tally(s, n);
    struct eft_results *r = corpus_release(efti_tally_frozen(t), 5);
    assert_int_equal(eft_table_rows(find(r, "trend")), 0);
    assert_true(row_of(find(r, "overview"), "scope", "period", NULL, NULL) == SIZE_MAX);
    eft_results_free(r);
    efti_tally_free(t);
}

static void
few_writers_get_description_and_the_reason(void **state)
{
    static struct said s[7 * TEXTS];
    struct said all[WRITERS * TEXTS];

    (void)state;
    make_corpus(all);
    memcpy(s, all, sizeof(s));
    for (size_t i = 0; i < EFTI_COUNT(s); i++)
        s[i].themes = 1u << i % 2;
    struct efti_tally *t = corpus_tally(s, EFTI_COUNT(s));
    struct eft_results *r = corpus_release(efti_tally_frozen(t), 3);
    const eft_table *themes = find(r, "themes"), *tests = find(r, "tests");
    size_t row = row_of(themes, "theme", "th0", "polarity", "any");

    (void)state;
    assert_int_equal(number_at(themes, row, "shown"), 1);
    assert_true(
        eft_table_missing(themes, row, eft_table_column_find(themes, "share_low")));
    row = row_of(tests, "subject", "th0", "test", "heterogeneity");
    assert_true(row == SIZE_MAX || text_is(tests, row, "note", "fewer than 8 writers"));
    eft_results_free(r);
    efti_tally_free(t);
}

static void
nobody_knows_who_wrote_so_there_is_no_inference(void **state)
{
    static struct said s[WRITERS * TEXTS];
    struct efti_tally *t = corpus_tally_of(s, make_corpus(s), false, NULL);
    struct eft_results *r = corpus_release(efti_tally_frozen(t), 10);
    const eft_table *themes = find(r, "themes"), *tests = find(r, "tests");
    size_t row = row_of(themes, "theme", "th0", "polarity", "any");

    (void)state;
    assert_true(
        eft_table_missing(themes, row, eft_table_column_find(themes, "share_low")));
    row = row_of(tests, "subject", "th0", "test", "heterogeneity");
    assert_true(text_is(tests, row, "note", "no column of writers"));
    assert_int_equal(eft_table_rows(find(r, "dispersion")), 0);
    eft_results_free(r);
    efti_tally_free(t);
}

/* Counted again from the corpus: words of a unit against the other. */
static void
keyness_counts_what_is_there(void **state)
{
    static struct said s[WRITERS * TEXTS];
    uint32_t n = make_corpus(s);
    struct efti_tally *t = corpus_tally(s, n);
    struct eft_results *r = corpus_release(efti_tally_frozen(t), 5);
    const eft_table *key = find(r, "keyness_by_unit");
    size_t row = row_of(key, "label", "A", "term", "ord0");
    int64_t tokens = 0, elsewhere = 0;

    (void)state;
    for (uint32_t i = 0; i < n; i++) {
        tokens += (s[i].terms & 1u) != 0 && s[i].unit == 'A';
        elsewhere += (s[i].terms & 1u) != 0 && s[i].unit == 'B';
    }
    assert_int_equal(number_at(key, row, "tokens"), tokens);
    assert_true(fabs(real_at(key, row, "log_ratio") -
                     log2((double)tokens / (double)elsewhere)) < 1e-9);
    assert_true(real_at(key, row, "p") < 0.01);
    assert_true(row_of(key, "label", "B", "term", "ord0") == SIZE_MAX);
    assert_true(real_at(find(r, "dispersion"),
                        row_of(find(r, "dispersion"), "term", "ord0", NULL, NULL),
                        "dp") > 0.1);
    eft_results_free(r);
    efti_tally_free(t);
}

static void
equal_corpora_in_another_order_give_equal_tests(void **state)
{
    static struct said s[WRITERS * TEXTS];
    uint32_t n = make_corpus(s);
    struct efti_tally *a = corpus_tally(s, n);

    (void)state;
    for (uint32_t i = 0; i < n / 2; i++) {
        struct said kept = s[i];
        s[i] = s[n - 1 - i];
        s[n - 1 - i] = kept;
    }
    struct efti_tally *b = corpus_tally(s, n);
    struct eft_results *x = corpus_release(efti_tally_frozen(a), 5);
    struct eft_results *y = corpus_release(efti_tally_frozen(b), 5);
    const eft_table *p = find(x, "tests"), *q = find(y, "tests");
    size_t column = eft_table_column_find(p, "p");
    assert_int_equal(eft_table_rows(p), eft_table_rows(q));
    for (size_t i = 0; i < eft_table_rows(p); i++) {
        assert_int_equal(eft_table_missing(p, i, column),
                         eft_table_missing(q, i, column));
        assert_true(eft_table_missing(p, i, column) ||
                    (eft_table_real(p, i, column) <= eft_table_real(q, i, column) &&
                     eft_table_real(p, i, column) >= eft_table_real(q, i, column)));
    }
    eft_results_free(x);
    eft_results_free(y);
    efti_tally_free(a);
    efti_tally_free(b);
}

static void
every_failing_allocation_is_reported_and_nothing_leaks(void **state)
{
    struct efti_tally *t = corpus_of_study();
    const struct efti_frozen *f = efti_tally_frozen(t);
    struct efti_release_options o = corpus_options(5);

    (void)state;
    for (uint64_t n = 1;; n++) {
        struct failing fail;
        const eft_allocator mem = failing_at(&fail, n);
        struct eft_results *r;
        eft_status st = efti_release_tables(&mem, f, &o, NULL, &r, NULL);
        eft_results_free(r);
        if (failing_got_through(&fail, st))
            break;
    }
    efti_tally_free(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_has_the_interval_of_its_writers),
        cmocka_unit_test(units_that_differ_are_found_and_the_null_is_named),
        cmocka_unit_test(an_assignment_that_gives_a_theme_stands_out_in_the_heat_map),
        cmocka_unit_test(what_is_a_habit_of_writers_goes_together_by_chance),
        cmocka_unit_test(low_feelings_with_a_theme_are_found_within_writers),
        cmocka_unit_test(themes_over_time_have_the_finest_periods_that_pass),
        cmocka_unit_test(themes_over_assignments_have_a_trend_in_their_order),
        cmocka_unit_test(writers_of_one_text_are_exchanged_among_each_other),
        cmocka_unit_test(years_of_a_survey_are_compared_by_whole_writers),
        cmocka_unit_test(undated_texts_of_few_leave_no_periods),
        cmocka_unit_test(few_writers_get_description_and_the_reason),
        cmocka_unit_test(nobody_knows_who_wrote_so_there_is_no_inference),
        cmocka_unit_test(keyness_counts_what_is_there),
        cmocka_unit_test(equal_corpora_in_another_order_give_equal_tests),
        cmocka_unit_test(every_failing_allocation_is_reported_and_nothing_leaks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
