/*
 * tally.h - feeding reflections, merging counts, releasing tables
 *
 *     plan -> tally <- reflections        tally + tally -> tally
 *              |
 *              +-> state (bytes, sensitive)      +-> results (tables behind the gate)
 *
 * A tally is everything counted, as microdata without text. It is sensitive: write it
 * only to files of mode 0600. One thread at a time; to use several, fill one tally in
 * each and merge: the result is the same, byte for byte, however the reflections were
 * dealt.
 */
#ifndef EFTERTANKE_TALLY_H
#define EFTERTANKE_TALLY_H

#include <eftertanke/plan.h>
#include <eftertanke/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One thread at a time. Holds a reference to its plan. */
typedef struct eft_tally eft_tally;

/** 1970-01-01 is no day here: it is what empty date fields turn into. */
#define EFT_NO_DAY 0

/** One text with its record. Fill with zeroes, set struct_size and what is known. */
typedef struct eft_reflection {
    uint32_t struct_size;
    uint32_t flags;            /**< 0 */
    eft_text id;               /**< with assignment the key: a repeat counts once */
    eft_text writer;           /**< empty: unknown; all unknown count as one writer */
    eft_text unit, assignment; /**< category values; empty: none */
    eft_text text;             /**< the writer's own words */
    eft_text prompt,
        comments;           /**< separate strata: never counted as the writer's words */
    const eft_text *facets; /**< one for each facet of the plan, or NULL */
    const eft_text *tags;   /**< as the writer chose them */
    size_t tag_count;
    int32_t day;          /**< days since 1970-01-01; EFT_NO_DAY: none */
    uint32_t has_feeling; /**< 1: `feeling` is set */
    double feeling;       /**< on the plan's scale */
    int64_t votes;        /**< 0 or less: none */
    uint64_t reserved;    /**< 0 */
} eft_reflection;

/**
 * An empty tally with the settings of `plan`. The caller owns `*out` and releases it with
 * eft_tally_free(); on failure it is NULL.
 *
 * @return EFT_E_NOMEM; EFT_E_IO where a spool that the plan asks for cannot be made.
 */
EFT_API EFT_MUST_CHECK eft_status eft_tally_new(eft_plan *plan, eft_tally **out,
                                                eft_error *err);
/** NULL is fine. */
EFT_API void eft_tally_free(eft_tally *tally);

/**
 * Veil, match and count one reflection. On an error nothing of it was counted.
 *
 * @return EFT_E_ENCODING when a string is not UTF-8, EFT_E_LIMIT, EFT_E_RANGE (tags,
 *         feeling; a tally that was merged away, or released with EFT_PLAN_SPOOL),
 *         EFT_E_CONFLICT (a state that was made with other settings than the plan's),
 *         EFT_E_IO (spool), EFT_E_ABI, EFT_E_NOMEM.
 */
EFT_API EFT_MUST_CHECK eft_status eft_tally_add(eft_tally *tally, const eft_reflection *r,
                                                eft_error *err);
/** The same for `count` reflections, all of one struct_size; `*added` tells how many were
 *  done; may be NULL. Faster than one by one: several texts are read together. */
EFT_API EFT_MUST_CHECK eft_status eft_tally_add_columns(eft_tally *tally,
                                                        const eft_reflection *reflections,
                                                        size_t count, size_t *added,
                                                        eft_error *err);
/** Reflections counted so far (duplicates not among them). */
EFT_API uint64_t eft_tally_count(const eft_tally *tally);

/**
 * Move all of `from` into `into`; afterwards `from` may only be freed. Exact, in any
 * order.
 *
 * @return EFT_E_CONFLICT when they share a record, or were made with unlike settings: the
 *         message names the difference. Then both stay as they were.
 */
EFT_API EFT_MUST_CHECK eft_status eft_tally_merge(eft_tally *into, eft_tally *from,
                                                  eft_error *err);

/**
 * Take out of `tally` everything that these people wrote, as if they had never been in
 * it. They are named as in the data (casing and blanks do not matter), under the key of
 * the plan; without a column of writers reflections are named by their id, with a tab and
 * the assignment where there is one. `*reflections` were taken out, `*unknown` of the
 * names were not there (either may be NULL). Counts of duplicates and of records set
 * aside stay. Numbers that were released before stay released. Cost: one sort of the
 * state.
 *
 * @return EFT_E_CONFLICT when the state was made with another key; EFT_E_RANGE for a
 * tally with EFT_PLAN_SPOOL, EFT_E_ENCODING, EFT_E_NOMEM.
 */
EFT_API EFT_MUST_CHECK eft_status eft_tally_withdraw(eft_tally *tally,
                                                     const eft_text *people, size_t count,
                                                     uint64_t *reflections,
                                                     size_t *unknown, eft_error *err);

/** Gets bytes in pieces. EFT_STOP ends the call early, with EFT_OK. */
typedef eft_status (*eft_write_fn)(void *user, const void *bytes, size_t size);
/** Canonical bytes: versioned, checksummed, without text, input names or order. Cost: one
 *  sort of what was counted. @return what `write` answers; EFT_E_NOMEM. */
EFT_API EFT_MUST_CHECK eft_status eft_tally_write(eft_tally *tally, eft_write_fn write,
                                                  void *user, eft_error *err);
/**
 * A tally from such bytes. It can be merged and released, and fed if it was made with the
 * settings of `plan`.
 *
 * @return EFT_E_FORMAT for what is not a state, or damaged; EFT_E_NOMEM.
 */
EFT_API EFT_MUST_CHECK eft_status eft_tally_read(eft_plan *plan, eft_text bytes,
                                                 eft_tally **out, eft_error *err);

enum {
    EFT_RELEASE_EXTERNAL = 1 << 0,            /**< audience outside: default k 10 */
    EFT_RELEASE_ONE_TEXT_PER_WRITER = 1 << 1, /**< affirmed: do not double k */
    EFT_RELEASE_HIDE_UNITS = 1 << 2,          /**< number all unit labels */
    EFT_RELEASE_NO_STOP = 1 << 3,      /**< keep function words in pairs, keyness */
    EFT_RELEASE_NO_INFERENCE = 1 << 4, /**< no intervals by writer, no tests */
    /** Texts are notes of a few words: nothing by sentence (its column in overview is
     *  empty, readability is missing, pairs are of notes alone), and two tables: `votes`,
     *  which sums eft_reflection.votes by theme, and `notes` (needs EFT_PLAN_SPOOL), of
     *  notes that several wrote in nearly the same words. Votes weigh nothing elsewhere:
     *  counts stay counts of notes, and the gate that of those who wrote them. */
    EFT_RELEASE_NOTES = 1 << 5,
    /** Assignments are in order of their names, numbers in them as numbers. */
    EFT_RELEASE_ASSIGNMENTS_BY_NAME = 1 << 6,
    EFT_RELEASE_NO_PAIRS = 1 << 15,    /**< leave term_pairs out, spool or not */
    EFT_RELEASE_QUOTES_AUTO = 1 << 16, /**< quotes by rules alone; the table says so */
    /** The table `suggestions` (needs EFT_PLAN_SPOOL, a column of writers or that one
     * text is one writer, and a build with GSL): reads the texts once more. */
    EFT_RELEASE_SUGGEST = 1 << 17
};

/** A sentence that a person approved for quoting, as `review/quotes.jsonl` had it. */
typedef struct eft_quote {
    eft_text theme, text;
} eft_quote;

/** What stands in the place of suppression. Other than EFT_PROTECT_SUPPRESS there is one
 *  table, `counts`: writers per theme, none of them exact. It needs a log, where it is
 *  kept (beside it, `<log>.private`): the same texts get the same counts again. Exact
 *  tables of these texts under the same log are refused, then and later. docs/privacy.md
 *  says what each is good for. */
enum {
    EFT_PROTECT_SUPPRESS = 0,
    EFT_PROTECT_ROUND = 1,   /**< to multiples of protect_amount, at least k */
    EFT_PROTECT_NOISE = 2,   /**< by cell key; needs the plan's key, and ids */
    EFT_PROTECT_LAPLACE = 3, /**< epsilon: thousandths in protect_amount */
    EFT_PROTECT_GAUSSIAN = 4 /**< rho (zCDP): thousandths in protect_amount */
};

/** How p-values of one family are adjusted (columns `q`). Families are named in the
 *  tables and the manifest. */
enum {
    EFT_ADJUST_BH = 0,  /**< false discovery rate, Benjamini and Hochberg 1995 */
    EFT_ADJUST_BY = 1,  /**< the same under any dependence, Benjamini, Yekutieli 2001 */
    EFT_ADJUST_HOLM = 2 /**< any false one at all, Holm 1979 */
};

/** Zero means "the default" in every field. */
typedef struct eft_release_options {
    uint32_t struct_size;
    uint32_t flags; /**< EFT_RELEASE_* */
    uint32_t k;     /**< least distinct writers; 0: 5, external 10; below 3 refused */
    uint32_t pair_terms; /**< terms eligible for pairs; 0: 2000 */
    uint64_t reserved;
    /** Approved quotes: those of them that still keep all rules make the table `quotes`
     *  (needs EFT_PLAN_SPOOL). NULL, or a count of 0: none, unless
     *  EFT_RELEASE_QUOTES_AUTO. */
    const eft_quote *quotes;
    size_t quote_count;
    /** Release log: what changed since an earlier release of the same texts by fewer than
     *  k writers keeps its earlier value. Name the same one in eft_save_options. It is
     *  made if it is not there, its folder is not. NULL: nothing is held against
     *  anything. */
    const char *log;
    uint32_t protect, protect_amount; /**< EFT_PROTECT_* and its amount */
    /** Thousandths of rho that all draws of the log may use together; 0: 500. A Laplace
     *  draw uses epsilon^2 / 2. */
    uint32_t privacy_budget;
    uint32_t reserved_protect; /**< 0 */
    /** Conditions that all hold ("unit=Norr", "time=2024-01..2024-06"; FACET=value,
     * values apart by |): the table `themes_where` tells the themes of the reflections
     * that meet them, where that gives away nothing that other tables hide. Needs a log
     * and an id for each text. A filter that the log has told of the same texts is told
     * again, and another is refused (EFT_E_CONFLICT). */
    const eft_text *where;
    size_t where_count;
    /** Assignments from the first to the last: what is not named has no place. NULL, or
     *  a count of 0: by the day by which half of the texts of each had come, or by name
     *  (EFT_RELEASE_ASSIGNMENTS_BY_NAME). */
    const eft_text *assignments;
    size_t assignment_count;
    uint32_t adjustment;          /**< EFT_ADJUST_* */
    uint32_t reserved_adjustment; /**< 0 */
} eft_release_options;

/**
 * Build all tables through the gate. term_pairs needs EFT_PLAN_SPOOL and is missing
 * without. The caller frees `*out`.
 *
 * @return EFT_E_REFUSED when a privacy rule says no; EFT_E_NOMEM; EFT_E_IO (spool, log);
 *         EFT_E_FORMAT (log), EFT_E_CONFLICT (a log of another version; another
 *         filter; a filter while rows keep earlier values); EFT_E_RANGE (filter; an
 *         assignment that no text has).
 */
EFT_API EFT_MUST_CHECK eft_status eft_tally_release(eft_tally *tally,
                                                    const eft_release_options *opts,
                                                    eft_results **out, eft_error *err);

#ifdef __cplusplus
}
#endif
#endif
