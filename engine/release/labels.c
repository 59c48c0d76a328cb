/*
 * labels.c - which units, assignments, facets and tags are printed, and how
 *
 * Name. A label whose value may not be shown is numbered (unit-1, tag-3, <facet>-2), in
 * order of its hash, over the hidden labels of its role alone; --hide-labels unit numbers
 * every unit. A number is passed over when a visible label is called the same, and a
 * label that is called "other" is treated as hidden, for that name is ours.
 *
 * Gate. A label is printed if its population and its rest pass. Units, assignments and
 * facets partition the reflections, so those that fail would follow by subtraction:
 *
 *     A 40   B 30   C 9   D 3   (k 5, say: D has 2 writers)   all 82
 *                   └── other ──┘
 *
 * they are pooled as `other`. A pool needs at least two members and must pass as any
 * label; while it does not, the printed label with fewest writers is pulled in (ties by
 * bytes of the name). If nothing is left the pool stays hidden, and with it every label.
 * Reflections that name no label are a member like any other when they do not pass; when
 * they do, they have no row, and what follows about them by subtraction has passed.
 *
 * Tags do not partition: those that fail are left out.
 */
#include "release/internal.h"

#define POOL_NAME "other"

uint32_t
efti_record_label(const struct efti_record_view *r, uint32_t role)
{
    if (role == EFTI_LABEL_UNIT)
        return r->unit;
    if (role == EFTI_LABEL_ASSIGNMENT)
        return r->assignment;
    return r->facets[role - EFTI_LABEL_FACET0];
}

void
efti_role_free(const eft_allocator *mem, struct release_role *r)
{
    EFTI_ARRAY_FREE(mem, &r->slots);
    EFTI_ARRAY_FREE(mem, &r->slot_of);
    EFTI_ARRAY_FREE(mem, &r->names);
    EFTI_ARRAY_FREE(mem, &r->place);
}

/* --------------------------------------------------------------------- names */

static bool
is_visible(const struct release_job *j, const struct release_role *r, uint32_t label)
{
    eft_text name = j->f->labels[label].printable;

    return name.size > 0 && !(r->role == EFTI_LABEL_UNIT && j->o->hide_unit_labels) &&
           !efti_equal(name.bytes, name.size, POOL_NAME, strlen(POOL_NAME));
}

static bool
name_is_taken(const struct release_job *j, const struct release_role *r, const char *name,
              size_t size)
{
    for (uint32_t i = r->first; i < r->first + r->count; i++) {
        eft_text other = j->f->labels[i].printable;
        if (is_visible(j, r, i) && efti_equal(other.bytes, other.size, name, size))
            return true;
    }
    return false;
}

/* Is there any visible label that begins like a number of ours? Hardly ever. */
static bool
names_may_clash(const struct release_job *j, const struct release_role *r)
{
    for (uint32_t i = r->first; i < r->first + r->count; i++) {
        eft_text name = j->f->labels[i].printable;
        if (is_visible(j, r, i) && name.size > r->name.size &&
            memcmp(name.bytes, r->name.bytes, r->name.size) == 0 &&
            name.bytes[r->name.size] == '-')
            return true;
    }
    return false;
}

static bool
number_label(struct release_job *j, const struct release_role *r, bool clash,
             uint64_t *number, eft_text *out)
{
    struct efti_bytes b;

    efti_bytes_init(&b, j->mem);
    do {
        efti_bytes_clear(&b);
        efti_put(&b, r->name.bytes, r->name.size);
        efti_put_char(&b, '-');
        efti_put_u64(&b, ++*number);
    } while (clash && !b.failed && name_is_taken(j, r, b.data, b.size));
    char *copy = b.failed ? NULL : efti_arena_copy(&j->results->arena, b.data, b.size);
    *out = (eft_text){copy, copy == NULL ? 0 : b.size};
    efti_bytes_free(&b);
    return copy != NULL;
}

static int
by_name(const void *a, const void *b, void *user)
{
    const struct release_slot *x = a, *y = b;

    (void)user;
    int c = efti_compare(x->name.bytes, x->name.size, y->name.bytes, y->name.size);
    return c != 0 ? c : x->label < y->label ? -1 : x->label > y->label;
}

/* A slot for each label that the population has, by name. */
static eft_status
name_labels(struct release_job *j, struct release_role *r, eft_error *err)
{
    bool clash = names_may_clash(j, r);
    uint64_t number = 0;

    if (!EFTI_ARRAY_RESERVE(j->mem, &r->slots, (size_t)r->count + 2) ||
        !RELEASE_ARRAY_MAKE(j->mem, &r->slot_of, r->count) ||
        !RELEASE_ARRAY_MAKE(j->mem, &r->names, r->count))
        return efti_no_memory(err, "the labels of a release");
    for (uint32_t i = r->first; i < r->first + r->count; i++) {
        struct release_slot slot = {.label = i, .name = j->f->labels[i].printable};
        r->slot_of.items[i - r->first] = EFTI_NO_ID;
        if (!is_visible(j, r, i) && !number_label(j, r, clash, &number, &slot.name))
            return efti_no_memory(err, "the name of a label");
        r->names.items[i - r->first] = slot.name;
        if (efti_base_set(j, efti_base_label(j, i)).count > 0)
            r->slots.items[r->slots.count++] = slot;
    }
    efti_sort(r->slots.items, r->slots.count, sizeof(*r->slots.items), by_name, NULL);
    return EFT_OK;
}

/* ------------------------------------------------------------------ the pool */

static bool
set_shows(struct release_job *j, struct release_set set)
{
    struct efti_cell cell = efti_set_cell(set), rest = efti_population_rest(j, set);

    return efti_job_shows(j, &cell, &rest, 1);
}

static struct release_slot *
fewest_writers(const struct release_job *j, struct release_role *r)
{
    struct release_slot *best = NULL;
    size_t least = 0;

    for (size_t i = 0; i < r->slots.count; i++) {
        struct release_slot *s = &r->slots.items[i];
        size_t writers = efti_base_set(j, efti_base_label(j, s->label)).count;
        if (s->shown && (best == NULL || writers < least)) {
            best = s; /* slots are by name: the first of equals stays */
            least = writers;
        }
    }
    return best;
}

/* What is pooled lies in the sums of the job. True: the pool may be shown. */
static bool
fill_pool(struct release_job *j, struct release_role *r, size_t members)
{
    struct release_set all = efti_base_set(j, RELEASE_BASE_POPULATION);

    for (;;) {
        struct efti_cell cell = efti_sum_cell(j), rest = efti_sum_rest(j, all);
        if (members >= 2 && efti_job_shows(j, &cell, &rest, 1))
            return true;
        struct release_slot *s = fewest_writers(j, r);
        if (s == NULL)
            return false;
        s->shown = false;
        r->pulled++;
        r->left_out++;
        members++;
        efti_sum_add(j, efti_base_set(j, efti_base_label(j, s->label)));
    }
}

/* Keep the slots that are shown, then the pool, then what has no label. */
static void
settle_slots(struct release_role *r, bool pool, bool pool_shown, bool none_pooled,
             bool none_apart)
{
    size_t kept = 0;

    for (size_t i = 0; i < r->slots.count; i++) {
        if (r->slots.items[i].shown)
            r->slots.items[kept++] = r->slots.items[i];
        else
            r->slot_of.items[r->slots.items[i].label - r->first] = EFTI_NO_ID - 1;
    }
    r->slots.count = kept;
    for (uint32_t i = 0; i < kept; i++) {
        r->slots.items[i].printed = true;
        r->slot_of.items[r->slots.items[i].label - r->first] = i;
    }
    uint32_t other = pool ? (uint32_t)r->slots.count : EFTI_NO_ID;
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->slot_of.items[i] == EFTI_NO_ID - 1)
            r->slot_of.items[i] = other;
    }
    if (pool)
        r->slots.items[r->slots.count++] =
            (struct release_slot){.name = {POOL_NAME, strlen(POOL_NAME)},
                                  .label = EFTI_NO_ID,
                                  .printed = true,
                                  .shown = pool_shown};
    r->none_slot = none_pooled ? other : EFTI_NO_ID;
    if (none_apart) {
        r->none_slot = (uint32_t)r->slots.count;
        r->slots.items[r->slots.count++] =
            (struct release_slot){.label = EFTI_NO_ID, .shown = true};
    }
}

static void
pool_labels(struct release_job *j, struct release_role *r)
{
    struct release_set none = {NULL, 0};
    bool partition = r->role != EFTI_LABEL_TAG, pool_shown = false;

    if (partition)
        none = efti_base_set(j, efti_base_none(j, r->role));
    bool none_shows = none.count > 0 && set_shows(j, none);
    bool none_pooled = none.count > 0 && !none_shows && r->slots.count > 0;

    for (size_t i = 0; i < r->slots.count; i++) {
        struct release_slot *s = &r->slots.items[i];
        struct release_set set = efti_base_set(j, efti_base_label(j, s->label));
        s->shown = set_shows(j, set);
        r->left_out += !s->shown;
    }
    size_t members = r->left_out + none_pooled;
    bool pool = partition && members > 0;
    if (pool) {
        for (size_t i = 0; i < r->slots.count; i++) {
            if (!r->slots.items[i].shown)
                efti_sum_add(
                    j, efti_base_set(j, efti_base_label(j, r->slots.items[i].label)));
        }
        if (none_pooled)
            efti_sum_add(j, none);
        pool_shown = fill_pool(j, r, members);
        efti_sum_clear(j);
    }
    settle_slots(r, pool, pool_shown, none_pooled, none_shows && r->slots.count > 0);
}

eft_status
efti_role_make(struct release_job *j, struct release_role *r, eft_error *err)
{
    const struct efti_frozen *f = j->f;
    eft_status st;

    r->none_slot = EFTI_NO_ID;
    while (r->first < f->label_count && f->labels[r->first].role < r->role)
        r->first++;
    while (r->first + r->count < f->label_count &&
           f->labels[r->first + r->count].role == r->role)
        r->count++;
    if ((st = name_labels(j, r, err)) != EFT_OK)
        return st;
    pool_labels(j, r);
    return EFT_OK;
}
