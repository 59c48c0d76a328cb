/*
 * state_format.h - what writer and reader of the state file share; layout in state.c
 */
#ifndef EFTI_TALLY_STATE_FORMAT_H
#define EFTI_TALLY_STATE_FORMAT_H

#include "tally/state.h"

#define TALLY_MAGIC "EFTSTATE"
#define TALLY_MAGIC_SIZE 8
#define TALLY_DIGEST_SIZE 32

enum { POSTING_CELL = 1, POSTING_COUNTS = 2 }; /* kinds of postings, see state.c */

/** All but the digest, of a frozen tally. */
void efti_state_put(const struct efti_tally *t, struct efti_bytes *out);

/** Parts that a sealed state is written with too: size and bytes; 8 bytes; column of
 *  writers, scale, facets and fingerprints. */
void efti_state_put_text(struct efti_bytes *out, eft_text text);
void efti_state_put_double(struct efti_bytes *out, double value);
void efti_state_put_settings(struct efti_bytes *out, const struct efti_tally_settings *s);

#endif
