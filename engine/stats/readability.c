/*
 * readability.c - LIX, RIX, OVIX, TTR, Herdan's C, Yule's K, Simpson's D, MATTR
 *
 *     K = 10^4 (sum m^2 V(m) - N) / N^2        Yule 1944; V(m) forms that occur m times
 *     D = sum V(m) m (m - 1) / (N (N - 1))     Simpson 1949
 */
#include "stats/readability.h"

#include "stats/distribution.h"

#include <math.h>

double
efti_lix(double words, double sentences, double long_words)
{
    if (!(words > 0) || !(sentences > 0))
        return (double)NAN;
    return words / sentences + 100 * long_words / words;
}

double
efti_rix(double sentences, double long_words)
{
    return sentences > 0 ? long_words / sentences : (double)NAN;
}

double
efti_ovix(double words, double forms)
{
    if (words < 2 || !(forms > 0))
        return (double)NAN;
    if (forms >= words)
        return (double)INFINITY;
    return log(words) / log(2 - log(forms) / log(words));
}

void
efti_lix_add(struct efti_lix_sums *x, double words, double sentences, double long_words)
{
    if (!(words > 0))
        return;
    x->w += words;
    x->s += sentences;
    x->l += long_words;
    x->ww += words * words;
    x->ss += sentences * sentences;
    x->ll += long_words * long_words;
    x->ws += words * sentences;
    x->wl += words * long_words;
    x->sl += sentences * long_words;
    x->writers++;
}

/* Each writer adds (w - A s) / S + 100 (l - B w) / W, A = W / S and B = L / W: linear in
 * the three counts, so its square follows from the six products. */
struct efti_interval
efti_lix_interval(const struct efti_lix_sums *x, double level)
{
    const double none = (double)NAN;
    struct efti_interval out = {efti_lix(x->w, x->s, x->l), none, none, none, none};

    if (isnan(out.value) || x->writers < EFTI_LEAST_WRITERS)
        return out;
    double a = 1 / x->s - 100 * x->l / (x->w * x->w), b = -x->w / (x->s * x->s);
    double c = 100 / x->w, effective = x->w * x->w / x->ww;
    double squares = a * a * x->ww + b * b * x->ss + c * c * x->ll +
                     2 * (a * b * x->ws + a * c * x->wl + b * c * x->sl);
    if (effective <= 2)
        return out;
    out.df = effective - 1;
    out.variance = effective / (effective - 1) * fmax(squares, 0);
    double reach = efti_t_quantile((1 + level) / 2, out.df) * sqrt(out.variance);
    out.low = out.value - reach;
    out.high = out.value + reach;
    return out;
}

double
efti_ttr(double words, double forms)
{
    return words > 0 ? forms / words : (double)NAN;
}

double
efti_herdan(double words, double forms)
{
    return words >= 2 && forms > 0 ? log(forms) / log(words) : (double)NAN;
}

double
efti_yule_k(const double *times, const double *forms, size_t count)
{
    double words = 0, squares = 0;

    for (size_t i = 0; i < count; i++) {
        words += times[i] * forms[i];
        squares += times[i] * times[i] * forms[i];
    }
    return words > 0 ? 1e4 * (squares - words) / (words * words) : (double)NAN;
}

double
efti_simpson_d(const double *times, const double *forms, size_t count)
{
    double words = 0, pairs = 0;

    for (size_t i = 0; i < count; i++) {
        words += times[i] * forms[i];
        pairs += times[i] * (times[i] - 1) * forms[i];
    }
    return words > 1 ? pairs / (words * (words - 1)) : (double)NAN;
}

double
efti_mattr(const uint32_t *ids, size_t count, size_t window, uint32_t *seen)
{
    double sum = 0;
    size_t distinct = 0;

    if (window == 0 || count < window)
        return (double)NAN;
    for (size_t i = 0; i < count; i++) {
        distinct += seen[ids[i]]++ == 0;
        if (i >= window)
            distinct -= --seen[ids[i - window]] == 0;
        if (i + 1 >= window)
            sum += (double)distinct / (double)window;
    }
    for (size_t i = count - window; i < count; i++)
        seen[ids[i]] = 0;
    return sum / (double)(count - window + 1);
}
