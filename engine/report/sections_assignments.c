/*
 * sections_assignments.c - what is written about in one assignment and not in another
 *
 * A cell that differs from what its row and column let expect is marked only where its
 * test is sure; what rises or falls from the first to the last is told only where the
 * order of the assignments is known.
 */
#include "report/compare.h"

/* From the first assignment to the last, where their order is known. */
static void
say_order(struct efti_page *p)
{
    const eft_table *t = eft_results_find(p->results, "tests");
    size_t n, most = t == NULL ? 0 : eft_table_rows(t);
    eft_text *names = efti_page_array(p, most, sizeof(*names));

    if (p->failed)
        return;
    if ((n = efti_sure_trends(p, t, "assignment_themes", 1, names)) > 0)
        EFTI_SAY(p, EFTI_MSG_ORDER_RISES, EFTI_TEXT(efti_list(p, names, n)));
    if ((n = efti_sure_trends(p, t, "assignment_themes", -1, names)) > 0)
        EFTI_SAY(p, EFTI_MSG_ORDER_FALLS, EFTI_TEXT(efti_list(p, names, n)));
}

static void
say_assignments(struct efti_page *p, const eft_table *t)
{
    size_t best = SIZE_MAX, sure = 0;

    for (size_t i = 0; t != NULL && i < eft_table_rows(t); i++) {
        if (!efti_shown(t, i) || efti_is(efti_cell(t, i, "assignment"), "other"))
            continue;
        sure += efti_flag_of(t, i) != 0;
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
    struct efti_grid g = {.t = tags, .row_column = "tag", .column_column = "assignment"};

    efti_section_open(p, "assignments", EFTI_MSG_H_ASSIGNMENTS);
    say_assignments(p, themes);
    if (tags != NULL && eft_table_rows(tags) > 0) {
        efti_grid_make(p, &g, 40, EFTI_MOST_LABELS);
        efti_grid_keep_shown(p, &g);
        efti_put_heat(p, &g, "assignment-tags",
                      efti_text_of(efti_word(p, EFTI_MSG_T_ASSIGNMENT_TAGS)));
    }
    efti_put_table(p, tags, "", (struct efti_rows){0});
    if (themes != NULL && eft_table_rows(themes) > 0) {
        g = (struct efti_grid){
            .t = themes, .row_column = "theme", .column_column = "assignment"};
        efti_grid_make(p, &g, 1, EFTI_MOST_LABELS);
        (void)efti_grid_themes(p, &g);
        efti_put_heat(p, &g, "assignment-themes",
                      efti_text_of(efti_word(p, EFTI_MSG_T_ASSIGNMENT_THEMES)));
    }
    efti_put_table(p, themes, "", (struct efti_rows){0});
    efti_put_table(
        p, eft_results_find(p->results, "tests"), "-order",
        (struct efti_rows){.column = "table_name", .value = "assignment_themes"});
    efti_section_close(p);
}
