/*
 * simulate.c - do intervals and tests keep their promise for few writers?
 *
 *     simulate [studies]      one JSON object per line on stdout
 *
 * A made study: G writers with 5 to 15 texts each, one of them with three times as many;
 * each writer has a share of their own, Beta distributed around the common one so that
 * two texts of a writer correlate by 0.2. Reported: coverage of 95 % intervals of a share
 * (and of a mean), false positives at 5 % of the tests between groups, within writers and
 * over time, beside the naive test that takes texts as independent, and the power.
 *
 * Fixed seeds: the same figures every time. test_simulation.py checks the bars.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stats/cluster.h"
#include "stats/distribution.h"
#include "stats/permute.h"
#include "stats/random.h"

#include "made.h"

#define MOST_WRITERS 64
#define MOST_TEXTS 64
#define WITHIN_CORRELATION 0.2

struct study {
    uint32_t writers, texts[MOST_WRITERS];
    uint8_t value[MOST_WRITERS][MOST_TEXTS];
};

static void
make_study(struct efti_random *r, uint32_t writers, double share, struct study *s)
{
    s->writers = writers;
    for (uint32_t w = 0; w < writers; w++) {
        double own = beta_of(r, share, WITHIN_CORRELATION);
        s->texts[w] = 5 + efti_random_below(r, 11);
        if (w == 0)
            s->texts[w] *= 3;
        for (uint32_t t = 0; t < s->texts[w]; t++)
            s->value[w][t] = efti_random_unit(r) < own;
    }
}

static double
count_of(const struct study *s, uint32_t w)
{
    double x = 0;

    for (uint32_t t = 0; t < s->texts[w]; t++)
        x += s->value[w][t];
    return x;
}

/* ------------------------------------------------------------------ coverage */

static void
coverage(struct efti_random *r, uint32_t writers, double share, uint32_t studies)
{
    uint32_t covered = 0, naive = 0, made = 0, plain = 0;
    double width = 0;
    struct study s;

    for (uint32_t i = 0; i < studies; i++) {
        struct efti_ratio sums = {0};
        make_study(r, writers, share, &s);
        for (uint32_t w = 0; w < writers; w++)
            efti_ratio_add(&sums, count_of(&s, w), s.texts[w]);
        struct efti_interval v = efti_share_interval(&sums, 0.95);
        if (isnan(v.low))
            continue;
        made++;
        covered += v.low <= share && share <= v.high;
        width += v.high - v.low;
        double p = sums.x / sums.n, se = sqrt(p * (1 - p) / sums.n);
        naive += fabs(p - share) <= 1.96 * se;
        /* G - 1 degrees of freedom, whoever wrote how much */
        double g = writers, e = sums.n * sums.n / sums.nn;
        double reach = efti_t_quantile(0.975, g - 1) *
                       sqrt(v.variance * (e - 1) / e * g / (g - 1)) / (p * (1 - p));
        plain += fabs(log(p / (1 - p)) - log(share / (1 - share))) <= reach;
    }
    printf("{\"what\":\"coverage\",\"writers\":%u,\"share\":%.1f,\"studies\":%u,"
           "\"ours\":%.4f,\"g_minus_1\":%.4f,\"naive\":%.4f,\"width\":%.4f}\n",
           writers, share, made, (double)covered / made, (double)plain / made,
           (double)naive / made, width / made);
}

/* Means of a scale from 1 to 5, the sum of four throws with a chance of the writer's own:
 * `share` .92 is a mean of 4.7. Evenly: the interval around the mean that t gives. */
static void
means(struct efti_random *r, uint32_t writers, double share, uint32_t studies)
{
    uint32_t covered = 0, evenly = 0, made = 0;
    double width = 0, truth = 1 + 4 * share;

    for (uint32_t i = 0; i < studies; i++) {
        struct efti_ratio sums = {0};
        for (uint32_t w = 0; w < writers; w++) {
            double own = beta_of(r, share, WITHIN_CORRELATION), sum = 0;
            uint32_t texts = (5 + efti_random_below(r, 11)) * (w == 0 ? 3 : 1);
            for (uint32_t t = 0; t < 4 * texts; t++)
                sum += efti_random_unit(r) < own;
            efti_ratio_add(&sums, texts + sum, texts);
        }
        struct efti_interval v = efti_mean_interval(&sums, 1, 5, 0.95);
        if (isnan(v.low))
            continue;
        made++;
        covered += v.low <= truth && truth <= v.high;
        evenly +=
            fabs(v.value - truth) <= efti_t_quantile(0.975, v.df) * sqrt(v.variance);
        width += v.high - v.low;
    }
    printf("{\"what\":\"means\",\"writers\":%u,\"share\":%.2f,\"studies\":%u,"
           "\"ours\":%.4f,\"evenly\":%.4f,\"width\":%.4f}\n",
           writers, share, made, (double)covered / made, (double)evenly / made,
           width / made);
}

/* ----------------------------------------------------------- between groups */

static void
groups(struct efti_random *r, uint32_t writers, double difference, uint32_t studies)
{
    uint32_t ours = 0, naive = 0, made = 0;
    struct study half[2];

    for (uint32_t i = 0; i < studies; i++) {
        struct efti_grouped w[MOST_WRITERS];
        struct efti_heterogeneity h;
        const struct efti_permutation o = {.stream = i, .draws = 399};
        uint32_t at = 0;
        for (uint32_t g = 0; g < 2; g++) {
            make_study(r, writers / 2, 0.3 + g * difference, &half[g]);
            for (uint32_t k = 0; k < writers / 2; k++)
                w[at++] =
                    (struct efti_grouped){count_of(&half[g], k), half[g].texts[k], g};
        }
        if (efti_heterogeneity(&efti_malloc, w, at, 2, &o, &h, NULL) != EFT_OK ||
            isnan(h.p))
            continue;
        made++;
        ours += h.p <= 0.05;
        naive += efti_chi2_tail(h.statistic, 1) <= 0.05;
    }
    printf("{\"what\":\"groups\",\"writers\":%u,\"difference\":%.2f,\"studies\":%u,"
           "\"ours\":%.4f,\"naive\":%.4f}\n",
           writers, difference, made, (double)ours / made, (double)naive / made);
}

/* ----------------------------------------------------------- within writers */

/* Each writer gives the first third of the texts to one assignment; with `shift` those
 * have the theme more often. */
static void
within(struct efti_random *r, uint32_t writers, double shift, uint32_t studies)
{
    uint32_t ours = 0, naive = 0, made = 0;
    struct study s;

    for (uint32_t i = 0; i < studies; i++) {
        struct efti_within sums = {0};
        double x = 0, row = 0, column = 0, n = 0;
        make_study(r, writers, 0.3, &s);
        for (uint32_t w = 0; w < writers; w++) {
            double labelled = s.texts[w] / 3, in = 0, all;
            for (uint32_t t = 0; t < s.texts[w] / 3; t++) {
                s.value[w][t] |= efti_random_unit(r) < shift;
                in += s.value[w][t];
            }
            all = count_of(&s, w);
            efti_within_add(&sums, s.texts[w], labelled, all, all, in);
            x += in;
            row += labelled;
            column += all;
            n += s.texts[w];
        }
        double z = efti_within_z(&sums);
        if (isnan(z))
            continue;
        made++;
        ours += efti_normal_two_sided(z) <= 0.05;
        naive += efti_normal_two_sided(efti_adjusted_residual(x, row, column, n)) <= 0.05;
    }
    printf("{\"what\":\"within\",\"writers\":%u,\"shift\":%.2f,\"studies\":%u,"
           "\"ours\":%.4f,\"naive\":%.4f}\n",
           writers, shift, made, (double)ours / made, (double)naive / made);
}

/* Writers come and go: early texts are by other people than late ones. */
static void
trends(struct efti_random *r, uint32_t writers, double step, uint32_t studies)
{
    uint32_t ours = 0, change = 0, naive = 0, made = 0;
    struct study s;

    for (uint32_t i = 0; i < studies; i++) {
        struct efti_dated t[MOST_WRITERS * MOST_TEXTS];
        double x[8] = {0}, n[8] = {0};
        struct efti_trend out;
        const struct efti_permutation o = {.stream = i, .draws = 399};
        size_t at = 0;
        make_study(r, writers, 0.3, &s);
        for (uint32_t w = 0; w < writers; w++) {
            for (uint32_t k = 0; k < s.texts[w]; k++) {
                uint32_t period = (w * 4 / writers) + k * 5 / s.texts[w];
                double v = s.value[w][k] || efti_random_unit(r) < step * (period >= 4);
                t[at++] = (struct efti_dated){w, period, v};
                x[period] += v;
                n[period]++;
            }
        }
        if (efti_trend(&efti_malloc, t, at, 8, &o, &out, NULL) != EFT_OK || isnan(out.p))
            continue;
        made++;
        ours += out.p <= 0.05;
        change += out.change_p <= 0.05;
        naive += efti_chi2_tail(efti_trend_in_proportions(x, n, NULL, 8), 1) <= 0.05;
    }
    printf("{\"what\":\"trend\",\"writers\":%u,\"step\":%.2f,\"studies\":%u,"
           "\"ours\":%.4f,\"change\":%.4f,\"naive\":%.4f}\n",
           writers, step, made, (double)ours / made, (double)change / made,
           (double)naive / made);
}

/* Rates of a word between two halves of the writers (keyness). */
static void
rates(struct efti_random *r, uint32_t writers, double difference, uint32_t studies)
{
    uint32_t ours = 0, naive = 0, made = 0;
    struct study half[2];

    for (uint32_t i = 0; i < studies; i++) {
        struct efti_ratio sums[2];
        memset(sums, 0, sizeof(sums));
        for (uint32_t g = 0; g < 2; g++) {
            make_study(r, writers / 2, 0.3 + g * difference, &half[g]);
            for (uint32_t k = 0; k < writers / 2; k++)
                efti_ratio_add(&sums[g], count_of(&half[g], k), half[g].texts[k]);
        }
        struct efti_log_ratio v = efti_log_ratio_interval(&sums[0], &sums[1], 0.95);
        if (isnan(v.p))
            continue;
        made++;
        ours += v.p <= 0.05;
        double n = sums[0].n + sums[1].n, column = sums[0].x + sums[1].x;
        naive += efti_normal_two_sided(
                     efti_adjusted_residual(sums[0].x, sums[0].n, column, n)) <= 0.05;
    }
    printf("{\"what\":\"rates\",\"writers\":%u,\"difference\":%.2f,\"studies\":%u,"
           "\"ours\":%.4f,\"naive\":%.4f}\n",
           writers, difference, made, (double)ours / made, (double)naive / made);
}

/* A word that a few write very much: Gamma over writers, shape .3, a mean of 6 tokens.
 * Naive: the linearised variance. */
static void
bursts(struct efti_random *r, uint32_t writers, uint32_t studies)
{
    uint32_t ours = 0, linear = 0, made = 0;

    for (uint32_t i = 0; i < studies; i++) {
        struct efti_ratio sums[2], plain[2];
        memset(sums, 0, sizeof(sums));
        for (uint32_t g = 0; g < 2; g++) {
            double x[MOST_WRITERS], n[MOST_WRITERS];
            struct efti_left_out left = {0, 0};
            for (uint32_t k = 0; k < writers; k++) {
                n[k] = 200 + efti_random_below(r, 800);
                x[k] = floor(n[k] / 100 * gamma_of(r, .3) / .3 + efti_random_unit(r));
                efti_ratio_add(&sums[g], x[k], n[k]);
            }
            for (uint32_t k = 0; k < writers; k++) {
                efti_left_out_base(&left, n[k] / sums[g].n);
                efti_left_out_add(&left, x[k] / sums[g].x, n[k] / sums[g].n);
            }
            plain[g] = sums[g];
            efti_ratio_leave_out(&sums[g], &left);
        }
        struct efti_log_ratio v = efti_log_ratio_interval(&sums[0], &sums[1], 0.95);
        struct efti_log_ratio l = efti_log_ratio_interval(&plain[0], &plain[1], 0.95);
        if (isnan(v.p) || isnan(l.p))
            continue;
        made++;
        ours += v.p <= 0.05;
        linear += l.p <= 0.05;
    }
    printf("{\"what\":\"bursts\",\"writers\":%u,\"studies\":%u,\"ours\":%.4f,"
           "\"naive\":%.4f}\n",
           writers, made, (double)ours / made, (double)linear / made);
}

int
main(int argc, char **argv)
{
    static const uint32_t sizes[] = {8, 10, 15, 20, 30, 60};
    static const double shares[] = {.1, .2, .3, .5, .7, .9};
    uint32_t studies = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 4000;
    struct efti_random *r;

    if (efti_random_new(&efti_malloc, 0, 1, &r, NULL) != EFT_OK)
        return 1;
    for (size_t i = 0; i < EFTI_COUNT(sizes); i++) {
        for (size_t k = 0; k < EFTI_COUNT(shares); k++)
            coverage(r, sizes[i], shares[k], studies);
    }
    for (size_t i = 0; i < EFTI_COUNT(sizes); i++) {
        means(r, sizes[i], .5, studies);
        means(r, sizes[i], .92, studies);
    }
    for (uint32_t n = 16; n <= 32; n *= 2) {
        groups(r, n, 0, studies);
        groups(r, n, 0.2, studies / 4);
        within(r, n, 0, studies);
        within(r, n, 0.2, studies / 4);
        trends(r, n, 0, studies / 2);
        trends(r, n, 0.2, studies / 4);
        rates(r, n, 0, studies);
        rates(r, n, 0.2, studies / 4);
    }
    for (uint32_t n = 15; n <= 60; n *= 2)
        bursts(r, n, studies);
    efti_random_free(r);
    return 0;
}
