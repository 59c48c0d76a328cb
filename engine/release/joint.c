/*
 * joint.c - hidden cells of one theme, held against all partitions at once
 *
 * families.c solves pairs of partitions as flows. Who holds three tables together may
 * know more: units within municipalities, assignments that belong to terms. So what pairs
 * let through is asked again of everything together. The unknowns are the counts y of
 * each combination that occurs; what is told are sums of them:
 *
 *     unit A, municipality 1, assignment P, spring     0 <= y1 <= 4
 *     unit A, municipality 1, assignment Q, spring     0 <= y2 <= 2
 *     ...                     unit A: told 5, assignment P: hidden, all: told 31
 *
 * With three partitions this is no flow any more. But a yes needs no theory: it is a
 * table of whole numbers that keeps every told sum and has the hidden cell at its goal.
 * The simplex method looks for one (moves.c), from the truth; what it finds is checked
 * here in whole numbers. If it finds none the answer is no, and more is hidden. So
 * rounding can cost a cell, and never tells one.
 *
 * A table that was found answers other questions too: for each insider only whether it
 * has at least the own texts where they are. The last MOST_FOUND are kept and looked
 * through first.
 *
 * The work is bounded: past MOST_WORK nothing is asked any more, nor where there are too
 * many combinations. Then what pairs let through is let through (results say so), what
 * was hidden here stays hidden, and increments.c lets nothing through. Eight themes over
 * 5 units, 6 assignments and 6 periods stay below with 670 reflections; over 10, 10 and
 * 12 with 220, not with 290.
 *
 * Goals are those of families.c: on each side that failed from 0 to k; for an insider
 * from what is own to k - 1 more.
 */
#include "release/joint.h"

#include "release/moves.h"

#include <math.h>

#define MOST_COMBINATIONS 20000u
#define MOST_SUMS 500u
/* Multiplications, over all columns: two seconds or so. The sample takes a hundredth of
 * it. */
#define MOST_WORK UINT64_C(1500000000)
#define MOST_FOUND 64u

struct joint_own { /* of an insider, by combination */
    uint32_t combination, with, without;
};

struct release_joint {
    struct release_job *j;
    const struct release_grids *grids;
    const uint32_t *slots;
    struct release_moves moves;
    size_t count, sums;               /* combinations; labels of all partitions */
    EFTI_ARRAY(size_t) first;         /* of each partition: its first sum */
    EFTI_ARRAY(uint32_t) combination; /* of each record */
    EFTI_ARRAY(uint32_t) labels;      /* of each combination, by partition: sums */
    EFTI_ARRAY(uint32_t) parts;       /* the same, and the sum of everything */
    EFTI_ARRAY(uint32_t) n, y;        /* of each combination */
    EFTI_ARRAY(uint32_t) of, with;    /* of each sum: n and y */
    EFTI_ARRAY(uint8_t) open;         /* of each sum */
    EFTI_ARRAY(struct joint_own) own;
    EFTI_ARRAY(uint32_t) found; /* tables, one after the other: amounts, then sums */
    size_t found_count, found_next;
    uint32_t total;
    uint64_t most_work;
    bool settled;
};

void
efti_joint_free(struct release_joint *x)
{
    if (x == NULL)
        return;
    const eft_allocator *mem = x->j->mem;
    efti_moves_free(&x->moves);
    EFTI_ARRAY_FREE(mem, &x->first);
    EFTI_ARRAY_FREE(mem, &x->combination);
    EFTI_ARRAY_FREE(mem, &x->labels);
    EFTI_ARRAY_FREE(mem, &x->parts);
    EFTI_ARRAY_FREE(mem, &x->n);
    EFTI_ARRAY_FREE(mem, &x->y);
    EFTI_ARRAY_FREE(mem, &x->of);
    EFTI_ARRAY_FREE(mem, &x->with);
    EFTI_ARRAY_FREE(mem, &x->open);
    EFTI_ARRAY_FREE(mem, &x->own);
    EFTI_ARRAY_FREE(mem, &x->found);
    efti_release(mem, x, sizeof(*x));
}

/* ---------------------------------------------------------------- combinations */

static int
by_slots(const void *a, const void *b, void *user)
{
    const struct release_joint *x = user;
    size_t p = *(const uint32_t *)a, q = *(const uint32_t *)b;

    for (size_t g = 0; g < x->grids->count; g++) {
        uint32_t s = x->slots[g * x->j->order.count + p];
        uint32_t t = x->slots[g * x->j->order.count + q];
        if (s != t)
            return s < t ? -1 : 1;
    }
    return 0;
}

/* Records with the same slots everywhere get one number, in the order of the slots. */
static eft_status
number_combinations(struct release_joint *x, eft_error *err)
{
    const eft_allocator *mem = x->j->mem;
    size_t records = x->j->order.count, grids = x->grids->count;
    EFTI_ARRAY(uint32_t) order = {0};

    if (!RELEASE_ARRAY_MAKE(mem, &order, records) ||
        !RELEASE_ARRAY_MAKE(mem, &x->combination, records)) {
        EFTI_ARRAY_FREE(mem, &order);
        return efti_no_memory(err, "the families of a release");
    }
    for (size_t i = 0; i < records; i++)
        order.items[i] = (uint32_t)i;
    efti_sort(order.items, records, sizeof(uint32_t), by_slots, x);
    for (size_t i = 0; i < records; i++) {
        if (i == 0 || by_slots(&order.items[i - 1], &order.items[i], x) != 0)
            x->count++;
        x->combination.items[order.items[i]] = (uint32_t)x->count - 1;
    }
    bool ok = RELEASE_ARRAY_MAKE(mem, &x->labels, x->count * grids) &&
              RELEASE_ARRAY_MAKE(mem, &x->parts, x->count * (grids + 1));
    for (size_t i = 0; ok && i < records; i++) {
        for (size_t g = 0; g < grids; g++)
            x->labels.items[x->combination.items[i] * grids + g] =
                (uint32_t)x->first.items[g] + x->slots[g * records + i];
    }
    for (size_t c = 0; ok && c < x->count; c++) { /* the last sum is of everything */
        memcpy(x->parts.items + c * (grids + 1), x->labels.items + c * grids,
               grids * sizeof(uint32_t));
        x->parts.items[c * (grids + 1) + grids] = (uint32_t)x->sums;
    }
    EFTI_ARRAY_FREE(mem, &order);
    return ok ? EFT_OK : efti_no_memory(err, "the families of a release");
}

static eft_status
fill_joint(struct release_joint *x, bool *fits, eft_error *err)
{
    const eft_allocator *mem = x->j->mem;

    if (!RELEASE_ARRAY_MAKE(mem, &x->first, x->grids->count))
        return efti_no_memory(err, "the families of a release");
    for (size_t g = 0; g < x->grids->count; g++) {
        x->first.items[g] = x->sums;
        x->sums += x->grids->items[g].role->slots.count + 1;
    }
    eft_status st = number_combinations(x, err);
    if (st != EFT_OK)
        return st;
    *fits = x->count <= MOST_COMBINATIONS && x->sums <= MOST_SUMS;
    if (!*fits)
        return EFT_OK;
    if (!RELEASE_ARRAY_MAKE(mem, &x->n, x->count) ||
        !RELEASE_ARRAY_MAKE(mem, &x->y, x->count) ||
        !RELEASE_ARRAY_MAKE(mem, &x->of, x->sums) ||
        !RELEASE_ARRAY_MAKE(mem, &x->with, x->sums) ||
        !RELEASE_ARRAY_MAKE(mem, &x->open, x->sums) ||
        !RELEASE_ARRAY_MAKE(mem, &x->found, (MOST_FOUND + 1) * (x->count + x->sums)))
        return efti_no_memory(err, "the families of a release");
    return efti_moves_make(&x->moves, x->parts.items, x->grids->count + 1, x->count,
                           x->sums + 1, err);
}

eft_status
efti_joint_new(struct release_job *j, const struct release_grids *grids,
               const uint32_t *slots, struct release_joint **out, eft_error *err)
{
    struct release_joint *x;
    bool fits = true;

    *out = NULL;
    if (grids->count == 0 || j->order.count == 0)
        return EFT_OK;
    x = efti_zalloc(j->mem, 1, sizeof(*x));
    if (x == NULL)
        return efti_no_memory(err, "the families of a release");
    x->j = j;
    x->grids = grids;
    x->slots = slots;
    x->moves.mem = j->mem;
    x->most_work = j->o->joint_work == 0 ? MOST_WORK : j->o->joint_work;
    eft_status st = fill_joint(x, &fits, err);
    if (st == EFT_OK && fits)
        *out = x;
    else
        efti_joint_free(x);
    return st;
}

/* --------------------------------------------------------------------- a column */

void
efti_joint_column(struct release_joint *x, const uint8_t *has)
{
    size_t grids = x->grids->count;

    memset(x->n.items, 0, x->count * sizeof(uint32_t));
    memset(x->y.items, 0, x->count * sizeof(uint32_t));
    memset(x->of.items, 0, x->sums * sizeof(uint32_t));
    memset(x->with.items, 0, x->sums * sizeof(uint32_t));
    memset(x->open.items, 0, x->sums);
    x->total = 0;
    for (size_t i = 0; i < x->j->order.count; i++) {
        uint32_t c = x->combination.items[i], one = has[i] != 0;
        x->n.items[c]++;
        x->y.items[c] += one;
        x->total += one;
        for (size_t g = 0; g < grids; g++) {
            x->of.items[x->labels.items[c * grids + g]]++;
            x->with.items[x->labels.items[c * grids + g]] += one;
        }
    }
    x->settled = false;
    x->found_count = x->found_next = 0;
}

void
efti_joint_open(struct release_joint *x, size_t grid, size_t slot)
{
    x->open.items[x->first.items[grid] + slot] = 1;
}

void
efti_joint_tell(struct release_joint *x, size_t grid, size_t slot)
{
    size_t sum = x->first.items[grid] + slot, width = x->count + x->sums, kept = 0;

    x->open.items[sum] = 0;
    for (size_t f = 0; f < x->found_count; f++) {
        const uint32_t *table = x->found.items + f * width;
        if (table[x->count + sum] != x->with.items[sum])
            continue;
        if (kept != f)
            memcpy(x->found.items + kept * width, table, width * sizeof(*table));
        kept++;
    }
    x->found_count = kept;
    x->found_next = kept % MOST_FOUND;
}

bool
efti_joint_meet(const struct release_joint *x, size_t grid, size_t slot, size_t other,
                size_t other_slot)
{
    size_t grids = x->grids->count;
    size_t a = x->first.items[grid] + slot, b = x->first.items[other] + other_slot;

    for (size_t c = 0; c < x->count; c++) {
        const uint32_t *labels = x->labels.items + c * grids;
        if (labels[grid] == a && labels[other] == b)
            return true;
    }
    return false;
}

/* --------------------------------------------------------------------- questions */

struct joint_goal {
    size_t sum;
    bool up;
    int64_t at;
};

/* Everything at the truth; the insider's own texts are known to be where they are. */
static void
set_bounds(struct release_joint *x)
{
    struct release_moves *m = &x->moves;

    for (size_t c = 0; c < x->count; c++) {
        m->low.items[c] = 0;
        m->high.items[c] = x->n.items[c];
        m->value.items[c] = x->y.items[c];
    }
    for (size_t i = 0; i < x->own.count; i++) {
        const struct joint_own *o = &x->own.items[i];
        m->low.items[o->combination] = o->with;
        m->high.items[o->combination] -= o->without;
    }
    for (size_t s = 0; s <= x->sums; s++) {
        double told = s == x->sums ? x->total : x->with.items[s];
        bool open = s < x->sums && x->open.items[s] != 0;
        m->low.items[x->count + s] = open ? 0 : told;
        m->high.items[x->count + s] = open ? x->of.items[s] : told;
        m->value.items[x->count + s] = told;
    }
}

static bool
is_reached(const struct joint_goal *goal, uint32_t value)
{
    return goal->up ? value >= goal->at : value <= goal->at;
}

/* Has a table that was found at least the own texts, and the goal? */
static bool
was_found(const struct release_joint *x, const struct joint_goal *goal)
{
    for (size_t f = 0; f < x->found_count; f++) {
        const uint32_t *table = x->found.items + f * (x->count + x->sums);
        bool good = is_reached(goal, table[x->count + goal->sum]);
        for (size_t i = 0; good && i < x->own.count; i++) {
            const struct joint_own *o = &x->own.items[i];
            good = table[o->combination] >= o->with &&
                   table[o->combination] + o->without <= x->n.items[o->combination];
        }
        if (good)
            return true;
    }
    return false;
}

/* The point that was reached, in whole numbers: does it keep all that is told? It is made
 * behind the tables that were found, and becomes one of them. */
static bool
keep_table(struct release_joint *x, const struct joint_goal *goal)
{
    size_t width = x->count + x->sums;
    uint32_t *table = x->found.items + MOST_FOUND * width;
    uint32_t *sums = table + x->count;
    size_t grids = x->grids->count;
    uint64_t total = 0;

    memset(sums, 0, x->sums * sizeof(*sums));
    for (size_t c = 0; c < x->count; c++) {
        double value = x->moves.value.items[c];
        if (!(value >= x->moves.low.items[c] && value <= x->moves.high.items[c]))
            return false;
        table[c] = (uint32_t)value;
        total += table[c];
        for (size_t g = 0; g < grids; g++)
            sums[x->labels.items[c * grids + g]] += table[c];
    }
    if (total != x->total || !is_reached(goal, sums[goal->sum]))
        return false;
    for (size_t s = 0; s < x->sums; s++) {
        if (x->open.items[s] == 0 && sums[s] != x->with.items[s])
            return false;
    }
    memcpy(x->found.items + x->found_next * width, table, width * sizeof(*table));
    x->found_next = (x->found_next + 1) % MOST_FOUND;
    x->found_count += x->found_count < MOST_FOUND;
    return true;
}

/* Once for each column, as an outsider sees it. */
static void
settle(struct release_joint *x)
{
    size_t own = x->own.count;

    x->own.count = 0;
    set_bounds(x);
    efti_moves_settle(&x->moves);
    x->own.count = own;
    x->settled = true;
}

static bool
can_be(struct release_joint *x, const struct joint_goal *goal)
{
    if (is_reached(goal, x->with.items[goal->sum]) || was_found(x, goal))
        return true;
    if (goal->at < 0 || goal->at > (int64_t)x->of.items[goal->sum])
        return false;
    if (!x->settled)
        settle(x);
    set_bounds(x);
    efti_moves_again(&x->moves);
    return efti_moves_reach(&x->moves, (uint32_t)(x->count + goal->sum), goal->up,
                            (double)goal->at) &&
           keep_table(x, goal);
}

/* From 0 to k on each side that failed, beyond what the asker owns. */
static bool
can_all_be(struct release_joint *x, size_t sum, unsigned sides, int64_t k)
{
    size_t grids = x->grids->count;
    int64_t with = 0, without = 0, elsewhere = 0, of = x->of.items[sum];

    for (size_t i = 0; i < x->own.count; i++) {
        const struct joint_own *o = &x->own.items[i];
        bool inside = false;
        for (size_t g = 0; g < grids && !inside; g++)
            inside = x->labels.items[o->combination * grids + g] == sum;
        with += inside ? o->with : 0;
        without += inside ? o->without : 0;
        elsewhere += inside ? 0 : o->with;
    }
    int64_t full = of - without, all = (int64_t)x->total - elsewhere;
    const struct {
        unsigned side;
        struct joint_goal none, many;
    } goals[] = {
        {RELEASE_SIDE_CELL, {sum, false, with}, {sum, true, with + k}},
        {RELEASE_SIDE_LABEL, {sum, true, full}, {sum, false, full - k}},
        {RELEASE_SIDE_COLUMN, {sum, true, all}, {sum, false, all - k}},
    };
    for (size_t i = 0; i < EFTI_COUNT(goals); i++) {
        if ((sides & goals[i].side) != 0 &&
            !(can_be(x, &goals[i].none) && can_be(x, &goals[i].many)))
            return false;
    }
    return true;
}

/* Texts of the writer of records from..to; false: none of the label. */
static eft_status
take_own(struct release_joint *x, size_t from, size_t to, const uint8_t *has, size_t sum,
         bool *inside, eft_error *err)
{
    size_t grids = x->grids->count;

    *inside = false;
    x->own.count = 0;
    for (size_t i = from; i < to; i++) {
        uint32_t c = x->combination.items[i];
        struct joint_own *o = NULL;
        for (size_t k = 0; k < x->own.count && o == NULL; k++)
            o = x->own.items[k].combination == c ? &x->own.items[k] : NULL;
        if (o == NULL) {
            if (!EFTI_PUSH(x->j->mem, &x->own))
                return efti_no_memory(err, "the families of a release");
            o = &x->own.items[x->own.count - 1];
            *o = (struct joint_own){.combination = c};
        }
        o->with += has[i] != 0;
        o->without += has[i] == 0;
        for (size_t g = 0; g < grids; g++)
            *inside = *inside || x->labels.items[c * grids + g] == sum;
    }
    return EFT_OK;
}

bool
efti_joint_is_used_up(const struct release_joint *x)
{
    return x->moves.work > x->most_work;
}

uint64_t
efti_joint_left(const struct release_joint *x)
{
    return efti_joint_is_used_up(x) || x->moves.work == x->most_work
               ? 1
               : x->most_work - x->moves.work;
}

eft_status
efti_joint_keeps(struct release_joint *x, const uint8_t *has, size_t grid, size_t slot,
                 unsigned sides, bool *kept, eft_error *err)
{
    const struct release_job *j = x->j;
    size_t sum = x->first.items[grid] + slot;
    eft_status st = EFT_OK;

    *kept = true;
    x->own.count = 0;
    if (efti_joint_is_used_up(x))
        return EFT_OK; /* not asked */
    *kept = can_all_be(x, sum, sides, j->gate.k);
    for (size_t from = 0, to;
         from < j->order.count && *kept && st == EFT_OK && !efti_joint_is_used_up(x);
         from = to) {
        uint32_t writer = j->f->records[j->order.items[from]].writer;
        bool inside;
        for (to = from; to < j->order.count; to++) {
            if (j->f->records[j->order.items[to]].writer != writer)
                break;
        }
        st = take_own(x, from, to, has, sum, &inside, err);
        if (st == EFT_OK && inside)
            *kept = can_all_be(x, sum, sides, (int64_t)j->gate.k - 1);
    }
    return st;
}

bool
efti_joint_is_narrow(struct release_joint *x, size_t grid, size_t slot)
{
    size_t sum = x->first.items[grid] + slot;
    const int64_t now = x->with.items[sum];

    x->own.count = 0;
    return efti_joint_is_used_up(x) ||
           (!can_be(x, &(struct joint_goal){sum, false, now - 1}) &&
            !can_be(x, &(struct joint_goal){sum, true, now + 1}));
}
