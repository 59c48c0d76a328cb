/*
 * jackknife.h - intervals of F1, kappa, alpha and other figures over writers, by leaving
 * each writer out in turn
 *
 * What is left out is the writer, or the text where there are no writers: texts of one
 * writer are alike, and leaving them out one by one makes intervals too narrow.
 *
 *     static void f1_without(void *user, uint32_t cluster, double *out) {
 *         ... tp, fp, fn of all less those of `cluster`; out[0] = f1 ...
 *     }
 *     static void f1_sizes(void *user, uint32_t cluster, double *out) {
 *         out[0] = tp + (fp + fn) / 2 of `cluster`;
 *     }
 *     efti_jackknife(mem, &(struct efti_jackknife){.clusters = 30, .values = 1, .scales =
 *                    scales, .without = f1_without, .sizes = f1_sizes, .user = user},
 *                    &interval, err);
 */
#ifndef EFTI_STATS_JACKKNIFE_H
#define EFTI_STATS_JACKKNIFE_H

#include "stats/cluster.h"

/** Leaves nobody out. */
#define EFTI_NOBODY UINT32_MAX
/** Effective clusters that an interval needs: more than this. With fewer than four a
 *  chance-corrected figure has no scale left to speak of. */
#define EFTI_LEAST_OF_SHARE 2
#define EFTI_LEAST_OF_AGREEMENT 4

enum efti_scale_of_value {
    EFTI_VALUE_SHARE,      /* 0 to 1: precision, recall, F1, means of such */
    EFTI_VALUE_AGREEMENT,  /* -1 to 1: kappa, alpha, pabak */
    EFTI_VALUE_DIFFERENCE, /* without ends: how much more one F1 is than another */
};

struct efti_jackknife {
    uint32_t clusters, values;              /* at least 1 each */
    double level;                           /* 0: 0.95 */
    const enum efti_scale_of_value *scales; /* of each value */
    /** All values without `cluster`, or with everybody. NaN: not defined. */
    void (*without)(void *user, uint32_t cluster, double *out);
    /** For each value how many units of what it is about are in `cluster` (of precision:
     *  what was found there), for the effective number of clusters. */
    void (*sizes)(void *user, uint32_t cluster, double *out);
    void *user;
};

/**
 * `out[value]`: the value of all and its interval; NaN ends where the value is not
 * defined (with everybody, or without somebody), or too few clusters stand behind it.
 * Nothing is drawn: the same numbers every time. Cost: clusters * `without`.
 *
 * @return EFT_E_RANGE, EFT_E_NOMEM; `out` is then all zero.
 */
eft_status efti_jackknife(const eft_allocator *mem, const struct efti_jackknife *j,
                          struct efti_interval *out, eft_error *err);

/** The same for a plain share, from sums over clusters (of x parts in n units each): no
 *  memory, nobody left out. */
struct efti_interval efti_clustered_share(const struct efti_ratio *r, double level);

#endif
