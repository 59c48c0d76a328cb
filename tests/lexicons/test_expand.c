/*
 * test_expand.c - lexicons/build: each rule of hunspell on a few made-up lines
 */
#include "tiny.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

struct tiny {
    struct efti_bytes bytes;
    struct efti_dictionary *d;
};

static void
make(struct tiny *t, const char *aff, const char *dic)
{
    char head[512];

    (void)snprintf(head, sizeof(head), "SET UTF-8\n%s", aff);
    assert_true(tiny_expand(head, dic, &t->bytes));
    assert_int_equal(
        efti_dictionary_over(&efti_malloc, t->bytes.data, t->bytes.size, &t->d, NULL),
        EFT_OK);
}

static void
drop(struct tiny *t)
{
    efti_dictionary_free(t->d);
    efti_bytes_free(&t->bytes);
}

static uint32_t
find(const struct tiny *t, const char *word)
{
    return efti_dictionary_find(t->d, word, strlen(word));
}

static bool
compound(const struct tiny *t, const char *word)
{
    return efti_dictionary_compound(t->d, word, strlen(word), NULL);
}

static void
suffixes_follow_their_conditions(void **state)
{
    struct tiny t;

    (void)state;
    make(&t,
         "SFX D Y 2\nSFX D 0 en [^a]\nSFX D a orna a\n"
         "SFX E Y 1\nSFX E el len [^m]el\n",
         "3\nkatt/D\nskola/D\nspegel/E\nhimmel/E\n");
    assert_int_equal(find(&t, "katten"), EFTI_DICT_LOWER);
    assert_int_equal(find(&t, "skolorna"), EFTI_DICT_LOWER);
    assert_int_equal(find(&t, "skolaen"), 0);
    assert_int_equal(find(&t, "speglen"), EFTI_DICT_LOWER);
    assert_int_equal(find(&t, "himlen"), 0);
    assert_int_equal(find(&t, "katt"), EFTI_DICT_LOWER | EFTI_DICT_HEAD);
    drop(&t);
}

static void
prefixes_cross_suffixes_only_when_both_allow(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "PFX p Y 1\nPFX p 0 o .\nSFX s Y 1\nSFX s 0 t .\nSFX n N 1\nSFX n 0 are .\n",
         "1\ntrygg/psn\n");
    assert_int_not_equal(find(&t, "otrygg"), 0);
    assert_int_not_equal(find(&t, "otryggt"), 0);
    assert_int_not_equal(find(&t, "tryggare"), 0);
    assert_int_equal(find(&t, "otryggare"), 0);
    drop(&t);
}

static void
a_suffix_may_carry_a_second_suffix(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "SFX a Y 1\nSFX a 0 het/b .\nSFX b Y 1\nSFX b 0 en .\n", "1\nglad/a\n");
    assert_int_not_equal(find(&t, "gladhet"), 0);
    assert_int_not_equal(find(&t, "gladheten"), 0);
    assert_int_equal(find(&t, "gladen"), 0);
    drop(&t);
}

static void
a_root_that_needs_an_affix_is_no_word(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "NEEDAFFIX \xC2\xA4\nSFX A Y 1\nSFX A 0 s .\n",
         "1\nantigen/\xC2\xA4"
         "A\n");
    assert_int_equal(find(&t, "antigen"), 0);
    assert_int_equal(find(&t, "antigens"), EFTI_DICT_LOWER);
    drop(&t);
}

static void
a_part_that_only_joins_is_no_word(void **state)
{
    struct tiny t;

    (void)state;
    make(&t,
         "ONLYINCOMPOUND Z\nCOMPOUNDBEGIN X\nCOMPOUNDEND Y\n"
         "SFX A Y 1\nSFX A 0 en .\n",
         "3\nskol/XZ\ngård/AY\nvägg/AYZ\n");
    assert_int_equal(find(&t, "skol"), EFTI_DICT_BEGIN);
    assert_int_equal(find(&t, "vägg"), EFTI_DICT_END);
    assert_int_equal(find(&t, "väggen"), EFTI_DICT_END);
    assert_true(compound(&t, "skolgård"));
    assert_true(compound(&t, "skolgården"));
    assert_true(compound(&t, "skolväggen"));
    assert_false(compound(&t, "gårdskol"));
    assert_false(compound(&t, "skolskol"));
    drop(&t);
}

static void
an_affixed_form_joins_only_by_permission(void **state)
{
    struct tiny t;

    (void)state;
    make(&t,
         "COMPOUNDPERMITFLAG W\nONLYINCOMPOUND Z\nCOMPOUNDBEGIN X\nCOMPOUNDEND Y\n"
         "SFX v N 2\nSFX v a or/X a\nSFX v a o/WXZ a\n",
         "2\nvecka/vY\ndag/XY\n");
    assert_true(compound(&t, "veckodag"));
    assert_false(compound(&t, "veckordag"));
    assert_false(compound(&t, "veckadag"));
    assert_int_equal(find(&t, "vecko"), EFTI_DICT_BEGIN);
    assert_false(compound(&t, "dagvecko"));
    drop(&t);
}

static void
three_parts_need_a_middle(void **state)
{
    struct tiny t;
    size_t last = 0;

    (void)state;
    make(&t, "COMPOUNDBEGIN X\nCOMPOUNDMIDDLE U\nCOMPOUNDEND Y\n",
         "4\nbarn/X\nskol/U\nbok/X\nhylla/Y\n");
    assert_true(efti_dictionary_compound(t.d, "barnskolhylla", 13, &last));
    assert_int_equal(last, 8);
    assert_false(compound(&t, "barnbokhylla"));
    assert_false(compound(&t, "barnskolskolhylla"));
    drop(&t);
}

static void
a_forbidden_word_is_no_compound(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "FORBIDDENWORD %\nCOMPOUNDBEGIN X\nCOMPOUNDEND Y\nSFX A Y 1\nSFX A 0 en .\n",
         "3\narbets/X\nplast/AY\narbetsplast/%A\n");
    assert_int_equal(find(&t, "arbetsplast"), 0);
    assert_false(compound(&t, "arbetsplast"));
    assert_false(compound(&t, "arbetsplasten"));
    assert_true(compound(&t, "arbetsarbetsplast") == false);
    drop(&t);
}

static void
an_end_of_names_ends_no_ordinary_compound(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "FORCEUCASE c\nCOMPOUNDBEGIN X\nCOMPOUNDEND Y\n",
         "2\nstor/X\ngatan/cY\nbil/Y\n");
    assert_true(compound(&t, "storbil"));
    assert_false(compound(&t, "storgatan"));
    drop(&t);
}

static void
a_name_begins_no_ordinary_compound(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "COMPOUNDBEGIN X\nCOMPOUNDEND Y\n", "3\nAarhus/X\nABBA-/X\nlåt/XY\n");
    assert_false(compound(&t, "aarhuslåt"));
    assert_true(compound(&t, "abba-låt"));
    drop(&t);
}

static void
rules_of_flags_join_what_they_list(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "COMPOUNDRULE 2\nCOMPOUNDRULE )k\nCOMPOUNDRULE 4?2?6\n",
         "5\nsuper/)\nglad/k\nfem/2\nhundra/4\nåring/6\n");
    assert_true(compound(&t, "superglad"));
    assert_true(compound(&t, "femåring"));
    assert_true(compound(&t, "hundrafemåring"));
    assert_false(compound(&t, "gladsuper"));
    assert_false(compound(&t, "femglad"));
    drop(&t);
}

static void
flags_of_two_letters_and_of_numbers_are_read(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "FLAG long\nSFX Aa Y 1\nSFX Aa 0 en .\nNEEDAFFIX Zz\n", "1\nkatt/AaZz\n");
    assert_int_equal(find(&t, "katt"), 0);
    assert_int_not_equal(find(&t, "katten"), 0);
    drop(&t);
    make(&t, "FLAG num\nSFX 10 Y 1\nSFX 10 0 en .\nNEEDAFFIX 999\n", "1\nkatt/10,999\n");
    assert_int_equal(find(&t, "katt"), 0);
    assert_int_not_equal(find(&t, "katten"), 0);
    drop(&t);
}

static void
a_whole_word_is_stripped_only_with_fullstrip(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "SFX A Y 1\nSFX A god bättre god\n", "1\ngod/A\n");
    assert_int_equal(find(&t, "bättre"), 0);
    drop(&t);
    make(&t, "FULLSTRIP\nSFX A Y 1\nSFX A god bättre god\n", "1\ngod/A\n");
    assert_int_not_equal(find(&t, "bättre"), 0);
    drop(&t);
}

static void
spelling_tells_word_name_and_acronym(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "SFX A Y 2\nSFX A 0 s .\nSFX A 0 :s .\n",
         "6\nBjörn/A\nbjörn\nStockholm/A\nEU/A\nIT-chef\nAnna-Karin\n");
    assert_int_equal(find(&t, "björn"), EFTI_DICT_LOWER | EFTI_DICT_HEAD);
    assert_int_equal(find(&t, "björns"), EFTI_DICT_CAPITAL);
    assert_int_equal(find(&t, "stockholm"), EFTI_DICT_CAPITAL | EFTI_DICT_HEAD);
    assert_int_equal(find(&t, "eu:s"), EFTI_DICT_ACRONYM);
    assert_int_equal(find(&t, "it-chef"), EFTI_DICT_ACRONYM | EFTI_DICT_HEAD);
    assert_int_equal(find(&t, "anna-karin"), EFTI_DICT_CAPITAL | EFTI_DICT_HEAD);
    drop(&t);
}

static void
debris_is_left_out(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "", "6\n1080p\nand\\/eller\ni går\n---\n:a\nord\n");
    assert_int_equal(efti_dictionary_count(t.d), 1);
    assert_int_not_equal(find(&t, "ord"), 0);
    drop(&t);
}

static void
a_label_is_the_shortest_headword(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "SFX A Y 2\nSFX A 0 en .\nSFX A 0 ar .\n", "2\nstol/A\nstolar\nBord/A\n");
    eft_text label = efti_dictionary_label(t.d, "stol", 4);
    assert_int_equal(label.size, 4);
    assert_memory_equal(label.bytes, "stol", 4);
    assert_int_equal(efti_dictionary_label(t.d, "bord", 4).size, 0);
    drop(&t);
}

static void
the_same_lines_give_the_same_bytes(void **state)
{
    struct tiny a, b;

    (void)state;
    make(&a, "SFX A Y 1\nSFX A 0 en .\n", "2\nstol/A\nbord/A\nkatt\n");
    make(&b, "SFX A Y 1\nSFX A 0 en .\n", "2\nkatt\nbord/A\nstol/A\n");
    assert_int_equal(a.bytes.size, b.bytes.size);
    assert_memory_equal(a.bytes.data, b.bytes.data, a.bytes.size);
    assert_string_equal(efti_dictionary_source(a.d), "tiny, made up");
    assert_int_equal(strlen(efti_dictionary_hash(a.d)), 64);
    drop(&a);
    drop(&b);
}

static void
other_encodings_are_refused(void **state)
{
    struct efti_bytes out;

    (void)state;
    assert_false(tiny_expand("SET ISO8859-1\n", "1\nkatt\n", &out));
    efti_bytes_free(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(suffixes_follow_their_conditions),
        cmocka_unit_test(prefixes_cross_suffixes_only_when_both_allow),
        cmocka_unit_test(a_suffix_may_carry_a_second_suffix),
        cmocka_unit_test(a_root_that_needs_an_affix_is_no_word),
        cmocka_unit_test(a_part_that_only_joins_is_no_word),
        cmocka_unit_test(an_affixed_form_joins_only_by_permission),
        cmocka_unit_test(three_parts_need_a_middle),
        cmocka_unit_test(a_forbidden_word_is_no_compound),
        cmocka_unit_test(an_end_of_names_ends_no_ordinary_compound),
        cmocka_unit_test(a_name_begins_no_ordinary_compound),
        cmocka_unit_test(rules_of_flags_join_what_they_list),
        cmocka_unit_test(flags_of_two_letters_and_of_numbers_are_read),
        cmocka_unit_test(a_whole_word_is_stripped_only_with_fullstrip),
        cmocka_unit_test(spelling_tells_word_name_and_acronym),
        cmocka_unit_test(debris_is_left_out),
        cmocka_unit_test(a_label_is_the_shortest_headword),
        cmocka_unit_test(the_same_lines_give_the_same_bytes),
        cmocka_unit_test(other_encodings_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
