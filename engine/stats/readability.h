/*
 * readability.h - LIX, RIX, OVIX and measures of a vocabulary
 *
 * A word is a token with letters or digits; it is long with more than 6 code points in
 * NFC. An abbreviation is one word. NaN where a measure is not defined.
 */
#ifndef EFTI_STATS_READABILITY_H
#define EFTI_STATS_READABILITY_H

#include "stats/cluster.h"

/** words / sentences + 100 long / words (Björnsson 1968). NaN without sentences. */
double efti_lix(double words, double sentences, double long_words);
/** long / sentences (Anderson 1983). */
double efti_rix(double sentences, double long_words);
/** ln N / ln(2 - ln V / ln N) (Hultman and Westman 1977); V = N: INFINITY; N < 2: NaN.
 *  Tables leave it empty below 50 words and for V = N. */
double efti_ovix(double words, double forms);
/** Sums over writers from which LIX and its variance follow: feed one writer
 *  at a time. */
struct efti_lix_sums {
    double w, s, l; /* words, sentences, long words */
    double ww, ss, ll, ws, wl, sl;
    uint32_t writers;
};
void efti_lix_add(struct efti_lix_sums *x, double words, double sentences,
                  double long_words);
/** LIX of all, its interval linearised by writer (cluster.h). */
struct efti_interval efti_lix_interval(const struct efti_lix_sums *x, double level);
double efti_ttr(double words, double forms);    /* V / N */
double efti_herdan(double words, double forms); /* C = ln V / ln N */

/** Forms by how often they occur: `forms[i]` of them `times[i]` times each. */
double efti_yule_k(const double *times, const double *forms, size_t count);
double efti_simpson_d(const double *times, const double *forms, size_t count);
/** Mean TTR of all windows of `window` tokens; ids below `distinct`; NaN when the text is
 *  shorter. `seen` has room for `distinct` numbers, all zero before and after. */
double efti_mattr(const uint32_t *ids, size_t count, size_t window, uint32_t *seen);

#endif
