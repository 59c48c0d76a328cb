/*
 * adjust.h - many tests at once: adjusted p-values of a family
 */
#ifndef EFTI_STATS_ADJUST_H
#define EFTI_STATS_ADJUST_H

#include "base/base.h"

enum efti_adjustment {
    EFTI_ADJUST_BH,   /* false discovery rate (Benjamini and Hochberg 1995) */
    EFTI_ADJUST_BY,   /* the same under any dependence (Benjamini, Yekutieli 2001) */
    EFTI_ADJUST_HOLM, /* family-wise error (Holm 1979) */
    EFTI_ADJUST_BONFERRONI, /* family-wise error */
    EFTI_ADJUST_COUNT
};
/** "bh", "by", "holm", "bonferroni"; NULL out of range. */
const char *efti_adjustment_name(enum efti_adjustment a);
/**
 * `q[i]` gets the adjusted value of `p[i]`, as R's p.adjust. A NaN is no test: it stays
 * NaN and is not counted in the family. `q` may be `p`.
 *
 * @return EFT_E_RANGE for a p outside [0, 1], EFT_E_NOMEM.
 */
eft_status efti_adjust(const eft_allocator *mem, const double *p, size_t count,
                       enum efti_adjustment a, double *q, eft_error *err);

#endif
