/*
 * test_jackknife.c - intervals by leaving writers out
 *
 * The values of ten made writers were computed by another program: leave-one-out by hand,
 * t by R, and the ends by bisection of (v - x)^2 = t^2 x (1 - x) / n.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/agreement.h"
#include "stats/distribution.h"
#include "stats/gsl.h"
#include "stats/jackknife.h"
#include "support/failing.h"

enum { PRECISION, F1, KAPPA, DIFFERENCE, ALL };

static const enum efti_scale_of_value scales[ALL] = {
    EFTI_VALUE_SHARE, EFTI_VALUE_SHARE, EFTI_VALUE_AGREEMENT, EFTI_VALUE_DIFFERENCE};

struct writers_judged {
    struct efti_confusion of[40];
    uint32_t count;
};

static const struct writers_judged ten = {{{4, 1, 0, 12},
                                           {2, 0, 1, 9},
                                           {3, 2, 1, 20},
                                           {0, 0, 1, 6},
                                           {5, 0, 0, 10},
                                           {1, 1, 1, 8},
                                           {2, 0, 0, 15},
                                           {6, 2, 2, 25},
                                           {1, 0, 0, 4},
                                           {3, 1, 0, 11}},
                                          10};

static void
values_without(void *user, uint32_t cluster, double *out)
{
    const struct writers_judged *w = user;
    struct efti_confusion c = {0};

    for (uint32_t i = 0; i < w->count; i++) {
        if (i == cluster)
            continue;
        c.tp += w->of[i].tp;
        c.fp += w->of[i].fp;
        c.fn += w->of[i].fn;
        c.tn += w->of[i].tn;
    }
    const struct efti_classified m = efti_classify(&c);
    out[PRECISION] = m.precision;
    out[F1] = m.f1;
    out[KAPPA] = m.kappa;
    out[DIFFERENCE] = m.f1 - m.precision;
}

static void
sizes_of(void *user, uint32_t cluster, double *out)
{
    const struct efti_confusion *c = &((const struct writers_judged *)user)->of[cluster];

    out[PRECISION] = (double)(c->tp + c->fp);
    out[F1] = (double)c->tp + (double)(c->fp + c->fn) / 2;
    out[KAPPA] = out[DIFFERENCE] = out[F1];
}

static void
intervals_of(const struct writers_judged *w, struct efti_interval out[ALL])
{
    struct writers_judged copy = *w;
    const struct efti_jackknife j = {.clusters = w->count,
                                     .values = ALL,
                                     .scales = scales,
                                     .without = values_without,
                                     .sizes = sizes_of,
                                     .user = &copy};

    assert_int_equal(efti_jackknife(&efti_malloc, &j, out, NULL), EFT_OK);
}

/* Without GSL t is near, not exact. */
static bool
near(double a, double b)
{
    return fabs(a - b) <= (efti_has_gsl() ? 1e-9 : 2e-3);
}

static void
ten_writers_have_the_values_of_another_program(void **state)
{
    static const double expected[ALL][4] = {
        {0.794117647059, 5.880952380952, 0.634323395103, 0.895579396549},
        {0.805970149254, 6.136724960254, 0.658131221392, 0.899627454301},
        {0.754601226994, 6.136724960254, 0.568844440679, 0.867106739797},
        {0.011852502195, 6.136724960254, -0.052112037574, 0.075817041964}};
    static const double variances[ALL] = {0.002976543718, 0.002564711996, 0.003708273368,
                                          0.000690754910};
    struct efti_interval i[ALL];

    (void)state;
    intervals_of(&ten, i);
    for (int v = 0; v < ALL; v++) {
        assert_true(fabs(i[v].value - expected[v][0]) < 1e-11);
        assert_true(fabs(i[v].df - expected[v][1]) < 1e-11);
        assert_true(fabs(i[v].variance - variances[v]) < 1e-11);
        assert_true(near(i[v].low, expected[v][2]) && near(i[v].high, expected[v][3]));
    }
}

/* Fifteen law schools (Efron 1982; Efron and Tibshirani 1993): the correlation of two
 * means has .776 and a jackknife standard error of .1425. */
static const double schools[15][2] = {{576, 3.39}, {635, 3.30}, {558, 2.81}, {578, 3.03},
                                      {666, 3.44}, {580, 3.07}, {555, 3.00}, {661, 3.43},
                                      {651, 3.36}, {605, 3.13}, {653, 3.12}, {575, 2.74},
                                      {545, 2.76}, {572, 2.88}, {594, 2.96}};

static void
correlation_without(void *user, uint32_t cluster, double *out)
{
    double n = 0, mean[2] = {0, 0}, sums[3] = {0, 0, 0};

    (void)user;
    for (uint32_t i = 0; i < 15; i++) {
        if (i == cluster)
            continue;
        n++;
        mean[0] += schools[i][0];
        mean[1] += schools[i][1];
    }
    for (uint32_t i = 0; i < 15; i++) {
        if (i == cluster)
            continue;
        double x = schools[i][0] - mean[0] / n, y = schools[i][1] - mean[1] / n;
        sums[0] += x * x;
        sums[1] += y * y;
        sums[2] += x * y;
    }
    out[0] = sums[2] / sqrt(sums[0] * sums[1]);
}

static void
one_school(void *user, uint32_t cluster, double *out)
{
    (void)user;
    (void)cluster;
    out[0] = 1;
}

static void
efrons_law_schools_have_their_published_error(void **state)
{
    static const enum efti_scale_of_value correlation = EFTI_VALUE_AGREEMENT;
    const struct efti_jackknife j = {.clusters = 15,
                                     .values = 1,
                                     .scales = &correlation,
                                     .without = correlation_without,
                                     .sizes = one_school};
    struct efti_interval i;

    (void)state;
    assert_int_equal(efti_jackknife(&efti_malloc, &j, &i, NULL), EFT_OK);
    assert_true(fabs(i.value - 0.7763744913) < 1e-9 && i.df == 14);
    assert_true(fabs(sqrt(i.variance) - 0.1425186186) < 1e-9);
}

static void
a_plain_share_needs_nobody_left_out(void **state)
{
    struct efti_ratio r = {0}, one = {0}, none = {0};

    (void)state;
    for (uint32_t k = 0; k < ten.count; k++) {
        const struct efti_confusion *c = &ten.of[k];
        efti_ratio_add(&r, (double)c->tp, (double)(c->tp + c->fp));
    }
    struct efti_interval i = efti_clustered_share(&r, 0.95);
    assert_true(fabs(i.value - 0.794117647059) < 1e-11);
    assert_true(fabs(i.variance - 0.002920863511) < 1e-11);
    assert_true(near(i.low, 0.635977680489) && near(i.high, 0.894909917160));
    efti_ratio_add(&one, 3, 4);
    efti_ratio_add(&one, 4, 4);
    i = efti_clustered_share(&one, 0.95);
    assert_true(fabs(i.value - .875) < 1e-12 && isnan(i.low) && isnan(i.high));
    i = efti_clustered_share(&none, 0.95);
    assert_true(isnan(i.value) && isnan(i.low));
}

/* One text each, and a share: the variance of a jackknife is then p (1 - p) / (n - 1). */
static void
writers_of_one_text_have_nearly_wilsons_interval(void **state)
{
    struct writers_judged w = {.count = 40};
    struct efti_interval i[ALL];

    (void)state;
    for (uint32_t k = 0; k < 40; k++)
        w.of[k] = (struct efti_confusion){k < 30, k >= 30, 0, 1};
    intervals_of(&w, i);
    assert_true(fabs(i[PRECISION].variance - .75 * .25 / 39) < 1e-12);
    double t =
        efti_has_gsl() ? efti_t_quantile(.975, 39) : efti_t_quantile_near(.975, 39);
    double middle = (.75 + t * t / 78) / (1 + t * t / 39);
    double reach = t / (1 + t * t / 39) * sqrt(.75 * .25 / 39 + t * t / (4. * 39 * 39));
    assert_true(fabs(i[PRECISION].low - (middle - reach)) < 1e-12);
    assert_true(fabs(i[PRECISION].high - (middle + reach)) < 1e-12);
}

static void
what_is_right_throughout_is_sure_as_far_as_there_are_writers(void **state)
{
    struct writers_judged w = ten;
    struct efti_interval i[ALL];
    double texts = 0;

    (void)state;
    for (uint32_t k = 0; k < w.count; k++) {
        w.of[k].tp += (w.of[k].fp + w.of[k].fn) / 2;
        w.of[k].fp = w.of[k].fn = 0;
        texts += (double)w.of[k].tp;
    }
    intervals_of(&w, i);
    for (int v = PRECISION; v <= KAPPA; v++) {
        double t = efti_has_gsl() ? efti_t_quantile(.975, i[v].df)
                                  : efti_t_quantile_near(.975, i[v].df);
        /* between as many as writers count for and as many as there are texts */
        double n = sqrt((i[v].df + 1) * texts), low = n / (n + t * t);
        assert_true(i[v].value == 1 && i[v].high == 1);
        assert_true(fabs(i[v].low - (v == KAPPA ? 2 * low - 1 : low)) < 1e-12);
    }
    for (uint32_t k = 0; k < w.count; k++)
        w.of[k] = (struct efti_confusion){0, 1, 1, 5};
    intervals_of(&w, i);
    assert_true(i[F1].value == 0 && i[F1].low == 0);
    assert_true(i[F1].high > .2 && i[F1].high < .5);
}

static void
nothing_is_said_of_what_hangs_on_one_or_two_writers(void **state)
{
    struct writers_judged w = {.count = 10};
    struct efti_interval i[ALL];

    (void)state;
    for (uint32_t k = 0; k < 10; k++)
        w.of[k] = (struct efti_confusion){k < 2 ? 6 : 0, k == 0, k == 1, 12};
    intervals_of(&w, i);
    for (int v = 0; v < ALL; v++)
        assert_true(!isnan(i[v].value) && isnan(i[v].low) && isnan(i[v].high));
    /* three say something of precision and F1, too little of kappa */
    w.of[2].tp = 6;
    intervals_of(&w, i);
    assert_true(i[F1].high - i[F1].low > .25 && isnan(i[KAPPA].low));
    /* without the first nothing is found at all */
    for (uint32_t k = 0; k < 10; k++)
        w.of[k] = (struct efti_confusion){k == 0, 0, 0, 3};
    intervals_of(&w, i);
    assert_true(i[F1].value == 1 && isnan(i[F1].low));
    for (uint32_t k = 0; k < 10; k++)
        w.of[k] = (struct efti_confusion){0, 0, 0, 3};
    intervals_of(&w, i);
    assert_true(isnan(i[F1].value) && isnan(i[F1].low) && isnan(i[KAPPA].value));
}

static void
texts_of_one_writer_count_as_one_source(void **state)
{
    struct writers_judged w = ten, twice = {.count = 20};
    struct efti_interval i[ALL], more[ALL], copied[ALL];

    (void)state;
    intervals_of(&w, i);
    for (uint32_t k = 0; k < 10; k++) {
        struct efti_confusion c = w.of[k];
        twice.of[k] = twice.of[k + 10] = c;
        w.of[k] = (struct efti_confusion){3 * c.tp, 3 * c.fp, 3 * c.fn, 3 * c.tn};
    }
    intervals_of(&w, more);       /* three times as many texts by the same */
    intervals_of(&twice, copied); /* twice as many writers */
    for (int v = 0; v < ALL; v++) {
        assert_true(fabs(more[v].low - i[v].low) < 1e-12);
        assert_true(fabs(more[v].high - i[v].high) < 1e-12);
        assert_true(copied[v].low > i[v].low && copied[v].high < i[v].high);
    }
}

/* Against R's qt(.975, df); exact ones are compared in test_against_r. */
static void
t_without_gsl_is_near(void **state)
{
    static const double df[] = {2, 3, 5, 9, 30},
                        t[] = {4.3026527297, 3.1824463053, 2.5705818356, 2.2621571628,
                               2.0422724563};

    (void)state;
    for (size_t i = 0; i < 5; i++)
        assert_true(fabs(efti_t_quantile_near(.975, df[i]) / t[i] - 1) <
                    (df[i] < 3 ? 1e-2 : 2e-3));
    assert_true(isnan(efti_t_quantile_near(1, 4)) && isnan(efti_t_quantile_near(.9, 0)));
}

static void
settings_out_of_range_and_failing_memory_are_told(void **state)
{
    struct writers_judged w = ten;
    struct efti_jackknife j = {.values = ALL,
                               .scales = scales,
                               .without = values_without,
                               .sizes = sizes_of,
                               .user = &w};
    struct efti_interval i[ALL] = {{.low = 9}};

    (void)state;
    assert_int_equal(efti_jackknife(&efti_malloc, &j, i, NULL), EFT_E_RANGE);
    assert_true(i[0].low == 0 && i[0].high == 0);
    j.clusters = 10;
    j.level = 1;
    assert_int_equal(efti_jackknife(&efti_malloc, &j, i, NULL), EFT_E_RANGE);
    j.level = 0.9;
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        if (failing_got_through(&f, efti_jackknife(&mem, &j, i, NULL)))
            break;
    }
    struct efti_interval wider[ALL];
    intervals_of(&ten, wider);
    assert_true(wider[F1].low < i[F1].low && i[F1].high < wider[F1].high);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_writers_have_the_values_of_another_program),
        cmocka_unit_test(efrons_law_schools_have_their_published_error),
        cmocka_unit_test(a_plain_share_needs_nobody_left_out),
        cmocka_unit_test(writers_of_one_text_have_nearly_wilsons_interval),
        cmocka_unit_test(what_is_right_throughout_is_sure_as_far_as_there_are_writers),
        cmocka_unit_test(nothing_is_said_of_what_hangs_on_one_or_two_writers),
        cmocka_unit_test(texts_of_one_writer_count_as_one_source),
        cmocka_unit_test(t_without_gsl_is_near),
        cmocka_unit_test(settings_out_of_range_and_failing_memory_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
