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

static void *
open_beside(const char *self)
{
    const char *slash = strrchr(self, '/');
    char path[4096];

    /* A name without a slash is a program found by PATH: that says nothing of a place. */
    if (slash == NULL)
        return NULL;
    int n = snprintf(path, sizeof(path), "%.*s%s", (int)(slash - self + 1), self,
                     EFTI_LEIDEN_FILE);
    if (n < 0 || (size_t)n >= sizeof(path))
        return NULL;
    return dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
}

const struct efti_leiden *
efti_leiden_open(void)
{
    static const char here = 0; /* lies in the library, wherever that was loaded from */
    const struct efti_leiden *module = NULL;
    Dl_info info;

    if (dladdr(&here, &info) == 0 || info.dli_fname == NULL)
        return NULL;
    void *handle = open_beside(info.dli_fname);
    if (handle == NULL)
        return NULL;
    module = dlsym(handle, EFTI_LEIDEN_SYMBOL);
    (void)dlclose(handle); /* counted down; it stays */
    return module != NULL && module->abi == EFTI_LEIDEN_ABI ? module : NULL;
}

bool
efti_communities_possible(void)
{
    return efti_leiden_open() != NULL;
}

const char *
efti_igraph_version(void)
{
    const struct efti_leiden *module = efti_leiden_open();

    return module == NULL ? "none" : module->version();
}
