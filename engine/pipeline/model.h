/*
 * model.h - a model as it is used: whole numbers that are added up
 *
 * A weight in the file has four decimals and is held in ten-thousandths, so that a score
 * is a sum of integers: the same in any order of features, on any machine.
 */
#ifndef EFTI_PIPELINE_MODEL_H
#define EFTI_PIPELINE_MODEL_H

#include "base/base.h"

#include <eftertanke/model.h>
#include <stdatomic.h>

#define EFTI_MODEL_FORMAT "eftertanke-model"
#define EFTI_MODEL_VERSION 1
#define EFTI_MODEL_UNITS 10000   /* of 1 */
#define EFTI_MODEL_LARGEST 1000. /* no weight, bias or threshold is beyond */
#define EFTI_MODEL_SUFFIX ".model"

struct efti_model_theme {
    eft_text id;
    bool used;           /* better than the lexicon */
    int64_t bias, least; /* present: bias and weights sum to `least` or more */
    double a, b;         /* chance = 1 / (1 + exp(-(a score + b))), score in ones */
};
struct efti_model_weight {
    uint32_t theme;
    int32_t weight;
};
struct eft_model {
    const eft_allocator *mem;
    eft_allocator allocator;
    _Atomic uint32_t references;
    struct efti_arena arena;
    struct efti_strings *features;
    EFTI_ARRAY(uint32_t) first; /* of each feature in `weights`; one more */
    EFTI_ARRAY(struct efti_model_weight) weights; /* by feature */
    EFTI_ARRAY(struct efti_model_theme) themes;   /* by bytes of id */
    eft_text made_with; /* lines "name value\n": what it may be used with */
    char hash[65];
};
/** Is this the id of a theme: [a-z0-9_], 1 to 64 bytes? */
bool efti_is_slug(const char *bytes, size_t size);
/** Does the first word of a line "name value" say how features are made? Those lines must
 *  be the same where a model is used and where it was trained. */
bool efti_model_binds(eft_text line);
/** `scores`: one for each theme, from the features that are present. */
void efti_model_scores(const struct eft_model *m, const uint32_t *features, size_t count,
                       int64_t *scores);
/** The chance that belongs to a score. */
double efti_model_chance(const struct eft_model *m, size_t theme, int64_t score);

#endif
