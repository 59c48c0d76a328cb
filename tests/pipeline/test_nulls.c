/*
 * test_nulls.c - NULL at each place of each public call
 *
 * api.h: NULL is for what a comment says may be NULL. Everywhere else a call that answers
 * a status refuses it, with nothing given out; one that answers a value says what it says
 * of nothing. The test of symbols sees to it that every public call stands here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pipeline/plan_tool.h"
#include "support/scratch.h"

static eft_error err;

#define REFUSED(call)                                                                    \
    do {                                                                                 \
        err = (eft_error){0};                                                            \
        assert_int_equal((call), EFT_E_RANGE);                                           \
        assert_int_equal(err.status, EFT_E_RANGE);                                       \
        assert_int_equal(err.offset, EFT_NO_OFFSET);                                     \
        assert_true(err.message[0] != '\0');                                             \
    } while (0)
/* The same, and the outcome is NULL. */
#define REFUSED_OUT(out, call)                                                           \
    do {                                                                                 \
        (out) = (void *)&err; /* anything but NULL */                                    \
        REFUSED(call);                                                                   \
        assert_null(out);                                                                \
    } while (0)

static eft_status
drop(void *user, const void *bytes, size_t size)
{
    (void)user, (void)bytes, (void)size;
    return EFT_OK;
}

static eft_status
drop_notice(void *user, uint32_t line, const char *notice)
{
    (void)user, (void)line, (void)notice;
    return EFT_OK;
}

static bool
empty(eft_text text)
{
    return text.size == 0;
}

/* ------------------------------------------------------------ context, text */

static void
contexts_and_texts(void **state)
{
    const eft_allocator half = {0};
    eft_context *c;

    (void)state;
    REFUSED(eft_context_new(NULL, NULL, &err));
    REFUSED_OUT(c, eft_context_new(&half, &c, &err));
    eft_context_free(NULL);
    eft_context_on_cancel(NULL, NULL, NULL);
    REFUSED(eft_offsets_to_codepoints(TEXT("hej"), NULL, 1, &err));
    assert_int_equal(eft_offsets_to_codepoints(TEXT("hej"), NULL, 0, &err), EFT_OK);
    assert_non_null(eft_library(0, NULL));
}

/* --------------------------------------------------------- lexicons, models */

static void
lexicons(void **state)
{
    eft_lexicon *lexicon = NULL, *out;
    const eft_input_options in = {.struct_size = sizeof(in)};
    eft_coverage coverage;
    size_t left = 7;

    (void)state;
    assert_int_equal(eft_lexicon_builtin(ctx, "enkat", &lexicon, &err), EFT_OK);
    REFUSED_OUT(out, eft_lexicon_read(NULL, TEXT("<a/>"), &out, &err));
    REFUSED(eft_lexicon_read(ctx, TEXT("<a/>"), NULL, &err));
    REFUSED_OUT(out, eft_lexicon_core(NULL, &out, &err));
    REFUSED(eft_lexicon_core(ctx, NULL, &err));
    REFUSED_OUT(out, eft_lexicon_builtin(NULL, "enkat", &out, &err));
    REFUSED_OUT(out, eft_lexicon_builtin(ctx, NULL, &out, &err));
    REFUSED(eft_lexicon_builtin(ctx, "enkat", NULL, &err));
    REFUSED_OUT(out, eft_lexicon_read_csv(NULL, TEXT("theme,text\n"), &out, &err));
    REFUSED(eft_lexicon_read_csv(ctx, TEXT("theme,text\n"), NULL, &err));
    for (int f = EFT_LEXICON_XML; f <= EFT_LEXICON_DICX; f++) {
        const eft_lexicon_format format = (eft_lexicon_format)f;
        left = 7;
        REFUSED_OUT(out, eft_lexicon_import(NULL, TEXT("a"), format, &out, &left, &err));
        assert_int_equal(left, 0);
        REFUSED(eft_lexicon_import(ctx, TEXT("a"), format, NULL, &left, &err));
        left = 7;
        REFUSED_OUT(
            out, eft_lexicon_import_as(NULL, TEXT("a"), format, NULL, &out, &left, &err));
        assert_int_equal(left, 0);
        REFUSED(eft_lexicon_import_as(ctx, TEXT("a"), format, "a", NULL, NULL, &err));
        left = 7;
        REFUSED(eft_lexicon_write(lexicon, format, NULL, NULL, &left, &err));
        assert_int_equal(left, 0);
        REFUSED(eft_lexicon_write(NULL, format, drop, NULL, NULL, &err));
    }
    REFUSED(eft_lexicon_check(NULL, lexicon, NULL, drop_notice, NULL, &err));
    REFUSED(eft_lexicon_check(ctx, NULL, NULL, drop_notice, NULL, &err));
    REFUSED(eft_lexicon_check(ctx, lexicon, NULL, NULL, NULL, &err));
    REFUSED(eft_lexicon_coverage(NULL, lexicon, NULL, &in, NULL, NULL, &coverage, &err));
    REFUSED(eft_lexicon_coverage(ctx, NULL, NULL, &in, NULL, NULL, &coverage, &err));
    REFUSED(eft_lexicon_coverage(ctx, lexicon, NULL, &in, NULL, NULL, NULL, &err));
    assert_null(eft_lexicon_ref(NULL));
    eft_lexicon_unref(NULL);
    assert_true(empty(eft_lexicon_id(NULL)) && empty(eft_lexicon_version(NULL)) &&
                empty(eft_lexicon_title(NULL, "sv")) &&
                empty(eft_lexicon_title(lexicon, NULL)) &&
                empty(eft_lexicon_licence(NULL)) && empty(eft_lexicon_source(NULL)));
    assert_string_equal(eft_lexicon_hash(NULL), "");
    assert_int_equal(eft_lexicon_theme_count(NULL), 0);
    assert_true(eft_lexicon_theme_find(NULL, TEXT("oro")) == SIZE_MAX);
    assert_true(empty(eft_lexicon_theme_id(NULL, 0)) &&
                empty(eft_lexicon_theme_label(NULL, 0, "sv")) &&
                empty(eft_lexicon_theme_label(lexicon, 0, NULL)) &&
                empty(eft_lexicon_theme_definition(NULL, 0, "sv")) &&
                empty(eft_lexicon_theme_definition(lexicon, 0, NULL)) &&
                empty(eft_lexicon_theme_source(NULL, 0)));
    assert_int_equal(eft_lexicon_theme_entry_count(NULL, 0), 0);
    eft_lexicon_unref(lexicon);
}

static void
models(void **state)
{
    eft_model *model = NULL, *out;
    double weight = 7;

    (void)state;
    assert_int_equal(eft_model_core(ctx, &model, &err), EFT_OK);
    REFUSED_OUT(out, eft_model_core(NULL, &out, &err));
    REFUSED(eft_model_core(ctx, NULL, &err));
    REFUSED_OUT(out, eft_model_read(NULL, TEXT("{}"), &out, &err));
    REFUSED(eft_model_read(ctx, TEXT("{}"), NULL, &err));
    assert_null(eft_model_ref(NULL));
    eft_model_unref(NULL);
    assert_string_equal(eft_model_hash(NULL), "");
    assert_int_equal(eft_model_theme_count(NULL), 0);
    assert_true(empty(eft_model_theme_id(NULL, 0)) && empty(eft_model_word(NULL, 0)));
    assert_false(eft_model_theme_used(NULL, 0) || eft_model_denies(NULL));
    assert_int_equal(eft_model_word_count(NULL), 0);
    assert_true(eft_model_word_weight(NULL, 0, 0) == 0 &&
                eft_model_word_denial(NULL, 0) == 0);
    assert_false(eft_model_word_is_cue(NULL, 0, &weight));
    assert_true(weight == 0);
    (void)eft_model_word_is_cue(model, 0, NULL);
    eft_model_unref(model);
}

/* ----------------------------------------------------------- plan, worker */

static void
plans_and_workers(void **state)
{
    static const char *const nothing[] = {NULL};
    static eft_lexicon *const none[] = {NULL};
    const eft_listed listed = {NULL, TEXT("Myran")};
    eft_worker *worker = NULL, *out;
    eft_plan *made;
    eft_tokens tokens;
    eft_veiled veiled;
    eft_hits hits;

    (void)state;
    REFUSED_OUT(made, eft_plan_new(NULL, NULL, &made, &err));
    REFUSED(eft_plan_new(ctx, NULL, NULL, &err));
    eft_plan_options o = plan_options(0);
    o.facets = nothing, o.facet_count = 1;
    REFUSED_OUT(made, eft_plan_new(ctx, &o, &made, &err));
    o = plan_options(0);
    o.lexicons = none, o.lexicon_count = 1;
    REFUSED_OUT(made, eft_plan_new(ctx, &o, &made, &err));
    o = plan_options(0);
    o.categories_off = nothing, o.category_off_count = 1;
    made = plan;
    assert_int_equal(eft_plan_new(ctx, &o, &made, &err), EFT_E_RANGE);
    assert_null(made);
    o = plan_options(0);
    o.deny = &listed, o.deny_count = 1;
    made = plan;
    assert_int_equal(eft_plan_new(ctx, &o, &made, &err), EFT_E_RANGE);
    assert_null(made);
    assert_null(eft_plan_ref(NULL));
    eft_plan_unref(NULL);
    assert_false(eft_plan_has_dictionary(NULL));
    assert_true(empty(eft_plan_fingerprints(NULL)));

    assert_int_equal(eft_worker_new(plan, &worker, &err), EFT_OK);
    REFUSED_OUT(out, eft_worker_new(NULL, &out, &err));
    REFUSED(eft_worker_new(plan, NULL, &err));
    eft_worker_free(NULL);
    REFUSED(eft_worker_tokenise(NULL, TEXT("Hej."), &tokens, &err));
    assert_int_equal(tokens.count, 0);
    REFUSED(eft_worker_tokenise(worker, TEXT("Hej."), NULL, &err));
    REFUSED(eft_worker_veil(NULL, TEXT("Hej."), &veiled, &err));
    assert_null(veiled.text.bytes);
    REFUSED(eft_worker_veil(worker, TEXT("Hej."), NULL, &err));
    REFUSED(eft_worker_set_writer(NULL, TEXT("a"), &err));
    REFUSED(eft_worker_themes(NULL, TEXT("Hej."), &hits, &err));
    assert_int_equal(hits.count, 0);
    REFUSED(eft_worker_themes(worker, TEXT("Hej."), NULL, &err));
    assert_true(eft_veiled_offset(NULL, 3, false) == 0 &&
                eft_original_offset(NULL, 3, true) == 0);
    eft_worker_free(worker);
}

/* ---------------------------------------------------------- tally, tables */

static void
tallies(void **state)
{
    const eft_reflection r = {.struct_size = sizeof(r), .text = TEXT("Det gick bra.")};
    const eft_text who = TEXT("a");
    eft_tally *t = NULL, *out;
    eft_results *results;
    uint64_t gone = 7;
    size_t added = 7;

    (void)state;
    assert_int_equal(eft_tally_new(plan, &t, &err), EFT_OK);
    REFUSED_OUT(out, eft_tally_new(NULL, &out, &err));
    REFUSED(eft_tally_new(plan, NULL, &err));
    eft_tally_free(NULL);
    REFUSED(eft_tally_add(NULL, &r, &err));
    REFUSED(eft_tally_add(t, NULL, &err));
    REFUSED(eft_tally_add_columns(NULL, &r, 1, &added, &err));
    assert_int_equal(added, 0);
    REFUSED(eft_tally_add_columns(t, NULL, 1, NULL, &err));
    assert_int_equal(eft_tally_add_columns(t, NULL, 0, NULL, &err), EFT_OK);
    assert_int_equal(eft_tally_count(NULL), 0);
    REFUSED(eft_tally_merge(NULL, t, &err));
    REFUSED(eft_tally_merge(t, NULL, &err));
    REFUSED(eft_tally_withdraw(NULL, &who, 1, &gone, NULL, &err));
    assert_int_equal(gone, 0);
    REFUSED(eft_tally_withdraw(t, NULL, 1, NULL, NULL, &err));
    REFUSED(eft_tally_write(NULL, drop, NULL, &err));
    REFUSED(eft_tally_write(t, NULL, NULL, &err));
    REFUSED_OUT(out, eft_tally_read(NULL, TEXT("x"), &out, &err));
    REFUSED(eft_tally_read(plan, TEXT("x"), NULL, &err));
    REFUSED_OUT(results, eft_tally_release(NULL, NULL, &results, &err));
    REFUSED(eft_tally_release(t, NULL, NULL, &err));
    assert_int_equal(eft_tally_add(t, &r, &err), EFT_OK);
    eft_tally_free(t);
}

static void
lists_of_a_release(void **state)
{
    static const eft_quote quote;
    eft_release_options o = {.struct_size = sizeof(o)};
    eft_results *results;
    eft_tally *t = NULL;

    (void)state;
    assert_int_equal(eft_tally_new(plan, &t, &err), EFT_OK);
    o.quote_count = 1;
    REFUSED_OUT(results, eft_tally_release(t, &o, &results, &err));
    o.quote_count = 0, o.where_count = 1;
    REFUSED_OUT(results, eft_tally_release(t, &o, &results, &err));
    o.where_count = 0, o.assignment_count = 1;
    REFUSED_OUT(results, eft_tally_release(t, &o, &results, &err));
    o.assignment_count = 0;
    o.quotes = &quote, o.assignments = &quote.theme; /* of none: none */
    assert_int_equal(eft_tally_release(t, &o, &results, &err), EFT_OK);
    assert_null(eft_results_find(results, "quotes"));
    eft_results_free(results);
    o.flags = EFT_RELEASE_QUOTES_AUTO | EFT_RELEASE_ASSIGNMENTS_BY_NAME;
    assert_int_equal(eft_tally_release(t, &o, &results, &err), EFT_OK);
    eft_results_free(results);
    eft_tally_free(t);
}

static void
tables(void **state)
{
    eft_results *results = NULL;
    eft_tally *t = NULL;

    (void)state;
    assert_int_equal(eft_tally_new(plan, &t, &err), EFT_OK);
    assert_int_equal(eft_tally_release(t, NULL, &results, &err), EFT_OK);
    const eft_table *table = eft_results_table(results, 0);
    assert_null(eft_results_find(results, NULL));
    assert_null(eft_results_find(NULL, "themes"));
    assert_null(eft_results_table(NULL, 0));
    assert_null(eft_results_missing(NULL, 0));
    assert_true(eft_results_count(NULL) == 0 && eft_results_k(NULL) == 0 &&
                eft_results_hidden(NULL) == 0);
    eft_results_free(NULL);
    assert_true(eft_table_column_find(table, NULL) == SIZE_MAX);
    assert_true(eft_table_column_find(NULL, "theme") == SIZE_MAX);
    assert_string_equal(eft_table_name(NULL), "");
    assert_string_equal(eft_table_description(NULL), "");
    assert_string_equal(eft_table_column_name(NULL, 0), "");
    assert_string_equal(eft_table_column_unit(NULL, 0), "");
    assert_string_equal(eft_table_column_description(NULL, 0), "");
    assert_int_equal(eft_table_column_type(NULL, 0), EFT_TYPE_TEXT);
    assert_true(eft_table_rows(NULL) == 0 && eft_table_columns(NULL) == 0 &&
                eft_table_hidden(NULL) == 0);
    assert_true(eft_table_missing(NULL, 0, 0));
    assert_int_equal(eft_table_integer(NULL, 0, 0), 0);
    assert_true(eft_table_real(NULL, 0, 0) == 0);
    assert_true(empty(eft_table_text(NULL, 0, 0)));
    eft_results_free(results);
    eft_tally_free(t);
}

/* ------------------------------------------------------- files and folders */

/* Two calls with the same arguments, but for the map. */
static void
lines_are_refused(eft_context *c, const eft_input_options *in, eft_write_fn write)
{
    REFUSED(eft_run_lines(c, NULL, in, EFT_LINES_VEILED, write, NULL, NULL, NULL, NULL,
                          &err));
    REFUSED(eft_run_veil(c, NULL, in, EFT_LINES_VEILED, write, NULL, NULL, NULL, NULL,
                         NULL, NULL, &err));
}

static void
runs_over_files(void **state)
{
    static const char *const path[] = {"nowhere.csv"}, *const nothing[] = {NULL};
    static const eft_column_map half[] = {{"text", NULL, NULL}, {NULL, NULL, "svar"}};
    eft_input_options in = {.struct_size = sizeof(in), .paths = path, .path_count = 1};
    eft_tally *t;
    eft_sealed *sealed;
    bool are;

    (void)state;
    lines_are_refused(NULL, &in, drop);
    lines_are_refused(ctx, &in, NULL);
    REFUSED_OUT(t, eft_run_tally(NULL, NULL, &in, &t, NULL, NULL, NULL, &err));
    REFUSED(eft_run_tally(ctx, NULL, &in, NULL, NULL, NULL, NULL, &err));
    REFUSED(eft_read_columns(NULL, &in, NULL, NULL, &err));
    REFUSED(eft_read_columns(ctx, &in, NULL, NULL, &err));
    REFUSED(eft_are_sealed(NULL, &in, &are, &err));
    REFUSED(eft_are_sealed(ctx, &in, NULL, &err));
    REFUSED_OUT(sealed, eft_run_sealed(NULL, &in, &sealed, &err));
    REFUSED(eft_run_sealed(ctx, &in, NULL, &err));
    for (size_t i = 0; i < COUNT_OF(half); i++) {
        in.maps = &half[i], in.map_count = 1;
        lines_are_refused(ctx, &in, drop);
        REFUSED_OUT(t, eft_run_tally(ctx, NULL, &in, &t, NULL, NULL, NULL, &err));
    }
    in.map_count = 0, in.paths = nothing;
    lines_are_refused(ctx, &in, drop);
    REFUSED_OUT(sealed, eft_run_sealed(ctx, &in, &sealed, &err));
}

static void
states_and_folders(void **state)
{
    const eft_run_folder runs[] = {{"a", "b"}, {NULL, "b"}, {"a", NULL}};
    const eft_save_options save = {.struct_size = sizeof(save),
                                   .folder = "nowhere/never"};
    const eft_save_options no_folder = {.struct_size = sizeof(no_folder)};
    const eft_trace_options trace = {
        .struct_size = sizeof(trace), .table = "themes", .where_count = 1};
    eft_results *results = NULL;
    eft_tally *t = NULL, *out;
    uint64_t found = 7;

    (void)state;
    assert_int_equal(eft_tally_new(plan, &t, &err), EFT_OK);
    assert_int_equal(eft_tally_release(t, NULL, &results, &err), EFT_OK);
    REFUSED(eft_save_state(NULL, t, "nowhere/never", false, &err));
    REFUSED(eft_save_state(ctx, NULL, "nowhere/never", false, &err));
    REFUSED(eft_save_state(ctx, t, NULL, false, &err));
    REFUSED_OUT(out, eft_load_state(NULL, NULL, "nowhere", &out, &err));
    REFUSED_OUT(out, eft_load_state(ctx, NULL, NULL, &out, &err));
    REFUSED(eft_load_state(ctx, NULL, "nowhere", NULL, &err));
    REFUSED(eft_save_results(NULL, t, results, &save, &err));
    REFUSED(eft_save_results(ctx, NULL, results, &save, &err));
    REFUSED(eft_save_results(ctx, t, NULL, &save, &err));
    REFUSED(eft_save_results(ctx, t, results, NULL, &err));
    REFUSED(eft_save_results(ctx, t, results, &no_folder, &err));
    REFUSED(eft_report_folder(NULL, "nowhere", NULL, drop, NULL, &err));
    REFUSED(eft_report_folder(ctx, NULL, NULL, drop, NULL, &err));
    REFUSED(eft_report_folder(ctx, "nowhere", NULL, NULL, NULL, &err));
    REFUSED(eft_merge_results(NULL, runs, 1, "nowhere", &err));
    REFUSED(eft_merge_results(ctx, NULL, 1, "nowhere", &err));
    REFUSED(eft_merge_results(ctx, runs, 1, NULL, &err));
    for (size_t i = 1; i < COUNT_OF(runs); i++)
        REFUSED(eft_merge_results(ctx, &runs[i], 1, "nowhere", &err));
    REFUSED(eft_verify_folder(NULL, "nowhere", NULL, NULL, &found, &err));
    assert_int_equal(found, 0);
    REFUSED(eft_verify_folder(ctx, NULL, NULL, NULL, &found, &err));
    REFUSED(eft_verify_folder(ctx, "nowhere", NULL, NULL, NULL, &err));
    REFUSED(eft_trace_folder(NULL, "nowhere", &trace, drop, NULL, &err));
    REFUSED(eft_trace_folder(ctx, NULL, &trace, drop, NULL, &err));
    REFUSED(eft_trace_folder(ctx, "nowhere", &trace, NULL, NULL, &err));
    REFUSED(eft_trace_folder(ctx, "nowhere", &trace, drop, NULL, &err));
    assert_int_equal(eft_trace_folder(ctx, "nowhere", NULL, drop, NULL, &err),
                     EFT_E_MISSING);
    REFUSED(eft_summary(NULL, results, NULL, NULL, false, drop, NULL, &err));
    REFUSED(eft_summary(ctx, NULL, NULL, NULL, false, drop, NULL, &err));
    REFUSED(eft_summary(ctx, results, NULL, NULL, false, NULL, NULL, &err));
    eft_results_free(results);
    eft_tally_free(t);
}

static void
sealed_states(void **state)
{
    const eft_save_options save = {.struct_size = sizeof(save),
                                   .folder = "nowhere/never"};
    const eft_save_options no_path = {.struct_size = sizeof(no_path)};
    eft_results *results = NULL, *tables;
    eft_sealed *sealed = NULL, *out;
    eft_tally *t = NULL;

    (void)state;
    assert_int_equal(eft_tally_new(plan, &t, &err), EFT_OK);
    assert_int_equal(eft_tally_release(t, NULL, &results, &err), EFT_OK);
    assert_int_equal(eft_results_seal(t, results, TEXT("Norr"), &sealed, &err), EFT_OK);
    REFUSED_OUT(out, eft_results_seal(NULL, results, TEXT("Norr"), &out, &err));
    REFUSED_OUT(out, eft_results_seal(t, NULL, TEXT("Norr"), &out, &err));
    REFUSED(eft_results_seal(t, results, TEXT("Norr"), NULL, &err));
    eft_sealed_free(NULL);
    REFUSED(eft_sealed_write(NULL, drop, NULL, &err));
    REFUSED(eft_sealed_write(sealed, NULL, NULL, &err));
    REFUSED_OUT(out, eft_sealed_read(NULL, TEXT("x"), &out, &err));
    REFUSED(eft_sealed_read(ctx, TEXT("x"), NULL, &err));
    REFUSED(eft_sealed_merge(NULL, sealed, &err));
    REFUSED(eft_sealed_merge(sealed, NULL, &err));
    assert_int_equal(eft_sealed_count(NULL), 0);
    assert_true(empty(eft_sealed_party(NULL, 0)));
    REFUSED_OUT(tables, eft_sealed_release(NULL, sealed, 0, &tables, &err));
    REFUSED_OUT(tables, eft_sealed_release(ctx, NULL, 0, &tables, &err));
    REFUSED(eft_sealed_release(ctx, sealed, 0, NULL, &err));
    REFUSED(eft_save_sealed(NULL, t, results, sealed, &save, &err));
    REFUSED(eft_save_sealed(ctx, NULL, results, sealed, &save, &err));
    REFUSED(eft_save_sealed(ctx, t, NULL, sealed, &save, &err));
    REFUSED(eft_save_sealed(ctx, t, results, NULL, &save, &err));
    REFUSED(eft_save_sealed(ctx, t, results, sealed, NULL, &err));
    REFUSED(eft_save_sealed(ctx, t, results, sealed, &no_path, &err));
    REFUSED(eft_save_merged(NULL, sealed, "nowhere/never", false, &err));
    REFUSED(eft_save_merged(ctx, NULL, "nowhere/never", false, &err));
    REFUSED(eft_save_merged(ctx, sealed, NULL, false, &err));
    REFUSED_OUT(out, eft_load_sealed(NULL, "nowhere", &out, &err));
    REFUSED_OUT(out, eft_load_sealed(ctx, NULL, &out, &err));
    REFUSED(eft_load_sealed(ctx, "nowhere", NULL, &err));
    REFUSED(eft_save_sealed_results(NULL, sealed, results, &save, &err));
    REFUSED(eft_save_sealed_results(ctx, NULL, results, &save, &err));
    REFUSED(eft_save_sealed_results(ctx, sealed, NULL, &save, &err));
    REFUSED(eft_save_sealed_results(ctx, sealed, results, NULL, &err));
    REFUSED(eft_save_sealed_results(ctx, sealed, results, &no_path, &err));
    eft_sealed_free(sealed);
    eft_results_free(results);
    eft_tally_free(t);
}

/* --------------------------------------------------------- measure and learn */

static eft_status
drop_figure(void *user, const eft_figure *figure)
{
    (void)user, (void)figure;
    return EFT_OK;
}

static void
evaluations_and_training(void **state)
{
    eft_evaluate_options e = {.struct_size = sizeof(e),
                              .kind = EFT_EVALUATE_THEMES,
                              .gold = "nowhere.jsonl",
                              .figure = drop_figure};
    eft_train_options t = {
        .struct_size = sizeof(t), .gold = "nowhere.jsonl", .write = drop};

    (void)state;
    REFUSED(eft_evaluate(NULL, NULL, NULL, &e, &err));
    REFUSED(eft_evaluate(ctx, NULL, NULL, NULL, &err));
    e.figure = NULL;
    REFUSED(eft_evaluate(ctx, NULL, NULL, &e, &err));
    e.figure = drop_figure, e.gold = NULL;
    REFUSED(eft_evaluate(ctx, NULL, NULL, &e, &err));
    REFUSED(eft_train(NULL, NULL, NULL, &t, &err));
    REFUSED(eft_train(ctx, NULL, NULL, NULL, &err));
    t.write = NULL;
    REFUSED(eft_train(ctx, NULL, NULL, &t, &err));
    t.write = drop, t.gold = NULL;
    REFUSED(eft_train(ctx, NULL, NULL, &t, &err));
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contexts_and_texts),
        cmocka_unit_test(lexicons),
        cmocka_unit_test(models),
        cmocka_unit_test(plans_and_workers),
        cmocka_unit_test(tallies),
        cmocka_unit_test(lists_of_a_release),
        cmocka_unit_test(tables),
        cmocka_unit_test(runs_over_files),
        cmocka_unit_test(states_and_folders),
        cmocka_unit_test(sealed_states),
        cmocka_unit_test(evaluations_and_training),
    };

    plan_tool_arguments(argc, argv);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, plan_set_up, plan_tear_down);
}
