/*
 * readable.c - LIX, what it is made of, RIX and OVIX of everybody and of each label
 *
 * LIX and RIX are those of the text of a label taken as one. Words are words, numbers,
 * codes and abbreviations: not the emoji, addresses, handles and tags of the veil that
 * the tokens of the overview count too. OVIX grows with length, so it is the mean over
 * texts of 50 words or more with a word that returns; it is told where those texts, and
 * the shorter ones, each pass the gate.
 *
 * A label is a cell that `overview` shows: nothing is hidden or shown here that is not
 * there.
 */
#include "release/internal.h"

#include "stats/readability.h"

#include <math.h>

#define OVIX_WORDS 50u

struct readable_slot {
    struct efti_lix_sums sums;
    double w, s, l;                      /* of the writer at hand */
    double words, sentences, long_words; /* of all, also those without a name */
    double ovix;
    uint32_t writer;
};
struct readable {
    struct release_job *j;
    const struct release_role *role; /* NULL: all */
    struct release_sets sets;        /* slots, then their texts that have an OVIX */
    EFTI_ARRAY(struct readable_slot) slots;
};

static void
readable_flush(struct readable_slot *s)
{
    efti_lix_add(&s->sums, s->w, s->s, s->l);
    s->w = s->s = s->l = 0;
}

static bool
has_ovix(const struct efti_record_view *r)
{
    return r->words >= OVIX_WORDS && r->forms > 0 && r->forms < r->words;
}

static void
readable_emit(void *user, const struct efti_record_view *r, struct release_builder *b)
{
    struct readable *x = user;
    uint32_t slot = x->role == NULL ? 0 : efti_record_slot(x->j, x->role, r);

    if (slot == EFTI_NO_ID)
        return;
    struct readable_slot *s = &x->slots.items[slot];
    efti_builder_add(b, slot, 1);
    s->words += r->words;
    s->sentences += r->sentences;
    s->long_words += r->long_words;
    if (has_ovix(r)) {
        efti_builder_add(b, x->slots.count + slot, 1);
        s->ovix += efti_ovix(r->words, r->forms);
    }
    if (r->writer == x->j->f->no_writer)
        return;
    if (s->w > 0 && s->writer != r->writer)
        readable_flush(s);
    s->writer = r->writer;
    s->w += r->words;
    s->s += r->sentences;
    s->l += r->long_words;
}

static void
readable_values(struct readable *x, struct eft_table *t, size_t slot)
{
    struct release_job *j = x->j;
    struct readable_slot *s = &x->slots.items[slot];
    struct release_set all = efti_set_at(&x->sets, slot);
    struct release_set with = efti_set_at(&x->sets, x->slots.count + slot);
    struct efti_cell cell = efti_set_cell(all), ovix = efti_set_cell(with);
    struct efti_cell without = efti_set_rest(all, with);

    readable_flush(s);
    efti_row_cell(j, t, &cell, true); /* shown: cell and rest have k writers */
    efti_table_set_integer(t, "words", (int64_t)s->words);
    efti_table_set_real(t, "lix", efti_lix(s->words, s->sentences, s->long_words));
    efti_table_set_real(t, "rix", efti_rix(s->sentences, s->long_words));
    if (s->words > 0 && s->sentences > 0) { /* the two that LIX is the sum of */
        efti_table_set_real(t, "sentence_length", s->words / s->sentences);
        efti_table_set_real(t, "long_words", s->long_words / s->words);
    }
    if (j->no_inference == NULL) {
        struct efti_interval i = efti_lix_interval(&s->sums, 0.95);
        efti_row_interval(t, "lix_low", "lix_high", i.low, i.high, 10);
    }
    if (efti_gate_passes(&j->gate, &ovix) &&
        (without.count == 0 || efti_gate_passes(&j->gate, &without)))
        efti_table_set_real(t, "ovix", round(s->ovix / (double)ovix.count * 100) / 100);
}

static eft_status
readable_row(struct readable *x, struct eft_table *t, size_t slot, eft_error *err)
{
    const struct release_slot *label =
        x->role == NULL ? NULL : &x->role->slots.items[slot];
    eft_status st = efti_table_row(t, err);

    if (st != EFT_OK)
        return st;
    efti_table_set_text(t, "scope", label == NULL ? (eft_text){"all", 3} : x->role->name);
    efti_table_set_text(t, "label", label == NULL ? (eft_text){"", 0} : label->name);
    efti_row_fresh(t, &x->sets, slot);
    if (label == NULL ? x->j->open : label->shown)
        readable_values(x, t, slot);
    else
        efti_row_hidden(t);
    return EFT_OK;
}

static eft_status
readable_scope(struct release_job *j, const struct release_role *role,
               struct eft_table *t, eft_error *err)
{
    struct readable x = {.j = j, .role = role};
    size_t count = role == NULL ? 1 : role->slots.count;
    eft_status st = EFT_OK;

    if (!RELEASE_ARRAY_MAKE(j->mem, &x.slots, count))
        return efti_no_memory(err, "the readability of the labels");
    for (size_t i = 0; i < count; i++)
        x.slots.items[i] = (struct readable_slot){0};
    st = efti_sets_build(j, 2 * count, readable_emit, &x, &x.sets, err);
    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        if (role == NULL || role->slots.items[i].printed)
            st = readable_row(&x, t, i, err);
    }
    efti_sets_free(j->mem, &x.sets);
    EFTI_ARRAY_FREE(j->mem, &x.slots);
    return st;
}

eft_status
efti_release_readability(struct release_job *j, eft_error *err)
{
    struct eft_table *t;
    eft_status st = efti_results_add(j->results, EFTI_TABLE_READABILITY, NULL, &t, err);

    if (st == EFT_OK)
        st = readable_scope(j, NULL, t, err);
    for (size_t i = 0; i < j->roles.count && st == EFT_OK; i++) {
        if (j->roles.items[i].role != EFTI_LABEL_TAG)
            st = readable_scope(j, &j->roles.items[i], t, err);
    }
    return st == EFT_OK ? efti_table_end(j, t, err) : st;
}
