/*
 * table.c - tables of one release: built by rows, read by row and column
 *
 * Values lie row by row. A value is missing until it is set, so a hidden row is a row of
 * which only the keys were set. Setting never answers: the first fault sticks and is
 * told by efti_table_done(), so that code that fills a table reads as a list of columns.
 */
#include "tally/table.h"

#include <math.h>

struct table_value {
    bool present;
    union {
        int64_t integer;
        double real;
        eft_text text;
    } as;
};

struct table_mark {
    uint64_t fresh, release;
    uint32_t fresh_writers;
    bool known, has_moments;
    struct efti_two_digits moments[EFTI_MOMENTS];
};

struct eft_table {
    struct eft_results *results;
    const struct efti_table_schema *schema;
    const char *name;
    size_t rows;
    EFTI_ARRAY(struct table_value) values; /* rows * columns */
    EFTI_ARRAY(struct table_mark) marks;   /* rows */
    uint64_t hidden;
    eft_status fault; /* first one */
};

/* ------------------------------------------------------------------ building */

eft_status
efti_results_new(const eft_allocator *mem, struct eft_results **out, eft_error *err)
{
    *out = NULL;
    struct eft_results *r = efti_zalloc(mem, 1, sizeof(*r));
    if (r == NULL)
        return efti_no_memory(err, "results");
    r->allocator = *mem;
    efti_arena_init(&r->arena, &r->allocator);
    *out = r;
    return EFT_OK;
}

static void
table_free(const eft_allocator *mem, struct eft_table *t)
{
    EFTI_ARRAY_FREE(mem, &t->values);
    EFTI_ARRAY_FREE(mem, &t->marks);
    efti_release(mem, t, sizeof(*t));
}

void
eft_results_free(eft_results *results)
{
    if (results == NULL)
        return;
    eft_allocator mem = results->allocator;
    eft_results_free(results->carried); /* which carries nothing itself */
    eft_results_free(results->beside);
    for (size_t i = 0; i < results->tables.count; i++)
        table_free(&mem, results->tables.items[i]);
    EFTI_ARRAY_FREE(&mem, &results->tables);
    EFTI_ARRAY_FREE(&mem, &results->missing);
    EFTI_ARRAY_FREE(&mem, &results->stood);
    EFTI_ARRAY_FREE(&mem, &results->stood_before);
    efti_arena_free(&results->arena);
    efti_release(&mem, results, sizeof(*results));
}

eft_status
efti_results_take(struct eft_results *r, struct eft_results *from, eft_error *err)
{
    r->beside = from;
    if (!EFTI_ARRAY_RESERVE(&r->allocator, &r->tables,
                            r->tables.count + from->tables.count) ||
        !EFTI_ARRAY_RESERVE(&r->allocator, &r->missing,
                            r->missing.count + from->missing.count))
        return efti_no_memory(err, "tables that were made apart");
    for (size_t i = 0; i < from->tables.count; i++) {
        from->tables.items[i]->results = r;
        r->tables.items[r->tables.count++] = from->tables.items[i];
    }
    for (size_t i = 0; i < from->missing.count; i++)
        r->missing.items[r->missing.count++] = from->missing.items[i];
    r->hidden_cells += from->hidden_cells;
    r->hidden_secondary += from->hidden_secondary;
    from->tables.count = from->missing.count = 0;
    return EFT_OK;
}

eft_status
efti_results_stood(struct eft_results *r, bool before, const struct efti_stood *s,
                   eft_error *err)
{
    char *kind = efti_arena_copy(&r->arena, s->kind.bytes, s->kind.size);
    char *name = efti_arena_copy(&r->arena, s->name.bytes, s->name.size);
    bool room = before ? EFTI_PUSH(&r->allocator, &r->stood_before)
                       : EFTI_PUSH(&r->allocator, &r->stood);

    if (kind == NULL || name == NULL || !room) {
        r->stood_before.count -= room && before;
        r->stood.count -= room && !before;
        return efti_no_memory(err, "what sentences stand for");
    }
    struct efti_stood *to = before ? &r->stood_before.items[r->stood_before.count - 1]
                                   : &r->stood.items[r->stood.count - 1];
    *to = (struct efti_stood){{kind, s->kind.size}, {name, s->name.size}, s->writers};
    return EFT_OK;
}

const struct efti_stood *
efti_results_stood_before(const struct eft_results *r, eft_text kind, eft_text name)
{
    for (size_t i = 0; i < r->stood_before.count; i++) {
        const struct efti_stood *s = &r->stood_before.items[i];
        if (efti_equal(s->kind.bytes, s->kind.size, kind.bytes, kind.size) &&
            efti_equal(s->name.bytes, s->name.size, name.bytes, name.size))
            return s;
    }
    return NULL;
}

eft_status
efti_results_add(struct eft_results *r, enum efti_table_id id, const char *name,
                 struct eft_table **out, eft_error *err)
{
    *out = NULL;
    if ((unsigned)id >= EFTI_TABLE_COUNT)
        return efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET,
                         "no such table in the schema");
    if (!EFTI_ARRAY_RESERVE(&r->allocator, &r->tables, r->tables.count + 1))
        return efti_no_memory(err, "a table");
    const char *kept = efti_schema[id].name;
    if (name != NULL)
        kept = efti_arena_copy(&r->arena, name, strlen(name));
    struct eft_table *t = kept == NULL ? NULL : efti_zalloc(&r->allocator, 1, sizeof(*t));
    if (t == NULL)
        return efti_no_memory(err, "a table");
    t->results = r;
    t->schema = &efti_schema[id];
    t->name = kept;
    r->tables.items[r->tables.count++] = t;
    *out = t;
    return EFT_OK;
}

eft_status
efti_table_row(struct eft_table *t, eft_error *err)
{
    size_t columns = t->schema->column_count, need;

    if (!efti_add(t->values.count, columns, &need) ||
        !EFTI_ARRAY_RESERVE(&t->results->allocator, &t->values, need) ||
        !EFTI_PUSH(&t->results->allocator, &t->marks)) {
        t->fault = EFT_E_NOMEM;
        return efti_no_memory(err, "a row of a table");
    }
    memset(t->values.items + t->values.count, 0, columns * sizeof(*t->values.items));
    t->values.count = need;
    t->marks.items[t->rows++] = (struct table_mark){0};
    return EFT_OK;
}

static struct table_value *
table_slot(struct eft_table *t, const char *column, eft_type type)
{
    size_t at = eft_table_column_find(t, column);

    if (t->fault != EFT_OK)
        return NULL;
    if (t->rows == 0 || at == SIZE_MAX || t->schema->columns[at].type != type) {
        t->fault = EFT_E_INTERNAL;
        return NULL;
    }
    return &t->values.items[(t->rows - 1) * t->schema->column_count + at];
}

void
efti_table_set_text(struct eft_table *t, const char *column, eft_text value)
{
    struct table_value *v = table_slot(t, column, EFT_TYPE_TEXT);

    if (v == NULL)
        return;
    const char *copy = efti_arena_copy(&t->results->arena, value.bytes, value.size);
    if (copy == NULL) {
        t->fault = EFT_E_NOMEM;
        return;
    }
    v->present = true;
    v->as.text = (eft_text){copy, value.size};
}

void
efti_table_set_integer(struct eft_table *t, const char *column, int64_t value)
{
    struct table_value *v = table_slot(t, column, EFT_TYPE_INTEGER);

    if (v == NULL)
        return;
    v->present = true;
    v->as.integer = value;
}

void
efti_table_set_real(struct eft_table *t, const char *column, double value)
{
    struct table_value *v = table_slot(t, column, EFT_TYPE_REAL);

    if (v == NULL)
        return;
    v->present = isfinite(value);
    v->as.real = v->present ? value + 0.0 : 0.0; /* no -0 */
}

void
efti_table_mark(struct eft_table *t, uint64_t fresh, uint32_t fresh_writers)
{
    if (t->rows == 0)
        return;
    struct table_mark *m = &t->marks.items[t->rows - 1];
    m->fresh = fresh;
    m->fresh_writers = fresh_writers;
    m->known = true;
}

bool
efti_table_mark_of(const struct eft_table *t, size_t row, uint64_t *fresh,
                   uint32_t *fresh_writers)
{
    *fresh = t->marks.items[row].fresh;
    *fresh_writers = t->marks.items[row].fresh_writers;
    return t->marks.items[row].known;
}

void
efti_table_set_moments(struct eft_table *t,
                       const struct efti_two_digits moments[EFTI_MOMENTS])
{
    if (t->rows == 0)
        return;
    struct table_mark *m = &t->marks.items[t->rows - 1];
    memcpy(m->moments, moments, sizeof(m->moments));
    m->has_moments = true;
}

const struct efti_two_digits *
efti_table_moments(const struct eft_table *t, size_t row)
{
    const struct table_mark *m = &t->marks.items[row];

    return m->has_moments ? m->moments : NULL;
}

void
efti_table_set_release(struct eft_table *t, uint64_t release)
{
    if (t->rows > 0)
        t->marks.items[t->rows - 1].release = release;
}

uint64_t
efti_table_release(const struct eft_table *t, size_t row)
{
    return t->marks.items[row].release;
}

enum efti_table_id
efti_table_id_of(const struct eft_table *t)
{
    return (enum efti_table_id)(t->schema - efti_schema);
}

eft_status
efti_table_copy_row(struct eft_table *to, const struct eft_table *from, size_t row,
                    uint64_t release, eft_error *err)
{
    size_t columns = to->schema->column_count;
    eft_status st = efti_table_row(to, err);

    if (st != EFT_OK)
        return st;
    for (size_t c = 0; c < columns; c++) {
        struct table_value v = from->values.items[row * columns + c];
        if (v.present && to->schema->columns[c].type == EFT_TYPE_TEXT) {
            v.as.text.bytes =
                efti_arena_copy(&to->results->arena, v.as.text.bytes, v.as.text.size);
            if (v.as.text.bytes == NULL)
                return efti_no_memory(err, "a row of a table");
        }
        to->values.items[(to->rows - 1) * columns + c] = v;
    }
    to->marks.items[to->rows - 1] = from->marks.items[row];
    if (release > 0)
        to->marks.items[to->rows - 1].release = release;
    return EFT_OK;
}

void
efti_table_add_hidden(struct eft_table *t, uint64_t count)
{
    t->hidden += count;
}

eft_status
efti_table_done(struct eft_table *t, eft_error *err)
{
    if (t->fault == EFT_E_NOMEM)
        return efti_no_memory(err, "the values of a table");
    if (t->fault != EFT_OK)
        return efti_fail(err, t->fault, EFT_NO_OFFSET,
                         "table %s: a value that its schema does not know",
                         t->schema->name);
    return EFT_OK;
}

/* ------------------------------------------------------------------- reading */

size_t
eft_results_count(const eft_results *results)
{
    return results == NULL ? 0 : results->tables.count;
}

const eft_table *
eft_results_table(const eft_results *results, size_t index)
{
    return index < eft_results_count(results) ? results->tables.items[index] : NULL;
}

const eft_table *
eft_results_find(const eft_results *results, const char *name)
{
    for (size_t i = 0; name != NULL && i < eft_results_count(results); i++) {
        if (strcmp(results->tables.items[i]->name, name) == 0)
            return results->tables.items[i];
    }
    return NULL;
}

const char *
eft_table_name(const eft_table *table)
{
    return table == NULL ? "" : table->name;
}

const char *
eft_table_description(const eft_table *table)
{
    return table == NULL ? "" : table->schema->description;
}

size_t
eft_table_rows(const eft_table *table)
{
    return table == NULL ? 0 : table->rows;
}

size_t
eft_table_columns(const eft_table *table)
{
    return table == NULL ? 0 : table->schema->column_count;
}

uint64_t
eft_table_hidden(const eft_table *table)
{
    return table == NULL ? 0 : table->hidden;
}

static const struct efti_column *
column_of(const eft_table *table, size_t column)
{
    static const struct efti_column none = {"", EFT_TYPE_TEXT, "", ""};

    return column < eft_table_columns(table) ? &table->schema->columns[column] : &none;
}

const char *
eft_table_column_name(const eft_table *table, size_t column)
{
    return column_of(table, column)->name;
}

eft_type
eft_table_column_type(const eft_table *table, size_t column)
{
    return column_of(table, column)->type;
}

const char *
eft_table_column_unit(const eft_table *table, size_t column)
{
    return column_of(table, column)->unit;
}

const char *
eft_table_column_description(const eft_table *table, size_t column)
{
    return column_of(table, column)->description;
}

size_t
eft_table_column_find(const eft_table *table, const char *name)
{
    for (size_t i = 0; name != NULL && i < eft_table_columns(table); i++) {
        const char *own = table->schema->columns[i].name;

        if (own[0] == name[0] && strcmp(own, name) == 0) /* asked for each cell */
            return i;
    }
    return SIZE_MAX;
}

/* NULL when missing, outside, or (type not 0) of another type. */
static const struct table_value *
value_at(const eft_table *table, size_t row, size_t column, int type)
{
    size_t columns = eft_table_columns(table);

    if (row >= eft_table_rows(table) || column >= columns)
        return NULL;
    if (type != 0 && (int)table->schema->columns[column].type != type)
        return NULL;
    const struct table_value *v = &table->values.items[row * columns + column];
    return v->present ? v : NULL;
}

bool
eft_table_missing(const eft_table *table, size_t row, size_t column)
{
    return value_at(table, row, column, 0) == NULL;
}

int64_t
eft_table_integer(const eft_table *table, size_t row, size_t column)
{
    const struct table_value *v = value_at(table, row, column, EFT_TYPE_INTEGER);

    return v == NULL ? 0 : v->as.integer;
}

double
eft_table_real(const eft_table *table, size_t row, size_t column)
{
    const struct table_value *v = value_at(table, row, column, EFT_TYPE_REAL);

    return v == NULL ? 0.0 : v->as.real;
}

eft_text
eft_table_text(const eft_table *table, size_t row, size_t column)
{
    const struct table_value *v = value_at(table, row, column, EFT_TYPE_TEXT);

    return v == NULL ? (eft_text){"", 0} : v->as.text;
}

uint32_t
eft_results_k(const eft_results *results)
{
    return results == NULL ? 0 : results->k;
}

uint64_t
eft_results_hidden(const eft_results *results)
{
    return results == NULL ? 0 : results->hidden_cells;
}

const char *
eft_results_missing(const eft_results *results, size_t index)
{
    return results != NULL && index < results->missing.count
               ? results->missing.items[index]
               : NULL;
}
