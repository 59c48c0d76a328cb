/*
 * communities.c - groups of themes and of words that go together
 *
 * Read from theme_pairs and term_pairs as they are released (network.c), so nothing is
 * told that these tables do not tell. A community is named by its three strongest nodes,
 * in the order of bytes; all of them are closed vocabulary, for the pairs are.
 *
 * Rows: network, community, then by strength within the community, ties by bytes.
 */
#include "release/internal.h"

#include <math.h>

/* 10.83 is where chi-square of one degree of freedom leaves one in a thousand,
 * 3.84 one in twenty: of two million pairs of words many stand out by chance, of
 * 153 themes few. */
static const struct release_network_options networks[] = {
    {.table = "theme_pairs",
     .first = "theme_a",
     .second = "theme_b",
     .weight = "npmi",
     .least_g2 = 3.84},
    {.table = "term_pairs",
     .first = "term_a",
     .second = "term_b",
     .first_label = "label_a",
     .second_label = "label_b",
     .weight = "npmi",
     .least_g2 = 10.83,
     .neighbours = 10},
};
static const char *const network_names[] = {"themes", "terms"};

#define NAMING_NODES 3u

struct grouping {
    const char *name;
    const struct release_network *network;
    const struct efti_communities *found;
    EFTI_ARRAY(struct efti_centrality) centrality;
    EFTI_ARRAY(double) inside; /* strength within the community */
    EFTI_ARRAY(uint32_t) order;
};

static int
by_community(const void *a, const void *b, void *user)
{
    const struct grouping *x = user;
    const uint32_t *p = a, *q = b;
    uint32_t c = x->found->member[*p], d = x->found->member[*q];
    double s = x->inside.items[*p], t = x->inside.items[*q];

    if (c != d)
        return c < d ? -1 : 1;
    if (s > t || s < t)
        return s > t ? -1 : 1;
    return *p < *q ? -1 : *p > *q;
}

static eft_status
order_nodes(struct grouping *x, const eft_allocator *mem, eft_error *err)
{
    size_t nodes = x->network->nodes.count;
    struct efti_graph g = efti_network_graph(x->network);

    if (!RELEASE_ARRAY_MAKE(mem, &x->centrality, nodes) ||
        !RELEASE_ARRAY_MAKE(mem, &x->inside, nodes) ||
        !RELEASE_ARRAY_MAKE(mem, &x->order, nodes))
        return efti_no_memory(err, "the communities of a network");
    for (uint32_t i = 0; i < nodes; i++) {
        x->inside.items[i] = 0;
        x->order.items[i] = i;
    }
    for (size_t i = 0; i < g.edge_count; i++) {
        const struct efti_edge *e = &g.edges[i];
        if (x->found->member[e->a] != x->found->member[e->b])
            continue;
        x->inside.items[e->a] += e->weight;
        x->inside.items[e->b] += e->weight;
    }
    efti_sort(x->order.items, nodes, sizeof(*x->order.items), by_community, x);
    return efti_centralities(mem, &g, x->centrality.items, err);
}

/* The first nodes of the community that begins at `first`, by number: that
 * is by bytes. */
static void
put_name(const struct grouping *x, size_t first, struct efti_bytes *b)
{
    uint32_t chosen[NAMING_NODES], count = 0;

    efti_bytes_clear(b);
    for (size_t i = first; i < x->order.count && count < NAMING_NODES; i++) {
        uint32_t node = x->order.items[i], at = count;
        if (x->found->member[node] != x->found->member[x->order.items[first]])
            break;
        for (count++; at > 0 && chosen[at - 1] > node; at--)
            chosen[at] = chosen[at - 1];
        chosen[at] = node;
    }
    for (uint32_t i = 0; i < count; i++) {
        eft_text label = x->network->nodes.items[chosen[i]].label;
        efti_put_text(b, i == 0 ? "" : ", ");
        efti_put(b, label.bytes, label.size);
    }
}

/* Four decimals: the last digits of long sums belong to the processor. */
static void
set_rounded(struct eft_table *t, const char *column, double value)
{
    efti_table_set_real(t, column, round(value * 1e4) / 1e4);
}

static eft_status
community_rows(const struct grouping *x, struct eft_table *t, struct efti_bytes *name,
               eft_error *err)
{
    uint32_t rank = 0, last = UINT32_MAX;
    eft_status st;

    for (size_t i = 0; i < x->order.count; i++) {
        uint32_t node = x->order.items[i], community = x->found->member[node];
        const struct efti_centrality *c = &x->centrality.items[node];
        if (community != last)
            put_name(x, i, name);
        if (name->failed)
            return efti_no_memory(err, "the name of a community");
        rank = community == last ? rank + 1 : 1;
        last = community;
        if ((st = efti_table_row(t, err)) != EFT_OK)
            return st;
        efti_table_set_text(t, "network", (eft_text){x->name, strlen(x->name)});
        efti_table_set_integer(t, "community", (int64_t)community + 1);
        efti_table_set_text(t, "name", (eft_text){name->data, name->size});
        efti_table_set_integer(t, "rank", rank);
        efti_table_set_text(t, "node", x->network->nodes.items[node].name);
        efti_table_set_text(t, "label", x->network->nodes.items[node].label);
        efti_table_set_integer(t, "degree", c->degree);
        set_rounded(t, "strength", c->strength);
        set_rounded(t, "inside", x->inside.items[node]);
        set_rounded(t, "betweenness", c->betweenness);
        set_rounded(t, "pagerank", c->pagerank);
        set_rounded(t, "stability", x->found->stability[node]);
        set_rounded(t, "modularity", x->found->modularity);
        set_rounded(t, "agreement", x->found->agreement);
    }
    return EFT_OK;
}

static eft_status
communities_of(const eft_allocator *mem, const char *name,
               const struct release_network *network, struct eft_table *t, eft_error *err)
{
    struct efti_graph g = efti_network_graph(network);
    struct grouping x = {.name = name, .network = network};
    struct efti_communities found;
    struct efti_bytes text;
    eft_status st = efti_communities_find(mem, &g, 0, &found, err);

    if (st == EFT_END) /* its file is there, and nothing that fits in it */
        return efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET,
                         "the module with igraph is of another version: install both "
                         "from one build");
    if (st != EFT_OK)
        return st;
    efti_bytes_init(&text, mem);
    x.found = &found;
    st = order_nodes(&x, mem, err);
    if (st == EFT_OK)
        st = community_rows(&x, t, &text, err);
    efti_bytes_free(&text);
    EFTI_ARRAY_FREE(mem, &x.centrality);
    EFTI_ARRAY_FREE(mem, &x.inside);
    EFTI_ARRAY_FREE(mem, &x.order);
    efti_communities_free(mem, &found);
    return st;
}

eft_status
efti_release_communities(struct eft_results *results, eft_error *err)
{
    const eft_allocator *mem = &results->allocator;
    struct eft_table *t;

    if (!efti_communities_possible()) {
        if (!EFTI_PUSH(mem, &results->missing))
            return efti_no_memory(err, "the names of missing tables");
        results->missing.items[results->missing.count - 1] =
            efti_schema[EFTI_TABLE_COMMUNITIES].name;
        return EFT_OK;
    }
    eft_status st = efti_results_add(results, EFTI_TABLE_COMMUNITIES, NULL, &t, err);
    for (size_t i = 0; i < EFTI_COUNT(networks) && st == EFT_OK; i++) {
        struct release_network network;
        st = efti_network_read(results, &networks[i], &network, err);
        if (st == EFT_OK && network.edges.count > 0)
            st = communities_of(mem, network_names[i], &network, t, err);
        efti_network_free(mem, &network);
    }
    return st == EFT_OK ? efti_table_done(t, err) : st;
}
