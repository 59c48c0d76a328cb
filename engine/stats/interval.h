/*
 * interval.h - Wilson's interval for a share (Wilson 1927)
 */
#ifndef EFTI_STATS_INTERVAL_H
#define EFTI_STATS_INTERVAL_H

#include "base/base.h"

#define EFTI_Z95 1.959963984540054 /* 97.5 % of the normal distribution lie below */
/** `z` EFTI_Z95 for 95 %. n = 0: the whole of [0, 1]. x > n: EFT_E_RANGE. */
eft_status efti_wilson(uint64_t x, uint64_t n, double z, double *low, double *high,
                       eft_error *err);
/** The normal quantile; NaN unless p is in (0, 1). */
double efti_normal_quantile(double p);

#endif
