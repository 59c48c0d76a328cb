/*
 * sealed.c - seal, and analyse and merge over sealed states
 *
 * A sealed state is a release: the log is asked and written as for analyse. What several
 * parties sealed is added up without a log, but only after the user has affirmed that
 * nobody writes in two of them.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

int
cli_are_sealed(eft_context *ctx, const struct cli *c, bool *sealed)
{
    eft_input_options input = cli_input(c);
    eft_error err = {0};

    return eft_are_sealed(ctx, &input, sealed, &err) == EFT_OK ? CLI_DONE
                                                               : cli_fail(&err);
}

/* -------------------------------------------------------------------- seal */

static eft_status
seal_tally(eft_context *ctx, const struct cli *c, eft_tally *tally, const char *log,
           eft_error *err)
{
    eft_release_options release = {.struct_size = sizeof(release),
                                   .k = c->k,
                                   .flags = cli_release_flags(c),
                                   .log = log};
    eft_save_options save = {.struct_size = sizeof(save),
                             .folder = c->out,
                             .log = log,
                             .flags = c->force ? EFT_SAVE_REPLACE : 0u};
    eft_results *results = NULL;
    eft_sealed *sealed = NULL;
    eft_text party = {c->party, strlen(c->party)};

    eft_status st = eft_tally_release(tally, &release, &results, err);
    if (st == EFT_OK)
        st = eft_results_seal(tally, results, party, &sealed, err);
    if (st == EFT_OK) {
        cli_hold_signals(ctx);
        st = eft_save_sealed(ctx, tally, results, sealed, &save, err);
        cli_release_signals(ctx);
    }
    if (st == EFT_OK && !c->quiet)
        fprintf(stderr, "eftertanke: sealed for one party, k %u; it may be sent\n",
                (unsigned)eft_results_k(results));
    eft_sealed_free(sealed);
    eft_results_free(results);
    return st;
}

static int
seal_with(eft_context *ctx, const struct cli *c, const struct cli_plan *plan,
          const char *log)
{
    struct cli_counted all;
    eft_error err = {0};
    int code = CLI_DONE;

    eft_status st = cli_count(ctx, c, plan, &all, &err);
    if (st == EFT_OK)
        st = seal_tally(ctx, c, all.tally, log, &err);
    if (st != EFT_OK) {
        code = cli_fail(&err);
    } else {
        cli_warnings(c, &all.counts);
        cli_print_set_aside(&all.set_aside);
        if (all.counts.set_aside > 0)
            code = CLI_SET_ASIDE;
    }
    cli_counted_free(&all);
    return code;
}

int
cli_seal(eft_context *ctx, const struct cli *c)
{
    struct cli_plan plan;
    char buffer[4096];
    const char *log;

    if (c->path_count == 0 || c->out == NULL || strcmp(c->out, "-") == 0 ||
        c->party == NULL || c->party[0] == '\0') {
        fprintf(stderr,
                "eftertanke: seal needs a state, the name that others see and "
                "where to write, as in\n"
                "  eftertanke seal mjolby.state --party Mjölby -o mjolby.sealed\n");
        return CLI_USAGE;
    }
    int code = cli_log(c, buffer, sizeof(buffer), &log);
    if (code != CLI_DONE ||
        (code = cli_output_check(c->out, "the sealed state", c->force)) != CLI_DONE)
        return code;
    code = cli_plan_open(ctx, c, 0, &plan);
    if (code == CLI_DONE)
        code = seal_with(ctx, c, &plan, log);
    cli_plan_close(&plan);
    return code;
}

/* ---------------------------------------------------------- what others sealed */

/* What a table over parties cannot say by itself. */
static void
say_parties(const struct cli *c, const eft_sealed *sealed)
{
    size_t count = eft_sealed_count(sealed);

    if (!c->quiet)
        fprintf(stderr,
                "eftertanke: %zu %s; each row tells from how many its number is: those "
                "absent are the small ones\n",
                count, count == 1 ? "party" : "parties");
}

static int
save_over_parties(eft_context *ctx, const struct cli *c, const eft_sealed *sealed,
                  const eft_report_options *report, time_t started)
{
    eft_save_options save = {.struct_size = sizeof(save),
                             .folder = c->out,
                             .report = report,
                             .flags = (c->force ? EFT_SAVE_REPLACE : 0u) |
                                      (c->no_report ? EFT_SAVE_NO_REPORT : 0u)};
    eft_run_counts counts = {.writer_column = true, .dictionary = true};
    eft_results *results = NULL;
    eft_error err = {0};
    char run[512];
    int code = CLI_DONE;

    int n = cli_run_json(c, &counts, started, run, sizeof(run));
    save.run_json = (eft_text){run, n > 0 && (size_t)n < sizeof(run) ? (size_t)n : 0};
    eft_status st = eft_sealed_release(ctx, sealed, c->disjoint ? EFT_SEALED_DISJOINT : 0,
                                       &results, &err);
    if (st == EFT_OK) {
        cli_hold_signals(ctx);
        st = eft_save_sealed_results(ctx, sealed, results, &save, &err);
        cli_release_signals(ctx);
    }
    if (st != EFT_OK) {
        code = cli_fail(&err);
    } else {
        say_parties(c, sealed);
        if (c->json)
            code = cli_print_json_summary(c->out);
        else if (!c->quiet)
            code = cli_print_summary(ctx, c, results, NULL);
    }
    eft_results_free(results);
    return code;
}

/* What the parties decided when they sealed, or what only texts can give. Said in vain,
 * it would be taken for granted. */
static int
refuse_vain(const struct cli *c)
{
    if (c->k != 0 || c->external || c->protect != NULL || c->where_count > 0)
        return cli_usage("sealed states are released already: --k, --audience, --protect "
                         "and --where belong to \"seal\" and to each party",
                         NULL);
    if (c->lexicon_count > 0 || c->model != NULL || c->decide != NULL ||
        c->allow != NULL || c->deny != NULL || c->roster != NULL ||
        c->categories != NULL || c->accept_language || c->window != 0 ||
        c->terms != EFT_TERMS_BASE || c->compounds != EFT_COMPOUNDS_WHOLE)
        return cli_usage("sealed states are counted already: lexicons, model, weights, "
                         "terms, compounds, own lists and languages belong to \"tally\" "
                         "or \"seal\" with the texts; leave those options out",
                         NULL);
    if (c->suggest || c->review || c->quotes != NULL || c->notes)
        return cli_usage("--suggest, --review, --quotes and --notes need the texts, and "
                         "sealed states hold none",
                         NULL);
    return CLI_DONE;
}

int
cli_analyse_sealed(eft_context *ctx, const struct cli *c)
{
    eft_input_options input = cli_input(c);
    eft_report_options report;
    eft_sealed *sealed = NULL;
    eft_error err = {0};
    char *logo = NULL;
    time_t started = time(NULL);
    int code = cli_output_check(c->out, "the folder of --out", c->force);

    if (code != CLI_DONE || (code = refuse_vain(c)) != CLI_DONE)
        return code;
    if (c->path_count > 1 && !c->disjoint) {
        fprintf(stderr, "eftertanke: writers of several parties are added up: say "
                        "--disjoint-writers if nobody writes in two of them\n");
        return CLI_USAGE;
    }
    if ((code = cli_report_options(c, &report, &logo)) != CLI_DONE)
        return code;
    if (eft_run_sealed(ctx, &input, &sealed, &err) != EFT_OK)
        code = cli_fail(&err);
    else
        code = save_over_parties(ctx, c, sealed, &report, started);
    eft_sealed_free(sealed);
    free(logo);
    return code;
}

int
cli_merge_sealed(eft_context *ctx, const struct cli *c)
{
    eft_input_options input = cli_input(c);
    eft_sealed *sealed = NULL;
    eft_error err = {0};

    eft_status st = eft_run_sealed(ctx, &input, &sealed, &err);
    if (st == EFT_OK) {
        cli_hold_signals(ctx);
        st = eft_save_merged(ctx, sealed, c->out, c->force, &err);
        cli_release_signals(ctx);
    }
    if (st == EFT_OK)
        say_parties(c, sealed);
    eft_sealed_free(sealed);
    return st == EFT_OK ? CLI_DONE : cli_fail(&err);
}
