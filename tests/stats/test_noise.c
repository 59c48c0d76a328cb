/*
 * test_noise.c - draws against the exact probabilities of their definition
 *
 * Chi-square over all values that are expected at least ten times, the rest together. The
 * draws cannot be seeded, so the bound is one that chance passes once in 10^9 runs.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>

#include "base/base.h"
#include "stats/distribution.h"
#include "stats/noise.h"

#define DRAWS 30000
#define REACH 400

static double
laplace_weight(int x, double num, double den)
{
    return exp(-fabs((double)x) * den / num);
}

static double
gaussian_weight(int x, double num, double den)
{
    return exp(-(double)x * x * den / (2 * num));
}

static double
tail_of(int64_t (*draw)(uint32_t, uint32_t), double (*weight)(int, double, double),
        uint32_t num, uint32_t den)
{
    static double seen[2 * REACH + 1];
    double whole = 0, x2 = 0, rest = 0, rest_seen = DRAWS;
    unsigned cells = 0;

    memset(seen, 0, sizeof(seen));
    for (int i = 0; i < DRAWS; i++) {
        int64_t x = draw(num, den);
        if (x >= -REACH && x <= REACH)
            seen[x + REACH]++;
    }
    for (int x = -40 * REACH; x <= 40 * REACH; x++)
        whole += weight(x, num, den);
    rest = DRAWS;
    for (int x = -REACH; x <= REACH; x++) {
        double expected = DRAWS * weight(x, num, den) / whole;
        if (expected < 10)
            continue;
        x2 += (seen[x + REACH] - expected) * (seen[x + REACH] - expected) / expected;
        rest -= expected;
        rest_seen -= seen[x + REACH];
        cells++;
    }
    if (rest > 1)
        x2 += (rest_seen - rest) * (rest_seen - rest) / rest;
    return efti_chi2_tail(x2, cells);
}

static void
laplace_draws_have_their_probabilities(void **state)
{
    (void)state;
    assert_true(tail_of(efti_discrete_laplace, laplace_weight, 1, 1) > 1e-9);
    assert_true(tail_of(efti_discrete_laplace, laplace_weight, 7, 2) > 1e-9);
    assert_true(tail_of(efti_discrete_laplace, laplace_weight, 19, 1) > 1e-9);
    assert_true(tail_of(efti_discrete_laplace, laplace_weight, 1, 3) > 1e-9);
}

static void
gaussian_draws_have_their_probabilities(void **state)
{
    (void)state;
    assert_true(tail_of(efti_discrete_gaussian, gaussian_weight, 1, 1) > 1e-9);
    assert_true(tail_of(efti_discrete_gaussian, gaussian_weight, 95, 1) > 1e-9);
    assert_true(tail_of(efti_discrete_gaussian, gaussian_weight, 19, 7) > 1e-9);
    assert_true(tail_of(efti_discrete_gaussian, gaussian_weight, 1, 4) > 1e-9);
}

/* The check itself: a Laplace is no Gaussian. */
static void
another_distribution_is_told_apart(void **state)
{
    (void)state;
    assert_true(tail_of(efti_discrete_laplace, gaussian_weight, 7, 2) < 1e-9);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(laplace_draws_have_their_probabilities),
        cmocka_unit_test(gaussian_draws_have_their_probabilities),
        cmocka_unit_test(another_distribution_is_told_apart),
    };

    if (sodium_init() < 0)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
