/*
 * sections_back.c - words, quotes, the reading page, sheets, tables to choose, method
 */
#include "report/page.h"

/* ------------------------------------------------------------------ words */

bool
efti_has_words(const struct efti_page *p)
{
    const eft_table *pairs = eft_results_find(p->results, "term_pairs");
    const eft_table *keyness = efti_facet_table(p, "keyness_by_", 0);

    return (pairs != NULL && eft_table_rows(pairs) > 0) ||
           (keyness != NULL && eft_table_rows(keyness) > 0);
}

enum { WORDS_EACH = 8, WORDS_LABELS = 8, PAIRS_DRAWN = 15 };

/* The words of one label that are most its own, in a line; those that are sure in bold.
 */
static void
put_label_words(struct efti_page *p, const eft_table *t, eft_text label)
{
    size_t n = 0, sure = 0;

    efti_html(p, "<div><dt>");
    efti_put_html_broken(p->out, efti_label(p, label));
    efti_html(p, "</dt><dd>");
    for (size_t i = 0; i < eft_table_rows(t) && n < WORDS_EACH; i++) {
        if (!efti_same(efti_cell(t, i, "label"), label))
            continue;
        bool is_sure = efti_has(t, i, "q") && efti_real(t, i, "q") < 0.05;
        sure += is_sure;
        efti_html(p, n++ == 0 ? "" : ", ");
        efti_html(p, is_sure ? "<b>" : "");
        efti_put_html_broken(p->out, efti_cell(t, i, "label_term"));
        efti_html(p, is_sure ? "</b> (" : " (");
        efti_put_value(p, t, i, "tokens", EFTI_WHOLE);
        efti_html(p, ")");
    }
    efti_html(p, ". ");
    efti_html_word(p, sure == 0 ? EFTI_MSG_WORDS_NONE : EFTI_MSG_WORDS_SURE);
    efti_html(p, "</dd></div>\n");
}

static eft_text
facet_name(const struct efti_page *p, const char *slug)
{
    return efti_text_of(strcmp(slug, "unit") == 0 ? efti_word(p, EFTI_MSG_SCOPE_UNIT)
                                                  : slug);
}

static void
put_keyness(struct efti_page *p)
{
    const eft_table *t;
    char id[] = "keyness-00";

    for (size_t i = 0; (t = efti_facet_table(p, "keyness_by_", i)) != NULL && i < 100;
         i++) {
        size_t count;
        const eft_text *labels = efti_distinct(p, t, "label", WORDS_LABELS, &count);
        if (p->failed || count == 0)
            continue;
        id[8] = (char)('0' + i / 10);
        id[9] = (char)('0' + i % 10);
        efti_html(p, "<h3>");
        EFTI_SAY(p, EFTI_MSG_T_KEYNESS,
                 EFTI_TEXT(facet_name(p, eft_table_name(t) + strlen("keyness_by_"))));
        efti_html(p, "</h3>\n<dl class=\"words\">");
        for (size_t k = 0; k < count; k++)
            put_label_words(p, t, labels[k]);
        efti_html(p, "</dl>\n");
        efti_put_table(p, t, id, (struct efti_rows){.most = 300});
    }
}

/* Pairs stand by strength (logDice) in the table. */
static void
put_word_pairs(struct efti_page *p, const eft_table *t)
{
    eft_text *labels = efti_page_array(p, PAIRS_DRAWN, sizeof(*labels));
    struct efti_mark *marks = efti_page_array(p, PAIRS_DRAWN, sizeof(*marks));
    struct efti_figure f = {.kind = EFTI_BARS,
                            .id = "word-pairs",
                            .columns = 1,
                            .row_labels = labels,
                            .marks = marks,
                            .title = efti_text_of(efti_word(p, EFTI_MSG_T_WORD_PAIRS)),
                            .description =
                                efti_text_of(efti_word(p, EFTI_MSG_ALT_WORD_PAIRS))};

    for (size_t i = 0; i < eft_table_rows(t) && f.rows < PAIRS_DRAWN && !p->failed; i++) {
        if (!efti_is(efti_cell(t, i, "level"), "reflection"))
            break;
        labels[f.rows] =
            EFTI_PLAIN(p, EFTI_MSG_PAIR, EFTI_TEXT(efti_cell(t, i, "label_a")),
                       EFTI_TEXT(efti_cell(t, i, "label_b")));
        marks[f.rows] = efti_mark_of(t, i, "o11", NULL, NULL, EFTI_WHOLE);
        f.high = marks[f.rows].value > f.high ? marks[f.rows].value : f.high;
        f.rows++;
    }
    if (!p->failed && f.rows > 1)
        efti_put_figure(p, &f, EFTI_MSG_N_WORD_PAIRS);
    efti_put_table(p, t, "word-pairs", (struct efti_rows){.most = 100});
}

void
efti_section_words(struct efti_page *p)
{
    const eft_table *pairs = eft_results_find(p->results, "term_pairs");
    const eft_table *terms = eft_results_find(p->results, "terms");

    efti_section_open(p, "words", EFTI_MSG_H_WORDS);
    efti_html(p, "<p class=\"say\">");
    EFTI_SAY(p,
             efti_facet_table(p, "keyness_by_", 0) != NULL ? EFTI_MSG_WORDS_SAY
                                                           : EFTI_MSG_WORDS_PAIRS_SAY,
             EFTI_NUMBER(p->results->k));
    efti_html(p, "</p>\n");
    put_keyness(p);
    if (pairs != NULL && eft_table_rows(pairs) > 0)
        put_word_pairs(p, pairs);
    if (terms != NULL && eft_table_rows(terms) > 0) {
        efti_html(p, "<h3>");
        efti_html_word(p, EFTI_MSG_T_TERMS);
        efti_html(p, "</h3>\n");
        efti_put_table(p, terms, "terms", (struct efti_rows){.most = 200});
    }
    efti_section_close(p);
}

/* ------------------------------------------------------------------ quotes */

static void
put_quote(struct efti_page *p, const eft_table *t, size_t row)
{
    efti_html(p, "<blockquote><p>");
    efti_put_html_broken(p->out, efti_cell(t, row, "quote"));
    efti_html(p, "</p></blockquote>\n");
}

/* How many quotes nobody has read before they came here (--quotes auto). */
static size_t
unread_quotes(const eft_table *t)
{
    size_t n = 0;

    for (size_t i = 0; i < eft_table_rows(t); i++)
        n += !efti_is(efti_cell(t, i, "approved"), "by a person");
    return n;
}

static void
put_theme_quotes(struct efti_page *p, const eft_table *t, const struct efti_theme *theme)
{
    size_t row = efti_row_of(t, 0, "theme", theme->id, NULL, NULL), count = 0;

    if (row == SIZE_MAX)
        return;
    efti_html(p, "<details class=\"quotes\"><summary>");
    efti_put_html_broken(p->out, theme->label);
    efti_html(p, " (");
    for (size_t i = row; i != SIZE_MAX; count++)
        i = efti_row_of(t, i + 1, "theme", theme->id, NULL, NULL);
    efti_put_u64(p->out, count);
    efti_html(p, ")</summary>");
    for (; row != SIZE_MAX; row = efti_row_of(t, row + 1, "theme", theme->id, NULL, NULL))
        put_quote(p, t, row);
    efti_html(p, "</details>\n");
}

void
efti_section_quotes(struct efti_page *p)
{
    const eft_table *t = eft_results_find(p->results, "quotes");

    efti_section_open(p, "quotes", EFTI_MSG_H_QUOTES);
    efti_html(p, "<p class=\"say\">");
    if (p->options->no_quotes)
        EFTI_SAY(p, EFTI_MSG_QUOTES_OFF, EFTI_NUMBER(0));
    else if (!p->has_quotes)
        EFTI_SAY(p, EFTI_MSG_QUOTES_NONE, EFTI_NUMBER(0));
    else if (unread_quotes(t) < eft_table_rows(t))
        EFTI_SAY(p, EFTI_MSG_QUOTES, EFTI_NUMBER(eft_table_rows(t) - unread_quotes(t)));
    if (p->has_quotes && unread_quotes(t) > 0)
        EFTI_SAY(p, EFTI_MSG_QUOTES_AUTO, EFTI_NUMBER(unread_quotes(t)));
    efti_html(p, "</p>\n");
    for (size_t i = 0; i < p->theme_count && p->has_quotes; i++)
        put_theme_quotes(p, t, &p->list[i]);
    efti_section_close(p);
}

/* A fixed order that says nothing about where quotes stand: a linear congruential
 * generator (constants of Knuth, MMIX) and exchanges from the end (Fisher and Yates). */
static void
shuffle(size_t *order, size_t count)
{
    uint64_t state = 20221;

    for (size_t i = count; i > 1; i--) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        size_t k = (size_t)((state >> 33) % i), kept = order[i - 1];
        order[i - 1] = order[k];
        order[k] = kept;
    }
}

void
efti_section_reading(struct efti_page *p)
{
    const eft_table *t = eft_results_find(p->results, "quotes");
    size_t rows = eft_table_rows(t), n = 0;
    size_t *order = efti_page_array(p, rows, sizeof(*order));

    if (p->failed)
        return;
    for (size_t i = 0; i < rows; i++) { /* a quote that stands for two themes: once */
        size_t first = efti_row_of(t, 0, "quote", efti_cell(t, i, "quote"), NULL, NULL);
        if (first == i)
            order[n++] = i;
    }
    shuffle(order, n);
    efti_section_open(p, "reading", EFTI_MSG_H_READING);
    efti_html(p, "<p class=\"say\">");
    EFTI_SAY(p, EFTI_MSG_READING, EFTI_NUMBER(20221));
    efti_html(p, "</p>\n<div class=\"cards\">\n");
    for (size_t i = 0; i < n; i++)
        put_quote(p, t, order[i]);
    efti_html(p, "</div>\n");
    efti_section_close(p);
}

/* ------------------------------------------------------------------ sheets */

enum { SHEET_ROWS = 6 };

/* The largest shown cells of an assignment in a table, as a list. */
static void
put_largest(struct efti_page *p, const eft_table *t, eft_text assignment,
            const char *column)
{
    size_t best[SHEET_ROWS], n = 0;

    for (size_t i = 0; t != NULL && i < eft_table_rows(t); i++) {
        if (!efti_shown(t, i) || !efti_same(efti_cell(t, i, "assignment"), assignment))
            continue;
        size_t at = n < SHEET_ROWS ? n++ : SHEET_ROWS;
        for (; at > 0 &&
               efti_int(t, best[at - 1], "reflections") < efti_int(t, i, "reflections");
             at--) {
            if (at < SHEET_ROWS)
                best[at] = best[at - 1];
        }
        if (at < SHEET_ROWS)
            best[at] = i;
    }
    efti_html(p, "<ul>");
    for (size_t i = 0; i < n; i++) {
        efti_html(p, "<li>");
        eft_text name = efti_cell(t, best[i], column);
        EFTI_SAY(
            p, EFTI_MSG_SHEET_ROW,
            EFTI_TEXT(strcmp(column, "theme") == 0 ? efti_theme_label(p, name) : name),
            EFTI_VALUE(t, best[i], "reflections", EFTI_WHOLE),
            EFTI_VALUE(t, best[i], "of", EFTI_WHOLE));
        efti_html(p, "</li>");
    }
    if (n == 0) {
        efti_html(p, "<li>");
        efti_html_word(p, EFTI_MSG_SHEET_NONE);
        efti_html(p, "</li>");
    }
    efti_html(p, "</ul>\n");
}

static void
put_notes(struct efti_page *p)
{
    static const enum efti_message questions[] = {EFTI_MSG_NOTE_SEE, EFTI_MSG_NOTE_MEANS,
                                                  EFTI_MSG_NOTE_DO};

    efti_html(p, "<div class=\"notes\">");
    for (size_t i = 0; i < EFTI_COUNT(questions); i++) {
        efti_html(p, "<div><h4>");
        efti_html_word(p, questions[i]);
        efti_html(p, "</h4><div class=\"lines\"></div></div>");
    }
    efti_html(p, "</div>\n");
}

static void
put_sheet(struct efti_page *p, size_t row)
{
    const eft_table *t = p->overview;
    eft_text assignment = efti_cell(t, row, "label");

    efti_html(p, "<article class=\"sheet\"><h3>");
    efti_put_html_broken(p->out, assignment);
    efti_html(p, "</h3>\n<p>");
    EFTI_SAY(p, EFTI_MSG_SHEET, EFTI_VALUE(t, row, "reflections", EFTI_WHOLE),
             EFTI_VALUE(t, row, "writers", EFTI_WHOLE));
    if (efti_has(t, row, "feeling_mean"))
        EFTI_SAY(p, EFTI_MSG_WHO_FEELING, EFTI_VALUE(t, row, "feeling_mean", EFTI_TENTH));
    efti_html(p, "</p>\n<div class=\"two\"><div><h4>");
    efti_html_word(p, EFTI_MSG_SHEET_THEMES);
    efti_html(p, "</h4>");
    put_largest(p, eft_results_find(p->results, "assignment_themes"), assignment,
                "theme");
    efti_html(p, "</div><div><h4>");
    efti_html_word(p, EFTI_MSG_SHEET_TAGS);
    efti_html(p, "</h4>");
    put_largest(p, eft_results_find(p->results, "assignment_tags"), assignment, "tag");
    efti_html(p, "</div></div>\n");
    put_notes(p);
    efti_html(p, "</article>\n");
}

void
efti_section_sheets(struct efti_page *p)
{
    size_t n = 0;

    efti_section_open(p, "sheets", EFTI_MSG_H_SHEETS);
    efti_html(p, "<p class=\"say\">");
    efti_html_word(p, EFTI_MSG_SHEETS);
    efti_html(p, "</p>\n");
    for (size_t i = 0; p->overview != NULL && i < eft_table_rows(p->overview) && n < 40;
         i++) {
        if (!efti_is(efti_cell(p->overview, i, "scope"), "assignment") ||
            !efti_shown(p->overview, i) ||
            efti_is(efti_cell(p->overview, i, "label"), "other"))
            continue;
        put_sheet(p, i);
        n++;
    }
    efti_section_close(p);
}

/* ------------------------------------------------------------------ explore */

/* Only the script can do this; without it the section is not there. */
void
efti_section_explore(struct efti_page *p)
{
    static const struct {
        const char *name;
        enum efti_message word;
    } words[] = {{"table", EFTI_MSG_X_TABLE}, {"all", EFTI_MSG_X_ALL},
                 {"sort", EFTI_MSG_X_SORT},   {"only", EFTI_MSG_X_ONLY},
                 {"ties", EFTI_MSG_X_TIES},   {"rows", EFTI_MSG_X_ROWS}};

    efti_html(p, "\n<section id=\"explore\" class=\"script\" "
                 "aria-labelledby=\"h-explore\"");
    for (size_t i = 0; i < EFTI_COUNT(words); i++) {
        efti_html(p, " data-");
        efti_html(p, words[i].name);
        efti_html(p, "=\"");
        efti_html_word(p, words[i].word);
        efti_html(p, "\"");
    }
    efti_html(p, ">\n<h2 id=\"h-explore\">");
    efti_html_word(p, EFTI_MSG_H_EXPLORE);
    efti_html(p, "</h2>\n<p class=\"say\">");
    efti_html_word(p, EFTI_MSG_EXPLORE);
    efti_html(p, "</p>\n<div id=\"chooser\"></div>\n");
    efti_section_close(p);
}

/* ------------------------------------------------------------------ method */

static void
put_hidden(struct efti_page *p)
{
    efti_html(p, "<ul>");
    for (size_t i = 0; i < eft_results_count(p->results); i++) {
        const eft_table *t = efti_facet_table(p, "", i);
        if (eft_table_hidden(t) == 0)
            continue;
        efti_html(p, "<li>");
        EFTI_SAY(p, EFTI_MSG_HIDDEN_IN, EFTI_TEXT(efti_text_of(eft_table_name(t))),
                 EFTI_NUMBER(eft_table_hidden(t)));
        efti_html(p, "</li>");
    }
    efti_html(p, "</ul>\n");
}

static void
put_records(struct efti_page *p)
{
    const struct {
        enum efti_message word;
        uint64_t count;
    } left_out[] = {{EFTI_MSG_EMPTY, p->facts.empty},
                    {EFTI_MSG_UNINFORMATIVE, p->facts.uninformative},
                    {EFTI_MSG_LANGUAGE, p->facts.language},
                    {EFTI_MSG_DUPLICATES, p->facts.duplicates}};

    efti_html(p, "<p>");
    for (size_t i = 0; i < EFTI_COUNT(left_out); i++) {
        if (left_out[i].count > 0)
            EFTI_SAY(p, left_out[i].word, EFTI_NUMBER(left_out[i].count));
    }
    for (size_t i = 0; i < p->facts.missing_count; i++)
        EFTI_SAY(p, EFTI_MSG_MISSING, EFTI_TEXT(p->facts.missing[i]));
    efti_html(p, "</p>\n");
}

static void
put_files(struct efti_page *p)
{
    efti_html(p, "<ul class=\"files\">");
    for (size_t i = 0; i < eft_results_count(p->results); i++) {
        const char *name = eft_table_name(efti_facet_table(p, "", i));
        efti_html(p, "<li><a href=\"tables/");
        efti_html(p, name);
        efti_html(p, ".csv\">");
        efti_html(p, name);
        efti_html(p, "</a></li>");
    }
    efti_html(p, "</ul>\n");
}

void
efti_section_method(struct efti_page *p)
{
    static const enum efti_message paragraphs[] = {
        EFTI_MSG_METHOD_THEMES, EFTI_MSG_METHOD_NEGATED, EFTI_MSG_METHOD_INTERVALS,
        EFTI_MSG_METHOD_LIMITS};

    efti_section_open(p, "method", EFTI_MSG_H_METHOD);
    for (size_t i = 0; i < EFTI_COUNT(paragraphs); i++) {
        efti_html(p, "<p>");
        efti_html_word(p, paragraphs[i]);
        efti_html(p, "</p>\n");
    }
    efti_html(p, "<h3>");
    efti_html_word(p, EFTI_MSG_H_HIDDEN);
    efti_html(p, "</h3>\n<p>");
    EFTI_SAY(p, EFTI_MSG_METHOD_HIDDEN, EFTI_NUMBER(p->results->k));
    if (!p->facts.writer_column)
        efti_html_word(p, EFTI_MSG_METHOD_NO_WRITERS);
    efti_html(p, "</p>\n");
    put_hidden(p);
    put_records(p);
    efti_html(p, "<h3>");
    efti_html_word(p, EFTI_MSG_H_FILES);
    efti_html(p, "</h3>\n");
    put_files(p);
    efti_html(p, "<h3>");
    efti_html_word(p, EFTI_MSG_H_MANIFEST);
    efti_html(p, "</h3>\n<p>");
    efti_html_word(p, EFTI_MSG_MANIFEST);
    efti_html(p, "</p>\n");
    efti_put_manifest(p);
    efti_section_close(p);
}
