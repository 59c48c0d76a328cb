/*
 * stand_for.h - sentences that stand for a pair of themes or for a community
 *
 * Internal to quotes.c and the files of standing.h. Rule 8.5.
 */
#ifndef EFTI_PIPELINE_STAND_FOR_H
#define EFTI_PIPELINE_STAND_FOR_H

#include "pipeline/review.h"

/** Whole sentences [first, end) that keep the rules of a quote by themselves. */
struct efti_window {
    uint32_t first, end;
    size_t words;
};
/** Around the sentence `at` of the text that `w` has just matched. False: no quote. */
bool efti_quote_window(const struct efti_worker *w, uint32_t at, eft_text text,
                       struct efti_window *out);
/** Its bytes; line breaks and runs of blanks become one blank. `b` is cleared first. */
void efti_quote_copy(const struct efti_worker *w, eft_text text,
                     const struct efti_window *window, struct efti_bytes *b);

/** Pairs and communities that are told in `results`, which must outlive it. */
struct efti_stand_for;
eft_status efti_stand_for_new(const eft_tally *t, const eft_results *results,
                              const eft_quote *only, size_t only_count,
                              struct efti_stand_for **out, eft_error *err);
void efti_stand_for_free(struct efti_stand_for *s);
/** The windows of one text that may be quoted (no risk flag), just matched by `w`. */
eft_status efti_stand_for_text(struct efti_stand_for *s, struct efti_worker *w,
                               eft_text text, uint32_t writer, eft_error *err);
/** Add the table `representatives`. */
eft_status efti_stand_for_release(struct efti_stand_for *s, eft_results *results,
                                  bool approved, eft_error *err);

#endif
