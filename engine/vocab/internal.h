/*
 * internal.h - the form table's own parts
 */
#ifndef EFTI_VOCAB_INTERNAL_H
#define EFTI_VOCAB_INTERNAL_H

#include "vocab/forms.h"

/* What new forms are analysed with: one set per table. */
struct efti_form_tools {
    const eft_allocator *mem;
    const struct efti_lists *lists;
    const struct efti_dictionary *dictionary;
    struct efti_unicode *unicode;
    struct efti_stemmer *stemmer;
    struct efti_arena arena;  /* strings of forms */
    struct efti_bytes folded; /* scratch */
    uint32_t leave_out;       /* EFTI_FORM_* */
    bool stems_known;         /* the dictionary's stems are those of our stemmer */
    bool lists_known;         /* the lists in its hot part are ours */
    bool engine_known;        /* and it knows what this engine makes of forms */
};

/* A token that may be a new form, folded before anything is looked up: by the time that
 * the tables are asked, their lines are there. */
#define EFTI_NEW_FORM_BYTES 64u
struct efti_new_form {
    uint32_t token;  /* place in its batch */
    bool same;       /* it folds to itself: `folded` is not filled */
    uint8_t size;    /* of `folded`; 0: has to be folded the long way */
    uint8_t letters; /* code points of it */
    uint8_t casing, capitals;
    uint64_t hash;  /* efti_dict_hash() of `folded`, if it was asked for */
    uint32_t place; /* efti_dictionary_place() of that */
    bool listed;    /* the dictionary has it; never set without one */
    struct efti_dictionary_word word; /* what it says, else zero */
    char folded[EFTI_NEW_FORM_BYTES];
};

/* casing.c: fill casing and capitals from the raw bytes. */
void efti_form_casing(struct efti_form *form);
/* Fold ASCII and Latin-1 and see their casing in one walk, and if it is `hashed`, take
 * its hash; false: it has other letters, or is longer than EFTI_NEW_FORM_BYTES. `size` >
 * 0. */
bool efti_fold_plain(const char *raw, size_t size, bool hashed,
                     struct efti_new_form *out);

/* analyse.c: `raw`, `raw_size`, `kind` and the head are filled; `early` says what was
 * seen of it. Fills all but what analysers do; `known`: what they need not find. */
eft_status efti_form_analyse(struct efti_form_tools *tools, struct efti_form *form,
                             const struct efti_new_form *early, struct efti_known *known,
                             eft_error *err);

#endif
