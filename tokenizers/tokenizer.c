/*
 * tokenizer.c - one text into tokens and sentences
 *
 * Holds the scratch that a thread uses again and again: raw segments, UTF-16 units, the
 * break iterator, remembered abbreviations. Nothing in it depends on earlier texts but
 * speed.
 */
#include "tokenizers/internal.h"

#define MOST_BYTES ((size_t)1 << 30) /* offsets are 32 bits, UTF-16 lengths 31 */

void
efti_segments_free(const eft_allocator *mem, struct efti_segments *s)
{
    EFTI_ARRAY_FREE(mem, &s->tokens);
    EFTI_ARRAY_FREE(mem, &s->sentences);
}

eft_status
efti_tokenizer_new(const eft_allocator *mem, const struct efti_lists *lists,
                   struct efti_tokenizer **out, eft_error *err)
{
    *out = NULL;
    struct efti_tokenizer *t = efti_zalloc(mem, 1, sizeof(*t));
    if (t == NULL)
        return efti_no_memory(err, "a tokenizer");
    t->mem = mem;
    t->lists = lists;
    t->may_abbreviate = lists == NULL ? NULL : efti_lists_abbreviation_map(lists);
    t->slots = efti_zalloc(mem, ABBREVIATION_SLOTS, sizeof(*t->slots));
    eft_status st =
        t->slots == NULL ? efti_no_memory(err, "a tokenizer") : efti_icu_open(t, err);
    if (st != EFT_OK) {
        efti_tokenizer_free(t);
        return st;
    }
    *out = t;
    return EFT_OK;
}

void
efti_tokenizer_free(struct efti_tokenizer *t)
{
    if (t == NULL)
        return;
    efti_icu_close(t);
    EFTI_ARRAY_FREE(t->mem, &t->raw);
    EFTI_ARRAY_FREE(t->mem, &t->units);
    EFTI_ARRAY_FREE(t->mem, &t->places);
    efti_release(t->mem, t->slots, ABBREVIATION_SLOTS * sizeof(*t->slots));
    efti_release(t->mem, t, sizeof(*t));
}

static eft_status
tokens_only(struct efti_tokenizer *t, eft_text text, struct efti_segments *out,
            eft_error *err)
{
    out->tokens.count = 0;
    out->sentences.count = 0;
    if (text.size >= MOST_BYTES)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "a text must be below 1 GiB");
    eft_status st = efti_scan(t, text, err);
    if (st == EFT_OK)
        st = efti_rules_apply(t, text, out, err);
    if (st != EFT_OK)
        out->tokens.count = 0;
    return st;
}

eft_status
efti_segment_words(struct efti_tokenizer *t, eft_text text, struct efti_segments *out,
                   eft_error *err)
{
    return tokens_only(t, text, out, err);
}

eft_status
efti_segment_plain(struct efti_tokenizer *t, eft_text text, struct efti_segments *out,
                   eft_error *err)
{
    t->plain = true;
    eft_status st = tokens_only(t, text, out, err);
    t->plain = false;
    return st;
}

eft_status
efti_segment(struct efti_tokenizer *t, eft_text text, struct efti_segments *out,
             eft_error *err)
{
    eft_status st = tokens_only(t, text, out, err);

    if (st == EFT_OK)
        st = efti_find_sentences(t, text, out, err);
    if (st != EFT_OK)
        out->tokens.count = out->sentences.count = 0;
    return st;
}
