/*
 * ages.h - what the three files of ages ask each other
 *
 *   ages.c        told by år, är, fyller, a name or a person beside the number
 *   yearlings.c   told by one word
 *   ages_apart.c  told by what stands further away, or by the words around a half
 *
 * A token of no number, in figures or words, within eight tokens (efti_veil_ages) is
 * asked nothing: a rule here speaks of a number, and of no other words further away than
 * that.
 */
#ifndef EFTI_VEIL_AGES_H
#define EFTI_VEIL_AGES_H

#include "veil/find.h"

/** Figures 0-119 or a number word. */
bool efti_age_possible(const struct efti_veil *v, size_t i);
/** Does what is said about the number end before token `i`? */
bool efti_age_ends_before(const struct efti_veil *v, size_t i);
/** ensam, trött, hemlös: how one person is. */
bool efti_age_is_state(const struct efti_veil *v, size_t i);
/** A role, a name, or another word for somebody who has an age. */
bool efti_age_is_person(const struct efti_veil *v, size_t i);
/** Propose the number at `i`, with its half. */
void efti_age_propose(struct efti_veil *v, size_t i, uint16_t rule, uint32_t evidence);

/** Does a form end in one of these, and is it longer? */
bool efti_age_ends_in(const struct efti_form *f, const char *const *ends, size_t count);
/** Token `i` is treåring, 14-årig or the like; `i` is its "årig", written apart. */
void efti_age_yearling(struct efti_veil *v, size_t i);
void efti_age_yearling_apart(struct efti_veil *v, size_t i);
/** Ages of ages_apart.c around token `i`, one of the terms. */
void efti_age_apart(struct efti_veil *v, size_t i);
/** The same around a number in figures. */
void efti_age_number(struct efti_veil *v, size_t n);

#endif
