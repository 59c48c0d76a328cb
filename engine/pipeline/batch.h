/*
 * batch.h - records read on one thread, worked on by several, taken in order
 *
 * A ring of batches. The caller's thread reads records into the next free batch and takes
 * finished ones in input order; the threads in between know only their batch. Results are
 * the same for any number of threads and any batch size because nothing is shared but the
 * immutable plan, and what is added up commutes.
 */
#ifndef EFTI_PIPELINE_BATCH_H
#define EFTI_PIPELINE_BATCH_H

#include "pipeline/pipeline.h"

#include <pthread.h>

/** A record copied out of the reader, with what only the reading thread knows. */
struct efti_batch_record {
    struct efti_record record; /* strings in the batch's arena */
    bool has_key;
    struct efti_id key;                          /* of (id, assignment) */
    uint64_t number;                             /* over all inputs, from 1 */
    uint64_t writer_number;                      /* in data order, from 1; 0: none */
    uint64_t label_numbers[3 + EFTI_MAX_FACETS]; /* unit, assignment, unused, facets */
    uint64_t tag_numbers[EFTI_MAX_TAGS];
};
struct efti_batch {
    struct efti_arena arena;
    EFTI_ARRAY(struct efti_batch_record) records;
    size_t bytes;          /* of strings copied in: a batch is closed above 1 MiB */
    struct efti_bytes out; /* lines, when the job writes lines */
    struct efti_bytes map; /* and the way back, when it is asked for */
    eft_status status;
    eft_error error;
    int state; /* of the ring */
};

struct efti_batch_job {
    void *user;
    /** On thread `lane` (0 ..): one batch. */
    eft_status (*work)(void *user, uint32_t lane, struct efti_batch *batch,
                       eft_error *err);
    /** On the caller's thread, in input order. May be NULL. */
    eft_status (*take)(void *user, struct efti_batch *batch, eft_error *err);
    /** On the caller's thread: fill one record; EFT_END when there is no more. */
    eft_status (*fill)(void *user, struct efti_batch *batch, eft_error *err);
};
#define EFTI_MAX_LANES 64
/** `threads` 0 or 1: all on the caller's thread; more than EFTI_MAX_LANES:
 *  EFT_E_RANGE. */
eft_status efti_batches(const eft_allocator *mem, const struct efti_batch_job *job,
                        uint32_t threads, uint32_t batch_size, eft_error *err);

/** A thread of ours, which takes no signals from outside. False: none is to be had. */
bool efti_thread_start(pthread_t *thread, void *(*run)(void *), void *user);

/** The second task on a thread of its own, if one is to be had. */
eft_status efti_both(uint32_t threads, struct efti_task *first, struct efti_task *second,
                     eft_error *err);

#endif
