/*
 * settings.c - the table of options seen as settings: from a file, and shown
 *
 * A key of the file is a long option without its dashes, so that there is one list of
 * what can be said. The command line is read first and wins.
 */
#include "options.h"

#include <string.h>

/* ---------------------------------------------------------- settings from a file */

static const char *
key_of(const struct cli_option *o)
{
    return o->name + strspn(o->name, "-");
}

/* Settings of a file are the long options that say how to work; what is asked of the
 * program itself (--help, --config) is none. */
static bool
is_setting(const struct cli_option *o)
{
    return strncmp(o->name, "--", 2) == 0 && o->offset != AT(help) &&
           o->offset != AT(version) && o->offset != AT(config) && o->offset != AT(show);
}

/* Place in the table; cli_option_count: no setting has this name. */
static size_t
setting_named(const char *key)
{
    size_t i = 0;

    while (i < cli_option_count &&
           (!is_setting(&cli_options[i]) || strcmp(key_of(&cli_options[i]), key) != 0))
        i++;
    return i;
}

static int
refuse_key(const char *key, unsigned long line)
{
    const char *best = NULL;
    size_t least = 4;

    for (size_t i = 0; i < cli_option_count; i++) {
        size_t d = is_setting(&cli_options[i])
                       ? cli_distance(key, key_of(&cli_options[i]))
                       : least;
        if (d < least) {
            least = d;
            best = key_of(&cli_options[i]);
        }
    }
    fprintf(stderr, "eftertanke: the file of --config, line %lu: unknown key", line);
    if (best != NULL)
        fprintf(stderr, "; did you mean %s?\n", best);
    else
        fprintf(stderr, "; eftertanke config --show lists them\n");
    return CLI_USAGE;
}

static int
set_flag_from_file(struct cli *c, const struct cli_option *o, const char *value)
{
    bool on = strcmp(value, "true") == 0 || strcmp(value, "yes") == 0;

    if (!on && strcmp(value, "false") != 0 && strcmp(value, "no") != 0) {
        fprintf(stderr, "eftertanke: %s is true or false\n", key_of(o));
        return CLI_USAGE;
    }
    *(bool *)((char *)c + o->offset) = on;
    return CLI_DONE;
}

static int
set_pair_from_file(struct cli *c, const struct cli_option *o, const char *part,
                   const char *value)
{
    char pair[160];
    int n = snprintf(pair, sizeof(pair), "%s=%s", part == NULL ? "" : part, value);

    if (n < 0 || (size_t)n >= sizeof(pair))
        return cli_usage("a column's name is too long", NULL);
    return cli_add_map(c, pair, o->kind == FACET);
}

enum cli_shape
cli_shape_of(const char *key)
{
    size_t i = setting_named(key);

    if (i == cli_option_count)
        return CLI_SHAPE_ONE;
    return cli_options[i].kind == LEXICON || cli_options[i].kind == WHERE ? CLI_SHAPE_LIST
           : cli_options[i].kind == MAP || cli_options[i].kind == FACET ? CLI_SHAPE_PAIRS
                                                                        : CLI_SHAPE_ONE;
}

int
cli_check_key(const char *key, unsigned long line)
{
    return setting_named(key) == cli_option_count ? refuse_key(key, line) : CLI_DONE;
}

int
cli_set_from_file(struct cli *c, const char *key, const char *part, const char *value,
                  unsigned long line)
{
    size_t i = setting_named(key);
    int code;

    if (i == cli_option_count)
        return refuse_key(key, line);
    const struct cli_option *o = &cli_options[i];
    if (c->said[cli_canonical(i)] == CLI_LINE)
        return CLI_DONE;
    if (cli_shape_of(key) == CLI_SHAPE_ONE && c->said[cli_canonical(i)] == CLI_FILE)
        code = cli_usage("a setting is there twice", NULL);
    else if (o->kind == MAP || o->kind == FACET)
        code = set_pair_from_file(c, o, part, value);
    else if (o->kind == FLAG)
        code = set_flag_from_file(c, o, value);
    else
        code = cli_set_option(c, o, value);
    c->said[cli_canonical(i)] = CLI_FILE;
    if (code != CLI_DONE)
        fprintf(stderr, "eftertanke: (the file of --config, line %lu)\n", line);
    return code;
}

/* ------------------------------------------------------------------- showing them */

/* A YAML string in double quotes. */
static void
print_quoted(FILE *to, const char *s)
{
    (void)fputc('"', to);
    for (; *s != '\0'; s++) {
        if (*s == '"' || *s == '\\')
            (void)fputc('\\', to);
        if ((unsigned char)*s < 0x20 || *s == 0x7F)
            fprintf(to, "\\x%02X", (unsigned)(unsigned char)*s);
        else
            (void)fputc(*s, to);
    }
    (void)fputc('"', to);
}

static void
print_pairs(FILE *to, const struct cli *c, bool facets)
{
    bool any = false;

    for (size_t i = 0; i < c->map_count; i++) {
        const eft_column_map *m = &c->maps[i];
        if ((m->facet != NULL) != facets)
            continue;
        fprintf(to, "%s", any ? ", " : "{");
        print_quoted(to, facets ? m->facet : m->role);
        fprintf(to, ": ");
        print_quoted(to, m->column);
        any = true;
    }
    fprintf(to, any ? "}" : "{}");
}

static void
print_value(FILE *to, const struct cli *c, const struct cli_option *o)
{
    const void *at = (const char *)c + o->offset;

    switch (o->kind) {
    case FLAG: fprintf(to, *(const bool *)at ? "true" : "false"); return;
    case WORD:
        if (*(const char *const *)at != NULL)
            print_quoted(to, *(const char *const *)at);
        else
            fprintf(to, "null");
        return;
    case COUNT: fprintf(to, "%u", *(const uint32_t *)at); return;
    case SIZE: fprintf(to, "%zu", *(const size_t *)at); return;
    case MAP:
    case FACET: print_pairs(to, c, o->kind == FACET); return;
    case SCALE: /* none said: 1 to 5 */
        if (c->feeling_low < c->feeling_high)
            fprintf(to, "%g-%g", c->feeling_low, c->feeling_high);
        else
            fprintf(to, "1-5");
        return;
    case AUDIENCE: fprintf(to, c->external ? "external" : "internal"); return;
    case TERMS: fprintf(to, "%s", cli_terms[c->terms]); return;
    case COMPOUNDS: fprintf(to, "%s", cli_compounds[c->compounds]); return;
    case FDR: fprintf(to, "%s", cli_fdr[c->fdr]); return;
    case REPLACE: fprintf(to, "%s", cli_replace[c->replace]); return;
    case LABELS: fprintf(to, c->hide_units ? "unit" : "null"); return;
    case WHERE:
        fprintf(to, "[");
        for (size_t i = 0; i < c->where_count; i++) {
            fprintf(to, i == 0 ? "" : ", ");
            print_quoted(to, c->where[i].bytes);
        }
        fprintf(to, "]");
        return;
    case LEXICON:
        fprintf(to, "[");
        for (size_t i = 0; i < c->lexicon_count; i++) {
            fprintf(to, i == 0 ? "" : ", ");
            print_quoted(to, c->lexicons[i]);
        }
        fprintf(to, "]");
        return;
    }
}

/* All settings as they stand, as YAML that --config reads, each with who said it. */
static void
print_settings(FILE *to, const struct cli *c)
{
    static const char *const sources[] = {"default", "file", "command line"};

    for (size_t i = 0; i < cli_option_count; i++) {
        bool shown = false;
        for (size_t j = 0; j < i && !shown; j++)
            shown = cli_canonical(j) == cli_canonical(i) && is_setting(&cli_options[j]);
        if (shown || !is_setting(&cli_options[i]))
            continue;
        fprintf(to, "%s: ", key_of(&cli_options[i]));
        print_value(to, c, &cli_options[i]);
        fprintf(to, " # %s\n", sources[c->said[cli_canonical(i)]]);
    }
}

int
cli_config(const struct cli *c)
{
    if (c->path_count != 0 || !c->show) {
        fprintf(stderr, "eftertanke: as in eftertanke config --show, or\n"
                        "  eftertanke config --show --config eftertanke.yaml\n");
        return CLI_USAGE;
    }
    print_settings(stdout, c);
    return CLI_DONE;
}
