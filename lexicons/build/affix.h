/*
 * affix.h - what a hunspell affix file says, as far as full forms need it
 *
 * Build-time only. Read once by affix.c; words.c applies it to each line of the
 * dictionary and hands every form to a callback.
 */
#ifndef EFTI_BUILD_AFFIX_H
#define EFTI_BUILD_AFFIX_H

#include "base/base.h"

struct flag_set {
    const uint32_t *items;
    uint32_t count;
};

struct affix_entry { /* one SFX or PFX line */
    uint32_t flag;
    bool prefix, cross;
    eft_text strip, append, condition;
    struct flag_set next; /* continuation flags */
};

enum flag_type { FLAG_CHAR, FLAG_LONG, FLAG_NUMBER };

struct affix_file {
    struct efti_arena arena;                /* continuation flags */
    struct efti_arena scratch;              /* flags of one dictionary line */
    EFTI_ARRAY(struct affix_entry) entries; /* sorted by flag, then in file order */
    enum flag_type flag_type;
    bool full_strip;
    uint32_t forbidden, need_affix, only_in_compound, permit, forbid_in_compound;
    uint32_t force_upper, anywhere, begin, middle, end; /* 0: the file has none */
    EFTI_ARRAY(uint32_t) class_flags; /* flag of each compound class from 3 on */
    uint32_t *joins;                  /* EFTI_DICT_JOINS, see dictionary_format.h */
};

bool affix_read(struct affix_file *a, eft_text file); /* false: message on stderr */
void affix_free(struct affix_file *a);
bool affix_flags(enum flag_type type, struct efti_arena *arena, eft_text text,
                 struct flag_set *out);
bool flag_in(const struct flag_set *set, uint32_t flag);
/** The compound classes that the flags of a word or suffix give. */
uint32_t affix_classes(const struct affix_file *a, const struct flag_set *set);
uint32_t affix_end_classes(const struct affix_file *a);

struct word_form {
    eft_text form;    /* borrowed for the call */
    eft_text root;    /* as the dictionary writes it */
    bool is_root;     /* the headword itself */
    bool word;        /* may stand alone */
    bool forbidden;   /* a known mistake */
    uint32_t classes; /* places in a compound */
};
typedef bool (*form_fn)(void *user, const struct word_form *form);
bool words_expand(struct affix_file *a, eft_text dictionary, form_fn emit, void *user);

/** Take one line off `rest`, without its end. */
bool next_line(eft_text *rest, eft_text *line);
/** Take one word (spaces and tabs between) off `line`. Empty at the end. */
eft_text next_field(eft_text *line);

#endif
