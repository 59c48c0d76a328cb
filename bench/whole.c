/*
 * whole.c - everything to the working state, through the public API alone
 *
 * One text is one reflection with an id of its own; ten texts in a row share a writer.
 * They are fed in blocks, as columns.
 * Cold: word lists, lexicons and dictionary (the plan) are compiled inside the measured
 * time, and told apart as start-up. The state goes to a sink that counts its bytes.
 *
 * With two threads, each fills a tally of its own from one plan. They take blocks of
 * texts from a common counter, so that neither waits for the other at the end; which
 * thread took which block does not show in the state.
 */
#include "rows.h"

#include <eftertanke.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#define TEXTS_PER_WRITER 10
#define BLOCK_TEXTS 64 /* texts taken at a time: some 20 ms, far above one atomic add */
#define THREADS 2

struct whole {
    eft_context *context;
    eft_plan *plan;
    eft_tally *tallies[THREADS];
    const struct bench_texts *texts;
    atomic_size_t next; /* text that no thread has taken yet */
};

struct whole_thread {
    struct whole *whole;
    eft_tally *tally;
    bool done;
};

static eft_status
count_bytes(void *user, const void *bytes, size_t size)
{
    struct bench_result *out = user;

    (void)bytes;
    out->sum += size;
    return EFT_OK;
}

static bool
open_whole(struct whole *w, const struct bench_texts *texts, size_t threads)
{
    memset(w, 0, sizeof(*w));
    w->texts = texts;
    atomic_init(&w->next, 0);
    if (eft_context_new(NULL, &w->context, NULL) != EFT_OK ||
        eft_plan_new(w->context, NULL, &w->plan, NULL) != EFT_OK)
        return false;
    for (size_t i = 0; i < threads; i++)
        if (eft_tally_new(w->plan, &w->tallies[i], NULL) != EFT_OK)
            return false;
    return true;
}

/* Texts `from` and on, BLOCK_TEXTS at most; how many. */
static bool
add_block(eft_tally *tally, const struct bench_texts *texts, size_t from)
{
    static const size_t most = BLOCK_TEXTS;
    char ids[BLOCK_TEXTS][32], writers[BLOCK_TEXTS][32];
    eft_reflection block[BLOCK_TEXTS];
    size_t count = texts->count - from < most ? texts->count - from : most, added;

    for (size_t k = 0; k < count; k++) {
        const size_t i = from + k;
        int id = snprintf(ids[k], sizeof(ids[k]), "t%zu", i);
        int writer =
            snprintf(writers[k], sizeof(writers[k]), "w%zu", i / TEXTS_PER_WRITER);
        block[k] = (eft_reflection){
            .struct_size = sizeof(block[k]),
            .id = {ids[k], (size_t)id},
            .writer = {writers[k], (size_t)writer},
            .text = texts->items[i],
            .day = EFT_NO_DAY,
        };
    }
    return eft_tally_add_columns(tally, block, count, &added, NULL) == EFT_OK &&
           added == count;
}

static bool
add_all(struct whole *w)
{
    for (size_t from = 0; from < w->texts->count; from += BLOCK_TEXTS)
        if (!add_block(w->tallies[0], w->texts, from))
            return false;
    return true;
}

static void *
add_blocks(void *user)
{
    struct whole_thread *t = user;
    struct whole *w = t->whole;

    t->done = true;
    for (size_t from; (from = atomic_fetch_add(&w->next, BLOCK_TEXTS)) < w->texts->count;)
        t->done = t->done && add_block(t->tally, w->texts, from);
    return NULL;
}

static bool
add_in_threads(struct whole *w)
{
    struct whole_thread parts[THREADS];
    pthread_t threads[THREADS];
    bool done = true;

    for (size_t i = 0; i < THREADS; i++) {
        parts[i] = (struct whole_thread){.whole = w, .tally = w->tallies[i]};
        if (pthread_create(&threads[i], NULL, add_blocks, &parts[i]) != 0)
            return false; /* this process ends, and the other thread with it */
    }
    for (size_t i = 0; i < THREADS; i++)
        done = pthread_join(threads[i], NULL) == 0 && parts[i].done && done;
    return done && eft_tally_merge(w->tallies[0], w->tallies[1], NULL) == EFT_OK;
}

static bool
run_whole(const struct bench_texts *texts, size_t threads, bool write,
          struct bench_result *out)
{
    struct whole w;
    double start = bench_now();
    bool done = open_whole(&w, texts, threads);

    out->start_up = bench_now() - start;
    done = done && (threads == 1 ? add_all(&w) : add_in_threads(&w));
    if (done && write)
        done = eft_tally_write(w.tallies[0], count_bytes, out, NULL) == EFT_OK;
    out->seconds = bench_now() - start;
    return done && eft_tally_count(w.tallies[0]) == texts->count;
}

bool
bench_whole(const struct bench_texts *texts, struct bench_result *out)
{
    return run_whole(texts, 1, true, out);
}

bool
bench_whole_unwritten(const struct bench_texts *texts, struct bench_result *out)
{
    return run_whole(texts, 1, false, out);
}

bool
bench_whole_threads(const struct bench_texts *texts, struct bench_result *out)
{
    return run_whole(texts, THREADS, true, out);
}

bool
bench_whole_threads_unwritten(const struct bench_texts *texts, struct bench_result *out)
{
    return run_whole(texts, THREADS, false, out);
}
