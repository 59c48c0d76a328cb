/*
 * where.c - filters: themes of the reflections that meet conditions of the user's
 *
 *     --where unit=Norr --where time=2024-01..2024-06
 *
 * A filter is a partition of two: what meets it, and the rest. Its cells go through the
 * gate as those of a unit do, and are held together with the tables over units, facets,
 * assignments and periods (crossed.c), so that it tells nothing that those hide. A report
 * over a filtered file would be another thing: with that of the whole file beside it, its
 * tables would give away by subtraction what both hide.
 *
 * A filter is near units and periods: the texts until March 10 and those of a period that
 * ends on March 11 differ by those of one day. So what is in one and not in the other,
 * and what is in both, must each be nothing, or pass by itself, with the theme and
 * without it.
 *
 * The log remembers which filter was told. It is told again in every later release of the
 * same texts, and no other is: filter after filter would narrow down what each hides.
 */
#include "release/internal.h"

/* ------------------------------------------------------------------ difference */

/* Counts of `whole` without those of `part`, into the scratch of the caller. */
static struct release_set
set_minus(struct release_set whole, struct release_set part, struct release_share *to)
{
    struct release_set out = {to, 0};

    for (size_t i = 0, p = 0; i < whole.count; i++) {
        struct release_share s = whole.items[i];
        while (p < part.count && part.items[p].writer < s.writer)
            p++;
        if (p < part.count && part.items[p].writer == s.writer)
            s.count -= part.items[p].count;
        if (s.count > 0)
            to[out.count++] = s;
    }
    return out;
}

/* `theme` is a part of `all`, or NULL. */
static bool
difference_passes(const struct release_job *j, struct release_set all,
                  const struct release_set *theme)
{
    struct efti_cell cell = efti_set_cell(all);

    if (all.count == 0)
        return true;
    if (!efti_gate_passes(&j->gate, &cell))
        return false;
    if (theme == NULL)
        return true;
    struct efti_cell with = efti_set_cell(*theme), without = efti_set_rest(all, *theme);
    return (theme->count == 0 || efti_gate_passes(&j->gate, &with)) &&
           efti_gate_passes(&j->gate, &without);
}

/* a \ both and b \ both, in turn. */
static eft_status
differences_pass(struct release_job *j, const struct release_set all[3],
                 const struct release_set *theme, bool *far, eft_error *err)
{
    EFTI_ARRAY(struct release_share) scratch = {0};

    *far = true;
    for (int i = 0; i < 2 && *far; i++) {
        size_t part = theme == NULL ? 0 : theme[i].count;
        if (!EFTI_ARRAY_RESERVE(j->mem, &scratch, all[i].count + part + 1)) {
            EFTI_ARRAY_FREE(j->mem, &scratch);
            return efti_no_memory(err, "a filter");
        }
        struct release_set rest = set_minus(all[i], all[2], scratch.items), with;
        if (theme != NULL)
            with = set_minus(theme[i], theme[2], scratch.items + all[i].count);
        *far = difference_passes(j, rest, theme == NULL ? NULL : &with);
    }
    EFTI_ARRAY_FREE(j->mem, &scratch);
    return EFT_OK;
}

bool
efti_common_passes(const struct release_job *j, struct release_set both,
                   const struct release_set *theme)
{
    return difference_passes(j, both, theme);
}

eft_status
efti_far_apart(struct release_job *j, struct release_set a, struct release_set b,
               struct release_set both, bool *far, eft_error *err)
{
    const struct release_set all[3] = {a, b, both};

    return differences_pass(j, all, NULL, far, err);
}

eft_status
efti_theme_far_apart(struct release_job *j, const struct release_set all[3],
                     const struct release_set theme[3], bool *far, eft_error *err)
{
    return differences_pass(j, all, theme, far, err);
}

/* --------------------------------------------------------------------- making */

static bool
has_filter(const struct release_job *j, eft_text name)
{
    for (size_t i = 0; i < j->filters.count; i++) {
        eft_text other = j->filters.items[i].slots.items[0].name;
        if (efti_equal(other.bytes, other.size, name.bytes, name.size))
            return true;
    }
    return false;
}

static void
filter_emit(void *user, const struct efti_record_view *r, struct release_builder *b)
{
    const struct release_job *j = user;
    const struct release_role *filter = &j->filters.items[j->filters.count - 1];

    efti_builder_add(b, 0, filter->mask[r - j->f->records]);
}

/* Does what meets the filter pass, and what does not? */
static eft_status
gate_filter(struct release_job *j, struct release_role *filter, eft_error *err)
{
    struct release_sets sets;
    eft_status st = efti_sets_build(j, 1, filter_emit, j, &sets, err);

    if (st != EFT_OK)
        return st;
    struct release_set met = efti_set_at(&sets, 0);
    struct efti_cell cell = efti_set_cell(met), rest = efti_population_rest(j, met);
    filter->slots.items[0].shown = efti_job_shows(j, &cell, &rest, 1);
    efti_sets_free(j->mem, &sets);
    return EFT_OK;
}

static eft_status
another_filter(eft_error *err)
{
    return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                     "another filter of these texts was told under this log: one is "
                     "told for each corpus, and that one can be told again");
}

/* `earlier`: what a filter of the log asks for may not be in the data any more. */
static eft_status
add_filter(struct release_job *j, eft_text name, bool earlier, eft_error *err)
{
    struct efti_arena *arena = &j->results->arena;

    if (j->o->where_mask == NULL || has_filter(j, name))
        return EFT_OK;
    if (j->filters.count == EFTI_MOST_FILTERS)
        return another_filter(err);
    uint8_t *mask = efti_arena_alloc(arena, j->f->record_count + 1u, 1);
    char *copy = efti_arena_copy(arena, name.bytes, name.size);
    if (mask == NULL || copy == NULL || !EFTI_PUSH(j->mem, &j->filters))
        return efti_no_memory(err, "a filter");
    struct release_role *filter = &j->filters.items[j->filters.count - 1];
    *filter = (struct release_role){.role = RELEASE_FILTER, .word = "filter"};
    if (!EFTI_ARRAY_RESERVE(j->mem, &filter->slots, 2))
        return efti_no_memory(err, "a filter");
    filter->mask = mask;
    filter->slots.items[filter->slots.count++] = (struct release_slot){
        .name = {copy, name.size}, .label = EFTI_NO_ID, .printed = true};
    filter->slots.items[filter->slots.count++] =
        (struct release_slot){.name = {"", 0}, .label = EFTI_NO_ID, .shown = true};
    memset(mask, 0, j->f->record_count + 1u);
    eft_status st = j->o->where_mask(j->o->where_user, j->f, name, mask, err);
    if (st == EFT_E_RANGE && earlier) {
        memset(mask, 0, j->f->record_count + 1u);
        st = EFT_OK;
    }
    /* a slip of the pen would look like a filter that is hidden */
    if (st == EFT_OK && !earlier && memchr(mask, 1, j->f->record_count) == NULL)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "no text meets the filter: are its values written as in the "
                         "data?");
    return st == EFT_OK ? gate_filter(j, filter, err) : st;
}

/* Filters of the last release of the same texts, which told those before it again. */
static eft_status
add_earlier(struct release_job *j, eft_error *err)
{
    const eft_table *t = j->o->history == NULL || j->o->history->results == NULL
                             ? NULL
                             : eft_results_find(j->o->history->results, "themes_where");
    size_t column = t == NULL ? 0 : eft_table_column_find(t, "filter");
    eft_status st = EFT_OK;

    for (size_t r = 0; t != NULL && r < eft_table_rows(t) && st == EFT_OK; r++)
        st = add_filter(j, eft_table_text(t, r, column), true, err);
    return st;
}

/* Texts that cannot be known again cannot be held against what was told of them; and any
 * release of the same texts may have told another filter, not the last alone. */
static eft_status
check_asked(const struct release_job *j, eft_error *err)
{
    const struct efti_history *h = j->o->history;

    if (j->o->where_count == 0)
        return EFT_OK;
    if (h == NULL || !h->complete)
        return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                         "a filter needs a log and an id for each text, so that it can "
                         "be held against what was told before");
    for (uint32_t e = 0; e < efti_strings_count(h->filters); e++) {
        eft_text told = efti_strings_get(h->filters, e);
        for (size_t i = 0; i < j->o->where_count; i++) {
            const eft_text *asked = &j->o->where[i];
            if (!efti_equal(told.bytes, told.size, asked->bytes, asked->size))
                return another_filter(err);
        }
    }
    return EFT_OK;
}

eft_status
efti_filters_make(struct release_job *j, eft_error *err)
{
    eft_status st = check_asked(j, err);

    if (st == EFT_OK)
        st = add_earlier(j, err);
    for (size_t i = 0; i < j->o->where_count && st == EFT_OK; i++)
        st = add_filter(j, j->o->where[i], false, err);
    return st;
}

void
efti_filters_free(struct release_job *j)
{
    for (size_t i = 0; i < j->filters.count; i++)
        efti_role_free(j->mem, &j->filters.items[i]);
    EFTI_ARRAY_FREE(j->mem, &j->filters);
}
