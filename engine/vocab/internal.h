/*
 * internal.h - the form table's own parts
 */
#ifndef EFTI_VOCAB_INTERNAL_H
#define EFTI_VOCAB_INTERNAL_H

#include "vocab/forms.h"

/* casing.c: fill casing and capitals from the raw bytes. */
void efti_form_casing(struct efti_form *form);

#endif
