/*
 * module.c - finding the module with igraph
 *
 * It lies beside the library, in a build tree as where it is installed. No environment is
 * read and no search path asked: a library that opens what it finds by name alone opens
 * what somebody else put there. It is never closed: igraph's libraries leave threads and
 * handlers behind that outlive them badly.
 */
#include "discover/leiden.h"

#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>

#define PATH_ROOM 4096

/* The path of the module beside `self`, into PATH_ROOM bytes; false: it has none. */
static bool
path_beside(const char *self, char *path)
{
    const char *slash = strrchr(self, '/');

    /* A name without a slash is a program found by PATH: that says nothing of a place. */
    if (slash == NULL)
        return false;
    int n = snprintf(path, PATH_ROOM, "%.*s%s", (int)(slash - self + 1), self,
                     EFTI_LEIDEN_FILE);
    return n > 0 && n < PATH_ROOM;
}

static bool
path_of_module(char *path)
{
    static const char here = 0; /* lies in the library, wherever that was loaded from */
    Dl_info info;

    return dladdr(&here, &info) != 0 && info.dli_fname != NULL &&
           path_beside(info.dli_fname, path);
}

/* A file that is there and cannot be loaded is an error, else a run short of memory would
 * tell other results than one with enough. */
const struct efti_leiden *
efti_leiden_open(bool *failed)
{
    const struct efti_leiden *module = NULL;
    char path[PATH_ROOM];

    *failed = false;
    if (!path_of_module(path))
        return NULL;
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL) {
        const char *why = dlerror(); /* NULL: no memory for the reason */
        *failed = why == NULL || strstr(why, "No such file") == NULL;
        return NULL;
    }
    module = dlsym(handle, EFTI_LEIDEN_SYMBOL);
    (void)dlclose(handle); /* counted down; it stays */
    return module != NULL && module->abi == EFTI_LEIDEN_ABI ? module : NULL;
}

/* Not loaded for that: with its libraries the module takes several hundred megabytes of
 * addresses, and most runs have no network to divide. */
bool
efti_communities_possible(void)
{
    char path[PATH_ROOM];

    return path_of_module(path) && access(path, R_OK) == 0;
}

const char *
efti_igraph_version(void)
{
    return efti_communities_possible() ? EFTI_IGRAPH_VERSION : "none";
}
