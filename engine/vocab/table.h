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

struct efti_form_slot {
    uint32_t tag; /* upper half of the hash; its top is the place */
    uint32_t id;  /* + 1; 0: free */
};

struct efti_form_analyser {
    efti_analyse_fn fn;
    void *user;
};

struct efti_forms {
    struct efti_forms_head head; /* first: efti_forms_get() looks there */
    const eft_allocator *mem;
    struct efti_form_tools tools;
    struct efti_form_analyser analysers[EFTI_FORM_ANALYSERS];
    uint32_t analyser_count;
    uint32_t count;
    uint64_t secrets[EFTI_KEY_SECRETS];
    efti_probe_fn *probe; /* NULL: one at a time */
    struct efti_form_slot *slots;
    size_t slot_count;   /* power of two */
    uint32_t slot_shift; /* 32 - log2(slot_count): the top of a tag is its place */
    EFTI_ARRAY(struct efti_form *) blocks;
    EFTI_ARRAY(void *) memory; /* beside blocks: what they were allocated as */
    /* of the tokens of a batch: their places, keys, tags, and what has such a tag, or a
     * record that no token is like */
    uint32_t misses[EFTI_FORM_BATCH];
    struct efti_key seen[EFTI_FORM_BATCH];
    uint32_t tags[EFTI_FORM_BATCH];
    const struct efti_form *found[EFTI_FORM_BATCH];
    struct efti_new_form group[EFTI_FORM_GROUP];
    struct efti_known known[EFTI_FORM_GROUP]; /* of the forms that a group adds */
    struct efti_form nobody;                  /* all zero: a token has a size */
};

/* Room for `more` records and their slots: at most a group. False: no memory. */
bool efti_forms_make_room(struct efti_forms *f, size_t more);

#endif
