/*
 * readability.c - LIX, RIX, OVIX, TTR, Herdan's C, Yule's K, Simpson's D, MATTR
 *
 *     K = 10^4 (sum m^2 V(m) - N) / N^2        Yule 1944; V(m) forms that occur m times
 *     D = sum V(m) m (m - 1) / (N (N - 1))     Simpson 1949
 */
#include "stats/readability.h"

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
