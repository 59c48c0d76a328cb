/*
 * swedish_stem.c - the Swedish Snowball stemmer once more, five times as fast
 *
 *     bet|raktelserna      R1 begins behind the first consonant that follows a vowel, and
 *                          not before the fourth letter
 *     betraktels|erna      step 1: the longest ending of its list that lies in R1 goes
 *     betraktels           step 2: of gd dd gt dt kt tt nn in R1 the last letter goes
 *     betrakt|els          step 3: lig ig els in R1 go, löst and fullt lose their t
 *
 * (snowballstem.org, "Swedish stemming algorithm", as in Snowball 2.) Every step only
 * takes letters off the end, so a stem is told by its size. libstemmer interprets the
 * same rules over any language's tables, which costs a new form more than finding it in
 * the dictionary would; but libstemmer is what decides: stemmer.c uses this one only if
 * both give the same stems of its probe words, and tests/tokenizers/test_stemmer.c holds
 * them against each other.
 */
#include "tokenizers/internal.h"

/* Bytes of a vowel at `at`, 0: none. */
static inline size_t
vowel_at(const unsigned char *p, size_t at, size_t size)
{
    static const uint32_t vowels = 1u << ('a' - 'a') | 1u << ('e' - 'a') |
                                   1u << ('i' - 'a') | 1u << ('o' - 'a') |
                                   1u << ('u' - 'a') | 1u << ('y' - 'a');
    uint32_t letter = (uint32_t)p[at] - 'a';

    if (letter < 26)
        return vowels >> letter & 1;
    if (p[at] != 0xC3 || at + 1 == size)
        return 0;
    return p[at + 1] == 0xA4 || p[at + 1] == 0xA5 || p[at + 1] == 0xB6 ? 2 : 0; /* äåö */
}

static inline size_t
behind_character(const unsigned char *p, size_t at, size_t size)
{
    at++;
    while (at < size && (p[at] & 0xC0) == 0x80)
        at++;
    return at;
}

/* Bit 0 to 2: which of the first three letters, all of ASCII, are vowels; 8: not so. */
static inline uint32_t
first_vowels(const unsigned char *p, size_t size)
{
    return size < 3 || (p[0] | p[1] | p[2]) >= 0x80
               ? 8
               : (uint32_t)(vowel_at(p, 0, size) | vowel_at(p, 1, size) << 1 |
                            vowel_at(p, 2, size) << 2);
}

/* Where R1 begins; `size`: nowhere. */
static size_t
find_region(const unsigned char *p, size_t size)
{
    /* the sets in which a vowel stands before another letter: 1, 2 and 3 of 0..7, 5 */
    static const uint32_t early = 1u << 1 | 1u << 2 | 1u << 3 | 1u << 5;
    size_t at = 0, fourth = 0, vowel;

    if (EFTI_LIKELY((early >> first_vowels(p, size) & 1) != 0))
        return 3;

    for (int i = 0; i < 3; i++) {
        if (fourth == size)
            return size;
        fourth = behind_character(p, fourth, size);
    }
    while (at < size && vowel_at(p, at, size) == 0)
        at = behind_character(p, at, size);
    while (at < size && (vowel = vowel_at(p, at, size)) > 0)
        at += vowel;
    if (at == size)
        return size;
    at = behind_character(p, at, size);
    return at < fourth ? fourth : at;
}

/* The end of a word, for as far as it lies in R1. */
struct tail {
    const char *end;
    size_t size;
};

#define ENDS(t, ending)                                                                  \
    ((t).size >= sizeof(ending) - 1 &&                                                   \
     memcmp((t).end - (sizeof(ending) - 1), ending, sizeof(ending) - 1) == 0)
#define TAKE(t, ending)                                                                  \
    if (ENDS(t, ending))                                                                 \
    return sizeof(ending) - 1

/* Of the endings in -s; an s alone goes behind some letters, which need not lie in R1. */
static size_t
step_1_s(struct tail t)
{
    static const uint32_t before = /* b c d f g h j k l m n o p r t v y */
        1u << 1 | 1u << 2 | 1u << 3 | 1u << 5 | 1u << 6 | 1u << 7 | 1u << 9 | 1u << 10 |
        1u << 11 | 1u << 12 | 1u << 13 | 1u << 14 | 1u << 15 | 1u << 17 | 1u << 19 |
        1u << 21 | 1u << 24;
    uint32_t letter = (uint32_t)(unsigned char)t.end[-2] - 'a'; /* R1 is not all */

    TAKE(t, "hetens");
    TAKE(t, "arnas");
    TAKE(t, "ernas");
    TAKE(t, "ornas");
    TAKE(t, "andes");
    TAKE(t, "arens");
    TAKE(t, "ades");
    TAKE(t, "erns");
    TAKE(t, "ens");
    TAKE(t, "as");
    TAKE(t, "es");
    return letter < 26 ? before >> letter & 1 : 0;
}

/* Bytes that step 1 takes: the longest ending, so the longer ones are tried first. */
static size_t
step_1(struct tail t)
{
    if (t.size == 0)
        return 0;
    switch (t.end[-1]) {
    case 'a':
        TAKE(t, "heterna");
        TAKE(t, "arna");
        TAKE(t, "erna");
        TAKE(t, "orna");
        return 1;
    case 'd': TAKE(t, "ad"); return 0;
    case 'e':
        TAKE(t, "ande");
        TAKE(t, "arne");
        TAKE(t, "aste");
        TAKE(t, "ade");
        TAKE(t, "are");
        return 1;
    case 'n':
        TAKE(t, "anden");
        TAKE(t, "heten");
        TAKE(t, "aren");
        TAKE(t, "ern");
        TAKE(t, "en");
        return 0;
    case 'r':
        TAKE(t, "heter");
        TAKE(t, "ar");
        TAKE(t, "er");
        TAKE(t, "or");
        return 0;
    case 's': return step_1_s(t);
    case 't':
        TAKE(t, "andet");
        TAKE(t, "het");
        TAKE(t, "ast");
        TAKE(t, "at");
        return 0;
    default: return 0;
    }
}

static size_t
step_2(struct tail t)
{
    if (t.size < 2)
        return 0;
    char before = t.end[-2];
    switch (t.end[-1]) {
    case 'd': return before == 'd' || before == 'g';
    case 'n': return before == 'n';
    case 't': return before == 'd' || before == 'g' || before == 'k' || before == 't';
    default: return 0;
    }
}

static size_t
step_3(struct tail t)
{
    if (t.size < 2)
        return 0;
    switch (t.end[-1]) {
    case 'g':
        TAKE(t, "lig");
        TAKE(t, "ig");
        return 0;
    case 's': TAKE(t, "els"); return 0;
    case 't': return ENDS(t, "fullt") || ENDS(t, "l\xC3\xB6st");
    default: return 0;
    }
}

static inline struct tail
less(struct tail t, size_t off)
{
    return (struct tail){t.end - off, t.size - off};
}

size_t
efti_swedish_stem(const char *folded, size_t size)
{
    size_t region = find_region((const unsigned char *)folded, size);
    struct tail t = {folded + size, size - region};

    t = less(t, step_1(t));
    t = less(t, step_2(t));
    t = less(t, step_3(t));
    return (size_t)(t.end - folded);
}
