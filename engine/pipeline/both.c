/*
 * both.c - two pieces of work that need nothing of each other, at once
 *
 * What comes after the lanes have joined (tables, fingerprint, files) is otherwise one
 * thread's work. Nothing of it is shared but what is frozen: the bytes are the same.
 */
#include "pipeline/batch.h"

#include <signal.h>

/* Signals that come from outside stay with the caller's threads: its handlers are not to
 * run on threads it does not know. */
bool
efti_thread_start(pthread_t *thread, void *(*run)(void *), void *user)
{
    static const int own[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGPROF};
    sigset_t outer, before;

    (void)sigfillset(&outer);
    for (size_t i = 0; i < EFTI_COUNT(own); i++)
        (void)sigdelset(&outer, own[i]);
    bool masked = pthread_sigmask(SIG_BLOCK, &outer, &before) == 0;
    bool started = pthread_create(thread, NULL, run, user) == 0;
    if (masked)
        (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

static void *
run_task(void *user)
{
    struct efti_task *task = user;

    task->status = task->run(task->user, &task->error);
    return NULL;
}

eft_status
efti_both(uint32_t threads, struct efti_task *first, struct efti_task *second,
          eft_error *err)
{
    pthread_t thread;

    if (threads < 2 || !efti_thread_start(&thread, run_task, second))
        return efti_in_turn(threads, first, second, err);
    (void)run_task(first);
    (void)pthread_join(thread, NULL);
    const struct efti_task *failed = first->status != EFT_OK ? first : second;
    if (failed->status != EFT_OK && err != NULL)
        *err = failed->error;
    return failed->status;
}
