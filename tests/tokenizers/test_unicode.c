/*
 * test_unicode.c - Unicode's own test files, and where Swedish differs from them
 *
 *     test_unicode WordBreakTest.txt SentenceBreakTest.txt
 *
 * A line is a text with ÷ where a boundary is. Words: every token of ours lies between
 * two neighbouring boundaries, and what lies between two and holds a letter or digit is a
 * token. Sentences: as many as the line has, each beginning in its own part.
 *
 * Sentences may differ for the reasons below and for no others. A line that differs must
 * have one of them; how many have which is printed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "lexicons/lists.h"
#include "tokenizers/tokens_tool.h"

#define MOST 256

struct line {
    char bytes[4 * MOST];
    uint32_t code_points[MOST], breaks[MOST];
    size_t size, count, break_count;
};

static const char *const *files;
static bool
parse(const char *p, struct line *l)
{
    *l = (struct line){0};
    while (*p != '\0' && *p != '#' && *p != '\n' && l->count < MOST) {
        if (strncmp(p, "\xC3\xB7", 2) == 0) { /* ÷ */
            l->breaks[l->break_count++] = (uint32_t)l->size;
            p += 2;
        } else if (strncmp(p, "\xC3\x97", 2) == 0) { /* × */
            p += 2;
        } else if (*p == ' ' || *p == '\t') {
            p++;
        } else {
            char *end;
            uint32_t c = (uint32_t)strtoul(p, &end, 16);
            if (end == p)
                return false;
            l->code_points[l->count++] = c;
            l->size += efti_utf8_put(c, l->bytes + l->size);
            p = end;
        }
    }
    return l->count > 0;
}

/* --- words --- */

static bool
has_word(const struct line *l, uint32_t start, uint32_t end)
{
    for (size_t at = start; at < end;) {
        uint32_t c = efti_utf8_next(l->bytes, end, &at);
        if (efti_is_digit(c) || (efti_is_letter(c) && c < 0x2E80)) /* no ideographs */
            return true;
    }
    return false;
}

static bool
words_agree(const struct line *l)
{
    size_t token = 0;

    for (size_t i = 0; i + 1 < l->break_count; i++) {
        uint32_t start = l->breaks[i], end = l->breaks[i + 1];
        bool is_token = token < segments.tokens.count &&
                        segments.tokens.items[token].start == start &&
                        segments.tokens.items[token].end == end;
        if (!is_token && has_word(l, start, end))
            return false;
        token += is_token;
    }
    return token == segments.tokens.count;
}

/* --- sentences --- */

static bool
sentences_agree(const struct line *l)
{
    if (segments.sentences.count + 1 != l->break_count)
        return false;
    for (size_t i = 0; i + 1 < l->break_count; i++)
        if (segments.sentences.items[i].start < l->breaks[i] ||
            segments.sentences.items[i].start >= l->breaks[i + 1])
            return false;
    return true;
}

static bool
has(const struct line *l, const uint32_t *any, size_t count)
{
    for (size_t i = 0; i < l->count; i++)
        for (size_t j = 0; j < count; j++)
            if (l->code_points[i] == any[j])
                return true;
    return false;
}

static bool
has_separator(const struct line *l)
{
    static const uint32_t separators[] = {'\n', '\r', 0x85, 0x2028, 0x2029};
    return has(l, separators, EFTI_COUNT(separators));
}

static bool
begins_with_mark(const struct line *l)
{
    return l->code_points[0] == '.' || l->code_points[0] == '!' ||
           l->code_points[0] == '\t';
}

static bool
has_other_script(const struct line *l)
{
    static const uint32_t others[] = {0x5B57, 0x5B83, 0x3002};
    return has(l, others, EFTI_COUNT(others));
}

static bool
has_invisible(const struct line *l)
{
    static const uint32_t invisible[] = {0x2060, 0x0308, 0x0300};
    return has(l, invisible, EFTI_COUNT(invisible));
}

static struct {
    const char *why;
    bool (*applies)(const struct line *l);
    size_t lines;
} reasons[] = {
    {"a new line alone ends no sentence (SB4)", has_separator, 0},
    {"a mark without a word before it ends none", begins_with_mark, 0},
    {"other scripts, which need no space behind a stop", has_other_script, 0},
    {"a word joiner or combining mark among closing marks (SB5)", has_invisible, 0},
};

static bool
has_reason(const struct line *l)
{
    for (size_t i = 0; i < EFTI_COUNT(reasons); i++)
        if (reasons[i].applies(l)) {
            reasons[i].lines++;
            return true;
        }
    return false;
}

/* --- the files --- */

static size_t
each_line(const char *path, bool plain, bool (*agrees)(const struct line *l),
          size_t *differing, size_t *unexplained)
{
    FILE *f = path == NULL ? NULL : fopen(path, "r");
    char text[8192];
    struct line l;
    size_t lines = 0;

    if (f == NULL) {
        print_message("# the file is not there (package unicode-data)\n");
        skip();
    }
    while (fgets(text, sizeof(text), f) != NULL) {
        if (!parse(text, &l))
            continue;
        eft_text bytes = {l.bytes, l.size};
        assert_int_equal(plain ? efti_segment_plain(tokenizer, bytes, &segments, NULL)
                               : efti_segment(tokenizer, bytes, &segments, NULL),
                         EFT_OK);
        lines++;
        if (agrees(&l))
            continue;
        ++*differing;
        if (plain || !has_reason(&l)) {
            ++*unexplained;
            print_message("# %s", text);
        }
    }
    (void)fclose(f);
    return lines;
}

static void
every_line_of_the_word_break_test_agrees(void **state)
{
    size_t differing = 0, unexplained = 0;

    (void)state;
    assert_true(each_line(files[0], true, words_agree, &differing, &unexplained) > 1000);
    assert_int_equal(differing, 0);
}

static void
lines_of_the_sentence_break_test_differ_for_listed_reasons(void **state)
{
    size_t differing = 0, unexplained = 0;
    size_t lines = each_line(files[1], false, sentences_agree, &differing, &unexplained);

    (void)state;
    print_message("# %zu of %zu lines agree\n", lines - differing, lines);
    for (size_t i = 0; i < EFTI_COUNT(reasons); i++)
        print_message("# %zu differ: %s\n", reasons[i].lines, reasons[i].why);
    assert_true(lines > 400);
    assert_int_equal(unexplained, 0);
}

int
main(int argc, char **argv)
{
    static const char *given[2];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_of_the_word_break_test_agrees),
        cmocka_unit_test(lines_of_the_sentence_break_test_differ_for_listed_reasons),
    };

    for (int i = 1; i < argc && i < 3; i++)
        given[i - 1] = argv[i];
    files = given;
    return cmocka_run_group_tests(tests, tokens_set_up, tokens_tear_down);
}
