/*
 * bench_veil.c - what the veil costs on text that means it harm
 *
 *     bench_veil DICTIONARY
 *
 * Every pattern must be linear, so each hostile text is veiled at two sizes and the time
 * per megabyte is printed for both: the last column is their ratio, near 1 if the veil is
 * linear and near 4 if it takes the square. Segmenting and the analysis of forms are not
 * in the time; the best of five runs counts, as other programs only ever add.
 */
#include "veil/veil.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define LARGE ((size_t)1 << 20)
#define RUNS 5

struct hostile {
    const char *name, *unit; /* repeated */
    size_t most;             /* bytes; 0: LARGE */
};

static const struct hostile hostiles[] = {
    {"digits in one run", "1", 0},
    {"digits with blanks", "1 ", 0},
    {"pairs of digits", "12 34-", 0},
    {"times of day", "1:2:", 0},
    {"sections", "1.2.", 0},
    {"fractions", "1/2/", 0},
    {"one token of 250 kB", "a", 250000},
    {"capitalised words", NULL, 0},
    {"one name again and again", "Anna och ", 0},
    {"initials", "A. B. ", 0},
    {"two letters, told and untold", "JK ringde till QZ. Anna sov. XQ och WZ. ", 0},
    {"rows of names", "Anna, Kalle, ", 0},
    {"names in a list", "- Anna\n", 0},
    {"figures in words", "sju noll ett ", 0},
    {"signatures on one line", "mvh Anna ", 0},
    {"at signs", "a@", 0},
    {"spelled addresses", "a punkt b snabel-a c ", 0},
    {"streets", "Storgatan 1 lgh 1 ", 0},
    {"postcodes", "111 11 Lund ", 0},
    {"keywords", "konto 1 ", 0},
};

struct tools {
    struct efti_lists *lists;
    struct efti_dictionary *dictionary;
    struct efti_tokenizer *tokenizer;
    struct efti_forms *forms;
    struct efti_veil *veil;
    struct efti_segments segments;
    struct efti_veiled found;
};

static double
seconds(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool
open_tools(struct tools *t, const char *dictionary)
{
    const eft_allocator *mem = &efti_malloc;

    return efti_lists_new(mem, &t->lists, NULL) == EFT_OK &&
           efti_dictionary_open(mem, dictionary, &t->dictionary, NULL) == EFT_OK &&
           efti_tokenizer_new(mem, t->lists, &t->tokenizer, NULL) == EFT_OK &&
           efti_forms_new(mem, t->lists, t->dictionary, &t->forms, NULL) == EFT_OK &&
           efti_veil_new(mem, t->lists, t->dictionary, t->forms, NULL, &t->veil, NULL) ==
               EFT_OK;
}

static void
close_tools(struct tools *t)
{
    efti_veiled_free(&efti_malloc, &t->found);
    efti_segments_free(&efti_malloc, &t->segments);
    efti_veil_free(t->veil);
    efti_forms_free(t->forms);
    efti_tokenizer_free(t->tokenizer);
    efti_dictionary_free(t->dictionary);
    efti_lists_free(t->lists);
}

/* Made-up words with a capital, the same on every run. */
static void
fill_capitals(char *bytes, size_t size)
{
    static const char hard[] = "bdfgklmnprst", soft[] = "aeiouy";
    uint32_t seed = 1;

    for (size_t i = 0; i < size; i++) {
        seed = seed * 1664525u + 1013904223u;
        uint32_t r = seed >> 16;

        if (i % 7 == 6)
            bytes[i] = ' ';
        else if (i % 7 == 0)
            bytes[i] = (char)(hard[r % 12] - 32);
        else
            bytes[i] = i % 7 % 2 == 0 ? hard[r % 12] : soft[r % 6];
    }
}

/* Milliseconds per megabyte of the veil alone; below 0: it failed. */
static double
measure(struct tools *t, const char *bytes, size_t size)
{
    double best = -1;
    eft_text text = {bytes, size};

    if (efti_segment(t->tokenizer, text, &t->segments, NULL) != EFT_OK ||
        efti_forms_intern(t->forms, text, &t->segments, NULL) != EFT_OK)
        return -1;
    for (int run = 0; run < RUNS; run++) {
        double start = seconds();

        if (efti_veil_find(t->veil, text, &t->segments, &t->found, NULL) != EFT_OK)
            return -1;
        double took = seconds() - start;
        best = best < 0 || took < best ? took : best;
    }
    return best * 1e3 / ((double)size / 1e6);
}

int
main(int argc, char **argv)
{
    struct tools t = {0};
    char *bytes = malloc(LARGE);
    bool done = argc == 2 && bytes != NULL && open_tools(&t, argv[1]);

    if (done)
        (void)printf("%-28s %10s %10s %8s\n", "", "ms/MB, 1/4", "ms/MB", "growth");
    for (size_t i = 0; done && i < EFTI_COUNT(hostiles); i++) {
        const struct hostile *h = &hostiles[i];
        size_t size = h->most != 0 ? h->most : LARGE;

        if (h->unit == NULL)
            fill_capitals(bytes, size);
        for (size_t k = 0; h->unit != NULL && k < size; k++)
            bytes[k] = h->unit[k % strlen(h->unit)];
        double small = measure(&t, bytes, size / 4), large = measure(&t, bytes, size);
        done = small >= 0 && large >= 0;
        (void)printf("%-28s %10.1f %10.1f %8.2f\n", h->name, small, large, large / small);
    }
    close_tools(&t);
    free(bytes);
    if (!done)
        (void)fputs("usage: bench_veil DICTIONARY (ordbok.efd)\n", stderr);
    return done ? 0 : 1;
}
