/*
 * rank.h - measures on ranks; ties get the mean of their ranks
 */
#ifndef EFTI_STATS_RANK_H
#define EFTI_STATS_RANK_H

#include "base/base.h"

/** Kendall's tau b. Cost: count squared. */
double efti_kendall(const double *x, const double *y, size_t count);
/** Spearman's rho: the correlation of the ranks. */
eft_status efti_spearman(const eft_allocator *mem, const double *x, const double *y,
                         size_t count, double *out, eft_error *err);
/** Kruskal and Wallis' H, corrected for ties: chi-square with groups - 1 df. Also the sum
 *  of ranks of group 0 in `*rank_sum` (Wilcoxon; may be NULL). */
eft_status efti_kruskal(const eft_allocator *mem, const double *x, const uint32_t *group,
                        size_t count, uint32_t groups, double *h, double *rank_sum,
                        eft_error *err);

#endif
