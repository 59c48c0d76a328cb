/*
 * test_compounds.c - claims about the splitter over a made-up dictionary, hostile words
 *
 * The look-ups in the dictionary are counted: the splitter is built here with
 * counted_find() in place of efti_dictionary_find(), and so on.
 */
#include "tokenizers/compounds.h"

#include "lexicons/compound.h"
#include "tiny.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

uint32_t counted_find(const struct efti_dictionary *d, const char *folded, size_t size);
uint32_t counted_listed(const struct efti_dictionary *d, const char *folded, size_t size,
                        uint64_t hash, uint32_t *cuts);

static unsigned lookups;

uint32_t
counted_find(const struct efti_dictionary *d, const char *folded, size_t size)
{
    lookups++;
    return efti_dictionary_find(d, folded, size);
}

uint32_t
counted_listed(const struct efti_dictionary *d, const char *folded, size_t size,
               uint64_t hash, uint32_t *cuts)
{
    lookups++;
    return efti_dictionary_listed(d, folded, size, hash, cuts);
}

/* X may begin a compound, U go on, Y end one; Z is no word of its own;
 * A, R: inflected. */
static const char aff[] =
    "SET UTF-8\nONLYINCOMPOUND Z\nCOMPOUNDPERMITFLAG W\nCOMPOUNDBEGIN X\n"
    "COMPOUNDMIDDLE U\nCOMPOUNDEND Y\nSFX A Y 1\nSFX A 0 en .\n"
    "SFX R Y 1\nSFX R 0 r .\n";
static const char dic[] =
    "99\nskol/XUZ\ngård/AXY\nskolgård/AY\nlampa/Y\narbete/Y\nvecka/Y\nnatt/XY\ntåg/XY\n"
    "bil/XY\nbåt/XUY\nfamilje/XZ\nhem/XUY\nfamiljehem/XY\nfamiljehems/XUZ\nvård/XY\n"
    "ansvar/Y\nan/XUZ\nsvar/XY\nboende/XY\ngranska/R\ngran/XY\nskar\nmat/XY\n"
    "handled/XZ\nfördelning/Y\nbesök/XY\nlek/XY\ntermin/XY\nvår/XY\nansvars/XUZ\n"
    "hand/XY\nledningsgrupp/Y\ngrupp/XY\nmöte/XY\nplan/XY\nbokning/Y\nboknings/XUZ\n"
    "aaa/XUY\naaaa/XUY\naaaaa/XUY\naaaaaa/XUY\naaaaaaa/XUY\naaaaaaaa/XUY\n";

static struct efti_bytes made;
static struct efti_dictionary *d;

static int
open_dictionary(void **state)
{
    (void)state;
    if (!tiny_expand(aff, dic, &made))
        return -1;
    return efti_dictionary_over(&efti_malloc, made.data, made.size, &d, NULL) == EFT_OK
               ? 0
               : -1;
}

static int
close_dictionary(void **state)
{
    (void)state;
    efti_dictionary_free(d);
    efti_bytes_free(&made);
    return 0;
}

static void
check_parts(size_t size, const struct efti_compound_parts *parts, bool split)
{
    size_t at = 0;

    assert_int_equal(split, parts->count > 1);
    assert_true(parts->count <= EFTI_COMPOUND_PARTS && parts->count != 1);
    for (uint8_t i = 0; i < parts->count; i++) {
        assert_true(parts->ends[i] > at + parts->link[i]);
        at = parts->ends[i];
    }
    if (split)
        assert_int_equal(at, size);
}

static bool
split(const struct efti_lists *lists, const char *bytes, size_t size,
      struct efti_compound_parts *parts)
{
    const struct efti_compounds c = efti_compounds_of(d, lists, NULL);
    bool found = efti_compound_split(&c, bytes, size, parts);

    check_parts(size, parts, found);
    return found;
}

/* `gold` as the gold files write it; the word is the same without its marks. */
static void
assert_split(const char *gold)
{
    struct efti_compound_parts parts;
    char word[128], ours[128], *w = word, *o = ours;
    size_t at = 0;

    for (const char *g = gold; *g != '\0'; g++) {
        if (*g != '|' && *g != '+')
            *w++ = *g;
    }
    *w = '\0';
    (void)split(NULL, word, strlen(word), &parts);
    for (uint8_t i = 0; i < parts.count; i++) {
        size_t stem = parts.ends[i] - at - parts.link[i];
        o += sprintf(o, "%s%.*s", i == 0 ? "" : "|", (int)stem, word + at);
        if (parts.link[i] > 0)
            o += sprintf(o, "+%.*s", (int)parts.link[i], word + at + stem);
        at = parts.ends[i];
    }
    assert_string_equal(parts.count == 0 ? word : ours, gold);
}

static void
links_belong_to_the_piece_before(void **state)
{
    (void)state;
    assert_split("nätverk+s|arbete");
    assert_split("gat+u|lampa");
    assert_split("familj+e|vecka");
    assert_split("skol|gården");
    assert_split("ansvar+s|fördelning");
}

static void
listed_compounds_are_split_at_all_levels(void **state)
{
    (void)state;
    assert_split("skol|gård");
    assert_split("familj+e|hem");
    assert_split("familj+e|hem+s|vård");
    assert_split("familj+e|hem+s|besök");
}

static void
words_that_have_become_one_stay_whole(void **state)
{
    (void)state;
    assert_split("ansvar");
    assert_split("ansvaret");
    assert_split("vardag");
    assert_split("vardag+s|mat");
    assert_split("plattformen");
    assert_split(
        "handledning+s|grupp"); /* not hand|ledningsgrupp, though both are listed */
}

static void
prefixes_and_endings_are_no_pieces(void **state)
{
    (void)state;
    assert_split("samverkan");
    assert_split("delaktighet");
    assert_split("maktlöshet");
    assert_split("ombokning+s|plan");
}

static void
an_inflected_word_is_cut_where_its_headword_is(void **state)
{
    (void)state;
    assert_split("granskar"); /* gran and skar are words, granska is not gran|ska */
    assert_split("gran|gård");
}

static void
the_head_keeps_the_letter_that_two_pieces_share(void **state)
{
    (void)state;
    assert_split("nat|tåg");
}

static void
a_hyphen_is_a_link(void **state)
{
    (void)state;
    assert_split("lss+-|boende");
    assert_split("sip+-|möte");
    assert_split("e-post");
    assert_split("anna-karin");
}

static void
listed_names_stay_whole(void **state)
{
    struct efti_lists *lists;
    struct efti_compound_parts parts;
    const char *name = "granmat"; /* no name: split */

    (void)state;
    assert_int_equal(efti_lists_new(&efti_malloc, &lists, NULL), EFT_OK);
    assert_true(split(lists, name, strlen(name), &parts));
    name = "vårgårda"; /* a town */
    assert_false(split(lists, name, strlen(name), &parts));
    efti_lists_free(lists);
}

static void
without_a_dictionary_nothing_is_split(void **state)
{
    const struct efti_compounds none = efti_compounds_of(NULL, NULL, NULL);
    struct efti_compound_parts parts;

    (void)state;
    assert_false(efti_compound_split(&none, "gatulampa", 9, &parts));
    assert_int_equal(parts.count, 0);
}

static void
more_than_64_bytes_or_8_pieces_stay_whole(void **state)
{
    const char *eight = "skolnattskolnattskolnattskolhem";
    const char *nine = "skolnattskolnattskolnattskolnatthem";
    struct efti_compound_parts parts;
    char word[65];

    (void)state;
    assert_true(split(NULL, eight, strlen(eight), &parts));
    assert_int_equal(parts.count, 8);
    assert_false(split(NULL, nine, strlen(nine), &parts));
    memset(word, 'a', sizeof(word));
    assert_false(split(NULL, word, sizeof(word), &parts));
    assert_false(split(NULL, "", 0, &parts));
}

/* Every stretch of three to eight is a piece: as many paths as can be, and with the last
 * byte changed no way out. */
static void
the_worst_word_costs_few_look_ups(void **state)
{
    struct efti_compound_parts parts;
    char word[64];
    unsigned most = 0;

    (void)state;
    for (size_t size = 5; size <= sizeof(word); size++) {
        for (unsigned last = 'a'; last <= 'b'; last++) {
            memset(word, 'a', sizeof(word));
            word[size - 1] = (char)last;
            lookups = 0;
            (void)split(NULL, word, size, &parts);
            most = lookups > most ? lookups : most;
        }
    }
    printf("# 64 bytes of 'a', all stretches of 3 to 8 listed: %u look-ups\n", most);
    assert_in_range(most, 1, 512);
    lookups = 0;
    (void)split(NULL, "ordinarietermin", 15, &parts);
    assert_in_range(lookups, 1, 8);
}

static uint64_t
next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void
pieces_of_any_bytes_are_the_bytes(void **state)
{
    static const char *const bits[] = {
        "skol", "båt", "s",   "ansvar", "-",   "å", "\xC3",   "natt",
        "tåg",  "\0x", "aaa", "hem",    "för", "e", "vardag", "\xF0\x9F\x98\x80",
        "u",    "tt",  "Z"};
    struct efti_compound_parts parts;
    uint64_t seed = 20231122;
    unsigned splits = 0;

    (void)state;
    for (int round = 0; round < 50000; round++) {
        char word[96];
        size_t size = 0;
        for (uint64_t n = next_random(&seed) % 9; n > 0 && size < 64; n--) {
            const char *bit = bits[next_random(&seed) % EFTI_COUNT(bits)];
            size_t length = bit[0] == '\0' ? 2 : strlen(bit);
            memcpy(word + size, bit, length);
            size += length;
        }
        splits += split(NULL, word, size, &parts);
    }
    assert_true(splits > 100);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_belong_to_the_piece_before),
        cmocka_unit_test(listed_compounds_are_split_at_all_levels),
        cmocka_unit_test(words_that_have_become_one_stay_whole),
        cmocka_unit_test(prefixes_and_endings_are_no_pieces),
        cmocka_unit_test(an_inflected_word_is_cut_where_its_headword_is),
        cmocka_unit_test(the_head_keeps_the_letter_that_two_pieces_share),
        cmocka_unit_test(a_hyphen_is_a_link),
        cmocka_unit_test(listed_names_stay_whole),
        cmocka_unit_test(without_a_dictionary_nothing_is_split),
        cmocka_unit_test(more_than_64_bytes_or_8_pieces_stay_whole),
        cmocka_unit_test(the_worst_word_costs_few_look_ups),
        cmocka_unit_test(pieces_of_any_bytes_are_the_bytes),
    };

    return cmocka_run_group_tests(tests, open_dictionary, close_dictionary);
}
