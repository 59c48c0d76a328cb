/*
 * overview.c - who answered, and how much
 *
 *     scope all                 the population; no conditions, so no rests
 *     scope unit, assignment,   one condition each; `other` pools (labels.c)
 *           <facet>, tag,
 *           period
 *     scope veiled              one row for each category of identifier, in a fixed
 *                               order, whether it occurs or not: reflections where it
 *                               was veiled
 *
 * Feelings follow rows.c. Over labels that partition they add up to those of all, so
 * where one count is left out another is too (rule 8.8). Tokens and sentences are told of
 * every shown row: they say how much was written, and labels that add up are pooled
 * already.
 */
#include "release/internal.h"
#include "release/notes.h"

struct overview_slot {
    uint64_t tokens, sentences;
    double feeling; /* sum */
    struct release_mean mean;
    struct release_feeling told;
};
struct overview_scope {
    struct release_job *j;
    const struct release_role *role;
    struct release_sets sets; /* slots, then slots with a feeling, with one below the
                                 top, with one above the bottom */
    EFTI_ARRAY(struct overview_slot) slots;
};

/* Slots of a record: one of a partition, any number of tags. */
static void
overview_add(struct overview_scope *s, const struct efti_record_view *r, uint32_t slot,
             struct release_builder *b)
{
    if (slot == EFTI_NO_ID)
        return;
    struct overview_slot *to = &s->slots.items[slot];
    efti_builder_add(b, slot, 1);
    efti_builder_add(b, s->role->slots.count + slot, r->has_feeling);
    efti_builder_add(b, 2 * s->role->slots.count + slot, efti_feels_below(s->j, r));
    efti_builder_add(b, 3 * s->role->slots.count + slot, efti_feels_above(s->j, r));
    to->tokens += r->tokens;
    to->sentences += r->sentences;
    if (r->has_feeling) {
        to->feeling += r->feeling;
        efti_mean_add(s->j, &to->mean, r->writer, r->feeling);
    }
}

static void
overview_emit(void *user, const struct efti_record_view *r, struct release_builder *b)
{
    struct overview_scope *s = user;

    if (s->role->role != EFTI_LABEL_TAG) {
        overview_add(s, r, efti_record_slot(s->j, s->role, r), b);
        return;
    }
    for (uint32_t i = 0; i < r->tag_count; i++) {
        bool same = false;
        for (uint32_t k = 0; k < i && !same; k++)
            same = r->tags[k] == r->tags[i];
        if (!same)
            overview_add(s, r, efti_label_slot(s->role, r->tags[i]), b);
    }
}

/* What of the feelings is told. */
static eft_status
overview_feelings(struct overview_scope *s, eft_error *err)
{
    EFTI_ARRAY(struct release_feeling) told = {0};
    size_t count = s->role->slots.count;
    const struct release_felt at = {0, count, 2 * count, 3 * count};

    if (!RELEASE_ARRAY_MAKE(s->j->mem, &told, count))
        return efti_no_memory(err, "the feelings of an overview");
    eft_status st = efti_role_feelings(s->j, s->role, &s->sets, &at, told.items, err);
    for (size_t i = 0; i < count && st == EFT_OK; i++)
        s->slots.items[i].told = told.items[i];
    EFTI_ARRAY_FREE(s->j->mem, &told);
    return st;
}

static void
overview_values(struct release_job *j, struct eft_table *t, const struct efti_cell *cell,
                struct overview_slot *slot)
{
    efti_row_cell(j, t, cell, true); /* shown: cell and rest have k writers */
    efti_row_share(t, "share", cell->count, j->population.count);
    efti_table_set_integer(t, "tokens", (int64_t)slot->tokens);
    if (!j->o->notes)
        efti_table_set_integer(t, "sentences", (int64_t)slot->sentences);
    if (slot->told.exact)
        efti_table_set_integer(t, "feelings", (int64_t)slot->told.cell.count);
    efti_row_mean(j, t, "feeling_mean", &slot->told, slot->feeling);
    efti_row_mean_interval(j, t, "feeling_low", "feeling_high", &slot->told,
                           slot->feeling, &slot->mean);
}

static eft_status
overview_row(struct eft_table *t, eft_text scope, eft_text label, eft_error *err)
{
    eft_status st = efti_table_row(t, err);

    if (st != EFT_OK)
        return st;
    efti_table_set_text(t, "scope", scope);
    efti_table_set_text(t, "label", label);
    return EFT_OK;
}

/* Feelings are cells of their own: what is fresh of them must not be of fewer writers
 * than what is fresh of the row. */
static void
overview_fresh(const struct overview_scope *s, struct eft_table *t, size_t slot)
{
    const struct release_fresh *row = &s->sets.fresh.items[slot];
    const struct release_fresh *felt = &s->sets.fresh.items[s->role->slots.count + slot];

    if (felt->count > 0 && felt->writers < row->writers)
        efti_table_mark(t, row->count, felt->writers);
}

static eft_status
overview_role(struct overview_scope *s, struct eft_table *t, eft_error *err)
{
    const struct release_role *role = s->role;
    eft_status st;

    if (!RELEASE_ARRAY_MAKE(s->j->mem, &s->slots, role->slots.count))
        return efti_no_memory(err, "an overview");
    if (role->slots.count > 0)
        memset(s->slots.items, 0, role->slots.count * sizeof(*s->slots.items));
    if ((st = efti_sets_build(s->j, 4 * role->slots.count, overview_emit, s, &s->sets,
                              err)) != EFT_OK ||
        (st = overview_feelings(s, err)) != EFT_OK)
        return st;
    for (size_t i = 0; i < role->slots.count; i++) {
        const struct release_slot *slot = &role->slots.items[i];
        if (!slot->printed)
            continue;
        if ((st = overview_row(t, role->name, slot->name, err)) != EFT_OK)
            return st;
        struct efti_cell cell = efti_set_cell(efti_set_at(&s->sets, i));
        if (slot->shown)
            overview_values(s->j, t, &cell, &s->slots.items[i]);
        else
            efti_row_hidden(t);
        efti_row_fresh(t, &s->sets, i);
        overview_fresh(s, t, i);
    }
    efti_table_add_hidden(t, role->left_out);
    s->j->results->hidden_secondary += role->pulled;
    return EFT_OK;
}

static eft_status
overview_all(struct release_job *j, struct eft_table *t, eft_error *err)
{
    struct overview_slot all = {.tokens = j->tokens, .sentences = j->sentences};
    eft_status st = overview_row(t, (eft_text){"all", 3}, (eft_text){"", 0}, err);

    if (st != EFT_OK)
        return st;
    if (!j->open) {
        efti_row_hidden(t);
        return EFT_OK;
    }
    for (size_t i = 0; i < j->order.count; i++) {
        const struct efti_record_view *r = &j->f->records[j->order.items[i]];
        if (!r->has_feeling)
            continue;
        all.feeling += r->feeling;
        efti_mean_add(j, &all.mean, r->writer, r->feeling);
    }
    all.told = efti_feeling_gate(j, efti_base_set(j, RELEASE_BASE_POPULATION),
                                 efti_base_set(j, RELEASE_BASE_FEELING),
                                 efti_base_set(j, RELEASE_BASE_BELOW),
                                 efti_base_set(j, RELEASE_BASE_ABOVE), true);
    overview_values(j, t, &j->population, &all);
    efti_row_fresh(t, &j->base, RELEASE_BASE_POPULATION);
    return EFT_OK;
}

static eft_status
overview_veiled(struct release_job *j, struct eft_table *t, eft_error *err)
{
    for (uint32_t c = 0; c < EFTI_CATEGORY_COUNT; c++) {
        const char *name = efti_category_name((enum efti_category)c);
        eft_status st =
            overview_row(t, (eft_text){"veiled", 6}, (eft_text){name, strlen(name)}, err);
        if (st != EFT_OK)
            return st;
        struct release_set set = efti_base_set(j, RELEASE_BASE_CATEGORY + c);
        struct efti_cell cell = efti_set_cell(set), rest = efti_population_rest(j, set);
        efti_row_fresh(t, &j->base, RELEASE_BASE_CATEGORY + c);
        if (!efti_job_shows(j, &cell, &rest, 1)) {
            efti_row_hidden(t);
            continue;
        }
        efti_row_cell(j, t, &cell, efti_writers_exact(j, &cell, &rest, 1));
        efti_row_share(t, "share", cell.count, j->population.count);
    }
    return EFT_OK;
}

eft_status
efti_release_overview(struct release_job *j, eft_error *err)
{
    /* facets come after tags in number, but stand with what partitions */
    uint32_t count = (uint32_t)j->roles.count + 1;
    struct eft_table *t;
    eft_status st = efti_results_add(j->results, EFTI_TABLE_OVERVIEW, NULL, &t, err);

    if (st == EFT_OK)
        st = overview_all(j, t, err);
    for (uint32_t i = 0; i < count && st == EFT_OK; i++) {
        uint32_t role = i == 0           ? EFTI_LABEL_UNIT
                        : i < count - 3  ? EFTI_LABEL_FACET0 + i - 1
                        : i == count - 3 ? EFTI_LABEL_ASSIGNMENT
                                         : EFTI_LABEL_TAG;
        struct overview_scope s = {
            .j = j, .role = i == count - 1 ? &j->period : &j->roles.items[role]};
        st = overview_role(&s, t, err);
        EFTI_ARRAY_FREE(j->mem, &s.slots);
        efti_sets_free(j->mem, &s.sets);
    }
    if (st == EFT_OK)
        st = overview_veiled(j, t, err);
    return st == EFT_OK ? efti_table_end(j, t, err) : st;
}
