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

#define LONGEST 48 /* bytes; longer words are no names either */
#define SHORTEST 4

/* Letters of Swedish in UTF-8; é for lånord. */
static const char *const slip_letters[] = {
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o",
    "p", "q", "r", "s", "t", "u", "v", "w", "x", "y", "z", "å", "ä", "ö", "é"};

struct slip_word {
    char bytes[LONGEST + 8];
    uint8_t at[LONGEST + 2]; /* where each letter begins; the last entry is the end */
    size_t count;
};

static bool
slip_split(struct slip_word *w, const char *folded, size_t size)
{
    if (size > LONGEST)
        return false;
    w->count = 0;
    for (size_t i = 0; i < size; i++) {
        char c = folded[i];

        if ((c & '\x80') == 0 && (c < 'a' || c > 'z'))
            return false;
        if (((unsigned char)c & 0xC0) != 0x80)
            w->at[w->count++] = (uint8_t)i;
    }
    w->at[w->count] = (uint8_t)size;
    memcpy(w->bytes, folded, size);
    return true;
}

static bool
is_known(const struct efti_veil *v, const char *bytes, size_t size)
{
    return (efti_dictionary_find(v->dictionary, bytes, size) & EFTI_DICT_LOWER) != 0;
}

/* The word with bytes [from, to) replaced by `put`. */
static bool
known_with(const struct efti_veil *v, const struct slip_word *w, size_t from, size_t to,
           const char *put, size_t put_size)
{
    char bytes[LONGEST + 8];
    size_t size = w->at[w->count];

    memcpy(bytes, w->bytes, from);
    memcpy(bytes + from, put, put_size);
    memcpy(bytes + from + put_size, w->bytes + to, size - to);
    return is_known(v, bytes, from + put_size + size - to);
}

static bool
known_swapped(const struct efti_veil *v, const struct slip_word *w, size_t i)
{
    char pair[8];
    size_t a = w->at[i], b = w->at[i + 1], end = w->at[i + 2];

    memcpy(pair, w->bytes + b, end - b);
    memcpy(pair + (end - b), w->bytes + a, b - a);
    return known_with(v, w, a, end, pair, end - a);
}

static bool
is_slip(const struct efti_veil *v, const struct efti_form *form)
{
    struct slip_word w;

    if (!slip_split(&w, form->folded, form->folded_size) || w.count < SHORTEST)
        return true; /* fick'n, mä: not the stuff of names */
    /* a slip seldom hits the first letter (Mitton 1987: 7 % of them), and a
     * name that is near a word mostly differs from it there: Crister, brister */
    size_t first = form->casing == EFTI_CASING_LOWER ? 0 : 1;

    for (size_t i = first; i <= w.count; i++) {
        if (i < w.count && known_with(v, &w, w.at[i], w.at[i + 1], "", 0))
            return true;
        if (i + 1 < w.count && known_swapped(v, &w, i))
            return true;
        for (size_t k = 0; k < EFTI_COUNT(slip_letters); k++) {
            size_t n = strlen(slip_letters[k]);

            if (known_with(v, &w, w.at[i], w.at[i], slip_letters[k], n))
                return true;
            if (i < w.count &&
                known_with(v, &w, w.at[i], w.at[i + 1], slip_letters[k], n))
                return true;
        }
    }
    return false;
}

bool
efti_veil_is_slip(struct efti_veil *v, size_t token)
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
