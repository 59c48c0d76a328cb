/*
 * compound_walk.c - which pieces may begin at a byte, and which may be the last
 *
 * One walk from a byte to the end of the word, with the hash of all that lies between
 * growing byte by byte, asks two maps of bits that stay in near caches: that of our own
 * words (compound_words.h) and that of the dictionary's parts. It does so without a
 * branch; the few ends that pass are looked at then. The dictionary itself, whose answers
 * cost cache misses, is asked for last pieces only, and once for each.
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
    uint64_t letters = s->letters & efti_ends_between(from, to);

    letters -= letters >> 1 & 0x5555555555555555u;
    letters = (letters & 0x3333333333333333u) + (letters >> 2 & 0x3333333333333333u);
    letters = (letters + (letters >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
    return (size_t)(letters * 0x0101010101010101u >> 56);
}

/* The bytes that may come second in a word, for each first one: after a consonant
 * certain consonants, and all else; after all else all. Bit: letters by place in a
 * to z, OTHER. */
enum { OTHER = 26 };
#define LETTER(c) (1u << ((c) - 'a'))
#define NO_CONSONANT                                                                     \
    (LETTER('a') | LETTER('e') | LETTER('i') | LETTER('o') | LETTER('u') | LETTER('y') | \
     1u << OTHER)
#define AFTER(c) [(c) - 'a'] = NO_CONSONANT
#define AFTER_ANY                                                                        \
    [OTHER] = UINT32_MAX, ['a' - 'a'] = UINT32_MAX, ['e' - 'a'] = UINT32_MAX,            \
    ['i' - 'a'] = UINT32_MAX, ['o' - 'a'] = UINT32_MAX, ['u' - 'a'] = UINT32_MAX,        \
    ['y' - 'a'] = UINT32_MAX
static const uint32_t may_follow[OTHER + 1] = {
    AFTER_ANY,
    AFTER('b') | LETTER('l') | LETTER('r') | LETTER('j'),
    AFTER('c') | LETTER('h') | LETTER('l') | LETTER('r') | LETTER('z'),
    AFTER('d') | LETTER('r') | LETTER('j') | LETTER('v'),
    AFTER('f') | LETTER('l') | LETTER('r') | LETTER('j') | LETTER('n'),
    AFTER('g') | LETTER('l') | LETTER('r') | LETTER('n') | LETTER('j') | LETTER('h'),
    AFTER('h') | LETTER('j') | LETTER('v'),
    AFTER('j'),
    AFTER('k') | LETTER('l') | LETTER('n') | LETTER('r') | LETTER('v') | LETTER('j'),
    AFTER('l') | LETTER('j'),
    AFTER('m') | LETTER('j') | LETTER('c'),
    AFTER('n') | LETTER('j'),
    AFTER('p') | LETTER('l') | LETTER('r') | LETTER('s') | LETTER('j') | LETTER('h') |
        LETTER('n') | LETTER('t'),
    AFTER('q'),
    AFTER('r') | LETTER('h'),
    AFTER('s') | LETTER('c') | LETTER('f') | LETTER('h') | LETTER('j') | LETTER('k') |
        LETTER('l') | LETTER('m') | LETTER('n') | LETTER('p') | LETTER('q') |
        LETTER('t') | LETTER('v') | LETTER('w'),
    AFTER('t') | LETTER('j') | LETTER('r') | LETTER('v') | LETTER('h') | LETTER('s') |
        LETTER('w'),
    AFTER('v') | LETTER('r'),
    AFTER('w') | LETTER('h') | LETTER('r'),
    AFTER('x'),
    AFTER('z'),
};
#undef AFTER_ANY
#undef AFTER
#undef NO_CONSONANT
#undef LETTER

static unsigned
letter_of(char byte)
{
    unsigned letter = (unsigned char)(byte - 'a');

    return letter < OTHER ? letter : OTHER;
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

#define EVERY_BYTE 0x0101010101010101u

/* Bit 7 of each of eight bytes */
static uint64_t
top_bits(uint64_t eight)
{
    return (eight & EVERY_BYTE * 0x80) * 0x0002040810204081u >> 56;
}

/* Which of eight bytes are this one? */
static uint64_t
bytes_like(uint64_t eight, char byte)
{
    uint64_t other = eight ^ EVERY_BYTE * (unsigned char)byte;

    return top_bits(~(((other & EVERY_BYTE * 0x7F) + EVERY_BYTE * 0x7F) | other));
}

/* A word may begin behind these ends, as far as two letters can tell. */
static uint64_t
find_borders(const struct efti_splitter *s)
{
    uint64_t borders = 0;
    unsigned next = letter_of(s->bytes[1]);

    for (size_t end = 1; end + 1 < s->size; end++) {
        unsigned letter = next;
        next = letter_of(s->bytes[end + 1]);
        borders |= (uint64_t)(may_follow[letter] >> next & 1) << (end - 1);
    }
    return borders;
}

/* Eight bytes at a time, and without branches. The end of a word of ours is worth a note
 * where a word may begin, where an s follows that may be a link, and where what follows
 * may be the ending of a whole word. */
static void
find_places(struct efti_splitter *s)
{
    uint64_t inner = 0, hyphens = 0, links = 0; /* inner: not the first of a letter */

    for (size_t at = 0; at < s->size; at += 8) {
        uint64_t eight = efti_dict_le64((const unsigned char *)s->bytes + at);
        inner |= top_bits(eight & ~(eight << 1)) << at;
        hyphens |= bytes_like(eight, '-') << at;
        links |= bytes_like(eight, 's') << at;
    }
    s->letters = (~inner | 1) & efti_ends_between(0, s->size);
    uint64_t ends = s->letters >> 1;
    s->hyphens = hyphens & ends;
    s->borders = find_borders(s) & ends;
    size_t far = s->size > LONGEST_ENDING ? s->size - LONGEST_ENDING - 1 : 0;
    s->places = (ends & (links >> 1 | efti_ends_between(far, s->size))) | s->borders |
                efti_end_bit(s->size);
}

void
efti_splitter_open(struct efti_splitter *s, const struct efti_compounds *c,
                   const char *folded, size_t size)
{
    s->c = c; /* and no more than this: the walks are large */
    s->size = size;
    s->parts = efti_dictionary_parts(c->dictionary);
    s->walked = s->asked = 0;
    memset(s->bytes, 0, sizeof(s->bytes));
    memcpy(s->bytes, folded, size);
    find_places(s);
}

/* What our own words say of the ends in `ends`. */
static void
note_own_words(const struct efti_splitter *s, size_t from, uint64_t ends,
               const uint64_t *hashes, struct efti_piece_walk *walk)
{
    while (ends != 0) {
        size_t end = efti_next_end(&ends);
        uint32_t own = efti_piece_listed(s->bytes + from, end - from, hashes[end]);
        note_own(walk, own, efti_end_bit(end));
    }
}

/* Which of the ends in `ends` end a part that may stand before another one? */
static uint64_t
first_parts(const struct efti_splitter *s, uint64_t ends, const uint64_t *hashes)
{
    uint64_t first = 0;

    while (ends != 0) {
        size_t end = efti_next_end(&ends);
        uint32_t flags = efti_part_flags(s->parts, hashes[end]);
        bool is_first = (flags & (EFTI_DICT_BEGIN | EFTI_DICT_MIDDLE)) != 0;
        first |= (uint64_t)is_first << (end - 1);
    }
    return first;
}

static void
walk_to_end(const struct efti_splitter *s, size_t from, struct efti_piece_walk *walk)
{
    const struct efti_dictionary_parts parts = s->parts;
    uint64_t hashes[EFTI_COMPOUND_BYTES + 1], hash = EFTI_DICT_HASH_START;
    uint64_t own = 0, part = 0, bit = efti_end_bit(from + 1);

    for (size_t end = from + 1; end <= s->size; end++, bit <<= 1) {
        hash = efti_dict_hash_add(hash, s->bytes[end - 1]);
        uint64_t full = hashes[end] = efti_dict_hash_end(hash);
        own |= bit & (0 - efti_piece_may_be(full));
        part |= bit & (0 - efti_part_may_be(parts, full));
    }
    note_own_words(s, from, own & s->places, hashes, walk);
    part &= s->borders & ~(walk->prefix | walk->never);
    walk->first |= first_parts(s, part, hashes);
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

/* Whole words end in an ending of five letters at most, so the last bytes are enough.
 * `hash`, `own`: of all of [from, to). */
static bool
ends_as_whole_word(const struct efti_splitter *s, size_t from, size_t to, uint64_t *hash,
                   uint32_t *own)
{
    size_t most = to - from - 1, left = most < LONGEST_ENDING ? most : LONGEST_ENDING;
    uint64_t h = efti_dict_hash_of(s->bytes + from, most - left + 1), ends = 0, full;
    uint64_t hashes[LONGEST_ENDING + 1];

    for (size_t end = to - left;; h = efti_dict_hash_add(h, s->bytes[end++])) {
        full = hashes[to - end] = efti_dict_hash_end(h);
        ends |= efti_end_bit(end) & (0 - efti_piece_may_be(full));
        if (end == to)
            break;
    }
    *hash = full;
    *own = 0;
    for (ends &= s->letters >> 1 | efti_end_bit(to); ends != 0;) {
        size_t end = efti_next_end(&ends);
        *own = efti_piece_listed(s->bytes + from, end - from, hashes[to - end]);
        if ((*own & (EFTI_PIECE_WHOLE | EFTI_PIECE_STEM)) != 0 &&
            is_inflection(s->bytes + end, to - end))
            return true;
        *own = end == to ? *own : 0;
    }
    return false;
}

static struct efti_last_piece
find_last(const struct efti_splitter *s, size_t from, size_t to)
{
    const struct efti_last_piece none = {EFTI_NO_PIECE, EFTI_CUTS_NOT_TOLD};
    size_t letters = letters_between(s, from, to);
    uint32_t own, cuts;
    uint64_t hash;

    if (ends_as_whole_word(s, from, to, &hash, &own))
        return (struct efti_last_piece){0, EFTI_CUTS_WHOLE};
    if (own & EFTI_PIECE_LAST)
        return (struct efti_last_piece){letters < 4 ? EFTI_DOUBT_THREE_LETTERS : 0,
                                        EFTI_CUTS_NOT_TOLD};
    if (letters < 4 || own & EFTI_PIECE_NEVER)
        return none;
    uint32_t flags =
        efti_dictionary_listed(s->c->dictionary, s->bytes + from, to - from, hash, &cuts);
    if ((flags & EFTI_DICT_LOWER) == 0)
        return none;
    return (struct efti_last_piece){
        (flags & EFTI_DICT_HEAD ? 0u : EFTI_DOUBT_NOT_HEADWORD) +
            (flags & EFTI_DICT_END ? 0u : EFTI_DOUBT_NO_COMPOUND_END),
        s->c->told ? cuts : EFTI_CUTS_NOT_TOLD};
}

uint32_t
efti_doubts_of_last(struct efti_splitter *s, size_t from, size_t to)
{
    if (to < s->size)
        return find_last(s, from, to).doubts;
    if ((s->asked >> from & 1) == 0)
        s->lasts[from] = find_last(s, from, to);
    s->asked |= (uint64_t)1 << from;
    return s->lasts[from].doubts;
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
           (efti_dictionary_find(s->c->dictionary, piece, left) & EFTI_DICT_LOWER) != 0;
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
        if ((efti_dictionary_find(s->c->dictionary, base, left) & EFTI_DICT_HEAD) == 0)
            continue;
        if (base_has_last(s, base, left, last - from))
            return true;
        found = true;
    }
    return !found;
}
