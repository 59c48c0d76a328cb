/*
 * test_stemmer.c - Snowball Swedish behind our interface
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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
        cmocka_unit_test(the_fingerprint_is_stable_within_a_run),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
