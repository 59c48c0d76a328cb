/*
 * test_release_log.c - a release is logged whole, in private, or not at all
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "corpus.h"
#include "support/failing.h"

struct logged {
    char folder[64], path[128];
    struct efti_tally *tally;
    struct eft_results *results;
    char text[1 << 16]; /* content of the log after read_log() */
    size_t size;
};

static int
open_world(void **state)
{
    static struct logged x;
    static struct said s[40];

    for (uint32_t i = 0; i < 30; i++)
        s[i] = (struct said){.writer = i % 15, .themes = i % 15 < 8, .terms = i % 15 < 6};
    (void)snprintf(x.folder, sizeof(x.folder), "/tmp/eftertanke-log-XXXXXX");
    if (mkdtemp(x.folder) == NULL)
        return -1;
    (void)snprintf(x.path, sizeof(x.path), "%s/releases.jsonl", x.folder);
    x.tally = corpus_tally(s, 30);
    x.results = corpus_release(efti_tally_frozen(x.tally), 5);
    memcpy(x.results->fingerprint, "abc123", 7);
    *state = &x;
    return 0;
}

static int
close_world(void **state)
{
    struct logged *x = *state;

    (void)unlink(x->path);
    eft_results_free(x->results);
    efti_tally_free(x->tally);
    return rmdir(x->folder);
}

static eft_status
append(struct logged *x, const eft_allocator *mem, uint64_t *number)
{
    return efti_release_log_append(mem, x->path, efti_tally_frozen(x->tally), x->results,
                                   number, NULL);
}

static void
read_log(struct logged *x)
{
    int fd = open(x->path, O_RDONLY | O_CLOEXEC);

    assert_true(fd >= 0);
    ssize_t n = read(fd, x->text, sizeof(x->text) - 1);
    assert_true(n >= 0);
    x->size = (size_t)n;
    x->text[n] = '\0';
    (void)close(fd);
}

static mode_t
mode_of(const char *path)
{
    struct stat st;

    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 0777;
}

static void
a_line_has_what_differencing_needs_and_nobody_else_may_read_it(void **state)
{
    struct logged *x = *state;
    uint64_t number = 9;

    assert_int_equal(append(x, &efti_malloc, &number), EFT_OK);
    assert_int_equal(number, 1);
    read_log(x);
    assert_int_equal(mode_of(x->path), 0600);
    assert_ptr_equal(strchr(x->text, '\n'), x->text + x->size - 1);
    assert_non_null(strstr(x->text, "\",\"fingerprint\":\"abc123\",\"k\":5,"
                                    "\"audience\":\"internal\",\"writer_column\":true,"
                                    "\"settings\":\"lexicon test 1\\n\","));
    assert_non_null(strstr(x->text, "\"records\":30,\"keys\":[\""));
    assert_non_null(strstr(x->text, "[\"overview\",[\"all\",\"\"],30,15]"));
    assert_non_null(strstr(x->text, "[\"themes\",[\"th0\",\"any\"],16,8]"));
    assert_non_null(strstr(x->text, "[\"terms\",[\"ord0\"],12,6]"));
    assert_null(strstr(x->text, "th1")); /* hidden cells are not in it */
    size_t keys = 0;
    for (const char *p = strstr(x->text, "\"keys\":["); *p != ']'; p++)
        keys += *p == '"';
    assert_int_equal(keys, 2 * 30 + 2);
}

static void
each_release_gets_the_next_number(void **state)
{
    struct logged *x = *state;
    uint64_t number;

    assert_int_equal(append(x, &efti_malloc, &number), EFT_OK);
    assert_int_equal(number, 2);
    read_log(x);
    assert_non_null(strstr(x->text, "\n{\"release\":2,"));
}

static void
what_a_killed_writer_left_is_no_release(void **state)
{
    struct logged *x = *state;
    uint64_t number;

    read_log(x);
    size_t whole = x->size;
    int fd = open(x->path, O_WRONLY | O_APPEND | O_CLOEXEC);
    assert_int_equal(write(fd, "{\"release\":3,\"finge", 19), 19);
    (void)close(fd);
    assert_int_equal(append(x, &efti_malloc, &number), EFT_OK);
    assert_int_equal(number, 3);
    read_log(x);
    assert_int_equal(x->size / 3, whole / 2);
    assert_null(strstr(x->text, "finge{"));
}

static void
no_refused_allocation_touches_the_log(void **state)
{
    struct logged *x = *state;
    struct failing f;
    uint64_t number;

    read_log(x);
    size_t before = x->size;
    for (uint64_t at = 1;; at++) {
        eft_allocator mem = failing_at(&f, at);
        eft_status st = append(x, &mem, &number);
        if (failing_got_through(&f, st))
            break;
        assert_int_equal(number, 0);
        read_log(x);
        assert_int_equal(x->size, before);
    }
}

/* In a process of its own: a limit on the size of files stands for a full disk. */
static void
a_write_that_fails_leaves_the_log_as_it_was(void **state)
{
    struct logged *x = *state;
    int result = -1;

    read_log(x);
    size_t before = x->size;
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {before + 100, before + 100};
        uint64_t number;
        (void)signal(SIGXFSZ, SIG_IGN);
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
            _exit(2);
        _exit(append(x, &efti_malloc, &number) == EFT_E_IO && number == 0 ? 0 : 1);
    }
    assert_true(child > 0 && waitpid(child, &result, 0) == child);
    assert_true(WIFEXITED(result) && WEXITSTATUS(result) == 0);
    read_log(x);
    assert_int_equal(x->size, before);
}

static void
a_log_that_cannot_be_opened_is_an_error(void **state)
{
    struct logged *x = *state;
    uint64_t number;
    eft_error err;
    char nowhere[96];

    (void)snprintf(nowhere, sizeof(nowhere), "%s/missing/log", x->folder);
    assert_int_equal(efti_release_log_append(&efti_malloc, nowhere,
                                             efti_tally_frozen(x->tally), x->results,
                                             &number, &err),
                     EFT_E_IO);
    assert_non_null(strstr(err.message, "the folder it should lie in is not there"));
    assert_int_equal(efti_release_log_append(&efti_malloc, x->folder,
                                             efti_tally_frozen(x->tally), x->results,
                                             &number, &err),
                     EFT_E_IO);
    assert_null(strstr(err.message, x->folder));
    assert_int_equal(efti_release_log_append(&efti_malloc, "",
                                             efti_tally_frozen(x->tally), x->results,
                                             &number, NULL),
                     EFT_E_IO);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_has_what_differencing_needs_and_nobody_else_may_read_it),
        cmocka_unit_test(each_release_gets_the_next_number),
        cmocka_unit_test(what_a_killed_writer_left_is_no_release),
        cmocka_unit_test(no_refused_allocation_touches_the_log),
        cmocka_unit_test(a_write_that_fails_leaves_the_log_as_it_was),
        cmocka_unit_test(a_log_that_cannot_be_opened_is_an_error),
    };

    return cmocka_run_group_tests(tests, open_world, close_world);
}
