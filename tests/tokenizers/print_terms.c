/*
 * print_terms.c - the terms of words, for measure_terms.py
 *
 *   print_terms ordbok.efd < words      word TAB term TAB stem TAB source
 *
 * Words stand one a line, folded already. The path may be "-": no dictionary. With a
 * number behind the path the words are read first and looked up that many times, and the
 * time for one word is told instead.
 */
#include "tokenizers/terms.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const char *const sources[] = {"none",   "base", "compound", "ending",
                                      "suffix", "tail", "stem"};

struct printer {
    struct efti_dictionary *d;
    struct efti_stemmer *stemmer;
    struct efti_bytes term;
};

static bool
print_word(struct printer *p, const char *word, size_t size)
{
    enum efti_term_source how = efti_term(p->d, p->stemmer, word, size, &p->term);
    eft_text stem = efti_stem(p->stemmer, word, size);

    if (how == EFTI_TERM_NONE || stem.size == 0)
        return false;
    printf("%.*s\t%.*s\t%.*s\t%s\n", (int)size, word, (int)p->term.size, p->term.data,
           (int)stem.size, stem.bytes, sources[how]);
    return true;
}

static bool
print_all(struct printer *p)
{
    char line[4096];

    while (fgets(line, sizeof(line), stdin) != NULL) {
        size_t size = strcspn(line, "\n");
        if (size > 0 && !print_word(p, line, size))
            return false;
    }
    return true;
}

static void
time_all(struct printer *p, unsigned long rounds)
{
    struct efti_bytes all;
    struct timespec a, b;
    char block[4096];
    unsigned long words = 0;

    efti_bytes_init(&all, &efti_malloc);
    for (size_t n; (n = fread(block, 1, sizeof(block), stdin)) > 0;)
        efti_put(&all, block, n);
    (void)clock_gettime(CLOCK_MONOTONIC, &a);
    for (unsigned long k = 0; k < rounds; k++) {
        for (size_t at = 0; at < all.size; words++) {
            const char *end = memchr(all.data + at, '\n', all.size - at);
            size_t size = end == NULL ? all.size - at : (size_t)(end - all.data) - at;
            (void)efti_term(p->d, p->stemmer, all.data + at, size, &p->term);
            at += size + 1;
        }
    }
    (void)clock_gettime(CLOCK_MONOTONIC, &b);
    double ns = (double)(b.tv_sec - a.tv_sec) * 1e9 + (double)(b.tv_nsec - a.tv_nsec);
    printf("%lu words, %.1f ns each\n", words, words == 0 ? 0.0 : ns / (double)words);
    efti_bytes_free(&all);
}

int
main(int argc, char **argv)
{
    struct printer p = {0};
    int status = EXIT_FAILURE;

    if (argc < 2) {
        fprintf(stderr, "usage: print_terms ordbok.efd|- [rounds] < words\n");
        return EXIT_FAILURE;
    }
    efti_bytes_init(&p.term, &efti_malloc);
    if ((strcmp(argv[1], "-") == 0 ||
         efti_dictionary_open(&efti_malloc, argv[1], &p.d, NULL) == EFT_OK) &&
        efti_stemmer_new(&efti_malloc, &p.stemmer, NULL) == EFT_OK) {
        if (argc > 2)
            time_all(&p, strtoul(argv[2], NULL, 10));
        status = argc > 2 || print_all(&p) ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    efti_stemmer_free(p.stemmer);
    efti_dictionary_free(p.d);
    efti_bytes_free(&p.term);
    return status;
}
