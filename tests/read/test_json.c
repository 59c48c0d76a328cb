/*
 * test_json.c - engine/read/json.c: nothing valid is taken for short memory
 *
 * That short memory is seen at all is for tests/fault/test_interposed.py, on the program.
 */
#include "read/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static json_t *
parsed(const char *doc, size_t size)
{
    eft_error err = {0};
    json_t *value = NULL;

    assert_int_equal(efti_json_parse((eft_text){doc, size},
                                     JSON_DECODE_ANY | JSON_ALLOW_NUL, &value, NULL,
                                     &err),
                     EFT_OK);
    return value;
}

#define IS_WHOLE(doc, expected)                                                          \
    do {                                                                                 \
        json_t *whole = parsed(doc, sizeof(doc) - 1);                                    \
        assert_non_null(whole);                                                          \
        assert_int_equal(json_string_length(whole), sizeof(expected) - 1);               \
        assert_memory_equal(json_string_value(whole), expected, sizeof(expected) - 1);   \
        json_decref(whole);                                                              \
    } while (0)

static void
every_escape_weighs_what_it_stands_for(void **state)
{
    (void)state;
    IS_WHOLE("\"\"", "");
    IS_WHOLE("\"\\b\\f\\n\\r\\t\\\"\\\\\\/\"", "\b\f\n\r\t\"\\/");
    IS_WHOLE("\"\\u0041\\u00e5\\u00C5\\u20ac\"", "A\xC3\xA5\xC3\x85\xE2\x82\xAC");
    IS_WHOLE("\"\\ud83d\\uDE42\"", "\xF0\x9F\x99\x82");
    IS_WHOLE("\"a\\u0000b\"", "a\0b");
    IS_WHOLE("\"\xF0\x9F\x99\x82 \xC3\xA5\"", "\xF0\x9F\x99\x82 \xC3\xA5");
}

static void
numbers_of_any_length_are_taken(void **state)
{
    static const char doc[] = "[1, -2.5e10, 1234567890123456789, 0.12345678901234567, "
                              "{\"a\": 12345678901234567.0}, true, null, \"1\"]";

    (void)state;
    json_t *value = parsed(doc, sizeof(doc) - 1);
    assert_int_equal(json_array_size(value), 8);
    assert_true(json_integer_value(json_array_get(value, 2)) == 1234567890123456789);
    json_decref(value);
}

static void
what_is_no_json_is_told_as_such(void **state)
{
    static const char *const docs[] = {"",        "{",          "[1,]",        "\"a",
                                       "\"\\x\"", "{\"a\" 1}",  "\"\\ud83d\"", "\"\xFF\"",
                                       "[1] 2",   "{\"a\":1}}", "nul",         "\\"};

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(docs); i++)
        assert_null(parsed(docs[i], strlen(docs[i])));
}

#define WHERE(line, doc, ...)                                                            \
    do {                                                                                 \
        const struct efti_json_step steps[] = {__VA_ARGS__};                             \
        const eft_text text = {doc, sizeof(doc) - 1};                                    \
        json_decref(parsed(doc, sizeof(doc) - 1));                                       \
        size_t at = efti_json_where(text, steps, EFTI_COUNT(steps));                     \
        assert_int_equal(efti_json_line(text, at), line);                                \
        found = at < text.size ? text.bytes[at] : '\0';                                  \
    } while (0)

static void
a_value_is_found_where_it_stands(void **state)
{
    char found;

    (void)state;
    WHERE(1, " {\"a\":1}", {"b", 0});
    assert_int_equal(found, '{');
    WHERE(2, "{\"a\":\n1}", {"a", 0});
    assert_int_equal(found, '1');
    WHERE(3, "{\"b\" : [ {\"a\" :2}\n, \"]\\\"\",\n{\"a\":\t3}], \"a\":1}", {"b", 0},
          {NULL, 2}, {"a", 0});
    assert_int_equal(found, '3');
    WHERE(1, "[1,2,3]", {NULL, 3}); /* it has three */
    assert_int_equal(found, '[');
    WHERE(1, "[1,[],{},true]", {NULL, 3});
    assert_int_equal(found, 't');
    WHERE(1, "[1,[],{}]", {"a", 0}); /* a list has no members */
    assert_int_equal(found, '[');
    WHERE(1, "{\"a\":{\"b\":{}}}", {"a", 0}, {"b", 0}, {"c", 0}, {"b", 0});
    assert_int_equal(found, '{');
    WHERE(2, "{\"\\u0061\":1,\n\"a\\\\\":2}", {"a\\\\", 0}); /* as it is written */
    assert_int_equal(found, '2');
}

/* What is no JSON leads nowhere, and nowhere outside. */
static void
a_search_stays_inside_whatever_it_is_given(void **state)
{
    static const char *const docs[] = {
        "",  "{", "{\"a", "{\"a\"", "{\"a\":",   "{\"a\":[", "[[[", "{\"a\":\"\\",
        "]", "}", "{]",   "[}",     "{\"a\":]}", "{a"};
    const struct efti_json_step steps[] = {{"a", 0}, {NULL, 1}, {"b", 0}};

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(docs); i++) {
        const size_t size = strlen(docs[i]);
        char *exact =
            malloc(size == 0 ? 1 : size); /* a sanitizer sees what is read behind it */
        assert_non_null(exact);
        memcpy(exact, docs[i], size);
        assert_in_range(efti_json_where((eft_text){exact, size}, steps, 3), 0, size);
        assert_in_range(efti_json_where((eft_text){exact, size}, steps + 1, 2), 0, size);
        free(exact);
    }
}

static uint32_t
drawn(uint64_t *seed, uint32_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % below;
}

static void
put_random_string(struct efti_bytes *b, uint64_t *seed)
{
    static const char *const parts[] = {
        "a",     "\\n", "\\\\", "\\\"",    "\xC3\xA5",    "\\u00e4", "\\uD83D\\uDE00",
        "u0041", " ",   "\\/",  "\\u0000", "\xE2\x82\xAC"};

    efti_put_char(b, '"');
    for (uint32_t n = drawn(seed, 40); n > 0; n--)
        efti_put_text(b, parts[drawn(seed, EFTI_COUNT(parts))]);
    efti_put_char(b, '"');
}

static void
random_documents_are_whole(void **state)
{
    uint64_t seed = 7;

    (void)state;
    for (int round = 0; round < 2000; round++) {
        struct efti_bytes b;
        efti_bytes_init(&b, &efti_malloc);
        efti_put_text(&b, "[{\"k\\u00e5\\n\": ");
        put_random_string(&b, &seed);
        efti_put_text(&b, "}, -17.25, [");
        put_random_string(&b, &seed);
        efti_put_text(&b, "]]");
        assert_false(b.failed);
        json_t *value = parsed(b.data, b.size);
        assert_non_null(value);
        json_decref(value);
        efti_bytes_free(&b);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_escape_weighs_what_it_stands_for),
        cmocka_unit_test(numbers_of_any_length_are_taken),
        cmocka_unit_test(what_is_no_json_is_told_as_such),
        cmocka_unit_test(a_value_is_found_where_it_stands),
        cmocka_unit_test(a_search_stays_inside_whatever_it_is_given),
        cmocka_unit_test(random_documents_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
