/*
 * test_base.c - errors, memory, arrays, builders, hashing, strings, sorting
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"

static void
a_message_is_cut_at_a_code_point(void **state)
{
    char name[400];
    eft_error err;

    (void)state;
    for (size_t i = 0; i + 2 < sizeof(name); i += 2)
        memcpy(name + i, "å", 2);
    name[sizeof(name) - 2] = '\0';
    assert_int_equal(efti_fail(&err, EFT_E_RANGE, 7, "x%s", name), EFT_E_RANGE);
    size_t n = strlen(err.message);
    assert_true(n < sizeof(err.message));
    assert_int_equal(n % 2, 1); /* x and whole å's */
    assert_int_equal(err.offset, 7);
    assert_int_equal(efti_fail(NULL, EFT_E_IO, 0, "x"), EFT_E_IO);
}

static void
every_status_has_a_name(void **state)
{
    (void)state;
    for (int s = EFT_E_NOMEM; s <= EFT_E_INTERNAL; s++)
        assert_memory_equal(eft_status_name((eft_status)s), "EFT_E_", 6);
    assert_string_equal(eft_status_name(EFT_OK), "EFT_OK");
    assert_string_equal(eft_status_name((eft_status)99), "unknown status");
}

static void
sizes_that_overflow_are_refused(void **state)
{
    size_t out, capacity = 0;
    void *items = NULL;

    (void)state;
    assert_false(efti_mul(SIZE_MAX, 2, &out));
    assert_false(efti_add(SIZE_MAX, 1, &out));
    assert_true(efti_mul(SIZE_MAX, 0, &out));
    assert_int_equal(out, 0);
    assert_null(efti_zalloc(&efti_malloc, SIZE_MAX / 2, 8));
    assert_false(efti_reserve(&efti_malloc, &items, &capacity, SIZE_MAX / 4, 8));
    assert_null(items);
}

static void
an_array_grows_and_keeps_its_items(void **state)
{
    EFTI_ARRAY(uint32_t) a = {0};

    (void)state;
    for (uint32_t i = 0; i < 10000; i++) {
        assert_true(EFTI_PUSH(&efti_malloc, &a));
        a.items[a.count - 1] = i * 3;
    }
    for (uint32_t i = 0; i < 10000; i++)
        assert_int_equal(a.items[i], i * 3);
    EFTI_ARRAY_FREE(&efti_malloc, &a);
    assert_null(a.items);
}

static void
an_arena_aligns_resets_and_reuses(void **state)
{
    struct efti_arena arena;

    (void)state;
    efti_arena_init(&arena, &efti_malloc);
    for (int turn = 0; turn < 3; turn++) {
        for (size_t i = 1; i < 3000; i++) {
            unsigned char *p = efti_arena_alloc(&arena, i, (size_t)1 << (i % 5));
            assert_non_null(p);
            assert_int_equal((uintptr_t)p % ((size_t)1 << (i % 5)), 0);
            memset(p, (int)i, i);
        }
        size_t held = arena.total;
        efti_arena_reset(&arena);
        assert_int_equal(arena.total, held);
    }
    assert_string_equal(efti_arena_copy(&arena, "hej", 3), "hej");
    assert_non_null(efti_arena_alloc(&arena, (size_t)5 << 20, 1));
    efti_arena_free(&arena);
}

static void
numbers_are_written_without_the_locale(void **state)
{
    struct efti_bytes b;

    (void)state;
    efti_bytes_init(&b, &efti_malloc);
    efti_put_u64(&b, UINT64_MAX);
    efti_put_char(&b, ' ');
    efti_put_i64(&b, INT64_MIN);
    efti_put_char(&b, ' ');
    efti_put_double(&b, 0.1);
    efti_put_char(&b, ' ');
    efti_put_double(&b, -0.0);
    efti_put_double(&b, (double)NAN);
    efti_put_double(&b, -(double)INFINITY);
    efti_put_char(&b, ' ');
    efti_put_double(&b, 1.0 / 3);
    efti_put_char(&b, '\0');
    assert_string_equal(b.data,
                        "18446744073709551615 -9223372036854775808 0.1 0 0.3333333333");
    efti_bytes_free(&b);
}

/* Against printf, whose sign is a stop here: no locale was set. */
static void
is_printed_alike(struct efti_bytes *b, double value)
{
    char expected[40];

    (void)snprintf(expected, sizeof(expected), "%.10g", value);
    efti_bytes_clear(b);
    efti_put_double(b, value);
    efti_put_char(b, '\0');
    assert_string_equal(b->data, expected);
}

static void
floats_are_those_of_printf(void **state)
{
    static const double whole[] = {1,         10,         99999,     100000, 123456,
                                   999999999, 9999999999, 1e10,      1e-4,   1e-5,
                                   0.5,       1e300,      1e-300,    1e15,   0.0009765625,
                                   2.5e-4,    1e9,        1e9 + 0.5, 3e9};
    struct efti_bytes b;
    uint64_t seed = 7;

    (void)state;
    efti_bytes_init(&b, &efti_malloc);
    for (size_t i = 0; i < EFTI_COUNT(whole); i++) {
        double up = whole[i], down = whole[i];
        for (int n = 0; n < 300; n++) {
            is_printed_alike(&b, up);
            is_printed_alike(&b, -down);
            up = nextafter(up, INFINITY);
            down = nextafter(down, 0);
        }
    }
    for (int i = 0; i < 400000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        /* of all sizes, with few digits (ties of the last one among them), and shares */
        is_printed_alike(&b, ldexp((double)(seed >> 11), -(int)(seed % 90)));
        is_printed_alike(&b, (double)(seed >> 30) / 8);
        is_printed_alike(&b,
                         (double)(seed >> 40 & 0xFFFF) / (double)(1 + (seed & 0xFFF)));
    }
    efti_bytes_free(&b);
}

static void
json_strings_are_escaped(void **state)
{
    struct efti_bytes b;
    static const char raw[] = "a\"\\\n\x01\x7F å \xE2\x80\xA8.";

    (void)state;
    efti_bytes_init(&b, &efti_malloc);
    efti_put_json(&b, raw, sizeof(raw) - 1);
    efti_put_char(&b, '\0');
    assert_string_equal(b.data, "\"a\\\"\\\\\\n\\u0001\\u007f å \\u2028.\"");
    efti_bytes_free(&b);
}

static void
varints_round_trip_and_only_the_shortest_spelling_is_read(void **state)
{
    struct efti_bytes b;
    const uint64_t values[] = {0, 1, 127, 128, 300, UINT32_MAX, UINT64_MAX};
    const unsigned char longer[] = {0x81, 0x00}, endless[] = {0xFF, 0xFF, 0xFF};
    struct efti_cursor c;

    (void)state;
    efti_bytes_init(&b, &efti_malloc);
    for (size_t i = 0; i < EFTI_COUNT(values); i++)
        efti_put_varint(&b, values[i]);
    efti_put_le64(&b, 0x0123456789ABCDEF);
    c.at = (unsigned char *)b.data;
    c.end = c.at + b.size;
    c.failed = false;
    for (size_t i = 0; i < EFTI_COUNT(values); i++)
        assert_true(efti_take_varint(&c) == values[i]);
    assert_true(efti_take_le64(&c) == 0x0123456789ABCDEF);
    assert_false(c.failed);
    assert_null(efti_take(&c, 1));
    assert_true(c.failed);
    c = (struct efti_cursor){longer, longer + 2, false};
    (void)efti_take_varint(&c);
    assert_true(c.failed);
    c = (struct efti_cursor){endless, endless + 3, false};
    (void)efti_take_varint(&c);
    assert_true(c.failed);
    efti_bytes_free(&b);
}

/* Strings that lie one behind another, as many as want a larger table several times. */
/* The table grows between the two steps, and one string is asked for twice. */
static void
strings_are_asked_for_together_and_added_later(void **state)
{
    struct efti_strings *s;
    uint32_t soon[300];
    char word[8];
    bool added;

    (void)state;
    assert_int_equal(efti_strings_new(&efti_malloc, &s, NULL), EFT_OK);
    for (unsigned i = 0; i < 300; i++)
        soon[i] = efti_strings_soon(s, word, (size_t)sprintf(word, "v%u", i / 2));
    for (unsigned i = 0; i < 300; i++) {
        size_t size = (size_t)sprintf(word, "v%u", i / 2);
        assert_int_equal(efti_strings_add_soon(s, soon[i], word, size, &added), i / 2);
        assert_int_equal(added, i % 2 == 0);
        assert_int_equal(efti_strings_find(s, word, size), i / 2);
    }
    assert_int_equal(efti_strings_count(s), 150);
    efti_strings_free(s);
}

static void
strings_that_stay_where_they_lie_are_numbered_too(void **state)
{
    struct efti_strings *s;
    unsigned char sizes[3000];
    char bytes[3000 * 8];
    size_t at = 0;

    (void)state;
    assert_int_equal(efti_strings_new(&efti_malloc, &s, NULL), EFT_OK);
    assert_int_equal(efti_strings_add(s, "first", 5, NULL), 0);
    for (size_t i = 0; i < EFTI_COUNT(sizes); i++) {
        int n = snprintf(bytes + at, sizeof(bytes) - at, "v%zu", i);
        sizes[i] = (unsigned char)n;
        at += (size_t)n;
    }
    assert_true(efti_strings_fill(s, bytes, sizes, EFTI_COUNT(sizes)));
    assert_true(efti_strings_fill(s, bytes, sizes, 0));
    assert_int_equal(efti_strings_count(s), EFTI_COUNT(sizes) + 1);
    assert_int_equal(efti_strings_find(s, "first", 5), 0);
    assert_int_equal(efti_strings_find(s, "v0", 2), 1);
    assert_int_equal(efti_strings_find(s, "v2999", 5), 3000);
    assert_int_equal(efti_strings_find(s, "v3000", 5), EFTI_NOT_FOUND);
    assert_ptr_equal(efti_strings_get(s, 1).bytes, bytes);
    assert_int_equal(efti_strings_add(s, "v3000", 5, NULL), 3001);
    efti_strings_free(s);
}

static void
strings_are_numbered_once_in_order(void **state)
{
    struct efti_strings *s;
    char text[16];
    bool added;

    (void)state;
    assert_int_equal(efti_strings_new(&efti_malloc, &s, NULL), EFT_OK);
    for (int turn = 0; turn < 2; turn++) {
        for (uint32_t i = 0; i < 5000; i++) {
            int n = snprintf(text, sizeof(text), "w%u", i);
            assert_int_equal(efti_strings_add(s, text, (size_t)n, &added), i);
            assert_int_equal(added, turn == 0);
        }
    }
    assert_int_equal(efti_strings_count(s), 5000);
    assert_int_equal(efti_strings_find(s, "w4999", 5), 4999);
    assert_int_equal(efti_strings_find(s, "w5000", 5), EFTI_NOT_FOUND);
    assert_int_equal(efti_strings_add(s, "", 0, NULL), 5000);
    assert_int_equal(efti_strings_get(s, 5000).size, 0);
    efti_strings_free(s);
}

static void
identities_depend_on_domain_key_and_bytes(void **state)
{
    unsigned char key[32] = {1};
    struct efti_id a = efti_identity(NULL, "writer", "anna", 4);
    struct efti_id b = efti_identity(NULL, "label", "anna", 4);
    struct efti_id c = efti_identity(key, "writer", "anna", 4);

    (void)state;
    assert_true(efti_id_compare(&a, &b) != 0);
    assert_true(efti_id_compare(&a, &c) != 0);
    struct efti_id again = efti_identity(NULL, "writer", "anna", 4);
    assert_int_equal(efti_id_compare(&a, &again), 0);
}

static void
sha256_is_the_published_one(void **state)
{
    unsigned char out[32];
    char hex[65];

    (void)state; /* FIPS 180-2, appendix B.1 */
    efti_sha256("abc", 3, out);
    efti_hex(out, 32, hex);
    assert_string_equal(
        hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static int
by_number(const void *a, const void *b, void *user)
{
    const uint32_t *x = a, *y = b;

    ++*(size_t *)user;
    return *x < *y ? -1 : *x > *y;
}

static void
sorting_sorts_every_length(void **state)
{
    uint32_t items[300], seed = 1;

    (void)state;
    for (size_t n = 0; n < EFTI_COUNT(items); n++) {
        size_t calls = 0;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525u + 1013904223u;
            items[i] = seed >> 24;
        }
        efti_sort(items, n, sizeof(items[0]), by_number, &calls);
        for (size_t i = 1; i < n; i++)
            assert_true(items[i - 1] <= items[i]);
    }
}

/* Pages that are asked for are those inside; what stands in them stays. */
static void
memory_that_is_asked_for_keeps_what_it_holds(void **state)
{
    enum { SIZE = 1 << 17 };
    unsigned char *memory = malloc(SIZE), *zeros = efti_zalloc(&efti_malloc, SIZE, 1);

    (void)state;
    assert_true(memory != NULL && zeros != NULL);
    memset(memory, 0x5A, SIZE);
    efti_write_soon(memory, SIZE);
    efti_write_soon(memory + 1, SIZE - 2);
    efti_write_soon(memory + 3, 0);
    efti_write_soon(zeros, SIZE);
    for (size_t i = 0; i < SIZE; i++)
        assert_true(memory[i] == 0x5A && zeros[i] == 0);
    efti_release(&efti_malloc, zeros, SIZE);
    free(memory);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_is_cut_at_a_code_point),
        cmocka_unit_test(every_status_has_a_name),
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(an_array_grows_and_keeps_its_items),
        cmocka_unit_test(an_arena_aligns_resets_and_reuses),
        cmocka_unit_test(numbers_are_written_without_the_locale),
        cmocka_unit_test(floats_are_those_of_printf),
        cmocka_unit_test(json_strings_are_escaped),
        cmocka_unit_test(varints_round_trip_and_only_the_shortest_spelling_is_read),
        cmocka_unit_test(strings_are_numbered_once_in_order),
        cmocka_unit_test(strings_are_asked_for_together_and_added_later),
        cmocka_unit_test(strings_that_stay_where_they_lie_are_numbered_too),
        cmocka_unit_test(identities_depend_on_domain_key_and_bytes),
        cmocka_unit_test(sha256_is_the_published_one),
        cmocka_unit_test(memory_that_is_asked_for_keeps_what_it_holds),
        cmocka_unit_test(sorting_sorts_every_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
