/*
 * leiden.c - communities by igraph's Leiden, with its globals put back as they were
 *
 * igraph has an error handler, a warning handler and a random generator for the whole
 * process (or thread). All three are set here and restored, under one mutex, whatever
 * happens in between. Its memory is malloc's; igraph answers IGRAPH_ENOMEM when there is
 * none, and frees what it had.
 *
 * Leiden maximises sum over pairs in one community of (w - resolution * n_a * n_b). With
 * n the strengths of the nodes and resolution 1 / (2 m), m the sum of weights, that is
 * modularity. It runs until nothing changes any more.
 */
#include "discover/leiden.h"

#include <igraph.h>
#include <pthread.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

/* What igraph's process had before us. The default generator is a struct that older
 * versions overwrite and newer ones point elsewhere: both are undone. */
struct before {
    igraph_error_handler_t *error;
    igraph_warning_handler_t *warning;
    igraph_rng_t *generator;
    igraph_rng_t content;
};

static igraph_error_t
begin(struct before *b, igraph_rng_t *own, uint32_t seed)
{
    b->error = igraph_set_error_handler(igraph_error_handler_ignore);
    b->warning = igraph_set_warning_handler(igraph_warning_handler_ignore);
    b->generator = igraph_rng_default();
    b->content = *b->generator;
    igraph_error_t code = igraph_rng_init(own, &igraph_rngtype_mt19937);
    if (code == IGRAPH_SUCCESS) {
        code = igraph_rng_seed(own, seed);
        igraph_rng_set_default(own);
    }
    return code;
}

static void
end(const struct before *b, igraph_rng_t *own, bool seeded)
{
    if (seeded) {
        if (igraph_rng_default() == b->generator)
            *b->generator = b->content;
        else
            igraph_rng_set_default(b->generator);
        igraph_rng_destroy(own);
    }
    (void)igraph_set_warning_handler(b->warning);
    (void)igraph_set_error_handler(b->error);
}

struct network {
    igraph_vector_int_t ends, member;
    igraph_vector_t weights, strengths;
    igraph_t graph;
    bool has_graph;
    double whole; /* 2 m */
};

static void
fill_network(struct network *n, const struct efti_graph *g)
{
    for (size_t i = 0; i < g->edge_count; i++) {
        const struct efti_edge *e = &g->edges[i];
        VECTOR(n->ends)[2 * i] = (igraph_integer_t)e->a;
        VECTOR(n->ends)[2 * i + 1] = (igraph_integer_t)e->b;
        VECTOR(n->weights)[i] = e->weight;
        VECTOR(n->strengths)[e->a] += e->weight;
        VECTOR(n->strengths)[e->b] += e->weight;
        n->whole += 2 * e->weight;
    }
}

static igraph_error_t
divide(struct network *n, const struct efti_graph *g)
{
    igraph_integer_t clusters;
    igraph_real_t quality;
    igraph_error_t code;

    fill_network(n, g);
    code =
        igraph_create(&n->graph, &n->ends, (igraph_integer_t)g->nodes, IGRAPH_UNDIRECTED);
    n->has_graph = code == IGRAPH_SUCCESS;
    if (code == IGRAPH_SUCCESS)
        code =
            igraph_community_leiden(&n->graph, &n->weights, &n->strengths, 1 / n->whole,
                                    0.01, 0, -1, &n->member, &clusters, &quality);
    return code;
}

static igraph_error_t
divide_in_memory(const struct efti_graph *g, uint32_t *member)
{
    struct network n = {0};
    igraph_error_t code = igraph_vector_int_init(&n.member, 0);

    if (code != IGRAPH_SUCCESS)
        return code;
    if ((code = igraph_vector_int_init(&n.ends, 2 * (igraph_integer_t)g->edge_count)) !=
        IGRAPH_SUCCESS)
        goto no_ends;
    if ((code = igraph_vector_init(&n.weights, (igraph_integer_t)g->edge_count)) !=
        IGRAPH_SUCCESS)
        goto no_weights;
    if ((code = igraph_vector_init(&n.strengths, (igraph_integer_t)g->nodes)) !=
        IGRAPH_SUCCESS)
        goto no_strengths;
    code = divide(&n, g);
    for (uint32_t i = 0; code == IGRAPH_SUCCESS && i < g->nodes; i++)
        member[i] = (uint32_t)VECTOR(n.member)[i];
    if (n.has_graph)
        igraph_destroy(&n.graph);
    igraph_vector_destroy(&n.strengths);
no_strengths:
    igraph_vector_destroy(&n.weights);
no_weights:
    igraph_vector_int_destroy(&n.ends);
no_ends:
    igraph_vector_int_destroy(&n.member);
    return code;
}

static eft_status
leiden_run(const struct efti_graph *g, uint32_t seed, uint32_t *member)
{
    struct before before;
    igraph_rng_t own;

    if (pthread_mutex_lock(&one_at_a_time) != 0)
        return EFT_E_INTERNAL;
    igraph_error_t code = begin(&before, &own, seed);
    bool seeded = code == IGRAPH_SUCCESS;
    if (seeded)
        code = divide_in_memory(g, member);
    end(&before, &own, seeded);
    (void)pthread_mutex_unlock(&one_at_a_time);
    return code == IGRAPH_SUCCESS  ? EFT_OK
           : code == IGRAPH_ENOMEM ? EFT_E_NOMEM
                                   : EFT_E_INTERNAL;
}

/* Found by name (leiden.h). */
extern const struct efti_leiden efti_leiden_module;
__attribute__((visibility("default"))) const struct efti_leiden efti_leiden_module = {
    .abi = EFTI_LEIDEN_ABI,
    .run = leiden_run,
};
