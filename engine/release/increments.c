/*
 * increments.c - what two releases tell together about the reflections added in between
 *
 *     added since May          all 6, with oro 5          unit A: 3 of 3
 *         P  one text                                     unit B: 2 of 3
 *         Q  five texts        so P's one text ...
 *
 * Rows that are told in both releases tell, by their difference, how many of the added
 * texts have a theme. Each such difference is nothing or comes from k writers (hold.c);
 * but differences over units, assignments and periods can together leave a single value
 * for a label to which few writers have added. So the tables of a theme are let through
 * one after the other: one more may be new only if for each label, and each number of
 * added texts with the theme that comes from one to k - 1 writers, another value remains
 * possible. Otherwise its rows keep their earlier values.
 *
 * Labels and how many texts were added to each combination of them are taken as known.
 * That all or none of the added texts have a theme may be told (DESIGN 8.8).
 */
#include "release/increments.h"

struct increment_told { /* let through */
    uint32_t theme;
    uint64_t base;
    size_t grid, slot;
};

struct release_increments {
    const eft_allocator *mem;
    const struct efti_history *history;
    struct release_job j;
    struct release_job fresh; /* as j, of the added records alone */
    EFTI_ARRAY(struct release_grid) items;
    struct release_grids grids;
    EFTI_ARRAY(uint32_t) slots; /* as joint.h wants them */
    EFTI_ARRAY(uint8_t) has;
    EFTI_ARRAY(uint8_t) asked; /* slots of the partition at hand that are told */
    EFTI_ARRAY(struct increment_told) told;
    struct release_joint *joint;
    uint64_t base; /* of all of these; 0: of none yet */
};

void
efti_increments_free(struct release_increments *x)
{
    if (x == NULL)
        return;
    efti_joint_free(x->joint);
    EFTI_ARRAY_FREE(x->mem, &x->fresh.order);
    EFTI_ARRAY_FREE(x->mem, &x->items);
    EFTI_ARRAY_FREE(x->mem, &x->slots);
    EFTI_ARRAY_FREE(x->mem, &x->has);
    EFTI_ARRAY_FREE(x->mem, &x->asked);
    EFTI_ARRAY_FREE(x->mem, &x->told);
    eft_results_free(x->j.results);
    efti_job_close(&x->j);
    efti_release(x->mem, x, sizeof(*x));
}

/* Units, facets, assignments, periods. */
static eft_status
list_partitions(struct release_increments *x, eft_error *err)
{
    for (size_t i = 0; i <= x->j.roles.count; i++) {
        const struct release_role *role =
            i == x->j.roles.count ? &x->j.period : &x->j.roles.items[i];
        if (i == EFTI_LABEL_TAG)
            continue;
        if (!EFTI_PUSH(x->mem, &x->items))
            return efti_no_memory(err, "what two releases tell");
        x->items.items[x->items.count - 1] = (struct release_grid){.role = role};
    }
    x->grids = (struct release_grids){.items = x->items.items, .count = x->items.count};
    return EFT_OK;
}

eft_status
efti_increments_new(const eft_allocator *mem, const struct efti_frozen *f,
                    const struct efti_release_options *options,
                    struct release_increments **out, eft_error *err)
{
    struct release_increments *x = efti_zalloc(mem, 1, sizeof(*x));

    *out = NULL;
    if (x == NULL)
        return efti_no_memory(err, "what two releases tell");
    x->mem = mem;
    x->history = options->history;
    x->j = (struct release_job){.mem = mem, .f = f, .o = options, .gate = options->gate};
    eft_status st = efti_results_new(mem, &x->j.results, err);
    if (st == EFT_OK)
        st = efti_job_open(&x->j, err);
    if (st == EFT_OK)
        st = list_partitions(x, err);
    if (st == EFT_OK)
        *out = x;
    else
        efti_increments_free(x);
    return st;
}

/* The records that are in no release up to `base`, and their slots. */
static eft_status
gather_fresh(struct release_increments *x, uint64_t base, eft_error *err)
{
    const struct release_job *j = &x->j;
    EFTI_ARRAY(uint32_t) order = {0};
    size_t count = 0, cells;

    efti_joint_free(x->joint);
    x->joint = NULL;
    EFTI_ARRAY_FREE(x->mem, &x->fresh.order);
    x->fresh = *j;
    x->fresh.order.items = NULL;
    x->fresh.order.count = x->fresh.order.capacity = 0;
    if (!RELEASE_ARRAY_MAKE(x->mem, &order, j->order.count))
        return efti_no_memory(err, "what two releases tell");
    for (size_t i = 0; i < j->order.count; i++) {
        if (x->history->first_seen[j->order.items[i]] > base)
            order.items[count++] = j->order.items[i];
    }
    x->fresh.order.items = order.items;
    x->fresh.order.capacity = order.capacity;
    x->fresh.order.count = count;
    if (!efti_mul(x->grids.count, count, &cells) ||
        !RELEASE_ARRAY_MAKE(x->mem, &x->slots, cells) ||
        !RELEASE_ARRAY_MAKE(x->mem, &x->has, count))
        return efti_no_memory(err, "what two releases tell");
    for (size_t g = 0; g < x->grids.count; g++) {
        const struct release_role *role = x->grids.items[g].role;
        for (size_t i = 0; i < count; i++) {
            uint32_t slot = efti_record_slot(j, role, &j->f->records[order.items[i]]);
            x->slots.items[g * count + i] =
                slot == EFTI_NO_ID ? (uint32_t)role->slots.count : slot;
        }
    }
    x->base = base;
    return efti_joint_new(&x->fresh, &x->grids, x->slots.items, &x->joint, err);
}

static size_t
partition_of(const struct release_increments *x, const struct release_told *told)
{
    for (size_t g = 0; g < x->grids.count; g++) {
        const struct release_role *role = x->grids.items[g].role;
        bool period = role->role == RELEASE_PERIOD;
        bool assignment = role->role == EFTI_LABEL_ASSIGNMENT;
        if (told->table == EFTI_TABLE_TREND ? period
            : told->table == EFTI_TABLE_ASSIGNMENT_THEMES
                ? assignment
                : !period && !assignment &&
                      efti_equal(role->name.bytes, role->name.size, told->facet.bytes,
                                 told->facet.size))
            return g;
    }
    return SIZE_MAX;
}

static uint32_t
theme_numbered(const struct efti_frozen *f, eft_text name)
{
    for (uint32_t i = 0; i < f->theme_count; i++) {
        if (efti_equal(f->themes[i].bytes, f->themes[i].size, name.bytes, name.size))
            return i;
    }
    return EFTI_NO_ID;
}

/* Slots of a partition that the table at hand tells in both releases. */
static eft_status
mark_asked(struct release_increments *x, size_t grid, const struct release_told *told,
           eft_error *err)
{
    const struct release_role *role = x->grids.items[grid].role;

    if (!RELEASE_ARRAY_MAKE(x->mem, &x->asked, role->slots.count + 1))
        return efti_no_memory(err, "what two releases tell");
    memset(x->asked.items, 0, role->slots.count + 1);
    for (size_t s = 0; s < role->slots.count; s++) {
        const eft_text name = role->slots.items[s].name;
        for (size_t i = 0; i < told->count && role->slots.items[s].printed; i++)
            x->asked.items[s] |= efti_equal(name.bytes, name.size, told->labels[i].bytes,
                                            told->labels[i].size);
    }
    return EFT_OK;
}

/* Told are what was let through, and what is asked for. */
static void
set_told(struct release_increments *x, uint32_t theme, size_t grid)
{
    for (size_t g = 0; g < x->grids.count; g++) {
        for (size_t s = 0; s <= x->grids.items[g].role->slots.count; s++) {
            bool told = g == grid && x->asked.items[s] != 0;
            for (size_t i = 0; i < x->told.count && !told; i++) {
                const struct increment_told *t = &x->told.items[i];
                told = t->theme == theme && t->grid == g && t->slot == s;
            }
            if (!told)
                efti_joint_open(x->joint, g, s);
        }
    }
}

/* Writers who added texts with the theme to the label. */
static uint32_t
writers_added(const struct release_increments *x, size_t grid, size_t slot)
{
    const struct release_job *j = &x->fresh;
    uint32_t writers = 0, last = EFTI_NO_ID;

    for (size_t i = 0; i < j->order.count; i++) {
        uint32_t writer = j->f->records[j->order.items[i]].writer;
        if (x->has.items[i] == 0 || x->slots.items[grid * j->order.count + i] != slot ||
            writer == last)
            continue;
        writers++;
        last = writer; /* records come writer by writer */
    }
    return writers;
}

static bool
any_is_narrow(struct release_increments *x)
{
    for (size_t g = 0; g < x->grids.count; g++) {
        for (size_t s = 0; s <= x->grids.items[g].role->slots.count; s++) {
            uint32_t writers = writers_added(x, g, s);
            if (writers > 0 && writers < x->j.gate.k &&
                efti_joint_is_narrow(x->joint, g, s))
                return true;
        }
    }
    return false;
}

static eft_status
let_through(struct release_increments *x, uint32_t theme, size_t grid, eft_error *err)
{
    for (size_t s = 0; s < x->asked.count; s++) {
        if (x->asked.items[s] == 0)
            continue;
        if (!EFTI_PUSH(x->mem, &x->told))
            return efti_no_memory(err, "what two releases tell");
        x->told.items[x->told.count - 1] =
            (struct increment_told){theme, x->base, grid, s};
    }
    return EFT_OK;
}

eft_status
efti_increments_may(struct release_increments *x, const struct release_told *told,
                    bool *may, eft_error *err)
{
    uint32_t theme = theme_numbered(x->j.f, told->theme);
    size_t grid = partition_of(x, told), with = 0;
    eft_status st = EFT_OK;

    *may = true;
    if (theme == EFTI_NO_ID || grid == SIZE_MAX)
        return EFT_OK;
    if (x->base != told->base && (st = gather_fresh(x, told->base, err)) != EFT_OK)
        return st;
    for (size_t i = 0; i < x->fresh.order.count; i++) {
        x->has.items[i] =
            efti_record_has(&x->j.f->records[x->fresh.order.items[i]], theme);
        with += x->has.items[i];
    }
    if (x->joint == NULL || with == 0 || with == x->fresh.order.count)
        return EFT_OK;
    if ((st = mark_asked(x, grid, told, err)) != EFT_OK)
        return st;
    efti_joint_column(x->joint, x->has.items);
    set_told(x, theme, grid);
    *may = !any_is_narrow(x);
    return *may ? let_through(x, theme, grid, err) : EFT_OK;
}
