/*
 * veil.h - finds what could point at a person, and takes it out
 *
 * Recognisers propose spans with a category and evidence bits; one table turns evidence
 * into score and decision (veil/decide.c). Fail closed (rule 8.1): an unknown word with
 * a capital in mid-sentence is a name unless something says that it is an ordinary word.
 * On any error the caller withholds the text.
 */
#ifndef EFTI_VEIL_H
#define EFTI_VEIL_H

#include "base/base.h"
#include "lexicons/dictionary.h"
#include "lexicons/lists.h"
#include "tokenizers/tokenizer.h"
#include "vocab/forms.h"

enum efti_category { /* order is fixed: the bit set in a state counts on it */
                     EFTI_PERSON,
                     EFTI_PERSONNUMMER,
                     EFTI_ORGNR,
                     EFTI_PHONE,
                     EFTI_EMAIL_ADDRESS,
                     EFTI_URL_ADDRESS,
                     EFTI_HANDLE_NAME,
                     EFTI_ADDRESS,
                     EFTI_POSTCODE,
                     EFTI_PLACE,
                     EFTI_ORG,
                     EFTI_DATE,
                     EFTI_AGE,
                     EFTI_CASE_ID,
                     EFTI_VEHICLE,
                     EFTI_BANK,
                     EFTI_PROPERTY,
                     EFTI_IP,
                     EFTI_LANGUAGE,   /* withheld by the language gate; prints as
                                         [LANGUAGE_1] */
                     EFTI_OTHER_LONG, /* token above 1 KiB, veiled whole; prints as
                                         [LONG_1] */
                     EFTI_CATEGORY_COUNT
};
const char *efti_category_name(enum efti_category category); /* "PERSON" */
/** By name; EFTI_CATEGORY_COUNT when unknown. */
enum efti_category efti_category_of(const char *name, size_t size);

enum { /* evidence */
       EFTI_EVIDENCE_SHAPE = 1 << 0,
       EFTI_EVIDENCE_CHECKSUM = 1 << 1,
       EFTI_EVIDENCE_DATE_OK = 1 << 2,
       EFTI_EVIDENCE_CONTEXT = 1 << 3,
       EFTI_EVIDENCE_LIST_1 = 1 << 4,
       EFTI_EVIDENCE_LIST_2 = 1 << 5,
       EFTI_EVIDENCE_FRAME = 1 << 6,
       EFTI_EVIDENCE_ROLE = 1 << 7,
       EFTI_EVIDENCE_CAPITAL_MID = 1 << 8,
       EFTI_EVIDENCE_NAME_SHAPE = 1 << 9,
       EFTI_EVIDENCE_UNKNOWN = 1 << 10,
       EFTI_EVIDENCE_NEIGHBOUR = 1 << 11,
       EFTI_EVIDENCE_REPEAT = 1 << 12,
       EFTI_EVIDENCE_SIGNATURE = 1 << 13,
       EFTI_EVIDENCE_FORCED = 1 << 14,
       EFTI_EVIDENCE_ROSTER = 1 << 15 /* a list of the user's own */
};

struct efti_span {
    uint32_t start, end; /* bytes of the original */
    uint32_t evidence;
    uint32_t number;  /* the n of [PERSON_n]: same folded surface, same number */
    uint16_t rule;    /* efti_rule_name() */
    uint8_t category; /* enum efti_category */
    uint8_t score;    /* 0-100 */
};
const char *efti_rule_name(uint16_t rule); /* "personnummer", "name-frame" ... */

struct efti_veiled {
    EFTI_ARRAY(struct efti_span) spans; /* sorted, apart from each other */
    struct efti_segments tokens;        /* the tokens after the veil: those of a span
                                           are one token of kind EFTI_VEIL without form */
    uint32_t categories;                /* bit set */
    bool withheld;                      /* the whole text was not Swedish */
};
void efti_veiled_free(const eft_allocator *mem, struct efti_veiled *v);

enum { EFTI_VEIL_ACCEPT_LANGUAGE = 1 << 0 };

/** An entry of the user's own lists (own.c): folded tokens joined by single blanks. */
enum efti_listed_kind {
    EFTI_LISTED_WORD,     /* a word that is nothing else: inside compounds too */
    EFTI_LISTED_DENY,     /* always taken out */
    EFTI_LISTED_INITIALS, /* a shortened name: with capitals only */
    EFTI_LISTED_ALLOW     /* such a span of this category is left */
};
struct efti_listed {
    eft_text key;
    uint8_t category, kind;
    uint32_t who; /* of the roster, from 1: ways to name one have one number; 0: none */
};
struct efti_veil_options {
    uint32_t flags;
    const eft_text *allow; /* folded words that are never names here (--allow FILE) */
    size_t allow_count;
    const eft_text *roster; /* folded names of an organisation's own people and units: in
                               any form and casing names, whatever the lists say */
    size_t roster_count;
    const struct efti_listed *listed; /* of two with one key the first counts; copied */
    size_t listed_count;
    uint32_t off; /* bit set of categories that are left alone */
    /* for tests: this many of 1000 spans are lost, chosen by seed and place */
    uint32_t weaken_per_mille;
    uint64_t weaken_seed;
};

struct efti_veil; /* one per worker; registers its analyser with `forms` */
eft_status efti_veil_new(const eft_allocator *mem, const struct efti_lists *lists,
                         const struct efti_dictionary *dictionary,
                         struct efti_forms *forms,
                         const struct efti_veil_options *options, struct efti_veil **out,
                         eft_error *err);
void efti_veil_free(struct efti_veil *v);
/** What the dictionary's file keeps of a word beside its bits (efti_known.asks): two
 *  forms of it, in small letters and behind a capital. */
uint16_t efti_veil_asks(const struct efti_veil *v, uint32_t small, uint32_t capital);
/** From now on spans get no numbers (0), for one who never prints them. */
void efti_veil_leave_numbers(struct efti_veil *v);

/** The texts found from here on are fields of one reflection, until it is closed: what
 *  has a number keeps it from field to field, and new numbers go on after the tags that
 *  stand in any of `fields`. The text comes first, so that its tags are the same without
 *  the others. */
void efti_veil_open_record(struct efti_veil *v, const eft_text *fields, size_t count);
void efti_veil_close_record(struct efti_veil *v);

/** Find spans and make the veiled tokens. `segments` are interned. `out` is cleared. */
eft_status efti_veil_find(struct efti_veil *v, eft_text text,
                          const struct efti_segments *segments, struct efti_veiled *out,
                          eft_error *err);
/** Write the text with each span replaced by its tag; numbering goes on after tags that
 *  stand in the text already. Veiling the result again changes nothing. */
eft_status efti_veil_print(eft_text text, const struct efti_veiled *veiled,
                           struct efti_bytes *out, eft_error *err);
/** The replacement of one span ("[PERSON_1]") appended to `out`. */
void efti_veil_tag(const struct efti_span *span, struct efti_bytes *out);

/** What is put in the place of a span (replace.c). */
enum efti_replace {
    EFTI_REPLACE_TAG,        /* [PERSON_1] */
    EFTI_REPLACE_MASK,       /* [PERSON_0] */
    EFTI_REPLACE_SURROGATE,  /* Maria */
    EFTI_REPLACE_GENERALISE, /* ages to bands, days to months, places to counties */
    EFTI_REPLACE_KEY         /* [PERSON_739201847]: HMAC with the key */
};
struct efti_replacer {
    enum efti_replace mode;
    const unsigned char *key; /* 32 bytes; NULL: unkeyed, for surrogates only */
    uint64_t seed;
    int32_t shift; /* days that days are moved by, in every mode; 0: they are not */
    int32_t near; /* the day of the record, which a day without a year is near; 0: none */
};
/** Where the replacement of each span lies in what was printed. */
struct efti_span_places {
    struct efti_span_place {
        size_t start, end;
    } * items;
    size_t count, capacity;
};
/** As efti_veil_print(), with the replacements of `r`; `text` is what was veiled. What a
 *  mode has no rule for gets its tag. `places` (may be NULL) is filled by span; offsets
 *  count from the start of `out`. */
eft_status efti_veil_print_as(struct efti_veil *v, const struct efti_replacer *r,
                              eft_text text, const struct efti_veiled *veiled,
                              struct efti_span_places *places, struct efti_bytes *out,
                              eft_error *err);
/** The days that a writer's days are moved by, between -most and most, never 0; whole
 *  weeks where `most` has one, so that weekdays hold. The same for the same writer, key
 *  and seed. */
#define EFTI_MOST_SHIFT 3650u
eft_status efti_veil_shift(struct efti_veil *v, const unsigned char *key, uint64_t seed,
                           eft_text writer, uint32_t most, int32_t *days, eft_error *err);
/** Names of the bits of public evidence, in order; NULL at the end. */
const char *efti_evidence_name(unsigned bit);

/** What still points at somebody when the identifiers are gone (risk.c). */
enum {
    EFTI_RISK_OCCUPATION = 1 << 0, /* one of few in a place */
    EFTI_RISK_ORIGIN = 1 << 1,     /* a nationality beside a place */
    EFTI_RISK_CHILDREN = 1 << 2,   /* four and more, twins */
    EFTI_RISK_CLASS = 1 << 3,      /* 8B, åk 7 */
    EFTI_RISK_EVENT = 1 << 4,      /* a fire, a crime, with a day or place */
    EFTI_RISK_AGE = 1 << 5,        /* an age beside a place */
    EFTI_RISK_ILLNESS = 1 << 6,
    EFTI_RISK_TERM = 1 << 7, /* a rare term of one writer in the whole run (phase B) */
    EFTI_RISK_ONLY_ONE = 1 << 8,      /* the only one who does something, in a place */
    EFTI_RISK_OWN_OCCUPATION = 1 << 9 /* one that one writer alone tells of (phase B) */
};
/** Categories that say where: with them an occupation is one of few. */
#define EFTI_RISK_PLACES (1u << EFTI_PLACE | 1u << EFTI_ORG)
/** The categories of the tags of ours in a text, as a bit set. */
uint32_t efti_veil_tags_in(eft_text text, const struct efti_segments *segments);
/** Is it what somebody works as, singular (kurator, skolsköterskan)? */
bool efti_veil_is_occupation(const struct efti_form *f);
/** From this score on a text is never quoted. */
#define EFTI_RISK_FLAG 40u
uint32_t efti_risk_score(uint32_t reasons); /* 0 to 100 */
const char *efti_risk_name(unsigned bit);   /* "occupation"; NULL behind the last */
/** The residual risk of a text, 0 to 100, with its reasons. `segments` are interned;
 *  `categories` is what the veil has found in it (tags in the text are seen besides). */
uint32_t efti_veil_risk(struct efti_veil *v, eft_text text,
                        const struct efti_segments *segments, uint32_t categories,
                        uint32_t *reasons);

/** Labels: may this category value be printed? PLACE and ORG may stay; any
 *  other identifier in it says no. Segments and interns with the worker's tools. */
eft_status efti_veil_label(struct efti_veil *v, struct efti_tokenizer *tokenizer,
                           eft_text label, bool *visible, eft_error *err);
/** An id may be kept: runs of letters at most 3 long or ordinary words, or all of it a
 *  UUID or hexadecimal. Also no run of 6+ digits that the number rules would mask. */
eft_status efti_veil_id(struct efti_veil *v, struct efti_tokenizer *tokenizer,
                        eft_text id, bool *keep, eft_error *err);

#endif
