/*
 * folder.c - a results folder that appears whole or not at all
 *
 *     PARENT/.eftertanke-XXXXXX   mode 0700, filled, every file fsynced
 *              │ finish: rename, or exchange with an earlier results folder
 *              ▼
 *     PARENT/NAME                 mode 0755 & ~umask
 *
 * kill -9 at any moment leaves at most the hidden unfinished folder, or the hidden
 * earlier one. Only a folder that is empty or holds a manifest of ours is ever replaced,
 * and it stays whole under its name until the new one takes its place in one step. On a
 * file system that cannot exchange two names it is moved aside first: the name is then
 * absent for a moment, but never half.
 */
#include "export/internal.h"

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
#define NAME_ROOM 256 /* for the names inside, of which the longest is a table's */

struct output_file {
    char name[NAME_ROOM];
    unsigned char sha256[32];
};
struct efti_output {
    const eft_allocator *mem;
    EFTI_ARRAY(struct output_file) files; /* that were put, for those who check them */
    bool removes; /* close removes `path`: unfinished, or earlier results */
    bool replaces;
    size_t parent; /* bytes of final_path up to the last slash and with it */
    char final_path[PATH_ROOM];
    char path[PATH_ROOM];    /* unfinished */
    char scratch[PATH_ROOM]; /* path of one file */
};

static eft_status
folder_refused(eft_error *err, int why)
{
    if (why == EEXIST || why == ENOTEMPTY)
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "the results folder exists; --force replaces earlier results");
    if (why == ENOENT || why == ENOTDIR)
        return efti_fail(
            err, EFT_E_IO, EFT_NO_OFFSET,
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

static eft_status
not_ours(eft_error *err)
{
    return efti_fail(
        err, EFT_E_CONFLICT, EFT_NO_OFFSET,
        "what is there is no results folder of ours and is not replaced: name "
        "another");
}

/* ----------------------------------------------------------------- opening */

static eft_status
set_final(struct efti_output *o, const char *path, eft_error *err)
{
    size_t n = strlen(path);

    while (n > 1 && path[n - 1] == '/')
        n--;
    if (n == 0 || n + sizeof(EFTI_UNFINISHED) + NAME_ROOM > PATH_ROOM)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "the results folder has no name, or one that is too long");
    memcpy(o->final_path, path, n);
    const char *slash = strrchr(o->final_path, '/');
    o->parent = slash == NULL ? 0 : (size_t)(slash - o->final_path) + 1;
    const char *name = o->final_path + o->parent;
    if (*name == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "the results need a folder with a name of its own");
    return EFT_OK;
}

static eft_status
check_final(struct efti_output *o, bool force, eft_error *err)
{
    struct stat st;

    if (lstat(o->final_path, &st) != 0)
        return EFT_OK;
    if (!force)
        return folder_refused(err, EEXIST);
    if (!efti_tree_is_ours(o->final_path))
        return not_ours(err);
    o->replaces = true;
    return EFT_OK;
}

/* A fresh hidden folder in the parent. `path` has PATH_ROOM bytes. 0 or errno. */
static int
make_beside(const struct efti_output *o, char *path)
{
    memcpy(path, o->final_path, o->parent);
    memcpy(path + o->parent, EFTI_UNFINISHED, sizeof(EFTI_UNFINISHED));
    return mkdtemp(path) == NULL ? errno : 0;
}

eft_status
efti_output_open(const eft_allocator *mem, const char *final_path, bool force,
                 struct efti_output **out, eft_error *err)
{
    *out = NULL;
    struct efti_output *o = efti_zalloc(mem, 1, sizeof(*o));
    if (o == NULL)
        return efti_no_memory(err, "a results folder");
    o->mem = mem;
    eft_status st = set_final(o, final_path, err);
    if (st == EFT_OK)
        st = check_final(o, force, err);
    if (st == EFT_OK) {
        int why = make_beside(o, o->path);
        if (why != 0)
            st = folder_refused(err, why);
        else
            o->removes = true;
    }
    if (st != EFT_OK) {
        efti_output_close(o);
        return st;
    }
    *out = o;
    return EFT_OK;
}

/* ----------------------------------------------------------------- filling */

const char *
efti_output_path(struct efti_output *o, const char *name)
{
    int n = snprintf(o->scratch, sizeof(o->scratch), "%s/%s", o->path, name);

    if (n < 0 || (size_t)n >= sizeof(o->scratch))
        o->scratch[0] = '\0'; /* no file can be made under that */
    return o->scratch;
}

eft_status
efti_output_note(struct efti_output *o, const char *name, const void *bytes, size_t size,
                 eft_error *err)
{
    size_t n = strlen(name) + 1;

    if (n > NAME_ROOM)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "a file name is too long");
    if (!EFTI_PUSH(o->mem, &o->files))
        return efti_no_memory(err, "the files of the results");
    struct output_file *file = &o->files.items[o->files.count - 1];
    memcpy(file->name, name, n);
    efti_sha256(bytes, size, file->sha256);
    return EFT_OK;
}

static int
by_file_name(const void *a, const void *b, void *user)
{
    (void)user;
    return strcmp(((const struct output_file *)a)->name,
                  ((const struct output_file *)b)->name);
}

void
efti_output_hashes(struct efti_output *o, struct efti_bytes *out)
{
    char hex[65];

    efti_sort(o->files.items, o->files.count, sizeof(*o->files.items), by_file_name,
              NULL);
    efti_put_char(out, '{');
    for (size_t i = 0; i < o->files.count; i++) {
        const struct output_file *file = &o->files.items[i];
        efti_hex(file->sha256, sizeof(file->sha256), hex);
        efti_put_text(out, i == 0 ? "\n  " : ",\n  ");
        efti_put_json(out, file->name, strlen(file->name));
        efti_put_text(out, ": \"");
        efti_put_text(out, hex);
        efti_put_char(out, '"');
    }
    efti_put_text(out, "}");
}

eft_status
efti_output_put(struct efti_output *o, const char *name, const void *bytes, size_t size,
                bool sensitive, eft_error *err)
{
    int fd = open(efti_output_path(o, name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                  sensitive ? 0600 : 0644);
    int why = 0;

    if (fd < 0 && errno == EEXIST)
        return efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET,
                         "two files of the results have the same name");
    if (fd < 0)
        return folder_refused(err, errno);
    if (efti_write_bytes(fd, bytes, size) != EFT_OK)
        why = errno;
    if (close(fd) != 0 && why == 0)
        why = errno;
    if (why != 0)
        return folder_refused(err, why);
    /* a person works on what is sensitive (review/): it may change */
    return sensitive ? EFT_OK : efti_output_note(o, name, bytes, size, err);
}

eft_status
efti_output_sub(struct efti_output *o, const char *name, eft_error *err)
{
    return mkdir(efti_output_path(o, name), 0755) == 0 ? EFT_OK
                                                       : folder_refused(err, errno);
}

/* --------------------------------------------------------------- finishing */

/* mkdtemp made it 0700; what is finished may be read as the user's umask says. The
 * umask cannot be asked for without setting it for every thread, so a folder is
 * made with it. */
static void
open_up(struct efti_output *o)
{
    const char *probe = efti_output_path(o, ".mode");
    struct stat st;

    if (mkdir(probe, 0755) != 0)
        return;
    bool known = stat(probe, &st) == 0;
    (void)rmdir(probe);
    if (known)
        (void)chmod(o->path, st.st_mode & (S_ISGID | 0755));
}

/* For file systems without exchange. Should the second step fail, the first is undone. */
static int
replace_by_steps(struct efti_output *o)
{
    int why = make_beside(o, o->scratch);

    if (why != 0)
        return why;
    if (rename(o->final_path, o->scratch) != 0) { /* over the fresh, empty folder */
        why = errno;
        (void)rmdir(o->scratch);
        return why;
    }
    why = efti_rename_new(o->path, o->final_path);
    if (why != 0)
        (void)rename(o->scratch, o->final_path);
    else
        memcpy(o->path, o->scratch, sizeof(o->path));
    return why;
}

/* Afterwards the earlier results lie under `path`, and close removes them. */
static int
replace_final(struct efti_output *o)
{
    if (renameat2(AT_FDCWD, o->path, AT_FDCWD, o->final_path, RENAME_EXCHANGE) == 0)
        return 0;
    return efti_lacks_flags(errno) ? replace_by_steps(o) : errno;
}

eft_status
efti_output_finish(struct efti_output *o, eft_error *err)
{
    struct stat st;
    int why;

    open_up(o);
    efti_tree_sync(o->path);
    if (o->replaces && lstat(o->final_path, &st) == 0) {
        if (!efti_tree_is_ours(o->final_path)) /* it has changed since open */
            return not_ours(err);
        why = replace_final(o);
    } else {
        why = efti_rename_new(o->path, o->final_path);
        o->removes = why != 0;
    }
    if (why != 0)
        return folder_refused(err, why);
    efti_sync_parent(o->final_path, o->scratch, sizeof(o->scratch));
    return EFT_OK;
}

void
efti_output_close(struct efti_output *o)
{
    if (o == NULL)
        return;
    if (o->removes)
        efti_tree_remove(o->path);
    EFTI_ARRAY_FREE(o->mem, &o->files);
    efti_release(o->mem, o, sizeof(*o));
}
