/*
 * test_forms.c - the form table: one record per form, analysed once
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/failing.h"
#include "tokenizers/tokens_tool.h"
#include "vocab/forms.h"

static struct efti_forms *
new_forms(void)
{
    struct efti_forms *f;

    assert_int_equal(efti_forms_new(&efti_malloc, fake_lists(), NULL, &f, NULL), EFT_OK);
    return f;
}

static void
intern(struct efti_forms *f, const char *bytes)
{
    eft_text text = {bytes, strlen(bytes)};

    assert_int_equal(efti_segment(tokenizer, text, &segments, NULL), EFT_OK);
    assert_int_equal(efti_forms_intern(f, text, &segments, NULL), EFT_OK);
}

static const struct efti_form *
form_of(struct efti_forms *f, const char *word)
{
    intern(f, word);
    assert_int_equal(segments.tokens.count, 1);
    return efti_forms_get(f, segments.tokens.items[0].form);
}

static bool
is(const char *bytes, uint32_t size, const char *want)
{
    return efti_equal(bytes, size, want, strlen(want));
}

static bool
has_stem(const struct efti_form *form, const char *want)
{
    eft_text stem = efti_form_stem(form);

    return efti_equal(stem.bytes, stem.size, want, strlen(want));
}

static void
a_form_has_one_record(void **state)
{
    struct efti_forms *f = new_forms();

    (void)state;
    intern(f, "barn och barn och Barn");
    assert_int_equal(efti_forms_count(f), 3);
    assert_int_equal(segments.tokens.items[0].form, segments.tokens.items[2].form);
    assert_int_equal(segments.tokens.items[1].form, segments.tokens.items[3].form);
    assert_int_not_equal(segments.tokens.items[0].form, segments.tokens.items[4].form);
    uint32_t id = segments.tokens.items[4].form;
    intern(f, "Barn");
    assert_int_equal(segments.tokens.items[0].form, id);
    efti_forms_free(f);
}

static void
a_record_holds_fold_and_stem(void **state)
{
    struct efti_forms *f = new_forms();
    const struct efti_form *form = form_of(f, "Skolor");

    (void)state;
    assert_true(is(form->raw, form->raw_size, "Skolor"));
    assert_true(is(form->folded, form->folded_size, "skolor"));
    assert_true(has_stem(form, "skol"));
    assert_int_equal(form->code_points, 6);
    assert_int_equal(form->base, 0); /* no dictionary */
    assert_int_equal(form->kind, EFTI_WORD);
    form = form_of(f, "A\xCC\x8Asa");
    assert_true(is(form->folded, form->folded_size, "\xC3\xA5sa"));
    assert_int_equal(form->code_points, 3);
    form = form_of(f, "bud\xC2\xADget");
    assert_true(is(form->folded, form->folded_size, "budget"));
    form = form_of(f, "7B");
    assert_true(has_stem(form, "7b"));
    efti_forms_free(f);
}

static void
spellings_of_an_abbreviation_fold_to_one(void **state)
{
    static const char *const spellings[] = {"t.ex.",  "t ex", "tex",
                                            "T. ex.", "t.ex", "t.\302\240ex."};
    struct efti_forms *f = new_forms();

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(spellings); i++) {
        const struct efti_form *form = form_of(f, spellings[i]);
        assert_true(is(form->folded, form->folded_size, "t.ex."));
        assert_true(has_stem(form, "t.ex."));
    }
    assert_int_equal(efti_forms_count(f), EFTI_COUNT(spellings));
    efti_forms_free(f);
}

static void
casing_is_told_apart(void **state)
{
    static const struct {
        const char *word;
        enum efti_casing casing;
        uint8_t capitals;
    } e[] = {
        {"anna", EFTI_CASING_LOWER, 0},          {"Anna", EFTI_CASING_INITIAL, 1},
        {"Anna-Karin", EFTI_CASING_INITIAL, 2},  {"ANNA", EFTI_CASING_UPPER, 4},
        {"LSS", EFTI_CASING_UPPER, 3},           {"iPad", EFTI_CASING_MIXED, 1},
        {"IT-stöd", EFTI_CASING_MIXED, 2},       {"SIP:en", EFTI_CASING_MIXED, 3},
        {"McDonald", EFTI_CASING_MIXED, 2},      {"O'Brien", EFTI_CASING_INITIAL, 2},
        {"2023", EFTI_CASING_NONE, 0},           {"Å", EFTI_CASING_INITIAL, 1},
        {"A\xCC\x8Asa", EFTI_CASING_INITIAL, 1}, {"ÅÄÖ", EFTI_CASING_UPPER, 3},
    };
    struct efti_forms *f = new_forms();

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(e); i++) {
        const struct efti_form *form = form_of(f, e[i].word);
        assert_int_equal(form->casing, e[i].casing);
        assert_int_equal(form->capitals, e[i].capitals);
    }
    efti_forms_free(f);
}

static void
lists_and_shapes_are_looked_up(void **state)
{
    struct efti_forms *f = new_forms();

    (void)state;
    assert_int_equal(form_of(f, "Anna")->lists, EFTI_LIST_GIVEN_1);
    assert_int_equal(form_of(f, "och")->dict, EFTI_DICT_FUNCTION);
    assert_int_equal(form_of(f, "Storgatan")->shape, EFTI_SHAPE_STREET);
    assert_int_equal(form_of(f, "gatan")->shape, EFTI_SHAPE_NONE);
    efti_forms_free(f);
}

struct counter {
    uint32_t calls, order;
};

static eft_status
count_one(void *user, uint32_t id, struct efti_form *form, const struct efti_known *known,
          eft_error *err)
{
    struct counter *c = user;

    (void)id;
    (void)known;
    (void)err;
    c->calls++;
    form->veil = ++c->order;
    return EFT_OK;
}

static eft_status
count_two(void *user, uint32_t id, struct efti_form *form, const struct efti_known *known,
          eft_error *err)
{
    struct counter *c = user;

    (void)id;
    (void)known;
    (void)err;
    c->calls++;
    form->match = form->veil + 1; /* after the first one */
    return EFT_OK;
}

static void
analysers_run_once_per_form_in_order(void **state)
{
    struct efti_forms *f = new_forms();
    struct counter a = {0}, b = {0};

    (void)state;
    assert_int_equal(efti_forms_register(f, count_one, &a, NULL), EFT_OK);
    assert_int_equal(efti_forms_register(f, count_two, &b, NULL), EFT_OK);
    intern(f, "ett två ett två tre");
    intern(f, "tre ett");
    assert_int_equal(a.calls, 3);
    assert_int_equal(b.calls, 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(efti_forms_get(f, i)->match, efti_forms_get(f, i)->veil + 1);
    assert_int_equal(efti_forms_register(f, count_one, &a, NULL), EFT_E_INTERNAL);
    efti_forms_free(f);
}

static eft_status
refuse_second(void *user, uint32_t id, struct efti_form *form,
              const struct efti_known *known, eft_error *err)
{
    (void)user;
    (void)id;
    (void)known;
    if (is(form->raw, form->raw_size, "två"))
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "no");
    return EFT_OK;
}

static void
a_refusing_analyser_leaves_no_half_record(void **state)
{
    struct efti_forms *f = new_forms();
    const char bytes[] = "ett två tre";
    eft_text text = {bytes, sizeof(bytes) - 1};

    (void)state;
    assert_int_equal(efti_forms_register(f, refuse_second, NULL, NULL), EFT_OK);
    assert_int_equal(efti_segment(tokenizer, text, &segments, NULL), EFT_OK);
    assert_int_equal(efti_forms_intern(f, text, &segments, NULL), EFT_E_LIMIT);
    assert_int_equal(efti_forms_count(f), 1);
    intern(f, "tre");
    assert_int_equal(efti_forms_count(f), 2);
    assert_true(is(efti_forms_get(f, 1)->raw, efti_forms_get(f, 1)->raw_size, "tre"));
    efti_forms_free(f);
}

static void
ids_stay_while_the_table_grows(void **state)
{
    struct efti_forms *f = new_forms();
    char word[32];

    (void)state;
    for (uint32_t round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 20000; i++) {
            (void)snprintf(word, sizeof(word), "ord%ux", i);
            intern(f, word);
            assert_int_equal(segments.tokens.items[0].form, i);
        }
    assert_int_equal(efti_forms_count(f), 20000);
    assert_true(is(efti_forms_get(f, 19999)->raw, efti_forms_get(f, 19999)->raw_size,
                   "ord19999x"));
    /* the bar of bench/README.md: at most 120 bytes for a form */
    assert_true(efti_forms_bytes(f) / 20000 <= 120);
    efti_forms_free(f);
}

/* Around the 14 bytes of the head, the 15 of a key and the 32 of a quick hash: words that
 * differ in the last letter alone, in mid-text and as the last bytes of it. */
static void
words_of_every_length_are_told_apart(void **state)
{
    struct efti_forms *f = new_forms();
    char words[64];

    (void)state;
    for (uint32_t size = 1; size <= 40; size++) {
        memset(words, 'a', sizeof(words));
        words[size - 1] = 'b';
        const struct efti_form *first = NULL, *second = NULL;
        for (int last = 0; last < 2; last++) {
            char *copy = malloc(size + (last == 0 ? 20 : 0)); /* no byte beyond it */
            assert_non_null(copy);
            memset(copy, ' ', size + (last == 0 ? 20 : 0));
            memcpy(copy, words, size);
            eft_text text = {copy, size + (last == 0 ? 20u : 0u)};
            assert_int_equal(efti_segment(tokenizer, text, &segments, NULL), EFT_OK);
            assert_int_equal(efti_forms_intern(f, text, &segments, NULL), EFT_OK);
            *(last == 0 ? &first : &second) =
                efti_forms_get(f, segments.tokens.items[0].form);
            free(copy);
        }
        assert_ptr_equal(first, second);
        assert_true(efti_equal(first->raw, first->raw_size, words, size));
        assert_int_equal(efti_forms_count(f), size);
    }
    efti_forms_free(f);
}

/* Beyond a key, a quick hash, a byte and a token that is not "long": each twice with
 * another last letter, then all of them again. */
static void
long_words_are_told_apart(void **state)
{
    static const size_t sizes[] = {15,  16,  17,  31,   32,   33,
                                   255, 256, 257, 1024, 1025, 9000};
    struct efti_forms *f = new_forms();
    char *word = malloc(sizes[EFTI_COUNT(sizes) - 1]);

    (void)state;
    assert_non_null(word);
    for (uint32_t round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 2 * EFTI_COUNT(sizes); i++) {
            const size_t size = sizes[i / 2];
            memset(word, 'a', size);
            word[size - 1] = i % 2 == 0 ? 'b' : 'c';
            eft_text text = {word, size};
            assert_int_equal(efti_segment(tokenizer, text, &segments, NULL), EFT_OK);
            assert_int_equal(efti_forms_intern(f, text, &segments, NULL), EFT_OK);
            assert_int_equal(segments.tokens.items[0].form, i);
            const struct efti_form *form = efti_forms_get(f, i);
            assert_true(efti_equal(form->raw, form->raw_size, word, size));
        }
    free(word);
    efti_forms_free(f);
}

static void
a_failing_allocator_is_survived_at_every_call(void **state)
{
    char bytes[40000];
    size_t size = 0;
    bool done = false;

    (void)state;
    for (uint32_t i = 0; i < 3200; i++) /* beyond the first slots and several blocks */
        size += (size_t)snprintf(bytes + size, sizeof(bytes) - size, "Ord%u ", i);
    eft_text text = {bytes, size};
    assert_int_equal(efti_segment(tokenizer, text, &segments, NULL), EFT_OK);
    for (size_t n = 1; !done; n++) {
        struct failing faults;
        const eft_allocator mem = failing_at(&faults, n);
        struct efti_forms *f = NULL;
        eft_error err = {0};
        eft_status st = efti_forms_new(&mem, fake_lists(), NULL, &f, &err);
        if (st == EFT_OK) {
            st = efti_forms_intern(f, text, &segments, &err);
            if (st != EFT_OK) /* it goes on from where it was */
                assert_int_equal(efti_forms_intern(f, text, &segments, NULL), EFT_OK);
            assert_int_equal(efti_forms_count(f), 3200);
        } else {
            assert_null(f);
        }
        assert_true(st == EFT_OK || (st == EFT_E_NOMEM && err.status == EFT_E_NOMEM));
        efti_forms_free(f);
        assert_int_equal(faults.held, 0);
        assert_false(faults.wrong_size);
        done = !faults.failed;
        assert_true(n < 1000);
    }
}

static uint64_t seed = 0x1234567890ABCDEFu;

static uint32_t
next_random(void)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (uint32_t)(seed * 0x2545F4914F6CDD1Du >> 33);
}

/* Words of 1 to 40 bytes; few letters, so that they come again and have beginnings in
 * common. Every fourth text is short, some shorter than what a path loads of a word. */
static size_t
write_words(char *text, size_t most)
{
    size_t size = 0, words = 1 + next_random() % (next_random() % 4 == 0 ? 12 : 300);

    for (size_t i = 0; i < words && size + 50 < most; i++) {
        size_t letters = 1 + next_random() % (next_random() % 8 == 0 ? 40 : 15);
        bool same = letters > 8 && next_random() % 2 == 0;
        for (size_t k = 0; k < letters; k++)
            text[size++] = same && k < letters - 2 ? 'e' : "aeinst"[next_random() % 6];
        text[size++] = ' ';
    }
    return size - 1;
}

static void
compare_paths(const char *name)
{
    struct efti_forms *plain = new_forms(), *fast = new_forms();
    struct efti_segments again = {0};
    static char text[16384];
    bool there = efti_forms_set_path(fast, name);

    print_message("# %s: %s\n", name, there ? "compared" : "skipped, not on this CPU");
    assert_true(efti_forms_set_path(plain, "portable"));
    for (int round = 0; there && round < 700; round++) {
        size_t size = write_words(text, sizeof(text));
        assert_true(size > 0);
        char *copy = malloc(size); /* nothing to read lies behind */
        assert_non_null(copy);
        memcpy(copy, text, size);
        eft_text t = {copy, size};
        assert_int_equal(efti_segment(tokenizer, t, &segments, NULL), EFT_OK);
        assert_int_equal(efti_segment(tokenizer, t, &again, NULL), EFT_OK);
        assert_int_equal(efti_forms_intern(plain, t, &segments, NULL), EFT_OK);
        assert_int_equal(efti_forms_intern(fast, t, &again, NULL), EFT_OK);
        assert_int_equal(segments.tokens.count, again.tokens.count);
        assert_memory_equal(segments.tokens.items, again.tokens.items,
                            again.tokens.count * sizeof(*again.tokens.items));
        free(copy);
    }
    assert_int_equal(efti_forms_count(plain), efti_forms_count(fast));
    assert_true(!there || efti_forms_count(plain) > 32768); /* the table has grown */
    efti_forms_free(plain);
    efti_forms_free(fast);
    efti_segments_free(&efti_malloc, &again);
}

static void
every_path_finds_the_same_forms(void **state)
{
    (void)state;
    compare_paths("avx2");
    compare_paths("avx512");
    compare_paths("portable"); /* under another key */
    struct efti_forms *forms = new_forms();
    assert_false(efti_forms_set_path(forms, "abacus"));
    efti_forms_free(forms);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_has_one_record),
        cmocka_unit_test(a_record_holds_fold_and_stem),
        cmocka_unit_test(spellings_of_an_abbreviation_fold_to_one),
        cmocka_unit_test(casing_is_told_apart),
        cmocka_unit_test(lists_and_shapes_are_looked_up),
        cmocka_unit_test(analysers_run_once_per_form_in_order),
        cmocka_unit_test(a_refusing_analyser_leaves_no_half_record),
        cmocka_unit_test(words_of_every_length_are_told_apart),
        cmocka_unit_test(long_words_are_told_apart),
        cmocka_unit_test(ids_stay_while_the_table_grows),
        cmocka_unit_test(every_path_finds_the_same_forms),
        cmocka_unit_test(a_failing_allocator_is_survived_at_every_call),
    };

    return cmocka_run_group_tests(tests, tokens_set_up, tokens_tear_down);
}
