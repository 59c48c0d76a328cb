/*
 * text.h - a run of UTF-8 bytes that somebody else owns
 */
#ifndef EFTERTANKE_TEXT_H
#define EFTERTANKE_TEXT_H

#include <eftertanke/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Not NUL terminated. `bytes` may be NULL when `size` is 0; with another size NULL is
 *  refused as what is not UTF-8 is, EFT_E_ENCODING. */
typedef struct eft_text {
    const char *bytes;
    size_t size;
} eft_text;

/**
 * Turn a column of byte offsets into code point offsets, in place.
 *
 * `offsets` must not fall (equal neighbours are fine) and must lie at code point
 * borders of `text`. One pass over the text: O(text.size + count).
 *
 * @return EFT_E_RANGE for an offset that falls, lies outside or inside a code point;
 *         EFT_E_ENCODING when `text` is not UTF-8.
 */
EFT_API EFT_MUST_CHECK eft_status eft_offsets_to_codepoints(eft_text text,
                                                            uint64_t *offsets,
                                                            size_t count, eft_error *err);

#ifdef __cplusplus
}
#endif
#endif
