/*
 * simulate_measures.c - do the intervals of F1, kappa and the like keep their promise?
 *
 *     simulate_measures [studies]      one JSON object per line on stdout
 *
 * A made study: writers with 1 to 9 texts each (in one case 1), the first three times as
 * many. Each has a share of texts with a theme of their own, and is found and falsely
 * found at rates of their own, all Beta distributed so that two texts of a writer
 * correlate; with 18 themes the commonest is five times as common as the rarest.
 * Reported: coverage and width of the intervals of jackknife.h, beside percentiles of
 * 199 draws of writers, over the studies that have an interval, and the share of those
 * that have none.
 *
 * And of the veil: texts with 1 to 8 spans, whose fates correlate within a text, beside
 * Wilson's interval for independent spans.
 *
 * Fixed seeds: the same figures every time. test_simulation.py checks the bars.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stats/agreement.h"
#include "stats/interval.h"
#include "stats/jackknife.h"
#include "stats/resample.h"

#include "made.h"

#define MOST_WRITERS 100
#define MOST_THEMES 18
#define DRAWS 199

enum { PRECISION, RECALL, F1, MACRO, KAPPA, ALPHA, MEASURES };
static const char *const names[] = {"precision", "recall", "f1",
                                    "macro f1",  "kappa",  "alpha"};
static const enum efti_scale_of_value scales[MEASURES] = {
    EFTI_VALUE_SHARE, EFTI_VALUE_SHARE,     EFTI_VALUE_SHARE,
    EFTI_VALUE_SHARE, EFTI_VALUE_AGREEMENT, EFTI_VALUE_AGREEMENT};

struct setting {
    uint32_t writers, themes, texts;  /* texts: the mean of a writer */
    double share, right, correlation; /* right: precision and recall */
};
struct judged {
    struct setting s;
    struct efti_confusion cells[MOST_WRITERS][MOST_THEMES], all[MOST_THEMES];
};

static double
share_of_theme(const struct setting *s, uint32_t theme)
{
    return s->themes == 1 ? s->share : s->share * (1.0 / 3 + 4.0 / 3 * theme / 17);
}

/* So that precision is as good as recall. */
static double
false_alarms(const struct setting *s, double share)
{
    return share * (1 - s->right) / (1 - share);
}

static void
add_text(struct efti_random *r, double has, double found, double falsely,
         struct efti_confusion *c)
{
    bool gold = efti_random_unit(r) < has;
    bool said = efti_random_unit(r) < (gold ? found : falsely);

    c->tp += gold && said;
    c->fp += !gold && said;
    c->fn += gold && !said;
    c->tn += !gold && !said;
}

static void
make_judged(struct efti_random *r, struct judged *j)
{
    const struct setting *s = &j->s;

    memset(j->all, 0, sizeof(j->all));
    memset(j->cells, 0, sizeof(j->cells));
    for (uint32_t w = 0; w < s->writers; w++) {
        uint32_t texts = 1 + efti_random_below(r, 2 * s->texts - 1);
        if (w == 0 && s->texts > 1)
            texts *= 3;
        for (uint32_t k = 0; k < s->themes; k++) {
            double share = share_of_theme(s, k);
            double has = beta_of(r, share, s->correlation);
            double found = beta_of(r, s->right, s->correlation);
            double falsely = beta_of(r, false_alarms(s, share), s->correlation);
            struct efti_confusion *c = &j->cells[w][k], *all = &j->all[k];
            for (uint32_t t = 0; t < texts; t++)
                add_text(r, has, found, falsely, c);
            all->tp += c->tp;
            all->fp += c->fp;
            all->fn += c->fn;
            all->tn += c->tn;
        }
    }
}

/* For any counts, also the expected ones. */
static void
measure(const struct efti_confusion *themes, uint32_t count, double out[MEASURES])
{
    struct efti_confusion all = {0};
    double sum = 0;
    uint32_t defined = 0;

    for (uint32_t k = 0; k < count; k++) {
        const struct efti_confusion *c = &themes[k];
        all.tp += c->tp;
        all.fp += c->fp;
        all.fn += c->fn;
        all.tn += c->tn;
        if (c->tp + c->fn > 0) {
            sum += efti_classify(c).f1;
            defined++;
        }
    }
    const struct efti_classified m = efti_classify(&all);
    double n = (double)(all.tp + all.fp + all.fn + all.tn);
    double ones = (double)(2 * all.tp + all.fp + all.fn);
    double expected = 2 * ones * (2 * n - ones) / (2 * n * (2 * n - 1));
    out[PRECISION] = m.precision;
    out[RECALL] = m.recall;
    out[F1] = m.f1;
    out[MACRO] = defined > 0 ? sum / defined : (double)NAN;
    out[KAPPA] = m.kappa;
    out[ALPHA] =
        expected > 0 ? 1 - (double)(all.fp + all.fn) / n / expected : (double)NAN;
}

static void
measure_without(void *user, uint32_t cluster, double *out)
{
    const struct judged *j = user;
    struct efti_confusion themes[MOST_THEMES];

    memcpy(themes, j->all, sizeof(themes));
    for (uint32_t k = 0; k < j->s.themes && cluster != EFTI_NOBODY; k++) {
        const struct efti_confusion *c = &j->cells[cluster][k];
        themes[k].tp -= c->tp;
        themes[k].fp -= c->fp;
        themes[k].fn -= c->fn;
        themes[k].tn -= c->tn;
    }
    measure(themes, j->s.themes, out);
}

static void
sizes_of_measures(void *user, uint32_t cluster, double *out)
{
    const struct judged *j = user;
    uint64_t tp = 0, fp = 0, fn = 0;

    for (uint32_t k = 0; k < j->s.themes; k++) {
        tp += j->cells[cluster][k].tp;
        fp += j->cells[cluster][k].fp;
        fn += j->cells[cluster][k].fn;
    }
    out[PRECISION] = (double)(tp + fp);
    out[RECALL] = (double)(tp + fn);
    out[F1] = (double)tp + (double)(fp + fn) / 2;
    out[MACRO] = out[KAPPA] = out[ALPHA] = out[F1];
}

/* Every writer as often as was drawn. */
static void
measure_drawn(void *user, const uint32_t *weights, double *out)
{
    const struct judged *j = user;
    struct efti_confusion themes[MOST_THEMES];

    memset(themes, 0, sizeof(themes));
    for (uint32_t w = 0; w < j->s.writers; w++) {
        for (uint32_t k = 0; k < j->s.themes; k++) {
            const struct efti_confusion *c = &j->cells[w][k];
            themes[k].tp += weights[w] * c->tp;
            themes[k].fp += weights[w] * c->fp;
            themes[k].fn += weights[w] * c->fn;
            themes[k].tn += weights[w] * c->tn;
        }
    }
    measure(themes, j->s.themes, out);
}

static void
true_values(const struct setting *s, double truth[MEASURES])
{
    struct efti_confusion expected[MOST_THEMES];
    const double many = 1e12;

    for (uint32_t k = 0; k < s->themes; k++) {
        double share = share_of_theme(s, k), falsely = false_alarms(s, share);
        expected[k].tp = (uint64_t)(many * share * s->right);
        expected[k].fn = (uint64_t)(many * share * (1 - s->right));
        expected[k].fp = (uint64_t)(many * (1 - share) * falsely);
        expected[k].tn = (uint64_t)(many * (1 - share) * (1 - falsely));
    }
    measure(expected, s->themes, truth);
}

static void
coverage(struct efti_random *r, const struct setting *s, uint32_t studies)
{
    static struct judged j;
    uint32_t made[MEASURES] = {0}, told[MEASURES] = {0}, ours[MEASURES] = {0};
    uint32_t drawn[MEASURES] = {0};
    double truth[MEASURES], width[MEASURES] = {0};

    true_values(s, truth);
    for (uint32_t i = 0; i < studies; i++) {
        const struct efti_jackknife leave = {.clusters = s->writers,
                                             .values = MEASURES,
                                             .scales = scales,
                                             .without = measure_without,
                                             .sizes = sizes_of_measures,
                                             .user = &j};
        struct efti_interval of[MEASURES];
        const struct efti_bootstrap again = {
            .clusters = s->writers, .values = MEASURES, .replicates = DRAWS, .stream = i};
        double low[MEASURES], high[MEASURES];
        j.s = *s;
        make_judged(r, &j);
        if (efti_jackknife(&efti_malloc, &leave, of, NULL) != EFT_OK ||
            efti_bootstrap(&efti_malloc, &again, measure_drawn, &j, low, high, NULL) !=
                EFT_OK)
            exit(1);
        for (uint32_t m = 0; m < MEASURES; m++) {
            made[m] += isnan(of[m].value) ? 0 : 1;
            if (isnan(of[m].low))
                continue;
            told[m]++;
            ours[m] += of[m].low <= truth[m] && truth[m] <= of[m].high;
            drawn[m] += low[m] <= truth[m] && truth[m] <= high[m];
            width[m] += of[m].high - of[m].low;
        }
    }
    for (uint32_t m = 0; m < MEASURES; m++) {
        double n = told[m] > 0 ? told[m] : 1, of = made[m] > 0 ? made[m] : 1;
        printf("{\"what\":\"measures\",\"measure\":\"%s\",\"writers\":%u,\"themes\":%u,"
               "\"texts\":%u,\"share\":%.2f,\"right\":%.2f,\"correlation\":%.1f,"
               "\"studies\":%u,\"ours\":%.4f,\"percentile\":%.4f,\"width\":%.4f,"
               "\"none\":%.4f}\n",
               names[m], s->writers, s->themes, s->texts, s->share, s->right,
               s->correlation, told[m], ours[m] / n, drawn[m] / n, width[m] / n,
               1 - told[m] / of);
    }
}

static void
spans(struct efti_random *r, uint32_t texts, double recall, double correlation,
      uint32_t studies)
{
    static const uint32_t sizes[] = {1, 1, 2, 3, 4, 8};
    uint32_t made = 0, covered = 0, plain = 0;
    double width = 0;

    for (uint32_t i = 0; i < studies; i++) {
        struct efti_ratio sums = {0};
        double low, high;
        for (uint32_t t = 0; t < texts; t++) {
            double own = beta_of(r, recall, correlation), found = 0;
            uint32_t n = sizes[efti_random_below(r, 6)];
            for (uint32_t k = 0; k < n; k++)
                found += efti_random_unit(r) < own;
            efti_ratio_add(&sums, found, n);
        }
        const struct efti_interval v = efti_clustered_share(&sums, 0.95);
        if (isnan(v.low) || efti_wilson((uint64_t)sums.x, (uint64_t)sums.n, 1.959963985,
                                        &low, &high, NULL) != EFT_OK)
            continue;
        made++;
        covered += v.low <= recall && recall <= v.high;
        plain += low <= recall && recall <= high;
        width += v.high - v.low;
    }
    printf("{\"what\":\"spans\",\"writers\":%u,\"right\":%.2f,\"correlation\":%.1f,"
           "\"studies\":%u,\"ours\":%.4f,\"independent\":%.4f,\"width\":%.4f}\n",
           texts, recall, correlation, made, (double)covered / made, (double)plain / made,
           width / made);
}

int
main(int argc, char **argv)
{
    static const struct setting settings[] = {
        {0, 1, 5, .1, .7, .1}, {0, 1, 5, .3, .9, .2},  {0, 1, 5, .1, .95, .1},
        {0, 1, 1, .2, .8, 0},  {0, 18, 5, .1, .8, .1}, {0, 18, 5, .1, .95, .3},
    };
    static const uint32_t writers[] = {10, 30, 100};
    uint32_t studies = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 2000;
    struct efti_random *r;

    if (efti_random_new(&efti_malloc, 0, 2, &r, NULL) != EFT_OK)
        return 1;
    for (size_t k = 0; k < EFTI_COUNT(settings); k++) {
        for (size_t i = 0; i < EFTI_COUNT(writers); i++) {
            struct setting s = settings[k];
            s.writers = writers[i];
            coverage(r, &s, studies);
        }
    }
    for (size_t i = 0; i < EFTI_COUNT(writers); i++) {
        spans(r, writers[i], .8, .1, studies);
        spans(r, writers[i], .95, 0, studies);
        spans(r, writers[i], .95, .3, studies);
    }
    efti_random_free(r);
    return 0;
}
