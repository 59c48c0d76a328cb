/*
 * veil_tool.h - the tools of one worker, for tests: text in, veiled text out
 *
 * The dictionary comes as the first argument of a test program; without one (hunspell-sv
 * was not installed when the tree was built) the tests that need it are skipped.
 */
#ifndef EFTI_TESTS_VEIL_TOOL_H
#define EFTI_TESTS_VEIL_TOOL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "veil/veil.h"

struct veil_tool {
    struct efti_lists *lists;
    struct efti_dictionary *dictionary;
    struct efti_forms *forms;
    struct efti_tokenizer *tokenizer;
    struct efti_veil *veil;
    struct efti_segments segments;
    struct efti_veiled found;
    struct efti_bytes out;
};

static const char *veil_tool_dictionary; /* path or NULL */

static inline void
veil_tool_open(struct veil_tool *t, const struct efti_veil_options *options)
{
    const eft_allocator *mem = &efti_malloc;

    memset(t, 0, sizeof(*t));
    assert_int_equal(efti_lists_new(mem, &t->lists, NULL), EFT_OK);
    if (veil_tool_dictionary != NULL)
        assert_int_equal(
            efti_dictionary_open(mem, veil_tool_dictionary, &t->dictionary, NULL),
            EFT_OK);
    assert_int_equal(efti_tokenizer_new(mem, t->lists, &t->tokenizer, NULL), EFT_OK);
    assert_int_equal(efti_forms_new(mem, t->lists, t->dictionary, &t->forms, NULL),
                     EFT_OK);
    assert_int_equal(
        efti_veil_new(mem, t->lists, t->dictionary, t->forms, options, &t->veil, NULL),
        EFT_OK);
    efti_bytes_init(&t->out, mem);
}

static inline void
veil_tool_close(struct veil_tool *t)
{
    const eft_allocator *mem = &efti_malloc;

    efti_bytes_free(&t->out);
    efti_veiled_free(mem, &t->found);
    efti_segments_free(mem, &t->segments);
    efti_veil_free(t->veil);
    efti_forms_free(t->forms);
    efti_tokenizer_free(t->tokenizer);
    efti_dictionary_free(t->dictionary);
    efti_lists_free(t->lists);
}

/* The veiled text, NUL terminated, until the next call. */
static inline const char *
veil_tool_run(struct veil_tool *t, const char *bytes)
{
    eft_text text = {bytes, strlen(bytes)};

    assert_int_equal(efti_segment(t->tokenizer, text, &t->segments, NULL), EFT_OK);
    assert_int_equal(efti_forms_intern(t->forms, text, &t->segments, NULL), EFT_OK);
    assert_int_equal(efti_veil_find(t->veil, text, &t->segments, &t->found, NULL),
                     EFT_OK);
    efti_bytes_clear(&t->out);
    assert_int_equal(efti_veil_print(text, &t->found, &t->out, NULL), EFT_OK);
    efti_put_char(&t->out, '\0');
    return t->out.data;
}

struct veil_case {
    const char *text, *veiled; /* veiled NULL: nothing in it is touched */
};

static inline void
veil_tool_check(struct veil_tool *t, const struct veil_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *want = cases[i].veiled != NULL ? cases[i].veiled : cases[i].text;

        assert_string_equal(veil_tool_run(t, cases[i].text), want);
    }
}

#define VEIL_TOOL_NEEDS_DICTIONARY()                                                     \
    do {                                                                                 \
        if (veil_tool_dictionary == NULL)                                                \
            skip();                                                                      \
    } while (0)

/* The one of a test program, as its group opens and closes it. */
static struct veil_tool tool;

static inline int
open_tool(void **state)
{
    (void)state;
    veil_tool_open(&tool, NULL);
    return 0;
}

/* Short texts are taken as Swedish. */
static inline int
open_tool_of_any_language(void **state)
{
    static const struct efti_veil_options options = {.flags = EFTI_VEIL_ACCEPT_LANGUAGE};

    (void)state;
    veil_tool_open(&tool, &options);
    return 0;
}

static inline int
close_tool(void **state)
{
    (void)state;
    veil_tool_close(&tool);
    return 0;
}

#endif
