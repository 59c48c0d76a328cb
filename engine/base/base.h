/*
 * base.h - errors, option structs, memory, growing arrays, byte builders, hashing,
 * sorting
 *
 * What every room needs and no room owns. All memory comes from an eft_allocator so that
 * a test can make the n-th allocation fail; nothing here knows about text or words.
 *
 * Rules that the rest of the library leans on:
 *   - efti_fail() never gets bytes of a document: formats are literals, arguments are
 *     numbers and names of our own;
 *   - sizes that come from input go through efti_mul()/efti_add();
 *   - an arena is reset between documents and never frees single pieces.
 */
#ifndef EFTI_BASE_H
#define EFTI_BASE_H

#include <eftertanke/context.h>
#include <eftertanke/error.h>
#include <eftertanke/text.h>

#include <stdalign.h>
#include <string.h>

#if defined(__GNUC__) || defined(__clang__)
#define EFTI_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define EFTI_LIKELY(x) __builtin_expect(!!(x), 1)
#define EFTI_UNLIKELY(x) __builtin_expect(!!(x), 0)
#define EFTI_NOINLINE __attribute__((noinline))
#define EFTI_PREFETCH(p) __builtin_prefetch(p)
#else
#define EFTI_PRINTF(f, a)
#define EFTI_LIKELY(x) (x)
#define EFTI_UNLIKELY(x) (x)
#define EFTI_NOINLINE
#define EFTI_PREFETCH(p) ((void)(p))
#endif

#define EFTI_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ------------------------------------------------------------------ errors */

/** Fill `err` (may be NULL). `format` must be a literal. */
void efti_set_error(eft_error *err, eft_status status, uint64_t offset,
                    const char *format, ...) EFTI_PRINTF(4, 5);
/** Fill `err` and answer `status`. A macro, so that compilers and analysers see which
 *  status a call ends with; `status` is written out or a variable, never a call. */
#define efti_fail(err, status, ...)                                                      \
    (efti_set_error((err), (status), __VA_ARGS__), (status))

/** A pointer that a public call needs is NULL (api.h). Stands in the call itself, whose
 *  name the message has. */
#define efti_left_out(err)                                                               \
    efti_fail((err), EFT_E_RANGE, EFT_NO_OFFSET,                                         \
              "%s() was given NULL for something that it needs", __func__)

/** The usual answer to an allocator that says no: "no memory for ..." */
static inline eft_status
efti_no_memory(eft_error *err, const char *what)
{
    efti_set_error(err, EFT_E_NOMEM, EFT_NO_OFFSET, "no memory for %s", what);
    return EFT_E_NOMEM;
}

/** What a callback's answer means for the call: EFT_STOP is EFT_OK (ends early); any
 * other is passed on as it is, with a message, for callbacks fill no eft_error. */
eft_status efti_callback_answer(eft_status answer, const char *what, eft_error *err);

/* ----------------------------------------------------------- public structs */

/**
 * Copy the caller's struct, which begins with its uint32_t struct_size, into `own` of the
 * size that this library knows. A shorter one is filled up with zeroes, a longer one may
 * have zeroes behind; else EFT_E_ABI. `given` NULL: all defaults. `name` is for the
 * message.
 */
eft_status efti_options_take(void *own, size_t own_size, const void *given,
                             const char *name, eft_error *err);

/** A text of the caller's with a size and no bytes is EFT_E_ENCODING, as what is not
 *  UTF-8 is (text.h). `what` is for the message. */
eft_status efti_text_is_there(eft_text text, const char *what, eft_error *err);

/** Released sizes may not change by accident (checked where pointers have 64 bits). */
#if UINTPTR_MAX == UINT64_MAX
#define EFTI_PIN_SIZE(type, size)                                                        \
    _Static_assert(sizeof(type) == (size), #type " has grown")
#else
#define EFTI_PIN_SIZE(type, size) _Static_assert(sizeof(type) > 0, "")
#endif

/* ------------------------------------------------------------------ memory */

extern const eft_allocator efti_malloc; /* libc */

void *efti_alloc(const eft_allocator *mem, size_t size);
void *efti_zalloc(const eft_allocator *mem, size_t count,
                  size_t item); /* zeroed, checked */
/* What was just allocated will all be written at once, and in no order: the system gives
 * its pages in one call, which takes half the time of a fault for each. Nothing changes,
 * and it may do nothing. */
void efti_write_soon(void *ptr, size_t size);
void *efti_resize(const eft_allocator *mem, void *ptr, size_t old_size, size_t new_size);
void efti_release(const eft_allocator *mem, void *ptr, size_t size); /* NULL is fine */
/** `items` points at a pointer to items of any type: make sure it holds at least `need`
 * of `item` bytes each. (void *, not void **: the pointer is read and written as bytes,
 * so that its type does not matter to the compiler's alias rules.) */
bool efti_reserve(const eft_allocator *mem, void *items, size_t *capacity, size_t need,
                  size_t item);

/**
 * A growing array. Zero is empty; `mem` is passed to each call.
 *   EFTI_ARRAY(struct efti_token) tokens = {0};
 *   if (!EFTI_PUSH(mem, &tokens)) ... no memory ...;  tokens.items[tokens.count - 1] = t;
 */
#define EFTI_ARRAY(type)                                                                 \
    struct {                                                                             \
        type *items;                                                                     \
        size_t count;                                                                    \
        size_t capacity;                                                                 \
    }
#if defined(__clang_analyzer__) /* to which no capacity might do for any need */
#define EFTI_ARRAY_RESERVE(mem, a, need)                                                 \
    efti_reserve(mem, &(a)->items, &(a)->capacity, need, sizeof(*(a)->items))
#else
#define EFTI_ARRAY_RESERVE(mem, a, need)                                                 \
    (EFTI_LIKELY((need) <= (a)->capacity) ||                                             \
     efti_reserve(mem, &(a)->items, &(a)->capacity, need, sizeof(*(a)->items)))
#endif
#define EFTI_PUSH(mem, a)                                                                \
    (EFTI_LIKELY((a)->count < (a)->capacity) ||                                          \
             EFTI_ARRAY_RESERVE(mem, a, (a)->count + 1)                                  \
         ? ((a)->count++, true)                                                          \
         : false)
#define EFTI_ARRAY_FREE(mem, a)                                                          \
    do {                                                                                 \
        efti_release(mem, (a)->items, (a)->capacity * sizeof(*(a)->items));              \
        (a)->items = NULL;                                                               \
        (a)->count = (a)->capacity = 0;                                                  \
    } while (0)

/** Bump memory in chunks; pointers stay valid until reset or free. */
struct efti_arena {
    const eft_allocator *mem;
    struct efti_chunk *first, *current;
    size_t used;  /* in the current chunk */
    size_t total; /* bytes held from the allocator */
};
void efti_arena_init(struct efti_arena *arena, const eft_allocator *mem);
void *efti_arena_alloc(struct efti_arena *arena, size_t size,
                       size_t align); /* NULL: none */
/** A copy with a NUL behind it (not counted). */
char *efti_arena_copy(struct efti_arena *arena, const char *bytes, size_t size);
void efti_arena_reset(struct efti_arena *arena); /* keeps the chunks */
void efti_arena_free(struct efti_arena *arena);

/* ------------------------------------------------------- checked arithmetic */

static inline bool
efti_mul(size_t a, size_t b, size_t *out)
{
    if (b != 0 && a > SIZE_MAX / b)
        return false;
    *out = a * b;
    return true;
}

static inline bool
efti_add(size_t a, size_t b, size_t *out)
{
    if (a > SIZE_MAX - b)
        return false;
    *out = a + b;
    return true;
}

/* ------------------------------------------------------------ byte builder */

/**
 * Bytes that grow. After a failed append `failed` is set and later appends do nothing,
 * so a writer may append freely and check once at the end.
 */
struct efti_bytes {
    const eft_allocator *mem;
    char *data;
    size_t size, capacity;
    bool failed;
};
void efti_bytes_init(struct efti_bytes *b, const eft_allocator *mem);
void efti_bytes_free(struct efti_bytes *b);
void efti_bytes_clear(struct efti_bytes *b);
void efti_put(struct efti_bytes *b, const void *bytes, size_t size);
void efti_put_text(struct efti_bytes *b, const char *nul_terminated);
static inline void
efti_put_char(struct efti_bytes *b, char c)
{
    if (EFTI_LIKELY(b->size < b->capacity && !b->failed))
        b->data[b->size++] = c;
    else
        efti_put(b, &c, 1);
}
void efti_put_u64(struct efti_bytes *b, uint64_t value); /* decimal */
void efti_put_i64(struct efti_bytes *b, int64_t value);
/** Ten significant digits, shortest of %g, always with '.'; NaN
 *  and infinities: nothing. */
void efti_put_double(struct efti_bytes *b, double value);
/** A JSON string with quotes. Control characters and U+2028/2029 escaped;
 *  must be UTF-8. */
void efti_put_json(struct efti_bytes *b, const char *bytes, size_t size);
/** LEB128, and fixed little-endian, for the state format. */
void efti_put_varint(struct efti_bytes *b, uint64_t value);
void efti_put_le32(struct efti_bytes *b, uint32_t value);
void efti_put_le64(struct efti_bytes *b, uint64_t value);

/** A reader over bytes that never passes the end; `failed` sticks. */
struct efti_cursor {
    const unsigned char *at, *end;
    bool failed;
};
uint64_t efti_take_varint(struct efti_cursor *c);
uint64_t efti_take_le64(struct efti_cursor *c);
const unsigned char *efti_take(struct efti_cursor *c, size_t size); /* NULL: too short */

/* ------------------------------------------------------------------ hashing */

/** 64-bit hash for private tables (keyed, per run); never serialised. */
uint64_t efti_hash(uint64_t key, const void *bytes, size_t size);

#define EFTI_ID_SIZE 16
/** A 128-bit identity: BLAKE2b-128, or with a key the first half of HMAC-SHA-256. */
struct efti_id {
    unsigned char b[EFTI_ID_SIZE];
};
/** `domain` separates uses ("writer", "record", "label"); key NULL: unkeyed. */
struct efti_id efti_identity(const unsigned char key[32], const char *domain,
                             const void *bytes, size_t size);
static inline int
efti_id_compare(const struct efti_id *a, const struct efti_id *b)
{
    return memcmp(a->b, b->b, EFTI_ID_SIZE);
}
/** The same in less time, for tables. */
static inline bool
efti_id_equal(const struct efti_id *a, const struct efti_id *b)
{
    uint64_t x[2], y[2];

    memcpy(x, a->b, EFTI_ID_SIZE);
    memcpy(y, b->b, EFTI_ID_SIZE);
    return ((x[0] ^ y[0]) | (x[1] ^ y[1])) == 0;
}
/** BLAKE2b-256: for checksums of our own files, several times faster than SHA-256. */
void efti_checksum(const void *bytes, size_t size, unsigned char out[32]);
/** SHA-256 of bytes, and its 64 hexadecimal digits (65 with NUL). */
void efti_sha256(const void *bytes, size_t size, unsigned char out[32]);
void efti_hex(const unsigned char *bytes, size_t size, char *out);

/* ---------------------------------------------------------------------- tasks */

/** Work with an error of its own. */
struct efti_task {
    eft_status (*run)(void *user, eft_error *err);
    void *user;
    eft_status status; /* afterwards; EFT_OK if it was not run */
    eft_error error;
};
/** Run two tasks that need nothing of each other, at once if `threads` is above 1. If
 *  both fail, the first one's error is told. Who owns threads has such a function. */
typedef eft_status (*efti_both_fn)(uint32_t threads, struct efti_task *first,
                                   struct efti_task *second, eft_error *err);
/** One after the other, whatever `threads` is. */
eft_status efti_in_turn(uint32_t threads, struct efti_task *first,
                        struct efti_task *second, eft_error *err);

/* ------------------------------------------------------- a table of strings */

/**
 * Distinct byte strings numbered 0.. in order of first appearance. Not for secrets that
 * leave: ids depend on arrival order, so sort by bytes before anything is written.
 */
struct efti_strings;
eft_status efti_strings_new(const eft_allocator *mem, struct efti_strings **out,
                            eft_error *err);
void efti_strings_free(struct efti_strings *s);
#define EFTI_NOT_FOUND UINT32_MAX
uint32_t efti_strings_find(const struct efti_strings *s, const char *bytes, size_t size);
/** Add or find; EFTI_NOT_FOUND when memory is out. `added` may be NULL. */
uint32_t efti_strings_add(struct efti_strings *s, const char *bytes, size_t size,
                          bool *added);
/** The same in two steps, for many strings at a time: all their lines are asked for
 * before the first is looked at. */
uint32_t efti_strings_soon(const struct efti_strings *s, const char *bytes, size_t size);
uint32_t efti_strings_add_soon(struct efti_strings *s, uint32_t soon, const char *bytes,
                               size_t size, bool *added);
/** Add `count` strings of another table, none of which is in `s`, in the order of `ids`:
 *  one growth, no look at what is there. False: no memory (some may have been added). */
bool efti_strings_take(struct efti_strings *s, const struct efti_strings *from,
                       const uint32_t *ids, size_t count);
/** The same of strings that lie one behind another, all distinct; they stay there and
 *  outlive `s`. False: no memory (some may have been added). */
bool efti_strings_fill(struct efti_strings *s, const char *bytes,
                       const unsigned char *sizes, size_t count);
eft_text efti_strings_get(const struct efti_strings *s, uint32_t id);
uint32_t efti_strings_count(const struct efti_strings *s);

/** memcmp order, shorter first on a tie. */
int efti_compare(const char *a, size_t a_size, const char *b, size_t b_size);
static inline bool
efti_equal(const char *a, size_t a_size, const char *b, size_t b_size)
{
    return a_size == b_size && (a_size == 0 || memcmp(a, b, a_size) == 0);
}

/** Write all of the bytes. False: errno says why. */
bool efti_write_all(int fd, const void *bytes, size_t size);
/** Read until `size` bytes are there or the file ends; `*got` tells how many came. False:
 *  errno says why. */
bool efti_read_all(int fd, void *bytes, size_t size, size_t *got);

/** Stable in result: callers give a total order. Like qsort with a user pointer. */
void efti_sort(void *items, size_t count, size_t size,
               int (*compare)(const void *, const void *, void *), void *user);

#endif
