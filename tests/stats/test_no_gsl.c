/*
 * test_no_gsl.c - what stands in for GSL, in every build
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/gsl.h"

/* C++ (ISO 14882, mt19937) fixes the 10,000th number after the seed 5489. */
static void
the_generator_is_the_published_one(void **state)
{
    uint32_t words[625], x = 0;

    (void)state;
    assert_true(efti_twister_size() <= sizeof(words));
    efti_twister_seed(words, 5489);
    for (int i = 0; i < 10000; i++)
        x = efti_twister_next(words);
    assert_int_equal(x, 4123659995u);
}

static void
quantiles_turn_back_into_their_tails(void **state)
{
    (void)state;
    assert_true(fabs(efti_gsl_normal_quantile(0.975) - 1.959963984540054) < 1e-14);
    assert_true(fabs(efti_gsl_normal_quantile(0.025) + 1.959963984540054) < 1e-14);
    assert_true(efti_gsl_normal_quantile(0.5) == 0);
    for (double p = 1e-300; p < 0.5; p *= 3) {
        double z = efti_gsl_normal_quantile(p);
        assert_true(fabs(erfc(-z / sqrt(2.0)) / 2 / p - 1) < 1e-12);
    }
}

static void
there_is_no_t(void **state)
{
    (void)state;
    assert_false(efti_has_gsl());
    assert_string_equal(efti_gsl_version(), "none");
    assert_true(isnan(efti_gsl_t_tail(1, 9)) && isnan(efti_gsl_t_quantile(0.9, 9)));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_generator_is_the_published_one),
        cmocka_unit_test(quantiles_turn_back_into_their_tails),
        cmocka_unit_test(there_is_no_t),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
