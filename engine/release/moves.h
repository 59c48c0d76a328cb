/*
 * moves.h - how far a sum can move while others stay: a bounded simplex method
 *
 * Internal to joint.c.
 */
#ifndef EFTI_RELEASE_MOVES_H
#define EFTI_RELEASE_MOVES_H

#include "release/internal.h"

/**
 * `count` amounts x, each in [low, high], and `sums` sums z of some of them, each in
 * bounds of its own. Variables are numbered amounts first, then sums. `value` of all of
 * them is a point that keeps all bounds, and stays one.
 */
struct release_moves {
    const eft_allocator *mem;
    size_t count, sums, width;
    const uint32_t *parts; /* `width` sums of each amount; borrowed */
    EFTI_ARRAY(double) low, high, value;
    EFTI_ARRAY(double) inverse; /* of the basis: sums x sums */
    EFTI_ARRAY(uint32_t) basic; /* variable of each row */
    EFTI_ARRAY(uint32_t) row;   /* of each variable; EFTI_NO_ID: it is not basic */
    EFTI_ARRAY(double) settled; /* the inverse that questions begin with */
    EFTI_ARRAY(uint32_t) begun; /* ... and its variables */
    EFTI_ARRAY(double) change;  /* of each basic variable, while a step is made */
    uint64_t work;              /* multiplications so far, about */
};

/** All sums basic. `parts`: the sums that each amount is in, `width` of them. Memory: 16
 *  bytes for each pair of sums. */
eft_status efti_moves_make(struct release_moves *m, const uint32_t *parts, size_t width,
                           size_t count, size_t sums, eft_error *err);
void efti_moves_free(struct release_moves *m);
/** Begin anew with all sums basic; those without room leave. Later
 *  questions begin there. */
void efti_moves_settle(struct release_moves *m);
/** Back to what was settled: no question inherits the rounding of those before it. */
void efti_moves_again(struct release_moves *m);
/**
 * Move `variable` up (or down) to `goal`, which it has not reached. True: it has, and all
 * amounts are whole numbers. False: it cannot, or by parts of units alone; after too many
 * steps, that too. Bounds are narrowed on the way: set them anew before the next
 * question. Cost: a step looks at each amount, and at each pair of sums.
 */
bool efti_moves_reach(struct release_moves *m, uint32_t variable, bool up, double goal);

#endif
