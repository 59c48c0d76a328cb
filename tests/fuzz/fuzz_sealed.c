/*
 * fuzz_sealed.c - foreign bytes as a sealed state
 *
 * What is accepted must be canonical, and tables must come of it or an error, never a
 * crash.
 */
#include "fuzz/checked_bytes.h"
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
    read_checked(data, size, unseal_and_write);
    return 0;
}
