/*
 * forms.c - the form table: each distinct surface string is analysed once
 *
 *     token bytes -> hash -> slot {tag, id} -> record id -> its bytes, compared
 *
 * Open addressing with linear probing, at most 2/3 full; a slot is 8 bytes, upper half of
 * a keyed hash (the tag) and id, so that eight slots share a cache line and a wrong slot
 * is passed without touching a record. Records lie in blocks that never move. Tokens are
 * looked up in batches: hash and prefetch the slots, then read ids and prefetch the
 * records, then compare; the misses of one batch overlap (facts/performance.md, section
 * 3).
 *
 * Strings lie in an arena and are shared: a folded form that equals the raw one points at
 * it, a stem that begins the folded form points into that. So a form costs 64 bytes of
 * record, some 12 of slots at mean load and its letters once or twice.
 *
 * The key is bytes and kind together. Kind follows from the bytes save in odd corners,
 * and there the record must not depend on which of two texts came first.
 */
#include "vocab/internal.h"

#include <assert.h>
#include <sodium.h>

#define BLOCK_FORMS ((uint32_t)1 << EFTI_FORM_BLOCK_SHIFT) /* 36 KiB of records */
#define FIRST_SLOTS_LOG 12
#define BATCH 256 /* tokens; their hashes and the lines they prefetch stay in L1 */
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
    const struct efti_lists *lists;
    const struct efti_dictionary *dictionary;
    struct efti_unicode *unicode;
    struct efti_stemmer *stemmer;
    struct analyser analysers[MOST_ANALYSERS];
    uint32_t analyser_count;
    uint32_t count;
    uint64_t key;
    struct form_slot *slots;
    size_t slot_count;   /* power of two */
    uint32_t slot_shift; /* 32 - log2(slot_count): the top of a tag is its place */
    EFTI_ARRAY(struct efti_form *) blocks;
    struct efti_arena arena;
    struct efti_bytes folded; /* scratch */
    uint32_t tags[BATCH];
};

static_assert(sizeof(struct efti_form) <= 72, "a form record is one cache line or so");

/* ------------------------------------------------------------------- making and freeing
 */

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
    f->lists = lists;
    f->dictionary = dictionary;
    efti_arena_init(&f->arena, mem);
    efti_bytes_init(&f->folded, mem);
    randombytes_buf(&f->key, sizeof(f->key));
    f->slot_count = (size_t)1 << FIRST_SLOTS_LOG;
    f->slot_shift = 32 - FIRST_SLOTS_LOG;
    f->slots = efti_zalloc(mem, f->slot_count, sizeof(*f->slots));
    eft_status st = f->slots == NULL ? efti_no_memory(err, "a table of forms") : EFT_OK;
    if (st == EFT_OK)
        st = efti_unicode_new(mem, &f->unicode, err);
    if (st == EFT_OK)
        st = efti_stemmer_new(mem, &f->stemmer, err);
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
    for (size_t i = 0; i < f->blocks.count; i++)
        efti_release(f->mem, f->blocks.items[i], BLOCK_FORMS * sizeof(struct efti_form));
    EFTI_ARRAY_FREE(f->mem, &f->blocks);
    if (f->slots != NULL)
        efti_release(f->mem, f->slots, f->slot_count * sizeof(*f->slots));
    efti_arena_free(&f->arena);
    efti_bytes_free(&f->folded);
    efti_stemmer_free(f->stemmer);
    efti_unicode_free(f->unicode);
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

uint32_t
efti_forms_count(const struct efti_forms *f)
{
    return f->count;
}

size_t
efti_forms_bytes(const struct efti_forms *f)
{
    return sizeof(*f) + f->slot_count * sizeof(*f->slots) +
           f->blocks.capacity * sizeof(*f->blocks.items) +
           f->blocks.count * BLOCK_FORMS * sizeof(struct efti_form) + f->arena.total +
           f->folded.capacity;
}

struct efti_unicode *
efti_forms_unicode(struct efti_forms *f)
{
    return f->unicode;
}

struct efti_stemmer *
efti_forms_stemmer(struct efti_forms *f)
{
    return f->stemmer;
}

/* ------------------------------------------------------------------ analysing a new form
 */

/* An abbreviation is folded to its canonical spelling, so that t ex and t.ex. are one. */
static eft_status
fold_abbreviation(struct efti_forms *f, const struct efti_form *form, eft_error *err)
{
    char letters[64];
    size_t n = 0;

    eft_status st = efti_fold(f->unicode, form->raw, form->raw_size, &f->folded, err);
    if (st != EFT_OK || f->lists == NULL || f->folded.size > sizeof(letters))
        return st;
    for (size_t i = 0; i < f->folded.size; i++)
        if (f->folded.data[i] != '.' && f->folded.data[i] != ' ')
            letters[n++] = f->folded.data[i];
    const struct efti_abbreviation *a = efti_lists_abbreviation(f->lists, letters, n);
    if (a == NULL)
        return EFT_OK;
    return efti_fold(f->unicode, a->canonical.bytes, a->canonical.size, &f->folded, err);
}

static char *
keep(struct efti_forms *f, const char *bytes, size_t size)
{
    char *p = efti_arena_alloc(&f->arena, size, 1);

    if (p != NULL && size > 0)
        memcpy(p, bytes, size);
    return p;
}

/* Fold, and see the casing, of a form of plain letters. */
static eft_status
fold_plain(struct efti_forms *f, struct efti_form *form, eft_error *err)
{
    form->folded = form->raw;
    form->folded_size = form->raw_size;
    if (form->casing == EFTI_CASING_LOWER)
        return EFT_OK;
    char *folded = keep(f, form->raw, form->raw_size);
    if (folded == NULL)
        return efti_no_memory(err, "a form");
    if (folded[0] == '\xC3')
        folded[1] = (char)(folded[1] | 0x20);
    else
        folded[0] = (char)(folded[0] | 0x20);
    form->folded = folded;
    return EFT_OK;
}

static eft_status
fold_form(struct efti_forms *f, struct efti_form *form, eft_error *err)
{
    if (form->kind == EFTI_WORD && efti_form_plain(form))
        return fold_plain(f, form, err);
    efti_form_casing(form);
    eft_status st =
        form->kind == EFTI_ABBREVIATION
            ? fold_abbreviation(f, form, err)
            : efti_fold(f->unicode, form->raw, form->raw_size, &f->folded, err);
    if (st != EFT_OK)
        return st;
    form->folded = form->raw;
    form->folded_size = form->raw_size;
    /* nothing left: a token of marks that folding takes out stands for itself */
    if (f->folded.size > 0 &&
        !efti_equal(f->folded.data, f->folded.size, form->raw, form->raw_size)) {
        form->folded = keep(f, f->folded.data, f->folded.size);
        form->folded_size = (uint32_t)f->folded.size;
        if (form->folded == NULL)
            return efti_no_memory(err, "a form");
    }
    size_t letters = efti_utf8_length(form->folded, form->folded_size);
    form->code_points = letters > UINT16_MAX ? UINT16_MAX : (uint16_t)letters;
    return EFT_OK;
}

static eft_status
stem_form(struct efti_forms *f, struct efti_form *form, eft_error *err)
{
    form->stem = form->folded;
    form->stem_size = form->folded_size;
    if (form->kind != EFTI_WORD)
        return EFT_OK;
    eft_text stem = efti_stem(f->stemmer, form->folded, form->folded_size);
    if (stem.size == 0)
        return efti_no_memory(err, "a stem");
    form->stem_size = (uint32_t)stem.size;
    if (stem.size > form->folded_size ||
        memcmp(stem.bytes, form->folded, stem.size) != 0) {
        form->stem = keep(f, stem.bytes, stem.size);
        if (form->stem == NULL)
            return efti_no_memory(err, "a stem");
    }
    return EFT_OK;
}

static void
look_up_form(const struct efti_forms *f, struct efti_form *form)
{
    size_t last = 0;

    if (f->lists != NULL)
        form->lists = efti_lists_word(f->lists, form->folded, form->folded_size);
    form->dict = efti_dictionary_find(f->dictionary, form->folded, form->folded_size);
    if ((form->lists & EFTI_LIST_FUNCTION) != 0)
        form->dict |= EFTI_DICT_FUNCTION;
    if (form->kind != EFTI_WORD)
        return;
    if (f->lists != NULL)
        form->shape =
            (uint8_t)efti_lists_shape(f->lists, form->folded, form->folded_size);
    /* last_part is one byte: a compound of more is none that anybody shows */
    if (form->dict == 0 && f->dictionary != NULL && form->folded_size <= UINT8_MAX &&
        efti_dictionary_compound(f->dictionary, form->folded, form->folded_size, &last)) {
        form->dict |= EFTI_DICT_COMPOUND;
        form->last_part = (uint8_t)last;
    }
}

static eft_status
analyse(struct efti_forms *f, struct efti_form *form, eft_error *err)
{
    eft_status st = fold_form(f, form, err);

    if (st == EFT_OK)
        st = stem_form(f, form, err);
    if (st != EFT_OK)
        return st;
    look_up_form(f, form);
    for (uint32_t i = 0; i < f->analyser_count && st == EFT_OK; i++)
        st = f->analysers[i].fn(f->analysers[i].user, form, err);
    return st;
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

/* Room for one more record and its slot. */
static bool
make_room(struct efti_forms *f)
{
    if (((size_t)f->count + 1) * 3 > f->slot_count * 2 && !grow_slots(f))
        return false;
    if ((size_t)f->count < f->blocks.count * BLOCK_FORMS)
        return true;
    if (f->count >= UINT32_MAX - 1 - BLOCK_FORMS ||
        !EFTI_ARRAY_RESERVE(f->mem, &f->blocks, f->blocks.count + 1))
        return false;
    f->head.blocks = f->blocks.items;
    struct efti_form *block = efti_alloc(f->mem, BLOCK_FORMS * sizeof(*block));
    if (block == NULL)
        return false;
    f->blocks.items[f->blocks.count++] = block;
    return true;
}

/* memcmp() of a few bytes, without the call: nearly all forms are at most 16 long. */
static inline bool
same_bytes(const char *a, const char *b, size_t size)
{
    uint64_t a8, b8, a8_end, b8_end;
    uint32_t a4, b4, a4_end, b4_end;

    if (size >= 8 && size <= 16) {
        memcpy(&a8, a, 8);
        memcpy(&b8, b, 8);
        memcpy(&a8_end, a + size - 8, 8);
        memcpy(&b8_end, b + size - 8, 8);
        return ((a8 ^ b8) | (a8_end ^ b8_end)) == 0;
    }
    if (size >= 4 && size < 8) {
        memcpy(&a4, a, 4);
        memcpy(&b4, b, 4);
        memcpy(&a4_end, a + size - 4, 4);
        memcpy(&b4_end, b + size - 4, 4);
        return ((a4 ^ b4) | (a4_end ^ b4_end)) == 0;
    }
    if (size < 4)
        return a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1];
    return memcmp(a, b, size) == 0;
}

/* The slot of a form, or the free one where it belongs. */
static inline size_t
probe(struct efti_forms *f, uint32_t tag, const char *bytes, size_t size, uint8_t kind)
{
    size_t mask = f->slot_count - 1;

    for (size_t at = tag >> f->slot_shift;; at = (at + 1) & mask) {
        const struct form_slot *slot = &f->slots[at];
        if (slot->id == 0)
            return at;
        if (EFTI_LIKELY(slot->tag == tag)) {
            const struct efti_form *form = efti_forms_get(f, slot->id - 1);
            if (EFTI_LIKELY(form->raw_size == size && form->kind == kind &&
                            same_bytes(form->raw, bytes, size)))
                return at;
        }
    }
}

static eft_status
add_form(struct efti_forms *f, uint32_t tag, const char *bytes, size_t size, uint8_t kind,
         uint32_t *id, eft_error *err)
{
    if (!make_room(f))
        return efti_no_memory(err, "a table of forms");
    struct efti_form *form = efti_forms_get(f, f->count);
    *form = (struct efti_form){.raw = keep(f, bytes, size),
                               .raw_size = (uint32_t)size,
                               .kind = kind,
                               .term = EFTI_NO_TERM};
    if (form->raw == NULL)
        return efti_no_memory(err, "a form");
    eft_status st = analyse(f, form, err);
    if (st != EFT_OK)
        return st; /* not counted: the record is written over by the next form */
    size_t at = probe(f, tag, bytes, size, kind);
    *id = f->count++;
    f->slots[at] = (struct form_slot){.tag = tag, .id = *id + 1};
    return EFT_OK;
}

static void
warm_up(struct efti_forms *f, eft_text text, const struct efti_token *tokens,
        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct efti_token *t = &tokens[i];
        uint64_t hash = efti_hash(f->key, text.bytes + t->start, t->end - t->start);
        f->tags[i] = (uint32_t)(hash >> 32);
        EFTI_PREFETCH(&f->slots[f->tags[i] >> f->slot_shift]);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t id = f->slots[f->tags[i] >> f->slot_shift].id;
        if (id != 0)
            EFTI_PREFETCH(efti_forms_get(f, id - 1));
    }
}

static eft_status
intern_batch(struct efti_forms *f, eft_text text, struct efti_token *tokens, size_t count,
             eft_error *err)
{
    warm_up(f, text, tokens, count);
    for (size_t i = 0; i < count; i++) {
        struct efti_token *t = &tokens[i];
        const char *bytes = text.bytes + t->start;
        size_t at = probe(f, f->tags[i], bytes, t->end - t->start, t->kind);
        if (EFTI_LIKELY(f->slots[at].id != 0)) {
            t->form = f->slots[at].id - 1;
            continue;
        }
        eft_status st =
            add_form(f, f->tags[i], bytes, t->end - t->start, t->kind, &t->form, err);
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
