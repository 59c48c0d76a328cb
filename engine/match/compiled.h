/*
 * compiled.h - inside match/: what patterns become, and what a worker holds
 *
 *   pattern word ──► atom: distinct (kind, letters), or a set of words; all that a form
 *                    can "be"
 *   one word     ──► single: (theme, pattern) listed under its atom
 *   phrase       ──► anchor: listed under the rarest of its atoms, with the atom that
 *                    must stand beside it (anchors.c)
 *
 *   form ──► set: its atoms, singles and anchors, plus what it says about polarity
 *
 * Sets are found once per form and shared by forms that are alike. A running token notes
 * where it stands for each atom that some anchor watches for; an anchor asks whether its
 * own was near. So a phrase is looked at only where its words stand together (find.c).
 */
#ifndef EFTI_MATCH_COMPILED_H
#define EFTI_MATCH_COMPILED_H

#include "match/match.h"
#include "match/sights.h"
#include "match/words.h"
#include "tokenizers/compounds.h"

#define EFTI_PHRASE_MOST 8 /* words in a pattern, by lexicon.h */
#define EFTI_GAP_MOST 5
#define EFTI_GAP_FREE 255  /* of anchors: words in any order */
#define EFTI_REACH_MOST 30 /* tokens in `within` and `reach` */
/* A condition looks at most so far to both sides, in a text without any full stop. */
#define EFTI_REACH_SENTENCE 60u

/* form->match: number of a set (0: nothing), and what a token of that form asks for. */
#define EFTI_MATCH_STARTS 0x80000000u /* a single, an anchor or both */
#define EFTI_MATCH_SINGLE 0x40000000u
#define EFTI_MATCH_ANCHOR 0x20000000u
#define EFTI_MATCH_CUE 0x10000000u    /* may negate or make uncertain by itself */
#define EFTI_MATCH_LISTED 0x08000000u /* listed cues of some words begin with it */
#define EFTI_MATCH_NEXT 0x04000000u   /* and this is the second word of some */
#define EFTI_MATCH_VEIL 0x02000000u   /* marks only: taken out by the veil */
#define EFTI_MATCH_FAR 0x01000000u    /* an anchor that waits beyond EFTI_NEAR tokens */
#define EFTI_MATCH_FREE 0x00800000u   /* one whose neighbour may be anywhere */
#define EFTI_MATCH_SET(word) ((word)&0x007FFFFFu)

struct efti_range {
    uint32_t first, count;
};

/* Which atoms may be there, by one hash: most questions about a common word, which is in
 * a hundred sets of words, each of them an atom, end here. Behind it which are. */
#define EFTI_WIDE_BITS 8u
#define EFTI_WIDE_WORDS ((1u << EFTI_WIDE_BITS) / 64u)
struct efti_wide {
    uint64_t words[EFTI_WIDE_WORDS];
    struct efti_range atoms; /* efti_atom.phrase of those that have it, rising */
    uint32_t map;            /* of set_maps: a bit for each of these; 0: none */
    uint32_t anchors_end;    /* of efti_set, with those whose neighbour may be anywhere */
};
static inline uint32_t
efti_atom_wide(uint32_t atom)
{
    return atom * 0xC2B2AE35u >> (32u - EFTI_WIDE_BITS);
}
static inline bool
efti_wide_has(const struct efti_wide *wide, uint32_t atom)
{
    uint32_t bit = efti_atom_wide(atom);

    return (wide->words[bit >> 6] >> (bit & 63) & 1) != 0;
}

struct efti_atom {
    struct efti_range singles, anchors; /* of m->singles, m->anchors */
    struct efti_range sets;             /* of m->atom_sets: the sets it is in, as atoms */
    uint32_t watch;  /* its number among those that are watched for; 0: it is not */
    uint32_t phrase; /* the same among those that a phrase or a condition has, rising */
};
struct efti_single {
    uint32_t theme, pattern;
    bool opposite; /* the form is the o- word of what the theme names (otrygg) */
};
/* A phrase under the atom of its rarest word. */
#define EFTI_ANCHORS_MOST ((uint32_t)1 << 29)
struct efti_anchor {
    uint32_t pattern;
    uint32_t first_word;    /* of its words in `word_atoms` */
    uint32_t beside, other; /* efti_atom.watch of the rarer neighbour; of the rarest of
                             * the other words, or 0 */
    uint8_t gap, count, at; /* tokens between words, words, which of them it is */
    bool by_right;          /* that neighbour comes after it */
};
struct efti_compiled {
    const struct efti_pattern *pattern;
    uint32_t theme; /* over all lexicons */
    uint32_t lexicon;
    uint32_t first_word;     /* of its words in `word_atoms` */
    uint32_t first_set;      /* the atom of set 0 of its lexicon */
    uint32_t first_of_entry; /* a number for its entry: its first pattern */
    uint32_t near;  /* what its entry asks for first, as efti_atom.watch; 0: nothing */
    bool own_cue;   /* a phrase with a negation in its own words: affirmed as written */
    uint8_t weight; /* hundredths of a hit; 0: an exception */
    uint8_t facts;  /* EFTI_FACT_*, of its rules, which lie far away */
    uint8_t raw;    /* EFTI_RAW_* */
};
enum {
    EFTI_FACT_ASKS = 1 << 0, /* conditions but for `near` in a sentence that is short */
    EFTI_FACT_NEAR = 1 << 1, /* that one */
    EFTI_FACT_VEIL = 1 << 2, /* as EFTI_ENTRY_* */
    EFTI_FACT_EXCEPT = 1 << 3,
    EFTI_FACT_NEGATED = 1 << 4,
    EFTI_FACT_NEVER = 1 << 5,
    EFTI_FACT_LIGHT = 1 << 6, /* of less than full weight */
    EFTI_FACT_WORD = 1 << 7   /* of the pattern itself: it is one word */
};
struct efti_compiled_set {
    const struct efti_word_set *set;
    uint32_t first_word; /* of its words in `set_words` */
    bool negates;        /* all of its words do */
};
struct efti_compiled_theme {
    const struct efti_theme *theme;
    uint32_t lexicon;
    uint32_t parent; /* over all lexicons, or EFTI_NO_PARENT */
};

/* The words of all patterns of one kind; an atom is base + number. */
struct efti_pattern_words {
    struct efti_strings *strings;
    uint32_t base;
};

/* Which beginnings (or endings) may be a wildcard at all: a map of bits by a hash that
 * takes one byte at a time, so that all lengths of a word are asked in one walk. Most
 * words stop there, before any table. Whoever makes words collide gains a look-up. */
#define EFTI_WILD_BITS 17
#define EFTI_WILD_START_BITS 12
#define EFTI_WILD_START 0x811C9DC5u
struct efti_wild_map {
    size_t shortest, longest; /* bytes; 0: there are none */
    uint64_t bits[((size_t)1 << EFTI_WILD_BITS) / 64];
    uint64_t starts[((size_t)1 << EFTI_WILD_START_BITS) / 64]; /* efti_wild_goes_on() */
};
static inline uint32_t
efti_wild_add(uint32_t hash, char byte)
{
    return (hash ^ (unsigned char)byte) * 0x01000193u;
}
static inline uint32_t
efti_wild_bit(uint32_t hash)
{
    return (hash * 0x9E3779B1u) >> (32 - EFTI_WILD_BITS);
}
static inline bool
efti_wild_has(const struct efti_wild_map *map, uint32_t hash)
{
    uint32_t bit = efti_wild_bit(hash);

    return (map->bits[bit >> 6] >> (bit & 63) & 1) != 0;
}

/* May any begin with these three bytes, or end with them? For words of three and more. */
#define EFTI_WILD_FIRST 3u
static inline uint32_t
efti_wild_first(const char *three)
{
    uint32_t bytes = (uint32_t)(unsigned char)three[0] << 16 |
                     (uint32_t)(unsigned char)three[1] << 8 | (unsigned char)three[2];

    return bytes * 0x9E3779B1u >> (32 - EFTI_WILD_START_BITS);
}
static inline bool
efti_wild_goes_on(const struct efti_wild_map *map, const char *three)
{
    uint32_t bit = efti_wild_first(three);

    return (map->starts[bit >> 6] >> (bit & 63) & 1) != 0;
}

static inline uint32_t
efti_term_start(const char *two)
{
    uint32_t bytes = (uint32_t)(unsigned char)two[0] << 8 | (unsigned char)two[1];

    return bytes * 0x9E3779B1u >> 22; /* of 1024 */
}

/* Which bytes a word has, by their low six bits. */
static inline uint64_t
efti_letter_bit(char byte)
{
    return (uint64_t)1 << ((unsigned char)byte & 63);
}

struct efti_matcher {
    const eft_allocator *mem;
    eft_lexicon **lexicons;
    size_t lexicon_count, lexicon_slots;
    const struct efti_lists *lists;
    const struct efti_dictionary *dictionary;            /* NULL: none */
    struct efti_compounds compounds;                     /* both, for the splitter */
    struct efti_pattern_words words[EFTI_PATTERN_KINDS]; /* sets: `base` alone */
    struct efti_strings *literals; /* own words of stem and exact patterns, folded */
    struct efti_strings *allowed;
    struct efti_grammar *grammar;
    EFTI_ARRAY(struct efti_compiled_theme) themes;
    EFTI_ARRAY(struct efti_compiled) patterns;
    EFTI_ARRAY(struct efti_compiled_set) sets; /* of all lexicons */
    EFTI_ARRAY(uint32_t) set_words;            /* the atoms of their words */
    EFTI_ARRAY(uint32_t) atom_sets;
    struct efti_wild_map beginnings, endings;
    struct efti_wild_map stems, wholes; /* stem patterns; exact ones, grammar, spoken */
    EFTI_ARRAY(uint64_t) glob_letters;  /* by number of a glob: what a word must have */
    struct efti_wild_map terms;
    uint64_t term_starts[1024 / 64]; /* their first two bytes, hashed */
    struct efti_wild_map pieces;     /* of head:, modifier:, part:, by their beginning */
    EFTI_ARRAY(uint32_t) word_atoms; /* of each word of each pattern */
    EFTI_ARRAY(uint32_t) word_phrases; /* the same, as efti_atom.phrase */
    uint32_t phrase_count;             /* and 0 */
    EFTI_ARRAY(struct efti_atom) atoms;
    EFTI_ARRAY(struct efti_single) singles; /* by atom, pattern */
    EFTI_ARRAY(struct efti_anchor) anchors; /* by atom, pattern */
    uint32_t watch_count;                   /* and 0 */
    uint32_t near_end; /* of those watched for, what conditions ask for is below */
};
/** What is compiled, as bytes (matcher_image.c). False: no memory, or a word of more than
 *  255 bytes. */
bool efti_matcher_pack(struct efti_matcher *m, struct efti_bytes *out);
/** The other way; `m` has its tables, themes and patterns, and one lexicon. EFT_E_FORMAT:
 *  no such bytes. */
eft_status efti_matcher_unpack(struct efti_matcher *m, eft_text bytes, eft_error *err);
/** Does the dictionary's file know what these lexicons, lists and this engine make of
 *  forms? */
bool efti_matcher_is_known(const struct efti_matcher *m);
/** The anchors of phrases; `m->patterns`, `m->word_atoms` and `m->atoms` are there. */
eft_status efti_anchors_build(struct efti_matcher *m, eft_error *err);

/** The atom of word `k` of a pattern, once all words are in. */
static inline uint32_t
efti_pattern_atom(const struct efti_matcher *m, const struct efti_compiled *c, uint32_t k)
{
    return m->word_atoms.items[c->first_word + k];
}

/** The gap of its anchor. A free phrase has rules that say so. */
static inline uint8_t
efti_pattern_gap(const struct efti_compiled *c)
{
    const struct efti_entry_rules *rules = c->pattern->rules;
    bool free = rules != NULL && (rules->flags & EFTI_ENTRY_FREE) != 0;

    return free ? EFTI_GAP_FREE : (uint8_t)c->pattern->gap;
}

/* ------------------------------------------------------------------------ worker */

/* Words such as "blev" stand in hundreds of sets of words: those with so many atoms have
 * a map, up to a megabyte of maps in all. */
#define EFTI_MAP_FROM 8
#define EFTI_MAP_WORDS ((size_t)1 << 17)
/* A match before overlaps are settled. */
struct efti_raw_hit {
    uint32_t theme, pattern;
    uint32_t first, end; /* tokens */
    uint32_t sentence;
    uint32_t size; /* bytes */
    bool opposite;
    bool light; /* of an entry of less than full weight */
};

/* What polarity.c knows of one token of the sentence. */
struct efti_clause_word {
    uint32_t says;
    uint8_t edge;   /* what stands before it: nothing, a comma, a border of clauses */
    bool cancelled; /* a cue that another cue takes back, or that is no cue here */
};

/* What the entries found in a text weigh together for a theme. */
struct efti_theme_weight {
    uint32_t text, sum;
    bool whole;                 /* an entry of full weight is among them */
    uint32_t affirmed, negated; /* hits: efti_match_settle() */
};

/* Two forms that stand together: can a listed cue begin with them? Of the pairs whose
 * words say that they may, one in six does, and the same pairs come again and again. */
#define EFTI_PAIRS 1024u
struct efti_cue_pair {
    uint32_t first, second; /* forms + 1 */
    bool begins;
};

struct efti_match_worker {
    const eft_allocator *mem;
    const struct efti_matcher *matcher;
    struct efti_forms *forms;
    struct efti_stemmer *stemmer;  /* of the forms */
    struct efti_strings *set_keys; /* of the sets that were found here ... */
    EFTI_ARRAY(uint32_t) key_sets; /* ... and the number of each */
    /* by number of a set in the dictionary's file: form->match for it, but for what the
     * lists say; 0: not met yet. Empty: the file was made with other lexicons. */
    EFTI_ARRAY(uint32_t) known_sets;
    struct efti_set *sets; /* at the start of a line within `set_lines` */
    size_t set_count, set_capacity;
    void *set_lines;
    EFTI_ARRAY(uint32_t) says;          /* by set: EFTI_SAYS_* */
    EFTI_ARRAY(struct efti_wide) wides; /* by set: its `atoms` */
    EFTI_ARRAY(uint32_t) set_atoms;
    EFTI_ARRAY(uint64_t) set_maps;
    EFTI_ARRAY(struct efti_set_single) set_singles;
    EFTI_ARRAY(struct efti_set_anchor) set_anchors;
    EFTI_ARRAY(uint32_t) set_nears; /* those watched for below m->near_end, by set ... */
    EFTI_ARRAY(uint32_t) near_ends; /* ... from where that one's begin to the next */
    EFTI_ARRAY(struct efti_watch) watch; /* by efti_atom.watch */
    uint32_t crowd_count;
    EFTI_ARRAY(struct efti_sight) seen; /* by token of the sentence, with margins */
    struct efti_sight seen_all;         /* of all of them */
    EFTI_ARRAY(uint64_t) nears;   /* a bit for each set that conditions ask for ... */
    bool nears_known;             /* ... if the sentence was asked */
    EFTI_ARRAY(uint32_t) starts;  /* its tokens that ask for anything */
    EFTI_ARRAY(uint32_t) singles; /* of them those that are in singles ... */
    EFTI_ARRAY(uint32_t) anchors; /* ... and at which a phrase may be anchored */
    struct efti_candidate candidates[EFTI_CANDIDATES];
    size_t candidate_count;
    /* scratch */
    EFTI_ARRAY(uint32_t) found;   /* atoms of the form at hand */
    EFTI_ARRAY(uint32_t) watched; /* of the set at hand: efti_atom.watch */
    uint32_t whole;               /* its hash, as efti_wild_map takes it */
    uint64_t letters;             /* its efti_letter_bit()s */
    EFTI_ARRAY(struct efti_single) picked;
    EFTI_ARRAY(struct efti_raw_hit) found_raw; /* of the text, by sentence */
    EFTI_ARRAY(struct efti_raw_hit) raw;       /* of the sentence at hand */
    uint32_t raw_rules;                        /* EFTI_RAW_* of the text */
    uint32_t asked; /* EFTI_FACT_* that a look at a rule must follow, in this sentence */
    const struct efti_segments *segments; /* of the text */
    const struct efti_sentence *sentence; /* at hand */
    uint32_t sentence_number;
    uint32_t text_number;         /* so that nothing below need be emptied */
    EFTI_ARRAY(uint32_t) weighed; /* by pattern: the text in which its entry was */
    EFTI_ARRAY(struct efti_theme_weight) weights; /* by theme */
    struct efti_bytes term;
    EFTI_ARRAY(uint32_t) marks; /* by token: form->match, or VEIL */
    bool veiled;                /* some token is of the veil */
    uint32_t person;            /* the mark of one that stands for a person */
    EFTI_ARRAY(uint32_t) stamps;
    EFTI_ARRAY(struct efti_clause_word) clause;
    struct efti_bytes phrase;               /* words joined by single spaces */
    struct efti_cue_pair pairs[EFTI_PAIRS]; /* the last of each hash (clause.c) */
};
/** The two analysers of forms; `user` is the worker. */
eft_status efti_match_analyse(void *user, uint32_t id, struct efti_form *form,
                              const struct efti_known *known, eft_error *err);
eft_status efti_closed_analyse(void *user, uint32_t id, struct efti_form *form,
                               const struct efti_known *known, eft_error *err);
/** Take what the dictionary's file knows of patterns, if it was made with these lexicons
 *  and lists. Before the first form. False: no memory. */
bool efti_match_know(struct efti_match_worker *w);
/** The mark of a veiled person, w->person: it may stand where a pronoun of the third
 * person is asked for. False: no memory. */
bool efti_match_person(struct efti_match_worker *w);
/** The i-th word that is spoken and stands for others; NULL: there are no more. */
const char *efti_match_spoken(size_t i);
/** The atoms of a folded form (`form`, or NULL: of no form) and its stem, a beginning of
 * it, into w->found, rising; its hash and letters into w->whole and w->letters. False: no
 * memory. */
bool efti_match_atoms(struct efti_match_worker *w, const struct efti_form *form,
                      const char *folded, size_t size, const char *stem,
                      size_t stem_size);
/** The atom of a kind with these letters into w->found, if it is one.
 *  False: no memory. */
bool efti_match_found(struct efti_match_worker *w, enum efti_pattern_kind kind,
                      const char *bytes, size_t size);
/** A set that stands for nothing, number 0. False: no memory. */
bool efti_match_first_set(struct efti_match_worker *w);
void efti_match_free_sets(struct efti_match_worker *w);
/** Room for so many sets in all, but for their lists. False: no memory. */
bool efti_match_set_room(struct efti_match_worker *w, size_t need);
/** The sets in which the atoms found are. They have higher numbers than all others. */
bool efti_match_sets(struct efti_match_worker *w);
/** The number of the set of w->found, w->picked and what the word says (EFTI_SAYS_*);
 * made where it is not there. False: no memory. */
bool efti_match_set(struct efti_match_worker *w, uint32_t says, uint32_t *number);
/** A set of the dictionary's file; `*number` 0: no set of these patterns. False: no
 *  memory. */
bool efti_match_take_set(struct efti_match_worker *w, const unsigned char *words,
                         size_t count, uint32_t *number);
/** The words of a set, for the file. False: no memory, or too many to be kept. */
bool efti_match_keep_set(const struct efti_match_worker *w, uint32_t number,
                         struct efti_bytes *out);

/* The mark of token 0. */
static inline const uint32_t *
efti_marks(const struct efti_match_worker *w)
{
    return w->marks.items;
}
static inline const struct efti_wide *
efti_mark_wide(const struct efti_match_worker *w, uint32_t mark)
{
    return &w->wides.items[EFTI_MATCH_SET(mark)];
}

/** May an atom that is watched for be in the sentence at hand? */
static inline bool
efti_watch_may(const struct efti_match_worker *w, uint32_t number)
{
    return efti_sight_may(&w->seen_all, &w->watch.items[number]);
}
/** Does it stand from one of its tokens to before another (of the text)? */
bool efti_watch_stands(const struct efti_match_worker *w, uint32_t number, uint32_t from,
                       uint32_t to);

/** Does what an entry asks for first (efti_compiled.near) stand in the sentence at hand?
 *  In a long one it may, and is asked with the other conditions. */
bool efti_near_holds(struct efti_match_worker *w, uint32_t number);

/** A sentence for phrases; the pointers are to its first token. */
struct efti_stretch {
    const struct efti_token *tokens;
    const uint32_t *marks;
    uint32_t first; /* number of its first token */
    uint32_t count;
};
/* Is the form of this mark what an atom asks for? `atom`: efti_atom.phrase. */
static inline bool
efti_mark_is(const struct efti_match_worker *w, uint32_t mark, uint32_t atom)
{
    const struct efti_wide *set = efti_mark_wide(w, mark);
    if (!efti_wide_has(set, atom))
        return false;
    if (set->map != 0)
        return (w->set_maps.items[set->map + atom / 64] >> atom % 64 & 1) != 0;
    const uint32_t *at = w->set_atoms.items + set->atoms.first;
    for (uint32_t n = set->atoms.count; n > 1; n -= n / 2) /* rising */
        at += at[n / 2] <= atom ? n / 2 : 0;
    return set->atoms.count > 0 && *at == atom;
}
/** Raw hits of a sentence of w->segments, behind those of others. False: no memory. */
bool efti_match_collect(struct efti_match_worker *w,
                        const struct efti_sentence *sentence);
/** The phrase of m->anchors[number], whose anchor is token `at` of the stretch: pushed if
 *  it stands there. False: no memory. */
bool efti_phrase_at(struct efti_match_worker *w, const struct efti_stretch *s,
                    uint32_t number, uint32_t at);

/** A sentence made ready for questions about polarity (w->clause). */
struct efti_polarity_view {
    struct efti_match_worker *w;
    eft_text text;
    const struct efti_token *tokens; /* of the text */
    const uint32_t *marks;           /* of the sentence */
    struct efti_clause_word *words;  /* the same */
    uint32_t first, end;             /* tokens of the sentence */
    uint32_t all;                    /* what any of them says, unless `plain` */
    bool question;
    bool denied;     /* the next sentence takes it back */
    bool broken;     /* the next sentence says that nobody did */
    bool never_came; /* the next sentence says that the last thing in it never came */
    bool plain;      /* nothing in the sentence can negate or make uncertain */
};
eft_status efti_polarity_open(struct efti_match_worker *w, eft_text text,
                              const struct efti_segments *tokens, uint32_t sentence,
                              struct efti_polarity_view *view, eft_error *err);
enum efti_polarity efti_polarity_of(const struct efti_polarity_view *view,
                                    const struct efti_raw_hit *hit);

/* ------------------------------------------------------- attributes (rules.c) */

enum { /* what the raw hits of a text ask for */
       EFTI_RAW_EXCEPTS = 1 << 0,
       EFTI_RAW_POLARITY = 1 << 1,
       EFTI_RAW_WEIGHTS = 1 << 2
};
/** Keep a match, for its theme and those above it, if its conditions hold. False: no
 *  memory. */
bool efti_match_push(struct efti_match_worker *w, uint32_t pattern, uint32_t first,
                     uint32_t end, bool opposite);
/** What a hit of an entry weighs: efti_compiled.weight. */
uint8_t efti_match_weight(const struct efti_entry_rules *rules);
/** Hits that an exception touches, and exceptions, go. */
void efti_match_except(struct efti_match_worker *w);
/** Hits whose entry asks for another polarity go. */
void efti_match_polarities(const struct efti_polarity_view *view);
/** The polarity that is told: turned round where the entry says that its theme is
 * missing. */
enum efti_polarity efti_match_polarity(const struct efti_polarity_view *view,
                                       const struct efti_raw_hit *hit);
/** Raw hits of the text whose theme cannot come to a whole one go, before anything else
 * is asked of them. False: no memory. */
bool efti_match_weigh_raw(struct efti_match_worker *w);
/** Themes whose hits do not weigh a whole one together go. False: no memory. */
bool efti_match_weigh(struct efti_match_worker *w, struct efti_hits *hits);
/** One denial among many affirmations of its theme denies nothing. False: no memory. */
bool efti_match_settle(struct efti_match_worker *w, struct efti_hits *hits);

#endif
