/*
 * unseal_sums.c - what the rows of one key come to, over the parties that tell them
 *
 * Intervals. The moments of a party stand around its own share (tally/sealed.h) and are
 * moved to that of all. Parties of fewer than 10 writers tell none: writers there are
 * taken to differ as they do elsewhere, in proportion to the reflections, if those who
 * tell hold at least half of them. The interval is then that of stats/cluster.h.
 */
#include "release/unseal.h"

#include "release/sealing.h"

#include <math.h>

/* ------------------------------------------------------------------ inference */

static double
moment_of(const struct efti_sealed_row *r, int which)
{
    return r->moments[which].mantissa * pow(10, r->moments[which].exponent);
}

static const struct efti_sealed_row *
row_at(const struct unseal *u, size_t i)
{
    const struct unsealed *x = &u->rows.items[i];

    return x->made != NULL ? x->made : x->row;
}

static bool
has_ratio(const struct efti_sealed_row *r, bool mean)
{
    return r->shown && (mean ? r->mean != EFTI_MEAN_NONE : r->has_x && r->has_n);
}

/* X and N of one party, of the mean or of the share. */
static void
ratio_of_row(const struct efti_sealed_row *r, bool mean, double *x, double *n)
{
    *x = mean ? r->sum : (double)r->x;
    *n = mean ? (double)r->count : (double)r->n;
}

/* Sums over all writers of the rows from..to; `writers` 0: too little is known. */
static struct efti_ratio
ratio_of_rows(const struct unseal *u, size_t from, size_t to, bool mean,
              struct unseal_sum *s)
{
    struct efti_ratio all = {0};
    double known = 0, squares = 0, sizes = 0, x, n;

    for (size_t i = from; i < to; i++) {
        const struct efti_sealed_row *r = row_at(u, i);
        if (!has_ratio(r, mean))
            continue;
        ratio_of_row(r, mean, &x, &n);
        all.x += x;
        all.n += n;
        if (!r->has_moments)
            continue;
        known += n;
        squares += moment_of(r, EFTI_MOMENT_SQUARES);
        sizes += moment_of(r, EFTI_MOMENT_SIZES);
        s->told++;
    }
    if (!(known > 0) || 2 * known < all.n)
        return all;
    double p = all.x / all.n, spread = 0;
    for (size_t i = from; i < to; i++) {
        const struct efti_sealed_row *r = row_at(u, i);
        if (!has_ratio(r, mean))
            continue;
        ratio_of_row(r, mean, &x, &n);
        double off = p - x / n, size = r->has_moments ? moment_of(r, EFTI_MOMENT_SIZES)
                                                      : sizes / known * n;
        spread += r->has_moments ? moment_of(r, EFTI_MOMENT_SQUARES) -
                                       2 * off * moment_of(r, EFTI_MOMENT_CROSS)
                                 : squares / known * n;
        spread += off * off * size;
        all.nn += size;
    }
    /* sums that give this spread around p, for the formulas of stats/cluster.c */
    all.xn = p * all.nn;
    all.xx = fmax(spread, 0) + p * all.xn;
    all.writers = s->writers > UINT32_MAX ? UINT32_MAX : (uint32_t)s->writers;
    return all;
}

static void
find_interval(const struct unseal *u, int table, size_t from, size_t to,
              struct unseal_sum *s)
{
    bool mean = table == EFTI_SEALED_OVERVIEW || table == EFTI_SEALED_FEELING_BY_THEME;

    s->low = s->high = (double)NAN;
    if (mean ? s->rough || !s->has_mean : !(s->has_x && s->has_n))
        return;
    struct efti_ratio r = ratio_of_rows(u, from, to, mean, s);
    if (r.writers == 0)
        return;
    const struct efti_tally_settings *settings = &u->sealed->settings;
    struct efti_interval i =
        mean ? efti_mean_interval(&r, settings->feeling_low, settings->feeling_high, 0.95)
             : efti_share_interval(&r, 0.95);
    s->low = i.low;
    s->high = i.high;
}

/* ----------------------------------------------------------------------- sums */

/* Over the parties that tell one. */
static void
add_mean(struct unseal_sum *s, const struct efti_sealed_row *r)
{
    bool rough = r->mean == EFTI_MEAN_ROUGH;

    if (r->mean == EFTI_MEAN_NONE)
        return;
    s->has_mean = true;
    s->rough = s->rough || rough;
    s->sum += rough ? r->sum * (double)r->count : r->sum;
    s->count += r->count;
}

struct unseal_sum
efti_unseal_add(const struct unseal *u, int table, size_t from, size_t to)
{
    struct unseal_sum s = {.exact = true, .has_x = true, .has_n = true};

    for (size_t i = from; i < to; i++) {
        const struct efti_sealed_row *r = row_at(u, i);
        if (!r->shown)
            continue;
        s.shown = true;
        s.parties++;
        s.has_x = s.has_x && r->has_x;
        s.has_n = s.has_n && r->has_n;
        s.exact = s.exact && r->exact;
        s.x += r->x;
        s.n += r->n;
        s.r1 += r->r1;
        s.c1 += r->c1;
        s.writers += r->writers;
        add_mean(&s, r);
    }
    find_interval(u, table, from, to, &s);
    return s;
}
