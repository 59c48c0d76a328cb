/*
 * rows.c - the values of a row, written the same way in every table
 *
 * A row whose cell is hidden has its keys and shown 0. It counts once as hidden; values
 * left out of a shown row (an exact count of feelings, say) do not.
 *
 * Feelings. A mean is told over the reflections that have a feeling, so the cell is "t,
 * and has a feeling", with two rests: those of t without one, and those with a feeling
 * but not t. Nearly everybody sets a feeling, so the first rest is mostly too small to
 * show, and a table without means would help nobody. It is needed only so that nobody can
 * take the number of reflections with a feeling from the number of all. Therefore:
 *
 *     rests pass (or no reflection at all lacks a feeling):  count, writers, exact mean
 *     only the first rest fails:  no count, writers >= k, mean rounded so far that every
 *                                 possible count agrees with it
 *     else:                       nothing
 *
 * Rounding: a mean of n whole numbers is a multiple of 1/n, so a mean with many digits
 * tells n. At n >= 10 there is a multiple of 1/n within half a tenth of everything, for
 * every n; likewise 1 for n < 10, and 1/100 at n >= 1000 where a tenth would be coarse.
 *
 * A mean close to an end of the scale says what all but a few felt: of whole numbers on a
 * scale up to H, at most n*H - sum are below H. Where 60 of 66 answers are 1 and six of
 * one writer are 0, 0.909 tells that writer's. So the mean is left out unless those below
 * the top and those above the bottom pass the gate, each as a cell. On a scale of two
 * steps they are the steps, and number and mean say how many are at each: then what is at
 * a step elsewhere must pass too, and tags, which are held against assignments
 * (tag_means.c), have no mean at all.
 *
 * Over labels that add up, the mean that is left out follows from that of everybody and
 * all others. So it counts as a hidden part (suppress.c), and what is hidden together
 * must have few neither below the top nor above the bottom.
 */
#include "release/internal.h"

#include "stats/fisher.h"
#include "stats/interval.h"

#include <math.h>

bool
efti_writers_exact(const struct release_job *j, const struct efti_cell *cell,
                   const struct efti_cell *rests, size_t rest_count)
{
    bool exact = cell->writers >= j->gate.k;

    for (size_t i = 0; i < rest_count; i++)
        exact = exact && rests[i].writers >= j->gate.k;
    return exact;
}

void
efti_row_cell(const struct release_job *j, struct eft_table *t,
              const struct efti_cell *cell, bool exact)
{
    efti_table_set_integer(t, "shown", 1);
    efti_table_set_integer(t, "reflections", (int64_t)cell->count);
    if (exact)
        efti_table_set_integer(t, "writers", cell->writers);
    else
        efti_table_set_integer(t, "writers_min", j->gate.k);
}

void
efti_row_hidden(struct eft_table *t)
{
    efti_table_set_integer(t, "shown", 0);
    efti_table_add_hidden(t, 1);
}

void
efti_row_share(struct eft_table *t, const char *column, uint64_t part, uint64_t whole)
{
    if (whole > 0)
        efti_table_set_real(t, column, (double)part / (double)whole);
}

eft_status
efti_row_wilson(const struct release_job *j, struct eft_table *t, struct release_set part,
                struct release_set whole, eft_error *err)
{
    uint64_t x = efti_named_writers(j, part), n = efti_named_writers(j, whole);
    double low, high;

    if (n == 0)
        return EFT_OK;
    eft_status st = efti_wilson(x, n, j->z, &low, &high, err);
    if (st != EFT_OK)
        return st;
    efti_row_share(t, "writer_share", x, n);
    efti_table_set_real(t, "writer_share_low", low);
    efti_table_set_real(t, "writer_share_high", high);
    return EFT_OK;
}

struct efti_contingency
efti_pair_contingency(const struct efti_cell *cell, const struct efti_cell *rest_a,
                      const struct efti_cell *rest_b, uint64_t n)
{
    /* rest_a lacks the first and has the second, rest_b the other way round */
    return (struct efti_contingency){.o11 = cell->count,
                                     .r1 = cell->count + rest_b->count,
                                     .c1 = cell->count + rest_a->count,
                                     .n = n};
}

/* Where chi-square is too rough (Cochran 1954): some expected count below 5. */
static eft_status
row_fisher(struct eft_table *t, const struct efti_contingency *c, eft_error *err)
{
    double n = (double)c->n, r1 = (double)c->r1, c1 = (double)c->c1;
    struct efti_fisher f;

    if (fmin(r1, n - r1) * fmin(c1, n - c1) / n >= 5)
        return EFT_OK;
    eft_status st = efti_fisher(c, &f, err);
    if (st == EFT_OK)
        efti_row_p(t, "fisher_p", exp(f.log_two_sided));
    return st;
}

eft_status
efti_row_measures(struct eft_table *t, const struct efti_contingency *c, bool apart,
                  eft_error *err)
{
    struct efti_association a;
    eft_status st = efti_associate(c, &a, err);

    if (st != EFT_OK)
        return st;
    efti_table_set_integer(t, "o11", (int64_t)c->o11);
    efti_table_set_integer(t, "r1", (int64_t)c->r1);
    efti_table_set_integer(t, "c1", (int64_t)c->c1);
    efti_table_set_integer(t, "n", (int64_t)c->n);
    efti_table_set_real(t, "expected", a.expected);
    efti_table_set_real(t, "pmi", a.pmi);
    efti_table_set_real(t, "npmi", a.npmi);
    efti_table_set_real(t, "mi2", a.mi2);
    efti_table_set_real(t, "mi3", a.mi3);
    efti_table_set_real(t, "lmi", a.lmi);
    efti_table_set_real(t, "t_score", a.t_score);
    efti_table_set_real(t, "z_score", a.z_score);
    efti_table_set_real(t, "g2", a.g2);
    efti_table_set_real(t, "g2_williams", a.g2_williams);
    efti_table_set_real(t, "simple_ll", a.simple_ll);
    efti_table_set_real(t, "x2", a.x2);
    efti_table_set_real(t, "x2_yates", a.x2_yates);
    efti_table_set_real(t, "dice", a.dice);
    efti_table_set_real(t, "logdice", a.logdice);
    efti_table_set_real(t, "jaccard", a.jaccard);
    efti_table_set_real(t, "min_sensitivity", a.min_sensitivity);
    efti_table_set_real(t, "odds_ratio", a.odds_ratio);
    efti_table_set_real(t, "lambda", a.lambda);
    efti_table_set_real(t, "lambda_sigma", a.lambda_sigma);
    efti_table_set_real(t, "phi", a.phi);
    efti_table_set_real(t, "delta_p_ab", a.delta_p_21);
    efti_table_set_real(t, "delta_p_ba", a.delta_p_12);
    return apart ? row_fisher(t, c, err) : EFT_OK;
}

eft_status
efti_table_missing(struct release_job *j, const char *name, eft_error *err)
{
    if (!EFTI_PUSH(&j->results->allocator, &j->results->missing))
        return efti_no_memory(err, "the names of missing tables");
    j->results->missing.items[j->results->missing.count - 1] = name;
    return EFT_OK;
}

eft_status
efti_table_end(struct release_job *j, struct eft_table *t, eft_error *err)
{
    j->results->hidden_cells += eft_table_hidden(t);
    return efti_table_done(t, err);
}

/* ------------------------------------------------------------------ feelings */

bool
efti_feeling_is_yes_no(const struct release_job *j)
{
    const struct efti_tally_settings *s = &j->f->settings;

    return floor(s->feeling_high + 0.5) - floor(s->feeling_low + 0.5) == 1;
}

struct release_feeling
efti_feeling_gate(struct release_job *j, struct release_set whole,
                  struct release_set with, struct release_set below,
                  struct release_set above, bool is_population)
{
    struct release_feeling out = {.cell = efti_set_cell(with)};
    struct efti_cell without = efti_set_rest(whole, with);
    struct efti_cell others = efti_set_rest(efti_base_set(j, RELEASE_BASE_FEELING), with);
    const struct efti_cell ends[2] = {efti_set_cell(below), efti_set_cell(above)};

    out.shown = efti_job_shows(j, &out.cell, &others, is_population ? 0 : 1);
    out.exact = out.shown && (j->feelings.count == j->population.count ||
                              efti_gate_passes(&j->gate, &without));
    out.mean = out.shown && efti_gate_passes(&j->gate, &ends[0]) &&
               efti_gate_passes(&j->gate, &ends[1]);
    if (efti_feeling_is_yes_no(j) && out.mean && !is_population) {
        const struct efti_cell away[2] = {
            efti_set_rest(efti_base_set(j, RELEASE_BASE_BELOW), below),
            efti_set_rest(efti_base_set(j, RELEASE_BASE_ABOVE), above)};
        out.mean =
            efti_gate_passes(&j->gate, &away[0]) && efti_gate_passes(&j->gate, &away[1]);
    }
    return out;
}

/* What is hidden together: the parts of one kind of set. */
static uint64_t
suppress_felt(struct release_job *j, const struct release_sets *sets, size_t first,
              struct release_part *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        parts[i].set = efti_set_at(sets, first + i);
    return efti_suppress(j, parts, count);
}

eft_status
efti_role_feelings(struct release_job *j, const struct release_role *role,
                   const struct release_sets *sets, const struct release_felt *at,
                   struct release_feeling *out, eft_error *err)
{
    EFTI_ARRAY(struct release_part) parts = {0};
    bool tag = role->role == EFTI_LABEL_TAG;
    size_t count = role->slots.count;

    if (!RELEASE_ARRAY_MAKE(j->mem, &parts, count))
        return efti_no_memory(err, "the feelings of labels");
    for (size_t i = 0; i < count; i++) {
        const struct release_slot *slot = &role->slots.items[i];
        out[i] = efti_feeling_gate(
            j, efti_set_at(sets, at->whole + i), efti_set_at(sets, at->with + i),
            efti_set_at(sets, at->below + i), efti_set_at(sets, at->above + i), false);
        parts.items[i] = (struct release_part){.name = slot->name,
                                               .writers = out[i].cell.writers,
                                               .printed = slot->printed,
                                               .hidden = !slot->shown || !out[i].exact ||
                                                         (!out[i].mean && !tag)};
        out[i].mean = out[i].mean && !(tag && efti_feeling_is_yes_no(j));
    }
    while (!tag && suppress_felt(j, sets, at->with, parts.items, count) +
                           suppress_felt(j, sets, at->below, parts.items, count) +
                           suppress_felt(j, sets, at->above, parts.items, count) >
                       0)
        continue; /* until none of the three hides more */
    for (size_t i = 0; i < count; i++)
        out[i].exact = !parts.items[i].hidden;
    EFTI_ARRAY_FREE(j->mem, &parts);
    return tag ? efti_tag_means(j, role, out, err) : EFT_OK;
}

bool
efti_mean_is_told(const struct release_job *j, const struct release_feeling *feeling,
                  double sum)
{
    double n = (double)feeling->cell.count, k = (double)j->gate.k;

    return feeling->shown && feeling->mean &&
           n * j->f->settings.feeling_high - sum >= k &&
           sum - n * j->f->settings.feeling_low >= k;
}

double
efti_mean_parts(uint64_t n)
{
    return n < 10 ? 1 : n < 1000 ? 10 : n < 100000 ? 100 : 1000;
}

void
efti_row_mean(const struct release_job *j, struct eft_table *t, const char *column,
              const struct release_feeling *feeling, double sum)
{
    double n = (double)feeling->cell.count;

    if (!efti_mean_is_told(j, feeling, sum))
        return;
    double mean = sum / n;
    if (!feeling->exact) {
        double parts = efti_mean_parts(feeling->cell.count);
        mean = floor(mean * parts + 0.5) / parts;
    }
    efti_table_set_real(t, column, mean);
}
