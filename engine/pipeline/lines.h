/*
 * lines.h - one record as one JSON line, in fixed line formats
 */
#ifndef EFTI_PIPELINE_LINES_H
#define EFTI_PIPELINE_LINES_H

#include "pipeline/batch.h"

/** Append the line (with LF) of `r` in `format` to `out`. Nothing raw but the tokens of
 *  EFT_LINES_TOKENS. `map` (may be NULL) gets lines that lead back from veiled text: they
 *  are raw. */
eft_status efti_line(struct efti_worker *w, const struct efti_batch_record *r,
                     eft_line_format format, struct efti_bytes *map,
                     struct efti_bytes *out, eft_error *err);

/* lines_veiled.c */
eft_status efti_line_veiled(struct efti_worker *w, const struct efti_batch_record *r,
                            struct efti_bytes *map, struct efti_bytes *out,
                            eft_error *err);
eft_status efti_line_spans(struct efti_worker *w, const struct efti_batch_record *r,
                           struct efti_bytes *map, struct efti_bytes *out,
                           eft_error *err);

/** A running count of code points; cheap for places that rise. */
struct efti_positions {
    eft_text text;
    size_t byte;
    uint64_t code_points;
};
uint64_t efti_position(struct efti_positions *p, size_t byte);
/** "start":3,"end":9 */
void efti_put_range(struct efti_positions *p, size_t start, size_t end,
                    struct efti_bytes *out);
/** {"id":"P1-001" - the id if it may be kept, else i<input>-<record>. */
eft_status efti_put_id(struct efti_worker *w, const struct efti_batch_record *r,
                       struct efti_bytes *out, eft_error *err);

#endif
