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
    double g2;            /* full table, natural log */
    double dice, logdice; /* 14 + log2 dice; -INFINITY for dice 0 */
};
/** EFT_E_RANGE when the four numbers make no table. */
eft_status efti_associate(const struct efti_contingency *t, struct efti_association *out,
                          eft_error *err);

#endif
