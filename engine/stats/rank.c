/*
 * rank.c - ranks, Kendall's tau b, Spearman's rho, Kruskal and Wallis' H
 */
#include "stats/rank.h"

#include <math.h>

struct ranked {
    double value;
    size_t at;
};

static int
ranked_rising(const void *a, const void *b, void *user)
{
    const struct ranked *x = a, *y = b;

    (void)user;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

/* `rank[i]`: 1 is the smallest. EFT_E_NOMEM. */
static eft_status
rank_values(const eft_allocator *mem, const double *x, size_t count, double *rank,
            eft_error *err)
{
    EFTI_ARRAY(struct ranked) order = {0};

    if (!EFTI_ARRAY_RESERVE(mem, &order, count))
        return efti_no_memory(err, "ranks");
    for (size_t i = 0; i < count; i++)
        order.items[i] = (struct ranked){x[i], i};
    efti_sort(order.items, count, sizeof(*order.items), ranked_rising, NULL);
    for (size_t i = 0, next; i < count; i = next) {
        next = i + 1;
        while (next < count && order.items[next].value == order.items[i].value)
            next++;
        for (size_t k = i; k < next; k++)
            rank[order.items[k].at] = (double)(i + 1 + next) / 2;
    }
    EFTI_ARRAY_FREE(mem, &order);
    return EFT_OK;
}

static int
sign_of(double x)
{
    return (x > 0) - (x < 0);
}

double
efti_kendall(const double *x, const double *y, size_t count)
{
    double agreed = 0, in_x = 0, in_y = 0; /* pairs that differ in x, in y */

    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            int a = sign_of(x[i] - x[k]), b = sign_of(y[i] - y[k]);
            agreed += a * b;
            in_x += a != 0;
            in_y += b != 0;
        }
    }
    return in_x > 0 && in_y > 0 ? agreed / sqrt(in_x * in_y) : (double)NAN;
}

static double
correlation(const double *x, const double *y, size_t count)
{
    double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;

    for (size_t i = 0; i < count; i++) {
        mx += x[i] / (double)count;
        my += y[i] / (double)count;
    }
    for (size_t i = 0; i < count; i++) {
        xx += (x[i] - mx) * (x[i] - mx);
        yy += (y[i] - my) * (y[i] - my);
        xy += (x[i] - mx) * (y[i] - my);
    }
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : (double)NAN;
}

eft_status
efti_spearman(const eft_allocator *mem, const double *x, const double *y, size_t count,
              double *out, eft_error *err)
{
    EFTI_ARRAY(double) ranks = {0};
    eft_status st = EFT_OK;

    *out = (double)NAN;
    if (!EFTI_ARRAY_RESERVE(mem, &ranks, 2 * count))
        return efti_no_memory(err, "ranks");
    if ((st = rank_values(mem, x, count, ranks.items, err)) == EFT_OK &&
        (st = rank_values(mem, y, count, ranks.items + count, err)) == EFT_OK &&
        count > 0)
        *out = correlation(ranks.items, ranks.items + count, count);
    EFTI_ARRAY_FREE(mem, &ranks);
    return st;
}

eft_status
efti_kruskal(const eft_allocator *mem, const double *x, const uint32_t *group,
             size_t count, uint32_t groups, double *h, double *rank_sum, eft_error *err)
{
    EFTI_ARRAY(double) ranks = {0};
    double between = 0, squares = 0, n = (double)count;

    *h = (double)NAN;
    if (!EFTI_ARRAY_RESERVE(mem, &ranks, count + 1))
        return efti_no_memory(err, "ranks");
    eft_status st = rank_values(mem, x, count, ranks.items, err);
    for (uint32_t g = 0; g < groups && st == EFT_OK; g++) {
        double sum = 0, size = 0;
        for (size_t i = 0; i < count; i++) {
            sum += group[i] == g ? ranks.items[i] : 0;
            size += group[i] == g;
        }
        if (g == 0 && rank_sum != NULL)
            *rank_sum = sum;
        between += size > 0 ? sum * sum / size : 0;
    }
    /* the variance of the ranks as they are: this is the correction for ties */
    for (size_t i = 0; i < count && st == EFT_OK; i++)
        squares += ranks.items[i] * ranks.items[i];
    double centre = n * (n + 1) * (n + 1) / 4;
    if (st == EFT_OK && squares > centre)
        *h = (n - 1) * (between - centre) / (squares - centre);
    EFTI_ARRAY_FREE(mem, &ranks);
    return st;
}
