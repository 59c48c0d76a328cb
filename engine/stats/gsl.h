/*
 * gsl.h - the only door to GSL: what we take from it, with a build without it behind
 *
 * gsl.c calls the library; no_gsl.c stands in its place in a permissive build. There are
 * no t tails then, and so no intervals and tests by writer: they are NaN, and a release
 * says why. Everything else is the same to the last bit or nearly: the generator is the
 * same, and the normal quantile good to some 15 digits.
 */
#ifndef EFTI_STATS_GSL_H
#define EFTI_STATS_GSL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** False: built without, and nothing that needs t is there. */
bool efti_has_gsl(void);
/** "2.7.1": the GSL that was loaded; "none". */
const char *efti_gsl_version(void);
/** P(T >= t), t at least 0, df above 0; NaN without GSL. */
double efti_gsl_t_tail(double t, double df);
/** t with P(T <= t) = p, p in (0, 1), df above 0; NaN without GSL. */
double efti_gsl_t_quantile(double p, double df);
/** z with P(Z <= z) = p, p in (0, 1). */
double efti_gsl_normal_quantile(double p);

/** MT19937 (Matsumoto and Nishimura 1998), seeded with 32 bits; 32 bits at a time. The
 *  state is memory of the caller's, aligned as from malloc. */
size_t efti_twister_size(void);
void efti_twister_seed(void *state, uint32_t seed);
uint32_t efti_twister_next(void *state);

#endif
