/*
 * sets.c - the sets that forms which are alike share
 *
 *   atoms of a form ──┐             ┌─► number, for form->match
 *   its singles     ──┼─► key ──────┤
 *   what it says    ──┘             └─► if new: singles, anchors by what they wait for,
 *                                       atoms of phrases, those that are watched for
 *
 * Sets are interned: the forms of one stem, and the many that say only "this is a
 * pronoun", share one, so that what a running token does is found once. Words that are
 * in many sets of words have a map of their atoms and a bit instead of a list of them
 * (compiled.h).
 *
 * The dictionary's file keeps all sets that its forms have, ready but for what depends on
 * which were met before: maps and bits. Its sets are not looked up by their key, which is
 * why a set may be there twice, once from the file. The words of one are
 *
 *     what the word says · atoms | watched atoms << 16 · singles | anchors << 16
 *     · anchors that wait before | and those that wait behind << 16
 *     · atoms · watched · (pattern, near) of singles · (beside, other, number | gap <<
 * 29)
 *
 * with the top bit of a pattern set where the single is an opposite.
 */
#include "match/compiled.h"

#include "lexicons/dictionary_format.h"

/* Words of a map for so many atoms, and one more so that none begins at 0; 0: they are
 * too few, or there are maps enough. */
static size_t
match_map_words(const struct efti_match_worker *w, size_t atoms)
{
    size_t words = w->matcher->phrase_count / 64 + 2;

    return atoms < EFTI_MAP_FROM || w->set_maps.count + words > EFTI_MAP_WORDS ? 0
                                                                               : words;
}

/* The map of a new set; there is room for it. */
static uint32_t
match_map(struct efti_match_worker *w, struct efti_range atoms)
{
    size_t words = match_map_words(w, atoms.count);
    uint64_t *map = w->set_maps.items + w->set_maps.count + 1;
    uint32_t at = (uint32_t)w->set_maps.count + 1;

    if (words == 0)
        return 0;
    memset(map - 1, 0, words * sizeof(*map));
    for (uint32_t i = atoms.first; i < atoms.first + atoms.count; i++)
        map[w->set_atoms.items[i] / 64] |= (uint64_t)1 << w->set_atoms.items[i] % 64;
    w->set_maps.count += words;
    return at;
}

#define WATCHED_STEP 4 /* find.c notes so many at a time */

/* Room for one more set of so many things. */
static bool
match_room(struct efti_match_worker *w, size_t atoms, size_t singles, size_t anchors)
{
    return EFTI_ARRAY_RESERVE(w->mem, &w->sets, w->sets.count + 1) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->says, w->says.count + 1) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->wides, w->wides.count + 1) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->set_atoms, w->set_atoms.count + atoms) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->set_maps,
                              w->set_maps.count + match_map_words(w, atoms)) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->set_singles, w->set_singles.count + singles) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->set_watched,
                              w->set_watched.count + atoms + WATCHED_STEP) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->set_anchors, w->set_anchors.count + anchors);
}

/* Room for all of a set before its key is added, so that a refused allocation leaves keys
 * and sets in step. */
static bool
match_reserve(struct efti_match_worker *w)
{
    size_t anchors = 0;

    for (size_t a = 0; a < w->found.count; a++)
        anchors += w->matcher->atoms.items[w->found.items[a]].anchors.count;
    return EFTI_ARRAY_RESERVE(w->mem, &w->key_sets, w->key_sets.count + 1) &&
           match_room(w, w->found.count, w->picked.count, anchors);
}

/* What a word says when no listed phrase begins with it: some that the lists call
 * uncertain are not, alone (grammar.c). */
static uint32_t
match_says_alone(uint32_t says)
{
    return (says & (EFTI_SAYS_ALONE | EFTI_SAYS_CERTAIN | EFTI_SAYS_IF)) != 0
               ? says & ~(uint32_t)EFTI_SAYS_UNCERTAIN
               : says;
}

/* What an anchor waits for: see struct efti_set. */
enum { WAITS_BEFORE, WAITS_BEHIND, WAITS_FREE };

static uint32_t
match_waits(const struct efti_anchor *a)
{
    if (a->gap == EFTI_GAP_FREE)
        return WAITS_FREE;
    return a->by_right ? WAITS_BEHIND : WAITS_BEFORE;
}

/* The anchors of a new set that wait for one thing; there is room. Where they end. */
static uint32_t
match_anchors(struct efti_match_worker *w, uint32_t waits)
{
    const struct efti_matcher *m = w->matcher;

    for (size_t i = 0; i < w->found.count; i++) {
        struct efti_range range = m->atoms.items[w->found.items[i]].anchors;
        for (uint32_t n = range.first; n < range.first + range.count; n++) {
            const struct efti_anchor *a = &m->anchors.items[n];
            if (match_waits(a) == waits)
                w->set_anchors.items[w->set_anchors.count++] = (struct efti_set_anchor){
                    a->beside, a->other, n & (EFTI_ANCHORS_MOST - 1), a->gap & 7u};
        }
    }
    return (uint32_t)w->set_anchors.count;
}

/* The singles of a new set; there is room. */
static void
match_set_singles(struct efti_match_worker *w)
{
    const struct efti_matcher *m = w->matcher;

    for (size_t i = 0; i < w->picked.count; i++) {
        struct efti_single s = w->picked.items[i];
        w->set_singles.items[w->set_singles.count++] = (struct efti_set_single){
            s.pattern, m->patterns.items[s.pattern].near, s.opposite};
    }
}

/* Many atoms are not noted one by one, if there is a bit left. */
static bool
match_crowd(struct efti_match_worker *w, struct efti_set *set)
{
    if (set->watched.count < EFTI_CROWD_FROM || w->crowd_count == EFTI_CROWDS_MOST)
        return false;
    set->crowd = (uint64_t)1 << w->crowd_count++;
    for (uint32_t i = 0; i < set->watched.count; i++)
        w->watch.items[w->set_watched.items[set->watched.first + i]].crowds |= set->crowd;
    w->set_watched.count = set->watched.first;
    set->watched.count = 0;
    return true;
}

static void
match_add_wide(struct efti_wide *wide, uint32_t atom)
{
    uint32_t bit = efti_atom_wide(atom);

    wide->words[bit >> 6] |= (uint64_t)1 << (bit & 63);
}

/* The watched atoms of a set are in: a bit for them, or filled up. */
static void
match_end_watched(struct efti_match_worker *w, struct efti_set *set)
{
    set->watched.count = (uint32_t)w->set_watched.count - set->watched.first;
    if (match_crowd(w, set))
        return;
    while ((w->set_watched.count - set->watched.first) % WATCHED_STEP != 0)
        w->set_watched.items[w->set_watched.count++] = 0;
    set->watched.count = (uint32_t)w->set_watched.count - set->watched.first;
}

/* Its atoms that stand in phrases, and those watched for; there is room. */
static void
match_set_atoms(struct efti_match_worker *w, struct efti_set *set, struct efti_wide *wide)
{
    const struct efti_matcher *m = w->matcher;

    set->atoms.first = (uint32_t)w->set_atoms.count;
    set->watched.first = (uint32_t)w->set_watched.count;
    for (size_t i = 0; i < w->found.count; i++) {
        const struct efti_atom *atom = &m->atoms.items[w->found.items[i]];
        if (atom->phrase == 0)
            continue;
        w->set_atoms.items[w->set_atoms.count++] = atom->phrase;
        match_add_wide(wide, atom->phrase);
        if (atom->watch != 0)
            w->set_watched.items[w->set_watched.count++] = atom->watch;
    }
    set->atoms.count = (uint32_t)w->set_atoms.count - set->atoms.first;
    match_end_watched(w, set);
}

/* The key of a set: what the word says, its atoms, which singles are opposites. */
static bool
match_set_key(struct efti_match_worker *w, uint32_t says)
{
    efti_bytes_clear(&w->phrase);
    efti_put_le32(&w->phrase, says);
    for (size_t a = 0; a < w->found.count; a++)
        efti_put_le32(&w->phrase, w->found.items[a]);
    for (size_t i = 0; i < w->picked.count; i++)
        efti_put_char(&w->phrase, w->picked.items[i].opposite ? '-' : '+');
    return !w->phrase.failed;
}

bool
efti_match_set(struct efti_match_worker *w, uint32_t says, uint32_t *number)
{
    bool added;

    if (!match_set_key(w, says) || w->sets.count > EFTI_MATCH_SET(UINT32_MAX) ||
        !match_reserve(w))
        return false;
    uint32_t id = efti_strings_add(w->set_keys, w->phrase.data, w->phrase.size, &added);
    if (id == EFTI_NOT_FOUND)
        return false;
    if (!added) {
        *number = w->key_sets.items[id];
        return true;
    }
    *number = w->key_sets.items[w->key_sets.count++] = (uint32_t)w->sets.count;
    struct efti_wide wide = {{0}};
    struct efti_set set = {
        .singles = {(uint32_t)w->set_singles.count, (uint32_t)w->picked.count},
        .anchors = (uint32_t)w->set_anchors.count,
    };
    match_set_atoms(w, &set, &wide);
    set.before_end = match_anchors(w, WAITS_BEFORE);
    set.behind_end = match_anchors(w, WAITS_BEHIND);
    set.free_end = match_anchors(w, WAITS_FREE);
    match_set_singles(w);
    set.map = match_map(w, set.atoms);
    w->sets.items[w->sets.count++] = set;
    w->says.items[w->says.count++] = match_says_alone(says);
    w->wides.items[w->wides.count++] = wide;
    return true;
}

/* ------------------------------------------------------------- sets of the file */

enum { /* how a set is kept: see above */
       SET_SAYS,
       SET_ATOMS,
       SET_SINGLES,
       SET_WAITS,
       SET_HEAD
};
#define SET_LOW(word) ((word)&0xFFFFu)
#define SET_HIGH(word) ((word) >> 16)
#define SET_OPPOSITE 0x80000000u
#define SET_NUMBER(word) ((word)&0x1FFFFFFFu)

/* Copied while every number is held against its bound; false: one is beyond. */
static bool
match_take_atoms(struct efti_match_worker *w, const unsigned char *p,
                 struct efti_set *set, struct efti_wide *wide, uint32_t watched)
{
    const struct efti_matcher *m = w->matcher;
    bool good = true;

    for (uint32_t i = 0; i < set->atoms.count; i++) {
        uint32_t atom = efti_dict_le32(p + (size_t)i * 4);
        good &= atom < m->phrase_count;
        w->set_atoms.items[set->atoms.first + i] = atom;
        match_add_wide(wide, atom);
    }
    p += (size_t)set->atoms.count * 4;
    for (uint32_t i = 0; i < watched; i++) {
        uint32_t atom = efti_dict_le32(p + (size_t)i * 4);
        good &= atom < m->watch_count;
        w->set_watched.items[set->watched.first + i] = atom;
    }
    return good;
}

static bool
match_take_singles(struct efti_match_worker *w, const unsigned char *p,
                   struct efti_range singles)
{
    const struct efti_matcher *m = w->matcher;

    for (uint32_t i = 0; i < singles.count; i++, p += 8) {
        uint32_t single = efti_dict_le32(p), pattern = single & ~SET_OPPOSITE;
        if (pattern >= m->patterns.count ||
            m->patterns.items[pattern].pattern->word_count != 1 ||
            efti_dict_le32(p + 4) != m->patterns.items[pattern].near)
            return false;
        w->set_singles.items[singles.first + i] =
            (struct efti_set_single){.pattern = pattern,
                                     .near = m->patterns.items[pattern].near,
                                     .opposite = (single & SET_OPPOSITE) != 0};
    }
    return true;
}

/* `near`: how many come first that wait within a gap; find.c looks no further than the
 * largest. */
static bool
match_take_anchors(struct efti_match_worker *w, const unsigned char *p, uint32_t near,
                   uint32_t count)
{
    const struct efti_matcher *m = w->matcher;
    bool good = true;

    for (uint32_t i = 0; i < count; i++, p += 12) {
        uint32_t last = efti_dict_le32(p + 8);
        struct efti_set_anchor a = {.beside = efti_dict_le32(p),
                                    .other = efti_dict_le32(p + 4),
                                    .number = SET_NUMBER(last),
                                    .gap = (uint8_t)(last >> 29) & 7u};
        good &= a.beside < m->watch_count && a.other < m->watch_count &&
                a.number < m->anchors.count && (i >= near || a.gap <= EFTI_GAP_MOST);
        w->set_anchors.items[w->set_anchors.count + i] = a;
    }
    return good;
}

bool
efti_match_take_set(struct efti_match_worker *w, const unsigned char *words, size_t count,
                    uint32_t *number)
{
    uint32_t head[SET_HEAD] = {0};

    *number = 0;
    for (size_t i = 0; i < SET_HEAD && i < count; i++)
        head[i] = efti_dict_le32(words + i * 4);
    const uint32_t watched = SET_HIGH(head[SET_ATOMS]);
    const uint32_t anchors = SET_HIGH(head[SET_SINGLES]);
    struct efti_wide wide = {{0}};
    struct efti_set set = {
        .atoms = {(uint32_t)w->set_atoms.count, SET_LOW(head[SET_ATOMS])},
        .watched = {(uint32_t)w->set_watched.count, watched},
        .singles = {(uint32_t)w->set_singles.count, SET_LOW(head[SET_SINGLES])},
        .anchors = (uint32_t)w->set_anchors.count,
    };
    uint32_t before = SET_LOW(head[SET_WAITS]), behind = SET_HIGH(head[SET_WAITS]);
    if (count != SET_HEAD + (size_t)set.atoms.count + watched +
                     2 * (size_t)set.singles.count + 3 * (size_t)anchors ||
        watched > set.atoms.count || before > behind || behind > anchors ||
        w->sets.count > EFTI_MATCH_SET(UINT32_MAX))
        return true;
    if (!match_room(w, set.atoms.count, set.singles.count, anchors))
        return false;
    const unsigned char *singles =
        words + (SET_HEAD + (size_t)set.atoms.count + watched) * 4;
    if (!match_take_atoms(w, words + SET_HEAD * (size_t)4, &set, &wide, watched) ||
        !match_take_singles(w, singles, set.singles) ||
        !match_take_anchors(w, singles + (size_t)set.singles.count * 8, behind, anchors))
        return true;
    set.before_end = set.anchors + before;
    set.behind_end = set.anchors + behind;
    set.free_end = set.anchors + anchors;
    w->set_atoms.count += set.atoms.count;
    w->set_watched.count += watched;
    w->set_singles.count += set.singles.count;
    w->set_anchors.count += anchors;
    match_end_watched(w, &set);
    set.map = match_map(w, set.atoms);
    *number = (uint32_t)w->sets.count;
    w->sets.items[w->sets.count++] = set;
    w->says.items[w->says.count++] = head[SET_SAYS];
    w->wides.items[w->wides.count++] = wide;
    return true;
}

/* What an atom of phrases is watched for as, for every set that is kept; NULL: no memory.
 * The lists of a set may have made room for a bit. */
static uint32_t *
match_watched_as(const struct efti_matcher *m)
{
    uint32_t *as = efti_zalloc(m->mem, m->phrase_count, sizeof(*as));

    for (size_t i = 0; as != NULL && i < m->atoms.count; i++)
        as[m->atoms.items[i].phrase] = m->atoms.items[i].watch;
    return as;
}

bool
efti_match_keep_set(const struct efti_match_worker *w, uint32_t number,
                    struct efti_bytes *out)
{
    const struct efti_matcher *m = w->matcher;
    const struct efti_set *set = &w->sets.items[number];
    const uint32_t *atoms = w->set_atoms.items + set->atoms.first;
    uint32_t anchors = set->free_end - set->anchors, watched = 0;
    uint32_t *as = match_watched_as(m);

    if (as == NULL)
        return false;
    for (uint32_t i = 0; i < set->atoms.count; i++)
        watched += as[atoms[i]] != 0;
    bool fits = (set->atoms.count | set->singles.count | anchors) <= UINT16_MAX;
    efti_put_le32(out, w->says.items[number]);
    efti_put_le32(out, set->atoms.count | watched << 16);
    efti_put_le32(out, set->singles.count | anchors << 16);
    efti_put_le32(out, (set->before_end - set->anchors) | (set->behind_end - set->anchors)
                                                              << 16);
    for (uint32_t i = 0; i < set->atoms.count; i++)
        efti_put_le32(out, atoms[i]);
    for (uint32_t i = 0; i < set->atoms.count; i++)
        if (as[atoms[i]] != 0)
            efti_put_le32(out, as[atoms[i]]);
    efti_release(m->mem, as, m->phrase_count * sizeof(*as));
    for (uint32_t i = 0; i < set->singles.count; i++) {
        const struct efti_set_single *s = &w->set_singles.items[set->singles.first + i];
        efti_put_le32(out, s->pattern | (s->opposite ? SET_OPPOSITE : 0));
        efti_put_le32(out, s->near);
    }
    for (uint32_t i = set->anchors; i < set->free_end; i++) {
        const struct efti_set_anchor *a = &w->set_anchors.items[i];
        efti_put_le32(out, a->beside);
        efti_put_le32(out, a->other);
        efti_put_le32(out, a->number | (uint32_t)a->gap << 29);
    }
    return fits && !out->failed;
}
