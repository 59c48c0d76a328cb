/*
 * test_gate.c - rule 8.6 at its borders
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "release/release.h"

static struct efti_gate
gate_of(uint32_t k)
{
    struct efti_gate g;

    assert_int_equal(efti_gate_make(k, false, true, false, &g, NULL), EFT_OK);
    return g;
}

static struct efti_cell
cell_of(const uint64_t *shares, size_t count)
{
    struct efti_cell c = {0};

    for (size_t i = 0; i < count; i++)
        efti_cell_add(&c, shares[i]);
    return c;
}

static void
k_is_five_and_ten_outside_and_doubled_without_writers(void **state)
{
    struct efti_gate g;

    (void)state;
    assert_int_equal(gate_of(0).k, 5);
    assert_int_equal(gate_of(3).k, 3);
    assert_int_equal(efti_gate_make(0, true, true, false, &g, NULL), EFT_OK);
    assert_int_equal(g.k, 10);
    assert_int_equal(efti_gate_make(0, false, false, false, &g, NULL), EFT_OK);
    assert_int_equal(g.k, 10);
    assert_int_equal(efti_gate_make(4, false, false, false, &g, NULL), EFT_OK);
    assert_int_equal(g.k, 8);
    assert_int_equal(efti_gate_make(0, false, false, true, &g, NULL), EFT_OK);
    assert_int_equal(g.k, 5);
    assert_int_equal(efti_gate_make(0, true, false, true, &g, NULL), EFT_OK);
    assert_int_equal(g.k, 10);
}

static void
what_cannot_be_kept_is_refused(void **state)
{
    struct efti_gate g;

    (void)state;
    for (uint32_t k = 1; k < 3; k++) {
        assert_int_equal(efti_gate_make(k, false, true, false, &g, NULL), EFT_E_REFUSED);
        assert_int_equal(g.k, 0);
        /* doubling does not make it right */
        assert_int_equal(efti_gate_make(k, false, false, false, &g, NULL), EFT_E_REFUSED);
    }
    assert_int_equal(efti_gate_make(20, true, false, false, &g, NULL), EFT_E_REFUSED);
    assert_int_equal(efti_gate_make(UINT32_MAX, false, false, false, &g, NULL),
                     EFT_E_RANGE);
}

static void
four_writers_are_hidden_and_five_shown(void **state)
{
    uint64_t even[] = {2, 2, 2, 2, 2};
    struct efti_gate g = gate_of(5);
    struct efti_cell four = cell_of(even, 4), five = cell_of(even, 5);
    struct efti_cell none = {0};

    (void)state;
    assert_false(efti_gate_passes(&g, &four));
    assert_true(efti_gate_passes(&g, &five));
    assert_false(efti_gate_passes(&g, &none));
}

static void
one_writer_may_hold_half_and_no_more(void **state)
{
    uint64_t half[] = {50, 13, 13, 12, 12}, more[] = {51, 13, 12, 12, 12};
    struct efti_gate g = gate_of(5);
    struct efti_cell a = cell_of(half, 5), b = cell_of(more, 5);

    (void)state;
    assert_true(efti_gate_passes(&g, &a));
    assert_false(efti_gate_passes(&g, &b));
}

static void
two_writers_may_hold_85_percent_and_no_more(void **state)
{
    uint64_t most[] = {45, 40, 5, 5, 5}, more[] = {45, 41, 5, 5, 4};
    struct efti_gate g = gate_of(5);
    struct efti_cell a = cell_of(most, 5), b = cell_of(more, 5);

    (void)state;
    assert_true(efti_gate_passes(&g, &a));
    assert_false(efti_gate_passes(&g, &b));
}

static void
a_cell_is_shown_only_with_all_its_rests(void **state)
{
    uint64_t even[] = {1, 1, 1, 1, 1, 1};
    struct efti_gate g = gate_of(5);
    struct efti_cell six = cell_of(even, 6), four = cell_of(even, 4);
    struct efti_cell good[2] = {six, six}, bad[2] = {six, four};

    (void)state;
    assert_true(efti_gate_shows(&g, &six, NULL, 0));
    assert_true(efti_gate_shows(&g, &six, good, 2));
    assert_false(efti_gate_shows(&g, &six, bad, 2));
    assert_false(efti_gate_shows(&g, &four, good, 2));
}

static void
disjoint_sets_that_pass_pass_together(void **state)
{
    struct efti_gate g = gate_of(3);
    uint64_t s = 1;

    (void)state;
    for (int trial = 0; trial < 20000; trial++) {
        struct efti_cell cells[2] = {{0}}, both = {0};
        for (int w = 0; w < 5; w++) {
            uint64_t x[2];
            for (int i = 0; i < 2; i++) {
                s = s * 6364136223846793005u + 1442695040888963407u;
                x[i] = (s >> 40) % 7;
                efti_cell_add(&cells[i], x[i]);
            }
            efti_cell_add(&both, x[0] + x[1]);
        }
        if (efti_gate_passes(&g, &cells[0]) && efti_gate_passes(&g, &cells[1]))
            assert_true(efti_gate_passes(&g, &both));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(k_is_five_and_ten_outside_and_doubled_without_writers),
        cmocka_unit_test(what_cannot_be_kept_is_refused),
        cmocka_unit_test(four_writers_are_hidden_and_five_shown),
        cmocka_unit_test(one_writer_may_hold_half_and_no_more),
        cmocka_unit_test(two_writers_may_hold_85_percent_and_no_more),
        cmocka_unit_test(a_cell_is_shown_only_with_all_its_rests),
        cmocka_unit_test(disjoint_sets_that_pass_pass_together),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
