/*
 * scratch.h - a folder for one test, looked into and removed afterwards
 */
#ifndef EFTI_TESTS_SCRATCH_H
#define EFTI_TESTS_SCRATCH_H

#include <dirent.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct scratch {
    char folder[64];
    char path[512]; /* of the last scratch_path() */
};

static inline int
scratch_remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

static inline void
scratch_remove(const char *path)
{
    (void)nftw(path, scratch_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* In memory if it can be: thousands of fsyncs would wait for a disk. */
static inline bool
scratch_open(struct scratch *s)
{
    static const char *const bases[] = {"/dev/shm", "/tmp"};

    for (size_t i = 0; i < 2; i++) {
        (void)snprintf(s->folder, sizeof(s->folder), "%s/eftertanke-test-XXXXXX",
                       bases[i]);
        if (mkdtemp(s->folder) != NULL)
            return true;
    }
    return false;
}

static inline void
scratch_close(struct scratch *s)
{
    scratch_remove(s->folder);
}

/* For cmocka_unit_test_setup_teardown(). */
static inline int
scratch_setup(void **state)
{
    static struct scratch s;

    *state = &s;
    return scratch_open(&s) ? 0 : -1;
}

static inline int
scratch_teardown(void **state)
{
    scratch_close(*state);
    return 0;
}

/* Valid until the next call. */
static inline const char *
scratch_path(struct scratch *s, const char *name)
{
    (void)snprintf(s->path, sizeof(s->path), "%s/%s", s->folder, name);
    return s->path;
}

/* How many names are there? Any of them: `first`, if given, gets one (256 bytes). */
static inline size_t
scratch_names(const char *folder, char *first)
{
    DIR *d = opendir(folder);
    size_t n = 0;

    if (d == NULL)
        return SIZE_MAX;
    for (const struct dirent *e; (e = readdir(d)) != NULL;) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        if (n++ == 0 && first != NULL)
            (void)snprintf(first, 256, "%s", e->d_name);
    }
    (void)closedir(d);
    return n;
}

/* The whole file and a NUL behind it, to be freed; NULL: it is not there. */
static inline char *
scratch_read(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    char *bytes = NULL;
    long end;

    if (f == NULL)
        return NULL;
    if (fseek(f, 0, SEEK_END) == 0 && (end = ftell(f)) >= 0 &&
        fseek(f, 0, SEEK_SET) == 0) {
        bytes = malloc((size_t)end + 1);
        if (bytes != NULL) {
            *size = fread(bytes, 1, (size_t)end, f);
            bytes[*size] = '\0';
        }
    }
    (void)fclose(f);
    return bytes;
}

static inline bool
scratch_write(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");

    return f != NULL && (fputs(text, f) >= 0) + (fclose(f) == 0) == 2;
}

static inline bool
scratch_holds(const char *path, const char *text)
{
    size_t size = 0;
    char *bytes = scratch_read(path, &size);
    bool same = bytes != NULL && strcmp(bytes, text) == 0;

    free(bytes);
    return same;
}

/* Permission bits, or -1. */
static inline int
scratch_mode(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0 ? (int)(st.st_mode & 07777) : -1;
}

#endif
