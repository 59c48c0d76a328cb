/*
 * lists.h - our own word lists in lexicons/data, read once, folded, looked up by form
 *
 * One immutable object, shared by threads. Each list file: '#' comments, then
 * tab-separated lines. Lists are compiled into the library (a generated table of bytes),
 * so that a program needs no data folder; a folder may replace them.
 */
#ifndef EFTI_LEXICONS_LISTS_H
#define EFTI_LEXICONS_LISTS_H

#include "base/base.h"
#include "text/unicode.h"

enum { /* efti_lists_word(): single folded words */
       EFTI_LIST_GIVEN_1 = 1 << 0,
       EFTI_LIST_GIVEN_2 = 1 << 1,
       EFTI_LIST_SURNAME_1 = 1 << 2,
       EFTI_LIST_SURNAME_2 = 1 << 3,
       EFTI_LIST_ALSO_MID =
           1 << 4, /* names that are words: names when capital mid-sentence */
       EFTI_LIST_ALSO_FRAME = 1 << 5, /* only in a strong frame */
       EFTI_LIST_ALSO_NEVER = 1 << 6,
       EFTI_LIST_PARTICLE = 1 << 7,
       EFTI_LIST_ROLE = 1 << 8, /* role, title, kin word */
       EFTI_LIST_FUNCTION = 1 << 9,
       EFTI_LIST_SHAPE_ORDINARY = 1 << 10, /* has a name ending, reviewed: no name */
       EFTI_LIST_FIELD = 1 << 11,          /* term of the field, never a name */
       EFTI_LIST_KEEP = 1 << 12, /* country, nationality, authority, method: stays */
       EFTI_LIST_PLACE = 1 << 13,
       EFTI_LIST_PLACE_WORD = 1 << 14, /* beside PLACE: also an ordinary word or a name */
       EFTI_LIST_ORG_HEAD = 1 << 15,   /* Vårdcentralen, Förskolan, HVB ... */
       EFTI_LIST_FOREIGN = 1 << 16,    /* foreign function word */
       EFTI_LIST_STARTS_PHRASE = 1 << 17, /* first (or only) word of a row with a class */
       /* Makes a word of a place (kontoret in Kirunakontoret). Nobody asks for it by
        * name: that such a word is listed at all is what tells it from a name. */
       EFTI_LIST_PLACE_TAIL = 1 << 18,
       EFTI_LIST_NAME_PHRASE =
           1 << 19, /* first of two words or more: frame, place, role, what stays */
       EFTI_LIST_CUE_PHRASE = 1 << 20, /* the same: negation, uncertainty, clause stop */
       EFTI_LIST_ORG_NAME = 1 << 21,   /* what workplaces are often called: Solen */
       EFTI_LIST_AUTHOR = 1 << 22, /* surname of somebody who is read, not met: Nilholm */
       EFTI_LIST_CITED = 1 << 23,  /* beside AUTHOR: told by "enligt", "menar" too */
       EFTI_LIST_ENGLISH = 1 << 24,   /* English word of titles and programmes: Health */
       EFTI_LIST_THING_END = 1 << 25, /* ends the name of a thing: metoden */
       EFTI_LIST_MADE = 1 << 26,      /* its make may stand before it: Petri-skål */
       EFTI_LIST_CUE_NEXT = 1 << 27,  /* second of two words or more of such a phrase */
       EFTI_LIST_NAME_NEXT =
           1 << 28 /* second word of a phrase of EFTI_LIST_NAME_PHRASE */
};
#define EFTI_LIST_ANY_NAME                                                               \
    (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_SURNAME_1 | EFTI_LIST_SURNAME_2 | \
     EFTI_LIST_ALSO_MID | EFTI_LIST_ALSO_FRAME)
/* Of last parts alone: efti_lists_word() does not say them. */
#define EFTI_LIST_LAST_PART (EFTI_LIST_THING_END | EFTI_LIST_MADE)

enum efti_phrase_class { /* multi-word (or one-word) rows with a class */
                         EFTI_PHRASE_NONE,
                         EFTI_PHRASE_FRAME_BEFORE_STRONG,
                         EFTI_PHRASE_FRAME_BEFORE_WEAK,
                         EFTI_PHRASE_FRAME_AFTER_STRONG,
                         EFTI_PHRASE_FRAME_AFTER_WEAK,
                         EFTI_PHRASE_KEEP,  /* authorities, field terms, places that stay,
                                               multi-word */
                         EFTI_PHRASE_PLACE, /* multi-word place */
                         EFTI_PHRASE_NEGATOR,
                         EFTI_PHRASE_NEGATION_PSEUDO,
                         EFTI_PHRASE_UNCERTAIN,
                         EFTI_PHRASE_NEGATION_PREFIX,
                         EFTI_PHRASE_CLAUSE_STOP,
                         EFTI_PHRASE_ORG_HEAD, /* Daglig verksamhet, Högskolan i: a name
                                                  follows */
                         EFTI_PHRASE_ROLE,     /* roles of one or more words */
                         EFTI_PHRASE_AUTHOR,   /* full name of a theorist, a public
                                                  person: stays unless it is met */
                         EFTI_PHRASE_KNOWN,    /* one that everybody knows: needs no
                                                  other sign that it is read */
                         EFTI_PHRASE_CLASS_COUNT
};

enum efti_shape { /* what the last piece of a word says */
                  EFTI_SHAPE_NONE,
                  EFTI_SHAPE_SURNAME,
                  EFTI_SHAPE_SETTLEMENT,
                  EFTI_SHAPE_STREET,
                  EFTI_SHAPE_HOME,
                  EFTI_SHAPE_SCHOOL,
                  EFTI_SHAPE_ORG
};

struct efti_abbreviation {
    eft_text canonical;  /* "t.ex." */
    bool joined, spaced; /* also tex / t ex */
    bool ends, number;   /* often ends a sentence; a number or name follows */
};

struct efti_lists;
/** The lists compiled in. */
eft_status efti_lists_new(const eft_allocator *mem, struct efti_lists **out,
                          eft_error *err);
/** From a folder laid out as lexicons/data. Errors name list and line, with a hint. */
eft_status efti_lists_open(const eft_allocator *mem, const char *folder,
                           struct efti_lists **out, eft_error *err);
void efti_lists_free(struct efti_lists *lists);

uint32_t efti_lists_word(const struct efti_lists *lists, const char *folded, size_t size);
void efti_lists_prefetch(const struct efti_lists *lists, const char *folded, size_t size);
/** Class bits (1 << enum efti_phrase_class) of words joined by single spaces, folded,
 *  without the hyphen of a suspended part (Individ- och ...). */
uint32_t efti_lists_phrase(const struct efti_lists *lists, const char *folded,
                           size_t size);
/** The same, and whether longer phrases begin with these words: if not, no further word
 *  can make one. */
uint32_t efti_lists_phrase_on(const struct efti_lists *lists, const char *folded,
                              size_t size, bool *more);
/** Most words any phrase has. */
uint32_t efti_lists_phrase_words(const struct efti_lists *lists);
/** The name shape of a folded form (longest ending, with a stem of >= 2
 *  letters before it), EFTI_SHAPE_NONE for the reviewed ordinary words.
 *  Genitive -s is looked through. */
enum efti_shape efti_lists_shape(const struct efti_lists *lists, const char *folded,
                                 size_t size);
/** Does a folded word of at least nine bytes end as a thing is called
 *  (Validationsmetoden), with at least four before that, or three before an end that is
 *  long? */
bool efti_lists_thing_end(const struct efti_lists *lists, const char *folded,
                          size_t size);
/** Is it a form of a noun before which a make may stand (skålar in Petri-skålar)? */
bool efti_lists_made(const struct efti_lists *lists, const char *folded, size_t size);
/** Abbreviation by its folded spelling without stops and spaces ("tex"); NULL: none. */
const struct efti_abbreviation *efti_lists_abbreviation(const struct efti_lists *lists,
                                                        const char *letters, size_t size);
/** All of them, in no order that means anything; how many. */
size_t efti_lists_abbreviations(const struct efti_lists *lists,
                                const struct efti_abbreviation **out);
/**
 * A map of which short words (1 to 8 bytes, letters alone) may be the letters of an
 * abbreviation at all: bit efti_abbreviation_bit(). It looks at the five low bits of the
 * first two bytes, which are alike for capitals and small letters of ASCII and Latin-1.
 * Holds as long as the lists.
 */
#define EFTI_ABBREVIATION_WORDS (9 * 1024 / 64)
const uint64_t *efti_lists_abbreviation_map(const struct efti_lists *lists);
static inline size_t
efti_abbreviation_bit(const char *letters, size_t size)
{
    size_t first = (unsigned char)letters[0] & 31u;
    size_t second = size > 1 ? (unsigned char)letters[1] & 31u : 0;

    return size * 1024 + first * 32 + second;
}
/**
 * A map of which two words, side by side, a phrase may begin with, by EFTI_PAIR_WORD
 * bits of a hash of each (efti_list_pair_word()): bit efti_pair_bit(). Two pairs may
 * share one. Holds as long as the lists.
 */
#define EFTI_PAIR_WORD 15
#define EFTI_PAIR_BITS 16
#define EFTI_PAIR_WORDS (((size_t)1 << EFTI_PAIR_BITS) / 64)
const uint64_t *efti_lists_pair_map(const struct efti_lists *lists);
static inline size_t
efti_pair_bit(uint32_t first, uint32_t second)
{
    return (first * 0x9E3779B1u ^ second * 0x85EBCA6Bu) >> (32 - EFTI_PAIR_BITS);
}
/** Whole answers without information ("vet ej"): folded and trimmed; stops at the end and
 *  answers of stops alone are looked through here. */
bool efti_lists_uninformative(const struct efti_lists *lists, const char *folded,
                              size_t size);
/** SHA-256 over all lists in a fixed order, 64 hex digits. */
const char *efti_lists_hash(const struct efti_lists *lists);

#endif
