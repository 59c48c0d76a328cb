/*
 * compound.c - is a word put together of two or three words?
 *
 *   skol|gård   arbets|miljö   till|låta written tillåta   natt|tåg written nattåg
 *
 * A yes or no for the veil and the language gate, not yet a split for reading. Each part
 * must be allowed in its place by hunspell-sv (link letters included: arbets-, kvinno-).
 * Where a part ends in two like consonants and the next begins with the same one, Swedish
 * writes two of the three (Svenska skrivregler, "tre likadana konsonanter"), so there the
 * parts share a letter; three in a row are no word. A part said twice (bilbil) is none
 * either, nor is a known mistake (FORBIDDENWORD).
 *
 * Two parts win over three, then the longest last part. At most 64 bytes are looked at:
 * the longest compound in 100 MB of running Swedish has 50, and so the work is bounded
 * (some 2,000 look-ups for the worst word; for a usual one 20 looks at the map of parts
 * and few look-ups).
 */
#include "lexicons/dictionary.h"

#include "lexicons/compound.h"
#include "lexicons/dictionary_format.h"

#define COMPOUND_MAX 64u

struct compound {
    const struct efti_dictionary *d;
    struct efti_dictionary_parts parts;
    const char *bytes;
    size_t size;
};

static bool
is_consonant(char c)
{
    return c >= 'b' && c <= 'z' && c != 'e' && c != 'i' && c != 'o' && c != 'u' &&
           c != 'y';
}

static bool
is_border(const struct compound *c, size_t at)
{
    return at < c->size && ((unsigned char)c->bytes[at] & 0xC0) != 0x80;
}

static uint32_t
classes_of(const struct compound *c, size_t from, size_t to)
{
    return efti_dictionary_flags(c->d, c->bytes + from, to - from) >>
           EFTI_DICT_CLASS_SHIFT;
}

static uint32_t
part_classes(const struct compound *c, uint64_t hash)
{
    return efti_part_flags(c->parts, efti_dict_hash_end(hash)) >> EFTI_DICT_CLASS_SHIFT;
}

/* May a part begin at `next` after one that ended at `end`? Either they touch, or they
 * share the last of two like consonants. */
static bool
may_meet(const struct compound *c, size_t end, size_t next)
{
    char letter = c->bytes[end - 1];

    if (next + 1 == end)
        return end >= 2 && letter == c->bytes[end - 2] && is_consonant(letter);
    bool before = end >= 2 && c->bytes[end - 2] == letter && c->bytes[end] == letter;
    bool after =
        end + 1 < c->size && c->bytes[end] == letter && c->bytes[end + 1] == letter;
    return next == end && !(is_consonant(letter) && (before || after));
}

static bool
is_said_twice(const struct compound *c, size_t from, size_t end, size_t next, size_t to)
{
    return efti_equal(c->bytes + from, end - from, c->bytes + next, to - next);
}

/* Does the rest from `next` end the word, given the classes that may? */
static bool
ends_word(const struct compound *c, size_t from, size_t end, size_t next, uint32_t wanted)
{
    return wanted != 0 && (classes_of(c, next, c->size) & wanted) != 0 &&
           !is_said_twice(c, from, end, next, c->size);
}

static bool
two_parts(const struct compound *c, size_t *last)
{
    uint64_t hash = EFTI_DICT_HASH_START;

    for (size_t end = 1; end < c->size; end++) {
        hash = efti_dict_hash_add(hash, c->bytes[end - 1]);
        if (!is_border(c, end))
            continue;
        uint32_t first = part_classes(c, hash);
        uint32_t wanted = first == 0 ? 0 : efti_dictionary_joins(c->d, first);
        for (size_t next = end - 1; wanted != 0 && next <= end; next++) {
            if (next > 0 && may_meet(c, end, next) &&
                ends_word(c, 0, end, next, wanted)) {
                *last = next;
                return true;
            }
        }
    }
    return false;
}

/* The first part ended at `end`, its classes are `first`; the second begins at `from`. */
static bool
middle_and_end(const struct compound *c, uint32_t first, size_t end, size_t from,
               size_t *last)
{
    uint64_t hash = EFTI_DICT_HASH_START;

    for (size_t to = from + 1; to < c->size; to++) {
        hash = efti_dict_hash_add(hash, c->bytes[to - 1]);
        if (to <= end || !is_border(c, to))
            continue;
        uint32_t second = part_classes(c, hash);
        uint32_t wanted =
            second == 0 ? 0 : efti_dictionary_joins_after(c->d, first, second);
        if (wanted == 0 || is_said_twice(c, 0, end, from, to))
            continue;
        for (size_t next = to - 1; next <= to; next++) {
            if (next > from && may_meet(c, to, next) &&
                ends_word(c, from, to, next, wanted)) {
                *last = next;
                return true;
            }
        }
    }
    return false;
}

static bool
three_parts(const struct compound *c, size_t *last)
{
    uint64_t hash = EFTI_DICT_HASH_START;

    for (size_t end = 1; end < c->size; end++) {
        hash = efti_dict_hash_add(hash, c->bytes[end - 1]);
        if (!is_border(c, end))
            continue;
        uint32_t first = part_classes(c, hash);
        for (size_t from = end - 1; first != 0 && from <= end; from++) {
            if (from > 0 && may_meet(c, end, from) &&
                middle_and_end(c, first, end, from, last))
                return true;
        }
    }
    return false;
}

bool
efti_dictionary_compound(const struct efti_dictionary *d, const char *folded, size_t size,
                         size_t *last)
{
    struct compound c = {.d = d, .bytes = folded, .size = size};
    size_t at;

    if (d == NULL || size < 2 || size > COMPOUND_MAX ||
        (efti_dictionary_flags(d, folded, size) & EFTI_DICT_FORBIDDEN) != 0)
        return false;
    c.parts = efti_dictionary_parts(d);
    if (!two_parts(&c, &at) && !three_parts(&c, &at))
        return false;
    if (last != NULL)
        *last = at;
    return true;
}
