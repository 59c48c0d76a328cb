/*
 * seeds.h - the main of programs that take folders of seeds: one TAP line for each file
 */
#ifndef TESTS_SUPPORT_SEEDS_H
#define TESTS_SUPPORT_SEEDS_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static inline int
seeds_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/** Every file of the folders in order of names; `one` prints its line, and answers 0 if
 * the file could be read. The answer is the program's. */
static inline int
seeds_each(int argc, char **argv,
           int (*one)(const char *folder, const char *name, unsigned number))
{
    unsigned number = 0;
    int failed = argc < 2;

    for (int i = 1; i < argc; i++) {
        struct dirent **list;
        const int count = scandir(argv[i], &list, seeds_visible, alphasort);

        failed |= count <= 0; /* a folder without seeds tests nothing */
        for (int k = 0; k < count; k++) {
            failed |= one(argv[i], list[k]->d_name, ++number) != 0;
            free(list[k]);
        }
        if (count >= 0)
            free(list);
    }
    printf("1..%u\n", number);
    return failed;
}

#endif
