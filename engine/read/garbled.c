/*
 * garbled.c - texts whose å, ä and ö were lost on the way here
 *
 *     Bjö | rn   as UTF-8       42 6A C3 B6 72 6E
 *                read as Windows-1252 and written again   Bj Ã¶ rn, twice Bj ÃƒÂ¶ rn
 *                read as Macintosh Roman                  Bj √∂ rn
 *                read as a code page of DOS               Bj ├Â rn, Bj ├╢ rn
 *                lost                                     Bj U+FFFD rn, Bj?rn
 *     as DOS or Macintosh text, read as Latin-1           Bj U+0094 rn, Bj U+009A rn
 *                read as Windows-1252                     p† h„r, hŠr pŒ
 *     as Latin-1, read as DOS or Macintosh text           Bj÷rn, Bjˆrn h‰r
 *     written for a program, and never read by it         Bj&ouml;rn, Bj=C3=B6rn,
 *                                                         Bj\u00f6rn, Bj\'f6rn
 *
 * All are good UTF-8, and none is Swedish: the veil would know neither the name nor the
 * words around it. So such a record is set aside, as one that is not UTF-8 is. Mending it
 * would be a guess, and positions would no longer be those of the file.
 *
 * The signs are chosen so that ordinary writing never has them: Ã stands before letters
 * (São) and closing quotes, √ before figures, U+FFFD for a lost emoji before a blank, †
 * and „ at the edge of a word. One sign in a text is enough, so a way needs signs for the
 * letters that each text has, not for every letter. A lost quotation mark at the start of
 * a word cannot be told from a lost Ö, and costs the record too. Of Bj”rn (DOS) and
 * hej”sa (a blank forgotten) nothing is said: the first has å and ä elsewhere.
 */
#include "read/reader.h"

static bool
garbled_letter(unsigned char c)
{
    return (c | 0x20U) >= 'a' && (c | 0x20U) <= 'z';
}

static bool
garbled_small(unsigned char c)
{
    return c >= 'a' && c <= 'z';
}

/* Is `at` followed by these bytes? */
static bool
followed_by(const unsigned char *at, const unsigned char *end, const char *bytes)
{
    size_t n = strlen(bytes);

    return (size_t)(end - at) > n && memcmp(at + 1, bytes, n) == 0;
}

static bool
followed_by_one(const unsigned char *at, const unsigned char *end,
                const char *const *signs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (followed_by(at, end, signs[i]))
            return true;
    }
    return false;
}

/* U+00C3 Ã and what the second byte of Å to ü is in Windows-1252 or Latin-9; of quotes
 * only those that open. ƒ is the second sign of a letter garbled twice. */
static bool
is_cp1252(const unsigned char *begin, const unsigned char *at, const unsigned char *end)
{
    static const char *const signs[] = {
        "\xE2\x80\x93", "\xE2\x80\x9E", "\xE2\x80\xA6", /* – „ … */
        "\xE2\x80\xB0", "\xE2\x80\xA0", "\xE2\x82\xAC", /* ‰ † € */
        "\xC5\x93",     "\xC5\x92",     "\xC6\x92",     /* œ Œ ƒ */
        "\xCB\x86",                                     /* ˆ */
    };

    return at > begin && at[-1] == 0xC3 &&
           (followed_by(at, end, "\xC2") ||
            followed_by_one(at, end, signs, EFTI_COUNT(signs)));
}

/* U+221A √ and the same in Macintosh Roman: § • ∂ Ö Ñ ñ and other letters, © for é. */
static bool
is_macintosh(const unsigned char *begin, const unsigned char *at,
             const unsigned char *end)
{
    static const char *const signs[] = {"\x9A\xC2\xA7",     "\x9A\xE2\x80\xA2",
                                        "\x9A\xE2\x88\x82", "\x9A\xC3",
                                        "\x9A\xC2\xA9",     "\x9A\xC2\xBA"};

    return at > begin && at[-1] == 0xE2 &&
           followed_by_one(at, end, signs, EFTI_COUNT(signs));
}

/* U+251C ├ and a letter or sign (850), ╢ ╝ ⌐ (437); drawn lines go on with ─. */
static bool
is_dos(const unsigned char *begin, const unsigned char *at, const unsigned char *end)
{
    static const char *const signs[] = {"\x9C\xC3", "\x9C\xC2", "\x9C\xE2\x95\xA2",
                                        "\x9C\xE2\x95\x9D", "\x9C\xE2\x8C\x90"};

    return at > begin && at[-1] == 0xE2 &&
           followed_by_one(at, end, signs, EFTI_COUNT(signs));
}

/* Does a word break off at `at` that has no vowel yet (p, Bj, Str)? Swedish has no such
 * words, so that one followed. Abbreviations are longer or in capitals, but for few. */
static bool
begins_without_vowel(const unsigned char *begin, const unsigned char *at)
{
    const unsigned char *first = at;

    while (first > begin && at - first < 4 && garbled_letter(first[-1]))
        if (strchr("aeiouy", *--first | 0x20) != NULL)
            return false;
    const size_t size = (size_t)(at - first);
    if (size == 0 || size > 3 || !garbled_small(at[-1]) ||
        (first > begin &&
         ((first[-1] & 0x80U) != 0 || strchr("/.-_", first[-1]) != NULL)))
        return false;
    return (*first | 0x20) != 'm' && ((*first | 0x20) != 'h' || at[-1] != 'm'); /* mvh */
}

/* U+FFFD before a letter, or where a word has only begun: p U+FFFD. */
static bool
is_lost(const unsigned char *begin, const unsigned char *at, const unsigned char *end)
{
    if (!(end - at > 2 && at[1] == 0xBF && at[2] == 0xBD))
        return false;
    return (end - at > 3 && (garbled_letter(at[3]) || at[3] == 0xC3)) ||
           begins_without_vowel(begin, at);
}

/* Bj?rn, f?r: where a word has only begun, and goes on; not the query of an address. */
static bool
is_question(const unsigned char *begin, const unsigned char *at, const unsigned char *end)
{
    const unsigned char *last = at + 1;

    if (last < end && *last == '?')
        last++; /* one for each byte of it */
    if (last == end || !garbled_small(*last))
        return false;
    while (last < end && garbled_letter(*last))
        last++;
    return (last == end || *last != '=') && begins_without_vowel(begin, at);
}

/* å ä ö Å Ä Ö of DOS and of the Macintosh as control characters within a word; those that
 * are no quote, dash or sign in Windows-1252 at its edge too. Ö and ä of UTF-8 read as
 * an Eastern code page: Ă¶, Ă¤, Г¶, Г¤. */
static bool
is_control(const unsigned char *begin, const unsigned char *at, const unsigned char *end)
{
    static const char inside[] = "\x86\x84\x94\x8F\x8E\x99\x8C\x8A\x9A\x81\x80";
    static const char at_edge[] = "\x86\x8F\x8E\x8C\x8A\x9A\x81";

    if (at == begin || end - at < 2)
        return false;
    if (at[1] == 0xB6 || at[1] == 0xA4)
        return at - begin > 1 &&
               ((at[-2] == 0xC4 && at[-1] == 0x82) || (at[-2] == 0xD0 && at[-1] == 0x93));
    bool before = garbled_letter(at[-1]), behind = end - at > 2 && garbled_letter(at[2]);
    if (before && behind)
        return memchr(inside, at[1], sizeof inside - 1) != NULL;
    return (before || behind) && memchr(at_edge, at[1], sizeof at_edge - 1) != NULL;
}

/* † „ ‰ between letters (DOS, and Latin-1 as Macintosh text). */
static bool
is_mark_inside(const unsigned char *begin, const unsigned char *at,
               const unsigned char *end)
{
    return at - begin > 1 && end - at > 2 && at[-1] == 0xE2 && garbled_letter(at[-2]) &&
           (at[1] == 0xA0 || at[1] == 0x9E || at[1] == 0xB0) && garbled_letter(at[2]);
}

/* Œ Š behind a small letter: å and ä of the Macintosh. */
static bool
is_capital_inside(const unsigned char *begin, const unsigned char *at,
                  const unsigned char *end)
{
    return at > begin && end - at > 1 && garbled_small(at[-1]) &&
           (at[1] == 0x92 || at[1] == 0xA0);
}

/* Â between small letters, ˆ between letters, ÷ inside a word (a÷b is none): å and ö of
 * Latin-1. */
static bool
is_latin(const unsigned char *begin, const unsigned char *at, const unsigned char *end)
{
    if (*at == 0xCB)
        return at > begin && end - at > 2 && at[1] == 0x86 && garbled_letter(at[-1]) &&
               garbled_letter(at[2]);
    if (!(at - begin > 1 && end - at > 1 && at[-1] == 0xC3 && garbled_letter(at[-2]) &&
          garbled_small(at[1])))
        return false;
    return *at == 0x82 ? garbled_small(at[-2])
                       : (at - begin > 2 && garbled_letter(at[-3])) ||
                             (end - at > 2 && garbled_small(at[2]));
}

static int
garbled_hex(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

/* &ouml; &aring; &eacute; and letters by number, also behind &amp; : no quotes, no
 * blanks. */
static bool
is_entity(const unsigned char *begin, const unsigned char *at, const unsigned char *end)
{
    static const char *const names[] = {"ouml;", "auml;",  "aring;",  "Ouml;",
                                        "Auml;", "Aring;", "eacute;", "uuml;"};
    unsigned number = 0;

    (void)begin;
    while (end - at > 5 && memcmp(at + 1, "amp;", 4) == 0)
        at += 4;
    if (followed_by_one(at, end, names, EFTI_COUNT(names)))
        return true;
    if (end - at < 5 || at[1] != '#')
        return false;
    const bool hex = (at[2] | 0x20) == 'x';
    const unsigned char *digit = at + (hex ? 3 : 2);
    for (int count = 0; digit < end && count < 6; digit++, count++) {
        int value = garbled_hex(*digit);

        if (value < 0 || (value > 9 && !hex))
            break;
        number = number * (hex ? 16 : 10) + (unsigned)value;
    }
    return digit < end && *digit == ';' &&
           ((number < 0x80 && garbled_letter((unsigned char)number)) ||
            (number >= 0xC0 && number < 0x250 && number != 0xD7 && number != 0xF7));
}

/* =C3=B6 of mail, and =F6 between letters. */
static bool
is_mail(const unsigned char *begin, const unsigned char *at, const unsigned char *end)
{
    if (end - at > 5 && at[1] == 'C' && at[2] == '3' && at[3] == '=' &&
        (at[4] == '8' || at[4] == '9' || at[4] == 'A' || at[4] == 'B') &&
        garbled_hex(at[5]) >= 0)
        return true;
    return at > begin && end - at > 3 && garbled_letter(at[-1]) && garbled_small(at[3]) &&
           (at[1] == 'E' || at[1] == 'F') &&
           (at[2] == '4' || at[2] == '5' || at[2] == '6');
}

/* \u00f6 of JSON, \'f6 of RTF, \xc3\xb6. */
static bool
is_escape(const unsigned char *begin, const unsigned char *at, const unsigned char *end)
{
    (void)begin;
    if (end - at > 5 && at[1] == 'u' && at[2] == '0' && at[3] == '0')
        return garbled_hex(at[4]) >= 0xC && garbled_hex(at[5]) >= 0;
    if (end - at > 3 && at[1] == '\'')
        return garbled_hex(at[2]) >= 0xC && at[3] >= '0' && at[3] <= '9';
    return followed_by(at, end, "xc3\\x");
}

typedef bool (*garbled_way)(const unsigned char *begin, const unsigned char *at,
                            const unsigned char *end);

bool
efti_garbled(eft_text text)
{
    /* each by a byte that ordinary text seldom has, all in one pass over the text */
    static const garbled_way ways[] = {
        NULL,       is_cp1252,      is_macintosh,      is_dos,   is_lost,
        is_control, is_mark_inside, is_capital_inside, is_latin, is_question,
        is_entity,  is_mail,        is_escape};
    static const unsigned char way[256] = {
        [0x83] = 1, [0x88] = 2, [0x94] = 3, [0xEF] = 4, [0xC2] = 5,
        [0x80] = 6, [0xC5] = 7, [0x82] = 8, [0xB7] = 8, [0xCB] = 8,
        ['?'] = 9,  ['&'] = 10, ['='] = 11, ['\\'] = 12};
    const unsigned char *begin = (const unsigned char *)text.bytes;
    const unsigned char *at = begin, *end = begin + text.size;

    for (;;) {
        while (end - at >= 8 && (way[at[0]] | way[at[1]] | way[at[2]] | way[at[3]] |
                                 way[at[4]] | way[at[5]] | way[at[6]] | way[at[7]]) == 0)
            at += 8;
        while (at < end && way[*at] == 0)
            at++;
        if (at == end)
            return false;
        if (ways[way[*at]](begin, at, end))
            return true;
        at++;
    }
}
