/*
 * compound.h - what compound.c asks of dictionary.c
 */
#ifndef EFTI_LEXICONS_COMPOUND_H
#define EFTI_LEXICONS_COMPOUND_H

#include "lexicons/dictionary.h"

/** All flags of a form, the private ones of dictionary_format.h included. */
uint32_t efti_dictionary_flags(const struct efti_dictionary *d, const char *folded,
                               size_t size);
/** The classes of a form that may begin or go on a compound, 0 for others, by its
 *  efti_dict_hash(). */
uint32_t efti_dictionary_part(const struct efti_dictionary *d, const char *folded,
                              size_t size, uint64_t hash);
/** Classes that may end a compound after a part of the classes `first` ... */
uint32_t efti_dictionary_joins(const struct efti_dictionary *d, uint32_t first);
/** ... or after two parts. */
uint32_t efti_dictionary_joins_after(const struct efti_dictionary *d, uint32_t first,
                                     uint32_t second);

#endif
