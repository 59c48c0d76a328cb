/*
 * logistic.h - regularised logistic regression over rows of present features
 *
 *     minimise  sum_i log(1 + exp(-y_i f(x_i))) + l2/2 |w|^2,   f(x) = bias + w x
 *
 * y is +1 or -1; x_ij is `scale` of the feature where the row has it, times `damp` of the
 * row from column `damped` on, else 0; the bias is not penalised. The sum is strictly
 * convex in w, so there is one answer whatever the start. Found by Newton's method with
 * conjugate gradients inside (Lin, Weng and Keerthi 2008, without their trust region: a
 * step is halved until it gains). A feature with a scale s is penalised as if l2 were l2
 * / s^2: scale is trust.
 *
 *     efti_platt()   chances from scores: 1 / (1 + exp(-(a f + b))), Platt 1999, with
 *                    his targets and the Newton steps of Lin, Lin and Weng 2007
 */
#ifndef EFTI_STATS_LOGISTIC_H
#define EFTI_STATS_LOGISTIC_H

#include "base/base.h"

struct efti_logistic {
    size_t rows, columns;
    const size_t *starts;     /* rows + 1, into `features` */
    const uint32_t *features; /* below columns; rising within a row */
    const double *scale;      /* of each column */
    const double *damp;       /* of each row; NULL: 1 */
    size_t damped;            /* the first column that it is for */
    const uint8_t *positive;  /* of each row */
    const uint8_t *out;       /* of each row: 1 takes no part; NULL: all do */
    double l2;                /* above 0 */
};

/**
 * `weights` holds columns + 1 numbers, the bias last: the start, then the answer. Cost:
 * some 50 passes over the features. No start changes the answer by more than 1e-6 of it.
 *
 * @return EFT_E_RANGE when no row takes part or l2 is not above 0, EFT_E_NOMEM.
 */
eft_status efti_logistic_fit(const eft_allocator *mem, const struct efti_logistic *p,
                             double *weights, eft_error *err);
/** f of one row. */
double efti_logistic_score(const struct efti_logistic *p, const double *weights,
                           size_t row);
/** 1 / (1 + exp(-f)), and -log of the chance of what was seen, without overflow. */
double efti_logistic_chance(double f);
double efti_logistic_loss(double f, bool positive);

/** ab[0] f + ab[1]; both classes must be there, else a is 0 and b the smoothed share. */
void efti_platt(const double *scores, const uint8_t *positive, size_t count,
                double ab[2]);

#endif
