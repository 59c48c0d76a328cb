/*
 * permute.h - tests by dealing out again what a null hypothesis says is exchangeable
 *
 * The null is part of the result and is named in the tables:
 *
 *     EFTI_NULL_WRITERS   whole writers between the groups: a group is no more than which
 *                         writers happen to be in it
 *     EFTI_NULL_WITHIN    the order of a writer's own texts in time
 *
 * p = (1 + draws at least as extreme) / (1 + draws), so it is never 0 and never too small
 * (Phipson and Smyth 2010).
 */
#ifndef EFTI_STATS_PERMUTE_H
#define EFTI_STATS_PERMUTE_H

#include "stats/random.h"

#define EFTI_DRAWS 999u

struct efti_permutation {
    uint64_t seed, stream; /* seed 0: EFTI_SEED */
    uint32_t draws;        /* 0: EFTI_DRAWS */
    bool one_stratum;      /* trend: each text is a writer's own, and all are exchanged */
};

/** x of n for one writer, and the group they are in. */
struct efti_grouped {
    double x, n;
    uint32_t group;
};
struct efti_heterogeneity {
    double statistic; /* sum over groups of (x - p n)^2 / (n p (1 - p)) */
    double low, high; /* least and largest share of a group */
    double p;         /* NaN: no inference (fewer than 8 writers, or one group) */
};
/**
 * Do groups differ in their share? Whole writers are exchanged; writers stand in an order
 * that the caller makes canonical. Groups 0 .. groups - 1.
 */
eft_status efti_heterogeneity(const eft_allocator *mem, const struct efti_grouped *w,
                              size_t writers, uint32_t groups,
                              const struct efti_permutation *o,
                              struct efti_heterogeneity *out, eft_error *err);

/** One text: its writer (rising), period (0 ..), and a value (0 or 1, or a feeling). */
struct efti_dated {
    uint32_t writer, period;
    double value;
};
struct efti_trend {
    double slope;  /* within writers, value per period */
    double p;      /* of the slope */
    uint32_t from; /* a change point: the period that begins the second part */
    double change; /* within writers, after less before */
    double change_p;
};
/**
 * Trend and change point of a value over periods, both within writers: each writer is
 * compared with themselves, so that who wrote when does not matter. The change point is
 * the cut with the largest standardised difference; its p-value takes the search into
 * account. NaN below 8 writers with texts in two periods. Cost: draws * (texts +
 * writers * periods).
 */
eft_status efti_trend(const eft_allocator *mem, const struct efti_dated *texts,
                      size_t count, uint32_t periods, const struct efti_permutation *o,
                      struct efti_trend *out, eft_error *err);

/** Cochran and Armitage's trend in proportions: x[i] of n[i] at score[i] (NULL: 1, 2 ..).
 *  Texts taken as independent: for data with one text per writer. chi-square, 1 df. */
double efti_trend_in_proportions(const double *x, const double *n, const double *score,
                                 size_t count);

#endif
