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
check_log(const char *path, bool named)
{
    if (access(path, F_OK) == 0)
        return CLI_DONE;
    return cli_folder_check(path, named ? "the release log"
                                        : "the release log in your state folder (--log "
                                          "FILE names another)");
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
        return check_log(*log, c->log != NULL);
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

/* Quotes of a review file. */
static bool
approved_quotes(const struct cli *c)
{
    return !c->no_quotes && c->quotes != NULL && !auto_quotes(c);
}

/* An analysis of texts or states: what was asked for, before anything is read. */
struct analysis {
    const struct cli *c;
    eft_release_options release;
    eft_save_options save;
    eft_report_options report;
    struct cli_quotes quotes;
    eft_text assignments[CLI_MAX_ASSIGNMENTS];
    char log[4096]; /* path of the default log */
    char *logo;
    time_t started;
};

/* --assignment-order: "day", "name", or values with | between them. */
static int
take_order(struct analysis *a)
{
    const char *at = a->c->assignment_order;
    size_t count = 0;

    if (at == NULL || strcmp(at, "day") == 0)
        return CLI_DONE;
    if (strcmp(at, "name") == 0) {
        a->release.flags |= EFT_RELEASE_ASSIGNMENTS_BY_NAME;
        return CLI_DONE;
    }
    for (bool more = true; more && count <= CLI_MAX_ASSIGNMENTS; count++) {
        size_t n = strcspn(at, "|");
        if (n == 0 || count == CLI_MAX_ASSIGNMENTS)
            return cli_usage("--assignment-order is day, name or 'Första|Andra|Tredje', "
                             "at most 256",
                             NULL);
        a->assignments[count] = (eft_text){at, n};
        more = at[n] == '|';
        at += n + more;
    }
    a->release.assignments = a->assignments;
    a->release.assignment_count = count;
    return CLI_DONE;
}

/* What stands on the command line alone; no file is looked at. */
static int
take_words(struct analysis *a)
{
    const struct cli *c = a->c;

    if (c->path_count == 0 || c->out == NULL) {
        fprintf(stderr, "eftertanke: analyse needs an input and --out DIR, as in\n"
                        "  eftertanke analyse reflektioner.csv --out resultat\n");
        return CLI_USAGE;
    }
    if (c->stop != NULL && c->no_stop) {
        fprintf(stderr, "eftertanke: --stop and --no-stop say different things\n");
        return CLI_USAGE;
    }
    if (c->pair_terms == 1 || (c->pair_terms != 0 && c->no_pairs))
        return cli_usage("--pair-terms takes 2 or more, and says something else than "
                         "--no-pairs",
                         NULL);
    if (c->protect != NULL && (c->review || c->quotes != NULL || c->suggest || c->notes ||
                               c->keep_hits || c->veiled))
        return cli_usage(
            "--protect tells counts alone: no --review, --quotes, --suggest, "
            "--notes, --keep-hits or --veiled beside it",
            NULL);
    a->release = (eft_release_options){
        .struct_size = sizeof(a->release),
        .k = c->k,
        .pair_terms = c->pair_terms,
        .adjustment = c->fdr,
        .where = c->where,
        .where_count = c->where_count,
        .flags = cli_release_flags(c) | (auto_quotes(c) ? EFT_RELEASE_QUOTES_AUTO : 0u) |
                 (c->suggest ? EFT_RELEASE_SUGGEST : 0u)};
    int code = cli_protection(c, &a->release);
    return code == CLI_DONE ? take_order(a) : code;
}

/* The files that are written, and those that are read beside the input. */
static int
take_files(struct analysis *a)
{
    const struct cli *c = a->c;
    int code;

    a->save = (eft_save_options){.struct_size = sizeof(a->save),
                                 .folder = c->out,
                                 .report = &a->report,
                                 .flags = (c->force ? EFT_SAVE_REPLACE : 0u) |
                                          (c->review ? EFT_SAVE_REVIEW : 0u) |
                                          (c->no_report ? EFT_SAVE_NO_REPORT : 0u) |
                                          (c->keep_hits ? EFT_SAVE_HITS : 0u) |
                                          (c->veiled ? EFT_SAVE_VEILED : 0u)};
    if ((code = cli_log(c, a->log, sizeof(a->log), &a->save.log)) != CLI_DONE ||
        (code = cli_output_check(c->out, "the folder of --out", c->force)) != CLI_DONE)
        return code;
    a->release.log = a->save.log;
    bool approved = approved_quotes(c);
    if ((approved &&
         (code = cli_output_spares(c->out, c->quotes, "--quotes")) != CLI_DONE) ||
        (c->allow != NULL &&
         (code = cli_output_spares(c->out, c->allow, "--allow")) != CLI_DONE))
        return code;
    if (approved && (code = cli_quotes_read(c->quotes, &a->quotes)) != CLI_DONE)
        return code;
    a->release.quotes = a->quotes.items;
    a->release.quote_count = a->quotes.count;
    return cli_report_options(c, &a->report, &a->logo);
}

static eft_status
release_and_save(eft_context *ctx, struct analysis *a, const struct cli_counted *all,
                 eft_results **results, eft_error *err)
{
    eft_save_options save = a->save; /* with what lives no longer than this */
    char run[512];

    eft_status st = eft_tally_release(all->tally, &a->release, results, err);
    if (st != EFT_OK)
        return st;
    if (a->c->protect == NULL) { /* else what was read would be told exactly */
        save.set_aside = (eft_text){all->set_aside.bytes, all->set_aside.size};
        int n = cli_run_json(a->c, &all->counts, a->started, run, sizeof(run));
        save.run_json = (eft_text){run, n > 0 && (size_t)n < sizeof(run) ? (size_t)n : 0};
    }
    cli_hold_signals(ctx);
    st = eft_save_results(ctx, all->tally, *results, &save, err);
    cli_release_signals(ctx);
    return st;
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
analyse_with(eft_context *ctx, struct analysis *a, const struct cli_plan *plan)
{
    const struct cli *c = a->c;
    struct cli_counted all;
    eft_results *results = NULL;
    eft_error err = {0};
    int code = CLI_DONE;

    a->started = time(NULL);
    eft_status st = cli_count(ctx, c, plan, &all, &err);
    if (st == EFT_OK)
        st = release_and_save(ctx, a, &all, &results, &err);
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
    struct analysis a = {.c = c};
    struct cli_plan plan;
    bool sealed;
    int code = take_words(&a);

    if (code != CLI_DONE || (code = cli_are_sealed(ctx, c, &sealed)) != CLI_DONE)
        return code;
    if (sealed)
        return cli_analyse_sealed(ctx, c);
    if ((code = take_files(&a)) == CLI_DONE) {
        bool spool = !c->no_pairs || c->review || c->suggest || c->notes || c->veiled ||
                     approved_quotes(c) || auto_quotes(c);
        uint32_t flags =
            (spool ? EFT_PLAN_SPOOL : 0u) | (c->keep_hits ? EFT_PLAN_KEEP_HITS : 0u);
        code = cli_plan_open(ctx, c, flags, &plan);
        if (code == CLI_DONE)
            code = analyse_with(ctx, &a, &plan);
        cli_plan_close(&plan);
    }
    free(a.logo);
    cli_quotes_free(&a.quotes);
    return code;
}
