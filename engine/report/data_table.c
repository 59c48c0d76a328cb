/*
 * data_table.c - a released table as an HTML table
 *
 * Every figure has one below it, closed until asked for: it is the figure's text
 * alternative, and what the script sorts, filters and shows elsewhere. Cells hold the
 * exact value (<data value>), the row its place in the table (data-r), the heading the
 * column's name (data-c), so that a test can compare all of them with tables/NAME.csv.
 *
 * Lower and upper ends of an interval stand in the cell of what they belong to.
 */
#include "report/page.h"

#define MOST_ROWS 600

static enum efti_number
how_of(const eft_table *t, size_t column)
{
    const char *name = eft_table_column_name(t, column);
    const char *unit = eft_table_column_unit(t, column);

    if (eft_table_column_type(t, column) == EFT_TYPE_INTEGER)
        return EFTI_WHOLE;
    if (strcmp(unit, "share 0-1") == 0)
        return EFTI_PERCENT_TENTH;
    if (strcmp(name, "p") == 0 || strcmp(name, "q") == 0)
        return EFTI_EXACT;
    return strcmp(unit, "scale of the feeling") == 0 ? EFTI_TENTH : EFTI_HUNDREDTH;
}

static bool
has_column(const eft_table *t, const char *name)
{
    return eft_table_column_find(t, name) != SIZE_MAX;
}

/* Columns without a heading of ours are for the CSV file; so are those that the language
 * or another column says better. */
static const char *
heading_of(const struct efti_page *p, const eft_table *t, size_t column)
{
    const char *name = eft_table_column_name(t, column);

    if (strcmp(name, "term") == 0 &&
        (has_column(t, "label_term") || has_column(t, "label")))
        return NULL;
    if (strcmp(name, "facet") == 0 ||
        (strcmp(name, "label") == 0 && has_column(t, "node")))
        return NULL;
    if (strcmp(name, "label") == 0 && has_column(t, "term") &&
        !has_column(t, "label_term"))
        return efti_column_heading(p->language, "term");
    return efti_column_heading(p->language, name);
}

static const struct {
    const char *value;
    enum efti_message word;
} values[] = {
    {"any", EFTI_MSG_POLARITY_ANY},
    {"affirmed", EFTI_MSG_POLARITY_AFFIRMED},
    {"negated", EFTI_MSG_POLARITY_NEGATED},
    {"uncertain", EFTI_MSG_POLARITY_UNCERTAIN},
    {"reflection", EFTI_MSG_LEVEL_REFLECTION},
    {"sentence", EFTI_MSG_LEVEL_SENTENCE},
    {"window", EFTI_MSG_LEVEL_WINDOW},
    {"context", EFTI_MSG_ROLE_CONTEXT},
    {"action", EFTI_MSG_ROLE_ACTION},
    {"effect", EFTI_MSG_ROLE_EFFECT},
    {"all", EFTI_MSG_ALL},
    {"unit", EFTI_MSG_SCOPE_UNIT},
    {"assignment", EFTI_MSG_SCOPE_ASSIGNMENT},
    {"tag", EFTI_MSG_SCOPE_TAG},
    {"period", EFTI_MSG_SCOPE_PERIOD},
    {"veiled", EFTI_MSG_SCOPE_VEILED},
    {"party", EFTI_MSG_SCOPE_PARTY},
    {"other", EFTI_MSG_OTHER},
    {"heterogeneity", EFTI_MSG_TEST_HETEROGENEITY},
    {"trend", EFTI_MSG_TEST_TREND},
    {"change", EFTI_MSG_TEST_CHANGE},
};

/* Our own words in the language; what came with the data stays. */
static void
put_text_cell(struct efti_page *p, const char *column, eft_text text)
{
    bool ours = strcmp(column, "polarity") == 0 || strcmp(column, "level") == 0 ||
                strcmp(column, "scope") == 0 || strcmp(column, "test") == 0 ||
                strcmp(column, "feeling") == 0 || strncmp(column, "role_", 5) == 0 ||
                efti_is(text, "other");

    if (strncmp(column, "theme", 5) == 0 || strcmp(column, "subject") == 0 ||
        strcmp(column, "node") == 0) {
        efti_put_html_broken(p->out, efti_theme_label(p, text));
        return;
    }
    for (size_t i = 0; ours && i < EFTI_COUNT(values); i++) {
        if (efti_is(text, values[i].value)) {
            efti_html_word(p, values[i].word);
            return;
        }
    }
    efti_put_html_broken(p->out, text);
}

/* " 12–34 %" behind a number that has an interval. */
static void
put_ends(struct efti_page *p, const eft_table *t, size_t row, const char *name,
         enum efti_number how)
{
    char low[64], high[64];
    size_t n = strlen(name);
    size_t stem = n > 5 && strcmp(name + n - 5, "_mean") == 0 ? n - 5 : n;

    if (n > sizeof(low) - 6)
        return;
    memcpy(low, name, stem); /* feeling_mean has feeling_low */
    memcpy(high, name, stem);
    memcpy(low + stem, "_low", 5);
    memcpy(high + stem, "_high", 6);
    if (!efti_has(t, row, low) || !efti_has(t, row, high))
        return;
    efti_html(p, " <small>");
    efti_put_number(p->out, p->language, efti_real(t, row, low), how);
    efti_html(p, "\xE2\x80\x93");
    efti_put_number(p->out, p->language, efti_real(t, row, high), how);
    efti_html(p, "</small>");
}

static void
put_number_cell(struct efti_page *p, const eft_table *t, size_t row, size_t column)
{
    const char *name = eft_table_column_name(t, column);
    enum efti_number how = how_of(t, column);

    efti_html(p, "<td class=\"r\">");
    if (!efti_shown(t, row) && eft_table_missing(t, row, column)) {
        efti_html(p, "<span class=\"dold\" title=\"");
        efti_html_word(p, EFTI_MSG_HIDDEN);
        efti_html(p, "\">..</span>");
    } else if (strcmp(name, "writers") == 0) {
        efti_put_writers(p, t, row);
    } else if (!eft_table_missing(t, row, column)) {
        efti_html(p, "<data value=\"");
        efti_put_double(p->out, efti_value(t, row, name));
        efti_html(p, "\">");
        efti_put_number(p->out, p->language, efti_value(t, row, name), how);
        efti_html(p, "</data>");
        put_ends(p, t, row, name, how);
    }
    efti_html(p, "</td>");
}

static void
put_row(struct efti_page *p, const eft_table *t, size_t row)
{
    bool first = true;

    efti_html(p, "<tr data-r=\"");
    efti_put_u64(p->out, row);
    efti_html(p, "\">");
    for (size_t c = 0; c < eft_table_columns(t); c++) {
        if (heading_of(p, t, c) == NULL)
            continue;
        if (eft_table_column_type(t, c) != EFT_TYPE_TEXT) {
            put_number_cell(p, t, row, c);
            continue;
        }
        efti_html(p, first ? "<th scope=\"row\">" : "<td>");
        put_text_cell(p, eft_table_column_name(t, c), eft_table_text(t, row, c));
        efti_html(p, first ? "</th>" : "</td>");
        first = false;
    }
    efti_html(p, "</tr>\n");
}

static void
put_headings(struct efti_page *p, const eft_table *t)
{
    efti_html(p, "<thead><tr>");
    for (size_t c = 0; c < eft_table_columns(t); c++) {
        const char *heading = heading_of(p, t, c);
        if (heading == NULL)
            continue;
        bool text = eft_table_column_type(t, c) == EFT_TYPE_TEXT;
        efti_html(p, text ? "<th scope=\"col\" data-c=\""
                          : "<th scope=\"col\" class=\"r\" data-c=\"");
        efti_html(p, eft_table_column_name(t, c));
        efti_html(p, "\">");
        efti_put_html(p->out, efti_text_of(heading));
        efti_html(p, "</th>");
    }
    efti_html(p, "</tr></thead>\n<tbody>");
}

static bool
is_table_wanted(const eft_table *t, size_t row, const struct efti_rows *rows)
{
    return rows->value == NULL || efti_is(efti_cell(t, row, rows->column), rows->value);
}

/* "themes.csv" as a link into the folder, and how many rows are not here. */
static void
put_source(struct efti_page *p, const eft_table *t, size_t left_out)
{
    efti_html(p, "<p class=\"src\">");
    if (left_out > 0)
        efti_say_count(p, EFTI_MSG_MORE_ROW, EFTI_MSG_MORE_ROWS, left_out);
    efti_html_word(p, EFTI_MSG_TABLE_FILE);
    efti_html(p, " <a href=\"tables/");
    efti_html(p, eft_table_name(t));
    efti_html(p, ".csv\">tables/");
    efti_html(p, eft_table_name(t));
    efti_html(p, ".csv</a></p>");
}

void
efti_put_table_id(struct efti_page *p, const eft_table *t, const char *suffix)
{
    efti_html(p, "t-");
    for (const char *s = eft_table_name(t); *s != '\0'; s++)
        efti_put_char(p->out, *s == '_' ? '-' : *s);
    efti_html(p, suffix);
}

static const struct {
    const char *name;
    enum efti_message title;
} titles[] = {
    {"overview", EFTI_MSG_TN_OVERVIEW},
    {"themes", EFTI_MSG_TN_THEMES},
    {"theme_pairs", EFTI_MSG_TN_THEME_PAIRS},
    {"role_pairs", EFTI_MSG_TN_ROLE_PAIRS},
    {"communities", EFTI_MSG_TN_COMMUNITIES},
    {"topics", EFTI_MSG_TN_TOPICS},
    {"assignment_tags", EFTI_MSG_T_ASSIGNMENT_TAGS},
    {"assignment_themes", EFTI_MSG_T_ASSIGNMENT_THEMES},
    {"feeling_by_theme", EFTI_MSG_TN_FEELINGS},
    {"feeling_by_tag", EFTI_MSG_TN_FEELINGS_TAGS},
    {"feeling_by_assignment", EFTI_MSG_TN_FEELINGS_ASSIGNMENTS},
    {"trend", EFTI_MSG_TN_TREND},
    {"tests", EFTI_MSG_TN_TESTS},
    {"term_pairs", EFTI_MSG_TN_TERM_PAIRS},
    {"terms", EFTI_MSG_T_TERMS},
    {"dispersion", EFTI_MSG_T_DISPERSION},
    {"readability", EFTI_MSG_T_READABILITY},
    {"votes", EFTI_MSG_TN_VOTES},
    {"notes", EFTI_MSG_TN_NOTES},
    {"quotes", EFTI_MSG_H_QUOTES},
    {"representatives", EFTI_MSG_TN_REPRESENTATIVES},
    {"shared_assignments", EFTI_MSG_TN_SHARED},
    {"prompts", EFTI_MSG_T_PROMPTS},
    {"counts", EFTI_MSG_TN_COUNTS},
    {"suggestions", EFTI_MSG_TN_SUGGESTIONS},
};

/* "themes_by_unit" and its like: the facet is what stands behind. */
static const struct {
    const char *prefix;
    enum efti_message title;
} facet_titles[] = {{"themes_by_", EFTI_MSG_TN_THEMES_BY},
                    {"keyness_by_", EFTI_MSG_T_KEYNESS}};

eft_text
efti_table_title(struct efti_page *p, const eft_table *t)
{
    const char *name = eft_table_name(t);

    for (size_t i = 0; i < EFTI_COUNT(titles); i++) {
        if (strcmp(name, titles[i].name) == 0)
            return efti_text_of(efti_word(p, titles[i].title));
    }
    for (size_t i = 0; i < EFTI_COUNT(facet_titles); i++) {
        size_t n = strlen(facet_titles[i].prefix);
        if (strncmp(name, facet_titles[i].prefix, n) == 0)
            return EFTI_PLAIN(p, facet_titles[i].title,
                              EFTI_TEXT(efti_facet_of(p, efti_text_of(name + n))));
    }
    return efti_text_of(name);
}

void
efti_put_table(struct efti_page *p, const eft_table *t, const char *suffix,
               struct efti_rows rows)
{
    size_t most = rows.most == 0 ? MOST_ROWS : rows.most, count = 0, left_out = 0;

    if (t == NULL)
        return;
    eft_text title = efti_table_title(p, t);
    efti_html(p, "<details class=\"tab\" id=\"");
    efti_put_table_id(p, t, suffix);
    efti_html(p, "\"><summary>");
    efti_html_word(p, EFTI_MSG_TABLE);
    efti_html(p, ": ");
    efti_put_html_broken(p->out, title);
    efti_html(p, "</summary><div class=\"scroll\" tabindex=\"0\" role=\"group\" "
                 "aria-label=\"");
    efti_put_html(p->out, title);
    efti_html(p, "\"><table data-title=\"");
    efti_put_html(p->out, title);
    efti_html(p, "\" data-table=\"");
    efti_html(p, eft_table_name(t));
    efti_html(p, "\">");
    put_headings(p, t);
    for (size_t i = 0; i < eft_table_rows(t); i++) {
        if (!is_table_wanted(t, i, &rows))
            continue;
        if (count++ < most)
            put_row(p, t, i);
        else
            left_out++;
    }
    efti_html(p, "</tbody></table></div>");
    put_source(p, t, left_out);
    efti_html(p, "</details>\n");
}
