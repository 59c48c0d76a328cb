/*
 * standing.h - what stand_for.c, stand_subjects.c and stand_windows.c share
 *
 *   results ──► subjects, each with its edges between nodes    stand_subjects.c
 *   a text  ──► windows, offered to the subjects whose edges
 *               they have                                      stand_windows.c
 *   both    ──► the most central of each subject                stand_for.c
 */
#ifndef EFTI_PIPELINE_STANDING_H
#define EFTI_PIPELINE_STANDING_H

#include "pipeline/stand_for.h"

#define SHORT_WORDS 18u /* as in quotes.c: some twice as long as a line */

struct stand_subject {
    bool of_terms;
    int64_t community; /* 0: a pair */
    eft_text name;     /* in the arena, or of the results */
    double g2;
    uint32_t writers; /* that have a candidate, as far as these are kept */
    bool stands;
};
struct stand_edge {
    uint32_t a, b; /* nodes, a < b */
    uint32_t subject;
};
struct stand_candidate {
    uint32_t subject, writer, score;
    eft_text text;
    size_t word_count;
    const uint32_t *words; /* content words, rising */
    bool wanted;           /* a person approved it, or nobody was asked */
    uint32_t likeness;
};

struct efti_stand_for {
    const eft_tally *tally;
    const eft_allocator *mem;
    struct efti_arena arena;
    uint32_t k, most;           /* candidates of a subject: least, most */
    struct efti_strings *nodes; /* 'h' theme or 't' term */
    struct efti_strings *close; /* pairs that are shown in sentences */
    struct efti_strings *words; /* content terms of candidates */
    struct efti_strings *only;  /* approved texts; NULL: all */
    EFTI_ARRAY(struct stand_subject) subjects;
    EFTI_ARRAY(struct stand_edge) edges; /* by a, b, subject */
    EFTI_ARRAY(size_t) first;            /* of each node in edges, one more */
    EFTI_ARRAY(uint8_t) present;         /* of each node */
    EFTI_ARRAY(uint32_t) met;            /* those that are */
    EFTI_ARRAY(uint32_t) counts;         /* edges of each subject in the window */
    EFTI_ARRAY(uint32_t) of_window;      /* content words */
    EFTI_ARRAY(struct stand_candidate) pool, wanted;
    struct efti_bytes key, text;
};

/** The key of a node into s->key, which may fail. */
void efti_stand_key(struct efti_stand_for *s, bool of_terms, eft_text name);
/** Subjects, nodes and edges from the tables that are told. */
eft_status efti_stand_subjects(struct efti_stand_for *s, const eft_results *results,
                               eft_error *err);
/** Below 0: `a` is the better one by edges and length, ties by bytes. */
int efti_stand_better(const struct stand_candidate *a, const struct stand_candidate *b);

#endif
