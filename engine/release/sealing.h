/*
 * sealing.h - from released tables to a sealed state, and from sealed states to tables
 *
 *     results of a party ── efti_seal ──► sealed ──┐
 *     results of another ── efti_seal ──► sealed ──┴─ join ── efti_unseal ──► results
 *
 * Sealing reads what passed the gate and nothing else, so a receiver can learn no more
 * than the results tell (and three rounded sums a row). Unsealing only adds.
 */
#ifndef EFTI_RELEASE_SEALING_H
#define EFTI_RELEASE_SEALING_H

#include "tally/sealed.h"
#include "tally/table.h"

/**
 * One party's sealed state of its released tables. `settings` are those of the tally that
 * was released.
 *
 * EFT_E_RANGE for an empty or overlong name; EFT_E_REFUSED for results that did not come
 * through the gate.
 */
eft_status efti_seal(const eft_allocator *mem, const struct eft_results *results,
                     const struct efti_tally_settings *settings, eft_text party,
                     struct eft_sealed **out, eft_error *err);

/** Tables over all parties. What a table leaves out is named as missing. */
eft_status efti_unseal(const eft_allocator *mem, const struct eft_sealed *sealed,
                       struct eft_results **out, eft_error *err);

/** The table `shared_assignments`: parties on the assignments that others tell too. Of
 *  two parties and more (shared.c). */
eft_status efti_unseal_shared(const eft_allocator *mem, const struct eft_sealed *sealed,
                              struct eft_results *results, eft_error *err);

#endif
