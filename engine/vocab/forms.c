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
#include "vocab/engine_print.h"
#include "vocab/table.h"

#include <assert.h>
#include <sodium.h>

#define BLOCK_FORMS ((uint32_t)1 << EFTI_FORM_BLOCK_SHIFT) /* 32 KiB of records */
#define FIRST_SLOTS_LOG                                                                  \
    15 /* 256 KiB, touched as it fills: small studies never regrow                       \
        */

#define LINE 64
#define BLOCK_BYTES (BLOCK_FORMS * sizeof(struct efti_form) + LINE - 1)
static_assert(sizeof(struct efti_form) == LINE, "a form record is one cache line");

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
    f->tools.engine_known = f->tools.lists_known && f->tools.stems_known &&
                            efti_dictionary_known_by(dictionary, efti_forms_engine());
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
    if (f->count > 0 || f->analyser_count == EFTI_FORM_ANALYSERS)
        return efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET,
                         "an analyser was registered too late, or a fifth one");
    f->analysers[f->analyser_count++] = (struct efti_form_analyser){fn, user};
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

const char *
efti_forms_engine(void)
{
    return EFTI_ENGINE_PRINT; /* from lexicons/image/engine_print.py */
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

const struct efti_dictionary *
efti_forms_dictionary(const struct efti_forms *f)
{
    return f->tools.dictionary;
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
    struct efti_form_slot *slots = efti_zalloc(f->mem, count, sizeof(*slots));
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

bool
efti_forms_make_room(struct efti_forms *f, size_t more)
{
    if ((f->count + more) * 3 > f->slot_count * 2 && !grow_slots(f))
        return false;
    if (f->count + more <= f->blocks.count * BLOCK_FORMS)
        return true;
    return f->count < UINT32_MAX - 1 - BLOCK_FORMS && add_block(f);
}
