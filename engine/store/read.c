/*
 * read.c - an SQLite file of ours back as released tables
 *
 * Tables and columns come from the schema of this version: a column that the file does
 * not have stays missing, one that we do not know is left. The file may have been changed
 * by somebody, so its schema is not trusted, names are checked before they are used, and
 * a value of another type than the column's is missing.
 */
#include "store/store.h"

#include <sqlite3.h>

#define APPLICATION_ID 1162237010 /* as store.c writes it */

static eft_status
unreadable(eft_error *err, int code)
{
    if (code == SQLITE_NOMEM)
        return efti_no_memory(err, "the results database");
    return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                     "the results database could not be read (SQLite code %d)", code);
}

/* Bytes of the stem that names of facet tables share ("themes_by_"); 0: none. */
static size_t
facet_stem(const char *name)
{
    const char *by = strstr(name, "_by_");

    return by == NULL ? 0 : (size_t)(by - name) + 4;
}

/* EFTI_TABLE_COUNT: no table of ours. Tables over parties have names of others. */
static enum efti_table_id
table_named(const char *name, bool over_parties)
{
    size_t from = over_parties ? EFTI_TABLE_SEALED_OVERVIEW : 0;
    size_t to = over_parties ? EFTI_TABLE_COUNT : EFTI_TABLE_SEALED_OVERVIEW;

    for (size_t i = from; i < to; i++) {
        if (strcmp(efti_schema[i].name, name) == 0)
            return (enum efti_table_id)i;
    }
    for (size_t i = from; i < to; i++) {
        size_t n = facet_stem(efti_schema[i].name);
        if (n > 0 && strcmp(efti_schema[i].name + n, "unit") == 0 &&
            strncmp(efti_schema[i].name, name, n) == 0)
            return (enum efti_table_id)i;
    }
    return EFTI_TABLE_COUNT;
}

static bool
is_plain_name(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

    return n > 0 && n < 120 && name[n] == '\0';
}

static void
take_value(struct eft_table *t, const char *column, eft_type type, sqlite3_stmt *stmt,
           int at)
{
    int found = sqlite3_column_type(stmt, at);

    if (type == EFT_TYPE_INTEGER && found == SQLITE_INTEGER) {
        efti_table_set_integer(t, column, sqlite3_column_int64(stmt, at));
    } else if (type == EFT_TYPE_REAL &&
               (found == SQLITE_FLOAT || found == SQLITE_INTEGER)) {
        efti_table_set_real(t, column, sqlite3_column_double(stmt, at));
    } else if (type == EFT_TYPE_TEXT && found == SQLITE_TEXT) {
        const char *bytes = (const char *)sqlite3_column_text(stmt, at);
        int size = sqlite3_column_bytes(stmt, at);
        if (bytes != NULL && size >= 0)
            efti_table_set_text(t, column, (eft_text){bytes, (size_t)size});
    }
}

static void
take_row(struct eft_table *t, sqlite3_stmt *stmt)
{
    for (int i = 0; i < sqlite3_column_count(stmt); i++) {
        const char *name = sqlite3_column_name(stmt, i);
        size_t at = name == NULL ? SIZE_MAX : eft_table_column_find(t, name);
        if (at != SIZE_MAX)
            take_value(t, eft_table_column_name(t, at), eft_table_column_type(t, at),
                       stmt, i);
    }
}

static eft_status
read_rows(sqlite3 *db, struct eft_table *t, eft_error *err)
{
    char sql[200] = "SELECT * FROM \"";
    sqlite3_stmt *stmt = NULL;
    eft_status st = EFT_OK;

    memcpy(sql + 15, eft_table_name(t), strlen(eft_table_name(t)));
    memcpy(sql + 15 + strlen(eft_table_name(t)), "\" ORDER BY rowid", 17);
    int code = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
    while (st == EFT_OK && code == SQLITE_OK) {
        int step = sqlite3_step(stmt);
        if (step != SQLITE_ROW) {
            code = step;
            break;
        }
        st = efti_table_row(t, err);
        if (st == EFT_OK)
            take_row(t, stmt);
    }
    (void)sqlite3_finalize(stmt);
    if (st == EFT_OK && code != SQLITE_DONE)
        st = unreadable(err, code);
    return st == EFT_OK ? efti_table_done(t, err) : st;
}

/* Does the table say from how many parties its numbers are? */
static bool
is_over_parties(sqlite3 *db, const char *name)
{
    return sqlite3_table_column_metadata(db, "main", name, "parties", NULL, NULL, NULL,
                                         NULL, NULL) == SQLITE_OK;
}

/* One row of `tables`: name, hidden, k, writer_column. */
static eft_status
read_table(sqlite3 *db, sqlite3_stmt *list, struct eft_results *r, eft_error *err)
{
    const char *name = (const char *)sqlite3_column_text(list, 0);
    sqlite3_int64 k = sqlite3_column_int64(list, 2), hidden;
    struct eft_table *t;

    if (name == NULL || !is_plain_name(name) || k < 0 || k > UINT32_MAX)
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "the results database is none of ours");
    r->k = (uint32_t)k;
    r->writer_column = sqlite3_column_int64(list, 3) != 0;
    enum efti_table_id id = table_named(name, is_over_parties(db, name));
    if (id == EFTI_TABLE_COUNT)
        return EFT_OK;
    hidden = sqlite3_column_int64(list, 1);
    eft_status st = efti_results_add(r, id, name, &t, err);
    if (st == EFT_OK)
        st = read_rows(db, t, err);
    if (st == EFT_OK)
        efti_table_add_hidden(t, hidden < 0 ? 0 : (uint64_t)hidden);
    return st;
}

static eft_status
check_database(sqlite3 *db, eft_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_exec(db, "PRAGMA trusted_schema = OFF; PRAGMA query_only = ON;",
                            NULL, NULL, NULL);
    bool ours = false;

    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(db, "PRAGMA application_id", -1, &stmt, NULL);
    if (code == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
        ours = sqlite3_column_int64(stmt, 0) == APPLICATION_ID;
    int closed = sqlite3_finalize(stmt);
    if (code != SQLITE_OK || closed != SQLITE_OK)
        return unreadable(err, code != SQLITE_OK ? code : closed);
    return ours ? EFT_OK
                : efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                            "the results database is none of ours");
}

static eft_status
read_all(sqlite3 *db, struct eft_results *r, eft_error *err)
{
    sqlite3_stmt *list = NULL;
    eft_status st = check_database(db, err);

    if (st != EFT_OK)
        return st;
    int code = sqlite3_prepare_v2(
        db, "SELECT name, hidden, k, writer_column FROM tables ORDER BY name", -1, &list,
        NULL);
    while (st == EFT_OK && code == SQLITE_OK) {
        int step = sqlite3_step(list);
        if (step != SQLITE_ROW) {
            code = step;
            break;
        }
        st = read_table(db, list, r, err);
    }
    (void)sqlite3_finalize(list);
    return st == EFT_OK && code != SQLITE_DONE ? unreadable(err, code) : st;
}

eft_status
efti_store_read(const eft_allocator *mem, const char *path, struct eft_results **out,
                eft_error *err)
{
    struct efti_bytes name;
    sqlite3 *db = NULL;
    eft_status st = efti_results_new(mem, out, err);

    if (st != EFT_OK)
        return st;
    efti_bytes_init(&name, mem);
    efti_put_text(&name, path[0] == '/' ? "" : "./");
    efti_put(&name, path, strlen(path) + 1);
    int code = name.failed ? SQLITE_NOMEM
                           : sqlite3_open_v2(name.data, &db, SQLITE_OPEN_READONLY, NULL);
    st = code == SQLITE_OK ? read_all(db, *out, err) : unreadable(err, code);
    (void)sqlite3_close(db);
    efti_bytes_free(&name);
    if (st != EFT_OK) {
        eft_results_free(*out);
        *out = NULL;
    }
    return st;
}
