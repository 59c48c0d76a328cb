/*
 * terms.c - base form, last part, endings, stem: in that order
 *
 *   skolorna               listed                       skola
 *   kibbutzmedlemmarna     compound, medlemmarna        kibbutzmedlem
 *   lo-saf-uppgörelsen     behind the last hyphen       lo-saf-uppgörelse
 *   skam-anmälningens      a genitive of such           skam-anmälning
 *   flummighetens          -hetens is -het              flummighet
 *   moshavbarnen           unknown + barnen             moshavbarn
 *   moshaverna             Snowball                     moshav
 *
 * Only the last piece of a word is inflected in Swedish, so its base form is that of the
 * whole behind the same beginning. The rules for endings ask for a listed word in front
 * of the ending: without that, "ansvar" would lose its -ar like a plural, which is what a
 * stemmer does.
 *
 * Stems and base forms share one set of terms. A stem that is a listed word would count
 * an unknown word as that one (an unlisted "blaskare" as "blask"), so then the form
 * itself is the term.
 */
#include "tokenizers/terms.h"

/* No Swedish word in running text is longer; compound.c stops at 64 bytes. */
#define TERM_KNOWN_MAX 255u
#define TERM_TAIL_LETTERS 4u
#define TERM_HEAD_LETTERS 2u

struct term_job {
    const struct efti_dictionary *d;
    struct efti_stemmer *stemmer;
    struct efti_bytes *out;
    /* a word whose last part is known already, and where that begins; 0: no compound */
    const char *seen;
    size_t seen_size, seen_last;
};

static enum efti_term_source
term_put(const struct term_job *j, const char *head, size_t size, eft_text tail,
         enum efti_term_source source)
{
    if (j->out == NULL) /* the question is only whether there is one */
        return source;
    efti_put(j->out, head, size);
    efti_put(j->out, tail.bytes, tail.size);
    return j->out->failed ? EFTI_TERM_NONE : source;
}

/* ---------------------------------------------------------------- known words */

/* Base form of a listed word or of the last part of a compound: where in the word it
 * begins, and its bytes. */
struct term_known {
    size_t at;
    eft_text base;
};

static bool
term_last_part(const struct term_job *j, const char *bytes, size_t size, size_t *at)
{
    if (bytes != j->seen || size != j->seen_size)
        return efti_dictionary_compound(j->d, bytes, size, at);
    *at = j->seen_last;
    return *at > 0;
}

static bool
term_is_known(const struct term_job *j, const char *bytes, size_t size,
              struct term_known *k)
{
    k->at = 0;
    k->base = efti_dictionary_base(j->d, bytes, size);
    if (k->base.size > 0)
        return true;
    if (!term_last_part(j, bytes, size, &k->at))
        return false;
    k->base = efti_dictionary_base(j->d, bytes + k->at, size - k->at);
    return k->base.size > 0;
}

/* The byte behind the last hyphen, 0: none. U+2010 and U+2011 have three bytes. */
static size_t
term_last_piece(const char *bytes, size_t size)
{
    for (size_t at = size; at > 0; at--) {
        if (bytes[at - 1] == '-')
            return at;
        if (at >= 3 && memcmp(bytes + at - 3, "\xE2\x80", 2) == 0 &&
            (bytes[at - 1] == '\x90' || bytes[at - 1] == '\x91'))
            return at;
    }
    return 0;
}

/* Behind the last hyphen. */
static enum efti_term_source
term_of_piece(const struct term_job *j, const char *bytes, size_t size)
{
    struct term_known k;
    size_t piece = term_last_piece(bytes, size);

    if (piece > 0 && piece < size && term_is_known(j, bytes + piece, size - piece, &k))
        return term_put(j, bytes, piece + k.at, k.base, EFTI_TERM_COMPOUND);
    return EFTI_TERM_NONE;
}

static enum efti_term_source
term_of_known(const struct term_job *j, const char *bytes, size_t size)
{
    struct term_known k;

    if (term_is_known(j, bytes, size, &k))
        return term_put(j, bytes, k.at, k.base,
                        k.at == 0 ? EFTI_TERM_BASE : EFTI_TERM_COMPOUND);
    return term_of_piece(j, bytes, size);
}

/* -------------------------------------------------------------------- endings */

static bool
term_ends(const char *bytes, size_t size, const char *end)
{
    size_t n = strlen(end);
    return size > n && memcmp(bytes + size - n, end, n) == 0;
}

/* Endings of nouns, the longest first. A word of at least three letters stands before
 * them. "BBIC:s" and "app:en": the colon belongs to the ending. */
static const char *const noun_endings[] = {
    "arnas", "ernas", "ornas", "arna", "erna", "orna", "nas", "ens",
    "ets",   "ars",   "ers",   "ors",  "en",   "et",   "ar",  "er",
    "na",    "ns",    "ts",    "n",    "t",    "r",    "s",
};

/* Adjectives by their suffixes, whose degrees the dictionary does not always list. */
static const char *const adjective_ends[] = {"ig", "sam", "bar", "full", "lös"};
static const char *const degrees[] = {"are", "ast", "aste", "astes"};

/* What stands before an ending. Only a base form is inflected ("barna" is not bar + na,
 * for bar is a form of bära); a genitive goes with any form. */
static enum efti_term_source
term_before_ending(const struct term_job *j, const char *bytes, size_t size,
                   const char *end)
{
    struct term_known k;

    if (!term_is_known(j, bytes, size, &k))
        return term_of_piece(j, bytes, size);
    if (strcmp(end, "s") != 0 &&
        !efti_equal(bytes + k.at, size - k.at, k.base.bytes, k.base.size))
        return EFTI_TERM_NONE;
    return term_put(j, bytes, k.at, k.base, EFTI_TERM_ENDING);
}

static enum efti_term_source
term_less_ending(const struct term_job *j, const char *bytes, size_t size)
{
    for (size_t i = 0; i < EFTI_COUNT(noun_endings); i++) {
        const char *end = noun_endings[i];
        size_t left = size - strlen(end);
        if (!term_ends(bytes, size, end))
            continue;
        if (bytes[left - 1] == ':' && left > 1)
            return term_put(j, bytes, left - 1, (eft_text){NULL, 0}, EFTI_TERM_ENDING);
        if (efti_utf8_length(bytes, left) < 3)
            continue;
        if (term_before_ending(j, bytes, left, end) != EFTI_TERM_NONE)
            return EFTI_TERM_ENDING;
    }
    return EFTI_TERM_NONE;
}

/* delaktigare, hållbarast */
static enum efti_term_source
term_less_degree(const struct term_job *j, const char *bytes, size_t size)
{
    for (size_t i = 0; i < EFTI_COUNT(degrees); i++) {
        size_t left = size - strlen(degrees[i]);
        if (!term_ends(bytes, size, degrees[i]))
            continue;
        for (size_t k = 0; k < EFTI_COUNT(adjective_ends); k++) {
            if (term_ends(bytes, left, adjective_ends[k]) &&
                term_before_ending(j, bytes, left, degrees[i]) != EFTI_TERM_NONE)
                return EFTI_TERM_ENDING;
        }
    }
    return EFTI_TERM_NONE;
}

/* Suffixes that make nouns, with their inflections: whatever stands before them. */
static const struct {
    const char *suffix;
    const char *endings[8];
} suffixes[] = {
    {"het", {"", "s", "en", "ens", "er", "ers", "erna", "ernas"}},
    {"ning", {"", "s", "en", "ens", "ar", "ars", "arna", "arnas"}},
    {"tion", {"", "s", "en", "ens", "er", "ers", "erna", "ernas"}},
    {"itet", {"", "s", "en", "ens", "er", "ers", "erna", "ernas"}},
    {"ism", {"", "s", "en", "ens", "er", "ers", "erna", "ernas"}},
    {"else", {"", "s", "n", "ns", "r", "rs", "rna", "rnas"}},
    {"ande", {"", "s", "t", "ts", "n", "ns", "na", "nas"}},
    {"are", {"", "s", "n", "ns", "", "", "", ""}},
};

static enum efti_term_source
term_less_suffix(const struct term_job *j, const char *bytes, size_t size)
{
    for (size_t i = 0; i < EFTI_COUNT(suffixes); i++) {
        for (size_t k = 0; k < EFTI_COUNT(suffixes[i].endings); k++) {
            const char *end = suffixes[i].endings[k];
            size_t left = size - strlen(end);
            if (size > strlen(end) && memcmp(bytes + left, end, strlen(end)) == 0 &&
                term_ends(bytes, left, suffixes[i].suffix) &&
                efti_utf8_length(bytes, left - strlen(suffixes[i].suffix)) >= 3)
                return term_put(j, bytes, left, (eft_text){NULL, 0}, EFTI_TERM_SUFFIX);
        }
    }
    return EFTI_TERM_NONE;
}

/* The longest end that is a word which may end compounds. */
static enum efti_term_source
term_by_tail(const struct term_job *j, const char *bytes, size_t size)
{
    size_t at = 0, letters = efti_utf8_length(bytes, size);

    for (unsigned n = 0; letters > TERM_TAIL_LETTERS; n++, letters--) {
        uint32_t flags = efti_dictionary_find(j->d, bytes + at, size - at);
        if (n >= TERM_HEAD_LETTERS && (flags & EFTI_DICT_LOWER) &&
            (flags & EFTI_DICT_END))
            return term_put(j, bytes, at,
                            efti_dictionary_base(j->d, bytes + at, size - at),
                            EFTI_TERM_TAIL);
        (void)efti_utf8_next(bytes, size, &at);
    }
    return EFTI_TERM_NONE;
}

/* ----------------------------------------------------------------------- stem */

static enum efti_term_source
term_by_stem(const struct term_job *j, const char *bytes, size_t size)
{
    eft_text stem = efti_stem(j->stemmer, bytes, size);

    if (stem.size == 0)
        return EFTI_TERM_NONE;
    if (efti_dictionary_base(j->d, stem.bytes, stem.size).size > 0)
        stem = (eft_text){bytes, size};
    return term_put(j, stem.bytes, stem.size, (eft_text){NULL, 0}, EFTI_TERM_STEM);
}

static enum efti_term_source
term_by_rules(const struct term_job *j, const char *folded, size_t size)
{
    enum efti_term_source how = EFTI_TERM_NONE;

    if (j->d == NULL || size > TERM_KNOWN_MAX)
        return how;
    how = term_of_known(j, folded, size);
    if (how == EFTI_TERM_NONE)
        how = term_less_ending(j, folded, size);
    if (how == EFTI_TERM_NONE)
        how = term_less_degree(j, folded, size);
    if (how == EFTI_TERM_NONE)
        how = term_less_suffix(j, folded, size);
    if (how == EFTI_TERM_NONE)
        how = term_by_tail(j, folded, size);
    return how;
}

bool
efti_term_is_word(const struct efti_dictionary *d, const char *term, size_t size)
{
    const struct term_job j = {.d = d};

    return term_by_rules(&j, term, size) != EFTI_TERM_NONE;
}

enum efti_term_source
efti_term(const struct efti_dictionary *d, struct efti_stemmer *s, const char *folded,
          size_t size, struct efti_bytes *out)
{
    return efti_term_seen(d, s, folded, size, SIZE_MAX, out);
}

enum efti_term_source
efti_term_seen(const struct efti_dictionary *d, struct efti_stemmer *s,
               const char *folded, size_t size, size_t last, struct efti_bytes *out)
{
    const struct term_job j = {d, s, out, last == SIZE_MAX ? NULL : folded, size, last};
    enum efti_term_source how = EFTI_TERM_NONE;

    efti_bytes_clear(out);
    while (size > 1 && folded[size - 1] == '-') /* suspended: för- och nackdelar */
        size--;
    how = term_by_rules(&j, folded, size);
    if (how == EFTI_TERM_NONE && !out->failed)
        how = term_by_stem(&j, folded, size);
    return how;
}
