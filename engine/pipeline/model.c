/*
 * model.c - reading a model file, and scores from it
 *
 *     {"format": "eftertanke-model", "version": 3, "scale": "sqrt",
 *      "made_with": ["compounds whole", "lexicon karna 2.0.0 ...", ...],
 *      "trained": {...}, "note": "...",
 *      "themes": [{"id": "oro", "used": true, "bias": -2.1, "least": 0.35,
 *                  "hits": [1.5, 0.4, 0.1], "calibration": [1.2, 0.1],
 *                  "figures": {...}, "strongest": [...]}, ...],
 *      "denial": {"bias": -2.2, "least": 0, "negated": [2.1, 0.9, 0.4],
 *                 "affirmed": [-1.1, -0.9, -0.2], "uncertain": 0.1, "none": -0.4,
 *                 "themes": [[0.3, -0.2], ...], "cues": {"term:ingen": 1.2, ...},
 *                 "figures": {...}},
 *      "words": {"part:stress": [0.81, ...], "term:ont": [1.3, ...]}}
 *
 * A word has a weight for each theme, in their order, and one for denial behind them.
 * What stands in "trained", "note", "figures" and "strongest" is for people and is not
 * looked at. All else is foreign bytes: each value is checked, and no number can carry a
 * sum out of range (the weights of a theme's words sum to what 32 bits hold).
 *
 * Version 2, which is read too and still written where denial was not learnt, has all but
 * denial. Version 1 had pairs of words and hits of other themes, which gained nothing on
 * texts of hands that no one had seen, and no scale.
 */
#include "pipeline/model.h"

#include "base/context.h"
#include "lexicons/weights.h"
#include "read/json.h"
#include "stats/logistic.h"

#include <math.h>

#define MOST_BYTES ((size_t)64 << 20)
#define MOST_NAME 512u /* bytes of a word's name */
#define VECTOR 4u      /* weights of a row come in whole vectors */
#define ROOT_BITS 20

struct named_word {
    const char *name;
    const json_t *weights;
};
struct model_reader {
    struct eft_model *m;
    struct efti_strings *ids;
    uint32_t theme;                      /* from 1, for messages */
    EFTI_ARRAY(struct named_word) names; /* as they come, then by bytes */
    int64_t sums[EFTI_MODEL_THEMES + 1]; /* of what is taken, without signs */
};

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

/* -------------------------------------------------------------------- reading */

static eft_status
bad_model(const struct model_reader *r, const char *what, eft_error *err)
{
    if (r->theme == 0)
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "the model: %s", what);
    return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "the model, theme %u: %s",
                     r->theme, what);
}

/* A number in units; false: none, or beyond what may be added up. */
static bool
take_units(const json_t *value, int64_t *out)
{
    double x = json_is_number(value) ? json_number_value(value) : NAN;

    if (!(fabs(x) <= EFTI_MODEL_LARGEST))
        return false;
    *out = (int64_t)llround(x * EFTI_MODEL_UNITS);
    return true;
}

static bool
is_word_name(const char *name, size_t size)
{
    return size > 5 && size <= MOST_NAME &&
           (memcmp(name, "term:", 5) == 0 || memcmp(name, "part:", 5) == 0);
}

/* A list of `count` numbers. */
static bool
take_list(const json_t *list, int64_t *out, size_t count)
{
    bool good = json_is_array(list) && json_array_size(list) == count;

    for (size_t i = 0; i < count && good; i++)
        good = take_units(json_array_get(list, i), &out[i]);
    return good;
}

static eft_status
take_theme(struct model_reader *r, const json_t *object, eft_error *err)
{
    const json_t *id = json_object_get(object, "id");
    const json_t *used = json_object_get(object, "used");
    const json_t *calibration = json_object_get(object, "calibration");
    struct efti_model_theme t = {.used = json_is_true(used)};
    bool added = false;

    if (!json_is_string(id) ||
        !efti_is_slug(json_string_value(id), json_string_length(id)))
        return bad_model(r, "\"id\" is no word of a-z, 0-9 and _", err);
    if (!json_is_boolean(used))
        return bad_model(r, "\"used\" is neither true nor false", err);
    if (!take_units(json_object_get(object, "bias"), &t.bias) ||
        !take_units(json_object_get(object, "least"), &t.least))
        return bad_model(r, "\"bias\" and \"least\" are numbers from -1000 to 1000", err);
    t.a = json_number_value(json_array_get(calibration, 0));
    t.b = json_number_value(json_array_get(calibration, 1));
    if (!json_is_array(calibration) || !(fabs(t.a) <= EFTI_MODEL_LARGEST) ||
        !(fabs(t.b) <= EFTI_MODEL_LARGEST))
        return bad_model(r, "\"calibration\" is no pair of numbers", err);
    if (!take_list(json_object_get(object, "hits"), t.hits, EFTI_MODEL_HITS))
        return bad_model(r, "\"hits\" is no list of three numbers from -1000 to 1000",
                         err);
    char *copy =
        efti_arena_copy(&r->m->arena, json_string_value(id), json_string_length(id));
    if (copy == NULL ||
        efti_strings_add(r->ids, json_string_value(id), json_string_length(id), &added) ==
            EFTI_NOT_FOUND)
        return efti_no_memory(err, "the themes of a model");
    t.id = (eft_text){copy, json_string_length(id)};
    if (!added)
        return bad_model(r, "its id was there before", err);
    const struct efti_model_theme *last =
        r->m->themes.count == 0 ? NULL : &r->m->themes.items[r->m->themes.count - 1];
    if (last != NULL &&
        efti_compare(last->id.bytes, last->id.size, t.id.bytes, t.id.size) > 0)
        return bad_model(r, "themes stand in the order of their ids", err);
    if (!EFTI_PUSH(r->m->mem, &r->m->themes) || r->m->themes.items == NULL)
        return efti_no_memory(err, "the themes of a model");
    r->m->themes.items[r->m->themes.count - 1] = t;
    return EFT_OK;
}

static eft_status
take_made_with(struct model_reader *r, const json_t *lines, eft_error *err)
{
    struct efti_bytes out;
    json_t *line;
    size_t i;

    if (!json_is_array(lines))
        return bad_model(r, "\"made_with\" is no list", err);
    efti_bytes_init(&out, r->m->mem);
    json_array_foreach(lines, i, line)
    {
        const char *text = json_string_value(line);
        if (text == NULL || strchr(text, '\n') != NULL) {
            efti_bytes_free(&out);
            return bad_model(r, "\"made_with\" has what is no line of text", err);
        }
        efti_put_text(&out, text);
        efti_put_char(&out, '\n');
    }
    char *copy = out.failed ? NULL : efti_arena_copy(&r->m->arena, out.data, out.size);
    r->m->made_with = (eft_text){copy, out.size};
    efti_bytes_free(&out);
    return copy == NULL ? efti_no_memory(err, "a model") : EFT_OK;
}

/* ---------------------------------------------------------------------- denial */

/* All but its cues, which are words. */
static eft_status
take_denial(struct model_reader *r, const json_t *object, eft_error *err)
{
    struct efti_model_denial *d = &r->m->denial;
    const json_t *themes = json_object_get(object, "themes");

    if (!json_is_object(object))
        return bad_model(r, "\"denial\" is no object", err);
    bool good =
        take_units(json_object_get(object, "bias"), &d->bias) &&
        take_units(json_object_get(object, "least"), &d->least) &&
        take_list(json_object_get(object, "negated"), d->negated, EFTI_MODEL_HITS) &&
        take_list(json_object_get(object, "affirmed"), d->affirmed, EFTI_MODEL_HITS) &&
        take_units(json_object_get(object, "uncertain"), &d->uncertain) &&
        take_units(json_object_get(object, "none"), &d->none) && json_is_array(themes) &&
        json_array_size(themes) == r->m->themes.count;
    for (size_t i = 0; i < r->m->themes.count && good; i++)
        good = take_list(json_array_get(themes, i), r->m->themes.items[i].denied, 2);
    d->learnt = true;
    return good ? EFT_OK
                : bad_model(r,
                            "\"denial\" lacks numbers from -1000 to 1000, or a pair of "
                            "them for each theme",
                            err);
}

/* A cue has its number by where it stands in the file. */
static eft_status
take_cues(struct model_reader *r, json_t *cues, eft_error *err)
{
    struct eft_model *m = r->m;
    struct efti_model_denial *d = &m->denial;
    const char *name;
    json_t *value;

    if (!json_is_object(cues) || json_object_size(cues) > EFTI_MODEL_CUES)
        return bad_model(r, "the \"cues\" of denial are no object of 64 at most", err);
    d->cue_of = efti_arena_alloc(&m->arena, r->names.count + 1, 1);
    if (d->cue_of == NULL)
        return efti_no_memory(err, "the words of a model");
    memset(d->cue_of, EFTI_NO_CUE, r->names.count + 1);
    json_object_foreach(cues, name, value)
    {
        uint32_t word = efti_strings_find(m->words, name, strlen(name));
        if (word == EFTI_NOT_FOUND || !take_units(value, &d->cues[d->cue_count]))
            return bad_model(r, "a cue of denial that is none of the words, or no number",
                             err);
        d->cue_words[d->cue_count] = word;
        d->cue_of[word] = (uint8_t)d->cue_count++;
    }
    return EFT_OK;
}

/* ----------------------------------------------------------------------- words */

static int
by_name(const void *a, const void *b, void *user)
{
    const struct named_word *x = a, *y = b;

    (void)user;
    return strcmp(x->name, y->name);
}

static eft_status
take_row(struct model_reader *r, const json_t *weights, int32_t *row, eft_error *err)
{
    const size_t lanes = r->m->lanes;
    int64_t units;

    if (!json_is_array(weights) || json_array_size(weights) != lanes)
        return bad_model(r, "a word without a weight for each theme", err);
    for (size_t t = 0; t < lanes; t++) {
        if (!take_units(json_array_get(weights, t), &units))
            return bad_model(r, "a weight that is no number from -1000 to 1000", err);
        row[t] = (int32_t)units;
        r->sums[t] += units < 0 ? -units : units;
        if (r->sums[t] > INT32_MAX)
            return bad_model(r, "the weights of a theme's words sum to too much", err);
    }
    return EFT_OK;
}

static eft_status
list_words(struct model_reader *r, json_t *words, eft_error *err)
{
    const eft_allocator *mem = r->m->mem;
    const char *name;
    json_t *value;

    if (!json_is_object(words))
        return bad_model(r, "\"words\" is no object", err);
    json_object_foreach(words, name, value)
    {
        if (!is_word_name(name, strlen(name)))
            return bad_model(r, "a weight that is of no term or part", err);
        if (!EFTI_PUSH(mem, &r->names))
            return efti_no_memory(err, "the words of a model");
        r->names.items[r->names.count - 1] = (struct named_word){name, value};
    }
    efti_sort(r->names.items, r->names.count, sizeof(*r->names.items), by_name, NULL);
    return EFT_OK;
}

static eft_status
take_words(struct model_reader *r, json_t *words, eft_error *err)
{
    struct eft_model *m = r->m;
    eft_status st = list_words(r, words, err);

    if (st != EFT_OK)
        return st;
    m->lanes = (uint32_t)m->themes.count + m->denial.learnt;
    m->stride = (m->lanes + VECTOR - 1) / VECTOR * VECTOR;
    m->row_count = r->names.count * m->stride + 1; /* no words are fine */
    m->own_rows = efti_zalloc(m->mem, m->row_count, sizeof(*m->own_rows));
    if (m->own_rows == NULL)
        return efti_no_memory(err, "the words of a model");
    m->rows = m->own_rows;
    for (size_t i = 0; i < r->names.count && st == EFT_OK; i++) {
        const char *name = r->names.items[i].name;
        if (efti_strings_add(m->words, name, strlen(name), NULL) == EFTI_NOT_FOUND)
            return efti_no_memory(err, "the words of a model");
        st = take_row(r, r->names.items[i].weights, m->own_rows + i * m->stride, err);
    }
    return st;
}

static eft_status
take_model(struct model_reader *r, const json_t *root, eft_error *err)
{
    const json_t *format = json_object_get(root, "format");
    const json_t *version = json_object_get(root, "version");
    const json_t *themes = json_object_get(root, "themes");
    const json_t *scale = json_object_get(root, "scale");
    json_t *theme;
    size_t i;
    eft_status st;

    if (!json_is_string(format) ||
        strcmp(json_string_value(format), EFTI_MODEL_FORMAT) != 0)
        return bad_model(r, "this is none (is it the right file?)", err);
    const json_int_t number = json_is_integer(version) ? json_integer_value(version) : 0;
    if (number != EFTI_MODEL_VERSION && number != EFTI_MODEL_UNDENIED)
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "the model is of another version of the format: train it again "
                         "with this program");
    if (!json_is_string(scale) || strcmp(json_string_value(scale), "sqrt") != 0)
        return bad_model(r, "\"scale\" is not \"sqrt\"", err);
    if (!json_is_array(themes))
        return bad_model(r, "\"themes\" is no list", err);
    if (json_array_size(themes) > EFTI_MODEL_THEMES)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                         "the model has more than %u themes", EFTI_MODEL_THEMES);
    if ((st = take_made_with(r, json_object_get(root, "made_with"), err)) != EFT_OK)
        return st;
    json_array_foreach(themes, i, theme)
    {
        r->theme = (uint32_t)i + 1;
        if ((st = take_theme(r, theme, err)) != EFT_OK)
            return st;
    }
    r->theme = 0;
    json_t *denial = json_object_get(root, "denial");
    if (number != EFTI_MODEL_UNDENIED && (st = take_denial(r, denial, err)) != EFT_OK)
        return st;
    st = take_words(r, json_object_get(root, "words"), err);
    return st == EFT_OK && r->m->denial.learnt
               ? take_cues(r, json_object_get(denial, "cues"), err)
               : st;
}

static eft_status
read_model(struct eft_model *m, eft_text source, eft_error *err)
{
    struct model_reader r = {.m = m};
    unsigned char sum[32];
    json_t *root = NULL;
    int column = 0;
    eft_status st;

    if (source.size > MOST_BYTES)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "a model above 64 MiB");
    efti_sha256(source.bytes, source.size, sum);
    efti_hex(sum, sizeof(sum), m->hash);
    if ((st = efti_strings_new(m->mem, &m->words, err)) == EFT_OK &&
        (st = efti_strings_new(m->mem, &r.ids, err)) == EFT_OK)
        st = efti_json_parse(source, JSON_REJECT_DUPLICATES, &root, &column, err);
    if (st == EFT_OK && root == NULL)
        st = efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "the model is no JSON");
    if (st == EFT_OK)
        st = take_model(&r, root, err);
    json_decref(root);
    efti_strings_free(r.ids);
    EFTI_ARRAY_FREE(m->mem, &r.names);
    return st;
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

static eft_model *
new_model(const eft_allocator *mem)
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

eft_status
eft_model_read(eft_context *ctx, eft_text source, eft_model **out, eft_error *err)
{
    eft_model *m = new_model(efti_context_allocator(ctx));

    *out = NULL;
    if (m == NULL)
        return efti_no_memory(err, "a model");
    eft_status st = read_model(m, source, err);
    if (st != EFT_OK) {
        free_model(m);
        return st;
    }
    *out = m;
    return EFT_OK;
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
    eft_model *m = new_model(mem);

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
    return m->hash;
}

size_t
eft_model_theme_count(const eft_model *m)
{
    return m->themes.count;
}

eft_text
eft_model_theme_id(const eft_model *m, size_t theme)
{
    return theme < m->themes.count ? m->themes.items[theme].id : (eft_text){"", 0};
}

bool
eft_model_theme_used(const eft_model *m, size_t theme)
{
    return theme < m->themes.count && m->themes.items[theme].used;
}

size_t
eft_model_word_count(const eft_model *m)
{
    return efti_strings_count(m->words);
}

eft_text
eft_model_word(const eft_model *m, size_t word)
{
    return word < efti_strings_count(m->words)
               ? efti_strings_get(m->words, (uint32_t)word)
               : (eft_text){"", 0};
}

double
eft_model_word_weight(const eft_model *m, size_t word, size_t theme)
{
    return word < efti_strings_count(m->words) && theme < m->themes.count
               ? (double)efti_model_weight(m, (uint32_t)word, theme) / EFTI_MODEL_UNITS
               : 0;
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
    for (size_t t = 0; t < stride; t += VECTOR) {
        for (size_t k = 0; k < VECTOR; k++) /* one vector */
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

    for (size_t t = 0; t < stride; t += VECTOR) {
        for (size_t k = 0; k < VECTOR; k++)
            sums[t + k] += a[t + k] + b[t + k] + c[t + k] + d[t + k];
    }
}

void
efti_model_scores(const struct eft_model *m, const uint32_t *words, size_t count,
                  const uint8_t *hits, int64_t *scores)
{
    const size_t stride = m->stride;
    int32_t sums[EFTI_MODEL_THEMES + 2 * VECTOR];
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
