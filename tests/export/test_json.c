/* summary.json, read back with jansson. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <math.h>

#include "export/export.h"
#include "support/failing.h"
#include "support/sample_results.h"

static struct eft_results *results;
static json_t *summary;

static void
read_summary(bool writer_column, bool external)
{
    struct efti_bytes out;

    results = sample_results(&efti_malloc, writer_column);
    assert_non_null(results);
    results->external = external;
    efti_bytes_init(&out, &efti_malloc);
    assert_int_equal(efti_json_summary(results, &out, NULL), EFT_OK);
    summary = json_loadb(out.data, out.size, JSON_REJECT_DUPLICATES, NULL);
    efti_bytes_free(&out);
    assert_non_null(summary);
}

static int
teardown(void **state)
{
    (void)state;
    json_decref(summary);
    eft_results_free(results);
    summary = NULL;
    results = NULL;
    return 0;
}

static void
assert_json_value(const json_t *v, const eft_table *t, size_t row, size_t column)
{
    eft_text text = eft_table_text(t, row, column);
    double real = eft_table_real(t, row, column);

    if (eft_table_missing(t, row, column)) {
        assert_true(json_is_null(v));
        return;
    }
    switch (eft_table_column_type(t, column)) {
    case EFT_TYPE_TEXT:
        assert_int_equal(json_string_length(v), text.size);
        assert_memory_equal(json_string_value(v), text.bytes, text.size);
        break;
    case EFT_TYPE_INTEGER:
        assert_true(json_integer_value(v) == eft_table_integer(t, row, column));
        break;
    case EFT_TYPE_REAL: /* ten digits */
        assert_true(fabs(json_number_value(v) - real) <= 1e-9 * fabs(real));
        break;
    }
}

static void
every_value_comes_back_and_missing_is_null(void **state)
{
    (void)state;
    read_summary(true, false);
    for (size_t i = 0; i < eft_results_count(results); i++) {
        const eft_table *t = eft_results_table(results, i);
        json_t *table =
            json_object_get(json_object_get(summary, "tables"), eft_table_name(t));
        json_t *rows = json_object_get(table, "rows");
        assert_non_null(rows);
        for (size_t r = 0; r < json_array_size(rows); r++) {
            json_t *row = json_array_get(rows, r);
            assert_int_equal(json_object_size(row), eft_table_columns(t));
            for (size_t c = 0; c < eft_table_columns(t); c++)
                assert_json_value(json_object_get(row, eft_table_column_name(t, c)), t, r,
                                  c);
        }
    }
}

static void
closed_tables_are_whole_and_open_ones_begin(void **state)
{
    (void)state;
    read_summary(true, false);
    for (size_t i = 0; i < eft_results_count(results); i++) {
        const eft_table *t = eft_results_table(results, i);
        json_t *table =
            json_object_get(json_object_get(summary, "tables"), eft_table_name(t));
        size_t rows = eft_table_rows(t);
        assert_int_equal(json_integer_value(json_object_get(table, "row_count")), rows);
        assert_int_equal(json_array_size(json_object_get(table, "rows")),
                         rows == SAMPLE_TERMS ? 100 : rows);
        assert_int_equal(json_integer_value(json_object_get(table, "hidden")),
                         eft_table_hidden(t));
        assert_string_equal(json_string_value(json_object_get(table, "description")),
                            eft_table_description(t));
    }
}

static void
the_head_says_what_the_figures_stand_on(void **state)
{
    (void)state;
    read_summary(true, true);
    assert_int_equal(json_integer_value(json_object_get(summary, "k")), SAMPLE_K);
    assert_string_equal(json_string_value(json_object_get(summary, "audience")),
                        "external");
    assert_true(json_is_true(json_object_get(summary, "writer_column")));
    assert_int_equal(json_integer_value(json_object_get(summary, "hidden_cells")), 10);
    json_t *missing = json_object_get(summary, "missing");
    assert_int_equal(json_array_size(missing), 1);
    assert_string_equal(json_string_value(json_array_get(missing, 0)), "quotes");
}

static void
without_a_writer_column_every_table_says_so(void **state)
{
    const char *name;
    json_t *table;

    (void)state;
    read_summary(false, false);
    assert_string_equal(json_string_value(json_object_get(summary, "audience")),
                        "internal");
    assert_true(json_is_false(json_object_get(summary, "writer_column")));
    json_object_foreach(json_object_get(summary, "tables"), name, table)
        assert_true(json_is_false(json_object_get(table, "writer_column")));
}

static void
results_without_tables_are_json_too(void **state)
{
    struct efti_bytes out;

    (void)state;
    assert_int_equal(efti_results_new(&efti_malloc, &results, NULL), EFT_OK);
    efti_bytes_init(&out, &efti_malloc);
    assert_int_equal(efti_json_summary(results, &out, NULL), EFT_E_REFUSED); /* no gate */
    assert_int_equal(out.size, 0);
    results->k = 3;
    assert_int_equal(efti_json_summary(results, &out, NULL), EFT_OK);
    summary = json_loadb(out.data, out.size, 0, NULL);
    assert_int_equal(json_object_size(json_object_get(summary, "tables")), 0);
    efti_bytes_free(&out);
}

static void
every_refused_allocation_is_told(void **state)
{
    (void)state;
    results = sample_results(&efti_malloc, true);
    assert_non_null(results);
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        struct efti_bytes out;
        efti_bytes_init(&out, &mem);
        eft_status st = efti_json_summary(results, &out, NULL);
        efti_bytes_free(&out);
        if (failing_got_through(&f, st))
            break;
    }
}

#define TEST(f) cmocka_unit_test_teardown(f, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_value_comes_back_and_missing_is_null),
        TEST(closed_tables_are_whole_and_open_ones_begin),
        TEST(the_head_says_what_the_figures_stand_on),
        TEST(without_a_writer_column_every_table_says_so),
        TEST(results_without_tables_are_json_too),
        TEST(every_refused_allocation_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
