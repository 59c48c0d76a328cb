/*
 * files.h - whole files, for the programs that run while we build
 */
#ifndef EFTI_BUILD_FILES_H
#define EFTI_BUILD_FILES_H

#include "base/base.h"

#include <stdio.h>

/** Append a file to `out`. False: it cannot be read, or no memory. */
static inline bool
build_read(const char *path, struct efti_bytes *out)
{
    char block[1 << 16];
    FILE *f = fopen(path, "rb");

    if (f == NULL)
        return false;
    for (size_t n; (n = fread(block, 1, sizeof(block), f)) > 0;)
        efti_put(out, block, n);
    bool ok = !ferror(f) && !out->failed;
    return fclose(f) == 0 && ok;
}

static inline bool
build_write(const char *path, const struct efti_bytes *b)
{
    FILE *f = fopen(path, "wb");

    if (f == NULL)
        return false;
    bool ok = fwrite(b->data, 1, b->size, f) == b->size;
    return fclose(f) == 0 && ok;
}

#endif
