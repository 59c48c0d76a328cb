/*
 * export.h - released tables as CSV and JSON; result folders that appear whole
 */
#ifndef EFTI_EXPORT_H
#define EFTI_EXPORT_H

#include "base/base.h"
#include "tally/table.h"

/** RFC 4180, UTF-8, LF, header line; cells that a spreadsheet would run (= + - @ TAB CR
 * LF at the start of a text cell) get an apostrophe before. */
eft_status efti_csv(const eft_table *table, struct efti_bytes *out, eft_error *err);
/** tables/columns.csv: table, column, type, unit, description. Without a writer column
 * the description of each column of writers says so: that marks every table.
 *
 *  Here and below EFT_E_REFUSED: the results did not come through the gate (k under 3).
 */
eft_status efti_csv_schema(const struct eft_results *results, struct efti_bytes *out,
                           eft_error *err);
/** summary.json: every closed table whole, open tables' first 100 rows, hidden counts. */
eft_status efti_json_summary(const struct eft_results *results, struct efti_bytes *out,
                             eft_error *err);

/**
 * A folder that is filled beside its final name and renamed into place, so that the final
 * name is never half. kill -9 at any moment leaves at most ".eftertanke-XXXXXX" beside.
 */
struct efti_output;
/** `force`: an existing `final_path` is replaced (only if it is empty, or holds a
 *  manifest.json with the format "eftertanke-results-..."). Errors EFT_E_IO, EFT_E_RANGE
 *  and EFT_E_CONFLICT say what to do and never echo the path. */
eft_status efti_output_open(const eft_allocator *mem, const char *final_path, bool force,
                            struct efti_output **out, eft_error *err);
/** Path inside the unfinished folder; valid until the next call with this folder. */
const char *efti_output_path(struct efti_output *o, const char *name);
/** Write a whole file; `sensitive`: mode 0600, else 0644 & ~umask. fsynced. */
eft_status efti_output_put(struct efti_output *o, const char *name, const void *bytes,
                           size_t size, bool sensitive, eft_error *err);
/** A sensitive file that is written bit by bit: mode 0600, fsynced when done. `o` must
 *  outlive it. */
struct efti_output_file;
eft_status efti_output_file_new(const eft_allocator *mem, struct efti_output *o,
                                const char *name, struct efti_output_file **out,
                                eft_error *err);
eft_status efti_output_file_add(struct efti_output_file *f, const void *bytes,
                                size_t size, eft_error *err);
eft_status efti_output_file_done(struct efti_output_file *f, eft_error *err);
void efti_output_file_free(struct efti_output_file *f);
/** Remember the SHA-256 of a file that somebody else wrote; efti_output_put() does so. */
eft_status efti_output_note(struct efti_output *o, const char *name, const void *bytes,
                            size_t size, eft_error *err);
/** A JSON object of all names and hashes so far, by name; sensitive files are
 *  not in it. */
void efti_output_hashes(struct efti_output *o, struct efti_bytes *out);
/** Make a subfolder. */
eft_status efti_output_sub(struct efti_output *o, const char *name, eft_error *err);
/** Rename into place, mode 0755 & ~umask. After it only efti_output_close. */
eft_status efti_output_finish(struct efti_output *o, eft_error *err);
/** Removes what was not finished, or what was replaced. NULL is fine. */
void efti_output_close(struct efti_output *o);

/** A file that somebody else fills: `fill` gets a name that is free, in a folder beside
 *  `path`, and what it makes there is renamed to `path`, which must not exist. */
eft_status efti_file_fill(const eft_allocator *mem, const char *path,
                          eft_status (*fill)(void *user, const char *name,
                                             eft_error *err),
                          void *user, eft_error *err);
/** One file that appears whole (states): written beside, fsynced, renamed. mode 0600.
 *  `force` replaces an ordinary file, never a device, link or folder. */
eft_status efti_file_put(const eft_allocator *mem, const char *path, const void *bytes,
                         size_t size, bool force, eft_error *err);
/** Read a whole ordinary file, at most 64 GiB (EFT_E_LIMIT). `out` is empty on failure.
 *  Errors never echo the path. */
eft_status efti_file_get(const char *path, struct efti_bytes *out, eft_error *err);

#endif
