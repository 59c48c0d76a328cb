/*
 * fuzz_state.c - foreign bytes as a state
 *
 * The checksum at the end would stop nearly every change at the door, so each input is
 * read twice: as it is, and with a checksum that fits. What is accepted must be
 * canonical: written again it gives the same bytes.
 */
#include "tally/tally.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_and_write(const void *data, size_t size)
{
    struct efti_tally *t;
    struct efti_bytes again;

    if (efti_tally_read(&efti_malloc, data, size, &t, NULL) != EFT_OK)
        return;
    efti_bytes_init(&again, &efti_malloc);
    if (efti_tally_write(t, &again, NULL) != EFT_OK || again.size != size ||
        memcmp(again.data, data, size) != 0)
        __builtin_trap();
    efti_bytes_free(&again);
    efti_tally_free(t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct efti_bytes copy;

    read_and_write(data, size);
    if (size < 32)
        return 0;
    efti_bytes_init(&copy, &efti_malloc);
    efti_put(&copy, data, size);
    if (!copy.failed) {
        efti_checksum(copy.data, size - 32, (unsigned char *)copy.data + size - 32);
        read_and_write(copy.data, size);
    }
    efti_bytes_free(&copy);
    return 0;
}
