/*
 * cluster.h - shares, means and rates over writers, with intervals that know that texts
 * of one writer are alike
 *
 * Everything leans on five sums over writers, which add up over parties too: that is why
 * a sealed state carries just these and gives the same intervals.
 *
 *     struct efti_ratio r = {0};
 *     for each writer: efti_ratio_add(&r, with the theme, all);
 *     efti_share_interval(&r, 0.95, &out);              r.x / r.n is the share
 */
#ifndef EFTI_STATS_CLUSTER_H
#define EFTI_STATS_CLUSTER_H

#include "base/base.h"

/** Below this many writers there is no inference: an interval or a test from so few says
 *  more about them than about anybody else. */
#define EFTI_LEAST_WRITERS 8u

struct efti_ratio {
    double x, n;       /* sums over writers */
    double xx, xn, nn; /* of squares and products */
    uint32_t writers;  /* with n above 0 */
};
/** One writer. n = 0 adds nothing. */
static inline void
efti_ratio_add(struct efti_ratio *r, double x, double n)
{
    if (!(n > 0))
        return;
    r->x += x;
    r->n += n;
    r->xx += x * x;
    r->xn += x * n;
    r->nn += n * n;
    r->writers++;
}
/** Two disjoint groups of writers together. */
void efti_ratio_merge(struct efti_ratio *into, const struct efti_ratio *from);

/** NaN in `low` and `high`: no inference; `value` is there whenever n > 0. */
struct efti_interval {
    double value, low, high;
    double variance; /* of the value, linearised */
    double df;       /* degrees of freedom of t */
};
/** On the logit scale, 0 <= x <= n: shares. Never leaves (0, 1). */
struct efti_interval efti_share_interval(const struct efti_ratio *r, double level);
/** The same for the mean of a scale from `bottom` to `top`, above it: feelings. */
struct efti_interval efti_mean_interval(const struct efti_ratio *r, double bottom,
                                        double top, double level);

/** How the log of a ratio changes when each writer is left out: sums over writers. */
struct efti_left_out {
    double sum, squares;
};
/** A writer with `n_share` of all n and nothing of x. */
void efti_left_out_base(struct efti_left_out *l, double n_share);
/** One who is in the base already has `x_share` of all x, too. */
void efti_left_out_add(struct efti_left_out *l, double x_share, double n_share);
/** From here on the variance of the ratio is that of leaving out; none, and no inference,
 *  where one writer has all of x. */
void efti_ratio_leave_out(struct efti_ratio *r, const struct efti_left_out *l);

/** log2 of the ratio of two ratios, of disjoint writers or nearly so (keyness), with the
 *  p-value of no difference; NaN when either is 0 or there is no inference. */
struct efti_log_ratio {
    double value, low, high, p;
};
struct efti_log_ratio efti_log_ratio_interval(const struct efti_ratio *a,
                                              const struct efti_ratio *b, double level);

/** The ratio of the odds of two shares, of disjoint writers or nearly so, with an
 * interval on the log scale; NaN when one is none or all, or there is no inference. */
struct efti_odds {
    double value, low, high;
};
struct efti_odds efti_odds_interval(const struct efti_ratio *a,
                                    const struct efti_ratio *b, double level);

/**
 * Strata are writers: is a member of a writer's texts more often (or higher) where they
 * have the label than where they do not? Sums over writers of observed, expected and
 * variance when labels are dealt at random within each writer: Mantel and Haenszel 1959
 * for shares, the same for any number. Nothing is drawn; the normal tail is used.
 */
struct efti_within {
    double observed, expected, variance;
    double weight;    /* (observed - expected) / weight: the difference within writers */
    uint32_t writers; /* who can tell anything: variance above 0 */
};
/** One writer: `texts`, of which `labelled`; sum and sum of squares of the value over all
 *  texts; sum over the labelled ones. For shares the value is 0 or 1. */
void efti_within_add(struct efti_within *w, double texts, double labelled, double sum,
                     double squares, double labelled_sum);
/** NaN below EFTI_LEAST_WRITERS writers. */
double efti_within_z(const struct efti_within *w);

/** The difference itself, label less no label, by least squares with a level for each
 *  writer. NaN below EFTI_LEAST_WRITERS writers. */
double efti_within_difference(const struct efti_within *w);

/** The residual of a cell when rows and columns are independent, over its standard error
 *  (Haberman 1973): x of `row` reflections, `column` of `n` in all. NaN at the edges. */
double efti_adjusted_residual(double x, double row, double column, double n);

#endif
