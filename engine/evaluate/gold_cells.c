/*
 * gold_cells.c - rows and cells of a table that was kept in a spreadsheet
 *
 *     id;text;oro              a cell ends at the separator or the end of the line; one
 *     P1;"Vi sa ""hej""        that begins with a quote ends at the next single quote,
 *     sen";1                   and may hold both
 *
 * Rows are numbered as the spreadsheet numbers them: the header is one, blank rows count,
 * a cell of several lines is in one row. The whole file is in memory and UTF-8, so this
 * is shorter than the reader of inputs (engine/read), which sets damaged rows aside; a
 * gold file with one is refused.
 */
#include "evaluate/evaluate.h"

#include <strings.h>

/* As many columns as a sheet of Excel has. */
#define MOST_CELLS 16384

void
efti_cells_open(struct efti_cells *c, struct efti_gold *g, char separator)
{
    *c = (struct efti_cells){.g = g, .rest = g->body, .separator = separator};
}

void
efti_cells_close(struct efti_cells *c)
{
    EFTI_ARRAY_FREE(c->g->mem, &c->cells);
}

eft_status
efti_cells_fail(const struct efti_cells *c, const char *what, eft_error *err)
{
    return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "%s, row %u: %s", c->g->name,
                     c->row, what);
}

eft_status
efti_cells_fail_at(const struct efti_cells *c, size_t column, const char *what,
                   eft_error *err)
{
    return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "%s, row %u, column %zu: %s",
                     c->g->name, c->row, column + 1, what);
}

static bool
ends_cell(const struct efti_cells *c, size_t at)
{
    const char *b = c->rest.bytes;

    return at == c->rest.size || b[at] == c->separator || b[at] == '\n' ||
           (b[at] == '\r' && (at + 1 == c->rest.size || b[at + 1] == '\n'));
}

/* The cell behind an opening quote, without its doubled ones; `*at` behind the closing
 * quote and blanks. */
static eft_status
take_quoted(struct efti_cells *c, size_t *at, eft_text *cell, eft_error *err)
{
    const char *b = c->rest.bytes;
    size_t from = ++*at, doubled = 0;

    while (*at < c->rest.size && (b[*at] != '"' || b[*at + 1] == '"')) {
        doubled += b[*at] == '"';
        *at += b[*at] == '"' ? 2 : 1;
    }
    if (*at >= c->rest.size)
        return efti_cells_fail(c, "a quote begins here and never ends", err);
    *cell = (eft_text){b + from, *at - from};
    for (++*at; *at < c->rest.size && b[*at] == ' ';)
        ++*at;
    if (!ends_cell(c, *at))
        return efti_cells_fail(c, "there are letters behind a closing quote", err);
    if (doubled == 0)
        return EFT_OK;
    char *copy = efti_arena_copy(&c->g->arena, cell->bytes, cell->size);
    if (copy == NULL)
        return efti_no_memory(err, "a gold table");
    size_t n = 0;
    for (size_t i = 0; i < cell->size; i++) {
        copy[n++] = cell->bytes[i];
        i += cell->bytes[i] == '"';
    }
    *cell = (eft_text){copy, n};
    return EFT_OK;
}

static eft_status
take_cell(struct efti_cells *c, size_t *at, eft_error *err)
{
    eft_text cell = {0};
    eft_status st = EFT_OK;

    if (c->cells.count == MOST_CELLS)
        return efti_cells_fail(c, "there are more than 16384 columns", err);
    if (*at < c->rest.size && c->rest.bytes[*at] == '"') {
        st = take_quoted(c, at, &cell, err);
    } else {
        size_t from = *at;
        while (!ends_cell(c, *at))
            ++*at;
        cell = (eft_text){c->rest.bytes + from, *at - from};
    }
    if (st != EFT_OK)
        return st;
    if (!EFTI_PUSH(c->g->mem, &c->cells))
        return efti_no_memory(err, "a gold table");
    c->cells.items[c->cells.count - 1] = efti_trim(cell);
    return EFT_OK;
}

/* "sep=;", as Excel writes and reads it before the header. */
static bool
says_separator(const struct efti_cells *c)
{
    const eft_text first = c->cells.items[0];

    return c->row == 1 && first.size >= 4 && memcmp(first.bytes, "sep=", 4) == 0;
}

/* "# koder av två läsare", before the header. */
static bool
is_remark(const struct efti_cells *c)
{
    return c->width == 0 && c->cells.items[0].size > 0 &&
           c->cells.items[0].bytes[0] == '#';
}

static bool
is_blank_row(const struct efti_cells *c)
{
    for (size_t i = 0; i < c->cells.count; i++) {
        if (c->cells.items[i].size > 0)
            return false;
    }
    return true;
}

eft_status
efti_cells_next(struct efti_cells *c, eft_error *err)
{
    do {
        size_t at = 0;
        bool more = true;

        if (c->rest.size == 0)
            return EFT_END;
        c->row++;
        c->cells.count = 0;
        while (more) {
            eft_status st = take_cell(c, &at, err);
            if (st != EFT_OK)
                return st;
            more = at < c->rest.size && c->rest.bytes[at] == c->separator;
            at += more;
        }
        at += at < c->rest.size && c->rest.bytes[at] == '\r';
        at += at < c->rest.size && c->rest.bytes[at] == '\n';
        c->rest.bytes += at;
        c->rest.size -= at;
    } while (is_blank_row(c) || says_separator(c) || is_remark(c));
    if (c->width == 0)
        c->width = c->cells.count;
    if (c->cells.count != c->width)
        return efti_cells_fail(c, "it has not as many cells as the header", err);
    return EFT_OK;
}

size_t
efti_cells_find(const struct efti_cells *c, const char *name)
{
    size_t found = c->cells.count;

    for (size_t i = c->cells.count; i-- > 0;) {
        const eft_text cell = c->cells.items[i];
        if (cell.size == strlen(name) && strncasecmp(cell.bytes, name, cell.size) == 0)
            found = i;
    }
    return found;
}
