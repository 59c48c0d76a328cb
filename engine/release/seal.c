/*
 * seal.c - one party's released tables as a sealed state
 *
 * Every number is read from the columns of a released row, so nothing can be sealed that
 * was not released, also not from a row that is kept from an earlier release (hold.c):
 *
 *     x    reflections; of pairs o11
 *     n    of; where a table has a share alone, what the share says: x / share
 *     mean where the count of feelings is told: their sum; else the rounded mean, to be
 *          weighted with the reflections that it stands for
 *
 * Beside them stand the moments of the row (inference.c).
 *
 * Left out: hits, tokens, sentences and residuals (they are not shares or means), terms
 * and everything made of them, tests, quotes, votes. Rows without a number keep their
 * keys: a receiver should see that a label is there and hidden.
 */
#include "release/internal.h"
#include "release/sealing.h"

#include <math.h>

/* How a released table is sealed; tables that are not here are not. */
static const struct sealing {
    enum efti_table_id from;
    enum efti_sealed_table to;
    const char *keys[3];
    const char *x, *n, *mean;
} sealings[] = {
    {EFTI_TABLE_OVERVIEW,
     EFTI_SEALED_OVERVIEW,
     {"scope", "label", NULL},
     "reflections",
     NULL,
     "feeling_mean"},
    {EFTI_TABLE_THEMES,
     EFTI_SEALED_THEMES,
     {"theme", "polarity", NULL},
     "reflections",
     NULL,
     NULL},
    {EFTI_TABLE_THEMES_BY_FACET,
     EFTI_SEALED_THEMES_BY_FACET,
     {"facet", "label", "theme"},
     "reflections",
     "of",
     NULL},
    {EFTI_TABLE_ASSIGNMENT_TAGS,
     EFTI_SEALED_ASSIGNMENT_TAGS,
     {"assignment", "tag", NULL},
     "reflections",
     "of",
     NULL},
    {EFTI_TABLE_ASSIGNMENT_THEMES,
     EFTI_SEALED_ASSIGNMENT_THEMES,
     {"assignment", "theme", NULL},
     "reflections",
     "of",
     NULL},
    {EFTI_TABLE_FEELING_BY_THEME,
     EFTI_SEALED_FEELING_BY_THEME,
     {"theme", "feeling", NULL},
     "reflections",
     NULL,
     "mean"},
    {EFTI_TABLE_TREND,
     EFTI_SEALED_TREND,
     {"period", "theme", NULL},
     "reflections",
     "of",
     NULL},
    {EFTI_TABLE_THEME_PAIRS,
     EFTI_SEALED_THEME_PAIRS,
     {"level", "theme_a", "theme_b"},
     "o11",
     "n",
     NULL},
};

static eft_text
seal_text(const eft_table *t, size_t row, const char *column)
{
    return eft_table_text(t, row, eft_table_column_find(t, column));
}

/* A released count; false: not told. */
static bool
seal_count(const eft_table *t, size_t row, const char *column, uint64_t *out)
{
    size_t at = column == NULL ? SIZE_MAX : eft_table_column_find(t, column);

    if (at == SIZE_MAX || eft_table_missing(t, row, at))
        return false;
    *out = (uint64_t)eft_table_integer(t, row, at);
    return true;
}

static bool
seal_real(const eft_table *t, size_t row, const char *column, double *out)
{
    size_t at = column == NULL ? SIZE_MAX : eft_table_column_find(t, column);

    if (at == SIZE_MAX || eft_table_missing(t, row, at))
        return false;
    *out = eft_table_real(t, row, at);
    return true;
}

/* Reflections with the theme of a row of feelings. */
static bool
seal_theme_count(const struct eft_results *r, eft_text theme, uint64_t *out)
{
    const eft_table *t = eft_results_find(r, "themes");

    for (size_t row = 0; t != NULL && row < eft_table_rows(t); row++) {
        eft_text other = seal_text(t, row, "theme");
        eft_text polarity = seal_text(t, row, "polarity");
        if (efti_equal(theme.bytes, theme.size, other.bytes, other.size) &&
            efti_equal(polarity.bytes, polarity.size, "any", 3))
            return seal_count(t, row, "reflections", out);
    }
    return false;
}

static void
seal_mean(const struct eft_results *results, const struct sealing *how,
          const eft_table *t, size_t row, struct efti_sealed_row *to)
{
    bool overview = how->to == EFTI_SEALED_OVERVIEW;
    double mean;

    if (!seal_real(t, row, how->mean, &mean))
        return;
    bool exact = seal_count(t, row, overview ? "feelings" : "reflections", &to->count);
    if (!exact && overview) /* the reflections of the row, of which nearly all have one */
        to->count = to->x;
    else if (!exact && !seal_theme_count(results, to->key[0], &to->count))
        return;
    to->mean = exact ? EFTI_MEAN_EXACT : EFTI_MEAN_ROUGH;
    to->sum = exact ? mean * (double)to->count : mean;
    if (exact && fabs(to->sum - round(to->sum)) < 1e-6)
        to->sum = round(to->sum); /* feelings are mostly whole */
}

static void
seal_numbers(const struct eft_results *results, const struct sealing *how,
             const eft_table *t, size_t row, struct efti_sealed_row *to)
{
    double share;

    to->has_x = seal_count(t, row, how->x, &to->x);
    to->has_n = seal_count(t, row, how->n, &to->n);
    if (!to->has_n && to->has_x && seal_real(t, row, "share", &share) && share > 0) {
        to->n = (uint64_t)llround((double)to->x / share);
        to->has_n = true;
    }
    (void)seal_count(t, row, "r1", &to->r1);
    (void)seal_count(t, row, "c1", &to->c1);
    to->exact = seal_count(t, row, "writers", &to->writers);
    if (!to->exact)
        (void)seal_count(t, row, "writers_min", &to->writers);
    seal_mean(results, how, t, row, to);
    const struct efti_two_digits *moments = efti_table_moments(t, row);
    bool whole = to->mean == EFTI_MEAN_EXACT || (how->mean == NULL && to->has_x);
    if (moments != NULL && whole) {
        memcpy(to->moments, moments, sizeof(to->moments));
        to->has_moments = true;
    }
}

/* Windows overlap: a sum of them over parties would say little. */
static bool
seal_is_wanted(const struct sealing *how, const eft_table *t, size_t row)
{
    eft_text level = seal_text(t, row, "level");

    return how->to != EFTI_SEALED_THEME_PAIRS ||
           !efti_equal(level.bytes, level.size, "window", 6);
}

/* A share that is told roughly, of a number that is not, adds up to nothing. */
static bool
seal_adds_up(const struct sealing *how, const eft_table *t, size_t row)
{
    uint64_t count;
    double mean;

    return how->to != EFTI_SEALED_FEELING_BY_THEME ||
           seal_count(t, row, how->x, &count) || seal_real(t, row, how->mean, &mean);
}

static eft_status
seal_table(struct eft_sealed *s, struct efti_sealed_party *p,
           const struct eft_results *results, const struct sealing *how,
           const eft_table *t, eft_error *err)
{
    size_t shown = eft_table_column_find(t, "shown");
    eft_status st = EFT_OK;

    for (size_t row = 0; row < eft_table_rows(t) && st == EFT_OK; row++) {
        if (!seal_is_wanted(how, t, row))
            continue;
        struct efti_sealed_row to = {.key = {{"", 0}, {"", 0}, {"", 0}},
                                     .label = {{"", 0}, {"", 0}}};
        for (size_t i = 0; i < EFTI_COUNT(how->keys) && how->keys[i] != NULL; i++)
            to.key[i] = seal_text(t, row, how->keys[i]);
        if (how->to == EFTI_SEALED_THEMES) {
            to.label[0] = seal_text(t, row, "label_sv");
            to.label[1] = seal_text(t, row, "label_en");
        }
        to.shown = eft_table_integer(t, row, shown) == 1 && seal_adds_up(how, t, row);
        if (to.shown)
            seal_numbers(results, how, t, row, &to);
        st = efti_sealed_add_row(s, p, how->to, &to, err);
    }
    return st;
}

static eft_status
seal_party(struct eft_sealed *s, const struct eft_results *results, eft_text party,
           eft_error *err)
{
    struct efti_sealed_party *p;
    eft_status st = efti_sealed_add_party(s, party, &p, err);

    if (st != EFT_OK)
        return st;
    p->k = results->k;
    p->external = results->external;
    for (size_t i = 0; i < eft_results_count(results) && st == EFT_OK; i++) {
        const eft_table *t = eft_results_table(results, i);
        for (size_t k = 0; k < EFTI_COUNT(sealings) && st == EFT_OK; k++) {
            if (sealings[k].from == efti_table_id_of(t))
                st = seal_table(s, p, results, &sealings[k], t, err);
        }
    }
    return st == EFT_OK ? efti_sealed_settle(p, err) : st;
}

eft_status
efti_seal(const eft_allocator *mem, const struct eft_results *results,
          const struct efti_tally_settings *settings, eft_text party,
          struct eft_sealed **out, eft_error *err)
{
    struct eft_sealed *s;

    *out = NULL;
    if (!efti_party_name_fits(party))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a sealed state needs the name of its party, of 1 to %d bytes, "
                         "on one line",
                         EFTI_MOST_PARTY_NAME);
    if (results->perturbed)
        return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                         "rounded or noisy counts do not add up: nothing is sealed");
    if (results->k < 3)
        return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                         "only what came through the gate can be sealed");
    eft_status st = efti_sealed_new(mem, settings, &s, err);
    if (st == EFT_OK)
        st = seal_party(s, results, party, err);
    if (st != EFT_OK) {
        efti_sealed_free(s);
        return st;
    }
    *out = s;
    return EFT_OK;
}
