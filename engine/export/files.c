/*
 * files.c - whole files: read at once, or written beside and renamed
 *
 *     FOLDER/.eftertanke-XXXXXX   written and fsynced, mode 0600
 *              │ rename
 *              ▼
 *     FOLDER/NAME                 then FOLDER is fsynced
 *
 * Only ordinary files are read or replaced: a pipe would wait for ever, and a rename over
 * /dev/null would take it from everybody. Paths are never echoed: they can hold a name.
 */
#include "export/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_FILE                                                                         \
    ((uintmax_t)1 << 36) /* 64 GiB: more than any state that fits in memory */

#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE (1u << 0)
#endif

/* ------------------------------------------------------------------- steps */

eft_status
efti_write_bytes(int fd, const void *bytes, size_t size)
{
    return efti_write_all(fd, bytes, size) && fsync(fd) == 0 ? EFT_OK : EFT_E_IO;
}

/* The folder a path lies in, made durable after a rename. Some file systems
 * cannot do that and say EINVAL; the rename has happened all the same, so there
 * is no failing here. */
void
efti_sync_parent(const char *path, char *scratch, size_t size)
{
    const char *slash = strrchr(path, '/');
    size_t n = slash == NULL ? 1 : slash == path ? 1 : (size_t)(slash - path);

    if (n >= size)
        return;
    memcpy(scratch, slash == NULL ? "." : path, n);
    scratch[n] = '\0';
    int fd = open(scratch, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        (void)close(fd);
    }
}

bool
efti_lacks_flags(int why)
{
    return why == EINVAL || why == ENOSYS || why == ENOTSUP;
}

int
efti_rename_new(const char *from, const char *to)
{
    struct stat st;

    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (!efti_lacks_flags(errno))
        return errno;
    if (lstat(to, &st) == 0) /* rename() would go over it */
        return EEXIST;
    return rename(from, to) == 0 ? 0 : errno;
}

/* ----------------------------------------------------------------- writing */

static eft_status
file_refused(eft_error *err, int why)
{
    if (why == EEXIST)
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "the output file exists; --force replaces it");
    if (why == ENOENT || why == ENOTDIR)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "the output file could not be made: its folder is not there");
    if (why == EACCES || why == EPERM || why == EROFS)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "the output file could not be made: you may not write there");
    if (why == ENOSPC || why == EDQUOT)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "the output file could not be written: the disk is full");
    return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                     "the output file could not be written");
}

static eft_status
check_way(const char *path, bool force, eft_error *err)
{
    struct stat st;

    if (lstat(path, &st) != 0)
        return EFT_OK;
    if (!force)
        return file_refused(err, EEXIST);
    if (!S_ISREG(st.st_mode))
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "what is there is no ordinary file and is not replaced: name "
                         "another");
    return EFT_OK;
}

/* `beside` is a template and becomes the name. 0 or errno; on failure nothing is left. */
static int
write_beside(char *beside, const void *bytes, size_t size)
{
    int fd = mkostemp(beside, O_CLOEXEC); /* mode 0600 */
    int why = 0;

    if (fd < 0)
        return errno;
    if (efti_write_bytes(fd, bytes, size) != EFT_OK)
        why = errno;
    if (close(fd) != 0 && why == 0)
        why = errno;
    if (why != 0)
        (void)unlink(beside);
    return why;
}

static int
put_in_place(const char *beside, const char *path, bool force)
{
    int why = !force                      ? efti_rename_new(beside, path)
              : rename(beside, path) != 0 ? errno
                                          : 0;

    if (why != 0)
        (void)unlink(beside);
    return why;
}

eft_status
efti_file_put(const eft_allocator *mem, const char *path, const void *bytes, size_t size,
              bool force, eft_error *err)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    size_t length = folder + sizeof(EFTI_UNFINISHED);
    eft_status st = check_way(path, force, err);

    if (st != EFT_OK)
        return st;
    char *beside = efti_alloc(mem, length);
    if (beside == NULL)
        return efti_no_memory(err, "a file name");
    memcpy(beside, path, folder);
    memcpy(beside + folder, EFTI_UNFINISHED, sizeof(EFTI_UNFINISHED));
    int why = write_beside(beside, bytes, size);
    if (why == 0)
        why = put_in_place(beside, path, force);
    if (why == 0)
        efti_sync_parent(path, beside, length);
    efti_release(mem, beside, length);
    return why == 0 ? EFT_OK : file_refused(err, why);
}

static eft_status
taken(eft_error *err)
{
    return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                     "the output file exists: name another");
}

/* A folder beside, so that the file has the mode that its maker gives it. */
eft_status
efti_file_fill(const eft_allocator *mem, const char *path,
               eft_status (*fill)(void *user, const char *name, eft_error *err),
               void *user, eft_error *err)
{
    static const char name[] = "/file";
    const char *slash = strrchr(path, '/');
    const size_t folder = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    const size_t end = folder + sizeof(EFTI_UNFINISHED) - 1;
    const size_t length = end + sizeof(name);
    eft_status st = EFT_OK;
    struct stat found;

    if (lstat(path, &found) == 0)
        return taken(err);
    char *beside = efti_alloc(mem, length);
    if (beside == NULL)
        return efti_no_memory(err, "a file name");
    memcpy(beside, path, folder);
    memcpy(beside + folder, EFTI_UNFINISHED, sizeof(EFTI_UNFINISHED));
    if (mkdtemp(beside) == NULL) {
        st = file_refused(err, errno);
    } else {
        memcpy(beside + end, name, sizeof(name));
        int why = 0;
        if ((st = fill(user, beside, err)) == EFT_OK)
            why = put_in_place(beside, path, false);
        beside[end] = '\0';
        (void)rmdir(beside);
        if (st == EFT_OK && why != 0)
            st = why == EEXIST ? taken(err) : file_refused(err, why);
        if (st == EFT_OK)
            efti_sync_parent(path, beside, length);
    }
    efti_release(mem, beside, length);
    return st;
}

/* ----------------------------------------------------------------- reading */

static eft_status
unreadable(eft_error *err, int why)
{
    if (why == ENOENT || why == ENOTDIR)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "a file could not be read: it is not there");
    if (why == EACCES || why == EPERM)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "a file could not be read: you may not read it");
    return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET, "a file could not be read");
}

static eft_status
check_kind(int fd, size_t *size, eft_error *err)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return unreadable(err, errno);
    if (S_ISDIR(st.st_mode))
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "a file could not be read: it is a folder");
    if (!S_ISREG(st.st_mode))
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "a file could not be read: it is no ordinary file");
    if ((uintmax_t)st.st_size > MAX_FILE || (uintmax_t)st.st_size >= SIZE_MAX)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "a file is larger than 64 GiB");
    *size = (size_t)st.st_size;
    return EFT_OK;
}

static eft_status
read_whole(int fd, struct efti_bytes *out, eft_error *err)
{
    size_t size = 0;
    eft_status st = check_kind(fd, &size, err);

    if (st != EFT_OK)
        return st;
    if (!efti_reserve(out->mem, &out->data, &out->capacity, size + 1, 1))
        return efti_no_memory(err, "a file");
    if (!efti_read_all(fd, out->data, size, &out->size))
        return unreadable(err, errno);
    return out->size == size ? EFT_OK
                             : efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                                         "a file changed while it was read");
}

eft_status
efti_file_get(const char *path, struct efti_bytes *out, eft_error *err)
{
    /* O_NONBLOCK: opening a pipe that nobody writes to must not wait. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

    efti_bytes_clear(out);
    if (fd < 0)
        return unreadable(err, errno);
    eft_status st = read_whole(fd, out, err);
    (void)close(fd);
    if (st != EFT_OK)
        efti_bytes_clear(out);
    return st;
}
