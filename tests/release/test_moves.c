/*
 * test_moves.c - sums that are moved while others stay: in whole numbers, or not at all
 */
#include "release/moves.h"
#include "support/failing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* Bounds of amounts 0 to 1 each; sums as they come. */
static void
set_out(struct release_moves *m, const double *values, const double (*sums)[3])
{
    for (size_t i = 0; i < m->count; i++) {
        m->low.items[i] = 0;
        m->high.items[i] = 1;
        m->value.items[i] = values[i];
    }
    for (size_t s = 0; s < m->sums; s++) {
        m->low.items[m->count + s] = sums[s][0];
        m->value.items[m->count + s] = sums[s][1];
        m->high.items[m->count + s] = sums[s][2];
    }
}

/* Three amounts, each pair of them a sum: an odd circle. */
static const uint32_t circle[] = {0, 2, 0, 1, 1, 2};

static void
a_sum_moves_along_a_circle(void **state)
{
    struct release_moves m = {.mem = &efti_malloc};
    const double values[] = {1, 0, 1};
    const double sums[3][3] = {{1, 1, 1}, {1, 1, 1}, {0, 2, 2}};

    (void)state;
    assert_int_equal(efti_moves_make(&m, circle, 2, 3, 3, NULL), EFT_OK);
    set_out(&m, values, sums);
    efti_moves_settle(&m);
    assert_true(efti_moves_reach(&m, 5, false, 0));
    assert_true(m.value.items[0] < 0.5 && m.value.items[1] > 0.5 &&
                m.value.items[2] < 0.5);
    set_out(&m, values, sums);
    assert_true(efti_moves_reach(&m, 5, false, 1)); /* past halves, to 0 */
    assert_true(m.value.items[5] < 0.5);
    efti_moves_free(&m);
}

static void
halves_are_no_answer(void **state)
{
    struct release_moves m = {.mem = &efti_malloc};
    const double values[] = {1, 0, 1};
    const double sums[3][3] = {{1, 1, 1}, {1, 1, 1}, {1, 2, 2}};

    (void)state;
    assert_int_equal(efti_moves_make(&m, circle, 2, 3, 3, NULL), EFT_OK);
    set_out(&m, values, sums);
    assert_false(efti_moves_reach(&m, 5, false, 1));
    efti_moves_free(&m);
}

static void
what_is_told_does_not_move(void **state)
{
    struct release_moves m = {.mem = &efti_malloc};
    const double values[] = {1, 0, 1};
    const double sums[3][3] = {{1, 1, 1}, {1, 1, 1}, {2, 2, 2}};

    (void)state;
    assert_int_equal(efti_moves_make(&m, circle, 2, 3, 3, NULL), EFT_OK);
    set_out(&m, values, sums);
    efti_moves_settle(&m);
    for (uint32_t v = 0; v < 3; v++)
        assert_false(efti_moves_reach(&m, v, values[v] < 0.5, values[v] < 0.5 ? 1 : 0));
    efti_moves_free(&m);
}

/* The basis that questions begin with, to the last bit. */
static void
a_question_leaves_nothing_behind(void **state)
{
    struct release_moves m = {.mem = &efti_malloc};
    const double values[] = {1, 0, 1};
    const double sums[3][3] = {{1, 1, 1}, {1, 1, 1}, {0, 2, 2}};
    double inverse[9];
    uint32_t basic[3];

    (void)state;
    assert_int_equal(efti_moves_make(&m, circle, 2, 3, 3, NULL), EFT_OK);
    set_out(&m, values, sums);
    efti_moves_settle(&m);
    memcpy(inverse, m.inverse.items, sizeof(inverse));
    memcpy(basic, m.basic.items, sizeof(basic));
    set_out(&m, values, sums);
    assert_true(efti_moves_reach(&m, 0, false, 0));
    efti_moves_again(&m);
    assert_memory_equal(inverse, m.inverse.items, sizeof(inverse));
    assert_memory_equal(basic, m.basic.items, sizeof(basic));
    for (uint32_t v = 0; v < 6; v++)
        assert_true(m.row.items[v] == EFTI_NO_ID
                        ? basic[0] != v && basic[1] != v && basic[2] != v
                        : basic[m.row.items[v]] == v);
    set_out(&m, values, sums);
    efti_moves_settle(&m); /* another column begins as the first one did */
    assert_memory_equal(inverse, m.inverse.items, sizeof(inverse));
    efti_moves_free(&m);
}

static void
memory_that_is_refused_is_given_back(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        struct release_moves m = {.mem = &mem};
        eft_status st = efti_moves_make(&m, circle, 2, 3, 3, NULL);
        efti_moves_free(&m);
        if (failing_got_through(&f, st))
            break;
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sum_moves_along_a_circle),
        cmocka_unit_test(halves_are_no_answer),
        cmocka_unit_test(what_is_told_does_not_move),
        cmocka_unit_test(a_question_leaves_nothing_behind),
        cmocka_unit_test(memory_that_is_refused_is_given_back),
    };
    return cmocka_run_group_tests_name("moves", tests, NULL, NULL);
}
