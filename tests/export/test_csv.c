/* Tables as CSV: what a reader of RFC 4180 and a spreadsheet see. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "export/export.h"
#include "support/failing.h"
#include "support/sample_results.h"

/* A table of one label and one count. */
static struct eft_results *
one_row(const char *label, size_t size, bool set)
{
    struct eft_results *r;
    struct eft_table *t;

    assert_int_equal(efti_results_new(&efti_malloc, &r, NULL), EFT_OK);
    r->k = 5;
    assert_int_equal(efti_results_add(r, EFTI_TABLE_ASSIGNMENT_TAGS, NULL, &t, NULL),
                     EFT_OK);
    assert_int_equal(efti_table_row(t, NULL), EFT_OK);
    if (set)
        efti_table_set_text(t, "assignment", (eft_text){label, size});
    efti_table_set_integer(t, "reflections", -7);
    efti_table_set_real(t, "share", -0.5);
    assert_int_equal(efti_table_done(t, NULL), EFT_OK);
    return r;
}

/* The first cell of the only row must read `cell`. */
static void
assert_cell(const char *label, size_t size, const char *cell)
{
    struct eft_results *r = one_row(label, size, true);
    struct efti_bytes out;
    char expected[300];

    efti_bytes_init(&out, &efti_malloc);
    assert_int_equal(efti_csv(eft_results_table(r, 0), &out, NULL), EFT_OK);
    efti_put_char(&out, '\0');
    (void)snprintf(expected, sizeof(expected),
                   "assignment,tag,shown,reflections,of,share,share_low,"
                   "share_high,writers,writers_min,residual,p,q,as_of\n"
                   "%s,,,-7,,-0.5,,,,,,,,\n",
                   cell);
    assert_string_equal(out.data, expected);
    efti_bytes_free(&out);
    eft_results_free(r);
}
#define CELL(label, cell) assert_cell(label, sizeof(label) - 1, cell)

static void
plain_text_stays_plain(void **state)
{
    (void)state;
    CELL("Uppdrag ett", "Uppdrag ett");
    CELL("åäö; och\ttab", "åäö; och\ttab");
    CELL("", "");
    CELL("'redan", "'redan");
    CELL(" =inte", " =inte");
}

static void
commas_quotes_and_line_ends_are_quoted(void **state)
{
    (void)state;
    CELL("a,b", "\"a,b\"");
    CELL("säger \"hej\"", "\"säger \"\"hej\"\"\"");
    CELL("rad\nrad", "\"rad\nrad\"");
    CELL("rad\rrad", "\"rad\rrad\"");
    CELL("\"", "\"\"\"\"");
}

static void
what_a_spreadsheet_would_run_is_defused(void **state)
{
    (void)state;
    CELL("=1+1", "'=1+1");
    CELL("+1", "'+1");
    CELL("-", "'-");
    CELL("@SUM(A1)", "'@SUM(A1)");
    CELL("\t=1", "'\t=1");
    CELL("\r=1", "\"'\r=1\"");
    CELL("\n=1", "\"'\n=1\"");
    CELL("=HYPERLINK(\"a\",\"b\")", "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\"");
    CELL("\xEF\xBC\x9D"
         "1",
         "'\xEF\xBC\x9D"
         "1"); /* full-width = + - @ */
    CELL("\xEF\xBC\x8B", "'\xEF\xBC\x8B");
    CELL("\xEF\xBC\x8D", "'\xEF\xBC\x8D");
    CELL("\xEF\xBC\xA0", "'\xEF\xBC\xA0");
    CELL("\xEF\xBC\xA1", "\xEF\xBC\xA1"); /* a full-width A is a letter */
}

static void
numbers_are_never_defused(void **state)
{
    struct eft_results *r = one_row("=", 1, false); /* label missing */
    struct efti_bytes out;

    (void)state;
    efti_bytes_init(&out, &efti_malloc);
    assert_int_equal(efti_csv(eft_results_table(r, 0), &out, NULL), EFT_OK);
    efti_put_char(&out, '\0');
    assert_non_null(strstr(out.data, "\n,,,-7,,-0.5,,,,,,,,\n"));
    efti_bytes_free(&out);
    eft_results_free(r);
}

/* CSV of columns for the sample, as a string to be freed. */
static char *
schema_of_sample(bool writer_column)
{
    struct eft_results *r = sample_results(&efti_malloc, writer_column);
    struct efti_bytes out;

    assert_non_null(r);
    efti_bytes_init(&out, &efti_malloc);
    assert_int_equal(efti_csv_schema(r, &out, NULL), EFT_OK);
    efti_put_char(&out, '\0');
    assert_false(out.failed);
    char *copy = strdup(out.data);
    assert_non_null(copy);
    efti_bytes_free(&out);
    eft_results_free(r);
    return copy;
}

static void
each_column_is_described(void **state)
{
    char *csv = schema_of_sample(true);

    (void)state;
    assert_ptr_equal(strstr(csv, "table,column,type,unit,description\n"), csv);
    assert_non_null(strstr(csv, "\noverview,label,text,,value of the category; empty for "
                                "all\n"));
    assert_non_null(strstr(csv,
                           "\nterms,rank,integer,,\"by writers, reflections, tokens, "
                           "bytes\"\n"));
    assert_non_null(
        strstr(csv, "\ntheme_pairs,logdice,real,\"bits, at most 14\",\"14 + "));
    assert_null(strstr(csv, "no writer column"));
    free(csv);
}

static void
without_a_writer_column_every_table_says_so(void **state)
{
    static const char mark[] =
        ",writers,integer,writers,distinct writers behind the cell; no writer column: "
        "each reflection counts as its own writer\n";
    char *csv = schema_of_sample(false);
    size_t marks = 0;

    (void)state;
    for (const char *p = csv; (p = strstr(p, mark)) != NULL; p++)
        marks++;
    assert_int_equal(marks, 8);
    free(csv);
}

static void
results_that_no_gate_has_seen_are_refused(void **state)
{
    struct eft_results *r = one_row("x", 1, true);
    struct efti_bytes out;

    (void)state;
    efti_bytes_init(&out, &efti_malloc);
    r->k = 2;
    assert_int_equal(efti_csv_schema(r, &out, NULL), EFT_E_REFUSED);
    assert_int_equal(out.size, 0);
    efti_bytes_free(&out);
    eft_results_free(r);
}

static void
every_refused_allocation_is_told(void **state)
{
    struct eft_results *r = sample_results(&efti_malloc, true);

    (void)state;
    assert_non_null(r);
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        struct efti_bytes out;
        efti_bytes_init(&out, &mem);
        eft_status st = efti_csv(eft_results_find(r, "terms"), &out, NULL);
        efti_bytes_clear(&out);
        eft_status schema = efti_csv_schema(r, &out, NULL);
        efti_bytes_free(&out);
        assert_int_equal(f.held, 0);
        assert_false(f.wrong_size);
        assert_true(st == (f.failed && st != EFT_OK ? EFT_E_NOMEM : EFT_OK));
        assert_int_equal(f.failed, st == EFT_E_NOMEM || schema == EFT_E_NOMEM);
        if (!f.failed)
            break;
    }
    eft_results_free(r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_stays_plain),
        cmocka_unit_test(commas_quotes_and_line_ends_are_quoted),
        cmocka_unit_test(what_a_spreadsheet_would_run_is_defused),
        cmocka_unit_test(numbers_are_never_defused),
        cmocka_unit_test(each_column_is_described),
        cmocka_unit_test(without_a_writer_column_every_table_says_so),
        cmocka_unit_test(results_that_no_gate_has_seen_are_refused),
        cmocka_unit_test(every_refused_allocation_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
