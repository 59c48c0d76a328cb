/*
 * views.c - the arrays that struct efti_frozen shows
 *
 * Records are decoded from the canonical log into structs with pointers, for those who
 * count over them. Their lists lie in pools whose sizes are known from the plan, so that
 * pointers into them stay put.
 */
#include "tally/freeze.h"

static bool
make_pools(struct tally_plan *p)
{
    struct tally_views *v = &p->views;
    size_t n = p->record_order.count, facets = p->t->settings.facet_count, labels;

    return efti_mul(n, facets, &labels) && efti_add(labels, p->tag_total, &labels) &&
           EFTI_ARRAY_RESERVE(p->mem, &v->records, n) &&
           EFTI_ARRAY_RESERVE(p->mem, &v->labels, labels) &&
           EFTI_ARRAY_RESERVE(p->mem, &v->themes, p->theme_total) &&
           TALLY_ARRAY_MAKE(p->mem, &v->sentences, p->writer_order.count) &&
           TALLY_ARRAY_MAKE(p->mem, &v->theme_texts,
                            efti_strings_count(p->dict.themes)) &&
           TALLY_ARRAY_MAKE(p->mem, &v->term_texts, efti_strings_count(p->dict.terms));
}

static const uint32_t *
pool_labels(struct tally_views *v, const uint32_t *labels, size_t count)
{
    uint32_t *to = v->labels.items == NULL ? NULL : v->labels.items + v->labels.count;

    if (count > 0 && to != NULL)
        memcpy(to, labels, count * sizeof(*to));
    v->labels.count += count;
    return to;
}

static void
view_record(struct tally_plan *p, const struct efti_record_view *r)
{
    struct tally_views *v = &p->views;
    struct efti_record_view *to = &v->records.items[v->records.count++];

    *to = *r;
    to->facets = pool_labels(v, r->facets, p->t->settings.facet_count);
    to->tags = pool_labels(v, r->tags, r->tag_count);
    to->themes = v->themes.items == NULL ? NULL : v->themes.items + v->themes.count;
    if (r->theme_count > 0 && v->themes.items != NULL)
        memcpy(v->themes.items + v->themes.count, r->themes,
               r->theme_count * sizeof(*r->themes));
    v->themes.count += r->theme_count;
    v->sentences.items[r->writer].sentences += r->sentences;
}

eft_status
efti_plan_views(struct tally_plan *p, eft_error *err)
{
    struct tally_views *v = &p->views;
    struct tally_walk w;
    eft_status st;

    if (!make_pools(p))
        return efti_no_memory(err, "the records of a tally");
    for (uint32_t i = 0; i < v->sentences.count; i++)
        v->sentences.items[i] = (struct efti_writer_sentences){.writer = i};
    for (uint32_t i = 0; i < v->theme_texts.count; i++)
        v->theme_texts.items[i] = efti_strings_get(p->dict.themes, i);
    for (uint32_t i = 0; i < v->term_texts.count; i++)
        v->term_texts.items[i] = efti_strings_get(p->dict.terms, i);
    efti_walk_init(&w, &p->log, p->t->settings.facet_count, p->mem);
    while ((st = efti_walk_next(&w, err)) == EFT_OK)
        view_record(p, &w.record);
    efti_walk_free(&w);
    return st == EFT_END ? EFT_OK : st;
}

void
efti_tally_show(struct efti_tally *t)
{
    const struct tally_views *v = &t->views;
    const struct tally_dictionaries *d = &t->dict;
    const struct tally_sums *s = &t->sums;

    t->view = (struct efti_frozen){
        .settings = t->settings,
        .record_count = t->record_count,
        .records = v->records.items,
        .writer_count = (uint32_t)d->writers.count,
        .no_writer = d->no_writer,
        .label_count = (uint32_t)d->labels.count,
        .theme_count = (uint32_t)v->theme_texts.count,
        .term_count = (uint32_t)v->term_texts.count,
        .cell_count = (uint32_t)s->cells.count,
        .labels = d->labels.items,
        .themes = v->theme_texts.items,
        .terms = v->term_texts.items,
        .cells = s->cells.items,
        .posting_entries = s->postings.entries.items,
        .posting_slots = s->postings.slots.items,
        .posting_ends = s->postings.ends.items,
        .posting_count = s->postings.count,
        .pairs = s->pairs.items,
        .pair_count = s->pairs.count,
        .theme_sentences = s->theme_sentences.items,
        .theme_sentence_count = s->theme_sentences.count,
        .windows = s->windows.items,
        .window_count = s->windows.count,
        .writer_sentences = v->sentences.items,
        .writer_sentence_count = v->sentences.count,
        .counters = t->counters,
    };
}
