/*
 * notes.h - notes that say the same, counted from the spools (phase B)
 */
#ifndef EFTI_PIPELINE_NOTES_H
#define EFTI_PIPELINE_NOTES_H

#include "pipeline/pipeline.h"
#include "release/notes.h"

/** Join the notes of all spools. `out` is freed by the caller, also after a failure.
 *  EFT_END: some of the tally has no spool. */
eft_status efti_count_notes(eft_tally *t, struct efti_notes *out, eft_error *err);

#endif
