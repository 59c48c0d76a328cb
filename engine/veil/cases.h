/*
 * cases.h - what the files of cases and things ask each other
 *
 *   cases.c          the keyword before a number, and how far the number reaches
 *   cases_shapes.c   numbers of cases without a keyword
 *   things.c         cars, land, machines
 *
 * `at` is the first run of figures, `last` the last; `start` is the byte where the code
 * of letters before the first run begins, or the run itself without one.
 */
#ifndef EFTI_VEIL_CASES_H
#define EFTI_VEIL_CASES_H

#include "veil/find.h"

/* cases.c */
/** Where the capital letters right before a run that starts at `run_start` begin. */
size_t efti_case_code_start(const struct efti_veil *v, size_t run_start);

/* cases_shapes.c */
/** Is it the code of a publication (SFS, prop.): a source, nobody's matter? */
bool efti_case_is_public_code(const char *code, size_t size);
/** How many bytes of letters the code from `start` to the run has, no mark behind it. */
size_t efti_case_letters(const struct efti_veil *v, size_t start, size_t run_start);
/** Do the code and the runs up to byte `end` look like a case by themselves? */
bool efti_case_has_shape(const struct efti_veil *v, size_t at, size_t start, size_t last,
                         size_t end);
/** Propose a case of such a shape, if it is one: with a stop between year and number,
 *  with a class of the archive, as a diary, an office or the police write it. */
bool efti_case_with_stop(struct efti_veil *v, size_t at, size_t start, size_t *last);
bool efti_case_of_archive(struct efti_veil *v, size_t at, size_t *last);
bool efti_case_of_authority(struct efti_veil *v, size_t at, size_t *last);

/** Does the word that ends at byte `end` end as "elevid" does, and mean no id:
 *  vid, sid? */
bool efti_case_ends_by_chance(const char *bytes, size_t end);

#endif
