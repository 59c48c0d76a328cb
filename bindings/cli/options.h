/*
 * options.h - the table of options, shared by the command line and the file of settings
 */
#ifndef EFTERTANKE_CLI_OPTIONS_H
#define EFTERTANKE_CLI_OPTIONS_H

#include "cli.h"

enum option_kind {
    FLAG,
    WORD,
    COUNT,
    MAP,
    FACET,
    SCALE,
    AUDIENCE,
    LABELS,
    LEXICON,
    WHERE,
    SIZE,
    TERMS,
    COMPOUNDS,
    REPLACE,
    FDR
};

struct cli_option {
    const char *name, *commands; /* commands: initials of those that know it, "*": all */
    enum option_kind kind;
    size_t offset;
};

extern const struct cli_option cli_options[];
/* by EFT_TERMS_*, EFT_COMPOUNDS_*, EFT_REPLACE_*, EFT_ADJUST_* */
extern const char *const cli_terms[2], *const cli_compounds[3], *const cli_replace[5],
                                                                    *const cli_fdr[3];
extern const size_t cli_option_count;

#define AT(member) offsetof(struct cli, member)
#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

/** Edit distance of two short words, for suggestions. */
size_t cli_distance(const char *a, const char *b);
/** The first of the names of one setting: -j and --threads are one. */
size_t cli_canonical(size_t index);
int cli_set_option(struct cli *c, const struct cli_option *o, const char *value);
/** role=column or name=column; the text is copied. */
int cli_add_map(struct cli *c, const char *value, bool facet);
/** Print "eftertanke: message word" (word may be NULL); answers CLI_USAGE. */
int cli_usage(const char *message, const char *word);

#endif
