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

#endif
