/*
 * dictionary.h - ordinary Swedish words, expanded from hunspell-sv when we build
 *
 * The build step lexicons/build/expand.c writes one file: sorted folded forms with flags,
 * stems and base forms, a hash index over them, for each stem its label, and the
 * commonest forms once more side by side; lexicons/image/know.c adds what veil and
 * patterns make of each. It is mapped read-only, and shared by all processes that use it.
 * A process without it works on the lists of our own and says so (efti_dictionary_none).
 */
#ifndef EFTI_LEXICONS_DICTIONARY_H
#define EFTI_LEXICONS_DICTIONARY_H

#include "base/base.h"

enum {
    EFTI_DICT_LOWER = 1 << 0,   /* is a word written in lower case */
    EFTI_DICT_CAPITAL = 1 << 1, /* only with a first capital (names in hunspell) */
    EFTI_DICT_ACRONYM = 1 << 2, /* only in capitals */
    EFTI_DICT_BEGIN = 1 << 3,   /* may begin a compound (link letter included) */
    EFTI_DICT_MIDDLE = 1 << 4,
    EFTI_DICT_END = 1 << 5,      /* may end a compound */
    EFTI_DICT_HEAD = 1 << 6,     /* a headword: what a dictionary lists */
    EFTI_DICT_FUNCTION = 1 << 7, /* on our list of function words (set by the lists) */
    EFTI_DICT_COMPOUND = 1 << 8  /* not listed, but two or three parts that may join */
};

struct efti_dictionary;

/** Map `path`. EFT_E_FORMAT for another version or a damaged file. */
eft_status efti_dictionary_open(const eft_allocator *mem, const char *path,
                                struct efti_dictionary **out, eft_error *err);
/** Over bytes (fuzzing, tests); borrowed. */
eft_status efti_dictionary_over(const eft_allocator *mem, const void *bytes, size_t size,
                                struct efti_dictionary **out, eft_error *err);
void efti_dictionary_free(struct efti_dictionary *d);

/** Flags of a folded form; 0: not listed. Thread safe. Never EFTI_DICT_COMPOUND. NULL
 *  dictionary: 0. */
uint32_t efti_dictionary_find(const struct efti_dictionary *d, const char *folded,
                              size_t size);
/** All that the file tells of one form. `bytes` are its letters, in the file. */
struct efti_dictionary_word {
    const char *bytes;
    uint32_t flags;    /* as from efti_dictionary_find() */
    uint32_t lists;    /* told: EFTI_LIST_* of the lists that the file was made with */
    uint32_t base;     /* for efti_dictionary_record(): its base form; 0: none */
    uint8_t stem_size; /* bytes of its Snowball stem; 0: the whole form */
    uint8_t shape;     /* told: name shape by those lists */
    uint8_t last_part; /* hot and EFTI_DICT_COMPOUND: where its last part begins */
    uint32_t known;    /* for efti_dictionary_known(); 0: nothing is known ahead */
    bool told;         /* the file says what those lists do */
    bool hot; /* among the commonest forms. Then the flags are whole: COMPOUND too */
};
/** False, and `out` zero: the file does not hold the form. */
bool efti_dictionary_look(const struct efti_dictionary *d, const char *folded,
                          size_t size, struct efti_dictionary_word *out);
/** The same for many forms at a time: take their efti_dict_hash()
 *  (dictionary_format.h), prefetch for all, ask for the place of all (whose line comes
 *  then), and look. Place 0: the file holds no such form. */
void efti_dictionary_prefetch(const struct efti_dictionary *d, uint64_t hash);
uint32_t efti_dictionary_place(const struct efti_dictionary *d, uint64_t hash,
                               size_t size);
bool efti_dictionary_word(const struct efti_dictionary *d, const char *folded,
                          size_t size, uint64_t hash, uint32_t place,
                          struct efti_dictionary_word *out);
/** Are the stems in the file those of a stemmer with this efti_stemmer_fingerprint()? */
bool efti_dictionary_stems_by(const struct efti_dictionary *d, const char *fingerprint);
/** What the engine makes of a form, found when the file was built. It depends on the
 *  letters of the form, the dictionary, the lists, the lexicon (`set`, `closed`) and the
 *  engine itself, and holds for a word in small letters or behind one capital. */
struct efti_known {
    uint32_t number;  /* 0: nothing is known */
    uint32_t lists;   /* EFTI_LIST_* */
    uint32_t veil;    /* efti_form.veil in small letters */
    uint32_t capital; /* the same behind a capital */
    uint32_t set;     /* for efti_dictionary_known_set(); 0: no pattern is met */
    uint8_t shape;    /* enum efti_shape */
    uint8_t closed;   /* efti_form.closed, where nothing was allowed besides */
    uint16_t asks;    /* opaque: veil/cues.c */
};
/** False, and `out` zero: there is no such number. */
bool efti_dictionary_known(const struct efti_dictionary *d, uint32_t number,
                           struct efti_known *out);
void efti_dictionary_prefetch_known(const struct efti_dictionary *d, uint32_t number);
/** What patterns find in a form: words of four bytes, efti_dict_le32(), whose meaning is
 *  match/'s. NULL: there is no such number. */
const unsigned char *efti_dictionary_known_set(const struct efti_dictionary *d,
                                               uint32_t number, size_t *count);
/** Ask for the lines of such words. */
void efti_dictionary_prefetch_set(const struct efti_dictionary *d, uint32_t number);
uint32_t efti_dictionary_known_sets(const struct efti_dictionary *d); /* and 0 */
/** The matcher of that lexicon, as match/ packed it; empty: there is none. */
eft_text efti_dictionary_known_matcher(const struct efti_dictionary *d);
/** Were forms asked by an engine with this fingerprint? The lists are those of
 *  efti_dictionary_lists_by(). */
bool efti_dictionary_known_by(const struct efti_dictionary *d, const char *engine);
/** Is the lexicon of sets and closed forms, and none but that, one with this hash? */
bool efti_dictionary_known_with(const struct efti_dictionary *d, const char *lexicon);
/** Are the list flags in its hot part those of lists with this efti_lists_hash()? */
bool efti_dictionary_lists_by(const struct efti_dictionary *d, const char *hash);
/** Forms in the hot part; walk them by rank: `*at` begins at 0; false at the end. */
uint32_t efti_dictionary_hot_count(const struct efti_dictionary *d);
bool efti_dictionary_hot_next(const struct efti_dictionary *d, size_t *at,
                              struct efti_dictionary_word *out, size_t *size);
/** Two or three parts of at least three letters (short ones by a list), each allowed in
 *  its place, doubled consonants (till+låta) included. `last` (may be NULL) gets the byte
 *  at which the last part begins. Bounded work on hostile input. */
bool efti_dictionary_compound(const struct efti_dictionary *d, const char *folded,
                              size_t size, size_t *last);
/** The same, with the base form of the last part for efti_dictionary_record() too. */
bool efti_dictionary_joined(const struct efti_dictionary *d, const char *folded,
                            size_t size, size_t *last, uint32_t *base);
/** What all forms of one word are counted as: its base form (skolornas: skola; gick: gå),
 *  found when the file was built (lexicons/build/lemma.h). Empty: unknown form. Points
 *  into the file. A base need not be its own base (säkra, by säkrar; but säkra the form:
 *  säker). Words of words/base_forms.tsv that hunspell does not list have a base but no
 *  flags. Thread safe. NULL dictionary: empty. */
eft_text efti_dictionary_base(const struct efti_dictionary *d, const char *folded,
                              size_t size);
/** The base form behind efti_dictionary_word.base, as from efti_dictionary_base(), and
 *  the flags of that word (as from efti_dictionary_find()). `*quiet`: the lists that the
 *  file was made with say nothing of it, nor has it a name shape. Thread safe. */
eft_text efti_dictionary_record(const struct efti_dictionary *d, uint32_t base,
                                uint32_t *flags, bool *quiet);
/** The number of that word for efti_dictionary_known(); 0: nothing is known of it. */
uint32_t efti_dictionary_record_known(const struct efti_dictionary *d, uint32_t base);
/** Ask for the line that efti_dictionary_record() will read. */
void efti_dictionary_prefetch_record(const struct efti_dictionary *d, uint32_t base);
/** The label of a stem: its base form, else its commonest form; empty: unknown stem. */
eft_text efti_dictionary_label(const struct efti_dictionary *d, const char *stem,
                               size_t size);
/** Walk the forms in byte order: `*at` begins at 0; empty at the end. `flags` as from
 *  efti_dictionary_find(). */
eft_text efti_dictionary_next(const struct efti_dictionary *d, size_t *at,
                              uint32_t *flags);
uint32_t efti_dictionary_count(const struct efti_dictionary *d);
/** 64 hex digits: SHA-256 of the file, computed when it was built. */
const char *efti_dictionary_hash(const struct efti_dictionary *d);
/** "hunspell-sv 1:7.5.0-1 ..., LGPL-3": stated in the manifest. */
const char *efti_dictionary_source(const struct efti_dictionary *d);

#endif
