/*
 * export.h - released tables as CSV and JSON; result folders that appear whole
 */
#ifndef EFTI_EXPORT_H
#define EFTI_EXPORT_H

#include "base/base.h"
#include "tally/table.h"

/** RFC 4180, UTF-8, LF, header line; cells that a spreadsheet would run (= + - @ TAB CR
 *  at the start of a text cell) get an apostrophe before. */
eft_status efti_csv(const eft_table *table, struct efti_bytes *out, eft_error *err);
/** tables/columns.csv: table, column, type, unit, description. */
eft_status efti_csv_columns(const struct eft_results *results, struct efti_bytes *out,
                            eft_error *err);
/** summary.json: every closed table whole, open tables' first 100 rows, hidden counts. */
eft_status efti_json_summary(const struct eft_results *results, struct efti_bytes *out,
                             eft_error *err);

/**
 * A folder that is filled beside its final name and renamed into place, so that the final
 * name is never half. kill -9 at any moment leaves at most ".eftertanke-XXXXXX" beside.
 */
struct efti_folder;
/** `force`: an existing `final_path` is replaced (only if it is a result folder of ours,
 *  or empty). Error EFT_E_IO / EFT_E_CONFLICT says what to do, never echoes the path. */
eft_status efti_folder_open(const eft_allocator *mem, const char *final_path, bool force,
                            struct efti_folder **out, eft_error *err);
/** Path inside the unfinished folder, owned by it until close. */
const char *efti_folder_path(struct efti_folder *f, const char *name);
/** Write a whole file; `sensitive`: mode 0600, else 0644 & ~umask. fsynced. */
eft_status efti_folder_put(struct efti_folder *f, const char *name, const void *bytes,
                           size_t size, bool sensitive, eft_error *err);
/** Make a subfolder. */
eft_status efti_folder_sub(struct efti_folder *f, const char *name, eft_error *err);
/** Rename into place. After it only efti_folder_close. */
eft_status efti_folder_finish(struct efti_folder *f, eft_error *err);
/** Removes what was not finished. NULL is fine. */
void efti_folder_close(struct efti_folder *f);

/** One file that appears whole (states): written beside, fsynced, renamed. mode 0600. */
eft_status efti_file_put(const eft_allocator *mem, const char *path, const void *bytes,
                         size_t size, bool force, eft_error *err);
/** Read a whole file. Error never echoes the path. */
eft_status efti_file_get(const char *path, struct efti_bytes *out, eft_error *err);

#endif
