/*
 * logistic.c - Newton's method with conjugate gradients, and Platt's calibration
 *
 * With p_i the chance of row i and X the rows scaled, the gradient is X'(p - t) + l2 w
 * and the Hessian X' D X + l2 I with D = p (1 - p). The Hessian is never built: conjugate
 * gradients ask for its product with a direction alone, one pass over the features.
 */
#include "stats/logistic.h"

#include <math.h>

#define NEWTON_STEPS 50
#define CG_STEPS 200
/* Of the first gradient: at 1e-7 two starts agree to six digits, which is more than the
 * four decimals that a model file keeps. */
#define ENOUGH 1e-7

struct fit {
    const struct efti_logistic *p;
    size_t n; /* columns + 1 */
    double *score, *curve;
    double *gradient, *step, *residual, *direction, *product, *trial;
};

double
efti_logistic_chance(double f)
{
    double e = exp(-fabs(f));

    return f >= 0 ? 1 / (1 + e) : e / (1 + e);
}

double
efti_logistic_loss(double f, bool positive)
{
    double margin = positive ? f : -f;

    return margin > 0 ? log1p(exp(-margin)) : -margin + log1p(exp(margin));
}

/* Where the damped columns of a row begin. */
static size_t
first_damped(const struct efti_logistic *p, size_t row)
{
    size_t i = p->starts[row];

    while (i < p->starts[row + 1] && p->features[i] < p->damped)
        i++;
    return i;
}

double
efti_logistic_score(const struct efti_logistic *p, const double *weights, size_t row)
{
    size_t i = p->starts[row], middle = first_damped(p, row);
    double f = weights[p->columns], rest = 0;

    for (; i < middle; i++)
        f += weights[p->features[i]] * p->scale[p->features[i]];
    for (; i < p->starts[row + 1]; i++)
        rest += weights[p->features[i]] * p->scale[p->features[i]];
    return f + (p->damp == NULL ? rest : rest * p->damp[row]);
}

static bool
takes_part(const struct efti_logistic *p, size_t row)
{
    return p->out == NULL || p->out[row] == 0;
}

/* The objective at `w`; scores are kept. */
static double
objective(struct fit *t, const double *w)
{
    const struct efti_logistic *p = t->p;
    double sum = 0;

    for (size_t i = 0; i < p->rows; i++) {
        if (!takes_part(p, i))
            continue;
        t->score[i] = efti_logistic_score(p, w, i);
        sum += efti_logistic_loss(t->score[i], p->positive[i] != 0);
    }
    for (size_t k = 0; k < p->columns; k++)
        sum += p->l2 / 2 * w[k] * w[k];
    return sum;
}

static void
add_row(const struct efti_logistic *p, size_t row, double by, double *to)
{
    size_t k = p->starts[row], middle = first_damped(p, row);
    double damped = p->damp == NULL ? by : by * p->damp[row];

    for (; k < middle; k++)
        to[p->features[k]] += by * p->scale[p->features[k]];
    for (; k < p->starts[row + 1]; k++)
        to[p->features[k]] += damped * p->scale[p->features[k]];
    to[p->columns] += by;
}

/* Gradient and curvature at the scores that are kept; answers the gradient's length. */
static double
slope(struct fit *t, const double *w)
{
    const struct efti_logistic *p = t->p;
    double length = 0;

    for (size_t k = 0; k < t->n; k++)
        t->gradient[k] = k < p->columns ? p->l2 * w[k] : 0;
    for (size_t i = 0; i < p->rows; i++) {
        if (!takes_part(p, i))
            continue;
        double chance = efti_logistic_chance(t->score[i]);
        t->curve[i] = chance * (1 - chance);
        add_row(p, i, chance - (p->positive[i] != 0), t->gradient);
    }
    for (size_t k = 0; k < t->n; k++)
        length += t->gradient[k] * t->gradient[k];
    return sqrt(length);
}

static void
times_hessian(struct fit *t, const double *v, double *out)
{
    const struct efti_logistic *p = t->p;

    for (size_t k = 0; k < t->n; k++)
        out[k] = k < p->columns ? p->l2 * v[k] : 0;
    for (size_t i = 0; i < p->rows; i++) {
        if (takes_part(p, i))
            add_row(p, i, t->curve[i] * efti_logistic_score(p, v, i), out);
    }
}

static double
dot(const double *a, const double *b, size_t n)
{
    double sum = 0;

    for (size_t k = 0; k < n; k++)
        sum += a[k] * b[k];
    return sum;
}

/* step = -H^-1 gradient, nearly. */
static void
newton_step(struct fit *t)
{
    for (size_t k = 0; k < t->n; k++) {
        t->step[k] = 0;
        t->direction[k] = t->residual[k] = -t->gradient[k];
    }
    double rr = dot(t->residual, t->residual, t->n), first = rr;
    for (int i = 0; i < CG_STEPS && rr > 1e-6 * first; i++) {
        times_hessian(t, t->direction, t->product);
        double bend = dot(t->direction, t->product, t->n);
        if (!(bend > 0))
            return;
        double alpha = rr / bend, before = rr;
        for (size_t k = 0; k < t->n; k++) {
            t->step[k] += alpha * t->direction[k];
            t->residual[k] -= alpha * t->product[k];
        }
        rr = dot(t->residual, t->residual, t->n);
        for (size_t k = 0; k < t->n; k++)
            t->direction[k] = t->residual[k] + rr / before * t->direction[k];
    }
}

static void
descend(struct fit *t, double *w)
{
    double value = objective(t, w), length = slope(t, w), first = length;

    for (int i = 0; i < NEWTON_STEPS && length > ENOUGH * (1 + first); i++) {
        double size = 1, tried = 0;
        newton_step(t);
        double gain = dot(t->gradient, t->step, t->n); /* below 0 */
        for (int halvings = 0; halvings < 40; halvings++) {
            for (size_t k = 0; k < t->n; k++)
                t->trial[k] = w[k] + size * t->step[k];
            tried = objective(t, t->trial);
            if (tried <= value + 1e-4 * size * gain)
                break;
            size /= 2;
        }
        if (!(tried < value))
            return; /* as good as floating point tells */
        memcpy(w, t->trial, t->n * sizeof(*w));
        value = tried;
        length = slope(t, w);
    }
}

eft_status
efti_logistic_fit(const eft_allocator *mem, const struct efti_logistic *p,
                  double *weights, eft_error *err)
{
    struct fit t = {.p = p, .n = p->columns + 1};
    size_t parts = 0, room = 2 * p->rows + 6 * t.n;

    for (size_t i = 0; i < p->rows; i++)
        parts += takes_part(p, i);
    if (parts == 0 || !(p->l2 > 0))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a regression without rows or without a penalty");
    double *block = efti_zalloc(mem, room, sizeof(*block));
    if (block == NULL)
        return efti_no_memory(err, "a regression");
    t.score = block;
    t.curve = block + p->rows;
    t.gradient = block + 2 * p->rows;
    t.step = t.gradient + t.n;
    t.residual = t.step + t.n;
    t.direction = t.residual + t.n;
    t.product = t.direction + t.n;
    t.trial = t.product + t.n;
    descend(&t, weights);
    efti_release(mem, block, room * sizeof(*block));
    return EFT_OK;
}

/* ---------------------------------------------------------------- calibration */

/* Loss, gradient and Hessian of the two numbers at (a, b), with targets that stay off 0
 * and 1 (Platt's prior correction). */
static double
platt_slope(const double *scores, const uint8_t *positive, size_t count,
            const double target[2], const double ab[2], double g[2], double h[3])
{
    double loss = 0;

    g[0] = g[1] = 0;
    h[0] = h[2] = 1e-9; /* so that it can be solved on scores that are all the same */
    h[1] = 0;
    for (size_t i = 0; i < count; i++) {
        double f = ab[0] * scores[i] + ab[1], t = target[positive[i] != 0];
        double p = efti_logistic_chance(f), d = p - t, q = p * (1 - p);
        loss += t * efti_logistic_loss(f, true) + (1 - t) * efti_logistic_loss(f, false);
        g[0] += d * scores[i];
        g[1] += d;
        h[0] += q * scores[i] * scores[i];
        h[1] += q * scores[i];
        h[2] += q;
    }
    return loss;
}

void
efti_platt(const double *scores, const uint8_t *positive, size_t count, double ab[2])
{
    double yes = 0, g[2], h[3], trial_g[2], trial_h[3];

    for (size_t i = 0; i < count; i++)
        yes += positive[i] != 0;
    double no = (double)count - yes;
    ab[0] = 0;
    ab[1] = log((yes + 1) / (no + 1));
    if (!(yes > 0 && no > 0))
        return;
    const double target[2] = {1 / (no + 2), (yes + 1) / (yes + 2)};
    double loss = platt_slope(scores, positive, count, target, ab, g, h);
    for (int i = 0; i < 100 && fabs(g[0]) + fabs(g[1]) > 1e-8; i++) {
        double det = h[0] * h[2] - h[1] * h[1], size = 1, tried = 0, to[2];
        if (!(det > 0))
            return;
        const double step[2] = {-(h[2] * g[0] - h[1] * g[1]) / det,
                                -(h[0] * g[1] - h[1] * g[0]) / det};
        for (int halvings = 0; halvings < 40; halvings++) {
            to[0] = ab[0] + size * step[0];
            to[1] = ab[1] + size * step[1];
            tried = platt_slope(scores, positive, count, target, to, trial_g, trial_h);
            if (tried < loss)
                break;
            size /= 2;
        }
        if (!(tried < loss))
            return;
        loss = tried;
        memcpy(ab, to, sizeof(to));
        memcpy(g, trial_g, sizeof(g));
        memcpy(h, trial_h, sizeof(h));
    }
}
