/* Released tables come back out of SQLite as they went in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <sqlite3.h>

#include "store/store.h"
#include "support/failing.h"
#include "support/refuse.h"
#include "support/sample_results.h"
#include "support/scratch.h"

struct world {
    struct scratch scratch;
    struct eft_results *results;
    sqlite3 *db;
};

static int
setup(void **state)
{
    static struct world w;

    memset(&w, 0, sizeof(w));
    w.results = sample_results(&efti_malloc, true);
    *state = &w;
    return scratch_open(&w.scratch) && w.results != NULL ? 0 : -1;
}

static int
teardown(void **state)
{
    struct world *w = *state;

    (void)sqlite3_close(w->db);
    eft_results_free(w->results);
    scratch_close(&w->scratch);
    return 0;
}

static const char *
write_sample(struct world *w, const char *name)
{
    const char *path = scratch_path(&w->scratch, name);

    assert_int_equal(efti_store_write(&efti_malloc, path, w->results, NULL), EFT_OK);
    return path;
}

static void
open_sample(struct world *w)
{
    assert_int_equal(sqlite3_open_v2(write_sample(w, "results.sqlite"), &w->db,
                                     SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
}

static sqlite3_stmt *
ask(struct world *w, const char *sql)
{
    sqlite3_stmt *stmt;

    assert_int_equal(sqlite3_prepare_v2(w->db, sql, -1, &stmt, NULL), SQLITE_OK);
    return stmt;
}

/* The first value of the answer, as text. */
static void
assert_answer(struct world *w, const char *sql, const char *expected)
{
    sqlite3_stmt *stmt = ask(w, sql);

    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(stmt, 0), expected);
    assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
}

static void
assert_value(sqlite3_stmt *stmt, const eft_table *t, size_t row, size_t column)
{
    int at = (int)column;

    if (eft_table_missing(t, row, column)) {
        assert_int_equal(sqlite3_column_type(stmt, at), SQLITE_NULL);
        return;
    }
    eft_text text = eft_table_text(t, row, column);
    double real = eft_table_real(t, row, column), read = sqlite3_column_double(stmt, at);
    switch (eft_table_column_type(t, column)) {
    case EFT_TYPE_TEXT:
        assert_int_equal(sqlite3_column_type(stmt, at), SQLITE_TEXT);
        assert_int_equal(sqlite3_column_bytes(stmt, at), text.size);
        assert_memory_equal(sqlite3_column_blob(stmt, at) ? sqlite3_column_blob(stmt, at)
                                                          : "",
                            text.bytes, text.size);
        break;
    case EFT_TYPE_INTEGER:
        assert_int_equal(sqlite3_column_type(stmt, at), SQLITE_INTEGER);
        assert_true(sqlite3_column_int64(stmt, at) == eft_table_integer(t, row, column));
        break;
    case EFT_TYPE_REAL:
        assert_int_equal(sqlite3_column_type(stmt, at), SQLITE_FLOAT);
        assert_memory_equal(&read, &real, sizeof(real));
        break;
    }
}

static void
every_value_comes_back_with_its_type(void **state)
{
    struct world *w = *state;
    char sql[100];

    open_sample(w);
    for (size_t i = 0; i < eft_results_count(w->results); i++) {
        const eft_table *t = eft_results_table(w->results, i);
        (void)snprintf(sql, sizeof(sql), "SELECT * FROM \"%s\" ORDER BY rowid",
                       eft_table_name(t));
        sqlite3_stmt *stmt = ask(w, sql);
        assert_int_equal(sqlite3_column_count(stmt), eft_table_columns(t));
        for (size_t c = 0; c < eft_table_columns(t); c++)
            assert_string_equal(sqlite3_column_name(stmt, (int)c),
                                eft_table_column_name(t, c));
        for (size_t r = 0; r < eft_table_rows(t); r++) {
            assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
            for (size_t c = 0; c < eft_table_columns(t); c++)
                assert_value(stmt, t, r, c);
        }
        assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
        assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
    }
}

static void
the_file_is_sound_and_carries_our_marks(void **state)
{
    struct world *w = *state;

    open_sample(w);
    assert_answer(w, "PRAGMA integrity_check", "ok");
    assert_answer(w, "PRAGMA page_size", "4096");
    assert_answer(w, "PRAGMA application_id", "1162237010");
    assert_answer(w, "PRAGMA user_version", "1");
    assert_answer(w, "PRAGMA freelist_count", "0"); /* no page that was used and left */
    assert_answer(w, "PRAGMA journal_mode", "delete");
    assert_int_equal(scratch_names(w->scratch.folder, NULL), 1); /* no journal, no WAL */
}

static void
tables_and_columns_describe_what_is_there(void **state)
{
    struct world *w = *state;

    open_sample(w);
    assert_answer(w,
                  "SELECT count(*) FROM tables JOIN sqlite_schema USING (name)"
                  " WHERE type = 'table'",
                  "8");
    assert_answer(w, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'", "10");
    assert_answer(w,
                  "SELECT rows || ' ' || hidden || ' ' || k || ' ' || writer_column"
                  " FROM tables WHERE name = 'terms'",
                  "130 7 5 1");
    assert_answer(w, "SELECT description FROM tables WHERE name = 'themes_by_k_n'",
                  "each theme within each unit (or other facet)");
    /* The database's own idea of its columns, against ours: no difference either way. */
    assert_answer(
        w,
        "WITH real AS (SELECT t.name, c.cid + 1, c.name, c.type FROM tables t,"
        " pragma_table_info(t.name) c), told AS (SELECT table_name, position,"
        " name, type FROM columns) SELECT (SELECT count(*) FROM (SELECT * FROM"
        " real EXCEPT SELECT * FROM told)) + (SELECT count(*) FROM (SELECT * FROM"
        " told EXCEPT SELECT * FROM real))",
        "0");
    assert_answer(w,
                  "SELECT unit || '; ' || description FROM columns"
                  " WHERE table_name = 'theme_pairs' AND name = 'logdice'",
                  "bits, at most 14; 14 + log2(dice), Rychly 2008");
    assert_answer(w, "SELECT count(*) FROM columns WHERE description = ''", "0");
}

static void
results_without_a_writer_column_are_marked(void **state)
{
    struct world *w = *state;

    eft_results_free(w->results);
    w->results = sample_results(&efti_malloc, false);
    assert_non_null(w->results);
    open_sample(w);
    assert_answer(w, "SELECT sum(writer_column) || ' of ' || count(*) FROM tables",
                  "0 of 8");
}

static void
views_answer_the_questions_of_the_readme(void **state)
{
    struct world *w = *state;

    open_sample(w);
    /* Hidden rows and the pool `other` take no part. */
    assert_answer(
        w,
        "SELECT group_concat(theme || ' ' || lowest_share || ' ' || highest_share"
        " || ' ' || difference || ' ' || units, '; ') FROM theme_by_unit_range",
        "oro 0.125 0.875 0.75 2; gladje 0.25 0.5 0.25 2");
    assert_answer(w,
                  "SELECT group_concat(theme_a || '+' || theme_b, ' ')"
                  " FROM theme_pairs_ranked",
                  "oro+tillit gladje+oro");
    assert_answer(
        w, "SELECT group_concat(level || ' ' || term_a, ', ') FROM term_pairs_ranked",
        "reflection lugn, reflection skola, sentence skola");
    assert_answer(w,
                  "SELECT group_concat(theme || ' ' || mean, ', ')"
                  " FROM feeling_by_theme_mean",
                  "oro 1.75, gladje 4.5");
}

static void
the_mean_of_a_theme_has_the_counts_of_the_theme(void **state)
{
    struct world *w = *state;
    struct eft_table *themes, *feelings;

    eft_results_free(w->results);
    assert_int_equal(efti_results_new(&efti_malloc, &w->results, NULL), EFT_OK);
    w->results->k = 5;
    assert_int_equal(efti_results_add(w->results, EFTI_TABLE_THEMES, NULL, &themes, NULL),
                     EFT_OK);
    assert_int_equal(efti_table_row(themes, NULL), EFT_OK);
    efti_table_set_text(themes, "theme", (eft_text){"oro", 3});
    efti_table_set_text(themes, "polarity", (eft_text){"any", 3});
    efti_table_set_integer(themes, "shown", 1);
    efti_table_set_integer(themes, "reflections", 18);
    efti_table_set_integer(themes, "writers", 9);
    assert_int_equal(
        efti_results_add(w->results, EFTI_TABLE_FEELING_BY_THEME, NULL, &feelings, NULL),
        EFT_OK);
    assert_int_equal(efti_table_row(feelings, NULL), EFT_OK);
    efti_table_set_text(feelings, "theme", (eft_text){"oro", 3});
    efti_table_set_text(feelings, "feeling", (eft_text){"all", 3});
    efti_table_set_integer(feelings, "shown", 1);
    efti_table_set_integer(feelings, "writers_min", 5);
    efti_table_set_real(feelings, "mean", 2.1);
    open_sample(w);
    assert_answer(w,
                  "SELECT theme || ' ' || mean || ' ' || writers || ' ' || reflections"
                  " FROM feeling_by_theme_mean",
                  "oro 2.1 9 18");
}

static void
views_of_tables_that_are_missing_are_left_out(void **state)
{
    struct world *w = *state;
    struct eft_table *t;

    eft_results_free(w->results);
    assert_int_equal(efti_results_new(&efti_malloc, &w->results, NULL), EFT_OK);
    w->results->k = 10;
    assert_int_equal(efti_results_add(w->results, EFTI_TABLE_THEME_PAIRS, NULL, &t, NULL),
                     EFT_OK);
    open_sample(w);
    assert_answer(w, "SELECT group_concat(name) FROM sqlite_schema WHERE type = 'view'",
                  "theme_pairs_shown,theme_pairs_ranked");
    assert_answer(w, "SELECT count(*) FROM theme_pairs_ranked", "0");
}

static void
the_same_results_give_the_same_bytes(void **state)
{
    struct world *w = *state;
    size_t one_size = 0, two_size = 0;
    char *one = scratch_read(write_sample(w, "one.sqlite"), &one_size);

    /* Leave other bytes behind in freed memory, for pages to be made from. */
    for (size_t i = 0; i < 64; i++) {
        void *dirt = malloc(4096 + 64 * i);
        assert_non_null(dirt);
        memset(dirt, (int)i + 1, 4096 + 64 * i);
        free(dirt);
    }
    char *two = scratch_read(write_sample(w, "two.sqlite"), &two_size);
    assert_non_null(one);
    assert_non_null(two);
    assert_int_equal(one_size, two_size);
    assert_memory_equal(one, two, one_size);
    free(one);
    free(two);
}

static void
large_tables_are_sound_too(void **state)
{
    struct world *w = *state;
    struct sample s = {0};
    char word[32];

    eft_results_free(w->results);
    assert_int_equal(efti_results_new(&efti_malloc, &w->results, NULL), EFT_OK);
    w->results->k = 5;
    s.results = w->results;
    sample_table(&s, EFTI_TABLE_TERMS, NULL);
    for (int i = 0; i < 20000; i++) {
        (void)snprintf(word, sizeof(word), "ord%d", i * 7919 % 20000);
        sample_row(&s);
        sample_text(&s, "term", word);
        sample_integer(&s, "rank", i);
    }
    sample_done(&s);
    assert_int_equal(s.st, EFT_OK);
    open_sample(w);
    assert_answer(w, "PRAGMA integrity_check", "ok");
    assert_answer(w, "SELECT count(DISTINCT term) || ' ' || max(rank) FROM terms",
                  "20000 19999");
}

static void
the_umask_decides_who_may_read(void **state)
{
    struct world *w = *state;
    mode_t before = umask(0022);

    assert_int_equal(scratch_mode(write_sample(w, "one.sqlite")), 0644);
    (void)umask(0077);
    assert_int_equal(scratch_mode(write_sample(w, "two.sqlite")), 0600);
    (void)umask(before);
}

static void
a_file_in_the_way_stays_as_it_is(void **state)
{
    struct world *w = *state;
    const char *path = scratch_path(&w->scratch, "results.sqlite");
    eft_error err;

    assert_true(scratch_write(path, "mine"));
    assert_int_equal(efti_store_write(&efti_malloc, path, w->results, &err),
                     EFT_E_CONFLICT);
    assert_true(scratch_holds(path, "mine"));
    assert_null(strstr(err.message, "eftertanke-test"));
}

static void
names_that_sqlite_reads_as_no_path_are_paths_here(void **state)
{
    struct world *w = *state;
    char before[512];

    assert_non_null(getcwd(before, sizeof(before)));
    assert_int_equal(chdir(w->scratch.folder), 0);
    eft_status st = efti_store_write(&efti_malloc, ":memory:", w->results, NULL);
    eft_status uri =
        efti_store_write(&efti_malloc, "file:x?mode=memory", w->results, NULL);
    eft_status none = efti_store_write(&efti_malloc, "", w->results, NULL);
    assert_int_equal(chdir(before), 0);
    assert_int_equal(st, EFT_OK);
    assert_int_equal(uri, EFT_OK);
    assert_int_not_equal(none, EFT_OK);
    assert_true(scratch_mode(scratch_path(&w->scratch, ":memory:")) > 0);
    assert_true(scratch_mode(scratch_path(&w->scratch, "file:x?mode=memory")) > 0);
}

static void
results_that_no_gate_has_seen_are_refused(void **state)
{
    struct world *w = *state;

    for (uint32_t k = 0; k < 3; k++) {
        w->results->k = k;
        assert_int_equal(efti_store_write(&efti_malloc,
                                          scratch_path(&w->scratch, "x.sqlite"),
                                          w->results, NULL),
                         EFT_E_REFUSED);
    }
    assert_int_equal(scratch_names(w->scratch.folder, NULL), 0);
}

static void
every_refused_allocation_leaves_no_file(void **state)
{
    struct world *w = *state;
    const char *path = scratch_path(&w->scratch, "results.sqlite");

    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        eft_status st = efti_store_write(&mem, path, w->results, NULL);

        if (failing_got_through(&f, st))
            break;
        assert_int_equal(scratch_names(w->scratch.folder, NULL), 0);
    }
}

/* ------------------------------------------------- what the kernel may refuse */

static int
store_refused(struct world *w, const char *hint)
{
    eft_error err;
    eft_status st = efti_store_write(
        &efti_malloc, scratch_path(&w->scratch, "results.sqlite"), w->results, &err);

    if (st != EFT_E_IO || strstr(err.message, hint) == NULL)
        return 1;
    return strstr(err.message, "eftertanke-test") != NULL ? 2 : 0;
}

static int
with_a_full_disk(void *arg)
{
    static const long calls[] = {__NR_pwrite64, __NR_write};

    return refuse_calls(calls, 2, ENOSPC) ? store_refused(arg, "the disk is full")
                                          : CHILD_SKIPS;
}

static int
with_a_failing_fsync(void *arg)
{
    static const long calls[] = {__NR_fsync, __NR_fdatasync};

    return refuse_calls(calls, 2, EIO) ? store_refused(arg, "could not be written")
                                       : CHILD_SKIPS;
}

static void
assert_refused(struct world *w, int (*work)(void *))
{
    int code = in_child(work, w);

    if (code == CHILD_SKIPS)
        skip();
    assert_int_equal(code, 0);
    assert_int_equal(scratch_names(w->scratch.folder, NULL), 0);
}

static void
a_full_disk_is_told_and_leaves_no_file(void **state)
{
    assert_refused(*state, with_a_full_disk);
}

static void
a_file_that_cannot_be_made_durable_is_none(void **state)
{
    assert_refused(*state, with_a_failing_fsync);
}

static void
a_missing_folder_is_told_without_its_name(void **state)
{
    struct world *w = *state;
    eft_error err;

    assert_int_equal(efti_store_write(&efti_malloc,
                                      scratch_path(&w->scratch, "hemlig/results.sqlite"),
                                      w->results, &err),
                     EFT_E_IO);
    assert_null(strstr(err.message, "hemlig"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_value_comes_back_with_its_type),
        TEST(the_file_is_sound_and_carries_our_marks),
        TEST(tables_and_columns_describe_what_is_there),
        TEST(results_without_a_writer_column_are_marked),
        TEST(views_answer_the_questions_of_the_readme),
        TEST(the_mean_of_a_theme_has_the_counts_of_the_theme),
        TEST(views_of_tables_that_are_missing_are_left_out),
        TEST(the_same_results_give_the_same_bytes),
        TEST(large_tables_are_sound_too),
        TEST(the_umask_decides_who_may_read),
        TEST(a_file_in_the_way_stays_as_it_is),
        TEST(names_that_sqlite_reads_as_no_path_are_paths_here),
        TEST(results_that_no_gate_has_seen_are_refused),
        TEST(every_refused_allocation_leaves_no_file),
        TEST(a_full_disk_is_told_and_leaves_no_file),
        TEST(a_file_that_cannot_be_made_durable_is_none),
        TEST(a_missing_folder_is_told_without_its_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
