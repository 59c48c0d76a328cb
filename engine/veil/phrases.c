/*
 * phrases.c - may two words begin a phrase of the lists?
 *
 *   att jag     both stand in phrases, but in none together      nothing to look for
 *   vård och    "vård och omsorg"                                 frames.c spells it out
 *
 * Words that stand first in some phrase and second in another come together in one place
 * in four of a reflection, phrases in one of fifty. So each form keeps 15 bits of a hash
 * of its letters (the top of its cues), and a map has a bit for the first two words of
 * each phrase. Where two pairs share a bit the lists are asked for nothing, which changes
 * nothing.
 */
#include "veil/find.h"

#include "lexicons/list_table.h"

static uint32_t
word_hash(const char *folded, size_t size)
{
    return (uint32_t)(efti_list_hash(folded, size) >> (32 + VEIL_PAIR_SHIFT))
           << VEIL_PAIR_SHIFT;
}

void
efti_veil_map_pairs(const struct efti_lists *lists, uint64_t *map)
{
    const struct efti_list_table *t = efti_lists_table(lists);

    for (uint32_t i = 0; i < t->form_count; i++) {
        const struct efti_list_form *f = &t->forms[i];
        const char *first = t->letters + f->at, *blank, *end;

        if ((f->phrases == 0 && f->goes_on == 0) ||
            (blank = memchr(first, ' ', f->size)) == NULL)
            continue;
        size_t left = f->size - (size_t)(blank + 1 - first);
        end = memchr(blank + 1, ' ', left);
        size_t bit = efti_veil_pair_bit(
            word_hash(first, (size_t)(blank - first)),
            word_hash(blank + 1, end != NULL ? (size_t)(end - blank - 1) : left));
        map[bit / 64] |= (uint64_t)1 << bit % 64;
    }
}

/* May the form have more on it than the word of a phrase (frames.c: phrase_with_more), or
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
    return is_wide(form) ? (uint32_t)VEIL_CUE_WIDE
                         : word_hash(form->folded, form->folded_size);
}
