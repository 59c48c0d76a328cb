/*
 * network.c - a graph out of the rows of a table of pairs
 *
 *     level       theme_a   theme_b   npmi
 *     reflection  gladje    oro       -0.02     no edge: they keep apart
 *     reflection  ledning   oro        0.31     ledning ── oro, weight 0.31
 *
 * Only rows that are shown are read, so the graph tells nothing that they do not. A pair
 * is an edge if it attracts and is far enough from chance (g2; texts of a writer are
 * alike, so this is a threshold and no test). In a network of words each node keeps its
 * strongest edges only, else everything hangs together by hundreds of weak ones.
 */
#include "release/internal.h"

struct reading {
    const struct eft_results *results;
    const struct release_network_options *o;
    struct release_network *out;
    struct efti_strings *names;
    EFTI_ARRAY(struct release_node) met; /* by number of names */
    EFTI_ARRAY(uint32_t) place;          /* of these in the order of names */
};

static eft_status
meet(struct reading *x, eft_text name, eft_text label, uint32_t *out, eft_error *err)
{
    const eft_allocator *mem = &x->results->allocator;

    *out = efti_strings_add(x->names, name.bytes, name.size, NULL);
    if (*out == EFTI_NOT_FOUND)
        return efti_no_memory(err, "the nodes of a network");
    if (*out < x->met.count)
        return EFT_OK;
    if (!EFTI_PUSH(mem, &x->met))
        return efti_no_memory(err, "the nodes of a network");
    x->met.items[*out] = (struct release_node){name, label};
    return EFT_OK;
}

static bool
is_edge(const struct reading *x, const eft_table *t, size_t row)
{
    eft_text level = eft_table_text(t, row, eft_table_column_find(t, "level"));
    size_t g2 = eft_table_column_find(t, "g2");

    if (!efti_equal(level.bytes, level.size, "reflection", 10))
        return false;
    return x->o->every ||
           (eft_table_real(t, row, eft_table_column_find(t, x->o->weight)) > 0 &&
            eft_table_real(t, row, g2) >= x->o->least_g2);
}

static eft_text
text_or(const eft_table *t, size_t row, const char *column, eft_text otherwise)
{
    return column == NULL ? otherwise
                          : eft_table_text(t, row, eft_table_column_find(t, column));
}

static eft_status
read_edges(struct reading *x, const eft_table *t, eft_error *err)
{
    const struct release_network_options *o = x->o;
    size_t first = eft_table_column_find(t, o->first);
    size_t second = eft_table_column_find(t, o->second);
    size_t weight = eft_table_column_find(t, o->weight);

    for (size_t row = 0; row < eft_table_rows(t); row++) {
        uint32_t a, b;
        eft_text p = eft_table_text(t, row, first), q = eft_table_text(t, row, second);
        eft_status st;
        if (!is_edge(x, t, row))
            continue;
        if ((st = meet(x, p, text_or(t, row, o->first_label, p), &a, err)) != EFT_OK ||
            (st = meet(x, q, text_or(t, row, o->second_label, q), &b, err)) != EFT_OK)
            return st;
        if (!EFTI_PUSH(&x->results->allocator, &x->out->edges))
            return efti_no_memory(err, "the edges of a network");
        x->out->edges.items[x->out->edges.count - 1] =
            (struct efti_edge){a, b, eft_table_real(t, row, weight)};
    }
    return EFT_OK;
}

static int
by_node_name(const void *a, const void *b, void *user)
{
    const struct reading *x = user;
    const uint32_t *p = a, *q = b;
    eft_text s = x->met.items[*p].name, t = x->met.items[*q].name;

    return efti_compare(s.bytes, s.size, t.bytes, t.size);
}

static int
by_ends(const void *a, const void *b, void *user)
{
    const struct efti_edge *x = a, *y = b;

    (void)user;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static int
strongest_edge_first(const void *a, const void *b, void *user)
{
    const struct efti_edge *x = a, *y = b;

    if (x->weight > y->weight || x->weight < y->weight)
        return x->weight > y->weight ? -1 : 1;
    return by_ends(a, b, user);
}

/* Nodes by name; edges by their ends. */
static eft_status
order_network(struct reading *x, eft_error *err)
{
    const eft_allocator *mem = &x->results->allocator;
    size_t count = x->met.count;
    EFTI_ARRAY(uint32_t) order = {0};

    if (!RELEASE_ARRAY_MAKE(mem, &order, count) ||
        !RELEASE_ARRAY_MAKE(mem, &x->place, count) ||
        !RELEASE_ARRAY_MAKE(mem, &x->out->nodes, count)) {
        EFTI_ARRAY_FREE(mem, &order);
        return efti_no_memory(err, "the nodes of a network");
    }
    for (uint32_t i = 0; i < count; i++)
        order.items[i] = i;
    efti_sort(order.items, count, sizeof(*order.items), by_node_name, x);
    for (uint32_t i = 0; i < count; i++) {
        x->out->nodes.items[i] = x->met.items[order.items[i]];
        x->place.items[order.items[i]] = i;
    }
    EFTI_ARRAY_FREE(mem, &order);
    for (size_t i = 0; i < x->out->edges.count; i++) {
        struct efti_edge *e = &x->out->edges.items[i];
        uint32_t a = x->place.items[e->a], b = x->place.items[e->b];
        e->a = a < b ? a : b;
        e->b = a < b ? b : a;
    }
    efti_sort(x->out->edges.items, x->out->edges.count, sizeof(struct efti_edge), by_ends,
              NULL);
    return EFT_OK;
}

/* An edge stays if it is among the strongest of one of its ends. */
static eft_status
keep_strongest(struct reading *x, eft_error *err)
{
    const eft_allocator *mem = &x->results->allocator;
    struct release_network *n = x->out;
    EFTI_ARRAY(uint32_t) degree = {0};
    size_t kept = 0;

    if (x->o->neighbours == 0 || x->o->every)
        return EFT_OK;
    if (!RELEASE_ARRAY_MAKE(mem, &degree, n->nodes.count))
        return efti_no_memory(err, "the nodes of a network");
    if (degree.count > 0)
        memset(degree.items, 0, degree.count * sizeof(*degree.items));
    efti_sort(n->edges.items, n->edges.count, sizeof(struct efti_edge),
              strongest_edge_first, NULL);
    for (size_t i = 0; i < n->edges.count; i++) {
        struct efti_edge e = n->edges.items[i];
        if (degree.items[e.a] >= x->o->neighbours &&
            degree.items[e.b] >= x->o->neighbours)
            continue;
        degree.items[e.a]++;
        degree.items[e.b]++;
        n->edges.items[kept++] = e;
    }
    n->edges.count = kept;
    efti_sort(n->edges.items, kept, sizeof(struct efti_edge), by_ends, NULL);
    EFTI_ARRAY_FREE(mem, &degree);
    return EFT_OK;
}

eft_status
efti_network_read(const struct eft_results *results,
                  const struct release_network_options *o, struct release_network *out,
                  eft_error *err)
{
    struct reading x = {.results = results, .o = o, .out = out};
    const eft_table *t = eft_results_find(results, o->table);
    eft_status st;

    *out = (struct release_network){0};
    if (t == NULL)
        return EFT_OK;
    if ((st = efti_strings_new(&results->allocator, &x.names, err)) == EFT_OK &&
        (st = read_edges(&x, t, err)) == EFT_OK &&
        (st = order_network(&x, err)) == EFT_OK)
        st = keep_strongest(&x, err);
    efti_strings_free(x.names);
    EFTI_ARRAY_FREE(&results->allocator, &x.met);
    EFTI_ARRAY_FREE(&results->allocator, &x.place);
    if (st != EFT_OK)
        efti_network_free(&results->allocator, out);
    return st;
}

void
efti_network_free(const eft_allocator *mem, struct release_network *n)
{
    EFTI_ARRAY_FREE(mem, &n->nodes);
    EFTI_ARRAY_FREE(mem, &n->edges);
}
