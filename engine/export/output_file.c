/*
 * output_file.c - a sensitive file of an unfinished results folder, written bit by bit
 *
 * For files that may be larger than memory. Mode 0600, no hash (a person may work on what
 * is sensitive); what was not finished goes with the folder.
 */
#include "export/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define WAITING ((size_t)1 << 18) /* bytes before they are written */

struct efti_output_file {
    const eft_allocator *mem;
    struct efti_bytes waiting;
    int fd;
};

static eft_status
output_file_refused(eft_error *err)
{
    return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                     errno == ENOSPC
                         ? "a file of the results could not be written: the disk is full"
                         : "a file of the results could not be written");
}

static eft_status
flush_waiting(struct efti_output_file *f, eft_error *err)
{
    if (!efti_write_all(f->fd, f->waiting.data, f->waiting.size))
        return output_file_refused(err);
    efti_bytes_clear(&f->waiting);
    return EFT_OK;
}

eft_status
efti_output_file_new(const eft_allocator *mem, struct efti_output *o, const char *name,
                     struct efti_output_file **out, eft_error *err)
{
    struct efti_output_file *f = efti_zalloc(mem, 1, sizeof(*f));

    *out = NULL;
    if (f == NULL)
        return efti_no_memory(err, "a file of the results");
    f->mem = mem;
    efti_bytes_init(&f->waiting, mem);
    f->fd =
        open(efti_output_path(o, name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (f->fd < 0) {
        efti_output_file_free(f);
        return output_file_refused(err);
    }
    *out = f;
    return EFT_OK;
}

eft_status
efti_output_file_add(struct efti_output_file *f, const void *bytes, size_t size,
                     eft_error *err)
{
    efti_put(&f->waiting, bytes, size);
    if (f->waiting.failed)
        return efti_no_memory(err, "a file of the results");
    return f->waiting.size < WAITING ? EFT_OK : flush_waiting(f, err);
}

eft_status
efti_output_file_done(struct efti_output_file *f, eft_error *err)
{
    eft_status st = flush_waiting(f, err);

    return st == EFT_OK && fsync(f->fd) != 0 ? output_file_refused(err) : st;
}

void
efti_output_file_free(struct efti_output_file *f)
{
    if (f == NULL)
        return;
    if (f->fd >= 0)
        (void)close(f->fd);
    efti_bytes_free(&f->waiting);
    efti_release(f->mem, f, sizeof(*f));
}
