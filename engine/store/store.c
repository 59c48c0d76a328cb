/*
 * store.c - released tables as an SQLite file
 *
 *     tables(name, description, rows, hidden, k, writer_column)
 *     columns(table_name, position, name, type, unit, description)
 *     one table per result table, columns as in the schema, NULL for missing
 *     NAME_shown of each closed table, and views for the questions of docs/results.md
 *
 * Several runs go into one file with a column `run` in front of each table, a table
 * `runs` and views that set runs side by side (efti_store_merge); a table is made by the
 * first run that has it.
 *
 * `hidden` counts what the gate hid of a table; `writer_column` 0 marks results where
 * each reflection counts as its own writer. In a closed table look at rows with shown
 * = 1.
 *
 * Nothing depends on time or place, so the same results give the same bytes. SQLite's own
 * messages are never passed on: they can quote a statement. SQLite takes its memory from
 * malloc, not from our allocator.
 */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

/* What did not come through the gate does not leave: it never answers with k under 3
 * (rule 8.6), and results are born with 0. */
#define LEAST_K 3

struct view {
    const char *table; /* made only if this result table is there */
    const char *sql;
};
static const struct view views[] = {
    /* In which themes do units differ most? The pool of small units is no unit. */
    {"themes_by_unit",
     "CREATE VIEW theme_by_unit_range AS SELECT theme, min(share) AS lowest_share,"
     " max(share) AS highest_share, max(share) - min(share) AS difference,"
     " count(share) AS units FROM themes_by_unit WHERE shown = 1 AND label <> 'other'"
     " GROUP BY theme ORDER BY difference DESC, theme"},
    {"theme_pairs", "CREATE VIEW theme_pairs_ranked AS SELECT * FROM theme_pairs"
                    " WHERE shown = 1 ORDER BY level, logdice DESC, theme_a, theme_b"},
    /* In context X, do Y to reach Z: two released pairs that share their action. How many
     * texts have all three is not told (release/role_pairs.c). */
    {"role_pairs",
     "CREATE VIEW role_chains AS SELECT c.level, c.theme_a AS context,"
     " c.theme_b AS action, e.theme_b AS effect, c.o11 AS context_action,"
     " c.share AS action_share, e.o11 AS action_effect, e.share AS effect_share,"
     " c.npmi AS context_action_npmi, e.npmi AS action_effect_npmi"
     " FROM role_pairs c JOIN role_pairs e ON c.level = e.level AND c.theme_b = e.theme_a"
     " WHERE c.role_a = 'context' AND c.role_b = 'action' AND e.role_b = 'effect'"
     " ORDER BY c.level, min(c.o11, e.o11) DESC, context, action, effect"},
    {"term_pairs", "CREATE VIEW term_pairs_ranked AS SELECT * FROM term_pairs"
                   " ORDER BY level, logdice DESC, term_a, term_b"},
    {"feeling_by_theme",
     /* those with the theme, as in `themes`: where some few gave no feeling, the exact
      * number of those who did is not released */
     "CREATE VIEW feeling_by_theme_mean AS SELECT f.theme, f.mean,"
     " (SELECT t.writers FROM themes t WHERE t.theme = f.theme AND t.polarity = 'any')"
     " AS writers,"
     " (SELECT t.reflections FROM themes t WHERE t.theme = f.theme AND t.polarity = "
     "'any')"
     " AS reflections FROM feeling_by_theme f WHERE f.feeling = 'all' AND f.shown = 1"
     " ORDER BY f.mean, f.theme"},
};

const char *
efti_sqlite_version(void)
{
    return sqlite3_libversion();
}

static eft_status
sqlite_refused(eft_error *err, int code)
{
    if (code == SQLITE_NOMEM)
        return efti_no_memory(err, "the results database");
    if (code == SQLITE_FULL)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "the results database could not be written: the disk is full");
    return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                     "the results database could not be written (SQLite code %d)", code);
}

static eft_status
execute(sqlite3 *db, const char *sql, eft_error *err)
{
    int code = sqlite3_exec(db, sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? EFT_OK : sqlite_refused(err, code);
}

/* Table and column names are ours or slugs [a-z0-9_]; quoting is for reserved words. */
static void
put_identifier(struct efti_bytes *sql, const char *name)
{
    efti_put_char(sql, '"');
    for (; *name != '\0'; name++) {
        if (*name == '"')
            efti_put_char(sql, '"');
        efti_put_char(sql, *name);
    }
    efti_put_char(sql, '"');
}

static const char *
sql_type(eft_type type)
{
    return type == EFT_TYPE_TEXT ? "TEXT" : type == EFT_TYPE_INTEGER ? "INTEGER" : "REAL";
}

/* With what columns mean as comments, so that .schema is a manual. */
static void
create_statement(const eft_table *t, bool with_run, struct efti_bytes *sql)
{
    efti_bytes_clear(sql);
    efti_put_text(sql, "CREATE TABLE ");
    put_identifier(sql, eft_table_name(t));
    efti_put_text(sql, "( -- ");
    efti_put_text(sql, eft_table_description(t));
    if (with_run)
        efti_put_text(sql, "\n run TEXT, -- the run, as in runs");
    for (size_t c = 0; c < eft_table_columns(t); c++) {
        efti_put_text(sql, "\n ");
        put_identifier(sql, eft_table_column_name(t, c));
        efti_put_char(sql, ' ');
        efti_put_text(sql, sql_type(eft_table_column_type(t, c)));
        efti_put_text(sql, c + 1 < eft_table_columns(t) ? ", -- " : " -- ");
        efti_put_text(sql, eft_table_column_description(t, c));
    }
    efti_put(sql, "\n)", 3); /* with the NUL */
}

static void
insert_statement(const eft_table *t, bool with_run, struct efti_bytes *sql)
{
    efti_bytes_clear(sql);
    efti_put_text(sql, "INSERT INTO ");
    put_identifier(sql, eft_table_name(t));
    efti_put_text(sql, with_run ? " VALUES(?,?" : " VALUES(?");
    for (size_t c = 1; c < eft_table_columns(t); c++)
        efti_put_text(sql, ",?");
    efti_put(sql, ")", 2);
}

static int
bind_value(sqlite3_stmt *stmt, const eft_table *t, size_t row, size_t column, int at)
{

    if (eft_table_missing(t, row, column))
        return sqlite3_bind_null(stmt, at);
    eft_text text;
    switch (eft_table_column_type(t, column)) {
    case EFT_TYPE_TEXT:
        text = eft_table_text(t, row, column);
        return sqlite3_bind_text64(stmt, at, text.bytes, text.size, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case EFT_TYPE_INTEGER:
        return sqlite3_bind_int64(stmt, at, eft_table_integer(t, row, column));
    case EFT_TYPE_REAL:
        return sqlite3_bind_double(stmt, at, eft_table_real(t, row, column));
    }
    return SQLITE_MISUSE;
}

/* Run a statement that answers no rows, and make it ready for the next. */
static int
step_once(sqlite3_stmt *stmt)
{
    int code = sqlite3_step(stmt);
    int ready = sqlite3_reset(stmt);

    return code == SQLITE_DONE ? ready : code;
}

static int
insert_rows(sqlite3_stmt *stmt, const eft_table *t, const char *run)
{
    int code = SQLITE_OK, first = run == NULL ? 1 : 2;

    for (size_t r = 0; r < eft_table_rows(t) && code == SQLITE_OK; r++) {
        if (run != NULL)
            code = sqlite3_bind_text(stmt, 1, run, -1, SQLITE_STATIC);
        for (size_t c = 0; c < eft_table_columns(t) && code == SQLITE_OK; c++)
            code = bind_value(stmt, t, r, c, first + (int)c);
        if (code == SQLITE_OK)
            code = step_once(stmt);
    }
    return code;
}

/* The rows that may be read without a thought. */
static void
shown_statement(const eft_table *t, struct efti_bytes *sql)
{
    efti_bytes_clear(sql);
    efti_put_text(sql, "CREATE VIEW \"");
    efti_put_text(sql, eft_table_name(t)); /* [a-z0-9_] */
    efti_put_text(sql, "_shown\" AS SELECT * FROM ");
    put_identifier(sql, eft_table_name(t));
    efti_put(sql, " WHERE shown = 1", 17); /* with the NUL */
}

static eft_status
make_table(sqlite3 *db, const eft_table *t, bool with_run, struct efti_bytes *sql,
           eft_error *err)
{
    create_statement(t, with_run, sql);
    if (sql->failed)
        return efti_no_memory(err, "the results database");
    eft_status st = execute(db, sql->data, err);
    if (st != EFT_OK || eft_table_column_find(t, "shown") == SIZE_MAX)
        return st;
    shown_statement(t, sql);
    return sql->failed ? efti_no_memory(err, "the results database")
                       : execute(db, sql->data, err);
}

/* `run` NULL: there is only one. `make`: the table is not there yet. */
static eft_status
store_table(sqlite3 *db, const eft_table *t, const char *run, bool make,
            struct efti_bytes *sql, eft_error *err)
{
    sqlite3_stmt *stmt = NULL;
    eft_status st = make ? make_table(db, t, run != NULL, sql, err) : EFT_OK;

    if (st != EFT_OK)
        return st;
    insert_statement(t, run != NULL, sql);
    if (sql->failed)
        return efti_no_memory(err, "the results database");
    int code = sqlite3_prepare_v2(db, sql->data, -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = insert_rows(stmt, t, run);
    (void)sqlite3_finalize(stmt);
    return code == SQLITE_OK ? EFT_OK : sqlite_refused(err, code);
}

/* Values of one row of a description, from the left; the first fault sticks. */
struct binder {
    sqlite3_stmt *stmt;
    int at, code;
};

static void
bind_name(struct binder *b, const char *text)
{
    if (b->code == SQLITE_OK)
        b->code = sqlite3_bind_text(b->stmt, ++b->at, text, -1, SQLITE_STATIC);
}

static void
bind_number(struct binder *b, uint64_t value)
{
    if (b->code == SQLITE_OK)
        b->code = sqlite3_bind_int64(b->stmt, ++b->at, (sqlite3_int64)value);
}

static int
describe_column(sqlite3_stmt *stmt, const eft_table *t, size_t column)
{
    struct binder b = {.stmt = stmt};

    bind_name(&b, eft_table_name(t));
    bind_number(&b, column + 1);
    bind_name(&b, eft_table_column_name(t, column));
    bind_name(&b, sql_type(eft_table_column_type(t, column)));
    bind_name(&b, eft_table_column_unit(t, column));
    bind_name(&b, eft_table_column_description(t, column));
    return b.code == SQLITE_OK ? step_once(stmt) : b.code;
}

static int
describe_table(sqlite3_stmt *tables, sqlite3_stmt *columns, const eft_table *t,
               const struct eft_results *results)
{
    struct binder b = {.stmt = tables};

    bind_name(&b, eft_table_name(t));
    bind_name(&b, eft_table_description(t));
    bind_number(&b, eft_table_rows(t));
    bind_number(&b, eft_table_hidden(t));
    bind_number(&b, results->k);
    bind_number(&b, results->writer_column ? 1 : 0);
    int code = b.code == SQLITE_OK ? step_once(tables) : b.code;
    for (size_t c = 0; c < eft_table_columns(t) && code == SQLITE_OK; c++)
        code = describe_column(columns, t, c);
    return code;
}

static eft_status
store_descriptions(sqlite3 *db, const struct eft_results *results, eft_error *err)
{
    sqlite3_stmt *tables = NULL, *columns = NULL;
    eft_status st = execute(
        db,
        "CREATE TABLE tables(name TEXT PRIMARY KEY, description TEXT, rows INTEGER,"
        " hidden INTEGER, k INTEGER, writer_column INTEGER) WITHOUT ROWID;"
        "CREATE TABLE columns(table_name TEXT, position INTEGER, name TEXT, type TEXT,"
        " unit TEXT, description TEXT, PRIMARY KEY(table_name, position)) WITHOUT ROWID;",
        err);

    if (st != EFT_OK)
        return st;
    int code = sqlite3_prepare_v2(db, "INSERT INTO tables VALUES(?,?,?,?,?,?)", -1,
                                  &tables, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(db, "INSERT INTO columns VALUES(?,?,?,?,?,?)", -1,
                                  &columns, NULL);
    for (size_t i = 0; i < eft_results_count(results) && code == SQLITE_OK; i++)
        code = describe_table(tables, columns, eft_results_table(results, i), results);
    (void)sqlite3_finalize(tables);
    (void)sqlite3_finalize(columns);
    return code == SQLITE_OK ? EFT_OK : sqlite_refused(err, code);
}

/* ------------------------------------------------------------- several runs */

/* What a run is, in the order of `runs`. */
static eft_status
store_runs(sqlite3 *db, const struct efti_store_run *runs, size_t count, eft_error *err)
{
    sqlite3_stmt *stmt = NULL;
    eft_status st = execute(
        db,
        "CREATE TABLE runs( -- one row for each results folder\n"
        " run TEXT PRIMARY KEY, -- as it was called when the runs were put together\n"
        " engine TEXT, -- version of eftertanke\n"
        " corpus TEXT, -- fingerprint of what was counted\n"
        " audience TEXT, -- internal or external\n"
        " k INTEGER, -- least distinct writers behind a number\n"
        " writer_column INTEGER -- 0: each reflection counts as its own writer\n"
        ") WITHOUT ROWID;"
        "CREATE TABLE tables( -- which tables there are, by run\n"
        " run TEXT, name TEXT, description TEXT, rows INTEGER,\n"
        " hidden INTEGER, -- cells or rows that the gate hid\n"
        " PRIMARY KEY(run, name)) WITHOUT ROWID;",
        err);

    if (st != EFT_OK)
        return st;
    int code =
        sqlite3_prepare_v2(db, "INSERT INTO runs VALUES(?,?,?,?,?,?)", -1, &stmt, NULL);
    for (size_t i = 0; i < count && code == SQLITE_OK; i++) {
        struct binder b = {.stmt = stmt};
        bind_name(&b, runs[i].name);
        bind_name(&b, runs[i].engine);
        bind_name(&b, runs[i].corpus);
        bind_name(&b, runs[i].audience);
        bind_number(&b, runs[i].results->k);
        bind_number(&b, runs[i].results->writer_column ? 1 : 0);
        code = b.code == SQLITE_OK ? step_once(stmt) : b.code;
    }
    (void)sqlite3_finalize(stmt);
    return code == SQLITE_OK ? EFT_OK : sqlite_refused(err, code);
}

static eft_status
describe_run(sqlite3 *db, const struct efti_store_run *run, eft_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int code =
        sqlite3_prepare_v2(db, "INSERT INTO tables VALUES(?,?,?,?,?)", -1, &stmt, NULL);

    for (size_t i = 0; i < eft_results_count(run->results) && code == SQLITE_OK; i++) {
        const eft_table *t = eft_results_table(run->results, i);
        struct binder b = {.stmt = stmt};
        bind_name(&b, run->name);
        bind_name(&b, eft_table_name(t));
        bind_name(&b, eft_table_description(t));
        bind_number(&b, eft_table_rows(t));
        bind_number(&b, eft_table_hidden(t));
        code = b.code == SQLITE_OK ? step_once(stmt) : b.code;
    }
    (void)sqlite3_finalize(stmt);
    return code == SQLITE_OK ? EFT_OK : sqlite_refused(err, code);
}

/* The first table of that name among the runs before, or NULL. */
static const eft_table *
earlier_table(const struct efti_store_run *runs, size_t before, const char *name)
{
    for (size_t i = 0; i < before; i++) {
        const eft_table *t = eft_results_find(runs[i].results, name);
        if (t != NULL)
            return t;
    }
    return NULL;
}

static eft_status
store_run(sqlite3 *db, const struct efti_store_run *runs, size_t at,
          struct efti_bytes *sql, eft_error *err)
{
    eft_status st = describe_run(db, &runs[at], err);

    for (size_t i = 0; i < eft_results_count(runs[at].results) && st == EFT_OK; i++) {
        const eft_table *t = eft_results_table(runs[at].results, i);
        const eft_table *first = earlier_table(runs, at, eft_table_name(t));
        if (first != NULL && efti_table_id_of(first) != efti_table_id_of(t))
            return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                             "one run is over parties and another is not: their tables "
                             "have other columns and do not go together");
        st = store_table(db, t, runs[at].name, first == NULL, sql, err);
    }
    return st;
}

/* Only where the tables are there; they are in every release. */
static const struct view run_views[] = {
    {"overview",
     "CREATE VIEW overview_over_runs AS SELECT scope, label, run, reflections,"
     " share, writers, writers_min, feeling_mean FROM overview WHERE shown = 1"
     " ORDER BY scope, label, run"},
    {"themes", "CREATE VIEW themes_over_runs AS SELECT theme, label_sv, label_en, run,"
               " share, share_low, share_high, reflections, writers, writers_min"
               " FROM themes WHERE polarity = 'any' AND shown = 1 ORDER BY theme, run"},
};

static eft_status
store_all_runs(sqlite3 *db, const struct efti_store_run *runs, size_t count,
               struct efti_bytes *sql, eft_error *err)
{
    eft_status st = execute(db,
                            "PRAGMA page_size = 4096; PRAGMA locking_mode = EXCLUSIVE;"
                            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                            "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;"
                            "BEGIN; PRAGMA application_id = 1162237005;"
                            "PRAGMA user_version = 1",
                            err);

    if (st == EFT_OK)
        st = store_runs(db, runs, count, err);
    for (size_t i = 0; i < count && st == EFT_OK; i++)
        st = store_run(db, runs, i, sql, err);
    for (size_t i = 0; i < EFTI_COUNT(run_views) && st == EFT_OK; i++) {
        if (earlier_table(runs, count, run_views[i].table) != NULL)
            st = execute(db, run_views[i].sql, err);
    }
    return st == EFT_OK ? execute(db, "COMMIT", err) : st;
}

static eft_status
store_views(sqlite3 *db, const struct eft_results *results, eft_error *err)
{
    eft_status st = EFT_OK;

    for (size_t i = 0; i < EFTI_COUNT(views) && st == EFT_OK; i++) {
        if (eft_results_find(results, views[i].table) != NULL)
            st = execute(db, views[i].sql, err);
    }
    return st;
}

/* The file is new and ours alone, and thrown away on any failure: no journal, no locks.
 * secure_delete clears what a page no longer holds (rule 8.10). The application id is
 * "EFTR" (file(1) shows it). */
static eft_status
store_all(sqlite3 *db, const struct eft_results *results, struct efti_bytes *sql,
          eft_error *err)
{
    eft_status st = execute(db,
                            "PRAGMA page_size = 4096; PRAGMA locking_mode = EXCLUSIVE;"
                            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                            "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;"
                            "BEGIN; PRAGMA application_id = 1162237010;"
                            "PRAGMA user_version = 1",
                            err);

    if (st == EFT_OK)
        st = store_descriptions(db, results, err);
    for (size_t i = 0; i < eft_results_count(results) && st == EFT_OK; i++)
        st = store_table(db, eft_results_table(results, i), NULL, true, sql, err);
    if (st == EFT_OK)
        st = store_views(db, results, err);
    return st == EFT_OK ? execute(db, "COMMIT", err) : st;
}

static bool
sync_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        (void)close(fd);
    return ok;
}

/* `path` is that of an empty file of ours; on failure it is removed. One run without a
 * name is results alone. */
static eft_status
fill_file(const eft_allocator *mem, const char *path, const struct efti_store_run *runs,
          size_t count, eft_error *err)
{
    struct efti_bytes sql;
    sqlite3 *db = NULL;

    efti_bytes_init(&sql, mem);
    int code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL);
    eft_status st = code != SQLITE_OK      ? sqlite_refused(err, code)
                    : runs[0].name == NULL ? store_all(db, runs[0].results, &sql, err)
                                           : store_all_runs(db, runs, count, &sql, err);
    code = sqlite3_close(db);
    if (st == EFT_OK && code != SQLITE_OK)
        st = sqlite_refused(err, code);
    if (st == EFT_OK && !sync_file(path))
        st = sqlite_refused(err, SQLITE_IOERR);
    if (st != EFT_OK)
        (void)unlink(path);
    efti_bytes_free(&sql);
    return st;
}

static eft_status
make_file(const char *path, eft_error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

    if (fd >= 0) {
        (void)close(fd);
        return EFT_OK;
    }
    return errno == EEXIST ? efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                                       "there is a file where the results database goes")
                           : efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                                       "the results database could not be made");
}

static eft_status
write_runs(const eft_allocator *mem, const char *path, const struct efti_store_run *runs,
           size_t count, eft_error *err)
{
    struct efti_bytes name;
    eft_status st;

    for (size_t i = 0; i < count; i++) {
        if (runs[i].results->k < LEAST_K)
            return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                             "these results did not come through the release gate");
    }
    /* To SQLite ":memory:" and, where the program allows it, "file:..." are no paths. */
    efti_bytes_init(&name, mem);
    efti_put_text(&name, path[0] == '/' ? "" : "./");
    efti_put(&name, path, strlen(path) + 1);
    st = name.failed ? efti_no_memory(err, "the results database")
                     : make_file(name.data, err);
    if (st == EFT_OK)
        st = fill_file(mem, name.data, runs, count, err);
    efti_bytes_free(&name);
    return st;
}

eft_status
efti_store_write(const eft_allocator *mem, const char *path,
                 const struct eft_results *results, eft_error *err)
{
    const struct efti_store_run run = {.results = results};

    return write_runs(mem, path, &run, 1, err);
}

eft_status
efti_store_merge(const eft_allocator *mem, const char *path,
                 const struct efti_store_run *runs, size_t count, eft_error *err)
{
    if (count == 0)
        return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET, "no run was named");
    return write_runs(mem, path, runs, count, err);
}
