/*
 * worker.h - one text at a time: tokenise, veil, find themes
 *
 * A worker is scratch memory of one thread. What it answers is borrowed columns: arrays
 * plus a count, valid until the next call on the same worker. Offsets are bytes of the
 * text that was given, half open; eft_offsets_to_codepoints() converts a column.
 */
#ifndef EFTERTANKE_WORKER_H
#define EFTERTANKE_WORKER_H

#include <eftertanke/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One thread at a time. Grows with the number of distinct forms it has seen. */
typedef struct eft_worker eft_worker;

EFT_API EFT_MUST_CHECK eft_status eft_worker_new(eft_plan *plan, eft_worker **out,
                                                 eft_error *err);
EFT_API void eft_worker_free(eft_worker *worker);

/** Raw tokens: they contain names. Columns of `count` items. */
typedef struct eft_tokens {
    size_t count;
    const uint64_t *starts, *ends;
    const eft_text *stems;    /**< Snowball stem of the folded form */
    const eft_text *terms;    /**< the normalised word that is counted */
    const char *const *kinds; /**< "word", "number", "code", "abbreviation" ... */
    const uint8_t *suspended; /**< 1: för- in "för- och nackdelar" */
    size_t sentence_count;
    const uint64_t *sentence_starts, *sentence_ends;
} eft_tokens;

/**
 * @return EFT_E_ENCODING with the byte when `text` is not UTF-8, EFT_E_LIMIT above 1 GiB,
 *         EFT_E_NOMEM. On failure `*out` is zero.
 */
EFT_API EFT_MUST_CHECK eft_status eft_worker_tokenise(eft_worker *worker, eft_text text,
                                                      eft_tokens *out, eft_error *err);

/** What was taken out, and the text after it. */
typedef struct eft_veiled {
    eft_text text; /**< with "[PERSON_1]" in place of each span */
    size_t count;
    const uint64_t *starts, *ends;
    const char *const *categories; /**< "PERSON" ... (README, "Categories") */
    const char *const *rules;      /**< name of the rule that decided */
    const eft_text *replacements;
    const uint8_t *scores; /**< 0-100 */
    bool withheld;         /**< all of it was not Swedish (language gate) */
} eft_veiled;

/** As eft_worker_tokenise(). On any error there is no text: fail closed. */
EFT_API EFT_MUST_CHECK eft_status eft_worker_veil(eft_worker *worker, eft_text text,
                                                  eft_veiled *out, eft_error *err);

/** Lexicon entries found in what the veil left. */
typedef struct eft_hits {
    size_t count;
    const uint64_t *starts, *ends;
    const eft_text *themes;
    const char *const *polarities; /**< "affirmed", "negated", "uncertain" */
    const eft_text *entries;       /**< "lexicon:theme:n" */
    size_t theme_count;
    const eft_text *present; /**< themes with an affirmed or negated hit, by bytes */
} eft_hits;

EFT_API EFT_MUST_CHECK eft_status eft_worker_themes(eft_worker *worker, eft_text text,
                                                    eft_hits *out, eft_error *err);

#ifdef __cplusplus
}
#endif
#endif
