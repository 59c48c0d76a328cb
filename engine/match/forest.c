/*
 * forest.c - the phrases of all lexicons as one forest
 *
 *   "hinner inte med", "hinner inte"  (gap 0)        roots of `hinner`:
 *   "inte få vara med"                (gap 2)           hinner ─ inte* ─ med*
 *                                                     roots of `inte`:
 *   * = patterns end here                               inte ─ få ─ vara ─ med*
 *
 * Phrases with unlike gaps never share a path: how far the next word may be is a property
 * of the tree. The phrases are sorted by (gap, atoms, pattern), so a node is a range of
 * that list, and nodes made in breadth-first order have their edges side by side.
 */
#include "match/compiled.h"

struct forest_phrase {
    uint32_t gap, count, pattern;
    uint32_t atoms[EFTI_PHRASE_MOST];
};
struct forest_range { /* of the node with the same number */
    size_t low, high;
    uint32_t depth;
};
struct forest_builder {
    EFTI_ARRAY(struct forest_phrase) phrases;
    EFTI_ARRAY(struct forest_range) ranges;
};

static int
by_gap_atoms_pattern(const void *a, const void *b, void *user)
{
    const struct forest_phrase *x = a, *y = b;

    (void)user;
    if (x->gap != y->gap)
        return x->gap < y->gap ? -1 : 1;
    for (uint32_t i = 0; i < x->count && i < y->count; i++) {
        if (x->atoms[i] != y->atoms[i])
            return x->atoms[i] < y->atoms[i] ? -1 : 1;
    }
    if (x->count != y->count) /* what ends at a node comes before what goes on */
        return x->count < y->count ? -1 : 1;
    return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

static bool
forest_collect(struct efti_matcher *m, struct forest_builder *b)
{
    for (uint32_t i = 0; i < m->patterns.count; i++) {
        const struct efti_pattern *p = m->patterns.items[i].pattern;
        struct forest_phrase phrase = {
            .gap = p->gap, .count = p->word_count, .pattern = i};
        if (p->word_count < 2)
            continue;
        for (uint32_t k = 0; k < p->word_count; k++)
            phrase.atoms[k] = efti_pattern_atom(m, &m->patterns.items[i], k);
        if (!EFTI_PUSH(m->mem, &b->phrases))
            return false;
        b->phrases.items[b->phrases.count - 1] = phrase;
    }
    efti_sort(b->phrases.items, b->phrases.count, sizeof(*b->phrases.items),
              by_gap_atoms_pattern, NULL);
    return true;
}

/* The end of the run from `low` with the same gap and the same atom at `depth`. */
static size_t
forest_run(const struct forest_builder *b, size_t low, size_t high, uint32_t depth)
{
    const struct forest_phrase *p = b->phrases.items;
    size_t i = low + 1;

    while (i < high && p[i].gap == p[low].gap && p[i].atoms[depth] == p[low].atoms[depth])
        i++;
    return i;
}

/* A new node for phrases [low, high), which agree in their first `depth` atoms. */
static bool
forest_push(struct efti_matcher *m, struct forest_builder *b, size_t low, size_t high,
            uint32_t depth)
{
    if (!EFTI_PUSH(m->mem, &m->nodes))
        return false;
    m->nodes.items[m->nodes.count - 1] =
        (struct efti_node){.gap = b->phrases.items[low].gap};
    if (!EFTI_PUSH(m->mem, &b->ranges))
        return false;
    b->ranges.items[b->ranges.count - 1] = (struct forest_range){low, high, depth};
    return true;
}

static bool
forest_grow(struct efti_matcher *m, struct forest_builder *b, uint32_t number)
{
    struct forest_range r = b->ranges.items[number];
    size_t i = r.low;

    m->nodes.items[number].ends.first = (uint32_t)m->ends.count;
    for (; i < r.high && b->phrases.items[i].count == r.depth; i++) {
        if (!EFTI_PUSH(m->mem, &m->ends))
            return false;
        m->ends.items[m->ends.count - 1] = b->phrases.items[i].pattern;
        m->nodes.items[number].ends.count++;
    }
    m->nodes.items[number].edges.first = (uint32_t)m->edges.count;
    while (i < r.high) {
        size_t end = forest_run(b, i, r.high, r.depth);
        if (!EFTI_PUSH(m->mem, &m->edges))
            return false;
        m->edges.items[m->edges.count - 1] = (struct efti_edge){
            b->phrases.items[i].atoms[r.depth], (uint32_t)m->nodes.count};
        m->nodes.items[number].edges.count++;
        m->nodes.items[number].mask |= efti_atom_bit(b->phrases.items[i].atoms[r.depth]);
        m->atoms.items[b->phrases.items[i].atoms[r.depth]].later = true;
        if (!forest_push(m, b, i, end, r.depth + 1))
            return false;
        i = end;
    }
    return true;
}

/* Roots are listed under their atom by counting: first how many, then where, then which.
 */
static bool
forest_roots(struct efti_matcher *m, const struct forest_builder *b, uint32_t root_count)
{
    uint32_t at = 0;

    if (!EFTI_ARRAY_RESERVE(m->mem, &m->roots, root_count))
        return false;
    m->roots.count = root_count;
    for (uint32_t i = 0; i < root_count; i++)
        m->atoms.items[b->phrases.items[b->ranges.items[i].low].atoms[0]].roots.count++;
    for (size_t i = 0; i < m->atoms.count; i++) {
        struct efti_range *roots = &m->atoms.items[i].roots;
        roots->first = at;
        at += roots->count;
        roots->count = 0;
    }
    for (uint32_t i = 0; i < root_count; i++) {
        uint32_t atom = b->phrases.items[b->ranges.items[i].low].atoms[0];
        struct efti_range *roots = &m->atoms.items[atom].roots;
        m->roots.items[roots->first + roots->count++] = i;
    }
    return true;
}

static bool
forest_make(struct efti_matcher *m, struct forest_builder *b)
{
    if (!forest_collect(m, b))
        return false;
    for (size_t i = 0; i < b->phrases.count;) {
        size_t end = forest_run(b, i, b->phrases.count, 0);
        if (!forest_push(m, b, i, end, 1))
            return false;
        i = end;
    }
    uint32_t root_count = (uint32_t)m->nodes.count;
    for (uint32_t i = 0; i < m->nodes.count; i++) {
        if (!forest_grow(m, b, i))
            return false;
    }
    return forest_roots(m, b, root_count);
}

eft_status
efti_forest_build(struct efti_matcher *m, eft_error *err)
{
    struct forest_builder b = {0};
    bool ok = forest_make(m, &b);

    EFTI_ARRAY_FREE(m->mem, &b.phrases);
    EFTI_ARRAY_FREE(m->mem, &b.ranges);
    return ok ? EFT_OK : efti_no_memory(err, "the phrases");
}
