/*
 * training.h - what the files of training share
 *
 *     train_rows.c     coded texts, their features and writers
 *     train_columns.c  which features may be columns: the gate
 *     train.c          a regression for each theme
 *     train_denial.c   one more for all: is a theme that is there said to be missing?
 *     train_write.c    the model file
 */
#ifndef EFTI_EVALUATE_TRAINING_H
#define EFTI_EVALUATE_TRAINING_H

#include "evaluate/evaluate.h"
#include "evaluate/learn.h"

#include "pipeline/model_features.h"
#include "release/release.h"

#include <eftertanke/train.h>

/* A theme that was coded in a text, and what entries find of it there. */
struct coded_theme {
    uint32_t row, theme; /* of training.themes */
    uint32_t negated, affirmed;
    uint64_t cues; /* in the sentences of its hits: a bit each */
    bool uncertain, denied;
};

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
    EFTI_ARRAY(struct coded_theme) coded; /* by hands: by row, then theme */
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

/* What came of denial. */
struct denial_learnt {
    bool learnt;           /* better than the rules; else it is not in the file */
    uint64_t coded;        /* codes that deny */
    const char *why_not;   /* NULL: it was tried */
    struct efti_learnt of; /* its weights are gone */
    double bias, negated[EFTI_MODEL_HITS], affirmed[EFTI_MODEL_HITS], uncertain, none;
    double *themes;       /* two of each; cues and words are behind them */
    double *cues, *words; /* words: by column */
    size_t size;
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
    struct denial_learnt denial;
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

/* train_denial.c */
/** The coded themes of the row that was matched last. Its features were found. */
eft_status efti_training_note_denials(struct training *t, size_t row, eft_error *err);
/** After the themes. Free `out` whatever the answer. */
eft_status efti_training_learn_denial(struct training *t, struct theme_work *w,
                                      struct denial_learnt *out, eft_error *err);
void efti_training_free_denial(const struct training *t, struct denial_learnt *d);
/** The column of a cue as a word; EFTI_NOT_FOUND: it is none, or there are no more. */
uint32_t efti_training_cue(const struct training *t, size_t cue);

/* train_write.c */
void efti_training_put_head(struct training *t, const struct theme_work *w,
                            uint32_t folds);
/** Themes, denial, then words with a weight for each of them. */
void efti_training_put_themes(struct training *t, const struct theme_work *w);

#endif
