/*
 * test_terms.c - terms: a made-up dictionary, none, and the real one if it was built
 */
#include "tokenizers/terms.h"

#include "lexicons/tiny.h"
#include "support/failing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *dictionary_path;

struct terms {
    struct efti_bytes bytes, out;
    struct efti_dictionary *d;
    struct efti_stemmer *s;
};

static const char aff[] =
    "SET UTF-8\nCOMPOUNDBEGIN X\nCOMPOUNDEND Y\nSFX A Y 2\nSFX A 0 en .\nSFX A 0 ens .\n"
    "SFX B Y 2\nSFX B 0 et .\nSFX B 0 en .\nSFX K Y 2\nSFX K a er a\nSFX K a te a\n";
static const char dic[] = "1\nskog/X\nbarn/BY\ntåg/BY\nnatt/X\nbil/AY\nringlek/\n"
                          "bar\nbära/K\nblask\ndelaktig\nkrig\n";

static void
open_terms(struct terms *t, bool with_dictionary)
{
    *t = (struct terms){0};
    efti_bytes_init(&t->out, &efti_malloc);
    assert_int_equal(efti_stemmer_new(&efti_malloc, &t->s, NULL), EFT_OK);
    assert_true(tiny_expand_with(aff, dic, "bar\tbära\tword\n", "", "", &t->bytes));
    if (with_dictionary)
        assert_int_equal(
            efti_dictionary_over(&efti_malloc, t->bytes.data, t->bytes.size, &t->d, NULL),
            EFT_OK);
}

static void
close_terms(struct terms *t)
{
    efti_dictionary_free(t->d);
    efti_stemmer_free(t->s);
    efti_bytes_free(&t->bytes);
    efti_bytes_free(&t->out);
}

static void
assert_term(struct terms *t, const char *form, const char *term,
            enum efti_term_source source)
{
    enum efti_term_source how = efti_term(t->d, t->s, form, strlen(form), &t->out);

    if (how != source || !efti_equal(t->out.data, t->out.size, term, strlen(term)))
        fail_msg("%s: %.*s (%d), not %s (%d)", form, (int)t->out.size, t->out.data, how,
                 term, source);
}

static void
listed_words_give_their_base(void **state)
{
    struct terms t;

    (void)state;
    open_terms(&t, true);
    assert_term(&t, "barnet", "barn", EFTI_TERM_BASE);
    assert_term(&t, "barn-", "barn", EFTI_TERM_BASE);
    assert_term(&t, "bar", "bära", EFTI_TERM_BASE);
    close_terms(&t);
}

static void
compounds_keep_their_beginning(void **state)
{
    struct terms t;

    (void)state;
    open_terms(&t, true);
    assert_term(&t, "skogbarnen", "skogbarn", EFTI_TERM_COMPOUND);
    assert_term(&t, "nattåget", "nattåg", EFTI_TERM_COMPOUND);
    assert_term(&t, "xyz-skogbarnet", "xyz-skogbarn", EFTI_TERM_COMPOUND);
    assert_term(&t,
                "xyz\xE2\x80\x91"
                "barnet",
                "xyz\xE2\x80\x91"
                "barn",
                EFTI_TERM_COMPOUND);
    close_terms(&t);
}

static void
endings_go_only_behind_base_forms(void **state)
{
    struct terms t;

    (void)state;
    open_terms(&t, true);
    assert_term(&t, "ringleken", "ringlek", EFTI_TERM_ENDING);
    assert_term(&t, "ringlekarnas", "ringlek", EFTI_TERM_ENDING);
    assert_term(&t, "barnens", "barn", EFTI_TERM_ENDING);
    assert_term(&t, "xyz:s", "xyz", EFTI_TERM_ENDING);
    assert_term(&t, "barna", "barna", EFTI_TERM_STEM); /* not bar + na */
    close_terms(&t);
}

static void
degrees_go_behind_suffixes_of_adjectives(void **state)
{
    struct terms t;

    (void)state;
    open_terms(&t, true);
    assert_term(&t, "delaktigare", "delaktig", EFTI_TERM_ENDING);
    assert_term(&t, "delaktigaste", "delaktig", EFTI_TERM_ENDING);
    assert_term(&t, "blaskare", "blaskare", EFTI_TERM_SUFFIX); /* no adjective */
    close_terms(&t);
}

static void
suffixes_and_tails_of_unknown_words_tell(void **state)
{
    struct terms t;

    (void)state;
    open_terms(&t, true);
    assert_term(&t, "flummighetens", "flummighet", EFTI_TERM_SUFFIX);
    assert_term(&t, "flummighet", "flummighet", EFTI_TERM_SUFFIX);
    assert_term(&t, "kvartningarna", "kvartning", EFTI_TERM_SUFFIX);
    assert_term(&t, "moshavbarnen", "moshavbarn", EFTI_TERM_TAIL);
    close_terms(&t);
}

static void
a_stem_never_is_another_word(void **state)
{
    struct terms t;

    (void)state;
    open_terms(&t, true);
    assert_term(&t, "moshaverna", "moshav", EFTI_TERM_STEM);
    assert_term(&t, "blaskad", "blaskad", EFTI_TERM_STEM);
    close_terms(&t);
}

static void
without_a_dictionary_terms_are_stems(void **state)
{
    struct terms t;

    (void)state;
    open_terms(&t, false);
    assert_term(&t, "skolorna", "skol", EFTI_TERM_STEM);
    assert_term(&t, "barn-", "barn", EFTI_TERM_STEM);
    assert_term(&t, "-", "-", EFTI_TERM_STEM);
    close_terms(&t);
}

static void
long_and_odd_words_have_terms(void **state)
{
    static const size_t sizes[] = {1, 2, 63, 64, 65, 255, 256, 4000};
    char word[4000];
    struct terms t;

    (void)state;
    open_terms(&t, true);
    for (size_t i = 0; i < EFTI_COUNT(sizes); i++) {
        for (size_t k = 0; k < sizes[i]; k++)
            word[k] = "barn"[k % 4];
        assert_int_not_equal(efti_term(t.d, t.s, word, sizes[i], &t.out), EFTI_TERM_NONE);
        assert_true(t.out.size > 0);
        memset(word, '-', sizes[i]);
        assert_int_not_equal(efti_term(t.d, t.s, word, sizes[i], &t.out), EFTI_TERM_NONE);
        assert_true(t.out.size > 0);
    }
    close_terms(&t);
}

static void
every_refused_allocation_is_told(void **state)
{
    static const char *const forms[] = {"barnet",        "skogbarnen", "ringlekarnas",
                                        "flummighetens", "moshaverna", "moshavbarnen"};
    struct terms t;

    (void)state;
    open_terms(&t, true);
    for (size_t i = 0; i < EFTI_COUNT(forms); i++) {
        for (uint64_t n = 1;; n++) {
            struct failing f;
            const eft_allocator mem = failing_at(&f, n);
            struct efti_bytes out;
            efti_bytes_init(&out, &mem);
            enum efti_term_source how =
                efti_term(t.d, t.s, forms[i], strlen(forms[i]), &out);
            assert_int_equal(how == EFTI_TERM_NONE, f.failed);
            efti_bytes_free(&out);
            assert_int_equal(f.held, 0);
            if (!f.failed)
                break;
        }
    }
    close_terms(&t);
}

static void
the_real_dictionary_unites_what_belongs_together(void **state)
{
    static const char *const words[][2] = {
        {"skolorna", "skola"},
        {"arbetsmötena", "arbetsmöte"},
        {"handledarna", "handledare"},
        {"brukarnas", "brukare"},
        {"samverkansmötet", "samverkansmöte"},
        {"it-stödet", "it-stöd"},
        {"familjehemsföräldrarna", "familjehemsförälder"},
        {"förstod", "förstå"},
        {"1990-talet", "1990-tal"},
        {"samverkan", "samverkan"},
        {"flummighetens", "flummighet"},
    };
    struct terms t;

    (void)state;
    open_terms(&t, false);
    assert_int_equal(efti_dictionary_open(&efti_malloc, dictionary_path, &t.d, NULL),
                     EFT_OK);
    for (size_t i = 0; i < EFTI_COUNT(words); i++) {
        (void)efti_term(t.d, t.s, words[i][0], strlen(words[i][0]), &t.out);
        if (!efti_equal(t.out.data, t.out.size, words[i][1], strlen(words[i][1])))
            fail_msg("%s: %.*s", words[i][0], (int)t.out.size, t.out.data);
    }
    close_terms(&t);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest all[] = {
        cmocka_unit_test(listed_words_give_their_base),
        cmocka_unit_test(compounds_keep_their_beginning),
        cmocka_unit_test(endings_go_only_behind_base_forms),
        cmocka_unit_test(degrees_go_behind_suffixes_of_adjectives),
        cmocka_unit_test(suffixes_and_tails_of_unknown_words_tell),
        cmocka_unit_test(a_stem_never_is_another_word),
        cmocka_unit_test(without_a_dictionary_terms_are_stems),
        cmocka_unit_test(long_and_odd_words_have_terms),
        cmocka_unit_test(every_refused_allocation_is_told),
        cmocka_unit_test(the_real_dictionary_unites_what_belongs_together),
    };

    dictionary_path = argc > 1 ? argv[1] : "";
    if (dictionary_path[0] == '\0') /* the last one needs ordbok.efd */
        return _cmocka_run_group_tests("terms", all, EFTI_COUNT(all) - 1, NULL, NULL);
    return cmocka_run_group_tests(all, NULL, NULL);
}
