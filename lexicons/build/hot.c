/*
 * hot.c - the commonest forms once more, with all that is known of them, by rank
 *
 *   counts of running text ──► rank of each form ──► 49,000 records in that order
 *
 * A form's rank is its count, 16 times, and the counts of all forms of the same word: who
 * writes "skolan" often will write "skolorna" too, seen or not. Ties are broken by bytes.
 * Forms that the dictionary does not list come along if they were met twice: for them it
 * is found out once here whether they are compounds.
 *
 * What the word lists say is here as well; of the other forms the file at least says that
 * no list knows them, if so.
 *
 * With 49,000 forms of some 26 bytes and a quarter of a million slots, what running text
 * asks for nearly always lies in 2 MiB instead of 33, in the order in which a short text
 * needs it.
 */
#include "image.h"

#include "lexicons/dictionary.h"
#include "lexicons/dictionary_format.h"
#include "lexicons/lists.h"
#include "tokenizers/tokenizer.h"

#include <stdio.h>
#include <stdlib.h>

#define HOT_FORMS 49152u /* three quarters of 2^16 */
#define HOT_OWN 16u      /* what a form's own count weighs beside that of its word */
#define HOT_UNLISTED 2u  /* how often a form must be met that the dictionary lacks */
#define HOT_LONGEST 64u  /* bytes */

struct hot_form {
    eft_text bytes;
    uint64_t score;
    uint32_t place; /* in image.sorted; EFTI_NOT_FOUND: not listed */
};

struct hot {
    struct image *im;
    struct efti_strings *unlisted;
    EFTI_ARRAY(uint64_t) unlisted_counts; /* beside unlisted */
    uint64_t *counts, *families;          /* beside image.sorted; families by base */
    EFTI_ARRAY(struct hot_form) forms;
    struct efti_dictionary *dictionary; /* over the file as far as it is written */
    struct efti_lists *lists;
    struct efti_stemmer *stemmer;
    struct efti_bytes folded;
};

/* ------------------------------------------------------------------------ counting */

static uint32_t
family_of(const struct image *im, uint32_t place)
{
    return im->sorted[place].flags & EFTI_DICT_HAS_BASE ? im->sorted[place].base : place;
}

static bool
count_unlisted(struct hot *h, eft_text form, uint64_t count)
{
    bool added;
    uint32_t id = efti_strings_add(h->unlisted, form.bytes, form.size, &added);

    if (id == EFTI_NOT_FOUND || (added && !EFTI_PUSH(&efti_malloc, &h->unlisted_counts)))
        return false;
    h->unlisted_counts.items[id] = (added ? 0 : h->unlisted_counts.items[id]) + count;
    return true;
}

static bool
count_form(struct hot *h, eft_text word, uint64_t count)
{
    if (efti_fold(h->im->unicode, word.bytes, word.size, &h->folded, NULL) != EFT_OK)
        return false;
    eft_text form = {h->folded.data, h->folded.size};
    if (form.size == 0 || form.size > HOT_LONGEST)
        return true;
    uint32_t place = image_place(h->im, form);
    if (place == EFTI_NOT_FOUND)
        return count_unlisted(h, form, count);
    h->counts[place] += count;
    h->families[family_of(h->im, place)] += count;
    return true;
}

static bool
read_counts(struct hot *h, eft_text counts)
{
    for (size_t at = 0; at < counts.size;) {
        const char *line = counts.bytes + at;
        const char *end = memchr(line, '\n', counts.size - at);
        size_t size = end == NULL ? counts.size - at : (size_t)(end - line);
        const char *tab = memchr(line, '\t', size);
        at += size + 1;
        if (tab == NULL || efti_utf8_valid_prefix(line, size) != size)
            return false;
        uint64_t count = 0;
        for (const char *p = tab + 1; p < line + size && *p >= '0' && *p <= '9'; p++)
            count = count * 10 + (uint64_t)(*p - '0');
        if (!count_form(h, (eft_text){line, (size_t)(tab - line)}, count))
            return false;
    }
    return true;
}

/* ------------------------------------------------------------------------- choosing */

static bool
add_hot_form(struct hot *h, eft_text bytes, uint64_t score, uint32_t place)
{
    if (!EFTI_PUSH(&efti_malloc, &h->forms))
        return false;
    h->forms.items[h->forms.count - 1] = (struct hot_form){bytes, score, place};
    return true;
}

static bool
gather(struct hot *h)
{
    const struct image *im = h->im;
    bool ok = true;

    for (uint32_t i = 0; i < im->count && ok; i++) {
        const struct image_form *f = &im->sorted[i];
        uint64_t score = HOT_OWN * h->counts[i] + h->families[family_of(im, i)];
        if (score > 0 && f->size <= HOT_LONGEST)
            ok = add_hot_form(h, (eft_text){f->bytes, f->size}, score, i);
    }
    for (uint32_t i = 0; i < efti_strings_count(h->unlisted) && ok; i++)
        if (h->unlisted_counts.items[i] >= HOT_UNLISTED)
            ok =
                add_hot_form(h, efti_strings_get(h->unlisted, i),
                             (HOT_OWN + 1) * h->unlisted_counts.items[i], EFTI_NOT_FOUND);
    return ok;
}

static int
by_score(const void *x, const void *y)
{
    const struct hot_form *a = x, *b = y;

    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return efti_compare(a->bytes.bytes, a->bytes.size, b->bytes.bytes, b->bytes.size);
}

/* -------------------------------------------------------------------------- writing */

struct hot_record {
    uint32_t flags, stem, last_part, base;
};

static struct hot_record
listed_record(const struct hot *h, const struct hot_form *form)
{
    const struct image_form *f = &h->im->sorted[form->place];
    struct hot_record r = {.flags = f->flags & ~(uint32_t)EFTI_DICT_COMPOUND,
                           .stem = f->stem};

    if (f->flags & EFTI_DICT_HAS_BASE)
        r.base = h->im->sorted[f->base].record / 4;
    return r;
}

static struct hot_record
unlisted_record(const struct hot *h, const struct hot_form *form)
{
    eft_text stem = efti_stem(h->stemmer, form->bytes.bytes, form->bytes.size);
    struct hot_record r = {0};

    if (stem.size < form->bytes.size &&
        memcmp(stem.bytes, form->bytes.bytes, stem.size) == 0)
        r.stem = (uint32_t)stem.size;
    return r;
}

/* The form table takes a word for a compound if the dictionary says nothing of it and the
 * lists do not call it a function word (vocab/analyse.c). */
static void
find_compound(const struct hot *h, const struct hot_form *form, uint32_t lists,
              struct hot_record *r)
{
    size_t last = 0;

    if ((r->flags & (EFTI_DICT_PUBLIC & ~(uint32_t)EFTI_DICT_COMPOUND)) != 0 ||
        (lists & EFTI_LIST_FUNCTION) != 0 ||
        !efti_dictionary_compound(h->dictionary, form->bytes.bytes, form->bytes.size,
                                  &last))
        return;
    r->flags |= EFTI_DICT_COMPOUND;
    r->last_part = (uint32_t)last;
}

static void
put_hot_form(const struct hot *h, const struct hot_form *form, struct efti_bytes *out)
{
    const char *bytes = form->bytes.bytes;
    size_t size = form->bytes.size;
    uint32_t lists = efti_lists_word(h->lists, bytes, size);
    struct hot_record r =
        form->place == EFTI_NOT_FOUND ? unlisted_record(h, form) : listed_record(h, form);

    find_compound(h, form, lists, &r);
    efti_put_le32(out, r.flags);
    efti_put_le32(out, lists);
    efti_put_char(out, (char)size);
    efti_put_char(out, (char)r.stem);
    efti_put_char(out, (char)efti_lists_shape(h->lists, bytes, size));
    efti_put_char(out, (char)efti_utf8_length(bytes, size));
    efti_put_le32(out, r.last_part | r.base << 8);
    efti_put_le32(out, 0); /* know.c fills it in */
    efti_put(out, bytes, size);
    image_pad(out);
}

/* Most words stand on no list. Where the file says so, no list need be asked. */
static void
mark_quiet(const struct hot *h, unsigned char *file)
{
    unsigned char *forms = file + efti_dict_le32(file + 8 + 4 * EFTI_DICT_F_FORMS_AT);

    for (uint32_t i = 0; i < h->im->count; i++) {
        const struct image_form *f = &h->im->sorted[i];
        if (efti_lists_word(h->lists, f->bytes, f->size) == 0 &&
            efti_lists_shape(h->lists, f->bytes, f->size) == EFTI_SHAPE_NONE)
            efti_dict_put_le32(forms + f->record,
                               efti_dict_le32(forms + f->record) | EFTI_DICT_QUIET);
    }
}

static bool
put_hot(struct hot *h, size_t count, struct efti_bytes *out)
{
    struct image_index ix = {0};
    size_t from = out->size;
    bool ok = image_index_new(&ix, (uint32_t)count);

    efti_put_le32(out, 0); /* so that no record lies at 0 */
    for (size_t i = 0; ok && i < count; i++) {
        const struct hot_form *f = &h->forms.items[i];
        ok = image_index_add(&ix, f->bytes.bytes, f->bytes.size, out->size - from);
        put_hot_form(h, f, out);
    }
    if (!ok || out->failed)
        return false;
    image_set_field(out, EFTI_DICT_F_HOT_COUNT, count);
    image_set_field(out, EFTI_DICT_F_HOT_AT, from);
    image_set_field(out, EFTI_DICT_F_HOT_SIZE, out->size - from);
    image_index_put(&ix, out, EFTI_DICT_F_HOT_INDEX_AT, EFTI_DICT_F_HOT_INDEX_COUNT,
                    EFTI_DICT_F_HOT_INDEX_REACH);
    image_set_field(out, EFTI_DICT_F_SIZE, out->size);
    if (out->failed)
        return false;
    unsigned char *p = (unsigned char *)out->data;
    mark_quiet(h, p);
    if (!image_unhex(efti_lists_hash(h->lists), p + EFTI_DICT_LISTS_AT))
        return false;
    efti_dict_put_sum(p, out->size);
    return true;
}

static bool
hot_open(struct hot *h, struct image *im, const struct efti_bytes *file)
{
    *h = (struct hot){.im = im};
    efti_bytes_init(&h->folded, &efti_malloc);
    h->counts = efti_zalloc(&efti_malloc, im->count, sizeof(*h->counts));
    h->families = efti_zalloc(&efti_malloc, im->count, sizeof(*h->families));
    return h->counts != NULL && h->families != NULL &&
           efti_strings_new(&efti_malloc, &h->unlisted, NULL) == EFT_OK &&
           efti_dictionary_over(&efti_malloc, file->data, file->size, &h->dictionary,
                                NULL) == EFT_OK &&
           efti_lists_new(&efti_malloc, &h->lists, NULL) == EFT_OK &&
           efti_stemmer_new(&efti_malloc, &h->stemmer, NULL) == EFT_OK;
}

static void
hot_close(struct hot *h)
{
    efti_stemmer_free(h->stemmer);
    efti_lists_free(h->lists);
    efti_dictionary_free(h->dictionary);
    efti_strings_free(h->unlisted);
    efti_release(&efti_malloc, h->families, h->im->count * sizeof(*h->families));
    efti_release(&efti_malloc, h->counts, h->im->count * sizeof(*h->counts));
    EFTI_ARRAY_FREE(&efti_malloc, &h->unlisted_counts);
    EFTI_ARRAY_FREE(&efti_malloc, &h->forms);
    efti_bytes_free(&h->folded);
}

bool
hot_append(struct image *im, eft_text counts, struct efti_bytes *out)
{
    struct efti_bytes file;
    struct hot h;

    if (counts.size == 0)
        return true;
    efti_bytes_init(&file, &efti_malloc); /* `out` moves while it grows */
    efti_put(&file, out->data, out->size);
    bool ok =
        !file.failed && hot_open(&h, im, &file) && read_counts(&h, counts) && gather(&h);
    if (ok && h.forms.count > 0) {
        qsort(h.forms.items, h.forms.count, sizeof(*h.forms.items), by_score);
        ok = put_hot(&h, h.forms.count < HOT_FORMS ? h.forms.count : HOT_FORMS, out);
    }
    if (!file.failed)
        hot_close(&h);
    efti_bytes_free(&file);
    return ok;
}
