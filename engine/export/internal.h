/*
 * internal.h - shared inside export/ only
 */
#ifndef EFTI_EXPORT_INTERNAL_H
#define EFTI_EXPORT_INTERNAL_H

#include "export/export.h"

/** What is not finished lies under such a name, in the folder of the final one: a
 *  rename within a folder is one step, and a name of fixed length fits where the
 *  final one does. */
#define EFTI_UNFINISHED ".eftertanke-XXXXXX"

/** A mark of the gate: it never answers with k under 3 (rule 8.6), and results are born
 *  with 0. What did not come through it does not leave. */
static inline eft_status
efti_check_released(const struct eft_results *results, eft_error *err)
{
    return results->k >= 3
               ? EFT_OK
               : efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                           "these results did not come through the release gate");
}

/** Write all and fsync; errno tells why not. */
eft_status efti_write_bytes(int fd, const void *bytes, size_t size);
/** fsync the folder of `path`; `scratch` holds its name meanwhile. */
void efti_sync_parent(const char *path, char *scratch, size_t size);
/** Rename unless `to` is there. 0 or errno (EEXIST). */
int efti_rename_new(const char *from, const char *to);
/** Does this errno say that the file system knows no flags of renameat2? */
bool efti_lacks_flags(int why);

/** Is this folder ours to replace: empty, or with a manifest of ours? */
bool efti_tree_is_ours(const char *path);
/** Remove a folder and all in it; links are removed, never followed. */
void efti_tree_remove(const char *path);
/** fsync a folder and the folders in it. */
void efti_tree_sync(const char *path);

#endif
