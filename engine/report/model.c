/*
 * model.c - released tables as the sections ask for them
 *
 * Tables are found by name and read by column; what is not there is missing, so a report
 * can be drawn from results that have fewer tables or columns than this version knows.
 */
#include "report/page.h"

bool
efti_has(const eft_table *t, size_t row, const char *column)
{
    return t != NULL && !eft_table_missing(t, row, eft_table_column_find(t, column));
}

int64_t
efti_int(const eft_table *t, size_t row, const char *column)
{
    return t == NULL ? 0 : eft_table_integer(t, row, eft_table_column_find(t, column));
}

double
efti_real(const eft_table *t, size_t row, const char *column)
{
    return t == NULL ? 0 : eft_table_real(t, row, eft_table_column_find(t, column));
}

double
efti_value(const eft_table *t, size_t row, const char *column)
{
    size_t c = eft_table_column_find(t, column);

    return eft_table_column_type(t, c) == EFT_TYPE_INTEGER
               ? (double)eft_table_integer(t, row, c)
               : eft_table_real(t, row, c);
}

eft_text
efti_cell(const eft_table *t, size_t row, const char *column)
{
    return t == NULL ? (eft_text){"", 0}
                     : eft_table_text(t, row, eft_table_column_find(t, column));
}

double
efti_number_in(eft_text text, bool *is_number)
{
    double value = 0, part = 1;
    bool fraction = false;

    *is_number = text.size > 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.bytes[i];
        if (c >= '0' && c <= '9') {
            part = fraction ? part / 10 : 1;
            value = fraction ? value + part * (c - '0') : value * 10 + (c - '0');
        } else if (c == '.' && !fraction) {
            fraction = true;
        } else {
            *is_number = false;
        }
    }
    return value;
}

bool
efti_is(eft_text text, const char *what)
{
    return efti_equal(text.bytes, text.size, what, strlen(what));
}

bool
efti_same(eft_text a, eft_text b)
{
    return efti_equal(a.bytes, a.size, b.bytes, b.size);
}

bool
efti_shown(const eft_table *t, size_t row)
{
    size_t c = eft_table_column_find(t, "shown");

    return row < eft_table_rows(t) &&
           (c == SIZE_MAX || eft_table_integer(t, row, c) == 1);
}

size_t
efti_row_of(const eft_table *t, size_t from, const char *column_a, eft_text a,
            const char *column_b, const char *b)
{
    for (size_t i = from; t != NULL && i < eft_table_rows(t); i++) {
        if (efti_same(efti_cell(t, i, column_a), a) &&
            (b == NULL || efti_is(efti_cell(t, i, column_b), b)))
            return i;
    }
    return SIZE_MAX;
}

void *
efti_page_array(struct efti_page *p, size_t count, size_t size)
{
    size_t bytes;
    void *at = efti_mul(count == 0 ? 1 : count, size, &bytes)
                   ? efti_arena_alloc(&p->arena, bytes, 16)
                   : NULL;

    if (at == NULL)
        p->failed = true;
    else
        memset(at, 0, bytes);
    return at;
}

const eft_text *
efti_distinct(struct efti_page *p, const eft_table *t, const char *column, size_t most,
              size_t *count)
{
    eft_text *found = efti_page_array(p, most, sizeof(*found));

    *count = 0;
    for (size_t i = 0; found != NULL && t != NULL && i < eft_table_rows(t); i++) {
        eft_text value = efti_cell(t, i, column);
        size_t k = 0;
        while (k < *count && !efti_same(found[k], value))
            k++;
        if (k == *count && *count < most)
            found[(*count)++] = value;
    }
    return found;
}

const eft_table *
efti_facet_table(const struct efti_page *p, const char *prefix, size_t index)
{
    const eft_table *best = NULL, *last = NULL;

    for (size_t n = 0; n <= index; n++, last = best) {
        best = NULL;
        for (size_t i = 0; i < eft_results_count(p->results); i++) {
            const eft_table *t = eft_results_table(p->results, i);
            const char *name = eft_table_name(t);
            if (strncmp(name, prefix, strlen(prefix)) == 0 &&
                (last == NULL || strcmp(name, eft_table_name(last)) > 0) &&
                (best == NULL || strcmp(name, eft_table_name(best)) < 0))
                best = t;
        }
        if (best == NULL)
            return NULL;
    }
    return best;
}

eft_text
efti_theme_label(const struct efti_page *p, eft_text id)
{
    for (size_t i = 0; i < p->theme_count; i++) {
        if (efti_same(p->list[i].id, id))
            return p->list[i].label;
    }
    const eft_table *counts = eft_results_find(p->results, "counts");
    size_t row = efti_row_of(counts, 0, "theme", id, NULL, NULL);
    eft_text label =
        row == SIZE_MAX
            ? id
            : efti_cell(counts, row,
                        p->language == EFTI_ENGLISH ? "label_en" : "label_sv");
    return label.size > 0 ? label : id;
}

eft_text
efti_label(const struct efti_page *p, eft_text label)
{
    return efti_is(label, "other") ? efti_text_of(efti_word(p, EFTI_MSG_OTHER)) : label;
}

eft_text
efti_facet_name(const struct efti_page *p, eft_text facet)
{
    return efti_is(facet, "unit")    ? efti_text_of(efti_word(p, EFTI_MSG_SCOPE_UNIT))
           : efti_is(facet, "party") ? efti_text_of(efti_word(p, EFTI_MSG_SCOPE_PARTY))
                                     : facet;
}

eft_text
efti_facet_of(const struct efti_page *p, eft_text slug)
{
    const eft_table *t;

    for (size_t i = 0; (t = efti_facet_table(p, "themes_by_", i)) != NULL; i++) {
        if (efti_is(slug, eft_table_name(t) + strlen("themes_by_")) &&
            eft_table_rows(t) > 0)
            return efti_facet_name(p, efti_cell(t, 0, "facet"));
    }
    return efti_facet_name(p, slug);
}

struct efti_mark
efti_mark_of(const eft_table *t, size_t row, const char *column, const char *low,
             const char *high, enum efti_number how)
{
    struct efti_mark m = {.how = how};

    if (t == NULL || row == SIZE_MAX || !efti_shown(t, row) || !efti_has(t, row, column))
        return m;
    m.shown = true;
    m.value = efti_value(t, row, column);
    m.table = t;
    m.row = row;
    m.column = column;
    m.interval = low != NULL && efti_has(t, row, low) && efti_has(t, row, high);
    if (m.interval) {
        m.low = efti_real(t, row, low);
        m.high = efti_real(t, row, high);
    }
    return m;
}

/* --------------------------------------------------------------------- themes */

static int
compare_themes(const void *a, const void *b, void *user)
{
    const struct efti_theme *x = a, *y = b;
    const struct efti_page *p = user;
    int64_t i =
        efti_shown(p->themes, x->any) ? efti_int(p->themes, x->any, "reflections") : -1;
    int64_t j =
        efti_shown(p->themes, y->any) ? efti_int(p->themes, y->any, "reflections") : -1;

    if (i != j)
        return i < j ? 1 : -1;
    return efti_compare(x->id.bytes, x->id.size, y->id.bytes, y->id.size);
}

bool
efti_model_make(struct efti_page *p)
{
    const char *label = p->language == EFTI_ENGLISH ? "label_en" : "label_sv";

    p->overview = eft_results_find(p->results, "overview");
    p->themes = eft_results_find(p->results, "themes");
    p->has_quotes = !p->options->no_quotes &&
                    eft_results_find(p->results, "quotes") != NULL &&
                    eft_table_rows(eft_results_find(p->results, "quotes")) > 0;
    size_t rows = p->themes == NULL ? 0 : eft_table_rows(p->themes);
    p->list = efti_page_array(p, rows, sizeof(*p->list));
    for (size_t i = 0; i < rows && p->list != NULL; i++) {
        if (!efti_is(efti_cell(p->themes, i, "polarity"), "any"))
            continue;
        eft_text id = efti_cell(p->themes, i, "theme");
        p->list[p->theme_count++] = (struct efti_theme){
            .id = id,
            .label = efti_cell(p->themes, i, label).size > 0
                         ? efti_cell(p->themes, i, label)
                         : id,
            .any = i,
            .affirmed = efti_row_of(p->themes, 0, "theme", id, "polarity", "affirmed"),
            .negated = efti_row_of(p->themes, 0, "theme", id, "polarity", "negated"),
        };
    }
    if (p->list != NULL)
        efti_sort(p->list, p->theme_count, sizeof(*p->list), compare_themes, p);
    return !p->failed;
}
