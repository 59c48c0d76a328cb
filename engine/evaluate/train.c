/*
 * train.c - coded texts -> features -> a regression for each theme -> a model file
 *
 * What may become a feature is decided as what may become a number in a table (rule 8.4):
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

EFTI_PIN_SIZE(eft_train_options, 80);

#define MOST_FOLDS 50u
/* What a hit of the theme itself counts, beside words that are there with some 0.15
 * (train_columns.c): it is trusted, see logistic.h. It is what the lexicon's writer found
 * by reading, and should not have to be learnt from ten codes. */
#define OWN_HIT 0.3

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
enough_writers(const struct training *t, struct theme_work *w, const uint8_t *positive)
{
    memset(w->counts.with, 0, w->counts.writers * sizeof(*w->counts.with));
    for (size_t row = 0; row < t->rows.count; row++)
        w->counts.with[t->cluster.items[row]] += positive[row];
    return efti_training_passes(t, &w->counts);
}

/* Words as they are for all themes; of hits those of the theme itself alone. */
static void
set_scales(struct training *t, eft_text id, double *scale)
{
    struct efti_bytes *name = &t->features.name;

    for (size_t k = 0; k < t->columns.count; k++) {
        scale[k] = t->word_scale.items[k];
        const eft_text of = efti_strings_get(t->features.names, t->columns.items[k]);
        for (unsigned n = 1; k < t->damped && n <= EFTI_MODEL_HITS; n++) {
            efti_training_name_hit(name, id, n);
            if (efti_equal(of.bytes, of.size, name->data, name->size))
                scale[k] = OWN_HIT;
        }
    }
}

/* The sample of the i-th theme that is learnt. */
static struct efti_sample *
sample_of(struct training *t, struct theme_work *w, size_t i)
{
    size_t rows = t->rows.count, theme = w->learnt.items[i].theme;
    struct efti_sample *s = &w->sample;

    s->positive = w->positive + i * rows;
    s->lexicon = t->found + theme * rows;
    if (w->scores != NULL)
        s->scores = w->scores + i * EFTI_PENALTIES * rows;
    set_scales(t, efti_strings_get(t->names, t->themes.items[theme]), w->scale);
    return s;
}

/* ------------------------------------------------------------------------- a theme */

static eft_status
tell(const struct training *t, eft_trained_fn to, const eft_trained *told, eft_error *err)
{
    eft_status st = to == NULL ? EFT_OK : to(t->o->theme_user, told);

    return st == EFT_OK || st == EFT_STOP
               ? EFT_OK
               : efti_callback_answer(st, "the receiver of the themes", err);
}

/* `l` NULL: it was not learnt, for this reason. */
static eft_trained
told_of(const struct training *t, uint64_t coded, const struct efti_learnt *l,
        const char *reason)
{
    if (l == NULL)
        return (eft_trained){.verdict = reason,
                             .coded = coded,
                             .f1_lexicon = NAN,
                             .f1_model = NAN,
                             .difference = NAN,
                             .low = NAN,
                             .high = NAN};
    return (eft_trained){.coded = coded,
                         .features = t->columns.count,
                         .f1_lexicon = l->f1_lexicon,
                         .f1_model = l->f1_model,
                         .difference = l->difference,
                         .low = l->low,
                         .high = l->high};
}

static eft_status
tell_learnt(const struct training *t, size_t theme, uint64_t coded,
            const struct efti_learnt *l, eft_error *err)
{
    eft_trained told = told_of(t, coded, l, "too few writers have the code");

    told.theme = efti_strings_get(t->names, t->themes.items[theme]);
    if (l != NULL) {
        told.used = l->used;
        told.verdict = (t->o->flags & EFT_TRAIN_HANDS) != 0 ? "used for every theme"
                       : l->used                            ? "better than the lexicon"
                       : l->difference > 0 ? "not surely better than the lexicon"
                                           : "no better than the lexicon";
    }
    return tell(t, t->o->theme, &told, err);
}

/* What became of denial; nothing where no code denies. */
static eft_status
tell_denial(const struct training *t, const struct denial_learnt *d, eft_error *err)
{
    eft_trained told =
        told_of(t, d->coded, d->why_not == NULL ? &d->of : NULL, d->why_not);

    if (d->why_not == NULL) {
        told.used = d->learnt;
        told.verdict = d->learnt              ? "better than the rules"
                       : d->of.difference > 0 ? "not surely better than the rules"
                                              : "no better than the rules";
    }
    told.theme = (eft_text){"", 0};
    return d->coded == 0 ? EFT_OK : tell(t, t->o->denial, &told, err);
}

/* The themes that enough writers have, into w->learnt, with their codes. */
static eft_status
choose_themes(struct training *t, struct theme_work *w, eft_error *err)
{
    for (size_t theme = 0; theme < t->themes.count; theme++) {
        uint8_t *positive = w->positive + w->learnt.count * t->rows.count;
        uint64_t coded;
        mark_codes(t, theme, positive, &coded);
        if (!enough_writers(t, w, positive))
            continue;
        if (!EFTI_PUSH(t->e.mem, &w->learnt))
            return efti_no_memory(err, "the themes");
        w->learnt.items[w->learnt.count - 1] = (struct theme_learnt){
            .theme = theme,
            .coded = coded,
            .learnt = {.weights =
                           w->weights + (w->learnt.count - 1) * (t->columns.count + 1)}};
    }
    return EFT_OK;
}

/* By hands: one choice for all themes, before any is learnt. */
static eft_status
choose_for_all(struct training *t, struct theme_work *w, eft_error *err)
{
    size_t rows = t->rows.count;
    eft_status st = EFT_OK;

    for (size_t i = 0; i < w->learnt.count && st == EFT_OK; i++)
        st = efti_learn_scores(sample_of(t, w, i), w->scores + i * EFTI_PENALTIES * rows,
                               w->learnt.items[i].learnt.weights, err);
    if (st == EFT_OK)
        st = efti_learn_choose(t->e.mem, w->scores, w->positive, rows, w->learnt.count,
                               &w->choice, err);
    w->sample.choice = &w->choice;
    return st;
}

static eft_status
learn_themes(struct training *t, struct theme_work *w, eft_error *err)
{
    eft_status st = choose_themes(t, w, err);

    if (st == EFT_OK && w->scores != NULL)
        st = choose_for_all(t, w, err);
    for (size_t theme = 0, i = 0; theme < t->themes.count && st == EFT_OK; theme++) {
        struct efti_learnt *l = NULL;
        uint64_t coded;
        if (i < w->learnt.count && w->learnt.items[i].theme == theme) {
            l = &w->learnt.items[i].learnt;
            st = efti_learn(sample_of(t, w, i), l, err);
            coded = w->learnt.items[i++].coded;
        } else {
            mark_codes(t, theme, w->positive + w->learnt.count * t->rows.count, &coded);
        }
        if (st == EFT_OK)
            st = tell_learnt(t, theme, coded, l, err);
    }
    return st;
}

static eft_status
learn_and_write(struct training *t, struct theme_work *w, uint32_t folds, eft_error *err)
{
    size_t columns = t->columns.count + 1, themes = t->themes.count;
    size_t scales = columns, weights = columns * themes;
    size_t scores = (t->o->flags & EFT_TRAIN_HANDS) == 0
                        ? 0
                        : themes * EFTI_PENALTIES * t->rows.count;
    size_t numbers = scales + weights + scores;
    double *all = efti_zalloc(t->e.mem, numbers, sizeof(*all));
    eft_status st = EFT_OK;

    w->order = efti_zalloc(t->e.mem, columns, sizeof(*w->order));
    if (all == NULL || w->order == NULL) {
        st = efti_no_memory(err, "the weights");
    } else {
        w->scale = all;
        w->weights = all + scales;
        w->scores = scores == 0 ? NULL : all + scales + weights;
        w->sample = (struct efti_sample){.mem = t->e.mem,
                                         .rows = t->rows.count,
                                         .columns = t->columns.count,
                                         .clusters = efti_strings_count(t->writers),
                                         .starts = t->starts.items,
                                         .features = t->values.items,
                                         .scale = w->scale,
                                         .damp = t->damp.items,
                                         .damped = t->damped,
                                         .cluster = t->cluster.items,
                                         .fold = t->fold.items,
                                         .folds = folds};
        st = learn_themes(t, w, err);
        if (st == EFT_OK && scores > 0 &&
            (st = efti_training_learn_denial(t, w, &w->denial, err)) == EFT_OK)
            st = tell_denial(t, &w->denial, err);
    }
    if (st == EFT_OK) {
        efti_training_put_head(t, w, folds);
        efti_training_put_themes(t, w);
    }
    efti_training_free_denial(t, &w->denial);
    efti_release(t->e.mem, all, numbers * sizeof(*all));
    efti_release(t->e.mem, w->order, columns * sizeof(*w->order));
    EFTI_ARRAY_FREE(t->e.mem, &w->learnt);
    return st == EFT_OK && t->out.failed ? efti_no_memory(err, "the model") : st;
}

static eft_status
fold_rows(struct training *t, uint32_t *folds, eft_error *err)
{
    if ((t->o->flags & EFT_TRAIN_HANDS) != 0)
        return efti_training_fold_hands(t, folds, err);
    *folds = t->o->folds != 0 ? t->o->folds : t->rows.count <= 200 ? 10 : 5;
    return efti_training_deal_folds(t, *folds, err);
}

static eft_status
train_all(struct training *t, eft_error *err)
{
    struct theme_work w = {0};
    uint32_t folds = 0, writers = efti_strings_count(t->writers);
    size_t counts = 2 * (size_t)writers, codes = (t->themes.count + 1) * t->rows.count;
    eft_status st = fold_rows(t, &folds, err);

    w.positive = efti_zalloc(t->e.mem, codes, 1);
    w.counts.with = efti_zalloc(t->e.mem, counts, sizeof(*w.counts.with));
    if (st == EFT_OK && (w.positive == NULL || w.counts.with == NULL))
        st = efti_no_memory(err, "the training");
    if (st == EFT_OK) {
        w.counts.all = w.counts.with + writers;
        w.counts.writers = writers;
        for (size_t row = 0; row < t->rows.count; row++)
            w.counts.all[t->cluster.items[row]]++;
        st = efti_training_choose_columns(t, &w.counts, err);
    }
    if (st == EFT_OK)
        st = learn_and_write(t, &w, folds, err);
    efti_release(t->e.mem, w.positive, codes);
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
    EFTI_ARRAY_FREE(mem, &t->damp);
    EFTI_ARRAY_FREE(mem, &t->word_scale);
    EFTI_ARRAY_FREE(mem, &t->fold);
    EFTI_ARRAY_FREE(mem, &t->coded);
    efti_release(mem, t->found, t->found_size);
    efti_bytes_free(&t->out);
    efti_evaluation_close(&t->e);
}

static eft_status
check_training(eft_train_options *o, const eft_plan_options *plan, eft_error *err)
{
    if ((o->flags & ~(uint32_t)EFT_TRAIN_HANDS) != 0 || o->reserved != 0 ||
        o->folds > MOST_FOLDS || o->folds == 1)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "an unknown flag of training, or folds that are not 2 to 50");
    if (o->gold == NULL || o->write == NULL)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "training needs a gold file and somewhere to write the model");
    if (plan->compounds != EFT_COMPOUNDS_WHOLE || plan->model != NULL ||
        plan->weights != NULL || plan->decide == EFT_DECIDE_CORE)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "training counts compounds whole, and uses no model or weights");
    if (o->seed == 0)
        o->seed = EFTI_SEED;
    return EFT_OK;
}

/* Codes of a text that was changed since teach what nobody coded. */
static eft_status
check_texts(const struct efti_gold *g, eft_error *err)
{
    const struct efti_gold_doc *other = efti_gold_other_text(g);

    return other == NULL
               ? EFT_OK
               : efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                           "%s, %s %u: its text is not that of the same id in the input; "
                           "take the texts of one of them",
                           g->name, efti_gold_place_name(g), other->line);
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

    if (ctx == NULL || opts == NULL)
        return efti_left_out(err);
    if ((st = efti_options_take(&own, sizeof(own), opts, "eft_train_options", err)) !=
            EFT_OK ||
        (st = efti_options_take(&taken, sizeof(taken), plan, "eft_plan_options", err)) !=
            EFT_OK ||
        (st = check_training(&own, &taken, err)) != EFT_OK)
        return st;
    if (input != NULL && (st = efti_take_input(&in, input, err)) != EFT_OK)
        return st;
    evaluate.gold = own.gold;
    taken.struct_size = sizeof(taken);
    taken.decide = EFT_DECIDE_NONE; /* it learns from entries, not from what was learnt */
    st = efti_evaluation_open(&t.e, ctx, &taken, &in, err);
    if (st == EFT_OK)
        st = check_texts(&t.e.gold, err);
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
