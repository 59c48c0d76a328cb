/*
 * resample.h - intervals by drawing whole clusters again (Efron 1979; by cluster: Davison
 * and Hinkley 1997, 3.8)
 *
 * For measures without a handy variance (F1, kappa, alpha). What is drawn is the writer,
 * or the text where there are no writers: texts of one writer are alike, and drawing them
 * one by one makes intervals too narrow. With fewer than some 20 clusters percentile
 * intervals cover less than they say (75-90 % at 8-20); say so beside them. Shares and
 * means have linearised variances instead (cluster.h).
 *
 *     static void f1_of(void *user, const uint32_t *weights, double *out) {
 *         ... add up tp, fp, fn of every cluster times its weight; out[0] = f1 ...
 *     }
 *     efti_bootstrap(mem, &(struct efti_bootstrap){.clusters = 30, .values = 1}, f1_of,
 *                    user, &low, &high, err);
 */
#ifndef EFTI_STATS_RESAMPLE_H
#define EFTI_STATS_RESAMPLE_H

#include "stats/random.h"

/** Zero means the default. */
struct efti_bootstrap {
    uint32_t clusters;   /* at least 1 */
    uint32_t values;     /* statistics computed together; at least 1 */
    uint32_t replicates; /* default 2000; at most 100000 */
    uint64_t seed;       /* default EFTI_SEED */
    uint64_t stream;     /* of the caller's naming */
    double level;        /* default 0.95 */
};
/** `weights[cluster]`: how many times it was drawn. Fills `out[0 .. values - 1]`; NaN
 *  where a statistic is not defined for this draw: it is left out. */
typedef void (*efti_statistic)(void *user, const uint32_t *weights, double *out);

/**
 * Percentile intervals `low[v]`, `high[v]`; NaN when fewer than half of the draws were
 * defined. Same numbers for same seed and stream. Cost: replicates * (clusters +
 * statistic).
 *
 * @return EFT_E_RANGE, EFT_E_NOMEM.
 */
eft_status efti_bootstrap(const eft_allocator *mem, const struct efti_bootstrap *o,
                          efti_statistic statistic, void *user, double *low, double *high,
                          eft_error *err);

#endif
