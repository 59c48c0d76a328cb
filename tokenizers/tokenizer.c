/*
 * tokenizer.c - one text into tokens and sentences
 *
 * Holds the scratch that a thread uses again and again: raw segments, UTF-16 units, the
 * break iterator, remembered abbreviations. Nothing in it depends on earlier texts but
 * speed.
 */
#include "tokenizers/internal.h"

void
efti_segments_free(const eft_allocator *mem, struct efti_segments *s)
{
    EFTI_ARRAY_FREE(mem, &s->tokens);
    EFTI_ARRAY_FREE(mem, &s->sentences);
}

#define FILTERS 6
#define FILTER_BYTES (EFTI_SCAN_FILTER_WORDS * sizeof(uint64_t))

#define PENDING_BYTES (2 * EFTI_SCAN_PENDING * sizeof(uint32_t))

static bool
open_filters(struct efti_tokenizer *t)
{
    if (t->lists == NULL)
        return true;
    t->slots = efti_zalloc(t->mem, ABBREVIATION_SLOTS, sizeof(*t->slots));
    t->begins = efti_zalloc(t->mem, FILTERS, FILTER_BYTES);
    if (t->slots == NULL || t->begins == NULL)
        return false;
    t->stopped = t->begins + EFTI_SCAN_FILTER_WORDS;
    t->pairs = t->stopped + EFTI_SCAN_FILTER_WORDS;
    t->wholes = t->pairs + EFTI_SCAN_FILTER_WORDS;
    t->heads = t->wholes + EFTI_SCAN_FILTER_WORDS;
    t->sieve = t->heads + EFTI_SCAN_FILTER_WORDS;
    efti_abbreviation_filters(t);
    return true;
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
    t->path = efti_scan_best();
    t->pending = efti_alloc(mem, PENDING_BYTES);
    eft_status st = t->pending != NULL && open_filters(t)
                        ? efti_icu_open(t, err)
                        : efti_no_memory(err, "a tokenizer");
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
    EFTI_ARRAY_FREE(t->mem, &t->spare);
    EFTI_ARRAY_FREE(t->mem, &t->otherwise);
    EFTI_ARRAY_FREE(t->mem, &t->marks);
    EFTI_ARRAY_FREE(t->mem, &t->spare_marks);
    EFTI_ARRAY_FREE(t->mem, &t->gaps);
    EFTI_ARRAY_FREE(t->mem, &t->units);
    EFTI_ARRAY_FREE(t->mem, &t->places);
    efti_release(t->mem, t->pending, PENDING_BYTES);
    if (t->slots != NULL)
        efti_release(t->mem, t->slots, ABBREVIATION_SLOTS * sizeof(*t->slots));
    if (t->begins != NULL)
        efti_release(t->mem, t->begins, FILTERS * FILTER_BYTES);
    efti_release(t->mem, t, sizeof(*t));
}

bool
efti_tokenizer_set_path(struct efti_tokenizer *t, const char *name)
{
    size_t count;
    const struct efti_scan_path *paths = efti_scan_paths(&count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(paths[i].name, name) == 0 && paths[i].available()) {
            t->path = &paths[i];
            return true;
        }
    return false;
}

const char *
efti_tokenizer_path(const struct efti_tokenizer *t)
{
    return t->path->name;
}

void
efti_tokenizer_share(struct efti_tokenizer *t, uint64_t *bytes, uint64_t *by_icu)
{
    *bytes = t->bytes;
    *by_icu = t->by_icu;
    t->bytes = t->by_icu = 0;
}

eft_status
efti_find_words(struct efti_tokenizer *t, eft_text text, const char *soon,
                struct efti_segments *out, eft_error *err)
{
    out->tokens.count = 0;
    out->sentences.count = 0;
    if (text.size >= EFTI_MOST_BYTES)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "a text must be below 1 GiB");
    eft_status st = efti_scan(t, text, soon, err);
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
    const char *soon = text.size == 0 ? NULL : text.bytes + EFTI_TEXT_AHEAD;

    return efti_find_words(t, text, soon, out, err);
}

eft_status
efti_segment_plain(struct efti_tokenizer *t, eft_text text, struct efti_segments *out,
                   eft_error *err)
{
    t->plain = true;
    eft_status st = efti_segment_words(t, text, out, err);
    t->plain = false;
    return st;
}

eft_status
efti_segment(struct efti_tokenizer *t, eft_text text, struct efti_segments *out,
             eft_error *err)
{
    eft_status st = efti_segment_words(t, text, out, err);

    if (st == EFT_OK)
        st = efti_find_sentences(t, text, out, err);
    if (st != EFT_OK)
        out->tokens.count = out->sentences.count = 0;
    return st;
}
