/*
 * casing.c - what the capitals of a word say
 *
 *     lower    trygghet          initial  Anna, Anna-Karin, O'Brien, Å
 *     upper    ANNA, LSS         mixed    iPad, IT-stöd, SIP:en, McDonald
 *
 * A capital is in its place at the start of the word and after a hyphen or apostrophe.
 * Combining marks and digits say nothing, so NFC and NFD spellings agree.
 *
 * Nearly all forms have letters of ASCII and Latin-1 alone. For those one walk folds
 * (CaseFolding.txt: A-Z and À-Þ have their small letters 32 further on), sees the casing,
 * counts, and takes the hash by which the dictionary is asked. ß folds to two letters, ×
 * and ÷ are none; words with them are not plain.
 */
#include "vocab/internal.h"

#include "lexicons/dictionary_format.h"

static bool
begins_part(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011 || c == '\'' || c == 0x2019;
}

/* `in_place`: the first letter is a capital, and no capital stands inside a part. */
static uint8_t
casing_of(uint32_t high, bool low, bool in_place)
{
    if (high == 0)
        return low ? EFTI_CASING_LOWER : EFTI_CASING_NONE;
    if (!low)
        return high > 1 ? EFTI_CASING_UPPER : EFTI_CASING_INITIAL;
    return in_place ? EFTI_CASING_INITIAL : EFTI_CASING_MIXED;
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
    form->casing = casing_of(high, low > 0, first_high && astray == 0);
}

/* What a walk over plain letters has seen. */
struct plain_walk {
    uint32_t high;
    bool low, astray, first_high, met, start;
};

static inline void
see_capital(struct plain_walk *w)
{
    w->high++;
    w->astray |= !w->start;
    w->first_high |= !w->met;
    w->met = true;
    w->start = false;
}

/* The letter behind C3 at `c`; 0: none, or ß. */
static inline unsigned char
fold_second(struct plain_walk *w, unsigned char c)
{
    if (c < 0x80 || c > 0xBF || c == 0x97 || c == 0x9F || c == 0xB7)
        return 0;
    if (c < 0xA0) {
        see_capital(w);
        return c | 0x20;
    }
    w->low = w->met = true;
    w->start = false;
    return c;
}

static inline unsigned char
fold_ascii(struct plain_walk *w, unsigned char c)
{
    if ((uint32_t)c - 'A' < 26U) {
        see_capital(w);
        return c | 0x20;
    }
    w->start = c == '-' || c == '\'';
    return c;
}

bool
efti_fold_plain(const char *raw, size_t size, struct efti_new_form *out)
{
    const unsigned char *p = (const unsigned char *)raw;
    struct plain_walk w = {.start = true};
    uint64_t hash = EFTI_DICT_HASH_START;
    uint32_t letters = 0;

    if (size > EFTI_NEW_FORM_BYTES)
        return false;
    for (size_t at = 0; at < size; at++, letters++) {
        unsigned char c = p[at];
        if (EFTI_LIKELY((uint32_t)c - 'a' < 26U)) {
            w.low = w.met = true;
            w.start = false;
        } else if (c < 0x80) {
            c = fold_ascii(&w, c);
        } else {
            if (c != 0xC3 || at + 1 == size || (c = fold_second(&w, p[at + 1])) == 0)
                return false;
            out->folded[at++] = '\xC3';
            hash = efti_dict_hash_add(hash, '\xC3');
        }
        out->folded[at] = (char)c;
        hash = efti_dict_hash_add(hash, (char)c);
    }
    out->hash = efti_dict_hash_end(hash);
    out->size = (uint8_t)size;
    out->letters = (uint8_t)letters;
    out->capitals = (uint8_t)w.high;
    out->casing = casing_of(w.high, w.low, w.first_high && !w.astray);
    return true;
}
