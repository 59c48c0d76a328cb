/*
 * learn.h - one theme: from coded rows to weights, threshold, chance and a verdict
 */
#ifndef EFTI_EVALUATE_LEARN_H
#define EFTI_EVALUATE_LEARN_H

#include "stats/logistic.h"

/** Rows of one sample, the same for all themes; `positive` and `lexicon` of the theme. */
struct efti_sample {
    const eft_allocator *mem;
    size_t rows, columns, clusters;
    const size_t *starts;
    const uint32_t *features;
    double *scale;           /* of each column, for the theme at hand */
    const uint32_t *cluster; /* the writer of each row */
    const uint32_t *fold;    /* of each row; rows of a writer share it */
    uint32_t folds;
    uint64_t seed;
    const uint8_t *positive; /* the theme was coded */
    const uint8_t *lexicon;  /* the lexicon finds it */
};
/** `weights` has columns + 1 places, the bias last, for binary features. */
struct efti_learnt {
    double *weights;
    double least; /* present at this score and above */
    double ab[2]; /* Platt */
    double l2;
    double f1_lexicon, f1_model, difference, low, high;
    bool used;
};
/** Cost: folds * penalties regressions. EFT_E_NOMEM. */
eft_status efti_learn(const struct efti_sample *s, struct efti_learnt *out,
                      eft_error *err);

#endif
