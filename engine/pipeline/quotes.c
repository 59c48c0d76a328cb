/*
 * quotes.c - sentences that may be quoted, one writer each (rule 8.5)
 *
 * A quote is whole sentences around a hit: the one it stands in, and neighbours until
 * there are six words, at most three sentences and 45 words. All words must be closed; a
 * veiled span, a digit, an address, or a word nobody knows forbids it. The veil looks at
 * the text once more on the way: what it would take out now is not quoted either. Nor is
 * a text that points at somebody without a name (veil/risk.c, risks.c).
 *
 * Best is a sentence with several hits of the theme and some 18 words. For each theme the
 * best quote of each writer competes; ties go by bytes, so that nothing depends on the
 * order of texts. What several wrote in the same words is quoted once.
 */
#include "pipeline/review.h"
#include "pipeline/stand_for.h"

#define LEAST_WORDS 6
#define MOST_WORDS 45
#define MOST_SENTENCES 3
#define BEST_WORDS 18
#define MOST_OF_ALL 256 /* quotes of a theme when a person has chosen */
#define SPARE 4         /* so many times the quotes are held, for many may be the same */

struct gathering {
    const eft_tally *tally;
    struct efti_worker worker;
    struct efti_quotes *out;
    struct efti_strings *only;   /* theme number, text; NULL: all */
    struct efti_stand_for *also; /* fed on the way; NULL: nobody asks */
    uint8_t *shown;              /* of each theme */
    struct efti_lone_terms lone;
    struct efti_bytes text;
    uint32_t most;
};

void
efti_quotes_free(const eft_allocator *mem, struct efti_quotes *q)
{
    efti_arena_free(&q->arena);
    EFTI_ARRAY_FREE(mem, &q->items);
}

/* ------------------------------------------------------------------ one sentence */

static bool
has_digit(const char *bytes, size_t size)
{
    for (size_t at = 0; at < size;) {
        if (efti_is_digit(efti_utf8_next(bytes, size, &at)))
            return true;
    }
    return false;
}

size_t
efti_quotable_words(const struct efti_worker *w, eft_text text,
                    const struct efti_sentence *s)
{
    const struct efti_segments *tokens = &w->veiled.tokens;
    size_t words = 0;

    if (has_digit(text.bytes + s->start, s->end - s->start))
        return SIZE_MAX;
    for (uint32_t i = s->first_token; i < s->end_token; i++) {
        const struct efti_token *t = &tokens->tokens.items[i];
        if (t->kind == EFTI_EMOJI)
            continue;
        if ((t->kind != EFTI_WORD && t->kind != EFTI_ABBREVIATION) ||
            efti_forms_get(w->forms, t->form)->closed == 0)
            return SIZE_MAX;
        words++;
    }
    return words;
}

/* Grown backwards last: what follows explains more often than what went before. */
bool
efti_quote_window(const struct efti_worker *w, uint32_t at, eft_text text,
                  struct efti_window *out)
{
    const struct efti_segments *tokens = &w->veiled.tokens;
    const struct efti_sentence *s = tokens->sentences.items;

    out->first = at;
    out->end = at + 1;
    out->words = efti_quotable_words(w, text, &s[at]);
    while (out->words < LEAST_WORDS && out->end - out->first < MOST_SENTENCES) {
        size_t more = SIZE_MAX;
        if (out->end < tokens->sentences.count)
            more = efti_quotable_words(w, text, &s[out->end]);
        if (more != SIZE_MAX) {
            out->end++;
        } else {
            if (out->first == 0 ||
                (more = efti_quotable_words(w, text, &s[out->first - 1])) == SIZE_MAX)
                return false;
            out->first--;
        }
        out->words += more;
    }
    return out->words >= LEAST_WORDS && out->words <= MOST_WORDS;
}

/* "- ", "* ", "• ", "– " at the start of a line belong to the list, not to the words. */
static uint32_t
bullet_size(eft_text text, uint32_t at)
{
    return (unsigned char)text.bytes[at] == 0xE2 ? 3 : 1;
}

static bool
is_bullet(eft_text text, uint32_t at, uint32_t to)
{
    static const char *const bullets[] = {"- ", "* ", "\xE2\x80\xA2 ", "\xE2\x80\x93 "};

    for (size_t i = 0; i < EFTI_COUNT(bullets); i++) {
        size_t n = strlen(bullets[i]);
        if (to - at > n && memcmp(text.bytes + at, bullets[i], n) == 0)
            return true;
    }
    return false;
}

void
efti_quote_copy(const struct efti_worker *w, eft_text text,
                const struct efti_window *window, struct efti_bytes *b)
{
    const struct efti_sentence *s = w->veiled.tokens.sentences.items;
    uint32_t from = s[window->first].start, to = s[window->end - 1].end;

    efti_bytes_clear(b);
    while (from < to && (is_bullet(text, from, to) || text.bytes[from] == ' '))
        from += is_bullet(text, from, to) ? bullet_size(text, from) : 1;
    for (uint32_t i = from; i < to; i++) {
        char c = text.bytes[i];
        bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!blank)
            efti_put_char(b, c);
        else if (b->size > 0 && b->data[b->size - 1] != ' ')
            efti_put_char(b, ' ');
    }
}

/* --------------------------------------------------------------------- keeping */

static int
better(const struct efti_quote *a, const struct efti_quote *b)
{
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    int c = efti_compare(a->text.bytes, a->text.size, b->text.bytes, b->text.size);
    return c != 0 ? c
                  : efti_compare(a->assignment.bytes, a->assignment.size,
                                 b->assignment.bytes, b->assignment.size);
}

static eft_status
take_quote(struct gathering *g, struct efti_quote *slot, const struct efti_quote *q,
           eft_error *err)
{
    char *copy = efti_arena_copy(&g->out->arena, q->text.bytes, q->text.size);
    char *where =
        efti_arena_copy(&g->out->arena, q->assignment.bytes, q->assignment.size);

    if (copy == NULL || where == NULL)
        return efti_no_memory(err, "the quotes");
    *slot = *q;
    slot->text.bytes = copy;
    slot->assignment.bytes = where;
    return EFT_OK;
}

/* At most one quote of a (theme, writer), at most `most` of a theme; yet the same words
 * may be there of several writers. */
static eft_status
offer(struct gathering *g, const struct efti_quote *q, eft_error *err)
{
    struct efti_quote *worst = NULL;
    uint32_t count = 0;

    for (size_t i = 0; i < g->out->items.count; i++) {
        struct efti_quote *have = &g->out->items.items[i];
        if (have->theme != q->theme)
            continue;
        if (have->writer == q->writer)
            return better(q, have) < 0 ? take_quote(g, have, q, err) : EFT_OK;
        count++;
        if (worst == NULL || better(worst, have) < 0)
            worst = have;
    }
    if (worst != NULL && count >= g->most)
        return better(q, worst) < 0 ? take_quote(g, worst, q, err) : EFT_OK;
    if (!EFTI_PUSH(g->tally->mem, &g->out->items))
        return efti_no_memory(err, "the quotes");
    eft_status st = take_quote(g, &g->out->items.items[g->out->items.count - 1], q, err);
    g->out->items.count -= st != EFT_OK;
    return st;
}

static bool
is_wanted(const struct gathering *g, uint32_t theme, eft_text text,
          struct efti_bytes *key)
{
    if (g->only == NULL)
        return true;
    efti_bytes_clear(key);
    efti_put_u64(key, theme);
    efti_put_char(key, '\n');
    efti_put(key, text.bytes, text.size);
    return !key->failed &&
           efti_strings_find(g->only, key->data, key->size) != EFTI_NOT_FOUND;
}

static uint32_t
score_of(const struct efti_hits *hits, uint32_t theme, const struct efti_window *window)
{
    uint32_t score = 100, words = (uint32_t)window->words;

    for (size_t i = 0; i < hits->hits.count; i++) {
        const struct efti_hit *h = &hits->hits.items[i];
        score += h->theme == theme && h->polarity != EFTI_UNCERTAIN &&
                         h->sentence >= window->first && h->sentence < window->end
                     ? 10
                     : 0;
    }
    uint32_t off = words > BEST_WORDS ? words - BEST_WORDS : BEST_WORDS - words;
    return score - off;
}

static eft_status
quotes_in_text(void *user, const struct efti_spooled *r, uint32_t writer, eft_error *err)
{
    struct gathering *g = user;
    const struct efti_hits *hits = &g->worker.hits;
    struct efti_bytes key;
    uint32_t reasons;
    eft_status st = efti_worker_match(&g->worker, r->veiled, err);

    if (st != EFT_OK ||
        efti_text_risk(&g->worker, &g->lone, r->veiled, &reasons) >= EFTI_RISK_FLAG)
        return st;

    efti_bytes_init(&key, g->tally->mem);
    if (g->also != NULL)
        st = efti_stand_for_text(g->also, &g->worker, r->veiled, writer, err);
    for (size_t i = 0; i < hits->hits.count && st == EFT_OK; i++) {
        const struct efti_hit *h = &hits->hits.items[i];
        struct efti_window window;
        if (g->shown[h->theme] == 0 || h->polarity == EFTI_UNCERTAIN ||
            !efti_quote_window(&g->worker, h->sentence, r->veiled, &window))
            continue;
        efti_quote_copy(&g->worker, r->veiled, &window, &g->text);
        if (g->text.failed) {
            st = efti_no_memory(err, "the quotes");
            break;
        }
        const struct efti_quote q = {.theme = h->theme,
                                     .writer = writer,
                                     .score = score_of(hits, h->theme, &window),
                                     .text = {g->text.data, g->text.size},
                                     .assignment = r->assignment};
        if (is_wanted(g, q.theme, q.text, &key))
            st = offer(g, &q, err);
    }
    efti_bytes_free(&key);
    return st;
}

/* ------------------------------------------------------------------- gathering */

/* Themes whose row "any" of the released table is shown. */
static void
mark_shown(const eft_tally *t, const eft_results *results, uint8_t *shown)
{
    const eft_table *themes = eft_results_find(results, "themes");
    const struct efti_matcher *m = t->plan->matcher;

    if (themes == NULL) /* perturbed results: nothing is shown as it is */
        return;
    size_t id = eft_table_column_find(themes, "theme");
    size_t polarity = eft_table_column_find(themes, "polarity");
    size_t flag = eft_table_column_find(themes, "shown");

    for (size_t row = 0; row < eft_table_rows(themes); row++) {
        const eft_text name = eft_table_text(themes, row, id);
        const eft_text kind = eft_table_text(themes, row, polarity);
        if (!efti_equal(kind.bytes, kind.size, "any", 3) ||
            eft_table_integer(themes, row, flag) != 1)
            continue;
        for (uint32_t i = 0; i < efti_matcher_theme_count(m); i++) {
            const eft_text theme = efti_matcher_theme(m, i)->id;
            if (efti_equal(theme.bytes, theme.size, name.bytes, name.size))
                shown[i] = 1;
        }
    }
}

static eft_status
list_approved(struct gathering *g, const eft_quote *only, size_t count, eft_error *err)
{
    const struct efti_matcher *m = g->tally->plan->matcher;
    struct efti_bytes key;
    eft_status st = efti_strings_new(g->tally->mem, &g->only, err);

    efti_bytes_init(&key, g->tally->mem);
    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        for (uint32_t theme = 0; theme < efti_matcher_theme_count(m); theme++) {
            const eft_text id = efti_matcher_theme(m, theme)->id;
            if (!efti_equal(id.bytes, id.size, only[i].theme.bytes, only[i].theme.size))
                continue;
            efti_bytes_clear(&key);
            efti_put_u64(&key, theme);
            efti_put_char(&key, '\n');
            efti_put(&key, only[i].text.bytes, only[i].text.size);
            if (key.failed ||
                efti_strings_add(g->only, key.data, key.size, NULL) == EFTI_NOT_FOUND)
                st = efti_no_memory(err, "the approved quotes");
        }
    }
    efti_bytes_free(&key);
    return st;
}

static int
by_theme_then_best(const void *a, const void *b, void *user)
{
    const struct efti_quote *x = a, *y = b;
    const struct efti_matcher *m = user;

    if (x->theme != y->theme) {
        const eft_text s = efti_matcher_theme(m, x->theme)->id;
        const eft_text t = efti_matcher_theme(m, y->theme)->id;
        int c = efti_compare(s.bytes, s.size, t.bytes, t.size);
        return c != 0 ? c : (x->theme < y->theme ? -1 : 1);
    }
    return better(x, y);
}

/* Of sorted quotes: the first with each text of a theme, and `most` of these. */
static void
drop_repeats(struct efti_quotes *q, uint32_t most)
{
    size_t kept = 0, theme = 0; /* where the quotes of this theme begin */

    for (size_t i = 0; i < q->items.count; i++) {
        const struct efti_quote *one = &q->items.items[i];
        if (kept > 0 && q->items.items[theme].theme != one->theme)
            theme = kept;
        size_t at = theme;
        while (at < kept &&
               !efti_equal(q->items.items[at].text.bytes, q->items.items[at].text.size,
                           one->text.bytes, one->text.size))
            at++;
        if (at == kept && kept - theme < most)
            q->items.items[kept++] = *one;
    }
    q->items.count = kept;
}

eft_status
efti_gather_quotes(eft_tally *t, const eft_results *results, const eft_quote *only,
                   size_t only_count, struct efti_stand_for *also,
                   struct efti_quotes *out, eft_error *err)
{
    struct gathering g = {.tally = t, .out = out, .also = also};
    uint32_t themes = efti_matcher_theme_count(t->plan->matcher);
    eft_status st;

    *out = (struct efti_quotes){0};
    efti_arena_init(&out->arena, t->mem);
    if (t->spool == NULL || t->from_state)
        return EFT_END;
    const uint32_t most = only == NULL ? EFTI_QUOTES_PER_THEME : MOST_OF_ALL;
    g.most = only == NULL ? SPARE * most : most;
    efti_bytes_init(&g.text, t->mem);
    g.shown = efti_zalloc(t->mem, (size_t)themes + 1, 1);
    if (g.shown == NULL)
        return efti_no_memory(err, "the quotes");
    mark_shown(t, results, g.shown);
    st = efti_worker_open(&g.worker, t->plan, err);
    if (st == EFT_OK) {
        if (only != NULL)
            st = list_approved(&g, only, only_count, err);
        if (st == EFT_OK)
            st = efti_find_lone_terms(t, &g.worker, &g.lone, err);
        if (st == EFT_OK)
            st = efti_each_spooled(t, quotes_in_text, &g, err);
        efti_lone_terms_free(t->mem, &g.lone);
        efti_worker_close(&g.worker);
    }
    if (st == EFT_OK) {
        efti_sort(out->items.items, out->items.count, sizeof(struct efti_quote),
                  by_theme_then_best, t->plan->matcher);
        drop_repeats(out, most);
    }
    efti_strings_free(g.only);
    efti_bytes_free(&g.text);
    efti_release(t->mem, g.shown, (size_t)themes + 1);
    return st;
}

/* -------------------------------------------------------------------- printing */

bool
efti_has_shown_row(const eft_results *results, const char *table, const char *column,
                   eft_text value, const char *b, eft_text b_value)
{
    const eft_table *t = eft_results_find(results, table);
    size_t shown = eft_table_column_find(t, "shown");
    size_t first = eft_table_column_find(t, column);
    size_t second = eft_table_column_find(t, b);

    for (size_t row = 0; value.size > 0 && row < eft_table_rows(t); row++) {
        const eft_text x = eft_table_text(t, row, first);
        const eft_text y = eft_table_text(t, row, second);
        if (efti_equal(x.bytes, x.size, value.bytes, value.size) &&
            efti_equal(y.bytes, y.size, b_value.bytes, b_value.size) &&
            eft_table_integer(t, row, shown) == 1)
            return true;
    }
    return false;
}

eft_status
efti_release_quotes(eft_results *results, const eft_tally *t, const struct efti_quotes *q,
                    bool approved, eft_error *err)
{
    eft_table *table;
    uint32_t rank = 0;
    eft_status st = efti_results_add(results, EFTI_TABLE_QUOTES, NULL, &table, err);

    for (size_t i = 0; i < q->items.count && st == EFT_OK; i++) {
        const struct efti_quote *quote = &q->items.items[i];
        rank = i > 0 && quote[-1].theme == quote->theme ? rank + 1 : 1;
        if ((st = efti_table_row(table, err)) != EFT_OK)
            return st;
        efti_table_set_text(table, "theme",
                            efti_matcher_theme(t->plan->matcher, quote->theme)->id);
        efti_table_set_integer(table, "rank", rank);
        efti_table_set_text(table, "quote", quote->text);
        if (efti_has_shown_row(results, "assignment_themes", "assignment",
                               quote->assignment, "theme",
                               efti_matcher_theme(t->plan->matcher, quote->theme)->id))
            efti_table_set_text(table, "assignment", quote->assignment);
        efti_table_set_text(table, "approved",
                            approved ? (eft_text){"by a person", 11}
                                     : (eft_text){"by rules alone", 14});
    }
    return st == EFT_OK ? efti_table_done(table, err) : st;
}

void
efti_put_quotes(const eft_tally *t, const struct efti_quotes *q, struct efti_bytes *out)
{
    for (size_t i = 0; i < q->items.count; i++) {
        const struct efti_quote *quote = &q->items.items[i];
        const eft_text id = efti_matcher_theme(t->plan->matcher, quote->theme)->id;
        efti_put_text(out, "{\"theme\":");
        efti_put_json(out, id.bytes, id.size);
        efti_put_text(out, ",\"text\":");
        efti_put_json(out, quote->text.bytes, quote->text.size);
        efti_put_text(out, ",\"approved\":null}\n");
    }
}
