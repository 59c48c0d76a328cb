/*
 * hash.c - a fast private hash, and the identities that may be written
 *
 * efti_hash() is a multiply-fold hash over 16 bytes a step (the construction of wyhash,
 * written anew), keyed per run so that nobody can craft collisions; tables always compare
 * keys, so a collision costs time, never a merged word. Identities have 128 bits, from
 * libsodium: BLAKE2b (RFC 7693), which takes a third of the time of SHA-256, or with a
 * key the first half of HMAC-SHA-256. Among 10^9 records a chance collision has a
 * probability below 10^-20.
 */
#include "base/base.h"

#include <sodium.h>

static uint64_t
fold128(uint64_t a, uint64_t b)
{
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t
load64(const unsigned char *p)
{
    uint64_t v;
    memcpy(&v, p, 8);
    return v;
}

static uint64_t
load_pair(const unsigned char *first, const unsigned char *second)
{
    uint32_t a, b;

    memcpy(&a, first, 4);
    memcpy(&b, second, 4);
    return (uint64_t)a << 32 | b;
}

#define MIX_1 0x9E3779B97F4A7C15u /* 2^64 / golden ratio */
#define MIX_2 0xD1B54A32D192ED03u /* odd, from the same family of constants */

uint64_t
efti_hash(uint64_t key, const void *bytes, size_t size)
{
    const unsigned char *p = bytes;
    uint64_t h = key ^ fold128(size ^ MIX_1, MIX_2);
    size_t left = size;

    while (left > 16) {
        h = fold128(load64(p) ^ MIX_1 ^ h, load64(p + 8) ^ MIX_2);
        p += 16;
        left -= 16;
    }
    /* How long a word is nobody can guess: from 4 to 16 bytes four loads, which overlap
     * where there are fewer than 16. */
    uint64_t a = 0, b = 0;
    if (EFTI_LIKELY(left >= 4)) {
        const size_t inner = left >> 3 << 2;
        a = load_pair(p, p + inner);
        b = load_pair(p + left - 4, p + left - 4 - inner);
    } else if (left > 0) {
        a = (uint64_t)p[0] << 16 | (uint64_t)p[left >> 1] << 8 | p[left - 1];
    }
    h = fold128(a ^ MIX_1 ^ h, b ^ MIX_2);
    return fold128(h ^ size, MIX_1);
}

#define SHORT_VALUE 240 /* bytes of a value that is hashed from the stack: two blocks */

/* BLAKE2b-128 of domain, NUL, value. One call for what nearly all values are. */
static void
plain_identity(const char *domain, const void *bytes, size_t size, struct efti_id *id)
{
    static const unsigned char zero = 0;
    unsigned char together[SHORT_VALUE];
    size_t n = strlen(domain) + 1;

    if (n + size <= sizeof(together)) {
        memcpy(together, domain, n);
        if (size > 0)
            memcpy(together + n, bytes, size);
        (void)crypto_generichash(id->b, EFTI_ID_SIZE, together, n + size, NULL, 0);
        return;
    }
    crypto_generichash_state st;
    (void)crypto_generichash_init(&st, NULL, 0, EFTI_ID_SIZE);
    (void)crypto_generichash_update(&st, (const unsigned char *)domain, n - 1);
    (void)crypto_generichash_update(&st, &zero, 1);
    (void)crypto_generichash_update(&st, bytes, size);
    (void)crypto_generichash_final(&st, id->b, EFTI_ID_SIZE);
}

struct efti_id
efti_identity(const unsigned char key[32], const char *domain, const void *bytes,
              size_t size)
{
    struct efti_id id;
    unsigned char digest[32];
    static const unsigned char zero = 0;
    crypto_auth_hmacsha256_state st;

    if (key == NULL) {
        plain_identity(domain, bytes, size, &id);
        return id;
    }
    crypto_auth_hmacsha256_init(&st, key, 32);
    crypto_auth_hmacsha256_update(&st, (const unsigned char *)domain, strlen(domain));
    crypto_auth_hmacsha256_update(&st, &zero, 1);
    crypto_auth_hmacsha256_update(&st, bytes, size);
    crypto_auth_hmacsha256_final(&st, digest);
    sodium_memzero(&st, sizeof(st));
    memcpy(id.b, digest, EFTI_ID_SIZE);
    return id;
}

void
efti_checksum(const void *bytes, size_t size, unsigned char out[32])
{
    (void)crypto_generichash(out, 32, bytes, size, NULL, 0);
}

void
efti_sha256(const void *bytes, size_t size, unsigned char out[32])
{
    (void)crypto_hash_sha256(out, bytes, size);
}

void
efti_hex(const unsigned char *bytes, size_t size, char *out)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < size; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * size] = '\0';
}
