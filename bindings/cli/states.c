/*
 * states.c - tally and merge: states, and people who are taken out of them
 *
 * A state is everything that was counted, before the gate: it is sensitive and is written
 * only to the file that was named. With --withdraw nothing is saved unless the people
 * were taken out first; of those who are not in it the number is told.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* The people of --withdraw, one a line; of them only numbers are told. */
static int
withdraw(const struct cli *c, eft_tally *tally)
{
    size_t size, count = 0, lines = 1, unknown = 0;
    uint64_t reflections;
    eft_error err = {0};
    char *bytes = cli_read_file(c->withdraw, "the file of --withdraw", &size);

    if (bytes == NULL)
        return CLI_INPUT;
    for (size_t i = 0; i < size; i++)
        lines += bytes[i] == '\n';
    eft_text *people = calloc(lines, sizeof(*people));
    size_t at = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (people != NULL && at < size) {
        const char *newline = memchr(bytes + at, '\n', size - at);
        size_t end = newline == NULL ? size : (size_t)(newline - bytes), to = end;
        while (to > at && (unsigned char)bytes[to - 1] <= ' ')
            to--;
        if (to > at)
            people[count++] = (eft_text){bytes + at, to - at};
        at = end + 1;
    }
    int code = people == NULL ? CLI_INTERNAL : CLI_DONE;
    if (code == CLI_DONE &&
        eft_tally_withdraw(tally, people, count, &reflections, &unknown, &err) != EFT_OK)
        code = cli_fail(&err);
    if (code == CLI_DONE) {
        fprintf(stderr,
                "eftertanke: taken out: %llu reflections of %zu named; not in it: %zu\n",
                (unsigned long long)reflections, count - unknown, unknown);
        code = unknown > 0 ? CLI_SET_ASIDE : CLI_DONE;
    }
    explicit_bzero(bytes, size);
    free(bytes);
    free(people);
    return code;
}

eft_status
cli_count(eft_context *ctx, const struct cli *c, const struct cli_plan *plan,
          struct cli_counted *out, eft_error *err)
{
    eft_input_options input = cli_input(c);

    *out = (struct cli_counted){0};
    eft_status st = eft_run_tally(ctx, &plan->options, &input, &out->tally,
                                  cli_buffer_write, &out->set_aside, &out->counts, err);
    cli_progress_done();
    return st;
}

void
cli_counted_free(struct cli_counted *x)
{
    eft_tally_free(x->tally);
    free(x->set_aside.bytes);
}

static int
tally_with(eft_context *ctx, const struct cli *c, const struct cli_plan *plan)
{
    struct cli_counted all;
    eft_error err = {0};
    int code = CLI_DONE;

    eft_status st = cli_count(ctx, c, plan, &all, &err);
    if (st == EFT_OK && c->withdraw != NULL)
        code = withdraw(c, all.tally);
    if (st == EFT_OK && code <= CLI_SET_ASIDE) {
        cli_hold_signals(ctx);
        st = eft_save_state(ctx, all.tally, c->out, c->force, &err);
        cli_release_signals(ctx);
    }
    if (st != EFT_OK) {
        code = cli_fail(&err);
    } else if (code <= CLI_SET_ASIDE) {
        cli_warnings(c, &all.counts);
        cli_print_set_aside(&all.set_aside);
        if (!c->quiet)
            fprintf(stderr,
                    "eftertanke: %llu reflections in the state; it is sensitive\n",
                    (unsigned long long)eft_tally_count(all.tally));
        if (all.counts.set_aside > 0)
            code = CLI_SET_ASIDE;
    }
    cli_counted_free(&all);
    return code;
}

int
cli_tally(eft_context *ctx, const struct cli *c)
{
    struct cli_plan plan;
    bool sealed = false;

    if (c->path_count == 0 || c->out == NULL || strcmp(c->out, "-") == 0) {
        fprintf(stderr,
                "eftertanke: %s needs inputs and -o STATE; see eftertanke %s "
                "--help\n",
                c->command, c->command);
        return CLI_USAGE;
    }
    int code = cli_output_check(c->out, "the state", c->force);
    if (code == CLI_DONE)
        code = cli_are_sealed(ctx, c, &sealed);
    if (code == CLI_DONE && sealed && strcmp(c->command, "merge") == 0)
        return cli_merge_sealed(ctx, c);
    if (code != CLI_DONE)
        return code;
    code = cli_plan_open(ctx, c, 0, &plan);
    if (code == CLI_DONE)
        code = tally_with(ctx, c, &plan);
    cli_plan_close(&plan);
    return code;
}
