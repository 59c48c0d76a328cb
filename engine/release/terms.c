/*
 * terms.c - words that may be shown, by writers
 *
 * Closed terms only (rule 8.4): term 0 stands for all others and is never a row. A term
 * is one condition over reflections; as its tokens are told too, they must not be
 * dominated either. Hidden terms have no row, their number is told.
 *
 * A base form is its own label; a stem has that of the word it stands for, the hottest
 * form with that stem, else itself with "~".
 *
 * Postings lie by term, then writer, so one pass sees all of a term and of a writer in it
 * together. Rank: writers, reflections, tokens, all falling, then bytes.
 */
#include "release/internal.h"

#include "tokenizers/terms.h"

struct term_row {
    uint32_t term;
    bool exact;
    struct efti_cell cell;
    uint64_t tokens;
};
struct term_table {
    struct release_job *j;
    EFTI_ARRAY(struct release_share) shares; /* reflections of the term at hand */
    EFTI_ARRAY(struct term_row) rows;
    uint64_t hidden;
};

eft_text
efti_word_label(const struct release_job *j, eft_text text, struct efti_bytes *b)
{
    if (j->o->base_terms && efti_term_is_word(j->o->dictionary, text.bytes, text.size))
        return text;
    if (j->o->dictionary != NULL) {
        eft_text label = efti_dictionary_label(j->o->dictionary, text.bytes, text.size);
        if (label.size > 0)
            return label;
    }
    efti_bytes_clear(b);
    efti_put(b, text.bytes, text.size);
    efti_put_char(b, '~');
    return b->failed ? (eft_text){"", 0} : (eft_text){b->data, b->size};
}

eft_text
efti_term_label(const struct release_job *j, uint32_t term, struct efti_bytes *b)
{
    const eft_text text = j->f->terms[term];

    return j->term_shown.items[term] == RELEASE_TERM_OWN_LABEL
               ? text
               : efti_word_label(j, text, b);
}

static uint32_t
capped_sum(uint32_t a, uint32_t b)
{
    return b > UINT32_MAX - a ? UINT32_MAX : a + b;
}

/* The writers of one term. There is room for all. */
static void
gather_term(struct term_table *x, uint32_t term, struct efti_cell *tokens)
{
    struct efti_posting_walk w = efti_postings_of(x->j->f, term);
    struct efti_posting p;
    uint64_t of_writer = 0;
    size_t n = 0;

    *tokens = (struct efti_cell){0};
    while (efti_posting_next(&w, &p)) {
        struct release_share *last = x->shares.items + n - (n > 0);
        if (n == 0 || last->writer != p.writer) {
            efti_cell_add(tokens, of_writer);
            of_writer = 0;
            last = &x->shares.items[n++];
            *last = (struct release_share){.writer = p.writer};
        }
        last->count = capped_sum(last->count, p.reflections);
        of_writer += p.tokens;
    }
    efti_cell_add(tokens, of_writer);
    x->shares.count = n;
}

/* Most terms have too few writers: they are hidden before any rest is looked for. */
static bool
term_passes(struct release_job *j, struct release_set set, const struct efti_cell *cell,
            const struct efti_cell *tokens, struct efti_cell *rest)
{
    if (!efti_gate_passes(&j->gate, cell) || !efti_gate_passes(&j->gate, tokens))
        return false;
    *rest = efti_population_rest(j, set);
    return efti_job_shows(j, cell, rest, 1);
}

static eft_status
judge_terms(struct term_table *x, eft_error *err)
{
    struct release_job *j = x->j;
    const struct efti_frozen *f = j->f;

    if (!EFTI_ARRAY_RESERVE(j->mem, &x->shares, f->writer_count))
        return efti_no_memory(err, "the writers of a term");
    for (uint32_t term = EFTI_TERM_OPEN + 1; term < f->term_count; term++) {
        struct efti_cell tokens;
        gather_term(x, term, &tokens);
        if (x->shares.count == 0)
            continue;
        struct release_set set = {x->shares.items, x->shares.count};
        struct efti_cell cell = efti_set_cell(set), rest;
        if (!term_passes(j, set, &cell, &tokens, &rest)) {
            x->hidden++;
            continue;
        }
        if (!EFTI_PUSH(j->mem, &x->rows))
            return efti_no_memory(err, "the terms of a release");
        x->rows.items[x->rows.count - 1] =
            (struct term_row){.term = term,
                              .exact = efti_writers_exact(j, &cell, &rest, 1),
                              .cell = cell,
                              .tokens = tokens.count};
        j->term_shown.items[term] = RELEASE_TERM_SHOWN;
    }
    return EFT_OK;
}

static int
by_rank(const void *a, const void *b, void *user)
{
    const struct term_row *x = a, *y = b;

    (void)user;
    if (x->cell.writers != y->cell.writers)
        return x->cell.writers > y->cell.writers ? -1 : 1;
    if (x->cell.count != y->cell.count)
        return x->cell.count > y->cell.count ? -1 : 1;
    if (x->tokens != y->tokens)
        return x->tokens > y->tokens ? -1 : 1;
    return x->term < y->term ? -1 : x->term > y->term; /* ids are in the order of bytes */
}

static eft_status
term_rows(struct term_table *x, struct eft_table *t, struct efti_bytes *b, eft_error *err)
{
    struct release_job *j = x->j;

    for (size_t i = 0; i < x->rows.count; i++) {
        const struct term_row *r = &x->rows.items[i];
        eft_status st = efti_table_row(t, err);
        if (st != EFT_OK)
            return st;
        eft_text label = efti_term_label(j, r->term, b);
        if (b->failed)
            return efti_no_memory(err, "the label of a term");
        if (label.bytes == j->f->terms[r->term].bytes)
            j->term_shown.items[r->term] = RELEASE_TERM_OWN_LABEL;
        efti_table_set_integer(t, "rank", (int64_t)i + 1);
        efti_table_set_text(t, "term", j->f->terms[r->term]);
        efti_table_set_text(t, "label", label);
        efti_table_set_integer(t, "reflections", (int64_t)r->cell.count);
        efti_row_share(t, "share", r->cell.count, j->population.count);
        if (r->exact)
            efti_table_set_integer(t, "writers", r->cell.writers);
        else
            efti_table_set_integer(t, "writers_min", j->gate.k);
        efti_table_set_integer(t, "tokens", (int64_t)r->tokens);
        if (j->tokens > 0)
            efti_table_set_real(t, "tokens_per_1000",
                                (double)r->tokens * 1000 / (double)j->tokens);
    }
    return EFT_OK;
}

eft_status
efti_release_terms(struct release_job *j, eft_error *err)
{
    struct term_table x = {.j = j};
    struct efti_bytes label;
    struct eft_table *t;
    eft_status st = efti_results_add(j->results, EFTI_TABLE_TERMS, NULL, &t, err);

    efti_bytes_init(&label, j->mem);
    if (st == EFT_OK && (st = judge_terms(&x, err)) == EFT_OK) {
        efti_sort(x.rows.items, x.rows.count, sizeof(*x.rows.items), by_rank, NULL);
        efti_table_add_hidden(t, x.hidden);
        st = term_rows(&x, t, &label, err);
    }
    efti_bytes_free(&label);
    EFTI_ARRAY_FREE(j->mem, &x.shares);
    EFTI_ARRAY_FREE(j->mem, &x.rows);
    return st == EFT_OK ? efti_table_end(j, t, err) : st;
}
