/*
 * training.h - what the files of training share
 *
 *     train_rows.c     coded texts, their features and writers
 *     train_columns.c  which features may be columns: the gate
 *     train.c          a regression for each theme
 *     train_write.c    the model file
 */
#ifndef EFTI_EVALUATE_TRAINING_H
#define EFTI_EVALUATE_TRAINING_H

#include "evaluate/evaluate.h"
#include "evaluate/learn.h"

#include "pipeline/model_features.h"
#include "release/release.h"

#include <eftertanke/train.h>

struct training {
    struct efti_evaluation e;
    const eft_train_options *o;
    struct efti_gate gate;
    struct efti_features features;
    struct efti_strings *names, *writers;
    bool has_writers;
    EFTI_ARRAY(uint32_t) rows;    /* documents that are coded, by id */
    EFTI_ARRAY(uint32_t) themes;  /* of names, by bytes */
    EFTI_ARRAY(size_t) starts;    /* of each row in `values` */
    EFTI_ARRAY(uint32_t) values;  /* features, then columns */
    EFTI_ARRAY(uint32_t) columns; /* features that are kept, by name */
    EFTI_ARRAY(uint32_t) cluster, fold;
    uint8_t *found; /* rows * themes: the lexicon has it */
    size_t found_size;
    struct efti_bytes out;
};

/* Texts of each writer in a set and in its rest. */
struct gate_counts {
    uint32_t *with, *all; /* by writer */
    uint32_t writers;
};

struct theme_work {
    uint8_t *positive;
    double *scale, *weights;
    uint32_t *order; /* columns with a weight, the largest first */
    struct gate_counts counts;
    struct efti_sample sample;
};

/* train_rows.c */
/** Order of numbers of strings by their bytes; `user` holds the strings. */
int efti_training_by_name(const void *a, const void *b, void *user);
/** The documents with codes, by id, and the themes that are coded, by name. */
eft_status efti_training_list_rows(struct training *t, eft_error *err);
/** The features of each row, and where the lexicon finds its themes. */
eft_status efti_training_read_rows(struct training *t, eft_error *err);
/** The writer of each row; without writers each row is one. */
eft_status efti_training_find_writers(struct training *t, eft_error *err);
/** A fold for each row, all rows of a writer in the same. */
eft_status efti_training_deal_folds(struct training *t, uint32_t folds, eft_error *err);

/* train_columns.c */
/** May what these writers have be told? (The gate of a cell and of its rest.) */
bool efti_training_passes(const struct training *t, const struct gate_counts *c);
/** Keep the features that pass, as columns by name, and renumber the rows. */
eft_status efti_training_choose_columns(struct training *t, struct gate_counts *c,
                                        eft_error *err);

/* train_write.c */
void efti_training_put_head(struct training *t, uint32_t folds);
/** One theme; also how many features its model has, into `told`. */
void efti_training_put_theme(struct training *t, const struct theme_work *w,
                             const struct efti_learnt *l, eft_text id, eft_trained *told);

#endif
