/*
 * classes.c - the class of a small word, and words for numbers
 *
 * Months, "fyller", "mvh", "lgh" have a class in lexicons/data/context/classes.tsv.
 * Number words are composed, not listed: fyrtio + fem, tre + åring; their pieces stand
 * here, as which may follow which is the rule. Dialect and chat spelling included
 * (fjotton).
 */
#include "veil/find.h"

/* A piece of a number word with its size, so that no comparison has to measure it. */
struct number_piece {
    const char *word;
    size_t size;
};
#define PIECE(word)                                                                      \
    {                                                                                    \
        word, sizeof(word) - 1                                                           \
    }

static const struct number_piece number_units[] = {
    PIECE("ett"), PIECE("två"),  PIECE("tre"), PIECE("fyra"), PIECE("fem"), PIECE("sex"),
    PIECE("sju"), PIECE("åtta"), PIECE("nio"), PIECE("nie"),  PIECE("en")};
static const struct number_piece number_teens[] = {
    PIECE("fjorton"), PIECE("fjotton"), PIECE("tretton"), PIECE("sjutton"),
    PIECE("femton"),  PIECE("sexton"),  PIECE("nitton"),  PIECE("arton"),
    PIECE("aderton"), PIECE("tolv"),    PIECE("elva"),    PIECE("tio")};
/* Spoken forms without the last vowel too: tretti, fyrti. */
static const struct number_piece number_tens[] = {
    PIECE("tjugo"), PIECE("tjugi"), PIECE("tjuge"), PIECE("tjuo"), PIECE("tju"),
    PIECE("trett"), PIECE("fyrt"),  PIECE("fört"),  PIECE("femt"), PIECE("sext"),
    PIECE("sjutt"), PIECE("ått"),   PIECE("nitt")};
static const struct number_piece ordinals[] = {
    PIECE("första"),    PIECE("andra"),     PIECE("tredje"),   PIECE("fjärde"),
    PIECE("femte"),     PIECE("sjätte"),    PIECE("sjunde"),   PIECE("åttonde"),
    PIECE("nionde"),    PIECE("tionde"),    PIECE("elfte"),    PIECE("tolfte"),
    PIECE("trettonde"), PIECE("fjortonde"), PIECE("femtonde"), PIECE("sextonde"),
    PIECE("sjuttonde"), PIECE("artonde"),   PIECE("nittonde"), PIECE("tjugonde"),
    PIECE("trettionde")};

/* Bytes of the first of `pieces` that `text` begins with. */
static size_t
begins_with_one_of(const char *text, size_t size, const struct number_piece *pieces,
                   size_t count)
{
    for (size_t i = 0; size > 0 && i < count; i++) {
        size_t n = pieces[i].size;

        if (pieces[i].word[0] == text[0] && n <= size &&
            memcmp(text, pieces[i].word, n) == 0)
            return n;
    }
    return 0;
}

/* Every number word and ordinal begins with one of these, or with a digit: nearly all
 * words end here. */
#define START_BITS 10
_Static_assert((1 << START_BITS) / 64 == VEIL_NUMBER_STARTS, "a map of them");

static const char number_starts[][4] = {
    "ade",    "and",    "art",       "elf", "elv", "ett", "fem",    "fjo",
    "fj\xC3", "fyr",    "f\xC3\xB6", "hun", "nie", "nio", "nit",    "sex",
    "sju",    "sj\xC3", "tio",       "tju", "tol", "tre", "tv\xC3", "\xC3\xA5t"};

static size_t
start_bit(const char *three)
{
    uint32_t bytes = (uint32_t)(unsigned char)three[0] << 16 |
                     (uint32_t)(unsigned char)three[1] << 8 | (unsigned char)three[2];

    return bytes * 0x9E3779B1u >> (32 - START_BITS);
}

static bool
may_begin_number(const struct veil_number_map *map, const char *folded, size_t size)
{
    if (size < 3)
        return false;
    size_t bit = start_bit(folded);
    return (map->starts[bit / 64] >> bit % 64 & 1) != 0 ||
           (folded[0] >= '0' && folded[0] <= '9');
}

static size_t
word_below_hundred(const char *folded, size_t size)
{
    size_t n = begins_with_one_of(folded, size, number_teens, EFTI_COUNT(number_teens));
    if (n > 0)
        return n;

    n = begins_with_one_of(folded, size, number_tens, EFTI_COUNT(number_tens));
    if (n > 0) {
        bool twenty = folded[0] == 't' && folded[1] == 'j';

        if (!twenty && n < size && folded[n] == 'i') {
            n++;
            if (n < size && folded[n] == 'o')
                n++;
            twenty = true;
        }
        if (twenty) /* fyrtio, fyrtiofem */
            return n + begins_with_one_of(folded + n, size - n, number_units,
                                          EFTI_COUNT(number_units));
    }
    return begins_with_one_of(folded, size, number_units, EFTI_COUNT(number_units) - 1);
}

size_t
efti_veil_number_word(const char *folded, size_t size)
{
    size_t ett = size > 9 && memcmp(folded, "etthundra", 9) == 0 ? 3 : 0;

    if (size >= 6 + ett && memcmp(folded + ett, "hundra", 6) == 0) /* hundratre */
        return 6 + ett + word_below_hundred(folded + 6 + ett, size - 6 - ett);
    return word_below_hundred(folded, size);
}

/* elvaochenhalv, treochetthalvt: said in one breath. */
static bool
is_number_and_half(const char *folded, size_t size)
{
    static const struct number_piece halves[] = {PIECE("ochenhalv"), PIECE("ochetthalvt"),
                                                 PIECE("åenhalv"), PIECE("ochetthalv")};
    size_t n = size > 9 ? efti_veil_number_word(folded, size) : 0;

    return n > 0 &&
           n + begins_with_one_of(folded + n, size - n, halves, EFTI_COUNT(halves)) ==
               size &&
           n < size;
}

static bool
is_ordinal(const char *folded, size_t size)
{
    size_t at = 0;

    if (size >= 3 && folded[0] >= '0' && folded[0] <= '9') { /* 5:e, 21:a */
        while (at < size && folded[at] >= '0' && folded[at] <= '9')
            at++;
        return at <= 2 && size == at + 2 && folded[at] == ':' &&
               (folded[at + 1] == 'e' || folded[at + 1] == 'a');
    }
    if (size > 5 && memcmp(folded, "tjugo", 5) == 0 && folded[5] != 'n')
        at = 5;
    else if (size > 7 && memcmp(folded, "trettio", 7) == 0 && folded[7] != 'n')
        at = 7;
    size_t n = begins_with_one_of(folded + at, size - at, ordinals, EFTI_COUNT(ordinals));
    return n > 0 && at + n == size;
}

/* "treåring", "14-årig", "fjortonåringens": a number, then -åring or -årig. */
static bool
is_yearling(const char *folded, size_t size)
{
    size_t at = 0;

    while (at < size && folded[at] >= '0' && folded[at] <= '9')
        at++;
    if (at > 3)
        return false;
    if (at == 0)
        at = efti_veil_number_word(folded, size);
    if (at == 0)
        return false;
    if (at < size && folded[at] == '-')
        at++;
    size -= at;
    folded += at;
    /* 14-årig, 70-årsdagen, femmånaders */
    return (size >= 5 && memcmp(folded, "åri", 4) == 0) ||
           (size >= 7 && memcmp(folded, "årsdag", 7) == 0) ||
           (size >= 9 && memcmp(folded, "årskalas", 9) == 0) ||
           (size >= 9 && memcmp(folded, "månaders", 9) == 0);
}

void
efti_veil_map_numbers(struct veil_number_map *map)
{
    memset(map, 0, sizeof(*map));
    for (size_t i = 0; i < EFTI_COUNT(number_starts); i++) {
        size_t bit = start_bit(number_starts[i]);
        map->starts[bit / 64] |= (uint64_t)1 << bit % 64;
    }
}

enum veil_class
efti_veil_word_class(const struct veil_number_map *map, const char *folded, size_t size)
{
    enum veil_class class = VEIL_CLASS_NONE;

    if (size == 0)
        return class;
    if (size > 2 && folded[size - 1] == '.') /* okt., tr. */
        size--;
    const struct veil_group_word *w = efti_veil_group_word(folded, size);
    if (w != NULL)
        class = (enum veil_class)w->class;
    /* nollsju, nollsjuttio */
    if (class == VEIL_CLASS_NONE && size > 4 && folded[0] == 'n' &&
        memcmp(folded, "noll", 4) == 0 &&
        efti_veil_number_word(folded + 4, size - 4) == size - 4)
        class = VEIL_CLASS_ZERO;
    if (class != VEIL_CLASS_NONE || !may_begin_number(map, folded, size))
        return class;
    if ((folded[0] < '0' || folded[0] > '9') && /* no number word begins with a digit */
        (efti_veil_number_word(folded, size) == size || is_number_and_half(folded, size)))
        return VEIL_CLASS_NUMBER;
    if (is_ordinal(folded, size))
        return VEIL_CLASS_ORDINAL;
    return is_yearling(folded, size) ? VEIL_CLASS_YEARLING : VEIL_CLASS_NONE;
}
