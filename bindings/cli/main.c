/*
 * main.c - dispatch, and what the process promises: no core dumps, no text in dumps
 */
#include "cli.h"

#include <errno.h>
#include <locale.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/* A limit of one byte: no file is that small, and it is the one value that also keeps the
 * kernel from handing the dump to a program (core_pattern "|..."), which a limit of 0
 * does not. PR_SET_DUMPABLE would do as well, but takes /dev/fd/N from us, and with it
 * eftertanke analyse <(xz -dc a.csv.xz); it is for where the limit cannot be set. */
static void
no_core_dumps(void)
{
    const struct rlimit one = {1, 1}, none = {0, 0};

    if (setrlimit(RLIMIT_CORE, &one) == 0)
        return;
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

static int
print_version(eft_context *ctx)
{
    eft_error err = {0};
    eft_plan *plan = NULL;

    printf("eftertanke %s\n", eft_version());
    if (eft_plan_new(ctx, NULL, &plan, &err) != EFT_OK)
        return cli_fail(&err);
    const char *version, *name;
    for (size_t i = 0; (name = eft_library(i, &version)) != NULL; i++)
        printf("library %s %s\n", name, version);
    eft_text lines = eft_plan_fingerprints(plan);
    (void)fwrite(lines.bytes, 1, lines.size, stdout);
    eft_plan_unref(plan);
    return CLI_DONE;
}

static int
run_command(eft_context *ctx, const struct cli *c)
{
    if (strcmp(c->command, "analyse") == 0)
        return cli_analyse(ctx, c);
    if (strcmp(c->command, "anonymise") == 0)
        return cli_lines(ctx, c, c->spans ? EFT_LINES_SPANS : EFT_LINES_VEILED);
    if (strcmp(c->command, "themes") == 0)
        return cli_lines(ctx, c, c->kwic != NULL ? EFT_LINES_KWIC : EFT_LINES_THEMES);
    if (strcmp(c->command, "tokenise") == 0)
        return cli_lines(ctx, c, c->veil ? EFT_LINES_TOKENS_VEILED : EFT_LINES_TOKENS);
    if (strcmp(c->command, "tally") == 0 || strcmp(c->command, "merge") == 0)
        return cli_tally(ctx, c);
    if (strcmp(c->command, "merge-results") == 0)
        return cli_merge_results(ctx, c);
    if (strcmp(c->command, "verify") == 0)
        return cli_verify(ctx, c);
    if (strcmp(c->command, "trace") == 0)
        return cli_trace(ctx, c);
    if (strcmp(c->command, "seal") == 0)
        return cli_seal(ctx, c);
    if (strcmp(c->command, "lexicon") == 0)
        return cli_lexicon(ctx, c);
    if (strcmp(c->command, "evaluate") == 0)
        return cli_evaluate(ctx, c);
    if (strcmp(c->command, "train") == 0)
        return cli_train(ctx, c);
    if (strcmp(c->command, "review") == 0)
        return cli_review(c);
    if (strcmp(c->command, "report") == 0)
        return cli_report(ctx, c);
    if (strcmp(c->command, "config") == 0)
        return cli_config(c);
    return cli_columns(ctx, c);
}

int
main(int argc, char **argv)
{
    static struct cli c;
    eft_context *ctx = NULL;
    eft_error err = {0};
    int code;

    no_core_dumps();
    cli_catch_signals();
    if ((code = cli_parse(argc, argv, &c)) != CLI_DONE) {
        cli_close(&c);
        return code;
    }
    if (c.help || (c.command == NULL && !c.version)) {
        cli_help(c.help ? stdout : stderr, c.command);
        cli_close(&c);
        return c.help ? CLI_DONE : CLI_USAGE;
    }
    if (c.command != NULL && strcmp(c.command, "merge") != 0 && !cli_spares_inputs(&c)) {
        cli_close(&c); /* a state may be merged into one of its parts */
        return CLI_USAGE;
    }
    if (eft_context_new(NULL, &ctx, &err) == EFT_OK)
        code = c.version ? print_version(ctx) : run_command(ctx, &c);
    else
        code = cli_fail(&err);
    eft_context_free(ctx);
    cli_close(&c);
    errno = 0; /* of what was refused before nothing is known any more */
    if ((fflush(stdout) != 0 || ferror(stdout)) && code <= CLI_SET_ASIDE) {
        fprintf(stderr, "eftertanke: the output could not be written: %s\n",
                cli_why_refused(errno));
        return CLI_INPUT;
    }
    return code;
}
