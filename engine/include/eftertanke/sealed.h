/*
 * sealed.h - results of several parties, added up without anybody's texts or microdata
 *
 * A party (a municipality, a workplace) seals what it released and sends it to a learning
 * centre; the centre adds up what several parties sent:
 *
 *     eft_tally_release(tally, &options, &results, &err);      at the party
 *     eft_results_seal(tally, results, name, &sealed, &err);
 *     eft_save_sealed(ctx, tally, results, sealed, &save, &err);
 *
 *     eft_load_sealed(ctx, path, &all, &err);                  at the centre
 *     eft_sealed_merge(all, another, &err);
 *     eft_sealed_release(ctx, all, EFT_SEALED_DISJOINT, &results, &err);
 *
 * What is in it has been through the gate: shares and means of the tables overview,
 * themes, themes_by_*, assignment_*, feeling_by_theme and trend, counts of theme_pairs,
 * and for intervals three sums over writers of two significant digits, where at least ten
 * writers stand behind the number. No records, keys, days, terms, texts or maxima. What a
 * receiver can and cannot learn: docs/learning-centre.md.
 */
#ifndef EFTERTANKE_SEALED_H
#define EFTERTANKE_SEALED_H

#include <eftertanke/run.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Sealed states of one or several parties. One thread at a time. */
typedef struct eft_sealed eft_sealed;

/**
 * Seal `results`, which must be the last release of `tally`, for the party called `party`
 * (1 to 120 bytes on one line, of a place or an organisation: everybody sees it). It is a
 * release: save it with eft_save_sealed(), or log it as you log results. The caller owns
 * `*out`.
 *
 * @return EFT_E_RANGE for the name (also one that the veil takes for a person, a number
 *         or an address), EFT_E_ENCODING when it is not UTF-8, EFT_E_CONFLICT
 *         when the tally has changed since, EFT_E_NOMEM.
 */
EFT_API EFT_MUST_CHECK eft_status eft_results_seal(eft_tally *tally,
                                                   const eft_results *results,
                                                   eft_text party, eft_sealed **out,
                                                   eft_error *err);
/** NULL is fine. */
EFT_API void eft_sealed_free(eft_sealed *sealed);

/** Canonical bytes: versioned, checksummed; the same parties give the same bytes. */
EFT_API EFT_MUST_CHECK eft_status eft_sealed_write(const eft_sealed *sealed,
                                                   eft_write_fn write, void *user,
                                                   eft_error *err);
/** From such bytes. @return EFT_E_FORMAT for anything else; EFT_E_NOMEM. */
EFT_API EFT_MUST_CHECK eft_status eft_sealed_read(eft_context *ctx, eft_text bytes,
                                                  eft_sealed **out, eft_error *err);

/**
 * Put all parties of `from` beside those of `into`, in any order. `from` stays as it was.
 *
 * @return EFT_E_CONFLICT when they were made with unlike settings (the message names the
 *         difference; keys and rosters may differ) or share a party; EFT_E_NOMEM. Then
 *         `into` stays as it was.
 */
EFT_API EFT_MUST_CHECK eft_status eft_sealed_merge(eft_sealed *into,
                                                   const eft_sealed *from,
                                                   eft_error *err);
/** How many parties are in it. */
EFT_API size_t eft_sealed_count(const eft_sealed *sealed);
/** Name of a party, by bytes; empty past the last. Borrowed. */
EFT_API eft_text eft_sealed_party(const eft_sealed *sealed, size_t index);

enum {
    /** Affirmed: nobody writes in two of the parties. Needed for more than one. */
    EFT_SEALED_DISJOINT = 1 << 0
};
/**
 * Tables over all parties: numbers are added over the parties that tell them, and each
 * row says how many these are (`parties` of `of_parties`). Absent ones have no such
 * label, or too few writers: they are the small ones. Intervals are those of the single
 * results, from the sums in the seals; where fewer than ten writers tell none, writers
 * are taken to differ as in the other parties.
 *
 * @return EFT_E_REFUSED for several parties without EFT_SEALED_DISJOINT, EFT_E_RANGE for
 *         an unknown flag, EFT_E_NOMEM.
 */
EFT_API EFT_MUST_CHECK eft_status eft_sealed_release(eft_context *ctx,
                                                     const eft_sealed *sealed,
                                                     uint32_t flags, eft_results **out,
                                                     eft_error *err);

/** Write a sealed state so that it appears whole, after the release log (`save->log`).
 *  Of `save`, folder is the path of the file; flags EFT_SAVE_REPLACE. */
EFT_API EFT_MUST_CHECK eft_status eft_save_sealed(eft_context *ctx, eft_tally *tally,
                                                  const eft_results *results,
                                                  const eft_sealed *sealed,
                                                  const eft_save_options *save,
                                                  eft_error *err);
/** Write parties that were merged; they are in their parties' logs already. */
EFT_API EFT_MUST_CHECK eft_status eft_save_merged(eft_context *ctx,
                                                  const eft_sealed *sealed,
                                                  const char *path, bool replace,
                                                  eft_error *err);
/** Read a sealed state from a file. The caller owns `*out`. @return EFT_E_IO, and as
 *  eft_sealed_read(). */
EFT_API EFT_MUST_CHECK eft_status eft_load_sealed(eft_context *ctx, const char *path,
                                                  eft_sealed **out, eft_error *err);
/** Are the inputs sealed states? All or none, else EFT_E_CONFLICT. */
EFT_API EFT_MUST_CHECK eft_status eft_are_sealed(eft_context *ctx,
                                                 const eft_input_options *input,
                                                 bool *sealed, eft_error *err);
/** Read and merge all inputs. Statuses as of the single calls; messages
 *  name the input. */
EFT_API EFT_MUST_CHECK eft_status eft_run_sealed(eft_context *ctx,
                                                 const eft_input_options *input,
                                                 eft_sealed **out, eft_error *err);
/** As eft_save_results(), for tables over parties. No log: all of it was logged. */
EFT_API EFT_MUST_CHECK eft_status eft_save_sealed_results(eft_context *ctx,
                                                          const eft_sealed *sealed,
                                                          const eft_results *results,
                                                          const eft_save_options *save,
                                                          eft_error *err);

#ifdef __cplusplus
}
#endif
#endif
