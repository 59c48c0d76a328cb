/*
 * test_inference.c - many tests, tails, intervals by writer, permutation
 *
 * Benjamini and Hochberg's fifteen p-values; R 4.2.2. What has no published value is
 * held against a formula written down here another way.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "near.h"
#include "stats/adjust.h"
#include "stats/cluster.h"
#include "stats/distribution.h"
#include "stats/permute.h"
#include "stats/rank.h"
#include "support/failing.h"

static const double fifteen[15] = {.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344,
                                   .0459, .3240, .4262, .5719, .6528, .7590, 1.000};

static void
adjusts_as(enum efti_adjustment a, const double *expected, size_t rejected)
{
    double q[15];
    size_t below = 0;

    assert_int_equal(efti_adjust(&efti_malloc, fifteen, 15, a, q, NULL), EFT_OK);
    for (int i = 0; i < 15; i++) {
        assert_true(within(q[i], expected[i], 5.1e-8));
        below += q[i] <= .05;
    }
    assert_int_equal(below, rejected);
}

static void
fifteen_p_values_are_adjusted_as_published(void **state)
{
    static const double bh[15] = {.0015,    .0030,    .0095,    .035625,  .0603,
                                  .0638571, .0638571, .0645,    .0765,    .486,
                                  .5811818, .7148750, .7532308, .8132143, 1};
    static const double holm[15] = {
        .0015, .0056, .0247, .1140, .2211, .2780, .2780, .2780, .3213, 1, 1, 1, 1, 1, 1};
    static const double by[15] = {.0049773, .0099547, .0315232, .1182119, .2000892,
                                  .2118926, .2118926, .2140258, .2538445, 1,
                                  1,        1,        1,        1,        1};
    static const double bonferroni[15] = {
        .0015, .0060, .0285, .1425, .3015, .4170, .4470, .5160, .6885, 1, 1, 1, 1, 1, 1};

    (void)state;
    adjusts_as(EFTI_ADJUST_BH, bh, 4);
    adjusts_as(EFTI_ADJUST_HOLM, holm, 3);
    adjusts_as(EFTI_ADJUST_BY, by, 3);
    adjusts_as(EFTI_ADJUST_BONFERRONI, bonferroni, 3);
}

/* p.adjust of R: ties get one value, in whatever order they come. */
static void
equal_p_values_are_adjusted_alike(void **state)
{
    static const double p[5] = {.04, .02, .01, .04, .02}, all[4] = {.03, .03, .03, .03};
    static const double expected[][5] = {
        {.04, .1 / 3, .1 / 3, .04, .1 / 3},
        {.091333333333, .076111111111, .076111111111, .091333333333, .076111111111},
        {.08, .08, .05, .08, .08},
        {.2, .1, .05, .2, .1}};
    double q[5];

    (void)state;
    for (int a = 0; a < EFTI_ADJUST_COUNT; a++) {
        assert_int_equal(
            efti_adjust(&efti_malloc, p, 5, (enum efti_adjustment)a, q, NULL), EFT_OK);
        for (int i = 0; i < 5; i++)
            assert_true(within(q[i], expected[a][i], 1e-11));
    }
    assert_int_equal(efti_adjust(&efti_malloc, all, 4, EFTI_ADJUST_BH, q, NULL), EFT_OK);
    assert_true(same(q[0], .03) && same(q[3], .03));
    assert_int_equal(efti_adjust(&efti_malloc, all, 4, EFTI_ADJUST_HOLM, q, NULL),
                     EFT_OK);
    assert_true(same(q[0], .12) && same(q[3], .12));
}

static void
what_was_not_tested_is_no_member_of_the_family(void **state)
{
    double p[3] = {.01, (double)NAN, .04}, bad = 1.5;

    (void)state;
    assert_int_equal(efti_adjust(&efti_malloc, p, 3, EFTI_ADJUST_BH, p, NULL), EFT_OK);
    assert_true(same(p[0], .02) && isnan(p[1]) && same(p[2], .04));
    assert_int_equal(efti_adjust(&efti_malloc, &bad, 1, EFTI_ADJUST_BH, p, NULL),
                     EFT_E_RANGE);
    assert_string_equal(efti_adjustment_name(EFTI_ADJUST_HOLM), "holm");
    assert_null(efti_adjustment_name(EFTI_ADJUST_COUNT));
}

/* --------------------------------------------------------------------- tails */

static void
tails_match_the_tables(void **state)
{
    (void)state;
    assert_true(same(efti_normal_two_sided(1.959963984540054), 0.05));
    assert_true(same(efti_chi2_tail(4.337160494, 1), 0.0372890630));
    assert_true(same(efti_chi2_tail(4.534939332, 1), 0.0332096340));
    assert_true(same(efti_chi2_tail(0.7714285714, 2), 0.6799647736));
    assert_true(same(efti_chi2_tail(3.841458820694124, 1), 0.05));
    assert_true(same(efti_chi2_tail(18.30703805327515, 10), 0.05));
    assert_true(same(efti_chi2_tail(19.67513757268249, 11), 0.05));
    assert_true(same(efti_t_two_sided(2.262157162740992, 9), 0.05));
    assert_true(same(efti_t_quantile(0.975, 9), 2.262157162740992));
    assert_true(efti_chi2_tail(0, 3) == 1 && isnan(efti_chi2_tail(1, 0)));
}

/* GSL's default handler aborts: reaching the end is the test. */
static void
no_argument_makes_a_tail_abort(void **state)
{
    (void)state;
    for (double df = 0.5; df < 1e7; df *= 1.7) {
        for (double t = 1e-300; t < 1e301; t *= 1e9)
            assert_true(efti_t_two_sided(t, df) >= 0);
        for (double p = 1e-9; p < 1; p = p < 0.4 ? p * 3 : p + 0.01)
            assert_true(isfinite(efti_t_quantile(p, df)));
    }
    for (double x = 1e-300; x < 1e301; x *= 1e3) {
        for (unsigned df = 1; df < 40; df++)
            assert_true(efti_chi2_tail(x, df) >= 0 && efti_chi2_tail(x, df) <= 1);
    }
    assert_true(efti_t_two_sided((double)INFINITY, 3) == 0);
    assert_true(isnan(efti_t_two_sided(1, 0)) && isnan(efti_t_quantile(1, 3)));
}

static void
a_hypergeometric_probability_keeps_its_digits(void **state)
{
    (void)state;
    assert_true(same(exp(efti_log_hypergeometric(3, 4, 4, 8)), 16.0 / 70));
    assert_true(same(exp(efti_log_binomial(3, 10, 0.5)), 120.0 / 1024));
    assert_true(same(exp(efti_log_binomial(40, 100, 0.4)), 0.0812191449635));
}

/* ------------------------------------------------------------------- writers */

static void
a_share_has_the_linearised_variance_by_writer(void **state)
{
    static const double x[10] = {1, 2, 0, 3, 4, 1, 2, 5, 0, 2};
    static const double n[10] = {5, 6, 5, 7, 8, 5, 6, 9, 5, 6};
    struct efti_ratio r = {0};
    double p = 20.0 / 62, sum = 0, nn = 0;

    (void)state;
    for (int i = 0; i < 10; i++)
        efti_ratio_add(&r, x[i], n[i]);
    efti_ratio_add(&r, 0, 0); /* wrote nothing: is nobody */
    assert_int_equal(r.writers, 10);
    for (int i = 0; i < 10; i++) {
        sum += (x[i] - p * n[i]) * (x[i] - p * n[i]) / (62.0 * 62);
        nn += n[i] * n[i];
    }
    double g = 62.0 * 62 / nn, variance = g / (g - 1) * sum;
    struct efti_interval i = efti_share_interval(&r, 0.95);
    double reach = efti_t_quantile(0.975, g - 1) * sqrt(variance) / (p * (1 - p));
    assert_true(same(i.value, p) && same(i.variance, variance) && same(i.df, g - 1));
    assert_true(same(log(i.low / (1 - i.low)), log(p / (1 - p)) - reach));
    assert_true(same(log(i.high / (1 - i.high)), log(p / (1 - p)) + reach));
}

static void
equal_writers_make_the_plain_standard_error_of_a_mean(void **state)
{
    static const double y[9] = {3, 4, 2, 5, 4, 3, 1, 4, 5};
    struct efti_ratio r = {0};
    double mean = 31.0 / 9, squares = 0;

    (void)state;
    for (int i = 0; i < 9; i++) {
        efti_ratio_add(&r, y[i], 1);
        squares += (y[i] - mean) * (y[i] - mean);
    }
    struct efti_interval i = efti_mean_interval(&r, 1, 5, 0.95);
    assert_true(same(i.value, mean) && same(i.variance, squares / 8 / 9));
    assert_true(same(i.df, 8));
    double reach = 2.306004135033371 * sqrt(squares / 72) * 4 / ((mean - 1) * (5 - mean));
    assert_true(
        same(log((i.high - 1) / (5 - i.high)), log((mean - 1) / (5 - mean)) + reach));
    assert_true(
        same(log((i.low - 1) / (5 - i.low)), log((mean - 1) / (5 - mean)) - reach));
}

static void
a_mean_near_the_top_stays_below_it_and_one_at_the_top_has_no_interval(void **state)
{
    struct efti_ratio r = {0};

    (void)state;
    for (int i = 0; i < 12; i++)
        efti_ratio_add(&r, i < 2 ? 6 : 10, 2);
    struct efti_interval i = efti_mean_interval(&r, 1, 5, 0.95);
    assert_true(i.high < 5 && i.value - i.low > i.high - i.value);
    r = (struct efti_ratio){0};
    for (int k = 0; k < 12; k++)
        efti_ratio_add(&r, 10, 2);
    i = efti_mean_interval(&r, 1, 5, 0.95);
    assert_true(same(i.value, 5) && isnan(i.low) && isnan(i.high));
}

static void
below_eight_writers_there_is_a_value_and_no_interval(void **state)
{
    struct efti_ratio r = {0};

    (void)state;
    for (int i = 0; i < 7; i++)
        efti_ratio_add(&r, i % 2, 2);
    struct efti_interval i = efti_share_interval(&r, 0.95);
    assert_true(same(i.value, 3.0 / 14) && isnan(i.low) && isnan(i.high));
    r = (struct efti_ratio){0};
    assert_true(isnan(efti_mean_interval(&r, 1, 5, 0.95).value));
}

static void
sums_of_two_parties_are_those_of_all(void **state)
{
    struct efti_ratio a = {0}, b = {0}, all = {0};

    (void)state;
    for (int i = 0; i < 20; i++) {
        efti_ratio_add(i < 9 ? &a : &b, i % 3, 4 + i % 4);
        efti_ratio_add(&all, i % 3, 4 + i % 4);
    }
    efti_ratio_merge(&a, &b);
    assert_memory_equal(&a, &all, sizeof(a));
}

/* The variance of a log rate from leaving out, beside the definition. */
static void
a_rate_may_take_its_variance_from_leaving_writers_out(void **state)
{
    static const double x[10] = {9, 0, 1, 0, 4, 0, 0, 2, 25, 0};
    static const double n[10] = {50, 60, 55, 70, 80, 50, 65, 90, 75, 60};
    struct efti_ratio r = {0}, back = {0}, other = {0};
    struct efti_left_out left = {0, 0}, turned = {0, 0};
    double logs[10], mean = 0, variance = 0;

    (void)state;
    for (int i = 0; i < 10; i++) {
        efti_ratio_add(&r, x[i], n[i]);
        efti_ratio_add(&other, 3, 100 + i);
        logs[i] = log((41 - x[i]) / (655 - n[i]));
        mean += logs[i] / 10;
    }
    for (int i = 0; i < 10; i++) {
        variance += .9 * (logs[i] - mean) * (logs[i] - mean);
        efti_left_out_base(&left, n[i] / 655);
        if (x[i] > 0)
            efti_left_out_add(&left, x[i] / 41, n[i] / 655);
    }
    for (int i = 9; i >= 0; i--) {
        efti_left_out_base(&turned, n[i] / 655);
        efti_left_out_add(&turned, x[i] / 41, n[i] / 655);
    }
    assert_true(left.sum == turned.sum && left.squares == turned.squares);
    back = r;
    efti_ratio_leave_out(&r, &left);
    struct efti_interval i = efti_share_interval(&r, 0.95);
    assert_true(same(i.value, 41. / 655));
    assert_true(fabs(i.variance / (i.value * i.value) - variance) < 1e-10);
    assert_true(variance >
                efti_share_interval(&back, 0.95).variance * 655 * 655 / 41 / 41);
    /* one who has them all: a value, and nothing of how sure it is */
    efti_left_out_add(&left, 1, .1);
    efti_ratio_leave_out(&back, &left);
    assert_true(isnan(efti_log_ratio_interval(&back, &other, 0.95).low));
    assert_true(!isnan(efti_log_ratio_interval(&back, &other, 0.95).value));
}

static void
a_log_ratio_of_equal_rates_is_zero_and_its_p_is_one(void **state)
{
    struct efti_ratio a = {0}, b = {0};

    (void)state;
    for (int i = 0; i < 12; i++) {
        efti_ratio_add(&a, 1 + i % 3, 100);
        efti_ratio_add(&b, 2 * (1 + i % 3), 200);
    }
    struct efti_log_ratio r = efti_log_ratio_interval(&a, &b, 0.95);
    assert_true(within(r.value, 0, 1e-12) && same(r.p, 1) && same(r.low, -r.high));
    b.x *= 2;
    assert_true(efti_log_ratio_interval(&a, &b, 0.95).value < 0);
    b.x = 0;
    assert_true(isnan(efti_log_ratio_interval(&a, &b, 0.95).value));
}

static void
an_odds_ratio_turned_round_is_one_over_it_and_so_are_its_ends(void **state)
{
    struct efti_ratio a = {0}, b = {0};

    (void)state;
    for (int i = 0; i < 12; i++) {
        efti_ratio_add(&a, 3 + i % 3, 20);
        efti_ratio_add(&b, 1 + i % 2, 20);
    }
    struct efti_odds r = efti_odds_interval(&a, &b, 0.95);
    struct efti_odds t = efti_odds_interval(&b, &a, 0.95);
    assert_true(within(r.value, (48.0 / 192) / (18.0 / 222), 1e-12));
    assert_true(r.low > 1 && r.low < r.value && r.value < r.high);
    assert_true(same(r.low * t.high, 1) && same(r.high * t.low, 1));
    b.x = 0;
    r = efti_odds_interval(&a, &b, 0.95);
    assert_true(isnan(r.value) && isnan(r.low));
}

/* Who always feels the same shows no difference, and takes part: least squares. */
static void
writers_without_spread_count_in_the_difference(void **state)
{
    struct efti_within w = {0};

    (void)state;
    for (int i = 0; i < 10; i++)
        efti_within_add(&w, 4, 2, 12, 40, 8); /* 4 4 with it, 2 2 without */
    assert_true(same(efti_within_difference(&w), 2));
    double z = efti_within_z(&w);
    for (int i = 0; i < 10; i++)
        efti_within_add(&w, 4, 2, 12, 36, 6); /* 3 3 3 3 */
    assert_true(same(efti_within_difference(&w), 1) && same(efti_within_z(&w), z));
}

/* With 0 and 1 the strata are 2x2 tables: Mantel and Haenszel's without correction. */
static void
labels_within_writers_are_mantel_and_haenszels_test(void **state)
{
    struct efti_within w = {0};
    double observed = 0, expected = 0, variance = 0;

    (void)state;
    for (int i = 0; i < 10; i++) {
        double n = 6 + i % 3, m = 2 + i % 2, x = 3, a = 1 + i % 2;
        efti_within_add(&w, n, m, x, x, a);
        observed += a;
        expected += m * x / n;
        variance += m * (n - m) * x * (n - x) / (n * n * (n - 1));
    }
    efti_within_add(&w, 5, 5, 2, 2, 2); /* only labelled texts: says nothing */
    assert_int_equal(w.writers, 10);
    assert_true(same(efti_within_z(&w), (observed - expected) / sqrt(variance)));
    w.writers = 7;
    assert_true(isnan(efti_within_z(&w)));
}

static void
an_adjusted_residual_squared_is_the_chi_square_of_two_by_two(void **state)
{
    (void)state;
    assert_true(same(efti_adjusted_residual(10, 30, 20, 100), sqrt(4.7619047619)));
    assert_true(isnan(efti_adjusted_residual(0, 0, 20, 100)));
}

/* --------------------------------------------------------------- permutation */

static void
clear_differences_between_groups_are_found_and_none_is_not(void **state)
{
    struct efti_grouped w[24];
    struct efti_heterogeneity h;

    (void)state;
    for (uint32_t i = 0; i < 24; i++)
        w[i] = (struct efti_grouped){i < 12 ? 1 : 6, 8, i / 12};
    assert_int_equal(efti_heterogeneity(&efti_malloc, w, 24, 2, NULL, &h, NULL), EFT_OK);
    assert_true(same(h.p, 1.0 / 1000) && same(h.low, .125) && same(h.high, .75));
    for (uint32_t i = 0; i < 24; i++)
        w[i].group = i % 2;
    assert_int_equal(efti_heterogeneity(&efti_malloc, w, 24, 2, NULL, &h, NULL), EFT_OK);
    assert_true(h.p == 1);
    assert_int_equal(efti_heterogeneity(&efti_malloc, w, 7, 2, NULL, &h, NULL), EFT_OK);
    assert_true(isnan(h.p) && isfinite(h.statistic));
    w[0].group = 2;
    assert_int_equal(efti_heterogeneity(&efti_malloc, w, 24, 2, NULL, &h, NULL),
                     EFT_E_RANGE);
}

static void
a_trend_and_where_it_changes_are_found_within_writers(void **state)
{
    struct efti_dated t[12 * 8];
    struct efti_trend r;

    (void)state;
    for (uint32_t w = 0; w < 12; w++) {
        for (uint32_t p = 0; p < 8; p++)
            t[w * 8 + p] = (struct efti_dated){w, p, p >= 5 ? 1 : 0};
    }
    assert_int_equal(efti_trend(&efti_malloc, t, 96, 8, NULL, &r, NULL), EFT_OK);
    assert_int_equal(r.from, 5);
    assert_true(same(r.change, 1) && same(r.p, 1.0 / 1000) &&
                same(r.change_p, 1.0 / 1000));
    /* slope of a step of 3 in 8, by least squares */
    assert_true(same(r.slope, 7.5 / 42));
}

static void
who_wrote_when_is_no_trend(void **state)
{
    struct efti_dated t[40];
    struct efti_trend r;

    (void)state;
    /* early writers never, late writers always: nobody changed */
    for (uint32_t i = 0; i < 40; i++)
        t[i] = (struct efti_dated){i / 2, i / 20 * 2 + i % 2, i >= 20};
    assert_int_equal(efti_trend(&efti_malloc, t, 40, 4, NULL, &r, NULL), EFT_OK);
    assert_true(isnan(r.p) && isnan(r.change_p));
    t[0].period = 4;
    assert_int_equal(efti_trend(&efti_malloc, t, 40, 4, NULL, &r, NULL), EFT_E_RANGE);
}

static void
smokers_have_rs_trend_in_proportions(void **state)
{
    static const double x[4] = {83, 90, 129, 70}, n[4] = {86, 93, 136, 82};
    double chi = efti_trend_in_proportions(x, n, NULL, 4);

    (void)state;
    assert_true(same(chi, 8.224922285) && same(efti_chi2_tail(chi, 1), .0041318975));
}

static void
equal_seeds_give_equal_p_values(void **state)
{
    struct efti_grouped w[30];
    struct efti_heterogeneity a, b, c;
    const struct efti_permutation other = {.stream = 4};

    (void)state;
    for (uint32_t i = 0; i < 30; i++)
        w[i] = (struct efti_grouped){i * 7 % 5, 6, i % 3};
    assert_int_equal(efti_heterogeneity(&efti_malloc, w, 30, 3, NULL, &a, NULL), EFT_OK);
    assert_int_equal(efti_heterogeneity(&efti_malloc, w, 30, 3, NULL, &b, NULL), EFT_OK);
    assert_int_equal(efti_heterogeneity(&efti_malloc, w, 30, 3, &other, &c, NULL),
                     EFT_OK);
    assert_true(a.p == b.p && fabs(a.p - c.p) < 0.06);
}

/* --------------------------------------------------------------------- ranks */

static void
ranks_match_r(void **state)
{
    static const double x[10] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    static const double y[10] = {2, 3, 2, 5, 4, 6, 6, 8, 7, 9};
    static const double k[14] = {2.9, 3.0, 2.5, 2.6, 3.2, 3.8, 2.7,
                                 4.0, 2.4, 2.8, 3.4, 3.7, 2.2, 2.0};
    static const uint32_t group[14] = {0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2};
    static const double u[10] = {12, 15, 18, 24, 88, 3, 3, 13, 27, 33};
    static const uint32_t halves[10] = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
    double out, sum;

    (void)state;
    assert_true(same(efti_kendall(x, y, 10), .841126352));
    assert_int_equal(efti_spearman(&efti_malloc, x, y, 10, &out, NULL), EFT_OK);
    assert_true(same(out, .951237196));
    assert_int_equal(efti_kruskal(&efti_malloc, k, group, 14, 3, &out, NULL, NULL),
                     EFT_OK);
    assert_true(same(out, .7714285714));
    assert_int_equal(efti_kruskal(&efti_malloc, u, halves, 10, 2, &out, &sum, NULL),
                     EFT_OK);
    assert_true(sum == 31); /* Kilgarriff 2001 */
}

static void
every_failing_allocation_is_reported_and_nothing_leaks(void **state)
{
    struct efti_grouped w[10];
    struct efti_dated t[20];
    struct efti_heterogeneity h;
    struct efti_trend r;
    double x[10], q[10], out;

    (void)state;
    for (uint32_t i = 0; i < 10; i++) {
        w[i] = (struct efti_grouped){i % 3, 4, i % 2};
        x[i] = (double)i / 10;
    }
    for (uint32_t i = 0; i < 20; i++)
        t[i] = (struct efti_dated){i / 2, i % 2, i % 3};
    const struct efti_permutation few = {.draws = 9};
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        eft_status st = efti_adjust(&mem, x, 10, EFTI_ADJUST_BY, q, NULL);
        if (st == EFT_OK)
            st = efti_heterogeneity(&mem, w, 10, 2, &few, &h, NULL);
        if (st == EFT_OK)
            st = efti_trend(&mem, t, 20, 2, &few, &r, NULL);
        if (st == EFT_OK)
            st = efti_spearman(&mem, x, q, 10, &out, NULL);
        if (st == EFT_OK)
            st = efti_kruskal(&mem, x, (const uint32_t[10]){0, 1}, 10, 2, &out, NULL,
                              NULL);
        if (failing_got_through(&f, st))
            break;
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fifteen_p_values_are_adjusted_as_published),
        cmocka_unit_test(equal_p_values_are_adjusted_alike),
        cmocka_unit_test(what_was_not_tested_is_no_member_of_the_family),
        cmocka_unit_test(tails_match_the_tables),
        cmocka_unit_test(no_argument_makes_a_tail_abort),
        cmocka_unit_test(a_hypergeometric_probability_keeps_its_digits),
        cmocka_unit_test(a_share_has_the_linearised_variance_by_writer),
        cmocka_unit_test(equal_writers_make_the_plain_standard_error_of_a_mean),
        cmocka_unit_test(
            a_mean_near_the_top_stays_below_it_and_one_at_the_top_has_no_interval),
        cmocka_unit_test(below_eight_writers_there_is_a_value_and_no_interval),
        cmocka_unit_test(sums_of_two_parties_are_those_of_all),
        cmocka_unit_test(a_rate_may_take_its_variance_from_leaving_writers_out),
        cmocka_unit_test(a_log_ratio_of_equal_rates_is_zero_and_its_p_is_one),
        cmocka_unit_test(an_odds_ratio_turned_round_is_one_over_it_and_so_are_its_ends),
        cmocka_unit_test(writers_without_spread_count_in_the_difference),
        cmocka_unit_test(labels_within_writers_are_mantel_and_haenszels_test),
        cmocka_unit_test(an_adjusted_residual_squared_is_the_chi_square_of_two_by_two),
        cmocka_unit_test(clear_differences_between_groups_are_found_and_none_is_not),
        cmocka_unit_test(a_trend_and_where_it_changes_are_found_within_writers),
        cmocka_unit_test(who_wrote_when_is_no_trend),
        cmocka_unit_test(smokers_have_rs_trend_in_proportions),
        cmocka_unit_test(equal_seeds_give_equal_p_values),
        cmocka_unit_test(ranks_match_r),
        cmocka_unit_test(every_failing_allocation_is_reported_and_nothing_leaks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
