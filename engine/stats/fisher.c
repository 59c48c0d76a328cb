/*
 * fisher.c - Fisher's exact test (1935), and the conditional odds ratio
 *
 * Given its margins a 2x2 table is one number, o11, hypergeometric between
 * max(0, r1 + c1 - n) and min(r1, c1). The observed table's probability is computed in
 * log space; its neighbours follow by
 *
 *     P(k + 1) / P(k) = (r1 - k) (c1 - k) / ((k + 1) (n - r1 - c1 + k + 1)),
 *
 * so a tail is the first probability times a sum of ratios, which neither overflows nor
 * underflows. Tables that are as likely as the observed one up to 1e-7 count as equal
 * (R's tolerance): rounding must not decide which side of a tie they fall.
 *
 * With an odds ratio w each P(k) is multiplied by w^k. The mean of o11 then rises with w,
 * so the ratio that gives the observed mean, and those that give tails of 2.5 %, are
 * found by halving an interval of ln w.
 */
#include "stats/fisher.h"

#include "stats/distribution.h"

#include <math.h>

struct fisher_range {
    double low, high, at, r1, c1, n;
};

static struct fisher_range
range_of(const struct efti_contingency *t)
{
    struct fisher_range f = {.at = (double)t->o11,
                             .r1 = (double)t->r1,
                             .c1 = (double)t->c1,
                             .n = (double)t->n};

    f.low = f.r1 + f.c1 > f.n ? f.r1 + f.c1 - f.n : 0;
    f.high = f.r1 < f.c1 ? f.r1 : f.c1;
    return f;
}

/* P(k + 1) / P(k) */
static double
step_up(const struct fisher_range *f, double k)
{
    return (f->r1 - k) * (f->c1 - k) / ((k + 1) * (f->n - f->r1 - f->c1 + k + 1));
}

/* Sums of P(k) / P(at) with odds ratio exp(tilt): up, down (both with `at`), and of k. */
struct fisher_sums {
    double up, down, moment; /* moment: sum of (k - at) P(k) / P(at) */
    double less_likely;      /* those no likelier than `at` */
};

static struct fisher_sums
sums_of(const struct fisher_range *f, double tilt)
{
    struct fisher_sums s = {.up = 1, .down = 1, .less_likely = 1};
    const double w = exp(tilt), tie = 1 + 1e-7;
    const uint64_t up = (uint64_t)(f->high - f->at), down = (uint64_t)(f->at - f->low);
    double p = 1;

    for (uint64_t i = 1; i <= up && p > 1e-300; i++) {
        p *= step_up(f, f->at + (double)i - 1) * w;
        s.up += p;
        s.moment += (double)i * p;
        s.less_likely += p <= tie ? p : 0;
    }
    p = 1;
    for (uint64_t i = 1; i <= down && p > 1e-300; i++) {
        p /= step_up(f, f->at - (double)i) * w;
        s.down += p;
        s.moment -= (double)i * p;
        s.less_likely += p <= tie ? p : 0;
    }
    return s;
}

eft_status
efti_fisher(const struct efti_contingency *t, struct efti_fisher *out, eft_error *err)
{
    *out = (struct efti_fisher){0};
    if (!efti_contingency_holds(t))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "the four counts do not make a contingency table");
    struct fisher_range f = range_of(t);
    struct fisher_sums s = sums_of(&f, 0);
    double here = efti_log_hypergeometric(f.at, f.r1, f.c1, f.n);

    out->log_greater = fmin(here + log(s.up), 0);
    out->log_less = fmin(here + log(s.down), 0);
    out->log_two_sided = fmin(here + log(s.less_likely), 0);
    return EFT_OK;
}

enum fisher_goal { GOAL_MEAN, GOAL_GREATER, GOAL_LESS };

/* Rises with the tilt for all three. */
static double
goal_value(const struct fisher_range *f, double tilt, enum fisher_goal goal, double tail)
{
    struct fisher_sums s = sums_of(f, tilt);
    double all = s.up + s.down - 1;

    if (isinf(all)) /* far from anything like the observed table */
        return isinf(s.up) ? 1 : -1;
    switch (goal) {
    case GOAL_MEAN: return s.moment / all;
    case GOAL_GREATER: return s.up / all - tail;
    case GOAL_LESS:
    default: return tail - s.down / all;
    }
}

static double
solve(const struct fisher_range *f, enum fisher_goal goal, double tail)
{
    double low = -60, high = 60; /* e^60: no table of counts has a larger ratio */

    for (int i = 0; i < 200 && high - low > 1e-13; i++) {
        double mid = low + (high - low) / 2;
        if (goal_value(f, mid, goal, tail) < 0)
            low = mid;
        else
            high = mid;
    }
    return exp(low + (high - low) / 2);
}

eft_status
efti_fisher_odds(const struct efti_contingency *t, double level, double *odds,
                 double *low, double *high, eft_error *err)
{
    *odds = *low = *high = 0;
    if (!efti_contingency_holds(t) || !(level > 0 && level < 1))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "the four counts do not make a contingency table");
    struct fisher_range f = range_of(t);
    double tail = (1 - level) / 2;

    if (f.low >= f.high) { /* one table only: it says nothing */
        *odds = (double)NAN;
        *high = (double)INFINITY;
        return EFT_OK;
    }
    *odds = f.at <= f.low    ? 0
            : f.at >= f.high ? (double)INFINITY
                             : solve(&f, GOAL_MEAN, 0);
    *low = f.at <= f.low ? 0 : solve(&f, GOAL_GREATER, tail);
    *high = f.at >= f.high ? (double)INFINITY : solve(&f, GOAL_LESS, tail);
    return EFT_OK;
}
