/*
 * expand.c - build step: hunspell-sv becomes ordbok.efd
 *
 *   expand sv_SE.aff sv_SE.dic SOURCE ordbok.efd [WORDS [COUNTS]]
 *
 * affix.c reads the rules, words.c applies them, image.c unites the forms, lemma.c and
 * its sisters find their base forms with the lists in the folder WORDS, image_write.c
 * lays all out, hot.c adds the commonest forms by COUNTS (build/count_forms.py). The same
 * input gives the same bytes. SOURCE is the line that names the
 * package and its licence; it is kept in the file and stated in every manifest.
 */
#include "files.h"
#include "image.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const list_names[] = {"base_forms.tsv", "no_conflate.tsv",
                                         "function_words.txt"};

static bool
read_lists(struct image *im, const char *folder)
{
    struct efti_bytes lists[EFTI_COUNT(list_names)];
    eft_text texts[EFTI_COUNT(list_names)];
    char path[4096];
    bool ok = true;

    for (size_t i = 0; i < EFTI_COUNT(list_names); i++) {
        efti_bytes_init(&lists[i], &efti_malloc);
        (void)snprintf(path, sizeof(path), "%s/%s", folder, list_names[i]);
        ok = build_read(path, &lists[i]) && ok;
        texts[i] = (eft_text){lists[i].data, lists[i].size};
    }
    ok = ok && lemmas_read_lists(&im->lemmas, texts[0], texts[1], texts[2]);
    for (size_t i = 0; i < EFTI_COUNT(list_names); i++)
        efti_bytes_free(&lists[i]);
    if (!ok)
        fprintf(stderr, "expand: cannot use the word lists\n");
    return ok;
}

static bool
expand(struct affix_file *a, struct image *im, eft_text dictionary, char **argv,
       struct efti_bytes *out)
{
    const char *source = argv[3], *folder = argv[5]; /* NULL: no lists */

    return image_open(im, a) && words_expand(a, dictionary, image_add, im) &&
           (folder == NULL || read_lists(im, folder)) && image_settle(im) &&
           image_write(im, source, out);
}

static bool
add_hot(struct image *im, const char *path, struct efti_bytes *out)
{
    struct efti_bytes counts;

    if (path == NULL)
        return true;
    efti_bytes_init(&counts, &efti_malloc);
    bool ok = build_read(path, &counts) &&
              hot_append(im, (eft_text){counts.data, counts.size}, out);
    efti_bytes_free(&counts);
    if (!ok)
        fprintf(stderr, "expand: cannot use the counts of forms\n");
    return ok;
}

int
main(int argc, char **argv)
{
    struct efti_bytes aff, dic, out;
    struct affix_file a = {0};
    struct image im = {0};
    bool ok = false;

    if (argc < 5 || argc > 7 || sodium_init() < 0) {
        fprintf(stderr, "usage: expand AFF DIC SOURCE OUT [WORDS [COUNTS]]\n");
        return EXIT_FAILURE;
    }
    efti_bytes_init(&aff, &efti_malloc);
    efti_bytes_init(&dic, &efti_malloc);
    efti_bytes_init(&out, &efti_malloc);
    if (!build_read(argv[1], &aff) || !build_read(argv[2], &dic))
        fprintf(stderr, "expand: cannot read the hunspell files\n");
    else if (!affix_read(&a, (eft_text){aff.data, aff.size}))
        fprintf(stderr, "expand: cannot use the affix file\n");
    else if (!expand(&a, &im, (eft_text){dic.data, dic.size}, argv, &out))
        fprintf(stderr, "expand: no memory, or more than 64 MiB of forms\n");
    else if (!add_hot(&im, argc > 6 ? argv[6] : NULL, &out))
        fprintf(stderr, "expand: no hot part\n");
    else if (!build_write(argv[4], &out))
        fprintf(stderr, "expand: cannot write the result\n");
    else
        ok = true;
    image_close(&im);
    affix_free(&a);
    efti_bytes_free(&out);
    efti_bytes_free(&dic);
    efti_bytes_free(&aff);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
