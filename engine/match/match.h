/*
 * match.h - lexicon entries found in veiled tokens, with polarity
 *
 * Single-word patterns are resolved once per form (form->match); phrases start only at
 * tokens whose form says that one may start there. Nothing matches across a veil token.
 */
#ifndef EFTI_MATCH_H
#define EFTI_MATCH_H

#include "base/base.h"
#include "lexicons/lexicon.h"
#include "tokenizers/tokenizer.h"
#include "vocab/forms.h"

enum efti_polarity { EFTI_AFFIRMED, EFTI_NEGATED, EFTI_UNCERTAIN, EFTI_POLARITY_COUNT };
const char *efti_polarity_name(enum efti_polarity polarity);

struct efti_hit {
    uint32_t start, end;             /* bytes of the original */
    uint32_t first_token, end_token; /* of the veiled tokens */
    uint32_t sentence;
    uint32_t theme;   /* over all lexicons, in order given */
    uint32_t pattern; /* over all lexicons; EFTI_LEARNT and a word of the weights */
    uint8_t polarity;
    bool stray; /* while hits are weighed: it goes */
    uint8_t reserved[2];
};
/** By start, then end, theme, entry. Of overlapping hits of one theme the longest stays,
 *  so there is one for a theme and a span. */
struct efti_hits {
    EFTI_ARRAY(struct efti_hit) hits;
};

/** What a matcher is made of; zeroes are fine, and match nothing. Lexicons are
 *  referenced, lists and dictionary outlive the matcher, the rest is copied. */
struct efti_matcher_parts {
    eft_lexicon *const *lexicons;
    size_t lexicon_count;
    const struct efti_lists *lists;
    /** NULL: inflections by stem alone, no compounds. */
    const struct efti_dictionary *dictionary;
    const eft_text *allow; /* words that are no names here */
    size_t allow_count;
};
/** Immutable, shared: all lexicons compiled. */
struct efti_matcher;
eft_status efti_matcher_new(const eft_allocator *mem,
                            const struct efti_matcher_parts *parts,
                            struct efti_matcher **out, eft_error *err);
void efti_matcher_free(struct efti_matcher *m);
uint32_t efti_matcher_theme_count(const struct efti_matcher *m);
const struct efti_theme *efti_matcher_theme(const struct efti_matcher *m, uint32_t theme);
#define EFTI_LEARNT 0x80000000u
/** "karna:oro:7" of the pattern of a hit of this theme; "karna:oro:100412" where a word
 *  that has weights stands for the theme (EFT_FIRST_LEARNT). */
void efti_matcher_entry(const struct efti_matcher *m, uint32_t theme, uint32_t pattern,
                        struct efti_bytes *out);

/** What `lexicon check` tells about an entry. Notes, not errors: the lexicon works. */
enum efti_check_kind {
    EFTI_CHECK_REPEATED, /* an earlier entry of the theme finds the same: never counted */
    EFTI_CHECK_SHARED,   /* an entry of another theme finds the same: both count */
    EFTI_CHECK_DEAD,     /* a stem word that no dictionary knows: a slip of the pen? */
    EFTI_CHECK_FUNCTION, /* one function word alone: matches almost any text */
    EFTI_CHECK_MISSED,   /* an example that counts, and that its theme does not find */
    EFTI_CHECK_TAKEN,    /* an example that does not count, and that its theme finds */
    EFTI_CHECK_COUNT
};
const char *efti_check_name(enum efti_check_kind kind); /* "repeated" ... */
struct efti_check_note {
    enum efti_check_kind kind;
    uint32_t pattern;    /* of the lexicon: theme, entry and line are there; UINT32_MAX
                            for an example */
    uint32_t other;      /* repeated, shared: the other pattern; else UINT32_MAX */
    uint32_t line;       /* of `pattern` in the file */
    uint32_t other_line; /* 0: none */
    eft_text word;       /* dead: the word; else empty */
    const char *hint;    /* what to do, static */
};
typedef eft_status (*efti_check_fn)(void *user, const struct efti_check_note *note);
/** Notes in the order of the file. `dictionary` NULL: no note of dead words. What the
 *  callback answers ends the check (EFT_STOP: with EFT_OK). O(n log n). */
eft_status efti_matcher_check(const eft_allocator *mem, eft_lexicon *lexicon,
                              const struct efti_lists *lists,
                              const struct efti_dictionary *dictionary, efti_check_fn fn,
                              void *user, eft_error *err);

struct efti_match_worker; /* one per worker; registers analysers: match word, closed */
eft_status efti_match_worker_new(const eft_allocator *mem, const struct efti_matcher *m,
                                 struct efti_forms *forms, struct efti_match_worker **out,
                                 eft_error *err);
void efti_match_worker_free(struct efti_match_worker *w);
/** `tokens` are the veiled tokens. `out` is cleared. */
eft_status efti_match_find(struct efti_match_worker *w, eft_text text,
                           const struct efti_segments *tokens, struct efti_hits *out,
                           eft_error *err);
#endif
