/*
 * test_together.c - several texts segmented at once are what each is alone
 *
 *     test_together WordBreakTest.txt SentenceBreakTest.txt
 *
 * Tokens, kinds and flags are held against those of efti_segment_words(), on every path
 * that this CPU has, with listed abbreviations and without. What matters is how a text
 * ends and how the next one begins: so there are many endings and beginnings, each with
 * each. tests/differential does the same with as much text as one likes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "arch/scan.h"
#include "differential/texts.h"
#include "support/failing.h"
#include "tokenizers/together_tool.h"
#include "tokenizers/tokens_tool.h"

static struct efti_tokenizer *bare; /* without lists */
static struct efti_together together;
static struct texts source = {.seed = 0x9E3779B97F4A7C15u};

static void
show(const eft_text *texts, size_t count, size_t which)
{
    print_message("# path %s, text %zu of %zu:", efti_tokenizer_path(tokenizer), which,
                  count);
    for (size_t i = which > 0 ? which - 1 : 0; i < count && i <= which + 1; i++) {
        for (size_t at = 0; at < texts[i].size && at < 80; at++)
            print_message(" %02X", (unsigned char)texts[i].bytes[at]);
        print_message(i < which + 1 ? " |" : "\n");
    }
    print_message("\n");
}

static void
check(const eft_text *texts, size_t count)
{
    size_t path_count;
    const struct efti_scan_path *paths = efti_scan_paths(&path_count);

    for (size_t p = 0; p < path_count; p++)
        for (int lists = 0; lists < 2; lists++) {
            struct efti_tokenizer *t = lists ? tokenizer : bare;
            bool differs;
            if (!efti_tokenizer_set_path(t, paths[p].name))
                continue;
            size_t which =
                together_differs(t, texts, count, &together, &segments, &differs);
            if (differs)
                show(texts, count, which);
            assert_false(differs);
        }
}

/* How a text may end or begin, or be as a whole */
static const char *const edges[] = {
    "",
    " ",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "a",
    "A",
    "7",
    ".",
    ":",
    ";",
    "-",
    "'",
    "_",
    "@",
    "[",
    "]",
    "(",
    ")",
    "/",
    "<",
    "=",
    "^",
    "\"",
    "*",
    "- ",
    "...",
    "och",
    "och ja",
    "t",
    "t.",
    "t. ",
    "t ",
    "t.ex",
    "t.ex.",
    "ex",
    "ex. vis",
    "i",
    "i s",
    "s",
    "st.f.",
    "bl",
    "kl",
    "kl.",
    "ca",
    "f\xC3\xB6r-",
    "f\xC3\xB6r- ",
    "f\xC3\xB6r-\n",
    "f\xC3\xB6r- och",
    "f\xC3\xB6r\xE2\x80\x90",
    "w",
    "www",
    "www.",
    "www.a",
    "a-www.",
    "http",
    "http:",
    "http:/",
    "http://",
    "http://a",
    "//a.se",
    "anna@",
    "@anna",
    "anna@uu.se",
    "uu.se",
    "[PERSON_1",
    "[PERSON_1]",
    "PERSON_1]",
    "3:",
    "e",
    "1,",
    "1.",
    "5",
    ",5",
    ":D",
    ":)",
    "D",
    "3",
    "\xC2\xAD",         /* a soft hyphen */
    "a\xC2\xAD",        /* at the end of a word */
    "\xCC\x81",         /* a combining acute */
    "e\xCC\x81",        /* a letter with one */
    "\xE2\x80\x8D",     /* a joiner */
    "a\xE2\x80\x8D",    /* behind a letter */
    " \xE2\x80\x8D",    /* behind a space */
    "\xEF\xB8\x8F",     /* a variation selector */
    "\xF0\x9F\x98\x80", /* emoji */
    "\xE2\x98\xBA",     /* a sign that may be one */
    "\xF0\x9F\x87\xB8", /* a flag's first half */
    "\xF0\x9F\x87\xAA", /* and second */
    "1\xEF\xB8\x8F\xE2\x83\xA3",
    "\xE2\x80\xA8", /* separators of lines and paragraphs */
    "\xE2\x80\xA9",
    "\xC2\x85",     /* next line */
    "\xC2\xA0",     /* no-break space */
    "\xE2\x80\xAF", /* narrow no-break space, which ICU joins to words */
    "a\xE2\x80\xAF",
    "\xE2\x80\x99", /* apostrophe */
    "l\xE2\x80\x99",
    "\xE2\x80\x9D", /* quotes */
    "\xC2\xBB",
    "\xE0\xB8\x81\xE0\xB8\xB2", /* Thai, which ICU takes apart by a dictionary */
    "\xE5\xAD\x97",             /* ideograph */
    "\xE3\x82\xAB",             /* kana */
    "\xD7\x90\"",               /* Hebrew and a quote (WB7b) */
    "\xD7\x91",
    "slut.Sedan",
    "ord:Anna",
    "__",
    "_a_",
    "\x01",
};

static void
every_ending_stands_before_every_beginning(void **state)
{
    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(edges); i++)
        for (size_t j = 0; j < EFTI_COUNT(edges); j++) {
            char first[64], second[64];
            (void)snprintf(first, sizeof(first), "En dag %s", edges[i]);
            (void)snprintf(second, sizeof(second), "%s \xC3\xA5r.", edges[j]);
            const eft_text texts[] = {{edges[i], strlen(edges[i])},
                                      {edges[j], strlen(edges[j])},
                                      {first, strlen(first)},
                                      {second, strlen(second)}};
            check(texts, EFTI_COUNT(texts));
        }
}

/* Also where a block of 64 bytes ends, or a group of them, or a window. */
static void
a_border_may_stand_at_any_byte(void **state)
{
    static char filler[4200];

    (void)state;
    memset(filler, 'b', sizeof(filler));
    for (size_t i = 0; i + 7 < sizeof(filler); i += 7)
        filler[i] = ' ';
    for (size_t i = 0; i < EFTI_COUNT(edges); i++)
        for (size_t before = 0; before < 70; before++) {
            const size_t size = i % 3 == 0   ? before
                                : i % 3 == 1 ? 450 + before
                                             : 4030 + before;
            const eft_text texts[] = {
                {filler, size}, {edges[i], strlen(edges[i])}, {filler, before}};
            check(texts, EFTI_COUNT(texts));
        }
}

static size_t
any_text(char *out)
{
    size_t size = 0;

    source.seed = source.seed * 6364136223846793005u + 1442695040888963407u;
    switch (source.seed >> 60) {
    case 0: return 0;
    case 1: memcpy(out, "a", 1); return 1;
    case 2: memset(out, 'x', 1500); return 1500; /* a long token */
    case 3:
    case 4:
    case 5: size = texts_of_unicode(&source, out); break;
    default: break;
    }
    return size > 0 ? size : texts_of_alphabets(&source, out);
}

static void
random_texts_are_the_same_together(void **state)
{
    enum { ROUNDS = 400, MOST = 24 };
    static char room[MOST][MOST_TEXT + 8];

    (void)state;
    for (size_t round = 0; round < ROUNDS; round++) {
        eft_text texts[MOST];
        size_t count = 1 + round % MOST;
        for (size_t i = 0; i < count; i++)
            texts[i] = (eft_text){room[i], any_text(room[i])};
        check(texts, count);
    }
}

static void
no_texts_have_no_tokens(void **state)
{
    const eft_text empty = {NULL, 0};

    (void)state;
    assert_int_equal(efti_segment_together(tokenizer, NULL, 0, &together, NULL), EFT_OK);
    assert_int_equal(together.segments.tokens.count, 0);
    assert_int_equal(together.starts.count, 1);
    check(&empty, 1);
}

static void
a_gibibyte_of_texts_is_refused(void **state)
{
    const eft_text half = {"", (size_t)1 << 29}, texts[] = {half, half};
    eft_error err = {0};

    (void)state;
    assert_int_equal(efti_segment_together(tokenizer, texts, 2, &together, &err),
                     EFT_E_LIMIT);
    assert_int_equal(err.status, EFT_E_LIMIT);
    assert_int_equal(together.segments.tokens.count, 0);
    assert_int_equal(together.starts.count, 0);

    /* a border less than a gibibyte, and borders alone behind it */
    const eft_text most = {"", ((size_t)1 << 30) - 3}, none = {"", 0};
    const eft_text filled[] = {most, none, none};
    assert_int_equal(efti_segment_together(tokenizer, filled, 3, &together, NULL),
                     EFT_E_LIMIT);
}

static void
a_failing_allocator_is_survived(void **state)
{
    static const char text[] = "Hej! Jag mejlade anna.svensson@uu.se, t ex i dag.";
    const eft_text texts[] = {{text, sizeof(text) - 1}, {text, sizeof(text) - 1}};

    (void)state;
    for (size_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        struct efti_tokenizer *t = NULL;
        struct efti_together g = {0};
        eft_status st = efti_tokenizer_new(&mem, fake_lists(), &t, NULL);
        if (st == EFT_OK)
            st = efti_segment_together(t, texts, 2, &g, NULL);
        assert_int_equal(g.segments.tokens.count > 0, st == EFT_OK);
        efti_together_free(&mem, &g);
        efti_tokenizer_free(t);
        if (failing_got_through(&f, st))
            break;
    }
}

static int
set_up(void **state)
{
    return tokens_set_up(state) != 0 ||
           efti_tokenizer_new(&efti_malloc, NULL, &bare, NULL) != EFT_OK;
}

static int
tear_down(void **state)
{
    efti_tokenizer_free(bare);
    efti_together_free(&efti_malloc, &together);
    texts_free(&source);
    return tokens_tear_down(state);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_ending_stands_before_every_beginning),
        cmocka_unit_test(a_border_may_stand_at_any_byte),
        cmocka_unit_test(random_texts_are_the_same_together),
        cmocka_unit_test(no_texts_have_no_tokens),
        cmocka_unit_test(a_gibibyte_of_texts_is_refused),
        cmocka_unit_test(a_failing_allocator_is_survived),
    };

    for (int i = 1; i < argc; i++)
        (void)texts_add_break_test(&source, argv[i]);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
