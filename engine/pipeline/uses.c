/*
 * uses.c - which terms and forms one reflection uses, and how often
 *
 * A running token costs one look at a record of 16 bytes: its counter. What the counter
 * was before says whether the form is new to this reflection, and the list of forms met
 * grows by that truth value, without a branch (about half the tokens of a text are first
 * sightings, which no processor can guess). All else is done once for each distinct form:
 *
 *     token -> uses[form + 1].count         every token
 *              uses[...].term -> doc_terms  each distinct form; several share a term
 *              uses[...].word -> a mark     "is this folded form new here?"
 *     doc_terms -> the observation          each distinct term
 *
 * A form counts as one term, or as several where the parts of compounds are counted
 * (terms.c): then its use points at a list of them.
 *
 * A term is looked for in the tally's own table; what that calls it leads to its local
 * number, until the tally is sorted and calls its terms anew.
 *
 * Use 0 stands for what the veil took: term 0, "open", and no word to LIX. Terms get
 * their local number when a form first passes the veil, never before. Counters are 0
 * between reflections, also after a failure.
 *
 * Forms that fold alike share the mark of the first of them. A small hash table finds
 * that one; it holds no bytes of its own, for the strings lie in the form table.
 */
#include "pipeline/pipeline.h"

#include "tokenizers/compounds.h"

#include <sodium.h>

/* Readability counts a word as long from seven letters on (Björnsson 1968, LIX). */
#define LONG_WORD 7

/* Tokens that LIX and its kin count as words. */
static bool
is_counted_word(const struct efti_form *form)
{
    return form->kind == EFTI_WORD || form->kind == EFTI_NUMBER ||
           form->kind == EFTI_CODE;
}

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

/* Counters of local terms, all zero. */
static bool
cover_terms(eft_tally *t, size_t need)
{
    size_t old = t->doc_terms.count;

    if (EFTI_LIKELY(need <= old))
        return true;
    if (!EFTI_ARRAY_RESERVE(t->mem, &t->doc_terms, need))
        return false;
    t->doc_terms.count = t->doc_terms.capacity;
    memset(t->doc_terms.items + old, 0,
           (t->doc_terms.count - old) * sizeof(*t->doc_terms.items));
    return true;
}

/* Room for a local number by each id of the tally up to `id`. */
static bool
cover_ids(eft_tally *t, uint32_t id)
{
    struct efti_local_terms *terms = &t->terms;
    size_t old = terms->by_tally.count;

    if (EFTI_LIKELY(id < old))
        return true;
    if (!EFTI_ARRAY_RESERVE(t->mem, &terms->by_tally, (size_t)id + 1))
        return false;
    terms->by_tally.count = terms->by_tally.capacity;
    memset(terms->by_tally.items + old, 0,
           (terms->by_tally.count - old) * sizeof(*terms->by_tally.items));
    return true;
}

bool
efti_local_ids_renew(eft_tally *t)
{
    struct efti_local_terms *terms = &t->terms;

    terms->by_tally.count = 0;
    for (uint32_t i = 1; i < terms->tally_ids.count; i++) {
        eft_text term = efti_strings_get(terms->strings, i - 1);
        uint32_t id = efti_tally_term(t->counts, term.bytes, term.size);
        if (id == EFTI_NO_ID || !cover_ids(t, id))
            return false;
        terms->tally_ids.items[i] = id;
        terms->by_tally.items[id] = i;
    }
    return true;
}

/* The next local number goes to a term that the tally has as `id`; 0: memory is out. */
static uint32_t
add_local_term(eft_tally *t, uint32_t id, eft_text term)
{
    struct efti_local_terms *terms = &t->terms;
    size_t number = terms->tally_ids.count;

    if (!cover_terms(t, number + 1) ||
        !EFTI_ARRAY_RESERVE(t->mem, &terms->tally_ids, number + 1) ||
        !EFTI_ARRAY_RESERVE(t->mem, &terms->function, number + 1) ||
        efti_strings_append(terms->strings, term.bytes, term.size) == EFTI_NOT_FOUND)
        return 0;
    terms->function.items[terms->function.count++] = 0;
    terms->tally_ids.items[terms->tally_ids.count++] = id;
    terms->by_tally.items[id] = (uint32_t)number;
    return (uint32_t)number;
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
first_alike(eft_tally *t, uint32_t use, const struct efti_form *form)
{
    if (!grow_folded(t))
        return 0;
    size_t mask = t->folded_slots - 1;
    uint32_t tag =
        (uint32_t)(efti_hash(t->folded_key, form->folded, form->folded_size) >> 32);
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

/* ---------------------------------------------------------------- numbering */

#define SEVERAL 0x80000000u /* in efti_form_use.term */

/* The local number of one term; 0: memory is out. */
static uint32_t
number_bytes(eft_tally *t, eft_text term)
{
    uint32_t id = efti_tally_term(t->counts, term.bytes, term.size);

    if (id == EFTI_NO_ID || t->terms.tally_ids.count >= SEVERAL || !cover_ids(t, id))
        return 0;
    uint32_t number = t->terms.by_tally.items[id];
    return number != 0 ? number : add_local_term(t, id, term);
}

#define FIRST_BASES 1024 /* slots */

static inline size_t
base_place(uint32_t base, size_t slots)
{
    return (base * 0x9E3779B1u >> 8) & (slots - 1); /* the dictionary's, not a text's */
}

/* At most half full. */
static bool
grow_used_bases(eft_tally *t)
{
    struct efti_local_terms *terms = &t->terms;
    size_t count = terms->base_slots == 0 ? FIRST_BASES : terms->base_slots * 2;

    if (terms->base_count * 2 < terms->base_slots)
        return true;
    struct efti_base_slot *slots = efti_zalloc(t->mem, count, sizeof(*slots));
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < terms->base_slots; i++) {
        size_t at = base_place(terms->bases[i].base, count);
        if (terms->bases[i].base == 0)
            continue;
        while (slots[at].base != 0)
            at = (at + 1) & (count - 1);
        slots[at] = terms->bases[i];
    }
    efti_release(t->mem, terms->bases, terms->base_slots * sizeof(*terms->bases));
    terms->bases = slots;
    terms->base_slots = count;
    return true;
}

/* The same for a base form of the dictionary: its bytes are hashed once for all forms. */
static uint32_t
number_base(eft_tally *t, uint32_t base, eft_text term)
{
    if (!grow_used_bases(t))
        return 0;
    struct efti_local_terms *terms = &t->terms;
    size_t at = base_place(base, terms->base_slots);
    while (terms->bases[at].base != base && terms->bases[at].base != 0)
        at = (at + 1) & (terms->base_slots - 1);
    if (terms->bases[at].base == base)
        return terms->bases[at].term;
    uint32_t number = number_bytes(t, term);
    if (number != 0) {
        terms->bases[at] = (struct efti_base_slot){base, number};
        terms->base_count++;
    }
    return number;
}

static uint32_t
number_term(eft_tally *t, const struct efti_form *form, uint32_t base, eft_text term)
{
    uint32_t number = base != 0 ? number_base(t, base, term) : number_bytes(t, term);

    if (number != 0 && (form->lists & EFTI_LIST_FUNCTION) != 0)
        t->terms.function.items[number] = 1;
    return number;
}

/* What a form counts as: 0 open, a local term, or with SEVERAL a place in `several`. */
static eft_status
number_terms(eft_tally *t, const struct efti_form *form, uint32_t *out, eft_error *err)
{
    struct efti_form_terms terms;
    size_t place = t->several.count;
    eft_status st = efti_form_terms(t->worker, form, &terms, err);

    *out = 0;
    if (st != EFT_OK || terms.count == 0)
        return st;
    if (terms.count == 1)
        *out = number_term(t, form, terms.base, terms.items[0]);
    if (terms.count == 1)
        return *out == 0 ? efti_no_memory(err, "a term") : EFT_OK;
    if (place >= SEVERAL / 2 ||
        !EFTI_ARRAY_RESERVE(t->mem, &t->several, place + terms.count + 1))
        return efti_no_memory(err, "a term");
    t->several.items[place] = terms.count;
    for (uint32_t i = 0; i < terms.count; i++) {
        uint32_t term = number_term(t, form, 0, terms.items[i]);
        if (term == 0)
            return efti_no_memory(err, "a term");
        t->several.items[place + 1 + i] = term;
    }
    t->several.count += terms.count + 1;
    *out = SEVERAL | (uint32_t)place;
    return EFT_OK;
}

/* The local terms behind efti_form_use.term. */
static inline const uint32_t *
terms_of_use(const eft_tally *t, const uint32_t *term, uint32_t *count)
{
    *count = 1;
    if (EFTI_LIKELY((*term & SEVERAL) == 0))
        return term;
    const uint32_t *list = t->several.items + (*term & ~SEVERAL);
    *count = list[0];
    return list + 1;
}

/* Its term and its folded form, found once per form. */
static eft_status
number_use(eft_tally *t, uint32_t at, eft_error *err)
{
    const struct efti_form *form = efti_forms_get(t->worker->forms, at - 1);
    struct efti_form_use *use = &t->uses.items[at];
    uint32_t term = 0, first;
    eft_status st = form->kind == EFTI_VEIL ? EFT_OK : number_terms(t, form, &term, err);

    if (st != EFT_OK)
        return st;
    if (is_counted_word(form)) {
        if ((first = first_alike(t, at, form)) == 0)
            return efti_no_memory(err, "the forms of a reflection");
        use->word = first * 2 + (form->code_points >= LONG_WORD);
    }
    use->term = term; /* last: it says that the rest is there */
    return EFT_OK;
}

/* ----------------------------------------------------------------- counting */

static inline uint32_t
use_of(const struct efti_token *token)
{
    return token->form + 1u; /* what the veil took has form EFTI_NOT_FOUND: use 0 */
}

#define TOKENS_AHEAD 12 /* some 50 ns: a line from the next cache */

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

/* A form that counts as several terms. `n`: how many are met, and then. */
static size_t
gather_several(eft_tally *t, uint32_t term, uint32_t count, size_t n)
{
    uint32_t parts;
    const uint32_t *list = terms_of_use(t, &term, &parts);

    for (uint32_t k = 0; k < parts; k++) {
        uint32_t *tokens = &t->doc_terms.items[list[k]];
        t->met_terms.items[n] = list[k];
        n += *tokens == 0;
        *tokens += count;
    }
    return n;
}

/* Each distinct form, once; counters of forms are 0 afterwards whatever the answer. */
static eft_status
gather_uses(eft_tally *t, struct efti_observation *o, eft_error *err)
{
    struct efti_form_use *uses = t->uses.items;
    uint32_t *met = t->met_terms.items, mark = t->mark, long_words = 0, forms = 0;
    size_t n = 0;
    eft_status st = EFT_OK;

    for (size_t i = 0; i < t->touched.count; i++) {
        uint32_t at = t->touched.items[i];
        struct efti_form_use *use = &uses[at];
        uint32_t count = use->count;
        use->count = 0;
        if (EFTI_UNLIKELY(use->term == EFTI_NO_TERM)) {
            if (st == EFT_OK)
                st = number_use(t, at, err);
            if (st != EFT_OK)
                continue;
        }
        if (EFTI_LIKELY((use->term & SEVERAL) == 0)) {
            uint32_t *tokens = &t->doc_terms.items[use->term];
            met[n] = use->term;
            n += *tokens == 0;
            *tokens += count;
        } else {
            n = gather_several(t, use->term, count, n);
        }
        if (use->word == EFTI_NO_ID)
            continue;
        struct efti_form_use *first = &uses[use->word >> 1];
        long_words += count & (0u - (use->word & 1));
        forms += first->mark != mark;
        first->mark = mark;
    }
    t->met_terms.count = n;
    o->long_words = long_words;
    o->forms = forms;
    return st;
}

/* Each distinct term, once. */
static void
list_terms(eft_tally *t, struct efti_observation *o)
{
    const uint32_t *met = t->met_terms.items, *ids = t->terms.tally_ids.items;
    struct efti_term_count *out = t->term_counts.items;
    uint32_t *tokens = t->doc_terms.items;

    for (size_t i = 0; i < t->met_terms.count; i++) {
        out[i] = (struct efti_term_count){ids[met[i]], tokens[met[i]]};
        tokens[met[i]] = 0;
    }
    o->terms = t->term_counts.items;
    o->term_count = (uint32_t)t->met_terms.count;
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
            const uint32_t *term =
                terms_of_use(t, &t->uses.items[use_of(&s->tokens.items[k])].term, &parts);
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
    /* one more than tokens: the list is written to before it is known to grow */
    if (!cover_forms(t) || !cover_terms(t, 1) ||
        !EFTI_ARRAY_RESERVE(t->mem, &t->touched, s->tokens.count + 1) ||
        !EFTI_ARRAY_RESERVE(t->mem, &t->met_terms, most_terms(t, s) + 1) ||
        !EFTI_ARRAY_RESERVE(t->mem, &t->term_counts, most_terms(t, s) + 1))
        return efti_no_memory(err, "the terms of a reflection");
    count_uses(t, s, o);
    eft_status st = gather_uses(t, o, err);
    list_terms(t, o);
    if (st == EFT_OK && t->spool != NULL)
        st = list_running_terms(t, s, err);
    return st;
}

void
efti_uses_free(eft_tally *t)
{
    efti_release(t->mem, t->folded, t->folded_slots * sizeof(*t->folded));
    EFTI_ARRAY_FREE(t->mem, &t->uses);
    EFTI_ARRAY_FREE(t->mem, &t->touched);
    EFTI_ARRAY_FREE(t->mem, &t->doc_terms);
    EFTI_ARRAY_FREE(t->mem, &t->met_terms);
    EFTI_ARRAY_FREE(t->mem, &t->several);
    EFTI_ARRAY_FREE(t->mem, &t->term_counts);
    EFTI_ARRAY_FREE(t->mem, &t->spool_terms);
    EFTI_ARRAY_FREE(t->mem, &t->spool_ends);
    EFTI_ARRAY_FREE(t->mem, &t->spool_places);
}
