/*
 * uses.h - what the forms of a reflection count as: between numbering.c and uses.c
 */
#ifndef EFTI_PIPELINE_USES_H
#define EFTI_PIPELINE_USES_H

#include "pipeline/pipeline.h"

/** In efti_form_use.term: the form counts as several terms, and the rest is a place. */
#define EFTI_SEVERAL_TERMS 0x80000000u

/** The local terms behind efti_form_use.term. */
static inline const uint32_t *
efti_terms_of_use(const eft_tally *t, const uint32_t *term, uint32_t *count)
{
    *count = 1;
    if (EFTI_LIKELY((*term & EFTI_SEVERAL_TERMS) == 0))
        return term;
    const uint32_t *list = t->several.items + (*term & ~EFTI_SEVERAL_TERMS);
    *count = list[0];
    return list + 1;
}

/** Terms and folded forms of the uses in t->touched that have none yet. */
eft_status efti_number_uses(eft_tally *t, eft_error *err);

#endif
