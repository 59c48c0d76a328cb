/*
 * phrases.c - may two words begin a phrase of the lists, and what do the lists say of it?
 *
 *   att jag     both stand in phrases, but in none together      nothing to look for
 *   vård och    "vård och omsorg"                                 is spelled out
 *
 * Words that stand first in some phrase and second in another come together in one place
 * in four of a reflection, phrases in one of fifty. So each form keeps 15 bits of a hash
 * of its letters (the top of its cues), and the lists have a map with a bit for the first
 * two words of each phrase. Where two pairs share a bit the lists are asked for nothing,
 * which changes nothing. The same pairs come again and again, and the lists are larger
 * than a cache: what they said of a pair is kept until another takes its place.
 */
#include "veil/find.h"

#include "lexicons/list_table.h"

/* May the form have more on it than the word of a phrase (phrase_with_more), or
 * be several words of one (t ex)? Then its hash tells nothing. */
static bool
is_wide(const struct efti_form *f)
{
    return memchr(f->folded, ' ', f->folded_size) != NULL ||
           (f->casing != EFTI_CASING_LOWER &&
            (f->folded[f->folded_size - 1] == 's' ||
             memchr(f->folded, '-', f->folded_size) != NULL));
}

uint32_t
efti_veil_phrase_cues(const struct efti_form *form)
{
    if ((form->veil & (VEIL_PHRASE | VEIL_NEXT)) == 0)
        return 0;
    return is_wide(form)
               ? (uint32_t)VEIL_CUE_WIDE
               : efti_list_pair_word(form->folded, form->folded_size) << VEIL_PAIR_SHIFT;
}

/* --------------------------------------------------------------- what the lists say */

/* Michael Whites, Röda Korsets, Lex Sarah-rapport: what stays also does with a genitive
 * or a compound's rest on its last word, `last`. */
static uint32_t
phrase_with_more(const struct efti_veil *v, const struct efti_form *last)
{
    const uint32_t keep =
        1u << EFTI_PHRASE_KEEP | 1u << EFTI_PHRASE_AUTHOR | 1u << EFTI_PHRASE_KNOWN;
    size_t size = v->phrase.size, from = size - last->folded_size;
    const char *hyphen;

    if (last->casing == EFTI_CASING_LOWER || last->folded_size < 2)
        return 0;
    hyphen = memchr(v->phrase.data + from, '-', last->folded_size);
    if (hyphen != NULL)
        return efti_lists_phrase(v->lists, v->phrase.data,
                                 (size_t)(hyphen - v->phrase.data)) &
               keep;
    if (v->phrase.data[size - 1] != 's')
        return 0;
    size -= v->phrase.data[size - 2] == '\'' || v->phrase.data[size - 2] == ':' ? 2 : 1;
    return efti_lists_phrase(v->lists, v->phrase.data, size) & keep;
}

/* The words of tokens `first` to `last`, with blanks between them, in v->phrase. */
static bool
spell(struct efti_veil *v, size_t first, size_t last)
{
    efti_bytes_clear(&v->phrase);
    for (size_t k = first; k <= last; k++) {
        const struct efti_form *f = v->words.items[k].form;

        if (k > first)
            efti_put_char(&v->phrase, ' ');
        efti_put(&v->phrase, f->folded, f->folded_size);
    }
    return !v->phrase.failed;
}

static uint32_t
look_up_phrase(struct efti_veil *v, size_t first, size_t last, bool *more)
{
    *more = false;
    if (!spell(v, first, last)) {
        v->no_memory = true;
        return 0;
    }
    uint32_t classes =
        efti_lists_phrase_on(v->lists, v->phrase.data, v->phrase.size, more);
    return classes != 0 ? classes : phrase_with_more(v, v->words.items[last].form);
}

uint32_t
efti_veil_phrase_of(struct efti_veil *v, size_t first, size_t last, bool *more)
{
    const struct efti_token *t = &v->segments->tokens.items[first];

    if (last != first + 1)
        return look_up_phrase(v, first, last, more);
    uint32_t place = t[0].form * 0x9E3779B1u ^ t[1].form * 0x85EBCA6Bu;
    struct veil_pair_memo *memo = &v->pair_memos[place >> (32 - VEIL_PAIR_MEMO_BITS)];
    if (memo->first != t[0].form + 1 || memo->second != t[1].form + 1) {
        memo->classes = look_up_phrase(v, first, last, &memo->more);
        memo->first = v->no_memory ? 0 : t[0].form + 1;
        memo->second = t[1].form + 1;
    }
    *more = memo->more;
    return memo->classes;
}
