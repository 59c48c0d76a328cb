/*
 * test_utf8.c - engine/text/utf8.c and cp1252.c
 */
#include "support/failing.h"
#include "text/unicode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define SIZE(literal) (sizeof(literal) - 1)

static void
every_code_point_survives_put_and_next(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char utf8[4];
        const size_t size = efti_utf8_put(c, utf8);
        const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        size_t at = 0;

        if (efti_utf8_valid_prefix(utf8, size) != (surrogate ? 0 : size))
            fail_msg("U+%04X", c);
        if (surrogate)
            continue;
        if (efti_utf8_next(utf8, size, &at) != c || at != size ||
            efti_utf8_before(utf8, size) != c || efti_utf8_length(utf8, size) != 1)
            fail_msg("U+%04X", c);
    }
}

/* Every pair of bytes, then three and four with the borders of table 3-7. */
static bool
naive_valid(const unsigned char *s, size_t n)
{
    size_t i = 0;

    while (i < n) {
        uint32_t c = s[i];
        size_t more = c < 0x80       ? 0
                      : c >> 5 == 6  ? 1
                      : c >> 4 == 14 ? 2
                      : c >> 3 == 30 ? 3
                                     : 9;
        static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};

        if (more == 9 || i + more >= n)
            return false;
        c = more == 0 ? c : c & (0x3FU >> more);
        for (size_t k = 1; k <= more; k++) {
            if (s[i + k] >> 6 != 2)
                return false;
            c = c << 6 | (s[i + k] & 0x3F);
        }
        if (c < least[more] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
            return false;
        i += more + 1;
    }
    return true;
}

static void
validity_agrees_with_a_naive_decoder(void **state)
{
    static const unsigned char edge[] = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
                                         0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED,
                                         0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
    const size_t n = sizeof edge;

    (void)state;
    for (size_t i = 0; i < n * n * n * n; i++) {
        const unsigned char s[4] = {edge[i % n], edge[i / n % n], edge[i / n / n % n],
                                    edge[i / n / n / n]};
        for (size_t size = 1; size <= 4; size++) {
            const bool ours = efti_utf8_valid_prefix((const char *)s, size) == size;
            if (ours != naive_valid(s, size))
                fail_msg("%02x %02x %02x %02x, %zu bytes", s[0], s[1], s[2], s[3], size);
        }
    }
}

static void
the_first_fault_is_found_at_any_place(void **state)
{
    char text[100];

    (void)state;
    for (size_t at = 0; at < sizeof text; at++) {
        memset(text, 'a', sizeof text);
        text[at] = (char)0xE5; /* å in Windows-1252 */
        assert_int_equal(efti_utf8_valid_prefix(text, sizeof text), at);
    }
    /* a sequence cut by the end begins at the fault */
    assert_int_equal(efti_utf8_valid_prefix("abc\xC3", 4), 3);
    assert_int_equal(efti_utf8_valid_prefix("abc\xF0\x9F\x99", 6), 3);
    assert_int_equal(efti_utf8_valid_prefix(NULL, 0), 0);
}

static void
offsets_become_code_points(void **state)
{
    static const char text[] =
        "p\xC3\xA5 \xF0\x9F\x99\x82 m\xC3\xB6te, och mer d\xC3\xA4rtill";
    uint64_t o[] = {0, 0, 1, 3, 4, 8, 9, SIZE(text)};
    static const uint64_t want[] = {0, 0, 1, 2, 3, 4, 5, 0};

    (void)state;
    assert_int_equal(
        eft_offsets_to_codepoints((eft_text){text, SIZE(text)}, o, EFTI_COUNT(o), NULL),
        EFT_OK);
    for (size_t i = 0; i + 1 < EFTI_COUNT(o); i++)
        assert_int_equal(o[i], want[i]);
    assert_int_equal(o[7], efti_utf8_length(text, SIZE(text)));
    assert_int_equal(o[7], SIZE(text) - 6);
}

static void
bad_offsets_are_refused_and_left_alone(void **state)
{
    const eft_text text = {"\xC3\xA5\xC3\xA4", 4};
    uint64_t falls[] = {2, 0}, outside[] = {0, 5}, inside[] = {0, 1};
    eft_error err;

    (void)state;
    assert_int_equal(eft_offsets_to_codepoints(text, falls, 2, &err), EFT_E_RANGE);
    assert_int_equal(eft_offsets_to_codepoints(text, outside, 2, &err), EFT_E_RANGE);
    assert_int_equal(eft_offsets_to_codepoints(text, inside, 2, &err), EFT_E_RANGE);
    assert_int_equal(err.offset, 1);
    assert_int_equal(falls[0], 2);
    assert_int_equal(eft_offsets_to_codepoints((eft_text){"\xFF", 1}, falls, 0, &err),
                     EFT_E_ENCODING);
    assert_int_equal(eft_offsets_to_codepoints((eft_text){NULL, 0}, falls, 0, &err),
                     EFT_OK);
}

static void
windows_1252_becomes_utf8(void **state)
{
    struct efti_bytes out;

    (void)state;
    efti_bytes_init(&out, &efti_malloc);
    assert_int_equal(efti_from_cp1252("m\xF6te \x96 5\x80 \x93ja\x94", 14, &out, NULL),
                     EFT_OK);
    assert_int_equal(out.size, SIZE("m\xC3\xB6te \xE2\x80\x93 5\xE2\x82\xAC "
                                    "\xE2\x80\x9Cja\xE2\x80\x9D"));
    assert_memory_equal(
        out.data, "m\xC3\xB6te \xE2\x80\x93 5\xE2\x82\xAC \xE2\x80\x9Cja\xE2\x80\x9D",
        out.size);
    assert_int_equal(efti_from_cp1252("", 0, &out, NULL), EFT_OK);
    assert_int_equal(out.size, 0);
    efti_bytes_free(&out);
}

static void
bytes_without_meaning_are_no_windows_1252(void **state)
{
    struct efti_bytes out;

    (void)state;
    efti_bytes_init(&out, &efti_malloc);
    for (unsigned b = 0x80; b <= 0xFF; b++) {
        const char text[3] = {'a', (char)b, 'c'};
        const bool none = b == 0x81 || b == 0x8D || b == 0x8F || b == 0x90 || b == 0x9D;
        eft_error err;
        const eft_status status = efti_from_cp1252(text, 3, &out, &err);

        assert_int_equal(status, none ? EFT_E_ENCODING : EFT_OK);
        assert_int_equal(efti_utf8_valid_prefix(out.data, out.size), out.size);
        if (none) {
            assert_int_equal(err.offset, 1);
            assert_int_equal(out.size, 0);
        }
    }
    efti_bytes_free(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_survives_put_and_next),
        cmocka_unit_test(validity_agrees_with_a_naive_decoder),
        cmocka_unit_test(the_first_fault_is_found_at_any_place),
        cmocka_unit_test(offsets_become_code_points),
        cmocka_unit_test(bad_offsets_are_refused_and_left_alone),
        cmocka_unit_test(windows_1252_becomes_utf8),
        cmocka_unit_test(bytes_without_meaning_are_no_windows_1252),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
