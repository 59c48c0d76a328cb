/*
 * compiled.h - inside match/: what patterns become, and what a worker holds
 *
 *   pattern word ──► atom: distinct (kind, letters); all that a form can "be"
 *   one word     ──► single: (theme, pattern) listed under its atom
 *   phrase       ──► path in a forest: root = first atom, edge = next atom, ends =
 * patterns
 *
 *   form ──► set: its atoms, singles and roots, plus what it says about polarity
 *
 * Sets are found once per form and shared by forms that are alike; a running token reads
 * form->match, and only one in some twenty has the bit that says "something may start".
 */
#ifndef EFTI_MATCH_COMPILED_H
#define EFTI_MATCH_COMPILED_H

#include "match/match.h"
#include "match/words.h"

#define EFTI_PATTERN_KINDS 4
#define EFTI_PHRASE_MOST 8 /* words in a pattern, by lexicon.h */
#define EFTI_GAP_MOST 5

/* form->match: number of a set (0: nothing), and the bit that a match may start here. */
#define EFTI_MATCH_STARTS 0x80000000u
#define EFTI_MATCH_SET(word) ((word) & ~EFTI_MATCH_STARTS)

struct efti_range {
    uint32_t first, count;
};

struct efti_atom {
    struct efti_range singles, roots;
    bool later; /* some phrase has it behind its first word */
};
struct efti_single {
    uint32_t theme, pattern;
    bool opposite; /* the form is the o- word of what the theme names (otrygg) */
};
struct efti_node {
    struct efti_range edges; /* by atom */
    struct efti_range ends;  /* patterns, rising */
    uint32_t gap;            /* tokens that may stand before the next word */
    uint64_t mask;           /* the bits of the atoms on its edges */
};
/* One of 64 bits for an atom: a node whose mask has no bit in common with a token's leads
 * nowhere from there. Turns away nine in ten looks ahead before an edge is searched. */
static inline uint64_t
efti_atom_bit(uint32_t atom)
{
    return (uint64_t)1 << (atom * 0x9E3779B1u >> 26);
}
struct efti_edge {
    uint32_t atom, node;
};
struct efti_compiled {
    const struct efti_pattern *pattern;
    uint32_t theme; /* over all lexicons */
    uint32_t lexicon;
    uint32_t first_word; /* of its words in `word_ids` */
    bool own_cue; /* a phrase with a negation in its own words: affirmed as written */
};
struct efti_compiled_theme {
    const struct efti_theme *theme;
    uint32_t lexicon;
};

/* The words of all patterns of one kind; an atom is base + number. */
struct efti_pattern_words {
    struct efti_strings *strings;
    uint32_t base;
    size_t shortest, longest; /* bytes; only wildcards ask */
};

struct efti_matcher {
    const eft_allocator *mem;
    eft_lexicon **lexicons;
    size_t lexicon_count, lexicon_slots;
    const struct efti_lists *lists;
    struct efti_pattern_words words[EFTI_PATTERN_KINDS];
    struct efti_strings *literals; /* own words of stem and exact patterns, folded */
    struct efti_strings *allowed;
    struct efti_grammar *grammar;
    EFTI_ARRAY(struct efti_compiled_theme) themes;
    EFTI_ARRAY(struct efti_compiled) patterns;
    EFTI_ARRAY(uint32_t) word_ids; /* per word of each pattern: number within its kind */
    EFTI_ARRAY(struct efti_atom) atoms;
    EFTI_ARRAY(struct efti_single) singles; /* by atom, theme, pattern */
    EFTI_ARRAY(uint32_t) roots;             /* nodes, by atom, gap */
    EFTI_ARRAY(struct efti_node) nodes;
    EFTI_ARRAY(struct efti_edge) edges;
    EFTI_ARRAY(uint32_t) ends;
};
/** The forest of phrases; `m->patterns`, `m->words` and `m->atoms` are there. */
eft_status efti_forest_build(struct efti_matcher *m, eft_error *err);

/** The atom of word `k` of a pattern, once all words are in. */
static inline uint32_t
efti_pattern_atom(const struct efti_matcher *m, const struct efti_compiled *c, uint32_t k)
{
    return m->words[c->pattern->words[k].kind].base +
           m->word_ids.items[c->first_word + k];
}

/* ------------------------------------------------------------------------ worker */

struct efti_root { /* a node where a phrase begins, with what a look ahead needs */
    uint32_t node, gap;
    uint64_t mask;
};
struct efti_set {
    struct efti_range atoms;   /* those that stand later in a phrase, rising */
    struct efti_range singles; /* one per theme, by theme */
    struct efti_range roots;
    uint32_t says; /* EFTI_SAYS_* */
    uint64_t mask; /* the bits of `atoms` */
};

/* A match before overlaps are settled. */
struct efti_raw_hit {
    uint32_t theme, pattern;
    uint32_t first, end; /* tokens */
    uint32_t size;       /* bytes */
    bool opposite;
};

/* A token of the sentence at hand. */
struct efti_mark {
    uint32_t set;
    bool starts;
    uint64_t mask; /* of the set; 0 for tokens of the veil */
};

/* A place reached in the forest: the word of `node` stands at `token`. */
struct efti_step {
    uint32_t node, token;
};

/* What polarity.c knows of one token of the sentence. */
struct efti_clause_word {
    uint32_t says;
    uint8_t edge;   /* what stands before it: nothing, a comma, a border of clauses */
    bool cancelled; /* a cue that another cue takes back, or that is no cue here */
};

struct efti_match_worker {
    const eft_allocator *mem;
    const struct efti_matcher *matcher;
    struct efti_forms *forms;
    struct efti_strings *set_keys; /* set number - 1 */
    EFTI_ARRAY(struct efti_set) sets;
    EFTI_ARRAY(uint32_t) set_atoms;
    EFTI_ARRAY(struct efti_single) set_singles;
    EFTI_ARRAY(struct efti_root) set_roots;
    /* scratch */
    EFTI_ARRAY(uint32_t) found; /* atoms of the form at hand */
    EFTI_ARRAY(struct efti_single) picked;
    EFTI_ARRAY(struct efti_raw_hit) raw; /* of the sentence at hand */
    EFTI_ARRAY(struct efti_mark) marks;  /* by token of the sentence */
    EFTI_ARRAY(uint32_t) stamps;
    EFTI_ARRAY(struct efti_step) steps;
    EFTI_ARRAY(struct efti_clause_word) clause;
    struct efti_bytes phrase; /* words joined by single spaces */
};
/** The two analysers of forms; `user` is the worker. */
eft_status efti_match_analyse(void *user, struct efti_form *form, eft_error *err);
eft_status efti_closed_analyse(void *user, struct efti_form *form, eft_error *err);
/** The atoms of a folded form and its stem into w->found, rising. False: no memory. */
bool efti_match_atoms(struct efti_match_worker *w, const char *folded, size_t size,
                      const char *stem, size_t stem_size);

/** Set number and start bit of a token; 0 for tokens of the veil. */
static inline uint32_t
efti_token_match(struct efti_match_worker *w, const struct efti_token *token)
{
    return token->kind == EFTI_VEIL ? 0 : efti_forms_get(w->forms, token->form)->match;
}

/** Phrases that start at token `at` of a sentence [first, end), pushed to w->raw. */
bool efti_phrases_from(struct efti_match_worker *w, const struct efti_token *tokens,
                       uint32_t first, uint32_t at, uint32_t end);

/** A sentence made ready for questions about polarity (w->clause). */
struct efti_polarity_view {
    struct efti_match_worker *w;
    eft_text text;
    const struct efti_token *tokens; /* of the text */
    uint32_t first, end;             /* tokens of the sentence */
    bool question;
};
eft_status efti_polarity_open(struct efti_match_worker *w, eft_text text,
                              const struct efti_segments *tokens, uint32_t sentence,
                              struct efti_polarity_view *view, eft_error *err);
enum efti_polarity efti_polarity_of(const struct efti_polarity_view *view,
                                    const struct efti_raw_hit *hit);

#endif
