/*
 * flow.c - hidden cells of one theme in a pair of partitions, as a transport problem
 *
 *              facet F  G            0 <= y <= n        n: reflections there, known
 *     unit A        y   y   41  told
 *          B        y   y    ?      row and column sums: told, or 0 to n
 *          C        y   y    ?      all of them: told
 *              told ?
 *
 * Integer points are vertices, so max-flow is exact. From the true counts, the most that
 * a hidden sum can rise or fall is the flow from its node back to the source in the
 * residual network; sums that are told have no residual. With one partition alone the
 * columns are one.
 */
#include "release/flow.h"

#define MOST_CELLS ((size_t)1 << 20)

const struct release_grid *
efti_family_grid(const struct family *f, size_t node, size_t *slot)
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

/* Node `next` is reached from `at`, if it was not before. */
static inline void
reach_node(struct family *f, size_t at, size_t next)
{
    if (f->before.items[next] != EFTI_NO_ID)
        return;
    f->before.items[next] = (uint32_t)at;
    f->queue.items[f->queue.count++] = (uint32_t)next;
}

/* Whatever has room from a row or a column: the other way of its cells, and the source
 * (sink). */
static void
search_cells(struct family *f, size_t at, size_t barred)
{
    const size_t rows = f->rows, cols = f->cols;
    const size_t end = rows + cols + (at < rows ? 0 : 1);

    if (at < rows) {
        const uint32_t *n = f->n.items + at * cols, *flow = f->flow.items + at * cols;
        for (size_t q = 0; q < cols; q++) {
            if (n[q] > flow[q])
                reach_node(f, at, rows + q);
        }
    } else {
        const uint32_t *flow = f->flow.items + (at - rows);
        for (size_t p = 0; p < rows; p++) {
            if (flow[p * cols] > 0)
                reach_node(f, at, p);
        }
    }
    if (room(f, at, end, barred) > 0)
        reach_node(f, at, end);
}

/* Rows are joined with columns and the source, columns with the sink. */
static bool
search(struct family *f, size_t from, size_t to, size_t barred)
{
    const size_t nodes = f->rows + f->cols;
    size_t head = 0;

    for (size_t i = 0; i < nodes + 2; i++)
        f->before.items[i] = EFTI_NO_ID;
    f->queue.count = 0;
    reach_node(f, from, from);
    while (head < f->queue.count && f->before.items[to] == EFTI_NO_ID) {
        const size_t at = f->queue.items[head++];
        if (at < nodes) {
            search_cells(f, at, barred);
            continue;
        }
        const size_t first = at == nodes ? 0 : f->rows;
        const size_t end = at == nodes ? f->rows : nodes;
        for (size_t next = first; next < end; next++) {
            if (room(f, at, next, barred) > 0)
                reach_node(f, at, next);
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

eft_status
efti_family_pair(struct family *f, size_t g, size_t h, eft_error *err)
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
void
efti_family_mark(struct family *f)
{
    for (size_t node = 0; node < f->rows + f->cols; node++) {
        size_t slot;
        f->open.items[node] = f->sides.items[node] = 0;
        if (node >= f->rows && f->h == f->grids->count)
            continue; /* the one column of a pair of one */
        const struct release_grid *grid = efti_family_grid(f, node, &slot);
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

bool
efti_outsider_is_kept_out(struct family *f, size_t node)
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

bool
efti_insiders_are_kept_out(struct family *f, size_t node)
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
