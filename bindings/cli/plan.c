/*
 * plan.c - the files that say how to count, and the plan options made of them
 *
 * Lexicons, a model or weights, the key, words that are allowed or left out; lists of an
 * organisation's own are own_lists.c.
 */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Without stdio, whose buffer would keep the key; a pipe is fine (--key <(pass show x)).
 * False: unreadable. A file that is too long fills the buffer, which no key does. */
static bool
read_secret(const char *path, char *bytes, size_t room, size_t *size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    ssize_t n = fd < 0 ? -1 : 1;

    *size = 0;
    while (n > 0 && *size < room) {
        n = read(fd, bytes + *size, room - *size);
        if (n < 0 && errno == EINTR)
            n = 1;
        else if (n > 0)
            *size += (size_t)n;
    }
    if (fd >= 0)
        (void)close(fd);
    return n >= 0;
}

/* 32 bytes as they are, or 64 hexadecimal digits with an optional line end. */
static int
read_key(const char *path, unsigned char key[32])
{
    size_t size;
    char bytes[128];
    bool ok = false;

    if (!read_secret(path, bytes, sizeof(bytes), &size)) {
        explicit_bzero(bytes, sizeof(bytes));
        fprintf(stderr,
                "eftertanke: the file of --key could not be read: is it a file that "
                "you may read?\n");
        return CLI_INPUT;
    }
    while (size > 32 && (bytes[size - 1] == '\n' || bytes[size - 1] == '\r'))
        size--;
    if (size == 32) {
        memcpy(key, bytes, 32);
        ok = true;
    } else if (size == 64) {
        ok = true;
        for (size_t i = 0; i < 32 && ok; i++) {
            int high = hex_digit(bytes[2 * i]), low = hex_digit(bytes[2 * i + 1]);
            ok = high >= 0 && low >= 0;
            key[i] = (unsigned char)((high & 15) << 4 | (low & 15));
        }
    }
    explicit_bzero(bytes, sizeof(bytes));
    if (!ok)
        fprintf(stderr, "eftertanke: --key needs a file of 32 bytes or 64 hexadecimal "
                        "digits\n");
    return ok ? CLI_DONE : CLI_USAGE;
}

/* One word a line, blanks around it dropped; # starts a comment. An empty list would mean
 * ours, so it is refused. */
static int
read_stop(const char *path, struct cli_plan *p)
{
    size_t size, lines = 1, count = 0;

    p->stop_bytes = cli_read_file(path, "the file of --stop", &size);
    if (p->stop_bytes == NULL)
        return CLI_INPUT;
    for (size_t i = 0; i < size; i++)
        lines += p->stop_bytes[i] == '\n';
    p->stop = calloc(lines, sizeof(*p->stop));
    if (p->stop == NULL) {
        fprintf(stderr, "eftertanke: no memory for the words of --stop\n");
        return CLI_INTERNAL;
    }
    size_t at = size >= 3 && memcmp(p->stop_bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < size) {
        const char *newline = memchr(p->stop_bytes + at, '\n', size - at);
        size_t next = newline == NULL ? size : (size_t)(newline - p->stop_bytes) + 1;
        const char *comment = memchr(p->stop_bytes + at, '#', next - at);
        size_t to = comment == NULL ? next : (size_t)(comment - p->stop_bytes);
        while (to > at && (unsigned char)p->stop_bytes[to - 1] <= ' ')
            to--;
        while (at < to && (unsigned char)p->stop_bytes[at] <= ' ')
            at++;
        if (to > at)
            p->stop[count++] = (eft_text){p->stop_bytes + at, to - at};
        at = next;
    }
    if (count == 0) {
        fprintf(stderr,
                "eftertanke: the file of --stop has no word; --no-stop leaves out "
                "none\n");
        return CLI_USAGE;
    }
    p->options.stop = p->stop;
    p->options.stop_count = count;
    return CLI_DONE;
}

/* Is this the id of a lexicon that the library carries? A file called so is ./karna. */
static bool
is_builtin(const char *value)
{
    for (size_t i = 0; eft_lexicon_builtin_id(i) != NULL; i++) {
        if (strcmp(value, eft_lexicon_builtin_id(i)) == 0)
            return true;
    }
    return false;
}

static bool
ends_with(const char *path, const char *ending)
{
    size_t size = strlen(path), end = strlen(ending);

    return size > end && strcmp(path + size - end, ending) == 0;
}

eft_lexicon_format
cli_lexicon_format(const char *path)
{
    static const struct {
        const char *ending;
        eft_lexicon_format format;
    } formats[] = {{".xml", EFT_LEXICON_XML},   {".csv", EFT_LEXICON_CSV},
                   {".dic", EFT_LEXICON_DIC},   {".dicx", EFT_LEXICON_DICX},
                   {".yaml", EFT_LEXICON_YAML}, {".yml", EFT_LEXICON_YAML},
                   {".qdc", EFT_LEXICON_QDC}};

    for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
        if (ends_with(path, formats[i].ending))
            return formats[i].format;
    }
    return (eft_lexicon_format)0;
}

/* What is no name of a file may be an id that is misspelt. */
static void
tell_carried(const char *value)
{
    if (strpbrk(value, "./") != NULL)
        return;
    fprintf(stderr, "eftertanke: lexicons that are carried, by id:");
    for (size_t i = 0; eft_lexicon_builtin_id(i) != NULL; i++)
        fprintf(stderr, " %s", eft_lexicon_builtin_id(i));
    fprintf(stderr, "\n");
}

/* "kasam" of "kasam=ord.csv" is copied to `id`, which else is ""; answers the file. One
 * that is called so as a whole has no id. */
static const char *
cut_id(const char *value, char *id, size_t room)
{
    size_t n = strcspn(value, "=");

    id[0] = '\0';
    if (n == 0 || n >= room || value[n] != '=' || access(value, F_OK) == 0)
        return value;
    memcpy(id, value, n);
    id[n] = '\0';
    return value + n + 1;
}

/* A lexicon by id or by file; `what` is its name in messages. */
int
cli_lexicon_open(eft_context *ctx, const char *value, const char *what, eft_lexicon **out)
{
    eft_error err = {0};
    eft_status st;
    eft_lexicon_format format = cli_lexicon_format(value);
    char id[64];
    size_t size, left_out = 0;

    if (is_builtin(value)) {
        st = eft_lexicon_builtin(ctx, value, out, &err);
    } else {
        char *bytes = cli_read_file(cut_id(value, id, sizeof(id)), what, &size);
        if (bytes == NULL) {
            tell_carried(value);
            return CLI_INPUT;
        }
        st = eft_lexicon_import_as(ctx, (eft_text){bytes, size},
                                   format == 0 ? EFT_LEXICON_XML : format,
                                   id[0] == '\0' ? NULL : id, out, &left_out, &err);
        free(bytes);
    }
    if (st != EFT_OK)
        fprintf(stderr, "eftertanke: in %s:\n", what);
    if (left_out > 0)
        fprintf(stderr, "eftertanke: %s has %zu patterns that were left out\n", what,
                left_out);
    return st == EFT_OK ? CLI_DONE : cli_fail(&err);
}

static int
read_lexicons(eft_context *ctx, const struct cli *c, struct cli_plan *p)
{
    for (size_t i = 0; i < c->lexicon_count; i++) {
        char what[48];
        (void)snprintf(what, sizeof(what), "the file of --lexicon %zu", i + 1);
        int code =
            cli_lexicon_open(ctx, c->lexicons[i], what, &p->lexicons[p->lexicon_count]);
        if (code != CLI_DONE)
            return code;
        p->lexicon_count++;
    }
    return CLI_DONE;
}

static int
read_model(eft_context *ctx, const char *path, const char *what, eft_model **out)
{
    eft_error err = {0};
    size_t size;
    char *bytes = cli_read_file(path, what, &size);

    if (bytes == NULL)
        return CLI_INPUT;
    eft_status st = eft_model_read(ctx, (eft_text){bytes, size}, out, &err);
    free(bytes);
    return st == EFT_OK ? CLI_DONE : cli_fail(&err);
}

static int
read_decide(eft_context *ctx, const struct cli *c, struct cli_plan *p)
{
    int code = CLI_DONE;

    if (c->decide == NULL)
        return CLI_DONE;
    if (strcmp(c->decide, "none") == 0)
        p->options.decide = EFT_DECIDE_NONE;
    else if (strcmp(c->decide, "core") == 0)
        p->options.decide = EFT_DECIDE_CORE;
    else
        code = read_model(ctx, c->decide, "the file of --decide (not core, not none)",
                          &p->weights);
    p->options.weights = p->weights;
    return code;
}

int
cli_plan_open(eft_context *ctx, const struct cli *c, uint32_t flags, struct cli_plan *out)
{
    int code;

    *out = (struct cli_plan){.options = {.struct_size = sizeof(eft_plan_options)}};
    out->options.flags = flags;
    if (c->accept_language)
        out->options.flags |= EFT_PLAN_ACCEPT_LANGUAGE;
    if (c->no_dictionary)
        out->options.flags |= EFT_PLAN_NO_DICTIONARY;
    out->options.dictionary = c->dictionary;
    out->options.terms = c->terms;
    out->options.compounds = c->compounds;
    out->options.window = c->window;
    out->options.replace = c->replace;
    out->options.explain = c->explain;
    out->options.seed = c->seed;
    out->options.shift_days = c->shift_dates;
    out->options.feeling_low = c->feeling_low;
    out->options.feeling_high = c->feeling_high;
    if (c->key != NULL) {
        if ((code = read_key(c->key, out->key)) != CLI_DONE)
            return code;
        out->options.key = out->key;
    }
    if (c->allow != NULL && (code = cli_read_allow(c->allow, out)) != CLI_DONE)
        return code;
    if (c->deny != NULL && (code = cli_read_deny(c->deny, out)) != CLI_DONE)
        return code;
    if (c->roster != NULL && (code = cli_read_roster(c->roster, out)) != CLI_DONE)
        return code;
    if (c->categories != NULL &&
        (code = cli_read_categories(c->categories, out)) != CLI_DONE)
        return code;
    if (c->leave_people)
        out->options.flags |= EFT_PLAN_LEAVE_PEOPLE;
    if (c->stop != NULL && (code = read_stop(c->stop, out)) != CLI_DONE)
        return code;
    if ((code = read_lexicons(ctx, c, out)) != CLI_DONE)
        return code;
    out->options.lexicons = out->lexicons;
    out->options.lexicon_count = out->lexicon_count;
    if (c->model != NULL && (code = read_model(ctx, c->model, "the file of --model",
                                               &out->model)) != CLI_DONE)
        return code;
    out->options.model = out->model;
    return read_decide(ctx, c, out);
}

void
cli_plan_close(struct cli_plan *p)
{
    for (size_t i = 0; i < p->lexicon_count; i++)
        eft_lexicon_unref(p->lexicons[i]);
    eft_model_unref(p->model);
    eft_model_unref(p->weights);
    explicit_bzero(p->key, sizeof(p->key));
    free(p->allow_bytes);
    free(p->allow);
    free(p->roster_bytes);
    free(p->roster);
    free(p->units);
    free(p->deny_bytes);
    free(p->deny);
    free(p->allow_spans);
    free(p->stop_bytes);
    free(p->stop);
}

eft_input_options
cli_input(const struct cli *c)
{
    return (eft_input_options){
        .struct_size = sizeof(eft_input_options),
        .flags = c->strict ? EFT_INPUT_STRICT : 0,
        .paths = c->paths,
        .path_count = c->path_count,
        .arguments = c->arguments,
        .maps = c->maps,
        .map_count = c->map_count,
        .max_text = c->max_text,
        .threads = c->threads,
        .batch = c->batch,
        .progress = !c->quiet && isatty(STDERR_FILENO) ? cli_progress : NULL,
    };
}
