/*
 * probe.h - what words are told apart by, and where they are looked up: for many words at
 * once
 *
 *     bytes of a word -> key (16 bytes) -> bucket (a cache line of three keys) -> id
 *
 * The key of a word of at most 15 bytes is the word: its bytes, zeros behind a short one,
 * and one byte of size and kind; such a word is found without a look at anything else (96
 * of 100 in running Swedish text). A longer one has size 0 there, and the rest of the
 * second word is a hash of all its bytes and their number; what stands in the first is
 * for callers, who make and compare such keys. No kernel finds one.
 *
 * The bucket comes from a keyed hash, made for wide registers, which have products of 32
 * bits: with the words w0..w3 of 32 bits of a key and secrets k
 *
 *     h = (w0 + k0) (w1 + k1) + (w2 + k2) (w3 + k3)         NH, Black et al. 1999 (UMAC)
 *     tag = upper half of h m, m odd          bucket = upper half of tag * buckets
 *
 * NH of two different inputs is the same for one choice of secrets in 2^32, whoever chose
 * the inputs. So there may be any number of buckets, and more of them keep the order.
 *
 * Nothing that can be observed depends on the hash. All kernels give the same answers.
 */
#ifndef EFTI_ARCH_PROBE_H
#define EFTI_ARCH_PROBE_H

#include "base/base.h"

struct efti_key {
    uint64_t first, second;
};

#define EFTI_KEY_BYTES 15u /* bytes of a word that a key holds */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define EFTI_KEY_REST 0 /* where the last byte stands in the second word */
#define EFTI_KEY_TAG 32 /* and of a longer one the hash */
#define EFTI_KEY_SIZE 8 /* and the size */
#else
#define EFTI_KEY_REST 56
#define EFTI_KEY_TAG 24
#define EFTI_KEY_SIZE 0
#endif
#define EFTI_KEY_MOST 0xFFFFFFu /* larger sizes count as this one */

/* Two pairs of words for NH, and a factor, which is odd */
#define EFTI_KEY_SECRETS 3

/* At most so many in a table: kernels number words of 32 bits with 31. */
#define EFTI_PROBE_BUCKETS ((uint32_t)1 << 27)
/* One cache line. Free places have keys of zeros, and lie behind the others. */
#define EFTI_BUCKET_KEYS 3u
struct efti_bucket {
    struct efti_key keys[EFTI_BUCKET_KEYS];
    uint32_t ids[EFTI_BUCKET_KEYS + 1]; /* the last one: of what is not there */
};

/* The last byte of a key; `size` 0: a longer one */
static inline uint64_t
efti_key_rest(size_t size, uint8_t kind)
{
    return (uint64_t)(((unsigned)kind << 4 | (unsigned)size) & 0xFF) << EFTI_KEY_REST;
}

static inline bool
efti_key_is_long(struct efti_key key)
{
    return (key.second >> EFTI_KEY_REST & 15) == 0;
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

/* Of a key that is not long */
static inline uint32_t
efti_key_tag(struct efti_key key, const uint64_t secrets[EFTI_KEY_SECRETS])
{
    uint64_t h = efti_key_fold(efti_key_add(key.first, secrets[0])) +
                 efti_key_fold(efti_key_add(key.second, secrets[1]));

    return (uint32_t)(h * secrets[2] >> 32);
}

static inline uint32_t
efti_bucket_of(uint32_t tag, uint32_t buckets)
{
    return (uint32_t)((uint64_t)tag * buckets >> 32);
}

#define EFTI_PROBE_TOKEN 16 /* bytes: start, end, form, 16 bits, kind, 8 bits */
#define EFTI_PROBE_MOST 128 /* tokens at a time */
#define EFTI_PROBE_GROUP 8  /* of which so many are hashed together */

/* What words are looked up in */
struct efti_probe_table {
    const struct efti_bucket *buckets;
    uint32_t count;
    uint64_t secrets[EFTI_KEY_SECRETS];
};

struct efti_probe {
    const char *name; /* "portable", "avx2", "avx512" */
    /** Keys of `count` tokens, in the order of the text. Those that are too long for a
     *  key are listed, and none is made; how many. Lists, here and below, keys and places
     *  have room for EFTI_PROBE_MOST, which may be read and written. */
    size_t (*keys)(eft_text text, const void *tokens, size_t count, struct efti_key *keys,
                   uint32_t *longer);
    /** The buckets of `count` keys, which are fetched. (Two loops, for each waits for
     *  what the other stores, and what waits keeps a processor from looking further
     *  ahead.) */
    void (*ask)(const struct efti_probe_table *table, const struct efti_key *keys,
                size_t count, uint32_t *places);
    /** The form of each token whose key is in its bucket; the others are listed; how
     *  many. */
    size_t (*find)(const struct efti_bucket *buckets, const uint32_t *places,
                   const struct efti_key *keys, size_t count, void *tokens,
                   uint32_t *missing);
};

/** The kernel called so, or for NULL the best one for this CPU; NULL: there is none. */
const struct efti_probe *efti_probe_find(const char *name);

/* The kernels */
extern const struct efti_probe efti_probe_portable, efti_probe_avx2, efti_probe_avx512;

#endif
