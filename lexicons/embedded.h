/*
 * embedded.h - the files of lexicons/ that are compiled into the library
 *
 * build/embed.c writes them as one generated array, so that a program needs no data
 * folder: the schema and the core lexicon. The lists are baked (build/bake.c).
 */
#ifndef EFTI_LEXICONS_EMBEDDED_H
#define EFTI_LEXICONS_EMBEDDED_H

#include "base/base.h"

struct efti_embedded {
    const char *name; /* "names/given.tsv" */
    const unsigned char *bytes;
    size_t size;
};

extern const struct efti_embedded efti_embedded_files[];
extern const size_t efti_embedded_count;

/** The file called `name`; bytes NULL: the library was built without it. */
eft_text efti_embedded(const char *name);

#endif
