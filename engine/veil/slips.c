/*
 * slips.c - is an unknown word a misspelling of an ordinary one?
 *
 * Many who write reflections spell by ear: "min kolega", "jag måsste", "på trapan". Such
 * words stand where names stand too, after a role or "till". What tells them apart is
 * that a slip lies one step from a word of the dictionary (a letter added, dropped,
 * changed or two swapped; Damerau 1964 found four slips in five to be of these kinds),
 * and a name of four letters and more seldom does.
 *
 * Only weak evidence asks: a verb behind a long word at the start of a sentence ("Mööten
 * tar tid"), a role before one in lower case. After a strong frame, and for every capital
 * in mid-sentence, an unknown word is a name however near to a word it lies: fail closed.
 */
#include "veil/find.h"

#include "lexicons/compound.h"

#define LONGEST 48 /* bytes; longer words are no names either */
#define SHORTEST 4

/* Letters of Swedish in UTF-8; é for lånord. */
static const char *const slip_letters[] = {
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o",
    "p", "q", "r", "s", "t", "u", "v", "w", "x", "y", "z", "å", "ä", "ö", "é"};

struct slip_word {
    char bytes[LONGEST];
    uint8_t at[LONGEST + 2]; /* where each letter begins; the last entry is the end */
    size_t count;
    uint64_t hash[LONGEST + 1]; /* efti_dict_hash_add() of the bytes before */
};

/* Words one step away, by their hashes: few of them are spelled out. The dictionary is
 * larger than a cache, so some dozens are looked up together: their lines are on the way
 * while the next are hashed. */
#define TRIES 64
struct slip_tries {
    size_t count;
    struct slip_try {
        uint64_t hash;
        uint8_t from, to, put_size; /* bytes of the word that others are put for */
        char put[8];
    } tries[TRIES];
};

static bool
slip_split(struct slip_word *w, const char *folded, size_t size)
{
    if (size > LONGEST)
        return false;
    w->count = 0;
    w->hash[0] = efti_dict_hash_of(folded, 0);
    for (size_t i = 0; i < size; i++) {
        char c = folded[i];

        if ((c & '\x80') == 0 && (c < 'a' || c > 'z'))
            return false;
        if (((unsigned char)c & 0xC0) != 0x80)
            w->at[w->count++] = (uint8_t)i;
        w->hash[i + 1] = efti_dict_hash_add(w->hash[i], c);
    }
    w->at[w->count] = (uint8_t)size;
    memcpy(w->bytes, folded, size);
    return true;
}

/* The word with bytes [from, to) replaced by `put`. There is room for one more. */
static void
try_with(const struct efti_veil *v, struct slip_tries *all, const struct slip_word *w,
         size_t from, size_t to, const char *put, size_t put_size)
{
    struct slip_try *t = &all->tries[all->count++];
    uint64_t hash = w->hash[from];

    t->from = (uint8_t)from;
    t->to = (uint8_t)to;
    t->put_size = (uint8_t)put_size;
    for (size_t i = 0; i < put_size; i++) {
        t->put[i] = put[i];
        hash = efti_dict_hash_add(hash, put[i]);
    }
    for (size_t i = to, end = w->at[w->count]; i < end; i++)
        hash = efti_dict_hash_add(hash, w->bytes[i]);
    t->hash = efti_dict_hash_end(hash);
    efti_dictionary_prefetch_form(v->dictionary, t->hash);
}

static void
try_swapped(const struct efti_veil *v, struct slip_tries *all, const struct slip_word *w,
            size_t i)
{
    char pair[8];
    size_t a = w->at[i], b = w->at[i + 1], end = w->at[i + 2];

    memcpy(pair, w->bytes + b, end - b);
    memcpy(pair + (end - b), w->bytes + a, b - a);
    try_with(v, all, w, a, end, pair, end - a);
}

static bool
is_known_try(const struct efti_veil *v, const struct slip_word *w,
             const struct slip_try *t)
{
    char bytes[2 * LONGEST];
    size_t rest = w->at[w->count] - t->to;
    uint32_t base;

    if (!efti_dictionary_may_hold(v->dictionary, t->hash))
        return false;
    memcpy(bytes, w->bytes, t->from);
    memcpy(bytes + t->from, t->put, t->put_size);
    memcpy(bytes + t->from + t->put_size, w->bytes + t->to, rest);
    return (efti_dictionary_flags_hashed(v->dictionary, bytes,
                                         t->from + t->put_size + rest, t->hash, &base) &
            EFTI_DICT_LOWER) != 0;
}

static bool
any_is_known(const struct efti_veil *v, const struct slip_word *w, struct slip_tries *all)
{
    bool known = false;

    for (size_t k = 0; !known && k < all->count; k++)
        known = is_known_try(v, w, &all->tries[k]);
    all->count = 0;
    return known;
}

static bool
is_slip(const struct efti_veil *v, const struct efti_form *form)
{
    struct slip_word w;
    struct slip_tries all = {.count = 0};
    size_t size = form->folded_size;

    if (size > SHORTEST + 2 && form->folded[size - 1] == 's' &&
        (form->folded[size - 2] == ':' || form->folded[size - 2] == '\''))
        size -= 2; /* Zubeyr:s */
    if (size > SHORTEST && form->folded[1] == '\'' && form->capitals == 2)
        return false; /* D'Angelo */
    if (!slip_split(&w, form->folded, size) || w.count < SHORTEST)
        return true; /* fick'n, mä: not the stuff of names */
    /* a slip seldom hits the first letter (Mitton 1987: 7 % of them), and a
     * name that is near a word mostly differs from it there: Crister, brister */
    size_t first = form->casing == EFTI_CASING_LOWER ? 0 : 1;

    for (size_t i = first; i <= w.count; i++) {
        if (i < w.count)
            try_with(v, &all, &w, w.at[i], w.at[i + 1], "", 0);
        if (i + 1 < w.count)
            try_swapped(v, &all, &w, i);
        for (size_t k = 0; k < EFTI_COUNT(slip_letters); k++) {
            size_t n = strlen(slip_letters[k]);

            try_with(v, &all, &w, w.at[i], w.at[i], slip_letters[k], n);
            if (i < w.count)
                try_with(v, &all, &w, w.at[i], w.at[i + 1], slip_letters[k], n);
        }
        if (any_is_known(v, &w, &all))
            return true;
    }
    return false;
}
_Static_assert(2 + 2 * EFTI_COUNT(slip_letters) <= TRIES,
               "the steps at one letter have no room");

bool
efti_veil_is_slip(const struct efti_veil *v, size_t token)
{
    uint32_t *answers;

    if (v->dictionary == NULL)
        return false;
    answers = efti_veil_answers(v, token);
    if ((*answers >> 2 * VEIL_ASK_SLIP & 3) == 0)
        *answers |= (is_slip(v, v->words.items[token].form) ? 2u : 1u)
                    << 2 * VEIL_ASK_SLIP;
    return (*answers >> 2 * VEIL_ASK_SLIP & 2) != 0;
}
