/*
 * test_interval.c - Wilson's interval and the normal quantile
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/interval.h"

static void
fifteen_of_a_hundred_matches_the_reference(void **state)
{
    double low, high;

    (void)state;
    assert_int_equal(efti_wilson(15, 100, efti_normal_quantile(0.975), &low, &high, NULL),
                     EFT_OK);
    assert_true(fabs(low - 0.0930598528) < 1e-10);
    assert_true(fabs(high - 0.2328355959) < 1e-10);
    assert_int_equal(efti_wilson(15, 100, 1.959963985, &low, &high, NULL), EFT_OK);
    assert_true(fabs(low - 0.0930598528) < 1e-9 && fabs(high - 0.2328355959) < 1e-9);
}

/* Newcombe 1998, table I, "score", to the four decimals that he prints. */
static void
newcombes_four_shares_match_their_print(void **state)
{
    static const struct {
        uint64_t x, n;
        double low, high;
    } rows[] = {{81, 263, .2553, .3662},
                {15, 148, .0624, .1605},
                {0, 20, 0, .1611},
                {1, 29, .0061, .1718}};
    double low, high;

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(rows); i++) {
        assert_int_equal(
            efti_wilson(rows[i].x, rows[i].n, 1.959963985, &low, &high, NULL), EFT_OK);
        assert_true(fabs(low - rows[i].low) < 5.1e-5);
        assert_true(fabs(high - rows[i].high) < 5.1e-5);
    }
}

static void
the_ends_are_exact(void **state)
{
    double low, high;

    (void)state;
    for (uint64_t n = 1; n < 300; n++) {
        assert_int_equal(efti_wilson(0, n, 1.959963985, &low, &high, NULL), EFT_OK);
        assert_true(low == 0.0 && high > 0 && high < 1);
        assert_int_equal(efti_wilson(n, n, 1.959963985, &low, &high, NULL), EFT_OK);
        assert_true(high == 1.0 && low > 0 && low < 1);
    }
}

static void
the_share_lies_inside_and_the_interval_mirrors(void **state)
{
    double low, high, mirrored_low, mirrored_high;

    (void)state;
    for (uint64_t x = 0; x <= 60; x++) {
        assert_int_equal(efti_wilson(x, 60, 1.959963985, &low, &high, NULL), EFT_OK);
        assert_int_equal(
            efti_wilson(60 - x, 60, 1.959963985, &mirrored_low, &mirrored_high, NULL),
            EFT_OK);
        assert_true(low <= (double)x / 60 && (double)x / 60 <= high);
        assert_true(fabs(low - (1 - mirrored_high)) < 1e-14);
    }
}

static void
no_units_rule_nothing_out(void **state)
{
    double low = 9, high = 9;

    (void)state;
    assert_int_equal(efti_wilson(0, 0, 1.959963985, &low, &high, NULL), EFT_OK);
    assert_true(low == 0.0 && high == 1.0);
}

static void
impossible_arguments_are_refused(void **state)
{
    double low = 9, high = 9;

    (void)state;
    assert_int_equal(efti_wilson(3, 2, 1.96, &low, &high, NULL), EFT_E_RANGE);
    assert_true(low == 0.0 && high == 0.0);
    assert_int_equal(efti_wilson(1, 2, (double)NAN, &low, &high, NULL), EFT_E_RANGE);
    assert_int_equal(efti_wilson(1, 2, 0, &low, &high, NULL), EFT_E_RANGE);
    assert_int_equal(efti_wilson(1, 2, (double)INFINITY, &low, &high, NULL), EFT_E_RANGE);
}

static void
the_quantile_is_that_of_the_normal_curve(void **state)
{
    (void)state;
    assert_true(fabs(efti_normal_quantile(0.975) - 1.959963984540054) < 1e-12);
    assert_true(fabs(efti_normal_quantile(0.025) + 1.959963984540054) < 1e-12);
    assert_true(fabs(efti_normal_quantile(0.5)) < 1e-15);
    assert_true(isfinite(efti_normal_quantile(1e-300)));
    assert_true(isnan(efti_normal_quantile(0)) && isnan(efti_normal_quantile(1)));
    assert_true(isnan(efti_normal_quantile(-1)) &&
                isnan(efti_normal_quantile((double)NAN)));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fifteen_of_a_hundred_matches_the_reference),
        cmocka_unit_test(newcombes_four_shares_match_their_print),
        cmocka_unit_test(the_ends_are_exact),
        cmocka_unit_test(the_share_lies_inside_and_the_interval_mirrors),
        cmocka_unit_test(no_units_rule_nothing_out),
        cmocka_unit_test(impossible_arguments_are_refused),
        cmocka_unit_test(the_quantile_is_that_of_the_normal_curve),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
