/*
 * summary.c - warnings and progress, on standard error
 */
#include "cli.h"

#include <unistd.h>

static void
warn_unread(const char *what, uint64_t count, const char *hint)
{
    if (count > 0)
        fprintf(stderr,
                "eftertanke: %s that could not be read: %llu%s; the records count "
                "without them\n",
                what, (unsigned long long)count, hint);
}

void
cli_warnings(const struct cli *c, const eft_run_counts *counts)
{
    if (counts->set_aside > 0)
        fprintf(stderr, "eftertanke: damaged records set aside: %llu\n",
                (unsigned long long)counts->set_aside);
    if (c->quiet)
        return;
    if (counts->cp1252_inputs > 0)
        fprintf(stderr,
                "eftertanke: not UTF-8 and read as Windows-1252: %llu of the inputs\n",
                (unsigned long long)counts->cp1252_inputs);
    if (counts->unknown_columns > 0)
        fprintf(stderr,
                "eftertanke: columns that say nothing to us and were dropped: %llu; see "
                "\"eftertanke columns FILE\", and take one with --map or --facet\n",
                (unsigned long long)counts->unknown_columns);
    warn_unread("dates", counts->unread_dates, " (they are written as 2024-03-04)");
    warn_unread("feelings", counts->unread_feelings,
                " (see the scale of --feeling-scale)");
    warn_unread("votes or tags",
                counts->field_errors - counts->unread_dates - counts->unread_feelings,
                "");
    if (counts->no_consent > 0)
        fprintf(stderr,
                "eftertanke: records without consent: %llu; they were left out before "
                "anything was read in them\n",
                (unsigned long long)counts->no_consent);
    if (counts->duplicate > 0)
        fprintf(stderr,
                "eftertanke: records with the id and assignment of an earlier one: %llu; "
                "the first alone counts\n",
                (unsigned long long)counts->duplicate);
    if (counts->stop_negations > 0)
        fprintf(stderr,
                "eftertanke: words of negation in the file of --stop: %llu; what is said "
                "with them goes missing from the tables\n",
                (unsigned long long)counts->stop_negations);
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
    if (counts->no_writer > 0)
        fprintf(stderr,
                "eftertanke: records without a writer: %llu; they count as one writer "
                "together\n",
                (unsigned long long)counts->no_writer);
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
