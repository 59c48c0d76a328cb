/*
 * columns.c - the headers of an input and the roles they are taken for
 *
 * A header can hold a name: it is shown to the person at the terminal, and no file or
 * pipe gets it.
 */
#include "cli.h"

#include <unistd.h>

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
