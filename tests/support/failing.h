/*
 * failing.h - an allocator that says no at the n-th request and counts what is held
 *
 *   for (uint64_t n = 1;; n++) {
 *       struct failing f;
 *       const eft_allocator mem = failing_at(&f, n);
 *       eft_status st = the_call(&mem, ...);
 *       ... what must hold of the outputs; free what came out ...
 *       if (failing_got_through(&f, st))
 *           break;
 *   }
 *
 * Sizes given back are compared with sizes asked for: a wrong size breaks an allocator of
 * a caller's own, and malloc would never tell.
 */
#ifndef EFTI_TESTS_FAILING_H
#define EFTI_TESTS_FAILING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <eftertanke/context.h>

struct failing {
    uint64_t calls, fail_at; /* fail_at 0: never */
    uint64_t held;           /* bytes */
    bool failed;
    bool wrong_size; /* a block came back with another size than it was given */
};

struct failing_head {
    _Alignas(max_align_t) size_t size;
};

static inline bool
failing_refuses(struct failing *f)
{
    f->calls++;
    if (f->fail_at == 0 || f->calls < f->fail_at)
        return false;
    f->failed = true;
    return f->calls == f->fail_at;
}

static inline void *
failing_alloc(void *user, size_t size)
{
    struct failing *f = user;
    struct failing_head *h;

    if (failing_refuses(f))
        return NULL;
    h = malloc(sizeof *h + size);
    if (h == NULL)
        return NULL;
    h->size = size;
    f->held += size;
    return h + 1;
}

static inline void
failing_release(void *user, void *ptr, size_t size)
{
    struct failing *f = user;
    struct failing_head *h;

    if (ptr == NULL)
        return;
    h = (struct failing_head *)ptr - 1;
    if (h->size != size)
        f->wrong_size = true;
    f->held -= h->size;
    free(h);
}

static inline void *
failing_resize(void *user, void *ptr, size_t old_size, size_t new_size)
{
    void *fresh = failing_alloc(user, new_size);

    if (fresh == NULL || ptr == NULL)
        return fresh;
    memcpy(fresh, ptr, old_size < new_size ? old_size : new_size);
    failing_release(user, ptr, old_size);
    return fresh;
}

static inline eft_allocator
failing_at(struct failing *f, uint64_t n)
{
    memset(f, 0, sizeof *f);
    f->fail_at = n;
    return (eft_allocator){failing_alloc, failing_resize, failing_release, f};
}

/* After each try all is given back, and EFT_E_NOMEM came just when a request was refused.
 * True when none was: there is no further request to refuse. */
static inline bool
failing_got_through(const struct failing *f, eft_status st)
{
    assert_int_equal(f->held, 0);
    assert_false(f->wrong_size);
    assert_int_equal(st, f->failed ? EFT_E_NOMEM : EFT_OK);
    return !f->failed;
}

#endif
