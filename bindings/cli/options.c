/*
 * options.c - what can be said on the command line
 *
 * One table of options; a wrong word gets the nearest right one as a suggestion. Values
 * the user typed may be echoed; paths never are (a path can hold a name), so positions
 * stand for them: "argument 3".
 */
#include "options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A analyse, N anonymise, H themes, T tokenise, Y tally, M merge, L lexicon, C columns,
 * E evaluate, I train, R review, P report, S seal, V verify, W trace, G merge-results,
 * X config, which shows any of them */
const struct cli_option cli_options[] = {
    {"--help", "*", FLAG, AT(help)},
    {"-h", "*", FLAG, AT(help)},
    {"--version", "*", FLAG, AT(version)},
    {"-q", "*", FLAG, AT(quiet)},
    {"--quiet", "*", FLAG, AT(quiet)},
    {"--config", "ANHTYMLXEPSIC", WORD, AT(config)},
    {"--gold", "EI", WORD, AT(gold)},
    {"--against", "E", WORD, AT(against)},
    {"--by-tags", "E", FLAG, AT(by_tags)},
    {"--tag-map", "E", WORD, AT(tag_map)},
    {"--mistakes", "E", FLAG, AT(mistakes)},
    {"--show-text", "E", FLAG, AT(show_text)},
    {"--hands", "I", FLAG, AT(hands)},
    {"--replicates", "E", COUNT, AT(replicates)},
    {"--seed", "ENI", COUNT, AT(seed)},
    {"--show", "X", FLAG, AT(show)},
    {"--json", "AEI", FLAG, AT(json)},
    {"-j", "ANHTYS", COUNT, AT(threads)},
    {"--threads", "ANHTYS", COUNT, AT(threads)},
    {"--batch", "ANHTYS", COUNT, AT(batch)},
    {"--out", "ANHTYMPSGI", WORD, AT(out)},
    {"-o", "ANHTYMPSGI", WORD, AT(out)},
    {"--force", "ANHTYMPSIL", FLAG, AT(force)},
    {"--map", "ANHTYESILC", MAP, 0},
    {"--corpus", "L", FLAG, AT(corpus)},
    {"--facet", "ANYSEC", FACET, 0},
    {"--strict", "ANHTYESI", FLAG, AT(strict)},
    {"--max-text", "ANHTYESI", SIZE, AT(max_text)},
    {"--feeling-scale", "ANYS", SCALE, 0},
    {"--lexicon", "AHYMESI", LEXICON, 0},
    {"--model", "AHYMES", WORD, AT(model)},
    {"--decide", "AHYMESIL", WORD, AT(decide)},
    {"--weights", "L", FLAG, AT(weights)},
    {"--dictionary", "ANHTYMLESI", WORD, AT(dictionary)},
    {"--no-dictionary", "ANHTYMLESI", FLAG, AT(no_dictionary)},
    {"--allow", "ANHTYMESI", WORD, AT(allow)},
    {"--key", "AYMNS", WORD, AT(key)},
    {"--accept-language", "ANHTYMESI", FLAG, AT(accept_language)},
    {"--terms", "ATYMSHEI", TERMS, AT(terms)},
    {"--compounds", "AYMS", COMPOUNDS, AT(compounds)},
    {"--k", "ASI", COUNT, AT(k)},
    {"--audience", "AS", AUDIENCE, 0},
    {"--one-text-per-writer", "AS", FLAG, AT(one_text_per_writer)},
    {"--hide-labels", "AS", LABELS, 0},
    {"--notes", "A", FLAG, AT(notes)},
    {"--stop", "A", WORD, AT(stop)},
    {"--no-stop", "A", FLAG, AT(no_stop)},
    {"--no-inference", "AS", FLAG, AT(no_inference)},
    {"--fdr", "A", FDR, AT(fdr)},
    {"--window", "AY", COUNT, AT(window)},
    {"--assignment-order", "A", WORD, AT(assignment_order)},
    {"--no-pairs", "A", FLAG, AT(no_pairs)},
    {"--pair-terms", "A", COUNT, AT(pair_terms)},
    {"--suggest", "A", FLAG, AT(suggest)},
    {"--protect", "A", WORD, AT(protect)},
    {"--privacy-budget", "A", WORD, AT(budget)},
    {"--quotes", "A", WORD, AT(quotes)},
    {"--no-quotes", "AP", FLAG, AT(no_quotes)},
    {"--review", "A", FLAG, AT(review)},
    {"--keep-hits", "A", FLAG, AT(keep_hits)},
    {"--veiled", "AW", FLAG, AT(veiled)},
    {"--table", "W", WORD, AT(table)},
    {"--log", "AS", WORD, AT(log)},
    {"--no-log", "AS", FLAG, AT(no_log)},
    {"--lang", "AP", WORD, AT(lang)},
    {"--title", "AP", WORD, AT(title)},
    {"--logo", "AP", WORD, AT(logo)},
    {"--sections", "AP", WORD, AT(sections)},
    {"--no-report", "A", FLAG, AT(no_report)},
    {"--withdraw", "Y", WORD, AT(withdraw)},
    {"--where", "AW", WHERE, 0},
    {"--party", "S", WORD, AT(party)},
    {"--disjoint-writers", "A", FLAG, AT(disjoint)},
    {"--spans", "N", FLAG, AT(spans)},
    {"--kwic", "H", WORD, AT(kwic)},
    {"--roster", "ANYHTSEI", WORD, AT(roster)},
    {"--deny", "ANYHTSEI", WORD, AT(deny)},
    {"--categories", "ANYHTSEI", WORD, AT(categories)},
    {"--leave-people", "ANYHTSEI", FLAG, AT(leave_people)},
    {"--explain", "N", FLAG, AT(explain)},
    {"--replace", "N", REPLACE, AT(replace)},
    {"--shift-dates", "N", COUNT, AT(shift_dates)},
    {"--map-out", "N", WORD, AT(map_out)},
    {"--veil", "T", FLAG, AT(veil)},
};
static const struct {
    const char *name;
    char initial;
} commands[] = {{"analyse", 'A'},  {"anonymise", 'N'}, {"themes", 'H'},
                {"tokenise", 'T'}, {"tally", 'Y'},     {"merge", 'M'},
                {"lexicon", 'L'},  {"columns", 'C'},   {"config", 'X'},
                {"evaluate", 'E'}, {"review", 'R'},    {"report", 'P'},
                {"seal", 'S'},     {"verify", 'V'},    {"merge-results", 'G'},
                {"train", 'I'},    {"trace", 'W'}};

const size_t cli_option_count = COUNT_OF(cli_options);
_Static_assert(COUNT_OF(cli_options) <= CLI_MAX_OPTIONS, "said[] has a place for each");

static char
initial_of(const char *command)
{
    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        if (strcmp(commands[i].name, command) == 0)
            return commands[i].initial;
    }
    return '\0';
}

static bool
is_command(const char *name)
{
    return initial_of(name) != '\0';
}

/* Edit distance, for suggestions; words are short. */
size_t
cli_distance(const char *a, const char *b)
{
    size_t row[64], n = strlen(b);

    if (n >= COUNT_OF(row) || strlen(a) >= COUNT_OF(row))
        return SIZE_MAX;
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t best = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[n];
}

static bool
knows(const char *command, const struct cli_option *o)
{
    char initial = command == NULL ? 'X' : initial_of(command);

    return o->commands[0] == '*' || initial == 'X' ||
           strchr(o->commands, initial) != NULL;
}

bool
cli_knows(const char *command, const char *name, size_t size)
{
    for (size_t i = 0; i < cli_option_count; i++) {
        if (strlen(cli_options[i].name) == size &&
            strncmp(cli_options[i].name, name, size) == 0)
            return knows(command, &cli_options[i]);
    }
    return false;
}

static void
suggest_option(const char *command, const char *word)
{
    const char *best = NULL;
    size_t least = 4;

    for (size_t i = 0; i < cli_option_count; i++) {
        if (!knows(command, &cli_options[i]))
            continue;
        size_t d = cli_distance(word, cli_options[i].name);
        if (d < least) {
            least = d;
            best = cli_options[i].name;
        }
    }
    if (best != NULL)
        fprintf(stderr, "; did you mean %s?", best);
    fprintf(stderr, "\n");
}

int
cli_usage(const char *message, const char *word)
{
    fprintf(stderr, "eftertanke: %s%s%s\n", message, word == NULL ? "" : " ",
            word == NULL ? "" : word);
    return CLI_USAGE;
}

/* role=column; the role is ours, the column a header that the user typed */
int
cli_add_map(struct cli *c, const char *value, bool facet)
{
    const char *eq = strchr(value, '=');

    if (c->map_count == CLI_MAX_MAPS)
        return cli_usage("too many --map and --facet", NULL);
    if (eq == NULL || eq == value || eq[1] == '\0' || strlen(value) >= 160)
        return cli_usage(
            facet ? "--facet is written name=column, as in --facet kön=Kolumn7"
                  : "--map is written role=column, as in --map text=Fritext or "
                    "--map text=#4",
            NULL);
    char *copy = c->map_text[c->map_count];
    memcpy(copy, value, strlen(value) + 1);
    copy[eq - value] = '\0';
    c->maps[c->map_count++] = (eft_column_map){
        .role = facet ? "facet" : copy,
        .facet = facet ? copy : NULL,
        .column = copy + (eq - value) + 1,
    };
    return CLI_DONE;
}

static int
set_scale(struct cli *c, const char *value)
{
    char *end;

    c->feeling_low = strtod(value, &end);
    if (end == value || *end != '-')
        return cli_usage("--feeling-scale is written low-high, as in 0-10", NULL);
    const char *high = end + 1;
    c->feeling_high = strtod(high, &end);
    if (end == high || *end != '\0' || c->feeling_low >= c->feeling_high)
        return cli_usage("--feeling-scale is written low-high, as in 0-10", NULL);
    return CLI_DONE;
}

static int
set_number(const struct cli_option *o, const char *value, unsigned long long most,
           void *out)
{
    char *end;

    errno = 0;
    unsigned long long n = strtoull(value, &end, 10);
    if (end == value || *end != '\0' || value[0] == '-' || errno != 0 || n > most) {
        fprintf(stderr, "eftertanke: %s needs a whole number\n", o->name);
        return CLI_USAGE;
    }
    if (o->kind == SIZE)
        *(size_t *)out = (size_t)n;
    else
        *(uint32_t *)out = (uint32_t)n;
    return CLI_DONE;
}

const char *const cli_fdr[] = {"bh", "by", "holm"};
const char *const cli_terms[] = {"base", "stem"};
const char *const cli_compounds[] = {"whole", "head", "parts"};
const char *const cli_replace[] = {"tag", "mask", "surrogate", "generalise", "key"};

static int
set_choice(const char *const *names, size_t count, const char *value, const char *message,
           uint32_t *out)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], value) == 0) {
            *out = (uint32_t)i;
            return CLI_DONE;
        }
    }
    return cli_usage(message, NULL);
}

int
cli_set_option(struct cli *c, const struct cli_option *o, const char *value)
{
    void *at = (char *)c + o->offset;

    /* mostly a variable of the shell that was not set: --where "$FILTER" */
    if (value != NULL && value[0] == '\0' && (o->kind == WORD || o->kind == WHERE)) {
        fprintf(stderr, "eftertanke: %s needs a value\n", o->name);
        return CLI_USAGE;
    }
    switch (o->kind) {
    case FLAG: *(bool *)at = true; return CLI_DONE;
    case WORD: *(const char **)at = value; return CLI_DONE;
    case COUNT: return set_number(o, value, UINT32_MAX, at);
    case SIZE: return set_number(o, value, SIZE_MAX, at);
    case MAP: return cli_add_map(c, value, false);
    case FACET: return cli_add_map(c, value, true);
    case SCALE: return set_scale(c, value);
    case AUDIENCE:
        if (strcmp(value, "internal") != 0 && strcmp(value, "external") != 0)
            return cli_usage("--audience is internal or external", NULL);
        c->external = value[0] == 'e';
        return CLI_DONE;
    case LABELS:
        if (strcmp(value, "unit") != 0)
            return cli_usage("--hide-labels knows unit", NULL);
        c->hide_units = true;
        return CLI_DONE;
    case TERMS:
        return set_choice(cli_terms, COUNT_OF(cli_terms), value,
                          "--terms is base or stem", at);
    case FDR:
        return set_choice(cli_fdr, COUNT_OF(cli_fdr), value, "--fdr is bh, by or holm",
                          at);
    case COMPOUNDS:
        return set_choice(cli_compounds, COUNT_OF(cli_compounds), value,
                          "--compounds is whole, head or parts", at);
    case REPLACE:
        return set_choice(cli_replace, COUNT_OF(cli_replace), value,
                          "--replace is tag, mask, surrogate, generalise or key", at);
    case WHERE:
        if (c->where_count == CLI_MAX_WHERE)
            return cli_usage("too many --where", NULL);
        c->where[c->where_count++] = (eft_text){value, strlen(value)};
        return CLI_DONE;
    case LEXICON:
        if (c->lexicon_count == CLI_MAX_LEXICONS)
            return cli_usage("too many lexicons", NULL);
        c->lexicons[c->lexicon_count++] = value;
        return CLI_DONE;
    }
    return CLI_USAGE;
}

/* The first of the names of one setting: -j and --threads are one. */
size_t
cli_canonical(size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (cli_options[i].kind == cli_options[index].kind &&
            cli_options[i].offset == cli_options[index].offset)
            return i;
    }
    return index;
}

/* One option at argv[*i]; its value may stand behind '=' or as the next word. */
static int
parse_option(int argc, char **argv, int *i, struct cli *c)
{
    const char *word = argv[*i], *eq = strchr(word, '=');
    size_t n = word[1] == '-' && eq != NULL ? (size_t)(eq - word) : strlen(word);
    char attached[3] = {'-', 'j', '\0'}; /* -j4 */
    bool is_attached = strncmp(word, "-j", 2) == 0 && word[2] != '\0';

    for (size_t k = 0; k < cli_option_count; k++) {
        const struct cli_option *o = &cli_options[k];
        bool match = strlen(o->name) == n && strncmp(o->name, word, n) == 0;
        if (!match && !(is_attached && strcmp(o->name, attached) == 0))
            continue;
        if (!knows(c->command, o)) {
            fprintf(stderr,
                    "eftertanke: %s does not go with %s; see eftertanke %s --help\n",
                    o->name, c->command, c->command);
            return CLI_USAGE;
        }
        c->said[cli_canonical(k)] = CLI_LINE;
        if (o->kind == FLAG)
            return cli_set_option(c, o, NULL);
        const char *value = is_attached        ? word + 2
                            : n < strlen(word) ? eq + 1
                            : *i + 1 < argc    ? argv[++*i]
                                               : NULL;
        if (value == NULL) {
            fprintf(stderr, "eftertanke: %s needs a value\n", o->name);
            return CLI_USAGE;
        }
        return cli_set_option(c, o, value);
    }
    fprintf(stderr, "eftertanke: unknown option (argument %d)", *i);
    suggest_option(c->command, word);
    return CLI_USAGE;
}

static int
parse_command(const char *word, struct cli *c)
{
    const char *best = NULL;
    size_t least = 4;

    if (is_command(word)) {
        c->command = word;
        return CLI_DONE;
    }
    if (strcmp(word, "help") == 0) { /* help, help analyse */
        c->help = true;
        return CLI_DONE;
    }
    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        size_t d = cli_distance(word, commands[i].name);
        if (d < least) {
            least = d;
            best = commands[i].name;
        }
    }
    fprintf(stderr, "eftertanke: unknown command (argument 1)");
    if (best != NULL)
        fprintf(stderr, "; did you mean %s?", best);
    fprintf(stderr, "\nCommands: ");
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        fprintf(stderr, "%s%s", i == 0 ? "" : ", ", commands[i].name);
    fprintf(stderr, ". See eftertanke --help.\n");
    return CLI_USAGE;
}

int
cli_parse(int argc, char **argv, struct cli *c)
{
    bool options_over = false;
    int code = CLI_DONE;

    *c = (struct cli){.max_text = (size_t)16 << 20, .threads = 1};
    for (int i = 1; i < argc && code == CLI_DONE; i++) {
        const char *word = argv[i];
        if (!options_over && strcmp(word, "--") == 0)
            options_over = true;
        else if (!options_over && word[0] == '-' && word[1] != '\0')
            code = parse_option(argc, argv, &i, c);
        else if (c->command == NULL)
            code = parse_command(word, c);
        else if (c->path_count == COUNT_OF(c->paths))
            code = cli_usage("too many inputs", NULL);
        else {
            c->arguments[c->path_count] = (uint32_t)i;
            c->paths[c->path_count++] = word;
        }
    }
    if (code == CLI_DONE && c->config != NULL)
        code = cli_read_config(c);
    return code;
}

void
cli_close(struct cli *c)
{
    free(c->config_text);
    c->config_text = NULL;
}
