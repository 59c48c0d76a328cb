/*
 * probe_avx512.c - words looked up with AVX-512 (probe.h): eight tokens at a time, with
 * few instructions each, since nearly every bucket is near and every branch known
 *
 *     four tokens in a register -> sizes -> their bytes, cut and marked -> four keys
 *     two times four keys -> eight products -> eight buckets
 *
 *     a bucket, compared as a whole -> eight bits; of eight tokens the bits -> ids
 *
 * Bytes behind a word are loaded and cut off. Where that would be behind the text, and
 * for what is left over, a word is one masked load, which does not look at what is
 * masked.
 */
#include "arch/probe_wide.h"

static inline __m512i
load_four(const void *from)
{
    return _mm512_loadu_si512(from);
}

/* ------------------------------------------------------------------------------- keys */

/* Four tokens: start, end, form, and 16 bits, kind, 8 bits. */
static inline __m512i
sizes_of(__m512i tokens)
{
    return _mm512_sub_epi32(_mm512_shuffle_epi32(tokens, _MM_PERM_BBBB),
                            _mm512_shuffle_epi32(tokens, _MM_PERM_AAAA));
}

static inline uint32_t
start_of(const unsigned char *token)
{
    uint32_t start;

    memcpy(&start, token, sizeof(start));
    return start;
}

static inline __m128i
bytes_at(const char *bytes, const unsigned char *token)
{
    return _mm_loadu_si128((const __m128i *)(const void *)(bytes + start_of(token)));
}

static inline __m256i
two_words(const char *bytes, const unsigned char *token)
{
    return _mm256_inserti128_si256(_mm256_castsi128_si256(bytes_at(bytes, token)),
                                   bytes_at(bytes, token + EFTI_PROBE_TOKEN), 1);
}

/* Of words of at most 15 bytes; `sizes`: four times each. */
static inline __m512i
four_keys(const char *bytes, const unsigned char *token, __m512i tokens, __m512i sizes)
{
    /* no size reaches the last byte, which says size and kind */
    const __m512i number = _mm512_broadcast_i32x4(
        _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, -1));
    const __m512i lowest = _mm512_set1_epi32(0);
    __m512i words = _mm512_inserti64x4(_mm512_castsi256_si512(two_words(bytes, token)),
                                       two_words(bytes, token + 2 * EFTI_PROBE_TOKEN), 1);
    __m512i size = _mm512_min_epu32(sizes, _mm512_set1_epi32(UINT8_MAX));
    __mmask64 inside = _mm512_cmplt_epu8_mask(number, _mm512_shuffle_epi8(size, lowest));
    /* kind and size beside each other, on top: (tokens << 12 & F0000000) | size << 24 */
    __m512i rest = _mm512_ternarylogic_epi32(_mm512_slli_epi32(tokens, 12),
                                             _mm512_set1_epi32((int)0xF0000000u),
                                             _mm512_slli_epi32(sizes, 24), 0xEA);

    words = _mm512_maskz_mov_epi8(inside, words);
    return _mm512_mask_or_epi32(words, 0x8888, words, rest);
}

/* Those of eight sizes that are too long are listed, from number `at` on: how many. */
static inline size_t
list_longer(__m512i first, __m512i second, size_t at, uint32_t *longer)
{
    const __m512i each =
        _mm512_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28, 0, 0, 0, 0, 0, 0, 0, 0);
    const __m256i most = _mm256_set1_epi32(EFTI_KEY_BYTES);
    __m256i number = _mm256_add_epi32(_mm256_set1_epi32((int)at),
                                      _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
    __m256i sizes =
        _mm512_castsi512_si256(_mm512_permutex2var_epi32(first, each, second));
    __mmask8 which = _mm256_cmpgt_epu32_mask(sizes, most);

    _mm256_storeu_si256((__m256i *)(void *)longer,
                        _mm256_maskz_compress_epi32(which, number));
    return (size_t)_mm_popcnt_u32(which);
}

/* Does one of two times four tokens begin behind `last`? */
static inline bool
is_behind(__m512i first, __m512i second, __m512i last)
{
    const __mmask16 starts = 0x1111;

    return (_mm512_mask_cmpgt_epu32_mask(starts, first, last) |
            _mm512_mask_cmpgt_epu32_mask(starts, second, last)) != 0;
}

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

/* What is left from number `at` on, less than two groups or near the end of the text */
static size_t
ask_rest(const struct efti_probe_table *table, eft_text text, const void *tokens,
         size_t at, size_t count, struct efti_key *keys, uint32_t *places,
         uint32_t *longer, size_t more)
{
    more = take_keys(text, tokens, at, count, keys, longer, more);
    for (; at < count; at += EFTI_PROBE_GROUP)
        ask_for_group(table, keys + at, places + at);
    return more;
}

static size_t
ask_avx512(const struct efti_probe_table *table, eft_text text, const void *tokens,
           size_t count, struct efti_key *keys, uint32_t *places, uint32_t *longer)
{
    const size_t loaded = sizeof(struct efti_key);
    size_t more = 0, at = 0, left = text.size < loaded ? 0 : text.size - loaded;
    __m512i last = _mm512_set1_epi32((int)(left < UINT32_MAX ? left : UINT32_MAX));

    for (; count - at >= EFTI_PROBE_GROUP && text.size >= loaded;
         at += EFTI_PROBE_GROUP) {
        const unsigned char *token =
            (const unsigned char *)tokens + at * EFTI_PROBE_TOKEN;
        const unsigned char *fifth = token + 4 * EFTI_PROBE_TOKEN;
        __m512i first = load_four(token), second = load_four(fifth);
        if (EFTI_UNLIKELY(is_behind(first, second, last)))
            break;
        __m512i sizes = sizes_of(first), others = sizes_of(second);
        _mm512_storeu_si512(keys + at, four_keys(text.bytes, token, first, sizes));
        _mm512_storeu_si512(keys + at + 4, four_keys(text.bytes, fifth, second, others));
        ask_for_group(table, keys + at, places + at);
        more += list_longer(sizes, others, at, longer + more);
    }
    return ask_rest(table, text, tokens, at, count, keys, places, longer, more);
}

/* -------------------------------------------------------------------------------- ids */

/* For each token which words of its bucket are those of its key, as bits */
static inline void
compare_buckets(const struct efti_bucket *buckets, const uint32_t *places,
                const struct efti_key *keys, size_t count, uint8_t *same)
{
    for (size_t at = 0; at < count; at += EFTI_PROBE_GROUP)
#pragma GCC unroll 8
        for (size_t i = at; i < at + EFTI_PROBE_GROUP; i++) {
            __m512i key = _mm512_broadcast_i32x4(
                _mm_loadu_si128((const __m128i *)(const void *)(keys + i)));
            const struct efti_bucket *b = &buckets[places[i]];
            same[i] = (uint8_t)_cvtmask8_u32(
                _mm512_cmpeq_epi64_mask(key, _mm512_loadu_si512(b)));
        }
}

/* The ids that the bits of eight tokens tell, as put_form() does; `*found`: which have
 * one. */
static inline __m256i
eight_forms(const struct efti_bucket *buckets, const uint32_t *places,
            const uint8_t *same, __mmask8 *found)
{
    const __m512i keys = _mm512_set1_epi64(0x15);
    __m512i words =
        _mm512_cvtepu8_epi64(_mm_loadl_epi64((const __m128i *)(const void *)same));
    /* both words of a key: 1, 4 or 16 for the first, second or third */
    __m512i key =
        _mm512_ternarylogic_epi64(words, _mm512_srli_epi64(words, 1), keys, 0x80);
    *found = _mm512_test_epi64_mask(key, key);
    /* 0, 1 and 2 of those: a fourth, less two if that is more than one; 3: none */
    __m512i number = _mm512_sub_epi64(_mm512_srli_epi64(key, 2),
                                      _mm512_slli_epi64(_mm512_srli_epi64(key, 4), 1));
    number = _mm512_mask_mov_epi64(_mm512_set1_epi64(EFTI_BUCKET_KEYS), *found, number);
    __m512i line =
        _mm512_cvtepu32_epi64(_mm256_loadu_si256((const __m256i *)(const void *)places));
    __m512i at = _mm512_add_epi64(_mm512_slli_epi64(line, 4), number);

    return _mm512_i64gather_epi32(at, buckets->ids, 4);
}

/* Into four tokens, of which `tokens` bits say where there are any: four bits each */
static inline void
put_four(unsigned char *token, __m512i ids, __mmask16 tokens)
{
    _mm512_mask_storeu_epi32(token, tokens & 0x4444, ids);
}

static size_t
find_avx512(const struct efti_bucket *buckets, const uint32_t *places,
            const struct efti_key *keys, size_t count, void *tokens, uint32_t *missing)
{
    const __m512i low = _mm512_setr_epi32(0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0);
    const __m512i high =
        _mm512_setr_epi32(0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 6, 0, 0, 0, 7, 0);
    __m256i number = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    unsigned char *token = tokens;
    uint8_t same[EFTI_PROBE_MOST];
    size_t none = 0;

    compare_buckets(buckets, places, keys, count, same);
    for (size_t at = 0; at < count; at += EFTI_PROBE_GROUP) {
        unsigned left =
            count - at < EFTI_PROBE_GROUP ? (unsigned)(count - at) : EFTI_PROBE_GROUP;
        uint32_t there = _bzhi_u32(UINT32_MAX, 4 * left); /* four words of a token */
        __mmask8 found;
        __m512i ids =
            _mm512_castsi256_si512(eight_forms(buckets, places + at, same + at, &found));
        put_four(token, _mm512_permutexvar_epi32(low, ids), (__mmask16)there);
        put_four(token + 4 * EFTI_PROBE_TOKEN, _mm512_permutexvar_epi32(high, ids),
                 (__mmask16)(there >> 16));
        __mmask8 lost = (__mmask8)_bzhi_u32((uint8_t)~found, left);
        _mm256_storeu_si256((__m256i *)(void *)(missing + none),
                            _mm256_maskz_compress_epi32(lost, number));
        none += (size_t)_mm_popcnt_u32(lost);
        number = _mm256_add_epi32(number, _mm256_set1_epi32(EFTI_PROBE_GROUP));
        token += EFTI_PROBE_GROUP * EFTI_PROBE_TOKEN;
    }
    return none;
}

const struct efti_probe efti_probe_avx512 = {
    .name = "avx512",
    .ask = ask_avx512,
    .find = find_avx512,
};
