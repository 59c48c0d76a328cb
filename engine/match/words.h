/*
 * words.h - what a single word says about polarity
 *
 * Which words negate, make uncertain or end a clause is in the word lists
 * (lexicons/data/words/negation.tsv). How such a word behaves (which way it reaches,
 * whether "och" goes on or begins anew) is grammar, and stands in grammar.c.
 */
#ifndef EFTI_MATCH_WORDS_H
#define EFTI_MATCH_WORDS_H

#include "base/base.h"
#include "lexicons/lists.h"

enum {
    /* from the lists */
    EFTI_SAYS_NEGATOR = 1 << 0,
    EFTI_SAYS_UNCERTAIN = 1 << 1,
    EFTI_SAYS_STOP = 1 << 2,     /* ends a clause, begins another */
    EFTI_SAYS_PREFIXED = 1 << 3, /* o- word of the reviewed list */
    /* from grammar.c */
    EFTI_SAYS_SUBJECT = 1 << 4,  /* jag, vi, det ...: a clause begins with it */
    EFTI_SAYS_SOME = 1 << 5,     /* någon, något ...: with a later "inte": no */
    EFTI_SAYS_NO = 1 << 6,       /* negator that is a determiner or pronoun: ingen */
    EFTI_SAYS_PLAIN = 1 << 7,    /* negator that is an adverb: inte, aldrig */
    EFTI_SAYS_ABSENT = 1 << 8,   /* negator that also reaches back: tillit saknas */
    EFTI_SAYS_WITHOUT = 1 << 9,  /* utan */
    EFTI_SAYS_EXIST = 1 << 10,   /* finns, förekom: with "inte" the subject is missing */
    EFTI_SAYS_BECOME = 1 << 11,  /* blev: the same, when nothing follows "inte" */
    EFTI_SAYS_BELIEVE = 1 << 12, /* tror inte att: the negation belongs to what follows */
    EFTI_SAYS_FACT = 1 << 13,    /* glömde inte att: what follows holds */
    EFTI_SAYS_CEASE = 1 << 14,   /* minskade inte: what is named is still there */
    EFTI_SAYS_ATT = 1 << 15,
    EFTI_SAYS_IF = 1 << 16, /* om, ifall */
    EFTI_SAYS_AND = 1 << 17,
    EFTI_SAYS_UNTIL = 1 << 18,     /* inte ... förrän: it happens, later */
    EFTI_SAYS_FINITE = 1 << 19,    /* är, var, har ...: a clause has its verb */
    EFTI_SAYS_REFLEXIVE = 1 << 20, /* mig, sig */
    EFTI_SAYS_SUBORDINATE =
        1 << 21, /* att, som, när ...: "inte" stands before the verb */
    EFTI_SAYS_OR = 1 << 22,
    EFTI_SAYS_ADVERB = 1 << 23,  /* kanske: reaches both ways */
    EFTI_SAYS_CERTAIN = 1 << 24, /* a need, plan or attempt: a statement all the same */
    EFTI_SAYS_ALONE = 1 << 25,   /* skulle, undrade: certain alone, not in a phrase */
    EFTI_SAYS_NO_CUE = 1 << 26,  /* nej: an answer, not a negation of what follows */
    EFTI_SAYS_MIDDLE = 1 << 27,  /* dock, alltså: opens a clause only behind a comma */
    EFTI_SAYS_JOINS = 1 << 28,   /* men, för, så: rules ask which of them it is */
    EFTI_SAYS_WISHED = 1 << 29   /* önskat, velat: behind "hade" it was not there */
};

/** Immutable: the words of grammar.c by their letters. */
struct efti_grammar;
eft_status efti_grammar_new(const eft_allocator *mem, struct efti_grammar **out,
                            eft_error *err);
void efti_grammar_free(struct efti_grammar *g);
/** The words that it says something of: all others need not be asked for. */
uint32_t efti_grammar_words(const struct efti_grammar *g);
eft_text efti_grammar_word(const struct efti_grammar *g, uint32_t i);
/** EFTI_SAYS_* of a folded word, lists included. */
uint32_t efti_grammar_says(const struct efti_grammar *g, const struct efti_lists *lists,
                           const char *folded, size_t size);
/** The same of a phrase of a list; words joined by single spaces. EFTI_SAYS_* of lists
 *  alone; `pseudo` is set when it only looks like a negation ("inte bara"), `more` when
 *  longer phrases begin with these words. */
uint32_t efti_grammar_phrase(const struct efti_lists *lists, const char *folded,
                             size_t size, bool *pseudo, bool *more);

#endif
