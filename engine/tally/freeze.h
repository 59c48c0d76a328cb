/*
 * freeze.h - the plan of a freeze: everything is made beside the tally, then put in place
 *
 * "Old" numbers are those of the tally, "new" ones the canonical ones. A map goes from
 * old to new and holds EFTI_NO_ID for what is dropped; an order goes from new to old.
 */
#ifndef EFTI_TALLY_FREEZE_H
#define EFTI_TALLY_FREEZE_H

#include "tally/state.h"

struct tally_plan {
    const struct efti_tally *t;
    const eft_allocator *mem;

    EFTI_ARRAY(uint32_t) theme_order, theme_map;
    EFTI_ARRAY(uint32_t) term_order, term_map; /* the order leaves term 0 out */
    EFTI_ARRAY(uint32_t) label_order, label_map;
    EFTI_ARRAY(uint32_t) writer_order, writer_map;
    EFTI_ARRAY(uint32_t) cell_map; /* of t->sums.cells */
    EFTI_ARRAY(size_t) uses;       /* per old term: entries of its postings, see sums.c */

    struct efti_bytes bodies;           /* of the records, with new ids, in old order */
    EFTI_ARRAY(size_t) body_at;         /* one more than records */
    EFTI_ARRAY(uint32_t) content_size;  /* of each body: up to its labels */
    EFTI_ARRAY(uint32_t) record_writer; /* old number */
    EFTI_ARRAY(uint32_t) record_cell;   /* new number */
    EFTI_ARRAY(const unsigned char *) tails; /* in the log; NULL: empty */
    EFTI_ARRAY(uint32_t) record_order;
    size_t tag_total, theme_total;
    struct efti_strings *cell_keys;

    /* what the tally gets */
    struct tally_dictionaries dict;
    struct efti_bytes log;
    struct tally_sums sums;
    struct tally_views views;
};

/** Uses of terms and labels; records that share a key are EFT_E_CONFLICT (orders.c). */
eft_status efti_plan_uses(struct tally_plan *p, eft_error *err);
/** Orders and maps of themes, terms and labels (orders.c). */
eft_status efti_plan_orders(struct tally_plan *p, eft_error *err);
/** Sort `count` ids of `strings` by bytes. */
eft_status efti_sort_strings(const eft_allocator *mem, const struct efti_strings *strings,
                             uint32_t *order, size_t count, eft_error *err);
/** Order of writers and records (writers.c). */
eft_status efti_plan_writers(struct tally_plan *p, eft_error *err);
/** Postings, pairs and sentences of themes (sums.c). */
eft_status efti_plan_sums(struct tally_plan *p, eft_error *err);

/* ---------------------------------------------------------------- postings.c */

enum { SLOT_WRITER, SLOT_CELL, SLOT_RECORD, SLOT_WIDTH };

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
    struct tally_postings *out;        /* slots and entries are its own */
    EFTI_ARRAY(uint32_t) slot_records; /* records of each */
    EFTI_ARRAY(uint64_t) scratch;
    EFTI_ARRAY(size_t) bucket_at; /* per new term, one more */
    EFTI_ARRAY(struct bucket) buckets;
};
/** Slot of the i-th of s->records: writer << 32 | cell. */
static inline uint64_t
tally_slot_at(const struct posting_sort *s, size_t i)
{
    const uint32_t *row = s->records.items + i * SLOT_WIDTH;

    return (uint64_t)row[SLOT_WRITER] << 32 | row[SLOT_CELL];
}
/** Slots and buckets; false: no memory. */
bool efti_postings_open(struct posting_sort *s);
/** The terms of one record, from `at` on in the log. Slots must not fall. */
void efti_postings_deal(struct posting_sort *s, const unsigned char *at, uint32_t slot,
                        uint32_t record);
/** The sums so far behind them, and all added up in s->out. */
eft_status efti_postings_close(struct posting_sort *s, eft_error *err);
void efti_posting_sort_free(struct posting_sort *s);

/** The arrays behind struct efti_frozen (views.c). */
eft_status efti_plan_views(struct tally_plan *p, eft_error *err);
/** Point the frozen view at what the tally holds (views.c). */
void efti_tally_show(struct efti_tally *t);

#endif
