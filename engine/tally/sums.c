/*
 * sums.c - what the tails of the log hold, added up in canonical order
 *
 * One walk over the records by slot deals the terms (postings.c) and notes pairs and
 * sentences of themes: rows of small numbers, few enough to be sorted whole.
 */
#include "tally/freeze.h"

#include <assert.h>

/* ---------------------------------------------------------------------- rows */

/* Those that agree in their keys become one. */
static size_t
add_up_rows(const struct tally_row_kind *kind, uint32_t *rows, size_t count,
            bool *overflow)
{
    const size_t width = kind->width;
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) { /* count > 0: rows is no NULL */
        uint32_t *last = rows + (kept == 0 ? 0 : kept - 1) * width,
                 *row = rows + i * width;
        bool same = kept > 0;
        for (size_t k = 0; k < kind->key_count && same; k++)
            same = last[kind->keys[k]] == row[kind->keys[k]];
        if (!same) {
            memmove(rows + kept++ * width, row, width * sizeof(*rows));
        } else if (row[kind->sum] <= UINT32_MAX - last[kind->sum]) {
            last[kind->sum] += row[kind->sum];
        } else {
            last[kind->sum] = UINT32_MAX;
            if (overflow != NULL)
                *overflow = true;
        }
    }
    return kept;
}

size_t
efti_sum_rows(const struct tally_row_kind *kind, uint32_t *rows, uint32_t *scratch,
              size_t count, bool *overflow)
{
    efti_sort_rows(rows, scratch, count, kind->width, kind->keys, kind->key_count);
    return add_up_rows(kind, rows, count, overflow);
}

/* Rows are structs of nothing but uint32_t. */
static eft_status
settle_rows_of(struct posting_sort *s, const struct tally_row_kind *kind, void *items,
               size_t *count, eft_error *err)
{
    EFTI_ARRAY(uint32_t) scratch = {0};
    bool overflow = false;

    if (!TALLY_ARRAY_MAKE(s->mem, &scratch, *count * kind->width))
        return efti_no_memory(err, "the pairs of a tally");
    *count = efti_sum_rows(kind, items, scratch.items, *count, &overflow);
    EFTI_ARRAY_FREE(s->mem, &scratch);
    if (overflow)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "too many sentences to count");
    return EFT_OK;
}

/* `x` has old numbers. */
static bool
push_sum_pair(struct posting_sort *s, tally_writer_pairs *to, struct efti_writer_pair x)
{
    uint32_t a = s->p->theme_map.items[x.a], b = s->p->theme_map.items[x.b];

    if (x.times == 0)
        return true;
    if (!EFTI_PUSH(s->mem, to))
        return false;
    to->items[to->count - 1] = (struct efti_writer_pair){
        .writer = s->p->writer_map.items[x.writer],
        .a = a < b ? a : b,
        .b = a < b ? b : a,
        .times = x.times,
    };
    return true;
}

static bool
push_sum_theme(struct posting_sort *s, uint32_t old_writer, uint32_t theme,
               uint32_t sentences)
{
    struct tally_sums *sums = &s->p->sums;

    if (!EFTI_PUSH(s->mem, &sums->theme_sentences))
        return false;
    sums->theme_sentences.items[sums->theme_sentences.count - 1] =
        (struct efti_theme_sentences){
            .writer = s->p->writer_map.items[old_writer],
            .theme = s->p->theme_map.items[theme],
            .sentences = sentences,
        };
    return true;
}

/* The pairs at `*at`, which is moved behind them, also where memory fails. */
static bool
push_tail_pairs(struct posting_sort *s, tally_writer_pairs *to, uint32_t old_writer,
                const unsigned char **at)
{
    bool good = true;

    for (uint32_t n = tally_get32(at); n > 0; n--) {
        struct efti_writer_pair x = {.writer = old_writer};
        x.a = tally_get32(at);
        x.b = tally_get32(at);
        x.times = tally_get32(at);
        good = good && push_sum_pair(s, to, x);
    }
    return good;
}

/* Pairs, sentences and windows of a tail; `*at` is moved to its terms, also where memory
 * fails. */
static bool
push_theme_rows(struct posting_sort *s, uint32_t old_writer, const unsigned char **at)
{
    bool good = push_tail_pairs(s, &s->p->sums.pairs, old_writer, at);

    for (uint32_t n = tally_get32(at); n > 0; n--) {
        uint32_t theme = tally_get32(at);
        good = good && push_sum_theme(s, old_writer, theme, 1);
    }
    return push_tail_pairs(s, &s->p->sums.windows, old_writer, at) && good;
}

static bool
push_old_rows(struct posting_sort *s)
{
    const struct tally_sums *old = &s->p->t->sums;
    bool good = true;

    for (size_t i = 0; good && i < old->pairs.count; i++)
        good = push_sum_pair(s, &s->p->sums.pairs, old->pairs.items[i]);
    for (size_t i = 0; good && i < old->theme_sentences.count; i++) {
        const struct efti_theme_sentences *x = &old->theme_sentences.items[i];
        good = push_sum_theme(s, x->writer, x->theme, x->sentences);
    }
    for (size_t i = 0; good && i < old->windows.count; i++)
        good = push_sum_pair(s, &s->p->sums.windows, old->windows.items[i]);
    return good;
}

/* ---------------------------------------------------------------------- whole */

/* All tails, in the order of their slots. */
static bool
deal(struct posting_sort *s)
{
    size_t n = s->p->record_order.count;
    uint32_t slot = 0;
    bool good = true;

    for (size_t i = 0; good && i < n; i++) {
        uint32_t record = s->records.items[i * SLOT_WIDTH + SLOT_RECORD];
        const unsigned char *at = s->p->tails.items[record];
        while (s->out->slots.items[slot] != tally_slot_at(s, i))
            slot++;
        if (at == NULL)
            continue;
        good = push_theme_rows(s, s->p->record_writer.items[record], &at);
        if (good)
            efti_postings_deal(s, at, slot, record);
    }
    return good && push_old_rows(s);
}

static eft_status
sum_postings(struct posting_sort *s, eft_error *err)
{
    if (!efti_postings_open(s) || !deal(s))
        return efti_no_memory(err, "the postings of a tally");
    return efti_postings_close(s, err);
}

static eft_status
sum_themes(struct posting_sort *s, eft_error *err)
{
    static const unsigned pair_keys[] = {1, 2, 0}; /* a, b, writer */
    static const unsigned theme_keys[] = {1, 0};   /* theme, writer */
    static const struct tally_row_kind pairs = {4, pair_keys, 3, 3};
    static const struct tally_row_kind themes = {3, theme_keys, 2, 2};
    struct tally_sums *sums = &s->p->sums;

    static_assert(sizeof(struct efti_writer_pair) == 4 * sizeof(uint32_t), "a row");
    static_assert(sizeof(struct efti_theme_sentences) == 3 * sizeof(uint32_t), "a row");
    eft_status st = settle_rows_of(s, &pairs, sums->pairs.items, &sums->pairs.count, err);
    if (st == EFT_OK)
        st = settle_rows_of(s, &themes, sums->theme_sentences.items,
                            &sums->theme_sentences.count, err);
    if (st == EFT_OK)
        st = settle_rows_of(s, &pairs, sums->windows.items, &sums->windows.count, err);
    return st;
}

eft_status
efti_plan_sums(struct tally_plan *p, eft_error *err)
{
    struct posting_sort s = {.p = p, .mem = p->mem, .out = &p->sums.postings};
    eft_status st = sum_postings(&s, err);

    if (st == EFT_OK)
        st = sum_themes(&s, err);
    efti_posting_sort_free(&s);
    return st;
}
