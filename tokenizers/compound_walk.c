/*
 * compound_walk.c - which pieces may begin at a byte, and which may be the last
 *
 * One walk from a byte to the end of the word, with the hash of all that lies between
 * growing byte by byte, asks two tables that stay in a cache: our own words
 * (compound_words.h) and the dictionary's parts. The dictionary itself, whose answers
 * cost cache misses, is asked for last pieces only.
 *
 * A place is skipped where no Swedish word could go on: two consonants begin a word only
 * in certain pairs (bl, kn, st, tv ...). And no piece ends inside a prefix that begins
 * with it: genom|... is never gen|om....
 */
#include "tokenizers/compound_walk.h"

#include "lexicons/compound.h"
#include "lexicons/dictionary_format.h"
#include "tokenizers/compound_words.h"

#define LONGEST_ENDING 5 /* bytes: -ornas */

static size_t
letters_between(const struct efti_splitter *s, size_t from, size_t to)
{
    uint64_t letters = s->letters & (to >= 64 ? UINT64_MAX : ((uint64_t)1 << to) - 1);
    size_t count = 0;

    for (letters >>= from; letters != 0; letters &= letters - 1)
        count++;
    return count;
}

/* May a word begin with these two bytes? For each consonant the consonants that may come
 * second; all else passes. */
static bool
may_begin_word(const char *bytes)
{
#define PAIR(c) (1u << ((c) - 'a'))
    static const uint32_t second[26] = {
        ['b' - 'a'] = PAIR('l') | PAIR('r') | PAIR('j'),
        ['c' - 'a'] = PAIR('h') | PAIR('l') | PAIR('r') | PAIR('z'),
        ['d' - 'a'] = PAIR('r') | PAIR('j') | PAIR('v'),
        ['f' - 'a'] = PAIR('l') | PAIR('r') | PAIR('j') | PAIR('n'),
        ['g' - 'a'] = PAIR('l') | PAIR('r') | PAIR('n') | PAIR('j') | PAIR('h'),
        ['h' - 'a'] = PAIR('j') | PAIR('v'),
        ['k' - 'a'] = PAIR('l') | PAIR('n') | PAIR('r') | PAIR('v') | PAIR('j'),
        ['l' - 'a'] = PAIR('j'),
        ['m' - 'a'] = PAIR('j') | PAIR('c'),
        ['n' - 'a'] = PAIR('j'),
        ['p' - 'a'] = PAIR('l') | PAIR('r') | PAIR('s') | PAIR('j') | PAIR('h') |
                      PAIR('n') | PAIR('t'),
        ['r' - 'a'] = PAIR('h'),
        ['s' - 'a'] = PAIR('c') | PAIR('f') | PAIR('h') | PAIR('j') | PAIR('k') |
                      PAIR('l') | PAIR('m') | PAIR('n') | PAIR('p') | PAIR('q') |
                      PAIR('t') | PAIR('v') | PAIR('w'),
        ['t' - 'a'] =
            PAIR('j') | PAIR('r') | PAIR('v') | PAIR('h') | PAIR('s') | PAIR('w'),
        ['v' - 'a'] = PAIR('r'),
        ['w' - 'a'] = PAIR('h') | PAIR('r'),
    };
#undef PAIR

    if (!efti_is_consonant_byte(bytes[0]) || !efti_is_consonant_byte(bytes[1]))
        return true;
    return (second[bytes[0] - 'a'] >> (bytes[1] - 'a') & 1) != 0;
}

static void
note_own(struct efti_piece_walk *walk, uint32_t own, uint64_t bit)
{
    walk->first |= own & EFTI_PIECE_FIRST ? bit : 0;
    walk->prefix |= own & EFTI_PIECE_PREFIX ? bit : 0;
    walk->whole |= own & EFTI_PIECE_WHOLE ? bit : 0;
    walk->stem |= own & EFTI_PIECE_STEM ? bit : 0;
    walk->last |= own & EFTI_PIECE_LAST ? bit : 0;
    walk->never |= own & EFTI_PIECE_NEVER ? bit : 0;
}

/* A place is worth a look if a word may begin there, if an s follows that may be a link,
 * or if what follows may be the ending of a whole word. */
void
efti_find_places(struct efti_splitter *s)
{
    uint64_t letters = 1, borders = 0, places = 0, hyphens = 0;

    for (size_t at = 1; at < s->size; at++) {
        if (((unsigned char)s->bytes[at] & 0xC0) == 0x80)
            continue;
        letters |= (uint64_t)1 << at;
        if (s->bytes[at - 1] == '-')
            hyphens |= efti_end_bit(at);
        if (at + 1 < s->size && may_begin_word(s->bytes + at))
            borders |= efti_end_bit(at);
        else if (s->bytes[at] == 's' || at + LONGEST_ENDING >= s->size)
            places |= efti_end_bit(at);
    }
    s->letters = letters;
    s->borders = borders;
    s->hyphens = hyphens;
    s->places = places | borders | efti_end_bit(s->size);
}

static void
walk_to_end(const struct efti_splitter *s, size_t from, struct efti_piece_walk *walk)
{
    const uint32_t not_first = EFTI_PIECE_NEVER | EFTI_PIECE_PREFIX;
    const struct efti_dictionary_parts parts = s->parts;
    const char *bytes = s->bytes, *piece = bytes + from;
    uint64_t hash = EFTI_DICT_HASH_START, places = s->places >> from, first = 0;

    for (size_t size = 1; places != 0; size++, places >>= 1) {
        hash = efti_dict_hash_add(hash, piece[size - 1]);
        if ((places & 1) == 0)
            continue;
        uint64_t full = efti_dict_hash_end(hash), bit = efti_end_bit(from + size);
        uint32_t own = efti_piece_find(piece, size, full);
        if (EFTI_UNLIKELY(own != 0))
            note_own(walk, own, bit);
        if ((s->borders & bit) != 0 && (own & not_first) == 0 &&
            (efti_part_flags(parts, full) & (EFTI_DICT_BEGIN | EFTI_DICT_MIDDLE)) != 0)
            first |= bit;
    }
    walk->first |= first;
}

const struct efti_piece_walk *
efti_pieces_from(struct efti_splitter *s, size_t from)
{
    struct efti_piece_walk *walk = &s->walks[from];

    if (s->walked >> from & 1)
        return walk;
    s->walked |= (uint64_t)1 << from;
    *walk = (struct efti_piece_walk){0};
    walk_to_end(s, from, walk);
    if (s->hyphens != 0 && (from == 0 || s->bytes[from - 1] == '-')) {
        uint64_t next = s->hyphens & efti_ends_between(from + 1, s->size);
        walk->first |= next & (~next + 1); /* whatever the letters are: lss-|boende */
    }
    if (walk->prefix != 0) /* nothing below the first prefix: gen|omgång */
        walk->first &= ~((walk->prefix & (~walk->prefix + 1)) - 1);
    return walk;
}

/* ---------------------------------------------------------------- whole words */

/* What may follow a whole word and leave it the same word: endings of nouns, adjectives
 * and verbs, and links. */
static bool
is_inflection(const char *bytes, size_t size)
{
    static const struct {
        uint8_t size;
        char letters[5];
    } endings[] = {
        {1, "a"},    {1, "e"},     {1, "n"},     {1, "o"},     {1, "r"},    {1, "s"},
        {1, "t"},    {1, "u"},     {2, "ad"},    {2, "an"},    {2, "ar"},   {2, "as"},
        {2, "at"},   {2, "de"},    {2, "en"},    {2, "er"},    {2, "es"},   {2, "et"},
        {2, "na"},   {2, "ns"},    {2, "or"},    {2, "rs"},    {2, "te"},   {2, "ts"},
        {3, "ade"},  {3, "ans"},   {3, "are"},   {3, "ars"},   {3, "ast"},  {3, "ats"},
        {3, "des"},  {3, "ena"},   {3, "ens"},   {3, "ers"},   {3, "ets"},  {3, "men"},
        {3, "met"},  {3, "nas"},   {3, "ors"},   {3, "rna"},   {4, "aren"}, {4, "arna"},
        {4, "aste"}, {4, "enas"},  {4, "erna"},  {4, "mens"},  {4, "mets"}, {4, "orna"},
        {4, "rnas"}, {5, "arnas"}, {5, "ernas"}, {5, "ornas"},
    };

    if (size == 0)
        return true;
    for (size_t i = 0; i < EFTI_COUNT(endings); i++) {
        if (endings[i].size == size && memcmp(endings[i].letters, bytes, size) == 0)
            return true;
    }
    return false;
}

bool
efti_is_whole_word(struct efti_splitter *s, size_t from, size_t to)
{
    const struct efti_piece_walk *walk = efti_pieces_from(s, from);
    uint64_t ends = (walk->whole | walk->stem) & efti_ends_between(from, to);

    while (ends != 0) {
        size_t end = efti_next_end(&ends);
        if (is_inflection(s->bytes + end, to - end))
            return true;
    }
    return false;
}

uint64_t
efti_first_pieces(const struct efti_splitter *s, const struct efti_piece_walk *walk)
{
    uint64_t found = walk->first | walk->whole | walk->stem;

    for (uint64_t ends = walk->whole | walk->stem; ends != 0;) {
        size_t end = efti_next_end(&ends);
        if (end >= s->size)
            break;
        char next = s->bytes[end]; /* ansvar+s, and in place of a vowel: människ+o */
        bool vowel = next == 'o' || next == 'u' || next == 'e';
        if (next == 's' || (vowel && walk->stem & efti_end_bit(end)))
            found |= efti_end_bit(end + 1);
    }
    return found;
}

/* ---------------------------------------------------------------------- doubts */

uint32_t
efti_doubts_of_first(const struct efti_splitter *s, size_t from, size_t to)
{
    size_t letters = to - from > 6 ? 6 : letters_between(s, from, to);

    if (s->bytes[to - 1] == '-')
        return 0;
    return letters < 3    ? EFTI_DOUBT_TWO_LETTERS
           : letters == 3 ? EFTI_DOUBT_THREE_LETTERS
                          : 0;
}

/* Whole words end in an ending of five letters at most, so the last bytes are enough. */
static bool
ends_as_whole_word(const struct efti_splitter *s, size_t from, size_t to, uint64_t *hash,
                   uint32_t *own)
{
    uint64_t h = EFTI_DICT_HASH_START;

    *own = 0;
    for (size_t end = from + 1; end <= to; end++) {
        h = efti_dict_hash_add(h, s->bytes[end - 1]);
        if (end + LONGEST_ENDING < to || (end < to && (s->letters >> end & 1) == 0))
            continue;
        *hash = efti_dict_hash_end(h);
        *own = efti_piece_find(s->bytes + from, end - from, *hash);
        if ((*own & (EFTI_PIECE_WHOLE | EFTI_PIECE_STEM)) != 0 &&
            is_inflection(s->bytes + end, to - end))
            return true;
    }
    return false;
}

uint32_t
efti_doubts_of_last(struct efti_splitter *s, size_t from, size_t to)
{
    size_t letters = letters_between(s, from, to);
    uint64_t hash = 0;
    uint32_t own;

    if (ends_as_whole_word(s, from, to, &hash, &own))
        return 0;
    if (own & EFTI_PIECE_LAST)
        return letters < 4 ? EFTI_DOUBT_THREE_LETTERS : 0;
    if (letters < 4 || own & EFTI_PIECE_NEVER)
        return EFTI_NO_PIECE;
    uint32_t flags = efti_dictionary_flags_hashed(s->d, s->bytes + from, to - from, hash);
    if ((flags & EFTI_DICT_LOWER) == 0)
        return EFTI_NO_PIECE;
    return (flags & EFTI_DICT_HEAD ? 0u : EFTI_DOUBT_NOT_HEADWORD) +
           (flags & EFTI_DICT_END ? 0u : EFTI_DOUBT_NO_COMPOUND_END);
}

uint32_t
efti_doubts_of_inner_last(struct efti_splitter *s, size_t from, size_t to)
{
    const struct efti_piece_walk *walk = efti_pieces_from(s, from);

    if (walk->never & efti_end_bit(to))
        return EFTI_NO_PIECE;
    if (walk->first & efti_end_bit(to) && letters_between(s, from, to) > 2)
        return 0;
    if (s->bytes[to - 1] == 's' && to - from > 1)
        return efti_doubts_of_last(s, from, to - 1);
    return EFTI_NO_PIECE;
}

/* ------------------------------------------------------------------- headwords */

/* The headword base[0, size) that a listed form goes back to: does it keep a last piece
 * from `from`? */
static bool
base_has_last(const struct efti_splitter *s, const char *base, size_t size, size_t from)
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

bool
efti_base_agrees(const struct efti_splitter *s, size_t from, size_t last)
{
    const char *word = s->bytes + from;
    size_t size = s->size - from;
    static const struct {
        uint8_t size;
        char ending[5];
        char instead[2]; /* nothing, or one vowel */
    } endings[] = {
        {1, "s", ""},      {1, "n", ""},    {1, "r", ""},     {1, "t", ""},
        {2, "en", ""},     {2, "et", ""},   {2, "ar", ""},    {2, "er", ""},
        {1, "a", ""},      {2, "or", "a"},  {2, "na", ""},    {3, "rna", ""},
        {4, "erna", ""},   {4, "arna", ""}, {4, "orna", "a"}, {3, "ens", ""},
        {3, "ets", ""},    {2, "ns", ""},   {2, "ts", ""},    {2, "ar", "e"},
        {4, "arna", "e"},  {2, "ad", "a"},  {3, "ade", "a"},  {4, "ades", "a"},
        {2, "er", "a"},    {2, "as", "a"},  {3, "ats", "a"},  {2, "de", "a"},
        {2, "te", "a"},    {3, "nde", ""},  {4, "ande", "a"}, {1, "e", ""},
        {3, "ers", ""},    {3, "ars", ""},  {3, "ors", "a"},  {2, "es", "a"},
        {3, "met", ""},    {3, "men", ""},  {4, "mens", ""},  {3, "nen", ""},
        {3, "are", ""},    {3, "ast", ""},  {5, "ernas", ""}, {5, "arnas", ""},
        {5, "ornas", "a"},
    };
    char base[EFTI_COMPOUND_BYTES + 2];
    bool found = false;

    for (size_t i = 0; i < EFTI_COUNT(endings); i++) {
        size_t cut = endings[i].size, left = size - cut;
        if (cut + 3 > size || endings[i].ending[cut - 1] != word[size - 1] ||
            memcmp(word + left, endings[i].ending, cut) != 0)
            continue;
        memcpy(base, word, left);
        if (endings[i].instead[0] != '\0')
            base[left++] = endings[i].instead[0];
        if ((efti_dictionary_find(s->d, base, left) & EFTI_DICT_HEAD) == 0)
            continue;
        if (base_has_last(s, base, left, last - from))
            return true;
        found = true;
    }
    return !found;
}
