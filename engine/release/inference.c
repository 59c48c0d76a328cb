/*
 * inference.c - intervals and tests by writer, from the sets of a release
 *
 *     set of the whole   w0 8   w1 5   w3 9          x / n of each writer:
 *     set of the part    w0 3          w3 1          3/8   0/5   1/9
 *
 * Records that name no writer are left out: they may be by anybody. Below 8 writers, and
 * where nobody knows who wrote what, there is description only.
 *
 * What is printed is rounded: interval ends outwards, p-values to two digits. Exact ends
 * together with shares and counts would be equations about single writers.
 */
#include "release/internal.h"

#include "stats/adjust.h"

#include <math.h>

#define LEVEL 0.95

/* Writers of a set who take part in inference, with what each has of part and whole. */
static struct efti_ratio
ratio_of_writers(const struct release_job *j, struct release_set part,
                 struct release_set whole)
{
    struct efti_ratio r = {0};

    for (size_t i = 0, p = 0; i < whole.count; i++) {
        uint32_t writer = whole.items[i].writer;
        while (p < part.count && part.items[p].writer < writer)
            p++;
        bool has = p < part.count && part.items[p].writer == writer;
        if (writer != j->f->no_writer)
            efti_ratio_add(&r, has ? part.items[p].count : 0, whole.items[i].count);
    }
    return r;
}

void
efti_row_interval(struct eft_table *t, const char *low_column, const char *high_column,
                  double low, double high, double parts)
{
    if (isnan(low) || isnan(high))
        return;
    /* 1e-9: an end that is a step up to rounding stays on it */
    efti_table_set_real(t, low_column, floor(low * parts + 1e-9) / parts);
    efti_table_set_real(t, high_column, ceil(high * parts - 1e-9) / parts);
}

/* ------------------------------------------------------------------- moments */

/* Fewer writers than this, and three sums would say too much about each. */
#define LEAST_FOR_MOMENTS 10u

/* What is nothing beside `scale` is left of a subtraction, and is nothing. */
static struct efti_two_digits
two_digits(double value, double scale)
{
    struct efti_two_digits d = {0, 0};
    double size = fabs(value);

    if (!(size > 1e-9 * scale))
        return d;
    int exponent = (int)floor(log10(size)) - 1;
    double mantissa = round(size / pow(10, exponent));
    if (mantissa >= 100) { /* 9.96 became 10.0 */
        mantissa = 10;
        exponent++;
    }
    d.mantissa = (int8_t)(value < 0 ? -mantissa : mantissa);
    d.exponent = (int8_t)exponent;
    return d;
}

/* What a sealed state needs of a shown row (tally/sealed.h): of writers with a name, all
 * of them, at least ten of whom are in the cell. */
static void
row_moments(const struct release_job *j, struct eft_table *t, const struct efti_ratio *r,
            uint64_t inside, uint64_t all)
{
    struct efti_two_digits moments[EFTI_MOMENTS];
    bool everybody = !(r->n < (double)all) && !(r->n > (double)all);

    if (j->no_inference != NULL || r->writers < LEAST_FOR_MOMENTS ||
        inside < LEAST_FOR_MOMENTS || !everybody)
        return;
    double p = r->x / r->n;
    moments[EFTI_MOMENT_SQUARES] =
        two_digits(fmax(r->xx - 2 * p * r->xn + p * p * r->nn, 0), r->xx);
    moments[EFTI_MOMENT_CROSS] = two_digits(r->xn - p * r->nn, r->xn);
    moments[EFTI_MOMENT_SIZES] = two_digits(r->nn, 0);
    efti_table_set_moments(t, moments);
}

void
efti_row_share_interval(const struct release_job *j, struct eft_table *t,
                        struct release_set part, struct release_set whole)
{
    if (j->no_inference != NULL)
        return;
    struct efti_ratio r = ratio_of_writers(j, part, whole);
    struct efti_interval i = efti_share_interval(&r, LEVEL);
    row_moments(j, t, &r, part.count, efti_set_cell(whole).count);
    efti_row_interval(t, "share_low", "share_high", i.low, i.high, 1000);
}

void
efti_row_p(struct eft_table *t, const char *column, double p)
{
    if (isnan(p))
        return;
    if (p < 1e-15)
        p = 1e-15; /* nothing smaller can be known of some hundred people */
    double scale = pow(10, 1 - floor(log10(p)));
    efti_table_set_real(t, column, fmin(round(p * scale) / scale, 1));
}

/* The count of a writer in a set that is walked along with another one. */
static double
walk_to(struct release_set s, size_t *at, uint32_t writer)
{
    while (*at < s.count && s.items[*at].writer < writer)
        (*at)++;
    return *at < s.count && s.items[*at].writer == writer ? s.items[*at].count : 0;
}

/* Of writers with a name. */
static double
count_named(const struct release_job *j, struct release_set s)
{
    double count = 0;

    for (size_t i = 0; i < s.count; i++)
        count += s.items[i].writer == j->f->no_writer ? 0 : s.items[i].count;
    return count;
}

struct efti_within
efti_within_of(const struct release_job *j, struct release_set label,
               struct release_set what, struct release_set both)
{
    struct release_set all = efti_base_set(j, RELEASE_BASE_POPULATION);
    struct efti_within w = {0};
    size_t a = 0, x = 0, b = 0;

    if (j->one_text > 0) { /* nobody to compare with themselves: all are one stratum */
        double have = count_named(j, what);
        efti_within_add(&w, (double)j->one_text, count_named(j, label), have, have,
                        count_named(j, both));
        w.writers = (uint32_t)j->one_text;
        return w;
    }
    for (size_t i = 0; i < label.count; i++) {
        uint32_t writer = label.items[i].writer;
        double texts = walk_to(all, &a, writer), have = walk_to(what, &x, writer);
        double here = walk_to(both, &b, writer);
        if (writer != j->f->no_writer)
            efti_within_add(&w, texts, label.items[i].count, have, have, here);
    }
    return w;
}

/* --------------------------------------------------------------------- means */

static void
mean_flush(struct release_mean *m)
{
    efti_ratio_add(&m->ratio, m->sum, m->n);
    m->sum = m->n = 0;
}

void
efti_mean_add(const struct release_job *j, struct release_mean *m, uint32_t writer,
              double value)
{
    if (writer == j->f->no_writer)
        return;
    if (m->n > 0 && m->writer != writer)
        mean_flush(m);
    m->writer = writer;
    m->sum += value;
    m->n++;
}

static struct efti_interval
mean_done(const struct release_job *j, struct release_mean *m)
{
    mean_flush(m);
    return efti_mean_interval(&m->ratio, j->f->settings.feeling_low,
                              j->f->settings.feeling_high, LEVEL);
}

/*
 * A mean that is told roughly (rows.c) would be told finely by the middle of its
 * interval: the interval is then laid evenly around the rounded mean, as far as it
 * reaches on its longer side, rounded up to the same step after half a step for the
 * rounding of the mean.
 */
void
efti_row_mean_interval(const struct release_job *j, struct eft_table *t,
                       const char *low_column, const char *high_column,
                       const struct release_feeling *feeling, double sum,
                       struct release_mean *m)
{
    struct efti_interval i = mean_done(j, m);
    double parts = 100, mean = sum / (double)feeling->cell.count;

    if (j->no_inference != NULL || isnan(i.low) || !efti_mean_is_told(j, feeling, sum))
        return;
    if (feeling->exact)
        row_moments(j, t, &m->ratio, m->ratio.writers, feeling->cell.count);
    if (!feeling->exact) {
        parts = efti_mean_parts(feeling->cell.count);
        double reach =
            ceil(fmax(i.high - i.value, i.value - i.low) * parts + 0.5) / parts;
        mean = floor(mean * parts + 0.5) / parts;
        i.low = mean - reach;
        i.high = mean + reach;
    }
    efti_row_interval(t, low_column, high_column, fmax(i.low, j->f->settings.feeling_low),
                      fmin(i.high, j->f->settings.feeling_high), parts);
}

/* --------------------------------------------------------------------- tests */

eft_status
efti_test_add(struct release_job *j, const struct release_test *t, eft_error *err)
{
    if (!EFTI_PUSH(j->mem, &j->tests))
        return efti_no_memory(err, "the tests of a release");
    j->tests.items[j->tests.count - 1] = *t;
    return EFT_OK;
}

/* "bh over the 18 tests trend of assignment_themes" */
static eft_status
family_name(const struct release_job *j, const struct release_test *test, size_t size,
            eft_text *out, eft_error *err)
{
    struct efti_bytes b;

    efti_bytes_init(&b, j->mem);
    efti_put_text(&b, efti_adjustment_name(j->o->adjustment));
    efti_put_text(&b, " over the ");
    efti_put_u64(&b, size);
    efti_put_text(&b, size == 1 ? " test " : " tests ");
    efti_put_text(&b, test->test);
    efti_put_text(&b, " of ");
    efti_put_text(&b, test->table);
    char *copy = b.failed ? NULL : efti_arena_copy(&j->results->arena, b.data, b.size);
    *out = (eft_text){copy, copy == NULL ? 0 : b.size};
    efti_bytes_free(&b);
    return copy == NULL ? efti_no_memory(err, "the name of a family") : EFT_OK;
}

static void
test_row(struct eft_table *t, const struct release_test *test, double q, eft_text family)
{
    efti_table_set_text(t, "table_name", (eft_text){test->table, strlen(test->table)});
    efti_table_set_text(t, "subject", test->subject);
    efti_table_set_text(t, "test", (eft_text){test->test, strlen(test->test)});
    efti_table_set_text(t, "null", (eft_text){test->null, strlen(test->null)});
    efti_table_set_real(t, "value", round(test->value * 1000) / 1000);
    if (test->at.size > 0)
        efti_table_set_text(t, "at", test->at);
    efti_row_p(t, "p", test->p);
    efti_row_p(t, "q", q);
    if (!isnan(q))
        efti_table_set_text(t, "family", family);
    if (test->note != NULL)
        efti_table_set_text(t, "note", (eft_text){test->note, strlen(test->note)});
}

struct test_family {
    double q;
    eft_text name;
};

/* The tests of one table and name are a family; `p` is scratch. */
static eft_status
adjust_tests(struct release_job *j, struct test_family *of, double *p, eft_error *err)
{
    for (size_t i = 0; i < j->tests.count; i++) {
        const struct release_test *first = &j->tests.items[i];
        eft_text name = {"", 0};
        size_t size = 0;
        bool seen = false;
        for (size_t k = 0; k < j->tests.count; k++) {
            const struct release_test *t = &j->tests.items[k];
            bool same =
                strcmp(t->table, first->table) == 0 && strcmp(t->test, first->test) == 0;
            seen = seen || (same && k < i);
            p[k] = same ? t->p : (double)NAN;
            size += isnan(p[k]) ? 0 : 1;
        }
        if (seen || size == 0)
            continue;
        eft_status st = family_name(j, first, size, &name, err);
        if (st == EFT_OK)
            st = efti_adjust(j->mem, p, j->tests.count, j->o->adjustment, p, err);
        if (st != EFT_OK)
            return st;
        for (size_t k = 0; k < j->tests.count; k++) {
            if (!isnan(p[k]))
                of[k] = (struct test_family){p[k], name};
        }
    }
    return EFT_OK;
}

eft_status
efti_release_tests(struct release_job *j, eft_error *err)
{
    EFTI_ARRAY(struct test_family) of = {0};
    EFTI_ARRAY(double) scratch = {0};
    struct eft_table *t;
    eft_status st = efti_results_add(j->results, EFTI_TABLE_TESTS, NULL, &t, err);
    size_t count = j->tests.count;

    if (st == EFT_OK && (!RELEASE_ARRAY_MAKE(j->mem, &of, count) ||
                         !RELEASE_ARRAY_MAKE(j->mem, &scratch, count)))
        st = efti_no_memory(err, "the tests of a release");
    for (size_t i = 0; i < count && st == EFT_OK; i++)
        of.items[i] = (struct test_family){(double)NAN, {"", 0}};
    if (st == EFT_OK)
        st = adjust_tests(j, of.items, scratch.items, err);
    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        if ((st = efti_table_row(t, err)) == EFT_OK)
            test_row(t, &j->tests.items[i], of.items[i].q, of.items[i].name);
    }
    EFTI_ARRAY_FREE(j->mem, &of);
    EFTI_ARRAY_FREE(j->mem, &scratch);
    return st == EFT_OK ? efti_table_end(j, t, err) : st;
}
