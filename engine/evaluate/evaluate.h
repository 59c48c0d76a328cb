/*
 * evaluate.h - what the files of the room share
 *
 *     gold.c gold_text.c    a gold file -> documents, words
 *     evaluate.c            joins texts from an input, runs the kind asked for
 *     segment.c words.c     sentences and words; compounds and terms
 *     tags.c                the writers' own tags as gold
 *     spans.c themes.c      identifiers; themes
 *     figures.c             counts -> figures with intervals
 *
 * Documents hold raw text and live as long as the evaluation. Positions in memory are
 * bytes; files have code points.
 */
#ifndef EFTI_EVALUATE_H
#define EFTI_EVALUATE_H

#include "pipeline/pipeline.h"
#include "read/read.h"
#include "stats/jackknife.h"
#include "stats/resample.h"

#include <eftertanke/evaluate.h>

#define EFTI_MOST_GOLD ((size_t)1 << 30) /* bytes of a gold file */

struct efti_gold_span {
    uint32_t start, end; /* code points while read, bytes once joined with the text */
    eft_text label;      /* category; empty */
    uint32_t line;       /* where it stands, if not where its document begins; or 0 */
};
/** A part of one of the arrays of a gold file. */
struct efti_gold_part {
    uint32_t first, count;
};
enum {
    EFTI_GOLD_TEXT = 1 << 0,
    EFTI_GOLD_SPANS = 1 << 1,
    EFTI_GOLD_THEMES = 1 << 2,
    EFTI_GOLD_SENTENCES = 1 << 3,
    EFTI_GOLD_TOKENS = 1 << 4,
    EFTI_GOLD_JOINED = 1 << 5,  /* a record of the input has its id */
    EFTI_GOLD_NEGATED = 1 << 6, /* it says what is negated, and be it nothing */
    EFTI_GOLD_OTHER = 1 << 7    /* that record has another text than the gold */
};
struct efti_gold_doc {
    eft_text id, text, writer, hand;  /* hand: who coded */
    eft_text group;                   /* origin of names, unit, or hand: group_name */
    eft_text facets[EFTI_MAX_FACETS]; /* from the input */
    uint32_t has;                     /* EFTI_GOLD_* */
    uint32_t line;
    struct efti_gold_part spans, sentences, tokens; /* of efti_gold.spans */
    struct efti_gold_part themes, negated;          /* of efti_gold.names */
};
/** A compound with its split, or a lemma with its forms. */
struct efti_gold_word {
    eft_text word, rest;
    uint32_t line;
};
/** A column of codes: the theme of that name, and its place from 1. */
struct efti_gold_column {
    eft_text theme;
    uint32_t place;
};
enum efti_gold_form { EFTI_GOLD_DOCS, EFTI_GOLD_COMPOUNDS, EFTI_GOLD_TERMS };

struct efti_gold {
    const eft_allocator *mem;
    struct efti_arena arena;
    char *bytes; /* the file */
    size_t size;
    eft_text body; /* behind a byte order mark */
    enum efti_gold_form form;
    const char *name;       /* "the gold file", "the second gold file" */
    bool in_rows;           /* of a spreadsheet: messages name rows, not lines */
    const char *group_name; /* "origin", "unit", "hand": the first that a text has */
    const char *facet_names[EFTI_MAX_FACETS];
    size_t facet_count;
    EFTI_ARRAY(struct efti_gold_doc) docs;
    EFTI_ARRAY(struct efti_gold_span) spans;
    EFTI_ARRAY(eft_text) names;
    EFTI_ARRAY(struct efti_gold_column) columns; /* none: all themes were judged */
    EFTI_ARRAY(struct efti_gold_word) words;
    struct efti_strings *ids; /* number: place in docs */
};
/** Read a whole gold file; its form is told by its first line. */
eft_status efti_gold_read(struct efti_gold *g, const eft_allocator *mem, const char *path,
                          const char *name, eft_error *err);
/** All bytes of a regular file and a NUL; release size + 1 of them. */
eft_status efti_gold_load(const eft_allocator *mem, const char *path, const char *name,
                          char **out, size_t *size, eft_error *err);
/** The same over bytes that efti_gold_free() will release (size + 1 of them). */
eft_status efti_gold_parse(struct efti_gold *g, const eft_allocator *mem,
                           const char *name, char *bytes, size_t size, eft_error *err);
void efti_gold_free(struct efti_gold *g);
/** gold_json.c */
eft_status efti_gold_jsonl(struct efti_gold *g, eft_error *err);
/** gold_text.c: tab-separated, CoNLL-U and IOB. */
eft_status efti_gold_table(struct efti_gold *g, eft_error *err);
eft_status efti_gold_conllu(struct efti_gold *g, eft_error *err);
eft_status efti_gold_iob(struct efti_gold *g, eft_error *err);
/** PER, LOC and the like, and our own categories; empty: no identifiers of ours. */
eft_text efti_gold_category(eft_text label);
/** gold_codes.c: a table of codes, told by its header. */
bool efti_gold_is_codes(eft_text line);
eft_status efti_gold_codes(struct efti_gold *g, eft_error *err);
/** gold_sheet.c: one code or span a cell or row, told by the header. */
eft_status efti_gold_is_sheet(struct efti_gold *g, bool *is, eft_error *err);
eft_status efti_gold_sheet(struct efti_gold *g, eft_error *err);
/** "line", or "row" of a table. */
static inline const char *
efti_gold_place_name(const struct efti_gold *g)
{
    return g->in_rows ? "row" : "line";
}
/** What a coder named among the negated is one of the themes. */
eft_status efti_gold_join_negated(struct efti_gold *g, struct efti_gold_doc *doc,
                                  eft_error *err);
/** Take the next line off `rest`, without its end; false: none is left. */
bool efti_gold_line(eft_text *rest, eft_text *line);
/** A new document; NULL: no memory. `line` is kept for messages. */
struct efti_gold_doc *efti_gold_add(struct efti_gold *g, eft_text id, uint32_t line,
                                    eft_error *err);
/** Code points of the spans of `doc` to bytes of its text; EFT_E_FORMAT when outside. */
eft_status efti_gold_place(struct efti_gold *g, struct efti_gold_doc *doc,
                           eft_error *err);

/** gold_cells.c. Rows of a table over the body of `g`, without blank ones; cells point
 *  there or into its arena, and hold until the next row. */
struct efti_cells {
    struct efti_gold *g;
    eft_text rest;
    char separator;
    uint32_t row; /* as a spreadsheet numbers it */
    size_t width; /* cells of the header, once it was read */
    EFTI_ARRAY(eft_text) cells;
};
void efti_cells_open(struct efti_cells *c, struct efti_gold *g, char separator);
void efti_cells_close(struct efti_cells *c);
/** The next row; EFT_END: none is left. EFT_E_FORMAT: quotes that do not match, another
 *  number of cells than the header. */
eft_status efti_cells_next(struct efti_cells *c, eft_error *err);
/** The first cell that says `name`, in any case; their number: none. */
size_t efti_cells_find(const struct efti_cells *c, const char *name);
/** EFT_E_FORMAT that names the row, and a column from 0. */
eft_status efti_cells_fail(const struct efti_cells *c, const char *what, eft_error *err);
eft_status efti_cells_fail_at(const struct efti_cells *c, size_t column, const char *what,
                              eft_error *err);

/** One evaluation under way. */
struct efti_evaluation {
    const eft_allocator *mem;
    const eft_evaluate_options *options;
    eft_plan *plan;
    eft_worker *worker;
    struct efti_worker core; /* for compounds and whether an id may be shown */
    bool core_open;
    const char *source; /* of eft_figure */
    struct efti_gold gold, other;
    bool by_tags;
    struct efti_strings *judged; /* by tags: the themes that a tag stands for */
    uint64_t tagged_texts, texts, mapped_tags, tags;
};
/** Gold (options->gold, against) joined with the texts of `input`, plan and workers.
 * Close it whatever the answer. */
eft_status efti_evaluation_open(struct efti_evaluation *e, eft_context *ctx,
                                const eft_plan_options *plan,
                                const eft_input_options *input, eft_error *err);
void efti_evaluation_close(struct efti_evaluation *e);
/** Is the theme one that is judged? By tags: one that a tag stands for. */
bool efti_evaluation_judges(const struct efti_evaluation *e, eft_text theme);
/** Every column of codes must be such a theme; EFT_E_FORMAT with its place. */
eft_status efti_gold_check_columns(const struct efti_evaluation *e,
                                   const struct efti_gold *g, eft_error *err);
/** Is it the id of a theme of a lexicon or of the model? */
bool efti_evaluation_has_theme(const struct efti_evaluation *e, eft_text theme);
/** tags.c. The gold documents are the records of `input` with tags that stand for themes;
 *  workers are open. EFT_E_MISSING: no tag does; EFT_E_FORMAT: a bad line of the map. */
eft_status efti_evaluation_take_tags(struct efti_evaluation *e,
                                     const eft_input_options *input, eft_error *err);
/** tags.c. Codes that are labels of a theme, or its id in other letters, become its
 *  id. */
eft_status efti_evaluation_name_themes(struct efti_evaluation *e, struct efti_gold *g,
                                       eft_error *err);
/** The first text of the gold that is another in the input; NULL: none is. */
const struct efti_gold_doc *efti_gold_other_text(const struct efti_gold *g);
/** Text, writer, unit and facets of a record, kept in the arena of `g`. */
eft_status efti_gold_join(struct efti_gold *g, struct efti_gold_doc *doc,
                          const struct efti_record *r, eft_error *err);
eft_status efti_gold_name_facets(struct efti_gold *g, const struct efti_read_shape *shape,
                                 eft_error *err);
/** A reader over `in` as the evaluation wants it. `maps` has EFTI_MAX_MAPS places. What
 *  it sets aside is not told: a document that nothing joins is an error of its own. */
eft_status efti_evaluation_reader(const eft_allocator *mem, const eft_input_options *in,
                                  struct efti_mapping *maps, struct efti_reader **out,
                                  eft_error *err);
eft_status efti_evaluate_segment(struct efti_evaluation *e, eft_error *err);
eft_status efti_evaluate_words(struct efti_evaluation *e, eft_error *err);
eft_status efti_evaluate_spans(struct efti_evaluation *e, eft_error *err);
eft_status efti_evaluate_themes(struct efti_evaluation *e, eft_error *err);

/** figures.c. A share with Wilson's interval. */
eft_status efti_figure_share(struct efti_evaluation *e, const char *group, eft_text value,
                             const char *measure, uint64_t part, uint64_t whole,
                             eft_error *err);
/** Intervals as the options ask for them: each cluster left out in turn, or all drawn
 *  again, when `drawn` tells the values of a draw (of the same user). */
eft_status efti_evaluation_intervals(struct efti_evaluation *e,
                                     const struct efti_jackknife *j, efti_statistic drawn,
                                     struct efti_interval *out, eft_error *err);
/** A value with an interval from elsewhere; of a share also its counts. */
eft_status efti_figure_value(struct efti_evaluation *e, const char *group, eft_text value,
                             const char *measure, const struct efti_interval *i,
                             eft_error *err);
eft_status efti_figure_part(struct efti_evaluation *e, const char *group, eft_text value,
                            const char *measure, uint64_t part, uint64_t whole,
                            const struct efti_interval *i, eft_error *err);
/** Harmonic mean of two shares, no interval. */
eft_status efti_figure_f1(struct efti_evaluation *e, const char *group, eft_text value,
                          const char *measure, uint64_t tp, uint64_t fp, uint64_t fn,
                          eft_error *err);
/** Number what varies together: `cluster_of[i]` of each gold document is that of its
 *  writer, else its own. `clusters` begins empty. */
eft_status efti_evaluation_clusters(const struct efti_evaluation *e,
                                    struct efti_strings *clusters, uint32_t *cluster_of,
                                    eft_error *err);
#define EFTI_AROUND 40 /* bytes around a word or a span: enough to know the place by */
/** Where the engine and the gold disagree over a document. */
struct efti_disagreement {
    const char *kind;
    size_t start, end;  /* bytes of its text; 0, 0: the whole of it */
    eft_text label, by; /* what is left out is empty */
    size_t around;      /* bytes of text that are shown on both sides, if text is shown */
};
/** Hand it over as a mistake, where mistakes are asked for. */
eft_status efti_mistake_at(struct efti_evaluation *e, const struct efti_gold_doc *doc,
                           const struct efti_disagreement *d, eft_error *err);

#define EFTI_SHOWN_LABEL 96
/** A category value as it may be printed: what could name a person is `group`-`number`,
 *  in `buffer`. Unit, facet, code of a reader. */
eft_status efti_evaluation_label(const struct efti_evaluation *e, const char *group,
                                 eft_text value, uint32_t number,
                                 char buffer[EFTI_SHOWN_LABEL], eft_text *out,
                                 eft_error *err);

#define EFTI_ALL ((eft_text){"", 0})

#endif
