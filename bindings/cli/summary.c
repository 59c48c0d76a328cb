/*
 * summary.c - what a person reads after analyse
 *
 * Only released numbers: everything is taken from the tables. Bars are eighths of a
 * block; colour only on a terminal and never as the only sign.
 */
#include "cli.h"

#include <string.h>
#include <unistd.h>

#define BAR_WIDTH 24
#define LABEL_WIDTH 30

struct paint {
    const char *strong, *soft, *plain;
};

/* Columns a UTF-8 text takes on a terminal, near enough for Swedish. */
static int
columns_of(eft_text t)
{
    int n = 0;

    for (size_t i = 0; i < t.size; i++)
        n += ((unsigned char)t.bytes[i] & 0xC0) != 0x80;
    return n;
}

static void
put_padded(FILE *to, eft_text t, int width)
{
    cli_put_text(to, t);
    for (int n = columns_of(t); n < width; n++)
        fputc(' ', to);
}

static void
put_bar(FILE *to, double share)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int units = (int)(share * BAR_WIDTH * 8 + 0.5), used = units / 8 + (units % 8 != 0);

    for (int i = 0; i < units / 8; i++)
        fputs("█", to);
    fputs(eighths[units % 8], to);
    for (; used < BAR_WIDTH; used++)
        fputc(' ', to);
}

static int64_t
integer_of(const eft_table *t, size_t row, const char *column)
{
    return eft_table_integer(t, row, eft_table_column_find(t, column));
}

static double
real_of(const eft_table *t, size_t row, const char *column)
{
    return eft_table_real(t, row, eft_table_column_find(t, column));
}

static eft_text
text_of(const eft_table *t, size_t row, const char *column)
{
    return eft_table_text(t, row, eft_table_column_find(t, column));
}

static bool
text_is(eft_text t, const char *what)
{
    return t.size == strlen(what) && memcmp(t.bytes, what, t.size) == 0;
}

static bool
shown(const eft_table *t, size_t row)
{
    return integer_of(t, row, "shown") == 1;
}

/* "  12", or " ≥ 5" where only the bound may be told. */
static void
put_writers(FILE *to, const eft_table *t, size_t row)
{
    if (!eft_table_missing(t, row, eft_table_column_find(t, "writers")))
        fprintf(to, "%4lld", (long long)integer_of(t, row, "writers"));
    else
        fprintf(to, "≥%3lld", (long long)integer_of(t, row, "writers_min"));
}

static void
put_overview(FILE *to, const eft_results *r, const struct paint *p)
{
    const eft_table *t = eft_results_find(r, "overview");

    if (t == NULL || eft_table_rows(t) == 0 || !shown(t, 0)) {
        fprintf(to, "\nToo few writers: nothing can be shown (k = %u).\n",
                eft_results_k(r));
        return;
    }
    fprintf(to, "\n%s%lld reflections by %lld writers%s", p->strong,
            (long long)integer_of(t, 0, "reflections"),
            (long long)integer_of(t, 0, "writers"), p->plain);
    fprintf(to, ", %lld words in %lld sentences", (long long)integer_of(t, 0, "tokens"),
            (long long)integer_of(t, 0, "sentences"));
    if (!eft_table_missing(t, 0, eft_table_column_find(t, "feeling_mean")))
        fprintf(to, ", mean feeling %.1f", real_of(t, 0, "feeling_mean"));
    fputs("\n", to);
    for (size_t i = 1; i < eft_table_rows(t); i++) {
        if (!text_is(text_of(t, i, "scope"), "unit"))
            continue;
        fputs("  ", to);
        put_padded(to, text_of(t, i, "label"), LABEL_WIDTH);
        if (!shown(t, i)) {
            fputs("   hidden\n", to);
            continue;
        }
        fprintf(to, " %5lld reflections  ", (long long)integer_of(t, i, "reflections"));
        put_writers(to, t, i);
        fputs(" writers\n", to);
    }
}

static void
put_themes(FILE *to, const eft_results *r, const struct paint *p)
{
    const eft_table *t = eft_results_find(r, "themes");
    bool done[512] = {false}, any = false;
    size_t rows = t == NULL ? 0 : eft_table_rows(t);

    if (rows > sizeof(done) / sizeof(done[0]))
        rows = sizeof(done) / sizeof(done[0]);
    fprintf(to, "\n%sThemes%s %s(share of reflections; writers; thereof negated)%s\n",
            p->strong, p->plain, p->soft, p->plain);
    for (;;) {
        size_t best = SIZE_MAX;
        for (size_t i = 0; i < rows; i++) {
            if (done[i] || !text_is(text_of(t, i, "polarity"), "any") || !shown(t, i))
                continue;
            if (best == SIZE_MAX || real_of(t, i, "share") > real_of(t, best, "share"))
                best = i;
        }
        if (best == SIZE_MAX)
            break;
        any = done[best] = true;
        fputs("  ", to);
        put_padded(to, text_of(t, best, "label_sv"), LABEL_WIDTH);
        fputc(' ', to);
        put_bar(to, real_of(t, best, "share"));
        fprintf(to, " %5.1f %%  ", 100 * real_of(t, best, "share"));
        put_writers(to, t, best);
        for (size_t i = 0; i < rows; i++) {
            eft_text a = text_of(t, i, "theme"), b = text_of(t, best, "theme");
            if (text_is(text_of(t, i, "polarity"), "negated") && shown(t, i) &&
                a.size == b.size && memcmp(a.bytes, b.bytes, a.size) == 0)
                fprintf(to, "  %4lld", (long long)integer_of(t, i, "reflections"));
        }
        fputs("\n", to);
    }
    if (!any)
        fputs("  none has enough writers behind it\n", to);
}

/* The strongest shown theme pairs of a reflection, by logDice. */
static void
put_theme_pairs(FILE *to, const eft_results *r, const struct paint *p)
{
    const eft_table *t = eft_results_find(r, "theme_pairs");
    size_t last = SIZE_MAX;

    if (t == NULL)
        return;
    for (int n = 0; n < 5; n++) {
        size_t best = SIZE_MAX;
        for (size_t i = 0; i < eft_table_rows(t); i++) {
            double x = real_of(t, i, "logdice");
            double below = last == SIZE_MAX ? 1e9 : real_of(t, last, "logdice");
            bool behind = x < below || (!(x > below) && last != SIZE_MAX && i > last);
            if (!shown(t, i) || !text_is(text_of(t, i, "level"), "reflection") || !behind)
                continue;
            if (best == SIZE_MAX || x > real_of(t, best, "logdice"))
                best = i;
        }
        if (best == SIZE_MAX)
            break;
        if (n == 0)
            fprintf(
                to,
                "\n%sGo together%s %s(themes in one reflection: how many, logDice)%s\n",
                p->strong, p->plain, p->soft, p->plain);
        last = best;
        eft_text a = text_of(t, best, "theme_a"), b = text_of(t, best, "theme_b");
        fprintf(to, "  %.*s + ", (int)a.size, a.bytes);
        put_padded(to, b, 2 * LABEL_WIDTH - columns_of(a) - 2);
        fprintf(to, "%5lld  %6.2f\n", (long long)integer_of(t, best, "o11"),
                real_of(t, best, "logdice"));
    }
}

static void
put_term_pairs(FILE *to, const eft_results *r, const struct paint *p)
{
    const eft_table *t = eft_results_find(r, "term_pairs");

    if (t == NULL || eft_table_rows(t) == 0)
        return;
    fprintf(to, "\n%sWords together%s %s(in one reflection: how many, logDice)%s\n",
            p->strong, p->plain, p->soft, p->plain);
    for (size_t i = 0; i < eft_table_rows(t) && i < 8; i++) {
        if (!text_is(text_of(t, i, "level"), "reflection"))
            break;
        eft_text a = text_of(t, i, "label_a"), b = text_of(t, i, "label_b");
        fprintf(to, "  %.*s + ", (int)a.size, a.bytes);
        put_padded(to, b, 2 * LABEL_WIDTH - columns_of(a) - 2);
        fprintf(to, "%5lld  %6.2f\n", (long long)integer_of(t, i, "o11"),
                real_of(t, i, "logdice"));
    }
}

static void
put_veiled(FILE *to, const eft_results *r, const struct paint *p)
{
    const eft_table *t = eft_results_find(r, "overview");
    bool any = false, hidden = false;

    for (size_t i = 0; t != NULL && i < eft_table_rows(t); i++) {
        if (!text_is(text_of(t, i, "scope"), "veiled"))
            continue;
        if (!shown(t, i)) {
            hidden = true;
            continue;
        }
        if (!any)
            fprintf(to, "\n%sTaken out%s %s(reflections)%s\n ", p->strong, p->plain,
                    p->soft, p->plain);
        any = true;
        eft_text label = text_of(t, i, "label");
        fprintf(to, " %.*s %lld ", (int)label.size, label.bytes,
                (long long)integer_of(t, i, "reflections"));
    }
    if (any)
        fprintf(to, "%s\n", hidden ? " other categories: too few to tell" : "");
}

static void
put_hidden(FILE *to, const eft_results *r, const eft_run_counts *c, const struct paint *p)
{
    unsigned long long rows = 0, hidden = 0, left_out = 0;
    for (size_t i = 0; i < eft_results_count(r); i++) {
        const eft_table *t = eft_results_table(r, i);
        if (eft_table_column_find(t, "shown") == SIZE_MAX) {
            left_out += eft_table_hidden(t);
            continue;
        }
        rows += eft_table_rows(t); /* labels that have no row at all are not among them */
        for (size_t row = 0; row < eft_table_rows(t); row++)
            hidden += !shown(t, row);
    }
    fprintf(
        to,
        "\n%sHidden%s   %llu of %llu cells, and %llu words and word pairs: fewer than "
        "%u writers\n         stand behind them, or behind what could be subtracted\n",
        p->strong, p->plain, hidden, rows, left_out, eft_results_k(r));
    if (c != NULL && c->read > 0) {
        fprintf(to, "%sRecords%s  %llu read", p->strong, p->plain,
                (unsigned long long)c->read);
        if (c->duplicate > 0)
            fprintf(to, ", %llu twice", (unsigned long long)c->duplicate);
        if (c->empty > 0)
            fprintf(to, ", %llu without an answer", (unsigned long long)c->empty);
        if (c->uninformative > 0)
            fprintf(to, ", %llu saying nothing", (unsigned long long)c->uninformative);
        if (c->withheld > 0)
            fprintf(to, ", %llu not in Swedish", (unsigned long long)c->withheld);
        fputs("\n", to);
    }
    for (size_t i = 0; eft_results_missing(r, i) != NULL; i++)
        fprintf(to, "Left out: %s (it needs the texts, not states)\n",
                eft_results_missing(r, i));
}

void
cli_summary(FILE *to, const eft_results *results, const eft_run_counts *counts,
            bool color)
{
    const struct paint p = color ? (struct paint){"\033[1m", "\033[2m", "\033[0m"}
                                 : (struct paint){"", "", ""};

    put_overview(to, results, &p);
    put_themes(to, results, &p);
    put_theme_pairs(to, results, &p);
    put_term_pairs(to, results, &p);
    put_veiled(to, results, &p);
    put_hidden(to, results, counts, &p);
    fputs(
        "\nResults in the folder of --out: results.sqlite, tables/*.csv, summary.json\n",
        to);
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
    if (counts->field_errors > 0)
        fprintf(stderr,
                "eftertanke: dates, feelings or votes that could not be read: %llu; "
                "the records count without them\n",
                (unsigned long long)counts->field_errors);
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
