/*
 * probe_avx2.c - keys and buckets of four words at a time (probe.h)
 */
#include "arch/probe_wide.h"

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
    const uint64_t kind = (uint64_t)0xF << (EFTI_KEY_REST + 4);
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
        .kinds = _mm256_and_si256(_mm256_slli_epi64(rests, EFTI_KEY_REST + 4 - 16),
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

/* Which of the four are longer than a key */
static inline unsigned
take_four(const char *bytes, struct four t, struct efti_key *keys)
{
    __m128i sizes = _mm_min_epu32(t.sizes, _mm_set1_epi32(EFTI_KEY_BYTES));
    __m128i upper = _mm_min_epu32(sizes, _mm_set1_epi32(8));
    __m256i first = cut(gather(bytes, t.starts), upper);
    __m256i second = cut(gather(bytes + 8, t.starts), _mm_sub_epi32(sizes, upper));
    __m256i rest = _mm256_or_si256(
        t.kinds, _mm256_slli_epi64(_mm256_cvtepu32_epi64(sizes), EFTI_KEY_REST));

    store_keys(keys, first, _mm256_or_si256(second, rest));
    return (unsigned)_mm_movemask_ps(_mm_castsi128_ps(_mm_cmpeq_epi32(sizes, t.sizes))) ^
           15u;
}

static size_t
keys_avx2(eft_text text, const void *tokens, size_t count, struct efti_key *keys,
          uint32_t *longer)
{
    const unsigned char *token = tokens;
    size_t done = 0, more = 0;
    uint32_t last;

    for (; done + EFTI_PROBE_GROUP <= count; done += EFTI_PROBE_GROUP) {
        memcpy(&last, token + (EFTI_PROBE_GROUP - 1) * EFTI_PROBE_TOKEN, sizeof(last));
        if (text.size - last < sizeof(*keys)) /* gathered beyond the text */
            break;
        unsigned set = take_four(text.bytes, load_four(token), keys + done);
        token += 4 * EFTI_PROBE_TOKEN;
        set |= take_four(text.bytes, load_four(token), keys + done + 4) << 4;
        token += 4 * EFTI_PROBE_TOKEN;
        for (; set != 0; set &= set - 1)
            longer[more++] = (uint32_t)done + _tzcnt_u32(set);
    }
    size_t rest =
        efti_probe_portable.keys(text, token, count - done, keys + done, longer + more);
    for (; rest > 0; rest--)
        longer[more++] += (uint32_t)done;
    return more;
}

static void
ask_avx2(const struct efti_probe_table *table, const struct efti_key *keys, size_t count,
         uint32_t *places)
{
    ask_for_all(table, keys, count, places);
}

static inline unsigned
same_words(const struct efti_key *keys, __m256i key)
{
    __m256i both = _mm256_loadu_si256((const __m256i *)(const void *)keys);

    return (unsigned)_mm256_movemask_pd(
        _mm256_castsi256_pd(_mm256_cmpeq_epi64(both, key)));
}

static size_t
find_avx2(const struct efti_bucket *buckets, const uint32_t *places,
          const struct efti_key *keys, size_t count, void *tokens, uint32_t *missing)
{
    size_t none = 0;
    unsigned char *token = tokens;

    for (size_t i = 0; i < count; i++, token += EFTI_PROBE_TOKEN) {
        const struct efti_bucket *b = &buckets[places[i]];
        __m256i key = _mm256_broadcastsi128_si256(
            _mm_loadu_si128((const __m128i *)(const void *)(keys + i)));
        /* the second load takes the ids along, which are no key: their bits are cut */
        unsigned words = same_words(b->keys, key) | same_words(b->keys + 2, key) << 4;
        missing[none] = (uint32_t)i;
        none += put_form(b, words, token);
    }
    return none;
}

const struct efti_probe efti_probe_avx2 = {
    .name = "avx2",
    .keys = keys_avx2,
    .ask = ask_avx2,
    .find = find_avx2,
};
