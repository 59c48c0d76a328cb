/* Tables are filled by name and read by number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "support/failing.h"
#include "tally/table.h"

static void
values_come_back_as_they_were_set(void **state)
{
    struct eft_results *r;
    struct eft_table *t;
    char label[] = "Enhet A";

    (void)state;
    assert_int_equal(efti_results_new(&efti_malloc, &r, NULL), EFT_OK);
    assert_int_equal(efti_results_add(r, EFTI_TABLE_OVERVIEW, NULL, &t, NULL), EFT_OK);
    assert_int_equal(efti_table_row(t, NULL), EFT_OK);
    efti_table_set_text(t, "label", (eft_text){label, 7});
    memset(label, 'x', 7); /* it was copied */
    efti_table_set_integer(t, "reflections", -5);
    efti_table_set_real(t, "share", 0.25);
    assert_int_equal(efti_table_row(t, NULL), EFT_OK);
    efti_table_set_text(t, "label", (eft_text){NULL, 0});
    efti_table_set_real(t, "share", NAN);
    efti_table_add_hidden(t, 3);
    efti_table_add_hidden(t, 4);
    assert_int_equal(efti_table_done(t, NULL), EFT_OK);

    const eft_table *read = eft_results_table(r, 0);
    size_t c_label = eft_table_column_find(read, "label");
    size_t c_count = eft_table_column_find(read, "reflections");
    size_t c_share = eft_table_column_find(read, "share");
    assert_int_equal(eft_table_rows(read), 2);
    assert_int_equal(eft_table_hidden(read), 7);
    assert_int_equal(eft_table_text(read, 0, c_label).size, 7);
    assert_memory_equal(eft_table_text(read, 0, c_label).bytes, "Enhet A", 7);
    assert_int_equal(eft_table_integer(read, 0, c_count), -5);
    assert_true(eft_table_real(read, 0, c_share) > 0.2499);
    assert_false(eft_table_missing(read, 1, c_label)); /* empty is not missing */
    assert_true(eft_table_missing(read, 1, c_count));
    assert_true(eft_table_missing(read, 1, c_share));
    assert_int_equal(eft_table_integer(read, 0, c_share), 0); /* of another type */
    assert_int_equal(eft_table_text(read, 0, c_count).size, 0);
    assert_true(eft_table_missing(read, 2, 0));
    assert_true(eft_table_missing(read, 0, 999));
    assert_int_equal(eft_table_integer(read, 9, 9), 0);
    eft_results_free(r);
}

static void
tables_are_found_by_name_and_described(void **state)
{
    struct eft_results *r;
    struct eft_table *t;
    char name[] = "themes_by_alder";

    (void)state;
    assert_int_equal(efti_results_new(&efti_malloc, &r, NULL), EFT_OK);
    for (int i = 0; i < EFTI_TABLE_COUNT; i++)
        assert_int_equal(efti_results_add(r, (enum efti_table_id)i, NULL, &t, NULL),
                         EFT_OK);
    assert_int_equal(efti_results_add(r, EFTI_TABLE_THEMES_BY_FACET, name, &t, NULL),
                     EFT_OK);
    name[0] = 'X';
    assert_int_equal(eft_results_count(r), EFTI_TABLE_COUNT + 1);
    assert_ptr_equal(eft_results_find(r, "themes_by_alder"), t);
    assert_null(eft_results_find(r, "Xhemes_by_alder"));
    assert_null(eft_results_table(r, EFTI_TABLE_COUNT + 1));
    for (size_t i = 0; i < eft_results_count(r); i++) {
        const eft_table *x = eft_results_table(r, i);
        assert_true(strlen(eft_table_description(x)) > 0);
        for (size_t c = 0; c < eft_table_columns(x); c++) {
            assert_int_equal(eft_table_column_find(x, eft_table_column_name(x, c)), c);
            assert_true(strlen(eft_table_column_description(x, c)) > 0);
            assert_non_null(eft_table_column_unit(x, c));
            assert_in_range(eft_table_column_type(x, c), EFT_TYPE_TEXT, EFT_TYPE_REAL);
        }
    }
    assert_string_equal(eft_table_column_name(t, 999), "");
    assert_string_equal(eft_table_name(t), "themes_by_alder");
    assert_true(eft_table_column_find(t, "no such") == SIZE_MAX);
    eft_results_free(r);
    eft_results_free(NULL);
}

static void
a_column_the_schema_does_not_know_is_told_at_the_end(void **state)
{
    struct eft_results *r;
    struct eft_table *t;

    (void)state;
    assert_int_equal(efti_results_new(&efti_malloc, &r, NULL), EFT_OK);
    assert_int_equal(efti_results_add(r, EFTI_TABLE_THEMES, NULL, &t, NULL), EFT_OK);
    assert_int_equal(efti_table_row(t, NULL), EFT_OK);
    efti_table_set_integer(t, "reflektioner", 1);
    efti_table_set_integer(t, "reflections", 1);
    assert_int_equal(efti_table_done(t, NULL), EFT_E_INTERNAL);
    assert_int_equal(efti_results_add(r, EFTI_TABLE_THEMES, NULL, &t, NULL), EFT_OK);
    efti_table_set_integer(t, "reflections", 1); /* before any row */
    assert_int_equal(efti_table_done(t, NULL), EFT_E_INTERNAL);
    assert_int_equal(efti_results_add(r, EFTI_TABLE_THEMES, NULL, &t, NULL), EFT_OK);
    assert_int_equal(efti_table_row(t, NULL), EFT_OK);
    efti_table_set_real(t, "reflections", 1.0); /* another type */
    assert_int_equal(efti_table_done(t, NULL), EFT_E_INTERNAL);
    eft_results_free(r);
}

static eft_status
fill(const eft_allocator *mem)
{
    struct eft_results *r;
    struct eft_table *t = NULL;
    eft_status st = efti_results_new(mem, &r, NULL);

    if (st == EFT_OK)
        st = efti_results_add(r, EFTI_TABLE_TERMS, "terms_too", &t, NULL);
    for (int i = 0; st == EFT_OK && i < 40; i++) {
        st = efti_table_row(t, NULL);
        if (st == EFT_OK)
            efti_table_set_text(t, "term",
                                (eft_text){"skolgård, ordet i sin helhet", 29});
    }
    if (st == EFT_OK)
        st = efti_table_done(t, NULL);
    eft_results_free(r);
    return st;
}

static void
every_refused_allocation_is_survived(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        eft_status st = fill(&mem);

        if (failing_got_through(&f, st))
            break;
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_back_as_they_were_set),
        cmocka_unit_test(tables_are_found_by_name_and_described),
        cmocka_unit_test(a_column_the_schema_does_not_know_is_told_at_the_end),
        cmocka_unit_test(every_refused_allocation_is_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
