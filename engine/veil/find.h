/*
 * find.h - what the files of veil/ share while they look at one text
 *
 *   form  --analyse-->  bits        once per distinct form (words.c)
 *   form  --know----->  cues        the same, when the first text with it comes (cues.c)
 *   token + bits        ---------->  candidates: span, rule, evidence
 *     numbers.c and its kinds        digits: shape, checksum, keywords around
 *     dates.c contact.c address.c    days, ages, mail, streets
 *     frames.c names.c               names of people, places, organisations
 *     language.c                     paragraphs that are not Swedish
 *   candidates  ---decide.c------->  spans: apart, scored, numbered
 *
 * A recogniser only proposes. Memory that runs out sets `no_memory` and later proposals
 * do nothing; efti_veil_find() looks once at the end, and the caller withholds the text.
 */
#ifndef EFTI_VEIL_FIND_H
#define EFTI_VEIL_FIND_H

#include "veil/kinds.h"
#include "veil/rules.h"
#include "veil/veil.h"
#include "veil/word_groups.h"

/** One token of the text at hand. */
struct veil_word {
    const struct efti_form *form; /* NULL: a tag, emoji, long token */
    uint32_t bits, cues;          /* of the form */
    uint32_t evidence;            /* gathered by frames.c */
    uint8_t glue;                 /* enum veil_glue: what stands before it */
    uint8_t state;                /* VEIL_STATE_* */
    uint8_t category;             /* of a name that was decided here */
    uint8_t rule;                 /* enum veil_rule_id */
};
enum veil_glue {
    VEIL_GLUE_FAR,   /* another sentence, line or many marks */
    VEIL_GLUE_SPACE, /* blanks only */
    VEIL_GLUE_COMMA,
    VEIL_GLUE_STOP, /* full stop and blanks: after an initial */
    VEIL_GLUE_AMP,  /* & or + */
    VEIL_GLUE_MARK, /* other single marks: ( : / quote */
    VEIL_GLUE_NONE  /* touches the token before */
};
enum {
    VEIL_STATE_KEEP = 1 << 0,   /* inside a phrase that stays */
    VEIL_STATE_SEEN = 1 << 1,   /* its own evidence has been gathered */
    VEIL_STATE_NAME = 1 << 2,   /* decided: (part of) a name */
    VEIL_STATE_TAG = 1 << 3,    /* a tag of ours in the input */
    VEIL_STATE_TAKEN = 1 << 4,  /* part of a structured identifier */
    VEIL_STATE_AUTHOR = 1 << 5, /* in a full name of somebody who is read */
    VEIL_STATE_FIRST = 1 << 6,  /* its first word */
    VEIL_STATE_AGE = 1 << 7     /* a number that is somebody's age */
};
/* Per cent of known words, and how many it takes to tell (language.c, rule 8.2). */
#define VEIL_LANGUAGE_WORDS 6
#define VEIL_LANGUAGE_KNOWN 70
enum veil_casing { VEIL_CASING_USUAL, VEIL_CASING_LOW, VEIL_CASING_HIGH };

/* checks.c: arithmetic on digit strings, keywords around a place in the text */
bool efti_veil_luhn(const char *digits, size_t count);
/** yymmdd or yyyymmdd; with `coordination` also day + 60. */
bool efti_veil_day(const char *digits, size_t count, bool coordination);
bool efti_veil_day_month(uint32_t day, uint32_t month);
uint32_t efti_veil_number(const char *digits, size_t count); /* capped at 999,999,999 */
enum veil_keyword {
    VEIL_KEY_NONE,
    VEIL_KEY_PERSON,
    VEIL_KEY_BORN,
    VEIL_KEY_PHONE,
    VEIL_KEY_EXTENSION, /* anknytning: three figures and more */
    VEIL_KEY_BANK,
    VEIL_KEY_CASE,
    VEIL_KEY_ORG,
    VEIL_KEY_CAR,
    VEIL_KEY_LAND,
    VEIL_KEY_LAW,
    VEIL_KEY_UNIT, /* kr, procent, §: what follows a number that is only a number */
    VEIL_KEY_IP
};

/** A keyword (lexicons/data/context/keywords.tsv); a * at its end lets the word go on. */
struct veil_key_word {
    const char *word;
    uint8_t key; /* enum veil_keyword */
};
extern const struct veil_key_word efti_veil_keywords[VEIL_KEYWORDS];
#define VEIL_KEY_CHAINS 512
/** Keywords by first byte, and by the first two (checks.c): number + 1 of the first, and
 *  of the next. */
struct veil_key_chains {
    uint8_t first[256], next[VEIL_KEYWORDS];
    uint8_t first_pair[VEIL_KEY_CHAINS], next_pair[VEIL_KEYWORDS];
    uint32_t second[256]; /* the five low bits of second bytes, as a set */
    bool mark[256];       /* the second byte of one is a mark: f. */
};
void efti_veil_chain_keywords(struct veil_key_chains *chains);
/** The keyword in a form by itself. */
#define VEIL_KEY_MEMOS 256 /* a power of two */
struct veil_key_memo {
    uint32_t form;    /* + 1; 0: nothing is kept here */
    uint8_t key, end; /* enum veil_keyword, and where it ends */
    uint8_t open;     /* one may begin in it and go on behind it: f., nås på */
};
/** Is there one in the form, by itself or with what is behind it? Many words begin as one
 *  does (VEIL_KEY) and hold none. */
bool efti_veil_holds_keyword(const struct efti_veil *v, const struct efti_form *form);
/** May one of them begin at the start of this form, or behind a mark in it (`joined`)? */
bool efti_veil_has_keyword(const struct veil_key_chains *chains, const char *folded,
                           size_t size, bool joined);

/** A run of digits; `gap` says what stands between it and the run before. */
struct veil_run {
    uint32_t start, end; /* bytes of the text */
    uint32_t digit;      /* first of its digits in `digits` */
    uint32_t token;      /* that it begins in; 0 in an id, which has none */
    uint16_t count;      /* digits, capped at 65535 */
    uint8_t gap;         /* enum veil_gap */
    uint8_t taken;       /* a rule has it */
    bool year;           /* 1900-2099 */
};
enum veil_gap {
    VEIL_GAP_FAR,
    VEIL_GAP_SPACE, /* one blank of any width */
    VEIL_GAP_DASH,  /* - or +, blanks around it allowed, 3 characters at most */
    VEIL_GAP_DOT,
    VEIL_GAP_SLASH,
    VEIL_GAP_COLON,
    VEIL_GAP_COMMA,  /* ", " or "," */
    VEIL_GAP_BRACKET /* ") " and its like: +46 (0)70 */
};

/* Which words may be a number at all, by their first three bytes. */
#define VEIL_NUMBER_STARTS 16
struct veil_number_map {
    uint64_t starts[VEIL_NUMBER_STARTS];
};
void efti_veil_map_numbers(struct veil_number_map *map); /* classes.c */

/** What the lists say of two words (phrases.c). */
#define VEIL_PAIR_MEMO_BITS 10
struct veil_pair_memo {
    uint32_t first, second; /* forms, + 1; 0: nothing is kept here */
    uint32_t classes;
    bool more;
};

struct veil_own;
/** A folded surface that has a number (tag_numbers.c). */
/* What a person of the record is called in full, by number. */
struct veil_named {
    uint32_t number;
    eft_text name;
};
struct veil_surface {
    uint32_t place, who; /* who: of the roster, 0 for nobody */
    uint32_t number;
    uint8_t category;
    eft_text folded;
};

struct efti_veil {
    const eft_allocator *mem;
    const struct efti_lists *lists;
    const struct efti_dictionary *dictionary;
    struct efti_forms *forms;
    struct efti_unicode *unicode;
    EFTI_ARRAY(struct veil_kind) kinds; /* by form */
    EFTI_ARRAY(uint32_t) answers;       /* the same: what was asked about it */
    EFTI_ARRAY(uint16_t) sets;          /* the same: of groups that it is in */
    const uint64_t *pair_map;           /* of the lists; see phrases.c */
    struct efti_strings *allow;         /* NULL: none */
    struct efti_strings *roster;        /* words of its names; NULL: none */
    struct veil_own *own_lists;         /* own.c; NULL: none */
    uint32_t off;
    uint32_t weaken_per_mille; /* for tests */
    uint64_t weaken_seed;
    uint32_t flags;
    /* the text at hand */
    eft_text text;
    const struct efti_segments *segments;
    enum veil_casing casing;
    bool no_memory;
    uint32_t present; /* VEIL_CUE_* of all its tokens */
    uint32_t classes; /* VEIL_CLASS_BIT() of those on the list of terms */
    bool any_special; /* an address, user name or long token */
    bool any_amp;     /* an ampersand between two tokens */
    bool any_unseen;  /* a mark between two tokens that nobody sees */
    bool any_sign;    /* a # or \\ right before a token */
    bool any_tag;     /* a tag of ours stands in the input */
    bool any_age;     /* some word is VEIL_STATE_AGE */
    bool unnumbered;  /* spans get no numbers, for all texts */
    bool any_key;     /* some token begins as a keyword for numbers does */
    bool all_swedish; /* every paragraph, by the share of known words */
    bool foreign_all; /* every paragraph is withheld */
    size_t reserved;  /* tokens that all lists below have room for */
    EFTI_ARRAY(struct veil_word) words;
    /* tokens that a pass looks at (read.c), rising if nothing else is said */
    EFTI_ARRAY(uint32_t) candidates; /* may be names; those that sign come last */
    EFTI_ARRAY(uint32_t) phrases;    /* a phrase may start here */
    EFTI_ARRAY(uint32_t) sign_offs;  /* mvh, hälsningar */
    EFTI_ARRAY(uint32_t) terms;      /* of dates, ages, addresses, contact */
    EFTI_ARRAY(uint32_t) capitals;   /* ordinary words with a capital in mid-sentence */
    EFTI_ARRAY(uint32_t) heads; /* of organisations, and their ends; phrases add some */
    EFTI_ARRAY(uint32_t) surnames; /* of the list of authors */
    EFTI_ARRAY(uint32_t)
    full_names; /* first words of authors' names, as phrases have it */
    EFTI_ARRAY(uint32_t) digit_tokens;
    EFTI_ARRAY(uint32_t) numbers; /* that may be ages */
    EFTI_ARRAY(uint32_t) splits;  /* touch a capital word before them but for marks */
    EFTI_ARRAY(uint32_t) keys;    /* hold a keyword for numbers */
    EFTI_ARRAY(uint32_t) named;   /* marked as (part of) a name, in order of marking */
    bool named_sorted, remembered;
    uint64_t name_rules[VEIL_NAME_RULES]; /* evidence << 16 | rule + 1 (names.c) */
    struct veil_pair_memo pair_memos[(size_t)1 << VEIL_PAIR_MEMO_BITS];
    EFTI_ARRAY(struct veil_run) runs;
    struct veil_key_chains key_chains;
    struct veil_key_memo key_memos[VEIL_KEY_MEMOS]; /* by the low bits of a form */
    struct veil_number_map number_map;
    size_t key_at, key_end; /* the keyword before the run at key_at - 1; 0: none asked */
    size_t key_next;        /* of keys: the first behind the number */
    enum veil_keyword key_found;
    struct efti_bytes digits; /* ASCII values of all runs */
    EFTI_ARRAY(struct efti_span) found;
    EFTI_ARRAY(eft_text) repeats; /* folded names found, sorted */
    uint64_t repeat_starts;       /* a set of how they begin (names_again.c) */
    uint32_t letters;             /* A to Z that stand for somebody, a bit each */
    bool any_initials;            /* so do two letters or three together */
    EFTI_ARRAY(uint32_t)
    initials;                 /* forms, sorted: first those that a bracket explains,
                                      then those that are somebody (initials.c) */
    bool initials_explained;  /* those that a bracket explains are gathered */
    struct efti_bytes phrase; /* words joined by blanks */
    struct efti_arena arena;
    struct efti_segments own;             /* of labels and ids */
    bool in_record;                       /* the texts are fields of one reflection */
    uint32_t last[EFTI_CATEGORY_COUNT];   /* numbers of tags so far */
    EFTI_ARRAY(struct veil_surface) met;  /* in earlier fields of the record */
    EFTI_ARRAY(struct veil_named) people; /* people of those fields, by number */
    struct efti_arena record;             /* surfaces of both */
};

/** Add a candidate; refused when the rule's evidence is not all there. */
void efti_veil_propose(struct efti_veil *v, size_t start, size_t end, uint16_t rule,
                       uint32_t evidence);
/** The same with another category than the rule's. */
void efti_veil_propose_as(struct efti_veil *v, size_t start, size_t end, uint16_t rule,
                          uint32_t evidence, enum efti_category category);

/* read.c */
/** Fill the words and lists of the text at hand. False: no memory. */
bool efti_veil_read(struct efti_veil *v);

/* cues.c */
/** Fill v->kinds and its like for a form whose bits are there. `asks`: efti_known.asks,
 *  or NULL. False: no memory. */
bool efti_veil_keep_kind(struct efti_veil *v, uint32_t id, const struct efti_form *form,
                         const uint16_t *asks);

/* authors.c, orgs_tales.c: what cues.c asks once per form */
bool efti_veil_is_author(const struct efti_veil *v, const struct efti_form *form);
bool efti_veil_begins_tale(const struct efti_form *form, uint32_t set);
bool efti_veil_may_be_age(const struct efti_form *form); /* ages.c */

/* words.c */
eft_status efti_veil_analyse(void *user, uint32_t id, struct efti_form *form,
                             const struct efti_known *known, eft_error *err);
/** The bits of a word in a text all in capitals, where two of them make no acronym: ULF
 *  and ULFS are people there. */
uint32_t efti_veil_shouted(const struct efti_veil *v, const struct efti_form *form,
                           uint32_t bits);
/** Bytes of `raw` that are the name: without genitive -s, up to the hyphen. */
size_t efti_veil_name_size(const struct veil_word *word);
/** Bytes of a number word (sex, tolv, fyrtiofem) at the start of `folded`; 0: none. */
size_t efti_veil_number_word(const char *folded, size_t size);
enum veil_class efti_veil_word_class(const struct veil_number_map *map,
                                     const char *folded, size_t size);

/* spelling.c */
bool efti_veil_is_initials(const struct efti_form *form);
/** K-Gs: two letters with a hyphen, in the genitive. */
bool efti_veil_is_owned_initials(const struct efti_form *form);
bool efti_veil_is_inflected_acronym(const struct efti_veil *v,
                                    const struct efti_form *form);
bool efti_veil_is_product(const struct efti_veil *v, const struct efti_form *form);
bool efti_veil_is_two_words(const struct efti_veil *v, const struct efti_form *form);

/* signatures.c: each gives evidence to the words that sign */
void efti_veil_after_sign_off(struct efti_veil *v, size_t i); /* i: mvh, kram */
void efti_veil_after_slash(struct efti_veil *v, size_t i);    /* i: perhaps /Annelie */
void efti_veil_last_line(struct efti_veil *v);

/* titles.c */
/** Does English begin at token `i`, whose word may be a name (Love, Will)? */
bool efti_veil_is_english(const struct efti_veil *v, size_t i);
/** Capitals of the title that token `i` says is coming stay. */
void efti_veil_title_stays(struct efti_veil *v, size_t i);
/** "Matte Direkt Borgen sidan 84": is token `i` the last word of a book? */
bool efti_veil_has_pages(const struct efti_veil *v, size_t i);
/** Decide whether a thing or an English word stays, when its frames are known. */
void efti_veil_settle_thing(struct efti_veil *v, size_t i);

/* phrases.c */
/** The hash of a form as its cues keep it, or VEIL_CUE_WIDE. */
uint32_t efti_veil_phrase_cues(const struct efti_form *form);
/** May a phrase begin with two words of these cues? */
static inline bool
efti_veil_may_be_phrase(const struct efti_veil *v, uint32_t first, uint32_t second)
{
    size_t bit = efti_pair_bit(first >> VEIL_PAIR_SHIFT, second >> VEIL_PAIR_SHIFT);

    return (v->pair_map[bit / 64] >> bit % 64 & 1) != 0 ||
           ((first | second) & VEIL_CUE_WIDE) != 0;
}

/* grammar.c: what one says of people only */
/** Where the verb is: before `i` if that is its subject ("träffade jag", "bor hon"). */
size_t efti_veil_before_subject(const struct efti_veil *v, size_t i);
/** "kallar mig Träskallen": is token `i` what somebody is called? */
bool efti_veil_is_nicknamed(const struct efti_veil *v, size_t i);
/** "Rosa, som är ny": does what only somebody is follow token `i` behind a comma? */
bool efti_veil_is_before_who(const struct efti_veil *v, size_t i);
/** "Lo, hette hon", "Jonni med två n": is token `i` given as somebody's name? */
bool efti_veil_is_said_or_spelled(const struct efti_veil *v, size_t i);
/** "Maj gick hem": does token `i`, at a start, do what only somebody does? */
bool efti_veil_is_doer(const struct efti_veil *v, size_t i);
/** "Sen tog Inga upp": is token `i`, a function word, the subject behind its verb? */
bool efti_veil_is_behind_verb(const struct efti_veil *v, size_t i);
/** "litar på björn": does one speak or think of token `i`? */
bool efti_veil_is_spoken_of(const struct efti_veil *v, size_t i);

/* letters.c: people by their letters only */
/** A, K., A-C: what may stand for a part of a name. */
bool efti_veil_is_initial(const struct veil_word *w);
/** I, O, E, Å: a letter that is a word far oftener. */
bool efti_veil_is_bare_letter(const struct veil_word *w);
/** plan A, hepatit C: the letter belongs to the word before it. */
bool efti_veil_is_label(const struct efti_veil *v, size_t i);
/** "M. berättade", "mamman till G": somebody who is not named. */
bool efti_veil_is_person_letter(const struct efti_veil *v, size_t i);
/** "kallas här för A", "mamma S", "när N berättade" (letters_told.c). */
bool efti_veil_is_told_letter(const struct efti_veil *v, size_t i);
/** "Sign: JK", "utredare PW", "JK ringde": two or three capitals that are somebody
 *  (initials.c). */
bool efti_veil_is_initials_told(struct efti_veil *v, size_t i);
/** Mark them wherever else they stand. */
void efti_veil_repeat_initials(struct efti_veil *v);
/** "K:s mamma": whose kin it is, or a letter of the text in the genitive. */
bool efti_veil_is_owning_letter(const struct efti_veil *v, size_t i);
/** "lucas h får": token `i` is a letter behind a name in small letters. */
bool efti_veil_is_small_initial(const struct efti_veil *v, size_t i);
/** "Petra E är", "Hassan I. går": is token `i`, a bare letter, part of
 *  the name before? */
bool efti_veil_is_odd_initial(const struct efti_veil *v, size_t i);
/** Token `i` stands for somebody: its letter does so in all of the text. */
void efti_veil_remember_letter(struct efti_veil *v, size_t i);
/** Mark token `i` if its letter was remembered. */
void efti_veil_repeat_letter(struct efti_veil *v, size_t i);
/** "ang. T. Ø.": two letters with stops, from token `i` on. */
void efti_veil_initials_apart(struct efti_veil *v, size_t i);

/** What the lists say of tokens `first` to `last` (they have forms) as one phrase; its
 *  end may be hidden in an ending or a compound. `*more`: a longer one may begin so. */
uint32_t efti_veil_phrase_of(struct efti_veil *v, size_t first, size_t last, bool *more);

/* slips.c */
bool efti_veil_is_slip(const struct efti_veil *v, size_t token);

/* handles.c */
void efti_veil_handle_near(struct efti_veil *v, size_t i);  /* i: a service, an alias */
void efti_veil_handle_alone(struct efti_veil *v, size_t i); /* by its own shape */
void efti_veil_handle_tag(struct efti_veil *v, size_t i);   /* i: figures behind a # */
/** i: letters and figures, perhaps behind "under namnet" */
void efti_veil_handle_under_name(struct efti_veil *v, size_t i);
/** Letters that are no word, then figures: what one logs in with. */
bool efti_veil_is_login(const struct efti_veil *v, const char *folded, size_t size);

/* the recognisers, in this order */
void efti_veil_contact(struct efti_veil *v);
void efti_veil_runs(struct efti_veil *v);
/** The runs of bytes [from, to) alone, added to those before. */
void efti_veil_runs_in(struct efti_veil *v, size_t from, size_t to);
void efti_veil_numbers(struct efti_veil *v);
void efti_veil_dates(struct efti_veil *v);
void efti_veil_ages(struct efti_veil *v);
void efti_veil_address(struct efti_veil *v);
void efti_veil_frames(struct efti_veil *v);  /* evidence for words */
void efti_veil_authors(struct efti_veil *v); /* surnames of theorists that stay */
/** Add evidence to word `i`; nothing where there is none. */
void efti_veil_give(struct efti_veil *v, size_t i, uint32_t evidence);
/** VEIL_BEFORE_* and VEIL_AFTER_* of what the lists say of a word or phrase. */
uint32_t efti_veil_frame_bits(uint32_t classes);
/** The evidence that word `i` carries itself; at most once. */
void efti_veil_look(struct efti_veil *v, size_t i);
/** Lekrådet: is a form with a capital two ordinary words with an ending of nouns? */
bool efti_veil_is_joined_noun(const struct efti_veil *v, const struct efti_form *form);
void efti_veil_names(struct efti_veil *v);    /* which words are names */
void efti_veil_kept_met(struct efti_veil *v); /* words that stay, met as people are */
/** Names that things have too stay where the words around them say so (kept_beside.c). */
void efti_veil_kept_beside(struct efti_veil *v);
/** Is token `i` written as no name is: Erasmus+, Hcf, S:en (kept_said.c)? */
bool efti_veil_is_written_as_thing(const struct efti_veil *v, size_t i);
/** "Skrivaren heter Besten": is token `i` what a machine is called? */
bool efti_veil_is_machines_name(const struct efti_veil *v, size_t i);
/** Is that said of token `i` which is said of things alone (kept_said.c)? */
bool efti_veil_is_said_of_thing(const struct efti_veil *v, size_t i);
/** "appen Zimplex", "vi spelade X", "logga in i X": where only a thing can stand. */
bool efti_veil_is_used_as_thing(const struct efti_veil *v, size_t i);
/** Is word `i` met, joined to the writer or somebody of somebody's? */
bool efti_veil_is_met_here(const struct efti_veil *v, size_t i);
void efti_veil_place(struct efti_veil *v, size_t i); /* listed, and no name yet */
/** "Köpings kommun": is word `i` a place before what is governed from there? */
void efti_veil_seat(struct efti_veil *v, size_t i);
void efti_veil_orgs(struct efti_veil *v);      /* workplaces, firms, clubs */
void efti_veil_org_whole(struct efti_veil *v); /* and all of their names */
void efti_veil_org_told(struct efti_veil *v);  /* told by their form together */
void
efti_veil_names_together(struct efti_veil *v); /* names together: people, places, firms */
void efti_veil_glued(struct efti_veil *v);     /* names that stick to numbers */
void efti_veil_glued_parts(struct efti_veil *v); /* and inside what is no word */
/** Parts of one token that are names, as they come: from the first to the last is taken
 *  out, as somebody if one of them is (glued.c). */
struct veil_named_parts {
    size_t first, last;
    enum efti_category category; /* EFTI_CATEGORY_COUNT: none is a name */
};
#define VEIL_NO_PARTS                                                                    \
    {                                                                                    \
        .category = EFTI_CATEGORY_COUNT                                                  \
    }
void efti_veil_add_part(struct veil_named_parts *named, size_t start, size_t end,
                        enum efti_category category);
void efti_veil_propose_parts(struct efti_veil *v, const struct veil_named_parts *named);
void efti_veil_language(struct efti_veil *v);

/* Each tries one kind at run `at`; on success it proposes and gives the last run. */
bool efti_veil_person_number(struct efti_veil *v, size_t at, size_t *last);
bool efti_veil_phone(struct efti_veil *v, size_t at, size_t *last);
bool efti_veil_rather_phone(struct efti_veil *v, size_t at, size_t *last);
bool efti_veil_bank(struct efti_veil *v, size_t at, size_t *last);
bool efti_veil_case(struct efti_veil *v, size_t at, size_t *last);
bool efti_veil_matter(struct efti_veil *v, size_t at, size_t *last);
bool efti_veil_thing(struct efti_veil *v, size_t at, size_t *last); /* car, land, IP */
bool efti_veil_numeric_date(struct efti_veil *v, size_t at, size_t *last);

/* cases.c */
/** (EU) nr 305/2011: is a number at `start` that of a law of the union? */
bool efti_veil_is_of_the_union(const struct efti_veil *v, size_t start);

/* matters.c */
/** The chunk of letters, figures and marks without a blank around a number. */
size_t efti_veil_chunk_start(const struct efti_veil *v, size_t start);
size_t efti_veil_chunk_end(const struct efti_veil *v, size_t end);
/** Does the word before run `at` say that a number of a matter follows? */
bool efti_veil_is_numbered(const struct efti_veil *v, size_t at);
/** Does it say that a number of a matter may follow at all? */
bool efti_veil_matters_before(const struct efti_veil *v, size_t at);

/* phones_banks.c: what several kinds ask about runs */
/** A number said in words that begins with the zero of token `i`. */
void efti_veil_spoken_number(struct efti_veil *v, size_t i);
/** The number of a person said in words around token `i`, behind the word for it. */
void efti_veil_spoken_behind(struct efti_veil *v, size_t i);
size_t efti_veil_digits_in(const struct efti_veil *v, size_t first, size_t last);
/** The last run that begins before byte `end`; `last` if those behind it do not. */
size_t efti_veil_last_run(const struct efti_veil *v, size_t last, size_t end);

/** The nearest keyword within 40 characters before `at`; `end` (may be NULL) is where it
 *  ends. A tag of ours stops the search, so that veiling twice sees no more than once. */
enum veil_keyword efti_veil_key_before(struct efti_veil *v, size_t at, size_t *end);
/** The keyword that follows `at` after a blank at most. */
enum veil_keyword efti_veil_key_after(eft_text text, size_t at);

static inline bool
efti_veil_is_year(const struct efti_veil *v, size_t run)
{
    return v->runs.items[run].year;
}
/** What stands between run `at` and the next, if nobody has that yet. */
static inline enum veil_gap
efti_veil_next_gap(const struct efti_veil *v, size_t at)
{
    const struct veil_run *next = &v->runs.items[at + 1];

    return at + 1 < v->runs.count && next->taken == 0 ? (enum veil_gap)next->gap
                                                      : VEIL_GAP_FAR;
}
static inline const char *
efti_veil_digits(const struct efti_veil *v, size_t run)
{
    return v->digits.data + v->runs.items[run].digit;
}
/** The byte before / at a place, 0 at the ends. */
static inline char
efti_veil_byte(const struct efti_veil *v, size_t at)
{
    return at < v->text.size ? v->text.bytes[at] : '\0';
}
static inline bool
efti_veil_is_alnum(char c) /* ASCII, or part of a longer code point */
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c & '\x80') != 0;
}
static inline bool
efti_veil_is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}
static inline bool
efti_veil_is_ascii_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/** Mark token `i` as (part of) a name of a category. */
void efti_veil_mark(struct efti_veil *v, size_t i, uint16_t rule,
                    enum efti_category category);
/** What a single word that is a name most likely names. */
enum efti_category efti_veil_kind_of_name(const struct efti_veil *v, size_t i);

/* own.c: lists of the user's own */
eft_status efti_veil_own_new(const eft_allocator *mem, const struct efti_listed *listed,
                             size_t count, struct veil_own **out, eft_error *err);
void efti_veil_own_free(const eft_allocator *mem, struct veil_own *own);
void efti_veil_own(struct efti_veil *v);
/** Is a folded run of letters an entry that is taken out, or a word of the roster? */
bool efti_veil_own_run(const struct efti_veil *v, const char *folded, size_t size);
/** Is the label in v->own one that the user allows as this category? */
bool efti_veil_allows_label(struct efti_veil *v, enum efti_category category);
/** One span of an entry and what a rule found around it (own_joined.c). */
void efti_veil_join_own(struct efti_veil *v, struct efti_veiled *out);
/** Drop the spans that the user lets stand. False: no memory. */
bool efti_veil_leave(struct efti_veil *v, struct efti_veiled *out);

/* decide.c */
eft_status efti_veil_decide(struct efti_veil *v, struct efti_veiled *out, eft_error *err);
/** Fill `number` of all spans, of which there are some (tag_numbers.c). */
eft_status efti_veil_number_spans(struct efti_veil *v, struct efti_veiled *out,
                                  eft_error *err);

static inline bool
efti_veil_is(const struct efti_veil *v, size_t i, enum veil_class class)
{
    return i < v->words.count && efti_veil_class(v->words.items[i].bits) == class;
}
/** Is token `i` on the same stretch as the one before (blanks only between them)? */
static inline bool
efti_veil_follows(const struct efti_veil *v, size_t i)
{
    return i > 0 && i < v->words.count && v->words.items[i].glue == VEIL_GLUE_SPACE;
}
/** Is token `i` this folded word? */
static inline bool
efti_veil_is_word(const struct efti_veil *v, size_t i, const char *folded)
{
    const struct efti_form *f = i < v->words.count ? v->words.items[i].form : NULL;

    return f != NULL && efti_equal(f->folded, f->folded_size, folded, strlen(folded));
}
/** The set of groups that the word of token `i`, which has a form, is in. */
static inline uint32_t
efti_veil_set_at(const struct efti_veil *v, size_t i)
{
    return v->sets.items[v->segments->tokens.items[i].form];
}
/** Is the word of token `i` in a group (lexicons/data/context/groups)? */
static inline bool
efti_veil_in(const struct efti_veil *v, size_t i, enum veil_group group)
{
    return i < v->words.count && v->words.items[i].form != NULL &&
           efti_veil_set_holds(efti_veil_set_at(v, i), group);
}
/** Bring v->named into the order of the text. */
void efti_veil_sort_named(struct efti_veil *v);
/* What gives a token a capital that says nothing. */
#define VEIL_START_FLAGS                                                                 \
    (EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START | EFTI_TOKEN_AFTER_MARK)
/** Is a word beside token `i` one of the dictionary, all in capitals? */
bool efti_veil_is_shouted(const struct efti_veil *v, size_t i);
/** A capital that no start of a sentence, line or quote explains? */
static inline bool
efti_veil_is_mid(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if ((w->bits & VEIL_CAPITAL) == 0 || i == 0 || v->casing == VEIL_CASING_HIGH ||
        (v->segments->tokens.items[i].flags & VEIL_START_FLAGS) != 0 ||
        (w[-1].state & VEIL_STATE_TAG) != 0)
        return false;
    return (w->bits & VEIL_UPPER) == 0 || !efti_veil_is_shouted(v, i);
}
/** The token that holds byte `at`, or the first after it. */
size_t efti_veil_token_at(const struct efti_veil *v, size_t at);
/** The same, known to be near `token`. */
size_t efti_veil_token_near(const struct efti_veil *v, size_t token, size_t at);
/** What was answered about the form of token `i`, which has one. */
static inline uint32_t *
efti_veil_answers(const struct efti_veil *v, size_t i)
{
    return &v->answers.items[v->segments->tokens.items[i].form];
}
/** Ask a question about the word of token `i`; no word: no. */
static inline bool
efti_veil_ask(const struct efti_veil *v, size_t i, enum veil_question question,
              bool (*ask)(const struct efti_form *form))
{
    const struct efti_form *form = i < v->words.count ? v->words.items[i].form : NULL;

    if (form == NULL)
        return false;
    uint32_t *answers = efti_veil_answers(v, i);
    if (EFTI_UNLIKELY((*answers >> 2 * question & 3) == 0))
        *answers |= (ask(form) ? 2u : 1u) << 2 * question;
    return (*answers >> 2 * question & 2) != 0;
}

#endif
