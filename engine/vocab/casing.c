/*
 * casing.c - what the capitals of a word say
 *
 *     lower    trygghet          initial  Anna, Anna-Karin, O'Brien, Å
 *     upper    ANNA, LSS         mixed    iPad, IT-stöd, SIP:en, McDonald
 *
 * A capital is in its place at the start of the word and after a hyphen or apostrophe.
 * Combining marks and digits say nothing, so NFC and NFD spellings agree.
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
