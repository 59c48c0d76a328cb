/* Text and numbers on the way into HTML. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "report/internal.h"

static void
expect(struct efti_bytes *b, const char *what)
{
    efti_put_char(b, '\0');
    assert_false(b->failed);
    assert_string_equal(b->data, what);
    efti_bytes_free(b);
}

static void
expect_html(const char *text, size_t size, const char *html)
{
    struct efti_bytes b;

    efti_bytes_init(&b, &efti_malloc);
    efti_put_html(&b, (eft_text){text, size});
    expect(&b, html);
}

static void
markup_becomes_references(void **state)
{
    (void)state;
    expect_html("<a b=\"c\" d='e'>&a", 17,
                "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;a");
    expect_html("", 0, "");
    expect_html("h\xC3\xA5ll \xF0\x9F\x98\x80", 10, "h\xC3\xA5ll \xF0\x9F\x98\x80");
}

/* U+202E turns the words after it round, U+2066 isolates, U+200F is a mark, U+E0041 a
 * letter that nobody sees. */
static void
marks_of_direction_are_neutralised(void **state)
{
    (void)state;
    expect_html("a\xE2\x80\xAE"
                "b",
                5,
                "a\xEF\xBF\xBD"
                "b");
    expect_html("\xE2\x81\xA6", 3, "\xEF\xBF\xBD");
    expect_html("\xE2\x80\x8F", 3, "\xEF\xBF\xBD");
    expect_html("\xF3\xA0\x81\x81", 4, "\xEF\xBF\xBD");
    expect_html("\x01\x1B[2J", 5, "\xEF\xBF\xBD\xEF\xBF\xBD[2J");
}

static void
broken_utf8_shows_as_replacement(void **state)
{
    (void)state;
    expect_html("a\xC3", 2, "a\xEF\xBF\xBD");
    expect_html("\xC0\xBC"
                "b",
                3,
                "\xEF\xBF\xBD\xEF\xBF\xBD"
                "b"); /* overlong '<' */
    expect_html("\xED\xA0\x80", 3, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void
long_words_get_places_to_break(void **state)
{
    struct efti_bytes b;

    (void)state;
    efti_bytes_init(&b, &efti_malloc);
    efti_put_html_broken(&b, efti_text_of("kort abcdefghijklmnopqrstuvwxyz"));
    expect(&b, "kort abcdefghijklmnopqrstuvwx<wbr>yz");
}

static void
expect_number(enum efti_language language, double value, enum efti_number how,
              const char *text)
{
    struct efti_bytes b;

    efti_bytes_init(&b, &efti_malloc);
    efti_put_number(&b, language, value, how);
    expect(&b, text);
}

static void
numbers_follow_the_language(void **state)
{
    (void)state;
    expect_number(EFTI_SWEDISH, 24038, EFTI_WHOLE,
                  "24\xC2\xA0"
                  "038");
    expect_number(EFTI_ENGLISH, 1234567, EFTI_WHOLE, "1,234,567");
    expect_number(EFTI_SWEDISH, 3.5, EFTI_TENTH, "3,5");
    expect_number(EFTI_ENGLISH, 3.5, EFTI_TENTH, "3.5");
    expect_number(EFTI_SWEDISH, 0.1357142857, EFTI_PERCENT_TENTH, "13,6\xC2\xA0%");
    expect_number(EFTI_ENGLISH, 0.1357142857, EFTI_PERCENT, "14%");
    expect_number(EFTI_SWEDISH, -1.25, EFTI_HUNDREDTH,
                  "\xE2\x88\x92"
                  "1,25");
    expect_number(EFTI_SWEDISH, -0.001, EFTI_HUNDREDTH, "0,00"); /* no minus zero */
    expect_number(EFTI_SWEDISH, 0.00013, EFTI_EXACT, "0,00013");
    expect_number(EFTI_SWEDISH, 1e-15, EFTI_EXACT, "1e-15");
}

/* RFC 4648, section 10. */
static void
base64_is_that_of_the_rfc(void **state)
{
    static const char *const pairs[][2] = {{"", ""},
                                           {"f", "Zg=="},
                                           {"fo", "Zm8="},
                                           {"foo", "Zm9v"},
                                           {"foob", "Zm9vYg=="},
                                           {"fooba", "Zm9vYmE="},
                                           {"foobar", "Zm9vYmFy"}};

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(pairs); i++) {
        struct efti_bytes b;
        efti_bytes_init(&b, &efti_malloc);
        efti_put_base64(&b, pairs[i][0], strlen(pairs[i][0]));
        expect(&b, pairs[i][1]);
    }
}

static void
coordinates_have_one_decimal_and_a_stop(void **state)
{
    struct efti_bytes b;

    (void)state;
    efti_bytes_init(&b, &efti_malloc);
    efti_put_coordinate(&b, 12.34);
    efti_put_char(&b, ' ');
    efti_put_coordinate(&b, -0.25);
    efti_put_char(&b, ' ');
    efti_put_coordinate(&b, 7);
    expect(&b, "12.3 -0.2 7");
}

/* Each message of one language has the places of the other. */
static void
languages_have_the_same_places(void **state)
{
    (void)state;
    for (int m = 0; m < EFTI_MSG_COUNT; m++) {
        const char *sv = efti_message(EFTI_SWEDISH, (enum efti_message)m);
        const char *en = efti_message(EFTI_ENGLISH, (enum efti_message)m);
        assert_int_equal(sv[0] == '\0', en[0] == '\0');
        for (char place[] = "{0}"; place[1] <= '9'; place[1]++)
            assert_int_equal(strstr(sv, place) == NULL, strstr(en, place) == NULL);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_becomes_references),
        cmocka_unit_test(marks_of_direction_are_neutralised),
        cmocka_unit_test(broken_utf8_shows_as_replacement),
        cmocka_unit_test(long_words_get_places_to_break),
        cmocka_unit_test(numbers_follow_the_language),
        cmocka_unit_test(base64_is_that_of_the_rfc),
        cmocka_unit_test(coordinates_have_one_decimal_and_a_stop),
        cmocka_unit_test(languages_have_the_same_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
