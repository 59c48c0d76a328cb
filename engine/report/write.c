/*
 * write.c - text, numbers and bytes on the way into HTML and SVG
 *
 * Text from the data is hostile until it is written here. Beside markup there are the
 * characters that turn the direction of writing: with U+202E a tag can make the words
 * after it read backwards (Unicode TR 36, "bidirectional text spoofing"). They, controls
 * and broken UTF-8 become U+FFFD, which shows that something was there.
 *
 * Numbers follow the language: Swedish has a comma and a no-break space between
 * thousands (Svenska skrivregler), English a stop and a comma.
 */
#include "report/internal.h"

#include <math.h>
#include <stdio.h>

#define BREAK_AFTER 24 /* characters of a word before a place to break it */

/* Bytes of the character at `at` and its number; 0 for what is not UTF-8. */
static size_t
character_at(eft_text t, size_t at, uint32_t *out)
{
    const unsigned char *p = (const unsigned char *)t.bytes + at;
    size_t left = t.size - at;
    size_t n = p[0] < 0x80 ? 1 : p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;

    if (n == 0 || n > left || p[0] > 0xF4)
        return 0;
    uint32_t c = n == 1 ? p[0] : p[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3Fu);
    }
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        return 0;
    *out = c;
    return n;
}

/* Controls, marks and isolates of direction, tag characters, and what no text has. */
static bool
is_neutralised(uint32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) ||
           c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF0 && c <= 0xFFFF) ||
           (c >= 0xE0000 && c <= 0xE007F);
}

static void
put_character(struct efti_bytes *b, eft_text t, size_t at, size_t n, uint32_t c)
{
    if (n == 0 || is_neutralised(c))
        efti_put_text(b, "\xEF\xBF\xBD");
    else if (c == '&')
        efti_put_text(b, "&amp;");
    else if (c == '<')
        efti_put_text(b, "&lt;");
    else if (c == '>')
        efti_put_text(b, "&gt;");
    else if (c == '"')
        efti_put_text(b, "&quot;");
    else if (c == '\'')
        efti_put_text(b, "&#39;");
    else
        efti_put(b, t.bytes + at, n);
}

static void
put_escaped(struct efti_bytes *b, eft_text t, bool broken)
{
    size_t run = 0;

    for (size_t at = 0; at < t.size;) {
        uint32_t c = 0xFFFD;
        size_t n = character_at(t, at, &c);
        run = c == ' ' || c == '-' || c == '\n' ? 0 : run + 1;
        put_character(b, t, at, n, c);
        if (broken && run == BREAK_AFTER) {
            efti_put_text(b, "<wbr>");
            run = 0;
        }
        at += n == 0 ? 1 : n;
    }
}

void
efti_put_html(struct efti_bytes *b, eft_text text)
{
    put_escaped(b, text, false);
}

void
efti_put_html_broken(struct efti_bytes *b, eft_text text)
{
    put_escaped(b, text, true);
}

size_t
efti_characters(eft_text text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.size; i++)
        count += ((unsigned char)text.bytes[i] & 0xC0) != 0x80;
    return count;
}

void
efti_put_base64(struct efti_bytes *b, const void *bytes, size_t size)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *p = bytes;

    for (size_t i = 0; i < size; i += 3) {
        size_t left = size - i;
        uint32_t v = (uint32_t)p[i] << 16 | (left > 1 ? (uint32_t)p[i + 1] << 8 : 0) |
                     (left > 2 ? p[i + 2] : 0);
        efti_put_char(b, digits[v >> 18]);
        efti_put_char(b, digits[v >> 12 & 63]);
        efti_put_char(b, left > 1 ? digits[v >> 6 & 63] : '=');
        efti_put_char(b, left > 2 ? digits[v & 63] : '=');
    }
}

void
efti_put_coordinate(struct efti_bytes *b, double value)
{
    int64_t tenths = (int64_t)floor(value * 10 + 0.5);

    if (tenths < 0)
        efti_put_char(b, '-');
    tenths = tenths < 0 ? -tenths : tenths;
    efti_put_i64(b, tenths / 10);
    if (tenths % 10 != 0) {
        efti_put_char(b, '.');
        efti_put_char(b, (char)('0' + tenths % 10));
    }
}

/* Digits of `text` up to `whole` in groups of three. */
static void
put_grouped(struct efti_bytes *b, const char *text, size_t whole, const char *between)
{
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            efti_put_text(b, between);
        efti_put_char(b, text[i]);
    }
}

void
efti_put_number(struct efti_bytes *b, enum efti_language language, double value,
                enum efti_number how)
{
    bool sign = how == EFTI_PERCENT || how == EFTI_PERCENT_TENTH;
    bool percent = sign || how == EFTI_PERCENT_BARE;
    int decimals = how == EFTI_TENTH || how == EFTI_PERCENT_TENTH ? 1
                   : how == EFTI_HUNDREDTH                        ? 2
                                                                  : 0;
    char text[400];

    if (!isfinite(value))
        return;
    if (how == EFTI_EXACT)
        (void)snprintf(text, sizeof(text), "%.10g", value);
    else
        (void)snprintf(text, sizeof(text), "%.*f", decimals,
                       percent ? 100 * value : value);
    const char *digits = text + (text[0] == '-');
    size_t whole = strspn(digits, "0123456789");
    if (text[0] == '-' && strspn(digits, "0.,") < strlen(digits))
        efti_put_text(b, "\xE2\x88\x92"); /* minus sign */
    put_grouped(b, digits, whole, language == EFTI_ENGLISH ? "," : "\xC2\xA0");
    size_t point = digits[whole] == '.' || digits[whole] == ','; /* else "1e-15" */
    if (point > 0)
        efti_put_char(b, language == EFTI_ENGLISH ? '.' : ',');
    efti_put_text(b, digits + whole + point);
    if (sign)
        efti_put_text(b, language == EFTI_ENGLISH ? "%" : "\xC2\xA0%");
}
