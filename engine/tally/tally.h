/*
 * tally.h - everything counted, as microdata without text: the working state
 *
 * One record per reflection, postings of closed terms, sentence pairs of themes. Adding
 * is append-only; ids are local until efti_tally_freeze() sorts all dictionaries by bytes
 * and all records and postings by content. The frozen form serialises to canonical bytes:
 * the same reflections give the same bytes, in whatever order and on however many
 * tallies they were added. Sensitive: mode 0600 on disk.
 */
#ifndef EFTI_TALLY_H
#define EFTI_TALLY_H

#include "base/base.h"

#define EFTI_NO_DAY_VALUE INT32_MIN
#define EFTI_NO_ID UINT32_MAX
#define EFTI_TERM_OPEN 0u /* the one term that stands for all that is not closed */
#define EFTI_STATE_VERSION 4u

enum efti_label_role {
    EFTI_LABEL_UNIT,
    EFTI_LABEL_ASSIGNMENT,
    EFTI_LABEL_TAG,
    EFTI_LABEL_FACET0
};
/* EFTI_LABEL_FACET0 + i: facet i by the names in the settings, sorted by bytes */

enum {                                     /* record flags */
       EFTI_RECORD_EMPTY = 1 << 0,         /* no answer */
       EFTI_RECORD_UNINFORMATIVE = 1 << 1, /* "vet ej" */
       EFTI_RECORD_WITHHELD = 1 << 2       /* the language gate took all of it */
};

/** What must agree before states merge; canonical, no format, path, thread or mapping. */
struct efti_tally_settings {
    uint32_t version;   /* of the state format; 0: EFTI_STATE_VERSION */
    bool writer_column; /* false: each reflection its own writer, k doubled */
    double feeling_low, feeling_high;
    uint32_t facet_count;
    eft_text facet_names[8]; /* sorted by bytes */
    eft_text fingerprints;   /* lines "name value\n", sorted: lexicons, lists,
                                dictionary, stemmer, veil and term options, key id */
};

struct efti_theme_count {
    uint32_t theme; /* id in the theme dictionary of the tally */
    uint8_t polarity;
    uint32_t hits;
};
struct efti_term_count {
    uint32_t term; /* id in the term dictionary of the tally */
    uint32_t tokens;
};
struct efti_theme_pair {
    uint32_t a, b; /* theme ids, a < b by bytes of id after freeze; any order on add */
    uint32_t sentences;
};

/** One reflection as it is added. All ids are from this tally's dictionaries. What is
 *  named twice (a term, a tag, a theme with one polarity) is summed and counts as one
 *  reflection; pairs and sentence_themes are summed. Without a writer column has_writer
 *  is not looked at: each reflection is its own writer. */
struct efti_observation {
    bool has_key, has_writer;
    struct efti_id key; /* of (id, assignment) */
    struct efti_id writer;
    uint32_t unit, assignment; /* label ids or EFTI_NO_ID */
    uint32_t facets[8];
    const uint32_t *tags;
    uint32_t tag_count;
    int32_t day; /* EFTI_NO_DAY_VALUE: none */
    bool has_feeling;
    double feeling;
    int64_t votes; /* -1 none */
    uint32_t flags;
    uint32_t categories; /* bit set of veiled categories */
    uint32_t tokens, sentences;
    uint32_t words, long_words, forms; /* readability: no emoji, address, handle or tag */
    const struct efti_theme_count *themes;
    uint32_t theme_count;
    const struct efti_term_count *terms;
    uint32_t term_count;
    const struct efti_theme_pair
        *pairs; /* themes in one sentence (affirmed or negated) */
    uint32_t pair_count;
    const uint32_t *sentence_themes; /* per theme present: sentences with it, as the same
                                        array of theme ids with repeats (may be NULL) */
    uint32_t sentence_theme_count;
    const struct efti_theme_pair *windows; /* themes in one window of words, a and b; a
                                              theme by itself: a == b (may be NULL) */
    uint32_t window_count;
};

/** Words in a window, from the fingerprints ("window 10"); 0: windows are not counted. */
uint32_t efti_settings_window(const struct efti_tally_settings *s);
/** Windows that slide over a text of `words` words: one for each place of the first word,
 *  and one where the text is shorter; none of nothing. */
static inline uint32_t
efti_windows_of(uint32_t words, uint32_t window)
{
    return words == 0 ? 0 : words < window ? 1 : words - window + 1;
}

/* Sums over inputs. What cannot be taken back when a writer withdraws (spans by category,
 * fields that could not be read) is not counted here: its places stay 0. */
enum efti_counter {
    EFTI_COUNT_READ,
    EFTI_COUNT_EMPTY,
    EFTI_COUNT_DUPLICATE,
    EFTI_COUNT_UNINFORMATIVE,
    EFTI_COUNT_WITHHELD,
    EFTI_COUNT_NO_CONSENT, /* records that never came in */
    EFTI_COUNT_NO_WRITER,
    EFTI_COUNT_SET_ASIDE0,                          /* + enum efti_reason (up to 16) */
    EFTI_COUNT_FIELD0 = EFTI_COUNT_SET_ASIDE0 + 16, /* + enum efti_role (up to 16) */
    EFTI_COUNT_SPAN0 = EFTI_COUNT_FIELD0 + 16,      /* + enum efti_category (up to 32) */
    EFTI_COUNTER_COUNT = EFTI_COUNT_SPAN0 + 32
};

struct efti_tally; /* one thread at a time */
/** EFT_E_RANGE when the settings are not canonical (facets not rising,
 *  no finite scale). */
eft_status efti_tally_new(const eft_allocator *mem, const struct efti_tally_settings *s,
                          struct efti_tally **out, eft_error *err);
void efti_tally_free(struct efti_tally *t);
/** Dictionaries. Add or find; EFTI_NO_ID when memory is out. Term 0 is "open". Ids hold
 *  until the next freeze (also the one inside efti_tally_write). All themes that were
 *  ever named stay, so name those of the lexicons up front; terms and labels that no
 *  reflection uses are dropped when freezing. */
uint32_t efti_tally_theme(struct efti_tally *t, const char *id, size_t size);
uint32_t efti_tally_term(struct efti_tally *t, const char *term, size_t size);
/** The same for `count` strings of a table, from number `first` on. */
bool efti_tally_terms(struct efti_tally *t, const struct efti_strings *from,
                      uint32_t first, size_t count, uint32_t *ids);
/** A label is keyed by (role, hash); `printable` is empty when it must not be shown. */
uint32_t efti_tally_label(struct efti_tally *t, uint32_t role, struct efti_id hash,
                          eft_text printable);
/** How a label may be printed; empty: not. Borrowed until the next label is named. */
eft_text efti_tally_label_text(const struct efti_tally *t, uint32_t label);
struct efti_id efti_tally_label_hash(const struct efti_tally *t, uint32_t label);
/** A tally stays as it was when adding fails. EFT_E_RANGE: an id is not of this tally. */
eft_status efti_tally_add(struct efti_tally *t, const struct efti_observation *o,
                          eft_error *err);
void efti_tally_count(struct efti_tally *t, uint32_t counter, uint64_t by);

/** Merge the content of `from` into `into` (both thawed or frozen; result thawed). Exact.
 *  EFT_E_CONFLICT: they share a record key (offset: how many) or settings differ (the
 *  message names the settings); `into` stays as it was then. Terms may be counted up to
 *  2^32 for one writer in one cell, else EFT_E_LIMIT when freezing. `from` stays as it
 *  was; after EFT_E_NOMEM `into` has its reflections, and perhaps more themes. */
eft_status efti_tally_merge(struct efti_tally *into, const struct efti_tally *from,
                            eft_error *err);
/** What was taken out. `keys` (the caller's, or NULL) has room for one of each record. */
struct efti_gone {
    uint64_t records;
    struct efti_id *keys;
    size_t key_count;
};
/**
 * Take out all that these writers wrote; without a column of writers `who` are record
 * keys. `found[i]`: the i-th was there. Afterwards the bytes are those of a tally without
 * them, but for the counts of duplicates and of what was set aside. On failure the tally
 * holds what it held and `gone` tells nothing.
 */
eft_status efti_tally_withdraw(struct efti_tally *t, const struct efti_id *who,
                               size_t count, bool *found, struct efti_gone *gone,
                               eft_error *err);
/** Sort into the canonical order; ids change. Needed before the accessors below. On
 *  failure the tally stays as it was. EFT_E_CONFLICT: two of its records share a key
 *  (offset: how many). */
eft_status efti_tally_freeze(struct efti_tally *t, eft_error *err);

/** Canonical bytes (freezes first), with magic, version and a checksum at the end;
 * appended to `out`. */
eft_status efti_tally_write(struct efti_tally *t, struct efti_bytes *out, eft_error *err);
/** Every byte is checked; EFT_E_FORMAT, never a crash. Result is frozen. */
eft_status efti_tally_read(const eft_allocator *mem, const void *bytes, size_t size,
                           struct efti_tally **out, eft_error *err);

/* ------------------------------------------------------- of a frozen tally */

struct efti_record_view {
    bool has_key, has_feeling;
    uint32_t writer; /* 0.. in order of content; all without a writer share one
                        number, efti_frozen.no_writer, or EFTI_NO_ID there is none */
    uint32_t unit, assignment;
    const uint32_t *facets; /* facet_count */
    const uint32_t *tags;
    uint32_t tag_count;
    int32_t day;
    double feeling;
    int64_t votes;
    uint32_t flags, categories, tokens, sentences, words, long_words, forms;
    const struct efti_theme_count *themes;
    uint32_t theme_count;
    struct efti_id key;
};
struct efti_posting {
    uint32_t term, writer, cell; /* cell: index into cells */
    uint32_t tokens, reflections;
};
struct efti_label_cell { /* one combination of unit, facets and assignment */
    uint32_t unit, assignment;
    uint32_t facets[8];
};
struct efti_label_view {
    uint32_t role;
    struct efti_id hash;
    eft_text printable; /* empty: hidden */
};
/** How often a writer has two themes together: in sentences (a < b), or in windows of
 *  words (a <= b; a == b: windows with the one theme). */
struct efti_writer_pair {
    uint32_t writer, a, b, times;
};
struct efti_theme_sentences { /* sentences of a writer with an affirmed or negated hit */
    uint32_t writer, theme, sentences;
};
struct efti_writer_sentences {
    uint32_t writer;
    uint64_t sentences;
};
struct efti_frozen {
    struct efti_tally_settings settings;
    uint32_t record_count;
    const struct efti_record_view *records;
    uint32_t writer_count; /* distinct numbers in use, no_writer included */
    uint32_t no_writer;    /* EFTI_NO_ID: every record has a writer */
    uint32_t label_count, theme_count, term_count, cell_count;
    const struct efti_label_view *labels; /* by role, then hash */
    const eft_text *themes;               /* ids by bytes */
    const eft_text *terms;                /* [0] is open (empty text), others by bytes */
    const struct efti_label_cell *cells;
    /* asked with efti_postings_of(); counts of one slot in a row belong together */
    const uint64_t *posting_entries; /* slot << 32 | tokens << 16 | reflections */
    const uint64_t *posting_slots;   /* writer << 32 | cell */
    const size_t *posting_ends;      /* by term: where its entries end */
    size_t posting_count;
    const struct efti_writer_pair *pairs; /* in sentences; by a, b, writer */
    size_t pair_count;
    const struct efti_theme_sentences *theme_sentences; /* by theme, writer */
    size_t theme_sentence_count;
    const struct efti_writer_pair *windows; /* by a, b, writer */
    size_t window_count;
    const struct efti_writer_sentences *writer_sentences; /* by writer */
    size_t writer_sentence_count;
    const uint64_t *counters; /* EFTI_COUNTER_COUNT */
};
/** The postings of one term, by writer and cell. */
struct efti_posting_walk {
    const struct efti_frozen *f;
    size_t at, end; /* entries */
    uint32_t term;
};
static inline struct efti_posting_walk
efti_postings_of(const struct efti_frozen *f, uint32_t term)
{
    return (struct efti_posting_walk){f, term == 0 ? 0 : f->posting_ends[term - 1],
                                      f->posting_ends[term], term};
}
/** False: there are no more. Counts over 32 bits were refused when freezing. */
static inline bool
efti_posting_next(struct efti_posting_walk *w, struct efti_posting *out)
{
    if (w->at == w->end)
        return false;
    const uint64_t *entries = w->f->posting_entries;
    uint64_t entry = entries[w->at++], slot = entry >> 32;
    *out = (struct efti_posting){
        .term = w->term,
        .writer = (uint32_t)(w->f->posting_slots[slot] >> 32),
        .cell = (uint32_t)w->f->posting_slots[slot],
        .tokens = (uint32_t)(entry >> 16) & 0xFFFFu,
        .reflections = (uint32_t)entry & 0xFFFFu,
    };
    for (; w->at < w->end && entries[w->at] >> 32 == slot; w->at++) {
        out->tokens += (uint32_t)(entries[w->at] >> 16) & 0xFFFFu;
        out->reflections += (uint32_t)entries[w->at] & 0xFFFFu;
    }
    return true;
}
/** NULL when it is not frozen. Holds until something is added or it is frozen again. */
const struct efti_frozen *efti_tally_frozen(const struct efti_tally *t);
size_t efti_tally_bytes(const struct efti_tally *t); /* memory held */

#endif
