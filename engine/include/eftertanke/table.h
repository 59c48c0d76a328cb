/*
 * table.h - a released result: named, typed, described columns
 *
 * Only what has passed the release gate is ever in an eft_table. A closed table has a
 * column `shown`: where it is 0 the numbers of the row are missing, whatever the reason,
 * also where the truth is zero. Open tables (terms, pairs) leave hidden rows out;
 * eft_table_hidden() tells how many.
 */
#ifndef EFTERTANKE_TABLE_H
#define EFTERTANKE_TABLE_H

#include <eftertanke/text.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum eft_type {
    EFT_TYPE_TEXT = 1,
    EFT_TYPE_INTEGER = 2,
    EFT_TYPE_REAL = 3
} eft_type;

typedef struct eft_table eft_table;     /**< immutable; lives as long as its results */
typedef struct eft_results eft_results; /**< the released tables of one analysis */

/** How many tables there are. */
EFT_API size_t eft_results_count(const eft_results *results);
/** Borrowed from `results`; NULL when `index` is too large. */
EFT_API const eft_table *eft_results_table(const eft_results *results, size_t index);
/** By name ("themes_by_unit"); NULL: no such table. */
EFT_API const eft_table *eft_results_find(const eft_results *results, const char *name);
/** Least number of distinct writers behind a shown cell. */
EFT_API uint32_t eft_results_k(const eft_results *results);
/** Cells that the gate hid, over all tables. Why is told in the release log alone. */
EFT_API uint64_t eft_results_hidden(const eft_results *results);
/** Names of tables that could not be built (they need the texts); NULL past the last. */
EFT_API const char *eft_results_missing(const eft_results *results, size_t index);
/** NULL is fine. */
EFT_API void eft_results_free(eft_results *results);

/* Strings below live as long as the table, names of columns for ever. What each table and
 * column is called and means stands in tables/columns.csv of a results folder. */

/** "themes_by_unit" */
EFT_API const char *eft_table_name(const eft_table *table);
/** What it tells, in one line of English. */
EFT_API const char *eft_table_description(const eft_table *table);
/** Rows are numbered from 0, as columns are. */
EFT_API size_t eft_table_rows(const eft_table *table);
EFT_API size_t eft_table_columns(const eft_table *table);
/** Cells (closed table) or rows (open table) that the gate hid. */
EFT_API uint64_t eft_table_hidden(const eft_table *table);

/* A column outside the table is called "", is text and has no unit. */

/** "reflections", "share_low" */
EFT_API const char *eft_table_column_name(const eft_table *table, size_t column);
EFT_API eft_type eft_table_column_type(const eft_table *table, size_t column);
/** "reflections", "share 0-1", "bits": the unit of the numbers. */
EFT_API const char *eft_table_column_unit(const eft_table *table, size_t column);
/** What the column means, in one line of English. */
EFT_API const char *eft_table_column_description(const eft_table *table, size_t column);
/** Index of a column by name, or SIZE_MAX. Linear in the columns. */
EFT_API size_t eft_table_column_find(const eft_table *table, const char *name);

/** Is the value missing (hidden or undefined)? True also outside the table. */
EFT_API bool eft_table_missing(const eft_table *table, size_t row, size_t column);
/** 0 when missing or of another type. */
EFT_API int64_t eft_table_integer(const eft_table *table, size_t row, size_t column);
/** The same. */
EFT_API double eft_table_real(const eft_table *table, size_t row, size_t column);
/** Borrowed; empty when missing or of another type. */
EFT_API eft_text eft_table_text(const eft_table *table, size_t row, size_t column);

#ifdef __cplusplus
}
#endif
#endif
