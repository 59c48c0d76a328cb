/*
 * phase_b.c - term pairs, counted from the spools after everything else is known
 *
 * Eligible are the closed terms with most writers (then reflections, tokens, bytes), at
 * most 2000, without function words: a pair of "och" and "att" says nothing. A term is a
 * function word when some form of it is on the list; which forms were seen is a property
 * of the data, so this does not depend on threads or order. A list of the user's is one
 * of terms (words.c).
 */
#include "pipeline/pipeline.h"

#include "release/release.h"

#define MOST_PAIR_TERMS 50000u /* tests/tally/test_pairs_large.c measures it */

struct candidate {
    uint32_t term, writers;
    uint64_t reflections, tokens;
};

static int
by_strength(const void *a, const void *b, void *user)
{
    const struct candidate *x = a, *y = b;

    (void)user;
    if (x->writers != y->writers)
        return x->writers > y->writers ? -1 : 1;
    if (x->reflections != y->reflections)
        return x->reflections > y->reflections ? -1 : 1;
    if (x->tokens != y->tokens)
        return x->tokens > y->tokens ? -1 : 1;
    return x->term < y->term ? -1 : x->term > y->term; /* ids are in the order of bytes */
}

static int
by_id(const void *a, const void *b, void *user)
{
    const uint32_t *x = a, *y = b;

    (void)user;
    return *x < *y ? -1 : *x > *y;
}

/* The frozen id of a term, by bisection; 0: not there. */
static uint32_t
frozen_term(const struct efti_frozen *f, eft_text term)
{
    uint32_t low = 1, high = f->term_count;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        int c =
            efti_compare(f->terms[mid].bytes, f->terms[mid].size, term.bytes, term.size);
        if (c == 0)
            return mid;
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return 0;
}

/* Those that its own spool numbers; NULL: there are none. */
static const struct efti_strings *
own_terms(const eft_tally *t)
{
    return t->worker == NULL ? NULL : t->worker->terms.strings;
}

/* Terms that are function words, over all spools, by frozen id. */
static eft_status
mark_function_words(const eft_tally *t, const struct efti_frozen *f, uint8_t *function)
{
    for (size_t p = 0; p <= t->parts.count; p++) {
        bool own = p == t->parts.count;
        const struct efti_strings *terms = own ? own_terms(t) : t->parts.items[p].terms;
        const uint8_t *flags =
            own ? t->terms.function.items : t->parts.items[p].function.items;
        size_t known = own ? t->terms.function.count : t->parts.items[p].function.count;
        for (size_t i = 1; terms != NULL && i < known; i++) {
            if (flags[i] != 0)
                function[frozen_term(f, efti_strings_get(terms, (uint32_t)i - 1))] = 1;
        }
    }
    return EFT_OK;
}

static void
mark_stop_words(const struct efti_strings *stop, const struct efti_frozen *f,
                uint8_t *function)
{
    for (uint32_t i = 1; i < f->term_count; i++)
        function[i] = efti_strings_find(stop, f->terms[i].bytes, f->terms[i].size) !=
                      EFTI_NOT_FOUND;
}

/* Postings come by term, then writer: one pass gives writers, reflections and tokens. */
static uint32_t
gather_candidates(const struct efti_frozen *f, const uint8_t *function,
                  struct candidate *out)
{
    uint32_t count = 0;

    for (uint32_t term = EFTI_TERM_OPEN + 1; term < f->term_count; term++) {
        struct efti_posting_walk w = efti_postings_of(f, term);
        struct efti_posting p;
        uint32_t writer = EFTI_NO_ID;
        if (function[term] != 0 || w.at == w.end)
            continue;
        struct candidate *c = &out[count++];
        *c = (struct candidate){.term = term};
        while (efti_posting_next(&w, &p)) {
            c->writers += p.writer != writer;
            c->reflections += p.reflections;
            c->tokens += p.tokens;
            writer = p.writer;
        }
    }
    return count;
}

static eft_status
eligible_terms(const eft_tally *t, const struct efti_frozen *f, uint32_t limit,
               bool no_stop, uint32_t **out, uint32_t *count, eft_error *err)
{
    uint8_t *function = efti_zalloc(t->mem, f->term_count, 1);
    struct candidate *c = efti_zalloc(t->mem, f->term_count, sizeof(*c));

    *out = efti_zalloc(t->mem, limit, sizeof(**out));
    *count = 0;
    if (function != NULL && c != NULL && *out != NULL) {
        if (!no_stop && t->plan->stop != NULL)
            mark_stop_words(t->plan->stop, f, function);
        else if (!no_stop)
            (void)mark_function_words(t, f, function);
        uint32_t n = gather_candidates(f, function, c);
        efti_sort(c, n, sizeof(*c), by_strength, NULL);
        *count = n < limit ? n : limit;
        for (uint32_t i = 0; i < *count; i++)
            (*out)[i] = c[i].term;
        efti_sort(*out, *count, sizeof(**out), by_id, NULL);
    }
    bool ok = function != NULL && c != NULL && *out != NULL;
    efti_release(t->mem, function, f->term_count);
    efti_release(t->mem, c, f->term_count * sizeof(*c));
    return ok ? EFT_OK : efti_no_memory(err, "the eligible terms");
}

struct feed {
    eft_tally *tally;
    const struct efti_frozen *frozen;
    struct efti_pair_counter *counter;
    struct efti_strings *writers;
    uint64_t reflections;
    EFTI_ARRAY(uint32_t) terms;
    EFTI_ARRAY(uint32_t) ends;
};

/* Writers get numbers of their own here: pairs only ask which are the same. Without a
 * writer each reflection stands alone, or all share one, as the settings say. */
static eft_status
writer_number(struct feed *feed, const struct efti_spooled *r, uint32_t *out,
              eft_error *err)
{
    char alone[9] = {1};

    if (r->has_writer) {
        *out = efti_strings_add(feed->writers, (const char *)r->writer.b, EFTI_ID_SIZE,
                                NULL);
    } else if (feed->frozen->settings.writer_column) {
        *out = efti_strings_add(feed->writers, "", 0, NULL);
    } else {
        memcpy(alone + 1, &feed->reflections, 8);
        *out = efti_strings_add(feed->writers, alone, sizeof(alone), NULL);
    }
    return *out == EFTI_NOT_FOUND ? efti_no_memory(err, "the writers") : EFT_OK;
}

static eft_status
feed_record(struct feed *feed, const struct efti_spooled *r, const uint32_t *frozen_of,
            eft_error *err)
{
    uint32_t writer, at = 0;
    eft_status st = writer_number(feed, r, &writer, err);

    if (st != EFT_OK)
        return st;
    if (!EFTI_ARRAY_RESERVE(feed->tally->mem, &feed->terms, r->term_count) ||
        !EFTI_ARRAY_RESERVE(feed->tally->mem, &feed->ends, r->sentence_count))
        return efti_no_memory(err, "the terms of a sentence");
    feed->terms.count = feed->ends.count = 0;
    for (size_t s = 0; s < r->sentence_count; s++) {
        for (; at < r->sentence_ends[s]; at++)
            feed->terms.items[feed->terms.count++] = frozen_of[r->terms[at]];
        feed->ends.items[feed->ends.count++] = (uint32_t)feed->terms.count;
    }
    feed->reflections++;
    struct efti_pair_text text = {
        .writer = writer,
        .terms = feed->terms.items,
        .term_count = feed->terms.count,
        .sentence_ends = feed->ends.items,
        .sentence_count = feed->ends.count,
        .words = r->words,
        .places = r->places,
    };
    return efti_pair_counter_add(feed->counter, &text, err);
}

static eft_status
feed_spool(struct feed *feed, struct efti_spool *spool, const struct efti_strings *terms,
           eft_error *err)
{
    const eft_allocator *mem = feed->tally->mem;
    uint32_t count = terms == NULL ? 1 : efti_strings_count(terms) + 1;
    uint32_t *frozen_of = efti_zalloc(mem, count, sizeof(*frozen_of));
    struct efti_spooled r;
    eft_status st = frozen_of == NULL ? efti_no_memory(err, "the terms of a spool")
                                      : efti_spool_rewind(spool, err);

    for (uint32_t i = 1; st == EFT_OK && i < count; i++)
        frozen_of[i] = frozen_term(feed->frozen, efti_strings_get(terms, i - 1));
    while (st == EFT_OK && (st = efti_spool_next(spool, &r, err)) == EFT_OK)
        st = feed_record(feed, &r, frozen_of, err);
    efti_release(mem, frozen_of, count * sizeof(*frozen_of));
    return st == EFT_END ? EFT_OK : st;
}

static eft_status
feed_all(struct feed *feed, eft_error *err)
{
    eft_tally *t = feed->tally;
    eft_status st = EFT_OK;

    for (size_t i = 0; i < t->parts.count && st == EFT_OK; i++)
        st = feed_spool(feed, t->parts.items[i].spool, t->parts.items[i].terms, err);
    if (st == EFT_OK)
        st = feed_spool(feed, t->spool, own_terms(t), err);
    return st;
}

eft_status
efti_count_pairs(eft_tally *t, uint32_t eligible, uint32_t least_writers, bool no_stop,
                 struct efti_term_pairs *out, eft_error *err)
{
    struct feed feed = {.tally = t, .frozen = efti_tally_frozen(t->counts)};
    uint32_t *terms = NULL, count = 0;
    eft_status st;

    memset(out, 0, sizeof(*out));
    if (t->spool == NULL || t->from_state)
        return EFT_END;
    if (eligible > MOST_PAIR_TERMS)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "at most %u terms for pairs",
                         MOST_PAIR_TERMS);
    st = eligible_terms(t, feed.frozen, eligible, no_stop, &terms, &count, err);
    if (st == EFT_OK)
        st = efti_strings_new(t->mem, &feed.writers, err);
    if (st == EFT_OK)
        st = efti_pair_counter_new(t->mem, terms, count, least_writers, &feed.counter,
                                   err);
    if (st == EFT_OK)
        efti_pair_counter_windows(feed.counter, t->plan->window);
    if (st == EFT_OK)
        st = feed_all(&feed, err);
    if (st == EFT_OK)
        st = efti_pair_counter_finish(feed.counter, out, err);
    efti_pair_counter_free(feed.counter);
    efti_strings_free(feed.writers);
    EFTI_ARRAY_FREE(t->mem, &feed.terms);
    EFTI_ARRAY_FREE(t->mem, &feed.ends);
    efti_release(t->mem, terms, eligible * sizeof(*terms));
    return st;
}
