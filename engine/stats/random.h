/*
 * random.h - seeded random numbers in streams that do not depend on threads
 *
 * A stream is named by (seed, stream): equal names give equal numbers, on every machine,
 * whatever other streams do. Not for secrets and not for noise that protects people: that
 * comes from libsodium.
 */
#ifndef EFTI_STATS_RANDOM_H
#define EFTI_STATS_RANDOM_H

#include "base/base.h"

#define EFTI_SEED 20230501u /* when nobody says; the manifest tells it */

struct efti_random;
eft_status efti_random_new(const eft_allocator *mem, uint64_t seed, uint64_t stream,
                           struct efti_random **out, eft_error *err);
void efti_random_free(struct efti_random *r);
/** 0 .. count - 1, each as likely; count at least 1. */
uint32_t efti_random_below(struct efti_random *r, uint32_t count);
/** Above 0 and below 1. */
double efti_random_unit(struct efti_random *r);
double efti_random_normal(struct efti_random *r);
/** Put `count` items into random order (Fisher and Yates). */
void efti_random_shuffle(struct efti_random *r, uint32_t *items, size_t count);

#endif
