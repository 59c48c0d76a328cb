/*
 * expand.c - build step: hunspell-sv becomes ordbok.efd
 *
 *   expand sv_SE.aff sv_SE.dic SOURCE ordbok.efd
 *
 * affix.c reads the rules, words.c applies them, image.c unites the forms, image_write.c
 * lays them out. The same input gives the same bytes. SOURCE is the line that names the
 * package and its licence; it is kept in the file and stated in every manifest.
 */
#include "image.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

static bool
read_whole(const char *path, struct efti_bytes *out)
{
    char block[1 << 16];
    FILE *f = fopen(path, "rb");

    if (f == NULL)
        return false;
    for (size_t n; (n = fread(block, 1, sizeof(block), f)) > 0;)
        efti_put(out, block, n);
    bool ok = !ferror(f) && !out->failed;
    return fclose(f) == 0 && ok;
}

static bool
write_whole(const char *path, const struct efti_bytes *b)
{
    FILE *f = fopen(path, "wb");

    if (f == NULL)
        return false;
    bool ok = fwrite(b->data, 1, b->size, f) == b->size;
    return fclose(f) == 0 && ok;
}

static bool
expand(struct affix_file *a, struct image *im, eft_text dictionary, const char *source,
       struct efti_bytes *out)
{
    return image_open(im, a) && words_expand(a, dictionary, image_add, im) &&
           image_settle(im) && image_write(im, source, out);
}

int
main(int argc, char **argv)
{
    struct efti_bytes aff, dic, out;
    struct affix_file a = {0};
    struct image im = {0};
    bool ok = false;

    if (argc != 5 || sodium_init() < 0) {
        fprintf(stderr, "usage: expand AFF DIC SOURCE OUT\n");
        return EXIT_FAILURE;
    }
    efti_bytes_init(&aff, &efti_malloc);
    efti_bytes_init(&dic, &efti_malloc);
    efti_bytes_init(&out, &efti_malloc);
    if (!read_whole(argv[1], &aff) || !read_whole(argv[2], &dic))
        fprintf(stderr, "expand: cannot read the hunspell files\n");
    else if (!affix_read(&a, (eft_text){aff.data, aff.size}))
        fprintf(stderr, "expand: cannot use the affix file\n");
    else if (!expand(&a, &im, (eft_text){dic.data, dic.size}, argv[3], &out))
        fprintf(stderr, "expand: no memory, or more than 64 MiB of forms\n");
    else if (!write_whole(argv[4], &out))
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
