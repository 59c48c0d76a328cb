/*
 * worker.c - one text through the rooms: check, segment, intern, veil, match, weigh
 *
 * Order matters: the veil registers its analyser of forms before the matcher, because
 * what may be shown as a term depends on what the veil knows of the form.
 */
#include "pipeline/model_features.h"

#define MAX_TEXT ((size_t)1 << 30)

eft_status
efti_worker_open(struct efti_worker *w, eft_plan *plan, eft_error *err)
{
    eft_status st;

    *w = (struct efti_worker){.plan = plan, .mem = &plan->allocator};
    efti_bytes_init(&w->term, w->mem);
    struct efti_veil_options veil = {
        .flags =
            (plan->flags & EFT_PLAN_ACCEPT_LANGUAGE) != 0 ? EFTI_VEIL_ACCEPT_LANGUAGE : 0,
        .allow = plan->allow.items,
        .allow_count = plan->allow.count,
        .roster = plan->roster.items,
        .roster_count = plan->roster.count,
        .listed = plan->listed,
        .listed_count = plan->listed_count,
        .off = plan->off,
        .weaken_per_mille = plan->weaken_per_mille,
        .weaken_seed = plan->weaken_seed,
    };
    if ((st = efti_tokenizer_new(w->mem, plan->lists, &w->tokenizer, err)) == EFT_OK &&
        (st = efti_forms_new(w->mem, plan->lists, plan->dictionary, &w->forms, err)) ==
            EFT_OK &&
        (st = efti_veil_new(w->mem, plan->lists, plan->dictionary, w->forms, &veil,
                            &w->veil, err)) == EFT_OK)
        st = efti_match_worker_new(w->mem, plan->matcher, w->forms, &w->match, err);
    if (st == EFT_OK)
        st = efti_worker_decide_open(w, err);
    if (st != EFT_OK)
        efti_worker_close(w);
    return st;
}

void
efti_worker_close(struct efti_worker *w)
{
    if (w->mem == NULL)
        return;
    efti_worker_ahead_free(w);
    efti_worker_decide_close(w);
    EFTI_ARRAY_FREE(w->mem, &w->hits.hits);
    efti_bytes_free(&w->term);
    efti_worker_terms_free(w);
    efti_veiled_free(w->mem, &w->veiled);
    efti_segments_free(w->mem, &w->segments);
    efti_match_worker_free(w->match);
    efti_veil_free(w->veil);
    efti_forms_free(w->forms);
    efti_tokenizer_free(w->tokenizer);
    *w = (struct efti_worker){0};
}

static eft_status
find_hits(struct efti_worker *w, eft_text text, eft_error *err)
{
    const bool weighed = w->features != NULL; /* then all terms of the text are needed */
    eft_status st = weighed ? efti_worker_expect_numbers(w, err) : EFT_OK;

    if (st == EFT_OK)
        st = efti_match_find(w->match, text, &w->veiled.tokens, &w->hits, err);
    if (st == EFT_OK && weighed)
        st = efti_worker_number_expected(w, err);
    return st == EFT_OK ? efti_worker_weigh(w, err) : st;
}

static eft_status
segment_valid(struct efti_worker *w, eft_text text, eft_error *err)
{
    eft_status st;

    if (text.size > MAX_TEXT)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "a text above 1 GiB");
    if ((st = efti_segment(w->tokenizer, text, &w->segments, err)) != EFT_OK)
        return st;
    return efti_forms_intern(w->forms, text, &w->segments, err);
}

eft_status
efti_worker_segment(struct efti_worker *w, eft_text text, eft_error *err)
{
    if (text.size <= MAX_TEXT) { /* else nothing of it is read */
        size_t good = efti_utf8_valid_prefix(text.bytes, text.size);
        if (good != text.size)
            return efti_fail(err, EFT_E_ENCODING, good,
                             "the text is not UTF-8 at byte %zu", good);
    }
    return segment_valid(w, text, err);
}

eft_status
efti_worker_veil(struct efti_worker *w, eft_text text, eft_error *err)
{
    eft_status st = efti_worker_segment(w, text, err);

    if (st != EFT_OK)
        return st;
    return efti_veil_find(w->veil, text, &w->segments, &w->veiled, err);
}

eft_status
efti_worker_match_valid(struct efti_worker *w, eft_text text, eft_error *err)
{
    if (efti_worker_take_ahead(w, text))
        return EFT_OK;
    eft_status st = segment_valid(w, text, err);
    if (st == EFT_OK) {
        efti_worker_meet_forms(w);
        st = efti_veil_find(w->veil, text, &w->segments, &w->veiled, err);
    }
    if (st != EFT_OK)
        return st;
    return find_hits(w, text, err);
}

eft_status
efti_worker_match(struct efti_worker *w, eft_text text, eft_error *err)
{
    eft_status st = efti_worker_veil(w, text, err);

    if (st != EFT_OK)
        return st;
    return find_hits(w, text, err);
}

bool
efti_blank(eft_text text)
{
    bool blank = true;

    for (size_t at = 0; at < text.size && blank;)
        blank = efti_is_space(efti_utf8_next(text.bytes, text.size, &at));
    return blank;
}

static eft_text
trim_text(eft_text text)
{
    for (size_t at = 0; text.size > 0; at = 0) {
        if (!efti_is_space(efti_utf8_next(text.bytes, text.size, &at)))
            break;
        text.bytes += at;
        text.size -= at;
    }
    while (text.size > 0) {
        uint32_t last = efti_utf8_before(text.bytes, text.size);
        char put[4];
        if (!efti_is_space(last))
            break;
        text.size -= efti_utf8_put(last, put);
    }
    return text;
}

/* An answer that says nothing: white space, stops alone, or a listed phrase. Only short
 * texts are looked up: the longest listed phrase is far below 120 bytes. */
eft_status
efti_worker_answer(struct efti_worker *w, eft_text text, uint32_t *flags, eft_error *err)
{
    struct efti_bytes folded;

    text = trim_text(text);
    *flags = text.size == 0 ? EFTI_RECORD_EMPTY : 0;
    if (text.size == 0 || text.size > 120)
        return EFT_OK;
    efti_bytes_init(&folded, w->mem);
    eft_status st =
        efti_fold(efti_forms_unicode(w->forms), text.bytes, text.size, &folded, err);
    if (st == EFT_OK &&
        efti_lists_uninformative(w->plan->lists, folded.data, folded.size))
        *flags = EFTI_RECORD_UNINFORMATIVE;
    efti_bytes_free(&folded);
    return st;
}
