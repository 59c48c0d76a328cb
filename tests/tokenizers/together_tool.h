/*
 * together_tool.h - texts segmented together held against the same texts one by one
 */
#ifndef EFTI_TESTS_TOGETHER_TOOL_H
#define EFTI_TESTS_TOGETHER_TOOL_H

#include "tokenizers/tokenizer.h"

#include <string.h>

/* Of one of the texts: are its tokens those from `*at` on, all things said of them? */
static inline bool
together_has(const struct efti_together *g, const struct efti_segments *alone,
             uint32_t start, size_t *at)
{
    if (alone->tokens.count > g->segments.tokens.count - *at)
        return false;
    for (size_t i = 0; i < alone->tokens.count; i++) {
        const struct efti_token *want = &alone->tokens.items[i];
        const struct efti_token *got = &g->segments.tokens.items[(*at)++];
        if (got->start != start + want->start || got->end != start + want->end ||
            got->form != want->form || got->flags != want->flags ||
            got->kind != want->kind || got->holds != want->holds)
            return false;
    }
    return true;
}

/* The number of the first text that is not as it is alone; `count`: none. `differs`: no
 * text does, but there are more tokens, or the bytes are others, or a call failed. */
static inline size_t
together_differs(struct efti_tokenizer *t, const eft_text *texts, size_t count,
                 struct efti_together *g, struct efti_segments *alone, bool *differs)
{
    size_t at = 0, i = 0;

    *differs = true;
    if (efti_segment_together(t, texts, count, g, NULL) != EFT_OK ||
        g->starts.count != count + 1 || g->starts.items[count] != g->bytes.count)
        return count;
    for (; i < count; i++)
        if (efti_segment_words(t, texts[i], alone, NULL) != EFT_OK ||
            g->starts.items[i + 1] - g->starts.items[i] < texts[i].size ||
            (texts[i].size > 0 && memcmp(g->bytes.items + g->starts.items[i],
                                         texts[i].bytes, texts[i].size) != 0) ||
            !together_has(g, alone, g->starts.items[i], &at))
            return i;
    *differs = at != g->segments.tokens.count;
    return i;
}

#endif
