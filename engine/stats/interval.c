/*
 * interval.c - Wilson's interval for a share (Wilson 1927)
 *
 * For x of n and the normal quantile z the interval holds all shares p that a score test
 * does not reject, that is the solutions of (x/n - p)^2 <= z^2 p (1 - p) / n:
 *
 *              x + z^2/2        z
 *     p  in  ------------- +- --------- * sqrt( x (n - x) / n  +  z^2 / 4 )
 *               n + z^2        n + z^2
 *
 * It never leaves [0, 1], is not empty for x = 0, and keeps near its level for the small
 * n of a workplace, where p +- z * sqrt(pq/n) does not (Brown, Cai and DasGupta 2001). It
 * takes the n units as independent: so n counts writers, not reflections.
 *
 * The quantile is asked for p in (0, 1) only; other values never reach GSL.
 */
#include "stats/interval.h"

#include "stats/gsl.h"

#include <math.h>

eft_status
efti_wilson(uint64_t x, uint64_t n, double z, double *low, double *high, eft_error *err)
{
    *low = *high = 0;
    if (x > n)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "a share above one");
    if (!isfinite(z) || z <= 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "the quantile of an interval must be above zero");
    *high = 1;
    if (n == 0)
        return EFT_OK; /* nothing was seen, nothing is ruled out */
    double count = (double)n, hits = (double)x, misses = (double)(n - x);
    double middle = (hits + z * z / 2) / (count + z * z);
    double reach = z / (count + z * z) * sqrt(hits * misses / count + z * z / 4);

    /* At the ends one bound is the end itself; say so exactly, not up to rounding. */
    if (x > 0)
        *low = fmax(middle - reach, 0);
    if (x < n)
        *high = fmin(middle + reach, 1);
    return EFT_OK;
}

double
efti_normal_quantile(double p)
{
    return p > 0 && p < 1 ? efti_gsl_normal_quantile(p) : (double)NAN;
}
