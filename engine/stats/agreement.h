/*
 * agreement.h - how far two or more coders, or a program and a coder, agree
 *
 * Nothing here allocates but efti_krippendorff(). Everything takes counts that may be
 * weighted by whole numbers, so that a unit can count several times, or not at all,
 * without being copied. Intervals: jackknife.h.
 *
 *     struct efti_confusion c = {.tp = 40, .fp = 10, .fn = 20, .tn = 130};
 *     struct efti_classified m = efti_classify(&c);      m.f1 is 0.727...
 */
#ifndef EFTI_STATS_AGREEMENT_H
#define EFTI_STATS_AGREEMENT_H

#include "base/base.h"

/** Units by what the reference says (true: positive) and what is judged. */
struct efti_confusion {
    uint64_t tp, fp, fn, tn; /* tn 0 where nobody counts what is absent (spans) */
};
/** NaN where a measure is not defined (0 / 0). */
struct efti_classified {
    double precision, recall, f1;
    double accuracy; /* (tp + tn) / n */
    double kappa;    /* Cohen's, of the 2x2 table */
    double pabak;    /* 2 * accuracy - 1 */
    double mcc;      /* Matthews' correlation, phi of the table */
};
struct efti_classified efti_classify(const struct efti_confusion *c);

/**
 * Cohen's kappa (1960) of a square table of counts, row by row: `categories` squared
 * cells, rows by the one coder, columns by the other. NaN when both use one category
 * only.
 */
double efti_cohen_kappa(const uint64_t *table, size_t categories);

/**
 * Fleiss' kappa (1971): `counts[subject * categories + category]` raters chose it; every
 * subject has the same number of raters (at least 2), else NaN.
 */
double efti_fleiss_kappa(const uint64_t *counts, size_t subjects, size_t categories);

enum efti_scale { EFTI_NOMINAL, EFTI_ORDINAL, EFTI_INTERVAL, EFTI_RATIO };

/**
 * Krippendorff's alpha for any number of coders with gaps.
 *
 * `ratings[coder * units + unit]`, NaN for none; categories of a nominal scale are any
 * distinct numbers. `weights` counts each unit so many times; NULL: once. `*out` is NaN
 * when nothing can be compared, or all values are the same. Values of a ratio scale are
 * not negative. Cost: units * coders^2 and memory for distinct values squared.
 *
 * @return EFT_E_LIMIT above EFTI_ALPHA_VALUES distinct values, EFT_E_RANGE, EFT_E_NOMEM.
 */
#define EFTI_ALPHA_VALUES 1024u
eft_status efti_krippendorff(const eft_allocator *mem, const double *ratings,
                             size_t coders, size_t units, const uint32_t *weights,
                             enum efti_scale scale, double *out, eft_error *err);

#endif
