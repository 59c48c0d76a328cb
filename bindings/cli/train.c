/*
 * train.c - a model from coded texts, and a line on what became of each theme
 */
#include "cli.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct training {
    const struct cli *c;
    FILE *to; /* NULL: say nothing */
    size_t themes, used;
};

static void
put_number(FILE *to, const char *before, double value, const char *none, int decimals)
{
    fprintf(to, "%s", before);
    if (isnan(value))
        fprintf(to, "%s", none);
    else
        fprintf(to, "%.*f", decimals, value);
}

static void
json_theme(const struct training *t, const eft_trained *one)
{
    if (one->theme.size == 0)
        fprintf(t->to, "{\"denial\":true");
    else
        fprintf(t->to, "{\"theme\":\"%.*s\"", (int)one->theme.size, one->theme.bytes);
    fprintf(t->to, ",\"used\":%s,\"verdict\":\"%s\",\"coded\":%llu,",
            one->used ? "true" : "false", one->verdict, (unsigned long long)one->coded);
    fprintf(t->to, "\"features\":%llu", (unsigned long long)one->features);
    put_number(t->to, ",\"f1_lexicon\":", one->f1_lexicon, "null", 10);
    put_number(t->to, ",\"f1_model\":", one->f1_model, "null", 10);
    put_number(t->to, ",\"difference\":", one->difference, "null", 10);
    put_number(t->to, ",\"low\":", one->low, "null", 10);
    put_number(t->to, ",\"high\":", one->high, "null", 10);
    fprintf(t->to, "}\n");
}

static void
plain_theme(const struct training *t, const eft_trained *one)
{
    const bool denial = one->theme.size == 0;

    fprintf(t->to, "%-22.*s %5llu", denial ? 22 : (int)one->theme.size,
            denial ? "said to be missing" : one->theme.bytes,
            (unsigned long long)one->coded);
    put_number(t->to, "   ", one->f1_lexicon, "   -", 2);
    put_number(t->to, "   ", one->f1_model, "   -", 2);
    if (isnan(one->difference)) {
        fprintf(t->to, "   %-22s", "");
    } else {
        fprintf(t->to, "   %+.2f", one->difference);
        put_number(t->to, " [", one->low, "-", 2);
        put_number(t->to, ", ", one->high, "-", 2);
        fprintf(t->to, "]");
    }
    fprintf(t->to, "   %s%s\n", one->verdict,
            one->used ? ""
            : denial  ? ": the rules stand"
                      : ": the lexicon stands");
}

static eft_status
take_theme(void *user, const eft_trained *one)
{
    struct training *t = user;

    if (t->to != NULL && t->themes == 0 && !t->c->json)
        fprintf(t->to, "%-22s coded lexicon model difference of F1, 95 %%\n", "theme");
    t->themes++;
    t->used += one->used;
    if (t->to != NULL && t->c->json)
        json_theme(t, one);
    else if (t->to != NULL)
        plain_theme(t, one);
    return EFT_OK;
}

static eft_status
take_denial(void *user, const eft_trained *one)
{
    const struct training *t = user;

    if (t->to != NULL && t->c->json)
        json_theme(t, one);
    else if (t->to != NULL)
        plain_theme(t, one);
    return EFT_OK;
}

static int
train_with(eft_context *ctx, const struct cli *c, const struct cli_plan *plan,
           struct cli_sink *sink, bool to_stdout)
{
    struct training t = {.c = c, .to = c->quiet ? NULL : to_stdout ? stderr : stdout};
    eft_input_options input = cli_input(c);
    eft_train_options o = {.struct_size = sizeof(o),
                           .flags = c->hands ? EFT_TRAIN_HANDS : 0,
                           .gold = c->gold,
                           .k = c->k,
                           .seed = c->seed,
                           .write = cli_sink_write,
                           .write_user = sink,
                           .theme = take_theme,
                           .theme_user = &t,
                           .denial = take_denial};
    eft_error err = {0};

    if (eft_train(ctx, &plan->options, &input, &o, &err) != EFT_OK)
        return cli_sink_fail(sink, &err);
    if (!c->quiet)
        fprintf(stderr, "eftertanke: a model is used for %zu of %zu themes\n", t.used,
                t.themes);
    return CLI_DONE;
}

int
cli_train(eft_context *ctx, const struct cli *c)
{
    bool to_stdout = c->out != NULL && strcmp(c->out, "-") == 0;
    struct cli_plan plan;
    struct cli_sink sink;

    if (c->gold == NULL || c->out == NULL) {
        fprintf(stderr, "eftertanke: train needs codes and a place for the model, as in\n"
                        "  eftertanke train --gold codes.jsonl reflektioner.csv "
                        "-o modell.json\n");
        return CLI_USAGE;
    }
    int code = to_stdout ? CLI_DONE : cli_output_check(c->out, "the model", c->force);
    if (code != CLI_DONE)
        return code;
    code = cli_plan_open(ctx, c, 0, &plan);
    if (code == CLI_DONE && (code = cli_sink_open(&sink, c->out, c->force)) == CLI_DONE) {
        code = train_with(ctx, c, &plan, &sink, to_stdout);
        int closed = cli_sink_close(&sink, code == CLI_DONE);
        if (closed != CLI_DONE)
            code = closed;
    }
    cli_plan_close(&plan);
    return code;
}
