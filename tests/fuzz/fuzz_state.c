/*
 * fuzz_state.c - foreign bytes as a state
 *
 * What is accepted must be canonical: written again it gives the same bytes.
 */
#include "fuzz/checked_bytes.h"
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
    read_checked(data, size, read_and_write);
    return 0;
}
