/*
 * test_logistic.c - a regression against answers that can be had by hand
 *
 * With one feature that a share of rows has and no penalty to speak of, the chance of
 * each group is its share: the bias is the log odds of the rows without it, the weight
 * the log odds ratio. With a penalty the gradient must vanish.
 */
#include "stats/logistic.h"

#include "support/failing.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define ROWS 40

struct made {
    size_t starts[ROWS + 1];
    uint32_t features[2 * ROWS];
    double scale[3];
    uint8_t positive[ROWS], out[ROWS];
    struct efti_logistic p;
};

/* Feature 0 in the first 20 rows, 1 in every third; positive: 15 of the first 20, 5 of
 * the others. */
static void
make(struct made *m, size_t columns, double l2)
{
    size_t n = 0;

    *m = (struct made){.scale = {1, 1, 1}};
    for (size_t i = 0; i < ROWS; i++) {
        m->starts[i] = n;
        if (i < 20)
            m->features[n++] = 0;
        if (columns > 1 && i % 3 == 0)
            m->features[n++] = 1;
        m->positive[i] = i < 15 || (i >= 20 && i < 25);
    }
    m->starts[ROWS] = n;
    m->p = (struct efti_logistic){.rows = ROWS,
                                  .columns = columns,
                                  .starts = m->starts,
                                  .features = m->features,
                                  .scale = m->scale,
                                  .positive = m->positive,
                                  .l2 = l2};
}

static void
without_a_penalty_chances_are_shares(void **state)
{
    struct made m;
    double w[2] = {0};

    (void)state;
    make(&m, 1, 1e-9);
    assert_int_equal(efti_logistic_fit(&efti_malloc, &m.p, w, NULL), EFT_OK);
    assert_true(fabs(w[1] - log(5. / 15)) < 1e-5);
    assert_true(fabs(w[0] - (log(15. / 5) - log(5. / 15))) < 1e-5);
    assert_true(fabs(efti_logistic_chance(efti_logistic_score(&m.p, w, 0)) - .75) < 1e-6);
}

static void
the_gradient_vanishes_whatever_the_start(void **state)
{
    struct made m;
    double a[3] = {0}, b[3] = {40, -40, 7};

    (void)state;
    make(&m, 2, 2);
    assert_int_equal(efti_logistic_fit(&efti_malloc, &m.p, a, NULL), EFT_OK);
    assert_int_equal(efti_logistic_fit(&efti_malloc, &m.p, b, NULL), EFT_OK);
    double g[3] = {2 * a[0], 2 * a[1], 0};
    for (size_t i = 0; i < ROWS; i++) {
        double d = efti_logistic_chance(efti_logistic_score(&m.p, a, i)) - m.positive[i];
        for (size_t k = m.starts[i]; k < m.starts[i + 1]; k++)
            g[m.features[k]] += d;
        g[2] += d;
    }
    for (size_t k = 0; k < 3; k++) {
        assert_true(fabs(g[k]) < 1e-5);
        assert_true(fabs(a[k] - b[k]) < 1e-5);
    }
}

static void
a_scale_is_trust(void **state)
{
    struct made m;
    double plain[2] = {0}, trusted[2] = {0}, divided[2] = {0};

    (void)state;
    make(&m, 1, 9);
    assert_int_equal(efti_logistic_fit(&efti_malloc, &m.p, plain, NULL), EFT_OK);
    m.scale[0] = 3;
    assert_int_equal(efti_logistic_fit(&efti_malloc, &m.p, trusted, NULL), EFT_OK);
    m.scale[0] = 1;
    m.p.l2 = 1; /* 9 / 3^2 */
    assert_int_equal(efti_logistic_fit(&efti_malloc, &m.p, divided, NULL), EFT_OK);
    assert_true(3 * trusted[0] > plain[0]);
    assert_true(fabs(3 * trusted[0] - divided[0]) < 1e-5);
}

/* Column 1 alone is damped: as if its scale were smaller in those rows. */
static void
a_damped_row_counts_less(void **state)
{
    struct made m;
    double damp[ROWS], half[3] = {0}, scaled[3] = {0};

    (void)state;
    for (size_t i = 0; i < ROWS; i++)
        damp[i] = 0.5;
    make(&m, 2, 2);
    m.p.damp = damp;
    m.p.damped = 1;
    assert_int_equal(efti_logistic_fit(&efti_malloc, &m.p, half, NULL), EFT_OK);
    make(&m, 2, 2);
    m.scale[1] = 0.5;
    assert_int_equal(efti_logistic_fit(&efti_malloc, &m.p, scaled, NULL), EFT_OK);
    for (size_t k = 0; k < 3; k++)
        assert_true(fabs(half[k] - scaled[k]) < 1e-9);
    m.p.damp = damp;
    m.p.damped = 2; /* no column is */
    assert_true(fabs(efti_logistic_score(&m.p, scaled, 0) -
                     (scaled[2] + scaled[0] + scaled[1] * 0.5)) < 1e-9);
}

static void
rows_that_are_out_change_nothing(void **state)
{
    struct made m;
    double half[2] = {0}, again[2] = {0};

    (void)state;
    make(&m, 1, 1);
    m.p.out = m.out;
    for (size_t i = 0; i < ROWS; i++)
        m.out[i] = i % 2 == 0;
    assert_int_equal(efti_logistic_fit(&efti_malloc, &m.p, half, NULL), EFT_OK);
    for (size_t i = 0; i < ROWS; i += 2)
        m.positive[i] ^= 1;
    assert_int_equal(efti_logistic_fit(&efti_malloc, &m.p, again, NULL), EFT_OK);
    assert_memory_equal(half, again, sizeof(half));
    memset(m.out, 1, sizeof(m.out));
    assert_int_equal(efti_logistic_fit(&efti_malloc, &m.p, again, NULL), EFT_E_RANGE);
}

static void
separable_rows_stay_finite(void **state)
{
    struct made m;
    double w[2] = {0};

    (void)state;
    make(&m, 1, 0.01);
    for (size_t i = 0; i < ROWS; i++)
        m.positive[i] = i < 20;
    assert_int_equal(efti_logistic_fit(&efti_malloc, &m.p, w, NULL), EFT_OK);
    assert_true(isfinite(w[0]) && w[0] > 5 && isfinite(w[1]));
    assert_true(isfinite(efti_logistic_loss(-1e4, true)));
    assert_true(efti_logistic_chance(-1e4) >= 0 && efti_logistic_chance(1e4) <= 1);
}

/* Scores that are the log odds already: a is near 1 and b near 0; no
 * classes: the share. */
static void
calibration_finds_the_chances(void **state)
{
    double scores[400], ab[2];
    uint8_t positive[400];

    (void)state;
    for (size_t i = 0; i < 400; i++) {
        scores[i] = i % 2 == 0 ? log(3.) : -log(3.);
        positive[i] = i % 2 == 0 ? i % 8 != 0 : i % 8 == 1;
    }
    efti_platt(scores, positive, 400, ab);
    assert_true(fabs(ab[0] - 1) < 0.02 && fabs(ab[1]) < 0.01);
    memset(positive, 0, sizeof(positive));
    efti_platt(scores, positive, 400, ab);
    assert_true(fabs(ab[0]) < 1e-12 && fabs(ab[1] - log(1. / 401)) < 1e-12);
}

static void
short_memory_is_told(void **state)
{
    struct made m;
    double w[3] = {0};

    (void)state;
    make(&m, 2, 1);
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        eft_status st = efti_logistic_fit(&mem, &m.p, w, NULL);
        if (failing_got_through(&f, st))
            break;
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_penalty_chances_are_shares),
        cmocka_unit_test(the_gradient_vanishes_whatever_the_start),
        cmocka_unit_test(a_scale_is_trust),
        cmocka_unit_test(a_damped_row_counts_less),
        cmocka_unit_test(rows_that_are_out_change_nothing),
        cmocka_unit_test(separable_rows_stay_finite),
        cmocka_unit_test(calibration_finds_the_chances),
        cmocka_unit_test(short_memory_is_told),
    };
    return cmocka_run_group_tests_name("logistic", tests, NULL, NULL);
}
