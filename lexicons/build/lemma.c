/*
 * lemma.c - forms and headwords, and questions about them
 *
 *   skolorna  <-  skola        a pair: this form, by this headword
 *
 * A form may have several headwords (ringar: ring, ringa), a headword many forms (its
 * paradigm). Both directions are ranges in two sorted copies of the pairs.
 *
 * Affix rules that make another word are undone here: hunspell derives "betalare",
 * "betalande" and "betalandet" from betala, but those are words of their own, and the
 * form belongs to "betalare" or "betalande".
 */
#include "lemma.h"

#include "lexicons/dictionary_format.h"
#include "text/unicode.h"

#include <stdlib.h>

bool
lemmas_open(struct lemmas *l)
{
    *l = (struct lemmas){0};
    return efti_strings_new(&efti_malloc, &l->strings, NULL) == EFT_OK;
}

void
lemmas_close(struct lemmas *l)
{
    efti_release(&efti_malloc, l->by_base, l->by_base_count * sizeof(*l->by_base));
    EFTI_ARRAY_FREE(&efti_malloc, &l->by_form);
    EFTI_ARRAY_FREE(&efti_malloc, &l->words);
    EFTI_ARRAY_FREE(&efti_malloc, &l->apart);
    efti_strings_free(l->strings);
}

uint32_t
lemmas_word(struct lemmas *l, const char *bytes, size_t size)
{
    bool added;
    uint32_t id = efti_strings_add(l->strings, bytes, size, &added);

    if (id == LEMMA_NONE || (added && !EFTI_PUSH(&efti_malloc, &l->words))) {
        l->failed = true;
        return LEMMA_NONE;
    }
    if (added)
        l->words.items[id] = (struct lemma_word){.row = LEMMA_NONE,
                                                 .end_row = LEMMA_NONE,
                                                 .join = LEMMA_NONE,
                                                 .base = LEMMA_NONE};
    return id;
}

/* ------------------------------------------------------------- other words */

static bool
begins(eft_text word, const char *start)
{
    size_t n = strlen(start);
    return word.size >= n && memcmp(word.bytes, start, n) == 0;
}

static bool
equals(eft_text word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (efti_equal(word.bytes, word.size, list[i], strlen(list[i])))
            return true;
    }
    return false;
}

/* What the suffix of a form made of its headword: bytes of the suffix that belong to the
 * new word; 0: an inflected form of the headword. */
static size_t
derived_bytes(eft_text root, eft_text suffix)
{
    static const char *const participle[] = {"nde",   "ndes",  "ndet",
                                             "ndets", "ndena", "ndenas"};
    static const char *const agent[] = {"re", "ren", "rens", "res", "rna", "rnas"};
    char last = root.bytes[root.size - 1];

    if (equals(suffix, participle, EFTI_COUNT(participle)))
        return 3;
    if (begins(suffix, "ende"))
        return 4;
    if (last == 'a' && equals(suffix, agent, EFTI_COUNT(agent)))
        return 2;
    if (begins(suffix, "isk") && suffix.size <= 4)
        return 3;
    if (begins(suffix, "sbo"))
        return 3;
    if (begins(suffix, "bo") && suffix.size <= 7)
        return 2;
    if (begins(suffix, "del") && last == 'e')
        return 3;
    return 0;
}

/* betalande, betalarna (from betala): the word that the form belongs to. */
static uint32_t
other_word(struct lemmas *l, eft_text form, eft_text root)
{
    char bytes[2 * EFTI_DICT_FORM_MAX];

    if (form.size <= root.size || memcmp(form.bytes, root.bytes, root.size) != 0)
        return LEMMA_NONE;
    eft_text suffix = {form.bytes + root.size, form.size - root.size};
    size_t more = derived_bytes(root, suffix);
    if (more == 0)
        return LEMMA_NONE;
    memcpy(bytes, form.bytes, root.size + more);
    if (begins(suffix, "rna")) /* betala+rna: betalare */
        bytes[root.size + 1] = 'e';
    return lemmas_word(l, bytes, root.size + more);
}

/* A name is its own base, less a genitive -s; what else hunspell derives from names is
 * another name (Fredrik from Fredrika). */
static eft_text
root_of_name(eft_text form, eft_text root)
{
    bool genitive = form.size > root.size && form.bytes[form.size - 1] == 's' &&
                    (form.size == root.size + 1 ||
                     (form.size == root.size + 2 && form.bytes[root.size] == ':')) &&
                    memcmp(form.bytes, root.bytes, root.size) == 0;
    return genitive ? root : form;
}

bool
lemmas_add(struct lemmas *l, eft_text form, eft_text root, bool name)
{
    uint32_t f, b = LEMMA_NONE;

    while (root.size > 1 &&
           (root.bytes[root.size - 1] == '-' || root.bytes[root.size - 1] == ':'))
        root.size--; /* EU- is listed as a part; the word is EU */
    bool same = efti_equal(form.bytes, form.size, root.bytes, root.size);
    f = lemmas_word(l, form.bytes, form.size);
    if (f == LEMMA_NONE)
        return false;
    l->words.items[f].bits |= name ? LEMMA_NAME : LEMMA_LISTED;
    if (root.size == 1 && !same)
        return true; /* no form of a letter (f, fas); å and ö have two bytes */
    if (name)
        root = root_of_name(form, root);
    else if (!same)
        b = other_word(l, form, root);
    if (b == LEMMA_NONE)
        b = lemmas_word(l, root.bytes, root.size);
    if (b == LEMMA_NONE || !EFTI_PUSH(&efti_malloc, &l->by_form))
        return false;
    l->by_form.items[l->by_form.count - 1] = (struct lemma_pair){f, b, name};
    if (same && !name)
        l->words.items[f].bits |= LEMMA_ROOT;
    return true;
}

/* ------------------------------------------------------------------ ranges */

static int
pair_by_form(const void *x, const void *y)
{
    const struct lemma_pair *a = x, *b = y;

    if (a->form != b->form)
        return a->form < b->form ? -1 : 1;
    if (a->name != b->name)
        return a->name ? 1 : -1; /* so that the ordinary one stays of two alike */
    return a->base < b->base ? -1 : a->base > b->base;
}

static int
pair_by_base(const void *x, const void *y)
{
    const struct lemma_pair *a = x, *b = y;

    if (a->base != b->base)
        return a->base < b->base ? -1 : 1;
    return a->form < b->form ? -1 : a->form > b->form;
}

/* A form that is an ordinary word has no readings as a name. */
static void
drop_doubles(struct lemmas *l)
{
    struct lemma_pair *p = l->by_form.items;
    size_t kept = 0;

    for (size_t i = 0; i < l->by_form.count; i++) {
        bool again = kept > 0 && p[kept - 1].form == p[i].form;
        if (again && p[i].name && !p[kept - 1].name)
            continue;
        if (again && p[kept - 1].base == p[i].base)
            continue;
        p[kept++] = p[i];
    }
    l->by_form.count = kept;
}

static bool
index_bases(struct lemmas *l)
{
    if (l->by_form.count == 0)
        return true;
    qsort(l->by_form.items, l->by_form.count, sizeof(*l->by_form.items), pair_by_form);
    drop_doubles(l);
    size_t bytes = l->by_form.count * sizeof(*l->by_base);
    l->by_base = efti_alloc(&efti_malloc, bytes);
    if (l->by_base == NULL)
        return false;
    l->by_base_count = l->by_form.count;
    memcpy(l->by_base, l->by_form.items, bytes);
    qsort(l->by_base, l->by_base_count, sizeof(*l->by_base), pair_by_base);
    for (size_t i = 0; i < l->by_form.count; i++) {
        struct lemma_word *f = &l->words.items[l->by_form.items[i].form];
        struct lemma_word *b = &l->words.items[l->by_base[i].base];
        if (f->bases++ == 0)
            f->bases_at = (uint32_t)i;
        if (b->forms++ == 0)
            b->forms_at = (uint32_t)i;
    }
    return true;
}

/* --------------------------------------------------------------- questions */

eft_text
lemma_text(const struct lemmas *l, uint32_t word)
{
    return efti_strings_get(l->strings, word);
}

bool
lemma_ends(const struct lemmas *l, uint32_t word, const char *end)
{
    eft_text w = lemma_text(l, word);
    size_t n = strlen(end);

    return w.size > n && memcmp(w.bytes + w.size - n, end, n) == 0;
}

uint32_t
lemma_with(const struct lemmas *l, uint32_t word, size_t cut, const char *add)
{
    char bytes[EFTI_DICT_FORM_MAX + 16];
    eft_text w = lemma_text(l, word);
    size_t n = strlen(add);

    if (cut >= w.size || w.size - cut + n > sizeof(bytes))
        return LEMMA_NONE;
    memcpy(bytes, w.bytes, w.size - cut);
    memcpy(bytes + w.size - cut, add, n);
    return efti_strings_find(l->strings, bytes, w.size - cut + n);
}

uint32_t
lemma_swap(const struct lemmas *l, uint32_t word, const char *from, const char *to)
{
    return lemma_ends(l, word, from) ? lemma_with(l, word, strlen(from), to) : LEMMA_NONE;
}

bool
lemma_is(const struct lemmas *l, uint32_t word, uint32_t bits)
{
    return word != LEMMA_NONE && (l->words.items[word].bits & bits) != 0;
}

bool
lemma_listed(const struct lemmas *l, uint32_t word, const char *from, const char *to)
{
    return lemma_is(l, lemma_swap(l, word, from, to), LEMMA_LISTED);
}

bool
lemma_has(const struct lemmas *l, uint32_t base, uint32_t form)
{
    if (base == LEMMA_NONE || form == LEMMA_NONE)
        return false;
    const struct lemma_word *w = &l->words.items[form];
    for (uint32_t i = 0; i < w->bases; i++) {
        if (l->by_form.items[w->bases_at + i].base == base)
            return true;
    }
    return false;
}

bool
lemma_has_swap(const struct lemmas *l, uint32_t base, const char *from, const char *to)
{
    return lemma_has(l, base, lemma_swap(l, base, from, to));
}

bool
lemma_is_tiny(const struct lemmas *l, uint32_t word)
{
    const struct lemma_word *w = &l->words.items[word];
    const uint32_t allowed[] = {word, lemma_with(l, word, 0, "s"),
                                lemma_with(l, word, 0, "-"), lemma_with(l, word, 0, "as"),
                                lemma_with(l, word, 0, "es")};

    for (uint32_t i = 0; i < w->forms; i++) {
        uint32_t form = l->by_base[w->forms_at + i].form;
        bool known = false;
        for (size_t k = 0; k < EFTI_COUNT(allowed); k++)
            known |= form == allowed[k];
        if (!known)
            return false;
    }
    return true;
}

uint32_t
lemma_top(const struct lemmas *l, uint32_t word)
{
    /* A chain of joins is short (given -> giva -> ge); the bound ends a circle. */
    for (int i = 0; i < 8 && l->words.items[word].join != LEMMA_NONE; i++)
        word = l->words.items[word].join;
    return word;
}

bool
lemma_kept_apart(const struct lemmas *l, uint32_t word, uint32_t other)
{
    if (!lemma_is(l, word, LEMMA_APART))
        return false;
    for (size_t i = 0; i < l->apart.count; i++) {
        if (l->apart.items[i].word == word && l->apart.items[i].other == other)
            return true;
    }
    return false;
}

bool
lemmas_settle(struct lemmas *l)
{
    if (l->failed || !index_bases(l))
        return false;
    lemmas_classify(l);
    lemmas_join(l);
    lemmas_choose(l);
    return true;
}
