/*
 * train.c - coded texts -> features -> a regression for each theme -> a model file
 *
 * What may become a feature is decided as what may become a number in a table (DESIGN 8):
 * the closed vocabulary first, then the gate: at least k writers have it in their texts,
 * at least k do not have it in all, none dominates. A code has to pass the same.
 *
 * Rows stand in the order of ids and columns in that of names, and writers are dealt to
 * folds in the order of theirs: the same codes give the same bytes however they came.
 */
#include "evaluate/evaluate.h"
#include "evaluate/learn.h"

#include "base/context.h"
#include "pipeline/model_features.h"
#include "release/release.h"
#include "stats/random.h"

#include <eftertanke/train.h>
#include <math.h>
#include <stdlib.h>

EFTI_PIN_SIZE(eft_train_options, 72);

#define LEAST_CODED 50u
#define MOST_FOLDS 50u
/* A hit of the theme itself is trusted as three features: see logistic.h. It is what the
 * lexicon's writer found by reading, and should not have to be learnt from ten codes. */
#define OWN_HIT 5.
#define LEAST_WEIGHT 0.001 /* smaller ones move no decision and fill the file */

struct training {
    struct efti_evaluation e;
    const eft_train_options *o;
    struct efti_gate gate;
    struct efti_features features;
    struct efti_strings *names, *writers;
    bool has_writers;
    EFTI_ARRAY(uint32_t) rows;    /* documents that are coded, by id */
    EFTI_ARRAY(uint32_t) themes;  /* of names, by bytes */
    EFTI_ARRAY(size_t) starts;    /* of each row in `values` */
    EFTI_ARRAY(uint32_t) values;  /* features, then columns */
    EFTI_ARRAY(uint32_t) columns; /* features that are kept, by name */
    EFTI_ARRAY(uint32_t) cluster, fold;
    uint8_t *found; /* rows * themes: the lexicon has it */
    size_t found_size;
    struct efti_bytes out;
};

static size_t
theme_rows(const struct training *t)
{
    return t->rows.count * t->themes.count + 1;
}

/* ------------------------------------------------------------------------ gold */

static int
by_document(const void *a, const void *b, void *user)
{
    const struct training *t = user;
    const struct efti_gold_doc *x = &t->e.gold.docs.items[*(const uint32_t *)a];
    const struct efti_gold_doc *y = &t->e.gold.docs.items[*(const uint32_t *)b];
    int c = efti_compare(x->id.bytes, x->id.size, y->id.bytes, y->id.size);

    return c != 0
               ? c
               : efti_compare(x->text.bytes, x->text.size, y->text.bytes, y->text.size);
}

static int
by_name(const void *a, const void *b, void *user)
{
    const eft_text x = efti_strings_get(user, *(const uint32_t *)a);
    const eft_text y = efti_strings_get(user, *(const uint32_t *)b);

    return efti_compare(x.bytes, x.size, y.bytes, y.size);
}

static eft_status
name_codes(struct training *t, const struct efti_gold_doc *doc, eft_error *err)
{
    for (uint32_t i = 0; i < doc->themes.count; i++) {
        const eft_text name = t->e.gold.names.items[doc->themes.first + i];
        bool added = false;
        if (!efti_is_slug(name.bytes, name.size))
            return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                             "the gold file, line %u: a code that is no word of a-z, 0-9 "
                             "and _ (rename it)",
                             doc->line);
        uint32_t id = efti_strings_add(t->names, name.bytes, name.size, &added);
        if (id == EFTI_NOT_FOUND || (added && !EFTI_PUSH(t->e.mem, &t->themes)))
            return efti_no_memory(err, "the codes");
        if (added)
            t->themes.items[t->themes.count - 1] = id;
    }
    return EFT_OK;
}

static eft_status
list_rows(struct training *t, eft_error *err)
{
    for (size_t i = 0; i < t->e.gold.docs.count; i++) {
        const struct efti_gold_doc *doc = &t->e.gold.docs.items[i];
        if ((doc->has & EFTI_GOLD_THEMES) == 0)
            continue;
        eft_status st = name_codes(t, doc, err);
        if (st != EFT_OK)
            return st;
        if (!EFTI_PUSH(t->e.mem, &t->rows))
            return efti_no_memory(err, "the coded texts");
        t->rows.items[t->rows.count - 1] = (uint32_t)i;
        t->has_writers |= doc->writer.size > 0;
    }
    if (t->rows.count < LEAST_CODED)
        return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                         "%zu coded reflections are too few to learn from: at least %u",
                         t->rows.count, LEAST_CODED);
    efti_sort(t->rows.items, t->rows.count, sizeof(uint32_t), by_document, t);
    efti_sort(t->themes.items, t->themes.count, sizeof(uint32_t), by_name, t->names);
    return EFT_OK;
}

/* ---------------------------------------------------------------------- features */

/* Place of a theme in `themes`; SIZE_MAX: nobody coded it. */
static size_t
theme_place(const struct training *t, eft_text id)
{
    uint32_t name = efti_strings_find(t->names, id.bytes, id.size);

    for (size_t i = 0; i < t->themes.count && name != EFTI_NOT_FOUND; i++) {
        if (t->themes.items[i] == name)
            return i;
    }
    return SIZE_MAX;
}

static void
mark_lexicon(struct training *t, size_t row)
{
    const struct efti_hits *h = &t->e.core.hits;

    for (size_t i = 0; i < h->hits.count; i++) {
        const struct efti_hit *hit = &h->hits.items[i];
        size_t theme =
            theme_place(t, efti_matcher_theme(t->e.plan->matcher, hit->theme)->id);
        if (hit->polarity != EFTI_UNCERTAIN && theme != SIZE_MAX)
            t->found[theme * t->rows.count + row] = 1;
    }
}

static eft_status
read_row(struct training *t, size_t row, eft_error *err)
{
    const struct efti_gold_doc *doc = &t->e.gold.docs.items[t->rows.items[row]];
    struct efti_worker *w = &t->e.core;
    uint32_t flags = 0;
    eft_status st;

    t->starts.items[row] = t->values.count;
    if ((st = efti_worker_answer(w, doc->text, &flags, err)) != EFT_OK || flags != 0 ||
        (st = efti_worker_match(w, doc->text, err)) != EFT_OK || w->veiled.withheld)
        return st; /* what counts nowhere has no features */
    if ((st = efti_features_find(&t->features, err)) != EFT_OK)
        return st;
    size_t n = t->features.present.count;
    if (!EFTI_ARRAY_RESERVE(t->e.mem, &t->values, t->values.count + n + 1))
        return efti_no_memory(err, "the features of the texts");
    if (n > 0)
        memcpy(t->values.items + t->values.count, t->features.present.items,
               n * sizeof(uint32_t));
    t->values.count += n;
    mark_lexicon(t, row);
    return EFT_OK;
}

static eft_status
read_rows(struct training *t, eft_error *err)
{
    size_t n = t->rows.count;
    eft_status st = EFT_OK;

    t->found_size = theme_rows(t);
    t->found = efti_zalloc(t->e.mem, t->found_size, 1);
    if (t->found == NULL || !EFTI_ARRAY_RESERVE(t->e.mem, &t->starts, n + 1))
        return efti_no_memory(err, "the coded texts");
    t->starts.count = n + 1;
    for (size_t row = 0; row < n && st == EFT_OK; row++)
        st = read_row(t, row, err);
    t->starts.items[n] = t->values.count;
    return st;
}

/* The writer of each row; a text without one is its own. */
static eft_status
find_writers(struct training *t, eft_error *err)
{
    struct efti_bytes key;
    bool ok = EFTI_ARRAY_RESERVE(t->e.mem, &t->cluster, t->rows.count) &&
              EFTI_ARRAY_RESERVE(t->e.mem, &t->fold, t->rows.count);

    efti_bytes_init(&key, t->e.mem);
    for (size_t row = 0; row < t->rows.count && ok; row++) {
        const struct efti_gold_doc *doc = &t->e.gold.docs.items[t->rows.items[row]];
        efti_bytes_clear(&key);
        efti_put_char(&key, doc->writer.size > 0 ? 'w' : 't');
        if (doc->writer.size > 0)
            efti_put(&key, doc->writer.bytes, doc->writer.size);
        else
            efti_put_u64(&key, row);
        t->cluster.items[row] =
            key.failed ? EFTI_NOT_FOUND
                       : efti_strings_add(t->writers, key.data, key.size, NULL);
        ok = t->cluster.items[row] != EFTI_NOT_FOUND;
    }
    efti_bytes_free(&key);
    return ok ? EFT_OK : efti_no_memory(err, "the writers");
}

/* Writers by bytes, shuffled, dealt out one by one. */
static eft_status
deal_folds(struct training *t, uint32_t folds, eft_error *err)
{
    uint32_t writers = efti_strings_count(t->writers);
    uint32_t *order = efti_zalloc(t->e.mem, 2 * (size_t)writers, sizeof(*order));
    struct efti_random *random = NULL;
    eft_status st = order == NULL
                        ? efti_no_memory(err, "the folds")
                        : efti_random_new(t->e.mem, t->o->seed, 0, &random, err);

    for (uint32_t i = 0; i < writers && st == EFT_OK; i++)
        order[i] = i;
    if (st == EFT_OK) {
        efti_sort(order, writers, sizeof(*order), by_name, t->writers);
        efti_random_shuffle(random, order, writers);
        for (uint32_t i = 0; i < writers; i++)
            order[writers + order[i]] = i % folds;
        for (size_t row = 0; row < t->rows.count; row++)
            t->fold.items[row] = order[writers + t->cluster.items[row]];
    }
    efti_random_free(random);
    efti_release(t->e.mem, order, 2 * (size_t)writers * sizeof(*order));
    return st;
}

/* ----------------------------------------------------------------------- the gate */

/* Texts of each writer in a set and in its rest. */
struct gate_counts {
    uint32_t *with, *all; /* by writer */
    uint32_t writers;
};

static bool
passes(const struct training *t, const struct gate_counts *c)
{
    struct efti_cell cell = {0}, rest = {0};

    for (uint32_t w = 0; w < c->writers; w++) {
        efti_cell_add(&cell, c->with[w]);
        efti_cell_add(&rest, c->all[w] - c->with[w]);
    }
    return efti_gate_shows(&t->gate, &cell, &rest, 1);
}

/* Rows of each feature, as rows by feature; `first` has features + 2 places. */
static void
turn_round(const struct training *t, uint32_t features, size_t *first, uint32_t *rows)
{
    for (size_t i = 0; i < t->values.count; i++)
        first[t->values.items[i] + 2]++;
    for (size_t f = 2; f < (size_t)features + 2; f++)
        first[f] += first[f - 1];
    for (size_t row = 0; row < t->rows.count; row++) {
        for (size_t i = t->starts.items[row]; i < t->starts.items[row + 1]; i++)
            rows[first[t->values.items[i] + 1]++] = (uint32_t)row;
    }
}

static eft_status
keep_columns(struct training *t, const struct gate_counts *c, const size_t *first,
             const uint32_t *rows, uint32_t features, eft_error *err)
{
    for (uint32_t f = 0; f < features; f++) {
        memset(c->with, 0, c->writers * sizeof(*c->with));
        for (size_t i = first[f]; i < first[f + 1]; i++)
            c->with[t->cluster.items[rows[i]]]++;
        if (!passes(t, c))
            continue;
        if (!EFTI_PUSH(t->e.mem, &t->columns))
            return efti_no_memory(err, "the features");
        t->columns.items[t->columns.count - 1] = f;
    }
    efti_sort(t->columns.items, t->columns.count, sizeof(uint32_t), by_name,
              t->features.names);
    return EFT_OK;
}

static int
by_number(const void *a, const void *b, void *user)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    (void)user;
    return x < y ? -1 : x > y;
}

/* Features to columns; those that are not kept fall out of the rows. */
static void
renumber(struct training *t, uint32_t *column_of, uint32_t features)
{
    size_t to = 0, from = 0;

    for (uint32_t f = 0; f < features; f++)
        column_of[f] = EFTI_NOT_FOUND;
    for (size_t k = 0; k < t->columns.count; k++)
        column_of[t->columns.items[k]] = (uint32_t)k;
    for (size_t row = 0; row < t->rows.count; row++) {
        size_t end = t->starts.items[row + 1];
        t->starts.items[row] = to;
        for (; from < end; from++) {
            if (column_of[t->values.items[from]] != EFTI_NOT_FOUND)
                t->values.items[to++] = column_of[t->values.items[from]];
        }
        efti_sort(t->values.items + t->starts.items[row], to - t->starts.items[row],
                  sizeof(uint32_t), by_number, NULL);
    }
    t->starts.items[t->rows.count] = t->values.count = to;
}

static eft_status
choose_columns(struct training *t, struct gate_counts *c, eft_error *err)
{
    uint32_t features = efti_strings_count(t->features.names);
    size_t first_count = (size_t)features + 2, room = t->values.count + features + 1;
    size_t *first = efti_zalloc(t->e.mem, first_count, sizeof(*first));
    uint32_t *rows = efti_zalloc(t->e.mem, room, sizeof(*rows));
    eft_status st = EFT_OK;

    if (first == NULL || rows == NULL) {
        st = efti_no_memory(err, "the features");
    } else {
        turn_round(t, features, first, rows);
        st = keep_columns(t, c, first, rows, features, err);
        if (st == EFT_OK)
            renumber(t, rows + t->values.count, features);
    }
    efti_release(t->e.mem, first, first_count * sizeof(*first));
    efti_release(t->e.mem, rows, room * sizeof(*rows));
    return st;
}

/* ------------------------------------------------------------------------- themes */

struct theme_work {
    uint8_t *positive;
    double *scale, *weights;
    uint32_t *order; /* columns with a weight, the largest first */
    struct gate_counts counts;
    struct efti_sample sample;
};

static void
mark_codes(const struct training *t, size_t theme, uint8_t *positive, uint64_t *coded)
{
    const struct efti_gold *g = &t->e.gold;
    const eft_text id = efti_strings_get(t->names, t->themes.items[theme]);

    *coded = 0;
    for (size_t row = 0; row < t->rows.count; row++) {
        const struct efti_gold_doc *doc = &g->docs.items[t->rows.items[row]];
        positive[row] = 0;
        for (uint32_t i = 0; i < doc->themes.count && positive[row] == 0; i++) {
            const eft_text name = g->names.items[doc->themes.first + i];
            positive[row] = efti_equal(name.bytes, name.size, id.bytes, id.size);
        }
        *coded += positive[row];
    }
}

static bool
enough_writers(const struct training *t, struct theme_work *w)
{
    memset(w->counts.with, 0, w->counts.writers * sizeof(*w->counts.with));
    for (size_t row = 0; row < t->rows.count; row++)
        w->counts.with[t->cluster.items[row]] += w->positive[row];
    return passes(t, &w->counts);
}

/* "hit:oro:..." of the theme itself. */
static void
set_scales(const struct training *t, eft_text id, double *scale)
{
    for (size_t k = 0; k < t->columns.count; k++) {
        const eft_text name = efti_strings_get(t->features.names, t->columns.items[k]);
        bool own = name.size > 5 + id.size && memcmp(name.bytes, "hit:", 4) == 0 &&
                   memcmp(name.bytes + 4, id.bytes, id.size) == 0 &&
                   name.bytes[4 + id.size] == ':';
        scale[k] = own ? OWN_HIT : 1;
    }
}

/* ------------------------------------------------------------------------- writing */

static int64_t
in_units(double x)
{
    double most = EFTI_MODEL_LARGEST;

    return llround((x > most ? most : x < -most ? -most : x) * EFTI_MODEL_UNITS);
}

static void
put_units(struct efti_bytes *out, const char *name, double x)
{
    efti_put_text(out, name);
    efti_put_double(out, (double)in_units(x) / EFTI_MODEL_UNITS);
}

/* Two decimals: what a person reads; NaN: null. */
static void
put_figure(struct efti_bytes *out, const char *name, double x)
{
    efti_put_text(out, name);
    if (isnan(x))
        efti_put_text(out, "null");
    else
        efti_put_double(out, round(100 * x) / 100 + 0.);
}

static int
by_weight(const void *a, const void *b, void *user)
{
    const double *weights = user;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    int64_t u = llabs(in_units(weights[x])), v = llabs(in_units(weights[y]));

    return u != v ? (u > v ? -1 : 1) : (x < y ? -1 : x > y); /* columns are by name */
}

static uint64_t
put_weights(struct training *t, const struct theme_work *w)
{
    size_t n = 0;

    for (uint32_t k = 0; k < t->columns.count; k++) {
        if (fabs(w->weights[k]) >= LEAST_WEIGHT)
            w->order[n++] = k;
    }
    efti_sort(w->order, n, sizeof(*w->order), by_weight, w->weights);
    efti_put_text(&t->out, ",\n   \"weights\": {");
    for (size_t i = 0; i < n; i++) {
        const eft_text name =
            efti_strings_get(t->features.names, t->columns.items[w->order[i]]);
        efti_put_text(&t->out, i == 0 ? "\n    " : ",\n    ");
        efti_put_json(&t->out, name.bytes, name.size);
        put_units(&t->out, ": ", w->weights[w->order[i]]);
    }
    efti_put_text(&t->out, "}}");
    return n;
}

static void
put_theme(struct training *t, const struct theme_work *w, const struct efti_learnt *l,
          eft_text id, eft_trained *told)
{
    struct efti_bytes *out = &t->out;

    efti_put_text(out,
                  out->data[out->size - 1] == '[' ? "\n  {\"id\": " : ",\n  {\"id\": ");
    efti_put_json(out, id.bytes, id.size);
    efti_put_text(out, l->used ? ", \"used\": true" : ", \"used\": false");
    put_units(out, ", \"bias\": ", l->weights[t->columns.count]);
    put_units(out, ", \"least\": ", l->least);
    put_units(out, ", \"calibration\": [", l->ab[0]);
    put_units(out, ", ", l->ab[1]);
    put_units(out, "],\n   \"figures\": {\"penalty\": ", l->l2);
    put_figure(out, ", \"f1_lexicon\": ", l->f1_lexicon);
    put_figure(out, ", \"f1_model\": ", l->f1_model);
    put_figure(out, ", \"difference\": ", l->difference);
    put_figure(out, ", \"low\": ", l->low);
    put_figure(out, ", \"high\": ", l->high);
    efti_put_char(out, '}');
    told->features = put_weights(t, w);
}

static void
put_head(struct training *t, uint32_t folds)
{
    struct efti_bytes *out = &t->out;
    eft_text lines = t->e.plan->settings.fingerprints, line;
    bool first = true;

    efti_put_text(out, "{\"format\": \"" EFTI_MODEL_FORMAT "\", \"version\": ");
    efti_put_u64(out, EFTI_MODEL_VERSION);
    efti_put_text(out,
                  ",\n \"note\": \"present where bias and the weights of what a text "
                  "has sum to least or more; used: better than the lexicon in texts "
                  "of writers it had not seen\",\n \"made_with\": [");
    while (efti_gold_line(&lines, &line)) {
        if (line.size == 0)
            continue;
        efti_put_text(out, first ? "\n  " : ",\n  ");
        efti_put_json(out, line.bytes, line.size);
        first = false;
    }
    efti_put_text(out, "],\n \"trained\": {\"reflections\": ");
    efti_put_u64(out, t->rows.count);
    efti_put_text(out, ", \"writers\": ");
    efti_put_u64(out, efti_strings_count(t->writers));
    efti_put_text(out, ", \"k\": ");
    efti_put_u64(out, t->gate.k);
    efti_put_text(out, ", \"folds\": ");
    efti_put_u64(out, folds);
    efti_put_text(out, ", \"seed\": ");
    efti_put_u64(out, t->o->seed);
    efti_put_text(out, "},\n \"themes\": [");
}

/* ------------------------------------------------------------------------- a theme */

static eft_status
tell_theme(const struct training *t, const eft_trained *told, eft_error *err)
{
    if (t->o->theme == NULL)
        return EFT_OK;
    eft_status st = t->o->theme(t->o->theme_user, told);
    return st == EFT_OK || st == EFT_STOP
               ? EFT_OK
               : efti_callback_answer(st, "the receiver of the themes", err);
}

static eft_status
train_theme(struct training *t, struct theme_work *w, size_t theme, eft_error *err)
{
    const eft_text id = efti_strings_get(t->names, t->themes.items[theme]);
    struct efti_learnt l = {.weights = w->weights};
    eft_trained told = {.theme = id,
                        .verdict = "too few writers have the code",
                        .f1_lexicon = NAN,
                        .f1_model = NAN,
                        .difference = NAN,
                        .low = NAN,
                        .high = NAN};
    eft_status st = EFT_OK;

    mark_codes(t, theme, w->positive, &told.coded);
    if (enough_writers(t, w)) {
        w->sample.lexicon = t->found + theme * t->rows.count;
        set_scales(t, id, w->scale);
        if ((st = efti_learn(&w->sample, &l, err)) != EFT_OK)
            return st;
        told.used = l.used;
        told.verdict = l.used             ? "better than the lexicon"
                       : l.difference > 0 ? "not surely better than the lexicon"
                                          : "no better than the lexicon";
        told.f1_lexicon = l.f1_lexicon;
        told.f1_model = l.f1_model;
        told.difference = l.difference;
        told.low = l.low;
        told.high = l.high;
        put_theme(t, w, &l, id, &told);
        if (t->out.failed)
            return efti_no_memory(err, "the model");
    }
    return tell_theme(t, &told, err);
}

static eft_status
train_themes(struct training *t, struct theme_work *w, uint32_t folds, eft_error *err)
{
    eft_status st = choose_columns(t, &w->counts, err);

    if (st != EFT_OK)
        return st;
    put_head(t, folds);
    if (t->out.failed)
        return efti_no_memory(err, "the model");
    size_t columns = t->columns.count + 1, numbers = 2 * columns;
    w->scale = efti_zalloc(t->e.mem, numbers, sizeof(*w->scale));
    w->order = efti_zalloc(t->e.mem, columns, sizeof(*w->order));
    if (w->scale == NULL || w->order == NULL)
        st = efti_no_memory(err, "the weights");
    else
        w->weights = w->scale + columns;
    w->sample = (struct efti_sample){.mem = t->e.mem,
                                     .rows = t->rows.count,
                                     .columns = t->columns.count,
                                     .clusters = efti_strings_count(t->writers),
                                     .starts = t->starts.items,
                                     .features = t->values.items,
                                     .scale = w->scale,
                                     .cluster = t->cluster.items,
                                     .fold = t->fold.items,
                                     .folds = folds,
                                     .seed = t->o->seed,
                                     .positive = w->positive};
    for (size_t i = 0; i < t->themes.count && st == EFT_OK; i++)
        st = train_theme(t, w, i, err);
    efti_put_text(&t->out, "]}\n");
    efti_release(t->e.mem, w->scale, numbers * sizeof(*w->scale));
    efti_release(t->e.mem, w->order, columns * sizeof(*w->order));
    return st == EFT_OK && t->out.failed ? efti_no_memory(err, "the model") : st;
}

static eft_status
train_all(struct training *t, eft_error *err)
{
    struct theme_work w = {0};
    uint32_t folds = t->o->folds != 0 ? t->o->folds : t->rows.count <= 200 ? 10 : 5;
    uint32_t writers = efti_strings_count(t->writers);
    size_t counts = 2 * (size_t)writers;
    eft_status st = deal_folds(t, folds, err);

    w.positive = efti_zalloc(t->e.mem, t->rows.count, 1);
    w.counts.with = efti_zalloc(t->e.mem, counts, sizeof(*w.counts.with));
    if (st == EFT_OK && (w.positive == NULL || w.counts.with == NULL))
        st = efti_no_memory(err, "the training");
    if (st == EFT_OK) {
        w.counts.all = w.counts.with + writers;
        w.counts.writers = writers;
        for (size_t row = 0; row < t->rows.count; row++)
            w.counts.all[t->cluster.items[row]]++;
        st = train_themes(t, &w, folds, err);
    }
    efti_release(t->e.mem, w.positive, t->rows.count);
    efti_release(t->e.mem, w.counts.with, counts * sizeof(*w.counts.with));
    return st;
}

/* -------------------------------------------------------------------------- public */

static eft_status
open_training(struct training *t, eft_error *err)
{
    eft_status st;

    efti_bytes_init(&t->out, t->e.mem);
    if ((st = efti_strings_new(t->e.mem, &t->names, err)) != EFT_OK ||
        (st = efti_strings_new(t->e.mem, &t->writers, err)) != EFT_OK ||
        (st = list_rows(t, err)) != EFT_OK ||
        (st = efti_gate_make(t->o->k, false, t->has_writers, false, &t->gate, err)) !=
            EFT_OK ||
        (st = efti_features_open(&t->features, &t->e.core, NULL, err)) != EFT_OK ||
        (st = read_rows(t, err)) != EFT_OK)
        return st;
    return find_writers(t, err);
}

static void
close_training(struct training *t)
{
    const eft_allocator *mem = t->e.mem;

    efti_features_close(&t->features);
    efti_strings_free(t->names);
    efti_strings_free(t->writers);
    EFTI_ARRAY_FREE(mem, &t->rows);
    EFTI_ARRAY_FREE(mem, &t->themes);
    EFTI_ARRAY_FREE(mem, &t->starts);
    EFTI_ARRAY_FREE(mem, &t->values);
    EFTI_ARRAY_FREE(mem, &t->columns);
    EFTI_ARRAY_FREE(mem, &t->cluster);
    EFTI_ARRAY_FREE(mem, &t->fold);
    efti_release(mem, t->found, t->found_size);
    efti_bytes_free(&t->out);
    efti_evaluation_close(&t->e);
}

static eft_status
check_training(eft_train_options *o, const eft_plan_options *plan, eft_error *err)
{
    if (o->flags != 0 || o->reserved != 0 || o->folds > MOST_FOLDS || o->folds == 1)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "an unknown flag of training, or folds that are not 2 to 50");
    if (o->gold == NULL || o->write == NULL)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "training needs a gold file and somewhere to write the model");
    if (plan != NULL && (plan->compounds != EFT_COMPOUNDS_WHOLE || plan->model != NULL))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "training counts compounds whole, and uses no model");
    if (o->seed == 0)
        o->seed = EFTI_SEED;
    return EFT_OK;
}

eft_status
eft_train(eft_context *ctx, const eft_plan_options *plan, const eft_input_options *input,
          const eft_train_options *opts, eft_error *err)
{
    eft_train_options own;
    eft_evaluate_options evaluate = {.kind = EFT_EVALUATE_THEMES};
    struct training t = {.e = {.mem = efti_context_allocator(ctx), .options = &evaluate},
                         .o = &own};
    eft_plan_options taken;
    eft_input_options in = {0};
    eft_status st;

    if ((st = efti_options_take(&own, sizeof(own), opts, "eft_train_options", err)) !=
            EFT_OK ||
        (st = efti_options_take(&taken, sizeof(taken), plan, "eft_plan_options", err)) !=
            EFT_OK ||
        (st = check_training(&own, &taken, err)) != EFT_OK)
        return st;
    if (input != NULL && (st = efti_options_take(&in, sizeof(in), input,
                                                 "eft_input_options", err)) != EFT_OK)
        return st;
    evaluate.gold = own.gold;
    st = efti_evaluation_open(&t.e, ctx, plan, &in, err);
    if (st == EFT_OK)
        st = open_training(&t, err);
    if (st == EFT_OK)
        st = train_all(&t, err);
    if (st == EFT_OK)
        st = efti_callback_answer(own.write(own.write_user, t.out.data, t.out.size),
                                  "the receiver of the model", err);
    close_training(&t);
    return st;
}
