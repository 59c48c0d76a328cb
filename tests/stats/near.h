/*
 * near.h - comparing with reference values: relative, and by the digits that are printed
 */
#ifndef EFTI_TESTS_NEAR_H
#define EFTI_TESTS_NEAR_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

/* Relative 1e-9, and half a unit of the tenth decimal, as the references are printed. */
static inline bool
same(double value, double reference)
{
    bool near = fabs(value - reference) <= 1e-9 * fabs(reference) + 6e-11;

    if (!near)
        fprintf(stderr, "# %.12g is not %.12g\n", value, reference);
    return near;
}

static inline bool
within(double value, double reference, double tolerance)
{
    bool near = fabs(value - reference) <= tolerance;

    if (!near)
        fprintf(stderr, "# %.12g is not %.12g\n", value, reference);
    return near;
}

#endif
