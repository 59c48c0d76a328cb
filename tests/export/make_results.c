/*
 * make_results.c - writes the sample as a results folder, for readers in other languages
 *
 *   make_results FOLDER EXPECTED writers|none
 *
 * EXPECTED gets every value once more, straight from the tables, one a line:
 *   table TAB row TAB column TAB type TAB value
 * Texts are in hexadecimal, reals as C99 %a, a missing value is "-".
 */
#include "export/export.h"
#include "store/store.h"
#include "support/sample_results.h"

#include <inttypes.h>
#include <stdlib.h>

static void
print_value(FILE *out, const eft_table *t, size_t row, size_t column)
{
    eft_text text = eft_table_text(t, row, column);

    if (eft_table_missing(t, row, column)) {
        (void)fputs("-", out);
        return;
    }
    switch (eft_table_column_type(t, column)) {
    case EFT_TYPE_INTEGER:
        (void)fprintf(out, "%" PRId64, eft_table_integer(t, row, column));
        break;
    case EFT_TYPE_REAL: (void)fprintf(out, "%a", eft_table_real(t, row, column)); break;
    case EFT_TYPE_TEXT:
        for (size_t i = 0; i < text.size; i++)
            (void)fprintf(out, "%02x", (unsigned)(unsigned char)text.bytes[i]);
        break;
    }
}

static bool
print_expected(const struct eft_results *r, const char *path)
{
    FILE *out = fopen(path, "w");

    if (out == NULL)
        return false;
    for (size_t i = 0; i < eft_results_count(r); i++) {
        const eft_table *t = eft_results_table(r, i);
        for (size_t row = 0; row < eft_table_rows(t); row++) {
            for (size_t c = 0; c < eft_table_columns(t); c++) {
                (void)fprintf(out, "%s\t%zu\t%s\t%d\t", eft_table_name(t), row,
                              eft_table_column_name(t, c),
                              (int)eft_table_column_type(t, c));
                print_value(out, t, row, c);
                (void)fputc('\n', out);
            }
        }
    }
    return fclose(out) == 0;
}

static eft_status
put_tables(struct efti_output *o, const struct eft_results *r, struct efti_bytes *b)
{
    char name[80];
    eft_status st = efti_output_sub(o, "tables", NULL);

    for (size_t i = 0; st == EFT_OK && i < eft_results_count(r); i++) {
        const eft_table *t = eft_results_table(r, i);
        efti_bytes_clear(b);
        st = efti_csv(t, b, NULL);
        (void)snprintf(name, sizeof(name), "tables/%s.csv", eft_table_name(t));
        if (st == EFT_OK)
            st = efti_output_put(o, name, b->data, b->size, false, NULL);
    }
    efti_bytes_clear(b);
    if (st == EFT_OK)
        st = efti_csv_schema(r, b, NULL);
    return st == EFT_OK
               ? efti_output_put(o, "tables/columns.csv", b->data, b->size, false, NULL)
               : st;
}

static eft_status
put_all(struct efti_output *o, const struct eft_results *r, struct efti_bytes *b)
{
    static const char manifest[] = "{\n  \"format\": \"eftertanke-results-1\"\n}\n";
    eft_status st =
        efti_store_write(&efti_malloc, efti_output_path(o, "results.sqlite"), r, NULL);

    if (st == EFT_OK)
        st = put_tables(o, r, b);
    efti_bytes_clear(b);
    if (st == EFT_OK)
        st = efti_json_summary(r, b, NULL);
    if (st == EFT_OK)
        st = efti_output_put(o, "summary.json", b->data, b->size, false, NULL);
    return st == EFT_OK ? efti_output_put(o, "manifest.json", manifest,
                                          sizeof(manifest) - 1, false, NULL)
                        : st;
}

int
main(int argc, char **argv)
{
    struct efti_output *o = NULL;
    struct efti_bytes b;

    if (argc != 4)
        return 2;
    struct eft_results *r = sample_results(&efti_malloc, strcmp(argv[3], "writers") == 0);
    efti_bytes_init(&b, &efti_malloc);
    eft_status st = r == NULL ? EFT_E_NOMEM
                              : efti_output_open(&efti_malloc, argv[1], false, &o, NULL);
    if (st == EFT_OK)
        st = put_all(o, r, &b);
    if (st == EFT_OK)
        st = efti_output_finish(o, NULL);
    efti_output_close(o);
    bool told = st == EFT_OK && print_expected(r, argv[2]);
    efti_bytes_free(&b);
    eft_results_free(r);
    return told ? EXIT_SUCCESS : EXIT_FAILURE;
}
