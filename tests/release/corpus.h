/*
 * corpus.h - small made-up corpora, given as rows of numbers, and what was released
 *
 *     struct said s[] = {{.writer = 0, .unit = 'A', .themes = 1u << 2}, ...};
 *     struct efti_tally *t = corpus_tally(s, count, NULL);
 *     struct eft_results *r = corpus_release(efti_tally_frozen(t), 5);
 *     cell(find(r, "themes"), row_of(...), "writers")
 *
 * Units and assignments are letters, tags, themes and terms bits: "th0", "tag0", "ord0".
 * Each reflection has two sentences; all its themes stand in the first.
 */
#ifndef EFTI_TESTS_RELEASE_CORPUS_H
#define EFTI_TESTS_RELEASE_CORPUS_H

#include <stdio.h>

#include "match/match.h"
#include "release/release.h"
#include "veil/veil.h"

enum { CORPUS_THEMES = 4, CORPUS_TAGS = 3, CORPUS_TERMS = 4 };

struct said {
    uint32_t writer;
    bool nobody;           /* no writer */
    char unit, assignment; /* 0: none; lower case: a label that may not be printed */
    char facet;
    uint32_t tags, themes, negated, uncertain; /* bits */
    uint32_t terms;
    uint32_t hits;   /* of each theme; 0: 1 */
    uint32_t tokens; /* of each term; 0: 1 */
    double feeling;  /* 0: none */
    uint32_t flags, categories;
    int32_t day; /* 0: none */
    int64_t votes;
};

static inline uint32_t
corpus_random(uint64_t *state) /* Knuth's MMIX constants */
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

static inline uint32_t
corpus_label(struct efti_tally *t, uint32_t role, char letter)
{
    bool hidden = letter >= 'a' && letter <= 'z';
    char name[2] = {letter, '\0'};

    if (letter == 0)
        return EFTI_NO_ID;
    return efti_tally_label(t, role, efti_identity(NULL, "label", name, 1),
                            hidden ? (eft_text){"", 0} : (eft_text){name, 1});
}

static inline uint32_t
corpus_name(struct efti_tally *t, const char *word, uint32_t i, int what)
{
    char name[16];
    size_t n = (size_t)snprintf(name, sizeof(name), "%s%u", word, (unsigned)i);

    if (what == 0)
        return efti_tally_theme(t, name, n);
    if (what == 1)
        return efti_tally_term(t, name, n);
    return efti_tally_label(t, EFTI_LABEL_TAG, efti_identity(NULL, "label", name, n),
                            (eft_text){name, n});
}

static inline eft_status
corpus_add(struct efti_tally *t, const struct said *s, uint32_t number, bool facets)
{
    struct efti_theme_count themes[3 * CORPUS_THEMES];
    struct efti_term_count terms[CORPUS_TERMS];
    struct efti_theme_pair pairs[CORPUS_THEMES * CORPUS_THEMES];
    uint32_t tags[CORPUS_TAGS], present[CORPUS_THEMES];
    struct efti_observation o = {.has_key = true,
                                 .has_writer = !s->nobody,
                                 .key = efti_identity(NULL, "record", &number, 4),
                                 .writer = efti_identity(NULL, "writer", &s->writer, 4),
                                 .unit = corpus_label(t, EFTI_LABEL_UNIT, s->unit),
                                 .tags = tags,
                                 .day = s->day == 0 ? EFTI_NO_DAY_VALUE : s->day,
                                 .has_feeling = s->feeling > 0,
                                 .feeling = s->feeling,
                                 .votes = s->votes,
                                 .flags = s->flags,
                                 .categories = s->categories,
                                 .tokens = 10,
                                 .words = 10,
                                 .sentences = 2,
                                 .themes = themes,
                                 .terms = terms,
                                 .pairs = pairs,
                                 .sentence_themes = present};
    uint32_t hits = s->hits == 0 ? 1 : s->hits;

    o.assignment = corpus_label(t, EFTI_LABEL_ASSIGNMENT, s->assignment);
    if (facets)
        o.facets[0] = corpus_label(t, EFTI_LABEL_FACET0, s->facet);
    for (uint32_t i = 0; i < CORPUS_TAGS; i++) {
        if ((s->tags >> i & 1u) != 0)
            tags[o.tag_count++] = corpus_name(t, "tag", i, 2);
    }
    for (uint32_t i = 0; i < CORPUS_TERMS; i++) {
        if ((s->terms >> i & 1u) != 0)
            terms[o.term_count++] = (struct efti_term_count){
                corpus_name(t, "ord", i, 1), s->tokens == 0 ? 1 : s->tokens};
    }
    for (uint32_t i = 0; i < CORPUS_THEMES; i++) {
        uint32_t id = corpus_name(t, "th", i, 0);
        uint32_t bits[3] = {s->themes, s->negated, s->uncertain};
        for (uint8_t p = 0; p < 3; p++) {
            if ((bits[p] >> i & 1u) != 0)
                themes[o.theme_count++] = (struct efti_theme_count){id, p, hits};
        }
        if (((s->themes | s->negated) >> i & 1u) == 0)
            continue;
        for (uint32_t k = 0; k < o.sentence_theme_count; k++)
            pairs[o.pair_count++] = (struct efti_theme_pair){present[k], id, 1};
        present[o.sentence_theme_count++] = id;
    }
    return efti_tally_add(t, &o, NULL);
}

/** With feelings from `low` to `high`. */
static inline struct efti_tally *
corpus_tally_on(const struct said *s, uint32_t count, bool writer_column,
                const char *facet, double low, double high)
{
    struct efti_tally_settings settings = {
        .writer_column = writer_column,
        .feeling_low = low,
        .feeling_high = high,
        .facet_count = facet != NULL,
        .facet_names = {{facet, facet == NULL ? 0 : strlen(facet)}},
        .fingerprints = {"lexicon test 1\n", 15},
    };
    struct efti_tally *t;

    assert_int_equal(efti_tally_new(&efti_malloc, &settings, &t, NULL), EFT_OK);
    for (uint32_t i = 0; i < count; i++)
        assert_int_equal(corpus_add(t, &s[i], i, facet != NULL), EFT_OK);
    assert_int_equal(efti_tally_freeze(t, NULL), EFT_OK);
    return t;
}

static inline struct efti_tally *
corpus_tally_of(const struct said *s, uint32_t count, bool writer_column,
                const char *facet)
{
    return corpus_tally_on(s, count, writer_column, facet, 1, 5);
}

static inline struct efti_tally *
corpus_tally(const struct said *s, uint32_t count)
{
    return corpus_tally_of(s, count, true, NULL);
}

static inline struct efti_release_options
corpus_options(uint32_t k)
{
    struct efti_release_options o = {
        .gate = {.k = k, .one_percent = 50, .two_percent = 85}};

    return o;
}

static inline struct eft_results *
corpus_release(const struct efti_frozen *f, uint32_t k)
{
    struct efti_release_options o = corpus_options(k);
    struct eft_results *r;
    eft_error err;

    assert_int_equal(efti_release_tables(&efti_malloc, f, &o, NULL, &r, &err), EFT_OK);
    return r;
}

/* ------------------------------------------------------------------- reading */

static inline const eft_table *
find(const struct eft_results *r, const char *table)
{
    const eft_table *t = eft_results_find(r, table);

    assert_non_null(t);
    return t;
}

static inline bool
text_is(const eft_table *t, size_t row, const char *column, const char *value)
{
    eft_text text = eft_table_text(t, row, eft_table_column_find(t, column));

    return efti_equal(text.bytes, text.size, value, strlen(value));
}

/** The row with these keys; SIZE_MAX: none. `second` may be NULL. */
static inline size_t
row_of(const eft_table *t, const char *column, const char *value, const char *second,
       const char *second_value)
{
    for (size_t r = 0; r < eft_table_rows(t); r++) {
        if (text_is(t, r, column, value) &&
            (second == NULL || text_is(t, r, second, second_value)))
            return r;
    }
    return SIZE_MAX;
}

/** An integer; -1: missing. */
static inline int64_t
number_at(const eft_table *t, size_t row, const char *column)
{
    size_t c = eft_table_column_find(t, column);

    assert_true(row != SIZE_MAX && c != SIZE_MAX);
    return eft_table_missing(t, row, c) ? -1 : eft_table_integer(t, row, c);
}

static inline double
real_at(const eft_table *t, size_t row, const char *column)
{
    size_t c = eft_table_column_find(t, column);

    assert_true(row != SIZE_MAX && c != SIZE_MAX);
    return eft_table_missing(t, row, c) ? -1 : eft_table_real(t, row, c);
}

#endif
