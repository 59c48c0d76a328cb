/*
 * feelings_steps.c - how feelings are distributed, beside a mean that is told
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
 * assignments has no total, and one that is hidden does not follow from the others. Tags
 * are made of assignments; feelings_tags.c holds them against each other.
 *
 * On the scale 1 to 5 there are two classes besides, 1-3 and 4-5: of small groups all
 * five steps hardly ever pass. A step that is hidden for its few writers must not follow
 * from the classes and the mean together. With n, m and the size of both classes known
 * (at worst: mostly these are rounded) it must still reach from 0 to k, and for every
 * insider from what is own to k - 1 more; then the classes are told. Where the steps are
 * told the classes are their sums.
 */
#include "release/feelings.h"

#include <math.h>

/* A distribution: the steps, or the classes. */
struct cut {
    bool classes;
    size_t count, first; /* its cells begin here */
};

static struct cut
cut_of(const struct feeling_table *x, bool classes)
{
    return (struct cut){.classes = classes,
                        .count = classes ? x->classes : x->steps,
                        .first = classes ? x->steps : 0};
}

static size_t
set_of_cut(const struct feeling_table *x, const struct cut *c, size_t subject, size_t i)
{
    return c->classes ? feeling_class_set(x, subject, i)
                      : feeling_step_set(x, subject, i);
}

/* The lowest and the highest step of a part. */
static double
lowest_step(const struct cut *c, size_t i)
{
    return c->classes ? (i == 0 ? 0 : FEELING_MIDDLE) : (double)i;
}

static double
highest_step(const struct feeling_table *x, const struct cut *c, size_t i)
{
    if (!c->classes)
        return (double)i;
    return i == 0 ? FEELING_MIDDLE - 1 : (double)(x->steps - 1);
}

/* The cells of all parts of a subject; do all of them pass? */
static bool
cut_passes(struct feeling_table *x, const struct cut *c, size_t subject,
           uint64_t *passing)
{
    struct release_set with = efti_set_at(&x->sets, subject);
    struct release_set whole = feeling_whole(x, subject);

    *passing = 0;
    for (size_t i = 0; i < c->count; i++) {
        struct release_set set = efti_set_at(&x->sets, set_of_cut(x, c, subject, i));
        struct release_set all = efti_set_at(&x->sets, set_of_cut(x, c, x->subjects, i));
        struct efti_cell rests[3] = {efti_set_rest(whole, set), efti_set_rest(all, set),
                                     efti_set_rest(with, set)};
        struct efti_cell *cell = &x->cells.items[c->first + i];
        *cell = efti_set_cell(set);
        *passing += efti_job_shows(x->j, cell, rests, 3);
    }
    return *passing == c->count && c->count > 0;
}

/* -------------------------------------------------------------- rounded shares */

/* hundredths: four whole numbers of such a part round to each */
#define MANY_SHARES 400u

static double
share_parts(uint64_t whole)
{
    return whole < MANY_SHARES ? 20 : 100;
}

/* How many twentieths of those with a feeling are in part i. */
static double
share_rounded(const struct feeling_table *x, const struct cut *c, size_t subject,
              size_t i, double parts)
{
    double n = (double)x->of.items[subject].feeling.cell.count;

    return floor((double)x->cells.items[c->first + i].count / n * parts + 0.5);
}

/* The fewest and the most of n reflections that a part can have. */
struct share_box {
    double least, room;
};

static struct share_box
box_of(const struct feeling_table *x, const struct cut *c, size_t subject, size_t i,
       double n, double parts)
{
    double r = share_rounded(x, c, subject, i, parts);
    double least = fmax(ceil(n * (r - 0.5) / parts), x->j->gate.k);

    return (struct share_box){least, ceil(n * (r + 0.5) / parts) - 1 - least};
}

/* The least and most sum of steps that n reflections can have whose shares round so;
 * false: no n reflections do. What is left over after the least of each part goes to the
 * lowest ones, or to the highest. */
static bool
range_of_steps(const struct feeling_table *x, const struct cut *c, size_t subject,
               double n, double parts, double *least, double *most)
{
    double left_low = n, left_high;

    *least = *most = 0;
    for (size_t i = 0; i < c->count; i++) {
        struct share_box b = box_of(x, c, subject, i, n, parts);
        if (b.room < 0)
            return false;
        left_low -= b.least;
        *least += b.least * lowest_step(c, i);
        *most += b.least * highest_step(x, c, i);
    }
    left_high = left_low;
    for (size_t i = 0; i < c->count; i++) {
        size_t h = c->count - 1 - i;
        struct share_box low = box_of(x, c, subject, i, n, parts);
        struct share_box high = box_of(x, c, subject, h, n, parts);
        double down = fmin(low.room, left_low), up = fmin(high.room, left_high);
        left_low -= down;
        left_high -= up;
        *least += down * lowest_step(c, i);
        *most += up * highest_step(x, c, h);
    }
    return left_low > -0.5 && left_low < 0.5 && left_high < 0.5;
}

/* Do n reflections agree with the rounded shares and the rounded mean? One reflection may
 * pass over at most all steps, so sums that are further apart than that are reached. */
static bool
count_agrees(const struct feeling_table *x, const struct cut *c, size_t subject, double n,
             double parts)
{
    const struct feeling_subject *s = &x->of.items[subject];
    double least, most;

    if (!range_of_steps(x, c, subject, n, parts, &least, &most))
        return false;
    if (!efti_mean_is_told(x->j, &s->feeling, s->sum))
        return true;
    double by = efti_mean_parts(s->feeling.cell.count);
    double mean = floor(s->sum / (double)s->feeling.cell.count * by + 0.5);
    double from = n * ((mean - 0.5) / by - (double)x->low);
    double to = n * ((mean + 0.5) / by - (double)x->low);
    return fmin(most, to) - fmax(least, from) >= (double)(x->steps - 1);
}

/* May shares be told roughly where the number of those with a feeling is not? */
static bool
is_rough(const struct feeling_table *x, const struct cut *c, size_t subject)
{
    const struct release_feeling *told = &x->of.items[subject].feeling;
    uint64_t whole = efti_set_cell(feeling_whole(x, subject)).count;

    if (!told->shown || told->exact || whole <= x->j->gate.k)
        return false;
    for (uint64_t less = 0; less <= x->j->gate.k; less++) {
        if (!count_agrees(x, c, subject, (double)(whole - less), share_parts(whole)))
            return false;
    }
    return true;
}

/* ------------------------------------------------- steps behind classes and mean */

enum { STEPS = 5 };

/* Counts by step that are known to be there: of an insider, or none. */
struct known {
    int64_t own[STEPS], told[STEPS]; /* told: the truth */
};

/* Can step s have v reflections, when the sizes of both classes and the sum of all steps
 * are as they are, and nobody's own are taken away? */
static bool
step_can_be(const struct known *k, size_t s, int64_t v)
{
    int64_t sum = 0, least = v * (int64_t)s, most = least, free_elsewhere = 0;

    for (size_t i = 0; i < STEPS; i++)
        sum += k->told[i] * (int64_t)i;
    for (size_t class = 0; class < 2; class ++) {
        size_t from = class == 0 ? 0 : FEELING_MIDDLE;
        size_t to = class == 0 ? FEELING_MIDDLE : STEPS;
        bool here = s >= from && s < to;
        int64_t left = here ? -v : 0;
        size_t low = STEPS, high = 0;
        for (size_t i = from; i < to; i++) {
            left += k->told[i];
            if (i == s)
                continue;
            left -= k->own[i];
            least += k->own[i] * (int64_t)i;
            most += k->own[i] * (int64_t)i;
            low = i < low ? i : low;
            high = i;
        }
        if (left < 0)
            return false;
        least += left * (int64_t)low;
        most += left * (int64_t)high;
        free_elsewhere += here ? 0 : left;
    }
    /* beside the second step only the first and third are left in its class: by twos */
    return sum >= least && sum <= most && (s != 1 || free_elsewhere > 0);
}

static int64_t
count_of_writer(struct release_set set, uint32_t writer)
{
    size_t from = 0, to = set.count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (set.items[middle].writer < writer)
            from = middle + 1;
        else
            to = middle;
    }
    return from < set.count && set.items[from].writer == writer ? set.items[from].count
                                                                : 0;
}

/* No step that is hidden for its few writers follows from the classes and the mean. */
static bool
classes_keep_steps(const struct feeling_table *x, size_t subject)
{
    struct release_set with = efti_set_at(&x->sets, subject), step[STEPS];
    int64_t k = x->j->gate.k;
    struct known outside = {.own = {0}};
    bool kept = true;

    for (size_t s = 0; s < STEPS; s++) {
        step[s] = efti_set_at(&x->sets, feeling_step_set(x, subject, s));
        outside.told[s] = (int64_t)efti_set_cell(step[s]).count;
    }
    for (size_t s = 0; s < STEPS && kept; s++) {
        struct efti_cell cell = efti_set_cell(step[s]);
        if (efti_gate_passes(&x->j->gate, &cell))
            continue;
        kept = step_can_be(&outside, s, 0) && step_can_be(&outside, s, k);
        for (size_t w = 0; w < with.count && kept; w++) {
            struct known inside = outside;
            for (size_t i = 0; i < STEPS; i++)
                inside.own[i] = count_of_writer(step[i], with.items[w].writer);
            kept = step_can_be(&inside, s, inside.own[s]) &&
                   step_can_be(&inside, s, inside.own[s] + k - 1);
        }
    }
    return kept;
}

/* ----------------------------------------------------------------------- rows */

static double
share_of_part(const struct feeling_table *x, const struct cut *c, size_t subject,
              size_t i, bool from_steps)
{
    const struct cut steps = cut_of(x, false);
    double parts = share_parts(efti_set_cell(feeling_whole(x, subject)).count), sum = 0;

    if (!from_steps)
        return share_rounded(x, c, subject, i, parts) / parts;
    for (size_t s = i == 0 ? 0 : FEELING_MIDDLE; s < (i == 0 ? FEELING_MIDDLE : x->steps);
         s++)
        sum += share_rounded(x, &steps, subject, s, parts);
    return sum / parts;
}

static eft_status
put_cut(struct feeling_table *x, const struct cut *c, size_t subject, bool shown,
        bool from_steps, eft_error *err)
{
    const struct release_feeling *told = &x->of.items[subject].feeling;
    struct efti_bytes key;
    eft_status st = EFT_OK;

    efti_bytes_init(&key, x->j->mem);
    for (size_t i = 0; i < c->count && st == EFT_OK; i++) {
        efti_bytes_clear(&key);
        efti_put_i64(&key, x->low + (int64_t)lowest_step(c, i));
        if (c->classes) {
            efti_put_char(&key, '-');
            efti_put_i64(&key, x->low + (int64_t)highest_step(x, c, i));
        }
        efti_put_char(&key, '\0');
        st = key.failed ? efti_no_memory(err, "a feeling")
                        : efti_feeling_row(x, subject, key.data, err);
        if (st != EFT_OK)
            break;
        efti_row_fresh(x->t, &x->sets, set_of_cut(x, c, subject, i));
        if (!shown) {
            efti_row_hidden(x->t);
        } else if (told->exact) {
            efti_row_cell(x->j, x->t, &x->cells.items[c->first + i], true);
            efti_row_share(x->t, "share", x->cells.items[c->first + i].count,
                           told->cell.count);
        } else {
            efti_table_set_integer(x->t, "shown", 1);
            efti_table_set_integer(x->t, "writers_min", x->j->gate.k);
            efti_table_set_real(x->t, "share",
                                share_of_part(x, c, subject, i, from_steps));
        }
    }
    efti_bytes_free(&key);
    return st;
}

/* By itself: the steps; and the classes, `by_step` where the steps are told. */
static bool
steps_may(struct feeling_table *x, size_t subject, uint64_t *passing)
{
    const struct cut steps = cut_of(x, false);

    return cut_passes(x, &steps, subject, passing) &&
           (x->of.items[subject].feeling.exact || is_rough(x, &steps, subject));
}

static bool
classes_may(struct feeling_table *x, size_t subject, bool by_step, uint64_t *passing)
{
    const struct cut classes = cut_of(x, true);

    return cut_passes(x, &classes, subject, passing) &&
           (by_step ||
            (classes_keep_steps(x, subject) &&
             (x->of.items[subject].feeling.exact || is_rough(x, &classes, subject))));
}

eft_status
efti_feeling_beside(struct feeling_table *x, eft_error *err)
{
    size_t count = x->subjects;
    uint64_t passing;
    eft_status st = EFT_OK;

    if (!RELEASE_ARRAY_MAKE(x->j->mem, &x->may, 2 * count))
        return efti_no_memory(err, "the feelings of tags");
    for (size_t i = 0; i < count; i++)
        x->may.items[i] = feeling_is_printed(x, i) && steps_may(x, i, &passing);
    if (count > 0 && x->steps > 0)
        st = efti_feeling_tags(x, false, x->may.items, err);
    for (size_t i = 0; i < count; i++)
        x->may.items[count + i] =
            feeling_is_printed(x, i) && classes_may(x, i, x->may.items[i] != 0, &passing);
    if (st == EFT_OK && count > 0 && x->classes > 0)
        st = efti_feeling_tags(x, true, x->may.items + count, err);
    return st;
}

eft_status
efti_feeling_distribution(struct feeling_table *x, size_t subject, eft_error *err)
{
    const struct cut steps = cut_of(x, false), classes = cut_of(x, true);
    bool tag = x->may.count > 0;
    uint64_t passing[2];
    bool by_step =
        steps_may(x, subject, &passing[0]) && (!tag || x->may.items[subject] != 0);
    bool by_class = classes_may(x, subject, by_step, &passing[1]) &&
                    (!tag || x->may.items[x->subjects + subject] != 0);

    if (!by_step)
        x->j->results->hidden_secondary += passing[0];
    if (!by_class)
        x->j->results->hidden_secondary += passing[1];
    eft_status st = put_cut(x, &steps, subject, by_step, false, err);
    return st == EFT_OK ? put_cut(x, &classes, subject, by_class, by_step, err) : st;
}
