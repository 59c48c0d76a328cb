/*
 * model.c - reading a model file, and scores from it
 *
 *     {"format": "eftertanke-model", "version": 1,
 *      "made_with": ["compounds whole", "lexicon karna 2.0.0 ...", ...],
 *      "trained": {...}, "note": "...",
 *      "themes": [{"id": "oro", "used": true, "bias": -2.1, "least": 0.35,
 *                  "calibration": [1.2, 0.1], "figures": {...},
 *                  "weights": {"hit:oro:affirmed": 2.5, "pair:ont mage": 0.81}}]}
 *
 * What stands in "trained", "note", "figures" is for people and is not looked at. All
 * else is foreign bytes: each value is checked, and no number can carry a sum out of
 * range (1e7 in units, times at most 4e6 weights of a file).
 */
#include "pipeline/model.h"

#include "base/context.h"
#include "read/json.h"
#include "stats/logistic.h"

#include <math.h>

#define MOST_BYTES ((size_t)64 << 20)
#define MOST_THEMES 1024u
#define MOST_NAME 512u /* bytes of a feature's name */

struct model_reader {
    struct eft_model *m;
    struct efti_strings *ids;
    uint32_t theme;                             /* from 1, for messages */
    EFTI_ARRAY(struct efti_model_weight) loose; /* as they come */
    EFTI_ARRAY(uint32_t) feature_of;            /* of each */
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
is_feature(const char *name, size_t size)
{
    static const char *const kinds[] = {"hit:", "pair:", "part:", "term:"};
    bool known = false;

    for (size_t i = 0; i < EFTI_COUNT(kinds); i++)
        known |=
            size > strlen(kinds[i]) && strncmp(name, kinds[i], strlen(kinds[i])) == 0;
    return known && size <= MOST_NAME;
}

static eft_status
take_weights(struct model_reader *r, json_t *weights, uint32_t theme, eft_error *err)
{
    const eft_allocator *mem = r->m->mem;
    const char *name;
    json_t *value;
    int64_t units;

    if (!json_is_object(weights))
        return bad_model(r, "\"weights\" is no object", err);
    json_object_foreach(weights, name, value)
    {
        if (!is_feature(name, strlen(name)))
            return bad_model(r, "a weight that is of no term, part, pair or hit", err);
        if (!take_units(value, &units))
            return bad_model(r, "a weight that is no number from -1000 to 1000", err);
        uint32_t id = efti_strings_add(r->m->features, name, strlen(name), NULL);
        if (id == EFTI_NOT_FOUND || !EFTI_PUSH(mem, &r->loose))
            return efti_no_memory(err, "the weights of a model");
        r->loose.items[r->loose.count - 1] =
            (struct efti_model_weight){theme, (int32_t)units};
        if (!EFTI_PUSH(mem, &r->feature_of))
            return efti_no_memory(err, "the weights of a model");
        r->feature_of.items[r->feature_of.count - 1] = id;
    }
    return EFT_OK;
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
    return take_weights(r, json_object_get(object, "weights"),
                        (uint32_t)r->m->themes.count - 1, err);
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

/* Weights in the order of features, themes rising within each: as they came. */
static eft_status
order_weights(struct model_reader *r, eft_error *err)
{
    struct eft_model *m = r->m;
    size_t features = efti_strings_count(m->features);

    if (!EFTI_ARRAY_RESERVE(m->mem, &m->first, features + 2) ||
        !EFTI_ARRAY_RESERVE(m->mem, &m->weights, r->loose.count + 1))
        return efti_no_memory(err, "the weights of a model");
    m->first.count = features + 1;
    memset(m->first.items, 0, (features + 2) * sizeof(*m->first.items));
    m->weights.count = r->loose.count;
    for (size_t i = 0; i < r->loose.count; i++)
        m->first.items[r->feature_of.items[i] + 2]++;
    for (size_t i = 2; i < features + 2; i++)
        m->first.items[i] += m->first.items[i - 1];
    for (size_t i = 0; i < r->loose.count; i++)
        m->weights.items[m->first.items[r->feature_of.items[i] + 1]++] =
            r->loose.items[i];
    return EFT_OK;
}

static eft_status
take_model(struct model_reader *r, const json_t *root, eft_error *err)
{
    const json_t *format = json_object_get(root, "format");
    const json_t *version = json_object_get(root, "version");
    const json_t *themes = json_object_get(root, "themes");
    json_t *theme;
    size_t i;
    eft_status st;

    if (!json_is_string(format) ||
        strcmp(json_string_value(format), EFTI_MODEL_FORMAT) != 0)
        return bad_model(r, "this is none (is it the right file?)", err);
    if (!json_is_integer(version) || json_integer_value(version) != EFTI_MODEL_VERSION)
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "the model is of another version of the format");
    if (!json_is_array(themes))
        return bad_model(r, "\"themes\" is no list", err);
    if (json_array_size(themes) > MOST_THEMES)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                         "the model has more than %u themes", MOST_THEMES);
    if ((st = take_made_with(r, json_object_get(root, "made_with"), err)) != EFT_OK)
        return st;
    json_array_foreach(themes, i, theme)
    {
        r->theme = (uint32_t)i + 1;
        if ((st = take_theme(r, theme, err)) != EFT_OK)
            return st;
    }
    return order_weights(r, err);
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
    if ((st = efti_strings_new(m->mem, &m->features, err)) == EFT_OK &&
        (st = efti_strings_new(m->mem, &r.ids, err)) == EFT_OK)
        st = efti_json_parse(source, JSON_REJECT_DUPLICATES, &root, &column, err);
    if (st == EFT_OK && root == NULL)
        st = efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "the model is no JSON");
    if (st == EFT_OK)
        st = take_model(&r, root, err);
    json_decref(root);
    efti_strings_free(r.ids);
    EFTI_ARRAY_FREE(m->mem, &r.loose);
    EFTI_ARRAY_FREE(m->mem, &r.feature_of);
    return st;
}

static void
free_model(struct eft_model *m)
{
    eft_allocator mem = m->allocator;

    efti_strings_free(m->features);
    EFTI_ARRAY_FREE(&mem, &m->first);
    EFTI_ARRAY_FREE(&mem, &m->weights);
    EFTI_ARRAY_FREE(&mem, &m->themes);
    efti_arena_free(&m->arena);
    efti_release(&mem, m, sizeof(*m));
}

eft_status
eft_model_read(eft_context *ctx, eft_text source, eft_model **out, eft_error *err)
{
    const eft_allocator *mem = efti_context_allocator(ctx);
    struct eft_model *m = efti_zalloc(mem, 1, sizeof(*m));

    *out = NULL;
    if (m == NULL)
        return efti_no_memory(err, "a model");
    m->allocator = *mem;
    m->mem = &m->allocator;
    atomic_init(&m->references, 1);
    efti_arena_init(&m->arena, m->mem);
    eft_status st = read_model(m, source, err);
    if (st != EFT_OK) {
        free_model(m);
        return st;
    }
    *out = m;
    return EFT_OK;
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

/* --------------------------------------------------------------------- using */

void
efti_model_scores(const struct eft_model *m, const uint32_t *features, size_t count,
                  int64_t *scores)
{
    for (size_t t = 0; t < m->themes.count; t++)
        scores[t] = m->themes.items[t].bias;
    for (size_t i = 0; i < count; i++) {
        uint32_t end = m->first.items[features[i] + 1];
        for (uint32_t k = m->first.items[features[i]]; k < end; k++)
            scores[m->weights.items[k].theme] += m->weights.items[k].weight;
    }
}

double
efti_model_chance(const struct eft_model *m, size_t theme, int64_t score)
{
    const struct efti_model_theme *t = &m->themes.items[theme];

    return efti_logistic_chance(t->a * (double)score / EFTI_MODEL_UNITS + t->b);
}
