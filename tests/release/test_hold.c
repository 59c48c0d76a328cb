/*
 * test_hold.c - which rows may be new, on tables made by hand
 *
 * A row here is a table, its keys, the reflections that are told (-1: hidden), and what
 * of them is not in the release that it is held against: how many, and of how many
 * writers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "corpus.h"
#include "release/internal.h"
#include "support/failing.h"

enum { K = 3, MOST_ROWS = 16 };

struct line {
    enum efti_table_id table;
    const char *a, *b;
    int64_t reflections;
    uint32_t fresh, writers;
    uint64_t from; /* release of an old row; 0: the last one */
};
struct hand {
    struct line old[MOST_ROWS], now[MOST_ROWS];
    uint32_t greatest_k, old_k; /* of the log, of the last release; 0: K */
    const eft_allocator *mem;
};

static void
keys_of(enum efti_table_id id, const char **a, const char **b)
{
    *a = id == EFTI_TABLE_OVERVIEW ? "scope" : "theme";
    *b = id == EFTI_TABLE_THEMES ? "polarity" : "label";
}

/* Rows of one table follow each other; a table without a row is not there. */
static eft_status
hand_tables(const eft_allocator *mem, const struct line *lines, bool old,
            struct eft_results **out, eft_error *err)
{
    struct eft_table *t = NULL;
    eft_status st = efti_results_new(mem, out, err);

    for (size_t i = 0; i < MOST_ROWS && lines[i].a != NULL && st == EFT_OK; i++) {
        const struct line *l = &lines[i];
        const char *a, *b;
        if (i == 0 || lines[i - 1].table != l->table)
            st = efti_results_add(*out, l->table, NULL, &t, err);
        if (st != EFT_OK || (st = efti_table_row(t, err)) != EFT_OK)
            break;
        keys_of(l->table, &a, &b);
        efti_table_set_text(t, a, (eft_text){l->a, strlen(l->a)});
        efti_table_set_text(t, b, (eft_text){l->b, strlen(l->b)});
        if (l->table == EFTI_TABLE_THEMES_BY_FACET)
            efti_table_set_text(t, "facet", (eft_text){"unit", 4});
        efti_table_set_integer(t, "shown", l->reflections >= 0);
        if (l->reflections >= 0)
            efti_table_set_integer(t, "reflections", l->reflections);
        efti_table_mark(t, l->fresh, l->writers);
        if (old)
            efti_table_set_release(t, l->from != 0 ? l->from : 1);
        if (i + 1 == MOST_ROWS || lines[i + 1].table != l->table ||
            lines[i + 1].a == NULL)
            st = efti_table_done(t, err);
    }
    if (st != EFT_OK) {
        eft_results_free(*out);
        *out = NULL;
    }
    return st;
}

static eft_status
mark_by_hand(void *user, uint64_t base, struct eft_results **out, eft_error *err)
{
    const struct hand *h = user;

    assert_int_equal(base, 1);
    return hand_tables(h->mem, h->now, false, out, err);
}

static eft_status
hold_by_hand(const struct hand *hand, const eft_allocator *mem, struct eft_results **out,
             eft_error *err)
{
    struct hand h = *hand;
    struct efti_log_day days[] = {{"2026-05-04", h.old_k > 0 ? h.old_k : K}};
    struct efti_history history = {.mem = mem,
                                   .lines = 1,
                                   .earlier = 1,
                                   .last = 1,
                                   .k = h.greatest_k,
                                   .complete = true,
                                   .dates = days};
    eft_status st;

    h.mem = mem;
    *out = NULL;
    if ((st = hand_tables(mem, h.old, true, &history.results, err)) == EFT_OK &&
        (st = hand_tables(mem, h.now, false, out, err)) == EFT_OK) {
        st = efti_history_hold(&history, K, mark_by_hand, &h, NULL, out, err);
        if (st != EFT_OK) {
            eft_results_free(*out);
            *out = NULL;
        }
    }
    eft_results_free(history.results);
    return st;
}

static struct eft_results *
held(const struct hand *h)
{
    struct eft_results *r;

    assert_int_equal(hold_by_hand(h, &efti_malloc, &r, NULL), EFT_OK);
    return r;
}

/* What is told of a row, with its day where it is kept; -1: nothing. */
static void
assert_row(const struct eft_results *r, const char *table, const char *a, const char *b,
           int64_t reflections, bool kept)
{
    const eft_table *t = find(r, table);
    const char *first = strcmp(table, "overview") == 0 ? "scope" : "theme";
    const char *second = strcmp(table, "themes") == 0 ? "polarity" : "label";
    size_t row = row_of(t, first, a, second, b);

    assert_true(row != SIZE_MAX);
    assert_int_equal(number_at(t, row, "reflections"), reflections);
    assert_int_equal(number_at(t, row, "shown"), reflections >= 0);
    assert_true(text_is(t, row, "as_of", kept ? "2026-05-04" : ""));
}

/* The example at the top of hold.c: everybody and the total may be new, the units not. */
static const struct hand may = {
    .old = {{EFTI_TABLE_OVERVIEW, "all", "", 80, 0, 0, 0},
            {EFTI_TABLE_OVERVIEW, "unit", "A", 45, 0, 0, 0},
            {EFTI_TABLE_OVERVIEW, "unit", "B", 35, 0, 0, 0},
            {EFTI_TABLE_THEMES, "oro", "any", 66, 0, 0, 0},
            {EFTI_TABLE_THEMES_BY_FACET, "oro", "A", 41, 0, 0, 0},
            {EFTI_TABLE_THEMES_BY_FACET, "oro", "B", 25, 0, 0, 0}},
    .now = {{EFTI_TABLE_OVERVIEW, "all", "", 100, 20, 12, 0},
            {EFTI_TABLE_OVERVIEW, "unit", "A", 55, 10, 6, 0},
            {EFTI_TABLE_OVERVIEW, "unit", "B", 45, 10, 6, 0},
            {EFTI_TABLE_THEMES, "oro", "any", 78, 12, 9, 0},
            {EFTI_TABLE_THEMES_BY_FACET, "oro", "A", 52, 11, 8, 0},
            {EFTI_TABLE_THEMES_BY_FACET, "oro", "B", 26, 1, 1, 0}},
};

static void
parts_stand_or_fall_together_and_a_total_stays_new(void **state)
{
    struct eft_results *r = held(&may);

    (void)state;
    assert_row(r, "overview", "all", "", 100, false);
    assert_row(r, "overview", "unit", "A", 55, false);
    assert_row(r, "themes", "oro", "any", 78, false);
    assert_row(r, "themes_by_unit", "oro", "A", 41, true);
    assert_row(r, "themes_by_unit", "oro", "B", 25, true);
    assert_int_equal(r->kept_rows, 2);
    eft_results_free(r);
}

static void
k_writers_make_a_row_new(void **state)
{
    struct hand h = may;

    (void)state;
    h.now[4].reflections = 50;
    h.now[4].fresh = 9;
    h.now[5] = (struct line){EFTI_TABLE_THEMES_BY_FACET, "oro", "B", 28, 3, K, 0};
    struct eft_results *r = held(&h);
    assert_row(r, "themes_by_unit", "oro", "A", 50, false);
    assert_row(r, "themes_by_unit", "oro", "B", 28, false);
    assert_int_equal(r->kept_rows, 0);
    eft_results_free(r);
}

/* Outside (k = 10), within (k = 3), outside: what the second told of nine writers would
 * be in the third. */
static void
a_greater_k_of_an_earlier_release_is_kept_to(void **state)
{
    struct hand h = may;

    (void)state;
    h.greatest_k = 10;
    struct eft_results *r = held(&h);
    assert_row(r, "overview", "all", "", 100, false); /* 12 writers */
    assert_row(r, "overview", "unit", "A", 45, true);
    assert_row(r, "themes", "oro", "any", 66, true); /* 9 */
    assert_row(r, "themes_by_unit", "oro", "A", 41, true);
    eft_results_free(r);
}

/* Within, then outside: rows that stay are those of fewer writers. */
static void
what_was_told_within_is_not_told_outside(void **state)
{
    struct hand h = may;

    (void)state;
    h.old_k = K - 1;
    struct eft_results *r = held(&h);
    assert_row(r, "overview", "all", "", 100, false);
    assert_row(r, "themes", "oro", "any", 78, false);
    assert_row(r, "themes_by_unit", "oro", "A", -1, false);
    assert_row(r, "themes_by_unit", "oro", "B", -1, false);
    assert_int_equal(r->kept_rows, 0);
    eft_results_free(r);
}

static void
what_was_taken_away_keeps_the_row(void **state)
{
    struct hand h = may;

    (void)state;
    h.now[3].reflections = 77; /* 66 and 12 more would be 78 */
    struct eft_results *r = held(&h);
    assert_row(r, "themes", "oro", "any", 66, true);
    assert_row(r, "themes_by_unit", "oro", "A", 41, true); /* parts lean on it */
    assert_row(r, "overview", "all", "", 100, false);
    eft_results_free(r);
}

static void
where_everybody_is_kept_all_is(void **state)
{
    struct hand h = may;

    (void)state;
    h.now[0].writers = K - 1;
    struct eft_results *r = held(&h);
    assert_row(r, "overview", "all", "", 80, true);
    assert_row(r, "overview", "unit", "A", 45, true);
    assert_row(r, "themes", "oro", "any", 66, true);
    assert_row(r, "themes_by_unit", "oro", "A", 41, true);
    eft_results_free(r);
}

/* Unit C is hidden now and was told; D was never there. Both are one part more, of two
 * writers: who knows the total and A would know it. */
static void
hidden_rows_are_one_part_more(void **state)
{
    struct hand h = may;

    (void)state;
    h.old[5] = (struct line){EFTI_TABLE_THEMES_BY_FACET, "oro", "C", 25, 0, 0, 0};
    h.now[5] = (struct line){EFTI_TABLE_THEMES_BY_FACET, "oro", "C", -1, 1, 1, 0};
    h.now[6] = (struct line){EFTI_TABLE_THEMES_BY_FACET, "oro", "D", -1, 0, 0, 0};
    struct eft_results *r = held(&h);
    assert_row(r, "themes_by_unit", "oro", "A", 41, true);
    assert_row(r, "themes_by_unit", "oro", "C", 25, true);
    assert_row(r, "themes_by_unit", "oro", "D", -1, false);
    eft_results_free(r);
    h.now[4].fresh = 9;
    h.now[4].reflections = 50;
    h.now[5].fresh = 3;
    h.now[5].writers = K;
    r = held(&h);
    assert_row(r, "themes_by_unit", "oro", "A", 50, false);
    assert_row(r, "themes_by_unit", "oro", "C", -1, false);
    eft_results_free(r);
}

/* Rows of a kept block that this release does not have any more stand again; a table that
 * it does not have goes into the log alone, with the release that it is from. */
static void
what_vanished_stands_again_or_is_carried(void **state)
{
    struct hand h = may;

    (void)state;
    h.old[6] = (struct line){EFTI_TABLE_THEMES_BY_FACET, "oro", "E", 7, 0, 0, 0};
    struct eft_results *r = held(&h);
    assert_row(r, "themes_by_unit", "oro", "E", 7, true);
    eft_results_free(r);
    h.now[4] = (struct line){0};
    r = held(&h);
    assert_null(eft_results_find(r, "themes_by_unit"));
    const eft_table *carried = eft_results_find(r->carried, "themes_by_unit");
    assert_non_null(carried);
    assert_int_equal(eft_table_rows(carried), 3);
    assert_int_equal(efti_table_release(carried, 0), 1);
    eft_results_free(r);
}

static void
a_release_that_the_log_does_not_have_is_damage(void **state)
{
    struct hand h = may;
    struct eft_results *r;

    (void)state;
    h.old[3].from = 7;
    assert_int_equal(hold_by_hand(&h, &efti_malloc, &r, NULL), EFT_E_FORMAT);
    assert_null(r);
}

static void
memory_that_is_refused_leaves_nothing(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        struct eft_results *r;
        eft_status st = hold_by_hand(&may, &mem, &r, NULL);
        assert_true(f.failed == (r == NULL));
        eft_results_free(r);
        if (failing_got_through(&f, st))
            break;
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_stand_or_fall_together_and_a_total_stays_new),
        cmocka_unit_test(k_writers_make_a_row_new),
        cmocka_unit_test(a_greater_k_of_an_earlier_release_is_kept_to),
        cmocka_unit_test(what_was_told_within_is_not_told_outside),
        cmocka_unit_test(what_was_taken_away_keeps_the_row),
        cmocka_unit_test(where_everybody_is_kept_all_is),
        cmocka_unit_test(hidden_rows_are_one_part_more),
        cmocka_unit_test(what_vanished_stands_again_or_is_carried),
        cmocka_unit_test(a_release_that_the_log_does_not_have_is_damage),
        cmocka_unit_test(memory_that_is_refused_leaves_nothing),
    };
    return cmocka_run_group_tests_name("hold", tests, NULL, NULL);
}
