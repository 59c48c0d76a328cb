/*
 * lemma.h - from hunspell's headwords to one base form for each form
 *
 * Build-time only. Every expanded form arrives with the headword that gave it; lists of
 * our own come on top. lemma.c keeps them and answers questions about paradigms,
 * lemma_class.c tells verbs, nouns and adjectives apart, lemma_join.c unites headwords
 * that are forms of one word, lemma_choose.c picks one base for each form, lemma_lists.c
 * reads the lists.
 */
#ifndef EFTI_BUILD_LEMMA_H
#define EFTI_BUILD_LEMMA_H

#include "base/base.h"

#define LEMMA_NONE EFTI_NOT_FOUND

enum {                        /* lemma_word.bits */
       LEMMA_LISTED = 1 << 0, /* an ordinary word of the dictionary */
       LEMMA_ROOT = 1 << 1,   /* an ordinary headword */
       LEMMA_NAME = 1 << 2,   /* listed with a capital */
       LEMMA_FUNCTION = 1 << 3,
       LEMMA_APART = 1 << 4,    /* on the no-conflate list */
       LEMMA_ROW_WORD = 1 << 5, /* its row in base_forms.tsv holds for the word itself */
       LEMMA_ROW_END = 1 << 6,  /* ... and where it ends a longer word */
       LEMMA_VERB = 1 << 8,
       LEMMA_NOUN = 1 << 9,
       LEMMA_ADJECTIVE = 1 << 10,
       LEMMA_COMPARES = 1 << 11, /* -are, -ast */
       LEMMA_OURS = 1 << 12      /* a word of our lists */
};

struct lemma_word {
    uint32_t bits;
    uint32_t forms_at, forms; /* of this headword: range in by_base */
    uint32_t bases_at, bases; /* of this form: range in by_form */
    uint32_t row, end_row;    /* base by our list: of the word, of longer words */
    uint32_t join;            /* headword: the headword it belongs to */
    uint32_t base;            /* the answer */
};

struct lemma_pair {
    uint32_t form, base;
    bool name;
};

struct lemma_apart {
    uint32_t word, other;
};

struct lemmas {
    struct efti_strings *strings;
    EFTI_ARRAY(struct lemma_word) words; /* beside strings */
    EFTI_ARRAY(struct lemma_pair) by_form;
    struct lemma_pair *by_base;
    size_t by_base_count;
    EFTI_ARRAY(struct lemma_apart) apart;
    bool failed; /* no memory */
};

bool lemmas_open(struct lemmas *l);
void lemmas_close(struct lemmas *l);
/** The number of a word, new ones added; LEMMA_NONE: no memory. */
uint32_t lemmas_word(struct lemmas *l, const char *bytes, size_t size);
/** A folded form and the folded headword that gave it. `name`: known with a capital. */
bool lemmas_add(struct lemmas *l, eft_text form, eft_text root, bool name);
/** Our lists, as whole files; empty: none. false: a bad line, told on stderr. */
bool lemmas_read_lists(struct lemmas *l, eft_text base_forms, eft_text no_conflate,
                       eft_text function_words);
/** Find the base of each word: words.items[i].base. */
bool lemmas_settle(struct lemmas *l);

/* ------------------------------------------------------------- between files */

void lemmas_classify(struct lemmas *l);
void lemmas_join(struct lemmas *l);
void lemmas_choose(struct lemmas *l);

eft_text lemma_text(const struct lemmas *l, uint32_t word);
bool lemma_ends(const struct lemmas *l, uint32_t word, const char *end);
/** The word with its last `cut` bytes replaced by `add`; LEMMA_NONE: no such word. */
uint32_t lemma_with(const struct lemmas *l, uint32_t word, size_t cut, const char *add);
/** The same if `word` ends in `from`. */
uint32_t lemma_swap(const struct lemmas *l, uint32_t word, const char *from,
                    const char *to);
bool lemma_is(const struct lemmas *l, uint32_t word, uint32_t bits); /* any of them */
/** Is that word, made by lemma_swap(), listed? */
bool lemma_listed(const struct lemmas *l, uint32_t word, const char *from,
                  const char *to);
/** Is `form` (may be LEMMA_NONE) in the paradigm of `base`? */
bool lemma_has(const struct lemmas *l, uint32_t base, uint32_t form);
bool lemma_has_swap(const struct lemmas *l, uint32_t base, const char *from,
                    const char *to);
/** No forms but itself, with a hyphen, and with -s, -as, -es (passives, genitives). */
bool lemma_is_tiny(const struct lemmas *l, uint32_t word);
/** By our list: the row of the word, of the word less a passive or genitive -s, or of the
 *  longest end of it that has a row (bestod like stod). LEMMA_NONE: none. */
uint32_t lemma_by_list(const struct lemmas *l, uint32_t word);
/** The headword at the end of its joins. */
uint32_t lemma_top(const struct lemmas *l, uint32_t word);
bool lemma_kept_apart(const struct lemmas *l, uint32_t word, uint32_t other);

#endif
