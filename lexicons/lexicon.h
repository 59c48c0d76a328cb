/*
 * lexicon.h - themes and their patterns as strings (match/ compiles them)
 *
 * A lexicon file is XML (urn:eftertanke:lexicon:1) checked by lexicons/lexicon.rng:
 *
 *   <words id="kroppen">mage | bröst | axlar</words>
 *   <theme id="oro"> <label xml:lang="sv">Oro</label> ... <entry>oro | oron</entry>
 *   <entry gap="2" near="=jag | =mig">ont =i @kroppen</entry>
 *   <except>orolig =natt</except>
 *
 * One entry is one term group; its alternatives are split at " | ". A pattern is one or
 * more words, each of one kind of several; several are a phrase inside a sentence. What a
 * word may look like stands in pattern.c, what attributes mean at struct
 * efti_entry_rules, and both in README.md. They are strings here; match/ compiles them.
 */
#ifndef EFTI_LEXICONS_LEXICON_H
#define EFTI_LEXICONS_LEXICON_H

#include "base/base.h"
#include "text/unicode.h"

#include <eftertanke/lexicon.h>

enum efti_pattern_kind {
    EFTI_PATTERN_STEM,     /* ord: every form with the same Snowball stem */
    EFTI_PATTERN_EXACT,    /* =ord */
    EFTI_PATTERN_PREFIX,   /* ord* */
    EFTI_PATTERN_SUFFIX,   /* *ord */
    EFTI_PATTERN_GLOB,     /* o*rd, ?rd: a star is any letters, a question mark one */
    EFTI_PATTERN_TERM,     /* term:gå or +gå: every inflection (går, gick, gått) */
    EFTI_PATTERN_HEAD,     /* head:arbete: the last piece of a compound */
    EFTI_PATTERN_MODIFIER, /* modifier:nätverk: a piece before the last */
    EFTI_PATTERN_PART,     /* part:nätverk: any piece */
    EFTI_PATTERN_SET,      /* @kroppen or (mage/bröst): any word of a set */
    EFTI_PATTERN_KINDS
};

struct efti_pattern_word {
    enum efti_pattern_kind kind;
    uint32_t set;    /* EFTI_PATTERN_SET: which; else 0 */
    eft_text folded; /* without marks; a set: empty */
};
/** Words of which each will do. Sets of sets are flat. */
struct efti_word_set {
    const struct efti_pattern_word *words;
    uint32_t word_count, line;
};

enum {                           /* efti_entry_rules.flags */
       EFTI_ENTRY_FREE = 1 << 0, /* order="free": words in any order */
       EFTI_ENTRY_VEIL = 1 << 1, /* veil="yes": may reach over what the veil took out */
       EFTI_ENTRY_NEGATED = 1 << 2, /* negated="yes": says that the theme is missing */
       EFTI_ENTRY_EXCEPT = 1 << 3,  /* <except>: takes back hits of its theme */
       EFTI_ENTRY_NEVER = 1 << 4 /* negated="never": a negation leaves the theme there */
};
enum { /* efti_entry_rules.casing: how every word of a hit is written */
       EFTI_CASE_ANY,
       EFTI_CASE_LOWER,
       EFTI_CASE_INITIAL,
       EFTI_CASE_UPPER
};
#define EFTI_CONDITIONS 4u /* groups in one near or without */
/** What the attributes of an entry say; patterns of an entry share it. */
struct efti_entry_rules {
    uint8_t flags;
    uint8_t within; /* tokens of a free phrase from first to last; 0: the sentence */
    uint8_t reach;  /* tokens from a hit in which near and without look; 0: the same */
    uint8_t polarities; /* 1 << enum efti_polarity of those that count; 0: any */
    uint8_t casing;
    uint8_t weight; /* hundredths of a hit; 0: a whole one */
    uint8_t near_count, without_count;
    uint32_t near[EFTI_CONDITIONS];    /* sets: a word of each must stand there */
    uint32_t without[EFTI_CONDITIONS]; /* no word of any may */
};
struct efti_pattern {
    const struct efti_pattern_word *words;
    const struct efti_entry_rules *rules; /* NULL: plain */
    uint32_t word_count;                  /* 1..8 */
    uint32_t gap;                         /* tokens allowed between neighbours, 0..5 */
    uint32_t theme;                       /* index into themes */
    uint32_t entry; /* number within its theme, from 1; of its own kind for an except */
    uint32_t line;  /* of the file, for messages */
};
/** A sentence that the theme must find, or must leave alone. */
struct efti_example {
    eft_text text;
    bool counts;
    uint32_t line;
};
#define EFTI_NO_PARENT UINT32_MAX
struct efti_theme {
    eft_text id, label_sv, label_en, definition_sv, definition_en, source;
    eft_text role;   /* context, action, effect; empty: none */
    uint32_t parent; /* an earlier theme that has all its hits too, or EFTI_NO_PARENT */
    uint32_t entry_count, example_count;
    const struct efti_example *examples;
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
    uint32_t pattern_count, set_count;
    const struct efti_word_set *sets;
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
