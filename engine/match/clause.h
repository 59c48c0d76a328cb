/*
 * clause.h - a sentence made ready for polarity: what clause.c, cancelled.c and behind.c
 * mark, and what polarity.c, negated_ahead.c, negated_back.c and meant.c ask
 */
#ifndef EFTI_MATCH_CLAUSE_H
#define EFTI_MATCH_CLAUSE_H

#include "match/compiled.h"

/* What stands before a token: nothing, a comma, or the border of a clause. */
enum { EDGE_NONE, EDGE_COMMA, EDGE_CLAUSE };

/* Words. Longer clauses are rare, and a limit keeps the cost of one hit constant in a
 * text without any full stop. */
#define REACH_AHEAD 20
#define REACH_BACK 9

/* "det har vi tyvärr inte haft": tokens of a sentence that only takes back. */
#define REACH_ANSWER 6
/* "tror jag faktiskt inte att": from the negation to its "att". */
#define REACH_ATT 6
/* "skulle fråga en gång till i veckan men": from what was meant to its "men". */
#define REACH_CALLED 12

typedef const struct efti_polarity_view *polarity_view;

static inline struct efti_clause_word *
clause_word(polarity_view v, uint32_t token)
{
    return &v->words[token - v->first];
}

/* EFTI_SAYS_* of a token; 0 outside the sentence. */
static inline uint32_t
clause_says(polarity_view v, uint32_t token)
{
    return token < v->first || token >= v->end ? 0 : clause_word(v, token)->says;
}

/* Does any token of [from, to) say one of these? */
static inline bool
any_says(polarity_view v, uint32_t from, uint32_t to, uint32_t says)
{
    for (uint32_t i = from < v->first ? v->first : from; i < to && i < v->end; i++) {
        if ((clause_says(v, i) & says) != 0)
            return true;
    }
    return false;
}

static inline bool
is_cue(polarity_view v, uint32_t token)
{
    return (clause_says(v, token) & EFTI_SAYS_NEGATOR) != 0 &&
           !clause_word(v, token)->cancelled;
}

/* Adverbs (inte, ej, aldrig), which stand in the middle of what they negate. */
static inline bool
is_plain(uint32_t says)
{
    return (says & EFTI_SAYS_PLAIN) != 0;
}

/* NULL: outside the sentence, or taken out by the veil. */
static inline const struct efti_form *
form_of(polarity_view v, uint32_t token)
{
    return token < v->first || token >= v->end || v->tokens[token].kind == EFTI_VEIL
               ? NULL
               : efti_forms_get(v->w->forms, v->tokens[token].form);
}

static inline bool
form_is(const struct efti_form *f, const char *word)
{
    return f != NULL && efti_equal(f->folded, f->folded_size, word, strlen(word));
}

/* Is it one of `count` words? */
static inline bool
form_among(const struct efti_form *f, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (form_is(f, words[i]))
            return true;
    }
    return false;
}

/** Negators that are none where they stand (cancelled.c). */
void efti_mark_cancelled(polarity_view v);
/** What the sentences behind `s` say of it: view->denied and the like (behind.c). */
void efti_look_behind(struct efti_polarity_view *view, const struct efti_sentence *s);
/** "vi skulle gå bredvid men det blev inte av" (meant.c). */
bool efti_is_called_off(polarity_view v, const struct efti_raw_hit *hit);
/** Is the sentence about what was planned, promised, wished for, or once was there? Then
 *  the next one may say what came of it. */
bool efti_may_be_broken(polarity_view v, const struct efti_raw_hit *hit);
/** Does "skulle", "lovade" and the like stand before the hit? */
bool efti_was_promised(polarity_view v, const struct efti_raw_hit *hit);
/** Does a negation before the hit, in its sentence, reach it (negated_ahead.c)? */
bool efti_negated_from_before(polarity_view v, const struct efti_raw_hit *hit);
/** Does one that stands behind it (negated_back.c)? */
bool efti_negated_from_behind(polarity_view v, const struct efti_raw_hit *hit);
/** "minskade inte", "släpper inte": what is named is still there. */
bool efti_denies_an_end(polarity_view v, uint32_t cue);
/** The first token of the clause in which `token` stands, or the word that opens it. */
uint32_t efti_clause_start(polarity_view v, uint32_t token);

bool efti_form_ends(const struct efti_form *f, const char *ending);
/** Endings of the definite noun (and of much else). */
bool efti_is_definite(const struct efti_form *f);
/** Is there nothing but blanks between a token and the one before it? */
bool efti_stands_beside(polarity_view v, uint32_t token);
/** Does a token's own form negate, and not only the listed phrase that begins at it? */
bool efti_says_alone(polarity_view v, uint32_t token);
/** Endings of finite verbs. Plural nouns share -ar and -er, so callers look at the place
 *  in the clause as well. */
bool efti_looks_like_verb(const struct efti_form *f);

#endif
