/*
 * reader.c - over the inputs, one record at a time
 *
 * Opens an input, finds out what it is, and hands the work to csv.c, jsonl.c or folder.c:
 *
 *     a folder                          its .txt files
 *     .txt                              one reflection
 *     .csv .tsv .tab                    a table
 *     .jsonl .ndjson .json              JSON Lines
 *     any other name, standard input    a table, or JSON Lines if it begins with {
 *
 * A failure ends the reader: every later call gives the same answer. Messages name inputs
 * by number and place on the command line; paths are never repeated, because they hold
 * names of people more often than one would think.
 */
#include "read/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* ------------------------------------------------------------------ messages */

eft_status
efti_read_io(struct efti_reader *r, int error_number, eft_error *err)
{
    const char *what;

    switch (error_number) {
    case ENOENT:
    case ENOTDIR: what = "is not there; check how it is spelled"; break;
    case EACCES:
    case EPERM: what = "may not be read; check its permissions"; break;
    case EISDIR: what = "is a folder, not a file; name the files in it"; break;
    case EMFILE:
    case ENFILE: what = "cannot be opened: too many files are open"; break;
    default: what = "cannot be read; check the disk or the connection it is on"; break;
    }
    return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET, EFTI_READ_AT " %s (system error %d)",
                     EFTI_READ_PLACE(r), what, error_number);
}

eft_status
efti_read_source_failed(struct efti_reader *r, eft_status status, int error_number,
                        eft_error *err)
{
    if (status == EFT_OK)
        return EFT_OK;
    if (status == EFT_E_IO)
        return efti_read_io(r, error_number, err);
    return efti_no_memory(err, "a block of input");
}

eft_status
efti_read_fill(struct efti_reader *r, eft_error *err)
{
    int number = 0;
    const eft_status status = efti_source_fill(&r->source, &number);

    return efti_read_source_failed(r, status, number, err);
}

/* ---------------------------------------------------------------- new, free */

static eft_status
reader_copy_paths(struct efti_reader *r, const char *const *paths, size_t count,
                  eft_error *err)
{
    size_t bytes, standard = 0;

    if (count > UINT32_MAX || !efti_mul(count, sizeof *r->paths, &bytes))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "there are too many inputs");
    r->paths = efti_arena_alloc(&r->keep, bytes, alignof(const char *));
    if (r->paths == NULL)
        return efti_no_memory(err, "the list of inputs");
    for (size_t i = 0; i < count; i++) {
        r->paths[i] = efti_arena_copy(&r->keep, paths[i], strlen(paths[i]));
        if (r->paths[i] == NULL)
            return efti_no_memory(err, "the list of inputs");
        standard += strcmp(paths[i], "-") == 0;
    }
    if (standard > 1)
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "standard input (-) can be read only once");
    r->path_count = count;
    return EFT_OK;
}

static eft_status
reader_copy_options(struct efti_reader *r, const struct efti_read_options *options,
                    eft_error *err)
{
    static const struct efti_read_options none;
    struct efti_read_options *o = &r->options;

    *o = options != NULL ? *options : none;
    r->scale_given = o->feeling_low < 0 || o->feeling_low > 0 || o->feeling_high < 0 ||
                     o->feeling_high > 0;
    if (!r->scale_given) {
        o->feeling_low = 1;
        o->feeling_high = 5;
    }
    if (!(o->feeling_low < o->feeling_high))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "the scale of feelings must rise: LOW-HIGH");
    if (o->separator == '"' || o->separator == '\n' || o->separator == '\r' ||
        (unsigned char)o->separator >= 0x80)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a separator is one ASCII character, no quote and no line end");
    if (o->arguments != NULL && r->path_count > 0) {
        const size_t bytes = r->path_count * sizeof *r->arguments; /* as many as paths */
        r->arguments = efti_arena_alloc(&r->keep, bytes, alignof(uint32_t));
        if (r->arguments == NULL)
            return efti_no_memory(err, "the list of inputs");
        memcpy(r->arguments, o->arguments, bytes);
    }
    o->arguments = NULL; /* the caller's; so are the mappings, of which we take copies */
    o->mappings = NULL;
    return efti_roles_prepare(r, options, err);
}

static eft_status
reader_new(const eft_allocator *mem, const struct efti_read_options *options,
           struct efti_reader **out, eft_error *err)
{
    struct efti_reader *r = efti_zalloc(mem, 1, sizeof *r);
    eft_status status;

    *out = NULL;
    if (r == NULL)
        return efti_no_memory(err, "a reader");
    r->mem = mem;
    r->folder.fd = -1;
    efti_arena_init(&r->keep, mem);
    efti_arena_init(&r->scratch, mem);
    efti_arena_init(&r->folder.names, mem);
    efti_bytes_init(&r->bytes, mem);
    efti_bytes_init(&r->folded, mem);
    efti_source_init(&r->source, mem, options != NULL ? options->block_size : 0);
    status = efti_unicode_new(mem, &r->unicode, err);
    if (status != EFT_OK) {
        efti_reader_free(r);
        return status;
    }
    *out = r;
    return EFT_OK;
}

eft_status
efti_reader_new(const eft_allocator *mem, const char *const *paths, size_t path_count,
                const struct efti_read_options *options, struct efti_reader **out,
                eft_error *err)
{
    eft_status status = reader_new(mem, options, out, err);

    if (status == EFT_OK)
        status = reader_copy_paths(*out, paths, path_count, err);
    if (status == EFT_OK)
        status = reader_copy_options(*out, options, err);
    if (status != EFT_OK) {
        efti_reader_free(*out);
        *out = NULL;
    }
    return status;
}

eft_status
efti_reader_over(const eft_allocator *mem, eft_text bytes, const char *name_suffix,
                 const struct efti_read_options *options, struct efti_reader **out,
                 eft_error *err)
{
    eft_status status = reader_new(mem, options, out, err);

    if (status == EFT_OK)
        status = reader_copy_options(*out, options, err);
    if (status == EFT_OK && name_suffix != NULL) {
        (*out)->suffix = efti_arena_copy(&(*out)->keep, name_suffix, strlen(name_suffix));
        if ((*out)->suffix == NULL)
            status = efti_no_memory(err, "a reader");
    }
    if (status != EFT_OK) {
        efti_reader_free(*out);
        *out = NULL;
        return status;
    }
    (*out)->memory = bytes.bytes != NULL ? bytes : (eft_text){"", 0};
    (*out)->path_count = 1;
    return EFT_OK;
}

void
efti_reader_free(struct efti_reader *r)
{
    const eft_allocator *mem;

    if (r == NULL)
        return;
    mem = r->mem;
    efti_csv_free(r);
    efti_jsonl_free(r);
    efti_text_folder_free(r);
    efti_source_free(&r->source);
    efti_unicode_free(r->unicode);
    efti_bytes_free(&r->bytes);
    efti_bytes_free(&r->folded);
    efti_arena_free(&r->scratch);
    efti_arena_free(&r->keep);
    efti_release(mem, r, sizeof *r);
}

/* ------------------------------------------------------------------- opening */

static enum efti_kind
reader_kind_of_suffix(const char *suffix)
{
    static const struct {
        const char *suffix;
        enum efti_kind kind;
    } known[] = {
        {"csv", EFTI_KIND_CSV},      {"tsv", EFTI_KIND_CSV},
        {"tab", EFTI_KIND_CSV},      {"jsonl", EFTI_KIND_JSONL},
        {"ndjson", EFTI_KIND_JSONL}, {"json", EFTI_KIND_JSONL},
        {"txt", EFTI_KIND_TEXT},
    };

    for (size_t i = 0; i < EFTI_COUNT(known); i++) {
        size_t at = 0;
        while (suffix[at] != '\0' && (suffix[at] | 0x20) == known[i].suffix[at])
            at++;
        if (suffix[at] == '\0' && known[i].suffix[at] == '\0')
            return known[i].kind;
    }
    return EFTI_KIND_UNKNOWN;
}

static enum efti_kind
reader_kind_of_path(const char *path)
{
    const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');

    if (dot == NULL || (slash != NULL && dot < slash))
        return EFTI_KIND_UNKNOWN;
    return reader_kind_of_suffix(dot + 1);
}

static inline bool
reader_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The first byte that is no white space, NUL when there is none; four bytes at least are
 * in the buffer then, if the input has them. */
static eft_status
reader_first_byte(struct efti_reader *r, char *first, eft_error *err)
{
    const struct efti_source *s = &r->source;
    size_t at = 0; /* from s->start, which a fill moves */

    *first = '\0';
    for (;;) {
        const size_t size = s->end - s->start;
        eft_status status;

        while (at < size && reader_is_blank(s->buffer[s->start + at]))
            at++;
        if (at < size)
            *first = s->buffer[s->start + at];
        if (s->eof || (at < size && size >= 4) || size > EFTI_READ_LARGEST)
            return EFT_OK;
        status = efti_read_fill(r, err);
        if (status != EFT_OK)
            return status;
    }
}

static bool
reader_begins(const struct efti_source *s, const char four[4])
{
    return s->end - s->start >= 4 && memcmp(s->buffer + s->start, four, 4) == 0;
}

/* Told by its mark, or without one by a zero beside each of the first two letters. */
static bool
reader_is_utf16(const struct efti_source *s)
{
    const char *at = s->buffer + s->start;

    return s->encoding == EFTI_UTF16 ||
           (s->end - s->start >= 4 && (at[0] == 0) == (at[2] == 0) &&
            (at[1] == 0) == (at[3] == 0) && (at[0] == 0) != (at[1] == 0));
}

/* What the first bytes say, beyond any suffix: some files cannot be what they claim. */
static eft_status
reader_look(struct efti_reader *r, eft_error *err)
{
    char first;
    const eft_status status = reader_first_byte(r, &first, err);

    if (status != EFT_OK)
        return status;
    if (reader_is_utf16(&r->source))
        return efti_fail(err, EFT_E_ENCODING, 0,
                         EFTI_READ_AT
                         " is UTF-16; save it as UTF-8 (in Excel: \"CSV UTF-8\")",
                         EFTI_READ_PLACE(r));
    if (reader_begins(&r->source, "%PDF"))
        return efti_fail(err, EFT_E_FORMAT, 0,
                         EFTI_READ_AT
                         " is a PDF; give the table or the texts it was made "
                         "from",
                         EFTI_READ_PLACE(r));
    if (reader_begins(&r->source, "PK\3\4") ||
        reader_begins(&r->source, "\xD0\xCF\x11\xE0") ||
        reader_begins(&r->source, "\x1F\x8B\b\0") || /* gzip, without a name */
        reader_begins(&r->source, "\x1F\x8B\b\b"))
        return efti_fail(err, EFT_E_FORMAT, 0,
                         EFTI_READ_AT " is a workbook or an archive; save the sheet as "
                                      "\"CSV UTF-8\" and give that file",
                         EFTI_READ_PLACE(r));
    if (r->kind == EFTI_KIND_UNKNOWN)
        r->kind = first == '{' ? EFTI_KIND_JSONL : EFTI_KIND_CSV;
    if (r->kind == EFTI_KIND_JSONL && first == '[')
        return efti_fail(err, EFT_E_FORMAT, 0,
                         EFTI_READ_AT
                         " is one JSON array; JSON Lines has one object on each "
                         "line (jq -c '.[]' makes them)",
                         EFTI_READ_PLACE(r));
    return EFT_OK;
}

/* Files and folders become a source, or a folder with EFTI_KIND_TEXT and its own fd. */
static eft_status
reader_open_path(struct efti_reader *r, const char *path, int *folder_fd, eft_error *err)
{
    const bool standard = strcmp(path, "-") == 0;
    const int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat what;
    int number = 0;
    eft_status status;

    if (fd < 0 || fstat(fd, &what) != 0) {
        number = errno;
        if (fd >= 0 && !standard)
            (void)close(fd);
        return efti_read_io(r, number, err);
    }
    r->kind = standard ? EFTI_KIND_UNKNOWN : reader_kind_of_path(path);
    if (S_ISDIR(what.st_mode) && !standard && r->kind == EFTI_KIND_UNKNOWN) {
        r->kind = EFTI_KIND_TEXT;
        *folder_fd = fd;
        return EFT_OK;
    }
    status = efti_source_fd(&r->source, fd, !standard, &number); /* a folder: EISDIR */
    return efti_read_source_failed(r, status, number, err);
}

static eft_status
reader_open_source(struct efti_reader *r, int *folder_fd, eft_error *err)
{
    *folder_fd = -1;
    if (r->memory.bytes != NULL) {
        r->kind =
            r->suffix != NULL ? reader_kind_of_suffix(r->suffix) : EFTI_KIND_UNKNOWN;
        return efti_read_source_failed(r, efti_source_memory(&r->source, r->memory), 0,
                                       err);
    }
    return reader_open_path(r, r->paths[r->input - 1], folder_fd, err);
}

/* The next input, up to its kind and (for a table, if wanted) its header. */
static eft_status
reader_open_next(struct efti_reader *r, bool header, eft_error *err)
{
    int folder_fd;
    eft_status status;

    r->input++;
    r->argument = r->arguments != NULL ? r->arguments[r->input - 1] : r->input;
    r->row = 0;
    /* a consent that was asked for and is not there is none */
    r->asks_consent = r->mapped[EFTI_ROLE_CONSENT];
    r->gave_unasked = false;
    r->open = true;
    status = reader_open_source(r, &folder_fd, err);
    if (status != EFT_OK)
        return status;
    if (folder_fd >= 0)
        return efti_text_folder_open(r, folder_fd, err);
    status = reader_look(r, err);
    if (status != EFT_OK || !header)
        return status;
    switch (r->kind) {
    case EFTI_KIND_TEXT: return efti_text_folder_open(r, -1, err);
    case EFTI_KIND_JSONL: return efti_jsonl_open(r, err);
    default: return efti_csv_open(r, !r->options.text_optional, err);
    }
}

static void
reader_close(struct efti_reader *r)
{
    if (r->kind != EFTI_KIND_TEXT && r->source.encoding == EFTI_CP1252)
        r->counts.cp1252_inputs++;
    efti_source_end(&r->source);
    r->source.encoding = EFTI_UNDECIDED;
    efti_text_folder_close(r);
    r->open = false;
}

/* ------------------------------------------------------------------- reading */

static eft_status
reader_next_of_input(struct efti_reader *r, struct efti_record *out, eft_error *err)
{
    switch (r->kind) {
    case EFTI_KIND_TEXT: return efti_text_folder_next(r, out, err);
    case EFTI_KIND_JSONL: return efti_jsonl_next(r, out, err);
    default: return efti_csv_next(r, out, err);
    }
}

static eft_status
reader_next(struct efti_reader *r, struct efti_record *out, eft_error *err)
{
    for (;;) {
        eft_status status = EFT_OK;

        if (!r->open && r->input == r->path_count)
            return EFT_END;
        if (!r->open)
            status = reader_open_next(r, true, err);
        if (status == EFT_OK)
            status = reader_next_of_input(r, out, err);
        if (status != EFT_END)
            return status;
        reader_close(r);
    }
}

eft_status
efti_reader_next(struct efti_reader *r, struct efti_record *out, eft_error *err)
{
    eft_status status = r->ended;

    if (status == EFT_OK)
        status = reader_next(r, out, err);
    else if (status != EFT_END)
        (void)efti_fail(err, status, EFT_NO_OFFSET,
                        "reading has ended with an error before");
    if (status == EFT_OK)
        return EFT_OK;
    memset(out, 0, sizeof *out);
    if (status == EFT_STOP) /* the callback has seen enough */
        status = EFT_END;
    if (r->open)
        reader_close(r);
    r->ended = status;
    return status;
}

const struct efti_read_counts *
efti_reader_counts(const struct efti_reader *r)
{
    return &r->counts;
}

const struct efti_read_shape *
efti_reader_shape(const struct efti_reader *r)
{
    return &r->shape;
}

eft_status
efti_read_columns(const eft_allocator *mem, const char *path,
                  const struct efti_read_options *options, efti_column_fn fn, void *user,
                  eft_error *err)
{
    struct efti_reader *r;
    eft_status status = efti_reader_new(mem, &path, 1, options, &r, err);

    if (status != EFT_OK)
        return status;
    status = reader_open_next(r, false, err);
    if (status == EFT_OK && r->kind == EFTI_KIND_JSONL)
        status = efti_jsonl_columns(r, fn, user, err);
    else if (status == EFT_OK && r->kind == EFTI_KIND_CSV)
        status = efti_csv_header(r, fn, user, err);
    efti_reader_free(r);
    return status;
}
