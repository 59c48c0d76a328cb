/*
 * tables.c - all tables of a release, in the order of the schema
 *
 * Every number below passed the gate (gate.c) in the file that wrote it:
 *
 *     overview.c  themes.c  crossed.c  feelings.c  terms.c  words.c  term_pairs.c
 *     theme_pairs.c  readable.c
 *
 * inference.c gathers tests over whole tables and writes them last.
 *
 * `themes` and `terms` come before what leans on them: a pair is shown only with both of
 * its halves, parts of a theme only with the theme.
 */
#include "release/internal.h"

static eft_status
release_all(struct release_job *j, const struct efti_term_pairs *pairs, eft_error *err)
{
    eft_status st;

    if ((st = efti_job_open(j, err)) != EFT_OK ||
        (st = efti_release_overview(j, err)) != EFT_OK ||
        (st = efti_release_themes(j, err)) != EFT_OK ||
        (st = efti_release_crossed(j, err)) != EFT_OK ||
        (st = efti_release_feelings(j, err)) != EFT_OK ||
        (st = efti_release_terms(j, err)) != EFT_OK ||
        (st = efti_release_words(j, err)) != EFT_OK ||
        (st = efti_release_term_pairs(j, pairs, err)) != EFT_OK ||
        (st = efti_release_theme_pairs(j, err)) != EFT_OK ||
        (st = efti_release_readability(j, err)) != EFT_OK)
        return st;
    return efti_release_tests(j, err);
}

eft_status
efti_release_tables(const eft_allocator *mem, const struct efti_frozen *f,
                    const struct efti_release_options *options,
                    const struct efti_term_pairs *pairs, struct eft_results **out,
                    eft_error *err)
{
    struct release_job j = {.mem = mem, .f = f, .o = options};
    eft_status st;

    *out = NULL;
    if (options->gate.k < 3)
        return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                         "a release needs a gate of at least 3 writers");
    if ((st = efti_results_new(mem, &j.results, err)) != EFT_OK)
        return st;
    j.results->k = options->gate.k;
    j.results->writer_column = f->settings.writer_column;
    j.results->external = options->external;
    st = release_all(&j, pairs, err);
    efti_job_close(&j);
    if (st != EFT_OK) {
        eft_results_free(j.results);
        return st;
    }
    *out = j.results;
    return EFT_OK;
}
