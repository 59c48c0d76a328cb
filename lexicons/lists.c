/*
 * lists.c - the word lists as one object, and what can be asked of it
 *
 * All lists share one table of folded strings; beside each string lies a record of all
 * that any list says about it (list_read.h), so a form costs one probe whatever is asked.
 *
 * Name shape is the longest listed ending with at least two letters before it: "Eklund"
 * has the ending "lund", "Lund" itself is for the list of places to know. Where the whole
 * word gives no shape, a genitive -s is taken off and it is tried again. Words on the
 * reviewed list (grundskolan, trädgården) have no shape, with or without the -s.
 */
#include "lexicons/lists.h"

#include "lexicons/embedded.h"
#include "lexicons/list_read.h"

#include <sodium.h>
#include <stdio.h>

#define LIST_FILE_MAX ((size_t)16 << 20) /* far above any list; stops a wrong file */

/* ------------------------------------------------------------------ building */

typedef eft_status (*list_bytes_fn)(void *user, size_t list, eft_text *out,
                                    eft_error *err);

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

static eft_status
read_lists(struct efti_list_reader *r, list_bytes_fn bytes_of, void *user, eft_error *err)
{
    unsigned char hash[32];
    crypto_hash_sha256_state digest;

    crypto_hash_sha256_init(&digest);
    for (size_t i = 0; i < efti_list_count(); i++) {
        eft_text bytes = {NULL, 0};
        eft_status st = bytes_of(user, i, &bytes, err);
        if (st == EFT_OK)
            st = efti_list_read(r, i, bytes, err);
        if (st != EFT_OK)
            return st;
        hash_list(&digest, efti_list_name(i), bytes);
    }
    crypto_hash_sha256_final(&digest, hash);
    efti_hex(hash, sizeof(hash), r->lists->hash);
    efti_list_settle(r->lists);
    return EFT_OK;
}

static eft_status
build_lists(const eft_allocator *mem, list_bytes_fn bytes_of, void *user,
            struct efti_lists **out, eft_error *err)
{
    struct efti_list_reader r = {0};

    *out = NULL;
    struct efti_lists *lists = efti_zalloc(mem, 1, sizeof(*lists));
    if (lists == NULL)
        return efti_no_memory(err, "the word lists");
    lists->mem = mem;
    lists->phrase_words = 1;
    efti_arena_init(&lists->arena, mem);
    efti_bytes_init(&r.folded, mem);
    r.lists = lists;
    eft_status st = efti_strings_new(mem, &lists->strings, err);
    if (st == EFT_OK)
        st = efti_unicode_new(mem, &r.unicode, err);
    if (st == EFT_OK)
        st = read_lists(&r, bytes_of, user, err);
    efti_bytes_free(&r.folded);
    efti_unicode_free(r.unicode);
    if (st != EFT_OK) {
        efti_lists_free(lists);
        return st;
    }
    *out = lists;
    return EFT_OK;
}

static eft_status
bytes_compiled_in(void *user, size_t list, eft_text *out, eft_error *err)
{
    (void)user;
    *out = efti_embedded(efti_list_name(list));
    if (out->bytes == NULL)
        return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET,
                         "the library was built without %s", efti_list_name(list));
    return EFT_OK;
}

eft_status
efti_lists_new(const eft_allocator *mem, struct efti_lists **out, eft_error *err)
{
    return build_lists(mem, bytes_compiled_in, NULL, out, err);
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

static eft_status
bytes_from_folder(void *user, size_t list, eft_text *out, eft_error *err)
{
    struct list_folder *folder = user;

    efti_bytes_clear(&folder->name);
    efti_put_text(&folder->name, folder->path);
    efti_put_char(&folder->name, '/');
    efti_put_text(&folder->name, efti_list_name(list));
    efti_put_char(&folder->name, '\0');
    if (folder->name.failed)
        return efti_no_memory(err, "a word list");
    eft_status st = read_list_file(folder, efti_list_name(list), err);
    if (st == EFT_OK)
        *out = (eft_text){folder->bytes.data, folder->bytes.size};
    return st;
}

eft_status
efti_lists_open(const eft_allocator *mem, const char *path, struct efti_lists **out,
                eft_error *err)
{
    struct list_folder folder = {.path = path};

    efti_bytes_init(&folder.name, mem);
    efti_bytes_init(&folder.bytes, mem);
    eft_status st = build_lists(mem, bytes_from_folder, &folder, out, err);
    efti_bytes_free(&folder.name);
    efti_bytes_free(&folder.bytes);
    return st;
}

void
efti_lists_free(struct efti_lists *lists)
{
    if (lists == NULL)
        return;
    EFTI_ARRAY_FREE(lists->mem, &lists->forms);
    EFTI_ARRAY_FREE(lists->mem, &lists->abbreviations);
    efti_strings_free(lists->strings);
    efti_arena_free(&lists->arena);
    efti_release(lists->mem, lists, sizeof(*lists));
}

/* ------------------------------------------------------------------- asking */

static const struct efti_list_form *
listed(const struct efti_lists *lists, const char *folded, size_t size)
{
    uint32_t id =
        size == 0 ? EFTI_NOT_FOUND : efti_strings_find(lists->strings, folded, size);

    return id == EFTI_NOT_FOUND ? NULL : &lists->forms.items[id];
}

uint32_t
efti_lists_word(const struct efti_lists *lists, const char *folded, size_t size)
{
    const struct efti_list_form *f = listed(lists, folded, size);
    return f == NULL ? 0 : f->flags;
}

uint32_t
efti_lists_foreign(const struct efti_lists *lists, const char *folded, size_t size)
{
    const struct efti_list_form *f = listed(lists, folded, size);
    return f == NULL ? 0 : f->foreign;
}

uint32_t
efti_lists_phrase(const struct efti_lists *lists, const char *folded, size_t size)
{
    const struct efti_list_form *f = listed(lists, folded, size);
    return f == NULL ? 0 : f->phrases;
}

uint32_t
efti_lists_phrase_words(const struct efti_lists *lists)
{
    return lists->phrase_words;
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

static enum efti_shape
longest_ending_shape(const struct efti_lists *lists, const char *folded, size_t size)
{
    size_t from = after_two_letters(folded, size);

    if (size > lists->longest_ending && from < size - lists->longest_ending)
        from = size - lists->longest_ending;
    for (; from < size; from++) {
        if (((unsigned char)folded[from] & 0xC0) == 0x80)
            continue;
        const struct efti_list_form *f = listed(lists, folded + from, size - from);
        if (f != NULL && f->shape != EFTI_SHAPE_NONE)
            return (enum efti_shape)f->shape;
    }
    return EFTI_SHAPE_NONE;
}

enum efti_shape
efti_lists_shape(const struct efti_lists *lists, const char *folded, size_t size)
{
    bool genitive = size > 1 && folded[size - 1] == 's';

    if (efti_lists_word(lists, folded, size) & EFTI_LIST_SHAPE_ORDINARY)
        return EFTI_SHAPE_NONE;
    if (genitive && (efti_lists_word(lists, folded, size - 1) & EFTI_LIST_SHAPE_ORDINARY))
        return EFTI_SHAPE_NONE;
    enum efti_shape shape = longest_ending_shape(lists, folded, size);
    if (shape == EFTI_SHAPE_NONE && genitive)
        shape = longest_ending_shape(lists, folded, size - 1);
    return shape;
}

/* Does a place end at `end`, also with a linking -s- or -a- (Lunda-) after it? */
static bool
is_place_before(const struct efti_lists *lists, const char *folded, size_t end,
                size_t *place_end)
{
    for (size_t link = 0; link <= 1 && link < end; link++) {
        if (link == 1 && folded[end - 1] != 's' && folded[end - 1] != 'a')
            return false;
        *place_end = end - link;
        if (efti_lists_word(lists, folded, end - link) & EFTI_LIST_PLACE)
            return true;
    }
    return false;
}

bool
efti_lists_place_compound(const struct efti_lists *lists, const char *folded, size_t size,
                          size_t *place_end)
{
    size_t end;

    /* From the longest last part on; at most 64 bytes, as for all compounds. */
    for (size_t at = after_two_letters(folded, size); at < size && size <= 64; at++) {
        if (((unsigned char)folded[at] & 0xC0) == 0x80 ||
            !(efti_lists_word(lists, folded + at, size - at) & EFTI_LIST_PLACE_TAIL))
            continue;
        if (is_place_before(lists, folded, at, &end)) {
            if (place_end != NULL)
                *place_end = end;
            return true;
        }
    }
    return false;
}

const struct efti_abbreviation *
efti_lists_abbreviation(const struct efti_lists *lists, const char *letters, size_t size)
{
    const struct efti_list_form *f = listed(lists, letters, size);

    if (f == NULL || f->abbreviation == 0)
        return NULL;
    return &lists->abbreviations.items[f->abbreviation - 1];
}

bool
efti_lists_uninformative(const struct efti_lists *lists, const char *folded, size_t size)
{
    size_t kept = efti_list_without_stops(folded, size);
    const struct efti_list_form *f = listed(lists, folded, kept > 0 ? kept : size);

    /* Nothing but stops ("...", "?!") says nothing, listed or not. */
    return (size > 0 && kept == 0) || (f != NULL && f->uninformative);
}

const char *
efti_lists_hash(const struct efti_lists *lists)
{
    return lists->hash;
}
