/*
 * schema.h - the one place where tables and columns get their names
 *
 * CSV, SQLite, columns.csv, docs and bindings are made from this. The values live in
 * schema.c as constant arrays.
 */
#ifndef EFTI_TALLY_SCHEMA_H
#define EFTI_TALLY_SCHEMA_H

#include <eftertanke/table.h>

struct efti_column {
    const char *name;
    eft_type type;
    const char *unit;
    const char *description;
};
struct efti_table_schema {
    const char
        *name; /* for a facet other than unit the table is named themes_by_<slug> */
    bool open; /* hidden rows are left out */
    const char *description;
    const struct efti_column *columns;
    size_t column_count;
};

enum efti_table_id {
    EFTI_TABLE_OVERVIEW,
    EFTI_TABLE_THEMES,
    EFTI_TABLE_THEMES_BY_FACET, /* name "themes_by_unit" */
    EFTI_TABLE_ASSIGNMENT_TAGS,
    EFTI_TABLE_ASSIGNMENT_THEMES,
    EFTI_TABLE_FEELING_BY_THEME,
    EFTI_TABLE_FEELING_BY_TAG,
    EFTI_TABLE_FEELING_BY_ASSIGNMENT,
    EFTI_TABLE_TREND,
    EFTI_TABLE_TERMS,
    EFTI_TABLE_KEYNESS_BY_FACET, /* name "keyness_by_unit" */
    EFTI_TABLE_DISPERSION,
    EFTI_TABLE_TERM_PAIRS,
    EFTI_TABLE_THEME_PAIRS,
    EFTI_TABLE_ROLE_PAIRS, /* theme_pairs in the order of roles */
    EFTI_TABLE_READABILITY,
    EFTI_TABLE_TESTS,
    EFTI_TABLE_QUOTES,
    EFTI_TABLE_REPRESENTATIVES,
    EFTI_TABLE_PROMPTS,
    EFTI_TABLE_VOTES,
    EFTI_TABLE_NOTES,
    EFTI_TABLE_COMMUNITIES,
    EFTI_TABLE_TOPICS,
    EFTI_TABLE_SUGGESTIONS,
    EFTI_TABLE_COUNTS,
    EFTI_TABLE_THEMES_WHERE,
    /* made of sealed states (release/unseal.c): names of tables above, own columns */
    EFTI_TABLE_SEALED_OVERVIEW,
    EFTI_TABLE_SEALED_THEMES,
    EFTI_TABLE_SEALED_THEMES_BY_FACET,
    EFTI_TABLE_SEALED_ASSIGNMENT_TAGS,
    EFTI_TABLE_SEALED_ASSIGNMENT_THEMES,
    EFTI_TABLE_SEALED_FEELING_BY_THEME,
    EFTI_TABLE_SEALED_TREND,
    EFTI_TABLE_SEALED_THEME_PAIRS,
    EFTI_TABLE_SHARED,
    EFTI_TABLE_COUNT
};
extern const struct efti_table_schema efti_schema[EFTI_TABLE_COUNT];

#endif
