/*
 * forms.c - what match/ knows of a form, found once: its set, and whether it is closed
 *
 *   form ──► atoms: stem, exact form, every listed beginning and ending, globs, base
 *                   form, pieces of a compound; and the sets of words these are in
 *        ──► set  : singles (the first pattern of each theme), anchors, words of
 *                   phrases, what the word says about polarity
 *
 * Sets are interned: the forms of one stem, and the many that say only "this is a
 * pronoun", share one. form->match holds the number of the set and bits for "a single",
 * "the anchor of a phrase" and "a listed phrase may begin here", so that a token that is
 * none of these costs one test.
 *
 * Closed vocabulary (DESIGN 8.4). A form may be shown as a term when
 *
 *   (a) it is a dictionary word written in lower case, or
 *   (b) a compound of dictionary words without name shape, or
 *   (c) it is the own word of a stem or exact pattern, or
 *   (d) the user allows it,
 *   and, whatever of these holds, it stands on no list of names or places.
 *
 * The last line has one exception: names that are also words ("hopp", "björn", "by") stay
 * closed when they are on the reviewed list (also_words.tsv; the mark "word" for places)
 * and are dictionary words. Whether this very token was a name is not asked here: the
 * veil has decided that for each token before a term is counted.
 *
 * What closes nothing, and why:
 *   - a wildcard: "ansvars*" would close "ansvarsandersson". The theme is counted, the
 *     form waits for review;
 *   - a stem entry for other forms with its stem: Snowball brings together what it should
 *     not, so a form that merely meets the stem must be a dictionary word by itself;
 *   - numbers, codes, addresses, emoji: they are no vocabulary, and may be identifiers;
 *   - being allowed, for a form on a name list: one careless line in a file of allowed
 *     words must not print "fatima" beside a workplace.
 */
#include "match/compiled.h"

#include "tokenizers/compounds.h"
#include "tokenizers/terms.h"

/* Keep w->found rising, without doubles. The list is a handful. */
static bool
match_note(struct efti_match_worker *w, uint32_t atom)
{
    size_t i = w->found.count;

    while (i > 0 && w->found.items[i - 1] > atom)
        i--;
    if (i > 0 && w->found.items[i - 1] == atom)
        return true;
    if (!EFTI_PUSH(w->mem, &w->found))
        return false;
    memmove(&w->found.items[i + 1], &w->found.items[i],
            (w->found.count - 1 - i) * sizeof(*w->found.items));
    w->found.items[i] = atom;
    return true;
}

static bool
match_found(struct efti_match_worker *w, enum efti_pattern_kind kind, const char *bytes,
            size_t size)
{
    const struct efti_pattern_words *words = &w->matcher->words[kind];
    uint32_t id = efti_strings_find(words->strings, bytes, size);

    return id == EFTI_NOT_FOUND || match_note(w, words->base + id);
}

/* Beginnings, and on the way the stem and the whole word: a stem is a beginning too. */
static bool
match_beginnings(struct efti_match_worker *w, const char *folded, size_t size,
                 const char *stem, size_t stem_size)
{
    const struct efti_matcher *m = w->matcher;
    const struct efti_wild_map *map = &m->beginnings;
    uint32_t hash = EFTI_WILD_START, at_stem = EFTI_WILD_START;
    uint64_t letters = 0;

    for (size_t n = 1; n <= size; n++) {
        hash = efti_wild_add(hash, folded[n - 1]);
        letters |= efti_letter_bit(folded[n - 1]);
        at_stem = n == stem_size ? hash : at_stem;
        if (EFTI_UNLIKELY(efti_wild_has(map, hash)) && n >= map->shortest &&
            !match_found(w, EFTI_PATTERN_PREFIX, folded, n))
            return false;
    }
    w->whole = hash;
    w->letters = letters;
    if (efti_wild_has(&m->stems, at_stem) &&
        !match_found(w, EFTI_PATTERN_STEM, stem, stem_size))
        return false;
    return !efti_wild_has(&m->wholes, hash) ||
           match_found(w, EFTI_PATTERN_EXACT, folded, size);
}

static bool
match_endings(struct efti_match_worker *w, const char *folded, size_t size)
{
    const struct efti_wild_map *map = &w->matcher->endings;
    size_t longest = map->longest < size ? map->longest : size;
    uint32_t hash = EFTI_WILD_START;

    if (size >= EFTI_WILD_FIRST &&
        !efti_wild_goes_on(map, folded + size - EFTI_WILD_FIRST))
        return true;
    for (size_t n = 1; n <= longest; n++) {
        hash = efti_wild_add(hash, folded[size - n]);
        if (EFTI_UNLIKELY(efti_wild_has(map, hash)) && n >= map->shortest &&
            !match_found(w, EFTI_PATTERN_SUFFIX, folded + size - n, n))
            return false;
    }
    return true;
}

/* Small words as they are spoken and written in chat, with the words they stand for. Only
 * words that every phrase is built of, so that no lexicon has to list them; "de" for
 * "det" and "så" for "sa" are other words too often. */
static const char *const match_spoken_words[][3] = {
    {"ja", "jag", NULL},         {"mej", "mig", NULL},
    {"mä", "mig", "med"},        {"dej", "dig", NULL},
    {"sej", "sig", NULL},        {"di", "de", NULL},
    {"dom", "de", "dem"},        {"ho", "hon", NULL},
    {"hä", "det", NULL},         {"dä", "det", NULL},
    {"e", "är", NULL},           {"ä", "är", NULL},
    {"va", "var", "vad"},        {"å", "och", "att"},
    {"o", "och", NULL},          {"me", "med", NULL},
    {"te", "till", NULL},        {"nån", "någon", NULL},
    {"nåt", "något", NULL},      {"nåra", "några", NULL},
    {"int", "inte", NULL},       {"ente", "inte", NULL},
    {"itte", "inte", NULL},      {"aldri", "aldrig", NULL},
    {"alldrig", "aldrig", NULL}, {"vart", "blev", NULL},
    {"ble", "blev", NULL},       {"la", "lade", NULL},
    {"sen", "sedan", NULL},      {"nånting", "någonting", NULL},
    {"inge", "inget", NULL},     {"varann", "varandra", NULL},
    {"varan", "varandra", NULL}, {"sa", "sade", NULL},
    {"sku", "skulle", NULL},
};

const char *
efti_match_spoken(size_t i)
{
    return i < EFTI_COUNT(match_spoken_words) ? match_spoken_words[i][0] : NULL;
}

/* They are in m->wholes, so other words need not be held against them. */
static bool
match_spoken(struct efti_match_worker *w, const char *folded, size_t size)
{
    if (EFTI_LIKELY(!efti_wild_has(&w->matcher->wholes, w->whole)))
        return true;
    for (size_t i = 0; i < EFTI_COUNT(match_spoken_words); i++) {
        const char *const *word = match_spoken_words[i];
        if (word[0][0] != folded[0] ||
            !efti_equal(word[0], strlen(word[0]), folded, size))
            continue;
        for (size_t k = 1; k < 3 && word[k] != NULL; k++) {
            if (!match_found(w, EFTI_PATTERN_EXACT, word[k], strlen(word[k])))
                return false;
        }
    }
    return true;
}

/* "*" any letters, also none; "?" one letter. Both are ASCII, so bytes will do but for
 * the "?", which takes a whole character. */
static bool
glob_fits(const char *glob, size_t glob_size, const char *word, size_t size)
{
    size_t g = 0, w = 0, star = SIZE_MAX, from = 0;

    while (w < size) {
        if (g < glob_size && glob[g] == '*') {
            star = ++g;
            from = w;
        } else if (g < glob_size && glob[g] == '?') {
            g++;
            (void)efti_utf8_next(word, size, &w);
        } else if (g < glob_size && glob[g] == word[w]) {
            g++;
            w++;
        } else if (star != SIZE_MAX) {
            g = star;
            w = ++from;
        } else {
            return false;
        }
    }
    while (g < glob_size && glob[g] == '*')
        g++;
    return g == glob_size;
}

static bool
match_globs(struct efti_match_worker *w, const char *folded, size_t size)
{
    const struct efti_matcher *m = w->matcher;
    const struct efti_pattern_words *words = &m->words[EFTI_PATTERN_GLOB];

    for (uint32_t i = 0; i < m->glob_letters.count; i++) {
        if (EFTI_LIKELY((m->glob_letters.items[i] & ~w->letters) != 0))
            continue;
        eft_text glob = efti_strings_get(words->strings, i);
        if (glob_fits(glob.bytes, glob.size, folded, size) &&
            !match_note(w, words->base + i))
            return false;
    }
    return true;
}

/* The term of some bytes into w->term. */
static bool
match_term_of(struct efti_match_worker *w, const char *folded, size_t size)
{
    return efti_term(w->matcher->dictionary, w->stemmer, folded, size, &w->term) !=
           EFTI_TERM_NONE;
}

/* The term of a form whose base the dictionary knows lies there: nothing need be looked
 * up. Most are turned away by their letters alone. */
static bool
match_known_term(struct efti_match_worker *w, const struct efti_form *form)
{
    const struct efti_matcher *m = w->matcher;
    size_t last = (form->base & EFTI_FORM_BASE_LAST) != 0 ? form->last_part : 0;
    uint32_t flags, hash = EFTI_WILD_START;
    bool quiet;
    eft_text base =
        efti_dictionary_record(m->dictionary, EFTI_FORM_BASE(form), &flags, &quiet);

    for (size_t i = 0; i < last; i++)
        hash = efti_wild_add(hash, form->folded[i]);
    for (size_t i = 0; i < base.size; i++)
        hash = efti_wild_add(hash, base.bytes[i]);
    if (!efti_wild_has(&m->terms, hash))
        return true;
    efti_bytes_clear(&w->term);
    efti_put(&w->term, form->folded, last);
    efti_put(&w->term, base.bytes, base.size);
    return !w->term.failed &&
           match_found(w, EFTI_PATTERN_TERM, w->term.data, w->term.size);
}

/* Of a form without a base in the dictionary: its term begins with the same two bytes,
 * for all that efti_term() takes off or puts in lies behind a first piece. But a genitive
 * and a suspended piece may be those of a listed form, which begins anyhow (gicks: gå).
 */
static bool
match_may_be_term(const struct efti_matcher *m, const char *folded, size_t size)
{
    char last = folded[size - 1];

    if (size < 2 || last == 's' || last == '-' || folded[0] == '-')
        return true;
    uint32_t bit = efti_term_start(folded);
    return (m->term_starts[bit >> 6] >> (bit & 63) & 1) != 0;
}

/* `form`: whose folded form this is; NULL: of none. */
static bool
match_terms(struct efti_match_worker *w, const struct efti_form *form, const char *folded,
            size_t size)
{
    if (w->matcher->terms.longest == 0)
        return true;
    if (form != NULL && form->base != 0 && folded[size - 1] != '-')
        return match_known_term(w, form);
    if (form != NULL && !match_may_be_term(w->matcher, folded, size))
        return true;
    return efti_term(w->matcher->dictionary, w->stemmer, folded, size, &w->term) !=
               EFTI_TERM_NONE &&
           match_found(w, EFTI_PATTERN_TERM, w->term.data, w->term.size);
}

/* Does the stem of any head:, modifier: or part: begin anywhere in the word? Most words
 * have none, and are not taken apart. */
static bool
match_may_have_piece(const struct efti_wild_map *map, const char *folded, size_t size)
{
    for (size_t from = 0; from + map->shortest <= size; from++) {
        uint32_t hash = EFTI_WILD_START;
        if (from + EFTI_WILD_FIRST <= size && !efti_wild_goes_on(map, folded + from))
            continue;
        for (size_t n = 1; n <= map->longest && from + n <= size; n++) {
            hash = efti_wild_add(hash, folded[from + n - 1]);
            if (n >= map->shortest && efti_wild_has(map, hash))
                return true;
        }
    }
    return false;
}

static bool
match_piece_as(struct efti_match_worker *w, bool head)
{
    return match_found(w, head ? EFTI_PATTERN_HEAD : EFTI_PATTERN_MODIFIER, w->term.data,
                       w->term.size) &&
           match_found(w, EFTI_PATTERN_PART, w->term.data, w->term.size);
}

/* A piece before the last may have lost its vowel: arbet(s), skol(a), flick(a). */
static bool
match_piece(struct efti_match_worker *w, const char *piece, size_t size, bool head)
{
    static const char *const vowels[] = {"", "a", "e"};

    if (head)
        return match_term_of(w, piece, size) && match_piece_as(w, true);
    for (size_t i = 0; i < EFTI_COUNT(vowels); i++) {
        char whole[EFTI_COMPOUND_BYTES + 2];
        size_t more = strlen(vowels[i]);
        memcpy(whole, piece, size);
        memcpy(whole + size, vowels[i], more);
        if (!match_term_of(w, whole, size + more) || !match_piece_as(w, false))
            return false;
    }
    return true;
}

static bool
match_pieces(struct efti_match_worker *w, const char *folded, size_t size)
{
    const struct efti_matcher *m = w->matcher;
    struct efti_compound_parts parts;

    if (m->pieces.longest == 0 || !match_may_have_piece(&m->pieces, folded, size) ||
        !efti_compound_split(m->dictionary, m->lists, folded, size, &parts))
        return true;
    for (size_t k = 0, from = 0; k < parts.count; from = parts.ends[k++]) {
        bool head = k + 1u == parts.count;
        if (!match_piece(w, folded + from,
                         parts.ends[k] - from - (head ? 0u : parts.link[k]), head))
            return false;
    }
    return true;
}

/* The sets in which the atoms found are. They have higher numbers than all others. */
static bool
match_sets(struct efti_match_worker *w)
{
    const struct efti_matcher *m = w->matcher;
    size_t count = w->found.count;

    for (size_t a = 0; a < count; a++) {
        struct efti_range sets = m->atoms.items[w->found.items[a]].sets;
        for (uint32_t i = sets.first; i < sets.first + sets.count; i++) {
            if (!match_note(w, m->atom_sets.items[i]))
                return false;
        }
    }
    return true;
}

bool
efti_match_atoms(struct efti_match_worker *w, const struct efti_form *form,
                 const char *folded, size_t size, const char *stem, size_t stem_size)
{
    w->found.count = 0;
    return match_beginnings(w, folded, size, stem, stem_size) &&
           match_spoken(w, folded, size) && match_endings(w, folded, size) &&
           match_globs(w, folded, size) && match_terms(w, form, folded, size) &&
           match_pieces(w, folded, size) && match_sets(w);
}

static bool
is_exception(const struct efti_matcher *m, uint32_t pattern)
{
    return (m->patterns.items[pattern].facts & EFTI_FACT_EXCEPT) != 0;
}

/* Of the singles of a theme the first of the lexicon counts, and before it those that
 * have conditions; exceptions all stay. w->picked is ordered by theme and pattern. */
static void
match_drop_later(struct efti_match_worker *w)
{
    const struct efti_matcher *m = w->matcher;
    uint32_t done = UINT32_MAX; /* the theme that has its plain one */
    size_t kept = 0;

    for (size_t i = 0; i < w->picked.count; i++) {
        struct efti_single s = w->picked.items[i];
        if (s.theme == done && !is_exception(m, s.pattern))
            continue;
        if (m->patterns.items[s.pattern].pattern->rules == NULL)
            done = s.theme;
        w->picked.items[kept++] = s;
    }
    w->picked.count = kept;
}

/* The singles of w->found by theme and pattern. */
static bool
match_pick(struct efti_match_worker *w)
{
    const struct efti_matcher *m = w->matcher;

    w->picked.count = 0;
    for (size_t a = 0; a < w->found.count; a++) {
        struct efti_range range = m->atoms.items[w->found.items[a]].singles;
        for (uint32_t i = range.first; i < range.first + range.count; i++) {
            struct efti_single s = m->singles.items[i];
            size_t at = 0; /* patterns of a theme follow one another: ordered by both */
            while (at < w->picked.count && w->picked.items[at].pattern < s.pattern)
                at++;
            if (!EFTI_PUSH(w->mem, &w->picked))
                return false;
            memmove(&w->picked.items[at + 1], &w->picked.items[at],
                    (w->picked.count - 1 - at) * sizeof(s));
            w->picked.items[at] = s;
        }
    }
    match_drop_later(w);
    return true;
}

/* Is there a single of this theme for one of the atoms in w->found? */
static bool
match_names_theme(const struct efti_match_worker *w, uint32_t theme)
{
    const struct efti_matcher *m = w->matcher;

    for (size_t a = 0; a < w->found.count; a++) {
        struct efti_range range = m->atoms.items[w->found.items[a]].singles;
        for (uint32_t i = range.first; i < range.first + range.count; i++) {
            if (m->singles.items[i].theme == theme)
                return true;
        }
    }
    return false;
}

/* "otrygg" is the opposite of a theme that also names "trygg", and is a word of its own
 * in a theme that does not ("oro" lists otrygg because that is what it is about). */
static bool
match_opposites(struct efti_match_worker *w, const struct efti_form *form)
{
    const char *bare = form->folded + 1;
    size_t size = form->folded_size - 1;

    if (form->folded_size < 4 || form->folded[0] != 'o')
        return true;
    eft_text stem = efti_stem(w->stemmer, bare, size);
    if (stem.size == 0 || !efti_match_atoms(w, NULL, bare, size, stem.bytes, stem.size))
        return false;
    for (size_t i = 0; i < w->picked.count; i++)
        w->picked.items[i].opposite = match_names_theme(w, w->picked.items[i].theme);
    return true;
}

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

static bool
match_new_set(struct efti_match_worker *w, uint32_t says, uint32_t *number)
{
    bool added;

    if (w->sets.count > EFTI_MATCH_SET(UINT32_MAX) || !match_reserve(w))
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

/* The bits of form->match beside the number of its set. */
static uint32_t
match_bits(const struct efti_match_worker *w, uint32_t lists, uint32_t number)
{
    const uint32_t cue = EFTI_SAYS_NEGATOR | EFTI_SAYS_UNCERTAIN | EFTI_SAYS_IF;
    const struct efti_set *set = &w->sets.items[number];

    return (set->singles.count > 0 ? EFTI_MATCH_STARTS | EFTI_MATCH_SINGLE : 0) |
           (set->free_end > set->anchors ? EFTI_MATCH_STARTS | EFTI_MATCH_ANCHOR : 0) |
           ((w->says.items[number] & cue) != 0 ? EFTI_MATCH_CUE : 0) |
           ((lists & EFTI_LIST_CUE_PHRASE) != 0 ? EFTI_MATCH_LISTED : 0) |
           ((lists & EFTI_LIST_CUE_NEXT) != 0 ? EFTI_MATCH_NEXT : 0);
}

static bool
match_form(struct efti_match_worker *w, struct efti_form *form)
{
    const struct efti_matcher *m = w->matcher;
    const struct efti_lists *lists =
        (form->lists & EFTI_LIST_STARTS_PHRASE) != 0 ? m->lists : NULL;
    eft_text stem = efti_form_stem(form);
    uint32_t number = 0, says = 0;

    if (!efti_match_atoms(w, form, form->folded, form->folded_size, stem.bytes,
                          stem.size))
        return false;
    if (lists != NULL || efti_wild_has(&m->wholes, w->whole))
        says = efti_grammar_says(m->grammar, lists, form->folded, form->folded_size);
    if (w->found.count > 0 || says != 0) {
        if (!match_pick(w))
            return false;
        if ((says & EFTI_SAYS_PREFIXED) != 0 && w->picked.count > 0 &&
            (!match_opposites(w, form) ||
             !efti_match_atoms(w, form, form->folded, form->folded_size, stem.bytes,
                               stem.size)))
            return false;
        if (!match_set_key(w, says) || !match_new_set(w, says, &number))
            return false;
    }
    form->match = number | match_bits(w, m->lists == NULL ? 0 : form->lists, number);
    return true;
}

bool
efti_match_person(struct efti_match_worker *w)
{
    static const char *const words[] = {"hon",   "han",    "hen", "henne",
                                        "honom", "hennes", "hans"};
    uint32_t number = 0;

    w->found.count = 0;
    w->person = EFTI_MATCH_VEIL;
    for (size_t i = 0; i < EFTI_COUNT(words); i++) {
        if (!match_found(w, EFTI_PATTERN_EXACT, words[i], strlen(words[i])))
            return false;
    }
    if (!match_sets(w))
        return false;
    if (w->found.count == 0)
        return true;
    if (!match_pick(w) || !match_set_key(w, 0) || !match_new_set(w, 0, &number))
        return false;
    w->person |= number | match_bits(w, 0, number);
    return true;
}

eft_status
efti_match_analyse(void *user, struct efti_form *form, eft_error *err)
{
    struct efti_match_worker *w = user;

    form->match = 0;
    switch (form->kind) {
    case EFTI_WORD:
    case EFTI_NUMBER:
    case EFTI_CODE:
    case EFTI_ABBREVIATION:
    case EFTI_EMOJI: break;
    default: return EFT_OK; /* addresses and veiled tokens are no words of a theme */
    }
    return match_form(w, form) ? EFT_OK : efti_no_memory(err, "the patterns of a form");
}

/* ------------------------------------------------------------------------ closed */

static bool
closed_by_name_lists(const struct efti_form *form)
{
    const uint32_t reviewed =
        EFTI_LIST_ALSO_MID | EFTI_LIST_ALSO_FRAME | EFTI_LIST_ALSO_NEVER;
    bool word = (form->dict & EFTI_DICT_LOWER) != 0;

    if ((form->lists & EFTI_LIST_ANY_NAME) != 0 &&
        !(word && (form->lists & reviewed) != 0))
        return false;
    return (form->lists & EFTI_LIST_PLACE) == 0 ||
           (word && (form->lists & EFTI_LIST_PLACE_WORD) != 0);
}

static bool
closed_by_vocabulary(const struct efti_matcher *m, const struct efti_form *form)
{
    if ((form->dict & EFTI_DICT_LOWER) != 0)
        return true;
    if ((form->dict & EFTI_DICT_COMPOUND) != 0 && form->shape == EFTI_SHAPE_NONE)
        return true;
    return efti_strings_find(m->literals, form->folded, form->folded_size) !=
               EFTI_NOT_FOUND ||
           efti_strings_find(m->allowed, form->folded, form->folded_size) !=
               EFTI_NOT_FOUND;
}

eft_status
efti_closed_analyse(void *user, struct efti_form *form, eft_error *err)
{
    const struct efti_match_worker *w = user;

    (void)err;
    form->closed = (form->kind == EFTI_WORD || form->kind == EFTI_ABBREVIATION) &&
                   closed_by_name_lists(form) && closed_by_vocabulary(w->matcher, form);
    return EFT_OK;
}
