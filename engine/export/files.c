/*
 * files.c - whole files: read at once, or written beside and renamed
 *
 * Paths are never echoed: they can hold a name.
 */
#include "export/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_FILE ((off_t)1 << 36) /* 64 GiB: more than any state that fits in memory */

eft_status
efti_write_bytes(int fd, const void *bytes, size_t size)
{
    const char *p = bytes;

    while (size > 0) {
        ssize_t n = write(fd, p, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return EFT_E_IO;
        p += n;
        size -= (size_t)n;
    }
    return fsync(fd) == 0 ? EFT_OK : EFT_E_IO;
}

/* The folder a path lies in, made durable after a rename. */
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

static eft_status
file_refused(eft_error *err, int why)
{
    if (why == ENOENT)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "the output file could not be made: its folder is not there");
    if (why == EACCES || why == EPERM || why == EROFS)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "the output file could not be made: you may not write there");
    if (why == ENOSPC || why == EDQUOT)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "the output file could not be written: the disk is full");
    return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET, "the output file could not be written");
}

eft_status
efti_file_put(const eft_allocator *mem, const char *path, const void *bytes, size_t size,
              bool force, eft_error *err)
{
    size_t length = strlen(path) + 8;
    struct stat st;

    if (!force && lstat(path, &st) == 0)
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "the output file exists; --force replaces it");
    char *beside = efti_alloc(mem, length);
    if (beside == NULL)
        return efti_no_memory(err, "a file name");
    (void)snprintf(beside, length, "%s.XXXXXX", path);
    int fd = mkostemp(beside, O_CLOEXEC); /* mode 0600 */
    int why = errno;
    eft_status st_write = fd < 0 ? EFT_E_IO : efti_write_bytes(fd, bytes, size);
    if (fd >= 0 && st_write != EFT_OK)
        why = errno;
    if (fd >= 0 && close(fd) != 0 && st_write == EFT_OK) {
        why = errno;
        st_write = EFT_E_IO;
    }
    if (st_write == EFT_OK && rename(beside, path) != 0) {
        why = errno;
        st_write = EFT_E_IO;
    }
    if (st_write != EFT_OK && fd >= 0)
        (void)unlink(beside);
    if (st_write == EFT_OK)
        efti_sync_parent(path, beside, length);
    efti_release(mem, beside, length);
    return st_write == EFT_OK ? EFT_OK : file_refused(err, why);
}

eft_status
efti_file_get(const char *path, struct efti_bytes *out, eft_error *err)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    efti_bytes_clear(out);
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > MAX_FILE) {
        if (fd >= 0)
            (void)close(fd);
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "a file could not be read: is it there, a file, and yours to read?");
    }
    if (!efti_reserve(out->mem, &out->data, &out->capacity,
                      (size_t)st.st_size + 1, 1)) {
        (void)close(fd);
        return efti_no_memory(err, "a file");
    }
    while (out->size < (size_t)st.st_size) {
        ssize_t n = read(fd, out->data + out->size, (size_t)st.st_size - out->size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        out->size += (size_t)n;
    }
    (void)close(fd);
    if (out->size != (size_t)st.st_size)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET, "a file changed while it was read");
    return EFT_OK;
}
