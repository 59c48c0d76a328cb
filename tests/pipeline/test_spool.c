/* The spool gives back what was put in, and gives nothing to anybody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>

#include "pipeline/pipeline.h"
#include "support/failing.h"
#include "support/refuse.h"

#define BLOCK ((size_t)1 << 20)
#define MAX_SENTENCES 8
#define MAX_TERMS 40

/* A record that depends on its number alone, so that it can be made again to compare. */
struct made {
    struct efti_spooled record;
    uint32_t terms[MAX_TERMS], ends[MAX_SENTENCES];
};

static uint64_t
mixed(uint64_t n)
{
    n = (n + 1) * UINT64_C(0x9E3779B97F4A7C15); /* splitmix64 */
    n = (n ^ (n >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    n = (n ^ (n >> 27)) * UINT64_C(0x94D049BB133111EB);
    return n ^ (n >> 31);
}

/* Text of `size` bytes: any bytes will do, zero too. */
static char *
made_text(uint64_t number, size_t size)
{
    char *text = malloc(size + 1);

    assert_non_null(text);
    for (size_t i = 0; i < size; i++)
        text[i] = (char)(mixed(number) + i * 31 + i / 256);
    return text;
}

static void
make(struct made *m, uint64_t number, const char *text, size_t size)
{
    uint64_t bits = mixed(number);
    uint32_t terms = 0;

    memset(m, 0, sizeof(*m));
    m->record.record = number % 5 == 0 ? UINT64_MAX - number : number;
    m->record.input = number % 3;
    m->record.row = UINT64_MAX - number;
    m->record.kept = (eft_text){text, size < 7 ? size : 7};
    m->record.has_writer = (bits & 1) != 0;
    if (m->record.has_writer)
        memset(m->record.writer.b, (int)(bits & 0xFF), EFTI_ID_SIZE);
    m->record.veiled = (eft_text){text, size};
    m->record.sentence_count = bits >> 8 & 7;
    for (size_t i = 0; i < m->record.sentence_count; i++) {
        uint32_t n = (uint32_t)(bits >> (12 + 4 * i) & 3); /* 0: no words in it */
        for (; n > 0; n--, terms++)
            m->terms[terms] = (uint32_t)mixed(number * 100 + terms) >> (terms % 32);
        m->ends[i] = terms;
    }
    m->record.terms = m->terms;
    m->record.term_count = terms;
    m->record.sentence_ends = m->ends;
}

static void
assert_same(const struct efti_spooled *a, const struct efti_spooled *b)
{
    assert_true(a->record == b->record);
    assert_int_equal(a->has_writer, b->has_writer);
    assert_memory_equal(&a->writer, &b->writer, sizeof(a->writer));
    assert_int_equal(a->veiled.size, b->veiled.size);
    if (a->veiled.size > 0)
        assert_memory_equal(a->veiled.bytes, b->veiled.bytes, a->veiled.size);
    assert_true(a->input == b->input && a->row == b->row);
    assert_int_equal(a->kept.size, b->kept.size);
    if (a->kept.size > 0)
        assert_memory_equal(a->kept.bytes, b->kept.bytes, a->kept.size);
    assert_int_equal(a->term_count, b->term_count);
    assert_int_equal(a->sentence_count, b->sentence_count);
    if (a->term_count > 0)
        assert_memory_equal(a->terms, b->terms, a->term_count * sizeof(*a->terms));
    if (a->sentence_count > 0)
        assert_memory_equal(a->sentence_ends, b->sentence_ends,
                            a->sentence_count * sizeof(*a->sentence_ends));
}

/* Any rule from a number to a size. */
typedef size_t size_rule(uint64_t number);

static eft_status
put_one(struct efti_spool *s, uint64_t number, size_rule *size)
{
    char *text = made_text(number, size(number));
    struct made m;

    make(&m, number, text, size(number));
    eft_status st = efti_spool_put(s, &m.record, NULL);
    free(text);
    return st;
}

static void
assert_next(struct efti_spool *s, uint64_t number, size_rule *size)
{
    char *text = made_text(number, size(number));
    struct efti_spooled got;
    struct made m;

    make(&m, number, text, size(number));
    assert_int_equal(efti_spool_next(s, &got, NULL), EFT_OK);
    assert_same(&got, &m.record);
    free(text);
}

static void
assert_end(struct efti_spool *s)
{
    struct efti_spooled got;

    assert_int_equal(efti_spool_next(s, &got, NULL), EFT_END);
    assert_int_equal(got.veiled.size, 0);
    assert_null(got.veiled.bytes);
}

static struct efti_spool *
open_spool(void)
{
    struct efti_spool *s;

    assert_int_equal(efti_spool_new(&efti_malloc, &s, NULL), EFT_OK);
    return s;
}

static void
assert_round_trip(uint64_t count, size_rule *size)
{
    struct efti_spool *s = open_spool();

    for (uint64_t i = 0; i < count; i++)
        assert_int_equal(put_one(s, i, size), EFT_OK);
    for (int pass = 0; pass < 2; pass++) { /* it can be read again */
        assert_int_equal(efti_spool_rewind(s, NULL), EFT_OK);
        for (uint64_t i = 0; i < count; i++)
            assert_next(s, i, size);
        assert_end(s);
        assert_end(s);
    }
    efti_spool_free(s);
}

/* --------------------------------------------------------------- round trips */

static size_t
ordinary(uint64_t number)
{
    return mixed(number) % 900;
}

static size_t
at_block_borders(uint64_t number)
{
    return BLOCK - 40 + number; /* prefix and record end around the border */
}

static size_t
now_and_then_large(uint64_t number)
{
    return number % 7 == 3 ? 3 * BLOCK + number : number % 11;
}

static void
an_empty_spool_ends_at_once(void **state)
{
    (void)state;
    assert_round_trip(0, ordinary);
}

static void
records_come_back_in_order_over_block_borders(void **state)
{
    (void)state;
    assert_round_trip(1, ordinary);
    assert_round_trip(10000, ordinary); /* some 5 MiB */
}

static void
every_place_of_a_block_border_is_survived(void **state)
{
    (void)state;
    assert_round_trip(80, at_block_borders);
}

static void
records_larger_than_a_block_come_back(void **state)
{
    (void)state;
    assert_round_trip(20, now_and_then_large);
}

static void
a_spool_left_half_read_starts_over(void **state)
{
    struct efti_spool *s = open_spool();

    (void)state;
    for (uint64_t i = 0; i < 5000; i++)
        assert_int_equal(put_one(s, i, ordinary), EFT_OK);
    assert_int_equal(efti_spool_rewind(s, NULL), EFT_OK);
    for (uint64_t i = 0; i < 3000; i++)
        assert_next(s, i, ordinary);
    assert_int_equal(efti_spool_rewind(s, NULL), EFT_OK);
    for (uint64_t i = 0; i < 5000; i++)
        assert_next(s, i, ordinary);
    assert_end(s);
    efti_spool_free(s);
}

static void
putting_and_reading_do_not_mix(void **state)
{
    struct efti_spool *s = open_spool();
    struct efti_spooled got;

    (void)state;
    assert_int_equal(put_one(s, 1, ordinary), EFT_OK);
    assert_int_equal(efti_spool_next(s, &got, NULL), EFT_E_INTERNAL);
    assert_int_equal(efti_spool_rewind(s, NULL), EFT_OK);
    assert_int_equal(put_one(s, 2, ordinary), EFT_E_RANGE);
    assert_next(s, 1, ordinary);
    assert_end(s);
    efti_spool_free(s);
}

/* --------------------------------------------------------------- the file */

/* The spool is opaque: its descriptor is the one that a new spool adds. */
static int
descriptor_of_new(struct efti_spool **s)
{
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC); /* the lowest that is free */

    assert_true(fd >= 0);
    assert_int_equal(close(fd), 0);
    *s = open_spool();
    return fd;
}

static void
the_file_has_no_name_and_is_ours_alone(void **state)
{
    struct efti_spool *s;
    char link[64], target[256], name[64];
    struct stat st;
    int fd = descriptor_of_new(&s);

    (void)state;
    assert_int_equal(put_one(s, 1, now_and_then_large), EFT_OK);
    (void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, target, sizeof(target) - 1);
    assert_true(n > 0);
    target[n] = '\0';
    assert_true(strstr(target, "(deleted)") != NULL || strstr(target, "memfd:") != NULL);
    assert_int_equal(fstat(fd, &st), 0);
    assert_int_equal(st.st_nlink, 0);
    assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC); /* not for programs we start */
    if (strstr(target, "memfd:") == NULL) {
        assert_int_equal(st.st_mode & 07777, 0600);
        (void)snprintf(name, sizeof(name), "/tmp/eftertanke-test-%d", (int)getpid());
        assert_int_not_equal(linkat(AT_FDCWD, link, AT_FDCWD, name, AT_SYMLINK_FOLLOW),
                             0);
    }
    efti_spool_free(s);
    assert_int_equal(fcntl(fd, F_GETFD), -1); /* closed: with it the file is gone */
}

/* All bytes of the file, to be freed. */
static unsigned char *
bytes_of(int fd, size_t *size)
{
    struct stat st;

    assert_int_equal(fstat(fd, &st), 0);
    *size = (size_t)st.st_size;
    unsigned char *bytes = malloc(*size + 1);
    assert_non_null(bytes);
    assert_int_equal(pread(fd, bytes, *size, 0), *size);
    return bytes;
}

static size_t
one_text(uint64_t number)
{
    (void)number;
    return 2 * BLOCK;
}

static void
what_is_on_disk_is_noise(void **state)
{
    static const char word[] = "hemligheten";
    struct efti_spool *s;
    char *text = malloc(2 * BLOCK);
    int fd = descriptor_of_new(&s);
    size_t size = 0, counts[256] = {0};

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < 2 * BLOCK; i++)
        text[i] = word[i % (sizeof(word) - 1)];
    const struct efti_spooled record = {.veiled = {text, 2 * BLOCK}};
    assert_int_equal(efti_spool_put(s, &record, NULL), EFT_OK);
    assert_int_equal(efti_spool_rewind(s, NULL), EFT_OK);
    unsigned char *bytes = bytes_of(fd, &size);
    assert_true(size > 2 * BLOCK);
    assert_null(memmem(bytes, size, word, 4));
    for (size_t i = 0; i < size; i++)
        counts[bytes[i]]++;
    for (int i = 0; i < 256; i++) /* 8192 expected of each; ten standard deviations */
        assert_in_range(counts[i], 8192 - 910, 8192 + 910);
    free(bytes);
    free(text);
    efti_spool_free(s);
}

static void
a_changed_or_cut_file_is_seen(void **state)
{
    struct efti_spooled got;
    struct efti_spool *s;
    unsigned char byte;
    size_t size = 0;

    (void)state;
    /* A flipped bit in the length, the first block, its end, or the last one. */
    for (int at = 0; at < 5; at++) {
        int fd = descriptor_of_new(&s);
        assert_int_equal(put_one(s, 1, one_text), EFT_OK);
        assert_int_equal(efti_spool_rewind(s, NULL), EFT_OK);
        free(bytes_of(fd, &size));
        const off_t places[] = {0, 3, 1000, (off_t)BLOCK + 10, (off_t)size - 1};
        assert_int_equal(pread(fd, &byte, 1, places[at]), 1);
        byte ^= 0x10;
        assert_int_equal(pwrite(fd, &byte, 1, places[at]), 1);
        assert_int_equal(efti_spool_next(s, &got, NULL), EFT_E_IO);
        assert_null(got.veiled.bytes);
        efti_spool_free(s);
    }
    /* Without its last block, which a cut file lacks. */
    int fd = descriptor_of_new(&s);
    assert_int_equal(put_one(s, 1, one_text), EFT_OK);
    assert_int_equal(efti_spool_rewind(s, NULL), EFT_OK);
    assert_int_equal(ftruncate(fd, (off_t)(2 * (BLOCK + 17 + 4))), 0);
    assert_int_equal(efti_spool_next(s, &got, NULL), EFT_E_IO);
    efti_spool_free(s);
}

/* ---------------------------------------------------------------- failures */

static eft_status
whole_life(const eft_allocator *mem, uint64_t count)
{
    struct efti_spool *s;
    struct efti_spooled got = {0};
    eft_status st = efti_spool_new(mem, &s, NULL);
    uint64_t read = 0;

    if (st != EFT_OK) {
        assert_null(s);
        return st;
    }
    for (uint64_t i = 0; st == EFT_OK && i < count; i++)
        st = put_one(s, i, now_and_then_large);
    if (st == EFT_OK)
        st = efti_spool_rewind(s, NULL);
    while (st == EFT_OK && (st = efti_spool_next(s, &got, NULL)) == EFT_OK)
        read++;
    if (st != EFT_OK)
        assert_null(got.veiled.bytes);
    if (st == EFT_END)
        assert_int_equal(read, count);
    efti_spool_free(s);
    return st == EFT_END ? EFT_OK : st;
}

static void
every_refused_allocation_is_survived(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        eft_status st = whole_life(&mem, 12);

        if (failing_got_through(&f, st))
            break;
    }
}

/* The n-th allocation fails once; the same call again goes through, and
 * nothing is lost. */
static void
after_a_refused_allocation_the_call_may_be_repeated(void **state)
{
    const uint64_t count = 12;

    (void)state;
    for (uint64_t n = 4;; n++) { /* the first three are efti_spool_new's */
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        struct efti_spool *s;
        struct efti_spooled got;
        uint64_t read = 0;
        assert_int_equal(efti_spool_new(&mem, &s, NULL), EFT_OK);
        for (uint64_t i = 0; i < count; i++) {
            if (put_one(s, i, now_and_then_large) != EFT_OK)
                assert_int_equal(put_one(s, i, now_and_then_large), EFT_OK);
        }
        assert_int_equal(efti_spool_rewind(s, NULL), EFT_OK);
        for (eft_status st = EFT_OK; st != EFT_END;) {
            st = efti_spool_next(s, &got, NULL);
            assert_true(st == EFT_OK || st == EFT_END || st == EFT_E_NOMEM);
            if (st != EFT_OK)
                continue;
            char *text = made_text(read, now_and_then_large(read));
            struct made m;
            make(&m, read, text, now_and_then_large(read));
            assert_same(&got, &m.record);
            free(text);
            read++;
        }
        assert_int_equal(read, count);
        efti_spool_free(s);
        assert_int_equal(f.held, 0);
        if (!f.failed)
            break;
    }
}

static int
with_a_full_disk(void *arg)
{
    static const long calls[] = {__NR_write};
    struct efti_spool *s = arg;
    struct efti_spooled got;
    eft_error err;

    if (!refuse_calls(calls, 1, ENOSPC))
        return CHILD_SKIPS;
    if (put_one(s, 0, ordinary) != EFT_OK) /* nothing is written yet */
        return 1;
    if (put_one(s, 1, one_text) != EFT_E_IO)
        return 2;
    if (put_one(s, 2, ordinary) != EFT_E_IO || efti_spool_rewind(s, &err) != EFT_E_IO)
        return 3; /* a file with a hole is never read */
    return efti_spool_next(s, &got, NULL) == EFT_E_INTERNAL ? 0 : 4;
}

static void
after_a_failed_write_the_spool_is_of_no_use(void **state)
{
    struct efti_spool *s = open_spool();
    int code = in_child(with_a_full_disk, s);

    (void)state;
    efti_spool_free(s);
    if (code == CHILD_SKIPS)
        skip();
    assert_int_equal(code, 0);
}

static int
without_unnamed_files(void *arg)
{
    static const long calls[] = {
#ifdef __NR_open
        __NR_open,
#endif
        __NR_openat,
    };

    (void)arg;
    if (!refuse_calls(calls, EFTI_COUNT(calls), EOPNOTSUPP))
        return CHILD_SKIPS;
    return whole_life(&efti_malloc, 12) == EFT_OK ? 0 : 1;
}

static void
without_unnamed_files_memory_will_do(void **state)
{
    int code = in_child(without_unnamed_files, NULL);

    (void)state;
    if (code == CHILD_SKIPS)
        skip();
    assert_int_equal(code, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_spool_ends_at_once),
        cmocka_unit_test(records_come_back_in_order_over_block_borders),
        cmocka_unit_test(every_place_of_a_block_border_is_survived),
        cmocka_unit_test(records_larger_than_a_block_come_back),
        cmocka_unit_test(a_spool_left_half_read_starts_over),
        cmocka_unit_test(putting_and_reading_do_not_mix),
        cmocka_unit_test(the_file_has_no_name_and_is_ours_alone),
        cmocka_unit_test(what_is_on_disk_is_noise),
        cmocka_unit_test(a_changed_or_cut_file_is_seen),
        cmocka_unit_test(every_refused_allocation_is_survived),
        cmocka_unit_test(after_a_refused_allocation_the_call_may_be_repeated),
        cmocka_unit_test(after_a_failed_write_the_spool_is_of_no_use),
        cmocka_unit_test(without_unnamed_files_memory_will_do),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
