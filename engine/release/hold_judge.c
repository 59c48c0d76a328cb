/*
 * hold_judge.c - may a row be new, or is its block kept as it was (hold.c says why)
 *
 * Rows are known by their keys, and judged in blocks.
 */
#include "release/hold.h"

struct hold_columns {
    const char *keys[3], *block[2];
};

static const struct hold_columns columns_of[EFTI_TABLE_COUNT] = {
    [EFTI_TABLE_OVERVIEW] = {{"scope", "label"}, {"scope"}},
    [EFTI_TABLE_THEMES] = {{"theme", "polarity"}, {"theme"}},
    [EFTI_TABLE_THEMES_BY_FACET] = {{"theme", "label"}, {"theme"}},
    [EFTI_TABLE_ASSIGNMENT_TAGS] = {{"tag", "assignment"}, {"tag"}},
    [EFTI_TABLE_ASSIGNMENT_THEMES] = {{"theme", "assignment"}, {"theme"}},
    [EFTI_TABLE_FEELING_BY_THEME] = {{"theme", "feeling"}, {"theme"}},
    [EFTI_TABLE_FEELING_BY_TAG] = {{"tag", "feeling"}, {"tag"}},
    [EFTI_TABLE_FEELING_BY_ASSIGNMENT] = {{"assignment", "feeling"}, {"assignment"}},
    [EFTI_TABLE_TREND] = {{"theme", "period"}, {"theme"}},
    [EFTI_TABLE_THEMES_WHERE] = {{"filter", "theme"}, {NULL}},
    [EFTI_TABLE_TERMS] = {{"term"}, {"term"}},
    [EFTI_TABLE_KEYNESS_BY_FACET] = {{"term", "label"}, {"term"}},
    [EFTI_TABLE_DISPERSION] = {{"term"}, {"term"}},
    [EFTI_TABLE_TERM_PAIRS] = {{"level", "term_a", "term_b"}, {NULL}},
    [EFTI_TABLE_THEME_PAIRS] = {{"level", "theme_a", "theme_b"}, {NULL}},
    [EFTI_TABLE_NOTES] = {{"words"}, {NULL}},
    [EFTI_TABLE_VOTES] = {{"theme"}, {"theme"}},
    [EFTI_TABLE_READABILITY] = {{"scope", "label"}, {"scope"}},
    [EFTI_TABLE_TESTS] = {{"table_name", "subject", "test"}, {NULL}},
};

/* -------------------------------------------------------------------- keys */

static void
put_column(struct efti_bytes *b, const struct eft_table *t, size_t row, const char *name)
{
    size_t column = eft_table_column_find(t, name);

    if (column != SIZE_MAX) {
        eft_text text = eft_table_text(t, row, column);
        efti_put(b, text.bytes, text.size);
    }
    efti_put_char(b, '\x1f');
}

void
efti_hold_put_key(struct hold *x, const struct eft_table *t, size_t row)
{
    const struct hold_columns *c = &columns_of[x->id];

    efti_bytes_clear(&x->text);
    for (size_t i = 0; i < EFTI_COUNT(c->keys) && c->keys[i] != NULL; i++)
        put_column(&x->text, t, row, c->keys[i]);
}

bool
efti_hold_text_is(const struct eft_table *t, size_t row, const char *column,
                  const char *value)
{
    eft_text text = eft_table_text(t, row, eft_table_column_find(t, column));

    return efti_equal(text.bytes, text.size, value, strlen(value));
}

/* Tags and veiled categories do not add up: each is a block of its own. */
static void
put_block(struct hold *x, const struct eft_table *t, size_t row)
{
    const struct hold_columns *c = &columns_of[x->id];

    if (x->id == EFTI_TABLE_NOTES) { /* all of it: a note may go from group to group */
        efti_bytes_clear(&x->text);
        return;
    }
    if (c->block[0] == NULL || (x->id == EFTI_TABLE_OVERVIEW &&
                                (efti_hold_text_is(t, row, "scope", "tag") ||
                                 efti_hold_text_is(t, row, "scope", "veiled")))) {
        efti_hold_put_key(x, t, row);
        return;
    }
    efti_bytes_clear(&x->text);
    put_column(&x->text, t, row, c->block[0]);
}

static void
put_kept(struct hold *x, const char *kind, eft_text name)
{
    efti_bytes_clear(&x->text);
    efti_put_text(&x->text, kind);
    efti_put_char(&x->text, '\x1f');
    efti_put(&x->text, name.bytes, name.size);
}

bool
efti_hold_keep(struct hold *x, const char *kind, eft_text name)
{
    put_kept(x, kind, name);
    return !x->text.failed &&
           efti_strings_add(x->kept, x->text.data, x->text.size, NULL) != EFTI_NOT_FOUND;
}

static bool
is_kept(struct hold *x, const char *kind, eft_text name)
{
    put_kept(x, kind, name);
    return x->text.failed ||
           efti_strings_find(x->kept, x->text.data, x->text.size) != EFTI_NOT_FOUND;
}

eft_text
efti_hold_text(const struct eft_table *t, size_t row, const char *column)
{
    size_t at = eft_table_column_find(t, column);

    return at == SIZE_MAX ? (eft_text){"", 0} : eft_table_text(t, row, at);
}

/* --------------------------------------------------------------------- rows */

bool
efti_hold_is_told(const struct eft_table *t, size_t row)
{
    size_t shown = eft_table_column_find(t, "shown");

    return shown == SIZE_MAX || eft_table_integer(t, row, shown) == 1;
}

/* -1: there is no such number. */
static int64_t
number_of(const struct eft_table *t, size_t row, const char *column)
{
    size_t at = eft_table_column_find(t, column);

    return at == SIZE_MAX || eft_table_missing(t, row, at)
               ? -1
               : eft_table_integer(t, row, at);
}

/* Marks of the same row against the release `base`, made when first asked for. */
static eft_status
marks_of(struct hold *x, uint64_t base, size_t row, uint64_t *fresh, uint32_t *writers,
         bool *known, eft_error *err)
{
    if (base == 0 || base > x->marked.count)
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "the release log names a release that it does not have");
    struct eft_results **at = &x->marked.items[base - 1];
    if (*at == NULL) {
        eft_status st = x->mark(x->mark_user, base, at, err);
        if (st != EFT_OK)
            return st;
    }
    *known = efti_table_mark_of((*at)->tables.items[x->index], row, fresh, writers);
    return EFT_OK;
}

static bool
same_numbers(const struct hold *x, size_t row, size_t old)
{
    static const char *const names[] = {"reflections", "writers", "tokens", "o11",
                                        "r1",          "c1",      "n",      "votes"};

    for (size_t i = 0; i < EFTI_COUNT(names); i++) {
        if (number_of(x->t, row, names[i]) != number_of(x->old, old, names[i]))
            return false;
    }
    return true;
}

/* Without marks: nothing changed, or at least k writers more. */
static bool
counted_ok(const struct hold *x, size_t row, size_t old)
{
    int64_t now = number_of(x->t, row, "writers"),
            then = number_of(x->old, old, "writers");

    return same_numbers(x, row, old) ||
           (now >= 0 && then >= 0 && now >= then + (int64_t)x->k);
}

/* A row told in both releases, with marks. */
static bool
marked_ok(const struct hold *x, size_t row, size_t old, uint64_t fresh, uint32_t writers)
{
    int64_t now = number_of(x->t, row, "reflections");
    int64_t then = number_of(x->old, old, "reflections");

    if (now >= 0 && then >= 0 && then + (int64_t)fresh != now)
        return false; /* something was taken away, or is counted another way */
    if ((now < 0) != (then < 0))
        return false;
    return fresh == 0 || writers >= x->k;
}

/* Does what the row leans on stay? */
static bool
leans_on_kept(struct hold *x, const struct eft_table *t, size_t row)
{
    switch (x->id) {
    case EFTI_TABLE_THEMES_BY_FACET:
        return is_kept(x, "scope", efti_hold_text(t, row, "facet")) ||
               is_kept(x, "theme", efti_hold_text(t, row, "theme"));
    case EFTI_TABLE_ASSIGNMENT_THEMES:
        return is_kept(x, "scope", (eft_text){"assignment", 10}) ||
               is_kept(x, "theme", efti_hold_text(t, row, "theme"));
    case EFTI_TABLE_ASSIGNMENT_TAGS:
        return is_kept(x, "scope", (eft_text){"assignment", 10}) ||
               is_kept(x, "tag", efti_hold_text(t, row, "tag"));
    case EFTI_TABLE_FEELING_BY_TAG:
        return is_kept(x, "tag", efti_hold_text(t, row, "tag"));
    case EFTI_TABLE_FEELING_BY_ASSIGNMENT:
        return is_kept(x, "scope", (eft_text){"assignment", 10});
    case EFTI_TABLE_TREND:
        return is_kept(x, "scope", (eft_text){"period", 6}) ||
               is_kept(x, "theme", efti_hold_text(t, row, "theme"));
    case EFTI_TABLE_THEMES_WHERE:
    case EFTI_TABLE_VOTES:
    case EFTI_TABLE_FEELING_BY_THEME:
        return is_kept(x, "theme", efti_hold_text(t, row, "theme"));
    case EFTI_TABLE_READABILITY:
        return is_kept(x, "scope", efti_hold_text(t, row, "scope"));
    case EFTI_TABLE_KEYNESS_BY_FACET:
        return is_kept(x, "facet", efti_hold_text(t, row, "label")) ||
               is_kept(x, "term", efti_hold_text(t, row, "term"));
    case EFTI_TABLE_DISPERSION: return is_kept(x, "term", efti_hold_text(t, row, "term"));
    case EFTI_TABLE_TERM_PAIRS:
        return is_kept(x, "term", efti_hold_text(t, row, "term_a")) ||
               is_kept(x, "term", efti_hold_text(t, row, "term_b"));
    case EFTI_TABLE_THEME_PAIRS:
        return is_kept(x, "theme", efti_hold_text(t, row, "theme_a")) ||
               is_kept(x, "theme", efti_hold_text(t, row, "theme_b"));
    case EFTI_TABLE_TESTS:
        return is_kept(x, "test", efti_hold_text(t, row, "table_name"));
    case EFTI_TABLE_NOTES: return x->kept_counts;
    case EFTI_TABLE_OVERVIEW:
    case EFTI_TABLE_THEMES:
    case EFTI_TABLE_TERMS:
    case EFTI_TABLE_COUNT:
    default: return false;
    }
}

bool
efti_hold_leans(struct hold *x, const struct eft_table *t, size_t row)
{
    return x->all_kept || leans_on_kept(x, t, row);
}

static bool
has_marks(enum efti_table_id id)
{
    switch (id) {
    case EFTI_TABLE_TERMS:
    case EFTI_TABLE_KEYNESS_BY_FACET:
    case EFTI_TABLE_DISPERSION:
    case EFTI_TABLE_TERM_PAIRS:
    case EFTI_TABLE_THEME_PAIRS:
    case EFTI_TABLE_NOTES:
    case EFTI_TABLE_TESTS: return false;
    default: return true;
    }
}

/* ------------------------------------------------------------------- blocks */

struct hold_block *
efti_hold_block_of(struct hold *x, const struct eft_table *t, size_t row)
{
    bool added;

    put_block(x, t, row);
    uint32_t at = x->text.failed
                      ? EFTI_NOT_FOUND
                      : efti_strings_add(x->blocks, x->text.data, x->text.size, &added);
    if (at == EFTI_NOT_FOUND || (added && !EFTI_PUSH(x->h->mem, &x->of_block)))
        return NULL;
    if (added)
        x->of_block.items[at] = (struct hold_block){.ok = true};
    return &x->of_block.items[at];
}

size_t
efti_hold_old_row(struct hold *x, size_t row)
{
    efti_hold_put_key(x, x->t, row);
    uint32_t at = x->text.failed
                      ? EFTI_NOT_FOUND
                      : efti_strings_find(x->old_rows, x->text.data, x->text.size);
    return at == EFTI_NOT_FOUND ? SIZE_MAX : x->old_row.items[at];
}

/* Old rows by key, and the release that each block is from. */
eft_status
efti_hold_read_old(struct hold *x, eft_error *err)
{
    for (size_t r = 0; r < eft_table_rows(x->old); r++) {
        bool added;
        efti_hold_put_key(x, x->old, r);
        uint32_t at = x->text.failed ? EFTI_NOT_FOUND
                                     : efti_strings_add(x->old_rows, x->text.data,
                                                        x->text.size, &added);
        if (at == EFTI_NOT_FOUND || (added && !EFTI_PUSH(x->h->mem, &x->old_row)))
            return efti_no_memory(err, "the rows of an earlier release");
        x->old_row.items[at] = r;
        struct hold_block *b = efti_hold_block_of(x, x->old, r);
        if (b == NULL)
            return efti_no_memory(err, "the rows of an earlier release");
        b->base = efti_table_release(x->old, r);
    }
    return EFT_OK;
}

/* What is fresh of the whole that the block's rows are parts of; `*found` false: they are
 * no parts. */
static uint64_t
fresh_of_whole(const struct hold *x, const struct eft_results *marked, size_t row,
               bool *found)
{
    const struct eft_table *whole = NULL;
    uint64_t fresh = 0;
    uint32_t writers;
    size_t at = 0;

    *found = false;
    if (x->id == EFTI_TABLE_THEMES_BY_FACET || x->id == EFTI_TABLE_ASSIGNMENT_THEMES ||
        x->id == EFTI_TABLE_TREND) {
        eft_text theme = efti_hold_text(x->t, row, "theme");
        whole = eft_results_find(marked, "themes");
        for (; at < eft_table_rows(whole); at++) {
            eft_text other = efti_hold_text(whole, at, "theme");
            if (efti_equal(theme.bytes, theme.size, other.bytes, other.size) &&
                efti_hold_text_is(whole, at, "polarity", "any"))
                break;
        }
    } else if (x->id == EFTI_TABLE_OVERVIEW &&
               !efti_hold_text_is(x->t, row, "scope", "all") &&
               !efti_hold_text_is(x->t, row, "scope", "tag") &&
               !efti_hold_text_is(x->t, row, "scope", "veiled")) {
        whole = eft_results_find(marked, "overview"); /* its first row is all */
    }
    if (whole == NULL || at >= eft_table_rows(whole))
        return 0;
    *found = efti_table_mark_of(whole, at, &fresh, &writers);
    return fresh;
}

eft_status
efti_hold_judge_row(struct hold *x, size_t row, eft_error *err)
{
    size_t old = efti_hold_old_row(x, row); /* leaves the key in x->text */
    bool noted =
        !x->text.failed &&
        efti_strings_add(x->now_rows, x->text.data, x->text.size, NULL) != EFTI_NOT_FOUND;
    struct hold_block *b = efti_hold_block_of(x, x->t, row);
    uint64_t fresh = 0;
    uint32_t writers = 0;
    bool known = false;

    if (b == NULL || !noted)
        return efti_no_memory(err, "the rows of an earlier release");
    /* also what was never told: new parts of a kept total would add up to today's, and so
     * would a new filter beside it */
    if (efti_hold_leans(x, x->t, row)) {
        b->ok = false;
        return EFT_OK;
    }
    if (b->base == 0)
        return EFT_OK;
    if (!has_marks(x->id)) {
        if (old != SIZE_MAX && !counted_ok(x, row, old))
            b->ok = false;
        return EFT_OK;
    }
    eft_status st = marks_of(x, b->base, row, &fresh, &writers, &known, err);
    if (st != EFT_OK)
        return st;
    b->fresh += fresh;
    b->whole = fresh_of_whole(x, x->marked.items[b->base - 1], row, &b->is_part);
    bool both =
        old != SIZE_MAX && efti_hold_is_told(x->t, row) && efti_hold_is_told(x->old, old);
    if (both)
        b->ok = b->ok && known && marked_ok(x, row, old, fresh, writers);
    else if (writers > b->lump_writers)
        b->lump_writers = writers;
    if (both)
        b->told_fresh += fresh;
    return EFT_OK;
}

/* A group of notes that is not told any more may be told under other words now. */
void
efti_hold_judge_vanished(struct hold *x)
{
    for (size_t r = 0; x->old != NULL && r < eft_table_rows(x->old); r++) {
        efti_hold_put_key(x, x->old, r);
        if (x->of_block.count > 0 &&
            (x->text.failed || efti_strings_find(x->now_rows, x->text.data,
                                                 x->text.size) == EFTI_NOT_FOUND))
            x->of_block.items[0].ok = false;
    }
}

/* What is hidden, or stands in one release only, is one more part: all that is fresh less
 * what is fresh of the rows told twice. Where a record is in several rows of the block
 * (polarities of a theme) the same bound holds from above. */
void
efti_hold_judge_lump(const struct hold *x, struct hold_block *b)
{
    if (b->base > 0 && b->fresh > b->told_fresh && b->lump_writers < x->k)
        b->ok = false;
    /* reflections without a label have no row, and nobody counted their writers here */
    if (b->is_part && b->whole != b->fresh)
        b->ok = false;
}

/* ---------------------------------------------------------- tables together */

/* One theme of a table over labels: `row` is its first row. */
static eft_status
judge_increments(struct hold *x, size_t row, struct hold_block *b, eft_error *err)
{
    bool over_facet = x->id == EFTI_TABLE_THEMES_BY_FACET;
    const char *column = over_facet                              ? "label"
                         : x->id == EFTI_TABLE_ASSIGNMENT_THEMES ? "assignment"
                                                                 : "period";
    eft_text theme = efti_hold_text(x->t, row, "theme");

    x->labels.count = 0;
    for (size_t r = row; r < eft_table_rows(x->t); r++) {
        eft_text other = efti_hold_text(x->t, r, "theme");
        if (!efti_equal(theme.bytes, theme.size, other.bytes, other.size))
            continue;
        if (!efti_hold_is_told(x->t, r))
            continue;
        if (!EFTI_PUSH(x->h->mem, &x->labels))
            return efti_no_memory(err, "the rows of an earlier release");
        x->labels.items[x->labels.count - 1] = efti_hold_text(x->t, r, column);
    }
    const struct release_told told = {
        .table = x->id,
        .facet = over_facet ? efti_hold_text(x->t, row, "facet") : (eft_text){"", 0},
        .theme = theme,
        .base = b->base != 0 ? b->base : x->h->last,
        .labels = x->labels.items,
        .count = x->labels.count};
    return efti_increments_may(x->increments, &told, &b->ok, err);
}

/* Also parts that were never told: beside a total that was, they tell of
 * what was added. */
eft_status
efti_hold_judge_together(struct hold *x, eft_error *err)
{
    eft_status st = EFT_OK;

    if (x->increments == NULL ||
        (x->id != EFTI_TABLE_THEMES_BY_FACET && x->id != EFTI_TABLE_ASSIGNMENT_THEMES &&
         x->id != EFTI_TABLE_TREND))
        return EFT_OK;
    for (size_t r = 0; r < eft_table_rows(x->t) && st == EFT_OK; r++) {
        struct hold_block *b = efti_hold_block_of(x, x->t, r);
        if (b == NULL)
            return efti_no_memory(err, "the rows of an earlier release");
        if (b->asked || !b->ok)
            continue;
        b->asked = true;
        st = judge_increments(x, r, b, err);
    }
    return st;
}
