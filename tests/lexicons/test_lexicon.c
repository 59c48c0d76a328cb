/*
 * test_lexicon.c - reading lexicons: patterns, faults with line and hint, the core
 * lexicon
 */
#include "lexicons/lexicon.h"
#include "lexicons/lexicon_image.h"
#include "support/failing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <libxml/xmlerror.h>

#define HEAD                                                                             \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                       \
    "<lexicon xmlns=\"urn:eftertanke:lexicon:1\" id=\"litet\" version=\"1.0.0\""         \
    " lang=\"sv\" licence=\"Apache-2.0\">\n"                                             \
    "<title xml:lang=\"sv\">Litet</title><title xml:lang=\"en\">Small</title>\n"         \
    "<source>made up</source>\n"
#define THEME(id)                                                                        \
    "<theme id=\"" id "\">\n"                                                            \
    "<label xml:lang=\"sv\">Oro</label><label xml:lang=\"en\">Worry</label>"             \
    "<definition xml:lang=\"sv\">Om oro.</definition>"                                   \
    "<definition xml:lang=\"en\">On  worry.\n</definition>\n"                            \
    "<source>made up</source>\n"
#define ENTRY(text) "<entry>" text "</entry>\n"
#define TAIL "</theme>\n</lexicon>\n"
/* The first entry of the first theme stands on line 9. */
#define ONE(entry) HEAD THEME("oro") entry TAIL

static eft_status
parse(const char *xml, struct eft_lexicon **out, eft_error *err)
{
    return efti_lexicon_parse(&efti_malloc, xml, strlen(xml), out, err);
}

static struct eft_lexicon *
must_parse(const char *xml)
{
    struct eft_lexicon *lex;
    eft_error err;

    if (parse(xml, &lex, &err) != EFT_OK)
        fail_msg("%s", err.message);
    return lex;
}

static void
must_be(eft_text text, const char *expected)
{
    assert_int_equal(text.size, strlen(expected));
    assert_memory_equal(text.bytes, expected, text.size);
}

static void
entries_become_folded_patterns(void **state)
{
    struct eft_lexicon *lex = must_parse(
        ONE(ENTRY("Oro | =ORON | \xC3\x84ngs* | *oro") "<entry gap=\"2\">ont =i  magen | "
                                                       "klump</entry>\n"));
    const struct efti_pattern *p = lex->patterns;

    (void)state;
    assert_int_equal(lex->pattern_count, 6);
    must_be(p[0].words[0].folded, "oro");
    assert_int_equal(p[0].words[0].kind, EFTI_PATTERN_STEM);
    must_be(p[1].words[0].folded, "oron");
    assert_int_equal(p[1].words[0].kind, EFTI_PATTERN_EXACT);
    must_be(p[2].words[0].folded, "\xC3\xA4ngs");
    assert_int_equal(p[2].words[0].kind, EFTI_PATTERN_PREFIX);
    must_be(p[3].words[0].folded, "oro");
    assert_int_equal(p[3].words[0].kind, EFTI_PATTERN_SUFFIX);
    assert_int_equal(p[3].entry, 1);
    assert_int_equal(p[4].word_count, 3);
    assert_int_equal(p[4].words[1].kind, EFTI_PATTERN_EXACT);
    must_be(p[4].words[2].folded, "magen");
    assert_int_equal(p[4].gap, 2);
    assert_int_equal(p[4].entry, 2);
    assert_int_equal(p[4].line, 10);
    assert_int_equal(p[5].gap, 0);
    eft_lexicon_unref(lex);
}

static void
the_public_calls_tell_what_the_file_says(void **state)
{
    eft_context *ctx;
    eft_lexicon *lex;
    const char *xml = HEAD THEME("oro") ENTRY("oro") "</theme>\n" THEME("lugn")
        ENTRY("lugn") ENTRY("still") TAIL;

    (void)state;
    assert_int_equal(eft_context_new(NULL, &ctx, NULL), EFT_OK);
    assert_int_equal(eft_lexicon_read(ctx, (eft_text){xml, strlen(xml)}, &lex, NULL),
                     EFT_OK);
    eft_context_free(ctx); /* the lexicon outlives its context */
    must_be(eft_lexicon_id(lex), "litet");
    must_be(eft_lexicon_version(lex), "1.0.0");
    must_be(eft_lexicon_licence(lex), "Apache-2.0");
    must_be(eft_lexicon_source(lex), "made up");
    must_be(eft_lexicon_title(lex, "en"), "Small");
    assert_int_equal(strlen(eft_lexicon_hash(lex)), 64);
    assert_int_equal(eft_lexicon_theme_count(lex), 2);
    must_be(eft_lexicon_theme_id(lex, 1), "lugn");
    must_be(eft_lexicon_theme_label(lex, 0, "sv"), "Oro");
    must_be(eft_lexicon_theme_label(lex, 0, "en"), "Worry");
    must_be(eft_lexicon_theme_label(lex, 0, "fi"), "");
    must_be(eft_lexicon_theme_definition(lex, 0, "en"), "On worry.");
    must_be(eft_lexicon_theme_source(lex, 0), "made up");
    assert_int_equal(eft_lexicon_theme_entry_count(lex, 1), 2);
    assert_int_equal(eft_lexicon_theme_entry_count(lex, 2), 0);
    assert_int_equal(eft_lexicon_theme_find(lex, (eft_text){"lugn", 4}), 1);
    assert_int_equal(eft_lexicon_theme_find(lex, (eft_text){"x", 1}), SIZE_MAX);
    eft_lexicon_unref(eft_lexicon_ref(lex));
    must_be(eft_lexicon_id(lex), "litet");
    eft_lexicon_unref(lex);
    eft_lexicon_unref(NULL);
}

static void
faults_are_told_with_line_and_hint(void **state)
{
    static const struct {
        const char *xml, *expect;
    } cases[] = {
        /* patterns */
        {ONE(ENTRY("oro | ")), "line 9: an empty alternative"},
        {ONE(ENTRY("oro") ENTRY("| oro")), "line 10: an empty alternative"},
        {ONE(ENTRY("o*r")), "line 9: a wildcard with fewer"},
        {ONE(ENTRY("=or?o")), "line 9: a word has two marks"},
        {ONE(ENTRY("@hemlig")), "line 9: no <words> before this has that id"},
        {ONE(ENTRY("(oro/rädd")), "line 9: a group that is not closed"},
        {ONE(ENTRY("(oro//rädd)")), "line 9: an empty alternative"},
        {ONE(ENTRY("(oro/(rädd/x))")), "line 9: a group inside a group"},
        {ONE("<entry near=\"ont i\">oro</entry>"), "line 9: a phrase where one word"},
        {ONE("<entry near=\"a + b + c + d + e\">oro</entry>"), "line 9: more than four"},
        {ONE("<entry near=\"a + \">oro</entry>"), "line 9: an empty group in a"},
        {ONE("<entry order=\"fri\">oro</entry>"), "line 9: <entry> has an order that"},
        {ONE("<entry within=\"31\">oro</entry>"), "line 9: <entry> has a within or"},
        {ONE("<entry polarity=\"nej\">oro</entry>"), "line 9: <entry> has a polarity"},
        {ONE("<entry weight=\"2\">oro</entry>"), "line 9: <entry> has a weight that"},
        {ONE("<entry case=\"x\">oro</entry>"), "line 9: <entry> has a case that"},
        {ONE("<except veil=\"x\">oro</except>"), "line 9: <except> has a veil that"},
        {ONE(ENTRY("oro") "<example counts=\"yes\">x</example>"),
         "line 10: <entry> is missing here"},
        {HEAD "<words id=\"a\">x</words>\n<words id=\"a\">y</words>\n" THEME("oro")
             ENTRY("oro") TAIL,
         "line 6: a second <words> with the same id"},
        {HEAD "<words id=\"a\">x y</words>\n" THEME("oro") ENTRY("oro") TAIL,
         "line 5: a phrase where one word is meant"},
        {HEAD THEME("a\" role=\"x") ENTRY("oro") TAIL, "line 5: <theme> has a role that"},
        {HEAD THEME("a\" parent=\"b") ENTRY("oro") "</theme>\n" THEME("b") ENTRY("x")
             TAIL,
         "line 5: no theme before this has the id"},
        {ONE(ENTRY("or*")), "line 9: a wildcard with fewer"},
        {ONE(ENTRY("*ro")), "line 9: a wildcard with fewer"},
        {ONE(ENTRY("*")), "line 9: a mark stands without"},
        {ONE(ENTRY("= oro")), "line 9: a mark stands without"},
        {ONE(ENTRY("=oro*")), "line 9: a word has two marks"},
        {ONE(ENTRY("oro!")), "line 9: a sign that no pattern has"},
        {ONE(ENTRY("\"oro\"")), "line 9: a sign that no pattern has"},
        {ONE(ENTRY("oro =-")), "line 9: a word without letters"},
        {ONE(ENTRY("a b c d e f g h i")), "line 9: a phrase of more than eight"},
        /* themes and elements */
        {HEAD THEME("oro") ENTRY("oro") "</theme>\n" THEME("oro") ENTRY("oro") TAIL,
         "line 11: a second theme with the same id"},
        {HEAD THEME("Oro") ENTRY("oro") TAIL, "line 5: <theme> has an id that is not"},
        {HEAD THEME("o-ro") ENTRY("oro") TAIL, "line 5: <theme> has an id that is not"},
        {HEAD THEME("") ENTRY("oro") TAIL, "line 5: <theme> has an id that is not"},
        {HEAD THEME("oro") TAIL, "line 5: in this element <entry> is missing"},
        {ONE(ENTRY("oro") "<ord>x</ord>\n"), "line 10: an unknown element in <theme>"},
        {ONE(ENTRY("oro") "hemligt"), "line 10: text stands directly in <theme>"},
        {ONE("<entry gap=\"6\">oro</entry>"), "line 9: <entry> has a gap that is not"},
        {ONE("<entry gap=\"0\">oro</entry>"), "line 9: <entry> has a gap that is not"},
        {ONE("<entry hemlig=\"2\">oro</entry>"), "line 9: <entry> has an attribute that"},
        {ONE(ENTRY(" ")), "line 9: <entry> is empty"},
        {ONE("<entry>or<b>o</b></entry>"), "line 9: an element inside <entry>"},
        {HEAD "<theme id=\"oro\">" ENTRY("oro") TAIL,
         "line 5: <label> with xml:lang=\"sv\" is missing here"},
        {HEAD "</lexicon>", "line 2: in this element <theme> is missing"},
        /* the file as a whole */
        {"<lexicon xmlns=\"urn:eftertanke:lexicon:1\" id=\"a\" version=\"1.0\" "
         "lang=\"sv\" "
         "licence=\"x\"></lexicon>",
         "line 1: <lexicon> has a version that is not three numbers"},
        {"<other/>", "line 1: this is no lexicon"},
        {"<lexicon/>", "line 1: this is no lexicon"},
        {"", "line 1: the lexicon is empty"},
        {"hemligt", "line 1: no whole XML document"},
        {ONE("<entry>oro</hemlig>"), "line 9: a tag is not closed"},
        {ONE(ENTRY("a & b")), "line 9: an unknown entity or a bare &"},
        {ONE(ENTRY("&hemlig;")), "line 9: an unknown entity or a bare &"},
        {ONE(ENTRY("\xFF")), "line 9: a byte that is not UTF-8"},
        {ONE(ENTRY("\x01")), "line 9: a control character"},
        {"\xFE\xFF\x01", "line 1: a byte that is not UTF-8"},
    };

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(cases); i++) {
        struct eft_lexicon *lex;
        eft_error err;
        if (parse(cases[i].xml, &lex, &err) != EFT_E_FORMAT)
            fail_msg("case %zu is accepted", i);
        assert_null(lex);
        if (strncmp(err.message, cases[i].expect, strlen(cases[i].expect)) != 0)
            fail_msg("case %zu: %s", i, err.message);
        if (strchr(err.message, '(') == NULL)
            fail_msg("case %zu has no hint", i);
        assert_null(strstr(err.message, "hemlig"));
    }
}

/* A bomb of entities, and an entity that would read a file: the parser stops before. */
static void
a_doctype_is_refused_at_once(void **state)
{
    static const char *const cases[] = {
        "<!DOCTYPE lexicon [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">"
        "<!ENTITY c \"&b;&b;&b;&b;\">]>\n<lexicon>&c;</lexicon>",
        "<!DOCTYPE lexicon [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n"
        "<lexicon>&x;</lexicon>",
        "<!DOCTYPE lexicon SYSTEM \"http://example.invalid/x.dtd\">\n<lexicon/>",
    };

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(cases); i++) {
        struct eft_lexicon *lex;
        eft_error err;
        assert_int_equal(parse(cases[i], &lex, &err), EFT_E_FORMAT);
        assert_string_equal(err.message, "line 1: a DOCTYPE is not allowed (remove it)");
    }
}

static unsigned calls;

static void
count_calls(void *user, const char *message, ...)
{
    (void)user;
    (void)message;
    calls++;
}

static void
global_handlers_of_the_program_hear_nothing(void **state)
{
    struct eft_lexicon *lex;

    (void)state;
    calls = 0;
    xmlSetGenericErrorFunc(NULL, count_calls);
    assert_int_equal(parse("<a", &lex, NULL), EFT_E_FORMAT);
    assert_int_equal(parse("<lexicon><x/></lexicon>", &lex, NULL), EFT_E_FORMAT);
    assert_int_equal(parse(ONE("<entry gap=\"9\">x</entry>"), &lex, NULL), EFT_E_FORMAT);
    xmlSetGenericErrorFunc(NULL, NULL);
    assert_int_equal(calls, 0);
}

/* Whatever takes memory of its own. */
#define SET "<words id=\"k\">mage | hals</words>\n"
#define EXAMPLE "<example counts=\"no\">Lugn.</example>\n"
#define WORDS ENTRY("oro | =oron | \xC3\xA4ngs* | ont i magen")
#define RULES                                                                            \
    "<entry order=\"free\" within=\"4\" near=\"@k + ont\" without=\"x | y\">"            \
    "(ont/illa) =i @k</entry>\n"
#define PARENT THEME("a\" role=\"effect") EXAMPLE WORDS "</theme>\n"
#define EVERY_PART HEAD SET PARENT THEME("b\" parent=\"a") RULES TAIL

static void
every_refused_allocation_is_survived(void **state)
{
    const char *xml = EVERY_PART;

    (void)state;
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        struct eft_lexicon *lex;
        eft_status st = efti_lexicon_parse(&mem, xml, strlen(xml), &lex, NULL);
        eft_lexicon_unref(lex);
        if (failing_got_through(&f, st))
            break;
    }
}

static void
attributes_become_rules(void **state)
{
    struct eft_lexicon *lex =
        must_parse(HEAD "<words id=\"k\">mage | h*ls</words>\n" THEME(
            "a\" "
            "role="
            "\"effect") "<example counts=\"no\">Lugn  "
                        "nu.</example>\n" ENTRY(
                            "+g\xC3\xA5 | "
                            "head:hus") "</"
                                        "theme>"
                                        "\n" THEME("b\" parent=\"a") "<except "
                                                                     "order="
                                                                     "\"free\" "
                                                                     "within="
                                                                     "\"sentence\" "
                                                                     "near=\"@k + "
                                                                     "=jag\" "
                                                                     "reach=\"7\" "
                                                                     "without=\"+"
                                                                     "vila\" "
                                                                     "polarity="
                                                                     "\"negated "
                                                                     "uncertain\" "
                                                                     "negated="
                                                                     "\"yes\" "
                                                                     "case="
                                                                     "\"upper\" "
                                                                     "weight=\"0."
                                                                     "5\" "
                                                                     "veil=\"yes\">"
                                                                     "ont =i "
                                                                     "@k</"
                                                                     "except>"
                                                                     "\n" TAIL);
    const struct efti_entry_rules *r = lex->patterns[2].rules;

    (void)state;
    assert_int_equal(lex->set_count, 3);
    assert_int_equal(lex->sets[0].words[1].kind, EFTI_PATTERN_GLOB);
    assert_int_equal(lex->patterns[0].words[0].kind, EFTI_PATTERN_TERM);
    must_be(lex->patterns[1].words[0].folded, "hus");
    assert_null(lex->patterns[0].rules);
    must_be(lex->themes[0].role, "effect");
    must_be(lex->themes[0].examples[0].text, "Lugn nu.");
    assert_int_equal(lex->themes[0].parent, EFTI_NO_PARENT);
    assert_int_equal(lex->themes[1].parent, 0);
    assert_int_equal(lex->themes[1].entry_count, 0);
    assert_int_equal(r->flags, EFTI_ENTRY_FREE | EFTI_ENTRY_VEIL | EFTI_ENTRY_NEGATED |
                                   EFTI_ENTRY_EXCEPT);
    assert_int_equal(r->within, 0);
    assert_int_equal(r->reach, 7);
    assert_int_equal(r->polarities, 6);
    assert_int_equal(r->casing, EFTI_CASE_UPPER);
    assert_int_equal(r->weight, 50);
    assert_int_equal(r->near_count, 2);
    assert_int_equal(r->near[0], 0);
    assert_int_equal(r->without_count, 1);
    assert_int_equal(lex->patterns[2].words[2].kind, EFTI_PATTERN_SET);
    eft_lexicon_unref(lex);
}

static const char *const core_ids[] = {
    "delaktighet",         "bemotande",      "tillit",
    "kollegialt_larande",  "samverkan",      "natverk",
    "feedback_reflektion", "ledning",        "arbetsbelastning",
    "administration",      "digitalt_stod",  "evidens",
    "vardegrund",          "halsoframjande", "utveckling",
    "barn_familj",         "gladje",         "oro",
};

static void
the_core_lexicon_has_the_eighteen_themes_in_order(void **state)
{
    eft_context *ctx;
    eft_lexicon *lex;
    eft_error err;

    (void)state;
    assert_int_equal(eft_context_new(NULL, &ctx, NULL), EFT_OK);
    if (eft_lexicon_core(ctx, &lex, &err) != EFT_OK)
        fail_msg("%s", err.message);
    must_be(eft_lexicon_id(lex), "karna");
    assert_int_equal(eft_lexicon_theme_count(lex), EFTI_COUNT(core_ids));
    for (size_t i = 0; i < EFTI_COUNT(core_ids); i++) {
        must_be(eft_lexicon_theme_id(lex, i), core_ids[i]);
        assert_true(eft_lexicon_theme_label(lex, i, "sv").size > 0);
        assert_true(eft_lexicon_theme_definition(lex, i, "en").size > 0);
        assert_true(eft_lexicon_theme_source(lex, i).size > 0);
    }
    eft_lexicon_unref(lex);
    eft_context_free(ctx);
}

static eft_status
keep_bytes(void *user, const void *bytes, size_t size)
{
    efti_put(user, bytes, size);
    return EFT_OK;
}

static void
written(const eft_lexicon *lex, eft_lexicon_format format, struct efti_bytes *out)
{
    efti_bytes_clear(out);
    assert_int_equal(eft_lexicon_write(lex, format, keep_bytes, out, NULL, NULL), EFT_OK);
    assert_false(out->failed);
}

static void
a_lexicon_through_a_spreadsheet_is_the_same(void **state)
{
    struct efti_bytes csv, again, xml;
    eft_lexicon *core, *read;
    eft_context *ctx;
    eft_error err;

    (void)state;
    efti_bytes_init(&csv, &efti_malloc);
    efti_bytes_init(&again, &efti_malloc);
    efti_bytes_init(&xml, &efti_malloc);
    assert_int_equal(eft_context_new(NULL, &ctx, NULL), EFT_OK);
    assert_int_equal(eft_lexicon_core(ctx, &core, NULL), EFT_OK);
    written(core, EFT_LEXICON_CSV, &csv);
    if (eft_lexicon_read_csv(ctx, (eft_text){csv.data, csv.size}, &read, &err) != EFT_OK)
        fail_msg("%s", err.message);
    assert_int_equal(read->pattern_count, core->pattern_count);
    for (uint32_t i = 0; i < core->pattern_count; i++) {
        assert_int_equal(read->patterns[i].gap, core->patterns[i].gap);
        assert_int_equal(read->patterns[i].word_count, core->patterns[i].word_count);
    }
    written(read, EFT_LEXICON_CSV, &again);
    assert_true(efti_equal(csv.data, csv.size, again.data, again.size));
    written(read, EFT_LEXICON_XML, &xml);
    eft_lexicon_unref(read);
    assert_int_equal(eft_lexicon_read(ctx, (eft_text){xml.data, xml.size}, &read, NULL),
                     EFT_OK);
    eft_lexicon_unref(read);
    eft_lexicon_unref(core);
    eft_context_free(ctx);
    efti_bytes_free(&csv);
    efti_bytes_free(&again);
    efti_bytes_free(&xml);
}

static void
a_table_of_two_columns_is_a_lexicon(void **state)
{
    static const struct {
        const char *csv, *expect;
    } cases[] = {
        {"theme;entry\nvila;vila | vilar\noro;\"'=oro\"\n", NULL},
        {"\xEF\xBB\xBFkind,theme,text\r\nentry,oro,oro\r\n,,\r\n", NULL},
        {"theme,entry\noro,oro\noro,o*\n", "line 3: a wildcard with fewer"},
        {"Tema;Ord;parent\nRast & vila;rast\nVILA;vila;Rast & vila\nVila;sova\n", NULL},
        {"theme,entry\noro,\"oro\nrisk\"\nX,y*\n", "line 4: a wildcard with fewer"},
        {"theme,entry\na,x\n,y\n", "line 3: a row without a theme"},
        {"theme,entry\na,x\nb,x\na,y\n", "line 4: rows of a theme that do not stand"},
        {"theme,entry\nA b,x\nb,x\na_b,y\n", "line 4: rows of a theme that do not"},
        {"amne,ord\noro,oro\n", "line 1: no columns theme and entry"},
        {"kind,theme,text\nannat,oro,oro\n", "line 2: a kind that is none"},
        {"theme,entry\noro,\xFF\n", "line 1: bytes that are not UTF-8"},
        {"theme,entry\noro,oro\noro,\"rädd\noro,ont\n",
         "line 3: a quote that does not end"},
        {"tema;ord;text\noro;a;b\n", "line 1: two columns for the same"},
        {"", "line 1: the table is empty"},
        {"theme,entry\n", "line 1: "},
    };
    eft_context *ctx;

    (void)state;
    assert_int_equal(eft_context_new(NULL, &ctx, NULL), EFT_OK);
    for (size_t i = 0; i < EFTI_COUNT(cases); i++) {
        eft_text csv = {cases[i].csv, strlen(cases[i].csv)};
        eft_lexicon *lex;
        eft_error err = {0};
        eft_status st = eft_lexicon_read_csv(ctx, csv, &lex, &err);
        if ((st == EFT_OK) != (cases[i].expect == NULL))
            fail_msg("case %zu: %s", i, err.message);
        if (st != EFT_OK &&
            strncmp(err.message, cases[i].expect, strlen(cases[i].expect)) != 0)
            fail_msg("case %zu: %s", i, err.message);
        eft_lexicon_unref(lex);
    }
    eft_context_free(ctx);
}

/* Each theme says by a sentence what counts, and by one what does not. */
static void
must_have_examples(const eft_lexicon *lex)
{
    for (uint32_t t = 0; t < lex->theme_count; t++) {
        const struct efti_theme *theme = &lex->themes[t];
        size_t counts = 0;
        for (uint32_t k = 0; k < theme->example_count; k++)
            counts += theme->examples[k].counts;
        if (counts == 0 || counts == theme->example_count)
            fail_msg("%.*s: examples of one kind alone", (int)theme->id.size,
                     theme->id.bytes);
    }
}

static void
every_lexicon_carried_is_read(void **state)
{
    eft_context *ctx;
    eft_lexicon *lex;
    size_t count = 0;

    (void)state;
    assert_int_equal(eft_context_new(NULL, &ctx, NULL), EFT_OK);
    for (; eft_lexicon_builtin_id(count) != NULL; count++) {
        const char *id = eft_lexicon_builtin_id(count);
        eft_error err;
        if (eft_lexicon_builtin(ctx, id, &lex, &err) != EFT_OK)
            fail_msg("%s: %s", id, err.message);
        must_be(eft_lexicon_id(lex), id);
        assert_true(eft_lexicon_theme_count(lex) >= 3);
        must_have_examples(lex);
        eft_lexicon_unref(lex);
    }
    assert_int_equal(count, 4);
    assert_int_equal(eft_lexicon_builtin(ctx, "annat", &lex, NULL), EFT_E_RANGE);
    assert_null(lex);
    eft_context_free(ctx);
}

/* A term group is told by its first pattern: two entries that begin alike, up to the
 * length of a usual ending, count once ("blankett", "*blanketten"). */
static size_t
distinct_groups(const struct eft_lexicon *lex, uint32_t theme)
{
    struct efti_strings *seen;
    uint32_t entry = 0;

    assert_int_equal(efti_strings_new(&efti_malloc, &seen, NULL), EFT_OK);
    for (uint32_t i = 0; i < lex->pattern_count; i++) {
        const struct efti_pattern *p = &lex->patterns[i];
        char key[512];
        int n = 0;
        if (p->theme != theme || p->entry == entry)
            continue;
        entry = p->entry;
        if (p->rules != NULL && (p->rules->flags & EFTI_ENTRY_EXCEPT) != 0)
            continue;
        for (uint32_t w = 0; w < p->word_count; w++) {
            size_t size = p->words[w].folded.size;
            if (p->words[w].kind == EFTI_PATTERN_SET)
                n += snprintf(key + n, sizeof(key) - (size_t)n, "@%u ", p->words[w].set);
            n += snprintf(key + n, sizeof(key) - (size_t)n, "%.*s ",
                          (int)(size > 6 ? 6 : size), p->words[w].folded.bytes);
        }
        assert_int_not_equal(efti_strings_add(seen, key, (size_t)n, NULL),
                             EFTI_NOT_FOUND);
    }
    size_t count = efti_strings_count(seen);
    efti_strings_free(seen);
    return count;
}

static void
each_core_theme_has_forty_distinct_term_groups(void **state)
{
    eft_text core = efti_core_lexicon();
    struct eft_lexicon *lex;

    (void)state;
    assert_int_equal(efti_lexicon_parse(&efti_malloc, core.bytes, core.size, &lex, NULL),
                     EFT_OK);
    for (uint32_t i = 0; i < lex->theme_count; i++) {
        if (distinct_groups(lex, i) < 40)
            fail_msg("theme %u has %zu", i, distinct_groups(lex, i));
    }
    eft_lexicon_unref(lex);
}

static bool
same_text(eft_text a, eft_text b)
{
    return efti_equal(a.bytes, a.size, b.bytes, b.size) &&
           (a.bytes == NULL) == (b.bytes == NULL) &&
           (a.bytes == NULL || a.bytes[a.size] == '\0');
}

static void
assert_same_themes(const struct eft_lexicon *a, const struct eft_lexicon *b)
{
    assert_int_equal(a->theme_count, b->theme_count);
    for (uint32_t i = 0; i < a->theme_count; i++) {
        const struct efti_theme *x = &a->themes[i], *y = &b->themes[i];
        assert_true(same_text(x->id, y->id));
        assert_true(same_text(x->label_sv, y->label_sv));
        assert_true(same_text(x->label_en, y->label_en));
        assert_true(same_text(x->definition_sv, y->definition_sv));
        assert_true(same_text(x->definition_en, y->definition_en));
        assert_true(same_text(x->source, y->source));
        assert_int_equal(x->entry_count, y->entry_count);
    }
}

static void
assert_same_patterns(const struct eft_lexicon *a, const struct eft_lexicon *b)
{
    assert_int_equal(a->pattern_count, b->pattern_count);
    for (uint32_t i = 0; i < a->pattern_count; i++) {
        const struct efti_pattern *x = &a->patterns[i], *y = &b->patterns[i];
        assert_int_equal(x->word_count, y->word_count);
        assert_int_equal(x->gap, y->gap);
        assert_int_equal(x->theme, y->theme);
        assert_int_equal(x->entry, y->entry);
        assert_int_equal(x->line, y->line);
        for (uint32_t k = 0; k < x->word_count; k++) {
            assert_int_equal(x->words[k].kind, y->words[k].kind);
            assert_int_equal(x->words[k].set, y->words[k].set);
            assert_true(same_text(x->words[k].folded, y->words[k].folded));
        }
        assert_int_equal(x->rules == NULL, y->rules == NULL);
        if (x->rules != NULL)
            assert_memory_equal(x->rules, y->rules, sizeof(*x->rules));
    }
}

/* A copy of the bytes is parsed; the bytes themselves are unpacked. */
static void
the_core_lexicon_unpacked_is_the_one_parsed(void **state)
{
    eft_text core = efti_core_lexicon();
    struct eft_lexicon *parsed, *unpacked;
    char *copy = malloc(core.size);

    (void)state;
    assert_non_null(copy);
    memcpy(copy, core.bytes, core.size);
    assert_int_equal(efti_lexicon_parse(&efti_malloc, copy, core.size, &parsed, NULL),
                     EFT_OK);
    free(copy);
    assert_int_equal(
        efti_lexicon_parse(&efti_malloc, core.bytes, core.size, &unpacked, NULL), EFT_OK);
    assert_true(same_text(parsed->id, unpacked->id));
    assert_true(same_text(parsed->version, unpacked->version));
    assert_true(same_text(parsed->title_sv, unpacked->title_sv));
    assert_true(same_text(parsed->title_en, unpacked->title_en));
    assert_true(same_text(parsed->licence, unpacked->licence));
    assert_true(same_text(parsed->source, unpacked->source));
    assert_string_equal(parsed->hash, unpacked->hash);
    assert_same_themes(parsed, unpacked);
    assert_same_patterns(parsed, unpacked);
    eft_lexicon_unref(parsed);
    eft_lexicon_unref(unpacked);
}

static void
unpacking_survives_refused_allocations(void **state)
{
    eft_text core = efti_core_lexicon();

    (void)state;
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        struct eft_lexicon *lex;
        eft_status st = efti_lexicon_parse(&mem, core.bytes, core.size, &lex, NULL);
        assert_true(f.failed == (lex == NULL));
        eft_lexicon_unref(lex);
        if (failing_got_through(&f, st))
            break;
    }
}

/* Cannot happen in a library that was built whole; must not run past the end either. */
static void
a_torn_image_is_an_internal_error(void **state)
{
    (void)state;
    for (size_t size = 0; size < efti_baked_lexicon_size;
         size += size < 4096 ? 7 : efti_baked_lexicon_size / 97) {
        struct eft_lexicon lex = {.mem = &efti_malloc};
        unsigned char *copy = malloc(size + 1);
        assert_non_null(copy);
        memcpy(copy, efti_baked_lexicon, size);
        copy = realloc(copy, size > 0 ? size : 1); /* so that a sanitizer sees the end */
        efti_arena_init(&lex.arena, &efti_malloc);
        assert_int_equal(efti_lexicon_unpack(copy, size, &lex, NULL), EFT_E_INTERNAL);
        efti_arena_free(&lex.arena);
        free(copy);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_become_folded_patterns),
        cmocka_unit_test(attributes_become_rules),
        cmocka_unit_test(the_public_calls_tell_what_the_file_says),
        cmocka_unit_test(faults_are_told_with_line_and_hint),
        cmocka_unit_test(a_doctype_is_refused_at_once),
        cmocka_unit_test(global_handlers_of_the_program_hear_nothing),
        cmocka_unit_test(every_refused_allocation_is_survived),
        cmocka_unit_test(every_lexicon_carried_is_read),
        cmocka_unit_test(a_lexicon_through_a_spreadsheet_is_the_same),
        cmocka_unit_test(a_table_of_two_columns_is_a_lexicon),
        cmocka_unit_test(the_core_lexicon_has_the_eighteen_themes_in_order),
        cmocka_unit_test(each_core_theme_has_forty_distinct_term_groups),
        cmocka_unit_test(the_core_lexicon_unpacked_is_the_one_parsed),
        cmocka_unit_test(unpacking_survives_refused_allocations),
        cmocka_unit_test(a_torn_image_is_an_internal_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
