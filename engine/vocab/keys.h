/*
 * keys.h - what a token is told apart by: its key, its tag, and how both are compared
 * with a record (engine/arch/probe.h says how they are made). Included by intern.c alone.
 */
#ifndef EFTI_VOCAB_KEYS_H
#define EFTI_VOCAB_KEYS_H

#include "vocab/table.h"

#include <assert.h>
#include <stddef.h>

static_assert(EFTI_FORM_HEAD == EFTI_KEY_HEAD &&
                  offsetof(struct efti_form, head_size) == EFTI_KEY_HEAD &&
                  offsetof(struct efti_form, kind) == 14 &&
                  offsetof(struct efti_form, casing) == 15,
              "a record begins with its key, but for the last byte");
static_assert(sizeof(struct efti_token) == EFTI_PROBE_TOKEN &&
                  offsetof(struct efti_token, start) == 0 &&
                  offsetof(struct efti_token, end) == 4 &&
                  offsetof(struct efti_token, kind) == 14,
              "kernels read tokens");

static inline uint64_t
load_word(const void *p)
{
    uint64_t v;

    memcpy(&v, p, 8);
    return v;
}

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define KEY_REST 0x00000000000000FFu /* casing, which is no part of the key */
#else
#define KEY_REST 0xFF00000000000000u
#endif

/* The first 16 of `size` bytes, zeros behind them */
static inline struct efti_key
token_bytes(const char *bytes, size_t size)
{
    static const unsigned char masks[2 * EFTI_KEY_BYTES] = {
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    const unsigned char *mask = masks + EFTI_KEY_BYTES - size;

    return (struct efti_key){load_word(bytes) & load_word(mask),
                             load_word(bytes + 8) & load_word(mask + 8)};
}

/* Key and tag of a token. 16 bytes are read, whatever its size. */
static inline uint32_t
see_short(struct efti_key *out, const char *bytes, size_t size, uint8_t kind,
          const uint64_t *secrets)
{
    struct efti_key key = token_bytes(bytes, size);
    uint64_t rest = efti_key_rest(size, kind);

    *out = (struct efti_key){key.first, (key.second & EFTI_KEY_LETTERS) | rest};
    return efti_key_tag(key, rest, secrets);
}

static uint32_t
tag_of_long(const char *bytes, size_t size, const uint64_t *secrets)
{
    return (uint32_t)(efti_hash(secrets[0], bytes, size) >> 32);
}

/* The same where less than 16 bytes of the text are left, or for a longer one. */
static uint32_t
see_other(struct efti_key *out, const char *bytes, size_t size, uint8_t kind,
          const uint64_t *secrets)
{
    char copy[EFTI_KEY_BYTES] = {0};

    memcpy(copy, bytes, size < EFTI_KEY_BYTES ? size : EFTI_KEY_BYTES);
    if (size <= EFTI_KEY_BYTES)
        return see_short(out, copy, size, kind, secrets);
    (void)see_short(out, copy, EFTI_KEY_BYTES, kind, secrets);
    out->second = (out->second & EFTI_KEY_LETTERS) |
                  efti_key_rest(size < EFTI_KEY_MOST ? size : EFTI_KEY_MOST, kind);
    return tag_of_long(bytes, size, secrets);
}

static inline uint64_t
differ(const struct efti_form *form, struct efti_key key)
{
    return (load_word(form->head) ^ key.first) |
           ((load_word(form->head + 8) & ~KEY_REST) ^ key.second);
}

/* Are two words of more than EFTI_FORM_HEAD bytes the same behind their heads? Eight at a
 * time, the last eight once more: most have not many, and a call costs more. */
static inline bool
same_rest(const char *a, const char *b, size_t size)
{
    for (size_t at = EFTI_FORM_HEAD; at + 8 < size; at += 8)
        if (load_word(a + at) != load_word(b + at))
            return false;
    return load_word(a + size - 8) == load_word(b + size - 8);
}

static inline bool
is_form(const struct efti_form *form, struct efti_key key, const char *token, size_t size)
{
    return differ(form, key) == 0 &&
           (size <= EFTI_FORM_HEAD ||
            (form->raw_size == size && same_rest(form->raw, token, size)));
}

#endif
