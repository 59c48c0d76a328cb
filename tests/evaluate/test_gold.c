/*
 * test_gold.c - gold files of every form, wrong ones with their line, no memory
 */
#include "evaluate/evaluate.h"
#include "support/failing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static eft_status
parse_with(const eft_allocator *mem, struct efti_gold *g, const char *text,
           eft_error *err)
{
    size_t n = strlen(text);
    char *bytes = efti_alloc(mem, n + 1);

    *g = (struct efti_gold){0};
    if (bytes == NULL)
        return EFT_E_NOMEM;
    memcpy(bytes, text, n + 1);
    return efti_gold_parse(g, mem, "the gold file", bytes, n, err);
}

static void
refused(const char *text, eft_status status, const char *says)
{
    struct efti_gold g;
    eft_error err = {0};

    assert_int_equal(parse_with(&efti_malloc, &g, text, &err), status);
    assert_non_null(strstr(err.message, says));
    assert_null(strstr(err.message, "Zebulonia"));
    efti_gold_free(&g);
}

static void
spans_are_code_points_of_the_text(void **state)
{
    struct efti_gold g;
    eft_error err;

    (void)state;
    assert_int_equal(parse_with(&efti_malloc, &g,
                                "{\"id\":7,\"text\":\"\xC3\x85sa ringde Bo\",\"spans\":["
                                "{\"start\":0,\"end\":3,\"category\":\"PERSON\"},"
                                "{\"start\":11,\"end\":13,\"category\":\"PERSON\"}]}\r\n",
                                &err),
                     EFT_OK);
    struct efti_gold_doc *doc = &g.docs.items[0];
    assert_int_equal(efti_gold_place(&g, doc, &err), EFT_OK);
    assert_string_equal(doc->id.bytes, "7");
    assert_int_equal(g.spans.items[0].end, 4);
    assert_int_equal(g.spans.items[1].start, 12);
    assert_memory_equal(doc->text.bytes + g.spans.items[1].start, "Bo", 2);
    efti_gold_free(&g);
}

static void
our_own_output_has_no_raw_text(void **state)
{
    struct efti_gold g;
    eft_error err;

    (void)state;
    assert_int_equal(
        parse_with(&efti_malloc, &g,
                   "{\"id\":\"a\",\"text\":\"[PERSON_1] ringde\",\"spans\":[{"
                   "\"start\":0,\"end\":3,\"category\":\"PERSON\","
                   "\"replacement\":\"[PERSON_1]\"}]}",
                   &err),
        EFT_OK);
    assert_int_equal(g.docs.items[0].has & EFTI_GOLD_TEXT, 0);
    efti_gold_free(&g);
}

static void
sentences_are_looked_for_in_order(void **state)
{
    struct efti_gold g;
    eft_error err;

    (void)state;
    assert_int_equal(
        parse_with(&efti_malloc, &g,
                   "\xEF\xBB\xBF{\"id\":\"a\",\"text\":\"Ja. Ja. \xC3\x96h!\","
                   "\"sentences\":[\"Ja.\",\"Ja.\",[8,11]]}",
                   &err),
        EFT_OK);
    assert_int_equal(efti_gold_place(&g, &g.docs.items[0], &err), EFT_OK);
    assert_int_equal(g.docs.items[0].sentences.count, 3);
    assert_int_equal(g.spans.items[1].start, 4);
    assert_int_equal(g.spans.items[2].start, 8);
    assert_int_equal(g.spans.items[2].end, 12);
    efti_gold_free(&g);
}

static void
words_are_compounds_or_terms(void **state)
{
    struct efti_gold g;
    eft_error err;

    (void)state;
    assert_int_equal(
        parse_with(&efti_malloc, &g,
                   "# compounds\nn\xC3\xA4tverksarbete\tn\xC3\xA4tverk+s|arbete\n"
                   "ansvar\tansvar\nansvar\n",
                   &err),
        EFT_OK);
    assert_int_equal(g.form, EFTI_GOLD_COMPOUNDS);
    assert_int_equal(g.words.count, 3);
    efti_gold_free(&g);
    assert_int_equal(parse_with(&efti_malloc, &g, "g\xC3\xA5\tg\xC3\xA5r gick\n", &err),
                     EFT_OK);
    assert_int_equal(g.form, EFTI_GOLD_TERMS);
    efti_gold_free(&g);
    assert_int_equal(
        parse_with(&efti_malloc, &g, "inte\tinte\ng\xC3\xA5\tg\xC3\xA5r gick\n", &err),
        EFT_OK);
    assert_int_equal(g.form, EFTI_GOLD_TERMS);
    assert_int_equal(g.words.count, 2);
    efti_gold_free(&g);
}

static void
conllu_becomes_running_text(void **state)
{
    static const char text[] =
        "# newdoc\n# text = Hon gick.\n1\tHon\thon\tPRON\t_\t_\t0\t_\t_\t_\n"
        "2\tgick\tg\xC3\xA5\tVERB\t_\t_\t0\t_\t_\tSpaceAfter=No\n"
        "3\t.\t.\tPUNCT\t_\t_\t0\t_\t_\t_\n\n1-2\tJas\t_\t_\t_\t_\t_\t_\t_\t_\n"
        "1\tJa\tja\tINTJ\t_\t_\t0\t_\t_\t_\n";
    struct efti_gold g;
    eft_error err;

    (void)state;
    assert_int_equal(parse_with(&efti_malloc, &g, text, &err), EFT_OK);
    assert_int_equal(g.docs.count, 1);
    assert_int_equal(g.docs.items[0].text.size, 12);
    assert_memory_equal(g.docs.items[0].text.bytes, "Hon gick. Ja", 12);
    assert_int_equal(g.docs.items[0].sentences.count, 2);
    assert_int_equal(g.docs.items[0].tokens.count, 3);
    assert_int_equal(g.words.count, 1);
    efti_gold_free(&g);
}

static void
labels_of_tokens_become_spans(void **state)
{
    struct efti_gold g;
    eft_error err;

    (void)state;
    assert_int_equal(
        parse_with(&efti_malloc, &g,
                   "Anna\tB-PER\nBerg\tI-PER\noch\tO\nBo\tB-PER\n\nStaten\tO\n", &err),
        EFT_OK);
    assert_int_equal(g.docs.count, 2);
    assert_int_equal(g.docs.items[0].spans.count, 2);
    const struct efti_gold_span *spans = &g.spans.items[g.docs.items[0].spans.first];
    assert_int_equal(spans[0].end, 9);
    assert_int_equal(spans[1].start, 14);
    efti_gold_free(&g);
    assert_int_equal(
        parse_with(&efti_malloc, &g,
                   "Anna\tB-PERSON\nBerg\tI-PERSON\ni\tO\nTorp\tB-GPE\n1\tB-MISC\n",
                   &err),
        EFT_OK);
    assert_int_equal(g.docs.items[0].spans.count, 2);
    spans = &g.spans.items[g.docs.items[0].spans.first];
    assert_memory_equal(spans[0].label.bytes, "PERSON", spans[0].label.size);
    assert_memory_equal(spans[1].label.bytes, "PLACE", spans[1].label.size);
    efti_gold_free(&g);
}

static void
wrong_gold_names_its_line_and_nothing_of_it(void **state)
{
    (void)state;
    refused("", EFT_E_FORMAT, "empty");
    refused("{\"id\":\"a\"}\n{Zebulonia}\n", EFT_E_FORMAT, "line 2");
    refused("{\"id\":\"a\"}\n[\"Zebulonia\"]\n", EFT_E_FORMAT, "line 2");
    refused("{\"id\":\"a\"}\n{\"id\":\"a\"}\n", EFT_E_FORMAT, "line 2");
    refused("{\"id\":[]}\n", EFT_E_FORMAT, "line 1");
    refused("{\"spans\":[{\"start\":3,\"end\":1,\"category\":\"PERSON\"}]}", EFT_E_FORMAT,
            "span");
    refused("{\"spans\":[{\"start\":-1,\"end\":1,\"category\":\"PERSON\"}]}",
            EFT_E_FORMAT, "span");
    refused("{\"spans\":[{\"start\":0,\"end\":1,\"category\":\"Zebulonia\"}]}",
            EFT_E_FORMAT, "category");
    refused("{\"themes\":[7]}", EFT_E_FORMAT, "themes");
    refused("{\"id\":\"a\",\"themes\":null}\n{\"id\":\"b\",\"themes\":\"Zebulonia\"}\n",
            EFT_E_FORMAT, "line 2: spans, themes");
    refused("{\"id\":\"a\",\"themes\":[],\"negated\":{\"oro\":1}}\n", EFT_E_FORMAT,
            "are lists");
    refused("{\"id\":\"a\",\"text\":\"Ja.\",\"sentences\":1}\n", EFT_E_FORMAT,
            "are lists");
    refused("{\"text\":\"Ja.\",\"sentences\":[\"Zebulonia.\"]}", EFT_E_FORMAT,
            "in order");
    refused("{\"id\":\"a\",\"text\":\"Ja. Nej.\",\"sentences\":[[4,8],[0,3]]}\n",
            EFT_E_FORMAT, "line 1: sentences and tokens stand in order");
    refused("{\"text\":\"Ja. Nej.\",\"sentences\":[[0,5],[4,8]]}\n", EFT_E_FORMAT,
            "in order");
    refused("word\ta\tb\n", EFT_E_FORMAT, "line 1");
    refused("bokmal\tbok|mal\nZebulonia\tze|bulon\n", EFT_E_FORMAT, "line 2: the pieces");
    refused("Zebulonia;Ze|bulonia\n", EFT_E_FORMAT, "tabs");
    refused("Zebulonia\tB-FOO\nkom\tO\n", EFT_E_FORMAT, "none of its labels");
    refused(
        "n\xC3\xA4tstr\xC3\xB6m\tn\xC3\xA4t|str\xC3\xB6m\ng\xC3\xA5\tg\xC3\xA5r gick\n",
        EFT_E_FORMAT, "line 2");
    refused("1\tHon\thon\tPRON\t_\t_\t0\t_\t_\t_\n2\tZebulonia\n", EFT_E_FORMAT,
            "line 2");
    refused("Anna\tB-PER\nZebulonia\n", EFT_E_FORMAT, "line 2");
    refused("{\"id\":\"\xFF\"}", EFT_E_ENCODING, "UTF-8");
}

static void
a_position_outside_the_text_is_told(void **state)
{
    struct efti_gold g;
    eft_error err;

    (void)state;
    assert_int_equal(parse_with(&efti_malloc, &g,
                                "{\"text\":\"Ja\",\"spans\":[{\"start\":1,\"end\":3,"
                                "\"category\":\"AGE\"}]}",
                                &err),
                     EFT_OK);
    assert_int_equal(efti_gold_place(&g, &g.docs.items[0], &err), EFT_E_FORMAT);
    efti_gold_free(&g);
}

/* What is said to be missing is a theme of the text, also where it was not named
 * twice. */
static void
negated_codes_are_themes_too(void **state)
{
    struct efti_gold g;
    eft_error err;

    (void)state;
    assert_int_equal(parse_with(&efti_malloc, &g,
                                "{\"id\":\"a\",\"themes\":[\"oro\",\"tillit\"],"
                                "\"negated\":[\"tillit\",\"natverk\"]}\n"
                                "{\"id\":\"b\",\"negated\":[\"oro\"]}\n",
                                &err),
                     EFT_OK);
    const struct efti_gold_doc *a = &g.docs.items[0], *b = &g.docs.items[1];
    assert_int_equal(a->themes.count, 3);
    assert_string_equal(g.names.items[a->themes.first + 2].bytes, "natverk");
    assert_int_equal(a->negated.count, 2);
    assert_int_equal(b->themes.count, 1);
    assert_int_equal(b->has & EFTI_GOLD_THEMES, EFTI_GOLD_THEMES);
    efti_gold_free(&g);
}

/* All forms, each allocation refused in its turn. */
static void
memory_that_runs_out_is_given_back(void **state)
{
    static const char *const texts[] = {
        "{\"id\":\"a\",\"text\":\"Ja. "
        "Nej.\",\"writer\":3,\"unit\":\"x\",\"themes\":[\"oro\"],"
        "\"negated\":[\"tillit\"],"
        "\"spans\":[{\"start\":0,\"end\":1,\"category\":\"AGE\"}],"
        "\"sentences\":[\"Ja.\",\"Nej.\"],\"tokens\":[\"Ja\"]}\n{\"id\":\"b\"}",
        "ansvar\tansvar\n",
        "1\tHon\thon\tNOUN\t_\t_\t0\t_\t_\t_\n",
        "Anna\tB-PER\n\nBo\tB-PER\n",
    };

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(texts); i++) {
        for (uint64_t n = 1;; n++) {
            struct failing f;
            const eft_allocator mem = failing_at(&f, n);
            struct efti_gold g;
            eft_error err;
            eft_status st = parse_with(&mem, &g, texts[i], &err);
            efti_gold_free(&g);
            if (failing_got_through(&f, st))
                break;
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_are_code_points_of_the_text),
        cmocka_unit_test(our_own_output_has_no_raw_text),
        cmocka_unit_test(sentences_are_looked_for_in_order),
        cmocka_unit_test(words_are_compounds_or_terms),
        cmocka_unit_test(conllu_becomes_running_text),
        cmocka_unit_test(labels_of_tokens_become_spans),
        cmocka_unit_test(wrong_gold_names_its_line_and_nothing_of_it),
        cmocka_unit_test(a_position_outside_the_text_is_told),
        cmocka_unit_test(negated_codes_are_themes_too),
        cmocka_unit_test(memory_that_runs_out_is_given_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
