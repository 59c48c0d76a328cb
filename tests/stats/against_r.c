/*
 * against_r.c - values of random tables, for R to compute again (against_r.R)
 *
 *     against_r [tables]      one line each: kind, numbers given, then ours
 *
 * Seeds are fixed. Tables of all sizes, many with empty and full cells.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "stats/adjust.h"
#include "stats/association.h"
#include "stats/cluster.h"
#include "stats/distribution.h"
#include "stats/fisher.h"
#include "stats/interval.h"
#include "stats/random.h"

static void
check(eft_status st)
{
    if (st != EFT_OK) {
        fprintf(stderr, "a value could not be computed: %d\n", (int)st);
        exit(1);
    }
}

static void
two_by_two(struct efti_random *r)
{
    static const uint32_t sizes[] = {3, 12, 60, 400, 3000};
    uint32_t size = sizes[efti_random_below(r, (uint32_t)EFTI_COUNT(sizes))];
    uint64_t a = efti_random_below(r, size), b = efti_random_below(r, size);
    uint64_t c = efti_random_below(r, size), d = efti_random_below(r, size) + 1;
    const struct efti_contingency t = {a, a + b, a + c, a + b + c + d};
    struct efti_association s;
    struct efti_fisher f;
    double odds, low, high;

    check(efti_associate(&t, &s, NULL));
    check(efti_fisher(&t, &f, NULL));
    check(efti_fisher_odds(&t, 0.95, &odds, &low, &high, NULL));
    printf("table %llu %llu %llu %llu %.17g %.17g %.17g %.17g %.17g %.17g %.17g %.17g "
           "%.17g\n",
           (unsigned long long)a, (unsigned long long)b, (unsigned long long)c,
           (unsigned long long)d, exp(f.log_two_sided), exp(f.log_greater), odds, low,
           high, s.x2, s.x2_yates, s.g2, s.phi);
}

static void
share_of_writers(struct efti_random *r)
{
    uint32_t writers = 8 + efti_random_below(r, 40);
    struct efti_ratio sums = {0};

    printf("share %u", writers);
    for (uint32_t w = 0; w < writers; w++) {
        uint32_t n = 1 + efti_random_below(r, 15);
        uint32_t x = efti_random_below(r, n + 1);
        efti_ratio_add(&sums, x, n);
        printf(" %u %u", x, n);
    }
    struct efti_interval i = efti_share_interval(&sums, 0.95);
    struct efti_interval m = efti_ratio_interval(&sums, 0.95);
    printf(" %.17g %.17g %.17g %.17g\n", i.low, i.high, m.low, m.high);
}

static void
small_things(struct efti_random *r)
{
    uint32_t n = 1 + efti_random_below(r, 200), x = efti_random_below(r, n + 1);
    double low, high, t = efti_random_normal(r) * 4, df = 0.5 + 60 * efti_random_unit(r);
    double chi = 30 * efti_random_unit(r);
    unsigned k = 1 + efti_random_below(r, 12);

    check(efti_wilson(x, n, efti_normal_quantile(0.975), &low, &high, NULL));
    printf("wilson %u %u %.17g %.17g\n", x, n, low, high);
    printf("tails %.17g %.17g %.17g %u %.17g %.17g %.17g\n", t, df, chi, k,
           efti_t_two_sided(t, df), efti_chi2_tail(chi, k), efti_t_quantile(0.975, df));
}

static void
adjusted(struct efti_random *r)
{
    static const enum efti_adjustment ways[] = {EFTI_ADJUST_BH, EFTI_ADJUST_BY,
                                                EFTI_ADJUST_HOLM};
    double p[20], q[20];
    uint32_t m = 2 + efti_random_below(r, 18);

    printf("adjust %u", m);
    for (uint32_t i = 0; i < m; i++) {
        p[i] = efti_random_unit(r);
        p[i] *= p[i] * p[i];
        printf(" %.17g", p[i]);
    }
    for (size_t w = 0; w < EFTI_COUNT(ways); w++) {
        check(efti_adjust(&efti_malloc, p, m, ways[w], q, NULL));
        for (uint32_t i = 0; i < m; i++)
            printf(" %.17g", q[i]);
    }
    printf("\n");
}

int
main(int argc, char **argv)
{
    int tables = argc > 1 ? atoi(argv[1]) : 250;
    struct efti_random *r;

    check(efti_random_new(&efti_malloc, 0, 200, &r, NULL));
    for (int i = 0; i < tables; i++) {
        two_by_two(r);
        share_of_writers(r);
        small_things(r);
        adjusted(r);
    }
    efti_random_free(r);
    return 0;
}
