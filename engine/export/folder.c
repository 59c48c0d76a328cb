/*
 * folder.c - a results folder that appears whole or not at all
 *
 *     PARENT/.eftertanke-XXXXXX   filled, every file fsynced
 *              │ finish: rename, or exchange with an earlier results folder
 *              ▼
 *     PARENT/NAME
 *
 * kill -9 at any moment leaves at most the hidden unfinished folder. Only a folder that is
 * empty or holds our manifest.json is ever replaced.
 */
#include "export/internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef RENAME_EXCHANGE
#define RENAME_EXCHANGE (1u << 1)
#endif
#define PATH_ROOM 4096

struct efti_folder {
    const eft_allocator *mem;
    bool finished, replace;
    char final_path[PATH_ROOM];
    char path[PATH_ROOM];    /* unfinished */
    char scratch[PATH_ROOM]; /* path of one file */
};

static eft_status
folder_refused(eft_error *err, int why)
{
    if (why == ENOENT || why == ENOTDIR)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "the results folder could not be made: the folder it should lie in "
                         "is not there");
    if (why == EACCES || why == EPERM || why == EROFS)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "the results folder could not be made: you may not write there");
    if (why == ENOSPC || why == EDQUOT)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "the results could not be written: the disk is full");
    return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET, "the results could not be written");
}

/* Ours (holds manifest.json) or empty? */
static bool
may_replace(const char *path)
{
    DIR *d = opendir(path);
    bool ours = false, empty = true;

    if (d == NULL)
        return false;
    for (const struct dirent *e; (e = readdir(d)) != NULL;) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        empty = false;
        ours = ours || strcmp(e->d_name, "manifest.json") == 0;
    }
    (void)closedir(d);
    return ours || empty;
}

static eft_status
check_final(struct efti_folder *f, bool force, eft_error *err)
{
    struct stat st;

    if (lstat(f->final_path, &st) != 0)
        return EFT_OK;
    if (!force)
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "the results folder exists; --force replaces earlier results");
    if (!S_ISDIR(st.st_mode) || !may_replace(f->final_path))
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "what is there is no results folder of ours and is not replaced: "
                         "name another");
    f->replace = true;
    return EFT_OK;
}

eft_status
efti_folder_open(const eft_allocator *mem, const char *final_path, bool force,
                 struct efti_folder **out, eft_error *err)
{
    size_t n = strlen(final_path);

    *out = NULL;
    while (n > 1 && final_path[n - 1] == '/')
        n--;
    if (n == 0 || n + 40 > PATH_ROOM)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "the results folder has no name, or one that is too long");
    struct efti_folder *f = efti_zalloc(mem, 1, sizeof(*f));
    if (f == NULL)
        return efti_no_memory(err, "a results folder");
    f->mem = mem;
    f->finished = true; /* nothing to remove yet */
    memcpy(f->final_path, final_path, n);
    eft_status st = check_final(f, force, err);
    if (st == EFT_OK) {
        const char *slash = strrchr(f->final_path, '/');
        int parent = slash == NULL ? 0 : (int)(slash - f->final_path + 1);
        (void)snprintf(f->path, sizeof(f->path), "%.*s.eftertanke-XXXXXX", parent,
                       f->final_path);
        if (mkdtemp(f->path) == NULL)
            st = folder_refused(err, errno);
        else
            f->finished = false;
    }
    if (st != EFT_OK) {
        efti_folder_close(f);
        return st;
    }
    *out = f;
    return EFT_OK;
}

const char *
efti_folder_path(struct efti_folder *f, const char *name)
{
    int n = snprintf(f->scratch, sizeof(f->scratch), "%s/%s", f->path, name);

    if (n < 0 || (size_t)n >= sizeof(f->scratch))
        f->scratch[0] = '\0';
    return f->scratch;
}

eft_status
efti_folder_put(struct efti_folder *f, const char *name, const void *bytes, size_t size,
                bool sensitive, eft_error *err)
{
    int fd = open(efti_folder_path(f, name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                  sensitive ? 0600 : 0644);

    if (fd < 0)
        return folder_refused(err, errno);
    eft_status st = efti_write_bytes(fd, bytes, size);
    int why = errno;
    if (close(fd) != 0 && st == EFT_OK) {
        why = errno;
        st = EFT_E_IO;
    }
    return st == EFT_OK ? EFT_OK : folder_refused(err, why);
}

eft_status
efti_folder_sub(struct efti_folder *f, const char *name, eft_error *err)
{
    return mkdir(efti_folder_path(f, name), 0755) == 0 ? EFT_OK : folder_refused(err, errno);
}

/* Two levels are all that a results folder has. */
static void
remove_tree(const char *path, int levels)
{
    char inner[PATH_ROOM + 300];
    DIR *d = opendir(path);

    if (d == NULL)
        return;
    for (const struct dirent *e; (e = readdir(d)) != NULL;) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        int n = snprintf(inner, sizeof(inner), "%s/%s", path, e->d_name);
        if (n < 0 || (size_t)n >= sizeof(inner))
            continue;
        if (unlink(inner) != 0 && levels > 0)
            remove_tree(inner, levels - 1);
    }
    (void)closedir(d);
    (void)rmdir(path);
}

static void
sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        (void)fsync(fd);
        (void)close(fd);
    }
}

/* mkdtemp made it 0700; what is finished may be read as the user's umask says. The umask
 * cannot be asked without setting it, so the mode of a subfolder of ours tells it. */
static void
open_up(struct efti_folder *f)
{
    struct stat st;

    if (stat(efti_folder_path(f, "tables"), &st) == 0)
        (void)chmod(f->path, st.st_mode & 0755);
}

eft_status
efti_folder_finish(struct efti_folder *f, eft_error *err)
{
    sync_folder(efti_folder_path(f, "tables"));
    sync_folder(f->path);
    open_up(f);
    if (!f->replace) {
        if (renameat2(AT_FDCWD, f->path, AT_FDCWD, f->final_path, 1u /* NOREPLACE */) != 0 &&
            (errno != EINVAL || rename(f->path, f->final_path) != 0))
            return errno == EEXIST || errno == ENOTEMPTY
                       ? efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                                   "the results folder came to be meanwhile; --force "
                                   "replaces earlier results")
                       : folder_refused(err, errno);
        f->finished = true;
    } else if (renameat2(AT_FDCWD, f->path, AT_FDCWD, f->final_path, RENAME_EXCHANGE) != 0) {
        return folder_refused(err, errno);
    } /* else the old results lie under the unfinished name, and close removes them */
    efti_sync_parent(f->final_path, f->scratch, sizeof(f->scratch));
    return EFT_OK;
}

void
efti_folder_close(struct efti_folder *f)
{
    if (f == NULL)
        return;
    if (!f->finished)
        remove_tree(f->path, 2);
    efti_release(f->mem, f, sizeof(*f));
}
