/*
 * evaluate.c - figures and mistakes of an evaluation, for people and for programs
 *
 * They come one by one from the library, in a fixed order. With --json each is a line on
 * its own; without, figures of one group stand under its name. Figures that tell of a
 * slip in the gold rather than in the engine (codes of no theme, positions in bytes,
 * texts that were changed) are said on standard error too, with what to do.
 */
#include "cli.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct evaluation {
    const struct cli *c;
    char last[96]; /* group and value of the figure before */
    uint64_t mistakes;
};

/* ---------------------------------------------------------------------- JSON */

static void
print_json_text(const char *bytes, size_t size)
{
    putchar('"');
    for (size_t i = 0; i < size; i++) {
        unsigned char b = (unsigned char)bytes[i];
        if (b == '"' || b == '\\')
            printf("\\%c", b);
        else if (b < 0x20 || b == 0x7F)
            printf("\\u%04x", b);
        else
            putchar(b);
    }
    putchar('"');
}

static void
print_json_number(const char *name, double value)
{
    if (isnan(value))
        printf(",\"%s\":null", name);
    else
        printf(",\"%s\":%.10g", name, value);
}

static void
json_figure(const eft_figure *f)
{
    printf("{\"figure\":");
    print_json_text(f->measure, strlen(f->measure));
    printf(",\"group\":");
    print_json_text(f->group, strlen(f->group));
    printf(",\"value\":");
    print_json_text(f->value.bytes, f->value.size);
    if (f->source != NULL)
        printf(",\"source\":\"%s\"", f->source);
    if (f->whole > 0)
        printf(",\"part\":%llu,\"whole\":%llu", (unsigned long long)f->part,
               (unsigned long long)f->whole);
    print_json_number("estimate", f->estimate);
    print_json_number("low", f->low);
    print_json_number("high", f->high);
    printf("}\n");
}

static void
json_mistake(const eft_mistake *m)
{
    printf("{\"mistake\":");
    print_json_text(m->kind, strlen(m->kind));
    printf(",\"id\":");
    print_json_text(m->id.bytes, m->id.size);
    printf(",\"start\":%llu,\"end\":%llu,\"label\":", (unsigned long long)m->start,
           (unsigned long long)m->end);
    print_json_text(m->label.bytes, m->label.size);
    printf(",\"by\":");
    print_json_text(m->by.bytes, m->by.size);
    if (m->text.size > 0) {
        printf(",\"text\":");
        print_json_text(m->text.bytes, m->text.size);
    }
    printf("}\n");
}

/* ---------------------------------------------------------------- for people */

static void
print_share(double value)
{
    if (isnan(value))
        printf("     -");
    else
        printf(" %5.3f", value);
}

static void
plain_figure(struct evaluation *e, const eft_figure *f)
{
    char name[96];

    (void)snprintf(name, sizeof(name), "%s%s%s %.*s", f->source == NULL ? "" : f->source,
                   f->source == NULL ? "" : ": ", f->group, (int)f->value.size,
                   f->value.size > 0 ? f->value.bytes : "");
    if (strcmp(name, e->last) != 0) {
        printf("%s", e->last[0] == '\0' ? "" : "\n");
        cli_put_text(stdout, (eft_text){name, strlen(name)});
        putchar('\n');
    }
    memcpy(e->last, name, sizeof(name));
    printf("  %-24s", f->measure);
    print_share(f->estimate);
    if (!isnan(f->low)) {
        printf("  [");
        print_share(f->low);
        printf(",");
        print_share(f->high);
        printf(" ]");
    }
    if (f->whole > 0)
        printf("  %llu of %llu", (unsigned long long)f->part,
               (unsigned long long)f->whole);
    putchar('\n');
}

static void
plain_mistake(const eft_mistake *m)
{
    printf("%-16s ", m->kind);
    cli_put_text(stdout, m->id);
    if (m->end > 0)
        printf(" %llu-%llu", (unsigned long long)m->start, (unsigned long long)m->end);
    putchar(' ');
    cli_put_text(stdout, m->label);
    putchar(' ');
    cli_put_text(stdout, m->by);
    if (m->text.size > 0) {
        printf("\n    ");
        cli_put_text(stdout, m->text);
    }
    putchar('\n');
}

/* -------------------------------------------------------------------- calls */

static void
doubt_codes(const struct evaluation *e, const eft_figure *f)
{
    if (!e->c->quiet && f->part < f->whole &&
        strcmp(f->measure, "codes that are themes") == 0)
        fprintf(
            stderr,
            "eftertanke: %llu of %llu codes are no theme of the lexicon, and are missed "
            "wherever they stand; \"eftertanke lexicon list\" shows ids and labels\n",
            (unsigned long long)(f->whole - f->part), (unsigned long long)f->whole);
}

/* The text was changed since it was coded, or the ids are those of another file. */
static void
doubt_texts(const struct evaluation *e, const eft_figure *f)
{
    if (!e->c->quiet && f->part < f->whole &&
        strcmp(f->measure, "texts as in the input") == 0)
        fprintf(stderr,
                "eftertanke: %llu of %llu texts of the gold are others in the input, "
                "under the same id; the gold's are used%s\n",
                (unsigned long long)(f->whole - f->part), (unsigned long long)f->whole,
                e->c->mistakes ? "" : ", --mistakes tells which");
}

/* Whoever counted bytes, or UTF-16 units, or shortened the text, would else hold the veil
 * to be bad. A name in a compound may begin inside a word; one in five does not. */
static void
doubt_positions(const struct evaluation *e, const eft_figure *f)
{
    if (!e->c->quiet && f->whole > 0 && f->part * 5 >= f->whole &&
        strcmp(f->measure, "gold inside words") == 0)
        fprintf(stderr,
                "eftertanke: %llu of %llu gold spans begin inside a word: positions are "
                "code points from 0 (not bytes or UTF-16 units) of the text as it is\n",
                (unsigned long long)f->part, (unsigned long long)f->whole);
}

static eft_status
take_figure(void *user, const eft_figure *f)
{
    struct evaluation *e = user;

    doubt_positions(e, f);
    doubt_codes(e, f);
    doubt_texts(e, f);
    if (e->c->json)
        json_figure(f);
    else
        plain_figure(e, f);
    return EFT_OK;
}

static eft_status
take_mistake(void *user, const eft_mistake *m)
{
    struct evaluation *e = user;

    e->mistakes++;
    if (e->c->json)
        json_mistake(m);
    else
        plain_mistake(m);
    return EFT_OK;
}

static eft_evaluation
kind_of(const char *name)
{
    static const char *const names[] = {"", "segment", "anonymise", "themes"};

    for (int i = EFT_EVALUATE_SEGMENT; i <= EFT_EVALUATE_THEMES; i++) {
        if (strcmp(name, names[i]) == 0)
            return (eft_evaluation)i;
    }
    return (eft_evaluation)0;
}

static int
evaluate_with(eft_context *ctx, const struct cli *c, const struct cli_plan *plan,
              eft_evaluation kind)
{
    struct evaluation e = {.c = c};
    eft_input_options input = cli_input(c);
    eft_evaluate_options o = {.struct_size = sizeof(o),
                              .flags = (c->show_text ? EFT_EVALUATE_SHOW_TEXT : 0) |
                                       (c->by_tags ? EFT_EVALUATE_TAGS : 0),
                              .kind = kind,
                              .gold = c->gold,
                              .against = c->against,
                              .replicates = c->replicates,
                              .seed = c->seed,
                              .figure = take_figure,
                              .mistake = c->mistakes ? take_mistake : NULL,
                              .user = &e,
                              .tag_map = c->tag_map};
    eft_error err = {0};

    input.paths = c->paths + 1;
    input.arguments = c->arguments + 1;
    input.path_count = c->path_count - 1;
    return eft_evaluate(ctx, &plan->options, &input, &o, &err) == EFT_OK ? CLI_DONE
                                                                         : cli_fail(&err);
}

int
cli_evaluate(eft_context *ctx, const struct cli *c)
{
    struct cli_plan plan;
    eft_evaluation kind = c->path_count == 0 ? (eft_evaluation)0 : kind_of(c->paths[0]);

    if (kind == (eft_evaluation)0 || (c->gold == NULL && !c->by_tags)) {
        fprintf(stderr, "eftertanke: as in eftertanke evaluate anonymise --gold FILE; "
                        "the kinds are segment, anonymise, themes (themes --by-tags "
                        "needs no gold)\n");
        return CLI_USAGE;
    }
    if (c->gold != NULL && c->by_tags)
        return cli_usage(
            "--by-tags stands in for --gold: put the codes of a reader behind "
            "--against",
            NULL);
    if (c->show_text && !isatty(STDOUT_FILENO)) {
        fprintf(stderr, "eftertanke: --show-text prints raw text, which contains names: "
                        "on a terminal only\n");
        return CLI_USAGE;
    }
    int code = cli_plan_open(ctx, c, 0, &plan);
    if (code == CLI_DONE)
        code = evaluate_with(ctx, c, &plan, kind);
    cli_plan_close(&plan);
    return code;
}
