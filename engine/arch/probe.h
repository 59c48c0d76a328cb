/*
 * probe.h - what words are told apart by, for many words at once
 *
 *     bytes of a word -> key (16 bytes) and tag (32 bits of a keyed hash)
 *
 * A key is the first 13 bytes, zeros behind a short word, then size + 2, capped, and
 * kind: all of a word of at most 13 bytes. The hash is made for wide registers, which
 * have products of 32 bits: with words w0..w3 of 32 bits (the first 16 bytes, size and
 * kind added to the last two) and secrets k
 *
 *     h = (w0 + k0) (w1 + k1) + (w2 + k2) (w3 + k3)         NH, Black et al. 1999 (UMAC)
 *     tag = upper half of h m,   m odd
 *
 * NH of two different inputs is the same for one choice of secrets in 2^32, whoever chose
 * the inputs. Words above 16 bytes have another hash, of all their bytes.
 *
 * Nothing that can be observed depends on the hash. A kernel gives the same keys and tags
 * as the code of vocab/keys.h does without one.
 */
#ifndef EFTI_ARCH_PROBE_H
#define EFTI_ARCH_PROBE_H

#include "base/base.h"

struct efti_key {
    uint64_t first, second;
};

#define EFTI_KEY_HEAD 13u  /* bytes of a word that a key holds */
#define EFTI_KEY_BYTES 16u /* bytes that the hash sees, and that are read of any word */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define EFTI_KEY_LETTERS 0xFFFFFFFFFF000000u /* of the second word */
#define EFTI_KEY_SIZE 16                     /* where size + 2 stands in it */
#define EFTI_KEY_KIND 8                      /* the last byte of a key is 0 */
#else
#define EFTI_KEY_LETTERS 0x000000FFFFFFFFFFu
#define EFTI_KEY_SIZE 40
#define EFTI_KEY_KIND 48
#endif
#define EFTI_KEY_LONG ((uint64_t)0xF0 << EFTI_KEY_SIZE) /* set: there are more bytes */

/* Two pairs of words for NH, and a factor, which is odd */
#define EFTI_KEY_SECRETS 3

#define EFTI_KEY_MOST (UINT8_MAX - 2u) /* sizes are capped there */
static inline uint64_t
efti_key_rest(size_t size, uint8_t kind)
{
    return (uint64_t)(size + 2) << EFTI_KEY_SIZE | (uint64_t)kind << EFTI_KEY_KIND;
}

/* Sums of the two halves, each for itself */
static inline uint64_t
efti_key_add(uint64_t a, uint64_t b)
{
    return (uint64_t)(uint32_t)((a >> 32) + (b >> 32)) << 32 | (uint32_t)(a + b);
}

static inline uint64_t
efti_key_fold(uint64_t a)
{
    return (a >> 32) * (uint32_t)a;
}

/* `bytes`: the first 16, zeros behind a short word */
static inline uint32_t
efti_key_tag(struct efti_key bytes, uint64_t rest,
             const uint64_t secrets[EFTI_KEY_SECRETS])
{
    uint64_t h = efti_key_fold(efti_key_add(bytes.first, secrets[0])) +
                 efti_key_fold(efti_key_add(bytes.second ^ rest, secrets[1]));

    return (uint32_t)(h * secrets[2] >> 32);
}

#define EFTI_PROBE_TOKEN 16 /* bytes: start, end, 48 bits, kind, 8 bits */

/**
 * Keys and tags of as many of the first `count` tokens, in the order of the text, as can
 * be done several at a time; how many that is. The tags of words above 16 bytes are not
 * theirs: their bits in `longer` (all zero before) are set. `secrets`: see
 * efti_key_tag().
 */
typedef size_t efti_probe_fn(eft_text text, const void *tokens, size_t count,
                             const uint64_t *secrets, struct efti_key *keys,
                             uint32_t *tags, uint64_t *longer);

/** The kernel called so ("avx2"), or for NULL the best for this CPU; NULL:
 * there is none.
 */
efti_probe_fn *efti_probe_find(const char *name);

/* The kernels */
efti_probe_fn efti_probe_avx2;

#endif
