/*
 * words.h - one term in the labels of a role: shared by words.c, words_cells.c and
 * words_rates.c
 */
#ifndef EFTI_RELEASE_WORDS_H
#define EFTI_RELEASE_WORDS_H

#include "release/internal.h"

#include "stats/keyness.h"

struct word_count {
    uint32_t writer, texts, tokens;
};
/* The term at hand in the texts of a slot. */
struct word_slot {
    size_t first, count; /* of `counts`, and of `shares` */
    struct efti_cell texts, tokens;
};
/* The same in several slots. */
struct word_sums {
    struct efti_cell texts, tokens;
};
struct key_row {
    uint32_t term, slot, writers;
    bool exact;
    uint64_t texts, tokens;
    struct efti_keyness key;
    double here, elsewhere; /* per 1000 */
    struct efti_log_ratio ratio;
    struct efti_odds odds;
};
struct word_table {
    struct release_job *j;
    const struct release_role *role;
    struct release_sets slots;            /* texts of each slot by writer */
    EFTI_ARRAY(struct efti_cell) wholes;  /* the same, as cells */
    EFTI_ARRAY(uint32_t) by_size;         /* for each slot its writers, largest first */
    EFTI_ARRAY(uint32_t) of_writer;       /* for each slot its texts of each writer */
    EFTI_ARRAY(uint32_t) cell_slots;      /* by cell of the postings */
    EFTI_ARRAY(struct word_slot) places;  /* of the term at hand, by slot */
    EFTI_ARRAY(struct word_count) counts; /* by slot, writer */
    EFTI_ARRAY(struct release_share) shares; /* the same, texts */
    EFTI_ARRAY(struct word_sums) before;     /* all slots before each, one more */
    struct word_sums behind;                 /* and all behind the one at hand */
    bool apart;                              /* no writer of the term is in two slots */
    EFTI_ARRAY(struct release_part) parts;   /* slots */
    EFTI_ARRAY(struct key_row) rows;
    EFTI_ARRAY(double) tokens;           /* by slot: all words of all texts */
    EFTI_ARRAY(double) writer_tokens;    /* by slot and writer */
    EFTI_ARRAY(double) all_tokens;       /* by writer: words in all slots */
    EFTI_ARRAY(double) once;             /* by writer: tokens of the term; zero between */
    EFTI_ARRAY(struct efti_ratio) rates; /* by slot, outside then inside: n alone */
    EFTI_ARRAY(struct efti_left_out) left_out; /* of these */
    double all_words;                          /* of all slots */
    uint64_t all_once; /* tokens of the term at hand in all slots */
    uint64_t hidden;
};

/** The slot of each cell of the postings, into x->cell_slots. */
void efti_word_slots(struct word_table *x);
/** Counts of one term by slot and writer. False: no memory. */
bool efti_word_gather(struct word_table *x, uint32_t term);
/** Has any slot as many writers as a cell must have? */
bool efti_word_may_pass(const struct word_table *x);
/** What the gate says of each slot, then of all together. Bits: which writer counts are
 *  exact, of the first 64 slots. */
uint64_t efti_word_judge(struct word_table *x);
/** What every rate of a slot has without any term, into x->rates. */
void efti_word_base_rates(struct word_table *x);
/** A row for the term at hand in a slot, if it is more frequent there. */
eft_status efti_word_measures(struct word_table *x, uint32_t term, size_t slot,
                              bool exact, eft_error *err);

#endif
