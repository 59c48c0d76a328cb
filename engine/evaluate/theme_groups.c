/*
 * theme_groups.c - F1 by unit and by facet, so that a lexicon that works for one
 * workplace or one kind of writer only is seen
 *
 * A writer may have written in several units: counts are kept per writer and value, and
 * an interval draws whole writers again. Facets come from the input (--facet); a gold
 * file itself can say `unit` or `origin`.
 */
#include "evaluate/themes.h"

#include "stats/agreement.h"
#include "stats/resample.h"

#include <math.h>

/* One way of parting the texts. */
struct theme_groups {
    struct themes *t;
    const char *name;           /* "unit", or the facet's */
    struct efti_strings *names; /* its values, in the order of the texts */
    uint32_t count;
    struct efti_confusion *sums; /* clusters * count */
};

static double
f1_of_group(const struct theme_groups *g, uint32_t group, const uint32_t *weights)
{
    struct efti_confusion sum = {0};

    for (size_t i = 0; i < g->t->cluster_count; i++) {
        const struct efti_confusion *one = &g->sums[i * g->count + group];
        uint64_t w = weights == NULL ? 1 : weights[i];
        sum.tp += w * one->tp;
        sum.fp += w * one->fp;
        sum.fn += w * one->fn;
    }
    uint64_t whole = 2 * sum.tp + sum.fp + sum.fn;
    return whole == 0 ? NAN : 2.0 * (double)sum.tp / (double)whole;
}

static void
measure_groups(void *user, const uint32_t *weights, double *out)
{
    const struct theme_groups *g = user;

    for (uint32_t i = 0; i < g->count; i++)
        out[i] = f1_of_group(g, i, weights);
}

static void
count_group(struct theme_groups *g, size_t doc, uint32_t group)
{
    const struct themes *t = g->t;
    struct efti_confusion *sum = &g->sums[t->cluster_of[doc] * g->count + group];

    for (size_t j = 0; j < t->order.count; j++) {
        struct theme_cell cell = {0};
        efti_theme_cell_add(&cell, t->cells[doc * t->theme_count + t->order.items[j]]);
        sum->tp += cell.tp;
        sum->fp += cell.fp;
        sum->fn += cell.fn;
    }
}

/* Of the document, in parting `which`; empty: it has none, or was not judged. */
static eft_text
group_value(const struct themes *t, size_t doc, size_t which)
{
    const struct efti_gold_doc *d = &t->e->gold.docs.items[doc];

    if ((d->has & EFTI_GOLD_THEMES) == 0)
        return (eft_text){"", 0};
    return which == 0 ? d->group : d->facets[which - 1];
}

static eft_status
tell_groups(struct theme_groups *g, size_t which, double *low, double *high,
            eft_error *err)
{
    struct themes *t = g->t;
    const struct efti_bootstrap o = {
        .clusters = (uint32_t)t->cluster_count,
        .values = g->count,
        .replicates = t->e->options->replicates,
        .seed = t->e->options->seed,
    };

    for (size_t i = 0; i < t->docs; i++) {
        const eft_text value = group_value(t, i, which);
        if (value.size > 0)
            count_group(g, i, efti_strings_find(g->names, value.bytes, value.size));
    }
    eft_status st = efti_bootstrap(t->e->mem, &o, measure_groups, g, low, high, err);
    for (uint32_t i = 0; i < g->count && st == EFT_OK; i++) {
        char number[EFTI_SHOWN_LABEL];
        eft_text value;
        st = efti_evaluation_label(t->e, g->name, efti_strings_get(g->names, i), i + 1,
                                   number, &value, err);
        if (st == EFT_OK)
            st = efti_figure_value(t->e, g->name, value, "f1", f1_of_group(g, i, NULL),
                                   low[i], high[i], err);
    }
    return st;
}

static eft_status
name_groups(struct theme_groups *g, size_t which, eft_error *err)
{
    for (size_t i = 0; i < g->t->docs; i++) {
        const eft_text value = group_value(g->t, i, which);
        if (value.size > 0 &&
            efti_strings_add(g->names, value.bytes, value.size, NULL) == EFTI_NOT_FOUND)
            return efti_no_memory(err, "the groups");
    }
    g->count = efti_strings_count(g->names);
    return EFT_OK;
}

static eft_status
print_parting(struct themes *t, const char *name, size_t which, eft_error *err)
{
    const eft_allocator *mem = t->e->mem;
    struct theme_groups g = {.t = t, .name = name};
    eft_status st = efti_strings_new(mem, &g.names, err);

    if (st == EFT_OK)
        st = name_groups(&g, which, err);
    if (st == EFT_OK && g.count > 0) {
        size_t count = t->cluster_count * g.count, ends_count = 2 * (size_t)g.count;
        double *ends = efti_zalloc(mem, ends_count, sizeof(*ends));
        g.sums = efti_zalloc(mem, count, sizeof(*g.sums));
        st = ends == NULL || g.sums == NULL
                 ? efti_no_memory(err, "the groups")
                 : tell_groups(&g, which, ends, ends + g.count, err);
        efti_release(mem, ends, ends_count * sizeof(*ends));
        efti_release(mem, g.sums, count * sizeof(*g.sums));
    }
    efti_strings_free(g.names);
    return st;
}

eft_status
efti_themes_groups(struct themes *t, eft_error *err)
{
    const struct efti_gold *g = &t->e->gold;
    eft_status st =
        g->group_name == NULL ? EFT_OK : print_parting(t, g->group_name, 0, err);

    for (size_t i = 0; i < g->facet_count && st == EFT_OK; i++)
        st = print_parting(t, g->facet_names[i], i + 1, err);
    return st;
}
