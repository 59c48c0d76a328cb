/*
 * tiny.h - a made-up dictionary through the build step, for the tests of this folder
 */
#ifndef EFTI_TESTS_TINY_H
#define EFTI_TESTS_TINY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lexicons/build/image.h"
#include "lexicons/dictionary.h"

static inline eft_text
tiny_text(const char *text)
{
    return (eft_text){text, strlen(text)};
}

/** The dictionary of the build, or the end of the test. */
static inline struct efti_dictionary *
open_real(const char *path)
{
    struct efti_dictionary *d;
    eft_error err;

    if (efti_dictionary_open(&efti_malloc, path, &d, &err) != EFT_OK)
        fail_msg("%s", err.message);
    return d;
}

/** Expand with lists of base forms, of words kept apart, and of function words, and with
 * counts of forms (empty: no hot part); false when the build step refuses. Free `out`
 * with efti_bytes_free(). */
static inline bool
tiny_expand_all(const char *aff, const char *dic, const char *base_forms,
                const char *no_conflate, const char *function_words, const char *counts,
                struct efti_bytes *out)
{
    struct affix_file a = {0};
    struct image im = {0};

    efti_bytes_init(out, &efti_malloc);
    bool ok = affix_read(&a, tiny_text(aff));
    ok = ok && image_open(&im, &a);
    ok = ok && words_expand(&a, tiny_text(dic), image_add, &im);
    ok = ok && lemmas_read_lists(&im.lemmas, tiny_text(base_forms),
                                 tiny_text(no_conflate), tiny_text(function_words));
    ok = ok && image_settle(&im) && image_write(&im, "tiny, made up", out);
    ok = ok && hot_append(&im, tiny_text(counts), out);
    image_close(&im);
    affix_free(&a);
    return ok;
}

static inline bool
tiny_expand_with(const char *aff, const char *dic, const char *base_forms,
                 const char *no_conflate, const char *function_words,
                 struct efti_bytes *out)
{
    return tiny_expand_all(aff, dic, base_forms, no_conflate, function_words, "", out);
}

static inline bool
tiny_expand(const char *aff, const char *dic, struct efti_bytes *out)
{
    return tiny_expand_with(aff, dic, "", "", "", out);
}

#endif
