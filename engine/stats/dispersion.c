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
 *
 * A part without the word adds s to the first sum and mean(r)^2 to the variance, nothing
 * to the others; so only parts with the word are walked, and the rest is what is left.
 */
#include "stats/dispersion.h"

#include <math.h>

struct efti_parts
efti_parts_of(const double *size, size_t parts)
{
    struct efti_parts p = {0};

    for (size_t i = 0; i < parts; i++) {
        if (!(size[i] > 0))
            continue;
        p.words += size[i];
        p.smallest = p.count == 0 ? size[i] : fmin(p.smallest, size[i]);
        p.count++;
    }
    return p;
}

struct dispersion_word {
    double occurrences, rates;
    size_t parts; /* with the word */
};

static struct dispersion_word
word_of(const double *count, const double *size, const uint32_t *where, size_t n)
{
    struct dispersion_word w = {0};

    for (size_t k = 0; k < n; k++) {
        size_t i = where == NULL ? k : where[k];
        if (!(size[i] > 0 && count[i] > 0))
            continue;
        w.occurrences += count[i];
        w.rates += count[i] / size[i];
        w.parts++;
    }
    return w;
}

/* D2 and KL, which take logarithms of each part. */
static void
informations(const struct efti_parts *all, const struct dispersion_word *t,
             const double *count, const double *size, size_t n, struct efti_dispersion *d)
{
    double entropy = 0, kl = 0;

    for (size_t i = 0; i < n; i++) {
        if (!(size[i] > 0 && count[i] > 0))
            continue;
        double s = size[i] / all->words, v = count[i] / t->occurrences;
        double share = count[i] / size[i] / t->rates;
        entropy -= share * log(share);
        kl += v * log2(v / s);
    }
    d->carroll = entropy / log((double)all->count);
    d->kl = kl;
}

/* All but D2 and KL. `where` NULL: parts 0 to n - 1. */
static struct efti_dispersion
disperse(const struct efti_parts *all, const struct dispersion_word *t,
         const double *count, const double *size, const uint32_t *where, size_t n)
{
    const double none = (double)NAN;
    struct efti_dispersion d = {none, none, none, none, none, none};
    double apart = 0, here = 0, variance = 0, roots = 0;

    if (all->count < 2 || !(t->occurrences > 0))
        return d;
    double parts = (double)all->count, mean = t->rates / parts;
    for (size_t k = 0; k < n; k++) {
        size_t i = where == NULL ? k : where[k];
        if (!(size[i] > 0 && count[i] > 0))
            continue;
        double s = size[i] / all->words, v = count[i] / t->occurrences;
        double rate = count[i] / size[i];
        apart += fabs(v - s);
        here += s;
        variance += (rate - mean) * (rate - mean) / parts;
        roots += sqrt(s * count[i]);
    }
    if (t->parts < all->count) {
        apart += 1 - here;
        variance += (double)(all->count - t->parts) * mean * mean / parts;
    }
    d.dp = apart / 2;
    d.dp_norm = d.dp / (1 - all->smallest / all->words);
    d.juilland = 1 - sqrt(variance) / mean / sqrt(parts - 1);
    d.rosengren = roots * roots / t->occurrences;
    return d;
}

struct efti_dispersion
efti_disperse(const double *count, const double *size, size_t parts)
{
    struct efti_parts all = efti_parts_of(size, parts);
    struct dispersion_word t = word_of(count, size, NULL, parts);
    struct efti_dispersion d = disperse(&all, &t, count, size, NULL, parts);

    if (all.count >= 2 && t.occurrences > 0)
        informations(&all, &t, count, size, parts, &d);
    return d;
}

struct efti_dispersion
efti_disperse_at(const struct efti_parts *all, const double *count, const double *size,
                 const uint32_t *where, size_t n)
{
    n = where == NULL ? 0 : n;
    struct dispersion_word t = word_of(count, size, where, n);
    return disperse(all, &t, count, size, where, n);
}

struct efti_equal_parts
efti_disperse_equal(const double *count, size_t parts)
{
    struct efti_equal_parts out = {(double)NAN, (double)NAN};
    double all = 0, off = 0, roots = 0, n = (double)parts;

    for (size_t i = 0; i < parts; i++)
        all += count[i];
    if (!(all > 0))
        return out;
    for (size_t i = 0; i < parts; i++) {
        off += (count[i] - all / n) * (count[i] - all / n);
        roots += sqrt(count[i]);
    }
    out.lyne = 1 - off / (all / n) / (4 * all);
    out.zhang = roots / n * (roots / n) / (all / n);
    return out;
}
