/*
 * report.c - the report drawn again from a finished results folder
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

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

    if (c->path_count != 1) {
        fprintf(stderr, "eftertanke: as in eftertanke report resultat --lang en\n");
        return CLI_USAGE;
    }
    int code = cli_report_options(c, &options, &logo);
    if (code != CLI_DONE)
        return code;
    path = default_path(c->paths[0]);
    code = path == NULL ? CLI_INTERNAL
                        : cli_sink_open(&sink, c->out != NULL ? c->out : path,
                                        c->force || c->out == NULL);
    if (code == CLI_DONE) {
        if (eft_report_folder(ctx, c->paths[0], &options, cli_sink_write, &sink, &err) !=
            EFT_OK)
            code = cli_fail(&err);
        int closed = cli_sink_close(&sink, code == CLI_DONE);
        code = code == CLI_DONE ? closed : code;
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
