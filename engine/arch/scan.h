/*
 * scan.h - the starts and ends of words, straight from UTF-8 bytes, in wide registers
 *
 *     bytes, 64 at a time -> a bit per byte for each class -> starts, ends -> records
 *
 * One kernel for each kind of CPU, all of the same shape (scan_body.h) and the same
 * answers; only the first step differs. What is decided here is UAX #29 with the Swedish
 * tailoring for ordinary Latin text (tokenizers/scan.c says which characters); at
 * anything else a kernel stops and its caller lets ICU do that piece.
 *
 * A record is 16 bytes: start and end as 32-bit numbers, then eight bytes that the caller
 * gives, some bits of which are others for a word of nothing but digits, and for one
 * behind an opening mark. Beside the records there are sets of bits by record number, so
 * that nobody needs to look at the ordinary ones:
 *
 *     special   the word holds something else than letters alone or digits alone, or is
 *               very long
 *     attend    the gap behind it says something: it is not a space, nor a slash, nor a
 *               comma, semicolon or closing bracket and a space, nor an opening mark
 *     perhaps   the word may begin a listed abbreviation
 *     numbers   nothing but digits
 *     opened    an opening mark stands before it, behind a word: a space and an opening
 *               bracket, a colon and a space, or a colon before a digit
 */
#ifndef EFTI_ARCH_SCAN_H
#define EFTI_ARCH_SCAN_H

#include "base/base.h"

#define EFTI_SCAN_BLOCK 64
#define EFTI_SCAN_RECORD 16
#define EFTI_SCAN_MOST 32                       /* records that one block can begin */
#define EFTI_SCAN_WINDOW (64 * EFTI_SCAN_BLOCK) /* bytes of one call at most */
#define EFTI_SCAN_PENDING (64 * EFTI_SCAN_MOST + 2 * EFTI_SCAN_MOST)
#define EFTI_SCAN_FILTER_BITS 14
#define EFTI_SCAN_MIX_LOW 0x9E3779B1u
#define EFTI_SCAN_MIX_HIGH 0x85EBCA77u
#define EFTI_SCAN_FILTER_WORDS ((1 << EFTI_SCAN_FILTER_BITS) / 64)

/* Of the block before: what its last characters were, and bits of characters that reach
 * into this one. Kernels keep it in registers. */
struct efti_scan_carry {
    uint64_t in_word, space, comma, slash, open, colon;
    uint64_t spill_letter, spill_digit, spill_join, spill_mark;
    bool letter, digit, lead;
    bool holds, others; /* the open word: something else than letters, than digits */
};

struct efti_scan {
    const unsigned char *bytes; /* valid UTF-8 */
    uint32_t size;
    const unsigned char *soon; /* read next, maybe: asked for byte by byte as `bytes` is
                                   read; need not be there */
    unsigned char *records; /* the caller makes room: EFTI_SCAN_PENDING more than `count`;
                               those may be written over */
    uint32_t *starts, *ends; /* EFTI_SCAN_PENDING each: of what is no record yet */
    /* zeroed beyond the records so far, a word more than they need: */
    uint64_t *special, *attend, *perhaps, *numbers, *opened;
    const uint64_t *sieve;    /* beginnings of abbreviations, NULL: none; see below */
    const uint64_t *wholes;   /* those of them that may stand alone */
    const uint64_t *heads;    /* those that may not, with what stands behind and the first
                               byte of the next word, and with the second one if that is
                               a letter */
    uint64_t rest;            /* bytes 8..15 of a record, as stored */
    uint64_t number, opening; /* what differs in those of `numbers` and of `opened` */
    uint32_t at;              /* next byte */
    uint32_t floor;           /* nothing before it may be looked at or done again */
    uint32_t count;           /* records so far */
    uint32_t begun;   /* starts beyond those: between two calls 1 if a word is open */
    uint32_t ended;   /* ends beyond those: 0 between two calls */
    uint32_t strange; /* a byte that no kernel knows, when run() said false ... */
    uint32_t cut;     /* ... and the border before it: all up to there is done */

    struct efti_scan_carry carry;
};

/**
 * Blocks from `at` up to `end` (`at` and a multiple of 64, at most EFTI_SCAN_WINDOW, or
 * the size), then `at` is `end`. False: a character that needs ICU stands at `strange`;
 * there is no record from `cut` on, and the caller goes on at a border behind it after
 * efti_scan_restart().
 */
typedef bool efti_scan_fn(struct efti_scan *s, uint32_t end);

struct efti_scan_path {
    const char *name; /* "portable", "sse2", "avx2", "avx512", "neon" */
    efti_scan_fn *run;
    bool (*available)(void); /* on this CPU */
};

/** All paths of this build, the slowest first; the first one is always available. */
const struct efti_scan_path *efti_scan_paths(size_t *count);
/** The last one that is available. */
const struct efti_scan_path *efti_scan_best(void);

/** Go on at `at`, a border: the end of the text or of a piece that ICU did. */
void efti_scan_restart(struct efti_scan *s, uint32_t at);
/** After the last byte: close the open record. */
void efti_scan_finish(struct efti_scan *s);

/**
 * Borders: the places between a space and an ASCII character that is no space, and those
 * before and behind a line feed. No rule joins over them and none looks past them.
 */
uint32_t efti_scan_border_before(const unsigned char *bytes, uint32_t at, uint32_t floor);
uint32_t efti_scan_border_after(const unsigned char *bytes, uint32_t at, uint32_t size);
/** Is the character at `at` one that no kernel knows? */
bool efti_scan_is_strange(const unsigned char *bytes, uint32_t at, uint32_t size);

/**
 * The filters: for the first eight bytes of a word, cut at its size and with 0x20 set in
 * every byte of it (which makes small letters of ASCII and of å, ä, ö), one bit. A word
 * whose bit is not set begins no abbreviation. Words of more than 8 bytes hit bits by
 * chance.
 *
 * The sieve before them knows four bytes and the size, which fit into one lane of a wide
 * register. They are the first ones of the word; of a word of one byte also those behind
 * it, the last of them only if it goes on like a letter. One Swedish word in thirty is
 * "i", which begins "i st" and "i o m" but is nearly always followed by something else:
 * so the sieve lets six words in a thousand through and not 47, too few to mispredict.
 * A word that it lets through must be a whole abbreviation, or be followed right by the
 * first letter of the next word, and by the second if it has one.
 */
static inline uint32_t
efti_scan_filter_bit(uint64_t folded)
{
    /* Fibonacci hashing of either half (2^32 / golden ratio, and another odd number whose
     * bits are mixed): products of 32 bits, since wide registers have those */
    uint32_t low = (uint32_t)folded * EFTI_SCAN_MIX_LOW;
    uint32_t high = (uint32_t)(folded >> 32) * EFTI_SCAN_MIX_HIGH;

    return (low + high) >> (32 - EFTI_SCAN_FILTER_BITS);
}
/** What is no letter: a byte below this one, once 0x20 is set. */
#define EFTI_SCAN_LETTERS 0x61u
/** `four`: the bytes from the start of the word on, the first one lowest, with 0x20 set
 *  in each; `size` > 0: its size. */
static inline uint32_t
efti_scan_sieve_bit(uint32_t four, uint32_t size)
{
    uint32_t cut = size < 4 ? 32 - 8 * size : 0;

    if (size == 1) {
        four = four >> 24 < EFTI_SCAN_LETTERS ? four & 0xFFFFFFu : four;
        cut = 0;
    }
    return ((four << cut) * EFTI_SCAN_MIX_LOW + (size << 27)) >>
           (32 - EFTI_SCAN_FILTER_BITS);
}
/** Bytes of a word of at most eight as the filters see them. */
uint64_t efti_scan_fold(const char *bytes, size_t size);

#endif
