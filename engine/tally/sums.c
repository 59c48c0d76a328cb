/*
 * sums.c - postings, pairs and sentences of themes, added up in canonical order
 *
 * Postings are by far the most (tens of millions), so they are put in order in 8 bytes
 * each, dealt into one bucket per term:
 *
 *     bucket of a term:   slot 32 | tokens 16 | reflections 16
 *
 * A slot numbers the (writer, cell) that some record has, rising. Records are dealt in
 * the order of their slots, so that each bucket comes out sorted, and what one slot has
 * more than once is added where it lies. Only sums of an earlier freeze, dealt behind,
 * call for a sort. Counts over 16 bits take several entries; only sums matter. Pairs and
 * sentences are rows of small numbers, few enough to be sorted whole.
 */
#include "tally/freeze.h"

#include <assert.h>

/* Where a term's next entry goes, and what its last one was for. */
struct bucket {
    size_t end;
    uint32_t last_record; /* + 1; to see a term named twice */
    uint32_t last_slot;   /* EFTI_NO_ID: none yet */
};

struct posting_sort {
    struct tally_plan *p;
    const eft_allocator *mem;
    EFTI_ARRAY(uint32_t) records;      /* rows (writer, cell, record) by slot */
    EFTI_ARRAY(uint64_t) slots;        /* writer << 32 | cell, rising */
    EFTI_ARRAY(uint32_t) slot_records; /* records of each */
    EFTI_ARRAY(uint64_t) entries, scratch;
    EFTI_ARRAY(size_t) bucket_at; /* per new term, one more */
    EFTI_ARRAY(struct bucket) buckets;
};

static void
posting_sort_free(struct posting_sort *s)
{
    EFTI_ARRAY_FREE(s->mem, &s->records);
    EFTI_ARRAY_FREE(s->mem, &s->slots);
    EFTI_ARRAY_FREE(s->mem, &s->slot_records);
    EFTI_ARRAY_FREE(s->mem, &s->entries);
    EFTI_ARRAY_FREE(s->mem, &s->scratch);
    EFTI_ARRAY_FREE(s->mem, &s->bucket_at);
    EFTI_ARRAY_FREE(s->mem, &s->buckets);
}

/* --------------------------------------------------------------------- slots */

enum { SLOT_WRITER, SLOT_CELL, SLOT_RECORD, SLOT_WIDTH };

/* Records by writer and cell. They come by writer already. */
static bool
sort_records(struct posting_sort *s)
{
    static const unsigned keys[] = {SLOT_WRITER, SLOT_CELL};
    const struct tally_plan *p = s->p;
    size_t n = p->record_order.count;
    EFTI_ARRAY(uint32_t) scratch = {0};

    if (n > SIZE_MAX / SLOT_WIDTH ||
        !TALLY_ARRAY_MAKE(s->mem, &s->records, n * SLOT_WIDTH) ||
        !TALLY_ARRAY_MAKE(s->mem, &scratch, n * SLOT_WIDTH))
        return false;
    for (size_t i = 0; i < n; i++) {
        uint32_t *row = s->records.items + i * SLOT_WIDTH;
        row[SLOT_RECORD] = p->record_order.items[i];
        row[SLOT_WRITER] = p->writer_map.items[p->record_writer.items[row[SLOT_RECORD]]];
        row[SLOT_CELL] = p->record_cell.items[row[SLOT_RECORD]];
    }
    efti_sort_rows(s->records.items, scratch.items, n, SLOT_WIDTH, keys,
                   EFTI_COUNT(keys));
    EFTI_ARRAY_FREE(s->mem, &scratch);
    return true;
}

static uint64_t
slot_at(const struct posting_sort *s, size_t i)
{
    const uint32_t *row = s->records.items + i * SLOT_WIDTH;

    return (uint64_t)row[SLOT_WRITER] << 32 | row[SLOT_CELL];
}

static bool
make_slots(struct posting_sort *s)
{
    size_t n = s->p->record_order.count, kept = 0;

    if (!sort_records(s) || !TALLY_ARRAY_MAKE(s->mem, &s->slots, n) ||
        !TALLY_ARRAY_MAKE(s->mem, &s->slot_records, n))
        return false;
    for (size_t i = 0; i < n; i++) {
        uint64_t slot = slot_at(s, i);
        if (kept == 0 || s->slots.items[kept - 1] != slot) {
            s->slots.items[kept] = slot;
            s->slot_records.items[kept++] = 0;
        }
        s->slot_records.items[kept - 1]++;
    }
    s->slots.count = s->slot_records.count = kept;
    return true;
}

static bool
find_slot(const struct posting_sort *s, uint64_t wanted, uint32_t *slot)
{
    size_t from = 0, to = s->slots.count;

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

static bool
make_buckets(struct posting_sort *s)
{
    const struct tally_plan *p = s->p;
    size_t terms = p->term_order.count + 1, total = 0;

    if (!TALLY_ARRAY_MAKE(s->mem, &s->bucket_at, terms + 1) ||
        !TALLY_ARRAY_MAKE(s->mem, &s->buckets, terms))
        return false;
    for (size_t i = 0; i < terms; i++) {
        uint32_t old = i == 0 ? EFTI_TERM_OPEN : p->term_order.items[i - 1];
        s->bucket_at.items[i] = total;
        s->buckets.items[i] = (struct bucket){.end = total, .last_slot = EFTI_NO_ID};
        total += p->uses.items[old];
    }
    s->bucket_at.items[terms] = total;
    return TALLY_ARRAY_MAKE(s->mem, &s->entries, total);
}

static void
put_entries(struct posting_sort *s, uint32_t term, uint32_t slot, uint32_t tokens,
            uint32_t reflections)
{
    struct bucket *b = &s->buckets.items[term];
    size_t n = tally_entries(tokens, reflections < 1 ? 1 : reflections);

    b->last_slot = slot;
    for (; n > 0; n--) {
        uint32_t some = tokens < TALLY_ENTRY_MAX ? tokens : TALLY_ENTRY_MAX;
        uint32_t few = reflections < TALLY_ENTRY_MAX ? reflections : TALLY_ENTRY_MAX;
        s->entries.items[b->end++] = (uint64_t)slot << 32 | some << 16 | few;
        tokens -= some;
        reflections -= few;
    }
}

/* One term of a record: added to the last entry when that is of the same slot. */
static inline void
deal_term(struct posting_sort *s, uint32_t term, uint32_t slot, uint32_t tokens,
          uint32_t record)
{
    struct bucket *b = &s->buckets.items[term];
    uint32_t reflections = b->last_record != record + 1;

    b->last_record = record + 1;
    if (b->last_slot == slot) {
        uint64_t *last = &s->entries.items[b->end - 1];
        if (tokens <= TALLY_ENTRY_MAX - (*last >> 16 & TALLY_ENTRY_MAX) &&
            reflections <= TALLY_ENTRY_MAX - (*last & TALLY_ENTRY_MAX)) {
            *last += (uint64_t)tokens << 16 | reflections;
            return;
        }
    } else if (EFTI_LIKELY(tokens <= TALLY_ENTRY_MAX)) {
        b->last_slot = slot;
        s->entries.items[b->end++] = (uint64_t)slot << 32 | tokens << 16 | reflections;
        return;
    }
    put_entries(s, term, slot, tokens, reflections);
}

#define DEAL_AHEAD 64 /* terms; three short loops, so that their cache misses overlap */

static void
deal_terms(struct posting_sort *s, const unsigned char *at, uint32_t slot,
           uint32_t record)
{
    const uint32_t *map = s->p->term_map.items;
    uint32_t terms[DEAL_AHEAD], tokens[DEAL_AHEAD];

    for (uint32_t left = tally_get32(&at), n; left > 0; left -= n) {
        n = left < DEAL_AHEAD ? left : DEAL_AHEAD;
        for (uint32_t i = 0; i < n; i++) {
            terms[i] = map[tally_get_term(&at, &tokens[i])];
            EFTI_PREFETCH(&s->buckets.items[terms[i]]);
        }
        for (uint32_t i = 0; i < n; i++)
            EFTI_PREFETCH(s->entries.items + s->buckets.items[terms[i]].end);
        for (uint32_t i = 0; i < n; i++)
            deal_term(s, terms[i], slot, tokens[i], record);
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

/* ------------------------------------------------------------------ postings */

static eft_status
sort_buckets(struct posting_sort *s, eft_error *err)
{
    size_t longest = 0;

    if (s->p->t->sums.postings.count == 0)
        return EFT_OK; /* dealt in order */
    for (size_t i = 0; i < s->buckets.count; i++) {
        size_t n = s->buckets.items[i].end - s->bucket_at.items[i];
        longest = n > longest ? n : longest;
    }
    if (!EFTI_ARRAY_RESERVE(s->mem, &s->scratch, longest))
        return efti_no_memory(err, "the postings of a tally");
    for (size_t i = 0; i < s->buckets.count; i++)
        efti_sort64(s->entries.items + s->bucket_at.items[i], s->scratch.items,
                    s->buckets.items[i].end - s->bucket_at.items[i], 32);
    return EFT_OK;
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

/* Nearly always: one entry of its slot, with nothing wrong; then `out` has it. */
static inline bool
is_single(const struct posting_sort *s, size_t at, size_t end, struct efti_posting *out)
{
    uint64_t entry = s->entries.items[at];
    size_t slot = (size_t)(entry >> 32);
    uint32_t reflections = (uint32_t)entry & 0xFFFF;

    out->writer = (uint32_t)(s->slots.items[slot] >> 32);
    out->cell = (uint32_t)s->slots.items[slot];
    out->tokens = (uint32_t)(entry >> 16) & 0xFFFF;
    out->reflections = reflections;
    return (at + 1 == end || s->entries.items[at + 1] >> 32 != slot) &&
           reflections - 1 < s->slot_records.items[slot]; /* 0 is above all */
}

static eft_status
write_postings(struct posting_sort *s, eft_error *err)
{
    struct tally_sums *sums = &s->p->sums;
    eft_status st;
    size_t most = 0;

    for (size_t i = 0; i < s->buckets.count; i++)
        most += s->buckets.items[i].end - s->bucket_at.items[i];
    if (!EFTI_ARRAY_RESERVE(s->mem, &sums->postings, most))
        return efti_no_memory(err, "the postings of a tally");
    for (uint32_t term = 0; term < s->buckets.count; term++) {
        size_t at = s->bucket_at.items[term], end = s->buckets.items[term].end;
        while (at < end) {
            struct efti_posting *x = &sums->postings.items[sums->postings.count++];
            x->term = term;
            if (EFTI_LIKELY(is_single(s, at, end, x)))
                at++;
            else if ((st = sum_slot(s, &at, end, x, err)) != EFT_OK)
                return st;
        }
    }
    return EFT_OK;
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

/* Pairs and sentences of a tail; `*at` is moved to its terms. */
static bool
push_theme_rows(struct posting_sort *s, uint32_t old_writer, const unsigned char **at)
{
    bool good = true;

    for (uint32_t n = tally_get32(at); n > 0; n--) {
        uint32_t a = tally_get32(at), b = tally_get32(at);
        good = good && push_sum_pair(s, old_writer, a, b, tally_get32(at));
    }
    for (uint32_t n = tally_get32(at); n > 0; n--)
        good = good && push_sum_theme(s, old_writer, tally_get32(at), 1);
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
        while (s->slots.items[slot] != slot_at(s, i))
            slot++;
        if (at == NULL)
            continue;
        good = push_theme_rows(s, s->p->record_writer.items[record], &at);
        if (good) /* else nobody knows where the terms begin */
            deal_terms(s, at, slot, record);
    }
    return good && push_old_rows(s);
}

static eft_status
sum_postings(struct posting_sort *s, eft_error *err)
{
    if (!make_slots(s) || !make_buckets(s) || !deal(s))
        return efti_no_memory(err, "the postings of a tally");
    eft_status st = deal_sums(s, err);
    if (st == EFT_OK)
        st = sort_buckets(s, err);
    return st == EFT_OK ? write_postings(s, err) : st;
}

static eft_status
sum_themes(struct posting_sort *s, eft_error *err)
{
    static const unsigned pair_keys[] = {1, 2, 0}; /* a, b, writer */
    static const unsigned theme_keys[] = {1, 0};   /* theme, writer */
    struct tally_sums *sums = &s->p->sums;

    static_assert(sizeof(struct efti_writer_pair) == 4 * sizeof(uint32_t), "a row");
    static_assert(sizeof(struct efti_theme_sentences) == 3 * sizeof(uint32_t), "a row");
    eft_status st =
        settle_rows_of(s, sums->pairs.items, &sums->pairs.count, 4, pair_keys, 3, 3, err);
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
