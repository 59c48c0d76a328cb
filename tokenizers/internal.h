/*
 * internal.h - what the files of the tokenizer share
 *
 *   bytes -> scan.c (ordinary Latin text) and icu.c (all else) -> raw segments
 *         -> rules.c (joins, splits, drops; kinds.c) -> tokens and gaps
 *         -> sentences.c -> sentences
 *
 * A raw segment is what ICU's Swedish word break would give. The scanner marks those that
 * a rule may apply to; all between two marked ones are copied in one go, and sentences
 * may end only in the gaps that the rules have listed.
 */
#ifndef EFTI_TOKENIZERS_INTERNAL_H
#define EFTI_TOKENIZERS_INTERNAL_H

#include "arch/scan.h"
#include "tokenizers/tokenizer.h"

/* A raw segment is a token already, of kind word, so that a run of ordinary words is
 * copied as it is; `holds` says what is in it. */
#define RAW_LETTER EFTI_HOLDS_LETTER
#define RAW_DIGIT EFTI_HOLDS_DIGIT
#define RAW_DOT EFTI_HOLDS_DOT
#define RAW_COLON EFTI_HOLDS_COLON
#define RAW_AT EFTI_HOLDS_AT
#define RAW_PICT EFTI_HOLDS_PICT
#define RAW_MARK EFTI_HOLDS_MARK
#define RAW_KEYCAP EFTI_HOLDS_KEYCAP

/* A set of numbers of tokens, as bits */
struct efti_marks {
    uint64_t *words;
};

static inline void
efti_mark(struct efti_marks *m, size_t number)
{
    m->words[number / 64] |= (uint64_t)1 << number % 64;
}

static inline bool
efti_is_marked(const struct efti_marks *m, size_t number)
{
    return (m->words[number / 64] >> number % 64 & 1) != 0;
}

/* What efti_lists_abbreviation() says of some bytes, and which of two spellings is right:
 * these bytes, or these and a stop. */
struct abbreviation_answer {
    const struct efti_abbreviation *found; /* NULL: none */
    bool bare, stopped;
};
/* One remembered answer, for at most 8 bytes. */
struct abbreviation_slot {
    uint64_t key; /* the bytes, zero padded; 0: free */
    struct abbreviation_answer answer;
};
#define ABBREVIATION_SLOTS 1024 /* 24 KiB: the few that filters let through fit */

/* One remembered answer of rules.c about the bytes between two tokens (gap_flags.h) */
struct efti_gap_slot {
    uint64_t key; /* the bytes, and how many; 0: free */
    uint32_t answer;
};
#define EFTI_GAP_SLOTS 256 /* 4 KiB */

struct efti_tokenizer {
    const eft_allocator *mem;
    const struct efti_lists *lists; /* NULL: no abbreviations */
    const struct efti_scan_path *path;
    EFTI_ARRAY(struct efti_token) raw, spare;
    EFTI_ARRAY(uint32_t) otherwise; /* raw segments that spaces.c cuts, trims or drops */
    EFTI_ARRAY(uint64_t) marks;     /* memory of those that follow */
    EFTI_ARRAY(uint64_t) spare_marks;
    /* raw segments that rules.c must look at, see engine/arch/scan.h: */
    struct efti_marks attend;  /* those with something else than a plain gap behind */
    struct efti_marks special; /* those with something else than letters in them */
    struct efti_marks perhaps; /* those that may begin an abbreviation */
    struct efti_marks numbers; /* the kernels': of digits alone */
    struct efti_marks opened;  /* the kernels': behind an opening mark */
    EFTI_ARRAY(uint32_t) gaps; /* tokens with something else than a plain gap behind */
    uint64_t bytes, by_icu;    /* since efti_tokenizer_share() */
    uint32_t *pending;         /* the kernels': starts and ends, EFTI_SCAN_PENDING each */
    struct abbreviation_slot *slots;
    struct efti_gap_slot gap_slots[EFTI_GAP_SLOTS];
    /* abbreviations.c; together */
    uint64_t *begins, *wholes, *stopped, *pairs, *heads, *sieve;
    uint32_t longest;            /* abbreviation that is listed: bytes of its letters */
    void *breaker;               /* UBreakIterator */
    EFTI_ARRAY(uint16_t) units;  /* UTF-16 of a piece */
    EFTI_ARRAY(uint32_t) places; /* byte of each unit, and the end */
    bool plain;                  /* no project rules: for the differential test */
};

#define EFTI_MOST_BYTES ((size_t)1 << 30) /* offsets are 32 bits, UTF-16 lengths 31 */
#define EFTI_LONG_TOKEN 1024              /* bytes; longer ones are taken out whole */

/* Bytes: texts are too short for the processor to see them coming. Often the next one
 * lies behind, and is here by the time that this one's words are found and counted. */
#define EFTI_TEXT_AHEAD 2048

/* scan.c: fill t->raw for the whole text. `soon`: what is likely read next, asked for
 * byte by byte as the text is read; need not be there. */
eft_status efti_scan(struct efti_tokenizer *t, eft_text text, const char *soon,
                     eft_error *err);
extern const uint8_t efti_calm_kind[256];
/* spaces.c: append one raw segment, split where a space is missing and less its low
 * lines; rules.c will look at it and at the one before. False: no memory. */
bool efti_raw_push(struct efti_tokenizer *t, const char *bytes, uint32_t start,
                   uint32_t end, uint32_t shape);
/* Would efti_raw_push() change it? */
bool efti_raw_differs(const struct efti_tokenizer *t, const char *bytes,
                      const struct efti_token *raw);
/* Have the last one looked at. */
bool efti_raw_attend(struct efti_tokenizer *t);

/* icu.c: the same segments by ICU's break iterator, for bytes [start, end) of the text.
 * EFT_E_MISSING without its Swedish rules. */
eft_status efti_icu_open(struct efti_tokenizer *t, eft_error *err);
void efti_icu_close(struct efti_tokenizer *t);
eft_status efti_icu_segment(struct efti_tokenizer *t, eft_text text, uint32_t start,
                            uint32_t end, eft_error *err);
/* The bits of any run of bytes (used for remainders of split segments too). */
uint32_t efti_raw_bits(const char *bytes, uint32_t start, uint32_t end);

/* tokenizer.c: efti_segment_words(); `soon` as above. */
eft_status efti_find_words(struct efti_tokenizer *t, eft_text text, const char *soon,
                           struct efti_segments *out, eft_error *err);

/* rules.c: tokens from t->raw. */
eft_status efti_rules_apply(struct efti_tokenizer *t, eft_text text,
                            struct efti_segments *out, eft_error *err);

/* addresses.c: spans that reach over ICU's boundaries. `next`: the byte behind. A URL
 * begins before "://" or with www. */
static inline bool
efti_may_be_url(eft_text text, const struct efti_token *raw, uint32_t next)
{
    if (next == ':')
        return text.size - raw->end > 1 && text.bytes[raw->end + 1] == '/';
    return (raw->holds & RAW_DOT) != 0 && (text.bytes[raw->start] | 32) == 'w';
}
struct efti_reach {
    uint32_t start, end;
    enum efti_kind kind; /* 0: nothing found */
};
/* What the segment `raw` begins, or stands in: an address of a page; of mail, which may
 * begin before it, but not before `floor`; a tag of the veil, [PERSON_1]. */
struct efti_reach efti_find_url(eft_text text, const struct efti_token *raw);
struct efti_reach efti_find_mail(eft_text text, uint32_t floor,
                                 const struct efti_token *raw);
struct efti_reach efti_find_tag(eft_text text, const struct efti_token *raw);
bool efti_is_file_name(const char *bytes, size_t size);

/* abbreviations.c: the first eight bytes as the filters see them, at most `size`. Away
 * from the end of the text eight are read and cut, since a copy of one to eight bytes is
 * a call. */
static inline uint64_t
efti_filter_key(eft_text text, uint32_t start, uint32_t size)
{
    uint64_t key;

    if (EFTI_UNLIKELY(text.size - start < sizeof(key)))
        return efti_scan_fold(text.bytes + start, size);
    memcpy(&key, text.bytes + start, sizeof(key));
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    key = __builtin_bswap64(key);
#endif
    return (key | 0x2020202020202020u) << (64 - 8 * size);
}

static inline bool
efti_filter_has(const uint64_t *filter, uint64_t key)
{
    uint32_t bit = efti_scan_filter_bit(key);

    return (filter[bit / 64] >> bit % 64 & 1) != 0;
}

/* Nearly all words are turned away here. What stands in pieces with a space alone between
 * (t ex, bl a, i st) must begin with two that some abbreviation begins with. */
static inline bool
efti_may_be_abbreviated(const struct efti_tokenizer *t, eft_text text,
                        const struct efti_token *raw)
{
    uint32_t size = raw->end - raw->start, behind = raw->end;

    if (raw->holds != EFTI_HOLDS_PLAIN)
        return (raw->holds & (RAW_DOT | RAW_COLON)) != 0;
    uint64_t key = efti_filter_key(text, raw->start, size < 8 ? size : 8);
    if (behind < text.size && text.bytes[behind] == '.')
        return size <= t->longest && efti_filter_has(t->stopped, key);
    if (size > 8 || !efti_filter_has(t->begins, key))
        return false;
    if (efti_filter_has(t->wholes, key))
        return true;
    size_t space = efti_space_size(text.bytes + behind, text.size - behind);
    behind += space > 0 ? (uint32_t)space : 1;
    /* to the end of the next word, or its first stop */
    while (behind < text.size && behind - raw->start <= 8 &&
           (unsigned char)text.bytes[behind] > '9' && text.bytes[behind] != ':' &&
           text.bytes[behind] != ';' &&
           efti_space_size(text.bytes + behind, text.size - behind) == 0)
        behind++;
    return behind <= text.size && behind - raw->start <= 8 &&
           efti_filter_has(t->pairs,
                           efti_filter_key(text, raw->start, behind - raw->start));
}

/* Fill the filters. */
void efti_abbreviation_filters(struct efti_tokenizer *t);
/* The longest abbreviation that begins at raw segment `index`: `*last` is its last one
 * and `*end` the byte behind it. NULL: none begins there. */
const struct efti_abbreviation *efti_abbreviation_at(struct efti_tokenizer *t,
                                                     eft_text text, size_t index,
                                                     size_t *last, uint32_t *end);
/* Of a finished token, in whatever spelling. */
const struct efti_abbreviation *efti_abbreviation_of(const struct efti_lists *lists,
                                                     const char *bytes, size_t size);

/* kinds.c */
enum efti_kind efti_kind_of(const char *bytes, uint32_t start, uint32_t end,
                            uint32_t bits);
bool efti_is_ordinal_ending(const char *bytes, size_t size);

/* gaps.c */
enum efti_mark { MARK_NONE, MARK_STOP, MARK_ELLIPSIS, MARK_STRONG };

struct efti_gap {
    uint32_t from, to;
    enum efti_mark mark;
    uint32_t end;     /* behind mark and closers */
    uint32_t newline; /* the first line feed at or behind `end`; `to`: none */
    bool blank_line;
    bool space;     /* something blank behind the mark */
    bool quoted;    /* a closing quote behind the mark */
    bool bracketed; /* a closing bracket behind the mark */
    bool comma;     /* the sentence goes on: , ; : behind the mark */
};

/* `held`: a mark that stands before the gap, in an abbreviation or before an emoji. */
struct efti_gap efti_read_gap(eft_text text, uint32_t from, uint32_t to,
                              enum efti_mark held);
bool efti_is_blank(uint32_t c);
/* The end of an emoticon of punctuation, :) or ^^, with at most one space before it; 0:
 * none. */
uint32_t efti_emoticon_end(eft_text text, uint32_t from, uint32_t to);

/* cues.c: what one token says of whether the stop beside it ends a sentence. The words
 * are listed there. */
enum efti_begins { BEGINS_LOWER, BEGINS_DIGIT, BEGINS_HIGH };
enum efti_begins efti_token_begins(eft_text text, const struct efti_token *token);
/* undrade, sa: the sentence of a quotation goes on. */
bool efti_token_saying(eft_text text, const struct efti_token *token);
/* Jag, Det, På: begins sentences and is no name. */
bool efti_token_starter(eft_text text, const struct efti_token *token);
/* jag, ingen: begins a clause of its own even in small letters. */
bool efti_token_subject(eft_text text, const struct efti_token *token);
/* On a list of names, or shaped like a surname. Without lists every word may be one. */
bool efti_token_name(const struct efti_lists *lists, eft_text text,
                     const struct efti_token *token);
bool efti_token_month(eft_text text, const struct efti_token *token);
/* plan, vitamin: takes a letter (plan B.), which is no initial. */
bool efti_token_takes_letter(eft_text text, const struct efti_token *token);
/* ung, max: takes a number (ung. 20). */
bool efti_token_takes_number(eft_text text, const struct efti_token *token);
/* max, min: before a number in words (max. fyra). */
bool efti_token_measure(eft_text text, const struct efti_token *token);
/* h, min: a unit behind a number, which ends a sentence (satt i 2 h.). */
bool efti_token_unit(eft_text text, const struct efti_token *token);
/* Steg, Punkt: counts off (Steg 1. Lyssna.). */
bool efti_token_step(eft_text text, const struct efti_token *token);
/* PS: what begins so goes on behind its stop. */
bool efti_token_opens_note(eft_text text, const struct efti_token *token);
/* fil, jur: a faculty before a degree (fil. dr). */
bool efti_token_degree(eft_text text, const struct efti_token *token);
/* Storg, Björkv: the name of a street cut short before its number. */
bool efti_token_street(eft_text text, const struct efti_token *token);
/* N, Ö: a point of the compass before a street (N. Kyrkogatan). */
bool efti_token_compass(eft_text text, const struct efti_token *letter,
                        const struct efti_token *next);
/* Bltr: four letters and more without a vowel are no word. */
bool efti_token_no_vowel(eft_text text, const struct efti_token *token);
/* Plausibly a whole word, not an abbreviation that no list has. */
bool efti_token_plain_word(eft_text text, const struct efti_token *token);
/* f.ö: dotted and short throughout, but on no list. */
bool efti_token_looks_abbreviated(eft_text text, const struct efti_token *token);
/* Digits alone: their value, else -1. */
long efti_token_value(eft_text text, const struct efti_token *token);
/* How many code points it has. */
size_t efti_token_letters(eft_text text, const struct efti_token *token);

/* swedish_stem.c: bytes of the stem of a folded form, as Snowball 2 has it; 0: all of it
 * is ending. */
size_t efti_swedish_stem(const char *folded, size_t size);

/* sentences.c */
eft_status efti_find_sentences(struct efti_tokenizer *t, eft_text text,
                               struct efti_segments *out, eft_error *err);

/* lines.c: does the line that begins at `at` begin a sentence whatever
 * stands before it? */
struct efti_lines {
    eft_text text;
    const struct efti_token *tokens;
    size_t count;
};
bool efti_line_begins_sentence(const struct efti_lines *l, size_t previous,
                               uint32_t line);
uint32_t efti_roman_size(eft_text text, uint32_t at);
bool efti_line_is_title(const struct efti_lines *l, size_t token);

/* U+002D, U+2010 or U+2011 at `at`: its size in bytes, else 0. */
static inline uint32_t
efti_hyphen_at(eft_text text, uint32_t at)
{
    if (at >= text.size)
        return 0;
    if (text.bytes[at] == '-')
        return 1;
    if ((unsigned char)text.bytes[at] == 0xE2 && text.size - at > 2 &&
        (unsigned char)text.bytes[at + 1] == 0x80 &&
        ((unsigned char)text.bytes[at + 2] == 0x90 ||
         (unsigned char)text.bytes[at + 2] == 0x91))
        return 3;
    return 0;
}

#endif
