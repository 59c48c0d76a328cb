/*
 * segment.c - words and sentences against gold
 *
 * A sentence boundary is where a sentence begins that is not the first of its text; an
 * edge is wrong when both begin a sentence there but end it at different places (a quote
 * or smiley left outside). Words are compared by both ends; marks are no words. A word of
 * the gold that is not found is
 *
 *     joined     a found word holds it and more       IT|stöd    IT-stöd
 *     split      found words are pieces of it         e-post     e|post
 *     missing    nothing is found where it stands
 *
 * and a found word where the gold has none is extra.
 */
#include "evaluate/evaluate.h"

struct segment_sums {
    uint64_t boundary_tp, boundary_fp, boundary_fn; /* joined: fn; split: fp */
    uint64_t sentence_tp, sentence_gold, sentence_found;
    uint64_t word_tp, word_gold, word_found;
    uint64_t word_joined, word_split, word_missing, word_extra;
    uint64_t edges;
    uint64_t texts, right; /* texts with every boundary right */
};

static eft_status
tell_place(struct efti_evaluation *e, const struct efti_gold_doc *doc, const char *kind,
           size_t start, size_t end, eft_error *err)
{
    const struct efti_disagreement d = {
        .kind = kind, .start = start, .end = end, .around = EFTI_AROUND};

    return efti_mistake_at(e, doc, &d, err);
}

static eft_status
tell_boundary(struct efti_evaluation *e, const struct efti_gold_doc *doc,
              const char *kind, size_t at, eft_error *err)
{
    return tell_place(e, doc, kind, at, at, err);
}

/* Both lists rise; the first sentence of each is no boundary. */
static eft_status
add_sentences(struct efti_evaluation *e, struct segment_sums *s,
              const struct efti_gold_doc *doc, const eft_tokens *t, eft_error *err)
{
    const struct efti_gold_span *gold = &e->gold.spans.items[doc->sentences.first];
    size_t i = 0, j = 0, wrong = 0;
    eft_status st = EFT_OK;

    s->sentence_gold += doc->sentences.count;
    s->sentence_found += t->sentence_count;
    while ((i < doc->sentences.count || j < t->sentence_count) && st == EFT_OK) {
        uint64_t a = i < doc->sentences.count ? gold[i].start : UINT64_MAX;
        uint64_t b = j < t->sentence_count ? t->sentence_starts[j] : UINT64_MAX;
        if (a == b) {
            bool same = gold[i].end == t->sentence_ends[j];
            s->boundary_tp += i > 0 && j > 0;
            s->sentence_tp += same;
            /* another end before the next boundary of both, not one that was missed */
            bool edge =
                !same &&
                (i + 1 == doc->sentences.count ||
                 t->sentence_ends[j] <= gold[i + 1].start) &&
                (j + 1 == t->sentence_count || gold[i].end <= t->sentence_starts[j + 1]);
            s->edges += edge;
            if (edge)
                st = tell_boundary(e, doc, "edge", gold[i].end, err);
            i++;
            j++;
        } else if (a < b) {
            s->boundary_fn += i > 0;
            wrong += i > 0;
            if (i > 0)
                st = tell_boundary(e, doc, "joined", (size_t)a, err);
            i++;
        } else {
            s->boundary_fp += j > 0;
            wrong += j > 0;
            if (j > 0)
                st = tell_boundary(e, doc, "split", (size_t)b, err);
            j++;
        }
    }
    s->texts++;
    s->right += wrong == 0;
    return st;
}

static bool
is_emoji(const char *kind)
{
    return strcmp(kind, "emoji") == 0;
}

/* The gold word that was not found: `next` is the first found word that begins at it or
 * behind its beginning. */
static const char *
missed_word(struct segment_sums *s, const struct efti_gold_span *gold,
            const eft_tokens *t, size_t next)
{
    bool before = next > 0 && t->ends[next - 1] > gold->start;
    bool here = next < t->count && t->starts[next] < gold->end;

    if (before || (here && t->starts[next] == gold->start && t->ends[next] > gold->end)) {
        s->word_joined++;
        return "word joined";
    }
    s->word_split += here;
    s->word_missing += !here;
    return here ? "word split" : "word missing";
}

/* Does the found word touch none of the gold? `next` is the first that begins behind. */
static bool
is_extra(const struct efti_gold_span *gold, size_t count, size_t next, uint64_t start,
         uint64_t end)
{
    return (next == 0 || gold[next - 1].end <= start) &&
           (next == count || gold[next].start >= end);
}

static eft_status
add_words(struct efti_evaluation *e, struct segment_sums *s,
          const struct efti_gold_doc *doc, const eft_tokens *t, eft_error *err)
{
    const struct efti_gold_span *gold = &e->gold.spans.items[doc->tokens.first];
    size_t i = 0, j = 0;
    eft_status st = EFT_OK;

    s->word_gold += doc->tokens.count;
    while ((i < doc->tokens.count || j < t->count) && st == EFT_OK) {
        if (j < t->count && is_emoji(t->kinds[j])) {
            j++;
            continue;
        }
        uint64_t a = i < doc->tokens.count ? gold[i].start : UINT64_MAX;
        uint64_t b = j < t->count ? t->starts[j] : UINT64_MAX;
        bool same = a == b && gold[i].end == t->ends[j];
        s->word_found += b <= a;
        s->word_tp += same;
        bool extra = b < a && is_extra(gold, doc->tokens.count, i, b, t->ends[j]);
        s->word_extra += extra;
        if (!same && a <= b)
            st = tell_place(e, doc, missed_word(s, &gold[i], t, j), gold[i].start,
                            gold[i].end, err);
        if (extra)
            st = tell_place(e, doc, "word extra", (size_t)b, t->ends[j], err);
        i += a <= b;
        j += b <= a;
    }
    return st;
}

static eft_status
print_segment(struct efti_evaluation *e, const struct segment_sums *s, eft_error *err)
{
    const struct {
        const char *measure;
        uint64_t part, whole;
    } rows[] = {
        {"boundary precision", s->boundary_tp, s->boundary_tp + s->boundary_fp},
        {"boundary recall", s->boundary_tp, s->boundary_tp + s->boundary_fn},
        {"sentence precision", s->sentence_tp, s->sentence_found},
        {"sentence recall", s->sentence_tp, s->sentence_gold},
        {"texts right", s->right, s->texts},
        {"boundaries joined", s->boundary_fn, s->boundary_tp + s->boundary_fn},
        {"boundaries split", s->boundary_fp, s->boundary_tp + s->boundary_fp},
        {"wrong edges", s->edges, s->sentence_gold},
        {"word precision", s->word_tp, s->word_found},
        {"word recall", s->word_tp, s->word_gold},
        {"words joined", s->word_joined, s->word_gold},
        {"words split", s->word_split, s->word_gold},
        {"words missing", s->word_missing, s->word_gold},
        {"words extra", s->word_extra, s->word_found},
    };
    eft_status st = EFT_OK;

    if (s->texts > 0)
        st = efti_figure_f1(e, "all", EFTI_ALL, "boundary f1", s->boundary_tp,
                            s->boundary_fp, s->boundary_fn, err);
    if (st == EFT_OK && s->word_gold > 0)
        st = efti_figure_f1(e, "all", EFTI_ALL, "word f1", s->word_tp,
                            s->word_found - s->word_tp, s->word_gold - s->word_tp, err);
    for (size_t i = 0; i < EFTI_COUNT(rows) && st == EFT_OK; i++) {
        if (rows[i].whole > 0)
            st = efti_figure_share(e, "all", EFTI_ALL, rows[i].measure, rows[i].part,
                                   rows[i].whole, err);
    }
    return st;
}

eft_status
efti_evaluate_segment(struct efti_evaluation *e, eft_error *err)
{
    struct segment_sums s = {0};
    eft_status st = EFT_OK;

    for (size_t i = 0; i < e->gold.docs.count && st == EFT_OK; i++) {
        const struct efti_gold_doc *doc = &e->gold.docs.items[i];
        eft_tokens t;
        st = eft_worker_tokenise(e->worker, doc->text, &t, err);
        if (st == EFT_OK && (doc->has & EFTI_GOLD_SENTENCES) != 0)
            st = add_sentences(e, &s, doc, &t, err);
        if (st == EFT_OK && (doc->has & EFTI_GOLD_TOKENS) != 0)
            st = add_words(e, &s, doc, &t, err);
    }
    if (st == EFT_OK)
        st = print_segment(e, &s, err);
    return st == EFT_OK && e->gold.words.count > 0 ? efti_evaluate_words(e, err) : st;
}
