/*
 * test_closed.c - which forms may be shown as terms (rule 8.4), and the lexicon check
 *
 * The analyser of closed forms is asked about records made by hand: what the dictionary
 * and the name lists say is then the test's own, not that of a list which may grow.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fixture.h"
#include "match/compiled.h"
#include "support/failing.h"

static struct fixture fixture;

static int
open_fixture(void **state)
{
    static const char *const specs[] = {
        "t: sipmöte; =apt; nätverks*; *kartan; hinner =inte =medis", NULL};
    static const eft_text allow[] = {{"bestick", 7}};

    (void)state;
    fixture_open(&fixture, specs, NULL, allow, 1);
    return 0;
}

static int
close_fixture(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static bool
is_closed(const char *word, enum efti_kind kind, uint32_t dict, uint32_t lists,
          enum efti_shape shape)
{
    struct efti_form form = {
        .raw = word,
        .folded = word,
        .folded_size = (uint32_t)strlen(word),
        .kind = (uint8_t)kind,
        .dict = (uint16_t)dict,
        .lists = lists,
        .shape = (uint8_t)shape,
    };

    assert_int_equal(efti_closed_analyse(fixture.worker, 0, &form, NULL, NULL), EFT_OK);
    return form.closed != 0;
}

static bool
word_closed(const char *word, uint32_t dict, uint32_t lists)
{
    return is_closed(word, EFTI_WORD, dict, lists, EFTI_SHAPE_NONE);
}

static void
dictionary_words_are_closed(void **state)
{
    (void)state;
    assert_true(word_closed("stol", EFTI_DICT_LOWER, 0));
    assert_false(word_closed("zorblax", 0, 0));
    assert_false(word_closed("sverige", EFTI_DICT_CAPITAL, 0));
    assert_false(word_closed("lss", EFTI_DICT_ACRONYM, 0));
}

static void
compounds_are_closed_unless_shaped_like_a_name(void **state)
{
    (void)state;
    assert_true(is_closed("stolben", EFTI_WORD, EFTI_DICT_COMPOUND, 0, EFTI_SHAPE_NONE));
    assert_false(
        is_closed("eklund", EFTI_WORD, EFTI_DICT_COMPOUND, 0, EFTI_SHAPE_SURNAME));
    assert_false(
        is_closed("ängsskolan", EFTI_WORD, EFTI_DICT_COMPOUND, 0, EFTI_SHAPE_SCHOOL));
}

static void
literal_entries_close_their_own_word_alone(void **state)
{
    (void)state;
    assert_true(word_closed("sipmöte", 0, 0));
    assert_false(word_closed("sipmötena", 0, 0)); /* same stem, no dictionary word */
    assert_true(word_closed("apt", 0, 0));
    assert_true(word_closed("medis", 0, 0)); /* a word of a phrase */
}

static void
wildcards_close_nothing(void **state)
{
    (void)state;
    assert_false(word_closed("nätverksandersson", 0, 0));
    assert_false(word_closed("nätverks", 0, 0));
    assert_false(word_closed("annakartan", 0, 0));
}

static void
allowed_words_are_closed(void **state)
{
    (void)state;
    assert_true(word_closed("bestick", 0, 0));
}

static void
names_are_never_closed(void **state)
{
    static const uint32_t names[] = {EFTI_LIST_GIVEN_1,   EFTI_LIST_GIVEN_2,
                                     EFTI_LIST_SURNAME_1, EFTI_LIST_SURNAME_2,
                                     EFTI_LIST_PLACE,     EFTI_LIST_ALSO_MID};

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(names); i++) {
        assert_false(word_closed("zorblax", 0, names[i]));
        assert_false(word_closed("sipmöte", 0, names[i])); /* also in the lexicon */
        assert_false(word_closed("bestick", 0, names[i])); /* also when allowed */
        assert_false(is_closed("stolben", EFTI_WORD, EFTI_DICT_COMPOUND, names[i],
                               EFTI_SHAPE_NONE));
    }
    assert_false(word_closed("sten", EFTI_DICT_LOWER, EFTI_LIST_GIVEN_1));
    assert_false(word_closed("lund", EFTI_DICT_LOWER, EFTI_LIST_PLACE));
}

static void
reviewed_names_that_are_words_stay_closed(void **state)
{
    (void)state;
    assert_true(word_closed("hopp", EFTI_DICT_LOWER, EFTI_LIST_ALSO_MID));
    assert_true(word_closed("björn", EFTI_DICT_LOWER, EFTI_LIST_ALSO_FRAME));
    assert_true(
        word_closed("alla", EFTI_DICT_LOWER, EFTI_LIST_ALSO_NEVER | EFTI_LIST_GIVEN_2));
    assert_true(
        word_closed("mora", EFTI_DICT_LOWER, EFTI_LIST_PLACE | EFTI_LIST_PLACE_WORD));
    assert_false(word_closed("lund", EFTI_DICT_LOWER,
                             EFTI_LIST_PLACE | EFTI_LIST_ALSO_MID)); /* still a place */
}

static void
only_words_and_abbreviations_are_closed(void **state)
{
    (void)state;
    for (int kind = EFTI_WORD; kind <= EFTI_VEIL; kind++)
        assert_int_equal(
            is_closed("stol", (enum efti_kind)kind, EFTI_DICT_LOWER, 0, EFTI_SHAPE_NONE),
            kind == EFTI_WORD || kind == EFTI_ABBREVIATION);
}

/* ------------------------------------------------------------------ lexicon check */

struct notes {
    uint32_t count[EFTI_CHECK_COUNT];
    struct efti_check_note last;
    uint32_t stop_after;
    uint32_t total;
};

static eft_status
take_note(void *user, const struct efti_check_note *note)
{
    struct notes *n = user;

    assert_true(note->line > 0);
    assert_non_null(note->hint);
    n->count[note->kind]++;
    n->last = *note;
    return ++n->total == n->stop_after ? EFT_STOP : EFT_OK;
}

static void
check_lexicon(const char *const *specs, struct notes *n)
{
    eft_lexicon *lexicon = lexicon_of(specs);

    assert_int_equal(efti_matcher_check(&efti_malloc, lexicon, fixture.lists, NULL,
                                        take_note, n, NULL),
                     EFT_OK);
    eft_lexicon_unref(lexicon);
}

static void
the_check_finds_repeated_and_shared_entries(void **state)
{
    static const char *const specs[] = {"a: stress; handledning; stressen | =lugn",
                                        "b: handledning | handledningen", NULL};
    struct notes n = {0};

    (void)state;
    check_lexicon(specs, &n);
    assert_int_equal(n.count[EFTI_CHECK_REPEATED],
                     1);                             /* stressen has the stem of stress */
    assert_int_equal(n.count[EFTI_CHECK_SHARED], 2); /* both alternatives of b */
    assert_int_equal(n.total, 3);
    assert_int_equal(n.last.kind, EFTI_CHECK_SHARED);
    assert_int_not_equal(n.last.other_line, n.last.line);
}

static void
the_check_sees_an_exact_word_taken_by_an_earlier_entry(void **state)
{
    static const char *const taken[] = {"a: stress*; =stressad", NULL};
    static const char *const free[] = {"a: =stressad; stress*", "b: stressa*", NULL};
    struct notes n = {0};

    (void)state;
    check_lexicon(taken, &n);
    assert_int_equal(n.count[EFTI_CHECK_REPEATED], 1);
    n = (struct notes){0};
    check_lexicon(free, &n);
    assert_int_equal(n.total, 0);
}

static void
the_check_sees_entries_of_one_function_word(void **state)
{
    /* a phrase of such words can say much, and so can one of them in company */
    static const char *const specs[] = {
        "a: =att; =i stress; [near='stress'] =och; =att =i", NULL};
    struct notes n = {0};

    (void)state;
    check_lexicon(specs, &n);
    assert_int_equal(n.count[EFTI_CHECK_FUNCTION], 1);
    assert_int_equal(n.total, 1);
}

static void
the_check_tries_the_examples(void **state)
{
    static const char xml[] =
        "<lexicon xmlns=\"urn:eftertanke:lexicon:1\" id=\"x\" version=\"1.0.0\" "
        "lang=\"sv\" "
        "licence=\"CC0-1.0\"><title xml:lang=\"sv\">a</title>"
        "<title xml:lang=\"en\">a</title><source>a</source>"
        "<theme id=\"t\"><label xml:lang=\"sv\">a</label><label xml:lang=\"en\">a</label>"
        "<definition xml:lang=\"sv\">a</definition>"
        "<definition xml:lang=\"en\">a</definition><source>a</source>\n"
        "<example counts=\"yes\">Mycket stress i dag.</example>\n"
        "<example counts=\"yes\">Vi hinner inte.</example>\n"
        "<example counts=\"no\">En lugn dag.</example>\n"
        "<example counts=\"no\">Stress igen.</example>\n"
        "<entry>stress</entry></theme></lexicon>";
    struct notes n = {0};
    eft_lexicon *lexicon;

    (void)state;
    assert_int_equal(
        efti_lexicon_parse(&efti_malloc, xml, sizeof(xml) - 1, &lexicon, NULL), EFT_OK);
    assert_int_equal(efti_matcher_check(&efti_malloc, lexicon, fixture.lists, NULL,
                                        take_note, &n, NULL),
                     EFT_OK);
    assert_int_equal(n.count[EFTI_CHECK_MISSED], 1);
    assert_int_equal(n.count[EFTI_CHECK_TAKEN], 1);
    assert_int_equal(n.total, 2);
    assert_int_equal(n.last.line, 5);
    eft_lexicon_unref(lexicon);
}

static void
the_check_stops_when_told(void **state)
{
    static const char *const specs[] = {"a: lugn; stress; lugn; stress; lugn", NULL};
    struct notes n = {.stop_after = 2};

    (void)state;
    check_lexicon(specs, &n);
    assert_int_equal(n.total, 2);
}

static void
the_check_survives_refused_allocations(void **state)
{
    static const char *const specs[] = {"a: lugn; =lugn; 2: lugn =och lugn", "b: lugn",
                                        NULL};
    eft_lexicon *lexicon = lexicon_of(specs);

    (void)state;
    for (uint64_t n = 1;; n++) {
        struct failing failing;
        const eft_allocator mem = failing_at(&failing, n);
        struct notes notes = {0};
        eft_status st = efti_matcher_check(&mem, lexicon, fixture.lists, NULL, take_note,
                                           &notes, NULL);
        if (failing_got_through(&failing, st))
            break;
    }
    eft_lexicon_unref(lexicon);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dictionary_words_are_closed),
        cmocka_unit_test(compounds_are_closed_unless_shaped_like_a_name),
        cmocka_unit_test(literal_entries_close_their_own_word_alone),
        cmocka_unit_test(wildcards_close_nothing),
        cmocka_unit_test(allowed_words_are_closed),
        cmocka_unit_test(names_are_never_closed),
        cmocka_unit_test(reviewed_names_that_are_words_stay_closed),
        cmocka_unit_test(only_words_and_abbreviations_are_closed),
        cmocka_unit_test(the_check_finds_repeated_and_shared_entries),
        cmocka_unit_test(the_check_sees_an_exact_word_taken_by_an_earlier_entry),
        cmocka_unit_test(the_check_sees_entries_of_one_function_word),
        cmocka_unit_test(the_check_tries_the_examples),
        cmocka_unit_test(the_check_stops_when_told),
        cmocka_unit_test(the_check_survives_refused_allocations),
    };

    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
