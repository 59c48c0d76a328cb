/*
 * feelings.c - what people felt who wrote about a theme, with a tag, in an assignment
 *
 * One table for each. Row 'all' of a theme: its reflections with a feeling, and their
 * mean, told as rows.c says; of a tag or an assignment it says what `overview` says, for
 * the same judgement is asked. Rows by step (3.5 counts as 4), on scales of at most ten
 * steps: conditions theme = t and feeling = s, rests as always, and the feelings of t
 * that are not s.
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
 *
 * Steps of all reflections together are told nowhere. So a column of steps over the
 * assignments has no total, and one that is hidden does not follow from the others.
 */
#include "release/internal.h"

#include "stats/adjust.h"
#include "stats/distribution.h"

#include <math.h>

#define MAX_STEPS 10.0 /* 0-10 spans ten */

/* A theme, a tag or an assignment. */
struct feeling_subject {
    struct release_feeling feeling;
    double sum;
    struct release_mean mean;
    struct efti_within within;
    double here, here_sum; /* of the writer at hand: texts with it */
    uint32_t seen;         /* the last record, + 1 */
};
struct feeling_table {
    struct release_job *j;
    struct eft_table *t;
    const struct release_role *role; /* NULL: themes */
    const char *key;                 /* name of the key column */
    size_t subjects;
    int64_t low;
    size_t steps;             /* 0: too many to tell apart */
    struct release_sets sets; /* with a feeling by subject; by subject and step; steps;
                                 of a role: all of each subject */
    EFTI_ARRAY(struct feeling_subject) of;
    EFTI_ARRAY(double) p, q;    /* by subject */
    double texts, sum, squares; /* of the writer at hand, with a feeling */
    uint32_t writer, record;
    EFTI_ARRAY(struct efti_cell) cells; /* steps of one subject */
};

static size_t
feeling_step_set(const struct feeling_table *x, size_t subject, size_t step)
{
    return x->subjects + subject * x->steps + step;
}

static size_t
feeling_whole_set(const struct feeling_table *x, size_t subject)
{
    return feeling_step_set(x, x->subjects + 1, 0) + subject;
}

/* All reflections of the subject, with a feeling or without. */
static struct release_set
feeling_whole(const struct feeling_table *x, size_t subject)
{
    if (x->role == NULL)
        return efti_base_set(x->j, efti_base_theme(x->j, (uint32_t)subject, RELEASE_ANY));
    return efti_set_at(&x->sets, feeling_whole_set(x, subject));
}

static bool
feeling_is_printed(const struct feeling_table *x, size_t subject)
{
    return x->role == NULL || x->role->slots.items[subject].printed;
}

/* ------------------------------------------------------------------ gathering */

static size_t
feeling_of_step(const struct feeling_table *x, double feeling)
{
    double step = floor(feeling + 0.5) - (double)x->low;

    if (!(step > 0))
        return 0;
    return step < (double)x->steps ? (size_t)step : x->steps - 1;
}

/* What the writer felt with each subject, against what they felt in all of their texts.
 */
static void
feeling_flush(struct feeling_table *x)
{
    for (size_t i = 0; i < x->subjects && x->texts > 0; i++) {
        struct feeling_subject *s = &x->of.items[i];
        efti_within_add(&s->within, x->texts, s->here, x->sum, x->squares, s->here_sum);
        s->here = s->here_sum = 0;
    }
    x->texts = x->sum = x->squares = 0;
}

/* Named writers only; the records of a writer come together. */
static void
feeling_of_writer(struct feeling_table *x, const struct efti_record_view *r)
{
    if (x->texts > 0 && r->writer != x->writer && x->j->one_text == 0)
        feeling_flush(x);
    if (r->writer == x->j->f->no_writer)
        return;
    x->writer = r->writer;
    x->texts++;
    x->sum += r->feeling;
    x->squares += r->feeling * r->feeling;
}

static void
feeling_add(struct feeling_table *x, const struct efti_record_view *r, uint32_t subject,
            struct release_builder *b)
{
    if (subject == EFTI_NO_ID || x->of.items[subject].seen == x->record)
        return;
    struct feeling_subject *s = &x->of.items[subject];
    s->seen = x->record;
    if (x->role != NULL)
        efti_builder_add(b, feeling_whole_set(x, subject), 1);
    if (!r->has_feeling)
        return;
    efti_builder_add(b, subject, 1);
    if (x->steps > 0)
        efti_builder_add(b, feeling_step_set(x, subject, feeling_of_step(x, r->feeling)),
                         1);
    s->sum += r->feeling;
    efti_mean_add(x->j, &s->mean, r->writer, r->feeling);
    if (r->writer == x->j->f->no_writer)
        return;
    s->here++;
    s->here_sum += r->feeling;
}

static void
feeling_emit(void *user, const struct efti_record_view *r, struct release_builder *b)
{
    struct feeling_table *x = user;

    x->record++;
    if (r->has_feeling) {
        feeling_of_writer(x, r);
        if (x->steps > 0)
            efti_builder_add(
                b, feeling_step_set(x, x->subjects, feeling_of_step(x, r->feeling)), 1);
    }
    if (x->role == NULL) {
        for (uint32_t i = 0; i < r->theme_count; i++) {
            if (r->themes[i].hits > 0 && r->themes[i].polarity < EFTI_UNCERTAIN)
                feeling_add(x, r, r->themes[i].theme, b);
        }
    } else if (x->role->role == EFTI_LABEL_TAG) {
        for (uint32_t i = 0; i < r->tag_count; i++)
            feeling_add(x, r, efti_label_slot(x->role, r->tags[i]), b);
    } else {
        feeling_add(x, r, efti_record_slot(x->j, x->role, r), b);
    }
}

/* ----------------------------------------------------------------------- rows */

/* The cells of all steps of a subject; do all of them pass? */
static bool
feeling_steps_pass(struct feeling_table *x, size_t subject, uint64_t *passing)
{
    struct release_set with = efti_set_at(&x->sets, subject);
    struct release_set whole = feeling_whole(x, subject);

    *passing = 0;
    for (size_t s = 0; s < x->steps; s++) {
        struct release_set set = efti_set_at(&x->sets, feeling_step_set(x, subject, s));
        struct release_set step =
            efti_set_at(&x->sets, feeling_step_set(x, x->subjects, s));
        struct efti_cell rests[3] = {efti_set_rest(whole, set), efti_set_rest(step, set),
                                     efti_set_rest(with, set)};
        x->cells.items[s] = efti_set_cell(set);
        *passing += efti_job_shows(x->j, &x->cells.items[s], rests, 3);
    }
    return *passing == x->steps;
}

static eft_status
feeling_row(struct feeling_table *x, size_t subject, const char *step, eft_error *err)
{
    eft_status st = efti_table_row(x->t, err);

    if (st != EFT_OK)
        return st;
    efti_table_set_text(x->t, x->key,
                        x->role == NULL ? x->j->f->themes[subject]
                                        : x->role->slots.items[subject].name);
    efti_table_set_text(x->t, "feeling", (eft_text){step, strlen(step)});
    return EFT_OK;
}

static eft_status
feeling_all(struct feeling_table *x, size_t subject, eft_error *err)
{
    struct feeling_subject *s = &x->of.items[subject];
    const struct release_feeling *told = &s->feeling;
    eft_status st = feeling_row(x, subject, "all", err);

    if (st != EFT_OK)
        return st;
    efti_row_fresh(x->t, &x->sets, subject);
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
    efti_row_mean(x->j, x->t, "mean", told, s->sum);
    efti_row_mean_interval(x->j, x->t, "mean_low", "mean_high", told, s->sum, &s->mean);
    if (isnan(x->p.items[subject]))
        return EFT_OK;
    efti_table_set_real(x->t, "difference",
                        round(efti_within_difference(&s->within) * 100) / 100);
    efti_row_p(x->t, "p", x->p.items[subject]);
    efti_row_p(x->t, "q", x->q.items[subject]);
    return EFT_OK;
}

/* -------------------------------------------------------------- rounded shares */

#define MANY_SHARES                                                                      \
    400u /* hundredths: four whole numbers of such a step round to each                  \
          */

static double
share_parts(uint64_t whole)
{
    return whole < MANY_SHARES ? 20 : 100;
}

/* How many twentieths of those with a feeling are at step s. */
static double
share_rounded(const struct feeling_table *x, size_t subject, size_t s, double parts)
{
    double n = (double)x->of.items[subject].feeling.cell.count;

    return floor((double)x->cells.items[s].count / n * parts + 0.5);
}

/* The least and most sum of steps that n reflections can have whose shares round so;
 * false: no n reflections do. What is left over after the least of each step goes to the
 * lowest ones, or to the highest. */
static bool
range_of_steps(const struct feeling_table *x, size_t subject, double n, double parts,
               double *least, double *most)
{
    double left_low = n, left_high;

    *least = *most = 0;
    for (size_t s = 0; s < x->steps; s++) {
        double r = share_rounded(x, subject, s, parts);
        double low = fmax(ceil(n * (r - 0.5) / parts), x->j->gate.k);
        left_low -= low;
        *least += low * (double)s;
    }
    *most = *least;
    left_high = left_low;
    for (size_t s = 0; s < x->steps; s++) {
        size_t t = x->steps - 1 - s;
        for (int up = 0; up < 2; up++) {
            size_t at = up == 0 ? s : t;
            double r = share_rounded(x, subject, at, parts);
            double low = fmax(ceil(n * (r - 0.5) / parts), x->j->gate.k);
            double room = ceil(n * (r + 0.5) / parts) - 1 - low;
            double *left = up == 0 ? &left_low : &left_high;
            double take = fmin(room, *left);
            if (room < 0)
                return false;
            *left -= take;
            *(up == 0 ? least : most) += take * (double)at;
        }
    }
    return left_low > -0.5 && left_low < 0.5 && left_high < 0.5;
}

/* Do n reflections agree with the rounded shares and the rounded mean? One reflection may
 * pass over at most all steps, so sums that are further apart than that are reached. */
static bool
count_agrees(const struct feeling_table *x, size_t subject, double n, double parts)
{
    const struct feeling_subject *s = &x->of.items[subject];
    double least, most;

    if (!range_of_steps(x, subject, n, parts, &least, &most))
        return false;
    if (!efti_mean_is_told(x->j, &s->feeling, s->sum))
        return true;
    double by = efti_mean_parts(s->feeling.cell.count);
    double mean = floor(s->sum / (double)s->feeling.cell.count * by + 0.5);
    double from = n * ((mean - 0.5) / by - (double)x->low);
    double to = n * ((mean + 0.5) / by - (double)x->low);
    return fmin(most, to) - fmax(least, from) >= (double)(x->steps - 1);
}

/* May steps be told roughly where the number of those with a feeling is not? */
static bool
feeling_is_rough(const struct feeling_table *x, size_t subject)
{
    const struct release_feeling *told = &x->of.items[subject].feeling;
    uint64_t whole = efti_set_cell(feeling_whole(x, subject)).count;

    if (!told->shown || told->exact || whole <= x->j->gate.k)
        return false;
    for (uint64_t less = 0; less <= x->j->gate.k; less++) {
        if (!count_agrees(x, subject, (double)(whole - less), share_parts(whole)))
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------- rows by step */

static void
feeling_step(struct feeling_table *x, size_t subject, size_t s, bool exact)
{
    const struct feeling_subject *of = &x->of.items[subject];
    double parts = share_parts(efti_set_cell(feeling_whole(x, subject)).count);

    if (exact) {
        efti_row_cell(x->j, x->t, &x->cells.items[s], true);
        efti_row_share(x->t, "share", x->cells.items[s].count, of->feeling.cell.count);
        return;
    }
    efti_table_set_integer(x->t, "shown", 1);
    efti_table_set_integer(x->t, "writers_min", x->j->gate.k);
    efti_table_set_real(x->t, "share", share_rounded(x, subject, s, parts) / parts);
}

static eft_status
feeling_steps(struct feeling_table *x, size_t subject, eft_error *err)
{
    bool exact = x->of.items[subject].feeling.exact;
    uint64_t passing;
    bool shown = feeling_steps_pass(x, subject, &passing) &&
                 (exact || feeling_is_rough(x, subject));
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
                        : feeling_row(x, subject, key.data, err);
        if (st != EFT_OK)
            break;
        efti_row_fresh(x->t, &x->sets, feeling_step_set(x, subject, s));
        if (shown)
            feeling_step(x, subject, s, exact);
        else
            efti_row_hidden(x->t);
    }
    efti_bytes_free(&key);
    return st;
}

/* ----------------------------------------------------------------------- told */

static void
judge_themes(struct feeling_table *x)
{
    struct release_job *j = x->j;

    for (size_t i = 0; i < x->subjects; i++) {
        struct release_feeling *told = &x->of.items[i].feeling;
        *told =
            efti_feeling_gate(j, feeling_whole(x, i), efti_set_at(&x->sets, i), false);
        if (j->theme_shown.items[i] == 0) {
            j->results->hidden_secondary += told->shown;
            told->shown = told->exact = false; /* its parts would give the theme away */
        }
    }
}

/* As overview.c does, so that the two say the same. */
static eft_status
judge_slots(struct feeling_table *x, eft_error *err)
{
    EFTI_ARRAY(struct release_feeling) told = {0};
    eft_status st;

    if (!RELEASE_ARRAY_MAKE(x->j->mem, &told, x->subjects))
        return efti_no_memory(err, "the feelings of a table");
    st = efti_role_feelings(x->j, x->role, &x->sets, feeling_whole_set(x, 0), 0,
                            told.items, err);
    for (size_t i = 0; i < x->subjects && st == EFT_OK; i++) {
        struct release_feeling *to = &x->of.items[i].feeling;
        *to = told.items[i];
        to->shown = to->shown && x->role->slots.items[i].shown;
    }
    EFTI_ARRAY_FREE(x->j->mem, &told);
    return st;
}

/* What is told of each subject, and the tests of those whose mean is. */
static eft_status
feeling_tests(struct feeling_table *x, eft_error *err)
{
    struct release_job *j = x->j;
    uint32_t one_text = j->one_text > 0 ? (uint32_t)x->texts : 0;
    eft_status st = EFT_OK;

    feeling_flush(x);
    for (size_t i = 0; i < x->subjects && one_text > 0; i++)
        x->of.items[i].within.writers = one_text; /* all of them are one stratum */
    if (x->role == NULL)
        judge_themes(x);
    else
        st = judge_slots(x, err);
    for (size_t i = 0; i < x->subjects && st == EFT_OK; i++) {
        const struct feeling_subject *s = &x->of.items[i];
        bool tested = j->no_inference == NULL && feeling_is_printed(x, i) &&
                      efti_mean_is_told(j, &s->feeling, s->sum);
        x->p.items[i] =
            tested ? efti_normal_two_sided(efti_within_z(&s->within)) : (double)NAN;
    }
    return st == EFT_OK ? efti_adjust(j->mem, x->p.items, x->subjects, j->o->adjustment,
                                      x->q.items, err)
                        : st;
}

static eft_status
feeling_rows(struct feeling_table *x, eft_error *err)
{
    const eft_allocator *mem = x->j->mem;
    size_t count = x->subjects, sets;

    if (!efti_mul(count + 1, x->steps, &sets) || !efti_add(sets, 2 * count, &sets))
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "a table has too many cells");
    if (!RELEASE_ARRAY_MAKE(mem, &x->of, count) ||
        !RELEASE_ARRAY_MAKE(mem, &x->p, count) ||
        !RELEASE_ARRAY_MAKE(mem, &x->q, count) ||
        !RELEASE_ARRAY_MAKE(mem, &x->cells, x->steps))
        return efti_no_memory(err, "the feelings of a table");
    for (size_t i = 0; i < count; i++)
        x->of.items[i] = (struct feeling_subject){0};
    eft_status st = efti_sets_build(x->j, sets, feeling_emit, x, &x->sets, err);
    if (st == EFT_OK)
        st = feeling_tests(x, err);
    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        if (!feeling_is_printed(x, i))
            continue;
        st = feeling_all(x, i, err);
        if (st == EFT_OK && x->steps > 0)
            st = feeling_steps(x, i, err);
    }
    return st;
}

static eft_status
feeling_table(struct release_job *j, enum efti_table_id id,
              const struct release_role *role, const char *key, eft_error *err)
{
    const struct efti_tally_settings *s = &j->f->settings;
    struct feeling_table x = {.j = j,
                              .role = role,
                              .key = key,
                              .subjects =
                                  role == NULL ? j->f->theme_count : role->slots.count};
    eft_status st = efti_results_add(j->results, id, NULL, &x.t, err);

    /* the whole numbers that feelings are rounded to; ends within what an int64 holds */
    if (s->feeling_high >= s->feeling_low && fabs(s->feeling_low) < 1e15 &&
        s->feeling_high - s->feeling_low <= MAX_STEPS) {
        x.low = (int64_t)floor(s->feeling_low + 0.5);
        x.steps = (size_t)(floor(s->feeling_high + 0.5) - (double)x.low) + 1;
    }
    if (st == EFT_OK)
        st = feeling_rows(&x, err);
    efti_sets_free(j->mem, &x.sets);
    EFTI_ARRAY_FREE(j->mem, &x.of);
    EFTI_ARRAY_FREE(j->mem, &x.cells);
    EFTI_ARRAY_FREE(j->mem, &x.p);
    EFTI_ARRAY_FREE(j->mem, &x.q);
    return st == EFT_OK ? efti_table_end(j, x.t, err) : st;
}

eft_status
efti_release_feelings(struct release_job *j, eft_error *err)
{
    const struct release_role *roles = j->roles.items;
    eft_status st = feeling_table(j, EFTI_TABLE_FEELING_BY_THEME, NULL, "theme", err);

    if (st == EFT_OK)
        st = feeling_table(j, EFTI_TABLE_FEELING_BY_TAG, &roles[EFTI_LABEL_TAG], "tag",
                           err);
    return st == EFT_OK ? feeling_table(j, EFTI_TABLE_FEELING_BY_ASSIGNMENT,
                                        &roles[EFTI_LABEL_ASSIGNMENT], "assignment", err)
                        : st;
}
