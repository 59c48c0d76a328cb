/*
 * kinds.c - what sort of thing a token is
 *
 *     letters only                    word     nätverk, IT-stöd, d'accord
 *     digits and joiners only         number   7, 1,5, 10.30, 2023-05-01
 *     digits and an ordinal ending    number   3:e, 1:a
 *     letters and digits              code     7B, ABC123, A4
 *     the same with a hyphen and a part of at least three small letters
 *                                     word     1990-talet, B12-brist, covid-19
 *
 * Three letters, because shorter ones are units and codes (10-kr, 12-ab). Pictures are
 * emoji, keycaps (1 + U+FE0F + U+20E3) too.
 */
#include "tokenizers/internal.h"

const char *
efti_kind_name(enum efti_kind kind)
{
    static const char *const names[] = {
        [EFTI_WORD] = "word",     [EFTI_NUMBER] = "number",
        [EFTI_CODE] = "code",     [EFTI_ABBREVIATION] = "abbreviation",
        [EFTI_EMAIL] = "email",   [EFTI_URL] = "url",
        [EFTI_HANDLE] = "handle", [EFTI_EMOJI] = "emoji",
        [EFTI_LONG] = "long",     [EFTI_VEIL] = "veil",
    };

    if ((unsigned)kind >= EFTI_COUNT(names) || names[kind] == NULL)
        return "none";
    return names[kind];
}

bool
efti_is_ordinal_ending(const char *bytes, size_t size)
{
    /* tredje 3:e, första 1:a, in full 3:dje 1:sta; sums and school marks 5:an, 5:or */
    static const char *const endings[] = {"e",  "a",  "es",  "as",  "an",  "ans", "or",
                                          "de", "te", "nde", "dje", "dra", "ste", "sta"};

    for (size_t i = 0; i < EFTI_COUNT(endings); i++)
        if (strlen(endings[i]) == size && memcmp(endings[i], bytes, size) == 0)
            return true;
    return size == 1 && (bytes[0] == 'A' || bytes[0] == 'E');
}

static bool
has_word_part(const char *bytes, uint32_t start, uint32_t end)
{
    eft_text text = {bytes, end};
    uint32_t small = 0;
    bool hyphen = false, pure = true;
    size_t at = start;

    while (at < end) {
        uint32_t size = efti_hyphen_at(text, (uint32_t)at);
        if (size > 0) {
            if (pure && small >= 3)
                return true;
            hyphen = pure = true;
            small = 0;
            at += size;
            continue;
        }
        uint32_t c = efti_utf8_next(bytes, end, &at);
        if (efti_is_digit(c))
            pure = false;
        else if (efti_is_lower(c))
            small++;
    }
    return hyphen && pure && small >= 3;
}

static bool
is_ordinal(const char *bytes, uint32_t start, uint32_t end)
{
    uint32_t at = start;

    while (at < end && bytes[at] >= '0' && bytes[at] <= '9')
        at++;
    return at > start && at < end && bytes[at] == ':' &&
           efti_is_ordinal_ending(bytes + at + 1, end - at - 1);
}

enum efti_kind
efti_kind_of(const char *bytes, uint32_t start, uint32_t end, uint32_t bits)
{
    if ((bits & (RAW_PICT | RAW_KEYCAP)) != 0)
        return EFTI_EMOJI;
    if ((bits & RAW_DIGIT) == 0)
        return EFTI_WORD;
    if ((bits & RAW_LETTER) == 0 || is_ordinal(bytes, start, end))
        return EFTI_NUMBER;
    return has_word_part(bytes, start, end) ? EFTI_WORD : EFTI_CODE;
}
