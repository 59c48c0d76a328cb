/*
 * plan.h - the compiled instrument: word lists, dictionary, lexicons and settings
 *
 * Compile once, share between threads and tallies. A plan holds references to what it
 * needs, so a garbage collector may free in any order.
 */
#ifndef EFTERTANKE_PLAN_H
#define EFTERTANKE_PLAN_H

#include <eftertanke/context.h>
#include <eftertanke/lexicon.h>
#include <eftertanke/model.h>
#include <eftertanke/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Immutable and reference counted; share it freely between threads. */
typedef struct eft_plan eft_plan;

enum {
    /** Do not withhold text that is not Swedish. The veil is right for Swedish only. */
    EFT_PLAN_ACCEPT_LANGUAGE = 1 << 0,
    /** The data have no writer at all: each reflection counts as its own,
     *  k is doubled. */
    EFT_PLAN_NO_WRITERS = 1 << 1,
    /** Keep an encrypted spool for tables that need the texts again (term_pairs). */
    EFT_PLAN_SPOOL = 1 << 2,
    /** Work without the dictionary of ordinary words even if it is installed. */
    EFT_PLAN_NO_DICTIONARY = 1 << 3,
    /** Affirm that PERSON or PERSONNUMMER are among categories_off. */
    EFT_PLAN_LEAVE_PEOPLE = 1 << 4,
    /** Keep hits and their places in the spool, for EFT_SAVE_HITS (needs the spool, which
     *  it makes). */
    EFT_PLAN_KEEP_HITS = 1 << 5
};

/** What inflected forms are counted as. */
enum {
    /** Base forms (skolornas: skola); stems where none is known. */
    EFT_TERMS_BASE = 0,
    /** Stems of Snowball Swedish (skolornas: skol): what other tools count. */
    EFT_TERMS_STEM = 1
};

/** What a compound is counted as. */
enum {
    EFT_COMPOUNDS_WHOLE = 0, /**< one term: gatulampa */
    EFT_COMPOUNDS_HEAD = 1,  /**< the term of its last part: lampa */
    EFT_COMPOUNDS_PARTS = 2  /**< one of each part: gata and lampa. Terms then sum to more
                                  than tokens. */
};

/** What stands where an identifier stood, in veiled text that is written out. Counting
 *  never sees either. Veiling the result again changes nothing for tag, mask and key. */
enum {
    EFT_REPLACE_TAG = 0,        /**< [PERSON_1]: the same person keeps the number */
    EFT_REPLACE_MASK = 1,       /**< [PERSON_0]: the class alone */
    EFT_REPLACE_SURROGATE = 2,  /**< Maria: made up, from key or seed */
    EFT_REPLACE_GENERALISE = 3, /**< ages as bands, days as months, postcodes and
                                     municipalities as regions, else tags */
    EFT_REPLACE_KEY = 4         /**< [PERSON_739201847]: HMAC with the key, needs one */
};

/** What decides which themes a text has. */
enum {
    /** EFT_DECIDE_CORE where it can be: the core lexicon is among the lexicons, base
     * forms and whole compounds are counted, there is a dictionary and no model beside.
     * Else EFT_DECIDE_NONE, which the fingerprints say. */
    EFT_DECIDE_DEFAULT = 0,
    EFT_DECIDE_NONE = 1, /**< the entries alone */
    EFT_DECIDE_CORE = 2  /**< the weights of the core lexicon; EFT_E_CONFLICT: no */
};

/** Words of a user's list, with the category they are meant for ("PLACE"). */
typedef struct eft_listed {
    const char *category; /**< README, "Categories" */
    eft_text text;        /**< one or several words, in any casing */
} eft_listed;

/** Fill with zeroes and set struct_size. Zero means "the default" in every field. */
typedef struct eft_plan_options {
    uint32_t struct_size;
    uint32_t flags;               /**< EFT_PLAN_*; unknown bits are refused */
    eft_lexicon *const *lexicons; /**< referenced; none: the core lexicon */
    size_t lexicon_count;
    const char *dictionary; /**< path of ordbok.efd; NULL: the installed one */
    const eft_text *allow;  /**< words that may be shown and are no names here; each one
                                 word: several are for `allow_spans`, else EFT_E_RANGE */
    size_t allow_count;
    const unsigned char *key; /**< 32 bytes for keyed hashes of writers, labels and
                                   records; NULL: unkeyed, which protects nothing */
    double feeling_low, feeling_high; /**< the scale of feelings; 0, 0: 1 to 5 */
    const char *const *facets;        /**< names of further facets; at most 8 */
    size_t facet_count;
    uint64_t reserved;
    uint32_t terms;     /**< EFT_TERMS_* */
    uint32_t compounds; /**< EFT_COMPOUNDS_*; needs the dictionary */
    /** Words that stay out of term pairs and keyness, instead of our list of function
     *  words; none: our list. In any inflection; folded here. Nothing counted changes, so
     *  states merge whatever was left out of tables. Negations are words like others
     *  here: ours has none, since a pair with "inte" says something. */
    const eft_text *stop;
    size_t stop_count;
    uint32_t replace; /**< EFT_REPLACE_* */
    uint32_t explain; /**< not 0: spans tell their evidence */
    uint64_t seed;    /**< of surrogates; keep it secret */
    /** Names of an organisation's own people and units: taken out in any form and casing.
     *  The manifest has their number, and with a key their hash. */
    const eft_text *roster;
    size_t roster_count;
    /** Move the days of a text, and the time of its record, by as much for all texts of a
     *  writer: between -shift_days and shift_days, never 0, whole weeks from 7 on. Needs
     *  a key or a seed, which decide by how much; at most 3650. Days that cannot be read
     *  become tags. 0: not. */
    uint32_t shift_days;
    /** Words in a window that slides over each text, from 2 to EFT_WINDOW_MAX: themes are
     *  counted together in windows too, and with EFT_PLAN_SPOOL terms. States merge with
     *  states of the same window. 0: no windows. */
    uint32_t window;
    /** Themes learnt from codes (model.h), referenced; NULL: none. For each theme that it
     *  is better at than the lexicon, counts have a theme "oro.model" beside "oro". Needs
     *  the lexicons, terms and compounds that it was trained with. */
    eft_model *model;
    /** Taken out as their category wherever they stand, in any casing and with a genitive
     *  -s; and spans of a category that are left when they are these very words. The
     *  manifest has their number, and with a key their hash. */
    const eft_listed *deny;
    size_t deny_count;
    const eft_listed *allow_spans;
    size_t allow_span_count;
    /** Names of an organisation's own units (`roster` has the people): ORG. */
    const eft_text *units;
    size_t unit_count;
    /** Categories that are left in the texts. PERSON and PERSONNUMMER only with
     *  EFT_PLAN_LEAVE_PEOPLE. */
    const char *const *categories_off;
    size_t category_off_count;
    uint32_t decide;    /**< EFT_DECIDE_* */
    uint32_t reserved2; /**< 0 */
    /** Other weights than the core lexicon's, referenced: a model that eft_train() made,
     *  with the lexicons, terms and compounds of this plan. For each theme that it is
     *  used for and a lexicon has: below its threshold no affirmed or negated hit
     *  counts; at it or above one stands at the strongest word where there was none.
     *  NULL: none. */
    eft_model *weights;
} eft_plan_options;
#define EFT_WINDOW_MAX 100u

/**
 * `opts` may be NULL. The caller owns `*out` and releases it with eft_plan_unref().
 * Cost: some milliseconds (word lists and lexicons are folded and indexed).
 *
 * @return EFT_E_RANGE for an unknown flag or a setting out of range, or
 *         EFT_REPLACE_KEY without a key, or days moved without key and seed,
 *         or an unknown category, EFT_E_REFUSED for people in categories_off without
 *         EFT_PLAN_LEAVE_PEOPLE, EFT_E_CONFLICT for facets or lexicons of one name, or a
 *         model or weights of other lexicons or terms, or both a model and weights,
 *         EFT_E_MISSING when the named dictionary is not there, EFT_E_FORMAT when it is
 *         damaged, EFT_E_ENCODING for a listed word that is not UTF-8, EFT_E_ABI,
 *         EFT_E_NOMEM.
 */
EFT_API EFT_MUST_CHECK eft_status eft_plan_new(eft_context *ctx,
                                               const eft_plan_options *opts,
                                               eft_plan **out, eft_error *err);
/** One more owner; answers `plan`. NULL is fine. */
EFT_API eft_plan *eft_plan_ref(eft_plan *plan);
/** One owner less; the last one frees. NULL is fine. */
EFT_API void eft_plan_unref(eft_plan *plan);
/** False: no dictionary was found; the veil then strips more, and few terms are shown. */
EFT_API bool eft_plan_has_dictionary(const eft_plan *plan);
/**
 * What the figures depend on, as lines "name value\n" in a fixed order: versions and
 * fingerprints of libraries, lists, dictionary, lexicons and settings. Lives as long as
 * the plan.
 */
EFT_API eft_text eft_plan_fingerprints(const eft_plan *plan);

/** One thing to look at in a lexicon: the line of the file and a sentence of ours. */
typedef eft_status (*eft_notice_fn)(void *user, uint32_t line, const char *notice);
/**
 * Entries that are swallowed by others, shared between themes, or that no ordinary word
 * can match. `opts` names the dictionary; may be NULL.
 */
EFT_API EFT_MUST_CHECK eft_status eft_lexicon_check(eft_context *ctx,
                                                    eft_lexicon *lexicon,
                                                    const eft_plan_options *opts,
                                                    eft_notice_fn fn, void *user,
                                                    eft_error *err);

#ifdef __cplusplus
}
#endif
#endif
