/*
 * themes.h - what the two files of the evaluation of themes share
 *
 *     themes.c         the cells of each text, measures over all and by theme
 *     theme_groups.c   F1 by unit and facet, and what a value may be called
 */
#ifndef EFTI_EVALUATE_THEMES_H
#define EFTI_EVALUATE_THEMES_H

#include "evaluate/evaluate.h"
#include "stats/agreement.h"

enum { CELL_GOLD = 1, CELL_FOUND = 2, CELL_GOLD_NEGATED = 4, CELL_FOUND_NEGATED = 8 };

/** Counts of one cluster for one theme. */
struct theme_cell {
    uint32_t tp, fp, fn, tn;
    uint32_t negated_tp, negated_fp, negated_fn;
};

enum theme_source { SOURCE_LEXICON, SOURCE_MODEL, SOURCE_TOGETHER };

struct themes {
    struct efti_evaluation *e;
    enum theme_source source;
    struct efti_strings *names, *clusters;
    EFTI_ARRAY(uint32_t) order; /* themes that are judged, by bytes */
    size_t docs, theme_count, cluster_count;
    uint8_t *cells;            /* docs * theme_count of CELL_* */
    uint32_t *cluster_of;      /* of each document */
    struct theme_cell *sums;   /* clusters + 2 (totals, those of a draw) * theme_count */
    struct theme_cell *totals; /* one of these two */
};

/** What F1 is about, of a table. */
static inline double
units_of_f1(const struct efti_confusion *c)
{
    return (double)c->tp + (double)(c->fp + c->fn) / 2;
}

void efti_theme_cell_add(struct theme_cell *c, uint8_t cell);
/** Figures by unit and by each facet. */
eft_status efti_themes_groups(struct themes *t, eft_error *err);

#endif
