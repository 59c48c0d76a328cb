/*
 * scan_planes.h - from planes to where words start and end, one or several blocks at once
 *
 * Bit i of a plane says something of byte i of a block of 64. All here is arithmetic on
 * such words (WB numbers are rules of UAX #29):
 *
 *     word   = letter | digit | low line | joined          WB5, WB8-10, WB13a, WB13b
 *     joined = stop or colon between letters, stop or comma between digits
 *                                                            WB6, WB7, WB11, WB12
 *     starts = word & ~(word << 1)      ends = ~word & (word << 1)
 *
 * with the bits at the edges of a block carried in from its neighbours. Which words hold
 * something else than letters comes from an addition: in word + other a carry runs from
 * such a byte to the end of its word and comes out at the bit behind it, which is the bit
 * of its end; and the same for digits. Characters that are rare in Swedish text
 * (apostrophes, low lines, dashes, semicolons ...) are done one at a time by
 * efti_scan_rare(), which changes the planes.
 *
 * Blocks lie side by side in the lanes of a wide register, as many as it has: the same
 * lines are compiled for one word of 64 bits and for four or eight. A kernel with lanes
 * defines SCAN_LANES, their type, and the few functions below that look across them.
 */
#ifndef EFTI_ARCH_SCAN_PLANES_H
#define EFTI_ARCH_SCAN_PLANES_H

#include "arch/scan_rare.h"

#ifndef SCAN_LANES
#define SCAN_LANES 1
typedef uint64_t scan_lanes;

static inline scan_lanes
scan_set(uint64_t word)
{
    return word;
}

/* For each block the one before it; `before`: those of the group before. */
static inline scan_lanes
scan_previous(scan_lanes x, scan_lanes before)
{
    (void)x;
    return before;
}

/* For each block the one behind it; `behind`: that of the next group, in the first. */
static inline scan_lanes
scan_next(scan_lanes x, scan_lanes behind)
{
    (void)x;
    return behind;
}

static inline bool
scan_any(scan_lanes x)
{
    return x != 0;
}

/* The highest bits of all blocks, the first one lowest */
static inline unsigned
scan_tops(scan_lanes x)
{
    return (unsigned)(x >> 63);
}

/* 1 in each block of nothing but ones */
static inline scan_lanes
scan_full(scan_lanes x)
{
    return x == ~(uint64_t)0;
}

/* Sum over all blocks, with carry in, and out behind the first `blocks` */
static inline scan_lanes
scan_add(scan_lanes a, scan_lanes b, bool *carry, unsigned blocks)
{
    uint64_t sum, total;
    bool first = __builtin_add_overflow(a, b, &sum);
    bool second = __builtin_add_overflow(sum, (uint64_t)*carry, &total);

    (void)blocks;
    *carry = first || second;
    return total;
}
#endif

#define SCAN_GROUP (SCAN_LANES * EFTI_SCAN_BLOCK) /* bytes */

union scan_blocks {
    scan_lanes all;
    uint64_t each[SCAN_LANES];
};

/* Bit i: byte i is ... */
struct scan_planes {
    scan_lanes letter; /* A-Z a-z */
    scan_lanes digit, space, stop, comma;
    scan_lanes close, slash; /* ) / */
    scan_lanes open, colon;  /* ( : */
    scan_lanes high;         /* 0x80 and above */
    scan_lanes lead;         /* 0xC3: lead byte of À..ÿ */
    scan_lanes sign;         /* 0x97 or 0xB7, which behind 0xC3 are × and ÷ */
    scan_lanes rare;         /* : ; ' @ _ */
    /* What spares most of the rare ones, or zero where a kernel does not tell: */
    scan_lanes other; /* 0xC2: lead byte of §, no-break space and such */
    scan_lanes word;  /* 0xAA to 0xBA: behind 0xC2 they may have to do with words */
    scan_lanes soft;  /* 0xAD: behind 0xC2 a soft hyphen */
};

/* What the blocks say about words: struct efti_scan_word of all of them. */
struct scan_words {
    union scan_blocks letter, digit, low, joined, mark, semicolon;
};

/* Of the group before, whose last block matters; and for characters that reach over the
 * edge of a block: `carry`, with the rest of it only while they are done. */
struct scan_before {
    union scan_blocks word, letter, digit;
    scan_lanes space, comma, slash, open, colon, lead;
    struct efti_scan_carry carry;
    bool spilled; /* something is left in carry.spill_... */
};

struct scan_found {
    union scan_blocks starts, ends;
    union scan_blocks odd;     /* starts with something else than a plain gap before */
    union scan_blocks holding; /* ends of words that hold something special */
    union scan_blocks opened;  /* starts behind an opening mark */
    union scan_blocks numbers; /* ends of words of digits alone */
};

static inline uint64_t
scan_last(const union scan_blocks *x)
{
    return x->each[SCAN_LANES - 1];
}

/* Bits shifted up, with those of the blocks before */
static inline scan_lanes
scan_up(scan_lanes x, scan_lanes previous, int by)
{
    return x << by | previous >> (64 - by);
}

/* ------------------------------------------------------------------ rare characters */

/* Bits of the block at `from` that lie before the border where ICU takes over */
static inline uint64_t
scan_kept(const struct efti_scan *s, uint32_t from)
{
    if (s->cut <= from)
        return 0;
    return s->cut - from >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (s->cut - from)) - 1;
}

static inline void
scan_cut(struct efti_scan *s, struct scan_before *b, struct scan_words *w, uint32_t base)
{
    if (efti_scan_cut(s, &b->carry, base)) /* no word reaches over a border */
        b->word = b->letter = b->digit = (union scan_blocks){scan_set(0)};
    for (unsigned i = 0; i < SCAN_LANES; i++) {
        uint64_t kept = scan_kept(s, base + i * EFTI_SCAN_BLOCK);
        w->letter.each[i] &= kept;
        w->digit.each[i] &= kept;
        w->low.each[i] &= kept;
        w->joined.each[i] &= kept;
        w->mark.each[i] &= kept;
    }
}

/* Those of one block, and what those of the block before have spilled into it */
static inline bool
scan_rare_block(struct efti_scan *s, struct scan_before *b, struct scan_words *w,
                unsigned i, uint64_t rare, uint32_t base)
{
    struct efti_scan_carry *c = &b->carry;
    struct efti_scan_word one = {.letter = w->letter.each[i] | c->spill_letter,
                                 .digit = w->digit.each[i] | c->spill_digit,
                                 .joined = c->spill_join,
                                 .mark = w->mark.each[i] | c->spill_mark};

    c->letter = (i == 0 ? scan_last(&b->letter) : w->letter.each[i - 1]) >> 63 != 0;
    c->digit = (i == 0 ? scan_last(&b->digit) : w->digit.each[i - 1]) >> 63 != 0;
    c->spill_letter = c->spill_digit = c->spill_join = c->spill_mark = 0;
    bool known = efti_scan_rare(s, c, &one, rare, base + i * EFTI_SCAN_BLOCK);
    b->spilled = (c->spill_letter | c->spill_digit | c->spill_join | c->spill_mark) != 0;
    w->letter.each[i] = one.letter;
    w->digit.each[i] = one.digit;
    w->low.each[i] = one.low;
    w->joined.each[i] = one.joined;
    w->mark.each[i] = one.mark;
    w->semicolon.each[i] = one.semicolon;
    return known;
}

/* False: a strange one; all up to the border before it is as it was. */
static EFTI_NOINLINE bool
scan_rare(struct efti_scan *s, struct scan_before *b, struct scan_words *w,
          scan_lanes rare, uint32_t base)
{
    union scan_blocks all = {rare};
    bool known = true;

    for (unsigned i = 0; known && i < SCAN_LANES; i++)
        if (all.each[i] != 0 || b->spilled)
            known = scan_rare_block(s, b, w, i, all.each[i], base);
    if (!known)
        scan_cut(s, b, w, base);
    return known;
}

/* Colons before what is no rare character: they join letters as stops do. `odd`: rare
 * characters above ASCII. */
static inline scan_lanes
scan_colons(const struct scan_planes *p, scan_lanes odd)
{
    return p->colon & ~(odd >> 1) & scan_set(~((uint64_t)1 << 63));
}

/* § and other characters of two bytes that are no part of any word */
static inline scan_lanes
scan_signs(const struct scan_planes *p)
{
    scan_lanes sign = p->other & ~(p->word >> 1) & scan_set(~((uint64_t)1 << 63));

    return sign | sign << 1;
}

/* Soft hyphens behind what is a letter by itself, which they become as well: nearly all
 * of them, and in text that was once set in lines one word in a hundred has one. Those
 * that reach over the edge of a block are rare. */
static inline scan_lanes
scan_softened(const struct scan_planes *p, scan_lanes letter, scan_lanes before)
{
    scan_lanes hyphen = p->other & p->soft >> 1 & scan_set(~((uint64_t)1 << 63)) &
                        scan_up(letter, scan_previous(letter, before), 1);

    return hyphen | hyphen << 1;
}

/* ------------------------------------------------------------------------ the rest */

/* What stands behind the group, as far as its last byte asks for that */
static inline enum scan_near
scan_behind(const struct efti_scan *s, const struct scan_planes *p, uint32_t base)
{
    const uint32_t end = base + SCAN_GROUP;

    if (EFTI_LIKELY(scan_tops(p->stop | p->comma | p->lead) >> (SCAN_LANES - 1) == 0))
        return NEAR_OTHER;
    /* a character of two bytes is asked for by its first one */
    return efti_scan_near(s, s->bytes[end - 1] < 0x80 ? end : end - 1);
}

/* Which ends are those of words that hold something else than letters, and than digits;
 * a word that fills a block is taken for one that holds both. */
static inline void
scan_look_into(struct scan_before *b, const struct scan_words *w, scan_lanes word,
               unsigned blocks, struct scan_found *out)
{
    scan_lanes odd = w->mark.all | scan_full(word);
    scan_lanes others =
        scan_add(word, (word & ~w->letter.all) | odd, &b->carry.holds, blocks);
    scan_lanes letters =
        scan_add(word, (word & ~w->digit.all) | odd, &b->carry.others, blocks);

    out->holding.all = others & letters & out->ends.all;
    out->numbers.all = ~letters & out->ends.all;
}

/* What stands before the starts: behind a word, a plain gap or an opening mark */
static inline void
scan_look_back(struct scan_before *b, const struct scan_planes *p,
               const struct scan_words *w, scan_lanes word_2, scan_lanes word_3,
               struct scan_found *out)
{
    scan_lanes comma = p->comma | p->close | (p->rare & w->semicolon.all);
    scan_lanes space = scan_previous(p->space, b->space);
    scan_lanes colon = scan_previous(p->colon, b->colon);
    scan_lanes space_1 = scan_up(p->space, space, 1);
    scan_lanes comma_2 = scan_up(comma, scan_previous(comma, b->comma), 2);
    scan_lanes slash_1 = scan_up(p->slash, scan_previous(p->slash, b->slash), 1);
    scan_lanes open_1 = scan_up(p->open, scan_previous(p->open, b->open), 1);
    scan_lanes open = ((open_1 & scan_up(p->space, space, 2)) |
                       (space_1 & scan_up(p->colon, colon, 2))) &
                      word_3;

    open |= scan_up(p->colon, colon, 1) & p->digit & word_2;
    out->opened.all = out->starts.all & open;
    out->odd.all = out->starts.all & ~(open | (space_1 & (word_2 | (comma_2 & word_3))) |
                                       (slash_1 & word_2));
    b->space = p->space;
    b->comma = comma;
    b->slash = p->slash;
    b->open = p->open;
    b->colon = p->colon;
}

/* The words of a group. False: a strange byte; what comes before the border before it is
 * done. Rare characters go through copies, so that else nothing needs a place in
 * memory. */
static inline bool
scan_find(struct efti_scan *s, struct scan_before *b, const struct scan_planes *p,
          uint32_t base, unsigned blocks, struct scan_found *out)
{
    const scan_lanes none = scan_set(0);
    const enum scan_near behind = scan_behind(s, p, base);
    struct scan_words w = {{none}, {none}, {none}, {none}, {none}, {none}};
    bool known = true;

    scan_lanes second = scan_up(p->lead, scan_previous(p->lead, b->lead), 1);
    scan_lanes signs = p->sign & second, sign_behind = none;
    if (EFTI_UNLIKELY(behind == NEAR_OTHER && scan_tops(p->lead) >> (SCAN_LANES - 1)))
        sign_behind = scan_set(1);
    w.letter.all = (p->letter | p->lead | second) &
                   ~(signs | signs >> 1 | scan_next(signs, sign_behind) << 63);
    w.mark.all = scan_softened(p, w.letter.all, b->letter.all);
    w.letter.all |= w.mark.all;
    w.digit.all = p->digit;
    b->lead = p->lead;

    scan_lanes odd = p->high & ~(p->lead | second | scan_signs(p) | w.mark.all);
    scan_lanes colons = scan_colons(p, odd), rare = (odd | p->rare) & ~colons;
    if (scan_any(rare) || b->spilled) {
        struct scan_words copy = w;
        struct scan_before before = *b;
        known = scan_rare(s, &before, &copy, rare, base);
        w = copy;
        *b = before;
    }

    scan_lanes letter = w.letter.all, digit = w.digit.all;
    scan_lanes letter_1 = scan_up(letter, scan_previous(letter, b->letter.all), 1);
    scan_lanes digit_1 = scan_up(digit, scan_previous(digit, b->digit.all), 1);
    scan_lanes next_letter =
        letter >> 1 | scan_next(letter, scan_set(behind == NEAR_LETTER)) << 63;
    scan_lanes next_digit = digit >> 1 | scan_next(digit, scan_set(behind == NEAR_DIGIT))
                                             << 63;
    scan_lanes joined = w.joined.all | (letter_1 & next_letter & (p->stop | colons)) |
                        (digit_1 & next_digit & (p->stop | p->comma));
    b->letter.all = letter;
    b->digit.all = digit;
    scan_lanes word = letter | digit | w.low.all | joined;
    scan_lanes before = scan_previous(word, b->word.all);
    b->word.all = word;
    out->starts.all = word & ~scan_up(word, before, 1);
    out->ends.all = ~word & scan_up(word, before, 1);
    scan_look_into(b, &w, word, blocks, out);
    scan_look_back(b, p, &w, scan_up(word, before, 2), scan_up(word, before, 3), out);
    return known;
}

#endif
