/*
 * options.h - the table of options, shared by the command line and the file of settings
 */
#ifndef EFTERTANKE_CLI_OPTIONS_H
#define EFTERTANKE_CLI_OPTIONS_H

#include "cli.h"

/* What a value is, and the type of the member of struct cli that it goes into. Those
 * without a type here have members of their own (cli_set_option()). */
enum option_kind {
    FLAG,  /* no value; bool */
    WORD,  /* const char * */
    COUNT, /* uint32_t */
    SIZE,  /* size_t */
    MAP,
    FACET,
    SCALE,
    AUDIENCE,
    LABELS,
    LEXICON,
    WHERE,
    TERMS, /* this and the rest: uint32_t, the place of a word in its list below */
    COMPOUNDS,
    REPLACE,
    FDR
};

struct cli_option {
    const char *name;     /* with its dashes */
    const char *commands; /* initials of those that know it; "*": all */
    enum option_kind kind;
    size_t offset; /* of the member */
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

#endif
