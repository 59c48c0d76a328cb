/*
 * internal.h - the form table's own parts
 */
#ifndef EFTI_VOCAB_INTERNAL_H
#define EFTI_VOCAB_INTERNAL_H

#include "vocab/forms.h"

/* casing.c: fill casing and capitals from the raw bytes. */
void efti_form_casing(struct efti_form *form);
/* Casing, capitals and code points of a form of plain letters; false: it has others, and
 * nothing was filled. The folded form is the raw one with a small first letter. */
bool efti_form_plain(struct efti_form *form);

#endif
