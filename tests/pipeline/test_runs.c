/*
 * test_runs.c - whole inputs through eft_run_lines and eft_run_tally
 *
 * What callbacks answer, and that threads change nothing: 3000 records in a file, with
 * sinks that stop or fail, progress that stops, and a context that is cancelled.
 */
#include <eftertanke.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define RECORDS 3000
#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

static const char *dictionary;
static char path[] = "/tmp/eftertanke-test-XXXXXX";
static const char *const paths[] = {path};
static const uint32_t thread_counts[] = {1, 2, 17};

static int
set_up(void **state)
{
    int fd = mkstemp(path);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");

    (void)state;
    if (f == NULL)
        return 1;
    fprintf(f, "id,skribent,text\n");
    for (int i = 0; i < RECORDS; i++)
        fprintf(f, "r%d,w%d,Vi hann inte med m\xC3\xB6te %d men samtalet gick bra.%s\n",
                i, i % 9, i, i % 1000 == 7 ? ",damaged" : "");
    return fclose(f);
}

static int
tear_down(void **state)
{
    (void)state;
    return unlink(path);
}

struct call {
    char *bytes;
    size_t size, lines;
    size_t stop_after; /* lines; 0: never */
    eft_status answer; /* then */
    bool out_of_order;
    uint64_t asked, stop_at; /* progress */
    eft_status progress_answer;
};

static eft_status
keep(void *user, const void *bytes, size_t size)
{
    struct call *c = user;

    c->bytes = realloc(c->bytes, c->size + size);
    memcpy(c->bytes + c->size, bytes, size);
    c->size += size;
    for (size_t i = 0; i < size; i++)
        c->lines += ((const char *)bytes)[i] == '\n';
    return c->stop_after != 0 && c->lines >= c->stop_after ? c->answer : EFT_OK;
}

static eft_status
progress(void *user, uint64_t done)
{
    struct call *c = user;

    c->asked = done;
    return c->stop_at != 0 && done >= c->stop_at ? c->progress_answer : EFT_OK;
}

static eft_status
run_lines(eft_context *ctx, struct call *c, struct call *aside, uint32_t threads,
          uint32_t batch, bool with_progress, eft_run_counts *counts, eft_error *err)
{
    eft_plan_options p = {
        .struct_size = sizeof(p),
        .flags = dictionary == NULL ? (uint32_t)EFT_PLAN_NO_DICTIONARY : 0,
        .dictionary = dictionary,
    };
    eft_input_options in = {
        .struct_size = sizeof(in),
        .paths = paths,
        .path_count = 1,
        .threads = threads,
        .batch = batch,
        .progress = with_progress ? progress : NULL,
        .progress_user = c,
    };
    return eft_run_lines(ctx, &p, &in, EFT_LINES_SPANS, keep, c, keep, aside, counts,
                         err);
}

static eft_context *
new_context(void)
{
    eft_context *ctx = NULL;

    assert_int_equal(eft_context_new(NULL, &ctx, NULL), EFT_OK);
    return ctx;
}

static void
lines_come_in_input_order_for_any_threads(void **state)
{
    eft_context *ctx = new_context();
    struct call want = {0};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(thread_counts); i++) {
        struct call c = {0}, aside = {0};
        eft_run_counts counts;
        assert_int_equal(run_lines(ctx, &c, &aside, thread_counts[i], 1 + 5 * (uint32_t)i,
                                   true, &counts, NULL),
                         EFT_OK);
        assert_int_equal(c.lines, RECORDS - 3);
        assert_int_equal(aside.lines, 3);
        assert_int_equal(counts.set_aside, 3);
        assert_int_equal(counts.read, RECORDS - 3);
        assert_true(c.asked >= 2048);
        if (i == 0) {
            want = c;
        } else {
            assert_int_equal(c.size, want.size);
            assert_memory_equal(c.bytes, want.bytes, want.size);
            free(c.bytes);
        }
        free(aside.bytes);
    }
    free(want.bytes);
    eft_context_free(ctx);
}

static void
a_sink_that_has_seen_enough_ends_the_run_well(void **state)
{
    eft_context *ctx = new_context();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(thread_counts); i++) {
        struct call c = {.stop_after = 10, .answer = EFT_STOP}, aside = {0};
        eft_run_counts counts;
        assert_int_equal(
            run_lines(ctx, &c, &aside, thread_counts[i], 5, false, &counts, NULL),
            EFT_OK);
        assert_int_equal(c.lines, 10);
        free(c.bytes);
        free(aside.bytes);
    }
    eft_context_free(ctx);
}

static void
any_other_status_of_a_sink_comes_back_as_it_is(void **state)
{
    static const eft_status statuses[] = {EFT_E_IO, EFT_E_CANCELLED, (eft_status)77};
    eft_context *ctx = new_context();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(thread_counts); i++) {
        for (size_t k = 0; k < COUNT_OF(statuses); k++) {
            struct call c = {.stop_after = 10, .answer = statuses[k]}, aside = {0};
            eft_run_counts counts = {.read = 5};
            eft_error err = {0};
            assert_int_equal(
                run_lines(ctx, &c, &aside, thread_counts[i], 5, false, &counts, &err),
                statuses[k]);
            assert_int_equal(c.lines, 10);
            assert_int_equal(err.status, statuses[k]);
            free(c.bytes);
            free(aside.bytes);
        }
        struct call c = {0},
                    aside = {.stop_after = 2, .answer = EFT_E_IO}; /* of set-aside */
        eft_run_counts counts;
        assert_int_equal(
            run_lines(ctx, &c, &aside, thread_counts[i], 5, false, &counts, NULL),
            EFT_E_IO);
        free(c.bytes);
        free(aside.bytes);
    }
    eft_context_free(ctx);
}

static void
progress_can_cancel_or_stop(void **state)
{
    eft_context *ctx = new_context();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(thread_counts); i++) {
        struct call c = {.stop_at = 2048, .progress_answer = EFT_E_CANCELLED},
                    aside = {0};
        eft_run_counts counts;
        eft_error err = {0};
        assert_int_equal(
            run_lines(ctx, &c, &aside, thread_counts[i], 5, true, &counts, &err),
            EFT_E_CANCELLED);
        assert_int_equal(c.asked, 2048);
        assert_int_equal(err.status, EFT_E_CANCELLED);
        free(c.bytes);
        free(aside.bytes);
        struct call s = {.stop_at = 2048, .progress_answer = EFT_STOP};
        aside = (struct call){0};
        assert_int_equal(
            run_lines(ctx, &s, &aside, thread_counts[i], 5, true, &counts, NULL), EFT_OK);
        assert_int_equal(s.lines, 2048); /* all that was read by then */
        free(s.bytes);
        free(aside.bytes);
    }
    eft_context_free(ctx);
}

static eft_status
cancel(void *user)
{
    int *left = user;

    return --*left < 0 ? EFT_E_CANCELLED : EFT_OK;
}

static void
the_context_can_be_cancelled_without_progress(void **state)
{
    eft_context *ctx = new_context();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(thread_counts); i++) {
        struct call c = {0}, aside = {0};
        eft_run_counts counts;
        int left = 1;
        eft_context_on_cancel(ctx, cancel, &left);
        assert_int_equal(
            run_lines(ctx, &c, &aside, thread_counts[i], 5, false, &counts, NULL),
            EFT_E_CANCELLED);
        assert_true(left < 0);
        eft_context_on_cancel(ctx, NULL, NULL);
        free(c.bytes);
        free(aside.bytes);
    }
    eft_context_free(ctx);
}

static void
states_are_the_same_for_any_threads(void **state)
{
    eft_context *ctx = new_context();
    struct call want = {0};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(thread_counts); i++) {
        eft_plan_options p = {
            .struct_size = sizeof(p),
            .flags = EFT_PLAN_SPOOL |
                     (dictionary == NULL ? (uint32_t)EFT_PLAN_NO_DICTIONARY : 0),
            .dictionary = dictionary,
        };
        eft_input_options in = {.struct_size = sizeof(in),
                                .paths = paths,
                                .path_count = 1,
                                .threads = thread_counts[i],
                                .batch = 7};
        eft_run_counts counts;
        eft_tally *t = NULL;
        struct call s = {0};
        assert_int_equal(eft_run_tally(ctx, &p, &in, &t, NULL, NULL, &counts, NULL),
                         EFT_OK);
        assert_int_equal(eft_tally_count(t), RECORDS - 3);
        assert_int_equal(eft_tally_write(t, keep, &s, NULL), EFT_OK);
        eft_tally_free(t);
        if (i == 0) {
            want = s;
            continue;
        }
        assert_int_equal(s.size, want.size);
        assert_memory_equal(s.bytes, want.bytes, want.size);
        free(s.bytes);
    }
    free(want.bytes);
    eft_context_free(ctx);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_in_input_order_for_any_threads),
        cmocka_unit_test(a_sink_that_has_seen_enough_ends_the_run_well),
        cmocka_unit_test(any_other_status_of_a_sink_comes_back_as_it_is),
        cmocka_unit_test(progress_can_cancel_or_stop),
        cmocka_unit_test(the_context_can_be_cancelled_without_progress),
        cmocka_unit_test(states_are_the_same_for_any_threads),
    };
    if (argc > 1 && argv[1][0] != '\0' && access(argv[1], R_OK) == 0)
        dictionary = argv[1];
    return cmocka_run_group_tests_name("runs", tests, set_up, tear_down);
}
