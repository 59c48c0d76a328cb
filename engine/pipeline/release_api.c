/*
 * release_api.c - from a tally to released tables
 *
 *     pairs of terms, notes    counted from the spool, if there is one
 *     tables                   the room release/: gate, suppression, log
 *     prompts, quotes,         beside the tables, for they hold texts or words
 *     suggestions
 *
 * What needs the texts again and has none is named as missing. Where numbers are rounded
 * or have noise (`exact` false) there is nothing but the tables.
 */
#include "pipeline/batch.h"
#include "pipeline/notes.h"
#include "pipeline/pipeline.h"
#include "pipeline/review.h"
#include "pipeline/stand_for.h"
#include "pipeline/suggest.h"

#include "release/release.h"
#include "stats/gsl.h"

EFTI_PIN_SIZE(eft_release_options, 104);
_Static_assert((int)EFT_PROTECT_GAUSSIAN == (int)EFTI_PROTECT_GAUSSIAN,
               "ways to protect are numbered alike");

#define PAIR_TERMS 2000 /* where nobody says how many */
#define USUAL_BUDGET 500

static uint32_t
count_names(const eft_plan *plan)
{
    return efti_matcher_theme_count(plan->matcher) +
           (plan->model == NULL ? 0 : (uint32_t)plan->model->themes.count);
}

static eft_status
theme_names(const eft_plan *plan, struct efti_theme_name **out, eft_error *err)
{
    uint32_t count = efti_matcher_theme_count(plan->matcher), all = count_names(plan);

    *out = efti_zalloc(&plan->allocator, all, sizeof(**out));
    if (*out == NULL)
        return efti_no_memory(err, "the names of the themes");
    for (uint32_t i = count; i < all; i++) {
        const struct efti_model_name *n = &plan->model_names[i - count];
        (*out)[i] = (struct efti_theme_name){
            .id = n->id, .label_sv = n->label_sv, .label_en = n->label_en};
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct efti_theme *theme = efti_matcher_theme(plan->matcher, i);
        (*out)[i] = (struct efti_theme_name){theme->id, theme->label_sv, theme->label_en,
                                             theme->role};
    }
    return EFT_OK;
}

/* The manifest's name for the corpus: SHA-256 of the canonical state. */
static eft_status
fingerprint_corpus(eft_tally *t, char out[65], eft_error *err)
{
    struct efti_bytes bytes;
    unsigned char sum[32];

    efti_bytes_init(&bytes, t->mem);
    eft_status st = efti_tally_write(t->counts, &bytes, err);
    if (st == EFT_OK) {
        efti_sha256(bytes.data, bytes.size, sum);
        efti_hex(sum, sizeof(sum), out);
    }
    efti_bytes_free(&bytes);
    return st;
}

static eft_status
check_release(const eft_release_options *o, eft_error *err)
{
    const uint32_t known = EFT_RELEASE_EXTERNAL | EFT_RELEASE_ONE_TEXT_PER_WRITER |
                           EFT_RELEASE_HIDE_UNITS | EFT_RELEASE_NO_STOP |
                           EFT_RELEASE_NO_INFERENCE | EFT_RELEASE_NOTES |
                           EFT_RELEASE_NO_PAIRS | EFT_RELEASE_QUOTES_AUTO |
                           EFT_RELEASE_SUGGEST | EFT_RELEASE_ASSIGNMENTS_BY_NAME;

    if ((o->flags & ~known) != 0 || o->reserved != 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "unknown flag in the release");
    if (o->protect > EFT_PROTECT_GAUSSIAN || o->reserved_protect != 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "unknown way to protect");
    if (o->adjustment > EFT_ADJUST_HOLM || o->reserved_adjustment != 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "unknown way to adjust p-values");
    if ((o->assignments == NULL && o->assignment_count > 0) ||
        (o->where == NULL && o->where_count > 0) ||
        (o->quotes == NULL && o->quote_count > 0))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a list of the release options is NULL and has a count");
    if ((o->assignment_count > 0 && (o->flags & EFT_RELEASE_ASSIGNMENTS_BY_NAME) != 0))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "assignments are in the order given or in that of their names");
    if (o->where_count > 0 && o->protect != EFT_PROTECT_SUPPRESS)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a filter is told exactly or not at all: not with rounding or "
                         "noise");
    if (o->quote_count > 0 && (o->flags & EFT_RELEASE_QUOTES_AUTO) != 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "quotes are approved ones or chosen by rules, not both");
    for (size_t i = 0; i < o->quote_count; i++) {
        eft_status st = efti_text_is_there(o->quotes[i].theme, "a theme of a quote", err);
        if (st == EFT_OK)
            st = efti_text_is_there(o->quotes[i].text, "a quote", err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

static eft_status
name_missing(eft_results *results, const char *table, eft_error *err)
{
    if (!EFTI_PUSH(&results->allocator, &results->missing))
        return efti_no_memory(err, "the names of missing tables");
    results->missing.items[results->missing.count - 1] = table;
    return EFT_OK;
}

/* The table `suggestions`, if asked for. It compares writers and ranks by intervals:
 * where nobody can be told from another, without a spool and without GSL it is named as
 * missing. */
static eft_status
release_suggestions(eft_tally *t, const eft_release_options *o,
                    const struct efti_gate *gate, eft_results *results, eft_error *err)
{
    bool writers = efti_tally_frozen(t->counts)->settings.writer_column ||
                   (o->flags & EFT_RELEASE_ONE_TEXT_PER_WRITER) != 0;
    eft_status st = EFT_END;

    if ((o->flags & EFT_RELEASE_SUGGEST) == 0)
        return EFT_OK;
    if (writers && efti_has_gsl())
        st = efti_release_suggestions(t, gate, results, err);
    return st == EFT_END ? name_missing(results, "suggestions", err) : st;
}

/* The tables `quotes` and `representatives`, if asked for; without a spool they are named
 * as missing. */
static eft_status
release_quotes(eft_tally *t, const eft_release_options *o, eft_results *results,
               eft_error *err)
{
    struct efti_stand_for *also;
    struct efti_quotes q;

    if (o->quotes == NULL && (o->flags & EFT_RELEASE_QUOTES_AUTO) == 0)
        return EFT_OK;
    eft_status st = efti_stand_for_new(t, results, o->quotes, o->quote_count, &also, err);
    if (st != EFT_OK)
        return st;
    st = efti_gather_quotes(t, results, o->quotes, o->quote_count, also, &q, err);
    if (st == EFT_OK)
        st = efti_release_quotes(results, t, &q, o->quotes != NULL, err);
    if (st == EFT_OK)
        st = efti_stand_for_release(also, results, o->quotes != NULL, err);
    efti_quotes_free(t->mem, &q);
    efti_stand_for_free(also);
    if (st == EFT_END && (st = name_missing(results, "quotes", err)) == EFT_OK)
        st = name_missing(results, "representatives", err);
    return st;
}

/* Without a spool the table `notes` is named as missing. */
static eft_status
join_notes_of(eft_tally *t, struct efti_notes *joined, struct efti_release_options *r,
              eft_error *err)
{
    eft_status st = efti_count_notes(t, joined, err);

    r->joined = st == EFT_OK ? joined : NULL;
    return st == EFT_END ? EFT_OK : st;
}

/* A worker normalises the labels that a filter names. */
static eft_status
where_mask(void *user, const struct efti_frozen *f, eft_text filter, uint8_t *mask,
           eft_error *err)
{
    eft_tally *t = user;
    eft_status st = efti_tally_need_worker(t, err);

    return st == EFT_OK ? efti_where_mask(t->worker, f, filter, mask, err) : st;
}

/* What the user says of the order of assignments; by label, `*places` to be released. */
static eft_status
order_assignments(eft_tally *t, const eft_release_options *o, uint32_t **places,
                  eft_error *err)
{
    const struct efti_frozen *f = efti_tally_frozen(t->counts);

    *places = NULL;
    if (o->assignments == NULL)
        return EFT_OK;
    eft_status st = efti_tally_need_worker(t, err);
    if (st != EFT_OK)
        return st;
    *places = efti_alloc(t->mem, (f->label_count + 1u) * sizeof(**places));
    if (*places == NULL)
        return efti_no_memory(err, "the order of the assignments");
    return efti_assignment_places(t->worker, f, o->assignments, o->assignment_count,
                                  *places, err);
}

/* All tables, with the filter if there is one. */
static eft_status
release_tables(eft_tally *t, const eft_release_options *o, struct efti_release_options *r,
               const struct efti_term_pairs *pairs, eft_results **out, eft_error *err)
{
    struct efti_bytes spelled;
    uint32_t *places = NULL;

    efti_bytes_init(&spelled, t->mem);
    eft_status st = efti_where_spell(t->mem, o->where, o->where_count, &spelled, err);
    if (st == EFT_OK)
        st = order_assignments(t, o, &places, err);
    r->assignment_places = places;
    const eft_text filter = {spelled.data, spelled.size};
    r->where = &filter;
    r->where_count = o->where_count > 0;
    r->where_mask = where_mask;
    r->where_user = t;
    if (st == EFT_OK)
        st =
            efti_release_tables(t->mem, efti_tally_frozen(t->counts), r, pairs, out, err);
    r->where = NULL;
    r->where_count = 0;
    r->assignment_places = NULL;
    if (places != NULL)
        efti_release(t->mem, places,
                     (efti_tally_frozen(t->counts)->label_count + 1u) * sizeof(*places));
    efti_bytes_free(&spelled);
    return st;
}

/* What the room release/ is told; `corpus` is filled in later. */
static struct efti_release_options
settings_of(const eft_tally *t, const eft_release_options *o, const char *corpus)
{
    static const enum efti_adjustment adjustments[] = {[EFT_ADJUST_BH] = EFTI_ADJUST_BH,
                                                       [EFT_ADJUST_BY] = EFTI_ADJUST_BY,
                                                       [EFT_ADJUST_HOLM] =
                                                           EFTI_ADJUST_HOLM};

    return (struct efti_release_options){
        .external = (o->flags & EFT_RELEASE_EXTERNAL) != 0,
        .hide_unit_labels = (o->flags & EFT_RELEASE_HIDE_UNITS) != 0,
        .dictionary = t->plan->dictionary,
        .lists = t->plan->lists,
        .base_terms = t->plan->terms == EFT_TERMS_BASE,
        .stop = t->plan->stop,
        .no_stop = (o->flags & EFT_RELEASE_NO_STOP) != 0,
        .one_text_per_writer = (o->flags & EFT_RELEASE_ONE_TEXT_PER_WRITER) != 0,
        .log = o->log,
        .notes = (o->flags & EFT_RELEASE_NOTES) != 0,
        .no_inference = (o->flags & EFT_RELEASE_NO_INFERENCE) != 0,
        .adjustment = adjustments[o->adjustment],
        .assignments_by_name = (o->flags & EFT_RELEASE_ASSIGNMENTS_BY_NAME) != 0,
        .protect = o->protect,
        .protect_amount = o->protect_amount,
        .protect_budget = o->privacy_budget == 0 ? USUAL_BUDGET : o->privacy_budget,
        .key = efti_plan_key(t->plan),
        .corpus = corpus,
        .both = efti_both,
        .threads = t->threads,
    };
}

struct tables_task {
    eft_tally *t;
    const eft_release_options *o;
    struct efti_release_options *r;
    const struct efti_term_pairs *pairs;
    eft_results **out;
    char fingerprint[65];
};

static eft_status
run_tables(void *user, eft_error *err)
{
    struct tables_task *x = user;

    return release_tables(x->t, x->o, x->r, x->pairs, x->out, err);
}

static eft_status
run_fingerprint(void *user, eft_error *err)
{
    struct tables_task *x = user;

    return fingerprint_corpus(x->t, x->fingerprint, err);
}

/* All tables, and the corpus that they are of: both read what is frozen. */
static eft_status
release_and_name(struct tables_task *x, eft_error *err)
{
    struct efti_task tables = {.run = run_tables, .user = x};
    struct efti_task name = {.run = run_fingerprint, .user = x};
    eft_status st = efti_both(x->t->threads, &tables, &name, err);

    if (st == EFT_OK) {
        memcpy((*x->out)->fingerprint, x->fingerprint, sizeof(x->fingerprint));
    } else {
        eft_results_free(*x->out);
        *x->out = NULL;
    }
    return st;
}

/* Counts what needs the spool, then all tables. */
static eft_status
count_and_release(eft_tally *t, const eft_release_options *o,
                  struct efti_release_options *r, bool exact, eft_results **out,
                  eft_error *err)
{
    struct tables_task tables = {.t = t, .o = o, .r = r, .out = out};
    struct efti_term_pairs pairs = {0};
    struct efti_notes joined = {0};
    eft_status st = EFT_END;

    if (exact && (o->flags & EFT_RELEASE_NO_PAIRS) == 0)
        st = efti_count_pairs(t, o->pair_terms == 0 ? PAIR_TERMS : o->pair_terms,
                              r->gate.k, r->no_stop, &pairs, err);
    bool paired = st == EFT_OK;
    if (st == EFT_END)
        st = EFT_OK;
    if (st == EFT_OK && exact && r->notes)
        st = join_notes_of(t, &joined, r, err);
    tables.pairs = paired ? &pairs : NULL;
    if (st == EFT_OK)
        st = release_and_name(&tables, err);
    if (st == EFT_OK && paired && o->pair_terms != PAIR_TERMS)
        (*out)->pair_terms = o->pair_terms;
    efti_term_pairs_free(t->mem, &pairs);
    efti_notes_free(&joined);
    r->joined = NULL;
    return st;
}

/* What stands beside the tables. */
static eft_status
release_beside(eft_tally *t, const eft_release_options *o, const struct efti_gate *gate,
               bool exact, eft_results *results, eft_error *err)
{
    eft_status st = EFT_OK;

    if (exact && (st = efti_release_prompts(t, gate, results, err)) == EFT_OK &&
        (st = release_quotes(t, o, results, err)) == EFT_OK)
        st = release_suggestions(t, o, gate, results, err);
    return st;
}

/* The tally is frozen. */
static eft_status
release_frozen(eft_tally *t, const eft_release_options *o, struct efti_release_options *r,
               bool exact, eft_results **out, eft_error *err)
{
    const struct efti_frozen *f = efti_tally_frozen(t->counts);
    struct efti_theme_name *names = NULL;
    eft_status st = efti_gate_make(o->k, r->external, f->settings.writer_column,
                                   r->one_text_per_writer, &r->gate, err);

    if (st != EFT_OK || (st = theme_names(t->plan, &names, err)) != EFT_OK)
        return st;
    r->theme_names = names;
    r->theme_name_count = count_names(t->plan);
    st = count_and_release(t, o, r, exact, out, err);
    if (st == EFT_OK &&
        (st = release_beside(t, o, &r->gate, exact, *out, err)) != EFT_OK) {
        eft_results_free(*out);
        *out = NULL;
    }
    if (st == EFT_OK)
        memcpy(t->released, (*out)->fingerprint, sizeof(t->released));
    efti_release(t->mem, names, r->theme_name_count * sizeof(*names));
    return st;
}

eft_status
eft_tally_release(eft_tally *t, const eft_release_options *opts, eft_results **out,
                  eft_error *err)
{
    eft_release_options own;
    char corpus[65] = "";
    eft_status st;

    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (t == NULL)
        return efti_left_out(err);
    if ((st = efti_tally_not_spent(t, err)) != EFT_OK ||
        (st = efti_options_take(&own, sizeof(own), opts, "eft_release_options", err)) !=
            EFT_OK ||
        (st = check_release(&own, err)) != EFT_OK)
        return st;
    if (own.quote_count == 0) /* a list of none is none */
        own.quotes = NULL;
    if (own.assignment_count == 0)
        own.assignments = NULL;
    struct efti_release_options r = settings_of(t, &own, corpus);
    bool exact = own.protect == EFT_PROTECT_SUPPRESS;
    t->stale = true;
    if ((!exact && (st = fingerprint_corpus(t, corpus, err)) != EFT_OK) ||
        (st = efti_tally_freeze(t->counts, err)) != EFT_OK)
        return st;
    return release_frozen(t, &own, &r, exact, out, err);
}
