/*
 * list_rows.h - inside the reader of lists: a row, and what may be noted of it
 *
 *     list_read.c    bytes of a file -> rows
 *     list_rows.c    which columns each list has, and what they say
 *     list_note.c    what was said, in the pool
 */
#ifndef EFTI_LEXICONS_LIST_ROWS_H
#define EFTI_LEXICONS_LIST_ROWS_H

#include "lexicons/list_read.h"

struct efti_list_row {
    eft_text fields[4];
    size_t count;
    const char *problem; /* set by the reader of a row: "tier must be 1 or 2" */
};
/** A list file, by number as in efti_list_name(). */
struct efti_list_file {
    const char *name;
    size_t fields; /* at least */
    /* What takes a row; false: no memory. NULL: the first field is a word or phrase with
     * these flags and this class, what stands behind it is for readers of the list. */
    bool (*read)(struct efti_list_reader *r, struct efti_list_row *row);
    uint32_t flags, class;
};
const struct efti_list_file *efti_list_file(size_t list);

/** Into r->folded, with runs of blanks as one space and without the hyphen of a suspended
 *  part ("Individ- och familjeomsorgen"), which is not part of its token. False: no
 *  memory, as below. */
bool efti_list_fold(struct efti_list_reader *r, eft_text field);
/** The record of a folded form, made if new; NULL: no memory. */
struct efti_list_says *efti_list_form(struct efti_list_pool *pool, const char *bytes,
                                      size_t size);
/** A row with word flags, a phrase class, or both. Flags go to single words only. */
bool efti_list_note(struct efti_list_reader *r, eft_text field, uint32_t flags,
                    uint32_t class);

#endif
