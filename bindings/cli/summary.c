/*
 * summary.c - warnings and progress, on standard error
 */
#include "cli.h"

#include <unistd.h>

/* Nothing is said of what did not happen. */
static void
warn_count(const char *before, uint64_t count, const char *after)
{
    if (count > 0)
        fprintf(stderr, "eftertanke: %s: %llu%s\n", before, (unsigned long long)count,
                after);
}

void
cli_warnings(const struct cli *c, const eft_run_counts *counts)
{
    warn_count("damaged records set aside", counts->set_aside, "");
    if (c->quiet)
        return;
    warn_count("not UTF-8 and read as Windows-1252", counts->cp1252_inputs,
               " of the inputs");
    warn_count("columns that say nothing to us and were dropped", counts->unknown_columns,
               "; see \"eftertanke columns FILE\", and take one with --map or --facet");
    warn_count("dates that could not be read", counts->unread_dates,
               " (they are written as 2024-03-04); the records count without them");
    warn_count("feelings that could not be read", counts->unread_feelings,
               " (see the scale of --feeling-scale); the records count without them");
    warn_count("votes or tags that could not be read",
               counts->field_errors - counts->unread_dates - counts->unread_feelings,
               "; the records count without them");
    warn_count("records without consent", counts->no_consent,
               "; they were left out before anything was read in them");
    warn_count("records with the id and assignment of an earlier one", counts->duplicate,
               "; the first alone counts");
    warn_count("words of negation in the file of --stop", counts->stop_negations,
               "; what is said with them goes missing from the tables");
    if (counts->read == 0 && counts->counted == 0)
        fprintf(stderr, "eftertanke: there are no reflections in it\n");
    if (!counts->dictionary && !c->no_dictionary)
        fprintf(stderr,
                "eftertanke: no dictionary of Swedish words was found: more is taken "
                "out and few words are shown (apt install hunspell-sv and build "
                "again, or name one with --dictionary)\n");
    if (counts->read > 0 && !counts->writer_column)
        fprintf(stderr,
                "eftertanke: no column of writers: each reflection counts as its own "
                "writer and k is doubled\n");
    warn_count("records without a writer", counts->no_writer,
               "; they count as one writer together");
}

eft_status
cli_progress(void *user, uint64_t done)
{
    (void)user;
    fprintf(stderr, "\r%llu records", (unsigned long long)done);
    fflush(stderr);
    return EFT_OK;
}

void
cli_progress_done(void)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r                    \r");
}

/* Where the damaged records are: input, row, byte, reason; never their text. The first
 * ones tell what is wrong; a table read in a wrong way would fill the screen. */
void
cli_print_set_aside(const struct cli_buffer *b)
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
