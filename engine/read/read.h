/*
 * read.h - from files to records
 *
 * A reader walks over the inputs one record at a time with bounded memory. Every string
 * of a record is document text: nothing of it may reach a message. What could not be read
 * is reported through `set_aside` as (input, row, byte, reason) and counted.
 *
 *   inputs: CSV / TSV / semicolon, JSON Lines, a folder of .txt, "-" for standard input
 *   (the format of "-" by its first bytes). docs/input.md has the columns.
 */
#ifndef EFTI_READ_H
#define EFTI_READ_H

#include "base/base.h"

/** Roles a column can have. EFTI_ROLE_FACET columns carry a user-given name. */
enum efti_role {
    EFTI_ROLE_NONE,
    EFTI_ROLE_ID,
    EFTI_ROLE_TEXT,
    EFTI_ROLE_WRITER,
    EFTI_ROLE_UNIT,
    EFTI_ROLE_ASSIGNMENT,
    EFTI_ROLE_PROMPT,
    EFTI_ROLE_TIME,
    EFTI_ROLE_FEELING,
    EFTI_ROLE_TAGS,
    EFTI_ROLE_COMMENTS,
    EFTI_ROLE_VOTES,
    EFTI_ROLE_FACET,
    EFTI_ROLE_CONSENT,
    EFTI_ROLE_COUNT
};
const char *efti_role_name(enum efti_role role); /* "text", "writer" ... */
/** The role of a column with this header; ASCII letters in any case. */
enum efti_role efti_role_of(eft_text header);

/** Why a record was set aside, or a field dropped. The order is fixed: states count by
 *  it. */
enum efti_reason {
    EFTI_REASON_NONE,
    EFTI_REASON_NOT_UTF8,
    EFTI_REASON_CELL_COUNT,  /* a row with too few or too many cells */
    EFTI_REASON_OPEN_QUOTE,  /* a quoted cell that never ends */
    EFTI_REASON_STRAY_QUOTE, /* text after a closing quote */
    EFTI_REASON_BAD_JSON,
    EFTI_REASON_NOT_OBJECT, /* a JSON line that is no object */
    EFTI_REASON_NO_TEXT,    /* a JSON object without the text member */
    EFTI_REASON_BAD_TYPE,   /* a member of a type its role cannot have */
    EFTI_REASON_TOO_LARGE,  /* text above the limit */
    EFTI_REASON_UNREADABLE, /* a file of a folder that could not be read */
    EFTI_REASON_GARBLED,    /* letters were lost before the file was written */
    EFTI_REASON_COUNT
};
const char *efti_reason_name(enum efti_reason reason); /* "not-utf8" ... */

/** Were letters of the text lost on the way (garbled.c)? */
bool efti_garbled(eft_text text);

#define EFTI_NO_DAY INT32_MIN
#define EFTI_MAX_TAGS 64
#define EFTI_MAX_FACETS 8

/** One record. Everything points into the reader and holds until the next call. */
struct efti_record {
    uint32_t input; /* from 1 */
    uint64_t row;   /* record number within the input, from 1, header not counted */
    uint64_t byte;  /* where it begins in the input */
    eft_text text;  /* as it stands */
    eft_text id, writer, unit, assignment, prompt, comments; /* trimmed */
    eft_text facets[EFTI_MAX_FACETS];
    eft_text tags[EFTI_MAX_TAGS]; /* split and trimmed, empty ones dropped */
    size_t tag_count;
    int32_t day; /* days since 1970-01-01, local civil date, or EFTI_NO_DAY */
    bool has_feeling;
    double feeling; /* on the scale of the options */
    int64_t votes;  /* -1: none */
    bool consents;  /* said so; only such records are given out where it is asked */
    /* Bit (1 << role): the field could not be read and was dropped. */
    uint32_t field_errors;
};

struct efti_mapping { /* --map text=Fritext, --map text=#4, --facet kön=Kolumn7 */
    enum efti_role role;
    const char *facet;  /* name of the facet, else NULL */
    const char *column; /* header name (any case), or NULL */
    uint32_t position;  /* from 1, or 0 */
};

/** Told of each record that is set aside: its input, row and first byte, and why. */
typedef eft_status (*efti_set_aside_fn)(void *user, uint32_t input, uint64_t row,
                                        uint64_t byte, enum efti_reason reason);

struct efti_read_options {
    const struct efti_mapping *mappings;
    size_t mapping_count;
    double feeling_low, feeling_high; /* 0,0 means 1-5 */
    size_t max_text;                  /* bytes; 0 none */
    bool text_optional;               /* a table need not have a column of texts */
    bool strict;                      /* the first damaged row is an error */
    char separator;                   /* 0: recognised */
    const uint32_t *arguments;        /* place of each path on the command line, for
                                         messages; NULL: the same as its number */
    efti_set_aside_fn set_aside;      /* NULL: what is set aside is only counted */
    void *set_aside_user;
    size_t block_size; /* bytes read at a time; 0: 256 KiB. For tests. */
};

struct efti_read_counts {
    uint64_t records;    /* given out */
    uint64_t no_consent; /* not given out: a column of consent does not say yes */
    uint64_t set_aside[EFTI_REASON_COUNT];
    uint64_t field_errors[EFTI_ROLE_COUNT];
    uint64_t cp1252_inputs;   /* read as Windows-1252: a warning */
    uint64_t unknown_columns; /* with a header that says no role, over the inputs */
};

/** Which roles are there at all, over the inputs so far (decides k doubling). */
struct efti_read_shape {
    bool has[EFTI_ROLE_COUNT];
    const char *facet_names[EFTI_MAX_FACETS];
    size_t facet_count;
};

struct efti_reader;
/** `paths` are copied, and so are the options (NULL: all by default). Nothing is opened
 *  yet, save that a mapping is checked. */
eft_status efti_reader_new(const eft_allocator *mem, const char *const *paths,
                           size_t path_count, const struct efti_read_options *options,
                           struct efti_reader **out, eft_error *err);
/** The same over `bytes` in memory, which must outlive the reader. `name_suffix`: "csv",
 *  "jsonl", "txt"; NULL: by the first bytes. */
eft_status efti_reader_over(const eft_allocator *mem, eft_text bytes,
                            const char *name_suffix,
                            const struct efti_read_options *options,
                            struct efti_reader **out, eft_error *err);
void efti_reader_free(struct efti_reader *r);
/** EFT_OK: `*out` filled. EFT_END: no more. Other: unreadable input; message names
 *  "input-2 (argument 4)" style positions, never paths or headers, and what to do. */
eft_status efti_reader_next(struct efti_reader *r, struct efti_record *out,
                            eft_error *err);
const struct efti_read_counts *efti_reader_counts(const struct efti_reader *r);
const struct efti_read_shape *efti_reader_shape(const struct efti_reader *r);

/** `columns FILE`: for each column its header text, position, role. Terminal only: the
 *  caller checks. The callback's header text is document text. */
typedef eft_status (*efti_column_fn)(void *user, uint32_t position, eft_text header,
                                     enum efti_role role);
eft_status efti_read_columns(const eft_allocator *mem, const char *path,
                             const struct efti_read_options *options, efti_column_fn fn,
                             void *user, eft_error *err);

/** "2.14": the jansson that was loaded. */
const char *efti_jansson_version(void);

/** Without white space of any width at its ends. */
eft_text efti_trim(eft_text t);
/** The forms that days.c lists; time and zone behind the date are ignored. EFTI_NO_DAY
 *  when it is none of these, or a year outside 1900-2199. */
int32_t efti_parse_day(const char *bytes, size_t size);
/** Civil date of a day number. */
void efti_civil(int32_t day, int *year, int *month, int *day_of_month);
int32_t efti_day_of(int year, int month, int day); /* EFTI_NO_DAY when not a date */

#endif
