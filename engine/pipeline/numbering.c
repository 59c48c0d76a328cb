/*
 * numbering.c - what a form counts as, found once for each form that a reflection uses
 *
 * A term is looked for in the tally's own table; what that calls it leads to its local
 * number, until the tally is sorted and calls its terms anew. Until then, in a tally that
 * got all its terms from here, both are the same number. Terms get their local number
 * when a form first passes the veil, never before.
 *
 * A form counts as one term, or as several where the parts of compounds are counted
 * (terms.c): then its use points at a list of them.
 *
 * Forms that fold alike share the mark of the first of them. A small hash table finds
 * that one; it holds no bytes of its own, for the strings lie in the form table.
 */
#include "pipeline/uses.h"

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
    terms->renamed = false;
    for (uint32_t i = 1; i < terms->tally_ids.count; i++) {
        eft_text term = efti_strings_get(terms->strings, i - 1);
        uint32_t id = efti_tally_term(t->counts, term.bytes, term.size);
        if (id == EFTI_NO_ID || !cover_ids(t, id))
            return false;
        terms->tally_ids.items[i] = id;
        terms->by_tally.items[id] = i;
        terms->renamed = terms->renamed || id != i;
    }
    return true;
}

/* The next local number goes to a term that the tally has as `id`; 0: memory is out. */
static uint32_t
add_local_term(eft_tally *t, uint32_t id, eft_text term)
{
    struct efti_local_terms *terms = &t->terms;
    size_t number = terms->tally_ids.count;

    if (!EFTI_ARRAY_RESERVE(t->mem, &terms->tally_ids, number + 1) ||
        !EFTI_ARRAY_RESERVE(t->mem, &terms->function, number + 1) ||
        efti_strings_append(terms->strings, term.bytes, term.size) == EFTI_NOT_FOUND)
        return 0;
    terms->function.items[terms->function.count++] = 0;
    terms->tally_ids.items[terms->tally_ids.count++] = id;
    terms->by_tally.items[id] = (uint32_t)number;
    terms->renamed = terms->renamed || id != number;
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

/* ---------------------------------------------------------------- numbering */

/* The local number of one term; 0: memory is out. */
static uint32_t
number_bytes(eft_tally *t, eft_text term)
{
    uint32_t id = efti_tally_term(t->counts, term.bytes, term.size);

    if (id == EFTI_NO_ID || t->terms.tally_ids.count >= EFTI_SEVERAL_TERMS ||
        !cover_ids(t, id))
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

/* What a form counts as: 0 open, a local term, or with EFTI_SEVERAL_TERMS a place in
 * `several`. */
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
    if (place >= EFTI_SEVERAL_TERMS / 2 ||
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
    *out = EFTI_SEVERAL_TERMS | (uint32_t)place;
    return EFT_OK;
}

/* Its term and its folded form, found once per form. */
static eft_status
number_use(eft_tally *t, const struct efti_fresh_use *fresh, eft_error *err)
{
    const struct efti_form *form = efti_forms_get(t->worker->forms, fresh->use - 1);
    struct efti_form_use *use = &t->uses.items[fresh->use];
    uint32_t term = 0, first;
    eft_status st = form->kind == EFTI_VEIL ? EFT_OK : number_terms(t, form, &term, err);

    if (st != EFT_OK)
        return st;
    if (is_counted_word(form)) {
        if ((first = first_alike(t, fresh->use, fresh->tag, form)) == 0)
            return efti_no_memory(err, "the forms of a reflection");
        use->word = first * 2 + (form->code_points >= LONG_WORD);
    }
    use->term = term; /* last: it says that the rest is there */
    return EFT_OK;
}

/* All are hashed before the first is looked for: then the lines they are in are on their
 * way. */
eft_status
efti_number_uses(eft_tally *t, eft_error *err)
{
    const struct efti_form_use *uses = t->uses.items;
    struct efti_fresh_use *fresh = t->fresh.items;
    size_t n = 0;
    eft_status st = EFT_OK;

    for (size_t i = 0; i < t->touched.count; i++) {
        fresh[n].use = t->touched.items[i];
        n += uses[fresh[n].use].term == EFTI_NO_TERM;
    }
    if (n > 0 && !grow_folded(t)) /* makes the key at first */
        return efti_no_memory(err, "the forms of a reflection");
    for (size_t i = 0; i < n; i++) {
        const struct efti_form *form = efti_forms_get(t->worker->forms, fresh[i].use - 1);
        fresh[i].tag =
            (uint32_t)(efti_hash(t->folded_key, form->folded, form->folded_size) >> 32);
        EFTI_PREFETCH(&t->folded[fresh[i].tag & (t->folded_slots - 1)]);
        if (form->base != 0 && t->terms.base_slots > 0)
            EFTI_PREFETCH(&t->terms.bases[base_place(form->base, t->terms.base_slots)]);
    }
    for (size_t i = 0; i < n && st == EFT_OK; i++)
        st = number_use(t, &fresh[i], err);
    return st;
}
