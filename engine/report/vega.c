/*
 * vega.c - a figure as Vega-Lite 5, with its data inside, for restyling
 *
 * The data are long: one object for each shown mark, with row, column, value and
 * interval. A network has no form in Vega-Lite; it is written as its matrix.
 */
#include "report/internal.h"

static void
put_string(struct efti_bytes *b, const char *s)
{
    efti_put_json(b, s, strlen(s));
}

static void
put_vega_member(struct efti_bytes *b, const char *name, double value)
{
    efti_put_text(b, ", \"");
    efti_put_text(b, name);
    efti_put_text(b, "\": ");
    efti_put_double(b, value);
}

static void
put_data(struct efti_bytes *b, const struct efti_figure *f)
{
    bool first = true;

    efti_put_text(b, "\"data\": {\"values\": [");
    for (size_t i = 0; i < f->rows * f->columns; i++) {
        const struct efti_mark *m = &f->marks[i];
        if (!m->shown)
            continue;
        efti_put_text(b, first ? "\n    {\"row\": " : ",\n    {\"row\": ");
        eft_text row = f->row_labels[i / f->columns];
        efti_put_json(b, row.bytes, row.size);
        if (f->column_labels != NULL) {
            eft_text column = f->column_labels[i % f->columns];
            efti_put_text(b, ", \"column\": ");
            efti_put_json(b, column.bytes, column.size);
        }
        put_vega_member(b, "value", m->value);
        if (m->interval) {
            put_vega_member(b, "low", m->low);
            put_vega_member(b, "high", m->high);
        }
        efti_put_char(b, '}');
        first = false;
    }
    efti_put_text(b, "]}");
}

/* "x": {"field": ..., "type": ..., "title": ...}; `format` of an axis may be NULL. */
static void
put_channel(struct efti_bytes *b, const char *channel, const char *field, bool number,
            const char *format)
{
    efti_put_text(b, "\"");
    efti_put_text(b, channel);
    efti_put_text(b, "\": {\"field\": ");
    put_string(b, field);
    efti_put_text(b, number ? ", \"type\": \"quantitative\""
                            : ", \"type\": \"nominal\", \"sort\": null");
    if (format != NULL) {
        efti_put_text(b, ", \"axis\": {\"format\": ");
        put_string(b, format);
        efti_put_char(b, '}');
    }
    efti_put_text(b, ", \"title\": null}");
}

static void
put_layers(struct efti_bytes *b, const struct efti_figure *f, const char *format)
{
    efti_put_text(b, "\"encoding\": {");
    put_channel(b, "y", "row", false, NULL);
    efti_put_text(b, "}, \"layer\": [{\"mark\": ");
    put_string(b, f->kind == EFTI_BARS ? "bar" : "point");
    efti_put_text(b, ", \"encoding\": {");
    put_channel(b, "x", "value", true, format);
    if (f->columns > 1) {
        efti_put_text(b, ", ");
        put_channel(b, "color", "column", false, NULL);
        efti_put_text(b, ", ");
        put_channel(b, "shape", "column", false, NULL);
    }
    efti_put_text(b, "}}, {\"mark\": \"rule\", \"encoding\": {");
    put_channel(b, "x", "low", true, format);
    efti_put_text(b, ", \"x2\": {\"field\": \"high\"}}}]");
}

static void
put_heat(struct efti_bytes *b, const char *format)
{
    efti_put_text(b, "\"encoding\": {");
    put_channel(b, "x", "column", false, NULL);
    efti_put_text(b, ", ");
    put_channel(b, "y", "row", false, NULL);
    efti_put_text(b, "}, \"layer\": [{\"mark\": \"rect\", \"encoding\": {");
    put_channel(b, "color", "value", true, NULL);
    efti_put_text(b, "}}, {\"mark\": \"text\", \"encoding\": {\"text\": {\"field\": "
                     "\"value\", \"type\": \"quantitative\", \"format\": ");
    put_string(b, format);
    efti_put_text(b, "}}}]");
}

static void
put_time(struct efti_bytes *b, const struct efti_figure *f, const char *format)
{
    bool lines = f->kind == EFTI_MULTIPLES;

    if (lines)
        efti_put_text(b, "\"columns\": 3, ");
    efti_put_text(b, lines ? "\"mark\": {\"type\": \"line\", \"point\": true}"
                           : "\"mark\": \"bar\"");
    efti_put_text(b, ", \"encoding\": {");
    if (lines) {
        efti_put_text(b, "\"facet\": {\"field\": \"row\", \"type\": \"nominal\", "
                         "\"sort\": null, \"title\": null}, ");
    }
    put_channel(b, "x", "column", false, NULL);
    efti_put_text(b, ", ");
    put_channel(b, "y", "value", true, format);
    efti_put_char(b, '}');
}

void
efti_figure_vega(struct efti_bytes *b, const struct efti_figure *f)
{
    enum efti_number how = f->rows * f->columns > 0 ? f->marks[0].how : EFTI_WHOLE;
    const char *format =
        how == EFTI_PERCENT || how == EFTI_PERCENT_TENTH || how == EFTI_PERCENT_BARE
            ? ".0%"
        : how == EFTI_WHOLE ? "d"
                            : ".1f";

    efti_put_text(b,
                  "{\n  \"$schema\": "
                  "\"https://vega.github.io/schema/vega-lite/v5.json\",\n  \"title\": ");
    efti_put_json(b, f->title.bytes, f->title.size);
    efti_put_text(b, ",\n  \"description\": ");
    efti_put_json(b, f->description.bytes, f->description.size);
    efti_put_text(b, ",\n  ");
    put_data(b, f);
    efti_put_text(b, ",\n  ");
    if (f->kind == EFTI_BARS || f->kind == EFTI_DOTS)
        put_layers(b, f, format);
    else if (f->kind == EFTI_HEAT || f->kind == EFTI_NETWORK)
        put_heat(b, format);
    else
        put_time(b, f, format);
    efti_put_text(b, "\n}\n");
}
