/*
 * noise.c - discrete Laplace and Gaussian, after Canonne, Kamath and Steinke (2020)
 *
 *     Bernoulli(exp(-g))   a series of coins with chances g, g/2, g/3 ... until the first
 *                          that fails; true when an odd number was thrown
 *     Laplace              a geometric number with ratio exp(-den/num), made of a uniform
 *                          remainder and whole periods, and a sign
 *     Gaussian             a Laplace of about that width, kept with the chance that turns
 *                          one curve into the other
 *
 * All chances are ratios of 64-bit integers: limits of the arguments keep them from
 * wrapping, and where a Laplace draw lies so far out that its square would, it is thrown
 * away: its chance of being kept is below exp(-2^20).
 */
#include "stats/noise.h"

#include <sodium.h>
#include <stdbool.h>

/* 0 .. count - 1, each as likely: what is above the largest multiple is drawn again. */
static uint64_t
uniform_below(uint64_t count)
{
    const uint64_t unfair = (UINT64_MAX % count + 1) % count;
    uint64_t x;

    do
        randombytes_buf(&x, sizeof(x));
    while (x > UINT64_MAX - unfair);
    return x % count;
}

/* True with the chance exp(-num / den), num at most den. */
static bool
coin_below_one(uint64_t num, uint64_t den)
{
    uint64_t k = 1;

    while (uniform_below(den) < num && uniform_below(k) == 0)
        k++;
    return k % 2 == 1;
}

/* The same for any num. */
static bool
exp_coin(uint64_t num, uint64_t den)
{
    for (; num > den; num -= den) {
        if (!coin_below_one(1, 1))
            return false;
    }
    return coin_below_one(num, den);
}

int64_t
efti_discrete_laplace(uint32_t num, uint32_t den)
{
    for (;;) {
        uint64_t rest = uniform_below(num), periods = 0;
        if (!exp_coin(rest, num))
            continue;
        while (exp_coin(1, 1))
            periods++;
        uint64_t size = (rest + num * periods) / den;
        bool minus = uniform_below(2) == 1;
        if (minus && size == 0)
            continue; /* zero would come twice as often */
        return minus ? -(int64_t)size : (int64_t)size;
    }
}

int64_t
efti_discrete_gaussian(uint32_t num, uint32_t den)
{
    uint64_t width = 1; /* a whole number just above the deviation */

    while (width * width * den <= num)
        width++;
    for (;;) {
        int64_t x = efti_discrete_laplace((uint32_t)width, 1);
        uint64_t size = (uint64_t)(x < 0 ? -x : x);
        /* (|x| - s^2 / w)^2 / (2 s^2) with s^2 = num / den */
        uint64_t reach = size * den * width;
        uint64_t off = reach > num ? reach - num : num - reach;
        if (off >> 31 != 0)
            continue;
        if (exp_coin(off * off, 2 * (uint64_t)num * den * width * width))
            return x;
    }
}
