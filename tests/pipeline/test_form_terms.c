/*
 * test_form_terms.c - what forms count as, by the settings of a plan
 *
 * The path of ordbok.efd is the first argument; without it most words have no base form,
 * and the tests that need them have nothing to do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include <stdlib.h>
#include <unistd.h>

#include "lexicons/build/files.h"
#include "lexicons/dictionary_format.h"
#include "pipeline/pipeline.h"
#include "tokenizers/terms.h"

static const char *dictionary;
static eft_context *ctx;

struct terms_test {
    eft_plan *plan;
    struct efti_worker worker;
};

static void
open_test(struct terms_test *t, uint32_t terms, uint32_t compounds)
{
    static const eft_text allow[] = {{"zygolit", 7}};
    eft_plan_options o = {.struct_size = sizeof(o),
                          .dictionary = dictionary,
                          .allow = allow,
                          .allow_count = 1,
                          .terms = terms,
                          .compounds = compounds};

    assert_int_equal(eft_plan_new(ctx, &o, &t->plan, NULL), EFT_OK);
    assert_int_equal(efti_worker_open(&t->worker, t->plan, NULL), EFT_OK);
}

static void
close_test(struct terms_test *t)
{
    efti_worker_close(&t->worker);
    eft_plan_unref(t->plan);
}

/* `want`: terms with "+" between; "": none. */
static void
assert_terms(struct terms_test *t, const char *word, const char *want)
{
    struct efti_form_terms terms;
    char got[512] = "";
    uint32_t id;

    assert_int_equal(
        efti_forms_word(t->worker.forms, (eft_text){word, strlen(word)}, &id, NULL),
        EFT_OK);
    assert_int_equal(
        efti_form_terms(&t->worker, efti_forms_get(t->worker.forms, id), &terms, NULL),
        EFT_OK);
    for (uint32_t i = 0; i < terms.count; i++) {
        size_t n = strlen(got);
        (void)snprintf(got + n, sizeof(got) - n, "%s%.*s", i > 0 ? "+" : "",
                       (int)terms.items[i].size, terms.items[i].bytes);
    }
    assert_string_equal(got, want);
}

static void
base_forms_are_the_default(void **state)
{
    struct terms_test t;

    (void)state;
    open_test(&t, EFT_TERMS_BASE, EFT_COMPOUNDS_WHOLE);
    assert_terms(&t, "skolornas", "skola");
    assert_terms(&t, "Gick", "gå");
    assert_terms(&t, "familjehemmen", "familjehem");
    close_test(&t);
}

static void
stems_can_be_asked_for(void **state)
{
    struct terms_test t;

    (void)state;
    open_test(&t, EFT_TERMS_STEM, EFT_COMPOUNDS_WHOLE);
    assert_terms(&t, "skolornas", "skol");
    assert_terms(&t, "gick", "gick");
    close_test(&t);
}

static void
a_compound_counts_by_its_head_or_its_parts(void **state)
{
    static const struct {
        const char *word, *head, *parts;
    } cases[] = {
        {"arbetsbelastningen", "belastning", "arbete+belastning"},
        {"familjehemmet", "hem", "familj+hem"},
        {"skolgården", "gård", "skola+gård"},
        {"nattåget", "tåg", "natt+tåg"},
        {"ansvaret", "ansvar", "ansvar"}, /* one word to its readers */
        {"skolornas", "skola", "skola"},
    };
    struct terms_test t;

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(cases); i++) {
        open_test(&t, EFT_TERMS_BASE, EFT_COMPOUNDS_HEAD);
        assert_terms(&t, cases[i].word, cases[i].head);
        close_test(&t);
        open_test(&t, EFT_TERMS_BASE, EFT_COMPOUNDS_PARTS);
        assert_terms(&t, cases[i].word, cases[i].parts);
        close_test(&t);
    }
}

/* Rule 8.4, whatever the setting. */
static void
what_is_not_closed_has_no_term(void **state)
{
    static const char *const words[] = {"fatima", "Solgläntan", "Wernhult",
                                        "xqzvbn", "lindbergs",  "Karlssonfamiljen"};
    struct terms_test t;

    (void)state;
    for (uint32_t compounds = 0; compounds <= EFT_COMPOUNDS_PARTS; compounds++) {
        for (uint32_t terms = 0; terms <= EFT_TERMS_STEM; terms++) {
            open_test(&t, terms, compounds);
            for (size_t i = 0; i < EFTI_COUNT(words); i++)
                assert_terms(&t, words[i], "");
            close_test(&t);
        }
    }
}

/* Every word of the dictionary: its term is closed, or it is the form itself. */
static void
terms_of_dictionary_words_are_closed(void **state)
{
    struct terms_test t;
    struct efti_form_terms terms;
    uint32_t flags, id, seen = 0, shown = 0;
    size_t at = 0;

    (void)state;
    open_test(&t, EFT_TERMS_BASE, EFT_COMPOUNDS_PARTS);
    for (eft_text f;
         (f = efti_dictionary_next(t.plan->dictionary, &at, &flags)).size > 0;) {
        if (seen++ % 41 != 0)
            continue;
        assert_int_equal(efti_forms_word(t.worker.forms, f, &id, NULL), EFT_OK);
        const struct efti_form *form = efti_forms_get(t.worker.forms, id);
        assert_int_equal(efti_form_terms(&t.worker, form, &terms, NULL), EFT_OK);
        assert_int_equal(terms.count > 0, form->closed);
        for (uint32_t i = 0; i < terms.count; i++) {
            uint32_t term;
            eft_text text = terms.items[i];
            if (!efti_term_is_word(t.plan->dictionary, text.bytes, text.size))
                continue; /* labelled as a stem */
            assert_int_equal(efti_forms_word(t.worker.forms, text, &term, NULL), EFT_OK);
            assert_int_equal(efti_forms_get(t.worker.forms, term)->closed, 1);
            shown++;
        }
    }
    assert_true(shown > 10000);
    close_test(&t);
}

/* The dictionary without what was found of its words ahead, in a file of its own. */
static void
write_words_alone(int fd)
{
    struct efti_bytes file;

    efti_bytes_init(&file, &efti_malloc);
    assert_true(build_read(dictionary, &file));
    unsigned char *p = (unsigned char *)file.data;
    uint32_t hot = efti_dict_le32(p + 8 + 4 * EFTI_DICT_F_HOT_AT);
    efti_dict_put_le32(p + 8 + 4 * EFTI_DICT_F_HOT_AT, 0);
    efti_dict_put_le32(p + 8 + 4 * EFTI_DICT_F_KNOWN_AT, 0);
    efti_dict_put_le32(p + 8 + 4 * EFTI_DICT_F_SIZE, hot);
    for (size_t at = 0; at < hot;) {
        ssize_t n = write(fd, p + at, hot - at);
        assert_true(n > 0);
        at += (size_t)n;
    }
    efti_bytes_free(&file);
}

static void
assert_same_terms(struct terms_test *a, struct terms_test *b, const char *word,
                  size_t size)
{
    struct terms_test *tests[] = {a, b};
    struct efti_form_terms terms[2];

    for (size_t i = 0; i < 2; i++) {
        struct efti_worker *w = &tests[i]->worker;
        uint32_t id;
        assert_int_equal(efti_forms_word(w->forms, (eft_text){word, size}, &id, NULL),
                         EFT_OK);
        assert_int_equal(
            efti_form_terms(w, efti_forms_get(w->forms, id), &terms[i], NULL), EFT_OK);
    }
    assert_int_equal(terms[0].count, terms[1].count);
    for (uint32_t i = 0; i < terms[0].count; i++) {
        eft_text x = terms[0].items[i], y = terms[1].items[i];
        assert_true(efti_equal(x.bytes, x.size, y.bytes, y.size));
    }
}

/* What the file says of base forms comes to what is found where it says nothing. */
static void
what_the_file_knows_changes_no_term(void **state)
{
    char path[] = "/tmp/eftertanke-words-XXXXXX";
    const char *whole = dictionary;
    struct terms_test with, without;
    uint32_t flags, seen = 0;
    size_t at = 0;
    int fd = mkstemp(path);

    (void)state;
    assert_true(fd >= 0);
    write_words_alone(fd);
    (void)close(fd);
    open_test(&with, EFT_TERMS_BASE, EFT_COMPOUNDS_WHOLE);
    dictionary = path;
    open_test(&without, EFT_TERMS_BASE, EFT_COMPOUNDS_WHOLE);
    dictionary = whole;
    assert_true(efti_forms_lists_known(with.worker.forms));
    assert_false(efti_forms_lists_known(without.worker.forms));
    for (eft_text f;
         (f = efti_dictionary_next(with.plan->dictionary, &at, &flags)).size > 0;) {
        if (seen++ % 11 != 0)
            continue;
        assert_same_terms(&with, &without, f.bytes, f.size);
    }
    close_test(&with);
    close_test(&without);
    (void)unlink(path);
}

static void
an_allowed_word_is_its_own_term(void **state)
{
    struct terms_test t;

    (void)state;
    open_test(&t, EFT_TERMS_BASE, EFT_COMPOUNDS_WHOLE);
    assert_terms(&t, "zygolit", "zygolit");
    assert_terms(&t, "zygoliten", "");
    close_test(&t);
}

static void
unknown_settings_are_refused(void **state)
{
    eft_plan_options o = {.struct_size = sizeof(o), .terms = 2};
    eft_plan *plan = NULL;

    (void)state;
    assert_int_equal(eft_plan_new(ctx, &o, &plan, NULL), EFT_E_RANGE);
    o = (eft_plan_options){.struct_size = sizeof(o), .compounds = 3};
    assert_int_equal(eft_plan_new(ctx, &o, &plan, NULL), EFT_E_RANGE);
    assert_null(plan);
}

static int
set_up(void **state)
{
    (void)state;
    return eft_context_new(NULL, &ctx, NULL) != EFT_OK;
}

static int
tear_down(void **state)
{
    (void)state;
    eft_context_free(ctx);
    return 0;
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest with_dictionary[] = {
        cmocka_unit_test(base_forms_are_the_default),
        cmocka_unit_test(stems_can_be_asked_for),
        cmocka_unit_test(a_compound_counts_by_its_head_or_its_parts),
        cmocka_unit_test(what_is_not_closed_has_no_term),
        cmocka_unit_test(terms_of_dictionary_words_are_closed),
        cmocka_unit_test(what_the_file_knows_changes_no_term),
        cmocka_unit_test(an_allowed_word_is_its_own_term),
        cmocka_unit_test(unknown_settings_are_refused),
    };
    const struct CMUnitTest without[] = {cmocka_unit_test(unknown_settings_are_refused)};

    dictionary = argc > 1 && *argv[1] != '\0' ? argv[1] : NULL;
    return dictionary != NULL ? cmocka_run_group_tests(with_dictionary, set_up, tear_down)
                              : cmocka_run_group_tests(without, set_up, tear_down);
}
