/*
 * model.c - a model in use: what it says of words, and scores from it
 *
 * It comes from a file (model_read.c), or from tables of the library: the weights that
 * the core lexicon has.
 */
#include "pipeline/model.h"

#include "base/context.h"
#include "lexicons/weights.h"
#include "stats/logistic.h"

#define ROOT_BITS 20

bool
efti_is_slug(const char *bytes, size_t size)
{
    bool slug = size > 0 && size <= 64;

    for (size_t i = 0; i < size && slug; i++)
        slug = (bytes[i] >= 'a' && bytes[i] <= 'z') ||
               (bytes[i] >= '0' && bytes[i] <= '9') || bytes[i] == '_';
    return slug;
}

bool
efti_model_binds(eft_text line)
{
    static const char *const names[] = {"compounds ", "lexicon ", "terms "};
    bool binds = false;

    for (size_t i = 0; i < EFTI_COUNT(names); i++)
        binds |= line.size > strlen(names[i]) &&
                 memcmp(line.bytes, names[i], strlen(names[i])) == 0;
    return binds;
}

static void
free_model(struct eft_model *m)
{
    eft_allocator mem = m->allocator;

    efti_strings_free(m->words);
    efti_release(&mem, m->own_rows, m->row_count * sizeof(*m->own_rows));
    EFTI_ARRAY_FREE(&mem, &m->themes);
    efti_arena_free(&m->arena);
    efti_release(&mem, m, sizeof(*m));
}

eft_model *
efti_model_new(const eft_allocator *mem)
{
    struct eft_model *m = efti_zalloc(mem, 1, sizeof(*m));

    if (m == NULL)
        return NULL;
    m->allocator = *mem;
    m->mem = &m->allocator;
    atomic_init(&m->references, 1);
    efti_arena_init(&m->arena, m->mem);
    return m;
}

/* ------------------------------------------------------------- the core lexicon's */

eft_text
efti_model_core_made_with(void)
{
    const char *lines = efti_core_weights.made_with;

    return (eft_text){lines, strlen(lines)};
}

static bool
take_core_denial(struct eft_model *m, const struct efti_weights_denial *from,
                 uint32_t words)
{
    struct efti_model_denial *d = &m->denial;

    *d = (struct efti_model_denial){.learnt = true,
                                    .bias = from->bias,
                                    .least = from->least,
                                    .uncertain = from->uncertain,
                                    .none = from->none,
                                    .cue_count = from->cue_count,
                                    .cue_of = efti_arena_alloc(&m->arena, words + 1u, 1)};
    if (d->cue_of == NULL)
        return false;
    memset(d->cue_of, EFTI_NO_CUE, words + 1u);
    for (size_t i = 0; i < EFTI_MODEL_HITS; i++) {
        d->negated[i] = from->negated[i];
        d->affirmed[i] = from->affirmed[i];
    }
    for (uint32_t i = 0; i < from->cue_count; i++) {
        d->cues[i] = from->cues[i].weight;
        d->cue_words[i] = from->cues[i].word;
        d->cue_of[d->cue_words[i]] = (uint8_t)i;
    }
    return true;
}

static bool
take_core(struct eft_model *m, const struct efti_weights *from)
{
    m->made_with = efti_model_core_made_with();
    memcpy(m->hash, from->hash, sizeof(m->hash));
    m->lanes = from->lanes;
    m->stride = from->stride;
    m->rows = from->rows;
    if (from->lanes > from->theme_count &&
        !take_core_denial(m, &from->denial, from->word_count))
        return false;
    if (!EFTI_ARRAY_RESERVE(m->mem, &m->themes, from->theme_count))
        return false;
    for (uint32_t t = 0; t < from->theme_count; t++) {
        const struct efti_weights_theme *one = &from->themes[t];
        m->themes.items[m->themes.count++] =
            (struct efti_model_theme){.id = {one->id, strlen(one->id)},
                                      .used = true,
                                      .bias = one->bias,
                                      .least = one->least,
                                      .hits = {one->hits[0], one->hits[1], one->hits[2]},
                                      .denied = {one->denied[0], one->denied[1]},
                                      .a = one->a,
                                      .b = one->b};
    }
    for (uint32_t w = 0; w < from->word_count; w++) {
        uint32_t begin = w == 0 ? 0 : from->name_ends[w - 1];
        if (efti_strings_add(m->words, from->names + begin, from->name_ends[w] - begin,
                             NULL) == EFTI_NOT_FOUND)
            return false;
    }
    return true;
}

eft_status
efti_model_core(const eft_allocator *mem, eft_model **out, eft_error *err)
{
    eft_model *m = efti_model_new(mem);

    *out = NULL;
    if (m == NULL)
        return efti_no_memory(err, "the weights");
    eft_status st = efti_strings_new(m->mem, &m->words, err);
    if (st == EFT_OK && !take_core(m, &efti_core_weights))
        st = efti_no_memory(err, "the weights");
    if (st != EFT_OK) {
        free_model(m);
        return st;
    }
    *out = m;
    return EFT_OK;
}

eft_status
eft_model_core(eft_context *ctx, eft_model **out, eft_error *err)
{
    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (ctx == NULL)
        return efti_left_out(err);
    return efti_model_core(efti_context_allocator(ctx), out, err);
}

eft_model *
eft_model_ref(eft_model *m)
{
    if (m != NULL)
        atomic_fetch_add(&m->references, 1);
    return m;
}

void
eft_model_unref(eft_model *m)
{
    if (m != NULL && atomic_fetch_sub(&m->references, 1) == 1)
        free_model(m);
}

const char *
eft_model_hash(const eft_model *m)
{
    return m == NULL ? "" : m->hash;
}

size_t
eft_model_theme_count(const eft_model *m)
{
    return m == NULL ? 0 : m->themes.count;
}

eft_text
eft_model_theme_id(const eft_model *m, size_t theme)
{
    return theme < eft_model_theme_count(m) ? m->themes.items[theme].id
                                            : (eft_text){"", 0};
}

bool
eft_model_theme_used(const eft_model *m, size_t theme)
{
    return theme < eft_model_theme_count(m) && m->themes.items[theme].used;
}

size_t
eft_model_word_count(const eft_model *m)
{
    return m == NULL ? 0 : efti_strings_count(m->words);
}

eft_text
eft_model_word(const eft_model *m, size_t word)
{
    return word < eft_model_word_count(m) ? efti_strings_get(m->words, (uint32_t)word)
                                          : (eft_text){"", 0};
}

double
eft_model_word_weight(const eft_model *m, size_t word, size_t theme)
{
    return word < eft_model_word_count(m) && theme < m->themes.count
               ? (double)efti_model_weight(m, (uint32_t)word, theme) / EFTI_MODEL_UNITS
               : 0;
}

bool
eft_model_denies(const eft_model *m)
{
    return m != NULL && m->denial.learnt;
}

double
eft_model_word_denial(const eft_model *m, size_t word)
{
    return eft_model_denies(m) && word < eft_model_word_count(m)
               ? (double)efti_model_weight(m, (uint32_t)word, m->themes.count) /
                     EFTI_MODEL_UNITS
               : 0;
}

bool
eft_model_word_is_cue(const eft_model *m, size_t word, double *weight)
{
    uint8_t cue = eft_model_denies(m) && word < eft_model_word_count(m)
                      ? m->denial.cue_of[word]
                      : EFTI_NO_CUE;

    if (weight != NULL)
        *weight = cue == EFTI_NO_CUE ? 0 : (double)m->denial.cues[cue] / EFTI_MODEL_UNITS;
    return cue != EFTI_NO_CUE;
}

/* --------------------------------------------------------------------- using */

int64_t
efti_model_root(uint64_t count)
{
    uint64_t square = ((uint64_t)1 << 2 * ROOT_BITS) / (count + 1), root = 0;

    for (uint64_t bit = (uint64_t)1 << ROOT_BITS; bit > 0; bit >>= 1) {
        uint64_t more = root + bit;
        root = more * more <= square ? more : root;
    }
    return (int64_t)root;
}

static inline void
add_row(int32_t *restrict sums, const int32_t *restrict row, size_t stride)
{
    for (size_t t = 0; t < stride; t += EFTI_MODEL_VECTOR) {
        for (size_t k = 0; k < EFTI_MODEL_VECTOR; k++) /* one vector */
            sums[t + k] += row[t + k];
    }
}

/* Several at a time: the sums are loaded and stored once for all of them. */
#define ROWS 4u
static inline void
add_rows(const struct eft_model *m, const uint32_t *words, int32_t *restrict sums)
{
    const size_t stride = m->stride;
    const int32_t *a = m->rows + words[0] * stride, *b = m->rows + words[1] * stride;
    const int32_t *c = m->rows + words[2] * stride, *d = m->rows + words[3] * stride;

    for (size_t t = 0; t < stride; t += EFTI_MODEL_VECTOR) {
        for (size_t k = 0; k < EFTI_MODEL_VECTOR; k++)
            sums[t + k] += a[t + k] + b[t + k] + c[t + k] + d[t + k];
    }
}

void
efti_model_scores(const struct eft_model *m, const uint32_t *words, size_t count,
                  const uint8_t *hits, int64_t *scores)
{
    const size_t stride = m->stride;
    int32_t sums[EFTI_MODEL_THEMES + 2 * EFTI_MODEL_VECTOR];
    int64_t root = efti_model_root(count);

    memset(sums, 0, stride * sizeof(*sums));
    size_t i = 0;
    for (; i + ROWS <= count; i += ROWS)
        add_rows(m, words + i, sums);
    for (; i < count; i++)
        add_row(sums, m->rows + words[i] * stride, stride);
    for (size_t t = 0; t < m->themes.count; t++) {
        const struct efti_model_theme *theme = &m->themes.items[t];
        scores[t] = theme->bias + sums[t] * root / ((int64_t)1 << ROOT_BITS);
        for (size_t n = 0; hits != NULL && n < hits[t] && n < EFTI_MODEL_HITS; n++)
            scores[t] += theme->hits[n];
    }
    for (size_t t = m->themes.count; t < m->lanes; t++)
        scores[t] = sums[t] * root / ((int64_t)1 << ROOT_BITS);
}

double
efti_model_chance(const struct eft_model *m, size_t theme, int64_t score)
{
    const struct efti_model_theme *t = &m->themes.items[theme];

    return efti_logistic_chance(t->a * (double)score / EFTI_MODEL_UNITS + t->b);
}
