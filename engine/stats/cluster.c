/*
 * cluster.c - linearised variance by writer
 *
 * A share over reflections is a ratio of two sums over writers, p = sum x / sum n. To
 * first order its error is a mean of one number per writer (Cochran 1977, 6.8; Skinner
 * 1989):
 *
 *     u_i = (x_i - p n_i) / sum n,      Var p = G / (G - 1) * sum u_i^2
 *
 * so however alike the texts of a writer are, they count as one source of error.
 * Expanded, sum u_i^2 = (sum x^2 - 2 p sum xn + p^2 sum n^2) / (sum n)^2: five sums do.
 *
 * When some writers write much more than others the sum rests on fewer than G sources.
 * G is therefore the effective number of Kish (1965), (sum n)^2 / sum n^2, both in
 * G / (G - 1) and in the G - 1 degrees of freedom of t; when all write equally much it is
 * the number of writers. tests/stats/simulate.c shows the coverage with and without.
 *
 * The rate of a word that a few write very much is another matter: its log moves more
 * when one of them is left out than its linearised variance says. So rates take the
 * variance of ln p from leaving each writer out (jackknife.c),
 *
 *     d_i = ln (1 - x_i / sum x) - ln (1 - n_i / sum n),
 *     Var ln p = (G - 1) / G * sum (d_i - mean d)^2,
 *
 * and miss 4 to 6 % where the linearised ones miss 6 to 10 (tests/stats/simulate.c).
 *
 * Shares get their interval on the logit scale, ln p / (1 - p) with standard error
 * se / (p (1 - p)), and are turned back. So do means of a scale with ends a and b, as the
 * share (mean - a) / (b - a): where most feel as well as can be (4.7 of 5) an interval
 * laid evenly around the mean covered .87 to .90 at 15 to 30 writers, this one .92 to
 * .93; in the middle of the scale both cover .95.
 */
#include "stats/cluster.h"

#include "stats/distribution.h"

#include <math.h>

void
efti_ratio_merge(struct efti_ratio *into, const struct efti_ratio *from)
{
    into->x += from->x;
    into->n += from->n;
    into->xx += from->xx;
    into->xn += from->xn;
    into->nn += from->nn;
    into->writers += from->writers;
}

/* Value, variance and degrees of freedom; false: no inference. */
static bool
linearise(const struct efti_ratio *r, struct efti_interval *out)
{
    *out = (struct efti_interval){.value = (double)NAN,
                                  .low = (double)NAN,
                                  .high = (double)NAN,
                                  .variance = (double)NAN,
                                  .df = (double)NAN};
    if (!(r->n > 0))
        return false;
    out->value = r->x / r->n;
    if (r->writers < EFTI_LEAST_WRITERS || !(r->nn > 0))
        return false;
    double p = out->value, effective = r->n * r->n / r->nn;
    double squares = r->xx - 2 * p * r->xn + p * p * r->nn;

    if (effective <= 2) /* one or two writers wrote nearly all of it */
        return false;
    /* rounding, or the two digits of a sealed state, may take it below zero */
    squares = fmax(squares, 0) / (r->n * r->n);
    out->variance = effective / (effective - 1) * squares;
    out->df = effective - 1;
    return true;
}

struct efti_interval
efti_share_interval(const struct efti_ratio *r, double level)
{
    struct efti_interval out;

    if (!linearise(r, &out) || out.value <= 0 || out.value >= 1)
        return out; /* all or none of them: the variance says nothing */
    double p = out.value, odds = log(p / (1 - p));
    double reach =
        efti_t_quantile((1 + level) / 2, out.df) * sqrt(out.variance) / (p * (1 - p));
    out.low = 1 / (1 + exp(-(odds - reach)));
    out.high = 1 / (1 + exp(-(odds + reach)));
    return out;
}

struct efti_interval
efti_mean_interval(const struct efti_ratio *r, double bottom, double top, double level)
{
    double width = top - bottom;
    struct efti_ratio share = *r;

    share.x = (r->x - bottom * r->n) / width;
    share.xx = (r->xx - 2 * bottom * r->xn + bottom * bottom * r->nn) / (width * width);
    share.xn = (r->xn - bottom * r->nn) / width;
    struct efti_interval out = efti_share_interval(&share, level);
    out.value = bottom + width * out.value;
    out.low = bottom + width * out.low;
    out.high = bottom + width * out.high;
    out.variance *= width * width;
    return out;
}

/* To a multiple of 2^-44: sums below 512 are then exact, in whatever order writers
 * come. */
static double
in_any_order(double v)
{
    return rint(v * 0x1p44) * 0x1p-44;
}

void
efti_left_out_add(struct efti_left_out *l, double x_share, double n_share)
{
    double rest = log1p(-n_share), change = log1p(-x_share) - rest;

    l->sum += in_any_order(log1p(-x_share));
    l->squares += in_any_order(change * change - rest * rest);
}

void
efti_left_out_base(struct efti_left_out *l, double n_share)
{
    double rest = log1p(-n_share);

    l->sum -= in_any_order(rest);
    l->squares += in_any_order(rest * rest);
}

void
efti_ratio_leave_out(struct efti_ratio *r, const struct efti_left_out *l)
{
    double writers = r->writers, effective = r->nn > 0 ? r->n * r->n / r->nn : 0;

    if (!(r->x > 0) || effective <= 2)
        return;
    if (!isfinite(l->sum) || !isfinite(l->squares)) {
        r->writers = 0; /* one writer has them all: without, there is no ratio */
        return;
    }
    double p = r->x / r->n;
    double variance =
        (writers - 1) / writers * fmax(l->squares - l->sum * l->sum / writers, 0);
    /* the sum of squares that linearise() makes this variance of p from */
    double squares = variance * p * p * r->n * r->n * (effective - 1) / effective;
    r->xx = squares + 2 * p * r->xn - p * p * r->nn;
}

/* t times the standard error of a difference of two values with variances va and vb;
 * degrees of freedom by Welch and Satterthwaite. NaN where there is no error. */
static double
welch_reach(double va, double a_df, double vb, double b_df, double level, double *df)
{
    double se = sqrt(va + vb);

    *df = (va + vb) * (va + vb) / (va * va / a_df + vb * vb / b_df);
    return se > 0 ? efti_t_quantile((1 + level) / 2, *df) * se : (double)NAN;
}

/* The variance of ln p / (1 - p) is that of p over (p (1 - p))^2. */
struct efti_odds
efti_odds_interval(const struct efti_ratio *a, const struct efti_ratio *b, double level)
{
    struct efti_odds out = {(double)NAN, (double)NAN, (double)NAN};
    struct efti_interval x, y;
    bool both = linearise(a, &x);

    both = linearise(b, &y) && both;
    if (!(x.value > 0 && x.value < 1 && y.value > 0 && y.value < 1))
        return out;
    double p = x.value * (1 - x.value), q = y.value * (1 - y.value), df;
    double odds = log(x.value / (1 - x.value)) - log(y.value / (1 - y.value));
    out.value = exp(odds);
    if (!both)
        return out;
    double reach =
        welch_reach(x.variance / (p * p), x.df, y.variance / (q * q), y.df, level, &df);
    out.low = exp(odds - reach);
    out.high = exp(odds + reach);
    return out;
}

struct efti_log_ratio
efti_log_ratio_interval(const struct efti_ratio *a, const struct efti_ratio *b,
                        double level)
{
    struct efti_log_ratio out = {(double)NAN, (double)NAN, (double)NAN, (double)NAN};
    struct efti_interval x, y;
    bool both = linearise(a, &x);

    both = linearise(b, &y) && both;
    if (!(x.value > 0) || !(y.value > 0))
        return out;
    out.value = log2(x.value / y.value);
    if (!both)
        return out;
    /* each side's relative variance */
    double va = x.variance / (x.value * x.value), vb = y.variance / (y.value * y.value);
    double df, se = sqrt(va + vb) / log(2.0);
    double reach = welch_reach(va, x.df, vb, y.df, level, &df) / log(2.0);
    if (!(se > 0))
        return out;
    out.low = out.value - reach;
    out.high = out.value + reach;
    out.p = efti_t_two_sided(out.value / se, df);
    return out;
}

void
efti_within_add(struct efti_within *w, double texts, double labelled, double sum,
                double squares, double labelled_sum)
{
    if (texts < 2 || labelled <= 0 || labelled >= texts)
        return; /* all of the texts, or none: nothing could have been otherwise */
    double mean = sum / texts;
    double spread = (squares - texts * mean * mean) / (texts - 1);

    /* who always felt the same has no difference, and that counts */
    w->weight += labelled * (texts - labelled) / texts;
    if (!(spread > 1e-12))
        return;
    w->observed += labelled_sum;
    w->expected += labelled * mean;
    w->variance += labelled * (texts - labelled) / texts * spread;
    w->writers++;
}

double
efti_within_z(const struct efti_within *w)
{
    if (w->writers < EFTI_LEAST_WRITERS || !(w->variance > 0))
        return (double)NAN;
    return (w->observed - w->expected) / sqrt(w->variance);
}

double
efti_within_difference(const struct efti_within *w)
{
    if (w->writers < EFTI_LEAST_WRITERS || !(w->weight > 0))
        return (double)NAN;
    return (w->observed - w->expected) / w->weight;
}

double
efti_adjusted_residual(double x, double row, double column, double n)
{
    double p = column / n, q = row / n;
    double variance = n * p * q * (1 - p) * (1 - q);

    return variance > 0 ? (x - n * p * q) / sqrt(variance) : (double)NAN;
}
