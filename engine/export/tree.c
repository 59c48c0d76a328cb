/*
 * tree.c - a results folder and what is in it: is it ours, remove it, make it durable
 *
 * Everything goes by open folders (openat, unlinkat), so that a link put in the way is
 * removed itself and never followed to somebody else's files.
 */
#include "export/internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
/* Ours have one level. A folder that a user put into an old results folder goes with it,
 * down to here: each level holds a descriptor open. */
#define LEVELS 32

static bool
is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Other programs have a manifest.json too (every web extension): the format must be ours.
 * It is the first member, so the beginning of the file is enough. */
static bool
manifest_is_ours(int folder)
{
    static const char mark[] = "\"eftertanke-results-";
    char head[256];
    int fd = openat(folder, "manifest.json",
                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

    if (fd < 0)
        return false;
    ssize_t n = read(fd, head, sizeof(head));
    (void)close(fd);
    return n > 0 && memmem(head, (size_t)n, mark, sizeof(mark) - 1) != NULL;
}

bool
efti_tree_is_ours(const char *path)
{
    int fd = open(path, FOLDER_FLAGS);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    bool empty = true;

    if (d == NULL) {
        if (fd >= 0)
            (void)close(fd);
        return false;
    }
    errno = 0;
    for (const struct dirent *e; (e = readdir(d)) != NULL;)
        empty = empty && is_dots(e->d_name);
    bool read = errno == 0; /* a folder that cannot be listed is not known to be empty */
    bool ours = read && (empty || manifest_is_ours(dirfd(d)));
    (void)closedir(d);
    return ours;
}

/* Takes `fd`. */
static void
remove_inside(int fd, int levels)
{
    DIR *d = fdopendir(fd);

    if (d == NULL) {
        (void)close(fd);
        return;
    }
    for (const struct dirent *e; (e = readdir(d)) != NULL;) {
        if (is_dots(e->d_name) || unlinkat(dirfd(d), e->d_name, 0) == 0 || levels == 0)
            continue;
        int inner = openat(dirfd(d), e->d_name, FOLDER_FLAGS);
        if (inner < 0)
            continue;
        remove_inside(inner, levels - 1);
        (void)unlinkat(dirfd(d), e->d_name, AT_REMOVEDIR);
    }
    (void)closedir(d);
}

void
efti_tree_remove(const char *path)
{
    int fd = open(path, FOLDER_FLAGS);

    if (fd >= 0)
        remove_inside(fd, LEVELS);
    (void)rmdir(path);
}

void
efti_tree_sync(const char *path)
{
    int fd = open(path, FOLDER_FLAGS);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);

    if (d == NULL) {
        if (fd >= 0)
            (void)close(fd);
        return;
    }
    for (const struct dirent *e; (e = readdir(d)) != NULL;) {
        int inner = is_dots(e->d_name) ? -1 : openat(dirfd(d), e->d_name, FOLDER_FLAGS);
        if (inner >= 0) {
            (void)fsync(inner);
            (void)close(inner);
        }
    }
    (void)fsync(dirfd(d));
    (void)closedir(d);
}
