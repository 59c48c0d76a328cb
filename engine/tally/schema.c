/*
 * schema.c - tables and their columns
 *
 * A row of a closed table always has its keys; `shown` says whether the numbers are
 * there. `writers` is empty and `writers_min` set when the writer count is only bounded
 * below.
 *
 * Intervals (`_low`, `_high`) and p-values take writers as the source of error, not
 * reflections (stats/cluster.h). They are empty below 8 writers and without a column of
 * writers. Ends are rounded outwards to three decimals, p-values to two digits: more
 * would tell about single writers, and means nothing.
 */
#include "tally/schema.h"

#include "base/base.h"

#define COLUMN(name, type, unit, meaning)                                                \
    {                                                                                    \
        name, type, unit, meaning                                                        \
    }

/* ------------------------------------------------- columns that several tables have */

#define THEME COLUMN("theme", EFT_TYPE_TEXT, "", "id of the theme")
#define THEME_LABELS                                                                     \
    COLUMN("label_sv", EFT_TYPE_TEXT, "", "Swedish label"),                              \
        COLUMN("label_en", EFT_TYPE_TEXT, "", "English label")
#define POLARITY                                                                         \
    COLUMN("polarity", EFT_TYPE_TEXT, "",                                                \
           "any (affirmed or negated), affirmed, negated, uncertain")
#define CATEGORY                                                                         \
    COLUMN("label", EFT_TYPE_TEXT, "", "value of the category; empty for all")
#define FACET_LABEL                                                                      \
    COLUMN("label", EFT_TYPE_TEXT, "",                                                   \
           "value of the facet; 'other' pools those not shown")
#define ASSIGNMENT                                                                       \
    COLUMN("assignment", EFT_TYPE_TEXT, "",                                              \
           "the assignment; 'other' pools those not shown")
#define TAG COLUMN("tag", EFT_TYPE_TEXT, "", "the tag")
#define TERM COLUMN("term", EFT_TYPE_TEXT, "", "the normalised word that is counted")
#define TERM_LABEL COLUMN("label", EFT_TYPE_TEXT, "", "how to print it")
#define LEVEL                                                                            \
    COLUMN("level", EFT_TYPE_TEXT, "",                                                   \
           "reflection, sentence, or window: of so many words as --window says")

#define SHOWN                                                                            \
    COLUMN("shown", EFT_TYPE_INTEGER, "0 or 1", "1: the numbers of this row are released")
#define REFLECTIONS                                                                      \
    COLUMN("reflections", EFT_TYPE_INTEGER, "reflections", "reflections in the cell")
#define WRITERS                                                                          \
    COLUMN("writers", EFT_TYPE_INTEGER, "writers", "distinct writers behind the cell"),  \
        COLUMN("writers_min", EFT_TYPE_INTEGER, "writers",                               \
               "lower bound where the exact number of writers is not released")
#define AS_OF                                                                            \
    COLUMN("as_of", EFT_TYPE_TEXT, "date",                                               \
           "the row is kept from the release of this day: since then too few changed "   \
           "it")

#define SHARE_INTERVAL                                                                   \
    COLUMN("share_low", EFT_TYPE_REAL, "share 0-1",                                      \
           "95 % interval of the share by writer (linearised, logit, t), low"),          \
        COLUMN("share_high", EFT_TYPE_REAL, "share 0-1",                                 \
               "95 % interval of the share, high")
#define SHARE(of) COLUMN("share", EFT_TYPE_REAL, "share 0-1", of)
#define SHARE_OF_ALL SHARE("of all reflections")
#define WRITER_SHARE                                                                     \
    COLUMN("writer_share", EFT_TYPE_REAL, "share 0-1",                                   \
           "share of writers who mention it"),                                           \
        COLUMN("writer_share_low", EFT_TYPE_REAL, "share 0-1",                           \
               "95 % Wilson interval, low"),                                             \
        COLUMN("writer_share_high", EFT_TYPE_REAL, "share 0-1",                          \
               "95 % Wilson interval, high")
/* Reflections of a part of the texts: `all` says which these are. */
#define COUNTS_OF(all)                                                                   \
    SHOWN, REFLECTIONS, COLUMN("of", EFT_TYPE_INTEGER, "reflections", all),              \
        SHARE("reflections / of"), SHARE_INTERVAL, WRITERS

#define P_VALUE(null) COLUMN("p", EFT_TYPE_REAL, "0-1", null)
#define Q_VALUE COLUMN("q", EFT_TYPE_REAL, "0-1", "p adjusted over the table (--fdr)")
#define RESIDUAL                                                                         \
    COLUMN("residual", EFT_TYPE_REAL, "standard errors",                                 \
           "adjusted residual of the cell: above 2 more than expected, Haberman 1973"),  \
        P_VALUE(                                                                         \
            "no difference within writers (Mantel and Haenszel, strata: writers; of "    \
            "one text each: all of them one stratum)"),                                  \
        Q_VALUE
/* Ends of intervals by writer, of the columns called `name`. */
#define BY_WRITER(name, unit)                                                            \
    COLUMN(name "_low", EFT_TYPE_REAL, unit, "95 % interval by writer, low"),            \
        COLUMN(name "_high", EFT_TYPE_REAL, unit, "95 % interval by writer, high")
#define MEAN_INTERVAL(name)                                                              \
    COLUMN(name "_low", EFT_TYPE_REAL, "scale of the feeling",                           \
           "95 % interval of the mean by writer, low"),                                  \
        COLUMN(name "_high", EFT_TYPE_REAL, "scale of the feeling",                      \
               "95 % interval of the mean by writer, high")

#define LEVELS "reflections, sentences or windows"
#define MEASURES                                                                         \
    COLUMN("o11", EFT_TYPE_INTEGER, LEVELS, "both together"),                            \
        COLUMN("r1", EFT_TYPE_INTEGER, LEVELS, "with the first"),                        \
        COLUMN("c1", EFT_TYPE_INTEGER, LEVELS, "with the second"),                       \
        COLUMN("n", EFT_TYPE_INTEGER, LEVELS, "all"),                                    \
        COLUMN("expected", EFT_TYPE_REAL, LEVELS, "r1*c1/n"),                            \
        COLUMN("pmi", EFT_TYPE_REAL, "bits", "log2(o11/expected)"),                      \
        COLUMN("npmi", EFT_TYPE_REAL, "-1 to 1", "pmi / -log2(o11/n), Bouma 2009"),      \
        COLUMN("mi2", EFT_TYPE_REAL, "bits", "log2(o11^2/expected)"),                    \
        COLUMN("mi3", EFT_TYPE_REAL, "bits", "log2(o11^3/expected)"),                    \
        COLUMN("lmi", EFT_TYPE_REAL, "bits", "o11 * pmi"),                               \
        COLUMN("t_score", EFT_TYPE_REAL, "", "(o11 - expected) / sqrt(o11)"),            \
        COLUMN("z_score", EFT_TYPE_REAL, "", "(o11 - expected) / sqrt(expected)"),       \
        COLUMN("g2", EFT_TYPE_REAL, "log-likelihood, nats",                              \
               "2 sum O ln(O/E), Dunning 1993"),                                         \
        COLUMN("g2_williams", EFT_TYPE_REAL, "log-likelihood, nats",                     \
               "g2 with the correction of Williams 1976"),                               \
        COLUMN("simple_ll", EFT_TYPE_REAL, "log-likelihood, nats",                       \
               "2 (o11 ln(o11/expected) - (o11 - expected)), Evert 2008"),               \
        COLUMN("x2", EFT_TYPE_REAL, "chi-square", "Pearson"),                            \
        COLUMN("x2_yates", EFT_TYPE_REAL, "chi-square", "corrected by at most |O - E|"), \
        COLUMN("dice", EFT_TYPE_REAL, "0-1", "2*o11/(r1+c1)"),                           \
        COLUMN("logdice", EFT_TYPE_REAL, "bits, at most 14",                             \
               "14 + log2(dice), Rychly 2008"),                                          \
        COLUMN("jaccard", EFT_TYPE_REAL, "0-1", "o11/(r1+c1-o11)"),                      \
        COLUMN("min_sensitivity", EFT_TYPE_REAL, "0-1", "least of o11/r1 and o11/c1"),   \
        COLUMN("odds_ratio", EFT_TYPE_REAL, "ratio",                                     \
               "of the sample; empty where infinite"),                                   \
        COLUMN("lambda", EFT_TYPE_REAL, "nats", "log odds ratio, each cell + 0.5"),      \
        COLUMN("lambda_sigma", EFT_TYPE_REAL, "nats", "its standard error"),             \
        COLUMN("phi", EFT_TYPE_REAL, "-1 to 1", "correlation of the two"),               \
        COLUMN("delta_p_ab", EFT_TYPE_REAL, "-1 to 1",                                   \
               "directed: P(second | first) less P(second | not first)"),                \
        COLUMN("delta_p_ba", EFT_TYPE_REAL, "-1 to 1",                                   \
               "directed: P(first | second) less P(first | not second)"),                \
        COLUMN(                                                                          \
            "fisher_p", EFT_TYPE_REAL, "0-1",                                            \
            "Fisher's exact test, two-sided, where an expected count is below 5; takes " \
            "texts as independent: for ranking only")

#define PARTIES                                                                          \
    COLUMN("parties", EFT_TYPE_INTEGER, "parties",                                       \
           "parties whose number is in the row; the others have nothing there, or too "  \
           "few writers to tell"),                                                       \
        COLUMN("of_parties", EFT_TYPE_INTEGER, "parties", "parties in all"),             \
        COLUMN("interval_parties", EFT_TYPE_INTEGER, "parties",                          \
               "of these, parties that tell how much writers differ; the interval "      \
               "takes the others to be like them, and is empty where they hold less "    \
               "than half")
#define SEALED_OF                                                                        \
    COLUMN("of", EFT_TYPE_INTEGER, "reflections",                                        \
           "all reflections of these parties' cell")
/* What every table of counts over parties ends with. */
#define SEALED_COUNTS                                                                    \
    SHOWN, REFLECTIONS, SEALED_OF, SHARE("reflections / of"), SHARE_INTERVAL, WRITERS,   \
        PARTIES

/* ------------------------------------------------------------------- the tables */

static const struct efti_column overview_columns[] = {
    {"scope", EFT_TYPE_TEXT, "",
     "all, unit, assignment, tag, period, veiled (a category taken out) or a facet"},
    CATEGORY,
    SHOWN,
    REFLECTIONS,
    SHARE_OF_ALL,
    WRITERS,
    {"tokens", EFT_TYPE_INTEGER, "tokens", "words, numbers, codes, emoji"},
    {"sentences", EFT_TYPE_INTEGER, "sentences", "sentences"},
    {"feelings", EFT_TYPE_INTEGER, "reflections", "reflections with a feeling"},
    {"feeling_mean", EFT_TYPE_REAL, "scale of the feeling", "mean feeling"},
    MEAN_INTERVAL("feeling"),
    AS_OF,
};
static const struct efti_column themes_columns[] = {
    THEME,
    THEME_LABELS,
    POLARITY,
    SHOWN,
    REFLECTIONS,
    SHARE_OF_ALL,
    SHARE_INTERVAL,
    WRITERS,
    WRITER_SHARE,
    {"hits", EFT_TYPE_INTEGER, "hits",
     "places in the text where an entry matched or a word decided"},
    {"hits_per_1000", EFT_TYPE_REAL, "per 1000 tokens",
     "hits per 1000 tokens of all text"},
    AS_OF,
};
static const struct efti_column themes_by_facet_columns[] = {
    {"facet", EFT_TYPE_TEXT, "", "the facet: unit, or its name"},
    FACET_LABEL,
    THEME,
    COUNTS_OF("all reflections of the label"),
    WRITER_SHARE,
    AS_OF,
};
static const struct efti_column assignment_tags_columns[] = {
    ASSIGNMENT, TAG, COUNTS_OF("all reflections of the assignment"), RESIDUAL, AS_OF,
};
static const struct efti_column assignment_themes_columns[] = {
    ASSIGNMENT,
    THEME,
    {"place", EFT_TYPE_INTEGER, "",
     "1 is the first assignment: by the day half of its texts had come, or as was asked "
     "for; empty: none"},
    COUNTS_OF("all reflections of the assignment"),
    RESIDUAL,
    AS_OF,
};
/* After the key column: feelings of texts with a theme or tag, or in an assignment. */
#define FEELINGS(what, texts)                                                            \
    COLUMN("feeling", EFT_TYPE_TEXT, "",                                                 \
           "a step of the scale, 'all', or of the scale 1 to 5 the classes '1-3' and "   \
           "'4-5'"),                                                                     \
        SHOWN, REFLECTIONS,                                                              \
        SHARE("of the " what "'s reflections with a feeling; rounded where their "       \
              "number is not told"),                                                     \
        WRITERS,                                                                         \
        COLUMN("mean", EFT_TYPE_REAL, "scale of the feeling",                            \
               "mean feeling; on the row 'all' only"),                                   \
        MEAN_INTERVAL("mean"),                                                           \
        COLUMN("difference", EFT_TYPE_REAL, "scale of the feeling",                      \
               texts " less the same writers' other texts"),                             \
        P_VALUE("no difference: feelings exchanged within writers, or among writers of " \
                "one text each"),                                                        \
        Q_VALUE, AS_OF
static const struct efti_column feeling_by_theme_columns[] = {
    THEME,
    FEELINGS("theme", "texts with the theme"),
};
static const struct efti_column feeling_by_tag_columns[] = {
    TAG,
    FEELINGS("tag", "texts with the tag"),
};
static const struct efti_column feeling_by_assignment_columns[] = {
    ASSIGNMENT,
    FEELINGS("assignment", "texts in the assignment"),
};
static const struct efti_column trend_columns[] = {
    {"period", EFT_TYPE_TEXT, "",
     "2023-W07, 2023-02, 2023-VT (January to June) or 2023: the finest of week, month, "
     "term, year in which every period has 2k writers"},
    THEME,
    COUNTS_OF("all reflections of the period"),
    AS_OF,
};
static const struct efti_column keyness_columns[] = {
    {"label", EFT_TYPE_TEXT, "", "value of the facet, against all others"},
    {"rank", EFT_TYPE_INTEGER, "", "by g2; only words that are more frequent here"},
    TERM,
    {"label_term", EFT_TYPE_TEXT, "", "how to print it"},
    REFLECTIONS,
    WRITERS,
    {"tokens", EFT_TYPE_INTEGER, "tokens", "occurrences here"},
    {"per_1000", EFT_TYPE_REAL, "per 1000 tokens", "occurrences here per 1000 tokens"},
    {"elsewhere_per_1000", EFT_TYPE_REAL, "per 1000 tokens", "the same elsewhere"},
    {"log_ratio", EFT_TYPE_REAL, "log2", "log2 of the two, Hardie 2014"},
    BY_WRITER("log_ratio", "log2"),
    {"diff", EFT_TYPE_REAL, "percent", "%DIFF, Gabrielatos and Marchi 2011"},
    BY_WRITER("diff", "percent"),
    {"odds_ratio", EFT_TYPE_REAL, "ratio", "odds of the word here to elsewhere"},
    BY_WRITER("odds_ratio", "ratio"),
    {"g2", EFT_TYPE_REAL, "log-likelihood, nats",
     "Dunning 1993; takes words as independent: for ranking only"},
    {"p", EFT_TYPE_REAL, "0-1", "log_ratio is 0, by writer (Welch)"},
    {"q", EFT_TYPE_REAL, "0-1", "p adjusted over the label (--fdr)"},
    AS_OF,
};
static const struct efti_column dispersion_columns[] = {
    TERM,
    TERM_LABEL,
    {"tokens", EFT_TYPE_INTEGER, "tokens", "occurrences"},
    {"dp", EFT_TYPE_REAL, "0-1", "Gries 2008, parts are writers; 0: even"},
    {"dp_norm", EFT_TYPE_REAL, "0-1", "dp / (1 - smallest share); 0: even"},
    {"juilland_d", EFT_TYPE_REAL, "0-1", "on relative frequencies; 1: even"},
    {"rosengren_s", EFT_TYPE_REAL, "0-1", "with the sizes of the parts; 1: even"},
    AS_OF,
};
static const struct efti_column readability_columns[] = {
    {"scope", EFT_TYPE_TEXT, "", "all, unit, assignment or the name of a facet"},
    CATEGORY,
    SHOWN,
    REFLECTIONS,
    WRITERS,
    {"words", EFT_TYPE_INTEGER, "words",
     "words, numbers, codes, abbreviations; no emoji, address, handle or tag"},
    {"lix", EFT_TYPE_REAL, "LIX", "words / sentences + 100 long / words, Bjornsson 1968"},
    BY_WRITER("lix", "LIX"),
    {"rix", EFT_TYPE_REAL, "RIX", "long words / sentences, Anderson 1983"},
    {"sentence_length", EFT_TYPE_REAL, "words", "words / sentences"},
    {"long_words", EFT_TYPE_REAL, "share 0-1", "words of more than six letters / words"},
    {"ovix", EFT_TYPE_REAL, "OVIX",
     "mean over texts of 50 words or more, Hultman and Westman 1977"},
    AS_OF,
};
static const struct efti_column tests_columns[] = {
    {"table_name", EFT_TYPE_TEXT, "", "the table that the test looks at"},
    {"subject", EFT_TYPE_TEXT, "", "id of the theme"},
    {"test", EFT_TYPE_TEXT, "", "heterogeneity, trend or change"},
    {"null", EFT_TYPE_TEXT, "", "what is exchanged under the null hypothesis"},
    {"value", EFT_TYPE_REAL, "share 0-1",
     "largest less smallest share; change of the share per period or assignment, within "
     "writers; share after less share before, within writers"},
    {"at", EFT_TYPE_TEXT, "", "first period or assignment after the change"},
    {"p", EFT_TYPE_REAL, "0-1", "seeded permutation"},
    {"q", EFT_TYPE_REAL, "0-1", "p adjusted over the family"},
    {"family", EFT_TYPE_TEXT, "",
     "the tests that are adjusted together, and how: bh (Benjamini and Hochberg), by "
     "(Benjamini and Yekutieli) or holm"},
    {"note", EFT_TYPE_TEXT, "", "why there is no test"},
    AS_OF,
};
static const struct efti_column quotes_columns[] = {
    {"theme", EFT_TYPE_TEXT, "", "id of the theme that the sentences speak of"},
    {"rank", EFT_TYPE_INTEGER, "", "best first"},
    {"quote", EFT_TYPE_TEXT, "",
     "one to three whole sentences of one reflection, each quote of another writer"},
    {"assignment", EFT_TYPE_TEXT, "",
     "of the reflection; empty unless theme and assignment are shown together in "
     "assignment_themes"},
    {"approved", EFT_TYPE_TEXT, "", "by a person, or by rules alone"},
};
static const struct efti_column representatives_columns[] = {
    {"network", EFT_TYPE_TEXT, "", "themes or terms: what the sentence has together"},
    {"community", EFT_TYPE_INTEGER, "",
     "number in communities; empty: the sentence stands for a pair of theme_pairs"},
    {"name", EFT_TYPE_TEXT, "", "of the community; or the two themes, by bytes"},
    {"rank", EFT_TYPE_INTEGER, "", "the most central first, less what it is too long"},
    {"quote", EFT_TYPE_TEXT, "",
     "one to three whole sentences of one reflection, each of another writer"},
    {"approved", EFT_TYPE_TEXT, "", "by a person, or by rules alone"},
};
static const struct efti_column prompts_columns[] = {
    {"assignment", EFT_TYPE_TEXT, "",
     "the assignment it was asked in; empty: none, or none that is shown"},
    {"prompt", EFT_TYPE_TEXT, "",
     "the question, veiled; of ordinary words; its answers pass the gate"},
};
static const struct efti_column suggestions_columns[] = {
    {"theme", EFT_TYPE_TEXT, "", "id of the theme; empty: texts without any theme"},
    {"rank", EFT_TYPE_INTEGER, "", "by the lower end of the interval"},
    {"kind", EFT_TYPE_TEXT, "", "word, or phrase: two words side by side"},
    {"term", EFT_TYPE_TEXT, "", "the normalised word or words"},
    TERM_LABEL,
    {"writers_min", EFT_TYPE_INTEGER, "writers",
     "at least so many use it in texts with the theme"},
    {"log_ratio", EFT_TYPE_REAL, "log2",
     "share of texts with the word: where the theme is to where it is not"},
    BY_WRITER("log_ratio", "log2"),
    {"example", EFT_TYPE_TEXT, "", "a sentence of the table quotes that has it"},
};
static const struct efti_column terms_columns[] = {
    {"rank", EFT_TYPE_INTEGER, "", "by writers, reflections, tokens, bytes"},
    TERM,
    TERM_LABEL,
    REFLECTIONS,
    SHARE_OF_ALL,
    WRITERS,
    {"tokens", EFT_TYPE_INTEGER, "tokens", "occurrences"},
    {"tokens_per_1000", EFT_TYPE_REAL, "per 1000 tokens", "occurrences per 1000 tokens"},
    AS_OF,
};
static const struct efti_column term_pairs_columns[] = {
    LEVEL,
    {"term_a", EFT_TYPE_TEXT, "", "first term, by bytes"},
    {"term_b", EFT_TYPE_TEXT, "", "second term"},
    {"label_a", EFT_TYPE_TEXT, "", "how to print the first"},
    {"label_b", EFT_TYPE_TEXT, "", "how to print the second"},
    WRITERS,
    MEASURES,
    AS_OF,
};
static const struct efti_column theme_pairs_columns[] = {
    LEVEL,
    {"theme_a", EFT_TYPE_TEXT, "", "first theme, by bytes"},
    {"theme_b", EFT_TYPE_TEXT, "", "second theme"},
    SHOWN,
    WRITERS,
    MEASURES,
    {"p", EFT_TYPE_REAL, "0-1",
     "no association within writers (Mantel and Haenszel, strata: writers; of one text "
     "each: all of them one stratum); within reflections only"},
    Q_VALUE,
    AS_OF,
};

static const struct efti_column role_pairs_columns[] = {
    LEVEL,
    {"role_a", EFT_TYPE_TEXT, "", "context or action"},
    {"theme_a", EFT_TYPE_TEXT, "", "the theme with that role"},
    {"role_b", EFT_TYPE_TEXT, "", "action or effect"},
    {"theme_b", EFT_TYPE_TEXT, "", "the theme with that role"},
    WRITERS,
    {"o11", EFT_TYPE_INTEGER, LEVELS, "both together"},
    {"r1", EFT_TYPE_INTEGER, LEVELS, "with the first"},
    {"c1", EFT_TYPE_INTEGER, LEVELS, "with the second"},
    {"n", EFT_TYPE_INTEGER, LEVELS, "all"},
    SHARE("o11 / r1: of those with the first"),
    {"npmi", EFT_TYPE_REAL, "-1 to 1", "as in theme_pairs"},
    {"logdice", EFT_TYPE_REAL, "up to 14", "as in theme_pairs"},
    {"g2", EFT_TYPE_REAL, "log-likelihood, nats", "as in theme_pairs"},
    AS_OF,
};

static const struct efti_column votes_columns[] = {
    {"theme", EFT_TYPE_TEXT, "", "id of the theme; empty for all notes"},
    SHOWN,
    REFLECTIONS,
    WRITERS,
    {"votes", EFT_TYPE_INTEGER, "votes", "votes on these notes together"},
    {"vote_share", EFT_TYPE_REAL, "share 0-1", "of all votes"},
    {"votes_per_note", EFT_TYPE_REAL, "votes", "votes / reflections"},
    AS_OF,
};

static const struct efti_column notes_columns[] = {
    {"rank", EFT_TYPE_INTEGER, "", "by writers, then reflections; then those without"},
    {"words", EFT_TYPE_TEXT, "",
     "terms that all these notes have, by bytes, without function words; ... for those "
     "that may not be shown"},
    {"reflections", EFT_TYPE_INTEGER, "reflections",
     "notes that say the same: these terms, and what not all of them have"},
    SHARE("of all notes"),
    WRITERS,
    {"votes", EFT_TYPE_INTEGER, "votes", "votes on these notes together"},
    AS_OF,
};

static const struct efti_column themes_where_columns[] = {
    {"filter", EFT_TYPE_TEXT, "", "conditions that all hold: unit=Norr & time=2024"},
    THEME,
    COUNTS_OF("all reflections that meet the filter"),
    AS_OF,
};

/* ---------------------------------------------------------- of sealed states */

static const struct efti_column sealed_overview_columns[] = {
    {"scope", EFT_TYPE_TEXT, "",
     "all, party, unit, assignment, tag, period, veiled (a category taken out) or a "
     "facet"},
    CATEGORY,
    SHOWN,
    REFLECTIONS,
    SEALED_OF,
    SHARE("reflections / of"),
    WRITERS,
    {"feelings", EFT_TYPE_INTEGER, "reflections", "reflections with a feeling"},
    {"feeling_mean", EFT_TYPE_REAL, "scale of the feeling",
     "mean feeling; of one decimal where some party rounds its own"},
    MEAN_INTERVAL("feeling"),
    PARTIES,
};
static const struct efti_column sealed_themes_columns[] = {
    THEME,
    THEME_LABELS,
    POLARITY,
    SEALED_COUNTS,
};
static const struct efti_column sealed_facet_columns[] = {
    {"facet", EFT_TYPE_TEXT, "", "the facet: party, unit, or its name"},
    FACET_LABEL,
    THEME,
    SEALED_COUNTS,
};
static const struct efti_column sealed_assignment_tags_columns[] = {
    ASSIGNMENT,
    TAG,
    SEALED_COUNTS,
};
static const struct efti_column sealed_assignment_themes_columns[] = {
    ASSIGNMENT,
    THEME,
    SEALED_COUNTS,
};
static const struct efti_column sealed_feeling_columns[] = {
    THEME,
    {"feeling", EFT_TYPE_TEXT, "", "a step of the scale, or 'all'"},
    SHOWN,
    REFLECTIONS,
    SHARE("of the theme's reflections with a feeling"),
    WRITERS,
    {"mean", EFT_TYPE_REAL, "scale of the feeling",
     "mean feeling, on the row 'all' only; of one decimal where some party rounds"},
    MEAN_INTERVAL("mean"),
    PARTIES,
};
static const struct efti_column sealed_trend_columns[] = {
    {"period", EFT_TYPE_TEXT, "",
     "months are added up to terms or years where some party tells no finer periods"},
    THEME,
    SEALED_COUNTS,
};
static const struct efti_column sealed_theme_pairs_columns[] = {
    {"level", EFT_TYPE_TEXT, "", "reflection or sentence"},
    {"theme_a", EFT_TYPE_TEXT, "", "first theme, by bytes"},
    {"theme_b", EFT_TYPE_TEXT, "", "second theme"},
    SHOWN,
    WRITERS,
    MEASURES,
    {"parties", EFT_TYPE_INTEGER, "parties", "parties whose numbers are in the row"},
    {"of_parties", EFT_TYPE_INTEGER, "parties", "parties in all"},
};
static const struct efti_column shared_columns[] = {
    {"party", EFT_TYPE_TEXT, "", "the party"},
    THEME,
    SHOWN,
    {"assignments", EFT_TYPE_INTEGER, "assignments",
     "assignments of the party in which another party tells the theme too"},
    {"reflections", EFT_TYPE_INTEGER, "reflections", "with the theme, in these"},
    {"of", EFT_TYPE_INTEGER, "reflections", "all of its reflections in these"},
    SHARE("reflections / of"),
    {"expected_share", EFT_TYPE_REAL, "share 0-1",
     "with the shares of all parties in each assignment (indirect standardisation)"},
    {"ratio", EFT_TYPE_REAL, "ratio",
     "share / expected_share: above 1 more than the same assignments bring elsewhere; "
     "no interval is known"},
    {"note", EFT_TYPE_TEXT, "", "why there is nothing to compare"},
};
static const struct efti_column communities_columns[] = {
    {"network", EFT_TYPE_TEXT, "", "themes or terms: what the nodes are"},
    {"community", EFT_TYPE_INTEGER, "", "1 is the largest"},
    {"name", EFT_TYPE_TEXT, "", "its three strongest nodes, by bytes"},
    {"rank", EFT_TYPE_INTEGER, "", "within the community, by strength inside it"},
    {"node", EFT_TYPE_TEXT, "", "id of the theme, or the term"},
    TERM_LABEL,
    {"degree", EFT_TYPE_INTEGER, "nodes", "neighbours in the network"},
    {"strength", EFT_TYPE_REAL, "npmi", "sum of the npmi of its edges"},
    {"inside", EFT_TYPE_REAL, "npmi", "the same, of edges within the community"},
    {"betweenness", EFT_TYPE_REAL, "share 0-1",
     "shortest paths (1 / npmi) of others that lead through it, Brandes 2001"},
    {"pagerank", EFT_TYPE_REAL, "share 0-1", "damping 0.85; sums to 1 over the network"},
    {"stability", EFT_TYPE_REAL, "share 0-1",
     "of its community, how many are with it in another run, mean over 25 seeds"},
    {"modularity", EFT_TYPE_REAL, "-0.5 to 1", "of the network's division, Newman 2004"},
    {"agreement", EFT_TYPE_REAL, "at most 1",
     "mean adjusted Rand index between seeds: below 0.7 the division is one of several"},
};
static const struct efti_column counts_columns[] = {
    {"scope", EFT_TYPE_TEXT, "", "all, unit, assignment, period or a facet"},
    CATEGORY,
    {"theme", EFT_TYPE_TEXT, "", "id of the theme; empty: all writers of the label"},
    THEME_LABELS,
    {"writers_about", EFT_TYPE_INTEGER, "writers",
     "distinct writers, rounded or with noise: parts do not add up"},
    {"plus_minus", EFT_TYPE_REAL, "writers",
     "how far the truth may be: at most (rounded, noise), or in 95 of 100 (laplace, "
     "gaussian)"},
    {"method", EFT_TYPE_TEXT, "", "rounded, noise, laplace or gaussian, with its amount"},
};
static const struct efti_column topics_columns[] = {
    {"topic", EFT_TYPE_INTEGER, "", "1 explains most"},
    {"rank", EFT_TYPE_INTEGER, "", "of the word in the topic"},
    TERM,
    TERM_LABEL,
    {"weight", EFT_TYPE_REAL, "0-1", "how much the word belongs; squares sum to 1"},
    {"coherence", EFT_TYPE_REAL, "-1 to 1",
     "mean npmi of the topic's ten words, pairs within reflections"},
    {"stability", EFT_TYPE_REAL, "share 0-1",
     "of the ten words, how many the best topic of another seed has, mean over seeds"},
    {"diversity", EFT_TYPE_REAL, "share 0-1",
     "distinct words among the ten of all topics"},
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
    [EFTI_TABLE_FEELING_BY_TAG] = {"feeling_by_tag", false,
                                   "feelings of the reflections with a tag",
                                   TABLE(feeling_by_tag_columns)},
    [EFTI_TABLE_FEELING_BY_ASSIGNMENT] = {"feeling_by_assignment", false,
                                          "feelings within each assignment",
                                          TABLE(feeling_by_assignment_columns)},
    [EFTI_TABLE_TREND] = {"trend", false, "themes over time", TABLE(trend_columns)},
    [EFTI_TABLE_TERMS] = {"terms", true, "words that may be shown, by writers",
                          TABLE(terms_columns)},
    [EFTI_TABLE_KEYNESS_BY_FACET] = {"keyness_by_unit", true,
                                     "words that are more frequent in a unit (or other "
                                     "facet) than elsewhere",
                                     TABLE(keyness_columns)},
    [EFTI_TABLE_DISPERSION] = {"dispersion", true, "is a word everybody's?",
                               TABLE(dispersion_columns)},
    [EFTI_TABLE_TERM_PAIRS] =
        {"term_pairs", true,
         "words that occur together in a reflection, a sentence or a "
         "window",
         TABLE(term_pairs_columns)},
    [EFTI_TABLE_THEME_PAIRS] =
        {"theme_pairs", false,
         "themes that occur together in a reflection, a sentence or "
         "a window",
         TABLE(theme_pairs_columns)},
    [EFTI_TABLE_ROLE_PAIRS] = {"role_pairs", true,
                               "pairs of themes in the order of their roles: context, "
                               "action, effect",
                               TABLE(role_pairs_columns)},
    [EFTI_TABLE_READABILITY] = {"readability", false, "how heavy the texts are to read",
                                TABLE(readability_columns)},
    [EFTI_TABLE_TESTS] = {"tests", true,
                          "tests over whole tables, with what is exchanged and the "
                          "family that was adjusted for",
                          TABLE(tests_columns)},
    [EFTI_TABLE_VOTES] = {"votes", false, "votes on notes with each theme",
                          TABLE(votes_columns)},
    [EFTI_TABLE_NOTES] = {"notes", true,
                          "notes that several wrote in nearly the same words",
                          TABLE(notes_columns)},
    [EFTI_TABLE_COMMUNITIES] = {"communities", true,
                                "groups of themes and of words that go together, found "
                                "in theme_pairs and term_pairs",
                                TABLE(communities_columns)},
    [EFTI_TABLE_TOPICS] = {"topics", true,
                           "word lists that term_pairs fall into; of larger corpora",
                           TABLE(topics_columns)},
    [EFTI_TABLE_PROMPTS] = {"prompts", true, "questions that were asked",
                            TABLE(prompts_columns)},
    [EFTI_TABLE_SUGGESTIONS] = {"suggestions", true,
                                "words and phrases that go with a theme and are not in "
                                "its lexicon yet",
                                TABLE(suggestions_columns)},
    [EFTI_TABLE_COUNTS] = {"counts", true,
                           "writers per theme, perturbed instead of hidden: the only "
                           "table of such a release",
                           TABLE(counts_columns)},
    [EFTI_TABLE_QUOTES] = {"quotes", true, "sentences that may be shown",
                           TABLE(quotes_columns)},
    [EFTI_TABLE_REPRESENTATIVES] = {"representatives", true,
                                    "sentences that stand for pairs of themes and for "
                                    "communities, of such that k writers have",
                                    TABLE(representatives_columns)},
    [EFTI_TABLE_THEMES_WHERE] = {"themes_where", false,
                                 "themes of the reflections that meet a filter",
                                 TABLE(themes_where_columns)},
    [EFTI_TABLE_SEALED_OVERVIEW] = {"overview", false, "who answered, over parties",
                                    TABLE(sealed_overview_columns)},
    [EFTI_TABLE_SEALED_THEMES] = {"themes", false, "each theme over all parties",
                                  TABLE(sealed_themes_columns)},
    [EFTI_TABLE_SEALED_THEMES_BY_FACET] =
        {"themes_by_unit", false,
         "each theme within each party, unit or other facet, over parties",
         TABLE(sealed_facet_columns)},
    [EFTI_TABLE_SEALED_ASSIGNMENT_TAGS] = {"assignment_tags", false,
                                           "tags within each assignment, over parties",
                                           TABLE(sealed_assignment_tags_columns)},
    [EFTI_TABLE_SEALED_ASSIGNMENT_THEMES] =
        {"assignment_themes", false, "themes within each assignment, over parties",
         TABLE(sealed_assignment_themes_columns)},
    [EFTI_TABLE_SEALED_FEELING_BY_THEME] = {"feeling_by_theme", false,
                                            "feelings with each theme, over parties",
                                            TABLE(sealed_feeling_columns)},
    [EFTI_TABLE_SEALED_TREND] = {"trend", false, "themes over time, over parties",
                                 TABLE(sealed_trend_columns)},
    [EFTI_TABLE_SHARED] = {"shared_assignments", false,
                           "parties compared on the assignments that they share",
                           TABLE(shared_columns)},
    [EFTI_TABLE_SEALED_THEME_PAIRS] = {"theme_pairs", false,
                                       "themes that occur together, over parties",
                                       TABLE(sealed_theme_pairs_columns)},
};
