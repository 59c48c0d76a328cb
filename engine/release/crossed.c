/*
 * crossed.c - themes within units, facets and assignments; tags within assignments
 *
 *                   oro            rests of the cell (D, oro):
 *     A  B  ...      41              D without oro
 *     D            [  9 ]            oro outside D
 *     other         ...
 *     no unit       (4)            no row, but the 66 of all holds it
 *     all            66
 *
 * Each column adds up to a total in `themes` or `overview` that is shown, so hidden cells
 * are protected down the column (suppress.c), and over all tables with the same columns
 * together (families.c). If the total itself is hidden, so is every part: together they
 * would give it away. `of` is the size of the label's population, a
 * cell of its own that `overview` shows.
 */
#include "release/families.h"

#include "stats/adjust.h"
#include "stats/distribution.h"
#include "stats/permute.h"
#include "text/unicode.h"

#include <math.h>

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

static struct release_set
crossed_cell(const struct crossing *x, size_t slot, size_t column)
{
    return efti_set_at(&x->sets, slot * x->columns + column);
}

static struct release_set
crossed_slot(const struct crossing *x, size_t slot)
{
    return efti_set_at(&x->sets, x->role->slots.count * x->columns + slot);
}

static struct release_set
crossed_column(const struct crossing *x, size_t column)
{
    if (x->tags == NULL)
        return efti_base_set(x->j, efti_base_theme(x->j, (uint32_t)column, RELEASE_ANY));
    return efti_base_set(x->j, efti_base_label(x->j, x->tags->slots.items[column].label));
}

static void
crossed_add(struct crossing *x, uint32_t slot, uint32_t column, struct release_builder *b)
{
    if (column == EFTI_NO_ID || x->seen.items[column] == x->record)
        return;
    x->seen.items[column] = x->record;
    efti_builder_add(b, slot * x->columns + column, 1);
}

static void
crossed_emit(void *user, const struct efti_record_view *r, struct release_builder *b)
{
    struct crossing *x = user;
    uint32_t slot = efti_record_slot(x->j, x->role, r);

    x->record++;
    if (slot == EFTI_NO_ID)
        return;
    efti_builder_add(b, x->role->slots.count * x->columns + slot, 1);
    if (x->tags != NULL) {
        for (uint32_t i = 0; i < r->tag_count; i++)
            crossed_add(x, slot, efti_label_slot(x->tags, r->tags[i]), b);
        return;
    }
    for (uint32_t i = 0; i < r->theme_count; i++) {
        if (r->themes[i].hits > 0 && r->themes[i].polarity < EFTI_UNCERTAIN)
            crossed_add(x, slot, r->themes[i].theme, b);
    }
}

/* ---------------------------------------------------------------------- gate */

static bool
crossed_passes(struct crossing *x, size_t slot, size_t column, struct efti_cell *cell,
               bool *exact)
{
    struct release_set set = crossed_cell(x, slot, column);
    struct efti_cell rests[2] = {efti_set_rest(crossed_slot(x, slot), set),
                                 efti_set_rest(crossed_column(x, column), set)};

    *cell = efti_set_cell(set);
    *exact = efti_writers_exact(x->j, cell, rests, 2);
    return efti_job_shows(x->j, cell, rests, 2);
}

static void
crossed_gate(struct crossing *x, size_t column)
{
    bool total = x->tags != NULL || x->j->theme_shown.items[column] != 0, exact;
    struct efti_cell cell;

    for (size_t s = 0; s < x->role->slots.count; s++) {
        const struct release_slot *slot = &x->role->slots.items[s];
        bool passes = slot->shown && crossed_passes(x, s, column, &cell, &exact);
        struct release_set set = crossed_cell(x, s, column);
        if (passes && !total && slot->printed)
            x->j->results->hidden_secondary++;
        x->parts.items[s] = (struct release_part){.set = set,
                                                  .name = slot->name,
                                                  .writers = (uint32_t)set.count,
                                                  .printed = slot->printed,
                                                  .hidden = !passes || !total};
    }
    x->j->results->hidden_secondary +=
        efti_suppress(x->j, x->parts.items, x->role->slots.count);
    for (size_t s = 0; s < x->role->slots.count; s++)
        x->shown.items[s * x->columns + column] = !x->parts.items[s].hidden;
}

/* ----------------------------------------------------------------- inference */

static bool
crossed_tested(const struct crossing *x)
{
    return x->table == EFTI_TABLE_ASSIGNMENT_TAGS ||
           x->table == EFTI_TABLE_ASSIGNMENT_THEMES;
}

/* Every shown cell of a heat map is a test of its own; the table is the family. */
static eft_status
crossed_tests_of_cells(struct crossing *x, eft_error *err)
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
    return efti_adjust(x->j->mem, x->p.items, cells, EFTI_ADJUST_BH, x->q.items, err);
}

static void
crossed_residual(const struct crossing *x, struct eft_table *t, size_t s, size_t column,
                 const struct efti_cell *cell, const struct efti_cell *of)
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
static eft_status
crossed_heterogeneity(struct crossing *x, const char *name, eft_error *err)
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

/* ---------------------------------------------------------------------- rows */

static eft_status
crossed_row(struct crossing *x, struct eft_table *t, size_t s, size_t column,
            eft_error *err)
{
    const struct release_slot *slot = &x->role->slots.items[s];
    eft_status st = efti_table_row(t, err);
    struct efti_cell cell;
    bool exact;

    if (st != EFT_OK)
        return st;
    if (x->table == EFTI_TABLE_THEMES_BY_FACET)
        efti_table_set_text(t, "facet", x->role->name);
    efti_table_set_text(t, x->key, slot->name);
    efti_table_set_text(t, x->column_key,
                        x->tags != NULL ? x->tags->slots.items[column].name
                                        : x->j->f->themes[column]);
    struct efti_cell of = efti_set_cell(crossed_slot(x, s));
    bool shown = x->shown.items[s * x->columns + column] != 0;
    if (slot->shown && (shown || x->table != EFTI_TABLE_THEMES_WHERE))
        efti_table_set_integer(t, "of", (int64_t)of.count);
    efti_row_fresh(t, &x->sets, s * x->columns + column);
    if (!shown) {
        efti_row_hidden(t);
        return EFT_OK;
    }
    (void)crossed_passes(x, s, column, &cell, &exact);
    efti_row_cell(x->j, t, &cell, exact);
    efti_row_share(t, "share", cell.count, of.count);
    efti_row_share_interval(x->j, t, crossed_cell(x, s, column), crossed_slot(x, s));
    if (x->table == EFTI_TABLE_THEMES_BY_FACET)
        return efti_row_wilson(x->j, t, crossed_cell(x, s, column), crossed_slot(x, s),
                               err);
    if (crossed_tested(x))
        crossed_residual(x, t, s, column, &cell, &of);
    return EFT_OK;
}

static eft_status
crossed_make(struct crossing *x, eft_error *err)
{
    size_t slots = x->role->slots.count, cells;

    if (!efti_mul(slots, x->columns, &cells) || cells > SIZE_MAX - slots)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "a table has too many cells");
    eft_status st = EFT_OK;
    if (!RELEASE_ARRAY_MAKE(x->j->mem, &x->seen, x->columns))
        return efti_no_memory(err, "a crossed table");
    if (x->columns > 0)
        memset(x->seen.items, 0, x->columns * sizeof(*x->seen.items));
    /* sets first: it refuses what is too large */
    if ((st = efti_sets_build(x->j, cells + slots, crossed_emit, x, &x->sets, err)) !=
        EFT_OK)
        return st;
    if (!RELEASE_ARRAY_MAKE(x->j->mem, &x->shown, cells) ||
        !RELEASE_ARRAY_MAKE(x->j->mem, &x->parts, slots))
        return efti_no_memory(err, "a crossed table");
    for (size_t c = 0; c < x->columns; c++)
        crossed_gate(x, c);
    return EFT_OK;
}

/* ---------------------------------------------------------------------- time */

bool
efti_record_has(const struct efti_record_view *r, uint32_t theme)
{
    for (uint32_t i = 0; i < r->theme_count; i++) {
        if (r->themes[i].theme == theme && r->themes[i].hits > 0 &&
            r->themes[i].polarity < EFTI_UNCERTAIN)
            return true;
    }
    return false;
}

/* Trend and change point of one theme, if it is shown in every period. */
static eft_status
crossed_trend(struct crossing *x, uint32_t theme, struct efti_dated *texts,
              eft_error *err)
{
    struct release_job *j = x->j;
    const struct efti_permutation o = {.stream = ((uint64_t)1 << 32) + theme};
    struct efti_trend found = {.p = (double)NAN, .change_p = (double)NAN};
    size_t count = 0;
    uint32_t periods = 0;
    eft_status st = EFT_OK;

    for (size_t s = 0; s < x->role->slots.count; s++) {
        if (!x->role->slots.items[s].printed)
            continue;
        periods++;
        if (x->shown.items[s * x->columns + theme] == 0)
            return EFT_OK;
    }
    for (size_t i = 0; i < j->order.count; i++) {
        const struct efti_record_view *r = &j->f->records[j->order.items[i]];
        uint32_t slot = efti_period_slot(j, r);
        if (slot >= periods || r->writer == j->f->no_writer)
            continue;
        texts[count++] = (struct efti_dated){r->writer, slot, efti_record_has(r, theme)};
    }
    if (j->no_inference == NULL)
        st = efti_trend(j->mem, texts, count, periods, &o, &found, err);
    bool found_any = j->no_inference == NULL && !isnan(found.p);
    struct release_test test = {
        .table = "trend",
        .test = "trend",
        .null = "texts of a writer exchanged in time",
        .subject = j->f->themes[theme],
        .value = found_any ? found.slope : (double)NAN,
        .p = found.p,
        .note = j->no_inference != NULL ? j->no_inference
                : found_any             ? NULL
                            : "fewer than 8 writers with texts in two periods",
    };
    if (st == EFT_OK)
        st = efti_test_add(j, &test, err);
    test.test = "change";
    test.value = found_any ? found.change : (double)NAN;
    test.p = found.change_p;
    if (found_any)
        test.at = x->role->slots.items[found.from].name;
    return st == EFT_OK ? efti_test_add(j, &test, err) : st;
}

static eft_status
crossed_trends(struct crossing *x, eft_error *err)
{
    EFTI_ARRAY(struct efti_dated) texts = {0};
    eft_status st = EFT_OK;

    if (x->role->slots.count == 0)
        return EFT_OK;
    if (!EFTI_ARRAY_RESERVE(x->j->mem, &texts, x->j->order.count))
        return efti_no_memory(err, "the texts of a trend");
    for (uint32_t c = 0; c < x->columns && st == EFT_OK; c++)
        st = crossed_trend(x, c, texts.items, err);
    EFTI_ARRAY_FREE(x->j->mem, &texts);
    return st;
}

static eft_status
crossed_write(struct crossing *x, const char *name, eft_error *err)
{
    struct eft_table *t;
    eft_status st = efti_results_add(x->j->results, x->table, name, &t, err);

    if (st == EFT_OK && crossed_tested(x))
        st = crossed_tests_of_cells(x, err);
    for (size_t s = 0; st == EFT_OK && s < x->role->slots.count; s++) {
        for (size_t c = 0; x->role->slots.items[s].printed && c < x->columns; c++) {
            if ((st = crossed_row(x, t, s, c, err)) != EFT_OK)
                break;
        }
    }
    if (st == EFT_OK)
        st = efti_table_end(x->j, t, err);
    if (st == EFT_OK &&
        (x->table == EFTI_TABLE_THEMES_BY_FACET || x->table == EFTI_TABLE_TREND))
        st = crossed_heterogeneity(x, eft_table_name(t), err);
    if (st == EFT_OK && x->table == EFTI_TABLE_TREND)
        st = crossed_trends(x, err);
    return st;
}

static void
crossed_free(struct crossing *x)
{
    efti_sets_free(x->j->mem, &x->sets);
    EFTI_ARRAY_FREE(x->j->mem, &x->p);
    EFTI_ARRAY_FREE(x->j->mem, &x->q);
    EFTI_ARRAY_FREE(x->j->mem, &x->shown);
    EFTI_ARRAY_FREE(x->j->mem, &x->parts);
    EFTI_ARRAY_FREE(x->j->mem, &x->seen);
}

/* ----------------------------------------------------------- names of tables */

/* [a-z0-9_]: å and ä become a, ö becomes o, all else _. */
static char
slug_char(uint32_t c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
        return (char)c;
    switch (c) {
    case 0xE5:
    case 0xE4:
    case 0xC5:
    case 0xC4: return 'a';
    case 0xF6:
    case 0xD6: return 'o';
    default: return '_';
    }
}

/* Two facets may have one slug (kön, kon): the later by bytes gets _2. */
eft_status
efti_facet_table_name(const struct release_job *j, const char *stem, eft_text facet,
                      struct efti_bytes *b, eft_error *err)
{
    efti_bytes_clear(b);
    efti_put_text(b, stem);
    for (size_t at = 0; at < facet.size;)
        efti_put_char(b, slug_char(efti_utf8_next(facet.bytes, facet.size, &at)));
    size_t size = b->size;
    efti_put_char(b, '\0');
    for (uint64_t n = 2; !b->failed && eft_results_find(j->results, b->data) != NULL;
         n++) {
        b->size = size;
        efti_put_char(b, '_');
        efti_put_u64(b, n);
        efti_put_char(b, '\0');
    }
    return b->failed ? efti_no_memory(err, "the name of a table") : EFT_OK;
}

/* ------------------------------------------------------------------ families */

static unsigned
crossed_sides(void *user, size_t slot, size_t column)
{
    struct crossing *x = user;
    struct release_set set = crossed_cell(x, slot, column);
    struct efti_cell cell = efti_set_cell(set);
    struct efti_cell label = efti_set_rest(crossed_slot(x, slot), set);
    struct efti_cell elsewhere = efti_set_rest(crossed_column(x, column), set);
    const struct efti_gate *gate = &x->j->gate;

    return (efti_gate_passes(gate, &cell) ? 0u : RELEASE_SIDE_CELL) |
           (efti_gate_passes(gate, &label) ? 0u : RELEASE_SIDE_LABEL) |
           (efti_gate_passes(gate, &elsewhere) ? 0u : RELEASE_SIDE_COLUMN);
}

static uint64_t
crossed_writers(void *user, size_t slot, size_t column)
{
    return crossed_cell(user, slot, column).count;
}

static bool
crossed_has(void *user, const struct efti_record_view *r, size_t column)
{
    const struct crossing *x = user;

    if (x->tags == NULL)
        return efti_record_has(r, (uint32_t)column);
    for (uint32_t i = 0; i < r->tag_count; i++) {
        if (efti_label_slot(x->tags, r->tags[i]) == column)
            return true;
    }
    return false;
}

static bool
crossed_total(void *user, size_t column)
{
    const struct crossing *x = user;

    return x->tags != NULL || x->j->theme_shown.items[column] != 0;
}

/* All tables over the same columns, each of which went through the gate, held together.
 * One slot holds everybody: it is no part, and its number is the total, which stays. */
static eft_status
crossed_families(struct crossing *x, size_t count, eft_error *err)
{
    struct release_job *j = x[0].j;
    EFTI_ARRAY(struct release_grid) grids = {0};

    if (!EFTI_ARRAY_RESERVE(j->mem, &grids, count))
        return efti_no_memory(err, "the families of a release");
    for (size_t i = 0; i < count; i++) {
        if (x[i].role->slots.count > 1)
            grids.items[grids.count++] =
                (struct release_grid){.role = x[i].role,
                                      .shown = x[i].shown.items,
                                      .columns = x[i].columns,
                                      .user = &x[i],
                                      .sides = crossed_sides,
                                      .writers = crossed_writers};
    }
    const struct release_grids all = {.items = grids.items,
                                      .count = grids.count,
                                      .columns = x[0].columns,
                                      .user = &x[0],
                                      .has = crossed_has,
                                      .total = crossed_total};
    eft_status st = efti_families_protect(j, &all, err);
    EFTI_ARRAY_FREE(j->mem, &grids);
    return st;
}

static eft_status
crossed_protect(struct crossing *x, size_t count, eft_error *err)
{
    eft_status st = EFT_OK;

    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        x[i].columns =
            x[i].tags != NULL ? x[i].tags->slots.count : x[i].j->f->theme_count;
        st = crossed_make(&x[i], err);
    }
    return st == EFT_OK ? crossed_families(x, count, err) : st;
}

/* ------------------------------------------------------------------- filters */

/* What meets the filter, within every slot of the partitions before it. */
struct crossed_near {
    struct crossing *x;
    size_t at; /* the filter; before it are those that it is held against */
    size_t start[MOST_CROSSED];
    struct release_sets sets; /* cells and whole of each slot, partition by partition */
};

static size_t
near_set(const struct crossed_near *n, size_t grid, size_t slot, size_t column)
{
    return n->start[grid] + slot * (n->x[grid].columns + 1) + column;
}

static void
near_emit(void *user, const struct efti_record_view *r, struct release_builder *b)
{
    const struct crossed_near *n = user;
    const struct crossing *filter = &n->x[n->at];

    if (efti_record_slot(filter->j, filter->role, r) != 0)
        return;
    for (size_t g = 0; g < n->at; g++) {
        uint32_t slot = efti_record_slot(filter->j, n->x[g].role, r);
        if (slot == EFTI_NO_ID || n->x[g].role->slots.count < 2)
            continue;
        efti_builder_add(b, near_set(n, g, slot, filter->columns), 1);
        for (uint32_t t = 0; t < filter->columns; t++)
            efti_builder_add(b, near_set(n, g, slot, t), efti_record_has(r, t));
    }
}

static void
hide_column(struct crossing *x, size_t column)
{
    for (size_t s = 0; s < x->role->slots.count; s++)
        x->shown.items[s * x->columns + column] = 0;
}

/* One slot of another partition: hide what of the filter is too near to it. */
static eft_status
near_slot(struct crossed_near *n, size_t g, size_t slot, eft_error *err)
{
    struct crossing *filter = &n->x[n->at], *other = &n->x[g];
    const struct release_set all[3] = {
        crossed_slot(filter, 0), crossed_slot(other, slot),
        efti_set_at(&n->sets, near_set(n, g, slot, filter->columns))};
    const struct release_slot *to = &other->role->slots.items[slot];
    bool far;

    if (!to->printed || !to->shown)
        return EFT_OK;
    eft_status st = efti_far_apart(filter->j, all[0], all[1], all[2], &far, err);
    far = st == EFT_OK && far && efti_common_passes(filter->j, all[2], NULL);
    for (size_t c = 0; c < filter->columns && st == EFT_OK; c++) {
        const struct release_set theme[3] = {
            crossed_cell(filter, 0, c), crossed_cell(other, slot, c),
            efti_set_at(&n->sets, near_set(n, g, slot, c))};
        /* what is in both must pass also where the slot hides its part of the theme */
        bool theme_far = far && filter->shown.items[c] != 0 &&
                         efti_common_passes(filter->j, all[2], &theme[2]);
        if (theme_far && filter->shown.items[c] != 0 &&
            other->shown.items[slot * other->columns + c] != 0)
            st = efti_theme_far_apart(filter->j, all, theme, &theme_far, err);
        if (st == EFT_OK && !theme_far)
            hide_column(filter, c);
    }
    return st;
}

static eft_status
hide_near(struct crossing *x, size_t at, eft_error *err)
{
    struct crossed_near n = {.x = x, .at = at};
    size_t sets = 0;

    for (size_t g = 0; g < at; g++) {
        n.start[g] = sets;
        sets += x[g].role->slots.count * (x[g].columns + 1);
    }
    eft_status st = efti_sets_build(x[at].j, sets, near_emit, &n, &n.sets, err);
    if (st != EFT_OK)
        return st;
    for (size_t g = 0; g < at && st == EFT_OK; g++) {
        for (size_t s = 0; s < x[g].role->slots.count && st == EFT_OK; s++) {
            if (x[g].role->slots.count > 1)
                st = near_slot(&n, g, s, err);
        }
    }
    efti_sets_free(x[at].j->mem, &n.sets);
    return st;
}

/* A filter is told only if nothing else has to be hidden for it: tables are the same with
 * and without filters, and what an earlier release told stays told. */
static eft_status
hide_costly(struct crossing *x, size_t at, eft_error *err)
{
    const eft_allocator *mem = x[at].j->mem;
    EFTI_ARRAY(uint8_t) before = {0};
    size_t room = 0;

    for (size_t g = 0; g < at; g++)
        room += x[g].shown.count;
    if (!EFTI_ARRAY_RESERVE(mem, &before, room + 1))
        return efti_no_memory(err, "a filter");
    for (size_t g = 0; g < at; g++) {
        if (x[g].shown.count > 0)
            memcpy(before.items + before.count, x[g].shown.items, x[g].shown.count);
        before.count += x[g].shown.count;
    }
    eft_status st = crossed_families(x, at + 1, err);
    for (size_t g = 0, from = 0; g < at && st == EFT_OK; from += x[g].shown.count, g++) {
        for (size_t i = 0; i < x[g].shown.count; i++) {
            if (x[g].shown.items[i] == before.items[from + i])
                continue;
            hide_column(&x[at], i % x[g].columns);
            x[g].shown.items[i] = before.items[from + i];
        }
    }
    EFTI_ARRAY_FREE(mem, &before);
    return st;
}

/* x[at] is a filter; all before it is settled. */
static eft_status
crossed_filter(struct crossing *x, size_t at, eft_error *err)
{
    uint64_t secondary = x[at].j->results->hidden_secondary;

    x[at].columns = x[at].j->f->theme_count;
    eft_status st = crossed_make(&x[at], err);
    if (st == EFT_OK && x[at].role->slots.items[0].shown &&
        (st = hide_near(x, at, err)) == EFT_OK)
        st = hide_costly(x, at, err);
    x[at].j->results->hidden_secondary = secondary;
    return st;
}

/* One table of all filters: the rows of what meets each. */
static eft_status
crossed_write_filters(struct crossing *x, size_t count, eft_error *err)
{
    struct eft_table *t;

    if (count == 0)
        return EFT_OK;
    eft_status st =
        efti_results_add(x[0].j->results, EFTI_TABLE_THEMES_WHERE, NULL, &t, err);
    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        for (size_t c = 0; c < x[i].columns && st == EFT_OK; c++)
            st = crossed_row(&x[i], t, 0, c, err);
    }
    return st == EFT_OK ? efti_table_end(x[0].j, t, err) : st;
}

static eft_status
crossed_write_themes(struct crossing *x, size_t count, eft_error *err)
{
    struct efti_bytes name;
    eft_status st = EFT_OK;

    efti_bytes_init(&name, x[0].j->mem);
    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        bool named =
            x[i].role->role >= EFTI_LABEL_FACET0 && x[i].role->role != RELEASE_PERIOD;
        if (named)
            st = efti_facet_table_name(x[i].j, "themes_by_", x[i].role->name, &name, err);
        if (st == EFT_OK)
            st = crossed_write(&x[i], named ? name.data : NULL, err);
    }
    efti_bytes_free(&name);
    return st;
}

static eft_status
crossed_tags(struct release_job *j, eft_error *err)
{
    struct crossing x = {.j = j,
                         .role = &j->roles.items[EFTI_LABEL_ASSIGNMENT],
                         .tags = &j->roles.items[EFTI_LABEL_TAG],
                         .table = EFTI_TABLE_ASSIGNMENT_TAGS,
                         .key = "assignment",
                         .column_key = "tag"};
    eft_status st = crossed_protect(&x, 1, err);

    if (st == EFT_OK)
        st = crossed_write(&x, NULL, err);
    crossed_free(&x);
    return st;
}

eft_status
efti_release_crossed(struct release_job *j, eft_error *err)
{
    const struct release_role *roles = j->roles.items;
    struct crossing x[MOST_CROSSED];
    size_t count = 0, filters = 0;

    for (size_t i = 0; i < j->roles.count; i++) {
        /* facets are at most 8 (tally.h) */
        if (i == EFTI_LABEL_TAG || i == EFTI_LABEL_ASSIGNMENT)
            continue;
        x[count++] = (struct crossing){.j = j,
                                       .role = &roles[i],
                                       .table = EFTI_TABLE_THEMES_BY_FACET,
                                       .key = "label",
                                       .column_key = "theme"};
    }
    x[count++] = (struct crossing){.j = j,
                                   .role = &roles[EFTI_LABEL_ASSIGNMENT],
                                   .table = EFTI_TABLE_ASSIGNMENT_THEMES,
                                   .key = "assignment",
                                   .column_key = "theme"};
    x[count++] = (struct crossing){.j = j,
                                   .role = &j->period,
                                   .table = EFTI_TABLE_TREND,
                                   .key = "period",
                                   .column_key = "theme"};
    eft_status st = crossed_protect(x, count, err);
    for (; filters < j->filters.count && st == EFT_OK; filters++) {
        x[count + filters] = (struct crossing){.j = j,
                                               .role = &j->filters.items[filters],
                                               .table = EFTI_TABLE_THEMES_WHERE,
                                               .key = "filter",
                                               .column_key = "theme"};
        st = crossed_filter(x, count + filters, err);
    }
    if (st == EFT_OK)
        st = crossed_tags(j, err);
    if (st == EFT_OK)
        st = crossed_write_themes(x, count, err);
    if (st == EFT_OK)
        st = crossed_write_filters(x + count, filters, err);
    for (size_t i = 0; i < count + filters; i++)
        crossed_free(&x[i]);
    return st;
}
