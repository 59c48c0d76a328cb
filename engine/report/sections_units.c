/*
 * sections_units.c - themes between units and other groups that were named
 *
 * Each facet has its table (`themes_by_...`) and its figure. That the groups differ in a
 * theme is said only where a test of heterogeneity is sure; else there is too little to
 * say.
 */
#include "report/compare.h"

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
        return efti_has(t, i, "q") && efti_real(t, i, "q") < EFTI_SURE ? DIFFERENT
                                                                       : UNSURE;
    }
    return UNTESTED;
}

static void
say_units(struct efti_page *p, const struct efti_grid *g, const eft_text *labels)
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
unit_notes(struct efti_page *p, const struct efti_grid *g)
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
    struct efti_grid g = {.t = t, .row_column = "theme", .column_column = "label"};
    eft_text facet = efti_cell(t, 0, "facet");
    eft_text title =
        efti_is(facet, "unit")
            ? efti_text_of(efti_word(p, EFTI_MSG_T_BY_UNIT))
            : EFTI_PLAIN(p, EFTI_MSG_T_BY_FACET, EFTI_TEXT(efti_facet_name(p, facet)));
    double high;

    efti_grid_make(p, &g, 1, EFTI_MOST_LABELS);
    if (efti_grid_themes(p, &g) == 0 || p->failed)
        return;
    const eft_text *labels = efti_grid_labels(p, g.rows, g.row_count, "theme");
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
            .column_labels = efti_grid_labels(p, g.columns, g.column_count, "label"),
            .marks = efti_grid_marks(p, &g, "share", &high)};
        f.high = high > 0 ? high : 1;
        for (size_t i = 0;
             !p->failed && g.column_count <= 3 && i < g.row_count * g.column_count; i++)
            f.high = f.marks[i].interval && f.marks[i].high > f.high ? f.marks[i].high
                                                                     : f.high;
        if (!p->failed)
            efti_put_figure(p, &f, EFTI_MSG_N_UNITS);
    } else {
        efti_put_heat(p, &g, heat_id, title);
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
