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
 * form counts as is numbering.c's, whose number for a term leads to that of the tally.
 * Until the tally is sorted both are the same, if it got all its terms from here.
 * Counters are 0 between reflections, also after a failure.
 *
 * Forms that fold alike share the mark of the first of them. A small hash table finds
 * that one; it holds no bytes of its own, for the strings lie in the form table.
 */
#include "pipeline/pipeline.h"

#include "tokenizers/compounds.h"

#include <sodium.h>

/* Readability counts a word as long from seven letters on (Björnsson 1968, LIX). */
#define LONG_WORD 7

/* Tokens that LIX and its kin count as words: what is read aloud as one. Emoji, addresses
 * of the web and of mail, handles and what the veil took have no length that says how
 * heavy a text is to read. */
static bool
is_counted_word(const struct efti_form *form)
{
    return form->kind == EFTI_WORD || form->kind == EFTI_NUMBER ||
           form->kind == EFTI_CODE || form->kind == EFTI_ABBREVIATION;
}

/* "fr.o.m." has seven code points and four letters: no abbreviation is long. */
static bool
is_long_word(const struct efti_form *form)
{
    return form->kind != EFTI_ABBREVIATION && form->code_points >= LONG_WORD;
}

/* The word of what is none, as if it had been met before in each reflection: nobody has
 * to ask. */
#define NO_WORD 0

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
            (struct efti_form_use){.term = i == 0 ? 0 : EFTI_NO_TERM, .word = NO_WORD};
    t->uses.count = need;
    return true;
}

/* ------------------------------------------------------------------------ terms */

/* What the tally calls the terms that the worker has numbered since. Number 0 is what is
 * open in both. */
static bool
name_terms(eft_tally *t)
{
    struct efti_local_terms *terms = &t->terms;
    const size_t count = efti_worker_term_count(t->worker);
    uint32_t *ids;

    if (EFTI_LIKELY(terms->tally_ids.count == count))
        return true;
    if (!EFTI_ARRAY_RESERVE(t->mem, &terms->tally_ids, count))
        return false;
    ids = terms->tally_ids.items;
    if (terms->tally_ids.count == 0)
        ids[terms->tally_ids.count++] = EFTI_TERM_OPEN;
    const size_t first = terms->tally_ids.count;
    if (count > first &&
        !efti_tally_terms(t->counts, t->worker->terms.strings, (uint32_t)first - 1,
                          count - first, ids + first))
        return false;
    for (size_t i = first; i < count; i++)
        terms->renamed = terms->renamed || ids[i] != i;
    terms->tally_ids.count = count;
    return true;
}

bool
efti_local_ids_renew(eft_tally *t)
{
    t->terms.tally_ids.count = 0;
    t->terms.renamed = false;
    return name_terms(t);
}

/* A term is a function word if some form of it is. */
static bool
mark_function(eft_tally *t, uint32_t term)
{
    struct efti_local_terms *terms = &t->terms;
    uint32_t count;
    const uint32_t *list = efti_worker_terms(t->worker, &term, &count);

    for (uint32_t i = 0; i < count; i++) {
        size_t old = terms->function.count;
        if (list[i] >= old) {
            if (!EFTI_ARRAY_RESERVE(t->mem, &terms->function, (size_t)list[i] + 1))
                return false;
            terms->function.count = terms->function.capacity;
            memset(terms->function.items + old, 0, terms->function.count - old);
        }
        terms->function.items[list[i]] = 1;
    }
    return true;
}

static eft_status
term_of_use(eft_tally *t, uint32_t use, uint32_t *out, eft_error *err)
{
    eft_status st = efti_worker_number(t->worker, use - 1, out, err);
    const struct efti_form *form = efti_forms_get(t->worker->forms, use - 1);

    if (st == EFT_OK && (form->lists & EFTI_LIST_FUNCTION) != 0 &&
        !mark_function(t, *out))
        st = efti_no_memory(err, "a term");
    return st;
}

/* ------------------------------------------------------------- folded forms */

#define FIRST_FOLDED 1024 /* slots */

/* At most half full: the table is 8 bytes a slot and asked once per form. */
static bool
grow_folded(eft_tally *t)
{
    size_t count = t->folded_slots == 0 ? FIRST_FOLDED : t->folded_slots * 2;

    if (t->folded_count * 2 < t->folded_slots)
        return true;
    struct efti_folded_slot *slots = efti_zalloc(t->mem, count, sizeof(*slots));
    if (slots == NULL)
        return false;
    efti_write_soon(slots, count * sizeof(*slots));
    for (size_t i = 0; i < t->folded_slots; i++) {
        size_t at = t->folded[i].tag & (count - 1);
        if (t->folded[i].use == 0)
            continue;
        while (slots[at].use != 0)
            at = (at + 1) & (count - 1);
        slots[at] = t->folded[i];
    }
    if (t->folded == NULL)
        randombytes_buf(&t->folded_key, sizeof(t->folded_key));
    efti_release(t->mem, t->folded, t->folded_slots * sizeof(*t->folded));
    t->folded = slots;
    t->folded_slots = count;
    return true;
}

/* The first use whose form folds as that of `use` does; 0: memory is out. */
static uint32_t
first_alike(eft_tally *t, uint32_t use, uint32_t tag, const struct efti_form *form)
{
    if (!grow_folded(t))
        return 0;
    size_t mask = t->folded_slots - 1;
    for (size_t at = tag & mask;; at = (at + 1) & mask) {
        struct efti_folded_slot *slot = &t->folded[at];
        if (slot->use == 0) {
            *slot = (struct efti_folded_slot){tag, use};
            t->folded_count++;
            return use;
        }
        if (slot->tag != tag)
            continue;
        const struct efti_form *other = efti_forms_get(t->worker->forms, slot->use - 1);
        if (efti_equal(other->folded, other->folded_size, form->folded,
                       form->folded_size))
            return slot->use;
    }
}

/* Its term and its folded form, found once per form. */
static eft_status
number_use(eft_tally *t, const struct efti_fresh_use *fresh, eft_error *err)
{
    const struct efti_form *form = efti_forms_get(t->worker->forms, fresh->use - 1);
    struct efti_form_use *use = &t->uses.items[fresh->use];
    uint32_t term = 0, first;
    eft_status st =
        form->kind == EFTI_VEIL ? EFT_OK : term_of_use(t, fresh->use, &term, err);

    if (st != EFT_OK)
        return st;
    if (is_counted_word(form)) {
        if ((first = first_alike(t, fresh->use, fresh->tag, form)) == 0)
            return efti_no_memory(err, "the forms of a reflection");
        use->word = first * 2 + is_long_word(form);
    }
    use->term = term; /* last: it says that the rest is there */
    return EFT_OK;
}

/* Of the forms that are met for the first time all are hashed before the first is looked
 * for: then the lines they are in are on their way. */
static eft_status
number_uses(eft_tally *t, eft_error *err)
{
    const struct efti_form_use *uses = t->uses.items;
    struct efti_fresh_use *fresh = t->fresh.items;
    size_t n = 0;
    eft_status st = EFT_OK;

    for (size_t i = 0; i < t->touched.count; i++) {
        fresh[n].use = t->touched.items[i];
        n += uses[fresh[n].use].term == EFTI_NO_TERM;
    }
    if (n == 0)
        return EFT_OK;
    if (!grow_folded(t)) /* makes the key at first */
        return efti_no_memory(err, "the forms of a reflection");
    for (size_t i = 0; i < n; i++) {
        const struct efti_form *form = efti_forms_get(t->worker->forms, fresh[i].use - 1);
        fresh[i].tag =
            (uint32_t)(efti_hash(t->folded_key, form->folded, form->folded_size) >> 32);
        EFTI_PREFETCH(&t->folded[fresh[i].tag & (t->folded_slots - 1)]);
    }
    for (size_t i = 0; i < n && st == EFT_OK; i++)
        st = number_use(t, &fresh[i], err);
    return st;
}

/* ----------------------------------------------------------------- counting */

static inline uint32_t
use_of(const struct efti_token *token)
{
    return token->form + 1u; /* what the veil took has form EFTI_NOT_FOUND: use 0 */
}

#define TOKENS_AHEAD 32 /* some 100 ns: a line from the cache behind the next */

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
    const uint32_t *list = efti_worker_terms(t->worker, &term, &parts);

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
    uint32_t mark = t->mark, words = 0, long_words = 0, forms = 0, open = 0;
    size_t n = 0;

    uses[NO_WORD >> 1].mark = mark;
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
        struct efti_form_use *first = &uses[use->word >> 1];
        words += count & (0u - (use->word != NO_WORD));
        long_words += count & (0u - (use->word & 1));
        forms += first->mark != mark;
        first->mark = mark;
    }
    if (open > 0)
        told[n++] = (struct efti_term_count){EFTI_TERM_OPEN, open};
    t->term_counts.count = n;
    o->words = words;
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
            const uint32_t *term = efti_worker_terms(
                t->worker, &t->uses.items[use_of(&s->tokens.items[k])].term, &parts);
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
    eft_status st = number_uses(t, err);
    if (st == EFT_OK && !name_terms(t))
        st = efti_no_memory(err, "the terms of a tally");
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
    EFTI_ARRAY_FREE(t->mem, &t->term_counts);
    EFTI_ARRAY_FREE(t->mem, &t->spool_terms);
    EFTI_ARRAY_FREE(t->mem, &t->spool_ends);
    EFTI_ARRAY_FREE(t->mem, &t->spool_places);
}
