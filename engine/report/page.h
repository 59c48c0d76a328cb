/*
 * page.h - the page while it is written, and what the sections lean on
 *
 * Sections write HTML straight to the page and read released tables by the names of their
 * columns. Nobody looks for an error in between: once memory has run out (`failed`, or
 * the output's own mark) nothing more is written, and page.c tells it at the end.
 */
#ifndef EFTI_REPORT_PAGE_H
#define EFTI_REPORT_PAGE_H

#include "report/internal.h"

/** A theme with its rows in the table `themes`; SIZE_MAX: no such row. */
struct efti_theme {
    eft_text id, label;
    size_t any, affirmed, negated;
};

/** What the manifest adds. */
struct efti_facts {
    bool external, writer_column;
    bool weighed; /* weights decided which themes a text has */
    uint64_t empty, uninformative, language, duplicates;
    eft_text corpus, engine;
    eft_text adjustment;     /* for many comparisons: bh by holm */
    const eft_text *missing; /* tables that need the texts */
    size_t missing_count;
};

struct efti_page {
    const eft_allocator *mem;
    struct efti_arena arena;
    struct efti_bytes *out;
    bool failed; /* no memory in the arena */
    eft_status status;
    eft_error *err;
    const struct eft_results *results;
    const struct efti_report_options *options;
    enum efti_language language;
    struct efti_facts facts;
    eft_text manifest;
    efti_figure_fn figure;
    void *user;
    const eft_table *overview, *themes;
    struct efti_theme *list; /* shown first, most reflections first */
    size_t theme_count;
    bool has_quotes;
    bool linked; /* numbers are links: in sentences */
};

/* ------------------------------------------------------------------ tables (model.c) */

/** Is there a value? Then efti_int(), efti_real() and efti_cell() have it; else they
 *  answer 0 and empty. No table or no such column is no value. */
bool efti_has(const eft_table *t, size_t row, const char *column);
int64_t efti_int(const eft_table *t, size_t row, const char *column);
double efti_real(const eft_table *t, size_t row, const char *column);
/** Integer or real. */
double efti_value(const eft_table *t, size_t row, const char *column);
eft_text efti_cell(const eft_table *t, size_t row, const char *column);
/** A label that is a number: digits and at most one point. */
double efti_number_in(eft_text text, bool *is_number);
/** Equal bytes. */
bool efti_is(eft_text text, const char *what);
bool efti_same(eft_text a, eft_text b);
/** shown = 1, or the table is open. */
bool efti_shown(const eft_table *t, size_t row);
/** First row from `from` with these values (b NULL: any); SIZE_MAX: none. */
size_t efti_row_of(const eft_table *t, size_t from, const char *column_a, eft_text a,
                   const char *column_b, const char *b);
/** Distinct values of a column in order of rows; at most `most`. In the arena. */
const eft_text *efti_distinct(struct efti_page *p, const eft_table *t, const char *column,
                              size_t most, size_t *count);
/** All tables by name, or those whose name begins so ("themes_by_"); NULL
 *  past the last. */
const eft_table *efti_facet_table(const struct efti_page *p, const char *prefix,
                                  size_t index);
/** Label of a theme by id; the id itself when it has none. */
eft_text efti_theme_label(const struct efti_page *p, eft_text id);
/** The pooled label in the language; else the label. */
eft_text efti_label(const struct efti_page *p, eft_text label);
/** "unit" and "party" in the language; another facet by its name. */
eft_text efti_facet_name(const struct efti_page *p, eft_text facet);
/** The same for what stands behind "themes_by_" in the name of a table ("kon": kön). */
eft_text efti_facet_of(const struct efti_page *p, eft_text slug);
/** A number and its interval as a mark of a figure, from these columns (NULL: none). */
struct efti_mark efti_mark_of(const eft_table *t, size_t row, const char *column,
                              const char *low, const char *high, enum efti_number how);
/** Fills the themes of the page. False: no memory. */
bool efti_model_make(struct efti_page *p);
/** Reads the facts out of the manifest (manifest.c). */
eft_status efti_facts_read(struct efti_page *p, eft_error *err);
/** The manifest as a list of terms. */
void efti_put_manifest(struct efti_page *p);

/** Zeroed, in the arena of the page; NULL: no memory, and the page has failed. */
void *efti_page_array(struct efti_page *p, size_t count, size_t size);

/* ------------------------------------------------------------------ words (say.c) */

enum efti_argument_kind { EFTI_ARG_TEXT, EFTI_ARG_VALUE, EFTI_ARG_COUNT };
struct efti_argument {
    enum efti_argument_kind kind;
    eft_text text;
    const eft_table *table;
    size_t row;
    const char *column;
    enum efti_number how;
    uint64_t count;
};
#define EFTI_TEXT(t)                                                                     \
    (struct efti_argument)                                                               \
    {                                                                                    \
        .kind = EFTI_ARG_TEXT, .text = (t)                                               \
    }
#define EFTI_VALUE(t, r, c, h)                                                           \
    (struct efti_argument)                                                               \
    {                                                                                    \
        .kind = EFTI_ARG_VALUE, .table = (t), .row = (r), .column = (c), .how = (h)      \
    }
#define EFTI_NUMBER(n)                                                                   \
    (struct efti_argument)                                                               \
    {                                                                                    \
        .kind = EFTI_ARG_COUNT, .count = (n)                                             \
    }

const char *efti_word(const struct efti_page *p, enum efti_message m);
/** Why a table that is named as missing is. */
eft_text efti_why_missing(const struct efti_page *p, eft_text table);
/** A message with its places filled, as HTML. */
void efti_say(struct efti_page *p, enum efti_message m, const struct efti_argument *args,
              size_t count);
#define EFTI_SAY(p, m, ...)                                                              \
    efti_say(p, m, (const struct efti_argument[]){__VA_ARGS__},                          \
             sizeof((const struct efti_argument[]){__VA_ARGS__}) /                       \
                 sizeof(struct efti_argument))
/** The same as plain text in the arena (descriptions of figures). */
eft_text efti_plain(struct efti_page *p, enum efti_message m,
                    const struct efti_argument *args, size_t count);
#define EFTI_PLAIN(p, m, ...)                                                            \
    efti_plain(p, m, (const struct efti_argument[]){__VA_ARGS__},                        \
               sizeof((const struct efti_argument[]){__VA_ARGS__}) /                     \
                   sizeof(struct efti_argument))
/** <p class="say"> and its end; numbers in between are links to their tables. */
void efti_say_open(struct efti_page *p);
void efti_say_close(struct efti_page *p);
/** The first message for 1, else the second; {0} is the count. */
void efti_say_count(struct efti_page *p, enum efti_message one, enum efti_message many,
                    uint64_t count);
/** "2025-HT" as "höstterminen 2025", brief "ht 2025"; a year or
 *  "other" as efti_label(). */
eft_text efti_period(struct efti_page *p, eft_text period, bool brief);
/** "”A”, ”B” och ”C”": names of themes in a sentence. `count` at least 1. */
eft_text efti_list(struct efti_page *p, const eft_text *names, size_t count);
/** A number of a table, with its place. Hidden: the mark. */
void efti_put_value(struct efti_page *p, const eft_table *t, size_t row,
                    const char *column, enum efti_number how);
/** "46", or "≥ 5" where only the bound is released. */
void efti_put_writers(struct efti_page *p, const eft_table *t, size_t row);
void efti_html(struct efti_page *p, const char *literal);
void efti_html_word(struct efti_page *p, enum efti_message m); /* escaped */

/* ------------------------------------------------------------------ parts */

/** <section> with heading, and the sentence in between. */
void efti_section_open(struct efti_page *p, const char *id, enum efti_message heading);
void efti_section_close(struct efti_page *p);
/** The three first rows with their numbers: the text alternative of bars. */
eft_text efti_describe_rows(struct efti_page *p, const struct efti_figure *f);
/** Wide and narrow, title above, note below; as files too. */
void efti_put_figure(struct efti_page *p, const struct efti_figure *f,
                     enum efti_message note);
/** Rows of a table that are printed under a figure. */
struct efti_rows {
    const char *column; /* only rows where this column ... */
    const char *value;  /* ... has this value; NULL: all */
    size_t most;
};
/** <details> with the table; its id is "t-", the name with hyphens and `suffix`. */
void efti_put_table(struct efti_page *p, const eft_table *t, const char *suffix,
                    struct efti_rows rows);
void efti_put_table_id(struct efti_page *p, const eft_table *t, const char *suffix);
/** What a table is about, for people: "Teman i varje uppdrag". Its name when unknown. */
eft_text efti_table_title(struct efti_page *p, const eft_table *t);
/** Does a section of this page print the table? */
bool efti_page_has_table(const struct efti_page *p, const char *name);

/** How many themes are shown: they come first in p->list. */
size_t efti_shown_themes(const struct efti_page *p);

/** The sections; page.c has their order. */
void efti_section_who(struct efti_page *p);
void efti_section_themes(struct efti_page *p);
void efti_section_together(struct efti_page *p);
void efti_section_assignments(struct efti_page *p);
void efti_section_feelings(struct efti_page *p);
void efti_section_time(struct efti_page *p);
void efti_section_units(struct efti_page *p);
void efti_section_words(struct efti_page *p);
void efti_section_years(struct efti_page *p);
void efti_section_quotes(struct efti_page *p);
void efti_section_reading(struct efti_page *p);
void efti_section_sheets(struct efti_page *p);
void efti_section_explore(struct efti_page *p);
void efti_section_counts(struct efti_page *p);
void efti_section_method(struct efti_page *p);
/** Is there something for it? */
bool efti_has_time(const struct efti_page *p);
bool efti_has_years(const struct efti_page *p);
bool efti_has_units(const struct efti_page *p);
bool efti_has_words(const struct efti_page *p);
/** Are these perturbed counts (--protect)? Then there is nothing else. */
bool efti_has_counts(const struct efti_page *p);

#endif
