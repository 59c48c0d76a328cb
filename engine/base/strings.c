/*
 * strings.c - distinct byte strings, numbered in order of first appearance
 *
 * Open addressing, linear probing, at most 2/3 full. A slot keeps the upper half of the
 * hash beside the id (the tag), so that most wrong slots are passed without touching the
 * string. The top of the tag is the place: a larger table is dealt from the smaller one,
 * both walked from end to end, without a look at the strings.
 */
#include "base/base.h"

#include <sodium.h>

struct entry {
    const char *bytes;
    uint32_t size;
};
struct slot {
    uint32_t tag; /* upper half of the hash; its top is the place */
    uint32_t id;  /* + 1; 0: free */
};
struct efti_strings {
    const eft_allocator *mem;
    uint64_t key;
    struct efti_arena arena;
    EFTI_ARRAY(struct entry) entries;
    struct slot *slots;
    size_t slot_count; /* power of two */
    uint32_t shift;    /* 32 - log2(slot_count) */
};

#define FIRST_SLOTS_LOG 6
#define SMALL_SLOTS ((size_t)1 << 14)

eft_status
efti_strings_new(const eft_allocator *mem, struct efti_strings **out, eft_error *err)
{
    *out = NULL;
    struct efti_strings *s = efti_zalloc(mem, 1, sizeof(*s));
    if (s == NULL)
        return efti_no_memory(err, "a table of strings");
    s->mem = mem;
    s->slot_count = (size_t)1 << FIRST_SLOTS_LOG;
    s->shift = 32 - FIRST_SLOTS_LOG;
    s->slots = efti_zalloc(mem, s->slot_count, sizeof(*s->slots));
    if (s->slots == NULL) {
        efti_release(mem, s, sizeof(*s));
        return efti_no_memory(err, "a table of strings");
    }
    randombytes_buf(&s->key, sizeof(s->key));
    efti_arena_init(&s->arena, mem);
    *out = s;
    return EFT_OK;
}

void
efti_strings_free(struct efti_strings *s)
{
    if (s == NULL)
        return;
    EFTI_ARRAY_FREE(s->mem, &s->entries);
    efti_release(s->mem, s->slots, s->slot_count * sizeof(*s->slots));
    efti_arena_free(&s->arena);
    efti_release(s->mem, s, sizeof(*s));
}

/* The slot of a string, or the free one where it belongs. */
static inline size_t
find_slot(const struct efti_strings *s, uint32_t tag, const char *bytes, size_t size)
{
    size_t mask = s->slot_count - 1;

    for (size_t at = tag >> s->shift;; at = (at + 1) & mask) {
        const struct slot *slot = &s->slots[at];
        if (slot->id == 0)
            return at;
        if (slot->tag == tag) {
            const struct entry *e = &s->entries.items[slot->id - 1];
            if (efti_equal(e->bytes, e->size, bytes, size))
                return at;
        }
    }
}

/* The first free slot for `tag`. */
static inline size_t
free_slot(const struct slot *slots, size_t mask, uint32_t shift, uint32_t tag)
{
    size_t at = tag >> shift;

    while (slots[at].id != 0)
        at = (at + 1) & mask;
    return at;
}

/* Twice as many slots, `times` times. */
static bool
grow_by(struct efti_strings *s, uint32_t times)
{
    size_t count = s->slot_count << times;
    uint32_t shift = s->shift - times;

    if (s->shift <= times)
        return false;
    struct slot *slots = efti_zalloc(s->mem, count, sizeof(*slots));
    if (slots == NULL)
        return false;
    if (s->slot_count >= SMALL_SLOTS)
        efti_write_soon(slots, count * sizeof(*slots));
    for (size_t i = 0; i < s->slot_count; i++) {
        const struct slot *old = &s->slots[i];
        if (old->id != 0)
            slots[free_slot(slots, count - 1, shift, old->tag)] = *old;
    }
    efti_release(s->mem, s->slots, s->slot_count * sizeof(*s->slots));
    s->slots = slots;
    s->slot_count = count;
    s->shift = shift;
    return true;
}

/* Small tables four times: those that become large are dealt anew less often. */
static bool
grow(struct efti_strings *s)
{
    return grow_by(s, s->slot_count < SMALL_SLOTS ? 2 : 1);
}

/* Slots for so many strings in all. */
static bool
grow_for(struct efti_strings *s, size_t total)
{
    uint32_t times = 0;

    while (times < s->shift && total * 3 > (s->slot_count << times) * 2)
        times++;
    return times == 0 || grow_by(s, times);
}

static uint32_t
tag_of(const struct efti_strings *s, const char *bytes, size_t size)
{
    return (uint32_t)(efti_hash(s->key, bytes, size) >> 32);
}

uint32_t
efti_strings_find(const struct efti_strings *s, const char *bytes, size_t size)
{
    size_t at = find_slot(s, tag_of(s, bytes, size), bytes, size);

    return s->slots[at].id == 0 ? EFTI_NOT_FOUND : s->slots[at].id - 1;
}

/* The string with the next number, in no slot yet. */
static uint32_t
append_string(struct efti_strings *s, const char *bytes, size_t size)
{
    if (size > UINT32_MAX || s->entries.count >= UINT32_MAX - 2)
        return EFTI_NOT_FOUND;
    char *copy = efti_arena_copy(&s->arena, bytes, size);
    if (copy == NULL || !EFTI_PUSH(s->mem, &s->entries))
        return EFTI_NOT_FOUND;
    uint32_t id = (uint32_t)s->entries.count - 1;
    s->entries.items[id] = (struct entry){.bytes = copy, .size = (uint32_t)size};
    return id;
}

/* A string that is not there yet; `at` is its free slot. */
static uint32_t
add_string(struct efti_strings *s, uint32_t tag, size_t at, const char *bytes,
           size_t size)
{
    if ((s->entries.count + 1) * 3 > s->slot_count * 2) {
        if (!grow(s))
            return EFTI_NOT_FOUND;
        at = free_slot(s->slots, s->slot_count - 1, s->shift, tag);
    }
    uint32_t id = append_string(s, bytes, size);
    if (id != EFTI_NOT_FOUND)
        s->slots[at] = (struct slot){.tag = tag, .id = id + 1};
    return id;
}

uint32_t
efti_strings_soon(const struct efti_strings *s, const char *bytes, size_t size)
{
    uint32_t tag = tag_of(s, bytes, size);

    EFTI_PREFETCH(&s->slots[tag >> s->shift]);
    return tag;
}

uint32_t
efti_strings_add_soon(struct efti_strings *s, uint32_t soon, const char *bytes,
                      size_t size, bool *added)
{
    size_t at = find_slot(s, soon, bytes, size);
    bool known = s->slots[at].id != 0;

    uint32_t id = known ? s->slots[at].id - 1 : add_string(s, soon, at, bytes, size);
    if (added != NULL)
        *added = !known && id != EFTI_NOT_FOUND;
    return id;
}

uint32_t
efti_strings_add(struct efti_strings *s, const char *bytes, size_t size, bool *added)
{
    return efti_strings_add_soon(s, tag_of(s, bytes, size), bytes, size, added);
}

bool
efti_strings_take(struct efti_strings *s, const struct efti_strings *from,
                  const uint32_t *ids, size_t count)
{
    size_t total;

    if (!efti_add(s->entries.count, count, &total) || total >= UINT32_MAX - 2 ||
        !grow_for(s, total) || !EFTI_ARRAY_RESERVE(s->mem, &s->entries, total))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct entry *e = &from->entries.items[ids[i]];
        uint32_t tag = tag_of(s, e->bytes, e->size);
        size_t at = free_slot(s->slots, s->slot_count - 1, s->shift, tag);
        if (add_string(s, tag, at, e->bytes, e->size) == EFTI_NOT_FOUND)
            return false;
    }
    return true;
}

bool
efti_strings_fill(struct efti_strings *s, const char *bytes, const unsigned char *sizes,
                  size_t count)
{
    size_t total;

    if (!efti_add(s->entries.count, count, &total) || total >= UINT32_MAX - 2 ||
        !grow_for(s, total) || !EFTI_ARRAY_RESERVE(s->mem, &s->entries, total))
        return false;
    for (size_t i = 0; i < count; bytes += sizes[i++]) {
        uint32_t tag = tag_of(s, bytes, sizes[i]);
        size_t at = free_slot(s->slots, s->slot_count - 1, s->shift, tag);
        uint32_t id = (uint32_t)s->entries.count++;
        s->entries.items[id] = (struct entry){.bytes = bytes, .size = sizes[i]};
        s->slots[at] = (struct slot){.tag = tag, .id = id + 1};
    }
    return true;
}

eft_text
efti_strings_get(const struct efti_strings *s, uint32_t id)
{
    if (id >= s->entries.count)
        return (eft_text){NULL, 0};
    return (eft_text){s->entries.items[id].bytes, s->entries.items[id].size};
}

uint32_t
efti_strings_count(const struct efti_strings *s)
{
    return (uint32_t)s->entries.count;
}

int
efti_compare(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t n = a_size < b_size ? a_size : b_size;
    int c = n == 0 ? 0 : memcmp(a, b, n);

    if (c != 0)
        return c;
    return a_size < b_size ? -1 : a_size > b_size;
}
