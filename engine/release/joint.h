/*
 * joint.h - hidden cells of one theme, held against all partitions at once
 *
 * Internal to families.c. See joint.c.
 */
#ifndef EFTI_RELEASE_JOINT_H
#define EFTI_RELEASE_JOINT_H

#include "release/families.h"

struct release_joint;
/**
 * `slots` has the slot of each record (in the order of the job) for one partition after
 * the other. `*out` is NULL where the problem is too large: then pairs must do.
 */
eft_status efti_joint_new(struct release_job *j, const struct release_grids *grids,
                          const uint32_t *slots, struct release_joint **out,
                          eft_error *err);
void efti_joint_free(struct release_joint *x);

/** Another column; `has` tells of each record whether it is in it. Everything is told. */
void efti_joint_column(struct release_joint *x, const uint8_t *has);
/** The cell of this slot is hidden. A slot past the last: records without one. */
void efti_joint_open(struct release_joint *x, size_t grid, size_t slot);
/** It is told again. */
void efti_joint_tell(struct release_joint *x, size_t grid, size_t slot);
/** Has any reflection both labels (of two partitions)? */
bool efti_joint_meet(const struct release_joint *x, size_t grid, size_t slot,
                     size_t other, size_t other_slot);
/** Is the work that was allowed done? Then nothing is asked any more. */
bool efti_joint_is_used_up(const struct release_joint *x);
/** What is left of that work; 1 at least, for 0 would be all of it. */
uint64_t efti_joint_left(const struct release_joint *x);
/** Can nobody, outsider or insider, narrow the cell on these sides? `has` as before.
 *  When the work is used up on the way, `*kept` is true and says nothing. */
eft_status efti_joint_keeps(struct release_joint *x, const uint8_t *has, size_t grid,
                            size_t slot, unsigned sides, bool *kept, eft_error *err);
/** Does what is told leave one value alone for this sum? True when the work
 *  is used up. */
bool efti_joint_is_narrow(struct release_joint *x, size_t grid, size_t slot);

#endif
