/*
 * store.h - released tables as an SQLite file
 */
#ifndef EFTI_STORE_H
#define EFTI_STORE_H

#include "base/base.h"
#include "tally/table.h"

/** Write a new database at `path` (0644 & ~umask): one table per result table, `tables`
 *  and `columns` that describe them, views for the questions of docs/results.md.
 *  temp_store MEMORY, secure_delete, no WAL or journal left behind, fsynced. Same
 *  results, same bytes. On failure no file is left.
 *
 *  @return EFT_E_CONFLICT when there is something at `path` (it stays), EFT_E_REFUSED
 *          when the results did not come through the gate (k under 3), EFT_E_IO,
 *          EFT_E_NOMEM. SQLite's messages are never passed on, only its codes. */
eft_status efti_store_write(const eft_allocator *mem, const char *path,
                            const struct eft_results *results, eft_error *err);
/** One of several runs in one file; the texts are NUL terminated and borrowed. */
struct efti_store_run {
    const char *name, *engine, *corpus, *audience;
    const struct eft_results *results;
};
/**
 * Several runs in a new database at `path`: each table with a column `run` in front, a
 * table `runs`, and views that set runs side by side. Names must differ.
 *
 *  @return as efti_store_write(); EFT_E_CONFLICT also for tables of unlike columns.
 */
eft_status efti_store_merge(const eft_allocator *mem, const char *path,
                            const struct efti_store_run *runs, size_t count,
                            eft_error *err);
/**
 * The tables of such a file, in order of their names. What only the manifest says
 * (audience, fingerprint, missing tables) stays empty.
 *
 *  @return EFT_E_FORMAT when it is no database of ours or damaged, EFT_E_NOMEM.
 */
eft_status efti_store_read(const eft_allocator *mem, const char *path,
                           struct eft_results **out, eft_error *err);
const char *efti_sqlite_version(void);
#endif
