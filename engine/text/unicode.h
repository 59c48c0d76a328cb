/*
 * unicode.h - UTF-8, normal forms, folding, foreign encodings (ICU behind it)
 *
 * Nothing here changes a document: callers fold single forms, or get a new buffer.
 */
#ifndef EFTI_TEXT_UNICODE_H
#define EFTI_TEXT_UNICODE_H

#include "base/base.h"

/** Byte of the first fault, or `size` when all of it is UTF-8 (no
 *  surrogates, <= 10FFFF). */
size_t efti_utf8_valid_prefix(const char *bytes, size_t size);

/** Decode one code point of valid UTF-8 at `*at` (< size) and move past it. */
uint32_t efti_utf8_next(const char *bytes, size_t size, size_t *at);
/** The code point that ends at `at` (> 0), without moving. */
uint32_t efti_utf8_before(const char *bytes, size_t at);
/** Write 1-4 bytes, return how many. */
size_t efti_utf8_put(uint32_t code_point, char out[4]);
/** Code points in valid UTF-8. */
size_t efti_utf8_length(const char *bytes, size_t size);

bool efti_is_letter(uint32_t c);
bool efti_is_digit(uint32_t c); /* any decimal digit (Nd) */
bool efti_is_upper(uint32_t c); /* upper or title case */
bool efti_is_lower(uint32_t c);
bool efti_is_space(uint32_t c); /* White_Space, NBSP and thin spaces included */
/** ASCII shape of look-alikes for number rules: full-width digits, NBSP and thin spaces
 *  to ' ', U+2010-2015, U+2212 and full-width hyphen to '-', full-width plus; others
 *  unchanged. */
uint32_t efti_look_alike(uint32_t c);

/**
 * One object per thread: ICU handles and buffers.
 */
struct efti_unicode;
eft_status efti_unicode_new(const eft_allocator *mem, struct efti_unicode **out,
                            eft_error *err);
void efti_unicode_free(struct efti_unicode *u);

/** NFC; `out` is cleared first. Input must be valid UTF-8. */
eft_status efti_nfc(struct efti_unicode *u, const char *bytes, size_t size,
                    struct efti_bytes *out, eft_error *err);
/**
 * The folded form of one word: NFC, soft hyphens, zero-width and directional marks taken
 * out, Latin ligatures opened (fi fl ff ...), full case folding, NFC again, typographic
 * apostrophes and hyphens as ASCII. ASCII and Latin-1 take a fast path without ICU.
 */
eft_status efti_fold(struct efti_unicode *u, const char *bytes, size_t size,
                     struct efti_bytes *out, eft_error *err);

/** Is this plausible Windows-1252 rather than UTF-8? Convert; bytes without meaning are
 *  EFT_E_ENCODING with their offset. */
eft_status efti_from_cp1252(const char *bytes, size_t size, struct efti_bytes *out,
                            eft_error *err);
/** "72.1", "15.0": versions of ICU and Unicode, for the manifest. */
const char *efti_icu_version(void);
const char *efti_unicode_version(void);

#endif
