/*
 * flow.h - one theme and a pair of partitions at a time
 *
 * Internal to families.c and flow.c.
 */
#ifndef EFTI_RELEASE_FLOW_H
#define EFTI_RELEASE_FLOW_H

#include "release/joint.h"

struct family_hidden {
    size_t grid, slot;
    uint64_t writers;
};
struct family {
    struct release_job *j;
    const struct release_grids *grids;
    size_t column;
    EFTI_ARRAY(uint32_t) slots; /* by grid, then record in the order of the job */
    EFTI_ARRAY(uint8_t) has;    /* by record: is it in the column? */

    /* of the pair at hand; sums, then without an insider, then while flowing */
    size_t g, h; /* h == grid count: none */
    size_t rows, cols;
    EFTI_ARRAY(uint32_t) n, y;                /* by row and column of the pair */
    EFTI_ARRAY(uint64_t) of, x;               /* by node: rows, then columns */
    EFTI_ARRAY(uint32_t) flow;                /* y, changed */
    EFTI_ARRAY(uint64_t) level;               /* x, changed */
    EFTI_ARRAY(uint8_t) open, sides;          /* by node */
    EFTI_ARRAY(uint32_t) before, queue;       /* of the search */
    EFTI_ARRAY(struct family_hidden) further; /* of the column, hidden here */
    uint64_t total, hidden;
    struct release_joint *joint; /* NULL: pairs are all */
};

/** The partition that a node belongs to, and its slot there. */
const struct release_grid *efti_family_grid(const struct family *f, size_t node,
                                            size_t *slot);
/** Counts of a pair; `h` the number of partitions: `g` alone. EFT_E_LIMIT when they have
 *  too many combinations. */
eft_status efti_family_pair(struct family *f, size_t g, size_t h, eft_error *err);
/** What is hidden, and on which sides it must be protected. */
void efti_family_mark(struct family *f);
/** Do the feasible counts reach from 0 to k on every side that failed? */
bool efti_outsider_is_kept_out(struct family *f, size_t node);
/** ... and to k - 1 without the texts of each writer of the label? */
bool efti_insiders_are_kept_out(struct family *f, size_t node);

#endif
