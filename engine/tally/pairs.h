/*
 * pairs.h - terms that occur together, counted from the spool (phase B)
 */
#ifndef EFTI_TALLY_PAIRS_H
#define EFTI_TALLY_PAIRS_H

#include "base/base.h"
#include "tally/cell.h"

enum efti_pair_level { EFTI_LEVEL_REFLECTION, EFTI_LEVEL_SENTENCE, EFTI_LEVEL_COUNT };

struct efti_term_pair {
    uint32_t a, b; /* term ids of the frozen tally, a < b */
    struct efti_cell cell, rest_a, rest_b; /* rest_a: with b and not a; rest_b: with a, not b */
};
struct efti_term_pairs {
    /* per level: pairs whose cell has at least `least_writers` writers, by a, b */
    struct {
        EFTI_ARRAY(struct efti_term_pair) pairs;
        uint64_t n;       /* reflections or sentences in all */
        uint64_t hidden;  /* pairs that occur but have fewer writers */
    } level[EFTI_LEVEL_COUNT];
};

#endif
