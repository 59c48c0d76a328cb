/*
 * resample.c - percentile bootstrap over clusters
 *
 *     clusters   A  B  C  D          weights of one draw    A  B  C  D
 *     drawn      B  D  D  A    ──►                          1  1  0  2
 *
 * The statistic is computed from weights, never from copies. Bounds are quantiles of the
 * draws by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996,
 * R's default).
 */
#include "stats/resample.h"

#include <math.h>

#define DEFAULT_REPLICATES 2000u
#define MOST_REPLICATES 100000u

struct bootstrap {
    const eft_allocator *mem;
    struct efti_bootstrap o;
    EFTI_ARRAY(uint32_t) weights;
    EFTI_ARRAY(double) draws; /* by value, then replicate */
    EFTI_ARRAY(double) once;
    struct efti_random *random;
};

static int
draws_rising(const void *a, const void *b, void *user)
{
    const double *x = a, *y = b;

    (void)user;
    return *x < *y ? -1 : *x > *y;
}

static double
quantile_of(const double *sorted, size_t count, double p)
{
    double at = p * (double)(count - 1), whole = floor(at);
    size_t i = (size_t)whole;

    if (i + 1 >= count)
        return sorted[count - 1];
    return sorted[i] + (at - whole) * (sorted[i + 1] - sorted[i]);
}

static void
interval_of_draws(struct bootstrap *b, uint32_t value, double *low, double *high)
{
    double *draws = b->draws.items + (size_t)value * b->o.replicates;
    size_t kept = 0;

    for (uint32_t i = 0; i < b->o.replicates; i++) {
        if (!isnan(draws[i]))
            draws[kept++] = draws[i];
    }
    *low = *high = (double)NAN;
    if (kept < 2 || kept < (b->o.replicates + 1) / 2)
        return;
    efti_sort(draws, kept, sizeof(*draws), draws_rising, NULL);
    *low = quantile_of(draws, kept, (1 - b->o.level) / 2);
    *high = quantile_of(draws, kept, (1 + b->o.level) / 2);
}

static void
draw_once(struct bootstrap *b, uint32_t replicate, efti_statistic statistic, void *user)
{
    memset(b->weights.items, 0, b->o.clusters * sizeof(*b->weights.items));
    for (uint32_t i = 0; i < b->o.clusters; i++)
        b->weights.items[efti_random_below(b->random, b->o.clusters)]++;
    statistic(user, b->weights.items, b->once.items);
    for (uint32_t v = 0; v < b->o.values; v++)
        b->draws.items[(size_t)v * b->o.replicates + replicate] = b->once.items[v];
}

static eft_status
bootstrap_open(struct bootstrap *b, eft_error *err)
{
    size_t cells;

    if (b->o.replicates == 0)
        b->o.replicates = DEFAULT_REPLICATES;
    if (b->o.seed == 0)
        b->o.seed = EFTI_SEED;
    if (b->o.level <= 0)
        b->o.level = 0.95;
    if (b->o.clusters == 0 || b->o.values == 0 || b->o.level >= 1 ||
        b->o.replicates > MOST_REPLICATES)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "the settings of a bootstrap are out of range");
    if (!efti_mul(b->o.values, b->o.replicates, &cells) ||
        !EFTI_ARRAY_RESERVE(b->mem, &b->weights, b->o.clusters) ||
        !EFTI_ARRAY_RESERVE(b->mem, &b->draws, cells) ||
        !EFTI_ARRAY_RESERVE(b->mem, &b->once, b->o.values))
        return efti_no_memory(err, "a bootstrap");
    return efti_random_new(b->mem, b->o.seed, b->o.stream, &b->random, err);
}

eft_status
efti_bootstrap(const eft_allocator *mem, const struct efti_bootstrap *o,
               efti_statistic statistic, void *user, double *low, double *high,
               eft_error *err)
{
    struct bootstrap b = {.mem = mem, .o = *o};
    eft_status st = bootstrap_open(&b, err);

    for (uint32_t v = 0; v < o->values; v++)
        low[v] = high[v] = st == EFT_OK ? (double)NAN : 0;
    if (st == EFT_OK) {
        for (uint32_t i = 0; i < b.o.replicates; i++)
            draw_once(&b, i, statistic, user);
        for (uint32_t v = 0; v < b.o.values; v++)
            interval_of_draws(&b, v, &low[v], &high[v]);
    }
    efti_random_free(b.random);
    EFTI_ARRAY_FREE(mem, &b.weights);
    EFTI_ARRAY_FREE(mem, &b.draws);
    EFTI_ARRAY_FREE(mem, &b.once);
    return st;
}
