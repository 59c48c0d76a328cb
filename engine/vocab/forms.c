/*
 * forms.c - the form table: each distinct surface string is analysed once
 *
 *     token bytes -> key -> bucket of three keys and ids
 *
 * Open addressing by buckets of one cache line, at most 4/5 full: a word that has no room
 * in its bucket stands in the next one that has. The key of nearly all words is the word
 * itself (engine/arch/probe.h), so that one line tells its id, and a word that was early,
 * as frequent ones are, stands where it is looked for first. A long word's key holds a
 * hash and the place of its bytes. Records are cache lines of their own, in blocks that
 * never move. Tokens are looked up in batches: keys and buckets of all, whose lines are
 * asked for, then ids; the misses of one batch overlap (facts/performance.md, section 3).
 * Short words pass this way without a branch on their length, which no processor can
 * guess.
 *
 * What is not found waits until the batch is through. Then new forms are folded, the
 * lines of the dictionary that tell of them are prefetched, and after that they are
 * analysed (analyse.c) and put into the table, in the order of the text; last come the
 * analysers of other rooms, by when the lines of base forms are there. No form
 * stays that an analyser has not seen.
 *
 * A form costs 64 bytes of record, some 33 of buckets at mean load, the letters of a form
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
/* 512 KiB, touched as they fill: small studies never grow */
#define FIRST_BUCKETS 8192u

#define LINE 64
#define BLOCK_BYTES (BLOCK_FORMS * sizeof(struct efti_form) + LINE - 1)
static_assert(sizeof(struct efti_form) == LINE && sizeof(struct efti_bucket) == LINE,
              "a form record is one cache line, and so is a bucket");

static size_t
bucket_bytes(uint32_t count)
{
    return count * sizeof(struct efti_bucket) + LINE - 1;
}

/* The first line in memory that has LINE - 1 bytes to spare */
static void *
first_line(void *memory)
{
    size_t past = (uintptr_t)memory % LINE;

    return (char *)memory + (past == 0 ? 0 : LINE - past);
}

/* ------------------------------------------------------------ making and freeing */

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
    randombytes_buf(f->table.secrets, sizeof(f->table.secrets));
    f->table.secrets[2] |= 1;
    f->probe = efti_probe_find(NULL);
    f->table.count = FIRST_BUCKETS;
    f->bucket_memory = efti_zalloc(mem, bucket_bytes(FIRST_BUCKETS), 1);
    eft_status st = f->bucket_memory == NULL ? efti_no_memory(err, "a table of forms")
                                             : open_tools(&f->tools, err);
    f->tools.engine_known = f->tools.lists_known && f->tools.stems_known &&
                            efti_dictionary_known_by(dictionary, efti_forms_engine());
    if (st != EFT_OK) {
        efti_forms_free(f);
        return st;
    }
    f->table.buckets = f->buckets = first_line(f->bucket_memory);
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
    if (f->bucket_memory != NULL)
        efti_release(f->mem, f->bucket_memory, bucket_bytes(f->table.count));
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
    const struct efti_probe *probe = efti_probe_find(name);

    if (probe == NULL)
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
    return sizeof(*f) + bucket_bytes(f->table.count) +
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

/* --------------------------------------------------------------------- the table */

/* To where a key belongs, in a table that has room and does not hold it. */
static void
put_key(struct efti_forms *f, struct efti_key key, uint32_t id)
{
    uint32_t at = efti_forms_place(f, key);
    unsigned i = 0;

    while (f->buckets[at].keys[i].second != 0)
        if (++i == EFTI_BUCKET_KEYS) {
            at = at + 1 == f->table.count ? 0 : at + 1;
            i = 0;
        }
    f->buckets[at].keys[i] = key;
    f->buckets[at].ids[i] = id;
}

/* Half as many buckets again. Keys tell their places, without a look at the forms, and
 * the order stays, so both tables are walked from end to end. */
static bool
grow_table(struct efti_forms *f)
{
    const struct efti_bucket *old = f->buckets;
    void *old_memory = f->bucket_memory;
    uint32_t old_count = f->table.count;

    if (old_count > EFTI_PROBE_BUCKETS / 2)
        return false;
    void *memory = efti_zalloc(f->mem, bucket_bytes(old_count + old_count / 2), 1);
    if (memory == NULL)
        return false;
    efti_write_soon(memory, bucket_bytes(old_count + old_count / 2));
    f->bucket_memory = memory;
    f->table.buckets = f->buckets = first_line(memory);
    f->table.count = old_count + old_count / 2;
    for (uint32_t at = 0; at < old_count; at++)
        for (unsigned i = 0; i < EFTI_BUCKET_KEYS && old[at].keys[i].second != 0; i++)
            put_key(f, old[at].keys[i], old[at].ids[i]);
    efti_release(f->mem, old_memory, bucket_bytes(old_count));
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
    f->memory.items[f->memory.count++] = memory;
    f->blocks.items[f->blocks.count++] = first_line(memory);
    return true;
}

bool
efti_forms_make_room(struct efti_forms *f, size_t more)
{
    if ((f->count + more) * 5 > (size_t)f->table.count * EFTI_BUCKET_KEYS * 4 &&
        !grow_table(f))
        return false;
    if (f->count + more <= f->blocks.count * BLOCK_FORMS)
        return true;
    return f->count < UINT32_MAX - 1 - BLOCK_FORMS && add_block(f);
}
