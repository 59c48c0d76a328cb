/*
 * cells.c - sets of (writer, count): made in one pass, and what follows from them
 *
 *     records by writer      raw: (set, writer, count)      by set, writers rising
 *     w0: r3 r7        ──►   unit D   w0  2            ──►  unit D  │ w0 2 │ w4 1 │
 *     w1: r0                 oro      w0  1                 oro     │ w0 1 │ w1 1 │
 *
 * The counts of one writer are added up in an array over all sets and written out when
 * the writer changes, so what is stored is (writer, set) pairs that occur, never writers
 * times sets. Dealing them by set keeps writers rising: rests and intersections are
 * merges.
 *
 * A rest is found by walking the larger set. Of the population and of a label that would
 * be too dear for each of a hundred thousand terms: there all writers are kept in order
 * of size, and the two largest shares of a rest lie either with the writers of the part
 * or among the first two of that order that are not.
 */
#include "release/internal.h"

#define MAX_SETS                                                                         \
    ((size_t)1 << 27) /* half a gigabyte of counters: no table is that large */

struct release_raw {
    uint32_t set, writer, count, fresh;
};

struct release_builder {
    const eft_allocator *mem;
    EFTI_ARRAY(uint32_t) count; /* per set, of the writer at hand */
    EFTI_ARRAY(uint32_t) fresh; /* of these, not in the release that is the base */
    bool is_fresh;              /* the record at hand */
    EFTI_ARRAY(uint32_t) touched;
    EFTI_ARRAY(struct release_raw) raw;
    bool failed;
};

static uint32_t
saturated(uint64_t n)
{
    return n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

void
efti_builder_add(struct release_builder *b, size_t set, uint32_t count)
{
    if (count == 0 || b->failed)
        return;
    uint32_t *c = &b->count.items[set];
    if (*c == 0) {
        if (!EFTI_PUSH(b->mem, &b->touched)) {
            b->failed = true;
            return;
        }
        b->touched.items[b->touched.count - 1] = (uint32_t)set;
    }
    *c = saturated((uint64_t)*c + count);
    if (b->is_fresh)
        b->fresh.items[set] = saturated((uint64_t)b->fresh.items[set] + count);
}

static void
builder_flush(struct release_builder *b, uint32_t writer)
{
    if (b->failed ||
        !EFTI_ARRAY_RESERVE(b->mem, &b->raw, b->raw.count + b->touched.count)) {
        b->failed = true;
        return;
    }
    for (size_t i = 0; i < b->touched.count; i++) {
        uint32_t set = b->touched.items[i];
        b->raw.items[b->raw.count++] =
            (struct release_raw){set, writer, b->count.items[set], b->fresh.items[set]};
        b->count.items[set] = b->fresh.items[set] = 0;
    }
    b->touched.count = 0;
}

static void
builder_free(struct release_builder *b)
{
    EFTI_ARRAY_FREE(b->mem, &b->count);
    EFTI_ARRAY_FREE(b->mem, &b->fresh);
    EFTI_ARRAY_FREE(b->mem, &b->touched);
    EFTI_ARRAY_FREE(b->mem, &b->raw);
}

/* Deal the raw counts by set; starts are shifted by one while filling. */
static bool
builder_deal(const struct release_builder *b, size_t set_count, struct release_sets *out)
{
    if (!RELEASE_ARRAY_MAKE(b->mem, &out->start, set_count + 2) ||
        !RELEASE_ARRAY_MAKE(b->mem, &out->shares, b->raw.count) ||
        !RELEASE_ARRAY_MAKE(b->mem, &out->fresh, set_count))
        return false;
    if (set_count > 0)
        memset(out->fresh.items, 0, set_count * sizeof(*out->fresh.items));
    size_t *start = out->start.items;
    memset(start, 0, (set_count + 2) * sizeof(*start));
    for (size_t i = 0; i < b->raw.count; i++)
        start[b->raw.items[i].set + 2]++;
    for (size_t s = 0; s < set_count; s++)
        start[s + 2] += start[s + 1];
    for (size_t i = 0; i < b->raw.count; i++) {
        const struct release_raw *r = &b->raw.items[i];
        out->shares.items[start[r->set + 1]++] =
            (struct release_share){r->writer, r->count};
        out->fresh.items[r->set].count += r->fresh;
        out->fresh.items[r->set].writers += r->fresh > 0;
    }
    return true;
}

eft_status
efti_sets_build(struct release_job *j, size_t set_count, release_emit emit, void *user,
                struct release_sets *out, eft_error *err)
{
    struct release_builder b = {.mem = j->mem};

    *out = (struct release_sets){0};
    if (set_count > MAX_SETS)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                         "a table would have more than %zu cells", MAX_SETS);
    b.failed = !RELEASE_ARRAY_MAKE(b.mem, &b.count, set_count) ||
               !RELEASE_ARRAY_MAKE(b.mem, &b.fresh, set_count);
    if (!b.failed && set_count > 0) {
        memset(b.count.items, 0, set_count * sizeof(*b.count.items));
        memset(b.fresh.items, 0, set_count * sizeof(*b.fresh.items));
    }
    for (size_t i = 0; i < j->order.count && !b.failed; i++) {
        const struct efti_record_view *r = &j->f->records[j->order.items[i]];
        b.is_fresh = j->base_release > 0 &&
                     j->o->history->first_seen[j->order.items[i]] > j->base_release;
        emit(user, r, &b);
        if (i + 1 == j->order.count ||
            j->f->records[j->order.items[i + 1]].writer != r->writer)
            builder_flush(&b, r->writer);
    }
    bool done = !b.failed && builder_deal(&b, set_count, out);
    builder_free(&b);
    if (done)
        return EFT_OK;
    efti_sets_free(j->mem, out);
    return efti_no_memory(err, "the cells of a table");
}

void
efti_sets_free(const eft_allocator *mem, struct release_sets *s)
{
    EFTI_ARRAY_FREE(mem, &s->start);
    EFTI_ARRAY_FREE(mem, &s->shares);
    EFTI_ARRAY_FREE(mem, &s->fresh);
}

/* -------------------------------------------------------------- one or two sets */

struct efti_cell
efti_set_cell(struct release_set s)
{
    struct efti_cell c = {0};

    for (size_t i = 0; i < s.count; i++)
        efti_cell_add(&c, s.items[i].count);
    return c;
}

struct efti_cell
efti_set_rest(struct release_set whole, struct release_set part)
{
    struct efti_cell c = {0};

    for (size_t i = 0, p = 0; i < whole.count; i++) {
        const struct release_share *w = &whole.items[i];
        while (p < part.count && part.items[p].writer < w->writer)
            p++;
        uint32_t taken =
            p < part.count && part.items[p].writer == w->writer ? part.items[p].count : 0;
        efti_cell_add(&c, taken < w->count ? w->count - taken : 0);
    }
    return c;
}

static int
larger_first(const void *a, const void *b, void *user)
{
    const struct release_set *all = user;
    const uint32_t *x = a, *y = b;
    uint32_t p = all->items[*x].count, q = all->items[*y].count;

    if (p != q)
        return p > q ? -1 : 1;
    return *x < *y ? -1 : *x > *y;
}

void
efti_order_by_size(struct release_set all, uint32_t *by_size)
{
    for (uint32_t i = 0; i < all.count; i++)
        by_size[i] = i;
    if (all.count > 0)
        efti_sort(by_size, all.count, sizeof(*by_size), larger_first, &all);
}

void
efti_order_by_writer(struct release_set all, uint32_t *of_writer)
{
    for (size_t i = 0; i < all.count; i++)
        of_writer[all.items[i].writer] = all.items[i].count;
}

struct efti_cell
efti_ordered_rest(struct release_job *j, struct release_set all,
                  const struct efti_cell *whole, const uint32_t *by_size,
                  const uint32_t *of_writer, struct release_set part)
{
    struct efti_cell c = {0};
    uint64_t untouched = whole->count;
    uint32_t writers = whole->writers;
    size_t found = 0;

    /* the writers of the part, each with what is left */
    for (size_t i = 0; i < part.count; i++) {
        uint32_t has = of_writer[part.items[i].writer], taken = part.items[i].count;
        if (has == 0)
            continue; /* counted outside of all: takes nothing from it */
        efti_cell_add(&c, taken < has ? has - taken : 0);
        untouched -= has;
        writers--;
        j->sum.items[part.items[i].writer] = 1;
    }
    /* everybody else has all of theirs: only number, sum and the two largest matter */
    for (size_t i = 0; i < all.count && found < 2; i++) {
        const struct release_share *s = &all.items[by_size[i]];
        if (j->sum.items[s->writer] != 0)
            continue;
        efti_cell_add(&c, s->count);
        untouched -= s->count;
        writers--;
        found++;
    }
    c.count += untouched;
    c.writers += writers;
    for (size_t i = 0; i < part.count; i++)
        j->sum.items[part.items[i].writer] = 0;
    return c;
}

struct efti_cell
efti_population_rest(struct release_job *j, struct release_set part)
{
    return efti_ordered_rest(j, efti_base_set(j, RELEASE_BASE_POPULATION), &j->population,
                             j->by_size.items, j->of_writer.items, part);
}

/* ------------------------------------------------------------------- many sets */

void
efti_sum_add(struct release_job *j, struct release_set s)
{
    for (size_t i = 0; i < s.count; i++) {
        uint32_t w = s.items[i].writer;
        if (j->sum.items[w] == 0)
            j->touched.items[j->touched.count++] = w;
        j->sum.items[w] += s.items[i].count;
    }
}

struct efti_cell
efti_sum_cell(const struct release_job *j)
{
    struct efti_cell c = {0};

    for (size_t i = 0; i < j->touched.count; i++)
        efti_cell_add(&c, j->sum.items[j->touched.items[i]]);
    return c;
}

struct efti_cell
efti_sum_rest(const struct release_job *j, struct release_set whole)
{
    struct efti_cell c = {0};

    for (size_t i = 0; i < whole.count; i++) {
        uint64_t taken = j->sum.items[whole.items[i].writer], has = whole.items[i].count;
        efti_cell_add(&c, taken < has ? has - taken : 0);
    }
    return c;
}

void
efti_sum_clear(struct release_job *j)
{
    for (size_t i = 0; i < j->touched.count; i++)
        j->sum.items[j->touched.items[i]] = 0;
    j->touched.count = 0;
}

uint64_t
efti_named_writers(const struct release_job *j, struct release_set s)
{
    size_t low = 0, high = s.count;

    if (j->f->no_writer == EFTI_NO_ID)
        return s.count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s.items[mid].writer == j->f->no_writer)
            return s.count - 1;
        if (s.items[mid].writer < j->f->no_writer)
            low = mid + 1;
        else
            high = mid;
    }
    return s.count;
}

bool
efti_job_shows(const struct release_job *j, const struct efti_cell *cell,
               const struct efti_cell *rests, size_t rest_count)
{
    return j->open && efti_gate_shows(&j->gate, cell, rests, rest_count);
}
