/*
 * crossed.h - tables of two sides: crossed.c builds, gates and writes them,
 * crossed_tests.c tests them, crossed_filters.c holds filters against them
 */
#ifndef EFTI_RELEASE_CROSSED_H
#define EFTI_RELEASE_CROSSED_H

#include "release/families.h"

/* Units, facets, assignments, periods: all partitions that themes are crossed with; then
 * filters. */
#define MOST_PARTITIONS 11
#define MOST_CROSSED (MOST_PARTITIONS + EFTI_MOST_FILTERS)

struct crossing {
    struct release_job *j;
    const struct release_role *role; /* rows */
    const struct release_role *tags; /* columns; NULL: themes */
    size_t columns;
    struct release_sets sets;              /* cells by slot and column, then slots */
    EFTI_ARRAY(uint8_t) shown;             /* by slot and column */
    EFTI_ARRAY(double) p, q;               /* by slot and column; NaN: no test */
    EFTI_ARRAY(struct release_part) parts; /* of one column */
    EFTI_ARRAY(uint32_t) seen;             /* per column: the last record, + 1 */
    uint32_t record;
    enum efti_table_id table;
    const char *key, *column_key; /* names of the key columns */
};

static inline struct release_set
crossed_cell(const struct crossing *x, size_t slot, size_t column)
{
    return efti_set_at(&x->sets, slot * x->columns + column);
}

static inline struct release_set
crossed_slot(const struct crossing *x, size_t slot)
{
    return efti_set_at(&x->sets, x->role->slots.count * x->columns + slot);
}

static inline struct release_set
crossed_column(const struct crossing *x, size_t column)
{
    if (x->tags == NULL)
        return efti_base_set(x->j, efti_base_theme(x->j, (uint32_t)column, RELEASE_ANY));
    return efti_base_set(x->j, efti_base_label(x->j, x->tags->slots.items[column].label));
}

/* ---------------------------------------------------------------- crossed.c */

/** Builds the cells of `x` and asks the gate for each. */
eft_status efti_crossed_make(struct crossing *x, eft_error *err);
/** Hides what `count` tables over the same columns would tell of each other. */
eft_status efti_crossed_families(struct crossing *x, size_t count, eft_error *err);
/** The row of a slot and a column. */
eft_status efti_crossed_row(struct crossing *x, struct eft_table *t, size_t s,
                            size_t column, eft_error *err);

/* ---------------------------------------------------------- crossed_tests.c */

/** Has the table a test for each cell? */
bool efti_crossed_tested(const struct crossing *x);
/** `p` and `q` of the cells that are shown. */
eft_status efti_crossed_tests_of_cells(struct crossing *x, eft_error *err);
/** Standardised residual of a cell and its test, into the row. */
void efti_crossed_residual(const struct crossing *x, struct eft_table *t, size_t s,
                           size_t column, const struct efti_cell *cell,
                           const struct efti_cell *of);
/** Do groups differ? A row of `tests` for each column; `name` is that of the table. */
eft_status efti_crossed_heterogeneity(struct crossing *x, const char *name,
                                      eft_error *err);
/** Trend and change point of the themes over periods, or over assignments in their order,
 *  into `tests`; `name` is that of the table. */
eft_status efti_crossed_trends(struct crossing *x, const char *name, eft_error *err);

/* -------------------------------------------------------- crossed_filters.c */

/** x[at] is a filter; all before it is settled. */
eft_status efti_crossed_filter(struct crossing *x, size_t at, eft_error *err);
/** One table of all filters: the rows of what meets each. */
eft_status efti_crossed_write_filters(struct crossing *x, size_t count, eft_error *err);

#endif
