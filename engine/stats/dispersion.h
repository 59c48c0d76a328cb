/*
 * dispersion.h - is a word everybody's, or a few people's?
 *
 * Parts are writers by default: a word in ten texts of one person is not spread.
 */
#ifndef EFTI_STATS_DISPERSION_H
#define EFTI_STATS_DISPERSION_H

#include "base/base.h"

struct efti_dispersion {
    double dp;        /* Gries 2008: 0 even, towards 1 in one part */
    double dp_norm;   /* dp / (1 - smallest share): 1 when all is in the smallest part */
    double juilland;  /* D on relative frequencies: 1 even; population sd */
    double carroll;   /* D2 on relative frequencies: 1 even */
    double rosengren; /* S with the sizes used: 1 even */
    double kl;        /* Kullback-Leibler divergence, bits: 0 even */
};
/** `count[i]` occurrences in part i of `size[i]` words. All NaN without occurrences or
 *  with fewer than 2 parts that have words. */
struct efti_dispersion efti_disperse(const double *count, const double *size,
                                     size_t parts);

/** Of parts of equal size, from counts alone: Lyne 1985, D3 = 1 - chi-square / 4f; Zhang
 *  2004, DC, the mean square root of the counts, squared, over their mean. 1: even. NaN
 *  without occurrences. */
struct efti_equal_parts {
    double lyne, zhang;
};
struct efti_equal_parts efti_disperse_equal(const double *count, size_t parts);

/** What the parts are, whatever the word: found once for many words. */
struct efti_parts {
    double words, smallest; /* of all parts with words; of the smallest of them */
    size_t count;           /* parts that have words */
};
struct efti_parts efti_parts_of(const double *size, size_t parts);
/** The same for a word that occurs in the `n` parts `where` alone, each named once: the
 *  cost is that of those parts. D2 and KL, which take logarithms of each, stay NaN. */
struct efti_dispersion efti_disperse_at(const struct efti_parts *all, const double *count,
                                        const double *size, const uint32_t *where,
                                        size_t n);

#endif
