/*
 * pipeline.h - the rooms joined: plan, worker, tally, spool, batches
 *
 *     plan (shared) ── worker (one per thread): tokenizer, forms, veil, match
 *                         │
 *     record ── observe ──┴─► tally (+ spool) ── freeze ─► phase B ─► release
 */
#ifndef EFTI_PIPELINE_H
#define EFTI_PIPELINE_H

#include "base/base.h"
#include "lexicons/dictionary.h"
#include "lexicons/lexicon.h"
#include "lexicons/lists.h"
#include "match/match.h"
#include "pipeline/model.h"
#include "read/read.h"
#include "tally/pairs.h"
#include "tally/tally.h"
#include "tokenizers/tokenizer.h"
#include "veil/veil.h"
#include "vocab/forms.h"

#include <eftertanke.h>
#include <stdatomic.h>

/* -------------------------------------------------------------------- plan */

struct efti_words { /* folded, by bytes, no two alike; in the arena of the plan */
    eft_text *items;
    size_t count;
};

struct efti_model_name { /* "oro.model", "Oro (modell)", "Worry (model)" */
    eft_text id, label_sv, label_en;
};

struct eft_plan {
    eft_allocator allocator;
    _Atomic uint32_t references;
    uint32_t flags;
    bool has_key;
    unsigned char key[32];
    struct efti_lists *lists;
    struct efti_dictionary *dictionary; /* NULL: none */
    eft_lexicon **lexicons;
    size_t lexicon_count;
    struct efti_matcher *matcher;
    eft_model *model;                    /* NULL: none */
    struct efti_model_name *model_names; /* of its themes, in the arena */
    eft_model *weights;                  /* they decide; NULL: none. Never both */
    uint32_t *model_of;        /* by theme of the matcher: which of either, or none */
    uint32_t terms, compounds; /* EFT_TERMS_*, EFT_COMPOUNDS_* */
    uint32_t window;           /* words; 0: no windows are counted */
    struct efti_words allow, roster;
    struct efti_listed *listed; /* deny and allow lists, forms of the roster; sorted */
    size_t listed_count;
    char deny_line[48], allow_line[48], units_line[48]; /* for the manifest; "": none */
    uint32_t off;                                       /* categories that are left */
    uint32_t weaken_per_mille;                          /* tests set these */
    uint64_t weaken_seed;
    struct efti_strings *stop; /* terms left out of pairs; NULL: our function words */
    char stop_hash[2 * 8 + 1]; /* of the user's list; "": none was given */
    uint32_t stop_negations;
    uint32_t replace; /* EFT_REPLACE_* */
    uint32_t shift_days;
    bool explain;
    uint64_t seed;
    struct efti_arena arena;
    struct efti_bytes fingerprints;
    struct efti_tally_settings settings;
    uint32_t facet_slot[EFTI_MAX_FACETS]; /* given order -> sorted order */
};
/* By EFT_TERMS_* and EFT_COMPOUNDS_*: as the fingerprints call them. */
extern const char *const efti_terms_names[2];
extern const char *const efti_compounds_names[3];
/** Fold `words` into `out`, which is empty; `what` they are, for messages (words.c). */
eft_status efti_plan_words(eft_plan *plan, const char *what, const eft_text *words,
                           size_t count, struct efti_words *out, eft_error *err);
/** The same, and EFT_E_RANGE for one of several tokens, which would stand for nothing. */
eft_status efti_plan_single_words(eft_plan *plan, const char *what, const eft_text *words,
                                  size_t count, struct efti_words *out, eft_error *err);
/** Take the next line off lines that each have an end; is one of them this? */
bool efti_take_line(eft_text *rest, eft_text *line);
bool efti_has_line(eft_text lines, eft_text wanted);
/** The weights that decide, from the options; `made`: those lines of the fingerprints
 * that say how features are made (decide.c). Lexicons and dictionary are there. */
eft_status efti_plan_weights(eft_plan *plan, const eft_plan_options *o, eft_text made,
                             eft_error *err);
/** Does the model (if any) fit the plan, whose fingerprints are there? Name its themes
 *  (decide.c). */
eft_status efti_plan_model(eft_plan *plan, eft_error *err);
/** 16 hex digits, or "none". */
void efti_words_hash(const struct efti_words *w, char hex[2 * 8 + 1]);
/** The user's own lists and categories (own_lists.c). Lists and dictionary are there. */
eft_status efti_plan_own(eft_plan *plan, const eft_plan_options *options, eft_error *err);
/** "3", and with a key the first 8 bytes of the keyed hash of `bytes`: "3 0123...". */
void efti_words_line(const eft_plan *plan, size_t count, const char *domain,
                     eft_text bytes, char line[48]);
/** Fill plan->stop; lists, dictionary and kind of terms are there. */
eft_status efti_plan_stop(eft_plan *plan, const eft_text *words, size_t count,
                          eft_error *err);
const unsigned char *efti_plan_key(const eft_plan *plan);
/** How spans are replaced in text that is written out; no days are moved. */
struct efti_replacer efti_plan_replacer(const eft_plan *plan);

/* ------------------------------------------------------------------ worker */

/* What the hits of one theme say about whether it is denied. */
struct efti_theme_denial {
    uint64_t cues; /* in their sentences: a bit for each of the model's */
    uint32_t negated, affirmed, learnt; /* hits: of entries, and of words */
    bool uncertain;
    uint8_t turn; /* to this polarity; EFTI_POLARITY_COUNT: hits stay as they are */
};
/** In the number of a form's term: it has several, and the rest is a place. */
#define EFTI_SEVERAL_TERMS 0x80000000u
#define EFTI_NO_TERM UINT32_MAX
struct efti_base_slot {
    uint32_t base, term; /* base 0: free */
};
struct efti_waiting_form {
    uint32_t form, base, soon; /* as efti_strings_soon() has it */
    eft_text term;             /* of the dictionary */
};
/** Terms of the forms that passed the veil, numbered as they came; 0 is "open". */
struct efti_numbered {
    struct efti_strings *strings; /* number - 1; NULL: there are none yet */
    EFTI_ARRAY(uint32_t) of_form; /* EFTI_NO_TERM: not asked for yet */
    EFTI_ARRAY(uint32_t) several; /* forms with several terms: count, numbers */
    struct efti_base_slot *bases; /* base form in the dictionary -> number */
    size_t base_slots, base_count;
    uint32_t met;   /* forms below it were new to an earlier text */
    uint32_t meets; /* and those below this are new to the one at hand, or to several */
    EFTI_ARRAY(struct efti_waiting_form) waiting; /* new forms of this one */
};

/** Texts that were made ready before they are asked for (ahead.c). */
#define EFTI_AHEAD_MOST 16
struct efti_ahead_text;
struct efti_ahead {
    struct efti_ahead_text *texts; /* room for EFTI_AHEAD_MOST; NULL: never asked for */
    uint32_t next, count;
};

/** Scratch of one thread: everything that reads one text. */
struct efti_worker {
    eft_plan *plan;
    const eft_allocator *mem;
    struct efti_tokenizer *tokenizer;
    struct efti_forms *forms;
    struct efti_veil *veil;
    struct efti_match_worker *match;
    struct efti_segments segments; /* raw */
    struct efti_veiled veiled;     /* of the last text */
    struct efti_hits hits;
    struct efti_bytes term; /* scratch of terms.c */
    struct efti_numbered terms;
    struct efti_features *features; /* of the model or weights; NULL: there are none */
    EFTI_ARRAY(int64_t) scores;     /* by lane of the model; of the last decision */
    EFTI_ARRAY(uint8_t) hit_counts; /* by its theme: hits, three at most */
    EFTI_ARRAY(struct efti_theme_denial) denials; /* by its theme; scratch of denial.c */
    struct efti_ahead ahead;
};
eft_status efti_worker_open(struct efti_worker *w, eft_plan *plan, eft_error *err);
void efti_worker_close(struct efti_worker *w);
/** Check, segment and intern into w->segments. */
eft_status efti_worker_segment(struct efti_worker *w, eft_text text, eft_error *err);
/** The same, then the veil into w->veiled. */
eft_status efti_worker_veil(struct efti_worker *w, eft_text text, eft_error *err);
/** The same, then hits into w->hits, as the weights decide if the plan has any. */
eft_status efti_worker_match(struct efti_worker *w, eft_text text, eft_error *err);
/** The same for text that is known to be UTF-8. */
eft_status efti_worker_match_valid(struct efti_worker *w, eft_text text, eft_error *err);

/** `texts`, the first EFTI_AHEAD_MOST at most, will be asked for soon and in this order,
 *  where they lie now: efti_worker_match_valid() has them ready then, and says the same.
 *  None: what was made ready is forgotten, which cannot fail. */
eft_status efti_worker_look_ahead(struct efti_worker *w, const eft_text *texts,
                                  size_t count, eft_error *err);
/** Is it ready? Then it is UTF-8. */
bool efti_worker_is_ahead(const struct efti_worker *w, eft_text text);
/** If it is: as if it had been matched now. */
bool efti_worker_take_ahead(struct efti_worker *w, eft_text text);
void efti_worker_ahead_free(struct efti_worker *w);

/** The scores of the plan's model for the text that was matched last, into w->scores;
 *  none where the text is not counted. No model: nothing. */
eft_status efti_worker_decide(struct efti_worker *w, bool counted, eft_error *err);
static inline bool
efti_model_present(const struct efti_worker *w, size_t theme)
{
    return w->scores.items[theme] >= w->plan->model->themes.items[theme].least;
}
/** What the plan's weights say of the text that was matched last: w->hits are what counts
 *  afterwards. No weights: nothing. */
eft_status efti_worker_weigh(struct efti_worker *w, eft_error *err);

/** What a closed form counts as, by the settings of the plan; none: open (rule 8.4). */
struct efti_form_terms {
    uint32_t count;
    uint32_t base; /* not 0: items[0] is the base form of that number (efti_form.base) */
    size_t used;
    eft_text items[8]; /* borrowed until the next call, or in `letters` */
    char letters[1024];
};
eft_status efti_form_terms(struct efti_worker *w, const struct efti_form *form,
                           struct efti_form_terms *out, eft_error *err);
/** Its term whole, closed or not (tokenise). Borrowed until the next call. */
eft_status efti_worker_term(struct efti_worker *w, const struct efti_form *form,
                            eft_text *out, eft_error *err);

/** What a form counts as: the number of its term, 0 if it is open, or with
 *  EFTI_SEVERAL_TERMS several (numbering.c). For forms that passed the veil alone. */
eft_status efti_worker_number(struct efti_worker *w, uint32_t form, uint32_t *out,
                              eft_error *err);
/** Three steps that come before that with the new forms of a text, each best some time
 *  behind the one before: when it was interned, when it was veiled, and later. */
void efti_worker_meet_forms(const struct efti_worker *w);
eft_status efti_worker_expect_numbers(struct efti_worker *w, eft_error *err);
/** The second one for several texts: begin, the tokens of each, end. */
eft_status efti_worker_expect_begin(struct efti_worker *w, eft_error *err);
eft_status efti_worker_expect_of(struct efti_worker *w, const struct efti_segments *s,
                                 eft_error *err);
void efti_worker_expect_end(struct efti_worker *w);
eft_status efti_worker_number_expected(struct efti_worker *w, eft_error *err);
/** The numbers behind that. */
static inline const uint32_t *
efti_worker_terms(const struct efti_worker *w, const uint32_t *term, uint32_t *count)
{
    *count = 1;
    if (EFTI_LIKELY((*term & EFTI_SEVERAL_TERMS) == 0))
        return term;
    const uint32_t *list = w->terms.several.items + (*term & ~EFTI_SEVERAL_TERMS);
    *count = list[0];
    return list + 1;
}
/** One more than there are terms. */
static inline uint32_t
efti_worker_term_count(const struct efti_worker *w)
{
    return w->terms.strings == NULL ? 1 : efti_strings_count(w->terms.strings) + 1;
}
/** Of a number above 0. Holds as long as the worker. */
static inline eft_text
efti_worker_term_text(const struct efti_worker *w, uint32_t number)
{
    return efti_strings_get(w->terms.strings, number - 1);
}
void efti_worker_terms_free(struct efti_worker *w);

/** Does the text say nothing ("", "vet ej")? EFTI_RECORD_EMPTY, _UNINFORMATIVE or 0. */
eft_status efti_worker_answer(struct efti_worker *w, eft_text text, uint32_t *flags,
                              eft_error *err);

/** Nothing but white space? `text` is UTF-8. */
bool efti_blank(eft_text text);

/* --------------------------------------------------------------- identities */

/** A longer category value (in bytes) may hide a text: it is never printed. */
#define EFTI_MAX_LABEL 120

/** Trimmed, inner blanks one space, in NFC or fully folded; behind what `out` has. */
eft_status efti_normal_value(struct efti_worker *w, eft_text value, bool fold,
                             struct efti_bytes *out, eft_error *err);
/** A writer's name as it is hashed: NFC, trimmed, inner blanks collapsed, folded. */
eft_status efti_writer_identity(struct efti_worker *w, eft_text writer,
                                struct efti_id *out, eft_error *err);
/** (id, assignment) of a reflection. */
eft_status efti_record_identity(struct efti_worker *w, eft_text id, eft_text assignment,
                                struct efti_id *out, eft_error *err);
/** A label's raw value: NFC, trimmed; that form goes to `normal` (cleared first). */
eft_status efti_label_identity(struct efti_worker *w, const char *role, eft_text value,
                               struct efti_bytes *normal, struct efti_id *out,
                               eft_error *err);

/** A set of record keys: has this reflection been seen? */
struct efti_keys {
    const eft_allocator *mem;
    struct efti_id *slots;
    size_t slot_count, count; /* all-zero is free */
};
void efti_keys_init(struct efti_keys *k, const eft_allocator *mem);
void efti_keys_free(struct efti_keys *k);
/** After a reserve the next `more` adds cannot fail. */
eft_status efti_keys_reserve(struct efti_keys *k, size_t more, eft_error *err);
/** The key will be asked for soon. */
void efti_keys_prefetch(const struct efti_keys *k, const struct efti_id *id);
bool efti_keys_has(const struct efti_keys *k, const struct efti_id *id);
/** `*seen` true: it was there already. */
eft_status efti_keys_add(struct efti_keys *k, const struct efti_id *id, bool *seen,
                         eft_error *err);

/* ------------------------------------------------------------------- spool */

/**
 * What phase B needs of each counted reflection, in an unnamed file, encrypted with a key
 * that lives in memory only. Text in it is veiled.
 */
struct efti_spool;
eft_status efti_spool_new(const eft_allocator *mem, struct efti_spool **out,
                          eft_error *err);
void efti_spool_free(struct efti_spool *s);
struct efti_spooled {
    uint64_t record;     /* number over all inputs, rising within a spool */
    uint64_t input, row; /* as in set-aside; 0: it came through the API */
    bool has_writer;
    struct efti_id writer;
    eft_text id; /* as it may be printed; empty: it may not */
    eft_text veiled;
    eft_text assignment; /* as it may be printed; empty: none, or hidden */
    eft_text prompt;     /* veiled; empty: none */
    uint32_t votes;
    eft_text kept;         /* hits and labels (kept.c); empty: not asked for */
    const uint32_t *terms; /* local ids, sentence by sentence */
    size_t term_count;
    const uint32_t *sentence_ends; /* into terms */
    size_t sentence_count;
    uint32_t words;         /* of the text, where places are told; else 0 */
    const uint32_t *places; /* of each term: number of its word, rising */
};
eft_status efti_spool_put(struct efti_spool *s, const struct efti_spooled *record,
                          eft_error *err);
/** Start reading; no more puts. Then next until EFT_END. */
eft_status efti_spool_rewind(struct efti_spool *s, eft_error *err);
eft_status efti_spool_next(struct efti_spool *s, struct efti_spooled *out,
                           eft_error *err);

/* ------------------------------------------------------------------- tally */

/** What the tally knows of the worker's terms, by their numbers. */
struct efti_local_terms {
    EFTI_ARRAY(uint32_t) tally_ids;
    EFTI_ARRAY(uint8_t)
    function;     /* 1: some form of it is a function word; may be short */
    bool renamed; /* some term has another number in the tally */
};
struct efti_window_span { /* windows [first, last] have the theme, by the tally */
    uint32_t theme, first, last;
};
struct efti_spool_part {
    eft_plan *plan; /* of the tally it came from: its allocator made all of this */
    struct efti_spool *spool;
    struct efti_strings *terms;
    EFTI_ARRAY(uint8_t) function;
};
/** What counting needs of a form, and its counter: one look for a running token. */
struct efti_form_use {
    uint32_t count; /* in this reflection; 0 between reflections */
    uint32_t term;  /* as the worker numbers it; EFTI_NO_TERM: not asked for yet */
    uint32_t word;  /* use with the same folded form, * 2, + 1: long; 0: no word */
    uint32_t mark;  /* last reflection with a form that folds to this one */
};
/** A form met for the first time, and the tag of what it folds to. */
struct efti_fresh_use {
    uint32_t use, tag;
};
/** First use of each folded form, in a hash table of the caller's. */
struct efti_folded_slot {
    uint32_t tag, use; /* use 0: free */
};

struct eft_tally {
    eft_plan *plan;
    const eft_allocator *mem;
    struct efti_tally *counts;
    struct efti_worker *worker; /* NULL until the first text */
    struct efti_keys keys;
    bool no_keys;                /* the runner has seen to duplicates already */
    struct efti_strings *labels; /* role byte + raw value */
    EFTI_ARRAY(uint32_t) label_ids;
    struct efti_strings *writers; /* raw spelling -> writer_ids */
    EFTI_ARRAY(struct efti_id) writer_ids;
    EFTI_ARRAY(uint32_t) theme_ids; /* matcher theme -> tally theme */
    struct efti_local_terms terms;
    struct efti_spool *spool;
    EFTI_ARRAY(struct efti_spool_part) parts; /* taken over by merges */
    struct efti_strings *prompts;             /* as written; NULL until the first */
    EFTI_ARRAY(eft_text) prompt_texts;        /* veiled, in prompt_arena */
    struct efti_arena prompt_arena;
    bool has_prompts;  /* some record in a spool has one */
    bool stale;        /* ids of the tally changed: look them up again */
    bool from_state;   /* some of it has no spool */
    bool spent;        /* merged into another */
    bool unlike;       /* read from a state that was made with other settings */
    char released[65]; /* fingerprint of the last release; "": changed since */
    uint64_t counted;
    uint32_t threads;               /* of the run that made it; 0: the caller's alone */
    uint64_t number, input, row;    /* of the record at hand, from the runner; else 0 */
    struct efti_span_places places; /* of its replacements in the veiled text */
    struct efti_bytes kept;
    /* scratch of one reflection */
    EFTI_ARRAY(uint32_t) touched; /* uses with a count, in order of appearance */
    EFTI_ARRAY(struct efti_fresh_use) fresh;
    EFTI_ARRAY(uint32_t) spool_terms;
    EFTI_ARRAY(uint32_t) spool_ends;
    EFTI_ARRAY(uint32_t) spool_places; /* with windows only */
    EFTI_ARRAY(struct efti_term_count) term_counts;
    EFTI_ARRAY(struct efti_theme_count) theme_counts;
    EFTI_ARRAY(struct efti_theme_pair) pairs;
    EFTI_ARRAY(uint32_t) sentence_themes;
    EFTI_ARRAY(struct efti_window_span) spans; /* windows with a theme */
    EFTI_ARRAY(struct efti_theme_pair) window_pairs;
    EFTI_ARRAY(uint32_t) tags;
    EFTI_ARRAY(struct efti_form_use) uses; /* by form id + 1; 0: what the veil took */
    struct efti_folded_slot *folded;       /* which uses are of one folded form */
    size_t folded_slots, folded_count;
    uint64_t folded_key;
    uint32_t mark; /* of this reflection */
    struct efti_bytes veiled_text;
};
/** EFT_E_RANGE: it was merged into another. */
eft_status efti_tally_not_spent(const eft_tally *t, eft_error *err);
/** A tally has a worker from the first text on; this makes one. */
eft_status efti_tally_need_worker(eft_tally *t, eft_error *err);
/** Count one reflection. `r` is of this library's size; `key`: its identity if the caller
 *  knows it, else NULL. */
eft_status efti_observe(eft_tally *t, const eft_reflection *r, const struct efti_id *key,
                        eft_error *err);
/** Its labels and tags by the ids of the tally, into `o` (observe_labels.c). */
eft_status efti_observe_labels(eft_tally *t, const eft_reflection *r,
                               struct efti_observation *o, eft_error *err);
/** Terms, lengths and distinct forms of the worker's veiled tokens (uses.c). */
eft_status efti_observe_tokens(eft_tally *t, struct efti_observation *o, eft_error *err);
void efti_uses_free(eft_tally *t);
/** The tally was sorted: what it calls the local terms now. False: no memory. */
bool efti_local_ids_renew(eft_tally *t);
/** Themes near each other (windows.c), after tokens and hits. */
eft_status efti_observe_windows(eft_tally *t, struct efti_observation *o, eft_error *err);
/** What `working.sqlite` needs of the reflection at hand, into t->kept; its veiled text
 *  was printed, with places (kept.c). */
eft_status efti_keep(eft_tally *t, const eft_reflection *r,
                     const struct efti_observation *o, eft_error *err);
/** working.sqlite and veiled.jsonl into an unfinished results folder, as the flags of
 *  eft_save_options ask. */
struct efti_output;
eft_status efti_save_kept(eft_tally *t, const eft_results *results, uint32_t flags,
                          struct efti_output *folder, eft_error *err);
/** eft_tally_add() with a key. */
eft_status efti_tally_feed(eft_tally *t, const eft_reflection *r,
                           const struct efti_id *key, eft_error *err);
/** These texts will be fed next, and lie where they are until efti_tally_look_back().
 *  What is counted is the same. */
eft_status efti_tally_look_ahead(eft_tally *t, const eft_text *texts, size_t count,
                                 eft_error *err);
void efti_tally_look_back(eft_tally *t);
/** A tally around `counts`, which it owns whatever the answer. */
eft_status efti_tally_over(eft_plan *plan, struct efti_tally *counts, eft_tally **out,
                           eft_error *err);
/** Term pairs of all spools; EFT_END when some of the tally has no spool. */
eft_status efti_count_pairs(eft_tally *t, uint32_t eligible, uint32_t least_writers,
                            bool no_stop, struct efti_term_pairs *out, eft_error *err);

/* -------------------------------------------------------------------- inputs */

/** The caller's input in `own`, with lists that are there; NULL: no input. */
eft_status efti_take_input(eft_input_options *own, const eft_input_options *input,
                           eft_error *err);
#define EFTI_MAX_MAPS 64
/** The mappings of an input as the reader wants them, EFTI_MAX_MAPS at most. */
eft_status efti_take_maps(const eft_input_options *input, struct efti_mapping *out,
                          eft_error *err);
/** Are the inputs of a run states? All of them or none, else EFT_E_CONFLICT. */
eft_status efti_are_states(const eft_input_options *input, bool *states, eft_error *err);
/** Are they sealed states? All of them or none, else EFT_E_CONFLICT. */
eft_status efti_are_sealed(const eft_input_options *input, bool *sealed, eft_error *err);
eft_status efti_merge_states(eft_context *ctx, const eft_plan_options *plan,
                             const eft_input_options *input, eft_tally **out,
                             eft_run_counts *counts, eft_error *err);

/** What a tally knows of its records, for a summary. */
void efti_state_counts(eft_tally *tally, eft_run_counts *counts);

/* ------------------------------------------ where.c, order.c: filters and orders */

/** Does each record meet a filter? `user`: a worker. */
eft_status efti_where_mask(void *user, const struct efti_frozen *f, eft_text filter,
                           uint8_t *mask, eft_error *err);
/** `places` by label: the place of each value among the assignments, EFTI_NO_ID for
 *  others. EFT_E_RANGE: no text has it. */
eft_status efti_assignment_places(struct efti_worker *w, const struct efti_frozen *f,
                                  const eft_text *values, size_t count, uint32_t *places,
                                  eft_error *err);
/** Conditions as one filter in its one spelling; none: nothing. */
eft_status efti_where_spell(const eft_allocator *mem, const eft_text *conditions,
                            size_t count, struct efti_bytes *out, eft_error *err);

/* -------------------------------------------------------------- a results folder */

struct efti_output;
/** report.html and figures/ into an unfinished results folder (report.c). */
eft_status efti_save_report(const eft_allocator *mem, struct efti_output *folder,
                            const eft_results *results, eft_text manifest,
                            const eft_report_options *options, eft_error *err);

/** Where results come from, as the manifest tells it: a tally, or sealed states. */
struct efti_subject {
    const struct efti_frozen *frozen; /* NULL: sealed states */
    const struct eft_sealed *sealed;
    const char *stop; /* hash of the user's list; "": none */
};
/** manifest.json (manifest_write.c). */
void efti_write_manifest(struct efti_bytes *b, const struct efti_subject *subject,
                         const eft_results *results);
/** What a results folder is made of, and where it is made. */
struct efti_saving {
    const eft_allocator *mem;
    const struct efti_subject *subject;
    const eft_results *results;
    const eft_save_options *options;
    struct efti_output *folder;
    struct efti_bytes *scratch;
};
/** EFT_E_CANCELLED where the cancel callback says so. */
eft_status efti_still_wanted(const eft_context *ctx, eft_error *err);
/** Everything of a results folder but review/ and the sensitive files (results.c). */
eft_status efti_save_folder(const struct efti_saving *x, uint32_t threads,
                            eft_error *err);

/** FOLDER/NAME with its NUL; `out` is made here and freed by the caller, always. */
eft_status efti_path_in(const eft_allocator *mem, const char *folder, const char *name,
                        struct efti_bytes *out, eft_error *err);

#endif
