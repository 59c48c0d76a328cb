/*
 * random.c - the Mersenne twister (MT19937), its state in memory of our allocator
 *
 * MT19937 is seeded with 32 bits. Seed and stream are mixed by the finaliser of
 * splitmix64 (Steele, Lea and Flood 2014), so that neighbouring streams share nothing
 * visible.
 *
 * A number below n is drawn by rejection: all n are exactly as likely, also for an n that
 * does not divide 2^32.
 */
#include "stats/random.h"

#include "stats/gsl.h"

#include <math.h>

struct efti_random {
    const eft_allocator *mem;
    void *state;
    double spare; /* of a pair of normal numbers */
    bool has_spare;
};

static uint64_t
mix(uint64_t x)
{
    x += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

eft_status
efti_random_new(const eft_allocator *mem, uint64_t seed, uint64_t stream,
                struct efti_random **out, eft_error *err)
{
    struct efti_random *r = efti_zalloc(mem, 1, sizeof(*r));

    *out = NULL;
    if (r == NULL)
        return efti_no_memory(err, "random numbers");
    r->mem = mem;
    r->state = efti_zalloc(mem, 1, efti_twister_size());
    if (r->state == NULL) {
        efti_random_free(r);
        return efti_no_memory(err, "random numbers");
    }
    efti_twister_seed(r->state, (uint32_t)(mix(mix(seed) ^ stream) & 0xFFFFFFFFu));
    *out = r;
    return EFT_OK;
}

void
efti_random_free(struct efti_random *r)
{
    if (r == NULL)
        return;
    efti_release(r->mem, r->state, efti_twister_size());
    efti_release(r->mem, r, sizeof(*r));
}

uint32_t
efti_random_below(struct efti_random *r, uint32_t count)
{
    /* the largest multiple of count that 32 bits hold; what is above is drawn again */
    const uint64_t span = (uint64_t)1 << 32, fair = span - span % count;
    uint64_t x;

    do
        x = efti_twister_next(r->state);
    while (x >= fair);
    return (uint32_t)(x % count);
}

double
efti_random_unit(struct efti_random *r)
{
    uint32_t x;

    do
        x = efti_twister_next(r->state);
    while (x == 0);
    return (double)x / 4294967296.0;
}

/* The polar method (Marsaglia and Bray 1964): two numbers at a time. */
double
efti_random_normal(struct efti_random *r)
{
    double x, y, square;

    if (r->has_spare) {
        r->has_spare = false;
        return r->spare;
    }
    do {
        x = 2 * efti_random_unit(r) - 1;
        y = 2 * efti_random_unit(r) - 1;
        square = x * x + y * y;
    } while (square >= 1 || square <= 0);
    double scale = sqrt(-2 * log(square) / square);
    r->spare = y * scale;
    r->has_spare = true;
    return x * scale;
}

void
efti_random_shuffle(struct efti_random *r, uint32_t *items, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t k = efti_random_below(r, (uint32_t)i);
        uint32_t kept = items[i - 1];
        items[i - 1] = items[k];
        items[k] = kept;
    }
}
