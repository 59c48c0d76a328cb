/*
 * test_agreement.c - kappa, alpha and friends against published values; bootstrap
 *
 * Reference values: Krippendorff 2011 and 2018 (two tables with gaps), Cohen, Fleiss'
 * diagnoses (1971) and a textbook table, Fleiss, Cohen and Everitt 1969, the paradox of
 * Feinstein and Cicchetti 1990, and a dictionary against a human coder; recomputed by
 * another program. Random data with gaps: against_r.c.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/agreement.h"
#include "stats/resample.h"
#include "support/failing.h"

#define GAP ((double)NAN)

static bool
near(double a, double b, double tolerance)
{
    return fabs(a - b) <= tolerance;
}

static double
alpha(const double *ratings, size_t coders, size_t units, enum efti_scale scale)
{
    double out;

    assert_int_equal(
        efti_krippendorff(&efti_malloc, ratings, coders, units, NULL, scale, &out, NULL),
        EFT_OK);
    return out;
}

static void
alpha_of_three_coders_with_gaps_matches_the_reference(void **state)
{
    static const double r[3 * 15] = {GAP, GAP, GAP, GAP, GAP, 3,   4,   1,   2, 1, 1, 3,
                                     3,   GAP, 3,   1,   GAP, 2,   1,   3,   3, 4, 3, GAP,
                                     GAP, GAP, GAP, GAP, GAP, GAP, GAP, GAP, 2, 1, 3, 4,
                                     4,   GAP, 2,   1,   1,   3,   3,   GAP, 4};

    (void)state;
    assert_true(near(alpha(r, 3, 15, EFTI_NOMINAL), 0.691358, 5e-7));
    assert_true(near(alpha(r, 3, 15, EFTI_INTERVAL), 0.810845, 5e-7));
    assert_true(near(alpha(r, 3, 15, EFTI_ORDINAL), 0.806721, 5e-7));
    assert_true(near(alpha(r, 3, 15, EFTI_RATIO), 0.808944, 5e-7));
}

static void
alpha_of_four_coders_matches_the_reference(void **state)
{
    static const double r[4 * 12] = {1,   2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP,
                                     1,   2, 3, 3, 2, 2, 4, 1, 2, 5,   GAP, 3,
                                     GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5,   1,   GAP,
                                     1,   2, 3, 3, 2, 4, 4, 1, 2, 5,   1,   GAP};

    (void)state;
    assert_true(near(alpha(r, 4, 12, EFTI_NOMINAL), 0.743421, 5e-7));
    assert_true(near(alpha(r, 4, 12, EFTI_ORDINAL), 0.815388, 5e-7));
    assert_true(near(alpha(r, 4, 12, EFTI_INTERVAL), 0.849107, 5e-7));
    assert_true(near(alpha(r, 4, 12, EFTI_RATIO), 0.797403, 5e-7));
}

static void
alpha_of_two_coders_matches_the_reference(void **state)
{
    static const double binary[20] = {0, 1, 0, 0, 0, 0, 0, 0, 1, 0,
                                      1, 1, 1, 0, 0, 1, 0, 0, 0, 0};
    static const double nominal[24] = {1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1,
                                       2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4};

    (void)state;
    assert_true(near(alpha(binary, 2, 10, EFTI_NOMINAL), 0.0952380952, 5e-11));
    assert_true(near(alpha(nominal, 2, 12, EFTI_NOMINAL), 0.6919642857, 5e-11));
}

static void
weights_count_a_unit_as_often_as_they_say(void **state)
{
    static const double twice[8] = {1, 2, 2, 3, 1, 2, 3, 3};
    static const double copied[12] = {1, 2, 2, 2, 3, 3, 1, 2, 3, 3, 3, 3};
    static const uint32_t weights[4] = {1, 1, 2, 2};
    double a;

    (void)state;
    assert_int_equal(
        efti_krippendorff(&efti_malloc, twice, 2, 4, weights, EFTI_INTERVAL, &a, NULL),
        EFT_OK);
    assert_true(near(a, alpha(copied, 2, 6, EFTI_INTERVAL), 1e-12));
}

static void
alpha_of_one_value_is_not_defined(void **state)
{
    static const double same[6] = {1, 1, 1, 1, 1, 1};
    static const double negative[2] = {-1, 2};
    double a = 9;

    (void)state;
    assert_true(isnan(alpha(same, 2, 3, EFTI_NOMINAL)));
    assert_true(isnan(alpha(same, 1, 6, EFTI_NOMINAL)));
    assert_true(isnan(alpha(NULL, 0, 0, EFTI_NOMINAL)));
    assert_int_equal(
        efti_krippendorff(&efti_malloc, negative, 2, 1, NULL, EFTI_RATIO, &a, NULL),
        EFT_E_RANGE);
    assert_true(isnan(a));
}

static void
kappa_of_two_coders_matches_the_reference(void **state)
{
    static const uint64_t table[4] = {20, 5, 10, 15}, one[4] = {7, 0, 0, 0};

    (void)state;
    assert_true(near(efti_cohen_kappa(table, 2), 0.4, 1e-12));
    assert_true(isnan(efti_cohen_kappa(one, 2)));
}

/* Fleiss, Cohen and Everitt 1969: two psychiatrists, three diagnoses, 200 patients; they
 * print .429. */
static void
kappa_of_three_diagnoses_matches_its_print(void **state)
{
    static const uint64_t table[9] = {106, 10, 4, 22, 28, 10, 2, 12, 6};

    (void)state;
    assert_true(near(efti_cohen_kappa(table, 3), 0.428571428571, 1e-12));
}

/* Feinstein and Cicchetti 1990: both tables agree in 85 of 100 and have kappas of .70 and
 * .32, for in the second nearly everything is of one kind; Byrt, Bishop and Carlin 1993
 * give both a pabak of .70. */
static void
the_same_agreement_may_have_two_kappas_and_one_pabak(void **state)
{
    const struct efti_confusion even = {40, 9, 6, 45}, skewed = {80, 10, 5, 5};
    struct efti_classified a = efti_classify(&even), b = efti_classify(&skewed);

    (void)state;
    assert_true(near(a.kappa, 0.699519230769, 1e-12));
    assert_true(near(b.kappa, 0.318181818182, 1e-12));
    assert_true(near(a.accuracy, .85, 1e-12) && near(b.accuracy, .85, 1e-12));
    assert_true(near(a.pabak, .7, 1e-12) && near(b.pabak, .7, 1e-12));
}

/* Fleiss 1971, table 1: 30 patients, 6 psychiatrists, 5 diagnoses; he prints .430. */
static void
kappa_of_many_raters_matches_fleiss_diagnoses(void **state)
{
    static const uint64_t t[150] = {
        0, 0, 0, 6, 0, 0, 3, 0, 0, 3, 0, 1, 4, 0, 1, 0, 0, 0, 0, 6, 0, 3, 0, 3, 0,
        2, 0, 4, 0, 0, 0, 0, 4, 0, 2, 2, 0, 3, 1, 0, 2, 0, 0, 4, 0, 0, 0, 0, 0, 6,
        1, 0, 0, 5, 0, 1, 1, 0, 4, 0, 0, 3, 3, 0, 0, 1, 0, 0, 5, 0, 0, 2, 0, 3, 1,
        0, 0, 5, 0, 1, 3, 0, 0, 1, 2, 5, 1, 0, 0, 0, 0, 2, 0, 4, 0, 1, 0, 2, 0, 3,
        0, 0, 0, 0, 6, 0, 1, 0, 5, 0, 0, 2, 0, 1, 3, 2, 0, 0, 4, 0, 1, 0, 0, 4, 1,
        0, 5, 0, 1, 0, 4, 0, 0, 0, 2, 0, 2, 0, 4, 0, 1, 0, 5, 0, 0, 0, 0, 0, 0, 6};

    (void)state;
    assert_true(near(efti_fleiss_kappa(t, 30, 5), 0.430244520060, 1e-11));
}

static void
kappa_of_many_raters_matches_the_textbook(void **state)
{
    static const uint64_t t[50] = {0, 0, 0, 0, 14, 0, 2, 6, 4, 2, 0, 0, 3, 5, 6, 0, 3,
                                   9, 2, 0, 2, 2,  8, 1, 1, 7, 7, 0, 0, 0, 3, 2, 6, 3,
                                   0, 2, 5, 3, 2,  2, 6, 5, 2, 1, 0, 0, 2, 2, 3, 7};
    uint64_t uneven[4] = {2, 0, 1, 0};

    (void)state;
    assert_true(near(efti_fleiss_kappa(t, 10, 5), 0.2099307044, 5e-11));
    assert_true(isnan(efti_fleiss_kappa(uneven, 2, 2)));
}

static void
a_dictionary_against_a_human_matches_the_reference(void **state)
{
    const struct efti_confusion c = {.tp = 40, .fp = 10, .fn = 20, .tn = 130};
    struct efti_classified m = efti_classify(&c);

    (void)state;
    assert_true(near(m.precision, 0.8, 1e-12) && near(m.recall, 2.0 / 3, 1e-12));
    assert_true(near(m.f1, 0.7272727273, 5e-11));
    assert_true(near(m.kappa, 0.625, 1e-12));
    assert_true(near(m.mcc, 0.6299407883, 5e-11));
    assert_true(near(m.pabak, 0.7, 1e-12));
    m = efti_classify(&(struct efti_confusion){0});
    assert_true(isnan(m.f1) && isnan(m.kappa) && isnan(m.mcc) && isnan(m.pabak));
}

/* ---------------------------------------------------------------- bootstrap */

struct cluster_means {
    const double *values;
    uint32_t count;
};

static void
mean_of_draw(void *user, const uint32_t *weights, double *out)
{
    const struct cluster_means *m = user;
    double sum = 0, n = 0;

    for (uint32_t i = 0; i < m->count; i++) {
        sum += weights[i] * m->values[i];
        n += weights[i];
    }
    out[0] = sum / n;
    out[1] = (double)NAN;
}

static const double made[40] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7,
                                9, 3, 2, 3, 8, 4, 6, 2, 6, 4, 3, 3, 8, 3,
                                2, 7, 9, 5, 0, 2, 8, 8, 4, 1, 9, 7};

/* The mean of n independent values has a known standard error: sd / sqrt(n). */
static void
the_bootstrap_of_a_mean_is_near_the_normal_interval(void **state)
{
    struct cluster_means m = {made, 40};
    const struct efti_bootstrap o = {.clusters = 40, .values = 2};
    double low[2], high[2], mean = 0, square = 0;

    (void)state;
    assert_int_equal(efti_bootstrap(&efti_malloc, &o, mean_of_draw, &m, low, high, NULL),
                     EFT_OK);
    for (int i = 0; i < 40; i++)
        mean += made[i] / 40;
    for (int i = 0; i < 40; i++)
        square += (made[i] - mean) * (made[i] - mean) / 40;
    double reach = 1.96 * sqrt(square / 40);
    assert_true(near(low[0], mean - reach, 0.12) && near(high[0], mean + reach, 0.12));
    assert_true(isnan(low[1]) && isnan(high[1])); /* never defined */
}

static void
equal_seeds_give_equal_bounds_and_others_do_not(void **state)
{
    struct cluster_means m = {made, 40};
    struct efti_bootstrap o = {.clusters = 40, .values = 2, .replicates = 200};
    double low[3][2], high[3][2];

    (void)state;
    for (int i = 0; i < 3; i++) {
        o.stream = i == 2;
        assert_int_equal(
            efti_bootstrap(&efti_malloc, &o, mean_of_draw, &m, low[i], high[i], NULL),
            EFT_OK);
    }
    assert_true(low[0][0] == low[1][0] && high[0][0] == high[1][0]);
    assert_true(low[0][0] != low[2][0] || high[0][0] != high[2][0]);
}

static void
impossible_bootstraps_are_refused(void **state)
{
    struct cluster_means m = {made, 40};
    double low[2] = {9, 9}, high[2] = {9, 9};

    (void)state;
    assert_int_equal(efti_bootstrap(&efti_malloc, &(struct efti_bootstrap){.values = 1},
                                    mean_of_draw, &m, low, high, NULL),
                     EFT_E_RANGE);
    assert_true(low[0] == 0 && high[0] == 0);
}

static void
every_failing_allocation_is_reported_and_nothing_leaks(void **state)
{
    static const double r[6] = {1, 2, 3, 1, 2, 2};
    struct cluster_means m = {made, 40};
    const struct efti_bootstrap o = {.clusters = 40, .values = 2, .replicates = 50};
    double a, low[2], high[2];

    (void)state;
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        eft_status st = efti_krippendorff(&mem, r, 2, 3, NULL, EFTI_ORDINAL, &a, NULL);
        if (st == EFT_OK)
            st = efti_bootstrap(&mem, &o, mean_of_draw, &m, low, high, NULL);
        if (failing_got_through(&f, st))
            break;
    }
}

/* ------------------------------------------------------------------- random */

static void
random_numbers_below_n_are_even_and_a_shuffle_loses_nothing(void **state)
{
    struct efti_random *r;
    uint32_t seen[6] = {0}, items[50];
    uint64_t met = 0;

    (void)state;
    assert_int_equal(efti_random_new(&efti_malloc, 7, 3, &r, NULL), EFT_OK);
    for (int i = 0; i < 60000; i++)
        seen[efti_random_below(r, 6)]++;
    for (int i = 0; i < 6; i++)
        assert_in_range(seen[i], 9600, 10400);
    for (uint32_t i = 0; i < 50; i++)
        items[i] = i;
    efti_random_shuffle(r, items, 50);
    for (uint32_t i = 0; i < 50; i++)
        met |= (uint64_t)1 << items[i];
    assert_true(met == ((uint64_t)1 << 50) - 1);
    efti_random_free(r);
}

static void
normal_numbers_have_mean_zero_and_variance_one(void **state)
{
    struct efti_random *r;
    double sum = 0, square = 0;

    (void)state;
    assert_int_equal(efti_random_new(&efti_malloc, 1, 1, &r, NULL), EFT_OK);
    for (int i = 0; i < 40000; i++) {
        double x = efti_random_normal(r);
        sum += x / 40000;
        square += x * x / 40000;
    }
    assert_true(fabs(sum) < 0.02 && near(square, 1, 0.03));
    efti_random_free(r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alpha_of_three_coders_with_gaps_matches_the_reference),
        cmocka_unit_test(alpha_of_four_coders_matches_the_reference),
        cmocka_unit_test(alpha_of_two_coders_matches_the_reference),
        cmocka_unit_test(weights_count_a_unit_as_often_as_they_say),
        cmocka_unit_test(alpha_of_one_value_is_not_defined),
        cmocka_unit_test(kappa_of_two_coders_matches_the_reference),
        cmocka_unit_test(kappa_of_three_diagnoses_matches_its_print),
        cmocka_unit_test(the_same_agreement_may_have_two_kappas_and_one_pabak),
        cmocka_unit_test(kappa_of_many_raters_matches_fleiss_diagnoses),
        cmocka_unit_test(kappa_of_many_raters_matches_the_textbook),
        cmocka_unit_test(a_dictionary_against_a_human_matches_the_reference),
        cmocka_unit_test(the_bootstrap_of_a_mean_is_near_the_normal_interval),
        cmocka_unit_test(equal_seeds_give_equal_bounds_and_others_do_not),
        cmocka_unit_test(impossible_bootstraps_are_refused),
        cmocka_unit_test(every_failing_allocation_is_reported_and_nothing_leaks),
        cmocka_unit_test(random_numbers_below_n_are_even_and_a_shuffle_loses_nothing),
        cmocka_unit_test(normal_numbers_have_mean_zero_and_variance_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
