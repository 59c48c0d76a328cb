/*
 * memory.c - the allocator behind everything, growing arrays, arenas
 *
 * An arena is a list of chunks: each new chunk is as large as all before it together (at
 * most 1 MiB more), so n bytes cost O(log n) calls at first and few later. Reset keeps
 * the chunks and starts over at the first.
 */
#include "base/base.h"

#include <stdlib.h>
#if defined(__linux__)
#include <sys/mman.h>
#include <unistd.h>
#endif

static void *
libc_alloc(void *user, size_t size)
{
    (void)user;
    return malloc(size);
}

/* What a block of such sizes grows into is written at once, and the kernel asked for its
 * pages in one call. Below them it is a few pages; above them realloc() moves pages. */
#define LEAST_COPIED ((size_t)64 << 10)
#define MOST_COPIED ((size_t)8 << 20)

static void *
libc_resize(void *user, void *ptr, size_t old_size, size_t new_size)
{
    (void)user;
    if (new_size <= old_size || new_size < LEAST_COPIED || new_size > MOST_COPIED)
        return realloc(ptr, new_size);
    void *p = malloc(new_size);
    if (p == NULL)
        return NULL;
    efti_write_soon(p, new_size);
    memcpy(p, ptr, old_size);
    free(ptr);
    return p;
}

static void
libc_release(void *user, void *ptr, size_t size)
{
    (void)user;
    (void)size;
    free(ptr);
}

const eft_allocator efti_malloc = {libc_alloc, libc_resize, libc_release, NULL};

void *
efti_alloc(const eft_allocator *mem, size_t size)
{
    return mem->alloc(mem->user, size == 0 ? 1 : size);
}

/* libc knows which memory comes as zeros: large tables are touched as they fill. */
void *
efti_zalloc(const eft_allocator *mem, size_t count, size_t item)
{
    size_t size;

    if (!efti_mul(count, item, &size))
        return NULL;
    if (mem->alloc == libc_alloc)
        return calloc(1, size == 0 ? 1 : size);
    void *p = efti_alloc(mem, size);
    if (p == NULL)
        return NULL;
    if (size >= LEAST_COPIED)
        efti_write_soon(p, size);
    memset(p, 0, size);
    return p;
}

void
efti_write_soon(void *ptr, size_t size)
{
#if defined(MADV_POPULATE_WRITE) /* Linux 5.14; an older one refuses */
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t first = ((uintptr_t)ptr + page - 1) / page * page;
    uintptr_t end = ((uintptr_t)ptr + size) / page * page;

    if (first < end)
        (void)madvise((char *)ptr + (first - (uintptr_t)ptr), end - first,
                      MADV_POPULATE_WRITE);
#else
    (void)ptr;
    (void)size;
#endif
}

void *
efti_resize(const eft_allocator *mem, void *ptr, size_t old_size, size_t new_size)
{
    if (ptr == NULL)
        return efti_alloc(mem, new_size);
    return mem->resize(mem->user, ptr, old_size, new_size == 0 ? 1 : new_size);
}

void
efti_release(const eft_allocator *mem, void *ptr, size_t size)
{
    if (ptr != NULL)
        mem->release(mem->user, ptr, size);
}

bool
efti_reserve(const eft_allocator *mem, void *items, size_t *capacity, size_t need,
             size_t item)
{
    size_t old_bytes, new_bytes;
    size_t grown = *capacity;
    void *old;

    if (need <= *capacity)
        return true;
    grown = grown < 16 ? 16 : grown + grown / 2;
    if (grown < need)
        grown = need;
    if (!efti_mul(grown, item, &new_bytes) || !efti_mul(*capacity, item, &old_bytes))
        return false;
    memcpy(&old, items, sizeof(old));
    void *p = efti_resize(mem, old, old_bytes, new_bytes);
    if (p == NULL)
        return false;
    memcpy(items, &p, sizeof(p));
    *capacity = grown;
    if (new_bytes >= LEAST_COPIED && new_bytes <= MOST_COPIED)
        efti_write_soon((char *)p + old_bytes, new_bytes - old_bytes);
    return true;
}

struct efti_chunk {
    struct efti_chunk *next;
    size_t size; /* of data */
    alignas(max_align_t) unsigned char data[];
};

void
efti_arena_init(struct efti_arena *arena, const eft_allocator *mem)
{
    *arena = (struct efti_arena){.mem = mem};
}

static bool
arena_grow(struct efti_arena *arena, size_t least)
{
    size_t size = arena->total < 4096 ? 4096 : arena->total;

    if (size > (size_t)1 << 20)
        size = (size_t)1 << 20;
    if (size < least)
        size = least;
    if (size > SIZE_MAX - sizeof(struct efti_chunk))
        return false;
    struct efti_chunk *c = efti_alloc(arena->mem, sizeof(*c) + size);
    if (c == NULL)
        return false;
    c->size = size;
    if (arena->current == NULL) {
        c->next = arena->first;
        arena->first = c;
    } else {
        c->next = arena->current->next;
        arena->current->next = c;
    }
    arena->current = c;
    arena->used = 0;
    arena->total += size;
    return true;
}

void *
efti_arena_alloc(struct efti_arena *arena, size_t size, size_t align)
{
    if (size > SIZE_MAX - align)
        return NULL;
    for (;;) {
        if (arena->current != NULL) {
            uintptr_t at = (uintptr_t)arena->current->data + arena->used;
            size_t pad = (size_t)-at & (align - 1); /* powers of two */
            size_t left = arena->current->size - arena->used;
            if (pad <= left && size <= left - pad) {
                void *p = arena->current->data + arena->used + pad;
                arena->used += pad + size;
                return p;
            }
            if (arena->current->next != NULL &&
                arena->current->next->size >= size + align) {
                arena->current = arena->current->next;
                arena->used = 0;
                continue;
            }
        }
        if (!arena_grow(arena, size + align))
            return NULL;
    }
}

char *
efti_arena_copy(struct efti_arena *arena, const char *bytes, size_t size)
{
    if (size == SIZE_MAX)
        return NULL;
    char *p = efti_arena_alloc(arena, size + 1, 1);
    if (p == NULL)
        return NULL;
    if (size > 0)
        memcpy(p, bytes, size);
    p[size] = '\0';
    return p;
}

void
efti_arena_reset(struct efti_arena *arena)
{
    arena->current = arena->first;
    arena->used = 0;
}

void
efti_arena_free(struct efti_arena *arena)
{
    struct efti_chunk *c = arena->first;

    while (c != NULL) {
        struct efti_chunk *next = c->next;
        efti_release(arena->mem, c, sizeof(*c) + c->size);
        c = next;
    }
    arena->first = arena->current = NULL;
    arena->used = arena->total = 0;
}
