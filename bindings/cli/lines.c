/*
 * lines.c - anonymise, themes and tokenise: lines for each reflection, in input order
 *
 * Nothing passes the gate here: a line is about one reflection. Raw tokens go to standard
 * output alone, and the map of what was taken out (--map-out) to a file of its own.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
        code = cli_sink_fail(map != NULL && map->why != 0 ? map : sink, &err);
    } else {
        cli_warnings(c, &counts);
        cli_print_set_aside(&set_aside);
        if (counts.set_aside > 0)
            code = CLI_SET_ASIDE;
    }
    free(set_aside.bytes);
    return code;
}

/* The map is raw: a file of its own that nobody else may read, and no stream or device
 * where it could meet what is veiled; nor one of the inputs. */
static int
open_map(const struct cli *c, struct cli_sink *map)
{
    if (c->map_out == NULL)
        return CLI_DONE;
    bool taken = strcmp(c->map_out, "-") == 0 ||
                 (c->out != NULL && cli_is_same_file(c->map_out, c->out));
    for (size_t i = 0; i < c->path_count && !taken; i++)
        taken = cli_is_same_file(c->map_out, c->paths[i]);
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
