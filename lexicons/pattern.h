/*
 * pattern.h - the text of an <entry>, of <words> and of conditions as patterns and sets
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
    struct efti_strings *set_keys; /* "@id", or the text of an inline group */
    EFTI_ARRAY(struct efti_word_set) sets;
    EFTI_ARRAY(struct efti_pattern_word) members; /* scratch: of the set at hand */
};

/** Add the alternatives of one entry. `like` gives rules, gap, theme, entry and line.
 *  EFT_E_FORMAT: "line N: what (hint)". */
eft_status efti_pattern_read(struct efti_pattern_reader *r, eft_text entry,
                             const struct efti_pattern *like, eft_error *err);
/** <words id="...">: a set that later words may name. */
eft_status efti_pattern_words(struct efti_pattern_reader *r, eft_text id, eft_text words,
                              uint32_t line, eft_error *err);
/** "a | b + c": groups of which each needs a word; their sets. */
eft_status efti_pattern_condition(struct efti_pattern_reader *r, eft_text text,
                                  uint32_t line, uint32_t sets[EFTI_CONDITIONS],
                                  uint8_t *count, eft_error *err);

#endif
