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
 *     · atoms · watched · (pattern, near) of singles
 *     · (beside, other, number | gap << 29) of anchors
 *
 * with the top bit of a pattern set where the single is an opposite, and in the top four
 * bits of `other` how far it is away, plus 8.
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

/* Sets begin lines of the cache, wherever memory begins. */
bool
efti_match_set_room(struct efti_match_worker *w, size_t need)
{
    size_t capacity = w->set_capacity * 2, count = w->set_count, bytes;

    if (EFTI_LIKELY(need <= w->set_capacity))
        return true;
    capacity = capacity < need + 16 ? need + 16 : capacity;
    bool fits = efti_mul(capacity + 1, EFTI_SET_LINE, &bytes);
    char *lines = fits ? efti_alloc(w->mem, bytes) : NULL;
    if (lines == NULL)
        return false;
    struct efti_set *sets =
        (void *)(lines + (EFTI_SET_LINE - (uintptr_t)lines % EFTI_SET_LINE));
    if (count > 0)
        memcpy(sets, w->sets, count * sizeof(*sets));
    efti_match_free_sets(w);
    w->set_lines = lines;
    w->sets = sets;
    w->set_count = count;
    w->set_capacity = capacity;
    return true;
}

void
efti_match_free_sets(struct efti_match_worker *w)
{
    efti_release(w->mem, w->set_lines, (w->set_capacity + 1) * sizeof(*w->sets));
    w->set_lines = NULL;
    w->sets = NULL;
    w->set_count = w->set_capacity = 0;
}

/* Room for one more set of so many things. */
static bool
match_room(struct efti_match_worker *w, size_t atoms, size_t singles, size_t anchors)
{
    return efti_match_set_room(w, w->set_count + 1) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->says, w->says.count + 1) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->wides, w->wides.count + 1) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->set_atoms, w->set_atoms.count + atoms) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->set_maps,
                              w->set_maps.count + match_map_words(w, atoms)) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->set_singles,
                              w->set_singles.count + singles + 1) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->watched, atoms) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->set_nears, w->set_nears.count + atoms) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->near_ends, w->near_ends.count + 2) &&
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

/* How many words of the phrase lie between the anchor and the other one. */
static int8_t
match_away(const struct efti_match_worker *w, const struct efti_anchor *a)
{
    const uint32_t *words = &w->matcher->word_phrases.items[a->first_word];
    const uint32_t other = w->watch.items[a->other].phrase;

    for (uint32_t k = 0; a->other != 0 && k < a->count; k++) {
        if (k != a->at && words[k] == other)
            return (int8_t)((int)k - (int)a->at);
    }
    return 0;
}

static struct efti_set_anchor
match_anchor(const struct efti_match_worker *w, uint32_t number, uint32_t beside,
             uint32_t other, uint8_t gap, int8_t away)
{
    const struct efti_watch *watch = &w->watch.items[beside];

    return (struct efti_set_anchor){watch->crowds, beside,       other, number,
                                    watch->word,   watch->shift, gap,   away};
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
                w->set_anchors.items[w->set_anchors.count++] = match_anchor(
                    w, n, a->beside, a->other, a->gap & 7u, match_away(w, a));
        }
    }
    return (uint32_t)w->set_anchors.count;
}

/* The singles of a new set, for efti_set.singles; there is room. */
static uint32_t
match_set_singles(struct efti_match_worker *w)
{
    const struct efti_matcher *m = w->matcher;
    const uint32_t first = (uint32_t)w->set_singles.count;

    for (size_t i = 0; i < w->picked.count; i++) {
        struct efti_single s = w->picked.items[i];
        w->set_singles.items[w->set_singles.count++] =
            (struct efti_set_single){s.pattern, m->patterns.items[s.pattern].near,
                                     s.opposite, i + 1 == w->picked.count};
    }
    return w->picked.count == 0 ? 0 : first;
}

/* -------------------------------------------------------------- sights and needs */

/* Many atoms are not shown one by one, if there is a bit left: all who wait for one of
 * them must know. */
static bool
match_crowd(struct efti_match_worker *w, struct efti_sight *sight)
{
    if (w->watched.count < EFTI_CROWD_FROM || w->crowd_count == EFTI_CROWDS_MOST)
        return false;
    sight->bits[0] = (uint64_t)1 << w->crowd_count++;
    for (size_t i = 0; i < w->watched.count; i++)
        w->watch.items[w->watched.items[i]].crowds |= sight->bits[0];
    for (size_t i = 0; i < w->set_anchors.count; i++) {
        struct efti_set_anchor *a = &w->set_anchors.items[i];
        a->crowds = w->watch.items[a->beside].crowds;
    }
    for (size_t i = 0; i < w->set_count; i++) {
        struct efti_set *set = &w->sets[i];
        for (uint32_t n = set->anchors; n < set->behind_end; n++)
            set->needs.bits[0] |= w->set_anchors.items[n].crowds;
    }
    return true;
}

/* A new set behind the others: what it shows (w->watched) and needs. There is room. */
static uint32_t
match_put_set(struct efti_match_worker *w, struct efti_set *set, uint32_t says,
              const struct efti_wide *wide)
{
    if (!match_crowd(w, &set->shows)) {
        for (size_t i = 0; i < w->watched.count; i++)
            efti_sight_show(&set->shows, &w->watch.items[w->watched.items[i]]);
    }
    for (uint32_t i = set->anchors; i < set->behind_end; i++)
        efti_sight_need(&set->needs, &w->watch.items[w->set_anchors.items[i].beside]);
    for (size_t i = 0; i < w->watched.count; i++) {
        if (w->watched.items[i] < w->matcher->near_end)
            w->set_nears.items[w->set_nears.count++] = w->watched.items[i];
    }
    w->near_ends.items[w->near_ends.count++] = (uint32_t)w->set_nears.count;
    w->sets[w->set_count] = *set;
    w->says.items[w->says.count++] = says;
    w->wides.items[w->wides.count++] = *wide;
    return (uint32_t)w->set_count++;
}

bool
efti_match_first_set(struct efti_match_worker *w)
{
    if (!match_room(w, 0, 0, 0))
        return false;
    w->set_singles.items[w->set_singles.count++] = (struct efti_set_single){0};
    w->watched.count = 0;
    w->near_ends.items[w->near_ends.count++] = 0;
    (void)match_put_set(w, &(struct efti_set){0}, 0, &(struct efti_wide){0});
    return true;
}

static void
match_add_wide(struct efti_wide *wide, uint32_t atom)
{
    uint32_t bit = efti_atom_wide(atom);

    wide->words[bit >> 6] |= (uint64_t)1 << (bit & 63);
}

/* Its atoms that stand in phrases, and those watched for; there is room. */
static void
match_set_atoms(struct efti_match_worker *w, struct efti_wide *wide)
{
    const struct efti_matcher *m = w->matcher;

    wide->atoms.first = (uint32_t)w->set_atoms.count;
    w->watched.count = 0;
    for (size_t i = 0; i < w->found.count; i++) {
        const struct efti_atom *atom = &m->atoms.items[w->found.items[i]];
        if (atom->phrase == 0)
            continue;
        w->set_atoms.items[w->set_atoms.count++] = atom->phrase;
        match_add_wide(wide, atom->phrase);
        if (atom->watch != 0)
            w->watched.items[w->watched.count++] = atom->watch;
    }
    wide->atoms.count = (uint32_t)w->set_atoms.count - wide->atoms.first;
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

    if (!match_set_key(w, says) || w->set_count > EFTI_MATCH_SET(UINT32_MAX) ||
        !match_reserve(w))
        return false;
    uint32_t id = efti_strings_add(w->set_keys, w->phrase.data, w->phrase.size, &added);
    if (id == EFTI_NOT_FOUND)
        return false;
    if (!added) {
        *number = w->key_sets.items[id];
        return true;
    }
    struct efti_wide wide = {0};
    struct efti_set set = {.anchors = (uint32_t)w->set_anchors.count};
    match_set_atoms(w, &wide);
    set.before_end = match_anchors(w, WAITS_BEFORE);
    set.behind_end = match_anchors(w, WAITS_BEHIND);
    wide.anchors_end = match_anchors(w, WAITS_FREE);
    set.singles = match_set_singles(w);
    wide.map = match_map(w, wide.atoms);
    *number = match_put_set(w, &set, match_says_alone(says), &wide);
    w->key_sets.items[w->key_sets.count++] = *number;
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
#define SET_OTHER(word) ((word)&0x0FFFFFFFu)
#define SET_AWAY 8
_Static_assert(EFTI_GAP_MOST < 8 && EFTI_PHRASE_MOST <= SET_AWAY, "three bits, and four");

/* Copied while every number is held against its bound; false: one is beyond. */
static bool
match_take_atoms(struct efti_match_worker *w, const unsigned char *p,
                 struct efti_wide *wide, uint32_t watched)
{
    const struct efti_matcher *m = w->matcher;
    bool good = true;

    for (uint32_t i = 0; i < wide->atoms.count; i++) {
        uint32_t atom = efti_dict_le32(p + (size_t)i * 4);
        good &= atom < m->phrase_count;
        w->set_atoms.items[wide->atoms.first + i] = atom;
        match_add_wide(wide, atom);
    }
    p += (size_t)wide->atoms.count * 4;
    for (uint32_t i = 0; i < watched; i++) {
        uint32_t atom = efti_dict_le32(p + (size_t)i * 4);
        good &= atom < m->watch_count;
        w->watched.items[i] = atom;
    }
    w->watched.count = watched;
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
            (m->patterns.items[pattern].facts & EFTI_FACT_WORD) == 0 ||
            efti_dict_le32(p + 4) != m->patterns.items[pattern].near)
            return false;
        w->set_singles.items[singles.first + i] =
            (struct efti_set_single){.pattern = pattern,
                                     .near = m->patterns.items[pattern].near,
                                     .opposite = (single & SET_OPPOSITE) != 0,
                                     .last = i + 1 == singles.count};
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

    for (uint32_t i = 0; i < count; i++, p += 12) {
        uint32_t beside = efti_dict_le32(p), other = SET_OTHER(efti_dict_le32(p + 4));
        uint32_t number = SET_NUMBER(efti_dict_le32(p + 8));
        uint8_t gap = p[11] >> 5;
        int8_t away = (int8_t)((p[7] >> 4) - SET_AWAY);
        if (beside >= m->watch_count || other >= m->watch_count ||
            number >= m->anchors.count || (i < near && gap > EFTI_GAP_MOST))
            return false;
        w->set_anchors.items[w->set_anchors.count + i] =
            match_anchor(w, number, beside, other, gap, away);
    }
    return true;
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
    const struct efti_range of = {(uint32_t)w->set_singles.count,
                                  SET_LOW(head[SET_SINGLES])};
    struct efti_wide wide = {
        .atoms = {(uint32_t)w->set_atoms.count, SET_LOW(head[SET_ATOMS])}};
    struct efti_set set = {.singles = of.count == 0 ? 0 : of.first,
                           .anchors = (uint32_t)w->set_anchors.count};
    uint32_t before = SET_LOW(head[SET_WAITS]), behind = SET_HIGH(head[SET_WAITS]);
    if (count != SET_HEAD + (size_t)wide.atoms.count + watched + 2 * (size_t)of.count +
                     3 * (size_t)anchors ||
        watched > wide.atoms.count || before > behind || behind > anchors ||
        w->set_count > EFTI_MATCH_SET(UINT32_MAX))
        return true;
    if (!match_room(w, wide.atoms.count, of.count, anchors))
        return false;
    const unsigned char *singles =
        words + (SET_HEAD + (size_t)wide.atoms.count + watched) * 4;
    if (!match_take_atoms(w, words + SET_HEAD * (size_t)4, &wide, watched) ||
        !match_take_singles(w, singles, of) ||
        !match_take_anchors(w, singles + (size_t)of.count * 8, behind, anchors))
        return true;
    set.before_end = set.anchors + before;
    set.behind_end = set.anchors + behind;
    wide.anchors_end = set.anchors + anchors;
    w->set_atoms.count += wide.atoms.count;
    w->set_singles.count += of.count;
    w->set_anchors.count += anchors;
    wide.map = match_map(w, wide.atoms);
    *number = match_put_set(w, &set, head[SET_SAYS], &wide);
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
    const struct efti_set *set = &w->sets[number];
    const struct efti_wide *wide = &w->wides.items[number];
    const struct efti_set_single *singles = w->set_singles.items + set->singles;
    const uint32_t *atoms = w->set_atoms.items + wide->atoms.first;
    uint32_t anchors = wide->anchors_end - set->anchors, watched = 0, count = 0;
    uint32_t *as = match_watched_as(m);

    if (as == NULL)
        return false;
    for (uint32_t i = 0; i < wide->atoms.count; i++)
        watched += as[atoms[i]] != 0;
    while (set->singles != 0 && (count == 0 || !singles[count - 1].last))
        count++;
    bool fits = (wide->atoms.count | count | anchors) <= UINT16_MAX;
    efti_put_le32(out, w->says.items[number]);
    efti_put_le32(out, wide->atoms.count | watched << 16);
    efti_put_le32(out, count | anchors << 16);
    efti_put_le32(out, (set->before_end - set->anchors) | (set->behind_end - set->anchors)
                                                              << 16);
    for (uint32_t i = 0; i < wide->atoms.count; i++)
        efti_put_le32(out, atoms[i]);
    for (uint32_t i = 0; i < wide->atoms.count; i++)
        if (as[atoms[i]] != 0)
            efti_put_le32(out, as[atoms[i]]);
    efti_release(m->mem, as, m->phrase_count * sizeof(*as));
    for (uint32_t i = 0; i < count; i++) {
        efti_put_le32(out, singles[i].pattern | (singles[i].opposite ? SET_OPPOSITE : 0));
        efti_put_le32(out, singles[i].near);
    }
    for (uint32_t i = set->anchors; i < wide->anchors_end; i++) {
        const struct efti_set_anchor *a = &w->set_anchors.items[i];
        efti_put_le32(out, a->beside);
        efti_put_le32(out, a->other | (uint32_t)(a->away + SET_AWAY) << 28);
        efti_put_le32(out, a->number | (uint32_t)a->gap << 29);
    }
    return fits && !out->failed;
}
