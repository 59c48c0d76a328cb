/*
 * feelings.c - what people felt who wrote about a theme, with a tag, in an assignment
 *
 * One table for each. Row 'all' of a theme: its reflections with a feeling, and their
 * mean, told as rows.c says; of a tag or an assignment it says what `overview` says, for
 * the same judgement is asked. Rows by step (3.5 counts as 4), on scales of at most ten
 * steps: conditions theme = t and feeling = s, rests as always, and the feelings of t
 * that are not s.
 *
 * What of a distribution may be told beside the mean is said in feelings_steps.c.
 */
#include "release/feelings.h"

#include "stats/adjust.h"
#include "stats/distribution.h"

#include <math.h>

#define MAX_STEPS 10.0 /* 0-10 spans ten */

/* ------------------------------------------------------------------ gathering */

static size_t
feeling_of_step(const struct feeling_table *x, double feeling)
{
    double step = floor(feeling + 0.5) - (double)x->low;

    if (!(step > 0))
        return 0;
    return step < (double)x->steps ? (size_t)step : x->steps - 1;
}

size_t
efti_feeling_part(const struct feeling_table *x, double feeling, bool classes)
{
    size_t step = feeling_of_step(x, feeling);

    return classes ? step >= FEELING_MIDDLE : step;
}

/* One more at this step, and in its class. */
static void
feeling_count(struct feeling_table *x, size_t subject, double feeling,
              struct release_builder *b)
{
    size_t step = feeling_of_step(x, feeling);

    if (x->steps > 0)
        efti_builder_add(b, feeling_step_set(x, subject, step), 1);
    if (x->classes > 0)
        efti_builder_add(b, feeling_class_set(x, subject, step >= FEELING_MIDDLE), 1);
}

/* What the writer felt with each subject, against what they felt in all
 * of their texts. */
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
    efti_builder_add(b, feeling_below_set(x, subject), efti_feels_below(x->j, r));
    efti_builder_add(b, feeling_above_set(x, subject), efti_feels_above(x->j, r));
    feeling_count(x, subject, r->feeling, b);
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
        feeling_count(x, x->subjects, r->feeling, b);
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

eft_status
efti_feeling_row(struct feeling_table *x, size_t subject, const char *step,
                 eft_error *err)
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
    eft_status st = efti_feeling_row(x, subject, "all", err);

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

/* ----------------------------------------------------------------------- told */

static void
judge_themes(struct feeling_table *x)
{
    struct release_job *j = x->j;

    for (size_t i = 0; i < x->subjects; i++) {
        struct release_feeling *told = &x->of.items[i].feeling;
        *told = efti_feeling_gate(j, feeling_whole(x, i), efti_set_at(&x->sets, i),
                                  efti_set_at(&x->sets, feeling_below_set(x, i)),
                                  efti_set_at(&x->sets, feeling_above_set(x, i)), false);
        told->exact = told->exact && (told->mean || !efti_feeling_is_yes_no(j));
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
    const struct release_felt at = {feeling_whole_set(x, 0), 0, feeling_below_set(x, 0),
                                    feeling_above_set(x, 0)};
    eft_status st;

    if (!RELEASE_ARRAY_MAKE(x->j->mem, &told, x->subjects))
        return efti_no_memory(err, "the feelings of a table");
    st = efti_role_feelings(x->j, x->role, &x->sets, &at, told.items, err);
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

    if (!efti_mul(count + 1, x->steps + x->classes, &sets) ||
        !efti_add(sets, 4 * count, &sets))
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "a table has too many cells");
    if (!RELEASE_ARRAY_MAKE(mem, &x->of, count) ||
        !RELEASE_ARRAY_MAKE(mem, &x->p, count) ||
        !RELEASE_ARRAY_MAKE(mem, &x->q, count) ||
        !RELEASE_ARRAY_MAKE(mem, &x->cells, x->steps + x->classes))
        return efti_no_memory(err, "the feelings of a table");
    for (size_t i = 0; i < count; i++)
        x->of.items[i] = (struct feeling_subject){0};
    eft_status st = efti_sets_build(x->j, sets, feeling_emit, x, &x->sets, err);
    if (st == EFT_OK)
        st = feeling_tests(x, err);
    if (st == EFT_OK && x->role != NULL && x->role->role == EFTI_LABEL_TAG)
        st = efti_feeling_beside(x, err);
    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        if (!feeling_is_printed(x, i))
            continue;
        st = feeling_all(x, i, err);
        if (st == EFT_OK && x->steps > 0)
            st = efti_feeling_distribution(x, i, err);
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
        x.classes = x.low == 1 && x.steps == 5 ? 2 : 0;
    }
    if (st == EFT_OK)
        st = feeling_rows(&x, err);
    efti_sets_free(j->mem, &x.sets);
    EFTI_ARRAY_FREE(j->mem, &x.of);
    EFTI_ARRAY_FREE(j->mem, &x.cells);
    EFTI_ARRAY_FREE(j->mem, &x.may);
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
