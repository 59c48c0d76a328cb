/*
 * model_features.h - what a model sees of a text: names of features that are present
 *
 *     term:nätverksarbete       a closed term (DESIGN 8.4), no function word
 *     part:nätverk              a part of a closed compound, closed itself
 *     pair:inte hinna           two closed terms side by side, not both function words
 *     hit:oro:affirmed          the lexicon has the theme so (negated, uncertain)
 *     hit:oro:twice             two affirmed or negated hits of it, or more
 *
 * The same code makes the features of training and of use. A form is looked into once:
 * its features are kept by its number. Where a model is used only names that it knows are
 * kept.
 */
#ifndef EFTI_PIPELINE_MODEL_FEATURES_H
#define EFTI_PIPELINE_MODEL_FEATURES_H

#include "pipeline/pipeline.h"

#define EFTI_HIT_KINDS (EFTI_POLARITY_COUNT + 1)

struct efti_form_features {
    uint32_t first, count; /* in ids; first EFTI_NOT_FOUND: not looked into yet */
    uint32_t word; /* of `words`, * 2, + 1: a function word; EFTI_NOT_FOUND: none */
};
struct efti_features {
    struct efti_worker *worker;
    const eft_allocator *mem;
    struct efti_strings *names; /* numbers of features */
    bool known;                 /* names are a model's: nothing is added to them */
    struct efti_strings *words; /* terms that stand in pairs */
    EFTI_ARRAY(struct efti_form_features) forms; /* by form */
    EFTI_ARRAY(uint32_t) ids;
    EFTI_ARRAY(uint32_t)
    hits;                         /* by theme, EFTI_HIT_KINDS each; +1, 0: not looked for;
                                     then by theme: had a hit already */
    EFTI_ARRAY(uint8_t) seen;     /* by feature: 1 while in `present` */
    EFTI_ARRAY(uint32_t) present; /* the answer: each once, in order of appearance */
    struct efti_bytes name;
};
/** `known` NULL: features are numbered as they come; else only those are told. It is
 *  borrowed and not changed, whatever the type says. */
eft_status efti_features_open(struct efti_features *f, struct efti_worker *w,
                              struct efti_strings *known, eft_error *err);
void efti_features_close(struct efti_features *f);
/** The features that a worker's plan asks for (decide.c). */
eft_status efti_worker_decide_open(struct efti_worker *w, eft_error *err);
void efti_worker_decide_close(struct efti_worker *w);
/** Of the text that the worker has matched last, into f->present. */
eft_status efti_features_find(struct efti_features *f, eft_error *err);

#endif
