/*
 * image.c - from expanded forms to the set that a dictionary holds
 *
 * Forms are folded and united: "Björn" and "björn" are one entry whose flags say in which
 * spellings it is a word. A spelling in lower case wins, since the other flags mean "only
 * with a capital". Left out as debris: forms with digits, slashes, blanks or other signs,
 * without a letter, or longer than 255 bytes. Forms with a hyphen at the end (IT-, TV-)
 * are kept as parts of compounds only.
 *
 * Parts of compounds come from ordinary words alone. A part that hunspell knows only with
 * a capital (Stockholms-) would make a name of a place or a person part of an "ordinary"
 * compound, and the veil leans on those (rule 8.1).
 */
#include "image.h"

#include "lexicons/dictionary.h"
#include "lexicons/dictionary_format.h"

#include <stdio.h>
#include <stdlib.h>

/* Words of one or two letters that join other words. hunspell-sv lists none of them as
 * parts, but words such as "elbil", "tåled", "ösamhälle" are ordinary. As an ending only
 * those that end no names of places (not -by, -å, -ek, -bo). */
static const struct {
    const char *word;
    uint32_t classes;
} short_parts[] = {
    {"bi", 1u << EFTI_DICT_CLASS_BEGIN},
    {"by", 1u << EFTI_DICT_CLASS_BEGIN},
    {"ek", 1u << EFTI_DICT_CLASS_BEGIN},
    {"el", 1u << EFTI_DICT_CLASS_BEGIN},
    {"is", 1u << EFTI_DICT_CLASS_BEGIN | 1u << EFTI_DICT_CLASS_END},
    {"ko", 1u << EFTI_DICT_CLASS_BEGIN},
    {"te", 1u << EFTI_DICT_CLASS_BEGIN | 1u << EFTI_DICT_CLASS_END},
    {"tå", 1u << EFTI_DICT_CLASS_BEGIN},
    {"å", 1u << EFTI_DICT_CLASS_BEGIN},
    {"ål", 1u << EFTI_DICT_CLASS_BEGIN},
    {"ö", 1u << EFTI_DICT_CLASS_BEGIN},
    {"öl", 1u << EFTI_DICT_CLASS_BEGIN | 1u << EFTI_DICT_CLASS_END},
};

bool
image_open(struct image *im, const struct affix_file *affixes)
{
    *im = (struct image){.affixes = affixes};
    efti_bytes_init(&im->folded, &efti_malloc);
    efti_bytes_init(&im->root, &efti_malloc);
    efti_bytes_init(&im->folded_root, &efti_malloc);
    return lemmas_open(&im->lemmas) &&
           efti_unicode_new(&efti_malloc, &im->unicode, NULL) == EFT_OK &&
           efti_strings_new(&efti_malloc, &im->forms, NULL) == EFT_OK;
}

void
image_close(struct image *im)
{
    efti_release(&efti_malloc, im->sorted, im->count * sizeof(*im->sorted));
    EFTI_ARRAY_FREE(&efti_malloc, &im->flags);
    efti_strings_free(im->forms);
    efti_unicode_free(im->unicode);
    lemmas_close(&im->lemmas);
    efti_bytes_free(&im->folded);
    efti_bytes_free(&im->root);
    efti_bytes_free(&im->folded_root);
}

/* Which spelling the dictionary knows, by its headword: "IT-chef" and "EU" are
 * written with capitals, "Anna-Karin" and "McDonald" are names. A hyphen starts a
 * new piece; a piece with a capital and a small letter makes a name, unless a piece
 * is all capitals. */
static uint32_t
spelling(eft_text root)
{
    bool capital = false, lower = false, name = false, acronym = false;

    for (size_t at = 0; at <= root.size;) {
        uint32_t c = at < root.size ? efti_utf8_next(root.bytes, root.size, &at) : '-';
        capital |= efti_is_upper(c);
        lower |= efti_is_lower(c);
        if (c != '-' && c != ':')
            continue;
        acronym |= capital && !lower;
        name |= capital && lower;
        capital = lower = false;
        if (c == ':' || at >= root.size)
            break; /* what follows a colon is an ending: EU:s */
    }
    return name ? EFTI_DICT_CAPITAL : acronym ? EFTI_DICT_ACRONYM : EFTI_DICT_LOWER;
}

static bool
is_clean(const char *bytes, size_t size)
{
    bool letter = false;

    for (size_t at = 0; at < size;) {
        bool first = at == 0;
        uint32_t c = efti_utf8_next(bytes, size, &at);
        if (efti_is_letter(c))
            letter = true;
        else if (first || (c != '-' && c != '\'' && c != ':' && c != '.'))
            return false;
    }
    return letter && size <= EFTI_DICT_FORM_MAX;
}

/* The headword of a form is folded once for all its forms. */
static bool
fold_root(struct image *im, eft_text root)
{
    if (efti_equal(im->root.data, im->root.size, root.bytes, root.size))
        return true;
    efti_bytes_clear(&im->root);
    efti_put(&im->root, root.bytes, root.size);
    return !im->root.failed && efti_fold(im->unicode, root.bytes, root.size,
                                         &im->folded_root, NULL) == EFT_OK;
}

/* A word tells its base; parts of compounds and mistakes have none. */
static bool
note_lemma(struct image *im, const struct word_form *form, uint32_t spelt)
{
    if (!form->word || im->folded.data[im->folded.size - 1] == '-')
        return true;
    if (!fold_root(im, form->root))
        return false;
    return lemmas_add(&im->lemmas, (eft_text){im->folded.data, im->folded.size},
                      (eft_text){im->folded_root.data, im->folded_root.size},
                      spelt == EFTI_DICT_CAPITAL);
}

bool
image_add(void *image, const struct word_form *form)
{
    struct image *im = image;
    uint32_t flags = form->word ? spelling(form->root) : 0;
    bool added;

    if (efti_fold(im->unicode, form->form.bytes, form->form.size, &im->folded, NULL) !=
        EFT_OK)
        return false;
    size_t size = im->folded.size;
    if (!is_clean(im->folded.data, size))
        return true;
    if (!note_lemma(im, form, flags))
        return false;
    if (form->word && form->is_root)
        flags |= EFTI_DICT_HEAD;
    if (form->forbidden)
        flags |= EFTI_DICT_FORBIDDEN;
    if (spelling(form->root) != EFTI_DICT_CAPITAL)
        flags |= form->classes << EFTI_DICT_CLASS_SHIFT;
    if (im->folded.data[size - 1] == '-')
        flags &= ~EFTI_DICT_PUBLIC;
    uint32_t id = efti_strings_add(im->forms, im->folded.data, size, &added);
    if (id == EFTI_NOT_FOUND)
        return false;
    if (added) {
        if (!EFTI_PUSH(&efti_malloc, &im->flags))
            return false;
        im->flags.items[id] = 0;
    }
    im->flags.items[id] |= flags;
    return true;
}

static uint32_t
short_classes(eft_text form)
{
    for (size_t i = 0; i < EFTI_COUNT(short_parts); i++) {
        if (efti_equal(form.bytes, form.size, short_parts[i].word,
                       strlen(short_parts[i].word)))
            return short_parts[i].classes;
    }
    return 0;
}

static uint32_t
settled(eft_text form, uint32_t flags)
{
    const uint32_t word = EFTI_DICT_LOWER | EFTI_DICT_CAPITAL | EFTI_DICT_ACRONYM;

    if (flags & EFTI_DICT_LOWER)
        flags &= ~(uint32_t)(EFTI_DICT_CAPITAL | EFTI_DICT_ACRONYM);
    if (flags & word)
        flags &= ~EFTI_DICT_FORBIDDEN; /* forbidden in lower case only: aftonbladet */
    if (efti_utf8_length(form.bytes, form.size) < EFTI_DICT_PART_LETTERS) {
        flags &= (1u << EFTI_DICT_CLASS_SHIFT) - 1;
        flags |= short_classes(form) << EFTI_DICT_CLASS_SHIFT;
    }
    uint32_t classes = flags >> EFTI_DICT_CLASS_SHIFT;
    flags &= ~(uint32_t)(EFTI_DICT_BEGIN | EFTI_DICT_MIDDLE | EFTI_DICT_END);
    if (classes & 1u << EFTI_DICT_CLASS_BEGIN)
        flags |= EFTI_DICT_BEGIN;
    if (classes & 1u << EFTI_DICT_CLASS_MIDDLE)
        flags |= EFTI_DICT_MIDDLE;
    if (classes & 1u << EFTI_DICT_CLASS_END)
        flags |= EFTI_DICT_END;
    return flags;
}

static uint64_t
prefix_of(const char *bytes, size_t size)
{
    uint64_t prefix = 0;

    for (size_t i = 0; i < 8; i++)
        prefix = prefix << 8 | (i < size ? (unsigned char)bytes[i] : 0);
    return prefix;
}

static int
by_bytes(const void *x, const void *y)
{
    const struct image_form *a = x, *b = y;

    if (a->prefix != b->prefix)
        return a->prefix < b->prefix ? -1 : 1;
    return efti_compare(a->bytes, a->size, b->bytes, b->size);
}

/* Words that only our lists know, and bases that are no form of the dictionary: they need
 * a record, but are not listed. */
static bool
add_own_words(struct image *im)
{
    for (uint32_t i = 0; i < im->lemmas.words.count; i++) {
        const struct lemma_word *w = &im->lemmas.words.items[i];
        bool is_form = (w->bits & (LEMMA_LISTED | LEMMA_NAME | LEMMA_OURS)) != 0;
        bool added = false;
        if (!is_form)
            continue;
        eft_text form = lemma_text(&im->lemmas, i),
                 base = lemma_text(&im->lemmas, w->base);
        for (int k = 0; k < 2; k++) {
            eft_text word = k == 0 ? form : base;
            uint32_t id = efti_strings_add(im->forms, word.bytes, word.size, &added);
            if (id == EFTI_NOT_FOUND || (added && !EFTI_PUSH(&efti_malloc, &im->flags)))
                return false;
            if (added)
                im->flags.items[id] = 0;
            im->flags.items[id] |= EFTI_DICT_HAS_BASE;
        }
    }
    return true;
}

static eft_text
base_of(const struct image *im, eft_text form)
{
    const struct lemmas *l = &im->lemmas;
    uint32_t id = efti_strings_find(l->strings, form.bytes, form.size);

    return id == EFTI_NOT_FOUND || l->words.items[id].base == LEMMA_NONE
               ? form
               : lemma_text(l, l->words.items[id].base);
}

uint32_t
image_place(const struct image *im, eft_text form)
{
    const struct image_form wanted = {.prefix = prefix_of(form.bytes, form.size),
                                      .bytes = form.bytes,
                                      .size = (uint32_t)form.size};
    const struct image_form *found =
        bsearch(&wanted, im->sorted, im->count, sizeof(wanted), by_bytes);

    return found == NULL ? EFTI_NOT_FOUND : (uint32_t)(found - im->sorted);
}

static bool
find_bases(struct image *im)
{
    for (uint32_t i = 0; i < im->count; i++) {
        struct image_form *f = &im->sorted[i];
        if ((f->flags & EFTI_DICT_HAS_BASE) == 0)
            continue;
        f->base = image_place(im, base_of(im, (eft_text){f->bytes, f->size}));
        if (f->base == EFTI_NOT_FOUND)
            return false;
    }
    return true;
}

bool
image_settle(struct image *im)
{
    if (!lemmas_settle(&im->lemmas) || !add_own_words(im))
        return false;
    uint32_t all = efti_strings_count(im->forms), kept = 0;
    struct image_form *forms = efti_zalloc(&efti_malloc, all, sizeof(*forms));

    if (forms == NULL)
        return false;
    for (uint32_t i = 0; i < all; i++) {
        eft_text form = efti_strings_get(im->forms, i);
        uint32_t flags = settled(form, im->flags.items[i]);
        if (flags == 0)
            continue;
        forms[kept++] = (struct image_form){.prefix = prefix_of(form.bytes, form.size),
                                            .bytes = form.bytes,
                                            .size = (uint32_t)form.size,
                                            .flags = flags};
    }
    qsort(forms, kept, sizeof(*forms), by_bytes);
    im->sorted =
        efti_resize(&efti_malloc, forms, all * sizeof(*forms), kept * sizeof(*forms));
    im->count = kept;
    return im->sorted != NULL && find_bases(im);
}
