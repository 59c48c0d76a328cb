/*
 * street_parts.c - how far an address reaches from its street
 *
 *   Drottning Kristinas  väg  12 B      , lgh 1203
 *   S:t Olofs            gata 11 och 13 , 2 tr ö g
 *   V.              Vallgatan 17–19       uppgång C
 *   words before       street number      door
 *
 * The words before are those of a quarter or size (Lilla, Norra, Sankt) and capitals; the
 * number has a letter of a staircase, or a second number; of doors there may be two. A
 * number that counts something is none: vägen 5 km, stigen 3 gånger.
 */
#include "veil/address.h"

/* 12, 12B, 12-14: one to four digits, then a letter or a second number. */
bool
efti_address_is_house_number(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = i < v->words.count ? address_word(v, i)->form : NULL;
    size_t digits = 0;

    if (f == NULL || address_word(v, i)->glue != VEIL_GLUE_SPACE)
        return false;
    while (digits < f->folded_size && f->folded[digits] >= '0' &&
           f->folded[digits] <= '9')
        digits++;
    if (digits == 0 || digits > 4)
        return false;
    if (digits == f->folded_size)
        return true;
    if (f->folded_size == digits + 1)
        return f->folded[digits] >= 'a' && f->folded[digits] <= 'z';
    return f->folded[digits] == '-' && f->folded_size <= digits + 6;
}

/* "vägen 5 km", "stigen 3 gånger": the number counts something. */
bool
efti_address_counts_something(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i + 1) && efti_veil_in(v, i + 1, GROUP_COUNTED_THINGS);
}

/* Does nothing stand behind that is counted: an end, a small word, a verb? */
bool
efti_address_counts_nothing(const struct efti_veil *v, size_t i)
{
    if (i >= v->words.count || !efti_veil_follows(v, i))
        return true;
    const struct veil_word *w = address_word(v, i);
    return w->form != NULL && ((w->form->lists & EFTI_LIST_FUNCTION) != 0 ||
                               (w->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0);
}

/* The letter of a staircase as a word of its own: B, not the words i, å, o, e. */
static bool
is_stair_letter(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = i < v->words.count ? address_word(v, i)->form : NULL;

    if (f == NULL || f->raw_size != 1 ||
        (address_word(v, i)->glue != VEIL_GLUE_SPACE &&
         address_word(v, i)->glue != VEIL_GLUE_STOP))
        return false;
    return (f->raw[0] >= 'A' && f->raw[0] <= 'H') ||
           (f->raw[0] != '\0' && strchr("abcdfgh", f->raw[0]) != NULL);
}

/* ", lgh 1203", ", 2 tr", " uppgång C": up to two of them; the last token. */
size_t
efti_address_door_after(const struct efti_veil *v, size_t last)
{
    for (int n = 0; n < 2; n++) {
        size_t i = last + 1;

        if (i >= v->words.count || (address_word(v, i)->glue != VEIL_GLUE_SPACE &&
                                    address_word(v, i)->glue != VEIL_GLUE_COMMA))
            break;
        bool near =
            efti_veil_follows(v, i + 1) || /* uppg. B */
            (i + 1 < v->words.count && address_word(v, i + 1)->glue == VEIL_GLUE_STOP);
        if (efti_veil_in(v, i, GROUP_FLOORS_IN_SHORT))
            last = i;
        else if (n > 0 && efti_veil_in(v, i, GROUP_OVER_YARD) &&
                 efti_veil_follows(v, i + 1) &&
                 efti_veil_in(v, i + 1, GROUP_YARD_IN_SHORT))
            last = i + 1; /* 4 tr ö g */
        else if ((efti_veil_is(v, i, VEIL_CLASS_DOOR) ||
                  efti_veil_in(v, i, GROUP_DOORS)) &&
                 near &&
                 (efti_address_is_house_number(v, i + 1) || is_stair_letter(v, i + 1)))
            last = i + 1;
        else if (efti_veil_is(v, i + 1, VEIL_CLASS_DOOR) && efti_veil_follows(v, i + 1) &&
                 address_word(v, i)->form != NULL &&
                 address_word(v, i)->form->kind == EFTI_NUMBER)
            last = i + 1;
        else
            break;
    }
    return last;
}

/* "N. Esplanaden 77", "V. Vallgatan 3": a quarter of the sky or a size by its letter. */
bool
efti_address_is_cut_part(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = address_token(v, i);

    return efti_veil_in(v, i, GROUP_CUT_PARTS) &&
           (address_word(v, i)->bits & VEIL_CAPITAL) != 0 &&
           (efti_veil_byte(v, t->end) == '.' || v->text.bytes[t->end - 1] == '.') &&
           t[1].start - t->end <= 2;
}

/* Lilla, Norra, Sankt before a street; or any capital in mid-sentence. */
size_t
efti_address_words_before(const struct efti_veil *v, size_t first)
{
    const size_t street = first;

    if (first > 0 && efti_address_is_cut_part(v, first - 1))
        return first - 1;
    for (int n = 0; n < 3 && first > 0 && efti_veil_follows(v, first); n++) {
        if (!efti_veil_in(v, first - 1, GROUP_PARTS_OF_STREET) &&
            !((address_word(v, first - 1)->bits & VEIL_CAPITAL) != 0 &&
              efti_veil_is_mid(v, first - 1) &&
              (address_word(v, first - 1)->bits & (VEIL_KEEP | VEIL_ROLE)) == 0))
            break;
        first--;
    }
    /* Drottning Kristinas väg at a start: the capitals of a name in the genitive */
    if (efti_veil_class(address_word(v, street)->bits) == VEIL_CLASS_STREET)
        for (int n = 0;
             n < 2 && first > 0 && efti_veil_follows(v, first) && first < street &&
             address_word(v, first - 1)->form != NULL &&
             (address_word(v, first - 1)->bits & VEIL_CAPITAL) != 0 &&
             (address_word(v, first - 1)->form->lists & EFTI_LIST_FUNCTION) == 0;
             n++)
            first--;
    return first;
}

/* landsvägen, ågatan: too common or too short for the list of shapes, so a capital in
 * mid-sentence or a postcode behind has to speak for it. */
bool
efti_address_ends_as_street(const struct efti_form *f)
{
    return efti_veil_ends_in(f, ENDS_STREETS, 1) &&
           !efti_veil_form_in(f, GROUP_NOT_STREETS);
}

/* Is token `i` a number, one dash and nothing else before it? */
static bool
is_after_dash(const struct efti_veil *v, size_t i)
{
    if (i >= v->words.count || address_word(v, i)->form == NULL ||
        address_word(v, i)->form->kind != EFTI_NUMBER ||
        address_word(v, i)->form->folded_size > 3)
        return false;
    size_t from = address_token(v, i - 1)->end, to = address_token(v, i)->start;
    return to > from && to - from <= 3 &&
           (efti_veil_byte(v, from) == '-' ||
            memcmp(v->text.bytes + from, "\xE2\x80", 2) == 0);
}

/* The staircase behind the number at `i`, and a second number: 11 och 13, 3 till 17. */
size_t
efti_address_last_number(const struct efti_veil *v, size_t i)
{
    if (is_stair_letter(v, i + 1))
        i++;
    if (is_after_dash(v, i + 1)) /* 17–19: a dash that the number does not hold */
        return is_stair_letter(v, i + 2) ? i + 2 : i + 1;
    if (efti_veil_follows(v, i + 1) && efti_veil_in(v, i + 1, GROUP_NUMBER_GOES_ON) &&
        efti_address_is_house_number(v, i + 2) &&
        !efti_address_counts_something(v, i + 2) &&
        (!efti_veil_follows(v, i + 3) || efti_address_counts_nothing(v, i + 3))) {
        i += 2;
        if (is_stair_letter(v, i + 1))
            i++;
    }
    return i;
}
