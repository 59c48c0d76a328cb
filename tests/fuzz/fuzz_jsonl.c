/*
 * fuzz_jsonl.c - any bytes as JSON Lines; the promises are those of fuzz_csv.c
 */
#include "support/fuzz_read.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_read(data, size, "jsonl", 0);
    fuzz_read(data, size, "jsonl", 7);
    return 0;
}
