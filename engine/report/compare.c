/*
 * compare.c - two columns of a table as a grid, the grid as a heat map, and what is sure
 *
 * Verdicts come from the tests of the release (table `tests`, columns `q`): a difference
 * is called one below 0.05 after adjusting for all that were looked at (Benjamini and
 * Hochberg 1995). Everything else is "too little to say", never "no difference".
 */
#include "report/compare.h"

#define MOST_COLUMNS 18 /* of a heat map; more would be too thin for their numbers */

/* ------------------------------------------------------------------ what is sure */

/* 1, -1: more or fewer than expected, and sure. */
int
efti_flag_of(const eft_table *t, size_t row)
{
    if (!efti_has(t, row, "q") || !efti_has(t, row, "residual") ||
        efti_real(t, row, "q") >= EFTI_SURE)
        return 0;
    return efti_real(t, row, "residual") > 0 ? 1 : -1;
}

/* Themes of which a sure test says more (1) or less (-1) over time. */
size_t
efti_sure_trends(struct efti_page *p, const eft_table *t, const char *table,
                 int direction, eft_text *names)
{
    size_t n = 0;

    for (size_t i = 0; t != NULL && i < eft_table_rows(t); i++) {
        if (efti_is(efti_cell(t, i, "table_name"), table) &&
            efti_is(efti_cell(t, i, "test"), "trend") && efti_has(t, i, "q") &&
            efti_real(t, i, "q") < EFTI_SURE &&
            (efti_real(t, i, "value") > 0) == (direction > 0))
            names[n++] = efti_theme_label(p, efti_cell(t, i, "subject"));
    }
    return n;
}

/* ------------------------------------------------------------------ grids */

void
efti_grid_make(struct efti_page *p, struct efti_grid *g, size_t most_rows,
               size_t most_columns)
{
    g->rows = efti_distinct(p, g->t, g->row_column, most_rows, &g->row_count);
    g->columns = efti_distinct(p, g->t, g->column_column, most_columns, &g->column_count);
}

static size_t
place_of(const eft_text *values, size_t count, eft_text value)
{
    size_t i = 0;

    while (i < count && !efti_same(values[i], value))
        i++;
    return i;
}

struct efti_mark *
efti_grid_marks(struct efti_page *p, const struct efti_grid *g, const char *column,
                double *high)
{
    struct efti_mark *marks =
        efti_page_array(p, g->row_count * g->column_count, sizeof(*marks));

    *high = 0;
    for (size_t i = 0; i < g->row_count * g->column_count && marks != NULL; i++)
        marks[i] = (struct efti_mark){.how = EFTI_PERCENT};
    for (size_t i = 0; marks != NULL && i < eft_table_rows(g->t); i++) {
        size_t r = place_of(g->rows, g->row_count, efti_cell(g->t, i, g->row_column));
        size_t c =
            place_of(g->columns, g->column_count, efti_cell(g->t, i, g->column_column));
        if (r == g->row_count || c == g->column_count)
            continue;
        struct efti_mark *m = &marks[r * g->column_count + c];
        *m = efti_mark_of(g->t, i, column, "share_low", "share_high", EFTI_PERCENT);
        m->flag = m->shown ? efti_flag_of(g->t, i) : 0;
        *high = m->shown && m->value > *high ? m->value : *high;
    }
    return marks;
}

/* Rows of which nothing is shown only take room: the table has them. */
void
efti_grid_keep_shown(struct efti_page *p, struct efti_grid *g)
{
    eft_text *kept = efti_page_array(p, g->row_count, sizeof(*kept));
    size_t n = 0;

    for (size_t r = 0; r < g->row_count && kept != NULL; r++) {
        bool any = false;
        for (size_t i = 0; i < eft_table_rows(g->t) && !any; i++)
            any = efti_shown(g->t, i) &&
                  efti_same(efti_cell(g->t, i, g->row_column), g->rows[r]);
        if (any)
            kept[n++] = g->rows[r];
    }
    g->rows = kept;
    g->row_count = n;
}

/* Themes by size, those that are shown in some period. */
size_t
efti_grid_themes(struct efti_page *p, struct efti_grid *g)
{
    eft_text *ids = efti_page_array(p, p->theme_count, sizeof(*ids));
    size_t n = 0;

    for (size_t i = 0; i < p->theme_count && ids != NULL; i++) {
        bool any = false;
        for (size_t row = 0; row < eft_table_rows(g->t) && !any; row++)
            any = efti_shown(g->t, row) &&
                  efti_same(efti_cell(g->t, row, g->row_column), p->list[i].id);
        if (any)
            ids[n++] = p->list[i].id;
    }
    g->rows = ids;
    g->row_count = n;
    return n;
}

/* Labels of themes and of what is pooled in the language. */
const eft_text *
efti_grid_labels(struct efti_page *p, const eft_text *values, size_t count,
                 const char *column)
{
    eft_text *labels = efti_page_array(p, count, sizeof(*labels));

    for (size_t i = 0; i < count && labels != NULL; i++)
        labels[i] = strcmp(column, "theme") == 0    ? efti_theme_label(p, values[i])
                    : strcmp(column, "period") == 0 ? efti_period(p, values[i], true)
                                                    : efti_label(p, values[i]);
    return labels;
}

/* ------------------------------------------------------------------ heat maps */

/* Many columns and few rows change places; what is too broad even so is cut, and said. */
static void
fit_columns(struct efti_grid *g)
{
    if (g->column_count > MOST_COLUMNS && g->row_count < g->column_count)
        *g = (struct efti_grid){.t = g->t,
                                .row_column = g->column_column,
                                .column_column = g->row_column,
                                .rows = g->columns,
                                .columns = g->rows,
                                .row_count = g->column_count,
                                .column_count = g->row_count};
    g->column_count = g->column_count > MOST_COLUMNS ? MOST_COLUMNS : g->column_count;
}

void
efti_put_heat(struct efti_page *p, const struct efti_grid *whole, const char *id,
              eft_text title)
{
    struct efti_grid own = *whole, *g = &own;
    double high;

    fit_columns(g);
    struct efti_mark *marks = efti_grid_marks(p, g, "share", &high);
    const eft_text *rows = efti_grid_labels(p, g->rows, g->row_count, g->row_column);
    const eft_text *columns =
        efti_grid_labels(p, g->columns, g->column_count, g->column_column);
    bool flags = false;

    if (p->failed || g->row_count == 0 || g->column_count == 0)
        return;
    for (size_t i = 0; i < g->row_count * g->column_count; i++)
        flags = flags || marks[i].flag != 0;
    struct efti_figure f = {.kind = EFTI_HEAT,
                            .id = id,
                            .title = title,
                            .description = EFTI_PLAIN(p, EFTI_MSG_ALT_HEAT,
                                                      EFTI_NUMBER(g->row_count),
                                                      EFTI_NUMBER(g->column_count)),
                            .rows = g->row_count,
                            .columns = g->column_count,
                            .row_labels = rows,
                            .column_labels = columns,
                            .marks = marks,
                            .high = high > 0 ? high : 1};
    efti_put_figure(p, &f, flags ? EFTI_MSG_N_HEAT_FLAGS : EFTI_MSG_N_HEAT);
    if (g->row_count * g->column_count < whole->row_count * whole->column_count) {
        efti_html(p, "<p class=\"note\">");
        efti_html_word(p, EFTI_MSG_N_HEAT_CUT);
        efti_html(p, "</p>\n");
    }
}
