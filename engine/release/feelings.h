/*
 * feelings.h - tables of feelings: feelings.c gathers, judges and tests them,
 * feelings_steps.c says what of a distribution is told, feelings_tags.c of that of a tag
 */
#ifndef EFTI_RELEASE_FEELINGS_H
#define EFTI_RELEASE_FEELINGS_H

#include "release/internal.h"

#define FEELING_MIDDLE 3u /* steps of the lower class: 1 to 3 */

/* A theme, a tag or an assignment. */
struct feeling_subject {
    struct release_feeling feeling;
    double sum;
    struct release_mean mean;
    struct efti_within within;
    double here, here_sum; /* of the writer at hand: texts with it */
    uint32_t seen;         /* the last record, + 1 */
};
struct feeling_table {
    struct release_job *j;
    struct eft_table *t;
    const struct release_role *role; /* NULL: themes */
    const char *key;                 /* name of the key column */
    size_t subjects;
    int64_t low;
    size_t steps;             /* 0: too many to tell apart */
    size_t classes;           /* 2 on the scale 1 to 5, else 0 */
    struct release_sets sets; /* with a feeling by subject; by subject and step; steps;
                                 below the top by subject; above the bottom; all of
                                 each subject of a role; by subject and class; classes */
    EFTI_ARRAY(struct feeling_subject) of;
    EFTI_ARRAY(double) p, q;    /* by subject */
    double texts, sum, squares; /* of the writer at hand, with a feeling */
    uint32_t writer, record;
    EFTI_ARRAY(struct efti_cell) cells; /* steps of one subject, then its classes */
    EFTI_ARRAY(uint8_t) may; /* of tags: steps by tag, classes by tag; else empty */
};

static inline size_t
feeling_step_set(const struct feeling_table *x, size_t subject, size_t step)
{
    return x->subjects + subject * x->steps + step;
}

static inline size_t
feeling_below_set(const struct feeling_table *x, size_t subject)
{
    return feeling_step_set(x, x->subjects + 1, 0) + subject;
}

static inline size_t
feeling_above_set(const struct feeling_table *x, size_t subject)
{
    return feeling_below_set(x, x->subjects) + subject;
}

static inline size_t
feeling_whole_set(const struct feeling_table *x, size_t subject)
{
    return feeling_above_set(x, x->subjects) + subject;
}

static inline size_t
feeling_class_set(const struct feeling_table *x, size_t subject, size_t class)
{
    return feeling_whole_set(x, x->role == NULL ? 0 : x->subjects) +
           subject * x->classes + class;
}

/** All reflections of the subject, with a feeling or without. */
static inline struct release_set
feeling_whole(const struct feeling_table *x, size_t subject)
{
    if (x->role == NULL)
        return efti_base_set(x->j, efti_base_theme(x->j, (uint32_t)subject, RELEASE_ANY));
    return efti_set_at(&x->sets, feeling_whole_set(x, subject));
}

static inline bool
feeling_is_printed(const struct feeling_table *x, size_t subject)
{
    return x->role == NULL || x->role->slots.items[subject].printed;
}

/** The rows of a subject: 'all' is there, and comes first. */
eft_status efti_feeling_distribution(struct feeling_table *x, size_t subject,
                                     eft_error *err);
/** Tags: which of them may have steps, and classes, beside assignments and each other. */
eft_status efti_feeling_beside(struct feeling_table *x, eft_error *err);
/** The step of a feeling from 0, or its class. */
size_t efti_feeling_part(const struct feeling_table *x, double feeling, bool classes);
/** feelings_tags.c: of those that may by themselves (`may`, by tag)
 *  which may together. */
eft_status efti_feeling_tags(struct feeling_table *x, bool classes, uint8_t *may,
                             eft_error *err);
/** A row with its keys. */
eft_status efti_feeling_row(struct feeling_table *x, size_t subject, const char *step,
                            eft_error *err);

#endif
