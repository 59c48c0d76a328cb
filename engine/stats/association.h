/*
 * association.h - how strongly two things attract each other; one 2x2 kernel
 */
#ifndef EFTI_STATS_ASSOCIATION_H
#define EFTI_STATS_ASSOCIATION_H

#include "base/base.h"

/** Evert's notation. o11 <= r1, c1; r1, c1 <= n; r1 + c1 - o11 <= n; n > 0. */
struct efti_contingency {
    uint64_t o11, r1, c1, n;
};
struct efti_association {
    double expected;      /* e11 */
    double pmi;           /* log2(o11/e11); o11 = 0: -INFINITY */
    double npmi;          /* -1 for o11 = 0, 1 for always together */
    double mi2, mi3;      /* log2(o11^2/e11), log2(o11^3/e11) */
    double lmi;           /* o11 * pmi; o11 = 0: 0 */
    double t_score;       /* (o11 - e11) / sqrt(o11) */
    double z_score;       /* (o11 - e11) / sqrt(e11) */
    double g2;            /* full table, natural log */
    double g2_williams;   /* g2 / q */
    double simple_ll;     /* 2 (o11 ln(o11/e11) - (o11 - e11)) */
    double x2, x2_yates;  /* Pearson; corrected by 1/2 but at most |O - E|, as R */
    double dice, logdice; /* 14 + log2 dice; -INFINITY for dice 0 */
    double jaccard, min_sensitivity;
    double odds_ratio;           /* of the sample; o12 or o21 = 0: INFINITY */
    double lambda, lambda_sigma; /* log odds ratio, each cell + 0.5 (Haldane) */
    double phi;
    double delta_p_21, delta_p_12; /* P(B|A) - P(B|not A), and of A given B */
};
/** The four numbers make a table. */
bool efti_contingency_holds(const struct efti_contingency *t);
/** EFT_E_RANGE when the four numbers make no table. */
eft_status efti_associate(const struct efti_contingency *t, struct efti_association *out,
                          eft_error *err);

#define EFTI_LONGEST_PHRASE 8u
/**
 * The same lambda for a phrase of `size` words, 2 to EFTI_LONGEST_PHRASE (Blaheta and
 * Johnson 2001): the highest term of the saturated log-linear model. `counts[m]` places
 * have just those words of the phrase whose bits are set in m, in their positions; 2^size
 * of them. NaN for another size.
 */
void efti_phrase_lambda(const uint64_t *counts, unsigned size, double *lambda,
                        double *sigma);

/** Coherence of a topic by UMass (Mimno and others 2011): the mean of ln((joint + 1) /
 *  first) over pairs of its words, `first` being texts with the word of higher rank. */
double efti_umass(const uint64_t *joint, const uint64_t *first, size_t pairs);

#endif
