/*
 * suggest.h - words and phrases that go with a theme and are not in it yet
 */
#ifndef EFTI_PIPELINE_SUGGEST_H
#define EFTI_PIPELINE_SUGGEST_H

#include "pipeline/pipeline.h"
#include "release/release.h"
#include "tally/table.h"

/**
 * Add the table `suggestions` to released results, from the spools. Themes whose row of
 * `themes` is shown, and the texts without any. Examples come from the table `quotes`
 * where there is one. EFT_END: some of the tally has no spool.
 */
eft_status efti_release_suggestions(eft_tally *t, const struct efti_gate *gate,
                                    eft_results *results, eft_error *err);

#endif
