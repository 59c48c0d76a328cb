/*
 * scan_portable.c - the kernel for any CPU and byte order
 *
 * A table gives the class of a byte as one bit of eight, or two (and two bits mean one
 * thing in ASCII and another above it). Eight classes make a 64-bit
 * word, from which one plane is taken by a multiplication: with only the lowest bit of
 * every byte left, x * 0x0102040810204080 gathers those bits in the highest byte.
 */
#include "arch/scan_body.h"

enum {
    LETTER = 1,
    DIGIT = 2,
    SPACE = 4,
    STOP = 8,
    COMMA = 16,
    LEAD = 32, /* above ASCII */
    SLASH = 32,
    SIGN = 64, /* above ASCII */
    CLOSE = 64,
    OPEN = SLASH | CLOSE,
    RARE = 128,
    COLON = RARE | SPACE
};

/* clang-format off */
#define O4 0, 0, 0, 0
#define O16 O4, O4, O4, O4
#define L5 LETTER, LETTER, LETTER, LETTER, LETTER
#define L25 L5, L5, L5, L5, L5
static const uint8_t classes[256] = {
    O16, O16,
    SPACE, 0, 0, 0, 0, 0, 0, RARE, OPEN, CLOSE, 0, 0, COMMA, 0, STOP, SLASH,
    DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, COLON, RARE, O4,
    RARE, L25, LETTER, O4, RARE,
    0, L25, LETTER, O4, 0,
    O16, 0, 0, 0, 0, 0, 0, 0, SIGN, O4, O4,
    O16, 0, 0, 0, 0, 0, 0, 0, SIGN, O4, O4,
    0, 0, 0, LEAD, O4, O4, O4, O16, O16, O16
};
/* clang-format on */

static inline uint64_t
plane(const uint64_t words[8], unsigned bit)
{
    uint64_t out = 0;

    for (unsigned i = 0; i < 8; i++) {
        uint64_t one = words[i] >> bit & 0x0101010101010101u;
        out |= (one * 0x0102040810204080u >> 56) << 8 * i;
    }
    return out;
}

static inline void
scan_classify(const unsigned char *bytes, struct scan_planes *p)
{
    uint64_t words[8], high = 0;

    for (unsigned i = 0; i < 8; i++) {
        uint64_t word = 0, top = 0;
        for (unsigned j = 0; j < 8; j++) {
            unsigned char c = bytes[8 * i + j];
            word |= (uint64_t)classes[c] << 8 * j;
            top |= (uint64_t)(c >> 7) << j;
        }
        words[i] = word;
        high |= top << 8 * i;
    }
    p->letter = plane(words, 0);
    p->digit = plane(words, 1);
    p->rare = plane(words, 7);
    p->space = plane(words, 2) & ~p->rare;
    p->colon = plane(words, 2) & p->rare;
    p->stop = plane(words, 3);
    p->comma = plane(words, 4);
    uint64_t lead = plane(words, 5), sign = plane(words, 6);
    p->lead = lead & high;
    p->slash = lead & ~sign & ~high;
    p->sign = sign & high;
    p->close = sign & ~lead & ~high;
    p->open = sign & lead & ~high;
    p->high = high;
    p->other = p->word = p->soft = 0;
}

bool
efti_scan_run_portable(struct efti_scan *s, uint32_t end)
{
    return scan_run(s, end);
}

bool
efti_scan_has_portable(void)
{
    return true;
}
