/*
 * dispersion.c - how evenly the terms shown are spread over writers
 *
 * The parts of the corpus are its writers, each as large as the words that he wrote
 * (stats/dispersion.h). Postings lie by term, so one pass sees all writers of a term; the
 * many who never use it are in sums over all parts, made once. Without a writer column
 * there is nothing to spread over, and no rows.
 */
#include "release/internal.h"

#include "stats/dispersion.h"

#include <math.h>

struct spread {
    struct release_job *j;
    struct efti_parts all;      /* writers */
    EFTI_ARRAY(double) size;    /* by writer: words */
    EFTI_ARRAY(double) count;   /* by writer: tokens of the term; zero between terms */
    EFTI_ARRAY(uint32_t) where; /* writers of the term */
    struct efti_bytes label;
};

static eft_status
dispersion_row(struct spread *x, struct eft_table *t, uint32_t term, eft_error *err)
{
    const double *count = x->count.items;
    struct efti_dispersion d =
        efti_disperse_at(&x->all, count, x->size.items, x->where.items, x->where.count);
    double tokens = 0;
    eft_status st = efti_table_row(t, err);

    if (st != EFT_OK)
        return st;
    for (size_t i = 0; i < x->where.count; i++)
        tokens += count[x->where.items[i]];
    efti_table_set_text(t, "term", x->j->f->terms[term]);
    efti_table_set_text(t, "label", efti_term_label(x->j, term, &x->label));
    if (x->label.failed)
        return efti_no_memory(err, "the label of a term");
    efti_table_set_integer(t, "tokens", (int64_t)tokens);
    efti_table_set_real(t, "dp", round(d.dp * 1000) / 1000);
    efti_table_set_real(t, "dp_norm", round(d.dp_norm * 1000) / 1000);
    efti_table_set_real(t, "juilland_d", round(d.juilland * 1000) / 1000);
    efti_table_set_real(t, "rosengren_s", round(d.rosengren * 1000) / 1000);
    return EFT_OK;
}

/* Tokens of one term by writer. There is room for all writers in `where`. */
static void
spread_count(struct spread *x, uint32_t term)
{
    struct efti_posting_walk w = efti_postings_of(x->j->f, term);
    struct efti_posting p;
    double *count = x->count.items;

    x->where.count = 0;
    while (efti_posting_next(&w, &p)) {
        if (count[p.writer] <= 0 && p.tokens > 0)
            x->where.items[x->where.count++] = p.writer;
        count[p.writer] += p.tokens;
    }
}

static eft_status
dispersion_rows(struct spread *x, struct eft_table *t, eft_error *err)
{
    const struct efti_frozen *f = x->j->f;
    eft_status st = EFT_OK;

    for (size_t i = 0; i < x->j->order.count; i++) {
        const struct efti_record_view *r = &f->records[x->j->order.items[i]];
        x->size.items[r->writer] += r->tokens;
    }
    x->all = efti_parts_of(x->size.items, x->size.count);
    for (uint32_t term = 0; term < f->term_count && st == EFT_OK; term++) {
        if (x->j->term_shown.items[term] == 0)
            continue;
        spread_count(x, term);
        st = dispersion_row(x, t, term, err);
        for (size_t i = 0; i < x->where.count; i++)
            x->count.items[x->where.items[i]] = 0;
    }
    return st;
}

eft_status
efti_release_dispersion(struct release_job *j, eft_error *err)
{
    struct spread x = {.j = j};
    struct eft_table *t;
    size_t writers = j->f->writer_count;
    eft_status st = efti_results_add(j->results, EFTI_TABLE_DISPERSION, NULL, &t, err);

    efti_bytes_init(&x.label, j->mem);
    if (st == EFT_OK && (!RELEASE_ARRAY_MAKE(j->mem, &x.size, writers) ||
                         !RELEASE_ARRAY_MAKE(j->mem, &x.count, writers) ||
                         !RELEASE_ARRAY_MAKE(j->mem, &x.where, writers)))
        st = efti_no_memory(err, "the dispersion of the terms");
    for (size_t i = 0; i < writers && st == EFT_OK; i++)
        x.size.items[i] = x.count.items[i] = 0;
    if (st == EFT_OK && writers > 0 && j->f->settings.writer_column)
        st = dispersion_rows(&x, t, err);
    efti_bytes_free(&x.label);
    EFTI_ARRAY_FREE(j->mem, &x.size);
    EFTI_ARRAY_FREE(j->mem, &x.count);
    EFTI_ARRAY_FREE(j->mem, &x.where);
    return st == EFT_OK ? efti_table_end(j, t, err) : st;
}
