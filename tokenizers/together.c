/*
 * together.c - tokens of several short texts at once
 *
 *     Hej då.   www.   - Ja   ->   "Hej då. \nwww. \n- Ja \n"   ->   Hej då www Ja
 *
 * A text of some hundred bytes pays as much for beginning and ending as for a fifth of
 * its words: loops whose ends no processor can guess, groups of blocks that are half
 * full. So texts are copied side by side, which costs next to nothing (they must come
 * from memory anyway, and are near then), and scanned as one.
 *
 * Each has its own tokens all the same, for nothing reaches over the border between them,
 * which is a space and a line feed:
 *
 *     the space       ends what goes on to the next space (addresses, abbreviations),
 *                     and says as little behind a word as the end of a text does
 *     the line feed   begins a line, as a text does; ICU breaks before and behind it
 *                     whatever follows (a combining mark, a joiner), and so do the
 *                     scanner and what reads gaps; whoever looks for more behind a
 *                     space (t | ex, för- | och) looks for a letter
 *
 * tests/tokenizers/test_together.c holds them against the texts one by one.
 */
#include "tokenizers/internal.h"

#define BORDER " \n"
#define BORDER_BYTES (sizeof(BORDER) - 1)

void
efti_together_free(const eft_allocator *mem, struct efti_together *g)
{
    EFTI_ARRAY_FREE(mem, &g->bytes);
    EFTI_ARRAY_FREE(mem, &g->starts);
    efti_segments_free(mem, &g->segments);
}

/* Side by side. False: no memory. */
static bool
join_texts(const eft_allocator *mem, const eft_text *texts, size_t count, size_t bytes,
           struct efti_together *out)
{
    if (!EFTI_ARRAY_RESERVE(mem, &out->bytes, bytes) ||
        !EFTI_ARRAY_RESERVE(mem, &out->starts, count + 1))
        return false;
    uint32_t at = 0;
    for (size_t i = 0; i < count; i++) {
        char *to = out->bytes.items + at;
        out->starts.items[i] = at;
        if (texts[i].size > 0)
            memcpy(to, texts[i].bytes, texts[i].size);
        memcpy(to + texts[i].size, BORDER, BORDER_BYTES);
        at += (uint32_t)(texts[i].size + BORDER_BYTES);
    }
    out->starts.items[count] = at;
    out->bytes.count = bytes;
    out->starts.count = count + 1;
    return true;
}

eft_status
efti_segment_together(struct efti_tokenizer *t, const eft_text *texts, size_t count,
                      struct efti_together *out, eft_error *err)
{
    size_t bytes = 0;

    out->bytes.count = out->starts.count = out->segments.tokens.count = 0;
    for (size_t i = 0; i < count; i++) {
        if (texts[i].size < EFTI_MOST_BYTES)
            bytes += texts[i].size + BORDER_BYTES;
        if (texts[i].size >= EFTI_MOST_BYTES || bytes >= EFTI_MOST_BYTES)
            return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                             "texts read together must be below 1 GiB");
    }
    if (!join_texts(t->mem, texts, count, bytes, out))
        return efti_no_memory(err, "texts that are read together");
    /* the copies are near; what follows the last text is to be when its turn comes */
    const char *soon = out->bytes.items;
    if (count > 0 && texts[count - 1].size > 0)
        soon = texts[count - 1].bytes + texts[count - 1].size;
    return efti_find_words(t, efti_together_text(out), soon, &out->segments, err);
}
