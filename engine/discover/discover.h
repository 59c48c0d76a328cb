/*
 * discover.h - what a network of released pairs looks like from above
 *
 *     edges ──► communities (Leiden, many seeds) ──► how much the seeds agree
 *       │
 *       └─────► centralities of each node
 *
 * Everything here is computed from numbers that have passed the gate: nodes and edges are
 * rows of released tables, and nobody learns anything from a community that the rows did
 * not say. Nodes are numbered in the order of their names by bytes, so that equal rows
 * give equal results.
 */
#ifndef EFTI_DISCOVER_H
#define EFTI_DISCOVER_H

#include "base/base.h"

struct efti_edge {
    uint32_t a, b; /* a < b, no two alike */
    double weight; /* above 0 */
};
/** Undirected. Edges in any order that depends on the data alone. */
struct efti_graph {
    uint32_t nodes;
    const struct efti_edge *edges;
    size_t edge_count;
};

/* ------------------------------------------------------------- communities */

#define EFTI_COMMUNITY_RUNS 25u

struct efti_communities {
    uint32_t nodes, count;
    uint32_t *member;  /* 0 is the largest community, ties by the first node */
    double *stability; /* of a node: share of its mates that it keeps, over the seeds */
    double modularity; /* of this partition, Newman 2004, weighted */
    double agreement;  /* mean adjusted Rand index over all pairs of seeds */
};
/**
 * The partition of highest modularity over `runs` seeds (0: EFTI_COMMUNITY_RUNS), by
 * Leiden (Traag, Waltman and van Eck 2019). EFT_END: igraph is not there. EFT_E_NOMEM.
 * Cost: runs times some passes over the edges, and runs^2 * nodes for the agreement.
 */
eft_status efti_communities_find(const eft_allocator *mem, const struct efti_graph *g,
                                 uint32_t runs, struct efti_communities *out,
                                 eft_error *err);
void efti_communities_free(const eft_allocator *mem, struct efti_communities *c);
/** Is the file of the module with igraph there? Nothing is loaded. */
bool efti_communities_possible(void);
/** What the module was built with ("0.10.2"), or "none" without its file: to ask the
 *  library itself would load it for every manifest. */
const char *efti_igraph_version(void);

/** Weighted modularity of any partition; 0 without edges. */
double efti_modularity(const struct efti_graph *g, const uint32_t *member);
/** Adjusted Rand index (Hubert and Arabie 1985) of two partitions of `nodes` nodes whose
 *  communities are numbered below `nodes`; 1: the same. `cells`: scratch of
 *  4 * nodes. */
double efti_adjusted_rand(const uint32_t *x, const uint32_t *y, uint32_t nodes,
                          uint32_t *cells);

/* ------------------------------------------------------------ centralities */

struct efti_centrality {
    uint32_t degree;
    double strength;    /* sum of the weights of its edges */
    double betweenness; /* share of the shortest paths; an edge is 1 / weight long */
    double pagerank;    /* damping 0.85; sums to 1 */
};
/** `out` has g->nodes items. Cost: nodes * edges * log(nodes) (Brandes 2001). */
eft_status efti_centralities(const eft_allocator *mem, const struct efti_graph *g,
                             struct efti_centrality *out, eft_error *err);

/* ----------------------------------------------------------------- factors */

/**
 * A = H H^T for a symmetric matrix without negative entries, given by its edges; the
 * diagonal is not looked at. H has g->nodes rows and `rank` columns, each column of
 * length 1, ordered by what they explain, falling.
 */
struct efti_factors {
    uint32_t nodes, rank;
    double *h; /* row by row */
};
/** EFT_E_RANGE for rank 0 or above 64. Cost: rounds * rank * (edges + rank * nodes). */
eft_status efti_factorise(const eft_allocator *mem, const struct efti_graph *g,
                          uint32_t rank, uint64_t seed, struct efti_factors *out,
                          eft_error *err);
void efti_factors_free(const eft_allocator *mem, struct efti_factors *f);

#endif
