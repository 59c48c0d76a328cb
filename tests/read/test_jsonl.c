/*
 * test_jsonl.c - engine/read/jsonl.c
 */
#include "reading.h"

static void
members_have_the_names_of_columns(void **state)
{
    (void)state;
    READS_AS(
        "jsonl", NULL,
        "{\"id\":\"a\",\"Skribent\":\"w\",\"enhet\":\" Norr \",\"text\":\"V\\u00e5r\"}\n"
        "\n"
        "{\"text\":\"Ja\",\"x\":{\"y\":[1]},\"datum\":\"2024-03-04\",\"votes\":3}",
        "1@0 id=a writer=w unit=Norr text=V\xC3\xA5r\n"
        "2@62 day=19786 votes=3 text=Ja\n");
}

static void
numbers_and_strings_are_alike(void **state)
{
    (void)state;
    READS_AS(
        "jsonl", NULL,
        "{\"id\":7,\"writer\":12,\"text\":\"a\",\"känsla\":4.5,\"datum\":45355}\r\n"
        "{\"id\":\"7\",\"writer\":\"12\",\"text\":\"a\",\"känsla\":\"4,5\",\"datum\":"
        "\"45355\"}\n"
        "{\"id\":7.0,\"writer\":-12.5,\"text\":\"a\",\"votes\":2.0,\"datum\":45355.25}\n",
        "1@0 id=7 writer=12 day=19786 feeling=4.5 text=a\n"
        "2@61 id=7 writer=12 day=19786 feeling=4.5 text=a\n"
        "3@129 id=7 writer=-12.5 day=19786 votes=2 text=a\n");
}

static void
tags_may_be_an_array_of_strings(void **state)
{
    (void)state;
    READS_AS(
        "jsonl", NULL,
        "{\"text\":\"a\",\"tags\":[\"tid, plats\",\" \",\"oro\"]}\n"
        "{\"text\":\"b\",\"tags\":\"tid, plats\"}\n"
        "{\"text\":\"c\",\"tags\":[]}\n"
        "{\"text\":\"d\",\"tags\":[1]}\n"
        "{\"text\":\"e\",\"tags\":7}\n",
        "1@0 tag=tid, plats tag=oro text=a\n2@45 tag=tid tag=plats text=b\n3@78 text=c\n"
        "!4@101 bad-type\n!5@125 bad-type\n");
}

static void
null_is_an_empty_value_and_a_missing_text_is_damage(void **state)
{
    struct reading *got;

    (void)state;
    READS_AS("jsonl", NULL,
             "{\"text\":null,\"id\":\"a\"}\n{\"id\":\"b\"}\n{}\n{\"text\":\"\"}\n",
             "1@0 id=a\n!2@23 no-text\n!3@34 no-text\n4@37\n");
    got = reading_of_bytes("{\"text\":\"a\",\"writer\":null}", 26, "jsonl", NULL);
    assert_true(got->shape.has[EFTI_ROLE_WRITER]);
    assert_false(got->shape.has[EFTI_ROLE_ID]);
}

/* As for the columns of a table; and a consent that is asked for and not
 * there is none. */
static void
a_mapping_to_a_member_that_no_record_has_is_an_error(void **state)
{
    const struct efti_mapping writer = {.role = EFTI_ROLE_WRITER, .column = "Vem"};
    const struct efti_mapping consent = {.role = EFTI_ROLE_CONSENT, .column = "Ja"};
    struct efti_read_options o = {.mappings = &writer, .mapping_count = 1};
    static const char none[] = "{\"text\":\"a\",\"writer\":\"w\"}\n";
    static const char some[] = "{\"text\":\"a\"}\n{\"text\":\"b\",\"Ja\":\"ja\"}\n";
    struct reading *got;

    (void)state;
    got = reading_of_bytes(none, strlen(none), "jsonl", &o);
    assert_int_equal(got->status, EFT_E_MISSING);
    o.mappings = &consent;
    got = reading_of_bytes(none, strlen(none), "jsonl", &o);
    assert_int_equal(got->status, EFT_E_MISSING);
    assert_int_equal(got->counts.records, 0);
    got = reading_of_bytes(some, strlen(some), "jsonl", &o);
    assert_int_equal(got->status, EFT_END);
    assert_int_equal(got->counts.records, 1);
    assert_int_equal(got->counts.no_consent, 1);
}

static void
types_that_a_role_cannot_have_set_the_record_aside(void **state)
{
    (void)state;
    READS_AS(
        "jsonl", NULL,
        "{\"text\":5}\n"
        "{\"text\":{\"a\":1}}\n"
        "{\"text\":\"a\",\"unit\":[\"Norr\"]}\n"
        "{\"text\":\"a\",\"writer\":true}\n"
        "{\"text\":\"a\",\"comments\":{}}\n"
        "{\"text\":\"a\",\"other\":{}}\n",
        "!1@0 bad-type\n!2@11 bad-type\n!3@28 bad-type\n!4@57 bad-type\n!5@84 bad-type\n"
        "6@111 text=a\n");
}

static void
damaged_lines_are_set_aside_one_by_one(void **state)
{
    (void)state;
    READS_AS("jsonl", NULL,
             "{\"text\":\"a\"\n"
             "[1]\n"
             "\"hej\"\n"
             "{\"text\":\"b\"} x\n"
             "{\"text\":\"c\",\"text\":\"d\"}\n"
             "{\"text\":\"\xC3\xA5\"}\n"
             "{\"text\":\"\xE5\"}\n"
             "{\"text\":\"e\\ud800\"}\n"
             "{\"text\":\"f\"}",
             "!1@0 bad-json\n!2@12 not-object\n!3@16 not-object\n!4@22 bad-json\n!5@37 "
             "bad-json\n"
             "6@61 text=\xC3\xA5\n!7@75 not-utf8\n!8@88 bad-json\n9@107 text=f\n");
}

static void
deep_nesting_is_damage_not_a_crash(void **state)
{
    static char line[20000] = "{\"x\":";
    struct reading *got;

    (void)state;
    memset(line + 5, '[', sizeof line - 5);
    got = reading_of_bytes(line, sizeof line, "jsonl", NULL);
    assert_string_equal(got->text, "!1@0 bad-json\n");
}

static void
two_members_for_one_role_are_an_error(void **state)
{
    const char line[] = "{\"text\":\"a\"}\n{\"text\":\"Hemligt\",\"svar\":\"b\"}\n";
    struct reading *got = reading_of_bytes(line, sizeof line - 1, "jsonl", NULL);

    (void)state;
    assert_int_equal(got->status, EFT_E_CONFLICT);
    assert_int_equal(got->counts.records, 1);
    assert_non_null(strstr(got->err.message, "record 2: two members are both text"));
    assert_null(strstr(got->err.message, "emligt"));
}

static void
members_are_mapped_by_name_and_not_by_position(void **state)
{
    const struct efti_mapping name[] = {
        {.role = EFTI_ROLE_TEXT, .column = "fri text"},
        {.role = EFTI_ROLE_FACET, .facet = "kön", .column = "k7"}};
    const struct efti_mapping position[] = {{.role = EFTI_ROLE_TEXT, .position = 1}};
    const struct efti_read_options by_name = {.mappings = name, .mapping_count = 2};
    const struct efti_read_options by_position = {.mappings = position,
                                                  .mapping_count = 1};

    (void)state;
    READS_AS("jsonl", &by_name, "{\"text\":\"a\",\"Fri Text\":\"b\",\"k7\":\"x\"}\n",
             "1@0 facet=x text=b\n");
    assert_int_equal(
        reading_of_bytes("{\"text\":\"a\"}", 12, "jsonl", &by_position)->status,
        EFT_E_RANGE);
}

static void
a_text_above_the_limit_is_set_aside(void **state)
{
    const struct efti_read_options o = {.max_text = 3};

    (void)state;
    READS_AS("jsonl", &o, "{\"text\":\"\\u0061bc\"}\n{\"text\":\"abcd\"}\n",
             "1@0 text=abc\n!2@20 too-large\n");
}

static void
the_kind_is_found_by_the_first_bytes(void **state)
{
    (void)state;
    READS_AS(NULL, NULL, "\xEF\xBB\xBF\n {\"text\":\"a\"}\n", "1@4 text=a\n");
    READS_AS(NULL, NULL, "id,text\n1,{}\n", "1@8 id=1 text={}\n");
    assert_int_equal(reading_of_bytes("[{\"text\":1}]", 12, "json", NULL)->status,
                     EFT_E_FORMAT);
    READS_AS("jsonl", NULL, "", "");
}

static void
more_member_names_than_are_remembered_do_no_harm(void **state)
{
    static char line[200000] = "{";
    size_t size = 1;
    struct reading *got;

    (void)state;
    for (int i = 0; i < 6000; i++)
        size += (size_t)sprintf(line + size, "\"k%d\":%d,", i, i);
    size += (size_t)sprintf(line + size, "\"text\":\"a\",\"id\":5}\n");
    got = reading_of_bytes(line, size, "jsonl", NULL);
    assert_string_equal(got->text, "1@0 id=5 text=a\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_have_the_names_of_columns),
        cmocka_unit_test(numbers_and_strings_are_alike),
        cmocka_unit_test(tags_may_be_an_array_of_strings),
        cmocka_unit_test(null_is_an_empty_value_and_a_missing_text_is_damage),
        cmocka_unit_test(a_mapping_to_a_member_that_no_record_has_is_an_error),
        cmocka_unit_test(types_that_a_role_cannot_have_set_the_record_aside),
        cmocka_unit_test(damaged_lines_are_set_aside_one_by_one),
        cmocka_unit_test(deep_nesting_is_damage_not_a_crash),
        cmocka_unit_test(two_members_for_one_role_are_an_error),
        cmocka_unit_test(members_are_mapped_by_name_and_not_by_position),
        cmocka_unit_test(a_text_above_the_limit_is_set_aside),
        cmocka_unit_test(the_kind_is_found_by_the_first_bytes),
        cmocka_unit_test(more_member_names_than_are_remembered_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
