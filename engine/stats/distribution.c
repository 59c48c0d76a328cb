/*
 * distribution.c - tails and quantiles
 *
 * Chi-square climbs by two degrees of freedom at a time from erfc or exp, adding positive
 * terms only (Abramowitz and Stegun 26.4.4-5):
 *
 *     Q(x; f + 2) = Q(x; f) + (x/2)^(f/2) e^(-x/2) / Gamma(f/2 + 1)
 *
 * Factorials are n! = sqrt(2 pi n) (n/e)^n e^s(n); working with the small s(n) and with
 * deviations from the mean keeps the digits that lgamma(5000000) would lose (Loader 2000,
 * "Fast and accurate computation of binomial probabilities").
 */
#include "stats/distribution.h"

#include "stats/gsl.h"

#include <math.h>

#define TWO_PI 6.283185307179586476925

double
efti_normal_two_sided(double z)
{
    return erfc(fabs(z) / sqrt(2.0));
}

double
efti_chi2_tail(double x, unsigned df)
{
    double half = x / 2, tail, term;
    unsigned f = 2 - df % 2;

    if (isnan(x) || df == 0)
        return (double)NAN;
    if (x <= 0)
        return 1;
    tail = df % 2 == 1 ? erfc(sqrt(half)) : exp(-half);
    for (; f < df; f += 2) {
        term = (double)f / 2 * log(half) - half - lgamma((double)f / 2 + 1);
        tail += exp(term);
    }
    return tail < 1 ? tail : 1;
}

double
efti_t_two_sided(double t, double df)
{
    if (isnan(t) || !(df > 0))
        return (double)NAN;
    if (isinf(t))
        return 0;
    return 2 * efti_gsl_t_tail(fabs(t), df);
}

double
efti_t_quantile(double p, double df)
{
    if (!(p > 0 && p < 1) || !(df > 0))
        return (double)NAN;
    return efti_gsl_t_quantile(p, df);
}

double
efti_t_quantile_near(double p, double df)
{
    if (!(p > 0 && p < 1) || !(df > 0))
        return (double)NAN;
    double z = efti_gsl_normal_quantile(p), y = z * z;
    double g1 = z * (y + 1) / 4;
    double g2 = z * ((5 * y + 16) * y + 3) / 96;
    double g3 = z * (((3 * y + 19) * y + 17) * y - 15) / 384;
    double g4 = z * ((((79 * y + 776) * y + 1482) * y - 1920) * y - 945) / 92160;

    return z + (g1 + (g2 + (g3 + g4 / df) / df) / df) / df;
}

/* s(n) = ln n! - ln( sqrt(2 pi n) (n/e)^n ), Stirling's series from 16 on. */
static double
stirling_error(double n)
{
    double nn = n * n;

    if (n < 16)
        return lgamma(n + 1) - (n + 0.5) * log(n) + n - log(TWO_PI) / 2;
    return (1.0 / 12 -
            (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / nn) / nn) / nn) / nn) /
           n;
}

/* x ln(x/m) + m - x, by a series where x is near m and the terms would cancel. */
static double
deviance_part(double x, double m)
{
    double v = (x - m) / (x + m), sum, term;

    if (fabs(v) >= 0.1)
        return x * log(x / m) + m - x;
    sum = (x - m) * v;
    term = 2 * x * v;
    for (int j = 1; j < 1000; j++) {
        term *= v * v;
        double next = sum + term / (2 * j + 1);
        if (next == sum)
            break;
        sum = next;
    }
    return sum;
}

double
efti_log_binomial(double x, double n, double p)
{
    if (x == 0)
        return n * log1p(-p);
    if (x == n)
        return n * log(p);
    return stirling_error(n) - stirling_error(x) - stirling_error(n - x) -
           deviance_part(x, n * p) - deviance_part(n - x, n * (1 - p)) +
           log(n / (TWO_PI * x * (n - x))) / 2;
}

double
efti_log_hypergeometric(double o11, double r1, double c1, double n)
{
    double p = c1 / n;

    if (r1 == 0 || c1 == 0 || r1 >= n || c1 >= n)
        return 0; /* one table only */
    return efti_log_binomial(o11, r1, p) + efti_log_binomial(c1 - o11, n - r1, p) -
           efti_log_binomial(c1, n, p);
}
