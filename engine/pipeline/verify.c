/*
 * verify.c - does a finished results folder still say what was released?
 *
 *     run.json ─ hashes ─► every file as it was written
 *     results.sqlite ────► tables/NAME.csv    byte by byte, told by row
 *                    ├───► summary.json       value by value
 *                    ├───► manifest.json      k, hidden cells
 *                    └───► itself             a hidden row has no number; a shown one
 *                                             stands on k writers, or says at least k
 *
 * The hashes lie beside what they are hashes of, so this finds accidents and edits by
 * hand, not somebody who makes all of it anew: for that, keep run.json elsewhere.
 *
 * The folder may be anybody's: names out of run.json are looked at before they are opened
 * or told, and nothing of a file's content is ever told, only where it differs.
 */
#include "pipeline/pipeline.h"

#include "base/context.h"
#include "export/export.h"
#include "read/json.h"
#include "store/store.h"

#include <stdio.h>

struct verify {
    const eft_allocator *mem;
    const char *folder;
    eft_finding_fn fn;
    void *user;
    uint64_t found;
    struct eft_results *results;
    struct efti_bytes file, made; /* as it is; as it should be */
};

static eft_status
tell(struct verify *v, const char *file, uint64_t row, const char *what, eft_error *err)
{
    v->found++;
    return v->fn == NULL ? EFT_OK
                         : efti_callback_answer(v->fn(v->user, file, row, what),
                                                "the receiver of the findings", err);
}

/* The whole file into v->file, if it can be read. */
static eft_status
get_file(struct verify *v, const char *name, bool *there, eft_error *err)
{
    struct efti_bytes path;
    eft_error inner = {0};

    efti_bytes_free(&v->file);
    efti_bytes_init(&v->file, v->mem);
    eft_status st = efti_path_in(v->mem, v->folder, name, &path, &inner);
    if (st == EFT_OK)
        st = efti_file_get(path.data, &v->file, &inner);
    efti_bytes_free(&path);
    *there = st == EFT_OK;
    return st == EFT_E_NOMEM ? efti_fail(err, st, inner.offset, "%s", inner.message)
                             : EFT_OK;
}

/* A name that `analyse` could have given: no way out of the folder, nothing to print. */
static bool
is_file_name(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-./");

    return n > 0 && n < 200 && name[n] == '\0' && name[0] != '/' && name[0] != '.' &&
           strstr(name, "..") == NULL;
}

static eft_status
parse_file(struct verify *v, const char *name, json_t **out, eft_error *err)
{
    bool there;
    eft_status st = get_file(v, name, &there, err);

    *out = NULL;
    if (st != EFT_OK || !there)
        return st != EFT_OK ? st
                            : tell(v, name, 0, "is not there, or cannot be read", err);
    st = efti_json_parse((eft_text){v->file.data, v->file.size}, JSON_REJECT_DUPLICATES,
                         out, NULL, err);
    if (st == EFT_OK && !json_is_object(*out)) {
        json_decref(*out);
        *out = NULL;
        st = tell(v, name, 0, "is no JSON object", err);
    }
    return st;
}

/* -------------------------------------------------------------------- hashes */

static eft_status
check_hash(struct verify *v, const char *name, const char *expected, eft_error *err)
{
    unsigned char sum[32];
    char hex[65];
    bool there;

    if (!is_file_name(name))
        return tell(v, "run.json", 0, "names a file that is none of ours", err);
    eft_status st = get_file(v, name, &there, err);
    if (st != EFT_OK || !there)
        return st != EFT_OK ? st
                            : tell(v, name, 0, "is not there, or cannot be read", err);
    efti_sha256(v->file.data, v->file.size, sum);
    efti_hex(sum, sizeof(sum), hex);
    if (expected != NULL && strcmp(hex, expected) == 0)
        return EFT_OK;
    bool report = strcmp(name, "report.html") == 0;
    return tell(v, name, 0,
                report ? "is not the one that was written (drawn again?)"
                       : "is not the one that was written",
                err);
}

static eft_status
check_hashes(struct verify *v, eft_error *err)
{
    json_t *run, *value;
    const char *name;
    eft_status st = parse_file(v, "run.json", &run, err);

    if (st != EFT_OK || run == NULL)
        return st;
    json_t *files = json_object_get(run, "files");
    if (!json_is_object(files) || json_object_size(files) == 0)
        st = tell(v, "run.json", 0, "has no hashes", err);
    else
        json_object_foreach(files, name, value)
        {
            if (st == EFT_OK)
                st = check_hash(v, name, json_string_value(value), err);
        }
    json_decref(run);
    return st;
}

/* ------------------------------------------------------------------------ CSV */

/* The row (the heading is 1) in which two CSV files differ first. */
static uint64_t
row_of_difference(const struct efti_bytes *a, const struct efti_bytes *b)
{
    uint64_t row = 1;
    bool quoted = false;

    for (size_t i = 0; i < a->size && i < b->size && a->data[i] == b->data[i]; i++) {
        quoted = quoted != (a->data[i] == '"');
        row += a->data[i] == '\n' && !quoted;
    }
    return row;
}

static eft_status
check_csv(struct verify *v, const eft_table *t, eft_error *err)
{
    char name[200];
    int n = snprintf(name, sizeof(name), "tables/%s.csv", eft_table_name(t));

    if (n < 0 || (size_t)n >= sizeof(name) || !is_file_name(name))
        return tell(v, "results.sqlite", 0, "has a table that is none of ours", err);
    bool there;
    eft_status st = get_file(v, name, &there, err);
    if (st != EFT_OK || !there)
        return st != EFT_OK ? st
                            : tell(v, name, 0, "is not there, or cannot be read", err);
    efti_bytes_clear(&v->made);
    st = efti_csv(t, &v->made, err);
    if (st != EFT_OK ||
        efti_equal(v->made.data, v->made.size, v->file.data, v->file.size))
        return st;
    return tell(v, name, row_of_difference(&v->made, &v->file),
                "is not what results.sqlite says", err);
}

/* ------------------------------------------------------------------------ JSON */

/* Numbers are told with ten digits; what they were cut from may differ. */
static bool
same_real(double a, double b)
{
    struct efti_bytes x, y;

    efti_bytes_init(&x, &efti_malloc);
    efti_bytes_init(&y, &efti_malloc);
    efti_put_double(&x, a);
    efti_put_double(&y, b);
    bool same = !x.failed && !y.failed && efti_equal(x.data, x.size, y.data, y.size);
    efti_bytes_free(&x);
    efti_bytes_free(&y);
    return same;
}

static bool
same_value(const eft_table *t, size_t row, size_t column, const json_t *value)
{
    eft_text text;

    if (eft_table_missing(t, row, column))
        return json_is_null(value);
    switch (eft_table_column_type(t, column)) {
    case EFT_TYPE_INTEGER:
        return json_is_integer(value) &&
               json_integer_value(value) == eft_table_integer(t, row, column);
    case EFT_TYPE_REAL:
        return json_is_number(value) &&
               same_real(json_number_value(value), eft_table_real(t, row, column));
    case EFT_TYPE_TEXT:
    default:
        text = eft_table_text(t, row, column);
        return json_is_string(value) &&
               efti_equal(text.bytes, text.size, json_string_value(value),
                          json_string_length(value));
    }
}

static bool
same_row(const eft_table *t, size_t row, const json_t *object)
{
    for (size_t c = 0; c < eft_table_columns(t); c++) {
        if (!same_value(t, row, c, json_object_get(object, eft_table_column_name(t, c))))
            return false;
    }
    return true;
}

static eft_status
check_summary_table(struct verify *v, const eft_table *t, const json_t *table,
                    eft_error *err)
{
    static const char what[] = "is not what results.sqlite says";
    const json_t *rows = json_object_get(table, "rows");
    bool open = eft_table_column_find(t, "shown") == SIZE_MAX;
    size_t count = json_array_size(rows);

    if (json_integer_value(json_object_get(table, "row_count")) !=
            (json_int_t)eft_table_rows(t) ||
        json_integer_value(json_object_get(table, "hidden")) !=
            (json_int_t)eft_table_hidden(t) ||
        count > eft_table_rows(t) || (!open && count < eft_table_rows(t)))
        return tell(v, "summary.json", 0, what, err);
    for (size_t r = 0; r < count; r++) {
        if (!same_row(t, r, json_array_get(rows, r)))
            return tell(v, "summary.json", r + 1, what, err);
    }
    return EFT_OK;
}

static eft_status
check_summary(struct verify *v, eft_error *err)
{
    json_t *summary;
    eft_status st = parse_file(v, "summary.json", &summary, err);

    if (st != EFT_OK || summary == NULL)
        return st;
    if (json_integer_value(json_object_get(summary, "k")) != (json_int_t)v->results->k)
        st = tell(v, "summary.json", 0, "has another k than results.sqlite", err);
    const json_t *tables = json_object_get(summary, "tables");
    for (size_t i = 0; i < eft_results_count(v->results) && st == EFT_OK; i++) {
        const eft_table *t = eft_results_table(v->results, i);
        st = check_summary_table(v, t, json_object_get(tables, eft_table_name(t)), err);
    }
    json_decref(summary);
    return st;
}

static eft_status
check_manifest(struct verify *v, eft_error *err)
{
    json_t *manifest;
    eft_status st = parse_file(v, "manifest.json", &manifest, err);

    if (st != EFT_OK || manifest == NULL)
        return st;
    if (json_integer_value(json_object_get(manifest, "k")) != (json_int_t)v->results->k)
        st = tell(v, "manifest.json", 0, "has another k than results.sqlite", err);
    json_decref(manifest);
    return st;
}

/* ------------------------------------------------------------- what is hidden */

/* Keys, and the size of the label, which is a cell of its own. */
static bool
tells_no_count(const eft_table *t, size_t column)
{
    static const char *const names[] = {
        "shown", "of", "rank", "place", "parties", "of_parties", "interval_parties"};
    const char *name = eft_table_column_name(t, column);

    if (eft_table_column_type(t, column) == EFT_TYPE_TEXT)
        return true;
    for (size_t i = 0; i < EFTI_COUNT(names); i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

/* NULL: the row is as it should be. */
static const char *
fault_of_row(const struct verify *v, const eft_table *t, size_t row, size_t shown)
{
    static const char *const counts[] = {"writers", "writers_min", "reflections"};

    if (shown != SIZE_MAX && eft_table_integer(t, row, shown) != 1) {
        for (size_t c = 0; c < eft_table_columns(t); c++) {
            if (!tells_no_count(t, c) && !eft_table_missing(t, row, c))
                return "is hidden and has a number";
        }
        return NULL;
    }
    for (size_t i = 0; i < EFTI_COUNT(counts); i++) {
        size_t c = eft_table_column_find(t, counts[i]);
        if (c != SIZE_MAX && !eft_table_missing(t, row, c) &&
            eft_table_integer(t, row, c) < (int64_t)v->results->k)
            return "is shown and stands on fewer than k";
    }
    return NULL;
}

static eft_status
check_hidden(struct verify *v, const eft_table *t, eft_error *err)
{
    size_t shown = eft_table_column_find(t, "shown");
    eft_status st = EFT_OK;

    for (size_t row = 0; row < eft_table_rows(t) && st == EFT_OK; row++) {
        const char *fault = fault_of_row(v, t, row, shown);
        if (fault != NULL)
            st = tell(v, eft_table_name(t), row + 1, fault, err);
    }
    return st;
}

/* ---------------------------------------------------------------------- public */

static eft_status
check_tables(struct verify *v, eft_error *err)
{
    struct efti_bytes path;
    eft_error inner = {0};

    eft_status st = efti_path_in(v->mem, v->folder, "results.sqlite", &path, &inner);
    if (st == EFT_OK)
        st = efti_store_read(v->mem, path.data, &v->results, &inner);
    efti_bytes_free(&path);
    if (st == EFT_E_FORMAT || st == EFT_E_IO)
        return tell(v, "results.sqlite", 0, "cannot be read", err);
    if (st != EFT_OK)
        return efti_fail(err, st, inner.offset, "%s", inner.message);
    for (size_t i = 0; i < eft_results_count(v->results) && st == EFT_OK; i++) {
        const eft_table *t = eft_results_table(v->results, i);
        if ((st = check_csv(v, t, err)) == EFT_OK)
            st = check_hidden(v, t, err);
    }
    if (st == EFT_OK && (st = check_summary(v, err)) == EFT_OK)
        st = check_manifest(v, err);
    return st;
}

eft_status
eft_verify_folder(eft_context *ctx, const char *folder, eft_finding_fn fn, void *user,
                  uint64_t *found, eft_error *err)
{
    struct verify v = {
        .mem = efti_context_allocator(ctx), .folder = folder, .fn = fn, .user = user};

    if (found == NULL)
        return efti_left_out(err);
    *found = 0;
    if (ctx == NULL || folder == NULL)
        return efti_left_out(err);
    efti_bytes_init(&v.file, v.mem);
    efti_bytes_init(&v.made, v.mem);
    bool there;
    eft_status st = get_file(&v, "manifest.json", &there, err);
    if (st == EFT_OK && !there)
        st = efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                       "this is no results folder, or not one that you may read: "
                       "manifest.json cannot be read");
    if (st == EFT_OK && (st = check_hashes(&v, err)) == EFT_OK)
        st = check_tables(&v, err);
    eft_results_free(v.results);
    efti_bytes_free(&v.file);
    efti_bytes_free(&v.made);
    *found = v.found;
    return st;
}
