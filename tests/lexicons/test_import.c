/*
 * test_import.c - dictionaries of LIWC, quanteda and REFI-QDA: there, back, and broken
 */
#include "lexicons/lexicon.h"

#include "support/failing.h"
#include "support/sink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BARE(s)                                                                          \
    {                                                                                    \
        s, sizeof(s) - 1                                                                 \
    }

static const char dic[] = "%\r\n1\tOro\r\n02\tN\xE4tverk\r\n\t3\tAnh\xF6riga\r\n%\r\n"
                          "oro*\t1\r\nont i magen\t01\r\nkontakt*  2\r\nmamma\t3 2\r\n"
                          ":)\t1\r\nha*\t1\r\nlike <of>52/31\r\n";

static eft_status
keep_bytes(void *user, const void *bytes, size_t size)
{
    efti_put(user, bytes, size);
    return EFT_OK;
}

static eft_lexicon *
imported(eft_context *ctx, eft_text text, eft_lexicon_format format, size_t *left_out)
{
    eft_lexicon *lex = NULL;
    eft_error err = {0};

    if (eft_lexicon_import(ctx, text, format, &lex, left_out, &err) != EFT_OK)
        fail_msg("%s", err.message);
    return lex;
}

static void
assert_text(eft_text text, const char *expected)
{
    assert_true(efti_equal(text.bytes, text.size, expected, strlen(expected)));
}

static void
liwc_of_any_make_is_read(void **state)
{
    eft_context *ctx;
    size_t left_out;

    (void)state;
    assert_int_equal(eft_context_new(NULL, &ctx, NULL), EFT_OK);
    eft_lexicon *lex =
        imported(ctx, (eft_text){dic, sizeof(dic) - 1}, EFT_LEXICON_DIC, &left_out);
    assert_int_equal(eft_lexicon_theme_count(lex), 3);
    assert_text(eft_lexicon_theme_id(lex, 1), "natverk");
    assert_text(eft_lexicon_theme_label(lex, 1, "sv"), "N\xC3\xA4tverk");
    assert_int_equal(lex->themes[2].parent, 1); /* a tab before it */
    assert_int_equal(lex->pattern_count, 5);
    assert_int_equal(left_out, 3); /* a smiley, two letters, a condition */
    assert_int_equal(lex->patterns[1].word_count, 3);
    assert_int_equal(lex->patterns[0].words[0].kind, EFTI_PATTERN_PREFIX);
    assert_int_equal(lex->patterns[4].words[0].kind, EFTI_PATTERN_EXACT);
    eft_lexicon_unref(lex);
    eft_context_free(ctx);
}

/* Written, read and written again: the same bytes. */
static void
there_and_back_is_the_same(void **state)
{
    static const eft_lexicon_format formats[] = {EFT_LEXICON_DIC, EFT_LEXICON_DICX,
                                                 EFT_LEXICON_YAML, EFT_LEXICON_QDC,
                                                 EFT_LEXICON_CSV};
    eft_context *ctx;

    (void)state;
    assert_int_equal(eft_context_new(NULL, &ctx, NULL), EFT_OK);
    eft_lexicon *lex =
        imported(ctx, (eft_text){dic, sizeof(dic) - 1}, EFT_LEXICON_DIC, NULL);
    for (size_t i = 0; i < EFTI_COUNT(formats); i++) {
        struct efti_bytes one, two;
        size_t left_out;
        efti_bytes_init(&one, &efti_malloc);
        efti_bytes_init(&two, &efti_malloc);
        assert_int_equal(
            eft_lexicon_write(lex, formats[i], keep_bytes, &one, &left_out, NULL),
            EFT_OK);
        assert_int_equal(left_out, formats[i] == EFT_LEXICON_QDC ? 5 : 0);
        eft_lexicon *back =
            imported(ctx, (eft_text){one.data, one.size}, formats[i], &left_out);
        assert_int_equal(left_out, 0);
        assert_int_equal(eft_lexicon_theme_count(back), 3);
        assert_int_equal(
            eft_lexicon_write(back, formats[i], keep_bytes, &two, NULL, NULL), EFT_OK);
        assert_true(efti_equal(one.data, one.size, two.data, two.size));
        eft_lexicon_unref(back);
        efti_bytes_free(&one);
        efti_bytes_free(&two);
    }
    eft_lexicon_unref(lex);
    eft_context_free(ctx);
}

static void
quanteda_nests_and_globs(void **state)
{
    static const eft_text yaml =
        BARE("oro:\n  - orolig*\n  - \"ont i magen\"\nsamband:\n  natverk:\n"
             "    __: [\"*krets\", v\xC3\xA4n]\n    anhoriga: [mamma, ja, nej]\ntom:\n");
    eft_context *ctx;
    size_t left_out;

    (void)state;
    assert_int_equal(eft_context_new(NULL, &ctx, NULL), EFT_OK);
    eft_lexicon *lex = imported(ctx, yaml, EFT_LEXICON_YAML, &left_out);
    assert_int_equal(left_out, 0);
    assert_int_equal(eft_lexicon_theme_count(lex), 3); /* headings are no themes */
    assert_text(eft_lexicon_theme_id(lex, 1), "samband_natverk");
    assert_text(eft_lexicon_theme_id(lex, 2), "samband_natverk_anhoriga");
    assert_int_equal(lex->themes[1].parent, EFTI_NO_PARENT);
    assert_int_equal(lex->themes[2].parent, 1);
    assert_int_equal(lex->patterns[2].words[0].kind, EFTI_PATTERN_SUFFIX);
    assert_text(lex->patterns[5].words[0].folded, "ja"); /* a word, and no truth value */
    eft_lexicon_unref(lex);
    eft_context_free(ctx);
}

static void
a_codebook_becomes_themes_to_build_on(void **state)
{
    static const eft_text qdc =
        BARE("<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes>\n"
             "<Code name=\"Ont i magen\" guid=\"x\"><Description>Oro i kroppen."
             "</Description><Code name=\"S\xC3\xB6mn\"/></Code></Codes></CodeBook>");
    eft_context *ctx;

    (void)state;
    assert_int_equal(eft_context_new(NULL, &ctx, NULL), EFT_OK);
    eft_lexicon *lex = imported(ctx, qdc, EFT_LEXICON_QDC, NULL);
    assert_int_equal(eft_lexicon_theme_count(lex), 2);
    assert_text(eft_lexicon_theme_id(lex, 0), "ont_i_magen");
    assert_text(eft_lexicon_theme_definition(lex, 0, "sv"), "Oro i kroppen.");
    assert_text(eft_lexicon_theme_id(lex, 1), "somn");
    assert_int_equal(lex->themes[1].parent, 0);
    assert_int_equal(lex->patterns[0].word_count, 3);
    eft_lexicon_unref(lex);
    eft_context_free(ctx);
}

static void
what_is_broken_is_told_by_line_and_never_by_its_words(void **state)
{
    static const struct {
        eft_lexicon_format format;
        eft_text bytes;
        const char *says;
    } cases[] = {
        {EFT_LEXICON_DIC, BARE("Zebulonia 1\n"), "line 1"},
        {EFT_LEXICON_DIC, BARE("%\n1\tOro\nZebulonia\t1\n"), "line 3"},
        {EFT_LEXICON_DIC, BARE("%\n1\tOro\n"), "line 2: no second %"},
        {EFT_LEXICON_DIC, BARE("%\n1\tOro\n1\tZebulonia\n%\n"), "line 3"},
        {EFT_LEXICON_DIC, BARE("%\n1\tOro\n%\nZebulonia\t7\n"), "line 4"},
        {EFT_LEXICON_DIC, BARE("%\n1\tOro\n%\nZebulonia\n"), "line 4"},
        {EFT_LEXICON_DIC, BARE("%\n1\tOro\n%\n:)\t1\n"), "line 1: no pattern"},
        {EFT_LEXICON_DICX, BARE("Zebulonia,oro\nord,X\n"), "line 1"},
        {EFT_LEXICON_DICX, BARE("DicTerm,oro\nord,X\nZebulonia,X,X\n"), "line 3"},
        {EFT_LEXICON_DICX, BARE("DicTerm,oro\n\"Zebulonia,X\nord,X\n"),
         "line 2: a quote"},
        {EFT_LEXICON_YAML, BARE("oro:\n  - a\n - Zebulonia\n"), "line 3"},
        {EFT_LEXICON_YAML, BARE("oro: &a [ord]\nZebulonia: *a\n"), "line 2: an alias"},
        {EFT_LEXICON_YAML, BARE("- Zebulonia\n"), "line 1"},
        {EFT_LEXICON_YAML, BARE("oro: [ord]\n---\nb: [ord]\n"), "line 2: a second"},
        {EFT_LEXICON_QDC, BARE("<CodeBook>\n<Codes>\n<Code/></Codes></CodeBook>"),
         "line 3"},
        {EFT_LEXICON_QDC, BARE("<CodeBook>\n<Zebulonia>"), "line 2"},
        {EFT_LEXICON_QDC, BARE("<Zebulonia/>"), "line 1"},
        {EFT_LEXICON_QDC, BARE("<!DOCTYPE a>\n<CodeBook/>"), "DOCTYPE"},
    };
    eft_context *ctx;

    (void)state;
    assert_int_equal(eft_context_new(NULL, &ctx, NULL), EFT_OK);
    for (size_t i = 0; i < EFTI_COUNT(cases); i++) {
        eft_error err = {0};
        eft_lexicon *lex;
        eft_status st =
            eft_lexicon_import(ctx, cases[i].bytes, cases[i].format, &lex, NULL, &err);
        if (st != EFT_E_FORMAT || strstr(err.message, cases[i].says) == NULL ||
            strstr(err.message, "ebulonia") != NULL || lex != NULL)
            fail_msg("case %zu: %s", i, err.message);
    }
    eft_context_free(ctx);
}

/* Words and cells grow from row to row, so that each has requests of its own to
 * refuse. */
static const char csv[] =
    "theme;entry;parent\n"
    "vila;vilan;\n"
    "att ha ro;l\xC3\xA5ngsamhetsuppmuntran i arbetsgruppernas gemenskap;vila\n"
    "en theme med ett namn som inte ryms;\"rast | rasten | rasterna\";vila\n"
    "annat;ordet;en mor med ett namn som inte heller ryms d\xC3\xA4r det f\xC3\xB6rra "
    "stod\n"
    "en mor med ett namn som inte heller ryms d\xC3\xA4r det f\xC3\xB6rra stod;"
    "orden;\n";
static const char dicx[] =
    "DicTerm,vila,en kategori med ett namn som inte ryms\n"
    "ro,X,\n"
    "fritidsverksamhetsplaneringen i det som fanns,X,\n"
    "rast,,en cell som inte heller ryms i det som fanns\n"
    "fritidsverksamhetsplaneringen omorganisationsuppf\xC3\xB6ljningarnas "
    "sammanst\xC3\xA4llning,,X\n";

/* libxml2 and libyaml take memory by themselves: our part of it is refused here. */
static void
an_import_gives_back_what_it_took(void **state)
{
    static const struct {
        eft_lexicon_format format;
        eft_text bytes;
    } cases[] = {{EFT_LEXICON_DIC, BARE(dic)},
                 {EFT_LEXICON_CSV, BARE(csv)},
                 {EFT_LEXICON_DICX, BARE(dicx)}};

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(cases); i++) {
        for (uint64_t n = 1;; n++) {
            struct failing f;
            const eft_allocator mem = failing_at(&f, n);
            eft_context *ctx = NULL;
            eft_lexicon *lex = NULL;
            eft_status st = eft_context_new(&mem, &ctx, NULL);
            if (st == EFT_OK)
                st = eft_lexicon_import(ctx, cases[i].bytes, cases[i].format, &lex, NULL,
                                        NULL);
            eft_lexicon_unref(lex);
            eft_context_free(ctx);
            if (failing_got_through(&f, st))
                break;
        }
    }
}

/* An attribute that found no room would be missing from what is written, and nobody would
 * know. */
static void
a_lexicon_is_written_whole_or_not_at_all(void **state)
{
    (void)state;
    for (int format = EFT_LEXICON_XML; format <= EFT_LEXICON_DICX; format++) {
        for (uint64_t n = 1;; n++) {
            struct failing f;
            const eft_allocator mem = failing_at(&f, 0);
            eft_context *ctx;
            eft_lexicon *lex;
            struct sink out = {0};
            assert_int_equal(eft_context_new(&mem, &ctx, NULL), EFT_OK);
            assert_int_equal(eft_lexicon_core(ctx, &lex, NULL), EFT_OK);
            f.calls = 0;
            f.fail_at = n;
            eft_status st = eft_lexicon_write(lex, (eft_lexicon_format)format, sink_write,
                                              &out, NULL, NULL);
            assert_true(st == EFT_OK || out.size == 0);
            free(out.bytes);
            eft_lexicon_unref(lex);
            eft_context_free(ctx);
            if (failing_got_through(&f, st))
                break;
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(liwc_of_any_make_is_read),
        cmocka_unit_test(there_and_back_is_the_same),
        cmocka_unit_test(quanteda_nests_and_globs),
        cmocka_unit_test(a_codebook_becomes_themes_to_build_on),
        cmocka_unit_test(what_is_broken_is_told_by_line_and_never_by_its_words),
        cmocka_unit_test(an_import_gives_back_what_it_took),
        cmocka_unit_test(a_lexicon_is_written_whole_or_not_at_all),
    };
    return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
