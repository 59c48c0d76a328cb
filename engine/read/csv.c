/*
 * csv.c - rows and cells of CSV, TSV and semicolon files (RFC 4180 and what Excel makes)
 *
 *     id;enhet;text            a cell ends at the separator or at CR, LF or CRLF;
 *     1;Norr;"Vi sa ""hej""    a cell that begins with a quote ends at the next single
 *     till varandra";          quote, and may hold all of these
 *
 * A quote inside an unquoted cell is a letter like any other. Behind the closing quote
 * only spaces may stand; else the row is set aside (stray quote), up to its line end.
 *
 * The scanner is a state machine over the row's bytes that stops when the block is used
 * up and goes on with the next, without looking at a byte twice. It keeps places, not
 * copies: a cell is copied only when it is wanted and has doubled quotes or is not UTF-8.
 *
 * An open quote that runs to the end of the file would swallow every row behind it. That
 * row is set aside, and reading goes on behind its first line end. This happens at most
 * once per file: a quoted cell ends at the first run of quotes of odd length, so if it
 * never ends, no later cell can open one that does not end either. A row above
 * EFTI_READ_LARGEST is treated in the same way, which bounds memory.
 *
 * The separator is the one among , ; and TAB with which the header gives most roles, then
 * most cells; Excel's first line "sep=;" decides, and is no row. A header that none of
 * them splits has one column, and then nothing separates: a list of answers, one on each
 * line, is read as it stands. Blank rows (no bytes, or only empty cells in a file of
 * several columns, which Excel leaves behind) are passed over and not numbered.
 */
#include "read/reader.h"

void
efti_csv_free(struct efti_reader *r)
{
    EFTI_ARRAY_FREE(r->mem, &r->csv.cells);
    efti_release(r->mem, r->csv.slots, r->csv.slot_capacity * sizeof *r->csv.slots);
    r->csv.slots = NULL;
    r->csv.slot_capacity = r->csv.columns = 0;
}

static inline bool
csv_is_line_end(char b)
{
    return b == '\n' || b == '\r';
}

static eft_text
csv_cell(const struct efti_reader *r, size_t i)
{
    const struct efti_cell *cell = &r->csv.cells.items[i];
    const char *row = r->source.buffer + r->source.start;

    return (eft_text){row + cell->start, cell->end - cell->start};
}

/* ---------------------------------------------------------------- the header */

/* "sep=;" in the first line, with or without quotes, as Excel writes and reads it. */
static eft_status
csv_take_sep_line(struct efti_reader *r, int *separator, eft_error *err)
{
    struct efti_source *s = &r->source;
    const char *at;
    size_t left, quote;
    int number = 0;
    eft_status status = EFT_OK;

    while (s->end - s->start < 9 && !s->eof && status == EFT_OK)
        status = efti_read_fill(r, err);
    if (status != EFT_OK)
        return status;
    at = s->buffer + s->start;
    left = s->end - s->start;
    quote = left > 0 && at[0] == '"';
    if (left < quote + 5 || (at[quote] | 0x20) != 's' || (at[quote + 1] | 0x20) != 'e' ||
        (at[quote + 2] | 0x20) != 'p' || at[quote + 3] != '=')
        return EFT_OK;
    at += quote + 4;
    left -= quote + 4;
    if ((unsigned char)*at >= 0x80 || csv_is_line_end(*at) ||
        (quote == 1 && (left < 2 || at[1] != '"')))
        return EFT_OK;
    if (left > 1 + quote && !csv_is_line_end(at[1 + quote]))
        return EFT_OK; /* a header that happens to begin so */
    *separator = (unsigned char)*at;
    s->start = (size_t)(at - s->buffer) + 1 + quote;
    status = efti_source_skip_line(s, true, &number);
    return efti_read_source_failed(r, status, number, err);
}

/* Empty lines in front of the header. */
static eft_status
csv_skip_empty_lines(struct efti_reader *r, eft_error *err)
{
    struct efti_source *s = &r->source;

    for (;;) {
        while (s->start < s->end && csv_is_line_end(s->buffer[s->start]))
            s->start++;
        if (s->start < s->end || s->eof)
            return EFT_OK;
        const eft_status status = efti_read_fill(r, err);
        if (status != EFT_OK)
            return status;
    }
}

/* Header texts into the scratch arena, and their roles into csv.slots. A conflict or a
 * missing column is told by the answer; slots are filled all the same. */
static eft_status
csv_header_roles(struct efti_reader *r, eft_text **headers, eft_error *err)
{
    struct efti_csv *c = &r->csv;
    const size_t count = c->cells.count;
    eft_text *texts =
        efti_arena_alloc(&r->scratch, (count + 1) * sizeof *texts, alignof(eft_text));

    if (headers != NULL)
        *headers = texts;
    if (texts == NULL || !efti_reserve(r->mem, (void **)&c->slots, &c->slot_capacity,
                                       count, sizeof *c->slots))
        return efti_no_memory(err, "a header");
    for (size_t i = 0; i < count; i++) {
        const eft_text raw = csv_cell(r, i);
        const eft_status status = efti_record_convert(
            r, raw.bytes, raw.size, c->cells.items[i].doubled, &texts[i], err);
        if (status == EFT_E_ENCODING)
            texts[i] = (eft_text){"", 0};
        else if (status != EFT_OK)
            return status;
    }
    c->columns = count;
    return efti_roles_assign(r, texts, count, c->slots, err);
}

/* How good is this separator? Roles first, then cells; 0 when the header is damaged. */
static eft_status
csv_score(struct efti_reader *r, int separator, size_t *score, eft_error *err)
{
    enum efti_csv_row row;
    eft_status status;

    *score = 0;
    r->csv.separator = separator;
    status = efti_csv_scan_row(r, &row, err);
    if (status != EFT_OK || row != EFTI_CSV_ROW_WHOLE || r->csv.stray)
        return status;
    efti_arena_reset(&r->scratch);
    status = csv_header_roles(r, NULL, err);
    if (status != EFT_OK && status != EFT_E_CONFLICT && status != EFT_E_MISSING)
        return status;
    for (size_t i = 0; i < r->csv.columns; i++)
        *score += r->csv.slots[i].role != EFTI_ROLE_NONE ? EFTI_CSV_MAX_COLUMNS + 1 : 0;
    *score += r->csv.cells.count;
    return EFT_OK;
}

static eft_status
csv_choose_separator(struct efti_reader *r, int *separator, eft_error *err)
{
    static const char candidates[] = {',', ';', '\t'};
    int damaged = EFTI_CSV_NO_SEPARATOR;
    size_t best = 0;
    bool split = false;

    if (r->options.separator != '\0')
        *separator = (unsigned char)r->options.separator;
    if (*separator != EFTI_CSV_NO_SEPARATOR)
        return EFT_OK;
    for (size_t i = 0; i < EFTI_COUNT(candidates); i++) {
        size_t score;
        const eft_status status = csv_score(r, candidates[i], &score, err);
        if (status != EFT_OK)
            return status;
        if (score > best) {
            best = score;
            *separator = (unsigned char)candidates[i];
        }
        if (score == 0)
            damaged = (unsigned char)candidates[i];
        else
            split = split || r->csv.count > 1;
    }
    if (!split) /* one column; or a separator that would make several, but for a quote */
        *separator = damaged;
    return EFT_OK;
}

static eft_status
csv_no_text(struct efti_reader *r, eft_error *err)
{
    return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET,
                     EFTI_READ_AT
                     ": none of its %zu columns is known as the text; see them "
                     "with \"eftertanke columns FILE\" and say --map text=#N",
                     EFTI_READ_PLACE(r), r->csv.columns);
}

/* Separator and header. The header row stays unused, its roles are in csv.slots. */
static eft_status
csv_read_header(struct efti_reader *r, eft_text **headers, eft_error *err)
{
    int separator = EFTI_CSV_NO_SEPARATOR;
    enum efti_csv_row row;
    eft_status status;

    r->csv.keep = EFTI_CSV_MAX_COLUMNS;
    r->csv.no_memory = false;
    status = csv_take_sep_line(r, &separator, err);
    if (status == EFT_OK)
        status = csv_skip_empty_lines(r, err);
    if (status == EFT_OK)
        status = csv_choose_separator(r, &separator, err);
    if (status != EFT_OK)
        return status;
    r->csv.separator = separator;
    status = efti_csv_scan_row(r, &row, err);
    if (status != EFT_OK)
        return status;
    if (row == EFTI_CSV_ROW_NONE)
        return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET,
                         EFTI_READ_AT " is empty: its first row must name the columns",
                         EFTI_READ_PLACE(r));
    if (row != EFTI_CSV_ROW_WHOLE || r->csv.stray)
        return efti_fail(err, EFT_E_FORMAT, r->source.offset + r->source.start,
                         EFTI_READ_AT
                         ": its first row cannot be read: the quotes do not match",
                         EFTI_READ_PLACE(r));
    if (r->csv.count > EFTI_CSV_MAX_COLUMNS)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                         EFTI_READ_AT " has more than %d columns", EFTI_READ_PLACE(r),
                         EFTI_CSV_MAX_COLUMNS);
    efti_arena_reset(&r->scratch);
    return csv_header_roles(r, headers, err);
}

eft_status
efti_csv_open(struct efti_reader *r, bool want_text, eft_error *err)
{
    bool has_text = false;
    const eft_status status = csv_read_header(r, NULL, err);

    if (status != EFT_OK)
        return status;
    for (size_t i = 0; i < r->csv.columns; i++)
        has_text = has_text || r->csv.slots[i].role == EFTI_ROLE_TEXT;
    if (!has_text && want_text)
        return csv_no_text(r, err);
    for (size_t i = 0; i < r->csv.columns; i++) {
        efti_roles_note(r, r->csv.slots[i]);
        r->counts.unknown_columns +=
            r->csv.slots[i].role == EFTI_ROLE_NONE && csv_cell(r, i).size > 0;
    }
    r->source.start += r->csv.at;
    r->csv.keep = r->csv.columns;
    return EFT_OK;
}

eft_status
efti_csv_header(struct efti_reader *r, efti_column_fn fn, void *user, eft_error *err)
{
    eft_text *headers = NULL;
    eft_status status = csv_read_header(r, &headers, err);

    /* what stops an analysis is what one calls this for */
    if (status != EFT_OK &&
        !((status == EFT_E_CONFLICT || status == EFT_E_MISSING) && r->csv.columns > 0))
        return status;
    if (headers == NULL)
        return status;
    for (size_t i = 0; i < r->csv.columns; i++) {
        status =
            fn(user, (uint32_t)(i + 1), headers[i], (enum efti_role)r->csv.slots[i].role);
        if (status != EFT_OK)
            return status == EFT_STOP ? EFT_OK : status;
    }
    return EFT_OK;
}

/* ------------------------------------------------------------------- records */

static bool
csv_is_blank(const struct efti_csv *c)
{
    if (c->text_size == 0)
        return c->columns > 1;
    if (c->columns < 2 || c->count != c->columns)
        return false;
    for (size_t i = 0; i < c->cells.count; i++) {
        if (c->cells.items[i].start != c->cells.items[i].end)
            return false;
    }
    return true;
}

/* What is wrong with the whole row that was scanned? */
static enum efti_reason
csv_fault(const struct efti_reader *r)
{
    const char *row = r->source.buffer + r->source.start;
    const size_t size = r->csv.text_size;

    if (r->source.encoding != EFTI_CP1252 && efti_utf8_valid_prefix(row, size) != size)
        return EFTI_REASON_NOT_UTF8;
    if (r->csv.stray)
        return EFTI_REASON_STRAY_QUOTE;
    if (r->csv.count != r->csv.columns)
        return EFTI_REASON_CELL_COUNT;
    return EFTI_REASON_NONE;
}

/* The cells that have a role; the others are never even copied. */
static eft_status
csv_fields(struct efti_reader *r, struct efti_record *out, eft_error *err)
{
    for (size_t i = 0; i < r->csv.columns; i++) {
        const eft_text raw = csv_cell(r, i);
        eft_text value;
        eft_status status;

        if (r->csv.slots[i].role == EFTI_ROLE_NONE)
            continue;
        status = efti_record_convert(r, raw.bytes, raw.size,
                                     r->csv.cells.items[i].doubled, &value, err);
        if (status != EFT_OK)
            return status;
        efti_record_set(r, out, r->csv.slots[i], value);
    }
    return EFT_OK;
}

/* A row that has no end, or none within the limit: on behind its first line end. */
static eft_status
csv_skip_damaged(struct efti_reader *r, enum efti_csv_row row, eft_error *err)
{
    const enum efti_reason reason =
        row == EFTI_CSV_ROW_OPEN ? EFTI_REASON_OPEN_QUOTE : EFTI_REASON_TOO_LARGE;
    const uint64_t byte = r->source.offset + r->source.start;
    int number = 0;
    const eft_status status = efti_source_skip_line(&r->source, true, &number);

    r->row++;
    if (status != EFT_OK)
        return efti_read_source_failed(r, status, number, err);
    return efti_record_aside(r, byte, reason, err);
}

/* The row that was scanned: a record, or set aside. Uses it up. */
static eft_status
csv_take_row(struct efti_reader *r, struct efti_record *out, bool *given, eft_error *err)
{
    const uint64_t byte = r->source.offset + r->source.start;
    enum efti_reason reason = csv_fault(r);
    eft_status status = EFT_OK;

    r->row++;
    efti_arena_reset(&r->scratch);
    efti_record_begin(r, out, byte);
    if (reason == EFTI_REASON_NONE)
        status = csv_fields(r, out, err);
    r->source.start += r->csv.at; /* the bytes stay where they are until the next fill */
    if (status == EFT_E_ENCODING)
        reason = EFTI_REASON_NOT_UTF8;
    else if (status != EFT_OK)
        return status;
    if (reason != EFTI_REASON_NONE)
        return efti_record_aside(r, byte, reason, err);
    return efti_record_done(r, out, given, err);
}

eft_status
efti_csv_next(struct efti_reader *r, struct efti_record *out, eft_error *err)
{
    bool given = false;

    while (!given) {
        enum efti_csv_row row;
        eft_status status = efti_csv_scan_row(r, &row, err);

        if (status != EFT_OK)
            return status;
        if (row == EFTI_CSV_ROW_NONE)
            return EFT_END;
        if (row != EFTI_CSV_ROW_WHOLE)
            status = csv_skip_damaged(r, row, err);
        else if (csv_is_blank(&r->csv))
            r->source.start += r->csv.at;
        else
            status = csv_take_row(r, out, &given, err);
        if (status != EFT_OK)
            return status;
    }
    return EFT_OK;
}
