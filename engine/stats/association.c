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
static bool
contingency_holds(const struct efti_contingency *t)
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

eft_status
efti_associate(const struct efti_contingency *t, struct efti_association *out,
               eft_error *err)
{
    *out = (struct efti_association){0};
    if (!contingency_holds(t))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "the four counts do not make a contingency table");
    double joint = (double)t->o11, r1 = (double)t->r1, c1 = (double)t->c1;

    out->expected = r1 * c1 / (double)t->n;
    out->pmi = t->o11 == 0 ? -INFINITY : log2(joint / out->expected);
    out->npmi = normalised_pmi(t, out->pmi);
    out->g2 = log_likelihood_ratio(t);
    out->dice = t->o11 == 0 ? 0 : 2 * joint / (r1 + c1);
    out->logdice = t->o11 == 0 ? -INFINITY : 14 + log2(out->dice);
    return EFT_OK;
}
