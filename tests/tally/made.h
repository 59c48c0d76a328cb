/*
 * made.h - reflections made up from a number, to fill tallies with
 *
 * made_from(i) is the same on every call; few enough values that writers, labels and even
 * whole reflections coincide now and then. made_add() names everything in the tally's
 * dictionaries as it goes, so ids depend on the order of adding and only content is left.
 */
#ifndef EFTI_TESTS_TALLY_MADE_H
#define EFTI_TESTS_TALLY_MADE_H

#include <stdio.h>

#include "tally/tally.h"

#define MADE_MAX 12

struct made_options {
    bool writer_column, keys;
    uint32_t writers, terms, themes; /* how many there are */
    uint32_t salt;                   /* of the hashes of writers */
};
struct made {
    bool has_writer, has_unit, has_assignment, has_feeling;
    uint32_t number, writer, unit, assignment, facet, tags[3], tag_count;
    int32_t day;
    double feeling;
    uint32_t terms[MADE_MAX], tokens[MADE_MAX], term_count;
    uint32_t themes[MADE_MAX], polarity[MADE_MAX], theme_count;
    uint32_t pair[4], pair_count; /* two themes each */
};

static inline uint32_t
lcg(uint64_t *state) /* Knuth's MMIX constants; the upper half is random enough here */
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

static inline struct made
made_from(uint32_t number, const struct made_options *m)
{
    uint64_t s = number * 2654435761u + 17;
    struct made r = {.number = number};

    for (int i = 0; i < 4; i++)
        (void)lcg(&s);
    r.has_writer = lcg(&s) % 8 != 0;
    r.writer = lcg(&s) % m->writers;
    r.has_unit = lcg(&s) % 5 != 0;
    r.unit = lcg(&s) % 3;
    r.has_assignment = lcg(&s) % 4 != 0;
    r.assignment = lcg(&s) % 2;
    r.facet = lcg(&s) % 2;
    r.tag_count = lcg(&s) % 4;
    for (uint32_t i = 0; i < r.tag_count; i++)
        r.tags[i] = lcg(&s) % 3; /* may repeat */
    r.has_feeling = lcg(&s) % 2 != 0;
    r.feeling = (double)(lcg(&s) % 9) / 2.0;
    r.day = lcg(&s) % 3 == 0 ? EFTI_NO_DAY_VALUE : (int32_t)(lcg(&s) % 5) - 2;
    r.term_count = lcg(&s) % (MADE_MAX + 1);
    for (uint32_t i = 0; i < r.term_count; i++) {
        r.terms[i] = lcg(&s) % m->terms;
        r.tokens[i] = lcg(&s) % 50 == 0 ? 200000 : 1 + lcg(&s) % 3;
    }
    r.theme_count = lcg(&s) % 4;
    for (uint32_t i = 0; i < r.theme_count; i++) {
        r.themes[i] = lcg(&s) % m->themes;
        r.polarity[i] = lcg(&s) % 3;
    }
    if (m->themes > 2 && lcg(&s) % 2 == 0) {
        r.pair_count = 1;
        r.pair[0] = lcg(&s) % m->themes;
        r.pair[1] = (r.pair[0] + 1) % m->themes;
    }
    return r;
}

static inline struct efti_tally_settings
made_settings(const struct made_options *m)
{
    struct efti_tally_settings s = {
        .version = EFTI_STATE_VERSION,
        .writer_column = m->writer_column,
        .feeling_low = 1.0,
        .feeling_high = 5.0,
        .facet_count = 1,
        .fingerprints = {"lexicon-karna 12ab\nstemmer 99\n", 30},
    };
    s.facet_names[0] = (eft_text){"alder", 5};
    return s;
}

static inline struct efti_id
made_id(const char *domain, uint32_t number, uint32_t salt)
{
    uint32_t both[2] = {number, salt};

    return efti_identity(NULL, domain, both, sizeof(both));
}

static inline uint32_t
made_theme(struct efti_tally *t, uint32_t number)
{
    char id[16];
    int n = snprintf(id, sizeof(id), "tema-%u", (unsigned)(number * 7 % 11));

    return efti_tally_theme(t, id, (size_t)n);
}

static inline uint32_t
made_term(struct efti_tally *t, uint32_t number)
{
    char term[24];
    int n =
        snprintf(term, sizeof(term), "\xC3\xA5rstid%u", (unsigned)(number * 37 % 1009));

    return number == 0 ? EFTI_TERM_OPEN : efti_tally_term(t, term, (size_t)n);
}

static inline uint32_t
made_label(struct efti_tally *t, uint32_t role, uint32_t number)
{
    char printable[16];
    int n = snprintf(printable, sizeof(printable), "Enhet %u", (unsigned)number);

    return efti_tally_label(t, role, made_id("label", number, role),
                            (eft_text){printable, number == 2 ? 0 : (size_t)n});
}

/* EFT_E_NOMEM also when a dictionary ran out of memory. */
static inline eft_status
made_add(struct efti_tally *t, uint32_t number, const struct made_options *m)
{
    struct made r = made_from(number, m);
    struct efti_theme_count themes[MADE_MAX] = {0};
    struct efti_term_count terms[MADE_MAX];
    struct efti_theme_pair pair = {0}, windows[3];
    uint32_t tags[3], sentences[MADE_MAX];
    bool good = true;
    struct efti_observation o = {
        .has_key = m->keys,
        .key = made_id("record", number, 0),
        .has_writer = r.has_writer,
        .writer = made_id("writer", r.writer, m->salt),
        .unit = EFTI_NO_ID,
        .assignment = EFTI_NO_ID,
        .tags = tags,
        .tag_count = r.tag_count,
        .day = r.day,
        .has_feeling = r.has_feeling,
        .feeling = r.feeling,
        .votes = r.day == 1 ? 12345678901 : -1,
        .flags = r.term_count == 0 ? EFTI_RECORD_EMPTY : 0,
        .categories = r.unit,
        .tokens = r.term_count * 2,
        .words = r.term_count,
        .sentences = r.theme_count + 1,
        .long_words = r.term_count / 2,
        .forms = r.term_count,
        .themes = themes,
        .theme_count = r.theme_count,
        .terms = terms,
        .term_count = r.term_count,
        .pairs = &pair,
        .pair_count = r.pair_count,
        .sentence_themes = sentences,
        .sentence_theme_count = r.theme_count,
        .windows = windows,
    };

    if (r.has_unit)
        good = (o.unit = made_label(t, EFTI_LABEL_UNIT, r.unit)) != EFTI_NO_ID;
    if (r.has_assignment)
        good = good && (o.assignment = made_label(t, EFTI_LABEL_ASSIGNMENT,
                                                  r.assignment)) != EFTI_NO_ID;
    good =
        good && (o.facets[0] = made_label(t, EFTI_LABEL_FACET0, r.facet)) != EFTI_NO_ID;
    for (uint32_t i = 0; i < r.tag_count; i++)
        good = good && (tags[i] = made_label(t, EFTI_LABEL_TAG, r.tags[i])) != EFTI_NO_ID;
    for (uint32_t i = 0; i < r.theme_count; i++) {
        themes[i].theme = sentences[i] = made_theme(t, r.themes[i]);
        themes[i].polarity = (uint8_t)r.polarity[i];
        themes[i].hits = 1 + i;
        good = good && themes[i].theme != EFTI_NO_ID;
    }
    for (uint32_t i = 0; i < r.term_count; i++) {
        terms[i] = (struct efti_term_count){made_term(t, r.terms[i]), r.tokens[i]};
        good = good && terms[i].term != EFTI_NO_ID;
    }
    if (r.pair_count > 0) {
        pair = (struct efti_theme_pair){made_theme(t, r.pair[0]),
                                        made_theme(t, r.pair[1]), 2};
        good = good && pair.a != EFTI_NO_ID && pair.b != EFTI_NO_ID;
        windows[o.window_count++] = (struct efti_theme_pair){pair.b, pair.a, 3};
        windows[o.window_count++] = (struct efti_theme_pair){pair.a, pair.a, 4};
        windows[o.window_count++] =
            (struct efti_theme_pair){pair.b, pair.b, 3 + number % 5};
    }
    efti_tally_count(t, EFTI_COUNT_READ, good ? 1 : 0);
    return good ? efti_tally_add(t, &o, NULL) : EFT_E_NOMEM;
}

#endif
