/*
 * words.c - keyness between labels of the terms shown
 *
 *     postings of one term, by writer and cell        unit A      unit B     other
 *       w0 A 3 tokens in 2 texts                  ──►  w0 3/2      w1 1/1     w4 2/1
 *       w1 B 1 in 1                                    w2 4/3
 *       w2 A 4 in 3
 *       w4 C 2 in 1
 *
 * A cell has two conditions, term and label; its rests are the label's texts without the
 * term and the term's texts elsewhere. What is told is tokens, so they must not be
 * dominated either, here or elsewhere. Over the labels the cells add up to the row of the
 * term in `terms`, so hidden ones are protected as in crossed.c.
 *
 * Only words that are more frequent in the label than elsewhere have a row, the first
 * KEY_TERMS by G2. G2 ranks; what is sure about a difference is said by the interval of
 * the log ratio, whose error comes from writers.
 *
 * Function words stay out of keyness unless asked for.
 *
 * words_cells.c has the cells of one term and asks the gate, words_rates.c measures what
 * may pass.
 */
#include "release/words.h"

#include "stats/adjust.h"

#include <math.h>

#define KEY_TERMS 100u

static bool
is_function_word(const struct release_job *j, uint32_t term)
{
    eft_text t = j->f->terms[term];

    if (j->o->stop != NULL && !j->o->no_stop)
        return efti_strings_find(j->o->stop, t.bytes, t.size) != EFTI_NOT_FOUND;
    return j->o->lists != NULL && !j->o->no_stop &&
           (efti_lists_word(j->o->lists, t.bytes, t.size) & EFTI_LIST_FUNCTION) != 0;
}

static eft_status
judge_word(struct word_table *x, uint32_t term, eft_error *err)
{
    size_t count = x->role->slots.count;
    eft_status st = EFT_OK;

    if (!efti_word_may_pass(x)) {
        for (size_t s = 0; s < count; s++)
            x->hidden += x->role->slots.items[s].printed && x->places.items[s].count > 0;
        return EFT_OK;
    }
    uint64_t exact = efti_word_judge(x);
    for (size_t s = 0; s < count && st == EFT_OK; s++) {
        const struct release_part *p = &x->parts.items[s];
        if (p->hidden && p->printed && p->set.count > 0)
            x->hidden++;
        if (!p->hidden && p->printed)
            st = efti_word_measures(x, term, s, s < 64 && (exact >> s & 1u) != 0, err);
    }
    return st;
}

/* --------------------------------------------------------------------- rows */

static int
by_label_and_g2(const void *a, const void *b, void *user)
{
    const struct key_row *x = a, *y = b;

    (void)user;
    if (x->slot != y->slot)
        return x->slot < y->slot ? -1 : 1;
    if (x->key.g2 > y->key.g2 || x->key.g2 < y->key.g2)
        return x->key.g2 > y->key.g2 ? -1 : 1;
    return x->term < y->term ? -1 : x->term > y->term;
}

static void
key_values(struct word_table *x, struct eft_table *t, const struct key_row *r, double q)
{
    efti_table_set_integer(t, "reflections", (int64_t)r->texts);
    if (r->exact)
        efti_table_set_integer(t, "writers", r->writers);
    else
        efti_table_set_integer(t, "writers_min", x->j->gate.k);
    efti_table_set_integer(t, "tokens", (int64_t)r->tokens);
    efti_table_set_real(t, "per_1000", r->here);
    efti_table_set_real(t, "elsewhere_per_1000", r->elsewhere);
    efti_table_set_real(t, "log_ratio", r->key.log_ratio);
    efti_row_interval(t, "log_ratio_low", "log_ratio_high", r->ratio.low, r->ratio.high,
                      100);
    efti_table_set_real(t, "diff", r->key.diff);
    efti_row_interval(t, "diff_low", "diff_high", 100 * (exp2(r->ratio.low) - 1),
                      100 * (exp2(r->ratio.high) - 1), 1);
    efti_table_set_real(t, "odds_ratio", r->key.odds_ratio);
    efti_row_interval(t, "odds_ratio_low", "odds_ratio_high", r->odds.low, r->odds.high,
                      100);
    efti_table_set_real(t, "g2", r->key.g2);
    efti_row_p(t, "p", r->ratio.p);
    efti_row_p(t, "q", q);
}

static eft_status
key_rows(struct word_table *x, struct eft_table *t, const double *q, struct efti_bytes *b,
         eft_error *err)
{
    uint32_t rank = 0;

    for (size_t i = 0; i < x->rows.count; i++) {
        const struct key_row *r = &x->rows.items[i];
        rank = i > 0 && r[-1].slot == r->slot ? rank + 1 : 1;
        if (rank > KEY_TERMS)
            continue;
        eft_status st = efti_table_row(t, err);
        if (st != EFT_OK)
            return st;
        efti_table_set_text(t, "label", x->role->slots.items[r->slot].name);
        efti_table_set_integer(t, "rank", rank);
        efti_table_set_text(t, "term", x->j->f->terms[r->term]);
        efti_table_set_text(t, "label_term", efti_term_label(x->j, r->term, b));
        if (b->failed)
            return efti_no_memory(err, "the label of a term");
        key_values(x, t, r, q[i]);
    }
    return EFT_OK;
}

/* The family is all words of a label that are more frequent there. */
static eft_status
adjust_words(struct word_table *x, double *q, eft_error *err)
{
    for (size_t i = 0; i < x->rows.count; i++)
        q[i] = x->rows.items[i].ratio.p;
    for (size_t from = 0; from < x->rows.count;) {
        size_t to = from;
        while (to < x->rows.count && x->rows.items[to].slot == x->rows.items[from].slot)
            to++;
        eft_status st = efti_adjust(x->j->mem, q + from, to - from, x->j->o->adjustment,
                                    q + from, err);
        if (st != EFT_OK)
            return st;
        from = to;
    }
    return EFT_OK;
}

static void
word_tokens(struct word_table *x)
{
    const struct release_job *j = x->j;
    size_t writers = j->f->writer_count;

    memset(x->tokens.items, 0, x->tokens.count * sizeof(*x->tokens.items));
    memset(x->once.items, 0, writers * sizeof(*x->once.items));
    memset(x->all_tokens.items, 0, writers * sizeof(*x->all_tokens.items));
    memset(x->writer_tokens.items, 0,
           x->writer_tokens.count * sizeof(*x->writer_tokens.items));
    for (size_t i = 0; i < j->order.count; i++) {
        const struct efti_record_view *r = &j->f->records[j->order.items[i]];
        uint32_t slot = efti_record_slot(j, x->role, r);
        if (slot == EFTI_NO_ID)
            continue;
        x->tokens.items[slot] += r->tokens;
        x->writer_tokens.items[slot * writers + r->writer] += r->tokens;
        x->all_tokens.items[r->writer] += r->tokens;
    }
    for (size_t s = 0; s < x->tokens.count; s++)
        x->all_words += x->tokens.items[s];
    efti_word_base_rates(x);
}

static void
slot_emit(void *user, const struct efti_record_view *r, struct release_builder *b)
{
    struct word_table *x = user;
    uint32_t slot = efti_record_slot(x->j, x->role, r);

    if (slot != EFTI_NO_ID)
        efti_builder_add(b, slot, 1);
}

/* What is asked of each slot and cell for every term. */
static bool
know_slots(struct word_table *x)
{
    const eft_allocator *mem = x->j->mem;
    size_t slots = x->role->slots.count, cells = x->j->f->cell_count;
    size_t writers = x->j->f->writer_count, all;

    if (!efti_mul(slots, writers, &all) || !RELEASE_ARRAY_MAKE(mem, &x->of_writer, all) ||
        !RELEASE_ARRAY_MAKE(mem, &x->wholes, slots) ||
        !RELEASE_ARRAY_MAKE(mem, &x->places, slots) ||
        !RELEASE_ARRAY_MAKE(mem, &x->before, slots) ||
        !RELEASE_ARRAY_MAKE(mem, &x->by_size, x->slots.shares.count) ||
        !RELEASE_ARRAY_MAKE(mem, &x->cell_slots, cells))
        return false;
    if (all > 0)
        memset(x->of_writer.items, 0, all * sizeof(*x->of_writer.items));
    for (size_t s = 0; s < slots; s++) {
        struct release_set set = efti_set_at(&x->slots, s);
        efti_order_by_writer(set, x->of_writer.items + s * writers);
        x->wholes.items[s] = efti_set_cell(set);
        efti_order_by_size(set, x->by_size.items + x->slots.start.items[s]);
    }
    efti_word_slots(x);
    return true;
}

static eft_status
make_words(struct word_table *x, eft_error *err)
{
    const eft_allocator *mem = x->j->mem;
    size_t slots = x->role->slots.count, writers = x->j->f->writer_count, cells;
    eft_status st = efti_sets_build(x->j, slots, slot_emit, x, &x->slots, err);

    if (st != EFT_OK)
        return st;
    if (!efti_mul(slots, writers, &cells) || !know_slots(x) ||
        !RELEASE_ARRAY_MAKE(mem, &x->parts, slots) ||
        !RELEASE_ARRAY_MAKE(mem, &x->tokens, slots) ||
        !RELEASE_ARRAY_MAKE(mem, &x->once, writers) ||
        !RELEASE_ARRAY_MAKE(mem, &x->all_tokens, writers) ||
        !RELEASE_ARRAY_MAKE(mem, &x->rates, 2 * slots) ||
        !RELEASE_ARRAY_MAKE(mem, &x->left_out, 2 * slots) ||
        !RELEASE_ARRAY_MAKE(mem, &x->writer_tokens, cells))
        return efti_no_memory(err, "the keyness of the labels");
    if (slots > 0 && writers > 0)
        word_tokens(x);
    for (uint32_t term = 0; term < x->j->f->term_count && st == EFT_OK; term++) {
        if (x->j->term_shown.items[term] == 0 || is_function_word(x->j, term))
            continue;
        if (!efti_word_gather(x, term))
            return efti_no_memory(err, "the keyness of the labels");
        st = judge_word(x, term, err);
    }
    return st;
}

static void
free_words(struct word_table *x)
{
    const eft_allocator *mem = x->j->mem;

    efti_sets_free(mem, &x->slots);
    EFTI_ARRAY_FREE(mem, &x->wholes);
    EFTI_ARRAY_FREE(mem, &x->by_size);
    EFTI_ARRAY_FREE(mem, &x->of_writer);
    EFTI_ARRAY_FREE(mem, &x->cell_slots);
    EFTI_ARRAY_FREE(mem, &x->places);
    EFTI_ARRAY_FREE(mem, &x->before);
    EFTI_ARRAY_FREE(mem, &x->counts);
    EFTI_ARRAY_FREE(mem, &x->shares);
    EFTI_ARRAY_FREE(mem, &x->parts);
    EFTI_ARRAY_FREE(mem, &x->rows);
    EFTI_ARRAY_FREE(mem, &x->tokens);
    EFTI_ARRAY_FREE(mem, &x->writer_tokens);
    EFTI_ARRAY_FREE(mem, &x->once);
    EFTI_ARRAY_FREE(mem, &x->all_tokens);
    EFTI_ARRAY_FREE(mem, &x->rates);
    EFTI_ARRAY_FREE(mem, &x->left_out);
}

static eft_status
keyness_of_role(struct release_job *j, const struct release_role *role, const char *name,
                eft_error *err)
{
    struct word_table x = {.j = j, .role = role};
    EFTI_ARRAY(double) q = {0};
    struct efti_bytes label;
    struct eft_table *t;
    eft_status st =
        efti_results_add(j->results, EFTI_TABLE_KEYNESS_BY_FACET, name, &t, err);

    efti_bytes_init(&label, j->mem);
    if (st == EFT_OK && (st = make_words(&x, err)) == EFT_OK) {
        efti_sort(x.rows.items, x.rows.count, sizeof(*x.rows.items), by_label_and_g2,
                  NULL);
        if (!RELEASE_ARRAY_MAKE(j->mem, &q, x.rows.count))
            st = efti_no_memory(err, "the keyness of the labels");
    }
    if (st == EFT_OK && (st = adjust_words(&x, q.items, err)) == EFT_OK) {
        efti_table_add_hidden(t, x.hidden);
        st = key_rows(&x, t, q.items, &label, err);
    }
    if (st == EFT_OK)
        st = efti_table_end(j, t, err);
    efti_bytes_free(&label);
    EFTI_ARRAY_FREE(j->mem, &q);
    free_words(&x);
    return st;
}

eft_status
efti_release_words(struct release_job *j, eft_error *err)
{
    const struct release_role *roles = j->roles.items;
    eft_status st = keyness_of_role(j, &roles[EFTI_LABEL_UNIT], NULL, err);
    struct efti_bytes name;

    efti_bytes_init(&name, j->mem);
    for (size_t i = EFTI_LABEL_FACET0; i < j->roles.count && st == EFT_OK; i++) {
        st = efti_facet_table_name(j, "keyness_by_", roles[i].name, &name, err);
        if (st == EFT_OK)
            st = keyness_of_role(j, &roles[i], name.data, err);
    }
    efti_bytes_free(&name);
    return st;
}
