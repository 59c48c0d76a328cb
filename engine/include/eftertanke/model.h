/*
 * model.h - themes learnt from human codes, beside those of a lexicon
 *
 *     coded texts ── eft_train() ──► model (JSON, readable) ──► eft_plan_options.model
 *
 * For each theme a regularised logistic regression over what a text has: closed terms,
 * parts of compounds, and one, two or three hits of the lexicon for the theme. Strength
 * of the penalty, threshold and calibration come from folds that share no writer, and so
 * does the comparison with the lexicon: a theme whose model is not better than its
 * lexicon is marked as not used, and the lexicon stands for it. (With EFT_TRAIN_HANDS
 * folds share no coder, and every theme is used; and where enough codes say that a theme
 * is missing, one more regression over all themes learns to tell that.)
 *
 * A model holds no text. Its features are words that may be shown (rule 8.4), and only
 * those that at least k writers used, none of whom dominates. It can be read by eye,
 * shared and cited. It is no protection in itself: weights are made from all texts.
 */
#ifndef EFTERTANKE_MODEL_H
#define EFTERTANKE_MODEL_H

#include <eftertanke/context.h>
#include <eftertanke/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Immutable and reference counted; share it freely between threads. */
typedef struct eft_model eft_model;

/**
 * Read a model from the bytes of its file, which may be freed afterwards. Every value is
 * checked. On success the caller owns `*out`; on failure it is NULL and the message says
 * where ("line 9, theme 3: ..."), as does the offset of the value.
 *
 * @return EFT_E_FORMAT for what is no model, EFT_E_CONFLICT for a model of another
 *         version, EFT_E_LIMIT above 64 MiB or 1024 themes, EFT_E_NOMEM.
 */
EFT_API EFT_MUST_CHECK eft_status eft_model_read(eft_context *ctx, eft_text source,
                                                 eft_model **out, eft_error *err);
/**
 * The weights that the core lexicon comes with (eft_plan_options.decide), as a model.
 *
 * @return EFT_E_NOMEM.
 */
EFT_API EFT_MUST_CHECK eft_status eft_model_core(eft_context *ctx, eft_model **out,
                                                 eft_error *err);
/** One more owner; answers `model`. NULL is fine. */
EFT_API eft_model *eft_model_ref(eft_model *model);
/** One owner less; the last one frees. NULL is fine. */
EFT_API void eft_model_unref(eft_model *model);

/** 64 hexadecimal digits: SHA-256 of the file. Lives as long as the model. */
EFT_API const char *eft_model_hash(const eft_model *model);
/** Themes, by bytes of their ids. */
EFT_API size_t eft_model_theme_count(const eft_model *model);
/** A number outside the model gives an empty text, or false. */
EFT_API eft_text eft_model_theme_id(const eft_model *model, size_t theme);
/** Is it better than the lexicon, so that it counts? */
EFT_API bool eft_model_theme_used(const eft_model *model, size_t theme);
/** The words it knows, by bytes: "part:stress", "term:ont". Word number n, from 0, is
 *  entry EFT_FIRST_LEARNT + n of every theme (eft_hits.entries). */
EFT_API size_t eft_model_word_count(const eft_model *model);
/** Lives as long as the model; a number outside it gives an empty text. */
EFT_API eft_text eft_model_word(const eft_model *model, size_t word);
/** What the word weighs for the theme; a number outside the model: 0. */
EFT_API double eft_model_word_weight(const eft_model *model, size_t word, size_t theme);
/** Does the model also tell whether a theme that is there is said to be missing? */
EFT_API bool eft_model_denies(const eft_model *model);
/** What the word, anywhere in the text, weighs for that: above 0 for missing. A number
 *  outside the model, or one that does not tell: 0. */
EFT_API double eft_model_word_denial(const eft_model *model, size_t word);
/** Is it a cue ("term:aldrig")? Then `*weight`, if not NULL, is what it weighs besides
 *  where it stands in a sentence with a hit of the theme; else it is 0. */
EFT_API bool eft_model_word_is_cue(const eft_model *model, size_t word, double *weight);

/** Entries of a lexicon have lower numbers. */
#define EFT_FIRST_LEARNT 100001u

#ifdef __cplusplus
}
#endif
#endif
