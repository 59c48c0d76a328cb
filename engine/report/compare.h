/*
 * compare.h - what the sections that compare groups share
 *
 *     compare.c                grids, heat maps, and which tests are sure
 *     sections_assignments.c   between assignments
 *     sections_feelings.c      by what was felt
 *     sections_time.c          over time, and from year to year
 *     sections_units.c         between units and other groups
 */
#ifndef EFTI_REPORT_COMPARE_H
#define EFTI_REPORT_COMPARE_H

#include "report/page.h"

#define EFTI_SURE 0.05 /* of q: below it a difference is called one */
#define EFTI_MOST_LABELS 40

/* A matrix of two text columns of a table. */
struct efti_grid {
    const eft_table *t;
    const char *row_column, *column_column;
    const eft_text *rows, *columns; /* values */
    size_t row_count, column_count;
};

/** Values of both columns in order of rows, at most so many. */
void efti_grid_make(struct efti_page *p, struct efti_grid *g, size_t most_rows,
                    size_t most_columns);
/** Only rows of which something is shown. */
void efti_grid_keep_shown(struct efti_page *p, struct efti_grid *g);
/** Themes that are shown somewhere as rows, by size; answers how many. */
size_t efti_grid_themes(struct efti_page *p, struct efti_grid *g);
/** `column` as a mark for each cell, row by row; `high` is the greatest that is shown. */
struct efti_mark *efti_grid_marks(struct efti_page *p, const struct efti_grid *g,
                                  const char *column, double *high);
/** Values of a column as people read them. */
const eft_text *efti_grid_labels(struct efti_page *p, const eft_text *values,
                                 size_t count, const char *column);
/** The shares as a heat map. */
void efti_put_heat(struct efti_page *p, const struct efti_grid *whole, const char *id,
                   eft_text title);

/** 1, -1: more or fewer than expected, and sure. */
int efti_flag_of(const eft_table *t, size_t row);
/** Labels of the themes of which a sure trend in `table` says more (1) or less (-1), of
 *  the tests `t`, into `names`, which has room for all its rows; answers how many. */
size_t efti_sure_trends(struct efti_page *p, const eft_table *t, const char *table,
                        int direction, eft_text *names);

#endif
