/*
 * pairs_state.h - what adding (pairs.c) and counting (pair_rows.c) share
 */
#ifndef EFTI_TALLY_PAIRS_STATE_H
#define EFTI_TALLY_PAIRS_STATE_H

#include "tally/pairs.h"

#define PAIR_END 0xFFFFu /* behind each unit; an index is below */

/** Units (reflections or sentences) of one level, writer after writer. */
struct pair_units {
    EFTI_ARRAY(uint16_t) terms;    /* rising indexes of each unit, then PAIR_END */
    EFTI_ARRAY(size_t) writer_end; /* where the units of each writer end */
};

/** Pairs of one level; `count` eligible terms, `names` their ids. */
eft_status efti_pair_rows(const eft_allocator *mem, const struct pair_units *units,
                          const uint32_t *names, size_t count, uint32_t least_writers,
                          struct efti_term_pairs *out, enum efti_pair_level level,
                          eft_error *err);

#endif
