/*
 * history.h - earlier releases of the same corpus, read from the log (rule 8.8)
 *
 * Two releases of nearly the same reflections tell by their difference what neither tells
 * alone. So before tables leave, each is held against the last release that shares a
 * reflection with this one; hold.c says how. Row by row the last one is enough, for it
 * has all that is told; what rows tell together needs the values that were told on the
 * way too.
 */
#ifndef EFTI_RELEASE_HISTORY_H
#define EFTI_RELEASE_HISTORY_H

#include "tally/table.h"
#include "tally/tally.h"

/** Of a line of the log: "2026-11-22", or empty; the writers behind each of its
 *  numbers. */
struct efti_log_day {
    char text[11];
    uint32_t k; /* 0: not said */
};
struct efti_history {
    const eft_allocator *mem;
    uint64_t lines;       /* of the log, of whatever corpus */
    uint64_t earlier;     /* of these, of this corpus */
    uint64_t last;        /* number of the last one of this corpus; 0: none */
    uint32_t k;           /* the greatest of them: what was promised once is kept */
    bool unreadable;      /* its rows are those of another version */
    bool complete;        /* every reflection, then and now, has an id */
    char fingerprint[65]; /* SHA-256 of the lines of this corpus */
    uint64_t *first_seen; /* by record: number of its first release; UINT64_MAX: none */
    size_t record_count;
    uint64_t *same_as; /* by number: the last release until it that had any of the
                          reflections of today for the first time; 0: none had */
    size_t same_as_count;
    struct eft_results *results; /* tables of the last one; rows know their release */
    struct eft_results *told; /* rows of every one that told them anew, and of the last:
                                 themes over labels, feelings with tags, in assignments;
                                 a name may stand several times */
    bool told_lost;           /* and some of them cannot be read */
    struct efti_strings *filters; /* that any of them told */
    struct efti_log_day *dates;   /* by number - 1 */
    size_t date_room;
};

/** Read the log at `path`; one that is not there is empty. EFT_E_IO, EFT_E_FORMAT when a
 *  line is not one of ours, EFT_E_NOMEM. `out` must be freed also after a failure. */
eft_status efti_history_read(const eft_allocator *mem, const char *path,
                             const struct efti_frozen *f, struct efti_history *out,
                             eft_error *err);
void efti_history_free(struct efti_history *h);

/** Writers that a change since an earlier release must come from: who was told one with
 *  k = 10 may not learn of four by way of a release with k = 3 that came in between. */
static inline uint32_t
efti_history_k(const struct efti_history *h, uint32_t k)
{
    return h != NULL && h->k > k ? h->k : k;
}

struct release_increments;
/**
 * Hold fresh results against the history: rows that changed by too few writers are
 * replaced by those of the last release. `mark` makes the tables again with marks for
 * what is not in release `base`, and is called for each release that rows are from.
 * `increments` (may be NULL) looks through what tables of a theme tell together.
 */
typedef eft_status (*efti_mark_fn)(void *user, uint64_t base, struct eft_results **out,
                                   eft_error *err);
eft_status efti_history_hold(const struct efti_history *h, uint32_t k, efti_mark_fn mark,
                             void *user, struct release_increments *increments,
                             struct eft_results **results, eft_error *err);

#endif
