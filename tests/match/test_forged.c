/*
 * test_forged.c - what no engine has made, in a dictionary's file whose sums are right
 *
 * Whoever makes a file can make its sums too. find.c looks at as many neighbours as the
 * gap of an anchor says, phrases.c asks a free phrase for its rules, and the veil looks
 * for the hyphen that a name is said to have: each would be led out of what it holds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "lexicons/dictionary_format.h"
#include "match/compiled.h"
#include "veil/find.h"

static const char *dictionary_path;

struct forger {
    struct efti_bytes file;
    struct efti_dictionary *dictionary;
    struct efti_lists *lists;
    eft_lexicon *lexicon;
    struct efti_matcher *matcher;
};

static eft_status
compile(const struct forger *g, const struct efti_dictionary *d,
        struct efti_matcher **out)
{
    return efti_matcher_new(&efti_malloc,
                            &(struct efti_matcher_parts){.lexicons = &g->lexicon,
                                                         .lexicon_count = 1,
                                                         .lists = g->lists,
                                                         .dictionary = d},
                            out, NULL);
}

static void
open_forger(struct forger *g)
{
    char block[1 << 16];
    eft_text core = efti_core_lexicon();
    FILE *f = fopen(dictionary_path, "rb");

    assert_non_null(f);
    efti_bytes_init(&g->file, &efti_malloc);
    for (size_t n; (n = fread(block, 1, sizeof(block), f)) > 0;)
        efti_put(&g->file, block, n);
    (void)fclose(f);
    assert_false(g->file.failed);
    assert_int_equal(efti_dictionary_over(&efti_malloc, g->file.data, g->file.size,
                                          &g->dictionary, NULL),
                     EFT_OK);
    assert_int_equal(efti_lists_new(&efti_malloc, &g->lists, NULL), EFT_OK);
    assert_int_equal(
        efti_lexicon_parse(&efti_malloc, core.bytes, core.size, &g->lexicon, NULL),
        EFT_OK);
    assert_int_equal(compile(g, g->dictionary, &g->matcher), EFT_OK);
    assert_true(efti_matcher_is_known(g->matcher));
}

static void
close_forger(struct forger *g)
{
    efti_matcher_free(g->matcher);
    eft_lexicon_unref(g->lexicon);
    efti_lists_free(g->lists);
    efti_dictionary_free(g->dictionary);
    efti_bytes_free(&g->file);
}

/* Where the last word of the first anchor stands in a set that waits within a gap; 0: in
 * none (match/sets.c has the layout). */
static size_t
first_gap(const unsigned char *words, size_t count)
{
    if (count < 4)
        return 0;
    uint32_t atoms = efti_dict_le32(words + 4), singles = efti_dict_le32(words + 8);
    uint32_t behind = efti_dict_le32(words + 12) >> 16;

    return behind == 0 ? 0
                       : 4 + (atoms & 0xFFFF) + (atoms >> 16) +
                             (size_t)(singles & 0xFFFF) * 2 + 2;
}

static void
a_set_that_waits_too_far_is_not_taken(void **state)
{
    struct forger g;
    struct efti_forms *forms;
    struct efti_match_worker *w;
    struct efti_bytes forged;
    size_t count = 0, tried = 0;

    (void)state;
    open_forger(&g);
    assert_int_equal(efti_forms_new(&efti_malloc, g.lists, g.dictionary, &forms, NULL),
                     EFT_OK);
    assert_int_equal(efti_match_worker_new(&efti_malloc, g.matcher, forms, &w, NULL),
                     EFT_OK);
    efti_bytes_init(&forged, &efti_malloc);
    for (uint32_t n = 1; n < efti_dictionary_known_sets(g.dictionary); n++) {
        const unsigned char *words = efti_dictionary_known_set(g.dictionary, n, &count);
        size_t at = first_gap(words, count);
        uint32_t number = 0;
        assert_true(efti_match_take_set(w, words, count, &number));
        assert_int_not_equal(number, 0);
        if (at == 0)
            continue;
        tried++;
        for (uint32_t gap = EFTI_GAP_MOST + 1; gap < 8; gap++) {
            efti_bytes_clear(&forged);
            efti_put(&forged, (const char *)words, count * 4);
            unsigned char *p = (unsigned char *)forged.data;
            efti_dict_put_le32(p + at * 4,
                               (efti_dict_le32(p + at * 4) & 0x1FFFFFFFu) | gap << 29);
            assert_true(efti_match_take_set(w, p, count, &number));
            assert_int_equal(number, 0);
        }
    }
    assert_true(tried > 100);
    efti_bytes_free(&forged);
    efti_match_worker_free(w);
    efti_forms_free(forms);
    close_forger(&g);
}

/* The matcher again, into the file, and compiled from there. */
static eft_status
compile_forged(struct forger *g)
{
    struct efti_bytes packed;
    struct efti_dictionary *d;
    struct efti_matcher *m = NULL;

    efti_bytes_init(&packed, &efti_malloc);
    assert_true(efti_matcher_pack(g->matcher, &packed));
    assert_int_equal(packed.size, efti_dictionary_known_matcher(g->dictionary).size);
    memcpy(g->file.data + g->file.size - packed.size, packed.data, packed.size);
    efti_bytes_free(&packed);
    efti_dict_put_sum((unsigned char *)g->file.data, g->file.size);
    assert_int_equal(
        efti_dictionary_over(&efti_malloc, g->file.data, g->file.size, &d, NULL), EFT_OK);
    eft_status st = compile(g, d, &m);
    efti_matcher_free(m);
    efti_dictionary_free(d);
    return st;
}

static void
an_anchor_has_the_gap_of_its_pattern(void **state)
{
    static const uint8_t gaps[] = {0, 1, EFTI_GAP_MOST, EFTI_GAP_MOST + 1, EFTI_GAP_FREE};
    struct forger g;
    size_t frees = 0;

    (void)state;
    open_forger(&g);
    assert_int_equal(compile_forged(&g), EFT_OK); /* nothing is forged yet */
    for (size_t i = 0; i < g.matcher->anchors.count; i++) {
        struct efti_anchor *a = &g.matcher->anchors.items[i];
        const uint8_t gap = a->gap;
        bool first = gap == EFTI_GAP_FREE && frees++ == 0;
        for (size_t k = 0; k < EFTI_COUNT(gaps) && (i == 0 || first); k++) {
            a->gap = gaps[k];
            assert_int_equal(compile_forged(&g), gaps[k] == gap ? EFT_OK : EFT_E_FORMAT);
        }
        a->gap = gap;
    }
    assert_true(frees > 0);
    close_forger(&g);
}

/* The veil takes off what hangs on a name without a look at it. */
static void
nothing_is_taken_off_where_nothing_hangs(void **state)
{
    static const struct efti_veil_options plain = {0};
    struct forger g;
    struct efti_forms *forms;
    struct efti_veil *veil;
    uint32_t id;

    (void)state;
    open_forger(&g);
    assert_int_equal(efti_forms_new(&efti_malloc, g.lists, g.dictionary, &forms, NULL),
                     EFT_OK);
    assert_int_equal(
        efti_veil_new(&efti_malloc, g.lists, g.dictionary, forms, &plain, &veil, NULL),
        EFT_OK);
    assert_int_equal(efti_forms_word(forms, (eft_text){"Fatima", 6}, &id, NULL), EFT_OK);
    struct efti_form form = *efti_forms_get(forms, id);
    const uint32_t veiled = form.veil;
    struct efti_known known = {.number = 1, .veil = veiled | VEIL_HYPHEN};
    assert_int_equal(efti_veil_analyse(veil, id, &form, &known, NULL), EFT_OK);
    assert_int_equal(form.veil, veiled);
    efti_veil_free(veil);
    efti_forms_free(forms);
    close_forger(&g);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_that_waits_too_far_is_not_taken),
        cmocka_unit_test(an_anchor_has_the_gap_of_its_pattern),
        cmocka_unit_test(nothing_is_taken_off_where_nothing_hangs),
    };

    dictionary_path = argc > 1 ? argv[1] : "";
    if (*dictionary_path == '\0') {
        print_message("1..0 # SKIP hunspell-sv was not there when this was built\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
