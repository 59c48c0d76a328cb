/*
 * increments.c - what two releases tell together about the reflections added in between
 *
 *     added since May          all 6, with oro 5          unit A: 3 of 3
 *         P  one text                                     unit B: 2 of 3
 *         Q  five texts        so P's one text ...
 *
 * Rows that are told in both releases tell, by their difference, how many of the added
 * texts have a theme. Each such difference is nothing or comes from k writers (hold.c);
 * but differences over units, assignments and periods, and levels that one release tells
 * and the other hides, can together leave a single value for a label to which few writers
 * have added. So the tables of a theme are let through one after the other: one more may
 * be new only if for each label, and each number of added texts with the theme that comes
 * from one to k - 1 writers, another value remains possible. Otherwise its rows keep
 * their earlier values.
 *
 * Every release that told such rows anew is a base b: its readers still have it, whether
 * the last release told the row anew or kept it. Releases between which no text of today
 * arrived are one base. All that is told are sums over combinations of labels and age
 * (which base came first after the text), so each partition stands here once for today
 * and three times for each base (joint.h):
 *
 *     all      told where the row may be new            A: everything
 *     up to b  told where a row of base b told it      A: texts of b and before
 *     since b  never told: what is asked about          A: texts after b
 *     from b   never told, asked about too              A: texts after b, up to the next
 *
 * Where all that is too large, or too much work (joint.c), or there are more than
 * MOST_BASES, nothing may be new.
 *
 * Labels and how many texts each combination has are taken as known. That all or none of
 * the added texts have a theme may be told (rule 8.8).
 */
#include "release/increments.h"

#define MOST_BASES 12 /* of one theme */

struct increment_told { /* let through */
    uint32_t theme;
    size_t partition, slot;
};

struct release_increments {
    const eft_allocator *mem;
    const struct efti_history *history;
    struct efti_release_options own; /* with what is left of the work */
    struct release_job j;
    size_t partitions, base_count;
    uint64_t bases[MOST_BASES];            /* of the theme at hand, rising */
    bool too_many;                         /* more of them: nothing may be new */
    size_t too_large;                      /* with so many bases it was; 0: never yet */
    struct release_role age;               /* slots: up to each base, then added */
    EFTI_ARRAY(struct release_grid) items; /* `kinds` for each partition, then age */
    struct release_grids grids;
    EFTI_ARRAY(uint32_t) slots; /* as joint.h wants them */
    EFTI_ARRAY(uint8_t) before; /* by partition, slot and base: was the theme told? */
    EFTI_ARRAY(uint8_t) has;
    EFTI_ARRAY(uint8_t) asked; /* slots of the partition at hand that are told */
    EFTI_ARRAY(struct increment_told) told;
    struct release_joint *joint;
    bool made; /* for these bases: grids, slots, and `joint` if all fits */
};

void
efti_increments_free(struct release_increments *x)
{
    if (x == NULL)
        return;
    efti_joint_free(x->joint);
    EFTI_ARRAY_FREE(x->mem, &x->items);
    EFTI_ARRAY_FREE(x->mem, &x->slots);
    EFTI_ARRAY_FREE(x->mem, &x->before);
    EFTI_ARRAY_FREE(x->mem, &x->has);
    EFTI_ARRAY_FREE(x->mem, &x->asked);
    EFTI_ARRAY_FREE(x->mem, &x->told);
    eft_results_free(x->j.results);
    efti_job_close(&x->j);
    efti_release(x->mem, x, sizeof(*x));
}

/* Grids of one partition: all, then for base b up to, since and from. */
static size_t
grids_of_one(const struct release_increments *x)
{
    return 1 + 3 * x->base_count;
}

static size_t
grid_all(const struct release_increments *x, size_t partition)
{
    return partition * grids_of_one(x);
}

enum { GRID_UP_TO, GRID_SINCE, GRID_FROM };
static size_t
grid_of(const struct release_increments *x, size_t partition, size_t base, size_t kind)
{
    return grid_all(x, partition) + 1 + 3 * base + kind;
}

static void
note_base(struct release_increments *x, uint64_t release)
{
    const struct efti_history *h = x->history;
    uint64_t base = release < h->same_as_count ? h->same_as[release] : release;
    size_t at = 0;

    while (at < x->base_count && x->bases[at] < base)
        at++;
    if (base == 0 || (at < x->base_count && x->bases[at] == base))
        return;
    if (x->base_count == MOST_BASES) {
        x->too_many = true;
        return;
    }
    memmove(x->bases + at + 1, x->bases + at, (x->base_count - at) * sizeof(*x->bases));
    x->bases[at] = base;
    x->base_count++;
}

static bool
is_over_labels(enum efti_table_id id)
{
    return id == EFTI_TABLE_THEMES_BY_FACET || id == EFTI_TABLE_ASSIGNMENT_THEMES ||
           id == EFTI_TABLE_TREND;
}

/* The releases that told rows of the theme over labels and periods. */
static void
list_bases(struct release_increments *x, eft_text theme)
{
    const struct eft_results *told = x->history->told;

    x->base_count = 0;
    x->too_many = x->history->told_lost;
    note_base(x, x->history->last); /* of what was never told (hold_judge.c) */
    for (size_t i = 0; told != NULL && i < told->tables.count; i++) {
        const struct eft_table *t = told->tables.items[i];
        if (!is_over_labels(efti_table_id_of(t)))
            continue;
        size_t column = eft_table_column_find(t, "theme");
        for (size_t r = 0; r < eft_table_rows(t); r++) {
            eft_text of = eft_table_text(t, r, column);
            if (efti_equal(of.bytes, of.size, theme.bytes, theme.size))
                note_base(x, efti_table_release(t, r));
        }
    }
}

static bool
push_grid(struct release_increments *x, const struct release_role *role)
{
    if (!EFTI_PUSH(x->mem, &x->items))
        return false;
    x->items.items[x->items.count - 1] = (struct release_grid){.role = role};
    return true;
}

/* Units, facets, assignments, periods. */
static eft_status
list_partitions(struct release_increments *x, eft_error *err)
{
    bool ok = true;

    x->items.count = x->partitions = 0;
    for (size_t i = 0; i <= x->j.roles.count; i++) {
        const struct release_role *role =
            i == x->j.roles.count ? &x->j.period : &x->j.roles.items[i];
        if (i == EFTI_LABEL_TAG)
            continue;
        for (size_t g = 0; g < grids_of_one(x); g++)
            ok = ok && push_grid(x, role);
        x->partitions++;
    }
    x->age.slots.count = x->base_count + 1;
    if (!ok || !push_grid(x, &x->age))
        return efti_no_memory(err, "what two releases tell");
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
    x->own = *options;
    x->j = (struct release_job){.mem = mem, .f = f, .o = &x->own, .gate = options->gate};
    x->j.gate.k = efti_history_k(options->history, options->gate.k);
    eft_status st = efti_results_new(mem, &x->j.results, err);
    if (st == EFT_OK)
        st = efti_job_open(&x->j, err);
    if (st == EFT_OK)
        *out = x;
    else
        efti_increments_free(x);
    return st;
}

/* The first base that has the text; base_count: none has. */
static size_t
age_of(const struct release_increments *x, size_t at)
{
    uint64_t first = x->history->first_seen[x->j.order.items[at]];
    size_t age = 0;

    while (age < x->base_count && x->bases[age] < first)
        age++;
    return age;
}

/* One partition of one record: of another age it has no label. */
static void
place_record(struct release_increments *x, size_t p, size_t at, size_t age)
{
    const struct release_role *role = x->grids.items[grid_all(x, p)].role;
    const struct efti_record_view *r = &x->j.f->records[x->j.order.items[at]];
    size_t count = x->j.order.count;
    uint32_t none = (uint32_t)role->slots.count;
    uint32_t slot = efti_record_slot(&x->j, role, r);

    slot = slot == EFTI_NO_ID ? none : slot;
    x->slots.items[grid_all(x, p) * count + at] = slot;
    for (size_t b = 0; b < x->base_count; b++) {
        uint32_t *up_to = &x->slots.items[grid_of(x, p, b, GRID_UP_TO) * count + at];
        uint32_t *since = &x->slots.items[grid_of(x, p, b, GRID_SINCE) * count + at];
        uint32_t *from = &x->slots.items[grid_of(x, p, b, GRID_FROM) * count + at];
        *up_to = age <= b ? slot : none;
        *since = age > b ? slot : none;
        *from = age == b + 1 ? slot : none;
    }
}

/* Where each record stands. */
static eft_status
find_ages(struct release_increments *x, eft_error *err)
{
    size_t count = x->j.order.count, cells;

    if (!efti_mul(x->grids.count, count, &cells) ||
        !RELEASE_ARRAY_MAKE(x->mem, &x->slots, cells))
        return efti_no_memory(err, "what two releases tell");
    for (size_t i = 0; i < count; i++) {
        size_t age = age_of(x, i);
        for (size_t p = 0; p < x->partitions; p++)
            place_record(x, p, i, age);
        x->slots.items[(x->grids.count - 1) * count + i] = (uint32_t)age;
    }
    x->made = true;
    return efti_joint_new(&x->j, &x->grids, x->slots.items, &x->joint, err);
}

/* Everything for the bases of a theme, if they are not those at hand. All themes together
 * have the work of one. */
static eft_status
take_theme(struct release_increments *x, eft_text theme, eft_error *err)
{
    uint64_t before[MOST_BASES];
    size_t count = x->base_count;

    memcpy(before, x->bases, sizeof(before));
    list_bases(x, theme);
    if (x->too_many || (x->made && count == x->base_count &&
                        memcmp(before, x->bases, count * sizeof(*before)) == 0))
        return EFT_OK;
    if (x->joint != NULL)
        x->own.joint_work = efti_joint_left(x->joint);
    efti_joint_free(x->joint);
    x->joint = NULL;
    x->made = false;
    eft_status st = list_partitions(x, err);
    if (st != EFT_OK || (x->too_large != 0 && x->base_count >= x->too_large))
        return st; /* more bases make it no smaller: not sorted again for each theme */
    st = find_ages(x, err);
    if (st == EFT_OK && x->joint == NULL)
        x->too_large = x->base_count;
    return st;
}

static size_t
partition_of(const struct release_increments *x, enum efti_table_id table, eft_text facet)
{
    for (size_t p = 0; p < x->partitions; p++) {
        const struct release_role *role = x->grids.items[grid_all(x, p)].role;
        bool period = role->role == RELEASE_PERIOD;
        bool assignment = role->role == EFTI_LABEL_ASSIGNMENT;
        if (table == EFTI_TABLE_TREND ? period
            : table == EFTI_TABLE_ASSIGNMENT_THEMES
                ? assignment
                : !period && !assignment &&
                      efti_equal(role->name.bytes, role->name.size, facet.bytes,
                                 facet.size))
            return p;
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

static bool
is_printed(const struct release_slot *slot, eft_text label)
{
    return slot->printed &&
           efti_equal(slot->name.bytes, slot->name.size, label.bytes, label.size);
}

/* ---------------------------------------------------------------- told before */

static uint8_t *
told_before(const struct release_increments *x, size_t partition, size_t slot,
            size_t base)
{
    size_t at = slot;

    for (size_t p = 0; p < partition; p++)
        at += x->grids.items[grid_all(x, p)].role->slots.count;
    return &x->before.items[at * x->base_count + base];
}

/* Rows of the theme in one table of one earlier release. */
static void
note_told(struct release_increments *x, const struct eft_table *t, eft_text theme)
{
    enum efti_table_id id = efti_table_id_of(t);
    size_t facet = eft_table_column_find(t, "facet");
    size_t theme_at = eft_table_column_find(t, "theme");
    size_t shown = eft_table_column_find(t, "shown");
    size_t label_at =
        eft_table_column_find(t, id == EFTI_TABLE_TREND               ? "period"
                                 : id == EFTI_TABLE_ASSIGNMENT_THEMES ? "assignment"
                                                                      : "label");

    for (size_t r = 0; r < eft_table_rows(t); r++) {
        eft_text of = eft_table_text(t, r, theme_at);
        if (!efti_equal(of.bytes, of.size, theme.bytes, theme.size) ||
            eft_table_integer(t, r, shown) != 1)
            continue;
        uint64_t release = efti_table_release(t, r), base = 0;
        size_t b = 0;
        if (release < x->history->same_as_count)
            base = x->history->same_as[release];
        while (b < x->base_count && x->bases[b] != base)
            b++;
        of = facet == SIZE_MAX ? (eft_text){"", 0} : eft_table_text(t, r, facet);
        size_t p = partition_of(x, id, of);
        if (b == x->base_count || p == SIZE_MAX)
            continue;
        const struct release_role *role = x->grids.items[grid_all(x, p)].role;
        for (size_t s = 0; s < role->slots.count; s++) {
            if (is_printed(&role->slots.items[s], eft_table_text(t, r, label_at)))
                *told_before(x, p, s, b) = 1;
        }
    }
}

static eft_status
find_told(struct release_increments *x, eft_text theme, eft_error *err)
{
    const struct eft_results *told = x->history->told;
    size_t slots = 0;

    for (size_t p = 0; p < x->partitions; p++)
        slots += x->grids.items[grid_all(x, p)].role->slots.count;
    if (!RELEASE_ARRAY_MAKE(x->mem, &x->before, slots * x->base_count + 1))
        return efti_no_memory(err, "what two releases tell");
    memset(x->before.items, 0, x->before.count);
    for (size_t i = 0; told != NULL && i < told->tables.count; i++) {
        if (is_over_labels(efti_table_id_of(told->tables.items[i])))
            note_told(x, told->tables.items[i], theme);
    }
    return EFT_OK;
}

/* Slots of a partition that the table at hand tells. */
static eft_status
mark_asked(struct release_increments *x, size_t partition,
           const struct release_told *told, eft_error *err)
{
    const struct release_role *role = x->grids.items[grid_all(x, partition)].role;

    if (!RELEASE_ARRAY_MAKE(x->mem, &x->asked, role->slots.count + 1))
        return efti_no_memory(err, "what two releases tell");
    memset(x->asked.items, 0, role->slots.count + 1);
    for (size_t s = 0; s < role->slots.count; s++) {
        for (size_t i = 0; i < told->count; i++)
            x->asked.items[s] |= is_printed(&role->slots.items[s], told->labels[i]);
    }
    return EFT_OK;
}

/* Told are what was let through, what is asked for, and what was told before; and how
 * many of each age have the theme. */
static void
set_told(struct release_increments *x, uint32_t theme, size_t partition)
{
    for (size_t p = 0; p < x->partitions; p++) {
        size_t slots = x->grids.items[grid_all(x, p)].role->slots.count;
        for (size_t s = 0; s <= slots; s++) {
            bool told = p == partition && x->asked.items[s] != 0;
            for (size_t i = 0; i < x->told.count && !told; i++) {
                const struct increment_told *t = &x->told.items[i];
                told = t->theme == theme && t->partition == p && t->slot == s;
            }
            if (!told)
                efti_joint_open(x->joint, grid_all(x, p), s);
            for (size_t b = 0; b < x->base_count; b++) {
                if (s == slots || *told_before(x, p, s, b) == 0)
                    efti_joint_open(x->joint, grid_of(x, p, b, GRID_UP_TO), s);
                efti_joint_open(x->joint, grid_of(x, p, b, GRID_SINCE), s);
                efti_joint_open(x->joint, grid_of(x, p, b, GRID_FROM), s);
            }
        }
    }
}

/* Writers who added texts with the theme to the label. */
static uint32_t
writers_added(const struct release_increments *x, size_t grid, size_t slot)
{
    const struct release_job *j = &x->j;
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

/* Can the number of texts that few writers added to some label of the grid be told? */
static bool
grid_is_narrow(struct release_increments *x, size_t g)
{
    for (size_t s = 0; s < x->grids.items[g].role->slots.count; s++) {
        uint32_t writers = writers_added(x, g, s);
        if (writers > 0 && writers < x->j.gate.k && efti_joint_is_narrow(x->joint, g, s))
            return true;
    }
    return false;
}

/* The last base has no next one: what is from it is what is since. */
static bool
any_is_narrow(struct release_increments *x)
{
    for (size_t p = 0; p < x->partitions; p++) {
        for (size_t b = 0; b < x->base_count; b++) {
            if (grid_is_narrow(x, grid_of(x, p, b, GRID_SINCE)) ||
                (b + 1 < x->base_count && grid_is_narrow(x, grid_of(x, p, b, GRID_FROM))))
                return true;
        }
    }
    return false;
}

static eft_status
let_through(struct release_increments *x, uint32_t theme, size_t partition,
            eft_error *err)
{
    for (size_t s = 0; s < x->asked.count; s++) {
        if (x->asked.items[s] == 0)
            continue;
        if (!EFTI_PUSH(x->mem, &x->told))
            return efti_no_memory(err, "what two releases tell");
        x->told.items[x->told.count - 1] = (struct increment_told){theme, partition, s};
    }
    return EFT_OK;
}

eft_status
efti_increments_may(struct release_increments *x, const struct release_told *told,
                    bool *may, eft_error *err)
{
    uint32_t theme = theme_numbered(x->j.f, told->theme);
    size_t with = 0, added = 0;
    eft_status st;

    *may = true;
    if (theme == EFTI_NO_ID)
        return EFT_OK;
    if ((st = take_theme(x, told->theme, err)) != EFT_OK)
        return st;
    if (x->too_many) {
        *may = false;
        x->made = false; /* the bases are not all of them */
        return EFT_OK;
    }
    size_t partition = partition_of(x, told->table, told->facet);
    if (partition == SIZE_MAX)
        return EFT_OK;
    uint64_t first = x->base_count > 0 ? x->bases[0] : told->base;
    if (!RELEASE_ARRAY_MAKE(x->mem, &x->has, x->j.order.count))
        return efti_no_memory(err, "what two releases tell");
    for (size_t i = 0; i < x->j.order.count; i++) {
        bool is_added = x->history->first_seen[x->j.order.items[i]] > first;
        x->has.items[i] = efti_record_has(&x->j.f->records[x->j.order.items[i]], theme);
        added += is_added;
        with += is_added && x->has.items[i] != 0;
    }
    if (with == 0 || with == added)
        return EFT_OK;
    if (x->joint == NULL) { /* too much to be asked */
        *may = false;
        return EFT_OK;
    }
    if ((st = find_told(x, told->theme, err)) != EFT_OK ||
        (st = mark_asked(x, partition, told, err)) != EFT_OK)
        return st;
    efti_joint_column(x->joint, x->has.items);
    set_told(x, theme, partition);
    *may = !any_is_narrow(x);
    return *may ? let_through(x, theme, partition, err) : EFT_OK;
}
