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

/* `*failed`: it is there, or may be, and could not be loaded: that is an error, else a
 * run short of memory would tell other results than one with enough. */
static void *
open_beside(const char *self, bool *failed)
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
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL) {
        const char *why = dlerror(); /* NULL: no memory for the reason */
        *failed = why == NULL || strstr(why, "No such file") == NULL;
    }
    return handle;
}

const struct efti_leiden *
efti_leiden_open(bool *failed)
{
    static const char here = 0; /* lies in the library, wherever that was loaded from */
    const struct efti_leiden *module = NULL;
    Dl_info info;

    *failed = false;
    if (dladdr(&here, &info) == 0 || info.dli_fname == NULL)
        return NULL;
    void *handle = open_beside(info.dli_fname, failed);
    if (handle == NULL)
        return NULL;
    module = dlsym(handle, EFTI_LEIDEN_SYMBOL);
    (void)dlclose(handle); /* counted down; it stays */
    return module != NULL && module->abi == EFTI_LEIDEN_ABI ? module : NULL;
}

eft_status
efti_communities_possible(eft_error *err)
{
    bool failed;

    if (efti_leiden_open(&failed) != NULL)
        return EFT_OK;
    return failed ? efti_no_memory(err, "the module with igraph") : EFT_END;
}

const char *
efti_igraph_version(void)
{
    bool failed;
    const struct efti_leiden *module = efti_leiden_open(&failed);

    return module == NULL ? "none" : module->version();
}
