/*
 * hold.h - shared by hold.c, which writes the tables, and hold_judge.c, which says what
 * of them may be new
 */
#ifndef EFTI_RELEASE_HOLD_H
#define EFTI_RELEASE_HOLD_H

#include "release/increments.h"

struct hold_block {
    uint64_t base; /* release that its old rows are from; 0: it has none */
    uint64_t fresh, told_fresh, lump_writers;
    uint64_t whole;
    bool ok, written, is_part, told, asked;
};
struct hold {
    const struct efti_history *h;
    uint64_t k, own_k; /* of all releases the greatest; of this one */
    struct eft_results *now, *out, *carried;
    EFTI_ARRAY(struct eft_results *) marked; /* by release - 1; NULL: not made */
    efti_mark_fn mark;
    void *mark_user;
    bool all_kept, kept_counts; /* a row that a group of notes can be held against */
    struct efti_strings *kept;  /* "scope", "theme", "term" and the name */
    struct efti_bytes text;

    /* of the table at hand */
    const struct eft_table *t, *old;
    size_t index; /* in the results */
    enum efti_table_id id;
    struct efti_strings *old_rows, *now_rows, *blocks;
    EFTI_ARRAY(size_t) old_row;             /* by key in old_rows */
    EFTI_ARRAY(struct hold_block) of_block; /* by key in blocks */
    EFTI_ARRAY(eft_text) labels;            /* of one block, told in both releases */
    struct release_increments *increments;  /* NULL: nobody asks */
};

/** Key of a row into `text`. */
void efti_hold_put_key(struct hold *x, const struct eft_table *t, size_t row);
/** Is the text of that column `value`? */
bool efti_hold_text_is(const struct eft_table *t, size_t row, const char *column,
                       const char *value);
/** Notes that something is kept from an earlier release; false: no memory. */
bool efti_hold_keep(struct hold *x, const char *kind, eft_text name);
/** Text of a column by its name. */
eft_text efti_hold_text(const struct eft_table *t, size_t row, const char *column);
/** Has the row numbers? */
bool efti_hold_is_told(const struct eft_table *t, size_t row);
/** The block of a row, made if it is new; NULL: no memory. */
struct hold_block *efti_hold_block_of(struct hold *x, const struct eft_table *t,
                                      size_t row);
/** Does a row of either release stay because of what it leans on? */
bool efti_hold_leans(struct hold *x, const struct eft_table *t, size_t row);
/** The row of the last release with the key in hand; SIZE_MAX: none. */
size_t efti_hold_old_row(struct hold *x, size_t row);
/** Rows and blocks of the last release. */
eft_status efti_hold_read_old(struct hold *x, eft_error *err);
/** May this row be new? */
eft_status efti_hold_judge_row(struct hold *x, size_t row, eft_error *err);
/** What was told and is not there any more. */
void efti_hold_judge_vanished(struct hold *x);
/** What is hidden in a block, taken as one part. */
void efti_hold_judge_lump(const struct hold *x, struct hold_block *b);
/** Tables of one theme together (increments.c). */
eft_status efti_hold_judge_together(struct hold *x, eft_error *err);

#endif
