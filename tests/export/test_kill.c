/*
 * test_kill.c - kill -9 at any moment
 *
 * A child writes results, and is killed at its first system call, in another run at its
 * second, and so on until it gets through. Before and after each call counts as a moment,
 * and between two calls nothing on disk changes: so this is every moment there is. After
 * each death what is under the final name must be whole.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "export/export.h"
#include "store/store.h"
#include "support/scratch.h"

#define MANIFEST "{\n  \"format\": \"eftertanke-results-1\"\n}\n"

static struct scratch scratch;
static struct eft_results *results; /* made before the fork: no calls of its own */
static char final_path[256];

static int
setup(void **state)
{
    struct eft_table *themes;

    (void)state;
    /* One small table: each page more is a call more, and every call costs a run. */
    if (efti_results_new(&efti_malloc, &results, NULL) != EFT_OK ||
        efti_results_add(results, EFTI_TABLE_THEMES, NULL, &themes, NULL) != EFT_OK ||
        !scratch_open(&scratch))
        return -1;
    results->k = 5;
    (void)snprintf(final_path, sizeof(final_path), "%s/resultat", scratch.folder);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    eft_results_free(results);
    scratch_close(&scratch);
    return 0;
}

/* ------------------------------------------------------------------- dying */

enum outcome { KILLED, GOT_THROUGH, NO_TRACING, WENT_WRONG };

static void
be_traced(int (*work)(void))
{
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
        _exit(77);
    (void)raise(SIGSTOP);
    _exit(work());
}

/* Run `work` in a child up to stop number `n` (two for each call: before and after). */
static enum outcome
killed_at(int (*work)(void), unsigned n)
{
    int status;
    pid_t child = fork();

    if (child == 0)
        be_traced(work);
    if (child < 0 || waitpid(child, &status, 0) != child)
        return WENT_WRONG;
    if (WIFEXITED(status))
        return WEXITSTATUS(status) == 77 ? NO_TRACING : WENT_WRONG;
    for (unsigned i = 0; i < n; i++) {
        if (ptrace(PTRACE_SYSCALL, child, NULL, NULL) != 0 ||
            waitpid(child, &status, 0) != child)
            return WENT_WRONG;
        if (WIFEXITED(status))
            return WEXITSTATUS(status) == 0 ? GOT_THROUGH : WENT_WRONG;
    }
    if (kill(child, SIGKILL) != 0 || waitpid(child, &status, 0) != child)
        return WENT_WRONG;
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL ? KILLED : WENT_WRONG;
}

/* Nothing but the final name and hidden leftovers may lie there; these are swept away. */
static bool
sweep(void)
{
    DIR *d = opendir(scratch.folder);
    bool clean = d != NULL;

    for (const struct dirent *e; d != NULL && (e = readdir(d)) != NULL;) {
        if (strncmp(e->d_name, ".eftertanke-", 12) == 0)
            scratch_remove(scratch_path(&scratch, e->d_name));
        else if (strcmp(e->d_name, "resultat") != 0 && strcmp(e->d_name, ".") != 0 &&
                 strcmp(e->d_name, "..") != 0)
            clean = false;
    }
    if (d != NULL)
        (void)closedir(d);
    return clean;
}

/* Kill at every moment; `fresh` sets the scene, `check` looks at what is left. */
static void
kill_at_every_moment(bool (*fresh)(void), int (*work)(void), bool (*check)(void))
{
    for (unsigned n = 1;; n++) {
        assert_true(fresh());
        enum outcome outcome = killed_at(work, n);
        if (outcome == NO_TRACING)
            skip();
        assert_int_not_equal(outcome, WENT_WRONG);
        assert_true(check());
        assert_true(sweep());
        if (outcome == GOT_THROUGH) {
            assert_true(n > 10); /* or it was not the work that was traced */
            break;
        }
    }
}

/* ------------------------------------------------------------------ folders */

static eft_status
write_folder(const char *text, bool force)
{
    struct efti_output *o;
    eft_status st = efti_output_open(&efti_malloc, final_path, force, &o, NULL);

    if (st == EFT_OK)
        st = efti_store_write(&efti_malloc, efti_output_path(o, "results.sqlite"),
                              results, NULL);
    if (st == EFT_OK)
        st = efti_output_sub(o, "tables", NULL);
    if (st == EFT_OK)
        st = efti_output_put(o, "tables/a.csv", text, strlen(text), false, NULL);
    if (st == EFT_OK)
        st = efti_output_put(o, "manifest.json", MANIFEST, strlen(MANIFEST), false, NULL);
    if (st == EFT_OK)
        st = efti_output_finish(o, NULL);
    efti_output_close(o);
    return st;
}

static int
write_new(void)
{
    return write_folder("nytt", false) == EFT_OK ? 0 : 1;
}

static int
write_over(void)
{
    return write_folder("nytt", true) == EFT_OK ? 0 : 1;
}

static bool
folder_is_whole(const char *text)
{
    struct stat st;

    return scratch_holds(scratch_path(&scratch, "resultat/tables/a.csv"), text) &&
           scratch_holds(scratch_path(&scratch, "resultat/manifest.json"), MANIFEST) &&
           lstat(scratch_path(&scratch, "resultat/results.sqlite"), &st) == 0 &&
           st.st_size % 4096 == 0 && st.st_size > 0 &&
           scratch_names(final_path, NULL) == 3;
}

static bool
nothing_there(void)
{
    scratch_remove(final_path);
    return true;
}

static bool
earlier_there(void)
{
    scratch_remove(final_path);
    return write_folder("gammalt", false) == EFT_OK && folder_is_whole("gammalt");
}

static bool
nothing_or_whole(void)
{
    return scratch_mode(final_path) == -1 || folder_is_whole("nytt");
}

static bool
earlier_or_whole(void)
{
    return folder_is_whole("gammalt") || folder_is_whole("nytt");
}

static void
a_new_folder_is_whole_or_not_there(void **state)
{
    (void)state;
    kill_at_every_moment(nothing_there, write_new, nothing_or_whole);
    assert_true(folder_is_whole("nytt"));
}

static void
a_replaced_folder_is_the_earlier_or_the_new_one(void **state)
{
    (void)state;
    kill_at_every_moment(earlier_there, write_over, earlier_or_whole);
    assert_true(folder_is_whole("nytt"));
}

/* -------------------------------------------------------------------- files */

static int
write_file_over(void)
{
    return efti_file_put(&efti_malloc, final_path, "nytt", 4, true, NULL) == EFT_OK ? 0
                                                                                    : 1;
}

static bool
earlier_file_there(void)
{
    scratch_remove(final_path);
    return scratch_write(final_path, "gammalt");
}

static bool
earlier_or_new_file(void)
{
    return scratch_holds(final_path, "gammalt") || scratch_holds(final_path, "nytt");
}

static void
a_replaced_file_is_the_earlier_or_the_new_one(void **state)
{
    (void)state;
    kill_at_every_moment(earlier_file_there, write_file_over, earlier_or_new_file);
    assert_true(scratch_holds(final_path, "nytt"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_folder_is_whole_or_not_there),
        TEST(a_replaced_folder_is_the_earlier_or_the_new_one),
        TEST(a_replaced_file_is_the_earlier_or_the_new_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
