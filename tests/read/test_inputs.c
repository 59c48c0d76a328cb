/*
 * test_inputs.c - engine/read/source.c, folder.c and reader.c: files, folders, encodings
 */
#include "reading.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[64];

static const char *
path_of(const char *name)
{
    static char path[4][128];
    static unsigned turn;

    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", root, name);
    return path[turn];
}

static const char *
put(const char *name, const char *bytes, size_t size)
{
    const char *path = path_of(name);
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, size, f), size);
    fclose(f);
    return path;
}
#define PUT(name, literal) put(name, literal, sizeof(literal) - 1)

static int
make_root(void **state)
{
    (void)state;
    strcpy(root, "/tmp/eftertanke-read-XXXXXX");
    return mkdtemp(root) == NULL ? -1 : 0;
}

static int
remove_root(void **state)
{
    char command[256];

    (void)state;
    snprintf(command, sizeof command, "chmod -R u+rwx %s && rm -r %s", root, root);
    return system(command);
}

static struct reading *
read_path(const char *path)
{
    return reading_of_paths(&path, 1, NULL);
}

/* ----------------------------------------------------------------- encodings */

static void
windows_1252_is_recognised_and_counted(void **state)
{
    static const char csv[] =
        "id;k\xE4nsla;text\r\n1;4,5;\"M\xF6te \x96 \"\"bra\"\"\"\r\n";
    struct reading *got = reading_of_bytes(csv, sizeof csv - 1, "csv", NULL);

    (void)state;
    assert_string_equal(got->text,
                        "1@16 id=1 feeling=4.5 text=M\xC3\xB6te \xE2\x80\x93 \"bra\"\n");
    assert_int_equal(got->counts.cp1252_inputs, 1);
    got = reading_of_bytes("{\"text\":\"\xE5\xE4\xF6\"}\n", 15, "jsonl", NULL);
    assert_string_equal(got->text, "1@0 text=\xC3\xA5\xC3\xA4\xC3\xB6\n");
    assert_int_equal(got->counts.cp1252_inputs, 1);
}

static void
windows_1252_may_show_itself_late(void **state)
{
    static char csv[600000];
    const struct efti_read_options o = {.max_text = 8};
    struct efti_reader *reader;
    struct efti_record record;
    size_t size = (size_t)sprintf(csv, "text\n"), count = 0;

    (void)state;
    for (; size < sizeof csv - 100; size += 10) /* too long: not given out */
        memcpy(csv + size, "xxxxxxxxx\n", 10);
    size += (size_t)sprintf(csv + size, "n\xE4r\nhj\xE4lp\n");
    assert_int_equal(
        efti_reader_over(&efti_malloc, (eft_text){csv, size}, "csv", &o, &reader, NULL),
        EFT_OK);
    while (efti_reader_next(reader, &record, NULL) == EFT_OK)
        count++;
    assert_int_equal(efti_reader_counts(reader)->cp1252_inputs, 1);
    assert_int_equal(efti_reader_counts(reader)->set_aside[EFTI_REASON_NOT_UTF8], 0);
    assert_int_equal(count, 2);
    efti_reader_free(reader);
}

static void
files_of_dos_and_of_the_macintosh_are_not_windows_1252(void **state)
{
    static const char *const files[] = {
        "text\nfr\x86gan till bj\x94rn\nv\x84nta\nok\n",  /* code pages 437, 850 */
        "text\nfr\x8Cgan till bj\x9Arn\nv\x8Anta\nok\n"}; /* Macintosh Roman */
    static const char names[] = "text\nMilo\x9A"
                                "evi\xE6 fr\xE5gade\n\x84Ja\x94 f\xF6r\n";

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct reading *got = reading_of_bytes(files[i], strlen(files[i]), "csv", NULL);
        assert_int_equal(got->counts.cp1252_inputs, 0);
        assert_string_equal(got->text, "!1@5 not-utf8\n!2@23 not-utf8\n3@29 text=ok\n");
    }
    assert_int_equal(
        reading_of_bytes(names, sizeof names - 1, "csv", NULL)->counts.cp1252_inputs, 1);
}

static void
garbled_records_are_set_aside(void **state)
{
    static const char csv[] =
        "enhet,text\nF\xC3\x83\xC2\xB6r,a\nNorr,v\xC3\x83\xC2\xA4g\n"
        "Norr,v\xC3\xA4g\n";
    static const char jsonl[] = "{\"text\":\"v\\u00c3\\u00a4g\"}\n{\"text\":\"b\"}\n";
    const struct efti_read_options strict = {.strict = true};

    (void)state;
    assert_string_equal(reading_of_bytes(csv, sizeof csv - 1, "csv", NULL)->text,
                        "!1@11 garbled\n!2@20 garbled\n3@32 unit=Norr text=v\xC3\xA4g\n");
    assert_string_equal(reading_of_bytes(jsonl, sizeof jsonl - 1, "jsonl", NULL)->text,
                        "!1@0 garbled\n2@26 text=b\n");
    assert_int_equal(reading_of_bytes(csv, sizeof csv - 1, "csv", &strict)->status,
                     EFT_E_ENCODING);
}

static void
utf8_with_a_bad_row_is_not_taken_for_windows_1252(void **state)
{
    struct reading *got;
    /* the first byte above 7F is bad, but the block is full of Swedish UTF-8 */
    static const char csv[] = "text\nv\xE5r\nf\xC3\xB6re\ng\xC3\xA5r\n";

    (void)state;
    got = reading_of_bytes(csv, sizeof csv - 1, "csv", NULL);
    assert_string_equal(got->text,
                        "!1@5 not-utf8\n2@9 text=f\xC3\xB6re\n3@15 text=g\xC3\xA5r\n");
    assert_int_equal(got->counts.cp1252_inputs, 0);
    /* a header in UTF-8 decides alone */
    got = reading_of_bytes("k\xC3\xA4nsla,text\n1,\xE5\n2,b\n", 21, "csv", NULL);
    assert_string_equal(got->text, "!1@13 not-utf8\n2@17 feeling=2 text=b\n");
    /* bytes without meaning are no Windows-1252 */
    got = reading_of_bytes("text\n\x81\nb\n", 9, "csv", NULL);
    assert_string_equal(got->text, "!1@5 not-utf8\n2@7 text=b\n");
}

static void
a_character_cut_by_a_block_is_no_fault(void **state)
{
    (void)state;
    READS_AS("csv", NULL, "text\naaaa\xF0\x9F\x99\x82 \xC3\xA5\n",
             "1@5 text=aaaa\xF0\x9F\x99\x82 \xC3\xA5\n");
}

static void
utf16_and_workbooks_are_refused_with_advice(void **state)
{
    struct reading *got = reading_of_bytes("\xFF\xFEt\0e\0x\0t\0", 10, "csv", NULL);

    (void)state;
    assert_int_equal(got->status, EFT_E_ENCODING);
    assert_non_null(strstr(got->err.message, "save it as UTF-8"));
    assert_int_equal(reading_of_bytes("\xFE\xFF\0t", 4, "csv", NULL)->status,
                     EFT_E_ENCODING);
    got = reading_of_bytes("i\0d\0,\0t\0e\0x\0t\0\n\0", 16, "csv", NULL); /* no mark */
    assert_int_equal(got->status, EFT_E_ENCODING);
    assert_non_null(strstr(got->err.message, "UTF-16"));
    assert_int_equal(reading_of_bytes("\0i\0d\0,\0t", 8, "csv", NULL)->status,
                     EFT_E_ENCODING);
    got = reading_of_bytes("text\nA\0B\0\n", 10, "csv", NULL); /* zeroes further on */
    assert_int_equal(got->status, EFT_END);
    got = reading_of_bytes("%PDF-1.7\n", 9, "csv", NULL);
    assert_int_equal(got->status, EFT_E_FORMAT);
    assert_non_null(strstr(got->err.message, "is a PDF"));
    got = reading_of_bytes("PK\3\4aaaaaaa", 11, "csv", NULL);
    assert_int_equal(got->status, EFT_E_FORMAT);
    assert_non_null(strstr(got->err.message, "CSV UTF-8"));
    got = reading_of_bytes("\x1F\x8B\b\b\x8B\0\0\0\0\3text.csv", 19, "csv", NULL);
    assert_int_equal(got->status, EFT_E_FORMAT);
    assert_non_null(strstr(got->err.message, "an archive"));
}

/* --------------------------------------------------------- files and folders */

static void
several_inputs_of_different_kinds_follow_each_other(void **state)
{
    const char *paths[3];
    struct reading *got;

    (void)state;
    paths[0] = PUT("a.CSV", "id,text\n1,a\n");
    paths[1] = PUT("b.data", "{\"text\":\"b\",\"writer\":\"w\"}\n");
    paths[2] = PUT("c.txt", "\xEF\xBB\xBF"
                            "c\nd\n");
    got = reading_of_paths(paths, 3, NULL);
    assert_string_equal(got->text,
                        "1@8 id=1 text=a\n1@0 writer=w text=b\n1@0 text=c\nd\n\n");
    assert_int_equal(got->counts.records, 3);
    assert_true(got->shape.has[EFTI_ROLE_WRITER]);
}

static void
a_folder_is_read_in_the_order_of_bytes(void **state)
{
    (void)state;
    assert_int_equal(mkdir(path_of("texter"), 0700), 0);
    PUT("texter/b.txt", "two");
    PUT("texter/B.TXT", "one");
    PUT("texter/\xC3\xA5.txt", "four");
    PUT("texter/c.txt", "r\xF6st");
    PUT("texter/._a.txt", "twin of a Mac");
    PUT("texter/notes.md", "not this");
    assert_int_equal(mkdir(path_of("texter/d.txt"), 0700), 0);
    PUT("texter/e.txt", "\xC3\xA5 \xE5");
    struct reading *got = read_path(path_of("texter"));
    assert_string_equal(got->text, "1@0 id=B text=one\n2@0 id=b text=two\n"
                                   "3@0 id=c text=r\xC3\xB6st\n!4@0 unreadable\n"
                                   "!5@0 not-utf8\n6@0 id=\xC3\xA5 text=four\n");
    assert_int_equal(got->counts.cp1252_inputs, 1);
    assert_int_equal(got->counts.set_aside[EFTI_REASON_UNREADABLE], 1);
}

static void
a_pipe_in_a_folder_does_not_make_us_wait(void **state)
{
    (void)state;
    assert_int_equal(mkdir(path_of("pipes"), 0700), 0);
    assert_int_equal(mkfifo(path_of("pipes/a.txt"), 0600), 0);
    PUT("pipes/b.txt", "b");
    assert_string_equal(read_path(path_of("pipes"))->text,
                        "!1@0 unreadable\n2@0 id=b text=b\n");
}

static void
what_cannot_be_opened_is_told_by_position(void **state)
{
    const uint32_t arguments[] = {3, 4};
    const struct efti_read_options o = {.arguments = arguments};
    const char *paths[2];
    struct reading *got;

    (void)state;
    paths[0] = PUT("ok.csv", "id,text\n1,a\n");
    paths[1] = path_of("Astrid.csv");
    got = reading_of_paths(paths, 2, NULL);
    assert_int_equal(got->status, EFT_E_IO);
    assert_int_equal(got->counts.records, 1);
    assert_non_null(strstr(got->err.message, "input-2 (argument 2) is not there"));
    assert_null(strstr(got->err.message, "Astrid"));
    got = reading_of_paths(paths, 2, &o);
    assert_non_null(strstr(got->err.message, "input-2 (argument 4) is not there"));

    assert_int_equal(mkdir(path_of("dir.csv"), 0700), 0);
    got = read_path(path_of("dir.csv"));
    assert_int_equal(got->status, EFT_E_IO);
    assert_non_null(strstr(got->err.message, "is a folder"));
    assert_int_equal(mkdir(path_of("empty"), 0700), 0);
    got = read_path(path_of("empty"));
    assert_int_equal(got->status, EFT_E_IO);
    assert_non_null(strstr(got->err.message, "without .txt files"));
    if (geteuid() != 0) {
        const char *path = PUT("closed.csv", "id,text\n");
        assert_int_equal(chmod(path, 0), 0);
        assert_non_null(strstr(read_path(path)->err.message, "permissions"));
    }
}

static void
standard_input_is_a_dash_and_comes_once(void **state)
{
    const char *twice[] = {"-", "-"};
    const int kept = dup(STDIN_FILENO);
    int ends[2];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "{\"text\":\"a\"}\n", 13), 13);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    assert_string_equal(read_path("-")->text, "1@0 text=a\n");
    assert_true(fcntl(STDIN_FILENO, F_GETFD) >= 0); /* not ours to close */
    dup2(kept, STDIN_FILENO);
    close(kept);
    assert_int_equal(reading_of_paths(twice, 2, NULL)->status, EFT_E_CONFLICT);
}

static void
a_reader_that_failed_keeps_failing(void **state)
{
    const char *path = path_of("none.csv");
    struct efti_reader *reader;
    struct efti_record record;

    (void)state;
    assert_int_equal(efti_reader_new(&efti_malloc, &path, 1, NULL, &reader, NULL),
                     EFT_OK);
    assert_int_equal(efti_reader_next(reader, &record, NULL), EFT_E_IO);
    assert_int_equal(efti_reader_next(reader, &record, NULL), EFT_E_IO);
    efti_reader_free(reader);
    assert_int_equal(efti_reader_new(&efti_malloc, NULL, 0, NULL, &reader, NULL), EFT_OK);
    assert_int_equal(efti_reader_next(reader, &record, NULL), EFT_END);
    efti_reader_free(reader);
    efti_reader_free(NULL);
}

/* -------------------------------------------------------------------- memory */

static eft_status
read_all(const eft_allocator *mem, const char *path, const struct efti_read_options *o)
{
    struct efti_reader *reader;
    struct efti_record record;
    eft_status status = efti_reader_new(mem, &path, 1, o, &reader, NULL);

    if (status != EFT_OK) {
        assert_null(reader);
        return status;
    }
    while ((status = efti_reader_next(reader, &record, NULL)) == EFT_OK)
        continue;
    assert_null(record.text.bytes);
    efti_reader_free(reader);
    return status;
}

static void
fails_cleanly(const char *path, const struct efti_read_options *o)
{
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        const eft_status status = read_all(&mem, path, o);

        assert_int_equal(f.held, 0);
        assert_false(f.wrong_size);
        assert_int_equal(status, f.failed ? EFT_E_NOMEM : EFT_END);
        if (!f.failed)
            break;
    }
}

static void
no_memory_is_told_and_nothing_leaks(void **state)
{
    const struct efti_mapping maps[] = {
        {.role = EFTI_ROLE_UNIT,
         .column = "\xC3\x85"
                   "r"},
        {.role = EFTI_ROLE_FACET, .facet = "x", .column = "\xC5\xA0"}};
    const struct efti_read_options o = {
        .mappings = maps, .mapping_count = 2, .block_size = 8, .max_text = 100};
    const struct efti_read_options small = {.block_size = 8};

    (void)state;
    fails_cleanly(
        PUT("m.csv",
            "sep=;\ntext;\xC3\xA5r;\xC5\xA1;tags\n\"a\"\"b\";1;2;x,y\n\"c;d\n;;;\n"),
        &o);
    fails_cleanly(PUT("w.csv", "text;k\xE4nsla\n\"\xE5\"\"b\";1\n"), &small);
    fails_cleanly(
        PUT("m.jsonl",
            "{\"text\":\"a\",\"writer\":5,\"\xC5\xA1\":1}\n{\"text\":\"b\"}\nx\n"),
        &small);
    assert_int_equal(mkdir(path_of("mem"), 0700), 0);
    PUT("mem/a.txt", "r\xF6st");
    PUT("mem/b.txt", "hej hej hej");
    fails_cleanly(path_of("mem"), &small);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(windows_1252_is_recognised_and_counted),
        cmocka_unit_test(files_of_dos_and_of_the_macintosh_are_not_windows_1252),
        cmocka_unit_test(garbled_records_are_set_aside),
        cmocka_unit_test(windows_1252_may_show_itself_late),
        cmocka_unit_test(utf8_with_a_bad_row_is_not_taken_for_windows_1252),
        cmocka_unit_test(a_character_cut_by_a_block_is_no_fault),
        cmocka_unit_test(utf16_and_workbooks_are_refused_with_advice),
        cmocka_unit_test(several_inputs_of_different_kinds_follow_each_other),
        cmocka_unit_test(a_folder_is_read_in_the_order_of_bytes),
        cmocka_unit_test(a_pipe_in_a_folder_does_not_make_us_wait),
        cmocka_unit_test(what_cannot_be_opened_is_told_by_position),
        cmocka_unit_test(standard_input_is_a_dash_and_comes_once),
        cmocka_unit_test(a_reader_that_failed_keeps_failing),
        cmocka_unit_test(no_memory_is_told_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, make_root, remove_root);
}
