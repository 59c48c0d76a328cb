/*
 * schema.c - tables and their columns
 *
 * A row of a closed table always has its keys; `shown` says whether the numbers are
 * there. `writers` is empty and `writers_min` set when the writer count is only bounded
 * below.
 */
#include "tally/schema.h"

#include "base/base.h"

#define SHOWN                                                                            \
    {                                                                                    \
        "shown", EFT_TYPE_INTEGER, "0 or 1", "1: the numbers of this row are released"   \
    }
#define REFLECTIONS                                                                      \
    {                                                                                    \
        "reflections", EFT_TYPE_INTEGER, "reflections", "reflections in the cell"        \
    }
#define WRITERS                                                                          \
    {"writers", EFT_TYPE_INTEGER, "writers", "distinct writers behind the cell"},        \
    {                                                                                    \
        "writers_min", EFT_TYPE_INTEGER, "writers",                                      \
            "lower bound where the exact number of writers is not released"              \
    }
#define WILSON                                                                           \
    {"writer_share", EFT_TYPE_REAL, "share 0-1", "share of writers who mention it"},     \
        {"writer_share_low", EFT_TYPE_REAL, "share 0-1", "95 % Wilson interval, low"},   \
    {                                                                                    \
        "writer_share_high", EFT_TYPE_REAL, "share 0-1", "95 % Wilson interval, high"    \
    }
#define MEASURES                                                                         \
    {"o11", EFT_TYPE_INTEGER, "reflections or sentences", "both together"},              \
        {"r1", EFT_TYPE_INTEGER, "reflections or sentences", "with the first"},          \
        {"c1", EFT_TYPE_INTEGER, "reflections or sentences", "with the second"},         \
        {"n", EFT_TYPE_INTEGER, "reflections or sentences", "all"},                      \
        {"expected", EFT_TYPE_REAL, "reflections or sentences", "r1*c1/n"},              \
        {"pmi", EFT_TYPE_REAL, "bits", "log2(o11/expected)"},                            \
        {"npmi", EFT_TYPE_REAL, "-1 to 1", "pmi / -log2(o11/n), Bouma 2009"},            \
        {"g2", EFT_TYPE_REAL, "log-likelihood, nats", "2 sum O ln(O/E), Dunning 1993"},  \
        {"dice", EFT_TYPE_REAL, "0-1", "2*o11/(r1+c1)"},                                 \
    {                                                                                    \
        "logdice", EFT_TYPE_REAL, "bits, at most 14", "14 + log2(dice), Rychly 2008"     \
    }

static const struct efti_column overview_columns[] = {
    {"scope", EFT_TYPE_TEXT, "",
     "all, unit, assignment, tag, veiled (a category taken out) or the name of a facet"},
    {"label", EFT_TYPE_TEXT, "", "value of the category; empty for all"},
    SHOWN,
    REFLECTIONS,
    {"share", EFT_TYPE_REAL, "share 0-1", "of all reflections"},
    WRITERS,
    {"tokens", EFT_TYPE_INTEGER, "tokens", "words, numbers, codes, emoji"},
    {"sentences", EFT_TYPE_INTEGER, "sentences", "sentences"},
    {"feelings", EFT_TYPE_INTEGER, "reflections", "reflections with a feeling"},
    {"feeling_mean", EFT_TYPE_REAL, "scale of the feeling", "mean feeling"},
};
static const struct efti_column themes_columns[] = {
    {"theme", EFT_TYPE_TEXT, "", "id of the theme"},
    {"label_sv", EFT_TYPE_TEXT, "", "Swedish label"},
    {"label_en", EFT_TYPE_TEXT, "", "English label"},
    {"polarity", EFT_TYPE_TEXT, "",
     "any (affirmed or negated), affirmed, negated, uncertain"},
    SHOWN,
    REFLECTIONS,
    {"share", EFT_TYPE_REAL, "share 0-1", "of all reflections"},
    WRITERS,
    WILSON,
    {"hits", EFT_TYPE_INTEGER, "hits", "places in the text where an entry matched"},
    {"hits_per_1000", EFT_TYPE_REAL, "per 1000 tokens",
     "hits per 1000 tokens of all text"},
};
static const struct efti_column themes_by_facet_columns[] = {
    {"facet", EFT_TYPE_TEXT, "", "the facet: unit, or its name"},
    {"label", EFT_TYPE_TEXT, "", "value of the facet; 'other' pools those not shown"},
    {"theme", EFT_TYPE_TEXT, "", "id of the theme"},
    SHOWN,
    REFLECTIONS,
    {"of", EFT_TYPE_INTEGER, "reflections", "all reflections of the label"},
    {"share", EFT_TYPE_REAL, "share 0-1", "reflections / of"},
    WRITERS,
    WILSON,
};
static const struct efti_column assignment_tags_columns[] = {
    {"assignment", EFT_TYPE_TEXT, "", "the assignment; 'other' pools those not shown"},
    {"tag", EFT_TYPE_TEXT, "", "the tag"},
    SHOWN,
    REFLECTIONS,
    {"of", EFT_TYPE_INTEGER, "reflections", "all reflections of the assignment"},
    {"share", EFT_TYPE_REAL, "share 0-1", "reflections / of"},
    WRITERS,
};
static const struct efti_column assignment_themes_columns[] = {
    {"assignment", EFT_TYPE_TEXT, "", "the assignment; 'other' pools those not shown"},
    {"theme", EFT_TYPE_TEXT, "", "id of the theme"},
    SHOWN,
    REFLECTIONS,
    {"of", EFT_TYPE_INTEGER, "reflections", "all reflections of the assignment"},
    {"share", EFT_TYPE_REAL, "share 0-1", "reflections / of"},
    WRITERS,
};
static const struct efti_column feeling_by_theme_columns[] = {
    {"theme", EFT_TYPE_TEXT, "", "id of the theme"},
    {"feeling", EFT_TYPE_TEXT, "", "a step of the scale, or 'all'"},
    SHOWN,
    REFLECTIONS,
    {"share", EFT_TYPE_REAL, "share 0-1", "of the theme's reflections with a feeling"},
    WRITERS,
    {"mean", EFT_TYPE_REAL, "scale of the feeling",
     "mean feeling; on the row 'all' only"},
};
static const struct efti_column terms_columns[] = {
    {"rank", EFT_TYPE_INTEGER, "", "by writers, reflections, tokens, bytes"},
    {"term", EFT_TYPE_TEXT, "", "the normalised word that is counted"},
    {"label", EFT_TYPE_TEXT, "", "how to print it"},
    REFLECTIONS,
    {"share", EFT_TYPE_REAL, "share 0-1", "of all reflections"},
    WRITERS,
    {"tokens", EFT_TYPE_INTEGER, "tokens", "occurrences"},
    {"tokens_per_1000", EFT_TYPE_REAL, "per 1000 tokens", "occurrences per 1000 tokens"},
};
static const struct efti_column term_pairs_columns[] = {
    {"level", EFT_TYPE_TEXT, "", "reflection or sentence"},
    {"term_a", EFT_TYPE_TEXT, "", "first term, by bytes"},
    {"term_b", EFT_TYPE_TEXT, "", "second term"},
    {"label_a", EFT_TYPE_TEXT, "", "how to print the first"},
    {"label_b", EFT_TYPE_TEXT, "", "how to print the second"},
    WRITERS,
    MEASURES,
};
static const struct efti_column theme_pairs_columns[] = {
    {"level", EFT_TYPE_TEXT, "", "reflection or sentence"},
    {"theme_a", EFT_TYPE_TEXT, "", "first theme, by bytes"},
    {"theme_b", EFT_TYPE_TEXT, "", "second theme"},
    SHOWN,
    WRITERS,
    MEASURES,
};

#define TABLE(columns) columns, EFTI_COUNT(columns)
const struct efti_table_schema efti_schema[EFTI_TABLE_COUNT] = {
    [EFTI_TABLE_OVERVIEW] = {"overview", false, "who answered, and how much",
                             TABLE(overview_columns)},
    [EFTI_TABLE_THEMES] = {"themes", false, "each theme over all reflections",
                           TABLE(themes_columns)},
    [EFTI_TABLE_THEMES_BY_FACET] = {"themes_by_unit", false,
                                    "each theme within each unit (or other facet)",
                                    TABLE(themes_by_facet_columns)},
    [EFTI_TABLE_ASSIGNMENT_TAGS] = {"assignment_tags", false,
                                    "tags that writers chose, within each assignment",
                                    TABLE(assignment_tags_columns)},
    [EFTI_TABLE_ASSIGNMENT_THEMES] = {"assignment_themes", false,
                                      "themes within each assignment",
                                      TABLE(assignment_themes_columns)},
    [EFTI_TABLE_FEELING_BY_THEME] = {"feeling_by_theme", false,
                                     "feelings of the reflections with a theme",
                                     TABLE(feeling_by_theme_columns)},
    [EFTI_TABLE_TERMS] = {"terms", true, "words that may be shown, by writers",
                          TABLE(terms_columns)},
    [EFTI_TABLE_TERM_PAIRS] = {"term_pairs", true,
                               "words that occur together in a reflection or sentence",
                               TABLE(term_pairs_columns)},
    [EFTI_TABLE_THEME_PAIRS] = {"theme_pairs", false,
                                "themes that occur together in a reflection or sentence",
                                TABLE(theme_pairs_columns)},
};
