/*
 * image_write.c - the bytes of ordbok.efd (dictionary_format.h tells their order)
 *
 * The label of a stem is what a table prints for a term: among the forms with that stem
 * a headword if there is one, then the shortest, then the first by bytes. Only forms in
 * lower case give stems: a name must never become a label.
 */
#include "image.h"

#include "lexicons/dictionary.h"
#include "lexicons/dictionary_format.h"
#include "tokenizers/tokenizer.h"

#include <stdio.h>
#include <stdlib.h>

struct stem {
    const char *bytes;
    uint32_t size;
    const struct image_form *form;
    size_t letters;
};

struct stems {
    struct efti_strings *strings;
    EFTI_ARRAY(struct stem) items; /* beside strings: the best form so far */
};

void
image_pad(struct efti_bytes *out)
{
    while (out->size % 4 != 0)
        efti_put_char(out, 0);
}

void
image_set_field(struct efti_bytes *out, unsigned field, size_t value)
{
    if (value > UINT32_MAX)
        out->failed = true;
    if (!out->failed)
        efti_dict_put_le32((unsigned char *)out->data + 8 + 4 * field, (uint32_t)value);
}

bool
image_unhex(const char *hex, unsigned char out[32])
{
    for (size_t i = 0; i < 64; i++) {
        char c = hex[i];
        unsigned digit = c >= 'a' ? (unsigned)(c - 'a') + 10 : (unsigned)(c - '0');
        if (digit > 15)
            return false;
        out[i / 2] = (unsigned char)(i % 2 == 0 ? digit << 4 : out[i / 2] | digit);
    }
    return true;
}

static void
put_record(struct efti_bytes *out, uint32_t number, const char *bytes, uint32_t size)
{
    efti_put_le32(out, number);
    efti_put_char(out, (char)size);
    efti_put_char(out, 0);
    efti_put(out, bytes, size);
    image_pad(out);
}

/* ------------------------------------------------------------------- indexes */

bool
image_index_new(struct image_index *ix, uint32_t records)
{
    ix->count = 16;
    ix->reach = 0;
    while (ix->count < records + records / 2) /* at most two thirds full */
        ix->count *= 2;
    ix->slots = efti_zalloc(&efti_malloc, ix->count, sizeof(*ix->slots));
    return ix->slots != NULL;
}

bool
image_index_add(struct image_index *ix, const char *bytes, size_t size, size_t record)
{
    uint64_t hash = efti_dict_hash(bytes, size);
    uint32_t steps = 1, at = (uint32_t)hash & (ix->count - 1);

    if (record / 4 >= 1u << 24)
        return false;
    for (; ix->slots[at] != 0; steps++)
        at = (at + 1) & (ix->count - 1);
    ix->slots[at] = (uint32_t)(hash >> 56) << 24 | (uint32_t)(record / 4);
    if (steps > ix->reach)
        ix->reach = steps;
    return true;
}

void
image_index_put(struct image_index *ix, struct efti_bytes *out, unsigned at_field,
                unsigned count_field, unsigned reach_field)
{
    image_set_field(out, at_field, out->size);
    image_set_field(out, count_field, ix->count);
    image_set_field(out, reach_field, ix->reach);
    for (uint32_t i = 0; i < ix->count; i++)
        efti_put_le32(out, ix->slots[i]);
    efti_release(&efti_malloc, ix->slots, ix->count * sizeof(*ix->slots));
    ix->slots = NULL;
}

/* --------------------------------------------------------------------- forms */

static size_t
form_size(const struct image_form *f)
{
    size_t base = f->flags & EFTI_DICT_HAS_BASE ? EFTI_DICT_BASE_SIZE : 0;
    return (EFTI_DICT_RECORD_SIZE + f->size + base + EFTI_DICT_KNOWN_BEHIND + 3) / 4 * 4;
}

/* Where each record will lie (a base may lie behind its forms), and how many of them are
 * listed. */
static uint32_t
place_forms(struct image *im)
{
    uint32_t listed = 0;
    size_t at = 4; /* so that no record lies at 0 */

    for (uint32_t i = 0; i < im->count; i++) {
        im->sorted[i].record = (uint32_t)at;
        at += form_size(&im->sorted[i]);
        listed += (im->sorted[i].flags & ~EFTI_DICT_HAS_BASE) != 0;
    }
    return listed;
}

static void
put_form(const struct image *im, const struct image_form *f, struct efti_bytes *out)
{
    efti_put_le32(out, f->flags);
    efti_put_char(out, (char)f->size);
    efti_put_char(out, (char)f->stem);
    efti_put(out, f->bytes, f->size);
    if (f->flags & EFTI_DICT_HAS_BASE) {
        uint32_t base = im->sorted[f->base].record / 4;
        for (unsigned i = 0; i < EFTI_DICT_BASE_SIZE; i++)
            efti_put_char(out, (char)(base >> (8 * i) & 0xFF));
    }
    for (unsigned i = 0; i < EFTI_DICT_KNOWN_BEHIND; i++) /* know.c fills it in */
        efti_put_char(out, 0);
    image_pad(out);
}

static bool
put_forms(struct image *im, struct efti_bytes *out)
{
    struct image_index ix;
    bool ok = image_index_new(&ix, im->count);
    size_t from = out->size;

    image_set_field(out, EFTI_DICT_F_FORM_COUNT, place_forms(im));
    image_set_field(out, EFTI_DICT_F_FORMS_AT, from);
    efti_put_le32(out, 0);
    for (uint32_t i = 0; ok && i < im->count; i++) {
        const struct image_form *f = &im->sorted[i];
        put_form(im, f, out);
        ok = image_index_add(&ix, f->bytes, f->size, f->record);
    }
    image_set_field(out, EFTI_DICT_F_FORMS_SIZE, out->size - from);
    if (ix.slots != NULL)
        image_index_put(&ix, out, EFTI_DICT_F_INDEX_AT, EFTI_DICT_F_INDEX_COUNT,
                        EFTI_DICT_F_INDEX_REACH);
    return ok;
}

/* --------------------------------------------------------------------- stems */

static bool
is_better_label(const struct stem *a, const struct stem *b)
{
    uint32_t a_head = a->form->flags & EFTI_DICT_HEAD;
    uint32_t b_head = b->form->flags & EFTI_DICT_HEAD;

    if (a_head != b_head)
        return a_head != 0;
    if (a->letters != b->letters)
        return a->letters < b->letters;
    return efti_compare(a->form->bytes, a->form->size, b->form->bytes, b->form->size) < 0;
}

/* The stem of a form is a beginning of it; one that is not is no stem of ours, nor would
 * the form table take it (vocab/analyse.c). */
static bool
stem_forms(struct image *im, unsigned char fingerprint[32])
{
    struct efti_stemmer *stemmer = NULL;
    bool ok = efti_stemmer_new(&efti_malloc, &stemmer, NULL) == EFT_OK;

    for (uint32_t i = 0; ok && i < im->count; i++) {
        struct image_form *f = &im->sorted[i];
        eft_text stem = efti_stem(stemmer, f->bytes, f->size);
        ok = stem.size > 0;
        if (ok && stem.size < f->size && memcmp(stem.bytes, f->bytes, stem.size) == 0)
            f->stem = (uint32_t)stem.size;
    }
    if (ok)
        ok = image_unhex(efti_stemmer_fingerprint(stemmer), fingerprint);
    efti_stemmer_free(stemmer);
    return ok;
}

static bool
note_stem(struct stems *stems, const struct image_form *form)
{
    bool added;
    size_t size = form->stem == 0 ? form->size : form->stem;

    uint32_t id = efti_strings_add(stems->strings, form->bytes, size, &added);
    if (id == EFTI_NOT_FOUND || (added && !EFTI_PUSH(&efti_malloc, &stems->items)))
        return false;
    eft_text kept = efti_strings_get(stems->strings, id);
    struct stem stem = {.bytes = kept.bytes,
                        .size = (uint32_t)kept.size,
                        .form = form,
                        .letters = efti_utf8_length(form->bytes, form->size)};
    if (added || is_better_label(&stem, &stems->items.items[id]))
        stems->items.items[id] = stem;
    return true;
}

static int
stem_by_bytes(const void *x, const void *y)
{
    const struct stem *a = x, *b = y;
    return efti_compare(a->bytes, a->size, b->bytes, b->size);
}

static bool
find_stems(struct image *im, struct stems *stems)
{
    bool ok = efti_strings_new(&efti_malloc, &stems->strings, NULL) == EFT_OK;

    for (uint32_t i = 0; ok && i < im->count; i++) {
        if (im->sorted[i].flags & EFTI_DICT_LOWER)
            ok = note_stem(stems, &im->sorted[i]);
    }
    if (ok && stems->items.count > 0)
        qsort(stems->items.items, stems->items.count, sizeof(*stems->items.items),
              stem_by_bytes);
    return ok;
}

static bool
put_stems(struct image *im, struct efti_bytes *out)
{
    struct stems stems = {0};
    struct image_index ix = {0};
    bool ok = find_stems(im, &stems) && image_index_new(&ix, (uint32_t)stems.items.count);
    size_t from = out->size;

    image_set_field(out, EFTI_DICT_F_STEM_COUNT, stems.items.count);
    image_set_field(out, EFTI_DICT_F_STEMS_AT, from);
    efti_put_le32(out, 0);
    for (size_t i = 0; ok && i < stems.items.count; i++) {
        const struct stem *s = &stems.items.items[i];
        ok = image_index_add(&ix, s->bytes, s->size, out->size - from);
        put_record(out, s->form->record, s->bytes, s->size);
    }
    image_set_field(out, EFTI_DICT_F_STEMS_SIZE, out->size - from);
    if (ix.slots != NULL)
        image_index_put(&ix, out, EFTI_DICT_F_STEM_INDEX_AT, EFTI_DICT_F_STEM_INDEX_COUNT,
                        EFTI_DICT_F_STEM_INDEX_REACH);
    EFTI_ARRAY_FREE(&efti_malloc, &stems.items);
    efti_strings_free(stems.strings);
    return ok;
}

/* --------------------------------------------------------------------- parts */

/* Classes that may stand before another part: the bits of a first or second part that
 * some join asks for. */
static uint32_t
classes_before(const uint32_t *joins)
{
    uint32_t classes = 0;

    for (uint32_t a = 0; a < EFTI_DICT_CLASSES; a++) {
        if (joins[a] != 0)
            classes |= 1u << a;
        for (uint32_t b = 0; b < EFTI_DICT_CLASSES; b++) {
            if (joins[EFTI_DICT_CLASSES + a * EFTI_DICT_CLASSES + b] != 0)
                classes |= 1u << a | 1u << b;
        }
    }
    return classes;
}

static bool
add_part(uint32_t *slots, uint32_t bits, uint64_t hash, uint32_t flags)
{
    size_t mask = ((size_t)1 << bits) - 1, at = efti_dict_part_slot(hash, bits);

    for (uint32_t steps = 0; steps < EFTI_DICT_PARTS_REACH;
         steps++, at = (at + 1) & mask) {
        if (slots[2 * at + 1] == 0) {
            slots[2 * at] = (uint32_t)(hash >> 32);
            slots[2 * at + 1] = flags;
            return true;
        }
    }
    return false; /* never with half of the slots free */
}

static bool
put_parts(const struct image *im, struct efti_bytes *out)
{
    uint32_t classes = classes_before(im->affixes->joins), bits = 5, count = 0;

    for (uint32_t i = 0; i < im->count; i++)
        count += (im->sorted[i].flags >> EFTI_DICT_CLASS_SHIFT & classes) != 0;
    while (bits < 24 && (size_t)1 << bits < 2 * (size_t)count)
        bits++;
    size_t words = 2 * ((size_t)1 << bits), bytes = (size_t)1 << bits;
    uint32_t *slots = efti_zalloc(&efti_malloc, words, sizeof(*slots));
    unsigned char *map = efti_zalloc(&efti_malloc, bytes, 1);
    bool ok = slots != NULL && map != NULL;
    for (uint32_t i = 0; i < im->count && ok; i++) {
        const struct image_form *f = &im->sorted[i];
        if ((f->flags >> EFTI_DICT_CLASS_SHIFT & classes) == 0)
            continue;
        uint64_t hash = efti_dict_hash(f->bytes, f->size);
        size_t bit = efti_dict_part_bit(hash, bits);
        map[bit / 8] |= (unsigned char)(1u << bit % 8);
        ok = add_part(slots, bits, hash, f->flags);
    }
    image_set_field(out, EFTI_DICT_F_PARTS_AT, out->size);
    image_set_field(out, EFTI_DICT_F_PARTS_BITS, bits);
    for (size_t i = 0; i < words && ok; i++)
        efti_put_le32(out, slots[i]);
    if (ok)
        efti_put(out, (const char *)map, bytes);
    efti_release(&efti_malloc, map, bytes);
    efti_release(&efti_malloc, slots, words * sizeof(*slots));
    return ok;
}

bool
image_write(struct image *im, const char *source, struct efti_bytes *out)
{
    static const unsigned char zeros[EFTI_DICT_HEADER_SIZE] = {0};
    unsigned char digest[32];

    efti_put(out, zeros, sizeof(zeros));
    if (out->failed)
        return false;
    memcpy(out->data, EFTI_DICT_MAGIC, 8);
    image_set_field(out, EFTI_DICT_F_VERSION, EFTI_DICT_VERSION);
    image_set_field(out, EFTI_DICT_F_JOINS_AT, out->size);
    for (size_t i = 0; i < EFTI_DICT_JOINS; i++)
        efti_put_le32(out, im->affixes->joins[i]);
    if (!stem_forms(im, (unsigned char *)out->data + EFTI_DICT_STEMMER_AT) ||
        !put_forms(im, out) || !put_stems(im, out) || !put_parts(im, out))
        return false;
    image_set_field(out, EFTI_DICT_F_SOURCE_AT, out->size);
    image_set_field(out, EFTI_DICT_F_SOURCE_SIZE, strlen(source));
    efti_put_text(out, source);
    efti_put_char(out, 0);
    image_pad(out);
    if (out->failed)
        return false;
    efti_sha256(out->data, out->size, digest);
    memcpy(out->data + EFTI_DICT_HASH_AT, digest, sizeof(digest));
    image_set_field(out, EFTI_DICT_F_SIZE, out->size);
    return true;
}
