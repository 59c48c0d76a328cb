/*
 * test_dictionary.c - the reader: damaged files, and the real dictionary if it was built
 *
 * The path of ordbok.efd is the first argument; empty: hunspell-sv was not installed, and
 * the tests on the real dictionary are left out (cmocka's skip() is a failure in TAP).
 */
#include "support/failing.h"
#include "tiny.h"

#include "lexicons/dictionary_format.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

static const char *dictionary_path;

static const char tiny_aff[] =
    "SET UTF-8\nONLYINCOMPOUND Z\nCOMPOUNDPERMITFLAG W\nCOMPOUNDBEGIN X\n"
    "COMPOUNDMIDDLE U\nCOMPOUNDEND Y\nSFX A Y 1\nSFX A 0 en .\n";
static const char tiny_dic[] = "9\nskol/XUZ\ngård/AXY\ntill/X\nlåta/Y\nnatt/X\ntåg/Y\n"
                               "bil/XY\nfall/X\nlucka/Y\n";

static uint32_t
find(const struct efti_dictionary *d, const char *word)
{
    return efti_dictionary_find(d, word, strlen(word));
}

static bool
is_compound(const struct efti_dictionary *d, const char *word, const char *last_part)
{
    size_t last = 0;

    if (!efti_dictionary_compound(d, word, strlen(word), &last))
        return false;
    if (last_part != NULL)
        assert_string_equal(word + last, last_part);
    return true;
}

/* ------------------------------------------------------------------- the hot part */

static const char hot_counts[] = "Gården\t9\nskol\t1\nbilskol\t3\nqvarn\t2\nsällan\t1\n";

static struct efti_dictionary *
hot_dictionary(struct efti_bytes *b)
{
    struct efti_dictionary *d;

    assert_true(tiny_expand_all(tiny_aff, tiny_dic, "", "", "", hot_counts, b));
    assert_int_equal(efti_dictionary_over(&efti_malloc, b->data, b->size, &d, NULL),
                     EFT_OK);
    return d;
}

/* gården by its count, then the others by theirs; gård follows gården; sällan is not
 * listed and was met once. */
static void
the_commonest_forms_stand_by_rank(void **state)
{
    static const char *const wanted[] = {"gården", "bilskol", "qvarn", "skol", "gård"};
    struct efti_bytes b;
    struct efti_dictionary *d = hot_dictionary(&b);
    struct efti_dictionary_word word;
    size_t at = 0, size = 0, seen = 0;

    (void)state;
    for (; efti_dictionary_hot_next(d, &at, &word, &size); seen++) {
        assert_true(seen < EFTI_COUNT(wanted));
        assert_true(efti_equal(word.bytes, size, wanted[seen], strlen(wanted[seen])));
        assert_true(word.hot);
    }
    assert_int_equal(seen, EFTI_COUNT(wanted));
    assert_int_equal(efti_dictionary_hot_count(d), EFTI_COUNT(wanted));
    efti_dictionary_free(d);
    efti_bytes_free(&b);
}

static void
a_hot_form_says_what_can_be_found_without_it(void **state)
{
    struct efti_bytes b;
    struct efti_dictionary *d = hot_dictionary(&b);
    struct efti_dictionary_word word;

    (void)state;
    assert_true(efti_dictionary_look(d, "gården", strlen("gården"), &word));
    assert_int_equal(word.flags, find(d, "gården"));
    assert_int_equal(word.stem_size, strlen("gård"));
    assert_true(efti_dictionary_look(d, "låta", strlen("låta"), &word)); /* not hot */
    assert_false(word.hot);
    assert_false(efti_dictionary_look(d, "sällan", strlen("sällan"), &word));
    assert_true(efti_dictionary_look(d, "qvarn", strlen("qvarn"), &word));
    assert_int_equal(word.flags, 0);
    efti_dictionary_free(d);
    efti_bytes_free(&b);
}

static void
the_hot_part_is_no_part_of_the_fingerprint(void **state)
{
    struct efti_bytes with, without;
    struct efti_dictionary *a = hot_dictionary(&with), *b;

    (void)state;
    assert_true(tiny_expand(tiny_aff, tiny_dic, &without));
    assert_int_equal(
        efti_dictionary_over(&efti_malloc, without.data, without.size, &b, NULL), EFT_OK);
    assert_string_equal(efti_dictionary_hash(a), efti_dictionary_hash(b));
    assert_int_equal(efti_dictionary_hot_count(b), 0);
    efti_dictionary_free(a);
    efti_dictionary_free(b);
    efti_bytes_free(&with);
    efti_bytes_free(&without);
}

static void
a_damaged_hot_part_is_refused(void **state)
{
    struct efti_bytes b;
    struct efti_dictionary *d = hot_dictionary(&b);
    unsigned char *p = (unsigned char *)b.data;
    uint32_t hot = efti_dict_le32(p + 8 + 4 * EFTI_DICT_F_HOT_AT);

    (void)state;
    efti_dictionary_free(d);
    for (size_t at = 0; at < b.size; at++) {
        if (at == EFTI_DICT_HEADER_SIZE)
            at = hot;
        p[at] ^= 0x10;
        assert_int_equal(efti_dictionary_over(&efti_malloc, b.data, b.size, &d, NULL),
                         EFT_E_FORMAT);
        assert_null(d);
        p[at] ^= 0x10;
    }
    efti_bytes_free(&b);
}

static void
like_consonants_are_shared_but_never_three(void **state)
{
    struct efti_bytes b;
    struct efti_dictionary *d;

    (void)state;
    assert_true(tiny_expand(tiny_aff, tiny_dic, &b));
    assert_int_equal(efti_dictionary_over(&efti_malloc, b.data, b.size, &d, NULL),
                     EFT_OK);
    assert_true(is_compound(d, "tillåta", "låta"));
    assert_true(is_compound(d, "nattåg", "tåg"));
    assert_true(is_compound(d, "fallucka", "lucka"));
    assert_false(is_compound(d, "falllucka", NULL));
    assert_false(is_compound(d, "natttåg", NULL));
    assert_true(is_compound(d, "bilgård", "gård"));
    assert_false(is_compound(d, "bilbil", NULL));
    assert_true(is_compound(d, "bilskolgården", "gården"));
    assert_false(is_compound(d, "bil", NULL));
    efti_dictionary_free(d);
    efti_bytes_free(&b);
}

static void
no_dictionary_knows_nothing(void **state)
{
    (void)state;
    assert_int_equal(find(NULL, "skola"), 0);
    assert_false(efti_dictionary_compound(NULL, "skolgård", 9, NULL));
    assert_int_equal(efti_dictionary_label(NULL, "skol", 4).size, 0);
    assert_int_equal(efti_dictionary_base(NULL, "skolan", 6).size, 0);
    assert_int_equal(efti_dictionary_count(NULL), 0);
    efti_dictionary_free(NULL);
}

static void
another_version_or_a_torn_file_is_refused(void **state)
{
    struct efti_bytes b;
    struct efti_dictionary *d;

    (void)state;
    assert_true(tiny_expand(tiny_aff, tiny_dic, &b));
    for (size_t size = 0; size < b.size; size += size < 256 ? 1 : 97) {
        assert_int_equal(efti_dictionary_over(&efti_malloc, b.data, size, &d, NULL),
                         EFT_E_FORMAT);
        assert_null(d);
    }
    b.data[8]++;
    assert_int_equal(efti_dictionary_over(&efti_malloc, b.data, b.size, &d, NULL),
                     EFT_E_FORMAT);
    efti_bytes_free(&b);
}

/* Every byte of header and index set to 0xFF, one at a time: no crash,
 * no endless loop. */
static void
damaged_bytes_mislead_but_do_not_harm(void **state)
{
    struct efti_bytes b;
    struct efti_dictionary *d;

    (void)state;
    assert_true(tiny_expand(tiny_aff, tiny_dic, &b));
    for (size_t i = 8; i < b.size; i++) {
        char kept = b.data[i];
        b.data[i] = (char)0xFF;
        if (efti_dictionary_over(&efti_malloc, b.data, b.size, &d, NULL) == EFT_OK) {
            (void)find(d, "gården");
            (void)is_compound(d, "bilskolgården", NULL);
            (void)efti_dictionary_label(d, "bil", 3);
            (void)efti_dictionary_base(d, "gården", 7);
            efti_dictionary_free(d);
        }
        b.data[i] = kept;
    }
    efti_bytes_free(&b);
}

static void
every_refused_allocation_is_survived(void **state)
{
    struct efti_bytes b;

    (void)state;
    assert_true(tiny_expand(tiny_aff, tiny_dic, &b));
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        struct efti_dictionary *d;
        eft_status st = efti_dictionary_over(&mem, b.data, b.size, &d, NULL);
        efti_dictionary_free(d);
        if (failing_got_through(&f, st))
            break;
    }
    efti_bytes_free(&b);
}

static void
a_missing_file_is_told_without_its_path(void **state)
{
    struct efti_dictionary *d;
    eft_error err;

    (void)state;
    assert_int_equal(
        efti_dictionary_open(&efti_malloc, "/nonexistent/hemlig.efd", &d, &err),
        EFT_E_MISSING);
    assert_null(strstr(err.message, "hemlig"));
    assert_int_equal(efti_dictionary_open(&efti_malloc, "/", &d, &err), EFT_E_FORMAT);
}

static void
hunspell_words_are_known_as_they_are_written(void **state)
{
    struct efti_dictionary *d = open_real(dictionary_path);

    (void)state;
    assert_true(find(d, "skolan") & EFTI_DICT_LOWER);
    assert_false(find(d, "skolan") & EFTI_DICT_HEAD);
    assert_true(find(d, "och") & EFTI_DICT_LOWER);
    assert_true(find(d, "och") & EFTI_DICT_HEAD);
    assert_int_equal(find(d, "stockholm"), EFTI_DICT_CAPITAL | EFTI_DICT_HEAD);
    assert_int_equal(find(d, "fatima") & EFTI_DICT_LOWER, 0);
    assert_true(find(d, "eu") & EFTI_DICT_ACRONYM);
    assert_int_equal(find(d, "arbetsplast"), 0);
    assert_int_equal(find(d, "afrika"), EFTI_DICT_CAPITAL | EFTI_DICT_HEAD);
    assert_int_equal(find(d, "skol") & (EFTI_DICT_LOWER | EFTI_DICT_HEAD), 0);
    assert_non_null(strstr(efti_dictionary_source(d), "LGPL"));
    efti_dictionary_free(d);
}

/* 829,180 with hunspell-sv 1:7.5.0-1; `unmunch` gives some 31,000 lines
 * of debris more. */
static void
the_number_of_forms_is_that_of_hunspell_sv(void **state)
{
    struct efti_dictionary *d = open_real(dictionary_path);

    (void)state;
    assert_in_range(efti_dictionary_count(d), 780000, 900000);
    efti_dictionary_free(d);
}

static void
forms_are_sorted_and_free_of_debris(void **state)
{
    struct efti_dictionary *d = open_real(dictionary_path);
    uint32_t count = 0;
    eft_text before = {NULL, 0};

    (void)state;
    for (size_t at = 0;; count++) {
        uint32_t flags;
        eft_text form = efti_dictionary_next(d, &at, &flags);
        if (form.size == 0)
            break;
        assert_true(efti_compare(before.bytes, before.size, form.bytes, form.size) < 0);
        before = form;
        for (size_t i = 0; i < form.size; i++) {
            char c = form.bytes[i];
            if ((c >= '0' && c <= '9') || c == '/' || c == ' ' || (c >= 'A' && c <= 'Z'))
                fail_msg("form %u holds a sign that no form may have", count);
        }
    }
    assert_int_equal(count, efti_dictionary_count(d));
    efti_dictionary_free(d);
}

static void
ordinary_compounds_are_accepted(void **state)
{
    static const struct {
        const char *word, *last;
    } cases[] = {
        {"arbetsbelastning", "belastning"},
        {"vardagsreflektion", "reflektion"},
        {"nätverksmöte", "möte"},
        {"samverkansmötet", "mötet"},
        {"dokumentationssystemet", "systemet"},
        {"kvinnojouren", "jouren"},
        {"boendestödjare", "stödjare"},
        {"barnperspektivet", "perspektivet"},
        {"femtiofemåring", "åring"},
        {"elbil", "bil"},
        {"it-stöd", "stöd"},
        {"journalföringssystem", "system"},
        {"stressnivån", "nivån"},
    };
    struct efti_dictionary *d = open_real(dictionary_path);

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(cases); i++) {
        if (!is_compound(d, cases[i].word, cases[i].last))
            fail_msg("compound %zu is refused", i);
    }
    efti_dictionary_free(d);
}

static void
what_is_no_compound_is_refused(void **state)
{
    static const char *const cases[] = {
        "bilbil",
        "arbetsplast",
        "göteborgskontoret",
        "aaaa",
        "skolanmöte",
        "fallllucka",
        "xyzmöte",
        "mötexyz",
        "solnagården",
        "aaaaaaaaaaaaaaaaa",
        "-möte",
        "möte-",
        "lindkvist",
        "",
        "å",
        "fatima",
        "storqvist",
        "tillsolgatan",
    };
    struct efti_dictionary *d = open_real(dictionary_path);

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(cases); i++) {
        if (is_compound(d, cases[i], NULL))
            fail_msg("case %zu is accepted", i);
    }
    efti_dictionary_free(d);
}

/* 70 bytes of "bok": over the limit; 63 bytes: within it, and soon answered. */
static void
long_words_cost_bounded_work(void **state)
{
    char word[70];
    struct efti_dictionary *d = open_real(dictionary_path);

    (void)state;
    for (size_t i = 0; i < sizeof(word); i++)
        word[i] = "bok"[i % 3];
    assert_false(efti_dictionary_compound(d, word, 70, NULL));
    for (int i = 0; i < 200; i++)
        assert_false(efti_dictionary_compound(d, word, 63, NULL));
    efti_dictionary_free(d);
}

static void
stems_have_labels_of_ordinary_words(void **state)
{
    struct efti_dictionary *d = open_real(dictionary_path);
    eft_text label = efti_dictionary_label(d, "möt", 4);

    (void)state;
    assert_true(label.size > 0);
    assert_true(find(d, "samverkan") != 0);
    label = efti_dictionary_label(d, "skol", 4);
    assert_memory_equal(label.bytes, "skola", 5);
    assert_int_equal(efti_dictionary_label(d, "zzzqqq", 6).size, 0);
    efti_dictionary_free(d);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest made_up[] = {
        cmocka_unit_test(the_commonest_forms_stand_by_rank),
        cmocka_unit_test(a_hot_form_says_what_can_be_found_without_it),
        cmocka_unit_test(the_hot_part_is_no_part_of_the_fingerprint),
        cmocka_unit_test(a_damaged_hot_part_is_refused),
        cmocka_unit_test(like_consonants_are_shared_but_never_three),
        cmocka_unit_test(no_dictionary_knows_nothing),
        cmocka_unit_test(another_version_or_a_torn_file_is_refused),
        cmocka_unit_test(damaged_bytes_mislead_but_do_not_harm),
        cmocka_unit_test(every_refused_allocation_is_survived),
        cmocka_unit_test(a_missing_file_is_told_without_its_path),
    };
    const struct CMUnitTest all[] = {
        made_up[0],
        made_up[1],
        made_up[2],
        made_up[3],
        made_up[4],
        made_up[5],
        cmocka_unit_test(hunspell_words_are_known_as_they_are_written),
        cmocka_unit_test(the_number_of_forms_is_that_of_hunspell_sv),
        cmocka_unit_test(forms_are_sorted_and_free_of_debris),
        cmocka_unit_test(ordinary_compounds_are_accepted),
        cmocka_unit_test(what_is_no_compound_is_refused),
        cmocka_unit_test(long_words_cost_bounded_work),
        cmocka_unit_test(stems_have_labels_of_ordinary_words),
    };

    dictionary_path = argc > 1 ? argv[1] : "";
    if (dictionary_path[0] == '\0')
        return cmocka_run_group_tests(made_up, NULL, NULL);
    return cmocka_run_group_tests(all, NULL, NULL);
}
