/*
 * sections_words.c - words that stand out, words that go together, whose they are, and
 * how heavy the texts are to read
 *
 * A word can stand out because one person writes it often. Beside the words of groups
 * stands therefore how evenly each is spread over writers (deviation of proportions,
 * Gries 2008): near 0 it is everybody's, near 1 somebody's.
 *
 * LIX is told in Bjornsson's own steps and says nothing about how good a text is.
 */
#include "report/page.h"

bool
efti_has_words(const struct efti_page *p)
{
    const eft_table *pairs = eft_results_find(p->results, "term_pairs");
    const eft_table *keyness = efti_facet_table(p, "keyness_by_", 0);

    return (pairs != NULL && eft_table_rows(pairs) > 0) ||
           (keyness != NULL && eft_table_rows(keyness) > 0);
}

enum { WORDS_EACH = 8, WORDS_LABELS = 8, PAIRS_DRAWN = 15, SPREAD_DRAWN = 16 };

/* The words of one label that are most its own, in a line; those that are
 * sure in bold. */
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

static void
put_keyness(struct efti_page *p)
{
    const eft_table *t;

    for (size_t i = 0; (t = efti_facet_table(p, "keyness_by_", i)) != NULL && i < 100;
         i++) {
        size_t count;
        const eft_text *labels = efti_distinct(p, t, "label", WORDS_LABELS, &count);
        if (p->failed || count == 0)
            continue;
        efti_html(p, "<h3>");
        EFTI_SAY(p, EFTI_MSG_T_KEYNESS,
                 EFTI_TEXT(efti_facet_of(
                     p, efti_text_of(eft_table_name(t) + strlen("keyness_by_")))));
        efti_html(p, "</h3>\n<dl class=\"words\">");
        for (size_t k = 0; k < count; k++)
            put_label_words(p, t, labels[k]);
        efti_html(p, "</dl>\n");
        efti_put_table(p, t, "", (struct efti_rows){.most = 300});
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
                            .bare = true,
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
    efti_put_table(p, t, "", (struct efti_rows){.most = 100});
}

/* ------------------------------------------------------------------ whose words */

/* The row of a term in `dispersion`, if it is not in the list yet. */
static void
take_spread(const eft_table *dispersion, eft_text term, struct efti_mark *marks,
            size_t *count)
{
    size_t row = efti_row_of(dispersion, 0, "term", term, NULL, NULL);

    if (row == SIZE_MAX || *count >= SPREAD_DRAWN)
        return;
    for (size_t i = 0; i < *count; i++) {
        if (marks[i].row == row)
            return;
    }
    marks[*count] = efti_mark_of(dispersion, row, "dp_norm", NULL, NULL, EFTI_HUNDREDTH);
    *count += marks[*count].shown;
}

/* Words that stand out in a group, the first of each group first; without groups, words
 * of the strongest pairs. */
static size_t
spread_words(struct efti_page *p, const eft_table *dispersion, struct efti_mark *marks)
{
    const eft_table *pairs = eft_results_find(p->results, "term_pairs"), *t;
    size_t n = 0;

    for (int64_t rank = 1; rank <= 3; rank++) {
        for (size_t i = 0; (t = efti_facet_table(p, "keyness_by_", i)) != NULL && i < 100;
             i++) {
            for (size_t row = 0; row < eft_table_rows(t); row++) {
                if (efti_int(t, row, "rank") == rank)
                    take_spread(dispersion, efti_cell(t, row, "term"), marks, &n);
            }
        }
    }
    for (size_t row = 0;
         n == 0 && pairs != NULL && row < eft_table_rows(pairs) && row < PAIRS_DRAWN;
         row++) {
        take_spread(dispersion, efti_cell(pairs, row, "term_a"), marks, &n);
        take_spread(dispersion, efti_cell(pairs, row, "term_b"), marks, &n);
    }
    return n;
}

static int
compare_spread(const void *a, const void *b, void *user)
{
    const struct efti_mark *x = a, *y = b;

    (void)user;
    if (x->value < y->value || x->value > y->value)
        return x->value > y->value ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* Everybody's words or somebody's: what is most gathered in few hands first. */
static void
put_spread(struct efti_page *p, const eft_table *t)
{
    struct efti_mark marks[SPREAD_DRAWN];
    size_t n = t == NULL ? 0 : spread_words(p, t, marks);
    eft_text *labels = efti_page_array(p, n, sizeof(*labels));

    if (p->failed || n < 2)
        return;
    efti_sort(marks, n, sizeof(*marks), compare_spread, NULL);
    for (size_t i = 0; i < n; i++)
        labels[i] = efti_cell(t, marks[i].row, "label");
    struct efti_figure f = {
        .kind = EFTI_DOTS,
        .id = "spread",
        .rows = n,
        .columns = 1,
        .high = 1,
        .row_labels = labels,
        .marks = marks,
        .axis = efti_text_of(efti_word(p, EFTI_MSG_SPREAD_AXIS)),
        .title = efti_text_of(efti_word(p, EFTI_MSG_T_SPREAD)),
        .description =
            EFTI_PLAIN(p, EFTI_MSG_ALT_SPREAD, EFTI_TEXT(labels[0]),
                       EFTI_VALUE(t, marks[0].row, "dp_norm", EFTI_HUNDREDTH),
                       EFTI_TEXT(labels[n - 1]),
                       EFTI_VALUE(t, marks[n - 1].row, "dp_norm", EFTI_HUNDREDTH))};
    efti_html(p, "<h3>");
    efti_html_word(p, EFTI_MSG_T_DISPERSION);
    efti_html(p, "</h3>\n");
    efti_say_open(p);
    EFTI_SAY(p, EFTI_MSG_SPREAD, EFTI_TEXT(labels[0]),
             EFTI_VALUE(t, marks[0].row, "dp_norm", EFTI_HUNDREDTH),
             EFTI_TEXT(labels[n - 1]),
             EFTI_VALUE(t, marks[n - 1].row, "dp_norm", EFTI_HUNDREDTH));
    efti_say_close(p);
    efti_put_figure(p, &f, EFTI_MSG_N_DISPERSION);
    efti_put_table(p, t, "", (struct efti_rows){.most = 200});
}

/* ------------------------------------------------------------------ readability */

/* Bjornsson's five steps (1968): below 30, 40, 50, 60, and above. */
static enum efti_message
step_of_lix(double lix)
{
    return lix < 30   ? EFTI_MSG_LIX_1
           : lix < 40 ? EFTI_MSG_LIX_2
           : lix < 50 ? EFTI_MSG_LIX_3
           : lix < 60 ? EFTI_MSG_LIX_4
                      : EFTI_MSG_LIX_5;
}

static void
put_lix(struct efti_page *p, const eft_table *t)
{
    size_t rows = eft_table_rows(t),
           all = efti_row_of(t, 0, "scope", efti_text_of("all"), NULL, NULL);
    eft_text *labels = efti_page_array(p, rows, sizeof(*labels));
    struct efti_mark *marks = efti_page_array(p, rows, sizeof(*marks));
    struct efti_figure f = {.kind = EFTI_DOTS,
                            .id = "readability",
                            .columns = 1,
                            .high = 60,
                            .row_labels = labels,
                            .marks = marks,
                            .axis = efti_text_of("LIX"),
                            .title = efti_text_of(efti_word(p, EFTI_MSG_T_LIX))};

    if (p->failed || all == SIZE_MAX || !efti_shown(t, all) || !efti_has(t, all, "lix"))
        return;
    for (size_t i = 0; i < rows && f.rows < 24; i++) {
        eft_text scope = efti_cell(t, i, "scope");
        if (!efti_shown(t, i) || efti_is(efti_cell(t, i, "label"), "other"))
            continue;
        marks[f.rows] = efti_mark_of(t, i, "lix", "lix_low", "lix_high", EFTI_WHOLE);
        labels[f.rows] = efti_is(scope, "all")
                             ? efti_text_of(efti_word(p, EFTI_MSG_ALL_TEXTS))
                             : efti_cell(t, i, "label");
        double top = marks[f.rows].interval ? marks[f.rows].high : marks[f.rows].value;
        f.high = top > f.high ? top : f.high;
        f.rows += marks[f.rows].shown;
    }
    efti_html(p, "<h3>");
    efti_html_word(p, EFTI_MSG_T_READABILITY);
    efti_html(p, "</h3>\n");
    efti_say_open(p);
    EFTI_SAY(p, step_of_lix(efti_real(t, all, "lix")),
             EFTI_VALUE(t, all, "lix", EFTI_WHOLE));
    efti_say_close(p);
    f.description =
        EFTI_PLAIN(p, EFTI_MSG_ALT_LIX, EFTI_VALUE(t, all, "lix", EFTI_WHOLE));
    if (f.rows > 1)
        efti_put_figure(p, &f, EFTI_MSG_N_LIX);
    efti_put_table(p, t, "", (struct efti_rows){0});
}

void
efti_section_words(struct efti_page *p)
{
    const eft_table *pairs = eft_results_find(p->results, "term_pairs");
    const eft_table *terms = eft_results_find(p->results, "terms");
    const eft_table *readability = eft_results_find(p->results, "readability");

    efti_section_open(p, "words", EFTI_MSG_H_WORDS);
    efti_say_open(p);
    EFTI_SAY(p,
             efti_facet_table(p, "keyness_by_", 0) != NULL ? EFTI_MSG_WORDS_SAY
                                                           : EFTI_MSG_WORDS_PAIRS_SAY,
             EFTI_NUMBER(p->results->k));
    efti_say_close(p);
    put_keyness(p);
    if (pairs != NULL && eft_table_rows(pairs) > 0)
        put_word_pairs(p, pairs);
    if (terms != NULL && eft_table_rows(terms) > 0)
        efti_put_table(p, terms, "", (struct efti_rows){.most = 200});
    put_spread(p, eft_results_find(p->results, "dispersion"));
    if (readability != NULL)
        put_lix(p, readability);
    efti_section_close(p);
}
