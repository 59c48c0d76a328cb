/*
 * csv.c - released tables as CSV (RFC 4180, UTF-8, LF)
 *
 * A missing value is an empty cell. A text that a spreadsheet would run as a formula gets
 * an apostrophe before it; numbers never do.
 */
#include "export/export.h"

static void
put_text_cell(struct efti_bytes *out, eft_text text)
{
    bool formula = text.size > 0 && memchr("=+-@\t\r", text.bytes[0], 6) != NULL;
    bool quote = false;

    for (size_t i = 0; i < text.size && !quote; i++)
        quote = memchr(",\"\n\r", text.bytes[i], 4) != NULL;
    if (quote)
        efti_put_char(out, '"');
    if (formula)
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

eft_status
efti_csv_columns(const struct eft_results *results, struct efti_bytes *out, eft_error *err)
{
    efti_put_text(out, "table,column,type,unit,description\n");
    for (size_t i = 0; i < eft_results_count(results); i++) {
        const eft_table *t = eft_results_table(results, i);
        for (size_t c = 0; c < eft_table_columns(t); c++) {
            put_name_cell(out, eft_table_name(t));
            efti_put_char(out, ',');
            put_name_cell(out, eft_table_column_name(t, c));
            efti_put_char(out, ',');
            efti_put_text(out, type_name(eft_table_column_type(t, c)));
            efti_put_char(out, ',');
            put_name_cell(out, eft_table_column_unit(t, c));
            efti_put_char(out, ',');
            put_name_cell(out, eft_table_column_description(t, c));
            efti_put_char(out, '\n');
        }
    }
    return out->failed ? efti_no_memory(err, "columns.csv") : EFT_OK;
}
