/*
 * address.h - what the files of addresses ask each other
 *
 *   address.c        the walk over words with a figure behind them
 *   streets.c        is such a word a street?
 *   street_parts.c   how far the address reaches from its street
 *   postcodes.c      postcodes and towns
 */
#ifndef EFTI_VEIL_ADDRESS_H
#define EFTI_VEIL_ADDRESS_H

#include "veil/find.h"

static inline const struct veil_word *
address_word(const struct efti_veil *v, size_t i)
{
    return &v->words.items[i];
}

static inline const struct efti_token *
address_token(const struct efti_veil *v, size_t i)
{
    return &v->segments->tokens.items[i];
}

/* street_parts.c */
/** Is token `i` the number of a house: 12, 12B, 12-14? */
bool efti_address_is_house_number(const struct efti_veil *v, size_t i);
/** Does number `i` count what stands behind it (vägen 5 km)? */
bool efti_address_counts_something(const struct efti_veil *v, size_t i);
/** Is nothing that is counted at token `i`: an end, a small word, a verb? */
bool efti_address_counts_nothing(const struct efti_veil *v, size_t i);
/** Is token `i` a quarter of the sky or a size, cut short: N. Esplanaden? */
bool efti_address_is_cut_part(const struct efti_veil *v, size_t i);
/** Has a word an ending that streets have, and words too: landsvägen, torget? */
bool efti_address_ends_as_street(const struct efti_form *f);
/** The first word of the street whose last is token `first`. */
size_t efti_address_words_before(const struct efti_veil *v, size_t first);
/** The last token of number `i`: its staircase, or a second number. */
size_t efti_address_last_number(const struct efti_veil *v, size_t i);
/** The last token of up to two doors behind token `last`, or `last`. */
size_t efti_address_door_after(const struct efti_veil *v, size_t last);

/* streets.c: is token `i` a street? Each asks for one of the shapes in its head. */
bool efti_address_is_street(const struct efti_veil *v, size_t i);
bool efti_address_is_titled(const struct efti_veil *v, size_t i);
bool efti_address_is_new(const struct efti_veil *v, size_t i);
bool efti_address_is_short_street(const struct efti_veil *v, size_t i);
bool efti_address_is_village(const struct efti_veil *v, size_t i);
bool efti_address_is_said(const struct efti_veil *v, size_t i);
bool efti_address_is_odd(const struct efti_veil *v, size_t i);
bool efti_address_is_numbered_road(const struct efti_veil *v, size_t i);
bool efti_address_is_small(const struct efti_veil *v, size_t i);
bool efti_address_is_told(const struct efti_veil *v, size_t i);

/* postcodes.c */
/** Propose the postcode at run `at`, if it is one, with its town and the address before
 *  it. `*span` is the first address found that may stand before it; it only grows. */
void efti_address_postcode(struct efti_veil *v, size_t at, size_t *span);

#endif
