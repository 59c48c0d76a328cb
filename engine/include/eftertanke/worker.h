/*
 * worker.h - one text at a time: tokenise, veil, find themes
 *
 * A worker is scratch memory of one thread. What it answers is borrowed columns: arrays
 * plus a count, valid until the next call on the same worker. Offsets are bytes of the
 * text that was given, half open ([start, end)), and rise; eft_offsets_to_codepoints()
 * converts a column. Each call is linear in the size of the text.
 */
#ifndef EFTERTANKE_WORKER_H
#define EFTERTANKE_WORKER_H

#include <eftertanke/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One thread at a time. Grows with the number of distinct forms it has seen. */
typedef struct eft_worker eft_worker;

/**
 * The caller owns `*out` and releases it with eft_worker_free(); on failure it is NULL.
 * Cost: some milliseconds. It holds a reference to `plan`.
 *
 * @return EFT_E_NOMEM.
 */
EFT_API EFT_MUST_CHECK eft_status eft_worker_new(eft_plan *plan, eft_worker **out,
                                                 eft_error *err);
/** NULL is fine. */
EFT_API void eft_worker_free(eft_worker *worker);

/** Raw tokens: they contain names. */
typedef struct eft_tokens {
    size_t count; /**< items in each of the columns of tokens */
    const uint64_t *starts, *ends;
    const eft_text *stems;    /**< Snowball stem of the folded form */
    const eft_text *terms;    /**< the normalised word that is counted */
    const char *const *kinds; /**< "word", "number", "code", "abbreviation" ... */
    const uint8_t *suspended; /**< 1: för- in "för- och nackdelar" */
    size_t sentence_count;    /**< items in the next two */
    const uint64_t *sentence_starts, *sentence_ends;
} eft_tokens;

/**
 * Tokens with the project rules, and sentences.
 *
 * @return EFT_E_ENCODING with the byte when `text` is not UTF-8, EFT_E_LIMIT above 1 GiB,
 *         EFT_E_NOMEM. On failure `*out` is zero.
 */
EFT_API EFT_MUST_CHECK eft_status eft_worker_tokenise(eft_worker *worker, eft_text text,
                                                      eft_tokens *out, eft_error *err);

/** What was taken out, and the text after it. */
typedef struct eft_veiled {
    eft_text text; /**< with a replacement in place of each span, "[PERSON_1]" if the
                        plan says nothing else */
    size_t count;  /**< spans, items in each column */
    const uint64_t *starts, *ends;
    const char *const *categories; /**< "PERSON" ... (README, "Categories") */
    const char *const *rules;      /**< name of the rule that decided */
    const eft_text *replacements;  /**< what stands in its place in `text` */
    const uint8_t *scores;         /**< 0-100 */
    bool withheld;                 /**< all of it was not Swedish (language gate) */
    const uint64_t *veiled_starts, *veiled_ends; /**< of the replacements, in `text` */
    uint64_t size;                               /**< of the original */
} eft_veiled;

/** As eft_worker_tokenise(). On any error there is no text: fail closed. */
EFT_API EFT_MUST_CHECK eft_status eft_worker_veil(eft_worker *worker, eft_text text,
                                                  eft_veiled *out, eft_error *err);
/**
 * Whose texts come next: the days of one writer are all moved alike (shift_days of the
 * plan). Empty: nobody's, each text of its own bytes.
 */
EFT_API EFT_MUST_CHECK eft_status eft_worker_set_writer(eft_worker *worker,
                                                        eft_text writer, eft_error *err);
/**
 * Where byte `offset` of the original lies in the veiled text, and back. Outside spans a
 * byte keeps its place, so that there and back again is where one began. Inside a span
 * there is no such place: the start of the other side is given, or its end if `end` says
 * that a range ends here; so a range of one text covers what it did in the other. Above
 * the size of a text, its size. Cost: logarithmic in the number of spans.
 */
EFT_API uint64_t eft_veiled_offset(const eft_veiled *veiled, uint64_t offset, bool end);
EFT_API uint64_t eft_original_offset(const eft_veiled *veiled, uint64_t offset, bool end);

/** Lexicon entries found in what the veil left. */
typedef struct eft_hits {
    size_t count; /**< hits, items in each column but the last */
    const uint64_t *starts, *ends;
    const eft_text *themes;        /**< ids */
    const char *const *polarities; /**< "affirmed", "negated", "uncertain" */
    const eft_text *entries;       /**< "lexicon:theme:n" */
    size_t theme_count;            /**< items in the next */
    const eft_text *present; /**< themes with an affirmed or negated hit, by bytes */
} eft_hits;

/** Hits in the original text, outside what the veil takes out. Statuses as of
 *  eft_worker_tokenise(). */
EFT_API EFT_MUST_CHECK eft_status eft_worker_themes(eft_worker *worker, eft_text text,
                                                    eft_hits *out, eft_error *err);

#ifdef __cplusplus
}
#endif
#endif
