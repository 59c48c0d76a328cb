/*
 * terms.h - the term of a form: the word that tables count
 *
 * All inflected forms of a word get one term, its base form where that is known
 * (skolornas: skola; gick: gå; arbetsmötena: arbetsmöte), else a stem. With base forms a
 * term is its own label; a stem is labelled by efti_dictionary_label().
 */
#ifndef EFTI_TOKENIZERS_TERMS_H
#define EFTI_TOKENIZERS_TERMS_H

#include "lexicons/dictionary.h"
#include "tokenizers/tokenizer.h"

/* how a term was found, for prints and measurements */
enum efti_term_source {
    EFTI_TERM_NONE,     /* memory is out */
    EFTI_TERM_BASE,     /* the dictionary knows its base form */
    EFTI_TERM_COMPOUND, /* the dictionary knows that of its last part */
    EFTI_TERM_ENDING,   /* a definite or genitive ending behind a known word */
    EFTI_TERM_SUFFIX,   /* -heten, -ningarna: the suffix tells */
    EFTI_TERM_TAIL,     /* a known word at the end of an unknown one */
    EFTI_TERM_STEM      /* Snowball */
};

/**
 * The term of a folded form, never empty for a non-empty form; `out` is cleared first and
 * is all that is allocated. `d` may be NULL: stems alone. Depends on form, dictionary and
 * the version of Snowball (efti_stemmer_fingerprint()) alone. Not thread safe in `s` and
 * `out`. A look-up for a listed form; bounded work for all others: some hundred look-ups
 * for a long unknown word.
 */
enum efti_term_source efti_term(const struct efti_dictionary *d, struct efti_stemmer *s,
                                const char *folded, size_t size, struct efti_bytes *out);

/** The same where efti_dictionary_compound() was asked already: `last` is what it said, 0
 *  for "no compound". */
enum efti_term_source efti_term_seen(const struct efti_dictionary *d,
                                     struct efti_stemmer *s, const char *folded,
                                     size_t size, size_t last, struct efti_bytes *out);
/** Is this term a word, not a stem: a base form, or put together or ended as the rules
 * know them? For labels: efti_term() may find another base form for it. False without
 * `d`. */
bool efti_term_is_word(const struct efti_dictionary *d, const char *term, size_t size);

#endif
