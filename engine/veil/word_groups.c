/*
 * word_groups.c - looks words up in the table of groups
 *
 * Most words are not in it and end at an empty slot: the table is at most half full. The
 * bytes are hashed without a key, as its words come from files of ours; who sends words
 * that meet in one slot makes each look-up some comparisons longer and no more.
 */
#include "veil/find.h"

static uint32_t
four_bytes(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;

    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
           (uint32_t)b[3] << 24;
}

/* A slot from the first and last four bytes and the size: few words of the table share
 * all three. The same as in lexicons/build/word_groups.py. */
static uint32_t
group_slot(const char *folded, size_t size)
{
    uint32_t first, last;

    if (size >= 4) {
        first = four_bytes(folded);
        last = four_bytes(folded + size - 4);
    } else { /* one to three bytes: all of them */
        first = (unsigned char)folded[0];
        last = (uint32_t)(unsigned char)folded[size / 2] << 8 |
               (unsigned char)folded[size - 1];
    }
    uint32_t h = (first ^ (uint32_t)size << 27) * 0x9E3779B1u ^ last * 0x85EBCA6Bu;
    return (h ^ h >> 15) * 0xC2B2AE35u >> (32 - VEIL_GROUP_SLOT_BITS);
}

void
efti_veil_group_prefetch(const char *folded, size_t size)
{
    if (size > 0 && size <= VEIL_GROUP_LONGEST)
        EFTI_PREFETCH(&efti_veil_group_slots[group_slot(folded, size)]);
}

const struct veil_group_word *
efti_veil_group_word(const char *folded, size_t size)
{
    const uint32_t mask = ((uint32_t)1 << VEIL_GROUP_SLOT_BITS) - 1;

    if (size == 0 || size > VEIL_GROUP_LONGEST)
        return NULL;
    uint32_t slot = group_slot(folded, size);
    for (; efti_veil_group_slots[slot] != 0; slot = (slot + 1) & mask) {
        const struct veil_group_word *w =
            &efti_veil_group_words[efti_veil_group_slots[slot] - 1];

        if (w->size == size && memcmp(efti_veil_group_bytes + w->at, folded, size) == 0)
            return w;
    }
    return NULL;
}

bool
efti_veil_word_in(const char *folded, size_t size, enum veil_group group)
{
    return efti_veil_set_holds(efti_veil_set_of(folded, size), group);
}

/* Those whose last (or first) byte has the low bits of `outer`, if byte `inner` beside it
 * may be theirs too: most words are turned away here. */
static const struct word_end *
affixes_at(const struct veil_affixes *all, char outer, char inner,
           const struct word_end **end)
{
    unsigned low = (unsigned char)outer & 31;
    bool may = (all->inner >> ((unsigned char)inner & 31) & 1) != 0;

    *end = all->items + all->from[may ? low + 1 : low];
    return all->items + all->from[low];
}

bool
efti_veil_word_ends_in(const char *folded, size_t size, enum veil_ends ends, size_t more)
{
    const struct word_end *e, *end;

    if (size == 0)
        return false;
    const char *last = folded + size - 1, inner = last[size > 1 ? -1 : 0];
    e = affixes_at(&efti_veil_endings[ends], *last, inner, &end);
    for (; e < end; e++)
        if (((e->outer == *last) & ((e->inner == inner) | (e->size == 1)) &
             (size >= e->size + more)) &&
            (e->size < 3 || memcmp(last + 1 - e->size, e->word, e->size - 2u) == 0))
            return true;
    return false;
}

bool
efti_veil_word_begins_with(const char *folded, size_t size, enum veil_begins begins,
                           size_t more)
{
    const struct word_end *e, *end;

    if (size == 0)
        return false;
    const char inner = folded[size > 1];
    e = affixes_at(&efti_veil_beginnings[begins], folded[0], inner, &end);
    for (; e < end; e++)
        if (((e->outer == folded[0]) & ((e->inner == inner) | (e->size == 1)) &
             (size >= e->size + more)) &&
            memcmp(folded, e->word, e->size) == 0)
            return true;
    return false;
}
