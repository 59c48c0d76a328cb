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
#include "evaluate/training.h"

#include "base/context.h"
#include "stats/random.h"

#include <math.h>

EFTI_PIN_SIZE(eft_train_options, 72);

#define MOST_FOLDS 50u
/* A hit of the theme itself is trusted as three features: see logistic.h. It is what the
 * lexicon's writer found by reading, and should not have to be learnt from ten codes. */
#define OWN_HIT 5.

/* ------------------------------------------------------------------------- themes */

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
    return efti_training_passes(t, &w->counts);
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
        efti_training_put_theme(t, w, &l, id, &told);
        if (t->out.failed)
            return efti_no_memory(err, "the model");
    }
    return tell_theme(t, &told, err);
}

static eft_status
train_themes(struct training *t, struct theme_work *w, uint32_t folds, eft_error *err)
{
    eft_status st = efti_training_choose_columns(t, &w->counts, err);

    if (st != EFT_OK)
        return st;
    efti_training_put_head(t, folds);
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
    eft_status st = efti_training_deal_folds(t, folds, err);

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
        (st = efti_training_list_rows(t, err)) != EFT_OK ||
        (st = efti_gate_make(t->o->k, false, t->has_writers, false, &t->gate, err)) !=
            EFT_OK ||
        (st = efti_features_open(&t->features, &t->e.core, NULL, err)) != EFT_OK ||
        (st = efti_training_read_rows(t, err)) != EFT_OK)
        return st;
    return efti_training_find_writers(t, err);
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
