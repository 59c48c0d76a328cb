/*
 * probe_avx512.c - words looked up with AVX-512 (probe.h): eight tokens at a time, with
 * few instructions each, since nearly every bucket is near and every branch known
 *
 *     four tokens in a register -> sizes -> their bytes, cut and marked -> four keys
 *     a bucket, compared as a whole -> eight bits; of eight tokens the bits -> ids
 *
 * Bytes behind a word are loaded and cut off. Where those would lie behind the text, they
 * are loaded from a copy of its end.
 */
#include "arch/probe_wide.h"

#define LOADED 16u /* bytes of a word */

/* ------------------------------------------------------------------------------- keys */

static inline uint32_t
start_of(const unsigned char *token)
{
    uint32_t start;

    memcpy(&start, token, sizeof(start));
    return start;
}

static inline __m256i
two_words(const char *first, const char *second)
{
    return _mm256_inserti128_si256(
        _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)first)),
        _mm_loadu_si128((const __m128i *)(const void *)second), 1);
}

/* Sizes of four tokens (start, end, form, and 16 bits, kind, 8 bits), four times each */
static inline __m512i
sizes_of(__m512i tokens)
{
    return _mm512_sub_epi32(_mm512_shuffle_epi32(tokens, _MM_PERM_BBBB),
                            _mm512_shuffle_epi32(tokens, _MM_PERM_AAAA));
}

/* Of words of at most 15 bytes. From 256 on sizes wrap around: those are
 * longer anyway. */
static inline __m512i
four_keys(__m512i words, __m512i tokens, __m512i sizes)
{
    /* no size reaches the last byte, which says size and kind */
    const __m512i number = _mm512_broadcast_i32x4(
        _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, -1));
    const __m512i lowest = _mm512_broadcast_i32x4(_mm_setzero_si128());
    __mmask64 inside = _mm512_cmplt_epu8_mask(number, _mm512_shuffle_epi8(sizes, lowest));
    /* kind and size beside each other, on top: (tokens << 12 & F0000000) | size << 24 */
    __m512i rest = _mm512_maskz_ternarylogic_epi32(0x8888, _mm512_slli_epi32(tokens, 12),
                                                   _mm512_set1_epi32((int)0xF0000000u),
                                                   _mm512_slli_epi32(sizes, 24), 0xEA);

    return _mm512_mask_mov_epi8(rest, inside, words);
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

/* Where the bytes of tokens are, for loads of LOADED bytes */
struct source {
    const char *bytes;
    uint32_t last;        /* a start from where on they are in `end` */
    char end[2 * LOADED]; /* those bytes, and others */
};

static inline void
open_source(struct source *s, eft_text text)
{
    const __m128i none = _mm_setzero_si128();
    bool is_short = text.size < LOADED;
    size_t last = is_short ? 0 : text.size - LOADED;
    uint32_t some = _bzhi_u32(UINT16_MAX, (uint32_t)(text.size - last));

    s->bytes = is_short ? s->end : text.bytes;
    s->last = last < UINT32_MAX ? (uint32_t)last : UINT32_MAX;
    _mm_storeu_si128((__m128i *)(void *)s->end,
                     _mm_maskz_loadu_epi8((__mmask16)some, text.bytes + last));
    _mm_storeu_si128((__m128i *)(void *)(s->end + LOADED), none);
}

static inline const char *
bytes_of(const struct source *s, const unsigned char *token)
{
    uint32_t start = start_of(token);

    return start > s->last ? s->end + (start - s->last) : s->bytes + start;
}

/* Words of four tokens, any of which may be the last one of the text */
static inline __m512i
last_words(const struct source *s, const unsigned char *token)
{
    __m256i low = two_words(bytes_of(s, token), bytes_of(s, token + EFTI_PROBE_TOKEN));
    __m256i high = two_words(bytes_of(s, token + 2 * EFTI_PROBE_TOKEN),
                             bytes_of(s, token + 3 * EFTI_PROBE_TOKEN));

    return _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
}

static inline __m512i
words_of(const char *bytes, const unsigned char *token)
{
    __m256i low =
        two_words(bytes + start_of(token), bytes + start_of(token + EFTI_PROBE_TOKEN));
    __m256i high = two_words(bytes + start_of(token + 2 * EFTI_PROBE_TOKEN),
                             bytes + start_of(token + 3 * EFTI_PROBE_TOKEN));

    return _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
}

/* Fewer than eight tokens: the others have no size and begin where the text does. */
static inline void
copy_some(unsigned char *to, const unsigned char *token, size_t left)
{
    uint32_t words = _bzhi_u32(UINT32_MAX, 4 * (uint32_t)left);

    _mm512_storeu_si512(to, _mm512_maskz_loadu_epi32((__mmask16)words, token));
    _mm512_storeu_si512(
        to + 4 * EFTI_PROBE_TOKEN,
        _mm512_maskz_loadu_epi32((__mmask16)(words >> 16), token + 4 * EFTI_PROBE_TOKEN));
}

static size_t
keys_avx512(eft_text text, const void *tokens, size_t count, struct efti_key *keys,
            uint32_t *longer)
{
    const unsigned char *token = tokens;
    unsigned char some[EFTI_PROBE_GROUP * EFTI_PROBE_TOKEN];
    struct source source;
    size_t more = 0;

    open_source(&source, text);
    for (size_t at = 0; at < count; at += EFTI_PROBE_GROUP) {
        const size_t half = 4 * EFTI_PROBE_TOKEN;
        const unsigned char *group = token + at * EFTI_PROBE_TOKEN;
        __m512i low, high;
        if (EFTI_LIKELY(count - at >= EFTI_PROBE_GROUP &&
                        start_of(group + half + 3 * EFTI_PROBE_TOKEN) <= source.last)) {
            low = words_of(source.bytes, group);
            high = words_of(source.bytes, group + half);
        } else {
            size_t left = count - at;
            copy_some(some, group, left < EFTI_PROBE_GROUP ? left : EFTI_PROBE_GROUP);
            group = some;
            low = last_words(&source, group);
            high = last_words(&source, group + half);
        }
        __m512i first = _mm512_loadu_si512(group),
                second = _mm512_loadu_si512(group + half);
        __m512i sizes = sizes_of(first), others = sizes_of(second);
        _mm512_storeu_si512(keys + at, four_keys(low, first, sizes));
        _mm512_storeu_si512(keys + at + 4, four_keys(high, second, others));
        more += list_longer(sizes, others, at, longer + more);
    }
    return more;
}

static void
ask_avx512(const struct efti_probe_table *table, const struct efti_key *keys,
           size_t count, uint32_t *places)
{
    ask_for_all(table, keys, count, places);
}

/* -------------------------------------------------------------------------------- ids */

/* For each of eight tokens which words of its bucket are those of its key, as bits */
static inline void
compare_eight(const struct efti_bucket *buckets, const uint32_t *places,
              const struct efti_key *keys, uint8_t *same)
{
#pragma GCC unroll 8
    for (unsigned i = 0; i < EFTI_PROBE_GROUP; i++) {
        __m512i key = _mm512_broadcast_i32x4(
            _mm_loadu_si128((const __m128i *)(const void *)(keys + i)));
        const struct efti_bucket *b = &buckets[places[i]];
        same[i] =
            (uint8_t)_cvtmask8_u32(_mm512_cmpeq_epi64_mask(key, _mm512_loadu_si512(b)));
    }
}

/* Where the ids are that the bits of eight tokens tell, as put_form() does, counted in
 * ids from those of the first bucket on; `*found`: which have one. */
static inline __m256i
eight_ids(const uint32_t *places, const uint8_t *same, __mmask8 *found)
{
    const __m256i keys = _mm256_set1_epi32(0x15);
    __m256i words =
        _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)(const void *)same));
    /* both words of a key: 1, 4 or 16 for the first, second or third */
    __m256i key =
        _mm256_ternarylogic_epi32(words, _mm256_srli_epi32(words, 1), keys, 0x80);
    *found = _mm256_test_epi32_mask(key, key);
    /* 0, 1 and 2 of those: a fourth, less two if that is more than one; 3: none */
    __m256i number = _mm256_sub_epi32(_mm256_srli_epi32(key, 2),
                                      _mm256_slli_epi32(_mm256_srli_epi32(key, 4), 1));
    number = _mm256_mask_mov_epi32(_mm256_set1_epi32(EFTI_BUCKET_KEYS), *found, number);
    __m256i line = _mm256_loadu_si256((const __m256i *)(const void *)places);

    return _mm256_add_epi32(_mm256_slli_epi32(line, 4), number);
}

/* Into the first `left` of eight tokens; those that have none are listed, from number
 * `at` on: how many. One by one: a gather and stores with masks take longer where those
 * are slow (Zen 4), and keep the port busy that compares. */
static inline size_t
put_eight(const struct efti_bucket *buckets, const uint32_t *places, const uint8_t *same,
          size_t at, unsigned left, unsigned char *token, uint32_t *missing)
{
    const uint32_t *ids = buckets->ids;
    uint32_t where[EFTI_PROBE_GROUP];
    __m256i number = _mm256_add_epi32(_mm256_set1_epi32((int)at),
                                      _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
    __mmask8 found;
    _mm256_storeu_si256((__m256i *)(void *)where,
                        eight_ids(places + at, same + at, &found));
    __mmask8 lost = (__mmask8)_bzhi_u32((uint8_t)~found, left);

    token += at * EFTI_PROBE_TOKEN + 8;
    for (unsigned i = 0; i < left; i++)
        memcpy(token + (size_t)i * EFTI_PROBE_TOKEN, ids + where[i], sizeof(*ids));
    _mm256_storeu_si256((__m256i *)(void *)missing,
                        _mm256_maskz_compress_epi32(lost, number));
    return (size_t)_mm_popcnt_u32(lost);
}

/* All buckets are compared before the first id is put: by then the bits have left for the
 * cache, from where they come back together, and no bucket that comes late keeps the ids
 * of another waiting. */
static size_t
find_avx512(const struct efti_bucket *buckets, const uint32_t *places,
            const struct efti_key *keys, size_t count, void *tokens, uint32_t *missing)
{
    uint8_t same[EFTI_PROBE_MOST];
    size_t none = 0, at = 0;

    for (; at < count; at += EFTI_PROBE_GROUP)
        compare_eight(buckets, places + at, keys + at, same + at);
    for (at = 0; at + EFTI_PROBE_GROUP <= count; at += EFTI_PROBE_GROUP)
        none += put_eight(buckets, places, same, at, EFTI_PROBE_GROUP, tokens,
                          missing + none);
    if (at < count)
        none += put_eight(buckets, places, same, at, (unsigned)(count - at), tokens,
                          missing + none);
    return none;
}

const struct efti_probe efti_probe_avx512 = {
    .name = "avx512",
    .keys = keys_avx512,
    .ask = ask_avx512,
    .find = find_avx512,
};
