/*
 * alike.h - sets of terms that are nearly the same
 */
#ifndef EFTI_PIPELINE_ALIKE_H
#define EFTI_PIPELINE_ALIKE_H

#include "base/base.h"

/** A set is the bytes of its term numbers, rising: uint32_t, of this machine. */
struct efti_alike {
    const eft_allocator *mem;
    const struct efti_strings *sets, *terms;
    const uint32_t *notes;     /* of each set: how many have it */
    const uint8_t *no_spare;   /* of each term: two sets never differ by it */
    EFTI_ARRAY(uint32_t) lead; /* the answer: of each set, the set that leads its group */
    EFTI_ARRAY(uint32_t) order; /* sets: by notes, then by terms; leads come first */
    EFTI_ARRAY(uint32_t) rank;  /* of each term, by bytes */
};
/** Fill `lead`, `order` and `rank`. Linear in the terms of all sets, but for sorting
 * them. */
eft_status efti_find_alike(struct efti_alike *a, eft_error *err);
void efti_alike_free(struct efti_alike *a);

#endif
