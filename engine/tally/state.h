/*
 * state.h - what the files of this room share about an efti_tally
 *
 * A tally is a log of reflections plus sums over earlier ones:
 *
 *     log entry:  writer | body | le32 size of tail | tail
 *     body:       content | labels | key              one record, see record.c
 *     tail:       n (theme a, theme b, sentences)*    pairs of themes in one sentence
 *                 n (theme)*                          one for each sentence that has it
 *                 n (theme a, theme b, windows)*      themes in one window; a = b: one
 *                 n (term * 2, + 1: tokens follow | [tokens])*    postings
 *
 * Terms and their tokens are words of 32 bits, the rest varints: a posting costs four
 * bytes until freezing, mostly.
 *
 * Freezing sums the tails into `cells`, `postings`, `pairs`, `theme_sentences` and
 * `windows`, sorts the entries and leaves their tails empty. A posting is 8 bytes in the
 * run of its term:
 *
 *     entry:      slot 32 | tokens 16 | reflections 16
 *     slot:       writer 32 | cell 32                 one for all terms that he has there
 *
 * A frozen tally to which something is added is simply one with both: sums, and
 * entries with tails.
 */
#ifndef EFTI_TALLY_STATE_H
#define EFTI_TALLY_STATE_H

#include "match/match.h"
#include "tally/tally.h"

enum tally_writer_kind {
    TALLY_WRITER_HASHED, /* by the hash of the name */
    TALLY_WRITER_OWN,    /* no writer column: one for each reflection */
    TALLY_WRITER_NONE    /* all whose writer cell is empty, together */
};
struct tally_writer {
    struct efti_id hash;
    uint32_t kind;
};

/** What the pointers of the frozen view point at, where it is not in the tally itself. */
struct tally_views {
    EFTI_ARRAY(struct efti_record_view) records;
    EFTI_ARRAY(uint32_t) labels; /* facets and tags of the records */
    EFTI_ARRAY(struct efti_theme_count) themes;
    EFTI_ARRAY(eft_text) theme_texts;
    EFTI_ARRAY(eft_text) term_texts;
    EFTI_ARRAY(struct efti_writer_sentences) sentences;
};

struct tally_dictionaries {
    struct efti_strings *themes, *terms;
    struct efti_strings *label_keys;  /* role and hash; same ids as `labels` */
    struct efti_strings *writer_keys; /* hash; `hashed` gives the writer of each id */
    EFTI_ARRAY(struct efti_label_view) labels; /* printables lie in the arena */
    EFTI_ARRAY(struct tally_writer) writers;
    EFTI_ARRAY(uint32_t) hashed;
    uint32_t no_writer; /* EFTI_NO_ID: none yet */
};

/** Entries of one slot in a row are one posting whose counts do not fit into one. */
struct tally_postings {
    EFTI_ARRAY(uint64_t) slots; /* frozen: rising; thawed: may repeat, or be unused */
    EFTI_ARRAY(uint64_t) entries;
    EFTI_ARRAY(uint32_t) terms; /* of each run; frozen: 0, 1, 2 ... */
    EFTI_ARRAY(size_t) ends;    /* where its entries end */
    size_t count;               /* frozen: postings */
};
void efti_postings_free(const eft_allocator *mem, struct tally_postings *p);
static inline uint32_t
tally_entry_writer(const struct tally_postings *p, uint64_t entry)
{
    return (uint32_t)(p->slots.items[entry >> 32] >> 32);
}
static inline uint32_t
tally_entry_tokens(uint64_t entry)
{
    return (uint32_t)(entry >> 16) & 0xFFFFu;
}
static inline uint32_t
tally_entry_reflections(uint64_t entry)
{
    return (uint32_t)entry & 0xFFFFu;
}

typedef EFTI_ARRAY(struct efti_writer_pair) tally_writer_pairs;
struct tally_sums {
    EFTI_ARRAY(struct efti_label_cell) cells; /* thawed: may repeat */
    struct tally_postings postings;
    tally_writer_pairs pairs; /* in sentences */
    EFTI_ARRAY(struct efti_theme_sentences) theme_sentences;
    tally_writer_pairs windows;
};

struct efti_tally {
    eft_allocator parent; /* of the caller */
    eft_allocator mem;    /* the same, counting in `bytes` */
    size_t bytes;
    struct efti_arena arena; /* settings, printables */
    struct efti_tally_settings settings;
    struct tally_dictionaries dict;
    struct efti_bytes log;
    uint32_t record_count;
    struct tally_sums sums;
    uint64_t counters[EFTI_COUNTER_COUNT];
    bool frozen;
    struct tally_views views;
    struct efti_frozen view;
};

eft_status efti_dictionaries_new(const eft_allocator *mem, struct tally_dictionaries *d,
                                 eft_error *err);
void efti_dictionaries_free(const eft_allocator *mem, struct tally_dictionaries *d);
void efti_sums_free(const eft_allocator *mem, struct tally_sums *s);
void efti_views_free(const eft_allocator *mem, struct tally_views *v);
/** The views go; ids stay valid. */
void efti_tally_thaw(struct efti_tally *t);
/** Number of a writer, new or known; EFTI_NO_ID when memory is out. */
uint32_t efti_tally_writer(struct efti_tally *t, const struct tally_writer *w);
/** EFT_E_CONFLICT with the names of what differs, and what to do about it. */
eft_status efti_settings_compare(const struct efti_tally_settings *a,
                                 const struct efti_tally_settings *b, const char *advice,
                                 eft_error *err);
/** Key of a label in label_keys. */
#define TALLY_LABEL_KEY (4 + EFTI_ID_SIZE)

/* --------------------------------------------------------- numbers of the log */

static inline unsigned char *
tally_put64(unsigned char *p, uint64_t value)
{
    while (value >= 0x80) {
        *p++ = (unsigned char)(value | 0x80);
        value >>= 7;
    }
    *p++ = (unsigned char)value;
    return p;
}

static inline unsigned char *
tally_put32(unsigned char *p, uint32_t value)
{
    return tally_put64(p, value);
}

/** Only for bytes that this room wrote itself. */
static inline uint64_t
tally_get64(const unsigned char **p)
{
    const unsigned char *at = *p;
    uint64_t value = *at & 0x7Fu;

    for (unsigned shift = 7; *at >= 0x80; shift += 7) {
        at++;
        value |= (uint64_t)(*at & 0x7Fu) << shift;
    }
    *p = at + 1;
    return value;
}

static inline uint32_t
tally_get32(const unsigned char **p)
{
    const unsigned char *at = *p;
    uint32_t value = *at & 0x7Fu;

    for (unsigned shift = 7; *at >= 0x80; shift += 7) {
        at++;
        value |= (*at & 0x7Fu) << shift;
    }
    *p = at + 1;
    return value;
}

/** A term of a tail: most stand there once. There must be room for TALLY_TERM_BOUND. */
#define TALLY_TERM_BOUND 8
#define TALLY_TERMS_MOST ((uint32_t)1 << 31)
static inline unsigned char *
tally_put_term(unsigned char *p, uint32_t term, uint32_t tokens)
{
    const uint32_t words[2] = {term << 1 | (tokens != 1), tokens};

    memcpy(p, words, sizeof(words));
    return p + (tokens != 1 ? 8 : 4);
}

static inline uint32_t
tally_get_term(const unsigned char **p, uint32_t *tokens)
{
    static const uint32_t once = 1;
    uint32_t word;

    memcpy(&word, *p, sizeof(word));
    *p += sizeof(word);
    /* no branch: which terms stand there more than once nobody can guess */
    const size_t more = word & 1;
    const void *const from[2] = {&once, *p};
    memcpy(tokens, from[more], sizeof(*tokens));
    *p += more * sizeof(*tokens);
    return word >> 1;
}

/**
 * A posting is one or more entries of 8 bytes that hold at most this many tokens and
 * reflections each; sums of entries are what counts.
 */
#define TALLY_ENTRY_MAX 0xFFFFu
static inline size_t
tally_entries(uint32_t tokens, uint32_t reflections)
{
    uint32_t larger = tokens > reflections ? tokens : reflections;

    if (tokens == 0)
        return 0;
    return larger <= TALLY_ENTRY_MAX ? 1 : 1 + (size_t)(larger - 1) / TALLY_ENTRY_MAX;
}
/** The next entry of a posting, taken off its counts. */
static inline uint64_t
tally_take_entry(size_t slot, uint32_t *tokens, uint32_t *reflections)
{
    uint32_t some = *tokens < TALLY_ENTRY_MAX ? *tokens : TALLY_ENTRY_MAX;
    uint32_t few = *reflections < TALLY_ENTRY_MAX ? *reflections : TALLY_ENTRY_MAX;

    *tokens -= some;
    *reflections -= few;
    return (uint64_t)slot << 32 | some << 16 | few;
}

/* ------------------------------------------------------------------- records */

/** Lists of the record that is being read. */
struct tally_scratch {
    EFTI_ARRAY(struct efti_theme_count) themes;
    EFTI_ARRAY(uint32_t) tags;
    uint32_t facets[8];
};
void efti_scratch_free(const eft_allocator *mem, struct tally_scratch *s);

/** No body is longer. The counts are at most TALLY_LIST_MAX. */
#define TALLY_LIST_MAX ((uint32_t)1 << 24)
size_t efti_body_bound(size_t theme_count, size_t tag_count);
/** Write the body of `r` (its writer is not part of it); `content_end` may be NULL. */
unsigned char *efti_body_put(unsigned char *p, const struct efti_record_view *r,
                             uint32_t facet_count, unsigned char **content_end);
/** Read one; its lists lie in `scratch`. Any bytes will do: `c->failed` when they are no
 *  body. Ids are not looked at. EFT_E_NOMEM. */
eft_status efti_body_take(struct efti_cursor *c, const eft_allocator *mem,
                          uint32_t facet_count, struct tally_scratch *scratch,
                          struct efti_record_view *r, eft_error *err);

/** One entry of the log after the other. Zero is no walk. */
struct tally_walk {
    const eft_allocator *mem;
    uint32_t facet_count;
    const unsigned char *at, *end;
    struct tally_scratch scratch;
    struct efti_record_view record; /* record.writer: local number */
    const unsigned char *tail, *tail_end;
};
void efti_walk_init(struct tally_walk *w, const struct efti_bytes *log,
                    uint32_t facet_count, const eft_allocator *mem);
/** EFT_OK, EFT_END, EFT_E_NOMEM. */
eft_status efti_walk_next(struct tally_walk *w, eft_error *err);
void efti_walk_free(struct tally_walk *w);
/** Where the terms of a tail begin, or NULL for a tail that is empty. */
const unsigned char *efti_tail_terms(const unsigned char *tail, const unsigned char *end);

/* ------------------------------------------------------------------- sorting */

/** By the bits from `from` up; stable. `scratch` as long as `items`. */
void efti_sort64(uint64_t *items, uint64_t *scratch, size_t count, unsigned from);
/** Rows of `width` numbers, by the columns `keys` (the first weighs most); stable. */
void efti_sort_rows(uint32_t *rows, uint32_t *scratch, size_t count, size_t width,
                    const unsigned *keys, size_t key_count);
/** Rows of one kind: how many numbers each has, the columns that tell two apart (the
 *  first weighs most in their order), and the one that is added up where these agree. */
struct tally_row_kind {
    size_t width;
    const unsigned *keys;
    size_t key_count;
    unsigned sum;
};
/** Sort `count` rows by their keys and make one of those that agree. Answers how many are
 *  left; a sum over 32 bits sticks there and sets `overflow` (may be NULL). */
size_t efti_sum_rows(const struct tally_row_kind *kind, uint32_t *rows, uint32_t *scratch,
                     size_t count, bool *overflow);
typedef int (*tally_compare)(const void *user, uint32_t a, uint32_t b);
/** Stable merge sort of numbers by what they stand for. */
void efti_sort_index(uint32_t *items, uint32_t *scratch, size_t count,
                     tally_compare compare, const void *user);
/** EFTI_ARRAY of `count` items, to be filled by index. */
#define TALLY_ARRAY_MAKE(mem, a, n)                                                      \
    (EFTI_ARRAY_RESERVE(mem, a, n) ? ((a)->count = (n), true) : false)

#endif
