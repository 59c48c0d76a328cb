/*
 * probe_avx2.c - keys and tags of four words at a time (probe.h)
 */
#include "arch/probe.h"

#include <immintrin.h>

/* Of four tokens */
struct four {
    __m128i starts, sizes;
    __m256i kinds; /* where keys have them */
};

static inline __m128i
load_token(const unsigned char *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline struct four
load_four(const unsigned char *p)
{
    const uint64_t kind = (uint64_t)UINT8_MAX << EFTI_KEY_KIND;
    __m128i a = load_token(p), b = load_token(p + EFTI_PROBE_TOKEN);
    __m128i c = load_token(p + 2 * EFTI_PROBE_TOKEN);
    __m128i d = load_token(p + 3 * EFTI_PROBE_TOKEN);
    __m128i places_ab = _mm_unpacklo_epi32(a, b), places_cd = _mm_unpacklo_epi32(c, d);
    __m128i rests_ab = _mm_unpackhi_epi32(a, b), rests_cd = _mm_unpackhi_epi32(c, d);
    __m128i starts = _mm_unpacklo_epi64(places_ab, places_cd);
    __m128i ends = _mm_unpackhi_epi64(places_ab, places_cd);
    __m256i rests = _mm256_cvtepu32_epi64(_mm_unpackhi_epi64(rests_ab, rests_cd));

    return (struct four){
        .starts = starts,
        .sizes = _mm_sub_epi32(ends, starts),
        .kinds = _mm256_and_si256(_mm256_slli_epi64(rests, EFTI_KEY_KIND - 16),
                                  _mm256_set1_epi64x((long long)kind)),
    };
}

/* The lowest bytes of each, as many as `sizes` says (8: all) */
static inline __m256i
cut(__m256i x, __m128i sizes)
{
    __m256i spare = _mm256_sub_epi64(_mm256_set1_epi64x(64),
                                     _mm256_cvtepu32_epi64(_mm_slli_epi32(sizes, 3)));

    return _mm256_srlv_epi64(_mm256_sllv_epi64(x, spare), spare);
}

static inline __m256i
fold(__m256i x, uint64_t secret)
{
    __m256i sum = _mm256_add_epi32(x, _mm256_set1_epi64x((long long)secret));

    return _mm256_mul_epu32(sum, _mm256_srli_epi64(sum, 32));
}

/* efti_key_tag(), in the lower halves */
static inline __m256i
tags_of(__m256i first, __m256i second, const uint64_t *secrets)
{
    __m256i h = _mm256_add_epi64(fold(first, secrets[0]), fold(second, secrets[1]));
    __m256i upper = _mm256_srli_epi64(h, 32);
    __m256i m = _mm256_set1_epi64x((long long)secrets[2]);
    /* the upper half of a product of 64 bits: what three of 32 leave there */
    __m256i sum =
        _mm256_add_epi64(_mm256_srli_epi64(_mm256_mul_epu32(h, m), 32),
                         _mm256_add_epi64(_mm256_mul_epu32(h, _mm256_srli_epi64(m, 32)),
                                          _mm256_mul_epu32(upper, m)));

    return _mm256_srli_epi64(_mm256_slli_epi64(sum, 32), 32);
}

/* The lower halves side by side */
static inline __m128i
halves(__m256i x)
{
    return _mm256_castsi256_si128(
        _mm256_permutevar8x32_epi32(x, _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6)));
}

static inline __m256i
gather(const void *at, __m128i places)
{
    return _mm256_i32gather_epi64((const long long *)at, places, 1);
}

static inline void
store_keys(struct efti_key *to, __m256i first, __m256i second)
{
    __m256i even = _mm256_unpacklo_epi64(first, second);
    __m256i odd = _mm256_unpackhi_epi64(first, second);
    __m256i *out = (__m256i *)(void *)to;

    _mm256_storeu_si256(out, _mm256_permute2x128_si256(even, odd, 0x20));
    _mm256_storeu_si256(out + 1, _mm256_permute2x128_si256(even, odd, 0x31));
}

/* Which of the four have more bytes than the hash has seen. */
static inline unsigned
take_four(const char *bytes, struct four t, const uint64_t *secrets,
          struct efti_key *keys, uint32_t *tags)
{
    __m128i upper = _mm_min_epu32(t.sizes, _mm_set1_epi32(8));
    __m128i lower =
        _mm_sub_epi32(_mm_min_epu32(t.sizes, _mm_set1_epi32(EFTI_KEY_BYTES)), upper);
    __m256i first = cut(gather(bytes, t.starts), upper);
    __m256i second = cut(gather(bytes + 8, t.starts), lower);
    __m128i sizes = _mm_min_epu32(t.sizes, _mm_set1_epi32(EFTI_KEY_MOST));
    __m256i rest = _mm256_or_si256(
        t.kinds,
        _mm256_slli_epi64(_mm256_cvtepu32_epi64(_mm_add_epi32(sizes, _mm_set1_epi32(2))),
                          EFTI_KEY_SIZE));
    __m256i letters =
        _mm256_and_si256(second, _mm256_set1_epi64x((long long)EFTI_KEY_LETTERS));
    __m256i tag = tags_of(first, _mm256_xor_si256(second, rest), secrets);

    store_keys(keys, first, _mm256_or_si256(letters, rest));
    _mm_storeu_si128((__m128i *)(void *)tags, halves(tag));
    __m128i fits =
        _mm_cmpeq_epi32(_mm_min_epu32(t.sizes, _mm_set1_epi32(EFTI_KEY_BYTES)), t.sizes);
    return (unsigned)_mm_movemask_ps(_mm_castsi128_ps(fits)) ^ 15u;
}

size_t
efti_probe_avx2(eft_text text, const void *tokens, size_t count, const uint64_t *secrets,
                struct efti_key *keys, uint32_t *tags, uint64_t *longer)
{
    const unsigned char *token = tokens;
    size_t done = 0;
    uint32_t last;

    for (; done + 4 <= count; done += 4, token += 4 * EFTI_PROBE_TOKEN) {
        memcpy(&last, token + 3 * EFTI_PROBE_TOKEN, sizeof(last));
        if (text.size - last < EFTI_KEY_BYTES) /* gathered beyond the text */
            break;
        uint64_t more =
            take_four(text.bytes, load_four(token), secrets, keys + done, tags + done);
        longer[done / 64] |= more << done % 64;
    }
    return done;
}
