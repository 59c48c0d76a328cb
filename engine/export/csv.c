/*
 * csv.c - released tables as CSV (RFC 4180, UTF-8, LF)
 *
 *     label,shown,reflections         a missing value is an empty cell
 *     "Norr, ""nya""",1,-3            quotes only where a cell needs them
 *     '=SUM(A1),0,                    a text that a spreadsheet would run is defused
 *
 * A text that a spreadsheet would run as a formula gets an apostrophe before it. Numbers
 * never do: a negative one is no formula, and must stay one.
 */
#include "export/internal.h"

#include <stdio.h>

/* What begins a formula in Excel and LibreOffice. Some strip TAB, CR and LF before they
 * look, and East Asian settings read the full-width signs U+FF1D, U+FF0B, U+FF0D and
 * U+FF20 like the ASCII ones (OWASP, "CSV Injection"). */
static bool
runs_as_formula(eft_text text)
{
    if (text.size == 0)
        return false;
    if (text.bytes[0] != '\0' && strchr("=+-@\t\r\n", text.bytes[0]) != NULL)
        return true;
    return text.size >= 3 && (memcmp(text.bytes, "\xEF\xBC\x9D", 3) == 0 ||
                              memcmp(text.bytes, "\xEF\xBC\x8B", 3) == 0 ||
                              memcmp(text.bytes, "\xEF\xBC\x8D", 3) == 0 ||
                              memcmp(text.bytes, "\xEF\xBC\xA0", 3) == 0);
}

static void
put_text_cell(struct efti_bytes *out, eft_text text)
{
    bool quote = false;

    for (size_t i = 0; i < text.size && !quote; i++)
        quote = text.bytes[i] != '\0' && strchr(",\"\n\r", text.bytes[i]) != NULL;
    if (quote)
        efti_put_char(out, '"');
    if (runs_as_formula(text))
        efti_put_char(out, '\'');
    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] == '"')
            efti_put_char(out, '"');
        efti_put_char(out, text.bytes[i]);
    }
    if (quote)
        efti_put_char(out, '"');
}

static void
put_name_cell(struct efti_bytes *out, const char *text)
{
    put_text_cell(out, (eft_text){text, strlen(text)});
}

static void
put_value(struct efti_bytes *out, const eft_table *t, size_t row, size_t column)
{
    if (eft_table_missing(t, row, column))
        return;
    switch (eft_table_column_type(t, column)) {
    case EFT_TYPE_TEXT: put_text_cell(out, eft_table_text(t, row, column)); break;
    case EFT_TYPE_INTEGER: efti_put_i64(out, eft_table_integer(t, row, column)); break;
    case EFT_TYPE_REAL: efti_put_double(out, eft_table_real(t, row, column)); break;
    }
}

eft_status
efti_csv(const eft_table *table, struct efti_bytes *out, eft_error *err)
{
    size_t columns = eft_table_columns(table);

    for (size_t c = 0; c < columns; c++) {
        if (c > 0)
            efti_put_char(out, ',');
        put_name_cell(out, eft_table_column_name(table, c));
    }
    efti_put_char(out, '\n');
    for (size_t r = 0; r < eft_table_rows(table); r++) {
        for (size_t c = 0; c < columns; c++) {
            if (c > 0)
                efti_put_char(out, ',');
            put_value(out, table, r, c);
        }
        efti_put_char(out, '\n');
    }
    return out->failed ? efti_no_memory(err, "a table as CSV") : EFT_OK;
}

static const char *
type_name(eft_type type)
{
    return type == EFT_TYPE_TEXT ? "text" : type == EFT_TYPE_INTEGER ? "integer" : "real";
}

/* The mark of results without a writer column: it reaches every table, for each has a
 * column of writers. */
static void
put_description(struct efti_bytes *out, const char *name, const char *text,
                bool writer_column)
{
    char marked[256];

    if (!writer_column && strncmp(name, "writers", 7) == 0) {
        (void)snprintf(marked, sizeof(marked),
                       "%s; no writer column: each reflection counts as its own writer",
                       text);
        text = marked;
    }
    put_name_cell(out, text);
}

static void
put_column_row(struct efti_bytes *out, const eft_table *t, size_t column,
               bool writer_column)
{
    const char *name = eft_table_column_name(t, column);

    put_name_cell(out, eft_table_name(t));
    efti_put_char(out, ',');
    put_name_cell(out, name);
    efti_put_char(out, ',');
    efti_put_text(out, type_name(eft_table_column_type(t, column)));
    efti_put_char(out, ',');
    put_name_cell(out, eft_table_column_unit(t, column));
    efti_put_char(out, ',');
    put_description(out, name, eft_table_column_description(t, column), writer_column);
    efti_put_char(out, '\n');
}

eft_status
efti_csv_schema(const struct eft_results *results, struct efti_bytes *out, eft_error *err)
{
    eft_status st = efti_check_released(results, err);

    if (st != EFT_OK)
        return st;
    efti_put_text(out, "table,column,type,unit,description\n");
    for (size_t i = 0; i < eft_results_count(results); i++) {
        const eft_table *t = eft_results_table(results, i);
        for (size_t c = 0; c < eft_table_columns(t); c++)
            put_column_row(out, t, c, results->writer_column);
    }
    return out->failed ? efti_no_memory(err, "columns.csv") : EFT_OK;
}
