/*
 * ahead.c - several texts through the rooms together, one room after another
 *
 *     segment  a b c ...     what a room does with a text runs through 140 KB of code,
 *     intern   a b c ...     more than the nearest cache holds: who takes text by text
 *     veil     a b c ...     through all rooms fetches it anew for each of them
 *     match    a b c ...
 *     weigh    a b c ...
 *
 * This is a look ahead and nothing else: texts that will be asked for soon are made
 * ready, and efti_worker_match_valid() finds them so. Whoever asks for another text gets
 * that. A text that is not UTF-8 or too long to wait with others is left to its own turn.
 *
 * Forms and terms are numbered in another order by it, and those of a text that nobody
 * asks for afterwards (a reflection that was counted before) get numbers too. Neither
 * shows: what a tally tells is in order of bytes, and of what was counted.
 */
#include "pipeline/model_features.h"

/* Their tokens, spans and hits, some 12 bytes for each of text, are to stay near. */
#define MOST_BYTES ((size_t)48 << 10)

/* What efti_worker_match_valid() leaves behind, of a text that is not its turn yet. */
struct efti_ahead_text {
    eft_text text;
    struct efti_segments segments;
    struct efti_veiled veiled;
    struct efti_hits hits;
};

/* The worker's three and those of `a`, the other way round. */
static void
swap_text(struct efti_worker *w, struct efti_ahead_text *a)
{
    const struct efti_segments segments = w->segments;
    const struct efti_veiled veiled = w->veiled;
    const struct efti_hits hits = w->hits;

    w->segments = a->segments;
    w->veiled = a->veiled;
    w->hits = a->hits;
    a->segments = segments;
    a->veiled = veiled;
    a->hits = hits;
}

/* Which texts: as many as fit, in their order. */
static void
choose_texts(struct efti_ahead *ahead, const eft_text *texts, size_t count)
{
    size_t bytes = 0;

    for (size_t i = 0; i < count && ahead->count < EFTI_AHEAD_MOST; i++) {
        const eft_text text = texts[i];
        if (text.size > MOST_BYTES - bytes)
            break;
        if (efti_utf8_valid_prefix(text.bytes, text.size) != text.size)
            continue;
        ahead->texts[ahead->count++].text = text;
        bytes += text.size;
    }
}

static eft_status
read_texts(struct efti_worker *w, eft_error *err)
{
    struct efti_ahead_text *texts = w->ahead.texts;
    const uint32_t count = w->ahead.count;
    eft_status st = EFT_OK;

    for (uint32_t i = 0; i < count && st == EFT_OK; i++)
        st = efti_segment(w->tokenizer, texts[i].text, &texts[i].segments, err);
    for (uint32_t i = 0; i < count && st == EFT_OK; i++)
        st = efti_forms_intern(w->forms, texts[i].text, &texts[i].segments, err);
    if (st == EFT_OK)
        efti_worker_meet_forms(w);
    for (uint32_t i = 0; i < count && st == EFT_OK; i++)
        st = efti_veil_find(w->veil, texts[i].text, &texts[i].segments, &texts[i].veiled,
                            err);
    return st;
}

static eft_status
expect_numbers(struct efti_worker *w, eft_error *err)
{
    eft_status st = efti_worker_expect_begin(w, err);

    for (uint32_t i = 0; i < w->ahead.count && st == EFT_OK; i++)
        st = efti_worker_expect_of(w, &w->ahead.texts[i].veiled.tokens, err);
    if (st == EFT_OK)
        efti_worker_expect_end(w);
    return st;
}

static eft_status
match_texts(struct efti_worker *w, eft_error *err)
{
    const bool weighed = w->features != NULL;
    struct efti_ahead_text *texts = w->ahead.texts;
    const uint32_t count = w->ahead.count;
    eft_status st = weighed ? expect_numbers(w, err) : EFT_OK;

    for (uint32_t i = 0; i < count && st == EFT_OK; i++)
        st = efti_match_find(w->match, texts[i].text, &texts[i].veiled.tokens,
                             &texts[i].hits, err);
    if (st == EFT_OK && weighed)
        st = efti_worker_number_expected(w, err);
    for (uint32_t i = 0; i < count && st == EFT_OK; i++) {
        swap_text(w, &texts[i]);
        st = efti_worker_weigh(w, err);
        swap_text(w, &texts[i]);
    }
    return st;
}

eft_status
efti_worker_look_ahead(struct efti_worker *w, const eft_text *texts, size_t count,
                       eft_error *err)
{
    struct efti_ahead *ahead = &w->ahead;

    ahead->next = ahead->count = 0;
    if (count < 2)
        return EFT_OK;
    if (ahead->texts == NULL)
        ahead->texts = efti_zalloc(w->mem, EFTI_AHEAD_MOST, sizeof(*ahead->texts));
    if (ahead->texts == NULL)
        return efti_no_memory(err, "texts that are looked at together");
    choose_texts(ahead, texts, count);
    eft_status st = read_texts(w, err);
    if (st == EFT_OK)
        st = match_texts(w, err);
    if (st != EFT_OK)
        ahead->count = 0;
    return st;
}

bool
efti_worker_is_ahead(const struct efti_worker *w, eft_text text)
{
    const struct efti_ahead *ahead = &w->ahead;

    for (uint32_t i = ahead->next; i < ahead->count; i++) {
        const eft_text made = ahead->texts[i].text;
        if (made.bytes == text.bytes && made.size == text.size)
            return true;
    }
    return false;
}

bool
efti_worker_take_ahead(struct efti_worker *w, eft_text text)
{
    struct efti_ahead *ahead = &w->ahead;

    for (uint32_t i = ahead->next; i < ahead->count; i++) {
        const eft_text made = ahead->texts[i].text;
        if (made.bytes != text.bytes || made.size != text.size)
            continue;
        ahead->next = i + 1; /* those before it were not asked for */
        swap_text(w, &ahead->texts[i]);
        return true;
    }
    return false;
}

void
efti_worker_ahead_free(struct efti_worker *w)
{
    struct efti_ahead *ahead = &w->ahead;

    for (size_t i = 0; ahead->texts != NULL && i < EFTI_AHEAD_MOST; i++) {
        efti_segments_free(w->mem, &ahead->texts[i].segments);
        efti_veiled_free(w->mem, &ahead->texts[i].veiled);
        EFTI_ARRAY_FREE(w->mem, &ahead->texts[i].hits.hits);
    }
    efti_release(w->mem, ahead->texts, EFTI_AHEAD_MOST * sizeof(*ahead->texts));
    *ahead = (struct efti_ahead){0};
}
