/*
 * lists.c - the word lists as one object, and what can be asked of it
 *
 * All lists share one table of folded strings; beside each string lies a record of all
 * that any list says about it (list_table.h), so a form costs one probe whatever is
 * asked. The table of the library's own lists is compiled in; a folder is read, folded
 * and packed when it is opened.
 *
 * Name shape is the longest listed ending with at least two letters before it: "Eklund"
 * has the ending "lund", "Lund" itself is for the list of places to know. Where the whole
 * word gives no shape, a genitive -s is taken off and it is tried again. Words on the
 * reviewed list (grundskolan, trädgården) have no shape, with or without the -s.
 */
#include "lexicons/lists.h"

#include "lexicons/list_table.h"

#include <sodium.h>
#include <stdio.h>

#define LIST_FILE_MAX ((size_t)16 << 20) /* far above any list; stops a wrong file */

struct efti_lists {
    const eft_allocator *mem;
    const struct efti_list_table *table; /* compiled in, or `own` */
    struct efti_list_table own;
    struct efti_arena arena; /* of `own` */
};

/* ------------------------------------------------------------------ building */

static struct efti_lists *
lists_new(const eft_allocator *mem)
{
    struct efti_lists *lists = efti_zalloc(mem, 1, sizeof(*lists));

    if (lists == NULL)
        return NULL;
    lists->mem = mem;
    efti_arena_init(&lists->arena, mem);
    return lists;
}

eft_status
efti_lists_new(const eft_allocator *mem, struct efti_lists **out, eft_error *err)
{
    *out = lists_new(mem);
    if (*out == NULL)
        return efti_no_memory(err, "the word lists");
    (*out)->table = &efti_baked_lists;
    return EFT_OK;
}

/* One digest over name, size and bytes of each list, in the order of the table. */
static void
hash_list(crypto_hash_sha256_state *digest, const char *name, eft_text bytes)
{
    unsigned char size[8];

    for (unsigned i = 0; i < 8; i++)
        size[i] = (unsigned char)((uint64_t)bytes.size >> (8 * i));
    crypto_hash_sha256_update(digest, (const unsigned char *)name, strlen(name) + 1);
    crypto_hash_sha256_update(digest, size, sizeof(size));
    crypto_hash_sha256_update(digest, (const unsigned char *)bytes.bytes, bytes.size);
}

struct list_folder {
    const char *path;
    struct efti_bytes name, bytes;
};

static eft_status
read_list_file(struct list_folder *folder, const char *list, eft_error *err)
{
    char block[4096];
    FILE *f = fopen(folder->name.data, "rb");

    if (f == NULL)
        return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET,
                         "%s is missing in the folder of lists", list);
    efti_bytes_clear(&folder->bytes);
    for (size_t n; folder->bytes.size <= LIST_FILE_MAX &&
                   (n = fread(block, 1, sizeof(block), f)) > 0;)
        efti_put(&folder->bytes, block, n);
    bool bad = ferror(f) != 0;
    bad |= fclose(f) != 0;
    if (folder->bytes.failed)
        return efti_no_memory(err, "a word list");
    if (bad)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET, "%s cannot be read", list);
    if (folder->bytes.size > LIST_FILE_MAX)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "%s is larger than 16 MiB",
                         list);
    return EFT_OK;
}

/* The bytes hold until the next list. */
static eft_status
list_from_folder(struct list_folder *folder, const char *list, eft_text *out,
                 eft_error *err)
{
    efti_bytes_clear(&folder->name);
    efti_put_text(&folder->name, folder->path);
    efti_put_char(&folder->name, '/');
    efti_put_text(&folder->name, list);
    efti_put_char(&folder->name, '\0');
    if (folder->name.failed)
        return efti_no_memory(err, "a word list");
    eft_status st = read_list_file(folder, list, err);
    if (st == EFT_OK)
        *out = (eft_text){folder->bytes.data, folder->bytes.size};
    return st;
}

static eft_status
read_lists(struct efti_list_reader *r, struct list_folder *folder, char hash[65],
           eft_error *err)
{
    unsigned char sum[32];
    crypto_hash_sha256_state digest;

    crypto_hash_sha256_init(&digest);
    for (size_t i = 0; i < efti_list_count(); i++) {
        eft_text bytes = {NULL, 0};
        eft_status st = list_from_folder(folder, efti_list_name(i), &bytes, err);
        if (st == EFT_OK)
            st = efti_list_read(r, i, bytes, err);
        if (st != EFT_OK)
            return st;
        hash_list(&digest, efti_list_name(i), bytes);
    }
    crypto_hash_sha256_final(&digest, sum);
    efti_hex(sum, sizeof(sum), hash);
    efti_list_settle(r->pool);
    return EFT_OK;
}

static eft_status
open_lists(struct efti_lists *lists, struct efti_list_pool *pool,
           struct list_folder *folder, eft_error *err)
{
    struct efti_list_reader r = {.pool = pool};
    char hash[65] = "";

    efti_bytes_init(&r.folded, pool->mem);
    eft_status st = efti_strings_new(pool->mem, &pool->strings, err);
    if (st == EFT_OK)
        st = efti_unicode_new(pool->mem, &r.unicode, err);
    if (st == EFT_OK)
        st = read_lists(&r, folder, hash, err);
    if (st == EFT_OK && !efti_list_pack(pool, &lists->arena, &lists->own))
        st = efti_no_memory(err, "the word lists");
    memcpy(lists->own.hash, hash, sizeof(hash));
    lists->table = &lists->own;
    efti_bytes_free(&r.folded);
    efti_unicode_free(r.unicode);
    return st;
}

eft_status
efti_lists_open(const eft_allocator *mem, const char *path, struct efti_lists **out,
                eft_error *err)
{
    struct list_folder folder = {.path = path};
    struct efti_list_pool pool = {.mem = mem, .phrase_words = 1};

    *out = NULL;
    struct efti_lists *lists = lists_new(mem);
    if (lists == NULL)
        return efti_no_memory(err, "the word lists");
    efti_bytes_init(&folder.name, mem);
    efti_bytes_init(&folder.bytes, mem);
    efti_arena_init(&pool.arena, mem);
    eft_status st = open_lists(lists, &pool, &folder, err);
    efti_bytes_free(&folder.name);
    efti_bytes_free(&folder.bytes);
    EFTI_ARRAY_FREE(mem, &pool.forms);
    EFTI_ARRAY_FREE(mem, &pool.abbreviations);
    efti_strings_free(pool.strings);
    efti_arena_free(&pool.arena);
    if (st != EFT_OK) {
        efti_lists_free(lists);
        return st;
    }
    *out = lists;
    return EFT_OK;
}

void
efti_lists_free(struct efti_lists *lists)
{
    if (lists == NULL)
        return;
    efti_arena_free(&lists->arena);
    efti_release(lists->mem, lists, sizeof(*lists));
}

const struct efti_list_table *
efti_lists_table(const struct efti_lists *lists)
{
    return lists->table;
}

/* ------------------------------------------------------------------- asking */

static const struct efti_list_form *
listed(const struct efti_lists *lists, const char *folded, size_t size)
{
    const struct efti_list_table *t = lists->table;

    if (size == 0)
        return NULL;
    uint64_t hash = efti_list_hash(folded, size);
    size_t bit = efti_list_bit(hash, t->map_bits);
    if (EFTI_LIKELY((t->map[bit / 64] >> bit % 64 & 1) == 0))
        return NULL;
    uint32_t tag = efti_list_tag(hash, t->number_bits), mask = t->slot_count - 1;
    uint32_t low = ((uint32_t)1 << t->number_bits) - 1;

    for (uint32_t at = (uint32_t)hash & mask; t->slots[at] != 0; at = (at + 1) & mask) {
        if ((t->slots[at] & ~low) != tag)
            continue;
        const struct efti_list_form *f = &t->forms[(t->slots[at] & low) - 1];
        if (efti_equal(t->letters + f->at, f->size, folded, size))
            return f;
    }
    return NULL;
}

uint32_t
efti_lists_word(const struct efti_lists *lists, const char *folded, size_t size)
{
    const struct efti_list_form *f = listed(lists, folded, size);
    return f == NULL ? 0 : f->flags & ~(uint32_t)EFTI_LIST_LAST_PART;
}

/* The word of the map that turns most away. */
void
efti_lists_prefetch(const struct efti_lists *lists, const char *folded, size_t size)
{
    const struct efti_list_table *t = lists->table;

    EFTI_PREFETCH(&t->map[efti_list_bit(efti_list_hash(folded, size), t->map_bits) / 64]);
}

uint32_t
efti_lists_phrase(const struct efti_lists *lists, const char *folded, size_t size)
{
    const struct efti_list_form *f = listed(lists, folded, size);
    return f == NULL ? 0 : f->phrases;
}

uint32_t
efti_lists_phrase_on(const struct efti_lists *lists, const char *folded, size_t size,
                     bool *more)
{
    const struct efti_list_form *f = listed(lists, folded, size);

    *more = f != NULL && f->goes_on;
    return f == NULL ? 0 : f->phrases;
}

uint32_t
efti_lists_phrase_words(const struct efti_lists *lists)
{
    return lists->table->phrase_words;
}

/* Where two letters are passed: an ending may not begin before. */
static size_t
after_two_letters(const char *folded, size_t size)
{
    size_t at = 0, letters = 0;

    while (at < size && letters < 2)
        letters += efti_is_letter(efti_utf8_next(folded, size, &at)) ? 1 : 0;
    return at;
}

/* Lengths of listed endings that a word may have (bit n: n bytes), shorter than it. */
static uint32_t
ending_lengths(const struct efti_list_ends *ends, const char *folded, size_t size)
{
    const char *end = folded + size;
    uint32_t lengths = 0;

    if (EFTI_LIKELY(size >= 4))
        lengths = ends->by_four[efti_list_four(end)];
    if (size >= 3)
        lengths |= ends->by_three[efti_list_three(end)];
    if (size >= 1)
        lengths |= ends->by_one[(unsigned char)end[-1]];
    return size > EFTI_LIST_ENDING_MAX ? lengths : lengths & (((uint32_t)1 << size) - 1);
}

static size_t
longest_of(uint32_t lengths)
{
    return 31 - (size_t)__builtin_clz(lengths);
}

static enum efti_shape
longest_ending_shape(const struct efti_lists *lists, const char *folded, size_t size)
{
    uint32_t lengths = ending_lengths(lists->table->shapes, folded, size);

    if (lengths == 0)
        return EFTI_SHAPE_NONE;
    size_t from = after_two_letters(folded, size);
    for (size_t n; lengths != 0; lengths ^= (uint32_t)1 << n) {
        n = longest_of(lengths);
        if (size - n < from)
            continue;
        const struct efti_list_form *f = listed(lists, folded + size - n, n);
        if (f != NULL && f->shape != EFTI_SHAPE_NONE)
            return (enum efti_shape)f->shape;
    }
    return EFTI_SHAPE_NONE;
}

enum efti_shape
efti_lists_shape(const struct efti_lists *lists, const char *folded, size_t size)
{
    bool genitive = size > 1 && folded[size - 1] == 's';
    enum efti_shape shape = longest_ending_shape(lists, folded, size);

    if (shape == EFTI_SHAPE_NONE && genitive)
        shape = longest_ending_shape(lists, folded, size - 1);
    if (shape == EFTI_SHAPE_NONE)
        return shape;
    uint32_t flags = efti_lists_word(lists, folded, size);
    if (genitive)
        flags |= efti_lists_word(lists, folded, size - 1);
    return (flags & EFTI_LIST_SHAPE_ORDINARY) != 0 ? EFTI_SHAPE_NONE : shape;
}

bool
efti_lists_thing_end(const struct efti_lists *lists, const char *folded, size_t size)
{
    uint32_t lengths = size < 9 ? 0 : ending_lengths(lists->table->things, folded, size);

    for (size_t n; lengths != 0; lengths ^= (uint32_t)1 << n) {
        n = longest_of(lengths);
        const struct efti_list_form *f = listed(lists, folded + size - n, n);
        /* Fredricka and Ingvalsen end so too: three letters before it tell of a
         * thing only where the end is long enough to be heard as a word of its
         * own (Roxmodellen) */
        if (size >= n + (n >= 7 ? 3 : 4) && f != NULL &&
            (f->flags & EFTI_LIST_THING_END) != 0)
            return true;
    }
    return false;
}

bool
efti_lists_made(const struct efti_lists *lists, const char *folded, size_t size)
{
    static const char *const ends[] = {"",   "en",  "n",   "et",   "t",    "er",
                                       "ar", "or",  "na",  "erna", "arna", "orna",
                                       "s",  "ens", "ets", "ns",   "an"};

    for (size_t i = 0; i < EFTI_COUNT(ends); i++) {
        size_t n = strlen(ends[i]);

        if (size <= n || memcmp(folded + size - n, ends[i], n) != 0)
            continue;
        const struct efti_list_form *f = listed(lists, folded, size - n);
        if (f != NULL && (f->flags & EFTI_LIST_MADE) != 0)
            return true;
    }
    return false;
}

const struct efti_abbreviation *
efti_lists_abbreviation(const struct efti_lists *lists, const char *letters, size_t size)
{
    const struct efti_list_form *f = listed(lists, letters, size);

    if (f == NULL || f->abbreviation == 0)
        return NULL;
    return &lists->table->abbreviations[f->abbreviation - 1];
}

size_t
efti_lists_abbreviations(const struct efti_lists *lists,
                         const struct efti_abbreviation **out)
{
    *out = lists->table->abbreviations;
    return lists->table->abbreviation_count;
}

const uint64_t *
efti_lists_abbreviation_map(const struct efti_lists *lists)
{
    return lists->table->abbreviation_map;
}

const uint64_t *
efti_lists_pair_map(const struct efti_lists *lists)
{
    return lists->table->pair_map;
}

bool
efti_lists_uninformative(const struct efti_lists *lists, const char *folded, size_t size)
{
    size_t kept = efti_list_without_stops(folded, size);
    const struct efti_list_form *f = listed(lists, folded, kept > 0 ? kept : size);

    /* Nothing but stops ("...", "?!") says nothing, listed or not. */
    return (size > 0 && kept == 0) || (f != NULL && f->uninformative != 0);
}

const char *
efti_lists_hash(const struct efti_lists *lists)
{
    return lists->table->hash;
}
