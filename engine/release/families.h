/*
 * families.h - protecting the cells of one column over all partitions that it adds up in
 */
#ifndef EFTI_RELEASE_FAMILIES_H
#define EFTI_RELEASE_FAMILIES_H

#include "release/internal.h"

/** Sides of a hidden cell that failed the gate; none: it was hidden to protect others. */
enum {
    RELEASE_SIDE_CELL = 1,  /* those in the cell */
    RELEASE_SIDE_LABEL = 2, /* those of the label without the theme */
    RELEASE_SIDE_COLUMN = 4 /* those with the theme elsewhere */
};

/** One partition: `shown` by slot, then column, is read and cleared. */
struct release_grid {
    const struct release_role *role;
    uint8_t *shown;
    size_t columns;
    void *user;
    unsigned (*sides)(void *user, size_t slot, size_t column);
    uint64_t (*writers)(void *user, size_t slot, size_t column);
};
/** All partitions of one kind of column. */
struct release_grids {
    const struct release_grid *items;
    size_t count, columns;
    void *user;
    bool (*has)(void *user, const struct efti_record_view *r, size_t column);
    bool (*total)(void *user, size_t column); /* is the sum of the column told? */
};
/** Hide what else must be hidden. EFT_E_LIMIT, EFT_E_NOMEM. */
eft_status efti_families_protect(struct release_job *j, const struct release_grids *grids,
                                 eft_error *err);

#endif
