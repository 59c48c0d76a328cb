/*
 * analyse.c - from reflections to a folder of results
 *
 * What is wrong with the command line or the places to write to is said before the
 * reading begins, which can take long. Then: read and count, release through the gate,
 * save the folder, and tell of it in a summary or as JSON. Sealed states take another way
 * (sealed.c), with the same log, flags and last words.
 */
#include "cli.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

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

/* The missing folders above the log of the state folder, which nobody named. */
static void
make_folders(char *path)
{
    for (char *p = path + 1; *p != '\0'; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        (void)mkdir(path, 0700);
        *p = '/';
    }
}

/* Where a new log could not be made is said before hours of work. */
static int
check_log(const char *path)
{
    return access(path, F_OK) == 0 ? CLI_DONE : cli_folder_check(path, "the release log");
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
    if (*log == buffer)
        make_folders(buffer);
    if (*log != NULL)
        return check_log(*log);
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
release_and_save(eft_context *ctx, const struct cli *c, const struct cli_counted *all,
                 const struct cli_quotes *quotes, const eft_report_options *report,
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
    eft_status st = eft_tally_release(all->tally, &release, results, err);
    if (st != EFT_OK)
        return st;
    save.flags = (c->force ? EFT_SAVE_REPLACE : 0u) | (c->review ? EFT_SAVE_REVIEW : 0u) |
                 (c->no_report ? EFT_SAVE_NO_REPORT : 0u) |
                 (c->keep_hits ? EFT_SAVE_HITS : 0u) | (c->veiled ? EFT_SAVE_VEILED : 0u);
    save.report = report;
    if (c->protect != NULL) /* what was read is told exactly elsewhere */
        return eft_save_results(ctx, all->tally, *results, &save, err);
    save.set_aside = (eft_text){all->set_aside.bytes, all->set_aside.size};
    int n = cli_run_json(c, &all->counts, started, run, sizeof(run));
    save.run_json = (eft_text){run, n > 0 && (size_t)n < sizeof(run) ? (size_t)n : 0};
    return eft_save_results(ctx, all->tally, *results, &save, err);
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
    struct cli_counted all;
    eft_results *results = NULL;
    eft_error err = {0};
    time_t started = time(NULL);
    int code = CLI_DONE;

    eft_status st = cli_count(ctx, c, plan, &all, &err);
    if (st == EFT_OK)
        st = release_and_save(ctx, c, &all, quotes, report, started, &results, &err);
    if (st != EFT_OK) {
        code = cli_fail(&err);
    } else {
        cli_warnings(c, &all.counts);
        cli_tell_filter(c, results);
        if (c->json)
            code = cli_print_json_summary(c->out);
        else if (!c->quiet)
            code = cli_print_summary(ctx, c, results, &all.counts);
        if (code == CLI_DONE && all.counts.set_aside > 0)
            code = CLI_SET_ASIDE;
    }
    eft_results_free(results);
    cli_counted_free(&all);
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
    if ((approved &&
         (code = cli_output_spares(c->out, c->quotes, "--quotes")) != CLI_DONE) ||
        (c->allow != NULL &&
         (code = cli_output_spares(c->out, c->allow, "--allow")) != CLI_DONE))
        return code;
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
