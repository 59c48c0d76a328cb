/*
 * sha256_x86.c - the rounds of SHA-256 (FIPS 180-4) on x86 CPUs with SHA instructions
 *
 * Two rounds an instruction. They want the eight words of the state as two registers,
 * ABEF and CDGH from the top, and four words of the message with the constants added.
 * Words 16 to 63 of the message come from those before, four at a time:
 *
 *     w[t] = s1(w[t - 2]) + w[t - 7] + s0(w[t - 15]) + w[t - 16]
 *
 * Compiled with flags of its own; nobody calls it on another CPU.
 */
#include "base/sha256.h"

#include <cpuid.h>
#include <immintrin.h>

#define SSSE3 (1u << 9)  /* leaf 1, ecx */
#define SSE41 (1u << 19) /* leaf 1, ecx */
#define SHA (1u << 29)   /* leaf 7, ebx */
#define LOW_PAIR 0x0E    /* the upper two words moved down */

/* Cube roots of the first 64 primes: FIPS 180-4, 4.2.2. */
static const uint32_t round_words[64] = {
    0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4,
    0xAB1C5ED5, 0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE,
    0x9BDC06A7, 0xC19BF174, 0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F,
    0x4A7484AA, 0x5CB0A9DC, 0x76F988DA, 0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7,
    0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967, 0x27B70A85, 0x2E1B2138, 0x4D2C6DFC,
    0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85, 0xA2BFE8A1, 0xA81A664B,
    0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070, 0x19A4C116,
    0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
    0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7,
    0xC67178F2,
};

bool
efti_sha256_x86_runs(void)
{
    unsigned a, b, c, d;

    if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & SSSE3) == 0 || (c & SSE41) == 0)
        return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & SHA) != 0;
}

struct halves {
    __m128i abef, cdgh;
};

static inline struct halves
take_state(const uint32_t state[8])
{
    __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
    __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);

    return (struct halves){_mm_alignr_epi8(badc, hgfe, 8),
                           _mm_blend_epi16(hgfe, badc, 0xF0)};
}

static inline void
give_state(struct halves h, uint32_t state[8])
{
    __m128i feba = _mm_shuffle_epi32(h.abef, 0x1B);
    __m128i dchg = _mm_shuffle_epi32(h.cdgh, 0xB1);

    _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

static inline __m128i
message_words(const unsigned char *p)
{
    const __m128i big_endian = _mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203);

    return _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)p),
                            big_endian);
}

/* The four words behind the sixteen. */
static inline __m128i
next_words(__m128i w0, __m128i w1, __m128i w2, __m128i w3)
{
    __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4));

    return _mm_sha256msg2_epu32(sum, w3);
}

static inline struct halves
four_rounds(struct halves h, __m128i words, const uint32_t *constants)
{
    __m128i k = _mm_add_epi32(words, _mm_loadu_si128((const __m128i *)constants));

    h.cdgh = _mm_sha256rnds2_epu32(h.cdgh, h.abef, k);
    h.abef = _mm_sha256rnds2_epu32(h.abef, h.cdgh, _mm_shuffle_epi32(k, LOW_PAIR));
    return h;
}

static inline struct halves
add_block(struct halves h, const unsigned char *p)
{
    const struct halves before = h;
    __m128i w0 = message_words(p), w1 = message_words(p + 16);
    __m128i w2 = message_words(p + 32), w3 = message_words(p + 48);

    for (size_t at = 0;; at += 16) {
        h = four_rounds(h, w0, round_words + at);
        h = four_rounds(h, w1, round_words + at + 4);
        h = four_rounds(h, w2, round_words + at + 8);
        h = four_rounds(h, w3, round_words + at + 12);
        if (at == 48)
            break;
        w0 = next_words(w0, w1, w2, w3);
        w1 = next_words(w1, w2, w3, w0);
        w2 = next_words(w2, w3, w0, w1);
        w3 = next_words(w3, w0, w1, w2);
    }
    h.abef = _mm_add_epi32(h.abef, before.abef);
    h.cdgh = _mm_add_epi32(h.cdgh, before.cdgh);
    return h;
}

void
efti_sha256_x86(uint32_t state[8], const unsigned char *blocks, size_t count)
{
    struct halves h = take_state(state);

    for (size_t i = 0; i < count; i++)
        h = add_block(h, blocks + i * EFTI_SHA256_BLOCK);
    give_state(h, state);
}
