/*
 * keys.h - the keys of long words, and what they are compared with (engine/arch/probe.h
 * has those of the others). Included by intern.c alone.
 */
#ifndef EFTI_VOCAB_KEYS_H
#define EFTI_VOCAB_KEYS_H

#include "vocab/table.h"

#include <assert.h>
#include <stddef.h>

static_assert(sizeof(struct efti_token) == EFTI_PROBE_TOKEN &&
                  offsetof(struct efti_token, start) == 0 &&
                  offsetof(struct efti_token, end) == 4 &&
                  offsetof(struct efti_token, form) == 8 &&
                  offsetof(struct efti_token, kind) == 14 && (unsigned)EFTI_VEIL < 16,
              "kernels read and write tokens");
static_assert(EFTI_FORM_BATCH == EFTI_PROBE_MOST, "a batch is one call");
static_assert(EFTI_BUCKET_KEYS == 3, "long_in() looks at three");

static inline uint64_t
load_word(const void *p)
{
    uint64_t v;

    memcpy(&v, p, 8);
    return v;
}

__extension__ typedef unsigned __int128 wide;

static inline uint64_t
fold_words(uint64_t a, uint64_t b)
{
    wide product = (wide)a * b;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Of 16 to 32 bytes, which nearly all long words have, the first 16 and the last: how
 * many there are cannot be guessed, so nothing asks. */
static inline uint32_t
long_tag(const char *bytes, size_t size, const uint64_t *secrets)
{
    const char *last = bytes + size - 16;

    if (EFTI_UNLIKELY(size > 32))
        return (uint32_t)(efti_hash(secrets[0], bytes, size) >> 32);
    uint64_t h =
        fold_words(load_word(bytes) ^ secrets[0], load_word(bytes + 8) ^ secrets[1]);
    h = fold_words(load_word(last) ^ secrets[1] ^ h, load_word(last + 8) ^ secrets[2]);
    return (uint32_t)(fold_words(h ^ size, secrets[2]) >> 32);
}

/* Of more than EFTI_KEY_BYTES; the key in the table has the place of the bytes too. */
static inline struct efti_key
long_key(const char *bytes, size_t size, uint8_t kind, const uint64_t *secrets)
{
    uint64_t tag = long_tag(bytes, size, secrets);
    uint64_t known = size < EFTI_KEY_MOST ? size : EFTI_KEY_MOST;

    return (struct efti_key){0, tag << EFTI_KEY_TAG | known << EFTI_KEY_SIZE |
                                    efti_key_rest(0, kind)};
}

static inline const char *
long_bytes(struct efti_key key)
{
    return (const char *)(uintptr_t)key.first;
}

/* Which of the keys of a bucket is that of a long word; EFTI_BUCKET_KEYS: none. */
static inline unsigned
long_in(const struct efti_bucket *b, struct efti_key key)
{
    unsigned set = (unsigned)(b->keys[0].second == key.second) |
                   (unsigned)(b->keys[1].second == key.second) << 1 |
                   (unsigned)(b->keys[2].second == key.second) << 2 | 8;

    return (unsigned)__builtin_ctz(set);
}

static inline uint64_t
differ_16(const char *a, const char *b)
{
    return (load_word(a) ^ load_word(b)) | (load_word(a + 8) ^ load_word(b + 8));
}

/* Have two words of the same size, above EFTI_KEY_BYTES, the same bytes? */
static inline bool
same_bytes(const char *a, const char *b, size_t size)
{
    return (differ_16(a, b) | differ_16(a + size - 16, b + size - 16)) == 0 &&
           (EFTI_LIKELY(size <= 32) || memcmp(a, b, size) == 0);
}

static inline bool
same_key(struct efti_key a, struct efti_key b)
{
    return a.first == b.first && a.second == b.second;
}

#endif
