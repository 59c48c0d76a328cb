/*
 * checked_bytes.h - foreign bytes before whoever wants a checksum at their end
 *
 * The checksum would stop nearly every change at the door, so each input is read twice:
 * as it is, and with a checksum that fits.
 */
#ifndef EFTI_TESTS_CHECKED_BYTES_H
#define EFTI_TESTS_CHECKED_BYTES_H

#include "base/base.h"

static inline void
read_checked(const uint8_t *data, size_t size, void (*read)(const void *, size_t))
{
    struct efti_bytes copy;

    read(data, size);
    if (size < 32)
        return;
    efti_bytes_init(&copy, &efti_malloc);
    efti_put(&copy, data, size);
    if (!copy.failed) {
        efti_checksum(copy.data, size - 32, (unsigned char *)copy.data + size - 32);
        read(copy.data, size);
    }
    efti_bytes_free(&copy);
}

#endif
