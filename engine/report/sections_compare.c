/*
 * sections_compare.c - assignments, feelings, time, units, years
 *
 * Verdicts come from the tests of the release (table `tests`, columns `q`): a difference
 * is called one below 0.05 after adjusting for all that were looked at (Benjamini and
 * Hochberg 1995). Everything else is "too little to say", never "no difference".
 */
#include "report/page.h"

#include <math.h>

#define SURE 0.05
#define MOST_LABELS 40
#define MOST_COLUMNS 18 /* of a heat map; more would be too thin for their numbers */

/* A matrix of two text columns of a table. */
struct grid {
    const eft_table *t;
    const char *row_column, *column_column;
    const eft_text *rows, *columns; /* values */
    size_t row_count, column_count;
};

static void
make_grid(struct efti_page *p, struct grid *g, size_t most_rows, size_t most_columns)
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

/* 1, -1: more or fewer than expected, and sure. */
static int
flag_of(const eft_table *t, size_t row)
{
    if (!efti_has(t, row, "q") || !efti_has(t, row, "residual") ||
        efti_real(t, row, "q") >= SURE)
        return 0;
    return efti_real(t, row, "residual") > 0 ? 1 : -1;
}

static struct efti_mark *
grid_marks(struct efti_page *p, const struct grid *g, const char *column, double *high)
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
        m->flag = m->shown ? flag_of(g->t, i) : 0;
        *high = m->shown && m->value > *high ? m->value : *high;
    }
    return marks;
}

/* Rows of which nothing is shown only take room: the table has them. */
static void
keep_shown_rows(struct efti_page *p, struct grid *g)
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
static size_t
theme_order(struct efti_page *p, struct grid *g)
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
static const eft_text *
grid_labels(struct efti_page *p, const eft_text *values, size_t count, const char *column)
{
    eft_text *labels = efti_page_array(p, count, sizeof(*labels));

    for (size_t i = 0; i < count && labels != NULL; i++)
        labels[i] = strcmp(column, "theme") == 0    ? efti_theme_label(p, values[i])
                    : strcmp(column, "period") == 0 ? efti_period(p, values[i], true)
                                                    : efti_label(p, values[i]);
    return labels;
}

/* Many columns and few rows change places; what is too broad even so is cut, and said. */
static void
fit_columns(struct grid *g)
{
    if (g->column_count > MOST_COLUMNS && g->row_count < g->column_count)
        *g = (struct grid){.t = g->t,
                           .row_column = g->column_column,
                           .column_column = g->row_column,
                           .rows = g->columns,
                           .columns = g->rows,
                           .row_count = g->column_count,
                           .column_count = g->row_count};
    g->column_count = g->column_count > MOST_COLUMNS ? MOST_COLUMNS : g->column_count;
}

static void
put_heat(struct efti_page *p, const struct grid *whole, const char *id, eft_text title)
{
    struct grid own = *whole, *g = &own;
    double high;

    fit_columns(g);
    struct efti_mark *marks = grid_marks(p, g, "share", &high);
    const eft_text *rows = grid_labels(p, g->rows, g->row_count, g->row_column);
    const eft_text *columns =
        grid_labels(p, g->columns, g->column_count, g->column_column);
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

/* ------------------------------------------------------------------ assignments */

/* Themes of which a sure test says more (1) or less (-1) over time. */
static size_t
sure_trends(struct efti_page *p, const eft_table *t, const char *table, int direction,
            eft_text *names)
{
    size_t n = 0;

    for (size_t i = 0; t != NULL && i < eft_table_rows(t); i++) {
        if (efti_is(efti_cell(t, i, "table_name"), table) &&
            efti_is(efti_cell(t, i, "test"), "trend") && efti_has(t, i, "q") &&
            efti_real(t, i, "q") < SURE &&
            (efti_real(t, i, "value") > 0) == (direction > 0))
            names[n++] = efti_theme_label(p, efti_cell(t, i, "subject"));
    }
    return n;
}

/* From the first assignment to the last, where their order is known. */
static void
say_order(struct efti_page *p)
{
    const eft_table *t = eft_results_find(p->results, "tests");
    size_t n, most = t == NULL ? 0 : eft_table_rows(t);
    eft_text *names = efti_page_array(p, most, sizeof(*names));

    if (p->failed)
        return;
    if ((n = sure_trends(p, t, "assignment_themes", 1, names)) > 0)
        EFTI_SAY(p, EFTI_MSG_ORDER_RISES, EFTI_TEXT(efti_list(p, names, n)));
    if ((n = sure_trends(p, t, "assignment_themes", -1, names)) > 0)
        EFTI_SAY(p, EFTI_MSG_ORDER_FALLS, EFTI_TEXT(efti_list(p, names, n)));
}

static void
say_assignments(struct efti_page *p, const eft_table *t)
{
    size_t best = SIZE_MAX, sure = 0;

    for (size_t i = 0; t != NULL && i < eft_table_rows(t); i++) {
        if (!efti_shown(t, i) || efti_is(efti_cell(t, i, "assignment"), "other"))
            continue;
        sure += flag_of(t, i) != 0;
        if (best == SIZE_MAX || efti_real(t, i, "share") > efti_real(t, best, "share"))
            best = i;
    }
    efti_say_open(p);
    if (best == SIZE_MAX)
        EFTI_SAY(p, EFTI_MSG_ASSIGNMENTS_NONE, EFTI_NUMBER(0));
    else
        EFTI_SAY(p, EFTI_MSG_ASSIGNMENTS_TOP, EFTI_TEXT(efti_cell(t, best, "assignment")),
                 EFTI_TEXT(efti_theme_label(p, efti_cell(t, best, "theme"))),
                 EFTI_VALUE(t, best, "reflections", EFTI_WHOLE),
                 EFTI_VALUE(t, best, "of", EFTI_WHOLE));
    if (sure > 0)
        efti_say_count(p, EFTI_MSG_ASSIGNMENTS_SURE_ONE, EFTI_MSG_ASSIGNMENTS_SURE, sure);
    say_order(p);
    efti_say_close(p);
}

void
efti_section_assignments(struct efti_page *p)
{
    const eft_table *tags = eft_results_find(p->results, "assignment_tags");
    const eft_table *themes = eft_results_find(p->results, "assignment_themes");
    struct grid g = {.t = tags, .row_column = "tag", .column_column = "assignment"};

    efti_section_open(p, "assignments", EFTI_MSG_H_ASSIGNMENTS);
    say_assignments(p, themes);
    if (tags != NULL && eft_table_rows(tags) > 0) {
        make_grid(p, &g, 40, MOST_LABELS);
        keep_shown_rows(p, &g);
        put_heat(p, &g, "assignment-tags",
                 efti_text_of(efti_word(p, EFTI_MSG_T_ASSIGNMENT_TAGS)));
    }
    efti_put_table(p, tags, "", (struct efti_rows){0});
    if (themes != NULL && eft_table_rows(themes) > 0) {
        g = (struct grid){
            .t = themes, .row_column = "theme", .column_column = "assignment"};
        make_grid(p, &g, 1, MOST_LABELS);
        (void)theme_order(p, &g);
        put_heat(p, &g, "assignment-themes",
                 efti_text_of(efti_word(p, EFTI_MSG_T_ASSIGNMENT_THEMES)));
    }
    efti_put_table(p, themes, "", (struct efti_rows){0});
    efti_put_table(
        p, eft_results_find(p->results, "tests"), "-order",
        (struct efti_rows){.column = "table_name", .value = "assignment_themes"});
    efti_section_close(p);
}

/* ------------------------------------------------------------------ feelings */

static double
number_in(eft_text text, bool *is_number)
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

/* The scale is what the steps of feeling_by_theme span. */
static void
feeling_scale(const eft_table *t, struct efti_figure *f)
{
    bool any = false, is_number;

    f->low = 1;
    f->high = 5;
    for (size_t i = 0; i < eft_table_rows(t); i++) {
        double value = number_in(efti_cell(t, i, "feeling"), &is_number);
        if (!is_number)
            continue;
        f->low = !any || value < f->low ? value : f->low;
        f->high = !any || value > f->high ? value : f->high;
        any = true;
    }
}

static int
compare_marks(const void *a, const void *b, void *user)
{
    const struct efti_mark *x = a, *y = b;

    (void)user;
    if (x->value < y->value || x->value > y->value)
        return x->value < y->value ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* Means as dots, lowest first. `label`: the column that names a row. */
static bool
put_means(struct efti_page *p, struct efti_mark *marks, size_t n, const char *label,
          struct efti_figure f)
{
    eft_text *labels = efti_page_array(p, n, sizeof(*labels));

    if (p->failed || n < 2)
        return false;
    efti_sort(marks, n, sizeof(*marks), compare_marks, NULL);
    for (size_t i = 0; i < n; i++) {
        eft_text name = efti_cell(marks[i].table, marks[i].row, label);
        labels[i] =
            strcmp(label, "theme") == 0 ? efti_theme_label(p, name) : efti_label(p, name);
    }
    f.kind = EFTI_DOTS;
    f.rows = n;
    f.columns = 1;
    f.row_labels = labels;
    f.marks = marks;
    f.axis = efti_text_of(efti_word(p, EFTI_MSG_FEELING_MEAN));
    f.description =
        EFTI_PLAIN(p, EFTI_MSG_ALT_MEANS, EFTI_TEXT(labels[0]),
                   EFTI_VALUE(marks[0].table, marks[0].row, marks[0].column, EFTI_TENTH),
                   EFTI_TEXT(labels[n - 1]),
                   EFTI_VALUE(marks[n - 1].table, marks[n - 1].row, marks[n - 1].column,
                              EFTI_TENTH));
    efti_put_figure(p, &f, marks[0].interval ? EFTI_MSG_N_MEANS : EFTI_MSG_NOTHING);
    return true;
}

static void
say_feelings(struct efti_page *p, const struct efti_mark *marks, size_t n)
{
    const struct efti_mark *low = &marks[0], *high = &marks[n - 1];

    for (size_t i = 0; i < n; i++) {
        low = marks[i].value < low->value ? &marks[i] : low;
        high = marks[i].value > high->value ? &marks[i] : high;
    }
    EFTI_SAY(p, EFTI_MSG_FEELINGS,
             EFTI_TEXT(efti_theme_label(p, efti_cell(low->table, low->row, "theme"))),
             EFTI_VALUE(low->table, low->row, "mean", EFTI_TENTH),
             EFTI_TEXT(efti_theme_label(p, efti_cell(high->table, high->row, "theme"))),
             EFTI_VALUE(high->table, high->row, "mean", EFTI_TENTH));
    if (!low->interval || !high->interval || low->high >= high->low)
        EFTI_SAY(p, EFTI_MSG_FEELINGS_UNSURE, EFTI_NUMBER(0));
}

/* Shown means of a table into `marks`. */
static size_t
collect_means(const eft_table *t, const char *key, const char *value, const char *column,
              const char *low, const char *high, struct efti_mark *marks)
{
    size_t n = 0;

    for (size_t i = 0; t != NULL && i < eft_table_rows(t); i++) {
        if (!efti_is(efti_cell(t, i, key), value))
            continue;
        marks[n] = efti_mark_of(t, i, column, low, high, EFTI_TENTH);
        n += marks[n].shown;
    }
    return n;
}

void
efti_section_feelings(struct efti_page *p)
{
    const eft_table *t = eft_results_find(p->results, "feeling_by_theme");
    const eft_table *tags = eft_results_find(p->results, "feeling_by_tag");
    const eft_table *tasks = eft_results_find(p->results, "feeling_by_assignment");
    size_t rows = (t == NULL ? 0 : eft_table_rows(t)) +
                  (tags == NULL ? 0 : eft_table_rows(tags)) +
                  (p->overview == NULL ? 0 : eft_table_rows(p->overview)) + 1;
    struct efti_mark *marks = efti_page_array(p, rows, sizeof(*marks));
    struct efti_mark *by = efti_page_array(p, rows, sizeof(*by));
    struct efti_mark *with = efti_page_array(p, rows, sizeof(*with));
    struct efti_figure f = {.id = "feeling-themes", .low = 1, .high = 5};

    if (p->failed)
        return;
    if (t != NULL)
        feeling_scale(t, &f);
    size_t n = collect_means(t, "feeling", "all", "mean", "mean_low", "mean_high", marks);
    size_t m = collect_means(p->overview, "scope", "assignment", "feeling_mean",
                             "feeling_low", "feeling_high", by);
    size_t w =
        collect_means(tags, "feeling", "all", "mean", "mean_low", "mean_high", with);
    efti_section_open(p, "feelings", EFTI_MSG_H_FEELINGS);
    efti_say_open(p);
    if (n >= 2)
        say_feelings(p, marks, n);
    else
        EFTI_SAY(p, EFTI_MSG_FEELINGS_NONE, EFTI_NUMBER(0));
    efti_say_close(p);
    f.title = efti_text_of(efti_word(p, EFTI_MSG_T_FEELING_THEMES));
    (void)put_means(p, marks, n, "theme", f);
    f.id = "feeling-assignments";
    f.title = efti_text_of(efti_word(p, EFTI_MSG_T_FEELING_ASSIGNMENTS));
    (void)put_means(p, by, m, "label", f);
    f.id = "feeling-tags";
    f.title = efti_text_of(efti_word(p, EFTI_MSG_T_FEELING_TAGS));
    (void)put_means(p, with, w, "tag", f);
    if (n > 0)
        efti_put_table(p, t, "", (struct efti_rows){0});
    if (m > 0 && tasks != NULL)
        efti_put_table(p, tasks, "", (struct efti_rows){0});
    if (w > 0)
        efti_put_table(p, tags, "", (struct efti_rows){0});
    efti_section_close(p);
}

/* ------------------------------------------------------------------ time */

static bool
is_year(eft_text t)
{
    bool is_number;

    (void)number_in(t, &is_number);
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
    if ((up = sure_trends(p, t, "trend", 1, names)) > 0)
        EFTI_SAY(p, EFTI_MSG_TIME_RISES, EFTI_TEXT(efti_list(p, names, up)));
    if ((down = sure_trends(p, t, "trend", -1, names)) > 0)
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
    struct grid g = {.t = t, .row_column = "theme", .column_column = "period"};
    double high = 1;

    efti_section_open(p, "time", EFTI_MSG_H_TIME);
    say_time(p);
    put_timeline(p);
    make_grid(p, &g, 1, 120);
    if (theme_order(p, &g) > 0 && !p->failed) {
        struct efti_mark *marks = grid_marks(p, &g, "share", &high);
        const eft_text *labels = grid_labels(p, g.rows, g.row_count, "theme");
        struct efti_figure f = {
            .kind = EFTI_MULTIPLES,
            .id = "trend",
            .title = efti_text_of(efti_word(p, EFTI_MSG_T_TREND)),
            .description = EFTI_PLAIN(p, EFTI_MSG_ALT_TREND, EFTI_NUMBER(g.row_count),
                                      EFTI_NUMBER(g.column_count)),
            .rows = g.row_count,
            .columns = g.column_count,
            .row_labels = labels,
            .column_labels = grid_labels(p, g.columns, g.column_count, "period"),
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

/* ------------------------------------------------------------------ units */

bool
efti_has_units(const struct efti_page *p)
{
    for (size_t i = 0;; i++) {
        const eft_table *t = efti_facet_table(p, "themes_by_", i);
        if (t == NULL)
            return false;
        if (eft_table_rows(t) > 0)
            return true;
    }
}

enum verdict { UNTESTED, UNSURE, DIFFERENT };

static enum verdict
verdict_of(const struct efti_page *p, const eft_table *of, eft_text theme)
{
    const eft_table *t = eft_results_find(p->results, "tests");

    for (size_t i = 0; t != NULL && i < eft_table_rows(t); i++) {
        if (!efti_is(efti_cell(t, i, "test"), "heterogeneity") ||
            !efti_is(efti_cell(t, i, "table_name"), eft_table_name(of)) ||
            !efti_same(efti_cell(t, i, "subject"), theme))
            continue;
        return efti_has(t, i, "q") && efti_real(t, i, "q") < SURE ? DIFFERENT : UNSURE;
    }
    return UNTESTED;
}

static void
say_units(struct efti_page *p, const struct grid *g, const eft_text *labels)
{
    eft_text *names = efti_page_array(p, g->row_count, sizeof(*names));
    size_t sure = 0, tested = 0;

    efti_say_open(p);
    for (size_t i = 0; i < g->row_count && names != NULL; i++) {
        enum verdict v = verdict_of(p, g->t, g->rows[i]);
        tested += v != UNTESTED;
        if (v == DIFFERENT)
            names[sure++] = labels[i];
    }
    if (sure > 0)
        EFTI_SAY(p, EFTI_MSG_UNITS_DIFFER, EFTI_TEXT(efti_list(p, names, sure)));
    if (tested == 0)
        efti_html_word(p, EFTI_MSG_UNITS_UNTESTED);
    else if (sure == 0)
        efti_html_word(p, EFTI_MSG_UNITS_UNSURE);
    else if (sure < g->row_count)
        efti_say_count(p, EFTI_MSG_UNITS_REST_ONE, EFTI_MSG_UNITS_REST,
                       g->row_count - sure);
    efti_say_close(p);
}

static const eft_text *
unit_notes(struct efti_page *p, const struct grid *g)
{
    eft_text *notes = efti_page_array(p, g->row_count, sizeof(*notes));
    bool any = false;

    for (size_t i = 0; i < g->row_count && notes != NULL; i++) {
        enum verdict v = verdict_of(p, g->t, g->rows[i]);
        any = any || v != UNTESTED;
        notes[i] = efti_text_of(efti_word(p, v == DIFFERENT ? EFTI_MSG_VERDICT_DIFFERENCE
                                                            : EFTI_MSG_VERDICT_UNSURE));
    }
    return any ? notes : NULL;
}

/* A few labels as dots on one line; more of them as a heat map. */
static void
put_facet(struct efti_page *p, const eft_table *t, const char *id, const char *heat_id)
{
    struct grid g = {.t = t, .row_column = "theme", .column_column = "label"};
    eft_text facet = efti_cell(t, 0, "facet");
    eft_text title =
        efti_is(facet, "unit")
            ? efti_text_of(efti_word(p, EFTI_MSG_T_BY_UNIT))
            : EFTI_PLAIN(p, EFTI_MSG_T_BY_FACET, EFTI_TEXT(efti_facet_name(p, facet)));
    double high;

    make_grid(p, &g, 1, MOST_LABELS);
    if (theme_order(p, &g) == 0 || p->failed)
        return;
    const eft_text *labels = grid_labels(p, g.rows, g.row_count, "theme");
    if (labels != NULL)
        say_units(p, &g, labels);
    if (g.column_count <= 6) {
        struct efti_figure f = {
            .kind = EFTI_DOTS,
            .id = id,
            .title = title,
            .description = EFTI_PLAIN(p, EFTI_MSG_ALT_UNITS, EFTI_NUMBER(g.row_count),
                                      EFTI_NUMBER(g.column_count)),
            .rows = g.row_count,
            .columns = g.column_count,
            .row_labels = labels,
            .notes = unit_notes(p, &g),
            .column_labels = grid_labels(p, g.columns, g.column_count, "label"),
            .marks = grid_marks(p, &g, "share", &high)};
        f.high = high > 0 ? high : 1;
        for (size_t i = 0;
             !p->failed && g.column_count <= 3 && i < g.row_count * g.column_count; i++)
            f.high = f.marks[i].interval && f.marks[i].high > f.high ? f.marks[i].high
                                                                     : f.high;
        if (!p->failed)
            efti_put_figure(p, &f, EFTI_MSG_N_UNITS);
    } else {
        put_heat(p, &g, heat_id, title);
    }
}

/* "units", "units-1", ... */
static const char *
numbered(struct efti_page *p, const char *stem, size_t number)
{
    char id[32];
    size_t n = strlen(stem);

    memcpy(id, stem, n);
    if (number > 0) {
        id[n++] = '-';
        id[n++] = (char)('0' + number / 10);
        id[n++] = (char)('0' + number % 10);
    }
    const char *kept = efti_arena_copy(&p->arena, id, n);
    p->failed = p->failed || kept == NULL;
    return kept == NULL ? stem : kept;
}

static void
put_tests_of(struct efti_page *p, const eft_table *t, size_t number)
{
    const eft_table *tests = eft_results_find(p->results, "tests");

    for (size_t i = 0; tests != NULL && i < eft_table_rows(tests); i++) {
        if (efti_is(efti_cell(tests, i, "table_name"), eft_table_name(t))) {
            efti_put_table(
                p, tests, numbered(p, "-units", number),
                (struct efti_rows){.column = "table_name", .value = eft_table_name(t)});
            return;
        }
    }
}

void
efti_section_units(struct efti_page *p)
{
    const eft_table *t;

    efti_section_open(p, "units", EFTI_MSG_H_UNITS);
    for (size_t i = 0;
         (t = efti_facet_table(p, "themes_by_", i)) != NULL && !p->failed && i < 100;
         i++) {
        if (eft_table_rows(t) == 0)
            continue;
        const char *id = numbered(p, "units", i);
        put_facet(p, t, id, id);
        efti_put_table(p, t, "", (struct efti_rows){0});
        put_tests_of(p, t, i);
    }
    efti_section_close(p);
}

/* ------------------------------------------------------------------ years */

/* The theme whose shares of the first and the last year lie farthest apart. Nothing here
 * is tested, so that it is called a difference only where the two intervals do not meet.
 */
static void
say_years(struct efti_page *p, const struct grid *g, const struct efti_mark *marks)
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
    struct grid g = {.t = t, .row_column = "theme", .column_column = "period"};
    double high;

    make_grid(p, &g, 1, 120);
    size_t skip = g.column_count > 4 ? g.column_count - 4 : 0; /* the last four */
    g.columns += skip;
    g.column_count -= skip;
    if (p->failed || theme_order(p, &g) == 0)
        return;
    struct efti_mark *marks = grid_marks(p, &g, "share", &high);
    if (p->failed)
        return;
    efti_section_open(p, "years", EFTI_MSG_H_YEARS);
    efti_say_open(p);
    say_years(p, &g, marks);
    efti_say_close(p);
    struct efti_figure f = {.kind = EFTI_DOTS,
                            .id = "years",
                            .title = efti_text_of(efti_word(p, EFTI_MSG_T_YEARS)),
                            .description = EFTI_PLAIN(p, EFTI_MSG_ALT_UNITS,
                                                      EFTI_NUMBER(g.row_count),
                                                      EFTI_NUMBER(g.column_count)),
                            .rows = g.row_count,
                            .columns = g.column_count,
                            .row_labels = grid_labels(p, g.rows, g.row_count, "theme"),
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
