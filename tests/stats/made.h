/*
 * made.h - what made studies draw: shares of a writer's own
 */
#ifndef EFTI_TESTS_STATS_MADE_H
#define EFTI_TESTS_STATS_MADE_H

#include "stats/random.h"

#include <math.h>

/* Gamma by Marsaglia and Tsang (2000), for Beta. */
static inline double
gamma_of(struct efti_random *r, double shape)
{
    if (shape < 1)
        return gamma_of(r, shape + 1) * pow(efti_random_unit(r), 1 / shape);
    double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        double x = efti_random_normal(r), v = 1 + c * x;
        if (v <= 0)
            continue;
        v = v * v * v;
        if (log(efti_random_unit(r)) < x * x / 2 + d - d * v + d * log(v))
            return d * v;
    }
}

/* A share with this mean, so that two texts of a writer correlate. */
static inline double
beta_of(struct efti_random *r, double mean, double correlation)
{
    if (correlation <= 0)
        return mean;
    double s = (1 - correlation) / correlation;
    double a = gamma_of(r, mean * s), b = gamma_of(r, (1 - mean) * s);

    return a + b > 0 ? a / (a + b) : mean;
}

#endif
