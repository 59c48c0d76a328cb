/*
 * release.h - the gate between what was counted and the world (rules 8.4, 8.6 to 8.8)
 *
 * A cell is a set of reflections given by conditions. For each condition its rest is the
 * reflections that meet the others but not that one. The cell is shown if it and every
 * rest have at least k writers, no writer holds more than half of what is counted in it,
 * and no two more than 85 %.
 */
#ifndef EFTI_RELEASE_H
#define EFTI_RELEASE_H

#include "base/base.h"
#include "lexicons/dictionary.h"
#include "lexicons/lists.h"
#include "stats/adjust.h"
#include "tally/cell.h"
#include "tally/pairs.h"
#include "tally/table.h"
#include "tally/tally.h"

struct efti_history;
struct efti_notes;
#define EFTI_MOST_FILTERS 1 /* of one corpus and log */
struct efti_gate {
    uint32_t k;
    /* dominance in percent: a writer more than 50, two more than 85 */
    uint32_t one_percent, two_percent;
};
/** k: 0 = default (5, external 10), doubled without a writer column unless
 *  one_text_per_writer; below 3 is EFT_E_REFUSED; external without a
 *  writer column too. */
eft_status efti_gate_make(uint32_t k, bool external, bool writer_column,
                          bool one_text_per_writer, struct efti_gate *out,
                          eft_error *err);
/** Rule 8.6 for one set. */
bool efti_gate_passes(const struct efti_gate *g, const struct efti_cell *c);
/** The cell and all its rests pass. */
bool efti_gate_shows(const struct efti_gate *g, const struct efti_cell *cell,
                     const struct efti_cell *rests, size_t rest_count);

/** What stands in the place of suppression. */
enum efti_protect {
    EFTI_PROTECT_SUPPRESS,
    EFTI_PROTECT_ROUND,   /* amount: the base */
    EFTI_PROTECT_NOISE,   /* by cell key */
    EFTI_PROTECT_LAPLACE, /* amount: thousandths of epsilon */
    EFTI_PROTECT_GAUSSIAN /* amount: thousandths of rho */
};
struct efti_theme_name {
    eft_text id, label_sv, label_en;
    eft_text role; /* context, action, effect; empty: none */
};
struct efti_release_options {
    struct efti_gate gate;
    bool external;
    bool hide_unit_labels; /* --hide-labels unit: number all */
    const struct efti_theme_name *theme_names;
    size_t theme_name_count;
    const struct efti_dictionary *dictionary; /* labels of terms; may be NULL */
    const struct efti_lists *lists;           /* function words (folded) */
    const struct efti_strings *stop;          /* terms, instead of these; or NULL */
    bool no_stop;
    bool one_text_per_writer;        /* affirmed: inference without a column of writers */
    bool no_inference;               /* description only */
    enum efti_adjustment adjustment; /* of p-values, in each family */
    bool notes; /* nothing by sentence, and the tables of votes and of notes */
    const struct efti_notes *joined; /* NULL: the latter is named as missing */
    bool base_terms; /* terms are base forms where these are known, not stems */
    const uint32_t *assignment_places; /* by label; EFTI_NO_ID: none. NULL: by day */
    bool assignments_by_name;
    /* Filters (where.c): each a text; `where_mask` says of each record whether it meets
     * one. Those that an earlier release told are told again. */
    const eft_text *where;
    size_t where_count;
    eft_status (*where_mask)(void *user, const struct efti_frozen *f, eft_text filter,
                             uint8_t *mask, eft_error *err);
    void *where_user;
    const char *log; /* earlier releases of the same texts are held against; NULL */
    const struct efti_history *history; /* of this room alone */
    uint64_t joint_work;                /* bound of joint.c; 0: its own */
    uint32_t protect, protect_amount, protect_budget;
    const unsigned char *key; /* of cell-key noise: 32 bytes; NULL: none */
    const char *corpus;       /* fingerprint; needed to perturb */
    efti_both_fn both;        /* of tables; NULL: in turn */
    uint32_t threads;         /* for that */
};
/**
 * Build every table from a frozen tally, through the gate. `pairs` NULL: term_pairs is
 * named as missing.
 */
eft_status efti_release_tables(const eft_allocator *mem, const struct efti_frozen *f,
                               const struct efti_release_options *options,
                               const struct efti_term_pairs *pairs,
                               struct eft_results **out, eft_error *err);

/** Names of labels, rows and periods of a release, for the file of those who hold the
 *  texts (places.c). `released` were made of `f`, which must outlive it. */
struct efti_places;
eft_status efti_places_new(const eft_allocator *mem, const struct efti_frozen *f,
                           const struct eft_results *released, struct efti_places **out,
                           eft_error *err);
void efti_places_free(struct efti_places *p);
/** Roles are those of enum efti_label_role; "unit", "assignment", "tag" or the facet. */
uint32_t efti_places_role_count(const struct efti_places *p);
eft_text efti_places_role(const struct efti_places *p, uint32_t role);
/** The label with that hash, or EFTI_NO_ID. */
uint32_t efti_places_label(const struct efti_places *p, uint32_t role,
                           const struct efti_id *hash);
/** Its name, numbered if it may not be shown. No label: empty. */
eft_text efti_places_name(const struct efti_places *p, uint32_t role, uint32_t label);
/** The row that it is counted in: its own, `other`, or none (empty). EFTI_NO_ID: that of
 *  reflections without a label. */
eft_text efti_places_row(const struct efti_places *p, uint32_t role, uint32_t label);
/** The period of `trend` that a day is in; empty: none. */
eft_text efti_places_period(const struct efti_places *p, int32_t day);

/** Append this release to the log at `path` (created 0600): release number, fingerprint,
 *  settings, record keys, shown cells (JSON Lines, one release a line). `number` gets the
 *  number of the release in this log. Whole line or nothing (lock, write, fsync).
 *  EFT_E_CONFLICT: the results were held against this log, and it has grown since. */
eft_status efti_release_log_append(const eft_allocator *mem, const char *path,
                                   const struct efti_frozen *f,
                                   const struct eft_results *results, uint64_t *number,
                                   eft_error *err);

#endif
