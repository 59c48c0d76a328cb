/*
 * replay.c - run every file of the folders given as arguments through a fuzz entry
 *
 * Linked with one tests/fuzz/fuzz_*.c, so that seeds and past crashes are ordinary tests.
 * One TAP line for each file; a crash is a missing line.
 */
#include "seeds.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LARGEST ((size_t)1 << 20)

static int
replay_file(const char *folder, const char *name, unsigned number)
{
    char path[4096];
    uint8_t *bytes = NULL;
    size_t size;
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "rb");
    if (file == NULL)
        return -1;
    bytes = malloc(LARGEST);
    size = bytes == NULL ? 0 : fread(bytes, 1, LARGEST, file);
    fclose(file);
    /* a block of exactly the right size, so that a sanitizer sees a step too far */
    if (bytes != NULL) {
        uint8_t *exact = malloc(size + (size == 0));
        if (exact != NULL) {
            memcpy(exact, bytes, size);
            LLVMFuzzerTestOneInput(exact, size);
        }
        free(exact);
    }
    free(bytes);
    printf("ok %u - %s\n", number, name);
    fflush(stdout);
    return 0;
}

int
main(int argc, char **argv)
{
    return seeds_each(argc, argv, replay_file);
}
