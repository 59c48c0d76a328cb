/*
 * weights.h - the weights of the core lexicon, compiled into the library
 *
 * build/bake_weights.py writes data/themes/karna.weights.json, a model (docs/themes.md,
 * "Learning from codes"), as tables, so that a start reads no file: numbers in
 * ten-thousandths, words by their bytes. What they mean is pipeline/model.h's.
 */
#ifndef EFTI_LEXICONS_WEIGHTS_H
#define EFTI_LEXICONS_WEIGHTS_H

#include <stdint.h>

struct efti_weights_theme {
    const char *id;
    int32_t bias, least, hits[3], denied[2];
    double a, b; /* calibration */
};
struct efti_weights_cue {
    uint32_t word;
    int32_t weight;
};
struct efti_weights_denial {
    int32_t bias, least, negated[3], affirmed[3], uncertain, none;
    const struct efti_weights_cue *cues;
    uint32_t cue_count;
};
struct efti_weights {
    const char *hash;      /* SHA-256 of the file, in hexadecimal */
    const char *made_with; /* lines "name value\n" */
    const struct efti_weights_theme *themes;
    const char *names;         /* of the words, one behind the other */
    const uint32_t *name_ends; /* of each word in `names` */
    const int32_t *rows;       /* of each word `stride` weights, by lane, then zeroes */
    struct efti_weights_denial denial; /* zeroes where it was not learnt */
    uint32_t theme_count, word_count, lanes, stride;
};

extern const struct efti_weights efti_core_weights;

#endif
