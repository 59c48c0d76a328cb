/*
 * test_lists.c - lists made up here, and the lists of the library
 *
 * A fixture writes a folder laid out as lexicons/data: the rows below, all other lists
 * empty but for a comment.
 */
#include "lexicons/list_table.h"
#include "lexicons/lists.h"
#include "support/failing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct made_up {
    const char *name, *text;
};

static const struct made_up good[] = {
    {"names/given.tsv",
     "# names\nFatima\t1\tar\nAnna-Karin\t2\tsv\nAlla\t1\tsv\nBj\xC3\xB6rn\t1\tsv\r\n"},
    {"names/surnames.tsv", "Lind\t1\tsv\nFatima\t2\tar\n"},
    {"names/also_words.tsv", "Bj\xC3\xB6rn\tmid\tsv\nAlla\tframe\tsv\nVi\tnever\tsv\n"},
    {"names/particles.txt", "von\nal-\n"},
    {"names/shape_endings.tsv", "lund\tsurname\nelund\tsettlement\nskolan\tschool\n"
                                "g\xC3\xA5rden\thome\nv\xC3\xA4gen\tstreet\n"},
    {"names/shape_ordinary.txt", "grundskolan\ntr\xC3\xA4"
                                 "dg\xC3\xA5rden\n"},
    {"places/places.tsv", "Lund\tmunicipality,word\nG\xC3\xB6teborg\tmunicipality\n"
                          "Upplands V\xC3\xA4sby\tmunicipality\n"},
    {"places/bases.txt", "kontoret\nbor\n"},
    {"places/keep.txt", "Sverige\nAfrikas horn\n"},
    {"orgs/keep.txt", "Socialstyrelsen\nSigns of Safety\n"},
    {"keep/authors.tsv", "Claes Nilholm\tcited\nLev Vygotskij\talone\nBeck\tfull\n"
                         "Astrid Lindgren\tfull,known\nClas Ohlson\tfigure\n"
                         "Bang & Olufsen\tfigure\n"},
    {"keep/methods.txt", "Rakt p\xC3\xA5\nSnoezelen\n"},
    {"keep/last_parts.tsv", "metoden\tending\nsk\xC3\xA5l\tmade\n"},
    {"language/english_words.txt", "health\n"},
    {"orgs/shape.tsv", "skolan\tsuffix\nstiftelsen\tsuffix\nV\xC3\xA5rdcentralen\thead\n"
                       "Individ- och familjeomsorgen i\thead\n"},
    {"context/roles.txt", "kurator\n"},
    {"context/frames.tsv", "tr\xC3\xA4"
                           "ffade\tstrong\tbefore\npratade med\tweak\tbefore\n"
                           "s\xC3\xA4ger\tweak\tafter\n"},
    {"context/field_terms.txt", "LSS\nl\xC3\xA5g"
                                "affektivt bem\xC3\xB6tande\n"},
    {"words/function_words.txt", "och\nde\n"},
    {"words/abbreviations.tsv", "t.ex.\tjs\nt ex\te\nkl.\tn\n"},
    {"words/negation.tsv", "inte\tnegator\ninte bara\tpseudo\nkanske\tuncertain\n"
                           "o\tprefix\nmen\tstop\n"},
    {"words/uninformative.txt", "vet ej.\n-\n"},
    {"language/foreign_function_words.tsv", "the\ten\nde\tnl\nikke\tno\nand\ten\n"},
};

static const char *data_folder; /* lexicons/data */

struct folder {
    char path[64];
};

static void
write_list(const struct folder *f, const char *name, const char *text)
{
    char path[160];

    (void)snprintf(path, sizeof(path), "%s/%s", f->path, name);
    *strrchr(path, '/') = '\0';
    (void)mkdir(path, 0700);
    (void)snprintf(path, sizeof(path), "%s/%s", f->path, name);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_true(fputs(text, out) >= 0);
    assert_int_equal(fclose(out), 0);
}

static void
make_folder(struct folder *f)
{
    (void)snprintf(f->path, sizeof(f->path), "%s", "/tmp/eftertanke-lists-XXXXXX");
    assert_non_null(mkdtemp(f->path));
    for (size_t i = 0; i < efti_list_count(); i++)
        write_list(f, efti_list_name(i), "# empty\n");
    for (size_t i = 0; i < EFTI_COUNT(good); i++)
        write_list(f, good[i].name, good[i].text);
}

static void
drop_folder(const struct folder *f)
{
    char path[160];

    for (int folders = 0; folders <= 1; folders++) {
        for (size_t i = 0; i < efti_list_count(); i++) {
            (void)snprintf(path, sizeof(path), "%s/%s", f->path, efti_list_name(i));
            if (folders)
                *strrchr(path, '/') = '\0';
            (void)remove(path);
        }
    }
    assert_int_equal(rmdir(f->path), 0);
}

static int
setup(void **state)
{
    struct folder f;
    eft_error err;
    struct efti_lists *lists;

    make_folder(&f);
    eft_status st = efti_lists_open(&efti_malloc, f.path, &lists, &err);
    drop_folder(&f);
    if (st != EFT_OK)
        print_error("%s\n", err.message);
    *state = lists;
    return st == EFT_OK ? 0 : -1;
}

static int
teardown(void **state)
{
    efti_lists_free(*state);
    return 0;
}

static uint32_t
word(void **state, const char *folded)
{
    return efti_lists_word(*state, folded, strlen(folded));
}

static uint32_t
phrase(void **state, const char *folded)
{
    return efti_lists_phrase(*state, folded, strlen(folded));
}

static enum efti_shape
shape(void **state, const char *folded)
{
    return efti_lists_shape(*state, folded, strlen(folded));
}

static void
words_carry_the_flags_of_all_their_lists(void **state)
{
    assert_int_equal(word(state, "fatima"), EFTI_LIST_GIVEN_1 | EFTI_LIST_SURNAME_2);
    assert_int_equal(word(state, "anna-karin"), EFTI_LIST_GIVEN_2);
    assert_int_equal(word(state, "von"), EFTI_LIST_PARTICLE);
    assert_int_equal(word(state, "al-"), EFTI_LIST_PARTICLE);
    assert_int_equal(word(state, "kurator"), EFTI_LIST_ROLE | EFTI_LIST_STARTS_PHRASE);
    assert_true(word(state, "lss") & EFTI_LIST_FIELD);
    assert_true(word(state, "sverige") & EFTI_LIST_KEEP);
    assert_true(word(state, "v\xC3\xA5rdcentralen") & EFTI_LIST_ORG_HEAD);
    assert_int_equal(word(state, "health"), EFTI_LIST_ENGLISH);
    assert_int_equal(word(state, "finns ej"), 0);
    assert_int_equal(word(state, ""), 0);
}

static void
a_full_name_of_an_author_stays_and_the_surname_by_its_rule(void **state)
{
    const uint32_t author = EFTI_LIST_AUTHOR, full = 1u << EFTI_PHRASE_AUTHOR,
                   known = 1u << EFTI_PHRASE_KNOWN;

    assert_int_equal(word(state, "nilholm"),
                     author | EFTI_LIST_CITED | EFTI_LIST_NAME_NEXT);
    assert_int_equal(word(state, "vygotskij"),
                     author | EFTI_LIST_KEEP | EFTI_LIST_NAME_NEXT);
    assert_int_equal(word(state, "beck"), author);
    assert_int_equal(phrase(state, "claes nilholm"), full);
    assert_int_equal(phrase(state, "astrid lindgren"), full | known);
    assert_int_equal(word(state, "lindgren") & author, author);
    assert_int_equal(phrase(state, "clas ohlson"), full | known);
    assert_int_equal(word(state, "ohlson") & author, 0);
    assert_int_equal(phrase(state, "bang olufsen"), full | known);
    assert_int_equal(phrase(state, "lev vygotskij"), full);
    assert_int_equal(word(state, "claes") & author, 0);
}

static void
a_name_that_is_a_word_keeps_that_rule_alone(void **state)
{
    assert_int_equal(word(state, "bj\xC3\xB6rn"), EFTI_LIST_ALSO_MID);
    assert_int_equal(word(state, "alla"), EFTI_LIST_ALSO_FRAME);
    assert_int_equal(word(state, "vi"), EFTI_LIST_ALSO_NEVER);
}

static void
a_place_may_be_a_word_too(void **state)
{
    assert_true(word(state, "lund") & EFTI_LIST_PLACE);
    assert_true(word(state, "lund") & EFTI_LIST_PLACE_WORD);
    assert_true(word(state, "g\xC3\xB6teborg") & EFTI_LIST_PLACE);
    assert_false(word(state, "g\xC3\xB6teborg") & EFTI_LIST_PLACE_WORD);
    assert_true(word(state, "upplands") & EFTI_LIST_STARTS_PHRASE);
    assert_int_equal(phrase(state, "upplands v\xC3\xA4sby"), 1 << EFTI_PHRASE_PLACE);
}

static void
phrases_have_classes(void **state)
{
    assert_int_equal(phrase(state, "tr\xC3\xA4"
                                   "ffade"),
                     1 << EFTI_PHRASE_FRAME_BEFORE_STRONG);
    assert_int_equal(phrase(state, "pratade med"), 1 << EFTI_PHRASE_FRAME_BEFORE_WEAK);
    assert_int_equal(phrase(state, "s\xC3\xA4ger"), 1 << EFTI_PHRASE_FRAME_AFTER_WEAK);
    assert_int_equal(phrase(state, "signs of safety"), 1 << EFTI_PHRASE_KEEP);
    assert_int_equal(phrase(state, "inte"), 1 << EFTI_PHRASE_NEGATOR);
    assert_int_equal(phrase(state, "inte bara"), 1 << EFTI_PHRASE_NEGATION_PSEUDO);
    assert_int_equal(phrase(state, "kanske"), 1 << EFTI_PHRASE_UNCERTAIN);
    assert_int_equal(phrase(state, "men"), 1 << EFTI_PHRASE_CLAUSE_STOP);
    assert_int_equal(phrase(state, "individ och familjeomsorgen i"),
                     1 << EFTI_PHRASE_ORG_HEAD);
    assert_int_equal(phrase(state, "pratade"), 0);
    assert_true(word(state, "pratade") & EFTI_LIST_STARTS_PHRASE);
    assert_true(word(state, "pratade") & EFTI_LIST_NAME_PHRASE);
    assert_false(word(state, "pratade") & EFTI_LIST_CUE_PHRASE);
    assert_true(word(state, "inte") & EFTI_LIST_CUE_PHRASE);
    assert_false(word(state, "men") & EFTI_LIST_CUE_PHRASE);
    assert_true(word(state, "individ") & EFTI_LIST_STARTS_PHRASE);
    assert_int_equal(efti_lists_phrase_words(*state), 4);
}

static void
shape_is_the_longest_ending_after_two_letters(void **state)
{
    assert_int_equal(shape(state, "eklund"), EFTI_SHAPE_SURNAME);
    assert_int_equal(shape(state, "hagelund"), EFTI_SHAPE_SETTLEMENT);
    assert_int_equal(shape(state, "lund"), EFTI_SHAPE_NONE);
    assert_int_equal(shape(state, "elund"), EFTI_SHAPE_NONE);
    assert_int_equal(shape(state, "\xC3\xB6lund"), EFTI_SHAPE_NONE);
    assert_int_equal(shape(state, "\xC3\xB6rlund"), EFTI_SHAPE_SURNAME);
    assert_int_equal(shape(state, "almskolan"), EFTI_SHAPE_SCHOOL);
    assert_int_equal(shape(state, "linnestiftelsen"), EFTI_SHAPE_ORG);
    assert_int_equal(shape(state, "sj\xC3\xB6v\xC3\xA4gen"), EFTI_SHAPE_STREET);
    assert_int_equal(shape(state, ""), EFTI_SHAPE_NONE);
}

static void
a_genitive_is_looked_through(void **state)
{
    assert_int_equal(shape(state, "eklunds"), EFTI_SHAPE_SURNAME);
    assert_int_equal(shape(state, "solg\xC3\xA5rdens"), EFTI_SHAPE_HOME);
    assert_int_equal(shape(state, "grundskolans"), EFTI_SHAPE_NONE);
}

static void
reviewed_words_have_no_shape(void **state)
{
    assert_int_equal(shape(state, "grundskolan"), EFTI_SHAPE_NONE);
    assert_int_equal(shape(state, "tr\xC3\xA4"
                                  "dg\xC3\xA5rden"),
                     EFTI_SHAPE_NONE);
    assert_true(word(state, "grundskolan") & EFTI_LIST_SHAPE_ORDINARY);
}

static void
abbreviations_are_found_by_their_letters(void **state)
{
    const struct efti_abbreviation *a = efti_lists_abbreviation(*state, "tex", 3);

    assert_non_null(a);
    assert_int_equal(a->canonical.size, 5);
    assert_memory_equal(a->canonical.bytes, "t.ex.", 5);
    assert_true(a->joined && a->spaced && a->ends);
    assert_false(a->number);
    assert_true(efti_lists_abbreviation(*state, "kl", 2)->number);
    assert_null(efti_lists_abbreviation(*state, "och", 3));
}

static void
foreign_words_that_are_swedish_too_are_swedish(void **state)
{
    assert_true(word(state, "the") & EFTI_LIST_FOREIGN);
    assert_true(word(state, "ikke") & EFTI_LIST_FOREIGN);
    assert_int_equal(word(state, "de"), EFTI_LIST_FUNCTION);
}

static void
uninformative_answers_are_whole_answers(void **state)
{
    assert_true(efti_lists_uninformative(*state, "vet ej", 6));
    assert_true(efti_lists_uninformative(*state, "vet ej..", 8));
    assert_true(efti_lists_uninformative(*state, "...", 3));
    assert_true(efti_lists_uninformative(*state, "-", 1));
    assert_false(efti_lists_uninformative(*state, "vet", 3));
    assert_false(efti_lists_uninformative(*state, "", 0));
}

static void
a_last_part_says_that_a_word_is_a_thing_and_is_no_word_of_a_list(void **state)
{
    assert_true(efti_lists_thing_end(*state, "validationsmetoden", 18));
    assert_false(efti_lists_thing_end(*state, "ommetoden", 9)); /* two bytes before it */
    assert_false(efti_lists_thing_end(*state, "annmetod", 8));
    assert_true(efti_lists_made(*state, "sk\xC3\xA5lar", 7));
    assert_false(efti_lists_made(*state, "fallet", 6));
    assert_int_equal(efti_lists_word(*state, "metoden", 7), 0);
}

static void
a_bad_row_is_told_with_list_and_line(void **state)
{
    static const struct {
        const char *list, *text, *expect;
    } cases[] = {
        {"names/given.tsv", "Fatima\t1\tar\nBo\t3\tsv\n", "names/given.tsv line 2: "},
        {"names/given.tsv", "Hemlig\n", "names/given.tsv line 1: 2 fields"},
        {"names/also_words.tsv", "#\n#\nBo\tmaybe\n", "names/also_words.tsv line 3: "},
        {"places/places.tsv", "Bo\tlocality,wrd\n", "places/places.tsv line 1: "},
        {"context/frames.tsv", "hos\tstrong\tleft\n", "context/frames.tsv line 1: "},
        {"words/abbreviations.tsv", "bl.a.\tx\n", "words/abbreviations.tsv line 1: "},
        {"words/negation.tsv", "ej\tno\n", "words/negation.tsv line 1: "},
        {"keep/authors.tsv", "Freud\tnever\n", "keep/authors.tsv line 1: the rule"},
        {"keep/authors.tsv", "Freud\tfull,known\n", "keep/authors.tsv line 1: who is"},
        {"keep/last_parts.tsv", "metod\tmiddle\n",
         "keep/last_parts.tsv line 1: the kind"},
        {"words/uninformative.txt", "\xFF\n", "words/uninformative.txt is not UTF-8"},
        {"names/shape_endings.tsv", "abcdefghijklmnopqrstuvwxyzabcdef\thome\n",
         "names/shape_endings.tsv line 1: an ending"},
    };

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(cases); i++) {
        struct folder f;
        struct efti_lists *lists;
        eft_error err;
        make_folder(&f);
        write_list(&f, cases[i].list, cases[i].text);
        eft_status st = efti_lists_open(&efti_malloc, f.path, &lists, &err);
        drop_folder(&f);
        assert_true(st == EFT_E_FORMAT || st == EFT_E_ENCODING);
        assert_null(lists);
        if (strncmp(err.message, cases[i].expect, strlen(cases[i].expect)) != 0)
            fail_msg("case %zu: %s", i, err.message);
        assert_null(strstr(err.message, "Hemlig"));
        assert_null(strstr(err.message, "tmp"));
    }
}

static void
a_missing_list_is_named(void **state)
{
    struct efti_lists *lists;
    eft_error err;

    (void)state;
    assert_int_equal(efti_lists_open(&efti_malloc, "/nonexistent/x", &lists, &err),
                     EFT_E_MISSING);
    assert_string_equal(err.message, "names/given.tsv is missing in the folder of lists");
    assert_null(lists);
}

static void
every_refused_allocation_is_survived(void **state)
{
    struct folder folder;

    (void)state;
    make_folder(&folder);
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        struct efti_lists *lists;
        eft_status st = efti_lists_open(&mem, folder.path, &lists, NULL);
        assert_true(f.failed == (lists == NULL));
        efti_lists_free(lists);
        if (failing_got_through(&f, st))
            break;
    }
    drop_folder(&folder);
}

static void
the_lists_of_the_library_are_whole(void **state)
{
    struct efti_lists *lists;
    eft_error err;

    (void)state;
    eft_status st = efti_lists_new(&efti_malloc, &lists, &err);
    if (st != EFT_OK)
        fail_msg("%s", err.message);
    assert_int_equal(strlen(efti_lists_hash(lists)), 64);
    assert_true(efti_lists_word(lists, "fatima", 6) & EFTI_LIST_GIVEN_1);
    assert_true(efti_lists_word(lists, "och", 3) & EFTI_LIST_FUNCTION);
    assert_false(efti_lists_word(lists, "inte", 4) & EFTI_LIST_FUNCTION);
    assert_true(efti_lists_phrase(lists, "inte", 4) & 1 << EFTI_PHRASE_NEGATOR);
    assert_non_null(efti_lists_abbreviation(lists, "tex", 3));
    assert_true(efti_lists_uninformative(lists, "vet ej", 6));
    assert_int_equal(efti_lists_shape(lists, "lindkvist", 9), EFTI_SHAPE_SURNAME);
    assert_int_equal(efti_lists_shape(lists, "grundskolan", 11), EFTI_SHAPE_NONE);
    assert_true(efti_lists_word(lists, "sverige", 7) & EFTI_LIST_KEEP);
    assert_true(efti_lists_word(lists, "the", 3) & EFTI_LIST_FOREIGN);
    efti_lists_free(lists);
}

/* Of a table all arrays, byte by byte: what the build baked is what a reader makes. */
static void
the_lists_compiled_in_are_those_of_the_folder(void **state)
{
    struct efti_lists *lists;
    eft_error err;

    (void)state;
    if (efti_lists_open(&efti_malloc, data_folder, &lists, &err) != EFT_OK)
        fail_msg("%s", err.message);
    const struct efti_list_table *a = efti_lists_table(lists), *b = &efti_baked_lists;
    assert_string_equal(a->hash, b->hash);
    assert_int_equal(a->form_count, b->form_count);
    assert_int_equal(a->slot_count, b->slot_count);
    assert_int_equal(a->number_bits, b->number_bits);
    assert_int_equal(a->map_bits, b->map_bits);
    assert_int_equal(a->letter_count, b->letter_count);
    assert_int_equal(a->abbreviation_count, b->abbreviation_count);
    assert_int_equal(a->phrase_words, b->phrase_words);
    assert_memory_equal(a->forms, b->forms, a->form_count * sizeof(*a->forms));
    assert_memory_equal(a->letters, b->letters, a->letter_count);
    assert_memory_equal(a->slots, b->slots, a->slot_count * sizeof(*a->slots));
    assert_memory_equal(a->map, b->map, ((size_t)1 << a->map_bits) / 8);
    assert_memory_equal(a->abbreviation_map, b->abbreviation_map,
                        EFTI_ABBREVIATION_WORDS * sizeof(*a->abbreviation_map));
    assert_memory_equal(a->pair_map, b->pair_map, EFTI_PAIR_WORDS * sizeof(*a->pair_map));
    assert_memory_equal(a->shapes, b->shapes, sizeof(*a->shapes));
    assert_memory_equal(a->things, b->things, sizeof(*a->things));
    for (uint32_t i = 0; i < a->abbreviation_count; i++)
        assert_true(efti_equal(
            a->abbreviations[i].canonical.bytes, a->abbreviations[i].canonical.size,
            b->abbreviations[i].canonical.bytes, b->abbreviations[i].canonical.size));
    efti_lists_free(lists);
}

static void
a_phrase_tells_whether_a_word_may_follow(void **state)
{
    bool more;

    assert_int_equal(efti_lists_phrase_on(*state, "inte", 4, &more),
                     1 << EFTI_PHRASE_NEGATOR);
    assert_true(more);
    assert_int_equal(efti_lists_phrase_on(*state, "inte bara", 9, &more),
                     1 << EFTI_PHRASE_NEGATION_PSEUDO);
    assert_false(more);
    assert_int_equal(efti_lists_phrase_on(*state, "signs of", 8, &more), 0);
    assert_true(more);
    assert_int_equal(efti_lists_phrase_on(*state, "of safety", 9, &more), 0);
    assert_false(more);
}

static bool
may_begin(const struct efti_lists *lists, const char *first, const char *second)
{
    size_t bit = efti_pair_bit(efti_list_pair_word(first, strlen(first)),
                               efti_list_pair_word(second, strlen(second)));

    return (efti_lists_pair_map(lists)[bit / 64] >> bit % 64 & 1) != 0;
}

/* Whether more words follow or not, and in their order only. */
static void
the_map_of_pairs_has_the_first_two_words_of_phrases(void **state)
{
    assert_true(may_begin(*state, "inte", "bara"));
    assert_true(may_begin(*state, "signs", "of"));
    assert_false(may_begin(*state, "bara", "inte"));
    assert_false(may_begin(*state, "of", "safety"));
}

/* The map may say yes too often, but never no to the letters of an abbreviation. */
static void
the_map_of_abbreviations_forgets_none(void **state)
{
    static const char *const letters[] = {"tex", "kl"}, *const capitals[] = {"TEX", "Kl"};
    const uint64_t *map = efti_lists_abbreviation_map(*state);

    for (size_t i = 0; i < EFTI_COUNT(letters); i++) {
        size_t bit = efti_abbreviation_bit(letters[i], strlen(letters[i]));
        assert_int_equal(bit, efti_abbreviation_bit(capitals[i], strlen(capitals[i])));
        assert_true(map[bit / 64] >> bit % 64 & 1);
    }
    size_t none = efti_abbreviation_bit("och", 3);
    assert_false(map[none / 64] >> none % 64 & 1);
    assert_int_equal(efti_abbreviation_bit("\xC3\xA5r", 3), /* år, År */
                     efti_abbreviation_bit("\xC3\x85r", 3));
}

int
main(int argc, char **argv)
{
    assert_true(argc == 2);
    data_folder = argv[1];

    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_carry_the_flags_of_all_their_lists),
        cmocka_unit_test(a_full_name_of_an_author_stays_and_the_surname_by_its_rule),
        cmocka_unit_test(a_name_that_is_a_word_keeps_that_rule_alone),
        cmocka_unit_test(a_place_may_be_a_word_too),
        cmocka_unit_test(phrases_have_classes),
        cmocka_unit_test(shape_is_the_longest_ending_after_two_letters),
        cmocka_unit_test(a_genitive_is_looked_through),
        cmocka_unit_test(reviewed_words_have_no_shape),
        cmocka_unit_test(abbreviations_are_found_by_their_letters),
        cmocka_unit_test(foreign_words_that_are_swedish_too_are_swedish),
        cmocka_unit_test(uninformative_answers_are_whole_answers),
        cmocka_unit_test(
            a_last_part_says_that_a_word_is_a_thing_and_is_no_word_of_a_list),
        cmocka_unit_test(a_bad_row_is_told_with_list_and_line),
        cmocka_unit_test(a_missing_list_is_named),
        cmocka_unit_test(every_refused_allocation_is_survived),
        cmocka_unit_test(the_lists_of_the_library_are_whole),
        cmocka_unit_test(the_lists_compiled_in_are_those_of_the_folder),
        cmocka_unit_test(the_map_of_pairs_has_the_first_two_words_of_phrases),
        cmocka_unit_test(a_phrase_tells_whether_a_word_may_follow),
        cmocka_unit_test(the_map_of_abbreviations_forgets_none),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
