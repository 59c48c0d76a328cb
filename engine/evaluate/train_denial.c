/*
 * train_denial.c - from codes that say "missing" to the weights of denial
 *
 * A row is a text and a theme that was coded there; it is positive where the coder denied
 * it. What a row has is what pipeline/denial.c looks at, with the hits of entries alone:
 *
 *     0..2  negated hits      6  a hit in doubt        8       each theme
 *     3..5  affirmed hits     7  no entry finds it     8 + n   with a negated hit
 *
 * then cues in the sentences of its hits, then (damped) the words of the text. Penalty
 * and threshold are those at which F1 is best in texts of hands that were left out, over
 * all themes. It is kept where it is better there than the rules alone, by an interval of
 * 95 %.
 *
 * A theme has numbers of its own where its denials pass the gate.
 */
#include "evaluate/training.h"

#define LEAST_DENIED 50u /* codes; below, the rules stand */

enum { AT_NEGATED, AT_AFFIRMED = 3, AT_UNCERTAIN = 6, AT_NONE, AT_THEMES };

/* What says in a sentence that something is missing: negators by base form, and words
 * that stand beside them. Few, for each has a weight beside the one that it has as a word
 * of the text; all function words there were worse on hands left out (F1 .89, .91). */
static const char *const cue_names[] = {
    "aldrig",    "annan",   "bara",  "borta",   "borttagen", "brist",  "ej",
    "enda",      "ens",     "fram",  "förrän",  "heller",    "ingen",  "ingenstans",
    "ingenting", "inte",    "men",   "nej",     "noll",      "någon",  "någonsin",
    "nä",        "omöjlig", "sakna", "samma",   "sist",      "slippa", "slut",
    "sluta",     "sällan",  "tom",   "undvika", "upphöra",   "utan",   "utebli",
    "varken",    "vägra",
};
#define CUES EFTI_COUNT(cue_names)
_Static_assert(CUES <= EFTI_MODEL_CUES, "a bit each");

/* ------------------------------------------------------------------------- reading */

static uint64_t
cue_bit(eft_text feature)
{
    for (size_t i = 0; i < CUES; i++) {
        size_t size = strlen(cue_names[i]);
        if (feature.size == size + 5 && memcmp(feature.bytes, "term:", 5) == 0 &&
            memcmp(feature.bytes + 5, cue_names[i], size) == 0)
            return (uint64_t)1 << i;
    }
    return 0;
}

static uint64_t
cues_in(const struct training *t, uint32_t sentence)
{
    const struct efti_segments *all = &t->e.core.veiled.tokens;
    const struct efti_sentence *s = &all->sentences.items[sentence];
    uint64_t cues = 0;

    for (uint32_t i = s->first_token; i < s->end_token; i++) {
        const struct efti_token *token = &all->tokens.items[i];
        if (token->kind == EFTI_VEIL || token->form == EFTI_NOT_FOUND)
            continue;
        const struct efti_form_features *of = &t->features.forms.items[token->form];
        for (uint32_t k = 0; k < of->count; k++)
            cues |= cue_bit(efti_strings_get(t->features.names, of->ids[k]));
    }
    return cues;
}

static void
note_hits(const struct training *t, struct coded_theme *c)
{
    const struct efti_hits *h = &t->e.core.hits;
    const eft_text id = efti_strings_get(t->names, t->themes.items[c->theme]);

    for (size_t i = 0; i < h->hits.count; i++) {
        const struct efti_hit *hit = &h->hits.items[i];
        const eft_text of = efti_matcher_theme(t->e.plan->matcher, hit->theme)->id;
        if (!efti_equal(of.bytes, of.size, id.bytes, id.size))
            continue;
        c->uncertain |= hit->polarity == EFTI_UNCERTAIN;
        c->negated += hit->polarity == EFTI_NEGATED;
        c->affirmed += hit->polarity == EFTI_AFFIRMED;
        if (hit->polarity != EFTI_UNCERTAIN)
            c->cues |= cues_in(t, hit->sentence);
    }
}

static bool
has_name(const struct training *t, struct efti_gold_part part, eft_text id)
{
    for (uint32_t i = 0; i < part.count; i++) {
        const eft_text name = t->e.gold.names.items[part.first + i];
        if (efti_equal(name.bytes, name.size, id.bytes, id.size))
            return true;
    }
    return false;
}

eft_status
efti_training_note_denials(struct training *t, size_t row, eft_error *err)
{
    const struct efti_gold_doc *doc = &t->e.gold.docs.items[t->rows.items[row]];

    for (size_t theme = 0; theme < t->themes.count; theme++) {
        const eft_text id = efti_strings_get(t->names, t->themes.items[theme]);
        if (!has_name(t, doc->themes, id))
            continue;
        if (!EFTI_PUSH(t->e.mem, &t->coded))
            return efti_no_memory(err, "the coded themes");
        struct coded_theme *c = &t->coded.items[t->coded.count - 1];
        *c = (struct coded_theme){.row = (uint32_t)row,
                                  .theme = (uint32_t)theme,
                                  .denied = has_name(t, doc->negated, id)};
        note_hits(t, c);
    }
    return EFT_OK;
}

/* ------------------------------------------------------------------------ learning */

struct denial_sample {
    struct efti_sample s;
    struct efti_choice choice;
    size_t most; /* features */
    size_t *starts;
    uint32_t *features, *cluster, *fold;
    double *scale, *damp, *scores, *weights;
    uint8_t *positive, *lexicon;
};

static bool
make_room(const struct training *t, struct denial_sample *d, size_t columns)
{
    const eft_allocator *mem = t->e.mem;
    size_t rows = t->coded.count;

    for (size_t i = 0; i < rows; i++) {
        size_t row = t->coded.items[i].row;
        d->most += t->starts.items[row + 1] - t->starts.items[row] + AT_THEMES + 2 + CUES;
    }
    d->starts = efti_zalloc(mem, rows + 1, sizeof(*d->starts));
    d->features = efti_zalloc(mem, d->most + 1, sizeof(*d->features));
    d->cluster = efti_zalloc(mem, 2 * rows + 1, sizeof(*d->cluster));
    d->scale = efti_zalloc(mem, columns, sizeof(*d->scale));
    d->damp = efti_zalloc(mem, (1 + EFTI_PENALTIES) * rows + 1, sizeof(*d->damp));
    d->weights = efti_zalloc(mem, columns + 1, sizeof(*d->weights));
    d->positive = efti_zalloc(mem, 2 * rows + 1, 1);
    if (d->starts == NULL || d->features == NULL || d->cluster == NULL ||
        d->scale == NULL || d->damp == NULL || d->weights == NULL || d->positive == NULL)
        return false;
    d->fold = d->cluster + rows;
    d->scores = d->damp + rows;
    d->lexicon = d->positive + rows;
    return true;
}

static void
free_room(const struct training *t, struct denial_sample *d, size_t columns)
{
    const eft_allocator *mem = t->e.mem;
    size_t rows = t->coded.count;

    efti_release(mem, d->starts, (rows + 1) * sizeof(*d->starts));
    efti_release(mem, d->features, (d->most + 1) * sizeof(*d->features));
    efti_release(mem, d->cluster, (2 * rows + 1) * sizeof(*d->cluster));
    efti_release(mem, d->scale, columns * sizeof(*d->scale));
    efti_release(mem, d->damp, ((1 + EFTI_PENALTIES) * rows + 1) * sizeof(*d->damp));
    efti_release(mem, d->weights, (columns + 1) * sizeof(*d->weights));
    efti_release(mem, d->positive, 2 * rows + 1);
}

/* Columns of a row, rising; words are numbered from `words` on. */
static size_t
put_features(const struct training *t, const struct coded_theme *c, size_t words,
             uint32_t *out)
{
    size_t themes = t->themes.count, n = 0;

    for (unsigned i = 0; i < EFTI_MODEL_HITS && i < c->negated; i++)
        out[n++] = AT_NEGATED + i;
    for (unsigned i = 0; i < EFTI_MODEL_HITS && i < c->affirmed; i++)
        out[n++] = AT_AFFIRMED + i;
    if (c->uncertain)
        out[n++] = AT_UNCERTAIN;
    if (c->negated + c->affirmed == 0)
        out[n++] = AT_NONE;
    out[n++] = AT_THEMES + c->theme;
    if (c->negated > 0)
        out[n++] = (uint32_t)(AT_THEMES + themes + c->theme);
    for (uint32_t i = 0; i < CUES; i++) {
        if ((c->cues >> i & 1) != 0)
            out[n++] = (uint32_t)(AT_THEMES + 2 * themes + i);
    }
    for (size_t i = t->starts.items[c->row]; i < t->starts.items[c->row + 1]; i++) {
        if (t->values.items[i] >= t->damped)
            out[n++] = (uint32_t)(words + t->values.items[i] - t->damped);
    }
    return n;
}

static void
fill_rows(const struct training *t, struct denial_sample *d, size_t words)
{
    for (size_t i = 0; i < t->coded.count; i++) {
        const struct coded_theme *c = &t->coded.items[i];
        d->starts[i + 1] =
            d->starts[i] + put_features(t, c, words, d->features + d->starts[i]);
        d->cluster[i] = t->cluster.items[c->row];
        d->fold[i] = t->fold.items[c->row];
        d->damp[i] = t->damp.items[c->row];
        d->positive[i] = c->denied;
        d->lexicon[i] = c->negated > 0;
    }
}

/* Do so many writers deny the theme that it may be told? SIZE_MAX: any theme. */
static bool
may_be_told(const struct training *t, struct gate_counts *counts, size_t theme)
{
    memset(counts->with, 0, counts->writers * sizeof(*counts->with));
    for (size_t i = 0; i < t->coded.count; i++) {
        const struct coded_theme *c = &t->coded.items[i];
        if (c->denied && (theme == SIZE_MAX || c->theme == theme))
            counts->with[t->cluster.items[c->row]]++;
    }
    return efti_training_passes(t, counts);
}

/* All count the same; 0 is what may not be told, or is not in the model. */
static void
set_denial_scales(const struct training *t, struct theme_work *w, double *scale,
                  size_t columns)
{
    size_t themes = t->themes.count;

    for (size_t k = 0; k < columns; k++)
        scale[k] = 1;
    for (size_t theme = 0; theme < themes; theme++) {
        if (!may_be_told(t, &w->counts, theme))
            scale[AT_THEMES + theme] = scale[AT_THEMES + themes + theme] = 0;
    }
    for (size_t i = 0; i < CUES; i++) {
        if (efti_training_cue(t, i) == EFTI_NOT_FOUND)
            scale[AT_THEMES + 2 * themes + i] = 0;
    }
}

/* The column of a cue as a word; EFTI_NOT_FOUND: it is none. */
uint32_t
efti_training_cue(const struct training *t, size_t cue)
{
    for (size_t k = t->damped; k < t->columns.count && cue < CUES; k++) {
        const eft_text name = efti_strings_get(t->features.names, t->columns.items[k]);
        if (cue_bit(name) == (uint64_t)1 << cue)
            return (uint32_t)k;
    }
    return EFTI_NOT_FOUND;
}

/* From columns of the regression to what the file says. */
static void
take_weights(const struct training *t, const double *weights, size_t words,
             struct denial_learnt *out)
{
    size_t themes = t->themes.count;

    for (size_t i = 0; i < EFTI_MODEL_HITS; i++) {
        out->negated[i] = weights[AT_NEGATED + i];
        out->affirmed[i] = weights[AT_AFFIRMED + i];
    }
    out->uncertain = weights[AT_UNCERTAIN];
    out->none = weights[AT_NONE];
    for (size_t i = 0; i < 2 * themes; i++)
        out->themes[i] = weights[AT_THEMES + i];
    for (size_t i = 0; i < CUES; i++)
        out->cues[i] = weights[AT_THEMES + 2 * themes + i];
    for (size_t k = t->damped; k < t->columns.count; k++)
        out->words[k] = weights[words + k - t->damped];
    out->bias = weights[words + t->columns.count - t->damped];
}

static eft_status
learn(struct training *t, struct theme_work *w, struct denial_sample *d, size_t words,
      struct denial_learnt *out, eft_error *err)
{
    size_t columns = words + t->columns.count - t->damped;
    struct efti_learnt learnt = {.weights = d->weights};

    fill_rows(t, d, words);
    set_denial_scales(t, w, d->scale, columns);
    d->s = w->sample;
    d->s.rows = t->coded.count;
    d->s.columns = columns;
    d->s.starts = d->starts;
    d->s.features = d->features;
    d->s.scale = d->scale;
    d->s.damp = d->damp;
    d->s.damped = words;
    d->s.cluster = d->cluster;
    d->s.fold = d->fold;
    d->s.positive = d->positive;
    d->s.lexicon = d->lexicon;
    eft_status st = efti_learn_scores(&d->s, d->scores, d->weights, err);
    if (st == EFT_OK)
        st = efti_learn_choose(t->e.mem, d->scores, d->positive, d->s.rows, 1, &d->choice,
                               err);
    d->s.choice = &d->choice;
    d->s.scores = d->scores;
    if (st == EFT_OK)
        st = efti_learn(&d->s, &learnt, err);
    if (st != EFT_OK)
        return st;
    out->learnt = learnt.low > 0;
    out->of = learnt;
    take_weights(t, d->weights, words, out);
    return EFT_OK;
}

eft_status
efti_training_learn_denial(struct training *t, struct theme_work *w,
                           struct denial_learnt *out, eft_error *err)
{
    size_t words = AT_THEMES + 2 * t->themes.count + CUES;
    size_t columns = words + t->columns.count - t->damped;
    struct denial_sample d = {0};
    eft_status st;

    for (size_t i = 0; i < t->coded.count; i++)
        out->coded += t->coded.items[i].denied;
    out->why_not = out->coded < LEAST_DENIED               ? "fewer than 50 codes say so"
                   : !may_be_told(t, &w->counts, SIZE_MAX) ? "too few writers say so"
                                                           : NULL;
    if (out->why_not != NULL)
        return EFT_OK;
    out->themes = efti_zalloc(
        t->e.mem, out->size = 2 * t->themes.count + CUES + t->columns.count + 1,
        sizeof(*out->themes));
    if (out->themes == NULL || !make_room(t, &d, columns)) {
        st = efti_no_memory(err, "the weights of denial");
    } else {
        out->cues = out->themes + 2 * t->themes.count;
        out->words = out->cues + CUES;
        st = learn(t, w, &d, words, out, err);
    }
    free_room(t, &d, columns);
    return st;
}

void
efti_training_free_denial(const struct training *t, struct denial_learnt *d)
{
    efti_release(t->e.mem, d->themes, d->size * sizeof(*d->themes));
    *d = (struct denial_learnt){0};
}
