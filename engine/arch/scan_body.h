/*
 * scan_body.h - the kernel around scan_classify(), compiled once for each kind of CPU
 *
 *     bytes -> planes (scan_classify()) -> starts and ends (scan_planes.h) -> records
 *
 * The file that includes this defines scan_classify(), which turns 64 bytes into planes;
 * one with lanes tells it which lane they are for, and makes the planes of a group of
 * what it has put together (scan_planes_of()).
 */
#ifndef EFTI_ARCH_SCAN_BODY_H
#define EFTI_ARCH_SCAN_BODY_H

#include "arch/scan_planes.h"

#if SCAN_LANES == 1
#define scan_classes scan_planes
#define SCAN_CLASSIFY(bytes, group, lane) ((void)(lane), scan_classify(bytes, group))
static inline void scan_classify(const unsigned char *bytes, struct scan_planes *p);
static inline void
scan_planes_of(const struct scan_planes *c, struct scan_planes *p)
{
    *p = *c;
}
#else
#define SCAN_CLASSIFY scan_classify
static inline void scan_classify(const unsigned char *bytes, struct scan_classes *group,
                                 unsigned lane);
static inline void scan_planes_of(const struct scan_classes *group,
                                  struct scan_planes *p);
#endif

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

/* What is known of the words that start and end in a block */
static inline void
scan_tell(struct efti_scan *s, const struct scan_found *f, unsigned i)
{
    uint64_t starts = f->starts.each[i], ends = f->ends.each[i];
    uint32_t first = s->count + s->begun, last = s->count + s->ended, none = first == 0;

    /* of the word before; there is none before the first */
    scan_put(s->attend, first + none - 1, SCAN_PICK(f->odd.each[i], starts) >> none);
    scan_put(s->opened, first, SCAN_PICK(f->opened.each[i], starts));
    scan_put(s->special, last, SCAN_PICK(f->holding.each[i], ends));
    scan_put(s->numbers, last, SCAN_PICK(f->numbers.each[i], ends));
}

/* What is found in a block */
static inline void
scan_note(struct efti_scan *s, const struct scan_found *f, unsigned i, uint32_t base)
{
    uint64_t starts = f->starts.each[i], ends = f->ends.each[i];

    scan_tell(s, f, i);
    SCAN_PLACES(s->starts + s->begun, starts, base);
    SCAN_PLACES(s->ends + s->ended, ends, base);
    s->begun += (uint32_t)__builtin_popcountll(starts);
    s->ended += (uint32_t)__builtin_popcountll(ends);
}

/* A filter's bit for the first `size` bytes of a word, 1 to 8, of which
 * eight are given */
static inline uint32_t
scan_filtered(const uint64_t *filter, uint64_t bytes, uint32_t size)
{
    uint32_t bit = efti_scan_filter_bit(bytes << (64 - 8 * size));

    return (uint32_t)(filter[bit / 64] >> bit % 64) & 1;
}

/* A word begins like an abbreviation: is it one, or does it go on like one? Nothing asks
 * on the way, as no processor can guess the answers. A second letter behind the space it
 * need not have: "t ex", but "i s f". */
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
    uint32_t ends = (p[piece + 2] | 0x20u) < EFTI_SCAN_LETTERS;
    uint32_t pair =
        scan_filtered(s->heads, bytes, piece + 2) &
        (ends | (uint32_t)(piece == 6) | scan_filtered(s->heads, bytes, third));

    return (scan_filtered(s->wholes, bytes, known) & (uint32_t)(size <= 8)) |
           (pair & (uint32_t)(size <= 6) & (uint32_t)(left - size >= 2));
}

static inline bool
scan_sifted(const struct efti_scan *s, uint32_t start, uint32_t size)
{
    uint32_t key = 0;

    if (EFTI_LIKELY(s->size - start >= sizeof(key)))
        memcpy(&key, s->bytes + start, sizeof(key));
    else
        memcpy(&key, s->bytes + start, s->size - start);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    key = __builtin_bswap32(key);
#endif
    uint32_t bit = efti_scan_sieve_bit(key | 0x20202020u, size);
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
        efti_scan_rest(s, s->count + n, to);
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

#ifndef SCAN_SOME /* classes of fewer blocks than a group, up to the end of the text */
#define SCAN_SOME scan_classify_some
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

static inline void
scan_classify_some(const struct efti_scan *s, uint32_t left, struct scan_classes *group)
{
    unsigned char room[2 * EFTI_SCAN_BLOCK];
    unsigned lane = 0;

    if (SCAN_LANES > 1) /* lanes without a block have nothing in them */
        memset(group, 0, sizeof(*group));
    for (; left >= EFTI_SCAN_BLOCK; left -= EFTI_SCAN_BLOCK)
        SCAN_CLASSIFY(s->bytes + s->size - left, group, lane++);
    if (left > 0)
        SCAN_CLASSIFY(scan_last_block(s, left, room), group, lane);
}
#endif

/* The classes of all blocks first: one block does not wait for another there, and the
 * arithmetic on planes then not for wide registers. How many blocks. */
static inline uint32_t
scan_classify_all(const struct efti_scan *s, uint32_t end, struct scan_classes *classes)
{
    uint32_t left = end - s->at;
    uint32_t blocks = (left + EFTI_SCAN_BLOCK - 1) / EFTI_SCAN_BLOCK;

    for (; left >= SCAN_GROUP; left -= SCAN_GROUP, classes++) {
        const unsigned char *bytes = s->bytes + (end - left);
        const unsigned char *soon = s->soon + (end - left);
        for (unsigned i = 0; i < SCAN_LANES; i++) {
            EFTI_PREFETCH(soon + (size_t)i * EFTI_SCAN_BLOCK);
            SCAN_CLASSIFY(bytes + (size_t)i * EFTI_SCAN_BLOCK, classes, i);
        }
    }
    if (left > 0)
        SCAN_SOME(s, left, classes);
    return blocks;
}

static inline struct scan_before
scan_open(const struct efti_scan_carry *c)
{
    return (struct scan_before){.word = {scan_set(c->in_word)},
                                .letter = {scan_set((uint64_t)c->letter << 63)},
                                .digit = {scan_set((uint64_t)c->digit << 63)},
                                .space = scan_set(c->space),
                                .comma = scan_set(c->comma),
                                .slash = scan_set(c->slash),
                                .open = scan_set(c->open),
                                .colon = scan_set(c->colon),
                                .lead = scan_set((uint64_t)c->lead << 63),
                                .carry = *c,
                                .spilled = (c->spill_letter | c->spill_digit |
                                            c->spill_join | c->spill_mark) != 0};
}

static inline void
scan_close(const struct scan_before *b, struct efti_scan_carry *c)
{
    const union scan_blocks space = {b->space}, comma = {b->comma}, slash = {b->slash},
                            open = {b->open}, colon = {b->colon}, lead = {b->lead};

    *c = b->carry;
    c->in_word = scan_last(&b->word);
    c->letter = scan_last(&b->letter) >> 63 != 0;
    c->digit = scan_last(&b->digit) >> 63 != 0;
    c->space = scan_last(&space);
    c->comma = scan_last(&comma);
    c->slash = scan_last(&slash);
    c->open = scan_last(&open);
    c->colon = scan_last(&colon);
    c->lead = scan_last(&lead) >> 63 != 0;
}

static bool
scan_run(struct efti_scan *s, uint32_t end)
{
    struct scan_classes classes[EFTI_SCAN_WINDOW / SCAN_GROUP];
    struct scan_before before = scan_open(&s->carry);
    uint32_t count = scan_classify_all(s, end, classes);
    bool known = true;

    for (uint32_t i = 0; known && i < count; i += SCAN_LANES) {
        unsigned blocks = count - i < SCAN_LANES ? count - i : SCAN_LANES;
        uint32_t base = s->at + i * EFTI_SCAN_BLOCK;
        struct scan_planes planes;
        struct scan_found found;
        scan_planes_of(&classes[i / SCAN_LANES], &planes);
        known = scan_find(s, &before, &planes, base, blocks, &found);
        for (unsigned k = 0; k < blocks; k++)
            scan_note(s, &found, k, base + k * EFTI_SCAN_BLOCK);
    }
    scan_close(&before, &s->carry);
    s->at = end;
    scan_settle(s);
    return known;
}

#endif
