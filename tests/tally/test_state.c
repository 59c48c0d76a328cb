/* A state that anybody may have touched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "made.h"
#include "support/failing.h"

static const struct made_options small = {true, true, 3, 6, 3, 1};
static const struct made_options unnamed = {false, false, 3, 6, 3, 1};

static struct efti_bytes
state_of(uint32_t count, const struct made_options *m)
{
    struct efti_tally_settings s = made_settings(m);
    struct efti_tally *t;
    struct efti_bytes b;

    assert_int_equal(efti_tally_new(&efti_malloc, &s, &t, NULL), EFT_OK);
    for (uint32_t i = 0; i < count; i++)
        assert_int_equal(made_add(t, i, m), EFT_OK);
    efti_bytes_init(&b, &efti_malloc);
    assert_int_equal(efti_tally_write(t, &b, NULL), EFT_OK);
    efti_tally_free(t);
    return b;
}

static eft_status
read_bytes(const char *bytes, size_t size, struct efti_tally **out)
{
    eft_error err = {0};
    eft_status st = efti_tally_read(&efti_malloc, bytes, size, out, &err);

    if (st != EFT_OK) {
        assert_null(*out);
        assert_int_equal(err.status, st);
        assert_true(strlen(err.message) > 0);
    }
    return st;
}

static void
what_was_written_is_read_and_written_alike(void **state)
{
    static const struct made_options *const all[] = {&small, &unnamed};

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(all); i++) {
        struct efti_bytes b = state_of(200, all[i]), again;
        struct efti_tally *t;

        efti_bytes_init(&again, &efti_malloc);
        efti_put_text(&again, "before"); /* writing appends */
        assert_int_equal(read_bytes(b.data, b.size, &t), EFT_OK);
        assert_non_null(efti_tally_frozen(t));
        assert_int_equal(efti_tally_frozen(t)->record_count, 200);
        assert_int_equal(efti_tally_write(t, &again, NULL), EFT_OK);
        assert_int_equal(again.size, b.size + 6);
        assert_memory_equal(again.data + 6, b.data, b.size);
        efti_tally_free(t);
        efti_bytes_free(&b);
        efti_bytes_free(&again);
    }
}

static void
any_flipped_bit_is_refused(void **state)
{
    struct efti_bytes b = state_of(12, &small);

    (void)state;
    for (size_t i = 0; i < b.size; i++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            struct efti_tally *t;
            b.data[i] = (char)(b.data[i] ^ (1 << bit));
            assert_int_equal(read_bytes(b.data, b.size, &t), EFT_E_FORMAT);
            b.data[i] = (char)(b.data[i] ^ (1 << bit));
        }
    }
    efti_bytes_free(&b);
}

static void
a_state_that_was_cut_or_grew_is_refused(void **state)
{
    struct efti_bytes b = state_of(12, &small);
    struct efti_tally *t;

    (void)state;
    for (size_t n = 0; n < b.size; n++)
        assert_int_equal(read_bytes(b.data, n, &t), EFT_E_FORMAT);
    efti_put_char(&b, 0);
    assert_int_equal(read_bytes(b.data, b.size, &t), EFT_E_FORMAT);
    efti_bytes_free(&b);
}

static void
sign(char *bytes, size_t size)
{
    efti_checksum(bytes, size - 32, (unsigned char *)bytes + size - 32);
}

/* With a checksum that fits: refused, or it was canonical all the same (another number of
 * tokens, say). Never a crash; the sanitizers watch. */
static void
read_signed(struct efti_bytes *b, uint64_t *accepted)
{
    struct efti_tally *t;

    sign(b->data, b->size);
    if (read_bytes(b->data, b->size, &t) != EFT_OK)
        return;
    struct efti_bytes again;
    efti_bytes_init(&again, &efti_malloc);
    assert_int_equal(efti_tally_write(t, &again, NULL), EFT_OK);
    assert_int_equal(again.size, b->size);
    assert_memory_equal(again.data, b->data, b->size);
    efti_bytes_free(&again);
    efti_tally_free(t);
    (*accepted)++;
}

static void
a_forged_state_is_canonical_or_refused(void **state)
{
    static const unsigned char values[] = {0x00, 0x01, 0x7F, 0x80, 0xFF};
    struct efti_bytes b = state_of(12, &small);
    uint64_t accepted = 0;

    (void)state;
    for (size_t i = 0; i < b.size - 32; i++) {
        char kept = b.data[i];
        for (size_t v = 0; v < EFTI_COUNT(values); v++) {
            b.data[i] = (char)values[v];
            read_signed(&b, &accepted);
        }
        b.data[i] = (char)(kept + 1);
        read_signed(&b, &accepted);
        b.data[i] = kept;
    }
    assert_true(accepted > 0); /* else the forging does not reach past the checksum */
    efti_bytes_free(&b);
}

/* A count that promises what is not there must not make us ask for that much memory. */
struct meter {
    size_t largest;
};

static void *
meter_alloc(void *user, size_t size)
{
    struct meter *m = user;

    m->largest = size > m->largest ? size : m->largest;
    return malloc(size);
}

static void *
meter_resize(void *user, void *ptr, size_t old_size, size_t new_size)
{
    struct meter *m = user;

    (void)old_size;
    m->largest = new_size > m->largest ? new_size : m->largest;
    return realloc(ptr, new_size);
}

static void
meter_release(void *user, void *ptr, size_t size)
{
    (void)user;
    (void)size;
    free(ptr);
}

static void
large_counts_do_not_ask_for_memory(void **state)
{
    struct efti_bytes b = state_of(12, &small);
    struct meter m = {0};
    const eft_allocator mem = {meter_alloc, meter_resize, meter_release, &m};

    (void)state;
    for (size_t i = 8; i + 5 < b.size - 32; i++) {
        char kept[5];
        struct efti_tally *t;
        memcpy(kept, b.data + i, 5);
        memcpy(b.data + i, "\xFF\xFF\xFF\xFF\x0E", 5);
        sign(b.data, b.size);
        if (efti_tally_read(&mem, b.data, b.size, &t, NULL) == EFT_OK)
            efti_tally_free(t);
        memcpy(b.data + i, kept, 5);
    }
    assert_true(m.largest < 100000);
    efti_bytes_free(&b);
}

static void
a_state_of_another_version_says_so(void **state)
{
    struct efti_bytes b = state_of(3, &small);
    struct efti_tally *t;
    eft_error err;

    (void)state;
    b.data[8] = 9;
    sign(b.data, b.size);
    assert_int_equal(efti_tally_read(&efti_malloc, b.data, b.size, &t, &err),
                     EFT_E_FORMAT);
    assert_non_null(strstr(err.message, "version 9"));
    efti_bytes_free(&b);
}

/* Whatever allocation fails: the state is the one before, or the one after. */
static void
a_withdrawal_that_fails_changes_nothing(void **state)
{
    struct efti_id who[2] = {made_id("writer", 1, small.salt), made_id("nobody", 0, 0)};
    struct efti_bytes before = state_of(30, &small), after, now;
    struct failing f;
    struct efti_tally *t;
    struct efti_gone gone = {0};
    bool found[2];

    (void)state;
    assert_int_equal(read_bytes(before.data, before.size, &t), EFT_OK);
    assert_int_equal(efti_tally_withdraw(t, who, 2, found, &gone, NULL), EFT_OK);
    assert_true(found[0] && !found[1] && gone.records > 0);
    efti_bytes_init(&after, &efti_malloc);
    assert_int_equal(efti_tally_write(t, &after, NULL), EFT_OK);
    assert_true(after.size < before.size);
    efti_tally_free(t);
    for (uint64_t n = 1;; n++) {
        eft_allocator mem = failing_at(&f, 0);
        assert_int_equal(efti_tally_read(&mem, before.data, before.size, &t, NULL),
                         EFT_OK);
        f.calls = 0;
        f.fail_at = n;
        eft_status st = efti_tally_withdraw(t, who, 2, found, &gone, NULL);
        bool failed = f.failed;
        f.fail_at = 0;
        assert_int_equal(st, failed ? EFT_E_NOMEM : EFT_OK);
        efti_bytes_init(&now, &efti_malloc);
        assert_int_equal(efti_tally_write(t, &now, NULL), EFT_OK);
        const struct efti_bytes *as = failed ? &before : &after;
        assert_int_equal(now.size, as->size);
        assert_memory_equal(now.data, as->data, now.size);
        efti_bytes_free(&now);
        efti_tally_free(t);
        assert_int_equal(f.held, 0);
        if (!failed)
            break;
    }
    efti_bytes_free(&before);
    efti_bytes_free(&after);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read_and_written_alike),
        cmocka_unit_test(any_flipped_bit_is_refused),
        cmocka_unit_test(a_state_that_was_cut_or_grew_is_refused),
        cmocka_unit_test(a_forged_state_is_canonical_or_refused),
        cmocka_unit_test(large_counts_do_not_ask_for_memory),
        cmocka_unit_test(a_state_of_another_version_says_so),
        cmocka_unit_test(a_withdrawal_that_fails_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
