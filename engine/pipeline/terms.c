/*
 * terms.c - what a form counts as: its term, or the terms of its parts
 *
 *                     whole                    head           parts
 *     skolornas       skola                    skola          skola
 *     gatulamporna    gatulampa                lampa          gata, lampa
 *     familjehem      familjehem               hem            familj, hem
 *
 * A term is a base form, or a stem if the plan says so. Only a closed form has terms, and
 * a term must be closed itself, for it is what a table prints (rule 8.4): the base form
 * of a word may be another word, a name even. Where it is not closed, the form as it
 * stands is the term; where a part is not, the word counts whole. Whether a term is
 * closed is asked of the form table, which knows it as a form like any other.
 *
 * The first parts of a compound are written with links and without their last vowel
 * (arbets-, gatu-, skol-): what is left is looked for as it is, with the link, with -a
 * and -e and with its last letter twice (nat|tåg), in that order; before a link -s, -e
 * comes first (arbete, samhälle).
 */
#include "pipeline/pipeline.h"

#include "tokenizers/compounds.h"
#include "tokenizers/terms.h"

#define PIECE_MOST (EFTI_COMPOUND_BYTES + 2)

static eft_status
stem_to(struct efti_worker *w, const char *folded, size_t size, eft_error *err)
{
    eft_text stem = efti_stem(efti_forms_stemmer(w->forms), folded, size);

    efti_bytes_clear(&w->term);
    efti_put(&w->term, stem.bytes, stem.size);
    return stem.size == 0 || w->term.failed ? efti_no_memory(err, "a term") : EFT_OK;
}

/* The term of a word into w->term, closed or not. */
static eft_status
term_to(struct efti_worker *w, const char *folded, size_t size, eft_error *err)
{
    if (w->plan->terms == EFT_TERMS_STEM)
        return stem_to(w, folded, size, err);
    return efti_term(w->plan->dictionary, efti_forms_stemmer(w->forms), folded, size,
                     &w->term) == EFTI_TERM_NONE
               ? efti_no_memory(err, "a term")
               : EFT_OK;
}

/* The base form of a whole form, whose record says whether it is a compound. */
static enum efti_term_source
base_to(struct efti_worker *w, const struct efti_form *form)
{
    bool asked = (form->dict == 0 || (form->dict & EFTI_DICT_COMPOUND) != 0) &&
                 form->folded_size <= UINT8_MAX;

    return efti_term_seen(w->plan->dictionary, efti_forms_stemmer(w->forms), form->folded,
                          form->folded_size, asked ? form->last_part : SIZE_MAX,
                          &w->term);
}

eft_status
efti_worker_term(struct efti_worker *w, const struct efti_form *form, eft_text *out,
                 eft_error *err)
{
    *out = efti_form_stem(form);
    if (form->kind != EFTI_WORD || w->plan->terms == EFT_TERMS_STEM)
        return EFT_OK;
    if (base_to(w, form) == EFTI_TERM_NONE)
        return efti_no_memory(err, "a term");
    *out = (eft_text){w->term.data, w->term.size};
    return EFT_OK;
}

/* ------------------------------------------------------------------- what may show */

static bool
is_name(uint32_t lists)
{
    return (lists & (EFTI_LIST_ANY_NAME | EFTI_LIST_PLACE)) != 0;
}

/* A word in small letters that is on no list of names is closed: rule (a) of
 * match/forms.c. The dictionary itself says so of nearly all base forms. `told`: only if
 * it says so in the word's own record. */
static bool
is_ordinary_word(const struct efti_worker *w, eft_text word, bool told)
{
    const struct efti_dictionary *d = w->plan->dictionary;
    struct efti_dictionary_word found;
    struct efti_known known;

    if (!efti_dictionary_look(d, word.bytes, word.size, &found) ||
        (found.flags & EFTI_DICT_LOWER) == 0 || !efti_forms_lists_known(w->forms))
        return false;
    if (found.told || told)
        return found.told && !is_name(found.lists);
    return efti_dictionary_known(d, found.known, &known) && !is_name(known.lists);
}

static eft_status
is_closed_word(struct efti_worker *w, eft_text word, bool *closed, eft_error *err)
{
    uint32_t id;

    *closed = is_ordinary_word(w, word, false);
    if (*closed)
        return EFT_OK;
    eft_status st = efti_forms_word(w->forms, word, &id, err);
    *closed = st == EFT_OK && efti_forms_get(w->forms, id)->closed != 0;
    return st;
}

/* The base form of a closed compound: the same beginning before an ordinary word, so what
 * is left of rule (b) is that the whole has no name shape and is on no list of names. */
static bool
is_ordinary_compound(const struct efti_worker *w, const struct efti_form *form,
                     eft_text term)
{
    const struct efti_lists *lists = w->plan->lists;
    size_t last = form->last_part;

    if ((form->dict & EFTI_DICT_COMPOUND) == 0 || last == 0 || last >= term.size ||
        memcmp(term.bytes, form->folded, last) != 0)
        return false;
    return is_ordinary_word(w, (eft_text){term.bytes + last, term.size - last}, true) &&
           efti_lists_shape(lists, term.bytes, term.size) == EFTI_SHAPE_NONE &&
           (efti_lists_word(lists, term.bytes, term.size) &
            (EFTI_LIST_ANY_NAME | EFTI_LIST_PLACE)) == 0;
}

/* Is what a table would print for this term closed? A stem has the label of a whole word,
 * or is printed with "~" behind it: then it is the beginning of a closed form. `form`:
 * the closed form that it is the term of; NULL for a part. */
static eft_status
term_may_show(struct efti_worker *w, const struct efti_form *form, eft_text term,
              bool *may, eft_error *err)
{
    const struct efti_dictionary *d = w->plan->dictionary;
    bool word = w->plan->terms == EFT_TERMS_BASE;
    eft_text label = term;

    *may = word && is_ordinary_word(w, term, false);
    if (*may)
        return EFT_OK;
    word = word && efti_term_is_word(d, term.bytes, term.size);
    *may = word && form != NULL && is_ordinary_compound(w, form, term);
    if (*may)
        return EFT_OK;
    if (!word)
        label = efti_dictionary_label(d, term.bytes, term.size);
    *may = label.size == 0;
    return label.size == 0 ? EFT_OK : is_closed_word(w, label, may, err);
}

/* ------------------------------------------------------------------------ parts */

static bool
is_listed(const struct efti_worker *w, const char *bytes, size_t size)
{
    return efti_dictionary_base(w->plan->dictionary, bytes, size).size > 0;
}

/* The word that a first part stands for, in `buffer`; 0: none that is listed. `link`: how
 * many of its bytes are the link. */
static size_t
word_of_piece(const struct efti_worker *w, const char *piece, size_t size, size_t link,
              char buffer[PIECE_MOST])
{
    size_t bare = size - link;

    memcpy(buffer, piece, size);
    buffer[size] = '\0';
    if (is_listed(w, buffer, bare))
        return bare;
    if (is_listed(w, buffer, size))
        return size;
    const bool s = link > 0 && piece[size - 1] == 's';
    const char more[] = {s ? 'e' : 'a', s ? 'a' : 'e', bare > 0 ? buffer[bare - 1] : 'a'};
    for (size_t i = 0; i < sizeof(more); i++) {
        buffer[bare] = more[i];
        if (is_listed(w, buffer, bare + 1))
            return bare + 1;
    }
    return 0;
}

static eft_status
add_term(struct efti_form_terms *out, const struct efti_worker *w, eft_error *err)
{
    size_t n = w->term.size;

    if (out->count == EFTI_COMPOUND_PARTS || n > sizeof(out->letters) - out->used)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "a compound of too many parts");
    memcpy(out->letters + out->used, w->term.data, n);
    out->items[out->count++] = (eft_text){out->letters + out->used, n};
    out->used += n;
    return EFT_OK;
}

/* One part; *may false: it cannot stand alone, or not be shown. */
static eft_status
add_part(struct efti_worker *w, const char *piece, size_t size, size_t link, bool last,
         struct efti_form_terms *out, bool *may, eft_error *err)
{
    char buffer[PIECE_MOST];
    size_t n = last ? size : word_of_piece(w, piece, size, link, buffer);
    eft_status st;

    *may = false;
    if (n == 0)
        return EFT_OK;
    if ((st = term_to(w, last ? piece : buffer, n, err)) != EFT_OK ||
        (st = term_may_show(w, NULL, (eft_text){w->term.data, w->term.size}, may, err)) !=
            EFT_OK ||
        !*may)
        return st;
    return add_term(out, w, err);
}

/* The terms of the last part, or of all; none: the word counts whole. */
static eft_status
split_terms(struct efti_worker *w, const struct efti_form *form,
            struct efti_form_terms *out, eft_error *err)
{
    const struct efti_compounds compounds =
        efti_compounds_of(w->plan->dictionary, w->plan->lists, efti_forms_engine());
    struct efti_compound_parts p;
    bool may = true;
    eft_status st = EFT_OK;

    if (form->kind != EFTI_WORD ||
        !efti_compound_split(&compounds, form->folded, form->folded_size, &p))
        return EFT_OK;
    unsigned first = w->plan->compounds == EFT_COMPOUNDS_HEAD ? p.count - 1u : 0;
    for (unsigned i = first; i < p.count && may && st == EFT_OK; i++) {
        size_t from = i == 0 ? 0 : p.ends[i - 1];
        st = add_part(w, form->folded + from, p.ends[i] - from, p.link[i],
                      i + 1u == p.count, out, &may, err);
    }
    if (!may || st != EFT_OK)
        out->count = 0;
    return st;
}

/* ------------------------------------------------------------------- known bases */

/* A base form whose number the form's record holds: three in four forms, and for these no
 * word is looked up again. What follows says of each what the functions above would say
 * (term_may_show(), the base being what base_to() finds). */

#define TAIL_LETTERS 5 /* what efti_term() takes for a known last part of any word */
#define HEAD_LETTERS 2

/* The base form of the last part behind the same beginning. It is a word by its end
 * alone; then it may show if it has no name shape and stands on no list of names. */
static bool
known_compound(const struct efti_worker *w, const struct efti_form *form, eft_text base,
               uint32_t flags, struct efti_form_terms *out)
{
    const uint32_t ends = EFTI_DICT_LOWER | EFTI_DICT_END;
    const struct efti_lists *lists = w->plan->lists;
    size_t last = form->last_part, size = last + base.size;

    if (size > sizeof(out->letters) || (flags & ends) != ends ||
        efti_utf8_length(base.bytes, base.size) < TAIL_LETTERS ||
        efti_utf8_length(form->folded, last) < HEAD_LETTERS)
        return false;
    memcpy(out->letters, form->folded, last);
    memcpy(out->letters + last, base.bytes, base.size);
    out->items[0] = (eft_text){out->letters, size};
    return efti_lists_shape(lists, out->letters, size) == EFTI_SHAPE_NONE &&
           (efti_lists_word(lists, out->letters, size) &
            (EFTI_LIST_ANY_NAME | EFTI_LIST_PLACE)) == 0;
}

/* A base form that some list has: is that no list of names or places? The file tells. */
static bool
is_no_name(const struct efti_worker *w, const struct efti_form *form)
{
    const struct efti_dictionary *d = w->plan->dictionary;
    struct efti_known known;

    return efti_dictionary_known(d, efti_dictionary_record_known(d, EFTI_FORM_BASE(form)),
                                 &known) &&
           !is_name(known.lists);
}

/* A closed compound that is its own base form counts as it stands, whatever the lists
 * say of its last part. */
static bool
is_own_term(const struct efti_form *form, eft_text base)
{
    size_t last = form->last_part;

    return last + base.size == form->folded_size &&
           memcmp(form->folded + last, base.bytes, base.size) == 0;
}

/* False: not decided here. */
static bool
known_term(const struct efti_worker *w, const struct efti_form *form,
           struct efti_form_terms *out)
{
    const bool compound = (form->base & EFTI_FORM_BASE_LAST) != 0;
    uint32_t flags;
    bool quiet;

    if (form->base == 0 || form->kind != EFTI_WORD || w->plan->terms != EFT_TERMS_BASE ||
        form->folded[form->folded_size - 1] == '-')
        return false;
    eft_text base =
        efti_dictionary_record(w->plan->dictionary, EFTI_FORM_BASE(form), &flags, &quiet);
    out->count = 1;
    if (compound && base.size > 0 && is_own_term(form, base)) {
        out->items[0] = (eft_text){form->folded, form->folded_size};
        return true;
    }
    bool word = base.size > 0 && (flags & EFTI_DICT_LOWER) != 0 &&
                efti_forms_lists_known(w->forms);
    if (word && !compound && (quiet || is_no_name(w, form))) {
        out->base = form->base;
        out->items[0] = base;
        return true;
    }
    if (word && compound && (quiet || is_ordinary_word(w, base, true)) &&
        known_compound(w, form, base, flags, out))
        return true;
    out->count = 0;
    return false;
}

/* ------------------------------------------------------------------------ a form */

eft_status
efti_form_terms(struct efti_worker *w, const struct efti_form *form,
                struct efti_form_terms *out, eft_error *err)
{
    bool may;
    eft_text term;
    eft_status st;

    out->count = 0;
    out->used = 0;
    out->base = 0;
    if (form->closed == 0)
        return EFT_OK;
    if (w->plan->compounds != EFT_COMPOUNDS_WHOLE) {
        st = split_terms(w, form, out, err);
        if (st != EFT_OK || out->count > 0)
            return st;
    }
    if (known_term(w, form, out))
        return EFT_OK;
    if ((st = efti_worker_term(w, form, &term, err)) != EFT_OK)
        return st;
    may = w->plan->terms == EFT_TERMS_BASE &&
          efti_equal(term.bytes, term.size, form->folded, form->folded_size);
    if (!may && (st = term_may_show(w, form, term, &may, err)) != EFT_OK)
        return st;
    out->items[0] = may ? term : (eft_text){form->folded, form->folded_size};
    out->count = may || w->plan->terms == EFT_TERMS_BASE ? 1 : 0;
    return EFT_OK;
}
