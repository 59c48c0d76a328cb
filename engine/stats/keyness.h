/*
 * keyness.h - what is more frequent here than elsewhere
 *
 * x occurrences in a target of n words, y in a reference of m. Positive means more in the
 * target (Korp's sign refers to the second set: the opposite reading is easy).
 */
#ifndef EFTI_STATS_KEYNESS_H
#define EFTI_STATS_KEYNESS_H

#include "stats/association.h"

struct efti_keyness {
    double g2;         /* two cells of the word and two of the rest; unsigned */
    double williams;   /* g2 / q (Williams 1976) */
    double x2, yates;  /* Pearson; Yates' correction capped at |O - E|, as R */
    double log_ratio;  /* log2 of relative frequencies (Hardie 2014); y = 0: INFINITY */
    double diff;       /* %DIFF (Gabrielatos and Marchi 2011): 100 (f1 - f2) / f2 */
    double odds_ratio; /* plain; INFINITY for y = 0 */
    double odds_low, odds_high; /* 95 %, log odds with 0.5 added to each cell (Haldane) */
    double pmi, pmi_nats;       /* log2 of x over its expectation; ln, as quanteda */
};
/** EFT_E_RANGE unless x <= n, y <= m, n and m above 0. */
eft_status efti_keyness(uint64_t x, uint64_t n, uint64_t y, uint64_t m,
                        struct efti_keyness *out, eft_error *err);

/** Log odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008): the
 *  difference `delta`, its variance, and z. `a` is the word's prior, `a0` that of all. */
void efti_dirichlet_log_odds(double x, double n, double y, double m, double a, double a0,
                             double *delta, double *variance, double *z);

#endif
