/*
 * test_roles.c - engine/read/roles.c
 */
#include "reading.h"

#include <unistd.h>

#define OPTIONS(...)                                                                     \
    {                                                                                    \
        .mappings = (const struct efti_mapping[]){__VA_ARGS__},                          \
        .mapping_count = sizeof((const struct efti_mapping[]){__VA_ARGS__}) /            \
                         sizeof(struct efti_mapping)                                     \
    }

struct column {
    char text[1024];
};

static eft_status
note_column(void *user, uint32_t position, eft_text header, enum efti_role role)
{
    struct column *to = user;
    const size_t size = strlen(to->text);

    snprintf(to->text + size, sizeof to->text - size, "%u %.*s %s\n", (unsigned)position,
             (int)header.size, header.bytes, efti_role_name(role));
    return EFT_OK;
}

static void
roles_are_known_in_swedish_and_english_in_any_case(void **state)
{
    static const struct {
        const char *names;
        enum efti_role role;
    } rows[] = {
        {"id ID Id", EFTI_ROLE_ID},
        {"writer author skribent författare deltagare FÖRFATTARE fo\xCC\x88rfattare",
         EFTI_ROLE_WRITER},
        {"unit group enhet grupp kommun Enhet", EFTI_ROLE_UNIT},
        {"assignment uppdrag", EFTI_ROLE_ASSIGNMENT},
        {"prompt fråga question FRÅGA", EFTI_ROLE_PROMPT},
        {"time date datum tid skickad", EFTI_ROLE_TIME},
        {"feeling rating känsla skattning Känsla(1-5) KÄNSLA(hur-mår-du)",
         EFTI_ROLE_FEELING},
        {"tags taggar", EFTI_ROLE_TAGS},
        {"comments kommentarer", EFTI_ROLE_COMMENTS},
        {"votes röster", EFTI_ROLE_VOTES},
        {"consent samtycke Samtycke", EFTI_ROLE_CONSENT},
    };

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(rows); i++) {
        char names[200], csv[256];
        strcpy(names, rows[i].names);
        for (char *name = strtok(names, " "); name != NULL; name = strtok(NULL, " ")) {
            struct reading *got;
            snprintf(csv, sizeof csv, "text;%s \n", name);
            got = reading_of_bytes(csv, strlen(csv), "csv", NULL);
            if (got->status != EFT_END || !got->shape.has[rows[i].role])
                fail_msg("%s", name);
        }
    }
}

static void
every_name_of_the_text_is_known(void **state)
{
    static const char *const names[] = {"text",       "Reflektion", "SVAR",
                                        "Berättelse", "anteckning", "note"};

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(names); i++) {
        char csv[64];
        snprintf(csv, sizeof csv, "id,%s\n1,Hej\n", names[i]);
        assert_non_null(
            strstr(reading_of_bytes(csv, strlen(csv), "csv", NULL)->text, "text=Hej"));
    }
}

static void
two_columns_for_one_role_are_an_error_that_names_no_header(void **state)
{
    struct reading *got = reading_of_bytes("id,Svar,enhet,Reflektion\n", 25, "csv", NULL);

    (void)state;
    assert_int_equal(got->status, EFT_E_CONFLICT);
    assert_non_null(strstr(got->err.message, "columns 2 and 4 are both text"));
    assert_non_null(strstr(got->err.message, "--map text=#N"));
    assert_null(strstr(got->err.message, "Svar"));
}

static void
a_mapping_by_name_takes_the_column(void **state)
{
    const struct efti_read_options o =
        OPTIONS({.role = EFTI_ROLE_TEXT, .column = "FRITEXT"},
                {.role = EFTI_ROLE_FACET, .facet = "kön", .column = "Kolumn7"},
                {.role = EFTI_ROLE_FACET, .facet = "roll", .column = "enhet"});
    struct reading *got;

    (void)state;
    READS_AS("csv", &o, "Fritext,svar,kolumn7,Enhet\nHej,Du,K,N\n",
             "1@27 facet=K facet=N text=Hej\n");
    got = reading_of_bytes("Fritext,svar,kolumn7,Enhet\n", 27, "csv", &o);
    assert_true(got->shape.has[EFTI_ROLE_FACET]);
    assert_false(got->shape.has[EFTI_ROLE_UNIT]); /* the column is the facet's now */
    assert_int_equal(got->shape.facet_count, 2);
}

static void
a_mapping_by_position_needs_no_header_name(void **state)
{
    const struct efti_read_options o = OPTIONS({.role = EFTI_ROLE_TEXT, .position = 3},
                                               {.role = EFTI_ROLE_UNIT, .position = 1});

    (void)state;
    READS_AS("csv", &o, "id;text;q\nNorr;b;c\n", "1@10 unit=Norr text=c\n");
    assert_int_equal(reading_of_bytes("a;b\n", 4, "csv", &o)->status, EFT_E_MISSING);
}

static void
a_mapped_column_that_is_not_there_is_an_error(void **state)
{
    const struct efti_read_options o = OPTIONS({.role = EFTI_ROLE_UNIT, .column = "Ort"});
    struct reading *got = reading_of_bytes("text;enhet\n", 11, "csv", &o);

    (void)state;
    assert_int_equal(got->status, EFT_E_MISSING);
    assert_null(strstr(got->err.message, "Ort"));
    assert_non_null(strstr(got->err.message, "mapping 1 (unit)"));
}

static void
mappings_that_make_no_sense_are_refused(void **state)
{
    const struct efti_read_options twice = OPTIONS(
        {.role = EFTI_ROLE_TEXT, .column = "a"}, {.role = EFTI_ROLE_TEXT, .column = "b"});
    const struct efti_read_options nothing = OPTIONS({.role = EFTI_ROLE_TEXT});
    const struct efti_read_options both =
        OPTIONS({.role = EFTI_ROLE_TEXT, .column = "a", .position = 1});
    const struct efti_read_options role =
        OPTIONS({.role = EFTI_ROLE_NONE, .column = "a"});
    const struct efti_read_options name =
        OPTIONS({.role = EFTI_ROLE_FACET, .column = "a"});
    const struct efti_read_options facets =
        OPTIONS({.role = EFTI_ROLE_FACET, .facet = "x", .column = "a"},
                {.role = EFTI_ROLE_FACET, .facet = "x", .column = "b"});
    struct efti_mapping many[EFTI_MAX_FACETS + 1];
    char names[EFTI_MAX_FACETS + 1][2];

    (void)state;
    assert_int_equal(reading_of_bytes("", 0, "csv", &twice)->status, EFT_E_CONFLICT);
    assert_int_equal(reading_of_bytes("", 0, "csv", &nothing)->status, EFT_E_RANGE);
    assert_int_equal(reading_of_bytes("", 0, "csv", &both)->status, EFT_E_RANGE);
    assert_int_equal(reading_of_bytes("", 0, "csv", &role)->status, EFT_E_RANGE);
    assert_int_equal(reading_of_bytes("", 0, "csv", &name)->status, EFT_E_RANGE);
    assert_int_equal(reading_of_bytes("", 0, "csv", &facets)->status, EFT_E_CONFLICT);
    for (size_t i = 0; i < EFTI_COUNT(many); i++) {
        names[i][0] = (char)('a' + i);
        names[i][1] = '\0';
        many[i] = (struct efti_mapping){
            .role = EFTI_ROLE_FACET, .facet = names[i], .position = 1};
    }
    assert_int_equal(
        reading_of_bytes("", 0, "csv",
                         &(struct efti_read_options){.mappings = many,
                                                     .mapping_count = EFTI_COUNT(many)})
            ->status,
        EFT_E_LIMIT);
}

static void
two_mappings_on_one_column_are_an_error(void **state)
{
    const struct efti_read_options o =
        OPTIONS({.role = EFTI_ROLE_TEXT, .position = 2},
                {.role = EFTI_ROLE_COMMENTS, .position = 2});

    (void)state;
    assert_int_equal(reading_of_bytes("a;b\n", 4, "csv", &o)->status, EFT_E_MISSING);
}

static void
another_scale_in_the_header_must_be_confirmed(void **state)
{
    const struct efti_read_options o = {.feeling_low = 0, .feeling_high = 10};
    const char csv[] = "text;Känsla (0-10)\nHej;7\n", dash[] = "text;känsla (0–10)\n";
    struct reading *got = reading_of_bytes(csv, sizeof csv - 1, "csv", NULL);

    (void)state;
    assert_int_equal(got->status, EFT_E_CONFLICT);
    assert_non_null(strstr(got->err.message, "--feeling-scale"));
    assert_int_equal(reading_of_bytes(dash, sizeof dash - 1, "csv", NULL)->status,
                     EFT_E_CONFLICT);
    got = reading_of_bytes(csv, sizeof csv - 1, "csv", &o);
    assert_non_null(strstr(got->text, "feeling=7 text=Hej"));
}

static void
shape_tells_which_roles_there_are(void **state)
{
    struct reading *got = reading_of_bytes("text;writer;x\n", 14, "csv", NULL);

    (void)state;
    assert_true(got->shape.has[EFTI_ROLE_TEXT]);
    assert_true(got->shape.has[EFTI_ROLE_WRITER]);
    assert_false(got->shape.has[EFTI_ROLE_ID]);
    assert_false(got->shape.has[EFTI_ROLE_NONE]);
}

static void
put_file(char *path, size_t size, const char *suffix, const char *bytes)
{
    FILE *f;
    snprintf(path, size, "/tmp/eftertanke-test-%ld.%s", (long)getpid(), suffix);
    f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, strlen(bytes), f), strlen(bytes));
    fclose(f);
}

static void
columns_are_shown_with_their_roles_even_in_conflict(void **state)
{
    char path[64];
    struct column got = {""};

    (void)state;
    put_file(path, sizeof path, "csv", "Svar;\"a;\"\"b\"\"\";text\n");
    assert_int_equal(efti_read_columns(&efti_malloc, path, NULL, note_column, &got, NULL),
                     EFT_OK);
    remove(path);
    assert_string_equal(got.text, "1 Svar text\n2 a;\"b\" none\n3 text text\n");
    put_file(path, sizeof path, "csv", "a;b\n");
    got.text[0] = '\0';
    assert_int_equal(efti_read_columns(&efti_malloc, path, NULL, note_column, &got, NULL),
                     EFT_OK);
    remove(path);
    assert_string_equal(got.text, "1 a none\n2 b none\n");
    put_file(path, sizeof path, "jsonl", "skräp\n{\"svar\":\"x\",\"kod\":{}}\n");
    got.text[0] = '\0';
    assert_int_equal(efti_read_columns(&efti_malloc, path, NULL, note_column, &got, NULL),
                     EFT_OK);
    remove(path);
    assert_string_equal(got.text, "1 svar text\n2 kod none\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_are_known_in_swedish_and_english_in_any_case),
        cmocka_unit_test(every_name_of_the_text_is_known),
        cmocka_unit_test(two_columns_for_one_role_are_an_error_that_names_no_header),
        cmocka_unit_test(a_mapping_by_name_takes_the_column),
        cmocka_unit_test(a_mapping_by_position_needs_no_header_name),
        cmocka_unit_test(a_mapped_column_that_is_not_there_is_an_error),
        cmocka_unit_test(mappings_that_make_no_sense_are_refused),
        cmocka_unit_test(two_mappings_on_one_column_are_an_error),
        cmocka_unit_test(another_scale_in_the_header_must_be_confirmed),
        cmocka_unit_test(shape_tells_which_roles_there_are),
        cmocka_unit_test(columns_are_shown_with_their_roles_even_in_conflict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
