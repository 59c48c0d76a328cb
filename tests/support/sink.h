/*
 * sink.h - an eft_write_fn that keeps what it gets
 */
#ifndef TESTS_SUPPORT_SINK_H
#define TESTS_SUPPORT_SINK_H

#include <eftertanke.h>

#include <stdlib.h>
#include <string.h>

struct sink {
    char *bytes; /* the caller frees */
    size_t size;
    eft_status answer; /* to every write */
};

static inline eft_status
sink_write(void *user, const void *bytes, size_t size)
{
    struct sink *s = user;

    s->bytes = realloc(s->bytes, s->size + size);
    memcpy(s->bytes + s->size, bytes, size);
    s->size += size;
    return s->answer;
}

#endif
