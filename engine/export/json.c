/*
 * json.c - summary.json: every closed table whole, the first rows of open ones
 *
 *     {"k", "audience", "writer_column", "hidden_cells", "missing": [names],
 *      "tables": {name: {"description", "writer_column", "row_count", "hidden",
 *                        "rows": [{column: value or null} ...]}}}
 *
 * Open tables can have hundreds of thousands of rows; whole they are in the CSV files and
 * the database, and row_count tells how many there are. Without a writer column each
 * reflection counts as its own writer: every table carries that mark, so that it is still
 * there when somebody takes one table out.
 */
#include "export/internal.h"

#define OPEN_ROWS 100

static void
put_json_text(struct efti_bytes *out, const char *text)
{
    efti_put_json(out, text, strlen(text));
}

static void
put_json_bool(struct efti_bytes *out, bool value)
{
    efti_put_text(out, value ? "true" : "false");
}

static void
put_json_value(struct efti_bytes *out, const eft_table *t, size_t row, size_t column)
{
    if (eft_table_missing(t, row, column)) {
        efti_put_text(out, "null");
        return;
    }
    eft_text text;
    switch (eft_table_column_type(t, column)) {
    case EFT_TYPE_TEXT:
        text = eft_table_text(t, row, column);
        efti_put_json(out, text.bytes, text.size);
        break;
    case EFT_TYPE_INTEGER: efti_put_i64(out, eft_table_integer(t, row, column)); break;
    case EFT_TYPE_REAL: efti_put_double(out, eft_table_real(t, row, column)); break;
    }
}

static void
put_json_table(struct efti_bytes *out, const eft_table *t, bool writer_column)
{
    size_t rows = eft_table_rows(t);
    bool open = eft_table_column_find(t, "shown") == SIZE_MAX;

    put_json_text(out, eft_table_name(t));
    efti_put_text(out, ": {\"description\": ");
    put_json_text(out, eft_table_description(t));
    efti_put_text(out, ", \"writer_column\": ");
    put_json_bool(out, writer_column);
    efti_put_text(out, ", \"row_count\": ");
    efti_put_u64(out, rows);
    efti_put_text(out, ", \"hidden\": ");
    efti_put_u64(out, eft_table_hidden(t));
    efti_put_text(out, ", \"rows\": [");
    for (size_t r = 0; r < rows && !(open && r == OPEN_ROWS); r++) {
        efti_put_text(out, r == 0 ? "\n    {" : ",\n    {");
        for (size_t c = 0; c < eft_table_columns(t); c++) {
            if (c > 0)
                efti_put_text(out, ", ");
            put_json_text(out, eft_table_column_name(t, c));
            efti_put_text(out, ": ");
            put_json_value(out, t, r, c);
        }
        efti_put_char(out, '}');
    }
    efti_put_text(out, "]}");
}

eft_status
efti_json_summary(const struct eft_results *results, struct efti_bytes *out,
                  eft_error *err)
{
    eft_status st = efti_check_released(results, err);

    if (st != EFT_OK)
        return st;
    efti_put_text(out, "{\n  \"k\": ");
    efti_put_u64(out, results->k);
    efti_put_text(out, ",\n  \"audience\": ");
    put_json_text(out, results->external ? "external" : "internal");
    efti_put_text(out, ",\n  \"writer_column\": ");
    put_json_bool(out, results->writer_column);
    efti_put_text(out, ",\n  \"hidden_cells\": ");
    efti_put_u64(out, results->hidden_cells);
    efti_put_text(out, ",\n  \"missing\": [");
    for (size_t i = 0; i < results->missing.count; i++) {
        if (i > 0)
            efti_put_text(out, ", ");
        put_json_text(out, results->missing.items[i]);
    }
    efti_put_text(out, "],\n  \"tables\": {");
    for (size_t i = 0; i < eft_results_count(results); i++) {
        efti_put_text(out, i == 0 ? "\n  " : ",\n  ");
        put_json_table(out, eft_results_table(results, i), results->writer_column);
    }
    efti_put_text(out, "\n  }\n}\n");
    return out->failed ? efti_no_memory(err, "summary.json") : EFT_OK;
}
