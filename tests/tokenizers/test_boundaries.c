/*
 * test_boundaries.c - our word boundaries are ICU's
 *
 * efti_segment_plain() (fast scanner, ICU for what it does not know, no project rules) is
 * held against one ICU iterator over the whole text: starts and ends of all segments with
 * status >= 100, and of those with a pictograph or flag.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "arch/scan.h"
#include "differential/icu_words.h"
#include "tokenizers/tokens_tool.h"

static struct icu_words icu;

static void
show(const char *bytes, size_t size)
{
    print_message("# path %s, bytes:", efti_tokenizer_path(tokenizer));
    for (size_t i = 0; i < size; i++)
        print_message(" %02X", (unsigned char)bytes[i]);
    print_message("\n# icu:");
    for (size_t i = 0; i < icu.count; i++)
        print_message(" %u-%u", icu.items[i].start, icu.items[i].end);
    print_message("\n# our:");
    for (size_t i = 0; i < segments.tokens.count; i++)
        print_message(" %u-%u", segments.tokens.items[i].start,
                      segments.tokens.items[i].end);
    print_message("\n");
}

/* On every path that this CPU has; in memory of its own, so that a sanitizer sees when
 * more is read. */
static bool
agrees(const char *given, size_t size)
{
    size_t path_count;
    char *bytes = malloc(size + 1);
    const struct efti_scan_path *paths = efti_scan_paths(&path_count);
    bool same = bytes != NULL;

    assert_non_null(bytes);
    assert_true(icu_words_find(&icu, given, size));
    memmove(bytes + 1, given, size);
    for (size_t p = 0; p < path_count && same; p++) {
        if (!efti_tokenizer_set_path(tokenizer, paths[p].name))
            continue;
        assert_int_equal(
            efti_segment_plain(tokenizer, (eft_text){bytes + 1, size}, &segments, NULL),
            EFT_OK);
        same = segments.tokens.count == icu.count;
        for (size_t i = 0; same && i < icu.count; i++)
            same = segments.tokens.items[i].start == icu.items[i].start &&
                   segments.tokens.items[i].end == icu.items[i].end;
    }
    if (!same)
        show(given, size);
    free(bytes);
    return same;
}

/* A block is 64 bytes: whatever stands at its end must see what stands behind it. */
static void
places_in_a_block_do_not_matter(void **state)
{
    static const char *const pieces[] = {
        "a.b",
        "1,5",
        "EU:s",
        "l\xE2\x80\x99"
        "a",
        "a\xC2\xAD"
        "b",
        "\xC3\xA5\xC3\xA4",
        "\xC3\x97\xC3\xB7",
        "a\xC2\xB7"
        "b",
        "a_1",
        "anna@uu.se",
        "e\xCC\x81t",
        "\xE2\x82\xAC"
        "5",
        "a, b; c",
        "1;5",
        "1.\xC2\xAD"
        "5",
        "x \xF0\x9F\x98\x80 y",
    };
    char text[256];

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(pieces); i++)
        for (size_t before = 0; before < 132; before++)
            for (int filler = 0; filler < 2; filler++) {
                size_t size = strlen(pieces[i]);
                memset(text, filler == 0 ? ' ' : 'b', sizeof(text));
                memcpy(text + before, pieces[i], size);
                assert_true(agrees(text, before + size));
                assert_true(agrees(text, before + size + 70));
            }
}

static void
swedish_text_agrees(void **state)
{
    static const char *const texts[] = {
        "",
        " ",
        "Hej!",
        "EU:s regler och SIP:en, S:t Erik, klass:en, 3:e och 1:a kl. 10:30.",
        "t.ex. o.s.v. 1,5 10.30 1.000.000 1 000 1\xC2\xA0"
        "000 1\xE2\x80\xAF"
        "000 12;5 a;b a,b",
        "e-post, IT-stöd, 1990-talet, 811218-9876, för- och nackdelar",
        "anna@uu.se @anna @ a@ _ __ _a a_ ___ a_b 1_2 _1 :_: a:_",
        "d'accord d’accord ’hej’ 'hej' l’ a’b’c 1’000 1'000",
        "bud­get­propo­sition a­ ­b a­:b a:­b a.­ b ­",
        "½ ² µm 5ª º ·a a·b 1·2 × 3×4 a×b a÷b",
        "”Får jag?” undrade hon … – — ‘ja’ „så“ • punkt",
        "slut.Sedan slut.sedan.Slut 1.a a.1 1:a a:1 a.b:c'd",
        "Bra 😀 👨‍👩‍👧 🇸🇪🇳🇴 ❤️ ❤ © ® ™ ©️ 1️⃣ "
        "▪ "
        "☑ "
        "✔️ "
        "👍🏽",
        "e\xCC\x81t\xCC\x88 a\xCC\x8Ar A\xCC\x8Angstro\xCC\x88m",
        "ﬁnal straße İstanbul ŁÓDŹ ƒ ǅ αβγ Привет:мир 東京 ไทยคน カタカナ 한국어",
        "rad ett\r\nrad två\rrad\x0Btre\x0C fyra\xC2\x85 fem\xE2\x80\xA8sex",
        "a\xE2\x80\x8D"
        "b a \xE2\x80\x8D"
        "b \xE2\x80\x8B c\xE2\x80\x8B"
        "d \xEF\xBB\xBF"
        "e",
        "\xD7\x90\"\xD7\x91 \xD7\x90'\xD7\x91 x\"y",
    };

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(texts); i++)
        assert_true(agrees(texts[i], strlen(texts[i])));
}

/* After the pattern of WordBreakTest.txt: every triple of characters, one or more of each
 * class of the rules, with and without a format character between. */
static void
triples_of_all_classes_agree(void **state)
{
    static const char *const parts[] = {
        "a",
        "1",
        "_",
        ":",
        ".",
        ",",
        "'",
        " ",
        "\n",
        "\r",
        "@",
        "-",
        "\"",
        "\xC3\xA5",
        "\xC3\x97",
        "\xC5\xBF",
        "\xC2\xAD",
        "\xC2\xB7",
        "\xC2\xA0",
        "\xC2\xBA",
        "\xE2\x80\x99",
        "\xE2\x80\xA4",
        "\xE2\x80\xA6",
        "\xE2\x80\xA7",
        "\xE2\x80\xAF",
        "\xE2\x80\x8D",
        "\xCC\x88",
        "\xE3\x82\xAB",
        "\xE4\xBA\xAC",
        "\xD7\x90",
        "\xF0\x9F\x87\xB8",
        "\xF0\x9F\x98\x80",
        "\xE2\x98\xBA",
        "\xEF\xB8\x8F",
        "\xE0\xB8\x81",
        "\xF0\x9F\x8F\xBD",
        "\xC2\xA9",
        "\xE2\x80\x93",
        "\xE2\x82\xAC",
        ";",
    };
    size_t n = EFTI_COUNT(parts);
    char text[64];

    (void)state;
    for (size_t i = 0; i < n * n * n; i++) {
        for (int soft = 0; soft < 3; soft++) {
            int size = snprintf(text, sizeof(text), "%s%s%s%s%s", parts[i % n],
                                soft == 1 ? "\xC2\xAD" : "", parts[i / n % n],
                                soft == 2 ? "\xC2\xAD" : "", parts[i / n / n]);
            assert_true(agrees(text, (size_t)size));
        }
    }
}

/* xorshift64*, fixed seed: the same strings on every run and machine */
static uint64_t
next_random(uint64_t *s)
{
    *s ^= *s >> 12;
    *s ^= *s << 25;
    *s ^= *s >> 27;
    return *s * 0x2545F4914F6CDD1Du;
}

static uint32_t
random_character(uint64_t *seed)
{
    static const uint32_t common[] = {
        'a',    'b',     'E',     '1',    '2',    ' ',    ' ',    '\n',  '.',
        ':',    ',',     '\'',    '-',    '_',    '@',    0xE5,   0xF6,  0xAD,
        0xA0,   0xB7,    0x2019,  0x2013, 0x2026, 0x201D, 0x200D, 0x308, 0x30A,
        0x202F, 0x1F600, 0x1F1F8, 0xFE0F, 0x20AC, 0x2024};
    uint64_t r = next_random(seed) >> 16;

    if (r % 16 < 12)
        return common[(r >> 8) % EFTI_COUNT(common)];
    if (r % 16 < 14)
        return (uint32_t)((r >> 8) % 0x300);
    for (;;) {
        uint32_t c = (uint32_t)((next_random(seed) >> 16) % (r % 2 ? 0x3100 : 0x20000));
        if (c < 0xD800 || c > 0xDFFF)
            return c;
    }
}

static void
random_strings_agree(void **state)
{
    uint64_t seed = 0x1234567890ABCDEFu;
    char text[512];

    (void)state;
    for (int round = 0; round < 60000; round++) {
        size_t size = 0, letters = (size_t)(next_random(&seed) >> 32) % 60;
        for (size_t i = 0; i < letters; i++)
            size += efti_utf8_put(random_character(&seed), text + size);
        assert_true(agrees(text, size));
    }
}

static void
offsets_rise_and_stay_inside(void **state)
{
    uint64_t seed = 77;
    char text[1024];

    (void)state;
    for (int round = 0; round < 20000; round++) {
        size_t size = 0, letters = (size_t)(next_random(&seed) >> 32) % 120;
        for (size_t i = 0; i < letters; i++)
            size += efti_utf8_put(random_character(&seed), text + size);
        assert_int_equal(efti_segment(tokenizer, (eft_text){text, size}, &segments, NULL),
                         EFT_OK);
        uint32_t at = 0, token = 0;
        for (size_t i = 0; i < segments.tokens.count; i++) {
            const struct efti_token *t = &segments.tokens.items[i];
            assert_true(t->start >= at && t->end > t->start && t->end <= size);
            assert_true(t->end == size || ((unsigned char)text[t->end] & 0xC0) != 0x80);
            assert_true(((unsigned char)text[t->start] & 0xC0) != 0x80);
            at = t->end;
        }
        at = 0;
        for (size_t i = 0; i < segments.sentences.count; i++) {
            const struct efti_sentence *s = &segments.sentences.items[i];
            assert_true(s->start >= at && s->end >= s->start && s->end <= size);
            assert_int_equal(s->first_token, token);
            for (; token < s->end_token; token++)
                assert_true(segments.tokens.items[token].start >= s->start &&
                            segments.tokens.items[token].end <= s->end);
            at = s->end;
        }
        assert_int_equal(token, segments.tokens.count);
    }
}

static int
set_up(void **state)
{
    return !icu_words_open(&icu) || tokens_set_up(state);
}

static int
tear_down(void **state)
{
    icu_words_close(&icu);
    return tokens_tear_down(state);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(swedish_text_agrees),
        cmocka_unit_test(places_in_a_block_do_not_matter),
        cmocka_unit_test(triples_of_all_classes_agree),
        cmocka_unit_test(random_strings_agree),
        cmocka_unit_test(offsets_rise_and_stay_inside),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
