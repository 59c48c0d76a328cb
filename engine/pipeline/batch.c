/*
 * batch.c - the ring of batches
 *
 *      free ──fill──► ready ──work──► busy ──► done ──take (in order)──► free
 *
 * One mutex and two conditions guard the states; a batch holds some hundred records, so
 * they are touched a few times per millisecond at most. When anything fails the ring is
 * closed: threads finish what they hold, and the first error in input order is answered.
 */
#include "pipeline/batch.h"

#define BATCH_BYTES ((size_t)1 << 20) /* few large texts must not pile up in memory */

enum batch_state { BATCH_FREE, BATCH_READY, BATCH_BUSY, BATCH_DONE };

struct ring {
    const struct efti_batch_job *job;
    struct efti_batch *batches;
    uint32_t count, batch_size;
    pthread_mutex_t lock;
    pthread_cond_t work_ready, work_done;
    uint64_t next_fill, next_work, next_take; /* batch numbers; slot = number % count */
    bool closed;
};
struct lane {
    struct ring *ring;
    uint32_t number;
    pthread_t thread;
};

static void *
lane_main(void *user)
{
    struct lane *lane = user;
    struct ring *r = lane->ring;

    (void)pthread_mutex_lock(&r->lock);
    for (;;) {
        while (!r->closed && r->next_work == r->next_fill)
            (void)pthread_cond_wait(&r->work_ready, &r->lock);
        if (r->next_work == r->next_fill)
            break; /* closed and nothing left */
        struct efti_batch *b = &r->batches[r->next_work++ % r->count];
        b->state = BATCH_BUSY;
        (void)pthread_mutex_unlock(&r->lock);
        eft_status st = r->job->work(r->job->user, lane->number, b, &b->error);
        (void)pthread_mutex_lock(&r->lock);
        b->status = st;
        b->state = BATCH_DONE;
        (void)pthread_cond_signal(&r->work_done);
    }
    (void)pthread_mutex_unlock(&r->lock);
    return NULL;
}

static void
clear_batch(struct efti_batch *b)
{
    efti_arena_reset(&b->arena);
    b->records.count = 0;
    b->bytes = 0;
    efti_bytes_clear(&b->out);
    efti_bytes_clear(&b->map);
    b->status = EFT_OK;
}

/* Fill one batch. When the input ended (EFT_END) or could not be read further, the batch
 * may still hold records: they come first, and their errors too. */
static eft_status
fill_batch(struct ring *r, struct efti_batch *b, eft_error *err)
{
    eft_status st = EFT_OK;

    clear_batch(b);
    while (st == EFT_OK && b->records.count < r->batch_size && b->bytes < BATCH_BYTES)
        st = r->job->fill(r->job->user, b, err);
    return st;
}

static eft_status
take_batch(struct ring *r, struct efti_batch *b, eft_error *err)
{
    if (b->status != EFT_OK) {
        if (err != NULL)
            *err = b->error;
        return b->status;
    }
    return r->job->take == NULL ? EFT_OK : r->job->take(r->job->user, b, err);
}

static eft_status
run_alone(struct ring *r, eft_error *err)
{
    struct efti_batch *b = &r->batches[0];
    eft_status fill, st;

    do {
        fill = fill_batch(r, b, err);
        b->status = r->job->work(r->job->user, 0, b, &b->error);
        if ((st = take_batch(r, b, err)) != EFT_OK)
            return st;
    } while (fill == EFT_OK);
    return fill == EFT_END ? EFT_OK : fill;
}

/* Wait for the oldest batch and take it. Called with the lock held, returns so. */
static eft_status
take_oldest(struct ring *r, eft_error *err)
{
    struct efti_batch *b = &r->batches[r->next_take % r->count];

    while (b->state != BATCH_DONE)
        (void)pthread_cond_wait(&r->work_done, &r->lock);
    (void)pthread_mutex_unlock(&r->lock);
    eft_status st = take_batch(r, b, err);
    (void)pthread_mutex_lock(&r->lock);
    b->state = BATCH_FREE;
    r->next_take++;
    return st;
}

static eft_status
feed_lanes(struct ring *r, eft_error *err)
{
    eft_status st = EFT_OK, fill = EFT_OK;

    (void)pthread_mutex_lock(&r->lock);
    while (st == EFT_OK && (fill == EFT_OK || r->next_take < r->next_fill)) {
        if (fill != EFT_OK || r->next_fill - r->next_take == r->count) {
            st = take_oldest(r, err);
            continue;
        }
        struct efti_batch *b = &r->batches[r->next_fill % r->count];
        (void)pthread_mutex_unlock(&r->lock);
        fill = fill_batch(r, b, err);
        (void)pthread_mutex_lock(&r->lock);
        b->state = BATCH_READY;
        r->next_fill++;
        (void)pthread_cond_signal(&r->work_ready);
    }
    if (st == EFT_OK && fill != EFT_END)
        st = fill;
    r->next_work = r->next_fill; /* after an error: what nobody holds is not begun */
    r->closed = true;
    (void)pthread_cond_broadcast(&r->work_ready);
    (void)pthread_mutex_unlock(&r->lock);
    return st;
}

/* As many as there are to be had; fewer do the same. */
static uint32_t
start_lanes(struct ring *r, struct lane *lanes, uint32_t threads)
{
    uint32_t started = 0;

    for (; started < threads; started++) {
        lanes[started] = (struct lane){.ring = r, .number = started};
        if (!efti_thread_start(&lanes[started].thread, lane_main, &lanes[started]))
            break;
    }
    return started;
}

static eft_status
run_lanes(struct ring *r, uint32_t threads, eft_error *err)
{
    struct lane lanes[EFTI_MAX_LANES];
    uint32_t started = start_lanes(r, lanes, threads);

    if (started == 0)
        return run_alone(r, err);
    eft_status st = feed_lanes(r, err);
    for (uint32_t i = 0; i < started; i++)
        (void)pthread_join(lanes[i].thread, NULL);
    return st;
}

eft_status
efti_batches(const eft_allocator *mem, const struct efti_batch_job *job, uint32_t threads,
             uint32_t batch_size, eft_error *err)
{
    struct ring r = {.job = job, .batch_size = batch_size};
    eft_status st;

    if (threads > EFTI_MAX_LANES)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "at most %d threads",
                         EFTI_MAX_LANES);
    r.count = threads <= 1 ? 1 : 2 * threads + 2;
    r.batches = efti_zalloc(mem, r.count, sizeof(*r.batches));
    if (r.batches == NULL)
        return efti_no_memory(err, "the batches");
    for (uint32_t i = 0; i < r.count; i++) {
        efti_arena_init(&r.batches[i].arena, mem);
        efti_bytes_init(&r.batches[i].out, mem);
        efti_bytes_init(&r.batches[i].map, mem);
    }
    if (threads <= 1) {
        st = run_alone(&r, err);
    } else {
        (void)pthread_mutex_init(&r.lock, NULL);
        (void)pthread_cond_init(&r.work_ready, NULL);
        (void)pthread_cond_init(&r.work_done, NULL);
        st = run_lanes(&r, threads, err);
        (void)pthread_cond_destroy(&r.work_ready);
        (void)pthread_cond_destroy(&r.work_done);
        (void)pthread_mutex_destroy(&r.lock);
    }
    for (uint32_t i = 0; i < r.count; i++) {
        efti_arena_free(&r.batches[i].arena);
        EFTI_ARRAY_FREE(mem, &r.batches[i].records);
        efti_bytes_free(&r.batches[i].out);
        efti_bytes_free(&r.batches[i].map);
    }
    efti_release(mem, r.batches, r.count * sizeof(*r.batches));
    return st;
}
