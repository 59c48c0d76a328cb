/*
 * kinds.h - what a form is to the veil: flags, a class, cues
 *
 *   form --classes.c words.c pieces.c--> bits   24 flags and a class
 *   form --cues.c----------------------> cues   which lists and passes want its tokens
 *
 * Found once for each distinct form, for whatever texts it stands in. The functions below
 * say of the bits alone whether some pass has anything to look for at such a token.
 */
#ifndef EFTI_VEIL_KINDS_H
#define EFTI_VEIL_KINDS_H

#include "veil/veil.h"

/* What a form is, packed into efti_form.veil. The low 24 bits are flags. */
enum {
    VEIL_GIVEN_1 = 1 << 0,
    VEIL_GIVEN_2 = 1 << 1,
    VEIL_SURNAME = 1 << 2,    /* either tier, or a surname shape */
    VEIL_ALSO_MID = 1 << 3,   /* a name that is a word: capital in mid-sentence */
    VEIL_ALSO_FRAME = 1 << 4, /* a name that is a word: in a strong frame only */
    VEIL_PHRASE = 1 << 5,     /* may start a phrase of several words */
    VEIL_NEXT = 1 << 6,       /* may be the second word of one */
    VEIL_PLACE_WORD = 1 << 7,
    VEIL_ORDINARY = 1 << 8, /* exempt from "unknown capital in mid-sentence is a name" */
    VEIL_WORD = 1 << 9,     /* a word written in lower case stands in the dictionary */
    VEIL_CAPITAL = 1 << 10, /* begins with a capital */
    VEIL_UPPER = 1 << 11,   /* all capitals */
    VEIL_ROLE = 1 << 12,
    VEIL_PARTICLE = 1 << 13,
    VEIL_HEAD = 1 << 14, /* head of an organisation's name */
    VEIL_BEFORE_STRONG = 1 << 15,
    VEIL_BEFORE_WEAK = 1 << 16,
    VEIL_AFTER_STRONG = 1 << 17,
    VEIL_AFTER_WEAK = 1 << 18,
    VEIL_PLACE = 1 << 19,
    VEIL_GENITIVE = 1 << 20, /* the listed form is this one without its -s */
    VEIL_KNOWN = 1 << 21,    /* counts as Swedish for the language gate */
    VEIL_KEEP = 1 << 22,     /* country, authority, method, term of the field: stays;
                              * if not ORDINARY too, only till a frame speaks */
    VEIL_HYPHEN = 1 << 23 /* Anna-fallet: only what stands before the hyphen is a name */
};
#define VEIL_GIVEN (VEIL_GIVEN_1 | VEIL_GIVEN_2)
#define VEIL_ALSO (VEIL_ALSO_MID | VEIL_ALSO_FRAME)
#define VEIL_NAME (VEIL_GIVEN | VEIL_SURNAME | VEIL_ALSO)
#define VEIL_CANDIDATE_FLAGS (VEIL_NAME | VEIL_PLACE | VEIL_PLACE_WORD)

/* The high 8 bits: one small class that a rule asks for. */
enum veil_class {
    VEIL_CLASS_NONE,
    VEIL_CLASS_MONTH,
    VEIL_CLASS_NUMBER,   /* a number word that may be an age */
    VEIL_CLASS_ORDINAL,  /* femte: a day of the month before a month */
    VEIL_CLASS_YEAR,     /* år */
    VEIL_CLASS_OLD,      /* gammal, ung */
    VEIL_CLASS_YEARLING, /* treåring, 14-årig: starts with how old */
    VEIL_CLASS_TURNS,    /* fyller, fyllde */
    VEIL_CLASS_BE,       /* är, var, blir */
    VEIL_CLASS_HAVE,
    VEIL_CLASS_PRONOUN, /* han, hon, jag: somebody who has an age */
    VEIL_CLASS_DEN,
    VEIL_CLASS_DAY,    /* weekday, klockan: what a date stands beside */
    VEIL_CLASS_STREET, /* väg, gata as a word of its own */
    VEIL_CLASS_DOOR,   /* lgh, tr, uppgång */
    VEIL_CLASS_BOX,
    VEIL_CLASS_SIGN_OFF, /* mvh, hälsningar */
    VEIL_CLASS_COMPANY,  /* AB, HB, IF: ends a name of an organisation */
    VEIL_CLASS_IN,       /* i, från, till, på ... before a place */
    VEIL_CLASS_AND,      /* och, å, samt */
    VEIL_CLASS_WHO,      /* som, heter-free relative after a name */
    VEIL_CLASS_SERVICE,  /* insta, snap, discord: a user name follows */
    VEIL_CLASS_SPELLED,  /* punkt, snabel-a: a spelled-out address */
    VEIL_CLASS_WITH,     /* m: med in a hurry */
    VEIL_CLASS_CALLED,   /* heter, kallas */
    VEIL_CLASS_SHAPED,   /* none of these, but the shape of a name */
    VEIL_CLASS_DOMAIN,   /* ends like a name on the web: .se, .com */
    VEIL_CLASS_SCRIPT,   /* letters of another script, which have no case to tell by */
    VEIL_CLASS_ALIAS,    /* användarnamn, profil: a user name is near */
    VEIL_CLASS_HANDLE,   /* has an underscore in it, or is a word and figures, or F-a-t */
    VEIL_CLASS_ZERO,     /* noll, nollsju: a number said digit by digit */
    VEIL_CLASS_TITLE     /* boken, filmen: what has a title, no name of a person */
};
#define VEIL_CLASS_SHIFT 24
#define VEIL_CLASS_MASK 0x1Fu
/* A form says something to some pass. In struct veil_kind and veil_word: some list wants
 * such a token (cues.c); the others, four in five of a text, are noted and no more. */
#define VEIL_LISTED (1u << 29)
#define VEIL_DIGITS (1u << 30) /* has a digit in it */
#define VEIL_KEY (1u << 31)    /* begins a keyword that numbers are told by (checks.c) */

#define VEIL_CLASS_BIT(class) (1u << VEIL_CLASS_##class)
/* Those of dates, ages, streets and addresses; a street may have only its shape. */
#define VEIL_TERM_CLASSES                                                                \
    (VEIL_CLASS_BIT(MONTH) | VEIL_CLASS_BIT(ORDINAL) | VEIL_CLASS_BIT(YEAR) |            \
     VEIL_CLASS_BIT(OLD) | VEIL_CLASS_BIT(YEARLING) | VEIL_CLASS_BIT(TURNS) |            \
     VEIL_CLASS_BIT(BE) | VEIL_CLASS_BIT(HAVE) | VEIL_CLASS_BIT(STREET) |                \
     VEIL_CLASS_BIT(DOOR) | VEIL_CLASS_BIT(BOX) | VEIL_CLASS_BIT(SERVICE) |              \
     VEIL_CLASS_BIT(SPELLED) | VEIL_CLASS_BIT(DOMAIN) | VEIL_CLASS_BIT(SHAPED) |         \
     VEIL_CLASS_BIT(ALIAS) | VEIL_CLASS_BIT(HANDLE) | VEIL_CLASS_BIT(ZERO) |             \
     VEIL_CLASS_BIT(TITLE) | VEIL_CLASS_BIT(CALLED))
/* Classes of words that may be names though they carry no flag of one. */
#define VEIL_CANDIDATE_CLASSES                                                           \
    (VEIL_CLASS_BIT(SHAPED) | VEIL_CLASS_BIT(COMPANY) | VEIL_CLASS_BIT(SERVICE) |        \
     VEIL_CLASS_BIT(YEARLING) | VEIL_CLASS_BIT(DOMAIN) | VEIL_CLASS_BIT(SCRIPT))

/* What may begin at a form, or stand beside what begins: the lists that read_words() puts
 * its tokens on, what casing is counted by, and words that a recogniser cannot do
 * without. Those of all tokens together (efti_veil.present) say which recognisers have
 * nothing to look for in a text (cues.c). */
enum {
    VEIL_CUE_SMALL = 1 << 0, /* a word in small letters */
    VEIL_CUE_SIGN_OFF = 1 << 1,
    VEIL_CUE_LARGE = 1 << 2,   /* another word */
    VEIL_CUE_INITIAL = 1 << 3, /* the same, of two letters and more: Anna */
    VEIL_CUE_UPPER = 1 << 4,   /* ANNA */
    VEIL_CUE_CANDIDATE = 1 << 5,
    VEIL_CUE_TERM = 1 << 6,
    VEIL_CUE_HEAD = 1 << 7,
    VEIL_CUE_KNOWN = 1 << 8,   /* a word in small letters, and known */
    VEIL_CUE_SCRIPT = 1 << 9,  /* another script, or perhaps an address */
    VEIL_CUE_AUTHOR = 1 << 10, /* a surname of the list of authors, in the genitive too */
    VEIL_CUE_OTHERS = 1 << 11, /* m.fl., et al. */
    VEIL_CUE_TALE = 1 << 12,   /* begins the name of a tale that homes are called after */
    VEIL_CUE_AGE = 1 << 13,    /* 0-119, in figures or words: somebody's age, perhaps */
    VEIL_CUE_FIGURE = 1 << 14, /* begins with a figure: of a house, perhaps */
    VEIL_CUE_WIDE = 1 << 15,   /* in phrases, and no hash for it */
    VEIL_CUE_KEY = 1 << 16     /* holds a keyword for numbers, or may with what follows */
};
/* the top 15 bits: a hash of what may begin a phrase */
#define VEIL_PAIR_SHIFT (32 - EFTI_PAIR_WORD)

/* What else is asked about a form, by those who need it and never twice:
 * it asks much, and most forms are never asked about. Two bits
 * of efti_veil.answers each. */
enum veil_question {
    VEIL_ASK_PERSON, /* a word for somebody who has an age (ages.c) */
    VEIL_ASK_HOUSE,  /* the second word of a house's name: skola (houses_named.c) */
    VEIL_ASK_SLIP,   /* a slip of the pen (slips.c) */
    VEIL_ASK_COMMON, /* what every place has, or there is one of (houses_called.c) */
    VEIL_ASK_LOOSE,  /* before a number: some rule of ages_loose.c wants it */
    VEIL_ASK_SAID,   /* the same, of ages_said.c and ages_kin.c */
    VEIL_ASK_PARTS,  /* names in its parts (glued_parts.c): no, or not kept */
    VEIL_ASK_SMALL,  /* says of a text in small letters what few words do (small.h) */
    VEIL_ASK_CALLED, /* there, too: a house that is called so (small_houses.c) */
    VEIL_ASK_COUNT
};
#define VEIL_ASK_MATTER_SHIFT 29 /* the top three bits: enum veil_matter_word */
_Static_assert(VEIL_ASK_COUNT * 2 <= VEIL_ASK_MATTER_SHIFT, "answers overlap");
/* What a word before a number says of it (matters.c). */
enum veil_matter_word {
    VEIL_MATTER_UNASKED,
    VEIL_MATTER_NOTHING,
    VEIL_MATTER_OWN,    /* anställningsnummer */
    VEIL_MATTER_OTHER,  /* rumsnummer */
    VEIL_MATTER_NR,     /* nr, nummer */
    VEIL_MATTER_PAPER,  /* anmälan, journal */
    VEIL_MATTER_BETWEEN /* är, som: may stand between */
};

/** What the veil keeps of a form: 8 bytes, as a running token needs no more, and a table
 *  of all forms is larger than most caches. */
struct veil_kind {
    uint32_t bits, cues;
};

static inline enum veil_class
efti_veil_class(uint32_t bits)
{
    return (enum veil_class)(bits >> VEIL_CLASS_SHIFT & VEIL_CLASS_MASK);
}
/** May such a token become a name by its own evidence or its neighbours'? The table in
 *  rules.c wants a list, a capital or an unknown word, whatever else is there. */
static inline bool
efti_veil_is_candidate(uint32_t bits)
{
    return (bits & VEIL_CANDIDATE_FLAGS) != 0 ||
           (bits & (VEIL_ORDINARY | VEIL_WORD)) == 0 ||
           (VEIL_CANDIDATE_CLASSES >> efti_veil_class(bits) & 1) != 0;
}

/** Does a pass of dates, ages, addresses look at such a token? */
static inline bool
efti_veil_is_term(uint32_t bits)
{
    return (VEIL_TERM_CLASSES >> efti_veil_class(bits) & 1) != 0 ||
           (bits & VEIL_ROLE) != 0;
}
/** Does an organisation's name begin or end at such a token? */
static inline bool
efti_veil_is_head(uint32_t bits)
{
    return (bits & VEIL_HEAD) != 0 || efti_veil_class(bits) == VEIL_CLASS_COMPANY;
}
/** Is there anything for any pass at such a token, be it no keyword? */
static inline bool
efti_veil_is_wanted(uint32_t bits)
{
    return (bits & (VEIL_CAPITAL | VEIL_DIGITS)) != 0 ||
           efti_veil_class(bits) == VEIL_CLASS_SIGN_OFF || efti_veil_is_term(bits) ||
           efti_veil_is_head(bits) || efti_veil_is_candidate(bits);
}

/** The same, or may a keyword begin there? words.c keeps the answer in VEIL_LISTED. */
static inline bool
efti_veil_is_listed(uint32_t bits)
{
    return (bits & VEIL_KEY) != 0 || efti_veil_is_wanted(bits);
}

#endif
