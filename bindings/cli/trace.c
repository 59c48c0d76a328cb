/*
 * trace.c - from a number to the texts behind it, for those who hold them
 */
#include "cli.h"

#include <string.h>

struct traced {
    struct cli_sink *sink;
    unsigned long long reflections;
};

static eft_status
write_traced(void *user, const void *bytes, size_t size)
{
    struct traced *t = user;

    t->reflections++;
    return cli_sink_write(t->sink, bytes, size);
}

int
cli_trace(eft_context *ctx, const struct cli *c)
{
    const eft_trace_options options = {.struct_size = sizeof(options),
                                       .flags = c->veiled ? EFT_TRACE_VEILED : 0u,
                                       .table = c->table,
                                       .where = c->where,
                                       .where_count = c->where_count};
    struct cli_sink sink;
    struct traced traced = {.sink = &sink};
    eft_error err = {0};

    if (c->path_count != 1 || c->table == NULL) {
        fprintf(stderr, "eftertanke: as in eftertanke trace resultat --table themes "
                        "--where theme=oro\n");
        return CLI_USAGE;
    }
    int code = cli_sink_open(&sink, NULL, false);
    if (code != CLI_DONE)
        return code;
    if (eft_trace_folder(ctx, c->paths[0], &options, write_traced, &traced, &err) !=
        EFT_OK)
        code = cli_sink_fail(&sink, &err);
    else if (!c->quiet)
        fprintf(stderr, "eftertanke: %llu reflections; they passed no gate\n",
                traced.reflections);
    int closed = cli_sink_close(&sink, code == CLI_DONE);
    return code == CLI_DONE ? closed : code;
}
