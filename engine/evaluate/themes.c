/*
 * themes.c - the themes of each text against those of a reader, or two readers
 *
 * A cell is a (text, theme): present or not. Measures over all cells are micro, means of
 * those of single themes macro. A theme is negated when the gold says so, and the engine
 * when any hit in the text is; negation is judged where both have the theme.
 *
 * Intervals leave whole writers out in turn, or draw them again (intervals.c); texts
 * where there are none: counts are kept per cluster and theme, with their totals, so
 * that leaving one out costs a subtraction for each theme and no run of the engine.
 *
 * With a model three are judged one after another: the lexicon; the model, with all
 * themes it knows; and both together, as they count: the model where it is better than
 * the lexicon, the lexicon elsewhere.
 *
 *     kappa   Cohen 1960, over cells    alpha   Krippendorff, nominal, two coders
 *     pabak   2 * agreement - 1 (Byrt et al. 1993)
 */
#include "evaluate/themes.h"

#include "stats/agreement.h"
#include "stats/jackknife.h"

#include <math.h>

enum theme_value {
    VALUE_PRECISION,
    VALUE_RECALL,
    VALUE_F1,
    VALUE_MACRO,
    VALUE_KAPPA,
    VALUE_ALPHA,
    VALUE_PABAK,
    VALUE_NEGATION_PRECISION,
    VALUE_NEGATION_RECALL,
    VALUE_NEGATION_F1,
    VALUE_THEMES /* then those of each theme */
};
enum { THEME_PRECISION, THEME_RECALL, THEME_F1, THEME_KAPPA, THEME_VALUES };
static const char *const value_names[] = {
    "precision",       "recall",     "f1",    "macro f1",
    "kappa",           "alpha",      "pabak", "negation precision",
    "negation recall", "negation f1"};

static const char *const source_names[] = {"lexicon", "model", "together"};

/* Bytes of text shown on both sides of a hit: most of its sentence. */
#define AROUND_HIT 60

/* ---------------------------------------------------------------- collecting */

static eft_status
name_all(struct themes *t, const struct efti_gold *g, eft_error *err)
{
    for (size_t i = 0; i < g->names.count; i++) {
        if (efti_strings_add(t->names, g->names.items[i].bytes, g->names.items[i].size,
                             NULL) == EFTI_NOT_FOUND)
            return efti_no_memory(err, "the themes");
    }
    return EFT_OK;
}

static eft_status
name_lexicons(struct themes *t, eft_error *err)
{
    const struct efti_matcher *m = t->e->core.plan->matcher;

    const eft_model *model = t->e->plan->model;
    uint32_t themes = efti_matcher_theme_count(m);
    size_t all = themes + (model == NULL ? 0 : model->themes.count);

    for (uint32_t i = 0; i < all; i++) {
        const eft_text id = i < themes ? efti_matcher_theme(m, i)->id
                                       : model->themes.items[i - themes].id;
        if (efti_strings_add(t->names, id.bytes, id.size, NULL) == EFTI_NOT_FOUND)
            return efti_no_memory(err, "the themes");
    }
    return EFT_OK;
}

/* Mark the themes of one document of a gold file in its row of cells. */
static void
mark_gold(const struct themes *t, const struct efti_gold *g,
          const struct efti_gold_doc *doc, uint8_t *row, uint8_t present, uint8_t negated)
{
    for (uint32_t i = 0; i < doc->themes.count; i++) {
        const eft_text name = g->names.items[doc->themes.first + i];
        row[efti_strings_find(t->names, name.bytes, name.size)] |= present;
    }
    for (uint32_t i = 0; i < doc->negated.count; i++) {
        const eft_text name = g->names.items[doc->negated.first + i];
        row[efti_strings_find(t->names, name.bytes, name.size)] |= negated;
    }
}

static uint32_t
theme_number(const struct themes *t, eft_text id)
{
    return efti_strings_find(t->names, id.bytes, id.size);
}

/* What the model says takes the place of what the lexicon said: of all themes, or of
 * those that it is used for. */
static eft_status
mark_model(struct themes *t, const struct efti_gold_doc *doc, uint8_t *row,
           eft_error *err)
{
    struct efti_worker *w = &t->e->core;
    const eft_model *m = t->e->plan->model;
    bool alone = t->source == SOURCE_MODEL;
    uint32_t flags = 0;
    eft_status st;

    if ((st = efti_worker_answer(w, doc->text, &flags, err)) != EFT_OK ||
        (st = efti_worker_match(w, doc->text, err)) != EFT_OK ||
        (st = efti_worker_decide(w, flags == 0 && !w->veiled.withheld, err)) != EFT_OK)
        return st;
    for (size_t i = 0; i < t->theme_count && alone; i++)
        row[i] &= (uint8_t)~CELL_FOUND;
    for (size_t i = 0; i < m->themes.count; i++) {
        uint8_t *cell = &row[theme_number(t, m->themes.items[i].id)];
        if (!alone && !m->themes.items[i].used)
            continue;
        *cell &= (uint8_t)~CELL_FOUND;
        if (efti_model_present(w, i))
            *cell |= CELL_FOUND;
    }
    return EFT_OK;
}

static eft_status
mark_found(struct themes *t, const struct efti_gold_doc *doc, uint8_t *row,
           eft_error *err)
{
    eft_hits hits;
    eft_status st = eft_worker_themes(t->e->worker, doc->text, &hits, err);

    if (st != EFT_OK)
        return st;
    for (size_t i = 0; i < hits.theme_count; i++)
        row[efti_strings_find(t->names, hits.present[i].bytes, hits.present[i].size)] |=
            CELL_FOUND;
    for (size_t i = 0; i < hits.count; i++) {
        if (strcmp(hits.polarities[i], "negated") == 0)
            row[efti_strings_find(t->names, hits.themes[i].bytes, hits.themes[i].size)] |=
                CELL_FOUND_NEGATED;
    }
    return t->source == SOURCE_LEXICON ? EFT_OK : mark_model(t, doc, row, err);
}

/* A theme as figures and mistakes name it: an id is shown, what a reader wrote as any
 * label is. `j`: place in the order. */
static eft_status
shown_name(const struct themes *t, size_t j, char number[EFTI_SHOWN_LABEL], eft_text *out,
           eft_error *err)
{
    const eft_text name = efti_strings_get(t->names, t->order.items[j]);

    *out = name;
    if (efti_evaluation_has_theme(t->e, name))
        return EFT_OK;
    return efti_evaluation_label(t->e, "code", name, (uint32_t)j + 1, number, out, err);
}

/* ------------------------------------------------------------------ mistakes */

/* NULL: they agree. */
static const char *
mistake_of(const struct themes *t, uint8_t cell)
{
    bool gold = (cell & CELL_GOLD) != 0, found = (cell & CELL_FOUND) != 0;
    bool negated = (cell & CELL_GOLD_NEGATED) != 0;

    if (!gold && !found)
        return NULL;
    if (!found)
        return "missed";
    if (!gold)
        return t->e->options->against != NULL ? "only the second" : "false alarm";
    if (negated == ((cell & CELL_FOUND_NEGATED) != 0))
        return NULL;
    return negated ? "missed negation" : "false negation";
}

/* Is a hit of this polarity why? Of a missed theme: one that was held to be uncertain. */
static bool
answers_for(const char *polarity, uint8_t cell)
{
    bool uncertain = strcmp(polarity, "uncertain") == 0;

    if ((cell & CELL_FOUND) == 0 || uncertain)
        return (cell & CELL_FOUND) == 0 && uncertain;
    return (cell & CELL_GOLD) == 0 ||
           (strcmp(polarity, "negated") == 0) == ((cell & CELL_FOUND_NEGATED) != 0);
}

/* A disagreement over one theme: each hit that answers for it, else the whole text. */
static eft_status
tell_mistake(struct themes *t, const struct efti_gold_doc *doc, const eft_hits *hits,
             eft_text name, uint8_t cell, eft_error *err)
{
    const char *kind = mistake_of(t, cell);
    bool by_model = t->source == SOURCE_TOGETHER && (cell & CELL_FOUND) != 0,
         told = false;
    eft_status st = EFT_OK;

    for (size_t i = 0; kind != NULL && i < hits->count && st == EFT_OK; i++) {
        const eft_text of = hits->themes[i];
        if (!efti_equal(of.bytes, of.size, name.bytes, name.size) ||
            !answers_for(hits->polarities[i], cell))
            continue;
        told = true;
        const struct efti_disagreement hit = {.kind = kind,
                                              .start = hits->starts[i],
                                              .end = hits->ends[i],
                                              .label = name,
                                              .by = hits->entries[i],
                                              .around = AROUND_HIT};
        st = efti_mistake_at(t->e, doc, &hit, err);
    }
    if (kind == NULL || told)
        return st;
    const struct efti_disagreement whole = {
        .kind = kind,
        .label = name,
        .by = by_model ? (eft_text){"model", 5} : EFTI_ALL,
        .around = SIZE_MAX / 2, /* all of the text */
    };
    return efti_mistake_at(t->e, doc, &whole, err);
}

static eft_status
tell_mistakes(struct themes *t, const struct efti_gold_doc *doc, const uint8_t *row,
              eft_error *err)
{
    eft_hits hits = {0};
    eft_status st = EFT_OK;

    if (t->e->options->mistake == NULL ||
        (t->e->source != NULL && t->source != SOURCE_TOGETHER))
        return EFT_OK;
    if (t->e->options->against == NULL)
        st = eft_worker_themes(t->e->worker, doc->text, &hits, err);
    for (size_t i = 0; i < t->order.count && st == EFT_OK; i++) {
        uint32_t theme = t->order.items[i];
        char number[EFTI_SHOWN_LABEL];
        eft_text name = efti_strings_get(t->names, theme);
        if (row[theme] == 0)
            continue;
        if ((st = shown_name(t, i, number, &name, err)) == EFT_OK)
            st = tell_mistake(t, doc, &hits, name, row[theme], err);
    }
    return st;
}

/* Tags say nothing of polarity, and of no theme that none of them stands for; nor does a
 * table of a theme that has no column. */
static void
leave_out(const struct themes *t, uint8_t *row)
{
    const uint8_t keep = t->e->by_tags ? CELL_GOLD | CELL_FOUND : UINT8_MAX;
    const bool some =
        t->e->by_tags || t->e->gold.columns.count > 0 || t->e->other.columns.count > 0;

    for (uint32_t i = 0; i < t->theme_count && some; i++)
        row[i] &= efti_evaluation_judges(t->e, efti_strings_get(t->names, i)) ? keep : 0;
}

static const struct efti_gold_doc *
other_of(const struct themes *t, const struct efti_gold_doc *doc)
{
    uint32_t at = doc->id.size == 0
                      ? EFTI_NOT_FOUND
                      : efti_strings_find(t->e->other.ids, doc->id.bytes, doc->id.size);

    return at == EFTI_NOT_FOUND ? NULL : &t->e->other.docs.items[at];
}

/* Two readers are compared over what both have coded; of how many texts that is, told
 * before any figure or mistake is. */
static eft_status
pair_readers(struct themes *t, eft_error *err)
{
    const struct efti_gold *other = &t->e->other;
    uint64_t both = 0, any = 0;

    if (t->e->options->against == NULL)
        return EFT_OK;
    for (size_t i = 0; i < other->docs.count; i++)
        any += (other->docs.items[i].has & EFTI_GOLD_THEMES) != 0;
    for (size_t i = 0; i < t->docs; i++) {
        struct efti_gold_doc *doc = &t->e->gold.docs.items[i];
        const struct efti_gold_doc *same = other_of(t, doc);
        if ((doc->has & EFTI_GOLD_THEMES) == 0)
            continue;
        if (same != NULL && (same->has & EFTI_GOLD_THEMES) != 0) {
            both++;
        } else {
            doc->has &= ~(uint32_t)EFTI_GOLD_THEMES;
            any++;
        }
    }
    if (both == 0)
        return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET,
                         "no text is coded in both files: their ids must be the same");
    return efti_figure_share(t->e, "against", EFTI_ALL, "texts coded by both", both, any,
                             err);
}

static eft_status
fill_row(struct themes *t, size_t i, eft_error *err)
{
    const struct efti_gold_doc *doc = &t->e->gold.docs.items[i];
    uint8_t *row = t->cells + i * t->theme_count;
    eft_status st = EFT_OK;

    if ((doc->has & EFTI_GOLD_THEMES) == 0)
        return EFT_OK;
    mark_gold(t, &t->e->gold, doc, row, CELL_GOLD, CELL_GOLD_NEGATED);
    if (t->e->options->against == NULL)
        st = mark_found(t, doc, row, err);
    else
        mark_gold(t, &t->e->other, other_of(t, doc), row, CELL_FOUND, CELL_FOUND_NEGATED);
    leave_out(t, row);
    return st == EFT_OK ? tell_mistakes(t, doc, row, err) : st;
}

void
efti_theme_cell_add(struct theme_cell *c, uint8_t cell)
{
    bool gold = (cell & CELL_GOLD) != 0, found = (cell & CELL_FOUND) != 0;
    bool no_gold = (cell & CELL_GOLD_NEGATED) != 0;
    bool no_found = (cell & CELL_FOUND_NEGATED) != 0;

    c->tp += gold && found;
    c->fp += !gold && found;
    c->fn += gold && !found;
    c->tn += !gold && !found;
    if (!gold || !found)
        return;
    c->negated_tp += no_gold && no_found;
    c->negated_fp += !no_gold && no_found;
    c->negated_fn += no_gold && !no_found;
}

static int
by_theme_name(const void *a, const void *b, void *user)
{
    const struct themes *t = user;
    const eft_text x = efti_strings_get(t->names, *(const uint32_t *)a);
    const eft_text y = efti_strings_get(t->names, *(const uint32_t *)b);

    return efti_compare(x.bytes, x.size, y.bytes, y.size);
}

static eft_status
open_themes(struct themes *t, eft_error *err)
{
    eft_status st;

    t->docs = t->e->gold.docs.count;
    if ((st = efti_strings_new(t->e->mem, &t->names, err)) != EFT_OK ||
        (st = efti_strings_new(t->e->mem, &t->clusters, err)) != EFT_OK ||
        (st = name_all(t, &t->e->gold, err)) != EFT_OK)
        return st;
    st = t->e->options->against != NULL ? name_all(t, &t->e->other, err)
                                        : name_lexicons(t, err);
    if (st != EFT_OK)
        return st;
    t->theme_count = efti_strings_count(t->names);
    t->cells = efti_zalloc(t->e->mem, t->docs * t->theme_count + 1, 1);
    t->cluster_of = efti_zalloc(t->e->mem, t->docs + 1, sizeof(*t->cluster_of));
    if (t->cells == NULL || t->cluster_of == NULL ||
        !EFTI_ARRAY_RESERVE(t->e->mem, &t->order, t->theme_count))
        return efti_no_memory(err, "the themes of all texts");
    for (uint32_t i = 0; i < t->theme_count; i++) {
        const eft_text name = efti_strings_get(t->names, i);
        if (efti_evaluation_judges(t->e, name))
            t->order.items[t->order.count++] = i;
    }
    efti_sort(t->order.items, t->order.count, sizeof(uint32_t), by_theme_name, t);
    st = efti_evaluation_clusters(t->e, t->clusters, t->cluster_of, err);
    t->cluster_count = efti_strings_count(t->clusters);
    return st;
}

static void
close_themes(struct themes *t)
{
    const eft_allocator *mem = t->e->mem;

    efti_strings_free(t->names);
    efti_strings_free(t->clusters);
    EFTI_ARRAY_FREE(mem, &t->order);
    efti_release(mem, t->cells, t->docs * t->theme_count + 1);
    efti_release(mem, t->cluster_of, (t->docs + 1) * sizeof(*t->cluster_of));
    if (t->sums != NULL)
        efti_release(mem, t->sums,
                     ((t->cluster_count + 2) * t->theme_count + 1) * sizeof(*t->sums));
}

static eft_status
sum_clusters(struct themes *t, eft_error *err)
{
    t->sums = efti_zalloc(t->e->mem, (t->cluster_count + 2) * t->theme_count + 1,
                          sizeof(*t->sums));
    if (t->sums == NULL)
        return efti_no_memory(err, "the themes of all writers");
    t->totals = t->sums + t->cluster_count * t->theme_count;
    for (size_t i = 0; i < t->docs; i++) {
        if ((t->e->gold.docs.items[i].has & EFTI_GOLD_THEMES) == 0)
            continue;
        for (size_t j = 0; j < t->theme_count; j++) {
            uint8_t cell = t->cells[i * t->theme_count + j];
            efti_theme_cell_add(&t->sums[t->cluster_of[i] * t->theme_count + j], cell);
            efti_theme_cell_add(&t->totals[j], cell);
        }
    }
    return EFT_OK;
}

/* ------------------------------------------------------------------ measures */

/* Krippendorff's alpha of two coders who judged every cell, from their 2x2 table; the
 * general form is efti_krippendorff(), which a test holds this against. */
static double
nominal_alpha(const struct efti_confusion *c)
{
    double n = (double)(c->tp + c->fp + c->fn + c->tn);
    double ones = (double)(2 * c->tp + c->fp + c->fn), zeros = 2 * n - ones;
    double expected = 2 * ones * zeros / (2 * n * (2 * n - 1));

    return n > 0 && expected > 0 ? 1 - (double)(c->fp + c->fn) / n / expected : NAN;
}

static struct efti_confusion
theme_table(const struct theme_cell *c)
{
    return (struct efti_confusion){c->tp, c->fp, c->fn, c->tn};
}

static void
theme_take_away(struct theme_cell *from, const struct theme_cell *c)
{
    from->tp -= c->tp;
    from->fp -= c->fp;
    from->fn -= c->fn;
    from->tn -= c->tn;
    from->negated_tp -= c->negated_tp;
    from->negated_fp -= c->negated_fp;
    from->negated_fn -= c->negated_fn;
}

/* One theme over all clusters but `cluster` (EFTI_NOBODY: over all). */
static struct theme_cell
theme_without(const struct themes *t, size_t theme, uint32_t cluster)
{
    struct theme_cell c = t->totals[theme];

    if (cluster != EFTI_NOBODY)
        theme_take_away(&c, &t->sums[cluster * t->theme_count + theme]);
    return c;
}

static void
table_add(struct efti_confusion *all, const struct efti_confusion *c)
{
    all->tp += c->tp;
    all->fp += c->fp;
    all->fn += c->fn;
    all->tn += c->tn;
}

/* Negation is judged where both have the theme: who both say nothing of is in no cell. */
static struct efti_confusion
negation_table(const struct theme_cell *c)
{
    return (struct efti_confusion){c->negated_tp, c->negated_fp, c->negated_fn, 0};
}

static void
theme_values(void *user, uint32_t cluster, double *out)
{
    const struct themes *t = user;
    struct efti_confusion all = {0}, negated = {0};
    double sum = 0;
    size_t defined = 0;

    for (size_t j = 0; j < t->order.count; j++) {
        const struct theme_cell cell = theme_without(t, t->order.items[j], cluster);
        const struct efti_confusion c = theme_table(&cell), no = negation_table(&cell);
        const struct efti_classified m = efti_classify(&c);
        double *one = out + VALUE_THEMES + THEME_VALUES * j;
        table_add(&all, &c);
        table_add(&negated, &no);
        if (c.tp + c.fn > 0) { /* macro: over the themes that the gold has */
            sum += c.tp == 0 ? 0 : m.f1;
            defined++;
        }
        one[THEME_PRECISION] = m.precision;
        one[THEME_RECALL] = m.recall;
        one[THEME_F1] = m.f1;
        one[THEME_KAPPA] = m.kappa;
    }
    const struct efti_classified m = efti_classify(&all), n = efti_classify(&negated);
    out[VALUE_PRECISION] = m.precision;
    out[VALUE_RECALL] = m.recall;
    out[VALUE_F1] = m.f1;
    out[VALUE_MACRO] = defined > 0 ? sum / (double)defined : NAN;
    out[VALUE_KAPPA] = m.kappa;
    out[VALUE_ALPHA] = nominal_alpha(&all);
    out[VALUE_PABAK] = m.pabak;
    out[VALUE_NEGATION_PRECISION] = n.precision;
    out[VALUE_NEGATION_RECALL] = n.recall;
    out[VALUE_NEGATION_F1] = n.f1;
}

/* The values of one draw: each cluster as often as it was drawn. */
static void
theme_values_drawn(void *user, const uint32_t *weights, double *out)
{
    struct themes *t = user;
    struct theme_cell *all = t->totals,
                      *drawn = t->sums + (t->cluster_count + 1) * t->theme_count;

    memset(drawn, 0, t->theme_count * sizeof(*drawn));
    for (size_t i = 0; i < t->cluster_count; i++) {
        const struct theme_cell *one = &t->sums[i * t->theme_count];
        for (size_t j = 0; j < t->theme_count && weights[i] > 0; j++) {
            drawn[j].tp += weights[i] * one[j].tp;
            drawn[j].fp += weights[i] * one[j].fp;
            drawn[j].fn += weights[i] * one[j].fn;
            drawn[j].tn += weights[i] * one[j].tn;
            drawn[j].negated_tp += weights[i] * one[j].negated_tp;
            drawn[j].negated_fp += weights[i] * one[j].negated_fp;
            drawn[j].negated_fn += weights[i] * one[j].negated_fn;
        }
    }
    t->totals = drawn;
    theme_values(t, EFTI_NOBODY, out);
    t->totals = all;
}

/* What a value is about: who neither has the theme nor was said to tells nothing of F1,
 * and next to nothing of kappa. */
static void
theme_sizes(void *user, uint32_t cluster, double *out)
{
    const struct themes *t = user;
    struct efti_confusion all = {0}, negated = {0};

    for (size_t j = 0; j < t->order.count; j++) {
        const struct theme_cell *cell =
            &t->sums[cluster * t->theme_count + t->order.items[j]];
        const struct efti_confusion c = theme_table(cell), no = negation_table(cell);
        double *one = out + VALUE_THEMES + THEME_VALUES * j;
        table_add(&all, &c);
        table_add(&negated, &no);
        one[THEME_PRECISION] = (double)(c.tp + c.fp);
        one[THEME_RECALL] = (double)(c.tp + c.fn);
        one[THEME_F1] = one[THEME_KAPPA] = units_of_f1(&c);
    }
    out[VALUE_PRECISION] = (double)(all.tp + all.fp);
    out[VALUE_RECALL] = (double)(all.tp + all.fn);
    out[VALUE_F1] = out[VALUE_MACRO] = units_of_f1(&all);
    out[VALUE_KAPPA] = out[VALUE_ALPHA] = out[VALUE_F1];
    out[VALUE_PABAK] = (double)(all.tp + all.fp + all.fn + all.tn);
    out[VALUE_NEGATION_PRECISION] = (double)(negated.tp + negated.fp);
    out[VALUE_NEGATION_RECALL] = (double)(negated.tp + negated.fn);
    out[VALUE_NEGATION_F1] = units_of_f1(&negated);
}

static enum efti_scale_of_value
scale_of(size_t value)
{
    bool agreement =
        value < VALUE_THEMES
            ? value == VALUE_KAPPA || value == VALUE_ALPHA || value == VALUE_PABAK
            : (value - VALUE_THEMES) % THEME_VALUES == THEME_KAPPA;

    return agreement ? EFTI_VALUE_AGREEMENT : EFTI_VALUE_SHARE;
}

static eft_status
print_theme(struct themes *t, size_t j, const struct efti_interval *all, eft_error *err)
{
    struct efti_evaluation *e = t->e;
    const struct theme_cell c = theme_without(t, t->order.items[j], EFTI_NOBODY);
    const struct efti_interval *of = all + VALUE_THEMES + THEME_VALUES * j;
    char number[EFTI_SHOWN_LABEL];
    eft_text name;
    eft_status st;

    if ((st = shown_name(t, j, number, &name, err)) != EFT_OK ||
        (st = efti_figure_part(e, "theme", name, "precision", c.tp, c.tp + c.fp,
                               &of[THEME_PRECISION], err)) != EFT_OK ||
        (st = efti_figure_part(e, "theme", name, "recall", c.tp, c.tp + c.fn,
                               &of[THEME_RECALL], err)) != EFT_OK ||
        (st = efti_figure_value(e, "theme", name, "f1", &of[THEME_F1], err)) != EFT_OK)
        return st;
    return efti_figure_value(e, "theme", name, "kappa", &of[THEME_KAPPA], err);
}

/* Gold that never says what is negated judges nobody for it, and a second reader who
 * never does is not judged. */
static bool
says_negated(const struct efti_gold *g)
{
    for (size_t i = 0; i < g->docs.count; i++)
        if ((g->docs.items[i].has & EFTI_GOLD_NEGATED) != 0)
            return true;
    return false;
}

static eft_status
measure_themes(struct themes *t, enum efti_scale_of_value *scales,
               struct efti_interval *out, eft_error *err)
{
    const struct efti_jackknife j = {
        .clusters = (uint32_t)t->cluster_count,
        .values = (uint32_t)(VALUE_THEMES + THEME_VALUES * t->order.count),
        .scales = scales,
        .without = theme_values,
        .sizes = theme_sizes,
        .user = t,
    };

    for (size_t i = 0; i < j.values; i++)
        scales[i] = scale_of(i);
    return efti_evaluation_intervals(t->e, &j, theme_values_drawn, out, err);
}

static eft_status
print_themes(struct themes *t, const struct efti_interval *values, eft_error *err)
{
    bool negated = says_negated(&t->e->gold) &&
                   (t->e->options->against == NULL || says_negated(&t->e->other));
    size_t all = negated ? VALUE_THEMES : VALUE_NEGATION_PRECISION;
    eft_status st = EFT_OK;

    for (size_t i = 0; i < all && st == EFT_OK; i++)
        st = efti_figure_value(t->e, "all", EFTI_ALL, value_names[i], &values[i], err);
    for (size_t j = 0; j < t->order.count && st == EFT_OK; j++)
        st = print_theme(t, j, values, err);
    return st == EFT_OK ? efti_themes_groups(t, err) : st;
}

static eft_status
evaluate_source(struct efti_evaluation *e, enum theme_source source, eft_error *err)
{
    struct themes t = {.e = e, .source = source};
    struct efti_interval *values = NULL;
    enum efti_scale_of_value *scales = NULL;
    eft_status st = open_themes(&t, err);

    if (st == EFT_OK)
        st = pair_readers(&t, err);
    for (size_t i = 0; i < t.docs && st == EFT_OK; i++)
        st = fill_row(&t, i, err);
    if (st == EFT_OK)
        st = sum_clusters(&t, err);
    size_t count = VALUE_THEMES + THEME_VALUES * t.theme_count;
    if (st == EFT_OK) {
        values = efti_zalloc(e->mem, count, sizeof(*values));
        scales = efti_zalloc(e->mem, count, sizeof(*scales));
        st = values == NULL || scales == NULL
                 ? efti_no_memory(err, "the figures of themes")
                 : measure_themes(&t, scales, values, err);
    }
    if (st == EFT_OK)
        st = print_themes(&t, values, err);
    efti_release(e->mem, values, count * sizeof(*values));
    efti_release(e->mem, scales, count * sizeof(*scales));
    close_themes(&t);
    return st;
}

/* Of how much the figures by tags speak. */
static eft_status
print_tags(struct efti_evaluation *e, eft_error *err)
{
    eft_status st = efti_figure_share(e, "tags", EFTI_ALL, "texts with tags",
                                      e->tagged_texts, e->texts, err);

    return st == EFT_OK ? efti_figure_share(e, "tags", EFTI_ALL, "tags that are themes",
                                            e->mapped_tags, e->tags, err)
                        : st;
}

/* A code that is misspelt is a theme that is always missed: how many of the gold's are
 * themes, each once. */
static eft_status
print_codes(struct efti_evaluation *e, eft_error *err)
{
    const struct efti_gold *g = &e->gold;
    struct efti_strings *codes = NULL;
    uint64_t themes = 0;
    bool added = false;
    eft_status st = efti_strings_new(e->mem, &codes, err);

    for (size_t i = 0; i < g->names.count && st == EFT_OK; i++) {
        const eft_text name = g->names.items[i];
        if (efti_strings_add(codes, name.bytes, name.size, &added) == EFTI_NOT_FOUND)
            st = efti_no_memory(err, "the codes");
        else if (added)
            themes += efti_evaluation_has_theme(e, name);
    }
    if (st == EFT_OK)
        st = efti_figure_share(e, "gold", EFTI_ALL, "codes that are themes", themes,
                               efti_strings_count(codes), err);
    efti_strings_free(codes);
    return st;
}

eft_status
efti_evaluate_themes(struct efti_evaluation *e, eft_error *err)
{
    bool model = e->plan->model != NULL && e->options->against == NULL;
    eft_status st = e->by_tags                    ? print_tags(e, err)
                    : e->options->against == NULL ? print_codes(e, err)
                                                  : EFT_OK;

    for (int s = SOURCE_LEXICON; s <= (model ? SOURCE_TOGETHER : 0) && st == EFT_OK;
         s++) {
        e->source = model ? source_names[s] : NULL;
        st = evaluate_source(e, (enum theme_source)s, err);
    }
    return st;
}
