/*
 * probe_avx512.c - words looked up with AVX-512 (probe.h): a word is one masked load,
 * eight are hashed at a time, and a bucket is compared as a whole
 */
#include "arch/probe_wide.h"

/* The tokens from number `i` up to `end`. A masked load does not look at what is masked:
 * nothing is read behind the text. How many are too long, with `more` before them. */
static inline size_t
take_keys(eft_text text, const unsigned char *tokens, size_t i, size_t end,
          struct efti_key *keys, uint32_t *longer, size_t more)
{
    for (; i < end; i++) {
        const unsigned char *token = tokens + i * EFTI_PROBE_TOKEN;
        unsigned char *key = (unsigned char *)(keys + i);
        uint32_t from, to;
        memcpy(&from, token, sizeof(from));
        memcpy(&to, token + 4, sizeof(to));
        uint32_t size = to - from;
        /* from 256 on the size wraps around: those are longer anyway */
        __mmask16 inside = (__mmask16)_bzhi_u32((1u << EFTI_KEY_BYTES) - 1, size);
        __m128i bytes = _mm_maskz_loadu_epi8(inside, text.bytes + from);
        _mm_storeu_si128((__m128i *)(void *)key, bytes);
        key[EFTI_KEY_BYTES] = (unsigned char)((unsigned)token[14] << 4 | size);
        longer[more] = (uint32_t)i;
        more += size > EFTI_KEY_BYTES;
    }
    return more;
}

/* A group is hashed when the keys of the next one are made: by then its own have left for
 * the cache, from where they come back as whole registers. */
static size_t
ask_avx512(const struct efti_probe_table *table, eft_text text, const void *tokens,
           size_t count, struct efti_key *keys, uint32_t *places, uint32_t *longer)
{
    size_t more = 0, at = 0;

    for (; at < count; at += EFTI_PROBE_GROUP) {
        size_t end = count - at < EFTI_PROBE_GROUP ? count : at + EFTI_PROBE_GROUP;
        more = take_keys(text, tokens, at, end, keys, longer, more);
        if (EFTI_LIKELY(at > 0))
            ask_for_group(table, keys + at - EFTI_PROBE_GROUP,
                          places + at - EFTI_PROBE_GROUP);
    }
    if (EFTI_LIKELY(at > 0))
        ask_for_group(table, keys + at - EFTI_PROBE_GROUP,
                      places + at - EFTI_PROBE_GROUP);
    return more;
}

static size_t
find_avx512(const struct efti_bucket *buckets, const uint32_t *places,
            const struct efti_key *keys, size_t count, void *tokens, uint32_t *missing)
{
    size_t none = 0;
    unsigned char *token = tokens;

    for (size_t i = 0; i < count; i++, token += EFTI_PROBE_TOKEN) {
        const struct efti_bucket *b = &buckets[places[i]];
        __m512i key = _mm512_broadcast_i32x4(
            _mm_loadu_si128((const __m128i *)(const void *)(keys + i)));
        unsigned words = _mm512_cmpeq_epi64_mask(key, _mm512_loadu_si512(b));
        missing[none] = (uint32_t)i;
        none += put_form(b, words, token);
    }
    return none;
}

const struct efti_probe efti_probe_avx512 = {
    .name = "avx512",
    .ask = ask_avx512,
    .find = find_avx512,
};
