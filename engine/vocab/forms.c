/*
 * forms.c - the form table: each distinct surface string is analysed once
 *
 *     token bytes -> hash -> slot {tag, id} -> record, whose head is compared
 *
 * Open addressing with linear probing, at most 2/3 full; a slot is 8 bytes, upper half of
 * a keyed hash (the tag) and id, so that eight slots share a cache line and a wrong slot
 * is passed without touching a record. Records are cache lines of their own, in blocks
 * that never move. Tokens are looked up in batches: hash and prefetch the slots, then
 * read ids and prefetch the records, then compare; the misses of one batch overlap
 * (facts/performance.md, section 3). Nothing on this way branches on the length of a
 * word, which no processor can guess.
 *
 * What is not found waits until the batch is through. Then new forms are folded, the
 * lines of the dictionary that tell of them are prefetched, and after that they are
 * analysed (analyse.c) and put into the table, in the order of the text; last come the
 * analysers of other rooms, by when the lines of base forms are there. No form
 * stays that an analyser has not seen.
 *
 * A form costs 64 bytes of record, some 16 of slots at mean load, the letters of a form
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
#define FIRST_SLOTS_LOG                                                                  \
    15            /* 256 KiB, touched as it fills: a small study never regrows           \
                   */
#define BATCH 128 /* tokens; their keys and the lines they prefetch stay in L1 */
#define GROUP 16  /* new forms that wait for the dictionary together */
#define MOST_ANALYSERS 4

struct form_slot {
    uint32_t tag; /* upper half of the hash; its top is the place */
    uint32_t id;  /* + 1; 0: free */
};

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
    struct form_slot *slots;
    size_t slot_count;   /* power of two */
    uint32_t slot_shift; /* 32 - log2(slot_count): the top of a tag is its place */
    EFTI_ARRAY(struct efti_form *) blocks;
    EFTI_ARRAY(void *) memory; /* beside blocks: what they were allocated as */
    uint32_t misses[BATCH];
    struct efti_key seen[BATCH]; /* of the tokens of a batch, and next to them */
    uint32_t tags[BATCH];
    const struct efti_form *found[BATCH]; /* with that tag, or one no token is like */
    struct efti_new_form group[GROUP];
    struct efti_form nobody; /* all zero: a token has a size */
};

#define LINE 64
#define BLOCK_BYTES (BLOCK_FORMS * sizeof(struct efti_form) + LINE - 1)
static_assert(sizeof(struct efti_form) == LINE, "a form record is one cache line");
static_assert(EFTI_FORM_HEAD == EFTI_KEY_HEAD &&
                  offsetof(struct efti_form, head_size) == EFTI_KEY_HEAD &&
                  offsetof(struct efti_form, kind) == 14 &&
                  offsetof(struct efti_form, casing) == 15,
              "a record begins with its key, but for the last byte");
static_assert(sizeof(struct efti_token) == EFTI_PROBE_TOKEN &&
                  offsetof(struct efti_token, start) == 0 &&
                  offsetof(struct efti_token, end) == 4 &&
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
    f->slot_count = (size_t)1 << FIRST_SLOTS_LOG;
    f->slot_shift = 32 - FIRST_SLOTS_LOG;
    f->slots = efti_zalloc(mem, f->slot_count, sizeof(*f->slots));
    eft_status st = f->slots == NULL ? efti_no_memory(err, "a table of forms")
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

/* The place of a form is the top of its tag, so the slots can be dealt out anew without
 * a look at the forms, and both tables are walked from end to end. */
static bool
grow_slots(struct efti_forms *f)
{
    size_t count = f->slot_count * 2;
    uint32_t shift = f->slot_shift - 1;

    if (f->slot_shift <= 1)
        return false;
    struct form_slot *slots = efti_zalloc(f->mem, count, sizeof(*slots));
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < f->slot_count; i++) {
        if (f->slots[i].id == 0)
            continue;
        size_t at = f->slots[i].tag >> shift;
        while (slots[at].id != 0)
            at = (at + 1) & (count - 1);
        slots[at] = f->slots[i];
    }
    efti_release(f->mem, f->slots, f->slot_count * sizeof(*f->slots));
    f->slots = slots;
    f->slot_count = count;
    f->slot_shift = shift;
    return true;
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

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define KEY_REST 0x00000000000000FFu /* casing, which is no part of the key */
#else
#define KEY_REST 0xFF00000000000000u
#endif

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

static uint32_t
tag_of_long(const char *bytes, size_t size, const uint64_t *secrets)
{
    return (uint32_t)(efti_hash(secrets[0], bytes, size) >> 32);
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
                  efti_key_rest(size < EFTI_KEY_MOST ? size : EFTI_KEY_MOST, kind);
    return tag_of_long(bytes, size, secrets);
}

static inline uint64_t
differ(const struct efti_form *form, struct efti_key key)
{
    return (load_word(form->head) ^ key.first) |
           ((load_word(form->head + 8) & ~KEY_REST) ^ key.second);
}

/* Are two words of more than EFTI_FORM_HEAD bytes the same behind their heads? Eight at a
 * time, the last eight once more: most have not many, and a call costs more. */
static inline bool
same_rest(const char *a, const char *b, size_t size)
{
    for (size_t at = EFTI_FORM_HEAD; at + 8 < size; at += 8)
        if (load_word(a + at) != load_word(b + at))
            return false;
    return load_word(a + size - 8) == load_word(b + size - 8);
}

static inline bool
is_form(const struct efti_form *form, struct efti_key key, const char *token, size_t size)
{
    return differ(form, key) == 0 &&
           (size <= EFTI_FORM_HEAD ||
            (form->raw_size == size && same_rest(form->raw, token, size)));
}

/* ------------------------------------------------------------------------ new forms */

/* The slot of a form, or the free one where it belongs; from `at` on. */
static size_t
find_slot(struct efti_forms *f, size_t at, uint32_t tag, struct efti_key key,
          const char *token, size_t size)
{
    const size_t mask = f->slot_count - 1;

    for (;; at = (at + 1) & mask) {
        const struct form_slot *slot = &f->slots[at];
        if (slot->id == 0 || (slot->tag == tag &&
                              is_form(efti_forms_get(f, slot->id - 1), key, token, size)))
            return at;
    }
}

/* The first record of a batch's form is made; the others find it. There is room. */
static eft_status
add_form(struct efti_forms *f, eft_text text, struct efti_token *t,
         const struct efti_new_form *early, eft_error *err)
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
        eft_status st = efti_form_analyse(&f->tools, form, early, err);
        if (st != EFT_OK)
            return st; /* not counted: the record is written over by the next form */
        f->slots[at] = (struct form_slot){.tag = tag, .id = ++f->count};
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
            f->slots[i] = (struct form_slot){0, 0};
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

static void
take_keys(struct efti_forms *f, eft_text text, const struct efti_token *tokens,
          size_t count)
{
    const struct form_slot *slots = f->slots;
    const uint32_t shift = f->slot_shift;
    uint64_t longer[BATCH / 64] = {0};
    size_t done = f->probe == NULL ? 0
                                   : f->probe(text, tokens, count, f->secrets, f->seen,
                                              f->tags, longer);

    for (size_t i = 0; i < BATCH / 64; i++)
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
    const struct form_slot *slots = f->slots;
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
    for (size_t at = 0; at < missed; at += GROUP) {
        size_t n = missed - at < GROUP ? missed - at : GROUP;
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

    for (size_t at = 0; at < count; at += BATCH) {
        size_t n = count - at < BATCH ? count - at : BATCH;
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
