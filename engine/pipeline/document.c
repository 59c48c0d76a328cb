/*
 * document.c - the public worker: one text in, borrowed columns out
 *
 * Columns live in an arena that is reset at the next call. Built from the same pieces as
 * the batch runner, so that an app and a file give the same answer.
 */
#include "pipeline/pipeline.h"

struct eft_worker {
    struct efti_worker core;
    struct efti_arena columns;
    struct efti_bytes text; /* veiled text, or the name of an entry */
    struct efti_span_places places;
    struct efti_id writer; /* whose days are moved alike */
    bool has_writer;
};

eft_status
eft_worker_new(eft_plan *plan, eft_worker **out, eft_error *err)
{
    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (plan == NULL)
        return efti_left_out(err);
    eft_worker *w = efti_zalloc(&plan->allocator, 1, sizeof(*w));
    if (w == NULL)
        return efti_no_memory(err, "a worker");
    eft_status st = efti_worker_open(&w->core, plan, err);
    if (st != EFT_OK) {
        efti_release(&plan->allocator, w, sizeof(*w));
        return st;
    }
    eft_plan_ref(plan);
    efti_arena_init(&w->columns, &plan->allocator);
    efti_bytes_init(&w->text, &plan->allocator);
    *out = w;
    return EFT_OK;
}

void
eft_worker_free(eft_worker *w)
{
    if (w == NULL)
        return;
    eft_plan *plan = w->core.plan;
    efti_worker_close(&w->core);
    efti_arena_free(&w->columns);
    efti_bytes_free(&w->text);
    EFTI_ARRAY_FREE(&plan->allocator, &w->places);
    efti_release(&plan->allocator, w, sizeof(*w));
    eft_plan_unref(plan);
}

/* A column of `count` items of `size` bytes; never NULL for count 0. */
static void *
column(eft_worker *w, size_t count, size_t size)
{
    size_t bytes;

    if (!efti_mul(count, size, &bytes))
        return NULL;
    return efti_arena_alloc(&w->columns, bytes + 1, alignof(max_align_t));
}

static void
fill_tokens(const struct efti_worker *w, uint64_t *starts, uint64_t *ends,
            eft_text *stems, const char **kinds, uint8_t *suspended)
{
    const struct efti_segments *s = &w->segments;

    for (size_t i = 0; i < s->tokens.count; i++) {
        const struct efti_token *t = &s->tokens.items[i];
        const struct efti_form *form = efti_forms_get(w->forms, t->form);
        starts[i] = t->start;
        ends[i] = t->end;
        stems[i] = efti_form_stem(form);
        kinds[i] = efti_kind_name((enum efti_kind)t->kind);
        suspended[i] = (t->flags & EFTI_TOKEN_SUSPENDED) != 0;
    }
}

/* Terms are put together when asked for; a copy is kept only where it is not the stem. */
static eft_status
fill_terms(eft_worker *w, const eft_text *stems, eft_text *terms, eft_error *err)
{
    const struct efti_segments *s = &w->core.segments;

    for (size_t i = 0; i < s->tokens.count; i++) {
        const struct efti_form *form =
            efti_forms_get(w->core.forms, s->tokens.items[i].form);
        eft_text term;
        eft_status st = efti_worker_term(&w->core, form, &term, err);
        if (st != EFT_OK)
            return st;
        terms[i] = stems[i];
        if (efti_equal(term.bytes, term.size, stems[i].bytes, stems[i].size))
            continue;
        char *copy = efti_arena_copy(&w->columns, term.bytes, term.size);
        if (copy == NULL)
            return efti_no_memory(err, "the columns of a text");
        terms[i] = (eft_text){copy, term.size};
    }
    return EFT_OK;
}

eft_status
eft_worker_tokenise(eft_worker *w, eft_text text, eft_tokens *out, eft_error *err)
{
    if (out == NULL)
        return efti_left_out(err);
    *out = (eft_tokens){0};
    if (w == NULL)
        return efti_left_out(err);
    eft_status st = efti_worker_segment(&w->core, text, err);
    if (st != EFT_OK)
        return st;
    const struct efti_segments *s = &w->core.segments;
    size_t n = s->tokens.count;
    efti_arena_reset(&w->columns);
    uint64_t *starts = column(w, n, sizeof(*starts)), *ends = column(w, n, sizeof(*ends));
    eft_text *stems = column(w, n, sizeof(*stems));
    eft_text *terms = column(w, n, sizeof(*terms));
    const char **kinds = column(w, n, sizeof(*kinds));
    uint8_t *suspended = column(w, n, 1);
    uint64_t *from = column(w, s->sentences.count, sizeof(*from));
    uint64_t *to = column(w, s->sentences.count, sizeof(*to));
    if (starts == NULL || ends == NULL || stems == NULL || terms == NULL ||
        kinds == NULL || suspended == NULL || from == NULL || to == NULL)
        return efti_no_memory(err, "the columns of a text");
    fill_tokens(&w->core, starts, ends, stems, kinds, suspended);
    if ((st = fill_terms(w, stems, terms, err)) != EFT_OK)
        return st;
    for (size_t i = 0; i < s->sentences.count; i++) {
        from[i] = s->sentences.items[i].start;
        to[i] = s->sentences.items[i].end;
    }
    *out = (eft_tokens){
        n, starts, ends, stems, terms, kinds, suspended, s->sentences.count, from, to};
    return EFT_OK;
}

/* How this text is written; a text of nobody's is moved by its own bytes. */
static eft_status
worker_replacer(eft_worker *w, eft_text text, struct efti_replacer *how, eft_error *err)
{
    struct efti_id id = w->writer;

    *how = efti_plan_replacer(w->core.plan);
    if (w->core.plan->shift_days == 0)
        return EFT_OK;
    if (!w->has_writer)
        id = efti_identity(how->key, "record", text.bytes, text.size);
    return efti_veil_shift(w->core.veil, how->key, how->seed,
                           (eft_text){(const char *)id.b, EFTI_ID_SIZE},
                           w->core.plan->shift_days, &how->shift, err);
}

eft_status
eft_worker_set_writer(eft_worker *w, eft_text writer, eft_error *err)
{
    size_t good = efti_utf8_valid_prefix(writer.bytes, writer.size);

    if (w == NULL)
        return efti_left_out(err);
    w->has_writer = false;
    if (good != writer.size)
        return efti_fail(err, EFT_E_ENCODING, good, "the writer is not UTF-8");
    if (efti_blank(writer))
        return EFT_OK;
    eft_status st = efti_writer_identity(&w->core, writer, &w->writer, err);
    w->has_writer = st == EFT_OK;
    return st;
}

/* The columns of the spans, and of their places in `printed`. */
static eft_status
fill_spans(eft_worker *w, eft_text printed, eft_veiled *out, eft_error *err)
{
    const struct efti_veiled *v = &w->core.veiled;
    size_t n = v->spans.count;
    uint64_t *starts = column(w, n, sizeof(*starts)), *ends = column(w, n, sizeof(*ends));
    uint64_t *from = column(w, n, sizeof(*from)), *to = column(w, n, sizeof(*to));
    const char **categories = column(w, n, sizeof(*categories));
    const char **rules = column(w, n, sizeof(*rules));
    eft_text *replacements = column(w, n, sizeof(*replacements));
    uint8_t *scores = column(w, n, 1);

    if (starts == NULL || ends == NULL || from == NULL || to == NULL ||
        categories == NULL || rules == NULL || replacements == NULL || scores == NULL)
        return efti_no_memory(err, "the columns of a text");
    for (size_t i = 0; i < n; i++) {
        const struct efti_span *span = &v->spans.items[i];
        const struct efti_span_place *place = &w->places.items[i];
        starts[i] = span->start;
        ends[i] = span->end;
        from[i] = place->start;
        to[i] = place->end;
        categories[i] = efti_category_name((enum efti_category)span->category);
        rules[i] = efti_rule_name(span->rule);
        replacements[i] =
            (eft_text){printed.bytes + place->start, place->end - place->start};
        scores[i] = span->score;
    }
    *out = (eft_veiled){.text = printed,
                        .count = n,
                        .starts = starts,
                        .ends = ends,
                        .categories = categories,
                        .rules = rules,
                        .replacements = replacements,
                        .scores = scores,
                        .withheld = v->withheld,
                        .veiled_starts = from,
                        .veiled_ends = to};
    return EFT_OK;
}

eft_status
eft_worker_veil(eft_worker *w, eft_text text, eft_veiled *out, eft_error *err)
{
    struct efti_replacer how;

    if (out == NULL)
        return efti_left_out(err);
    *out = (eft_veiled){0};
    if (w == NULL)
        return efti_left_out(err);
    eft_status st = efti_worker_veil(&w->core, text, err);
    if (st != EFT_OK || (st = worker_replacer(w, text, &how, err)) != EFT_OK)
        return st;
    efti_bytes_clear(&w->text);
    st = efti_veil_print_as(w->core.veil, &how, text, &w->core.veiled, &w->places,
                            &w->text, err);
    if (st != EFT_OK)
        return st;
    efti_arena_reset(&w->columns);
    char *printed = efti_arena_copy(&w->columns, w->text.data, w->text.size);
    if (printed == NULL)
        return efti_no_memory(err, "the columns of a text");
    st = fill_spans(w, (eft_text){printed, w->text.size}, out, err);
    if (st == EFT_OK)
        out->size = text.size;
    return st;
}

/* ------------------------------------------------------------------------ offsets */

/* From one side to the other, both with ranges that rise and do not touch inside. */
static uint64_t
other_side(const uint64_t *starts, const uint64_t *ends, const uint64_t *to_starts,
           const uint64_t *to_ends, size_t count, uint64_t at, bool end)
{
    size_t low = 0, high = count;

    while (low < high) { /* the first range that ends behind `at` */
        size_t mid = low + (high - low) / 2;
        if (ends[mid] <= at)
            low = mid + 1;
        else
            high = mid;
    }
    if (low < count && starts[low] < at)
        return end ? to_ends[low] : to_starts[low];
    if (low == 0)
        return at;
    return to_ends[low - 1] + (at - ends[low - 1]);
}

uint64_t
eft_veiled_offset(const eft_veiled *v, uint64_t offset, bool end)
{
    if (v == NULL)
        return 0;
    return other_side(v->starts, v->ends, v->veiled_starts, v->veiled_ends, v->count,
                      offset < v->size ? offset : v->size, end);
}

uint64_t
eft_original_offset(const eft_veiled *v, uint64_t offset, bool end)
{
    if (v == NULL)
        return 0;
    return other_side(v->veiled_starts, v->veiled_ends, v->starts, v->ends, v->count,
                      offset < v->text.size ? offset : v->text.size, end);
}

static int
by_theme_id(const void *a, const void *b, void *user)
{
    const eft_text *x = a, *y = b;

    (void)user;
    return efti_compare(x->bytes, x->size, y->bytes, y->size);
}

/* Themes with an affirmed or negated hit, each once, by bytes. */
static eft_status
present_themes(eft_worker *w, eft_hits *out, eft_error *err)
{
    const struct efti_hits *h = &w->core.hits;
    uint32_t themes = efti_matcher_theme_count(w->core.plan->matcher);
    uint8_t *seen = column(w, themes, 1);
    eft_text *present = column(w, themes, sizeof(*present));

    if (seen == NULL || present == NULL)
        return efti_no_memory(err, "the columns of a text");
    memset(seen, 0, themes);
    for (size_t i = 0; i < h->hits.count; i++) {
        const struct efti_hit *hit = &h->hits.items[i];
        if (hit->polarity == EFTI_UNCERTAIN || seen[hit->theme] != 0)
            continue;
        seen[hit->theme] = 1;
        present[out->theme_count++] =
            efti_matcher_theme(w->core.plan->matcher, hit->theme)->id;
    }
    efti_sort(present, out->theme_count, sizeof(*present), by_theme_id, NULL);
    size_t kept = 0;
    for (size_t i = 0; i < out->theme_count;
         i++) { /* one id of two lexicons is one theme */
        if (kept == 0 || by_theme_id(&present[kept - 1], &present[i], NULL) != 0)
            present[kept++] = present[i];
    }
    out->theme_count = kept;
    out->present = present;
    return EFT_OK;
}

eft_status
eft_worker_themes(eft_worker *w, eft_text text, eft_hits *out, eft_error *err)
{
    eft_hits hits = {0};

    if (out == NULL)
        return efti_left_out(err);
    *out = hits;
    if (w == NULL)
        return efti_left_out(err);
    eft_status st = efti_worker_match(&w->core, text, err);
    if (st != EFT_OK)
        return st;
    const struct efti_hits *h = &w->core.hits;
    size_t n = h->hits.count;
    efti_arena_reset(&w->columns);
    uint64_t *starts = column(w, n, sizeof(*starts)), *ends = column(w, n, sizeof(*ends));
    eft_text *themes = column(w, n, sizeof(*themes));
    const char **polarities = column(w, n, sizeof(*polarities));
    eft_text *entries = column(w, n, sizeof(*entries));
    if (starts == NULL || ends == NULL || themes == NULL || polarities == NULL ||
        entries == NULL)
        return efti_no_memory(err, "the columns of a text");
    for (size_t i = 0; i < n; i++) {
        const struct efti_hit *hit = &h->hits.items[i];
        efti_bytes_clear(&w->text);
        efti_matcher_entry(w->core.plan->matcher, hit->theme, hit->pattern, &w->text);
        char *entry = efti_arena_copy(&w->columns, w->text.data, w->text.size);
        if (entry == NULL || w->text.failed)
            return efti_no_memory(err, "the columns of a text");
        starts[i] = hit->start;
        ends[i] = hit->end;
        themes[i] = efti_matcher_theme(w->core.plan->matcher, hit->theme)->id;
        polarities[i] = efti_polarity_name((enum efti_polarity)hit->polarity);
        entries[i] = (eft_text){entry, w->text.size};
    }
    hits = (eft_hits){.count = n,
                      .starts = starts,
                      .ends = ends,
                      .themes = themes,
                      .polarities = polarities,
                      .entries = entries};
    if ((st = present_themes(w, &hits, err)) == EFT_OK)
        *out = hits;
    return st;
}
