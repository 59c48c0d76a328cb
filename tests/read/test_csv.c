/*
 * test_csv.c - engine/read/cells.c and csv.c
 */
#include "reading.h"

static void
plain_rows_with_any_line_end_are_read(void **state)
{
    (void)state;
    READS_AS("csv", NULL, "id,text\n1,Vi hann\n2,Nej\n",
             "1@8 id=1 text=Vi hann\n2@18 id=2 text=Nej\n");
    READS_AS("csv", NULL, "id,text\r\n1,Vi hann\r\n2,Nej",
             "1@9 id=1 text=Vi hann\n2@20 id=2 text=Nej\n");
    READS_AS("csv", NULL, "id,text\r1,Vi hann\r2,Nej\r",
             "1@8 id=1 text=Vi hann\n2@18 id=2 text=Nej\n");
}

static void
quoted_cells_hold_separators_quotes_and_line_ends(void **state)
{
    (void)state;
    READS_AS("csv", NULL, "id,text\n1,\"Hej, \"\"du\"\"\r\noch jag\"\n\"2\" ,\"\"\n",
             "1@8 id=1 text=Hej, \"du\"\r\noch jag\n2@33 id=2\n");
    READS_AS("csv", NULL, "text,id\n\"\"\"\"\"\",1\n\"a\"\"\",2\n",
             "1@8 id=1 text=\"\"\n2@17 id=2 text=a\"\n");
}

static void
a_quote_inside_an_unquoted_cell_is_a_letter(void **state)
{
    (void)state;
    READS_AS("csv", NULL, "id,text\n1,sa \"hej\" till\n2, \"x\"\n",
             "1@8 id=1 text=sa \"hej\" till\n2@24 id=2 text= \"x\"\n");
}

static void
the_separator_is_recognised(void **state)
{
    (void)state;
    READS_AS("csv", NULL, "id;text;enhet\n1;Ja, visst;Norr\n",
             "1@14 id=1 unit=Norr text=Ja, visst\n");
    READS_AS("csv", NULL, "id\ttext\tenhet\n1\tJa, visst; ja\tNorr\n",
             "1@14 id=1 unit=Norr text=Ja, visst; ja\n");
    READS_AS("csv", NULL, "id,text,enhet\n1,Ja; visst,Norr\n",
             "1@14 id=1 unit=Norr text=Ja; visst\n");
    /* roles before cells: three commas, but the semicolons find the columns */
    READS_AS("csv", NULL, "x, y, z, w;text;id\nq;Hej;1\n", "1@19 id=1 text=Hej\n");
}

static void
the_first_line_of_excel_decides_the_separator(void **state)
{
    (void)state;
    READS_AS("csv", NULL, "sep=;\r\nid;text\r\n1;Ja, ja\r\n", "1@16 id=1 text=Ja, ja\n");
    READS_AS("csv", NULL, "\"sep=|\"\nid|text\n1|Ja\n", "1@16 id=1 text=Ja\n");
    READS_AS("csv", NULL, "SEP=\t\nid\ttext\n1\tJa\n", "1@14 id=1 text=Ja\n");
}

static void
a_separator_that_is_given_wins(void **state)
{
    const struct efti_read_options o = {.separator = '|'};

    (void)state;
    READS_AS("csv", &o, "id|text\n1|a,b;c\n", "1@8 id=1 text=a,b;c\n");
}

static void
a_list_of_answers_needs_no_quotes(void **state)
{
    (void)state;
    READS_AS("csv", NULL, "Svar\nJa, det gick bra; tack\n\nNej\n",
             "1@5 text=Ja, det gick bra; tack\n2@28\n3@29 text=Nej\n");
}

static void
a_byte_order_mark_is_no_part_of_the_header(void **state)
{
    (void)state;
    READS_AS("csv", NULL, "\xEF\xBB\xBFtext;id\nHej;1\n", "1@11 id=1 text=Hej\n");
}

static void
blank_rows_are_passed_over(void **state)
{
    (void)state;
    READS_AS("csv", NULL, "\r\n\nid;text\n\n1;Hej\n;\n;;\n\r\n2;Du\n",
             "1@12 id=1 text=Hej\n!2@20 cell-count\n3@25 id=2 text=Du\n");
}

static void
an_empty_text_is_given_out(void **state)
{
    (void)state;
    READS_AS("csv", NULL, "id,text\n1,\n2,\"\"\n3,Ja\n",
             "1@8 id=1\n2@11 id=2\n3@16 id=3 text=Ja\n");
}

static void
too_few_or_too_many_cells_set_the_row_aside(void **state)
{
    struct reading *got;

    (void)state;
    READS_AS("csv", NULL, "id,text\n1\n2,b,c\n3,d\n4,e,\n",
             "!1@8 cell-count\n!2@10 cell-count\n3@16 id=3 text=d\n!4@20 cell-count\n");
    got = reading_of_bytes("id,text\n1\n2,b\n", 14, "csv", NULL);
    assert_int_equal(got->counts.records, 1);
    assert_int_equal(got->counts.set_aside[EFTI_REASON_CELL_COUNT], 1);
}

static void
a_stray_quote_sets_the_row_aside(void **state)
{
    (void)state;
    READS_AS(
        "csv", NULL, "id,text\n1,\"Hon sa \"nej\" till\"\n2,\"Ja\" \n3,\"a\"b\n4,d\n",
        "!1@8 stray-quote\n2@30 id=2 text=Ja\n!3@38 stray-quote\n4@45 id=4 text=d\n");
}

static void
an_open_quote_costs_its_own_row_only(void **state)
{
    (void)state;
    READS_AS("csv", NULL, "id,text\n1,a\n2,\"b\n3,c\n4,d\n",
             "1@8 id=1 text=a\n!2@12 open-quote\n3@17 id=3 text=c\n4@21 id=4 text=d\n");
    READS_AS("csv", NULL, "id,text\n1,a\n2,\"b", "1@8 id=1 text=a\n!2@12 open-quote\n");
    READS_AS("csv", NULL, "id,text\n1,\"a\r\n2,\"\"\r\n", "!1@8 open-quote\n2@14 id=2\n");
}

static void
a_row_that_is_not_utf8_sets_only_itself_aside(void **state)
{
    (void)state;
    READS_AS("csv", NULL, "id,text\n1,f\xC3\xB6re\n2,v\xE5r\n3,g\xC3\xA5r\n4,\xC3\n",
             "1@8 id=1 text=f\xC3\xB6re\n!2@16 not-utf8\n3@22 id=3 text=g\xC3\xA5r\n"
             "!4@29 not-utf8\n");
}

static void
columns_without_a_role_are_dropped_and_labels_trimmed(void **state)
{
    (void)state;
    READS_AS("csv", NULL, "text,kod,enhet\n hej ,hemligt,\xC2\xA0 Norr  \n",
             "1@15 unit=Norr text= hej \n");
}

static void
a_text_above_the_limit_is_set_aside(void **state)
{
    const struct efti_read_options o = {.max_text = 4};

    (void)state;
    READS_AS("csv", &o, "id,text\n1,1234\n2,12345\n3,\"a\"\"bc\"\n",
             "1@8 id=1 text=1234\n!2@15 too-large\n3@23 id=3 text=a\"bc\n");
}

/* 65 MiB without a line end, and 65 MiB behind an open quote with lines in it. */
static void
a_record_above_64_mib_is_set_aside_and_reading_goes_on(void **state)
{
    const size_t size = ((size_t)65 << 20) + 64;
    char *bytes = malloc(size);
    struct reading *got;
    size_t at;

    (void)state;
    assert_non_null(bytes);
    memset(bytes, 'x', size);
    memcpy(bytes, "id,text\n1,", 10);
    memcpy(bytes + size - 6, "\n2,ja\n", 6);
    got = reading_of_bytes(bytes, size, "csv", NULL);
    assert_int_equal(got->counts.set_aside[EFTI_REASON_TOO_LARGE], 1);
    assert_int_equal(got->counts.records, 1);
    assert_non_null(strstr(got->text, "!1@8 too-large\n2@"));

    memcpy(bytes, "id,text\n1,\"a\n2,b\n", 17);
    at = size - 6;
    memcpy(bytes + 17, "3,", 2);
    got = reading_of_bytes(bytes, size, "csv",
                           &(struct efti_read_options){.max_text = 100});
    assert_int_equal(got->counts.set_aside[EFTI_REASON_TOO_LARGE], 2);
    assert_int_equal(got->counts.records, 2);
    assert_non_null(
        strstr(got->text, "!1@8 too-large\n2@13 id=2 text=b\n!3@17 too-large\n4@"));
    assert_int_equal(bytes[at], '\n');
    free(bytes);
}

static void
strict_stops_at_the_first_damaged_row(void **state)
{
    const struct efti_read_options o = {.strict = true};
    struct reading *got = reading_of_bytes("id,text\n1,a\n2\n3,c\n", 18, "csv", &o);

    (void)state;
    assert_int_equal(got->status, EFT_E_FORMAT);
    assert_int_equal(got->err.offset, 12);
    assert_int_equal(got->counts.records, 1);
    assert_non_null(strstr(got->err.message, "input-1 (argument 1), record 2"));
    got = reading_of_bytes("id,text\n1,\xC3\xA5\n2,\xE5\n", 18, "csv", &o);
    assert_int_equal(got->status, EFT_E_ENCODING);
}

static void
no_text_column_says_what_to_do(void **state)
{
    struct reading *got = reading_of_bytes("Hemlighet,id\na,b\n", 17, "csv", NULL);

    (void)state;
    assert_int_equal(got->status, EFT_E_MISSING);
    assert_non_null(strstr(got->err.message, "--map text=#N"));
    assert_null(strstr(got->err.message, "Hemlighet"));
    assert_int_equal(reading_of_bytes("", 0, "csv", NULL)->status, EFT_E_MISSING);
    assert_int_equal(reading_of_bytes("\n\n", 2, "csv", NULL)->status, EFT_E_MISSING);
}

static void
a_header_that_cannot_be_read_is_an_error(void **state)
{
    (void)state;
    assert_int_equal(reading_of_bytes("id,\"text\n1,a\n", 13, "csv", NULL)->status,
                     EFT_E_FORMAT);
    assert_int_equal(reading_of_bytes("id,\"te\"xt\n1,a\n", 14, "csv", NULL)->status,
                     EFT_E_FORMAT);
}

static eft_status
stop_at_once(void *user, uint32_t input, uint64_t row, uint64_t byte,
             enum efti_reason reason)
{
    (void)input;
    (void)row;
    (void)byte;
    (void)reason;
    return *(eft_status *)user;
}

static void
a_callback_may_stop_the_reading(void **state)
{
    static eft_status answers[] = {EFT_STOP, EFT_E_CANCELLED};
    static const eft_status want[] = {EFT_END, EFT_E_CANCELLED};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const struct efti_read_options o = {.set_aside = stop_at_once,
                                            .set_aside_user = &answers[i]};
        const eft_text csv = {"id,text\n1\n2,a\n", 14};
        struct efti_reader *reader;
        struct efti_record record;

        assert_int_equal(efti_reader_over(&efti_malloc, csv, "csv", &o, &reader, NULL),
                         EFT_OK);
        assert_int_equal(efti_reader_next(reader, &record, NULL), want[i]);
        assert_null(record.text.bytes);
        assert_int_equal(efti_reader_next(reader, &record, NULL), want[i]);
        efti_reader_free(reader);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_rows_with_any_line_end_are_read),
        cmocka_unit_test(quoted_cells_hold_separators_quotes_and_line_ends),
        cmocka_unit_test(a_quote_inside_an_unquoted_cell_is_a_letter),
        cmocka_unit_test(the_separator_is_recognised),
        cmocka_unit_test(the_first_line_of_excel_decides_the_separator),
        cmocka_unit_test(a_separator_that_is_given_wins),
        cmocka_unit_test(a_list_of_answers_needs_no_quotes),
        cmocka_unit_test(a_byte_order_mark_is_no_part_of_the_header),
        cmocka_unit_test(blank_rows_are_passed_over),
        cmocka_unit_test(an_empty_text_is_given_out),
        cmocka_unit_test(too_few_or_too_many_cells_set_the_row_aside),
        cmocka_unit_test(a_stray_quote_sets_the_row_aside),
        cmocka_unit_test(an_open_quote_costs_its_own_row_only),
        cmocka_unit_test(a_row_that_is_not_utf8_sets_only_itself_aside),
        cmocka_unit_test(columns_without_a_role_are_dropped_and_labels_trimmed),
        cmocka_unit_test(a_text_above_the_limit_is_set_aside),
        cmocka_unit_test(a_record_above_64_mib_is_set_aside_and_reading_goes_on),
        cmocka_unit_test(strict_stops_at_the_first_damaged_row),
        cmocka_unit_test(no_text_column_says_what_to_do),
        cmocka_unit_test(a_header_that_cannot_be_read_is_an_error),
        cmocka_unit_test(a_callback_may_stop_the_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
