/*
 * analyse.c - everything that is known of a form, found once
 *
 *     folded form ─► dictionary: flags, stem ─► lists, name shape ─► compound
 *
 * Whatever the dictionary lists comes with its stem, and its letters lie in the mapped
 * file, so that such a form needs neither Snowball nor memory for its folded form; its
 * hot part holds all the rest too. The stems of the file are used only if our stemmer is
 * the one that they were made with, and what the lists say only if ours are the same. Its
 * known part tells even what veil and patterns make of a form that is written as words
 * are, in small letters or behind one capital: three new forms in four.
 *
 * Strings are shared: a folded form that equals the raw one points at it, a raw form of
 * at most 13 bytes lies in the record itself. Longer ones are copied even if the file has
 * them: they are compared with every token of theirs, and lie side by side this way.
 */
#include "vocab/internal.h"

#define SOFT_HYPHENS_FROM 10u /* bytes of a folded form */

/* An abbreviation is folded to its canonical spelling, so that t ex and t.ex. are one. */
static eft_status
fold_abbreviation(struct efti_form_tools *t, const struct efti_form *form, eft_error *err)
{
    char letters[64];
    size_t n = 0;

    eft_status st = efti_fold(t->unicode, form->raw, form->raw_size, &t->folded, err);
    if (st != EFT_OK || t->lists == NULL || t->folded.size > sizeof(letters))
        return st;
    for (size_t i = 0; i < t->folded.size; i++) {
        const char *at = t->folded.data + i;
        size_t space = efti_space_size(at, t->folded.size - i);
        if (space > 0)
            i += space - 1;
        else if (*at != '.')
            letters[n++] = *at;
    }
    const struct efti_abbreviation *a = efti_lists_abbreviation(t->lists, letters, n);
    if (a == NULL)
        return EFT_OK;
    return efti_fold(t->unicode, a->canonical.bytes, a->canonical.size, &t->folded, err);
}

/* Any form: ICU where need be. */
static eft_status
fold_any(struct efti_form_tools *t, struct efti_form *form, eft_text *out, eft_error *err)
{
    efti_form_casing(form);
    eft_status st =
        form->kind == EFTI_ABBREVIATION
            ? fold_abbreviation(t, form, err)
            : efti_fold(t->unicode, form->raw, form->raw_size, &t->folded, err);
    if (st != EFT_OK)
        return st;
    /* nothing left: a token of marks that folding takes out stands for itself */
    *out = t->folded.size == 0 ? (eft_text){form->raw, form->raw_size}
                               : (eft_text){t->folded.data, t->folded.size};
    size_t letters = efti_utf8_length(out->bytes, out->size);
    form->code_points = letters > UINT8_MAX ? UINT8_MAX : (uint8_t)letters;
    return EFT_OK;
}

/* `bytes` where they stay: in the dictionary, or a copy. */
static const char *
keep_bytes(struct efti_form_tools *t, const char *bytes, size_t size, const char *listed)
{
    return listed != NULL ? listed : efti_arena_copy(&t->arena, bytes, size);
}

/* `same`: the form folds to itself. */
static eft_status
keep_strings(struct efti_form_tools *t, struct efti_form *form, eft_text folded,
             bool same, const char *listed, eft_error *err)
{
    form->raw = form->raw_size <= EFTI_FORM_HEAD
                    ? form->head
                    : efti_arena_copy(&t->arena, form->raw, form->raw_size);
    form->folded = same ? form->raw : keep_bytes(t, folded.bytes, folded.size, listed);
    form->folded_size = (uint32_t)folded.size;
    return form->raw == NULL || form->folded == NULL ? efti_no_memory(err, "a form")
                                                     : EFT_OK;
}

/* Words above 255 bytes are their own stem. */
static eft_status
stem_form(struct efti_form_tools *t, struct efti_form *form, eft_error *err)
{
    if (form->folded_size > UINT8_MAX)
        return EFT_OK;
    eft_text stem = efti_stem(t->stemmer, form->folded, form->folded_size);
    if (stem.size == 0)
        return efti_no_memory(err, "a stem");
    uint32_t same = stem.bytes == form->folded ? (uint32_t)stem.size : 0;
    while (same < stem.size && same < form->folded_size &&
           stem.bytes[same] == form->folded[same])
        same++; /* all of it, unless Snowball learns to change letters */
    form->stem_size = same == form->folded_size ? 0 : (uint8_t)same;
    return EFT_OK;
}

/* A compound that the dictionary does not list goes by the base form of its last part. */
static void
take_compound(struct efti_form *form, size_t last, uint32_t base)
{
    form->dict |= EFTI_DICT_COMPOUND;
    form->last_part = (uint8_t)last;
    if (form->base == 0 && base != 0)
        form->base = base | EFTI_FORM_BASE_LAST;
}

/* The hot part tells that a form is one. */
static void
take_told_compound(const struct efti_form_tools *t, struct efti_form *form, size_t last)
{
    struct efti_dictionary_word part;

    (void)efti_dictionary_look(t->dictionary, form->folded + last,
                               form->folded_size - last, &part);
    take_compound(form, last, part.base);
}

static void
find_compound(const struct efti_form_tools *t, struct efti_form *form)
{
    uint32_t base;
    size_t last;

    /* last_part is one byte: a compound of more is none that anybody shows */
    if (form->folded_size > UINT8_MAX ||
        !efti_dictionary_joined(t->dictionary, form->folded, form->folded_size, &last,
                                &base))
        return;
    take_compound(form, last, base);
}

/* In small letters, or behind one capital of ASCII or Latin-1: then nothing but the
 * folded form says what it is, soft hyphens between its letters or not. The walk of plain
 * letters has seen that nothing else was folded. */
static bool
is_written_as_words_are(const struct efti_form *form, eft_text folded)
{
    const unsigned char *raw = (const unsigned char *)form->raw;
    bool capital = form->casing == EFTI_CASING_INITIAL && form->capitals == 1 &&
                   (raw[0] == 0xC3 || (raw[0] >= 'A' && raw[0] <= 'Z'));

    if (form->casing != EFTI_CASING_LOWER && (!capital || form->code_points < 2))
        return false;
    /* rules on short forms count the bytes of soft hyphens too */
    return form->raw_size == folded.size || folded.size >= SOFT_HYPHENS_FROM;
}

static void
take_known(const struct efti_form_tools *t, const struct efti_form *form, eft_text folded,
           uint32_t number, struct efti_known *known)
{
    if (!t->engine_known || form->kind != EFTI_WORD ||
        (t->leave_out & (EFTI_FORM_KNOWN | EFTI_FORM_LISTS | EFTI_FORM_COMPOUND)) != 0 ||
        !is_written_as_words_are(form, folded) ||
        !efti_dictionary_known(t->dictionary, number, known))
        return;
    if (form->casing == EFTI_CASING_INITIAL)
        known->veil = known->capital;
}

/* The lists' answers: from the dictionary's file, or from the lists. */
static void
look_in_lists(const struct efti_form_tools *t, struct efti_form *form,
              const struct efti_dictionary_word *word, const struct efti_known *known)
{
    if (EFTI_LIKELY(known->number != 0)) {
        form->lists = known->lists;
        form->shape = known->shape;
        return;
    }
    if (word->told && t->lists_known) {
        form->lists = word->lists;
        form->shape = form->kind == EFTI_WORD ? word->shape : EFTI_SHAPE_NONE;
        return;
    }
    if (t->lists == NULL || (t->leave_out & EFTI_FORM_LISTS) != 0)
        return;
    form->lists = efti_lists_word(t->lists, form->folded, form->folded_size);
    if (form->kind == EFTI_WORD)
        form->shape =
            (uint8_t)efti_lists_shape(t->lists, form->folded, form->folded_size);
}

static void
look_up_form(const struct efti_form_tools *t, struct efti_form *form,
             const struct efti_dictionary_word *word, const struct efti_known *known)
{
    look_in_lists(t, form, word, known);
    form->dict = (uint16_t)(word->flags & ~(uint32_t)EFTI_DICT_COMPOUND);
    if ((form->lists & EFTI_LIST_FUNCTION) != 0)
        form->dict |= EFTI_DICT_FUNCTION;
    if (form->kind != EFTI_WORD || (t->leave_out & EFTI_FORM_COMPOUND) != 0)
        return;
    bool told = word->hot && t->lists_known;
    if (told && (word->flags & EFTI_DICT_COMPOUND) != 0)
        take_told_compound(t, form, word->last_part);
    else if (!told && form->dict == 0 && t->dictionary != NULL)
        find_compound(t, form);
}

eft_status
efti_form_analyse(struct efti_form_tools *t, struct efti_form *form,
                  const struct efti_new_form *early, struct efti_known *known_ahead,
                  eft_error *err)
{
    const struct efti_dictionary_word *word = &early->word;
    struct efti_dictionary_word looked_up;
    eft_text folded = {early->same ? form->raw : early->folded, early->size};
    bool known = early->listed, same = early->same;
    eft_status st = EFT_OK;

    known_ahead->number = known_ahead->set = 0;
    if (EFTI_LIKELY(early->size > 0)) {
        form->casing = early->casing;
        form->capitals = early->capitals;
        form->code_points = early->letters;
        take_known(t, form, folded, word->known, known_ahead);
    } else {
        if ((st = fold_any(t, form, &folded, err)) != EFT_OK)
            return st;
        word = &looked_up;
        known =
            efti_dictionary_look(t->dictionary, folded.bytes, folded.size, &looked_up);
        same = efti_equal(folded.bytes, folded.size, form->raw, form->raw_size);
    }
    st = keep_strings(t, form, folded, same, known ? word->bytes : NULL, err);
    form->base = word->base;
    if (st == EFT_OK && form->kind == EFTI_WORD) {
        if (known && t->stems_known)
            form->stem_size = word->stem_size;
        else
            st = stem_form(t, form, err);
    }
    if (st == EFT_OK)
        look_up_form(t, form, word, known_ahead);
    if (known_ahead->set != 0) /* analysers come when the group is through */
        efti_dictionary_prefetch_set(t->dictionary, known_ahead->set);
    if (form->base != 0 && (t->leave_out & EFTI_FORM_TERM) == 0)
        efti_dictionary_prefetch_record(t->dictionary, EFTI_FORM_BASE(form));
    return st;
}
