/*
 * uses.c - which terms and forms one reflection uses, and how often
 *
 * A running token costs one look at a record of 16 bytes: its counter. What the counter
 * was before says whether the form is new to this reflection, and the list of forms met
 * grows by that truth value, without a branch (about half the tokens of a text are first
 * sightings, which no processor can guess). All else is done once for each distinct form:
 *
 *     token -> uses[form + 1].count           every token
 *              uses[...].term -> observation  each distinct form
 *              uses[...].word -> a mark       "is this folded form new here?"
 *
 * Forms of one term are told one by one, as the tally adds up what is named twice: to
 * find them here took one look more for each, at a line far away. What is open is the
 * exception, for that may be many forms.
 *
 * Use 0 stands for what the veil took: term 0, "open", and no word to LIX. What a
 * form counts as is numbering.c's. Counters are 0 between reflections, also after a
 * failure.
 */
#include "pipeline/uses.h"

#include "tokenizers/compounds.h"

/* A counter for each form that the table knows, and for what the veil took. */
static bool
cover_forms(eft_tally *t)
{
    size_t need = (size_t)efti_forms_count(t->worker->forms) + 1;

    if (EFTI_LIKELY(need <= t->uses.count))
        return true;
    if (need >= EFTI_NO_ID / 2 || !EFTI_ARRAY_RESERVE(t->mem, &t->uses, need))
        return false;
    for (size_t i = t->uses.count; i < need; i++)
        t->uses.items[i] =
            (struct efti_form_use){.term = i == 0 ? 0 : EFTI_NO_TERM, .word = EFTI_NO_ID};
    t->uses.count = need;
    return true;
}

/* ----------------------------------------------------------------- counting */

static inline uint32_t
use_of(const struct efti_token *token)
{
    return token->form + 1u; /* what the veil took has form EFTI_NOT_FOUND: use 0 */
}

#define TOKENS_AHEAD 32

/* Every token, once. There is room for all of them in `touched`. */
static void
count_uses(eft_tally *t, const struct efti_segments *s, struct efti_observation *o)
{
    struct efti_form_use *uses = t->uses.items;
    /* the first that has none TOKENS_AHEAD of it */
    const struct efti_token *last =
        s->tokens.count <= TOKENS_AHEAD
            ? s->tokens.items
            : s->tokens.items + (s->tokens.count - TOKENS_AHEAD);
    uint32_t *touched = t->touched.items;
    size_t n = 0;

    for (size_t i = 0; s->tokens.count > 0 && i < s->sentences.count; i++) {
        const struct efti_token *k = s->tokens.items + s->sentences.items[i].first_token;
        const struct efti_token *end = s->tokens.items + s->sentences.items[i].end_token;
        const struct efti_token *asks = end < last ? end : last;
        o->tokens += (uint32_t)(end - k);
        for (; k < asks; k++) {
            uint32_t at = use_of(k);
            EFTI_PREFETCH(&uses[use_of(k + TOKENS_AHEAD)]);
            touched[n] = at;
            n += uses[at].count++ == 0;
        }
        for (; k < end; k++) {
            uint32_t at = use_of(k);
            touched[n] = at;
            n += uses[at].count++ == 0;
        }
    }
    t->touched.count = n;
    o->sentences = (uint32_t)s->sentences.count;
}

/* What a form that counts as several terms adds to the `n` that are told. */
static size_t
tell_several(eft_tally *t, uint32_t term, uint32_t count, size_t n)
{
    uint32_t parts;
    const uint32_t *list = efti_terms_of_use(t, &term, &parts);

    for (uint32_t k = 0; k < parts; k++)
        t->term_counts.items[n++] = (struct efti_term_count){list[k], count};
    return n;
}

/* After a failure: counters of forms are 0 between reflections. */
static void
clear_uses(eft_tally *t)
{
    for (size_t i = 0; i < t->touched.count; i++)
        t->uses.items[t->touched.items[i]].count = 0;
}

/* Each distinct form, once; its counter is 0 afterwards. Terms have their local numbers
 * yet. */
static void
gather_uses(eft_tally *t, struct efti_observation *o)
{
    struct efti_form_use *uses = t->uses.items;
    struct efti_term_count *told = t->term_counts.items;
    uint32_t mark = t->mark, long_words = 0, forms = 0, open = 0;
    size_t n = 0;

    for (size_t i = 0; i < t->touched.count; i++) {
        struct efti_form_use *use = &uses[t->touched.items[i]];
        uint32_t count = use->count;
        use->count = 0;
        if (EFTI_LIKELY((use->term & EFTI_SEVERAL_TERMS) == 0)) {
            told[n] = (struct efti_term_count){use->term, count};
            n += use->term != EFTI_TERM_OPEN;
            open += use->term != EFTI_TERM_OPEN ? 0 : count;
        } else {
            n = tell_several(t, use->term, count, n);
        }
        if (use->word == EFTI_NO_ID)
            continue;
        struct efti_form_use *first = &uses[use->word >> 1];
        long_words += count & (0u - (use->word & 1));
        forms += first->mark != mark;
        first->mark = mark;
    }
    if (open > 0)
        told[n++] = (struct efti_term_count){EFTI_TERM_OPEN, open};
    t->term_counts.count = n;
    o->long_words = long_words;
    o->forms = forms;
}

/* By the numbers of the tally. */
static void
tell_terms(eft_tally *t, struct efti_observation *o)
{
    const uint32_t *ids = t->terms.tally_ids.items;
    struct efti_term_count *told = t->term_counts.items;

    for (size_t i = 0; t->terms.renamed && i < t->term_counts.count; i++)
        told[i].term = ids[told[i].term];
    o->terms = told;
    o->term_count = (uint32_t)t->term_counts.count;
}

/* The most terms that a text can have. */
static size_t
most_terms(const eft_tally *t, const struct efti_segments *s)
{
    return t->plan->compounds == EFT_COMPOUNDS_PARTS
               ? s->tokens.count * EFTI_COMPOUND_PARTS
               : s->tokens.count;
}

/* For phase B: closed terms in running order, sentence by sentence. */
static eft_status
list_running_terms(eft_tally *t, const struct efti_segments *s, eft_error *err)
{
    bool places = t->plan->window > 0;

    t->spool_terms.count = t->spool_ends.count = t->spool_places.count = 0;
    if (!EFTI_ARRAY_RESERVE(t->mem, &t->spool_terms, most_terms(t, s)) ||
        (places && !EFTI_ARRAY_RESERVE(t->mem, &t->spool_places, most_terms(t, s))) ||
        !EFTI_ARRAY_RESERVE(t->mem, &t->spool_ends, s->sentences.count))
        return efti_no_memory(err, "the spool");
    for (size_t i = 0; i < s->sentences.count; i++) {
        const struct efti_sentence *sentence = &s->sentences.items[i];
        for (uint32_t k = sentence->first_token; k < sentence->end_token; k++) {
            uint32_t parts;
            const uint32_t *term = efti_terms_of_use(
                t, &t->uses.items[use_of(&s->tokens.items[k])].term, &parts);
            for (uint32_t n = 0; n < parts; n++) {
                if (term[n] == 0)
                    continue;
                t->spool_terms.items[t->spool_terms.count++] = term[n];
                if (places)
                    t->spool_places.items[t->spool_places.count++] = k;
            }
        }
        t->spool_ends.items[t->spool_ends.count++] = (uint32_t)t->spool_terms.count;
    }
    return EFT_OK;
}

eft_status
efti_observe_tokens(eft_tally *t, struct efti_observation *o, eft_error *err)
{
    const struct efti_segments *s = &t->worker->veiled.tokens;

    if (++t->mark == 0) { /* after 2^32 reflections: old marks mean nothing any more */
        for (size_t i = 0; i < t->uses.count; i++)
            t->uses.items[i].mark = 0;
        t->mark = 1;
    }
    /* one more than tokens: lists are written to before they are known to grow */
    if (!cover_forms(t) ||
        !EFTI_ARRAY_RESERVE(t->mem, &t->touched, s->tokens.count + 1) ||
        !EFTI_ARRAY_RESERVE(t->mem, &t->fresh, s->tokens.count + 1) ||
        !EFTI_ARRAY_RESERVE(t->mem, &t->term_counts, most_terms(t, s) + 1))
        return efti_no_memory(err, "the terms of a reflection");
    count_uses(t, s, o);
    eft_status st = efti_number_uses(t, err);
    if (st != EFT_OK) {
        clear_uses(t);
        return st;
    }
    gather_uses(t, o);
    tell_terms(t, o);
    return t->spool != NULL ? list_running_terms(t, s, err) : EFT_OK;
}

void
efti_uses_free(eft_tally *t)
{
    efti_release(t->mem, t->folded, t->folded_slots * sizeof(*t->folded));
    EFTI_ARRAY_FREE(t->mem, &t->uses);
    EFTI_ARRAY_FREE(t->mem, &t->touched);
    EFTI_ARRAY_FREE(t->mem, &t->fresh);
    EFTI_ARRAY_FREE(t->mem, &t->several);
    EFTI_ARRAY_FREE(t->mem, &t->term_counts);
    EFTI_ARRAY_FREE(t->mem, &t->spool_terms);
    EFTI_ARRAY_FREE(t->mem, &t->spool_ends);
    EFTI_ARRAY_FREE(t->mem, &t->spool_places);
}
