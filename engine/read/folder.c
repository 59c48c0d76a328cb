/*
 * folder.c - a folder of .txt files, one reflection in each, or one such file alone
 *
 * Files are taken in the order of the bytes of their names, not the order the file system
 * happens to give. The id is the name without ".txt", so it is document text. Hidden
 * files (also the "._" twins that macOS leaves) and folders within the folder are not
 * read; the file's encoding is decided for each by itself, since they come from many
 * editors.
 */
#include "read/reader.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
folder_is_text(const char *name)
{
    const size_t size = strlen(name);

    return size > 4 && name[0] != '.' && name[size - 4] == '.' &&
           (name[size - 3] | 0x20) == 't' && (name[size - 2] | 0x20) == 'x' &&
           (name[size - 1] | 0x20) == 't';
}

static int
folder_order(const void *a, const void *b, void *unused)
{
    (void)unused;
    return strcmp(*(const char *const *)a, *(const char *const *)b); /* bytes, unsigned */
}

static eft_status
folder_add(struct efti_reader *r, const char *name, eft_error *err)
{
    struct efti_folder *f = &r->folder;
    const char *copy;

    if (!folder_is_text(name))
        return EFT_OK;
    copy = efti_arena_copy(&f->names, name, strlen(name));
    if (copy == NULL || !EFTI_PUSH(r->mem, &f->list))
        return efti_no_memory(err, "a list of files");
    f->list.items[f->list.count - 1] = copy;
    return EFT_OK;
}

static eft_status
folder_list(struct efti_reader *r, DIR *dir, eft_error *err)
{
    for (;;) {
        const struct dirent *entry;
        eft_status status;

        errno = 0;
        entry = readdir(dir);
        if (entry == NULL)
            return errno == 0 ? EFT_OK : efti_read_io(r, errno, err);
        status = folder_add(r, entry->d_name, err);
        if (status != EFT_OK)
            return status;
    }
}

/* Take over `fd`, a folder; -1 for a single file, whose source is open already. */
eft_status
efti_text_folder_open(struct efti_reader *r, int fd, eft_error *err)
{
    struct efti_folder *f = &r->folder;
    eft_status status;
    DIR *dir;
    int copy;

    f->fd = fd;
    f->next = f->list.count = 0;
    f->cp1252 = false;
    efti_arena_reset(&f->names);
    efti_roles_note(r, (struct efti_slot){EFTI_ROLE_TEXT, 0});
    if (fd < 0)
        return EFT_OK;
    efti_roles_note(r, (struct efti_slot){EFTI_ROLE_ID, 0});
    copy = fcntl(fd, F_DUPFD_CLOEXEC, 0); /* closedir() takes its descriptor with it */
    dir = copy < 0 ? NULL : fdopendir(copy);
    if (dir == NULL) {
        const int number = errno;
        if (copy >= 0)
            (void)close(copy);
        return efti_read_io(r, number, err);
    }
    status = folder_list(r, dir, err);
    (void)closedir(dir);
    if (status != EFT_OK)
        return status;
    if (f->list.count == 0)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         EFTI_READ_AT
                         " is a folder without .txt files; name the files in it "
                         "that should be read",
                         EFTI_READ_PLACE(r));
    efti_sort(f->list.items, f->list.count, sizeof *f->list.items, folder_order, NULL);
    return EFT_OK;
}

void
efti_text_folder_close(struct efti_reader *r)
{
    if (r->folder.fd >= 0)
        (void)close(r->folder.fd);
    r->folder.fd = -1;
}

void
efti_text_folder_free(struct efti_reader *r)
{
    efti_text_folder_close(r);
    EFTI_ARRAY_FREE(r->mem, &r->folder.list);
    efti_arena_free(&r->folder.names);
}

/* --------------------------------------------------------------------- files */

/* Open one file as the source. A pipe or a device in the folder must not make us wait, so
 * only regular files are opened for good. */
static eft_status
folder_open_file(struct efti_reader *r, const char *name, enum efti_reason *reason)
{
    const int fd =
        openat(r->folder.fd, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat what;
    int number = 0;
    eft_status status;

    if (fd < 0 || fstat(fd, &what) != 0 || !S_ISREG(what.st_mode)) {
        if (fd >= 0)
            (void)close(fd);
        *reason = EFTI_REASON_UNREADABLE;
        return EFT_OK;
    }
    status = efti_source_fd(&r->source, fd, true, &number);
    if (status == EFT_E_IO) {
        *reason = EFTI_REASON_UNREADABLE;
        return EFT_OK;
    }
    return status;
}

/* The rest of the source, up to the limit. */
static eft_status
folder_read_whole(struct efti_reader *r, enum efti_reason *reason)
{
    struct efti_source *s = &r->source;
    int number = 0;

    while (!s->eof && s->end - s->start <= EFTI_READ_LARGEST) {
        const eft_status status = efti_source_fill(s, &number);
        if (status == EFT_E_IO)
            *reason = EFTI_REASON_UNREADABLE;
        if (status != EFT_OK)
            return status == EFT_E_IO ? EFT_OK : status;
    }
    if (s->end - s->start > EFTI_READ_LARGEST)
        *reason = EFTI_REASON_TOO_LARGE;
    return EFT_OK;
}

static void
folder_count_cp1252(struct efti_reader *r)
{
    if (r->source.encoding == EFTI_CP1252 && !r->folder.cp1252) {
        r->folder.cp1252 = true;
        r->counts.cp1252_inputs++;
    }
}

static eft_status
folder_text(struct efti_reader *r, struct efti_record *out, enum efti_reason *reason,
            eft_error *err)
{
    const struct efti_source *s = &r->source;
    eft_text text;
    const eft_status status = efti_record_convert(r, s->buffer + s->start,
                                                  s->end - s->start, false, &text, err);

    if (status == EFT_E_ENCODING || s->encoding == EFTI_UTF16 ||
        (status == EFT_OK &&
         efti_utf8_valid_prefix(text.bytes, text.size) != text.size)) {
        *reason = EFTI_REASON_NOT_UTF8;
        return EFT_OK;
    }
    if (status == EFT_OK)
        efti_record_set(r, out, (struct efti_slot){EFTI_ROLE_TEXT, 0}, text);
    return status;
}

/* The name is from the file system, where any bytes may be a name. */
static void
folder_id(struct efti_reader *r, const char *name, struct efti_record *out)
{
    const size_t size = strlen(name) - 4;

    if (efti_utf8_valid_prefix(name, size) == size)
        efti_record_set(r, out, (struct efti_slot){EFTI_ROLE_ID, 0},
                        (eft_text){name, size});
    else
        out->field_errors |= UINT32_C(1) << EFTI_ROLE_ID;
}

static eft_status
folder_take_file(struct efti_reader *r, const char *name, struct efti_record *out,
                 bool *given, eft_error *err)
{
    enum efti_reason reason = EFTI_REASON_NONE;
    eft_status status = EFT_OK;

    r->row++;
    efti_arena_reset(&r->scratch);
    efti_record_begin(r, out, 0);
    if (name != NULL)
        status = folder_open_file(r, name, &reason);
    if (status == EFT_OK && reason == EFTI_REASON_NONE)
        status = folder_read_whole(r, &reason);
    efti_source_end(&r->source);
    if (status != EFT_OK)
        return efti_no_memory(err, "a text");
    if (reason == EFTI_REASON_NONE) {
        folder_count_cp1252(r);
        status = folder_text(r, out, &reason, err);
    }
    if (status != EFT_OK)
        return status;
    if (reason != EFTI_REASON_NONE)
        return efti_record_aside(r, 0, reason, err);
    if (name != NULL)
        folder_id(r, name, out);
    return efti_record_done(r, out, given, err);
}

eft_status
efti_text_folder_next(struct efti_reader *r, struct efti_record *out, eft_error *err)
{
    struct efti_folder *f = &r->folder;
    bool given = false;

    while (!given) {
        const bool single = f->fd < 0;
        eft_status status;

        if (f->next == (single ? 1 : f->list.count))
            return EFT_END;
        f->next++;
        status = folder_take_file(r, single ? NULL : f->list.items[f->next - 1], out,
                                  &given, err);
        if (status != EFT_OK)
            return status;
    }
    return EFT_OK;
}
