/*
 * intervals.c - intervals of what is counted by writer, the one way or the other
 *
 *     writers left out in turn   the default: they keep what they promise with few
 *                                writers too (stats/jackknife.h)
 *     writers drawn again        percentiles, for those who must compare with such
 *                                (stats/resample.h)
 */
#include "evaluate/evaluate.h"

#include <math.h>

static eft_status
draw(struct efti_evaluation *e, const struct efti_jackknife *j, efti_statistic drawn,
     double *values, struct efti_interval *out, eft_error *err)
{
    const struct efti_bootstrap o = {
        .clusters = j->clusters,
        .values = j->values,
        .replicates = e->options->replicates,
        .seed = e->options->seed,
    };
    double *low = values + j->values, *high = low + j->values;
    eft_status st = efti_bootstrap(e->mem, &o, drawn, j->user, low, high, err);

    if (st != EFT_OK)
        return st;
    j->without(j->user, EFTI_NOBODY, values);
    for (uint32_t i = 0; i < j->values; i++)
        out[i] = (struct efti_interval){values[i], low[i], high[i], NAN, NAN};
    return EFT_OK;
}

eft_status
efti_evaluation_intervals(struct efti_evaluation *e, const struct efti_jackknife *j,
                          efti_statistic drawn, struct efti_interval *out, eft_error *err)
{
    if (e->options->replicates == 0)
        return efti_jackknife(e->mem, j, out, err);
    const size_t count = 3 * (size_t)j->values;
    double *values = efti_zalloc(e->mem, count, sizeof(*values));
    eft_status st = values == NULL ? efti_no_memory(err, "the intervals")
                                   : draw(e, j, drawn, values, out, err);

    efti_release(e->mem, values, count * sizeof(*values));
    return st;
}
