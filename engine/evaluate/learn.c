/*
 * learn.c - the penalty, the threshold and the comparison with the lexicon, out of fold
 *
 * Each row is scored by a regression that saw no text of its writer, once for each
 * penalty of a grid. For the honest comparison fold f takes its penalty (least log loss)
 * and its threshold (best F1) from the scores of all other folds; its decisions then
 * stand against the lexicon's, with an interval from leaving writers out in turn. For
 * use, penalty, threshold and Platt's calibration come from the scores of all folds, and
 * the weights from all rows.
 *
 * Where many people coded, each for herself, folds are their hands, and one penalty and
 * one threshold serve all themes: a threshold of its own fits the habits of those who
 * coded a rare theme.
 *
 * Used is what is better than the lexicon by an interval of 90 %. With 80, on development
 * texts of other writers, models from 50 codes took away as much as they gave.
 */
#include "evaluate/learn.h"

#include "stats/agreement.h"
#include "stats/jackknife.h"

#include <math.h>

/* In a log grid; a word that is there counts some 0.15 (train.c), so that the middle one
 * lets a word that five of 200 texts have move a chance by some ten percent. Found on the
 * development texts, and not sensitive. */
static const double penalties[EFTI_PENALTIES] = {3, 1, 0.3, 0.1, 0.03};
#define BELIEVED 0.9
#define MOST_FOUND 1.3

struct learning {
    const struct efti_sample *s;
    struct efti_logistic p;
    uint8_t *out;       /* rows of the fold that is left out */
    double *scores;     /* EFTI_PENALTIES * rows, each out of fold */
    double *ordered;    /* scratch: scores and whether positive */
    uint8_t *decisions; /* out of fold */
    uint32_t *counts;   /* 6 of each cluster, then of all: tp, fp, fn of model, lexicon */
};

/* ---------------------------------------------------------------------- scores */

static eft_status
score_fold(struct learning *l, uint32_t fold, double *weights, eft_error *err)
{
    const struct efti_sample *s = l->s;
    size_t taking_part = 0;
    eft_status st = EFT_OK;

    memset(weights, 0, (s->columns + 1) * sizeof(*weights));
    for (size_t i = 0; i < s->rows; i++) {
        l->out[i] = s->fold[i] == fold;
        taking_part += l->out[i] == 0;
    }
    if (taking_part == 0 || taking_part == s->rows)
        return EFT_OK;
    for (size_t k = 0; k < EFTI_PENALTIES && st == EFT_OK;
         k++) { /* each start: the last end */
        l->p.l2 = penalties[k];
        st = efti_logistic_fit(s->mem, &l->p, weights, err);
        for (size_t i = 0; i < s->rows && st == EFT_OK; i++) {
            if (l->out[i] != 0)
                l->scores[k * s->rows + i] = efti_logistic_score(&l->p, weights, i);
        }
    }
    return st;
}

/* Rows of `fold` are left out of both choices; folds: none is. */
static size_t
best_penalty(const struct learning *l, uint32_t fold)
{
    double least = INFINITY;
    size_t best = 0;

    for (size_t k = 0; k < EFTI_PENALTIES; k++) {
        double loss = 0;
        for (size_t i = 0; i < l->s->rows; i++) {
            if (l->s->fold[i] != fold)
                loss += efti_logistic_loss(l->scores[k * l->s->rows + i],
                                           l->s->positive[i] != 0);
        }
        if (loss < least) {
            least = loss;
            best = k;
        }
    }
    return best;
}

static int
by_falling_score(const void *a, const void *b, void *user)
{
    const double *x = a, *y = b;

    (void)user;
    if (x[0] > y[0] || x[0] < y[0])
        return x[0] > y[0] ? -1 : 1;
    return x[1] > y[1] ? -1 : x[1] < y[1];
}

/* The score at which F1 is best: half way between the two rows it parts. Of a weak model
 * F1 is best when it says yes to everything, which helps nobody: so at most half as many
 * again as were coded are found. `ordered`: score and whether positive, `n` times. */
static double
part_scores(double *ordered, size_t n, double *f1)
{
    double positives = 0, tp = 0, least = 0;

    *f1 = -1;
    for (size_t i = 0; i < n; i++)
        positives += ordered[2 * i + 1];
    efti_sort(ordered, n, 2 * sizeof(double), by_falling_score, NULL);
    for (size_t i = 0; i < n; i++) {
        double here = ordered[2 * i];
        tp += ordered[2 * i + 1];
        if (i + 1 < n && !(ordered[2 * i + 2] < here))
            continue; /* no threshold parts equals */
        double now = 2 * tp / ((double)i + 1 + positives);
        if (now > *f1 && (*f1 < 0 || (double)i + 1 <= MOST_FOUND * positives)) {
            *f1 = now;
            least = i + 1 < n ? (here + ordered[2 * i + 2]) / 2 : here - 1;
        }
    }
    return least;
}

static double
best_threshold(struct learning *l, const double *scores, uint32_t fold)
{
    size_t n = 0;
    double f1;

    for (size_t i = 0; i < l->s->rows; i++) {
        if (l->s->fold[i] == fold)
            continue;
        l->ordered[2 * n] = scores[i];
        l->ordered[2 * n++ + 1] = l->s->positive[i];
    }
    return part_scores(l->ordered, n, &f1);
}

eft_status
efti_learn_choose(const eft_allocator *mem, const double *scores, const uint8_t *positive,
                  size_t rows, size_t themes, struct efti_choice *out, eft_error *err)
{
    size_t n = rows * themes;
    double *ordered = efti_zalloc(mem, 2 * n + 1, sizeof(*ordered));
    double best = -2, f1;

    if (ordered == NULL)
        return efti_no_memory(err, "the choice for all themes");
    for (size_t k = 0; k < EFTI_PENALTIES; k++) {
        for (size_t i = 0; i < n; i++) {
            ordered[2 * i] = scores[(i / rows * EFTI_PENALTIES + k) * rows + i % rows];
            ordered[2 * i + 1] = positive[i];
        }
        double least = part_scores(ordered, n, &f1);
        if (f1 > best)
            *out = (struct efti_choice){k, least};
        best = f1 > best ? f1 : best;
    }
    efti_release(mem, ordered, (2 * n + 1) * sizeof(*ordered));
    return EFT_OK;
}

/* ------------------------------------------------------------------ comparison */

static double
f1_of(uint64_t tp, uint64_t fp, uint64_t fn)
{
    return tp + fp + fn == 0 ? NAN : 2. * (double)tp / (double)(2 * tp + fp + fn);
}

enum { F1_LEXICON, F1_MODEL, F1_DIFFERENCE, F1_VALUES };

/* F1 of lexicon and model, and how much more the second is, without a writer. */
static void
compare(void *user, uint32_t cluster, double *out)
{
    const struct learning *l = user;
    uint64_t sum[6];

    for (size_t k = 0; k < 6; k++) {
        sum[k] = l->counts[6 * l->s->clusters + k];
        if (cluster != EFTI_NOBODY)
            sum[k] -= l->counts[6 * (size_t)cluster + k];
    }
    out[F1_LEXICON] = f1_of(sum[3], sum[4], sum[5]);
    out[F1_MODEL] = f1_of(sum[0], sum[1], sum[2]);
    out[F1_DIFFERENCE] = out[F1_MODEL] - out[F1_LEXICON];
}

/* Who has the theme, or was said to by the one or the other. */
static void
compared_sizes(void *user, uint32_t cluster, double *out)
{
    const struct learning *l = user;
    const uint32_t *c = &l->counts[6 * (size_t)cluster];

    out[F1_MODEL] = c[0] + (c[1] + c[2]) / 2.0;
    out[F1_LEXICON] = c[3] + (c[4] + c[5]) / 2.0;
    out[F1_DIFFERENCE] = out[F1_MODEL] + out[F1_LEXICON];
}

static void
count_decisions(struct learning *l, const uint8_t *found, size_t at)
{
    uint32_t *all = &l->counts[6 * l->s->clusters + at];

    for (size_t i = 0; i < l->s->rows; i++) {
        uint32_t *c = &l->counts[6 * l->s->cluster[i] + at];
        bool yes = l->s->positive[i] != 0, has = found[i] != 0;
        c[0] += yes && has;
        c[1] += !yes && has;
        c[2] += yes && !has;
        all[0] += yes && has;
        all[1] += !yes && has;
        all[2] += yes && !has;
    }
}

static eft_status
judge(struct learning *l, struct efti_learnt *out, eft_error *err)
{
    const struct efti_sample *s = l->s;
    static const enum efti_scale_of_value scales[F1_VALUES] = {
        EFTI_VALUE_SHARE, EFTI_VALUE_SHARE, EFTI_VALUE_DIFFERENCE};
    struct efti_jackknife j = {.clusters = (uint32_t)s->clusters,
                               .values = F1_VALUES,
                               .scales = scales,
                               .level = BELIEVED,
                               .without = compare,
                               .sizes = compared_sizes,
                               .user = l};
    struct efti_interval of[F1_VALUES];

    for (uint32_t fold = 0; fold < s->folds; fold++) {
        size_t k = s->choice != NULL ? s->choice->penalty : best_penalty(l, fold);
        const double *scores = l->scores + k * s->rows;
        double least =
            s->choice != NULL ? s->choice->least : best_threshold(l, scores, fold);
        for (size_t i = 0; i < s->rows; i++) {
            if (s->fold[i] == fold)
                l->decisions[i] = scores[i] >= least;
        }
    }
    count_decisions(l, l->decisions, 0);
    count_decisions(l, s->lexicon, 3);
    eft_status st = efti_jackknife(s->mem, &j, of, err);
    out->f1_lexicon = of[F1_LEXICON].value;
    out->f1_model = of[F1_MODEL].value;
    out->difference = of[F1_DIFFERENCE].value;
    out->used = st == EFT_OK && (s->choice != NULL || of[F1_DIFFERENCE].low > 0);
    j.level = 0;
    if (st == EFT_OK)
        st = efti_jackknife(s->mem, &j, of, err);
    out->low = of[F1_DIFFERENCE].low;
    out->high = of[F1_DIFFERENCE].high;
    return st;
}

/* ----------------------------------------------------------------------- whole */

static eft_status
learn_all(struct learning *l, struct efti_learnt *out, eft_error *err)
{
    const struct efti_sample *s = l->s;
    eft_status st = EFT_OK;

    if (s->choice != NULL)
        memcpy(l->scores, s->scores, EFTI_PENALTIES * s->rows * sizeof(*l->scores));
    for (uint32_t fold = 0; fold < s->folds && s->choice == NULL && st == EFT_OK; fold++)
        st = score_fold(l, fold, out->weights, err);
    if (st == EFT_OK)
        st = judge(l, out, err);
    if (st != EFT_OK)
        return st;
    size_t best = s->choice != NULL ? s->choice->penalty : best_penalty(l, s->folds);
    const double *scores = l->scores + best * s->rows;
    out->least =
        s->choice != NULL ? s->choice->least : best_threshold(l, scores, s->folds);
    efti_platt(scores, s->positive, s->rows, out->ab);
    memset(out->weights, 0, (s->columns + 1) * sizeof(*out->weights));
    l->p.out = NULL;
    l->p.l2 = out->l2 = penalties[best];
    if ((st = efti_logistic_fit(s->mem, &l->p, out->weights, err)) != EFT_OK)
        return st;
    for (size_t k = 0; k < s->columns; k++)
        out->weights[k] *= s->scale[k];
    return EFT_OK;
}

static struct efti_logistic
regression_of(const struct efti_sample *s, const uint8_t *out)
{
    return (struct efti_logistic){.rows = s->rows,
                                  .columns = s->columns,
                                  .starts = s->starts,
                                  .features = s->features,
                                  .scale = s->scale,
                                  .damp = s->damp,
                                  .damped = s->damped,
                                  .positive = s->positive,
                                  .out = out};
}

eft_status
efti_learn_scores(const struct efti_sample *s, double *scores, double *weights,
                  eft_error *err)
{
    struct learning l = {
        .s = s, .scores = scores, .out = efti_zalloc(s->mem, s->rows, 1)};
    eft_status st =
        l.out == NULL ? efti_no_memory(err, "the training of a theme") : EFT_OK;

    l.p = regression_of(s, l.out);
    for (uint32_t fold = 0; fold < s->folds && st == EFT_OK; fold++)
        st = score_fold(&l, fold, weights, err);
    efti_release(s->mem, l.out, s->rows);
    return st;
}

eft_status
efti_learn(const struct efti_sample *s, struct efti_learnt *out, eft_error *err)
{
    struct learning l = {.s = s};
    size_t doubles = (EFTI_PENALTIES + 2) * s->rows, counts = 6 * (s->clusters + 1);
    eft_status st;

    l.scores = efti_zalloc(s->mem, doubles, sizeof(*l.scores));
    l.out = efti_zalloc(s->mem, 2 * s->rows, 1);
    l.counts = efti_zalloc(s->mem, counts, sizeof(*l.counts));
    if (l.scores != NULL && l.out != NULL && l.counts != NULL) {
        l.ordered = l.scores + EFTI_PENALTIES * s->rows;
        l.decisions = l.out + s->rows;
        l.p = regression_of(s, l.out);
        st = learn_all(&l, out, err);
    } else {
        st = efti_no_memory(err, "the training of a theme");
    }
    efti_release(s->mem, l.scores, doubles * sizeof(*l.scores));
    efti_release(s->mem, l.out, 2 * s->rows);
    efti_release(s->mem, l.counts, counts * sizeof(*l.counts));
    return st;
}
