/*
 * test_weights.c - the weights that the core lexicon comes with, on the public headers
 *
 *     test_weights DICTIONARY KARNA.weights.json
 *
 * They bind to the lexicon as it is: whoever changes it is told here to train them again
 * (./dev weights). They are what the file says, and nothing decides where they do not
 * fit.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/plan_tool.h"

static const char *weights_file;

static bool
has_line(eft_text lines, const char *begin)
{
    size_t n = strlen(begin);

    for (size_t i = 0; i + n <= lines.size; i++) {
        if ((i == 0 || lines.bytes[i - 1] == '\n') &&
            memcmp(lines.bytes + i, begin, n) == 0)
            return true;
    }
    return false;
}

static eft_model *
read_file(void)
{
    FILE *f = fopen(weights_file, "rb");
    eft_model *m = NULL;

    assert_non_null(f);
    assert_int_equal(fseek(f, 0, SEEK_END), 0);
    long size = ftell(f);
    assert_true(size > 0);
    rewind(f);
    char *bytes = malloc((size_t)size);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, (size_t)size, f), size);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(eft_model_read(ctx, (eft_text){bytes, (size_t)size}, &m, NULL),
                     EFT_OK);
    free(bytes);
    return m;
}

/* A plan with these options has the weights, and none where they do not fit. */
static void
expect(eft_plan_options o, eft_status status, bool decides)
{
    char line[80];
    eft_plan *made = NULL;
    eft_model *core = NULL;

    assert_int_equal(eft_plan_new(ctx, &o, &made, NULL), status);
    if (status != EFT_OK)
        return;
    assert_int_equal(eft_model_core(ctx, &core, NULL), EFT_OK);
    (void)snprintf(line, sizeof(line), "decide %s\n",
                   decides ? eft_model_hash(core) : "none");
    assert_true(has_line(eft_plan_fingerprints(made), line));
    eft_model_unref(core);
    eft_plan_unref(made);
}

static void
the_weights_go_with_the_lexicon_as_it_is(void **state)
{
    eft_plan_options o = plan_options(0);

    (void)state;
    if (dictionary == NULL)
        skip();
    o.decide = EFT_DECIDE_CORE;
    eft_plan *made = NULL;
    if (eft_plan_new(ctx, &o, &made, NULL) != EFT_OK)
        fail_msg("the core lexicon changed: run ./dev weights and build again");
    eft_plan_unref(made);
    expect(plan_options(0), EFT_OK, true);
}

static void
they_are_what_the_file_says(void **state)
{
    eft_model *file = read_file(), *core = NULL;

    (void)state;
    assert_int_equal(eft_model_core(ctx, &core, NULL), EFT_OK);
    assert_string_equal(eft_model_hash(core), eft_model_hash(file));
    assert_int_equal(eft_model_theme_count(core), eft_model_theme_count(file));
    assert_int_equal(eft_model_word_count(core), eft_model_word_count(file));
    for (size_t t = 0; t < eft_model_theme_count(core); t++) {
        eft_text a = eft_model_theme_id(core, t), b = eft_model_theme_id(file, t);
        assert_true(a.size == b.size && memcmp(a.bytes, b.bytes, a.size) == 0);
        assert_true(eft_model_theme_used(core, t) && eft_model_theme_used(file, t));
    }
    for (size_t w = 0; w < eft_model_word_count(core); w++) {
        eft_text a = eft_model_word(core, w), b = eft_model_word(file, w);
        assert_true(a.size == b.size && memcmp(a.bytes, b.bytes, a.size) == 0);
        for (size_t t = 0; t < eft_model_theme_count(core); t++)
            assert_true(fabs(eft_model_word_weight(core, w, t) -
                             eft_model_word_weight(file, w, t)) < 1e-12);
    }
    assert_int_equal(eft_model_word(core, SIZE_MAX).size, 0);
    assert_true(fabs(eft_model_word_weight(core, 0, SIZE_MAX)) < 1e-12);
    eft_model_unref(core);
    eft_model_unref(file);
}

static void
where_they_do_not_fit_nothing_decides(void **state)
{
    eft_plan_options o = plan_options(0);
    eft_model *file = read_file();
    eft_lexicon *other = NULL;

    (void)state;
    if (dictionary == NULL)
        skip();
    o.decide = EFT_DECIDE_NONE;
    expect(o, EFT_OK, false);
    o = plan_options(0);
    o.terms = EFT_TERMS_STEM;
    expect(o, EFT_OK, false);
    o.decide = EFT_DECIDE_CORE;
    expect(o, EFT_E_CONFLICT, false);
    o = plan_options(0);
    o.compounds = EFT_COMPOUNDS_HEAD;
    expect(o, EFT_OK, false);
    o = plan_options(EFT_PLAN_NO_DICTIONARY);
    o.dictionary = NULL;
    expect(o, EFT_OK, false);
    o = plan_options(0);
    assert_int_equal(eft_lexicon_builtin(ctx, "enkat", &other, NULL), EFT_OK);
    o.lexicons = &other;
    o.lexicon_count = 1;
    expect(o, EFT_OK, false);
    o.weights = file;
    expect(o, EFT_E_CONFLICT, false);
    o = plan_options(0);
    o.weights = file;
    expect(o, EFT_OK, true);
    o.decide = EFT_DECIDE_CORE; /* one of the two */
    expect(o, EFT_E_RANGE, false);
    o = plan_options(0);
    o.decide = 3;
    expect(o, EFT_E_RANGE, false);
    eft_lexicon_unref(other);
    eft_model_unref(file);
}

static bool
is_learnt(eft_text entry)
{
    size_t at = entry.size;

    while (at > 0 && entry.bytes[at - 1] != ':')
        at--;
    return entry.size - at >= 6;
}

/* What is said in other words than the entries': found where the weights stand. */
static void
a_hit_names_the_word_that_weighs_most(void **state)
{
    static const char text[] =
        "Min syster ringde hem om natten. Mamma sov, pappa satt vid s\xC3\xA4ngen, och "
        "min bror gr\xC3\xA4t. Barnen sov hemma hos sina syskon och "
        "f\xC3\xB6r\xC3\xA4ldrar.";
    eft_plan_options o = plan_options(0);
    eft_model *core = NULL;
    eft_worker *with = NULL, *without = NULL;
    eft_plan *alone = NULL;
    eft_hits a, b;
    size_t learnt = 0;

    (void)state;
    if (dictionary == NULL)
        skip();
    o.decide = EFT_DECIDE_NONE;
    assert_int_equal(eft_plan_new(ctx, &o, &alone, NULL), EFT_OK);
    assert_int_equal(eft_worker_new(alone, &without, NULL), EFT_OK);
    assert_int_equal(eft_worker_new(plan, &with, NULL), EFT_OK);
    assert_int_equal(eft_model_core(ctx, &core, NULL), EFT_OK);
    assert_int_equal(eft_worker_themes(without, TEXT(text), &a, NULL), EFT_OK);
    for (size_t i = 0; i < a.count; i++)
        assert_false(is_learnt(a.entries[i]));
    assert_int_equal(eft_worker_themes(with, TEXT(text), &b, NULL), EFT_OK);
    for (size_t i = 0; i < b.count; i++) {
        assert_true(b.starts[i] < b.ends[i] && b.ends[i] < sizeof(text));
        assert_true(i == 0 || b.starts[i - 1] <= b.starts[i]);
        if (!is_learnt(b.entries[i]))
            continue;
        const char *number = b.entries[i].bytes + b.entries[i].size - 6;
        size_t word = strtoul(number, NULL, 10) - EFT_FIRST_LEARNT;
        assert_true(eft_model_word(core, word).size > 5);
        learnt++;
    }
    assert_true(learnt <= b.theme_count);
    eft_model_unref(core);
    eft_worker_free(with);
    eft_worker_free(without);
    eft_plan_unref(alone);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_weights_go_with_the_lexicon_as_it_is),
        cmocka_unit_test(they_are_what_the_file_says),
        cmocka_unit_test(where_they_do_not_fit_nothing_decides),
        cmocka_unit_test(a_hit_names_the_word_that_weighs_most),
    };

    plan_tool_arguments(argc, argv);
    weights_file = argc > 2 ? argv[2] : "";
    return cmocka_run_group_tests_name("weights", tests, plan_set_up, plan_tear_down);
}
