/*
 * internal.h - shared inside export/ only
 */
#ifndef EFTI_EXPORT_INTERNAL_H
#define EFTI_EXPORT_INTERNAL_H

#include "export/export.h"

/** Write all and fsync; errno tells why not. */
eft_status efti_write_bytes(int fd, const void *bytes, size_t size);
/** fsync the folder of `path`; `scratch` holds its name meanwhile. */
void efti_sync_parent(const char *path, char *scratch, size_t size);

#endif
