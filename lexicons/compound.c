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
 * (some 2,000 look-ups for the worst word; for a usual one few).
 */
#include "lexicons/dictionary.h"

#include "lexicons/compound.h"
#include "lexicons/dictionary_format.h"

#define COMPOUND_MAX 64u

/* A beginning of the word that may be its first part. */
struct beginning {
    uint32_t classes, end;
};

struct compound {
    const struct efti_dictionary *d;
    struct efti_dictionary_parts parts;
    const char *bytes;
    size_t size, count;
    uint64_t ends; /* before which a letter begins: efti_end_bit() */
    uint64_t hash; /* of the whole word */
    uint32_t base; /* of the last part that was looked up last */
    struct beginning begins[COMPOUND_MAX]; /* by length */
};

static bool
is_consonant(char c)
{
    return c >= 'b' && c <= 'z' && c != 'e' && c != 'i' && c != 'o' && c != 'u' &&
           c != 'y';
}

static uint64_t
find_ends(const struct compound *c)
{
    uint64_t ends = 0;

    for (size_t end = 1; end < c->size; end++)
        ends |= (uint64_t)(((unsigned char)c->bytes[end] & 0xC0) != 0x80) << (end - 1);
    return ends;
}

/* Where parts from `from` may end: asked of the map, for all ends and without a branch.
 * `hashes`, by end and to that of the word: of what lies before it. */
static uint64_t
ends_of_parts(const struct compound *c, size_t from, uint64_t *hashes)
{
    uint64_t hash = EFTI_DICT_HASH_START, ends = 0;

    for (size_t end = from + 1; end <= c->size; end++) {
        hash = efti_dict_hash_add(hash, c->bytes[end - 1]);
        hashes[end] = efti_dict_hash_end(hash);
        ends |= efti_part_may_be(c->parts, hashes[end]) << (end - 1);
    }
    return ends & c->ends;
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

/* A place where the word may be cut: the first of two parts, or of the last two, ends at
 * `end`, the last begins at `next` and has to be of one of the classes `wanted`. */
struct cut {
    uint8_t end, next;
    uint32_t wanted;
    uint64_t hash; /* of what is left */
};

/* Cuts are gathered first and tried then, in the same order, so that looks at the far
 * memory of the dictionary overlap. */
struct cuts {
    size_t count;
    struct cut items[2 * COMPOUND_MAX];
};

static void
add_cut(const struct compound *c, struct cuts *cuts, size_t end, size_t next,
        uint32_t wanted)
{
    uint64_t hash = efti_dict_hash(c->bytes + next, c->size - next);

    cuts->items[cuts->count++] = (struct cut){(uint8_t)end, (uint8_t)next, wanted, hash};
    efti_dictionary_prefetch_form(c->d, hash);
}

/* The first of the cuts behind a part from `from` that leaves a word; false: none. */
static bool
first_good_cut(struct compound *c, const struct cuts *cuts, size_t from, size_t *last)
{
    for (size_t i = 0; i < cuts->count; i++)
        efti_dictionary_prefetch_found(c->d, cuts->items[i].hash);
    for (size_t i = 0; i < cuts->count; i++) {
        const struct cut *k = &cuts->items[i];
        uint32_t flags = efti_dictionary_flags_hashed(
            c->d, c->bytes + k->next, c->size - k->next, k->hash, &c->base);
        if ((flags >> EFTI_DICT_CLASS_SHIFT & k->wanted) == 0 ||
            is_said_twice(c, from, k->end, k->next, c->size))
            continue;
        *last = k->next;
        return true;
    }
    return false;
}

static void
find_beginnings(struct compound *c)
{
    uint64_t hashes[COMPOUND_MAX + 1], ends;

    hashes[c->size] = 0; /* filled in below, which compilers do not see */
    ends = ends_of_parts(c, 0, hashes);
    c->hash = hashes[c->size];
    c->count = 0;
    for (uint64_t rest = ends; rest != 0;)
        efti_prefetch_part(c->parts, hashes[efti_next_end(&rest)]);
    while (ends != 0) {
        size_t end = efti_next_end(&ends);
        uint32_t classes =
            efti_part_flags(c->parts, hashes[end]) >> EFTI_DICT_CLASS_SHIFT;
        c->begins[c->count] = (struct beginning){classes, (uint32_t)end};
        c->count += classes != 0;
    }
}

static bool
two_parts(struct compound *c, size_t *last)
{
    struct cuts cuts;

    cuts.count = 0; /* and no more: the items are large */
    for (size_t i = 0; i < c->count; i++) {
        const size_t end = c->begins[i].end;
        uint32_t wanted = efti_dictionary_joins(c->d, c->begins[i].classes);
        for (size_t next = end - 1; wanted != 0 && next <= end; next++) {
            if (next > 0 && may_meet(c, end, next))
                add_cut(c, &cuts, end, next, wanted);
        }
    }
    return first_good_cut(c, &cuts, 0, last);
}

/* The first part ended at `end`, its classes are `first`; the second begins at `from`. */
static bool
middle_and_end(struct compound *c, uint32_t first, size_t end, size_t from, size_t *last)
{
    uint64_t hashes[COMPOUND_MAX + 1], ends = ends_of_parts(c, from, hashes);
    struct cuts cuts;

    cuts.count = 0;
    for (ends &= ~(efti_end_bit(end) | (efti_end_bit(end) - 1)); ends != 0;) {
        size_t to = efti_next_end(&ends);
        uint32_t second = efti_part_flags(c->parts, hashes[to]) >> EFTI_DICT_CLASS_SHIFT;
        uint32_t wanted =
            second == 0 ? 0 : efti_dictionary_joins_after(c->d, first, second);
        if (wanted == 0 || is_said_twice(c, 0, end, from, to))
            continue;
        for (size_t next = to - 1; next <= to; next++) {
            if (next > from && may_meet(c, to, next))
                add_cut(c, &cuts, to, next, wanted);
        }
    }
    return first_good_cut(c, &cuts, from, last);
}

static bool
three_parts(struct compound *c, size_t *last)
{
    for (size_t i = 0; i < c->count; i++) {
        const size_t end = c->begins[i].end;
        for (size_t from = end - 1; from <= end; from++) {
            if (from > 0 && may_meet(c, end, from) &&
                middle_and_end(c, c->begins[i].classes, end, from, last))
                return true;
        }
    }
    return false;
}

bool
efti_dictionary_compound(const struct efti_dictionary *d, const char *folded, size_t size,
                         size_t *last)
{
    uint32_t base;
    size_t at;

    return efti_dictionary_joined(d, folded, size, last == NULL ? &at : last, &base);
}

bool
efti_dictionary_joined(const struct efti_dictionary *d, const char *folded, size_t size,
                       size_t *last, uint32_t *base)
{
    struct compound c;
    uint32_t none;

    if (d == NULL || size < 2 || size > COMPOUND_MAX)
        return false;
    c.d = d; /* and no more: the beginnings are large */
    c.bytes = folded;
    c.size = size;
    c.parts = efti_dictionary_parts(d);
    c.ends = find_ends(&c);
    find_beginnings(&c);
    if (!two_parts(&c, last) && !three_parts(&c, last))
        return false;
    *base = c.base;
    return (efti_dictionary_flags_hashed(d, folded, size, c.hash, &none) &
            EFTI_DICT_FORBIDDEN) == 0;
}
