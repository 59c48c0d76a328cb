/*
 * increments.h - what two releases tell together about the reflections added in between
 *
 * Internal to hold.c. See increments.c.
 */
#ifndef EFTI_RELEASE_INCREMENTS_H
#define EFTI_RELEASE_INCREMENTS_H

#include "release/joint.h"

struct release_increments;
eft_status efti_increments_new(const eft_allocator *mem, const struct efti_frozen *f,
                               const struct efti_release_options *options,
                               struct release_increments **out, eft_error *err);
void efti_increments_free(struct release_increments *x);

/** Rows of one theme in one of its tables that this release would tell. */
struct release_told {
    enum efti_table_id table; /* themes by facet, assignment_themes or trend */
    eft_text facet;           /* of a table by facet */
    eft_text theme;
    uint64_t base; /* release that the earlier rows are from */
    const eft_text *labels;
    size_t count;
};
/** May the rows be new beside those that were let through before? Then they are let
 *  through, and count the next time. */
eft_status efti_increments_may(struct release_increments *x,
                               const struct release_told *told, bool *may,
                               eft_error *err);

#endif
