/*
 * dates.h - what the files of dates ask each other
 *
 *   dates.c        days in figures and in words
 *   dates_told.c   days with a stop (12.11), which what stands around them tells
 */
#ifndef EFTI_VEIL_DATES_H
#define EFTI_VEIL_DATES_H

#include "veil/find.h"

/* Run `at`: its number; whether nobody has it yet; what stands before it; one figure or
 * two. */
static inline uint32_t
date_value(const struct efti_veil *v, size_t at)
{
    return efti_veil_number(efti_veil_digits(v, at), v->runs.items[at].count);
}

static inline bool
date_is_free(const struct efti_veil *v, size_t at)
{
    return at < v->runs.count && v->runs.items[at].taken == 0;
}

static inline enum veil_gap
date_gap(const struct efti_veil *v, size_t at)
{
    return date_is_free(v, at) ? (enum veil_gap)v->runs.items[at].gap : VEIL_GAP_FAR;
}

static inline bool
date_is_small(const struct efti_veil *v, size_t at)
{
    return date_is_free(v, at) && v->runs.items[at].count <= 2;
}

/** A day from run `at` to `last`. */
static inline bool
date_propose(struct efti_veil *v, size_t at, size_t last)
{
    efti_veil_propose(v, v->runs.items[at].start, v->runs.items[last].end, VEIL_RULE_DATE,
                      EFTI_EVIDENCE_SHAPE | EFTI_EVIDENCE_DATE_OK);
    return true;
}

/* dates_told.c */
/** Do the words before run `at` say that a day follows: nästa möte, senast? */
bool efti_date_is_said(const struct efti_veil *v, size_t at);
/** 22.1., 12.3.-25: proposes it, and gives the last run. */
bool efti_date_stop_month(struct efti_veil *v, size_t at, size_t *last);

#endif
