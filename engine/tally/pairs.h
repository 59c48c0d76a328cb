/*
 * pairs.h - terms that occur together, counted from the spool (phase B)
 *
 * A counter is fed one reflection at a time, in any order, and gives every pair of its
 * eligible terms with the writers behind it, within reflections and within sentences.
 *
 *     efti_pair_counter_new(mem, terms, count, k, &c, err);
 *     efti_pair_counter_add(c, &text, err);       once for each reflection
 *     efti_pair_counter_finish(c, &pairs, err);   then the counter is empty
 *     efti_pair_counter_free(c);
 *     ... efti_term_pairs_free(mem, &pairs);
 */
#ifndef EFTI_TALLY_PAIRS_H
#define EFTI_TALLY_PAIRS_H

#include "base/base.h"
#include "tally/cell.h"

enum efti_pair_level {
    EFTI_LEVEL_REFLECTION,
    EFTI_LEVEL_SENTENCE,
    EFTI_LEVEL_WINDOW, /* of so many words, sliding over the reflection */
    EFTI_LEVEL_COUNT
};

struct efti_term_pair {
    uint32_t a, b; /* term ids of the frozen tally, a < b */
    struct efti_cell cell;
    struct efti_cell rest_a; /* with b and not a */
    struct efti_cell rest_b; /* with a and not b */
};
/** Pairs of one level whose cell has at least `least_writers` writers, by a, b. */
struct efti_pair_list {
    EFTI_ARRAY(struct efti_term_pair) pairs;
    uint64_t n;      /* reflections, sentences or windows in all */
    uint64_t hidden; /* pairs that occur but have fewer writers */
};
struct efti_term_pairs {
    struct efti_pair_list level[EFTI_LEVEL_COUNT];
};
/** `mem`: the one of the counter. Empty pairs are fine. */
void efti_term_pairs_free(const eft_allocator *mem, struct efti_term_pairs *pairs);

#define EFTI_PAIR_TERMS_MAX 65535u

/** One thread at a time. Memory: 2 bytes per occurrence of an eligible term while adding;
 *  finish needs some 20 bytes per occurrence more, one row, and 104 bytes for each pair
 *  that is told, in arrays that double as they grow (tests/tally/test_pairs_large.c:
 *  50,000 terms, 1.2 million occurrences, 618,000 pairs told: 135 MB). */
struct efti_pair_counter;
/** `terms` rising without repeats, at most EFTI_PAIR_TERMS_MAX (EFT_E_LIMIT); copied. */
eft_status efti_pair_counter_new(const eft_allocator *mem, const uint32_t *terms,
                                 size_t count, uint32_t least_writers,
                                 struct efti_pair_counter **out, eft_error *err);
void efti_pair_counter_free(struct efti_pair_counter *c);
/** Count within windows of so many words too; before the first text. Each place of the
 *  window is a unit of its own, so memory while adding is up to `words` times 2 bytes for
 *  each word, and finishing needs 20 for each word of each window. */
void efti_pair_counter_windows(struct efti_pair_counter *c, uint32_t words);

struct efti_pair_text {
    uint32_t writer;       /* equal numbers: the same writer; any numbers do */
    const uint32_t *terms; /* ids in running order; not eligible ones are passed */
    size_t term_count;
    const uint32_t *sentence_ends; /* rising indexes into terms, half-open; empty
                                      sentences are counted in n. Terms after the last
                                      end belong to no sentence */
    size_t sentence_count;
    uint32_t words;         /* with windows: of the text, counted terms or not */
    const uint32_t *places; /* ... of each term: the number of its word, not falling */
};
/** One reflection. EFT_E_RANGE when the sentence ends fall or pass the terms. */
eft_status efti_pair_counter_add(struct efti_pair_counter *c,
                                 const struct efti_pair_text *text, eft_error *err);
/** What was added is counted and forgotten, also on failure. The result does not depend
 * on the order of adding. EFT_E_LIMIT above 2^32 occurrences. */
eft_status efti_pair_counter_finish(struct efti_pair_counter *c,
                                    struct efti_term_pairs *out, eft_error *err);

#endif
