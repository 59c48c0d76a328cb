/*
 * cell.h - a set of things counted, and who stands behind it
 *
 * Fed writer by writer: efti_cell_add(c, x) once for each writer with x > 0.
 */
#ifndef EFTI_TALLY_CELL_H
#define EFTI_TALLY_CELL_H

#include <stdint.h>

struct efti_cell {
    uint64_t count;      /* of what is counted: reflections, sentences, tokens */
    uint64_t top1, top2; /* the two largest shares of one writer */
    uint32_t writers;    /* distinct writers with more than nothing */
};

static inline void
efti_cell_add(struct efti_cell *c, uint64_t x)
{
    if (x == 0)
        return;
    c->count += x;
    c->writers++;
    if (x > c->top1) {
        c->top2 = c->top1;
        c->top1 = x;
    } else if (x > c->top2) {
        c->top2 = x;
    }
}

#endif
