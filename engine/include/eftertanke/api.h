/*
 * api.h - marks on public declarations
 *
 * Every exported symbol carries EFT_API; every call that can fail carries
 * EFT_MUST_CHECK. Calls marked EFT_EXPERIMENTAL may change in the next release.
 *
 * NULL is for what a comment says may be NULL, for `user` pointers and for errors. Any
 * other NULL is refused with EFT_E_RANGE by a call that answers a status, a text without
 * bytes as text.h says. A call that answers a value says of NULL what it says of nothing:
 * 0, false, NULL, or an empty text or string.
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
