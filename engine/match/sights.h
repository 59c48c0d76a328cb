/*
 * sights.h - what a token shows of the words that phrases wait for
 *
 * An anchor waits for a neighbour (anchors.c), an entry for a word in its sentence. Half
 * of all words are waited for by something, the common ones by hundreds of phrases at
 * once, and nearly always in vain. So what a token shows is a handful of bits, by set:
 *
 *     crowds    a bit each for the first 64 sets that are met and hold dozens of atoms,
 *               as those of function words do: exact
 *     the rest  a bit for each watched atom, which some others share: may be there
 *
 * What the anchors of a set wait for is put together the same way, and held against what
 * is seen around it: one look for all its phrases. Only where they meet each is asked.
 */
#ifndef EFTI_MATCH_SIGHTS_H
#define EFTI_MATCH_SIGHTS_H

#include "base/base.h"

#define EFTI_SIGHT_WORDS 3u /* the first of crowds */
#define EFTI_SIGHT_BITS (64u * (EFTI_SIGHT_WORDS - 1))
#define EFTI_CROWDS_MOST 64u
#define EFTI_CROWD_FROM 13u /* atoms; of fewer, too many words would want a bit */
#define EFTI_NEAR 4u        /* tokens: few anchors look further away */
struct efti_sight {
    uint64_t bits[EFTI_SIGHT_WORDS];
};

/* An atom that is watched for. */
struct efti_watch {
    uint64_t crowds;     /* those that hold it */
    uint32_t phrase;     /* efti_atom.phrase */
    uint8_t word, shift; /* its bit in the rest of a sight */
};

static inline void
efti_sight_join(struct efti_sight *to, const struct efti_sight *from)
{
    for (size_t k = 0; k < EFTI_SIGHT_WORDS; k++)
        to->bits[k] |= from->bits[k];
}

static inline bool
efti_sight_meets(const struct efti_sight *a, const struct efti_sight *b)
{
    uint64_t both = 0;

    for (size_t k = 0; k < EFTI_SIGHT_WORDS; k++)
        both |= a->bits[k] & b->bits[k];
    return both != 0;
}

/* The atom itself, without the crowds that hold it. */
static inline void
efti_sight_show(struct efti_sight *s, const struct efti_watch *atom)
{
    s->bits[atom->word] |= (uint64_t)1 << atom->shift;
}

static inline void
efti_sight_need(struct efti_sight *s, const struct efti_watch *atom)
{
    s->bits[0] |= atom->crowds;
    efti_sight_show(s, atom);
}

/* May the atom be there? */
static inline bool
efti_sight_may(const struct efti_sight *s, const struct efti_watch *atom)
{
    return ((s->bits[0] & atom->crowds) | (s->bits[atom->word] >> atom->shift & 1)) != 0;
}

/* ------------------------------------------------------------------ sets of a worker */

/* What a running token is asked for, in one line of the cache. */
#define EFTI_SET_LINE 64u
struct efti_set {
    struct efti_sight shows, needs; /* of its anchors: sights.h */
    uint32_t singles;               /* of set_singles, one per theme; 0: none */
    /* of set_anchors, each where the one before ends: with the neighbour before them,
     * behind; see also efti_wide.anchors_end */
    uint32_t anchors, before_end, behind_end;
};
_Static_assert(sizeof(struct efti_set) == EFTI_SET_LINE, "a line");
/* A single of a set; `near`: what its entry asks to be in the sentence, as far as that is
 * one thing that is watched for, or 0. Half of all singles end there. */
struct efti_set_single {
    uint32_t pattern;
    uint32_t near;
    bool opposite;
    bool last; /* of its set */
};
/* An anchor of a set, with what is asked first: see struct efti_anchor. */
struct efti_set_anchor {
    uint64_t crowds; /* efti_watch.crowds of `beside` */
    uint32_t beside, other;
    uint32_t number;
    uint8_t word, shift; /* the bit of `beside`: struct efti_watch */
    uint8_t gap;
    int8_t away; /* words of the phrase from the anchor to `other`, which is before it if
                    below 0 */
};
/* A single, or an anchor that has what it waits for, to be looked at closer: a few later,
 * when what is known of it has come from memory. */
struct efti_candidate {
    uint32_t at;     /* token of the sentence */
    uint32_t number; /* of m->anchors; of a single its pattern */
    bool single, opposite;
};
#define EFTI_CANDIDATES 32u

#endif
