/*
 * hold.c - which rows may be new, and which are kept from an earlier release (DESIGN 8.8)
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
 * through one after the other.
 *
 * By induction over releases it is enough to look at the last one: what each of its rows
 * is from is in the log, and sums of changes by k writers are changes by k writers.
 *
 * For that the last one must have all that is told: a block that this release leaves out
 * (a facet not asked for, --no-pairs, another lexicon) goes into its line of the log as
 * the last line has it, with the release that it is from, and not into its tables.
 *
 * The table of notes is one block, and is kept if any row of words or themes over all
 * reflections is: each can be held against it.
 *
 * Terms, pairs and notes are not counted by record in a state. Their rows may be new if
 * nothing changed, or if there are at least k writers more than there were.
 */
#include "release/increments.h"

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

struct hold_block {
    uint64_t base; /* release that its old rows are from; 0: it has none */
    uint64_t fresh, told_fresh, lump_writers;
    uint64_t whole;
    bool ok, written, is_part, told, asked;
};
struct hold {
    const struct efti_history *h;
    uint64_t k;
    struct eft_results *now, *out, *carried;
    EFTI_ARRAY(struct eft_results *) marked; /* by release - 1; NULL: not made */
    efti_mark_fn mark;
    void *mark_user;
    bool all_kept, kept_counts; /* a row that a group of notes can be held against */
    struct efti_strings *kept;  /* "scope", "theme", "term" and the name */
    struct efti_bytes text;

    /* of the table at hand */
    const struct eft_table *t, *old;
    size_t index; /* in the results */
    enum efti_table_id id;
    struct efti_strings *old_rows, *now_rows, *blocks;
    EFTI_ARRAY(size_t) old_row;             /* by key in old_rows */
    EFTI_ARRAY(struct hold_block) of_block; /* by key in blocks */
    EFTI_ARRAY(eft_text) labels;            /* of one block, told in both releases */
    struct release_increments *increments;  /* NULL: nobody asks */
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

static void
put_key(struct hold *x, const struct eft_table *t, size_t row)
{
    const struct hold_columns *c = &columns_of[x->id];

    efti_bytes_clear(&x->text);
    for (size_t i = 0; i < EFTI_COUNT(c->keys) && c->keys[i] != NULL; i++)
        put_column(&x->text, t, row, c->keys[i]);
}

static bool
text_equals(const struct eft_table *t, size_t row, const char *column, const char *value)
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
    if (c->block[0] == NULL ||
        (x->id == EFTI_TABLE_OVERVIEW && (text_equals(t, row, "scope", "tag") ||
                                          text_equals(t, row, "scope", "veiled")))) {
        put_key(x, t, row);
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

static bool
keep(struct hold *x, const char *kind, eft_text name)
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

static eft_text
text_of(const struct eft_table *t, size_t row, const char *column)
{
    size_t at = eft_table_column_find(t, column);

    return at == SIZE_MAX ? (eft_text){"", 0} : eft_table_text(t, row, at);
}

/* --------------------------------------------------------------------- rows */

static bool
is_told(const struct eft_table *t, size_t row)
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
leans_on_kept(struct hold *x, size_t row)
{
    const struct eft_table *t = x->t;

    switch (x->id) {
    case EFTI_TABLE_THEMES_BY_FACET:
        return is_kept(x, "scope", text_of(t, row, "facet")) ||
               is_kept(x, "theme", text_of(t, row, "theme"));
    case EFTI_TABLE_ASSIGNMENT_THEMES:
        return is_kept(x, "scope", (eft_text){"assignment", 10}) ||
               is_kept(x, "theme", text_of(t, row, "theme"));
    case EFTI_TABLE_ASSIGNMENT_TAGS:
        return is_kept(x, "scope", (eft_text){"assignment", 10}) ||
               is_kept(x, "tag", text_of(t, row, "tag"));
    case EFTI_TABLE_TREND:
        return is_kept(x, "scope", (eft_text){"period", 6}) ||
               is_kept(x, "theme", text_of(t, row, "theme"));
    case EFTI_TABLE_THEMES_WHERE:
    case EFTI_TABLE_VOTES:
    case EFTI_TABLE_FEELING_BY_THEME:
        return is_kept(x, "theme", text_of(t, row, "theme"));
    case EFTI_TABLE_READABILITY: return is_kept(x, "scope", text_of(t, row, "scope"));
    case EFTI_TABLE_KEYNESS_BY_FACET:
        return is_kept(x, "facet", text_of(t, row, "label")) ||
               is_kept(x, "term", text_of(t, row, "term"));
    case EFTI_TABLE_DISPERSION: return is_kept(x, "term", text_of(t, row, "term"));
    case EFTI_TABLE_TERM_PAIRS:
        return is_kept(x, "term", text_of(t, row, "term_a")) ||
               is_kept(x, "term", text_of(t, row, "term_b"));
    case EFTI_TABLE_THEME_PAIRS:
        return is_kept(x, "theme", text_of(t, row, "theme_a")) ||
               is_kept(x, "theme", text_of(t, row, "theme_b"));
    case EFTI_TABLE_TESTS: return is_kept(x, "test", text_of(t, row, "table_name"));
    case EFTI_TABLE_NOTES: return x->kept_counts;
    case EFTI_TABLE_OVERVIEW:
    case EFTI_TABLE_THEMES:
    case EFTI_TABLE_TERMS:
    case EFTI_TABLE_COUNT:
    default: return false;
    }
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

static struct hold_block *
block_of(struct hold *x, const struct eft_table *t, size_t row)
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

static size_t
old_row_of(struct hold *x, size_t row)
{
    put_key(x, x->t, row);
    uint32_t at = x->text.failed
                      ? EFTI_NOT_FOUND
                      : efti_strings_find(x->old_rows, x->text.data, x->text.size);
    return at == EFTI_NOT_FOUND ? SIZE_MAX : x->old_row.items[at];
}

/* Old rows by key, and the release that each block is from. */
static eft_status
read_old(struct hold *x, eft_error *err)
{
    for (size_t r = 0; r < eft_table_rows(x->old); r++) {
        bool added;
        put_key(x, x->old, r);
        uint32_t at = x->text.failed ? EFTI_NOT_FOUND
                                     : efti_strings_add(x->old_rows, x->text.data,
                                                        x->text.size, &added);
        if (at == EFTI_NOT_FOUND || (added && !EFTI_PUSH(x->h->mem, &x->old_row)))
            return efti_no_memory(err, "the rows of an earlier release");
        x->old_row.items[at] = r;
        struct hold_block *b = block_of(x, x->old, r);
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
        eft_text theme = text_of(x->t, row, "theme");
        whole = eft_results_find(marked, "themes");
        for (; at < eft_table_rows(whole); at++) {
            eft_text other = text_of(whole, at, "theme");
            if (efti_equal(theme.bytes, theme.size, other.bytes, other.size) &&
                text_equals(whole, at, "polarity", "any"))
                break;
        }
    } else if (x->id == EFTI_TABLE_OVERVIEW && !text_equals(x->t, row, "scope", "all") &&
               !text_equals(x->t, row, "scope", "tag") &&
               !text_equals(x->t, row, "scope", "veiled")) {
        whole = eft_results_find(marked, "overview"); /* its first row is all */
    }
    if (whole == NULL || at >= eft_table_rows(whole))
        return 0;
    *found = efti_table_mark_of(whole, at, &fresh, &writers);
    return fresh;
}

static eft_status
judge_row(struct hold *x, size_t row, eft_error *err)
{
    size_t old = old_row_of(x, row); /* leaves the key in x->text */
    bool noted =
        !x->text.failed &&
        efti_strings_add(x->now_rows, x->text.data, x->text.size, NULL) != EFTI_NOT_FOUND;
    struct hold_block *b = block_of(x, x->t, row);
    uint64_t fresh = 0;
    uint32_t writers = 0;
    bool known = false;

    if (b == NULL || !noted)
        return efti_no_memory(err, "the rows of an earlier release");
    /* also what was never told: new parts of a kept total would add up to today's, and so
     * would a new filter beside it */
    if (x->all_kept || leans_on_kept(x, row)) {
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
    bool both = old != SIZE_MAX && is_told(x->t, row) && is_told(x->old, old);
    if (both)
        b->ok = b->ok && known && marked_ok(x, row, old, fresh, writers);
    else if (writers > b->lump_writers)
        b->lump_writers = writers;
    if (both)
        b->told_fresh += fresh;
    return EFT_OK;
}

/* A group of notes that is not told any more may be told under other words now. */
static void
judge_vanished(struct hold *x)
{
    for (size_t r = 0; x->old != NULL && r < eft_table_rows(x->old); r++) {
        put_key(x, x->old, r);
        if (x->of_block.count > 0 &&
            (x->text.failed || efti_strings_find(x->now_rows, x->text.data,
                                                 x->text.size) == EFTI_NOT_FOUND))
            x->of_block.items[0].ok = false;
    }
}

/* What is hidden, or stands in one release only, is one more part: all that is fresh less
 * what is fresh of the rows told twice. Where a record is in several rows of the block
 * (polarities of a theme) the same bound holds from above. */
static void
judge_lump(const struct hold *x, struct hold_block *b)
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
    eft_text theme = text_of(x->t, row, "theme");

    x->labels.count = 0;
    for (size_t r = row; r < eft_table_rows(x->t); r++) {
        eft_text other = text_of(x->t, r, "theme");
        if (!efti_equal(theme.bytes, theme.size, other.bytes, other.size))
            continue;
        if (!is_told(x->t, r))
            continue;
        if (!EFTI_PUSH(x->h->mem, &x->labels))
            return efti_no_memory(err, "the rows of an earlier release");
        x->labels.items[x->labels.count - 1] = text_of(x->t, r, column);
    }
    const struct release_told told = {.table = x->id,
                                      .facet = over_facet ? text_of(x->t, row, "facet")
                                                          : (eft_text){"", 0},
                                      .theme = theme,
                                      .base = b->base != 0 ? b->base : x->h->last,
                                      .labels = x->labels.items,
                                      .count = x->labels.count};
    return efti_increments_may(x->increments, &told, &b->ok, err);
}

/* Also parts that were never told: beside a total that was, they tell of what was added.
 */
static eft_status
judge_together(struct hold *x, eft_error *err)
{
    eft_status st = EFT_OK;

    if (x->increments == NULL ||
        (x->id != EFTI_TABLE_THEMES_BY_FACET && x->id != EFTI_TABLE_ASSIGNMENT_THEMES &&
         x->id != EFTI_TABLE_TREND))
        return EFT_OK;
    for (size_t r = 0; r < eft_table_rows(x->t) && st == EFT_OK; r++) {
        struct hold_block *b = block_of(x, x->t, r);
        if (b == NULL)
            return efti_no_memory(err, "the rows of an earlier release");
        if (b->asked || !b->ok)
            continue;
        b->asked = true;
        st = judge_increments(x, r, b, err);
    }
    return st;
}

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
        if (block_of(x, x->old, r) != b)
            continue;
        put_key(x, x->old, r);
        if (x->text.failed)
            return efti_no_memory(err, "the rows of an earlier release");
        if (efti_strings_find(x->now_rows, x->text.data, x->text.size) != EFTI_NOT_FOUND)
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
        return text_equals(t, row, "scope", "tag")
                   ? keep(x, "tag", text_of(t, row, "label"))
                   : keep(x, "scope", text_of(t, row, "scope")) &&
                         keep(x, "facet", text_of(t, row, "label"));
    case EFTI_TABLE_THEMES: return keep(x, "theme", text_of(t, row, "theme"));
    case EFTI_TABLE_TERMS: return keep(x, "term", text_of(t, row, "term"));
    case EFTI_TABLE_THEMES_BY_FACET:
    case EFTI_TABLE_TREND: {
        const char *name = eft_table_name(t);
        return keep(x, "test", (eft_text){name, strlen(name)});
    }
    default: return true;
    }
}

static eft_status
write_table(struct hold *x, eft_error *err)
{
    struct eft_table *to;
    eft_status st = efti_results_add(x->out, x->id, eft_table_name(x->t), &to, err);

    for (size_t r = 0; r < eft_table_rows(x->t) && st == EFT_OK; r++) {
        struct hold_block *b = block_of(x, x->t, r);
        if (b == NULL)
            return efti_no_memory(err, "the rows of an earlier release");
        if (b->ok) {
            st = efti_table_copy_row(to, x->t, r, 0, err);
            continue;
        }
        size_t old = old_row_of(x, r);
        st = old != SIZE_MAX ? write_old(x, to, old, err) : write_hidden(x, to, r, err);
        if (st == EFT_OK && !b->written) {
            b->written = true;
            st = write_vanished(x, to, b, err);
        }
        if (st == EFT_OK && !remember(x, r))
            st = efti_no_memory(err, "the rows of an earlier release");
    }
    if (st == EFT_OK)
        efti_table_add_hidden(to, eft_table_hidden(x->t));
    return st == EFT_OK ? efti_table_done(to, err) : st;
}

/* Blocks of the old table of which `to` tells no row; `to` NULL: all of it. */
static eft_status
carry_blocks(struct hold *x, const struct eft_table *to, eft_error *err)
{
    struct eft_table *carried = NULL;
    eft_status st = EFT_OK;

    for (size_t r = 0; to != NULL && r < eft_table_rows(to); r++) {
        struct hold_block *b = block_of(x, to, r);
        if (b == NULL)
            return efti_no_memory(err, "the rows of an earlier release");
        b->told = b->told || is_told(to, r);
    }
    for (size_t r = 0; r < eft_table_rows(x->old) && st == EFT_OK; r++) {
        const struct hold_block *b = to == NULL ? NULL : block_of(x, x->old, r);
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
        st = read_old(x, err);
    for (size_t r = 0; r < eft_table_rows(x->t) && st == EFT_OK; r++) {
        st = judge_row(x, r, err);
        /* the first row is everybody: all others lean on it, in this table too */
        if (st == EFT_OK && x->id == EFTI_TABLE_OVERVIEW && r == 0)
            x->all_kept = !block_of(x, x->t, 0)->ok;
    }
    if (st == EFT_OK && x->id == EFTI_TABLE_NOTES)
        judge_vanished(x);
    for (size_t i = 0; i < x->of_block.count; i++)
        judge_lump(x, &x->of_block.items[i]);
    if (st == EFT_OK)
        st = judge_together(x, err);
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
    to->hidden_cells = from->hidden_cells;
    to->hidden_secondary = from->hidden_secondary;
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
        if (is_told(t, r))
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
                     .k = k,
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
