/*
 * writers.c - writers in order of what they wrote about, not of who they are
 *
 * Permutation tests draw writers by number, so a number must not depend on a hash or a
 * key: the same texts give the same p-values. A writer's records are sorted, and writers
 * compare by
 *
 *     1. what was counted in their records, first record first; fewer records first
 *     2. the whole of their records: labels and keys too
 *     3. the hash of the writer
 *     4. postings, pairs and sentences of themes
 *
 * Two writers with a name differ at 3 at the latest. Without a writer column writers have
 * no hash, and two may have equal records but other terms: then 4 decides, and who is
 * equal in that too can change places without changing a byte. Step 4 costs another walk
 * over the log and is taken only when somebody needs it. All records without a writer
 * are one writer, the last.
 */
#include "tally/freeze.h"

enum { ROW_WRITER, ROW_KIND, ROW_X, ROW_Y, ROW_N, ROW_WIDTH };
enum { ROW_OF_TERM, ROW_OF_PAIR, ROW_OF_THEME, ROW_OF_WINDOW };

struct writer_sort {
    struct tally_plan *p;
    const eft_allocator *mem;
    EFTI_ARRAY(size_t) member_at; /* per old writer, one more */
    EFTI_ARRAY(uint32_t) members; /* records of each writer, sorted */
    EFTI_ARRAY(uint32_t) scratch;
    /* step 4: rows of ROW_WIDTH numbers, sorted by writer, kind, x, y */
    EFTI_ARRAY(uint8_t) tied; /* per old writer; empty: nobody is */
    EFTI_ARRAY(uint32_t) rows;
    EFTI_ARRAY(size_t) row_at; /* per old writer, one more */
};

static void
writer_sort_free(struct writer_sort *s)
{
    EFTI_ARRAY_FREE(s->mem, &s->member_at);
    EFTI_ARRAY_FREE(s->mem, &s->members);
    EFTI_ARRAY_FREE(s->mem, &s->scratch);
    EFTI_ARRAY_FREE(s->mem, &s->tied);
    EFTI_ARRAY_FREE(s->mem, &s->rows);
    EFTI_ARRAY_FREE(s->mem, &s->row_at);
}

static size_t
writer_records(const struct writer_sort *s, uint32_t writer)
{
    return s->member_at.items[writer + 1] - s->member_at.items[writer];
}

/* ------------------------------------------------------------------- records */

/* Records of each writer together, by counting. */
static bool
group_records(struct writer_sort *s)
{
    const struct tally_plan *p = s->p;
    size_t writers = p->t->dict.writers.count, n = p->record_writer.count;

    if (!TALLY_ARRAY_MAKE(s->mem, &s->member_at, writers + 2) ||
        !TALLY_ARRAY_MAKE(s->mem, &s->members, n) ||
        !TALLY_ARRAY_MAKE(s->mem, &s->scratch, n > writers ? n : writers))
        return false;
    size_t *at = s->member_at.items;
    memset(at, 0, (writers + 2) * sizeof(*at));
    /* shifted by two, so that filling leaves each start where it belongs */
    for (size_t i = 0; i < n; i++)
        at[p->record_writer.items[i] + 2]++;
    for (size_t w = 0; w < writers; w++)
        at[w + 2] += at[w + 1];
    for (uint32_t i = 0; i < n; i++)
        s->members.items[at[p->record_writer.items[i] + 1]++] = i;
    return true;
}

static int
compare_bytes_of(const struct tally_plan *p, uint32_t a, uint32_t b, bool content_only)
{
    const char *x = p->bodies.data + p->body_at.items[a];
    const char *y = p->bodies.data + p->body_at.items[b];
    size_t x_size = p->body_at.items[a + 1] - p->body_at.items[a];
    size_t y_size = p->body_at.items[b + 1] - p->body_at.items[b];

    if (content_only) {
        x_size = p->content_size.items[a];
        y_size = p->content_size.items[b];
    }
    return efti_compare(x, x_size, y, y_size);
}

static int
compare_records(const void *user, uint32_t a, uint32_t b)
{
    return compare_bytes_of(user, a, b, false);
}

static void
sort_records_of_writers(struct writer_sort *s)
{
    size_t writers = s->p->t->dict.writers.count;

    for (size_t w = 0; w < writers; w++) {
        size_t from = s->member_at.items[w], to = s->member_at.items[w + 1];
        if (to - from < 2)
            continue;
        efti_sort_index(s->members.items + from, s->scratch.items, to - from,
                        compare_records, s->p);
    }
}

/* ------------------------------------------------------------------- writers */

static int
compare_lists(const struct writer_sort *s, uint32_t a, uint32_t b, bool content_only)
{
    size_t a_count = writer_records(s, a), b_count = writer_records(s, b);
    const uint32_t *x = s->members.items + s->member_at.items[a];
    const uint32_t *y = s->members.items + s->member_at.items[b];

    for (size_t i = 0; i < a_count && i < b_count; i++) {
        int c = compare_bytes_of(s->p, x[i], y[i], content_only);
        if (c != 0)
            return c;
    }
    return (a_count > b_count) - (a_count < b_count);
}

static int
compare_rows_of(const struct writer_sort *s, uint32_t a, uint32_t b)
{
    size_t x = s->row_at.items[a], x_end = s->row_at.items[a + 1];
    size_t y = s->row_at.items[b], y_end = s->row_at.items[b + 1];

    for (; x < x_end && y < y_end; x++, y++) {
        for (size_t k = ROW_KIND; k < ROW_WIDTH; k++) {
            uint32_t i = s->rows.items[x * ROW_WIDTH + k];
            uint32_t j = s->rows.items[y * ROW_WIDTH + k];
            if (i != j)
                return i < j ? -1 : 1;
        }
    }
    return (x < x_end) - (y < y_end);
}

static int
compare_writers(const void *user, uint32_t a, uint32_t b)
{
    const struct writer_sort *s = user;
    const struct tally_writer *writers = s->p->t->dict.writers.items;
    int c = compare_lists(s, a, b, true);

    if (c == 0)
        c = compare_lists(s, a, b, false);
    if (c == 0)
        c = efti_id_compare(&writers[a].hash, &writers[b].hash);
    if (c == 0 && s->row_at.count > 0 && a != b)
        c = compare_rows_of(s, a, b);
    return c;
}

/* ---------------------------------------------------------------------- ties */

static bool
mark_ties(struct writer_sort *s, bool *any)
{
    const uint32_t *order = s->p->writer_order.items;
    size_t count = s->p->writer_order.count, writers = s->p->t->dict.writers.count;

    *any = false;
    for (size_t i = 1; i < count; i++) {
        if (compare_writers(s, order[i - 1], order[i]) != 0)
            continue;
        if (!*any) {
            if (!TALLY_ARRAY_MAKE(s->mem, &s->tied, writers))
                return false;
            memset(s->tied.items, 0, writers);
        }
        *any = true;
        s->tied.items[order[i - 1]] = s->tied.items[order[i]] = 1;
    }
    return true;
}

static bool
push_row(struct writer_sort *s, uint32_t writer, uint32_t kind, uint32_t x, uint32_t y,
         uint32_t n)
{
    const uint32_t row[ROW_WIDTH] = {writer, kind, x, y, n};

    if (n == 0)
        return true;
    if (!EFTI_ARRAY_RESERVE(s->mem, &s->rows, s->rows.count + ROW_WIDTH))
        return false;
    memcpy(s->rows.items + s->rows.count, row, sizeof(row));
    s->rows.count += ROW_WIDTH;
    return true;
}

static bool
push_pair(struct writer_sort *s, uint32_t writer, uint32_t kind, uint32_t a, uint32_t b,
          uint32_t n)
{
    uint32_t x = s->p->theme_map.items[a], y = s->p->theme_map.items[b];

    return push_row(s, writer, kind, x < y ? x : y, x < y ? y : x, n);
}

static bool
push_tail(struct writer_sort *s, uint32_t writer, const unsigned char *at,
          const unsigned char *end)
{
    bool good = true;

    if (at == end)
        return true;
    for (uint32_t n = tally_get32(&at); n > 0; n--) {
        uint32_t a = tally_get32(&at), b = tally_get32(&at);
        good = good && push_pair(s, writer, ROW_OF_PAIR, a, b, tally_get32(&at));
    }
    for (uint32_t n = tally_get32(&at); n > 0; n--) {
        uint32_t theme = s->p->theme_map.items[tally_get32(&at)];
        good = good && push_row(s, writer, ROW_OF_THEME, theme, 0, 1);
    }
    for (uint32_t n = tally_get32(&at); n > 0; n--) {
        uint32_t a = tally_get32(&at), b = tally_get32(&at);
        good = good && push_pair(s, writer, ROW_OF_WINDOW, a, b, tally_get32(&at));
    }
    for (uint32_t n = tally_get32(&at); n > 0; n--) {
        uint32_t tokens, term = s->p->term_map.items[tally_get_term(&at, &tokens)];
        good = good && push_row(s, writer, ROW_OF_TERM, term, 0, tokens);
    }
    return good;
}

/* A writer without a name has one record, hence one cell and one reflection. */
static bool
push_sum_postings(struct writer_sort *s, const struct tally_postings *p)
{
    bool good = true;

    for (size_t i = 0, at = 0; i < p->terms.count; i++) {
        uint32_t term = s->p->term_map.items[p->terms.items[i]];
        for (; at < p->ends.items[i]; at++) {
            uint64_t entry = p->entries.items[at];
            uint32_t writer = tally_entry_writer(p, entry);
            if (s->tied.items[writer] != 0)
                good = good && push_row(s, writer, ROW_OF_TERM, term, 0,
                                        tally_entry_tokens(entry));
        }
    }
    return good;
}

static bool
push_sum_pairs(struct writer_sort *s, uint32_t kind, const tally_writer_pairs *pairs)
{
    bool good = true;

    for (size_t i = 0; good && i < pairs->count; i++) {
        const struct efti_writer_pair *x = &pairs->items[i];
        if (s->tied.items[x->writer] != 0)
            good = push_pair(s, x->writer, kind, x->a, x->b, x->times);
    }
    return good;
}

static bool
push_sums(struct writer_sort *s)
{
    const struct tally_sums *sums = &s->p->t->sums;
    bool good = push_sum_postings(s, &sums->postings);

    good = good && push_sum_pairs(s, ROW_OF_PAIR, &sums->pairs);
    for (size_t i = 0; good && i < sums->theme_sentences.count; i++) {
        const struct efti_theme_sentences *x = &sums->theme_sentences.items[i];
        if (s->tied.items[x->writer] != 0)
            good = push_row(s, x->writer, ROW_OF_THEME, s->p->theme_map.items[x->theme],
                            0, x->sentences);
    }
    return good && push_sum_pairs(s, ROW_OF_WINDOW, &sums->windows);
}

static eft_status
collect_rows(struct writer_sort *s, eft_error *err)
{
    struct tally_walk w;
    eft_status st;

    efti_walk_init(&w, &s->p->t->log, s->p->t->settings.facet_count, s->mem);
    while ((st = efti_walk_next(&w, err)) == EFT_OK) {
        uint32_t writer = w.record.writer;
        if (s->tied.items[writer] != 0 && !push_tail(s, writer, w.tail, w.tail_end)) {
            st = efti_no_memory(err, "the order of writers");
            break;
        }
    }
    efti_walk_free(&w);
    if (st == EFT_END)
        st = push_sums(s) ? EFT_OK : efti_no_memory(err, "the order of writers");
    return st;
}

/* Sort, sum equal rows, and find where each writer's begin. */
static bool
settle_rows(struct writer_sort *s)
{
    static const unsigned keys[] = {ROW_WRITER, ROW_KIND, ROW_X, ROW_Y};
    static const struct tally_row_kind kind = {ROW_WIDTH, keys, EFTI_COUNT(keys), ROW_N};
    size_t writers = s->p->t->dict.writers.count, count = s->rows.count / ROW_WIDTH;
    EFTI_ARRAY(uint32_t) scratch = {0};

    if (!TALLY_ARRAY_MAKE(s->mem, &scratch, s->rows.count))
        return false;
    count = efti_sum_rows(&kind, s->rows.items, scratch.items, count, NULL);
    EFTI_ARRAY_FREE(s->mem, &scratch);
    if (!TALLY_ARRAY_MAKE(s->mem, &s->row_at, writers + 1))
        return false;
    size_t row = 0;
    for (size_t w = 0; w <= writers; w++) {
        while (row < count && s->rows.items[row * ROW_WIDTH + ROW_WRITER] < w)
            row++;
        s->row_at.items[w] = row;
    }
    return true;
}

static eft_status
break_ties(struct writer_sort *s, eft_error *err)
{
    bool any;

    if (!mark_ties(s, &any))
        return efti_no_memory(err, "the order of writers");
    if (!any)
        return EFT_OK;
    eft_status st = collect_rows(s, err);
    if (st != EFT_OK)
        return st;
    if (!settle_rows(s))
        return efti_no_memory(err, "the order of writers");
    efti_sort_index(s->p->writer_order.items, s->scratch.items, s->p->writer_order.count,
                    compare_writers, s);
    return EFT_OK;
}

/* ------------------------------------------------------------------- the plan */

static bool
list_writers(struct writer_sort *s)
{
    struct tally_plan *p = s->p;
    const struct tally_dictionaries *d = &p->t->dict;
    uint32_t used = 0;

    if (!TALLY_ARRAY_MAKE(s->mem, &p->writer_order, d->writers.count) ||
        !TALLY_ARRAY_MAKE(s->mem, &p->writer_map, d->writers.count) ||
        !TALLY_ARRAY_MAKE(s->mem, &p->record_order, p->record_writer.count))
        return false;
    for (uint32_t w = 0; w < d->writers.count; w++) {
        p->writer_map.items[w] = EFTI_NO_ID;
        if (w != d->no_writer && writer_records(s, w) > 0)
            p->writer_order.items[used++] = w;
    }
    p->writer_order.count = used;
    return true;
}

static void
number_writers(struct writer_sort *s)
{
    struct tally_plan *p = s->p;
    uint32_t none = p->t->dict.no_writer;
    size_t to = 0;

    if (none != EFTI_NO_ID && writer_records(s, none) > 0)
        p->writer_order.items[p->writer_order.count++] = none;
    for (uint32_t i = 0; i < p->writer_order.count; i++) {
        uint32_t w = p->writer_order.items[i];
        p->writer_map.items[w] = i;
        for (size_t m = s->member_at.items[w]; m < s->member_at.items[w + 1]; m++)
            p->record_order.items[to++] = s->members.items[m];
    }
}

eft_status
efti_plan_writers(struct tally_plan *p, eft_error *err)
{
    struct writer_sort s = {.p = p, .mem = p->mem};
    eft_status st = EFT_OK;

    if (!group_records(&s) || !list_writers(&s))
        st = efti_no_memory(err, "the order of writers");
    if (st == EFT_OK) {
        sort_records_of_writers(&s);
        efti_sort_index(p->writer_order.items, s.scratch.items, p->writer_order.count,
                        compare_writers, &s);
        if (!p->t->settings.writer_column)
            st = break_ties(&s, err);
    }
    if (st == EFT_OK)
        number_writers(&s);
    writer_sort_free(&s);
    return st;
}
