/*
 * noise.h - whole numbers that hide people: drawn exactly, from libsodium
 *
 * Textbook samplers round a real number, and the low bits of what they print tell the
 * noise (Mironov 2012). These draw integers with integer arithmetic alone, so that the
 * probabilities are exactly those of the definition (Canonne, Kamath and Steinke 2020).
 *
 * Never seeded: the same noise twice would be no noise. So nothing here is repeatable,
 * and what was drawn must be kept.
 */
#ifndef EFTI_STATS_NOISE_H
#define EFTI_STATS_NOISE_H

#include <stdint.h>

/** P(x) ~ exp(-|x| * den / num): scale num / den, both at least 1, num below 2^24. */
int64_t efti_discrete_laplace(uint32_t num, uint32_t den);
/** P(x) ~ exp(-x^2 * den / (2 num)): variance (nearly) num / den, both at least 1, num
 *  below 2^20, den below 2^16. */
int64_t efti_discrete_gaussian(uint32_t num, uint32_t den);

#endif
