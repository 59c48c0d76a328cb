/*
 * keyness.c - frequencies of one word in two texts
 *
 *                  the word   other words
 *     target          x          n - x       n
 *     reference       y          m - y       m
 *
 * the 2x2 table of association.c with r1 = n, c1 = x + y. %DIFF and log ratio tell how
 * much, G2 and chi-square how surely if each word were a draw of its own; it is not, for
 * words come in texts and texts from writers: cluster.h has the interval to believe.
 */
#include "stats/keyness.h"

#include "stats/interval.h"

#include <math.h>

eft_status
efti_keyness(uint64_t x, uint64_t n, uint64_t y, uint64_t m, struct efti_keyness *out,
             eft_error *err)
{
    struct efti_association a;
    const struct efti_contingency t = {.o11 = x, .r1 = n, .c1 = x + y, .n = n + m};

    *out = (struct efti_keyness){0};
    if (x > n || y > m || n == 0 || m == 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a word occurs more often than there are words");
    eft_status st = efti_associate(&t, &a, err);
    if (st != EFT_OK)
        return st;
    double f1 = (double)x / (double)n, f2 = (double)y / (double)m;
    double b = (double)(n - x), d = (double)(m - y);

    out->g2 = a.g2;
    out->williams = a.g2_williams;
    out->x2 = a.x2;
    out->yates = a.x2_yates;
    out->pmi = a.pmi;
    out->pmi_nats = a.pmi * log(2.0);
    out->log_ratio = x == 0 && y == 0 ? 0 : log2(f1 / f2);
    out->diff = f2 > 0 ? 100 * (f1 - f2) / f2 : (x > 0 ? (double)INFINITY : 0);
    out->odds_ratio = a.odds_ratio;
    double middle = log((double)x + .5) - log((double)y + .5) + log(d + .5) - log(b + .5);
    double reach = EFTI_Z95 * sqrt(1 / ((double)x + .5) + 1 / ((double)y + .5) +
                                   1 / (b + .5) + 1 / (d + .5));
    out->odds_low = exp(middle - reach);
    out->odds_high = exp(middle + reach);
    return EFT_OK;
}

void
efti_dirichlet_log_odds(double x, double n, double y, double m, double a, double a0,
                        double *delta, double *variance, double *z)
{
    *delta = log((x + a) / (n + a0 - x - a)) - log((y + a) / (m + a0 - y - a));
    *variance = 1 / (x + a) + 1 / (y + a);
    *z = *delta / sqrt(*variance);
}
