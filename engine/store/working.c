/*
 * working.c - writing working.sqlite
 *
 *     reflections ─┬─ labels   unit, assignment, tags, facets; the row of the tables
 *                  └─ hits     theme, entry, polarity, places
 *     NAME_texts               views: the reflections behind each row of table NAME
 *     facets                   which table tells which role
 *     about                    version, and the fingerprint of what was counted
 *
 * A view has the keys of its table and `reflection`, without repeats, so that counting it
 * gives the table's reflections, and distinct writers its writers, hidden rows too. Rows
 * that an earlier release holds (as_of) have their numbers from then.
 */
#include "store/working.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

static const char working_schema[] =
    "PRAGMA page_size = 4096; PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
    "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;"
    "BEGIN; PRAGMA application_id = 1162237015;" /* "EFTW" */
    "PRAGMA user_version = 1;"
    "CREATE TABLE about( -- what this file belongs to\n"
    " name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
    "CREATE TABLE reflections( -- each counted reflection; sensitive: microdata\n"
    " reflection INTEGER PRIMARY KEY, -- in the order of the input, from 1\n"
    " id TEXT, -- as given, or i<input>-<record> where it could name somebody\n"
    " input INTEGER, -- which input; 0: added through the library\n"
    " record INTEGER, -- which record of it\n"
    " writer INTEGER, -- number of the writer, by first appearance\n"
    " day TEXT, -- local civil date\n"
    " period TEXT, -- row of trend\n"
    " feeling REAL, -- on the scale of the data\n"
    " votes INTEGER);"
    "CREATE TABLE labels( -- categories of a reflection\n"
    " reflection INTEGER,\n"
    " role TEXT, -- unit, assignment, tag, or the name of a facet\n"
    " label TEXT, -- NULL: none; numbered where it may not be shown\n"
    " row TEXT -- the row it is counted in: itself, other, or NULL: none\n"
    ");"
    "CREATE TABLE hits( -- where an entry of a lexicon matched\n"
    " reflection INTEGER,\n"
    " hit INTEGER, -- number within the reflection\n"
    " theme TEXT,\n"
    " entry TEXT, -- lexicon:theme:number; model: found by a model, without a place\n"
    " polarity TEXT, -- affirmed, negated, uncertain\n"
    " start INTEGER, -- code points of the original text, half open\n"
    " end INTEGER,\n"
    " sentence_start INTEGER,\n"
    " sentence_end INTEGER,\n"
    " veiled_start INTEGER, -- the same in the veiled text, identifiers as tags\n"
    " veiled_end INTEGER,\n"
    " veiled_sentence_start INTEGER,\n"
    " veiled_sentence_end INTEGER,\n"
    " PRIMARY KEY(reflection, hit)) WITHOUT ROWID;"
    "CREATE TABLE facets( -- tables of themes by facet\n"
    " table_name TEXT PRIMARY KEY,\n"
    " role TEXT) WITHOUT ROWID;";

static const char working_views[] =
    "CREATE INDEX labels_by_reflection ON labels(reflection);"
    "CREATE INDEX labels_by_row ON labels(role, row);"
    "CREATE INDEX hits_by_theme ON hits(theme, reflection);"
    "CREATE VIEW present AS SELECT DISTINCT theme, reflection FROM hits"
    " WHERE polarity <> 'uncertain';"
    "CREATE VIEW themes_texts AS SELECT theme, 'any' AS polarity, reflection FROM present"
    " UNION ALL SELECT DISTINCT theme, polarity, reflection FROM hits;"
    "CREATE VIEW assignment_themes_texts AS SELECT l.row AS assignment, p.theme,"
    " reflection FROM labels l JOIN present p USING(reflection)"
    " WHERE l.role = 'assignment' AND l.row IS NOT NULL;"
    "CREATE VIEW assignment_tags_texts AS SELECT l.row AS assignment, t.row AS tag,"
    " reflection FROM labels l JOIN labels t USING(reflection)"
    " WHERE l.role = 'assignment' AND l.row IS NOT NULL"
    " AND t.role = 'tag' AND t.row IS NOT NULL;"
    "CREATE VIEW trend_texts AS SELECT r.period, p.theme, reflection"
    " FROM reflections r JOIN present p USING(reflection) WHERE r.period IS NOT NULL;"
    /* half a step up, as the table rounds: 3.5 counts as 4 */
    "CREATE VIEW feelings AS SELECT reflection, 'all' AS feeling"
    " FROM reflections WHERE feeling IS NOT NULL"
    " UNION ALL SELECT reflection,"
    " CAST(CAST(feeling + 1000000.5 AS INTEGER) - 1000000 AS TEXT)"
    " FROM reflections WHERE feeling IS NOT NULL"
    /* of the scale 1 to 5 alone */
    " UNION ALL SELECT reflection, CASE WHEN feeling < 3.5 THEN '1-3' ELSE '4-5' END"
    " FROM reflections WHERE feeling IS NOT NULL;"
    "CREATE VIEW feeling_by_theme_texts AS SELECT p.theme, f.feeling, reflection"
    " FROM feelings f JOIN present p USING(reflection);"
    "CREATE VIEW feeling_by_tag_texts AS SELECT t.row AS tag, f.feeling, reflection"
    " FROM feelings f JOIN labels t USING(reflection)"
    " WHERE t.role = 'tag' AND t.row IS NOT NULL;"
    "CREATE VIEW feeling_by_assignment_texts AS SELECT l.row AS assignment, f.feeling,"
    " reflection FROM feelings f JOIN labels l USING(reflection)"
    " WHERE l.role = 'assignment' AND l.row IS NOT NULL;"
    "CREATE VIEW theme_pairs_texts AS SELECT 'reflection' AS level, a.theme AS theme_a,"
    " b.theme AS theme_b, reflection FROM present a JOIN present b USING(reflection)"
    " WHERE a.theme < b.theme"
    " UNION ALL SELECT DISTINCT 'sentence', a.theme, b.theme, reflection"
    " FROM hits a JOIN hits b USING(reflection) WHERE a.theme < b.theme"
    " AND a.sentence_start = b.sentence_start AND a.sentence_end = b.sentence_end"
    " AND a.polarity <> 'uncertain' AND b.polarity <> 'uncertain';";

enum { ADD_ABOUT, ADD_REFLECTION, ADD_LABEL, ADD_HIT, ADD_FACET, ADD_COUNT };
static const char *const working_inserts[ADD_COUNT] = {
    "INSERT INTO about VALUES(?,?)",
    "INSERT INTO reflections VALUES(?,?,?,?,?,date('1970-01-01', ? || ' days'),?,?,?)",
    "INSERT INTO labels VALUES(?,?,?,?)",
    "INSERT INTO hits VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)",
    "INSERT INTO facets VALUES(?,?)",
};

struct efti_working {
    const eft_allocator *mem;
    sqlite3 *db;
    sqlite3_stmt *add[ADD_COUNT];
    struct efti_bytes path, sql; /* sql: views of facets, made at the end */
    bool made, done;
};

static eft_status
working_refused(eft_error *err, int code)
{
    if (code == SQLITE_NOMEM)
        return efti_no_memory(err, "working.sqlite");
    return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                     code == SQLITE_FULL
                         ? "working.sqlite could not be written: the disk is full"
                         : "working.sqlite could not be written");
}

/* Values of a row from the left; the first fault sticks. */
struct row {
    sqlite3_stmt *stmt;
    int at, code;
};

static void
row_number(struct row *r, uint64_t value)
{
    if (r->code == SQLITE_OK)
        r->code = sqlite3_bind_int64(r->stmt, ++r->at, (sqlite3_int64)value);
}

static void
row_nothing(struct row *r)
{
    if (r->code == SQLITE_OK)
        r->code = sqlite3_bind_null(r->stmt, ++r->at);
}

static void
row_text(struct row *r, eft_text text)
{
    if (text.size == 0)
        row_nothing(r);
    else if (r->code == SQLITE_OK)
        r->code = sqlite3_bind_text64(r->stmt, ++r->at, text.bytes, text.size,
                                      SQLITE_STATIC, SQLITE_UTF8);
}

static void
row_word(struct row *r, const char *word)
{
    row_text(r, (eft_text){word, strlen(word)});
}

static eft_status
row_done(struct row *r, eft_error *err)
{
    int code = r->code == SQLITE_OK ? sqlite3_step(r->stmt) : r->code;
    int ready = sqlite3_reset(r->stmt);

    if (code == SQLITE_DONE)
        code = ready;
    return code == SQLITE_OK ? EFT_OK : working_refused(err, code);
}

static int
working_open(struct efti_working *w)
{
    int code = sqlite3_open_v2(w->path.data, &w->db, SQLITE_OPEN_READWRITE, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_exec(w->db, working_schema, NULL, NULL, NULL);
    for (size_t i = 0; i < ADD_COUNT && code == SQLITE_OK; i++)
        code = sqlite3_prepare_v2(w->db, working_inserts[i], -1, &w->add[i], NULL);
    return code;
}

static eft_status
working_about(struct efti_working *w, const char *name, const char *value, eft_error *err)
{
    struct row r = {.stmt = w->add[ADD_ABOUT]};

    row_word(&r, name);
    row_word(&r, value);
    return row_done(&r, err);
}

static eft_status
working_file(struct efti_working *w, const char *path, eft_error *err)
{
    efti_put(&w->path, path, strlen(path) + 1);
    if (w->path.failed)
        return efti_no_memory(err, "working.sqlite");
    int fd = open(w->path.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return working_refused(err, SQLITE_CANTOPEN);
    (void)close(fd);
    w->made = true;
    return EFT_OK;
}

eft_status
efti_working_new(const eft_allocator *mem, const char *path, const char *engine,
                 const char *corpus, struct efti_working **out, eft_error *err)
{
    struct efti_working *w = efti_zalloc(mem, 1, sizeof(*w));

    *out = NULL;
    if (w == NULL)
        return efti_no_memory(err, "working.sqlite");
    w->mem = mem;
    efti_bytes_init(&w->path, mem);
    efti_bytes_init(&w->sql, mem);
    efti_put_text(&w->sql, working_views);
    eft_status st = working_file(w, path, err);
    if (st == EFT_OK) {
        int code = working_open(w);
        st = code == SQLITE_OK ? EFT_OK : working_refused(err, code);
    }
    if (st == EFT_OK && (st = working_about(w, "engine", engine, err)) == EFT_OK)
        st = working_about(w, "corpus", corpus, err);
    if (st != EFT_OK) {
        efti_working_free(w);
        return st;
    }
    *out = w;
    return EFT_OK;
}

eft_status
efti_working_reflection(struct efti_working *w, const struct efti_working_reflection *r,
                        eft_error *err)
{
    struct row row = {.stmt = w->add[ADD_REFLECTION]};

    row_number(&row, r->reflection);
    row_text(&row, r->id);
    row_number(&row, r->input);
    row_number(&row, r->row);
    row_number(&row, r->writer);
    if (!r->has_day)
        row_nothing(&row);
    else if (row.code == SQLITE_OK)
        row.code = sqlite3_bind_int(row.stmt, ++row.at, r->day);
    row_text(&row, r->period);
    if (!r->has_feeling)
        row_nothing(&row);
    else if (row.code == SQLITE_OK)
        row.code = sqlite3_bind_double(row.stmt, ++row.at, r->feeling);
    row_number(&row, r->votes);
    return row_done(&row, err);
}

eft_status
efti_working_label(struct efti_working *w, uint64_t reflection, eft_text role,
                   eft_text name, eft_text row_name, eft_error *err)
{
    struct row row = {.stmt = w->add[ADD_LABEL]};

    row_number(&row, reflection);
    row_text(&row, role);
    row_text(&row, name);
    row_text(&row, row_name);
    return row_done(&row, err);
}

eft_status
efti_working_hit(struct efti_working *w, const struct efti_working_hit *h, eft_error *err)
{
    struct row row = {.stmt = w->add[ADD_HIT]};

    row_number(&row, h->reflection);
    row_number(&row, h->number);
    row_text(&row, h->theme);
    row_text(&row, h->entry);
    row_word(&row, h->polarity);
    for (size_t i = 0; i < EFTI_COUNT(h->at); i++) {
        if (h->placed)
            row_number(&row, h->at[i]);
        else
            row_nothing(&row);
    }
    return row_done(&row, err);
}

eft_status
efti_working_facet(struct efti_working *w, const char *table, eft_text role,
                   eft_error *err)
{
    struct row row = {.stmt = w->add[ADD_FACET]};

    /* The name of a table is a slug; the name of a facet is the user's and stays out of
     * the statement. */
    efti_put_text(&w->sql, "CREATE VIEW \"");
    efti_put_text(&w->sql, table);
    efti_put_text(&w->sql,
                  "_texts\" AS SELECT l.row AS label, p.theme, reflection"
                  " FROM labels l JOIN present p USING(reflection)"
                  " WHERE l.role = (SELECT role FROM facets WHERE table_name = '");
    efti_put_text(&w->sql, table);
    efti_put_text(&w->sql, "') AND l.row IS NOT NULL;");
    row_word(&row, table);
    row_text(&row, role);
    return row_done(&row, err);
}

static void
finalize_all(struct efti_working *w)
{
    for (size_t i = 0; i < ADD_COUNT; i++) {
        (void)sqlite3_finalize(w->add[i]);
        w->add[i] = NULL;
    }
}

static bool
working_sync(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        (void)close(fd);
    return ok;
}

eft_status
efti_working_done(struct efti_working *w, eft_error *err)
{
    efti_put_text(&w->sql, "COMMIT");
    efti_put_char(&w->sql, '\0');
    if (w->sql.failed)
        return efti_no_memory(err, "working.sqlite");
    finalize_all(w);
    int code = sqlite3_exec(w->db, w->sql.data, NULL, NULL, NULL);
    int closed = sqlite3_close(w->db);
    w->db = NULL;
    if (code == SQLITE_OK)
        code = closed;
    if (code == SQLITE_OK && !working_sync(w->path.data))
        code = SQLITE_IOERR;
    w->done = code == SQLITE_OK;
    return w->done ? EFT_OK : working_refused(err, code);
}

void
efti_working_free(struct efti_working *w)
{
    if (w == NULL)
        return;
    finalize_all(w);
    (void)sqlite3_close(w->db);
    if (w->made && !w->done)
        (void)unlink(w->path.data);
    efti_bytes_free(&w->path);
    efti_bytes_free(&w->sql);
    efti_release(w->mem, w, sizeof(*w));
}
