/*
 * numbering.c - the terms of a worker: what each form counts as, found once
 *
 *     form -> of_form -> number of its term      strings: number - 1 -> bytes
 *                     -> SEVERAL, a place in `several`: count, numbers
 *
 * Terms are numbered in order of appearance, and only for forms that passed the veil;
 * what is open is number 0. A form counts as one term, or as several where the parts of
 * compounds are counted (terms.c). Weights and the tally both ask here, so that a term is
 * made and looked for once for all forms of a base form, and for all who ask.
 *
 * Where a term stands in the tables nobody knows ahead. So new forms of a text are taken
 * in two steps with other work between them: each is looked at and its line asked for,
 * later all get their numbers.
 */
#include "pipeline/model_features.h"

void
efti_worker_terms_free(struct efti_worker *w)
{
    struct efti_numbered *n = &w->terms;

    efti_strings_free(n->strings);
    EFTI_ARRAY_FREE(w->mem, &n->of_form);
    EFTI_ARRAY_FREE(w->mem, &n->several);
    EFTI_ARRAY_FREE(w->mem, &n->waiting);
    efti_release(w->mem, n->bases, n->base_slots * sizeof(*n->bases));
}

/* A place for each form up to `form`. */
static bool
cover_form(struct efti_worker *w, uint32_t form)
{
    struct efti_numbered *n = &w->terms;

    if (EFTI_LIKELY(form < n->of_form.count))
        return true;
    if (n->strings == NULL && efti_strings_new(w->mem, &n->strings, NULL) != EFT_OK)
        return false;
    if (!EFTI_ARRAY_RESERVE(w->mem, &n->of_form, (size_t)form + 1))
        return false;
    for (; n->of_form.count < n->of_form.capacity; n->of_form.count++)
        n->of_form.items[n->of_form.count] = EFTI_NO_TERM;
    return true;
}

/* The number of one term, for which efti_strings_soon() asked; 0: memory is out. */
static uint32_t
number_soon(struct efti_worker *w, eft_text term, uint32_t soon)
{
    uint32_t id =
        efti_strings_add_soon(w->terms.strings, soon, term.bytes, term.size, NULL);

    return id >= EFTI_SEVERAL_TERMS - 2 ? 0 : id + 1;
}

static uint32_t
number_bytes(struct efti_worker *w, eft_text term)
{
    return number_soon(w, term,
                       efti_strings_soon(w->terms.strings, term.bytes, term.size));
}

#define FIRST_BASES 1024 /* slots */

static inline size_t
base_place(uint32_t base, size_t slots)
{
    return (base * 0x9E3779B1u >> 8) & (slots - 1); /* the dictionary's, not a text's */
}

/* At most half full. */
static bool
grow_bases(struct efti_worker *w)
{
    struct efti_numbered *n = &w->terms;
    size_t count = n->base_slots == 0 ? FIRST_BASES : n->base_slots * 2;

    if (n->base_count * 2 < n->base_slots)
        return true;
    struct efti_base_slot *slots = efti_zalloc(w->mem, count, sizeof(*slots));
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < n->base_slots; i++) {
        size_t at = base_place(n->bases[i].base, count);
        if (n->bases[i].base == 0)
            continue;
        while (slots[at].base != 0)
            at = (at + 1) & (count - 1);
        slots[at] = n->bases[i];
    }
    efti_release(w->mem, n->bases, n->base_slots * sizeof(*n->bases));
    n->bases = slots;
    n->base_slots = count;
    return true;
}

/* The slot of a base form, or the free one where it belongs. There are slots. */
static inline struct efti_base_slot *
base_slot(const struct efti_numbered *n, uint32_t base)
{
    size_t at = base_place(base, n->base_slots);

    while (n->bases[at].base != base && n->bases[at].base != 0)
        at = (at + 1) & (n->base_slots - 1);
    return &n->bases[at];
}

/* The same for a base form of the dictionary: its bytes are hashed once for all forms. */
static uint32_t
number_base(struct efti_worker *w, uint32_t base, eft_text term, uint32_t soon)
{
    if (!grow_bases(w))
        return 0;
    struct efti_base_slot *slot = base_slot(&w->terms, base);
    if (slot->base == base)
        return slot->term;
    uint32_t number = number_soon(w, term, soon);
    if (number != 0) {
        *slot = (struct efti_base_slot){base, number};
        w->terms.base_count++;
    }
    return number;
}

/* What efti_form_terms() told for a base form it tells for all forms of it that are words
 * and closed, where words count whole. 0: it has not been asked yet. */
static uint32_t
known_number(const struct efti_worker *w, const struct efti_form *form)
{
    bool known = w->terms.base_slots > 0 && form->base != 0 &&
                 (form->base & EFTI_FORM_BASE_LAST) == 0 && form->closed != 0 &&
                 form->kind == EFTI_WORD && form->folded[form->folded_size - 1] != '-' &&
                 w->plan->compounds == EFT_COMPOUNDS_WHOLE;
    const struct efti_base_slot *slot = known ? base_slot(&w->terms, form->base) : NULL;

    return slot != NULL && slot->base != 0 ? slot->term : 0;
}

static eft_status
number_several(struct efti_worker *w, const struct efti_form_terms *terms, uint32_t *out,
               eft_error *err)
{
    struct efti_numbered *n = &w->terms;
    size_t place = n->several.count;

    if (place >= EFTI_SEVERAL_TERMS / 2 ||
        !EFTI_ARRAY_RESERVE(w->mem, &n->several, place + terms->count + 1))
        return efti_no_memory(err, "a term");
    n->several.items[place] = terms->count;
    for (uint32_t i = 0; i < terms->count; i++) {
        uint32_t term = number_bytes(w, terms->items[i]);
        if (term == 0)
            return efti_no_memory(err, "a term");
        n->several.items[place + 1 + i] = term;
    }
    n->several.count += terms->count + 1;
    *out = EFTI_SEVERAL_TERMS | (uint32_t)place;
    return EFT_OK;
}

/* ---------------------------------------------------------------- many forms at once */

/* Its number; a base form that was not met yet is only asked for, and waits. */
static eft_status
number_or_wait(struct efti_worker *w, uint32_t form, eft_error *err)
{
    const struct efti_form *of = efti_forms_get(w->forms, form);
    struct efti_numbered *n = &w->terms;
    struct efti_form_terms terms;
    uint32_t term = 0;
    eft_status st = EFT_OK;

    if (of->closed != 0 && (term = known_number(w, of)) == 0) {
        if ((st = efti_form_terms(w, of, &terms, err)) != EFT_OK)
            return st;
        if (terms.count == 1 && terms.base != 0) {
            const eft_text base = terms.items[0];
            if (!EFTI_PUSH(w->mem, &n->waiting))
                return efti_no_memory(err, "a term");
            n->waiting.items[n->waiting.count - 1] = (struct efti_waiting_form){
                form, terms.base, efti_strings_soon(n->strings, base.bytes, base.size),
                base};
            return EFT_OK;
        }
        if (terms.count > 1)
            st = number_several(w, &terms, &term, err);
        else if (terms.count == 1 && (term = number_bytes(w, terms.items[0])) == 0)
            st = efti_no_memory(err, "a term");
    }
    if (st == EFT_OK)
        n->of_form.items[form] = term;
    efti_features_expect(w->features, term);
    return st;
}

void
efti_worker_meet_forms(const struct efti_worker *w)
{
    const struct efti_numbered *n = &w->terms;
    const uint32_t count = efti_forms_count(w->forms);

    for (uint32_t form = n->met; n->base_slots > 0 && form < count; form++) {
        const struct efti_form *of = efti_forms_get(w->forms, form);
        EFTI_PREFETCH(&n->bases[base_place(EFTI_FORM_BASE(of), n->base_slots)]);
    }
}

/* Of the forms that were new. EFTI_NOT_FOUND is beyond all of them. */
static inline bool
is_fresh(const struct efti_token *t, uint32_t met, uint32_t fresh)
{
    return t->form - met < fresh && t->kind != EFTI_VEIL;
}

/* Base forms lie where no cache holds them: they were asked for when their forms came,
 * which is long ago where many texts are read together. */
static void
ask_for_bases(const struct efti_worker *w, uint32_t met, uint32_t meets)
{
    for (uint32_t form = met; form < meets; form++)
        efti_dictionary_prefetch_record(w->plan->dictionary,
                                        EFTI_FORM_BASE(efti_forms_get(w->forms, form)));
}

eft_status
efti_worker_expect_begin(struct efti_worker *w, eft_error *err)
{
    struct efti_numbered *n = &w->terms;

    n->waiting.count = 0;
    n->meets = efti_forms_count(w->forms);
    ask_for_bases(w, n->met, n->meets);
    return n->met == n->meets || (cover_form(w, n->meets - 1) && grow_bases(w))
               ? EFT_OK
               : efti_no_memory(err, "the terms of forms");
}

eft_status
efti_worker_expect_of(struct efti_worker *w, const struct efti_segments *s,
                      eft_error *err)
{
    const struct efti_numbered *n = &w->terms;
    const struct efti_token *t = s->tokens.items, *end = t + s->tokens.count;
    const uint32_t met = n->met, fresh = n->meets - met;

    for (; t < end && fresh > 0; t++) {
        if (EFTI_LIKELY(!is_fresh(t, met, fresh)) ||
            n->of_form.items[t->form] != EFTI_NO_TERM)
            continue;
        eft_status st = number_or_wait(w, t->form, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

void
efti_worker_expect_end(struct efti_worker *w)
{
    w->terms.met = w->terms.meets; /* a look at terms may have made forms since */
}

eft_status
efti_worker_expect_numbers(struct efti_worker *w, eft_error *err)
{
    eft_status st = efti_worker_expect_begin(w, err);

    if (st == EFT_OK)
        st = efti_worker_expect_of(w, &w->veiled.tokens, err);
    efti_worker_expect_end(w);
    return st;
}

eft_status
efti_worker_number_expected(struct efti_worker *w, eft_error *err)
{
    struct efti_numbered *n = &w->terms;

    for (size_t i = 0; i < n->waiting.count; i++) {
        const struct efti_waiting_form *f = &n->waiting.items[i];
        uint32_t term = number_base(w, f->base, f->term, f->soon);
        if (term == 0)
            return efti_no_memory(err, "a term");
        n->of_form.items[f->form] = term;
    }
    n->waiting.count = 0;
    return EFT_OK;
}

eft_status
efti_worker_number(struct efti_worker *w, uint32_t form, uint32_t *out, eft_error *err)
{
    if (!cover_form(w, form))
        return efti_no_memory(err, "the terms of forms");
    *out = w->terms.of_form.items[form];
    if (*out != EFTI_NO_TERM)
        return EFT_OK;
    eft_status st = number_or_wait(w, form, err);
    if (st == EFT_OK)
        st = efti_worker_number_expected(w, err);
    *out = w->terms.of_form.items[form];
    return st;
}
