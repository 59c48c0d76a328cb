/*
 * casing.c - what the capitals of a word say
 *
 *     lower    trygghet          initial  Anna, Anna-Karin, O'Brien, Å
 *     upper    ANNA, LSS         mixed    iPad, IT-stöd, SIP:en, McDonald
 *
 * A capital is in its place at the start of the word and after a hyphen or apostrophe.
 * Combining marks and digits say nothing, so NFC and NFD spellings agree.
 *
 * Nearly all forms have letters of ASCII and Latin-1 alone. For those one walk folds
 * (CaseFolding.txt: A-Z and À-Þ have their small letters 32 further on), sees the casing,
 * counts, and takes the hash by which the dictionary is asked. ß folds to two letters, ×
 * and ÷ are none; words with them are not plain.
 */
#include "vocab/internal.h"

#include "lexicons/dictionary_format.h"

static bool
begins_part(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011 || c == '\'' || c == 0x2019;
}

/* `in_place`: the first letter is a capital, and no capital stands inside a part. */
static uint8_t
casing_of(uint32_t high, bool low, bool in_place)
{
    if (high == 0)
        return low ? EFTI_CASING_LOWER : EFTI_CASING_NONE;
    if (!low)
        return high > 1 ? EFTI_CASING_UPPER : EFTI_CASING_INITIAL;
    return in_place ? EFTI_CASING_INITIAL : EFTI_CASING_MIXED;
}

void
efti_form_casing(struct efti_form *form)
{
    uint32_t high = 0, low = 0, astray = 0;
    bool start = true, first_high = false, first = true;

    for (size_t at = 0; at < form->raw_size;) {
        uint32_t c = efti_utf8_next(form->raw, form->raw_size, &at);
        bool upper = efti_is_upper(c), lower = !upper && efti_is_lower(c);
        high += upper;
        low += lower;
        astray += upper && !start;
        if ((upper || lower) && first) {
            first_high = upper;
            first = false;
        }
        start = begins_part(c);
    }
    form->capitals = high > UINT8_MAX ? UINT8_MAX : (uint8_t)high;
    form->casing = casing_of(high, low > 0, first_high && astray == 0);
}

/* What a walk over plain letters has seen. */
struct plain_walk {
    uint32_t high, pairs; /* capitals; letters of two bytes */
    bool low, astray, first_high, met, start;
};

static inline void
see_capital(struct plain_walk *w)
{
    w->high++;
    w->astray |= !w->start;
    w->first_high |= !w->met;
    w->met = true;
    w->start = false;
}

static inline void
see_small(struct plain_walk *w)
{
    w->low = w->met = true;
    w->start = false;
}

/* The letter behind C3 at `c`; 0: none, or ß. */
static inline unsigned char
fold_second(struct plain_walk *w, unsigned char c)
{
    if (c < 0x80 || c > 0xBF || c == 0x97 || c == 0x9F || c == 0xB7)
        return 0;
    w->pairs++;
    if (c >= 0xA0) {
        see_small(w);
        return c;
    }
    see_capital(w);
    return c | 0x20;
}

static inline unsigned char
fold_ascii(struct plain_walk *w, unsigned char c)
{
    if ((uint32_t)c - 'A' < 26U) {
        see_capital(w);
        return c | 0x20;
    }
    w->start = c == '-' || c == '\'';
    return c;
}

/* Copy small letters of ASCII from `at` on, which nearly all are; returns
 * where they end. */
static inline size_t
small_run(const unsigned char *p, size_t at, size_t size, char *folded, uint64_t *hash)
{
    uint64_t h = *hash;

    for (; at < size && (uint32_t)p[at] - 'a' < 26U; at++) {
        *folded++ = (char)p[at];
        h = efti_dict_hash_add(h, (char)p[at]);
    }
    *hash = h;
    return at;
}

static inline void
put_folded(char *folded, size_t *to, uint64_t *hash, unsigned char c)
{
    folded[(*to)++] = (char)c;
    *hash = efti_dict_hash_add(*hash, (char)c);
}

/* What a byte of a form may be besides a digit or sign of ASCII; OTHER: somebody else
 * must look. Second bytes are those of à to ÿ without ÷. */
enum { BYTE_SMALL = 1, BYTE_LEAD = 2, BYTE_SECOND = 4, BYTE_OTHER = 8 };

static const uint8_t byte_class[256] = {
#define FOUR(x) x, x, x, x
#define SIXTEEN(x) FOUR(x), FOUR(x), FOUR(x), FOUR(x)
#define LETTERS(x) SIXTEEN(x), FOUR(x), FOUR(x), x, x
    ['A'] = LETTERS(BYTE_OTHER),
    ['a'] = LETTERS(BYTE_SMALL),
    [0x80] = SIXTEEN(BYTE_OTHER),
    SIXTEEN(BYTE_OTHER),
    [0xA0] = SIXTEEN(BYTE_SECOND),
    FOUR(BYTE_SECOND),
    BYTE_SECOND,
    BYTE_SECOND,
    BYTE_SECOND,
    BYTE_OTHER,
    FOUR(BYTE_SECOND),
    FOUR(BYTE_SECOND),
    [0xC0] = BYTE_OTHER,
    BYTE_OTHER,
    BYTE_OTHER,
    BYTE_LEAD,
    [0xC4] = FOUR(BYTE_OTHER),
    FOUR(BYTE_OTHER),
    FOUR(BYTE_OTHER),
    [0xD0] = SIXTEEN(BYTE_OTHER),
    SIXTEEN(BYTE_OTHER),
    SIXTEEN(BYTE_OTHER),
#undef FOUR
#undef SIXTEEN
#undef LETTERS
};

/* What a walk over bytes that fold to themselves has seen. */
struct small_walk {
    uint32_t all, leads; /* BYTE_* of them together; BYTE_LEAD for each letter of two */
    uint64_t hash;
};

/* One walk, for one exit that no processor can guess. */
static inline struct small_walk
walk_small(const unsigned char *p, size_t from, size_t size, uint64_t hash, bool hashed)
{
    struct small_walk w = {.hash = hash};

    for (size_t i = from; i < size; i++) {
        uint32_t class = byte_class[p[i]];
        w.all |= class;
        w.leads += class & BYTE_LEAD;
        if (hashed)
            w.hash = efti_dict_hash_add(w.hash, (char)p[i]);
    }
    return w;
}

/* Nothing but small letters of ASCII and Latin-1, digits and signs, so that it folds to
 * itself, or that behind a capital of ASCII: nine of ten forms. */
static bool
fold_small(const char *raw, size_t size, bool hashed, struct efti_new_form *out)
{
    const unsigned char *p = (const unsigned char *)raw;
    const bool capital = (uint32_t)p[0] - 'A' < 26U;
    const uint64_t start =
        capital ? efti_dict_hash_add(EFTI_DICT_HASH_START, (char)(p[0] | 0x20))
                : EFTI_DICT_HASH_START;
    const struct small_walk w = hashed ? walk_small(p, capital, size, start, true)
                                       : walk_small(p, capital, size, 0, false);

    if ((w.all & BYTE_OTHER) != 0)
        return false;
    if (capital) {
        memcpy(out->folded, raw, size);
        out->folded[0] |= 0x20;
    }
    out->same = !capital;
    out->hash = hashed ? efti_dict_hash_end(w.hash) : 0;
    out->size = (uint8_t)size;
    out->letters = (uint8_t)(size - w.leads / BYTE_LEAD);
    out->capitals = capital;
    out->casing = casing_of(capital, (w.all & (BYTE_SMALL | BYTE_SECOND)) != 0, true);
    return true;
}

/* Soft hyphens (C2 AD), which folding takes out, stand in one form of ten of texts from
 * the web: so they are plain too. */
bool
efti_fold_plain(const char *raw, size_t size, bool hashed, struct efti_new_form *out)
{
    const unsigned char *p = (const unsigned char *)raw;
    struct plain_walk w = {.start = true};
    uint64_t hash = EFTI_DICT_HASH_START;
    size_t to = 0;

    if (size > EFTI_NEW_FORM_BYTES)
        return false;
    if (EFTI_LIKELY(fold_small(raw, size, hashed, out)))
        return true;
    for (size_t at = 0; at < size; at++) {
        size_t from = at;
        at = small_run(p, at, size, out->folded + to, &hash);
        to += at - from;
        if (at > from)
            see_small(&w);
        if (at == size)
            break;
        unsigned char c = p[at], next = at + 1 < size ? p[at + 1] : 0;
        if (c < 0x80) {
            put_folded(out->folded, &to, &hash, fold_ascii(&w, c));
            continue;
        }
        at++;
        if (c == 0xC2 && next == 0xAD) {
            w.start = false;
            continue;
        }
        if (c != 0xC3 || (next = fold_second(&w, next)) == 0)
            return false;
        put_folded(out->folded, &to, &hash, 0xC3);
        put_folded(out->folded, &to, &hash, next);
    }
    out->same = false;
    out->hash = efti_dict_hash_end(hash);
    out->size = (uint8_t)to;
    out->letters = (uint8_t)(to - w.pairs);
    out->capitals = (uint8_t)w.high;
    out->casing = casing_of(w.high, w.low, w.first_high && !w.astray);
    return to > 0;
}
