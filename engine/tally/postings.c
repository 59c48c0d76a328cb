/*
 * postings.c - postings of terms, added up in canonical order
 *
 * They are by far the most of a state (tens of millions), so each takes 8 bytes, while it
 * is put in order and afterwards: dealt into one bucket per term, which becomes its run.
 *
 *     bucket of a term:   slot 32 | tokens 16 | reflections 16
 *
 * A slot numbers the (writer, cell) that some record has, rising. Records are dealt in
 * the order of their slots, so that each bucket comes out sorted, and what one slot has
 * more than once is added where it lies. Only sums of an earlier freeze, dealt behind,
 * call for a sort. Counts over 16 bits take several entries; only sums matter. At the end
 * the buckets are moved together: what was asked for one reflection at a time is more
 * than what is left by writer.
 */
#include "tally/freeze.h"

void
efti_postings_free(const eft_allocator *mem, struct tally_postings *p)
{
    EFTI_ARRAY_FREE(mem, &p->slots);
    EFTI_ARRAY_FREE(mem, &p->entries);
    EFTI_ARRAY_FREE(mem, &p->terms);
    EFTI_ARRAY_FREE(mem, &p->ends);
    p->count = 0;
}

void
efti_posting_sort_free(struct posting_sort *s)
{
    EFTI_ARRAY_FREE(s->mem, &s->records);
    EFTI_ARRAY_FREE(s->mem, &s->slot_records);
    EFTI_ARRAY_FREE(s->mem, &s->scratch);
    EFTI_ARRAY_FREE(s->mem, &s->bucket_at);
    EFTI_ARRAY_FREE(s->mem, &s->buckets);
}

/* --------------------------------------------------------------------- slots */

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

static bool
make_slots(struct posting_sort *s)
{
    size_t n = s->p->record_order.count, kept = 0;

    if (!sort_records(s) || !TALLY_ARRAY_MAKE(s->mem, &s->out->slots, n) ||
        !TALLY_ARRAY_MAKE(s->mem, &s->slot_records, n))
        return false;
    for (size_t i = 0; i < n; i++) {
        uint64_t slot = tally_slot_at(s, i);
        if (kept == 0 || s->out->slots.items[kept - 1] != slot) {
            s->out->slots.items[kept] = slot;
            s->slot_records.items[kept++] = 0;
        }
        s->slot_records.items[kept - 1]++;
    }
    s->out->slots.count = s->slot_records.count = kept;
    return true;
}

static bool
find_slot(const struct posting_sort *s, uint64_t wanted, uint32_t *slot)
{
    size_t from = 0, to = s->out->slots.count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (s->out->slots.items[middle] < wanted)
            from = middle + 1;
        else
            to = middle;
    }
    *slot = (uint32_t)from;
    return from < s->out->slots.count && s->out->slots.items[from] == wanted;
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
    return TALLY_ARRAY_MAKE(s->mem, &s->out->entries, total);
}

static void
put_entries(struct posting_sort *s, uint32_t term, uint32_t slot, uint32_t tokens,
            uint32_t reflections)
{
    struct bucket *b = &s->buckets.items[term];
    size_t n = tally_entries(tokens, reflections < 1 ? 1 : reflections);

    b->last_slot = slot;
    for (; n > 0; n--)
        s->out->entries.items[b->end++] = tally_take_entry(slot, &tokens, &reflections);
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
        uint64_t *last = &s->out->entries.items[b->end - 1];
        if (tokens <= TALLY_ENTRY_MAX - (*last >> 16 & TALLY_ENTRY_MAX) &&
            reflections <= TALLY_ENTRY_MAX - (*last & TALLY_ENTRY_MAX)) {
            *last += (uint64_t)tokens << 16 | reflections;
            return;
        }
    } else if (EFTI_LIKELY(tokens <= TALLY_ENTRY_MAX)) {
        b->last_slot = slot;
        s->out->entries.items[b->end++] =
            (uint64_t)slot << 32 | tokens << 16 | reflections;
        return;
    }
    put_entries(s, term, slot, tokens, reflections);
}

#define DEAL_AHEAD 64 /* terms; three short loops, so that their cache misses overlap */

void
efti_postings_deal(struct posting_sort *s, const unsigned char *at, uint32_t slot,
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
            EFTI_PREFETCH(s->out->entries.items + s->buckets.items[terms[i]].end);
        for (uint32_t i = 0; i < n; i++)
            deal_term(s, terms[i], slot, tokens[i], record);
    }
}

/* The new slots of the slots so far; EFTI_NO_ID: no record is there. */
static void
map_slots(const struct posting_sort *s, uint32_t *map)
{
    const struct tally_postings *old = &s->p->t->sums.postings;

    for (size_t i = 0; i < old->slots.count; i++) {
        uint32_t writer = s->p->writer_map.items[old->slots.items[i] >> 32];
        uint32_t cell = s->p->cell_map.items[(uint32_t)old->slots.items[i]];
        if (writer == EFTI_NO_ID || cell == EFTI_NO_ID ||
            !find_slot(s, (uint64_t)writer << 32 | cell, &map[i]))
            map[i] = EFTI_NO_ID;
    }
}

/* The postings so far. */
static eft_status
deal_sums(struct posting_sort *s, eft_error *err)
{
    const struct tally_postings *old = &s->p->t->sums.postings;
    EFTI_ARRAY(uint32_t) map = {0};
    bool good = true;

    if (!TALLY_ARRAY_MAKE(s->mem, &map, old->slots.count))
        return efti_no_memory(err, "the postings of a tally");
    map_slots(s, map.items);
    for (size_t i = 0, at = 0; i < old->terms.count; i++) {
        uint32_t term = s->p->term_map.items[old->terms.items[i]];
        for (; at < old->ends.items[i] && good; at++) {
            uint64_t entry = old->entries.items[at];
            uint32_t slot = map.items[entry >> 32];
            good = slot != EFTI_NO_ID;
            if (good)
                put_entries(s, term, slot, tally_entry_tokens(entry),
                            tally_entry_reflections(entry));
        }
    }
    EFTI_ARRAY_FREE(s->mem, &map);
    return good ? EFT_OK
                : efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                            "a posting that no record stands behind");
}

/* ---------------------------------------------------------------------- runs */

static eft_status
sort_buckets(struct posting_sort *s, eft_error *err)
{
    size_t longest = 0;

    if (s->p->t->sums.postings.entries.count == 0)
        return EFT_OK; /* dealt in order */
    for (size_t i = 0; i < s->buckets.count; i++) {
        size_t n = s->buckets.items[i].end - s->bucket_at.items[i];
        longest = n > longest ? n : longest;
    }
    if (!EFTI_ARRAY_RESERVE(s->mem, &s->scratch, longest))
        return efti_no_memory(err, "the postings of a tally");
    for (size_t i = 0; i < s->buckets.count; i++)
        efti_sort64(s->out->entries.items + s->bucket_at.items[i], s->scratch.items,
                    s->buckets.items[i].end - s->bucket_at.items[i], 32);
    return EFT_OK;
}

/* The entries at `*at` that share a slot become as few as hold their sums, at `*to`. */
static eft_status
sum_slot(struct posting_sort *s, size_t *at, size_t end, size_t *to, eft_error *err)
{
    uint64_t *entries = s->out->entries.items;
    uint64_t slot = entries[*at] >> 32, tokens = 0, reflections = 0;

    for (; *at < end && entries[*at] >> 32 == slot; (*at)++) {
        tokens += tally_entry_tokens(entries[*at]);
        reflections += tally_entry_reflections(entries[*at]);
    }
    if (tokens > UINT32_MAX)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "too many tokens to count");
    if (reflections == 0 || reflections > s->slot_records.items[slot])
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "a posting in more reflections than there are");
    uint32_t some = (uint32_t)tokens, few = (uint32_t)reflections;
    for (size_t n = tally_entries(some, few); n > 0; n--)
        entries[(*to)++] = tally_take_entry((size_t)slot, &some, &few);
    return EFT_OK;
}

/* Nearly always: one entry of its slot, with nothing wrong. */
static inline bool
is_single(const struct posting_sort *s, size_t at, size_t end)
{
    const uint64_t *entries = s->out->entries.items;
    uint64_t slot = entries[at] >> 32;

    return (at + 1 == end || entries[at + 1] >> 32 != slot) &&
           tally_entry_reflections(entries[at]) - 1 <
               s->slot_records.items[slot]; /* 0 is above all */
}

/* Buckets become runs, each behind the one before it. */
static eft_status
settle_runs(struct posting_sort *s, eft_error *err)
{
    struct tally_postings *out = s->out;
    size_t to = 0;

    if (!TALLY_ARRAY_MAKE(s->mem, &out->terms, s->buckets.count) ||
        !TALLY_ARRAY_MAKE(s->mem, &out->ends, s->buckets.count))
        return efti_no_memory(err, "the postings of a tally");
    for (uint32_t term = 0; term < s->buckets.count; term++) {
        size_t at = s->bucket_at.items[term], end = s->buckets.items[term].end;
        for (; at < end; out->count++) {
            eft_status st = EFT_OK;
            if (EFTI_LIKELY(is_single(s, at, end)))
                out->entries.items[to++] = out->entries.items[at++];
            else
                st = sum_slot(s, &at, end, &to, err);
            if (st != EFT_OK)
                return st;
        }
        out->terms.items[term] = term;
        out->ends.items[term] = to;
    }
    out->entries.count = to;
    return EFT_OK;
}

/* Give back what the runs do not take. */
static bool
trim_entries(struct posting_sort *s)
{
    struct tally_postings *out = s->out;
    size_t size = sizeof(*out->entries.items), count = out->entries.count;

    if (count == 0 || count == out->entries.capacity)
        return true;
    uint64_t *items = efti_resize(s->mem, out->entries.items,
                                  out->entries.capacity * size, count * size);
    if (items == NULL)
        return false;
    out->entries.items = items;
    out->entries.capacity = count;
    return true;
}

bool
efti_postings_open(struct posting_sort *s)
{
    return make_slots(s) && make_buckets(s);
}

eft_status
efti_postings_close(struct posting_sort *s, eft_error *err)
{
    eft_status st = deal_sums(s, err);

    if (st == EFT_OK)
        st = sort_buckets(s, err);
    if (st == EFT_OK)
        st = settle_runs(s, err);
    if (st == EFT_OK && !trim_entries(s))
        st = efti_no_memory(err, "the postings of a tally");
    return st;
}
