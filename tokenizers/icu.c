/*
 * icu.c - word boundaries by ICU's Swedish rules, for what scan.c does not know
 *
 * The piece is turned into UTF-16 with the byte of every unit beside it: a UText over
 * UTF-8 needs no copy but is slower (facts/performance.md, section 2). The rules must be
 * the Swedish ones, in which a colon joins letters (EU:s); a silent fallback to the root
 * would change every count, so it is an error. ICU tells of a fallback by a warning, and
 * since packages differ in what they strip, behaviour is tried as well.
 */
#include "tokenizers/internal.h"

#include <assert.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

static_assert(sizeof(UChar) == sizeof(uint16_t), "a UChar is one UTF-16 unit");

static eft_status
icu_failed(eft_error *err, UErrorCode code)
{
    if (code == U_MEMORY_ALLOCATION_ERROR)
        return efti_no_memory(err, "a break iterator");
    return efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET,
                     "ICU word break failed (code %d)", (int)code);
}

static bool
is_swedish(UBreakIterator *it)
{
    static const UChar probe[] = {'E', 'U', ':', 's', ' ', '3', ':', 'e'};
    UErrorCode code = U_ZERO_ERROR;

    ubrk_setText(it, probe, (int32_t)EFTI_COUNT(probe), &code);
    if (U_FAILURE(code))
        return false;
    return ubrk_first(it) == 0 && ubrk_next(it) == 4 && ubrk_next(it) == 5 &&
           ubrk_next(it) == 6;
}

/* ICU loads the properties of emoji when they are first asked for. If memory is short
 * just then it says "no" to all, without a status, for as long as the process lives. */
static bool
knows_emoji(void)
{
    return u_hasBinaryProperty(0x1F642, UCHAR_EXTENDED_PICTOGRAPHIC);
}

/* ICU 72 looks up the default locale on the way; short of memory it there follows a null
 * pointer, or waits for a lock that it holds. So what it takes at most (some 100 KiB) is
 * taken and given back before. */
static bool
has_room(void)
{
    const size_t need = (size_t)1 << 20;
    void *block = efti_alloc(&efti_malloc, need);

    efti_release(&efti_malloc, block, need);
    return block != NULL;
}

eft_status
efti_icu_open(struct efti_tokenizer *t, eft_error *err)
{
    UErrorCode code = U_ZERO_ERROR;

    if (!has_room())
        return efti_no_memory(err, "word breaks");
    UBreakIterator *it = ubrk_open(UBRK_WORD, "sv", NULL, 0, &code);
    if (U_FAILURE(code))
        return icu_failed(err, code);
    if (code == U_USING_DEFAULT_WARNING || !is_swedish(it)) {
        ubrk_close(it);
        return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET,
                         "this ICU has no Swedish word break rules");
    }
    t->breaker = it;
    return knows_emoji() ? EFT_OK : efti_no_memory(err, "the properties of emoji");
}

void
efti_icu_close(struct efti_tokenizer *t)
{
    if (t->breaker != NULL)
        ubrk_close(t->breaker);
    t->breaker = NULL;
}

/* Pictographs: those that are shown as pictures. Below U+2600 there are signs of ordinary
 * typography among them (© ® ™ ▪ ↔), which count only with U+FE0F behind. */
static uint32_t
pictograph_bit(UChar32 c, UChar32 next)
{
    if (u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR))
        return RAW_PICT;
    if (!u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC))
        return 0;
    if (c >= 0x2600 || next == 0xFE0F || u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION))
        return RAW_PICT;
    return 0;
}

static uint32_t
bits_of(UChar32 c, UChar32 next)
{
    switch (c) {
    case '.': return RAW_DOT;
    case ':': return RAW_COLON;
    case '@': return RAW_AT | RAW_LETTER;
    case 0x20E3: return RAW_KEYCAP;
    default: break;
    }
    if (u_isalpha(c))
        return RAW_LETTER;
    if (u_isdigit(c))
        return RAW_DIGIT;
    if (c < 0x80)
        return RAW_MARK;
    /* Thai vowels, kana marks and the like: words to ICU, so letters to us */
    if (u_hasBinaryProperty(c, UCHAR_ALPHABETIC))
        return RAW_LETTER | RAW_MARK;
    return RAW_MARK | pictograph_bit(c, next);
}

uint32_t /* NOLINTNEXTLINE(readability-function-size): the macros of ICU count as ours */
efti_raw_bits(const char *bytes, uint32_t start, uint32_t end)
{
    const uint8_t *p = (const uint8_t *)bytes;
    uint32_t bits = 0, at = start;

    while (at < end) {
        UChar32 c, next = 0;
        U8_NEXT_UNSAFE(p, at, c);
        if (at < end)
            U8_GET_UNSAFE(p, at, next);
        bits |= bits_of(c, next);
    }
    return bits;
}

static bool
to_utf16(struct efti_tokenizer *t, eft_text text, uint32_t start, uint32_t end)
{
    const uint8_t *p = (const uint8_t *)text.bytes;
    size_t n = 0, most = (size_t)(end - start) + 1;

    if (!EFTI_ARRAY_RESERVE(t->mem, &t->units, most) ||
        !EFTI_ARRAY_RESERVE(t->mem, &t->places, most))
        return false;
    for (uint32_t at = start; at < end;) {
        UChar32 c;
        uint32_t place = at;
        U8_NEXT_UNSAFE(p, at, c);
        t->places.items[n] = place;
        if (c < 0x10000) {
            t->units.items[n++] = (uint16_t)c;
        } else {
            t->units.items[n++] = (uint16_t)(0xD7C0 + (c >> 10));
            t->places.items[n] = place;
            t->units.items[n++] = (uint16_t)(0xDC00 | (c & 0x3FF));
        }
    }
    t->places.items[n] = end;
    t->units.count = t->places.count = n;
    return true;
}

eft_status
efti_icu_segment(struct efti_tokenizer *t, eft_text text, uint32_t start, uint32_t end,
                 eft_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    UBreakIterator *it = t->breaker;

    if (!to_utf16(t, text, start, end))
        return efti_no_memory(err, "UTF-16 text");
    ubrk_setText(it, t->units.items, (int32_t)t->units.count, &code);
    if (U_FAILURE(code))
        return icu_failed(err, code);
    int32_t from = ubrk_first(it), to;
    while ((to = ubrk_next(it)) != UBRK_DONE) {
        uint32_t a = t->places.items[from], b = t->places.items[to];
        bool word = ubrk_getRuleStatus(it) >= UBRK_WORD_NUMBER;
        from = to;
        if (!word && (unsigned char)text.bytes[a] < 0x80 && b - a == 1)
            continue;
        uint32_t bits = efti_raw_bits(text.bytes, a, b);
        if (!word && (bits & RAW_PICT) == 0)
            continue;
        if (!efti_raw_push(t, text.bytes, a, b, bits))
            return efti_no_memory(err, "a list of tokens");
    }
    return EFT_OK;
}
