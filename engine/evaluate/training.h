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
    EFTI_ARRAY(double) damp; /* of each row: 1 / sqrt(words + 1) */
    size_t damped;           /* the first column of a word: those of hits come first */
    EFTI_ARRAY(double) word_scale; /* of each column of a word; 0 of a hit */
    uint8_t *found;                /* rows * themes: the lexicon has it */
    uint8_t *hit_counts;           /* scratch, of each theme; behind `found` */
    size_t found_size;
    struct efti_bytes out;
};

/* Texts of each writer in a set and in its rest. */
struct gate_counts {
    uint32_t *with, *all; /* by writer */
    uint32_t writers;
};

/* What came of one theme. */
struct theme_learnt {
    size_t theme; /* of t->themes */
    uint64_t coded;
    struct efti_learnt learnt; /* its weights are a row of theme_work.weights */
};

struct theme_work {
    uint8_t *positive; /* of each theme that is learnt, by row */
    double *scale;     /* of each column, for the theme at hand */
    double *weights;   /* of each theme that is learnt, columns + 1 */
    double *scores;    /* hands: of each theme that is learnt, out of fold; else NULL */
    uint32_t *order;   /* scratch: columns, the strongest first */
    struct gate_counts counts;
    struct efti_sample sample;
    struct efti_choice choice;
    EFTI_ARRAY(struct theme_learnt) learnt;
};

/* train_rows.c */
/** Order of numbers of strings by their bytes; `user` holds the strings. */
int efti_training_by_name(const void *a, const void *b, void *user);
/** The documents with codes, by id, and the themes that are coded, by name. */
eft_status efti_training_list_rows(struct training *t, eft_error *err);
/** The features of each row, and where the lexicon finds its themes. */
eft_status efti_training_read_rows(struct training *t, eft_error *err);
/** "hit:oro:2": the lexicon finds it twice or more. Clears what `out` has. */
void efti_training_name_hit(struct efti_bytes *out, eft_text theme, unsigned times);
/** The writer of each row; without writers each row is one. */
eft_status efti_training_find_writers(struct training *t, eft_error *err);
/** A fold for each row, all rows of a writer in the same. */
eft_status efti_training_deal_folds(struct training *t, uint32_t folds, eft_error *err);
/** A fold for each hand that coded; how many there are. EFT_E_FORMAT: a text without. */
eft_status efti_training_fold_hands(struct training *t, uint32_t *folds, eft_error *err);

/* train_columns.c */
/** May what these writers have be told? (The gate of a cell and of its rest.) */
bool efti_training_passes(const struct training *t, const struct gate_counts *c);
/** Keep the features that pass, as columns by name, and renumber the rows. */
eft_status efti_training_choose_columns(struct training *t, struct gate_counts *c,
                                        eft_error *err);

/* train_write.c */
void efti_training_put_head(struct training *t, uint32_t folds);
/** Themes, then words with a weight for each of them. */
void efti_training_put_themes(struct training *t, const struct theme_work *w);

#endif
