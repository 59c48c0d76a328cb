/*
 * centrality.c - which nodes hold a network together
 *
 * Betweenness after Brandes (2001): from each node one search for shortest paths, an edge
 * being 1 / weight long (strong ties are near), then the paths are added up from the far
 * end. It is told as a share of the (n - 1)(n - 2) / 2 pairs of others.
 *
 * PageRank by repetition: with probability 0.85 a walker follows an edge by its weight,
 * else jumps anywhere; 100 rounds leave an error of 0.85^100, below 1e-7.
 *
 * Sums run in the order of nodes and edges, so that equal networks give equal digits.
 */
#include "discover/discover.h"

#include <math.h>

#define DAMPING 0.85
#define ROUNDS 100

struct arc {
    uint32_t to;
    double weight;
};
/* Shortest paths from one node. */
struct reached {
    double length, paths, share;
    uint32_t heap_at; /* place in the heap + 1; 0: not in it */
    bool done;
};
struct walker {
    const eft_allocator *mem;
    const struct efti_graph *g;
    size_t *start;    /* nodes + 1: arcs of each node */
    struct arc *arcs; /* both ways */
    struct reached *reached;
    uint32_t *heap, *order;
    size_t heap_count, order_count;
    double *rank; /* 2 * nodes */
};

/* ------------------------------------------------------------------- arcs */

static void
fill_arcs(struct walker *w)
{
    const struct efti_graph *g = w->g;

    for (size_t i = 0; i < g->edge_count; i++) {
        w->start[g->edges[i].a + 1]++;
        w->start[g->edges[i].b + 1]++;
    }
    for (uint32_t v = 0; v < g->nodes; v++)
        w->start[v + 1] += w->start[v];
    /* start[v] moves to the end of v while arcs are put, and is moved back after */
    for (size_t i = 0; i < g->edge_count; i++) {
        const struct efti_edge *e = &g->edges[i];
        w->arcs[w->start[e->a]++] = (struct arc){e->b, e->weight};
        w->arcs[w->start[e->b]++] = (struct arc){e->a, e->weight};
    }
    for (uint32_t v = g->nodes; v > 0; v--)
        w->start[v] = w->start[v - 1];
    w->start[0] = 0;
}

static eft_status
walker_open(struct walker *w, eft_error *err)
{
    size_t nodes = w->g->nodes, arcs = 2 * w->g->edge_count;

    w->start = efti_zalloc(w->mem, nodes + 1, sizeof(*w->start));
    w->arcs = efti_zalloc(w->mem, arcs, sizeof(*w->arcs));
    w->reached = efti_zalloc(w->mem, nodes, sizeof(*w->reached));
    w->heap = efti_zalloc(w->mem, nodes, sizeof(*w->heap));
    w->order = efti_zalloc(w->mem, nodes, sizeof(*w->order));
    w->rank = efti_zalloc(w->mem, 2 * nodes, sizeof(*w->rank));
    if (w->start == NULL || w->arcs == NULL || w->reached == NULL || w->heap == NULL ||
        w->order == NULL || w->rank == NULL)
        return efti_no_memory(err, "the centralities of a network");
    fill_arcs(w);
    return EFT_OK;
}

static void
walker_close(struct walker *w)
{
    size_t nodes = w->g->nodes;

    efti_release(w->mem, w->start, (nodes + 1) * sizeof(*w->start));
    efti_release(w->mem, w->arcs, 2 * w->g->edge_count * sizeof(*w->arcs));
    efti_release(w->mem, w->reached, nodes * sizeof(*w->reached));
    efti_release(w->mem, w->heap, nodes * sizeof(*w->heap));
    efti_release(w->mem, w->order, nodes * sizeof(*w->order));
    efti_release(w->mem, w->rank, 2 * nodes * sizeof(*w->rank));
}

/* ------------------------------------------------------------------- heap */

/* Nearest first, ties by number. */
static bool
is_nearer(const struct walker *w, uint32_t a, uint32_t b)
{
    double x = w->reached[a].length, y = w->reached[b].length;

    return x < y || (x <= y && a < b);
}

static void
heap_put(struct walker *w, size_t at, uint32_t node)
{
    w->heap[at] = node;
    w->reached[node].heap_at = (uint32_t)at + 1;
}

static void
heap_rise(struct walker *w, uint32_t node)
{
    size_t at = w->reached[node].heap_at;

    if (at == 0)
        at = ++w->heap_count;
    for (at--; at > 0 && is_nearer(w, node, w->heap[(at - 1) / 2]); at = (at - 1) / 2)
        heap_put(w, at, w->heap[(at - 1) / 2]);
    heap_put(w, at, node);
}

static uint32_t
heap_take(struct walker *w)
{
    uint32_t first = w->heap[0], last = w->heap[--w->heap_count];
    size_t at = 0, child;

    while ((child = 2 * at + 1) < w->heap_count) {
        if (child + 1 < w->heap_count && is_nearer(w, w->heap[child + 1], w->heap[child]))
            child++;
        if (!is_nearer(w, w->heap[child], last))
            break;
        heap_put(w, at, w->heap[child]);
        at = child;
    }
    if (w->heap_count > 0)
        heap_put(w, at, last);
    return first;
}

/* ------------------------------------------------------------- betweenness */

static void
reach_from(struct walker *w, uint32_t from)
{
    for (uint32_t v = 0; v < w->g->nodes; v++)
        w->reached[v] = (struct reached){.length = (double)INFINITY};
    w->heap_count = w->order_count = 0;
    w->reached[from].length = 0;
    w->reached[from].paths = 1;
    heap_rise(w, from);
    while (w->heap_count > 0) {
        uint32_t v = heap_take(w);
        struct reached *here = &w->reached[v];
        here->done = true;
        w->order[w->order_count++] = v;
        for (size_t i = w->start[v]; i < w->start[v + 1]; i++) {
            struct reached *there = &w->reached[w->arcs[i].to];
            double length = here->length + 1 / w->arcs[i].weight;
            if (there->done || length > there->length)
                continue;
            if (length < there->length) {
                there->length = length;
                there->paths = 0;
                heap_rise(w, w->arcs[i].to);
            }
            there->paths += here->paths;
        }
    }
}

/* What lies behind each node, from the far end; the same sums tell the way back. */
static void
add_between(struct walker *w, uint32_t from, struct efti_centrality *out)
{
    for (size_t n = w->order_count; n-- > 1;) {
        uint32_t v = w->order[n];
        const struct reached *here = &w->reached[v];
        for (size_t i = w->start[v]; i < w->start[v + 1]; i++) {
            struct reached *before = &w->reached[w->arcs[i].to];
            double length = before->length + 1 / w->arcs[i].weight;
            if (length <= here->length && length >= here->length)
                before->share += before->paths / here->paths * (1 + here->share);
        }
        if (v != from)
            out[v].betweenness += here->share;
    }
}

/* ---------------------------------------------------------------- pagerank */

static void
page_rank(struct walker *w, struct efti_centrality *out)
{
    uint32_t nodes = w->g->nodes;
    double *now = w->rank, *next = w->rank + nodes;

    for (uint32_t v = 0; v < nodes; v++)
        now[v] = 1 / (double)nodes;
    for (int round = 0; round < ROUNDS; round++) {
        double lone = 0; /* what nodes without edges have goes to all */
        for (uint32_t v = 0; v < nodes; v++)
            lone += out[v].strength > 0 ? 0 : now[v];
        for (uint32_t v = 0; v < nodes; v++) {
            double sum = 0;
            for (size_t i = w->start[v]; i < w->start[v + 1]; i++)
                sum +=
                    now[w->arcs[i].to] * w->arcs[i].weight / out[w->arcs[i].to].strength;
            next[v] = (1 - DAMPING + DAMPING * lone) / (double)nodes + DAMPING * sum;
        }
        memcpy(now, next, nodes * sizeof(*now));
    }
    for (uint32_t v = 0; v < nodes; v++)
        out[v].pagerank = now[v];
}

eft_status
efti_centralities(const eft_allocator *mem, const struct efti_graph *g,
                  struct efti_centrality *out, eft_error *err)
{
    struct walker w = {.mem = mem, .g = g};
    double pairs = g->nodes > 2 ? (double)(g->nodes - 1) * (double)(g->nodes - 2) : 1;
    eft_status st = walker_open(&w, err);

    memset(out, 0, g->nodes * sizeof(*out));
    if (st == EFT_OK) {
        for (size_t i = 0; i < g->edge_count; i++) {
            const struct efti_edge *e = &g->edges[i];
            out[e->a].degree++;
            out[e->b].degree++;
            out[e->a].strength += e->weight;
            out[e->b].strength += e->weight;
        }
        for (uint32_t v = 0; v < g->nodes; v++) {
            reach_from(&w, v);
            add_between(&w, v, out);
        }
        for (uint32_t v = 0; v < g->nodes; v++)
            out[v].betweenness /= pairs; /* each path was found from both ends */
        page_rank(&w, out);
    }
    walker_close(&w);
    return st;
}
