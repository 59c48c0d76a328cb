/*
 * ages.h - what the files of ages ask each other
 *
 *   ages.c          what every age has, and the order of the others
 *   ages_years.c    told by år, månader, gammal, ålder, född
 *   ages_verbs.c    told by fyller, är, har
 *   ages_beside.c   told by a name or a person beside the number
 *   yearlings.c     told by one word
 *   ages_apart.c    told by what stands further away, or by the words around a half
 *   ages_alone.c    told by standing alone, by its measure, or by an age before it
 *   ages_said.c     said of a clause: , 16, med väskan i knät
 *   ages_kin.c      told by another age, or by words for children
 *   ages_loose.c    with words between the age and who has it
 *
 * A token of no number, in figures or words, within eight tokens (efti_veil_ages) is
 * asked nothing: a rule here speaks of a number, and of no other words further away than
 * that.
 */
#ifndef EFTI_VEIL_AGES_H
#define EFTI_VEIL_AGES_H

#include "veil/find.h"

static inline const struct veil_word *
age_word(const struct efti_veil *v, size_t i)
{
    return &v->words.items[i];
}

/* "tre år": token `i` is år and stands right behind. */
static inline bool
age_is_year(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && efti_veil_is(v, i, VEIL_CLASS_YEAR);
}

/* ett: an age of a child, and far oftener the article. */
static inline bool
age_is_ett(const struct efti_veil *v, size_t i)
{
    return i < v->words.count && (age_word(v, i)->bits & VEIL_DIGITS) == 0 &&
           efti_veil_is_word(v, i, "ett");
}

/* ages.c */
/** 4,5: half years are told only where "år" follows. */
bool efti_age_is_half(const struct efti_veil *v, size_t i);
/** Figures 0-119 or a number word. A half has three figures and marks at least. */
static inline bool
efti_age_possible(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = age_word(v, i);

    if (i >= v->words.count || (w->cues & VEIL_CUE_AGE) == 0)
        return false;
    return efti_veil_class(w->bits) == VEIL_CLASS_NUMBER || w->form->folded_size < 3 ||
           !efti_age_is_half(v, i) ||
           (efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_YEAR));
}
/** 15–18: does a dash join the number at `i` to another? Such a band is nobody's age. */
bool efti_age_is_band(const struct efti_veil *v, size_t i);
/** Does what is said about the number end before token `i`? */
bool efti_age_ends_before(const struct efti_veil *v, size_t i);
/** ensam, trött, hemlös: how one person is. */
bool efti_age_is_state(const struct efti_veil *v, size_t i);
/** A role, a name, or another word for somebody who has an age. */
bool efti_age_is_person(const struct efti_veil *v, size_t i);
/** 4 1/2: does a half in figures follow the number at `i`? */
bool efti_age_has_fraction(const struct efti_veil *v, size_t i);
/** Propose the number at `i`, with its half. */
void efti_age_propose(struct efti_veil *v, size_t i, uint16_t rule, uint32_t evidence);
/** Each number of a list from `first` to `last`. */
void efti_age_propose_list(struct efti_veil *v, size_t first, size_t last, uint16_t rule,
                           uint32_t evidence);
/** "och ett halvt": tokens `i` to i + 2. */
bool efti_age_and_a_half(const struct efti_veil *v, size_t i);
/** man, dotter, äldsta: a word for somebody who has an age (VEIL_ASK_PERSON). */
bool efti_age_is_person_noun(const struct efti_form *f);

/* ages_years.c */
void efti_age_years(struct efti_veil *v, size_t i);      /* i: år */
void efti_age_months_old(struct efti_veil *v, size_t i); /* i: gammal */
void efti_age_stated(struct efti_veil *v, size_t i);     /* i: ålder */
void efti_age_born(struct efti_veil *v, size_t n);       /* n: perhaps a year of birth */
/** "tre år och fyra månader": the months behind an age; token `year` is its år. */
void efti_age_and_months(struct efti_veil *v, size_t year);

/* ages_verbs.c */
void efti_age_turns(struct efti_veil *v, size_t i);     /* i: fyller */
void efti_age_is_so_old(struct efti_veil *v, size_t i); /* i: är */
void efti_age_has_years(struct efti_veil *v, size_t i); /* i: har */
/** The token behind at most three adverbs: bara, snart, i dag. */
size_t efti_age_skip_adverbs(const struct efti_veil *v, size_t i);
/** Is token `i` månader, and does what is said end behind it? */
bool efti_age_is_months(const struct efti_veil *v, size_t i);
/** "när hon fyllde 12 flyttade pappan": is token `i` what was done then? */
bool efti_age_is_past_verb(const struct efti_veil *v, size_t i);

/* ages_beside.c: `i` is who, `n` the number */
void efti_age_beside_name(struct efti_veil *v, size_t i);
void efti_age_person_on(struct efti_veil *v, size_t i); /* tjejen på 17 */
void efti_age_person_and_number(struct efti_veil *v, size_t i);
void efti_age_number_beside(struct efti_veil *v, size_t n);

/* yearlings.c, ages_apart.c */
/** Token `i` is treåring, 14-årig or the like; `i` is its "årig", written apart. */
void efti_age_yearling(struct efti_veil *v, size_t i);
void efti_age_yearling_apart(struct efti_veil *v, size_t i);
/** 05:a: token `i` has figures. */
void efti_age_year_noun(struct efti_veil *v, size_t i);
/** Ages of ages_apart.c around token `i`, one of the terms. */
void efti_age_apart(struct efti_veil *v, size_t i);
/** The same around a number in figures. */
void efti_age_number(struct efti_veil *v, size_t n);
/** Ages of ages_alone.c: the number at `n`, in figures or words, if it is none yet. */
void efti_age_alone(struct efti_veil *v, size_t n);
/** Those of ages_said.c; false: it is none. */
bool efti_age_said(struct efti_veil *v, size_t n);
/** May one of both say so at all? */
bool efti_age_may_be_said(const struct efti_veil *v, size_t n);
/** The same of ages_loose.c. */
bool efti_age_loose(struct efti_veil *v, size_t n);
/** "16år", "14-års kille": token `i`, no number by itself, with figures in it. */
void efti_age_glued(struct efti_veil *v, size_t i);
/** The same of ages_kin.c. */
bool efti_age_kin(struct efti_veil *v, size_t n);

#endif
