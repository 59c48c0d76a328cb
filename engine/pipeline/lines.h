/*
 * lines.h - one record as one JSON line, in the fixed line formats of the README
 */
#ifndef EFTI_PIPELINE_LINES_H
#define EFTI_PIPELINE_LINES_H

#include "pipeline/batch.h"

/** Append the line (with LF) of `r` in `format` to `out`. Nothing raw but the tokens of
 *  EFT_LINES_TOKENS. */
eft_status efti_line(struct efti_worker *w, const struct efti_batch_record *r,
                     eft_line_format format, struct efti_bytes *out, eft_error *err);

#endif
