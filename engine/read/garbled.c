/*
 * garbled.c - texts whose å, ä and ö were lost on the way here
 *
 *     Bjö | rn   as UTF-8       42 6A C3 B6 72 6E
 *                read as Windows-1252 and written again   Bj Ã¶ rn
 *                read as Macintosh Roman                  Bj √∂ rn
 *                read as a code page of DOS               Bj ├Â rn
 *                lost                                     Bj U+FFFD rn
 *     as DOS or Macintosh text, read as Latin-1           Bj U+0094 rn, Bj U+009A rn
 *
 * All are good UTF-8, and none is Swedish: the veil would know neither the name nor the
 * words around it. So such a record is set aside, as one that is not UTF-8 is. Mending it
 * would be a guess, and positions would no longer be those of the file.
 *
 * The signs are chosen so that ordinary writing never has them: Ã stands before letters
 * (São), √ before figures, U+FFFD for a lost emoji before a blank. A lost quotation mark
 * at the start of a word cannot be told from a lost Ö, and costs the record too.
 */
#include "read/reader.h"

static bool
garbled_letter(unsigned char c)
{
    return (c | 0x20U) >= 'a' && (c | 0x20U) <= 'z';
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

/* U+00C3 Ã and what the second byte of å, ä, ö, Å, Ä, Ö and é is in Windows-1252. */
static bool
is_cp1252(const unsigned char *begin, const unsigned char *at, const unsigned char *end)
{
    static const char *const signs[] = {"\xE2\x80\x93", "\xE2\x80\x9E", "\xE2\x80\xA6"};

    return at > begin && at[-1] == 0xC3 &&
           (followed_by(at, end, "\xC2") || followed_by_one(at, end, signs, 3));
}

/* U+221A √ and the same in Macintosh Roman: § • ∂ Ö Ñ ñ. */
static bool
is_macintosh(const unsigned char *begin, const unsigned char *at,
             const unsigned char *end)
{
    static const char *const signs[] = {"\x9A\xC2\xA7",     "\x9A\xE2\x80\xA2",
                                        "\x9A\xE2\x88\x82", "\x9A\xC3\x96",
                                        "\x9A\xC3\x91",     "\x9A\xC3\xB1"};

    return at > begin && at[-1] == 0xE2 && followed_by_one(at, end, signs, 6);
}

/* U+251C ├ and a letter. */
static bool
is_dos(const unsigned char *begin, const unsigned char *at, const unsigned char *end)
{
    return at > begin && at[-1] == 0xE2 && followed_by(at, end, "\x9C\xC3");
}

/* U+FFFD before a letter. */
static bool
is_lost(const unsigned char *begin, const unsigned char *at, const unsigned char *end)
{
    (void)begin;
    return end - at > 3 && followed_by(at, end, "\xBF\xBD") &&
           (garbled_letter(at[3]) || at[3] == 0xC3);
}

/* å ä ö Å Ä Ö of DOS and of the Macintosh as control characters within a word. */
static bool
is_control(const unsigned char *begin, const unsigned char *at, const unsigned char *end)
{
    static const char letters[] = "\x86\x84\x94\x8F\x8E\x99\x8C\x8A\x9A\x81\x80";

    return at > begin && end - at > 2 && garbled_letter(at[-1]) &&
           garbled_letter(at[2]) && memchr(letters, at[1], sizeof letters - 1) != NULL;
}

bool
efti_garbled(eft_text text)
{
    /* each by a byte that ordinary text seldom has: one memchr over the text */
    static const struct {
        unsigned char byte;
        bool (*is)(const unsigned char *begin, const unsigned char *at,
                   const unsigned char *end);
    } ways[] = {{0x83, is_cp1252},
                {0x88, is_macintosh},
                {0x94, is_dos},
                {0xEF, is_lost},
                {0xC2, is_control}};
    const unsigned char *begin = (const unsigned char *)text.bytes;
    const unsigned char *end = begin + text.size;

    for (size_t i = 0; i < EFTI_COUNT(ways) && text.size > 0; i++) {
        const unsigned char *at = begin;
        while (at < end && (at = memchr(at, ways[i].byte, (size_t)(end - at))) != NULL) {
            if (ways[i].is(begin, at, end))
                return true;
            at++;
        }
    }
    return false;
}
