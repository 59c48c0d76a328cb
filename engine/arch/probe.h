/*
 * probe.h - the keys of words, and finding many of them in a table at once
 *
 *     bytes of a word -> key (16 bytes) -> tag (32 bits of a keyed hash) -> slot
 *     {tag, id} -> key of that id, which is compared
 *
 * A key is the first 14 bytes, zeros behind a short word, then size + 1, capped, and
 * kind: all of a word of at most 14 bytes. The hash is made for wide registers, which
 * have products of 32 bits: with words w0..w3 of 32 bits (the first 16 bytes, size and
 * kind added to the last two) and secrets k
 *
 *     h = (w0 + k0) (w1 + k1) + (w2 + k2) (w3 + k3)         NH, Black et al. 1999 (UMAC)
 *     tag = upper half of h m,   m odd
 *
 * NH of two different inputs is the same for one choice of secrets in 2^32, whoever chose
 * the inputs. Words above 16 bytes have another hash, of all their bytes.
 *
 * Nothing that can be observed depends on the hash. A kernel gives the same keys, tags
 * and answers as the code of vocab/forms.c does without one.
 */
#ifndef EFTI_ARCH_PROBE_H
#define EFTI_ARCH_PROBE_H

#include "base/base.h"

struct efti_key {
    uint64_t first, second;
};

#define EFTI_KEY_HEAD 14u  /* bytes of a word that a key holds */
#define EFTI_KEY_BYTES 16u /* bytes that the hash sees, and that are read of any word */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define EFTI_KEY_LETTERS 0xFFFFFFFFFFFF0000u /* of the second word */
#define EFTI_KEY_SIZE 8                      /* where size + 1 stands in it */
#define EFTI_KEY_KIND 0
#else
#define EFTI_KEY_LETTERS 0x0000FFFFFFFFFFFFu
#define EFTI_KEY_SIZE 48
#define EFTI_KEY_KIND 56
#endif
#define EFTI_KEY_LONG ((uint64_t)0xF0 << EFTI_KEY_SIZE) /* set: there are more bytes */

/* Two pairs of words for NH, and a factor, which is odd */
#define EFTI_KEY_SECRETS 3

static inline uint64_t
efti_key_rest(size_t size, uint8_t kind)
{
    return (uint64_t)(size + 1) << EFTI_KEY_SIZE | (uint64_t)kind << EFTI_KEY_KIND;
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

struct efti_probe_slot {
    uint32_t tag; /* its place is as far into the table */
    uint32_t id;  /* + 1; 0: free */
};

static inline size_t
efti_probe_place(uint32_t tag, size_t slot_count)
{
    return (size_t)((uint64_t)tag * slot_count >> 32);
}

#define EFTI_PROBE_TOKEN 16 /* bytes: start, end, id, 16 bits, kind, 8 bits */
#define EFTI_PROBE_BATCH 128
struct efti_probe {
    const char *bytes;
    size_t size;
    const struct efti_probe_slot *slots;
    size_t slot_count;            /* below 2^32 */
    const struct efti_key *heads; /* by id + 1; the first is nobody's */
    const uint64_t *secrets;
    struct efti_key *keys; /* of each token */
    uint32_t *tags;
    uint32_t *others; /* numbers of tokens that are still to be found */
};

/**
 * As many of the first `count` tokens (at most EFTI_PROBE_BATCH, in the order of the
 * text) as can be done several at a time. Their ids are what the first slot says: right,
 * but for those in `others`, which are longer than 14 bytes, have another's tag, stand
 * elsewhere or are new; key and tag of words above 16 bytes are not made. Returns how
 * many are done; `*other_count` how many others these have.
 */
typedef size_t efti_probe_fn(const struct efti_probe *p, void *tokens, size_t count,
                             size_t *other_count);

/** The kernel called so ("avx2"), or for NULL the best for this CPU; NULL: there is none.
 */
efti_probe_fn *efti_probe_find(const char *name);

/* The kernels */
efti_probe_fn efti_probe_avx2;

#endif
