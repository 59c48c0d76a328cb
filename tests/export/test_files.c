/* Whole files: they appear at once, or nothing changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>

#include "export/export.h"
#include "support/failing.h"
#include "support/refuse.h"
#include "support/scratch.h"

static eft_status
put(const char *path, const char *text, bool force, eft_error *err)
{
    return efti_file_put(&efti_malloc, path, text, strlen(text), force, err);
}

/* ----------------------------------------------------------------- writing */

static void
a_new_file_is_whole_and_private(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "ett.state");
    mode_t before = umask(0);

    assert_int_equal(put(path, "innehåll", false, NULL), EFT_OK);
    (void)umask(before);
    assert_true(scratch_holds(path, "innehåll"));
    assert_int_equal(scratch_mode(path), 0600);
    assert_int_equal(scratch_names(s->folder, NULL), 1); /* nothing beside */
}

static void
an_empty_file_is_a_file(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "tom");

    assert_int_equal(efti_file_put(&efti_malloc, path, NULL, 0, false, NULL), EFT_OK);
    assert_true(scratch_holds(path, ""));
}

static void
a_file_that_is_there_stays_without_force(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "ett");
    eft_error err;

    assert_true(scratch_write(path, "gammalt"));
    assert_int_equal(put(path, "nytt", false, &err), EFT_E_CONFLICT);
    assert_non_null(strstr(err.message, "--force"));
    assert_true(scratch_holds(path, "gammalt"));
    assert_int_equal(put(path, "nytt", true, NULL), EFT_OK);
    assert_true(scratch_holds(path, "nytt"));
    assert_int_equal(scratch_mode(path), 0600); /* whatever it was before */
    assert_int_equal(scratch_names(s->folder, NULL), 1);
}

static void
only_ordinary_files_are_replaced(void **state)
{
    struct scratch *s = *state;
    char target[512];
    const char *path = scratch_path(s, "mapp");

    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(put(path, "x", true, NULL), EFT_E_CONFLICT);
    path = scratch_path(s, "rör");
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(put(path, "x", true, NULL), EFT_E_CONFLICT);
    (void)strcpy(target, scratch_path(s, "mål"));
    path = scratch_path(s, "länk");
    assert_int_equal(symlink(target, path), 0);
    assert_int_equal(put(path, "x", true, NULL), EFT_E_CONFLICT);
    assert_int_equal(put(path, "x", false, NULL), EFT_E_CONFLICT);
    assert_int_equal(scratch_mode(target), -1); /* not made through the link */
    assert_int_equal(scratch_names(s->folder, NULL), 3);
}

static void
a_missing_folder_is_told_without_its_name(void **state)
{
    struct scratch *s = *state;
    eft_error err;

    assert_int_equal(put(scratch_path(s, "hemlig/ett"), "x", false, &err), EFT_E_IO);
    assert_non_null(strstr(err.message, "its folder is not there"));
    assert_null(strstr(err.message, "hemlig"));
    assert_true(scratch_write(scratch_path(s, "fil"), ""));
    assert_int_equal(put(scratch_path(s, "fil/ett"), "x", false, &err), EFT_E_IO);
    assert_int_not_equal(put("", "x", false, &err), EFT_OK);
}

static void
a_name_as_long_as_the_system_allows_will_do(void **state)
{
    struct scratch *s = *state;
    char name[256], before[512];

    memset(name, 'n', 255);
    name[255] = '\0';
    const char *path = scratch_path(s, name);
    assert_int_equal(put(path, "x", false, NULL), EFT_OK);
    assert_true(scratch_holds(path, "x"));
    /* A name without a folder lies in the current one. */
    assert_non_null(getcwd(before, sizeof(before)));
    assert_int_equal(chdir(s->folder), 0);
    eft_status st = put("här", "x", false, NULL);
    assert_int_equal(chdir(before), 0);
    assert_int_equal(st, EFT_OK);
    assert_true(scratch_holds(scratch_path(s, "här"), "x"));
}

static void
every_refused_allocation_leaves_no_file(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "ett");

    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        eft_status st = efti_file_put(&mem, path, "x", 1, false, NULL);

        if (failing_got_through(&f, st))
            break;
        assert_int_equal(scratch_names(s->folder, NULL), 0);
    }
}

/* ------------------------------------------------- what the kernel may refuse */

static int
put_is_refused(struct scratch *s, bool force, eft_status expected, const char *hint)
{
    eft_error err;

    if (put(scratch_path(s, "ett"), "nytt", force, &err) != expected)
        return 1;
    return strstr(err.message, hint) != NULL ? 0 : 2;
}

static int
with_a_full_disk(void *arg)
{
    static const long calls[] = {__NR_write};

    return refuse_calls(calls, 1, ENOSPC)
               ? put_is_refused(arg, true, EFT_E_IO, "the disk is full")
               : CHILD_SKIPS;
}

static int
with_a_failing_fsync(void *arg)
{
    static const long calls[] = {__NR_fsync};

    return refuse_calls(calls, 1, EIO)
               ? put_is_refused(arg, true, EFT_E_IO, "could not be written")
               : CHILD_SKIPS;
}

static int
without_rename_flags_over_a_file(void *arg)
{
    static const long calls[] = {__NR_renameat2};

    return refuse_calls(calls, 1, EINVAL)
               ? put_is_refused(arg, false, EFT_E_CONFLICT, "exists")
               : CHILD_SKIPS;
}

static int
without_rename_flags(void *arg)
{
    static const long calls[] = {__NR_renameat2};

    if (!refuse_calls(calls, 1, EINVAL))
        return CHILD_SKIPS;
    return put(scratch_path(arg, "två"), "nytt", false, NULL) == EFT_OK ? 0 : 1;
}

static void
assert_old_stays(struct scratch *s, int (*work)(void *))
{
    assert_true(scratch_write(scratch_path(s, "ett"), "gammalt"));
    int code = in_child(work, s);
    if (code == CHILD_SKIPS)
        skip();
    assert_int_equal(code, 0);
    assert_true(scratch_holds(scratch_path(s, "ett"), "gammalt"));
    assert_int_equal(scratch_names(s->folder, NULL), 1);
}

static void
a_full_disk_leaves_the_old_file(void **state)
{
    assert_old_stays(*state, with_a_full_disk);
}

static void
a_failing_fsync_leaves_the_old_file(void **state)
{
    assert_old_stays(*state, with_a_failing_fsync);
}

static void
file_systems_without_rename_flags_will_do(void **state)
{
    struct scratch *s = *state;

    assert_old_stays(s, without_rename_flags_over_a_file);
    assert_int_equal(in_child(without_rename_flags, s), 0);
    assert_true(scratch_holds(scratch_path(s, "två"), "nytt"));
    assert_int_equal(scratch_names(s->folder, NULL), 2);
}

/* ----------------------------------------------------------------- reading */

static void
what_was_written_is_read(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "ett");
    static const char bytes[] = "noll\0mitt i";
    struct efti_bytes out;

    efti_bytes_init(&out, &efti_malloc);
    assert_int_equal(efti_file_put(&efti_malloc, path, bytes, sizeof(bytes), false, NULL),
                     EFT_OK);
    assert_int_equal(efti_file_get(path, &out, NULL), EFT_OK);
    assert_int_equal(out.size, sizeof(bytes));
    assert_memory_equal(out.data, bytes, sizeof(bytes));
    /* What was in the builder is replaced. */
    assert_int_equal(put(path, "", true, NULL), EFT_OK);
    assert_int_equal(efti_file_get(path, &out, NULL), EFT_OK);
    assert_int_equal(out.size, 0);
    efti_bytes_free(&out);
}

static void
assert_unreadable(const char *path, eft_status expected, const char *hint)
{
    struct efti_bytes out;
    eft_error err;

    efti_bytes_init(&out, &efti_malloc);
    efti_put_text(&out, "rest");
    assert_int_equal(efti_file_get(path, &out, &err), expected);
    assert_non_null(strstr(err.message, hint));
    assert_null(strstr(err.message, "eftertanke-test"));
    assert_int_equal(out.size, 0);
    efti_bytes_free(&out);
}

static void
what_is_no_ordinary_file_is_not_read(void **state)
{
    struct scratch *s = *state;

    assert_unreadable(scratch_path(s, "borta"), EFT_E_IO, "it is not there");
    assert_unreadable(s->folder, EFT_E_IO, "it is a folder");
    assert_int_equal(mkfifo(scratch_path(s, "rör"), 0600), 0);
    assert_unreadable(scratch_path(s, "rör"), EFT_E_IO,
                      "no ordinary file"); /* no waiting */
    assert_unreadable("/dev/zero", EFT_E_IO, "no ordinary file");
}

static void
a_file_beyond_the_limit_is_not_read(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "stor");
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

    assert_true(fd >= 0);
    int cut = ftruncate(fd, ((off_t)1 << 36) + 1); /* sparse: takes no room */
    assert_int_equal(close(fd), 0);
    if (cut != 0)
        skip();
    assert_unreadable(path, EFT_E_LIMIT, "64 GiB");
}

static void
every_refused_allocation_leaves_nothing_read(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "ett");

    assert_true(scratch_write(path, "innehåll"));
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        struct efti_bytes out;
        efti_bytes_init(&out, &mem);
        eft_status st = efti_file_get(path, &out, NULL);
        size_t size = out.size;
        efti_bytes_free(&out);
        assert_int_equal(f.held, 0);
        assert_false(f.wrong_size);
        assert_int_equal(st, f.failed ? EFT_E_NOMEM : EFT_OK);
        assert_int_equal(size, f.failed ? 0 : strlen("innehåll"));
        if (!f.failed)
            break;
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_file_is_whole_and_private),
        TEST(an_empty_file_is_a_file),
        TEST(a_file_that_is_there_stays_without_force),
        TEST(only_ordinary_files_are_replaced),
        TEST(a_missing_folder_is_told_without_its_name),
        TEST(a_name_as_long_as_the_system_allows_will_do),
        TEST(every_refused_allocation_leaves_no_file),
        TEST(a_full_disk_leaves_the_old_file),
        TEST(a_failing_fsync_leaves_the_old_file),
        TEST(file_systems_without_rename_flags_will_do),
        TEST(what_was_written_is_read),
        TEST(what_is_no_ordinary_file_is_not_read),
        TEST(a_file_beyond_the_limit_is_not_read),
        TEST(every_refused_allocation_leaves_nothing_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
