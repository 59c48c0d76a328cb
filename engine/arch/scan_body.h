/*
 * scan_body.h - the kernel around scan_classify(), compiled once for each kind of CPU
 *
 * The file that includes this defines scan_classify(), which turns 64 bytes into planes:
 * bit i of a plane says something of byte i. From there on all is arithmetic on 64-bit
 * words (WB numbers are rules of UAX #29):
 *
 *     word   = letter | digit | low line | joined          WB5, WB8-10, WB13a, WB13b
 *     joined = stop between letters or between digits, comma between digits
 *                                                            WB6, WB7, WB11, WB12
 *     starts = word & ~(word << 1)      ends = ~word & (word << 1)
 *
 * with the last bits of the block before carried in. Which words hold something special
 * comes from an addition: in word + special a carry runs from a special byte to the end
 * of its word and comes out at the bit behind it, which is the bit of its end. Characters
 * that are rare in Swedish text (colon, apostrophes, section sign, soft hyphen ...) are
 * done one at a time by efti_scan_rare(), which changes the planes.
 */
#ifndef EFTI_ARCH_SCAN_BODY_H
#define EFTI_ARCH_SCAN_BODY_H

#include "arch/scan_rare.h"

/* Bit i: byte i is ... */
struct scan_planes {
    uint64_t letter; /* A-Z a-z */
    uint64_t digit, space, stop, comma;
    uint64_t high; /* 0x80 and above */
    uint64_t lead; /* 0xC3: lead byte of À..ÿ */
    uint64_t sign; /* 0x97 or 0xB7, which behind 0xC3 are × and ÷ */
    uint64_t rare; /* : ; ' @ _ */
};
static inline void scan_classify(const unsigned char *bytes, struct scan_planes *p);

static inline uint32_t
scan_lowest(uint64_t bits)
{
    return (uint32_t)__builtin_ctzll(bits);
}

static inline uint32_t
scan_count_below(uint64_t bits, uint64_t lowest)
{
    return (uint32_t)__builtin_popcountll(bits & (lowest - 1));
}

static inline void
scan_mark(uint64_t *set, uint32_t number)
{
    set[number / 64] |= (uint64_t)1 << number % 64;
}

/* Write the records of this block: a start for each bit of `starts`, an end for each of
 * `ends`. The n-th end belongs to the n-th start, counted from the beginning of the text.
 */
static inline void
scan_put(struct efti_scan *s, uint32_t base, uint64_t starts, uint64_t ends)
{
    unsigned char *to = s->records + (size_t)s->starts * EFTI_SCAN_RECORD;

    s->starts += (uint32_t)__builtin_popcountll(starts);
    for (; starts != 0; starts &= starts - 1, to += EFTI_SCAN_RECORD) {
        uint32_t at = base + scan_lowest(starts);
        memcpy(to, &at, sizeof(at));
    }
    to = s->records + (size_t)s->count * EFTI_SCAN_RECORD;
    s->count += (uint32_t)__builtin_popcountll(ends);
    for (; ends != 0; ends &= ends - 1, to += EFTI_SCAN_RECORD) {
        uint32_t at = base + scan_lowest(ends);
        memcpy(to + 4, &at, sizeof(at));
        memcpy(to + 8, &s->rest, sizeof(s->rest));
    }
}

#ifndef SCAN_PUT /* a kernel may have its own */
#define SCAN_PUT scan_put
#endif

/* `odd_starts`: something else than a plain gap before; `holding`: ends of words that
 * hold something special. */
static inline void
scan_tell(struct efti_scan *s, uint64_t starts, uint64_t ends, uint64_t odd_starts,
          uint64_t holding)
{
    for (; odd_starts != 0; odd_starts &= odd_starts - 1) {
        uint32_t n = s->starts + scan_count_below(starts, odd_starts & -odd_starts);
        if (EFTI_LIKELY(n > 0))
            scan_mark(s->attend, n - 1);
    }
    for (; holding != 0; holding &= holding - 1)
        scan_mark(s->special, s->count + scan_count_below(ends, holding & -holding));
}

/* Sum with carry in and out */
static inline uint64_t
scan_add(uint64_t a, uint64_t b, bool *carry)
{
    uint64_t sum, total;
    bool first = __builtin_add_overflow(a, b, &sum);
    bool second = __builtin_add_overflow(sum, (uint64_t)*carry, &total);

    *carry = first || second;
    return total;
}

/* Joiners that are one byte: a full stop, a comma. */
static inline uint64_t
scan_joined(const struct efti_scan *s, const struct scan_planes *p,
            const struct scan_word *w, uint32_t base)
{
    uint64_t next_letter = w->letter >> 1, next_digit = w->digit >> 1;

    if (EFTI_UNLIKELY((p->stop | p->comma) >> 63 != 0)) {
        enum scan_near next = efti_scan_near(s, base + EFTI_SCAN_BLOCK);
        next_letter |= (uint64_t)(next == NEAR_LETTER) << 63;
        next_digit |= (uint64_t)(next == NEAR_DIGIT) << 63;
    }
    return ((w->letter << 1 | s->letter) & next_letter & p->stop) |
           ((w->digit << 1 | s->digit) & next_digit & (p->stop | p->comma));
}

/* One block. False: a strange byte; what comes before the border before it is done. */
static inline bool
scan_block(struct efti_scan *s, const unsigned char *bytes, uint32_t base)
{
    struct scan_planes p;
    struct scan_word w = {0};

    scan_classify(bytes, &p);
    uint64_t pairs = p.lead | p.lead << 1 | s->lead;
    uint64_t signs = p.sign & (p.lead << 1 | s->lead);
    w.letter = p.letter | pairs | s->spill_letter;
    w.digit = p.digit | s->spill_digit;
    w.joined = s->spill_join;
    w.mark = s->spill_mark;
    s->spill_letter = s->spill_digit = s->spill_join = s->spill_mark = 0;
    if (EFTI_UNLIKELY(signs != 0))
        w.letter &= ~(signs | signs >> 1);
    s->lead = p.lead >> 63 != 0;
    if (EFTI_UNLIKELY(s->lead) && efti_scan_near(s, base + 63) != NEAR_LETTER)
        w.letter &= ~((uint64_t)1 << 63);

    uint64_t rare = (p.high & ~pairs) | p.rare;
    uint64_t kept = ~(uint64_t)0;
    if (rare != 0 && !efti_scan_rare(s, &w, rare, base)) {
        kept = efti_scan_cut(s, base);
        w.letter &= kept;
        w.digit &= kept;
        w.low &= kept;
        w.joined &= kept;
        w.mark &= kept;
    }
    uint64_t joined = w.joined | scan_joined(s, &p, &w, base);
    uint64_t word = w.letter | w.digit | w.low | joined;
    uint64_t before = s->in_word;
    uint64_t shifted = word << 1 | before >> 63;
    uint64_t starts = word & ~shifted, ends = ~word & shifted;

    /* a plain gap: word, space; or word, comma, space */
    uint64_t word_2 = word << 2 | before >> 62, word_3 = word << 3 | before >> 61;
    uint64_t comma = p.comma | (p.rare & w.semicolon);
    uint64_t plain = (p.space << 1 | s->space >> 63) &
                     (word_2 | ((comma << 2 | s->comma >> 62) & word_3));
    uint64_t special = (word & ~w.letter) | w.mark | (word == ~(uint64_t)0);
    uint64_t holding = scan_add(word, special, &s->holds) & ends;

    scan_tell(s, starts, ends, starts & ~plain, holding);
    uint32_t first = s->count;
    SCAN_PUT(s, base, starts, ends);
    for (; holding != 0; holding &= holding - 1)
        s->records[(size_t)(first + scan_count_below(ends, holding & -holding)) *
                       EFTI_SCAN_RECORD +
                   EFTI_SCAN_RECORD - 1] = 0;
    s->in_word = word;
    s->space = p.space;
    s->comma = comma;
    s->letter = w.letter >> 63 != 0;
    s->digit = w.digit >> 63 != 0;
    return kept == ~(uint64_t)0;
}

/* The records that have become whole go through the filter. */
static inline void
scan_filter(struct efti_scan *s)
{
    const uint64_t *filter = s->filter;
    const unsigned char *record = s->records + (size_t)s->filtered * EFTI_SCAN_RECORD;

    for (uint32_t n = s->filtered; n < s->count; n++, record += EFTI_SCAN_RECORD) {
        uint32_t start, end;
        uint64_t key = 0;
        memcpy(&start, record, sizeof(start));
        memcpy(&end, record + 4, sizeof(end));
        uint32_t size = end - start;
        if (EFTI_LIKELY(s->size - start >= sizeof(key)))
            memcpy(&key, s->bytes + start, sizeof(key));
        else
            memcpy(&key, s->bytes + start, s->size - start);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        key = __builtin_bswap64(key);
#endif
        key = (key | 0x2020202020202020u) << ((64 - 8 * size) & 63);
        uint32_t bit = efti_scan_filter_bit(key);
        if (EFTI_UNLIKELY((filter[bit / 64] >> bit % 64 & 1) != 0) && size <= 8)
            scan_mark(s->attend, n);
    }
    s->filtered = s->count;
}

static bool
scan_run(struct efti_scan *s, uint32_t end)
{
    bool known = true;

    while (known && s->at < end) {
        unsigned char tail[EFTI_SCAN_BLOCK];
        uint32_t base = s->at, left = s->size - base;
        const unsigned char *bytes = s->bytes + base;

        if (EFTI_UNLIKELY(left < EFTI_SCAN_BLOCK)) {
            memset(tail, ' ', sizeof(tail));
            memcpy(tail, bytes, left);
            bytes = tail;
        }
        known = scan_block(s, bytes, base);
        s->at = left < EFTI_SCAN_BLOCK ? s->size : base + EFTI_SCAN_BLOCK;
    }
    if (s->filter != NULL)
        scan_filter(s);
    return known;
}

#endif
