/*
 * ours.c - segment, fold, stem, intern and count with the library's own rooms
 *
 * Tokens are counted by stem, as in the reference. A token costs one look-up of its form
 * and one add: forms are numbered in order of appearance, so that the counters of
 * frequent ones share cache lines. When all texts are through, the count of each form is
 * added to that of its stem. A stem needs no dictionary, so none is opened. Cold:
 * tokenizer, lists and form table are made inside the measured time. Warm: the same texts
 * a second time.
 */
#include "rows.h"

#include "vocab/forms.h"

struct ours {
    struct efti_lists *lists;
    struct efti_tokenizer *tokenizer;
    struct efti_forms *forms;
    struct efti_strings *stems;
    struct efti_segments segments, before; /* `before`: what is not counted yet */
    EFTI_ARRAY(uint32_t) uses;             /* by form: since the last sum */
    EFTI_ARRAY(uint32_t) numbers; /* by form: of its stem, as far as they are known */
    EFTI_ARRAY(uint64_t) counts;  /* by stem */
};

static bool
number_stem(struct ours *o, uint32_t form)
{
    eft_text stem = efti_form_stem(efti_forms_get(o->forms, form));
    bool added;
    uint32_t number = efti_strings_add(o->stems, stem.bytes, stem.size, &added);

    if (number == EFTI_NOT_FOUND || !EFTI_PUSH(&efti_malloc, &o->numbers) ||
        (added && !EFTI_PUSH(&efti_malloc, &o->counts)))
        return false;
    if (added)
        o->counts.items[number] = 0;
    o->numbers.items[form] = number;
    return true;
}

static bool
sum_by_stem(struct ours *o)
{
    for (uint32_t i = 0; i < o->uses.count; i++) {
        if (i == o->numbers.count && !number_stem(o, i))
            return false;
        o->counts.items[o->numbers.items[i]] += o->uses.items[i];
        o->uses.items[i] = 0;
    }
    return true;
}

/* A counter for each form. */
static bool
cover_forms(struct ours *o)
{
    size_t need = efti_forms_count(o->forms), old = o->uses.count;

    if (need > old) {
        if (!EFTI_ARRAY_RESERVE(&efti_malloc, &o->uses, need))
            return false;
        memset(o->uses.items + old, 0, (need - old) * sizeof(*o->uses.items));
        o->uses.count = need;
    }
    return true;
}

/* Nor does it need a look for compounds and into lists, nor running words' records: left
 * out. */
static bool
open_ours(struct ours *o)
{
    memset(o, 0, sizeof(*o));
    return efti_lists_new(&efti_malloc, &o->lists, NULL) == EFT_OK &&
           efti_tokenizer_new(&efti_malloc, o->lists, &o->tokenizer, NULL) == EFT_OK &&
           efti_forms_new(&efti_malloc, o->lists, NULL, &o->forms, NULL) == EFT_OK &&
           (efti_forms_leave_out(o->forms, EFTI_FORM_COMPOUND | EFTI_FORM_LISTS |
                                               EFTI_FORM_TERM | EFTI_FORM_RECORDS),
            true) &&
           efti_strings_new(&efti_malloc, &o->stems, NULL) == EFT_OK;
}

static void
count(struct ours *o, const struct efti_segments *s)
{
    for (size_t i = 0; i < s->tokens.count; i++)
        o->uses.items[s->tokens.items[i].form]++;
}

/* Those of rare forms are in no near cache: asked for here, a text before they are
 * used. */
#define NEAR_COUNTERS ((size_t)1 << 15)
static void
count_later(struct ours *o)
{
    const struct efti_segments now = o->segments;

    for (size_t i = 0; i < now.tokens.count; i++)
        EFTI_PREFETCH(&o->uses.items[now.tokens.items[i].form]);
    count(o, &o->before);
    o->segments = o->before;
    o->before = now;
}

static bool
run_text(struct ours *o, eft_text text, bool sentences, struct bench_result *out)
{
    eft_status st = sentences
                        ? efti_segment(o->tokenizer, text, &o->segments, NULL)
                        : efti_segment_words(o->tokenizer, text, &o->segments, NULL);
    if (st != EFT_OK || efti_forms_intern(o->forms, text, &o->segments, NULL) != EFT_OK ||
        !cover_forms(o))
        return false;
    out->tokens += o->segments.tokens.count;
    out->sum += o->segments.sentences.count;
    if (o->uses.count < NEAR_COUNTERS)
        count(o, &o->segments);
    else
        count_later(o);
    return true;
}

static bool
run_all(struct ours *o, const struct bench_texts *texts, bool sentences,
        struct bench_result *out)
{
    out->tokens = out->sum = 0;
    for (size_t i = 0; i < texts->count; i++)
        if (!run_text(o, texts->items[i], sentences, out))
            return false;
    count(o, &o->before);
    o->before.tokens.count = 0;
    bool done = sum_by_stem(o);
    out->types = o->counts.count;
    return done;
}

bool
bench_words_cold(const struct bench_texts *texts, struct bench_result *out)
{
    struct ours o;
    double start = bench_now();
    bool done = open_ours(&o);

    out->start_up = bench_now() - start;
    done = done && run_all(&o, texts, false, out);
    out->seconds = bench_now() - start;
    return done;
}

bool
bench_words_warm(const struct bench_texts *texts, struct bench_result *out)
{
    struct ours o;

    if (!open_ours(&o) || !run_all(&o, texts, false, out))
        return false;
    double start = bench_now();
    bool done = run_all(&o, texts, false, out);
    out->seconds = bench_now() - start;
    return done;
}

bool
bench_sentences_cold(const struct bench_texts *texts, struct bench_result *out)
{
    struct ours o;
    double start = bench_now();
    bool done = open_ours(&o);

    out->start_up = bench_now() - start;
    done = done && run_all(&o, texts, true, out);
    out->seconds = bench_now() - start;
    return done;
}

bool
bench_segment_only(const struct bench_texts *texts, struct bench_result *out)
{
    struct ours o;

    if (!open_ours(&o))
        return false;
    double start = bench_now();
    for (size_t i = 0; i < texts->count; i++) {
        if (efti_segment_words(o.tokenizer, texts->items[i], &o.segments, NULL) != EFT_OK)
            return false;
        out->tokens += o.segments.tokens.count;
    }
    out->seconds = bench_now() - start;
    return true;
}
