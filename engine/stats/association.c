/*
 * association.c - how strongly two things attract each other
 *
 * Every measure reads one 2x2 contingency table (Evert's notation). For terms and themes
 * the units counted are reflections, or sentences:
 *
 *                     with B    without B
 *     with A           O11         O12        R1
 *     without A        O21         O22        R2
 *                      C1          C2         N
 *
 * Callers pass O11 and the marginals R1, C1, N, never O12 or O21: the two are easy to mix
 * up and the wrong score looks plausible. The other cells are derived and checked here.
 *
 *     E11     = R1 * C1 / N
 *     PMI     = log2(O11 / E11)                        (Church and Hanks 1990)
 *     NPMI    = PMI / -log2(O11 / N)                   (Bouma 2009)
 *     G2      = 2 * sum O * ln(O / E), all four cells  (Dunning 1993)
 *     Dice    = 2 * O11 / (R1 + C1)
 *     logDice = 14 + log2 Dice                         (Rychlý 2008)
 *     lambda  = ln( (O11 + .5)(O22 + .5) / ((O12 + .5)(O21 + .5)) )
 *     deltaP  = O11 / R1 - O21 / R2                    (Gries 2013), and with B given A
 *     q       = 1 + (N/R1 + N/R2 - 1)(N/C1 + N/C2 - 1) / 6N    (Williams 1976)
 *
 * and those that Evert (2005) lists under the names of the header. Base 2 for PMI, MI2,
 * MI3, LMI and logDice, natural for G2 and lambda. Yates' correction takes 1/2 from each
 * |O - E|, but no more than there is: quanteda's does not stop there.
 *
 * Zero cells: 0 * log 0 = 0, its limit, so an empty cell adds nothing to G2. Two things
 * that never meet have PMI and logDice of minus infinity (printed as an empty value) and
 * an NPMI of -1, its limit. Two things that always meet have an NPMI of 1, also where
 * they stand in all N units and the formula says 0 / 0.
 *
 * G2 does not tell attraction from repulsion: compare O11 with E11 for that. Counts above
 * 2^53 lose their last digits when they become floating point; no corpus gets there.
 */
#include "stats/association.h"

#include <math.h>

/* r1 + c1 - o11 <= n, written so that nothing can wrap around. */
bool
efti_contingency_holds(const struct efti_contingency *t)
{
    return t->n > 0 && t->r1 <= t->n && t->c1 <= t->n && t->o11 <= t->r1 &&
           t->o11 <= t->c1 && t->r1 - t->o11 <= t->n - t->c1;
}

/* One cell of G2 without the factor 2. The expected value is row * column / n, and
 * positive whenever something was observed: row and column are then at least that. */
static double
g2_cell(double observed, double row, double column, double n)
{
    return observed > 0 ? observed * log(observed / (row * column / n)) : 0;
}

static double
log_likelihood_ratio(const struct efti_contingency *t)
{
    uint64_t o12 = t->r1 - t->o11, o21 = t->c1 - t->o11;
    uint64_t r2 = t->n - t->r1, c2 = t->n - t->c1;
    double r[2] = {(double)t->r1, (double)r2}, c[2] = {(double)t->c1, (double)c2};
    double n = (double)t->n;
    double sum =
        g2_cell((double)t->o11, r[0], c[0], n) + g2_cell((double)o12, r[0], c[1], n) +
        g2_cell((double)o21, r[1], c[0], n) + g2_cell((double)(r2 - o21), r[1], c[1], n);

    /* Never negative by Jensen's inequality; independence may round to -1e-16. */
    return sum > 0 ? 2 * sum : 0;
}

static double
normalised_pmi(const struct efti_contingency *t, double pmi)
{
    if (t->o11 == 0)
        return -1;
    if (t->o11 == t->r1 && t->o11 == t->c1)
        return 1;
    return pmi / -log2((double)t->o11 / (double)t->n);
}

/* Measures that read o11 and its expectation alone. */
static void
scores_of_o11(double o, struct efti_association *out)
{
    double e = out->expected;

    out->mi2 = out->pmi + (o > 0 ? log2(o) : 0);
    out->mi3 = out->mi2 + (o > 0 ? log2(o) : 0);
    out->lmi = o > 0 ? o * out->pmi : 0;
    out->t_score = o > 0 ? (o - e) / sqrt(o) : -INFINITY;
    out->z_score = e > 0 ? (o - e) / sqrt(e) : 0;
    out->simple_ll = 2 * ((o > 0 ? o * log(o / e) : 0) - (o - e));
}

static double
over(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

/* Measures of all four cells. A table with an empty row or column has no deviation. */
static void
scores_of_table(const struct efti_contingency *t, struct efti_association *out)
{
    double a = (double)t->o11, b = (double)(t->r1 - t->o11), c = (double)(t->c1 - t->o11);
    double r1 = (double)t->r1, c1 = (double)t->c1, n = (double)t->n;
    double r2 = n - r1, c2 = n - c1, d = r2 - c, off = a - out->expected;
    double capped = fmax(fabs(off) - 0.5, 0), whole = r1 * r2 * c1 * c2;

    out->x2 = whole > 0 ? off * off * (n / r1) * (n / r2) * (n / c1) * (n / c2) / n : 0;
    out->x2_yates = off != 0 ? out->x2 * (capped / off) * (capped / off) : 0;
    out->phi = whole > 0 ? (a * d - b * c) / (sqrt(r1 * r2) * sqrt(c1 * c2)) : 0;
    out->g2_williams = out->g2;
    if (whole > 0)
        out->g2_williams /= 1 + (n / r1 + n / r2 - 1) * (n / c1 + n / c2 - 1) / (6 * n);
    out->jaccard = over(a, r1 + c1 - a);
    out->min_sensitivity = fmin(over(a, r1), over(a, c1));
    out->odds_ratio = b * c > 0 ? a * d / (b * c) : a * d > 0 ? INFINITY : NAN;
    out->lambda = log(a + .5) + log(d + .5) - log(b + .5) - log(c + .5);
    out->lambda_sigma = sqrt(1 / (a + .5) + 1 / (b + .5) + 1 / (c + .5) + 1 / (d + .5));
    out->delta_p_21 = over(a, r1) - over(c, r2);
    out->delta_p_12 = over(a, c1) - over(b, c2);
}

eft_status
efti_associate(const struct efti_contingency *t, struct efti_association *out,
               eft_error *err)
{
    *out = (struct efti_association){0};
    if (!efti_contingency_holds(t))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "the four counts do not make a contingency table");
    double joint = (double)t->o11, r1 = (double)t->r1, c1 = (double)t->c1;

    out->expected = r1 * c1 / (double)t->n;
    out->pmi = t->o11 == 0 ? -INFINITY : log2(joint / out->expected);
    out->npmi = normalised_pmi(t, out->pmi);
    out->g2 = log_likelihood_ratio(t);
    out->dice = t->o11 == 0 ? 0 : 2 * joint / (r1 + c1);
    out->logdice = t->o11 == 0 ? -INFINITY : 14 + log2(out->dice);
    scores_of_o11(joint, out);
    scores_of_table(t, out);
    return EFT_OK;
}

void
efti_phrase_lambda(const uint64_t *counts, unsigned size, double *lambda, double *sigma)
{
    double sum = 0, variance = 0;

    *lambda = *sigma = (double)NAN;
    if (size < 2 || size > EFTI_LONGEST_PHRASE)
        return;
    for (unsigned m = 0; m < 1u << size; m++) {
        unsigned missing = 0;
        for (unsigned bit = 0; bit < size; bit++)
            missing += (m >> bit & 1u) == 0;
        double n = (double)counts[m] + .5;
        sum += missing % 2 == 0 ? log(n) : -log(n);
        variance += 1 / n;
    }
    *lambda = sum;
    *sigma = sqrt(variance);
}

double
efti_umass(const uint64_t *joint, const uint64_t *first, size_t pairs)
{
    double sum = 0;

    for (size_t i = 0; i < pairs; i++)
        sum += log(((double)joint[i] + 1) / (double)first[i]);
    return pairs == 0 ? (double)NAN : sum / (double)pairs;
}
