/*
 * api.h - marks on public declarations
 *
 * Every exported symbol carries EFT_API; every call that can fail carries
 * EFT_MUST_CHECK. Calls marked EFT_EXPERIMENTAL may change in the next release.
 */
#ifndef EFTERTANKE_API_H
#define EFTERTANKE_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__) || defined(__clang__)
#define EFT_API __attribute__((visibility("default")))
#define EFT_MUST_CHECK __attribute__((warn_unused_result))
#else
#define EFT_API
#define EFT_MUST_CHECK
#endif

/** A call that may change in the next release. */
#define EFT_EXPERIMENTAL

#endif
