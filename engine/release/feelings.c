/*
 * feelings.c - what people felt who wrote about a theme
 *
 * Row 'all' of a theme: its reflections with a feeling, and their mean, told as rows.c
 * says. Rows by step (3.5 counts as 4), on scales of at most ten steps: conditions
 * theme = t and feeling = s, rests as always, and the feelings of t that are not s.
 *
 * Steps and mean do not go together when a step is hidden. With the number n and the mean
 * m of all, two hidden steps a and b are two equations for two unknowns,
 *
 *     h_a + h_b = n - (steps shown),     a h_a + b h_b = n m - (sum of steps shown),
 *
 * and with three only a handful of whole numbers is left. Rule 8.8 keeps totals and hides
 * parts: if any step of a theme is hidden, all of its steps are. The mean stays, unless
 * it says by itself what all but a few felt (rows.c). Steps also need the exact count of
 * 'all': else the reflections without a feeling would follow from theirs and that of the
 * theme.
 */
#include "release/internal.h"

#include "stats/adjust.h"
#include "stats/distribution.h"

#include <math.h>

#define MAX_STEPS 10.0 /* 0-10 spans ten */

struct feeling_told {
    struct release_feeling feeling;
    double here, here_sum; /* of the writer at hand: texts with the theme */
};
struct feeling_table {
    struct release_job *j;
    struct eft_table *t;
    int64_t low;
    size_t steps;             /* 0: too many to tell apart */
    struct release_sets sets; /* with a feeling by theme; by theme and step; steps */
    EFTI_ARRAY(double) sums;
    EFTI_ARRAY(struct release_mean) means; /* by theme */
    EFTI_ARRAY(struct efti_within) within; /* by theme */
    EFTI_ARRAY(double) p, q;               /* by theme */
    EFTI_ARRAY(struct feeling_told) told;  /* by theme */
    double texts, sum, squares;            /* of the writer at hand, with a feeling */
    uint32_t writer;
    EFTI_ARRAY(struct efti_cell) cells; /* steps of one theme */
};

static size_t
feeling_step_set(const struct feeling_table *x, size_t theme, size_t step)
{
    return x->j->f->theme_count + theme * x->steps + step;
}

static size_t
feeling_of_step(const struct feeling_table *x, double feeling)
{
    double step = floor(feeling + 0.5) - (double)x->low;

    if (!(step > 0))
        return 0;
    return step < (double)x->steps ? (size_t)step : x->steps - 1;
}

/* What the writer felt with each theme, against what they felt in all of their texts. */
static void
feeling_flush(struct feeling_table *x)
{
    for (size_t i = 0; i < x->told.count && x->texts > 0; i++) {
        struct feeling_told *t = &x->told.items[i];
        efti_within_add(&x->within.items[i], x->texts, t->here, x->sum, x->squares,
                        t->here_sum);
        t->here = t->here_sum = 0;
    }
    x->texts = x->sum = x->squares = 0;
}

/* Named writers only; the records of a writer come together. */
static void
feeling_of_writer(struct feeling_table *x, const struct efti_record_view *r)
{
    if (x->texts > 0 && r->writer != x->writer)
        feeling_flush(x);
    if (r->writer == x->j->f->no_writer)
        return;
    x->writer = r->writer;
    x->texts++;
    x->sum += r->feeling;
    x->squares += r->feeling * r->feeling;
}

static void
feeling_with_theme(struct feeling_table *x, const struct efti_record_view *r,
                   uint32_t theme)
{
    x->sums.items[theme] += r->feeling;
    efti_mean_add(x->j, &x->means.items[theme], r->writer, r->feeling);
    if (r->writer == x->j->f->no_writer)
        return;
    x->told.items[theme].here++;
    x->told.items[theme].here_sum += r->feeling;
}

static void
feeling_emit(void *user, const struct efti_record_view *r, struct release_builder *b)
{
    struct feeling_table *x = user;
    size_t step = 0, themes = x->j->f->theme_count;

    if (!r->has_feeling)
        return;
    feeling_of_writer(x, r);
    if (x->steps > 0) {
        step = feeling_of_step(x, r->feeling);
        efti_builder_add(b, feeling_step_set(x, themes, step), 1);
    }
    for (uint32_t i = 0; i < r->theme_count; i++) {
        const struct efti_theme_count *t = &r->themes[i];
        bool skip = t->hits == 0 || t->polarity >= EFTI_UNCERTAIN;
        for (uint32_t k = 0; k < i && !skip; k++)
            skip = r->themes[k].theme == t->theme && r->themes[k].hits > 0 &&
                   r->themes[k].polarity < EFTI_UNCERTAIN;
        if (skip)
            continue;
        efti_builder_add(b, t->theme, 1);
        feeling_with_theme(x, r, t->theme);
        if (x->steps > 0)
            efti_builder_add(b, feeling_step_set(x, t->theme, step), 1);
    }
}

/* The cells of all steps of a theme; do all of them pass? */
static bool
feeling_steps_pass(struct feeling_table *x, uint32_t theme, uint64_t *passing)
{
    struct release_set with = efti_set_at(&x->sets, theme);
    struct release_set whole =
        efti_base_set(x->j, efti_base_theme(x->j, theme, RELEASE_ANY));

    *passing = 0;
    for (size_t s = 0; s < x->steps; s++) {
        struct release_set set = efti_set_at(&x->sets, feeling_step_set(x, theme, s));
        struct release_set step =
            efti_set_at(&x->sets, feeling_step_set(x, x->j->f->theme_count, s));
        struct efti_cell rests[3] = {efti_set_rest(whole, set), efti_set_rest(step, set),
                                     efti_set_rest(with, set)};
        x->cells.items[s] = efti_set_cell(set);
        *passing += efti_job_shows(x->j, &x->cells.items[s], rests, 3);
    }
    return *passing == x->steps;
}

static eft_status
feeling_row(struct feeling_table *x, uint32_t theme, const char *key, eft_error *err)
{
    eft_status st = efti_table_row(x->t, err);

    if (st != EFT_OK)
        return st;
    efti_table_set_text(x->t, "theme", x->j->f->themes[theme]);
    efti_table_set_text(x->t, "feeling", (eft_text){key, strlen(key)});
    return EFT_OK;
}

static eft_status
feeling_all(struct feeling_table *x, uint32_t theme, const struct release_feeling *told,
            eft_error *err)
{
    eft_status st = feeling_row(x, theme, "all", err);

    if (st != EFT_OK)
        return st;
    efti_row_fresh(x->t, &x->sets, theme);
    if (!told->shown) {
        efti_row_hidden(x->t);
        return EFT_OK;
    }
    if (told->exact) {
        efti_row_cell(x->j, x->t, &told->cell, true);
        efti_row_share(x->t, "share", told->cell.count, told->cell.count);
    } else {
        efti_table_set_integer(x->t, "shown", 1);
        efti_table_set_integer(x->t, "writers_min", x->j->gate.k);
    }
    efti_row_mean(x->j, x->t, "mean", told, x->sums.items[theme]);
    efti_row_mean_interval(x->j, x->t, "mean_low", "mean_high", told,
                           x->sums.items[theme], &x->means.items[theme]);
    if (isnan(x->p.items[theme]))
        return EFT_OK;
    efti_table_set_real(x->t, "difference",
                        round(efti_within_difference(&x->within.items[theme]) * 100) /
                            100);
    efti_row_p(x->t, "p", x->p.items[theme]);
    efti_row_p(x->t, "q", x->q.items[theme]);
    return EFT_OK;
}

static eft_status
feeling_steps(struct feeling_table *x, uint32_t theme, const struct release_feeling *told,
              eft_error *err)
{
    uint64_t passing;
    bool shown = feeling_steps_pass(x, theme, &passing) && told->exact;
    struct efti_bytes key;
    eft_status st = EFT_OK;

    if (!shown)
        x->j->results->hidden_secondary += passing;
    efti_bytes_init(&key, x->j->mem);
    for (size_t s = 0; s < x->steps && st == EFT_OK; s++) {
        efti_bytes_clear(&key);
        efti_put_i64(&key, x->low + (int64_t)s);
        efti_put_char(&key, '\0');
        st = key.failed ? efti_no_memory(err, "a feeling")
                        : feeling_row(x, theme, key.data, err);
        if (st != EFT_OK)
            break;
        efti_row_fresh(x->t, &x->sets, feeling_step_set(x, theme, s));
        if (!shown) {
            efti_row_hidden(x->t);
            continue;
        }
        efti_row_cell(x->j, x->t, &x->cells.items[s], true);
        efti_row_share(x->t, "share", x->cells.items[s].count, told->cell.count);
    }
    efti_bytes_free(&key);
    return st;
}

/* What is told of each theme, and the tests of those whose mean is. */
static eft_status
feeling_tests(struct feeling_table *x, eft_error *err)
{
    struct release_job *j = x->j;

    feeling_flush(x);
    for (uint32_t i = 0; i < j->f->theme_count; i++) {
        struct release_feeling *told = &x->told.items[i].feeling;
        *told = efti_feeling_gate(j, efti_base_set(j, efti_base_theme(j, i, RELEASE_ANY)),
                                  efti_set_at(&x->sets, i), false);
        if (j->theme_shown.items[i] == 0) {
            j->results->hidden_secondary += told->shown;
            told->shown = told->exact = false; /* its parts would give the theme away */
        }
        bool tested =
            j->no_inference == NULL && efti_mean_is_told(j, told, x->sums.items[i]);
        x->p.items[i] = tested ? efti_normal_two_sided(efti_within_z(&x->within.items[i]))
                               : (double)NAN;
    }
    return efti_adjust(j->mem, x->p.items, x->p.count, EFTI_ADJUST_BH, x->q.items, err);
}

static eft_status
feeling_theme(struct feeling_table *x, uint32_t theme, eft_error *err)
{
    const struct release_feeling *told = &x->told.items[theme].feeling;
    eft_status st = feeling_all(x, theme, told, err);

    return st == EFT_OK && x->steps > 0 ? feeling_steps(x, theme, told, err) : st;
}

static eft_status
feeling_rows(struct feeling_table *x, eft_error *err)
{
    size_t themes = x->j->f->theme_count;
    const eft_allocator *mem = x->j->mem;
    eft_status st;

    if (!RELEASE_ARRAY_MAKE(mem, &x->sums, themes) ||
        !RELEASE_ARRAY_MAKE(mem, &x->means, themes) ||
        !RELEASE_ARRAY_MAKE(mem, &x->within, themes) ||
        !RELEASE_ARRAY_MAKE(mem, &x->told, themes) ||
        !RELEASE_ARRAY_MAKE(mem, &x->p, themes) ||
        !RELEASE_ARRAY_MAKE(mem, &x->q, themes) ||
        !RELEASE_ARRAY_MAKE(mem, &x->cells, x->steps))
        return efti_no_memory(err, "the feelings of the themes");
    for (size_t i = 0; i < themes; i++) {
        x->sums.items[i] = 0;
        x->means.items[i] = (struct release_mean){0};
        x->within.items[i] = (struct efti_within){0};
        x->told.items[i] = (struct feeling_told){0};
    }
    st = efti_sets_build(x->j, themes + (themes + 1) * x->steps, feeling_emit, x,
                         &x->sets, err);
    if (st == EFT_OK)
        st = feeling_tests(x, err);
    for (uint32_t i = 0; i < themes && st == EFT_OK; i++)
        st = feeling_theme(x, i, err);
    return st;
}

eft_status
efti_release_feelings(struct release_job *j, eft_error *err)
{
    const struct efti_tally_settings *s = &j->f->settings;
    struct feeling_table x = {.j = j};
    eft_status st =
        efti_results_add(j->results, EFTI_TABLE_FEELING_BY_THEME, NULL, &x.t, err);

    /* the whole numbers that feelings are rounded to; ends within what an int64 holds */
    if (s->feeling_high >= s->feeling_low && fabs(s->feeling_low) < 1e15 &&
        s->feeling_high - s->feeling_low <= MAX_STEPS) {
        x.low = (int64_t)floor(s->feeling_low + 0.5);
        x.steps = (size_t)(floor(s->feeling_high + 0.5) - (double)x.low) + 1;
    }
    if (st == EFT_OK)
        st = feeling_rows(&x, err);
    efti_sets_free(j->mem, &x.sets);
    EFTI_ARRAY_FREE(j->mem, &x.sums);
    EFTI_ARRAY_FREE(j->mem, &x.cells);
    EFTI_ARRAY_FREE(j->mem, &x.means);
    EFTI_ARRAY_FREE(j->mem, &x.within);
    EFTI_ARRAY_FREE(j->mem, &x.told);
    EFTI_ARRAY_FREE(j->mem, &x.p);
    EFTI_ARRAY_FREE(j->mem, &x.q);
    return st == EFT_OK ? efti_table_end(j, x.t, err) : st;
}
