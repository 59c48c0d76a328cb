/*
 * evaluate.h - the engine's answers against gold: figures, and what went wrong where
 *
 * Three kinds: segment (words, sentences, compounds, terms), anonymise (spans), themes.
 * The engine runs on the texts of the gold file, or on those of `input` joined by id, and
 * each figure is handed to a callback with its counts, so that anybody can add them up
 * again. Mistakes come as id and position; their text only if it is asked for.
 *
 * Forms of gold (docs/evaluate.md):
 *   JSON Lines  {"id", "text"?, "spans":[{"start","end","category"}]}
 *               {"id", "text"?, "themes":[...], "negated":[...], "writer"?}
 *               ("negated": what the text says is missing, and with it one of "themes")
 *               {"id", "text", "sentences":[strings or [start, end]], "tokens":[...]?}
 *   tables      id and themes; id and a column for each theme (1, 0, -1); a row for each
 *               span with id, start, end, category
 *   tab-separated  word, nätverk+s|arbete  (compounds); lemma, form form ... (terms)
 *   CoNLL-U     tokens, sentences, lemmas        IOB    tokens with B-PER ...
 * Positions are code points, half open.
 */
#ifndef EFTERTANKE_EVALUATE_H
#define EFTERTANKE_EVALUATE_H

#include <eftertanke/run.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum eft_evaluation {
    EFT_EVALUATE_SEGMENT = 1,
    EFT_EVALUATE_ANONYMISE = 2,
    EFT_EVALUATE_THEMES = 3
} eft_evaluation;

enum {
    EFT_EVALUATE_SHOW_TEXT = 1 << 0, /**< mistakes carry the text around them: raw */
    /** Themes: the tags that writers gave their own texts stand in for gold, which must
     *  be NULL; the texts with tags are those of the input. Only themes that some tag
     *  stands for are judged, and no polarity. */
    EFT_EVALUATE_TAGS = 1 << 1
};

/** One figure. Borrowed for the call. */
typedef struct eft_figure {
    const char *group; /**< "all", "category", "casing", "origin", "theme", "tags", "unit"
                            or the name of a facet ... */
    eft_text value;    /**< which one: "PERSON"; empty for "all" */
    const char *measure;  /**< "recall", "precision", "f1", "kappa" ... */
    uint64_t part, whole; /**< a share is part / whole; whole 0: not a share */
    double estimate;      /**< NaN: not defined */
    double low, high; /**< 95 % interval, of themes and spans with writers (or texts) as
                               the source of error, else Wilson's; NaN: none, or too
                               few writers */
    /** With a model: whose themes were judged, "lexicon", "model" or "together" (the
     *  model where it is used, else the lexicon). NULL: there is no model, or the figure
     *  tells of the gold alone. */
    const char *source;
} eft_figure;
/** One disagreement. Borrowed for the call. */
typedef struct eft_mistake {
    const char *kind;    /**< "missed", "false alarm", "joined", "split" ... */
    eft_text id;         /**< of the text, as the output formats print it */
    uint64_t start, end; /**< code points; 0, 0: the whole text */
    eft_text label;      /**< category, theme */
    eft_text by;         /**< rule, entry, or empty */
    eft_text text;       /**< empty unless EFT_EVALUATE_SHOW_TEXT */
} eft_mistake;
typedef eft_status (*eft_figure_fn)(void *user, const eft_figure *figure);
typedef eft_status (*eft_mistake_fn)(void *user, const eft_mistake *mistake);

/** Fill with zeroes and set struct_size. Strings are borrowed until the call returns. */
typedef struct eft_evaluate_options {
    uint32_t struct_size;
    uint32_t flags; /**< EFT_EVALUATE_* */
    eft_evaluation kind;
    uint32_t replicates; /**< 0: intervals of themes leave each writer out in turn. Else
                              writers are drawn again so many times, and intervals are
                              percentiles: too narrow below some 50 writers */
    const char *gold;    /**< path of the gold file */
    const char *against; /**< themes: a second gold file in place of the engine (two
                              readers: the ceiling); else NULL */
    uint64_t seed;       /**< of the draws; 0: the default of all runs */
    eft_figure_fn figure;
    eft_mistake_fn mistake; /**< NULL: not asked for */
    void *user;
    /** EFT_EVALUATE_TAGS: path of a file that says which tag stands for which theme, a
     * line `tag;theme` (or a tab, or a comma; `#` and a blank begin a remark), the theme
     * by id or label, without one: for none. NULL: a tag stands for the theme whose id or
     * label it is. Case and a `#` before a tag do not matter. */
    const char *tag_map;
    uint64_t reserved; /**< 0 */
} eft_evaluate_options;

/**
 * `input` gives the texts when the gold file has none, joined by id; NULL: none. Where
 * both have a text the gold's is used; if they differ in more than blanks that is a
 * mistake ("other text", with its line), and counted. Figures come in a fixed order.
 *
 * Cost: one pass of the engine over the texts, then writers * themes, times replicates
 * where writers are drawn.
 *
 * @return EFT_E_FORMAT with the line for gold (or a tag map) that cannot be read,
 *         EFT_E_MISSING when gold has no text and no input joins it, or no tag stands for
 *         a theme, EFT_E_IO, EFT_E_LIMIT, EFT_E_RANGE, what a callback answered, and as
 *         eft_plan_new() and eft_run_lines().
 */
EFT_API EFT_MUST_CHECK eft_status eft_evaluate(eft_context *ctx,
                                               const eft_plan_options *plan,
                                               const eft_input_options *input,
                                               const eft_evaluate_options *opts,
                                               eft_error *err);

#ifdef __cplusplus
}
#endif
#endif
