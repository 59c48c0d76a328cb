/*
 * results.c - states and result folders on disk
 *
 * A folder is filled beside its final name and renamed into place. The release log is
 * written before the rename: a release that could not be logged does not appear, and one
 * that is logged but did not appear has told nobody anything.
 */
#include "pipeline/batch.h"
#include "pipeline/review.h"

#include "base/context.h"
#include "export/export.h"
#include "read/json.h"
#include "release/release.h"
#include "store/store.h"

EFTI_PIN_SIZE(eft_save_options, 72);

/* ------------------------------------------------------------------ states */

eft_status
eft_save_state(eft_context *ctx, eft_tally *tally, const char *path, bool replace,
               eft_error *err)
{
    struct efti_bytes bytes;
    eft_status st;

    if (ctx == NULL || tally == NULL || path == NULL)
        return efti_left_out(err);
    if (tally->spent)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "this tally was merged into another and can only be freed");
    efti_bytes_init(&bytes, efti_context_allocator(ctx));
    tally->stale = true;
    st = efti_tally_write(tally->counts, &bytes, err);
    if (st == EFT_OK)
        st = efti_file_put(efti_context_allocator(ctx), path, bytes.data, bytes.size,
                           replace, err);
    efti_bytes_free(&bytes);
    return st;
}

/* The number of the setting `name` among the fingerprints of a state; 0: not there. */
static uint32_t
setting_of(eft_text lines, const char *name, const char *const *values, uint32_t count)
{
    size_t n = strlen(name), end;

    for (size_t at = 0; at < lines.size; at = end + 1) {
        for (end = at; end < lines.size && lines.bytes[end] != '\n';)
            end++;
        if (end - at <= n + 1 || memcmp(lines.bytes + at, name, n) != 0 ||
            lines.bytes[at + n] != ' ')
            continue;
        for (uint32_t i = 0; i < count; i++)
            if (efti_equal(lines.bytes + at + n + 1, end - at - n - 1, values[i],
                           strlen(values[i])))
                return i;
    }
    return 0;
}

/* A state brings its own settings about writers, terms and facets: the plan follows it,
 * so that merge compares states with states and not with the caller's guesses. */
static eft_status
plan_for_state(eft_context *ctx, const eft_plan_options *options,
               const struct efti_tally_settings *s, eft_plan **out, eft_error *err)
{
    eft_plan_options o;
    const char *names[EFTI_MAX_FACETS];
    char copies[EFTI_MAX_FACETS][80];
    eft_status st = efti_options_take(&o, sizeof(o), options, "eft_plan_options", err);

    if (st != EFT_OK)
        return st;
    o.flags &= ~(uint32_t)(EFT_PLAN_SPOOL | EFT_PLAN_KEEP_HITS | EFT_PLAN_NO_WRITERS);
    if (!s->writer_column)
        o.flags |= EFT_PLAN_NO_WRITERS;
    o.feeling_low = s->feeling_low;
    o.feeling_high = s->feeling_high;
    o.terms = setting_of(s->fingerprints, "terms", efti_terms_names,
                         EFTI_COUNT(efti_terms_names));
    o.compounds = setting_of(s->fingerprints, "compounds", efti_compounds_names,
                             EFTI_COUNT(efti_compounds_names));
    o.facet_count = s->facet_count;
    o.facets = names;
    for (uint32_t i = 0; i < s->facet_count; i++) {
        size_t n = s->facet_names[i].size < 79 ? s->facet_names[i].size : 79;
        memcpy(copies[i], s->facet_names[i].bytes, n);
        copies[i][n] = '\0';
        names[i] = copies[i];
    }
    return eft_plan_new(ctx, &o, out, err);
}

eft_status
eft_load_state(eft_context *ctx, const eft_plan_options *options, const char *path,
               eft_tally **out, eft_error *err)
{
    struct efti_tally *counts = NULL;
    struct efti_bytes bytes;
    eft_plan *plan = NULL;
    eft_status st;

    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (ctx == NULL || path == NULL)
        return efti_left_out(err);
    efti_bytes_init(&bytes, efti_context_allocator(ctx));
    st = efti_file_get(path, &bytes, err);
    if (st == EFT_OK)
        st = efti_tally_read(efti_context_allocator(ctx), bytes.data, bytes.size, &counts,
                             err);
    efti_bytes_free(&bytes);
    if (st != EFT_OK)
        return st;
    st = plan_for_state(ctx, options, &efti_tally_frozen(counts)->settings, &plan, err);
    if (st == EFT_OK)
        st = efti_tally_over(plan, counts, out, err); /* takes the counts */
    else
        efti_tally_free(counts);
    eft_plan_unref(plan);
    return st;
}

void
efti_state_counts(eft_tally *tally, eft_run_counts *c)
{
    c->stop_negations = tally->plan->stop_negations;
    tally->stale = true;
    if (efti_tally_freeze(tally->counts, NULL) != EFT_OK)
        return; /* no memory: the figures stay zero, the next call says why */
    const uint64_t *counters = efti_tally_frozen(tally->counts)->counters;
    c->empty = counters[EFTI_COUNT_EMPTY];
    c->uninformative = counters[EFTI_COUNT_UNINFORMATIVE];
    c->withheld = counters[EFTI_COUNT_WITHHELD];
}

/* ------------------------------------------------------------------ folder */

static eft_status
save_tables(struct efti_output *folder, const eft_results *results, struct efti_bytes *b,
            eft_error *err)
{
    char name[160];
    eft_status st = efti_output_sub(folder, "tables", err);

    for (size_t i = 0; st == EFT_OK && i < results->tables.count; i++) {
        const eft_table *table = results->tables.items[i];
        efti_bytes_clear(b);
        if ((st = efti_csv(table, b, err)) != EFT_OK)
            break;
        size_t n = strlen(eft_table_name(table));
        if (n > sizeof(name) - 12)
            return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "a table name is too long");
        memcpy(name, "tables/", 7);
        memcpy(name + 7, eft_table_name(table), n);
        memcpy(name + 7 + n, ".csv", 5);
        st = efti_output_put(folder, name, b->data, b->size, false, err);
    }
    efti_bytes_clear(b);
    if (st == EFT_OK && (st = efti_csv_schema(results, b, err)) == EFT_OK)
        st = efti_output_put(folder, "tables/columns.csv", b->data, b->size, false, err);
    return st;
}

struct database_task {
    const eft_allocator *mem;
    const eft_results *results;
    struct efti_bytes path, bytes;
};

/* The database is written by SQLite: its bytes are read again for their hash. */
static eft_status
run_database(void *user, eft_error *err)
{
    struct database_task *x = user;
    eft_status st = efti_store_write(x->mem, x->path.data, x->results, err);

    return st == EFT_OK ? efti_file_get(x->path.data, &x->bytes, err) : st;
}

/* What is mode 0600 and not to be passed on with the results. */
static void
put_sensitive(uint32_t flags, struct efti_bytes *b)
{
    static const struct {
        uint32_t flag;
        const char *name;
    } files[] = {{EFT_SAVE_REVIEW, "review/quotes.jsonl"},
                 {EFT_SAVE_REVIEW, "review/risks.jsonl"},
                 {EFT_SAVE_REVIEW, "review/terms.tsv"},
                 {EFT_SAVE_VEILED, "veiled.jsonl"},
                 {EFT_SAVE_HITS, "working.sqlite"}};
    bool first = true;

    efti_put_text(b, ",\n \"sensitive\": [");
    for (size_t i = 0; i < EFTI_COUNT(files); i++) {
        if ((flags & files[i].flag) == 0)
            continue;
        efti_put_text(b, first ? "\"" : ", \"");
        efti_put_text(b, files[i].name);
        efti_put_char(b, '"');
        first = false;
    }
    efti_put_char(b, ']');
}

/* Empty, or one JSON object that leaves room for what is added to it. */
static eft_status
check_run(eft_text run, size_t *members, eft_error *err)
{
    json_t *object = NULL;
    eft_status st = efti_text_is_there(run, "what goes into run.json", err);

    if (st != EFT_OK || run.size == 0)
        return st;
    st = efti_json_parse(run, JSON_REJECT_DUPLICATES, &object, NULL, err);
    if (st != EFT_OK)
        return st;
    *members = json_object_size(object);
    if (!json_is_object(object) || json_object_get(object, "files") != NULL ||
        json_object_get(object, "sensitive") != NULL)
        st = efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                       "what goes into run.json is no JSON object, or has \"files\" or "
                       "\"sensitive\", which are added");
    json_decref(object);
    return st;
}

/* What the caller says of the run, which is one JSON object, and the hashes of all files
 * for `verify`. They are not in the manifest, which the report shows. */
static eft_status
save_run(struct efti_output *folder, eft_text run, uint32_t flags, struct efti_bytes *b,
         eft_error *err)
{
    size_t members = 0, end = run.size;
    eft_status st = check_run(run, &members, err);

    if (st != EFT_OK)
        return st;
    efti_bytes_clear(b);
    if (members > 0) {
        while (run.bytes[end - 1] != '}')
            end--;
        efti_put(b, run.bytes, end - 1);
        efti_put_text(b, ",\n");
    } else {
        efti_put_text(b, "{");
    }
    efti_put_text(b, " \"files\": ");
    efti_output_hashes(folder, b);
    put_sensitive(flags, b);
    efti_put_text(b, "}\n");
    if (b->failed)
        return efti_no_memory(err, "run.json");
    return efti_output_put(folder, "run.json", b->data, b->size, false, err);
}

/* Everything but the database and run.json. */
static eft_status
run_files(void *user, eft_error *err)
{
    const struct efti_saving *x = user;
    const eft_save_options *o = x->options;
    struct efti_bytes *b = x->scratch;
    eft_status st = save_tables(x->folder, x->results, b, err);

    efti_bytes_clear(b);
    if (st != EFT_OK || (st = efti_json_summary(x->results, b, err)) != EFT_OK ||
        (st = efti_output_put(x->folder, "summary.json", b->data, b->size, false, err)) !=
            EFT_OK)
        return st;
    if (o->set_aside.size > 0 &&
        (st = efti_output_put(x->folder, "set-aside.jsonl", o->set_aside.bytes,
                              o->set_aside.size, false, err)) != EFT_OK)
        return st;
    efti_bytes_clear(b);
    efti_write_manifest(b, x->subject, x->results);
    if (b->failed)
        return efti_no_memory(err, "the manifest");
    st = efti_output_put(x->folder, "manifest.json", b->data, b->size, false, err);
    if (st == EFT_OK && (o->flags & EFT_SAVE_NO_REPORT) == 0)
        st = efti_save_report(x->mem, x->folder, x->results, (eft_text){b->data, b->size},
                              o->report, err);
    return st;
}

/* The files of the folder, and the database beside them. */
static eft_status
save_both(const struct efti_saving *x, uint32_t threads, eft_error *err)
{
    static const char name[] = "results.sqlite";
    struct database_task d = {.mem = x->mem, .results = x->results};
    struct efti_saving own = *x;
    struct efti_task files = {.run = run_files, .user = &own};
    struct efti_task database = {.run = run_database, .user = &d};
    eft_status st;

    efti_bytes_init(&d.path, x->mem);
    efti_bytes_init(&d.bytes, x->mem);
    const char *path = efti_output_path(x->folder, name);
    efti_put(&d.path, path, strlen(path) + 1);
    st = d.path.failed ? efti_no_memory(err, "the results database")
                       : efti_both(threads, &database, &files, err);
    if (st == EFT_OK)
        st = efti_output_note(x->folder, name, d.bytes.data, d.bytes.size, err);
    efti_bytes_free(&d.path);
    efti_bytes_free(&d.bytes);
    return st;
}

eft_status
efti_save_folder(const struct efti_saving *x, uint32_t threads, eft_error *err)
{
    const eft_save_options *o = x->options;
    size_t members = 0;
    eft_status st = efti_text_is_there(o->set_aside, "what was set aside", err);

    if (st == EFT_OK)
        st = check_run(o->run_json, &members, err); /* before anything is written */
    if (st == EFT_OK)
        st = save_both(x, threads, err);
    return st == EFT_OK ? save_run(x->folder, x->options->run_json, x->options->flags,
                                   x->scratch, err)
                        : st;
}

eft_status
efti_still_wanted(const eft_context *ctx, eft_error *err)
{
    eft_status st = efti_context_cancelled(ctx);

    return st == EFT_OK ? EFT_OK
                        : efti_fail(err, st, EFT_NO_OFFSET, "the caller asked to stop");
}

/* What waits for a person: candidates for quotes, words that are not closed. */
static eft_status
save_review(eft_tally *t, const eft_results *results, struct efti_output *folder,
            struct efti_bytes *b, eft_error *err)
{
    struct efti_quotes q;
    eft_status st = efti_gather_quotes(t, results, NULL, 0, NULL, &q, err);

    efti_bytes_clear(b);
    if (st == EFT_OK)
        efti_put_quotes(t, &q, b);
    efti_quotes_free(t->mem, &q);
    if (st == EFT_END)
        return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                         "a review needs the texts: not states, and with the spool");
    if (st == EFT_OK && b->failed)
        st = efti_no_memory(err, "the review");
    if (st == EFT_OK)
        st = efti_output_sub(folder, "review", err);
    if (st == EFT_OK)
        st = efti_output_put(folder, "review/quotes.jsonl", b->data, b->size, true, err);
    efti_bytes_clear(b);
    if (st == EFT_OK && (st = efti_put_open_terms(t, results->k, b, err)) == EFT_OK)
        st = efti_output_put(folder, "review/terms.tsv", b->data, b->size, true, err);
    efti_bytes_clear(b);
    if (st == EFT_OK && (st = efti_put_risks(t, b, err)) == EFT_OK)
        st = efti_output_put(folder, "review/risks.jsonl", b->data, b->size, true, err);
    return st;
}

/* The manifest and the log describe the tally: it must be what was released. */
static eft_status
check_save(const eft_tally *tally, const eft_results *results, const eft_save_options *o,
           eft_error *err)
{
    const uint32_t known = EFT_SAVE_REPLACE | EFT_SAVE_REVIEW | EFT_SAVE_NO_REPORT |
                           EFT_SAVE_HITS | EFT_SAVE_VEILED;

    if ((o->flags & ~known) != 0 || o->reserved != 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "unknown flag in the save options");
    if (o->folder == NULL)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "the results need a folder");
    if (results->fingerprint[0] == '\0' || efti_tally_frozen(tally->counts) == NULL ||
        strcmp(results->fingerprint, tally->released) != 0)
        return efti_fail(
            err, EFT_E_CONFLICT, EFT_NO_OFFSET,
            "the tally has changed since these results were released: release "
            "it again");
    return EFT_OK;
}

eft_status
eft_save_results(eft_context *ctx, eft_tally *tally, const eft_results *results,
                 const eft_save_options *opts, eft_error *err)
{
    const eft_allocator *mem = efti_context_allocator(ctx);
    struct efti_output *folder = NULL;
    eft_save_options own;
    const eft_save_options *o = &own;
    struct efti_bytes b;
    uint64_t number;

    if (ctx == NULL || tally == NULL || results == NULL)
        return efti_left_out(err);
    eft_status st = efti_options_take(&own, sizeof(own), opts, "eft_save_options", err);
    if (st != EFT_OK || (st = check_save(tally, results, o, err)) != EFT_OK)
        return st;
    efti_bytes_init(&b, mem);
    st = efti_output_open(mem, o->folder, (o->flags & EFT_SAVE_REPLACE) != 0, &folder,
                          err);
    if (st == EFT_OK) {
        const struct efti_subject subject = {.frozen = efti_tally_frozen(tally->counts),
                                             .stop = tally->plan->stop_hash};
        const struct efti_saving saving = {mem, &subject, results, o, folder, &b};
        st = efti_save_folder(&saving, tally->threads, err);
    }
    if (st == EFT_OK)
        st = efti_still_wanted(ctx, err);
    if (st == EFT_OK && (o->flags & EFT_SAVE_REVIEW) != 0)
        st = save_review(tally, results, folder, &b, err);
    if (st == EFT_OK)
        st = efti_save_kept(tally, results, o->flags, folder, err);
    if (st == EFT_OK)
        st = efti_still_wanted(ctx, err); /* the last time: then it is logged */
    /* perturbed counts are in a log of their own already */
    if (st == EFT_OK && o->log != NULL && !results->perturbed)
        st = efti_release_log_append(mem, o->log, efti_tally_frozen(tally->counts),
                                     results, &number, err);
    if (st == EFT_OK)
        st = efti_output_finish(folder, err);
    efti_output_close(folder);
    efti_bytes_free(&b);
    return st;
}
