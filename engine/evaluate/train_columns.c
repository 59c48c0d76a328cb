/*
 * train_columns.c - which features a model may have
 *
 * What may become a column is decided as what may become a number in a table (rule 8.6):
 * at least k writers have it in their texts, at least k do not have it in all, and none
 * dominates.
 */
#include "evaluate/training.h"

#include <math.h>

bool
efti_training_passes(const struct training *t, const struct gate_counts *c)
{
    struct efti_cell cell = {0}, rest = {0};

    for (uint32_t w = 0; w < c->writers; w++) {
        efti_cell_add(&cell, c->with[w]);
        efti_cell_add(&rest, c->all[w] - c->with[w]);
    }
    return efti_gate_shows(&t->gate, &cell, &rest, 1);
}

/* Rows of each feature, as rows by feature; `first` has features + 2 places. */
static void
turn_round(const struct training *t, uint32_t features, size_t *first, uint32_t *rows)
{
    for (size_t i = 0; i < t->values.count; i++)
        first[t->values.items[i] + 2]++;
    for (size_t f = 2; f < (size_t)features + 2; f++)
        first[f] += first[f - 1];
    for (size_t row = 0; row < t->rows.count; row++) {
        for (size_t i = t->starts.items[row]; i < t->starts.items[row + 1]; i++)
            rows[first[t->values.items[i] + 1]++] = (uint32_t)row;
    }
}

static eft_status
keep_columns(struct training *t, const struct gate_counts *c, const size_t *first,
             const uint32_t *rows, uint32_t features, eft_error *err)
{
    for (uint32_t f = 0; f < features; f++) {
        memset(c->with, 0, c->writers * sizeof(*c->with));
        for (size_t i = first[f]; i < first[f + 1]; i++)
            c->with[t->cluster.items[rows[i]]]++;
        if (!efti_training_passes(t, c))
            continue;
        if (!EFTI_PUSH(t->e.mem, &t->columns))
            return efti_no_memory(err, "the features");
        t->columns.items[t->columns.count - 1] = f;
    }
    efti_sort(t->columns.items, t->columns.count, sizeof(uint32_t), efti_training_by_name,
              t->features.names);
    return EFT_OK;
}

static int
by_number(const void *a, const void *b, void *user)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    (void)user;
    return x < y ? -1 : x > y;
}

/* Features to columns; those that are not kept fall out of the rows. */
static void
renumber(struct training *t, uint32_t *column_of, uint32_t features)
{
    size_t to = 0, from = 0;

    for (uint32_t f = 0; f < features; f++)
        column_of[f] = EFTI_NOT_FOUND;
    for (size_t k = 0; k < t->columns.count; k++)
        column_of[t->columns.items[k]] = (uint32_t)k;
    for (size_t row = 0; row < t->rows.count; row++) {
        size_t end = t->starts.items[row + 1];
        t->starts.items[row] = to;
        for (; from < end; from++) {
            if (column_of[t->values.items[from]] != EFTI_NOT_FOUND)
                t->values.items[to++] = column_of[t->values.items[from]];
        }
        efti_sort(t->values.items + t->starts.items[row], to - t->starts.items[row],
                  sizeof(uint32_t), by_number, NULL);
    }
    t->starts.items[t->rows.count] = t->values.count = to;
}

/* A rare word says more: idf as scikit-learn smooths it, and so small that the words of a
 * text weigh about what one hit does; the share was found on the development texts. A
 * long text has more words of every theme, so its sum is divided by a root. */
#define WORD_SHARE 0.25

static eft_status
weigh_columns(struct training *t, eft_error *err)
{
    size_t n = t->columns.count, rows = t->rows.count;

    if (!EFTI_ARRAY_RESERVE(t->e.mem, &t->word_scale, n + 1) ||
        !EFTI_ARRAY_RESERVE(t->e.mem, &t->damp, rows + 1))
        return efti_no_memory(err, "the features");
    t->word_scale.count = n;
    t->damp.count = rows;
    memset(t->word_scale.items, 0, (n + 1) * sizeof(double));
    for (t->damped = 0; t->damped < n; t->damped++) {
        if (efti_strings_get(t->features.names, t->columns.items[t->damped]).bytes[0] !=
            'h')
            break;
    }
    for (size_t row = 0; row < rows; row++) {
        size_t words = 0;
        for (size_t i = t->starts.items[row]; i < t->starts.items[row + 1]; i++) {
            t->word_scale.items[t->values.items[i]]++;
            words += t->values.items[i] >= t->damped;
        }
        t->damp.items[row] = 1 / sqrt((double)words + 1);
    }
    for (size_t k = 0; k < n; k++) {
        double with = t->word_scale.items[k];
        t->word_scale.items[k] =
            k < t->damped ? 0 : WORD_SHARE * (log(((double)rows + 1) / (with + 1)) + 1);
    }
    return EFT_OK;
}

eft_status
efti_training_choose_columns(struct training *t, struct gate_counts *c, eft_error *err)
{
    uint32_t features = efti_strings_count(t->features.names);
    size_t first_count = (size_t)features + 2, room = t->values.count + features + 1;
    size_t *first = efti_zalloc(t->e.mem, first_count, sizeof(*first));
    uint32_t *rows = efti_zalloc(t->e.mem, room, sizeof(*rows));
    eft_status st = EFT_OK;

    if (first == NULL || rows == NULL) {
        st = efti_no_memory(err, "the features");
    } else {
        turn_round(t, features, first, rows);
        st = keep_columns(t, c, first, rows, features, err);
        if (st == EFT_OK)
            renumber(t, rows + t->values.count, features);
    }
    efti_release(t->e.mem, first, first_count * sizeof(*first));
    efti_release(t->e.mem, rows, room * sizeof(*rows));
    return st == EFT_OK ? weigh_columns(t, err) : st;
}
