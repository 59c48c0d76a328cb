/*
 * agreement.c - how far coders agree, less what chance alone would give
 *
 *     kappa = (Po - Pe) / (1 - Pe)     Po: observed agreement, Pe: agreement by chance
 *
 * Cohen's Pe takes each coder's own marginals, Fleiss' takes those of all raters together
 * and averages over subjects, PABAK takes 1/2 for two categories. Krippendorff turns it
 * round to disagreement and gives it a size:
 *
 *     alpha = 1 - Do / De
 *     Do = sum o(c,k) d(c,k) / n,     De = sum n(c) n(k) d(c,k) / (n (n - 1))
 *
 * o(c,k) is the coincidence matrix: each ordered pair of ratings of one unit adds
 * 1 / (ratings of the unit - 1). d is 0 or 1 (nominal), the square of the distance
 * (interval), of distance over sum (ratio), or of the number of ratings between the two
 * ranks, half of each end counted (ordinal). Krippendorff 2011, "Computing
 * Krippendorff's alpha-reliability".
 */
#include "stats/agreement.h"

#include <math.h>

static double
quotient(double part, double whole)
{
    return whole > 0 ? part / whole : (double)NAN;
}

struct efti_classified
efti_classify(const struct efti_confusion *c)
{
    const double tp = (double)c->tp, fp = (double)c->fp, fn = (double)c->fn;
    const double tn = (double)c->tn, n = tp + fp + fn + tn;
    const uint64_t table[4] = {c->tp, c->fn, c->fp, c->tn};
    struct efti_classified out;

    out.precision = quotient(tp, tp + fp);
    out.recall = quotient(tp, tp + fn);
    out.f1 = quotient(2 * tp, 2 * tp + fp + fn);
    out.accuracy = quotient(tp + tn, n);
    out.pabak = 2 * out.accuracy - 1;
    out.kappa = efti_cohen_kappa(table, 2);
    /* a product of two roots: that of all four margins could overflow 2^53 early */
    out.mcc = quotient(tp * tn - fp * fn,
                       sqrt((tp + fp) * (tp + fn)) * sqrt((tn + fp) * (tn + fn)));
    return out;
}

double
efti_cohen_kappa(const uint64_t *table, size_t categories)
{
    double n = 0, agreed = 0, chance = 0;

    for (size_t i = 0; i < categories * categories; i++)
        n += (double)table[i];
    for (size_t i = 0; i < categories; i++) {
        double row = 0, column = 0;
        for (size_t k = 0; k < categories; k++) {
            row += (double)table[i * categories + k];
            column += (double)table[k * categories + i];
        }
        agreed += (double)table[i * categories + i];
        chance += row * column;
    }
    if (n <= 0)
        return (double)NAN;
    /* multiplied by n squared, so that nothing is rounded before the last division */
    return quotient(agreed * n - chance, n * n - chance);
}

double
efti_fleiss_kappa(const uint64_t *counts, size_t subjects, size_t categories)
{
    double raters = 0, agreed = 0, chance = 0;

    for (size_t s = 0; s < subjects; s++) {
        double here = 0, squares = 0;
        for (size_t c = 0; c < categories; c++) {
            double x = (double)counts[s * categories + c];
            here += x;
            squares += x * x;
        }
        if (s > 0 && here != raters)
            return (double)NAN;
        raters = here;
        agreed += squares - here;
    }
    if (subjects == 0 || raters < 2)
        return (double)NAN;
    for (size_t c = 0; c < categories; c++) {
        double share = 0;
        for (size_t s = 0; s < subjects; s++)
            share += (double)counts[s * categories + c];
        share /= (double)subjects * raters;
        chance += share * share;
    }
    return quotient(agreed / ((double)subjects * raters * (raters - 1)) - chance,
                    1 - chance);
}

/* ------------------------------------------------------------ Krippendorff */

struct alpha {
    const double *ratings;
    size_t coders, units;
    const uint32_t *weights;
    EFTI_ARRAY(double) values;    /* distinct, rising */
    EFTI_ARRAY(double) matrix;    /* coincidences, values squared */
    EFTI_ARRAY(double) margins;   /* of the matrix */
    EFTI_ARRAY(uint32_t) of_unit; /* indexes of the ratings of one unit */
};

static int
alpha_rising(const void *a, const void *b, void *user)
{
    const double *x = a, *y = b;

    (void)user;
    return *x < *y ? -1 : *x > *y;
}

static eft_status
alpha_values(struct alpha *a, const eft_allocator *mem, eft_error *err)
{
    size_t cells, kept = 0;

    if (!efti_mul(a->coders, a->units, &cells) ||
        !EFTI_ARRAY_RESERVE(mem, &a->values, cells + 1))
        return efti_no_memory(err, "the ratings of an agreement");
    for (size_t i = 0; i < cells; i++) {
        if (!isnan(a->ratings[i]))
            a->values.items[a->values.count++] = a->ratings[i];
    }
    efti_sort(a->values.items, a->values.count, sizeof(*a->values.items), alpha_rising,
              NULL);
    for (size_t i = 0; i < a->values.count; i++) {
        if (kept == 0 || a->values.items[i] != a->values.items[kept - 1])
            a->values.items[kept++] = a->values.items[i];
    }
    a->values.count = kept;
    if (kept > EFTI_ALPHA_VALUES)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                         "an agreement of more than %u different values",
                         EFTI_ALPHA_VALUES);
    return EFT_OK;
}

static uint32_t
alpha_index(const struct alpha *a, double value)
{
    size_t low = 0, high = a->values.count;

    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (a->values.items[mid] <= value)
            low = mid;
        else
            high = mid;
    }
    return (uint32_t)low;
}

/* The pairs of one unit; a unit with a single rating says nothing about agreement. */
static void
alpha_unit(struct alpha *a, size_t unit)
{
    double weight = a->weights == NULL ? 1 : (double)a->weights[unit];

    a->of_unit.count = 0;
    for (size_t c = 0; c < a->coders; c++) {
        double value = a->ratings[c * a->units + unit];
        if (!isnan(value))
            a->of_unit.items[a->of_unit.count++] = alpha_index(a, value);
    }
    if (a->of_unit.count < 2)
        return;
    for (size_t i = 0; i < a->of_unit.count; i++) {
        for (size_t k = 0; k < a->of_unit.count; k++) {
            if (i != k)
                a->matrix
                    .items[a->of_unit.items[i] * a->values.count + a->of_unit.items[k]] +=
                    weight / (double)(a->of_unit.count - 1);
        }
    }
}

static double
alpha_distance(const struct alpha *a, enum efti_scale scale, size_t low, size_t high)
{
    double x = a->values.items[low], y = a->values.items[high], between = 0;

    switch (scale) {
    case EFTI_ORDINAL:
        for (size_t g = low; g <= high; g++)
            between += a->margins.items[g];
        between -= (a->margins.items[low] + a->margins.items[high]) / 2;
        return between * between;
    case EFTI_INTERVAL: return (x - y) * (x - y);
    case EFTI_RATIO: return x + y > 0 ? (x - y) * (x - y) / ((x + y) * (x + y)) : 0;
    case EFTI_NOMINAL:
    default: return 1;
    }
}

static double
alpha_of_matrix(struct alpha *a, enum efti_scale scale)
{
    size_t count = a->values.count;
    double n = 0, observed = 0, expected = 0;

    for (size_t c = 0; c < count; c++) {
        a->margins.items[c] = 0;
        for (size_t k = 0; k < count; k++)
            a->margins.items[c] += a->matrix.items[c * count + k];
        n += a->margins.items[c];
    }
    for (size_t c = 0; c < count; c++) {
        for (size_t k = c + 1; k < count; k++) {
            double d = alpha_distance(a, scale, c, k);
            observed += a->matrix.items[c * count + k] * d;
            expected += a->margins.items[c] * a->margins.items[k] * d;
        }
    }
    return expected > 0 ? 1 - (n - 1) * observed / expected : (double)NAN;
}

eft_status
efti_krippendorff(const eft_allocator *mem, const double *ratings, size_t coders,
                  size_t units, const uint32_t *weights, enum efti_scale scale,
                  double *out, eft_error *err)
{
    struct alpha a = {
        .ratings = ratings, .coders = coders, .units = units, .weights = weights};
    eft_status st;

    *out = (double)NAN;
    if (scale < EFTI_NOMINAL || scale > EFTI_RATIO)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "unknown scale of ratings");
    st = alpha_values(&a, mem, err);
    if (st == EFT_OK && scale == EFTI_RATIO && a.values.count > 0 &&
        a.values.items[0] < 0)
        st = efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                       "a ratio scale has no values below zero");
    if (st == EFT_OK && a.values.count > 0) {
        size_t cells = a.values.count * a.values.count; /* at most 2^20 */
        if (!EFTI_ARRAY_RESERVE(mem, &a.matrix, cells) ||
            !EFTI_ARRAY_RESERVE(mem, &a.margins, a.values.count) ||
            !EFTI_ARRAY_RESERVE(mem, &a.of_unit, coders)) {
            st = efti_no_memory(err, "the coincidences of an agreement");
        } else {
            memset(a.matrix.items, 0, cells * sizeof(*a.matrix.items));
            for (size_t u = 0; u < units; u++)
                alpha_unit(&a, u);
            *out = alpha_of_matrix(&a, scale);
        }
    }
    EFTI_ARRAY_FREE(mem, &a.values);
    EFTI_ARRAY_FREE(mem, &a.matrix);
    EFTI_ARRAY_FREE(mem, &a.margins);
    EFTI_ARRAY_FREE(mem, &a.of_unit);
    return st;
}
