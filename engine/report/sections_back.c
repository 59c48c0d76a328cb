/*
 * sections_back.c - the sections behind the figures
 *
 *     quotes    by theme, as a person approved them
 *     reading   the same quotes without their themes, shuffled: to read before counting
 *     sheets    a page for each assignment, with room for notes
 *     explore   any table, sorted and filtered by the script of the page
 *     method    what was hidden, how it was counted, and by which versions
 */
#include "report/page.h"

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
    efti_say_open(p);
    if (p->options->no_quotes)
        EFTI_SAY(p, EFTI_MSG_QUOTES_OFF, EFTI_NUMBER(0));
    else if (!p->has_quotes)
        EFTI_SAY(p, EFTI_MSG_QUOTES_NONE, EFTI_NUMBER(0));
    else if (unread_quotes(t) < eft_table_rows(t))
        efti_say_count(p, EFTI_MSG_QUOTES_ONE, EFTI_MSG_QUOTES,
                       eft_table_rows(t) - unread_quotes(t));
    if (p->has_quotes && unread_quotes(t) > 0)
        efti_say_count(p, EFTI_MSG_QUOTES_AUTO_ONE, EFTI_MSG_QUOTES_AUTO,
                       unread_quotes(t));
    efti_say_close(p);
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
    efti_say_open(p);
    EFTI_SAY(p, EFTI_MSG_READING, EFTI_TEXT(efti_text_of("20221")));
    efti_say_close(p);
    efti_html(p, "<div class=\"cards\">\n");
    for (size_t i = 0; i < n; i++)
        put_quote(p, t, order[i]);
    efti_html(p, "</div>\n");
    efti_section_close(p);
}

/* ------------------------------------------------------------------ sheets */

enum { SHEET_ROWS = 6, SHEET_QUOTES = 3 };

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
        efti_html(p, "</h4><div class=\"lines\"><i></i><i></i><i></i></div></div>");
    }
    efti_html(p, "</div>\n");
}

static void
put_asked(struct efti_page *p, eft_text assignment)
{
    const eft_table *t = eft_results_find(p->results, "prompts");
    size_t row = efti_row_of(t, 0, "assignment", assignment, NULL, NULL);

    if (row == SIZE_MAX)
        return;
    efti_html(p, "<h4>");
    efti_html_word(p, EFTI_MSG_SHEET_PROMPTS);
    efti_html(p, "</h4><ul class=\"asked\">");
    for (; row != SIZE_MAX;
         row = efti_row_of(t, row + 1, "assignment", assignment, NULL, NULL)) {
        efti_html(p, "<li>");
        efti_put_html_broken(p->out, efti_cell(t, row, "prompt"));
        efti_html(p, "</li>");
    }
    efti_html(p, "</ul>\n");
}

/* The best of each theme first; a sentence that stands for two themes once. */
static void
put_sheet_quotes(struct efti_page *p, eft_text assignment)
{
    const eft_table *t = eft_results_find(p->results, "quotes");
    size_t n = 0;

    for (size_t row = 0; p->has_quotes && row < eft_table_rows(t) && n < SHEET_QUOTES;
         row++) {
        const eft_text quote = efti_cell(t, row, "quote");
        bool again = false;
        if (!efti_same(efti_cell(t, row, "assignment"), assignment))
            continue;
        for (size_t i = 0; i < row && !again; i++)
            again = efti_same(efti_cell(t, i, "quote"), quote) &&
                    efti_same(efti_cell(t, i, "assignment"), assignment);
        if (again)
            continue;
        if (n++ == 0) {
            efti_html(p, "<h4>");
            efti_html_word(p, EFTI_MSG_SHEET_QUOTES);
            efti_html(p, "</h4>\n");
        }
        put_quote(p, t, row);
    }
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
    efti_html(p, "</p>\n");
    put_asked(p, assignment);
    efti_html(p, "<div class=\"two\"><div><h4>");
    efti_html_word(p, EFTI_MSG_SHEET_THEMES);
    efti_html(p, "</h4>");
    put_largest(p, eft_results_find(p->results, "assignment_themes"), assignment,
                "theme");
    efti_html(p, "</div><div><h4>");
    efti_html_word(p, EFTI_MSG_SHEET_TAGS);
    efti_html(p, "</h4>");
    put_largest(p, eft_results_find(p->results, "assignment_tags"), assignment, "tag");
    efti_html(p, "</div></div>\n");
    put_sheet_quotes(p, assignment);
    put_notes(p);
    efti_html(p, "</article>\n");
}

void
efti_section_sheets(struct efti_page *p)
{
    size_t n = 0;

    efti_section_open(p, "sheets", EFTI_MSG_H_SHEETS);
    efti_say_open(p);
    efti_html_word(p, EFTI_MSG_SHEETS);
    efti_say_close(p);
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
        EFTI_SAY(p,
                 eft_table_hidden(t) == 1 ? EFTI_MSG_HIDDEN_IN_ONE : EFTI_MSG_HIDDEN_IN,
                 EFTI_TEXT(efti_table_title(p, t)), EFTI_NUMBER(eft_table_hidden(t)));
        efti_html(p, "</li>");
    }
    efti_html(p, "</ul>\n");
}

static void
put_records(struct efti_page *p)
{
    const struct {
        enum efti_message one, many;
        uint64_t count;
    } left_out[] = {
        {EFTI_MSG_EMPTY_ONE, EFTI_MSG_EMPTY, p->facts.empty},
        {EFTI_MSG_UNINFORMATIVE_ONE, EFTI_MSG_UNINFORMATIVE, p->facts.uninformative},
        {EFTI_MSG_LANGUAGE_ONE, EFTI_MSG_LANGUAGE, p->facts.language},
        {EFTI_MSG_DUPLICATES_ONE, EFTI_MSG_DUPLICATES, p->facts.duplicates}};

    efti_html(p, "<p>");
    for (size_t i = 0; i < EFTI_COUNT(left_out); i++) {
        if (left_out[i].count > 0)
            efti_say_count(p, left_out[i].one, left_out[i].many, left_out[i].count);
    }
    for (size_t i = 0; i < p->facts.missing_count; i++)
        EFTI_SAY(p, EFTI_MSG_MISSING, EFTI_TEXT(p->facts.missing[i]),
                 EFTI_TEXT(efti_why_missing(p, p->facts.missing[i])));
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
        efti_html(p, ".csv</a> ");
        efti_put_html_broken(p->out, efti_table_title(p, efti_facet_table(p, "", i)));
        efti_html(p, "</li>");
    }
    efti_html(p, "</ul>\n");
}

/* What the gate hid and why: of exact numbers. */
static void
put_gate(struct efti_page *p)
{
    efti_html(p, "<h3>");
    efti_html_word(p, EFTI_MSG_H_HIDDEN);
    efti_html(p, "</h3>\n<p>");
    EFTI_SAY(p, EFTI_MSG_METHOD_HIDDEN, EFTI_NUMBER(p->results->k));
    if (!p->facts.writer_column)
        efti_html_word(p, EFTI_MSG_METHOD_NO_WRITERS);
    efti_html(p, "</p>\n");
    put_hidden(p);
    put_records(p);
}

/* Whose method adjusts for many comparisons. */
static enum efti_message
adjustment(const struct efti_page *p)
{
    return efti_same(p->facts.adjustment, efti_text_of("by"))     ? EFTI_MSG_ADJUST_BY
           : efti_same(p->facts.adjustment, efti_text_of("holm")) ? EFTI_MSG_ADJUST_HOLM
                                                                  : EFTI_MSG_ADJUST_BH;
}

static void
put_paragraphs(struct efti_page *p, const enum efti_message *paragraphs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (paragraphs[i] == EFTI_MSG_METHOD_WEIGHTS && !p->facts.weighed)
            continue;
        efti_html(p, "<p>");
        if (paragraphs[i] == EFTI_MSG_METHOD_INTERVALS)
            EFTI_SAY(p, paragraphs[i],
                     EFTI_TEXT(efti_text_of(efti_word(p, adjustment(p)))));
        else
            efti_html_word(p, paragraphs[i]);
        efti_html(p, "</p>\n");
    }
}

void
efti_section_method(struct efti_page *p)
{
    static const enum efti_message exact[] = {
        EFTI_MSG_METHOD_THEMES, EFTI_MSG_METHOD_WEIGHTS, EFTI_MSG_METHOD_NEGATED,
        EFTI_MSG_METHOD_INTERVALS, EFTI_MSG_METHOD_LIMITS};
    static const enum efti_message perturbed[] = {EFTI_MSG_METHOD_COUNTS,
                                                  EFTI_MSG_METHOD_LIMITS};

    efti_section_open(p, "method", EFTI_MSG_H_METHOD);
    if (efti_has_counts(p)) {
        put_paragraphs(p, perturbed, EFTI_COUNT(perturbed));
    } else {
        put_paragraphs(p, exact, EFTI_COUNT(exact));
        put_gate(p);
    }
    efti_html(p, "<h3>");
    efti_html_word(p, EFTI_MSG_H_FILES);
    efti_html(p, "</h3>\n");
    put_files(p);
    efti_html(p, "<h3>");
    efti_html_word(p, EFTI_MSG_H_MANIFEST);
    efti_html(p, "</h3>\n");
    if (!efti_has_counts(p)) /* which are drawn, and the same only under their log */
        put_paragraphs(p, (const enum efti_message[]){EFTI_MSG_MANIFEST}, 1);
    efti_put_manifest(p);
    efti_section_close(p);
}
