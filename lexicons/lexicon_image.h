/*
 * lexicon_image.h - a lexicon that was read and checked when we built, as bytes
 *
 * Parsing, validating and folding the core lexicon takes some 15 ms, and its answer never
 * changes. So build/bake.c does it once and writes what came out:
 *
 *   lexicon = id version title_sv title_en licence source hash
 *             themes:   count { id label_sv label_en definition_sv definition_en source
 *                               role parent entry_count
 *                               example_count { text counts line } }
 *             sets:     count word_count { line words }
 *             patterns: count word_count { theme entry gap line rules words }
 *   words   = count { kind, text or number of a set }
 *   rules   = 0 none | 1 those of the pattern before | 2 new ones: eight bytes, sets
 *   text    = 0                           nothing (NULL)
 *           | size + 1, bytes, NUL
 *
 * All numbers are varints (base.h). Texts are used where they lie. Only bytes that bake.c
 * wrote are ever read, so a fault in them is an internal error.
 */
#ifndef EFTI_LEXICONS_LEXICON_IMAGE_H
#define EFTI_LEXICONS_LEXICON_IMAGE_H

#include "lexicons/lexicon.h"

/** The core lexicon, from build/bake.c; size 0 while bake itself is built. */
extern const unsigned char efti_baked_lexicon[];
extern const size_t efti_baked_lexicon_size;

/** `out` has its allocator and arena; fill the rest. `bytes` outlive it. */
eft_status efti_lexicon_unpack(const unsigned char *bytes, size_t size,
                               struct eft_lexicon *out, eft_error *err);
/** The other way; check out->failed. */
void efti_lexicon_pack(const struct eft_lexicon *lexicon, struct efti_bytes *out);

#endif
