/*
 * atoms.c - all that a folded form can be
 *
 *     "trygghetens"   stem, exact form, beginnings (try*, trygg*), endings (*hetens),
 *                     globs (try??het*), base form (trygghet), pieces of a compound
 *                     and the sets of words that these are in
 *
 * Only what some pattern has is an atom: a distinct pair of kind and letters
 * (compiled.h). Hashes that take one byte at a time ask every length of a word in one
 * walk, and most words stop there, before any table is looked into. Compounds are taken
 * apart, and terms made, only where some pattern could be met by them.
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

bool
efti_match_found(struct efti_match_worker *w, enum efti_pattern_kind kind,
                 const char *bytes, size_t size)
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
            !efti_match_found(w, EFTI_PATTERN_PREFIX, folded, n))
            return false;
    }
    w->whole = hash;
    w->letters = letters;
    if (efti_wild_has(&m->stems, at_stem) &&
        !efti_match_found(w, EFTI_PATTERN_STEM, stem, stem_size))
        return false;
    return !efti_wild_has(&m->wholes, hash) ||
           efti_match_found(w, EFTI_PATTERN_EXACT, folded, size);
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
            !efti_match_found(w, EFTI_PATTERN_SUFFIX, folded + size - n, n))
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
            if (!efti_match_found(w, EFTI_PATTERN_EXACT, word[k], strlen(word[k])))
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

    if (last + base.size < m->terms.shortest || last + base.size > m->terms.longest)
        return true;
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
           efti_match_found(w, EFTI_PATTERN_TERM, w->term.data, w->term.size);
}

/* Of a form without a base in the dictionary: its term begins with the same two
 * bytes, for all that efti_term() takes off or puts in lies behind a first piece.
 * But a genitive and a suspended piece may be those of a listed form, which begins
 * anyhow (gicks: gå). */
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
           efti_match_found(w, EFTI_PATTERN_TERM, w->term.data, w->term.size);
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
    return efti_match_found(w, head ? EFTI_PATTERN_HEAD : EFTI_PATTERN_MODIFIER,
                            w->term.data, w->term.size) &&
           efti_match_found(w, EFTI_PATTERN_PART, w->term.data, w->term.size);
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
        !efti_compound_split(&m->compounds, folded, size, &parts))
        return true;
    for (size_t k = 0, from = 0; k < parts.count; from = parts.ends[k++]) {
        bool head = k + 1u == parts.count;
        if (!match_piece(w, folded + from,
                         parts.ends[k] - from - (head ? 0u : parts.link[k]), head))
            return false;
    }
    return true;
}

bool
efti_match_sets(struct efti_match_worker *w)
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
           match_pieces(w, folded, size) && efti_match_sets(w);
}
