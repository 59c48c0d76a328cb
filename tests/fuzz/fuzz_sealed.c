/*
 * fuzz_sealed.c - foreign bytes as a sealed state
 *
 * Read as they are, and with a checksum that fits. What is accepted must be canonical,
 * and tables must come of it or an error, never a crash.
 */
#include "release/sealing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
unseal_and_write(const void *data, size_t size)
{
    struct eft_results *tables;
    struct eft_sealed *s;
    struct efti_bytes again;

    if (efti_sealed_take(&efti_malloc, data, size, &s, NULL) != EFT_OK)
        return;
    efti_bytes_init(&again, &efti_malloc);
    if (efti_sealed_put(s, &again, NULL) != EFT_OK || again.size != size ||
        memcmp(again.data, data, size) != 0)
        __builtin_trap();
    if (efti_unseal(&efti_malloc, s, &tables, NULL) == EFT_OK)
        eft_results_free(tables);
    efti_bytes_free(&again);
    efti_sealed_free(s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct efti_bytes copy;

    unseal_and_write(data, size);
    if (size < 32)
        return 0;
    efti_bytes_init(&copy, &efti_malloc);
    efti_put(&copy, data, size);
    if (!copy.failed) {
        efti_checksum(copy.data, size - 32, (unsigned char *)copy.data + size - 32);
        unseal_and_write(copy.data, size);
    }
    efti_bytes_free(&copy);
    return 0;
}
