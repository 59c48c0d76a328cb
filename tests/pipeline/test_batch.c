/*
 * test_batch.c - the ring of batches, driven by a job that is made up
 *
 * Records are numbers. Work writes each number as a line and dawdles now and then, so
 * that later batches are often done before earlier ones; take writes down what it saw.
 */
#include "pipeline/batch.h"
#include "support/failing.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define RECORDS 1000
#define NEVER UINT64_MAX

struct job {
    uint64_t next; /* to be filled, from 1 */
    uint64_t fill_fails, work_fails, work_fails_too, take_ends;
    eft_status fill_status, work_status, take_status;
    uint64_t taken, batches; /* records, batches seen by take */
    bool out_of_order;
    uint32_t threads;
    pthread_t caller;
    bool wrong_thread;
};

static const uint32_t thread_counts[] = {0, 1, 2, 17};
static const uint32_t batch_sizes[] = {1, 3, 64};

static eft_status
job_fill(void *user, struct efti_batch *batch, eft_error *err)
{
    struct job *j = user;

    j->wrong_thread = j->wrong_thread || !pthread_equal(pthread_self(), j->caller);
    if (j->next == j->fill_fails)
        return efti_fail(err, j->fill_status, j->next, "fill");
    if (j->next > RECORDS)
        return EFT_END;
    if (!EFTI_PUSH(&efti_malloc, &batch->records))
        return EFT_E_NOMEM;
    struct efti_batch_record *r = &batch->records.items[batch->records.count - 1];
    memset(r, 0, sizeof(*r));
    r->number = j->next++;
    return EFT_OK;
}

static eft_status
job_work(void *user, uint32_t lane, struct efti_batch *batch, eft_error *err)
{
    struct job *j = user;

    if (lane >= (j->threads == 0 ? 1 : j->threads))
        return efti_fail(err, EFT_E_INTERNAL, lane, "a lane that is not there");
    for (size_t i = 0; i < batch->records.count; i++) {
        uint64_t n = batch->records.items[i].number;
        if (n % 97 == 3)
            (void)usleep(500); /* let the others overtake */
        if (n == j->work_fails || n == j->work_fails_too)
            return efti_fail(err, j->work_status, n, "work");
        efti_put_u64(&batch->out, n);
        efti_put_char(&batch->out, '\n');
    }
    return EFT_OK;
}

static eft_status
job_take(void *user, struct efti_batch *batch, eft_error *err)
{
    struct job *j = user;
    const char *at = batch->out.data, *end = at + batch->out.size;

    j->wrong_thread = j->wrong_thread || !pthread_equal(pthread_self(), j->caller);
    j->batches++;
    while (at < end) {
        char *rest;
        uint64_t n = strtoull(at, &rest, 10);
        j->out_of_order = j->out_of_order || n != j->taken + 1;
        j->taken = n;
        at = rest + 1;
        if (n == j->take_ends)
            return efti_fail(err, j->take_status, n, "take");
    }
    return EFT_OK;
}

static eft_status
run(struct job *j, uint32_t threads, uint32_t batch, eft_error *err)
{
    struct efti_batch_job job = {
        .user = j, .work = job_work, .take = job_take, .fill = job_fill};

    j->next = 1;
    j->taken = j->batches = 0;
    j->out_of_order = j->wrong_thread = false;
    j->threads = threads;
    j->caller = pthread_self();
    return efti_batches(&efti_malloc, &job, threads, batch, err);
}

static struct job
plain_job(void)
{
    return (struct job){.fill_fails = NEVER,
                        .work_fails = NEVER,
                        .work_fails_too = NEVER,
                        .take_ends = NEVER};
}

#define FOR_ALL(threads, size)                                                           \
    for (size_t t_ = 0; t_ < EFTI_COUNT(thread_counts); t_++)                            \
        for (size_t s_ = 0, threads = thread_counts[t_]; s_ < EFTI_COUNT(batch_sizes);   \
             s_++)                                                                       \
            for (uint32_t size = batch_sizes[s_], once_ = 1; once_ == 1; once_ = 0)

static void
every_record_is_taken_once_and_in_order(void **state)
{
    struct job j = plain_job();

    (void)state;
    FOR_ALL(threads, size)
    {
        eft_error err = {0};
        assert_int_equal(run(&j, (uint32_t)threads, size, &err), EFT_OK);
        assert_int_equal(j.taken, RECORDS);
        assert_false(j.out_of_order);
        assert_true(j.batches >= RECORDS / size);
    }
}

static void
filling_and_taking_stay_on_the_callers_thread(void **state)
{
    struct job j = plain_job();

    (void)state;
    FOR_ALL(threads, size)
    {
        assert_int_equal(run(&j, (uint32_t)threads, size, NULL), EFT_OK);
        assert_false(j.wrong_thread);
    }
}

static void
the_first_error_in_input_order_is_answered(void **state)
{
    struct job j = plain_job();

    (void)state;
    j.work_status = EFT_E_LIMIT;
    j.work_fails = 100; /* the batch of 100 dawdles: that of 110 fails earlier */
    j.work_fails_too = 110;
    FOR_ALL(threads, size)
    {
        eft_error err = {0};
        assert_int_equal(run(&j, (uint32_t)threads, size, &err), EFT_E_LIMIT);
        assert_int_equal(err.status, EFT_E_LIMIT);
        assert_int_equal(err.offset, 100);
        assert_int_equal(j.taken, (100 - 1) / size * size);
        assert_false(j.out_of_order);
    }
}

static void
an_error_of_the_reader_comes_after_what_was_read_before(void **state)
{
    struct job j = plain_job();

    (void)state;
    j.fill_fails = 301;
    j.fill_status = EFT_E_FORMAT;
    FOR_ALL(threads, size)
    {
        eft_error err = {0};
        assert_int_equal(run(&j, (uint32_t)threads, size, &err), EFT_E_FORMAT);
        assert_int_equal(err.offset, 301);
        assert_int_equal(j.taken, 300);
        assert_false(j.out_of_order);
    }
    j.work_fails = 290;
    j.work_status = EFT_E_LIMIT;
    FOR_ALL(threads, size)
    {
        eft_error err = {0};
        assert_int_equal(run(&j, (uint32_t)threads, size, &err), EFT_E_LIMIT);
        assert_int_equal(err.offset, 290);
    }
}

static void
a_status_of_take_ends_the_run_as_it_is(void **state)
{
    static const eft_status statuses[] = {EFT_STOP, EFT_E_IO, EFT_E_CANCELLED,
                                          (eft_status)77};
    struct job j = plain_job();

    (void)state;
    j.take_ends = 200;
    for (size_t i = 0; i < EFTI_COUNT(statuses); i++) {
        j.take_status = statuses[i];
        FOR_ALL(threads, size)
        {
            eft_error err = {0};
            assert_int_equal(run(&j, (uint32_t)threads, size, &err), statuses[i]);
            assert_int_equal(j.taken, 200);
            assert_false(j.out_of_order);
        }
    }
}

static void
an_empty_input_is_fine(void **state)
{
    struct job j = plain_job();

    (void)state;
    j.fill_fails = 1;
    j.fill_status = EFT_END;
    FOR_ALL(threads, size)
    {
        assert_int_equal(run(&j, (uint32_t)threads, size, NULL), EFT_OK);
        assert_int_equal(j.taken, 0);
    }
}

static void
too_many_threads_are_refused(void **state)
{
    struct job j = plain_job();

    (void)state;
    assert_int_equal(run(&j, 65, 1, NULL), EFT_E_RANGE);
    assert_int_equal(j.taken, 0);
}

static void
no_memory_for_the_ring_leaves_nothing_behind(void **state)
{
    struct job j = plain_job();
    struct efti_batch_job job = {
        .user = &j, .work = job_work, .take = job_take, .fill = job_fill};
    struct failing f;
    const eft_allocator mem = failing_at(&f, 1);

    (void)state;
    j.fill_fails = 1; /* no records: their arrays are taken from malloc by this job */
    j.fill_status = EFT_END;
    assert_int_equal(efti_batches(&mem, &job, 2, 3, NULL), EFT_E_NOMEM);
    assert_int_equal(f.held, 0);
}

/* ------------------------------------------------------------- two tasks */

struct half {
    bool fails, ran;
    pthread_t on;
};

static eft_status
run_half(void *user, eft_error *err)
{
    struct half *h = user;

    h->ran = true;
    h->on = pthread_self();
    return h->fails ? efti_fail(err, EFT_E_IO, 0, "half") : EFT_OK;
}

static void
the_second_task_has_a_thread_of_its_own_above_one(void **state)
{
    (void)state;
    for (uint32_t threads = 0; threads < 3; threads++) {
        struct half a = {0}, b = {0};
        struct efti_task first = {.run = run_half, .user = &a};
        struct efti_task second = {.run = run_half, .user = &b};
        assert_int_equal(efti_both(threads, &first, &second, NULL), EFT_OK);
        assert_true(a.ran && b.ran && pthread_equal(a.on, pthread_self()));
        assert_int_equal(pthread_equal(b.on, pthread_self()) == 0, threads > 1);
    }
}

static void
of_two_tasks_the_first_error_is_told(void **state)
{
    (void)state;
    for (uint32_t threads = 1; threads < 3; threads++) {
        for (int fails = 1; fails < 4; fails++) {
            struct half a = {.fails = (fails & 1) != 0}, b = {.fails = (fails & 2) != 0};
            struct efti_task first = {.run = run_half, .user = &a};
            struct efti_task second = {.run = run_half, .user = &b};
            eft_error err = {0};
            assert_int_equal(efti_both(threads, &first, &second, &err), EFT_E_IO);
            assert_string_equal(err.message, "half");
            assert_true(a.ran && b.ran == (threads > 1 || !a.fails));
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_record_is_taken_once_and_in_order),
        cmocka_unit_test(filling_and_taking_stay_on_the_callers_thread),
        cmocka_unit_test(the_first_error_in_input_order_is_answered),
        cmocka_unit_test(an_error_of_the_reader_comes_after_what_was_read_before),
        cmocka_unit_test(a_status_of_take_ends_the_run_as_it_is),
        cmocka_unit_test(an_empty_input_is_fine),
        cmocka_unit_test(too_many_threads_are_refused),
        cmocka_unit_test(no_memory_for_the_ring_leaves_nothing_behind),
        cmocka_unit_test(the_second_task_has_a_thread_of_its_own_above_one),
        cmocka_unit_test(of_two_tasks_the_first_error_is_told),
    };
    return cmocka_run_group_tests_name("batch", tests, NULL, NULL);
}
