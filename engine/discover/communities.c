/*
 * communities.c - one partition out of many runs, and how far it can be trusted
 *
 * Leiden breaks ties by chance, and a network of words has many partitions that are
 * nearly as good. So it is run with many seeds. Told is the partition with the highest
 * modularity (of equals the one that comes first by its numbers), and beside it how much
 * the runs agree:
 *
 *     agreement   mean over pairs of runs of the adjusted Rand index: 1 when all runs
 *                 find the same, 0 when they agree no more than by chance
 *     stability   of a node: of those in its community, the share that are with it in
 *                 another run, mean over the runs
 *
 * Modularity is computed here and not taken from igraph, so that it does not depend on
 * how that numbers communities.
 */
#include "discover/discover.h"

#include "discover/leiden.h"

#define FIRST_SEED 20230501u /* as everywhere; run i has the seed i further on */

/* Numbers by size, then by first node. `sizes` and `renumber` have `nodes` items. */
static uint32_t
number_by_size(uint32_t *member, uint32_t nodes, uint32_t *sizes, uint32_t *renumber)
{
    uint32_t count = 0;

    memset(sizes, 0, nodes * sizeof(*sizes));
    for (uint32_t i = 0; i < nodes; i++) {
        if (sizes[member[i]]++ == 0)
            renumber[count++] = member[i]; /* in order of first nodes */
    }
    /* insertion: communities are few, and equal ones stay in order */
    for (uint32_t i = 1; i < count; i++) {
        uint32_t moved = renumber[i], at = i;
        for (; at > 0 && sizes[renumber[at - 1]] < sizes[moved]; at--)
            renumber[at] = renumber[at - 1];
        renumber[at] = moved;
    }
    for (uint32_t i = 0; i < count; i++)
        sizes[renumber[i]] = i;
    for (uint32_t i = 0; i < nodes; i++)
        member[i] = sizes[member[i]];
    return count;
}

double
efti_modularity(const struct efti_graph *g, const uint32_t *member)
{
    double whole = 0, within = 0, squares = 0;

    for (size_t i = 0; i < g->edge_count; i++) {
        whole += g->edges[i].weight;
        within += member[g->edges[i].a] == member[g->edges[i].b] ? g->edges[i].weight : 0;
    }
    if (!(whole > 0))
        return 0;
    /* strengths by community: once for each, no memory, for communities are few */
    uint32_t most = 0;
    for (uint32_t i = 0; i < g->nodes; i++)
        most = member[i] > most ? member[i] : most;
    for (uint32_t c = 0; c <= most; c++) {
        double sum = 0;
        for (size_t i = 0; i < g->edge_count; i++)
            sum += g->edges[i].weight *
                   ((member[g->edges[i].a] == c) + (member[g->edges[i].b] == c));
        squares += sum * sum;
    }
    return within / whole - squares / (4 * whole * whole);
}

static double
pairs_of(double n)
{
    return n * (n - 1) / 2;
}

/* The cells of the table x by y, without a table: for each community of x its members are
 * counted by y, and the counts are taken back again. */
double
efti_adjusted_rand(const uint32_t *x, const uint32_t *y, uint32_t nodes, uint32_t *cells)
{
    uint32_t *first = cells, *next = cells + nodes, *by_y = cells + 2 * (size_t)nodes;
    uint32_t *size_y = cells + 3 * (size_t)nodes;
    double joint = 0, rows = 0, columns = 0;

    for (uint32_t i = 0; i < nodes; i++) {
        first[i] = UINT32_MAX;
        by_y[i] = size_y[i] = 0;
    }
    for (uint32_t i = nodes; i-- > 0;) {
        next[i] = first[x[i]];
        first[x[i]] = i;
        size_y[y[i]]++;
    }
    for (uint32_t c = 0; c < nodes; c++) {
        double size = 0;
        for (uint32_t i = first[c]; i != UINT32_MAX; i = next[i]) {
            joint += by_y[y[i]]++; /* 0 + 1 + ... + (n - 1) is n (n - 1) / 2 */
            size++;
        }
        for (uint32_t i = first[c]; i != UINT32_MAX; i = next[i])
            by_y[y[i]] = 0;
        rows += pairs_of(size);
        columns += pairs_of(size_y[c]);
    }
    double all = pairs_of(nodes), expected = all > 0 ? rows * columns / all : 0;
    double most = (rows + columns) / 2;
    return most - expected > 0 ? (joint - expected) / (most - expected) : 1;
}

struct runs {
    const eft_allocator *mem;
    const struct efti_graph *g;
    uint32_t count, *members; /* run by run */
    uint32_t *scratch;        /* 4 * nodes */
};

static const uint32_t *
run_at(const struct runs *r, uint32_t i)
{
    return r->members + (size_t)i * r->g->nodes;
}

static bool
comes_first(const uint32_t *a, const uint32_t *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (a[i] != b[i])
            return a[i] < b[i];
    }
    return false;
}

static eft_status
run_all(struct runs *r, const struct efti_leiden *module, struct efti_communities *out,
        eft_error *err)
{
    size_t nodes = r->g->nodes;

    for (uint32_t i = 0; i < r->count; i++) {
        uint32_t *member = r->members + i * nodes;
        eft_status st = module->run(r->g, FIRST_SEED + i, member);
        if (st == EFT_E_NOMEM)
            return efti_no_memory(err, "the communities of a network");
        if (st != EFT_OK)
            return efti_fail(err, st, EFT_NO_OFFSET, "igraph could not find communities");
        uint32_t count =
            number_by_size(member, r->g->nodes, r->scratch, r->scratch + nodes);
        double modularity = efti_modularity(r->g, member);
        bool better =
            i == 0 || modularity > out->modularity ||
            (modularity >= out->modularity && comes_first(member, out->member, nodes));
        if (!better)
            continue;
        out->modularity = modularity;
        out->count = count;
        memcpy(out->member, member, nodes * sizeof(*member));
    }
    return EFT_OK;
}

static void
measure_agreement(const struct runs *r, struct efti_communities *out)
{
    double sum = 0, pairs = pairs_of(r->count);

    for (uint32_t i = 0; i < r->count; i++) {
        for (uint32_t k = i + 1; k < r->count; k++)
            sum +=
                efti_adjusted_rand(run_at(r, i), run_at(r, k), r->g->nodes, r->scratch);
    }
    out->agreement = pairs > 0 ? sum / pairs : 1;
}

/* Mates of each node that stay with it in run i, added to `stability`. */
static void
add_stability(const struct runs *r, uint32_t i, struct efti_communities *out)
{
    uint32_t nodes = r->g->nodes;
    uint32_t *together = r->scratch, *size = r->scratch + nodes;
    const uint32_t *member = run_at(r, i);

    for (uint32_t c = 0; c < out->count; c++) {
        memset(together, 0, nodes * sizeof(*together));
        uint32_t mates = 0;
        for (uint32_t v = 0; v < nodes; v++) {
            if (out->member[v] == c) {
                together[member[v]]++;
                mates++;
            }
        }
        size[c] = mates;
        for (uint32_t v = 0; v < nodes; v++) {
            if (out->member[v] == c)
                out->stability[v] +=
                    mates > 1 ? (double)(together[member[v]] - 1) / (double)(mates - 1)
                              : 1;
        }
    }
}

static void
measure_stability(const struct runs *r, struct efti_communities *out)
{
    for (uint32_t i = 0; i < r->count; i++)
        add_stability(r, i, out);
    for (uint32_t v = 0; v < r->g->nodes; v++)
        out->stability[v] /= (double)r->count;
}

eft_status
efti_communities_find(const eft_allocator *mem, const struct efti_graph *g,
                      uint32_t count, struct efti_communities *out, eft_error *err)
{
    bool failed;
    const struct efti_leiden *module = efti_leiden_open(&failed);
    struct runs r = {
        .mem = mem, .g = g, .count = count == 0 ? EFTI_COMMUNITY_RUNS : count};
    size_t nodes = g->nodes, cells;
    eft_status st = EFT_OK;

    *out = (struct efti_communities){.nodes = g->nodes};
    if (module == NULL)
        return failed ? efti_no_memory(err, "the module with igraph") : EFT_END;
    if (g->nodes == 0 || g->edge_count == 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "a network without edges");
    if (!efti_mul(nodes, r.count, &cells))
        return efti_no_memory(err, "the communities of a network");
    r.members = efti_zalloc(mem, cells, sizeof(*r.members));
    r.scratch = efti_zalloc(mem, 4 * nodes, sizeof(*r.scratch));
    out->member = efti_zalloc(mem, nodes, sizeof(*out->member));
    out->stability = efti_zalloc(mem, nodes, sizeof(*out->stability));
    if (r.members == NULL || r.scratch == NULL || out->member == NULL ||
        out->stability == NULL)
        st = efti_no_memory(err, "the communities of a network");
    if (st == EFT_OK)
        st = run_all(&r, module, out, err);
    if (st == EFT_OK) {
        measure_agreement(&r, out);
        measure_stability(&r, out);
    } else {
        efti_communities_free(mem, out);
    }
    efti_release(mem, r.members, cells * sizeof(*r.members));
    efti_release(mem, r.scratch, 4 * nodes * sizeof(*r.scratch));
    return st;
}

void
efti_communities_free(const eft_allocator *mem, struct efti_communities *c)
{
    efti_release(mem, c->member, c->nodes * sizeof(*c->member));
    efti_release(mem, c->stability, c->nodes * sizeof(*c->stability));
    *c = (struct efti_communities){0};
}
