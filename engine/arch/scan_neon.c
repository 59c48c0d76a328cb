/*
 * scan_neon.c - the kernel for arm64: 16 bytes at a time
 *
 * There is no instruction that collects the top bits of bytes. Instead each byte of a
 * comparison keeps the bit of its place in an eighth (1, 2, 4 ... 128), and three rounds
 * of adding neighbours make one byte of eight, for four registers at once.
 */
#include "arch/scan_body.h"

#include <arm_neon.h>

static inline uint64_t
gather(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d)
{
    static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128,
                                        1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t weight = vld1q_u8(weights);
    uint8x16_t ab = vpaddq_u8(vandq_u8(a, weight), vandq_u8(b, weight));
    uint8x16_t cd = vpaddq_u8(vandq_u8(c, weight), vandq_u8(d, weight));
    uint8x16_t all = vpaddq_u8(ab, cd);

    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
}

static inline uint8x16_t
is(uint8x16_t x, uint8_t c)
{
    return vceqq_u8(x, vdupq_n_u8(c));
}

static inline uint8x16_t
within(uint8x16_t x, uint8_t first, uint8_t count)
{
    return vcltq_u8(vsubq_u8(x, vdupq_n_u8(first)), vdupq_n_u8(count));
}

static inline uint8x16_t
is_letter(uint8x16_t x)
{
    return within(vorrq_u8(x, vdupq_n_u8(0x20)), 'a', 26);
}

static inline uint8x16_t
is_digit(uint8x16_t x)
{
    return within(x, '0', 10);
}

static inline uint8x16_t
is_high(uint8x16_t x)
{
    return vcgeq_u8(x, vdupq_n_u8(0x80));
}

static inline uint8x16_t
is_rare(uint8x16_t x)
{
    return vorrq_u8(vorrq_u8(within(x, ':', 2), is(x, '\'')),
                    vorrq_u8(is(x, '@'), is(x, '_')));
}

static inline uint8x16_t
is_sign(uint8x16_t x)
{
    return is(vandq_u8(x, vdupq_n_u8(0xDF)), 0x97);
}

/* One of the tests above for all four registers, as a plane. */
#define EACH(f) gather(f(x[0]), f(x[1]), f(x[2]), f(x[3]))
#define EACH_IS(c) gather(is(x[0], c), is(x[1], c), is(x[2], c), is(x[3], c))

static inline void
scan_classify(const unsigned char *bytes, struct scan_planes *p)
{
    const uint8x16_t x[4] = {vld1q_u8(bytes), vld1q_u8(bytes + 16), vld1q_u8(bytes + 32),
                             vld1q_u8(bytes + 48)};

    p->letter = EACH(is_letter);
    p->digit = EACH(is_digit);
    p->space = EACH_IS(' ');
    p->stop = EACH_IS('.');
    p->comma = EACH_IS(',');
    p->close = EACH_IS(')');
    p->slash = EACH_IS('/');
    p->open = EACH_IS('(');
    p->colon = EACH_IS(':');
    p->high = EACH(is_high);
    p->lead = EACH_IS(0xC3);
    p->sign = EACH(is_sign);
    p->rare = EACH(is_rare);
    p->other = p->word = p->soft = 0;
}

bool
efti_scan_run_neon(struct efti_scan *s, uint32_t end)
{
    return scan_run(s, end);
}

bool
efti_scan_has_neon(void)
{
    return true; /* part of arm64 */
}
