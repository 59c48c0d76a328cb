/*
 * gsl.c - the calls to GSL: three distributions and one generator
 *
 * Its default error handler aborts the process and a library may not change it, so only
 * calls are used that were tried on their whole range (tests/stats/test_inference.c).
 *
 * gsl_rng_alloc() would take memory from malloc and call that handler when there is none.
 * A gsl_rng is a type and a pointer to its state, and nothing else (gsl_rng.h), so it is
 * put together here for each call.
 */
#include "stats/gsl.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_version.h>

bool
efti_has_gsl(void)
{
    return true;
}

const char *
efti_gsl_version(void)
{
    return gsl_version;
}

double
efti_gsl_t_tail(double t, double df)
{
    return gsl_cdf_tdist_Q(t, df);
}

double
efti_gsl_t_quantile(double p, double df)
{
    return gsl_cdf_tdist_Pinv(p, df);
}

double
efti_gsl_normal_quantile(double p)
{
    return gsl_cdf_ugaussian_Pinv(p);
}

size_t
efti_twister_size(void)
{
    return gsl_rng_mt19937->size;
}

void
efti_twister_seed(void *state, uint32_t seed)
{
    gsl_rng_mt19937->set(state, seed);
}

uint32_t
efti_twister_next(void *state)
{
    return (uint32_t)gsl_rng_mt19937->get(state);
}
