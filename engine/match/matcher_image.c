/*
 * matcher_image.c - the matcher of the core lexicon, as the dictionary's file keeps it
 *
 * Compiling the core lexicon takes some 5 ms: 70,000 words are looked up, stemmed and
 * numbered, phrases weighed. What comes out depends on the lexicon, the lists, the
 * dictionary (base forms) and this code, as the known part of the file does, so that
 * part's builder (lexicons/image/know.c) keeps it too:
 *
 *   counts    of sets, their words, words of patterns, atoms, singles, anchors, watched
 *             atoms, atoms of phrases, bytes of letters, literals, words of each kind
 *   sizes     a byte for each literal, then for each word of each kind; padded
 *   letters   the same, one behind another; padded
 *   words     atoms of the words of patterns; of sets; the sets that atoms are in
 *   atoms     8 words each, singles 2, anchors 5 (the last one is four bytes)
 *   bits      which patterns have a cue of their own, which sets negate
 *   maps      the wild maps and the beginnings of terms, as words of eight bytes
 *
 * All numbers are little-endian words of four bytes unless said otherwise. Strings stay
 * where they lie; their tables are keyed for each run as all others are. The file is
 * foreign: every number is held against its bounds once, here, so that no other place has
 * to.
 */
#include "match/compiled.h"

#include "lexicons/dictionary_format.h"

enum {
    IMAGE_SETS,
    IMAGE_SET_WORDS,
    IMAGE_PATTERN_WORDS,
    IMAGE_ATOMS,
    IMAGE_SINGLES,
    IMAGE_ANCHORS,
    IMAGE_WATCHED,
    IMAGE_PHRASES,
    IMAGE_LETTERS,
    IMAGE_LITERALS,
    IMAGE_KINDS,
    IMAGE_HEAD = IMAGE_KINDS + EFTI_PATTERN_SET /* words */
};
#define IMAGE_ATOM_WORDS 8u
#define IMAGE_SINGLE_WORDS 2u
#define IMAGE_ANCHOR_WORDS 5u

_Static_assert(sizeof(struct efti_atom) == IMAGE_ATOM_WORDS * 4,
               "an atom is eight words");

/* Filled where it stands. */
static struct efti_wild_map *
image_map(struct efti_matcher *m, size_t i)
{
    struct efti_wild_map *const maps[] = {&m->beginnings, &m->endings, &m->stems,
                                          &m->wholes,     &m->terms,   &m->pieces};

    return i < EFTI_COUNT(maps) ? maps[i] : NULL;
}

/* ------------------------------------------------------------------- writing */

static void
put_align(struct efti_bytes *out)
{
    while (out->size % 4 != 0)
        efti_put_char(out, '\0');
}

static void
put_words(struct efti_bytes *out, const uint32_t *words, size_t count)
{
    for (size_t i = 0; words != NULL && i < count; i++) /* no items: NULL */
        efti_put_le32(out, words[i]);
}

static void
put_words64(struct efti_bytes *out, const uint64_t *words, size_t count)
{
    for (size_t i = 0; words != NULL && i < count; i++) {
        efti_put_le32(out, (uint32_t)words[i]);
        efti_put_le32(out, (uint32_t)(words[i] >> 32));
    }
}

/* Sizes first, or letters; false: one is too long. */
static bool
put_strings(struct efti_bytes *out, const struct efti_strings *strings, bool letters)
{
    for (uint32_t i = 0; i < efti_strings_count(strings); i++) {
        eft_text text = efti_strings_get(strings, i);
        if (text.size > UINT8_MAX)
            return false;
        if (letters)
            efti_put(out, text.bytes, text.size);
        else
            efti_put_char(out, (char)text.size);
    }
    return true;
}

static bool
put_all_strings(struct efti_bytes *out, const struct efti_matcher *m, bool letters)
{
    bool ok = put_strings(out, m->literals, letters);

    for (size_t kind = 0; kind < EFTI_PATTERN_SET && ok; kind++)
        ok = put_strings(out, m->words[kind].strings, letters);
    put_align(out);
    return ok;
}

static void
put_atoms(struct efti_bytes *out, const struct efti_matcher *m)
{
    for (size_t i = 0; i < m->atoms.count; i++) {
        const struct efti_atom *a = &m->atoms.items[i];
        const uint32_t words[IMAGE_ATOM_WORDS] = {
            a->singles.first, a->singles.count, a->anchors.first, a->anchors.count,
            a->sets.first,    a->sets.count,    a->watch,         a->phrase};
        put_words(out, words, EFTI_COUNT(words));
    }
    for (size_t i = 0; i < m->singles.count; i++) {
        efti_put_le32(out, m->singles.items[i].theme);
        efti_put_le32(out, m->singles.items[i].pattern);
    }
    for (size_t i = 0; i < m->anchors.count; i++) {
        const struct efti_anchor *a = &m->anchors.items[i];
        const uint32_t words[IMAGE_ANCHOR_WORDS] = {
            a->pattern, a->first_word, a->beside, a->other,
            a->gap | (uint32_t)a->count << 8 | (uint32_t)a->at << 16 |
                (uint32_t)a->by_right << 24};
        put_words(out, words, EFTI_COUNT(words));
    }
}

static void
put_bits(struct efti_bytes *out, const struct efti_matcher *m)
{
    for (size_t i = 0; i < m->patterns.count; i++)
        efti_put_char(out, m->patterns.items[i].own_cue ? 1 : 0);
    for (size_t i = 0; i < m->sets.count; i++)
        efti_put_char(out, m->sets.items[i].negates ? 1 : 0);
    put_align(out);
}

static void
put_maps(struct efti_bytes *out, struct efti_matcher *m)
{
    for (size_t i = 0; image_map(m, i) != NULL; i++) {
        const struct efti_wild_map *map = image_map(m, i);
        const uint64_t ends[] = {map->shortest, map->longest};
        put_words64(out, ends, EFTI_COUNT(ends));
        put_words64(out, map->bits, EFTI_COUNT(map->bits));
        put_words64(out, map->starts, EFTI_COUNT(map->starts));
    }
    put_words64(out, m->term_starts, EFTI_COUNT(m->term_starts));
}

static size_t
count_letters(const struct efti_matcher *m)
{
    size_t letters = 0;

    for (size_t kind = 0; kind <= EFTI_PATTERN_SET; kind++) {
        const struct efti_strings *s =
            kind == EFTI_PATTERN_SET ? m->literals : m->words[kind].strings;
        for (uint32_t i = 0; i < efti_strings_count(s); i++)
            letters += efti_strings_get(s, i).size;
    }
    return letters;
}

bool
efti_matcher_pack(struct efti_matcher *m, struct efti_bytes *out)
{
    uint32_t head[IMAGE_HEAD] = {
        [IMAGE_SETS] = (uint32_t)m->sets.count,
        [IMAGE_SET_WORDS] = (uint32_t)m->set_words.count,
        [IMAGE_PATTERN_WORDS] = (uint32_t)m->word_atoms.count,
        [IMAGE_ATOMS] = (uint32_t)m->atoms.count,
        [IMAGE_SINGLES] = (uint32_t)m->singles.count,
        [IMAGE_ANCHORS] = (uint32_t)m->anchors.count,
        [IMAGE_WATCHED] = m->watch_count,
        [IMAGE_PHRASES] = m->phrase_count,
        [IMAGE_LETTERS] = (uint32_t)count_letters(m),
        [IMAGE_LITERALS] = efti_strings_count(m->literals),
    };

    for (size_t kind = 0; kind < EFTI_PATTERN_SET; kind++)
        head[IMAGE_KINDS + kind] = efti_strings_count(m->words[kind].strings);
    put_words(out, head, EFTI_COUNT(head));
    if (!put_all_strings(out, m, false) || !put_all_strings(out, m, true))
        return false;
    put_words(out, m->word_atoms.items, m->word_atoms.count);
    put_words(out, m->set_words.items, m->set_words.count);
    put_words(out, m->atom_sets.items, m->atom_sets.count);
    put_atoms(out, m);
    put_bits(out, m);
    put_maps(out, m);
    return !out->failed;
}

/* ------------------------------------------------------------------- reading */

/* What is left of the image. A place past its end makes it `bad`, and gives no bytes. */
struct image {
    const unsigned char *at;
    size_t left;
    bool bad;
    uint32_t head[IMAGE_HEAD];
};

static const unsigned char *
image_take(struct image *im, size_t count, size_t each)
{
    const unsigned char *at = im->at;
    size_t bytes = (count * each + 3) / 4 * 4; /* counts are of 32 bits */

    if (im->bad || bytes > im->left) {
        im->bad = true;
        return NULL;
    }
    im->at += bytes;
    im->left -= bytes;
    return at;
}

/* Words of four bytes, all below `bound`. */
static void
image_words(struct image *im, uint32_t *to, size_t count, uint32_t bound)
{
    const unsigned char *p = image_take(im, count, 4);
    uint32_t over = 0;

    for (size_t i = 0; p != NULL && i < count; i++) {
        to[i] = efti_dict_le32(p + 4 * i);
        over |= to[i] >= bound;
    }
    im->bad |= over != 0;
}

static void
image_words64(struct image *im, uint64_t *to, size_t count)
{
    const unsigned char *p = image_take(im, count, 8);

    for (size_t i = 0; p != NULL && i < count; i++)
        to[i] = efti_dict_le64(p + 8 * i);
}

/* Do `count` things from `first` on lie among `all`? */
static bool
image_holds(uint32_t first, uint32_t count, size_t all)
{
    return first <= all && count <= all - first;
}

static bool
image_strings(struct image *im, struct efti_matcher *m)
{
    size_t count = im->head[IMAGE_LITERALS], total = 0, sizes_at = 0;

    for (size_t kind = 0; kind < EFTI_PATTERN_SET; kind++)
        count += im->head[IMAGE_KINDS + kind];
    const unsigned char *sizes = image_take(im, count, 1);
    const unsigned char *letters = image_take(im, im->head[IMAGE_LETTERS], 1);
    for (size_t i = 0; letters != NULL && i < count; i++)
        total += sizes[i];
    im->bad |= total != im->head[IMAGE_LETTERS];
    for (size_t kind = 0; kind <= EFTI_PATTERN_SET && !im->bad; kind++) {
        size_t n =
            kind == 0 ? im->head[IMAGE_LITERALS] : im->head[IMAGE_KINDS + kind - 1];
        struct efti_strings *s = kind == 0 ? m->literals : m->words[kind - 1].strings;
        if (!efti_strings_fill(s, (const char *)letters, sizes + sizes_at, n))
            return false;
        for (size_t i = 0; i < n; i++)
            letters += sizes[sizes_at + i];
        sizes_at += n;
    }
    return true;
}

/* Numbers of atoms by kind, as matcher.c gives them; do they come to the atoms there? */
static void
image_bases(struct image *im, struct efti_matcher *m)
{
    size_t base = 0;

    for (size_t kind = 0; kind <= EFTI_PATTERN_SET; kind++) {
        m->words[kind].base = (uint32_t)base;
        if (kind < EFTI_PATTERN_SET)
            base += im->head[IMAGE_KINDS + kind];
    }
    im->bad |= base + im->head[IMAGE_SETS] != im->head[IMAGE_ATOMS];
}

static bool
image_reserve(const struct image *im, struct efti_matcher *m)
{
    const uint32_t *n = im->head;

    return EFTI_ARRAY_RESERVE(m->mem, &m->sets, n[IMAGE_SETS]) &&
           EFTI_ARRAY_RESERVE(m->mem, &m->set_words, n[IMAGE_SET_WORDS]) &&
           EFTI_ARRAY_RESERVE(m->mem, &m->atom_sets, n[IMAGE_SET_WORDS]) &&
           EFTI_ARRAY_RESERVE(m->mem, &m->word_atoms, n[IMAGE_PATTERN_WORDS]) &&
           EFTI_ARRAY_RESERVE(m->mem, &m->atoms, n[IMAGE_ATOMS]) &&
           EFTI_ARRAY_RESERVE(m->mem, &m->singles, n[IMAGE_SINGLES]) &&
           EFTI_ARRAY_RESERVE(m->mem, &m->anchors, n[IMAGE_ANCHORS]);
}

static void
image_atoms(struct image *im, struct efti_matcher *m)
{
    const uint32_t *n = im->head;
    const unsigned char *p = image_take(im, (size_t)n[IMAGE_ATOMS] * IMAGE_ATOM_WORDS, 4);

    for (size_t i = 0; p != NULL && i < n[IMAGE_ATOMS]; i++) {
        uint32_t w[IMAGE_ATOM_WORDS];
        for (size_t k = 0; k < IMAGE_ATOM_WORDS; k++)
            w[k] = efti_dict_le32(p + 4 * (i * IMAGE_ATOM_WORDS + k));
        im->bad |= !image_holds(w[0], w[1], n[IMAGE_SINGLES]) ||
                   !image_holds(w[2], w[3], n[IMAGE_ANCHORS]) ||
                   !image_holds(w[4], w[5], n[IMAGE_SET_WORDS]) ||
                   w[6] >= n[IMAGE_WATCHED] || w[7] >= n[IMAGE_PHRASES];
        m->atoms.items[i] = (struct efti_atom){.singles = {w[0], w[1]},
                                               .anchors = {w[2], w[3]},
                                               .sets = {w[4], w[5]},
                                               .watch = w[6],
                                               .phrase = w[7]};
    }
    m->atoms.count = n[IMAGE_ATOMS];
}

static void
image_singles(struct image *im, struct efti_matcher *m)
{
    const size_t count = im->head[IMAGE_SINGLES];
    const unsigned char *p = image_take(im, count * IMAGE_SINGLE_WORDS, 4);

    for (size_t i = 0; p != NULL && i < count; i++) {
        uint32_t theme = efti_dict_le32(p + 8 * i),
                 pattern = efti_dict_le32(p + 8 * i + 4);
        im->bad |= pattern >= m->patterns.count || theme >= m->themes.count;
        m->singles.items[i] = (struct efti_single){theme, pattern, false};
    }
    m->singles.count = count;
}

static void
image_anchors(struct image *im, struct efti_matcher *m)
{
    const size_t count = im->head[IMAGE_ANCHORS];
    const unsigned char *p = image_take(im, count * IMAGE_ANCHOR_WORDS, 4);

    for (size_t i = 0; p != NULL && i < count; i++, p += IMAGE_ANCHOR_WORDS * (size_t)4) {
        struct efti_anchor a = {
            .pattern = efti_dict_le32(p),
            .first_word = efti_dict_le32(p + 4),
            .beside = efti_dict_le32(p + 8),
            .other = efti_dict_le32(p + 12),
            .gap = p[16],
            .count = p[17],
            .at = p[18],
            .by_right = (p[19] & 1) != 0,
        };
        im->bad |= a.pattern >= m->patterns.count || a.at >= a.count ||
                   a.beside >= m->watch_count || a.other >= m->watch_count;
        if (im->bad)
            return;
        const struct efti_compiled *c = &m->patterns.items[a.pattern];
        im->bad |= a.count != c->pattern->word_count || a.first_word != c->first_word ||
                   a.gap != efti_pattern_gap(c);
        m->anchors.items[i] = a;
    }
    m->anchors.count = count;
}

/* What follows from the lexicon, and the bits beside it. */
static void
image_patterns(struct image *im, struct efti_matcher *m)
{
    const struct eft_lexicon *lex = m->lexicons[0];
    size_t words = 0, set_words = 0;

    im->bad |= im->head[IMAGE_SETS] != lex->set_count;
    for (size_t i = 0; i < m->patterns.count && !im->bad; i++) {
        struct efti_compiled *c = &m->patterns.items[i];
        c->first_word = (uint32_t)words;
        c->first_set = m->words[EFTI_PATTERN_SET].base;
        words += c->pattern->word_count;
    }
    for (uint32_t i = 0; i < lex->set_count && !im->bad; i++) {
        m->sets.items[i] =
            (struct efti_compiled_set){&lex->sets[i], (uint32_t)set_words, false};
        set_words += lex->sets[i].word_count;
    }
    m->sets.count = im->bad ? 0 : lex->set_count;
    im->bad |=
        words != im->head[IMAGE_PATTERN_WORDS] || set_words != im->head[IMAGE_SET_WORDS];
}

static void
image_bits(struct image *im, struct efti_matcher *m)
{
    const unsigned char *p = image_take(im, m->patterns.count + m->sets.count, 1);

    for (size_t i = 0; p != NULL && i < m->patterns.count; i++)
        m->patterns.items[i].own_cue = (p[i] & 1) != 0;
    for (size_t i = 0; p != NULL && i < m->sets.count; i++)
        m->sets.items[i].negates = (p[m->patterns.count + i] & 1) != 0;
}

static void
image_maps(struct image *im, struct efti_matcher *m)
{
    for (size_t i = 0; image_map(m, i) != NULL; i++) {
        struct efti_wild_map *map = image_map(m, i);
        uint64_t ends[2] = {0};
        image_words64(im, ends, EFTI_COUNT(ends));
        image_words64(im, map->bits, EFTI_COUNT(map->bits));
        image_words64(im, map->starts, EFTI_COUNT(map->starts));
        map->shortest = (size_t)ends[0];
        map->longest = (size_t)ends[1];
        im->bad |= ends[0] > EFTI_DICT_FORM_MAX * 4u || ends[1] > EFTI_DICT_FORM_MAX * 4u;
    }
    image_words64(im, m->term_starts, EFTI_COUNT(m->term_starts));
}

/* Atoms first: what others say of them is held against their number. */
static void
image_arrays(struct image *im, struct efti_matcher *m)
{
    const uint32_t *n = im->head;

    image_words(im, m->word_atoms.items, n[IMAGE_PATTERN_WORDS], n[IMAGE_ATOMS]);
    image_words(im, m->set_words.items, n[IMAGE_SET_WORDS], n[IMAGE_ATOMS]);
    image_words(im, m->atom_sets.items, n[IMAGE_SET_WORDS], n[IMAGE_ATOMS]);
    m->word_atoms.count = n[IMAGE_PATTERN_WORDS];
    m->set_words.count = m->atom_sets.count = n[IMAGE_SET_WORDS];
    image_atoms(im, m);
    image_singles(im, m);
    image_anchors(im, m);
    image_bits(im, m);
    image_maps(im, m);
    im->bad |= im->left != 0;
}

eft_status
efti_matcher_unpack(struct efti_matcher *m, eft_text bytes, eft_error *err)
{
    struct image im = {.at = (const unsigned char *)bytes.bytes, .left = bytes.size};

    image_words(&im, im.head, IMAGE_HEAD, UINT32_MAX);
    if (!im.bad) {
        m->watch_count = im.head[IMAGE_WATCHED];
        m->phrase_count = im.head[IMAGE_PHRASES];
        image_bases(&im, m);
        /* no count is larger than the image: nothing is asked for that is not there */
        for (size_t i = 0; i < IMAGE_HEAD; i++)
            im.bad |= im.head[i] > bytes.size;
    }
    if (!im.bad && (!image_strings(&im, m) || !image_reserve(&im, m)))
        return efti_no_memory(err, "a matcher");
    if (!im.bad)
        image_patterns(&im, m);
    if (!im.bad)
        image_arrays(&im, m);
    return im.bad ? efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                              "the dictionary is damaged (build it anew)")
                  : EFT_OK;
}
