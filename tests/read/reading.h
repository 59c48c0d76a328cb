/*
 * reading.h - read an input to its end and write down what came
 *
 *   1@8 id=a writer=w text=Vi hann.       a record: row, byte, the fields that are there
 *   !2@30 cell-count                      a record set aside
 *   = 13 @-1 input-1 (argument 1) ...     how it ended, when not well
 *
 * A test then compares one string, and shows the reader's answer as a whole.
 */
#ifndef EFTI_TESTS_READING_H
#define EFTI_TESTS_READING_H

#include "read/read.h"
#include "support/failing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

struct reading {
    char text[16384];
    size_t size;
    eft_status status; /* EFT_END when all went well */
    eft_error err;
    struct efti_read_counts counts;
    struct efti_read_shape shape;
};

static inline void reading_put(struct reading *to, const char *format, ...)
    EFTI_PRINTF(2, 3);

static inline void
reading_put(struct reading *to, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(to->text + to->size, sizeof to->text - to->size, format, args);
    va_end(args);
    assert_true(n >= 0 && (size_t)n < sizeof to->text - to->size);
    to->size += (size_t)n;
}

static inline void
reading_field(struct reading *to, const char *name, eft_text t)
{
    if (t.size > 0)
        reading_put(to, " %s=%.*s", name, (int)t.size, t.bytes);
}

static inline eft_status
reading_aside(void *user, uint32_t input, uint64_t row, uint64_t byte,
              enum efti_reason reason)
{
    (void)input;
    reading_put(user, "!%llu@%llu %s\n", (unsigned long long)row,
                (unsigned long long)byte, efti_reason_name(reason));
    return EFT_OK;
}

static inline void
reading_record(struct reading *to, const struct efti_record *r)
{
    reading_put(to, "%llu@%llu", (unsigned long long)r->row, (unsigned long long)r->byte);
    reading_field(to, "id", r->id);
    reading_field(to, "writer", r->writer);
    reading_field(to, "unit", r->unit);
    reading_field(to, "assignment", r->assignment);
    reading_field(to, "prompt", r->prompt);
    reading_field(to, "comments", r->comments);
    for (size_t i = 0; i < EFTI_MAX_FACETS; i++)
        reading_field(to, "facet", r->facets[i]);
    for (size_t i = 0; i < r->tag_count; i++)
        reading_field(to, "tag", r->tags[i]);
    if (r->day != EFTI_NO_DAY)
        reading_put(to, " day=%d", (int)r->day);
    if (r->has_feeling)
        reading_put(to, " feeling=%g", r->feeling);
    if (r->votes >= 0)
        reading_put(to, " votes=%lld", (long long)r->votes);
    if (r->field_errors != 0)
        reading_put(to, " errors=%x", (unsigned)r->field_errors);
    reading_field(to, "text", r->text);
    reading_put(to, "\n");
}

static inline void
reading_drain(struct reading *to, struct efti_reader *reader)
{
    struct efti_record record;

    while ((to->status = efti_reader_next(reader, &record, &to->err)) == EFT_OK)
        reading_record(to, &record);
    if (to->status != EFT_END)
        reading_put(to, "= %d %s\n", (int)to->status, to->err.message);
    to->counts = *efti_reader_counts(reader);
    to->shape = *efti_reader_shape(reader);
    efti_reader_free(reader);
}

static inline struct efti_read_options
reading_options(struct reading *to, const struct efti_read_options *options)
{
    struct efti_read_options o =
        options != NULL ? *options : (struct efti_read_options){0};

    o.set_aside = reading_aside;
    o.set_aside_user = to;
    return o;
}

/* Static, so that a test can hold what came until the next reading. */
static inline struct reading *
reading_of_bytes(const char *bytes, size_t size, const char *suffix,
                 const struct efti_read_options *options)
{
    static struct reading to;
    struct efti_reader *reader;

    memset(&to, 0, sizeof to);
    const struct efti_read_options o = reading_options(&to, options);
    to.status = efti_reader_over(&efti_malloc, (eft_text){bytes, size}, suffix, &o,
                                 &reader, &to.err);
    if (to.status == EFT_OK)
        reading_drain(&to, reader);
    else
        reading_put(&to, "= %d %s\n", (int)to.status, to.err.message);
    return &to;
}

static inline struct reading *
reading_of_paths(const char *const *paths, size_t count,
                 const struct efti_read_options *options)
{
    static struct reading to;
    struct efti_reader *reader;

    memset(&to, 0, sizeof to);
    const struct efti_read_options o = reading_options(&to, options);
    to.status = efti_reader_new(&efti_malloc, paths, count, &o, &reader, &to.err);
    if (to.status == EFT_OK)
        reading_drain(&to, reader);
    else
        reading_put(&to, "= %d %s\n", (int)to.status, to.err.message);
    return &to;
}

/* With every block size that could put a border at a bad place, the same must come. */
static inline void
reads_as(const char *suffix, const struct efti_read_options *options, const char *bytes,
         size_t size, const char *want)
{
    static const size_t blocks[] = {0, 1, 2, 3, 5, 7, 16, 64};

    for (size_t i = 0; i < EFTI_COUNT(blocks); i++) {
        struct efti_read_options o = {0};
        if (options != NULL)
            o = *options;
        o.block_size = blocks[i];
        assert_string_equal(reading_of_bytes(bytes, size, suffix, &o)->text, want);
    }
}

#define READS_AS(suffix, options, literal, want)                                         \
    reads_as(suffix, options, literal, sizeof(literal) - 1, want)

#endif
