/*
 * chars.c - what kind of character is this?
 *
 * The classes are Unicode general categories: a letter is L*, a digit Nd, upper case Lu
 * or Lt, lower case Ll, a space the property White_Space. ICU knows them all; ASCII and
 * Latin-1, which is nearly everything in Swedish, are answered here without a call. A
 * test compares every code point with ICU.
 *
 * Combining marks are no letters here: forms are NFC, so a mark that is left over stands
 * on something that has no composed form, and segmentation (not this file) keeps it
 * there.
 */
#include "text/unicode.h"

#include <unicode/uchar.h>

static inline bool
chars_ascii_letter(uint32_t c)
{
    return (c | 0x20U) - 'a' < 26U;
}

bool
efti_is_letter(uint32_t c)
{
    if (c < 0x80)
        return chars_ascii_letter(c);
    if (c < 0x100) /* feminine and masculine ordinals, micro, and À-ÿ but × and ÷ */
        return (c >= 0xC0 && c != 0xD7 && c != 0xF7) || c == 0xAA || c == 0xB5 ||
               c == 0xBA;
    return u_isalpha((UChar32)c);
}

bool
efti_is_digit(uint32_t c)
{
    if (c < 0x100)
        return c - '0' < 10U;
    return u_isdigit((UChar32)c);
}

bool
efti_is_upper(uint32_t c)
{
    if (c < 0x80)
        return c - 'A' < 26U;
    if (c < 0x100)
        return c >= 0xC0 && c <= 0xDE && c != 0xD7;
    return u_isupper((UChar32)c) || u_istitle((UChar32)c);
}

bool
efti_is_lower(uint32_t c)
{
    if (c < 0x80)
        return c - 'a' < 26U;
    if (c < 0x100)
        return (c >= 0xDF && c != 0xF7) || c == 0xB5;
    return u_islower((UChar32)c);
}

bool
efti_is_space(uint32_t c)
{
    if (c < 0x100)
        return c == ' ' || c - '\t' < 5U || c == 0x85 || c == 0xA0;
    return u_isUWhiteSpace((UChar32)c);
}

uint32_t
efti_look_alike(uint32_t c)
{
    if (c < 0x2000)
        return c == 0xA0 ? ' ' : c;
    if (c <= 0x200A || c == 0x202F || c == 0x205F || c == 0x3000)
        return ' ';
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFF0D)
        return '-';
    if (c == 0xFF0B)
        return '+';
    if (c >= 0xFF10 && c <= 0xFF19)
        return '0' + (c - 0xFF10);
    return c;
}

/* The versions this library was compiled with. ICU renames every symbol by its major
 * version, so another ICU than the one compiled with cannot be linked by mistake. */
const char *
efti_icu_version(void)
{
    return U_ICU_VERSION;
}

const char *
efti_unicode_version(void)
{
    return U_UNICODE_VERSION;
}
