/*
 * permute.c - heterogeneity between groups; trend and change point within writers
 *
 * Heterogeneity. The number of writers in each group stays; who is where is dealt anew.
 * The statistic is Pearson's chi-square of the group totals, used only for comparing with
 * itself, so the likeness of a writer's texts does not disturb it.
 *
 * Trend. With v a text's value and t its period, both as deviations from the writer's own
 * mean, slope = sum v t / sum t^2. Under the null the values of a writer are dealt over
 * their texts. A cut before period c replaces t by "in c or later". For every cut the sum
 * is divided by its standard deviation under the null, which is known in closed form:
 *
 *     Var = sum over writers of (sum t^2) (sum v^2) / (texts - 1)
 *
 * and the largest is compared with the largest of each draw.
 */
#include "stats/permute.h"

#include "stats/cluster.h"
#include "stats/distribution.h"

#include <math.h>

/* Above this many texts the null is as good as normal and drawing would take minutes: the
 * slope gets its normal tail, the change point Bonferroni's bound over its cuts. */
#define MOST_DRAWN_TEXTS 5000u
/* Writers times draws: fewer draws for very many writers, where p needs fewer of them. */
#define MOST_DRAWN_WRITERS 8000000u

static struct efti_permutation
permutation_of(const struct efti_permutation *o)
{
    struct efti_permutation p = o == NULL ? (struct efti_permutation){0} : *o;

    if (p.seed == 0)
        p.seed = EFTI_SEED;
    if (p.draws == 0)
        p.draws = EFTI_DRAWS;
    return p;
}

/* A draw may differ from the observed arrangement by rounding alone. */
static bool
at_least(double drawn, double observed)
{
    return drawn >= observed - 1e-9 * (fabs(observed) + 1);
}

/* ------------------------------------------------------------ heterogeneity */

struct group_sum {
    double x, n;
};

static double
spread_of_groups(const struct efti_grouped *w, const uint32_t *order, size_t writers,
                 struct group_sum *sums, uint32_t groups, double share)
{
    double chi = 0;

    memset(sums, 0, groups * sizeof(*sums));
    for (size_t i = 0; i < writers; i++) {
        struct group_sum *g = &sums[w[i].group];
        g->x += w[order[i]].x;
        g->n += w[order[i]].n;
    }
    for (uint32_t g = 0; g < groups; g++) {
        double d = sums[g].x - share * sums[g].n;
        if (sums[g].n > 0)
            chi += d * d / (sums[g].n * share * (1 - share));
    }
    return chi;
}

static uint32_t
range_of_groups(const struct group_sum *sums, uint32_t groups,
                struct efti_heterogeneity *out)
{
    uint32_t used = 0;

    for (uint32_t g = 0; g < groups; g++) {
        if (!(sums[g].n > 0))
            continue;
        double share = sums[g].x / sums[g].n;
        out->low = used == 0 ? share : fmin(out->low, share);
        out->high = used == 0 ? share : fmax(out->high, share);
        used++;
    }
    return used;
}

eft_status
efti_heterogeneity(const eft_allocator *mem, const struct efti_grouped *w, size_t writers,
                   uint32_t groups, const struct efti_permutation *o,
                   struct efti_heterogeneity *out, eft_error *err)
{
    struct efti_permutation perm = permutation_of(o);
    EFTI_ARRAY(uint32_t) order = {0};
    EFTI_ARRAY(struct group_sum) sums = {0};
    struct efti_random *random = NULL;
    double x = 0, n = 0;
    uint32_t extreme = 0;
    eft_status st = EFT_OK;

    *out =
        (struct efti_heterogeneity){(double)NAN, (double)NAN, (double)NAN, (double)NAN};
    for (size_t i = 0; i < writers; i++) {
        x += w[i].x;
        n += w[i].n;
        if (w[i].group >= groups)
            return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "no such group");
    }
    if (!EFTI_ARRAY_RESERVE(mem, &order, writers + 1) ||
        !EFTI_ARRAY_RESERVE(mem, &sums, (size_t)groups + 1))
        st = efti_no_memory(err, "a test between groups");
    else
        st = efti_random_new(mem, perm.seed, perm.stream, &random, err);
    if (st == EFT_OK && n > 0 && x > 0 && x < n) {
        for (size_t i = 0; i < writers; i++)
            order.items[i] = (uint32_t)i;
        out->statistic =
            spread_of_groups(w, order.items, writers, sums.items, groups, x / n);
        if (range_of_groups(sums.items, groups, out) >= 2 &&
            writers >= EFTI_LEAST_WRITERS) {
            if (writers * perm.draws > MOST_DRAWN_WRITERS)
                perm.draws = writers > MOST_DRAWN_WRITERS / 199
                                 ? 199
                                 : (uint32_t)(MOST_DRAWN_WRITERS / writers);
            for (uint32_t d = 0; d < perm.draws; d++) {
                efti_random_shuffle(random, order.items, writers);
                extreme += at_least(
                    spread_of_groups(w, order.items, writers, sums.items, groups, x / n),
                    out->statistic);
            }
            out->p = (double)(extreme + 1) / (double)(perm.draws + 1);
        }
    }
    efti_random_free(random);
    EFTI_ARRAY_FREE(mem, &order);
    EFTI_ARRAY_FREE(mem, &sums);
    return st;
}

/* -------------------------------------------------------------------- trend */

struct trend_job {
    const struct efti_dated *texts;
    size_t count;
    uint32_t periods;
    EFTI_ARRAY(double) value;    /* less the writer's mean; dealt anew within writers */
    EFTI_ARRAY(double) by;       /* sum of values by period */
    EFTI_ARRAY(double) variance; /* of each cut; [0]: of the slope */
    EFTI_ARRAY(double) denominator;
    uint32_t writers; /* who can tell anything */
};

static size_t
end_of_writer(const struct trend_job *j, size_t from)
{
    size_t to = from;

    while (to < j->count && j->texts[to].writer == j->texts[from].writer)
        to++;
    return to;
}

/* One writer's share of every variance. Deviations of periods from the writer's mean are
 * in the variance; the sums themselves may use plain periods, for values sum to zero. */
static void
trend_writer(struct trend_job *j, size_t from, size_t to)
{
    double n = (double)(to - from), mean = 0, squares = 0, time = 0, times = 0;

    for (size_t i = from; i < to; i++) {
        mean += j->texts[i].value / n;
        time += (double)j->texts[i].period;
        times += (double)j->texts[i].period * (double)j->texts[i].period;
    }
    for (size_t i = from; i < to; i++) {
        j->value.items[i] = j->texts[i].value - mean;
        squares += j->value.items[i] * j->value.items[i];
    }
    times -= time * time / n;
    if (n < 2)
        return;
    j->writers += times > 0 && squares > 1e-12;
    j->variance.items[0] += times * squares / (n - 1);
    j->denominator.items[0] += times;
    for (uint32_t c = 1; c < j->periods; c++) {
        double after = 0;
        for (size_t i = from; i < to; i++)
            after += j->texts[i].period >= c;
        double spread = after - after * after / n;
        j->variance.items[c] += spread * squares / (n - 1);
        j->denominator.items[c] += spread;
    }
}

/* Standardised sums: the slope, and the largest cut (its number in *cut). */
static double
trend_scores(struct trend_job *j, double *slope, uint32_t *cut)
{
    double after = 0, best = 0, sum = 0;

    memset(j->by.items, 0, j->periods * sizeof(*j->by.items));
    for (size_t i = 0; i < j->count; i++)
        j->by.items[j->texts[i].period] += j->value.items[i];
    *cut = 0;
    for (uint32_t c = j->periods; c > 0; c--) {
        after += j->by.items[c - 1];
        sum += (double)(c - 1) * j->by.items[c - 1];
        if (c - 1 == 0 || !(j->variance.items[c - 1] > 0))
            continue;
        double z = fabs(after) / sqrt(j->variance.items[c - 1]);
        if (z >= best) {
            best = z;
            *cut = c - 1;
        }
    }
    *slope = j->variance.items[0] > 0 ? sum / sqrt(j->variance.items[0]) : 0;
    return best;
}

static void
shuffle_values(struct trend_job *j, struct efti_random *random)
{
    for (size_t from = 0; from < j->count;) {
        size_t to = end_of_writer(j, from);
        for (size_t i = to - from; i > 1; i--) {
            size_t k = efti_random_below(random, (uint32_t)i);
            double kept = j->value.items[from + i - 1];
            j->value.items[from + i - 1] = j->value.items[from + k];
            j->value.items[from + k] = kept;
        }
        from = to;
    }
}

static void
trend_draws(struct trend_job *j, const struct efti_permutation *o,
            struct efti_random *random, struct efti_trend *out)
{
    double slope, drawn, after = 0;
    uint32_t cut, slopes = 0, cuts = 0, ignored;
    double best = trend_scores(j, &slope, &cut);

    if (j->writers < EFTI_LEAST_WRITERS || cut == 0)
        return;
    for (uint32_t p = cut; p < j->periods; p++)
        after += j->by.items[p];
    out->slope = slope * sqrt(j->variance.items[0]) / j->denominator.items[0];
    out->from = cut;
    out->change = after / j->denominator.items[cut];
    if (j->count > MOST_DRAWN_TEXTS) {
        out->p = efti_normal_two_sided(slope);
        out->change_p = fmin(1, (double)(j->periods - 1) * efti_normal_two_sided(best));
        return;
    }
    for (uint32_t d = 0; d < o->draws; d++) {
        shuffle_values(j, random);
        cuts += at_least(trend_scores(j, &drawn, &ignored), best);
        slopes += at_least(fabs(drawn), fabs(slope));
    }
    out->p = (double)(slopes + 1) / (double)(o->draws + 1);
    out->change_p = (double)(cuts + 1) / (double)(o->draws + 1);
}

eft_status
efti_trend(const eft_allocator *mem, const struct efti_dated *texts, size_t count,
           uint32_t periods, const struct efti_permutation *o, struct efti_trend *out,
           eft_error *err)
{
    const struct efti_permutation perm = permutation_of(o);
    struct trend_job j = {.texts = texts, .count = count, .periods = periods};
    struct efti_random *random = NULL;
    eft_status st = EFT_OK;

    *out = (struct efti_trend){.slope = (double)NAN,
                               .p = (double)NAN,
                               .change = (double)NAN,
                               .change_p = (double)NAN};
    for (size_t i = 0; i < count; i++) {
        if (texts[i].period >= periods ||
            (i > 0 && texts[i].writer < texts[i - 1].writer))
            return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                             "the texts of a trend are out of order");
    }
    if (!EFTI_ARRAY_RESERVE(mem, &j.value, count + 1) ||
        !EFTI_ARRAY_RESERVE(mem, &j.by, (size_t)periods + 1) ||
        !EFTI_ARRAY_RESERVE(mem, &j.variance, (size_t)periods + 1) ||
        !EFTI_ARRAY_RESERVE(mem, &j.denominator, (size_t)periods + 1))
        st = efti_no_memory(err, "a trend");
    else
        st = efti_random_new(mem, perm.seed, perm.stream, &random, err);
    if (st == EFT_OK && periods >= 2) {
        memset(j.variance.items, 0, periods * sizeof(*j.variance.items));
        memset(j.denominator.items, 0, periods * sizeof(*j.denominator.items));
        for (size_t from = 0; from < count;) {
            size_t to = end_of_writer(&j, from);
            trend_writer(&j, from, to);
            from = to;
        }
        if (perm.one_stratum)
            j.writers = (uint32_t)count;
        trend_draws(&j, &perm, random, out);
    }
    efti_random_free(random);
    EFTI_ARRAY_FREE(mem, &j.value);
    EFTI_ARRAY_FREE(mem, &j.by);
    EFTI_ARRAY_FREE(mem, &j.variance);
    EFTI_ARRAY_FREE(mem, &j.denominator);
    return st;
}

double
efti_trend_in_proportions(const double *x, const double *n, const double *score,
                          size_t count)
{
    double sx = 0, sn = 0, st = 0, observed = 0, spread = 0;

    for (size_t i = 0; i < count; i++) {
        double t = score == NULL ? (double)i + 1 : score[i];
        sx += x[i];
        sn += n[i];
        st += n[i] * t;
    }
    if (!(sx > 0 && sx < sn))
        return (double)NAN;
    double p = sx / sn, mean = st / sn;
    for (size_t i = 0; i < count; i++) {
        double t = (score == NULL ? (double)i + 1 : score[i]) - mean;
        observed += x[i] * t;
        spread += n[i] * t * t;
    }
    return spread > 0 ? observed * observed / (p * (1 - p) * spread) : (double)NAN;
}
