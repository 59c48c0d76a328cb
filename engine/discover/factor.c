/*
 * factor.c - a symmetric matrix as a product of one thin matrix with itself
 *
 *     A  ~  H H^T,   H >= 0            (Kuang, Ding and Park 2012)
 *
 * A says how strongly words go together; a column of H is a topic, and what stands in it
 * is how much each word belongs. Factorising the pairs that passed the gate, and not the
 * texts, gives topics that tell nothing that the pairs did not (moments of second order
 * are enough to find topics: Arora and others 2013).
 *
 * Multiplicative updates, damped by half (Ding, He and Simon 2005), which never leave the
 * positive numbers and do not diverge:
 *
 *     H_ik <- H_ik * (1/2 + 1/2 (A H)_ik / (H H^T H)_ik)
 *
 * The diagonal of A (how much a word goes with itself) says nothing of topics: it is left
 * out of A, and of H H^T as well.
 */
#include "discover/discover.h"

#include "stats/random.h"

#include <math.h>

#define FACTOR_ROUNDS 80
#define MOST_RANK 64u

struct factoring {
    const struct efti_graph *g;
    uint32_t rank;
    double *h, *ah;              /* nodes by rank */
    double gram[64 * 64];        /* H^T H */
    double explained[MOST_RANK]; /* of a column: its length squared */
};

static double *
row_of(double *m, uint32_t row, uint32_t rank)
{
    return m + (size_t)row * rank;
}

static void
multiply(struct factoring *f)
{
    uint32_t rank = f->rank;

    memset(f->ah, 0, (size_t)f->g->nodes * rank * sizeof(*f->ah));
    for (size_t i = 0; i < f->g->edge_count; i++) {
        const struct efti_edge *e = &f->g->edges[i];
        double *to_a = row_of(f->ah, e->a, rank), *to_b = row_of(f->ah, e->b, rank);
        const double *a = row_of(f->h, e->a, rank), *b = row_of(f->h, e->b, rank);
        for (uint32_t k = 0; k < rank; k++) {
            to_a[k] += e->weight * b[k];
            to_b[k] += e->weight * a[k];
        }
    }
    memset(f->gram, 0, sizeof(f->gram));
    for (uint32_t v = 0; v < f->g->nodes; v++) {
        const double *h = row_of(f->h, v, rank);
        for (uint32_t k = 0; k < rank; k++) {
            for (uint32_t l = 0; l < rank; l++)
                f->gram[k * rank + l] += h[k] * h[l];
        }
    }
}

static void
update(struct factoring *f)
{
    uint32_t rank = f->rank;
    double old[MOST_RANK];

    multiply(f);
    for (uint32_t v = 0; v < f->g->nodes; v++) {
        double *h = row_of(f->h, v, rank), own = 0;
        const double *ah = row_of(f->ah, v, rank);
        for (uint32_t k = 0; k < rank; k++)
            own += h[k] * h[k];
        memcpy(old, h, rank * sizeof(*h));
        for (uint32_t k = 0; k < rank; k++) {
            double hhh = -own * old[k]; /* without the diagonal */
            for (uint32_t l = 0; l < rank; l++)
                hhh += old[l] * f->gram[k * rank + l];
            if (hhh > 1e-300)
                h[k] = old[k] * (0.5 + 0.5 * ah[k] / hhh);
        }
    }
}

/* Columns of length 1, those that explain most first; of equal ones the first. */
static void
finish(struct factoring *f, double *out)
{
    uint32_t rank = f->rank, order[MOST_RANK];

    memset(f->explained, 0, sizeof(f->explained));
    for (uint32_t v = 0; v < f->g->nodes; v++) {
        for (uint32_t k = 0; k < rank; k++)
            f->explained[k] += row_of(f->h, v, rank)[k] * row_of(f->h, v, rank)[k];
    }
    for (uint32_t k = 0; k < rank; k++) {
        uint32_t at = k;
        for (; at > 0 && f->explained[order[at - 1]] < f->explained[k]; at--)
            order[at] = order[at - 1];
        order[at] = k;
    }
    for (uint32_t v = 0; v < f->g->nodes; v++) {
        for (uint32_t k = 0; k < rank; k++) {
            double length = sqrt(f->explained[order[k]]);
            row_of(out, v, rank)[k] =
                length > 0 ? row_of(f->h, v, rank)[order[k]] / length : 0;
        }
    }
}

static eft_status
factor_from(const eft_allocator *mem, struct factoring *f, uint64_t seed, double *out,
            eft_error *err)
{
    size_t cells = (size_t)f->g->nodes * f->rank;
    struct efti_random *random;
    eft_status st = efti_random_new(mem, seed, f->rank, &random, err);

    if (st != EFT_OK)
        return st;
    for (size_t i = 0; i < cells; i++)
        f->h[i] = efti_random_unit(random);
    efti_random_free(random);
    for (int round = 0; round < FACTOR_ROUNDS; round++)
        update(f);
    finish(f, out);
    return EFT_OK;
}

eft_status
efti_factorise(const eft_allocator *mem, const struct efti_graph *g, uint32_t rank,
               uint64_t seed, struct efti_factors *out, eft_error *err)
{
    size_t cells = (size_t)g->nodes * rank; /* 32 bits by at most 64 */
    struct factoring *f;
    eft_status st;

    *out = (struct efti_factors){0};
    if (rank == 0 || rank > MOST_RANK)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "1 to %u factors", MOST_RANK);
    f = efti_zalloc(mem, 1, sizeof(*f));
    double *h = efti_zalloc(mem, cells, sizeof(*h));
    double *ah = efti_zalloc(mem, cells, sizeof(*ah));
    out->h = efti_zalloc(mem, cells, sizeof(*out->h));
    out->nodes = g->nodes;
    out->rank = rank;
    if (f == NULL || h == NULL || ah == NULL || out->h == NULL) {
        st = efti_no_memory(err, "the factors of a network");
    } else {
        f->g = g;
        f->rank = rank;
        f->h = h;
        f->ah = ah;
        st = factor_from(mem, f, seed, out->h, err);
    }
    efti_release(mem, f, sizeof(*f));
    efti_release(mem, h, cells * sizeof(*h));
    efti_release(mem, ah, cells * sizeof(*ah));
    if (st != EFT_OK)
        efti_factors_free(mem, out);
    return st;
}

void
efti_factors_free(const eft_allocator *mem, struct efti_factors *f)
{
    efti_release(mem, f->h, (size_t)f->nodes * f->rank * sizeof(*f->h));
    *f = (struct efti_factors){0};
}
