/*
 * scan.c - word boundaries of ordinary Latin text without ICU
 *
 * UAX #29 with the Swedish tailoring, for the characters that make up nearly all Swedish
 * text: ASCII, the letters of Latin-1 and Latin Extended-A, the soft hyphen, and the
 * dashes, quotes and dots of U+2010..U+203A. Among these the rules come down to
 *
 *     word    = part (joiner? part)*           part: letter, digit or low line
 *     letter  . : ' · ’   letter               WB6, WB7 (the colon is Swedish)
 *     digit   . , ; ' ’   digit                WB11, WB12
 *
 * and a soft hyphen inside a word changes nothing (WB4). Anything else makes the piece
 * that it stands in go to ICU. A piece reaches from one border to the next, a border
 * being the place between a space and an ASCII character that is no space, or a line
 * feed: no rule joins over those, and no rule looks past them, so pieces are independent.
 *
 * tests/tokenizers/test_boundaries.c holds this against ICU.
 */
#include "tokenizers/internal.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* What a byte says: the bits of a word's character, or one of these */
enum {
    SCAN_MID_LETTER = 128, /* : */
    SCAN_MID_BOTH,         /* . ' */
    SCAN_MID_NUMBER,       /* , ; */
    SCAN_TWO,              /* lead byte of a Latin letter, or of × ÷ */
    SCAN_C2,
    SCAN_E2,
    SCAN_OTHER, /* never part of a word */
    SCAN_STRANGE
};
#define SCAN_LOW RAW_MARK /* _ : joins letters and digits, no word alone */

#define L RAW_LETTER
#define D RAW_DIGIT
#define A (RAW_LETTER | RAW_AT) /* ICU counts the commercial at as a letter */
#define O SCAN_OTHER
#define S SCAN_STRANGE
#define T SCAN_TWO
#define ROW_OTHER O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O
#define ROW_STRANGE S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S
/* clang-format off */
static const uint8_t scan_class[256] = {
    ROW_OTHER, ROW_OTHER,
    /*  !  "  #  $  %  &  '  (  )  *  +  ,  -  .  / */
    O, O, O, O, O, O, O, SCAN_MID_BOTH, O, O, O, O, SCAN_MID_NUMBER, O, SCAN_MID_BOTH, O,
    D, D, D, D, D, D, D, D, D, D, SCAN_MID_LETTER, SCAN_MID_NUMBER, O, O, O, O,
    A, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
    L, L, L, L, L, L, L, L, L, L, L, O, O, O, O, SCAN_LOW,
    O, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
    L, L, L, L, L, L, L, L, L, L, L, O, O, O, O, O,
    ROW_STRANGE, ROW_STRANGE, ROW_STRANGE, ROW_STRANGE,
    /* C0..CF: C3 Latin-1 letters, C4 and C5 Latin Extended-A */
    S, S, SCAN_C2, T, T, T, S, S, S, S, S, S, S, S, S, S,
    ROW_STRANGE,
    S, S, SCAN_E2, S, S, S, S, S, S, S, S, S, S, S, S, S,
    ROW_STRANGE,
};
/* clang-format on */
#undef L
#undef D
#undef A
#undef O
#undef S
#undef T

/* A character seen by the scanner: its class (SCAN_TWO, _C2, _E2 resolved) and size. */
struct glance {
    uint8_t class;
    uint8_t size;
    bool soft; /* soft hyphen */
};

static struct glance
glance_c2(unsigned char second)
{
    switch (second) {
    case 0xAA: /* ª */
    case 0xB5: /* µ */
    case 0xBA: /* º */ return (struct glance){RAW_LETTER, 2, false};
    case 0xB7: /* · */ return (struct glance){SCAN_MID_LETTER, 2, false};
    case 0xAD: return (struct glance){SCAN_OTHER, 2, true};
    default: return (struct glance){SCAN_OTHER, 2, false};
    }
}

static struct glance
glance_e2(const unsigned char *p, size_t left)
{
    const struct glance strange = {SCAN_STRANGE, 3, false};

    if (left < 3 || p[1] != 0x80)
        return strange;
    if (p[2] == 0x98 || p[2] == 0x99) /* ‘ ’ */
        return (struct glance){SCAN_MID_BOTH, 3, false};
    /* U+2010..U+2023, U+2026, U+2030..U+203A; not U+2024, U+2027 (they join), not the
     * line separators and the narrow space */
    if ((p[2] >= 0x90 && p[2] <= 0xA3) || p[2] == 0xA6 || (p[2] >= 0xB0 && p[2] <= 0xBA))
        return (struct glance){SCAN_OTHER, 3, false};
    return strange;
}

static inline struct glance
glance_at(const unsigned char *p, size_t left)
{
    uint8_t class = scan_class[*p];

    if (EFTI_LIKELY(class < SCAN_MID_LETTER))
        return (struct glance){class, 1, false};
    switch (class) {
    case SCAN_TWO:
        if (p[0] == 0xC3 && (p[1] == 0x97 || p[1] == 0xB7)) /* × ÷ */
            return (struct glance){SCAN_OTHER, 2, false};
        return (struct glance){RAW_LETTER, 2, false};
    case SCAN_C2: return glance_c2(p[1]);
    case SCAN_E2: return glance_e2(p, left);
    default: return (struct glance){class, 1, false};
    }
}

static inline bool
joins(uint8_t before, uint8_t mid, uint8_t after)
{
    if ((before & after & RAW_LETTER) != 0 && after < SCAN_MID_LETTER)
        return mid == SCAN_MID_LETTER || mid == SCAN_MID_BOTH;
    return before == RAW_DIGIT && after == RAW_DIGIT &&
           (mid == SCAN_MID_NUMBER || mid == SCAN_MID_BOTH);
}

/* A word from `at` to its end. `*strange` when ICU must decide. */
struct word {
    uint32_t end;
    uint32_t bits;
    bool strange;
};

static inline uint32_t
mid_bit(unsigned char c)
{
    return c == '.' ? RAW_DOT : c == ':' ? RAW_COLON : RAW_MARK;
}

/* One low line alone is no word, two are (ICU's rules); soft hyphens do not count. */
static bool
is_lone_low_line(const unsigned char *bytes, uint32_t start, uint32_t end)
{
    uint32_t low = 0;

    for (uint32_t i = start; i < end; i++)
        low += bytes[i] == '_';
    return low < 2;
}

/* What stops the plain run of letters and digits at `at`: false when the word ends. */
static bool
scan_joint(const unsigned char *bytes, uint32_t size, uint8_t *last, uint32_t *at,
           struct word *w)
{
    struct glance here = glance_at(bytes + *at, size - *at);

    if (here.class < SCAN_MID_LETTER) {
        w->bits |= here.class;
        *last = here.class;
    } else if (here.soft && *last != SCAN_LOW) { /* ICU 72 gives a_ + U+00AD status 0 */
        w->bits |= RAW_MARK;
    } else if (here.class == SCAN_STRANGE || here.soft) {
        w->strange = true;
        return false;
    } else if (here.class == SCAN_OTHER || *at + here.size >= size) {
        return false;
    } else {
        struct glance next = glance_at(bytes + *at + here.size, size - *at - here.size);
        w->strange = next.class == SCAN_STRANGE || next.soft;
        if (w->strange || !joins(*last, here.class, next.class))
            return false;
        w->bits |= mid_bit(bytes[*at]);
    }
    *at += here.size;
    return true;
}

/*
 * How many of the eight bytes at `p` go on a run of letters: ASCII letters, and C3 with
 * its second byte. Done in one 64-bit word, since a loop over the bytes is mispredicted
 * at the end of nearly every word. A second byte may stand alone at the start (the C3 was
 * in the word before); other lead bytes end the run. C3 97 and C3 B7 are × and ÷: when
 * such a byte is near, the answer is 0 and the caller looks at one character.
 */
#define EVERY(byte) ((uint64_t)(byte)*0x0101010101010101u)

static inline uint32_t
letter_run(const unsigned char *p)
{
    uint64_t x, small, letters, high, lead, sign;

    memcpy(&x, p, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    x = __builtin_bswap64(x);
#endif
    high = x & EVERY(0x80);
    small = (x | EVERY(0x20)) & EVERY(0x7F);
    /* the top bit of a byte tells small >= 'a', small > 'z' */
    letters = (small + EVERY(0x80 - 'a')) & ~(small + EVERY(0x80 - 'z' - 1)) & ~high;
    /* no carry from byte to byte: the top bits are cleared before each sum */
    lead = x ^ EVERY(0xC3);
    lead = ~(((lead & EVERY(0x7F)) + EVERY(0x7F)) | lead); /* top bit: the byte was C3 */
    sign = (x & EVERY(0xDF)) ^ EVERY(0x97);
    sign = ~(((sign & EVERY(0x7F)) + EVERY(0x7F)) | sign) & EVERY(0x80);
    if (EFTI_UNLIKELY(sign != 0))
        return 0;
    letters |= lead | (high & ~(x << 1)); /* 10xxxxxx */
    letters = ~letters & EVERY(0x80);
    return letters == 0 ? 8 : (uint32_t)__builtin_ctzll(letters) / 8;
}

/* The same for sixteen bytes in a register of the CPU, where every one of its kind has
 * them. Comparisons are signed: bytes from 0x80 on are below zero, tails below C0. */
#if defined(__SSE2__)
#define RUN_BYTES 16

static inline uint32_t
wide_run(const unsigned char *p)
{
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i small = _mm_or_si128(x, _mm_set1_epi8(0x20));
    __m128i letters = _mm_and_si128(_mm_cmpgt_epi8(small, _mm_set1_epi8('a' - 1)),
                                    _mm_cmplt_epi8(small, _mm_set1_epi8('z' + 1)));
    __m128i tails = _mm_cmplt_epi8(x, _mm_set1_epi8((char)0xC0));
    __m128i leads = _mm_cmpeq_epi8(x, _mm_set1_epi8((char)0xC3));
    __m128i signs = _mm_cmpeq_epi8(_mm_and_si128(x, _mm_set1_epi8((char)0xDF)),
                                   _mm_set1_epi8((char)0x97));
    uint32_t stop =
        ~(uint32_t)_mm_movemask_epi8(_mm_or_si128(letters, _mm_or_si128(tails, leads)));
    uint32_t run = (uint32_t)__builtin_ctz(stop | 1u << RUN_BYTES);

    return ((uint32_t)_mm_movemask_epi8(signs) & ((1u << run) - 1)) != 0 ? 0 : run;
}
#else
#define RUN_BYTES 8
#define wide_run letter_run
#endif

static inline uint32_t
run_at(const unsigned char *bytes, uint32_t at, uint32_t size)
{
    if (EFTI_LIKELY(size - at >= RUN_BYTES))
        return wide_run(bytes + at);
    return size - at >= 8 ? letter_run(bytes + at) : 0;
}

static inline struct word
scan_word(const unsigned char *bytes, uint32_t at, uint32_t size)
{
    struct word w = {.end = at};
    uint32_t start = at;
    uint8_t last = SCAN_OTHER;

    for (;;) {
        uint32_t run = run_at(bytes, at, size);
        if (EFTI_LIKELY(run > 0)) {
            w.bits |= RAW_LETTER;
            last = RAW_LETTER;
            at += run;
            if (run == 8 || run == RUN_BYTES)
                continue;
        }
        if (at == size || bytes[at] == ' ')
            break;
        uint8_t class = scan_class[bytes[at]];
        if (class < SCAN_MID_LETTER) {
            w.bits |= class;
            last = class;
            at++;
        } else if (!scan_joint(bytes, size, &last, &at, &w)) {
            break;
        }
    }
    w.end = at;
    if (EFTI_UNLIKELY((w.bits & (RAW_LETTER | RAW_DIGIT)) == 0) &&
        is_lone_low_line(bytes, start, at))
        w.bits = 0;
    return w;
}

/* The last border at or before `at` and not before `floor`. */
static uint32_t
border_before(const unsigned char *bytes, uint32_t at, uint32_t floor)
{
    while (at > floor) {
        if (bytes[at - 1] == '\n')
            break;
        if (bytes[at - 1] == ' ' && bytes[at] != ' ' && bytes[at] < 0x80)
            break;
        at--;
    }
    return at;
}

static uint32_t
border_after(const unsigned char *bytes, uint32_t at, uint32_t size)
{
    while (at < size && bytes[at] != '\n') {
        if (bytes[at] == ' ' && at + 1 < size && bytes[at + 1] != ' ' &&
            bytes[at + 1] < 0x80 && bytes[at + 1] != '\n')
            return at + 1;
        at++;
    }
    return at;
}

/* Let ICU do the piece around `at`; the scan goes on at the border that is returned. */
static eft_status
hand_over(struct efti_tokenizer *t, eft_text text, uint32_t at, uint32_t floor,
          uint32_t *next, eft_error *err)
{
    const unsigned char *bytes = (const unsigned char *)text.bytes;
    uint32_t start = border_before(bytes, at, floor);
    uint32_t end = border_after(bytes, at, (uint32_t)text.size);

    while (t->raw.count > 0 && t->raw.items[t->raw.count - 1].start >= start)
        t->raw.count--;
    *next = end;
    return efti_icu_segment(t, text, start, end, err);
}

static inline bool
push(struct efti_tokenizer *t, const char *bytes, uint32_t start, const struct word *w)
{
    if (EFTI_UNLIKELY((w->bits & (RAW_DOT | RAW_COLON | RAW_MARK)) != 0))
        return efti_raw_push(t, bytes, start, w->end, w->bits);
    if (!EFTI_PUSH(t->mem, &t->raw))
        return false;
    t->raw.items[t->raw.count - 1] = (struct efti_raw){start, w->end, w->bits};
    return true;
}

eft_status
efti_scan(struct efti_tokenizer *t, eft_text text, eft_error *err)
{
    const unsigned char *bytes = (const unsigned char *)text.bytes;
    uint32_t size = (uint32_t)text.size;
    uint32_t at = 0, floor = 0; /* floor: nothing before it may be done again */

    t->raw.count = 0;
    while (at < size) {
        if (bytes[at] == ' ') {
            at++;
            continue;
        }
        struct glance here = glance_at(bytes + at, size - at);
        struct word w = {.strange = here.class == SCAN_STRANGE};
        if (here.class < SCAN_MID_LETTER)
            w = scan_word(bytes, at, size);
        if (EFTI_UNLIKELY(w.strange)) {
            eft_status st = hand_over(t, text, at, floor, &at, err);
            if (st != EFT_OK)
                return st;
            floor = at;
        } else if (here.class < SCAN_MID_LETTER) {
            if (w.bits != 0 && !push(t, text.bytes, at, &w))
                return efti_no_memory(err, "a list of tokens");
            at = w.end;
        } else {
            at += here.size;
        }
    }
    return EFT_OK;
}
