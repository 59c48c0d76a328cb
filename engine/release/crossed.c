/*
 * crossed.c - themes within units, facets and assignments; tags within assignments
 *
 *                   oro            rests of the cell (D, oro):
 *     A  B  ...      41              D without oro
 *     D            [  9 ]            oro outside D
 *     other         ...
 *     no unit       (4)            no row, but the 66 of all holds it
 *     all            66
 *
 * Each column adds up to a total in `themes` or `overview` that is shown, so hidden cells
 * are protected down the column (suppress.c), and over all tables with the same columns
 * together (families.c). If the total itself is hidden, so is every part: together they
 * would give it away. `of` is the size of the label's population, a
 * cell of its own that `overview` shows.
 */
#include "release/crossed.h"

#include "text/unicode.h"

static void
crossed_add(struct crossing *x, uint32_t slot, uint32_t column, struct release_builder *b)
{
    if (column == EFTI_NO_ID || x->seen.items[column] == x->record)
        return;
    x->seen.items[column] = x->record;
    efti_builder_add(b, slot * x->columns + column, 1);
}

static void
crossed_emit(void *user, const struct efti_record_view *r, struct release_builder *b)
{
    struct crossing *x = user;
    uint32_t slot = efti_record_slot(x->j, x->role, r);

    x->record++;
    if (slot == EFTI_NO_ID)
        return;
    efti_builder_add(b, x->role->slots.count * x->columns + slot, 1);
    if (x->tags != NULL) {
        for (uint32_t i = 0; i < r->tag_count; i++)
            crossed_add(x, slot, efti_label_slot(x->tags, r->tags[i]), b);
        return;
    }
    for (uint32_t i = 0; i < r->theme_count; i++) {
        if (r->themes[i].hits > 0 && r->themes[i].polarity < EFTI_UNCERTAIN)
            crossed_add(x, slot, r->themes[i].theme, b);
    }
}

/* ---------------------------------------------------------------------- gate */

static bool
crossed_passes(struct crossing *x, size_t slot, size_t column, struct efti_cell *cell,
               bool *exact)
{
    struct release_set set = crossed_cell(x, slot, column);
    struct efti_cell rests[2] = {efti_set_rest(crossed_slot(x, slot), set),
                                 efti_set_rest(crossed_column(x, column), set)};

    *cell = efti_set_cell(set);
    *exact = efti_writers_exact(x->j, cell, rests, 2);
    return efti_job_shows(x->j, cell, rests, 2);
}

static void
crossed_gate(struct crossing *x, size_t column)
{
    bool total = x->tags != NULL || x->j->theme_shown.items[column] != 0, exact;
    struct efti_cell cell;

    for (size_t s = 0; s < x->role->slots.count; s++) {
        const struct release_slot *slot = &x->role->slots.items[s];
        bool passes = slot->shown && crossed_passes(x, s, column, &cell, &exact);
        struct release_set set = crossed_cell(x, s, column);
        if (passes && !total && slot->printed)
            x->j->results->hidden_secondary++;
        x->parts.items[s] = (struct release_part){.set = set,
                                                  .name = slot->name,
                                                  .writers = (uint32_t)set.count,
                                                  .printed = slot->printed,
                                                  .hidden = !passes || !total};
    }
    x->j->results->hidden_secondary +=
        efti_suppress(x->j, x->parts.items, x->role->slots.count);
    for (size_t s = 0; s < x->role->slots.count; s++)
        x->shown.items[s * x->columns + column] = !x->parts.items[s].hidden;
}

/* ---------------------------------------------------------------------- rows */

eft_status
efti_crossed_row(struct crossing *x, struct eft_table *t, size_t s, size_t column,
                 eft_error *err)
{
    const struct release_slot *slot = &x->role->slots.items[s];
    eft_status st = efti_table_row(t, err);
    struct efti_cell cell;
    bool exact;

    if (st != EFT_OK)
        return st;
    if (x->table == EFTI_TABLE_THEMES_BY_FACET)
        efti_table_set_text(t, "facet", x->role->name);
    efti_table_set_text(t, x->key, slot->name);
    efti_table_set_text(t, x->column_key,
                        x->tags != NULL ? x->tags->slots.items[column].name
                                        : x->j->f->themes[column]);
    struct efti_cell of = efti_set_cell(crossed_slot(x, s));
    bool shown = x->shown.items[s * x->columns + column] != 0;
    if (slot->shown && (shown || x->table != EFTI_TABLE_THEMES_WHERE))
        efti_table_set_integer(t, "of", (int64_t)of.count);
    if (x->table == EFTI_TABLE_ASSIGNMENT_THEMES && x->role->place.items[s] != EFTI_NO_ID)
        efti_table_set_integer(t, "place", (int64_t)x->role->place.items[s] + 1);
    efti_row_fresh(t, &x->sets, s * x->columns + column);
    if (!shown) {
        efti_row_hidden(t);
        return EFT_OK;
    }
    (void)crossed_passes(x, s, column, &cell, &exact);
    efti_row_cell(x->j, t, &cell, exact);
    efti_row_share(t, "share", cell.count, of.count);
    efti_row_share_interval(x->j, t, crossed_cell(x, s, column), crossed_slot(x, s));
    if (x->table == EFTI_TABLE_THEMES_BY_FACET)
        return efti_row_wilson(x->j, t, crossed_cell(x, s, column), crossed_slot(x, s),
                               err);
    if (efti_crossed_tested(x))
        efti_crossed_residual(x, t, s, column, &cell, &of);
    return EFT_OK;
}

eft_status
efti_crossed_make(struct crossing *x, eft_error *err)
{
    size_t slots = x->role->slots.count, cells;

    if (!efti_mul(slots, x->columns, &cells) || cells > SIZE_MAX - slots)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "a table has too many cells");
    eft_status st = EFT_OK;
    if (!RELEASE_ARRAY_MAKE(x->j->mem, &x->seen, x->columns))
        return efti_no_memory(err, "a crossed table");
    if (x->columns > 0)
        memset(x->seen.items, 0, x->columns * sizeof(*x->seen.items));
    /* sets first: it refuses what is too large */
    if ((st = efti_sets_build(x->j, cells + slots, crossed_emit, x, &x->sets, err)) !=
        EFT_OK)
        return st;
    if (!RELEASE_ARRAY_MAKE(x->j->mem, &x->shown, cells) ||
        !RELEASE_ARRAY_MAKE(x->j->mem, &x->parts, slots))
        return efti_no_memory(err, "a crossed table");
    for (size_t c = 0; c < x->columns; c++)
        crossed_gate(x, c);
    return EFT_OK;
}

bool
efti_record_has(const struct efti_record_view *r, uint32_t theme)
{
    for (uint32_t i = 0; i < r->theme_count; i++) {
        if (r->themes[i].theme == theme && r->themes[i].hits > 0 &&
            r->themes[i].polarity < EFTI_UNCERTAIN)
            return true;
    }
    return false;
}

static eft_status
crossed_write(struct crossing *x, const char *name, eft_error *err)
{
    struct eft_table *t;
    eft_status st = efti_results_add(x->j->results, x->table, name, &t, err);

    if (st == EFT_OK && efti_crossed_tested(x))
        st = efti_crossed_tests_of_cells(x, err);
    for (size_t s = 0; st == EFT_OK && s < x->role->slots.count; s++) {
        for (size_t c = 0; x->role->slots.items[s].printed && c < x->columns; c++) {
            if ((st = efti_crossed_row(x, t, s, c, err)) != EFT_OK)
                break;
        }
    }
    if (st == EFT_OK)
        st = efti_table_end(x->j, t, err);
    if (st == EFT_OK &&
        (x->table == EFTI_TABLE_THEMES_BY_FACET || x->table == EFTI_TABLE_TREND))
        st = efti_crossed_heterogeneity(x, eft_table_name(t), err);
    if (st == EFT_OK &&
        (x->table == EFTI_TABLE_TREND || x->table == EFTI_TABLE_ASSIGNMENT_THEMES))
        st = efti_crossed_trends(x, eft_table_name(t), err);
    return st;
}

static void
crossed_free(struct crossing *x)
{
    efti_sets_free(x->j->mem, &x->sets);
    EFTI_ARRAY_FREE(x->j->mem, &x->p);
    EFTI_ARRAY_FREE(x->j->mem, &x->q);
    EFTI_ARRAY_FREE(x->j->mem, &x->shown);
    EFTI_ARRAY_FREE(x->j->mem, &x->parts);
    EFTI_ARRAY_FREE(x->j->mem, &x->seen);
}

/* ----------------------------------------------------------- names of tables */

/* [a-z0-9_]: å and ä become a, ö becomes o, all else _. */
static char
slug_char(uint32_t c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
        return (char)c;
    switch (c) {
    case 0xE5:
    case 0xE4:
    case 0xC5:
    case 0xC4: return 'a';
    case 0xF6:
    case 0xD6: return 'o';
    default: return '_';
    }
}

/* Two facets may have one slug (kön, kon): the later by bytes gets _2. */
eft_status
efti_facet_table_name(const struct release_job *j, const char *stem, eft_text facet,
                      struct efti_bytes *b, eft_error *err)
{
    efti_bytes_clear(b);
    efti_put_text(b, stem);
    for (size_t at = 0; at < facet.size;)
        efti_put_char(b, slug_char(efti_utf8_next(facet.bytes, facet.size, &at)));
    size_t size = b->size;
    efti_put_char(b, '\0');
    for (uint64_t n = 2; !b->failed && eft_results_find(j->results, b->data) != NULL;
         n++) {
        b->size = size;
        efti_put_char(b, '_');
        efti_put_u64(b, n);
        efti_put_char(b, '\0');
    }
    return b->failed ? efti_no_memory(err, "the name of a table") : EFT_OK;
}

/* ------------------------------------------------------------------ families */

static unsigned
crossed_sides(void *user, size_t slot, size_t column)
{
    struct crossing *x = user;
    struct release_set set = crossed_cell(x, slot, column);
    struct efti_cell cell = efti_set_cell(set);
    struct efti_cell label = efti_set_rest(crossed_slot(x, slot), set);
    struct efti_cell elsewhere = efti_set_rest(crossed_column(x, column), set);
    const struct efti_gate *gate = &x->j->gate;

    return (efti_gate_passes(gate, &cell) ? 0u : RELEASE_SIDE_CELL) |
           (efti_gate_passes(gate, &label) ? 0u : RELEASE_SIDE_LABEL) |
           (efti_gate_passes(gate, &elsewhere) ? 0u : RELEASE_SIDE_COLUMN);
}

static uint64_t
crossed_writers(void *user, size_t slot, size_t column)
{
    return crossed_cell(user, slot, column).count;
}

static bool
crossed_has(void *user, const struct efti_record_view *r, size_t column)
{
    const struct crossing *x = user;

    if (x->tags == NULL)
        return efti_record_has(r, (uint32_t)column);
    for (uint32_t i = 0; i < r->tag_count; i++) {
        if (efti_label_slot(x->tags, r->tags[i]) == column)
            return true;
    }
    return false;
}

static bool
crossed_total(void *user, size_t column)
{
    const struct crossing *x = user;

    return x->tags != NULL || x->j->theme_shown.items[column] != 0;
}

/* All tables over the same columns, each of which went through the gate, held together.
 * One slot holds everybody: it is no part, and its number is the total, which stays. */
eft_status
efti_crossed_families(struct crossing *x, size_t count, eft_error *err)
{
    struct release_job *j = x[0].j;
    EFTI_ARRAY(struct release_grid) grids = {0};

    if (!EFTI_ARRAY_RESERVE(j->mem, &grids, count))
        return efti_no_memory(err, "the families of a release");
    for (size_t i = 0; i < count; i++) {
        if (x[i].role->slots.count > 1)
            grids.items[grids.count++] =
                (struct release_grid){.role = x[i].role,
                                      .shown = x[i].shown.items,
                                      .columns = x[i].columns,
                                      .user = &x[i],
                                      .sides = crossed_sides,
                                      .writers = crossed_writers};
    }
    const struct release_grids all = {.items = grids.items,
                                      .count = grids.count,
                                      .columns = x[0].columns,
                                      .user = &x[0],
                                      .has = crossed_has,
                                      .total = crossed_total};
    eft_status st = efti_families_protect(j, &all, err);
    EFTI_ARRAY_FREE(j->mem, &grids);
    return st;
}

static eft_status
crossed_protect(struct crossing *x, size_t count, eft_error *err)
{
    eft_status st = EFT_OK;

    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        x[i].columns =
            x[i].tags != NULL ? x[i].tags->slots.count : x[i].j->f->theme_count;
        st = efti_crossed_make(&x[i], err);
    }
    return st == EFT_OK ? efti_crossed_families(x, count, err) : st;
}

static eft_status
crossed_write_themes(struct crossing *x, size_t count, eft_error *err)
{
    struct efti_bytes name;
    eft_status st = EFT_OK;

    efti_bytes_init(&name, x[0].j->mem);
    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        bool named =
            x[i].role->role >= EFTI_LABEL_FACET0 && x[i].role->role != RELEASE_PERIOD;
        if (named)
            st = efti_facet_table_name(x[i].j, "themes_by_", x[i].role->name, &name, err);
        if (st == EFT_OK)
            st = crossed_write(&x[i], named ? name.data : NULL, err);
    }
    efti_bytes_free(&name);
    return st;
}

static eft_status
crossed_tags(struct release_job *j, eft_error *err)
{
    struct crossing x = {.j = j,
                         .role = &j->roles.items[EFTI_LABEL_ASSIGNMENT],
                         .tags = &j->roles.items[EFTI_LABEL_TAG],
                         .table = EFTI_TABLE_ASSIGNMENT_TAGS,
                         .key = "assignment",
                         .column_key = "tag"};
    eft_status st = crossed_protect(&x, 1, err);

    if (st == EFT_OK)
        st = crossed_write(&x, NULL, err);
    crossed_free(&x);
    return st;
}

eft_status
efti_release_crossed(struct release_job *j, eft_error *err)
{
    const struct release_role *roles = j->roles.items;
    struct crossing x[MOST_CROSSED];
    size_t count = 0, filters = 0;

    for (size_t i = 0; i < j->roles.count; i++) {
        /* facets are at most 8 (tally.h) */
        if (i == EFTI_LABEL_TAG || i == EFTI_LABEL_ASSIGNMENT)
            continue;
        x[count++] = (struct crossing){.j = j,
                                       .role = &roles[i],
                                       .table = EFTI_TABLE_THEMES_BY_FACET,
                                       .key = "label",
                                       .column_key = "theme"};
    }
    x[count++] = (struct crossing){.j = j,
                                   .role = &roles[EFTI_LABEL_ASSIGNMENT],
                                   .table = EFTI_TABLE_ASSIGNMENT_THEMES,
                                   .key = "assignment",
                                   .column_key = "theme"};
    x[count++] = (struct crossing){.j = j,
                                   .role = &j->period,
                                   .table = EFTI_TABLE_TREND,
                                   .key = "period",
                                   .column_key = "theme"};
    eft_status st = crossed_protect(x, count, err);
    for (; filters < j->filters.count && st == EFT_OK; filters++) {
        x[count + filters] = (struct crossing){.j = j,
                                               .role = &j->filters.items[filters],
                                               .table = EFTI_TABLE_THEMES_WHERE,
                                               .key = "filter",
                                               .column_key = "theme"};
        st = efti_crossed_filter(x, count + filters, err);
    }
    if (st == EFT_OK)
        st = crossed_tags(j, err);
    if (st == EFT_OK)
        st = crossed_write_themes(x, count, err);
    if (st == EFT_OK)
        st = efti_crossed_write_filters(x + count, filters, err);
    for (size_t i = 0; i < count + filters; i++)
        crossed_free(&x[i]);
    return st;
}
