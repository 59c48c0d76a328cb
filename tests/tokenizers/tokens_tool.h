/*
 * tokens_tool.h - a tokenizer and room for segments, for the test programs that use one
 */
#ifndef EFTI_TESTS_TOKENS_TOOL_H
#define EFTI_TESTS_TOKENS_TOOL_H

#include "tokenizers/fake_lists.h"
#include "tokenizers/tokenizer.h"

static struct efti_tokenizer *tokenizer;
static struct efti_segments segments;

static inline int
tokens_set_up(void **state)
{
    (void)state;
    return efti_tokenizer_new(&efti_malloc, fake_lists(), &tokenizer, NULL) != EFT_OK;
}

static inline int
tokens_tear_down(void **state)
{
    (void)state;
    efti_tokenizer_free(tokenizer);
    efti_segments_free(&efti_malloc, &segments);
    return 0;
}

#endif
