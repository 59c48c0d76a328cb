/*
 * train_write.c - the model file: its head, its themes, their figures and weights
 *
 * Columns stand in the order of names, weights by size: the same codes give the same
 * bytes.
 */
#include "evaluate/training.h"

#include <math.h>
#include <stdlib.h>

#define LEAST_WEIGHT 0.001 /* smaller ones move no decision and fill the file */

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

void
efti_training_put_theme(struct training *t, const struct theme_work *w,
                        const struct efti_learnt *l, eft_text id, eft_trained *told)
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

void
efti_training_put_head(struct training *t, uint32_t folds)
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
