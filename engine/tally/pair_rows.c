/*
 * pair_rows.c - one row of pairs after the other, with the writers behind each
 *
 * For each term a, all its occurrences are walked in order of writers, and with each the
 * later terms b of the same unit:
 *
 *     units   ... | 3 7 9 # | 3 9 # ...        occurrence of a = 3: then 7, 9
 *                   ^         ^
 *     runs    an occurrence knows its run: (term, writer) with a count. For a fixed term
 *             a new run is a new writer, so writers need not be stored at all
 *
 *     row[b]  the run of a that is being counted, the run of b, how many so far; when the
 *             run of a changes, (run of a, run of b, count) goes on the list of b
 *
 * The list of b then holds the pair's count for each writer: its cell. The rests (a
 * without b, b without a) are the runs of a and b less those counts, exactly, without
 * walking all writers of a term for each pair: totals are known, and the largest shares
 * lie either on the list or at the head of the term's runs sorted by size, past those
 * that are on the list. So a pair costs as many steps as it has writers, and all pairs
 * together no more than walking the units did. Memory beyond the runs: the lists of one
 * row.
 */
#include "tally/pairs_state.h"
#include "tally/state.h"

struct pair_row { /* of b */
    uint32_t run_a, run_b, count;
    uint32_t head; /* of the list: index + 1 */
};
struct pair_share { /* of one writer */
    uint32_t run_a, run_b, count;
    uint32_t next;
};

struct pair_rows {
    const eft_allocator *mem;
    const uint16_t *terms;
    size_t count;
    EFTI_ARRAY(uint32_t) run_of;   /* by position in `terms` */
    EFTI_ARRAY(uint32_t) posts;    /* positions, grouped by term */
    EFTI_ARRAY(size_t) post_at;    /* per term, one more */
    EFTI_ARRAY(size_t) run_at;     /* per term, one more */
    EFTI_ARRAY(uint32_t) run_size; /* occurrences */
    EFTI_ARRAY(uint32_t) by_size;  /* runs of each term, largest first */
    EFTI_ARRAY(uint32_t) marks;    /* by run: the last pair that had it on its list */
    uint32_t mark;
    EFTI_ARRAY(struct pair_row) row;
    EFTI_ARRAY(uint32_t) touched;
    EFTI_ARRAY(struct pair_share) shares;
    EFTI_ARRAY(uint32_t) scratch;
};

static void
rows_free(struct pair_rows *r)
{
    EFTI_ARRAY_FREE(r->mem, &r->run_of);
    EFTI_ARRAY_FREE(r->mem, &r->posts);
    EFTI_ARRAY_FREE(r->mem, &r->post_at);
    EFTI_ARRAY_FREE(r->mem, &r->run_at);
    EFTI_ARRAY_FREE(r->mem, &r->run_size);
    EFTI_ARRAY_FREE(r->mem, &r->by_size);
    EFTI_ARRAY_FREE(r->mem, &r->marks);
    EFTI_ARRAY_FREE(r->mem, &r->row);
    EFTI_ARRAY_FREE(r->mem, &r->touched);
    EFTI_ARRAY_FREE(r->mem, &r->shares);
    EFTI_ARRAY_FREE(r->mem, &r->scratch);
}

/* ---------------------------------------------------------------------- runs */

/* `last` holds for each term the writer (+ 1) in whose units it was seen last. */
static void
count_posts(struct pair_rows *r, const struct pair_units *units, uint32_t *last)
{
    size_t at = 0;

    for (uint32_t w = 0; w < units->writer_end.count; w++) {
        for (; at < units->writer_end.items[w]; at++) {
            uint16_t term = r->terms[at];
            if (term == PAIR_END)
                continue;
            r->post_at.items[term + 1u]++;
            if (last[term] != w + 1)
                r->run_at.items[term + 1u]++;
            last[term] = w + 1;
        }
    }
    for (size_t i = 0; i < r->count; i++) {
        r->post_at.items[i + 1] += r->post_at.items[i];
        r->run_at.items[i + 1] += r->run_at.items[i];
    }
}

/* `next_post` and `next_run`: where each term goes on. */
static void
fill_posts(struct pair_rows *r, const struct pair_units *units, uint32_t *last,
           uint32_t *next_post, uint32_t *next_run)
{
    size_t at = 0;

    for (size_t i = 0; i < r->count; i++) {
        last[i] = 0;
        next_post[i] = (uint32_t)r->post_at.items[i];
        next_run[i] = (uint32_t)r->run_at.items[i];
    }
    for (uint32_t w = 0; w < units->writer_end.count; w++) {
        for (; at < units->writer_end.items[w]; at++) {
            uint16_t term = r->terms[at];
            if (term == PAIR_END)
                continue;
            if (last[term] != w + 1)
                next_run[term]++;
            last[term] = w + 1;
            uint32_t run = next_run[term] - 1;
            r->run_of.items[at] = run;
            r->run_size.items[run]++;
            r->posts.items[next_post[term]++] = (uint32_t)at;
        }
    }
}

static bool
make_runs(struct pair_rows *r, const struct pair_units *units)
{
    size_t n = r->count;
    EFTI_ARRAY(uint32_t) scratch = {0};
    bool good = TALLY_ARRAY_MAKE(r->mem, &r->post_at, n + 1) &&
                TALLY_ARRAY_MAKE(r->mem, &r->run_at, n + 1) &&
                TALLY_ARRAY_MAKE(r->mem, &scratch, 3 * n + 1);

    if (good) {
        memset(r->post_at.items, 0, (n + 1) * sizeof(size_t));
        memset(r->run_at.items, 0, (n + 1) * sizeof(size_t));
        memset(scratch.items, 0, (3 * n + 1) * sizeof(uint32_t));
        count_posts(r, units, scratch.items);
        size_t runs = r->run_at.items[n];
        good = TALLY_ARRAY_MAKE(r->mem, &r->run_of, units->terms.count) &&
               TALLY_ARRAY_MAKE(r->mem, &r->posts, r->post_at.items[n]) &&
               TALLY_ARRAY_MAKE(r->mem, &r->run_size, runs + 1) &&
               TALLY_ARRAY_MAKE(r->mem, &r->marks, runs + 1) &&
               TALLY_ARRAY_MAKE(r->mem, &r->by_size, runs + 1);
    }
    if (good) {
        memset(r->run_size.items, 0, r->run_size.count * sizeof(uint32_t));
        memset(r->marks.items, 0, r->marks.count * sizeof(uint32_t));
        fill_posts(r, units, scratch.items, scratch.items + n, scratch.items + 2 * n);
    }
    EFTI_ARRAY_FREE(r->mem, &scratch);
    return good;
}

/* Runs of each term, the largest first. */
static bool
order_runs(struct pair_rows *r)
{
    EFTI_ARRAY(uint64_t) keys = {0};
    EFTI_ARRAY(uint64_t) scratch = {0};
    size_t longest = 0;

    for (size_t i = 0; i < r->count; i++) {
        size_t n = r->run_at.items[i + 1] - r->run_at.items[i];
        longest = n > longest ? n : longest;
    }
    bool good = TALLY_ARRAY_MAKE(r->mem, &keys, longest) &&
                TALLY_ARRAY_MAKE(r->mem, &scratch, longest);
    for (size_t i = 0; good && i < r->count; i++) {
        size_t from = r->run_at.items[i], n = r->run_at.items[i + 1] - from;
        for (size_t j = 0; j < n; j++)
            keys.items[j] = (uint64_t)(UINT32_MAX - r->run_size.items[from + j]) << 32 |
                            (uint64_t)(from + j);
        if (n > 1)
            efti_sort64(keys.items, scratch.items, n, 32);
        for (size_t j = 0; j < n; j++)
            r->by_size.items[from + j] = (uint32_t)keys.items[j];
    }
    EFTI_ARRAY_FREE(r->mem, &keys);
    EFTI_ARRAY_FREE(r->mem, &scratch);
    return good;
}

/* ---------------------------------------------------------------------- a row */

static bool
close_share(struct pair_rows *r, struct pair_row *b)
{
    if (!EFTI_PUSH(r->mem, &r->shares))
        return false;
    r->shares.items[r->shares.count - 1] = (struct pair_share){
        .run_a = b->run_a, .run_b = b->run_b, .count = b->count, .next = b->head};
    b->head = (uint32_t)r->shares.count;
    b->count = 0;
    return true;
}

/* All that stands behind an occurrence of a in its unit. */
static bool
walk_unit(struct pair_rows *r, uint32_t at)
{
    uint32_t run_a = r->run_of.items[at];

    for (size_t q = (size_t)at + 1; r->terms[q] != PAIR_END; q++) {
        struct pair_row *b = &r->row.items[r->terms[q]];
        if (b->count > 0 && b->run_a == run_a) {
            b->count++;
            continue;
        }
        if (b->count > 0) {
            if (!close_share(r, b))
                return false;
        } else {
            r->touched.items[r->touched.count++] = r->terms[q];
        }
        b->run_a = run_a;
        b->run_b = r->run_of.items[q];
        b->count = 1;
    }
    return true;
}

static bool
walk_row(struct pair_rows *r, size_t a)
{
    r->shares.count = 0;
    r->touched.count = 0;
    for (size_t i = r->post_at.items[a]; i < r->post_at.items[a + 1]; i++) {
        if (!walk_unit(r, r->posts.items[i]))
            return false;
    }
    for (size_t i = 0; i < r->touched.count; i++) {
        if (!close_share(r, &r->row.items[r->touched.items[i]]))
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------------- rests */

static void
note_share(struct efti_cell *c, uint64_t share)
{
    if (share > c->top1) {
        c->top2 = c->top1;
        c->top1 = share;
    } else if (share > c->top2) {
        c->top2 = share;
    }
}

/* A term's cell less what is on the list, whose shares are in `rest` already: here come
 * the writers that are not on it, of which only the two largest matter. */
static void
finish_rest(const struct pair_rows *r, size_t term, uint64_t pair_count, uint32_t used_up,
            struct efti_cell *rest)
{
    size_t from = r->run_at.items[term], end = r->run_at.items[term + 1];
    int found = 0;

    rest->count = r->post_at.items[term + 1] - r->post_at.items[term] - pair_count;
    rest->writers = (uint32_t)(end - from) - used_up;
    for (size_t i = from; i < end && found < 2; i++) {
        uint32_t run = r->by_size.items[i];
        if (r->marks.items[run] == r->mark)
            continue;
        note_share(rest, r->run_size.items[run]);
        found++;
    }
}

static void
measure_pair(struct pair_rows *r, size_t a, size_t b, struct efti_term_pair *pair)
{
    uint32_t used_up_a = 0, used_up_b = 0;

    r->mark++;
    for (uint32_t at = r->row.items[b].head; at != 0; at = r->shares.items[at - 1].next) {
        const struct pair_share *s = &r->shares.items[at - 1];
        uint32_t left_a = r->run_size.items[s->run_a] - s->count;
        uint32_t left_b = r->run_size.items[s->run_b] - s->count;
        efti_cell_add(&pair->cell, s->count);
        note_share(&pair->rest_b, left_a);
        note_share(&pair->rest_a, left_b);
        used_up_a += left_a == 0;
        used_up_b += left_b == 0;
        r->marks.items[s->run_a] = r->marks.items[s->run_b] = r->mark;
    }
    finish_rest(r, a, pair->cell.count, used_up_a, &pair->rest_b);
    finish_rest(r, b, pair->cell.count, used_up_b, &pair->rest_a);
}

static uint32_t
list_length(const struct pair_rows *r, uint32_t head)
{
    uint32_t n = 0;

    for (; head != 0; head = r->shares.items[head - 1].next)
        n++;
    return n;
}

static int
compare_numbers(const void *user, uint32_t a, uint32_t b)
{
    (void)user;
    return (a > b) - (a < b);
}

/* The pairs of the row that enough writers stand behind, in order; the row is cleared. */
static bool
keep_row(struct pair_rows *r, size_t a, const struct pair_wanted *wanted,
         struct efti_pair_list *out)
{
    if (r->touched.count == 0)
        return true;
    efti_sort_index(r->touched.items, r->scratch.items, r->touched.count, compare_numbers,
                    NULL);
    for (size_t i = 0; i < r->touched.count; i++) {
        size_t b = r->touched.items[i];
        if (list_length(r, r->row.items[b].head) < wanted->least_writers) {
            out->hidden++;
        } else if (EFTI_PUSH(r->mem, &out->pairs)) {
            struct efti_term_pair *pair = &out->pairs.items[out->pairs.count - 1];
            *pair = (struct efti_term_pair){.a = wanted->names[a], .b = wanted->names[b]};
            measure_pair(r, a, b, pair);
        } else {
            return false;
        }
        r->row.items[b] = (struct pair_row){0};
    }
    return true;
}

static bool
make_rows(struct pair_rows *r, const struct pair_units *units,
          const struct pair_wanted *wanted, struct efti_pair_list *out)
{
    if (!make_runs(r, units) || !order_runs(r) ||
        !TALLY_ARRAY_MAKE(r->mem, &r->row, r->count) ||
        !EFTI_ARRAY_RESERVE(r->mem, &r->touched, r->count) ||
        !EFTI_ARRAY_RESERVE(r->mem, &r->scratch, r->count))
        return false;
    for (size_t i = 0; i < r->count; i++)
        r->row.items[i] = (struct pair_row){0};
    for (size_t a = 0; a < r->count; a++) {
        if (!walk_row(r, a) || !keep_row(r, a, wanted, out))
            return false;
    }
    return true;
}

eft_status
efti_pair_rows(const eft_allocator *mem, const struct pair_units *units,
               const struct pair_wanted *wanted, struct efti_pair_list *out,
               eft_error *err)
{
    struct pair_rows r = {
        .mem = mem, .terms = units->terms.items, .count = wanted->count};
    bool good = make_rows(&r, units, wanted, out);

    rows_free(&r);
    return good ? EFT_OK : efti_no_memory(err, "pairs of terms");
}
