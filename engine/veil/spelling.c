/*
 * spelling.c - what the spelling of a form says, whatever the lists know of it
 *
 *   A.K., T.W        initials of somebody who is not named
 *   SIP:en, BUPen    an acronym with a Swedish ending, or with the word it belongs to
 *   MittSchema       a capital inside, as products have it
 *   tack.han         two sentences of somebody in a hurry
 *
 * Asked once per form (words.c); each looks at letters and asks the dictionary at most
 * twice.
 */
#include "veil/find.h"

/* A.K., T.W, B.A-K: capitals with stops between them, for somebody who is not named. */
bool
efti_veil_is_initials(const struct efti_form *form)
{
    size_t at = 0, letters = 0;

    while (at < form->raw_size) {
        size_t here = at;

        if (!efti_is_upper(efti_utf8_next(form->raw, form->raw_size, &at)))
            return false;
        letters++;
        if (at == here ||
            (at < form->raw_size && form->raw[at] != '.' && form->raw[at] != '-'))
            return false;
        at += at < form->raw_size;
        at += at < form->raw_size && form->raw[at - 1] == '.' && form->raw[at] == '-';
    }
    if (memchr(form->raw, '.', form->raw_size) == NULL)
        return false;
    size_t size = form->folded_size - (form->folded[form->folded_size - 1] == '.');
    return letters >= 2 && letters <= 3 &&
           !efti_veil_word_in(form->folded, size, GROUP_ABBREVIATED);
}

/* K-Gs, A-Ks: whose something is; the hyphen alone says it of no unit and no vitamin. */
bool
efti_veil_is_owned_initials(const struct efti_form *form)
{
    size_t at = 0, end = form->raw_size;

    if (end < 4 || form->raw[end - 1] != 's' ||
        !efti_is_upper(efti_utf8_next(form->raw, end, &at)) || form->raw[at] != '-')
        return false;
    at++;
    return at < end - 1 && efti_is_upper(efti_utf8_next(form->raw, end, &at)) &&
           at == end - 1;
}

/* LSSlisa, LSSlisas: the ending is somebody. */
static bool
is_named_tail(const struct efti_veil *v, const char *tail, size_t size)
{
    if (size == 0 || tail[0] == ':' || efti_veil_word_in(tail, size, GROUP_ACRONYM_TAILS))
        return false;
    return ((efti_lists_word(v->lists, tail, size) |
             efti_lists_word(v->lists, tail, tail[size - 1] == 's' ? size - 1 : size)) &
            EFTI_LIST_ANY_NAME) != 0;
}

/* SIP:en, EU:s, BUPen: capitals, then a Swedish ending that writers hang on. */
bool
efti_veil_is_inflected_acronym(const struct efti_veil *v, const struct efti_form *form)
{
    size_t n = 0, tail;

    while (n < form->raw_size && form->raw[n] >= 'A' && form->raw[n] <= 'Z')
        n++;
    if (n < 2 || n > 5 || n == form->raw_size)
        return false;
    tail = form->raw_size - n;
    bool ends = form->raw[n] == ':' || tail <= 3;
    /* SIPmötet, LSShandläggare: written together with what it is about */
    if (!ends &&
        (n > form->folded_size ||
         (efti_dictionary_find(v->dictionary, form->folded + n, form->folded_size - n) &
          EFTI_DICT_LOWER) == 0))
        return false;
    for (size_t i = n + 1; i < form->raw_size; i++)
        if (form->raw[i] >= 'A' && form->raw[i] <= 'Z')
            return false;
    return n <= form->folded_size &&
           !is_named_tail(v, form->folded + n, form->folded_size - n) &&
           (efti_lists_word(v->lists, form->folded, n) & EFTI_LIST_ANY_NAME) == 0;
}

/* MittSchema, TimePool: a capital inside a word, as products are written and people are
 * not, but for short beginnings (McDonald, DiCaprio) and two names (AnnaKarin). */
bool
efti_veil_is_product(const struct efti_veil *v, const struct efti_form *form)
{
    size_t cut = 0;

    if (form->kind != EFTI_WORD || form->raw_size != form->folded_size)
        return false;
    for (size_t i = 1; i < form->raw_size; i++) {
        char c = form->raw[i];

        if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c & '\x80') == 0)
            return false;
        if (cut == 0 && c >= 'A' && c <= 'Z')
            cut = i;
    }
    if (cut < 3 || form->raw_size - cut < (cut > 3 ? 2u : 3u)) /* LoopMe */
        return false;
    /* one of the two is a word, and neither is a name */
    uint32_t first = efti_dictionary_find(v->dictionary, form->folded, cut);
    uint32_t last =
        efti_dictionary_find(v->dictionary, form->folded + cut, form->raw_size - cut);
    uint32_t lists = efti_lists_word(v->lists, form->folded, cut) |
                     efti_lists_word(v->lists, form->folded + cut, form->raw_size - cut);

    return (lists & (EFTI_LIST_ANY_NAME | EFTI_LIST_PLACE | EFTI_LIST_ROLE)) == 0 &&
           (((first | last) & EFTI_DICT_LOWER) != 0 || (lists & EFTI_LIST_ENGLISH) != 0);
}

/* tack.han: two sentences without a blank between them, both ordinary. */
bool
efti_veil_is_two_words(const struct efti_veil *v, const struct efti_form *form)
{
    const char *stop = memchr(form->folded, '.', form->folded_size);
    size_t first = stop == NULL ? 0 : (size_t)(stop - form->folded);

    if (first < 2 || first + 3 > form->folded_size)
        return false;
    return (efti_dictionary_find(v->dictionary, form->folded, first) & EFTI_DICT_LOWER) !=
               0 &&
           (efti_dictionary_find(v->dictionary, stop + 1, form->folded_size - first - 1) &
            EFTI_DICT_LOWER) != 0;
}
