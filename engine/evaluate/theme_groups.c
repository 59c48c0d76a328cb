/*
 * theme_groups.c - F1 by unit and by facet, so that a lexicon that works for one
 * workplace or one kind of writer only is seen
 *
 * A writer may have written in several units: counts are kept per writer and value, and
 * an interval leaves whole writers out in turn, or draws them again. Facets come from
 * the input (--facet); a gold file itself can say `unit` or `origin`.
 */
#include "evaluate/themes.h"

#include "stats/agreement.h"
#include "stats/jackknife.h"

#include <math.h>

/* One way of parting the texts. */
struct theme_groups {
    struct themes *t;
    const char *name;           /* "unit", or the facet's */
    struct efti_strings *names; /* its values, in the order of the texts */
    uint32_t count;
    struct efti_confusion *sums;   /* clusters + 2 (totals, those of a draw) * count */
    struct efti_confusion *totals; /* one of these two */
};

static void
f1_of_groups(void *user, uint32_t cluster, double *out)
{
    const struct theme_groups *g = user;

    for (uint32_t i = 0; i < g->count; i++) {
        struct efti_confusion c = g->totals[i];
        if (cluster != EFTI_NOBODY) {
            const struct efti_confusion *one = &g->sums[cluster * g->count + i];
            c.tp -= one->tp;
            c.fp -= one->fp;
            c.fn -= one->fn;
        }
        out[i] = efti_classify(&c).f1;
    }
}

/* The same of one draw: each cluster as often as it was drawn. */
static void
f1_of_draw(void *user, const uint32_t *weights, double *out)
{
    struct theme_groups *g = user;
    struct efti_confusion *all = g->totals,
                          *drawn = g->sums + (g->t->cluster_count + 1) * g->count;

    memset(drawn, 0, g->count * sizeof(*drawn));
    for (size_t i = 0; i < g->t->cluster_count; i++) {
        const struct efti_confusion *one = &g->sums[i * g->count];
        for (uint32_t k = 0; k < g->count && weights[i] > 0; k++) {
            drawn[k].tp += weights[i] * one[k].tp;
            drawn[k].fp += weights[i] * one[k].fp;
            drawn[k].fn += weights[i] * one[k].fn;
        }
    }
    g->totals = drawn;
    f1_of_groups(g, EFTI_NOBODY, out);
    g->totals = all;
}

static void
sizes_of_groups(void *user, uint32_t cluster, double *out)
{
    const struct theme_groups *g = user;

    for (uint32_t i = 0; i < g->count; i++) {
        out[i] = units_of_f1(&g->sums[cluster * g->count + i]);
    }
}

static void
count_group(struct theme_groups *g, size_t doc, uint32_t group)
{
    const struct themes *t = g->t;
    struct efti_confusion *sum = &g->sums[t->cluster_of[doc] * g->count + group];
    struct efti_confusion *all = &g->totals[group];

    for (size_t j = 0; j < t->order.count; j++) {
        struct theme_cell cell = {0};
        efti_theme_cell_add(&cell, t->cells[doc * t->theme_count + t->order.items[j]]);
        sum->tp += cell.tp;
        sum->fp += cell.fp;
        sum->fn += cell.fn;
        all->tp += cell.tp;
        all->fp += cell.fp;
        all->fn += cell.fn;
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
tell_groups(struct theme_groups *g, size_t which, struct efti_interval *f1,
            enum efti_scale_of_value *scales, eft_error *err)
{
    struct themes *t = g->t;
    const struct efti_jackknife j = {
        .clusters = (uint32_t)t->cluster_count,
        .values = g->count,
        .scales = scales, /* all zero: shares */
        .without = f1_of_groups,
        .sizes = sizes_of_groups,
        .user = g,
    };

    g->totals = g->sums + t->cluster_count * g->count;
    for (size_t i = 0; i < t->docs; i++) {
        const eft_text value = group_value(t, i, which);
        if (value.size > 0)
            count_group(g, i, efti_strings_find(g->names, value.bytes, value.size));
    }
    eft_status st = efti_evaluation_intervals(t->e, &j, f1_of_draw, f1, err);
    for (uint32_t i = 0; i < g->count && st == EFT_OK; i++) {
        char number[EFTI_SHOWN_LABEL];
        eft_text value;
        st = efti_evaluation_label(t->e, g->name, efti_strings_get(g->names, i), i + 1,
                                   number, &value, err);
        if (st == EFT_OK)
            st = efti_figure_value(t->e, g->name, value, "f1", &f1[i], err);
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
        size_t count = (t->cluster_count + 2) * g.count;
        struct efti_interval *f1 = efti_zalloc(mem, g.count, sizeof(*f1));
        enum efti_scale_of_value *scales = efti_zalloc(mem, g.count, sizeof(*scales));
        g.sums = efti_zalloc(mem, count, sizeof(*g.sums));
        st = f1 == NULL || scales == NULL || g.sums == NULL
                 ? efti_no_memory(err, "the groups")
                 : tell_groups(&g, which, f1, scales, err);
        efti_release(mem, f1, g.count * sizeof(*f1));
        efti_release(mem, scales, g.count * sizeof(*scales));
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
