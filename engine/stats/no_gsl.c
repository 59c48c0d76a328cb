/*
 * no_gsl.c - what stands in the place of GSL in a permissive build (see gsl.h)
 *
 * The normal quantile solves -ln Q(z) = -ln p by Newton's method, Q being the tail. The
 * left side rises and is convex, so steps from above never pass the solution; and
 * Q(z) <= exp(-z^2/2) / 2 says where above is.
 *
 * The twister is the one of Matsumoto and Nishimura (1998), with the seeding of 2002, so
 * that seeds give the same numbers with and without GSL.
 */
#include "stats/gsl.h"

#include <math.h>

#define TWISTER_SIZE 624u
#define TWISTER_MIDDLE 397u

struct twister {
    uint32_t words[TWISTER_SIZE];
    uint32_t next;
};

bool
efti_has_gsl(void)
{
    return false;
}

const char *
efti_gsl_version(void)
{
    return "none";
}

double
efti_gsl_t_tail(double t, double df)
{
    (void)t;
    (void)df;
    return (double)NAN;
}

double
efti_gsl_t_quantile(double p, double df)
{
    (void)p;
    (void)df;
    return (double)NAN;
}

/* z >= 0 with P(Z >= z) = p, p at most 1/2. */
static double
upper_quantile(double p)
{
    const double root_two_pi = 2.50662827463100050242;
    double z = sqrt(-2 * log(2 * p));

    for (int i = 0; i < 60; i++) {
        double tail = erfc(z / sqrt(2.0)) / 2;
        double step = (log(tail) - log(p)) * tail / (exp(-z * z / 2) / root_two_pi);
        if (!(tail > 0)) /* underflow: z is as good as it gets */
            break;
        z += step;
        if (fabs(step) <= 1e-16 * (z + 1))
            break;
    }
    return z;
}

double
efti_gsl_normal_quantile(double p)
{
    return p < 0.5 ? -upper_quantile(p) : p > 0.5 ? upper_quantile(1 - p) : 0;
}

size_t
efti_twister_size(void)
{
    return sizeof(struct twister);
}

void
efti_twister_seed(void *state, uint32_t seed)
{
    struct twister *t = state;

    t->words[0] = seed == 0 ? 4357 : seed; /* 0: the authors' default of 1998, as GSL */
    for (uint32_t i = 1; i < TWISTER_SIZE; i++)
        t->words[i] = 1812433253u * (t->words[i - 1] ^ (t->words[i - 1] >> 30)) + i;
    t->next = TWISTER_SIZE;
}

static void
twist(struct twister *t)
{
    for (uint32_t i = 0; i < TWISTER_SIZE; i++) {
        uint32_t y = (t->words[i] & 0x80000000u) |
                     (t->words[(i + 1) % TWISTER_SIZE] & 0x7FFFFFFFu);
        t->words[i] = t->words[(i + TWISTER_MIDDLE) % TWISTER_SIZE] ^ (y >> 1) ^
                      ((y & 1u) != 0 ? 0x9908B0DFu : 0u);
    }
    t->next = 0;
}

uint32_t
efti_twister_next(void *state)
{
    struct twister *t = state;

    if (t->next == TWISTER_SIZE)
        twist(t);
    uint32_t y = t->words[t->next++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9D2C5680u;
    y ^= (y << 15) & 0xEFC60000u;
    return y ^ (y >> 18);
}
