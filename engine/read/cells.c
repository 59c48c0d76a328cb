/*
 * cells.c - where the cells of a row begin and end
 *
 * A state machine over the bytes of one row:
 *
 *     START ──"──► QUOTED ◄──"── QUOTE ──space──► AFTER       QUOTE and AFTER: at a
 *       │             └────"────►  │                │          separator or line end the
 *       ▼                          └───anything─────┴► STRAY   cell is over
 *     PLAIN
 *
 * It stops when the block is used up and goes on with the next, without looking at a byte
 * twice. It keeps places, not copies: they are relative to the row, because a fill moves
 * the buffer.
 *
 * An open quote that runs to the end of the file would swallow every row behind it; the
 * caller sets the row aside and goes on behind its first line end. This happens at most
 * once per file: a quoted cell ends at the first run of quotes of odd length, so if it
 * never ends, no later cell can open one that does not end either.
 */
#include "read/reader.h"

enum cells_scan { CELLS_ROW, CELLS_MORE, CELLS_OPEN };

static void
cells_reset(struct efti_csv *c)
{
    c->cells.count = c->count = 0;
    c->at = c->text_size = 0;
    c->state = EFTI_CSV_START;
    c->stray = false;
}

static void
cells_end_cell(struct efti_reader *r)
{
    struct efti_csv *c = &r->csv;

    c->count++;
    c->state = EFTI_CSV_START;
    if (c->cells.count >= c->keep)
        return;
    if (!EFTI_PUSH(r->mem, &c->cells)) {
        c->no_memory = true;
        return;
    }
    c->cells.items[c->cells.count - 1] = c->cell;
}

/* At a CR or LF that ends the row. CR alone does too, but only the byte
 * behind it tells. */
static enum cells_scan
cells_end_row(struct efti_reader *r, const char *s, size_t size)
{
    struct efti_csv *c = &r->csv;
    const bool cr = s[c->at] == '\r';

    if (cr && c->at + 1 == size && !r->source.eof)
        return CELLS_MORE;
    c->text_size = c->at;
    if (c->state != EFTI_CSV_STRAY)
        cells_end_cell(r);
    c->at += cr && c->at + 1 < size && s[c->at + 1] == '\n' ? 2 : 1;
    return CELLS_ROW;
}

static inline bool
cells_is_line_end(char b)
{
    return b == '\n' || b == '\r';
}

static void
cells_begin_cell(struct efti_csv *c, const char *s)
{
    const bool quoted = s[c->at] == '"';

    c->at += quoted;
    c->cell = (struct efti_cell){c->at, c->at, false};
    c->state = quoted ? EFTI_CSV_QUOTED : EFTI_CSV_PLAIN;
}

/* Behind a quote in a quoted cell: another quote, or the end of the cell, or a fault. */
static void
cells_behind_quote(struct efti_csv *c, char b)
{
    if (b == '"' && c->state == EFTI_CSV_QUOTE) {
        c->cell.doubled = true;
        c->state = EFTI_CSV_QUOTED;
    } else if (b == ' ') {
        c->state = EFTI_CSV_AFTER;
    } else {
        c->stray = true;
        c->state = EFTI_CSV_STRAY;
    }
    c->at++;
}

/* On to the next byte that matters in this state; `size` when there is none. */
static size_t
cells_skip(const struct efti_csv *c, const char *s, size_t size)
{
    size_t at = c->at;

    if (c->state == EFTI_CSV_QUOTED) {
        const char *quote = memchr(s + at, '"', size - at);
        return quote == NULL ? size : (size_t)(quote - s);
    }
    if (c->state == EFTI_CSV_PLAIN) {
        while (at < size && s[at] != c->separator && !cells_is_line_end(s[at]))
            at++;
    } else if (c->state == EFTI_CSV_STRAY) {
        while (at < size && !cells_is_line_end(s[at]))
            at++;
    }
    return at;
}

/* The input ends here. */
static enum cells_scan
cells_end_input(struct efti_reader *r, size_t size)
{
    struct efti_csv *c = &r->csv;

    if (c->state == EFTI_CSV_QUOTED)
        return CELLS_OPEN;
    c->text_size = size;
    if (c->state == EFTI_CSV_START)
        c->cell = (struct efti_cell){size, size, false}; /* behind a last separator */
    if (c->state == EFTI_CSV_PLAIN)
        c->cell.end = size;
    if (c->state != EFTI_CSV_STRAY)
        cells_end_cell(r);
    return CELLS_ROW;
}

/* Go on scanning the row that begins at `s`. */
static enum cells_scan
cells_scan(struct efti_reader *r, const char *s, size_t size)
{
    struct efti_csv *c = &r->csv;

    while (c->at < size) {
        char b;

        if (c->state == EFTI_CSV_START) {
            cells_begin_cell(c, s);
            continue;
        }
        c->at = cells_skip(c, s, size);
        if (c->at == size)
            break;
        b = s[c->at];
        if (c->state == EFTI_CSV_QUOTED) {
            c->cell.end = c->at++;
            c->state = EFTI_CSV_QUOTE;
            continue;
        }
        if (c->state == EFTI_CSV_PLAIN)
            c->cell.end = c->at;
        if (cells_is_line_end(b))
            return cells_end_row(r, s, size);
        if (b == c->separator && c->state != EFTI_CSV_STRAY) {
            cells_end_cell(r);
            c->at++;
        } else {
            cells_behind_quote(c, b);
        }
    }
    return r->source.eof ? cells_end_input(r, size) : CELLS_MORE;
}

/* ------------------------------------------------------------------- one row */

/* Scan the row at the start of the source; nothing is used up yet. */
eft_status
efti_csv_scan_row(struct efti_reader *r, enum efti_csv_row *out, eft_error *err)
{
    struct efti_source *s = &r->source;
    eft_status status = EFT_OK;

    cells_reset(&r->csv);
    *out = EFTI_CSV_ROW_NONE;
    while (s->start == s->end && !s->eof && status == EFT_OK)
        status = efti_read_fill(r, err);
    if (status != EFT_OK || s->start == s->end)
        return status;
    for (;;) {
        const enum cells_scan found =
            cells_scan(r, s->buffer + s->start, s->end - s->start);

        if (r->csv.no_memory)
            return efti_no_memory(err, "a row");
        *out = found == CELLS_OPEN ? EFTI_CSV_ROW_OPEN : EFTI_CSV_ROW_WHOLE;
        if (found != CELLS_MORE)
            return EFT_OK;
        if (r->csv.at > EFTI_READ_LARGEST) {
            *out = EFTI_CSV_ROW_LARGE;
            return EFT_OK;
        }
        status = efti_read_fill(r, err);
        if (status != EFT_OK)
            return status;
    }
}
