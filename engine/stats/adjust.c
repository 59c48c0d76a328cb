/*
 * adjust.c - adjusted p-values
 *
 * With the p-values of a family in rising order p(1) ... p(m):
 *
 *     Holm        q(i) = max over j <= i of (m - j + 1) p(j)
 *     BH          q(i) = min over j >= i of m / j p(j)
 *     BY          the same times 1 + 1/2 + ... + 1/m
 *     Bonferroni  q(i) = m p(i)                              each at most 1
 */
#include "stats/adjust.h"

#include <math.h>

const char *
efti_adjustment_name(enum efti_adjustment a)
{
    static const char *const names[EFTI_ADJUST_COUNT] = {"bh", "by", "holm",
                                                         "bonferroni"};

    return (unsigned)a < EFTI_ADJUST_COUNT ? names[a] : NULL;
}

struct adjusted {
    double p;
    size_t at;
};

static int
smaller_p_first(const void *a, const void *b, void *user)
{
    const struct adjusted *x = a, *y = b;

    (void)user;
    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static void
adjust_step_up(const struct adjusted *f, size_t m, double factor, double *q)
{
    double least = 1;

    for (size_t i = m; i > 0; i--) {
        least = fmin(least, factor * (double)m / (double)i * f[i - 1].p);
        q[f[i - 1].at] = least;
    }
}

static void
adjust_family(const struct adjusted *f, size_t m, enum efti_adjustment a, double *q)
{
    double harmonic = 0, most = 0;

    switch (a) {
    case EFTI_ADJUST_HOLM:
        for (size_t i = 0; i < m; i++) {
            most = fmax(most, fmin(1, (double)(m - i) * f[i].p));
            q[f[i].at] = most;
        }
        return;
    case EFTI_ADJUST_BY:
        for (size_t i = 1; i <= m; i++)
            harmonic += 1 / (double)i;
        adjust_step_up(f, m, harmonic, q);
        return;
    case EFTI_ADJUST_BONFERRONI:
        for (size_t i = 0; i < m; i++)
            q[f[i].at] = fmin(1, (double)m * f[i].p);
        return;
    case EFTI_ADJUST_BH:
    default: adjust_step_up(f, m, 1, q);
    }
}

eft_status
efti_adjust(const eft_allocator *mem, const double *p, size_t count,
            enum efti_adjustment a, double *q, eft_error *err)
{
    EFTI_ARRAY(struct adjusted) family = {0};

    for (size_t i = 0; i < count; i++) {
        if (p[i] < 0 || p[i] > 1)
            return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                             "a p-value is outside 0 to 1");
    }
    if (!EFTI_ARRAY_RESERVE(mem, &family, count))
        return efti_no_memory(err, "a family of tests");
    for (size_t i = 0; i < count; i++) {
        if (!isnan(p[i]))
            family.items[family.count++] = (struct adjusted){p[i], i};
    }
    efti_sort(family.items, family.count, sizeof(*family.items), smaller_p_first, NULL);
    for (size_t i = 0; i < count; i++)
        q[i] = p[i];
    adjust_family(family.items, family.count, a, q);
    EFTI_ARRAY_FREE(mem, &family);
    return EFT_OK;
}
