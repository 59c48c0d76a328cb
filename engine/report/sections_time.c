/*
 * sections_time.c - themes over periods, and between years
 *
 * Time has tests of trend: what they are sure of is told, and that it may have other
 * causes. Between years nothing is tested: two shares are told apart only where their
 * intervals do not meet.
 */
#include "report/compare.h"

#include <math.h>

/* ------------------------------------------------------------------ time */

static bool
is_year(eft_text t)
{
    bool is_number;

    (void)efti_number_in(t, &is_number);
    return is_number && t.size == 4;
}

bool
efti_has_time(const struct efti_page *p)
{
    const eft_table *t = eft_results_find(p->results, "trend");

    return t != NULL && eft_table_rows(t) > 0 &&
           !efti_same(efti_cell(t, 0, "period"),
                      efti_cell(t, eft_table_rows(t) - 1, "period"));
}

bool
efti_has_years(const struct efti_page *p)
{
    return efti_has_time(p) &&
           is_year(efti_cell(eft_results_find(p->results, "trend"), 0, "period"));
}

/* Reflections per period, where the overview has them. */
static void
put_timeline(struct efti_page *p)
{
    size_t rows = p->overview == NULL ? 0 : eft_table_rows(p->overview), n = 0;
    eft_text *labels = efti_page_array(p, rows, sizeof(*labels));
    struct efti_mark *marks = efti_page_array(p, rows, sizeof(*marks));
    struct efti_figure f = {.kind = EFTI_TIMELINE,
                            .id = "timeline",
                            .rows = 1,
                            .title = efti_text_of(efti_word(p, EFTI_MSG_T_TIMELINE)),
                            .row_labels = &f.title};

    for (size_t i = 0; i < rows && !p->failed; i++) {
        if (!efti_is(efti_cell(p->overview, i, "scope"), "period"))
            continue;
        labels[n] = efti_period(p, efti_cell(p->overview, i, "label"), true);
        marks[n] = efti_mark_of(p->overview, i, "reflections", NULL, NULL, EFTI_WHOLE);
        f.high = marks[n].value > f.high ? marks[n].value : f.high;
        n++;
    }
    if (p->failed || n < 2)
        return;
    f.columns = n;
    f.column_labels = labels;
    f.marks = marks;
    f.description = EFTI_PLAIN(p, EFTI_MSG_ALT_TIMELINE, EFTI_NUMBER(n),
                               EFTI_TEXT(labels[0]), EFTI_TEXT(labels[n - 1]));
    efti_put_figure(p, &f, EFTI_MSG_NOTHING);
}

/* Is there a trend of the table with something in the column: a q, or a note why there is
 * none? */
static bool
has_test(const eft_table *t, const char *table, const char *column)
{
    for (size_t i = 0; t != NULL && i < eft_table_rows(t); i++) {
        if (efti_is(efti_cell(t, i, "table_name"), table) &&
            efti_is(efti_cell(t, i, "test"), "trend") && efti_has(t, i, column))
            return true;
    }
    return false;
}

static void
say_time(struct efti_page *p)
{
    const eft_table *t = eft_results_find(p->results, "tests");
    size_t most = t == NULL ? 0 : eft_table_rows(t);
    eft_text *names = efti_page_array(p, most, sizeof(*names));
    size_t up = 0, down = 0;

    if (p->failed)
        return;
    efti_say_open(p);
    if ((up = efti_sure_trends(p, t, "trend", 1, names)) > 0)
        EFTI_SAY(p, EFTI_MSG_TIME_RISES, EFTI_TEXT(efti_list(p, names, up)));
    if ((down = efti_sure_trends(p, t, "trend", -1, names)) > 0)
        EFTI_SAY(p, EFTI_MSG_TIME_FALLS, EFTI_TEXT(efti_list(p, names, down)));
    efti_html_word(p, up + down > 0                  ? EFTI_MSG_TIME_CAUTION
                      : has_test(t, "trend", "q")    ? EFTI_MSG_TIME_NONE
                      : has_test(t, "trend", "note") ? EFTI_MSG_TIME_FEW
                                                     : EFTI_MSG_TIME_UNTESTED);
    efti_say_close(p);
}

void
efti_section_time(struct efti_page *p)
{
    const eft_table *t = eft_results_find(p->results, "trend");
    struct efti_grid g = {.t = t, .row_column = "theme", .column_column = "period"};
    double high = 1;

    efti_section_open(p, "time", EFTI_MSG_H_TIME);
    say_time(p);
    put_timeline(p);
    efti_grid_make(p, &g, 1, 120);
    if (efti_grid_themes(p, &g) > 0 && !p->failed) {
        struct efti_mark *marks = efti_grid_marks(p, &g, "share", &high);
        const eft_text *labels = efti_grid_labels(p, g.rows, g.row_count, "theme");
        struct efti_figure f = {
            .kind = EFTI_MULTIPLES,
            .id = "trend",
            .title = efti_text_of(efti_word(p, EFTI_MSG_T_TREND)),
            .description = EFTI_PLAIN(p, EFTI_MSG_ALT_TREND, EFTI_NUMBER(g.row_count),
                                      EFTI_NUMBER(g.column_count)),
            .rows = g.row_count,
            .columns = g.column_count,
            .row_labels = labels,
            .column_labels = efti_grid_labels(p, g.columns, g.column_count, "period"),
            .marks = marks,
            .high = high};
        for (size_t i = 0; marks != NULL && i < g.row_count * g.column_count; i++)
            f.high = marks[i].interval && marks[i].high > f.high ? marks[i].high : f.high;
        if (!p->failed)
            efti_put_figure(p, &f, EFTI_MSG_N_TREND);
    }
    efti_put_table(p, t, "", (struct efti_rows){0});
    efti_put_table(p, eft_results_find(p->results, "tests"), "-time",
                   (struct efti_rows){.column = "table_name", .value = "trend"});
    efti_section_close(p);
}

/* ------------------------------------------------------------------ years */

/* The theme whose shares of the first and the last year lie farthest apart.
 * Nothing here is tested, so that it is called a difference only where the two
 * intervals do not meet. */
static void
say_years(struct efti_page *p, const struct efti_grid *g, const struct efti_mark *marks)
{
    const struct efti_mark *a = NULL, *b = NULL;
    size_t best = 0;

    for (size_t i = 0; i < g->row_count; i++) {
        const struct efti_mark *first = &marks[i * g->column_count];
        const struct efti_mark *last = first + g->column_count - 1;
        if (!first->shown || !last->shown ||
            (a != NULL && fabs(last->value - first->value) <= fabs(b->value - a->value)))
            continue;
        a = first;
        b = last;
        best = i;
    }
    EFTI_SAY(p, EFTI_MSG_YEARS, EFTI_TEXT(g->columns[0]),
             EFTI_TEXT(g->columns[g->column_count - 1]));
    if (a == NULL)
        return;
    EFTI_SAY(p, EFTI_MSG_YEARS_MOST, EFTI_TEXT(efti_theme_label(p, g->rows[best])),
             EFTI_VALUE(a->table, a->row, a->column, EFTI_PERCENT),
             EFTI_VALUE(b->table, b->row, b->column, EFTI_PERCENT));
    bool apart = a->interval && b->interval && (a->high < b->low || b->high < a->low);
    efti_html_word(p, apart ? EFTI_MSG_YEARS_APART : EFTI_MSG_YEARS_UNSURE);
}

void
efti_section_years(struct efti_page *p)
{
    const eft_table *t = eft_results_find(p->results, "trend");
    struct efti_grid g = {.t = t, .row_column = "theme", .column_column = "period"};
    double high;

    efti_grid_make(p, &g, 1, 120);
    size_t skip = g.column_count > 4 ? g.column_count - 4 : 0; /* the last four */
    g.columns += skip;
    g.column_count -= skip;
    if (p->failed || efti_grid_themes(p, &g) == 0)
        return;
    struct efti_mark *marks = efti_grid_marks(p, &g, "share", &high);
    if (p->failed)
        return;
    efti_section_open(p, "years", EFTI_MSG_H_YEARS);
    efti_say_open(p);
    say_years(p, &g, marks);
    efti_say_close(p);
    struct efti_figure f = {
        .kind = EFTI_DOTS,
        .id = "years",
        .title = efti_text_of(efti_word(p, EFTI_MSG_T_YEARS)),
        .description = EFTI_PLAIN(p, EFTI_MSG_ALT_UNITS, EFTI_NUMBER(g.row_count),
                                  EFTI_NUMBER(g.column_count)),
        .rows = g.row_count,
        .columns = g.column_count,
        .row_labels = efti_grid_labels(p, g.rows, g.row_count, "theme"),
        .column_labels = g.columns,
        .marks = marks};
    f.high = high > 0 ? high : 1;
    for (size_t i = 0; i < g.row_count * g.column_count && g.column_count <= 3; i++)
        f.high = marks[i].interval && marks[i].high > f.high ? marks[i].high : f.high;
    if (!p->failed)
        efti_put_figure(p, &f, EFTI_MSG_N_YEARS);
    efti_put_table(p, t, "-years", (struct efti_rows){.most = 200});
    efti_section_close(p);
}
