/* A results folder: filled out of sight, in place at once, and nobody
 * else's is touched. */
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

#define MANIFEST "{\n  \"format\": \"eftertanke-results-1\",\n  \"k\": 5\n}\n"

static eft_status
fill(struct efti_output *o, const char *text)
{
    eft_status st = efti_output_sub(o, "tables", NULL);

    if (st == EFT_OK)
        st = efti_output_put(o, "tables/a.csv", text, strlen(text), false, NULL);
    if (st == EFT_OK)
        st = efti_output_put(o, "working", text, strlen(text), true, NULL);
    return st == EFT_OK ? efti_output_put(o, "manifest.json", MANIFEST, strlen(MANIFEST),
                                          false, NULL)
                        : st;
}

/* All steps; `text` marks the version. */
static eft_status
make(const eft_allocator *mem, const char *path, const char *text, bool force,
     eft_error *err)
{
    struct efti_output *o;
    eft_status st = efti_output_open(mem, path, force, &o, err);

    if (st == EFT_OK)
        st = fill(o, text);
    if (st == EFT_OK)
        st = efti_output_finish(o, err);
    efti_output_close(o);
    return st;
}

static bool
is_whole(const char *path, const char *text)
{
    char inner[600];

    (void)snprintf(inner, sizeof(inner), "%s/tables/a.csv", path);
    bool table = scratch_holds(inner, text);
    (void)snprintf(inner, sizeof(inner), "%s/working", path);
    bool working = scratch_holds(inner, text);
    (void)snprintf(inner, sizeof(inner), "%s/manifest.json", path);
    return table && working && scratch_holds(inner, MANIFEST) &&
           scratch_names(path, NULL) == 3;
}

static void
a_finished_folder_is_whole(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "resultat");

    assert_int_equal(make(&efti_malloc, path, "ett", false, NULL), EFT_OK);
    assert_true(is_whole(path, "ett"));
    assert_int_equal(scratch_names(s->folder, NULL), 1);
}

static void
an_unfinished_folder_is_hidden_and_closed_to_others(void **state)
{
    struct scratch *s = *state;
    struct efti_output *o;
    char name[256], inside[512];

    assert_int_equal(
        efti_output_open(&efti_malloc, scratch_path(s, "resultat"), false, &o, NULL),
        EFT_OK);
    assert_int_equal(fill(o, "ett"), EFT_OK);
    assert_int_equal(scratch_names(s->folder, name), 1);
    assert_memory_equal(name, ".eftertanke-", 12);
    assert_int_equal(scratch_mode(scratch_path(s, name)), 0700);
    (void)strcpy(inside, efti_output_path(o, "manifest.json"));
    assert_true(scratch_holds(inside, MANIFEST));
    efti_output_close(o); /* without finish: nothing remains */
    assert_int_equal(scratch_names(s->folder, NULL), 0);
    efti_output_close(NULL);
}

static void
modes_follow_the_umask_but_sensitive_files_stay_private(void **state)
{
    struct scratch *s = *state;
    mode_t before = umask(0);

    assert_int_equal(make(&efti_malloc, scratch_path(s, "r"), "ett", false, NULL),
                     EFT_OK);
    (void)umask(0077);
    assert_int_equal(make(&efti_malloc, scratch_path(s, "q"), "ett", false, NULL),
                     EFT_OK);
    (void)umask(before);
    assert_int_equal(scratch_mode(scratch_path(s, "r")), 0755);
    assert_int_equal(scratch_mode(scratch_path(s, "r/tables")), 0755);
    assert_int_equal(scratch_mode(scratch_path(s, "r/tables/a.csv")), 0644);
    assert_int_equal(scratch_mode(scratch_path(s, "r/working")), 0600);
    assert_int_equal(scratch_mode(scratch_path(s, "q")), 0700);
    assert_int_equal(scratch_mode(scratch_path(s, "q/tables")), 0700);
    assert_int_equal(scratch_mode(scratch_path(s, "q/manifest.json")), 0600);
}

static void
a_folder_without_subfolders_opens_up_too(void **state)
{
    struct scratch *s = *state;
    struct efti_output *o;
    mode_t before = umask(0022);

    assert_int_equal(
        efti_output_open(&efti_malloc, scratch_path(s, "r"), false, &o, NULL), EFT_OK);
    assert_int_equal(efti_output_finish(o, NULL), EFT_OK);
    efti_output_close(o);
    (void)umask(before);
    assert_int_equal(scratch_mode(scratch_path(s, "r")), 0755);
    assert_int_equal(scratch_names(scratch_path(s, "r"), NULL), 0);
}

/* ---------------------------------------------------------------- replacing */

static void
an_earlier_folder_stays_without_force(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "resultat");
    eft_error err;

    assert_int_equal(make(&efti_malloc, path, "gammalt", false, NULL), EFT_OK);
    assert_int_equal(make(&efti_malloc, path, "nytt", false, &err), EFT_E_CONFLICT);
    assert_non_null(strstr(err.message, "--force"));
    assert_null(strstr(err.message, "resultat"));
    assert_true(is_whole(path, "gammalt"));
    assert_int_equal(scratch_names(s->folder, NULL), 1);
}

static void
force_keeps_the_earlier_folder_until_the_end(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "resultat");
    struct efti_output *o;

    assert_int_equal(make(&efti_malloc, path, "gammalt", false, NULL), EFT_OK);
    assert_int_equal(efti_output_open(&efti_malloc, path, true, &o, NULL), EFT_OK);
    assert_int_equal(fill(o, "nytt"), EFT_OK);
    assert_true(is_whole(path, "gammalt"));
    assert_int_equal(efti_output_finish(o, NULL), EFT_OK);
    assert_true(is_whole(path, "nytt"));
    efti_output_close(o);
    assert_true(is_whole(path, "nytt"));
    assert_int_equal(scratch_names(s->folder, NULL), 1); /* the earlier is gone */
}

static void
force_given_up_leaves_the_earlier_folder(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "resultat");
    struct efti_output *o;

    assert_int_equal(make(&efti_malloc, path, "gammalt", false, NULL), EFT_OK);
    assert_int_equal(efti_output_open(&efti_malloc, path, true, &o, NULL), EFT_OK);
    assert_int_equal(fill(o, "nytt"), EFT_OK);
    efti_output_close(o);
    assert_true(is_whole(path, "gammalt"));
    assert_int_equal(scratch_names(s->folder, NULL), 1);
}

static void
an_empty_folder_is_replaced_with_force_only(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "resultat");

    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(make(&efti_malloc, path, "x", false, NULL), EFT_E_CONFLICT);
    assert_int_equal(make(&efti_malloc, path, "x", true, NULL), EFT_OK);
    assert_true(is_whole(path, "x"));
}

static void
force_makes_a_new_folder_too(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "resultat");

    assert_int_equal(make(&efti_malloc, path, "x", true, NULL), EFT_OK);
    assert_true(is_whole(path, "x"));
}

static void
foreign_folders_are_never_replaced(void **state)
{
    struct scratch *s = *state;
    char path[512];
    eft_error err;

    (void)strcpy(path, scratch_path(s, "resultat"));
    assert_int_equal(mkdir(path, 0700), 0);
    assert_true(
        scratch_write(scratch_path(s, "resultat/avhandling.doc"), "år av arbete"));
    assert_int_equal(make(&efti_malloc, path, "x", true, &err), EFT_E_CONFLICT);
    assert_non_null(strstr(err.message, "no results folder of ours"));
    /* Web extensions have a manifest.json as well. */
    assert_true(scratch_write(scratch_path(s, "resultat/manifest.json"),
                              "{\"manifest_version\": 3}"));
    assert_int_equal(make(&efti_malloc, path, "x", true, NULL), EFT_E_CONFLICT);
    assert_int_equal(remove(scratch_path(s, "resultat/manifest.json")), 0);
    assert_int_equal(mkdir(scratch_path(s, "resultat/manifest.json"), 0700), 0);
    assert_int_equal(make(&efti_malloc, path, "x", true, NULL), EFT_E_CONFLICT);
    assert_true(
        scratch_holds(scratch_path(s, "resultat/avhandling.doc"), "år av arbete"));
    assert_int_equal(scratch_names(s->folder, NULL), 1);
}

static void
files_and_links_are_never_replaced(void **state)
{
    struct scratch *s = *state;
    char path[512], link[512];

    (void)strcpy(path, scratch_path(s, "fil"));
    assert_true(scratch_write(path, "min"));
    assert_int_equal(make(&efti_malloc, path, "x", true, NULL), EFT_E_CONFLICT);
    assert_true(scratch_holds(path, "min"));
    (void)strcpy(path, scratch_path(s, "resultat"));
    (void)strcpy(link, scratch_path(s, "länk"));
    assert_int_equal(make(&efti_malloc, path, "gammalt", false, NULL), EFT_OK);
    assert_int_equal(symlink(path, link), 0);
    assert_int_equal(make(&efti_malloc, link, "x", true, NULL), EFT_E_CONFLICT);
    assert_true(is_whole(path, "gammalt"));
    assert_int_equal(scratch_names(s->folder, NULL), 3);
}

static void
links_in_an_earlier_folder_are_removed_not_followed(void **state)
{
    struct scratch *s = *state;
    char path[512], other[512];

    (void)strcpy(path, scratch_path(s, "resultat"));
    (void)strcpy(other, scratch_path(s, "annat"));
    assert_int_equal(make(&efti_malloc, path, "gammalt", false, NULL), EFT_OK);
    assert_int_equal(mkdir(other, 0700), 0);
    assert_true(scratch_write(scratch_path(s, "annat/min"), "min"));
    assert_int_equal(symlink(other, scratch_path(s, "resultat/länk")), 0);
    /* What a user put there goes with it, however deep. */
    assert_int_equal(mkdir(scratch_path(s, "resultat/a"), 0700), 0);
    assert_int_equal(mkdir(scratch_path(s, "resultat/a/b"), 0700), 0);
    assert_int_equal(mkdir(scratch_path(s, "resultat/a/b/c"), 0700), 0);
    assert_int_equal(make(&efti_malloc, path, "nytt", true, NULL), EFT_OK);
    assert_true(scratch_holds(scratch_path(s, "annat/min"), "min"));
    assert_true(is_whole(path, "nytt"));
    assert_int_equal(scratch_names(s->folder, NULL), 2);
}

static void
what_came_to_be_meanwhile_is_kept(void **state)
{
    struct scratch *s = *state;
    char path[512];
    struct efti_output *o;
    eft_error err;

    (void)strcpy(path, scratch_path(s, "resultat"));
    for (int force = 0; force < 2; force++) {
        assert_int_equal(efti_output_open(&efti_malloc, path, force == 1, &o, NULL),
                         EFT_OK);
        assert_int_equal(fill(o, "x"), EFT_OK);
        assert_int_equal(mkdir(path, 0700), 0);
        assert_true(scratch_write(scratch_path(s, "resultat/min"), "min"));
        assert_int_equal(efti_output_finish(o, &err), EFT_E_CONFLICT);
        efti_output_close(o);
        assert_true(scratch_holds(scratch_path(s, "resultat/min"), "min"));
        assert_int_equal(scratch_names(s->folder, NULL), 1);
        scratch_remove(path);
    }
    /* An earlier folder that somebody makes another's before we are done. */
    assert_int_equal(make(&efti_malloc, path, "gammalt", false, NULL), EFT_OK);
    assert_int_equal(efti_output_open(&efti_malloc, path, true, &o, NULL), EFT_OK);
    assert_int_equal(remove(scratch_path(s, "resultat/manifest.json")), 0);
    assert_int_equal(efti_output_finish(o, &err), EFT_E_CONFLICT);
    efti_output_close(o);
    assert_true(scratch_holds(scratch_path(s, "resultat/working"), "gammalt"));
    /* One that is taken away: then there is nothing to replace. */
    scratch_remove(path);
    assert_int_equal(make(&efti_malloc, path, "gammalt", false, NULL), EFT_OK);
    assert_int_equal(efti_output_open(&efti_malloc, path, true, &o, NULL), EFT_OK);
    assert_int_equal(fill(o, "nytt"), EFT_OK);
    scratch_remove(path);
    assert_int_equal(efti_output_finish(o, NULL), EFT_OK);
    efti_output_close(o);
    assert_true(is_whole(path, "nytt"));
}

/* ------------------------------------------------------------------- names */

static void
a_missing_parent_is_told_without_its_name(void **state)
{
    struct scratch *s = *state;
    eft_error err;

    assert_int_equal(make(&efti_malloc, scratch_path(s, "hemlig/r"), "x", false, &err),
                     EFT_E_IO);
    assert_non_null(strstr(err.message, "the folder it should lie in is not there"));
    assert_null(strstr(err.message, "hemlig"));
    assert_true(scratch_write(scratch_path(s, "fil"), ""));
    assert_int_equal(make(&efti_malloc, scratch_path(s, "fil/r"), "x", false, &err),
                     EFT_E_IO);
    assert_non_null(strstr(err.message, "is not there"));
}

static void
slashes_at_the_end_do_not_matter(void **state)
{
    struct scratch *s = *state;

    assert_int_equal(make(&efti_malloc, scratch_path(s, "resultat//"), "x", false, NULL),
                     EFT_OK);
    assert_true(is_whole(scratch_path(s, "resultat"), "x"));
}

static void
a_name_without_a_folder_lies_in_the_current_one(void **state)
{
    struct scratch *s = *state;
    char before[512];

    assert_non_null(getcwd(before, sizeof(before)));
    assert_int_equal(chdir(s->folder), 0);
    eft_status st = make(&efti_malloc, "resultat", "x", false, NULL);
    assert_int_equal(chdir(before), 0);
    assert_int_equal(st, EFT_OK);
    assert_true(is_whole(scratch_path(s, "resultat"), "x"));
    assert_int_equal(scratch_names(s->folder, NULL), 1);
}

static void
names_that_cannot_be_are_refused(void **state)
{
    static const char *const names[] = {"", ".", "..", "/", "///", "/tmp/.", "/tmp/.."};
    char path[5000];

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(names); i++) {
        assert_int_equal(make(&efti_malloc, names[i], "x", true, NULL), EFT_E_RANGE);
        assert_int_equal(make(&efti_malloc, names[i], "x", false, NULL), EFT_E_RANGE);
    }
    memset(path, 'a', sizeof(path) - 1);
    path[sizeof(path) - 1] = '\0';
    assert_int_equal(make(&efti_malloc, path, "x", false, NULL), EFT_E_RANGE);
}

static void
two_files_of_one_name_are_a_bug(void **state)
{
    struct scratch *s = *state;
    struct efti_output *o;

    assert_int_equal(
        efti_output_open(&efti_malloc, scratch_path(s, "r"), false, &o, NULL), EFT_OK);
    assert_int_equal(efti_output_put(o, "a", "ett", 3, false, NULL), EFT_OK);
    assert_int_equal(efti_output_put(o, "a", "två", 4, false, NULL), EFT_E_INTERNAL);
    assert_true(scratch_holds(efti_output_path(o, "a"), "ett"));
    efti_output_close(o);
}

static void
a_path_inside_that_is_too_long_makes_no_file(void **state)
{
    struct scratch *s = *state;
    struct efti_output *o;
    char name[5000];

    memset(name, 'a', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    assert_int_equal(
        efti_output_open(&efti_malloc, scratch_path(s, "r"), false, &o, NULL), EFT_OK);
    assert_int_equal(efti_output_put(o, name, "x", 1, false, NULL), EFT_E_IO);
    assert_int_equal(efti_output_put(o, name, "x", 1, true, NULL), EFT_E_IO);
    assert_int_equal(efti_output_sub(o, name, NULL), EFT_E_IO);
    efti_output_close(o);
    assert_int_equal(scratch_names(s->folder, NULL), 0);
}

static void
every_refused_allocation_leaves_nothing(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "resultat");

    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        eft_status st = make(&mem, path, "x", false, NULL);

        if (failing_got_through(&f, st))
            break;
        assert_int_equal(scratch_names(s->folder, NULL), 0);
    }
}

/* ------------------------------------------------- what the kernel may refuse */

static int
opening_is_refused(struct scratch *s, eft_status expected, const char *hint)
{
    eft_error err;

    if (make(&efti_malloc, scratch_path(s, "resultat"), "nytt", true, &err) != expected)
        return 1;
    return hint == NULL || strstr(err.message, hint) != NULL ? 0 : 2;
}

static int
without_rights(void *arg)
{
    static const long calls[] = {
#ifdef __NR_mkdir
        __NR_mkdir,
#endif
        __NR_mkdirat,
    };

    return refuse_calls(calls, EFTI_COUNT(calls), EACCES)
               ? opening_is_refused(arg, EFT_E_IO, "you may not write there")
               : CHILD_SKIPS;
}

static int
with_a_full_disk(void *arg)
{
    static const long calls[] = {__NR_write};
    struct efti_output *o;
    eft_error err;

    if (!refuse_calls(calls, 1, ENOSPC))
        return CHILD_SKIPS;
    if (efti_output_open(&efti_malloc, scratch_path(arg, "resultat"), true, &o, NULL) !=
        EFT_OK)
        return 1;
    eft_status st = efti_output_put(o, "a", "x", 1, false, &err);
    efti_output_close(o);
    return st == EFT_E_IO && strstr(err.message, "the disk is full") != NULL ? 0 : 2;
}

static int
without_durability(void *arg)
{
    static const long calls[] = {__NR_fsync};

    return refuse_calls(calls, 1, EIO) ? opening_is_refused(arg, EFT_E_IO, NULL)
                                       : CHILD_SKIPS;
}

static int
without_any_rename(void *arg)
{
    static const long calls[] = {
#ifdef __NR_rename
        __NR_rename,
#endif
#ifdef __NR_renameat
        __NR_renameat,
#endif
        __NR_renameat2,
    };

    return refuse_calls(calls, EFTI_COUNT(calls), EBUSY)
               ? opening_is_refused(arg, EFT_E_IO, "could not be written")
               : CHILD_SKIPS;
}

/* Old file systems know neither "unless it is there" nor exchange. */
static int
without_rename_flags(void *arg)
{
    static const long calls[] = {__NR_renameat2};

    if (!refuse_calls(calls, 1, EINVAL))
        return CHILD_SKIPS;
    return make(&efti_malloc, scratch_path(arg, "resultat"), "nytt", true, NULL) == EFT_OK
               ? 0
               : 1;
}

static int
meanwhile_without_rename_flags(void *arg)
{
    static const long calls[] = {__NR_renameat2};
    struct efti_output *o;

    if (!refuse_calls(calls, 1, EINVAL))
        return CHILD_SKIPS;
    if (efti_output_open(&efti_malloc, scratch_path(arg, "två"), false, &o, NULL) !=
        EFT_OK)
        return 1;
    if (mkdir(scratch_path(arg, "två"), 0700) != 0)
        return 2;
    eft_status st = efti_output_finish(o, NULL);
    efti_output_close(o);
    return st == EFT_E_CONFLICT && rmdir(scratch_path(arg, "två")) == 0 ? 0 : 3;
}

static void
run_refused(struct scratch *s, int (*work)(void *))
{
    int code = in_child(work, s);

    if (code == CHILD_SKIPS)
        skip();
    assert_int_equal(code, 0);
    assert_int_equal(scratch_names(s->folder, NULL), 1);
}

static void
whatever_the_kernel_refuses_the_earlier_folder_stays(void **state)
{
    static int (*const refusals[])(void *) = {without_rights, with_a_full_disk,
                                              without_durability, without_any_rename};
    struct scratch *s = *state;

    assert_int_equal(
        make(&efti_malloc, scratch_path(s, "resultat"), "gammalt", false, NULL), EFT_OK);
    for (size_t i = 0; i < EFTI_COUNT(refusals); i++) {
        run_refused(s, refusals[i]);
        assert_true(is_whole(scratch_path(s, "resultat"), "gammalt"));
    }
}

static void
file_systems_without_rename_flags_will_do(void **state)
{
    struct scratch *s = *state;

    run_refused(s, without_rename_flags); /* a new folder */
    assert_true(is_whole(scratch_path(s, "resultat"), "nytt"));
    scratch_remove(scratch_path(s, "resultat"));
    assert_int_equal(
        make(&efti_malloc, scratch_path(s, "resultat"), "gammalt", false, NULL), EFT_OK);
    run_refused(s, without_rename_flags); /* in place of an earlier one */
    assert_true(is_whole(scratch_path(s, "resultat"), "nytt"));
    run_refused(s, meanwhile_without_rename_flags);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_finished_folder_is_whole),
        TEST(an_unfinished_folder_is_hidden_and_closed_to_others),
        TEST(modes_follow_the_umask_but_sensitive_files_stay_private),
        TEST(a_folder_without_subfolders_opens_up_too),
        TEST(an_earlier_folder_stays_without_force),
        TEST(force_keeps_the_earlier_folder_until_the_end),
        TEST(force_given_up_leaves_the_earlier_folder),
        TEST(an_empty_folder_is_replaced_with_force_only),
        TEST(force_makes_a_new_folder_too),
        TEST(foreign_folders_are_never_replaced),
        TEST(files_and_links_are_never_replaced),
        TEST(links_in_an_earlier_folder_are_removed_not_followed),
        TEST(what_came_to_be_meanwhile_is_kept),
        TEST(a_missing_parent_is_told_without_its_name),
        TEST(slashes_at_the_end_do_not_matter),
        TEST(a_name_without_a_folder_lies_in_the_current_one),
        TEST(names_that_cannot_be_are_refused),
        TEST(two_files_of_one_name_are_a_bug),
        TEST(a_path_inside_that_is_too_long_makes_no_file),
        TEST(every_refused_allocation_leaves_nothing),
        TEST(whatever_the_kernel_refuses_the_earlier_folder_stays),
        TEST(file_systems_without_rename_flags_will_do),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
