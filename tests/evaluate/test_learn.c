/*
 * test_learn.c - learning one theme, and reading a model: verdicts, bad files, memory
 */
#include "evaluate/learn.h"
#include "pipeline/model.h"
#include "support/failing.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define ROWS 120
#define WRITERS 30
#define FOLDS 5

/* Feature 0 goes with the theme, 1 is the hit of a lexicon that finds half of it. */
struct made {
    size_t starts[ROWS + 1];
    uint32_t features[3 * ROWS], cluster[ROWS], fold[ROWS];
    uint8_t positive[ROWS], lexicon[ROWS];
    double scale[3], weights[4];
    struct efti_sample s;
};

static void
make(struct made *m, bool word_helps)
{
    size_t n = 0;

    *m = (struct made){.scale = {1, 5, 1}};
    for (size_t i = 0; i < ROWS; i++) {
        m->starts[i] = n;
        m->cluster[i] = (uint32_t)(i % WRITERS);
        m->fold[i] = m->cluster[i] % FOLDS;
        m->positive[i] = i * 7 % 10 < 4;
        m->lexicon[i] = m->positive[i] && (!word_helps || i % 2 == 0);
        if (word_helps ? m->positive[i] : i % 11 == 0)
            m->features[n++] = 0;
        if (m->lexicon[i])
            m->features[n++] = 1;
        if (i % 5 == 0)
            m->features[n++] = 2;
    }
    m->starts[ROWS] = n;
    m->s = (struct efti_sample){.mem = &efti_malloc,
                                .rows = ROWS,
                                .columns = 3,
                                .clusters = WRITERS,
                                .starts = m->starts,
                                .features = m->features,
                                .scale = m->scale,
                                .cluster = m->cluster,
                                .fold = m->fold,
                                .folds = FOLDS,
                                .positive = m->positive,
                                .lexicon = m->lexicon};
}

static void
a_word_that_goes_with_the_theme_helps(void **state)
{
    struct made m;
    struct efti_learnt l = {.weights = m.weights};

    (void)state;
    make(&m, true);
    assert_int_equal(efti_learn(&m.s, &l, NULL), EFT_OK);
    assert_true(l.used);
    assert_true(l.f1_model > 0.99 && l.f1_lexicon < 0.7);
    assert_true(l.low > 0 && l.low <= l.difference && l.difference <= l.high);
    assert_true(l.weights[0] > 0 && l.weights[1] > 0);
    assert_true(l.weights[3] < l.least && l.weights[3] + l.weights[0] >= l.least);
    assert_true(l.ab[0] > 0);
}

static void
a_lexicon_that_is_right_already_stands(void **state)
{
    struct made m;
    struct efti_learnt l = {.weights = m.weights};

    (void)state;
    make(&m, false);
    assert_int_equal(efti_learn(&m.s, &l, NULL), EFT_OK);
    assert_false(l.used);
    assert_true(l.f1_lexicon > 0.99);
}

static void
learning_gives_back_what_it_took(void **state)
{
    struct made m;

    (void)state;
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        struct efti_learnt l = {.weights = m.weights};
        make(&m, true);
        m.s.mem = &mem;
        eft_status st = efti_learn(&m.s, &l, NULL);
        if (failing_got_through(&f, st))
            break;
    }
}

static void
one_choice_serves_all_themes(void **state)
{
    double scores[2][EFTI_PENALTIES * ROWS];
    uint8_t positive[2][ROWS];
    struct efti_choice choice = {0};
    struct made m[2];

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        make(&m[i], i == 0);
        memcpy(positive[i], m[i].positive, ROWS);
        assert_int_equal(efti_learn_scores(&m[i].s, scores[i], m[i].weights, NULL),
                         EFT_OK);
    }
    assert_int_equal(
        efti_learn_choose(&efti_malloc, scores[0], positive[0], ROWS, 2, &choice, NULL),
        EFT_OK);
    for (size_t i = 0; i < 2; i++) {
        struct efti_learnt l = {.weights = m[i].weights};
        m[i].s.choice = &choice;
        m[i].s.scores = scores[i];
        assert_int_equal(efti_learn(&m[i].s, &l, NULL), EFT_OK);
        assert_true(l.used); /* also where the lexicon is right already */
        assert_true(l.f1_model > 0.99);
        assert_true(fabs(l.least - choice.least) < 1e-12);
    }
}

/* ---------------------------------------------------------------------- models */

#define HEAD                                                                             \
    "{\"format\":\"eftertanke-model\",\"version\":2,\"scale\":\"sqrt\","                 \
    "\"made_with\":[\"terms base\"],\"themes\":["
#define ORO                                                                              \
    "{\"id\":\"oro\",\"used\":true,\"bias\":-1.5,\"least\":0.5,\"calibration\":[1,0],"   \
    "\"hits\":[2,0.5,0.25]}"
#define WORDS "],\"words\":{\"term:ont\":[1.25],\"part:mage\":[-0.5]}}"
#define NEW                                                                              \
    "{\"format\":\"eftertanke-model\",\"version\":3,\"scale\":\"sqrt\","                 \
    "\"made_with\":[\"terms base\"],\"themes\":[" ORO "]"
#define DENIAL(themes, cues)                                                             \
    ",\"denial\":{\"bias\":-1,\"least\":0.5,\"negated\":[3,1,1],\"affirmed\":[-1,0,0],"  \
    "\"uncertain\":0.25,\"none\":-0.5,\"themes\":[" themes "],\"cues\":{" cues "}}"
#define DENYING ",\"words\":{\"term:ont\":[1.25,0.5],\"part:mage\":[-0.5,-1]}}"
#define TEXT(s) ((eft_text){s, sizeof(s) - 1})
#define BARE(s)                                                                          \
    {                                                                                    \
        s, sizeof(s) - 1                                                                 \
    }

static void
a_score_is_the_sum_of_what_is_there(void **state)
{
    eft_context *ctx;
    eft_model *m;
    int64_t score;
    uint8_t hits = 0;

    (void)state;
    assert_int_equal(eft_context_new(NULL, &ctx, NULL), EFT_OK);
    assert_int_equal(eft_model_read(ctx, TEXT(HEAD ORO WORDS), &m, NULL), EFT_OK);
    assert_int_equal(eft_model_theme_count(m), 1);
    assert_true(eft_model_theme_used(m, 0));
    const uint32_t both[] = {efti_strings_find(m->words, "term:ont", 8),
                             efti_strings_find(m->words, "part:mage", 9)};
    assert_int_equal(both[0], 1); /* by bytes */
    efti_model_scores(m, both, 0, NULL, &score);
    assert_int_equal(score, -15000);
    efti_model_scores(m, both, 1, NULL, &score); /* 1.25 / sqrt(2) */
    assert_int_equal(score, -15000 + 8838);
    efti_model_scores(m, both, 2, NULL, &score); /* 0.75 / sqrt(3) */
    assert_int_equal(score, -15000 + 4330);
    const int64_t with[] = {-15000, 5000, 10000, 12500, 12500};
    for (hits = 0; hits < 5; hits++) {
        efti_model_scores(m, both, 0, &hits, &score);
        assert_int_equal(score, with[hits]);
    }
    assert_true(fabs(efti_model_chance(m, 0, 0) - 0.5) < 1e-12);
    assert_false(eft_model_denies(m));
    assert_true(fabs(eft_model_word_denial(m, 0)) < 1e-12);
    assert_false(eft_model_word_is_cue(m, 0, NULL));
    eft_model_unref(m);
    eft_context_free(ctx);
}

static void
what_words_say_of_denial_stands_behind_the_themes(void **state)
{
    eft_context *ctx;
    eft_model *m;
    int64_t scores[2];

    (void)state;
    assert_int_equal(eft_context_new(NULL, &ctx, NULL), EFT_OK);
    assert_int_equal(
        eft_model_read(ctx, TEXT(NEW DENIAL("[1,-2]", "\"term:ont\":0.75") DENYING), &m,
                       NULL),
        EFT_OK);
    const uint32_t ont = efti_strings_find(m->words, "term:ont", 8);
    const uint32_t mage = efti_strings_find(m->words, "part:mage", 9);
    assert_true(m->denial.learnt);
    assert_int_equal(m->lanes, 2);
    assert_int_equal(m->themes.items[0].denied[0], 10000);
    assert_int_equal(m->themes.items[0].denied[1], -20000);
    assert_int_equal(m->denial.cue_of[ont], 0);
    assert_int_equal(m->denial.cue_of[mage], EFTI_NO_CUE);
    assert_int_equal(m->denial.cues[0], 7500);
    efti_model_scores(m, &ont, 1, NULL, scores); /* 1.25 and 0.5 / sqrt(2) */
    assert_int_equal(scores[0], -15000 + 8838);
    assert_int_equal(scores[1], 3535);
    assert_true(fabs(eft_model_word_weight(m, ont, 1)) < 1e-12); /* of no theme */
    double beside = 1;
    assert_true(eft_model_denies(m));
    assert_true(fabs(eft_model_word_denial(m, ont) - 0.5) < 1e-12);
    assert_true(fabs(eft_model_word_denial(m, mage) + 1) < 1e-12);
    assert_true(fabs(eft_model_word_denial(m, 2)) < 1e-12); /* there are two */
    assert_false(eft_model_word_is_cue(m, mage, &beside));
    assert_true(fabs(beside) < 1e-12);
    assert_true(eft_model_word_is_cue(m, ont, &beside));
    assert_true(fabs(beside - 0.75) < 1e-12);
    assert_true(eft_model_word_is_cue(m, ont, NULL));
    assert_false(eft_model_word_is_cue(m, 2, NULL));
    eft_model_unref(m);
    eft_context_free(ctx);
}

static void
a_root_is_rounded_down(void **state)
{
    (void)state;
    assert_int_equal(efti_model_root(0), 1 << 20);
    assert_int_equal(efti_model_root(3), 1 << 19);
    for (uint64_t n = 0; n < 5000; n++) {
        uint64_t square = ((uint64_t)1 << 40) / (n + 1),
                 root = (uint64_t)efti_model_root(n);
        assert_true(root * root <= square && (root + 1) * (root + 1) > square);
    }
    assert_int_equal(efti_model_root(UINT32_MAX), 16);
}

static void
bad_models_are_told_apart_from_good_ones(void **state)
{
    static const struct {
        eft_text bytes;
        eft_status status;
        const char *says;
    } cases[] = {
        {BARE(""), EFT_E_FORMAT, "empty"},
        {BARE("[]"), EFT_E_FORMAT, "right file"},
        {BARE("{\"format\":\"eftertanke-model\",\"version\":9}"), EFT_E_CONFLICT,
         "version"},
        {BARE("{\"format\":\"eftertanke-model\",\"version\":1,\"made_with\":[],"
              "\"themes\":[]}"),
         EFT_E_CONFLICT, "train it again"},
        {BARE("{\"format\":\"eftertanke-model\",\"version\":2,\"scale\":\"none\"}"),
         EFT_E_FORMAT, "scale"},
        {BARE(HEAD ORO "," ORO WORDS), EFT_E_FORMAT, "theme 2"},
        {BARE(HEAD "{\"id\":\"Anna Lind\"}]}"), EFT_E_FORMAT, "theme 1"},
        {BARE(HEAD "{\"id\":\"a\",\"used\":1}]}"), EFT_E_FORMAT, "used"},
        {BARE(HEAD "{\"id\":\"a\",\"used\":true,\"bias\":1e9,\"least\":0}]}"),
         EFT_E_FORMAT, "bias"},
        {BARE(HEAD "{\"id\":\"a\",\"used\":true,\"bias\":1,\"least\":0,"
                   "\"calibration\":[1,0],\"hits\":[1,2]}]}"),
         EFT_E_FORMAT, "hits"},
        {BARE(HEAD ORO "]}"), EFT_E_FORMAT, "words"},
        {BARE(HEAD ORO "],\"words\":{\"name:Anna\":[1]}}"), EFT_E_FORMAT, "weight"},
        {BARE(HEAD ORO "],\"words\":{\"term:\":[1]}}"), EFT_E_FORMAT, "weight"},
        {BARE(HEAD ORO "],\"words\":{\"term:ont\":[1,2]}}"), EFT_E_FORMAT, "each theme"},
        {BARE(HEAD ORO "],\"words\":{\"term:ont\":[\"Anna\"]}}"), EFT_E_FORMAT, "1000"},
        {BARE(HEAD ORO "],\"words\":{\"term:ont\":[-1001]}}"), EFT_E_FORMAT, "1000"},
        {BARE(NEW DENYING), EFT_E_FORMAT, "denial"},
        {BARE(NEW ",\"denial\":{\"bias\":1}" DENYING), EFT_E_FORMAT, "denial"},
        {BARE(NEW DENIAL("", "") DENYING), EFT_E_FORMAT, "a pair"},
        {BARE(NEW DENIAL("[1]", "") DENYING), EFT_E_FORMAT, "a pair"},
        {BARE(NEW DENIAL("[1,1e9]", "") DENYING), EFT_E_FORMAT, "1000"},
        {BARE(NEW DENIAL("[1,1]", "\"term:Anna\":1") DENYING), EFT_E_FORMAT, "cue"},
        {BARE(NEW DENIAL("[1,1]", "\"term:ont\":[]") DENYING), EFT_E_FORMAT, "cue"},
        {BARE(NEW DENIAL("[1,1]", "") ",\"words\":{\"term:ont\":[1]}}"), EFT_E_FORMAT,
         "for denial"},
        {BARE(HEAD "{\"id\":\"a\",\"used\":true,\"bias\":1,\"least\":0,\"hits\":[1,2,3],"
                   "\"calibration\":[1]}]}"),
         EFT_E_FORMAT, "calibration"},
        {BARE(HEAD "{\"id\":\"a\",\"used\":true,\"bias\":1,\"least\":0,\"hits\":[1,2,3],"
                   "\"calibration\":[1,\"0\"]}]}"),
         EFT_E_FORMAT, "calibration"},
    };
    eft_context *ctx;

    (void)state;
    assert_int_equal(eft_context_new(NULL, &ctx, NULL), EFT_OK);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        eft_model *m;
        eft_error err = {0};
        assert_int_equal(eft_model_read(ctx, cases[i].bytes, &m, &err), cases[i].status);
        assert_null(m);
        assert_non_null(strstr(err.message, cases[i].says));
        assert_null(strstr(err.message, "Anna"));
    }
    eft_context_free(ctx);
}

/* A file as a person may have changed it, its members on lines of their own; with one of
 * them written otherwise. */
static const char *const denial_lines[] = {
    "{\"format\": \"eftertanke-model\", \"version\": 3, \"scale\": \"sqrt\",",
    " \"made_with\": [\"denial {\\\"bias\\\": []}\"],",
    " \"themes\": [" ORO "],",
    " \"denial\": {\"bias\": -1,",
    "  \"least\": 0.5,",
    "  \"negated\": [3, 1, 1],",
    "  \"affirmed\": [-1, 0, 0],",
    "  \"uncertain\": 0.25,",
    "  \"none\": -0.5,",
    "  \"themes\": [[1, -2]],",
    "  \"cues\": {",
    "    \"term:ont\": 0.75}},",
    " \"words\": {\"part:mage\": [-0.5, -1],",
    "  \"term:ont\": [1.25, 0.5]}}",
};
#define LINES (sizeof(denial_lines) / sizeof(*denial_lines))

static void
what_is_wrong_with_denial_is_told_by_its_line(void **state)
{
    static const struct {
        size_t line; /* from 1 */
        const char *other, *says;
    } cases[] = {
        {4, " \"denial\": {\"bias\": \"-1\",",
         "\"bias\" is no number from -1000 to 1000"},
        {5, "  \"least\": null,", "\"least\" is no number"},
        {6, "  \"negated\": [3, 1],", "\"negated\" is no list of three numbers"},
        {6, "  \"negated\": {\"a\": 1},", "\"negated\" is no list of three numbers"},
        {7, "  \"affirmed\": [-1, 0, 1000.1],", "\"affirmed\" is no list of three"},
        {8, "  \"uncertain\": [0.25],", "\"uncertain\" is no number"},
        {9, "  \"none\": 1e300,", "\"none\" is no number"},
        {10, "  \"themes\": [[1, -2], [1, 2]],", "\"themes\" is no list with a pair"},
        {10, "  \"themes\": [[1, true]],", "\"themes\" is no list with a pair"},
        {11, "  \"cues\": [], \"x\": {", "\"cues\" is no object of 64 words"},
        {12, "    \"term:Anna\": 0.75}},", "a cue that is none of the \"words\""},
        {12, "    \"term:ont\": \"Anna\"}},", "a cue that is no number"},
        {13, " \"words\": {\"part:mage\": [-0.5],", "for each theme and for denial"},
        {14, "  \"term:ont\": [1.25, [0.5]]}}", "a weight that is no number"},
    };
    char file[2048], where[32];
    eft_context *ctx;

    (void)state;
    assert_int_equal(eft_context_new(NULL, &ctx, NULL), EFT_OK);
    for (size_t i = 0; i <= sizeof(cases) / sizeof(*cases); i++) {
        const bool good = i == sizeof(cases) / sizeof(*cases);
        size_t at = 0, begins = 0;
        eft_error err = {0};
        eft_model *m;
        for (size_t line = 1; line <= LINES; line++) {
            const bool here = !good && cases[i].line == line;
            begins = here ? at : begins;
            at += (size_t)snprintf(file + at, sizeof(file) - at, "%s\n",
                                   here ? cases[i].other : denial_lines[line - 1]);
        }
        assert_int_equal(eft_model_read(ctx, (eft_text){file, at}, &m, &err),
                         good ? EFT_OK : EFT_E_FORMAT);
        eft_model_unref(m);
        if (good)
            continue;
        (void)snprintf(where, sizeof(where), "the model, line %zu", cases[i].line);
        assert_ptr_equal(strstr(err.message, where), err.message);
        assert_non_null(strstr(err.message, cases[i].says));
        assert_non_null(strstr(err.message, "train it again"));
        assert_null(strstr(err.message, "Anna"));
        assert_in_range(err.offset, begins, begins + strlen(cases[i].other) - 1);
    }
    eft_context_free(ctx);
}

/* 215 words of the largest weight come to more than 32 bits hold. */
static void
sums_that_would_overflow_are_refused(void **state)
{
    eft_context *ctx;

    (void)state;
    assert_int_equal(eft_context_new(NULL, &ctx, NULL), EFT_OK);
    for (int words = 214; words <= 215; words++) {
        char file[8192];
        size_t at = (size_t)snprintf(file, sizeof(file), "%s", HEAD ORO "],\"words\":{");
        eft_model *m;
        eft_error err = {0};
        for (int i = 0; i < words; i++)
            at += (size_t)snprintf(file + at, sizeof(file) - at, "%s\"term:%d\":[%s1000]",
                                   i == 0 ? "" : ",", i, i % 2 == 0 ? "" : "-");
        at += (size_t)snprintf(file + at, sizeof(file) - at, "}}");
        assert_int_equal(eft_model_read(ctx, (eft_text){file, at}, &m, &err),
                         words == 214 ? EFT_OK : EFT_E_FORMAT);
        eft_model_unref(m);
    }
    eft_context_free(ctx);
}

static void
a_model_is_read_or_not(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        eft_context *ctx = NULL;
        eft_model *m = NULL;
        eft_status st = eft_context_new(&mem, &ctx, NULL);
        if (st == EFT_OK)
            st = eft_model_read(
                ctx, TEXT(NEW DENIAL("[1,-2]", "\"term:ont\":0.75") DENYING), &m, NULL);
        eft_model_unref(m);
        eft_context_free(ctx);
        if (failing_got_through(&f, st))
            break;
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_that_goes_with_the_theme_helps),
        cmocka_unit_test(a_lexicon_that_is_right_already_stands),
        cmocka_unit_test(learning_gives_back_what_it_took),
        cmocka_unit_test(one_choice_serves_all_themes),
        cmocka_unit_test(a_score_is_the_sum_of_what_is_there),
        cmocka_unit_test(what_words_say_of_denial_stands_behind_the_themes),
        cmocka_unit_test(bad_models_are_told_apart_from_good_ones),
        cmocka_unit_test(what_is_wrong_with_denial_is_told_by_its_line),
        cmocka_unit_test(a_root_is_rounded_down),
        cmocka_unit_test(sums_that_would_overflow_are_refused),
        cmocka_unit_test(a_model_is_read_or_not),
    };
    return cmocka_run_group_tests_name("learn", tests, NULL, NULL);
}
