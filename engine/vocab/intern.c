/*
 * intern.c - tokens to forms: looked up in batches, and what is new put in
 *
 *     keys ─► buckets ─► the few that are not there, or long ─► records ─► new forms
 *
 * One step for the whole batch after another, each asking for the lines that the next one
 * reads. What is not found waits until the batch is through; forms.c tells why.
 */
#include "vocab/keys.h"

/* ------------------------------------------------------------------------ new forms */

static inline bool
is_long(const struct efti_forms *f, const struct efti_place *at, struct efti_key key,
        const char *token, size_t size)
{
    const struct efti_key *listed = &at->bucket->keys[at->key];

    return listed->second == key.second &&
           (size < EFTI_KEY_MOST ||
            efti_forms_get(f, at->bucket->ids[at->key])->raw_size == size) &&
           same_bytes(long_bytes(*listed), token, size);
}

/* From its bucket on; a free place in one ends the way. */
static struct efti_place
find_place(struct efti_forms *f, uint32_t at, struct efti_key key, const char *token,
           size_t size)
{
    const bool longer = size > EFTI_KEY_BYTES;

    for (;; at = at + 1 == f->table.count ? 0 : at + 1)
        for (unsigned i = 0; i < EFTI_BUCKET_KEYS; i++) {
            struct efti_place p = {&f->buckets[at], i};
            if (p.bucket->keys[i].second == 0 ||
                (longer ? is_long(f, &p, key, token, size)
                        : same_key(p.bucket->keys[i], key)))
                return p;
        }
}

/* Where it was not found when the batch was begun it belongs now, unless the table has
 * grown since or something was put there: another form, or this one. */
static struct efti_place
place_of(struct efti_forms *f, uint32_t i, const char *token, size_t size)
{
    struct efti_place at = f->free[i];

    if (EFTI_LIKELY(f->free_in == f->table.count && at.bucket->keys[at.key].second == 0))
        return at;
    return find_place(f, efti_forms_place(f, f->seen[i]), f->seen[i], token, size);
}

/* The first record of a batch's form is made; the others find it. There is room. */
static eft_status
add_form(struct efti_forms *f, eft_text text, struct efti_token *t,
         const struct efti_new_form *early, struct efti_known *known, eft_error *err)
{
    const struct efti_key key = f->seen[early->token];
    const char *token = text.bytes + t->start;
    size_t size = t->end - t->start;

    struct efti_place at = place_of(f, early->token, token, size);
    if (at.bucket->keys[at.key].second == 0) {
        struct efti_form *form = efti_forms_get(f, f->count);
        *form =
            (struct efti_form){.raw = token, .raw_size = (uint32_t)size, .kind = t->kind};
        if (size <= EFTI_FORM_HEAD)
            memcpy(form->head, &key, EFTI_FORM_HEAD);
        eft_status st = efti_form_analyse(&f->tools, form, early, known, err);
        if (st != EFT_OK)
            return st; /* not counted: the record is written over by the next form */
        at.bucket->keys[at.key] = key;
        if (size > EFTI_KEY_BYTES)
            at.bucket->keys[at.key].first = (uintptr_t)form->raw;
        at.bucket->ids[at.key] = f->count++;
    }
    t->form = at.bucket->ids[at.key];
    return EFT_OK;
}

/* Forms from `first` on were never there. They came last, and no table has grown since,
 * so that nothing was put behind them. */
static void
forget_forms(struct efti_forms *f, uint32_t first)
{
    for (uint32_t at = 0; at < f->table.count; at++)
        for (unsigned i = 0; i < EFTI_BUCKET_KEYS; i++)
            if (f->buckets[at].keys[i].second != 0 && f->buckets[at].ids[i] >= first)
                f->buckets[at].keys[i] = (struct efti_key){0, 0};
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
            st = f->analysers[i].fn(f->analysers[i].user, id, form, known, err);
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

    out->place = 0;
    if (t->kind != EFTI_ABBREVIATION &&
        efti_fold_plain(text.bytes + t->start, t->end - t->start, hashed, out)) {
        efti_dictionary_prefetch(f->tools.dictionary, out->hash);
    } else {
        out->size = 0;
        out->same = false;
    }
}

/* Where the dictionary has each, what it says, and on its way what is asked then: what is
 * known of the word, or what the lists say of one that it does not have. */
static void
look_up_group(struct efti_forms *f, eft_text text, const struct efti_token *tokens,
              size_t count)
{
    const struct efti_dictionary *d = f->tools.dictionary;
    const bool lists =
        f->tools.lists != NULL && (f->tools.leave_out & EFTI_FORM_LISTS) == 0;

    for (size_t i = 0; i < count; i++)
        if (f->group[i].size > 0)
            f->group[i].place =
                efti_dictionary_place(d, f->group[i].hash, f->group[i].size);
    for (size_t i = 0; i < count; i++) {
        struct efti_new_form *n = &f->group[i];
        const char *folded = n->same ? text.bytes + tokens[n->token].start : n->folded;

        if (n->size == 0)
            continue;
        n->listed = efti_dictionary_word(d, folded, n->size, n->hash, n->place, &n->word);
        if (n->listed)
            efti_dictionary_prefetch_known(d, n->word.known);
        else if (lists)
            efti_lists_prefetch(f->tools.lists, folded, n->size);
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
    if (f->tools.dictionary != NULL)
        look_up_group(f, text, tokens, count);
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

/* Of long words, made one at a time; their buckets are fetched. */
static void
take_long_keys(struct efti_forms *f, eft_text text, const struct efti_token *tokens,
               size_t longer, uint32_t *places)
{
    for (size_t k = 0; k < longer; k++) {
        const uint32_t i = f->longer[k];
        const struct efti_token *t = &tokens[i];
        f->seen[i] =
            long_key(text.bytes + t->start, t->end - t->start, t->kind, f->table.secrets);
        places[k] = efti_forms_place(f, f->seen[i]);
        EFTI_PREFETCH(&f->buckets[places[k]]);
    }
}

/* What they are compared with lies elsewhere, and is asked for when their buckets have
 * come. */
static void
ask_for_long(struct efti_forms *f, size_t longer, const uint32_t *places)
{
    for (size_t k = 0; k < longer; k++) {
        const uint32_t i = f->longer[k];
        const struct efti_bucket *b = &f->buckets[places[k]];
        f->places[i] = places[k];
        unsigned at = long_in(b, f->seen[i]) % EFTI_BUCKET_KEYS;
        EFTI_PREFETCH(long_bytes(b->keys[at]));
    }
}

/* How many: the free places lie behind. */
static inline unsigned
keys_of(const struct efti_bucket *b)
{
    return (unsigned)(b->keys[0].second != 0) + (unsigned)(b->keys[1].second != 0) +
           (unsigned)(b->keys[2].second != 0);
}

/* A long one, or one that had no room in its bucket; else it is new. */
static bool
find_other(struct efti_forms *f, eft_text text, struct efti_token *t, size_t i)
{
    const char *token = text.bytes + t->start;
    const size_t size = t->end - t->start;
    struct efti_place at = {&f->buckets[f->places[i]], EFTI_BUCKET_KEYS};

    if (EFTI_LIKELY(size > EFTI_KEY_BYTES))
        at.key = long_in(at.bucket, f->seen[i]);
    if (at.key == EFTI_BUCKET_KEYS && keys_of(at.bucket) < EFTI_BUCKET_KEYS)
        at.key = keys_of(at.bucket); /* none of these, and nothing lies behind them */
    else if (at.key == EFTI_BUCKET_KEYS || !is_long(f, &at, f->seen[i], token, size))
        at = find_place(f, f->places[i], f->seen[i], token, size);
    if (at.bucket->keys[at.key].second == 0) {
        f->free[i] = at;
        return false;
    }
    t->form = at.bucket->ids[at.key];
    return true;
}

/* Those who come next look at the records: their lines are on the way by then. */
static void
ask_for_records(const struct efti_forms *f, const struct efti_token *tokens, size_t count)
{
    const struct efti_forms_head head = f->head;

    for (size_t i = 0; i < count; i++)
        EFTI_PREFETCH(efti_forms_in(&head, tokens[i].form));
}

static eft_status
intern_batch(struct efti_forms *f, eft_text text, struct efti_token *tokens, size_t count,
             eft_error *err)
{
    uint32_t places[EFTI_FORM_BATCH]; /* of the long ones */
    size_t missed = 0;

    f->free_in = f->table.count;
    size_t longer = f->probe->keys(text, tokens, count, f->seen, f->longer);
    take_long_keys(f, text, tokens, longer, places);
    f->probe->ask(&f->table, f->seen, count, f->places);
    ask_for_long(f, longer, places);
    size_t others =
        f->probe->find(f->buckets, f->places, f->seen, count, tokens, f->others);
    for (size_t k = 0; k < others; k++) {
        f->others[missed] = f->others[k];
        missed += !find_other(f, text, &tokens[f->others[k]], f->others[k]);
    }
    for (size_t at = 0; at < missed; at += EFTI_FORM_GROUP) {
        size_t n = missed - at < EFTI_FORM_GROUP ? missed - at : EFTI_FORM_GROUP;
        eft_status st = add_group(f, text, tokens, f->others + at, n, err);
        if (st != EFT_OK)
            return st;
    }
    if ((f->tools.leave_out & EFTI_FORM_RECORDS) == 0)
        ask_for_records(f, tokens, count);
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
