/*
 * train.h - a model from texts that people have coded
 *
 * Gold is JSON Lines as for eft_evaluate(): {"id","text"?,"writer"?,"hand"?,"themes":[],
 * "negated":[]?}. Ids of themes are words of a-z, 0-9 and _; those of a lexicon mean its
 * theme, others are themes that only the model will know (1024 in all at most).
 */
#ifndef EFTERTANKE_TRAIN_H
#define EFTERTANKE_TRAIN_H

#include <eftertanke/run.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    /** Folds are hands: each text of the gold has a member "hand", who coded it. One
     *  penalty and one threshold, those with the best F1 over all themes in hands that
     *  were left out, and every theme is used. For models that many coders stand behind
     *  and that decide (eft_plan_options.weights). Where 50 codes or more are "negated"
     *  too, one more regression over all themes learns to tell these, and is kept where
     *  it is surely better than the rules. */
    EFT_TRAIN_HANDS = 1 << 0
};

/** What became of one theme. Borrowed for the call. */
typedef struct eft_trained {
    eft_text theme;
    bool used;           /**< it is better than the lexicon and will count */
    const char *verdict; /**< why, in some words */
    uint64_t coded;      /**< reflections with the code */
    uint64_t features;   /**< words and flags with a weight */
    /** F1 over folds that share no writer with the training; NaN: not defined. */
    double f1_lexicon, f1_model;
    /** Model less lexicon, and its 95 % interval by leaving writers out. */
    double difference, low, high;
} eft_trained;
typedef eft_status (*eft_trained_fn)(void *user, const eft_trained *theme);

/** Fill with zeroes and set struct_size. Strings are borrowed until the call returns. */
typedef struct eft_train_options {
    uint32_t struct_size;
    uint32_t flags;     /**< EFT_TRAIN_* */
    const char *gold;   /**< path of the gold file */
    uint32_t k;         /**< least writers behind a code or feature; 0: 5; doubled
                             where nothing tells writers apart; below 3 refused */
    uint32_t folds;     /**< 0: 10 up to 200 reflections, else 5; at most 50 */
    uint64_t seed;      /**< of folds; 0: the default of all runs */
    eft_write_fn write; /**< gets the model file in pieces */
    void *write_user;
    eft_trained_fn theme; /**< called for each theme by bytes; may be NULL */
    void *theme_user;
    /** With EFT_TRAIN_HANDS, behind the themes, if any code is "negated": what became of
     *  telling that, as of a theme without a name; f1_lexicon is that of the rules. Gets
     *  theme_user; may be NULL. */
    eft_trained_fn denial;
    uint64_t reserved; /**< 0 */
} eft_train_options;

/**
 * Train on the gold and write the model. `input` gives the texts when the gold file has
 * none, joined by id; NULL: none. The same bytes for the same codes, in any order.
 * Cost: one pass of the engine, then some hundred regressions a theme: seconds for some
 * hundred texts.
 *
 * @return EFT_E_REFUSED below 50 coded reflections, or k below 3; EFT_E_FORMAT for gold
 *         that cannot be read, has another text than the input under its id, or a code
 *         that is no word of a-z, 0-9 and _; EFT_E_LIMIT above 1024 themes;
 *         EFT_E_MISSING when a text is not there; EFT_E_RANGE, what a callback answered,
 *         and as eft_plan_new() and eft_run_lines().
 */
EFT_API EFT_MUST_CHECK eft_status eft_train(eft_context *ctx,
                                            const eft_plan_options *plan,
                                            const eft_input_options *input,
                                            const eft_train_options *opts,
                                            eft_error *err);

#ifdef __cplusplus
}
#endif
#endif
