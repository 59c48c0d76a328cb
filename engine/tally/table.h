/*
 * table.h - building an eft_table, row by row (the reading side is public)
 */
#ifndef EFTI_TALLY_TABLE_H
#define EFTI_TALLY_TABLE_H

#include "base/base.h"
#include "tally/schema.h"
#include "tally/sealed.h"

/** How many writers had a sentence that could stand for something
 *  (pipeline/stand_for.c). */
struct efti_stood {
    eft_text kind, name; /* "pair", or a network of communities; in the arena */
    uint32_t writers;
};
/** All tables of one release, with what the report and summary need beside them. */
struct eft_results {
    eft_allocator allocator;
    struct efti_arena arena; /* names and texts */
    EFTI_ARRAY(struct eft_table *) tables;
    EFTI_ARRAY(const char *) missing; /* tables that need the texts and were left out */
    uint32_t k;
    bool writer_column, external, units_hidden; /* --hide-labels unit */
    uint64_t hidden_cells;                      /* over all tables */
    uint64_t hidden_secondary;                  /* of these, by secondary suppression */
    char fingerprint[65];                       /* SHA-256 of the canonical state */
    /* earlier releases of the same corpus that were considered (release/history.h) */
    uint64_t earlier, log_lines, kept_rows;
    char earlier_fingerprint[65]; /* SHA-256 of their lines */
    bool log_read;
    /* rows that earlier releases told and this one does not: of its line in the log alone
     * (release/hold.c); NULL: none */
    struct eft_results *carried;
    struct eft_results *beside; /* empty: texts of tables that were made apart; or NULL */
    uint32_t adjustment;        /* enum efti_adjustment: of the p-values of each family */
    /* for the log alone: of this release, and of the last one of the same texts */
    EFTI_ARRAY(struct efti_stood) stood;
    EFTI_ARRAY(struct efti_stood) stood_before;
    uint32_t pair_terms; /* that pairs were counted among; 0: the usual number, or none */
    bool pairs_only; /* not all cells were asked of all partitions together (joint.c) */
    bool perturbed;  /* one table, of counts that are not exact */
};
/** Released results are born empty. */
eft_status efti_results_new(const eft_allocator *mem, struct eft_results **out,
                            eft_error *err);
/** Add an empty table; `name` NULL: the schema's name. Borrowed. */
eft_status efti_results_add(struct eft_results *r, enum efti_table_id id,
                            const char *name, struct eft_table **out, eft_error *err);

/** Take over what was made apart: its tables come behind those that are there. Once;
 *  `from` belongs to `r` then, also on failure. */
eft_status efti_results_take(struct eft_results *r, struct eft_results *from,
                             eft_error *err);

/** Add to `stood`, or to `stood_before`; texts are copied. EFT_E_NOMEM. */
eft_status efti_results_stood(struct eft_results *r, bool before,
                              const struct efti_stood *s, eft_error *err);
/** What the release before this one had of it, or NULL. */
const struct efti_stood *efti_results_stood_before(const struct eft_results *r,
                                                   eft_text kind, eft_text name);
/** Start a row with all values missing. */
eft_status efti_table_row(struct eft_table *t, eft_error *err);
/** Set a value of the last row by column name; the text is copied. A name that is not in
 *  the schema or has another type is EFT_E_INTERNAL, kept and reported by
 *  efti_table_done. */
void efti_table_set_text(struct eft_table *t, const char *column, eft_text value);
void efti_table_set_integer(struct eft_table *t, const char *column, int64_t value);
/** NaN and infinities stay missing. */
void efti_table_set_real(struct eft_table *t, const char *column, double value);
/** What of the last row's set was not in an earlier release; only release/ reads it. */
void efti_table_mark(struct eft_table *t, uint64_t fresh, uint32_t fresh_writers);
/** The mark and the release that the row is from (0: this one). False: no mark. */
bool efti_table_mark_of(const struct eft_table *t, size_t row, uint64_t *fresh,
                        uint32_t *fresh_writers);
/** Moments over writers of the last row (sealed.h); only what makes sealed states reads
 *  them, and no output has them. */
void efti_table_set_moments(struct eft_table *t,
                            const struct efti_two_digits moments[EFTI_MOMENTS]);
/** NULL: none. */
const struct efti_two_digits *efti_table_moments(const struct eft_table *t, size_t row);
void efti_table_set_release(struct eft_table *t, uint64_t release); /* of the last row */
uint64_t efti_table_release(const struct eft_table *t, size_t row);
/** Copy a row of a table with the same columns behind the last one; `release` 0 keeps
 *  that of the source. */
eft_status efti_table_copy_row(struct eft_table *to, const struct eft_table *from,
                               size_t row, uint64_t release, eft_error *err);
enum efti_table_id efti_table_id_of(const struct eft_table *t);
void efti_table_add_hidden(struct eft_table *t, uint64_t count);
/** EFT_E_NOMEM or EFT_E_INTERNAL if any set failed. */
eft_status efti_table_done(struct eft_table *t, eft_error *err);

#endif
