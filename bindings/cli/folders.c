/*
 * folders.c - what is done with finished results folders: report, verify, merge-results
 *
 * No text is read here and nothing is released: a folder's tables passed the gate when it
 * was made.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ------------------------------------------------------------------ report */

int
cli_report_options(const struct cli *c, eft_report_options *out, char **logo)
{
    size_t size;

    *logo = NULL;
    *out = (eft_report_options){.struct_size = sizeof(*out),
                                .flags = c->no_quotes ? EFT_REPORT_NO_QUOTES : 0,
                                .language = c->lang,
                                .title = c->title,
                                .sections = c->sections};
    if (c->lang != NULL && strcmp(c->lang, "sv") != 0 && strcmp(c->lang, "en") != 0) {
        fprintf(stderr, "eftertanke: --lang is sv (Swedish) or en (English)\n");
        return CLI_USAGE;
    }
    if (c->logo == NULL)
        return CLI_DONE;
    *logo = cli_read_file(c->logo, "the logo", &size);
    if (*logo == NULL)
        return CLI_INPUT;
    out->logo = (eft_text){*logo, size};
    return CLI_DONE;
}

/* FOLDER/report.html; the caller frees it. */
static char *
default_path(const char *folder)
{
    size_t n = strlen(folder);
    char *path = malloc(n + sizeof("/report.html"));

    if (path == NULL)
        return NULL;
    memcpy(path, folder, n);
    memcpy(path + n, "/report.html", sizeof("/report.html"));
    return path;
}

int
cli_report(eft_context *ctx, const struct cli *c)
{
    eft_report_options options;
    struct cli_sink sink;
    eft_error err = {0};
    char *logo, *path;
    struct stat folder;

    if (c->path_count != 1) {
        fprintf(stderr, "eftertanke: as in eftertanke report resultat --lang en\n");
        return CLI_USAGE;
    }
    if (stat(c->paths[0], &folder) != 0 || !S_ISDIR(folder.st_mode)) {
        fprintf(stderr, "eftertanke: there is no results folder of this name\n");
        return CLI_INPUT;
    }
    int code = cli_report_options(c, &options, &logo);
    if (code != CLI_DONE)
        return code;
    path = default_path(c->paths[0]);
    struct stat old;
    bool known = path != NULL && c->out == NULL && stat(path, &old) == 0;
    code = path == NULL ? CLI_INTERNAL
                        : cli_sink_open(&sink, c->out != NULL ? c->out : path,
                                        c->force || c->out == NULL);
    if (code == CLI_DONE) {
        if (eft_report_folder(ctx, c->paths[0], &options, cli_sink_write, &sink, &err) !=
            EFT_OK)
            code = cli_sink_fail(&sink, &err);
        int closed = cli_sink_close(&sink, code == CLI_DONE);
        code = code == CLI_DONE ? closed : code;
        if (code == CLI_DONE && known) /* whoever could read it still can */
            (void)chmod(path, old.st_mode & 0777);
    }
    free(path);
    free(logo);
    return code;
}

/* ------------------------------------------------------------------ verify */

static eft_status
print_finding(void *user, const char *file, uint64_t row, const char *what)
{
    (void)user;
    if (row == 0)
        printf("%s: %s\n", file, what);
    else
        printf("%s: row %llu %s\n", file, (unsigned long long)row, what);
    return EFT_OK;
}

int
cli_verify(eft_context *ctx, const struct cli *c)
{
    eft_error err = {0};
    uint64_t found;

    if (c->path_count != 1) {
        fprintf(stderr, "eftertanke: as in eftertanke verify resultat\n");
        return CLI_USAGE;
    }
    if (eft_verify_folder(ctx, c->paths[0], c->quiet ? NULL : print_finding, NULL, &found,
                          &err) != EFT_OK)
        return cli_fail(&err);
    if (found == 0 && !c->quiet)
        printf("nothing differs\n");
    return found == 0 ? CLI_DONE : CLI_SET_ASIDE;
}

/* ----------------------------------------------------------- merge-results */

/* NAME=DIR, or DIR alone, which is called run-1, run-2 ...: a path is never a name.
 * `names` are zeroes. */
static void
take_runs(const struct cli *c, eft_run_folder *runs, char (*names)[128])
{
    for (size_t i = 0; i < c->path_count; i++) {
        const char *word = c->paths[i], *eq = strchr(word, '=');
        size_t n = eq == NULL ? 0 : (size_t)(eq - word);
        if (n >= sizeof(names[0]) || (n > 0 && memchr(word, '/', n) != NULL))
            n = 0; /* that = stands in a path */
        if (n > 0)
            memcpy(names[i], word, n);
        else
            (void)snprintf(names[i], sizeof(names[0]), "run-%zu", i + 1);
        runs[i] = (eft_run_folder){names[i], n > 0 ? eq + 1 : word};
    }
}

int
cli_merge_results(eft_context *ctx, const struct cli *c)
{
    eft_error err = {0};

    if (c->path_count == 0 || c->out == NULL || strcmp(c->out, "-") == 0) {
        fprintf(stderr, "eftertanke: as in eftertanke merge-results 2024=resultat24 "
                        "2025=resultat25 -o alla.sqlite\n");
        return CLI_USAGE;
    }
    if (access(c->out, F_OK) == 0) {
        fprintf(stderr, "eftertanke: the file of -o exists: give another name\n");
        return CLI_USAGE;
    }
    int code = cli_folder_check(c->out, "the file of -o");
    if (code != CLI_DONE)
        return code;
    eft_run_folder *runs = calloc(c->path_count, sizeof(*runs));
    char(*names)[128] = calloc(c->path_count, sizeof(*names));
    if (runs == NULL || names == NULL) {
        code = CLI_INTERNAL;
    } else {
        take_runs(c, runs, names);
        cli_hold_signals(ctx);
        eft_status st = eft_merge_results(ctx, runs, c->path_count, c->out, &err);
        cli_release_signals(ctx);
        if (st != EFT_OK)
            code = cli_fail(&err);
    }
    free(runs);
    free(names);
    return code;
}
