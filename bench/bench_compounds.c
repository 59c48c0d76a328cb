/*
 * bench_compounds.c - what the splitter of compounds costs for each new form
 *
 *   bench_compounds ordbok.efd TEXT [rounds]
 *
 * The distinct words of TEXT (runs of letters, folded; inner hyphens join) in order of
 * first appearance are each split once, as a form table would have it done. It asks the
 * dictionary for the word itself first, whatever else it does, so that look-up is made
 * here too and its time taken off. Printed as JSON: mean nanoseconds of processor time
 * over all forms, words that leave at once included; the first round, when no table is in
 * the caches yet, and the best one. TEXT is any UTF-8 file.
 */
#include "tokenizers/compounds.h"

#include "lexicons/build/files.h"
#include "text/unicode.h"
#include "vocab/forms.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint64_t
now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static bool
add_form(struct efti_strings *forms, struct efti_unicode *unicode,
         struct efti_bytes *folded, const char *bytes, size_t size)
{
    if (size == 0)
        return true;
    efti_bytes_clear(folded);
    return efti_fold(unicode, bytes, size, folded, NULL) == EFT_OK &&
           efti_strings_add(forms, folded->data, folded->size, NULL) != EFTI_NOT_FOUND;
}

static bool
collect_forms(struct efti_strings *forms, const struct efti_bytes *text)
{
    struct efti_unicode *unicode;
    struct efti_bytes folded;
    size_t from = 0, size = efti_utf8_valid_prefix(text->data, text->size);
    bool ok = efti_unicode_new(&efti_malloc, &unicode, NULL) == EFT_OK;

    efti_bytes_init(&folded, &efti_malloc);
    for (size_t at = 0; ok && at < size;) {
        size_t here = at;
        uint32_t c = efti_utf8_next(text->data, size, &at);
        if (efti_is_letter(c) || (c == '-' && here > from))
            continue;
        ok = add_form(forms, unicode, &folded, text->data + from, here - from);
        from = at;
    }
    efti_bytes_free(&folded);
    efti_unicode_free(unicode);
    return ok;
}

static uint64_t
find_all(const struct efti_dictionary *d, const struct efti_strings *forms,
         uint32_t *found)
{
    uint64_t start = now();

    *found = 0;
    for (uint32_t i = 0; i < efti_strings_count(forms); i++) {
        eft_text form = efti_strings_get(forms, i);
        *found += efti_dictionary_find(d, form.bytes, form.size) != 0;
    }
    return now() - start;
}

static uint64_t
find_and_split_all(const struct efti_dictionary *d, const struct efti_lists *lists,
                   const struct efti_strings *forms, uint32_t *splits)
{
    const struct efti_compounds c = efti_compounds_of(d, lists, efti_forms_engine());
    struct efti_compound_parts parts;
    uint32_t found = 0;
    uint64_t start = now();

    *splits = 0;
    for (uint32_t i = 0; i < efti_strings_count(forms); i++) {
        eft_text form = efti_strings_get(forms, i);
        found += efti_dictionary_find(d, form.bytes, form.size) != 0;
        *splits += efti_compound_split(&c, form.bytes, form.size, &parts);
    }
    return found == 0 ? 0 : now() - start;
}

static void
measure(const struct efti_dictionary *d, const struct efti_lists *lists,
        const struct efti_strings *forms, int rounds)
{
    double count = efti_strings_count(forms), first = 0, best = 0;
    uint32_t splits = 0, found = 0;

    for (int i = 0; i < rounds; i++) {
        double both = (double)find_and_split_all(d, lists, forms, &splits);
        double ns = (both - (double)find_all(d, forms, &found)) / count;
        first = i == 0 ? ns : first;
        best = i == 0 || ns < best ? ns : best;
    }
    printf("{\"forms\": %.0f, \"listed\": %u, \"split\": %u, \"first_ns\": %.1f, "
           "\"best_ns\": %.1f}\n",
           count, found, splits, first, best);
}

int
main(int argc, char **argv)
{
    struct efti_dictionary *d = NULL;
    struct efti_lists *lists = NULL;
    struct efti_strings *forms = NULL;
    struct efti_bytes text;

    if (argc < 3) {
        fprintf(stderr, "usage: bench_compounds ordbok.efd TEXT [rounds]\n");
        return EXIT_FAILURE;
    }
    efti_bytes_init(&text, &efti_malloc);
    bool ok = efti_dictionary_open(&efti_malloc, argv[1], &d, NULL) == EFT_OK &&
              efti_lists_new(&efti_malloc, &lists, NULL) == EFT_OK &&
              efti_strings_new(&efti_malloc, &forms, NULL) == EFT_OK &&
              build_read(argv[2], &text) && collect_forms(forms, &text) &&
              efti_strings_count(forms) > 0;
    if (ok)
        measure(d, lists, forms, argc > 3 ? atoi(argv[3]) : 5);
    else
        fprintf(stderr, "bench_compounds: cannot read the dictionary or the text\n");
    efti_bytes_free(&text);
    efti_strings_free(forms);
    efti_lists_free(lists);
    efti_dictionary_free(d);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
