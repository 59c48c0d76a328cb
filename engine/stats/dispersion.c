/*
 * dispersion.c - how evenly a word is spread over parts
 *
 * With s the part's share of all words, v its share of the word, and r = v / s up to a
 * constant the relative frequency in the part (Gries 2020 compares them all):
 *
 *     DP         = 1/2 sum |v - s|                         DPnorm = DP / (1 - min s)
 *     D          = 1 - sd(r) / mean(r) / sqrt(parts - 1)   Juilland and others 1971
 *     D2         = entropy of r / log parts                Carroll 1970
 *     S          = (sum sqrt(s f))^2 / sum f               Rosengren 1971
 *     KL         = sum v log2(v / s)
 */
#include "stats/dispersion.h"

#include <math.h>

struct dispersion_totals {
    double words, occurrences, smallest, rates;
    size_t parts;
};

static struct dispersion_totals
totals_of(const double *count, const double *size, size_t parts)
{
    struct dispersion_totals t = {0};

    for (size_t i = 0; i < parts; i++) {
        if (!(size[i] > 0))
            continue;
        t.words += size[i];
        t.occurrences += count[i];
        t.rates += count[i] / size[i];
        t.smallest = t.parts == 0 ? size[i] : fmin(t.smallest, size[i]);
        t.parts++;
    }
    return t;
}

struct efti_dispersion
efti_disperse(const double *count, const double *size, size_t parts)
{
    struct dispersion_totals t = totals_of(count, size, parts);
    const double none = (double)NAN;
    struct efti_dispersion d = {none, none, none, none, none, none};
    double apart = 0, variance = 0, entropy = 0, roots = 0, kl = 0;

    if (t.parts < 2 || !(t.occurrences > 0))
        return d;
    double mean = t.rates / (double)t.parts;
    for (size_t i = 0; i < parts; i++) {
        if (!(size[i] > 0))
            continue;
        double s = size[i] / t.words, v = count[i] / t.occurrences;
        double rate = count[i] / size[i], share = rate / t.rates;
        apart += fabs(v - s);
        variance += (rate - mean) * (rate - mean) / (double)t.parts;
        entropy -= share > 0 ? share * log(share) : 0;
        roots += sqrt(s * count[i]);
        kl += v > 0 ? v * log2(v / s) : 0;
    }
    d.dp = apart / 2;
    d.dp_norm = d.dp / (1 - t.smallest / t.words);
    d.juilland = 1 - sqrt(variance) / mean / sqrt((double)t.parts - 1);
    d.carroll = entropy / log((double)t.parts);
    d.rosengren = roots * roots / t.occurrences;
    d.kl = kl;
    return d;
}
