/*
 * icu_words.c - words as ICU's break iterator for Swedish has them
 */
#include "differential/icu_words.h"

#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

bool
icu_words_open(struct icu_words *w)
{
    UErrorCode code = U_ZERO_ERROR;

    *w = (struct icu_words){0};
    w->breaker = ubrk_open(UBRK_WORD, "sv", NULL, 0, &code);
    return U_SUCCESS(code);
}

void
icu_words_close(struct icu_words *w)
{
    ubrk_close(w->breaker);
    free(w->units);
    free(w->places);
    free(w->items);
    *w = (struct icu_words){0};
}

static bool
reserve(struct icu_words *w, size_t size)
{
    if (size <= w->room)
        return true;
    free(w->units);
    free(w->places);
    free(w->items);
    w->room = 0;
    w->units = malloc((size + 1) * sizeof(*w->units));
    w->places = malloc((size + 1) * sizeof(*w->places));
    w->items = malloc((size + 1) * sizeof(*w->items));
    if (w->units == NULL || w->places == NULL || w->items == NULL)
        return false;
    w->room = size;
    return true;
}

/* Written anew, so that a mistake is not made twice the same way. */
static bool
is_picture(UChar32 c, UChar32 next)
{
    if (u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR))
        return true;
    return u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) &&
           (c >= 0x2600 || next == 0xFE0F ||
            u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION));
}

static bool
has_picture(const char *bytes, uint32_t start, uint32_t end)
{
    for (uint32_t at = start; at < end;) {
        UChar32 c, next = 0;
        U8_NEXT((const uint8_t *)bytes, at, end, c);
        uint32_t peek = at;
        if (peek < end)
            U8_NEXT((const uint8_t *)bytes, peek, end, next);
        if (is_picture(c, next))
            return true;
    }
    return false;
}

static int32_t
to_utf16(struct icu_words *w, const char *bytes, size_t size)
{
    int32_t n = 0;

    for (uint32_t at = 0; at < size;) {
        UChar32 c;
        uint32_t place = at;
        U8_NEXT((const uint8_t *)bytes, at, (uint32_t)size, c);
        w->places[n] = place;
        if (c >= 0x10000) {
            w->units[n++] = U16_LEAD(c);
            w->places[n] = place;
            w->units[n++] = U16_TRAIL(c);
        } else {
            w->units[n++] = (UChar)c;
        }
    }
    w->places[n] = (uint32_t)size;
    return n;
}

bool
icu_words_find(struct icu_words *w, const char *bytes, size_t size)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t from, to;

    w->count = 0;
    if (!reserve(w, size))
        return false;
    if (size == 0)
        return true;
    ubrk_setText(w->breaker, w->units, to_utf16(w, bytes, size), &code);
    if (U_FAILURE(code))
        return false;
    from = ubrk_first(w->breaker);
    while ((to = ubrk_next(w->breaker)) != UBRK_DONE) {
        struct icu_word word = {w->places[from], w->places[to]};
        bool single =
            (unsigned char)bytes[word.start] < 0x80 && word.end - word.start == 1;
        if (ubrk_getRuleStatus(w->breaker) >= 100 ||
            (!single && has_picture(bytes, word.start, word.end)))
            w->items[w->count++] = word;
        from = to;
    }
    return true;
}
