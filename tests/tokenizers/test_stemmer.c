/*
 * test_stemmer.c - Snowball Swedish behind our interface
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <libstemmer.h>

#include "tokenizers/tokenizer.h"

static void
stems_of(struct efti_stemmer *s, const char *word, const char *want)
{
    eft_text got = efti_stem(s, word, strlen(word));

    assert_int_equal(got.size, strlen(want));
    assert_memory_equal(got.bytes, want, got.size);
}

/* facts/swedish.md, section 2: the same in Snowball 2.2 and 3.1 */
static void
known_words_have_known_stems(void **state)
{
    struct efti_stemmer *s;

    (void)state;
    assert_int_equal(efti_stemmer_new(&efti_malloc, &s, NULL), EFT_OK);
    stems_of(s, "skola", "skol");
    stems_of(s, "skolan", "skolan");
    stems_of(s, "barn", "barn");
    stems_of(s, "barnet", "barnet");
    stems_of(s, "lärare", "lär");
    stems_of(s, "förälder", "föräld");
    efti_stemmer_free(s);
}

static void
a_stem_is_never_empty(void **state)
{
    static const char *const words[] = {"a",       "s",     "en", "ar", "å",
                                        "heterna", "ornas", "7",  "-"};
    struct efti_stemmer *s;

    (void)state;
    assert_int_equal(efti_stemmer_new(&efti_malloc, &s, NULL), EFT_OK);
    for (size_t i = 0; i < EFTI_COUNT(words); i++)
        assert_true(efti_stem(s, words[i], strlen(words[i])).size > 0);
    assert_int_equal(efti_stem(s, "", 0).size, 0);
    efti_stemmer_free(s);
}

/* Endings of the rules, of versions to come, letters that begin or end R1, and others. */
static const char *const pieces[] = {"a",
                                     "arna",
                                     "erna",
                                     "heterna",
                                     "orna",
                                     "ad",
                                     "e",
                                     "ade",
                                     "ande",
                                     "arne",
                                     "are",
                                     "aste",
                                     "en",
                                     "anden",
                                     "aren",
                                     "heten",
                                     "ern",
                                     "ar",
                                     "er",
                                     "heter",
                                     "or",
                                     "as",
                                     "arnas",
                                     "ernas",
                                     "ornas",
                                     "es",
                                     "ades",
                                     "andes",
                                     "ens",
                                     "arens",
                                     "hetens",
                                     "erns",
                                     "at",
                                     "andet",
                                     "het",
                                     "ast",
                                     "s",
                                     "dd",
                                     "gd",
                                     "nn",
                                     "dt",
                                     "gt",
                                     "kt",
                                     "tt",
                                     "lig",
                                     "ig",
                                     "els",
                                     "l\xC3\xB6st",
                                     "full",
                                     "fullt",
                                     "\xC3\xB6st",
                                     "et",
                                     "\xC3\xB6",
                                     "\xC3\xA5",
                                     "\xC3\xA4",
                                     "\xC3\xA9",
                                     "b",
                                     "x",
                                     "y",
                                     "7",
                                     "-",
                                     "\xC3\x9F",
                                     "\xE2\x82\xAC",
                                     "stat",
                                     "r",
                                     "t",
                                     "l",
                                     "o",
                                     "kommun",
                                     "\xF0\x9F\x98\x80"};

/* Whichever version of the rules is used (stemmer.c), libstemmer's answers are given. */
static void
every_stem_is_that_of_libstemmer(void **state)
{
    struct sb_stemmer *theirs = sb_stemmer_new("swedish", "UTF_8");
    struct efti_stemmer *ours;
    uint32_t random = 20261123;
    char word[64];

    (void)state;
    assert_non_null(theirs);
    assert_int_equal(efti_stemmer_new(&efti_malloc, &ours, NULL), EFT_OK);
    for (int i = 0; i < 300000; i++) {
        size_t size = 0;
        random = random * 1664525 + 1013904223;
        uint32_t choice = random >> 8, count = 1 + (random >> 4) % 4;
        for (uint32_t k = 0; k < count; k++, choice = choice * 40503 + 7) {
            const char *piece = pieces[(choice >> 4) % EFTI_COUNT(pieces)];
            memcpy(word + size, piece, strlen(piece));
            size += strlen(piece);
        }
        const sb_symbol *want =
            sb_stemmer_stem(theirs, (const sb_symbol *)word, (int)size);
        size_t want_size = (size_t)sb_stemmer_length(theirs);
        eft_text got = efti_stem(ours, word, size);
        assert_int_equal(got.size, want_size == 0 ? size : want_size);
        assert_memory_equal(got.bytes, want_size == 0 ? word : (const char *)want,
                            got.size);
    }
    efti_stemmer_free(ours);
    sb_stemmer_delete(theirs);
}

static void
the_fingerprint_is_stable_within_a_run(void **state)
{
    struct efti_stemmer *a, *b;

    (void)state;
    assert_int_equal(efti_stemmer_new(&efti_malloc, &a, NULL), EFT_OK);
    assert_int_equal(efti_stemmer_new(&efti_malloc, &b, NULL), EFT_OK);
    assert_string_equal(efti_stemmer_fingerprint(a), efti_stemmer_fingerprint(b));
    assert_int_equal(strlen(efti_stemmer_fingerprint(a)), 64);
    efti_stemmer_free(a);
    efti_stemmer_free(b);
    efti_stemmer_free(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_words_have_known_stems),
        cmocka_unit_test(a_stem_is_never_empty),
        cmocka_unit_test(every_stem_is_that_of_libstemmer),
        cmocka_unit_test(the_fingerprint_is_stable_within_a_run),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
