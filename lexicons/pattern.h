/*
 * pattern.h - the text of an <entry> as patterns
 */
#ifndef EFTI_LEXICONS_PATTERN_H
#define EFTI_LEXICONS_PATTERN_H

#include "lexicons/lexicon.h"

#define EFTI_PATTERN_WORDS 8u   /* in one phrase */
#define EFTI_PATTERN_LETTERS 3u /* at least, before or after a "*" */

struct efti_pattern_reader {
    const eft_allocator *mem;
    struct efti_arena *arena; /* words and folded bytes go here */
    struct efti_unicode *unicode;
    struct efti_bytes folded;
    EFTI_ARRAY(struct efti_pattern) patterns;
};

/** Add the alternatives of one entry. `like` gives gap, theme, entry and line.
 *  EFT_E_FORMAT: "line N: what (hint)". */
eft_status efti_pattern_read(struct efti_pattern_reader *r, eft_text entry,
                             const struct efti_pattern *like, eft_error *err);

#endif
