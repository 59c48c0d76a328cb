/*
 * list_read.h - lists while they are read: a pool that grows
 *
 * For list_read.c, which fills it, and list_table.c, which packs it into the table that
 * is asked.
 */
#ifndef EFTI_LEXICONS_LIST_READ_H
#define EFTI_LEXICONS_LIST_READ_H

#include "lexicons/lists.h"

#define EFTI_LIST_FIELD_MAX 255u /* bytes of a first field; folded, thrice that */
#define EFTI_LIST_ENDING_MAX 31u /* bytes of an ending: lengths are bits of 32 */

struct efti_list_says {    /* all that the lists say about one folded form */
    uint32_t flags;        /* EFTI_LIST_* */
    uint32_t phrases;      /* 1 << EFTI_PHRASE_* */
    uint16_t abbreviation; /* index + 1 */
    uint8_t shape;         /* EFTI_SHAPE_* that the form gives as an ending */
    bool uninformative;
    bool goes_on; /* a phrase of more words begins so */
};

struct efti_list_pool {
    const eft_allocator *mem;
    struct efti_strings *strings;
    EFTI_ARRAY(struct efti_list_says) forms; /* beside strings */
    EFTI_ARRAY(struct efti_abbreviation) abbreviations;
    struct efti_arena arena; /* spellings of abbreviations */
    uint32_t phrase_words;
};

/** How many list files there are, and their names in the order that is hashed. */
size_t efti_list_count(void);
const char *efti_list_name(size_t list);

struct efti_list_reader {
    struct efti_list_pool *pool;
    struct efti_unicode *unicode;
    struct efti_bytes folded;
};
/** Read the bytes of one list into the pool. */
eft_status efti_list_read(struct efti_list_reader *r, size_t list, eft_text bytes,
                          eft_error *err);
/** Size without the stops and blanks at the end ("vet ej." and "..." lose theirs). */
size_t efti_list_without_stops(const char *bytes, size_t size);
/** Rules that span lists, once all are read. */
void efti_list_settle(struct efti_list_pool *pool);

#endif
