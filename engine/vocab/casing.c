/*
 * casing.c - what the capitals of a word say
 *
 *     lower    trygghet          initial  Anna, Anna-Karin, O'Brien, Å
 *     upper    ANNA, LSS         mixed    iPad, IT-stöd, SIP:en, McDonald
 *
 * A capital is in its place at the start of the word and after a hyphen or apostrophe.
 * Combining marks and digits say nothing, so NFC and NFD spellings agree.
 *
 * Nine forms of ten are plain: small letters of ASCII and Latin-1, the first perhaps a
 * capital. For those one walk over the bytes tells casing and length, and folding them is
 * one letter (CaseFolding.txt: A-Z and À-Þ have their small letters 32 further on). ß
 * folds to two letters, × and ÷ are none; words with them are not plain.
 */
#include "vocab/internal.h"

static bool
begins_part(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011 || c == '\'' || c == 0x2019;
}

void
efti_form_casing(struct efti_form *form)
{
    uint32_t high = 0, low = 0, astray = 0;
    bool start = true, first_high = false, first = true;

    for (size_t at = 0; at < form->raw_size;) {
        uint32_t c = efti_utf8_next(form->raw, form->raw_size, &at);
        bool upper = efti_is_upper(c), lower = !upper && efti_is_lower(c);
        high += upper;
        low += lower;
        astray += upper && !start;
        if ((upper || lower) && first) {
            first_high = upper;
            first = false;
        }
        start = begins_part(c);
    }
    form->capitals = high > UINT8_MAX ? UINT8_MAX : (uint8_t)high;
    if (high == 0)
        form->casing = low > 0 ? EFTI_CASING_LOWER : EFTI_CASING_NONE;
    else if (low == 0)
        form->casing = high > 1 ? EFTI_CASING_UPPER : EFTI_CASING_INITIAL;
    else
        form->casing =
            first_high && astray == 0 ? EFTI_CASING_INITIAL : EFTI_CASING_MIXED;
}

static bool
is_plain_second(unsigned char c) /* behind C3: à-ÿ but ÷ */
{
    return c >= 0xA0 && c != 0xB7 && c < 0xC0;
}

bool
efti_form_plain(struct efti_form *form)
{
    const unsigned char *p = (const unsigned char *)form->raw;
    uint32_t size = form->raw_size, at = 0, letters = 1;
    bool capital = *p >= 'A' && *p <= 'Z';

    if (size > UINT16_MAX)
        return false;
    if (capital) {
        at = 1;
    } else if (size >= 2 && p[0] == 0xC3 && p[1] >= 0x80 && p[1] <= 0x9E &&
               p[1] != 0x97) {
        capital = true;
        at = 2;
    } else {
        letters = 0;
    }
    for (; at < size; letters++) {
        if (EFTI_LIKELY((uint32_t)p[at] - 'a' < 26U))
            at++;
        else if (p[at] == 0xC3 && at + 1 < size && is_plain_second(p[at + 1]))
            at += 2;
        else
            return false;
    }
    form->capitals = capital;
    form->casing = capital ? EFTI_CASING_INITIAL : EFTI_CASING_LOWER;
    form->code_points = (uint16_t)letters;
    return true;
}
