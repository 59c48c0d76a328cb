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
    uint64_t close, slash; /* ) / */
    uint64_t high;         /* 0x80 and above */
    uint64_t lead;         /* 0xC3: lead byte of À..ÿ */
    uint64_t sign;         /* 0x97 or 0xB7, which behind 0xC3 are × and ÷ */
    uint64_t rare;         /* : ; ' @ _ */
    /* What spares most of the rare ones, or zero where a kernel does not tell: */
    uint64_t colon;
    uint64_t other; /* 0xC2: lead byte of §, no-break space and such */
    uint64_t word;  /* 0xAA to 0xBA: behind 0xC2 they may have to do with words */
};

/* What scan_classify() makes of a block: planes, or with SCAN_CLASSES something that
 * scan_planes_of() makes planes of. */
#ifdef SCAN_CLASSES
static inline void scan_planes_of(const struct scan_classes *c, struct scan_planes *p);
#else
#define scan_classes scan_planes
static inline void
scan_planes_of(const struct scan_planes *c, struct scan_planes *p)
{
    *p = *c;
}
#endif
static inline void scan_classify(const unsigned char *bytes, struct scan_classes *c);

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

/* The numbers of the set bits, and `base`. What lies behind them may be written over. */
#ifndef SCAN_PLACES
#define SCAN_PLACES scan_places
static inline void
scan_places(uint32_t *to, uint64_t set, uint32_t base)
{
    while (set != 0) {
        *to++ = base + scan_lowest(set);
        set &= set - 1;
    }
}
#endif

/* Of the bits at `from`, packed together, those of `bits`. A loop over the few that are
 * set would be mispredicted in nearly every block. */
#ifndef SCAN_PICK
#define SCAN_PICK scan_pick
static inline uint64_t
scan_pick(uint64_t bits, uint64_t from)
{
    uint64_t picked = 0;

    for (; bits != 0; bits &= bits - 1)
        picked |= (uint64_t)1 << scan_count_below(from, bits & -bits);
    return picked;
}
#endif

/* At most 33 bits from `number` on. */
static inline void
scan_put(uint64_t *set, uint32_t number, uint64_t bits)
{
    set[number / 64] |= bits << number % 64;
    set[number / 64 + 1] |= bits >> 1 >> (63 - number % 64);
}

/* `odd_starts`: something else than a plain gap before; `holding`: ends of words that
 * hold something special. */
static inline void
scan_tell(struct efti_scan *s, uint64_t starts, uint64_t ends, uint64_t odd_starts,
          uint64_t holding)
{
    uint32_t first = s->count + s->begun, none = first == 0;

    /* of the word before; there is none before the first */
    scan_put(s->attend, first + none - 1, SCAN_PICK(odd_starts, starts) >> none);
    scan_put(s->special, s->count + s->ended, SCAN_PICK(holding, ends));
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
scan_joined(const struct efti_scan *s, const struct efti_scan_carry *c,
            const struct scan_planes *p, const struct scan_word *w, uint32_t base)
{
    uint64_t next_letter = w->letter >> 1, next_digit = w->digit >> 1;

    if (EFTI_UNLIKELY((p->stop | p->comma) >> 63 != 0)) {
        enum scan_near next = efti_scan_near(s, base + EFTI_SCAN_BLOCK);
        next_letter |= (uint64_t)(next == NEAR_LETTER) << 63;
        next_digit |= (uint64_t)(next == NEAR_DIGIT) << 63;
    }
    return ((w->letter << 1 | c->letter) & next_letter & p->stop) |
           ((w->digit << 1 | c->digit) & next_digit & (p->stop | p->comma));
}

/* Rare characters, through copies, so that the carry itself needs no place in memory. The
 * bits of the block that stay: all, or those before the border before a strange byte. */
static inline uint64_t
scan_rare(struct efti_scan *s, struct efti_scan_carry *c, struct scan_word *w,
          uint64_t rare, uint32_t base)
{
    struct efti_scan_carry carry = *c;
    struct scan_word word = *w;
    uint64_t kept = ~(uint64_t)0;

    if (!efti_scan_rare(s, &carry, &word, rare, base)) {
        kept = efti_scan_cut(s, &carry, base);
        word.letter &= kept;
        word.digit &= kept;
        word.low &= kept;
        word.joined &= kept;
        word.mark &= kept;
    }
    *c = carry;
    *w = word;
    return kept;
}

/* Colons before what is no rare character: they join letters as stops do. `odd`: rare
 * characters above ASCII. */
static inline uint64_t
scan_colons(const struct scan_planes *p, uint64_t odd)
{
    return p->colon & ~(odd >> 1) & ~((uint64_t)1 << 63);
}

/* § and other characters of two bytes that are no part of any word */
static inline uint64_t
scan_signs(const struct scan_planes *p)
{
    uint64_t sign = p->other & ~(p->word >> 1) & ~((uint64_t)1 << 63);

    return sign | sign << 1;
}

/* One block. False: a strange byte; what comes before the border before it is done. */
static inline bool
scan_block(struct efti_scan *s, struct efti_scan_carry *c,
           const struct scan_classes *classes, uint32_t base)
{
    struct scan_planes p;
    struct scan_word w = {0};

    scan_planes_of(classes, &p);
    uint64_t pairs = p.lead | p.lead << 1 | c->lead;
    uint64_t signs = p.sign & (p.lead << 1 | c->lead);
    w.letter = p.letter | pairs | c->spill_letter;
    w.digit = p.digit | c->spill_digit;
    w.joined = c->spill_join;
    w.mark = c->spill_mark;
    c->spill_letter = c->spill_digit = c->spill_join = c->spill_mark = 0;
    if (EFTI_UNLIKELY(signs != 0))
        w.letter &= ~(signs | signs >> 1);
    c->lead = p.lead >> 63 != 0;
    if (EFTI_UNLIKELY(c->lead) && efti_scan_near(s, base + 63) != NEAR_LETTER)
        w.letter &= ~((uint64_t)1 << 63);

    uint64_t odd = p.high & ~pairs & ~scan_signs(&p);
    uint64_t colons = scan_colons(&p, odd), rare = (odd | p.rare) & ~colons;
    uint64_t kept = ~(uint64_t)0;
    if (rare != 0)
        kept = scan_rare(s, c, &w, rare, base);
    uint64_t joined = w.joined | scan_joined(s, c, &p, &w, base) |
                      (colons & (w.letter << 1 | c->letter) & w.letter >> 1);
    uint64_t word = w.letter | w.digit | w.low | joined;
    uint64_t before = c->in_word;
    uint64_t shifted = word << 1 | before >> 63;
    uint64_t starts = word & ~shifted, ends = ~word & shifted;

    /* a plain gap: word, space; word, comma, space; or word, slash */
    uint64_t word_2 = word << 2 | before >> 62, word_3 = word << 3 | before >> 61;
    uint64_t comma = p.comma | p.close | (p.rare & w.semicolon);
    uint64_t plain = ((p.space << 1 | c->space >> 63) &
                      (word_2 | ((comma << 2 | c->comma >> 62) & word_3))) |
                     ((p.slash << 1 | c->slash >> 63) & word_2);
    uint64_t special = (word & ~w.letter) | w.mark | (word == ~(uint64_t)0);
    uint64_t holding = scan_add(word, special, &c->holds) & ends;

    scan_tell(s, starts, ends, starts & ~plain, holding);
    SCAN_PLACES(s->starts + s->begun, starts, base);
    SCAN_PLACES(s->ends + s->ended, ends, base);
    s->begun += (uint32_t)__builtin_popcountll(starts);
    s->ended += (uint32_t)__builtin_popcountll(ends);
    c->in_word = word;
    c->space = p.space;
    c->comma = comma;
    c->slash = p.slash;
    c->letter = w.letter >> 63 != 0;
    c->digit = w.digit >> 63 != 0;
    return kept == ~(uint64_t)0;
}

/* A filter's bit for the first `size` bytes of a word, 1 to 8, of which
 * eight are given */
static inline uint32_t
scan_filtered(const uint64_t *filter, uint64_t bytes, uint32_t size)
{
    uint32_t bit = efti_scan_filter_bit(bytes << (64 - 8 * size));

    return (uint32_t)(filter[bit / 64] >> bit % 64) & 1;
}

/* A word begins like an abbreviation: is it one, or does it go on like one? In 39 of 40
 * times it is "i" or such and does not; nothing asks on the way, as no processor can
 * guess the answers. A second letter behind the space it need not have: "t ex", but "i s
 * f". */
static inline uint32_t
scan_goes_on(const struct efti_scan *s, uint32_t start, uint32_t end)
{
    unsigned char copy[16];
    const unsigned char *p = s->bytes + start;
    uint32_t size = end - start, left = s->size - start;
    uint64_t bytes;

    if (EFTI_UNLIKELY(left < sizeof(copy))) { /* as if a stop stood there */
        memset(copy, '.', sizeof(copy));
        memcpy(copy, p, left);
        p = copy;
    }
    memcpy(&bytes, p, sizeof(bytes));
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bytes = __builtin_bswap64(bytes);
#endif
    bytes |= 0x2020202020202020u;
    uint32_t known = size < 8 ? size : 8, piece = size < 6 ? size : 6;
    uint32_t third = piece < 5 ? piece + 3 : 8;
    uint32_t ends = (p[piece + 2] | 0x20u) < 'a';
    uint32_t pair =
        scan_filtered(s->heads, bytes, piece + 2) &
        (ends | (uint32_t)(piece == 6) | scan_filtered(s->heads, bytes, third));

    return (scan_filtered(s->wholes, bytes, known) & (uint32_t)(size <= 8)) |
           (pair & (uint32_t)(size <= 6) & (uint32_t)(left - size >= 2));
}

static inline bool
scan_sifted(const struct efti_scan *s, uint32_t start, uint32_t size)
{
    uint32_t key = 0, kept = size < sizeof(key) ? size : (uint32_t)sizeof(key);

    if (EFTI_LIKELY(s->size - start >= sizeof(key)))
        memcpy(&key, s->bytes + start, sizeof(key));
    else
        memcpy(&key, s->bytes + start, kept);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    key = __builtin_bswap32(key);
#endif
    uint32_t bit = efti_scan_sieve_bit((key | 0x20202020u) << (32 - 8 * kept), size);
    return (s->sieve[bit / 64] >> bit % 64 & 1) != 0;
}

/* May this word begin an abbreviation? */
static inline bool
scan_passes(const struct efti_scan *s, uint32_t start, uint32_t end)
{
    return scan_sifted(s, start, end - start) && scan_goes_on(s, start, end) != 0;
}

/* Records of the words from number `n` on. */
static inline void
scan_records(struct efti_scan *s, uint32_t n)
{
    unsigned char *to = s->records + (size_t)(s->count + n) * EFTI_SCAN_RECORD;

    for (; n < s->ended; n++, to += EFTI_SCAN_RECORD) {
        memcpy(to, &s->starts[n], 4);
        memcpy(to + 4, &s->ends[n], 4);
        memcpy(to + 8, &s->rest, 8);
        if (s->sieve != NULL && EFTI_UNLIKELY(scan_passes(s, s->starts[n], s->ends[n])))
            scan_mark(s->perhaps, s->count + n);
    }
}

#ifndef SCAN_WIDE_RECORDS /* as many as can be done several at a time; how many */
#define SCAN_WIDE_RECORDS(s) 0
#endif

/* What is pending becomes records; an open word stays pending. */
static inline void
scan_settle(struct efti_scan *s)
{
    scan_records(s, SCAN_WIDE_RECORDS(s));
    if (s->begun > s->ended)
        s->starts[0] = s->starts[s->ended];
    s->begun -= s->ended;
    s->count += s->ended;
    s->ended = 0;
}

/* Bytes: texts are too short for the processor to see them coming. Often the next one
 * lies behind, and is here by the time that this one's words are found and counted. */
#define AHEAD 2048

/* The last block, and spaces behind it; in copies of a size that is known. `room`: two
 * blocks. */
static inline const unsigned char *
scan_last_block(const struct efti_scan *s, uint32_t left, unsigned char *room)
{
    const unsigned char *end = s->bytes + s->size;

    memset(room + EFTI_SCAN_BLOCK, ' ', EFTI_SCAN_BLOCK);
    if (EFTI_LIKELY(s->size >= EFTI_SCAN_BLOCK))
        memcpy(room, end - EFTI_SCAN_BLOCK, EFTI_SCAN_BLOCK);
    else
        memcpy(room + EFTI_SCAN_BLOCK - left, end - left, left);
    return room + EFTI_SCAN_BLOCK - left;
}

/* The classes of all blocks first: one block does not wait for another there, and the
 * arithmetic on planes then not for wide registers. How many blocks. */
static inline uint32_t
scan_classify_all(const struct efti_scan *s, uint32_t end, struct scan_classes *classes)
{
    unsigned char room[2 * EFTI_SCAN_BLOCK];
    uint32_t n = 0, left = end - s->at;

    for (; left >= EFTI_SCAN_BLOCK; left -= EFTI_SCAN_BLOCK, n++) {
        const unsigned char *bytes = s->bytes + (end - left);
        EFTI_PREFETCH(bytes + AHEAD);
        scan_classify(bytes, &classes[n]);
    }
    if (left > 0)
        scan_classify(scan_last_block(s, left, room), &classes[n++]);
    return n;
}

static bool
scan_run(struct efti_scan *s, uint32_t end)
{
    struct scan_classes classes[EFTI_SCAN_WINDOW / EFTI_SCAN_BLOCK];
    struct efti_scan_carry carry = s->carry;
    uint32_t count = scan_classify_all(s, end, classes);
    bool known = true;

    for (uint32_t i = 0; known && i < count; i++) {
        uint32_t left = s->size - s->at;
        known = scan_block(s, &carry, &classes[i], s->at);
        s->at = left < EFTI_SCAN_BLOCK ? s->size : s->at + EFTI_SCAN_BLOCK;
    }
    s->carry = carry;
    scan_settle(s);
    return known;
}

#endif
