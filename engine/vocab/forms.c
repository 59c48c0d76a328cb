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

/* What a token is compared by: efti_form.head and the two bytes behind it. */
struct token_key {
    uint64_t first, second;
};

/* A token of the batch. */
struct seen_token {
    struct token_key key;
    const struct efti_form *found; /* with the same tag, or one that no token is like */
    uint32_t tag;
};

struct efti_forms {
    struct efti_forms_head head; /* first: efti_forms_get() looks there */
    const eft_allocator *mem;
    struct efti_form_tools tools;
    struct analyser analysers[MOST_ANALYSERS];
    uint32_t analyser_count;
    uint32_t count;
    uint64_t keys[2];
    struct form_slot *slots;
    size_t slot_count;   /* power of two */
    uint32_t slot_shift; /* 32 - log2(slot_count): the top of a tag is its place */
    EFTI_ARRAY(struct efti_form *) blocks;
    EFTI_ARRAY(void *) memory; /* beside blocks: what they were allocated as */
    uint32_t misses[BATCH];
    struct seen_token seen[BATCH];
    struct efti_new_form group[GROUP];
    struct efti_form nobody; /* all zero: a token has a size */
};

#define LINE 64
#define BLOCK_BYTES (BLOCK_FORMS * sizeof(struct efti_form) + LINE - 1)
static_assert(sizeof(struct efti_form) == LINE, "a form record is one cache line");
static_assert(offsetof(struct efti_form, casing) == 15, "the key ends before casing");

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
    randombytes_buf(f->keys, sizeof(f->keys));
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
fold_wide(uint64_t a, uint64_t b)
{
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t
load_word(const void *p)
{
    uint64_t v;

    memcpy(&v, p, 8);
    return v;
}

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define KEY_LETTERS                                                                      \
    0xFFFFFFFFFF000000u /* of the second word: bytes 8 to 12 of a form                   \
                         */
#define KEY_SIZE 16
#define KEY_KIND 8
#define KEY_REST 0x00000000000000FFu /* casing, which is no part of the key */
#else
#define KEY_LETTERS 0x000000FFFFFFFFFFu
#define KEY_SIZE 40
#define KEY_KIND 48
#define KEY_REST 0xFF00000000000000u
#endif

/* The first 16 of `size` bytes, zeros behind them, and what the key holds beside letters.
 */
#define KEY_BYTES 16u
static inline struct token_key
token_bytes(const char *bytes, size_t size)
{
    static const unsigned char masks[2 * KEY_BYTES] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                                       0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                                       0xFF, 0xFF, 0xFF, 0xFF};
    const unsigned char *mask = masks + KEY_BYTES - size;

    return (struct token_key){load_word(bytes) & load_word(mask),
                              load_word(bytes + 8) & load_word(mask + 8)};
}

static inline uint64_t
key_rest(size_t size, uint8_t kind)
{
    return (uint64_t)size << KEY_SIZE | (uint64_t)kind << KEY_KIND;
}

/* Both secrets are new in each process, so nobody can craft words that meet. (The size
 * shares bits with letters 13 to 15. That makes words of 14 to 16 bytes meet by threes at
 * most.) */
static inline uint32_t
tag_of(struct token_key bytes, uint64_t rest, const uint64_t secrets[2])
{
    return (
        uint32_t)(fold_wide(bytes.first ^ secrets[0], bytes.second ^ rest ^ secrets[1]) >>
                  32);
}

/* Key and tag of a token. 16 bytes are read, whatever its size. */
static inline void
take_short(struct seen_token *out, const char *bytes, size_t size, uint8_t kind,
           const uint64_t secrets[2])
{
    struct token_key key = token_bytes(bytes, size);
    uint64_t rest = key_rest(size, kind);

    out->tag = tag_of(key, rest, secrets);
    out->key = (struct token_key){key.first, (key.second & KEY_LETTERS) | rest};
}

/* The same where less than 16 bytes of the text are left, or for a longer one. */
static void
take_other(struct seen_token *out, const char *bytes, size_t size, uint8_t kind,
           const uint64_t secrets[2])
{
    char copy[KEY_BYTES] = {0};

    memcpy(copy, bytes, size < KEY_BYTES ? size : KEY_BYTES);
    if (size <= KEY_BYTES) {
        take_short(out, copy, size, kind, secrets);
        return;
    }
    take_short(out, copy, KEY_BYTES, kind, secrets);
    uint64_t rest = key_rest(size < UINT8_MAX ? size : UINT8_MAX, kind);
    out->key.second = (token_bytes(copy, KEY_BYTES).second & KEY_LETTERS) | rest;
    out->tag = (uint32_t)(efti_hash(secrets[0], bytes, size) >> 32);
}

static inline bool
is_like(const struct efti_form *form, struct token_key key)
{
    return ((load_word(form->head) ^ key.first) |
            ((load_word(form->head + 8) & ~KEY_REST) ^ key.second)) == 0;
}

/* False for longer ones too, whose key is not all of them. */
static inline bool
is_short_form(const struct efti_form *form, struct token_key key)
{
    return is_like(form, key) & (form->head_size <= EFTI_FORM_HEAD);
}

static inline bool
is_form(const struct efti_form *form, struct token_key key, const char *token,
        size_t size)
{
    return is_like(form, key) &&
           (size <= EFTI_FORM_HEAD ||
            (form->raw_size == size &&
             memcmp(form->raw + EFTI_FORM_HEAD, token + EFTI_FORM_HEAD,
                    size - EFTI_FORM_HEAD) == 0));
}

/* ------------------------------------------------------------------------ new forms */

/* The slot of a form, or the free one where it belongs; from `at` on. */
static size_t
find_slot(struct efti_forms *f, size_t at, uint32_t tag, struct token_key key,
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
    struct token_key key = f->seen[early->token].key;
    const char *token = text.bytes + t->start;
    size_t size = t->end - t->start;

    size_t at = find_slot(f, early->tag >> f->slot_shift, early->tag, key, token, size);
    if (f->slots[at].id == 0) {
        struct efti_form *form = efti_forms_get(f, f->count);
        *form = (struct efti_form){.raw = token, .raw_size = (uint32_t)size};
        memcpy(form->head, &key.first, 8);
        memcpy(form->head + 8, &key.second, 8); /* size and kind too, and no casing yet */
        eft_status st = efti_form_analyse(&f->tools, form, early, err);
        if (st != EFT_OK)
            return st; /* not counted: the record is written over by the next form */
        f->slots[at] = (struct form_slot){.tag = early->tag, .id = ++f->count};
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
        f->group[i].tag = f->seen[misses[i]].tag;
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

static void
take_keys(struct efti_forms *f, eft_text text, const struct efti_token *tokens,
          size_t count)
{
    const uint64_t secrets[2] = {f->keys[0], f->keys[1]};
    const size_t room = text.size < KEY_BYTES ? 0 : text.size - KEY_BYTES + 1;
    const struct form_slot *slots = f->slots;
    const uint32_t shift = f->slot_shift;
    struct seen_token *out = f->seen;

    for (const struct efti_token *t = tokens, *end = tokens + count; t < end;
         t++, out++) {
        size_t size = t->end - t->start;
        if (EFTI_LIKELY(size <= KEY_BYTES && t->start < room))
            take_short(out, text.bytes + t->start, size, t->kind, secrets);
        else
            take_other(out, text.bytes + t->start, size, t->kind, secrets);
        EFTI_PREFETCH(&slots[out->tag >> shift]);
    }
}

static void
find_records(struct efti_forms *f, struct efti_token *tokens, size_t count)
{
    const struct efti_forms_head head = f->head;
    const struct form_slot *slots = f->slots;
    const size_t mask = f->slot_count - 1;
    const uint32_t shift = f->slot_shift;
    struct seen_token *seen = f->seen;

    for (struct efti_token *t = tokens, *end = tokens + count; t < end; t++, seen++) {
        const uint32_t tag = seen->tag;
        size_t at = tag >> shift;
        while (EFTI_UNLIKELY(slots[at].tag != tag) && slots[at].id != 0)
            at = (at + 1) & mask;
        uint32_t form = slots[at].id - 1;
        seen->found = &f->nobody;
        t->form = form;
        if (EFTI_UNLIKELY(form == EFTI_NOT_FOUND))
            continue;
        seen->found = efti_forms_in(&head, form);
        EFTI_PREFETCH(seen->found);
    }
}

/* Not the form with its tag: another one with the same, or new. */
static bool
find_past_tag(struct efti_forms *f, eft_text text, struct efti_token *t,
              const struct seen_token *seen)
{
    size_t at = find_slot(f, seen->tag >> f->slot_shift, seen->tag, seen->key,
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
    const struct seen_token *seen = f->seen;
    uint32_t *others = f->misses;
    size_t n = 0;

    for (size_t i = 0; i < count; i++, seen++) {
        others[n] = (uint32_t)i;
        n += !is_short_form(seen->found, seen->key);
    }
    for (size_t k = 0; k < n; k++) { /* what is_form() compares lies elsewhere */
        const struct efti_form *form = f->seen[others[k]].found;
        if (form->head_size > EFTI_FORM_HEAD)
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
        const struct seen_token *seen = &f->seen[i];
        struct efti_token *t = &tokens[i];
        if (!is_form(seen->found, seen->key, text.bytes + t->start, t->end - t->start) &&
            !find_past_tag(f, text, t, seen))
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
