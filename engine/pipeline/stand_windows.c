/*
 * stand_windows.c - the sentences of one text, offered to what they may stand for
 *
 *     window: themes and terms in it ──► edges with both ends there, by subject
 *             its content words      ──► what it is held against others by
 *
 * Of each subject one candidate a writer is kept, the best by edges and length, in the
 * pool that likeness is measured in; those that may be told are kept beside it.
 */
#include "pipeline/standing.h"

static void
see_node(struct efti_stand_for *s, bool of_terms, eft_text name)
{
    efti_stand_key(s, of_terms, name);
    uint32_t node = s->key.failed ? EFTI_NOT_FOUND
                                  : efti_strings_find(s->nodes, s->key.data, s->key.size);

    if (node == EFTI_NOT_FOUND || s->present.items[node] != 0)
        return;
    s->present.items[node] = 1;
    s->met.items[s->met.count++] = node;
}

/* Nodes and content words of a window. */
static eft_status
see_window(struct efti_stand_for *s, struct efti_worker *w, const struct efti_window *at,
           eft_error *err)
{
    const struct efti_segments *tokens = &w->veiled.tokens;
    const struct efti_sentence *sentences = tokens->sentences.items;
    const struct efti_matcher *m = s->tally->plan->matcher;
    struct efti_form_terms terms;

    s->met.count = s->of_window.count = 0;
    for (size_t i = 0; i < w->hits.hits.count; i++) {
        const struct efti_hit *h = &w->hits.hits.items[i];
        if (h->polarity != EFTI_UNCERTAIN && h->sentence >= at->first &&
            h->sentence < at->end)
            see_node(s, false, efti_matcher_theme(m, h->theme)->id);
    }
    for (uint32_t i = sentences[at->first].first_token;
         i < sentences[at->end - 1].end_token; i++) {
        const struct efti_token *t = &tokens->tokens.items[i];
        if (t->kind != EFTI_WORD || t->form == EFTI_NOT_FOUND)
            continue;
        const struct efti_form *form = efti_forms_get(w->forms, t->form);
        bool function = (form->lists & EFTI_LIST_FUNCTION) != 0;
        eft_status st = efti_form_terms(w, form, &terms, err);
        if (st != EFT_OK)
            return st;
        for (uint32_t k = 0; k < terms.count && !function; k++) {
            see_node(s, true, terms.items[k]);
            uint32_t word = efti_strings_add(s->words, terms.items[k].bytes,
                                             terms.items[k].size, NULL);
            if (word == EFTI_NOT_FOUND || !EFTI_PUSH(s->mem, &s->of_window))
                return efti_no_memory(err, "the words of a sentence");
            s->of_window.items[s->of_window.count - 1] = word;
        }
    }
    return s->key.failed ? efti_no_memory(err, "the words of a sentence") : EFT_OK;
}

static int
by_number(const void *a, const void *b, void *user)
{
    const uint32_t *x = a, *y = b;

    (void)user;
    return *x < *y ? -1 : *x > *y;
}

static void
sort_words(struct efti_stand_for *s)
{
    size_t kept = 0;

    efti_sort(s->of_window.items, s->of_window.count, sizeof(uint32_t), by_number, NULL);
    for (size_t i = 0; i < s->of_window.count; i++) {
        if (kept == 0 || s->of_window.items[kept - 1] != s->of_window.items[i])
            s->of_window.items[kept++] = s->of_window.items[i];
    }
    s->of_window.count = kept;
}

/* ------------------------------------------------------------------ candidates */

int
efti_stand_better(const struct stand_candidate *a, const struct stand_candidate *b)
{
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return efti_compare(a->text.bytes, a->text.size, b->text.bytes, b->text.size);
}

static eft_status
keep_candidate(struct efti_stand_for *s, struct stand_candidate *slot,
               const struct stand_candidate *c, eft_error *err)
{
    char *text = efti_arena_copy(&s->arena, c->text.bytes, c->text.size);
    uint32_t *words =
        efti_arena_alloc(&s->arena, (c->word_count + 1) * sizeof(*words), sizeof(*words));

    if (text == NULL || words == NULL)
        return efti_no_memory(err, "what sentences stand for");
    memcpy(words, c->words, c->word_count * sizeof(*words));
    *slot = *c;
    slot->text.bytes = text;
    slot->words = words;
    return EFT_OK;
}

/* At most one of a (subject, writer), at most `most` of a subject. */
static eft_status
offer_candidate(struct efti_stand_for *s, bool wanted, const struct stand_candidate *c,
                eft_error *err)
{
    struct stand_candidate *items = wanted ? s->wanted.items : s->pool.items,
                           *worst = NULL;
    size_t count = wanted ? s->wanted.count : s->pool.count, of_subject = 0;

    for (size_t i = 0; i < count; i++) {
        if (items[i].subject != c->subject)
            continue;
        if (items[i].writer == c->writer)
            return efti_stand_better(c, &items[i]) < 0
                       ? keep_candidate(s, &items[i], c, err)
                       : EFT_OK;
        of_subject++;
        if (worst == NULL || efti_stand_better(worst, &items[i]) < 0)
            worst = &items[i];
    }
    if (worst != NULL && of_subject >= s->most)
        return efti_stand_better(c, worst) < 0 ? keep_candidate(s, worst, c, err)
                                               : EFT_OK;
    if (wanted ? !EFTI_PUSH(s->mem, &s->wanted) : !EFTI_PUSH(s->mem, &s->pool))
        return efti_no_memory(err, "what sentences stand for");
    struct stand_candidate *slot = wanted ? &s->wanted.items[s->wanted.count - 1]
                                          : &s->pool.items[s->pool.count - 1];
    eft_status st = keep_candidate(s, slot, c, err);
    if (wanted)
        s->wanted.count -= st != EFT_OK;
    else
        s->pool.count -= st != EFT_OK;
    return st;
}

/* Edges of each subject that have both ends in the window, into `counts`. */
static bool
count_edges(struct efti_stand_for *s)
{
    bool any = false;

    for (size_t i = 0; i < s->met.count; i++) {
        uint32_t node = s->met.items[i];
        for (size_t e = s->first.items[node]; e < s->first.items[node + 1]; e++) {
            if (s->present.items[s->edges.items[e].b] == 0)
                continue;
            s->counts.items[s->edges.items[e].subject]++;
            any = true;
        }
    }
    for (size_t i = 0; i < s->met.count; i++)
        s->present.items[s->met.items[i]] = 0;
    return any;
}

static eft_status
offer_window(struct efti_stand_for *s, const struct efti_window *window, uint32_t writer,
             eft_error *err)
{
    bool wanted = s->only == NULL || efti_strings_find(s->only, s->text.data,
                                                       s->text.size) != EFTI_NOT_FOUND;
    uint32_t words = (uint32_t)window->words;
    eft_status st = EFT_OK;

    sort_words(s);
    for (uint32_t i = 0; i < s->subjects.count; i++) {
        uint32_t edges = s->counts.items[i] < 5 ? s->counts.items[i] : 5;
        s->counts.items[i] = 0;
        if (edges == 0 || st != EFT_OK)
            continue;
        const struct stand_candidate c = {
            .subject = i,
            .writer = writer,
            .score = 100 + 10 * edges -
                     (words > SHORT_WORDS ? words - SHORT_WORDS : SHORT_WORDS - words),
            .text = {s->text.data, s->text.size},
            .word_count = s->of_window.count,
            .words = s->of_window.items};
        st = offer_candidate(s, false, &c, err);
        if (st == EFT_OK && wanted)
            st = offer_candidate(s, true, &c, err);
    }
    return st;
}

eft_status
efti_stand_for_text(struct efti_stand_for *s, struct efti_worker *w, eft_text text,
                    uint32_t writer, eft_error *err)
{
    struct efti_window window, last = {0};
    eft_status st = EFT_OK;

    if (s->edges.count == 0)
        return EFT_OK;
    for (uint32_t i = 0; i < w->veiled.tokens.sentences.count && st == EFT_OK; i++) {
        if (!efti_quote_window(w, i, text, &window) ||
            (window.first == last.first && window.end == last.end))
            continue;
        last = window;
        if ((st = see_window(s, w, &window, err)) != EFT_OK || !count_edges(s))
            continue;
        efti_quote_copy(w, text, &window, &s->text);
        st = s->text.failed ? efti_no_memory(err, "what sentences stand for")
                            : offer_window(s, &window, writer, err);
    }
    return st;
}
