/*
 * forms.h - the form table: each distinct surface string is analysed once
 *
 * Keyed by raw bytes, private to a worker, never written or sent: it contains names. The
 * record holds what every token of that form shares. `veil` and `match` are opaque words
 * that those rooms fill through an analyser.
 */
#ifndef EFTI_VOCAB_FORMS_H
#define EFTI_VOCAB_FORMS_H

#include "base/base.h"
#include "lexicons/dictionary.h"
#include "lexicons/lists.h"
#include "tokenizers/tokenizer.h"

enum efti_casing {
    EFTI_CASING_NONE, /* no cased letter */
    EFTI_CASING_LOWER,
    EFTI_CASING_INITIAL, /* Anna, Anna-Karin */
    EFTI_CASING_UPPER,   /* ANNA, LSS (at least two capitals, no small letter) */
    EFTI_CASING_MIXED    /* iPad, IT-stöd, SIP:en, McDonald */
};

/* efti_form.base is what efti_dictionary_record() takes: the base form of the whole form,
 * or with LAST that of the last part of a compound that the dictionary does not list; 0:
 * the dictionary knows none. */
#define EFTI_FORM_BASE_LAST (1u << 31)
#define EFTI_FORM_BASE(form) ((form)->base & ~EFTI_FORM_BASE_LAST)

/*
 * One cache line. A stem is always a beginning of the folded form: Snowball Swedish only
 * takes endings off.
 */
#define EFTI_FORM_HEAD 14u
struct efti_form {
    char head[EFTI_FORM_HEAD]; /* `raw` if it has no more bytes; else nothing */
    uint8_t kind;              /* enum efti_kind */
    uint8_t casing;            /* enum efti_casing */
    const char *raw, *folded;
    uint32_t raw_size, folded_size;
    uint32_t lists;      /* EFTI_LIST_* */
    uint32_t veil;       /* opaque: veil/ */
    uint32_t match;      /* opaque: match/ */
    uint32_t base;       /* its base form in the dictionary: see EFTI_FORM_BASE */
    uint16_t dict;       /* EFTI_DICT_*; EFTI_DICT_COMPOUND computed for unlisted words */
    uint8_t stem_size;   /* bytes; 0: the whole folded form */
    uint8_t code_points; /* of the folded form, capped */
    uint8_t shape;       /* enum efti_shape */
    uint8_t capitals;    /* number of capitals, capped */
    uint8_t closed;      /* 1: may be shown as a term (rule 8.4), set by an analyser */
    uint8_t last_part; /* byte where the last compound part begins: EFTI_DICT_COMPOUND */
};

static inline eft_text
efti_form_stem(const struct efti_form *form)
{
    return (eft_text){form->folded,
                      form->stem_size == 0 ? form->folded_size : form->stem_size};
}

/** Called once per new form, in the order of registration. Fills its own words only. Ids
 *  rise; one that was refused comes again, of another form. `known`: what the
 *  dictionary's file says that the analysers of this engine, with these lists, make of
 *  such a form (`veil` as it is cased here); NULL: it says nothing. */
typedef eft_status (*efti_analyse_fn)(void *user, uint32_t id, struct efti_form *form,
                                      const struct efti_known *known, eft_error *err);

struct efti_forms;
/** `dictionary` may be NULL. Lists, dictionary are shared and outlive the table. */
eft_status efti_forms_new(const eft_allocator *mem, const struct efti_lists *lists,
                          const struct efti_dictionary *dictionary,
                          struct efti_forms **out, eft_error *err);
void efti_forms_free(struct efti_forms *forms);
/** At most 4; before the first form. */
eft_status efti_forms_register(struct efti_forms *forms, efti_analyse_fn fn, void *user,
                               eft_error *err);
/** What nobody asks of this table, to save the time: before the first form. */
enum {
    EFTI_FORM_COMPOUND = 1 << 0, /* EFTI_DICT_COMPOUND and last_part */
    EFTI_FORM_LISTS = 1 << 1,    /* lists, shape and EFTI_DICT_FUNCTION */
    EFTI_FORM_TERM = 1 << 2,     /* efti_dictionary_record() of base, soon */
    EFTI_FORM_KNOWN = 1 << 3,    /* what the file knows ahead: to see the other way */
    EFTI_FORM_RECORDS = 1 << 4   /* the records of a text right after it is interned */
};
void efti_forms_leave_out(struct efti_forms *forms, uint32_t what);
/** How tokens are looked up is chosen by the CPU. Tests and benchmarks may force a way by
 *  its name ("portable", "avx2", "avx512"): false when this build or this CPU has none
 *  such. */
bool efti_forms_set_path(struct efti_forms *forms, const char *name);
/** Fill token.form of all tokens; analyse new forms. */
eft_status efti_forms_intern(struct efti_forms *forms, eft_text text,
                             struct efti_segments *segments, eft_error *err);
/** The form of one word that stands in no text (a base form); ids as from interning. Not
 *  from within an analyser. */
eft_status efti_forms_word(struct efti_forms *forms, eft_text word, uint32_t *id,
                           eft_error *err);
/** What a table begins with: records lie in blocks that never move. */
#define EFTI_FORM_BLOCK_SHIFT 9
struct efti_forms_head {
    struct efti_form **blocks;
};
static inline struct efti_form *
efti_forms_in(const struct efti_forms_head *head, uint32_t id)
{
    return head->blocks[id >> EFTI_FORM_BLOCK_SHIFT] +
           (id & (((uint32_t)1 << EFTI_FORM_BLOCK_SHIFT) - 1));
}
/** For loops over many tokens: holds until the next intern. */
static inline struct efti_forms_head
efti_forms_head_of(struct efti_forms *forms)
{
    return *(const struct efti_forms_head *)(const void *)forms;
}
/** Ids stay; the pointer holds until the next intern. Inline, as it is asked a dozen
 * times for every running token. */
static inline struct efti_form *
efti_forms_get(const struct efti_forms *forms, uint32_t id)
{
    return efti_forms_in((const void *)forms, id);
}
uint32_t efti_forms_count(const struct efti_forms *forms);
/** Are the lists those that the dictionary was made with? Then its "quiet" is ours. */
bool efti_forms_lists_known(const struct efti_forms *forms);
/** What this engine is, as the known part of a dictionary has it: 64 hex digits over the
 *  sources of all rooms up to match/. */
const char *efti_forms_engine(void);
size_t efti_forms_bytes(const struct efti_forms *forms); /* memory held */
/** What it was made with; NULL: none. */
const struct efti_dictionary *efti_forms_dictionary(const struct efti_forms *forms);
/** The folded form of other words (patterns), with the table's own tools. */
struct efti_unicode *efti_forms_unicode(struct efti_forms *forms);
struct efti_stemmer *efti_forms_stemmer(struct efti_forms *forms);

#endif
