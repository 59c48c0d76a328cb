/*
 * families.c - hidden cells of one theme, held against every pair of partitions, and all
 *
 * The reflections with a theme add up over units, over assignments, over periods, over
 * each facet; and what is told of one partition says something about another, above all
 * when units lie within municipalities. A pair of partitions is a transport problem,
 * where max-flow is exact (flow.c); more than two together are looked through after it,
 * by tables that are found (joint.c). All that an outsider knows is in it: what is told,
 * and how many reflections each combination has.
 *
 * A hidden cell has sides: those in it, those of its label without the theme, those with
 * the theme elsewhere. For each side that failed the gate the feasible counts must reach
 * from 0 to at least k. An insider subtracts own reflections and knows which they are:
 * the same problem without that writer, for every writer of the label, must reach from 0
 * to k - 1. Where it does not, the shown part with fewest writers that meets the hidden
 * one is hidden too (ties by bytes), and all is asked again. Hiding never takes
 * protection away, so pairs are gone through until nothing changes.
 *
 * n is not released; to take it as known is on the safe side. Pairs of more than 2^20
 * combinations are refused (EFT_E_LIMIT); where all partitions together are too much work
 * (joint.c), pairs are all that is looked through.
 */
#include "release/flow.h"

static uint64_t
writers_of(const struct family *f, size_t node)
{
    size_t slot;
    const struct release_grid *grid = efti_family_grid(f, node, &slot);

    return grid->writers(grid->user, slot, f->column);
}

/* Do two nodes share a combination that occurs? Two rows: a column where
 * both have one. */
static bool
nodes_meet(const struct family *f, size_t a, size_t b)
{
    if ((a < f->rows) != (b < f->rows)) {
        size_t row = a < f->rows ? a : b, col = (a < f->rows ? b : a) - f->rows;
        return f->n.items[row * f->cols + col] > 0;
    }
    if (a < f->rows) {
        for (size_t q = 0; q < f->cols; q++) {
            if (f->n.items[a * f->cols + q] > 0 && f->n.items[b * f->cols + q] > 0)
                return true;
        }
        return false;
    }
    for (size_t p = 0; p < f->rows; p++) {
        if (f->n.items[p * f->cols + a - f->rows] > 0 &&
            f->n.items[p * f->cols + b - f->rows] > 0)
            return true;
    }
    return false;
}

/* The shown part with fewest writers that meets the node, of its own partition first;
 * failing that any. SIZE_MAX: nothing is left to hide. */
static size_t
part_to_hide(const struct family *f, size_t node)
{
    size_t best = SIZE_MAX;
    int best_class = 0;

    for (size_t other = 0; other < f->rows + f->cols; other++) {
        size_t slot;
        if (other >= f->rows && f->h == f->grids->count)
            continue;
        const struct release_grid *grid = efti_family_grid(f, other, &slot);
        if (f->open.items[other] != 0 || slot >= grid->role->slots.count)
            continue;
        bool same = (other < f->rows) == (node < f->rows);
        int class = nodes_meet(f, node, other) ? (same ? 3 : 2) : 1;
        /* slots are by name: the first of equals stays */
        if (best == SIZE_MAX || class > best_class ||
            (class == best_class && writers_of(f, other) < writers_of(f, best))) {
            best = other;
            best_class = class;
        }
    }
    return best;
}

static bool
hide_slot(struct family *f, size_t g, size_t slot)
{
    const struct release_grid *grid = &f->grids->items[g];

    if (!EFTI_PUSH(f->j->mem, &f->further))
        return false;
    f->further.items[f->further.count - 1] =
        (struct family_hidden){g, slot, grid->writers(grid->user, slot, f->column)};
    grid->shown[slot * grid->columns + f->column] = 0;
    return true;
}

static bool
hide_part(struct family *f, size_t node)
{
    size_t slot;

    (void)efti_family_grid(f, node, &slot);
    f->open.items[node] = 1;
    return hide_slot(f, node < f->rows ? f->g : f->h, slot);
}

static eft_status
protect_pair(struct family *f, eft_error *err)
{
    bool again = true;

    efti_family_mark(f);
    while (again) {
        again = false;
        for (size_t node = 0; node < f->rows + f->cols; node++) {
            if (f->sides.items[node] == 0 || (efti_outsider_is_kept_out(f, node) &&
                                              efti_insiders_are_kept_out(f, node)))
                continue;
            size_t other = part_to_hide(f, node);
            if (other == SIZE_MAX)
                continue;
            if (!hide_part(f, other))
                return efti_no_memory(err, "the families of a release");
            again = true;
        }
    }
    return EFT_OK;
}

/* ------------------------------------------------------------- all together */

static bool
cell_is_told(const struct family *f, size_t g, size_t slot)
{
    const struct release_grid *grid = &f->grids->items[g];

    return grid->role->slots.items[slot].printed &&
           grid->shown[slot * grid->columns + f->column] != 0;
}

/* What pairs have hidden by now; records without a label have no row at all. */
static void
open_hidden(struct family *f)
{
    efti_joint_column(f->joint, f->has.items);
    for (size_t g = 0; g < f->grids->count; g++) {
        size_t slots = f->grids->items[g].role->slots.count;
        for (size_t s = 0; s <= slots; s++) {
            if (s == slots || !cell_is_told(f, g, s))
                efti_joint_open(f->joint, g, s);
        }
    }
}

/* As part_to_hide(), over all partitions. `*g` and `*slot` are replaced; false: none. */
static bool
other_to_hide(const struct family *f, size_t *g, size_t *slot)
{
    size_t best_g = 0, best_slot = 0;
    uint64_t fewest = 0;
    int best = 0;

    for (size_t h = 0; h < f->grids->count; h++) {
        const struct release_grid *grid = &f->grids->items[h];
        for (size_t s = 0; s < grid->role->slots.count; s++) {
            if (!cell_is_told(f, h, s))
                continue;
            uint64_t writers = grid->writers(grid->user, s, f->column);
            bool meet = h != *g && efti_joint_meet(f->joint, *g, *slot, h, s);
            int class = h == *g ? 3 : meet ? 2 : 1;
            if (class < best || (class == best && writers >= fewest))
                continue;
            best = class;
            fewest = writers;
            best_g = h;
            best_slot = s;
        }
    }
    *g = best_g;
    *slot = best_slot;
    return best > 0;
}

static eft_status
cell_is_kept(struct family *f, size_t g, size_t slot, bool *kept, eft_error *err)
{
    const struct release_grid *grid = &f->grids->items[g];
    unsigned sides;

    *kept = true;
    if (cell_is_told(f, g, slot) ||
        (sides = grid->sides(grid->user, slot, f->column)) == 0)
        return EFT_OK;
    return efti_joint_keeps(f->joint, f->has.items, g, slot, sides, kept, err);
}

static eft_status
all_are_kept(struct family *f, bool *kept, eft_error *err)
{
    eft_status st = EFT_OK;

    for (size_t g = 0; g < f->grids->count && f->joint != NULL && *kept; g++) {
        size_t slots = f->grids->items[g].role->slots.count;
        for (size_t s = 0; s < slots && *kept && st == EFT_OK; s++)
            st = cell_is_kept(f, g, s, kept, err);
    }
    return st;
}

/* A slot of a partition that is not printed is no part of anything told. */
static eft_status
protect_together(struct family *f, eft_error *err)
{
    bool again = f->joint != NULL, kept;
    eft_status st = EFT_OK;

    if (again)
        open_hidden(f);
    while (again && st == EFT_OK) {
        again = false;
        for (size_t g = 0; g < f->grids->count; g++) {
            size_t slots = f->grids->items[g].role->slots.count;
            for (size_t s = 0; s < slots && st == EFT_OK; s++) {
                size_t h = g, slot = s;
                st = cell_is_kept(f, g, s, &kept, err);
                if (st != EFT_OK || kept || !other_to_hide(f, &h, &slot))
                    continue;
                if (!hide_slot(f, h, slot))
                    return efti_no_memory(err, "the families of a release");
                efti_joint_open(f->joint, h, slot);
                again = true;
            }
        }
    }
    return st;
}

static bool
any_hidden(const struct family *f)
{
    for (size_t g = 0; g < f->grids->count; g++) {
        const struct release_grid *grid = &f->grids->items[g];
        for (size_t s = 0; s < grid->role->slots.count; s++) {
            if (grid->role->slots.items[s].printed &&
                grid->shown[s * grid->columns + f->column] == 0)
                return true;
        }
    }
    return false;
}

/* One step over all pairs: hide what must be (protect), or ask whether all is kept. */
static eft_status
each_pair(struct family *f, bool protect, bool *kept, eft_error *err)
{
    size_t count = f->grids->count;
    eft_status st = EFT_OK;

    *kept = true;
    for (size_t g = 0; g < count && st == EFT_OK; g++) {
        for (size_t h = count == 1 ? count : g + 1;
             h < count + (count == 1) && st == EFT_OK && *kept; h++) {
            if ((st = efti_family_pair(f, g, h, err)) != EFT_OK)
                break;
            if (protect) {
                st = protect_pair(f, err);
                continue;
            }
            efti_family_mark(f);
            for (size_t node = 0; node < f->rows + f->cols && *kept; node++)
                *kept =
                    f->sides.items[node] == 0 || (efti_outsider_is_kept_out(f, node) &&
                                                  efti_insiders_are_kept_out(f, node));
        }
    }
    return st;
}

static int
most_writers_first(const void *a, const void *b, void *user)
{
    const struct family_hidden *x = a, *y = b;

    (void)user;
    if (x->writers != y->writers)
        return x->writers > y->writers ? -1 : 1;
    if (x->grid != y->grid)
        return x->grid < y->grid ? -1 : 1;
    return x->slot < y->slot ? -1 : x->slot > y->slot;
}

/* Was not all of this column asked? In a column that was begun when the work was used up
 * pairs are all; `begun` tells that it was not. */
static bool
is_cut_short(const struct family *f, bool begun)
{
    return begun && efti_joint_is_used_up(f->joint);
}

/* What was hidden early may not be needed any more: show it again where all is kept. An
 * answer that is cut short shows nothing. */
static eft_status
show_again(struct family *f, bool begun, eft_error *err)
{
    bool kept;
    eft_status st = each_pair(f, false, &kept, err);

    if (st == EFT_OK && kept)
        st = all_are_kept(f, &kept, err);
    if (st != EFT_OK || !kept || is_cut_short(f, begun))
        return st; /* nothing more could be hidden, or asked; keep all of it */
    efti_sort(f->further.items, f->further.count, sizeof(*f->further.items),
              most_writers_first, NULL);
    for (size_t i = 0; i < f->further.count && st == EFT_OK; i++) {
        struct family_hidden *x = &f->further.items[i];
        const struct release_grid *grid = &f->grids->items[x->grid];
        uint8_t *shown = &grid->shown[x->slot * grid->columns + f->column];
        *shown = 1;
        st = each_pair(f, false, &kept, err);
        if (f->joint != NULL && kept && st == EFT_OK) {
            efti_joint_tell(f->joint, x->grid, x->slot);
            st = all_are_kept(f, &kept, err);
        }
        if (kept && st == EFT_OK && !is_cut_short(f, begun)) {
            f->hidden--;
            continue;
        }
        *shown = 0;
        if (f->joint != NULL)
            efti_joint_open(f->joint, x->grid, x->slot);
    }
    return st;
}

/* All pairs of one column, until a round hides nothing. */
static eft_status
protect_column(struct family *f, eft_error *err)
{
    size_t before;
    bool kept, begun = f->joint != NULL && !efti_joint_is_used_up(f->joint);
    eft_status st = EFT_OK;

    f->further.count = 0;
    for (size_t i = 0; i < f->j->order.count; i++)
        f->has.items[i] = f->grids->has(
            f->grids->user, &f->j->f->records[f->j->order.items[i]], f->column);
    do {
        before = f->further.count;
        st = each_pair(f, true, &kept, err);
    } while (st == EFT_OK && f->further.count > before);
    if (st == EFT_OK)
        st = protect_together(f, err);
    f->hidden += f->further.count;
    return st == EFT_OK && f->further.count > 0 ? show_again(f, begun, err) : st;
}

static eft_status
find_slots(struct family *f, eft_error *err)
{
    const struct release_job *j = f->j;
    size_t cells;

    if (!efti_mul(f->grids->count, j->order.count, &cells) ||
        !RELEASE_ARRAY_MAKE(j->mem, &f->slots, cells) ||
        !RELEASE_ARRAY_MAKE(j->mem, &f->has, j->order.count))
        return efti_no_memory(err, "the families of a release");
    for (size_t g = 0; g < f->grids->count; g++) {
        const struct release_role *role = f->grids->items[g].role;
        for (size_t i = 0; i < j->order.count; i++) {
            uint32_t slot = efti_record_slot(j, role, &j->f->records[j->order.items[i]]);
            f->slots.items[g * j->order.count + i] =
                slot == EFTI_NO_ID ? (uint32_t)role->slots.count : slot;
        }
    }
    return EFT_OK;
}

eft_status
efti_families_protect(struct release_job *j, const struct release_grids *grids,
                      eft_error *err)
{
    struct family f = {.j = j, .grids = grids};
    eft_status st = EFT_OK;

    if (grids->count > 0 && j->open)
        st = find_slots(&f, err);
    if (st == EFT_OK && f.slots.items != NULL && grids->count > 2)
        st = efti_joint_new(j, grids, f.slots.items, &f.joint, err);
    for (size_t c = 0; f.slots.items != NULL && c < grids->columns && st == EFT_OK; c++) {
        f.column = c;
        if (grids->total(grids->user, c) && any_hidden(&f))
            st = protect_column(&f, err);
    }
    if (grids->count > 2 && f.slots.items != NULL &&
        (f.joint == NULL || efti_joint_is_used_up(f.joint)) && j->order.count > 0)
        j->results->pairs_only = true;
    j->results->hidden_secondary += f.hidden;
    efti_joint_free(f.joint);
    EFTI_ARRAY_FREE(j->mem, &f.slots);
    EFTI_ARRAY_FREE(j->mem, &f.has);
    EFTI_ARRAY_FREE(j->mem, &f.n);
    EFTI_ARRAY_FREE(j->mem, &f.y);
    EFTI_ARRAY_FREE(j->mem, &f.flow);
    EFTI_ARRAY_FREE(j->mem, &f.of);
    EFTI_ARRAY_FREE(j->mem, &f.x);
    EFTI_ARRAY_FREE(j->mem, &f.level);
    EFTI_ARRAY_FREE(j->mem, &f.open);
    EFTI_ARRAY_FREE(j->mem, &f.sides);
    EFTI_ARRAY_FREE(j->mem, &f.before);
    EFTI_ARRAY_FREE(j->mem, &f.queue);
    EFTI_ARRAY_FREE(j->mem, &f.further);
    return st;
}
