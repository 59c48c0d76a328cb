/*
 * sha256.h - blocks of SHA-256 by instructions that some CPUs have
 *
 * A state of ten megabytes is hashed for its fingerprint; libsodium's portable code takes
 * 2 ns a byte for that, the instructions a fifth of it. All else of SHA-256 (padding,
 * order of bytes) is in hash.c.
 */
#ifndef EFTI_BASE_SHA256_H
#define EFTI_BASE_SHA256_H

#include "base/base.h"

#define EFTI_SHA256_BLOCK 64u

/** Does this CPU have them? Asking takes some microseconds on a virtual machine. */
bool efti_sha256_x86_runs(void);
/** Add `count` blocks to the state. Only where the CPU has the instructions. */
void efti_sha256_x86(uint32_t state[8], const unsigned char *blocks, size_t count);

#endif
