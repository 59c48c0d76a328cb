/*
 * reader.h - what the files of the room share; nobody outside includes it
 *
 *     source.c   bytes of one input in blocks, its encoding
 *     cells.c    bytes -> cells          jsonl.c   bytes -> members
 *     csv.c      cells -> header, rows
 *     folder.c   names -> whole files
 *     roles.c    header -> role          values.c  bytes -> day, feeling, votes, tags
 *     record.c   (role, value) -> efti_record, and what is set aside
 *     reader.c   walks over the inputs and picks the parser
 *
 * Positions inside a record are kept relative to its first byte, because the buffer of
 * the source may move while the record is still growing.
 */
#ifndef EFTI_READ_READER_H
#define EFTI_READ_READER_H

#include "read/read.h"
#include "text/unicode.h"

/* A record larger than this is set aside: it bounds what one damaged quote or a file
 * without line ends can make us hold. */
#define EFTI_READ_LARGEST ((size_t)64 << 20)
#define EFTI_READ_BLOCK ((size_t)256 << 10)

/* Opens every message about an input; goes with EFTI_READ_PLACE(r). */
#define EFTI_READ_AT "input-%u (argument %u)"
#define EFTI_READ_PLACE(r) (r)->input, (r)->argument

/* ------------------------------------------------------------------ source.c */

enum efti_encoding { EFTI_UNDECIDED, EFTI_UTF8, EFTI_CP1252, EFTI_UTF16 };

/** Bytes [start, end) of the buffer are read and not yet used. */
struct efti_source {
    const eft_allocator *mem;
    int fd; /* -1: bytes in memory */
    bool close_fd;
    const char *memory;
    size_t memory_left;
    size_t block;
    char *buffer;
    size_t capacity, start, end;
    size_t looked;   /* buffer index up to which the encoding has been looked at */
    uint64_t offset; /* byte of the input that buffer[0] is */
    enum efti_encoding encoding;
    bool began, eof;
};
void efti_source_init(struct efti_source *s, const eft_allocator *mem, size_t block);
/** Take over an open descriptor, or borrow bytes; then skip a byte order mark. On failure
 *  of reading `*error_number` is errno and the status EFT_E_IO, without a message. */
eft_status efti_source_fd(struct efti_source *s, int fd, bool close_fd,
                          int *error_number);
eft_status efti_source_memory(struct efti_source *s, eft_text bytes);
/** One block more behind `end`; at the end of the input `eof` is set. */
eft_status efti_source_fill(struct efti_source *s, int *error_number);
/** Drop bytes up to behind the next line end (LF, or also CR), from `start`. */
eft_status efti_source_skip_line(struct efti_source *s, bool cr_too, int *error_number);
/** Close the descriptor, keep the buffer. */
void efti_source_end(struct efti_source *s);
void efti_source_free(struct efti_source *s);

/* ------------------------------------------------------------------- roles.c */

/** Where a column goes: its role, and which facet when the role is EFTI_ROLE_FACET. */
struct efti_slot {
    uint8_t role;
    uint8_t facet;
};

/** A mapping of the options, copied, its column name folded. */
struct efti_map {
    enum efti_role role;
    uint8_t facet;
    uint32_t position; /* from 1, or 0 */
    eft_text column;
};

/* --------------------------------------------------------------------- csv.c */

struct efti_cell {
    size_t start, end; /* from the first byte of the row */
    bool doubled;      /* holds "" for " */
};

enum efti_csv_state {
    EFTI_CSV_START,  /* a cell begins */
    EFTI_CSV_PLAIN,  /* in an unquoted cell */
    EFTI_CSV_QUOTED, /* in a quoted cell */
    EFTI_CSV_QUOTE,  /* just behind a quote in a quoted cell */
    EFTI_CSV_AFTER,  /* in spaces behind a closed cell */
    EFTI_CSV_STRAY   /* the row is damaged; to the end of the line */
};

#define EFTI_CSV_NO_SEPARATOR 256  /* no byte */
#define EFTI_CSV_MAX_COLUMNS 16384 /* as many as a sheet of Excel has */

struct efti_csv {
    int separator;
    struct efti_slot *slots; /* of the columns, from the header */
    size_t columns, slot_capacity;
    struct {
        struct efti_cell *items;
        size_t count, capacity;
    } cells;
    size_t keep;  /* cells beyond this number are counted, not kept */
    size_t count; /* cells of the row, kept or not */
    enum efti_csv_state state;
    struct efti_cell cell;
    size_t at;        /* scanned so far */
    size_t text_size; /* of the row, without its line end */
    bool stray, no_memory;
};

enum efti_csv_row {
    EFTI_CSV_ROW_WHOLE,
    EFTI_CSV_ROW_OPEN, /* a quote never closes */
    EFTI_CSV_ROW_LARGE,
    EFTI_CSV_ROW_NONE /* the input is over */
};

/* ------------------------------------------------------------------- jsonl.c */

struct efti_jsonl {
    void *root;                /* json_t of the record given out */
    struct efti_strings *keys; /* member names seen, to their slots */
    struct {
        struct efti_slot *items;
        size_t count, capacity;
    } slots;
    bool seen[EFTI_ROLE_COUNT + EFTI_MAX_FACETS]; /* places of roles, in this input */
};

/* ------------------------------------------------------------------ folder.c */

struct efti_folder {
    int fd; /* of the directory, -1 for a single file */
    struct efti_arena names;
    struct {
        const char **items;
        size_t count, capacity;
    } list;
    size_t next;
    bool cp1252; /* counted already for this input */
};

/* ------------------------------------------------------------------ reader.c */

enum efti_kind { EFTI_KIND_UNKNOWN, EFTI_KIND_CSV, EFTI_KIND_JSONL, EFTI_KIND_TEXT };

struct efti_reader {
    const eft_allocator *mem;
    struct efti_arena keep;    /* paths, mappings: as long as the reader */
    struct efti_arena scratch; /* converted cells: as long as the record */
    struct efti_bytes bytes;   /* of one conversion */
    struct efti_bytes folded;  /* of one header */
    struct efti_unicode *unicode;

    const char **paths;
    size_t path_count;
    eft_text memory; /* in place of paths; no bytes: there are paths */
    const char *suffix;
    struct efti_read_options options;
    uint32_t *arguments;
    struct efti_map *maps;
    size_t map_count;
    bool mapped[EFTI_ROLE_COUNT];
    bool scale_given; /* the caller said which scale feelings have */

    struct efti_read_counts counts;
    struct efti_read_shape shape;
    eft_status ended; /* not EFT_OK: what every later call answers */

    bool open;
    uint32_t input, argument; /* the open input, from 1 */
    uint64_t row;
    bool asks_consent; /* the open input has the column, or the member so far */
    bool gave_unasked; /* a record of it was given out before that was known */
    enum efti_kind kind;
    struct efti_source source;
    struct efti_csv csv;
    struct efti_jsonl jsonl;
    struct efti_folder folder;
};

/** Answer for a failed read or open: position and what to do, never the path. */
eft_status efti_read_io(struct efti_reader *r, int error_number, eft_error *err);
/** A failure of the source: EFT_E_IO gets a message, the rest is no memory. */
eft_status efti_read_source_failed(struct efti_reader *r, eft_status status,
                                   int error_number, eft_error *err);

/** One block more, with a message when it fails. */
eft_status efti_read_fill(struct efti_reader *r, eft_error *err);

/** Scan the row at the start of the source into r->csv; nothing is used up yet. */
eft_status efti_csv_scan_row(struct efti_reader *r, enum efti_csv_row *out,
                             eft_error *err);

/* The parsers: open after the source; next answers EFT_END when the input is over. A
 * record that was set aside makes them go on to the next one by themselves. */
eft_status efti_csv_open(struct efti_reader *r, bool want_text, eft_error *err);
eft_status efti_csv_next(struct efti_reader *r, struct efti_record *out, eft_error *err);
eft_status efti_csv_header(struct efti_reader *r, efti_column_fn fn, void *user,
                           eft_error *err);
void efti_csv_free(struct efti_reader *r);

eft_status efti_jsonl_open(struct efti_reader *r, eft_error *err);
eft_status efti_jsonl_next(struct efti_reader *r, struct efti_record *out,
                           eft_error *err);
eft_status efti_jsonl_columns(struct efti_reader *r, efti_column_fn fn, void *user,
                              eft_error *err);
void efti_jsonl_free(struct efti_reader *r);

eft_status efti_text_folder_open(struct efti_reader *r, int fd, eft_error *err);
eft_status efti_text_folder_next(struct efti_reader *r, struct efti_record *out,
                                 eft_error *err);
void efti_text_folder_close(struct efti_reader *r);
void efti_text_folder_free(struct efti_reader *r);

/* ------------------------------------------------------------------- roles.c */

/** Check and copy the mappings of the options. */
eft_status efti_roles_prepare(struct efti_reader *r,
                              const struct efti_read_options *options, eft_error *err);
/** Fold one header or member name: mapped, recognised, or EFTI_ROLE_NONE. Positions
 *  are not looked at. `scale` (may be NULL) tells that a scale other than 1-5
 *  stands in it. */
eft_status efti_roles_of_name(struct efti_reader *r, eft_text name, struct efti_slot *out,
                              bool *scale, eft_error *err);
/** Slots of all columns; `out` is filled also where the answer is EFT_E_CONFLICT or
 *  EFT_E_MISSING (a mapped column that is not there). */
eft_status efti_roles_assign(struct efti_reader *r, const eft_text *headers, size_t count,
                             struct efti_slot *out, eft_error *err);
void efti_roles_note(struct efti_reader *r, struct efti_slot slot); /* into the shape */

/* ------------------------------------------------------------------ record.c */

void efti_record_begin(struct efti_reader *r, struct efti_record *out, uint64_t byte);
/** Put one value into its field. A value that cannot be read costs the field only. */
void efti_record_set(struct efti_reader *r, struct efti_record *out,
                     struct efti_slot slot, eft_text value);
/** One tag of an array; false when there are too many (the field is dropped). */
void efti_record_tag(struct efti_record *out, eft_text tag);
/** Count it and give it out, or set it aside when its text is above the limit. */
eft_status efti_record_done(struct efti_reader *r, struct efti_record *record,
                            bool *given, eft_error *err);
/** EFT_OK: go on with the next record. */
eft_status efti_record_aside(struct efti_reader *r, uint64_t byte,
                             enum efti_reason reason, eft_error *err);
/** Bytes of the input as UTF-8 in the scratch arena, or as they are. `doubled` quotes are
 *  made single. EFT_E_ENCODING when they cannot be converted. */
eft_status efti_record_convert(struct efti_reader *r, const char *bytes, size_t size,
                               bool doubled, eft_text *out, eft_error *err);

/* ------------------------------------------------------------------ values.c */

bool efti_parse_feeling(eft_text value, double low, double high, double *out);
bool efti_parse_votes(eft_text value, int64_t *out);
/** Is this a yes? Whatever is none, also nothing at all, is a no. */
bool efti_parse_consent(eft_text value);
/** A decimal number with '.' or ',' and at most 15 digits; no exponent. */
bool efti_parse_decimal(eft_text value, double *out);

#endif
