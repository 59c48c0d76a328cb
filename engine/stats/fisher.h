/*
 * fisher.h - Fisher's exact test of a 2x2 table, in log space
 */
#ifndef EFTI_STATS_FISHER_H
#define EFTI_STATS_FISHER_H

#include "stats/association.h"

/** Natural logarithms, for p may be 1e-163. */
struct efti_fisher {
    double log_greater;   /* P(O11 >= o11) given the margins */
    double log_less;      /* P(O11 <= o11) */
    double log_two_sided; /* all tables no likelier than this one */
};
/** Cost: linear in min(r1, c1). EFT_E_RANGE when the four numbers make no table. */
eft_status efti_fisher(const struct efti_contingency *t, struct efti_fisher *out,
                       eft_error *err);
/**
 * The odds ratio that makes this table likeliest given its margins, and the interval of
 * `level` (0.95) from the tails, as R's fisher.test. Ends are 0 or INFINITY where o11 is
 * as small or large as it can be. Cost: some 300 times min(r1, c1).
 */
eft_status efti_fisher_odds(const struct efti_contingency *t, double level, double *odds,
                            double *low, double *high, eft_error *err);

#endif
