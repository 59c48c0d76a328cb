/*
 * test_association.c - published and recomputed values of the 2x2 measures
 *
 * T1 is made up, T2 is Dunning's "the swiss", T3 Evert's "black box"; the ten digits were
 * computed with R and SciPy.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/association.h"

static const struct efti_contingency t1 = {10, 30, 20, 100};
static const struct efti_contingency t2 = {110, 2552, 221, 31777};
static const struct efti_contingency t3 = {123, 13168, 1810, 4951756};

static struct efti_association
measures(uint64_t o11, uint64_t r1, uint64_t c1, uint64_t n)
{
    const struct efti_contingency t = {o11, r1, c1, n};
    struct efti_association a;

    assert_int_equal(efti_associate(&t, &a, NULL), EFT_OK);
    return a;
}

/* The reference has ten decimals. */
static void
is_near(double value, double expected)
{
    assert_true(fabs(value - expected) <= 5.1e-11 + 1e-12 * fabs(expected));
}

static void
matches_all_reference_values(void **state)
{
    static const struct {
        const struct efti_contingency *t;
        struct efti_association a;
    } rows[] = {
        {&t1,
         {.expected = 6,
          .pmi = 0.7369655942,
          .npmi = 0.2218487496,
          .g2 = 4.4733500496,
          .dice = 0.4,
          .logdice = 12.6780719051}},
        {&t2,
         {.expected = 17.7484344022,
          .pmi = 2.6317398492,
          .npmi = 0.3219515297,
          .g2 = 270.7218769362,
          .dice = 0.0793364587,
          .logdice = 10.3441278125}},
        {&t3,
         {.expected = 4.8132581654,
          .pmi = 4.6755006991,
          .npmi = 0.3056483261,
          .g2 = 569.8453591965,
          .dice = 0.0164240887,
          .logdice = 8.0719571310}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct efti_association *e = &rows[i].a;
        struct efti_association a;
        assert_int_equal(efti_associate(rows[i].t, &a, NULL), EFT_OK);
        is_near(a.expected, e->expected);
        is_near(a.pmi, e->pmi);
        is_near(a.npmi, e->npmi);
        is_near(a.g2, e->g2);
        is_near(a.dice, e->dice);
        is_near(a.logdice, e->logdice);
    }
}

/* Dunning (1993), table 2: cells AB, A not B, not A B, neither; two rows have a zero. */
static void
matches_dunnings_table(void **state)
{
    static const struct {
        uint64_t a, b, c, d;
        double g2;
    } rows[] = {
        {110, 2442, 111, 29114, 270.7219}, {29, 13, 123, 31612, 263.8966},
        {31, 23, 139, 31584, 256.8365},    {10, 0, 3, 31764, 167.2298},
        {76, 104, 2476, 29121, 157.2124},  {16, 16, 51, 31694, 157.0273},
        {16, 0, 865, 30896, 115.0184},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint64_t n = rows[i].a + rows[i].b + rows[i].c + rows[i].d;
        struct efti_association m =
            measures(rows[i].a, rows[i].a + rows[i].b, rows[i].a + rows[i].c, n);
        assert_int_equal(n, 31777);
        assert_true(fabs(m.g2 - rows[i].g2) < 5.1e-5);
    }
}

/* Bouma (2009): cells (10,0,0,90), (1,9,9,81), (0,10,10,80). */
static void
npmi_reaches_its_three_limits(void **state)
{
    (void)state;
    assert_true(measures(10, 10, 10, 100).npmi == 1.0);
    assert_true(fabs(measures(1, 10, 10, 100).npmi) < 1e-15);
    assert_true(measures(0, 10, 10, 100).npmi == -1.0);
}

/* Church and Hanks (1990). */
static void
pmi_matches_church_and_hanks(void **state)
{
    (void)state;
    assert_true(fabs(measures(8, 1105, 44, 15000000).pmi - 11.3) < 0.05);
}

static void
things_that_never_meet_have_no_finite_score(void **state)
{
    struct efti_association m = measures(0, 10, 20, 100);

    (void)state;
    assert_true(isinf(m.pmi) && m.pmi < 0);
    assert_true(isinf(m.logdice) && m.logdice < 0);
    assert_true(m.dice == 0.0);
    assert_true(isfinite(m.g2) && m.g2 > 0);
}

static void
empty_rows_and_full_tables_are_defined(void **state)
{
    struct efti_association none = measures(0, 0, 0, 5), all = measures(5, 5, 5, 5);

    (void)state;
    assert_true(none.expected == 0.0 && none.dice == 0.0 && none.g2 == 0.0);
    assert_true(none.npmi == -1.0);
    assert_true(all.npmi == 1.0 && all.pmi == 0.0 && all.g2 == 0.0 && all.dice == 1.0);
    assert_true(all.logdice == 14.0);
}

static void
independence_gives_zero_and_never_less(void **state)
{
    (void)state;
    for (uint64_t k = 1; k < 200; k++) {
        struct efti_association m = measures(k, 10 * k, 7 * k, 70 * k);
        assert_true(m.g2 >= 0 && m.g2 < 1e-9);
        assert_true(fabs(m.pmi) < 1e-12);
    }
}

static void
rows_and_columns_may_change_places(void **state)
{
    struct efti_association a = measures(123, 13168, 1810, 4951756),
                            b = measures(123, 1810, 13168, 4951756);

    (void)state;
    assert_true(fabs(a.g2 - b.g2) < 1e-8 && a.pmi == b.pmi && a.dice == b.dice);
}

static void
counts_that_make_no_table_are_refused(void **state)
{
    static const struct efti_contingency bad[] = {
        {0, 0, 0, 0},
        {5, 4, 9, 20},
        {5, 9, 4, 20},
        {1, 21, 5, 20},
        {1, 5, 21, 20},
        {1, 15, 15, 20}, /* o22 would be -9 */
        {0, UINT64_MAX, UINT64_MAX, UINT64_MAX},
    };
    struct efti_association a = {.pmi = 1};
    eft_error err;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(efti_associate(&bad[i], &a, &err), EFT_E_RANGE);
        assert_true(a.pmi == 0.0 && a.g2 == 0.0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_all_reference_values),
        cmocka_unit_test(matches_dunnings_table),
        cmocka_unit_test(npmi_reaches_its_three_limits),
        cmocka_unit_test(pmi_matches_church_and_hanks),
        cmocka_unit_test(things_that_never_meet_have_no_finite_score),
        cmocka_unit_test(empty_rows_and_full_tables_are_defined),
        cmocka_unit_test(independence_gives_zero_and_never_less),
        cmocka_unit_test(rows_and_columns_may_change_places),
        cmocka_unit_test(counts_that_make_no_table_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
