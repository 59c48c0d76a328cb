/*
 * test_real_forms.c - the form table over the lists that are compiled in and, where it
 * was built, the real dictionary
 *
 * The other tests of this room use made-up lists. Here the question is whether lists,
 * dictionary and form table fit together, and whether the short way of folding that most
 * forms take gives what the long way gives.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "lexicons/dictionary_format.h"
#include "support/failing.h"
#include "vocab/forms.h"

static const char *dictionary_path; /* "": the build has none */

struct tools {
    struct efti_lists *lists;
    struct efti_dictionary *dictionary; /* NULL: none */
    struct efti_forms *forms;
    struct efti_segments segments;
};

static int
open_tools(void **state)
{
    static struct tools t;

    t = (struct tools){0};
    *state = &t;
    return efti_lists_new(&efti_malloc, &t.lists, NULL) == EFT_OK &&
                   (*dictionary_path == '\0' ||
                    efti_dictionary_open(&efti_malloc, dictionary_path, &t.dictionary,
                                         NULL) == EFT_OK) &&
                   efti_forms_new(&efti_malloc, t.lists, t.dictionary, &t.forms, NULL) ==
                       EFT_OK
               ? 0
               : -1;
}

static int
close_tools(void **state)
{
    struct tools *t = *state;

    efti_segments_free(&efti_malloc, &t->segments);
    efti_forms_free(t->forms);
    efti_dictionary_free(t->dictionary);
    efti_lists_free(t->lists);
    return 0;
}

/* The record of one word, without a tokenizer between. */
static const struct efti_form *
form_of(struct tools *t, const char *bytes, size_t size)
{
    eft_text text = {bytes, size};

    if (t->segments.tokens.count == 0)
        assert_true(EFTI_PUSH(&efti_malloc, &t->segments.tokens));
    t->segments.tokens.items[0] =
        (struct efti_token){.end = (uint32_t)size, .kind = EFTI_WORD};
    assert_int_equal(efti_forms_intern(t->forms, text, &t->segments, NULL), EFT_OK);
    return efti_forms_get(t->forms, t->segments.tokens.items[0].form);
}

static const struct efti_form *
word(struct tools *t, const char *bytes)
{
    return form_of(t, bytes, strlen(bytes));
}

static struct tools *
with_dictionary(void **state)
{
    struct tools *t = *state;

    if (t->dictionary == NULL)
        skip();
    return t;
}

static void
lists_speak_about_names_and_function_words(void **state)
{
    struct tools *t = *state;

    assert_true(word(t, "Fatima")->lists & EFTI_LIST_GIVEN_1);
    assert_true(word(t, "och")->lists & EFTI_LIST_FUNCTION);
    assert_true(word(t, "och")->dict & EFTI_DICT_FUNCTION);
    assert_true(word(t, "G\xC3\xB6teborg")->lists & EFTI_LIST_PLACE);
    assert_int_equal(word(t, "Lindkvist")->shape, EFTI_SHAPE_SURNAME);
    assert_int_equal(word(t, "Lindkvists")->shape, EFTI_SHAPE_SURNAME);
    assert_int_equal(word(t, "grundskolan")->shape, EFTI_SHAPE_NONE);
    assert_int_equal(word(t, "trygghet")->shape, EFTI_SHAPE_NONE);
}

static void
a_listed_word_is_no_compound(void **state)
{
    struct tools *t = with_dictionary(state);
    const struct efti_form *form = word(t, "Arbetet");

    assert_true(form->dict & EFTI_DICT_LOWER);
    assert_false(form->dict & EFTI_DICT_COMPOUND);
    assert_int_equal(form->last_part, 0);
}

/* gick: gå; and of a compound the base form of what ends it. */
static void
a_form_knows_its_base_form(void **state)
{
    struct tools *t = with_dictionary(state);
    size_t at = 0;
    uint32_t flags, own;
    bool quiet;

    for (uint32_t n = 0;; n++) {
        eft_text form = efti_dictionary_next(t->dictionary, &at, &flags);
        if (form.size == 0)
            break;
        if (n % 17 != 0)
            continue;
        eft_text want = efti_dictionary_base(t->dictionary, form.bytes, form.size);
        uint32_t base = form_of(t, form.bytes, form.size)->base;
        eft_text got = efti_dictionary_record(t->dictionary, base, &own, &quiet);
        assert_true(efti_equal(got.bytes, got.size, want.bytes, want.size));
        if (got.size == 0)
            continue;
        assert_int_equal(own, efti_dictionary_find(t->dictionary, got.bytes, got.size));
    }
    const struct efti_form *form = word(t, "reflektionsgrupperna");
    assert_true((form->base & EFTI_FORM_BASE_LAST) != 0);
    eft_text base =
        efti_dictionary_record(t->dictionary, EFTI_FORM_BASE(form), &own, &quiet);
    assert_true(efti_equal(base.bytes, base.size, "grupp", 5));
    assert_int_equal(word(t, "xqzwk")->base, 0);
}

static void
a_number_without_a_record_has_no_letters(void **state)
{
    struct tools *t = *state;
    uint32_t flags;
    bool quiet;

    for (uint32_t base = 0; base < UINT32_MAX / 2; base = base * 3 + 16777215u)
        if (base == 0 || t->dictionary == NULL)
            assert_int_equal(
                efti_dictionary_record(t->dictionary, base, &flags, &quiet).size, 0);
        else /* anywhere in the file or outside: no harm */
            (void)efti_dictionary_record(t->dictionary, base, &flags, &quiet);
}

/* Unlisted words of two and three parts, with the byte at which the last part begins. */
static void
an_unlisted_compound_knows_its_last_part(void **state)
{
    static const struct {
        const char *word, *last;
    } cases[] = {
        {"reflektionsgrupp", "grupp"},
        {"samtalsmetodik", "metodik"},
        {"demonstrationsprojekt", "projekt"},
        {"bostadsstorlekar", "storlekar"},
        {"n\xC3\xA4toperat\xC3\xB6rer", "operat\xC3\xB6rer"},
        {"Trygghetsteam", "team"},
    };
    struct tools *t = with_dictionary(state);

    for (size_t i = 0; i < EFTI_COUNT(cases); i++) {
        const struct efti_form *form = word(t, cases[i].word);
        if ((form->dict & EFTI_DICT_COMPOUND) == 0)
            fail_msg("case %zu is not seen as a compound", i);
        assert_int_equal(form->dict & EFTI_DICT_LOWER, 0);
        size_t last = form->last_part;
        assert_true(efti_equal(form->folded + last, form->folded_size - last,
                               cases[i].last, strlen(cases[i].last)));
    }
}

static void
what_is_no_word_is_no_compound(void **state)
{
    static const char *const cases[] = {"xqzvbn",   "bilbil", "aaaaaaaaaaaaaaaaaaaaaaaa",
                                        "Wernhult", "fatima", "qwertygrupp"};
    struct tools *t = with_dictionary(state);

    for (size_t i = 0; i < EFTI_COUNT(cases); i++) {
        const struct efti_form *form = word(t, cases[i]);
        if ((form->dict & EFTI_DICT_COMPOUND) != 0 || form->last_part != 0)
            fail_msg("case %zu is seen as a compound", i);
    }
}

/* Compounds are looked for in words alone: a code or an address is none. */
static void
only_words_are_compounds(void **state)
{
    struct tools *t = with_dictionary(state);
    eft_text text = {"samtalsmetodik", 14};

    (void)word(t, "och"); /* makes room for the token */
    t->segments.tokens.items[0] = (struct efti_token){.end = 14, .kind = EFTI_CODE};
    assert_int_equal(efti_forms_intern(t->forms, text, &t->segments, NULL), EFT_OK);
    const struct efti_form *form =
        efti_forms_get(t->forms, t->segments.tokens.items[0].form);
    assert_int_equal(form->kind, EFTI_CODE);
    assert_int_equal(form->dict & EFTI_DICT_COMPOUND, 0);
}

/* ---------------------------------------------------------------- the short way */

/* Casing as casing.c defines it, for words without hyphen and apostrophe. */
static enum efti_casing
plain_casing(const char *bytes, size_t size, uint32_t *capitals)
{
    uint32_t high = 0, low = 0;
    bool first_high = false;

    for (size_t at = 0, n = 0; at < size; n++) {
        uint32_t c = efti_utf8_next(bytes, size, &at);
        first_high |= n == 0 && efti_is_upper(c);
        high += efti_is_upper(c);
        low += efti_is_lower(c);
    }
    *capitals = high;
    if (high == 0)
        return low > 0 ? EFTI_CASING_LOWER : EFTI_CASING_NONE;
    if (low == 0)
        return high > 1 ? EFTI_CASING_UPPER : EFTI_CASING_INITIAL;
    return first_high && high == 1 ? EFTI_CASING_INITIAL : EFTI_CASING_MIXED;
}

static void
assert_as_folded(struct tools *t, struct efti_bytes *folded, const char *bytes,
                 size_t size)
{
    const struct efti_form *form = form_of(t, bytes, size);
    struct efti_unicode *u = efti_forms_unicode(t->forms);
    uint32_t capitals;

    assert_int_equal(efti_fold(u, bytes, size, folded, NULL), EFT_OK);
    assert_true(efti_equal(form->folded, form->folded_size, folded->data, folded->size));
    assert_int_equal(form->code_points, efti_utf8_length(folded->data, folded->size));
    assert_int_equal(form->casing, plain_casing(bytes, size, &capitals));
    assert_int_equal(form->capitals, capitals);
}

/* With every letter of Latin-1 in every place, capital and small. */
static void
letters_of_latin_1_fold_as_in_a_text(void **state)
{
    struct tools *t = *state;
    struct efti_bytes folded;
    char bytes[16];

    efti_bytes_init(&folded, &efti_malloc);
    for (uint32_t c = 0x41; c < 0x180; c++) {
        if (!efti_is_letter(c))
            continue;
        for (int place = 0; place < 3; place++) {
            size_t size = 0;
            for (int i = 0; i < 3; i++)
                size += i == place ? efti_utf8_put(c, bytes + size)
                                   : efti_utf8_put('x', bytes + size);
            assert_as_folded(t, &folded, bytes, size);
        }
        assert_as_folded(t, &folded, bytes, efti_utf8_put(c, bytes));
    }
    efti_bytes_free(&folded);
}

/* ----------------------------------------------------------------- the hot part */

/* The dictionary's bytes without their hot and known part. */
static struct efti_dictionary *
without_hot(struct efti_bytes *bytes)
{
    char block[1 << 16];
    struct efti_dictionary *d;
    FILE *f = fopen(dictionary_path, "rb");

    assert_non_null(f);
    efti_bytes_init(bytes, &efti_malloc);
    for (size_t n; (n = fread(block, 1, sizeof(block), f)) > 0;)
        efti_put(bytes, block, n);
    (void)fclose(f);
    assert_false(bytes->failed);
    unsigned char *p = (unsigned char *)bytes->data;
    uint32_t hot = efti_dict_le32(p + 8 + 4 * EFTI_DICT_F_HOT_AT);
    assert_int_not_equal(hot, 0);
    efti_dict_put_le32(p + 8 + 4 * EFTI_DICT_F_HOT_AT, 0);
    efti_dict_put_le32(p + 8 + 4 * EFTI_DICT_F_KNOWN_AT, 0);
    efti_dict_put_le32(p + 8 + 4 * EFTI_DICT_F_SIZE, hot);
    assert_int_equal(efti_dictionary_over(&efti_malloc, p, hot, &d, NULL), EFT_OK);
    return d;
}

static void
assert_alike(const struct efti_form *a, const struct efti_form *b)
{
    eft_text x = efti_form_stem(a), y = efti_form_stem(b);

    assert_true(efti_equal(a->raw, a->raw_size, b->raw, b->raw_size));
    assert_true(efti_equal(a->folded, a->folded_size, b->folded, b->folded_size));
    assert_true(efti_equal(x.bytes, x.size, y.bytes, y.size));
    assert_int_equal(a->dict, b->dict);
    assert_int_equal(a->lists, b->lists);
    assert_int_equal(a->shape, b->shape);
    assert_int_equal(a->last_part, b->last_part);
    assert_int_equal(a->casing, b->casing);
    assert_int_equal(a->capitals, b->capitals);
    assert_int_equal(a->code_points, b->code_points);
}

/* One token of the whole text, whatever the scanner would make of it. */
static const struct efti_form *
form_of_kind(struct tools *t, struct efti_forms *forms, eft_text text,
             enum efti_kind kind)
{
    t->segments.tokens.items[0] =
        (struct efti_token){.end = (uint32_t)text.size, .kind = (uint8_t)kind};
    t->segments.tokens.count = 1;
    assert_int_equal(efti_forms_intern(forms, text, &t->segments, NULL), EFT_OK);
    return efti_forms_get(forms, t->segments.tokens.items[0].form);
}

/* Every form of the hot part, in small letters and with a capital, as a word and as a
 * code: what the file says is what is found without it. */
static void
hot_forms_are_those_analysed_from_scratch(void **state)
{
    struct tools *t = with_dictionary(state);
    struct efti_bytes bytes;
    struct efti_dictionary *cold = without_hot(&bytes);
    struct efti_dictionary_word word;
    struct efti_forms *forms;
    size_t at = 0, size = 0, seen = 0;
    char capital[256];

    (void)form_of(t, "och", 3); /* makes room for the token */
    assert_int_equal(efti_forms_new(&efti_malloc, t->lists, cold, &forms, NULL), EFT_OK);
    assert_true(efti_dictionary_lists_by(t->dictionary, efti_lists_hash(t->lists)));
    for (; efti_dictionary_hot_next(t->dictionary, &at, &word, &size); seen++) {
        eft_text text = {word.bytes, size};
        for (int i = 0; i < 3; i++) {
            enum efti_kind kind = i == 2 ? EFTI_CODE : EFTI_WORD;
            assert_alike(form_of_kind(t, t->forms, text, kind),
                         form_of_kind(t, forms, text, kind));
            memcpy(capital, word.bytes, size);
            if (i == 0 && capital[0] >= 'a' && capital[0] <= 'z') {
                capital[0] = (char)(capital[0] - 0x20);
                text.bytes = capital;
            } else {
                text.bytes = word.bytes;
            }
        }
    }
    assert_int_equal(seen, efti_dictionary_hot_count(t->dictionary));
    assert_true(seen > 20000);
    efti_forms_free(forms);
    efti_dictionary_free(cold);
    efti_bytes_free(&bytes);
}

/* Forms of which the dictionary says that no list knows them. */
static void
quiet_forms_are_on_no_list(void **state)
{
    struct tools *t = with_dictionary(state);
    struct efti_dictionary_word word;
    uint32_t flags, seen = 0, told = 0;
    size_t at = 0;

    for (eft_text f; (f = efti_dictionary_next(t->dictionary, &at, &flags)).size > 0;) {
        if (seen++ % 11 != 0)
            continue;
        assert_true(efti_dictionary_look(t->dictionary, f.bytes, f.size, &word));
        told += word.told;
        if (!word.told)
            continue;
        assert_int_equal(word.lists, efti_lists_word(t->lists, f.bytes, f.size));
        assert_int_equal(word.shape, efti_lists_shape(t->lists, f.bytes, f.size));
    }
    assert_true(told > 50000);
}

/* With other lists, the hot part's answers of the lists are not used. */
static void
other_lists_are_asked_themselves(void **state)
{
    struct tools *t = with_dictionary(state);
    struct efti_forms *forms;

    assert_int_equal(efti_forms_new(&efti_malloc, NULL, t->dictionary, &forms, NULL),
                     EFT_OK);
    (void)form_of(t, "och", 3);
    const struct efti_form *form =
        form_of_kind(t, forms, (eft_text){"och", 3}, EFTI_WORD);
    assert_int_equal(form->lists, 0);
    assert_true(form->dict & EFTI_DICT_LOWER);
    assert_false(form->dict & EFTI_DICT_FUNCTION);
    efti_forms_free(forms);
}

/* A form that the dictionary lists takes its stem from there. */
static void
stems_of_the_dictionary_are_those_of_the_stemmer(void **state)
{
    struct tools *t = with_dictionary(state);
    struct efti_stemmer *stemmer = efti_forms_stemmer(t->forms);
    struct efti_dictionary_word word;
    uint32_t flags, seen = 0;
    size_t at = 0;

    assert_true(
        efti_dictionary_stems_by(t->dictionary, efti_stemmer_fingerprint(stemmer)));
    for (eft_text f; (f = efti_dictionary_next(t->dictionary, &at, &flags)).size > 0;) {
        if (seen++ % 7 != 0)
            continue;
        assert_true(efti_dictionary_look(t->dictionary, f.bytes, f.size, &word));
        assert_int_equal(word.flags & ~(uint32_t)EFTI_DICT_COMPOUND, flags);
        eft_text stem = efti_stem(stemmer, f.bytes, f.size);
        assert_true(efti_equal(stem.bytes, stem.size, word.bytes,
                               word.stem_size == 0 ? f.size : word.stem_size));
    }
}

/* One in twenty of the dictionary's 800,000 forms, as they are and with a capital. */
static void
forms_of_the_dictionary_fold_to_themselves(void **state)
{
    struct tools *t = with_dictionary(state);
    const uint32_t computed = EFTI_DICT_FUNCTION | EFTI_DICT_COMPOUND;
    struct efti_bytes folded;
    uint32_t flags, seen = 0;
    size_t at = 0;
    char bytes[256];

    efti_bytes_init(&folded, &efti_malloc);
    for (eft_text f; (f = efti_dictionary_next(t->dictionary, &at, &flags)).size > 0;) {
        if (seen++ % 20 != 0 || memchr(f.bytes, '-', f.size) != NULL ||
            memchr(f.bytes, '\'', f.size) != NULL)
            continue;
        assert_as_folded(t, &folded, f.bytes, f.size);
        const struct efti_form *form = form_of(t, f.bytes, f.size);
        assert_int_equal(form->dict & ~computed, flags);
        memcpy(bytes, f.bytes, f.size); /* at most 255 */
        if (bytes[0] >= 'a' && bytes[0] <= 'z')
            bytes[0] = (char)(bytes[0] - 0x20);
        assert_as_folded(t, &folded, bytes, f.size);
        form = form_of(t, bytes, f.size);
        assert_int_equal(form->dict & ~computed, flags);
    }
    assert_true(seen > 500000);
    efti_bytes_free(&folded);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_speak_about_names_and_function_words),
        cmocka_unit_test(letters_of_latin_1_fold_as_in_a_text),
        /* from here on with the dictionary */
        cmocka_unit_test(a_listed_word_is_no_compound),
        cmocka_unit_test(a_form_knows_its_base_form),
        cmocka_unit_test(a_number_without_a_record_has_no_letters),
        cmocka_unit_test(an_unlisted_compound_knows_its_last_part),
        cmocka_unit_test(what_is_no_word_is_no_compound),
        cmocka_unit_test(only_words_are_compounds),
        cmocka_unit_test(forms_of_the_dictionary_fold_to_themselves),
        cmocka_unit_test(stems_of_the_dictionary_are_those_of_the_stemmer),
        cmocka_unit_test(hot_forms_are_those_analysed_from_scratch),
        cmocka_unit_test(quiet_forms_are_on_no_list),
        cmocka_unit_test(other_lists_are_asked_themselves),
    };
    const struct CMUnitTest without[] = {tests[0], tests[1]};

    dictionary_path = argc > 1 ? argv[1] : "";
    return *dictionary_path != '\0'
               ? cmocka_run_group_tests(tests, open_tools, close_tools)
               : cmocka_run_group_tests(without, open_tools, close_tools);
}
