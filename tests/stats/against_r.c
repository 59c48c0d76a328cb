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
#include "stats/agreement.h"
#include "stats/association.h"
#include "stats/cluster.h"
#include "stats/distribution.h"
#include "stats/fisher.h"
#include "stats/interval.h"
#include "stats/jackknife.h"
#include "stats/permute.h"
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
    struct efti_interval m = efti_mean_interval(&sums, -2, 3, 0.95);
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

/* Coders who left gaps, on all four scales. */
static void
alpha_with_gaps(struct efti_random *r)
{
    uint32_t coders = 2 + efti_random_below(r, 4), units = 4 + efti_random_below(r, 12);
    uint32_t values = 2 + efti_random_below(r, 5);
    double ratings[5 * 15], alpha;

    printf("alpha %u %u", coders, units);
    for (uint32_t u = 0; u < units; u++) {
        uint32_t about = 1 + efti_random_below(r, values);
        for (uint32_t c = 0; c < coders; c++) {
            bool agrees = efti_random_below(r, 3) > 0;
            double rating = agrees ? about : 1 + efti_random_below(r, values);
            ratings[c * units + u] = efti_random_below(r, 5) == 0 ? (double)NAN : rating;
        }
    }
    for (uint32_t k = 0; k < coders * units; k++)
        printf(" %g", isnan(ratings[k]) ? -1 : ratings[k]);
    for (int scale = EFTI_NOMINAL; scale <= EFTI_RATIO; scale++) {
        check(efti_krippendorff(&efti_malloc, ratings, coders, units, NULL,
                                (enum efti_scale)scale, &alpha, NULL));
        printf(" %.17g", alpha);
    }
    printf("\n");
}

struct judged_writers {
    struct efti_confusion of[40], all;
};

static void
f1_and_kappa(void *user, uint32_t cluster, double *out)
{
    const struct judged_writers *w = user;
    struct efti_confusion c = w->all;

    if (cluster != EFTI_NOBODY) {
        c.tp -= w->of[cluster].tp;
        c.fp -= w->of[cluster].fp;
        c.fn -= w->of[cluster].fn;
        c.tn -= w->of[cluster].tn;
    }
    out[0] = efti_classify(&c).f1;
    out[1] = efti_classify(&c).kappa;
}

static void
f1_and_kappa_sizes(void *user, uint32_t cluster, double *out)
{
    const struct efti_confusion *c = &((const struct judged_writers *)user)->of[cluster];

    out[0] = out[1] = (double)c->tp + (double)(c->fp + c->fn) / 2;
}

/* F1 and kappa of writers, each left out in turn; some have nothing of the theme. */
static void
writers_left_out(struct efti_random *r)
{
    static const enum efti_scale_of_value scales[2] = {EFTI_VALUE_SHARE,
                                                       EFTI_VALUE_AGREEMENT};
    uint32_t writers = 8 + efti_random_below(r, 30);
    struct judged_writers w = {.all = {0}};
    const struct efti_jackknife j = {.clusters = writers,
                                     .values = 2,
                                     .scales = scales,
                                     .without = f1_and_kappa,
                                     .sizes = f1_and_kappa_sizes,
                                     .user = &w};
    struct efti_interval i[2];

    printf("jackknife %u", writers);
    for (uint32_t k = 0; k < writers; k++) {
        bool has = efti_random_below(r, 4) > 0;
        w.of[k] = (struct efti_confusion){
            has * efti_random_below(r, 6), has * efti_random_below(r, 3),
            has * efti_random_below(r, 3), 2 + efti_random_below(r, 9)};
        w.all.tp += w.of[k].tp;
        w.all.fp += w.of[k].fp;
        w.all.fn += w.of[k].fn;
        w.all.tn += w.of[k].tn;
        printf(" %u %u %u %u", (unsigned)w.of[k].tp, (unsigned)w.of[k].fp,
               (unsigned)w.of[k].fn, (unsigned)w.of[k].tn);
    }
    check(efti_jackknife(&efti_malloc, &j, i, NULL));
    printf(" %.17g %.17g %.17g %.17g\n", i[0].low, i[0].high, i[1].low, i[1].high);
}

/* The rate of a word in two groups of writers. */
static void
rates_of_two_groups(struct efti_random *r)
{
    struct efti_ratio sums[2];

    printf("rates");
    for (int g = 0; g < 2; g++) {
        sums[g] = (struct efti_ratio){0};
        uint32_t writers = 8 + efti_random_below(r, 30);
        printf(" %u", writers);
        for (uint32_t w = 0; w < writers; w++) {
            uint32_t n = 50 + efti_random_below(r, 400);
            uint32_t x = efti_random_below(r, 2) * efti_random_below(r, 9) + (w == 0);
            efti_ratio_add(&sums[g], x, n);
            printf(" %u %u", x, n);
        }
    }
    struct efti_log_ratio l = efti_log_ratio_interval(&sums[0], &sums[1], 0.95);
    struct efti_odds o = efti_odds_interval(&sums[0], &sums[1], 0.95);
    printf(" %.17g %.17g %.17g %.17g %.17g %.17g %.17g\n", l.value, l.low, l.high, l.p,
           o.value, o.low, o.high);
}

/* Texts of writers: whether they have a label, a feeling, a theme, and their period. */
static void
texts_within_writers(struct efti_random *r)
{
    uint32_t writers = 14 + efti_random_below(r, 12), n = 0;
    struct efti_within feelings = {0}, themes = {0};
    struct efti_dated dated[400];
    struct efti_trend trend;
    const struct efti_permutation few = {.draws = 9};

    printf("within %u", writers);
    for (uint32_t w = 0; w < writers; w++) {
        uint32_t texts = 3 + efti_random_below(r, 12), labelled = 0, with = 0, both = 0;
        double sum = 0, squares = 0, labelled_sum = 0;
        printf(" %u", texts);
        for (uint32_t t = 0; t < texts; t++) {
            bool label = efti_random_below(r, 3) == 0, theme = efti_random_below(r, 2);
            uint32_t feeling = 1 + efti_random_below(r, 5);
            uint32_t period = efti_random_below(r, 6);
            printf(" %d %u %d %u", label, feeling, theme, period);
            dated[n++] = (struct efti_dated){w, period, theme};
            labelled += label;
            with += theme;
            both += label && theme;
            sum += feeling;
            squares += (double)feeling * feeling;
            labelled_sum += label ? feeling : 0;
        }
        efti_within_add(&feelings, texts, labelled, sum, squares, labelled_sum);
        efti_within_add(&themes, texts, labelled, with, with, both);
    }
    check(efti_trend(&efti_malloc, dated, n, 6, &few, &trend, NULL));
    printf(" %.17g %.17g %.17g %.17g %.17g %u\n", efti_within_difference(&feelings),
           efti_normal_two_sided(efti_within_z(&feelings)),
           efti_normal_two_sided(efti_within_z(&themes)), trend.slope, trend.change,
           trend.from);
}

int
main(int argc, char **argv)
{
    int tables = argc > 1 ? atoi(argv[1]) : 250;
    struct efti_random *r, *s, *t;

    check(efti_random_new(&efti_malloc, 0, 200, &r, NULL));
    check(efti_random_new(&efti_malloc, 0, 201, &s, NULL));
    check(efti_random_new(&efti_malloc, 0, 202, &t, NULL));
    for (int i = 0; i < tables; i++) {
        two_by_two(r);
        share_of_writers(r);
        small_things(r);
        adjusted(r);
        rates_of_two_groups(s);
        texts_within_writers(s);
        alpha_with_gaps(t);
        writers_left_out(t);
    }
    efti_random_free(r);
    efti_random_free(s);
    efti_random_free(t);
    return 0;
}
