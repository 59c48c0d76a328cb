/*
 * term_pairs.c - words that occur together more, or less, than chance would have it
 *
 * Phase B counted the pairs (tally/pairs.h): per pair its cell and the two rests. A pair
 * is a row if all three pass and both words are shown by themselves in `terms`. Then also
 * the words' own counts at this level have passed, for each is the cell and a rest
 * together:
 *
 *     r1 = cell + with a, not b        c1 = cell + with b, not a
 *
 * Function words were left out when phase B chose its terms. Order: level, logDice
 * falling, then bytes of the terms.
 */
#include "release/internal.h"

#include "stats/association.h"

static const char *const level_names[EFTI_LEVEL_COUNT] = {"reflection", "sentence",
                                                          "window"};

struct scored_pair {
    const struct efti_term_pair *pair;
    double logdice;
};

static int
by_strength_of_pair(const void *a, const void *b, void *user)
{
    const struct scored_pair *x = a, *y = b;

    (void)user;
    if (x->logdice > y->logdice || x->logdice < y->logdice)
        return x->logdice > y->logdice ? -1 : 1;
    if (x->pair->a != y->pair->a)
        return x->pair->a < y->pair->a ? -1 : 1;
    return x->pair->b < y->pair->b ? -1 : x->pair->b > y->pair->b;
}

static bool
pair_shows(const struct release_job *j, const struct efti_term_pair *p, bool *exact)
{
    struct efti_cell rests[2] = {p->rest_a, p->rest_b};

    *exact = efti_writers_exact(j, &p->cell, rests, 2);
    return p->a < j->f->term_count && p->b < j->f->term_count &&
           j->term_shown.items[p->a] != 0 && j->term_shown.items[p->b] != 0 &&
           efti_job_shows(j, &p->cell, rests, 2);
}

static eft_status
pair_row(struct release_job *j, struct eft_table *t, const char *level, uint64_t n,
         const struct efti_term_pair *p, struct efti_bytes *label, eft_error *err)
{
    struct efti_contingency c =
        efti_pair_contingency(&p->cell, &p->rest_a, &p->rest_b, n);
    eft_status st = efti_table_row(t, err);
    bool exact;

    if (st != EFT_OK)
        return st;
    efti_table_set_text(t, "level", (eft_text){level, strlen(level)});
    efti_table_set_text(t, "term_a", j->f->terms[p->a]);
    efti_table_set_text(t, "term_b", j->f->terms[p->b]);
    efti_table_set_text(t, "label_a", efti_term_label(j, p->a, label));
    efti_table_set_text(t, "label_b", efti_term_label(j, p->b, label));
    if (label->failed)
        return efti_no_memory(err, "the label of a term");
    (void)pair_shows(j, p, &exact);
    if (exact)
        efti_table_set_integer(t, "writers", p->cell.writers);
    else
        efti_table_set_integer(t, "writers_min", j->gate.k);
    return efti_row_measures(t, &c, strcmp(level, level_names[EFTI_LEVEL_WINDOW]) != 0,
                             err);
}

static eft_status
pair_level(struct release_job *j, struct eft_table *t,
           const struct efti_term_pairs *pairs, int level, struct efti_bytes *label,
           eft_error *err)
{
    EFTI_ARRAY(struct scored_pair) scored = {0};
    size_t count = pairs->level[level].pairs.count;
    uint64_t n = pairs->level[level].n;
    eft_status st = EFT_OK;
    bool exact;

    if (!EFTI_ARRAY_RESERVE(j->mem, &scored, count))
        return efti_no_memory(err, "the term pairs");
    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        const struct efti_term_pair *p = &pairs->level[level].pairs.items[i];
        struct efti_association a;
        if (!pair_shows(j, p, &exact)) {
            efti_table_add_hidden(t, 1);
            continue;
        }
        struct efti_contingency c =
            efti_pair_contingency(&p->cell, &p->rest_a, &p->rest_b, n);
        st = efti_associate(&c, &a, err);
        scored.items[scored.count++] = (struct scored_pair){p, a.logdice};
    }
    efti_table_add_hidden(t, pairs->level[level].hidden);
    if (st == EFT_OK)
        efti_sort(scored.items, scored.count, sizeof(*scored.items), by_strength_of_pair,
                  NULL);
    for (size_t i = 0; i < scored.count && st == EFT_OK; i++)
        st = pair_row(j, t, level_names[level], n, scored.items[i].pair, label, err);
    EFTI_ARRAY_FREE(j->mem, &scored);
    return st;
}

eft_status
efti_release_term_pairs(struct release_job *j, const struct efti_term_pairs *pairs,
                        eft_error *err)
{
    int levels = j->o->notes                                  ? EFTI_LEVEL_SENTENCE
                 : efti_settings_window(&j->f->settings) == 0 ? EFTI_LEVEL_WINDOW
                                                              : EFTI_LEVEL_COUNT;
    struct efti_bytes label;
    struct eft_table *t;
    eft_status st = EFT_OK;

    if (pairs == NULL)
        return efti_table_missing(j, efti_schema[EFTI_TABLE_TERM_PAIRS].name, err);
    st = efti_results_add(j->results, EFTI_TABLE_TERM_PAIRS, NULL, &t, err);
    efti_bytes_init(&label, j->mem);
    for (int level = 0; level < levels && st == EFT_OK; level++)
        st = pair_level(j, t, pairs, level, &label, err);
    efti_bytes_free(&label);
    return st == EFT_OK ? efti_table_end(j, t, err) : st;
}
