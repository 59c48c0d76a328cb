/*
 * compounds.c - where the pieces of a compound meet
 *
 * The bytes of the word are the positions of a graph; a piece is a step from one position
 * to a later one. Which steps there are is found by one walk from each position that some
 * step reaches (never twice), with a hash that grows byte by byte:
 *
 *     0        6      10              19        steps from 0:  nät (first), nätverks
 *     |nätverks|arbets|belastning.....|         (whole word + s), ...
 *
 *   first   the dictionary lets it begin or go on a compound (skol, arbets, kvinno), or it
 *           is on our own list (gatu, tak); or one of these after a prefix (om|boknings)
 *   whole   a word on the list of whole words, with or without its link
 *   last    what may end the word: a dictionary word in any inflection, a whole word in
 *           any inflection, of three letters only by the list
 *
 * The path with the fewest steps wins ("fewest parts", the strongest single rule:
 * facts/swedish.md 1); then the one with the lowest sum of doubts (short pieces, pieces
 * that are no headword, shared letters); then the one with the longest head. Each step of
 * the best path that is itself a compound and not whole is then split the same way, so
 * that familjehemsvård becomes familje|hems|vård though the dictionary lists familjehem.
 *
 * Where two like consonants meet a third the word is written with two (natt + tåg:
 * nattåg): the first piece then gives its last letter to the next (nat|tåg), because the
 * head is what is counted.
 *
 * Left out: which reading the sentence wants (bil|drulle or bild|rulle) when both have as
 * few pieces; compounds with a part that no list knows.
 */
#include "tokenizers/compounds.h"

#include "lexicons/compound.h"
#include "lexicons/dictionary_format.h"
#include "tokenizers/compound_words.h"

#define NO_PATH UINT32_MAX
#define ONE_STEP (1u << 16) /* in the cost of a path: steps above, doubts below */

/* Doubts, found by trying them on tests/data/compounds/dev.tsv. Only their order matters
 * much: each is a reason to prefer another path of as many steps. */
enum {
    DOUBT_NOT_HEADWORD = 1, /* an inflected head: as good as sure */
    DOUBT_THREE_LETTERS = 2,
    DOUBT_NO_COMPOUND_END = 4, /* verbs and the like seldom end compounds */
    DOUBT_PREFIX = 5,
    DOUBT_INSIDE_WHOLE = 6, /* hand|ledningsgrupp: a whole word begins with this piece */
    DOUBT_TWO_LETTERS = 8,
    DOUBT_SHARED_LETTER = 6,
    DOUBTS_TOO_MANY = 10 /* te|ras: two letters and three */
};

/* What the walk from one position found. Bit e: a piece from there to byte e + 1. */
struct piece_walk {
    uint64_t first;  /* may stand before another piece */
    uint64_t prefix; /* is a prefix */
    uint64_t whole;  /* is on the list of whole words */
    uint64_t stem;   /* is so but for a last vowel */
    uint64_t last;   /* short, but may be the last */
    uint64_t never;  /* is an ending */
};

struct splitter {
    const struct efti_dictionary *d;
    const struct efti_lists *lists;
    const char *bytes;
    size_t size;
    uint64_t walked; /* bit i: walks[i] is filled in */
    struct piece_walk walks[EFTI_COMPOUND_BYTES];
    struct efti_compound_parts *out;
};

static bool
is_letter_start(const struct splitter *s, size_t at)
{
    return at >= s->size || ((unsigned char)s->bytes[at] & 0xC0) != 0x80;
}

static uint64_t
bit_of(size_t end)
{
    return (uint64_t)1 << (end - 1);
}

/* Ends after `from` and up to `to`. */
static uint64_t
ends_between(size_t from, size_t to)
{
    uint64_t below = to >= 64 ? UINT64_MAX : ((uint64_t)1 << to) - 1;
    return from >= 64 ? 0 : below & ~(((uint64_t)1 << from) - 1);
}

static size_t
next_end(uint64_t *ends)
{
    size_t end = 1;

    for (uint64_t rest = *ends; (rest & 1) == 0; rest >>= 1)
        end++;
    *ends &= *ends - 1;
    return end;
}

static size_t
letters_in(const struct splitter *s, size_t from, size_t to)
{
    size_t letters = 0;

    for (; from < to; from++)
        letters += ((unsigned char)s->bytes[from] & 0xC0) != 0x80;
    return letters;
}

static const struct piece_walk *
walk_from(struct splitter *s, size_t from)
{
    struct piece_walk *walk = &s->walks[from];
    uint64_t hash = EFTI_DICT_HASH_START;

    if (s->walked >> from & 1)
        return walk;
    s->walked |= (uint64_t)1 << from;
    *walk = (struct piece_walk){0};
    for (size_t to = from + 1; to <= s->size; to++) {
        hash = efti_dict_hash_add(hash, s->bytes[to - 1]);
        if (!is_letter_start(s, to))
            continue;
        uint64_t full = efti_dict_hash_end(hash), bit = bit_of(to);
        uint32_t own = efti_piece_find(s->bytes + from, to - from, full);
        if (own & EFTI_PIECE_FIRST)
            walk->first |= bit;
        else if ((own & (EFTI_PIECE_NEVER | EFTI_PIECE_PREFIX)) == 0 && to < s->size &&
                 (efti_dictionary_part(s->d, s->bytes + from, to - from, full) & 3u) != 0)
            walk->first |= bit;
        if (own == 0)
            continue;
        walk->prefix |= own & EFTI_PIECE_PREFIX ? bit : 0;
        walk->whole |= own & EFTI_PIECE_WHOLE ? bit : 0;
        walk->stem |= own & EFTI_PIECE_STEM ? bit : 0;
        walk->last |= own & EFTI_PIECE_LAST ? bit : 0;
        walk->never |= own & EFTI_PIECE_NEVER ? bit : 0;
    }
    if (walk->prefix != 0) /* gen|omgång: not inside a prefix */
        walk->first &= ~((walk->prefix & (~walk->prefix + 1)) - 1);
    return walk;
}

/* ---------------------------------------------------------------- whole words */

/* What may follow a whole word and leave it the same word: endings of nouns, adjectives
 * and verbs, and links. */
static bool
is_inflection(const char *bytes, size_t size)
{
    static const char endings[][6] = {
        "",     "a",    "ad",   "ade",   "an",   "ans",  "ar",   "are",  "aren", "arna",
        "arnas", "ars", "as",   "ast",   "aste", "at",   "ats",  "de",   "des",  "e",
        "en",   "ena",  "enas", "ens",   "er",   "erna", "ernas", "ers", "es",   "et",
        "ets",  "n",    "na",   "nas",   "ns",   "o",    "or",   "orna", "ornas", "ors",
        "r",    "rna",  "rnas", "rs",    "s",    "t",    "te",   "ts",   "u"};

    if (size == 0)
        return true;
    for (size_t i = 1; i < EFTI_COUNT(endings); i++) {
        if (efti_equal(endings[i], strlen(endings[i]), bytes, size))
            return true;
    }
    return false;
}

/* A whole word from `from` to `to`, inflected or with its link. */
static bool
is_whole(struct splitter *s, size_t from, size_t to)
{
    const struct piece_walk *walk = walk_from(s, from);
    uint64_t ends = (walk->whole | walk->stem) & ends_between(from, to);

    while (ends != 0) {
        size_t end = next_end(&ends);
        if (is_inflection(s->bytes + end, to - end))
            return true;
    }
    return false;
}

/* Ends of whole words in front of other pieces: ansvars, vardags, förskol, människo. */
static uint64_t
whole_firsts(const struct splitter *s, const struct piece_walk *walk)
{
    uint64_t found = walk->whole | walk->stem;

    for (uint64_t ends = found; ends != 0;) {
        size_t end = next_end(&ends);
        if (end >= s->size)
            break;
        char next = s->bytes[end];
        bool vowel = next == 'o' || next == 'u' || next == 'e';
        if (next == 's' || (vowel && walk->stem & bit_of(end)))
            found |= bit_of(end + 1);
    }
    return found;
}

/* ----------------------------------------------------------------------- paths */

/* Steps of a best path within one piece of the word. */
struct piece_path {
    uint32_t cost[EFTI_COMPOUND_BYTES + 1];
    uint8_t before[EFTI_COMPOUND_BYTES + 1];
};

/* Is [from, to) a last piece? Its doubts, or NO_PATH. */
static uint32_t
doubts_of_last(struct splitter *s, size_t from, size_t to)
{
    const struct piece_walk *walk = walk_from(s, from);
    size_t letters = letters_in(s, from, to);

    if (is_whole(s, from, to))
        return 0;
    if (walk->last & bit_of(to))
        return letters < 4 ? DOUBT_THREE_LETTERS : 0;
    if (letters < 4 || walk->never & bit_of(to))
        return NO_PATH;
    uint32_t flags = efti_dictionary_find(s->d, s->bytes + from, to - from);
    if ((flags & EFTI_DICT_LOWER) == 0)
        return NO_PATH;
    return (flags & EFTI_DICT_HEAD ? 0u : DOUBT_NOT_HEADWORD) +
           (flags & EFTI_DICT_END ? 0u : DOUBT_NO_COMPOUND_END);
}

/* The headword [0, size) that a listed form goes back to: does it keep a last piece from
 * `from`? */
static bool
base_has_last(const struct splitter *s, const char *base, size_t size, size_t from)
{
    const char *piece = base + from;
    size_t left = size - from;

    if (size <= from + 1)
        return false;
    uint32_t own = efti_piece_find(piece, left, efti_dict_hash(piece, left));
    if (own & (EFTI_PIECE_LAST | EFTI_PIECE_WHOLE))
        return true;
    return (own & EFTI_PIECE_NEVER) == 0 && left > 3 &&
           (efti_dictionary_find(s->d, piece, left) & EFTI_DICT_LOWER) != 0;
}

/* A listed form that is no headword (granskar) is cut only where its headword (granska)
 * may be: gran|skar is two words by chance. True also when no headword is found: vowels
 * change (huvudmän). */
static bool
base_agrees(const struct splitter *s, size_t size, size_t from)
{
    static const char endings[][2][6] = {
        {"s", ""},     {"n", ""},     {"r", ""},     {"t", ""},     {"en", ""},
        {"et", ""},    {"ar", ""},    {"er", ""},    {"a", ""},     {"or", "a"},
        {"na", ""},    {"rna", ""},   {"erna", ""},  {"arna", ""},  {"orna", "a"},
        {"ens", ""},   {"ets", ""},   {"ns", ""},    {"ts", ""},    {"ar", "e"},
        {"arna", "e"}, {"ad", "a"},   {"ade", "a"},  {"ades", "a"}, {"er", "a"},
        {"as", "a"},   {"ats", "a"},  {"de", "a"},   {"te", "a"},   {"nde", ""},
        {"ande", "a"}, {"e", ""},     {"ers", ""},   {"ars", ""},   {"ors", "a"},
        {"es", "a"},   {"met", ""},   {"men", ""},   {"mens", ""},  {"nen", ""},
        {"are", ""},   {"ast", ""},   {"ernas", ""}, {"arnas", ""}, {"ornas", "a"}};
    char base[EFTI_COMPOUND_BYTES + 2];
    bool found = false;

    for (size_t i = 0; i < EFTI_COUNT(endings); i++) {
        size_t cut = strlen(endings[i][0]), add = strlen(endings[i][1]);
        if (cut + 3 > size || memcmp(s->bytes + size - cut, endings[i][0], cut) != 0)
            continue;
        memcpy(base, s->bytes, size - cut);
        memcpy(base + size - cut, endings[i][1], add);
        size_t left = size - cut + add;
        if ((efti_dictionary_find(s->d, base, left) & EFTI_DICT_HEAD) == 0)
            continue;
        if (base_has_last(s, base, left, from))
            return true;
        found = true;
    }
    return !found;
}

/* The same where another piece follows [from, to): skol of grundskol|lärare, hems of
 * familjehems|vård. */
static uint32_t
doubts_of_inner_last(struct splitter *s, size_t from, size_t to)
{
    const struct piece_walk *walk = walk_from(s, from);

    if (walk->never & bit_of(to))
        return NO_PATH;
    if (walk->first & bit_of(to) && letters_in(s, from, to) > 2)
        return 0;
    if (s->bytes[to - 1] == 's' && to - from > 1)
        return doubts_of_last(s, from, to - 1);
    return NO_PATH;
}

static uint32_t
doubts_of_first(const struct splitter *s, size_t from, size_t to)
{
    size_t letters = letters_in(s, from, to);

    return letters < 3 ? DOUBT_TWO_LETTERS : letters == 3 ? DOUBT_THREE_LETTERS : 0;
}

static void
step(struct piece_path *path, size_t from, size_t to, uint32_t doubts)
{
    uint32_t cost = path->cost[from] + ONE_STEP + doubts;

    if (cost < path->cost[to]) {
        path->cost[to] = cost;
        path->before[to] = (uint8_t)from;
    }
}

static bool
is_consonant_byte(char c)
{
    return c >= 'b' && c <= 'z' && c != 'e' && c != 'i' && c != 'o' && c != 'u' &&
           c != 'y';
}

/* All steps from `from` that stay before `limit`. */
static void
steps_from(struct splitter *s, struct piece_path *path, size_t from, size_t limit)
{
    const struct piece_walk *walk = walk_from(s, from);
    uint64_t inside = ends_between(from, limit - 1);

    for (uint64_t ends = (walk->first | whole_firsts(s, walk)) & inside; ends != 0;) {
        size_t to = next_end(&ends);
        uint32_t doubts = doubts_of_first(s, from, to);
        if ((walk->whole & ends_between(to, limit)) != 0)
            doubts += DOUBT_INSIDE_WHOLE;
        step(path, from, to, doubts);
        if (to - from > 3 && is_consonant_byte(s->bytes[to - 1]) &&
            s->bytes[to - 1] == s->bytes[to - 2])
            step(path, from, to - 1, doubts + DOUBT_SHARED_LETTER);
    }
    for (uint64_t prefixes = walk->prefix & inside; prefixes != 0;) {
        size_t after = next_end(&prefixes);
        for (uint64_t ends = walk_from(s, after)->first & inside; ends != 0;) {
            size_t to = next_end(&ends);
            step(path, from, to, doubts_of_first(s, after, to) + DOUBT_PREFIX);
        }
    }
}

/* The best path of two steps or more over [from, to): where its last piece begins; 0:
 * there is none. `inner`: another piece follows. */
static size_t
best_path(struct splitter *s, struct piece_path *path, size_t from, size_t to, bool inner)
{
    uint32_t best = NO_PATH;
    size_t last = 0;

    for (size_t at = from; at <= to; at++)
        path->cost[at] = NO_PATH;
    path->cost[from] = 0;
    for (size_t at = from; at < to; at++) {
        if (path->cost[at] == NO_PATH)
            continue;
        if (at > from && path->cost[at] < best) {
            uint32_t doubts = inner ? doubts_of_inner_last(s, at, to) : doubts_of_last(s, at, to);
            if (doubts != NO_PATH && path->cost[at] + doubts < best) {
                best = path->cost[at] + doubts;
                last = at;
            }
        }
        steps_from(s, path, at, to);
    }
    path->cost[to] = best;
    return last;
}

/* ---------------------------------------------------------------------- result */

static uint8_t
link_of(struct splitter *s, size_t from, size_t to)
{
    const char *piece = s->bytes + from;
    size_t size = to - from;
    char end = piece[size - 1];
    uint32_t own = efti_piece_find(piece, size, efti_dict_hash(piece, size));

    if (own & EFTI_PIECE_FIRST)
        return (uint8_t)(own >> EFTI_PIECE_LINK_SHIFT);
    if (end == '-')
        return 1;
    if (strchr("seoua", end) == NULL || (own & EFTI_PIECE_WHOLE))
        return 0;
    uint32_t flags = efti_dictionary_find(s->d, piece, size);
    if (end != 's')
        return flags & EFTI_DICT_LOWER ? 0 : 1;
    /* "fritids" is a headword too, but so is "fritid"; "kurs" has four letters. */
    if (flags & EFTI_DICT_HEAD)
        return size > 4 && piece[size - 2] != 's' && efti_dictionary_find(s->d, piece, size - 1) & EFTI_DICT_HEAD;
    return 1;
}

static bool
put_piece(struct splitter *s, size_t from, size_t to)
{
    struct efti_compound_parts *out = s->out;

    if (out->count == EFTI_COMPOUND_PARTS)
        return false;
    out->link[out->count] = to == s->size ? 0 : link_of(s, from, to);
    out->ends[out->count++] = (uint8_t)to;
    return true;
}

/* Names are whole, also in small letters, unless they are words too (björk, sten). */
static bool
is_listed_name(const struct splitter *s)
{
    const uint32_t names =
        EFTI_LIST_ANY_NAME | EFTI_LIST_PLACE | EFTI_LIST_FUNCTION | EFTI_LIST_FOREIGN;

    return s->lists != NULL &&
           (efti_lists_word(s->lists, s->bytes, s->size) & names) != 0;
}

/* The best path of the whole word is found; may it be cut at all? Words that the
 * dictionary lists, by their headword; words that it does not, unless all speaks against
 * it (te|ras). */
static bool
may_split(const struct splitter *s, const struct piece_path *path, size_t last)
{
    uint32_t flags = efti_dictionary_find(s->d, s->bytes, s->size);

    if ((flags & EFTI_DICT_LOWER) == 0)
        return path->cost[s->size] % ONE_STEP < DOUBTS_TOO_MANY && !is_listed_name(s);
    return flags & EFTI_DICT_HEAD || base_agrees(s, s->size, last);
}

/* The pieces of [from, to), split as far as they go. Each call has a shorter piece than
 * the last, and no more than eight ever come out. */
static bool
put_split(struct splitter *s, size_t from, size_t to)
{
    struct piece_path path;
    size_t begins[EFTI_COMPOUND_PARTS + 1], count = 0;

    if (to - from < 5 || is_whole(s, from, to))
        return put_piece(s, from, to);
    size_t last = best_path(s, &path, from, to, to < s->size);
    if (last == 0)
        return put_piece(s, from, to);
    if (from == 0 && to == s->size && !may_split(s, &path, last))
        return put_piece(s, from, to);
    for (begins[count++] = to; last != from; last = path.before[last]) {
        if (count == EFTI_COMPOUND_PARTS)
            return false;
        begins[count++] = last;
    }
    for (size_t start = from; count > 0; start = begins[count]) {
        if (!put_split(s, start, begins[--count]))
            return false;
    }
    return true;
}

bool
efti_compound_split(const struct efti_dictionary *d, const struct efti_lists *lists,
                    const char *folded, size_t size, struct efti_compound_parts *out)
{
    struct splitter s;

    *out = (struct efti_compound_parts){0};
    if (d == NULL || size < 5 || size > EFTI_COMPOUND_BYTES)
        return false;
    s.d = d;
    s.lists = lists;
    s.bytes = folded;
    s.size = size;
    s.walked = 0;
    s.out = out;
    if (put_split(&s, 0, size) && out->count > 1)
        return true;
    *out = (struct efti_compound_parts){0};
    return false;
}
