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

static bool
has_named(const struct efti_gold *g, struct efti_gold_part part, const char *name)
{
    for (uint32_t i = 0; i < part.count; i++) {
        const eft_text own = g->names.items[part.first + i];
        if (efti_equal(own.bytes, own.size, name, strlen(name)))
            return true;
    }
    return false;
}

/* As spreadsheets are saved: any separator, quotes, blank rows, what Excel puts first. */
static void
a_column_for_each_theme(void **state)
{
    static const char *const texts[] = {
        "id;oro;ledning;text;gladje\na;1;-1;Ja;0\nb;;;\"N\"\"e\nj\";1\n",
        "\xEF\xBB\xBF"
        "sep=;\r\nID;oro;ledning;Text;gladje\r\na;1;neg;Ja;0\r\n;;;;\r\n"
        "b;0;0;\"N\"\"e\nj\";1\r\n",
        "# codes\n\n\"id\" ,oro,ledning,svar,\"gladje\"\na,1.0,-1.0,Ja,\n"
        "b,0,0.0,\"N\"\"e\nj\", 1 ",
        "oro\tid\tledning\ttext\tgladje\n1\ta\tNEG\tJa\t\n\tb\t\t\"N\"\"e\nj\"\t1",
        "id;oro;ledning;text;gladje;;\na;1;\xE2\x88\x92"
        "1;Ja;0;;\nb;;;\"N\"\"e\nj\";1;;\n",
    };
    eft_error err;

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(texts); i++) {
        struct efti_gold g;
        assert_int_equal(parse_with(&efti_malloc, &g, texts[i], &err), EFT_OK);
        assert_int_equal(g.docs.count, 2);
        assert_int_equal(g.columns.count, 3);
        const struct efti_gold_doc *a = &g.docs.items[0], *b = &g.docs.items[1];
        assert_int_equal(a->themes.count, 2);
        assert_true(has_named(&g, a->themes, "oro") &&
                    has_named(&g, a->themes, "ledning"));
        assert_int_equal(a->negated.count, 1);
        assert_true(has_named(&g, a->negated, "ledning"));
        assert_int_equal(b->themes.count, 1);
        assert_true(has_named(&g, b->themes, "gladje"));
        assert_int_equal(b->has, EFTI_GOLD_TEXT | EFTI_GOLD_THEMES | EFTI_GOLD_NEGATED);
        assert_true(efti_equal(b->text.bytes, b->text.size, "N\"e\nj", 5));
        efti_gold_free(&g);
    }
}

static void
codes_that_never_deny_judge_no_denial(void **state)
{
    struct efti_gold g;
    eft_error err;

    (void)state;
    assert_int_equal(parse_with(&efti_malloc, &g, "id;oro\na;1\nb;0\n", &err), EFT_OK);
    assert_int_equal(g.docs.items[0].has, EFTI_GOLD_THEMES);
    assert_int_equal(g.docs.items[1].themes.count, 0);
    efti_gold_free(&g);
}

static void
a_row_for_each_span(void **state)
{
    static const char *const texts[] = {
        "id;start;end;category\na;0;6;PERSON\nb;;;\na;13;17;place\n",
        "category,what,END,id,Start\nper,\"Fat,ima\",6,a,0\n,,,b,\nLOC,,17.0,a,13.0\n",
        "id\tstart\tend\tcategory\r\na\t0\t6\tPER\r\nb\t\t\t\r\na\t13\t17\tGPE\r\n",
    };
    eft_error err;

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(texts); i++) {
        struct efti_gold g;
        assert_int_equal(parse_with(&efti_malloc, &g, texts[i], &err), EFT_OK);
        assert_int_equal(g.docs.count, 2);
        assert_int_equal(g.docs.items[0].spans.count, 2);
        assert_int_equal(g.docs.items[1].spans.count, 0);
        assert_int_equal(g.docs.items[1].has, EFTI_GOLD_SPANS);
        const struct efti_gold_span *spans = &g.spans.items[g.docs.items[0].spans.first];
        assert_int_equal(spans[0].end, 6);
        assert_int_equal(spans[1].start, 13);
        assert_memory_equal(spans[0].label.bytes, "PERSON", spans[0].label.size);
        assert_memory_equal(spans[1].label.bytes, "PLACE", spans[1].label.size);
        g.docs.items[0].text = (eft_text){"Fatima bor i L.", 15};
        assert_int_equal(efti_gold_place(&g, &g.docs.items[0], &err), EFT_E_FORMAT);
        assert_non_null(strstr(err.message, "row 4")); /* of the span, not of its text */
        efti_gold_free(&g);
    }
}

static void
a_wrong_cell_names_its_row_and_column(void **state)
{
    (void)state;
    refused("id;oro\na;1\nb;Zebulonia\n", EFT_E_FORMAT, "row 3, column 2: a code");
    refused("id;oro\n\n;\nb;2\n", EFT_E_FORMAT, "row 4, column 2: a code");
    refused("id;text;oro\na;\"Ja\n\nnej\";1\nb;Nej;x\n", EFT_E_FORMAT, "row 3, column 3");
    refused("id;oro\na;1;1\n", EFT_E_FORMAT, "row 2: it has not as many cells");
    refused("id;oro\na;1\n\"Zebulonia;1\n", EFT_E_FORMAT, "row 3: a quote begins");
    refused("id;oro\n\"Zebu\"lonia;1\n", EFT_E_FORMAT, "row 2: there are letters");
    refused("id;oro\n;1\n", EFT_E_FORMAT, "row 2, column 1: there is no id");
    refused("id;oro\nZebulonia;1\nZebulonia;0\n", EFT_E_FORMAT,
            "row 3: this id stands on an earlier row");
    refused("id;oro;\na;1;Zebulonia\n", EFT_E_FORMAT, "row 2, column 3: this column");
    refused("id;ID;oro\na;a;1\n", EFT_E_FORMAT, "column 2: a second column");
    refused("id;text\na;Zebulonia\n", EFT_E_FORMAT, "no column of a theme");
    refused("id;start;end;category\na;0;x;PERSON\n", EFT_E_FORMAT,
            "row 2, column 3: a position");
    refused("id;start;end;category\na;-1;2;PERSON\n", EFT_E_FORMAT, "row 2, column 2");
    refused("id;start;end;category\na;99999999999999999999;2;PERSON\n", EFT_E_FORMAT,
            "row 2, column 2");
    refused("id;start;end;category\na;;2;PERSON\n", EFT_E_FORMAT, "row 2, column 2");
    refused("id;start;end;category\na;2;2;PERSON\n", EFT_E_FORMAT, "row 2: the span");
    refused("id;start;end;category\na;0;2;Zebulonia\n", EFT_E_FORMAT,
            "row 2, column 4: a category");
    refused("id;start;end;category\n;0;2;PERSON\n", EFT_E_FORMAT, "row 2, column 1");
    refused("id;start;end;category;end\na;0;2;PERSON;3\n", EFT_E_FORMAT,
            "row 1, column 5: a column of this name");
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
        "id;text;writer;unit;oro;ledning\na;\"J\"\"a\";Bo;x;1;-1\nb;Nej;Bo;x;;1\n",
        "id;start;end;category\na;0;2;PERSON\nb;;;\na;2;3;AGE\n",
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
        cmocka_unit_test(a_column_for_each_theme),
        cmocka_unit_test(codes_that_never_deny_judge_no_denial),
        cmocka_unit_test(a_row_for_each_span),
        cmocka_unit_test(a_wrong_cell_names_its_row_and_column),
        cmocka_unit_test(memory_that_runs_out_is_given_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
