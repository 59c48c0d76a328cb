/*
 * compound_walk.h - the pieces that begin at a byte of a word (for compounds.c)
 */
#ifndef EFTI_TOKENIZERS_COMPOUND_WALK_H
#define EFTI_TOKENIZERS_COMPOUND_WALK_H

#include "lexicons/compound.h"
#include "tokenizers/compounds.h"

#define EFTI_NO_PIECE UINT32_MAX

/* Doubts, found by trying them on tests/data/compounds/dev.tsv. Only their order matters
 * much: each is a reason to prefer another path of as many steps. */
enum {
    EFTI_DOUBT_NOT_HEADWORD = 1, /* an inflected head: as good as sure */
    EFTI_DOUBT_THREE_LETTERS = 2,
    EFTI_DOUBT_NO_COMPOUND_END = 4, /* verbs and the like seldom end compounds */
    EFTI_DOUBT_PREFIX = 5,
    EFTI_DOUBT_SHARED_LETTER = 6,
    EFTI_DOUBT_INSIDE_WHOLE = 6, /* hand|ledningsgrupp: a whole word begins like this */
    EFTI_DOUBT_TWO_LETTERS = 8,
    EFTI_DOUBTS_TOO_MANY_OF_THREE = 6, /* inven|te|ring; not tre|års|perioden */
    EFTI_DOUBTS_TOO_MANY = 10          /* te|ras: two letters and three */
};

/* What a walk found. Bit e - 1: a piece ends at byte e. */
struct efti_piece_walk {
    uint64_t first;  /* may stand before another piece */
    uint64_t prefix; /* is a prefix */
    uint64_t whole;  /* is on the list of whole words */
    uint64_t stem;   /* is so but for a last vowel */
    uint64_t last;   /* may be the last one, though short */
    uint64_t never;  /* is an ending */
};

/* What was found of [i, end of the word) as the last piece. */
struct efti_last_piece {
    uint32_t doubts;
    uint32_t cuts; /* how it is taken apart, if the dictionary's file tells */
};

struct efti_splitter {
    const struct efti_compounds *c;
    char bytes[EFTI_COMPOUND_BYTES + 8]; /* and zeros, to a multiple of eight */
    size_t size;
    uint32_t flags; /* of the whole word in the dictionary */
    struct efti_dictionary_parts parts;
    uint64_t letters; /* bit i: a letter begins at byte i */
    uint64_t borders; /* ends before which a piece may end: a word may begin there */
    uint64_t hyphens; /* ends behind a hyphen */
    uint64_t places;  /* ends worth a look: borders, and where a link or ending follows */
    uint64_t walked;  /* bit i: walks[i] is filled in */
    uint64_t asked;   /* bit i: lasts[i] is */
    struct efti_piece_walk walks[EFTI_COMPOUND_BYTES];
    struct efti_last_piece lasts[EFTI_COMPOUND_BYTES];
};

/* How a listed word is taken apart, in 16 bits (compounds.c packs them). */
enum { EFTI_CUTS_NOT_TOLD, EFTI_CUTS_WHOLE, EFTI_CUTS_TWO, EFTI_CUTS_THREE };
#define EFTI_CUTS_PIECES 3u /* mask: one of these */

/** Bits of the ends after `from` and up to `to`. */
static inline uint64_t
efti_ends_between(size_t from, size_t to)
{
    uint64_t below = to >= 64 ? UINT64_MAX : ((uint64_t)1 << to) - 1;
    return from >= 64 ? 0 : below & ~(((uint64_t)1 << from) - 1);
}

static inline bool
efti_is_consonant_byte(char c)
{
    const uint32_t vowels = 1u << 0 | 1u << 4 | 1u << 8 | 1u << 14 | 1u << 20 | 1u << 24;
    unsigned letter = (unsigned)(unsigned char)c - 'a'; /* aeiouy by place in a to z */

    return letter < 26 && (vowels >> letter & 1) == 0;
}

/** Take a word of 2 to EFTI_COMPOUND_BYTES; s->flags are the caller's. */
void efti_splitter_open(struct efti_splitter *s, const struct efti_compounds *c,
                        const char *folded, size_t size);
/** All pieces from `from`; each byte is walked from once at most. */
const struct efti_piece_walk *efti_pieces_from(struct efti_splitter *s, size_t from);
/** Ends of pieces from `from` that may stand before others, whole words
 *  with links too. */
uint64_t efti_first_pieces(const struct efti_splitter *s,
                           const struct efti_piece_walk *walk);
/** Is [from, to) a whole word, in any inflection or with its link? */
bool efti_is_whole_word(struct efti_splitter *s, size_t from, size_t to);
/** Doubts of [from, to) as a first, or as the last piece; EFTI_NO_PIECE: it is none. */
uint32_t efti_doubts_of_first(const struct efti_splitter *s, size_t from, size_t to);
uint32_t efti_doubts_of_last(struct efti_splitter *s, size_t from, size_t to);
/** As the last piece of a word in front of others: skol in grundskol|lärare, hems in
 *  familjehems|vård. */
uint32_t efti_doubts_of_inner_last(struct efti_splitter *s, size_t from, size_t to);
/** A listed form that is no headword (granskar) is cut only where its headword (granska)
 *  may be: gran|skar is two words by chance. The form lies from `from` to the end of the
 *  word, its last piece begins at `last`. True also when no headword is found: vowels
 *  change (huvudmän). */
bool efti_base_agrees(const struct efti_splitter *s, size_t from, size_t last);

#endif
