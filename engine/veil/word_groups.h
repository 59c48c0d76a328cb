/*
 * word_groups.h - is a word one of those that a rule asks about?
 *
 * The words are lexicons/data/context/groups, by group; lexicons/build/word_groups.py
 * makes one table of them. A word has a set of groups, and words of the same groups share
 * it:
 *
 *     "hon" --table--> set 214 --bits--> she_or_he, i_she_or_he, together_with_name
 *
 * A form is looked up once and the number kept (efti_veil.sets, cues.c), so that a token
 * pays for one bit. Endings and beginnings are lists, looked through each time: few words
 * come as far as that.
 */
#ifndef EFTI_VEIL_WORD_GROUPS_H
#define EFTI_VEIL_WORD_GROUPS_H

#include "base/base.h"
#include "lexicons/group_names.h"
#include "vocab/forms.h"

/** A word of the table; its bytes begin at `at` of them all. */
struct veil_group_word {
    uint32_t at;
    uint16_t set;
    uint8_t size;
    uint8_t class; /* enum veil_class */
};
/* Rows of bits by set; the first is that of words in no group. */
extern const uint32_t efti_veil_group_sets[VEIL_GROUP_SETS][VEIL_GROUP_ROW];
extern const struct veil_group_word efti_veil_group_words[VEIL_GROUP_WORDS];
extern const char efti_veil_group_bytes[];
/* Open addressing: the number of a word + 1, or 0. */
extern const uint16_t efti_veil_group_slots[1 << VEIL_GROUP_SLOT_BITS];

/** An ending or a beginning, with its size and the two bytes that tell most words apart
 *  from it: the last (or first) and the one beside that, or 0. */
struct word_end {
    const char *word;
    uint8_t size;
    char outer, inner;
};
struct veil_affixes {
    const struct word_end *items;
    uint32_t count;
    uint32_t inner; /* a set: the low five bits of the bytes before their last (or behind
                       their first) */
    uint8_t
        from[33]; /* where those begin whose last (or first) byte has these low bits */
};
extern const struct veil_affixes efti_veil_endings[VEIL_ENDS_COUNT];
extern const struct veil_affixes efti_veil_beginnings[VEIL_BEGINS_COUNT];

/** A word is asked for soon: its slot is on the way. */
void efti_veil_group_prefetch(const char *folded, size_t size);
/** The word of the table that these bytes are, or NULL. */
const struct veil_group_word *efti_veil_group_word(const char *folded, size_t size);

/** The set of a word: the number of a row. */
static inline uint32_t
efti_veil_set_of(const char *folded, size_t size)
{
    const struct veil_group_word *w = efti_veil_group_word(folded, size);

    return w != NULL ? w->set : 0;
}
static inline bool
efti_veil_set_holds(uint32_t set, enum veil_group group)
{
    return (efti_veil_group_sets[set][group / 32] >> group % 32 & 1) != 0;
}
/** Is a word in the group? For bytes that are no token; looks it up each time. */
bool efti_veil_word_in(const char *folded, size_t size, enum veil_group group);
/** The same of a form; NULL: no. */
static inline bool
efti_veil_form_in(const struct efti_form *f, enum veil_group group)
{
    return f != NULL && efti_veil_word_in(f->folded, f->folded_size, group);
}

/** Does a word end in one of these, with at least `more` bytes before it? */
bool efti_veil_word_ends_in(const char *folded, size_t size, enum veil_ends ends,
                            size_t more);
/** Does it begin with one of these, with at least `more` bytes behind it? */
bool efti_veil_word_begins_with(const char *folded, size_t size, enum veil_begins begins,
                                size_t more);
/** The same of forms; NULL: no. */
static inline bool
efti_veil_ends_in(const struct efti_form *f, enum veil_ends ends, size_t more)
{
    return f != NULL && efti_veil_word_ends_in(f->folded, f->folded_size, ends, more);
}
static inline bool
efti_veil_begins_with(const struct efti_form *f, enum veil_begins begins, size_t more)
{
    return f != NULL &&
           efti_veil_word_begins_with(f->folded, f->folded_size, begins, more);
}

#endif
