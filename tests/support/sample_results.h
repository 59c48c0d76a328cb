/*
 * sample_results.h - released tables with everything that is hard to write down
 *
 * Made up. Hidden rows, undefined statistics, bounded writer counts; texts with quotes,
 * newlines and formulas; the largest integers; an open table that the summary cuts.
 */
#ifndef EFTI_TESTS_SAMPLE_RESULTS_H
#define EFTI_TESTS_SAMPLE_RESULTS_H

#include "tally/table.h"

#include <stdio.h>

#define SAMPLE_TERMS 130
#define SAMPLE_K 5

struct sample {
    struct eft_results *results;
    struct eft_table *t;
    eft_status st; /* first fault */
};

static inline void
sample_table(struct sample *s, enum efti_table_id id, const char *name)
{
    if (s->st == EFT_OK)
        s->st = efti_results_add(s->results, id, name, &s->t, NULL);
}

static inline void
sample_row(struct sample *s)
{
    if (s->st == EFT_OK)
        s->st = efti_table_row(s->t, NULL);
}

static inline void
sample_text(struct sample *s, const char *column, const char *text)
{
    if (s->st == EFT_OK)
        efti_table_set_text(s->t, column, (eft_text){text, strlen(text)});
}

static inline void
sample_integer(struct sample *s, const char *column, int64_t value)
{
    if (s->st == EFT_OK)
        efti_table_set_integer(s->t, column, value);
}

static inline void
sample_real(struct sample *s, const char *column, double value)
{
    if (s->st == EFT_OK)
        efti_table_set_real(s->t, column, value);
}

static inline void
sample_done(struct sample *s)
{
    if (s->st == EFT_OK)
        s->st = efti_table_done(s->t, NULL);
}

/* `reflections` below 0: hidden. */
static inline void
sample_overview_row(struct sample *s, const char *scope, const char *label,
                    int64_t reflections)
{
    sample_row(s);
    sample_text(s, "scope", scope);
    sample_text(s, "label", label);
    sample_integer(s, "shown", reflections >= 0);
    if (reflections < 0)
        return;
    sample_integer(s, "reflections", reflections);
    sample_real(s, "share", (double)reflections / 60.0);
    sample_integer(s, "feelings", 0); /* so feeling_mean is undefined */
}

static inline void
sample_overview(struct sample *s)
{
    static const char *const hostile[] = {
        "=HYPERLINK(\"x\")",
        "+1+1",
        "-trött",
        "@SUM(A1)",
        "\tTab",
        "\rretur",
        "\n=ny rad",
        "\xEF\xBC\x9D"
        "bred",
        "'redan",
        "a\\b\x01",
        "rad\xE2\x80\xA8"
        "rad",
        "",
    };

    sample_table(s, EFTI_TABLE_OVERVIEW, NULL);
    sample_overview_row(s, "all", "", 60);
    sample_integer(s, "writers", 24);
    sample_integer(s, "tokens", INT64_MAX);
    sample_integer(s, "sentences", INT64_MIN);
    sample_integer(s, "feelings", 58);
    sample_real(s, "feeling_mean", 3.4567890123456789);
    sample_overview_row(s, "unit", "Norr, \"nya\"\nhuset", 20);
    sample_integer(s, "writers_min", SAMPLE_K);
    sample_overview_row(s, "unit", "Öst", -1);
    sample_overview_row(s, "unit", "Väst", 0);
    for (size_t i = 0; i < EFTI_COUNT(hostile); i++)
        sample_overview_row(s, "tag", hostile[i], (int64_t)i);
    if (s->st == EFT_OK)
        efti_table_add_hidden(s->t, 1);
    sample_done(s);
}

static inline void
sample_share(struct sample *s, const char *label, const char *theme, double share)
{
    sample_row(s);
    sample_text(s, "facet", "unit");
    sample_text(s, "label", label);
    sample_text(s, "theme", theme);
    sample_integer(s, "shown", share >= 0);
    if (share >= 0)
        sample_real(s, "share", share);
}

static inline void
sample_by_unit(struct sample *s, const char *name)
{
    sample_table(s, EFTI_TABLE_THEMES_BY_FACET, name);
    sample_share(s, "Norr", "gladje", 0.5);
    sample_share(s, "Norr", "oro", 0.125);
    sample_share(s, "Syd", "gladje", 0.25);
    sample_share(s, "Syd", "oro", 0.875);
    sample_share(s, "Väst", "gladje", -1); /* hidden */
    sample_share(s, "Väst", "oro", -1);
    sample_share(s, "other", "gladje", 1.0); /* no unit: not in the range */
    sample_share(s, "other", "oro", 1.0);
    if (s->st == EFT_OK)
        efti_table_add_hidden(s->t, 2);
    sample_done(s);
}

static inline void
sample_feeling(struct sample *s, const char *theme, const char *feeling, double mean,
               int64_t writers)
{
    sample_row(s);
    sample_text(s, "theme", theme);
    sample_text(s, "feeling", feeling);
    sample_integer(s, "shown", writers > 0);
    if (writers == 0)
        return;
    sample_integer(s, "reflections", 2 * writers);
    sample_integer(s, "writers", writers);
    if (mean > 0)
        sample_real(s, "mean", mean);
}

static inline void
sample_feelings(struct sample *s)
{
    sample_table(s, EFTI_TABLE_FEELING_BY_THEME, NULL);
    sample_feeling(s, "gladje", "5", 0, 11);
    sample_feeling(s, "gladje", "all", 4.5, 12);
    sample_feeling(s, "oro", "1", 0, 0);
    sample_feeling(s, "oro", "all", 1.75, 9);
    sample_feeling(s, "tillit", "all", 0, 0);
    sample_done(s);
}

static inline void
sample_terms(struct sample *s)
{
    char word[32];

    sample_table(s, EFTI_TABLE_TERMS, NULL);
    for (int i = 1; i <= SAMPLE_TERMS; i++) {
        (void)snprintf(word, sizeof(word), "ord%d", i);
        sample_row(s);
        sample_integer(s, "rank", i);
        sample_text(s, "term", word);
        sample_text(s, "label", word);
        sample_real(s, "share", 1.0 / i);
    }
    if (s->st == EFT_OK)
        efti_table_add_hidden(s->t, 7);
    sample_done(s);
}

static inline void
sample_pair(struct sample *s, const char *kind, const char *level, const char *a,
            const char *b, double logdice)
{
    char name[16];

    sample_row(s);
    sample_text(s, "level", level);
    (void)snprintf(name, sizeof(name), "%s_a", kind);
    sample_text(s, name, a);
    (void)snprintf(name, sizeof(name), "%s_b", kind);
    sample_text(s, name, b);
    sample_real(s, "pmi", -1.25); /* a number, no formula */
    sample_real(s, "expected", 1e-12);
    sample_real(s, "g2", 123456789012345.0);
    sample_real(s, "logdice", logdice);
}

static inline void
sample_pairs(struct sample *s)
{
    sample_table(s, EFTI_TABLE_TERM_PAIRS, NULL);
    sample_pair(s, "term", "sentence", "skola", "stöd", 9.0);
    sample_pair(s, "term", "reflection", "skola", "stöd", 8.0);
    sample_pair(s, "term", "reflection", "lugn", "skola", 13.5);
    sample_done(s);
    sample_table(s, EFTI_TABLE_THEME_PAIRS, NULL);
    sample_pair(s, "theme", "reflection", "gladje", "oro", 7.0);
    sample_integer(s, "shown", 1);
    sample_pair(s, "theme", "reflection", "oro", "tillit", 11.0);
    sample_integer(s, "shown", 1);
    sample_row(s);
    sample_text(s, "level", "reflection");
    sample_text(s, "theme_a", "gladje");
    sample_text(s, "theme_b", "tillit");
    sample_integer(s, "shown", 0);
    sample_done(s);
}

/* To be freed with eft_results_free(); NULL: no memory, or a bug.
 * `themes` stays empty. */
static inline struct eft_results *
sample_results(const eft_allocator *mem, bool writer_column)
{
    struct sample s = {0};

    s.st = efti_results_new(mem, &s.results, NULL);
    if (s.st == EFT_OK) {
        s.results->k = SAMPLE_K;
        s.results->writer_column = writer_column;
        s.results->hidden_cells = 10;
        if (!EFTI_PUSH(&s.results->allocator, &s.results->missing))
            s.st = EFT_E_NOMEM;
        else
            s.results->missing.items[0] = "quotes";
    }
    sample_overview(&s);
    sample_table(&s, EFTI_TABLE_THEMES, NULL);
    sample_by_unit(&s, NULL);
    sample_by_unit(&s, "themes_by_k_n");
    sample_feelings(&s);
    sample_terms(&s);
    sample_pairs(&s);
    if (s.st == EFT_OK)
        return s.results;
    eft_results_free(s.results);
    return NULL;
}

#endif
