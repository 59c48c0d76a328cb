/*
 * import.h - a dictionary of another program on its way to a lexicon
 *
 * Each reader tells its categories and patterns here, in the order of the file; the room
 * then writes the XML of a lexicon of them and gives it to the ordinary reader. What our
 * patterns cannot say is left out and counted, never changed.
 */
#ifndef EFTI_LEXICONS_IMPORT_H
#define EFTI_LEXICONS_IMPORT_H

#include "lexicons/convert.h"

#define EFTI_IMPORT_DEPTH 16u    /* of nested categories */
#define EFTI_IMPORT_THEMES 1024u /* the largest LIWC has some 120 */

struct efti_import_theme {
    eft_text id, label, definition; /* in the arena */
    uint32_t parent;                /* EFTI_NO_PARENT: none */
    uint32_t patterns;              /* with those of the themes below it */
};
struct efti_import_pattern {
    uint32_t theme, order; /* as they came */
    eft_text text;         /* of a lexicon: "=ont =i mag*" */
};
struct efti_import {
    const eft_allocator *mem;
    eft_text id; /* of the lexicon */
    struct efti_arena arena;
    struct efti_strings *ids;
    EFTI_ARRAY(struct efti_import_theme) themes;
    EFTI_ARRAY(struct efti_import_pattern) patterns;
    size_t left_out; /* patterns, and themes that have none */
};
/** An id made of a name, behind what `out` has: "Rast & vila" is rast_vila. */
void efti_import_slug(struct efti_bytes *out, eft_text name);
/** A category; its id is made of the name. EFT_E_LIMIT, EFT_E_NOMEM. */
eft_status efti_import_theme(struct efti_import *im, eft_text name, uint32_t parent,
                             uint32_t *out, eft_error *err);
/** A pattern in our own signs, which is kept as it is. */
eft_status efti_import_add(struct efti_import *im, uint32_t theme, eft_text text,
                           eft_error *err);
/** A pattern as LIWC and quanteda write it: words parted by blanks, "*" for any letters,
 *  "?" for one. `globs`: stars may stand anywhere, else at the end alone. */
eft_status efti_import_pattern(struct efti_import *im, uint32_t theme, eft_text pattern,
                               bool globs, eft_error *err);
eft_status efti_import_keep(struct efti_import *im, eft_text from, eft_text *to,
                            eft_error *err);
eft_status efti_import_fault(uint32_t line, const char *what, eft_error *err);

/* The readers. `text` is UTF-8 without a byte order mark. */
eft_status efti_import_dic(struct efti_import *im, eft_text text, eft_error *err);
eft_status efti_import_dicx(struct efti_import *im, eft_text text, eft_error *err);
eft_status efti_import_yaml(struct efti_import *im, eft_text text, eft_error *err);
eft_status efti_import_qdc(struct efti_import *im, eft_text text, eft_error *err);

#endif
