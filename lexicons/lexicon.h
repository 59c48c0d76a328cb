/*
 * lexicon.h - themes and their patterns as strings (match/ compiles them)
 *
 * A lexicon file is XML (urn:eftertanke:lexicon:1) checked by lexicons/lexicon.rng:
 *
 *   <theme id="oro"> <label xml:lang="sv">Oro</label> ... <entry>oro | oron</entry>
 *   <entry gap="2">ont =i magen</entry>
 *
 * One entry is one term group; its alternatives are split at " | ". A pattern is one or
 * more words: `ord` any form with that stem, `=ord` that form, `ord*` a beginning, `*ord`
 * an ending. Several words are a phrase inside a sentence; gap="n" lets up to n other
 * tokens stand between neighbours. DESIGN section 4: read as strings here.
 */
#ifndef EFTI_LEXICONS_LEXICON_H
#define EFTI_LEXICONS_LEXICON_H

#include "base/base.h"
#include "text/unicode.h"

#include <eftertanke/lexicon.h>

enum efti_pattern_kind {
    EFTI_PATTERN_STEM,
    EFTI_PATTERN_EXACT,
    EFTI_PATTERN_PREFIX,
    EFTI_PATTERN_SUFFIX
};

struct efti_pattern_word {
    enum efti_pattern_kind kind;
    eft_text folded; /* without marks */
};
struct efti_pattern {
    const struct efti_pattern_word *words;
    uint32_t word_count; /* 1..8 */
    uint32_t gap;        /* tokens allowed between neighbours, 0..5 */
    uint32_t theme;      /* index into themes */
    uint32_t entry;      /* number of the entry within its theme, from 1 */
    uint32_t line;       /* of the file, for messages */
};
struct efti_theme {
    eft_text id, label_sv, label_en, definition_sv, definition_en, source;
    uint32_t entry_count;
};

/** The public eft_lexicon (immutable, reference counted) has this behind it. */
struct eft_lexicon {
    const eft_allocator *mem;
    eft_allocator allocator; /* copy: the lexicon may outlive its context */
    _Atomic uint32_t references;
    struct efti_arena arena;
    eft_text id, version, title_sv, title_en, licence, source;
    const struct efti_theme *themes;
    uint32_t theme_count;
    const struct efti_pattern *patterns; /* in file order */
    uint32_t pattern_count;
    char hash[65]; /* SHA-256 of the file */
};

/** Parse and check (RELAX NG first, then patterns). Errors: line in `offset` is not used;
 *  the message says "line N: ... (hint)". libxml2's own messages never pass. The bytes of
 *  efti_core_lexicon() themselves are not parsed: the build did that. */
eft_status efti_lexicon_parse(const eft_allocator *mem, const char *bytes, size_t size,
                              struct eft_lexicon **out, eft_error *err);
/** "20914": the libxml2 that was loaded. */
const char *efti_xml_version(void);
/** The core lexicon compiled into the library. */
eft_text efti_core_lexicon(void);

#endif
