/*
 * review.h - what a person is asked: sentences that may be quoted, words that may be
 * shown
 *
 * Both come from the spools, after everything is counted (phase B). Rules 8.4 and 8.5.
 */
#ifndef EFTI_PIPELINE_REVIEW_H
#define EFTI_PIPELINE_REVIEW_H

#include "pipeline/pipeline.h"
#include "tally/table.h"

#define EFTI_QUOTES_PER_THEME 12

/** One to three whole sentences of one reflection. */
struct efti_quote {
    uint32_t theme;  /* of the matcher */
    uint32_t writer; /* number within this gathering */
    uint32_t score;
    eft_text text, assignment;
};
struct efti_quotes {
    struct efti_arena arena;
    EFTI_ARRAY(struct efti_quote) items; /* by theme id, then best first */
};
void efti_quotes_free(const eft_allocator *mem, struct efti_quotes *q);

/**
 * At most EFTI_QUOTES_PER_THEME sentences a theme, each of another writer: whole, of
 * words that may be shown, without digit or veiled span, of themes whose row of `themes`
 * is shown in `results`. `only` (may be NULL) are the ones that a person approved; others
 * are left out, and so are approved ones that no text has. Equal whatever the order of
 * texts. EFT_END: some of the tally has no spool. `also` (may be NULL) is fed with the
 * same texts (stand_for.h).
 */
struct efti_stand_for;
eft_status efti_gather_quotes(eft_tally *t, const eft_results *results,
                              const eft_quote *only, size_t only_count,
                              struct efti_stand_for *also, struct efti_quotes *out,
                              eft_error *err);
/** Words of a sentence of w->veiled; SIZE_MAX: a digit, a veiled span or a word that is
 * not closed is in it, and nobody may see it as it is. */
size_t efti_quotable_words(const struct efti_worker *w, eft_text text,
                           const struct efti_sentence *s);
struct efti_gate;
/** Add the table `prompts`, if the tally has any and a spool (prompts.c). */
eft_status efti_release_prompts(eft_tally *t, const struct efti_gate *gate,
                                eft_results *results, eft_error *err);
/** Is there a shown row of the table with these values of two columns? No for an empty
 *  first value. */
bool efti_has_shown_row(const eft_results *results, const char *table, const char *column,
                        eft_text value, const char *b, eft_text b_value);
/** Add the table `quotes`. */
eft_status efti_release_quotes(eft_results *results, const eft_tally *t,
                               const struct efti_quotes *q, bool approved,
                               eft_error *err);

/** review/quotes.jsonl: one candidate a line, "approved" null. */
void efti_put_quotes(const eft_tally *t, const struct efti_quotes *q,
                     struct efti_bytes *out);
/**
 * review/terms.tsv: words that are kept out of all tables because nothing says that they
 * are no names, with at least `k` writers, by writers, then bytes. EFT_END as above.
 */
eft_status efti_put_open_terms(eft_tally *t, uint32_t k, struct efti_bytes *out,
                               eft_error *err);

/** Terms by stem, and who uses them: of interest are those of one writer alone. */
struct efti_lone_term {
    uint32_t writer, uses;
    bool shared, listed;
};
struct efti_lone_terms {
    struct efti_strings *stems;
    EFTI_ARRAY(struct efti_lone_term) items;
    bool enough; /* writers, to tell what is rare */
};
eft_status efti_find_lone_terms(eft_tally *t, struct efti_worker *worker,
                                struct efti_lone_terms *out, eft_error *err);
void efti_lone_terms_free(const eft_allocator *mem, struct efti_lone_terms *l);
/** The residual risk of the text that `w` has just veiled, with its reasons. */
uint32_t efti_text_risk(struct efti_worker *w, const struct efti_lone_terms *lone,
                        eft_text text, uint32_t *reasons);
/** review/risks.jsonl: id, score and reasons of each text with a risk, the highest first;
 *  no text. EFT_END as above. */
eft_status efti_put_risks(eft_tally *t, struct efti_bytes *out, eft_error *err);

/** Calls `fn` for every counted reflection that has a text. The writer's number is the
 *  same for the same writer. */
typedef eft_status (*efti_spooled_fn)(void *user, const struct efti_spooled *r,
                                      uint32_t writer, eft_error *err);
eft_status efti_each_spooled(eft_tally *t, efti_spooled_fn fn, void *user,
                             eft_error *err);

#endif
