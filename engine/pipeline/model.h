/*
 * model.h - a model as it is used: whole numbers that are added up
 *
 *     score = bias + own hits + (sum over the distinct words it knows) / sqrt(their
 *             number + 1)
 *
 * A number in the file has four decimals and is held in ten-thousandths, and the division
 * is by a whole root, so that a score is the same in any order of words, on any machine.
 * The root is there because a long text has more words of every theme.
 *
 * Whether a theme that is there is said to be missing has a score of its own, of hits and
 * words, the same for all themes but for two numbers (denial.c).
 */
#ifndef EFTI_PIPELINE_MODEL_H
#define EFTI_PIPELINE_MODEL_H

#include "base/base.h"

#include <eftertanke/model.h>
#include <stdatomic.h>

#define EFTI_MODEL_FORMAT "eftertanke-model"
#define EFTI_MODEL_VERSION 3
#define EFTI_MODEL_UNDENIED 2    /* the version of what has no denial */
#define EFTI_MODEL_UNITS 10000   /* of 1 */
#define EFTI_MODEL_VECTOR 4u     /* weights of a row come in whole vectors */
#define EFTI_MODEL_LARGEST 1000. /* no weight, bias or threshold is beyond */
#define EFTI_MODEL_THEMES 1024u  /* at most */
#define EFTI_MODEL_SUFFIX ".model"
#define EFTI_MODEL_HITS 3  /* weights of a theme's first, second and third hit */
#define EFTI_MODEL_CUES 64 /* words that are looked for around a hit, at most */
#define EFTI_NO_CUE UINT8_MAX

struct efti_model_theme {
    eft_text id;
    bool used;           /* better than the lexicon */
    int64_t bias, least; /* present: a score of `least` or more */
    int64_t hits[EFTI_MODEL_HITS];
    int64_t denied[2]; /* denial: the theme; the theme with a negated hit */
    double a, b;       /* chance = 1 / (1 + exp(-(a score + b))), score in ones */
};
/* Is a theme that is there said to be missing? Yes where these come to `least`. */
struct efti_model_denial {
    bool learnt; /* false: what the rules say of each hit stands */
    int64_t bias, least;
    int64_t negated[EFTI_MODEL_HITS], affirmed[EFTI_MODEL_HITS];
    int64_t uncertain, none;             /* a hit in doubt; no hit but of a word */
    int64_t cues[EFTI_MODEL_CUES];       /* in a sentence of its hits */
    uint32_t cue_words[EFTI_MODEL_CUES]; /* of words */
    uint32_t cue_count;
    uint8_t *cue_of; /* by word: which cue it is, or EFTI_NO_CUE, as behind the last */
};
struct eft_model {
    const eft_allocator *mem;
    eft_allocator allocator;
    _Atomic uint32_t references;
    struct efti_arena arena;
    struct efti_strings *words; /* "term:ont", "part:stress", numbered by bytes */
    uint32_t lanes;             /* themes, then denial if it is learnt */
    uint32_t stride;            /* lanes, rounded up to whole vectors */
    const int32_t *rows;        /* of each word, `stride` weights by lane */
    int32_t *own_rows;          /* NULL: they are the library's */
    size_t row_count;           /* numbers in `own_rows` */
    EFTI_ARRAY(struct efti_model_theme) themes; /* by bytes of id */
    struct efti_model_denial denial;
    eft_text made_with; /* lines "name value\n": what it may be used with */
    char hash[65];
};
/** Empty, with one reference; NULL: no memory. */
struct eft_model *efti_model_new(const eft_allocator *mem);
/** Is this the id of a theme: [a-z0-9_], 1 to 64 bytes? */
bool efti_is_slug(const char *bytes, size_t size);
/** Does the first word of a line "name value" say how features are made? Those lines must
 *  be the same where a model is used and where it was trained. */
bool efti_model_binds(eft_text line);
/** The weights of the core lexicon (eft_model_core()), from tables of the library. */
eft_status efti_model_core(const eft_allocator *mem, eft_model **out, eft_error *err);
/** What they may be used with: the lines "name value\n" of eft_model.made_with. */
eft_text efti_model_core_made_with(void);
/** `scores`: one for each lane; that of denial is what the words say. `words`: distinct,
 * numbers of m->words. `hits`: of each theme, as many as count, three at most; NULL:
 * none. */
void efti_model_scores(const struct eft_model *m, const uint32_t *words, size_t count,
                       const uint8_t *hits, int64_t *scores);
/** What one word weighs for a theme (or another lane). */
static inline int32_t
efti_model_weight(const struct eft_model *m, uint32_t word, size_t theme)
{
    return m->rows[(size_t)word * m->stride + theme];
}
/** 2^20 / sqrt(count + 1), rounded down. */
int64_t efti_model_root(uint64_t count);
/** The chance that belongs to a score. */
double efti_model_chance(const struct eft_model *m, size_t theme, int64_t score);

#endif
