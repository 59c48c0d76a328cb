/*
 * tokenizer.h - what a tokenizer must provide: tokens and sentences of one text
 *
 * Word boundaries are ICU's with the Swedish tailoring (segments with status >= 100, and
 * those with a pictograph or flag), changed only by the project rules of
 * tokenizers/rules.c. Offsets are bytes of the original text.
 */
#ifndef EFTI_TOKENIZER_H
#define EFTI_TOKENIZER_H

#include "base/base.h"
#include "lexicons/lists.h"
#include "text/unicode.h"

enum efti_kind {
    EFTI_WORD = 1,
    EFTI_NUMBER,       /* digits, also grouped, decimal, dates, 1990-talet is a word */
    EFTI_CODE,         /* letters and digits mixed: 7B, ABC123, A4 */
    EFTI_ABBREVIATION, /* t.ex. in any spelling */
    EFTI_EMAIL,
    EFTI_URL,
    EFTI_HANDLE, /* @name */
    EFTI_EMOJI,
    EFTI_LONG, /* above 1 KiB: never cut, veiled whole */
    EFTI_VEIL  /* stands for a veiled span or a tag like [PERSON_1] in the input */
};
const char *efti_kind_name(enum efti_kind kind);

enum {                                     /* efti_token.flags */
       EFTI_TOKEN_SENTENCE_START = 1 << 0, /* first token of a sentence */
       EFTI_TOKEN_SUSPENDED = 1 << 1,      /* för- in för- och nackdelar */
       EFTI_TOKEN_LINE_START = 1 << 2,     /* first token of a line */
       EFTI_TOKEN_AFTER_MARK = 1 << 3,     /* after colon, quote, dash, bullet, bracket: a
                                              capital here says as little as at a start */
       EFTI_TOKEN_PERSON = 1 << 4          /* veiled: it stands for a person */
};

enum { /* efti_token.holds: what the segment(s) of ICU hold; 0 for addresses and tags */
       EFTI_HOLDS_LETTER = 1 << 0,
       EFTI_HOLDS_DIGIT = 1 << 1,
       EFTI_HOLDS_DOT = 1 << 2,    /* a full stop inside */
       EFTI_HOLDS_COLON = 1 << 3,  /* a colon inside */
       EFTI_HOLDS_AT = 1 << 4,     /* a commercial at, a letter to ICU */
       EFTI_HOLDS_PICT = 1 << 5,   /* a pictograph or flag */
       EFTI_HOLDS_MARK = 1 << 6,   /* anything else: low line, apostrophe, soft hyphen */
       EFTI_HOLDS_KEYCAP = 1 << 7, /* U+20E3 */
       EFTI_HOLDS_PLAIN = EFTI_HOLDS_LETTER
};

/* In nine of ten tokens `holds` is EFTI_HOLDS_PLAIN: nothing but letters of ASCII,
 * Latin-1 or Latin Extended-A, in one piece. */
struct efti_token {
    uint32_t start, end; /* bytes */
    uint32_t form;       /* id in the form table, once interned; 0 until then */
    uint16_t flags;
    uint8_t kind;  /* enum efti_kind */
    uint8_t holds; /* EFTI_HOLDS_* of a word; see above */
};

struct efti_sentence {
    uint32_t start, end;             /* bytes, without blanks around */
    uint32_t first_token, end_token; /* half-open; may be empty */
};

/** Owned by whoever fills it; cleared, not freed, between texts. */
struct efti_segments {
    EFTI_ARRAY(struct efti_token) tokens;
    EFTI_ARRAY(struct efti_sentence) sentences;
};
void efti_segments_free(const eft_allocator *mem, struct efti_segments *s);

struct efti_tokenizer; /* one per thread: ICU iterators and buffers */
eft_status efti_tokenizer_new(const eft_allocator *mem, const struct efti_lists *lists,
                              struct efti_tokenizer **out, eft_error *err);
void efti_tokenizer_free(struct efti_tokenizer *t);

/**
 * The scanner's kernel is chosen by the CPU. Tests and benchmarks may force another one
 * by its name ("portable", "sse2", "avx2", "avx512", "neon"): false when this build or
 * this CPU has none such.
 */
bool efti_tokenizer_set_path(struct efti_tokenizer *t, const char *name);
const char *efti_tokenizer_path(const struct efti_tokenizer *t);
/** Of all texts since the last call: bytes, and those of them that ICU looked at. */
void efti_tokenizer_share(struct efti_tokenizer *t, uint64_t *bytes, uint64_t *by_icu);

/** Tokens and sentences of `text` (valid UTF-8 below 1 GiB). `out` is cleared first.
 *  A tag of ours in the input ("[PERSON_1]") is one token of kind EFTI_VEIL. */
eft_status efti_segment(struct efti_tokenizer *t, eft_text text,
                        struct efti_segments *out, eft_error *err);

/** Tokens only, no sentences (nor EFTI_TOKEN_SENTENCE_START). */
eft_status efti_segment_words(struct efti_tokenizer *t, eft_text text,
                              struct efti_segments *out, eft_error *err);

/**
 * Several texts side by side, for the speed of short ones: the tokens of all in their
 * order, the same as efti_segment_words() finds in each. Offsets are bytes of
 * efti_together_text(), where text i stands from starts.items[i] on.
 */
struct efti_together {
    EFTI_ARRAY(char) bytes;        /* each text with a border behind it */
    EFTI_ARRAY(uint32_t) starts;   /* one more than there are texts: the end */
    struct efti_segments segments; /* no sentences */
};
/** Texts of valid UTF-8, together below 1 GiB; 8 to 32 KiB at a time are fastest. `out`
 *  is cleared first. */
eft_status efti_segment_together(struct efti_tokenizer *t, const eft_text *texts,
                                 size_t count, struct efti_together *out, eft_error *err);
static inline eft_text
efti_together_text(const struct efti_together *g)
{
    return (eft_text){g->bytes.items, g->bytes.count};
}
void efti_together_free(const eft_allocator *mem, struct efti_together *g);

/** ICU's boundaries without the project rules and without sentences, for tests. */
eft_status efti_segment_plain(struct efti_tokenizer *t, eft_text text,
                              struct efti_segments *out, eft_error *err);

/** Size of the space that may stand inside an abbreviation (t ex): U+0020, or one that
 *  breaks no line, U+00A0 or U+202F. 0: something else. */
static inline size_t
efti_space_size(const char *bytes, size_t size)
{
    if (size > 0 && bytes[0] == ' ')
        return 1;
    if (size > 1 && memcmp(bytes, "\xC2\xA0", 2) == 0)
        return 2;
    return size > 2 && memcmp(bytes, "\xE2\x80\xAF", 3) == 0 ? 3 : 0;
}

/** Snowball Swedish over a folded form; never empty for a non-empty form. */
struct efti_stemmer;
eft_status efti_stemmer_new(const eft_allocator *mem, struct efti_stemmer **out,
                            eft_error *err);
void efti_stemmer_free(struct efti_stemmer *s);
/** Borrowed until the next call, and as long as `folded`. size 0: memory is out. */
eft_text efti_stem(struct efti_stemmer *s, const char *folded, size_t size);
/** SHA-256 (64 hex digits) of the stems of 200 probe words; one buffer per stemmer. "":
 *  memory is out. */
const char *efti_stemmer_fingerprint(struct efti_stemmer *s);

#endif
