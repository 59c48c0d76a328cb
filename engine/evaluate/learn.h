/*
 * learn.h - one theme: from coded rows to weights, threshold, chance and a verdict
 */
#ifndef EFTI_EVALUATE_LEARN_H
#define EFTI_EVALUATE_LEARN_H

#include "stats/logistic.h"

#define EFTI_PENALTIES 5 /* that are tried */

/** One penalty (its number) and one threshold for all themes of a training. */
struct efti_choice {
    size_t penalty;
    double least;
};
/** Rows of one sample, the same for all themes; `positive` and `lexicon` of the theme. */
struct efti_sample {
    const eft_allocator *mem;
    size_t rows, columns, clusters;
    const size_t *starts;
    const uint32_t *features;
    double *scale;      /* of each column, for the theme at hand */
    const double *damp; /* of each row, from column `damped` on; NULL: 1 */
    size_t damped;
    const uint32_t *cluster; /* the writer of each row */
    const uint32_t *fold;    /* of each row; rows of a writer share it */
    uint32_t folds;
    const uint8_t *positive; /* the theme was coded */
    const uint8_t *lexicon;  /* the lexicon finds it */
    /** NULL: the theme makes its own choice, and is used if it is better than the
     * lexicon. Else it is used, and `scores` are those of efti_learn_scores(). */
    const struct efti_choice *choice;
    const double *scores;
};
/** `weights` has columns + 1 places, the bias last, for features that are there or not
 *  (and are damped). */
struct efti_learnt {
    double *weights;
    double least; /* present at this score and above */
    double ab[2]; /* Platt */
    double l2;
    double f1_lexicon, f1_model, difference, low, high;
    bool used;
};
/** Each row as a regression scores it that saw none of its fold: `scores` has
 *  EFTI_PENALTIES * rows places, `weights` (scratch) columns + 1. */
eft_status efti_learn_scores(const struct efti_sample *s, double *scores, double *weights,
                             eft_error *err);
/** The penalty and the threshold at which F1 over `themes` themes together is best.
 *  `scores` and `positive` of each theme one after the other. */
eft_status efti_learn_choose(const eft_allocator *mem, const double *scores,
                             const uint8_t *positive, size_t rows, size_t themes,
                             struct efti_choice *out, eft_error *err);
/** Cost: folds * penalties regressions. EFT_E_NOMEM. */
eft_status efti_learn(const struct efti_sample *s, struct efti_learnt *out,
                      eft_error *err);

#endif
