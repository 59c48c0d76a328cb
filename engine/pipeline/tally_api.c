/*
 * tally_api.c - the public tally: feeding, merging, states, release
 *
 * A tally owns a worker of its own, made when the first text arrives: a state that is
 * only read, merged and released costs no form table.
 */
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

eft_status
eft_tally_new(eft_plan *plan, eft_tally **out, eft_error *err)
{
    eft_status st;

    *out = NULL;
    eft_tally *t = efti_zalloc(&plan->allocator, 1, sizeof(*t));
    if (t == NULL)
        return efti_no_memory(err, "a tally");
    t->plan = eft_plan_ref(plan);
    t->mem = &plan->allocator;
    t->stale = true;
    efti_keys_init(&t->keys, t->mem);
    efti_bytes_init(&t->veiled_text, t->mem);
    efti_bytes_init(&t->kept, t->mem);
    efti_arena_init(&t->prompt_arena, t->mem);
    if ((st = efti_tally_new(t->mem, &plan->settings, &t->counts, err)) == EFT_OK &&
        (st = efti_strings_new(t->mem, &t->labels, err)) == EFT_OK)
        st = efti_strings_new(t->mem, &t->writers, err);
    if (st == EFT_OK && (plan->flags & (EFT_PLAN_SPOOL | EFT_PLAN_KEEP_HITS)) != 0)
        st = efti_spool_new(t->mem, &t->spool, err);
    if (st != EFT_OK) {
        eft_tally_free(t);
        return st;
    }
    *out = t;
    return EFT_OK;
}

static void
free_part(struct efti_spool_part *part)
{
    efti_spool_free(part->spool);
    efti_strings_free(part->terms);
    EFTI_ARRAY_FREE(&part->plan->allocator, &part->function);
    eft_plan_unref(part->plan);
}

/* What one reflection is put together in. */
static void
free_scratch(eft_tally *t)
{
    const eft_allocator *mem = t->mem;

    efti_uses_free(t);
    EFTI_ARRAY_FREE(mem, &t->theme_counts);
    EFTI_ARRAY_FREE(mem, &t->pairs);
    EFTI_ARRAY_FREE(mem, &t->sentence_themes);
    EFTI_ARRAY_FREE(mem, &t->spans);
    EFTI_ARRAY_FREE(mem, &t->window_pairs);
    EFTI_ARRAY_FREE(mem, &t->tags);
}

void
eft_tally_free(eft_tally *t)
{
    if (t == NULL)
        return;
    const eft_allocator *mem = t->mem;
    if (t->worker != NULL) {
        efti_worker_close(t->worker);
        efti_release(mem, t->worker, sizeof(*t->worker));
    }
    efti_tally_free(t->counts);
    efti_keys_free(&t->keys);
    efti_strings_free(t->labels);
    efti_strings_free(t->writers);
    EFTI_ARRAY_FREE(mem, &t->writer_ids);
    efti_strings_free(t->prompts);
    EFTI_ARRAY_FREE(mem, &t->prompt_texts);
    efti_arena_free(&t->prompt_arena);
    efti_spool_free(t->spool);
    for (size_t i = 0; i < t->parts.count; i++)
        free_part(&t->parts.items[i]);
    EFTI_ARRAY_FREE(mem, &t->parts);
    EFTI_ARRAY_FREE(mem, &t->label_ids);
    EFTI_ARRAY_FREE(mem, &t->theme_ids);
    EFTI_ARRAY_FREE(mem, &t->terms.tally_ids);
    EFTI_ARRAY_FREE(mem, &t->terms.function);
    free_scratch(t);
    efti_bytes_free(&t->veiled_text);
    efti_bytes_free(&t->kept);
    EFTI_ARRAY_FREE(mem, &t->places);
    eft_plan *plan = t->plan;
    efti_release(mem, t, sizeof(*t));
    eft_plan_unref(plan);
}

static eft_status
need_worker(eft_tally *t, eft_error *err)
{
    if (t->worker != NULL)
        return EFT_OK;
    struct efti_worker *w = efti_zalloc(t->mem, 1, sizeof(*w));
    if (w == NULL)
        return efti_no_memory(err, "a worker");
    eft_status st = efti_worker_open(w, t->plan, err);
    if (st != EFT_OK) {
        efti_release(t->mem, w, sizeof(*w));
        return st;
    }
    t->worker = w;
    return EFT_OK;
}

static eft_status
check_not_spent(const eft_tally *t, eft_error *err)
{
    if (t->spent)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "this tally was merged into another and can only be freed");
    return EFT_OK;
}

eft_status
efti_tally_feed(eft_tally *t, const eft_reflection *r, const struct efti_id *key,
                eft_error *err)
{
    eft_reflection own;
    eft_status st = check_not_spent(t, err);

    if (st == EFT_OK && t->unlike)
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "the state was made with other settings than the plan's: tally "
                         "apart and merge, which names the difference");
    if (st != EFT_OK ||
        (st = efti_options_take(&own, sizeof(own), r, "eft_reflection", err)) != EFT_OK ||
        (st = need_worker(t, err)) != EFT_OK)
        return st;
    return efti_observe(t, &own, key, err);
}

eft_status
eft_tally_add(eft_tally *t, const eft_reflection *r, eft_error *err)
{
    return efti_tally_feed(t, r, NULL, err);
}

eft_status
eft_tally_add_columns(eft_tally *t, const eft_reflection *reflections, size_t count,
                      size_t *added, eft_error *err)
{
    const char *at = (const char *)reflections;

    *added = 0;
    for (size_t i = 0; i < count; i++) {
        const eft_reflection *r = (const eft_reflection *)(const void *)at;
        if (r->struct_size != reflections->struct_size)
            return efti_fail(err, EFT_E_ABI, EFT_NO_OFFSET,
                             "reflections of one call have unlike struct_size");
        eft_status st = eft_tally_add(t, r, err);
        if (st != EFT_OK)
            return st;
        *added = i + 1;
        at += reflections->struct_size; /* the caller's, not ours */
    }
    return EFT_OK;
}

uint64_t
eft_tally_count(const eft_tally *t)
{
    return t->counted;
}

/* ------------------------------------------------------------------- merge */

/* Hand the spool of `from`, with its numbering of terms, over to `into`. Room for it was
 * made before. */
static void
take_spool(eft_tally *into, eft_tally *from)
{
    if (from->spool != NULL) {
        struct efti_spool_part *part = &into->parts.items[into->parts.count++];
        *part = (struct efti_spool_part){
            .plan = eft_plan_ref(from->plan),
            .spool = from->spool,
            .terms = from->worker == NULL ? NULL : from->worker->terms.strings,
        };
        part->function.items = from->terms.function.items;
        part->function.count = from->terms.function.count;
        part->function.capacity = from->terms.function.capacity;
        from->spool = NULL;
        if (from->worker != NULL)
            from->worker->terms.strings = NULL; /* it is not asked any more */
        from->terms.function.items = NULL;
        from->terms.function.count = from->terms.function.capacity = 0;
    }
    for (size_t i = 0; i < from->parts.count; i++)
        into->parts.items[into->parts.count++] = from->parts.items[i];
    from->parts.count = 0;
    into->has_prompts = into->has_prompts || from->has_prompts;
}

/* All keys of `from` move over; the table was made large enough before. */
static eft_status
merge_keys(eft_tally *into, const eft_tally *from, eft_error *err)
{
    static const struct efti_id none;
    bool seen;

    for (size_t i = 0; i < from->keys.slot_count; i++) {
        if (efti_id_compare(&from->keys.slots[i], &none) == 0)
            continue;
        eft_status st = efti_keys_add(&into->keys, &from->keys.slots[i], &seen, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

eft_status
eft_tally_merge(eft_tally *into, eft_tally *from, eft_error *err)
{
    size_t parts = into->parts.count + from->parts.count + 1;
    struct efti_tally *fresh = NULL;
    eft_status st;

    if (into == from)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "a tally merged with itself");
    if ((st = check_not_spent(into, err)) != EFT_OK ||
        (st = check_not_spent(from, err)) != EFT_OK ||
        (st = efti_keys_reserve(&into->keys, from->keys.count, err)) != EFT_OK)
        return st;
    if (!EFTI_ARRAY_RESERVE(into->mem, &into->parts, parts))
        return efti_no_memory(err, "a merge");
    if ((st = efti_tally_new(from->mem, &from->plan->settings, &fresh, err)) != EFT_OK)
        return st;
    if ((st = efti_tally_merge(into->counts, from->counts, err)) != EFT_OK) {
        efti_tally_free(fresh);
        return st;
    }
    st = merge_keys(into, from, err);
    into->from_state = into->from_state || from->from_state ||
                       (from->spool == NULL && from->counted > 0);
    take_spool(into, from);
    into->stale = true;
    into->released[0] = '\0';
    into->counted += from->counted;
    efti_tally_free(from->counts);
    from->counts = fresh;
    from->counted = 0;
    from->spent = true;
    efti_keys_free(&from->keys);
    return st;
}

/* ------------------------------------------------------------------- state */

eft_status
eft_tally_write(eft_tally *t, eft_write_fn write, void *user, eft_error *err)
{
    struct efti_bytes bytes;
    eft_status st = check_not_spent(t, err);

    if (st != EFT_OK)
        return st;
    efti_bytes_init(&bytes, t->mem);
    t->stale = true; /* writing sorts, and sorting renumbers */
    st = efti_tally_write(t->counts, &bytes, err);
    if (st == EFT_OK)
        st = efti_callback_answer(write(user, bytes.data, bytes.size),
                                  "the receiver of the state", err);
    efti_bytes_free(&bytes);
    return st;
}

static bool
same_text(eft_text a, eft_text b)
{
    return efti_equal(a.bytes, a.size, b.bytes, b.size);
}

/* Would counts made under `plan` merge with these? */
static bool
settings_agree(const struct efti_tally_settings *a, const struct efti_tally_settings *b)
{
    bool same =
        a->writer_column == b->writer_column && a->facet_count == b->facet_count &&
        !(a->feeling_low < b->feeling_low) && !(a->feeling_low > b->feeling_low) &&
        !(a->feeling_high < b->feeling_high) && !(a->feeling_high > b->feeling_high) &&
        same_text(a->fingerprints, b->fingerprints);

    for (uint32_t i = 0; same && i < a->facet_count; i++)
        same = same_text(a->facet_names[i], b->facet_names[i]);
    return same;
}

eft_status
efti_tally_over(eft_plan *plan, struct efti_tally *counts, eft_tally **out,
                eft_error *err)
{
    eft_tally *t = NULL;
    bool seen;
    eft_status st = eft_tally_new(plan, &t, err);

    *out = NULL;
    if (st != EFT_OK) {
        efti_tally_free(counts);
        return st;
    }
    efti_tally_free(t->counts);
    t->counts = counts;
    t->from_state = true;
    const struct efti_frozen *f = efti_tally_frozen(counts);
    t->unlike = !settings_agree(&f->settings, &plan->settings);
    t->counted = f->record_count;
    for (uint32_t i = 0; i < f->record_count && st == EFT_OK; i++) {
        if (f->records[i].has_key)
            st = efti_keys_add(&t->keys, &f->records[i].key, &seen, err);
    }
    if (st != EFT_OK) {
        eft_tally_free(t);
        return st;
    }
    *out = t;
    return EFT_OK;
}

eft_status
eft_tally_read(eft_plan *plan, eft_text bytes, eft_tally **out, eft_error *err)
{
    struct efti_tally *counts = NULL;

    *out = NULL;
    eft_status st =
        efti_tally_read(&plan->allocator, bytes.bytes, bytes.size, &counts, err);
    return st == EFT_OK ? efti_tally_over(plan, counts, out, err) : st;
}

/* ----------------------------------------------------------------- release */

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
    if ((o->assignments == NULL) != (o->assignment_count == 0) ||
        (o->assignments != NULL && (o->flags & EFT_RELEASE_ASSIGNMENTS_BY_NAME) != 0))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "assignments are in the order given or in that of their names");
    if (o->where_count > 0 && o->protect != EFT_PROTECT_SUPPRESS)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a filter is told exactly or not at all: not with rounding or "
                         "noise");
    if ((o->quotes == NULL) != (o->quote_count == 0) ||
        (o->quotes != NULL && (o->flags & EFT_RELEASE_QUOTES_AUTO) != 0))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "quotes are approved ones or chosen by rules, not both");
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
    eft_status st = need_worker(t, err);

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
    eft_status st = need_worker(t, err);
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

eft_status
eft_tally_release(eft_tally *t, const eft_release_options *opts, eft_results **out,
                  eft_error *err)
{
    static const enum efti_adjustment adjustments[] = {[EFT_ADJUST_BH] = EFTI_ADJUST_BH,
                                                       [EFT_ADJUST_BY] = EFTI_ADJUST_BY,
                                                       [EFT_ADJUST_HOLM] =
                                                           EFTI_ADJUST_HOLM};
    eft_release_options own;
    const eft_release_options *o = &own;
    struct efti_theme_name *names = NULL;
    struct efti_term_pairs pairs = {0};
    struct efti_notes joined = {0};
    char corpus[65] = "";
    uint32_t name_count = count_names(t->plan);
    eft_status st;

    *out = NULL;
    if ((st = check_not_spent(t, err)) != EFT_OK ||
        (st = efti_options_take(&own, sizeof(own), opts, "eft_release_options", err)) !=
            EFT_OK ||
        (st = check_release(o, err)) != EFT_OK)
        return st;
    struct efti_release_options r = {
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
        .protect_budget = o->privacy_budget == 0 ? 500 : o->privacy_budget,
        .key = efti_plan_key(t->plan),
        .corpus = corpus,
    };
    bool exact = o->protect == EFT_PROTECT_SUPPRESS;
    t->stale = true;
    if (!exact && (st = fingerprint_corpus(t, corpus, err)) != EFT_OK)
        return st;
    if ((st = efti_tally_freeze(t->counts, err)) != EFT_OK)
        return st;
    const struct efti_frozen *f = efti_tally_frozen(t->counts);
    if ((st = efti_gate_make(o->k, r.external, f->settings.writer_column,
                             (o->flags & EFT_RELEASE_ONE_TEXT_PER_WRITER) != 0, &r.gate,
                             err)) != EFT_OK ||
        (st = theme_names(t->plan, &names, err)) != EFT_OK)
        return st;
    r.theme_names = names;
    r.theme_name_count = name_count;
    st = EFT_END;
    if (exact && (o->flags & EFT_RELEASE_NO_PAIRS) == 0)
        st = efti_count_pairs(t, o->pair_terms == 0 ? 2000 : o->pair_terms, r.gate.k,
                              r.no_stop, &pairs, err);
    bool paired = st == EFT_OK;
    if (st == EFT_END)
        st = EFT_OK;
    if (st == EFT_OK && exact && r.notes)
        st = join_notes_of(t, &joined, &r, err);
    if (st == EFT_OK)
        st = release_tables(t, o, &r, paired ? &pairs : NULL, out, err);
    if (st == EFT_OK && exact &&
        ((st = efti_release_prompts(t, &r.gate, *out, err)) != EFT_OK ||
         (st = release_quotes(t, o, *out, err)) != EFT_OK ||
         (st = release_suggestions(t, o, &r.gate, *out, err)) != EFT_OK)) {
        eft_results_free(*out);
        *out = NULL;
    }
    if (st == EFT_OK &&
        (st = fingerprint_corpus(t, (*out)->fingerprint, err)) != EFT_OK) {
        eft_results_free(*out);
        *out = NULL;
    }
    if (st == EFT_OK)
        memcpy(t->released, (*out)->fingerprint, sizeof(t->released));
    efti_term_pairs_free(t->mem, &pairs);
    efti_notes_free(&joined);
    efti_release(t->mem, names, name_count * sizeof(*names));
    return st;
}
