/*
 * table.h - the form table as its two files see it: forms.c makes it and gives it room,
 * intern.c looks tokens up and puts new forms in. What it is for: forms.c.
 */
#ifndef EFTI_VOCAB_TABLE_H
#define EFTI_VOCAB_TABLE_H

#include "vocab/internal.h"

#include "arch/probe.h"

/* Tokens at a time: their keys and the lines they prefetch stay in L1. */
#define EFTI_FORM_BATCH 128
#define EFTI_FORM_GROUP 16 /* new forms that wait for the dictionary together */
#define EFTI_FORM_ANALYSERS 4

struct efti_form_analyser {
    efti_analyse_fn fn;
    void *user;
};

/* Where a form stands in the table, or should. */
struct efti_place {
    struct efti_bucket *bucket;
    unsigned key; /* free: its key is zeros */
};

struct efti_forms {
    struct efti_forms_head head; /* first: efti_forms_get() looks there */
    const eft_allocator *mem;
    struct efti_form_tools tools;
    struct efti_form_analyser analysers[EFTI_FORM_ANALYSERS];
    uint32_t analyser_count;
    uint32_t count;
    const struct efti_probe *probe;
    struct efti_probe_table table;
    struct efti_bucket *buckets; /* the table's, to write to */
    void *bucket_memory;         /* what they were allocated as: LINE - 1 bytes more */
    EFTI_ARRAY(struct efti_form *) blocks;
    EFTI_ARRAY(void *) memory; /* beside blocks: what they were allocated as */
    /* of the tokens of a batch: the long ones, those not found so far, keys and buckets
     * of all */
    uint32_t longer[EFTI_FORM_BATCH], others[EFTI_FORM_BATCH];
    struct efti_key seen[EFTI_FORM_BATCH];
    uint32_t places[EFTI_FORM_BATCH];
    struct efti_place free[EFTI_FORM_BATCH]; /* of those not found: where they belong */
    uint32_t free_in;                        /* when the table had so many buckets */
    struct efti_new_form group[EFTI_FORM_GROUP];
    struct efti_known known[EFTI_FORM_GROUP]; /* of the forms that a group adds */
};

/* The bucket of a key */
static inline uint32_t
efti_forms_place(const struct efti_forms *f, struct efti_key key)
{
    uint32_t tag = efti_key_is_long(key) ? (uint32_t)(key.second >> EFTI_KEY_TAG)
                                         : efti_key_tag(key, f->table.secrets);

    return efti_bucket_of(tag, f->table.count);
}

/* Room for `more` records and their keys: at most a group. False: no memory. */
bool efti_forms_make_room(struct efti_forms *f, size_t more);

#endif
