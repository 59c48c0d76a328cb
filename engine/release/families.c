/*
 * families.c - hidden cells of one theme, held against every pair of partitions
 *
 * The reflections with a theme add up over units, over assignments, over periods, over
 * each facet; and what is told of one partition says something about another, above all
 * when units lie within municipalities. For a pair of partitions the unknowns are the
 * counts y of every combination, and all that an outsider knows is linear:
 *
 *              facet F  G            0 <= y <= n        n: reflections there, known
 *     unit A        y   y   41  told
 *          B        y   y    ?      row and column sums: told, or 0 to n
 *          C        y   y    ?      all of them: told
 *              told ?
 *
 * This is a transport problem, so integer points are vertices and max-flow is exact. From
 * the true counts, the most that a hidden sum can rise or fall is the flow from its node
 * back to the source in the residual network; sums that are told have no residual. With
 * one partition alone the columns are one.
 *
 * A hidden cell has sides: those in it, those of its label without the theme, those with
 * the theme elsewhere. For each side that failed the gate the feasible counts must reach
 * from 0 to at least k. An insider subtracts own reflections and knows which they are:
 * the same problem without that writer, for every writer of the label, must reach from 0
 * to k - 1. Where it does not, the shown part with fewest writers that meets the hidden
 * one is hidden too (ties by bytes), and all is asked again. Hiding never takes
 * protection away, so pairs are gone through until nothing changes.
 *
 * n is not released; to take it as known is on the safe side. Three partitions at a time
 * are not solved. Pairs of more than MOST_CELLS combinations are refused (EFT_E_LIMIT).
 */
#include "release/families.h"

#define MOST_CELLS ((size_t)1 << 20)

struct family_hidden {
    size_t grid, slot;
    uint64_t writers;
};
struct family {
    struct release_job *j;
    const struct release_grids *grids;
    size_t column;
    EFTI_ARRAY(uint32_t) slots; /* by grid, then record in the order of the job */
    EFTI_ARRAY(uint8_t) has;    /* by record: is it in the column? */

    /* of the pair at hand; sums, then without an insider, then while flowing */
    size_t g, h; /* h == grid count: none */
    size_t rows, cols;
    EFTI_ARRAY(uint32_t) n, y;                /* by row and column of the pair */
    EFTI_ARRAY(uint64_t) of, x;               /* by node: rows, then columns */
    EFTI_ARRAY(uint32_t) flow;                /* y, changed */
    EFTI_ARRAY(uint64_t) level;               /* x, changed */
    EFTI_ARRAY(uint8_t) open, sides;          /* by node */
    EFTI_ARRAY(uint32_t) before, queue;       /* of the search */
    EFTI_ARRAY(struct family_hidden) further; /* of the column, hidden here */
    uint64_t total, hidden;
};

static const struct release_grid *
grid_of(const struct family *f, size_t node, size_t *slot)
{
    *slot = node < f->rows ? node : node - f->rows;
    return &f->grids->items[node < f->rows ? f->g : f->h];
}

/* ---------------------------------------------------------------------- flow */

/* Room to go from one node to another in the residual network; source and sink are the
 * last two. `barred`: the node whose own sum is asked about. */
static uint64_t
room(const struct family *f, size_t from, size_t to, size_t barred)
{
    size_t nodes = f->rows + f->cols, source = nodes, sink = nodes + 1;

    if (from < f->rows && to >= f->rows && to < nodes) {
        size_t at = from * f->cols + to - f->rows;
        return f->n.items[at] - f->flow.items[at];
    }
    if (to < f->rows && from >= f->rows && from < nodes)
        return f->flow.items[to * f->cols + from - f->rows];
    size_t node = from < nodes ? from : to;
    if (node == barred || f->open.items[node] == 0)
        return 0;
    uint64_t up = f->of.items[node] - f->level.items[node], down = f->level.items[node];
    if (node < f->rows)
        return to == source ? down : from == source ? up : 0;
    return to == sink ? up : from == sink ? down : 0;
}

static void
push(struct family *f, size_t from, size_t to, uint64_t by)
{
    size_t nodes = f->rows + f->cols, source = nodes, sink = nodes + 1;

    if (from < f->rows && to >= f->rows && to < nodes)
        f->flow.items[from * f->cols + to - f->rows] += (uint32_t)by;
    else if (to < f->rows && from >= f->rows && from < nodes)
        f->flow.items[to * f->cols + from - f->rows] -= (uint32_t)by;
    else if (to == source || from == sink)
        f->level.items[from == sink ? to : from] -= by;
    else
        f->level.items[from == source ? to : from] += by;
}

/* Are two nodes joined at all? Rows with columns and the source, columns with the sink.
 */
static bool
joined(const struct family *f, size_t a, size_t b)
{
    size_t nodes = f->rows + f->cols;

    if (a >= nodes)
        return a == nodes ? b < f->rows : b >= f->rows && b < nodes;
    if (b >= nodes)
        return joined(f, b, a);
    return (a < f->rows) != (b < f->rows);
}

static bool
search(struct family *f, size_t from, size_t to, size_t barred)
{
    size_t all = f->rows + f->cols + 2, head = 0;

    for (size_t i = 0; i < all; i++)
        f->before.items[i] = EFTI_NO_ID;
    f->queue.count = 0;
    f->queue.items[f->queue.count++] = (uint32_t)from;
    f->before.items[from] = (uint32_t)from;
    while (head < f->queue.count && f->before.items[to] == EFTI_NO_ID) {
        size_t at = f->queue.items[head++];
        for (size_t next = 0; next < all; next++) {
            if (f->before.items[next] != EFTI_NO_ID || !joined(f, at, next) ||
                room(f, at, next, barred) == 0)
                continue;
            f->before.items[next] = (uint32_t)at;
            f->queue.items[f->queue.count++] = (uint32_t)next;
        }
    }
    return f->before.items[to] != EFTI_NO_ID;
}

/* The most that goes from one node to another, up to a limit. */
static uint64_t
most_flow(struct family *f, size_t from, size_t to, size_t barred, uint64_t limit)
{
    uint64_t sent = 0;

    memcpy(f->flow.items, f->y.items, f->y.count * sizeof(*f->y.items));
    memcpy(f->level.items, f->x.items, f->x.count * sizeof(*f->x.items));
    while (sent < limit && search(f, from, to, barred)) {
        uint64_t by = limit - sent;
        for (size_t at = to; at != from; at = f->before.items[at]) {
            uint64_t here = room(f, f->before.items[at], at, barred);
            by = here < by ? here : by;
        }
        for (size_t at = to; at != from; at = f->before.items[at])
            push(f, f->before.items[at], at, by);
        sent += by;
    }
    return sent;
}

static bool
can_move(struct family *f, size_t node, bool up, uint64_t by)
{
    size_t source = f->rows + f->cols, sink = source + 1;

    if (by == 0)
        return true;
    if (node < f->rows)
        return up ? most_flow(f, node, source, node, by) >= by
                  : most_flow(f, source, node, node, by) >= by;
    return up ? most_flow(f, sink, node, node, by) >= by
              : most_flow(f, node, sink, node, by) >= by;
}

/* From 0 to `k` on every side that failed, with the counts as they are now. */
static bool
reaches(struct family *f, size_t node, uint64_t k)
{
    uint64_t x = f->x.items[node], rest = f->of.items[node] - x, out = f->total - x;
    unsigned sides = f->sides.items[node];

    if ((sides & RELEASE_SIDE_CELL) != 0 &&
        !(can_move(f, node, false, x) && can_move(f, node, true, k > x ? k - x : 0)))
        return false;
    if ((sides & RELEASE_SIDE_LABEL) != 0 &&
        !(can_move(f, node, true, rest) &&
          can_move(f, node, false, k > rest ? k - rest : 0)))
        return false;
    return (sides & RELEASE_SIDE_COLUMN) == 0 ||
           (can_move(f, node, true, out) &&
            can_move(f, node, false, k > out ? k - out : 0));
}

/* -------------------------------------------------------------------- counts */

static size_t
slot_at(const struct family *f, size_t grid, size_t record)
{
    if (grid == f->grids->count)
        return 0;
    return f->slots.items[grid * f->j->order.count + record];
}

/* Add (or take away) the records from..to. */
static void
count_records(struct family *f, size_t from, size_t to, bool take)
{
    for (size_t i = from; i < to; i++) {
        size_t p = slot_at(f, f->g, i), q = slot_at(f, f->h, i);
        uint32_t one = take ? UINT32_MAX : 1, has = f->has.items[i] != 0 ? one : 0;
        uint64_t all = take ? UINT64_MAX : 1, with = f->has.items[i] != 0 ? all : 0;
        f->n.items[p * f->cols + q] += one; /* unsigned: adding the largest takes one */
        f->y.items[p * f->cols + q] += has;
        f->of.items[p] += all;
        f->of.items[f->rows + q] += all;
        f->x.items[p] += with;
        f->x.items[f->rows + q] += with;
        f->total += with;
    }
}

/* One more slot for records that have none; it is never printed. */
static size_t
slots_of(const struct family *f, size_t grid)
{
    return grid == f->grids->count ? 1 : f->grids->items[grid].role->slots.count + 1;
}

static eft_status
make_pair(struct family *f, size_t g, size_t h, eft_error *err)
{
    const eft_allocator *mem = f->j->mem;
    size_t cells;

    f->g = g;
    f->h = h;
    f->rows = slots_of(f, g);
    f->cols = slots_of(f, h);
    if (!efti_mul(f->rows, f->cols, &cells) || cells > MOST_CELLS)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                         "two categories have more than %zu combinations: their hidden "
                         "cells cannot be protected together",
                         MOST_CELLS);
    size_t nodes = f->rows + f->cols;
    if (!RELEASE_ARRAY_MAKE(mem, &f->n, cells) ||
        !RELEASE_ARRAY_MAKE(mem, &f->y, cells) ||
        !RELEASE_ARRAY_MAKE(mem, &f->flow, cells) ||
        !RELEASE_ARRAY_MAKE(mem, &f->of, nodes) ||
        !RELEASE_ARRAY_MAKE(mem, &f->x, nodes) ||
        !RELEASE_ARRAY_MAKE(mem, &f->level, nodes) ||
        !RELEASE_ARRAY_MAKE(mem, &f->open, nodes) ||
        !RELEASE_ARRAY_MAKE(mem, &f->sides, nodes) ||
        !RELEASE_ARRAY_MAKE(mem, &f->before, nodes + 2) ||
        !RELEASE_ARRAY_MAKE(mem, &f->queue, nodes + 2))
        return efti_no_memory(err, "the families of a release");
    memset(f->n.items, 0, cells * sizeof(*f->n.items));
    memset(f->y.items, 0, cells * sizeof(*f->y.items));
    memset(f->of.items, 0, nodes * sizeof(*f->of.items));
    memset(f->x.items, 0, nodes * sizeof(*f->x.items));
    f->total = 0;
    count_records(f, 0, f->j->order.count, false);
    return EFT_OK;
}

/* What is hidden, and on which sides it must be protected. */
static void
mark_nodes(struct family *f)
{
    for (size_t node = 0; node < f->rows + f->cols; node++) {
        size_t slot;
        f->open.items[node] = f->sides.items[node] = 0;
        if (node >= f->rows && f->h == f->grids->count)
            continue; /* the one column of a pair of one */
        const struct release_grid *grid = grid_of(f, node, &slot);
        if (slot == grid->role->slots.count) {
            f->open.items[node] = f->of.items[node] > 0;
            continue;
        }
        if (grid->shown[slot * grid->columns + f->column] != 0 &&
            grid->role->slots.items[slot].printed)
            continue;
        f->open.items[node] = 1;
        f->sides.items[node] = (uint8_t)grid->sides(grid->user, slot, f->column);
    }
}

/* ----------------------------------------------------------------- protection */

static bool
outsider_is_kept_out(struct family *f, size_t node)
{
    return reaches(f, node, f->j->gate.k);
}

/* Does the writer of the records from..to have any of the node's label? */
static bool
is_inside(const struct family *f, size_t node, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        size_t slot =
            node < f->rows ? slot_at(f, f->g, i) : slot_at(f, f->h, i) + f->rows;
        if (slot == node)
            return true;
    }
    return false;
}

static bool
insiders_are_kept_out(struct family *f, size_t node)
{
    const struct release_job *j = f->j;
    bool kept = true;

    for (size_t from = 0, to; from < j->order.count && kept; from = to) {
        uint32_t writer = j->f->records[j->order.items[from]].writer;
        for (to = from; to < j->order.count; to++) {
            if (j->f->records[j->order.items[to]].writer != writer)
                break;
        }
        if (!is_inside(f, node, from, to))
            continue;
        count_records(f, from, to, true);
        kept = reaches(f, node, j->gate.k - 1);
        count_records(f, from, to, false);
    }
    return kept;
}

static uint64_t
writers_of(const struct family *f, size_t node)
{
    size_t slot;
    const struct release_grid *grid = grid_of(f, node, &slot);

    return grid->writers(grid->user, slot, f->column);
}

/* Do two nodes share a combination that occurs? Two rows: a column where both have one.
 */
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
        const struct release_grid *grid = grid_of(f, other, &slot);
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
hide_part(struct family *f, size_t node)
{
    size_t slot;
    const struct release_grid *grid = grid_of(f, node, &slot);

    if (!EFTI_PUSH(f->j->mem, &f->further))
        return false;
    f->further.items[f->further.count - 1] =
        (struct family_hidden){node < f->rows ? f->g : f->h, slot, writers_of(f, node)};
    grid->shown[slot * grid->columns + f->column] = 0;
    f->open.items[node] = 1;
    return true;
}

static eft_status
protect_pair(struct family *f, eft_error *err)
{
    bool again = true;

    mark_nodes(f);
    while (again) {
        again = false;
        for (size_t node = 0; node < f->rows + f->cols; node++) {
            if (f->sides.items[node] == 0 ||
                (outsider_is_kept_out(f, node) && insiders_are_kept_out(f, node)))
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
            if ((st = make_pair(f, g, h, err)) != EFT_OK)
                break;
            if (protect) {
                st = protect_pair(f, err);
                continue;
            }
            mark_nodes(f);
            for (size_t node = 0; node < f->rows + f->cols && *kept; node++)
                *kept = f->sides.items[node] == 0 ||
                        (outsider_is_kept_out(f, node) && insiders_are_kept_out(f, node));
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

/* What was hidden early may not be needed any more: show it again where all is kept. */
static eft_status
show_again(struct family *f, eft_error *err)
{
    bool kept;
    eft_status st = each_pair(f, false, &kept, err);

    if (st != EFT_OK || !kept) /* nothing more could be hidden; keep all of it */
        return st;
    efti_sort(f->further.items, f->further.count, sizeof(*f->further.items),
              most_writers_first, NULL);
    for (size_t i = 0; i < f->further.count && st == EFT_OK; i++) {
        struct family_hidden *x = &f->further.items[i];
        const struct release_grid *grid = &f->grids->items[x->grid];
        uint8_t *shown = &grid->shown[x->slot * grid->columns + f->column];
        *shown = 1;
        st = each_pair(f, false, &kept, err);
        if (kept && st == EFT_OK)
            f->hidden--;
        else
            *shown = 0;
    }
    return st;
}

/* All pairs of one column, until a round hides nothing. */
static eft_status
protect_column(struct family *f, eft_error *err)
{
    size_t before;
    bool kept;
    eft_status st = EFT_OK;

    f->further.count = 0;
    for (size_t i = 0; i < f->j->order.count; i++)
        f->has.items[i] = f->grids->has(
            f->grids->user, &f->j->f->records[f->j->order.items[i]], f->column);
    do {
        before = f->further.count;
        st = each_pair(f, true, &kept, err);
    } while (st == EFT_OK && f->further.count > before);
    f->hidden += f->further.count;
    return st == EFT_OK && f->further.count > 0 ? show_again(f, err) : st;
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
    for (size_t c = 0; f.slots.items != NULL && c < grids->columns && st == EFT_OK; c++) {
        f.column = c;
        if (grids->total(grids->user, c) && any_hidden(&f))
            st = protect_column(&f, err);
    }
    j->results->hidden_secondary += f.hidden;
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
