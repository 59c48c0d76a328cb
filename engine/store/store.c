/*
 * store.c - released tables as an SQLite file
 *
 *     tables(name, description, rows, hidden, k)      what is in the file
 *     columns(table_name, position, name, type, unit, description)
 *     one table per result table, columns as in the schema, NULL for missing
 *     views for the questions of the README
 *
 * Nothing depends on time or place, so the same results give the same bytes. SQLite's own
 * messages are never passed on: they can quote a statement.
 */
#include "store/store.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>


static const char *const views[] = {
    /* which units differ most in a theme */
    "CREATE VIEW theme_by_unit_range AS SELECT theme, min(share) AS lowest_share,"
    " max(share) AS highest_share, max(share) - min(share) AS difference,"
    " count(*) AS units FROM themes_by_unit WHERE shown = 1 GROUP BY theme",
    "CREATE VIEW theme_pairs_ranked AS SELECT * FROM theme_pairs WHERE shown = 1"
    " ORDER BY level, logdice DESC, theme_a, theme_b",
    "CREATE VIEW term_pairs_ranked AS SELECT * FROM term_pairs"
    " ORDER BY level, logdice DESC, term_a, term_b",
    "CREATE VIEW feeling_by_theme_mean AS SELECT theme, mean, reflections, writers"
    " FROM feeling_by_theme WHERE feeling = 'all' AND shown = 1 ORDER BY mean, theme",
};
static const char *const view_tables[] = {"themes_by_unit", "theme_pairs", "term_pairs",
                                          "feeling_by_theme"};

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

static void
create_statement(const eft_table *t, struct efti_bytes *sql)
{
    efti_bytes_clear(sql);
    efti_put_text(sql, "CREATE TABLE ");
    put_identifier(sql, eft_table_name(t));
    efti_put_char(sql, '(');
    for (size_t c = 0; c < eft_table_columns(t); c++) {
        if (c > 0)
            efti_put_char(sql, ',');
        put_identifier(sql, eft_table_column_name(t, c));
        efti_put_char(sql, ' ');
        efti_put_text(sql, sql_type(eft_table_column_type(t, c)));
    }
    efti_put(sql, ")", 2); /* with the NUL */
}

static void
insert_statement(const eft_table *t, struct efti_bytes *sql)
{
    efti_bytes_clear(sql);
    efti_put_text(sql, "INSERT INTO ");
    put_identifier(sql, eft_table_name(t));
    efti_put_text(sql, " VALUES(?");
    for (size_t c = 1; c < eft_table_columns(t); c++)
        efti_put_text(sql, ",?");
    efti_put(sql, ")", 2);
}

static int
bind_value(sqlite3_stmt *stmt, const eft_table *t, size_t row, size_t column)
{
    int at = (int)column + 1;

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
    case EFT_TYPE_REAL: return sqlite3_bind_double(stmt, at, eft_table_real(t, row, column));
    }
    return SQLITE_MISUSE;
}

static int
insert_rows(sqlite3_stmt *stmt, const eft_table *t)
{
    int code = SQLITE_OK;

    for (size_t r = 0; r < eft_table_rows(t) && code == SQLITE_OK; r++) {
        for (size_t c = 0; c < eft_table_columns(t) && code == SQLITE_OK; c++)
            code = bind_value(stmt, t, r, c);
        if (code == SQLITE_OK)
            code = sqlite3_step(stmt) == SQLITE_DONE ? SQLITE_OK : SQLITE_IOERR;
        if (code == SQLITE_OK)
            code = sqlite3_reset(stmt);
    }
    return code;
}

static eft_status
store_table(sqlite3 *db, const eft_table *t, struct efti_bytes *sql, eft_error *err)
{
    sqlite3_stmt *stmt = NULL;

    create_statement(t, sql);
    if (sql->failed)
        return efti_no_memory(err, "the results database");
    eft_status st = execute(db, sql->data, err);
    if (st != EFT_OK)
        return st;
    insert_statement(t, sql);
    if (sql->failed)
        return efti_no_memory(err, "the results database");
    int code = sqlite3_prepare_v2(db, sql->data, -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = insert_rows(stmt, t);
    (void)sqlite3_finalize(stmt);
    return code == SQLITE_OK ? EFT_OK : sqlite_refused(err, code);
}

static int
describe_table(sqlite3_stmt *tables, sqlite3_stmt *columns, const eft_table *t, uint32_t k)
{
    (void)sqlite3_bind_text(tables, 1, eft_table_name(t), -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(tables, 2, eft_table_description(t), -1, SQLITE_STATIC);
    (void)sqlite3_bind_int64(tables, 3, (sqlite3_int64)eft_table_rows(t));
    (void)sqlite3_bind_int64(tables, 4, (sqlite3_int64)eft_table_hidden(t));
    (void)sqlite3_bind_int64(tables, 5, k);
    if (sqlite3_step(tables) != SQLITE_DONE)
        return SQLITE_IOERR;
    (void)sqlite3_reset(tables);
    for (size_t c = 0; c < eft_table_columns(t); c++) {
        (void)sqlite3_bind_text(columns, 1, eft_table_name(t), -1, SQLITE_STATIC);
        (void)sqlite3_bind_int64(columns, 2, (sqlite3_int64)c + 1);
        (void)sqlite3_bind_text(columns, 3, eft_table_column_name(t, c), -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(columns, 4, sql_type(eft_table_column_type(t, c)), -1,
                                SQLITE_STATIC);
        (void)sqlite3_bind_text(columns, 5, eft_table_column_unit(t, c), -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(columns, 6, eft_table_column_description(t, c), -1,
                                SQLITE_STATIC);
        if (sqlite3_step(columns) != SQLITE_DONE)
            return SQLITE_IOERR;
        (void)sqlite3_reset(columns);
    }
    return SQLITE_OK;
}

static eft_status
store_descriptions(sqlite3 *db, const struct eft_results *results, eft_error *err)
{
    sqlite3_stmt *tables = NULL, *columns = NULL;
    eft_status st = execute(
        db,
        "CREATE TABLE tables(name TEXT PRIMARY KEY, description TEXT, rows INTEGER,"
        " hidden INTEGER, k INTEGER) WITHOUT ROWID;"
        "CREATE TABLE columns(table_name TEXT, position INTEGER, name TEXT, type TEXT,"
        " unit TEXT, description TEXT, PRIMARY KEY(table_name, position)) WITHOUT ROWID;",
        err);

    if (st != EFT_OK)
        return st;
    int code = sqlite3_prepare_v2(db, "INSERT INTO tables VALUES(?,?,?,?,?)", -1, &tables,
                                  NULL);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(db, "INSERT INTO columns VALUES(?,?,?,?,?,?)", -1, &columns,
                                  NULL);
    for (size_t i = 0; i < eft_results_count(results) && code == SQLITE_OK; i++)
        code = describe_table(tables, columns, eft_results_table(results, i), results->k);
    (void)sqlite3_finalize(tables);
    (void)sqlite3_finalize(columns);
    return code == SQLITE_OK ? EFT_OK : sqlite_refused(err, code);
}

static eft_status
store_all(sqlite3 *db, const struct eft_results *results, struct efti_bytes *sql,
          eft_error *err)
{
    /* The file is new and ours alone, and thrown away on any failure: no journal. */
    eft_status st = execute(db,
                            "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;"
                            "PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;"
                            "PRAGMA secure_delete = ON; PRAGMA application_id = 1162237010;"
                            "PRAGMA user_version = 1; BEGIN",
                            err);

    if (st == EFT_OK)
        st = store_descriptions(db, results, err);
    for (size_t i = 0; i < eft_results_count(results) && st == EFT_OK; i++)
        st = store_table(db, eft_results_table(results, i), sql, err);
    for (size_t i = 0; i < EFTI_COUNT(views) && st == EFT_OK; i++) {
        if (eft_results_find(results, view_tables[i]) != NULL)
            st = execute(db, views[i], err);
    }
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

eft_status
efti_store_write(const eft_allocator *mem, const char *path,
                 const struct eft_results *results, eft_error *err)
{
    struct efti_bytes sql;
    sqlite3 *db = NULL;
    eft_status st;

    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "the results database could not be made");
    (void)close(fd);
    efti_bytes_init(&sql, mem);
    int code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL);
    st = code == SQLITE_OK ? store_all(db, results, &sql, err) : sqlite_refused(err, code);
    code = sqlite3_close(db);
    if (st == EFT_OK && (code != SQLITE_OK || !sync_file(path)))
        st = sqlite_refused(err, code);
    if (st != EFT_OK)
        (void)unlink(path);
    efti_bytes_free(&sql);
    return st;
}
