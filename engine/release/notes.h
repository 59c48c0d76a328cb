/*
 * notes.h - notes that say the same, as phase B hands them to the gate
 *
 * pipeline/notes.c reads the notes once more and joins those that are alike; notes.c of
 * this room says which groups may be told. A *mark* is what another table tells of a
 * note: a theme (numbers from 0) or a term that is counted (from theme_count).
 */
#ifndef EFTI_RELEASE_NOTES_H
#define EFTI_RELEASE_NOTES_H

#include "base/base.h"

struct efti_note {
    uint32_t writer; /* equal numbers: the same writer */
    uint32_t group;  /* EFTI_NO_GROUP: no other note says the same */
    uint32_t votes;
    size_t marks, mark_count; /* in efti_notes.marks, rising */
};
#define EFTI_NO_GROUP UINT32_MAX

/** Two notes or more. */
struct efti_note_group {
    size_t marks, mark_count; /* that all its notes have, rising */
    size_t words, word_count; /* terms they all have that may be shown, by bytes */
    bool open;                /* they all have further ones */
};
struct efti_notes {
    const eft_allocator *mem;
    struct efti_strings *terms; /* what `words` number */
    uint32_t theme_count, mark_count, writer_count;
    EFTI_ARRAY(struct efti_note) notes;
    EFTI_ARRAY(struct efti_note_group) groups;
    EFTI_ARRAY(uint32_t) marks, words;
};
void efti_notes_free(struct efti_notes *n);
/** 'c': a term; 'f': a word as it is written ("bättre"). */
static inline char
efti_note_word_kind(const struct efti_notes *n, uint32_t word)
{
    const eft_text name = efti_strings_get(n->terms, word);

    return name.bytes[name.size - 1];
}
/** The text of a word: all but the last byte. */
static inline eft_text
efti_note_word(const struct efti_notes *n, uint32_t word)
{
    const eft_text name = efti_strings_get(n->terms, word);

    return (eft_text){name.bytes, name.size - 1};
}

#endif
