/*
 * crossed_filters.c - a filter beside the tables that are told anyway
 *
 * What meets a filter is one more partition, of two parts. It is told where it is far
 * enough from every slot of the others, in what is common and in what is not, and where
 * nothing else has to be hidden for it.
 */
#include "release/crossed.h"

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

/* Can the cell's number be known? It is told, or it may be: one that passes is hidden to
 * protect others of its table, and another table may give it away. One that fails is
 * protected from all of them, filter and all. */
static bool
may_be_known(const struct crossing *x, size_t slot, size_t column)
{
    struct release_set set = crossed_cell(x, slot, column);
    struct efti_cell cell = efti_set_cell(set);
    const struct efti_cell rests[] = {efti_set_rest(crossed_slot(x, slot), set),
                                      efti_set_rest(crossed_column(x, column), set)};

    return x->shown.items[slot * x->columns + column] != 0 ||
           efti_gate_shows(&x->j->gate, &cell, rests, EFTI_COUNT(rests));
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
        if (theme_far && filter->shown.items[c] != 0 && may_be_known(other, slot, c))
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
    eft_status st = efti_crossed_families(x, at + 1, err);
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
eft_status
efti_crossed_filter(struct crossing *x, size_t at, eft_error *err)
{
    uint64_t secondary = x[at].j->results->hidden_secondary;

    x[at].columns = x[at].j->f->theme_count;
    eft_status st = efti_crossed_make(&x[at], err);
    if (st == EFT_OK && x[at].role->slots.items[0].shown &&
        (st = hide_near(x, at, err)) == EFT_OK)
        st = hide_costly(x, at, err);
    x[at].j->results->hidden_secondary = secondary;
    return st;
}

/* One table of all filters: the rows of what meets each. */
eft_status
efti_crossed_write_filters(struct crossing *x, size_t count, eft_error *err)
{
    struct eft_table *t;

    if (count == 0)
        return EFT_OK;
    eft_status st =
        efti_results_add(x[0].j->results, EFTI_TABLE_THEMES_WHERE, NULL, &t, err);
    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        for (size_t c = 0; c < x[i].columns && st == EFT_OK; c++)
            st = efti_crossed_row(&x[i], t, 0, c, err);
    }
    return st == EFT_OK ? efti_table_end(x[0].j, t, err) : st;
}
