/*
 * working.h - hits and places of single texts as an SQLite file (working.sqlite)
 *
 * Microdata without text, for those who hold the texts: which stand behind a number.
 * Mode 0600. As in store.h nothing depends on time or place, and SQLite's own messages
 * are never passed on.
 */
#ifndef EFTI_STORE_WORKING_H
#define EFTI_STORE_WORKING_H

#include "base/base.h"

struct efti_working;
struct efti_working_reflection {
    uint64_t reflection; /* from 1, rising */
    eft_text id;
    uint64_t input, row;
    uint64_t writer;
    bool has_day, has_feeling;
    int32_t day;     /* since 1970-01-01 */
    eft_text period; /* of `trend`; empty: none */
    double feeling;
    uint32_t votes;
};
/* Code points, half open: hit and its sentence in the original, then in veiled text. */
struct efti_working_hit {
    uint64_t reflection, number; /* from 1 within the reflection */
    eft_text theme, entry;
    const char *polarity;
    bool placed; /* false: a theme of the model */
    uint64_t at[8];
};
/** A new file at `path` (which SQLite takes as it is: give it a folder). EFT_E_IO,
 *  EFT_E_NOMEM. */
eft_status efti_working_new(const eft_allocator *mem, const char *path,
                            const char *engine, const char *corpus,
                            struct efti_working **out, eft_error *err);
eft_status efti_working_reflection(struct efti_working *w,
                                   const struct efti_working_reflection *r,
                                   eft_error *err);
/** `name` or `row` may be empty: no label, no row. */
eft_status efti_working_label(struct efti_working *w, uint64_t reflection, eft_text role,
                              eft_text name, eft_text row, eft_error *err);
eft_status efti_working_hit(struct efti_working *w, const struct efti_working_hit *h,
                            eft_error *err);
/** The table of released results that tells themes by that role. */
eft_status efti_working_facet(struct efti_working *w, const char *table, eft_text role,
                              eft_error *err);
/** Indexes and views; then the file is whole. */
eft_status efti_working_done(struct efti_working *w, eft_error *err);
/** What is not done is removed. NULL is fine. */
void efti_working_free(struct efti_working *w);

/* ------------------------------------------------------------------- looking up */

/** Which texts stand behind the cell of a table: "themes", with theme = oro. */
struct efti_working_condition {
    eft_text column, value;
};
struct efti_trace_options {
    const char *table;
    const struct efti_working_condition *conditions;
    size_t condition_count;
};
/** `id` and `hits` are JSON: a string, and an array of the hits that the cell is about
 *  (docs/tracing.md). */
typedef eft_status (*efti_trace_fn)(void *user, uint64_t reflection, uint64_t writer,
                                    eft_text id, eft_text hits, eft_error *err);
/**
 * Call `fn` for each reflection behind the cell, in the order of the input.
 *
 * @return EFT_E_FORMAT when it is no file of ours, EFT_E_RANGE for a table that cannot be
 *         traced or a column that it does not have, EFT_E_NOMEM, what `fn` answers.
 */
eft_status efti_working_trace(const eft_allocator *mem, const char *path,
                              const struct efti_trace_options *o, efti_trace_fn fn,
                              void *user, eft_error *err);
#endif
