/*
 * run.h - whole files in, results out: what the command line is made of
 *
 * These calls own threads and files; the rest of the library never opens either.
 */
#ifndef EFTERTANKE_RUN_H
#define EFTERTANKE_RUN_H

#include <eftertanke/report.h>
#include <eftertanke/tally.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One --map or --facet. */
typedef struct eft_column_map {
    const char *role;   /**< "text", "writer" ...; or "facet" */
    const char *facet;  /**< name of the facet, else NULL */
    const char *column; /**< header name, or "#4" for a position */
} eft_column_map;

enum {
    EFT_INPUT_STRICT = 1 << 0, /**< the first damaged row is an error */
    EFT_INPUT_STATES = 1 << 1  /**< eft_run_tally(): all paths are states */
};

/** Where reflections come from. Strings are borrowed until the call returns. */
typedef struct eft_input_options {
    uint32_t struct_size;
    uint32_t flags;           /**< EFT_INPUT_* */
    const char *const *paths; /**< CSV, TSV, JSON Lines, folders of .txt; "-": stdin */
    size_t path_count;
    const uint32_t *arguments;  /**< place of each path on a command line, for messages;
                                    NULL: its number among the paths */
    const eft_column_map *maps; /**< roles said by the caller, not recognised */
    size_t map_count;
    size_t max_text;  /**< bytes; longer texts are set aside; 0: no limit */
    uint32_t threads; /**< 0 or 1: none besides the caller's. Above 1, the tally is
                           released and saved on up to three, too */
    uint32_t batch;   /**< reflections handed over at a time; 0: default */
    /** Called now and then from the calling thread; NULL: not. `done`: records so far.
     *  EFT_STOP: read no further and finish what was read. */
    eft_status (*progress)(void *user, uint64_t done);
    void *progress_user;
    uint64_t reserved; /**< 0 */
} eft_input_options;

/** What happened to the records of one run. Where a call gives it, it may be NULL. */
typedef struct eft_run_counts {
    uint64_t read;    /**< records, neither damaged nor without consent */
    uint64_t counted; /**< of these, all but the duplicates */
    /** Of the counted, by eft_run_tally(): they say nothing, and are in no table. */
    uint64_t empty, uninformative;
    uint64_t duplicate;      /**< of the read: id and assignment seen before */
    uint64_t withheld;       /**< as empty: not Swedish (language gate) */
    uint64_t set_aside;      /**< damaged records; not among the read */
    uint64_t no_writer;      /**< records without a writer in data that have the column */
    uint64_t field_errors;   /**< dates, feelings, votes, tags that could not be read */
    uint64_t cp1252_inputs;  /**< inputs read as Windows-1252 */
    uint64_t no_consent;     /**< records left out: a column of consent says no yes */
    uint64_t stop_negations; /**< words of negation in eft_plan_options.stop */
    bool writer_column;      /**< the data tell writers apart */
    bool dictionary;         /**< false: none was found, the veil takes out more */
    uint64_t unread_dates, unread_feelings; /**< of field_errors */
    uint64_t unknown_columns; /**< columns whose header says no role; they were dropped */
} eft_run_counts;

/** What a line of JSON has of its record, beside its id. */
typedef enum eft_line_format {
    EFT_LINES_TOKENS = 1,        /**< raw forms: for the screen only */
    EFT_LINES_TOKENS_VEILED = 2, /**< tokens, without forms of what is taken out */
    EFT_LINES_VEILED = 3,        /**< veiled text and fields */
    EFT_LINES_SPANS = 4,         /**< the same, and what was taken out where */
    EFT_LINES_THEMES = 5,        /**< themes, and their hits by position */
    EFT_LINES_KWIC = 6 /**< a line for each hit, with the veiled words around it */
} eft_line_format;

/**
 * Read the inputs and write JSON Lines in input order. `set_aside` (may be NULL) gets the
 * lines of set-aside.jsonl. On an error the lines of all records before it were written.
 *
 * @return EFT_E_IO, EFT_E_FORMAT, EFT_E_ENCODING for an input that cannot be read,
 *         EFT_E_MISSING without a column of texts, EFT_E_CONFLICT for two columns of one
 *         role, EFT_E_CANCELLED, what a callback answered, and as eft_plan_new().
 */
EFT_API EFT_MUST_CHECK eft_status eft_run_lines(
    eft_context *ctx, const eft_plan_options *plan, const eft_input_options *input,
    eft_line_format format, eft_write_fn write, void *user, eft_write_fn set_aside,
    void *set_aside_user, eft_run_counts *counts, eft_error *err);

/**
 * The same for veiled lines (EFT_LINES_VEILED, EFT_LINES_SPANS), with the way back: `map`
 * (may be NULL) gets JSON Lines with what was taken out of each field, where it stood and
 * where its replacement stands (docs/veil.md, "The way back"). They are raw text: keep
 * them apart from what is veiled. A batch's lines of the map come before its veiled
 * lines.
 *
 * @return EFT_E_RANGE for another format; else as eft_run_lines().
 */
EFT_API EFT_MUST_CHECK eft_status
eft_run_veil(eft_context *ctx, const eft_plan_options *plan,
             const eft_input_options *input, eft_line_format format, eft_write_fn write,
             void *user, eft_write_fn map, void *map_user, eft_write_fn set_aside,
             void *set_aside_user, eft_run_counts *counts, eft_error *err);

/**
 * Read the inputs into a tally; if they are states, merge them. The caller owns `*out`;
 * on failure it is NULL.
 *
 * @return as eft_run_lines(), and EFT_E_CONFLICT for states beside texts, or unlike
 *         states.
 */
EFT_API EFT_MUST_CHECK eft_status eft_run_tally(eft_context *ctx,
                                                const eft_plan_options *plan,
                                                const eft_input_options *input,
                                                eft_tally **out, eft_write_fn set_aside,
                                                void *set_aside_user,
                                                eft_run_counts *counts, eft_error *err);

/**
 * Write a state so that it appears whole, mode 0600.
 *
 * @return EFT_E_CONFLICT when there is something at `path` and `replace` is false,
 *         EFT_E_RANGE for a tally that was merged away, EFT_E_IO, EFT_E_NOMEM.
 */
EFT_API EFT_MUST_CHECK eft_status eft_save_state(eft_context *ctx, eft_tally *tally,
                                                 const char *path, bool replace,
                                                 eft_error *err);
/**
 * Read a state from a file, under the settings that it was made with: of `plan`, what is
 * said of writers, facets, feelings, terms and compounds is not looked at. The caller
 * owns `*out`.
 *
 * @return EFT_E_FORMAT for what is no state, or damaged; EFT_E_IO, and as
 *         eft_plan_new().
 */
EFT_API EFT_MUST_CHECK eft_status eft_load_state(eft_context *ctx,
                                                 const eft_plan_options *plan,
                                                 const char *path, eft_tally **out,
                                                 eft_error *err);

enum {
    EFT_SAVE_REPLACE = 1 << 0, /**< an earlier results folder of that name */
    /** Add `review/`, mode 0600 and sensitive: terms and sentences that wait for a person
     *  (needs EFT_PLAN_SPOOL). */
    EFT_SAVE_REVIEW = 1 << 1,
    EFT_SAVE_NO_REPORT = 1 << 2, /**< neither report.html nor figures/ */
    /** Add `working.sqlite`, mode 0600 and sensitive: every hit with its places and the
     *  labels of each reflection, no text (needs EFT_PLAN_KEEP_HITS). */
    EFT_SAVE_HITS = 1 << 3,
    /** Add `veiled.jsonl`, mode 0600 and sensitive: the veiled text of each reflection
     *  that is counted, in the order of the input (needs EFT_PLAN_SPOOL). */
    EFT_SAVE_VEILED = 1 << 4
};

/** What goes into a results folder beside the tables. */
typedef struct eft_save_options {
    uint32_t struct_size;
    uint32_t flags;     /**< EFT_SAVE_* */
    const char *folder; /**< must not exist, unless replaced */
    const char *log; /**< path of the release log, in a folder that is there; NULL: none
                             is written */
    eft_text set_aside; /**< content of set-aside.jsonl; empty: none */
    eft_text run_json;  /**< a JSON object for run.json (time, host, inputs) or empty; the
                             hashes of all files are added to it ("files", "sensitive")
                             and must not be in it */
    uint64_t reserved;  /**< 0 */
    const eft_report_options *report; /**< NULL: a whole Swedish report */
} eft_save_options;

/**
 * Write results.sqlite, tables, summary.json, manifest.json, report.html, figures ...
 * The folder appears whole or not at all. The log is written first: a release that cannot
 * be logged is none.
 *
 * @return EFT_E_CONFLICT when the folder is there, or when `results` are not the latest
 *         release of `tally` as it is; EFT_E_CANCELLED before it is logged; EFT_E_IO,
 *         EFT_E_ABI, EFT_E_RANGE, EFT_E_NOMEM.
 */
EFT_API EFT_MUST_CHECK eft_status eft_save_results(eft_context *ctx, eft_tally *tally,
                                                   const eft_results *results,
                                                   const eft_save_options *opts,
                                                   eft_error *err);

/**
 * Draw the report again from the results folder `folder` (results.sqlite and
 * manifest.json; nothing else is read) and hand it to `write`.
 *
 * @return EFT_E_FORMAT for what is no results folder, EFT_E_RANGE for an unknown
 * language, section or a logo that is no picture, EFT_E_LIMIT, EFT_E_ABI, EFT_E_NOMEM,
 * what `write` answers.
 */
EFT_API EFT_MUST_CHECK eft_status eft_report_folder(eft_context *ctx, const char *folder,
                                                    const eft_report_options *opts,
                                                    eft_write_fn write, void *user,
                                                    eft_error *err);

/** A finished results folder among several. */
typedef struct eft_run_folder {
    const char *name;   /**< of the run in the file; no two alike */
    const char *folder; /**< path */
} eft_run_folder;
/**
 * Put finished results into one SQLite file at `path`, which must not exist and appears
 * whole: every table with a column `run`, a table `runs`, and views over runs. Nothing
 * new is released: what could be told from several releases of the same texts their log
 * has seen to.
 *
 * @return EFT_E_FORMAT for what is no results folder, EFT_E_RANGE for names that are
 *         empty, too long or alike, EFT_E_CONFLICT when there is a file already or tables
 *         have unlike columns, EFT_E_IO, EFT_E_NOMEM.
 */
EFT_API EFT_MUST_CHECK eft_status eft_merge_results(eft_context *ctx,
                                                    const eft_run_folder *runs,
                                                    size_t count, const char *path,
                                                    eft_error *err);

/** One difference: a file of the folder or a table, its row from 1 (0: all of it; in a
 * CSV file the heading is 1), and a sentence of ours. EFT_STOP: no more, with EFT_OK. */
typedef eft_status (*eft_finding_fn)(void *user, const char *file, uint64_t row,
                                     const char *what);
/**
 * Check a finished results folder: the hash of every file, the tables as CSV and JSON
 * against the database, and that hidden rows have no numbers and shown ones at least k.
 * `*found` counts the differences; `fn` may be NULL. Finds accidents and edits, not
 * somebody who makes the hashes anew.
 *
 * @return EFT_E_FORMAT for what is no results folder, EFT_E_NOMEM, what `fn` answers.
 */
EFT_API EFT_MUST_CHECK eft_status eft_verify_folder(eft_context *ctx, const char *folder,
                                                    eft_finding_fn fn, void *user,
                                                    uint64_t *found, eft_error *err);

enum {
    EFT_TRACE_VEILED = 1 << 0 /**< with the veiled text, from EFT_SAVE_VEILED */
};
/** Which cell of a results folder is asked about. */
typedef struct eft_trace_options {
    uint32_t struct_size;
    uint32_t flags;        /**< EFT_TRACE_* */
    const char *table;     /**< "themes", "themes_by_unit", "assignment_themes" ... */
    const eft_text *where; /**< "theme=oro", "label=Norr": keys of the table */
    size_t where_count;
    uint64_t reserved; /**< 0 */
} eft_trace_options;
/**
 * The reflections behind a cell of the results folder `folder`, one JSON line each, in
 * the order of the input: {"reflection","id","writer","hits":[{"theme","entry",
 * "polarity","span","sentence","veiled_span","veiled_sentence"}]}, places in code points,
 * half open. Needs the folder's `working.sqlite`; passes no gate.
 *
 * @return EFT_E_FORMAT where there is none or it is damaged, EFT_E_RANGE for a table that
 *         cannot be traced or a key that it does not have, EFT_E_MISSING without a table,
 *         EFT_E_ABI, EFT_E_NOMEM, what `write` answers.
 */
EFT_API EFT_MUST_CHECK eft_status eft_trace_folder(eft_context *ctx, const char *folder,
                                                   const eft_trace_options *opts,
                                                   eft_write_fn write, void *user,
                                                   eft_error *err);

/**
 * What a person reads in a terminal after analyse, in the words of the report.
 * `language` "sv" (also NULL) or "en"; `counts` may be NULL; `color`: with escape
 * sequences.
 *
 * @return EFT_E_RANGE for another language, EFT_E_NOMEM, what `write` answers.
 */
EFT_API EFT_MUST_CHECK eft_status eft_summary(
    eft_context *ctx, const eft_results *results, const eft_run_counts *counts,
    const char *language, bool color, eft_write_fn write, void *user, eft_error *err);

/** One entry of a lexicon against a corpus. Borrowed for the call. */
typedef struct eft_entry_count {
    eft_text entry;                /**< "eget:oro:7" */
    uint32_t line;                 /**< of the file */
    uint64_t reflections, writers; /**< with a hit of it, whatever the polarity */
} eft_entry_count;
typedef eft_status (*eft_entry_fn)(void *user, const eft_entry_count *entry);
/** All entries together. */
typedef struct eft_coverage {
    uint64_t reflections;   /**< that say something, in Swedish */
    uint64_t with_theme;    /**< of these, with an affirmed or negated hit */
    uint64_t entries, dead; /**< dead: without a hit in this corpus */
} eft_coverage;
/**
 * A lexicon against the texts of `input`: `fn` (may be NULL) is called for each entry in
 * the order of the file, also for those without a hit. Plain counts that passed no gate:
 * for the one who has the texts. Lexicons and model of `opts` are not looked at.
 *
 * @return as eft_run_lines().
 */
EFT_API EFT_MUST_CHECK eft_status eft_lexicon_coverage(eft_context *ctx,
                                                       eft_lexicon *lexicon,
                                                       const eft_plan_options *opts,
                                                       const eft_input_options *input,
                                                       eft_entry_fn fn, void *user,
                                                       eft_coverage *out, eft_error *err);

/** One column, from the first: `role` is "-" where it was taken for none. The header is
 *  document text: show it on a terminal only. */
typedef eft_status (*eft_column_fn)(void *user, uint32_t position, eft_text header,
                                    const char *role);
/**
 * What each column of one file was taken for, with the maps of `input`.
 *
 * @return EFT_E_RANGE unless `input` names one path, what `fn` answers, and as
 *         eft_run_lines() for what cannot be read.
 */
EFT_API EFT_MUST_CHECK eft_status eft_read_columns(eft_context *ctx,
                                                   const eft_input_options *input,
                                                   eft_column_fn fn, void *user,
                                                   eft_error *err);

#ifdef __cplusplus
}
#endif
#endif
