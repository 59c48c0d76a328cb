/*
 * sums.c - postings, pairs and sentences of themes, added up in canonical order
 *
 * Postings are by far the most (tens of millions), so they are sorted in 8 bytes each:
 * dealt into one bucket per term, and within a bucket by the rank of (writer, cell):
 *
 *     bucket of a term:   slot 32 | tokens 16 | reflections 16
 *
 * A slot numbers the (writer, cell) that some record has. Counts over 16 bits take
 * several entries; only sums matter. All buckets together are one array; it is read twice
 * at the end, to count and to write the summed postings. Pairs and sentences are rows of
 * small numbers, few enough to be sorted whole.
 */
#include "tally/freeze.h"

#include <assert.h>

struct posting_sort {
    struct tally_plan *p;
    const eft_allocator *mem;
    EFTI_ARRAY(uint64_t) slots;        /* writer << 32 | cell, rising */
    EFTI_ARRAY(uint32_t) slot_records; /* records of each */
    EFTI_ARRAY(size_t) slot_at;        /* per new writer, one more */
    EFTI_ARRAY(uint64_t) entries, scratch;
    EFTI_ARRAY(size_t) bucket_at;     /* per new term, one more */
    EFTI_ARRAY(uint32_t) last_record; /* per new term: + 1; to see a term named twice */
};

static void
posting_sort_free(struct posting_sort *s)
{
    EFTI_ARRAY_FREE(s->mem, &s->slots);
    EFTI_ARRAY_FREE(s->mem, &s->slot_records);
    EFTI_ARRAY_FREE(s->mem, &s->slot_at);
    EFTI_ARRAY_FREE(s->mem, &s->entries);
    EFTI_ARRAY_FREE(s->mem, &s->scratch);
    EFTI_ARRAY_FREE(s->mem, &s->bucket_at);
    EFTI_ARRAY_FREE(s->mem, &s->last_record);
}

/* --------------------------------------------------------------------- slots */

static uint64_t
slot_of_record(const struct tally_plan *p, uint32_t old)
{
    uint32_t writer = p->writer_map.items[p->record_writer.items[old]];

    return (uint64_t)writer << 32 | p->record_cell.items[old];
}

static bool
make_slots(struct posting_sort *s)
{
    const struct tally_plan *p = s->p;
    size_t n = p->record_writer.count, writers = p->writer_order.count, kept = 0;

    if (!TALLY_ARRAY_MAKE(s->mem, &s->slots, n) ||
        !TALLY_ARRAY_MAKE(s->mem, &s->scratch, n) ||
        !TALLY_ARRAY_MAKE(s->mem, &s->slot_records, n) ||
        !TALLY_ARRAY_MAKE(s->mem, &s->slot_at, writers + 1))
        return false;
    for (uint32_t i = 0; i < n; i++)
        s->slots.items[i] = slot_of_record(p, i);
    efti_sort64(s->slots.items, s->scratch.items, n, 0);
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || s->slots.items[kept - 1] != s->slots.items[i]) {
            s->slots.items[kept] = s->slots.items[i];
            s->slot_records.items[kept++] = 0;
        }
        s->slot_records.items[kept - 1]++;
    }
    s->slots.count = s->slot_records.count = kept;
    for (size_t w = 0, at = 0; w <= writers; w++) {
        while (at < kept && s->slots.items[at] >> 32 < w)
            at++;
        s->slot_at.items[w] = at;
    }
    return true;
}

static bool
find_slot(const struct posting_sort *s, uint64_t wanted, uint32_t *slot)
{
    size_t from = s->slot_at.items[wanted >> 32],
           to = s->slot_at.items[(wanted >> 32) + 1];

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (s->slots.items[middle] < wanted)
            from = middle + 1;
        else
            to = middle;
    }
    *slot = (uint32_t)from;
    return from < s->slots.count && s->slots.items[from] == wanted;
}

/* ------------------------------------------------------------------- buckets */

/* Starts are shifted by one bucket: filling moves each to the end of its own. */
static bool
make_buckets(struct posting_sort *s)
{
    const struct tally_plan *p = s->p;
    size_t terms = p->term_order.count + 1, total = 0;

    if (!TALLY_ARRAY_MAKE(s->mem, &s->bucket_at, terms + 1) ||
        !TALLY_ARRAY_MAKE(s->mem, &s->last_record, terms))
        return false;
    memset(s->last_record.items, 0, terms * sizeof(uint32_t));
    s->bucket_at.items[0] = 0;
    for (size_t i = 0; i < terms; i++) {
        uint32_t old = i == 0 ? EFTI_TERM_OPEN : p->term_order.items[i - 1];
        s->bucket_at.items[i + 1] = total;
        total += p->uses.items[old];
    }
    return TALLY_ARRAY_MAKE(s->mem, &s->entries, total);
}

static void
put_entries(struct posting_sort *s, uint32_t term, uint32_t slot, uint32_t tokens,
            uint32_t reflections)
{
    uint64_t *to = s->entries.items + s->bucket_at.items[term + 1];
    size_t n = tally_entries(tokens, reflections < 1 ? 1 : reflections);

    s->bucket_at.items[term + 1] += n;
    for (; n > 0; n--) {
        uint32_t some = tokens < TALLY_ENTRY_MAX ? tokens : TALLY_ENTRY_MAX;
        uint32_t few = reflections < TALLY_ENTRY_MAX ? reflections : TALLY_ENTRY_MAX;
        *to++ = (uint64_t)slot << 32 | some << 16 | few;
        tokens -= some;
        reflections -= few;
    }
}

static void
deal_tail(struct posting_sort *s, const struct tally_walk *w, uint32_t record)
{
    const unsigned char *at = efti_tail_terms(w->tail, w->tail_end);
    uint32_t slot;

    if (at == NULL || !find_slot(s, slot_of_record(s->p, record), &slot))
        return;
    for (uint32_t n = tally_get32(&at); n > 0; n--) {
        uint32_t term = s->p->term_map.items[tally_get32(&at)];
        uint32_t tokens = tally_get32(&at);
        if (tokens == 0)
            continue;
        bool again = s->last_record.items[term] == record + 1;
        s->last_record.items[term] = record + 1;
        put_entries(s, term, slot, tokens, again ? 0 : 1);
    }
}

static eft_status
deal_sums(struct posting_sort *s, eft_error *err)
{
    const struct tally_sums *sums = &s->p->t->sums;

    for (size_t i = 0; i < sums->postings.count; i++) {
        const struct efti_posting *x = &sums->postings.items[i];
        uint32_t writer = s->p->writer_map.items[x->writer];
        uint32_t cell = s->p->cell_map.items[x->cell], slot;
        if (writer == EFTI_NO_ID || cell == EFTI_NO_ID ||
            !find_slot(s, (uint64_t)writer << 32 | cell, &slot))
            return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                             "a posting that no record stands behind");
        put_entries(s, s->p->term_map.items[x->term], slot, x->tokens, x->reflections);
    }
    return EFT_OK;
}

static eft_status
deal(struct posting_sort *s, eft_error *err)
{
    struct tally_walk w;
    uint32_t record = 0;
    eft_status st;

    efti_walk_init(&w, &s->p->t->log, s->p->t->settings.facet_count, s->mem);
    while ((st = efti_walk_next(&w, err)) == EFT_OK)
        deal_tail(s, &w, record++);
    efti_walk_free(&w);
    return st == EFT_END ? deal_sums(s, err) : st;
}

/* ------------------------------------------------------------------ postings */

static bool
sort_buckets(struct posting_sort *s, size_t *distinct)
{
    size_t terms = s->p->term_order.count + 1, longest = 0;

    *distinct = 0;
    for (size_t i = 0; i < terms; i++) {
        size_t n = s->bucket_at.items[i + 1] - s->bucket_at.items[i];
        longest = n > longest ? n : longest;
    }
    if (!EFTI_ARRAY_RESERVE(s->mem, &s->scratch, longest))
        return false;
    for (size_t i = 0; i < terms; i++) {
        size_t n = s->bucket_at.items[i + 1] - s->bucket_at.items[i];
        if (n == 0)
            continue;
        uint64_t *bucket = s->entries.items + s->bucket_at.items[i];
        efti_sort64(bucket, s->scratch.items, n, 32);
        for (size_t j = 0; j < n; j++)
            *distinct += j == 0 || bucket[j] >> 32 != bucket[j - 1] >> 32;
    }
    return true;
}

/* One posting from the entries at `*at` that share a slot. */
static eft_status
sum_slot(const struct posting_sort *s, size_t *at, size_t end, struct efti_posting *out,
         eft_error *err)
{
    uint64_t slot = s->entries.items[*at] >> 32, tokens = 0, reflections = 0;

    for (; *at < end && s->entries.items[*at] >> 32 == slot; (*at)++) {
        tokens += s->entries.items[*at] >> 16 & 0xFFFF;
        reflections += s->entries.items[*at] & 0xFFFF;
    }
    if (tokens > UINT32_MAX)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "too many tokens to count");
    if (reflections == 0 || reflections > s->slot_records.items[slot])
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "a posting in more reflections than there are");
    out->writer = (uint32_t)(s->slots.items[slot] >> 32);
    out->cell = (uint32_t)s->slots.items[slot];
    out->tokens = (uint32_t)tokens;
    out->reflections = (uint32_t)reflections;
    return EFT_OK;
}

static eft_status
write_postings(struct posting_sort *s, size_t distinct, eft_error *err)
{
    struct tally_sums *sums = &s->p->sums;
    size_t at = 0;

    if (!EFTI_ARRAY_RESERVE(s->mem, &sums->postings, distinct))
        return efti_no_memory(err, "the postings of a tally");
    for (uint32_t term = 0; term <= s->p->term_order.count; term++) {
        while (at < s->bucket_at.items[term + 1]) {
            struct efti_posting *x = &sums->postings.items[sums->postings.count];
            eft_status st = sum_slot(s, &at, s->bucket_at.items[term + 1], x, err);
            if (st != EFT_OK)
                return st;
            x->term = term;
            sums->postings.count++;
        }
    }
    return EFT_OK;
}

static eft_status
sum_postings(struct posting_sort *s, eft_error *err)
{
    size_t distinct;

    if (!make_slots(s) || !make_buckets(s))
        return efti_no_memory(err, "the postings of a tally");
    eft_status st = deal(s, err);
    if (st != EFT_OK)
        return st;
    if (!sort_buckets(s, &distinct))
        return efti_no_memory(err, "the postings of a tally");
    return write_postings(s, distinct, err);
}

/* ---------------------------------------------------------------------- rows */

size_t
efti_sum_rows(uint32_t *rows, size_t count, size_t width, const unsigned *keys,
              size_t key_count, unsigned sum, bool *overflow)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) { /* count > 0: rows is no NULL */
        uint32_t *last = rows + (kept == 0 ? 0 : kept - 1) * width,
                 *row = rows + i * width;
        bool same = kept > 0;
        for (size_t k = 0; k < key_count && same; k++)
            same = last[keys[k]] == row[keys[k]];
        if (!same) {
            memmove(rows + kept++ * width, row, width * sizeof(*rows));
        } else if (row[sum] <= UINT32_MAX - last[sum]) {
            last[sum] += row[sum];
        } else {
            last[sum] = UINT32_MAX;
            if (overflow != NULL)
                *overflow = true;
        }
    }
    return kept;
}

/* Rows are structs of nothing but uint32_t. */
static eft_status
settle_rows_of(struct posting_sort *s, void *items, size_t *count, size_t width,
               const unsigned *keys, size_t key_count, unsigned sum, eft_error *err)
{
    EFTI_ARRAY(uint32_t) scratch = {0};
    bool overflow = false;

    if (!TALLY_ARRAY_MAKE(s->mem, &scratch, *count * width))
        return efti_no_memory(err, "the pairs of a tally");
    efti_sort_rows(items, scratch.items, *count, width, keys, key_count);
    EFTI_ARRAY_FREE(s->mem, &scratch);
    *count = efti_sum_rows(items, *count, width, keys, key_count, sum, &overflow);
    if (overflow)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "too many sentences to count");
    return EFT_OK;
}

static bool
push_sum_pair(struct posting_sort *s, uint32_t old_writer, uint32_t a, uint32_t b,
              uint32_t sentences)
{
    struct tally_sums *sums = &s->p->sums;
    uint32_t x = s->p->theme_map.items[a], y = s->p->theme_map.items[b];

    if (sentences == 0)
        return true;
    if (!EFTI_PUSH(s->mem, &sums->pairs))
        return false;
    sums->pairs.items[sums->pairs.count - 1] = (struct efti_writer_pair){
        .writer = s->p->writer_map.items[old_writer],
        .a = x < y ? x : y,
        .b = x < y ? y : x,
        .sentences = sentences,
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

static bool
push_theme_rows(struct posting_sort *s, const struct tally_walk *w)
{
    const unsigned char *at = w->tail;
    bool good = true;

    if (at == w->tail_end)
        return true;
    for (uint32_t n = tally_get32(&at); n > 0; n--) {
        uint32_t a = tally_get32(&at), b = tally_get32(&at);
        good = good && push_sum_pair(s, w->record.writer, a, b, tally_get32(&at));
    }
    for (uint32_t n = tally_get32(&at); n > 0; n--)
        good = good && push_sum_theme(s, w->record.writer, tally_get32(&at), 1);
    return good;
}

static bool
push_old_rows(struct posting_sort *s)
{
    const struct tally_sums *old = &s->p->t->sums;
    bool good = true;

    for (size_t i = 0; good && i < old->pairs.count; i++) {
        const struct efti_writer_pair *x = &old->pairs.items[i];
        good = push_sum_pair(s, x->writer, x->a, x->b, x->sentences);
    }
    for (size_t i = 0; good && i < old->theme_sentences.count; i++) {
        const struct efti_theme_sentences *x = &old->theme_sentences.items[i];
        good = push_sum_theme(s, x->writer, x->theme, x->sentences);
    }
    return good;
}

static eft_status
collect_themes(struct posting_sort *s, eft_error *err)
{
    struct tally_walk w;
    eft_status st;

    efti_walk_init(&w, &s->p->t->log, s->p->t->settings.facet_count, s->mem);
    while ((st = efti_walk_next(&w, err)) == EFT_OK && push_theme_rows(s, &w))
        ;
    efti_walk_free(&w);
    if (st == EFT_OK || (st == EFT_END && !push_old_rows(s)))
        return efti_no_memory(err, "the pairs of a tally");
    return st == EFT_END ? EFT_OK : st;
}

static eft_status
sum_themes(struct posting_sort *s, eft_error *err)
{
    static const unsigned pair_keys[] = {1, 2, 0}; /* a, b, writer */
    static const unsigned theme_keys[] = {1, 0};   /* theme, writer */
    struct tally_sums *sums = &s->p->sums;

    static_assert(sizeof(struct efti_writer_pair) == 4 * sizeof(uint32_t), "a row");
    static_assert(sizeof(struct efti_theme_sentences) == 3 * sizeof(uint32_t), "a row");
    eft_status st = collect_themes(s, err);
    if (st == EFT_OK)
        st = settle_rows_of(s, sums->pairs.items, &sums->pairs.count, 4, pair_keys, 3, 3,
                            err);
    if (st == EFT_OK)
        st = settle_rows_of(s, sums->theme_sentences.items, &sums->theme_sentences.count,
                            3, theme_keys, 2, 2, err);
    return st;
}

eft_status
efti_plan_sums(struct tally_plan *p, eft_error *err)
{
    struct posting_sort s = {.p = p, .mem = p->mem};
    eft_status st = sum_postings(&s, err);

    if (st == EFT_OK)
        st = sum_themes(&s, err);
    posting_sort_free(&s);
    return st;
}
