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
/** Drop what is no word, let LOWER win over CAPITAL and ACRONYM, add
 *  short parts, sort. */
bool image_settle(struct image *im);
/** Place of a form in `sorted`; EFTI_NOT_FOUND: it has none. After image_settle(). */
uint32_t image_place(const struct image *im, eft_text form);
/** The whole file with its hash, but for the hot part. */
bool image_write(struct image *im, const char *source, struct efti_bytes *out);
/** Append the hot part to a file that is whole: hot.c. `counts`: lines of "form TAB
 *  count"; empty: no hot part. */
bool hot_append(struct image *im, eft_text counts, struct efti_bytes *out);

/* image_write.c: the bytes of a file */
struct image_index {
    uint32_t *slots;
    uint32_t count, reach;
};
bool image_index_new(struct image_index *ix, uint32_t records);
/** `record`: byte in its section, never 0 (0 marks a free slot). */
bool image_index_add(struct image_index *ix, const char *bytes, size_t size,
                     size_t record);
/** Write and free it. */
void image_index_put(struct image_index *ix, struct efti_bytes *out, unsigned at_field,
                     unsigned count_field, unsigned reach_field);
void image_set_field(struct efti_bytes *out, unsigned field, size_t value);
void image_pad(struct efti_bytes *out); /* to a multiple of four */
/** 64 hex digits to bytes. */
bool image_unhex(const char *hex, unsigned char out[32]);

#endif
