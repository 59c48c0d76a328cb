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
 */
#include "match/compiled.h"

/* Words of a map, and one more so that none begins at 0; 0: there are maps enough. */
static size_t
match_map_words(const struct efti_match_worker *w)
{
    size_t words = w->matcher->phrase_count / 64 + 2;

    return w->found.count < EFTI_MAP_FROM || w->set_maps.count + words > EFTI_MAP_WORDS
               ? 0
               : words;
}

/* The map of a new set; there is room for it. */
static uint32_t
match_map(struct efti_match_worker *w, struct efti_range atoms)
{
    size_t words = match_map_words(w);
    uint64_t *map = w->set_maps.items + w->set_maps.count + 1;
    uint32_t at = (uint32_t)w->set_maps.count + 1;

    if (atoms.count < EFTI_MAP_FROM || words == 0)
        return 0;
    memset(map - 1, 0, words * sizeof(*map));
    for (uint32_t i = atoms.first; i < atoms.first + atoms.count; i++)
        map[w->set_atoms.items[i] / 64] |= (uint64_t)1 << w->set_atoms.items[i] % 64;
    w->set_maps.count += words;
    return at;
}

#define WATCHED_STEP 4 /* find.c notes so many at a time */

/* Room for all of a set before its key is added, so that a refused allocation leaves keys
 * and sets in step. */
static bool
match_reserve(struct efti_match_worker *w)
{
    size_t anchors = 0;

    for (size_t a = 0; a < w->found.count; a++)
        anchors += w->matcher->atoms.items[w->found.items[a]].anchors.count;
    return EFTI_ARRAY_RESERVE(w->mem, &w->sets, w->sets.count + 1) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->says, w->says.count + 1) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->wides, w->wides.count + 1) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->set_atoms,
                              w->set_atoms.count + w->found.count) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->set_maps,
                              w->set_maps.count + match_map_words(w)) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->set_singles,
                              w->set_singles.count + w->picked.count) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->set_watched,
                              w->set_watched.count + w->found.count + WATCHED_STEP) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->set_anchors, w->set_anchors.count + anchors);
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
        uint32_t bit = efti_atom_wide(atom->phrase);
        wide->words[bit >> 6] |= (uint64_t)1 << (bit & 63);
        if (atom->watch != 0)
            w->set_watched.items[w->set_watched.count++] = atom->watch;
    }
    set->atoms.count = (uint32_t)w->set_atoms.count - set->atoms.first;
    set->watched.count = (uint32_t)w->set_watched.count - set->watched.first;
    if (match_crowd(w, set))
        return;
    while ((w->set_watched.count - set->watched.first) % WATCHED_STEP != 0)
        w->set_watched.items[w->set_watched.count++] = 0;
    set->watched.count = (uint32_t)w->set_watched.count - set->watched.first;
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
    *number = id + 1;
    if (!added)
        return true;
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
