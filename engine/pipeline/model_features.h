/*
 * model_features.h - what a model sees of a text: the distinct words that it knows
 *
 *     term:nätverksarbete       a closed term (rule 8.4)
 *     part:arbete               the last part of a compound that is not listed itself
 *
 *     pair:inte hinna           for suggestions alone: two closed terms side by side, not
 *                               both function words, which then are no words themselves
 *
 * and how often the lexicon finds a theme (once, twice, three times and more; hits that
 * are uncertain do not count). The same code makes the features of training and of use. A
 * form is looked into once: its words are kept by its number. Where a model is used only
 * words that it knows are kept, and a running token asks for one number by its form: that
 * of its word, as nearly all forms have one or none.
 */
#ifndef EFTI_PIPELINE_MODEL_FEATURES_H
#define EFTI_PIPELINE_MODEL_FEATURES_H

#include "pipeline/pipeline.h"

#define EFTI_FEATURE_BITS 16u
struct efti_form_features {
    uint32_t ids[2], count; /* its term and its last part, as far as they are words */
    uint32_t word; /* of `words`, * 2, + 1: a function word; EFTI_NOT_FOUND: none */
};
struct efti_features {
    struct efti_worker *worker;
    const eft_allocator *mem;
    struct efti_strings *names; /* numbers of words */
    bool known;                 /* names are a model's: nothing is added to them */
    struct efti_strings *words; /* terms that stand in pairs; NULL: no pairs are told */
    EFTI_ARRAY(struct efti_form_features) forms; /* by form, where names are not known */
    EFTI_ARRAY(struct efti_form_features) twos;  /* where they are: forms of two words */
    EFTI_ARRAY(uint32_t) terms; /* by the worker's term: its word, if it was asked for */
    EFTI_ARRAY(uint32_t) word_of; /* by form + 1 (0: the veil's): see model_features.c */
    EFTI_ARRAY(uint8_t) seen;     /* by word: 1 while in `present` */
    EFTI_ARRAY(uint32_t) present; /* the answer: each once, in order of appearance */
    struct efti_bytes name;
    uint64_t may[(1u << EFTI_FEATURE_BITS) / 64]; /* which words the model may have */
};
/** `known` NULL: words are numbered as they come; else only those are told. It is
 *  borrowed and not changed, whatever the type says. */
eft_status efti_features_open(struct efti_features *f, struct efti_worker *w,
                              struct efti_strings *known, eft_error *err);
/** The same with pairs, for the first text on. */
eft_status efti_features_open_pairs(struct efti_features *f, struct efti_worker *w,
                                    eft_error *err);
void efti_features_close(struct efti_features *f);
/** Of the text that the worker has veiled last, into f->present. */
eft_status efti_features_find(struct efti_features *f, eft_error *err);
/** A form of the text counts as this term: what is known of that is asked for. */
static inline void
efti_features_expect(const struct efti_features *f, uint32_t term)
{
    if (f != NULL && term < f->terms.count)
        EFTI_PREFETCH(&f->terms.items[term]);
}
/** The words of a form of the text that a model was asked for last: how many. */
uint32_t efti_features_of(const struct efti_features *f, uint32_t form, uint32_t *words);
/** The cues among tokens [first, end) of the text whose words a model was asked for last:
 *  a bit for each. `cue_of`: as in efti_model_denial. */
uint64_t efti_features_cues(const struct efti_features *f, const uint8_t *cue_of,
                            uint32_t first, uint32_t end);
/** Count one more hit of a theme: `counts` by theme, EFTI_MODEL_HITS at most. */
static inline void
efti_hit_add(uint8_t *counts, size_t theme, uint8_t polarity)
{
    if (polarity != EFTI_UNCERTAIN && counts[theme] < EFTI_MODEL_HITS)
        counts[theme]++;
}
/** Turns the hits of themes that the weights decide (denial.c): the text was scored. */
void efti_worker_deny(struct efti_worker *w);
/** What the model that a worker's plan has needs (decide.c). */
eft_status efti_worker_decide_open(struct efti_worker *w, eft_error *err);
void efti_worker_decide_close(struct efti_worker *w);

#endif
