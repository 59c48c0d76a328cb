/*
 * train_write.c - the model file: its head, its themes, their figures and weights
 *
 * Words stand in the order of their names, each with a weight for every theme; a theme
 * names its strongest words for people. The same codes give the same bytes.
 */
#include "evaluate/training.h"

#include <math.h>
#include <stdlib.h>

#define STRONGEST 12 /* words that a theme names */

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
    int64_t u = in_units(weights[x]), v = in_units(weights[y]);

    return u != v ? (u > v ? -1 : 1) : (x < y ? -1 : x > y); /* columns are by name */
}

static eft_text
column_name(const struct training *t, size_t column)
{
    return efti_strings_get(t->features.names, t->columns.items[column]);
}

/* The words that speak for the theme most, and nothing that speaks against it. */
static void
put_strongest(struct training *t, const struct theme_work *w, const double *weights)
{
    uint32_t n = 0;

    for (size_t k = t->damped; k < t->columns.count; k++)
        w->order[n++] = (uint32_t)k;
    efti_sort(w->order, n, sizeof(*w->order), by_weight, (void *)(uintptr_t)weights);
    efti_put_text(&t->out, ",\n   \"strongest\": [");
    for (uint32_t i = 0; i < n && i < STRONGEST && weights[w->order[i]] > 0; i++) {
        const eft_text name = column_name(t, w->order[i]);
        efti_put_text(&t->out, i == 0 ? "" : ", ");
        efti_put_json(&t->out, name.bytes, name.size);
    }
    efti_put_text(&t->out, "]}");
}

/* Its hits; 0 for what too few writers have. */
static void
put_hits(struct training *t, eft_text id, const double *weights)
{
    struct efti_bytes *name = &t->features.name;

    efti_put_text(&t->out, ", \"hits\": [");
    for (unsigned n = 1; n <= EFTI_MODEL_HITS; n++) {
        double weight = 0;
        efti_training_name_hit(name, id, n);
        for (size_t k = 0; k < t->damped; k++) {
            const eft_text of = column_name(t, k);
            if (efti_equal(of.bytes, of.size, name->data, name->size))
                weight = weights[k];
        }
        put_units(&t->out, n == 1 ? "" : ", ", weight);
    }
    efti_put_char(&t->out, ']');
}

static void
put_theme(struct training *t, const struct theme_work *w, const struct theme_learnt *of)
{
    const eft_text id = efti_strings_get(t->names, t->themes.items[of->theme]);
    const struct efti_learnt *l = &of->learnt;
    struct efti_bytes *out = &t->out;

    efti_put_text(out, "\n  {\"id\": ");
    efti_put_json(out, id.bytes, id.size);
    efti_put_text(out, l->used ? ", \"used\": true" : ", \"used\": false");
    put_units(out, ", \"bias\": ", l->weights[t->columns.count]);
    put_units(out, ", \"least\": ", l->least);
    put_hits(t, id, l->weights);
    put_units(out, ", \"calibration\": [", l->ab[0]);
    put_units(out, ", ", l->ab[1]);
    put_units(out, "],\n   \"figures\": {\"penalty\": ", l->l2);
    put_figure(out, ", \"f1_lexicon\": ", l->f1_lexicon);
    put_figure(out, ", \"f1_model\": ", l->f1_model);
    put_figure(out, ", \"difference\": ", l->difference);
    put_figure(out, ", \"low\": ", l->low);
    put_figure(out, ", \"high\": ", l->high);
    efti_put_char(out, '}');
    put_strongest(t, w, l->weights);
}

static void
put_list(struct efti_bytes *out, const char *name, const double *numbers, size_t count)
{
    efti_put_text(out, name);
    for (size_t i = 0; i < count; i++)
        put_units(out, i == 0 ? "[" : ", ", numbers[i]);
    efti_put_char(out, ']');
}

static void
put_cues(struct training *t, const struct denial_learnt *d)
{
    size_t told = 0;

    efti_put_text(&t->out, ",\n  \"cues\": {");
    for (size_t i = 0; i < EFTI_MODEL_CUES; i++) {
        uint32_t column = efti_training_cue(t, i);
        if (column == EFTI_NOT_FOUND)
            continue;
        const eft_text name = column_name(t, column);
        efti_put_text(&t->out, told++ == 0 ? "" : ", ");
        efti_put_json(&t->out, name.bytes, name.size);
        put_units(&t->out, ": ", d->cues[i]);
    }
    efti_put_char(&t->out, '}');
}

/* Of what pipeline/denial.c adds up all but the words. */
static void
put_denial(struct training *t, const struct theme_work *w)
{
    const struct denial_learnt *d = &w->denial;
    struct efti_bytes *out = &t->out;

    put_units(out, ",\n \"denial\": {\n  \"bias\": ", d->bias);
    put_units(out, ", \"least\": ", d->of.least);
    put_list(out, ",\n  \"negated\": ", d->negated, EFTI_MODEL_HITS);
    put_list(out, ", \"affirmed\": ", d->affirmed, EFTI_MODEL_HITS);
    put_units(out, ", \"uncertain\": ", d->uncertain);
    put_units(out, ", \"none\": ", d->none);
    efti_put_text(out, ",\n  \"themes\": [");
    for (size_t i = 0; i < w->learnt.count; i++) {
        size_t theme = w->learnt.items[i].theme;
        const double pair[2] = {d->themes[theme], d->themes[t->themes.count + theme]};
        put_list(out, i == 0 ? "" : ", ", pair, 2);
    }
    efti_put_char(out, ']');
    put_cues(t, d);
    put_units(out, ",\n  \"figures\": {\"penalty\": ", d->of.l2);
    put_figure(out, ", \"f1_rules\": ", d->of.f1_lexicon);
    put_figure(out, ", \"f1_model\": ", d->of.f1_model);
    put_figure(out, ", \"difference\": ", d->of.difference);
    put_figure(out, ", \"low\": ", d->of.low);
    put_figure(out, ", \"high\": ", d->of.high);
    efti_put_text(out, "}}");
}

void
efti_training_put_themes(struct training *t, const struct theme_work *w)
{
    struct efti_bytes *out = &t->out;

    for (size_t i = 0; i < w->learnt.count; i++) {
        efti_put_text(out, i == 0 ? "" : ",");
        put_theme(t, w, &w->learnt.items[i]);
    }
    efti_put_char(out, ']');
    if (w->denial.learnt)
        put_denial(t, w);
    efti_put_text(out, ",\n \"words\": {");
    for (size_t k = t->damped; k < t->columns.count; k++) {
        const eft_text name = column_name(t, k);
        efti_put_text(out, k == t->damped ? "\n  " : ",\n  ");
        efti_put_json(out, name.bytes, name.size);
        efti_put_text(out, ": [");
        for (size_t i = 0; i < w->learnt.count; i++)
            put_units(out, i == 0 ? "" : ",", w->learnt.items[i].learnt.weights[k]);
        if (w->denial.learnt)
            put_units(out, ",", w->denial.words[k]);
        efti_put_char(out, ']');
    }
    efti_put_text(out, "}}\n");
}

void
efti_training_put_head(struct training *t, const struct theme_work *w, uint32_t folds)
{
    struct efti_bytes *out = &t->out;
    eft_text lines = t->e.plan->settings.fingerprints, line;
    bool first = true;

    efti_put_text(out, "{\"format\": \"" EFTI_MODEL_FORMAT "\", \"version\": ");
    efti_put_u64(out, w->denial.learnt ? EFTI_MODEL_VERSION : EFTI_MODEL_UNDENIED);
    efti_put_text(out,
                  ",\n \"note\": \"present where bias, hits and the sum of the words "
                  "a text has, divided by the root of their number + 1, come to least "
                  "or more; used: better than the lexicon in texts of writers it had "
                  "not seen; a word has a weight for each theme in their order\","
                  "\n \"scale\": \"sqrt\",\n \"made_with\": [");
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
