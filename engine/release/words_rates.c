/*
 * words_rates.c - how much more frequent a term is in a label than elsewhere
 *
 *     here       tokens of the term in the label     over all words of the label
 *     elsewhere  those of the other labels           over theirs
 *
 * G2 and the effect come from these four numbers, the intervals from what each writer
 * adds to both rates. Sums over writers are made once for each slot with the words alone,
 * and each term adds the writers that use it.
 */
#include "release/words.h"

#include <math.h>

/* Words of a writer inside the slot, or outside it. */
static double
words_of(const struct word_table *x, size_t slot, uint32_t writer, bool inside)
{
    double here = x->writer_tokens.items[slot * x->j->f->writer_count + writer];

    return inside ? here : x->all_tokens.items[writer] - here;
}

/* Add the tokens of a slot to x->once (`x` of a ratio), or take them out again. */
static void
count_once(struct word_table *x, size_t slot)
{
    const struct word_slot *place = &x->places.items[slot];

    for (size_t i = place->first; i < place->first + place->count; i++)
        x->once.items[x->counts.items[i].writer] += x->counts.items[i].tokens;
}

static void
take_once(struct word_table *x, size_t slot, size_t of, bool inside, double all,
          struct efti_ratio *r, struct efti_left_out *left)
{
    const struct word_slot *place = &x->places.items[of];

    for (size_t i = place->first; i < place->first + place->count; i++) {
        uint32_t writer = x->counts.items[i].writer;
        double tokens = x->once.items[writer];
        x->once.items[writer] = 0;
        double words = words_of(x, slot, writer, inside);
        if (writer == x->j->f->no_writer || !(tokens > 0))
            continue; /* nobody, or met before in this slot */
        r->x += tokens;
        r->xx += tokens * tokens;
        r->xn += tokens * words;
        efti_left_out_add(left, tokens / all, words / r->n);
    }
}

/* Tokens of the term by writers with a name. */
static double
named_tokens(const struct word_table *x, size_t of)
{
    const struct word_slot *place = &x->places.items[of];
    double tokens = 0;

    for (size_t i = place->first; i < place->first + place->count; i++)
        tokens += x->counts.items[i].writer == x->j->f->no_writer
                      ? 0
                      : x->counts.items[i].tokens;
    return tokens;
}

/* The rate of the term at hand, by writer. Those who never use it are in the sums of the
 * slot already (efti_word_base_rates), so the cost is that of the term. */
static struct efti_ratio
rate_of(struct word_table *x, size_t slot, bool inside)
{
    struct efti_ratio r = x->rates.items[2 * slot + inside];
    struct efti_left_out left = x->left_out.items[2 * slot + inside];
    double all = 0;

    for (size_t s = 0; s < x->places.count; s++) {
        if ((s == slot) != inside)
            continue;
        count_once(x, s);
        all += named_tokens(x, s);
    }
    for (size_t s = 0; s < x->places.count; s++) {
        if ((s == slot) == inside)
            take_once(x, slot, s, inside, all, &r, &left);
    }
    efti_ratio_leave_out(&r, &left);
    return r;
}

void
efti_word_base_rates(struct word_table *x)
{
    uint32_t writers = x->j->f->writer_count;

    for (size_t i = 0; i < x->rates.count; i++) {
        x->rates.items[i] = (struct efti_ratio){0};
        for (uint32_t w = 0; w < writers; w++) {
            if (w != x->j->f->no_writer)
                efti_ratio_add(&x->rates.items[i], 0, words_of(x, i / 2, w, i % 2 == 1));
        }
        x->left_out.items[i] = (struct efti_left_out){0};
        for (uint32_t w = 0; w < writers; w++) {
            double words = words_of(x, i / 2, w, i % 2 == 1);
            if (w != x->j->f->no_writer && words > 0)
                efti_left_out_base(&x->left_out.items[i], words / x->rates.items[i].n);
        }
    }
}

eft_status
efti_word_measures(struct word_table *x, uint32_t term, size_t slot, bool exact,
                   eft_error *err)
{
    const struct efti_cell cell = x->places.items[slot].texts;
    uint64_t here = x->places.items[slot].tokens.count, there = x->all_once - here;
    double words = x->tokens.items[slot], others = x->all_words - words;
    struct key_row row = {.term = term,
                          .slot = (uint32_t)slot,
                          .writers = cell.writers,
                          .texts = cell.count,
                          .exact = exact,
                          .ratio = {.p = (double)NAN, .low = (double)NAN},
                          .odds = {.low = (double)NAN}};

    if (!(words > 0 && others > 0) || (double)here / words <= (double)there / others)
        return EFT_OK; /* not more frequent here */
    eft_status st =
        efti_keyness(here, (uint64_t)words, there, (uint64_t)others, &row.key, err);
    if (st != EFT_OK)
        return st;
    row.tokens = here;
    row.here = 1000 * (double)here / words;
    row.elsewhere = 1000 * (double)there / others;
    if (x->j->no_inference == NULL) {
        struct efti_ratio a = rate_of(x, slot, true), b = rate_of(x, slot, false);
        row.ratio = efti_log_ratio_interval(&a, &b, 0.95);
        row.odds = efti_odds_interval(&a, &b, 0.95);
    }
    if (!EFTI_PUSH(x->j->mem, &x->rows))
        return efti_no_memory(err, "the keyness of the labels");
    x->rows.items[x->rows.count - 1] = row;
    return EFT_OK;
}
