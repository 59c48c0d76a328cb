/*
 * crossed_tests.c - what stands out in a crossed table, and does it change over time
 *
 * By writer, as everywhere (inference.c): cells against the rest, columns between groups,
 * themes over periods.
 */
#include "release/crossed.h"

#include "stats/adjust.h"
#include "stats/distribution.h"
#include "stats/permute.h"

#include <math.h>

/* ----------------------------------------------------------------- inference */

bool
efti_crossed_tested(const struct crossing *x)
{
    return x->table == EFTI_TABLE_ASSIGNMENT_TAGS ||
           x->table == EFTI_TABLE_ASSIGNMENT_THEMES;
}

/* Every shown cell of a heat map is a test of its own; the table is the family. */
eft_status
efti_crossed_tests_of_cells(struct crossing *x, eft_error *err)
{
    size_t cells = x->shown.count;

    if (!RELEASE_ARRAY_MAKE(x->j->mem, &x->p, cells) ||
        !RELEASE_ARRAY_MAKE(x->j->mem, &x->q, cells))
        return efti_no_memory(err, "the tests of a table");
    for (size_t i = 0; i < cells; i++) {
        struct efti_within w = {0};
        if (x->shown.items[i] != 0 && x->j->no_inference == NULL)
            w = efti_within_of(x->j, crossed_slot(x, i / x->columns),
                               crossed_column(x, i % x->columns),
                               efti_set_at(&x->sets, i));
        x->p.items[i] = efti_normal_two_sided(efti_within_z(&w));
    }
    return efti_adjust(x->j->mem, x->p.items, cells, x->j->o->adjustment, x->q.items,
                       err);
}

void
efti_crossed_residual(const struct crossing *x, struct eft_table *t, size_t s,
                      size_t column, const struct efti_cell *cell,
                      const struct efti_cell *of)
{
    size_t at = s * x->columns + column;
    struct efti_cell all = efti_set_cell(crossed_column(x, column));
    double residual =
        efti_adjusted_residual((double)cell->count, (double)of->count, (double)all.count,
                               (double)x->j->population.count);

    efti_table_set_real(t, "residual", round(residual * 1000) / 1000);
    efti_row_p(t, "p", x->p.items[at]);
    efti_row_p(t, "q", x->q.items[at]);
}

/* Who is in which label, for one theme, over the labels where the theme is shown; writers
 * in the order of their numbers, which is that of what they wrote. `*whole` is false when
 * somebody is in several. */
static size_t
crossed_groups(struct crossing *x, size_t column, struct efti_grouped *of_writer,
               uint32_t *groups, bool *whole)
{
    size_t count = 0, writers = x->j->f->writer_count;

    *groups = 0;
    *whole = true;
    for (size_t w = 0; w < writers; w++)
        of_writer[w] = (struct efti_grouped){0};
    for (size_t s = 0; s < x->role->slots.count; s++) {
        if (x->shown.items[s * x->columns + column] == 0 ||
            !x->role->slots.items[s].printed)
            continue;
        struct release_set slot = crossed_slot(x, s), cell = crossed_cell(x, s, column);
        for (size_t i = 0, c = 0; i < slot.count; i++) {
            struct efti_grouped *g = &of_writer[slot.items[i].writer];
            if (slot.items[i].writer == x->j->f->no_writer)
                continue;
            *whole = *whole && !(g->n > 0);
            g->n = slot.items[i].count;
            g->group = *groups;
            while (c < cell.count && cell.items[c].writer < slot.items[i].writer)
                c++;
            if (c < cell.count && cell.items[c].writer == slot.items[i].writer)
                g->x = cell.items[c].count;
        }
        (*groups)++;
    }
    for (size_t w = 0; w < writers; w++) {
        if (of_writer[w].n > 0)
            of_writer[count++] = of_writer[w];
    }
    return count;
}

/* Do labels differ? One test for each theme, in the table `tests`. Between periods only
 * where each writer is in one, as in a survey that asks others each year; else the trend
 * within writers says more. */
eft_status
efti_crossed_heterogeneity(struct crossing *x, const char *name, eft_error *err)
{
    EFTI_ARRAY(struct efti_grouped) of_writer = {0};
    eft_status st = EFT_OK;

    if (!RELEASE_ARRAY_MAKE(x->j->mem, &of_writer, x->j->f->writer_count))
        return efti_no_memory(err, "a test between labels");
    for (size_t c = 0; c < x->columns && st == EFT_OK; c++) {
        struct release_test test = {.table = name,
                                    .test = "heterogeneity",
                                    .null =
                                        x->table == EFTI_TABLE_TREND
                                            ? "whole writers exchanged between periods"
                                            : "whole writers exchanged between labels",
                                    .subject = x->j->f->themes[c],
                                    .value = (double)NAN,
                                    .p = (double)NAN,
                                    .note = x->j->no_inference};
        struct efti_heterogeneity h;
        uint32_t groups;
        bool whole;
        size_t count = crossed_groups(x, c, of_writer.items, &groups, &whole);
        if (groups < 2 || (x->table == EFTI_TABLE_TREND && !whole))
            continue; /* nothing to compare */
        const struct efti_permutation o = {.stream = c};
        if (test.note == NULL && !whole)
            test.note = "writers with texts in several labels";
        if (test.note == NULL && count < EFTI_LEAST_WRITERS)
            test.note = "fewer than 8 writers";
        if (test.note == NULL) {
            st = efti_heterogeneity(x->j->mem, of_writer.items, count, groups, &o, &h,
                                    err);
            test.value = h.high - h.low;
            test.p = h.p;
        }
        if (st == EFT_OK)
            st = efti_test_add(x->j, &test, err);
    }
    EFTI_ARRAY_FREE(x->j->mem, &of_writer);
    return st;
}

/* ---------------------------------------------------------------------- time */

/* The time of a slot: its period, or the place of the assignment. EFTI_NO_ID: none. */
static uint32_t
crossed_time(const struct crossing *x, size_t slot)
{
    if (slot >= x->role->slots.count || !x->role->slots.items[slot].printed)
        return EFTI_NO_ID;
    return x->role->role == RELEASE_PERIOD ? (uint32_t)slot : x->role->place.items[slot];
}

/* How many times there are, if the theme is shown at each; else 0. */
static uint32_t
crossed_times(const struct crossing *x, uint32_t theme)
{
    uint32_t times = 0;

    for (size_t s = 0; s < x->role->slots.count; s++) {
        if (crossed_time(x, s) == EFTI_NO_ID)
            continue;
        if (x->shown.items[s * x->columns + theme] == 0)
            return 0;
        times++;
    }
    return times;
}

static size_t
crossed_texts(const struct crossing *x, uint32_t theme, struct efti_dated *texts)
{
    const struct release_job *j = x->j;
    size_t count = 0;

    for (size_t i = 0; i < j->order.count; i++) {
        const struct efti_record_view *r = &j->f->records[j->order.items[i]];
        uint32_t slot = efti_record_slot(j, x->role, r);
        uint32_t time = slot == EFTI_NO_ID ? EFTI_NO_ID : crossed_time(x, slot);
        if (time != EFTI_NO_ID && r->writer != j->f->no_writer)
            texts[count++] = (struct efti_dated){j->one_text > 0 ? 0 : r->writer, time,
                                                 efti_record_has(r, theme)};
    }
    return count;
}

static eft_text
crossed_time_name(const struct crossing *x, uint32_t time)
{
    for (size_t s = 0; s < x->role->slots.count; s++) {
        if (crossed_time(x, s) == time)
            return x->role->slots.items[s].name;
    }
    return (eft_text){"", 0};
}

/* Trend and change point of one theme, if it is shown at every time. */
static eft_status
crossed_trend(struct crossing *x, const char *name, uint32_t theme,
              struct efti_dated *texts, eft_error *err)
{
    struct release_job *j = x->j;
    bool periods = x->role->role == RELEASE_PERIOD;
    bool one_text = j->one_text > 0;
    const struct efti_permutation o = {
        .stream = ((uint64_t)(periods ? 1 : 2) << 32) + theme, .one_stratum = one_text};
    struct efti_trend found = {.p = (double)NAN, .change_p = (double)NAN};
    uint32_t times = crossed_times(x, theme);
    eft_status st = EFT_OK;

    if (times == 0)
        return EFT_OK;
    if (j->no_inference == NULL)
        st = efti_trend(j->mem, texts, crossed_texts(x, theme, texts), times, &o, &found,
                        err);
    bool found_any = j->no_inference == NULL && !isnan(found.p);
    struct release_test test = {
        .table = name,
        .test = "trend",
        .null = periods && one_text ? "writers, of one text each, exchanged in time"
                : periods           ? "texts of a writer exchanged in time"
                : one_text ? "writers, of one text each, exchanged between assignments"
                           : "texts of a writer exchanged between assignments",
        .subject = j->f->themes[theme],
        .value = found_any ? found.slope : (double)NAN,
        .p = found.p,
        .note = j->no_inference != NULL ? j->no_inference
                : found_any             ? NULL
                : one_text              ? "fewer than 8 writers"
                : periods               ? "fewer than 8 writers with texts in two periods"
                          : "fewer than 8 writers with texts in two assignments",
    };
    if (st == EFT_OK)
        st = efti_test_add(j, &test, err);
    test.test = "change";
    test.value = found_any ? found.change : (double)NAN;
    test.p = found.change_p;
    if (found_any)
        test.at = crossed_time_name(x, found.from);
    return st == EFT_OK ? efti_test_add(j, &test, err) : st;
}

eft_status
efti_crossed_trends(struct crossing *x, const char *name, eft_error *err)
{
    EFTI_ARRAY(struct efti_dated) texts = {0};
    eft_status st = EFT_OK;

    if (x->role->slots.count == 0)
        return EFT_OK;
    if (!EFTI_ARRAY_RESERVE(x->j->mem, &texts, x->j->order.count))
        return efti_no_memory(err, "the texts of a trend");
    for (uint32_t c = 0; c < x->columns && st == EFT_OK; c++)
        st = crossed_trend(x, name, c, texts.items, err);
    EFTI_ARRAY_FREE(x->j->mem, &texts);
    return st;
}
