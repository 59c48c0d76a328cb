/*
 * ours.c - segment, fold, stem, intern and count with the library's own rooms
 *
 * Tokens are counted by stem, as in the reference. A token costs one look-up of its form
 * and one add: forms are numbered in order of appearance, so that the counters of
 * frequent ones share cache lines. Texts go in their order, some twenty together, since
 * each is short. When all are through, the count of each form is added to that of its
 * stem. A stem needs no dictionary, so none is opened. Cold: tokenizer, lists and form
 * table are made inside the measured time. Warm: the same texts a second time.
 */
#include "rows.h"

#include "vocab/forms.h"

#define TOGETHER ((size_t)16 << 10) /* bytes of texts that are read together */

struct ours {
    struct efti_lists *lists;
    struct efti_tokenizer *tokenizer;
    struct efti_forms *forms;
    struct efti_strings *stems;
    struct efti_segments segments;
    struct efti_together together;
    EFTI_ARRAY(uint32_t) uses;    /* by form: since the last sum */
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

/* Those of rare forms are in no near cache: asked for some words before they are used. */
#define COUNTED_AHEAD 32
static void
count(struct ours *o, const struct efti_segments *s)
{
    const struct efti_token *tokens = s->tokens.items;
    const size_t n = s->tokens.count, most = n < COUNTED_AHEAD ? n : COUNTED_AHEAD;
    uint32_t *uses = o->uses.items;

    for (size_t i = 0; i + most < n; i++) {
        EFTI_PREFETCH(&uses[tokens[i + most].form]);
        uses[tokens[i].form]++;
    }
    for (size_t i = n - most; i < n; i++)
        uses[tokens[i].form]++;
}

/* Segmented tokens to counts */
static bool
count_tokens(struct ours *o, eft_text text, struct efti_segments *s,
             struct bench_result *out)
{
    if (efti_forms_intern(o->forms, text, s, NULL) != EFT_OK || !cover_forms(o))
        return false;
    out->tokens += s->tokens.count;
    out->sum += s->sentences.count;
    count(o, s);
    return true;
}

/* How many of the texts from `first` on go together: short ones are not worth a way of
 * their own through all rooms, and more than this does not stay near. */
static size_t
block_of(const struct bench_texts *texts, size_t first)
{
    size_t bytes = 0, i = first;

    while (i < texts->count && bytes < TOGETHER)
        bytes += texts->items[i++].size;
    return i - first;
}

static bool
run_words(struct ours *o, const struct bench_texts *texts, struct bench_result *out)
{
    for (size_t i = 0, n; i < texts->count; i += n) {
        n = block_of(texts, i);
        if (efti_segment_together(o->tokenizer, texts->items + i, n, &o->together,
                                  NULL) != EFT_OK ||
            !count_tokens(o, efti_together_text(&o->together), &o->together.segments,
                          out))
            return false;
    }
    return true;
}

static bool
run_sentences(struct ours *o, const struct bench_texts *texts, struct bench_result *out)
{
    for (size_t i = 0; i < texts->count; i++)
        if (efti_segment(o->tokenizer, texts->items[i], &o->segments, NULL) != EFT_OK ||
            !count_tokens(o, texts->items[i], &o->segments, out))
            return false;
    return true;
}

static bool
run_all(struct ours *o, const struct bench_texts *texts, bool sentences,
        struct bench_result *out)
{
    out->tokens = out->sum = 0;
    bool done = sentences ? run_sentences(o, texts, out) : run_words(o, texts, out);
    done = done && sum_by_stem(o);
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
    for (size_t i = 0, n; i < texts->count; i += n) {
        n = block_of(texts, i);
        if (efti_segment_together(o.tokenizer, texts->items + i, n, &o.together, NULL) !=
            EFT_OK)
            return false;
        out->tokens += o.together.segments.tokens.count;
    }
    out->seconds = bench_now() - start;
    return true;
}
