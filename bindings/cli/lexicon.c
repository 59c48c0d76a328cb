/*
 * lexicon.c - lexicon list, check and convert
 *
 * A check tells of entries that are swallowed by others, shared between themes or out of
 * the reach of ordinary words; beside a corpus, how much of it every entry reaches.
 */
#include "cli.h"

#include <errno.h>
#include <string.h>

struct check {
    uint64_t notices;
    bool quiet;
};

static eft_status
print_notice(void *user, uint32_t line, const char *notice)
{
    struct check *check = user;

    check->notices++;
    if (!check->quiet)
        printf("line %u: %s\n", line, notice);
    return EFT_OK;
}

static eft_status
print_entry(void *user, const eft_entry_count *e)
{
    const bool *all = user;

    if (*all || e->reflections == 0)
        printf("line %u\t%.*s\t%llu reflections\t%llu writers\n", e->line,
               (int)e->entry.size, e->entry.bytes, (unsigned long long)e->reflections,
               (unsigned long long)e->writers);
    return EFT_OK;
}

/* What the lexicon reaches of a corpus; with -q the dead entries alone. */
static int
cover_corpus(eft_context *ctx, const struct cli *c, const struct cli_plan *plan,
             eft_lexicon *lex)
{
    eft_input_options input = cli_input(c);
    eft_coverage sums;
    eft_error err = {0};
    bool all = !c->quiet;

    input.paths = c->paths + 2;
    input.arguments = c->arguments + 2;
    input.path_count = c->path_count - 2;
    if (eft_lexicon_coverage(ctx, lex, &plan->options, &input, print_entry, &all, &sums,
                             &err) != EFT_OK)
        return cli_fail(&err);
    printf(
        "%llu of %llu reflections have a theme (%.1f %%); %llu of %llu entries have no "
        "hit here\n",
        (unsigned long long)sums.with_theme, (unsigned long long)sums.reflections,
        sums.reflections == 0 ? 0.
                              : 100. * (double)sums.with_theme / (double)sums.reflections,
        (unsigned long long)sums.dead, (unsigned long long)sums.entries);
    return CLI_DONE;
}

static int
check_lexicon(eft_context *ctx, const struct cli *c, const struct cli_plan *plan,
              eft_lexicon *lex)
{
    struct check check = {.quiet = c->quiet};
    eft_error err = {0};

    if (eft_lexicon_check(ctx, lex, &plan->options, print_notice, &check, &err) != EFT_OK)
        return cli_fail(&err);
    printf("%zu themes, %llu notices\n", eft_lexicon_theme_count(lex),
           (unsigned long long)check.notices);
    return check.notices > 0 ? CLI_SET_ASIDE : CLI_DONE;
}

/* id, role, parent, entries, label: a row for each theme. */
static int
list_lexicon(const eft_lexicon *lex)
{
    cli_put_text(stdout, eft_lexicon_id(lex));
    putchar(' ');
    cli_put_text(stdout, eft_lexicon_version(lex));
    printf(": ");
    cli_put_text(stdout, eft_lexicon_title(lex, "sv"));
    putchar('\n');
    for (size_t i = 0; i < eft_lexicon_theme_count(lex); i++) {
        printf("  ");
        cli_put_text(stdout, eft_lexicon_theme_id(lex, i));
        printf("\t%zu entries\t", eft_lexicon_theme_entry_count(lex, i));
        cli_put_text(stdout, eft_lexicon_theme_label(lex, i, "sv"));
        putchar('\n');
    }
    return CLI_DONE;
}

/* What a word says of whether a theme is missing: in the text, and as a cue beside it. */
static void
print_denial(const eft_model *model, size_t word)
{
    double beside;

    printf("\t%.4f\t", eft_model_word_denial(model, word));
    if (eft_model_word_is_cue(model, word, &beside))
        printf("%.4f", beside);
}

/* entry, word, and what it weighs for each theme and denial: a row for each word. */
static void
print_weights(const eft_model *model)
{
    const bool denies = eft_model_denies(model);

    printf("entry\tword");
    for (size_t t = 0; t < eft_model_theme_count(model); t++) {
        putchar('\t');
        cli_put_text(stdout, eft_model_theme_id(model, t));
    }
    if (denies)
        printf("\tdenial:text\tdenial:cue"); /* no theme has such an id */
    for (size_t w = 0; w < eft_model_word_count(model); w++) {
        printf("\n%zu\t", EFT_FIRST_LEARNT + w);
        cli_put_text(stdout, eft_model_word(model, w));
        for (size_t t = 0; t < eft_model_theme_count(model); t++)
            printf("\t%.4f", eft_model_word_weight(model, w, t));
        if (denies)
            print_denial(model, w);
    }
    putchar('\n');
}

static int
list_weights(eft_context *ctx, const struct cli_plan *plan)
{
    eft_model *model = eft_model_ref(plan->weights);
    eft_error err = {0};

    if (model == NULL && plan->options.decide == EFT_DECIDE_NONE) {
        fprintf(stderr, "eftertanke: --decide none has no weights to list\n");
        return CLI_USAGE;
    }
    if (model == NULL && eft_model_core(ctx, &model, &err) != EFT_OK)
        return cli_fail(&err);
    print_weights(model);
    eft_model_unref(model);
    return CLI_DONE;
}

/* The ending of `to` says the format. */
static int
convert_lexicon(const eft_lexicon *lex, const char *to, bool force)
{
    eft_lexicon_format format = cli_lexicon_format(to);
    eft_error err = {0};
    size_t left_out;

    if (format == 0) {
        fprintf(stderr, "eftertanke: the second file ends in .xml, .csv, .dic, .dicx, "
                        ".yaml or .qdc\n");
        return CLI_USAGE;
    }
    struct cli_sink out;
    int code = cli_sink_open(&out, to, force);
    if (code != CLI_DONE)
        return code;
    eft_status st = eft_lexicon_write(lex, format, cli_sink_write, &out, &left_out, &err);
    if (st != EFT_OK) {
        (void)cli_sink_close(&out, false);
        return cli_sink_fail(&out, &err);
    }
    if ((code = cli_sink_close(&out, true)) != CLI_DONE)
        return code;
    if (left_out > 0)
        fprintf(stderr,
                "eftertanke: %zu patterns that this format cannot say were left out\n",
                left_out);
    return CLI_DONE;
}

int
cli_lexicon(eft_context *ctx, const struct cli *c)
{
    struct cli_plan plan;
    eft_lexicon *lex = NULL;
    bool list = c->path_count > 0 && strcmp(c->paths[0], "list") == 0;
    bool check = (c->corpus ? c->path_count > 2 : c->path_count == 2) &&
                 strcmp(c->paths[0], "check") == 0;

    bool convert = c->path_count == 3 && strcmp(c->paths[0], "convert") == 0;

    if (!check && !convert && !(list && c->path_count <= 2)) {
        fprintf(stderr, "eftertanke: as in eftertanke lexicon check eget.xml, or\n"
                        "  eftertanke lexicon check eget.xml --corpus texter.csv, or\n"
                        "  eftertanke lexicon convert eget.csv eget.xml, or\n"
                        "  eftertanke lexicon list [eget.xml]\n");
        return CLI_USAGE;
    }
    int code = cli_plan_open(ctx, c, 0, &plan);
    if (code == CLI_DONE && list && c->weights) {
        code = list_weights(ctx, &plan);
        cli_plan_close(&plan);
        return code;
    }
    const char *which = c->path_count >= 2 ? c->paths[1] : NULL;
    for (size_t i = 0; code == CLI_DONE && list && which == NULL; i++) {
        if (eft_lexicon_builtin_id(i) == NULL)
            break;
        code = cli_lexicon_open(ctx, eft_lexicon_builtin_id(i), "the lexicon", &lex);
        if (code == CLI_DONE)
            code = list_lexicon(lex);
        eft_lexicon_unref(lex);
        lex = NULL;
    }
    if (code == CLI_DONE && which != NULL)
        code = cli_lexicon_open(ctx, which, "the lexicon", &lex);
    if (code == CLI_DONE && which != NULL)
        code = check     ? (c->corpus ? cover_corpus(ctx, c, &plan, lex)
                                      : check_lexicon(ctx, c, &plan, lex))
               : convert ? convert_lexicon(lex, c->paths[2], c->force)
                         : list_lexicon(lex);
    eft_lexicon_unref(lex);
    cli_plan_close(&plan);
    return code;
}
