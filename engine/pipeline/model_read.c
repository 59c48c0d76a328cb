/*
 * model_read.c - a model file
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
#include "read/json.h"

#include <math.h>
#include <stdio.h>

#define MOST_BYTES ((size_t)64 << 20)
#define MOST_NAME 512u /* bytes of a word's name */
#define MOST_STEPS 4

struct named_word {
    const char *name;
    const json_t *weights;
};
struct model_reader {
    struct eft_model *m;
    eft_text source;
    struct efti_strings *ids;
    struct efti_json_step path[MOST_STEPS]; /* to what is looked at */
    size_t depth;
    EFTI_ARRAY(struct named_word) names; /* as they come, then by bytes */
    int64_t sums[EFTI_MODEL_THEMES + 1]; /* of what is taken, without signs */
};

/* ------------------------------------------------------------------- what is wrong */

static void
enter(struct model_reader *r, const char *key, size_t index)
{
    r->path[r->depth++] = (struct efti_json_step){key, index};
}

/* The `member` of what is looked at (NULL: itself) will not do. Names of the file are
 * not told, they are document text: the line tells where they are. */
static eft_status
bad_model(struct model_reader *r, const char *member, const char *what, eft_error *err)
{
    const char *first = r->depth > 0 ? r->path[0].key : "";
    char part[32] = "";

    if (strcmp(first, "themes") == 0)
        (void)snprintf(part, sizeof(part), ", theme %zu", r->path[1].index + 1);
    else if (strcmp(first, "denial") == 0)
        (void)snprintf(part, sizeof(part), ", denial");
    if (member != NULL)
        enter(r, member, 0);
    size_t at = efti_json_where(r->source, r->path, r->depth);
    return efti_fail(err, EFT_E_FORMAT, at,
                     "the model, line %zu%s: %s (mend that, or train it again)",
                     efti_json_line(r->source, at), part, what);
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

/* A list of `count` numbers. */
static bool
take_list(const json_t *list, int64_t *out, size_t count)
{
    bool good = json_is_array(list) && json_array_size(list) == count;

    for (size_t i = 0; i < count && good; i++)
        good = take_units(json_array_get(list, i), &out[i]);
    return good;
}

/* A member that is such a list, or a number where `count` is 0. */
struct numbers {
    const char *member;
    int64_t *out;
    size_t count;
};

static eft_status
take_numbers(struct model_reader *r, const json_t *object, const struct numbers *numbers,
             size_t count, eft_error *err)
{
    for (size_t i = 0; i < count; i++) {
        const struct numbers *n = &numbers[i];
        const json_t *value = json_object_get(object, n->member);
        char what[80];
        if (n->count == 0 ? take_units(value, n->out)
                          : take_list(value, n->out, n->count))
            continue;
        (void)snprintf(what, sizeof(what), "\"%s\" is no %s from -1000 to 1000",
                       n->member, n->count == 0 ? "number" : "list of three numbers");
        return bad_model(r, n->member, what, err);
    }
    return EFT_OK;
}

/* ---------------------------------------------------------------------- themes */

/* The slope and the shift of its chances. */
static bool
take_calibration(const json_t *pair, struct efti_model_theme *t)
{
    const json_t *a = json_array_get(pair, 0), *b = json_array_get(pair, 1);

    t->a = json_number_value(a);
    t->b = json_number_value(b);
    return json_array_size(pair) == 2 && json_is_number(a) && json_is_number(b) &&
           fabs(t->a) <= EFTI_MODEL_LARGEST && fabs(t->b) <= EFTI_MODEL_LARGEST;
}

/* Behind those of before, in the order of ids. */
static eft_status
add_model_theme(struct model_reader *r, struct efti_model_theme *t, const json_t *id,
                eft_error *err)
{
    const char *bytes = json_string_value(id);
    const size_t size = json_string_length(id);
    struct eft_model *m = r->m;
    bool added = false;

    char *copy = efti_arena_copy(&m->arena, bytes, size);
    if (copy == NULL || efti_strings_add(r->ids, bytes, size, &added) == EFTI_NOT_FOUND)
        return efti_no_memory(err, "the themes of a model");
    t->id = (eft_text){copy, size};
    if (!added)
        return bad_model(r, "id", "its id was there before", err);
    const struct efti_model_theme *last =
        m->themes.count == 0 ? NULL : &m->themes.items[m->themes.count - 1];
    if (last != NULL && efti_compare(last->id.bytes, last->id.size, copy, size) > 0)
        return bad_model(r, "id", "themes stand in the order of their ids", err);
    if (!EFTI_PUSH(m->mem, &m->themes) || m->themes.items == NULL)
        return efti_no_memory(err, "the themes of a model");
    m->themes.items[m->themes.count - 1] = *t;
    return EFT_OK;
}

static eft_status
take_theme(struct model_reader *r, const json_t *object, eft_error *err)
{
    const json_t *id = json_object_get(object, "id");
    const json_t *used = json_object_get(object, "used");
    struct efti_model_theme t = {.used = json_is_true(used)};
    const struct numbers numbers[] = {
        {"bias", &t.bias, 0}, {"least", &t.least, 0}, {"hits", t.hits, EFTI_MODEL_HITS}};

    if (!json_is_string(id) ||
        !efti_is_slug(json_string_value(id), json_string_length(id)))
        return bad_model(r, "id", "\"id\" is no word of a-z, 0-9 and _", err);
    if (!json_is_boolean(used))
        return bad_model(r, "used", "\"used\" is neither true nor false", err);
    eft_status st = take_numbers(r, object, numbers, EFTI_COUNT(numbers), err);
    if (st != EFT_OK)
        return st;
    if (!take_calibration(json_object_get(object, "calibration"), &t))
        return bad_model(r, "calibration",
                         "\"calibration\" is no pair of numbers from -1000 to 1000", err);
    return add_model_theme(r, &t, id, err);
}

static eft_status
take_model_themes(struct model_reader *r, const json_t *themes, eft_error *err)
{
    eft_status st = EFT_OK;
    json_t *theme;
    size_t i;

    if (!json_is_array(themes))
        return bad_model(r, "themes", "\"themes\" is no list", err);
    if (json_array_size(themes) > EFTI_MODEL_THEMES)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                         "the model has more than %u themes", EFTI_MODEL_THEMES);
    json_array_foreach(themes, i, theme)
    {
        r->depth = 0;
        enter(r, "themes", 0);
        enter(r, NULL, i);
        if ((st = take_theme(r, theme, err)) != EFT_OK)
            return st;
    }
    r->depth = 0;
    return st;
}

static eft_status
take_made_with(struct model_reader *r, const json_t *lines, eft_error *err)
{
    struct efti_bytes out;
    json_t *line;
    size_t i;

    if (!json_is_array(lines))
        return bad_model(r, "made_with", "\"made_with\" is no list", err);
    efti_bytes_init(&out, r->m->mem);
    json_array_foreach(lines, i, line)
    {
        const char *text = json_string_value(line);
        if (text == NULL || strchr(text, '\n') != NULL) {
            efti_bytes_free(&out);
            return bad_model(r, "made_with", "\"made_with\" has what is no line of text",
                             err);
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
    const struct numbers numbers[] = {
        {"bias", &d->bias, 0},
        {"least", &d->least, 0},
        {"negated", d->negated, EFTI_MODEL_HITS},
        {"affirmed", d->affirmed, EFTI_MODEL_HITS},
        {"uncertain", &d->uncertain, 0},
        {"none", &d->none, 0},
    };

    if (!json_is_object(object))
        return bad_model(r, "denial", "\"denial\" is no object", err);
    enter(r, "denial", 0);
    eft_status st = take_numbers(r, object, numbers, EFTI_COUNT(numbers), err);
    if (st != EFT_OK)
        return st;
    bool good = json_is_array(themes) && json_array_size(themes) == r->m->themes.count;
    for (size_t i = 0; i < r->m->themes.count && good; i++)
        good = take_list(json_array_get(themes, i), r->m->themes.items[i].denied, 2);
    if (!good)
        return bad_model(r, "themes",
                         "\"themes\" is no list with a pair of numbers from -1000 to "
                         "1000 for each theme",
                         err);
    r->depth = 0;
    d->learnt = true;
    return EFT_OK;
}

/* A cue has its number by where it stands in the file. */
static eft_status
take_cues(struct model_reader *r, json_t *cues, eft_error *err)
{
    struct eft_model *m = r->m;
    struct efti_model_denial *d = &m->denial;
    const char *name;
    json_t *value;

    enter(r, "denial", 0);
    if (!json_is_object(cues) || json_object_size(cues) > EFTI_MODEL_CUES)
        return bad_model(r, "cues", "\"cues\" is no object of 64 words at most", err);
    d->cue_of = efti_arena_alloc(&m->arena, r->names.count + 1, 1);
    if (d->cue_of == NULL)
        return efti_no_memory(err, "the words of a model");
    memset(d->cue_of, EFTI_NO_CUE, r->names.count + 1);
    enter(r, "cues", 0);
    json_object_foreach(cues, name, value)
    {
        uint32_t word = efti_strings_find(m->words, name, strlen(name));
        if (word == EFTI_NOT_FOUND)
            return bad_model(r, name, "a cue that is none of the \"words\"", err);
        if (!take_units(value, &d->cues[d->cue_count]))
            return bad_model(r, name, "a cue that is no number from -1000 to 1000", err);
        d->cue_words[d->cue_count] = word;
        d->cue_of[word] = (uint8_t)d->cue_count++;
    }
    r->depth = 0;
    return EFT_OK;
}

/* ----------------------------------------------------------------------- words */

static bool
is_word_name(const char *name, size_t size)
{
    return size > 5 && size <= MOST_NAME &&
           (memcmp(name, "term:", 5) == 0 || memcmp(name, "part:", 5) == 0);
}

static int
by_name(const void *a, const void *b, void *user)
{
    const struct named_word *x = a, *y = b;

    (void)user;
    return strcmp(x->name, y->name);
}

static eft_status
take_row(struct model_reader *r, const struct named_word *word, int32_t *row,
         eft_error *err)
{
    const size_t lanes = r->m->lanes;
    int64_t units;

    if (!json_is_array(word->weights) || json_array_size(word->weights) != lanes)
        return bad_model(r, word->name,
                         r->m->denial.learnt
                             ? "a word without a weight for each theme and for denial"
                             : "a word without a weight for each theme",
                         err);
    for (size_t t = 0; t < lanes; t++) {
        if (!take_units(json_array_get(word->weights, t), &units))
            return bad_model(r, word->name,
                             "a weight that is no number from -1000 to 1000", err);
        row[t] = (int32_t)units;
        r->sums[t] += units < 0 ? -units : units;
        if (r->sums[t] > INT32_MAX)
            return bad_model(r, NULL, "the weights of a theme's words sum to too much",
                             err);
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
        return bad_model(r, "words", "\"words\" is no object", err);
    enter(r, "words", 0);
    json_object_foreach(words, name, value)
    {
        if (!is_word_name(name, strlen(name)))
            return bad_model(r, name, "a weight that is of no term or part", err);
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
    m->stride =
        (m->lanes + EFTI_MODEL_VECTOR - 1) / EFTI_MODEL_VECTOR * EFTI_MODEL_VECTOR;
    m->row_count = r->names.count * m->stride + 1; /* no words are fine */
    m->own_rows = efti_zalloc(m->mem, m->row_count, sizeof(*m->own_rows));
    if (m->own_rows == NULL)
        return efti_no_memory(err, "the words of a model");
    m->rows = m->own_rows;
    for (size_t i = 0; i < r->names.count && st == EFT_OK; i++) {
        const struct named_word *word = &r->names.items[i];
        if (efti_strings_add(m->words, word->name, strlen(word->name), NULL) ==
            EFTI_NOT_FOUND)
            return efti_no_memory(err, "the words of a model");
        st = take_row(r, word, m->own_rows + i * m->stride, err);
    }
    r->depth = 0;
    return st;
}

/* ------------------------------------------------------------------ all of a file */

/* Is it a model, and of a version that is read? */
static eft_status
take_version(const json_t *root, bool *denial, eft_error *err)
{
    const json_t *format = json_object_get(root, "format");
    const json_t *version = json_object_get(root, "version");

    if (!json_is_string(format) ||
        strcmp(json_string_value(format), EFTI_MODEL_FORMAT) != 0)
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "the model: this is none (is it the right file?)");
    const json_int_t number = json_is_integer(version) ? json_integer_value(version) : 0;
    if (number != EFTI_MODEL_VERSION && number != EFTI_MODEL_UNDENIED)
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "the model is of another version of the format: train it again "
                         "with this program");
    *denial = number != EFTI_MODEL_UNDENIED;
    return EFT_OK;
}

static eft_status
take_model(struct model_reader *r, const json_t *root, eft_error *err)
{
    const json_t *scale = json_object_get(root, "scale");
    const json_t *denial = json_object_get(root, "denial");
    bool denies = false;
    eft_status st;

    if ((st = take_version(root, &denies, err)) != EFT_OK)
        return st;
    if (!json_is_string(scale) || strcmp(json_string_value(scale), "sqrt") != 0)
        return bad_model(r, "scale", "\"scale\" is not \"sqrt\"", err);
    if ((st = take_made_with(r, json_object_get(root, "made_with"), err)) != EFT_OK ||
        (st = take_model_themes(r, json_object_get(root, "themes"), err)) != EFT_OK ||
        (denies && (st = take_denial(r, denial, err)) != EFT_OK) ||
        (st = take_words(r, json_object_get(root, "words"), err)) != EFT_OK)
        return st;
    return denies ? take_cues(r, json_object_get(denial, "cues"), err) : EFT_OK;
}

static eft_status
read_model(struct eft_model *m, eft_text source, eft_error *err)
{
    struct model_reader r = {.m = m, .source = source};
    struct efti_json_fault fault = {0};
    unsigned char sum[32];
    json_t *root = NULL;
    eft_status st = efti_text_is_there(source, "the model", err);

    if (st != EFT_OK)
        return st;
    if (source.size == 0)
        return efti_fail(err, EFT_E_FORMAT, 0,
                         "the model is empty (is it the right file?)");
    if (source.size > MOST_BYTES)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "a model above 64 MiB");
    efti_sha256(source.bytes, source.size, sum);
    efti_hex(sum, sizeof(sum), m->hash);
    if ((st = efti_strings_new(m->mem, &m->words, err)) == EFT_OK &&
        (st = efti_strings_new(m->mem, &r.ids, err)) == EFT_OK)
        st = efti_json_parse(source, JSON_REJECT_DUPLICATES, &root, &fault, err);
    if (st == EFT_OK && root == NULL)
        st = efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                       "the model is no JSON (line %d, column %d)", fault.line,
                       fault.column);
    if (st == EFT_OK)
        st = take_model(&r, root, err);
    json_decref(root);
    efti_strings_free(r.ids);
    EFTI_ARRAY_FREE(m->mem, &r.names);
    return st;
}

eft_status
eft_model_read(eft_context *ctx, eft_text source, eft_model **out, eft_error *err)
{
    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (ctx == NULL)
        return efti_left_out(err);
    eft_model *m = efti_model_new(efti_context_allocator(ctx));
    if (m == NULL)
        return efti_no_memory(err, "a model");
    eft_status st = read_model(m, source, err);
    if (st != EFT_OK) {
        eft_model_unref(m);
        return st;
    }
    *out = m;
    return EFT_OK;
}
