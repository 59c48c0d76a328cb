/*
 * forms.c - the form table: each distinct surface string is analysed once
 *
 *     token bytes -> hash -> slot {tag, id} -> key of that id, which is compared
 *
 * Open addressing with linear probing, 1/2 to 2/3 full; a slot is 8 bytes, upper half of
 * a keyed hash (the tag) and id, so that eight slots share a cache line and a wrong slot
 * is passed without touching another. Keys are 16 bytes in order of id: those of frequent
 * forms, which are met first, lie side by side in few lines. Records are cache lines of
 * their own, in blocks that never move. Tokens are looked up in batches: hash and
 * prefetch the slots, then read ids and prefetch keys, then compare; the misses of one
 * batch overlap (facts/performance.md, section 3). Nothing on this way branches on the
 * length of a word, which no processor can guess; where registers are wide, four go at a
 * time (arch/probe.h).
 *
 * What is not found waits until the batch is through. Then new forms are folded, the
 * lines of the dictionary that tell of them are prefetched, and after that they are
 * analysed (analyse.c) and put into the table, in the order of the text; last come the
 * analysers of other rooms, by when the lines of base forms are there. No form
 * stays that an analyser has not seen.
 *
 * A form costs 64 bytes of record, some 32 of slot and key, the letters of a form
 * that is longer than the record's head, and those of a folded form that neither raw form
 * nor dictionary holds.
 *
 * The key is bytes and kind together. Kind follows from the bytes save in odd corners,
 * and there the record must not depend on which of two texts came first.
 */
#include "vocab/internal.h"

#include "arch/probe.h"

#include <assert.h>
#include <sodium.h>
#include <stddef.h>

#define BLOCK_FORMS ((uint32_t)1 << EFTI_FORM_BLOCK_SHIFT) /* 36 KiB of records */
#define FIRST_SLOTS 36864 /* with the keys 640 KiB, touched as they fill */
#define HEADS(slot_count) ((slot_count) * 2 / 3 + 1)
#define BATCH EFTI_PROBE_BATCH /* tokens; keys and lines that they ask for fit L1 */
#define GROUP 16               /* new forms that wait for the dictionary together */
#define MOST_ANALYSERS 4

struct analyser {
    efti_analyse_fn fn;
    void *user;
};

struct efti_forms {
    struct efti_forms_head head; /* first: efti_forms_get() looks there */
    const eft_allocator *mem;
    struct efti_form_tools tools;
    struct analyser analysers[MOST_ANALYSERS];
    uint32_t analyser_count;
    uint32_t count;
    uint64_t secrets[EFTI_KEY_SECRETS];
    efti_probe_fn *probe; /* NULL: one at a time */
    struct efti_probe_slot *slots;
    size_t slot_count;
    struct efti_key *heads; /* by id + 1, room for two thirds of the slots; 0: nobody's */
    EFTI_ARRAY(struct efti_form *) blocks;
    EFTI_ARRAY(void *) memory;   /* beside blocks: what they were allocated as */
    uint32_t misses[BATCH + 1];  /* one too many is written */
    struct efti_key seen[BATCH]; /* of the tokens of a batch */
    uint32_t tags[BATCH];
    struct efti_new_form group[GROUP];
};

#define LINE 64
#define BLOCK_BYTES (BLOCK_FORMS * sizeof(struct efti_form) + LINE - 1)
static_assert(sizeof(struct efti_form) == LINE, "a form record is one cache line");
static_assert(EFTI_FORM_HEAD == EFTI_KEY_HEAD, "what lies in a record lies in a key");
static_assert(sizeof(struct efti_token) == EFTI_PROBE_TOKEN &&
                  offsetof(struct efti_token, start) == 0 &&
                  offsetof(struct efti_token, end) == 4 &&
                  offsetof(struct efti_token, form) == 8 &&
                  offsetof(struct efti_token, kind) == 14,
              "kernels read tokens");

/* ------------------------------------------------------------------- making and freeing
 */

static eft_status
open_tools(struct efti_form_tools *t, eft_error *err)
{
    eft_status st = efti_unicode_new(t->mem, &t->unicode, err);

    if (st == EFT_OK)
        st = efti_stemmer_new(t->mem, &t->stemmer, err);
    if (st == EFT_OK)
        t->stems_known =
            efti_dictionary_stems_by(t->dictionary, efti_stemmer_fingerprint(t->stemmer));
    return st;
}

eft_status
efti_forms_new(const eft_allocator *mem, const struct efti_lists *lists,
               const struct efti_dictionary *dictionary, struct efti_forms **out,
               eft_error *err)
{
    *out = NULL;
    struct efti_forms *f = efti_zalloc(mem, 1, sizeof(*f));
    if (f == NULL)
        return efti_no_memory(err, "a table of forms");
    f->mem = mem;
    f->tools = (struct efti_form_tools){.mem = mem, .lists = lists};
    f->tools.dictionary = dictionary;
    f->tools.lists_known =
        lists != NULL && efti_dictionary_lists_by(dictionary, efti_lists_hash(lists));
    efti_arena_init(&f->tools.arena, mem);
    efti_bytes_init(&f->tools.folded, mem);
    randombytes_buf(f->secrets, sizeof(f->secrets));
    f->secrets[2] |= 1;
    f->probe = efti_probe_find(NULL);
    f->slot_count = FIRST_SLOTS;
    f->slots = efti_zalloc(mem, f->slot_count, sizeof(*f->slots));
    f->heads = efti_zalloc(mem, HEADS(f->slot_count), sizeof(*f->heads));
    eft_status st = f->slots == NULL || f->heads == NULL
                        ? efti_no_memory(err, "a table of forms")
                        : open_tools(&f->tools, err);
    if (st != EFT_OK) {
        efti_forms_free(f);
        return st;
    }
    *out = f;
    return EFT_OK;
}

void
efti_forms_free(struct efti_forms *f)
{
    if (f == NULL)
        return;
    for (size_t i = 0; i < f->memory.count; i++)
        efti_release(f->mem, f->memory.items[i], BLOCK_BYTES);
    EFTI_ARRAY_FREE(f->mem, &f->memory);
    EFTI_ARRAY_FREE(f->mem, &f->blocks);
    if (f->slots != NULL)
        efti_release(f->mem, f->slots, f->slot_count * sizeof(*f->slots));
    if (f->heads != NULL)
        efti_release(f->mem, f->heads, HEADS(f->slot_count) * sizeof(*f->heads));
    efti_arena_free(&f->tools.arena);
    efti_bytes_free(&f->tools.folded);
    efti_stemmer_free(f->tools.stemmer);
    efti_unicode_free(f->tools.unicode);
    efti_release(f->mem, f, sizeof(*f));
}

eft_status
efti_forms_register(struct efti_forms *f, efti_analyse_fn fn, void *user, eft_error *err)
{
    if (f->count > 0 || f->analyser_count == MOST_ANALYSERS)
        return efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET,
                         "an analyser was registered too late, or a fifth one");
    f->analysers[f->analyser_count++] = (struct analyser){fn, user};
    return EFT_OK;
}

void
efti_forms_leave_out(struct efti_forms *f, uint32_t what)
{
    f->tools.leave_out = what;
}

bool
efti_forms_set_path(struct efti_forms *f, const char *name)
{
    efti_probe_fn *probe = efti_probe_find(name);

    if (probe == NULL && strcmp(name, "portable") != 0)
        return false;
    f->probe = probe;
    return true;
}

uint32_t
efti_forms_count(const struct efti_forms *f)
{
    return f->count;
}

bool
efti_forms_lists_known(const struct efti_forms *f)
{
    return f->tools.lists_known;
}

size_t
efti_forms_bytes(const struct efti_forms *f)
{
    return sizeof(*f) + f->slot_count * sizeof(*f->slots) +
           HEADS(f->slot_count) * sizeof(*f->heads) +
           f->blocks.capacity * sizeof(*f->blocks.items) +
           f->memory.capacity * sizeof(*f->memory.items) + f->memory.count * BLOCK_BYTES +
           f->tools.arena.total + f->tools.folded.capacity;
}

struct efti_unicode *
efti_forms_unicode(struct efti_forms *f)
{
    return f->tools.unicode;
}

struct efti_stemmer *
efti_forms_stemmer(struct efti_forms *f)
{
    return f->tools.stemmer;
}

/* --------------------------------------------------------------------------- the table
 */

static inline size_t
next_place(size_t at, size_t slot_count)
{
    return EFTI_UNLIKELY(at + 1 == slot_count) ? 0 : at + 1;
}

/* Into an empty table in order of id: frequent forms are met early, so these stand where
 * they belong, and what makes way for them is rare. (In order of place a third of all
 * running words is not found at once, and no processor can guess which.) */
static void
deal_slots(struct efti_probe_slot *slots, size_t count, const uint32_t *tags,
           uint32_t forms)
{
    for (uint32_t i = 0; i < forms; i++) {
        size_t at = efti_probe_place(tags[i], count);
        while (slots[at].id != 0)
            at = next_place(at, count);
        slots[at] = (struct efti_probe_slot){.tag = tags[i], .id = i + 1};
    }
}

/* A third more. Tags have all that tells the place, so no look at the forms is needed. */
static bool
grow_slots(struct efti_forms *f)
{
    size_t old = f->slot_count, count = old / 3 * 4;

    if (count >= UINT32_MAX)
        return false;
    uint32_t *tags = efti_alloc(f->mem, f->count * sizeof(*tags));
    struct efti_probe_slot *slots =
        tags == NULL ? NULL : efti_zalloc(f->mem, count, sizeof(*slots));
    struct efti_key *heads =
        slots == NULL ? NULL
                      : efti_resize(f->mem, f->heads, HEADS(old) * sizeof(*heads),
                                    HEADS(count) * sizeof(*heads));
    if (heads != NULL) {
        for (size_t i = 0; i < old; i++)
            if (f->slots[i].id != 0)
                tags[f->slots[i].id - 1] = f->slots[i].tag;
        deal_slots(slots, count, tags, f->count);
        efti_release(f->mem, f->slots, old * sizeof(*slots));
        f->slots = slots;
        f->slot_count = count;
        f->heads = heads;
    } else if (slots != NULL) {
        efti_release(f->mem, slots, count * sizeof(*slots));
    }
    if (tags != NULL)
        efti_release(f->mem, tags, f->count * sizeof(*tags));
    return heads != NULL;
}

static bool
add_block(struct efti_forms *f)
{
    if (!EFTI_ARRAY_RESERVE(f->mem, &f->blocks, f->blocks.count + 1) ||
        !EFTI_ARRAY_RESERVE(f->mem, &f->memory, f->memory.count + 1))
        return false;
    f->head.blocks = f->blocks.items;
    void *memory = efti_alloc(f->mem, BLOCK_BYTES);
    if (memory == NULL)
        return false;
    size_t past = (uintptr_t)memory % LINE;
    f->memory.items[f->memory.count++] = memory;
    f->blocks.items[f->blocks.count++] =
        (void *)((char *)memory + (past == 0 ? 0 : LINE - past));
    return true;
}

/* Room for `more` records and their slots: at most a group. */
static bool
make_room(struct efti_forms *f, size_t more)
{
    if ((f->count + more) * 3 > f->slot_count * 2 && !grow_slots(f))
        return false;
    if (f->count + more <= f->blocks.count * BLOCK_FORMS)
        return true;
    return f->count < UINT32_MAX - 1 - BLOCK_FORMS && add_block(f);
}

/* ------------------------------------------------------------------- keys and hashes */

static inline uint64_t
load_word(const void *p)
{
    uint64_t v;

    memcpy(&v, p, 8);
    return v;
}

/* The first 16 of `size` bytes, zeros behind them */
static inline struct efti_key
token_bytes(const char *bytes, size_t size)
{
    static const unsigned char masks[2 * EFTI_KEY_BYTES] = {
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    const unsigned char *mask = masks + EFTI_KEY_BYTES - size;

    return (struct efti_key){load_word(bytes) & load_word(mask),
                             load_word(bytes + 8) & load_word(mask + 8)};
}

/* Key and tag of a token. 16 bytes are read, whatever its size. */
static inline uint32_t
see_short(struct efti_key *out, const char *bytes, size_t size, uint8_t kind,
          const uint64_t *secrets)
{
    struct efti_key key = token_bytes(bytes, size);
    uint64_t rest = efti_key_rest(size, kind);

    *out = (struct efti_key){key.first, (key.second & EFTI_KEY_LETTERS) | rest};
    return efti_key_tag(key, rest, secrets);
}

/* The same where less than 16 bytes of the text are left, or for a longer one. */
static uint32_t
see_other(struct efti_key *out, const char *bytes, size_t size, uint8_t kind,
          const uint64_t *secrets)
{
    char copy[EFTI_KEY_BYTES] = {0};

    memcpy(copy, bytes, size < EFTI_KEY_BYTES ? size : EFTI_KEY_BYTES);
    if (size <= EFTI_KEY_BYTES)
        return see_short(out, copy, size, kind, secrets);
    (void)see_short(out, copy, EFTI_KEY_BYTES, kind, secrets);
    out->second = (out->second & EFTI_KEY_LETTERS) |
                  efti_key_rest(size < UINT8_MAX ? size : UINT8_MAX - 1, kind);
    return (uint32_t)(efti_hash(secrets[0], bytes, size) >> 32);
}

static inline uint64_t
differ(const struct efti_key *a, const struct efti_key *b)
{
    return (a->first ^ b->first) | (a->second ^ b->second);
}

/* `id`: + 1. Its tag is the same. */
static inline bool
is_form(struct efti_forms *f, uint32_t id, const struct efti_key *key, const char *token,
        size_t size)
{
    if (differ(&f->heads[id], key) != 0)
        return false;
    if ((key->second & EFTI_KEY_LONG) == 0)
        return true;
    const struct efti_form *form = efti_forms_get(f, id - 1);
    return form->raw_size == size &&
           memcmp(form->raw + EFTI_FORM_HEAD, token + EFTI_FORM_HEAD,
                  size - EFTI_FORM_HEAD) == 0;
}

/* ------------------------------------------------------------------------ new forms */

/* The slot of a form, or the free one where it belongs */
static size_t
find_slot(struct efti_forms *f, uint32_t tag, const struct efti_key *key,
          const char *token, size_t size)
{
    size_t at = efti_probe_place(tag, f->slot_count);

    for (;; at = next_place(at, f->slot_count)) {
        const struct efti_probe_slot *slot = &f->slots[at];
        if (slot->id == 0 || (slot->tag == tag && is_form(f, slot->id, key, token, size)))
            return at;
    }
}

/* The first record of a batch's form is made; the others find it. There is room. */
static eft_status
add_form(struct efti_forms *f, eft_text text, struct efti_token *t,
         const struct efti_new_form *early, eft_error *err)
{
    const struct efti_key *key = &f->seen[early->token];
    uint32_t tag = f->tags[early->token];
    const char *token = text.bytes + t->start;
    size_t size = t->end - t->start;

    size_t at = find_slot(f, tag, key, token, size);
    if (f->slots[at].id == 0) {
        struct efti_form *form = efti_forms_get(f, f->count);
        *form =
            (struct efti_form){.raw = token, .raw_size = (uint32_t)size, .kind = t->kind};
        memcpy(form->head, token, size < EFTI_FORM_HEAD ? size : EFTI_FORM_HEAD);
        eft_status st = efti_form_analyse(&f->tools, form, early, err);
        if (st != EFT_OK)
            return st; /* not counted: the record is written over by the next form */
        f->slots[at] = (struct efti_probe_slot){.tag = tag, .id = ++f->count};
        f->heads[f->count] = *key;
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
            f->slots[i] = (struct efti_probe_slot){0, 0};
    f->count = first;
}

/* A form that one refuses is forgotten, with all behind it. */
static eft_status
run_analysers(struct efti_forms *f, uint32_t first, eft_error *err)
{
    for (uint32_t id = first; id < f->count; id++) {
        struct efti_form *form = efti_forms_get(f, id);
        eft_status st = EFT_OK;
        for (uint32_t i = 0; i < f->analyser_count && st == EFT_OK; i++)
            st = f->analysers[i].fn(f->analysers[i].user, form, err);
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
    if (t->kind == EFTI_ABBREVIATION ||
        !efti_fold_plain(text.bytes + t->start, t->end - t->start, out))
        out->size = 0;
    else
        efti_dictionary_prefetch(f->tools.dictionary, out->hash);
}

static eft_status
add_group(struct efti_forms *f, eft_text text, struct efti_token *tokens,
          const uint32_t *misses, size_t count, eft_error *err)
{
    for (size_t i = 0; i < count; i++) {
        f->group[i].token = misses[i];
        prepare(f, text, &tokens[misses[i]], &f->group[i]);
    }
    for (size_t i = 0; i < count; i++)
        if (f->group[i].size > 0)
            efti_dictionary_prefetch_word(f->tools.dictionary, f->group[i].hash);
    if (!make_room(f, count))
        return efti_no_memory(err, "a table of forms");
    const uint32_t first = f->count;
    eft_status st = EFT_OK;
    for (size_t i = 0; i < count && st == EFT_OK; i++)
        st = add_form(f, text, &tokens[misses[i]], &f->group[i], err);
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

/* What a kernel does, one at a time: tokens from number `from` on. */
static void
take_keys(struct efti_forms *f, eft_text text, const struct efti_token *tokens,
          size_t from, size_t count)
{
    const uint64_t secrets[EFTI_KEY_SECRETS] = {f->secrets[0], f->secrets[1],
                                                f->secrets[2]};
    const struct efti_probe_slot *slots = f->slots;
    const size_t slot_count = f->slot_count;

    for (size_t i = from; i < count; i++) {
        uint32_t tag = see(&f->seen[i], text, &tokens[i], secrets);
        f->tags[i] = tag;
        EFTI_PREFETCH(&slots[efti_probe_place(tag, slot_count)]);
    }
}

/* A token's form is meanwhile the first id with its tag, + 1. */
static void
find_ids(struct efti_forms *f, struct efti_token *tokens, size_t from, size_t count)
{
    const struct efti_probe_slot *slots = f->slots;
    const size_t slot_count = f->slot_count;
    const struct efti_key *heads = f->heads;

    for (size_t i = from; i < count; i++) {
        uint32_t tag = f->tags[i];
        size_t at = efti_probe_place(tag, slot_count);
        while (EFTI_UNLIKELY(slots[at].tag != tag) && slots[at].id != 0)
            at = next_place(at, slot_count);
        tokens[i].form = slots[at].id;
        EFTI_PREFETCH(&heads[slots[at].id]);
    }
}

/* Those that are not what was found for them, or too long for their keys to tell are
 * added to the `others`; how many there are then. */
static size_t
list_others(struct efti_forms *f, struct efti_token *tokens, size_t from, size_t count,
            size_t others)
{
    const struct efti_key *heads = f->heads, *seen = f->seen;

    for (size_t i = from; i < count; i++) {
        uint32_t id = tokens[i].form;
        tokens[i].form = id - 1;
        f->misses[others] = (uint32_t)i;
        others += (differ(&heads[id], &seen[i]) | (seen[i].second & EFTI_KEY_LONG)) != 0;
    }
    return others;
}

/* Several tokens at a time. */
static size_t
probe(struct efti_forms *f, eft_text text, struct efti_token *tokens, size_t count,
      size_t *others)
{
    const struct efti_probe p = {.bytes = text.bytes,
                                 .size = text.size,
                                 .slots = f->slots,
                                 .slot_count = f->slot_count,
                                 .heads = f->heads,
                                 .secrets = f->secrets,
                                 .keys = f->seen,
                                 .tags = f->tags,
                                 .others = f->misses};
    size_t done = f->probe(&p, tokens, count, others);

    for (size_t k = 0; k < *others; k++) {
        uint32_t i = f->misses[k];
        if (EFTI_LIKELY(tokens[i].end - tokens[i].start <= EFTI_KEY_BYTES))
            continue;
        f->tags[i] = see(&f->seen[i], text, &tokens[i], f->secrets);
        EFTI_PREFETCH(&f->slots[efti_probe_place(f->tags[i], f->slot_count)]);
    }
    return done;
}

/* What is_form() compares of long ones lies elsewhere. */
static void
fetch_others(struct efti_forms *f, const struct efti_token *tokens, size_t others)
{
    for (size_t k = 0; k < others; k++) {
        uint32_t form = tokens[f->misses[k]].form;
        if (EFTI_LIKELY(form != EFTI_NOT_FOUND))
            EFTI_PREFETCH(efti_forms_get(f, form));
    }
    for (size_t k = 0; k < others; k++) {
        uint32_t form = tokens[f->misses[k]].form;
        if (EFTI_LIKELY(form != EFTI_NOT_FOUND))
            EFTI_PREFETCH(efti_forms_get(f, form)->raw + EFTI_FORM_HEAD);
    }
}

/* The token is the form that was found, or another one with the same tag; false: new. */
static bool
is_known(struct efti_forms *f, eft_text text, struct efti_token *t, size_t i)
{
    const char *token = text.bytes + t->start;
    size_t size = t->end - t->start;

    if (is_form(f, t->form + 1, &f->seen[i], token, size))
        return true;
    size_t at = find_slot(f, f->tags[i], &f->seen[i], token, size);
    t->form = f->slots[at].id - 1;
    return f->slots[at].id != 0;
}

static eft_status
intern_batch(struct efti_forms *f, eft_text text, struct efti_token *tokens, size_t count,
             eft_error *err)
{
    size_t missed = 0, others = 0, done = 0;

    if (f->probe != NULL)
        done = probe(f, text, tokens, count, &others);
    take_keys(f, text, tokens, done, count);
    find_ids(f, tokens, done, count);
    others = list_others(f, tokens, done, count, others);
    fetch_others(f, tokens, others);
    for (size_t k = 0; k < others; k++) {
        const uint32_t i = f->misses[k];
        if (!is_known(f, text, &tokens[i], i))
            f->misses[missed++] = i;
    }
    for (size_t at = 0; at < missed; at += GROUP) {
        size_t n = missed - at < GROUP ? missed - at : GROUP;
        eft_status st = add_group(f, text, tokens, f->misses + at, n, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

/* Their records are asked for next. */
static void
fetch_records(const struct efti_forms *f, const struct efti_token *tokens, size_t count)
{
    const struct efti_forms_head head = f->head;

    for (size_t i = 0; i < count; i++)
        EFTI_PREFETCH(efti_forms_in(&head, tokens[i].form));
}

eft_status
efti_forms_intern(struct efti_forms *f, eft_text text, struct efti_segments *segments,
                  eft_error *err)
{
    size_t count = segments->tokens.count;

    for (size_t at = 0; at < count; at += BATCH) {
        size_t n = count - at < BATCH ? count - at : BATCH;
        eft_status st = intern_batch(f, text, segments->tokens.items + at, n, err);
        if (st != EFT_OK)
            return st;
        if ((f->tools.leave_out & EFTI_FORM_AHEAD) == 0)
            fetch_records(f, segments->tokens.items + at, n);
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
