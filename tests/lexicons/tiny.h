/*
 * tiny.h - a made-up dictionary through the build step, for the tests of this folder
 */
#ifndef EFTI_TESTS_TINY_H
#define EFTI_TESTS_TINY_H

#include "lexicons/build/image.h"
#include "lexicons/dictionary.h"

/** Expand; false when the build step refuses. Free `out` with efti_bytes_free(). */
static inline bool
tiny_expand(const char *aff, const char *dic, struct efti_bytes *out)
{
    struct affix_file a = {0};
    struct image im = {0};

    efti_bytes_init(out, &efti_malloc);
    bool ok = affix_read(&a, (eft_text){aff, strlen(aff)});
    ok = ok && image_open(&im, &a);
    ok = ok && words_expand(&a, (eft_text){dic, strlen(dic)}, image_add, &im);
    ok = ok && image_settle(&im) && image_write(&im, "tiny, made up", out);
    image_close(&im);
    affix_free(&a);
    return ok;
}

#endif
