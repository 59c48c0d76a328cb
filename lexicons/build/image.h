/*
 * image.h - collecting the expanded forms and writing ordbok.efd
 */
#ifndef EFTI_BUILD_IMAGE_H
#define EFTI_BUILD_IMAGE_H

#include "affix.h"
#include "lemma.h"
#include "text/unicode.h"

struct image_form {
    uint64_t prefix; /* first eight bytes, big-endian: most comparisons end here */
    const char *bytes;
    uint32_t size;
    uint32_t flags;
    uint32_t record; /* byte in the forms section */
    uint32_t base;   /* HAS_BASE: what terms count it as, by place in `sorted` */
    uint32_t stem;   /* bytes of its stem; 0: the whole form */
};

struct image {
    const struct affix_file *affixes;
    struct efti_unicode *unicode;
    struct efti_strings *forms;
    EFTI_ARRAY(uint32_t) flags; /* beside forms */
    struct image_form *sorted;
    uint32_t count;
    struct efti_bytes folded;
    struct efti_bytes root, folded_root; /* the last headword, as written and folded */
    struct lemmas lemmas;                /* lists of ours: before image_settle() */
};

bool image_open(struct image *im, const struct affix_file *affixes);
void image_close(struct image *im);
/** A form_fn. */
bool image_add(void *image, const struct word_form *form);
/** Drop what is no word, let LOWER win over CAPITAL and ACRONYM, add short parts, sort.
 */
bool image_settle(struct image *im);
/** The whole file with its hash. */
bool image_write(struct image *im, const char *source, struct efti_bytes *out);

#endif
