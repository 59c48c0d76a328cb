/*
 * test_marks.c - characters that are seldom meant: one table of what becomes of them
 *
 * Tokens are written with their bytes as they stand in the text (offsets are always of
 * the original); `.` for no token at all. What folds to what is for text/ (test_fold).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <stdlib.h>

#include "arch/scan.h"
#include "tokenizers/tokens_tool.h"

struct mark {
    const char *what, *text;
    size_t size; /* 0: as a string */
    const char *tokens;
};

#define SHY "\xC2\xAD"
#define NBSP "\xC2\xA0"
#define RLM "\xE2\x80\x8F"
#define ZWSP "\xE2\x80\x8B"
#define ZWJ "\xE2\x80\x8D"
#define BOM "\xEF\xBB\xBF"
#define APOSTROPHE "\xE2\x80\x99"

static const struct mark marks[] = {
    {"a soft hyphen belongs to its word", "bud" SHY "get" SHY "en", 0,
     "bud" SHY "get" SHY "en"},
    {"one at the end too", "bud" SHY " get", 0, "bud" SHY "|get"},
    {"one at the beginning does not", SHY "bud", 0, "bud"},
    {"one alone is nothing", "a " SHY " b", 0, "a|b"},
    {"a no-break space parts", "tio" NBSP "kronor", 0, "tio|kronor"},
    {"it parts numbers", "1" NBSP "000", 0, "1|000"},
    {"a narrow one joins them (ICU's ExtendNumLet)",
     "1\xE2\x80\xAF"
     "000",
     0,
     "1\xE2\x80\xAF"
     "000"},
    {"a combining mark belongs to its letter (NFD)", "fo\xCC\x88r a\xCC\x8Ar", 0,
     "fo\xCC\x88r|a\xCC\x8Ar"},
    {"many of them do", "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81t", 0,
     "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81t"},
    {"one without a letter is nothing", " \xCC\x88 ", 0, "."},
    {"ligatures are letters", "\xEF\xAC\x81nal", 0, "\xEF\xAC\x81nal"},
    {"apostrophes join letters", "d'accord l" APOSTROPHE "eau", 0,
     "d'accord|l" APOSTROPHE "eau"},
    {"at an edge they do not", "'hej' " APOSTROPHE "hej" APOSTROPHE, 0, "hej|hej"},
    {"a right-to-left mark belongs to the word before", "hej" RLM " du", 0,
     "hej" RLM "|du"},
    {"a zero width space parts", "hej" ZWSP "du", 0, "hej|du"},
    {"a zero width joiner does not", "a" ZWJ "b", 0, "a" ZWJ "b"},
    {"a byte order mark before a word is no part of it", BOM "hej", 0, "hej"},
    {"control characters part",
     "a\x01"
     "b\x1F"
     "c\x7F"
     "d",
     0, "a|b|c|d"},
    {"NUL parts", "a\0b", 3, "a|b"},
    {"C1 controls part",
     "a\xC2\x85"
     "b\xC2\x87"
     "c",
     0, "a|b|c"},
    {"the line separator parts",
     "a\xE2\x80\xA8"
     "b",
     0, "a|b"},
    {"carriage returns part", "a\rb\r\nc", 0, "a|b|c"},
    {"low lines at the edges are cut off", "_hej_ __ _", 0, "hej"},
    {"sharp s and the like are letters",
     "stra\xC3\x9F"
     "e \xC5\x81\xC3\xB3"
     "d\xC5\xBA",
     0,
     "stra\xC3\x9F"
     "e|\xC5\x81\xC3\xB3"
     "d\xC5\xBA"},
    {"multiplication and division signs part",
     "3\xC3\x97"
     "4\xC3\xB7"
     "2",
     0, "3|4|2"},
    {"the degree sign is none", "5\xC2\xB0", 0, "5"},
    {"full-width letters are letters", "\xEF\xBC\xA1\xEF\xBD\x82", 0,
     "\xEF\xBC\xA1\xEF\xBD\x82"},
    {"other scripts are words", "\xD0\xBF\xD1\x80\xD0\xB8 \xCE\xB1\xCE\xB2", 0,
     "\xD0\xBF\xD1\x80\xD0\xB8|\xCE\xB1\xCE\xB2"},
};

static bool
holds(const struct mark *m)
{
    char got[256];
    size_t n = 0, size = m->size > 0 ? m->size : strlen(m->text);

    assert_int_equal(efti_segment(tokenizer, (eft_text){m->text, size}, &segments, NULL),
                     EFT_OK);
    for (size_t i = 0; i < segments.tokens.count; i++) {
        const struct efti_token *t = &segments.tokens.items[i];
        if (i > 0)
            got[n++] = '|';
        memcpy(got + n, m->text + t->start, t->end - t->start);
        n += t->end - t->start;
    }
    if (segments.tokens.count == 0)
        got[n++] = '.';
    got[n] = '\0';
    if (strcmp(got, m->tokens) == 0)
        return true;
    print_message("# %s, path %s: got %s\n", m->what, efti_tokenizer_path(tokenizer),
                  got);
    return false;
}

static void
marks_become_what_the_table_says_on_every_path(void **state)
{
    size_t count, wrong = 0;
    const struct efti_scan_path *paths = efti_scan_paths(&count);

    (void)state;
    for (size_t p = 0; p < count; p++) {
        if (!efti_tokenizer_set_path(tokenizer, paths[p].name)) {
            print_message("# skipped: this CPU has no path %s\n", paths[p].name);
            continue;
        }
        for (size_t i = 0; i < EFTI_COUNT(marks); i++)
            wrong += !holds(&marks[i]);
    }
    assert_int_equal(wrong, 0);
}

/* The tokens of `text` that end within its first `size` bytes, with all that is said of
 * them; how many bytes of that. */
static size_t
tokens_within(const char *text, size_t size, struct efti_token out[16])
{
    size_t n = 0;

    assert_int_equal(
        efti_segment(tokenizer, (eft_text){text, strlen(text)}, &segments, NULL), EFT_OK);
    while (n < segments.tokens.count && n < 16 && segments.tokens.items[n].end <= size) {
        out[n] = segments.tokens.items[n];
        n++;
    }
    return n * sizeof(*out);
}

/* At the end of a text bytes are looked at one by one, before that eight at a time. */
static void
what_a_word_holds_does_not_depend_on_what_follows(void **state)
{
    static const char *const parts[] = {
        "a",        "\xC3\xA5", "\xC5\x81", "\xC2\xAA", "\xC2\xB7", SHY, SHY SHY,
        APOSTROPHE, "1",        ".",        ":",        "_",        "@", "\xD0\xBF"};
    const size_t n = EFTI_COUNT(parts);

    (void)state;
    for (size_t i = 0; i < 18 * n * n; i++) {
        struct efti_token alone[16], followed[16];
        char word[64], text[96];
        (void)snprintf(word, sizeof(word), "%.*s%s%sb", (int)(i / n / n),
                       "xxxxxxxxxxxxxxxxxx", parts[i / n % n], parts[i % n]);
        (void)snprintf(text, sizeof(text), "%s och s\xC3\xA5 vidare", word);
        size_t size = tokens_within(word, strlen(word), alone);
        assert_int_equal(tokens_within(text, strlen(word), followed), size);
        assert_memory_equal(alone, followed, size);
    }
}

static void
an_unknown_path_is_refused_and_changes_nothing(void **state)
{
    const char *before = efti_tokenizer_path(tokenizer);

    (void)state;
    assert_false(efti_tokenizer_set_path(tokenizer, "none"));
    assert_string_equal(efti_tokenizer_path(tokenizer), before);
    assert_true(efti_tokenizer_set_path(tokenizer, "portable"));
    assert_string_equal(efti_tokenizer_path(tokenizer), "portable");
}

/* What is hostile: size bytes without any end in sight. */
static void
repeat(char *to, size_t size, const char *what)
{
    size_t n = strlen(what);

    for (size_t i = 0; i < size; i++)
        to[i] = what[i % n];
}

static void
hostile_texts_are_cut_like_any_other(void **state)
{
    static const struct {
        const char *what;
        size_t each; /* bytes of one token; 0: one token in all */
        size_t dividing;
    } e[] = {
        {"a", 0, 1},
        {"\xCC\x88", 1, 0}, /* combining marks alone: no token */
        {"a\xCC\x88", 0, 3},
        {"\xF0\x9F\x98\x80", 4, 4}, /* a face each */
        {"\xF0\x9F\x98\x80 ", 5, 5},
        {"ab ", 3, 3},
        {"_", 1, 0},
        {".", 1, 0},
        {"a.", 0, 2},
        {"1,", 0, 2},
        {"a@", 0, 2},
    };
    enum { SIZE = 60 * 1024 };
    char *text = malloc(SIZE);

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < EFTI_COUNT(e); i++) {
        size_t want = e[i].dividing == 0 ? 0 : e[i].each == 0 ? 1 : SIZE / e[i].each;
        repeat(text, SIZE, e[i].what);
        assert_int_equal(
            efti_segment_plain(tokenizer, (eft_text){text, SIZE}, &segments, NULL),
            EFT_OK);
        if (e[i].dividing > 0 || e[i].what[0] != '_')
            assert_int_equal(segments.tokens.count, want);
        assert_int_equal(efti_segment(tokenizer, (eft_text){text, SIZE}, &segments, NULL),
                         EFT_OK);
        for (size_t j = 0; j < segments.tokens.count; j++)
            assert_true(segments.tokens.items[j].end <= SIZE);
    }
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_become_what_the_table_says_on_every_path),
        cmocka_unit_test(what_a_word_holds_does_not_depend_on_what_follows),
        cmocka_unit_test(an_unknown_path_is_refused_and_changes_nothing),
        cmocka_unit_test(hostile_texts_are_cut_like_any_other),
    };

    return cmocka_run_group_tests(tests, tokens_set_up, tokens_tear_down);
}
