/*
 * gold_sheet.c - gold as evaluators keep it in a spreadsheet, one thing in each cell
 *
 *     id;oro;ledning;tillit       a column for each theme: 1 it is there, 0 or empty it
 *     P1-001;1;-1;0               is not, -1 or neg it is said to be missing
 *
 *     id;start;end;category       a row for each span; positions in code points. A row
 *     P1-001;0;6;PERSON           with an id alone: read, and nothing in it
 *     P1-002;;;
 *
 * Themes that have no column were judged by nobody, and are not judged here. Every column
 * that is neither id, text, writer nor unit must be a theme, so that no column of another
 * kind (a sex, a year) is taken for codes in silence: efti_gold_check_columns() asks the
 * lexicons. Columns beside those of spans (what stands there, a remark) are passed over.
 */
#include "evaluate/evaluate.h"

#include <strings.h>

enum sheet_kind { SHEET_NONE, SHEET_THEMES, SHEET_SPANS };

/* Places of the columns, `width` of what is not there. */
struct sheet {
    struct efti_gold *g;
    struct efti_cells cells;
    size_t id, text, writer, unit, start, end, category, width;
    bool negated;              /* some cell says so */
    EFTI_ARRAY(uint32_t) docs; /* of each span, in the order of the rows */
    EFTI_ARRAY(struct efti_gold_span) spans;
};

static size_t
find_role(const struct efti_cells *c, enum efti_role role)
{
    size_t i = 0;

    while (i < c->cells.count && efti_role_of(c->cells.items[i]) != role)
        i++;
    return i;
}

/* ------------------------------------------------------------------ which form */

static bool
is_mark(eft_text cell, int *says)
{
    static const struct {
        const char *written;
        int says;
    } marks[] = {{"", 0},     {"0", 0},   {"1", 1},   {"-1", -1},
                 {"neg", -1}, {"0.0", 0}, {"1.0", 1}, {"-1.0", -1}};

    for (size_t i = 0; i < EFTI_COUNT(marks); i++) {
        if (cell.size == strlen(marks[i].written) &&
            strncasecmp(cell.bytes, marks[i].written, cell.size) == 0) {
            *says = marks[i].says;
            return true;
        }
    }
    /* a minus sign as word processors write it */
    *says = -1;
    return efti_equal(cell.bytes, cell.size,
                      "\xE2\x88\x92"
                      "1",
                      4);
}

/* A list of compounds can begin with "id" too; a table of two columns split by a tab is
 * one of codes only where a code follows. */
static bool
second_row_is_codes(struct efti_cells *c, eft_status *st)
{
    int says;

    *st = efti_cells_next(c, NULL);
    return *st != EFT_OK || is_mark(c->cells.items[1], &says);
}

static enum sheet_kind
kind_of_header(const struct efti_cells *c)
{
    size_t none = c->cells.count;

    if (none < 2 || find_role(c, EFTI_ROLE_ID) == none)
        return SHEET_NONE;
    return efti_cells_find(c, "start") < none && efti_cells_find(c, "end") < none &&
                   efti_cells_find(c, "category") < none
               ? SHEET_SPANS
               : SHEET_THEMES;
}

/* What the header says with this separator; one that cannot be read is none. */
static eft_status
kind_with(struct efti_gold *g, char separator, enum sheet_kind *kind, size_t *columns)
{
    struct efti_cells c;

    *kind = SHEET_NONE;
    efti_cells_open(&c, g, separator);
    eft_status st = efti_cells_next(&c, NULL);
    if (st == EFT_OK) {
        *columns = c.cells.count;
        *kind = kind_of_header(&c);
        if (*kind != SHEET_NONE && separator == '\t' && *columns == 2 &&
            !second_row_is_codes(&c, &st))
            *kind = SHEET_NONE;
    }
    efti_cells_close(&c);
    return st == EFT_E_NOMEM ? st : EFT_OK;
}

/* The separator that makes most columns, one of them an id. */
static eft_status
find_kind(struct efti_gold *g, char *separator, enum sheet_kind *kind, eft_error *err)
{
    static const char candidates[] = {';', ',', '\t'};
    size_t most = 1;

    *kind = SHEET_NONE;
    for (size_t i = 0; i < EFTI_COUNT(candidates); i++) {
        enum sheet_kind found;
        size_t columns = 0;
        if (kind_with(g, candidates[i], &found, &columns) != EFT_OK)
            return efti_no_memory(err, "a gold table");
        if (found != SHEET_NONE && columns > most) {
            most = columns;
            *kind = found;
            *separator = candidates[i];
        }
    }
    return EFT_OK;
}

eft_status
efti_gold_is_sheet(struct efti_gold *g, bool *is, eft_error *err)
{
    char separator;
    enum sheet_kind kind;
    eft_status st = find_kind(g, &separator, &kind, err);

    *is = kind != SHEET_NONE;
    return st;
}

/* ----------------------------------------------------------------------- themes */

static eft_status
copy_cell(struct efti_gold *g, eft_text from, eft_text *to, eft_error *err)
{
    char *copy = efti_arena_copy(&g->arena, from.bytes, from.size);

    if (copy == NULL)
        return efti_no_memory(err, "a gold document");
    *to = (eft_text){copy, from.size};
    return EFT_OK;
}

static bool
is_other_column(const struct sheet *s, size_t i)
{
    return i == s->id || i == s->text || i == s->writer || i == s->unit;
}

static eft_status
take_columns(struct sheet *s, eft_error *err)
{
    const struct efti_cells *c = &s->cells;

    for (size_t i = 0; i < s->width; i++) {
        const enum efti_role role = efti_role_of(c->cells.items[i]);
        if (is_other_column(s, i) || c->cells.items[i].size == 0)
            continue;
        if (role == EFTI_ROLE_ID || role == EFTI_ROLE_TEXT || role == EFTI_ROLE_WRITER ||
            role == EFTI_ROLE_UNIT)
            return efti_cells_fail_at(
                c, i, "a second column for id, text, writer or unit", err);
        if (!EFTI_PUSH(s->g->mem, &s->g->columns))
            return efti_no_memory(err, "the gold themes");
        struct efti_gold_column *column = &s->g->columns.items[s->g->columns.count - 1];
        *column = (struct efti_gold_column){.place = (uint32_t)i + 1};
        eft_status st = copy_cell(s->g, c->cells.items[i], &column->theme, err);
        if (st != EFT_OK)
            return st;
    }
    return s->g->columns.count > 0
               ? EFT_OK
               : efti_cells_fail(c, "beside the id there is no column of a theme", err);
}

static eft_status
push_code(struct efti_gold *g, struct efti_gold_part *part, eft_text theme,
          eft_error *err)
{
    if (part->count == 0)
        part->first = (uint32_t)g->names.count;
    if (!EFTI_PUSH(g->mem, &g->names))
        return efti_no_memory(err, "the gold themes");
    g->names.items[g->names.count - 1] = theme;
    part->count++;
    return EFT_OK;
}

/* Themes that are there or said to be missing, or those said to be missing alone. */
static eft_status
take_codes(struct sheet *s, struct efti_gold_part *part, bool missing, eft_error *err)
{
    eft_status st = EFT_OK;

    for (size_t i = 0; i < s->g->columns.count && st == EFT_OK; i++) {
        const struct efti_gold_column *column = &s->g->columns.items[i];
        int says = 0;
        if (!is_mark(s->cells.cells.items[column->place - 1], &says))
            return efti_cells_fail_at(&s->cells, column->place - 1,
                                      "a code is 1 (there), 0 or empty (not there), -1 "
                                      "or neg (said to be missing); other columns than "
                                      "id, text, writer and unit are left out of the "
                                      "table",
                                      err);
        s->negated = s->negated || says < 0;
        if (missing ? says < 0 : says != 0)
            st = push_code(s->g, part, column->theme, err);
    }
    return st;
}

/* A column without a name: what stands there would be lost. */
static eft_status
check_nameless(const struct sheet *s, const eft_text *names, eft_error *err)
{
    for (size_t i = 0; i < s->width; i++) {
        if (names[i].size == 0 && s->cells.cells.items[i].size > 0)
            return efti_cells_fail_at(&s->cells, i, "this column has no name", err);
    }
    return EFT_OK;
}

static struct efti_gold_doc *
add_row(struct sheet *s, eft_error *err)
{
    eft_text id = {0};

    if (s->cells.cells.items[s->id].size == 0) {
        (void)efti_cells_fail_at(&s->cells, s->id, "there is no id", err);
        return NULL;
    }
    if (copy_cell(s->g, s->cells.cells.items[s->id], &id, err) != EFT_OK)
        return NULL;
    return efti_gold_add(s->g, id, s->cells.row, err);
}

static eft_status
take_labels(struct sheet *s, struct efti_gold_doc *doc, eft_error *err)
{
    const eft_text *cells = s->cells.cells.items;
    eft_status st = EFT_OK;

    if (s->text < s->width && cells[s->text].size > 0) {
        doc->has |= EFTI_GOLD_TEXT;
        st = copy_cell(s->g, cells[s->text], &doc->text, err);
    }
    if (st == EFT_OK && s->writer < s->width)
        st = copy_cell(s->g, cells[s->writer], &doc->writer, err);
    if (st == EFT_OK && s->unit < s->width && cells[s->unit].size > 0) {
        s->g->group_name = "unit";
        st = copy_cell(s->g, cells[s->unit], &doc->group, err);
    }
    return st;
}

static eft_status
failed(const eft_error *err)
{
    return err != NULL && err->status != EFT_OK ? err->status : EFT_E_NOMEM;
}

static eft_status
read_themes(struct sheet *s, const eft_text *names, eft_error *err)
{
    eft_status st = take_columns(s, err);

    while (st == EFT_OK && (st = efti_cells_next(&s->cells, err)) == EFT_OK) {
        struct efti_gold_doc *doc = add_row(s, err);
        if (doc == NULL)
            return failed(err);
        doc->has = EFTI_GOLD_THEMES;
        st = check_nameless(s, names, err);
        if (st == EFT_OK)
            st = take_labels(s, doc, err);
        if (st == EFT_OK)
            st = take_codes(s, &doc->themes, false, err);
        if (st == EFT_OK)
            st = take_codes(s, &doc->negated, true, err);
    }
    for (size_t i = 0; i < s->g->docs.count && s->negated; i++)
        s->g->docs.items[i].has |= EFTI_GOLD_NEGATED;
    return st;
}

/* ------------------------------------------------------------------------ spans */

/* "12", and "12.0" as tables are written where some cells are empty. */
static bool
is_position(eft_text cell, uint32_t *out)
{
    uint64_t n = 0;

    if (cell.size > 2 && memcmp(cell.bytes + cell.size - 2, ".0", 2) == 0)
        cell.size -= 2;
    for (size_t i = 0; i < cell.size; i++) {
        if (cell.bytes[i] < '0' || cell.bytes[i] > '9' || n >= UINT32_MAX / 10)
            return false;
        n = n * 10 + (uint64_t)(cell.bytes[i] - '0');
    }
    *out = (uint32_t)n;
    return cell.size > 0;
}

/* Of the row's id: the document, which may have had spans before. */
static eft_status
find_doc(struct sheet *s, uint32_t *out, eft_error *err)
{
    const eft_text id = s->cells.cells.items[s->id];

    *out = efti_strings_find(s->g->ids, id.bytes, id.size);
    if (id.size > 0 && *out != EFTI_NOT_FOUND)
        return EFT_OK;
    struct efti_gold_doc *doc = add_row(s, err);
    if (doc == NULL)
        return failed(err);
    doc->has = EFTI_GOLD_SPANS;
    *out = (uint32_t)s->g->docs.count - 1;
    return EFT_OK;
}

/* A category in any case. */
static eft_status
take_category(struct sheet *s, eft_text cell, eft_text *out, eft_error *err)
{
    char *copy = efti_arena_copy(&s->g->arena, cell.bytes, cell.size);

    if (copy == NULL)
        return efti_no_memory(err, "a gold span");
    for (size_t i = 0; i < cell.size; i++)
        copy[i] =
            (char)(copy[i] >= 'a' && copy[i] <= 'z' ? copy[i] - 'a' + 'A' : copy[i]);
    *out = efti_gold_category((eft_text){copy, cell.size});
    return out->size > 0 ? EFT_OK
                         : efti_cells_fail_at(&s->cells, s->category,
                                              "a category that is none of ours (PERSON, "
                                              "PLACE ...: README, Categories)",
                                              err);
}

static eft_status
take_span(struct sheet *s, eft_error *err)
{
    const eft_text *cells = s->cells.cells.items;
    struct efti_gold_span span = {.line = s->cells.row};
    uint32_t doc = 0;
    eft_status st = find_doc(s, &doc, err);

    if (st != EFT_OK ||
        cells[s->start].size + cells[s->end].size + cells[s->category].size == 0)
        return st;
    if (!is_position(cells[s->start], &span.start))
        return efti_cells_fail_at(&s->cells, s->start, "a position is a whole number",
                                  err);
    if (!is_position(cells[s->end], &span.end))
        return efti_cells_fail_at(&s->cells, s->end, "a position is a whole number", err);
    if (span.start >= span.end)
        return efti_cells_fail(&s->cells, "the span ends before it begins", err);
    st = take_category(s, cells[s->category], &span.label, err);
    if (st != EFT_OK)
        return st;
    if (!EFTI_PUSH(s->g->mem, &s->docs) || !EFTI_PUSH(s->g->mem, &s->spans))
        return efti_no_memory(err, "the gold spans");
    s->docs.items[s->docs.count - 1] = doc;
    s->spans.items[s->spans.count - 1] = span;
    s->g->docs.items[doc].spans.count++;
    return EFT_OK;
}

/* The spans of a document side by side, in the order of their rows. */
static eft_status
gather_spans(struct sheet *s, eft_error *err)
{
    struct efti_gold *g = s->g;
    uint32_t first = 0;

    for (size_t i = 0; i < g->docs.count; i++) {
        g->docs.items[i].spans.first = first;
        first += g->docs.items[i].spans.count;
        g->docs.items[i].spans.count = 0;
    }
    if (first > 0 && !EFTI_ARRAY_RESERVE(g->mem, &g->spans, first))
        return efti_no_memory(err, "the gold spans");
    g->spans.count = first;
    for (size_t i = 0; i < s->spans.count; i++) {
        struct efti_gold_part *part = &g->docs.items[s->docs.items[i]].spans;
        g->spans.items[part->first + part->count++] = s->spans.items[i];
    }
    return EFT_OK;
}

static eft_status
read_spans(struct sheet *s, eft_error *err)
{
    eft_status st = EFT_OK;

    while (st == EFT_OK && (st = efti_cells_next(&s->cells, err)) == EFT_OK)
        st = take_span(s, err);
    return st == EFT_END && gather_spans(s, err) != EFT_OK ? EFT_E_NOMEM : st;
}

/* ------------------------------------------------------------------------ whole */

/* Twice "start" or "id": nobody could tell which one counts. */
static eft_status
check_twice(const struct sheet *s, eft_error *err)
{
    const size_t once[] = {s->id, s->start, s->end, s->category};

    for (size_t k = 0; k < EFTI_COUNT(once); k++) {
        for (size_t i = once[k] + 1; i < s->width; i++) {
            const eft_text a = s->cells.cells.items[once[k]], b = s->cells.cells.items[i];
            if (a.size == b.size && strncasecmp(a.bytes, b.bytes, a.size) == 0)
                return efti_cells_fail_at(&s->cells, i,
                                          "a column of this name stands "
                                          "before it",
                                          err);
        }
    }
    return EFT_OK;
}

static eft_status
read_sheet(struct sheet *s, enum sheet_kind kind, eft_error *err)
{
    struct efti_cells *c = &s->cells;
    eft_status st = efti_cells_next(c, err);

    if (st != EFT_OK)
        return st;
    s->width = c->width;
    s->id = find_role(c, EFTI_ROLE_ID);
    s->text = find_role(c, EFTI_ROLE_TEXT);
    s->writer = find_role(c, EFTI_ROLE_WRITER);
    s->unit = find_role(c, EFTI_ROLE_UNIT);
    s->start = efti_cells_find(c, "start");
    s->end = efti_cells_find(c, "end");
    s->category = efti_cells_find(c, "category");
    if (kind == SHEET_SPANS && (st = check_twice(s, err)) != EFT_OK)
        return st;
    if (kind == SHEET_SPANS)
        return read_spans(s, err);
    eft_text *names =
        efti_arena_alloc(&s->g->arena, s->width * sizeof(*names), alignof(eft_text));
    if (names == NULL)
        return efti_no_memory(err, "a gold table");
    memcpy(names, c->cells.items, s->width * sizeof(*names));
    return read_themes(s, names, err);
}

eft_status
efti_gold_sheet(struct efti_gold *g, eft_error *err)
{
    struct sheet s = {.g = g};
    char separator = ';';
    enum sheet_kind kind;
    eft_status st = find_kind(g, &separator, &kind, err);

    if (st != EFT_OK)
        return st;
    g->in_rows = true;
    efti_cells_open(&s.cells, g, separator);
    st = read_sheet(&s, kind, err);
    efti_cells_close(&s.cells);
    EFTI_ARRAY_FREE(g->mem, &s.docs);
    EFTI_ARRAY_FREE(g->mem, &s.spans);
    return st == EFT_END ? EFT_OK : st;
}
