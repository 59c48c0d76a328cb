/*
 * distribution.h - tails and quantiles, safe on every argument
 *
 * GSL's default handler aborts on an underflow, and a library may not change it, so only
 * calls that were tried on their whole range are used, and what can underflow is our own.
 * NaN for arguments that mean nothing.
 */
#ifndef EFTI_STATS_DISTRIBUTION_H
#define EFTI_STATS_DISTRIBUTION_H

/** P(|Z| >= |z|). */
double efti_normal_two_sided(double z);
/** P(X >= x) of chi-square. Cost: linear in df. */
double efti_chi2_tail(double x, unsigned df);
/** P(|T| >= |t|); df above 0, may be a fraction. */
double efti_t_two_sided(double t, double df);
/** t with P(T <= t) = p; p in (0, 1). */
double efti_t_quantile(double p, double df);
/** The same by the first five terms of a series in 1/df, without GSL: at p 0.975 off by
 *  0.2 % at 3 degrees of freedom, 1 % at 2, 16 % at 1 (Abramowitz and Stegun 26.7.5). */
double efti_t_quantile_near(double p, double df);
/** ln of the binomial probability of x in n at p in (0, 1), good to some 14 digits. */
double efti_log_binomial(double x, double n, double p);
/** ln of the probability of o11 given margins r1, c1 of n. The table must be possible. */
double efti_log_hypergeometric(double o11, double r1, double c1, double n);

#endif
