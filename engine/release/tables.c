/*
 * tables.c - all tables of a release, in the order of the schema
 *
 * Every number below passed the gate (gate.c) in the file that wrote it:
 *
 *     overview.c  themes.c  crossed.c  feelings.c  terms.c  words.c  term_pairs.c
 *     theme_pairs.c  readable.c  votes.c  notes.c
 *
 * inference.c gathers tests over whole tables and writes them last. communities.c and
 * topics.c read finished tables, after they were held against earlier releases: they tell
 * nothing that these did not.
 *
 * `themes` and `terms` come before what leans on them: a pair is shown only with both of
 * its halves, parts of a theme only with the theme.
 */
#include "release/increments.h"

static eft_status
run_crossed(void *user, eft_error *err)
{
    struct release_job *j = user;
    eft_status st = efti_release_crossed(j, err);

    return st == EFT_OK ? efti_release_feelings(j, err) : st;
}

static eft_status
run_words(void *user, eft_error *err)
{
    struct release_job *j = user;
    eft_status st;

    if ((st = efti_release_terms(j, err)) == EFT_OK &&
        (st = efti_release_words(j, err)) == EFT_OK)
        st = efti_release_dispersion(j, err);
    return st;
}

/* What is told of themes and what is told of words need nothing of each other: each has
 * sums and results of its own. */
static eft_status
release_crossed_and_words(struct release_job *j, eft_error *err)
{
    struct release_job words = *j;
    struct efti_task crossed_task = {.run = run_crossed, .user = j};
    struct efti_task words_task = {.run = run_words, .user = &words};
    efti_both_fn both = j->o->both == NULL ? efti_in_turn : j->o->both;
    eft_status st = efti_results_new(j->mem, &words.results, err);

    if (st != EFT_OK)
        return st;
    if ((st = efti_job_sums(&words, err)) == EFT_OK)
        st = both(j->o->threads, &crossed_task, &words_task, err);
    efti_job_sums_free(&words);
    if (st == EFT_OK)
        return efti_results_take(j->results, words.results, err);
    eft_results_free(words.results);
    return st;
}

static eft_status
release_all(struct release_job *j, const struct efti_term_pairs *pairs, eft_error *err)
{
    eft_status st;

    if ((st = efti_job_open(j, err)) != EFT_OK)
        return st;
    if (j->o->protect != EFTI_PROTECT_SUPPRESS)
        return efti_release_counts(j, err);
    if ((st = efti_release_overview(j, err)) != EFT_OK ||
        (st = efti_release_themes(j, err)) != EFT_OK ||
        (st = release_crossed_and_words(j, err)) != EFT_OK ||
        (st = efti_release_term_pairs(j, pairs, err)) != EFT_OK ||
        (st = efti_release_theme_pairs(j, err)) != EFT_OK ||
        (st = j->o->notes
                  ? efti_table_missing(j, efti_schema[EFTI_TABLE_READABILITY].name, err)
                  : efti_release_readability(j, err)) != EFT_OK ||
        (st = j->o->notes ? efti_release_votes(j, err) : EFT_OK) != EFT_OK ||
        (st = j->o->notes ? efti_release_notes(j, err) : EFT_OK) != EFT_OK)
        return st;
    return efti_release_tests(j, err);
}

static eft_status
make_tables(const eft_allocator *mem, const struct efti_frozen *f,
            const struct efti_release_options *options,
            const struct efti_term_pairs *pairs, uint64_t base, struct eft_results **out,
            eft_error *err)
{
    struct release_job j = {.mem = mem, .f = f, .o = options, .base_release = base};
    eft_status st;

    *out = NULL;
    if ((st = efti_results_new(mem, &j.results, err)) != EFT_OK)
        return st;
    j.results->k = options->gate.k;
    j.results->writer_column = f->settings.writer_column;
    j.results->external = options->external;
    j.results->units_hidden = options->hide_unit_labels;
    j.results->adjustment = options->adjustment;
    st = release_all(&j, pairs, err);
    efti_job_close(&j);
    if (st != EFT_OK) {
        eft_results_free(j.results);
        return st;
    }
    *out = j.results;
    return EFT_OK;
}

/* ------------------------------------------------------------ earlier releases */

struct marking {
    const eft_allocator *mem;
    const struct efti_frozen *f;
    struct efti_release_options options;
    const struct efti_term_pairs *pairs;
};

static eft_status
mark_tables(void *user, uint64_t base, struct eft_results **out, eft_error *err)
{
    const struct marking *m = user;

    return make_tables(m->mem, m->f, &m->options, m->pairs, base, out, err);
}

/* Without ids nobody can tell which texts were there before (rule 8.8). */
static eft_status
check_history(const struct efti_history *h, bool external, eft_error *err)
{
    if (!external || h->lines == 0 || h->complete)
        return EFT_OK;
    return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                     "a second external release needs an id for each text, so that it "
                     "can be held against the first");
}

static eft_status
release_with_log(struct marking *m, struct eft_results **out, eft_error *err)
{
    struct release_increments *increments = NULL;
    struct efti_history h;
    eft_status st = efti_history_read(m->mem, m->options.log, m->f, &h, err);

    m->options.history = &h;
    if (st == EFT_OK)
        st = check_history(&h, m->options.external, err);
    if (st == EFT_OK)
        st = make_tables(m->mem, m->f, &m->options, m->pairs, 0, out, err);
    if (st == EFT_OK && h.last > 0)
        st = efti_increments_new(m->mem, m->f, &m->options, &increments, err);
    if (st == EFT_OK)
        st = efti_history_hold(&h, m->options.gate.k, mark_tables, m, increments, out,
                               err);
    efti_increments_free(increments);
    for (size_t i = 0; st == EFT_OK && h.results != NULL && i < h.results->stood.count;
         i++)
        st = efti_results_stood(*out, true, &h.results->stood.items[i], err);
    if (st == EFT_OK) {
        (*out)->log_read = true;
        (*out)->log_lines = h.lines;
        (*out)->earlier = h.earlier;
        memcpy((*out)->earlier_fingerprint, h.fingerprint, sizeof(h.fingerprint));
    } else {
        eft_results_free(*out);
        *out = NULL;
    }
    efti_history_free(&h);
    m->options.history = NULL;
    return st;
}

/* One table of perturbed counts. Exact numbers of the same texts would undo it: hidden
 * ones could be narrowed, and noise taken away. */
static eft_status
release_perturbed(struct marking *m, struct eft_results **out, eft_error *err)
{
    struct efti_history h;
    eft_status st;

    if (m->options.log == NULL)
        return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                         "perturbed counts need a log: they are drawn once and kept");
    st = efti_history_read(m->mem, m->options.log, m->f, &h, err);
    if (st == EFT_OK && h.last > 0)
        st = efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                       "exact tables of these texts were released under this log: "
                       "perturbed ones beside them would protect nobody");
    if (st == EFT_OK && h.lines > 0 && !h.complete)
        st = efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                       "without an id for each text nobody can tell whether exact "
                       "tables of them were released under this log");
    efti_history_free(&h);
    if (st == EFT_OK)
        st = make_tables(m->mem, m->f, &m->options, NULL, 0, out, err);
    if (st == EFT_OK)
        (*out)->perturbed = true;
    return st;
}

eft_status
efti_release_tables(const eft_allocator *mem, const struct efti_frozen *f,
                    const struct efti_release_options *options,
                    const struct efti_term_pairs *pairs, struct eft_results **out,
                    eft_error *err)
{
    struct marking m = {.mem = mem, .f = f, .options = *options, .pairs = pairs};

    eft_status st;

    *out = NULL;
    if (options->gate.k < 3)
        return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                         "a release needs a gate of at least 3 writers");
    if (options->protect != EFTI_PROTECT_SUPPRESS)
        return release_perturbed(&m, out, err);
    if (options->log != NULL && (st = efti_draws_none(mem, options->log, err)) != EFT_OK)
        return st;
    st = options->log == NULL ? make_tables(mem, f, options, pairs, 0, out, err)
                              : release_with_log(&m, out, err);
    if (st == EFT_OK && ((st = efti_release_role_pairs(*out, options, err)) != EFT_OK ||
                         (st = efti_release_communities(*out, err)) != EFT_OK ||
                         (st = efti_release_topics(*out, err)) != EFT_OK)) {
        eft_results_free(*out);
        *out = NULL;
    }
    return st;
}
