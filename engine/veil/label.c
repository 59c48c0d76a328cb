/*
 * label.c - may a label or an id be shown as it is?
 *
 * A label ("Barn och familj", "Vårdcentralen Eken") is a category value; PLACE and ORG
 * may stay in it, anything else hides all of it. It is one to a few words without a
 * sentence around them, so a capital at its start says nothing and frames are missing:
 * here every word must be ordinary or belong to a place or organisation that lists or
 * shape know. A word that nobody knows hides the label in any case (rule 8.11: a name
 * in a field), but for one that is shaped as a settlement, on no list of names, with a
 * word after it that only a place has: Nordby kommun, Sörby skola. Tjovaldgrens skola
 * is shaped as a surname and stays hidden. A name that is a word too hides a label that
 * it is alone in with a capital (Björn, but neither Maj nor Björnen), and one where
 * something is said to be its own (Stens grupp).
 *
 * What the user's own lists take out (deny list, roster) hides label and id, whatever
 * else is known of the words; a label that is allowed as PLACE or ORG is shown.
 *
 * An id stays when its letters can spell nobody's name: runs of at most three
 * Latin ones, or ordinary words; or all of it is a UUID or hexadecimal. A run of digits
 * that the number rules would hide in a text hides it here as well.
 */
#include "veil/find.h"
#include "veil/piece.h"

static eft_status
id_look(struct efti_veil *v, struct efti_tokenizer *tokenizer, eft_text text,
        struct efti_veiled *found, eft_error *err)
{
    eft_status st = efti_segment(tokenizer, text, &v->own, err);
    uint32_t flags = v->flags;

    if (st == EFT_OK)
        st = efti_forms_intern(v->forms, text, &v->own, err);
    if (st != EFT_OK)
        return st;
    v->flags |= EFTI_VEIL_ACCEPT_LANGUAGE; /* too short to tell */
    st = efti_veil_find(v, text, &v->own, found, err);
    v->flags = flags;
    return st;
}

static bool
word_may_show(const struct efti_form *f)
{
    if (f->kind == EFTI_NUMBER)
        return f->folded_size <= 5;
    if (f->kind == EFTI_CODE)
        return f->folded_size <= 5;
    if ((f->veil & (VEIL_KEEP | VEIL_PLACE | VEIL_HEAD | VEIL_ROLE)) != 0)
        return true;
    if ((f->veil & VEIL_GIVEN_1) != 0)
        return false;
    return (f->veil & VEIL_ORDINARY) != 0;
}

/* Does the word, or the word less a genitive, stand on the lists of given names? */
static bool
is_listed_given(const struct efti_veil *v, const char *folded, size_t size)
{
    return (efti_lists_word(v->lists, folded, size) &
            (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_ALSO_MID)) != 0;
}

/* Stens grupp, björns klass, Sten-gruppen: somebody's, though the name is a word. Without
 * a capital only before what has a leader, for "dags" and "livs" are words. */
static bool
belongs_to_a_name(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->own.tokens.items[i];
    const struct efti_form *f = efti_forms_get(v->forms, t->form);
    size_t base = efti_veil_without_genitive(f->folded, f->folded_size);
    const char *hyphen = memchr(f->folded, '-', f->folded_size);

    if (hyphen != NULL && (f->veil & VEIL_CAPITAL) != 0 &&
        is_listed_given(v, f->folded, (size_t)(hyphen - f->folded)))
        return true;
    return base < f->folded_size && i + 1 < v->own.tokens.count &&
           (f->veil & VEIL_PLACE) == 0 && is_listed_given(v, f->folded, base) &&
           ((f->veil & VEIL_CAPITAL) != 0 ||
            efti_veil_form_in(efti_forms_get(v->forms, t[1].form), GROUP_LED));
}

/* Björn: the whole label. */
static bool
is_name_alone_in_label(const struct efti_veil *v)
{
    if (v->own.tokens.count != 1) /* none: "-", which some write where there is no unit */
        return false;
    const struct efti_form *f = efti_forms_get(v->forms, v->own.tokens.items[0].form);

    return (f->veil & VEIL_CAPITAL) != 0 && (f->veil & VEIL_PLACE) == 0 &&
           efti_veil_class(f->veil) != VEIL_CLASS_MONTH &&
           is_listed_given(v, f->folded, f->folded_size);
}

/* A word inside a place or organisation: the lists must know the place, and no word of a
 * workplace may be a name (Familjehemmet Fatima, Enhet Tjovalda). */
static bool
name_may_show(const struct efti_span *s, const struct efti_form *f)
{
    if (s->rule == VEIL_RULE_OWN)
        return false;
    if (s->category == EFTI_PLACE)
        return (f->veil & VEIL_PLACE) != 0;
    if (s->category != EFTI_ORG)
        return false;
    return word_may_show(f) ||
           ((f->lists & EFTI_LIST_ANY_NAME) == 0 &&
            (f->shape == EFTI_SHAPE_SCHOOL || f->shape == EFTI_SHAPE_HOME ||
             f->shape == EFTI_SHAPE_ORG));
}

static bool
is_place_before_seat(const struct efti_veil *v, size_t at)
{
    const struct efti_token *t = &v->own.tokens.items[at];
    const struct efti_form *f = efti_forms_get(v->forms, t->form);

    return f->shape == EFTI_SHAPE_SETTLEMENT && (f->lists & EFTI_LIST_ANY_NAME) == 0 &&
           at + 1 < v->own.tokens.count &&
           efti_veil_form_in(efti_forms_get(v->forms, t[1].form), GROUP_SEATS);
}

static bool
all_words_may_show(struct efti_veil *v, const struct efti_veiled *found)
{
    size_t span = 0;

    if (is_name_alone_in_label(v))
        return false;
    for (size_t i = 0; i < v->own.tokens.count; i++) {
        const struct efti_token *t = &v->own.tokens.items[i];

        while (span < found->spans.count && found->spans.items[span].end <= t->start)
            span++;
        if (t->kind >= EFTI_EMAIL)
            return false;
        const struct efti_form *f = efti_forms_get(v->forms, t->form);
        bool inside =
            span < found->spans.count && found->spans.items[span].start < t->end;

        bool own = inside && found->spans.items[span].rule == VEIL_RULE_OWN;

        if (!inside && belongs_to_a_name(v, i))
            return false;
        if (!(inside ? name_may_show(&found->spans.items[span], f) : word_may_show(f)) &&
            (own || !is_place_before_seat(v, i)))
            return false;
    }
    return true;
}

/* All of it is an organisation or place that the user allows, and no list takes it
 * out. */
static bool
is_allowed_label(struct efti_veil *v, const struct efti_veiled *found)
{
    for (size_t i = 0; i < found->spans.count; i++)
        if (found->spans.items[i].rule == VEIL_RULE_OWN)
            return false;
    return efti_veil_allows_label(v, EFTI_ORG) || efti_veil_allows_label(v, EFTI_PLACE);
}

eft_status
efti_veil_label(struct efti_veil *v, struct efti_tokenizer *tokenizer, eft_text label,
                bool *visible, eft_error *err)
{
    struct efti_veiled found = {0};
    eft_status st;

    *visible = false;
    st = id_look(v, tokenizer, label, &found, err);
    if (st == EFT_OK)
        *visible = all_words_may_show(v, &found) || is_allowed_label(v, &found);
    efti_veiled_free(v->mem, &found);
    return st;
}

/* -------------------------------------------------------------------------- ids */

static bool
id_is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool
is_uuid(eft_text id)
{
    if (id.size != 36)
        return false;
    for (size_t i = 0; i < 36; i++) {
        bool line = i == 8 || i == 13 || i == 18 || i == 23;

        if (line ? id.bytes[i] != '-' : !id_is_hex(id.bytes[i]))
            return false;
    }
    return true;
}

/* Eight and more, with letters and digits; and no ten digits in a row. */
static bool
is_hexadecimal(eft_text id)
{
    size_t digits = 0, run = 0, longest = 0;

    for (size_t i = 0; i < id.size; i++) {
        if (!id_is_hex(id.bytes[i]))
            return false;
        if (id.bytes[i] <= '9') {
            digits++;
            run++;
            longest = run > longest ? run : longest;
        } else {
            run = 0;
        }
    }
    return id.size >= 8 && digits > 0 && digits < id.size && longest < 8;
}

static bool
is_letter_byte(char c)
{
    return (c & '\x80') != 0 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Three letters are a whole name where each is a syllable or a word. */
static bool
has_other_script(const char *bytes, size_t size)
{
    for (size_t at = 0; at < size;) {
        uint32_t c = efti_utf8_next(bytes, size, &at);

        if (c >= 0x370 && !(c >= 0x1E00 && c <= 0x1EFF) && efti_is_letter(c))
            return true;
    }
    return false;
}

/* A run of letters of Latin script: at most three, or an ordinary word that no name
 * list has. */
static eft_status
letters_may_stay(struct efti_veil *v, const char *bytes, size_t size, bool *may,
                 eft_error *err)
{
    eft_status st = efti_fold(v->unicode, bytes, size, &v->phrase, err);

    *may = false;
    if (st != EFT_OK || efti_veil_own_run(v, v->phrase.data, v->phrase.size))
        return st;
    if (efti_utf8_length(v->phrase.data, v->phrase.size) <= 3) {
        *may = !has_other_script(v->phrase.data, v->phrase.size);
        return EFT_OK;
    }
    uint32_t lists = efti_lists_word(v->lists, v->phrase.data, v->phrase.size);
    uint32_t dict = efti_dictionary_find(v->dictionary, v->phrase.data, v->phrase.size);
    if ((lists & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_ALSO_MID)) == 0)
        *may = (dict & EFTI_DICT_LOWER) != 0 ||
               (lists & (EFTI_LIST_FUNCTION | EFTI_LIST_FIELD | EFTI_LIST_KEEP)) != 0;
    return EFT_OK;
}

static eft_status
all_letters_may_stay(struct efti_veil *v, eft_text id, bool *keep, eft_error *err)
{
    size_t at = 0;

    *keep = true;
    while (at < id.size && *keep) {
        size_t end = at;

        while (end < id.size && is_letter_byte(id.bytes[end]))
            end++;
        if (end == at) {
            at++;
            continue;
        }
        eft_status st = letters_may_stay(v, id.bytes + at, end - at, keep, err);
        if (st != EFT_OK)
            return st;
        at = end;
    }
    return EFT_OK;
}

/* Would the number rules hide six digits or more of it? */
static eft_status
hides_digits(struct efti_veil *v, eft_text id, bool *hides, eft_error *err)
{
    struct efti_segments none = {0};

    *hides = false;
    v->text = id;
    v->segments = &none;
    v->words.count = v->digit_tokens.count = v->keys.count = 0;
    v->any_key = false;
    v->no_memory = false;
    v->digits.failed = false;
    v->found.count = 0;
    efti_veil_runs(v);
    efti_veil_runs_in(v, 0, id.size);
    if (!v->no_memory)
        efti_veil_numbers(v);
    for (size_t i = 0; i < v->found.count; i++) {
        size_t digits = 0;

        for (size_t k = v->found.items[i].start; k < v->found.items[i].end; k++)
            digits += id.bytes[k] >= '0' && id.bytes[k] <= '9';
        *hides = *hides || digits >= 6;
    }
    v->text = (eft_text){NULL, 0};
    v->segments = NULL;
    return v->no_memory ? efti_no_memory(err, "the digits of an id") : EFT_OK;
}

eft_status
efti_veil_id(struct efti_veil *v, struct efti_tokenizer *tokenizer, eft_text id,
             bool *keep, eft_error *err)
{
    bool hides, letters;
    eft_status st;

    (void)tokenizer; /* an id is no language: bytes are enough */
    *keep = false;
    if (is_uuid(id) || is_hexadecimal(id)) {
        *keep = true;
        return EFT_OK;
    }
    if (id.size == 0 || id.size > 256 || memchr(id.bytes, '@', id.size) != NULL)
        return EFT_OK;
    if ((st = hides_digits(v, id, &hides, err)) != EFT_OK ||
        (st = all_letters_may_stay(v, id, &letters, err)) != EFT_OK)
        return st;
    *keep = letters && !hides;
    return EFT_OK;
}
