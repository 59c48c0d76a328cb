/*
 * fuzz_csv.c - any bytes as a table
 *
 * Besides not crashing, a reader promises: every string it gives out is UTF-8, tags and
 * labels are trimmed, rows and bytes only rise, and what it counts is what it gave.
 */
#include "support/fuzz_read.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_read(data, size, "csv", 0);
    fuzz_read(data, size, "csv", 7); /* borders of blocks everywhere */
    return 0;
}
