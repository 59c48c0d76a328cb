/*
 * compounds.c - where the pieces of a compound meet
 *
 * The bytes of the word are the positions of a graph; a piece is a step from one position
 * to a later one (compound_walk.c finds them):
 *
 *     0        8      14                steps from 0:  nät (first), nätverks (whole + s)
 *     |nätverks|arbets|belastning...|             8: arbets (first)
 *
 * - first: the dictionary lets it begin or go on a compound (skol, arbets, kvinno), or it
 *   is on our own list (gatu, tak); or one of these after a prefix (om|boknings);
 * - whole: a word on the list of whole words, with or without its link;
 * - last: what may end the word: a dictionary word in any inflection, a whole word in any
 *   inflection, of three letters only by the list.
 *
 * The path with the fewest steps wins ("fewest parts", the strongest single rule:
 * facts/swedish.md 1): positions are reached in waves, one step more each time, and the
 * first wave from which a last piece ends the word is the answer. Within it, the lowest
 * sum of doubts wins (short pieces, pieces that are no headword, shared letters), then
 * the longest head. Each piece of the best path that is itself a compound and not whole
 * is then split the same way, so that familjehemsvård becomes familje|hems|vård though
 * the dictionary lists familjehem.
 *
 * Where two like consonants meet a third the word is written with two (natt + tåg:
 * nattåg): the first piece then gives its last letter to the next (nat|tåg), because the
 * head is what is counted.
 *
 * The work is bounded: each position is walked from once, over 64 bytes at most, and
 * reached once; splitting further happens on ever shorter pieces, at most eight.
 *
 * Left out: which reading the sentence wants (bil|drulle or bild|rulle) when both have as
 * few pieces; compounds with a part that no list knows.
 */
#include "tokenizers/compounds.h"

#include "tokenizers/compound_walk.h"
#include "tokenizers/compound_words.h"

/* Best ways to reach positions of one piece of the word. */
struct piece_path {
    uint64_t reached; /* bit p: position p, by as few steps as can be */
    uint64_t wave;    /* bit p: reached by the last step */
    uint16_t doubts[EFTI_COMPOUND_BYTES];
    uint8_t before[EFTI_COMPOUND_BYTES];
    bool with_prefixes;
};

static void
take_step(struct piece_path *path, size_t from, size_t to, uint32_t doubts)
{
    uint64_t bit = (uint64_t)1 << to;

    doubts += path->doubts[from];
    if ((path->reached & bit) != 0 ||
        ((path->wave & bit) != 0 && doubts >= path->doubts[to]))
        return;
    path->wave |= bit;
    path->doubts[to] = (uint16_t)doubts;
    path->before[to] = (uint8_t)from;
}

/* Steps over a prefix and a piece: om|boknings. */
static void
steps_over_prefixes(struct efti_splitter *s, struct piece_path *path, size_t from,
                    uint64_t inside)
{
    for (uint64_t prefixes = s->walks[from].prefix & inside; prefixes != 0;) {
        size_t after = efti_next_end(&prefixes);
        for (uint64_t ends = efti_pieces_from(s, after)->first & inside; ends != 0;) {
            size_t to = efti_next_end(&ends);
            take_step(path, from, to,
                      efti_doubts_of_first(s, after, to) + EFTI_DOUBT_PREFIX);
        }
    }
}

/* All steps from `from` that stay before `limit`. */
static void
steps_from(struct efti_splitter *s, struct piece_path *path, size_t from, size_t limit)
{
    const struct efti_piece_walk *walk = efti_pieces_from(s, from);
    uint64_t inside = efti_ends_between(from, limit - 1);

    if (path->with_prefixes)
        steps_over_prefixes(s, path, from, inside);
    for (uint64_t ends = efti_first_pieces(s, walk) & inside; ends != 0;) {
        size_t to = efti_next_end(&ends);
        uint32_t doubts = efti_doubts_of_first(s, from, to);
        if ((walk->whole & efti_ends_between(to, limit)) != 0)
            doubts += EFTI_DOUBT_INSIDE_WHOLE;
        take_step(path, from, to, doubts);
        if (to - from > 3 && efti_is_consonant_byte(s->bytes[to - 1]) &&
            s->bytes[to - 1] == s->bytes[to - 2])
            take_step(path, from, to - 1, doubts + EFTI_DOUBT_SHARED_LETTER);
    }
}

/* Which position of the last wave has the best last piece up to `to`? 0: none has one. */
static size_t
best_last(struct efti_splitter *s, const struct piece_path *path, size_t to, bool inner,
          uint32_t *doubts)
{
    size_t last = 0;

    *doubts = EFTI_NO_PIECE;
    for (uint64_t wave = path->wave; wave != 0 && *doubts > 0;) {
        size_t at = efti_next_end(&wave) - 1;
        uint32_t mine =
            inner ? efti_doubts_of_inner_last(s, at, to) : efti_doubts_of_last(s, at, to);
        if (mine == EFTI_NO_PIECE || mine + path->doubts[at] >= *doubts)
            continue;
        *doubts = mine + path->doubts[at];
        last = at;
    }
    return last;
}

/* The best path over [from, to) of at most `most` pieces before the last: where the last
 * one begins; 0: there is none. */
static size_t
best_path(struct efti_splitter *s, struct piece_path *path, size_t from, size_t to,
          unsigned most, uint32_t *doubts)
{
    bool inner = to < s->size;

    path->wave = (uint64_t)1 << from;
    path->reached = 0;
    path->doubts[from] = 0;
    for (unsigned pieces = 1; path->wave != 0 && pieces <= most; pieces++) {
        uint64_t wave = path->wave;
        path->reached |= wave;
        path->wave = 0;
        while (wave != 0)
            steps_from(s, path, efti_next_end(&wave) - 1, to);
        size_t last = best_last(s, path, to, inner, doubts);
        if (last != 0)
            return last;
    }
    return 0;
}

/* ---------------------------------------------------------------------- result */

static uint8_t
link_of(struct efti_splitter *s, size_t from, size_t to)
{
    const struct efti_piece_walk *walk = efti_pieces_from(s, from);
    const char *piece = s->bytes + from;
    size_t size = to - from;
    char end = piece[size - 1];
    uint64_t hash = efti_dict_hash(piece, size);
    uint32_t own = efti_piece_find(piece, size, hash);

    if (own & EFTI_PIECE_FIRST)
        return (uint8_t)(own >> EFTI_PIECE_LINK_SHIFT);
    if (end == '-')
        return 1;
    if ((walk->first & efti_end_bit(to)) == 0 && s->bytes[to] == end &&
        (walk->first & efti_end_bit(to + 1)) != 0)
        return 0; /* the last letter of klass went to klas|storlek */
    if (memchr("seoua", end, 5) == NULL || (own & EFTI_PIECE_WHOLE))
        return 0;
    uint32_t flags = efti_part_flags(s->parts, hash);
    if (flags == 0)
        flags = efti_dictionary_find(s->c->dictionary, piece, size);
    if (end != 's')
        return flags & EFTI_DICT_LOWER ? 0 : 1;
    /* "fritids" is a headword too, but so is "fritid"; "kurs" has four letters. */
    if (flags & EFTI_DICT_HEAD)
        return size > 4 && piece[size - 2] != 's' &&
               efti_dictionary_find(s->c->dictionary, piece, size - 1) & EFTI_DICT_HEAD;
    return 1;
}

static bool
put_piece(struct efti_splitter *s, size_t from, size_t to,
          struct efti_compound_parts *out)
{
    if (out->count == EFTI_COMPOUND_PARTS)
        return false;
    out->link[out->count] = to == s->size ? 0 : link_of(s, from, to);
    out->ends[out->count++] = (uint8_t)to;
    return true;
}

/* Names are whole, also in small letters (mattias, maj-britt), unless they are words too:
 * björk, sten. The dictionary knows some names as well. */
static bool
is_listed_name(const struct efti_splitter *s)
{
    const uint32_t names =
        EFTI_LIST_ANY_NAME | EFTI_LIST_PLACE | EFTI_LIST_FUNCTION | EFTI_LIST_FOREIGN;
    const char *hyphen = memchr(s->bytes, '-', s->size);

    if (s->flags & (EFTI_DICT_CAPITAL | EFTI_DICT_ACRONYM))
        return true;
    if (s->c->lists == NULL)
        return false;
    if (hyphen == NULL)
        return (efti_lists_word(s->c->lists, s->bytes, s->size) & names) != 0;
    size_t first = (size_t)(hyphen - s->bytes);
    return (efti_lists_word(s->c->lists, s->bytes, first) & EFTI_LIST_ANY_NAME) != 0 &&
           (efti_lists_word(s->c->lists, hyphen + 1, s->size - first - 1) &
            EFTI_LIST_ANY_NAME) != 0;
}

/* The best path of a word that the dictionary does not list. It may have any number of
 * pieces, with prefixes if need be; unless all speaks against it (te|ras) or it is a
 * name. */
static size_t
path_of_unlisted(struct efti_splitter *s, struct piece_path *path)
{
    uint32_t doubts;
    size_t last = best_path(s, path, 0, s->size, EFTI_COMPOUND_PARTS - 1, &doubts);

    if (last == 0) {
        path->with_prefixes = true;
        last = best_path(s, path, 0, s->size, EFTI_COMPOUND_PARTS - 1, &doubts);
    }
    return last != 0 && doubts < EFTI_DOUBTS_TOO_MANY && !is_listed_name(s) ? last : 0;
}

/* The best path of [from, to), a piece or the whole word. What is listed seldom needs
 * more than two pieces, since each of them is split further, so three must be in good
 * order; and the form at the end is cut only if its headword agrees. */
static size_t
path_of(struct efti_splitter *s, struct piece_path *path, size_t from, size_t to)
{
    bool all = to - from == s->size;
    uint32_t doubts;

    path->with_prefixes = false;
    if (all && (s->flags & EFTI_DICT_LOWER) == 0)
        return path_of_unlisted(s, path);
    size_t last = best_path(s, path, from, to, 2, &doubts);
    if (last == 0 ||
        (path->before[last] != from && doubts >= EFTI_DOUBTS_TOO_MANY_OF_THREE))
        return 0;
    if (to < s->size)
        return last;
    uint32_t flags =
        all ? s->flags
            : efti_dictionary_find(s->c->dictionary, s->bytes + from, to - from);
    bool inflected = (flags & (EFTI_DICT_LOWER | EFTI_DICT_HEAD)) == EFTI_DICT_LOWER;
    return inflected && !efti_base_agrees(s, from, last) ? 0 : last;
}

/* ------------------------------------------------------------------------ cuts */

/* In the lowest two bits how many pieces (EFTI_CUTS_WHOLE and so on), above them the
 * bytes and the link of the first one, then of the second. Words of more or longer pieces
 * are not told of (a few hundred). */
enum { CUT_BYTES = 5, CUT_LINK = 2, CUT_BITS = CUT_BYTES + CUT_LINK };

static uint32_t
pack_cuts(const struct efti_compound_parts *parts)
{
    uint32_t cuts = parts->count, from = 0;

    if (parts->count > EFTI_CUTS_THREE)
        return EFTI_CUTS_NOT_TOLD;
    for (uint32_t i = 0; i + 1 < parts->count; from = parts->ends[i++]) {
        uint32_t size = parts->ends[i] - from, link = parts->link[i];
        if (size >> CUT_BYTES != 0 || link >> CUT_LINK != 0)
            return EFTI_CUTS_NOT_TOLD;
        cuts |= (size | link << CUT_BYTES) << (2 + CUT_BITS * i);
    }
    return parts->count == 0 ? EFTI_CUTS_WHOLE : cuts;
}

/* The pieces that cuts tell of [from, to), behind those that are there. Bytes that no
 * engine wrote must not lead out of the word. */
static bool
put_told(uint32_t cuts, size_t from, size_t to, struct efti_compound_parts *out)
{
    size_t end = from, count = cuts & EFTI_CUTS_PIECES;

    if (out->count + count > EFTI_COMPOUND_PARTS)
        return false;
    for (cuts >>= 2; count > 1; count--, cuts >>= CUT_BITS) {
        uint32_t size = cuts & ((1u << CUT_BYTES) - 1),
                 link = cuts >> CUT_BYTES & ((1u << CUT_LINK) - 1);
        end += size;
        if (link >= size || end >= to)
            return false;
        out->link[out->count] = (uint8_t)link;
        out->ends[out->count++] = (uint8_t)end;
    }
    out->link[out->count] = 0;
    out->ends[out->count++] = (uint8_t)to;
    return true;
}

/* ---------------------------------------------------------------------- splits */

/* Is it told how the last piece, from `from`, is taken apart? As a word of its own, which
 * it is but for a hyphen: that lets a piece begin whatever stands before it. */
static bool
is_told(const struct efti_splitter *s, size_t from)
{
    return from > 0 && s->hyphens >> from == 0 && (s->asked >> from & 1) != 0 &&
           (s->lasts[from].cuts & EFTI_CUTS_PIECES) != EFTI_CUTS_NOT_TOLD;
}

/* The pieces of [from, to), split as far as they go. */
static bool
put_split(struct efti_splitter *s, size_t from, size_t to,
          struct efti_compound_parts *out)
{
    struct piece_path path;
    size_t ends[EFTI_COMPOUND_PARTS + 1], count = 0;

    if (to - from < 6 && to - from < s->size)
        return put_piece(s, from, to, out);
    if (to == s->size && is_told(s, from))
        return put_told(s->lasts[from].cuts, from, to, out);
    if (efti_is_whole_word(s, from, to))
        return put_piece(s, from, to, out);
    size_t last = path_of(s, &path, from, to);
    if (last == 0)
        return put_piece(s, from, to, out);
    for (ends[count++] = to; last != from; last = path.before[last])
        ends[count++] = last; /* at most eight: best_path() stops there */
    for (size_t start = from; count > 0; start = ends[count]) {
        if (!put_split(s, start, ends[--count], out))
            return false;
    }
    return true;
}

static bool
find_split(const struct efti_compounds *c, const char *folded, size_t size,
           uint32_t flags, struct efti_compound_parts *out)
{
    struct efti_splitter s;

    s.flags = flags;
    efti_splitter_open(&s, c, folded, size);
    return put_split(&s, 0, size, out);
}

/* Lists are asked for words that the dictionary has not in small letters, and do not
 * matter for those that it has with capitals alone: is_listed_name(). */
uint32_t
efti_compound_cuts(const struct efti_dictionary *d, const char *folded, size_t size,
                   uint32_t flags)
{
    const struct efti_compounds c = {d, NULL, false};
    struct efti_compound_parts parts;

    if ((flags & (EFTI_DICT_LOWER | EFTI_DICT_CAPITAL | EFTI_DICT_ACRONYM)) == 0)
        return EFTI_CUTS_NOT_TOLD;
    (void)efti_compound_split(&c, folded, size, &parts);
    return pack_cuts(&parts);
}

bool
efti_compound_split(const struct efti_compounds *c, const char *folded, size_t size,
                    struct efti_compound_parts *out)
{
    uint32_t cuts;

    *out = (struct efti_compound_parts){0};
    if (c->dictionary == NULL || size < 5 || size > EFTI_COMPOUND_BYTES)
        return false;
    uint32_t flags = efti_dictionary_listed(c->dictionary, folded, size,
                                            efti_dict_hash(folded, size), &cuts);
    bool told = c->told && (cuts & EFTI_CUTS_PIECES) != EFTI_CUTS_NOT_TOLD;
    if ((told ? put_told(cuts, 0, size, out) : find_split(c, folded, size, flags, out)) &&
        out->count > 1)
        return true;
    *out = (struct efti_compound_parts){0};
    return false;
}
