/*
 * mutate.c - damage every file of the folders given as arguments, and run the result
 *            through a fuzz entry
 *
 * Linked with one tests/fuzz/fuzz_*.c. What a seed is damaged by is the same in each run:
 * every bit turned, every beginning, every word of four bytes at its limits, each two
 * words of the first 256 bytes swapped, and some of all that at random. One TAP line for
 * each seed; a crash is a missing line.
 */
#include "seeds.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LARGEST ((size_t)1 << 16)
#define HEADER ((size_t)256)
#define RANDOM_TRIES 3000

struct seed {
    uint8_t bytes[LARGEST];
    size_t size;
    unsigned long tries;
};

/* In a block of exactly the right size, so that a sanitizer sees a step too far. */
static void
try_bytes(struct seed *s, size_t size)
{
    uint8_t *exact = malloc(size + (size == 0));

    if (exact == NULL)
        abort();
    memcpy(exact, s->bytes, size);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    s->tries++;
}

static void
turn_bits(struct seed *s)
{
    for (size_t i = 0; i < s->size * 8; i++) {
        s->bytes[i / 8] ^= (uint8_t)(1u << i % 8);
        try_bytes(s, s->size);
        s->bytes[i / 8] ^= (uint8_t)(1u << i % 8);
    }
}

static void
cut_short(struct seed *s)
{
    for (size_t size = 0; size <= s->size; size++)
        try_bytes(s, size);
}

/* Little-endian, as all files of ours are. */
static void
put_word(uint8_t *p, uint32_t word)
{
    for (unsigned i = 0; i < 4; i++)
        p[i] = (uint8_t)(word >> (8 * i));
}

static void
set_limits(struct seed *s)
{
    const uint32_t size = (uint32_t)s->size;
    const uint32_t limits[] = {0,        1,          2,          4,          size - 4,
                               size - 1, size,       size + 1,   0x00FFFFFF, 0x3FFFFFFF,
                               1u << 30, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFC, 0xFFFFFFFF};
    uint8_t was[4];

    for (size_t at = 0; at + 4 <= s->size; at += 4) {
        memcpy(was, s->bytes + at, 4);
        for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
            put_word(s->bytes + at, limits[i]);
            try_bytes(s, s->size);
        }
        memcpy(s->bytes + at, was, 4);
    }
}

static void
swap_words(uint8_t *a, uint8_t *b)
{
    uint8_t was[4];

    memcpy(was, a, 4);
    memcpy(a, b, 4);
    memcpy(b, was, 4);
}

static void
swap_fields(struct seed *s)
{
    const size_t end = s->size < HEADER ? s->size : HEADER;

    for (size_t a = 0; a + 4 <= end; a += 4)
        for (size_t b = a + 4; b + 4 <= end; b += 4) {
            swap_words(s->bytes + a, s->bytes + b);
            try_bytes(s, s->size);
            swap_words(s->bytes + a, s->bytes + b);
        }
}

static uint32_t
next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

static void
stir(struct seed *s)
{
    uint8_t *whole = malloc(s->size);
    uint64_t state = 20261123;

    if (whole == NULL)
        abort();
    memcpy(whole, s->bytes, s->size);
    for (unsigned n = 0; n < RANDOM_TRIES && s->size > 8; n++) {
        for (uint32_t k = 1 + next_random(&state) % 16; k > 0; k--) {
            size_t at = next_random(&state) % (s->size - 4);
            if (k % 4 == 0)
                swap_words(s->bytes + at / 4 * 4,
                           s->bytes + next_random(&state) % (s->size - 4) / 4 * 4);
            else
                s->bytes[at] = (uint8_t)next_random(&state);
        }
        try_bytes(s, s->size);
        memcpy(s->bytes, whole, s->size);
    }
    free(whole);
}

static int
mutate_file(const char *folder, const char *name, unsigned number)
{
    static struct seed s;
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return -1;
    s.tries = 0;
    s.size = fread(s.bytes, 1, sizeof s.bytes, file);
    fclose(file);
    turn_bits(&s);
    cut_short(&s);
    set_limits(&s);
    swap_fields(&s);
    stir(&s);
    printf("ok %u - %s in %lu ways\n", number, name, s.tries);
    fflush(stdout);
    return 0;
}

int
main(int argc, char **argv)
{
    return seeds_each(argc, argv, mutate_file);
}
