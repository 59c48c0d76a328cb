/*
 * hold.c - which rows may be new, and which are kept from an earlier release (rule 8.8)
 *
 *                 released in May      now                  what arrived in between
 *     oro, all        66               78                   12 texts of 9 writers
 *     oro, unit A     41               52                   11 texts of 8 writers
 *     oro, unit B     25               26                    1 text  of 1 writer: 26 - 25
 *
 * A row may be new if what was added since the release that it is from is nothing, or is
 * from at least k writers, and nothing was taken away. Parts that add up stand or fall
 * together: if B kept 25 beside a new 52 and 78, the 26 would follow. So rows are judged
 * in blocks (all units of one theme; all labels of a scope), and what is hidden in either
 * release counts as one more part. A block that may not be new is replaced by that of the
 * last release, with its day in `as_of`.
 *
 *     everybody kept        ──► all tables are kept
 *     a scope kept          ──► every table over its labels (shares have its sizes)
 *     a theme's total kept  ──► its parts, feelings, pairs
 *     a term kept           ──► its keyness, dispersion, pairs
 *
 * Tables of one theme that pass alone may tell too much together: increments.c lets them
 * through one after the other, beside all that any earlier release told of it.
 *
 * For rows by themselves it is, by induction over releases, enough to look at the last
 * one: what each of its rows is from is in the log, and sums of changes by k writers are
 * changes by k writers. So k is the greatest of all these releases: four new writers told
 * within (k = 3) would be in the next numbers told outside (k = 10) too.
 *
 * For that the last one must have all that is told: a block that this release leaves out
 * (a facet not asked for, --no-pairs, another lexicon) goes into its line of the log as
 * the last line has it, with the release that it is from, and not into its tables.
 *
 * What is kept from a release with a lower k (within, before one outside) is not told
 * again: such rows are hidden, and stay in the log for the next release within.
 *
 * Open tables are ordered by their numbers, so that the place of a kept row, its absence
 * and the ranks of its neighbours would tell its number of today. So they are ordered
 * and ranked by what is printed, a table that is kept as a whole as it was; and a row
 * that leans on what is kept stays also where today's numbers would not show it.
 *
 * The table of notes is one block, and is kept if any row of words or themes over all
 * reflections is: each can be held against it.
 *
 * Terms, pairs and notes are not counted by record in a state. Their rows may be new if
 * nothing changed, or if there are at least k writers more than there were.
 */
#include "release/hold.h"

/* ------------------------------------------------------------------ writing */

static eft_status
write_old(struct hold *x, struct eft_table *to, size_t row, eft_error *err)
{
    uint64_t from = efti_table_release(x->old, row);
    const char *day = from > 0 && from <= x->h->lines ? x->h->dates[from - 1].text : "";
    eft_status st = efti_table_copy_row(to, x->old, row, 0, err);

    if (st != EFT_OK)
        return st;
    efti_table_set_text(to, "as_of", (eft_text){day, strlen(day)});
    x->kept_counts |= x->id == EFTI_TABLE_OVERVIEW || x->id == EFTI_TABLE_THEMES ||
                      x->id == EFTI_TABLE_TERMS || x->id == EFTI_TABLE_TERM_PAIRS ||
                      x->id == EFTI_TABLE_THEME_PAIRS || x->id == EFTI_TABLE_VOTES;
    x->out->kept_rows++;
    return EFT_OK;
}

/* Was an old row told for readers who may see numbers of fewer writers? Told now, it
 * would pass no gate. How many texts there are in all has nothing beside it: there the
 * writers are enough. */
static bool
is_told_within(const struct hold *x, size_t row)
{
    uint64_t from = efti_table_release(x->old, row);
    uint64_t k = from > 0 && from <= x->h->lines ? x->h->dates[from - 1].k : 0;
    size_t writers = eft_table_column_find(x->old, "writers");

    if (k >= x->own_k)
        return false;
    return !(x->id == EFTI_TABLE_OVERVIEW &&
             efti_hold_text_is(x->old, row, "scope", "all") && writers != SIZE_MAX &&
             !eft_table_missing(x->old, row, writers) &&
             eft_table_integer(x->old, row, writers) >= (int64_t)x->own_k);
}

/* A row of a kept block that the last release did not show: it has its keys alone. Open
 * tables leave it out. */
static eft_status
write_hidden(struct hold *x, struct eft_table *to, size_t row, eft_error *err)
{
    eft_status st = EFT_OK;

    if (eft_table_column_find(to, "shown") == SIZE_MAX)
        return EFT_OK;
    if ((st = efti_table_row(to, err)) != EFT_OK)
        return st;
    for (size_t c = 0; c < eft_table_columns(to); c++) {
        if (eft_table_column_type(to, c) == EFT_TYPE_TEXT &&
            !eft_table_missing(x->t, row, c))
            efti_table_set_text(to, eft_table_column_name(to, c),
                                eft_table_text(x->t, row, c));
    }
    efti_row_hidden(to);
    return EFT_OK;
}

/* Rows of the block that do not stand in this release any more. */
static eft_status
write_vanished(struct hold *x, struct eft_table *to, const struct hold_block *b,
               eft_error *err)
{
    for (size_t r = 0; x->old != NULL && r < eft_table_rows(x->old); r++) {
        if (efti_hold_block_of(x, x->old, r) != b)
            continue;
        efti_hold_put_key(x, x->old, r);
        if (x->text.failed)
            return efti_no_memory(err, "the rows of an earlier release");
        if (efti_strings_find(x->now_rows, x->text.data, x->text.size) !=
                EFTI_NOT_FOUND ||
            is_told_within(x, r))
            continue;
        eft_status st = write_old(x, to, r, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

/* Remember what was kept, for the tables that lean on it. */
static bool
remember(struct hold *x, size_t row)
{
    const struct eft_table *t = x->t;

    switch (x->id) {
    case EFTI_TABLE_OVERVIEW:
        return efti_hold_text_is(t, row, "scope", "tag")
                   ? efti_hold_keep(x, "tag", efti_hold_text(t, row, "label"))
                   : efti_hold_keep(x, "scope", efti_hold_text(t, row, "scope")) &&
                         efti_hold_keep(x, "facet", efti_hold_text(t, row, "label"));
    case EFTI_TABLE_THEMES:
        return efti_hold_keep(x, "theme", efti_hold_text(t, row, "theme"));
    case EFTI_TABLE_TERMS:
        return efti_hold_keep(x, "term", efti_hold_text(t, row, "term"));
    case EFTI_TABLE_THEMES_BY_FACET:
    case EFTI_TABLE_ASSIGNMENT_THEMES:
    case EFTI_TABLE_TREND: {
        const char *name = eft_table_name(t);
        return efti_hold_keep(x, "test", (eft_text){name, strlen(name)});
    }
    default: return true;
    }
}

/* ------------------------------------------------------------- open tables */

/* What orders a table: groups as they come, numbers falling, texts rising. */
struct hold_order {
    const char *group, *falling[3], *rising[2];
    bool ranked;
};
static const struct hold_order orders[EFTI_TABLE_COUNT] = {
    [EFTI_TABLE_TERMS] = {NULL, {"writers", "reflections", "tokens"}, {"term"}, true},
    [EFTI_TABLE_KEYNESS_BY_FACET] = {"label", {"g2"}, {"term"}, true},
    [EFTI_TABLE_DISPERSION] = {NULL, {NULL}, {"term"}, false},
    [EFTI_TABLE_TERM_PAIRS] = {"level", {"logdice"}, {"term_a", "term_b"}, false},
};

/* A row of what will be printed. */
struct hold_line {
    const struct eft_table *from;
    size_t row;
    uint32_t group;
};
struct hold_lines {
    struct hold *x;
    struct efti_strings *groups;
    EFTI_ARRAY(struct hold_line) items;
    size_t kept;
};

static eft_status
add_line(struct hold_lines *l, const struct eft_table *from, size_t row, eft_error *err)
{
    const char *column = orders[l->x->id].group;
    eft_text name =
        column == NULL ? (eft_text){"", 0} : efti_hold_text(from, row, column);
    uint32_t group = efti_strings_add(l->groups, name.bytes, name.size, NULL);

    if (from == l->x->old && is_told_within(l->x, row))
        return EFT_OK;
    if (group == EFTI_NOT_FOUND || !EFTI_PUSH(l->x->h->mem, &l->items))
        return efti_no_memory(err, "the rows of an earlier release");
    l->items.items[l->items.count - 1] = (struct hold_line){from, row, group};
    l->kept += from == l->x->old;
    return EFT_OK;
}

/* Is every word of the row one that this release tells? */
static bool
has_told_terms(const struct hold *x, const struct eft_table *t, size_t row)
{
    static const char *const columns[] = {"term", "term_a", "term_b"};
    const struct eft_table *terms = eft_results_find(x->out, "terms");
    bool told = x->id != EFTI_TABLE_TERMS && terms != NULL;

    for (size_t i = 0; i < EFTI_COUNT(columns) && told; i++) {
        eft_text name = efti_hold_text(t, row, columns[i]);
        size_t r = 0, count = eft_table_rows(terms);
        while (name.size > 0 && r < count) {
            eft_text term = efti_hold_text(terms, r, "term");
            if (efti_equal(term.bytes, term.size, name.bytes, name.size))
                break;
            r++;
        }
        told = name.size == 0 || r < count;
    }
    return told;
}

/* Rows of the last release that today's numbers do not show, and that stay with their
 * block or with what they lean on. */
static eft_status
add_vanished(struct hold_lines *l, eft_error *err)
{
    struct hold *x = l->x;
    eft_status st = EFT_OK;

    for (size_t r = 0; x->old != NULL && r < eft_table_rows(x->old) && st == EFT_OK;
         r++) {
        efti_hold_put_key(x, x->old, r);
        if (x->text.failed)
            return efti_no_memory(err, "the rows of an earlier release");
        if (efti_strings_find(x->now_rows, x->text.data, x->text.size) != EFTI_NOT_FOUND)
            continue;
        const struct hold_block *b = efti_hold_block_of(x, x->old, r);
        if (b == NULL)
            return efti_no_memory(err, "the rows of an earlier release");
        if (b->written || (efti_hold_leans(x, x->old, r) && has_told_terms(x, x->old, r)))
            st = add_line(l, x->old, r, err);
    }
    return st;
}

static eft_status
gather_lines(struct hold_lines *l, eft_error *err)
{
    struct hold *x = l->x;
    eft_status st = EFT_OK;

    for (size_t r = 0; r < eft_table_rows(x->t) && st == EFT_OK; r++) {
        struct hold_block *b = efti_hold_block_of(x, x->t, r);
        if (b == NULL)
            return efti_no_memory(err, "the rows of an earlier release");
        if (b->ok) {
            st = add_line(l, x->t, r, err);
            continue;
        }
        size_t old = efti_hold_old_row(x, r);
        b->written = true;
        if (old != SIZE_MAX)
            st = add_line(l, x->old, old, err);
        if (st == EFT_OK && !remember(x, r))
            st = efti_no_memory(err, "the rows of an earlier release");
    }
    return st == EFT_OK ? add_vanished(l, err) : st;
}

static double
printed_number(const struct hold_line *line, const char *column)
{
    size_t at = eft_table_column_find(line->from, column);

    if (at == SIZE_MAX)
        return 0;
    if (eft_table_missing(line->from, line->row, at) && strcmp(column, "writers") == 0)
        return printed_number(line, "writers_min");
    return eft_table_column_type(line->from, at) == EFT_TYPE_REAL
               ? eft_table_real(line->from, line->row, at)
               : (double)eft_table_integer(line->from, line->row, at);
}

static int
by_what_is_printed(const void *a, const void *b, void *user)
{
    const struct hold_line *x = a, *y = b;
    const struct hold_order *o = user;

    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    for (size_t i = 0; i < EFTI_COUNT(o->falling) && o->falling[i] != NULL; i++) {
        double p = printed_number(x, o->falling[i]), q = printed_number(y, o->falling[i]);
        if (p > q || p < q)
            return p > q ? -1 : 1;
    }
    for (size_t i = 0; i < EFTI_COUNT(o->rising) && o->rising[i] != NULL; i++) {
        eft_text p = efti_hold_text(x->from, x->row, o->rising[i]);
        eft_text q = efti_hold_text(y->from, y->row, o->rising[i]);
        int order = efti_compare(p.bytes, p.size, q.bytes, q.size);
        if (order != 0)
            return order;
    }
    return 0;
}

static int
as_it_was(const void *a, const void *b, void *user)
{
    const struct hold_line *x = a, *y = b;

    (void)user;
    return x->row < y->row ? -1 : x->row > y->row;
}

static eft_status
write_lines(struct hold_lines *l, struct eft_table *to, eft_error *err)
{
    struct hold *x = l->x;
    struct hold_order order = orders[x->id];
    bool mixed = l->kept > 0 && l->kept < l->items.count;
    eft_status st = EFT_OK;

    if (mixed)
        efti_sort(l->items.items, l->items.count, sizeof(*l->items.items),
                  by_what_is_printed, &order);
    else if (l->kept > 0)
        efti_sort(l->items.items, l->items.count, sizeof(*l->items.items), as_it_was,
                  NULL);
    int64_t rank = 0;
    for (size_t i = 0; i < l->items.count && st == EFT_OK; i++) {
        const struct hold_line *line = &l->items.items[i];
        rank = i > 0 && line[-1].group == line->group ? rank + 1 : 1;
        st = line->from == x->old ? write_old(x, to, line->row, err)
                                  : efti_table_copy_row(to, x->t, line->row, 0, err);
        if (st == EFT_OK && mixed && order.ranked)
            efti_table_set_integer(to, "rank", rank);
    }
    return st;
}

static eft_status
write_open(struct hold *x, struct eft_table *to, eft_error *err)
{
    struct hold_lines lines = {.x = x};
    eft_status st = efti_strings_new(x->h->mem, &lines.groups, err);

    if (st == EFT_OK)
        st = gather_lines(&lines, err);
    if (st == EFT_OK)
        st = write_lines(&lines, to, err);
    EFTI_ARRAY_FREE(x->h->mem, &lines.items);
    efti_strings_free(lines.groups);
    return st;
}

/* Hidden rows, of a closed table. */
static uint64_t
count_untold(const struct eft_table *t)
{
    uint64_t count = 0;

    for (size_t r = 0; r < eft_table_rows(t); r++)
        count += !efti_hold_is_told(t, r);
    return count;
}

/* What is hidden of the table that was written: its rows, and what has no row today. */
static void
tell_hidden(struct hold *x, struct eft_table *to)
{
    uint64_t rows = count_untold(to), counted = eft_table_hidden(to);

    if (rows > counted)
        efti_table_add_hidden(to, rows - counted);
    rows = count_untold(x->t);
    if (eft_table_hidden(x->t) > rows)
        efti_table_add_hidden(to, eft_table_hidden(x->t) - rows);
    x->out->hidden_cells += eft_table_hidden(to);
}

static eft_status
write_table(struct hold *x, eft_error *err)
{
    struct eft_table *to;
    eft_status st = efti_results_add(x->out, x->id, eft_table_name(x->t), &to, err);
    bool open = orders[x->id].rising[0] != NULL || x->id == EFTI_TABLE_NOTES;

    if (st == EFT_OK && open) {
        st = write_open(x, to, err);
        if (st == EFT_OK)
            tell_hidden(x, to);
        return st == EFT_OK ? efti_table_done(to, err) : st;
    }
    for (size_t r = 0; r < eft_table_rows(x->t) && st == EFT_OK; r++) {
        struct hold_block *b = efti_hold_block_of(x, x->t, r);
        if (b == NULL)
            return efti_no_memory(err, "the rows of an earlier release");
        if (b->ok) {
            st = efti_table_copy_row(to, x->t, r, 0, err);
            continue;
        }
        size_t old = efti_hold_old_row(x, r);
        st = old != SIZE_MAX && !is_told_within(x, old) ? write_old(x, to, old, err)
                                                        : write_hidden(x, to, r, err);
        if (st == EFT_OK && !b->written) {
            b->written = true;
            st = write_vanished(x, to, b, err);
        }
        if (st == EFT_OK && !remember(x, r))
            st = efti_no_memory(err, "the rows of an earlier release");
    }
    if (st == EFT_OK)
        tell_hidden(x, to);
    return st == EFT_OK ? efti_table_done(to, err) : st;
}

/* Blocks of the old table of which `to` tells no row; `to` NULL: all of it. */
static eft_status
carry_blocks(struct hold *x, const struct eft_table *to, eft_error *err)
{
    struct eft_table *carried = NULL;
    eft_status st = EFT_OK;

    for (size_t r = 0; to != NULL && r < eft_table_rows(to); r++) {
        struct hold_block *b = efti_hold_block_of(x, to, r);
        if (b == NULL)
            return efti_no_memory(err, "the rows of an earlier release");
        b->told = b->told || efti_hold_is_told(to, r);
    }
    for (size_t r = 0; r < eft_table_rows(x->old) && st == EFT_OK; r++) {
        const struct hold_block *b = to == NULL ? NULL : efti_hold_block_of(x, x->old, r);
        if (to != NULL && b == NULL)
            return efti_no_memory(err, "the rows of an earlier release");
        if (b != NULL && b->told)
            continue;
        if (carried == NULL)
            st = efti_results_add(x->carried, efti_table_id_of(x->old),
                                  eft_table_name(x->old), &carried, err);
        if (st == EFT_OK)
            st = efti_table_copy_row(carried, x->old, r, 0, err);
    }
    return st == EFT_OK && carried != NULL ? efti_table_done(carried, err) : st;
}

/* Tables of the last release that this one does not have. */
static eft_status
carry_tables(struct hold *x, eft_error *err)
{
    eft_status st = EFT_OK;

    for (size_t i = 0; i < x->h->results->tables.count && st == EFT_OK; i++) {
        x->old = x->h->results->tables.items[i];
        if (eft_results_find(x->now, eft_table_name(x->old)) == NULL)
            st = carry_blocks(x, NULL, err);
    }
    return st;
}

static eft_status
hold_table(struct hold *x, size_t index, eft_error *err)
{
    const eft_allocator *mem = x->h->mem;
    eft_status st = EFT_OK;

    x->index = index;
    x->t = x->now->tables.items[index];
    x->id = efti_table_id_of(x->t);
    x->old = eft_results_find(x->h->results, eft_table_name(x->t));
    x->old_row.count = x->of_block.count = 0;
    if ((st = efti_strings_new(mem, &x->old_rows, err)) == EFT_OK &&
        (st = efti_strings_new(mem, &x->now_rows, err)) == EFT_OK &&
        (st = efti_strings_new(mem, &x->blocks, err)) == EFT_OK && x->old != NULL)
        st = efti_hold_read_old(x, err);
    for (size_t r = 0; r < eft_table_rows(x->t) && st == EFT_OK; r++) {
        st = efti_hold_judge_row(x, r, err);
        /* the first row is everybody: all others lean on it, in this table too */
        if (st == EFT_OK && x->id == EFTI_TABLE_OVERVIEW && r == 0)
            x->all_kept = !efti_hold_block_of(x, x->t, 0)->ok;
    }
    if (st == EFT_OK && x->id == EFTI_TABLE_NOTES)
        efti_hold_judge_vanished(x);
    for (size_t i = 0; i < x->of_block.count; i++)
        efti_hold_judge_lump(x, &x->of_block.items[i]);
    if (st == EFT_OK)
        st = efti_hold_judge_together(x, err);
    if (st == EFT_OK)
        st = write_table(x, err);
    if (st == EFT_OK && x->old != NULL)
        st = carry_blocks(x, x->out->tables.items[x->out->tables.count - 1], err);
    efti_strings_free(x->old_rows);
    efti_strings_free(x->now_rows);
    efti_strings_free(x->blocks);
    x->old_rows = x->now_rows = x->blocks = NULL;
    return st;
}

/* The other way round from what efti_results_new() gives: all but the tables. */
static eft_status
copy_head(struct hold *x, eft_error *err)
{
    struct eft_results *from = x->now, *to = x->out;

    to->k = from->k;
    to->writer_column = from->writer_column;
    to->external = from->external;
    to->units_hidden = from->units_hidden;
    to->adjustment = from->adjustment;
    to->hidden_secondary = from->hidden_secondary;
    to->pairs_only = from->pairs_only;
    memcpy(to->fingerprint, from->fingerprint, sizeof(to->fingerprint));
    for (size_t i = 0; i < from->missing.count; i++) {
        if (!EFTI_PUSH(&to->allocator, &to->missing))
            return efti_no_memory(err, "the rows of an earlier release");
        to->missing.items[i] = from->missing.items[i]; /* literals */
    }
    return EFT_OK;
}

static eft_status
hold_open(struct hold *x, eft_error *err)
{
    eft_status st;

    if (!RELEASE_ARRAY_MAKE(x->h->mem, &x->marked, (size_t)x->h->lines))
        return efti_no_memory(err, "the rows of an earlier release");
    for (size_t i = 0; i < x->marked.count; i++)
        x->marked.items[i] = NULL;
    if ((st = efti_strings_new(x->h->mem, &x->kept, err)) != EFT_OK ||
        (st = efti_results_new(x->h->mem, &x->out, err)) != EFT_OK ||
        (st = efti_results_new(x->h->mem, &x->out->carried, err)) != EFT_OK)
        return st;
    x->carried = x->out->carried;
    return copy_head(x, err);
}

/* What a filter tells of today was held against what today's tables hide and tell
 * (crossed.c), not against earlier values beside it. */
static eft_status
check_filter(const struct eft_results *out, eft_error *err)
{
    const eft_table *t = eft_results_find(out, "themes_where");

    for (size_t r = 0; out->kept_rows > 0 && t != NULL && r < eft_table_rows(t); r++) {
        if (efti_hold_is_told(t, r))
            return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                             "a filter cannot be told while rows keep earlier values: "
                             "run without --where or, where this log has told it "
                             "before, when more have written");
    }
    return EFT_OK;
}

eft_status
efti_history_hold(const struct efti_history *h, uint32_t k, efti_mark_fn mark, void *user,
                  struct release_increments *increments, struct eft_results **results,
                  eft_error *err)
{
    struct hold x = {.h = h,
                     .k = efti_history_k(h, k),
                     .own_k = k,
                     .now = *results,
                     .mark = mark,
                     .mark_user = user,
                     .increments = increments};
    eft_status st;

    if (h->last == 0)
        return EFT_OK;
    if (h->unreadable || h->results == NULL)
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "the last release of these texts was made by another version, "
                         "and what changed since cannot be told: keep that release, or "
                         "begin a new log");
    efti_bytes_init(&x.text, h->mem);
    st = hold_open(&x, err);
    for (size_t i = 0; i < x.now->tables.count && st == EFT_OK; i++)
        st = hold_table(&x, i, err);
    if (st == EFT_OK)
        st = carry_tables(&x, err);
    for (size_t i = 0; i < x.marked.count; i++)
        eft_results_free(x.marked.items[i]);
    EFTI_ARRAY_FREE(h->mem, &x.marked);
    EFTI_ARRAY_FREE(h->mem, &x.old_row);
    EFTI_ARRAY_FREE(h->mem, &x.of_block);
    EFTI_ARRAY_FREE(h->mem, &x.labels);
    efti_strings_free(x.kept);
    efti_bytes_free(&x.text);
    if (st != EFT_OK) {
        eft_results_free(x.out);
        return st;
    }
    eft_results_free(*results);
    *results = x.out;
    return check_filter(x.out, err);
}
