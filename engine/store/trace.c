/*
 * trace.c - which texts stand behind a cell, out of working.sqlite
 *
 * The view NAME_texts of working.c has the keys of table NAME and the reflections behind
 * each row; conditions on keys choose rows. A key that nobody names is taken where the
 * table has a row over all of it: polarity any, level reflection, feeling all. Of a
 * reflection those hits are told that the cell counts.
 *
 * The file may have been changed by somebody: its schema is not trusted, names are looked
 * up before they are used, and values are bound.
 */
#include "store/working.h"

#include <sqlite3.h>
#include <stdio.h>

#define WORKING_ID 1162237015 /* as working.c writes it */
#define MOST_KEYS 8

struct trace {
    const eft_allocator *mem;
    sqlite3 *db;
    struct efti_bytes sql, id, hits;
    struct efti_working_condition keys[MOST_KEYS];
    size_t key_count;
    sqlite3_stmt *texts, *of_text;
};

static eft_status
trace_refused(eft_error *err, int code)
{
    if (code == SQLITE_NOMEM)
        return efti_no_memory(err, "the texts behind a number");
    return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                     "working.sqlite could not be read (SQLite code %d)", code);
}

static eft_status
check_file(struct trace *t, eft_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_exec(t->db, "PRAGMA trusted_schema = OFF; PRAGMA query_only = ON;",
                            NULL, NULL, NULL);
    bool ours = false;

    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(t->db, "PRAGMA application_id", -1, &stmt, NULL);
    if (code == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
        ours = sqlite3_column_int64(stmt, 0) == WORKING_ID;
    int closed = sqlite3_finalize(stmt);
    if (code != SQLITE_OK || closed != SQLITE_OK)
        return trace_refused(err, code != SQLITE_OK ? code : closed);
    return ours ? EFT_OK
                : efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                            "working.sqlite is none of ours");
}

/* ---------------------------------------------------------------- what is asked for */

static bool
text_is(eft_text text, const char *word)
{
    return efti_equal(text.bytes, text.size, word, strlen(word));
}

static const eft_text *
key_named(const struct trace *t, const char *name)
{
    for (size_t i = 0; i < t->key_count; i++) {
        if (text_is(t->keys[i].column, name))
            return &t->keys[i].value;
    }
    return NULL;
}

/* What a table has a row for over all of a key; NULL: nothing. */
static const char *
value_over_all(const char *key)
{
    static const char *const all[][2] = {
        {"polarity", "any"}, {"level", "reflection"}, {"feeling", "all"}};

    for (size_t i = 0; i < EFTI_COUNT(all); i++) {
        if (strcmp(all[i][0], key) == 0)
            return all[i][1];
    }
    return NULL;
}

static eft_status
no_such_key(sqlite3_stmt *view, eft_error *err)
{
    char names[160] = "";
    size_t used = 0;

    for (int i = 0; i < sqlite3_column_count(view); i++) {
        const char *name = sqlite3_column_name(view, i);
        if (name == NULL || strcmp(name, "reflection") == 0 ||
            used + strlen(name) + 3 > sizeof(names))
            continue;
        used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s",
                                 used == 0 ? "" : ", ", name);
    }
    return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                     "the table is asked by its keys: %s", names);
}

static bool
has_column(sqlite3_stmt *view, eft_text name)
{
    for (int i = 0; i < sqlite3_column_count(view); i++) {
        const char *column = sqlite3_column_name(view, i);
        if (column != NULL && text_is(name, column) && !text_is(name, "reflection"))
            return true;
    }
    return false;
}

/* Keys of the view that are asked for, then those that have a row over all. */
static eft_status
take_keys(struct trace *t, sqlite3_stmt *view, const struct efti_trace_options *o,
          eft_error *err)
{
    for (size_t i = 0; i < o->condition_count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (efti_equal(o->conditions[k].column.bytes, o->conditions[k].column.size,
                           o->conditions[i].column.bytes, o->conditions[i].column.size))
                return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                                 "a key of the table is named twice");
        }
        if (!has_column(view, o->conditions[i].column) || t->key_count == MOST_KEYS)
            return no_such_key(view, err);
        t->keys[t->key_count++] = o->conditions[i];
    }
    for (int i = 0; i < sqlite3_column_count(view); i++) {
        const char *name = sqlite3_column_name(view, i);
        const char *all = name == NULL ? NULL : value_over_all(name);
        if (all != NULL && key_named(t, name) == NULL && t->key_count < MOST_KEYS)
            t->keys[t->key_count++] =
                (struct efti_working_condition){{name, strlen(name)}, {all, strlen(all)}};
    }
    return EFT_OK;
}

/* What can be asked for: themes that are hit, labels with a row, periods of texts. */
static const struct {
    const char *key, *known, *none;
} asked[] = {
    {"theme", "SELECT 1 FROM hits WHERE theme = ? LIMIT 1",
     "a theme that is asked for is in no text: see \"eftertanke lexicon list\""},
    {"period", "SELECT 1 FROM reflections WHERE period = ? LIMIT 1",
     "no text is of the period asked for: they are written as in the table"},
    {"label", "SELECT 1 FROM labels WHERE row = ? LIMIT 1",
     "a label that is asked for has no row: small ones are in \"other\" together, some "
     "are numbered (docs/tracing.md)"},
};

/* Which of them; assignments and tags are labels, theme_a and theme_b themes. */
static size_t
kind_of_key(eft_text column)
{
    if (column.size >= 5 && memcmp(column.bytes, "theme", 5) == 0)
        return 0;
    if (text_is(column, "period"))
        return 1;
    return text_is(column, "label") || text_is(column, "assignment") ||
                   text_is(column, "tag")
               ? 2
               : EFTI_COUNT(asked);
}

/* Does the file know the value at all? */
static eft_status
check_known(struct trace *t, size_t kind, eft_text value, eft_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int step = SQLITE_DONE;
    int code = sqlite3_prepare_v2(t->db, asked[kind].known, -1, &stmt, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_bind_text64(stmt, 1, value.bytes, value.size, SQLITE_TRANSIENT,
                                   SQLITE_UTF8);
    if (code == SQLITE_OK && (step = sqlite3_step(stmt)) != SQLITE_ROW &&
        step != SQLITE_DONE)
        code = step;
    (void)sqlite3_finalize(stmt);
    if (code != SQLITE_OK)
        return trace_refused(err, code);
    return step == SQLITE_ROW
               ? EFT_OK
               : efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "%s", asked[kind].none);
}

/* Keys whose answer would be "none" where the file does not know. Pairs stand in the
 * order of their themes' ids. */
static eft_status
check_keys(struct trace *t, eft_error *err)
{
    struct efti_working_condition *a = NULL, *b = NULL;

    for (size_t i = 0; i < t->key_count; i++) {
        struct efti_working_condition *key = &t->keys[i];
        if (text_is(key->column, "level") && !text_is(key->value, "reflection") &&
            !text_is(key->value, "sentence"))
            return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                             "pairs are traced to reflections and sentences, not to "
                             "windows");
        if (text_is(key->column, "theme_a"))
            a = key;
        else if (text_is(key->column, "theme_b"))
            b = key;
        size_t kind = kind_of_key(key->column);
        eft_status st =
            kind == EFTI_COUNT(asked) ? EFT_OK : check_known(t, kind, key->value, err);
        if (st != EFT_OK)
            return st;
    }
    if (a != NULL && b != NULL &&
        efti_compare(a->value.bytes, a->value.size, b->value.bytes, b->value.size) > 0) {
        eft_text swap = a->value;
        a->value = b->value;
        b->value = swap;
    }
    return EFT_OK;
}

static bool
is_table_name(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

    return n > 0 && n < 120 && name[n] == '\0';
}

static int
prepare(struct trace *t, sqlite3_stmt **out)
{
    efti_put_char(&t->sql, '\0');
    return t->sql.failed ? SQLITE_NOMEM
                         : sqlite3_prepare_v2(t->db, t->sql.data, -1, out, NULL);
}

/* Names of keys are those of columns of the view; their bytes stand in `view`. */
static int
prepare_texts(struct trace *t, const char *table)
{
    efti_bytes_clear(&t->sql);
    efti_put_text(&t->sql, "SELECT DISTINCT t.reflection, r.writer, r.id FROM \"");
    efti_put_text(&t->sql, table);
    efti_put_text(&t->sql, "_texts\" t JOIN reflections r USING(reflection) WHERE 1");
    for (size_t i = 0; i < t->key_count; i++) {
        efti_put_text(&t->sql, " AND t.\"");
        efti_put(&t->sql, t->keys[i].column.bytes, t->keys[i].column.size);
        efti_put_text(&t->sql, "\" = ?");
    }
    efti_put_text(&t->sql, " ORDER BY t.reflection");
    int code = prepare(t, &t->texts);
    for (size_t i = 0; i < t->key_count && code == SQLITE_OK; i++)
        code = sqlite3_bind_text64(t->texts, (int)i + 1, t->keys[i].value.bytes,
                                   t->keys[i].value.size, SQLITE_TRANSIENT, SQLITE_UTF8);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(
            t->db,
            "SELECT theme, entry, polarity, start, end, sentence_start, sentence_end,"
            " veiled_start, veiled_end, veiled_sentence_start, veiled_sentence_end"
            " FROM hits WHERE reflection = ? ORDER BY hit",
            -1, &t->of_text, NULL);
    return code;
}

/* ----------------------------------------------------------------------- answering */

static eft_text
column_text(sqlite3_stmt *stmt, int at)
{
    const char *bytes = (const char *)sqlite3_column_text(stmt, at);
    int size = sqlite3_column_bytes(stmt, at);

    return bytes == NULL || size < 0 ? (eft_text){"", 0}
                                     : (eft_text){bytes, (size_t)size};
}

/* Does the cell count this hit? */
static bool
is_counted(const struct trace *t, eft_text theme, eft_text polarity)
{
    const eft_text *wanted = key_named(t, "polarity");
    bool any = wanted == NULL || text_is(*wanted, "any"), named = false, met = false;

    for (size_t i = 0; i < t->key_count; i++) {
        if (t->keys[i].column.size < 5 ||
            memcmp(t->keys[i].column.bytes, "theme", 5) != 0)
            continue;
        named = true;
        met = met || efti_equal(t->keys[i].value.bytes, t->keys[i].value.size,
                                theme.bytes, theme.size);
    }
    if (named && !met)
        return false;
    return any ? !text_is(polarity, "uncertain")
               : efti_equal(wanted->bytes, wanted->size, polarity.bytes, polarity.size);
}

static void
put_pair(struct trace *t, const char *name, int at)
{
    if (sqlite3_column_type(t->of_text, at) == SQLITE_NULL)
        return;
    efti_put_text(&t->hits, name);
    efti_put_i64(&t->hits, sqlite3_column_int64(t->of_text, at));
    efti_put_char(&t->hits, ',');
    efti_put_i64(&t->hits, sqlite3_column_int64(t->of_text, at + 1));
    efti_put_char(&t->hits, ']');
}

static void
put_hit(struct trace *t, eft_text theme, eft_text polarity)
{
    const eft_text entry = column_text(t->of_text, 1);

    efti_put_text(&t->hits, t->hits.size > 1 ? ",{\"theme\":" : "{\"theme\":");
    efti_put_json(&t->hits, theme.bytes, theme.size);
    efti_put_text(&t->hits, ",\"entry\":");
    efti_put_json(&t->hits, entry.bytes, entry.size);
    efti_put_text(&t->hits, ",\"polarity\":");
    efti_put_json(&t->hits, polarity.bytes, polarity.size);
    put_pair(t, ",\"span\":[", 3);
    put_pair(t, ",\"sentence\":[", 5);
    put_pair(t, ",\"veiled_span\":[", 7);
    put_pair(t, ",\"veiled_sentence\":[", 9);
    efti_put_char(&t->hits, '}');
}

static eft_status
gather_hits(struct trace *t, sqlite3_int64 reflection, eft_error *err)
{
    int code = sqlite3_bind_int64(t->of_text, 1, reflection), step = SQLITE_DONE;

    efti_bytes_clear(&t->hits);
    efti_put_char(&t->hits, '[');
    while (code == SQLITE_OK && (step = sqlite3_step(t->of_text)) == SQLITE_ROW) {
        const eft_text theme = column_text(t->of_text, 0);
        const eft_text polarity = column_text(t->of_text, 2);
        if (is_counted(t, theme, polarity))
            put_hit(t, theme, polarity);
    }
    efti_put_char(&t->hits, ']');
    int ready = sqlite3_reset(t->of_text);
    if (code == SQLITE_OK)
        code = step == SQLITE_DONE ? ready : step;
    if (code != SQLITE_OK)
        return trace_refused(err, code);
    return t->hits.failed ? efti_no_memory(err, "the hits of a text") : EFT_OK;
}

static eft_status
answer(struct trace *t, efti_trace_fn fn, void *user, eft_error *err)
{
    eft_status st = EFT_OK;
    int step = SQLITE_DONE;

    while (st == EFT_OK && (step = sqlite3_step(t->texts)) == SQLITE_ROW) {
        sqlite3_int64 reflection = sqlite3_column_int64(t->texts, 0);
        const eft_text id = column_text(t->texts, 2);
        efti_bytes_clear(&t->id);
        efti_put_json(&t->id, id.bytes, id.size);
        st = t->id.failed ? efti_no_memory(err, "the id of a text")
                          : gather_hits(t, reflection, err);
        if (st == EFT_OK)
            st = fn(user, (uint64_t)reflection,
                    (uint64_t)sqlite3_column_int64(t->texts, 1),
                    (eft_text){t->id.data, t->id.size},
                    (eft_text){t->hits.data, t->hits.size}, err);
    }
    return st == EFT_OK && step != SQLITE_DONE ? trace_refused(err, step) : st;
}

static eft_status
trace_table(struct trace *t, const struct efti_trace_options *o, efti_trace_fn fn,
            void *user, eft_error *err)
{
    sqlite3_stmt *view = NULL;
    eft_status st = check_file(t, err);

    if (st != EFT_OK)
        return st;
    efti_put_text(&t->sql, "SELECT * FROM \"");
    efti_put_text(&t->sql, is_table_name(o->table) ? o->table : "");
    efti_put_text(&t->sql, "_texts\" LIMIT 0");
    int code = prepare(t, &view);
    if (code == SQLITE_NOMEM)
        st = trace_refused(err, code);
    else if (code != SQLITE_OK)
        st =
            efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                      "no such table can be traced: themes, themes_by_unit (or another "
                      "facet), assignment_themes, assignment_tags, feeling_by_theme, "
                      "feeling_by_tag, feeling_by_assignment, trend and theme_pairs can");
    if (st == EFT_OK)
        st = take_keys(t, view, o, err);
    if (st == EFT_OK)
        st = check_keys(t, err);
    if (st == EFT_OK && (code = prepare_texts(t, o->table)) != SQLITE_OK)
        st = trace_refused(err, code);
    if (st == EFT_OK)
        st = answer(t, fn, user, err);
    (void)sqlite3_finalize(t->texts);
    (void)sqlite3_finalize(t->of_text);
    (void)sqlite3_finalize(view);
    return st;
}

eft_status
efti_working_trace(const eft_allocator *mem, const char *path,
                   const struct efti_trace_options *o, efti_trace_fn fn, void *user,
                   eft_error *err)
{
    struct trace t = {.mem = mem};
    struct efti_bytes name;

    efti_bytes_init(&t.sql, mem);
    efti_bytes_init(&t.id, mem);
    efti_bytes_init(&t.hits, mem);
    efti_bytes_init(&name, mem);
    efti_put_text(&name, path[0] == '/' ? "" : "./");
    efti_put(&name, path, strlen(path) + 1);
    int code = name.failed
                   ? SQLITE_NOMEM
                   : sqlite3_open_v2(name.data, &t.db, SQLITE_OPEN_READONLY, NULL);
    eft_status st = EFT_OK;
    if (code == SQLITE_NOMEM)
        st = trace_refused(err, code);
    else if (code != SQLITE_OK)
        st = efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                       "there is no working.sqlite that can be read: analyse with "
                       "--keep-hits makes one");
    if (st == EFT_OK)
        st = trace_table(&t, o, fn, user, err);
    (void)sqlite3_close(t.db);
    efti_bytes_free(&name);
    efti_bytes_free(&t.sql);
    efti_bytes_free(&t.id);
    efti_bytes_free(&t.hits);
    return st;
}
