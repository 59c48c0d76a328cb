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

/** Which pairs of one level are kept: those of `count` eligible terms, `names` their ids,
 *  that so many writers have. */
struct pair_wanted {
    const uint32_t *names;
    size_t count;
    uint32_t least_writers;
};
eft_status efti_pair_rows(const eft_allocator *mem, const struct pair_units *units,
                          const struct pair_wanted *wanted, struct efti_pair_list *out,
                          eft_error *err);

#endif
