/*
 * intern.c - tokens to forms: looked up in batches, and what is new put in
 *
 *     keys and tags ─► slots ─► records ─► the few that differ ─► new forms
 *
 * One step for the whole batch after another, each asking for the lines that the next one
 * reads. What is not found waits until the batch is through; forms.c tells why.
 */
#include "vocab/keys.h"

/* ------------------------------------------------------------------------ new forms */

/* The slot of a form, or the free one where it belongs; from `at` on. */
static size_t
find_slot(struct efti_forms *f, size_t at, uint32_t tag, struct efti_key key,
          const char *token, size_t size)
{
    const size_t mask = f->slot_count - 1;

    for (;; at = (at + 1) & mask) {
        const struct efti_form_slot *slot = &f->slots[at];
        if (slot->id == 0 || (slot->tag == tag &&
                              is_form(efti_forms_get(f, slot->id - 1), key, token, size)))
            return at;
    }
}

/* The first record of a batch's form is made; the others find it. There is room. */
static eft_status
add_form(struct efti_forms *f, eft_text text, struct efti_token *t,
         const struct efti_new_form *early, struct efti_known *known, eft_error *err)
{
    const uint32_t tag = f->tags[early->token];
    struct efti_key key = f->seen[early->token];
    const char *token = text.bytes + t->start;
    size_t size = t->end - t->start;

    size_t at = find_slot(f, tag >> f->slot_shift, tag, key, token, size);
    if (f->slots[at].id == 0) {
        struct efti_form *form = efti_forms_get(f, f->count);
        *form = (struct efti_form){.raw = token, .raw_size = (uint32_t)size};
        memcpy(form->head, &key.first, 8);
        memcpy(form->head + 8, &key.second, 8); /* size and kind too, and no casing yet */
        eft_status st = efti_form_analyse(&f->tools, form, early, known, err);
        if (st != EFT_OK)
            return st; /* not counted: the record is written over by the next form */
        f->slots[at] = (struct efti_form_slot){.tag = tag, .id = ++f->count};
    }
    t->form = f->slots[at].id - 1;
    return EFT_OK;
}

/* Forms from `first` on were never there. They came last, and no table has grown since,
 * so that nothing was put behind them. */
static void
forget_forms(struct efti_forms *f, uint32_t first)
{
    for (size_t i = 0; i < f->slot_count; i++)
        if (f->slots[i].id > first)
            f->slots[i] = (struct efti_form_slot){0, 0};
    f->count = first;
}

/* A form that one refuses is forgotten, with all behind it. */
static eft_status
run_analysers(struct efti_forms *f, uint32_t first, eft_error *err)
{
    for (uint32_t id = first; id < f->count; id++) {
        struct efti_form *form = efti_forms_get(f, id);
        const struct efti_known *known = &f->known[id - first];
        eft_status st = EFT_OK;
        known = known->number != 0 ? known : NULL;
        for (uint32_t i = 0; i < f->analyser_count && st == EFT_OK; i++)
            st = f->analysers[i].fn(f->analysers[i].user, form, known, err);
        if (st != EFT_OK) {
            forget_forms(f, id);
            return st;
        }
    }
    return EFT_OK;
}

/* Fold, so that the dictionary can be asked ahead. */
static void
prepare(struct efti_forms *f, eft_text text, const struct efti_token *t,
        struct efti_new_form *out)
{
    const bool hashed = f->tools.dictionary != NULL;

    if (t->kind != EFTI_ABBREVIATION &&
        efti_fold_plain(text.bytes + t->start, t->end - t->start, hashed, out)) {
        efti_dictionary_prefetch(f->tools.dictionary, out->hash);
    } else {
        out->size = 0;
        out->same = false;
    }
}

static eft_status
add_group(struct efti_forms *f, eft_text text, struct efti_token *tokens,
          const uint32_t *misses, size_t count, eft_error *err)
{
    for (size_t i = 0; i < count; i++) {
        f->group[i].token = misses[i];
        prepare(f, text, &tokens[misses[i]], &f->group[i]);
    }
    for (size_t i = 0; i < count && f->tools.dictionary != NULL; i++)
        if (f->group[i].size > 0)
            efti_dictionary_prefetch_word(f->tools.dictionary, f->group[i].hash);
    if (!efti_forms_make_room(f, count))
        return efti_no_memory(err, "a table of forms");
    const uint32_t first = f->count;
    eft_status st = EFT_OK;
    for (size_t i = 0; i < count && st == EFT_OK; i++)
        st = add_form(f, text, &tokens[misses[i]], &f->group[i],
                      &f->known[f->count - first], err);
    if (st != EFT_OK) {
        forget_forms(f, first);
        return st;
    }
    return run_analysers(f, first,
                         err); /* base forms that they look at are on their way */
}

/* ------------------------------------------------------------------------- interning */

static inline uint32_t
see(struct efti_key *out, eft_text text, const struct efti_token *t,
    const uint64_t *secrets)
{
    const char *bytes = text.bytes + t->start;
    size_t size = t->end - t->start;

    return EFTI_LIKELY(size <= EFTI_KEY_BYTES && text.size - t->start >= EFTI_KEY_BYTES)
               ? see_short(out, bytes, size, t->kind, secrets)
               : see_other(out, bytes, size, t->kind, secrets);
}

static void
take_keys(struct efti_forms *f, eft_text text, const struct efti_token *tokens,
          size_t count)
{
    const struct efti_form_slot *slots = f->slots;
    const uint32_t shift = f->slot_shift;
    uint64_t longer[EFTI_FORM_BATCH / 64] = {0};
    size_t done = f->probe == NULL ? 0
                                   : f->probe(text, tokens, count, f->secrets, f->seen,
                                              f->tags, longer);

    for (size_t i = 0; i < EFTI_FORM_BATCH / 64; i++)
        for (uint64_t set = longer[i]; set != 0; set &= set - 1) {
            size_t n = i * 64 + (size_t)__builtin_ctzll(set);
            const struct efti_token *t = &tokens[n];
            f->tags[n] =
                tag_of_long(text.bytes + t->start, t->end - t->start, f->secrets);
        }
    for (size_t i = done; i < count; i++)
        f->tags[i] = see(&f->seen[i], text, &tokens[i], f->secrets);
    for (size_t i = 0; i < count; i++)
        EFTI_PREFETCH(&slots[f->tags[i] >> shift]);
}

static void
find_records(struct efti_forms *f, struct efti_token *tokens, size_t count)
{
    const struct efti_forms_head head = f->head;
    const struct efti_form_slot *slots = f->slots;
    const size_t mask = f->slot_count - 1;
    const uint32_t shift = f->slot_shift;

    for (size_t i = 0; i < count; i++) {
        const uint32_t tag = f->tags[i];
        size_t at = tag >> shift;
        while (EFTI_UNLIKELY(slots[at].tag != tag) && slots[at].id != 0)
            at = (at + 1) & mask;
        uint32_t form = slots[at].id - 1;
        f->found[i] = &f->nobody;
        tokens[i].form = form;
        if (EFTI_UNLIKELY(form == EFTI_NOT_FOUND))
            continue;
        f->found[i] = efti_forms_in(&head, form);
        EFTI_PREFETCH(f->found[i]);
    }
}

/* Not the form with its tag: another one with the same, or new. */
static bool
find_past_tag(struct efti_forms *f, eft_text text, struct efti_token *t, size_t i)
{
    size_t at = find_slot(f, f->tags[i] >> f->slot_shift, f->tags[i], f->seen[i],
                          text.bytes + t->start, t->end - t->start);

    if (f->slots[at].id == 0)
        return false;
    t->form = f->slots[at].id - 1;
    return true;
}

/* The tokens that are not what was found for them, or too long for this to tell; how
 * many. */
static size_t
list_others(struct efti_forms *f, size_t count)
{
    uint32_t *others = f->misses;
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        others[n] = (uint32_t)i;
        n += (differ(f->found[i], f->seen[i]) | (f->seen[i].second & EFTI_KEY_LONG)) != 0;
    }
    for (size_t k = 0; k < n; k++) { /* what is_form() compares lies elsewhere */
        const struct efti_form *form = f->found[others[k]];
        if (EFTI_LIKELY(form->raw != NULL))
            EFTI_PREFETCH(form->raw + EFTI_FORM_HEAD);
    }
    return n;
}

static eft_status
intern_batch(struct efti_forms *f, eft_text text, struct efti_token *tokens, size_t count,
             eft_error *err)
{
    size_t missed = 0;

    take_keys(f, text, tokens, count);
    find_records(f, tokens, count);
    size_t others = list_others(f, count);
    for (size_t k = 0; k < others; k++) {
        const uint32_t i = f->misses[k];
        struct efti_token *t = &tokens[i];
        if (!is_form(f->found[i], f->seen[i], text.bytes + t->start, t->end - t->start) &&
            !find_past_tag(f, text, t, i))
            f->misses[missed++] = i;
    }
    for (size_t at = 0; at < missed; at += EFTI_FORM_GROUP) {
        size_t n = missed - at < EFTI_FORM_GROUP ? missed - at : EFTI_FORM_GROUP;
        eft_status st = add_group(f, text, tokens, f->misses + at, n, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

eft_status
efti_forms_intern(struct efti_forms *f, eft_text text, struct efti_segments *segments,
                  eft_error *err)
{
    size_t count = segments->tokens.count;

    for (size_t at = 0; at < count; at += EFTI_FORM_BATCH) {
        size_t n = count - at < EFTI_FORM_BATCH ? count - at : EFTI_FORM_BATCH;
        eft_status st = intern_batch(f, text, segments->tokens.items + at, n, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

eft_status
efti_forms_word(struct efti_forms *f, eft_text word, uint32_t *id, eft_error *err)
{
    struct efti_token token = {.end = (uint32_t)word.size, .kind = EFTI_WORD};
    eft_status st = intern_batch(f, word, &token, 1, err);

    *id = token.form;
    return st;
}
