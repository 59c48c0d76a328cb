/*
 * commands.c - one function a command
 */
#include "cli.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ----------------------------------------------------------------- analyse */

/* $XDG_STATE_HOME or ~/.local/state, then eftertanke/releases.jsonl. */
static const char *
default_log(char *buffer, size_t size)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    int n;

    if (state != NULL && state[0] == '/')
        n = snprintf(buffer, size, "%s/eftertanke/releases.jsonl", state);
    else if (home != NULL && home[0] == '/')
        n = snprintf(buffer, size, "%s/.local/state/eftertanke/releases.jsonl", home);
    else
        return NULL;
    return n > 0 && (size_t)n < size ? buffer : NULL;
}

int
cli_log(const struct cli *c, char *buffer, size_t size, const char **log)
{
    *log = NULL;
    if (c->no_log && c->external) {
        fprintf(stderr,
                "eftertanke: an external release needs the log: without it nobody can "
                "tell what an earlier one has told already\n");
        return CLI_USAGE;
    }
    if (c->no_log)
        return CLI_DONE;
    *log = c->log != NULL ? c->log : default_log(buffer, size);
    if (*log != NULL)
        return CLI_DONE;
    fprintf(stderr, "eftertanke: no place for the release log: name a file with --log, "
                    "or do without with --no-log\n");
    return CLI_USAGE;
}

uint32_t
cli_release_flags(const struct cli *c)
{
    return (c->external ? EFT_RELEASE_EXTERNAL : 0u) |
           (c->one_text_per_writer ? EFT_RELEASE_ONE_TEXT_PER_WRITER : 0u) |
           (c->hide_units ? EFT_RELEASE_HIDE_UNITS : 0u) |
           (c->no_stop ? EFT_RELEASE_NO_STOP : 0u) | (c->notes ? EFT_RELEASE_NOTES : 0u) |
           (c->no_inference ? EFT_RELEASE_NO_INFERENCE : 0u) |
           (c->no_pairs ? EFT_RELEASE_NO_PAIRS : 0u);
}

/* When, how long, with how many threads: what is not in the manifest. No paths. */
int
cli_run_json(const struct cli *c, const eft_run_counts *counts, time_t started,
             char *buffer, size_t size)
{
    char when[32] = "";
    struct tm tm;

    if (gmtime_r(&started, &tm) != NULL)
        (void)strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &tm);
    return snprintf(buffer, size,
                    "{\"started\": \"%s\", \"seconds\": %lld, \"inputs\": %zu, "
                    "\"threads\": %u, \"records\": {\"read\": %llu, \"counted\": %llu, "
                    "\"set_aside\": %llu, \"duplicates\": %llu}}\n",
                    when, (long long)(time(NULL) - started), c->path_count, c->threads,
                    (unsigned long long)counts->read, (unsigned long long)counts->counted,
                    (unsigned long long)counts->set_aside,
                    (unsigned long long)counts->duplicate);
}

/* The folder is finished by now, so this asks for no memory: it could only fail. */
int
cli_print_json_summary(const char *folder)
{
    char path[4200], part[8192];
    ssize_t n = -1;

    (void)snprintf(path, sizeof(path), "%s/summary.json", folder);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    while (fd >= 0 && (n = read(fd, part, sizeof(part))) > 0)
        (void)fwrite(part, 1, (size_t)n, stdout); /* main looks at stdout's errors */
    if (fd >= 0)
        (void)close(fd);
    if (n == 0)
        return CLI_DONE;
    fprintf(stderr, "eftertanke: the results are written, but summary.json could not be "
                    "read again to print it\n");
    return CLI_INTERNAL;
}

static bool
auto_quotes(const struct cli *c)
{
    return !c->no_quotes && c->quotes != NULL && strcmp(c->quotes, "auto") == 0;
}

/* --assignment-order: "day", "name", or values with | between them. */
static int
read_order(const struct cli *c, eft_text values[CLI_MAX_ASSIGNMENTS],
           eft_release_options *release)
{
    const char *at = c->assignment_order;
    size_t count = 0;

    if (at == NULL || strcmp(at, "day") == 0)
        return CLI_DONE;
    if (strcmp(at, "name") == 0) {
        release->flags |= EFT_RELEASE_ASSIGNMENTS_BY_NAME;
        return CLI_DONE;
    }
    for (bool more = true; more && count <= CLI_MAX_ASSIGNMENTS; count++) {
        size_t n = strcspn(at, "|");
        if (n == 0 || count == CLI_MAX_ASSIGNMENTS)
            return cli_usage("--assignment-order is day, name or 'Första|Andra|Tredje', "
                             "at most 256",
                             NULL);
        values[count] = (eft_text){at, n};
        more = at[n] == '|';
        at += n + more;
    }
    release->assignments = values;
    release->assignment_count = count;
    return CLI_DONE;
}

static eft_status
release_and_save(eft_context *ctx, const struct cli *c, eft_tally *tally,
                 const struct cli_quotes *quotes, const eft_report_options *report,
                 const eft_run_counts *counts, const struct cli_buffer *set_aside,
                 time_t started, eft_results **results, eft_error *err)
{
    eft_release_options release = {.struct_size = sizeof(release), .k = c->k};
    eft_save_options save = {.struct_size = sizeof(save), .folder = c->out};
    eft_text assignments[CLI_MAX_ASSIGNMENTS];
    char log[4096], run[512];

    release.adjustment = c->fdr;
    release.quotes = quotes->items;
    release.quote_count = quotes->count;
    release.where = c->where;
    release.where_count = c->where_count;
    release.flags = cli_release_flags(c) |
                    (auto_quotes(c) ? EFT_RELEASE_QUOTES_AUTO : 0u) |
                    (c->suggest ? EFT_RELEASE_SUGGEST : 0u);
    (void)cli_log(c, log, sizeof(log), &save.log); /* was looked at before */
    release.log = save.log;
    (void)cli_protection(c, &release); /* the same */
    (void)read_order(c, assignments, &release);
    eft_status st = eft_tally_release(tally, &release, results, err);
    if (st != EFT_OK)
        return st;
    save.flags = (c->force ? EFT_SAVE_REPLACE : 0u) | (c->review ? EFT_SAVE_REVIEW : 0u) |
                 (c->no_report ? EFT_SAVE_NO_REPORT : 0u) |
                 (c->keep_hits ? EFT_SAVE_HITS : 0u) | (c->veiled ? EFT_SAVE_VEILED : 0u);
    save.report = report;
    if (c->protect != NULL) /* what was read is told exactly elsewhere */
        return eft_save_results(ctx, tally, *results, &save, err);
    save.set_aside = (eft_text){set_aside->bytes, set_aside->size};
    int n = cli_run_json(c, counts, started, run, sizeof(run));
    save.run_json = (eft_text){run, n > 0 && (size_t)n < sizeof(run) ? (size_t)n : 0};
    return eft_save_results(ctx, tally, *results, &save, err);
}

static eft_status
print_text(void *user, const void *bytes, size_t size)
{
    (void)fwrite(bytes, 1, size, user);
    return EFT_OK;
}

int
cli_print_summary(eft_context *ctx, const struct cli *c, const eft_results *results,
                  const eft_run_counts *counts)
{
    bool english = c->lang != NULL && strcmp(c->lang, "en") == 0;
    eft_error err = {0};

    if (c->protect == NULL &&
        eft_summary(ctx, results, counts, c->lang,
                    isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL, print_text,
                    stdout, &err) != EFT_OK)
        return cli_fail(&err);
    printf(english ? "\nResults in the folder of --out: "
                   : "\nResultat i mappen för --out: ");
    printf("%sresults.sqlite, tables/*.csv, summary.json\n",
           c->no_report ? "" : "report.html, ");
    return CLI_DONE;
}

static int
analyse_with(eft_context *ctx, const struct cli *c, const struct cli_plan *plan,
             const struct cli_quotes *quotes, const eft_report_options *report)
{
    eft_input_options input = cli_input(c);
    struct cli_buffer set_aside = {0};
    eft_run_counts counts = {0};
    eft_tally *tally = NULL;
    eft_results *results = NULL;
    eft_error err = {0};
    time_t started = time(NULL);
    int code = CLI_DONE;

    eft_status st = eft_run_tally(ctx, &plan->options, &input, &tally, cli_buffer_write,
                                  &set_aside, &counts, &err);
    cli_progress_done();
    if (st == EFT_OK)
        st = release_and_save(ctx, c, tally, quotes, report, &counts, &set_aside, started,
                              &results, &err);
    if (st != EFT_OK) {
        code = cli_fail(&err);
    } else {
        cli_warnings(c, &counts);
        if (c->json)
            code = cli_print_json_summary(c->out);
        else if (!c->quiet)
            code = cli_print_summary(ctx, c, results, &counts);
        if (code == CLI_DONE && counts.set_aside > 0)
            code = CLI_SET_ASIDE;
    }
    eft_results_free(results);
    eft_tally_free(tally);
    free(set_aside.bytes);
    return code;
}

int
cli_analyse(eft_context *ctx, const struct cli *c)
{
    eft_report_options report;
    struct cli_plan plan;
    struct cli_quotes quotes = {0};
    char log[4096], *logo = NULL;
    const char *log_path;
    bool sealed;

    if (c->path_count == 0 || c->out == NULL) {
        fprintf(stderr, "eftertanke: analyse needs an input and --out DIR, as in\n"
                        "  eftertanke analyse reflektioner.csv --out resultat\n");
        return CLI_USAGE;
    }
    if (c->stop != NULL && c->no_stop) {
        fprintf(stderr, "eftertanke: --stop and --no-stop say different things\n");
        return CLI_USAGE;
    }
    if (c->protect != NULL && (c->review || c->quotes != NULL || c->suggest || c->notes ||
                               c->keep_hits || c->veiled))
        return cli_usage(
            "--protect tells counts alone: no --review, --quotes, --suggest, "
            "--notes, --keep-hits or --veiled beside it",
            NULL);
    eft_release_options protection = {0};
    eft_text assignments[CLI_MAX_ASSIGNMENTS];
    int code = cli_protection(c, &protection);
    if (code == CLI_DONE)
        code = read_order(c, assignments, &protection);
    if (code != CLI_DONE)
        return code;
    code = cli_are_sealed(ctx, c, &sealed);
    if (code != CLI_DONE || sealed)
        return code != CLI_DONE ? code : cli_analyse_sealed(ctx, c);
    if ((code = cli_log(c, log, sizeof(log), &log_path)) != CLI_DONE ||
        (code = cli_output_check(c->out, "the folder of --out", c->force)) != CLI_DONE)
        return code;
    bool approved = !c->no_quotes && c->quotes != NULL && !auto_quotes(c);
    if (approved && (code = cli_quotes_read(c->quotes, &quotes)) != CLI_DONE)
        return code;
    if ((code = cli_report_options(c, &report, &logo)) != CLI_DONE) {
        cli_quotes_free(&quotes);
        return code;
    }
    bool spool = !c->no_pairs || c->review || c->suggest || c->notes || c->veiled ||
                 approved || auto_quotes(c);
    code = cli_plan_open(
        ctx, c, (spool ? EFT_PLAN_SPOOL : 0u) | (c->keep_hits ? EFT_PLAN_KEEP_HITS : 0u),
        &plan);
    if (code == CLI_DONE)
        code = analyse_with(ctx, c, &plan, &quotes, &report);
    cli_plan_close(&plan);
    free(logo);
    cli_quotes_free(&quotes);
    return code;
}

/* ------------------------------------------------------------------- lines */

/* Where the damaged records are: input, row, byte, reason; never their text. The first
 * ones tell what is wrong; a table read in a wrong way would fill the screen. */
static void
print_set_aside(const struct cli_buffer *b)
{
    size_t at = 0, lines = 0, more = 0;

    for (; at < b->size && lines < 20; at++)
        lines += b->bytes[at] == '\n';
    if (at > 0)
        (void)fwrite(b->bytes, 1, at, stderr);
    for (; at < b->size; at++)
        more += b->bytes[at] == '\n';
    if (more > 0)
        fprintf(stderr, "and %zu more\n", more);
}

/* Of lines of words in context those of one theme. The text in them is JSON, so that its
 * quotes are escaped and cannot look like the member asked for. */
struct kwic_sink {
    struct cli_sink *sink;
    char member[128];
};

static eft_status
write_kwic(void *user, const void *bytes, size_t size)
{
    struct kwic_sink *k = user;
    const char *at = bytes, *end = at + size;

    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t line = stop == NULL ? (size_t)(end - at) : (size_t)(stop - at) + 1;
        eft_status st = memmem(at, line, k->member, strlen(k->member)) == NULL
                            ? EFT_OK
                            : cli_sink_write(k->sink, at, line);
        if (st != EFT_OK)
            return st;
        at += line;
    }
    return EFT_OK;
}

static int
lines_with(eft_context *ctx, const struct cli *c, const struct cli_plan *plan,
           eft_line_format format, struct cli_sink *sink, struct cli_sink *map)
{
    eft_input_options input = cli_input(c);
    struct cli_buffer set_aside = {0};
    eft_run_counts counts = {0};
    eft_error err = {0};
    int code = CLI_DONE;

    struct kwic_sink kwic = {.sink = sink};
    if (c->kwic != NULL)
        (void)snprintf(kwic.member, sizeof(kwic.member), "\"theme\":\"%s\",", c->kwic);
    eft_status st;
    if (map != NULL)
        st = eft_run_veil(ctx, &plan->options, &input, format, cli_sink_write, sink,
                          cli_sink_write, map, cli_buffer_write, &set_aside, &counts,
                          &err);
    else
        st = eft_run_lines(ctx, &plan->options, &input, format,
                           c->kwic != NULL ? write_kwic : cli_sink_write,
                           c->kwic != NULL ? (void *)&kwic : (void *)sink,
                           cli_buffer_write, &set_aside, &counts, &err);
    cli_progress_done();
    if (st != EFT_OK) {
        code = cli_fail(&err);
    } else {
        cli_warnings(c, &counts);
        print_set_aside(&set_aside);
        if (counts.set_aside > 0)
            code = CLI_SET_ASIDE;
    }
    free(set_aside.bytes);
    return code;
}

/* The folder that a path lies in, and its last name. */
static const char *
folder_of(const char *path, struct stat *folder)
{
    char name[4200];
    const char *slash = strrchr(path, '/');
    size_t n = slash == NULL ? 0 : (size_t)(slash - path) + 1;

    if (n >= sizeof(name))
        return NULL;
    memcpy(name, n == 0 ? "." : path, n == 0 ? 1 : n);
    name[n == 0 ? 1 : n] = '\0';
    return stat(name, folder) == 0 ? path + n : NULL;
}

/* Whether a file is there or will be: one file, or one name in one folder? */
static bool
is_same_file(const char *a, const char *b)
{
    struct stat x, y;

    if (stat(a, &x) == 0 && stat(b, &y) == 0)
        return x.st_dev == y.st_dev && x.st_ino == y.st_ino;
    const char *name_a = folder_of(a, &x), *name_b = folder_of(b, &y);
    return name_a != NULL && name_b != NULL && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino && strcmp(name_a, name_b) == 0;
}

/* The map is raw: a file of its own that nobody else may read, and no stream or device
 * where it could meet what is veiled; nor one of the inputs. */
static int
open_map(const struct cli *c, struct cli_sink *map)
{
    if (c->map_out == NULL)
        return CLI_DONE;
    bool taken = strcmp(c->map_out, "-") == 0 ||
                 (c->out != NULL && is_same_file(c->map_out, c->out));
    for (size_t i = 0; i < c->path_count && !taken; i++)
        taken = is_same_file(c->map_out, c->paths[i]);
    if (taken) {
        fprintf(stderr,
                "eftertanke: --map-out needs a file of its own: it holds what was "
                "taken out\n");
        return CLI_USAGE;
    }
    int code = cli_sink_open(map, c->map_out, c->force);
    if (code == CLI_DONE && map->final_name == NULL) {
        (void)cli_sink_close(map, false);
        *map = (struct cli_sink){0};
        fprintf(stderr, "eftertanke: --map-out needs a file, no pipe or device\n");
        return CLI_USAGE;
    }
    return code;
}

int
cli_lines(eft_context *ctx, const struct cli *c, eft_line_format format)
{
    struct cli_plan plan;
    struct cli_sink sink, map = {0};

    if (c->path_count == 0) {
        fprintf(stderr,
                "eftertanke: %s needs an input, as in\n"
                "  eftertanke %s reflektioner.csv\n",
                c->command, c->command);
        return CLI_USAGE;
    }
    if (format == EFT_LINES_TOKENS && c->out != NULL && strcmp(c->out, "-") != 0) {
        fprintf(stderr, "eftertanke: raw tokens contain names and go to standard output "
                        "only; --veil writes veiled ones to a file\n");
        return CLI_USAGE;
    }
    if (format == EFT_LINES_TOKENS && !c->quiet)
        fprintf(stderr, "eftertanke: these are raw tokens: they contain names\n");
    int code = cli_plan_open(ctx, c, 0, &plan);
    if (code == CLI_DONE)
        code = cli_kwic_check(ctx, c, &plan);
    if (code == CLI_DONE)
        code = open_map(c, &map);
    if (code == CLI_DONE && (code = cli_sink_open(&sink, c->out, c->force)) == CLI_DONE) {
        bool mapped = c->map_out != NULL;
        code = lines_with(ctx, c, &plan, format, &sink, mapped ? &map : NULL);
        int closed = cli_sink_close(&sink, code <= CLI_SET_ASIDE);
        code = closed != CLI_DONE ? closed : code;
        /* what was taken out is kept only beside the texts that it was taken out of */
        closed = mapped ? cli_sink_close(&map, code <= CLI_SET_ASIDE) : CLI_DONE;
        code = closed != CLI_DONE ? closed : code;
    } else if (map.file != NULL) {
        (void)cli_sink_close(&map, false);
    }
    cli_plan_close(&plan);
    return code;
}

/* ------------------------------------------------------------------ states */

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

static int
tally_with(eft_context *ctx, const struct cli *c, const struct cli_plan *plan)
{
    eft_input_options input = cli_input(c);
    input.flags |= strcmp(c->command, "merge") == 0 ? EFT_INPUT_STATES : 0u;
    struct cli_buffer set_aside = {0};
    eft_run_counts counts = {0};
    eft_tally *tally = NULL;
    eft_error err = {0};
    int code = CLI_DONE;

    eft_status st = eft_run_tally(ctx, &plan->options, &input, &tally, cli_buffer_write,
                                  &set_aside, &counts, &err);
    cli_progress_done();
    if (st == EFT_OK && c->withdraw != NULL)
        code = withdraw(c, tally);
    if (st == EFT_OK && code <= CLI_SET_ASIDE)
        st = eft_save_state(ctx, tally, c->out, c->force, &err);
    if (st != EFT_OK) {
        code = cli_fail(&err);
    } else if (code <= CLI_SET_ASIDE) {
        cli_warnings(c, &counts);
        print_set_aside(&set_aside);
        if (!c->quiet)
            fprintf(stderr,
                    "eftertanke: %llu reflections in the state; it is sensitive\n",
                    (unsigned long long)eft_tally_count(tally));
        if (counts.set_aside > 0)
            code = CLI_SET_ASIDE;
    }
    eft_tally_free(tally);
    free(set_aside.bytes);
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

/* ----------------------------------------------------------------- lexicon */

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

static eft_status
write_lexicon(void *user, const void *bytes, size_t size)
{
    return fwrite(bytes, 1, size, user) == size ? EFT_OK : EFT_E_IO;
}

/* The ending of `to` says the format. */
static int
convert_lexicon(const eft_lexicon *lex, const char *to)
{
    eft_lexicon_format format = cli_lexicon_format(to);
    eft_error err = {0};
    size_t left_out;

    if (format == 0) {
        fprintf(stderr, "eftertanke: the second file ends in .xml, .csv, .dic, .dicx, "
                        ".yaml or .qdc\n");
        return CLI_USAGE;
    }
    FILE *out = fopen(to, "wbx"); /* never over a file that is there */
    if (out == NULL) {
        fprintf(stderr,
                "eftertanke: cannot make the second file (is it there already?)\n");
        return CLI_INPUT;
    }
    eft_status st = eft_lexicon_write(lex, format, write_lexicon, out, &left_out, &err);
    if (fclose(out) != 0 && st == EFT_OK)
        st = EFT_E_IO;
    if (st != EFT_OK) {
        (void)remove(to);
        return cli_fail(&err);
    }
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
                        "  eftertanke lexicon check eget.xml --corpus texter.csv\n");
        return CLI_USAGE;
    }
    int code = cli_plan_open(ctx, c, 0, &plan);
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
               : convert ? convert_lexicon(lex, c->paths[2])
                         : list_lexicon(lex);
    eft_lexicon_unref(lex);
    cli_plan_close(&plan);
    return code;
}

/* ----------------------------------------------------------------- columns */

static eft_status
print_column(void *user, uint32_t position, eft_text header, const char *role)
{
    (void)user;
    printf("#%-4u %-12s ", position, role);
    cli_put_text(stdout, header);
    putchar('\n');
    return EFT_OK;
}

int
cli_columns(eft_context *ctx, const struct cli *c)
{
    eft_input_options input = cli_input(c);
    eft_error err = {0};

    if (c->path_count != 1) {
        fprintf(stderr, "eftertanke: as in eftertanke columns export.csv\n");
        return CLI_USAGE;
    }
    if (!isatty(STDOUT_FILENO)) {
        fprintf(stderr,
                "eftertanke: headers can hold names: they are shown on a terminal "
                "only\n");
        return CLI_USAGE;
    }
    return eft_read_columns(ctx, &input, print_column, NULL, &err) == EFT_OK
               ? CLI_DONE
               : cli_fail(&err);
}

/* ------------------------------------------------------------------ config */

int
cli_config(const struct cli *c)
{
    if (c->path_count != 0 || !c->show) {
        fprintf(stderr, "eftertanke: as in eftertanke config --show, or\n"
                        "  eftertanke config --show --config eftertanke.yaml\n");
        return CLI_USAGE;
    }
    cli_print_settings(stdout, c);
    return CLI_DONE;
}
