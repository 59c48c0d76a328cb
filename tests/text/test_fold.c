/*
 * test_fold.c - engine/text/fold.c and chars.c, against ICU and the Unicode test file
 */
#include "support/failing.h"
#include "text/unicode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

struct fixture {
    struct efti_unicode *u;
    struct efti_bytes out;
};

static int
setup(void **state)
{
    static struct fixture f;

    if (efti_unicode_new(&efti_malloc, &f.u, NULL) != EFT_OK)
        return -1;
    efti_bytes_init(&f.out, &efti_malloc);
    *state = &f;
    return 0;
}

static int
teardown(void **state)
{
    struct fixture *f = *state;

    efti_unicode_free(f->u);
    efti_bytes_free(&f->out);
    return 0;
}

static void
folds_to(struct fixture *f, const char *from, const char *want)
{
    assert_int_equal(efti_fold(f->u, from, strlen(from), &f->out, NULL), EFT_OK);
    efti_put_char(&f->out, '\0');
    assert_string_equal(f->out.data, want);
}

static void
case_goes_and_swedish_letters_stay(void **state)
{
    folds_to(*state, "", "");
    folds_to(*state, "Reflektion", "reflektion");
    folds_to(
        *state,
        "\xC3\x85\xC3\x84\xC3\x96 \xC3\xA5\xC3\xA4\xC3\xB6 \xC3\x89 \xC3\x97 \xC3\xB7",
        "\xC3\xA5\xC3\xA4\xC3\xB6 \xC3\xA5\xC3\xA4\xC3\xB6 \xC3\xA9 \xC3\x97 \xC3\xB7");
    folds_to(*state,
             "STRA\xC3\x9F"
             "E",
             "strasse");
    folds_to(*state, "\xC2\xB5g", "\xCE\xBCg");
    folds_to(*state, "\xC5\xA0koda", "\xC5\xA1koda");
}

static void
decomposed_letters_are_composed(void **state)
{
    folds_to(*state, "A\xCC\x8Angest", "\xC3\xA5ngest");
    folds_to(*state, "mo\xCC\x88te", "m\xC3\xB6te");
    /* an invisible mark between letter and ring does not keep them apart */
    folds_to(*state, "a\xE2\x80\x8D\xCC\x8Angest", "\xC3\xA5ngest");
    folds_to(*state, "\xE2\x84\xAB", "\xC3\xA5"); /* angstrom sign */
}

static void
marks_that_nobody_sees_are_taken_out(void **state)
{
    folds_to(*state,
             "sam\xC2\xAD"
             "arbete",
             "samarbete");
    folds_to(*state, "\xEF\xBB\xBFhej", "hej");
    folds_to(*state,
             "h\xE2\x80\x8B\xE2\x80\x8C\xE2\x80\x8D\xE2\x80\x8E\xE2\x80\x8F"
             "\xE2\x81\xA0\xE2\x80\xAA\xE2\x80\xAE\xE2\x81\xA6\xE2\x81\xA9"
             "ej",
             "hej");
    folds_to(*state, "\xC2\xAD", "");
    folds_to(*state,
             "\xC5\xA0\xC2\xAD"
             "koda",
             "\xC5\xA1koda");
}

/* UAX #15, section 13; sorting half a million marks by insertion would take an hour. */
static void
runs_of_marks_are_broken_after_thirty(void **state)
{
    struct fixture *f = *state;
    struct efti_bytes text, once;

    efti_bytes_init(&text, &efti_malloc);
    efti_bytes_init(&once, &efti_malloc);
    efti_put_char(&text, 'z');
    for (int i = 0; i < 15; i++)
        efti_put_text(&text, "\xCC\x81\xCC\xA7"); /* acute, cedilla: in that order */
    assert_int_equal(efti_nfc(f->u, text.data, text.size, &f->out, NULL), EFT_OK);
    assert_memory_equal(f->out.data, "\xC5\xBA\xCC\xA7\xCC\xA7", 6); /* still NFC: ź.. */
    for (int i = 0; i < 250000; i++)
        efti_put_text(&text, "\xCC\x81\xCC\xA7");
    assert_int_equal(efti_fold(f->u, text.data, text.size, &once, NULL), EFT_OK);
    assert_non_null(memmem(once.data, once.size, "\xCD\x8F", 2));
    assert_int_equal(efti_fold(f->u, once.data, once.size, &f->out, NULL), EFT_OK);
    assert_int_equal(f->out.size, once.size);
    assert_memory_equal(f->out.data, once.data, once.size);
    efti_bytes_free(&text);
    efti_bytes_free(&once);
}

static void
ligatures_open_and_typographic_marks_become_plain(void **state)
{
    folds_to(*state, "\xEF\xAC\x81lm", "film");
    folds_to(*state,
             "\xEF\xAC\x80 \xEF\xAC\x81 \xEF\xAC\x82 \xEF\xAC\x83 \xEF\xAC\x84 "
             "\xEF\xAC\x85 \xEF\xAC\x86",
             "ff fi fl ffi ffl st st");
    folds_to(*state, "Anna\xE2\x80\x99s", "anna's");
    folds_to(*state, "Anna\xCA\xBCs", "anna's");
    folds_to(*state,
             "IT\xE2\x80\x91st\xC3\xB6"
             "d",
             "it-st\xC3\xB6"
             "d");
    folds_to(*state,
             "IT\xE2\x80\x90st\xC3\xB6"
             "d",
             "it-st\xC3\xB6"
             "d");
    folds_to(*state, "\xC5\xA0-\xE2\x80\x99", "\xC5\xA1-'");
    folds_to(*state,
             "1990\xE2\x80\x93"
             "95",
             "1990\xE2\x80\x93"
             "95"); /* en dash stays */
}

/* The fast path on single code points and ICU on the same code point behind a letter that
 * forces the slow path must agree, and a second fold must change nothing. */
static void
fast_and_slow_paths_agree_and_folding_twice_changes_nothing(void **state)
{
    struct fixture *f = *state;
    struct efti_bytes again;

    efti_bytes_init(&again, &efti_malloc);
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        char text[8] = "\xC4\x81", alone[4];
        size_t size;

        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        size = efti_utf8_put(c, alone);
        assert_int_equal(efti_fold(f->u, alone, size, &again, NULL), EFT_OK);
        if (c < 0x300 || (c >= 0x2000 && c < 0x2070)) {
            memcpy(text + 2, alone, size);
            assert_int_equal(efti_fold(f->u, text, size + 2, &f->out, NULL), EFT_OK);
            assert_memory_equal(f->out.data, "\xC4\x81", 2);
            if (!efti_equal(f->out.data + 2, f->out.size - 2, again.data, again.size))
                fail_msg("U+%04X: two paths, two forms", c);
        }
        efti_fold(f->u, again.data, again.size, &f->out, NULL);
        if (!efti_equal(f->out.data, f->out.size, again.data, again.size))
            fail_msg("U+%04X: a second fold changes it", c);
    }
    efti_bytes_free(&again);
}

/* Each code point the quick check lets pass is inert by ICU's own properties; the bytes
 * come back unchanged when a code point stands between letters and before a mark. */
static void
the_quick_check_passes_only_what_is_nfc(void **state)
{
    struct fixture *f = *state;

    for (uint32_t c = 1; c <= 0x1FFFF; c++) {
        char text[8] = "a";
        size_t size = 1;
        bool inert;

        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        inert = u_getIntPropertyValue((UChar32)c, UCHAR_NFC_QUICK_CHECK) ==
                    (int32_t)UNORM_YES &&
                u_getCombiningClass((UChar32)c) == 0;
        size += efti_utf8_put(c, text + size);
        assert_int_equal(efti_nfc(f->u, text, size, &f->out, NULL), EFT_OK);
        if (inert && !efti_equal(f->out.data, f->out.size, text, size))
            fail_msg("U+%04X is changed", c);
        if (u_getIntPropertyValue((UChar32)c, UCHAR_NFC_QUICK_CHECK) ==
                (int32_t)UNORM_NO &&
            efti_equal(f->out.data, f->out.size, text, size))
            fail_msg("U+%04X should have been changed", c);
    }
}

static size_t
from_hex(const char **line, char *out)
{
    size_t size = 0;

    while (**line != ';' && **line != '\0') {
        char *end;
        size += efti_utf8_put((uint32_t)strtoul(*line, &end, 16), out + size);
        *line = end;
        while (**line == ' ')
            (*line)++;
    }
    if (**line == ';')
        (*line)++;
    return size;
}

/* NormalizationTest.txt: c2 = NFC(c1) = NFC(c2) = NFC(c3), c4 = NFC(c4) = NFC(c5). */
static void
agrees_with_the_unicode_test_file(void **state)
{
    static const char plain[] = "/usr/share/unicode/NormalizationTest.txt";
    struct fixture *f = *state;
    char line[2048], c[5][512];
    size_t size[5], tested = 0;
    const bool packed = access(plain, R_OK) != 0;
    FILE *file;

    if (packed && access("/usr/share/unicode/NormalizationTest.txt.bz2", R_OK) != 0)
        skip();
    file = packed ? popen("bzcat /usr/share/unicode/NormalizationTest.txt.bz2", "r")
                  : fopen(plain, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        const char *at = line;
        if (line[0] == '#' || line[0] == '@' || line[0] == '\n')
            continue;
        for (size_t i = 0; i < 5; i++)
            size[i] = from_hex(&at, c[i]);
        for (size_t i = 0; i < 5; i++) {
            const size_t want = i < 3 ? 1 : 3;
            assert_int_equal(efti_nfc(f->u, c[i], size[i], &f->out, NULL), EFT_OK);
            if (!efti_equal(f->out.data, f->out.size, c[want], size[want]))
                fail_msg("column %zu of: %.60s", i + 1, line);
        }
        tested++;
    }
    if (packed)
        pclose(file);
    else
        fclose(file);
    if (tested == 0)
        skip(); /* no bzcat */
    assert_true(tested > 10000);
}

static void
classes_are_those_of_icu(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        const UChar32 i = (UChar32)c;
        const int8_t type = u_charType(i);
        if (efti_is_letter(c) != ((U_MASK(type) & U_GC_L_MASK) != 0) ||
            efti_is_digit(c) != (type == U_DECIMAL_DIGIT_NUMBER) ||
            efti_is_upper(c) !=
                (type == U_UPPERCASE_LETTER || type == U_TITLECASE_LETTER) ||
            efti_is_lower(c) != (type == U_LOWERCASE_LETTER) ||
            efti_is_space(c) != (bool)u_isUWhiteSpace(i))
            fail_msg("U+%04X", c);
    }
}

static void
look_alikes_take_their_ascii_shape(void **state)
{
    (void)state;
    assert_int_equal(efti_look_alike(0xFF11), '1');
    assert_int_equal(efti_look_alike(0xFF19), '9');
    assert_int_equal(efti_look_alike(0xA0), ' ');
    assert_int_equal(efti_look_alike(0x2009), ' ');
    assert_int_equal(efti_look_alike(0x202F), ' ');
    assert_int_equal(efti_look_alike(0x2010), '-');
    assert_int_equal(efti_look_alike(0x2015), '-');
    assert_int_equal(efti_look_alike(0x2212), '-');
    assert_int_equal(efti_look_alike(0xFF0B), '+');
    assert_int_equal(efti_look_alike(0x2016), 0x2016);
    assert_int_equal(efti_look_alike('x'), 'x');
    assert_int_equal(efti_look_alike(0xE5), 0xE5);
}

static void
versions_are_told(void **state)
{
    (void)state;
    assert_true(atoi(efti_icu_version()) >= 60);
    assert_true(atoi(efti_unicode_version()) >= 10);
}

static eft_status
fold_all(const eft_allocator *mem)
{
    static const char word[] = "\xC5\xA0"
                               "A\xCC\x8A\xEF\xAC\x83ng";
    struct efti_unicode *u;
    struct efti_bytes out;
    eft_status status = efti_unicode_new(mem, &u, NULL);

    if (status != EFT_OK) {
        assert_null(u);
        return status;
    }
    efti_bytes_init(&out, mem);
    status = efti_fold(u, word, sizeof word - 1, &out, NULL);
    if (status == EFT_OK)
        status = efti_nfc(u, word, sizeof word - 1, &out, NULL);
    if (status == EFT_OK)
        status = efti_nfc(u, "abc", 3, &out, NULL);
    if (status != EFT_OK)
        assert_int_equal(out.size, 0);
    efti_bytes_free(&out);
    efti_unicode_free(u);
    return status;
}

static void
no_memory_is_told_and_nothing_leaks(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        const eft_status status = fold_all(&mem);

        if (failing_got_through(&f, status))
            break;
    }
}

static void
bytes_that_are_no_utf8_are_an_error_not_a_crash(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(efti_nfc(f->u, "\xE5ngest \xFF", 8, &f->out, NULL), EFT_E_ENCODING);
    assert_int_equal(f->out.size, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_goes_and_swedish_letters_stay),
        cmocka_unit_test(decomposed_letters_are_composed),
        cmocka_unit_test(marks_that_nobody_sees_are_taken_out),
        cmocka_unit_test(runs_of_marks_are_broken_after_thirty),
        cmocka_unit_test(ligatures_open_and_typographic_marks_become_plain),
        cmocka_unit_test(fast_and_slow_paths_agree_and_folding_twice_changes_nothing),
        cmocka_unit_test(the_quick_check_passes_only_what_is_nfc),
        cmocka_unit_test(agrees_with_the_unicode_test_file),
        cmocka_unit_test(classes_are_those_of_icu),
        cmocka_unit_test(look_alikes_take_their_ascii_shape),
        cmocka_unit_test(versions_are_told),
        cmocka_unit_test(no_memory_is_told_and_nothing_leaks),
        cmocka_unit_test(bytes_that_are_no_utf8_are_an_error_not_a_crash),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
