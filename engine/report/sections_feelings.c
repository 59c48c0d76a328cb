/*
 * sections_feelings.c - means of the feeling by theme, assignment and tag
 *
 * The themes with the lowest and the highest mean are named; where their intervals meet
 * it is said that the order may be chance. The scale is the one that the table spans.
 */
#include "report/compare.h"

/* The scale is what the steps of feeling_by_theme span. */
static void
feeling_scale(const eft_table *t, struct efti_figure *f)
{
    bool any = false, is_number;

    f->low = 1;
    f->high = 5;
    for (size_t i = 0; i < eft_table_rows(t); i++) {
        double value = efti_number_in(efti_cell(t, i, "feeling"), &is_number);
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
