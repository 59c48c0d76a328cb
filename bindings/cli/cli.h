/*
 * cli.h - the command line, on the public headers alone
 *
 * Data go to stdout, everything else to stderr. Exit codes: 0 done; 1 done, but records
 * were set aside or a check failed; 2 usage or settings; 3 unreadable input; 4 internal.
 */
#ifndef EFTERTANKE_CLI_H
#define EFTERTANKE_CLI_H

#include <eftertanke.h>

#include <stdio.h>
#include <time.h>

enum { CLI_DONE = 0, CLI_SET_ASIDE = 1, CLI_USAGE = 2, CLI_INPUT = 3, CLI_INTERNAL = 4 };

#define CLI_MAX_LEXICONS 32
#define CLI_MAX_MAPS 64
#define CLI_MAX_WHERE 8
#define CLI_MAX_ASSIGNMENTS 256
#define CLI_MAX_OPTIONS 128

/** Who said a setting: nobody, the file of --config, or the command line, which wins. */
enum cli_source { CLI_DEFAULT, CLI_FILE, CLI_LINE };

/** Everything that can be said on the command line. Strings are borrowed from argv. */
struct cli {
    const char *command;
    const char *paths[4096];
    uint32_t arguments[4096]; /* their places in argv */
    size_t path_count;
    /* input */
    eft_column_map maps[CLI_MAX_MAPS];
    char map_text[CLI_MAX_MAPS][160];
    size_t map_count;
    bool strict;
    size_t max_text;
    double feeling_low, feeling_high;
    uint32_t threads, batch;
    /* instrument */
    const char *lexicons[CLI_MAX_LEXICONS];
    size_t lexicon_count;
    const char *dictionary, *allow, *stop, *key;
    const char *model, *decide; /* "core", "none" or a file; NULL: the default */
    bool weights;               /* lexicon list: the words that have weights */
    bool corpus;                /* lexicon check: the inputs behind the file */
    const char *kwic;           /* a theme */
    bool no_dictionary, accept_language;
    uint32_t terms, compounds; /* EFT_TERMS_*, EFT_COMPOUNDS_* */
    uint32_t replace;          /* EFT_REPLACE_* */
    uint32_t shift_dates;
    const char *map_out; /* the way back */
    bool explain;
    const char *roster; /* file of own names */
    const char *deny, *categories;
    bool leave_people;
    /* release */
    uint32_t k;
    bool external, one_text_per_writer, hide_units, notes, no_stop, no_pairs, suggest,
        no_inference;
    uint32_t window;               /* words; 0: none */
    uint32_t pair_terms;           /* 0: as many as usual */
    uint32_t fdr;                  /* EFT_ADJUST_* */
    const char *assignment_order;  /* "day", "name" or values with | between; NULL: day */
    const char *protect;           /* "round:10" ...; NULL: suppress */
    const char *budget;            /* of privacy: rho */
    eft_text where[CLI_MAX_WHERE]; /* conditions that all hold */
    size_t where_count;
    const char *log;
    bool no_log;
    const char *quotes; /* "auto" or a file of approved ones */
    bool no_quotes, review, keep_hits, veiled;
    const char *table;    /* of trace */
    const char *withdraw; /* file of people to take out */
    const char *party;    /* the name that others see */
    bool disjoint;        /* affirmed: nobody writes in two parties */
    /* output */
    const char *out;
    bool force, spans, veil, json, quiet, help, version;
    const char *lang, *title, *logo, *sections;
    bool no_report;
    /* evaluation */
    const char *gold, *against, *tag_map;
    bool by_tags, mistakes, show_text;
    bool hands; /* train: folds are those who coded */
    uint32_t replicates, seed;
    /* settings */
    const char *config; /* file of --config, or NULL */
    bool show;
    char *config_text;                   /* values read from it */
    unsigned char said[CLI_MAX_OPTIONS]; /* enum cli_source, by place in the table */
};

/* Functions that answer int answer an exit code; a failure was told on stderr by then. */

/* ------------------------------------------------ options.c, settings.c, config.c */

/** Fill `c` from the arguments. CLI_DONE or CLI_USAGE. */
int cli_parse(int argc, char **argv, struct cli *c);
/** Free what cli_parse() kept. */
void cli_close(struct cli *c);
/** Does this command take an option of that name? NULL takes all. */
bool cli_knows(const char *command, const char *name, size_t size);
/** Print "eftertanke: message word" (word may be NULL); answers CLI_USAGE. */
int cli_usage(const char *message, const char *word);

/** One setting from a file: `key` is an option without its dashes, `part` the role or
 *  name of a map or facet (else NULL). Strings must live as long as `c`. What the command
 *  line said stays. A wrong setting is told with its line; so is an unknown key, with
 *  the nearest right one. */
int cli_set_from_file(struct cli *c, const char *key, const char *part, const char *value,
                      unsigned long line);
/** Does the option `key` take several values (lexicon) or pairs (map, facet)? */
enum cli_shape { CLI_SHAPE_ONE, CLI_SHAPE_LIST, CLI_SHAPE_PAIRS };
enum cli_shape cli_shape_of(const char *key);
/** CLI_DONE, or the error of an unknown key. */
int cli_check_key(const char *key, unsigned long line);
/** Read the file of --config. */
int cli_read_config(struct cli *c);

/* ------------------------------------ plan.c, own_lists.c, kwic.c: how to count */

/** What the files of the options hold, and the plan options that point into it. */
struct cli_plan {
    eft_lexicon *lexicons[CLI_MAX_LEXICONS];
    size_t lexicon_count;
    eft_model *model, *weights;
    unsigned char key[32];
    char *allow_bytes, *deny_bytes, *roster_bytes, *stop_bytes; /* whole files */
    eft_text *allow, *roster, *units, *stop;                    /* places in them */
    eft_listed *deny, *allow_spans;
    char off_text[256];  /* --categories, cut at its commas */
    const char *off[18]; /* as many as there are categories */
    eft_plan_options options;
};
/** `flags`: EFT_PLAN_* that the command needs. Close `out` whatever the answer. */
int cli_plan_open(eft_context *ctx, const struct cli *c, uint32_t flags,
                  struct cli_plan *out);
void cli_plan_close(struct cli_plan *p);
/** Each reads one option's file, or list, into the plan. */
int cli_read_allow(const char *path, struct cli_plan *p);
int cli_read_deny(const char *path, struct cli_plan *p);
int cli_read_roster(const char *path, struct cli_plan *p);
int cli_read_categories(const char *list, struct cli_plan *p);
/** By the ending of a file; 0: none that we know. */
eft_lexicon_format cli_lexicon_format(const char *path);
/** A lexicon by its id or from a file, named `what` in messages. The caller owns it. */
int cli_lexicon_open(eft_context *ctx, const char *value, const char *what,
                     eft_lexicon **out);
/** Is --kwic the id of a theme of the plan? */
int cli_kwic_check(eft_context *ctx, const struct cli *c, const struct cli_plan *plan);
/** The input options of the library, pointing into `c`. */
eft_input_options cli_input(const struct cli *c);

/* ------------------------------------------------------------------- files.c, sink.c */

/** Print an error as "eftertanke: ..."; the exit code that it means. */
int cli_fail(const eft_error *err);
/** Whole file into memory (NUL behind it), to be freed; NULL after a message. */
char *cli_read_file(const char *path, const char *what, size_t *size);
/** Text from the data on a terminal: control characters print as '?'. */
void cli_put_text(FILE *to, eft_text t);

/** Bytes in memory (set-aside lines). */
struct cli_buffer {
    char *bytes;
    size_t size, capacity;
};
/** An eft_write_fn; `user` is the buffer. */
eft_status cli_buffer_write(void *user, const void *bytes, size_t size);

/** A file or stdout that bytes go to; a file appears whole (written beside, renamed). A
 *  device or pipe is written to as it is. */
struct cli_sink {
    FILE *file;
    const char *final_name; /* NULL: nothing to rename */
    bool force;
    int why; /* errno of what it refused; 0: nothing */
    char unfinished[4096];
};
int cli_sink_open(struct cli_sink *s, const char *path, bool force);
/** An eft_write_fn; `user` is the sink. */
eft_status cli_sink_write(void *user, const void *bytes, size_t size);
/** An error of a call that wrote there: if the sink refused, its reason is told. */
int cli_sink_fail(const struct cli_sink *s, const eft_error *err);
/** Finish (rename) or, with `keep` false, throw away. */
int cli_sink_close(struct cli_sink *s, bool keep);
/** Why a file refused what was written, by its errno. */
const char *cli_why_refused(int number);
/** Take the unfinished file away when a signal ends the program. */
void cli_catch_signals(void);
/** While the library writes: a signal waits until it has written, or has taken away what
 *  it began. */
void cli_hold_signals(eft_context *ctx);
void cli_release_signals(eft_context *ctx);
/** Say before the work, not after it, that `path` is taken or has no folder to lie in. */
int cli_output_check(const char *path, const char *what, bool force);
/** The same of the folder alone, for what may be there already. */
int cli_folder_check(const char *path, const char *what);
/** Nor may the folder `path`, which is replaced, hold a file of decisions that was
 *  given. */
int cli_output_spares(const char *path, const char *file, const char *option);
/** Whether a file is there or will be: one file, or one name in one folder? */
bool cli_is_same_file(const char *a, const char *b);
/** No input is written over, not even by --force; else it is said. */
bool cli_spares_inputs(const struct cli *c);

/* ----------------------------------------------------- states.c: inputs into a tally */

/** All inputs in one tally, and what was said of them on the way. */
struct cli_counted {
    eft_tally *tally;
    eft_run_counts counts;
    struct cli_buffer set_aside;
};
/** Free `out` whatever the answer. */
eft_status cli_count(eft_context *ctx, const struct cli *c, const struct cli_plan *plan,
                     struct cli_counted *out, eft_error *err);
void cli_counted_free(struct cli_counted *x);

/* --------------- analyse.c, protect.c, folders.c, review.c: how it is released */

/** --protect and --privacy-budget into `release`. */
int cli_protection(const struct cli *c, eft_release_options *release);
/** The release log of --log, or the one in the state folder, or NULL with --no-log.
 *  CLI_USAGE or CLI_INPUT when there is no place for it, or when an external release
 *  would do without. The folder in the state folder is made. */
int cli_log(const struct cli *c, char *buffer, size_t size, const char **log);
/** EFT_RELEASE_* of what was said. */
uint32_t cli_release_flags(const struct cli *c);
/** run.json without its hashes; answers as snprintf(). */
int cli_run_json(const struct cli *c, const eft_run_counts *counts, time_t started,
                 char *buffer, size_t size);
/** --lang, --title, --logo, --sections, --no-quotes. `*logo` gets the bytes of the logo:
 *  free them. */
int cli_report_options(const struct cli *c, eft_report_options *out, char **logo);

/** Quotes of a review file that a person approved. */
struct cli_quotes {
    eft_quote *items;
    size_t count;
    void *root; /* what the texts lie in */
};
int cli_quotes_read(const char *path, struct cli_quotes *out);
void cli_quotes_free(struct cli_quotes *q);

/* ---------------------------------------- summary.c, analyse.c: what is said */

/** Warnings every command gives: set aside, Windows-1252, no writers. */
void cli_warnings(const struct cli *c, const eft_run_counts *counts);
/** The first twenty set-aside lines and how many there are more. */
void cli_print_set_aside(const struct cli_buffer *b);
/** Tell on stderr how many records were read; then wipe that line. */
eft_status cli_progress(void *user, uint64_t done);
void cli_progress_done(void);
/** What is to be said of a filter whose tables were released. */
void cli_tell_filter(const struct cli *c, const eft_results *results);
/** On stdout: summary.json of a finished folder, or the same in words. */
int cli_print_json_summary(const char *folder);
int cli_print_summary(eft_context *ctx, const struct cli *c, const eft_results *results,
                      const eft_run_counts *counts);

/* --------------------------------------------------------------------- the commands */

/** Help of a command, or of all (NULL), on `to`. */
void cli_help(FILE *to, const char *command);
int cli_analyse(eft_context *ctx, const struct cli *c);
int cli_columns(eft_context *ctx, const struct cli *c);
int cli_config(const struct cli *c);
int cli_evaluate(eft_context *ctx, const struct cli *c);
int cli_lexicon(eft_context *ctx, const struct cli *c);
int cli_lines(eft_context *ctx, const struct cli *c, eft_line_format format);
int cli_merge_results(eft_context *ctx, const struct cli *c);
int cli_report(eft_context *ctx, const struct cli *c);
int cli_review(const struct cli *c);
int cli_seal(eft_context *ctx, const struct cli *c);
int cli_tally(eft_context *ctx, const struct cli *c);
int cli_trace(eft_context *ctx, const struct cli *c);
int cli_train(eft_context *ctx, const struct cli *c);
int cli_verify(eft_context *ctx, const struct cli *c);
/** Are all inputs sealed states? Then analyse and merge take another way. */
int cli_are_sealed(eft_context *ctx, const struct cli *c, bool *sealed);
int cli_analyse_sealed(eft_context *ctx, const struct cli *c);
int cli_merge_sealed(eft_context *ctx, const struct cli *c);

#endif
