/*
 * summary.c - what a person reads in a terminal after analyse
 *
 * The same words as the report, from the same tables. Bars are eighths of a block; colour
 * never is the only sign. Text from the data has its control characters as '?', for a
 * terminal obeys them.
 */
#include "report/page.h"

#define BAR_WIDTH 24
#define LABEL_WIDTH 32

struct terminal {
    struct efti_page page; /* words, tables, output */
    const char *strong, *soft, *plain;
};

static void
put_plain(struct terminal *t, eft_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        bool c1 = c == 0xC2 && i + 1 < text.size &&
                  (unsigned char)text.bytes[i + 1] < 0xA0; /* U+0080 to U+009F */
        efti_put_char(t->page.out, c < 0x20 || c == 0x7F || c1 ? '?' : text.bytes[i]);
        i += c1;
    }
}

static void
put_padded(struct terminal *t, eft_text text, size_t width)
{
    put_plain(t, text);
    for (size_t n = efti_characters(text); n < width; n++)
        efti_put_char(t->page.out, ' ');
}

/* A number at the right of `width` columns. */
static void
put_right(struct terminal *t, double value, enum efti_number how, size_t width)
{
    struct efti_bytes text;

    efti_bytes_init(&text, t->page.mem);
    efti_put_number(&text, t->page.language, value, how);
    eft_text number = {text.data == NULL ? "" : text.data, text.size};
    for (size_t n = efti_characters(number); n < width; n++)
        efti_put_char(t->page.out, ' ');
    efti_put(t->page.out, number.bytes, number.size);
    t->page.failed = t->page.failed || text.failed;
    efti_bytes_free(&text);
}

static void
put_said(struct terminal *t, enum efti_message m, const struct efti_argument *args,
         size_t count)
{
    eft_text text = efti_plain(&t->page, m, args, count);

    put_plain(t, text);
}
#define SAID(t, m, ...)                                                                  \
    put_said(t, m, (const struct efti_argument[]){__VA_ARGS__},                          \
             sizeof((const struct efti_argument[]){__VA_ARGS__}) /                       \
                 sizeof(struct efti_argument))

static void
put_summary_heading(struct terminal *t, enum efti_message heading, enum efti_message key)
{
    efti_html(&t->page, "\n");
    efti_html(&t->page, t->strong);
    efti_html(&t->page, efti_word(&t->page, heading));
    efti_html(&t->page, t->plain);
    if (efti_word(&t->page, key)[0] != '\0') {
        efti_html(&t->page, " ");
        efti_html(&t->page, t->soft);
        efti_html(&t->page, efti_word(&t->page, key));
        efti_html(&t->page, t->plain);
    }
    efti_html(&t->page, "\n");
}

static void
put_bar(struct terminal *t, double share)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int units = (int)(share * BAR_WIDTH * 8 + 0.5), used = units / 8 + (units % 8 != 0);

    for (int i = 0; i < units / 8; i++)
        efti_html(&t->page, "█");
    efti_html(&t->page, eighths[units % 8]);
    for (; used < BAR_WIDTH; used++)
        efti_html(&t->page, " ");
}

/* "  12", or "≥  5" where only the bound may be told. */
static void
put_writers(struct terminal *t, const eft_table *table, size_t row)
{
    if (efti_has(table, row, "writers")) {
        put_right(t, efti_value(table, row, "writers"), EFTI_WHOLE, 4);
    } else {
        efti_html(&t->page, "\xE2\x89\xA5");
        put_right(t, efti_value(table, row, "writers_min"), EFTI_WHOLE, 3);
    }
}

static void
summary_units(struct terminal *t)
{
    const eft_table *o = t->page.overview;

    for (size_t i = 1; i < eft_table_rows(o); i++) {
        if (!efti_is(efti_cell(o, i, "scope"), "unit"))
            continue;
        efti_html(&t->page, "  ");
        put_padded(t, efti_label(&t->page, efti_cell(o, i, "label")), LABEL_WIDTH);
        if (!efti_shown(o, i)) {
            efti_html(&t->page, "   ");
            efti_html(&t->page, efti_word(&t->page, EFTI_MSG_S_HIDDEN));
            efti_html(&t->page, "\n");
            continue;
        }
        efti_html(&t->page, " ");
        put_right(t, efti_value(o, i, "reflections"), EFTI_WHOLE, 5);
        efti_html(&t->page, " ");
        efti_html(&t->page, efti_word(&t->page, EFTI_MSG_S_REFLECTIONS));
        efti_html(&t->page, "  ");
        put_writers(t, o, i);
        efti_html(&t->page, " ");
        efti_html(&t->page, efti_word(&t->page, EFTI_MSG_S_WRITERS));
        efti_html(&t->page, "\n");
    }
}

static void
summary_overview(struct terminal *t)
{
    const eft_table *o = t->page.overview;

    efti_html(&t->page, "\n");
    if (o == NULL || eft_table_rows(o) == 0 || !efti_shown(o, 0)) {
        SAID(t, EFTI_MSG_S_TOO_FEW, EFTI_NUMBER(t->page.results->k));
        efti_html(&t->page, "\n");
        return;
    }
    efti_html(&t->page, t->strong);
    SAID(t, EFTI_MSG_S_HEAD, EFTI_VALUE(o, 0, "reflections", EFTI_WHOLE),
         EFTI_VALUE(o, 0, "writers", EFTI_WHOLE));
    efti_html(&t->page, t->plain);
    if (efti_has(o, 0, "sentences"))
        SAID(t, EFTI_MSG_S_TEXT, EFTI_VALUE(o, 0, "tokens", EFTI_WHOLE),
             EFTI_VALUE(o, 0, "sentences", EFTI_WHOLE));
    else if (efti_has(o, 0, "tokens"))
        SAID(t, EFTI_MSG_S_NOTES, EFTI_VALUE(o, 0, "tokens", EFTI_WHOLE));
    if (efti_has(o, 0, "feeling_mean"))
        SAID(t, EFTI_MSG_S_FEELING, EFTI_VALUE(o, 0, "feeling_mean", EFTI_TENTH));
    efti_html(&t->page, "\n");
    summary_units(t);
}

static void
summary_themes(struct terminal *t)
{
    const eft_table *table = t->page.themes;
    size_t n = 0;

    put_summary_heading(t, EFTI_MSG_S_THEMES, EFTI_MSG_S_THEMES_KEY);
    for (; n < t->page.theme_count && efti_shown(table, t->page.list[n].any); n++) {
        const struct efti_theme *theme = &t->page.list[n];
        double share = efti_real(table, theme->any, "share");
        efti_html(&t->page, "  ");
        put_padded(t, theme->label, LABEL_WIDTH);
        efti_html(&t->page, " ");
        put_bar(t, share);
        efti_html(&t->page, " ");
        put_right(t, share, EFTI_PERCENT_TENTH, 7);
        efti_html(&t->page, "  ");
        put_writers(t, table, theme->any);
        if (theme->negated != SIZE_MAX && efti_shown(table, theme->negated)) {
            efti_html(&t->page, "  ");
            put_right(t, efti_value(table, theme->negated, "reflections"), EFTI_WHOLE, 4);
        }
        efti_html(&t->page, "\n");
    }
    if (n > 0)
        return;
    efti_html(&t->page, "  ");
    efti_html(&t->page, efti_word(&t->page, EFTI_MSG_S_THEMES_NONE));
    efti_html(&t->page, "\n");
}

static void
put_pair(struct terminal *t, const eft_table *table, size_t row, eft_text a, eft_text b)
{
    efti_html(&t->page, "  ");
    put_plain(t, a);
    efti_html(&t->page, " + ");
    size_t used = efti_characters(a) + 2, width = 2 * LABEL_WIDTH;
    put_padded(t, b, width > used ? width - used : 0);
    put_right(t, efti_value(table, row, "o11"), EFTI_WHOLE, 5);
    put_right(t, efti_real(table, row, "logdice"), EFTI_HUNDREDTH, 8);
    efti_html(&t->page, "\n");
}

/* The strongest shown theme pairs of a reflection, by logDice. */
static void
summary_theme_pairs(struct terminal *t)
{
    const eft_table *table = eft_results_find(t->page.results, "theme_pairs");
    size_t best[5], n = 0;

    for (size_t i = 0; table != NULL && i < eft_table_rows(table); i++) {
        if (!efti_shown(table, i) || !efti_is(efti_cell(table, i, "level"), "reflection"))
            continue;
        size_t at = n < EFTI_COUNT(best) ? n++ : EFTI_COUNT(best);
        double x = efti_real(table, i, "logdice");
        for (; at > 0 && efti_real(table, best[at - 1], "logdice") < x; at--) {
            if (at < EFTI_COUNT(best))
                best[at] = best[at - 1];
        }
        if (at < EFTI_COUNT(best))
            best[at] = i;
    }
    if (n > 0)
        put_summary_heading(t, EFTI_MSG_S_TOGETHER, EFTI_MSG_S_TOGETHER_KEY);
    for (size_t i = 0; i < n; i++)
        put_pair(t, table, best[i],
                 efti_theme_label(&t->page, efti_cell(table, best[i], "theme_a")),
                 efti_theme_label(&t->page, efti_cell(table, best[i], "theme_b")));
}

static void
summary_term_pairs(struct terminal *t)
{
    const eft_table *table = eft_results_find(t->page.results, "term_pairs");

    for (size_t i = 0; table != NULL && i < eft_table_rows(table) && i < 8; i++) {
        if (!efti_is(efti_cell(table, i, "level"), "reflection"))
            break;
        if (i == 0)
            put_summary_heading(t, EFTI_MSG_S_WORDS, EFTI_MSG_S_WORDS_KEY);
        put_pair(t, table, i, efti_cell(table, i, "label_a"),
                 efti_cell(table, i, "label_b"));
    }
}

static void
summary_veiled(struct terminal *t)
{
    const eft_table *o = t->page.overview;
    bool any = false, hidden = false;

    for (size_t i = 0; o != NULL && i < eft_table_rows(o); i++) {
        if (!efti_is(efti_cell(o, i, "scope"), "veiled"))
            continue;
        if (!efti_shown(o, i)) {
            hidden = true;
            continue;
        }
        if (!any) {
            put_summary_heading(t, EFTI_MSG_S_VEILED, EFTI_MSG_S_VEILED_KEY);
            efti_html(&t->page, " ");
        }
        any = true;
        efti_html(&t->page, " ");
        put_plain(t, efti_cell(o, i, "label"));
        efti_html(&t->page, " ");
        put_right(t, efti_value(o, i, "reflections"), EFTI_WHOLE, 0);
        efti_html(&t->page, " ");
    }
    if (any && hidden) {
        efti_html(&t->page, " ");
        efti_html(&t->page, efti_word(&t->page, EFTI_MSG_S_VEILED_MORE));
    }
    efti_html(&t->page, any ? "\n" : "");
}

static void
summary_hidden(struct terminal *t)
{
    uint64_t rows = 0, hidden = 0, left_out = 0;

    for (size_t i = 0; i < eft_results_count(t->page.results); i++) {
        const eft_table *table = eft_results_table(t->page.results, i);
        if (eft_table_column_find(table, "shown") == SIZE_MAX) {
            left_out += eft_table_hidden(table);
            continue;
        }
        rows += eft_table_rows(table); /* labels that have no row are not among them */
        for (size_t row = 0; row < eft_table_rows(table); row++)
            hidden += !efti_shown(table, row);
    }
    put_summary_heading(t, EFTI_MSG_S_HIDDEN_HEAD, EFTI_MSG_NOTHING);
    efti_html(&t->page, "  ");
    SAID(t, EFTI_MSG_S_HIDDEN_TEXT, EFTI_NUMBER(hidden), EFTI_NUMBER(rows),
         EFTI_NUMBER(left_out), EFTI_NUMBER(t->page.results->k));
    efti_html(&t->page, "\n  ");
    efti_html(&t->page, efti_word(&t->page, EFTI_MSG_S_HIDDEN_MORE));
    efti_html(&t->page, "\n");
}

static void
summary_records(struct terminal *t, const eft_run_counts *c)
{
    const struct {
        enum efti_message word;
        uint64_t count;
    } rest[] = {{EFTI_MSG_S_TWICE, c == NULL ? 0 : c->duplicate},
                {EFTI_MSG_S_EMPTY, c == NULL ? 0 : c->empty},
                {EFTI_MSG_S_SILENT, c == NULL ? 0 : c->uninformative},
                {EFTI_MSG_S_FOREIGN, c == NULL ? 0 : c->withheld}};

    if (c != NULL && c->read > 0) {
        put_summary_heading(t, EFTI_MSG_S_RECORDS, EFTI_MSG_NOTHING);
        efti_html(&t->page, "  ");
        SAID(t, EFTI_MSG_S_READ, EFTI_NUMBER(c->read));
        for (size_t i = 0; i < EFTI_COUNT(rest); i++) {
            if (rest[i].count > 0)
                SAID(t, rest[i].word, EFTI_NUMBER(rest[i].count));
        }
        efti_html(&t->page, "\n");
    }
    for (size_t i = 0; eft_results_missing(t->page.results, i) != NULL; i++) {
        const eft_text name = efti_text_of(eft_results_missing(t->page.results, i));
        SAID(t, EFTI_MSG_S_MISSING, EFTI_TEXT(name),
             EFTI_TEXT(efti_why_missing(&t->page, name)));
        efti_html(&t->page, "\n");
    }
}

eft_status
efti_report_summary(const eft_allocator *mem, const struct eft_results *results,
                    const eft_run_counts *counts, enum efti_language language, bool color,
                    struct efti_bytes *out, eft_error *err)
{
    const struct efti_report_options none = {.language = language};
    struct terminal t = {.page = {.mem = mem,
                                  .out = out,
                                  .results = results,
                                  .options = &none,
                                  .language = language},
                         .strong = color ? "\033[1m" : "",
                         .soft = color ? "\033[2m" : "",
                         .plain = color ? "\033[0m" : ""};

    efti_arena_init(&t.page.arena, mem);
    if (efti_model_make(&t.page)) {
        summary_overview(&t);
        summary_themes(&t);
        summary_theme_pairs(&t);
        summary_term_pairs(&t);
        summary_veiled(&t);
        summary_hidden(&t);
        summary_records(&t, counts);
    }
    bool failed = t.page.failed || out->failed;
    efti_arena_free(&t.page.arena);
    return failed ? efti_no_memory(err, "the summary") : EFT_OK;
}
